//! The topics, and one of them.

use askama::Template;

use super::home::TopicLink;
use crate::http::page::{DatasetRow, GrainRow, Link, PageCtx, Pager, Text};

/// `/topic`: all topics.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/topics.html")]
pub struct TopicsPage {
    /// The page.
    pub page: PageCtx,
    /// The topics with what each holds; also those without datasets.
    pub topics: Vec<TopicEntry>,
}

/// A topic with its description.
#[derive(Clone, Debug)]
pub struct TopicEntry {
    /// The topic.
    pub topic: TopicLink,
    /// What belongs to it.
    pub description: Option<Text>,
}

/// `/topic/{slug}`: a topic and its datasets.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/topic.html")]
pub struct TopicPage {
    /// The page.
    pub page: PageCtx,
    /// The topic's name.
    pub name: Text,
    /// The icon's name in the sprite without `i-t-`, such as `edu`.
    pub icon: String,
    /// What belongs to it.
    pub description: Option<Text>,
    /// How its datasets stand.
    pub freshness: GrainRow,
    /// How many datasets it has.
    pub total: u64,
    /// The datasets of this page, newest first.
    pub datasets: Vec<DatasetRow>,
    /// The pages.
    pub pager: Pager,
    /// The search with this topic as a filter.
    pub search_href: String,
    /// The Atom feed of what happens to its datasets.
    pub feed_href: String,
    /// Where readers ask for letters about it, if the portal writes any.
    pub follow_href: String,
}

impl TopicPage {
    /// The icon's name in the sprite.
    pub fn icon_symbol(&self) -> String {
        format!("t-{}", self.icon)
    }
}
