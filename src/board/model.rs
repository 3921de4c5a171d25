//! What a board says of an agency.

use std::cmp::Reverse;

use crate::duty::{Kind, Outcomes};
use crate::kernel::Localized;
use crate::kernel::id::{AgencyId, CampaignId};
use crate::quarter::{Handed, Quarter, QuarterRow, ReturnState, State};
use crate::voice::Waiting;

/// Where an agency is with the review of its accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Accounts that it answers for.
    pub accounts: u64,
    /// Those that nobody has answered for.
    pub waiting: u64,
}

/// How an agency stands today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Which.
    pub agency: AgencyId,
    /// Its part of addresses.
    pub slug: String,
    /// Its names.
    pub name: Localized,
    /// Updates whose day is not near.
    pub on_time: u64,
    /// Updates whose day is near or today.
    pub soon: u64,
    /// Updates whose day is over.
    pub overdue: u64,
    /// What readers wait for.
    pub waiting: Waiting,
    /// Its return of the latest quarter that is over; none where none is asked for.
    pub handed: Option<Handed>,
    /// Its accounts in the latest review; none where it has none to answer for.
    pub review: Option<Reviewed>,
    /// Duties of every kind whose day is over.
    pub duties_overdue: u64,
}

impl Row {
    /// Nothing of an agency.
    pub(super) fn of(agency: AgencyId, slug: String, name: Localized) -> Self {
        Self {
            agency,
            slug,
            name,
            on_time: 0,
            soon: 0,
            overdue: 0,
            waiting: Waiting::default(),
            handed: None,
            review: None,
            duties_overdue: 0,
        }
    }

    /// Updates that are owed.
    pub fn updates(&self) -> u64 {
        self.on_time + self.soon + self.overdue
    }

    /// Updates whose day is not over.
    pub fn in_time(&self) -> u64 {
        self.on_time + self.soon
    }

    /// Everything that is late: duties of every kind, and requests for data. Reports of errors have no day.
    pub fn late(&self) -> u64 {
        self.duties_overdue + self.waiting.requests_late
    }
}

/// How agencies stand today.
#[derive(Clone, Debug)]
pub struct Board {
    /// Agencies, by name.
    pub rows: Vec<Row>,
    /// The quarter whose returns are meant: the latest one that is over.
    pub returns: Option<QuarterRow>,
    /// The review of accounts that is meant, and whether it goes on.
    pub review: Option<(CampaignId, bool)>,
}

/// By what the agencies of today's board are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Their names.
    #[default]
    Name,
    /// Updates whose day is not near.
    OnTime,
    /// Updates whose day is near.
    Soon,
    /// Updates that are late.
    Overdue,
    /// The part of the updates that is in time, the smallest first.
    Share,
    /// Known errors.
    Known,
    /// Unanswered reports.
    Unanswered,
    /// Requests for data.
    Requests,
    /// Requests for data that are late.
    RequestsLate,
    /// The return: what is missing or late first.
    Return,
    /// Accounts that nobody has answered for.
    Review,
    /// Everything that is late.
    Late,
}

impl Column {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 12] = [
        Self::Name,
        Self::OnTime,
        Self::Soon,
        Self::Overdue,
        Self::Share,
        Self::Known,
        Self::Unanswered,
        Self::Requests,
        Self::RequestsLate,
        Self::Return,
        Self::Review,
        Self::Late,
    ];

    /// As addresses hold it, and the end of its message `board-column-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::OnTime => "on-time",
            Self::Soon => "soon",
            Self::Overdue => "overdue",
            Self::Share => "share",
            Self::Known => "known",
            Self::Unanswered => "unanswered",
            Self::Requests => "requests",
            Self::RequestsLate => "requests-late",
            Self::Return => "return",
            Self::Review => "review",
            Self::Late => "late",
        }
    }

    /// From its code; by name for what is not known.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|column| column.code() == code).unwrap_or_default()
    }

    /// What a row is put in order by, the greatest first.
    pub(super) fn key(self, row: &Row) -> Reverse<u64> {
        Reverse(match self {
            Self::Name => 0,
            Self::OnTime => row.on_time,
            Self::Soon => row.soon,
            Self::Overdue => row.overdue,
            Self::Share => missing(row.in_time(), row.updates()),
            Self::Known => row.waiting.known,
            Self::Unanswered => row.waiting.unanswered,
            Self::Requests => row.waiting.requests,
            Self::RequestsLate => row.waiting.requests_late,
            Self::Return => match row.handed {
                None => 0,
                Some(Handed { overdue: true, .. }) => 5,
                Some(Handed { state: ReturnState::Missing, .. }) => 4,
                Some(Handed { state: ReturnState::Open, .. }) => 3,
                Some(Handed { state: ReturnState::Late, .. }) => 2,
                Some(Handed { state: ReturnState::Signed, .. }) => 1,
            },
            Self::Review => row.review.map_or(0, |review| review.waiting),
            Self::Late => row.late(),
        })
    }
}

