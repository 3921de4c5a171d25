//! What a list is, and what is understood of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::super::draft::MetadataForm;
use crate::kernel::id::{AccountId, AgencyId, DatasetId, InventoryId};
use crate::kernel::text::fold;
use crate::kernel::{Problem, Timestamp};

/// Rows of a list.
pub const MOST_ROWS: usize = 500;

/// A list as it was read.
#[derive(Clone, Debug)]
pub struct List {
    /// Its id.
    pub id: InventoryId,
    /// Who sent it.
    pub account: AccountId,
    /// The agency whose datasets they are.
    pub agency: AgencyId,
    /// The file's name.
    pub file_name: String,
    /// What it holds.
    pub content: Content,
    /// When it came.
    pub created_at: Timestamp,
    /// What was entered; none while nobody has.
    pub entered: Option<Vec<Entered>>,
}

/// The cells of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The row of headings.
    pub headings: Vec<String>,
    /// The rows below it that hold anything.
    pub rows: Vec<Vec<String>>,
}

/// A dataset that a row became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entered {
    /// The row, from 1.
    pub row: usize,
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title.
    pub title: String,
}

/// What a column of a list says about datasets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names of the fields of `Metadata`")]
pub enum Column {
    Title,
    TitleEn,
    Description,
    Topic,
    Frequency,
    Licence,
    Keywords,
    Spatial,
    Source,
}

impl Column {
    /// All, in the order of the template.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::TitleEn,
        Self::Description,
        Self::Topic,
        Self::Frequency,
        Self::Licence,
        Self::Keywords,
        Self::Spatial,
        Self::Source,
    ];

    /// As messages name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::TitleEn => "title-en",
            Self::Description => "description",
            Self::Topic => "topic",
            Self::Frequency => "frequency",
            Self::Licence => "licence",
            Self::Keywords => "keywords",
            Self::Spatial => "spatial",
            Self::Source => "source",
        }
    }
}

/// The headings under which people write each column.
#[derive(Clone, Debug, Default)]
pub struct Headings(BTreeMap<String, Column>);

impl Headings {
    /// Takes the names of a column, separated by semicolons; a name that is taken already stays whose it is.
    pub fn add(&mut self, column: Column, names: &str) {
        for name in names.split(';').map(plain).filter(|name| !name.is_empty()) {
            self.0.entry(name).or_insert(column);
        }
    }

    /// The column that a heading means.
    pub fn column(&self, heading: &str) -> Option<Column> {
        self.0.get(&plain(heading)).copied()
    }
}

/// A heading without tone marks, case, signs and what stands in brackets.
fn plain(heading: &str) -> String {
    let folded = fold(heading.split('(').next().unwrap_or_default());
    let words = folded.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// What was understood of a list.
#[derive(Clone, Debug)]
pub struct Understood {
    /// What each column means; none for one that is not taken over.
    pub columns: Vec<Option<Column>>,
    /// The rows.
    pub lines: Vec<Line>,
}

/// What was understood of a row.
#[derive(Clone, Debug)]
pub struct Line {
    /// The row, from 1.
    pub row: usize,
    /// What the dataset would say; topic, frequency and licence by code.
    pub form: MetadataForm,
    /// Words for which there is no term.
    pub unknown: Vec<(Column, String)>,
    /// What keeps the row from being entered.
    pub problems: Vec<Problem>,
    /// What has the same title already.
    pub same: Option<Same>,
}

impl Line {
    /// Whether it may be entered, with a topic and a frequency for those that lack them.
    pub fn is_sound(&self) -> bool {
        self.problems.is_empty()
    }
}

/// What has the title of a row already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Same {
    /// A dataset of the agency.
    Dataset(DatasetId),
    /// An earlier row.
    Row(usize),
}
