//! An alert.

use crate::kernel::Timestamp;
use crate::kernel::id::{AccountId, AlertId};
use crate::profile::Oversight;

/// What happened too often, or should never happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// One person took many rows, or many lists, out of the portal.
    Export,
    /// One person withdrew or deleted many datasets.
    Removal,
    /// One person closed or locked many accounts.
    Accounts,
    /// One person read many original files that the public does not see.
    Reading,
    /// Many addresses outside the networks tried the internal portal.
    Network,
    /// The audit log's chain is broken.
    Chain,
}

impl Kind {
    /// All.
    pub const ALL: [Self; 6] = [Self::Export, Self::Removal, Self::Accounts, Self::Reading, Self::Network, Self::Chain];

    /// As it is stored; the end of its messages `alert-kind-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Export => "export",
            Self::Removal => "removal",
            Self::Accounts => "accounts",
            Self::Reading => "reading",
            Self::Network => "network",
            Self::Chain => "chain",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The code of the notice about it: messages `notice-CODE-title`, `notice-CODE-body`.
    pub(super) fn event(self) -> &'static str {
        match self {
            Self::Export => "alert-export",
            Self::Removal => "alert-removal",
            Self::Accounts => "alert-accounts",
            Self::Reading => "alert-reading",
            Self::Network => "alert-network",
            Self::Chain => "alert-chain",
        }
    }

    /// Which kind an entry of the log belongs to, by its verb and outcome.
    pub(super) fn of(action: &str, outcome: &str) -> Option<Self> {
        match (action, outcome) {
            ("network.refused", _) => Some(Self::Network),
            (_, "refused") => None,
            ("dataset.read-original", _) => Some(Self::Reading),
            (action, _) if action.ends_with(".export") => Some(Self::Export),
            (action, _) if REMOVALS.contains(&action) => Some(Self::Removal),
            (action, _) if CLOSURES.contains(&action) => Some(Self::Accounts),
            _ => None,
        }
    }

    /// Whether so much within an hour is too much.
    pub(super) fn too_much(self, events: u64, rows: u64, rules: &Oversight) -> bool {
        let over = |count: u64, most: u32| count > u64::from(most);
        match self {
            Self::Export => over(rows, rules.export_rows.value) || over(events, rules.exports.value),
            Self::Removal => over(events, rules.removals.value),
            Self::Accounts => over(events, rules.closures.value),
            Self::Reading => over(events, rules.readings.value),
            Self::Network => over(events, rules.refusals.value),
            Self::Chain => true,
        }
    }
}

/// Verbs that take a dataset from its readers or its agency.
pub(super) const REMOVALS: [&str; 1] = ["dataset.withdraw"];
/// Verbs that end an account's use.
pub(super) const CLOSURES: [&str; 2] = ["account.close", "account.lock"];

/// An alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Alert {
    /// Its id.
    pub id: AlertId,
    /// What kind.
    pub kind: Kind,
    /// When it was raised.
    pub at: Timestamp,
    /// Whose acts it is about; nobody's we know where it is about addresses, the command line or the chain.
    pub account: Option<AccountId>,
    /// Their name.
    pub name: Option<String>,
    /// How many acts.
    pub events: u64,
    /// How many rows they were about; 0 where rows are not counted.
    pub rows: u64,
    /// The number of the first audit entry it is about; where the chain is broken, of the first that does not fit.
    pub first: i64,
    /// The number of the last one.
    pub last: i64,
    /// Whether somebody has handled it: who, when, and what they found.
    pub handled: Option<Handled>,
}

/// What somebody said about an alert.
#[derive(Clone, Debug, PartialEq)]
pub struct Handled {
    /// Their name.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What they found and did.
    pub note: String,
}

/// The last walk over the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// When it ended.
    pub at: Timestamp,
    /// Whether every entry followed from the one before.
    pub whole: bool,
}
