//! What stands on a work list.

use crate::duty::{Kind, Timeliness};
use crate::kernel::id::{AgencyId, DatasetId};
use crate::kernel::{Localized, Timestamp};

/// Why a draft stands on somebody's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// A draft of their agency that nobody has submitted yet.
    Draft,
    /// A draft of their agency that was sent back.
    Returned,
    /// A submitted draft that they may decide on.
    Decide,
    /// A submitted draft of their agency that waits for somebody else.
    Elsewhere,
}

/// A draft on somebody's list.
#[derive(Clone, Debug, PartialEq)]
pub struct Waiting {
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub agency: Localized,
    /// Why it stands there.
    pub wait: Wait,
    /// Since when.
    pub since: Timestamp,
    /// Who did the last step: made the draft, submitted it or sent it back.
    pub by: Option<String>,
    /// What they said.
    pub remark: Option<String>,
}

/// A published dataset that is late or due soon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title.
    pub title: String,
    /// Where it stands.
    pub timeliness: Timeliness,
}

/// What somebody's agencies owe besides updates of datasets, as far as its day is near or gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Others {
    /// How many duties.
    pub count: u64,
    /// How many of them are late.
    pub late: u64,
    /// Their kind, where they are of one.
    pub kind: Option<Kind>,
    /// The slug of the agency that owes them, where it is one.
    pub agency: Option<String>,
}

/// A dataset whose public state changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title.
    pub title: String,
    /// Whether it was withdrawn; else it was published.
    pub withdrawn: bool,
    /// When.
    pub at: Timestamp,
}

/// Everything on somebody's list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// Drafts, those that wait longest first.
    pub waiting: Vec<Waiting>,
    /// Published datasets of their agencies that are late or due soon, by due date.
    pub due: Vec<Due>,
    /// The address of their agency, where it is one alone.
    pub agency: Option<String>,
    /// What else their agencies owe.
    pub others: Others,
    /// Requests for more time that they decide.
    pub extensions: u64,
    /// Reports about datasets of the agencies whose reports they handle that wait for somebody.
    pub reports: u64,
    /// Requests for data that wait for somebody of the same agencies.
    pub requests: u64,
    /// What changed for the public of late, newest first.
    pub changed: Vec<Changed>,
}

/// Which agencies: some, or all.
pub(super) type Scope<'a> = Option<&'a [AgencyId]>;
