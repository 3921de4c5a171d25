//! What a reader sees when a page cannot be shown, with a way on.

use askama::Template;

use crate::http::page::{PageCtx, Wrong};

/// Any failure of the public portal but 410.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/error.html")]
pub struct ErrorPage {
    /// The page.
    pub page: PageCtx,
    /// The HTTP status: 400, 404, 405, 413, 429, 500, 503.
    pub status: u16,
    /// What the refusal says; empty for failures of ours.
    pub wrongs: Vec<Wrong>,
    /// The number under which the log has it, to be told when asking for help; only for failures of ours.
    pub request_id: Option<String>,
    /// After how many seconds to try again, where that is known.
    pub retry_after: Option<u64>,
}

impl ErrorPage {
    /// The search box on the page carries nothing along.
    pub fn nothing_kept(&self) -> &'static [(String, String)] {
        &[]
    }

    /// The status whose texts are shown: its own where it has some, else 500 or 400.
    pub fn shown(&self) -> u16 {
        match self.status {
            400 | 404 | 429 | 500 | 503 => self.status,
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
        self.page.t(&format!("error-{}-advice", self.shown()))
    }
}
