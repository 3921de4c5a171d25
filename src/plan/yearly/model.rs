//! A plan, its items, and what is said about it.

use chrono::NaiveDate;

use crate::access::Sight;
use crate::kernel::id::{AccountId, AgencyId, DataRequestId, DatasetId, PlanId, PlanItemId};
use crate::kernel::{Localized, Timestamp};
use crate::plan::decision::Decision;

/// Where in its life a plan is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// Agencies propose items and comment.
    Consulted,
    /// With the authority.
    Submitted,
    /// The authority gave it back; it is written again.
    Returned,
    /// Decided.
    Approved,
    /// Being carried out.
    Executing,
    /// Over.
    Closed,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 7] =
        [Self::Draft, Self::Consulted, Self::Submitted, Self::Returned, Self::Approved, Self::Executing, Self::Closed];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Consulted => "consulted",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::Executing => "executing",
            Self::Closed => "closed",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether its items may be changed.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Draft | Self::Consulted | Self::Returned)
    }

    /// Whether the public sees it.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Approved | Self::Executing | Self::Closed)
    }
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its id.
    pub id: PlanId,
    /// Of which year.
    pub year: i32,
    /// Where in its life it is.
    pub state: State,
    /// The mark of forms: one more with each change.
    pub revision: i32,
    /// Who submitted it last.
    pub submitted_by: Option<AccountId>,
    /// When that was: its items stand since then.
    pub submitted_at: Option<Timestamp>,
    /// Why the authority gave it back.
    pub returned_reason: Option<String>,
    /// The decision that approved it.
    pub decision: Option<Decision>,
}

impl Plan {
    /// The mark that a form of what was shown carries.
    pub fn mark(&self) -> String {
        self.revision.to_string()
    }
}

/// Where an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ItemState {
    /// An agency proposes it.
    Proposed,
    /// It is to be done.
    Open,
    /// The data is published.
    Done,
    /// It will not be done.
    Dropped,
}

impl ItemState {
    /// All.
    pub const ALL: [Self; 4] = [Self::Proposed, Self::Open, Self::Done, Self::Dropped];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::Done => "done",
            Self::Dropped => "dropped",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// What a plan promises.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its id.
    pub id: PlanItemId,
    /// Of which plan.
    pub plan: PlanId,
    /// Where it stands.
    pub state: ItemState,
    /// Which data; empty once that was destroyed by a purge.
    pub title: Localized,
    /// Whose it is to publish.
    pub agency: AgencyId,
    /// Who is to see to it, in words.
    pub person: Option<String>,
    /// By when.
    pub target_on: NaiveDate,
    /// The code of the least level of openness.
    pub level: String,
    /// The dataset that it is about, or that it came to.
    pub dataset: Option<DatasetId>,
    /// The request for data that it answers.
    pub request: Option<DataRequestId>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// When it was done or dropped: done on the day of the publication that did it, however late that was noted.
    pub settled_on: Option<NaiveDate>,
    /// Whether the authority approved it with the plan.
    pub approved: bool,
}

/// An item with the names of what it points at.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The item.
    pub item: Item,
    /// The agency's names.
    pub agency: Localized,
    /// Slug and state of the dataset.
    pub dataset: Option<(String, String)>,
    /// Whose the dataset is, while it is in quarantine.
    pub quarantined: Option<AgencyId>,
    /// Public number of the request and how many need the data.
    pub request: Option<(Option<i32>, u64)>,
}

impl Listed {
    /// Whether a reader sees what it is called.
    pub fn is_named_to(&self, sight: &Sight) -> bool {
        self.quarantined.as_ref().is_none_or(|owner| sight.covers(owner))
    }
}

/// What an agency says about a plan.
#[derive(Clone, Debug)]
pub struct Comment {
    /// Who says it.
    pub person: String,
    /// For which agency.
    pub agency: String,
    /// What.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// How far a plan is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items that are published.
    pub done: u64,
    /// Items whose day is not over.
    pub open: u64,
    /// Items whose day is over.
    pub late: u64,
    /// Items that will not be done.
    pub dropped: u64,
    /// Items that a plan was closed without; of a plan that is closed, in which nothing is open or late.
    pub undone: Option<u64>,
}
