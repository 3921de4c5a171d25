//! What is wanted most.

use askama::Template;

use super::datasets::StateTab;
use crate::demand::{DAYS, FEWEST, HIGH, Level, MEDIUM, SUPPORTER, VainWords};
use crate::http::page::{Choice, Freshness, PageCtx, Pager, Text};

/// `/internal/demand?list=&agency=&sort=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/demand.html")]
pub struct DemandPage {
    /// The page.
    pub page: PageCtx,
    /// The three lists.
    pub tabs: Vec<StateTab>,
    /// The code of the one shown, carried along by the form.
    pub list: &'static str,
    /// Agencies to choose from; the first, with an empty value, means all. Fewer than three: the choice is not shown.
    pub agencies: Vec<Choice>,
    /// In which order datasets come.
    pub orders: Vec<Choice>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// Where the list stands without filters.
    pub clear: String,
    /// How many rows match.
    pub total: u64,
    /// The list as a workbook.
    pub xlsx: String,
    /// The list as CSV.
    pub csv: String,
    /// The rows of this page.
    pub rows: DemandRows,
    /// Whether the reader writes drafts, and may begin one from words.
    pub writes: bool,
    /// The pages.
    pub pager: Pager,
}

impl DemandPage {
    /// How it is counted, list by list.
    fn how(&self) -> [String; 4] {
        let page = &self.page;
        [
            page.t("demand-how-requests"),
            page.t1("demand-how-datasets", "days", DAYS),
            page.t3("demand-how-score", "person", SUPPORTER, "medium", MEDIUM, "high", HIGH),
            page.t1("demand-how-words", "count", FEWEST),
        ]
    }
}

/// The rows of one of the three lists.
#[derive(Clone, Debug)]
pub enum DemandRows {
    /// Open requests.
    Requests(Vec<WantedRequest>),
    /// Datasets.
    Datasets(Vec<WantedDataset>),
    /// Words.
    Words(Vec<WantedWords>),
}

impl DemandRows {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Requests(rows) => rows.is_empty(),
            Self::Datasets(rows) => rows.is_empty(),
            Self::Words(rows) => rows.is_empty(),
        }
    }
}

/// An open request for data.
#[derive(Clone, Debug)]
pub struct WantedRequest {
    /// Which data.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// Whose it is to answer.
    pub agency: Option<String>,
    /// Where it stands.
    pub standing: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// How many need the data.
    pub supporters: u64,
    /// The day by which something is to happen, and whether it is over.
    pub due: Option<(chrono::NaiveDate, bool)>,
}

/// A published dataset.
#[derive(Clone, Debug)]
pub struct WantedDataset {
    /// Its title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// Whose it is.
    pub agency: String,
    /// Whether it is on time.
    pub freshness: Freshness,
    /// People who needed it, by requests.
    pub supporters: u64,
    /// Downloads.
    pub downloads: u64,
    /// How much it is wanted.
    pub level: Level,
}

impl WantedDataset {
    /// The style class of the badge.
    pub fn tone(&self) -> &'static str {
        match self.level {
            Level::High => "warn",
            Level::Medium => "info",
            Level::Low => "plain",
        }
    }
}

/// Words that were searched for in vain.
#[derive(Clone, Debug)]
pub struct WantedWords {
    /// The words, how many asked, and what is found today.
    pub row: VainWords,
    /// The last month: 09/2026.
    pub last: String,
    /// The search of the public portal.
    pub search: String,
    /// The public form of a request for data, with these words: once they are put well and let out, others may support it.
    pub ask: String,
    /// A new draft with this title.
    pub draft: String,
}
