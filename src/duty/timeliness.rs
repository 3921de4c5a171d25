//! The one duty rule: whether a dataset is on time.

use chrono::NaiveDate;

use super::Calendar;
use crate::kernel::Timestamp;
use crate::profile::{BasisId, Profile, Rule};
use crate::vocabulary::Frequency;

/// What the rule needs to know of a dataset.
#[derive(Clone, Copy, Debug)]
pub struct UpdateDuty<'a> {
    /// The day of its latest publication, or of the latest confirmation that nothing changed.
    pub published: NaiveDate,
    /// How often its agency says it is updated.
    pub frequency: &'a Frequency,
    /// Whether it stands in the issued open-data catalogue: only then does the law's period bind it.
    pub in_catalogue: bool,
    /// The day from which it stands there, where that is known.
    pub listed_on: Option<NaiveDate>,
    /// The day to which its period was extended.
    pub extended_to: Option<NaiveDate>,
}

/// The same as a dataset's row has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Counted<'a> {
    /// From when its period counts.
    pub from: Timestamp,
    /// The code of its frequency.
    pub frequency: &'a str,
    /// Whether it stands in the issued open-data catalogue.
    pub in_catalogue: bool,
    /// From when it stands there, where that is known.
    pub listed_at: Option<Timestamp>,
    /// The day to which its period was extended, ISO 8601.
    pub extended_to: Option<&'a str>,
}

impl<'a> Counted<'a> {
    /// From the columns of the row: `in_catalogue` and `listed_at` together.
    pub fn of(
        from: Timestamp,
        frequency: &'a str,
        (in_catalogue, listed_at): (bool, Option<i64>),
        extended_to: Option<&'a str>,
    ) -> Self {
        Self { from, frequency, in_catalogue, listed_at: listed_at.map(Timestamp), extended_to }
    }

    /// Whether it is on time on a day of the province. One whose frequency the profile does not know owes nothing.
    pub fn timeliness(&self, profile: &Profile, today: NaiveDate) -> Timeliness {
        let Some(frequency) = profile.frequency(self.frequency) else { return Timeliness::NOT_DUE };
        let update = UpdateDuty {
            published: self.from.date(profile.province.timezone_minutes),
            frequency,
            in_catalogue: self.in_catalogue,
            listed_on: self.listed_at.map(|at| at.date(profile.province.timezone_minutes)),
            extended_to: self.extended_to.and_then(|day| day.parse().ok()),
        };
        timeliness(&update, profile, today)
    }
}

/// Where a dataset stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Its due date is not near.
    OnTime,
    /// Its due date is near, or today.
    DueSoon,
    /// Its due date has passed.
    Late,
    /// It owes no update.
    NotDue,
}

impl State {
    /// All of them, best first.
    pub const ALL: [Self; 4] = [Self::OnTime, Self::DueSoon, Self::Late, Self::NotDue];

    /// What it is stored under, what addresses hold, and the end of its messages `duty-state-…`.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::DueSoon => "due-soon",
            Self::Late => "late",
            Self::NotDue => "not-due",
        }
    }

    /// From what it is stored under.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Where a dataset stands, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timeliness {
    /// Where it stands today.
    pub state: State,
    /// The day from which the period counts that decides; none when nothing is owed.
    pub from: Option<NaiveDate>,
    /// The day until whose end it is on time; none when nothing is owed.
    pub due: Option<NaiveDate>,
    /// The first day on which it counts as due soon.
    pub soon_from: Option<NaiveDate>,
    /// Working days after today up to the due date; 0 on the due date, negative when late.
    pub working_days_left: i64,
    /// The law behind the due date; none where only the agency's own word is.
    pub basis: Option<BasisId>,
    /// Whether that law was read; pages label the rest "by configuration".
    pub verified: bool,
}

impl Timeliness {
    /// Of a dataset that owes nothing.
    const NOT_DUE: Self = Self {
        state: State::NotDue,
        from: None,
        due: None,
        soon_from: None,
        working_days_left: 0,
        basis: None,
        verified: true,
    };
}

/// The first day on which something counts as due soon: so many working days before it is due, but at most one part in
/// `opendata.soon_share` of the whole period.
pub fn soon_from(profile: &Profile, from: NaiveDate, due: NaiveDate) -> NaiveDate {
    let (calendar, rules) = (Calendar::of(profile), &profile.opendata);
    let period = calendar.working_days_between(from, due).max(0);
    let warning = i64::from(rules.soon_days.value).min(period / i64::from(rules.soon_share.value.max(1)));
    calendar.add_working_days(due, -warning)
}

