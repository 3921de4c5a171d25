//! Arithmetic with working days and calendar months.

use chrono::{Days, Months, NaiveDate};

use crate::profile::{Profile, WorkCalendar};

/// No rest is as long as a year; a calendar that rests every day must not send the search to the end of time.
const LONGEST_REST: usize = 366;

/// A view of a profile's calendar that counts. All counts leave out the day they start from (Civil Code Điều 147).
#[derive(Clone, Copy, Debug)]
pub struct Calendar<'a>(&'a WorkCalendar);

impl<'a> Calendar<'a> {
    /// The calendar of a profile.
    pub fn of(profile: &'a Profile) -> Self {
        Self(&profile.calendar)
    }

    /// A calendar by itself.
    pub fn new(calendar: &'a WorkCalendar) -> Self {
        Self(calendar)
    }

    /// Whether state agencies work on a day.
    pub fn is_working_day(self, date: NaiveDate) -> bool {
        let listed = |days: &[NaiveDate]| days.binary_search(&date).is_ok();
        if self.0.is_weekend(date) { listed(self.0.worked()) } else { !listed(self.0.off()) }
    }

    /// The day itself when it is worked, else the next that is.
    pub fn on_or_after(self, date: NaiveDate) -> NaiveDate {
        date.iter_days().take(LONGEST_REST).find(|day| self.is_working_day(*day)).unwrap_or(date)
    }

    /// The first working day after a day.
    pub fn next_working_day(self, date: NaiveDate) -> NaiveDate {
        date.succ_opt().map_or(date, |next| self.on_or_after(next))
    }

    /// The last working day before a day.
    pub fn previous_working_day(self, date: NaiveDate) -> NaiveDate {
        let before = std::iter::successors(date.pred_opt(), |day| day.pred_opt());
        before.take(LONGEST_REST).find(|day| self.is_working_day(*day)).unwrap_or(date)
    }

    /// The day that is `days` working days after a day, or before it when negative; the day itself when zero.
    pub fn add_working_days(self, date: NaiveDate, days: i64) -> NaiveDate {
        let step = if days < 0 { Self::previous_working_day } else { Self::next_working_day };
        (0..days.unsigned_abs()).fold(date, |day, _| step(self, day))
    }

    /// How many working days lie after `from` up to and including `to`; negative, and counted the other way round, when `to` is earlier.
    pub fn working_days_between(self, from: NaiveDate, to: NaiveDate) -> i64 {
        if to < from {
            return -self.working_days_between(to, from);
        }
        let days = (to - from).num_days();
        let week: i64 = from.iter_days().skip(1).take(7).map(|day| i64::from(!self.0.is_weekend(day))).sum();
        let rest: i64 =
            from.iter_days().skip(1).take((days % 7) as usize).map(|day| i64::from(!self.0.is_weekend(day))).sum();
        let listed = |list: &[NaiveDate]| {
            (list.partition_point(|day| *day <= to) - list.partition_point(|day| *day <= from)) as i64
        };
        days / 7 * week + rest - listed(self.0.off()) + listed(self.0.worked())
    }

    /// The end of a period of months and days from a day: the same day number, or the last day of a shorter month, and when that is no
    /// working day the next one (Civil Code Điều 148.3 and 148.5). A date beyond the calendar of the library stays where it is.
    pub fn period_end(self, from: NaiveDate, months: u32, days: u32) -> NaiveDate {
        let end = from
            .checked_add_months(Months::new(months))
            .and_then(|end| end.checked_add_days(Days::new(u64::from(days))));
        self.on_or_after(end.unwrap_or(from))
    }
}

#[cfg(test)]
mod tests {
    use chrono::Datelike;
    use proptest::prelude::*;

    use super::*;
    use crate::kernel::{Lang, Localized};
    use crate::profile::{CalendarEntry, DayKind, DayStatus};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn profile() -> Profile {
        Profile::load("current-2026", None).unwrap()
    }

    #[test]
    fn weekends_and_holidays_are_off_and_make_up_saturdays_are_worked() {
        let profile = profile();
        let calendar = Calendar::of(&profile);
        for worked in ["2026-01-10", "2026-08-22", "2026-11-23", "2025-04-26", "2024-05-04"] {
            assert!(calendar.is_working_day(day(worked)), "{worked}");
        }
        for off in [
            "2026-01-02",
            "2026-02-16",
            "2026-02-20",
            "2026-04-27",
            "2026-08-31",
            "2026-09-01",
            "2026-11-21",
            "2026-11-22",
            "2026-11-24",
        ] {
            assert!(!calendar.is_working_day(day(off)), "{off}");
        }
    }

