//! The screen of the review, the panel of what to do next, and the withdrawal.

use askama::Template;

use super::contract::BreaksView;
use super::dataset::DecisionView;
use crate::http::page::{Choice, Field, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;
use crate::review::Piece;

/// `/internal/datasets/{id}/review`: all that a reviewer needs on one page.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/review.html")]
pub struct ReviewPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// The dataset's own page.
    pub dataset_href: String,
    /// The agency.
    pub agency: String,
    /// What is wrong with the decision sent.
    pub wrongs: Vec<Wrong>,
    /// The draft; none when there is nothing to review.
    pub draft: Option<Box<DraftView>>,
}

/// A draft beside what the public sees.
#[derive(Clone, Debug)]
pub struct DraftView {
    /// The number it would be published under.
    pub number: u64,
    /// The code of its state.
    pub state: String,
    /// Who submitted it, and when; none unless it waits.
    pub submitted: Option<(String, Timestamp)>,
    /// What the submitter wrote for the reviewer.
    pub submitter_note: Option<String>,
    /// The steps of the review.
    pub steps: Vec<StepView>,
    /// Whether the public sees no version yet, so that all is new.
    pub first: bool,
    /// What the draft says of what changed.
    pub note: Option<Text>,
    /// How many reports it settles, where it is a correction.
    pub corrects: Option<usize>,
    /// Fields of the description that differ.
    pub fields: Vec<FieldView>,
    /// How many fields say the same.
    pub unchanged: usize,
    /// Whether no table changes: publication begins a new period of updates by words alone.
    pub tables_stay: bool,
    /// The tables.
    pub tables: Vec<TableView>,
    /// Columns that differ, over all tables.
    pub columns_changed: usize,
    /// Whether any of that breaks what people built on the data.
    pub breaking: bool,
    /// Rows added, changed and removed over all tables; none until all are compared.
    pub rows: Option<(u64, u64, u64)>,
    /// What breaks.
    pub breaks: BreaksView,
    /// What the scan found; none for those who may not see it.
    pub findings: Option<FindingsView>,
    /// Whether the person may see rows.
    pub open: bool,
    /// Everything decided so far, oldest first.
    pub decisions: Vec<DecisionView>,
    /// The form; none for those who may not decide.
    pub form: Option<DecisionFormView>,
    /// Why the person may not decide.
    pub why_not: Vec<String>,
}

/// What the scan found, in numbers.
#[derive(Clone, Debug)]
pub struct FindingsView {
    /// Parts of the draft that were not read yet.
    pub pending: usize,
    /// Findings that stand in the way.
    pub open: usize,
    /// All findings.
    pub all: usize,
    /// Where they are told one by one.
    pub href: String,
}

/// A step of the review.
#[derive(Clone, Debug)]
pub struct StepView {
    /// Its name.
    pub text: String,
    /// Its number, from 1.
    pub number: u64,
    /// Whether it is decided.
    pub done: bool,
    /// Whether it waits.
    pub current: bool,
}

/// Two texts beside each other, their differences marked.
#[derive(Clone, Debug)]
pub struct FieldView {
    /// What it is.
    pub name: String,
    /// What the public sees.
    pub old: Vec<Piece>,
    /// What the draft says.
    pub new: Vec<Piece>,
}

/// A column that differs.
#[derive(Clone, Debug)]
pub struct ColumnDiffView {
    /// The sign: `+`, `−` or `~`.
    pub sign: &'static str,
    /// The sign in words.
    pub sign_text: String,
    /// The style class of its row.
    pub class: &'static str,
    /// Its name in files and queries.
    pub name: String,
    /// What became of it, as sentences.
    pub changes: Vec<String>,
    /// Whether that is breaking.
    pub breaking: bool,
}

/// A table beside what the public sees of it.
#[derive(Clone, Debug)]
pub struct TableView {
    /// Where it stands on the page: part of ids.
    pub at: usize,
    /// Its title.
    pub title: Text,
    /// Its title as it was, where that is another.
    pub title_before: Option<Text>,
    /// The code of what became of it.
    pub change: &'static str,
    /// Rows that the public sees.
    pub rows_old: Option<u64>,
    /// Rows of the draft.
    pub rows_new: Option<u64>,
    /// Columns that differ.
    pub columns: Vec<ColumnDiffView>,
    /// How many columns are the same.
    pub columns_same: usize,
    /// Entries of the dictionary that differ.
    pub notes: Vec<FieldView>,
    /// What the reading found of its quality, measure by measure.
    pub quality: Vec<QualityView>,
    /// Columns that got worse, as sentences.
    pub worse: Vec<String>,
    /// How far the comparison of rows is: `ready`, `waiting`, `failed`; `none` where there is nothing to compare.
    pub comparison: &'static str,
    /// Rows added, removed, changed and unchanged.
    pub counts: Option<CountsView>,
    /// What to know of the key, as sentences.
    pub key_notes: Vec<String>,
    /// The columns that rows were compared by; empty when by content.
    pub key: Vec<String>,
    /// This page with this table's rows, where another's are shown.
    pub href: Option<String>,
    /// Columns to compare by; empty where one may not choose.
    pub keys: Vec<Choice>,
    /// The parts of the address that the choice of a key carries along.
    pub table: String,
    /// The rows that differ, kind by kind.
    pub lists: Vec<RowList>,
    /// The first rows, of a table that is new.
    pub preview: Option<RowList>,
}