/// Whether a dataset is on time on the day `today`.
///
/// Two periods may bind it: the law's, for what stands in the open-data catalogue (`opendata.update_months`), and the declared
/// frequency's (`opendata.frequency_duty`). Both count from publication; the earlier end decides, the law's where they meet. An
/// extension moves that end, and never to an earlier day.
///
/// What was published before the catalogue named it owed nothing by the law until then, and the law does not say how its first period
/// counts: it has a whole one from that day, so that nobody is late on the day on which the duty begins.
pub fn timeliness(update: &UpdateDuty<'_>, profile: &Profile, today: NaiveDate) -> Timeliness {
    let calendar = Calendar::of(profile);
    let rules = &profile.opendata;
    let by_law = (update.in_catalogue && rules.update_months.value > 0).then(|| {
        let from = update.listed_on.map_or(update.published, |listed| listed.max(update.published));
        (calendar.period_end(from, rules.update_months.value, 0), from, Source::of(&rules.update_months))
    });
    let by_word = (rules.frequency_duty.value && update.frequency.has_period()).then(|| {
        (
            calendar.period_end(update.published, update.frequency.months, update.frequency.days),
            update.published,
            Source::of(&rules.frequency_duty),
        )
    });
    // min_by_key keeps the first of equals: the law.
    let Some((due, from, source)) = by_law.into_iter().chain(by_word).min_by_key(|(due, ..)| *due) else {
        return Timeliness::NOT_DUE;
    };
    let due = update.extended_to.map_or(due, |to| calendar.on_or_after(to).max(due));
    let soon_from = soon_from(profile, from, due);
    let state = if today > due {
        State::Late
    } else if today >= soon_from {
        State::DueSoon
    } else {
        State::OnTime
    };
    Timeliness {
        state,
        from: Some(from),
        due: Some(due),
        soon_from: Some(soon_from),
        working_days_left: calendar.working_days_between(today, due),
        basis: source.basis,
        verified: source.verified,
    }
}

struct Source {
    basis: Option<BasisId>,
    verified: bool,
}

