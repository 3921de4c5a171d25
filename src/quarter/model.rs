//! A quarter, the return of an agency, and how agencies stand in it.

use chrono::NaiveDate;
use diesel::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Quarter;
use crate::kernel::id::{AccountId, AgencyId, DatasetId};
use crate::kernel::{Localized, Timestamp, day_of};

/// Where a quarter is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Its days are not over.
    Open,
    /// Its days are over; returns come in.
    Ended,
    /// Over for good.
    Closed,
}

impl State {
    /// As it is stored; its text is the message `quarter-state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ended => "ended",
            Self::Closed => "closed",
        }
    }

    /// From its code; what is not known counts as closed, so that nothing is written into it.
    pub(super) fn from_code(code: &str) -> Self {
        [Self::Open, Self::Ended].into_iter().find(|state| state.code() == code).unwrap_or(Self::Closed)
    }
}

/// The datasets of a quarter as of its close.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Published for the first time.
    pub new: u64,
    /// Published anew.
    pub updated: u64,
    /// Confirmed as unchanged, and neither new nor updated.
    pub unchanged: u64,
    /// Due in the quarter, and done late or not at all.
    pub late: u64,
    /// Withdrawn.
    pub withdrawn: u64,
}

/// A quarter as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuarterRow {
    /// Which.
    pub quarter: Quarter,
    /// The day until which agencies hand in their returns.
    pub return_due: NaiveDate,
    /// The day on which it is closed.
    pub close_on: NaiveDate,
    /// When it was opened.
    pub opened_at: Timestamp,
    /// When it was over and the returns were opened.
    pub ended_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// Who closed it; none when its day had come.
    pub closed_by: Option<AccountId>,
    /// Where it is.
    pub state: State,
    /// Its datasets, once it is closed.
    pub counts: Option<Counts>,
}

/// Where a return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnState {
    /// Being written.
    Open,
    /// Signed in time.
    Signed,
    /// Signed after its day.
    Late,
    /// Not handed in when the quarter was closed.
    Missing,
}

impl ReturnState {
    /// All, in the order in which a board asks for attention.
    pub const ALL: [Self; 4] = [Self::Missing, Self::Open, Self::Late, Self::Signed];

    /// As it is stored; its text is the message `return-state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Signed => "signed",
            Self::Late => "late",
            Self::Missing => "missing",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether it is signed.
    pub fn is_signed(self) -> bool {
        matches!(self, Self::Signed | Self::Late)
    }
}

/// For whom data are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// For everybody.
    Open,
    /// For agencies that have a right to them.
    Shared,
    /// For the agency alone.
    Internal,
}

impl Visibility {
    /// All, the widest first.
    pub const ALL: [Self; 3] = [Self::Open, Self::Shared, Self::Internal];

    /// As it is stored; its text is the message `return-visibility-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Shared => "shared",
            Self::Internal => "internal",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.code() == code)
    }
}

/// What became of requests and reports in a quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handled {
    /// Requests for data that were answered with a dataset.
    pub requests_published: u64,
    /// Requests that were refused, with a reason.
    pub requests_refused: u64,
    /// Requests of any quarter that wait for an answer.
    pub requests_waiting: u64,
    /// Reports of errors that a published version corrects.
    pub reports_corrected: u64,
    /// Reports that were answered otherwise.
    pub reports_answered: u64,
    /// Reports of any quarter that are not closed.
    pub reports_waiting: u64,
}

