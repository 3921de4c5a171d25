//! A dataset seen from inside: its versions, the import report, the decisions.

use askama::Template;

use super::review::NextView;
use crate::http::page::{Download, Freshness, Link, PageCtx, Text, Tone};
use crate::kernel::Timestamp;

/// `/internal/datasets/{id}`, with `?version=` to look at another version.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/dataset.html")]
pub struct DatasetPage {
    /// The page.
    pub page: PageCtx,
    /// The title.
    pub title: Text,
    /// The state's code, as in the list.
    pub state: String,
    /// The agency.
    pub agency: String,
    /// The topics' names.
    pub topics: Vec<String>,
    /// How often it is updated, in words.
    pub frequency: String,
    /// Whether it is on time; none before the first publication.
    pub freshness: Option<Freshness>,
    /// Where it is kept up to date, once published.
    pub update_href: Option<String>,
    /// Its public page, once published.
    pub public_href: Option<String>,
    /// Where somebody signed in reports what is wrong with it, once published.
    pub report_href: Option<String>,
    /// The reports that are not closed, and how many, for whoever handles them.
    pub open_reports: Option<(u64, String)>,
    /// What the scan found in it, for whoever may see that.
    pub findings_href: Option<String>,
    /// The page of those who look after it.
    pub contacts_href: String,
    /// Who looks after it, by name.
    pub contacts: Vec<super::contacts::ContactLine>,
    /// Where its data are destroyed for good, for whoever may see that.
    pub purge_href: Option<String>,
    /// Why it was withdrawn, where it was.
    pub withdrawn_reason: Option<String>,
    /// All versions, newest first.
    pub versions: Vec<InternalVersion>,
    /// The version shown below the list.
    pub version: Option<u64>,
    /// The import reports of the version shown, one for each resource.
    pub reports: Vec<ImportReport>,
    /// The decisions on the version shown, oldest first.
    pub decisions: Vec<DecisionView>,
    /// What may be done next.
    pub next: NextView,
}

/// A version in the list.
#[derive(Clone, Debug)]
pub struct InternalVersion {
    /// Its number, from 1.
    pub number: u64,
    /// The state's code: `draft`, `submitted`, `changes-asked`, `approved`, `published`, `replaced`, `refused`.
    pub state: String,
    /// This page with that version shown.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
    /// When it was made.
    pub made: Timestamp,
    /// Who made it.
    pub made_by: String,
    /// When it was published.
    pub published: Option<Timestamp>,
    /// Rows of all its tables.
    pub rows: u64,
    /// SHA-256 of the version, in hexadecimal.
    pub hash: String,
}

impl InternalVersion {
    /// The first characters of the hash, enough to tell versions apart.
    pub fn hash_start(&self) -> String {
        self.hash.chars().take(12).collect()
    }
}

/// What was understood of an uploaded file.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The resource's title.
    pub resource: Text,
    /// The file's name as it was given.
    pub file: String,
    /// The original bytes, to download, for whoever may read them.
    pub original: Option<Download>,
    /// SHA-256 of the original bytes, in hexadecimal.
    pub original_hash: String,
    /// Who declared that the file holds no state secret, and when; none for what came before that was asked.
    pub declared: Option<(String, Timestamp)>,
    /// When it was read.
    pub read: Timestamp,
    /// What was understood of the file, in order: container, encoding, delimiter, decimal mark, sheet, header rows.
    pub facts: Vec<ImportFact>,
    /// Rows taken into the table.
    pub rows: u64,
    /// Rows set aside.
    pub set_aside: u64,
    /// The columns in order.
    pub columns: Vec<ImportColumn>,
    /// The first of the rows set aside.
    pub aside_rows: Vec<AsideRow>,
    /// All rows set aside, to download, for whoever may read them.
    pub aside_files: Vec<Download>,
    /// What was changed on the way, each as a sentence with its number: dates rewritten, spaces trimmed.
    pub changes: Vec<ImportChange>,
    /// Things worth a second look, as sentences.
    pub warnings: Vec<String>,
}

/// One thing understood of a file.
#[derive(Clone, Debug)]
pub struct ImportFact {
    /// What: "Bảng mã".
    pub name: String,
    /// How it was understood: "windows-1258".
    pub value: String,
    /// Why, as a sentence.
    pub reason: Option<String>,
}

/// A column as it was understood.
#[derive(Clone, Debug)]
pub struct ImportColumn {
    /// The heading in the file.
    pub title: String,
    /// The name in files and queries.
    pub name: String,
    /// The code of `table::ingest::report::Kind`; its text is the message `ingest-kind-{kind}`.
    pub kind: String,
    /// Why this kind, as a sentence.
    pub reason: String,
    /// Some values as they stand in the file.
    pub examples: Vec<String>,
    /// In how many rows the cell is empty.
    pub nulls: u64,
}

/// A row that was not taken into the table.
#[derive(Clone, Debug)]
pub struct AsideRow {
    /// Its line in the file.
    pub line: u64,
    /// The column at fault, where one is.
    pub column: Option<String>,
    /// The value at fault, masked where it must be.
    pub value: Option<String>,
    /// What is wrong and what to do.
    pub advice: String,
}

/// A change made to values on the way in.
#[derive(Clone, Debug)]
pub struct ImportChange {
    /// The sentence.
    pub text: String,
    /// An example: before and after.
    pub example: Option<(String, String)>,
}

/// A decision of a person.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// What was decided, in the page's language: submitted, approved, published.
    pub text: String,
    /// How it is meant.
    pub tone: Tone,
    /// Who.
    pub person: String,
    /// The person's agency and role.
    pub position: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Why, in the person's words.
    pub reason: Option<String>,
    /// The entry of the audit log.
    pub audit: Option<Link>,
    /// When a submission was taken back.
    pub recalled: Option<Timestamp>,
    /// Remarks on fields.
    pub remarks: Vec<RemarkView>,
}

/// A remark of a reviewer on a field.
#[derive(Clone, Debug)]
pub struct RemarkView {
    /// The field.
    pub field: String,
    /// What is to be done about it.
    pub text: String,
    /// What became of the field since, and how that is meant; none where that is not known.
    pub since: Option<(String, Tone)>,
}