    #[test]
    fn the_labour_code_gives_eleven_holidays_a_year_and_twelve_from_2026() {
        let profile = profile();
        for year in 2021..=2027 {
            let holidays: i64 = profile
                .calendar
                .entries()
                .iter()
                .filter(|entry| entry.kind == DayKind::Holiday && entry.from.year() == year)
                .map(|entry| (entry.to - entry.from).num_days() + 1)
                .sum();
            assert_eq!(holidays, if year < 2026 { 11 } else { 12 }, "{year}");
        }
    }

    #[test]
    fn a_day_off_is_made_up_or_compensates_a_holiday_on_a_weekend() {
        let profile = profile();
        for year in 2021..=2027 {
            let count = |kind| {
                let of_kind =
                    profile.calendar.entries().iter().filter(|entry| entry.kind == kind && entry.from.year() == year);
                of_kind.flat_map(|entry| entry.from.iter_days().take_while(|date| *date <= entry.to)).count()
            };
            use crate::profile::DayKind::{Compensation, Holiday, MakeUp, Swapped};
            let on_weekends = profile
                .calendar
                .entries()
                .iter()
                .filter(|entry| entry.kind == Holiday && entry.from.year() == year)
                .flat_map(|entry| entry.from.iter_days().take_while(|date| *date <= entry.to))
                .filter(|date| profile.calendar.is_weekend(*date))
                .count();
            assert_eq!(count(Swapped), count(MakeUp), "{year}");
            assert_eq!(count(Compensation), on_weekends, "{year}");
        }
    }

    #[test]
    fn an_entry_tells_why_a_day_is_off() {
        let profile = profile();
        let entry = profile.calendar.entry_on(day("2026-11-24")).unwrap();
        assert_eq!(entry.name.get(Lang::Vi).0, "Ngày Văn hóa Việt Nam");
    }

    /// Worked out by hand: from, months, days, end.
    #[test]
    fn periods_end_where_the_civil_code_says() {
        let profile = profile();
        let calendar = Calendar::of(&profile);
        for (from, months, days, end) in [
            ("2026-07-02", 3, 0, "2026-10-02"), // Friday
            ("2026-05-19", 3, 0, "2026-08-19"), // Wednesday
            ("2026-01-30", 1, 0, "2026-03-02"), // 28 February is a Saturday
            ("2024-01-31", 1, 0, "2024-02-29"), // leap year, Thursday
            ("2023-11-30", 3, 0, "2024-02-29"), // the last day of a shorter month
            ("2026-01-31", 3, 0, "2026-05-04"), // 30 April and 1 May are holidays, then a weekend
            ("2025-11-16", 3, 0, "2026-02-23"), // 16 February opens Lunar New Year, which ends on a Friday
            ("2026-08-24", 3, 0, "2026-11-25"), // 24 November, Vietnam Culture Day
            ("2026-05-22", 3, 0, "2026-08-22"), // a Saturday that is made up
            ("2026-05-31", 3, 0, "2026-09-03"), // 31 August to 2 September are off
            ("2025-12-31", 0, 1, "2026-01-05"), // 1 and 2 January are off, then a weekend
            ("2026-01-08", 0, 1, "2026-01-09"),
            ("2026-01-09", 0, 1, "2026-01-10"), // a Saturday that is made up
            ("2026-11-16", 0, 7, "2026-11-23"),
            ("2024-02-29", 12, 0, "2025-02-28"),
        ] {
            assert_eq!(calendar.period_end(day(from), months, days), day(end), "{from} + {months} months {days} days");
        }
    }

    /// Worked out by hand: from, working days, end.
    #[test]
    fn working_days_are_counted_without_the_first_day() {
        let profile = profile();
        let calendar = Calendar::of(&profile);
        for (from, days, end) in [
            ("2026-09-04", 16, "2026-09-28"),
            ("2026-09-04", 18, "2026-09-30"),
            ("2026-08-19", 10, "2026-09-04"), // the make-up Saturday counts, 31 August to 2 September do not
            ("2026-02-13", 1, "2026-02-23"),  // over Lunar New Year
            ("2026-11-20", 2, "2026-11-25"),  // over Vietnam Culture Day
            ("2026-11-21", 2, "2026-11-25"),  // from a Saturday
            ("2026-11-20", 0, "2026-11-20"),
            ("2026-11-25", -2, "2026-11-20"),
            ("2026-01-12", -1, "2026-01-10"),
        ] {
            assert_eq!(calendar.add_working_days(day(from), days), day(end), "{from} + {days}");
            if calendar.is_working_day(day(from)) {
                assert_eq!(calendar.working_days_between(day(from), day(end)), days, "{from} to {end}");
            }
        }
    }

