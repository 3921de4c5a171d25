//! What a dataset is made of.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::Constraints;
use crate::duty::Counted;
use crate::kernel::id::{AccountId, AgencyId, DatasetId, ReportId, ResourceId, TableVersionId, VersionId};
use crate::kernel::{Lang, Localized, Timestamp};
use crate::table::{TableFile, TableVersion};

/// What is said about a dataset; each version keeps its own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Metadata {
    /// What people search for.
    pub title: Localized,
    /// Markdown: what a row is, source, method, limits.
    pub description: Localized,
    /// The code of its topic.
    pub topic: String,
    /// The code of its update frequency.
    pub frequency: String,
    /// The code of its licence; the province's terms when empty.
    #[serde(default)]
    pub licence: Option<String>,
    /// Further words to find it by.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// Where.
    #[serde(default)]
    pub spatial: Option<Localized>,
    /// First day covered, ISO 8601.
    #[serde(default)]
    pub from: Option<String>,
    /// Last day covered, ISO 8601.
    #[serde(default)]
    pub to: Option<String>,
    /// Who made the data, when not the agency: shown in the citation (licences ask for it).
    #[serde(default)]
    pub source: Option<Localized>,
}

/// What the data dictionary says about one column beyond what ingest found; by the column's title.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ColumnNote {
    /// The title in the file, which ties the note to the column.
    pub title: String,
    /// The title in English.
    #[serde(default)]
    pub title_en: Option<String>,
    /// What it means.
    #[serde(default)]
    pub meaning: Option<Localized>,
    /// In what it is measured.
    #[serde(default)]
    pub unit: Option<Localized>,
    /// What its values must be.
    #[serde(default, skip_serializing_if = "Constraints::is_empty")]
    pub constraints: Constraints,
}

/// Where in its life a dataset is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Never published.
    Draft,
    /// For the public to see.
    Published,
    /// Taken back, with a reason.
    Withdrawn,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A dataset.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::dataset)]
pub struct Dataset {
    /// Its id.
    pub id: DatasetId,
    /// Its part of addresses.
    pub slug: String,
    /// Whose it is.
    pub agency_id: AgencyId,
    /// The code of its [`State`].
    pub state: String,
    /// Whether it stands in the issued open-data catalogue, which alone decides it.
    pub in_catalogue: bool,
    /// The Vietnamese title of the current version.
    pub title_vi: String,
    /// The code of its topic.
    pub topic: String,
    /// The code of its frequency.
    pub frequency: String,
    /// The version that the public sees.
    pub current_version_id: Option<VersionId>,
    /// When it was first published, milliseconds.
    pub published_at: Option<i64>,
    /// When the current version was published, milliseconds.
    pub updated_at: Option<i64>,
    /// When it was withdrawn, milliseconds.
    pub withdrawn_at: Option<i64>,
    /// Why.
    pub withdrawn_reason_vi: Option<String>,
    /// Why, in English.
    pub withdrawn_reason_en: Option<String>,
    /// When a state secret was confirmed in it, milliseconds: since then only a few see it.
    pub quarantined_at: Option<i64>,
    /// From when the present period of its update counts, milliseconds: its latest publication, or the latest word that nothing changed.
    pub counts_from: Option<i64>,
    /// The day to which that period was extended, ISO 8601.
    pub extended_to: Option<String>,
    /// Since when it stands in the catalogue, milliseconds, where that is known: the law's period counts from no earlier day.
    pub listed_at: Option<i64>,
}

impl Dataset {
    /// What decides whether it is on time, once it is published.
    pub fn counted(&self) -> Counted<'_> {
        let from = Timestamp(self.counts_from.unwrap_or(0));
        let listed = (self.in_catalogue, self.listed_at);
        Counted::of(from, &self.frequency, listed, self.extended_to.as_deref())
    }

    /// Where in its life it is.
    pub fn state(&self) -> State {
        State::from_code(&self.state).unwrap_or(State::Draft)
    }

    /// What notices and mail call it: what its address says while it is in quarantine.
    pub fn called(&self) -> &str {
        if self.quarantined_at.is_some() { &self.slug } else { &self.title_vi }
    }
}

/// A version of a dataset.
#[derive(Clone, Debug)]
pub struct Version {
    /// Its id.
    pub id: VersionId,
    /// Whose.
    pub dataset_id: DatasetId,
    /// From 1, given by publication.
    pub number: Option<i32>,
    /// Whether it is published.
    pub published: bool,
    /// What is said.
    pub metadata: Metadata,
    /// What changed.
    pub note: Option<Localized>,
    /// Who changed the draft last.
    pub author: Option<AccountId>,
    /// When the draft was made.
    pub created_at: Timestamp,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// SHA-256 of its manifest.
    pub hash: Option<String>,
    /// The reports that it settles, where it is a correction [đính chính]: its note then says what was wrong.
    pub corrects: Option<Vec<ReportId>>,
    /// When its content was purged; a tombstone since.
    pub purged_at: Option<Timestamp>,
}

impl Version {
    /// Whether it corrects what was wrong.
    pub fn is_correction(&self) -> bool {
        self.corrects.is_some()
    }
}

/// The table behind an original file or its rows set aside, for somebody who may read them.
#[derive(Clone, Debug)]
pub struct Original {
    /// The dataset it belongs to.
    pub dataset: DatasetId,
    /// The table.
    pub table: TableVersion,
    /// Whether the public sees data of this table.
    pub public: bool,
}

