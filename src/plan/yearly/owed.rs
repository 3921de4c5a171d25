//! What a plan's items owe, as pure functions: for pages, and for whoever keeps account of duties.

use chrono::NaiveDate;

use super::{Item, ItemState, Progress};
use crate::duty::Calendar;
use crate::kernel::id::{AgencyId, PlanItemId};
use crate::profile::Profile;

/// Something that an agency owes by a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owed {
    /// The item.
    pub subject: PlanItemId,
    /// Who owes it.
    pub agency: AgencyId,
    /// By when.
    pub due: NaiveDate,
    /// Whether it is done.
    pub done: bool,
    /// What it is called.
    pub title: String,
}

/// What the items of a plan that is carried out owe; proposals and what was dropped owe nothing.
pub fn owed(items: &[Item]) -> Vec<Owed> {
    let counts = items.iter().filter(|item| matches!(item.state, ItemState::Open | ItemState::Done));
    counts
        .map(|item| Owed {
            subject: item.id.clone(),
            agency: item.agency.clone(),
            due: item.target_on,
            done: item.state == ItemState::Done,
            title: item.title.vi.clone(),
        })
        .collect()
}

/// By how many working days an item is late; none for one that is settled or whose day is not over. A day that is no working day ends with
/// the next one.
pub fn late_by(profile: &Profile, item: &Item, today: NaiveDate) -> Option<u64> {
    let calendar = Calendar::of(profile);
    let due = calendar.on_or_after(item.target_on);
    (item.state == ItemState::Open && due < today).then(|| calendar.working_days_between(due, today).unsigned_abs())
}

/// How far the items of a plan are.
pub fn progress<'a>(profile: &Profile, items: impl IntoIterator<Item = &'a Item>, today: NaiveDate) -> Progress {
    let mut found = Progress::default();
    for item in items {
        let count = match item.state {
            ItemState::Proposed => continue,
            ItemState::Done => &mut found.done,
            ItemState::Dropped => &mut found.dropped,
            ItemState::Open if late_by(profile, item, today).is_some() => &mut found.late,
            ItemState::Open => &mut found.open,
        };
        *count += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::Localized;
    use crate::kernel::id::PlanId;

    fn item(state: ItemState, target: &str) -> Item {
        Item {
            id: PlanItemId::fresh(),
            plan: PlanId::fresh(),
            state,
            title: Localized { vi: "x".into(), en: None },
            agency: AgencyId::fresh(),
            person: None,
            target_on: target.parse().unwrap(),
            level: "2".into(),
            dataset: None,
            request: None,
            reason: None,
            settled_on: None,
            approved: false,
        }
    }

    #[test]
    fn an_item_is_late_once_its_day_is_over_and_not_done() {
        let profile = Profile::load("lac-dien", None).unwrap();
        let late = |state, target: &str, today: &str| late_by(&profile, &item(state, target), today.parse().unwrap());
        // 7 March 2026 is a Saturday: Monday is the last day.
        for (today, by) in
            [("2026-03-07", None), ("2026-03-09", None), ("2026-03-10", Some(1)), ("2026-03-16", Some(5))]
        {
            assert_eq!(late(ItemState::Open, "2026-03-07", today), by, "{today}");
        }
        for settled in [ItemState::Proposed, ItemState::Done, ItemState::Dropped] {
            assert_eq!(late(settled, "2026-03-07", "2026-03-16"), None);
        }
        let items = [
            item(ItemState::Open, "2026-03-07"),
            item(ItemState::Open, "2026-05-07"),
            item(ItemState::Done, "2026-03-07"),
            item(ItemState::Dropped, "2026-03-07"),
            item(ItemState::Proposed, "2026-03-07"),
        ];
        let found = progress(&profile, &items, "2026-03-16".parse().unwrap());
        assert_eq!(found, Progress { done: 1, open: 1, late: 1, dropped: 1 });
        let owed = owed(&items);
        assert_eq!(owed.iter().map(|one| one.done).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((&owed[0].subject, owed[0].due), (&items[0].id, items[0].target_on));
    }
}
