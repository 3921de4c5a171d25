//! What must be written so that what is kept agrees with what is wanted. Pure: nothing here reads a clock or a database.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Calendar;
use super::model::{Duty, Ending, Kind, Stage, Wanted};

/// One thing to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A duty that is not there yet.
    Open(Wanted, Stage),
    /// A duty that is there with other days, words or owner, or whose day came nearer.
    Change(Duty, Box<Wanted>, Stage),
    /// A duty that is over.
    End(Duty, Ending),
}

impl Step {
    /// What the duty is about.
    pub fn subject(&self) -> &str {
        match self {
            Self::Open(wanted, _) => &wanted.subject,
            Self::Change(duty, ..) | Self::End(duty, _) => &duty.subject,
        }
    }
}

/// Compares the open duties of some subjects with those that are wanted of the same subjects. `gone` says how one ends whose subject wants
/// nothing any more. Duties that agree give no step.
///
/// A round whose day is counted anew is held by [`moved`]; but for updates, whose day the public works out from the dataset alone.
pub fn compare(
    open: Vec<Duty>,
    wanted: Vec<Wanted>,
    (calendar, today): (Calendar<'_>, NaiveDate),
    gone: impl Fn(&Duty) -> Ending,
) -> Vec<Step> {
    let first = calendar.on_or_after(today);
    let mut by_subject: HashMap<String, Vec<Duty>> = HashMap::new();
    for duty in open {
        by_subject.entry(duty.subject.clone()).or_default().push(duty);
    }
    let mut steps = Vec::new();
    for mut wanted in wanted {
        let kept = by_subject.remove(&wanted.subject).unwrap_or_default();
        let (same, earlier): (Vec<_>, Vec<_>) = kept.into_iter().partition(|duty| duty.is_turn(&wanted.turn));
        steps.extend(earlier.into_iter().map(|duty| Step::End(duty, wanted.before.clone())));
        let same = same.into_iter().next();
        if let Some(duty) = same.as_ref().filter(|duty| duty.kind != Kind::Update) {
            wanted.days.due = moved(wanted.days.due, duty.days.due, first);
        }
        let stage = wanted.days.stage(today);
        match same {
            None => steps.push(Step::Open(wanted, stage)),
            Some(duty) if differs(&duty, &wanted, stage) => steps.push(Step::Change(duty, Box::new(wanted), stage)),
            Some(_) => {}
        }
    }
    let mut left: Vec<Duty> = by_subject.into_values().flatten().collect();
    left.sort_by(|a, b| a.id.cmp(&b.id));
    steps.extend(left.into_iter().map(|duty| {
        let ending = gone(&duty);
        Step::End(duty, ending)
    }));
    steps
}

/// The day of a round when other rules or days off count another one than it has. A later one holds. An earlier one does as far as it is
/// no earlier than `first`, the first working day from today on: nobody becomes late by what was changed after the fact, and what is late
/// already is not late by more.
pub fn moved(counted: NaiveDate, kept: NaiveDate, first: NaiveDate) -> NaiveDate {
    counted.max(kept.min(first))
}

fn differs(duty: &Duty, wanted: &Wanted, stage: Stage) -> bool {
    duty.stage != stage
        || duty.days != wanted.days
        || duty.agency != wanted.agency
        || duty.title != wanted.title
        || duty.basis != wanted.basis
        || duty.verified != wanted.verified
}

/// How many of the reminders on some days (working days from the due date, negative before it) have come by a day. `on` gives the day that
/// is so many working days from the due date.
pub fn reached(offsets: &[i64], today: NaiveDate, on: impl Fn(i64) -> NaiveDate) -> u32 {
    offsets.iter().filter(|offset| on(**offset) <= today).count() as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::duty::{Days, Raised};
    use crate::kernel::Timestamp;
    use crate::kernel::id::{AgencyId, DutyId};
    use crate::profile::{Profile, WorkCalendar};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn wanted(subject: &str, turn: &str, due: &str) -> Wanted {
        let due = day(due);
        let before = |days| due - chrono::Days::new(days);
        Wanted {
            kind: Kind::Update,
            subject: subject.to_owned(),
            turn: turn.to_owned(),
            agency: AgencyId::parse("018f0000-0000-7000-8000-000000000001").unwrap(),
            title: "Trường học".to_owned(),
            days: Days { from: before(90), opens: before(90), soon: before(14), due },
            basis: None,
            verified: true,
            before: Ending { done: true, how: "version", at: Timestamp(5), by: None },
        }
    }

    fn kept(wanted: &Wanted, stage: Stage) -> Duty {
        Duty {
            id: DutyId::fresh(),
            kind: wanted.kind,
            subject: wanted.subject.clone(),
            turn: wanted.turn.clone(),
            agency: wanted.agency.clone(),
            title: wanted.title.clone(),
            days: wanted.days,
            stage,
            basis: wanted.basis.clone(),
            verified: wanted.verified,
            reminded: 0,
            raised: Raised::Agency,
            ended_at: None,
            ended_how: None,
            late: false,
        }
    }

    fn calendar() -> &'static WorkCalendar {
        static CALENDAR: std::sync::OnceLock<WorkCalendar> = std::sync::OnceLock::new();
        CALENDAR.get_or_init(|| Profile::load("current-2026", None).unwrap().calendar)
    }

    /// A day, with the calendar of today's rules.
    fn on(today: NaiveDate) -> (Calendar<'static>, NaiveDate) {
        (Calendar::new(calendar()), today)
    }

    fn not_owed(_: &Duty) -> Ending {
        Ending { done: false, how: "not-owed", at: Timestamp(9), by: None }
    }

    #[test]
    fn a_duty_goes_through_its_stages_by_the_day() {
        let wanted = wanted("a", "1", "2026-10-02");
        let days = wanted.days;
        for (today, stage) in [
            ("2026-07-03", Stage::Planned),
            ("2026-07-04", Stage::Open),
            ("2026-09-17", Stage::Open),
            ("2026-09-18", Stage::Soon),
            ("2026-10-01", Stage::Soon),
            ("2026-10-02", Stage::Due),
            ("2026-10-03", Stage::Overdue),
        ] {
            assert_eq!(days.stage(day(today)), stage, "{today}");
        }
    }

    #[test]
    fn what_agrees_is_not_written() {
        let wanted = wanted("a", "1", "2026-10-02");
        let open = kept(&wanted, Stage::Open);
        assert_eq!(compare(vec![open], vec![wanted], on(day("2026-08-01")), not_owed), vec![]);
    }

    #[test]
    fn a_new_round_ends_the_one_before_it() {
        let (old, new) = (wanted("a", "1", "2026-10-02"), wanted("a", "2", "2026-12-30"));
        let open = kept(&old, Stage::Soon);
        let steps = compare(vec![open.clone()], vec![new.clone()], on(day("2026-09-30")), not_owed);
        assert_eq!(steps, vec![Step::End(open, new.before.clone()), Step::Open(new, Stage::Planned)]);
    }

    #[test]
    fn a_round_that_comes_again_is_known_by_its_name() {
        let wanted = wanted("a", "1", "2026-10-02");
        let mut again = kept(&wanted, Stage::Open);
        again.turn = "1/2".to_owned();
        assert_eq!(compare(vec![again], vec![wanted], on(day("2026-08-01")), not_owed), vec![]);
    }

    #[test]
    fn what_is_not_wanted_any_more_ends_as_its_room_says() {
        let open = kept(&wanted("a", "1", "2026-10-02"), Stage::Open);
        let ending = not_owed(&open);
        assert_eq!(compare(vec![open.clone()], vec![], on(day("2026-08-01")), not_owed), vec![Step::End(open, ending)]);
    }

    #[test]
    fn a_day_that_is_counted_anew_never_moves_into_the_past() {
        // Thursday 1 October 2026; the calendar's next working days are Friday and Monday.
        for (kept_due, counted, today, due) in [
            ("2026-10-21", "2026-11-04", "2026-10-01", "2026-11-04"), // later
            ("2026-10-21", "2026-10-14", "2026-10-01", "2026-10-14"), // earlier, and ahead
            ("2026-10-21", "2026-09-25", "2026-10-01", "2026-10-01"), // it would have been over
            ("2026-10-21", "2026-09-25", "2026-10-03", "2026-10-05"), // and today nobody works
            ("2026-10-01", "2026-09-25", "2026-10-08", "2026-10-01"), // late already: by no more
            ("2026-10-01", "2026-10-12", "2026-10-08", "2026-10-12"), // late already: and then not
        ] {
            let due_of = |text: &str| Wanted { kind: Kind::Return, ..wanted("a", "1", text) };
            let open = kept(&due_of(kept_due), Stage::Open);
            let steps = compare(vec![open], vec![due_of(counted)], on(day(today)), not_owed);
            let [Step::Change(_, changed, stage)] = &steps[..] else { panic!("{steps:?}") };
            assert_eq!(changed.days.due, day(due), "{kept_due} {counted} on {today}");
            assert_eq!(*stage == Stage::Overdue, day(kept_due) < day(today) && day(due) < day(today), "{today}");
        }
        // What the public works out itself is not held.
        let open = kept(&wanted("a", "1", "2026-10-21"), Stage::Open);
        let steps = compare(vec![open], vec![wanted("a", "1", "2026-09-25")], on(day("2026-10-01")), not_owed);
        assert!(
            matches!(&steps[..], [Step::Change(_, changed, Stage::Overdue)] if changed.days.due == day("2026-09-25"))
        );
    }

    #[test]
    fn reminders_are_counted_by_the_days_that_have_come() {
        let offsets = [-10, -3, 0, 5];
        let counted = |offset: i64| day("2026-10-02") + chrono::Duration::days(offset);
        for (today, count) in
            [("2026-09-21", 0), ("2026-09-22", 1), ("2026-10-01", 2), ("2026-10-02", 3), ("2027-01-01", 4)]
        {
            assert_eq!(reached(&offsets, day(today), counted), count, "{today}");
        }
    }

    proptest! {
        /// Writing the steps makes what is kept agree: the same comparison again gives nothing.
        #[test]
        fn a_second_look_finds_nothing_to_do(
            stored in prop::collection::vec((0u8..8, 0u8..3, 0u16..200), 0..12),
            asked in prop::collection::btree_map(0u8..8, (0u8..3, 0u16..200), 0..8),
            today in 0u64..400,
            held: bool,
        ) {
            let kind = if held { Kind::Return } else { Kind::Update };
            let wanted = |subject: &str, turn: &str, due: &str| Wanted { kind, ..wanted(subject, turn, due) };
            let due = |days: u16| (day("2026-06-01") + chrono::Days::new(u64::from(days))).to_string();
            let today = day("2026-05-01") + chrono::Days::new(today);
            let mut subjects = std::collections::HashSet::new();
            let open: Vec<Duty> = stored
                .iter()
                .filter(|(subject, ..)| subjects.insert(*subject))
                .map(|(subject, turn, days)| kept(&wanted(&subject.to_string(), &turn.to_string(), &due(*days)), Stage::Open))
                .collect();
            let all: Vec<Wanted> = asked
                .iter()
                .map(|(subject, (turn, days))| wanted(&subject.to_string(), &turn.to_string(), &due(*days)))
                .collect();
            let mut after: HashMap<DutyId, Duty> = open.iter().map(|duty| (duty.id.clone(), duty.clone())).collect();
            for step in compare(open, all.clone(), on(today), not_owed) {
                match step {
                    Step::Open(wanted, stage) => {
                        let duty = kept(&wanted, stage);
                        after.insert(duty.id.clone(), duty);
                    }
                    Step::Change(duty, wanted, stage) => {
                        let changed = Duty { id: duty.id.clone(), turn: duty.turn, ..kept(&wanted, stage) };
                        after.insert(duty.id, changed);
                    }
                    Step::End(duty, _) => {
                        after.remove(&duty.id);
                    }
                }
            }
            prop_assert_eq!(after.len(), all.len());
            prop_assert_eq!(compare(after.into_values().collect(), all, on(today), not_owed), vec![]);
        }
    }
}
