//! What a duty is: whose, about what, by which day, and where it stands.

use chrono::NaiveDate;
use serde_json::{Value, json};

use crate::access::Sight;
use crate::kernel::id::{AccountId, AgencyId, DutyId};
use crate::kernel::{Localized, Timestamp};

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A dataset is brought up to date, or its agency says that nothing changed.
    Update,
    /// An agency hands in its quarterly return.
    Return,
    /// An agency answers for its accounts.
    AccountReview,
    /// The open-data catalogue is reviewed.
    CatalogueReview,
    /// An item of the open-data plan is published.
    PlanItem,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Update, Self::Return, Self::AccountReview, Self::CatalogueReview, Self::PlanItem];

    /// What it is stored under, and the end of its messages `duty-kind-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Update => "update",
            Self::Return => "return",
            Self::AccountReview => "account-review",
            Self::CatalogueReview => "catalogue-review",
            Self::PlanItem => "plan-item",
        }
    }

    /// From what it is stored under.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// Where a duty stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Stage {
    /// Nobody can do it yet.
    Planned,
    /// It can be done.
    Open,
    /// Its day is near.
    Soon,
    /// It is the day.
    Due,
    /// The day has passed.
    Overdue,
    /// It was done, in time or late.
    Done,
    /// It is not owed any more.
    Excused,
}

impl Stage {
    /// All of them, in the order in which they come.
    pub const ALL: [Self; 7] =
        [Self::Planned, Self::Open, Self::Soon, Self::Due, Self::Overdue, Self::Done, Self::Excused];
    /// Those of a duty that waits for somebody.
    pub const WAITING: [Self; 4] = [Self::Open, Self::Soon, Self::Due, Self::Overdue];

    /// What it is stored under, what addresses hold, and the end of its messages `duty-stage-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Open => "open",
            Self::Soon => "soon",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::Done => "done",
            Self::Excused => "excused",
        }
    }

    /// From what it is stored under.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether nothing more comes.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Excused)
    }
}

/// The days of a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    /// From which its period counts; that day is not in it.
    pub from: NaiveDate,
    /// From which it can be done.
    pub opens: NaiveDate,
    /// From which its day is near.
    pub soon: NaiveDate,
    /// Until the end of which it is in time.
    pub due: NaiveDate,
}

impl Days {
    /// Where a duty with these days stands on a day, while nobody has done it.
    pub fn stage(&self, today: NaiveDate) -> Stage {
        if today > self.due {
            Stage::Overdue
        } else if today == self.due {
            Stage::Due
        } else if today < self.opens {
            Stage::Planned
        } else if today >= self.soon {
            Stage::Soon
        } else {
            Stage::Open
        }
    }
}

/// A duty as the room whose it is knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// What is to be done.
    pub kind: Kind,
    /// What it is about: an id.
    pub subject: String,
    /// Which round it is; without a slash.
    pub turn: String,
    /// Who must act.
    pub agency: AgencyId,
    /// What people call it, in the words of whoever owns it (a dataset's title, a quarter, and of what an agency owes for one that it took
    /// over that one's name); empty where the kind says it all.
    pub title: String,
    /// By when.
    pub days: Days,
    /// The law behind the day, as the profile cites it.
    pub basis: Option<String>,
    /// Whether that law was read.
    pub verified: bool,
    /// How an earlier round ended, if one is still open while this one is there.
    pub before: Ending,
}

/// How a duty ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// Whether it was done; else it is not owed any more.
    pub done: bool,
    /// How: the end of the messages `duty-how-…`.
    pub how: &'static str,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<AccountId>,
}

impl Ending {
    /// How a round ended that was done and is owed again.
    pub(super) const RECALLED: &'static str = "recalled";
    /// How a round ends of a body that nobody took over: nobody is left who could do it.
    pub const DISSOLVED: &'static str = "dissolved";
    /// How rounds end that were owed and never done.
    const UNDONE: [&'static str; 3] = ["not-handed-in", "unanswered", "plan-closed"];

    /// Whether it says that what was owed was never done.
    pub(super) fn is_undone(&self) -> bool {
        !self.done && Self::UNDONE.contains(&self.how)
    }
}

/// A duty as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duty {
    /// Its id.
    pub id: DutyId,
    /// What is to be done.
    pub kind: Kind,
    /// What it is about: an id.
    pub subject: String,
    /// Which round it is.
    pub turn: String,
    /// Who must act.
    pub agency: AgencyId,
    /// What people call it.
    pub title: String,
    /// By when.
    pub days: Days,
    /// Where it stands.
    pub stage: Stage,
    /// The law behind the day.
    pub basis: Option<String>,
    /// Whether that law was read.
    pub verified: bool,
    /// How many of the profile's reminders its agency has had.
    pub reminded: u32,
    /// Up to whom it went.
    pub raised: Raised,
    /// When it ended.
    pub ended_at: Option<Timestamp>,
    /// How it ended: the end of the messages `duty-how-…`.
    pub ended_how: Option<String>,
    /// Whether it ended after its day, or was never done.
    pub late: bool,
}

