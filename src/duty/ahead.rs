//! What a profile means for today: the dates that follow when something happens on one day.

use chrono::{Datelike, Months, NaiveDate};

use super::Calendar;
use crate::kernel::Localized;
use crate::profile::Profile;

/// Dates that follow from a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ahead {
    /// What falls on them, as the end of its message `regulation-date-…`.
    pub code: &'static str,
    /// Which report, where one is owed.
    pub report: Option<Localized>,
    /// The day that they count from.
    pub from: NaiveDate,
    /// The dates, in order.
    pub days: Vec<NaiveDate>,
}

/// The dates that follow from a profile for what happens on the day `today`, in the order of the work: open data, reminders, the
/// quarter, the catalogue, accounts, requests and problems, checks, reports. What the profile does not ask for has none.
pub fn ahead(profile: &Profile, today: NaiveDate) -> Vec<Ahead> {
    let calendar = Calendar::of(profile);
    let duty = &profile.duty;
    let mut found = Vec::new();
    let mut add = |code, from, days: Vec<NaiveDate>| found.push(Ahead { code, report: None, from, days });
    let after = |from, days: u32| vec![calendar.add_working_days(from, i64::from(days))];
    let months = |months: u32| vec![calendar.period_end(today, months, 0)];

    let opendata = &profile.opendata;
    if opendata.update_months.value > 0 {
        let due = calendar.period_end(today, opendata.update_months.value, 0);
        add("update", today, vec![due]);
        let reminders = duty.reminder_days.value.iter();
        let reminders: Vec<_> = reminders.map(|days| calendar.add_working_days(due, *days)).collect();
        if !reminders.is_empty() {
            add("reminders", due, reminders);
        }
        add("head", due, after(due, duty.head_after_days.value));
        add("coordinator", due, after(due, duty.coordinator_after_days.value));
    }
    if let Some(day) = next_list(calendar, duty.coordinator_weekday.value, today) {
        add("coordinator-list", today, vec![day]);
    }
    if let Some(end) = span_end(today, profile.agency_list.return_months.value) {
        add("return", end, after(end, duty.return_days.value));
    }
    if let Some(end) = span_end(today, 3) {
        add("close", end, after(end, duty.close_days.value));
    }
    if opendata.review_months.value > 0 {
        add("opendata-review", today, months(opendata.review_months.value));
    }
    if profile.catalogue.review_months.value > 0 {
        add("catalogue-review", today, months(profile.catalogue.review_months.value));
    }
    if profile.sharing.default_review_months.value > 0 {
        add("default-review", today, months(profile.sharing.default_review_months.value));
    }
    let accounts = &profile.accounts;
    if accounts.review_months.value > 0 {
        // Of a review that opens by itself; it ends on the day after.
        add("account-review", today, vec![review_answered_by(profile, today)]);
        let next = today.checked_add_months(Months::new(accounts.review_months.value));
        add("account-review-next", today, next.into_iter().collect());
    }
    add("request", today, after(today, profile.request.answer_working_days.value));
    add("data-request", today, after(today, profile.data_request.answer_working_days.value));
    add("posting", today, after(today, profile.registry.posting_working_days.value));
    add("suspension", today, after(today, profile.sharing.suspension_notice_working_days.value));
    add("breach", today, vec![calendar.period_end(today, 0, profile.sharing.breach_notice_days.value)]);
    let first = calendar.add_working_days(today, i64::from(profile.problem.provider_working_days.value));
    add("problem", today, vec![first]);
    add("problem-next", first, after(first, profile.problem.coordinator_working_days.value));
    let due = profile.quality.report_due.value;
    let reported = [today.year(), today.year() + 1]
        .into_iter()
        .filter_map(|year| NaiveDate::from_ymd_opt(year, due.month, due.day))
        .find(|day| *day >= today);
    if let Some(day) = reported {
        add("quality", today, vec![calendar.on_or_after(day)]);
    }
    for report in &profile.reports {
        if let Some(end) = span_end(today, report.months) {
            // The last day of the span itself may be no working day.
            let due = calendar.on_or_after(calendar.add_working_days(end, i64::from(report.due_working_days.value)));
            found.push(Ahead { code: "report", report: Some(report.name.clone()), from: end, days: vec![due] });
        }
    }
    found
}

