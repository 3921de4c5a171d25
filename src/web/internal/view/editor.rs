//! The forms in which datasets are written.

use askama::Template;

use super::contract::BreaksView;
pub use crate::http::page::Select;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;

/// `/internal/datasets/new`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/new_dataset.html")]
pub struct NewDatasetPage {
    /// The page.
    pub page: PageCtx,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The title.
    pub title: Field,
    /// Its part of addresses.
    pub slug: Field,
    /// Agencies that the person writes for; the field is hidden where there is one only.
    pub agencies: Vec<Choice>,
    /// What is wrong with the agency, topic or frequency, by field.
    pub topics: Select,
    /// Frequencies.
    pub frequencies: Select,
    /// The dataset whose description is taken over.
    pub copy: Option<Link>,
    /// Its id.
    pub copy_id: String,
}

/// `/internal/datasets/{id}/edit/{step}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/edit_dataset.html")]
pub struct EditDatasetPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// The steps.
    pub steps: Vec<StepLink>,
    /// When the draft was begun.
    pub begun: Timestamp,
    /// Whether there is a published version, which stays as it is until somebody approves this draft.
    pub published: bool,
    /// Whether the draft says that it corrects what was wrong.
    pub correction: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// How complete the draft is, of 100.
    pub score: u64,
    /// What is looked at for that.
    pub points: Vec<PointLine>,
    /// The step shown.
    pub body: EditBody,
}

/// A step of the form.
#[derive(Clone, Debug)]
pub struct StepLink {
    /// Its name.
    pub text: String,
    /// Its address.
    pub href: String,
    /// Whether it is shown.
    pub current: bool,
    /// Whether nothing of it is missing.
    pub done: bool,
    /// Its number, from 1.
    pub number: u64,
}

/// A line of the completeness.
#[derive(Clone, Debug)]
pub struct PointLine {
    /// What is looked at.
    pub text: String,
    /// Whether it is there.
    pub done: bool,
    /// Whether nothing can be published without it.
    pub required: bool,
    /// What it would add.
    pub adds: u64,
    /// The step it belongs to.
    pub href: String,
}

/// The step that is shown.
#[derive(Clone, Debug)]
pub enum EditBody {
    /// Title and description.
    About(Box<AboutStep>),
    /// Topic and what it is sorted by.
    Sorting(Box<SortingStep>),
    /// Place, period, source.
    Coverage(Box<CoverageStep>),
    /// Files and tables.
    Tables(Box<TablesStep>),
    /// The data dictionary of one table.
    Dictionary(Box<DictionaryStep>),
    /// What is missing, what breaks, and where to go from here.
    Check(Box<BreaksView>),
}

/// Title and description.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields of the form")]
pub struct AboutStep {
    /// The mark of what was shown.
    pub seen: String,
    pub title: Field,
    pub title_en: Field,
    pub description: Field,
    pub description_en: Field,
    pub note: Field,
    pub note_en: Field,
}

/// Topic and what it is sorted by.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields of the form")]
pub struct SortingStep {
    /// The mark of what was shown.
    pub seen: String,
    pub topics: Select,
    pub frequencies: Select,
    pub licences: Select,
    pub keywords: Field,
}

/// Place, period, source.
#[derive(Clone, Debug)]
#[allow(missing_docs, reason = "the fields of the form")]
pub struct CoverageStep {
    /// The mark of what was shown.
    pub seen: String,
    pub from: Field,
    pub to: Field,
    pub spatial: Field,
    pub spatial_en: Field,
    pub source: Field,
    pub source_en: Field,
}

/// Files and tables.
#[derive(Clone, Debug)]
pub struct TablesStep {
    /// The dataset's id.
    pub dataset: String,
    /// The tables of the draft.
    pub tables: Vec<TableRow>,
    /// Which table the next file is; the first means a new one.
    pub targets: Vec<Choice>,
    /// Whether the sender declares that the file holds no state secret; never ticked beforehand.
    pub declared: Field,
    /// The words of that declaration.
    pub declaration: String,
    /// The law behind it, as people cite it.
    pub declaration_basis: String,
    /// The largest file, in bytes.
    pub most: u64,
    /// Uploads that are on their way or were refused, newest first.
    pub uploads: Vec<UploadLine>,
}

/// A table of the draft.
#[derive(Clone, Debug)]
pub struct TableRow {
    /// The resource's id.
    pub id: String,
    /// The title.
    pub title: String,
    /// The English title.
    pub title_en: String,
    /// The name in file names.
    pub name: String,
    /// The file it came from.
    pub file: String,
    /// What was understood of it, with a preview.
    pub reading: String,
    /// Its dictionary.
    pub dictionary: String,
    /// Rows taken.
    pub rows: u64,
    /// Rows set aside.
    pub set_aside: u64,
    /// Columns.
    pub columns: u64,
}

/// An upload in a list.
#[derive(Clone, Debug)]
pub struct UploadLine {
    /// The file.
    pub file: String,
    /// The code of its state.
    pub state: String,
    /// Its page.
    pub href: String,
    /// When something last happened.
    pub at: Timestamp,
}

/// The data dictionary of one table.
#[derive(Clone, Debug)]
pub struct DictionaryStep {
    /// The dataset's id.
    pub dataset: String,
    /// The resource's id.
    pub resource: String,
    /// A workbook to fill in.
    pub template: String,
    /// The tables to choose from.
    pub tables: Vec<StepLink>,
    /// The columns of this page.
    pub columns: Vec<ColumnFields>,
    /// The pages.
    pub pager: Pager,
}

/// The fields of one column.
#[derive(Clone, Debug)]
pub struct ColumnFields {
    /// Its number from 0, which the names of its fields begin with.
    pub index: usize,
    /// The heading in the file.
    pub heading: String,
    /// The code of its kind.
    pub kind: String,
    /// Some values.
    pub examples: Vec<String>,
    /// The English title.
    pub title_en: String,
    /// What it means.
    pub meaning: String,
    /// What it means, in English.
    pub meaning_en: String,
    /// In what it is measured.
    pub unit: String,
    /// In what it is measured, in English.
    pub unit_en: String,
    /// What its values must be.
    pub rules: RuleFields,
}

/// What is wanted of a column, as it is typed.
#[derive(Clone, Debug)]
pub struct RuleFields {
    /// Whether something of it is wrong, so that it is shown open.
    pub open: bool,
    /// What is wanted, as sentences.
    pub said: Vec<String>,
    /// Whether a range makes sense.
    pub ranged: bool,
    /// Whether its ends are days.
    pub dated: bool,
    /// No cell may be empty.
    pub required: bool,
    /// No value may stand twice.
    pub unique: bool,
    /// A part of the key.
    pub key: bool,
    /// Minimum, maximum, pattern, codes.
    pub fields: [ColumnField; 4],
}

impl RuleFields {
    /// How the ends of a range are typed.
    pub fn hint(&self, page: &PageCtx) -> String {
        if self.dated { page.t("form-date-form") } else { String::new() }
    }
}

/// A field of one column, whose name holds the column's number.
#[derive(Clone, Debug)]
pub struct ColumnField {
    /// The name, also the element's id.
    pub name: String,
    /// What was typed, kept.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}
