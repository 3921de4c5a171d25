//! Days and moments gathered by year, quarter, month or day, for groups (`ngay.month`).

use std::sync::Arc;

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta};
use datafusion::arrow::array::{Array, ArrayRef, AsArray, Date32Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Date32Type, TimeUnit, TimestampMicrosecondType};

use super::value::days;
use crate::kernel::{Error, Result};
use crate::table::ingest::report::Kind;

/// A stretch of time that days and moments are gathered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step {
    /// Years.
    Year,
    /// Quarters.
    Quarter,
    /// Months.
    Month,
    /// Days.
    Day,
}

impl Step {
    /// All of them, the longest first.
    pub const ALL: [Self; 4] = [Self::Year, Self::Quarter, Self::Month, Self::Day];

    /// As addresses name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
            Self::Month => "month",
            Self::Day => "day",
        }
    }

    /// From an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|step| step.code() == code)
    }

    /// Whether values of a kind can be gathered.
    pub fn takes(kind: Kind) -> bool {
        matches!(kind, Kind::Date | Kind::DateTime)
    }

    /// The parts of a group's name: the column's key, and the step where there is one. Keys have no full stop.
    pub fn split(name: &str) -> (&str, Option<Self>) {
        match name.split_once('.') {
            Some((key, code)) => (key, Self::from_code(code)),
            None => (name, None),
        }
    }

    /// The name of a group of a column.
    pub fn name(self, key: &str) -> String {
        format!("{key}.{}", self.code())
    }

    /// The first day of the stretch that a day lies in.
    pub fn start(self, day: NaiveDate) -> NaiveDate {
        let month = match self {
            Self::Year => 1,
            Self::Quarter => day.month0() / 3 * 3 + 1,
            Self::Month => day.month(),
            Self::Day => return day,
        };
        NaiveDate::from_ymd_opt(day.year(), month, 1).unwrap_or(day)
    }

    /// The stretch of a day as programs write it: `2026`, `2026-Q3`, `2026-09`, `2026-09-04`. In the order of these
    /// texts stand the stretches.
    pub fn text(self, day: NaiveDate) -> String {
        match self {
            Self::Year => format!("{:04}", day.year()),
            Self::Quarter => format!("{:04}-Q{}", day.year(), day.month0() / 3 + 1),
            Self::Month => day.format("%Y-%m").to_string(),
            Self::Day => day.format("%Y-%m-%d").to_string(),
        }
    }

    /// The first day of a stretch that [`Step::text`] wrote.
    pub fn read(self, text: &str) -> Option<NaiveDate> {
        let number = |part: &str| part.parse::<u32>().ok();
        let year = text.get(..4)?.parse().ok()?;
        let start = match self {
            Self::Year => NaiveDate::from_ymd_opt(year, 1, 1),
            Self::Quarter => NaiveDate::from_ymd_opt(
                year,
                number(text.get(6..)?)?.checked_sub(1)?.checked_mul(3)?.checked_add(1)?,
                1,
            ),
            Self::Month => NaiveDate::from_ymd_opt(year, number(text.get(5..7)?)?, 1),
            Self::Day => NaiveDate::from_ymd_opt(year, number(text.get(5..7)?)?, number(text.get(8..10)?)?),
        };
        // What is written otherwise is another thing.
        start.filter(|start| self.text(*start) == text)
    }

    /// The first days of the stretches of days or moments; moments in UTC count in the zone `offset_minutes` east of it.
    ///
    /// # Errors
    /// `Internal` for other values.
    pub(super) fn starts(self, cells: &ArrayRef, offset_minutes: i32) -> Result<ArrayRef> {
        // Neighbours are mostly of one stretch.
        let mut last: Option<(i32, i32)> = None;
        let mut start = |day: i32| match last {
            Some((known, start)) if known == day => start,
            _ => {
                let date = NaiveDate::default().checked_add_signed(TimeDelta::days(i64::from(day)));
                let start = date.map_or(day, |date| days(self.start(date)));
                last = Some((day, start));
                start
            }
        };
        let found: Date32Array = match cells.data_type() {
            DataType::Date32 => cells.as_primitive::<Date32Type>().iter().map(|day| day.map(&mut start)).collect(),
            DataType::Timestamp(TimeUnit::Microsecond, zone) => {
                let moved = if zone.is_some() { i64::from(offset_minutes) * 60_000_000 } else { 0 };
                let day = |micros: i64| {
                    let at = DateTime::from_timestamp_micros(micros.saturating_add(moved))?;
                    Some(start(days(at.date_naive())))
                };
                let mut day = day;
                cells.as_primitive::<TimestampMicrosecondType>().iter().map(|micros| day(micros?)).collect()
            }
            other => return Err(Error::internal(format!("no stretches of time in {other}"))),
        };
        Ok(Arc::new(found))
    }

    /// First days as [`Step::text`] writes their stretches.
    pub(super) fn texts(self, starts: &ArrayRef) -> ArrayRef {
        let starts = starts.as_primitive::<Date32Type>();
        let texts = (0..starts.len()).map(|at| {
            let day = if starts.is_null(at) { None } else { starts.value_as_date(at) };
            day.map(|day| self.text(day))
        });
        Arc::new(texts.collect::<StringArray>())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_stretch_holds_its_days_and_its_text_reads_back(day in 0i32..1_200_000) {
            let date = NaiveDate::from_ymd_opt(1, 1, 1).unwrap() + TimeDelta::days(i64::from(day));
            for step in Step::ALL {
                let start = step.start(date);
                prop_assert!(start <= date);
                prop_assert_eq!(step.read(&step.text(date)), Some(start));
                prop_assert_eq!(step.text(start), step.text(date));
                let name = step.name("ngay");
                prop_assert_eq!(Step::split(&name), ("ngay", Some(step)));
            }
        }
    }

    #[test]
    fn what_is_no_stretch_is_none() {
        for text in ["", "20", "2026-Q9", "2026-13", "2026-02-30", "năm"] {
            assert_eq!(Step::Quarter.read(text).or(Step::Month.read(text)).or(Step::Day.read(text)), None, "{text}");
        }
    }
}
