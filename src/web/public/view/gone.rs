//! The tombstone of a dataset that was withdrawn.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Link, PageCtx, Text};

/// 410: it was here, and why it no longer is.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/gone.html")]
pub struct GonePage {
    /// The page.
    pub page: PageCtx,
    /// The title it had.
    pub title: Text,
    /// The agency that published it, and its page.
    pub agency: Link,
    /// Why it was withdrawn, in the words of the decision.
    pub reason: Text,
    /// When.
    pub withdrawn: NaiveDate,
    /// Whether it is one version, whose content was destroyed.
    pub purged: bool,
    /// What takes its place.
    pub replacement: Option<Link>,
}

impl GonePage {
    /// The search box on the page carries nothing along.
    pub fn nothing_kept(&self) -> &'static [(String, String)] {
        &[]
    }
}
