//! A file on its way in.

use crate::kernel::error::Plain;
use crate::kernel::id::{AccountId, DatasetId, ResourceId, TableVersionId, UploadId};
use crate::kernel::{Problem, Result, Timestamp};
use crate::table::Declaration;
use crate::table::ingest::Choices;

/// How far an upload is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Bytes are coming.
    Receiving,
    /// It is being read, or waits for that.
    Reading,
    /// It is a table of the draft.
    Read,
    /// It could not be read.
    Refused,
    /// It was given up.
    Cancelled,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 5] = [Self::Receiving, Self::Reading, Self::Read, Self::Refused, Self::Cancelled];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Receiving => "receiving",
            Self::Reading => "reading",
            Self::Read => "read",
            Self::Refused => "refused",
            Self::Cancelled => "cancelled",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// An upload.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its id.
    pub id: UploadId,
    /// Who sends it.
    pub account: AccountId,
    /// Into the draft of which dataset.
    pub dataset: DatasetId,
    /// The resource whose next state it is; a new one where there is none.
    pub resource: Option<ResourceId>,
    /// The file's name.
    pub file_name: String,
    /// Bytes that are to come in all, where that is known.
    pub bytes: Option<u64>,
    /// Bytes that have come.
    pub received: u64,
    /// Who declared that the file holds no state secret; none for what came before declarations were asked for.
    pub declared: Option<Declaration>,
    /// How far it is.
    pub state: State,
    /// The table whose original is read again.
    pub source: Option<TableVersionId>,
    /// What a person decided about reading it.
    pub choices: Choices,
    /// What is wrong with a refused file.
    pub problems: Vec<Problem>,
    /// What it became.
    pub table: Option<TableVersionId>,
    /// When it began.
    pub created_at: Timestamp,
    /// When something last happened to it.
    pub changed_at: Timestamp,
}

/// Problems as they are kept.
pub(super) fn problems_text(problems: &[Problem]) -> Result<String> {
    Ok(serde_json::to_string(&problems.iter().map(Plain::from).collect::<Vec<_>>())?)
}

/// Problems as they were kept.
pub(super) fn problems_of(text: &str) -> Result<Vec<Problem>> {
    let kept: Vec<Plain> = serde_json::from_str(text)?;
    Ok(kept.into_iter().map(Problem::from).collect())
}
