//! What a release is made of.

use diesel::prelude::*;

use crate::kernel::Localized;
use crate::kernel::id::{AgencyId, DatasetId, ReleaseId, TableVersionId, VersionId};
use crate::quarter::Quarter;

/// Whether a release can be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being made.
    Building,
    /// It is there, for good.
    Ready,
}

impl State {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Building => "building",
            Self::Ready => "ready",
        }
    }
}

/// A release.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::release)]
pub struct Release {
    /// Its id.
    pub id: ReleaseId,
    /// Its quarter, such as `2026-Q3`.
    pub quarter: String,
    /// Until when something must have been published to be in it, milliseconds.
    pub as_of: i64,
    /// The release before.
    pub previous_id: Option<ReleaseId>,
    /// The code of its [`State`].
    pub state: String,
    /// When it was ordered, milliseconds.
    pub ordered_at: i64,
    /// The last dataset that was looked at, while it is made.
    pub done_until: Option<String>,
    /// Since when it is there, milliseconds.
    pub ready_at: Option<i64>,
    /// The SHA-256 of its manifest.
    pub manifest_sha256: Option<String>,
    /// The key that it is signed with; none where it is not signed.
    pub key_id: Option<String>,
    /// The signature over the manifest's bytes, as Base64.
    pub signature: Option<String>,
}

impl Release {
    /// Whether it can be seen.
    pub fn is_ready(&self) -> bool {
        self.state == State::Ready.code()
    }

    /// Its quarter; none for a row that no program of ours wrote.
    pub fn quarter(&self) -> Option<Quarter> {
        Quarter::parse(&self.quarter)
    }
}

/// The content of `manifest.json.sig`: the signature as Base64, and a line end.
pub fn signature_file(signature: &str) -> String {
    format!("{signature}\n")
}

/// What became of a dataset since the release before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// It was not there.
    New,
    /// It has another version.
    Updated,
    /// It is as it was.
    Unchanged,
    /// It was taken back.
    Withdrawn,
}

impl Change {
    /// All, in the order in which people look at them.
    pub const ALL: [Self; 4] = [Self::New, Self::Updated, Self::Unchanged, Self::Withdrawn];

    /// As it is stored, and as addresses and files name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|change| change.code() == code)
    }
}

/// A dataset in a release.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::release_entry)]
pub struct Entry {
    /// The release.
    pub release_id: ReleaseId,
    /// The dataset.
    pub dataset_id: DatasetId,
    /// Its part of addresses.
    pub slug: String,
    /// Whose it was.
    pub agency_id: AgencyId,
    /// The code of its topic.
    pub topic: String,
    /// The version that the public saw; of a withdrawn one, the last.
    pub version_id: VersionId,
    /// Its number.
    pub number: i32,
    /// Its hash.
    pub hash: String,
    /// When it was published, milliseconds.
    pub published_at: i64,
    /// The code of its [`Change`].
    pub change: String,
    /// Whether its update was overdue at the close.
    pub late: bool,
    /// The version in the release before.
    pub previous_number: Option<i32>,
    /// Whether every table could be held against its earlier state.
    pub compared: bool,
    /// Rows of its tables.
    pub row_total: i64,
    /// Rows that came.
    pub rows_added: i64,
    /// Rows that went.
    pub rows_removed: i64,
    /// Rows that have other content.
    pub rows_changed: i64,
    /// Cells of theirs that differ.
    pub cells_changed: i64,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A table as CSV.
    Csv,
    /// A table as Parquet.
    Parquet,
    /// The rows that differ, as Parquet.
    Changes,
    /// The same as CSV, written when it is asked for.
    ChangesCsv,
    /// The same as JSON, written when it is asked for.
    ChangesJson,
    /// A file of the release as a whole.
    Whole,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Csv, Self::Parquet, Self::Changes, Self::ChangesCsv, Self::ChangesJson, Self::Whole];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Changes => "changes",
            Self::ChangesCsv => "changes-csv",
            Self::ChangesJson => "changes-json",
            Self::Whole => "whole",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether its bytes lie in the store as they are.
    pub fn is_stored(self) -> bool {
        !matches!(self, Self::ChangesCsv | Self::ChangesJson)
    }
}

/// A file of a release.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::release_file)]
pub struct ReleaseFile {
    /// The release.
    pub release_id: ReleaseId,
    /// Where it lies in the release.
    pub path: String,
    /// The dataset; none for a file of the release as a whole.
    pub dataset_id: Option<DatasetId>,
    /// The code of its [`Kind`].
    pub kind: String,
    /// The object that holds its bytes, or that they are written from.
    pub object: String,
    /// The table whose values it holds.
    pub table_id: Option<TableVersionId>,
    /// The earlier table, of what changed.
    pub older_table_id: Option<TableVersionId>,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// The CRC-32 of its bytes, which archives want.
    pub crc32: i64,
}

impl ReleaseFile {
    /// What kind of file it is.
    pub fn kind(&self) -> Option<Kind> {
        Kind::from_code(&self.kind)
    }

    /// How long it is, in bytes.
    pub fn size(&self) -> u64 {
        u64::try_from(self.bytes).unwrap_or(0)
    }
}

/// The public half of a key.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::schema::release_key)]
pub struct PublicKey {
    /// Its id.
    pub id: String,
    /// 32 bytes as hexadecimal digits.
    pub public_key: String,
    /// Since when it is published, milliseconds.
    pub published_at: i64,
}

/// How much a release holds and what changed, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Datasets by [`Change`], in the order of [`Change::ALL`].
    pub datasets: [u64; 4],
    /// Datasets whose update was overdue.
    pub late: u64,
    /// Rows of all tables.
    pub rows: u64,
    /// Rows that came.
    pub added: u64,
    /// Rows that went.
    pub removed: u64,
    /// Rows that have other content.
    pub changed: u64,
    /// Cells of theirs that differ.
    pub cells: u64,
}

impl Totals {
    /// How many datasets a change happened to.
    pub fn of(&self, change: Change) -> u64 {
        Change::ALL.iter().zip(self.datasets).find(|(known, _)| **known == change).map_or(0, |(_, count)| count)
    }

    /// Datasets that the public saw at the close.
    pub fn shown(&self) -> u64 {
        self.of(Change::New) + self.of(Change::Updated) + self.of(Change::Unchanged)
    }
}

/// Which part of a release.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// All of it.
    Province,
    /// A topic, by its code.
    Topic(String),
    /// An agency.
    Agency(AgencyId),
}

/// Which entries a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one change alone.
    pub change: Option<Change>,
    /// Those that are late alone.
    pub late: bool,
    /// Of one agency alone.
    pub agency: Option<AgencyId>,
    /// Words, each of which begins a word of the address or of a title that the dataset has in the release; of one in quarantine of the
    /// address alone. Tone marks and capitals count for nothing.
    pub text: String,
}

/// An entry with the words that its dataset has today.
#[derive(Clone, Debug)]
pub struct Named {
    /// The entry.
    pub entry: Entry,
    /// The title of its version; once that was purged its address, and none while its dataset is in quarantine.
    pub title: Option<Localized>,
    /// The agency's names.
    pub agency: Localized,
    /// The agency's part of addresses.
    pub agency_slug: String,
}
