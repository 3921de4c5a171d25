//! The reader's work.

use askama::Template;
use chrono::NaiveDate;

use super::board::Line;
use crate::http::page::{Freshness, PageCtx, Text};
use crate::kernel::Timestamp;

/// `/internal`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/home.html")]
pub struct HomePage {
    /// The page.
    pub page: PageCtx,
    /// Today.
    pub today: NaiveDate,
    /// What is missing of the working calendar, for those who keep it.
    pub calendar: Vec<String>,
    /// The lists that have something on them, with their numbers: the row of figures at the top.
    pub scores: Vec<Score>,
    /// How much of the duties and of the requests for more time that wait stands on their own page.
    pub others: u64,
    /// Submitted drafts that the reader may decide on.
    pub decide: Vec<WaitRow>,
    /// Drafts that were sent back.
    pub returned: Vec<WaitRow>,
    /// Drafts that nobody has submitted.
    pub drafts: Vec<WaitRow>,
    /// Submitted drafts that wait for somebody else.
    pub elsewhere: Vec<WaitRow>,
    /// Datasets of the reader's agencies that are late, the latest first.
    pub late: Vec<DueRow>,
    /// Where all of them are.
    pub late_list: String,
    /// Those that are due soon, the soonest first.
    pub soon: Vec<DueRow>,
    /// Where all of them are.
    pub soon_list: String,
    /// What changed for the public of late.
    pub changed: Vec<ChangeRow>,
    /// How all agencies stand, for those who may see it: what is late first.
    pub province: Option<Vec<Line>>,
}

/// A figure that leads to a list.
#[derive(Clone, Debug)]
pub struct Score {
    /// How many.
    pub count: u64,
    /// Of what, in the page's language.
    pub text: String,
    /// Where they are.
    pub href: String,
}

/// A draft.
#[derive(Clone, Debug)]
pub struct WaitRow {
    /// The dataset's title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// The agency.
    pub agency: Text,
    /// Who did the last step.
    pub by: String,
    /// When.
    pub since: Timestamp,
    /// What they said.
    pub remark: Option<String>,
}

/// A dataset that is late or due soon.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Where it is kept up to date.
    pub update: String,
    /// How it stands.
    pub freshness: Freshness,
}

/// A change that the public sees.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// The dataset's title.
    pub title: String,
    /// Its page.
    pub href: String,
    /// Whether it was withdrawn; else it was published.
    pub withdrawn: bool,
    /// When.
    pub at: Timestamp,
}

impl HomePage {
    /// Rows of a list that are shown; the rest is counted.
    pub const MOST: usize = 10;

    /// The rows of a list that are shown.
    pub fn first<'a, T>(&self, rows: &'a [T]) -> &'a [T] {
        rows.get(..Self::MOST).unwrap_or(rows)
    }

    /// How many rows are not shown.
    pub fn rest<T>(&self, rows: &[T]) -> u64 {
        u64::try_from(rows.len().saturating_sub(Self::MOST)).unwrap_or(0)
    }

    /// Whether nothing waits and nothing is late.
    pub fn is_clear(&self) -> bool {
        [&self.decide, &self.returned, &self.drafts, &self.elsewhere].into_iter().all(Vec::is_empty)
            && self.late.is_empty()
            && self.soon.is_empty()
            && self.others == 0
    }
}
