//! Requests for data, and where they stand.

use chrono::NaiveDate;

use crate::kernel::id::{AgencyId, DataRequestId, DatasetId};
use crate::kernel::{Lang, Localized, Timestamp};

/// A stage of a request's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has said whose it is to answer.
    New,
    /// An agency is to answer.
    Assigned,
    /// The data will be published by a day.
    Planned,
    /// Answered, and over.
    Closed,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 4] = [Self::New, Self::Assigned, Self::Planned, Self::Closed];

    /// As it is stored; its text is the message `ask-state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Assigned => "assigned",
            Self::Planned => "planned",
            Self::Closed => "closed",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How a request ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A dataset holds the data.
    Published,
    /// The data cannot be published.
    Refused,
    /// Another request asks for the same.
    Merged,
    /// It asked for nothing.
    Spam,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 4] = [Self::Published, Self::Refused, Self::Merged, Self::Spam];

    /// As it is stored; its text is the message `ask-outcome-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Published => "published",
            Self::Refused => "refused",
            Self::Merged => "merged",
            Self::Spam => "spam",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// Something that happened to a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It came.
    New,
    /// Its words were let out to the public.
    Shown,
    /// An agency was told to answer.
    Assigned,
    /// A day was promised.
    Planned,
    /// It ended.
    Ended(Outcome),
}

impl Event {
    /// As it is stored; its text is the message `ask-event-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Shown => "shown",
            Self::Assigned => "assigned",
            Self::Planned => "planned",
            Self::Ended(outcome) => outcome.code(),
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::New, Self::Shown, Self::Assigned, Self::Planned]
            .into_iter()
            .chain(Outcome::ALL.map(Self::Ended))
            .find(|event| event.code() == code)
    }
}

/// What the public reads of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its number in addresses.
    pub number: i32,
    /// Which data.
    pub title: String,
    /// What for, as far as it was let out.
    pub words: Option<String>,
}

/// A request. Its asker's e-mail is not among what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataRequest {
    /// Its id.
    pub id: DataRequestId,
    /// Which data, as the asker wrote it.
    pub wanted: String,
    /// What for, as the asker wrote it.
    pub purpose: String,
    /// Whose it is to answer: named by the asker, or assigned.
    pub agency: Option<AgencyId>,
    /// The language it was written in.
    pub lang: Lang,
    /// Whether its asker has left an e-mail and waits for the answer there.
    pub awaits_mail: bool,
    /// What the public reads of it, once a person let it out.
    pub shown: Option<Shown>,
    /// Where it stands.
    pub state: State,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The answer.
    pub answer: Option<String>,
    /// The code of the profile's reason why the data cannot be published.
    pub refusal: Option<String>,
    /// The dataset that holds the data.
    pub dataset: Option<DatasetId>,
    /// The day by which the data will be published.
    pub promised_on: Option<NaiveDate>,
    /// The request that asks for the same.
    pub merged_into: Option<DataRequestId>,
    /// How many need the data: the asker, and those who said so.
    pub supporters: u64,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it last went on.
    pub changed_at: Timestamp,
}

impl DataRequest {
    /// What to call it: the public words, or the asker's.
    pub fn title(&self) -> &str {
        self.shown.as_ref().map_or(&self.wanted, |shown| &shown.title)
    }
}

/// One thing that happened to a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub event: Event,
    /// When.
    pub at: Timestamp,
    /// The name of who did it; none for the public.
    pub by: Option<String>,
}

/// A request in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The request.
    pub request: DataRequest,
    /// Whose it is to answer.
    pub agency: Option<Localized>,
}

/// Which requests a list of the internal portal shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are not closed.
    #[default]
    Open,
    /// Those that are not closed and that the public reads, so that others may say that they need the same.
    Wanted,
    /// Those whose words nobody has looked at.
    Unseen,
    /// Those past their day.
    Late,
    /// Those at one stage.
    State(State),
    /// All.
    All,
}

/// In which order the internal portal lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
    /// What most people need first.
    Needed,
}

impl Order {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Oldest, Self::Newest, Self::Needed];

    /// As it stands in addresses; its text is the message `ask-order-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Needed => "needed",
        }
    }

    /// From its code; the first where there is no such code.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// How the internal list is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Which.
    pub which: Which,
    /// Of one agency.
    pub agency: Option<AgencyId>,
    /// Words of the request.
    pub text: String,
    /// In which order.
    pub order: Order,
}

/// In which order the public list comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PublicOrder {
    /// What most people need first.
    #[default]
    Needed,
    /// The newest first.
    Newest,
    /// What was answered last first.
    Changed,
}

impl PublicOrder {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Needed, Self::Newest, Self::Changed];

    /// As it stands in addresses; its text is the message `ask-order-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::Newest => "newest",
            Self::Changed => "changed",
        }
    }

    /// From its code; the first where there is no such code.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// How the public list is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PublicFilter {
    /// Where requests stand: the code of a stage or of an end; empty for all that are not merged.
    pub standing: String,
    /// Words of the request.
    pub text: String,
    /// In which order.
    pub order: PublicOrder,
}

impl PublicFilter {
    /// The standings that are offered, each with the message `ask-standing-{code}`.
    pub const STANDINGS: [&'static str; 5] = ["", "open", "planned", "published", "refused"];
}

/// Whose requests somebody sees: of which agencies (all, and those of nobody: `None`).
#[derive(Clone, Debug)]
pub(super) struct Scope(pub Option<Vec<AgencyId>>);
