//! Guides and news.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Html, Link, PageCtx, Pager, Text};

/// `/huong-dan` and `/tin-tuc`: what there is to read.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/articles.html")]
pub struct ArticlesPage {
    /// The page.
    pub page: PageCtx,
    /// Whether these are news; guides otherwise.
    pub news: bool,
    /// Guides in their order, news newest first.
    pub entries: Vec<ArticleEntry>,
    /// The pages.
    pub pager: Pager,
}

/// A guide or a piece of news in a list.
#[derive(Clone, Debug)]
pub struct ArticleEntry {
    /// Its title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// Its first paragraph.
    pub lead: Text,
    /// The day of a piece of news.
    pub at: Option<NaiveDate>,
}

/// `/huong-dan/{slug}` and `/tin-tuc/{slug}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/article.html")]
pub struct ArticlePage {
    /// The page.
    pub page: PageCtx,
    /// The list that it belongs to.
    pub steps: Vec<Link>,
    /// Its title.
    pub title: Text,
    /// Its first paragraph.
    pub lead: Text,
    /// Its text.
    pub body: Html,
    /// When a piece of news came out.
    pub published: Option<NaiveDate>,
    /// When it was last changed.
    pub revised: Option<NaiveDate>,
}

/// 410: it was here, and why it no longer is.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/article_gone.html")]
pub struct ArticleGonePage {
    /// The page.
    pub page: PageCtx,
    /// The list that it belonged to.
    pub list: Link,
    /// The title it had.
    pub title: Text,
    /// Why.
    pub reason: Text,
    /// Since when.
    pub withdrawn: NaiveDate,
}
