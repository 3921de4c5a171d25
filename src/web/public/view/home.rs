//! The home page.

use askama::Template;
use chrono::NaiveDate;

use super::editorial::ArticleEntry;
use crate::http::page::{DatasetRow, GrainRow, Link, PageCtx, Text};

/// The home page: search, what is on time, what is new, what is used, topics, a first query for developers.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/home.html")]
pub struct HomePage {
    /// The page.
    pub page: PageCtx,
    /// How many datasets are published.
    pub datasets: u64,
    /// How many agencies publish.
    pub agencies: u64,
    /// Searches to try, written without tone marks as people type; each leads to results.
    pub examples: Vec<Link>,
    /// How the whole province stands.
    pub freshness: GrainRow,
    /// How each publishing agency stands, largest first.
    pub agency_rows: Vec<AgencyGrains>,
    /// Published last, newest first; about five.
    pub recent: Vec<DatasetRow>,
    /// Downloaded most, most first; about five.
    pub most_used: Vec<DatasetRow>,
    /// Topics with at least one dataset.
    pub topics: Vec<TopicLink>,
    /// A query that can be pasted into DuckDB; none while no table is published.
    pub sample: Option<SampleQuery>,
    /// The newest news; about three.
    pub news: Vec<ArticleEntry>,
    /// The newest quarterly release.
    pub release: Option<Link>,
    /// The day of the newest publication.
    pub updated: Option<NaiveDate>,
}

/// An agency with its grains.
#[derive(Clone, Debug)]
pub struct AgencyGrains {
    /// The agency's name.
    pub name: Text,
    /// The agency's page.
    pub href: String,
    /// Its datasets.
    pub grains: GrainRow,
}

/// A topic with its number of datasets.
#[derive(Clone, Debug)]
pub struct TopicLink {
    /// The topic's name.
    pub name: Text,
    /// The topic's page.
    pub href: String,
    /// The icon's name in the sprite without `i-t-`, such as `edu`.
    pub icon: String,
    /// How many datasets.
    pub count: u64,
}

impl TopicLink {
    /// The icon's name in the sprite.
    pub fn icon_symbol(&self) -> String {
        format!("t-{}", self.icon)
    }
}

/// A query over a published Parquet file.
#[derive(Clone, Debug)]
pub struct SampleQuery {
    /// The dataset asked.
    pub dataset: Link,
    /// The latest Parquet file's address with host.
    pub parquet_url: String,
    /// A column to group by; none for a plain `SELECT *`.
    pub group_by: Option<String>,
}

impl SampleQuery {
    /// The first line: what the query is run with.
    pub fn comment(&self, page: &PageCtx) -> String {
        format!("-- {}", page.t("home-sample-comment"))
    }

    /// What is asked for.
    pub fn select(&self) -> String {
        match &self.group_by {
            Some(column) => format!("SELECT {column}, count(*)\nFROM"),
            None => "SELECT *\nFROM".into(),
        }
    }

    /// How the query ends.
    pub fn tail(&self) -> &'static str {
        if self.group_by.is_some() { "\nGROUP BY ALL ORDER BY 2 DESC;" } else { "\nLIMIT 10;" }
    }
}
