//! The working calendar.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Field, Link, PageCtx, Text, Wrong};
use crate::kernel::Timestamp;

/// `/internal/calendar`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/calendar.html")]
pub struct CalendarPage {
    /// The page.
    pub page: PageCtx,
    /// The year that is shown.
    pub year: i32,
    /// The years there are, and those that are missing, each with a way to it; whether it is the one that is shown.
    pub years: Vec<(Link, bool)>,
    /// Whether the days of the year are known.
    pub known: bool,
    /// When the year was entered; none while it is the program's own.
    pub entered: Option<Timestamp>,
    /// What is missing, in words.
    pub warnings: Vec<String>,
    /// The days of the year, in their order.
    pub days: Vec<DayLine>,
    /// Whether the person enters days.
    pub keeps: bool,
    /// The file.
    pub file: Field,
    /// The rows.
    pub rows: Field,
    /// Bytes of a file.
    pub most: u64,
    /// What the rows would change, once they were sent.
    pub preview: Option<Preview>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl CalendarPage {
    /// The days of the year as a file of a kind.
    pub fn file_of(&self, form: &str) -> String {
        format!("/internal/calendar.{form}?year={}", self.year)
    }
}

/// What rows would change.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The changes, in the order of the days.
    pub changes: Vec<ChangeLine>,
    /// Whether days that are over are among them.
    pub past: bool,
    /// Whether those may change.
    pub correct: Field,
    /// The mark of the rows.
    pub seen: String,
    /// The mark of the year that they change.
    pub held: String,
}

/// Days in a row that change.
#[derive(Clone, Debug)]
pub struct ChangeLine {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What they were; nothing for days as any others.
    pub before: Option<SaidView>,
    /// What they become.
    pub after: Option<SaidView>,
}

/// Days in a row of the calendar.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What is said of them.
    pub said: SaidView,
}

/// What is said of a day, in the page's language.
#[derive(Clone, Debug)]
pub struct SaidView {
    /// The occasion.
    pub name: Text,
    /// Holiday, compensation, …
    pub kind: String,
    /// Whether the day is worked.
    pub works: bool,
    /// How sure it is.
    pub status: String,
    /// Whether it is a guess.
    pub assumed: bool,
    /// The law behind it; empty where there is none.
    pub basis: String,
}
