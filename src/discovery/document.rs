//! What is handed over, asked and answered: owned data with language-neutral codes.

use serde::{Deserialize, Serialize};

use crate::kernel::{Lang, PageRequest};
use crate::platform::index::collation::sort_key;
use crate::platform::index::{Layout, Record};

/// A published dataset as the search knows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    /// The dataset's id.
    pub id: String,
    /// Its address part.
    pub slug: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English; empty when there is none.
    pub title_en: String,
    /// Description in Vietnamese as plain text, without Markdown.
    pub description_vi: String,
    /// Description in English as plain text; empty when there is none.
    pub description_en: String,
    /// Keywords in either language.
    pub keywords: Vec<String>,
    /// Key of the agency that publishes it.
    pub agency: String,
    /// The agency's Vietnamese name.
    pub agency_name_vi: String,
    /// The agency's English name.
    pub agency_name_en: String,
    /// Key of its topic.
    pub topic: String,
    /// The topic's Vietnamese name.
    pub topic_name_vi: String,
    /// The topic's English name.
    pub topic_name_en: String,
    /// Codes of the formats it can be had in.
    pub formats: Vec<String>,
    /// Code of how often it is updated; empty when unknown.
    pub frequency: String,
    /// Titles and meanings of its columns.
    pub columns: Vec<String>,
    /// What its tables can be joined by, as [`super::join_code`] writes it.
    pub joins: Vec<String>,
    /// Rows of all its tables.
    pub rows: u64,
    /// The last day on which the next update is on time, in days since 1970-01-01; `None` when none is ever due.
    pub due: Option<i32>,
    /// The day from which it counts as due soon, in days since 1970-01-01.
    pub due_soon: Option<i32>,
    /// When its newest version was published, in milliseconds since 1970-01-01T00:00Z.
    pub published_at: i64,
    /// How often it was used: views and downloads in the period the caller chooses.
    pub used: u64,
}

/// In which order hits come. Equal ones come newest first, then by title.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sort {
    /// Best match first; without a text, newest first.
    #[default]
    Relevance,
    /// Newest publication first.
    Newest,
    /// Most used first.
    Used,
    /// By Vietnamese title in the order of the alphabet.
    Title,
}

/// Whether a dataset is kept up to date, seen from the day of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timeliness {
    /// No update is due, or not soon.
    OnTime,
    /// An update is due soon.
    DueSoon,
    /// An update is overdue.
    Late,
}

impl Timeliness {
    /// All, best first.
    pub const ALL: [Self; 3] = [Self::OnTime, Self::DueSoon, Self::Late];

    /// As addresses write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::DueSoon => "due-soon",
            Self::Late => "late",
        }
    }

    /// From an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|timeliness| timeliness.code() == code)
    }
}

/// One of the ways to narrow a search.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Facet {
    /// [`Document::topic`].
    Topic,
    /// [`Document::agency`].
    Agency,
    /// [`Document::formats`].
    Format,
    /// [`Document::frequency`].
    Frequency,
    /// [`Timeliness`].
    Timeliness,
}

impl Facet {
    /// All, in the order in which pages show them.
    pub const ALL: [Self; 5] = [Self::Topic, Self::Agency, Self::Format, Self::Frequency, Self::Timeliness];

    /// As addresses write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Agency => "agency",
            Self::Format => "format",
            Self::Frequency => "frequency",
            Self::Timeliness => "timeliness",
        }
    }
}

/// A search. Several values of one filter mean any of them; several filters mean all of them.
#[derive(Clone, Debug)]
pub struct Query {
    /// What was typed; empty for everything. Double quotes hold words together. Only the first 32 words count.
    pub text: String,
    /// Only the words as typed: no synonyms, no abbreviations, no beginnings of words, none left out; a word typed with marks is
    /// found only with the same marks.
    pub exact: bool,
    /// Topic keys.
    pub topics: Vec<String>,
    /// Agency keys.
    pub agencies: Vec<String>,
    /// Format codes.
    pub formats: Vec<String>,
    /// Frequency codes.
    pub frequencies: Vec<String>,
    /// Timeliness.
    pub timeliness: Vec<Timeliness>,
    /// In which order.
    pub sort: Sort,
    /// Which page.
    pub page: PageRequest,
    /// The reader's language: titles and snippets come in it, where there are any, and it weighs a little in the order.
    pub lang: Lang,
    /// The day of the search in days since 1970-01-01, in the province's time zone.
    pub today: i32,
}

impl Query {
    /// A search for a text without filters, by relevance.
    pub fn new(text: impl Into<String>, page: PageRequest, lang: Lang, today: i32) -> Self {
        Self {
            text: text.into(),
            exact: false,
            topics: Vec::new(),
            agencies: Vec::new(),
            formats: Vec::new(),
            frequencies: Vec::new(),
            timeliness: Vec::new(),
            sort: Sort::Relevance,
            page,
            lang,
            today,
        }
    }
}

/// A part of a text that is highlighted as a whole, or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matched.
    pub matched: bool,
}

/// A dataset that was found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hit {
    /// The dataset's id.
    pub id: String,
    /// Its address part.
    pub slug: String,
    /// The language of `title`.
    pub title_lang: Lang,
    /// The title.
    pub title: Vec<Piece>,
    /// The language of `snippet`.
    pub snippet_lang: Lang,
    /// The part of the description that matches best; its beginning when nothing in it matches. Empty without a description.
    pub snippet: Vec<Piece>,
    /// The columns that matched, at most five.
    pub matched_columns: Vec<String>,
}

