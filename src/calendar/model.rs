//! A year's file, and what it changes.

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use crate::profile::CalendarEntry;

/// The days of one year as a file gives them: checked, in the order of their days.
#[derive(Clone, Debug, PartialEq)]
pub struct YearFile {
    /// The year that every entry lies in.
    pub year: i32,
    /// The entries, which do not overlap.
    pub entries: Vec<CalendarEntry>,
}

/// What the calendar says of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Said {
    /// `holiday`, `compensation`, `swapped` or `make-up`.
    pub kind: &'static str,
    /// `law`, `decided` or `assumed`.
    pub status: &'static str,
    /// The occasion, in Vietnamese.
    pub name: String,
    /// The occasion, in English.
    pub name_en: Option<String>,
    /// The law behind it, as `document/article.clause.point`.
    pub basis: Option<String>,
}

impl Said {
    /// What an entry says of each of its days.
    pub fn of(entry: &CalendarEntry) -> Self {
        Self {
            kind: entry.kind.code(),
            status: entry.status.code(),
            name: entry.name.vi.clone(),
            name_en: entry.name.en.clone(),
            basis: entry.basis.as_ref().map(ToString::to_string),
        }
    }
}

/// Days in a row of which the calendar says something else than before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// First day.
    #[serde(serialize_with = "iso")]
    pub from: NaiveDate,
    /// Last day, included.
    #[serde(serialize_with = "iso")]
    pub to: NaiveDate,
    /// What it said; nothing for a day as any other.
    pub before: Option<Said>,
    /// What it says.
    pub after: Option<Said>,
}

/// What a year's file would change, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// The year.
    pub year: i32,
    /// The changes, in the order of the days.
    pub changes: Vec<Change>,
    /// The mark of what the calendar says of the year now: a hash of all of it, the same until a day of it becomes another.
    pub mark: String,
}

/// A day as ISO 8601 text.
fn iso<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(day)
}

/// What entering a year did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entered {
    /// The year.
    pub year: i32,
    /// Entries kept.
    pub rows: usize,
    /// Whether days that are over might change.
    pub correct: bool,
    /// What changed; nothing was written when this is empty and the year was entered before.
    pub changes: Vec<Change>,
}
