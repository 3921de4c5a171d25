//! Purges, what they take, and backups.

use sha2::{Digest, Sha256};

use crate::dataset::Version;
use crate::kernel::id::{AccountId, BackupId, DatasetId, PurgeId, ReportId, TableVersionId, VersionId};
use crate::kernel::{Localized, Timestamp};
use crate::table::TableVersion;

/// What is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One table, in every version that holds it.
    Table(TableVersionId),
    /// All tables of a version, in every version that holds them.
    Version(VersionId),
    /// All that the dataset ever held and said.
    Dataset,
}

impl Scope {
    /// As it is stored.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Table(_) => "table",
            Self::Version(_) => "version",
            Self::Dataset => "dataset",
        }
    }

    /// The id of what is to go.
    pub fn target<'a>(&'a self, dataset: &'a DatasetId) -> &'a str {
        match self {
            Self::Table(id) => id.as_str(),
            Self::Version(id) => id.as_str(),
            Self::Dataset => dataset.as_str(),
        }
    }

    /// From how it is stored.
    pub(super) fn from_stored(code: &str, target: &str) -> Option<Self> {
        match code {
            "table" => TableVersionId::parse(target).map(Self::Table),
            "version" => VersionId::parse(target).map(Self::Version),
            "dataset" => Some(Self::Dataset),
            _ => None,
        }
    }
}

/// Where in its life a purge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Another person must decide.
    Asked,
    /// Nothing is destroyed.
    Refused,
    /// Out of the database; the objects go.
    Confirmed,
    /// All is gone.
    Done,
}

impl State {
    /// All.
    pub const ALL: [Self; 4] = [Self::Asked, Self::Refused, Self::Confirmed, Self::Done];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Refused => "refused",
            Self::Confirmed => "confirmed",
            Self::Done => "done",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A purge.
#[derive(Clone, Debug)]
pub struct Purge {
    /// Its id.
    pub id: PurgeId,
    /// Of which dataset.
    pub dataset: DatasetId,
    /// What of it.
    pub scope: Scope,
    /// Why, as the public reads it.
    pub reason: Localized,
    /// The document of the legal-basis register, by its id.
    pub basis: String,
    /// Where in its life it is.
    pub state: State,
    /// Who asked.
    pub asked_by: AccountId,
    /// Their name.
    pub asked_name: String,
    /// When.
    pub asked_at: Timestamp,
    /// The name of who decided.
    pub decided_name: Option<String>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// When the first of what goes was made.
    pub since: Option<Timestamp>,
    /// How many objects there were.
    pub objects: u64,
    /// How many bytes.
    pub bytes: u64,
    /// When the last of it was gone.
    pub done_at: Option<Timestamp>,
}

/// What becomes of the dataset's public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Becomes {
    /// The current version stays.
    Stays,
    /// An earlier version is shown again.
    FallsBack(i32),
    /// No version remains: it is withdrawn.
    Withdrawn,
}

/// What a purge takes.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The tables: those meant, those made from them or they from, and other readings of the same files.
    pub tables: Vec<TableVersion>,
    /// The published versions that become tombstones.
    pub versions: Vec<Version>,
    /// Whether a draft loses tables, or all it says.
    pub draft: bool,
    /// What becomes of the public address.
    pub becomes: Becomes,
    /// The version that is shown instead of the current one.
    pub instead: Option<Version>,
    /// The reports of readers that lose their words.
    pub reports: Vec<ReportId>,
    /// Slugs of other datasets that hold one of the same original files: each is purged by itself.
    pub elsewhere: Vec<String>,
}

impl Plan {
    /// The ids of the tables.
    pub fn table_ids(&self) -> Vec<TableVersionId> {
        self.tables.iter().map(|table| table.id.clone()).collect()
    }

    /// A mark of what is taken: whoever confirms must have seen this and nothing else.
    pub fn mark(&self) -> String {
        let mut hasher = Sha256::new();
        for id in self.tables.iter().map(|table| table.id.as_str()).chain(self.versions.iter().map(|v| v.id.as_str())) {
            hasher.update(id);
            hasher.update([b'\n']);
        }
        hasher.update(format!("{:?} {}", self.becomes, self.draft));
        hex::encode(hasher.finalize())
    }
}

/// A backup that is kept somewhere.
#[derive(Clone, Debug)]
pub struct Backup {
    /// Its id.
    pub id: BackupId,
    /// Where it is.
    pub place: String,
    /// The day it was taken, ISO.
    pub taken_on: String,
    /// The day until which it is kept, ISO.
    pub kept_until: Option<String>,
    /// The name of who registered it.
    pub registered_by: String,
    /// Who destroyed it, and when.
    pub destroyed: Option<(String, Timestamp)>,
}
