//! The working calendar: days off and make-up days, as data with their sources.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, Weekday};
use serde::Deserialize;

use super::basis::BasisId;
use super::rules::{MonthDay, Rule};
use crate::kernel::{Localized, Problem};

/// A span of days off is no longer than this: what is longer is a slip of the pen.
pub const LONGEST_SPAN: i64 = 31;

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

impl DayKind {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Holiday, Self::Compensation, Self::Swapped, Self::MakeUp];

    /// As files and tables write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Holiday => "holiday",
            Self::Compensation => "compensation",
            Self::Swapped => "swapped",
            Self::MakeUp => "make-up",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
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

impl DayStatus {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Law, Self::Decided, Self::Assumed];

    /// As files and tables write it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Law => "law",
            Self::Decided => "decided",
            Self::Assumed => "assumed",
        }
    }

    /// The status of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }
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

/// When somebody is asked to enter the next year's days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarRules {
    /// The day of every year from which the next year's days are asked for.
    pub warn_from: Rule<MonthDay>,
}

/// What is not known of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// No day of it.
    Everything,
    /// So many entries are assumed.
    Assumed(usize),
}

/// A year whose days somebody must enter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CalendarGap {
    /// The year.
    pub year: i32,
    /// What is not known of it.
    pub unknown: Unknown,
}

impl CalendarGap {
    /// The gap in words that say what to do.
    pub fn problem(&self) -> Problem {
        let year = self.year.to_string();
        match self.unknown {
            Unknown::Everything => Problem::new("profile-calendar-year-missing").with("year", year),
            Unknown::Assumed(count) => {
                Problem::new("profile-calendar-year-assumed").with("year", year).with("count", count)
            }
        }
    }
}

/// The calendar of state agencies. Outside its years only the weekly rest is known.
#[derive(Clone, Debug, Default)]
pub struct WorkCalendar {
    /// Whether each day of the week is rest, Monday first.
    weekend: [bool; 7],
    first_year: i32,
    last_year: i32,
    /// Years that were laid over those of the file.
    entered: BTreeSet<i32>,
    /// What occasions are called, by the code of files.
    names: BTreeMap<String, Localized>,
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
        (self.first_year..=self.last_year).contains(&year) || self.entered.contains(&year)
    }

    /// The years whose holidays are known, from the first to the last.
    pub fn years(&self) -> BTreeSet<i32> {
        let of_entries = self.entries.iter().flat_map(|entry| [entry.from.year(), entry.to.year()]);
        of_entries.chain(self.entered.iter().copied()).filter(|year| self.covers(*year)).collect()
    }

    /// The entries of a year, in the order of their days.
    pub fn entries_of(&self, year: i32) -> Vec<CalendarEntry> {
        self.entries.iter().filter_map(|entry| within(entry, year)).collect()
    }

    /// What occasions are called, by the code that files use.
    pub fn names(&self) -> &BTreeMap<String, Localized> {
        &self.names
    }

    /// Whether a day cannot be of a kind: only a day of the weekly rest is made up, and only another is compensated or swapped.
    pub fn misplaced(&self, kind: DayKind, date: NaiveDate) -> bool {
        match kind {
            DayKind::Holiday => false,
            DayKind::MakeUp => !self.is_weekend(date),
            DayKind::Compensation | DayKind::Swapped => self.is_weekend(date),
        }
    }

    /// Puts other entries in the place of a year's, as a whole. What does not lie in the year is left out.
    pub fn lay_over(&mut self, year: i32, entries: &[CalendarEntry]) {
        let around = |entry: &CalendarEntry| [within(entry, year - 1), within(entry, year + 1)];
        let mut kept = Vec::new();
        for entry in self.entries.drain(..) {
            if entry.from.year() == year || entry.to.year() == year {
                kept.extend(around(&entry).into_iter().flatten());
            } else {
                kept.push(entry);
            }
        }
        kept.extend(entries.iter().filter_map(|entry| within(entry, year)));
        self.entries = kept;
        self.entered.insert(year);
        self.count();
    }

    /// Brings the entries into their order, and finds the days off and the days worked out of them.
    fn count(&mut self) {
        self.entries.sort_by_key(|entry| entry.from);
        let (mut off, mut worked) = (Vec::new(), Vec::new());
        for entry in &self.entries {
            for date in entry.from.iter_days().take_while(|date| *date <= entry.to) {
                match (entry.kind, self.is_weekend(date)) {
                    (DayKind::MakeUp, true) => worked.push(date),
                    (DayKind::MakeUp, false) | (_, true) => {}
                    (_, false) => off.push(date),
                }
            }
        }
        for days in [&mut off, &mut worked] {
            days.sort();
            days.dedup();
        }
        (self.off, self.worked) = (off, worked);
    }

    /// The years whose days somebody must enter, seen from a day: this year's, and from the day of the rule on next year's. An
    /// assumed day that is over is nobody's work any more.
    pub fn gaps(&self, rules: &CalendarRules, today: NaiveDate) -> Vec<CalendarGap> {
        let MonthDay { month, day } = rules.warn_from.value;
        let this = today.year();
        let next = ((today.month(), today.day()) >= (month, day)).then_some(this + 1);
        let gap = |year: i32| {
            let assumed = |entry: &&CalendarEntry| entry.status == DayStatus::Assumed && entry.to >= today;
            let unknown = match self.covers(year) {
                false => Unknown::Everything,
                true => Unknown::Assumed(self.entries_of(year).iter().filter(assumed).count()),
            };
            (unknown != Unknown::Assumed(0)).then_some(CalendarGap { year, unknown })
        };
        std::iter::once(this).chain(next).filter_map(gap).collect()
    }
}

