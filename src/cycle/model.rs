//! What is owed of a dataset, what was confirmed, and what time was asked for.

use chrono::NaiveDate;

use crate::dataset::Dataset;
use crate::duty::{Calendar, Duty, Timeliness};
use crate::kernel::id::{AccountId, ConfirmationId, DatasetId, ExtensionId};
use crate::kernel::{Localized, Timestamp, day_of};
use crate::profile::Profile;

/// A word that nothing changed, with who gave it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmation {
    /// Its id.
    pub id: ConfirmationId,
    /// What was declared, in the words of the day.
    pub declared: String,
    /// How it was checked.
    pub checked: String,
    /// Who signed it.
    pub by: AccountId,
    /// Their name.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

/// Where a request for more time stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExtensionState {
    /// Nobody has decided.
    Asked,
    /// It holds, until the end of its round.
    Granted,
    /// It was refused.
    Refused,
    /// Its round ended before anybody decided.
    Over,
}

impl ExtensionState {
    /// What it is stored under, and the end of its messages `extension-state-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Granted => "granted",
            Self::Refused => "refused",
            Self::Over => "over",
        }
    }

    pub(super) fn from_code(code: &str) -> Option<Self> {
        [Self::Asked, Self::Granted, Self::Refused, Self::Over].into_iter().find(|state| state.code() == code)
    }
}

/// A request for more time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Extension {
    /// Its id.
    pub id: ExtensionId,
    /// Of which dataset.
    pub dataset: DatasetId,
    /// From when the round counts that it is for.
    pub counted_from: Timestamp,
    /// The day that was due, and the day that is asked for; ISO 8601.
    pub due_on: String,
    /// See `due_on`.
    pub to_on: String,
    /// Why.
    pub reason: String,
    /// Where it stands.
    pub state: ExtensionState,
    /// Who asked.
    pub asked_by: AccountId,
    /// When.
    pub asked_at: Timestamp,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When.
    pub decided_at: Option<Timestamp>,
    /// What they said.
    pub answer: Option<String>,
}

impl Extension {
    /// Whether the day that was asked for is over, or the working day to which it moves: granted then, it would leave its dataset late all
    /// the same.
    pub fn is_day_over(&self, profile: &Profile, today: NaiveDate) -> bool {
        day_of(&self.to_on).is_some_and(|to| Calendar::of(profile).on_or_after(to) < today)
    }
}

/// A request for more time that waits for a decision, with what it is about.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The request.
    pub extension: Extension,
    /// The dataset's title.
    pub title: String,
    /// Whose it is.
    pub agency: Localized,
}

/// Why "nothing changed" cannot be said now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It is not published.
    NotPublished,
    /// It owes nothing.
    NotOwed,
    /// The rules do not take it for an update.
    Rules,
    /// It was said today: a round that began today is not over.
    Today,
    /// A draft holds other tables.
    Draft,
    /// An error is known and not corrected.
    Errors,
}

impl Obstacle {
    /// The code of the refusal, whose message says what to do.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotPublished => "not-published",
            Self::NotOwed => "unchanged-not-owed",
            Self::Rules => "unchanged-rules",
            Self::Today => "unchanged-today",
            Self::Draft => "unchanged-draft",
            Self::Errors => "unchanged-errors",
        }
    }
}

/// Everything that a person sees of what a dataset owes.
#[derive(Clone, Debug)]
pub struct Owed {
    /// The dataset.
    pub dataset: Dataset,
    /// Where it stands today.
    pub timeliness: Timeliness,
    /// Its rounds, the newest first.
    pub rounds: Vec<Duty>,
    /// What was confirmed, the newest first.
    pub confirmations: Vec<Confirmation>,
    /// What time was asked for, the newest first.
    pub extensions: Vec<Extension>,
    /// Why "nothing changed" cannot be said now.
    pub obstacle: Option<Obstacle>,
    /// The latest day to which its round may be extended now; none where nothing is owed or the rules give no more time.
    pub latest: Option<NaiveDate>,
}