    #[test]
    fn a_calendar_without_working_days_stops_searching() {
        let none = WorkCalendar::of(day("2026-01-01").iter_days().take(2000).collect(), Vec::new());
        let calendar = Calendar::new(&none);
        assert_eq!(calendar.next_working_day(day("2026-01-01")), day("2026-01-02"));
        assert_eq!(calendar.previous_working_day(day("2029-01-01")), day("2029-01-01"));
    }

    fn any_day() -> impl Strategy<Value = NaiveDate> {
        (0u64..3200).prop_map(|days| day("2020-06-01") + Days::new(days))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn counting_agrees_with_walking(from in any_day(), length in 0u64..900) {
            let profile = shared();
            let calendar = Calendar::of(profile);
            let to = from + Days::new(length);
            let walked = from.iter_days().skip(1).take(length as usize).filter(|date| calendar.is_working_day(*date)).count() as i64;
            prop_assert_eq!(calendar.working_days_between(from, to), walked);
            prop_assert_eq!(calendar.working_days_between(to, from), -walked);
        }

        #[test]
        fn adding_working_days_can_be_undone(from in any_day(), days in 1i64..300) {
            let profile = shared();
            let calendar = Calendar::of(profile);
            let start = calendar.on_or_after(from);
            let end = calendar.add_working_days(start, days);
            prop_assert!(calendar.is_working_day(end));
            prop_assert_eq!(calendar.working_days_between(start, end), days);
            prop_assert_eq!(calendar.add_working_days(end, -days), start);
        }

        #[test]
        fn a_period_ends_on_a_working_day_soon_after_the_same_day_number(from in any_day(), months in 1u32..24) {
            let profile = shared();
            let calendar = Calendar::of(profile);
            let end = calendar.period_end(from, months, 0);
            prop_assert!(calendar.is_working_day(end) && end > from);
            let named = from.checked_add_months(Months::new(months)).unwrap();
            prop_assert!(named.day() == from.day() || named.succ_opt().unwrap().day() == 1);
            // The longest rest in the years of the calendar is Lunar New Year with two weekends.
            prop_assert!((end - named).num_days() <= 9, "{} to {}", named, end);
            prop_assert!(named.iter_days().take_while(|date| *date < end).all(|date| !calendar.is_working_day(date)));
        }
    }

    /// Entries of a year as anybody might enter them: spans of any kind, anywhere.
    fn any_entries() -> impl Strategy<Value = Vec<CalendarEntry>> {
        let kinds = prop::sample::select(DayKind::ALL.to_vec());
        prop::collection::vec((0u64..365, 0u64..10, kinds), 0..30).prop_map(|rows| {
            let entry = |(from, length, kind): (u64, u64, DayKind)| {
                let from = day("2027-01-01") + Days::new(from);
                let name = Localized { vi: "Nghỉ".to_owned(), en: None };
                let to = from + Days::new(length);
                CalendarEntry { from, to, name, kind, status: DayStatus::Decided, basis: None }
            };
            rows.into_iter().map(entry).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(256))]

        #[test]
        fn a_calendar_counts_as_it_walks_whatever_year_is_laid_over_it(
            entries in any_entries(), from in 0u64..700, length in 0u64..700,
        ) {
            let mut laid = shared().calendar.clone();
            laid.lay_over(2027, &entries);
            let calendar = Calendar::new(&laid);
            let from = day("2026-06-01") + Days::new(from);
            let to = from + Days::new(length);
            let walked = from.iter_days().skip(1).take(length as usize).filter(|date| calendar.is_working_day(*date)).count() as i64;
            prop_assert_eq!(calendar.working_days_between(from, to), walked);
            let start = calendar.on_or_after(from);
            prop_assert_eq!(calendar.working_days_between(start, calendar.add_working_days(start, 20)), 20);
            prop_assert_eq!(laid.entries_of(2026), shared().calendar.entries_of(2026));
        }
    }

    fn shared() -> &'static Profile {
        static PROFILE: std::sync::OnceLock<Profile> = std::sync::OnceLock::new();
        PROFILE.get_or_init(profile)
    }
}
