//! What readers report about data, and what becomes of it.

use askama::Template;

use super::datasets::StateTab;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;
use crate::web::report_form::ReportFields;

/// `/internal/reports?state=&kind=&dataset=&agency=&q=&sort=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/reports.html")]
pub struct ReportsPage {
    /// The page.
    pub page: PageCtx,
    /// The stages, those that are open first.
    pub states: Vec<StateTab>,
    /// The stage chosen, carried along by the form.
    pub state: String,
    /// What was typed in the search box.
    pub query: String,
    /// What reports are about; the first, with an empty value, means anything.
    pub kinds: Vec<Choice>,
    /// Agencies to choose from; the first, with an empty value, means all. Fewer than three: the choice is not shown.
    pub agencies: Vec<Choice>,
    /// In which order.
    pub orders: Vec<Choice>,
    /// The one dataset that the list is about, and its id.
    pub dataset: Option<(Text, String)>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// How many reports match.
    pub total: u64,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
    /// The reports of this page.
    pub rows: Vec<ReportRow>,
    /// The pages.
    pub pager: Pager,
}

/// A report of the list.
#[derive(Clone, Debug)]
pub struct ReportRow {
    /// The dataset's title.
    pub title: String,
    /// The report's page.
    pub href: String,
    /// Whose the dataset is.
    pub owner: String,
    /// What it is about.
    pub kind: String,
    /// The beginning of what was written.
    pub beginning: String,
    /// The code of its stage.
    pub state: &'static str,
    /// The style class of the stage's badge.
    pub tone: &'static str,
    /// How it ended.
    pub outcome: Option<String>,
    /// Who wrote it: the public, or an agency.
    pub reporter: String,
    /// When it was written.
    pub made: Timestamp,
    /// When it last went on.
    pub changed: Timestamp,
}

/// `/internal/reports/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/report.html")]
pub struct ReportPage {
    /// The page.
    pub page: PageCtx,
    /// Its own address.
    pub href: String,
    /// The dataset and its page.
    pub dataset: Link,
    /// Whose it is.
    pub owner: String,
    /// What it is about.
    pub kind: String,
    /// The code of its stage.
    pub state: &'static str,
    /// The style class of the stage's badge.
    pub tone: &'static str,
    /// How it ended.
    pub outcome: Option<String>,
    /// Who wrote it: the public, or an agency.
    pub reporter: String,
    /// When it was written.
    pub made: Timestamp,
    /// The version that the public saw then.
    pub version: u64,
    /// Which file, column or row.
    pub place: Option<String>,
    /// What is wrong, in the language it was written in.
    pub description: Text,
    /// The address of evidence.
    pub evidence: Option<String>,
    /// Whether it was written in English, so that the answer is best given in it.
    pub english: bool,
    /// Whether its reporter waits for the answer by mail.
    pub awaits_mail: bool,
    /// The answer.
    pub answer: Option<Text>,
    /// The published version that corrects it.
    pub corrected_in: Option<Link>,
    /// Its way: stage, moment, who.
    pub steps: Vec<(String, Timestamp, Option<String>)>,
    /// What the reader may do.
    pub acts: Acts,
    /// What is wrong with the form that was sent.
    pub wrongs: Vec<Wrong>,
    /// The answer as it was typed.
    pub answer_field: Field,
    /// The note on the correction as it was typed.
    pub note_field: Field,
}

/// What may be done about a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Take it up.
    pub take_up: bool,
    /// Say that it is an error.
    pub verify: bool,
    /// Say that it is none.
    pub reject: bool,
    /// Begin its correction.
    pub correct: bool,
    /// Answer and close it.
    pub answer: bool,
    /// Nothing until the draft that corrects it is published, or says no more that it does.
    pub in_draft: bool,
}

impl Acts {
    /// Whether anything may be done.
    pub fn any(self) -> bool {
        self != Self::default()
    }
}

/// `/internal/datasets/{id}/correction`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/correction.html")]
pub struct CorrectionPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// The dataset's own page.
    pub dataset_href: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The mark of what is shown.
    pub seen: String,
    /// Whether the draft is a correction.
    pub on: Field,
    /// What was wrong and what was done.
    pub note: Field,
    /// The same in English.
    pub note_en: Field,
    /// The reports that it may settle.
    pub reports: Vec<CorrectionRow>,
}

/// A report that a draft may settle.
#[derive(Clone, Debug)]
pub struct CorrectionRow {
    /// Its id.
    pub id: String,
    /// Its page.
    pub href: String,
    /// What it is about.
    pub kind: String,
    /// The beginning of what was written.
    pub beginning: String,
    /// When.
    pub made: Timestamp,
    /// The code of its stage.
    pub state: &'static str,
    /// The style class of the stage's badge.
    pub tone: &'static str,
    /// Whether the draft settles it.
    pub chosen: bool,
}

/// `/internal/datasets/{id}/report`: somebody of an agency that uses the data reports what is wrong.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/report_new.html")]
pub struct NewReportPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset and its page.
    pub dataset: Link,
    /// The agency that is noted.
    pub agency: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// What makes the same form sent twice one report.
    pub once: String,
    /// The fields.
    pub fields: ReportFields,
}
