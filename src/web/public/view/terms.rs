//! The terms of use of the data.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Html, PageCtx, Text};

/// `/terms`: the province's own text.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/terms.html")]
pub struct TermsPage {
    /// The page.
    pub page: PageCtx,
    /// The title of the terms.
    pub title: Text,
    /// The text; none where the province has set none, and the page then gives the default.
    pub body: Option<Html>,
    /// Since when they are in force.
    pub since: Option<NaiveDate>,
    /// What they rest on: articles of decrees and decisions.
    pub basis: Vec<Text>,
}

impl TermsPage {
    /// The title where the province has set none.
    pub fn default_title(page: &PageCtx) -> Text {
        Text::new(page.t("terms-title"))
    }
}
