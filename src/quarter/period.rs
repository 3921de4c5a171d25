//! Arithmetic with quarters: from a day to its quarter, from a quarter to its days, code and next one.

use std::fmt;

use chrono::{Datelike, Days, NaiveDate};

use crate::kernel::{Localized, Timestamp};

/// The years that a code may name.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2999;

/// A quarter of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    year: i32,
    number: u32,
}

impl Quarter {
    /// The quarter of a day.
    pub fn of(day: NaiveDate) -> Self {
        Self { year: day.year(), number: day.month0() / 3 + 1 }
    }

    /// From its code, such as `2026-Q3`; written in no other way.
    pub fn parse(code: &str) -> Option<Self> {
        let (year, number) = code.split_once("-Q")?;
        let digits = |text: &str, length: usize| text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(number, 1) {
            return None;
        }
        let found = Self { year: year.parse().ok()?, number: number.parse().ok()? };
        (YEARS.contains(&found.year) && (1..=4).contains(&found.number)).then_some(found)
    }

    /// Its year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Its number in the year, from 1 to 4.
    pub fn number(self) -> u32 {
        self.number
    }

    /// As people of each language write it, without the word for it: `III/2026`, `Q3 2026`.
    pub fn told(self) -> Localized {
        let roman = ["I", "II", "III", "IV"].get(self.number as usize - 1).copied().unwrap_or_default();
        Localized { vi: format!("{roman}/{}", self.year), en: Some(format!("Q{} {}", self.number, self.year)) }
    }

    /// Its first day.
    pub fn first(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year, self.number * 3 - 2, 1).unwrap_or_default()
    }

    /// Its last day.
    pub fn last(self) -> NaiveDate {
        self.next().first().checked_sub_days(Days::new(1)).unwrap_or_default()
    }

    /// The one after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self.number {
            4 => Self { year: self.year + 1, number: 1 },
            number => Self { number: number + 1, ..self },
        }
    }

    /// The one before it.
    #[must_use]
    pub fn previous(self) -> Self {
        match self.number {
            1 => Self { year: self.year - 1, number: 4 },
            number => Self { number: number - 1, ..self },
        }
    }

    /// Whether a return is owed for it where one is owed every so many months; never with 0.
    pub fn owes_return(self, months: u32) -> bool {
        months > 0 && (self.number * 3).is_multiple_of(months.min(12))
    }

    /// The moments of its days in a zone `offset_minutes` east of UTC: from the first on, before the second.
    pub fn moments(self, offset_minutes: i32) -> (Timestamp, Timestamp) {
        let midnight = |day| Timestamp::midnight(day, offset_minutes);
        (midnight(self.first()), midnight(self.next().first()))
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-Q{}", self.year, self.number)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn days_codes_and_neighbours_are_those_of_the_calendar() {
        for (on, code, first, last, next, previous) in [
            ("2026-09-04", "2026-Q3", "2026-07-01", "2026-09-30", "2026-Q4", "2026-Q2"),
            ("2026-01-01", "2026-Q1", "2026-01-01", "2026-03-31", "2026-Q2", "2025-Q4"),
            ("2026-12-31", "2026-Q4", "2026-10-01", "2026-12-31", "2027-Q1", "2026-Q3"),
            ("2028-02-29", "2028-Q1", "2028-01-01", "2028-03-31", "2028-Q2", "2027-Q4"),
        ] {
            let quarter = Quarter::of(day(on));
            assert_eq!(quarter.to_string(), code);
            assert_eq!((quarter.first(), quarter.last()), (day(first), day(last)));
            assert_eq!((quarter.next().to_string(), quarter.previous().to_string()), (next.into(), previous.into()));
        }
    }

    #[test]
    fn a_code_is_written_in_one_way() {
        for wrong in [
            "", "2026", "2026-Q0", "2026-Q5", "2026-q3", "2026-Q03", "26-Q3", "02026-Q3", "2026-Q3 ", "+026-Q3",
            "1999-Q4",
        ] {
            assert_eq!(Quarter::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn returns_are_owed_by_the_months_between_them() {
        let owing =
            |months| (1..=4).filter(|number| Quarter { year: 2026, number: *number }.owes_return(months)).count();
        assert_eq!([0, 1, 3, 6, 12, 24].map(owing), [0, 4, 4, 2, 1, 1]);
    }

    #[test]
    fn the_moments_are_those_of_the_province() {
        let (from, to) = Quarter::of(day("2026-09-04")).moments(420);
        assert_eq!(
            (from.to_rfc3339().as_str(), to.to_rfc3339().as_str()),
            ("2026-06-30T17:00:00.000Z", "2026-09-30T17:00:00.000Z")
        );
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_quarter_and_in_no_other(days in 0u64..365_000) {
            let on = day("2000-01-01") + Days::new(days);
            let quarter = Quarter::of(on);
            prop_assert!(quarter.first() <= on && on <= quarter.last());
            prop_assert_eq!(Quarter::of(quarter.last() + Days::new(1)), quarter.next());
            prop_assert_eq!(Quarter::of(quarter.first() - Days::new(1)), quarter.previous());
            prop_assert_eq!(Quarter::parse(&quarter.to_string()), Some(quarter));
            prop_assert_eq!((quarter.next().previous(), quarter.previous().next()), (quarter, quarter));
            prop_assert!((90..=92).contains(&((quarter.last() - quarter.first()).num_days() + 1)));
            let (from, to) = quarter.moments(420);
            prop_assert_eq!((from.date(420), to.plus_seconds(-1).date(420)), (quarter.first(), quarter.last()));
        }

        #[test]
        fn codes_sort_as_quarters_do(a in 0u64..365_000, b in 0u64..365_000) {
            let (a, b) = (Quarter::of(day("2000-01-01") + Days::new(a)), Quarter::of(day("2000-01-01") + Days::new(b)));
            prop_assert_eq!(a.cmp(&b), a.to_string().cmp(&b.to_string()));
        }
    }
}
