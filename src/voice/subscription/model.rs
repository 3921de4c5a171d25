//! What a reader follows.

use crate::dataset::Of;
use crate::kernel::id::{AgencyId, DatasetId, SubscriptionId};
use crate::kernel::{Lang, Timestamp};

/// Which data a reader hears of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// All that the portal publishes.
    All,
    /// Those of an agency.
    Agency(AgencyId),
    /// Those of a topic, by its code.
    Topic(String),
    /// One dataset.
    Dataset(DatasetId),
}

impl Scope {
    /// As it is stored: the kind, and the id or code.
    pub(super) fn stored(&self) -> (&'static str, &str) {
        match self {
            Self::All => ("all", ""),
            Self::Agency(id) => ("agency", id.as_str()),
            Self::Topic(code) => ("topic", code),
            Self::Dataset(id) => ("dataset", id.as_str()),
        }
    }

    /// From how it is stored.
    pub(super) fn read(kind: &str, subject: String) -> Option<Self> {
        match kind {
            "all" => Some(Self::All),
            "agency" => AgencyId::parse(&subject).map(Self::Agency),
            "topic" => Some(Self::Topic(subject)),
            "dataset" => DatasetId::parse(&subject).map(Self::Dataset),
            _ => None,
        }
    }

    /// Its data; `agencies` is an agency with those that it took over, `these` a list of one id.
    pub(super) fn of<'a>(&'a self, agencies: &'a [AgencyId], these: &'a [String]) -> Of<'a> {
        match self {
            Self::All => Of::All,
            Self::Agency(_) => Of::Agencies(agencies),
            Self::Topic(code) => Of::Topic(code),
            Self::Dataset(_) => Of::These(these),
        }
    }
}

/// That somebody follows something. Their address is not among what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id.
    pub id: SubscriptionId,
    /// What is followed.
    pub scope: Scope,
    /// The language of the letters.
    pub lang: Lang,
    /// When a letter last asked whether it is wanted.
    pub asked_at: Timestamp,
    /// When that was confirmed; until then nothing is told.
    pub confirmed_at: Option<Timestamp>,
}
