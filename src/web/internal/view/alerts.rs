//! The list of alerts.

use askama::Template;

use crate::http::page::{Field, PageCtx, Pager, Wrong};
use crate::kernel::Timestamp;

/// `/internal/alerts?page=`; `/internal/alerts/{id}/handling` takes its forms.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/alerts.html")]
pub struct AlertsPage {
    /// The page.
    pub page: PageCtx,
    /// How many there are.
    pub total: u64,
    /// Alerts that wait for somebody, newest first.
    pub open: Vec<AlertRow>,
    /// Alerts that were handled, newest first.
    pub handled: Vec<AlertRow>,
    /// What is wrong with the form that was sent, for the summary.
    pub wrongs: Vec<Wrong>,
    /// The pages.
    pub pager: Pager,
}

/// An alert.
#[derive(Clone, Debug)]
pub struct AlertRow {
    /// Its id.
    pub id: String,
    /// What it is about, in the page's language.
    pub title: String,
    /// What to know.
    pub body: String,
    /// When it was raised.
    pub at: Timestamp,
    /// The entries of the audit log it is about.
    pub href: String,
    /// Whether it is about the reader's own acts, which somebody else looks at.
    pub own: bool,
    /// What was typed under it; its field is `note`.
    pub note: Field,
    /// Who handled it, when, and what they found.
    pub handled: Option<(String, Timestamp, String)>,
}
