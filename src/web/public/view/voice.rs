//! Reporting what is wrong with a dataset, and following a report.

use askama::Template;

use crate::http::page::{Field, Link, PageCtx, Text, Wrong};
use crate::kernel::Timestamp;
use crate::web::report_form::ReportFields;

/// `/dataset/{slug}/bao-loi`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/report.html")]
pub struct ReportPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset and its page.
    pub dataset: Link,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The fields.
    pub fields: ReportFields,
}

/// `/bao-loi?code=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/follow.html")]
pub struct FollowPage {
    /// The page.
    pub page: PageCtx,
    /// The receipt number as it was typed.
    pub code: Field,
    /// What is wrong with it.
    pub wrongs: Vec<Wrong>,
    /// Whether the report came a moment ago.
    pub sent: bool,
    /// The report.
    pub found: Option<FollowView>,
}

/// Where a report stands.
#[derive(Clone, Debug)]
pub struct FollowView {
    /// The receipt number.
    pub receipt: String,
    /// The address of this page with host, to be kept.
    pub address: String,
    /// The dataset and its page.
    pub dataset: Link,
    /// What it is about.
    pub kind: String,
    /// The code of its stage.
    pub state: &'static str,
    /// The style class of the stage's badge.
    pub tone: &'static str,
    /// How it ended, as a sentence.
    pub outcome: Option<String>,
    /// Its way, oldest first.
    pub steps: Vec<(String, Timestamp)>,
    /// The answer.
    pub answer: Option<Text>,
    /// The version that corrects it, and its note.
    pub correction: Option<(Link, Option<Text>)>,
    /// Whether the answer goes to an e-mail as well.
    pub awaits_mail: bool,
}
