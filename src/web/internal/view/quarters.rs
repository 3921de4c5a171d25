//! Quarters, how agencies stand in them, and agencies' returns.

use askama::Template;
use chrono::NaiveDate;

use super::datasets::StateTab;
use super::editor::Select;
use crate::http::page::{Choice, Field, PageCtx, Timeliness, Wrong, bar_width};
use crate::kernel::Timestamp;

/// The colour of where a quarter or a return is; never its only sign.
pub fn tone(state: &str) -> &'static str {
    match state {
        "signed" => "good",
        "late" | "ended" => "warn",
        "missing" => "bad",
        "closed" => "plain",
        _ => "info",
    }
}

/// The end of the message `quarter-state-…`: a quarter that has no returns is over and takes none in.
fn told(state: &'static str, owes: bool) -> &'static str {
    if state == "ended" && !owes { "ended-plain" } else { state }
}

/// `/internal/quarter`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/quarters.html")]
pub struct QuartersPage {
    /// The page.
    pub page: PageCtx,
    /// Whether any of them has to do with returns.
    pub owes: bool,
    /// The quarters, the newest first.
    pub rows: Vec<QuarterLine>,
}

/// A quarter in the list.
#[derive(Clone, Debug)]
pub struct QuarterLine {
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The code of its state.
    pub state: &'static str,
    /// Its first and last day.
    pub days: (NaiveDate, NaiveDate),
    /// The day of the close.
    pub close_on: NaiveDate,
    /// When it was closed.
    pub closed: Option<Timestamp>,
    /// Whether it has to do with returns.
    pub owes: bool,
    /// How many returns are where: code and number.
    pub returns: Vec<(&'static str, u64)>,
    /// The numbers of its close: the end of `quarter-count-…` and the number.
    pub counts: Vec<(&'static str, u64)>,
}

impl QuarterLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }

    /// The end of the message that names the state.
    pub fn told(&self) -> &'static str {
        told(self.state, self.owes)
    }
}

/// `/internal/quarter/{code}?return=&sort=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/quarter.html")]
pub struct QuarterPage {
    /// The page.
    pub page: PageCtx,
    /// What it is called.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The code of its state.
    pub state: &'static str,
    /// Whether it has to do with returns.
    pub owes: bool,
    /// Its first and last day.
    pub days: (NaiveDate, NaiveDate),
    /// The day until which returns are handed in.
    pub return_due: NaiveDate,
    /// The day of the close.
    pub close_on: NaiveDate,
    /// When it was closed, and by whom before its day.
    pub closed: Option<(Timestamp, Option<String>)>,
    /// The numbers of its close.
    pub counts: Vec<(&'static str, u64)>,
    /// The release of a quarter that is closed at the public portal; nothing while it is made.
    pub release: Option<String>,
    /// The reader's own returns that are not signed: the agency and the page.
    pub own: Vec<(String, String)>,
    /// Which agencies: all, those behind, by where their return is.
    pub tabs: Vec<StateTab>,
    /// The one chosen, carried along by the form.
    pub chosen: String,
    /// In which order.
    pub orders: Vec<Choice>,
    /// Whether only some are shown.
    pub filtered: bool,
    /// The board as a workbook and as CSV.
    pub files: (String, String),
    /// The agencies.
    pub rows: Vec<ProgressLine>,
    /// What all agencies shown together stand at.
    pub total: ProgressLine,
    /// Datasets whose update is due in it, of the agencies that the reader sees: those that wait first.
    pub due: Vec<DueLine>,
    /// How many there are, if more than are named.
    pub due_total: u64,
    /// Whether the reader may close it.
    pub may_close: bool,
    /// The day until which it waits for returns; nobody closes it before.
    pub awaited: Option<NaiveDate>,
    /// Returns that would be marked as not handed in.
    pub open_returns: u64,
    /// The field `sure`.
    pub sure: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl QuarterPage {
    /// Its code, the end of its address.
    pub fn code(&self) -> &str {
        self.href.rsplit('/').next().unwrap_or_default()
    }

    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }

    /// The end of the message that names the state.
    pub fn told(&self) -> &'static str {
        told(self.state, self.owes)
    }
}

impl QuarterPage {
    /// The list of all of them, as a file whose kind the ending says.
    pub fn due_file(&self, ending: &str) -> String {
        format!("/internal/duties.{ending}?kind=update&quarter={}", self.code())
    }

    /// How many due datasets are not named.
    pub fn due_rest(&self) -> u64 {
        self.due_total.saturating_sub(u64::try_from(self.due.len()).unwrap_or(u64::MAX))
    }
}

/// A dataset whose update is due.
#[derive(Clone, Debug)]
pub struct DueLine {
    /// What it is called.
    pub title: String,
    /// Where it is done.
    pub href: String,
    /// Whose it is.
    pub agency: String,
    /// By when.
    pub due: NaiveDate,
    /// Where it stands, in words.
    pub standing: String,
    /// The colour of that.
    pub tone: &'static str,
    /// Whether it was done late.
    pub late: bool,
}