/// A measure of quality.
#[derive(Clone, Debug)]
pub struct QualityView {
    /// Its name.
    pub name: String,
    /// Of what the public sees, as a share; none for a new table.
    pub old: Option<String>,
    /// Of the draft.
    pub new: String,
    /// How it was computed, as a sentence.
    pub how: String,
    /// Whether it got worse.
    pub worse: bool,
}

/// How many rows.
#[derive(Clone, Copy, Debug)]
pub struct CountsView {
    /// In the draft only.
    pub added: u64,
    /// In the public version only.
    pub removed: u64,
    /// In both, with other content.
    pub changed: u64,
    /// In both, and the same.
    pub unchanged: u64,
}

/// Rows of one kind, a page of them.
#[derive(Clone, Debug)]
pub struct RowList {
    /// The code of the kind: `added`, `removed`, `changed`; `new` for a preview.
    pub kind: &'static str,
    /// The sign before each row.
    pub sign: &'static str,
    /// The style class of each row.
    pub class: &'static str,
    /// How many there are in all.
    pub total: u64,
    /// The columns: title, and whether numbers stand in it.
    pub heads: Vec<(String, bool)>,
    /// The rows.
    pub rows: Vec<RowView>,
    /// The pages.
    pub pager: Pager,
}

/// A row.
#[derive(Clone, Debug)]
pub struct RowView {
    /// Its number in the table.
    pub number: Option<u64>,
    /// Its cells.
    pub cells: Vec<CellView>,
}

/// A cell.
#[derive(Clone, Debug)]
pub struct CellView {
    /// What the public sees; none when empty, or not to be shown.
    pub before: Option<String>,
    /// What the draft holds; none when empty.
    pub after: Option<String>,
    /// Whether both are shown because they differ.
    pub changed: bool,
    /// Whether it is a number.
    pub number: bool,
}

impl CellView {
    /// Its style classes.
    pub fn class(&self) -> &'static str {
        match (self.number, self.changed) {
            (true, true) => "num chg",
            (true, false) => "num",
            (false, true) => "chg",
            (false, false) => "",
        }
    }

    /// What is shown of a cell that is the same on both sides, or stands on one.
    pub fn only(&self) -> Option<&str> {
        self.after.as_deref().or(self.before.as_deref())
    }
}

/// The form of a decision.
#[derive(Clone, Debug)]
pub struct DecisionFormView {
    /// Where it goes.
    pub action: String,
    /// The hash of what is shown.
    pub seen: String,
    /// The step that is decided.
    pub step: String,
    /// The verdicts with what each means.
    pub verdicts: Vec<VerdictView>,
    /// What is wrong with the choice of a verdict.
    pub verdict_error: Option<String>,
    /// Why.
    pub reason: Field,
    /// Rows for remarks on fields.
    pub remarks: Vec<RemarkRow>,
    /// Whether the remarks are shown open.
    pub remarks_open: bool,
}

/// A verdict to choose.
#[derive(Clone, Debug)]
pub struct VerdictView {
    /// What is sent.
    pub value: &'static str,
    /// Its name.
    pub text: String,
    /// What it means.
    pub hint: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A row of the form for a remark.
#[derive(Clone, Debug)]
pub struct RemarkRow {
    /// From 1; part of the names of its fields.
    pub number: usize,
    /// The fields to choose from; the first, with an empty value, means none.
    pub fields: Vec<Choice>,
    /// What is wrong with the field chosen.
    pub field_error: Option<String>,
    /// The remark.
    pub text: String,
    /// What is wrong with it.
    pub text_error: Option<String>,
}

/// The panel of a dataset's page that says what may be done next.
#[derive(Clone, Debug)]
pub struct NextView {
    /// The dataset's page.
    pub href: String,
    /// Where the draft stands, as a sentence; none without a draft.
    pub standing: Option<String>,
    /// Whether the person may write the draft that is there.
    pub edits: bool,
    /// Whether the person may begin a draft.
    pub begins: bool,
    /// Whether the review can be looked at.
    pub review: bool,
    /// Whether the person is to decide.
    pub decides: bool,
    /// Whether the person may submit.
    pub submits: bool,
    /// Whether the person may take their submission back.
    pub recalls: bool,
    /// Whether the person may withdraw the dataset.
    pub withdraws: bool,
    /// Why the person may not submit what could be submitted.
    pub why_not: Option<String>,
    /// What the reviewer should know.
    pub reason: Field,
    /// What breaks in the draft; nothing where the person may not submit.
    pub breaks: BreaksView,
    /// Why it is to be published all the same.
    pub accepts: Field,
    /// What is wrong with the form.
    pub wrongs: Vec<Wrong>,
}

impl NextView {
    /// The dataset's id, the last part of its address.
    pub fn id(&self) -> &str {
        self.href.rsplit('/').next().unwrap_or_default()
    }
}

/// `/internal/datasets/{id}/withdrawal`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/withdrawal.html")]
pub struct WithdrawalPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// The dataset's own page.
    pub dataset_href: String,
    /// The agency, as the public will read it.
    pub agency: String,
    /// Why the person may not withdraw it.
    pub why_not: Vec<String>,
    /// What is wrong with the form.
    pub wrongs: Vec<Wrong>,
    /// Why, in Vietnamese.
    pub reason: Field,
    /// Why, in English.
    pub reason_en: Field,
    /// Whether to show what the public will see, and ask once more.
    pub confirming: bool,
    /// The address that will tell of the withdrawal.
    pub public_href: String,
}
