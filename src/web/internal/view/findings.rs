//! What the scan found in a dataset, and the forms to decide about it.

use askama::Template;

use crate::http::page::{Choice, PageCtx, Text, Tone, Wrong};
use crate::kernel::Timestamp;

/// `/internal/datasets/{id}/findings`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/findings.html")]
pub struct FindingsPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's id.
    pub id: String,
    /// The dataset's title.
    pub title: Text,
    /// Whether the draft is shown; else what is published.
    pub draft: bool,
    /// Tables that were not read yet.
    pub pending: u64,
    /// When the last table was read.
    pub read: Option<Timestamp>,
    /// Findings that keep the draft from being submitted.
    pub blocking: u64,
    /// Findings whose treated table is not made yet.
    pub to_treat: u64,
    /// Since when the dataset is in quarantine.
    pub quarantined: Option<Timestamp>,
    /// Whether the person may decide.
    pub judges: bool,
    /// Whether the person may rule out secrets and lift a quarantine.
    pub clears: bool,
    /// The findings: open ones first.
    pub findings: Vec<FindingView>,
    /// The tables, for the declaration of columns that point at persons together.
    pub tables: Vec<TableView>,
    /// What was typed as the reason of lifting, kept.
    pub lifting: Typed,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A value of a form with what is wrong with it, and the id of its element.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// The element's id.
    pub id: String,
    /// What was typed.
    pub value: String,
    /// What is wrong.
    pub error: Option<String>,
}

/// A finding.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// Its id.
    pub id: String,
    /// The code of its kind.
    pub kind: String,
    /// The code of its severity.
    pub severity: String,
    /// The code of its state.
    pub state: String,
    /// How its state is meant.
    pub tone: Tone,
    /// The column's title; none for the words around the data.
    pub column: Option<String>,
    /// The table's title.
    pub table: Option<Text>,
    /// In how many cells.
    pub count: u64,
    /// Masked samples.
    pub samples: Vec<String>,
    /// The first rows, from 1.
    pub rows: Vec<u64>,
    /// What was decided last.
    pub given: Option<GivenView>,
    /// The form, for whoever may decide.
    pub form: Option<VerdictForm>,
}

/// A verdict that was given.
#[derive(Clone, Debug)]
pub struct GivenView {
    /// The code of the verdict.
    pub verdict: String,
    /// Who.
    pub person: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// The document of law.
    pub basis: Option<String>,
}

/// The form of a verdict.
#[derive(Clone, Debug)]
pub struct VerdictForm {
    /// The id of the group of choices.
    pub group: Typed,
    /// What can be decided.
    pub verdicts: Vec<Choice>,
    /// Why.
    pub reason: Typed,
    /// The element's id of the law.
    pub basis: Typed,
    /// The documents of law; none where the law is not asked for.
    pub bases: Vec<Choice>,
}

/// A table whose columns can be declared.
#[derive(Clone, Debug)]
pub struct TableView {
    /// The resource's id.
    pub id: String,
    /// Its title.
    pub title: Text,
    /// Its columns.
    pub columns: Vec<String>,
    /// The declared ones, one a line.
    pub titles: Typed,
    /// Whether it was made by treatment.
    pub treated: bool,
}
