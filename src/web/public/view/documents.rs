//! The register of documents: the law behind the portal, and the province's own decisions.

use askama::Template;

use crate::http::page::{Link, PageCtx, Text};
use crate::web::open_data::DecisionView;
use crate::web::regulations::{DocumentLine, RuleLine};

/// `/van-ban`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/documents.html")]
pub struct DocumentsPage {
    /// The page.
    pub page: PageCtx,
    /// What people call the rule set.
    pub rules: Text,
    /// The documents, what is in force first.
    pub documents: Vec<DocumentEntry>,
    /// What the province decided about its open data, the newest first.
    pub decisions: Vec<DecisionLine>,
}

/// A document and what rests on it.
#[derive(Clone, Debug)]
pub struct DocumentEntry {
    /// The document.
    pub document: DocumentLine,
    /// The rules of the portal that cite it.
    pub rules: Vec<RuleLine>,
}

/// A signed decision of the province.
#[derive(Clone, Debug)]
pub struct DecisionLine {
    /// What it brought; leads to its page.
    pub what: Link,
    /// The decision.
    pub decision: DecisionView,
    /// How what it brought stands, in words.
    pub standing: String,
    /// The colour of that; never its only sign.
    pub tone: &'static str,
}
