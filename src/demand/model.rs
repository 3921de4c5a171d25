//! What is wanted, and how much.

use crate::duty::Counted;
use crate::kernel::Timestamp;
use crate::kernel::id::{AgencyId, DatasetId};

/// Points of one person who needs the data.
pub const SUPPORTER: u64 = 5;
/// Points of each doubling of the downloads.
const DOUBLING: u64 = 10;
/// Points from which demand is medium.
pub const MEDIUM: u64 = 40;
/// Points from which demand is high.
pub const HIGH: u64 = 80;

/// How much a dataset is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// People who needed it, by the requests that it answers.
    pub supporters: u64,
    /// Downloads of the last [`super::DAYS`] days.
    pub downloads: u64,
}

impl Demand {
    /// Points: 5 for each person who needs it, and 10 for each doubling of the downloads (none: 0, one: 10, 15: 40, 255: 80), so that
    /// a program that downloads every hour does not outweigh people. Between two doublings the points rise evenly.
    pub fn score(self) -> u64 {
        let downloads = u128::from(self.downloads) + 1;
        let doublings = downloads.ilog2();
        let rest = ((downloads - (1 << doublings)) * u128::from(DOUBLING)) >> doublings;
        let downloads = u64::from(doublings) * DOUBLING + u64::try_from(rest).unwrap_or(0);
        self.supporters.saturating_mul(SUPPORTER).saturating_add(downloads)
    }

    /// In a word.
    pub fn level(self) -> Level {
        match self.score() {
            score if score >= HIGH => Level::High,
            score if score >= MEDIUM => Level::Medium,
            _ => Level::Low,
        }
    }
}

/// How much something is wanted, in a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Little.
    Low,
    /// Somewhat.
    Medium,
    /// Much.
    High,
}

impl Level {
    /// All, from little to much.
    pub const ALL: [Self; 3] = [Self::Low, Self::Medium, Self::High];

    /// Its text is the message `demand-level-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// In which order datasets come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What is late first, then what is due soon; among equals what is wanted most.
    #[default]
    Due,
    /// What is wanted most, whether it is late or not.
    Demand,
}

impl Order {
    /// All.
    pub const ALL: [Self; 2] = [Self::Due, Self::Demand];

    /// What addresses hold; its text is the message `demand-order-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Demand => "demand",
        }
    }

    /// From what an address holds.
    pub fn from_code(code: &str) -> Self {
        Self::ALL.into_iter().find(|order| order.code() == code).unwrap_or_default()
    }
}

/// Which datasets are listed, and how.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Of one agency.
    pub agency: Option<AgencyId>,
    /// In which order.
    pub order: Order,
}

/// A published dataset with its demand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The dataset.
    pub dataset: DatasetId,
    /// Its title, in Vietnamese.
    pub title: String,
    /// Whose it is, in Vietnamese.
    pub agency: String,
    /// The code of its frequency.
    pub frequency: String,
    /// Whether it stands in the open-data catalogue.
    pub in_catalogue: bool,
    /// Since when, milliseconds, where that is known.
    pub listed_at: Option<i64>,
    /// From when its period counts.
    pub counts_from: Timestamp,
    /// The day to which that period was extended, ISO 8601.
    pub extended_to: Option<String>,
    /// How much it is wanted.
    pub demand: Demand,
}

impl Wanted {
    /// What decides whether it is on time.
    pub fn counted(&self) -> Counted<'_> {
        let listed = (self.in_catalogue, self.listed_at);
        Counted::of(self.counts_from, &self.frequency, listed, self.extended_to.as_deref())
    }
}

/// Words that several people searched for in vain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VainWords {
    /// The words, folded.
    pub words: String,
    /// How many asked in the last twelve months, each counted once a day.
    pub people: u64,
    /// The last month in which they did: YYYY-MM.
    pub last: String,
    /// How many datasets the search finds today; none while the index does not answer.
    pub found: Option<u64>,
}

/// What was searched for in vain, in numbers: all that everybody may know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missed {
    /// The first month that is counted: YYYY-MM.
    pub since: String,
    /// How many words.
    pub words: u64,
    /// How many asked for them, each counted once a day for each.
    pub people: u64,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn people_weigh_as_they_are_and_downloads_by_doublings() {
        let score = |supporters, downloads| Demand { supporters, downloads }.score();
        for (supporters, downloads, points) in [
            (0, 0, 0),
            (0, 1, 10),
            (0, 2, 15),
            (0, 15, 40),
            (0, 255, 80),
            (8, 0, 40),
            (3, 100, 80),
            (u64::MAX, u64::MAX, u64::MAX),
        ] {
            assert_eq!(score(supporters, downloads), points, "{supporters} people, {downloads} downloads");
        }
        let level = |supporters, downloads| Demand { supporters, downloads }.level();
        assert_eq!([level(0, 14), level(0, 15), level(8, 15)], Level::ALL);
    }

    proptest! {
        #[test]
        fn more_demand_never_lowers_the_score(
            supporters in 0u64..1_000_000, downloads: u64, more_people in 0u64..1000, more in 0u64..1000,
        ) {
            for downloads in [downloads, downloads % 4096] {
                let less = Demand { supporters, downloads };
                let wanted =
                    Demand { supporters: supporters + more_people, downloads: downloads.saturating_add(more) };
                prop_assert!(wanted.score() >= less.score());
                prop_assert!(wanted.level() >= less.level());
                let one = Demand { supporters: supporters + 1, downloads };
                prop_assert_eq!(one.score(), less.score() + SUPPORTER);
            }
        }
    }
}