impl Source {
    fn of<T>(rule: &Rule<T>) -> Self {
        Self { basis: rule.basis.clone(), verified: rule.verified }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stand(profile: &Profile, published: &str, frequency: &str, in_catalogue: bool, today: &str) -> Timeliness {
        let frequency = profile.frequency(frequency).unwrap();
        let update =
            UpdateDuty { published: day(published), frequency, in_catalogue, listed_on: None, extended_to: None };
        timeliness(&update, profile, day(today))
    }

    /// Worked out by hand: published, frequency, in the catalogue, today; state, due, due soon from, working days left.
    #[test]
    fn datasets_stand_where_the_rule_says() {
        let profile = Profile::load("current-2026", None).unwrap();
        for (published, frequency, in_catalogue, today, state, due, soon, left) in [
            ("2026-05-19", "quarterly", true, "2026-09-04", State::Late, "2026-08-19", "2026-08-05", -10),
            ("2026-07-02", "quarterly", true, "2026-09-04", State::OnTime, "2026-10-02", "2026-09-18", 20),
            ("2026-07-02", "quarterly", true, "2026-09-18", State::DueSoon, "2026-10-02", "2026-09-18", 10),
            ("2026-07-02", "quarterly", true, "2026-10-02", State::DueSoon, "2026-10-02", "2026-09-18", 0),
            ("2026-07-02", "quarterly", true, "2026-10-03", State::Late, "2026-10-02", "2026-09-18", 0),
            ("2026-07-02", "quarterly", true, "2026-10-05", State::Late, "2026-10-02", "2026-09-18", -1),
            // A yearly dataset in the catalogue is due by the law's three months, outside it by its own year.
            ("2026-01-31", "yearly", true, "2026-03-02", State::OnTime, "2026-05-04", "2026-04-15", 42),
            ("2026-01-31", "yearly", false, "2026-03-02", State::OnTime, "2027-02-01", "2027-01-18", 233),
            // A weekly one by its week in either case; the warning shrinks to a quarter of five days.
            ("2026-11-16", "weekly", true, "2026-11-18", State::OnTime, "2026-11-23", "2026-11-20", 3),
            ("2026-11-16", "weekly", true, "2026-11-21", State::DueSoon, "2026-11-23", "2026-11-20", 1),
            // A daily one over Lunar New Year.
            ("2026-02-13", "daily", false, "2026-02-20", State::OnTime, "2026-02-23", "2026-02-23", 1),
            ("2026-02-13", "daily", false, "2026-02-23", State::DueSoon, "2026-02-23", "2026-02-23", 0),
        ] {
            let found = stand(&profile, published, frequency, in_catalogue, today);
            let expected = (state, Some(day(due)), Some(day(soon)), left);
            assert_eq!(
                (found.state, found.due, found.soon_from, found.working_days_left),
                expected,
                "{published} {frequency} on {today}"
            );
        }
    }

    #[test]
    fn what_is_updated_when_it_changes_owes_nothing_outside_the_catalogue() {
        let profile = Profile::load("current-2026", None).unwrap();
        for frequency in ["irregular", "never"] {
            let found = stand(&profile, "2020-01-01", frequency, false, "2026-11-21");
            assert_eq!((found.state, found.due, found.working_days_left), (State::NotDue, None, 0));
            assert_eq!(stand(&profile, "2020-01-01", frequency, true, "2026-11-21").state, State::Late);
        }
    }

    #[test]
    fn the_law_is_named_where_it_decides_and_the_agencys_word_where_that_does() {
        let profile = Profile::load("soc-trang-2022", None).unwrap();
        let found = stand(&profile, "2022-07-02", "quarterly", true, "2022-08-01");
        assert_eq!(found.basis.unwrap().to_string(), "soc-trang-2022/10.4");
        assert!(found.verified);
        assert_eq!(stand(&profile, "2022-07-02", "monthly", true, "2022-08-01").basis, None);
        let profile = Profile::load("dak-nong-2022", None).unwrap();
        assert_eq!(
            stand(&profile, "2022-12-01", "monthly", true, "2022-12-02").basis.unwrap().to_string(),
            "dak-nong-43-2022/20.3"
        );
        let profile = Profile::load("current-2026", None).unwrap();
        assert!(!stand(&profile, "2026-07-02", "quarterly", true, "2026-08-01").verified);
    }

    #[test]
    fn the_law_s_period_counts_from_no_day_before_the_catalogue_named_the_data() {
        let profile = Profile::load("current-2026", None).unwrap();
        // The frequency, the day on which it was named; the day it counts from, and the due date.
        for (frequency, listed, from, due) in [
            ("irregular", None, "2026-07-02", "2026-10-02"),
            ("irregular", Some("2026-06-01"), "2026-07-02", "2026-10-02"),
            ("irregular", Some("2027-01-22"), "2027-01-22", "2027-04-22"),
            // What its own word asks for it owes as before.
            ("monthly", Some("2027-01-22"), "2026-07-02", "2026-08-03"),
            ("yearly", Some("2027-01-22"), "2027-01-22", "2027-04-22"),
        ] {
            let update = UpdateDuty {
                published: day("2026-07-02"),
                frequency: profile.frequency(frequency).unwrap(),
                in_catalogue: true,
                listed_on: listed.map(day),
                extended_to: None,
            };
            let found = timeliness(&update, &profile, day("2027-01-25"));
            assert_eq!((found.from, found.due), (Some(day(from)), Some(day(due))), "{frequency} {listed:?}");
        }
    }

    #[test]
    fn an_extension_moves_the_day_and_never_backwards() {
        let profile = Profile::load("current-2026", None).unwrap();
        let counted = |extended_to| Counted {
            from: Timestamp(day("2026-07-02").and_hms_opt(3, 0, 0).unwrap().and_utc().timestamp_millis()),
            frequency: "quarterly",
            in_catalogue: true,
            listed_at: None,
            extended_to,
        };
        for (to, due) in [
            (None, "2026-10-02"),
            (Some("2026-10-16"), "2026-10-16"),
            (Some("2026-10-17"), "2026-10-19"), // a Saturday
            (Some("2026-09-01"), "2026-10-02"),
            (Some("?"), "2026-10-02"),
        ] {
            let found = counted(to).timeliness(&profile, day("2026-10-05"));
            assert_eq!(found.due, Some(day(due)), "{to:?}");
            assert_eq!(found.state == State::Late, due == "2026-10-02", "{to:?}");
        }
        let unknown = Counted { frequency: "often", ..counted(None) };
        assert_eq!(unknown.timeliness(&profile, day("2026-10-05")).state, State::NotDue);
    }

    #[test]
    fn codes_of_states_are_read_back() {
        for state in State::ALL {
            assert_eq!(State::from_code(state.code()), Some(state));
        }
        assert_eq!(State::from_code("early"), None);
    }

    fn shared() -> &'static Profile {
        static PROFILE: std::sync::OnceLock<Profile> = std::sync::OnceLock::new();
        PROFILE.get_or_init(|| Profile::load("current-2026", None).unwrap())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(512))]

        #[test]
        fn a_dataset_goes_from_on_time_over_due_soon_to_late_and_never_back(
            published in 0u64..2400, frequency in 0usize..8, in_catalogue: bool, days in 0u64..500,
        ) {
            let profile = shared();
            let published = day("2020-06-01") + chrono::Days::new(published);
            let frequency = &profile.frequencies[frequency];
            let update = UpdateDuty { published, frequency, in_catalogue, listed_on: None, extended_to: None };
            let today = published + chrono::Days::new(days);
            let found = timeliness(&update, profile, today);
            let next = timeliness(&update, profile, today + chrono::Days::new(1));
            let rank = |state| State::ALL.iter().position(|other| *other == state);
            prop_assert!(rank(next.state) >= rank(found.state));
            prop_assert!(next.working_days_left <= found.working_days_left);
            prop_assert_eq!((found.due, found.soon_from), (next.due, next.soon_from));
            match (found.due, found.soon_from) {
                (Some(due), Some(soon)) => {
                    prop_assert!(published < due && published < soon && soon <= due);
                    prop_assert!(Calendar::of(profile).is_working_day(due));
                    prop_assert_eq!(found.state == State::Late, today > due);
                    prop_assert_eq!(found.working_days_left < 0 && today <= due, false);
                }
                _ => prop_assert_eq!(found.state, State::NotDue),
            }
        }
    }
}
