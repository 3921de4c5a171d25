//! A dataset: its data, its structure, its versions.

use askama::Template;
use chrono::NaiveDate;

use super::statistics::Trend;
use crate::http::page::{
    ColumnView, Download, Freshness, Html, JsonLd, Link, Offers, PageCtx, Pager, Text, Timeliness,
};
use crate::kernel::Timestamp;

/// `/dataset/{slug}` and `/dataset/{slug}/v/{n}`, one tab at a time.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/dataset.html")]
pub struct DatasetPage {
    /// The page.
    pub page: PageCtx,
    /// The tab shown.
    pub tab: Tab,
    /// The addresses of the tabs of the resource shown: data, structure, versions.
    pub tab_hrefs: TabHrefs,
    /// The title.
    pub title: Text,
    /// The description in a sentence or two without markup, for search engines.
    pub summary: Text,
    /// The description.
    pub description: Html,
    /// The publisher and its page.
    pub agency: Link,
    /// The topics and their pages; the first is the one in the path of the page.
    pub topics: Vec<Link>,
    /// Keywords, each with a search for it.
    pub keywords: Vec<Link>,
    /// Whether it is on time.
    pub freshness: Freshness,
    /// The day to which its period was extended.
    pub extended: Option<NaiveDate>,
    /// The day on which its agency said that nothing changed, where its period counts from that.
    pub unchanged: Option<NaiveDate>,
    /// Whether the open-data catalogue in force lists it, and the page of that catalogue; none while there is no catalogue.
    pub catalogue: Option<(bool, String)>,
    /// How often it is updated, in words of the page's language.
    pub frequency: String,
    /// The terms of use and their page.
    pub terms: Link,
    /// What the data covers: place and time.
    pub coverage: Option<Text>,
    /// Whom to ask: a name, a telephone number, a mail address.
    pub contact: Option<Text>,
    /// The version shown, from 1.
    pub version: u64,
    /// When that version was published.
    pub published: NaiveDate,
    /// Set when the version shown is not the latest.
    pub older: Option<OlderVersion>,
    /// Pages seen since the beginning.
    pub views: u64,
    /// Files downloaded since the beginning.
    pub downloads: u64,
    /// What was counted in each of the last twelve months.
    pub use_by_month: Trend,
    /// The resources; the page shows a switch when there is more than one.
    pub resources: Vec<ResourceLink>,
    /// The resource shown; none for a dataset without tables.
    pub resource: Option<ResourceView>,
    /// All versions, newest first; only the first few on the other tabs.
    pub versions: Vec<VersionEntry>,
    /// How many versions there are.
    pub version_count: u64,
    /// How to cite the version shown.
    pub citation: Citation,
    /// schema.org/Dataset; only on the canonical page.
    pub json_ld: Option<JsonLd>,
    /// What goes with it; at most five.
    pub related: Vec<RelatedRow>,
    /// The short address of its latest version, with host.
    pub short_url: Option<String>,
    /// The short address of the version shown, with host.
    pub short_version_url: Option<String>,
    /// The picture that pages elsewhere show of it.
    pub embed_href: String,
    /// The HTML that embeds that picture.
    pub embed_code: String,
    /// Where readers report what is wrong.
    pub report_href: String,
    /// The Atom feed of its versions.
    pub feed_href: String,
    /// Where readers ask for letters about it, if the portal writes any.
    pub follow_href: String,
}

/// A dataset that goes with another.
#[derive(Clone, Debug)]
pub struct RelatedRow {
    /// Its title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// The publisher.
    pub agency: Text,
    /// Why it goes with it, in words, the strongest reason first.
    pub reasons: Vec<String>,
}

/// The tabs of a dataset page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The table.
    #[default]
    Data,
    /// The data dictionary with column profiles.
    Structure,
    /// The versions.
    Versions,
}

/// The addresses of the tabs.
#[derive(Clone, Debug, Default)]
pub struct TabHrefs {
    /// The table.
    pub data: String,
    /// The data dictionary.
    pub structure: String,
    /// The versions.
    pub versions: String,
}

/// What is said when an older version is shown.
#[derive(Clone, Debug)]
pub struct OlderVersion {
    /// The latest version's number.
    pub latest: u64,
    /// The page of the latest version.
    pub latest_href: String,
}

