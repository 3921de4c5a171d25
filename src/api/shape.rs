//! What answers look like, as the OpenAPI document tells it. Words of the portal come in both languages; codes are stable.

use serde::Serialize;
use utoipa::ToSchema;

use crate::kernel::{Lang, Localized};

/// A text in Vietnamese, and in English where somebody wrote it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Words {
    /// In Vietnamese.
    pub vi: String,
    /// In English; null where nobody has written it.
    pub en: Option<String>,
}

impl Words {
    pub(super) fn of(text: &Localized) -> Self {
        Self { vi: text.vi.clone(), en: text.en.clone() }
    }

    /// In a language, or in Vietnamese.
    pub(super) fn get(&self, lang: Lang) -> &str {
        match (lang, &self.en) {
            (Lang::En, Some(words)) => words,
            _ => &self.vi,
        }
    }
}

/// A code with what people call it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Named {
    /// The code, as parameters take it.
    pub code: String,
    /// What people call it; null where the portal has no name for it.
    pub name: Option<Words>,
}

/// Where the API begins.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Entry {
    /// The name of the portal.
    pub portal: Words,
    /// The version of the API.
    pub api: String,
    /// The number of the last change that the public sees: another number, other answers.
    pub revision: i64,
    /// Where everything else is.
    pub links: EntryLinks,
}

/// Where everything else is.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct EntryLinks {
    /// The datasets.
    pub datasets: String,
    /// The agencies.
    pub agencies: String,
    /// The topics.
    pub topics: String,
    /// This description, as OpenAPI.
    pub openapi: String,
    /// The page for people.
    pub documentation: String,
    /// What was published, as Atom.
    pub feed: String,
    /// The terms of use.
    pub terms: String,
}

/// A page of datasets.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Datasets {
    /// How many datasets were found.
    pub total: u64,
    /// The page, from 1.
    pub page: u64,
    /// Datasets on a page.
    pub limit: u64,
    /// Whether fewer words than asked for had to match.
    pub relaxed: bool,
    /// The next page; null on the last.
    pub next: Option<String>,
    /// The page before; null on the first.
    pub previous: Option<String>,
    /// The datasets.
    pub datasets: Vec<DatasetLine>,
    /// How many datasets there would be with each value of a filter; empty while search is being built.
    pub facets: Facets,
}

/// How many datasets there would be with each value of a filter.
#[derive(Debug, Default, Serialize, ToSchema)]
pub(super) struct Facets {
    /// By topic.
    pub topic: Vec<Count>,
    /// By agency.
    pub agency: Vec<Count>,
    /// By format.
    pub format: Vec<Count>,
    /// By frequency of updates.
    pub frequency: Vec<Count>,
    /// By whether they are on time.
    pub timeliness: Vec<Count>,
}

/// A value of a filter.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Count {
    /// The value.
    pub value: String,
    /// How many datasets.
    pub count: u64,
}

/// A dataset in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DatasetLine {
    /// Its name in addresses, which never names another dataset.
    pub slug: String,
    /// Its title.
    pub title: Words,
    /// Whose it is.
    pub agency: AgencyName,
    /// Its topic.
    pub topic: Named,
    /// How often it is updated.
    pub frequency: Named,
    /// Its licence.
    pub licence: Licence,
    /// The number of its latest version.
    pub version: i32,
    /// When that was published, in UTC.
    pub updated_at: String,
    /// Whether it is on time; null where it has no date.
    pub timeliness: Option<String>,
    /// When the next version is due, or was; null where it has no date.
    pub due: Option<String>,
    /// Rows of all its tables.
    pub rows: u64,
    /// Where more is.
    pub links: DatasetLinks,
}

/// The addresses of a dataset.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DatasetLinks {
    /// This dataset.
    #[serde(rename = "self")]
    pub this: String,
    /// Its versions.
    pub versions: String,
    /// Its page for people.
    pub html: String,
    /// Its publications, as Atom.
    pub feed: String,
}

/// An agency by its name.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct AgencyName {
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: Words,
}

/// The terms that data is given under.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub(super) struct Licence {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Its SPDX identifier; null where it has none.
    pub spdx: Option<String>,
    /// Where its text stands.
    pub url: String,
}

/// A version of a dataset.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct DatasetVersion {
    /// The dataset's name in addresses.
    pub slug: String,
    /// Its title.
    pub title: Words,
    /// What it is, in Markdown.
    pub description: Words,
    /// Whose it is.
    pub agency: AgencyName,
    /// Who made the data, where it was not the agency.
    pub source: Option<Words>,
    /// Its topic.
    pub topic: Named,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// How often it is updated.
    pub frequency: Named,
    /// Its licence.
    pub licence: Licence,
    /// Where.
    pub spatial: Option<Words>,
    /// The first day covered, ISO 8601.
    pub from: Option<String>,
    /// The last day covered, ISO 8601.
    pub to: Option<String>,
    /// Whether it stands in the province's list of open data.
    pub in_catalogue: bool,
    /// When the dataset was first published, in UTC.
    pub first_published_at: Option<String>,
    /// Whether it is on time; null where it has no date.
    pub timeliness: Option<String>,
    /// When the next version is due, or was; null where it has no date.
    pub due: Option<String>,
    /// The day to which that date was extended, ISO 8601; null where it was not.
    pub extended_to: Option<String>,
    /// When its agency confirmed that nothing had changed, in UTC, where the date counts from that; null where it counts from a publication.
    pub confirmed_at: Option<String>,
    /// The number of this version.
    pub version: i32,
    /// The number of the latest one.
    pub latest_version: i32,
    /// When this version was published, in UTC.
    pub published_at: String,
    /// What changed with this version.
    pub note: Option<Words>,
    /// Whether this version corrects what was wrong.
    pub correction: bool,
    /// SHA-256 of the version's manifest.
    pub hash: Option<String>,
    /// Its tables.
    pub tables: Vec<TableLine>,
    /// Where more is.
    pub links: DatasetLinks,
}

