//! The inbox.

use askama::Template;

use crate::http::page::{PageCtx, Pager};
use crate::kernel::Timestamp;

/// `/internal/notices?page=`; `/internal/notices/read` takes its forms.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/notices.html")]
pub struct NoticesPage {
    /// The page.
    pub page: PageCtx,
    /// The notices of this page: unread ones first, each part newest first.
    pub notices: Vec<NoticeRow>,
    /// How many there are.
    pub total: u64,
    /// How many of them are unread.
    pub unread: u64,
    /// When the page was drawn (milliseconds), field `until`: what came later is not marked as read.
    pub until: i64,
    /// The pages.
    pub pager: Pager,
}

/// A notice.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Its id, field `id`.
    pub id: String,
    /// What happened, in the page's language.
    pub title: String,
    /// What to know or do about it.
    pub body: String,
    /// The page to go to.
    pub href: String,
    /// When it happened.
    pub at: Timestamp,
    /// Whether it was marked as read.
    pub read: bool,
}
