//! A decision.

use crate::kernel::Timestamp;
use crate::kernel::id::{AccountId, VersionId};

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Sent it on its way.
    Submitted,
    /// Let it go on.
    Approved,
    /// Sent it back.
    ChangesAsked,
    /// Stopped it.
    Refused,
}

impl Verdict {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::ChangesAsked => "changes-asked",
            Self::Refused => "refused",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Submitted, Self::Approved, Self::ChangesAsked, Self::Refused]
            .into_iter()
            .find(|verdict| verdict.code() == code)
    }
}

/// A decision on a version.
#[derive(Clone, Debug)]
pub struct Decision {
    /// On which version.
    pub version: VersionId,
    /// The code of the step.
    pub step: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub person: AccountId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// The hash that the draft would have been published with at that moment: the decision counts for this content only.
    pub hash: String,
    /// When.
    pub at: Timestamp,
}
