//! What a plan's items owe, as pure functions: for pages, and for whoever keeps account of duties.

use chrono::NaiveDate;

use super::{Item, ItemState, Progress, State};
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

/// Where an item of a plan stands for whoever reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// An agency proposes it.
    Proposed,
    /// It is to be done: its day is not over, or the plan is not carried out yet.
    Open,
    /// Its day is over, by so many working days.
    Late(u64),
    /// The data is published.
    Done,
    /// It will not be done.
    Dropped,
    /// Its plan was closed without it.
    Undone,
}

impl Standing {
    /// The codes of all, in the order of life.
    pub const CODES: [&'static str; 6] = ["proposed", "open", "late", "done", "dropped", "undone"];

    /// Its text is the message `plan-item-state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Open => "open",
            Self::Late(_) => "late",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Undone => "undone",
        }
    }
}

/// Where an item stands in a plan of a state. A day that is no working day ends with the next one; in a plan that is closed no day counts
/// any more.
pub fn standing(profile: &Profile, plan: State, item: &Item, today: NaiveDate) -> Standing {
    match item.state {
        ItemState::Proposed => Standing::Proposed,
        ItemState::Done => Standing::Done,
        ItemState::Dropped => Standing::Dropped,
        ItemState::Open if plan == State::Closed => Standing::Undone,
        ItemState::Open => {
            let calendar = Calendar::of(profile);
            let due = calendar.on_or_after(item.target_on);
            // Before it is carried out nobody owes it.
            if plan == State::Executing && due < today {
                Standing::Late(calendar.working_days_between(due, today).unsigned_abs())
            } else {
                Standing::Open
            }
        }
    }
}

/// How far the items of a plan of a state are.
pub fn progress<'a>(
    profile: &Profile,
    plan: State,
    items: impl IntoIterator<Item = &'a Item>,
    today: NaiveDate,
) -> Progress {
    let mut found = Progress { undone: (plan == State::Closed).then_some(0), ..Progress::default() };
    for item in items {
        let count = match standing(profile, plan, item, today) {
            Standing::Proposed => continue,
            Standing::Open => &mut found.open,
            Standing::Late(_) => &mut found.late,
            Standing::Done => &mut found.done,
            Standing::Dropped => &mut found.dropped,
            Standing::Undone => found.undone.get_or_insert(0),
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
        let stands = |state, target: &str, today: &str| {
            standing(&profile, State::Executing, &item(state, target), today.parse().unwrap())
        };
        // 7 March 2026 is a Saturday: Monday is the last day.
        for (today, by) in
            [("2026-03-07", None), ("2026-03-09", None), ("2026-03-10", Some(1)), ("2026-03-16", Some(5))]
        {
            let wanted = by.map_or(Standing::Open, Standing::Late);
            assert_eq!(stands(ItemState::Open, "2026-03-07", today), wanted, "{today}");
        }
        for (settled, wanted) in [
            (ItemState::Proposed, Standing::Proposed),
            (ItemState::Done, Standing::Done),
            (ItemState::Dropped, Standing::Dropped),
        ] {
            assert_eq!(stands(settled, "2026-03-07", "2026-03-16"), wanted);
        }
        let items = [
            item(ItemState::Open, "2026-03-07"),
            item(ItemState::Open, "2026-05-07"),
            item(ItemState::Done, "2026-03-07"),
            item(ItemState::Dropped, "2026-03-07"),
            item(ItemState::Proposed, "2026-03-07"),
        ];
        let today = "2026-03-16".parse().unwrap();
        let found = progress(&profile, State::Executing, &items, today);
        assert_eq!(found, Progress { done: 1, open: 1, late: 1, dropped: 1, undone: None });
        // Once the plan is closed no day counts any more.
        let found = progress(&profile, State::Closed, &items, today);
        assert_eq!(found, Progress { done: 1, open: 0, late: 0, dropped: 1, undone: Some(2) });
        let owed = owed(&items);
        assert_eq!(owed.iter().map(|one| one.done).collect::<Vec<_>>(), [false, false, true]);
        assert_eq!((&owed[0].subject, owed[0].due), (&items[0].id, items[0].target_on));
    }
}