/// A table in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TableLine {
    /// Its name in addresses.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// How many rows.
    pub rows: u64,
    /// How many columns.
    pub columns: u64,
    /// Where more is.
    pub links: TableLinks,
}

/// The addresses of a table.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TableLinks {
    /// This table.
    #[serde(rename = "self")]
    pub this: String,
    /// Its rows.
    pub records: String,
    /// Its Table Schema.
    pub schema: String,
    /// Its page for people, where it is filtered, sorted and grouped.
    pub html: String,
}

/// A table of one version.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Table {
    /// The dataset's name in addresses.
    pub dataset: String,
    /// The table's name in addresses.
    pub name: String,
    /// Its title.
    pub title: Words,
    /// The version.
    pub version: i32,
    /// When the version was published, in UTC.
    pub published_at: String,
    /// How many rows.
    pub rows: u64,
    /// Its columns, in order.
    pub columns: Vec<Column>,
    /// Its stored files, whose bytes never change within the version.
    pub files: Vec<File>,
    /// Where more is.
    pub links: TableLinks,
}

/// A column with what the data dictionary says of it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Column {
    /// The name that queries, JSON and Parquet use.
    pub key: String,
    /// The title, as in the CSV.
    pub title: String,
    /// The title in English.
    pub title_en: Option<String>,
    /// The kind of its values: text, integer, decimal, boolean, date, date-time.
    pub kind: String,
    /// Decimals of a number of exact digits, which JSON gives as a string; null for all else.
    pub scale: Option<i8>,
    /// What it means.
    pub meaning: Option<Words>,
    /// In what it is measured.
    pub unit: Option<Words>,
    /// What its values must be.
    pub constraints: Option<Constraints>,
    /// How many cells are empty.
    pub empty: Option<u64>,
    /// How many different values; about, where there are very many.
    pub distinct: Option<u64>,
    /// The least value, or of text the shortest length.
    pub min: Option<String>,
    /// The greatest value, or of text the longest length.
    pub max: Option<String>,
}

/// What the values of a column must be.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Constraints {
    /// Never empty.
    pub required: bool,
    /// No value twice.
    pub unique: bool,
    /// Part of what names a row.
    pub key: bool,
    /// Not less than this.
    pub minimum: Option<String>,
    /// Not more than this.
    pub maximum: Option<String>,
    /// A regular expression that they fulfil.
    pub pattern: Option<String>,
    /// The values there may be; any where there are none.
    pub codes: Vec<Code>,
}

/// A value there may be.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Code {
    /// The value.
    pub value: String,
    /// What it means.
    pub label: Option<Words>,
}

/// A stored file.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct File {
    /// Its format.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
    /// Where it is; of this version, for ever.
    pub url: String,
}

/// The versions of a dataset, the newest first.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Versions {
    /// The dataset's name in addresses.
    pub dataset: String,
    /// The versions.
    pub versions: Vec<VersionLine>,
}

/// A version in a list.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct VersionLine {
    /// Its number.
    pub version: i32,
    /// When it was published, in UTC.
    pub published_at: String,
    /// What changed.
    pub note: Option<Words>,
    /// Whether it corrects what was wrong.
    pub correction: bool,
    /// Rows of all its tables.
    pub rows: u64,
    /// SHA-256 of its manifest.
    pub hash: Option<String>,
    /// When its content was destroyed; null where it is there.
    pub destroyed_at: Option<String>,
    /// Where it is.
    pub url: String,
}

/// The agencies.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Agencies {
    /// All of them, those that are over too.
    pub agencies: Vec<AgencyLine>,
}

/// An agency.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct AgencyLine {
    /// Its name in addresses, which `agency` takes.
    pub slug: String,
    /// Its name.
    pub name: Words,
    /// Its electronic identifier.
    pub identifier: Option<String>,
    /// Its first day, ISO 8601.
    pub valid_from: String,
    /// Its last day, ISO 8601; null while there is none.
    pub valid_to: Option<String>,
    /// Published datasets.
    pub datasets: u64,
    /// Its datasets.
    pub url: String,
    /// Its page for people.
    pub html: String,
}

/// The topics.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Topics {
    /// All of them.
    pub topics: Vec<TopicLine>,
}

/// A topic.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct TopicLine {
    /// Its code, which `topic` takes.
    pub code: String,
    /// Its name.
    pub name: Words,
    /// Its entry in the European vocabulary of themes.
    pub theme: String,
    /// Published datasets.
    pub datasets: u64,
    /// Its datasets.
    pub url: String,
    /// Its page for people.
    pub html: String,
}

/// A page of rows.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Records {
    /// The dataset's name in addresses.
    pub dataset: String,
    /// The table's name in addresses.
    pub table: String,
    /// The version that the rows are of.
    pub version: i32,
    /// How many rows the whole result has.
    pub total: u64,
    /// The next page; null on the last.
    pub next: Option<String>,
    /// The rows: the values by the keys of the columns, or by the names of groups and measures.
    #[schema(value_type = Vec<Object>)]
    pub records: [(); 0],
}