/// The last day on which answers count of a review of accounts that opens by itself on a day, which is the first one of the period for them.
pub fn review_answered_by(profile: &Profile, opened: NaiveDate) -> NaiveDate {
    Calendar::of(profile).period_end(opened, 0, profile.accounts.review_answer_days.value.saturating_sub(1))
}

/// How many days a weekly list is looked for: no rest lasts as long.
const A_YEAR: usize = 366;

/// The day of the week after ISO 8601 (1 = Monday) whose list is the last that was due by `today`: each is due on its day, or on the next
/// working day where that is off. None for 0.
pub(super) fn last_list(calendar: Calendar<'_>, weekday: u32, today: NaiveDate) -> Option<NaiveDate> {
    let mut before = std::iter::successors(Some(today), |day| day.pred_opt()).take(A_YEAR);
    before.find(|day| day.weekday().number_from_monday() == weekday && calendar.on_or_after(*day) <= today)
}

/// The day after `today` on which the next weekly list is due; none for 0.
fn next_list(calendar: Calendar<'_>, weekday: u32, today: NaiveDate) -> Option<NaiveDate> {
    // One of the days before may still wait for the end of a rest.
    let last = last_list(calendar, weekday, today)?;
    let later = last.iter_days().skip(1).take(A_YEAR).filter(|day| day.weekday().number_from_monday() == weekday);
    later.map(|day| calendar.on_or_after(day)).find(|day| *day > today)
}