impl Duty {
    /// Whether it is the round that a room means: a round that comes again has a slash and a number behind its name.
    pub fn is_turn(&self, turn: &str) -> bool {
        self.turn == turn || self.turn.rsplit_once('/').is_some_and(|(name, _)| name == turn)
    }

    /// What a return is called: the code of its quarter, and the agency whose return it is where another one took it over.
    pub fn return_of(&self) -> Option<(&str, Option<&str>)> {
        let whole = (self.title.as_str(), None);
        let called = self.title.split_once(' ').map_or(whole, |(code, of)| (code, Some(of)));
        (self.kind == Kind::Return).then_some(called)
    }

    /// What of it the log tells.
    pub(super) fn told(&self) -> Value {
        json!({ "kind": self.kind.code(), "subject": self.subject, "turn": self.turn, "due": self.days.due })
    }
}

/// What a day's turn of all duties came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    /// Duties that wait for somebody.
    pub waiting: usize,
    /// Duties that were opened, changed or ended.
    pub changed: usize,
    /// Agencies that were told of something.
    pub told: usize,
}

/// Up to whom a late duty went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Raised {
    /// Its agency's focal points.
    Agency,
    /// The head of the agency.
    Head,
    /// The coordinating department.
    Coordinator,
}

impl Raised {
    /// What it is stored under.
    pub(super) fn level(self) -> i32 {
        self as i32
    }

    pub(super) fn from_level(level: i32) -> Self {
        match level {
            0 => Self::Agency,
            1 => Self::Head,
            _ => Self::Coordinator,
        }
    }
}

/// How many duties stand where, of one agency and kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// Whose.
    pub agency: AgencyId,
    /// What is to be done.
    pub kind: Kind,
    /// Where they stand.
    pub stage: Stage,
    /// How many of those that ended did so after their day.
    pub late: u64,
    /// How many.
    pub count: u64,
}

/// What became of a duty by some moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was done by its day.
    InTime,
    /// It was done after its day.
    Late,
    /// It was not done.
    Undone,
    /// It was not owed any more.
    Excused,
}

impl Outcome {
    /// All.
    pub const ALL: [Self; 4] = [Self::InTime, Self::Late, Self::Undone, Self::Excused];

    /// What addresses hold, and the end of its messages `duty-outcome-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::InTime => "done-in-time",
            Self::Late => "done-late",
            Self::Undone => "undone",
            Self::Excused => "excused",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.code() == code)
    }
}

/// How many duties ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcomes {
    /// Done by their day.
    pub in_time: u64,
    /// Done after it.
    pub late: u64,
    /// Not done.
    pub undone: u64,
    /// Not owed any more.
    pub excused: u64,
}

impl Outcomes {
    /// How many ended so.
    pub fn of(&self, outcome: Outcome) -> u64 {
        match outcome {
            Outcome::InTime => self.in_time,
            Outcome::Late => self.late,
            Outcome::Undone => self.undone,
            Outcome::Excused => self.excused,
        }
    }

    /// Counts more that ended so.
    pub fn add(&mut self, outcome: Outcome, count: u64) {
        *match outcome {
            Outcome::InTime => &mut self.in_time,
            Outcome::Late => &mut self.late,
            Outcome::Undone => &mut self.undone,
            Outcome::Excused => &mut self.excused,
        } += count;
    }

    /// Those that were owed: all but the excused ones.
    pub fn owed(&self) -> u64 {
        self.in_time + self.late + self.undone
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        for outcome in Outcome::ALL {
            self.add(outcome, other.of(outcome));
        }
        self
    }
}

/// A stretch of days at which duties are due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: NaiveDate,
    /// The last day.
    pub last: NaiveDate,
    /// From when: what was over before, as an update that came early, does not count.
    pub from: Timestamp,
}

/// The duties that one asks about by the day on which they are due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Due {
    /// Those due within some days, as they stand now.
    Within(Span),
    /// Those that were kept under the name of a quarter by its close, as they stood then.
    Closed(String),
}

/// How many duties of an agency stand or ended alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// Whose.
    pub agency: AgencyId,
    /// What became of them.
    pub outcome: Outcome,
    /// How they ended: the end of the messages `duty-how-…`; none where they did not.
    pub how: Option<String>,
    /// Whether they were not done and their day is over.
    pub overdue: bool,
    /// How many.
    pub count: u64,
}

/// A duty in a list, with whose it is.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The duty; of what is closed, its day, its owner and its end as they stood then.
    pub duty: Duty,
    /// The agency's names.
    pub agency: Localized,
    /// The agency's part of addresses.
    pub agency_slug: String,
    /// What had become of it, in a list of what is closed.
    pub outcome: Option<Outcome>,
}

/// Which duties somebody wants to see.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// Of these agencies; of all when none is named. What a person may see is bound here.
    pub agencies: Option<Vec<AgencyId>>,
    /// Of this kind.
    pub kind: Option<Kind>,
    /// Standing in one of these; in any when empty, and of what is closed.
    pub stages: Vec<Stage>,
    /// Due at these days.
    pub due: Option<Due>,
    /// With this outcome.
    pub outcome: Option<Outcome>,
    /// Whether those that are excused are left out.
    pub owed: bool,
    /// Who reads: what is called after a dataset in quarantine has no name for others.
    pub sight: Sight,
}