/// One resource in one version.
#[derive(Clone, Debug)]
pub struct ResourceVersion {
    /// The resource.
    pub resource_id: ResourceId,
    /// Its part of file names.
    pub name: String,
    /// Its title.
    pub title: Localized,
    /// What the dictionary says.
    pub dictionary: Vec<ColumnNote>,
    /// Its table.
    pub table: TableVersion,
}

impl ResourceVersion {
    /// The dictionary's note on a column.
    pub fn note(&self, title: &str) -> Option<&ColumnNote> {
        self.dictionary.iter().find(|note| note.title == title)
    }
}

/// A version in a list.
#[derive(Clone, Debug)]
pub struct VersionLine {
    /// The version.
    pub version: Version,
    /// The name of who made it; none for the operator and the program.
    pub author: Option<String>,
    /// Rows of all its tables.
    pub rows: u64,
}

/// What listings show of a published dataset.
#[derive(Clone, Debug)]
pub struct Card {
    /// The dataset.
    pub dataset: Dataset,
    /// What the current version says.
    pub metadata: Metadata,
    /// Its number.
    pub version: i32,
    /// The agency's slug.
    pub agency_slug: String,
    /// The agency's names.
    pub agency: Localized,
    /// Rows of all its tables.
    pub rows: u64,
}

/// A version that was published, or the last one of a dataset that was withdrawn: what a feed tells of.
#[derive(Clone, Debug)]
pub struct Told {
    /// The dataset.
    pub dataset: Dataset,
    /// The agency's names.
    pub agency: Localized,
    /// The version.
    pub version: Version,
}

impl Told {
    /// When it happened.
    pub fn at(&self) -> Timestamp {
        match self.dataset.state() {
            State::Withdrawn => Timestamp(self.dataset.withdrawn_at.unwrap_or(0)),
            _ => self.version.published_at.unwrap_or(Timestamp(0)),
        }
    }
}

/// What decides whether a published dataset is on time.
#[derive(Clone, Debug)]
pub struct Standing {
    /// The dataset.
    pub id: DatasetId,
    /// Whose.
    pub agency_id: AgencyId,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
    /// Whether it stands in the catalogue.
    pub in_catalogue: bool,
    /// Since when, milliseconds, where that is known.
    pub listed_at: Option<i64>,
    /// When its current version was published.
    pub updated_at: Timestamp,
    /// From when its period counts.
    pub counts_from: Timestamp,
    /// The day to which that period was extended, ISO 8601.
    pub extended_to: Option<String>,
}

impl Standing {
    /// What decides whether it is on time.
    pub fn counted(&self) -> Counted<'_> {
        let listed = (self.in_catalogue, self.listed_at);
        Counted::of(self.counts_from, &self.frequency, listed, self.extended_to.as_deref())
    }
}

/// Where a published dataset stands.
#[derive(Clone, Debug)]
pub struct Address {
    /// Its part of addresses.
    pub slug: String,
    /// Whose.
    pub agency_id: AgencyId,
    /// Topic code.
    pub topic: String,
    /// When its current version was published.
    pub updated_at: Timestamp,
}

/// Which datasets somebody wants to hear of.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    /// All.
    All,
    /// Those of some agencies.
    Agencies(&'a [AgencyId]),
    /// Those of a topic.
    Topic(&'a str),
    /// These, by id.
    These(&'a [String]),
}

/// A dataset in the internal list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The dataset.
    pub dataset: Dataset,
    /// The agency's name.
    pub agency: String,
    /// The number of the published version.
    pub published_number: Option<i32>,
    /// Whether there is a draft.
    pub has_draft: bool,
    /// When a version was last made.
    pub changed_at: Timestamp,
    /// Who made it.
    pub changed_by: Option<String>,
    /// Rows of the newest version.
    pub rows: u64,
}

/// Which datasets the internal list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All.
    All,
    /// Those in a state.
    State(State),
    /// These.
    These(Vec<DatasetId>),
    /// Those with a draft, but for these; none that was withdrawn.
    DraftsBut(Vec<DatasetId>),
}

/// How many datasets are in a state.
pub type StateCount = (State, u64);

/// What stands at a public address.
#[derive(Clone, Debug)]
pub enum Found {
    /// A published dataset.
    Published(Box<Dataset>),
    /// The tombstone of a withdrawn one.
    Withdrawn(Box<Dataset>),
}

/// All that a dataset's page needs, of one version.
#[derive(Clone, Debug)]
pub struct Published {
    /// The dataset.
    pub dataset: Dataset,
    /// The version shown.
    pub version: Version,
    /// The number of the current version.
    pub latest: i32,
    /// Its resources, in order.
    pub resources: Vec<ResourceVersion>,
    /// The files that were made of its tables after the publication.
    pub files: Vec<TableFile>,
}

impl Published {
    /// The file of a kind that was made of a table, once it is there.
    pub fn file(&self, table: &TableVersionId, kind: &str) -> Option<&TableFile> {
        self.files.iter().find(|file| file.table_version_id == *table && file.kind == kind)
    }

    /// Whether an older version is shown.
    pub fn is_older(&self) -> bool {
        self.version.number != Some(self.latest)
    }

    /// The title in a language, and the language it is really in.
    pub fn title(&self, lang: Lang) -> (&str, Lang) {
        self.version.metadata.title.get(lang)
    }
}