/// The last day of the span of calendar months, counted from January, in which a day lies: of its quarter for 3. None where the months
/// do not divide a year.
fn span_end(day: NaiveDate, months: u32) -> Option<NaiveDate> {
    if months == 0 || !12u32.is_multiple_of(months) {
        return None;
    }
    let first = NaiveDate::from_ymd_opt(day.year(), day.month0() / months * months + 1, 1)?;
    first.checked_add_months(Months::new(months))?.pred_opt()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The dates of one kind, under a rule set, as of a day.
    fn dates(rules: &str, code: &str, today: &str) -> Vec<String> {
        let profile = Profile::load(rules, None).unwrap();
        let found = ahead(&profile, day(today));
        found.iter().filter(|one| one.code == code).flat_map(|one| &one.days).map(ToString::to_string).collect()
    }

    #[test]
    fn a_span_ends_with_its_quarter_half_year_or_year() {
        for (today, months, end) in [
            ("2026-11-21", 3, "2026-12-31"),
            ("2026-09-30", 3, "2026-09-30"),
            ("2024-02-01", 3, "2024-03-31"),
            ("2026-07-01", 6, "2026-12-31"),
            ("2026-06-30", 6, "2026-06-30"),
            ("2026-01-01", 12, "2026-12-31"),
        ] {
            assert_eq!(span_end(day(today), months), Some(day(end)), "{today} {months}");
        }
        assert_eq!((span_end(day("2026-01-01"), 0), span_end(day("2026-01-01"), 5)), (None, None));
    }

    #[test]
    fn the_same_day_means_other_dates_under_other_rules() {
        // Saturday 21 November 2026; 24 November is a holiday.
        let today = "2026-11-21";
        assert_eq!(dates("current-2026", "request", today), ["2026-11-25"]);
        // The thirtieth day is a Sunday.
        assert_eq!(dates("current-2026", "account-review", today), ["2026-12-21"]);
        assert_eq!(dates("current-2026", "account-review-next", today), ["2027-05-21"]);
        assert_eq!(dates("nd47", "request", today), ["2026-11-30"]);
        assert_eq!(dates("current-2026", "update", today), ["2027-02-22"]);
        assert_eq!(dates("dak-nong-43-2022", "catalogue-review", today), ["2027-05-21"]);
        assert_eq!(dates("soc-trang-2022", "catalogue-review", today), ["2027-11-22"]);
        assert!(dates("tay-ninh-2024", "catalogue-review", today).is_empty());
        // Fifteen working days after the quarter: 1 January 2027 is a holiday.
        assert_eq!(dates("dak-nong-43-2022", "return", today), ["2027-01-22"]);
        assert_eq!(dates("current-2026", "return", today), ["2027-01-22"]);
        assert!(dates("binh-dinh-60-2021", "return", today).is_empty());
        assert_eq!(dates("current-2026", "close", today), ["2027-01-29"]);
        assert_eq!(dates("tay-ninh-2024", "quality", today), ["2026-12-31"]);
        assert_eq!(dates("dak-nong-1731-2022", "report", today), ["2026-12-31"]);
        assert!(dates("binh-dinh-60-2021", "report", today).is_empty());
        assert_eq!(dates("current-2026", "coordinator-list", today), ["2026-11-23"]);
    }

    #[test]
    fn a_weekly_list_waits_for_the_end_of_a_rest_and_comes_once() {
        let profile = Profile::load("current-2026", None).unwrap();
        let calendar = Calendar::of(&profile);
        let lists = |weekday, today: &str| {
            let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
            (day(last_list(calendar, weekday, self::day(today))), day(next_list(calendar, weekday, self::day(today))))
        };
        let both = |last: &str, next: &str| (last.to_owned(), next.to_owned());
        // Tết 2026: 16 to 20 February are off, so that two Mondays have one list.
        assert_eq!(lists(1, "2026-02-15"), both("2026-02-09", "2026-02-23"));
        assert_eq!(lists(1, "2026-02-16"), both("2026-02-09", "2026-02-23"));
        assert_eq!(lists(1, "2026-02-22"), both("2026-02-09", "2026-02-23"));
        assert_eq!(lists(1, "2026-02-23"), both("2026-02-23", "2026-03-02"));
        // Monday 27 April 2026 is off as well; that of Friday 1 May is due on the Monday after it.
        assert_eq!(lists(1, "2026-04-27"), both("2026-04-20", "2026-04-28"));
        assert_eq!(lists(1, "2026-04-28"), both("2026-04-27", "2026-05-04"));
        assert_eq!(lists(5, "2026-05-03"), both("2026-04-24", "2026-05-04"));
        assert_eq!(lists(5, "2026-05-04"), both("2026-05-01", "2026-05-08"));
        assert_eq!(lists(0, "2026-05-04"), both("", ""));
    }

    #[test]
    fn a_report_is_due_so_many_working_days_after_its_span_and_never_on_a_day_off() {
        // 30 June 2024 is a Sunday.
        assert_eq!(dates("dak-nong-1731-2022", "report", "2024-05-01"), ["2024-07-01"]);
        let mut profile = Profile::load("dak-nong-1731-2022", None).unwrap();
        profile.reports[0].due_working_days.value = 5;
        let found = ahead(&profile, day("2026-11-21"));
        let report = found.iter().find(|one| one.code == "report").unwrap();
        // 1 January 2027, a Friday, is a holiday.
        assert_eq!((report.from, report.days.as_slice()), (day("2026-12-31"), &[day("2027-01-08")][..]));
    }

    #[test]
    fn reminders_stand_around_the_due_date_on_working_days() {
        let profile = Profile::load("current-2026", None).unwrap();
        let found = ahead(&profile, day("2026-06-01"));
        let of = |code: &str| found.iter().find(|one| one.code == code).unwrap();
        let (due, reminders) = (of("update").days[0], of("reminders"));
        assert_eq!((reminders.from, reminders.days.len()), (due, 7));
        assert!(reminders.days.contains(&due) && reminders.days.is_sorted());
        let calendar = Calendar::of(&profile);
        assert!(reminders.days.iter().all(|day| calendar.is_working_day(*day)));
        assert_eq!(calendar.working_days_between(due, of("coordinator").days[0]), 10);
    }
}