/// An agency on the board.
#[derive(Clone, Debug, Default)]
pub struct ProgressLine {
    /// Its name.
    pub agency: String,
    /// Updates that are due.
    pub due: u64,
    /// Updated.
    pub done: u64,
    /// Confirmed as unchanged.
    pub unchanged: u64,
    /// Late.
    pub late: u64,
    /// Where its return is: code, page where the reader may read it, whether it is open and past its day.
    pub handed: Option<(&'static str, String, bool)>,
}

impl ProgressLine {
    /// How much of what is due is done, as the width of a bar.
    pub fn width(&self) -> String {
        bar_width(self.over(), self.due)
    }

    /// How many of the due ones are done, whichever way.
    pub fn over(&self) -> u64 {
        self.done + self.unchanged
    }

    /// The colour of the return.
    pub fn tone(&self) -> &'static str {
        match self.handed {
            Some((_, _, true)) => "bad",
            Some((state, ..)) => tone(state),
            None => "plain",
        }
    }
}

/// A row of an agency's list of data.
#[derive(Clone, Debug)]
pub struct ItemLine {
    /// Its number.
    pub number: u64,
    /// What it is called.
    pub title: String,
    /// Its page; empty for data kept elsewhere.
    pub href: String,
    /// What it is, in words.
    pub kind: String,
    /// Where data kept elsewhere are.
    pub place: String,
    /// For whom, in words.
    pub visibility: String,
    /// The day by which data kept elsewhere are to be published.
    pub planned: Option<NaiveDate>,
    /// Rows.
    pub rows: Option<u64>,
    /// The latest publication.
    pub updated: Option<Timestamp>,
    /// Whether it is on time.
    pub timeliness: Option<Timeliness>,
    /// The address that takes data kept elsewhere off the list; empty where the reader cannot.
    pub removal: String,
}

/// What a return says, for reading and for print.
#[derive(Clone, Debug)]
pub struct ReturnDoc {
    /// The name of the quarter.
    pub quarter: String,
    /// The agency.
    pub agency: String,
    /// The code of where it is.
    pub state: &'static str,
    /// Whether it is open and past its day.
    pub overdue: bool,
    /// The day until which it is handed in.
    pub due: NaiveDate,
    /// The law behind it.
    pub basis: String,
    /// The list of data.
    pub items: Vec<ItemLine>,
    /// Requests and reports: the end of `return-handled-…` and the number.
    pub handled: Vec<(&'static str, u64)>,
    /// Remarks about the list.
    pub remarks: String,
    /// How requests were handled.
    pub handling: String,
    /// What the agency needs.
    pub needs: String,
    /// The signature.
    pub signed: Option<SignedView>,
    /// Why it was taken back last, and when.
    pub recalled: Option<(String, Timestamp)>,
}

impl ReturnDoc {
    /// The colour of where it is.
    pub fn tone(&self) -> &'static str {
        if self.overdue { "bad" } else { tone(self.state) }
    }
}

/// A signature.
#[derive(Clone, Debug)]
pub struct SignedView {
    /// The person's name.
    pub name: String,
    /// The name of the role.
    pub role: String,
    /// When.
    pub at: Timestamp,
    /// SHA-256 of what was signed.
    pub hash: String,
    /// Whether what is kept is still that.
    pub intact: bool,
}

/// `/internal/quarter/{code}/returns/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/quarter_return.html")]
pub struct ReturnPage {
    /// The page.
    pub page: PageCtx,
    /// Its address.
    pub href: String,
    /// The quarter's page.
    pub quarter_href: String,
    /// What it says.
    pub doc: ReturnDoc,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
    /// Whether the reader writes it now.
    pub writes: bool,
    /// Whether the reader signs it now.
    pub signs: bool,
    /// Who signs, in words.
    pub signers: String,
    /// Whether the reader may take its signature back now.
    pub recalls: bool,
    /// What the agency needed according to its earlier return.
    pub earlier: Vec<String>,
    /// What was typed and has no form any more.
    pub unsent: Vec<(String, String)>,
    /// Whether the words that are stored stand beside the form, since somebody else was faster.
    pub stored: bool,
    /// The mark of the words shown.
    pub seen: String,
    /// Whether the needs of the earlier return are to be taken over.
    pub carry: bool,
    /// The field `remarks`.
    pub remarks: Field,
    /// The field `handling`.
    pub handling: Field,
    /// The field `needs`.
    pub needs: Field,
    /// The field `title`.
    pub title: Field,
    /// The field `kind`.
    pub kind: Field,
    /// The field `kept_at`.
    pub kept_at: Field,
    /// The field `visibility`.
    pub visibility: Select,
    /// The field `planned_on`.
    pub planned_on: Field,
    /// The field `reason`.
    pub reason: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl ReturnPage {
    /// Whether the fields for data kept elsewhere stand open: something is typed into them, or wrong.
    pub fn adding(&self) -> bool {
        let fields = [&self.title, &self.kind, &self.kept_at, &self.visibility.field, &self.planned_on];
        fields.into_iter().any(|field| !field.value.is_empty() || field.error.is_some())
    }
}

/// `/internal/quarter/{code}/returns/{id}/preview`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/quarter_return_preview.html")]
pub struct ReturnPreviewPage {
    /// The page.
    pub page: PageCtx,
    /// The return's page.
    pub href: String,
    /// The quarter's page.
    pub quarter_href: String,
    /// What it says.
    pub doc: ReturnDoc,
    /// Whether the reader signs it now.
    pub signs: bool,
    /// Who signs, in words.
    pub signers: String,
    /// The mark of the words shown.
    pub seen: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}
