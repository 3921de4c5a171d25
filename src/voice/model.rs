//! Reports, and where they stand.

use crate::kernel::id::{AccountId, AgencyId, DatasetId, ReportId};
use crate::kernel::{Lang, Timestamp};

/// What a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A value is wrong.
    Value,
    /// The data are out of date.
    Outdated,
    /// A file does not open.
    File,
    /// The description is wrong.
    Description,
    /// Another suggestion.
    Other,
}

impl Kind {
    /// All, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Value, Self::Outdated, Self::File, Self::Description, Self::Other];

    /// As it is stored and sent by forms; its text is the message `report-kind-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Outdated => "outdated",
            Self::File => "file",
            Self::Description => "description",
            Self::Other => "other",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A stage of a report's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nobody has looked at it.
    New,
    /// Somebody has taken it up.
    Received,
    /// It is an error.
    Verified,
    /// It is no error; a stage that the report is closed after at once.
    NotAnError,
    /// A draft corrects it.
    Correcting,
    /// A published version corrects it.
    Corrected,
    /// Answered, and over.
    Closed,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 7] =
        [Self::New, Self::Received, Self::Verified, Self::NotAnError, Self::Correcting, Self::Corrected, Self::Closed];
    /// Those that wait for somebody of the agency.
    pub const WAITING: [Self; 4] = [Self::New, Self::Received, Self::Verified, Self::Corrected];
    /// Those of an error that is known and not corrected.
    pub const KNOWN: [Self; 2] = [Self::Verified, Self::Correcting];
    /// Those of other reports that nobody has answered.
    pub const UNANSWERED: [Self; 3] = [Self::New, Self::Received, Self::Corrected];

    /// As it is stored; its text is the message `report-state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Received => "received",
            Self::Verified => "verified",
            Self::NotAnError => "not-an-error",
            Self::Correcting => "correcting",
            Self::Corrected => "corrected",
            Self::Closed => "closed",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a draft may say that it corrects such a report, or says so.
    pub fn is_correctable(self) -> bool {
        matches!(self, Self::New | Self::Received | Self::Verified | Self::Correcting)
    }
}

/// How a report ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// A published version corrects it.
    Corrected,
    /// It was no error.
    NotAnError,
    /// It was answered otherwise.
    Answered,
}

impl Outcome {
    /// As it is stored; its text is the message `report-outcome-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::NotAnError => "not-an-error",
            Self::Answered => "answered",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Corrected, Self::NotAnError, Self::Answered].into_iter().find(|outcome| outcome.code() == code)
    }
}

/// A report. Its reporter's e-mail is not among what is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: ReportId,
    /// The dataset.
    pub dataset: DatasetId,
    /// The number of the version that the public saw when it was written.
    pub version: i32,
    /// What it is about.
    pub kind: Kind,
    /// Which file, column or row.
    pub place: Option<String>,
    /// What is wrong; empty once it was destroyed with the data that it is about.
    pub description: String,
    /// The address of evidence: `http` or `https`.
    pub evidence: Option<String>,
    /// The language it was written in.
    pub lang: Lang,
    /// Whether its reporter has left an e-mail and waits for the answer there.
    pub awaits_mail: bool,
    /// Who wrote it, where they were signed in, and for which agency.
    pub by: Option<(AccountId, AgencyId)>,
    /// Where it stands.
    pub state: State,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The answer.
    pub answer: Option<String>,
    /// The number of the version that corrects it.
    pub corrected_in: Option<i32>,
    /// When it was written.
    pub made_at: Timestamp,
    /// When it last went on.
    pub changed_at: Timestamp,
}

/// One stage that a report reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub state: State,
    /// When.
    pub at: Timestamp,
    /// The name of who brought it there; none for the public and the program.
    pub by: Option<String>,
}

/// A report in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The report.
    pub report: Report,
    /// The dataset's title.
    pub title: String,
    /// Whose it is.
    pub owner: String,
    /// The agency of a reporter who was signed in.
    pub reporter: Option<String>,
}

/// A report that a draft may correct.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Open {
    /// The report.
    pub report: Report,
    /// Whether the draft says that it corrects it.
    pub chosen: bool,
}

/// Which reports a list shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// Those that are not closed.
    #[default]
    Open,
    /// Those at one stage.
    State(State),
    /// Those at one of several stages.
    Among(&'static [State]),
    /// All.
    All,
}

/// In which order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// The oldest first.
    #[default]
    Oldest,
    /// The newest first.
    Newest,
    /// What went on last first.
    Changed,
}

impl Order {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Oldest, Self::Newest, Self::Changed];

    /// As it stands in addresses; its text is the message `report-order-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Oldest => "oldest",
            Self::Newest => "newest",
            Self::Changed => "changed",
        }
    }

    /// From its code; the first where there is no such code.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// How a list is filtered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// At which stage.
    pub which: Which,
    /// About what.
    pub kind: Option<Kind>,
    /// Of one dataset.
    pub dataset: Option<DatasetId>,
    /// Of one agency's datasets.
    pub agency: Option<AgencyId>,
    /// Words of the dataset's title or description.
    pub text: String,
    /// In which order.
    pub order: Order,
}

/// Whose reports somebody sees: of which agencies' datasets (all: `None`), and those of their own.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    pub agencies: Option<Vec<AgencyId>>,
    pub own: Option<AccountId>,
}

/// What readers wait for from an agency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Reports of errors that were found to be right and are not corrected.
    pub known: u64,
    /// Other reports that nobody has answered.
    pub unanswered: u64,
    /// Requests for data that are not closed.
    pub requests: u64,
    /// Those of them that are past their day.
    pub requests_late: u64,
}

impl Waiting {
    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            known: self.known + other.known,
            unanswered: self.unanswered + other.unanswered,
            requests: self.requests + other.requests,
            requests_late: self.requests_late + other.requests_late,
        }
    }
}