impl Handled {
    /// The numbers with the ends of their messages `return-handled-…`.
    pub fn named(self) -> [(&'static str, u64); 6] {
        [
            ("requests-published", self.requests_published),
            ("requests-refused", self.requests_refused),
            ("requests-waiting", self.requests_waiting),
            ("reports-corrected", self.reports_corrected),
            ("reports-answered", self.reports_answered),
            ("reports-waiting", self.reports_waiting),
        ]
    }
}

/// A row of an agency's list of data.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = crate::schema::return_item)]
pub struct Item {
    /// Its place, from 1.
    pub position: i32,
    /// The dataset; none for data kept elsewhere.
    pub dataset_id: Option<DatasetId>,
    /// What it is called.
    pub title: String,
    /// SHA-256 of that, which a signature stands under.
    pub title_hash: String,
    /// Whether the words were destroyed with the dataset.
    pub purged: bool,
    /// A dataset's state; of data kept elsewhere what the agency says they are.
    pub kind: String,
    /// Where data are kept that are not in the portal; empty for a dataset.
    pub kept_at: String,
    /// The code of a [`Visibility`].
    pub visibility: String,
    /// The day by which data kept elsewhere are to be published, ISO 8601.
    pub planned_on: Option<String>,
    /// Rows of all tables.
    pub row_count: Option<i64>,
    /// The latest publication, in milliseconds.
    pub updated_at: Option<i64>,
    /// The code of a [`crate::duty::State`]; none for what is not published.
    pub timeliness: Option<String>,
}

/// A return as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Return {
    /// Of which quarter.
    pub quarter: Quarter,
    /// Whose.
    pub agency: AgencyId,
    /// Where it is.
    pub state: ReturnState,
    /// What the agency remarks about its list.
    pub remarks: String,
    /// What it says about how it handled requests.
    pub handling: String,
    /// What it needs of others.
    pub needs: String,
    /// What became of requests and reports, as it was signed.
    pub handled: Option<Handled>,
    /// Who signed it.
    pub signed_by: Option<AccountId>,
    /// The name and the code of the role that it was signed with.
    pub signed_as: Option<(String, String)>,
    /// When.
    pub signed_at: Option<Timestamp>,
    /// SHA-256 of what was signed (`Return::content`).
    pub hash: Option<String>,
    /// Why it was taken back last.
    pub recall_reason: Option<String>,
    /// When.
    pub recalled_at: Option<Timestamp>,
    /// When anything in it was written last.
    pub changed_at: Timestamp,
}

impl Return {
    /// A mark that changes with the words: 16 hexadecimal digits. Whoever writes them has seen these.
    pub fn mark(&self) -> String {
        hex::encode(&Sha256::digest(json!([self.remarks, self.handling, self.needs]).to_string())[..8])
    }

    /// Everything that a signature stands under, as JSON in a fixed order; of titles their hashes, so that a purge leaves it standing.
    pub(super) fn content(&self, items: &[Item]) -> String {
        let items: Vec<_> = items
            .iter()
            .map(|item| {
                json!([
                    item.position,
                    item.dataset_id,
                    item.title_hash,
                    item.kind,
                    item.kept_at,
                    item.visibility,
                    item.planned_on,
                    item.row_count,
                    item.updated_at,
                    item.timeliness,
                ])
            })
            .collect();
        json!({
            "quarter": self.quarter.to_string(),
            "agency": self.agency,
            "items": items,
            "handled": self.handled,
            "remarks": self.remarks,
            "handling": self.handling,
            "needs": self.needs,
            "signed_by": self.signed_by,
            "signed_as": self.signed_as,
            "signed_at": self.signed_at,
        })
        .to_string()
    }

    /// SHA-256 of [`Return::content`], in hexadecimal digits.
    pub(super) fn hash_of(&self, items: &[Item]) -> String {
        hex::encode(Sha256::digest(self.content(items)))
    }
}

/// A return with all that it says, as it stands now or as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its quarter.
    pub quarter: QuarterRow,
    /// The return.
    pub of: Return,
    /// The agency's names.
    pub name: Localized,
    /// The list of data: datasets first.
    pub items: Vec<Item>,
    /// What became of requests and reports.
    pub handled: Handled,
    /// Whether what is kept is still what was signed; none for what is not signed.
    pub intact: Option<bool>,
}

