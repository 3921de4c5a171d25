//! How agencies stand, and how they did.

use askama::Template;
use chrono::NaiveDate;

use super::datasets::StateTab;
use super::duties::DutyRow;
use crate::account::Holder;
use crate::http::page::{Choice, Head, PageCtx, bar_width};
use crate::kernel::Timestamp;

/// A number of an agency.
#[derive(Clone, Debug)]
pub struct Number {
    /// The head of its column.
    pub head: String,
    /// How many.
    pub count: u64,
    /// The list of what is counted; none where the reader does not open it, and of sums.
    pub href: Option<String>,
    /// Whether it is bad when it is not 0.
    pub bad: bool,
}

/// Where an agency is with something that is no number.
#[derive(Clone, Debug)]
pub struct Badge {
    /// The head of its column.
    pub head: String,
    /// Where, in words.
    pub text: String,
    /// What is to be said beside it.
    pub note: Option<String>,
    /// The style class; never its only sign.
    pub tone: &'static str,
    /// Its page; none where the reader does not open it.
    pub href: Option<String>,
}

/// A part of a whole, as a number and as a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The part.
    pub part: u64,
    /// The whole.
    pub whole: u64,
}

impl Part {
    /// The width of the bar.
    pub fn width(&self) -> String {
        bar_width(self.part, self.whole)
    }

    /// The style class of the bar.
    pub fn tone(&self) -> &'static str {
        if self.part < self.whole { "warn" } else { "good" }
    }
}

/// A cell of a board.
#[derive(Clone, Debug)]
pub enum Cell {
    /// A number.
    Number(Number),
    /// A number that is not known; its head.
    Unknown(String),
    /// A part of the number before it; its head, and nothing where there is no whole.
    Part(String, Option<Part>),
    /// Where something is; its head, and nothing where there is nothing to be.
    Badge(Option<Badge>),
}

/// An agency, a quarter, or the sum.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What it is called.
    pub name: String,
    /// Its page; none of a sum.
    pub href: Option<String>,
    /// Its cells, in the order of the heads.
    pub cells: Vec<Cell>,
}

impl Line {
    /// Its numbers alone.
    pub fn numbers(&self) -> Vec<&Number> {
        let numbers = self.cells.iter().filter_map(|cell| match cell {
            Cell::Number(number) => Some(number),
            Cell::Unknown(_) | Cell::Part(..) | Cell::Badge(_) => None,
        });
        numbers.collect()
    }
}

/// A quarter that is shown: what it is called, its own page, and when it was closed.
#[derive(Clone, Debug)]
pub struct QuarterView {
    /// What it is called.
    pub name: String,
    /// Its page; none while it was not opened.
    pub href: Option<String>,
    /// When it was closed: by then everything is counted.
    pub closed: Option<Timestamp>,
    /// Whether it is told what readers wait for.
    pub waiting: bool,
    /// What its close counted: the end of `quarter-count-…` and the number.
    pub counts: Vec<(&'static str, u64)>,
}

/// `/internal/board?quarter=&kind=&late=&sort=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/board.html")]
pub struct BoardPage {
    /// The page.
    pub page: PageCtx,
    /// Today.
    pub today: NaiveDate,
    /// Today, and the quarters to choose from.
    pub quarters: Vec<Choice>,
    /// The kinds of duties to choose from; none for today's board, whose columns tell them apart.
    pub kinds: Vec<Choice>,
    /// The quarter; none for today's board.
    pub quarter: Option<QuarterView>,
    /// The returns that are meant: the name of their quarter.
    pub returns: Option<String>,
    /// All agencies, or those with something late.
    pub tabs: Vec<StateTab>,
    /// The heads.
    pub heads: Vec<Head>,
    /// The agencies.
    pub rows: Vec<Line>,
    /// What all agencies shown together stand at.
    pub total: Line,
    /// What became of duties quarter by quarter, of all agencies that the reader sees; with a quarter alone.
    pub trend: Vec<Line>,
    /// The board as a workbook and as CSV.
    pub files: (String, String),
    /// The quarters as a workbook and as CSV.
    pub trend_files: (String, String),
}

impl BoardPage {
    /// The heads of numbers of a trend.
    pub fn trend_heads(&self) -> Vec<(&str, bool)> {
        heads_of(&self.trend)
    }
}

/// The heads of lines whose own heads are not for sorting; whether a bar stands beside it.
fn heads_of(lines: &[Line]) -> Vec<(&str, bool)> {
    let cells = lines.first().map(|line| line.cells.as_slice()).unwrap_or_default();
    let heads = cells.iter().filter_map(|cell| match cell {
        Cell::Number(number) => Some((number.head.as_str(), false)),
        Cell::Unknown(head) => Some((head.as_str(), false)),
        Cell::Part(head, _) => Some((head.as_str(), true)),
        Cell::Badge(_) => None,
    });
    heads.collect()
}

/// Who is to be spoken to at an agency.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The person's name.
    pub name: String,
    /// The person's position.
    pub position: String,
    /// For what, in words.
    pub kind: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub mail: String,
}

/// `/internal/board/{slug}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/board_agency.html")]
pub struct AgencyBoardPage {
    /// The page.
    pub page: PageCtx,
    /// The agency's name.
    pub name: String,
    /// Today.
    pub today: NaiveDate,
    /// How it stands.
    pub row: Line,
    /// What became of its duties quarter by quarter.
    pub trend: Vec<Line>,
    /// The quarters as a workbook and as CSV.
    pub trend_files: (String, String),
    /// The duties that are late longest.
    pub late: Vec<DutyRow>,
    /// How many duties are late.
    pub late_total: u64,
    /// All of them, and all of them as a workbook and as CSV.
    pub late_hrefs: (String, String, String),
    /// How many requests for data are late, and their list where the reader opens it.
    pub requests: (u64, Option<String>),
    /// What whoever leads an agency is called.
    pub leader: String,
    /// Who leads it, with those who take their place.
    pub leaders: Vec<Holder>,
    /// Its focal points.
    pub contacts: Vec<Contact>,
}

impl AgencyBoardPage {
    /// The heads of numbers of the trend.
    pub fn trend_heads(&self) -> Vec<(&str, bool)> {
        heads_of(&self.trend)
    }
}
