//! Guides, news and the other pages of the public portal, for those who write them.

use askama::Template;

use crate::http::page::{Choice, Field, Html, PageCtx, Pager, Wrong};
use crate::kernel::Timestamp;

/// `/internal/pages`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/pages.html")]
pub struct PagesPage {
    /// The page.
    pub page: PageCtx,
    /// The guides, in their order.
    pub guides: Vec<PageLine>,
    /// The pages at an address of their own.
    pub fixed: Vec<PageLine>,
    /// The news, last written first.
    pub news: Vec<PageLine>,
    /// The pages of the news.
    pub pager: Pager,
}

/// A page in the list.
#[derive(Clone, Debug)]
pub struct PageLine {
    /// Its title.
    pub title: String,
    /// Where it is written.
    pub href: String,
    /// Its public address.
    pub address: String,
    /// The code of its state.
    pub state: &'static str,
    /// Whether it has an English text.
    pub english: bool,
    /// Its place among guides.
    pub position: i32,
    /// When it was last written or decided on; none for the text that came with the program.
    pub changed: Option<Timestamp>,
}

impl PageLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

/// The colour of a state.
fn tone(state: &str) -> &'static str {
    match state {
        "published" => "good",
        "withdrawn" => "plain",
        _ => "warn",
    }
}

/// The fields of the words of a page.
#[derive(Clone, Debug)]
pub struct WordFields {
    /// The field `title`.
    pub title: Field,
    /// The field `title_en`.
    pub title_en: Field,
    /// The field `body`.
    pub body: Field,
    /// The field `body_en`.
    pub body_en: Field,
}

/// `/internal/pages/new`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/page_new.html")]
pub struct NewPagePage {
    /// The page.
    pub page: PageCtx,
    /// Guide or news.
    pub kinds: Vec<Choice>,
    /// The field `slug`.
    pub slug: Field,
    /// The words.
    pub words: WordFields,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/pages/{slug}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/page_edit.html")]
pub struct EditPagePage {
    /// The page.
    pub page: PageCtx,
    /// Its part of addresses.
    pub slug: String,
    /// Its title.
    pub name: String,
    /// The code of its state.
    pub state: &'static str,
    /// Whether it is the text that came with the program.
    pub built_in: bool,
    /// Its public address, with host.
    pub public_href: String,
    /// Whether there are words that the public does not see yet.
    pub unpublished: bool,
    /// The words.
    pub words: WordFields,
    /// The mark of what is shown.
    pub seen: String,
    /// The field `position` of a guide.
    pub position: Option<Field>,
    /// Whether it may be withdrawn.
    pub withdraws: bool,
    /// The field `reason` of a withdrawal.
    pub reason: Field,
    /// The field `reason_en`.
    pub reason_en: Field,
    /// What was published, newest first.
    pub revisions: Vec<RevisionLine>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl EditPagePage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }

    /// Whether the form of a withdrawal was sent and is wrong.
    pub fn withdrawing(&self) -> bool {
        self.reason.error.is_some() || self.reason_en.error.is_some()
    }
}

/// A revision in the list.
#[derive(Clone, Debug)]
pub struct RevisionLine {
    /// Its number.
    pub number: u64,
    /// Who published it; none for the text that came with the program.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// A text as readers will see it.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The title.
    pub title: String,
    /// The text.
    pub body: Html,
}

/// `/internal/pages/{slug}/preview` and `/internal/pages/{slug}/revisions/{number}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/page_text.html")]
pub struct PageTextPage {
    /// The page.
    pub page: PageCtx,
    /// Its part of addresses.
    pub slug: String,
    /// The title of the page as it is being written.
    pub name: String,
    /// The revision; none for what is being written.
    pub revision: Option<u64>,
    /// Whether it can be published, or restored.
    pub acts: bool,
    /// Whether what is being written would be replaced by a restored revision, and stands nowhere else.
    pub replaces: bool,
    /// The mark of what is being written.
    pub seen: String,
    /// In Vietnamese.
    pub vi: Rendered,
    /// In English, where there is one.
    pub en: Option<Rendered>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl PageTextPage {
    /// What is shown: the preview, or which revision.
    pub fn heading(&self) -> String {
        match self.revision {
            Some(number) => self.page.t1("page-revision-number", "number", number),
            None => self.page.t("page-preview"),
        }
    }
}