/// How many hits each value of each facet has: most first, then by code. The counts of a facet leave its own selection aside, so
/// that they tell what choosing another value would bring. Selected values are always listed.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Facets {
    /// By topic key.
    pub topics: Vec<(String, u64)>,
    /// By agency key.
    pub agencies: Vec<(String, u64)>,
    /// By format code.
    pub formats: Vec<(String, u64)>,
    /// By frequency code.
    pub frequencies: Vec<(String, u64)>,
    /// By timeliness, in the order of [`Timeliness::ALL`].
    pub timeliness: Vec<(Timeliness, u64)>,
}

/// A filter that could be dropped.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WithoutFilter {
    /// Which.
    pub filter: Facet,
    /// The values it now has.
    pub values: Vec<String>,
    /// How many hits there are without it.
    pub count: u64,
}

/// What to try when little or nothing was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Suggestions {
    /// Other texts to search for, best first.
    pub did_you_mean: Vec<String>,
    /// Filters that keep everything away, most hits first; only when nothing was found.
    pub without_filter: Vec<WithoutFilter>,
    /// How many hits there are without any filter; 0 unless nothing was found.
    pub without_all: u64,
    /// The topics with the most datasets of all; only when nothing was found.
    pub topics: Vec<(String, u64)>,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// How many datasets on all pages.
    pub total: u64,
    /// Those on this page.
    pub hits: Vec<Hit>,
    /// What narrowing would bring.
    pub facets: Facets,
    /// Words and phrases that were searched beside those typed.
    pub also: Vec<String>,
    /// Whether no dataset holds all the words, so that those holding most of them are listed.
    pub relaxed: bool,
    /// Help.
    pub suggestions: Suggestions,
    /// The change up to which the index was in step.
    pub sequence: i64,
}

/// What is offered while somebody types.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Offer {
    /// Texts to search for: what was typed, gone on with. At most four.
    pub words: Vec<String>,
    /// Datasets whose titles hold it, best first. At most six.
    pub titles: Vec<Title>,
    /// The topics that have datasets, with how many, most first: their names are the caller's to compare.
    pub topics: Vec<(String, u64)>,
    /// The agencies that have datasets, in the same way.
    pub agencies: Vec<(String, u64)>,
}

/// A title offered while typing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Title {
    /// The dataset's id.
    pub id: String,
    /// Its address part.
    pub slug: String,
    /// The title, what was typed marked.
    pub title: Vec<Piece>,
    /// The language of the title.
    pub lang: Lang,
}

// The text fields of the index.
pub(super) const TITLE: usize = 0;
pub(super) const TITLE_EN: usize = 1;
pub(super) const KEYWORDS: usize = 2;
/// Names of agency and topic.
pub(super) const NAMES: usize = 3;
pub(super) const COLUMNS: usize = 4;
pub(super) const DESCRIPTION: usize = 5;

// The code fields.
pub(super) const TOPIC: usize = 0;
pub(super) const AGENCY: usize = 1;
pub(super) const FORMAT: usize = 2;
pub(super) const FREQUENCY: usize = 3;
/// Keywords as a whole.
pub(super) const PHRASE: usize = 4;
/// What tables can be joined by.
pub(super) const JOIN: usize = 5;

// The numbers.
pub(super) const DUE: usize = 0;
pub(super) const DUE_SOON: usize = 1;
pub(super) const PUBLISHED_AT: usize = 2;
pub(super) const USED: usize = 3;

/// How documents lie in the index. Raise `version` with every change of [`Document::record`] or of the analysis.
pub(super) const LAYOUT: Layout = Layout {
    version: 2,
    texts: 6,
    spelling: &[TITLE, TITLE_EN, KEYWORDS],
    codes: 6,
    phrases: Some(PHRASE),
    numbers: 4,
};

/// What a hit needs of its document.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Stored {
    pub id: String,
    pub slug: String,
    pub title_vi: String,
    pub title_en: String,
    pub description_vi: String,
    pub description_en: String,
    pub columns: Vec<String>,
}

/// A keyword as it is compared and offered: composed, in lower case, with single spaces.
pub(super) fn phrase(keyword: &str) -> String {
    crate::kernel::text::nfc(keyword).to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Document {
    pub(super) fn record(self) -> crate::kernel::Result<Record> {
        let some = |texts: Vec<&String>| texts.into_iter().filter(|text| !text.is_empty()).cloned().collect::<Vec<_>>();
        let texts = vec![
            some(vec![&self.title_vi]),
            some(vec![&self.title_en]),
            self.keywords.clone(),
            some(vec![&self.agency_name_vi, &self.agency_name_en, &self.topic_name_vi, &self.topic_name_en]),
            self.columns.clone(),
            some(vec![&self.description_vi, &self.description_en]),
        ];
        let codes = vec![
            some(vec![&self.topic]),
            some(vec![&self.agency]),
            some(self.formats.iter().collect()),
            some(vec![&self.frequency]),
            self.keywords.iter().map(|keyword| phrase(keyword)).filter(|phrase| !phrase.is_empty()).collect(),
            self.joins.clone(),
        ];
        let numbers = vec![
            self.due.map_or(i64::MAX, i64::from),
            self.due_soon.map_or(i64::MAX, i64::from),
            self.published_at,
            i64::try_from(self.used).unwrap_or(i64::MAX),
        ];
        let sort_key = sort_key(if self.title_vi.is_empty() { &self.title_en } else { &self.title_vi });
        let id = self.id.clone();
        let stored = Stored {
            id: self.id,
            slug: self.slug,
            title_vi: self.title_vi,
            title_en: self.title_en,
            description_vi: self.description_vi,
            description_en: self.description_en,
            columns: self.columns,
        };
        Ok(Record { id, texts, codes, numbers, sort_key, stored: serde_json::to_string(&stored)? })
    }
}
