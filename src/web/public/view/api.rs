//! The page of the API.

use askama::Template;

use super::explore::Snippet;
use crate::http::page::{Link, PageCtx};

/// `/api`: how programs read what is published, with examples of this very portal.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/api.html")]
pub struct ApiPage {
    /// The page.
    pub page: PageCtx,
    /// Where the API stands, with host.
    pub base: String,
    /// Every address below the host, with what it answers.
    pub endpoints: Vec<(String, String)>,
    /// The parameters of the list of datasets, with what they mean.
    pub search: Vec<(String, String)>,
    /// The parameters of rows, with what they mean.
    pub rows: Vec<(String, String)>,
    /// The codes of the tests of filters.
    pub tests: Vec<&'static str>,
    /// Formats of rows: code, media type, and whether the whole result comes at once.
    pub formats: Vec<(&'static str, &'static str, bool)>,
    /// Rows of a page where nobody says how many, and at most.
    pub page_rows: (u64, u64),
    /// Units that a client has in a minute; none without a limit.
    pub units: Option<u64>,
    /// What looking for rows costs beyond a unit, and what a whole result costs.
    pub costs: (u64, u64),
    /// Kinds of problems: anchor and status, title, what it means.
    pub problems: Vec<ProblemView>,
    /// Examples; none while nothing is published.
    pub example: Option<Example>,
}

impl ApiPage {
    /// Where the document of OpenAPI stands, with host.
    pub fn openapi_url(&self) -> String {
        format!("{}/openapi.json", self.base)
    }
}

/// A kind of problem.
#[derive(Clone, Debug)]
pub struct ProblemView {
    /// The anchor.
    pub anchor: &'static str,
    /// The status.
    pub status: u16,
    /// What it is called.
    pub title: String,
    /// What it means, and what to do.
    pub text: String,
}

/// Examples over a published table.
#[derive(Clone, Debug)]
pub struct Example {
    /// The table's dataset.
    pub dataset: Link,
    /// Its first rows, by curl.
    pub first: String,
    /// The addresses of its rows, with host.
    pub records: String,
    /// What to type, by what it is for.
    pub snippets: Vec<(String, Snippet)>,
}
