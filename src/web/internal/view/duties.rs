//! Who must act by when.

use askama::Template;
use chrono::NaiveDate;

use super::datasets::StateTab;
use crate::http::page::{Choice, PageCtx, Pager, Text};
use crate::kernel::Timestamp;

/// `/internal/duties?kind=&stage=&agency=&quarter=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/duties.html")]
pub struct DutiesPage {
    /// The page.
    pub page: PageCtx,
    /// Requests for more time that wait, for whoever decides them, above the beginning of the whole list.
    pub asked: Vec<AskedRow>,
    /// How many of them there are.
    pub asked_total: u64,
    /// Where duties stand, those that wait first.
    pub stages: Vec<StateTab>,
    /// The one chosen, carried along by the form.
    pub stage: String,
    /// The quarter in which they were due, where only those are shown: its code and its name.
    pub quarter: Option<(String, String)>,
    /// Kinds to choose from; the first, with an empty value, means all.
    pub kinds: Vec<Choice>,
    /// Agencies to choose from; the first, with an empty value, means all. Fewer than three: the choice is not shown.
    pub agencies: Vec<Choice>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// How many duties match.
    pub total: u64,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
    /// The duties of this page.
    pub rows: Vec<DutyRow>,
    /// The pages.
    pub pager: Pager,
}

/// A request for more time.
#[derive(Clone, Debug)]
pub struct AskedRow {
    /// The dataset's title.
    pub title: Text,
    /// Where it is decided.
    pub href: String,
    /// Whose it is.
    pub agency: String,
    /// The day that was due.
    pub due: Option<NaiveDate>,
    /// The day that is asked for.
    pub to: Option<NaiveDate>,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A duty of the list.
#[derive(Clone, Debug)]
pub struct DutyRow {
    /// What people call it.
    pub title: Text,
    /// Where it is done; none where there is no such page.
    pub href: Option<String>,
    /// What is to be done.
    pub kind: String,
    /// Who must act.
    pub agency: String,
    /// Where it stands.
    pub stage: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// By when.
    pub due: NaiveDate,
    /// How many working days are left, how many it is late, or how it ended.
    pub left: String,
    /// The law behind the day, or whose word it is.
    pub basis: String,
}
