//! What the calendar says with the entered years, and what is missing of it.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::file::as_csv;
use super::model::{Change, Look, Said, YearFile};
use super::store;
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::Conn;
use crate::platform::token;
use crate::profile::{CalendarEntry, CalendarGap, Profile, WorkCalendar};

/// The profile's calendar with every entered year laid over it.
///
/// # Errors
/// When the database does not answer.
pub fn with_entered(conn: &mut Conn, profile: &Profile) -> Result<WorkCalendar> {
    let mut years: BTreeMap<i32, Vec<CalendarEntry>> = BTreeMap::new();
    for (year, entry) in store::all(conn)? {
        years.entry(year).or_default().push(entry);
    }
    let mut calendar = profile.calendar.clone();
    for (year, entries) in years {
        calendar.lay_over(year, &entries);
    }
    Ok(calendar)
}

/// Gives a profile that was just read the entered years: what every program does at its start.
///
/// # Errors
/// When the database does not answer.
pub fn lay_over(conn: &mut Conn, profile: &mut Profile) -> Result<()> {
    profile.calendar = with_entered(conn, profile)?;
    Ok(())
}

/// When a year was entered last; none while it is the profile's.
///
/// # Errors
/// When the database does not answer.
pub fn entered_on(conn: &mut Conn, year: i32) -> Result<Option<Timestamp>> {
    store::entered_at(conn, year)
}

/// How it stands with the calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// The years whose days somebody must enter.
    pub gaps: Vec<CalendarGap>,
    /// Whether days were entered after this program had started: it counts with the old ones until it is started again.
    pub behind: bool,
}

/// How it stands with the calendar on a day. `profile` is the one that the program counts with.
///
/// # Errors
/// When the database does not answer.
pub fn outlook(conn: &mut Conn, profile: &Profile, today: NaiveDate) -> Result<Outlook> {
    let calendar = with_entered(conn, profile)?;
    let behind = calendar.entries() != profile.calendar.entries();
    Ok(Outlook { gaps: calendar.gaps(&profile.calendar_rules, today), behind })
}

/// What the calendar would say otherwise with a year's file, and the mark of what it says now.
///
/// # Errors
/// When the database does not answer.
pub fn look(conn: &mut Conn, profile: &Profile, file: &YearFile) -> Result<Look> {
    let before = with_entered(conn, profile)?.entries_of(file.year);
    let changes = compare(&before, &file.entries, file.year);
    Ok(Look { year: file.year, changes, mark: token::sha256_hex(&as_csv(&before)) })
}

/// Compares two sets of entries of a year, day by day; days in a row with the same change are one.
pub(super) fn compare(before: &[CalendarEntry], after: &[CalendarEntry], year: i32) -> Vec<Change> {
    let said = |entries: &[CalendarEntry], day: NaiveDate| {
        entries.iter().find(|entry| entry.from <= day && day <= entry.to).map(Said::of)
    };
    let mut changes: Vec<Change> = Vec::new();
    let first = NaiveDate::from_ymd_opt(year, 1, 1);
    for day in first.iter().flat_map(NaiveDate::iter_days).take_while(|day| day.year() == year) {
        let (was, is) = (said(before, day), said(after, day));
        if was == is {
            continue;
        }
        match changes.last_mut() {
            Some(last) if last.to.succ_opt() == Some(day) && last.before == was && last.after == is => last.to = day,
            _ => changes.push(Change { from: day, to: day, before: was, after: is }),
        }
    }
    changes
}

/// Stops changes of days that are over, unless somebody says that they were wrong.
///
/// # Errors
/// `Invalid`: `calendar-past` (`from`, `to`), one for each stretch of days.
pub fn require_open(changes: &[Change], today: NaiveDate, correct: bool) -> Result<()> {
    if correct {
        return Ok(());
    }
    let yesterday = today.pred_opt().unwrap_or(today);
    let past = changes.iter().filter(|change| change.from < today).map(|change| {
        let (from, to) = (change.from.to_string(), change.to.min(yesterday).to_string());
        Problem::new("calendar-past").on("correct").with("from", from).with("to", to)
    });
    let past: Vec<Problem> = past.collect();
    if past.is_empty() { Ok(()) } else { Err(Error::invalid_all(past)) }
}