impl Shown {
    /// A mark that changes with anything that the return says: 16 hexadecimal digits. Whoever signs has seen just this.
    pub fn mark(&self) -> String {
        mark_of(&self.of, &self.items, self.handled)
    }
}

/// The mark of a return that says this; the places of rows are left out, being given anew by the signing.
pub(super) fn mark_of(of: &Return, items: &[Item], handled: Handled) -> String {
    let items: Vec<_> = items
        .iter()
        .map(|item| {
            let elsewhere = (&item.kept_at, &item.planned_on);
            let known = (item.row_count, item.updated_at, &item.timeliness);
            json!([item.dataset_id, item.title_hash, item.kind, item.visibility, elsewhere, known])
        })
        .collect();
    hex::encode(&Sha256::digest(json!([of.mark(), items, handled]).to_string())[..8])
}

/// How an agency stands in a quarter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Which.
    pub agency: AgencyId,
    /// Its names.
    pub name: Localized,
    /// Datasets whose update is due in the quarter.
    pub due: u64,
    /// Of these: updated.
    pub done: u64,
    /// Of these: confirmed as unchanged.
    pub unchanged: u64,
    /// Of these: done late, or past their day.
    pub late: u64,
    /// Its return, and whether that is past its day; none while none is asked for.
    pub handed: Option<Handed>,
}

/// Where an agency's return is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handed {
    /// Where.
    pub state: ReturnState,
    /// Whether it is open and past its day.
    pub overdue: bool,
}

/// Which agencies of a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// All.
    #[default]
    All,
    /// Those with something late.
    Behind,
    /// Those whose return is at a stage.
    Handed(ReturnState),
}

impl Which {
    /// From its code; all for what is not known.
    pub fn from_code(code: &str) -> Self {
        match code {
            "behind" => Self::Behind,
            code => ReturnState::from_code(code).map_or(Self::All, Self::Handed),
        }
    }

    pub(super) fn holds(self, progress: &Progress) -> bool {
        match self {
            Self::All => true,
            Self::Behind => progress.late > 0 || progress.handed.is_some_and(|handed| handed.overdue),
            Self::Handed(state) => progress.handed.is_some_and(|handed| handed.state == state),
        }
    }
}

/// In which order a board stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By the agencies' names.
    #[default]
    Name,
    /// Most that is late first.
    Late,
    /// Most that is due first.
    Due,
    /// Returns that are missing first.
    Handed,
}

impl Order {
    /// All.
    pub const ALL: [Self; 4] = [Self::Name, Self::Late, Self::Due, Self::Handed];

    /// As addresses hold it; its text is the message `quarter-order-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Late => "late",
            Self::Due => "due",
            Self::Handed => "return",
        }
    }

    /// From its code; by name for what is not known.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }

    /// Sorts; what is alike stays as it was.
    pub(super) fn sort(self, rows: &mut [Progress]) {
        let place = |row: &Progress| {
            let state = row.handed.map(|handed| handed.state);
            ReturnState::ALL.iter().position(|one| Some(*one) == state).unwrap_or(ReturnState::ALL.len())
        };
        match self {
            Self::Name => {}
            Self::Late => rows.sort_by_key(|row| std::cmp::Reverse(row.late)),
            Self::Due => rows.sort_by_key(|row| std::cmp::Reverse(row.due)),
            Self::Handed => rows.sort_by_key(place),
        }
    }
}

impl Item {
    /// The hash of a title.
    pub(super) fn hash_of_title(title: &str) -> String {
        hex::encode(Sha256::digest(title))
    }

    /// Whether its title is the one that its hash is of, or was destroyed.
    pub(super) fn is_intact(&self) -> bool {
        self.purged || Self::hash_of_title(&self.title) == self.title_hash
    }

    /// The day by which it is to be published.
    pub fn planned(&self) -> Option<NaiveDate> {
        self.planned_on.as_deref().and_then(day_of)
    }
}
