//! What a person of an agency sees when a page cannot be shown, with a way on.

use askama::Template;

use crate::http::page::{PageCtx, Wrong};

/// Any failure of the internal portal.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/error.html")]
pub struct ErrorPage {
    /// The page.
    pub page: PageCtx,
    /// The HTTP status: 400, 401, 403, 404, 409, 413, 429, 500, 503.
    pub status: u16,
    /// What the refusal says; empty for failures of ours.
    pub wrongs: Vec<Wrong>,
    /// The number under which the log has it, to be told when asking for help; only for failures of ours.
    pub request_id: Option<String>,
}

impl ErrorPage {
    /// The status whose texts are shown: its own where it has some, else 500 or 400.
    pub fn shown(&self) -> u16 {
        match self.status {
            400 | 403 | 404 | 409 | 429 | 500 | 503 => self.status,
            501.. => 500,
            _ => 400,
        }
    }

    /// The heading.
    pub fn title(&self) -> String {
        self.page.t(&format!("error-{}-title", self.shown()))
    }

    /// What happened and what to do.
    pub fn advice(&self) -> String {
        match self.shown() {
            404 => self.page.t("in-error-404-advice"),
            status => self.page.t(&format!("error-{status}-advice")),
        }
    }
}