/// The part of an entry that lies in a year.
fn within(entry: &CalendarEntry, year: i32) -> Option<CalendarEntry> {
    let (first, last) = (NaiveDate::from_ymd_opt(year, 1, 1)?, NaiveDate::from_ymd_opt(year, 12, 31)?);
    let (from, to) = (entry.from.max(first), entry.to.min(last));
    (from <= to).then(|| CalendarEntry { from, to, ..entry.clone() })
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
        let mut calendar = WorkCalendar {
            first_year: self.first_year,
            last_year: self.last_year,
            names: self.names,
            ..WorkCalendar::default()
        };
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
            // What is longer would fill the memory if a year had five digits.
            if to < row.date || (to - row.date).num_days() > LONGEST_SPAN {
                problems.push(at("profile-calendar-span"));
                continue;
            }
            if !calendar.covers(row.date.year()) || !calendar.covers(to.year()) {
                problems.push(at("profile-calendar-outside"));
            }
            let Some(name) = calendar.names.get(&row.name).cloned() else {
                problems.push(at("profile-calendar-name").with("name", row.name.as_str()));
                continue;
            };
            for _ in
                row.date.iter_days().take_while(|date| *date <= to).filter(|date| calendar.misplaced(row.kind, *date))
            {
                problems.push(at(match row.kind {
                    DayKind::MakeUp => "profile-calendar-make-up",
                    _ => "profile-calendar-rest",
                }));
            }
            calendar.entries.push(CalendarEntry {
                from: row.date,
                to,
                name,
                kind: row.kind,
                status: row.status,
                basis: row.basis,
            });
        }
        calendar.count();
        for pair in calendar.entries.windows(2) {
            if let [earlier, later] = pair
                && later.from <= earlier.to
            {
                problems.push(Problem::new("profile-calendar-twice").with("date", later.from.to_string()));
            }
        }
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
            off,
            worked,
            ..Self::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Lang;
    use crate::profile::Profile;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(from: &str, to: &str, kind: DayKind, status: DayStatus) -> CalendarEntry {
        let name = Localized { vi: "Tết".to_owned(), en: None };
        CalendarEntry { from: day(from), to: day(to), name, kind, status, basis: None }
    }

    fn profile() -> Profile {
        Profile::load("current-2026", None).unwrap()
    }

    #[test]
    fn a_year_that_is_laid_over_takes_the_place_of_the_file_s_and_no_other() {
        let mut calendar = profile().calendar;
        let (before, after) = (calendar.entries_of(2026), calendar.off().len());
        calendar.lay_over(
            2027,
            &[
                entry("2027-02-04", "2027-02-10", DayKind::Holiday, DayStatus::Decided),
                entry("2027-02-13", "2027-02-13", DayKind::MakeUp, DayStatus::Decided),
                entry("2028-01-03", "2028-01-03", DayKind::Holiday, DayStatus::Decided),
            ],
        );
        assert_eq!(calendar.entries_of(2026), before);
        assert_eq!(calendar.entries_of(2027).len(), 2, "the day of another year is left out");
        assert!(calendar.entries_of(2028).is_empty() && !calendar.covers(2028));
        assert!(calendar.off().len() < after && calendar.off().is_sorted());
        assert!(calendar.worked().contains(&day("2027-02-13")) && calendar.off().contains(&day("2027-02-04")));
        assert!(!calendar.off().contains(&day("2027-01-01")), "the year is replaced as a whole");
        assert_eq!(calendar.entry_on(day("2027-02-05")).unwrap().name.get(Lang::Vi).0, "Tết");
        assert_eq!(calendar.years().last(), Some(&2027));
    }

    #[test]
    fn a_span_over_the_turn_of_the_year_keeps_its_part_in_the_other_year() {
        let mut calendar = WorkCalendar::of(Vec::new(), Vec::new());
        calendar.entries = vec![entry("2026-12-31", "2027-01-01", DayKind::Holiday, DayStatus::Law)];
        calendar.lay_over(2027, &[]);
        assert_eq!(calendar.entries_of(2026), [entry("2026-12-31", "2026-12-31", DayKind::Holiday, DayStatus::Law)]);
        assert!(calendar.entries_of(2027).is_empty());
    }

    #[test]
    fn the_next_year_is_asked_for_from_the_day_of_the_rule_until_nothing_is_assumed() {
        let Profile { mut calendar, calendar_rules: rules, .. } = profile();
        let seen = |calendar: &WorkCalendar, today: &str| {
            calendar.gaps(&rules, day(today)).into_iter().map(|gap| (gap.year, gap.unknown)).collect::<Vec<_>>()
        };
        assert_eq!(seen(&calendar, "2026-09-30"), []);
        assert_eq!(seen(&calendar, "2026-10-01"), [(2027, Unknown::Assumed(3))]);
        assert_eq!(seen(&calendar, "2026-12-31"), [(2027, Unknown::Assumed(3))]);
        assert_eq!(seen(&calendar, "2027-01-04"), [(2027, Unknown::Assumed(3))]);
        assert_eq!(seen(&calendar, "2027-02-10"), [(2027, Unknown::Assumed(2))]);
        let both = [(2027, Unknown::Assumed(0)), (2028, Unknown::Everything)];
        assert_eq!(seen(&calendar, "2027-10-01"), both[1..]);
        assert_eq!(seen(&calendar, "2028-01-01"), both[1..]);
        calendar.lay_over(2028, &[entry("2028-01-25", "2028-01-31", DayKind::Holiday, DayStatus::Decided)]);
        assert_eq!(seen(&calendar, "2027-12-01"), []);
    }
}