/// A resource in the switch.
#[derive(Clone, Debug)]
pub struct ResourceLink {
    /// Its title.
    pub title: Text,
    /// The page with this resource shown.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// The resource shown.
#[derive(Clone, Debug)]
pub struct ResourceView {
    /// Its title.
    pub title: Text,
    /// What it holds, where it says more than the dataset's description.
    pub description: Option<Text>,
    /// Rows of the table.
    pub rows: u64,
    /// Its columns in order, with meaning and profile.
    pub columns: Vec<ColumnView>,
    /// The page of the table; filled on the data tab.
    pub preview: Option<Preview>,
    /// The files to download.
    pub offers: Offers,
    /// SHA-256 of the canonical table of this version, in hexadecimal.
    pub hash: String,
    /// The latest Parquet file's address with host, for queries.
    pub parquet_url: Option<String>,
    /// The rows by the API, with host.
    pub api_url: String,
    /// The Table Schema of the resource.
    pub schema_href: Option<String>,
    /// Where the whole table is filtered, sorted and grouped.
    pub explore_href: String,
    /// The chart of the table.
    pub chart_href: String,
    /// Where it is shown on a map, where that is possible.
    pub map_href: Option<String>,
}

/// One page of the whole table.
#[derive(Clone, Debug)]
pub struct Preview {
    /// One header for each column, in order.
    pub headers: Vec<PreviewHeader>,
    /// The rows, each with one cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// The number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// The number of the last row shown.
    pub last: u64,
    /// How many rows the table has.
    pub total: u64,
    /// The pages.
    pub pager: Pager,
    /// The table in its own order, where it is sorted.
    pub unsorted_href: Option<String>,
}

/// A header of the table: a link that sorts by its column.
#[derive(Clone, Debug)]
pub struct PreviewHeader {
    /// The table sorted by this column, in the other direction where it already is.
    pub href: String,
    /// How the table is sorted by this column now.
    pub sorted: Option<Direction>,
}

/// A direction of sorting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Least first.
    Ascending,
    /// Greatest first.
    Descending,
}

impl Direction {
    /// The value of `aria-sort`.
    pub fn aria(self) -> &'static str {
        match self {
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }

    /// The icon's name.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Ascending => "asc",
            Self::Descending => "desc",
        }
    }
}

/// A cell as the page's language writes it; none when it is empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The value.
    pub text: Option<String>,
}

impl Cell {
    /// A cell.
    pub fn new(text: Option<String>) -> Self {
        Self { text }
    }
}

/// A version.
#[derive(Clone, Debug)]
pub struct VersionEntry {
    /// Its number, from 1.
    pub number: u64,
    /// When it was published.
    pub published: Timestamp,
    /// Its page.
    pub href: String,
    /// What changed; of a correction, what was wrong.
    pub reason: Option<Text>,
    /// Whether it corrects what was wrong.
    pub correction: bool,
    /// Rows of all its tables.
    pub rows: u64,
    /// Rows more or fewer than the version before; none for the first.
    pub rows_change: Option<i64>,
    /// SHA-256 of the version, in hexadecimal.
    pub hash: String,
    /// Its files at addresses that never change.
    pub files: Vec<Download>,
    /// Whether it is the version shown.
    pub current: bool,
    /// Whether it is the latest.
    pub latest: bool,
}

/// How to cite a version.
#[derive(Clone, Debug)]
pub struct Citation {
    /// The publisher as an author, with the province.
    pub author: String,
    /// The year of publication.
    pub year: i32,
    /// The title.
    pub title: String,
    /// The version's number.
    pub version: u64,
    /// The portal's name.
    pub portal: String,
    /// The version's address with host, which never changes.
    pub url: String,
    /// SHA-256 of the version, in hexadecimal.
    pub hash: String,
}

impl DatasetPage {
    /// The way here: the first topic.
    pub fn crumbs(&self) -> &[Link] {
        self.topics.get(..1).unwrap_or_default()
    }

    /// The name of the tab, for the title.
    pub fn tab_name(&self) -> String {
        self.page.t(match self.tab {
            Tab::Data => "tab-data",
            Tab::Structure => "tab-structure",
            Tab::Versions => "tab-versions",
        })
    }

    /// The day by which it is to be updated, where the badge tells days and not the day.
    pub fn due(&self) -> Option<NaiveDate> {
        self.freshness.due.filter(|_| matches!(self.freshness.state, Timeliness::Soon | Timeliness::Late))
    }

    /// Whether something of the content is in another language than the page.
    pub fn in_other_language(&self) -> bool {
        self.title.lang.is_some() || self.description.lang.is_some()
    }

    /// How many files the resource shown offers beside the first.
    pub fn other_files(&self) -> usize {
        self.resource.as_ref().map_or(0, |resource| resource.offers.others())
    }
}

impl VersionEntry {
    /// How the number of rows changed, in words.
    pub fn change_text(&self, page: &PageCtx) -> Option<String> {
        let change = self.rows_change?;
        let count = change.unsigned_abs();
        Some(match change {
            0 => page.t("version-rows-same"),
            1.. => page.t1("version-rows-more", "count", count),
            _ => page.t1("version-rows-fewer", "count", count),
        })
    }
}

impl ResourceView {
    /// What a person types to read the first rows by the API.
    pub fn api_command(&self) -> String {
        format!("curl '{}?limit=10'", self.api_url)
    }

    /// The hash in groups of eight, which can be compared by eye.
    pub fn hash_groups(&self) -> String {
        groups(&self.hash)
    }
}

impl Citation {
    /// The hash in groups of eight, which can be compared by eye.
    pub fn hash_groups(&self) -> String {
        groups(&self.hash)
    }
}

impl VersionEntry {
    /// The hash in groups of eight, which can be compared by eye.
    pub fn hash_groups(&self) -> String {
        groups(&self.hash)
    }
}

fn groups(hash: &str) -> String {
    let digits: Vec<char> = hash.chars().collect();
    digits.chunks(8).map(|chunk| chunk.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_shown_in_groups_of_eight() {
        assert_eq!(groups("0123456789abcdef01"), "01234567 89abcdef 01");
        assert_eq!(groups(""), "");
    }
}