/// How many millionths of a whole are missing from it; none of nothing.
pub fn missing(part: u64, whole: u64) -> u64 {
    whole.saturating_sub(part).saturating_mul(1_000_000).checked_div(whole).unwrap_or(0)
}

/// How an agency did in a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// Which.
    pub agency: AgencyId,
    /// Its part of addresses.
    pub slug: String,
    /// Its names.
    pub name: Localized,
    /// What became of the duties whose day lay in the quarter.
    pub outcomes: Outcomes,
    /// Those that are not done and past their day; while the quarter goes on the others are not late.
    pub overdue: u64,
    /// What readers wait for; none where that is not known, and where one kind of duties alone is asked for.
    pub waiting: Option<Waiting>,
}

impl Past {
    /// Whether anything was done late, or is late.
    pub fn is_behind(&self) -> bool {
        self.outcomes.late + self.overdue + self.waiting.map_or(0, |waiting| waiting.requests_late) > 0
    }
}

/// By what the agencies of a quarter are put in order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PastColumn {
    /// Their names.
    #[default]
    Name,
    /// Done in time.
    InTime,
    /// Done late.
    Late,
    /// Not done.
    Undone,
    /// Not owed any more.
    Excused,
    /// The part of what was owed that was done in time, the smallest first.
    Share,
    /// Known errors.
    Known,
    /// Unanswered reports.
    Unanswered,
    /// Requests for data.
    Requests,
    /// Requests for data that are late.
    RequestsLate,
}

impl PastColumn {
    /// All, in the order in which they stand.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::InTime,
        Self::Late,
        Self::Undone,
        Self::Excused,
        Self::Share,
        Self::Known,
        Self::Unanswered,
        Self::Requests,
        Self::RequestsLate,
    ];

    /// Those that stand there: what readers wait for is no duty of one kind.
    pub fn of(kind: Option<Kind>) -> &'static [Self] {
        const DUTIES: usize = 6;
        if kind.is_some() { &Self::ALL[..DUTIES] } else { &Self::ALL }
    }

    /// As addresses hold it, and the end of its message `board-column-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::InTime => "done-in-time",
            Self::Late => "done-late",
            Self::Undone => "undone",
            Self::Excused => "excused",
            Self::Share => "done-share",
            Self::Known => "known",
            Self::Unanswered => "unanswered",
            Self::Requests => "requests",
            Self::RequestsLate => "requests-late",
        }
    }

    /// From its code; by name for what is not known.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|column| column.code() == code).unwrap_or_default()
    }

    /// What a row is put in order by, the greatest first.
    pub(super) fn key(self, row: &Past) -> Reverse<u64> {
        let (outcomes, waiting) = (&row.outcomes, row.waiting.unwrap_or_default());
        Reverse(match self {
            Self::Name => 0,
            Self::InTime => outcomes.in_time,
            Self::Late => outcomes.late,
            Self::Undone => outcomes.undone,
            Self::Excused => outcomes.excused,
            Self::Share => missing(outcomes.in_time, outcomes.owed()),
            Self::Known => waiting.known,
            Self::Unanswered => waiting.unanswered,
            Self::Requests => waiting.requests,
            Self::RequestsLate => waiting.requests_late,
        })
    }
}

/// A quarter of a trend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turn {
    /// Which.
    pub quarter: Quarter,
    /// What became of the duties whose day lay in it.
    pub outcomes: Outcomes,
    /// What readers wait for; none where that is not known, and where one kind of duties alone is asked for.
    pub waiting: Option<Waiting>,
    /// Where it stands, if the portal keeps it: once it is closed these numbers stay.
    pub state: Option<State>,
}

impl Turn {
    /// Whether it is closed.
    pub fn is_closed(&self) -> bool {
        self.state == Some(State::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_columns_are_read_back_and_name_a_column_each() {
        for column in Column::ALL {
            assert_eq!(Column::from_code(column.code()), column);
        }
        for column in PastColumn::ALL {
            assert_eq!(PastColumn::from_code(column.code()), column);
        }
        assert_eq!(PastColumn::of(Some(Kind::Update)).last(), Some(&PastColumn::Share));
        assert_eq!((Column::from_code("?"), PastColumn::from_code("?")), (Column::Name, PastColumn::Name));
    }

    #[test]
    fn the_smallest_share_comes_first_and_nothing_comes_last() {
        assert_eq!(
            [(0, 0), (3, 3), (1, 2), (0, 9)].map(|(part, whole)| missing(part, whole)),
            [0, 0, 500_000, 1_000_000]
        );
    }
}
