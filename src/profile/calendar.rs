//! The working calendar: days off and make-up days, as data with their sources.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use super::basis::BasisId;
use crate::kernel::{Localized, Problem};

/// Why a day is off, or worked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayKind {
    /// A public holiday.
    Holiday,
    /// A day off instead of a holiday that fell on the weekly rest.
    Compensation,
    /// A working day turned into a day off, worked on a make-up day.
    Swapped,
    /// A day of the weekly rest that is worked.
    MakeUp,
}

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DayStatus {
    /// It follows from the law.
    Law,
    /// It was announced for that year.
    Decided,
    /// It is a guess until the announcement is out.
    Assumed,
}

/// One entry: a day, or several in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarEntry {
    /// First day.
    pub from: NaiveDate,
    /// Last day, included.
    pub to: NaiveDate,
    /// What the occasion is called.
    pub name: Localized,
    /// Why the day is off, or worked.
    pub kind: DayKind,
    /// How sure that is.
    pub status: DayStatus,
    /// The law behind it, where there is one.
    pub basis: Option<BasisId>,
}

/// The calendar of state agencies. Outside its years only the weekly rest is known.
#[derive(Clone, Debug, Default)]
pub struct WorkCalendar {
    /// Whether each day of the week is rest, Monday first.
    weekend: [bool; 7],
    first_year: i32,
    last_year: i32,
    entries: Vec<CalendarEntry>,
    /// Days off that are not in the weekly rest; sorted.
    off: Vec<NaiveDate>,
    /// Days of the weekly rest that are worked; sorted.
    worked: Vec<NaiveDate>,
}

impl WorkCalendar {
    /// Whether a day is in the weekly rest.
    pub fn is_weekend(&self, date: NaiveDate) -> bool {
        self.weekend.get(date.weekday().num_days_from_monday() as usize).copied().unwrap_or(false)
    }

    /// Days off outside the weekly rest, sorted.
    pub fn off(&self) -> &[NaiveDate] {
        &self.off
    }

    /// Days of the weekly rest that are worked, sorted.
    pub fn worked(&self) -> &[NaiveDate] {
        &self.worked
    }

    /// Every entry, in the order of its days.
    pub fn entries(&self) -> &[CalendarEntry] {
        &self.entries
    }

    /// The entry that a day belongs to.
    pub fn entry_on(&self, date: NaiveDate) -> Option<&CalendarEntry> {
        self.entries.iter().find(|entry| entry.from <= date && date <= entry.to)
    }

    /// Whether the holidays of a year are known.
    pub fn covers(&self, year: i32) -> bool {
        (self.first_year..=self.last_year).contains(&year)
    }
}

/// The file `calendar.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CalendarFile {
    /// English names of days of the week, short or long.
    weekend: Vec<String>,
    #[serde(rename = "weekend_basis")]
    _weekend_basis: BasisId,
    first_year: i32,
    last_year: i32,
    names: BTreeMap<String, Localized>,
    days: Vec<DayRow>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct DayRow {
    #[serde(deserialize_with = "super::basis::date::deserialize")]
    date: NaiveDate,
    #[serde(default, deserialize_with = "super::basis::optional_date::deserialize")]
    to: Option<NaiveDate>,
    name: String,
    kind: DayKind,
    status: DayStatus,
    basis: Option<BasisId>,
}

impl CalendarFile {
    /// The calendar, and what is wrong with the file.
    pub(super) fn build(self) -> (WorkCalendar, Vec<Problem>) {
        let mut problems = Vec::new();
        let mut calendar =
            WorkCalendar { first_year: self.first_year, last_year: self.last_year, ..WorkCalendar::default() };
        for name in self.weekend {
            match name.parse::<Weekday>() {
                Ok(day) => calendar
                    .weekend
                    .iter_mut()
                    .skip(day.num_days_from_monday() as usize)
                    .take(1)
                    .for_each(|rest| *rest = true),
                Err(_) => problems.push(Problem::new("profile-calendar-weekday").with("name", name)),
            }
        }
        for row in self.days {
            let to = row.to.unwrap_or(row.date);
            let at = |code| Problem::new(code).with("date", row.date.to_string());
            // A span longer than a month is a slip of the pen, and would fill the memory if a year had five digits.
            if to < row.date || (to - row.date).num_days() > 31 {
                problems.push(at("profile-calendar-span"));
                continue;
            }
            if !calendar.covers(row.date.year()) || !calendar.covers(to.year()) {
                problems.push(at("profile-calendar-outside"));
            }
            let Some(name) = self.names.get(&row.name) else {
                problems.push(at("profile-calendar-name").with("name", row.name.as_str()));
                continue;
            };
            for date in row.date.iter_days().take_while(|date| *date <= to) {
                match (row.kind, calendar.is_weekend(date)) {
                    (DayKind::MakeUp, true) => calendar.worked.push(date),
                    (DayKind::Holiday, true) => {}
                    (DayKind::Holiday | DayKind::Compensation | DayKind::Swapped, false) => calendar.off.push(date),
                    (DayKind::MakeUp, false) => problems.push(at("profile-calendar-make-up")),
                    (DayKind::Compensation | DayKind::Swapped, true) => problems.push(at("profile-calendar-rest")),
                }
            }
            calendar.entries.push(CalendarEntry {
                from: row.date,
                to,
                name: name.clone(),
                kind: row.kind,
                status: row.status,
                basis: row.basis,
            });
        }
        calendar.entries.sort_by_key(|entry| entry.from);
        for pair in calendar.entries.windows(2) {
            if let [earlier, later] = pair
                && later.from <= earlier.to
            {
                problems.push(Problem::new("profile-calendar-twice").with("date", later.from.to_string()));
            }
        }
        calendar.off.sort();
        calendar.off.dedup();
        calendar.worked.sort();
        calendar.worked.dedup();
        (calendar, problems)
    }
}

/// A calendar for tests of other rooms: Saturday and Sunday rest, and the given days.
#[cfg(test)]
impl WorkCalendar {
    pub(crate) fn of(off: Vec<NaiveDate>, worked: Vec<NaiveDate>) -> Self {
        Self {
            weekend: [false, false, false, false, false, true, true],
            first_year: 2000,
            last_year: 2100,
            entries: Vec::new(),
            off,
            worked,
        }
    }
}
