//! Questions about plans that need more than one look.

use super::{Item, ItemForm, ItemState, Plan, State, store};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency;
use crate::dataset;
use crate::kernel::id::{AgencyId, PlanId, PlanItemId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::voice::request;

/// A plan in any state, for whoever may see it.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub fn plan_of(conn: &mut Conn, person: &Person, id: &PlanId) -> Result<Plan> {
    may(person, Action::SeePlans).require()?;
    store::by_id(conn, id)
}

/// The agencies for which somebody proposes items, of those where they hold a role; each once.
pub fn may_propose(profile: &Profile, person: &Person) -> Vec<AgencyId> {
    let mut found: Vec<AgencyId> = person.held.iter().map(|held| held.agency.clone()).collect();
    found.sort();
    found.dedup();
    found.retain(|agency| may(person, Action::ProposeItems(profile, agency)).granted());
    found
}

/// The form of an item, filled with what it says, for whoever may change it; of a new one for whoever may enter one.
///
/// # Errors
/// `Forbidden` (`quarantined` where its dataset is in quarantine and the person may not see it); `NotFound`; `Conflict` (`plan-state`) where
/// nothing may be changed.
pub fn item_form(
    conn: &mut Conn,
    profile: &Profile,
    person: &Person,
    id: &PlanId,
    item: Option<&PlanItemId>,
) -> Result<(Plan, ItemForm, Option<Item>)> {
    let plan = store::by_id(conn, id)?;
    let edits = may(person, Action::EditPlans).granted();
    if !edits && may_propose(profile, person).is_empty() {
        return Err(Error::forbidden(Problem::new("forbidden")));
    }
    if !(edits && plan.state.is_written() || plan.state == State::Consulted) {
        return Err(Error::conflict(Problem::new("plan-state")));
    }
    let seen = plan.mark();
    let Some(wanted) = item else {
        return Ok((plan, ItemForm { seen, ..ItemForm::default() }, None));
    };
    let found = store::item(conn, id, wanted)?;
    if !edits {
        may(person, Action::ProposeItems(profile, &found.agency)).require()?;
        if found.state != ItemState::Proposed {
            return Err(Error::conflict(Problem::new("plan-state")));
        }
    }
    let slug = match &found.dataset {
        Some(dataset) => {
            let dataset = dataset::by_id(conn, dataset)?;
            dataset::require_visible(person, &dataset)?;
            dataset.slug
        }
        None => String::new(),
    };
    let number = match &found.request {
        Some(of) => request::number_of(conn, of)?.map(|number| number.to_string()).unwrap_or_default(),
        None => String::new(),
    };
    let form = ItemForm {
        item: found.id.to_string(),
        title: found.title.vi.clone(),
        title_en: found.title.en.clone().unwrap_or_default(),
        agency: agency::by_id(conn, &found.agency)?.map(|agency| agency.slug).unwrap_or_default(),
        person: found.person.clone().unwrap_or_default(),
        target_on: found.target_on.format("%d/%m/%Y").to_string(),
        level: found.level.clone(),
        dataset: slug,
        request: number,
        seen,
    };
    Ok((plan, form, Some(found)))
}
