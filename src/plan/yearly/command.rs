//! What is done to a plan.

use chrono::Datelike;
use serde_json::{Value, json};

use super::{CloseForm, Item, ItemForm, ItemState, Plan, SettleForm, State, owed, query, store};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, acting, role};
use crate::agency::{self, Heirs};
use crate::audit;
use crate::dataset::{self, Dataset};
use crate::duty::{self, Kind};
use crate::kernel::id::{DatasetId, PlanId, PlanItemId};
use crate::kernel::{Arg, Error, Localized, Problem, Result, Timestamp};
use crate::plan::decision::{self, Attached, DecisionForm};
use crate::plan::{duties, keep_confined, title_hash};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;
use crate::voice::request;

/// How much may be said about a plan.
const MOST_COMMENTS: u64 = 500;

/// Where the internal portal shows a plan.
fn page_of(id: &PlanId) -> String {
    format!("/internal/open-data/plans/{id}")
}

fn of_state(found: &Plan, wanted: impl Fn(State) -> bool) -> Result<()> {
    if wanted(found.state) { Ok(()) } else { Err(Error::conflict(Problem::new("plan-state"))) }
}

/// Who acts, and the plan that they act on, locked.
fn held(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId) -> Result<(Person, Plan)> {
    let person = acting(tx, profile)?;
    lock_row(tx.conn(), "yearly_plan", id.as_str())?;
    let found = store::by_id(tx.conn(), id)?;
    Ok((person, found))
}

/// As [`held`], for whoever writes plans, of one in some states.
fn written(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, wanted: impl Fn(State) -> bool) -> Result<(Person, Plan)> {
    let (person, found) = held(tx, profile, id)?;
    may(&person, Action::EditPlans).require()?;
    of_state(&found, wanted)?;
    Ok((person, found))
}

fn unchanged(plan: &Plan, seen: &str) -> Result<()> {
    if plan.mark() == seen { Ok(()) } else { Err(Error::conflict(Problem::new("plan-changed-meanwhile"))) }
}

/// Moves a plan on, and writes it down.
fn moved(tx: &mut Tx<'_>, plan: &Plan, to: State, action: &'static str, mut detail: Value) -> Result<()> {
    store::set_state(tx, &plan.id, to)?;
    if let Some(detail) = detail.as_object_mut() {
        detail.insert("before".to_owned(), plan.state.code().into());
        detail.insert("after".to_owned(), to.code().into());
    }
    audit::record(tx, action, "plan", plan.id.as_str(), detail);
    Ok(())
}

/// Tells whoever writes plans, who also enter what is decided on them, what became of one.
fn tell_writers(tx: &mut Tx<'_>, plan: &Plan, event: &'static str, more: Vec<(&str, Arg)>) -> Result<()> {
    let mut args = vec![("year", Arg::from(plan.year.to_string()))];
    args.extend(more);
    account::announce(tx, vec![Receivers::Role(role::COORDINATOR.to_owned())], event, &args, page_of(&plan.id))
}

/// Begins the plan of a year.
///
/// # Errors
/// `Forbidden`; `Invalid` (`plan-year-wrong` on `year` for one that is not this year or one of the next two); `Conflict`
/// (`plan-there`).
pub fn draft_plan(tx: &mut Tx<'_>, profile: &Profile, year: &str) -> Result<PlanId> {
    let person = acting(tx, profile)?;
    may(&person, Action::EditPlans).require()?;
    let this = tx.ctx().at.date(profile.province.timezone_minutes).year();
    let year = year.trim().parse().ok().filter(|year| (this..=this + 2).contains(year));
    let year = year.ok_or_else(|| Error::invalid(Problem::new("plan-year-wrong").on("year")))?;
    if store::by_year(tx.conn(), year)?.is_some() {
        return Err(Error::conflict(Problem::new("plan-there").on("year")));
    }
    let id = PlanId::fresh();
    store::insert(tx, &id, year, &person.account.id)?;
    audit::record(tx, "plan.draft", "plan", id.as_str(), json!({ "year": year }));
    Ok(id)
}

/// Asks the agencies: they propose items and comment from now on.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`).
pub fn consult(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId) -> Result<()> {
    let (_, plan) = written(tx, profile, id, |state| matches!(state, State::Draft | State::Returned))?;
    moved(tx, &plan, State::Consulted, "plan.consult", json!({}))?;
    let writes = profile.review.steps.first().map(|step| step.role.clone());
    let roles = [role::FOCAL_POINT.to_owned(), role::AGENCY_HEAD.to_owned()].into_iter().chain(writes);
    let to = roles.map(Receivers::Role).collect();
    account::announce(tx, to, "plan-consulted", &[("year", plan.year.to_string().into())], page_of(id))
}

/// Enters an item, or changes one. An agency's people propose, and change what they proposed for it, while it is consulted; the
/// coordinating department writes items as long as the plan is written.
///
/// # Errors
/// `NotFound`; `Forbidden` (`quarantined` where the item's dataset is in quarantine and the person may not see it); `Conflict`
/// (`plan-state`, `plan-changed-meanwhile`; `quarantined` on `dataset` for an item that is to leave a dataset in quarantine); `Invalid`: as
/// the form names, `entry-dataset-unknown` on `dataset`, `ask-into-unknown` on `request`.
pub fn save_item(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, form: &ItemForm) -> Result<PlanItemId> {
    let (person, plan) = held(tx, profile, id)?;
    let edits = may(&person, Action::EditPlans).granted();
    let before = match form.item.as_str() {
        "" => None,
        text => {
            let wanted = PlanItemId::parse(text).ok_or_else(Error::not_found)?;
            Some(store::item(tx.conn(), id, &wanted)?)
        }
    };
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let owner = agency::by_slug(tx.conn(), &form.agency)?.filter(|agency| !agency.is_over(&today));
    if edits {
        of_state(&plan, State::is_written)?;
    } else {
        for agency in before.iter().map(|item| &item.agency).chain(owner.iter().map(|agency| &agency.id)) {
            may(&person, Action::ProposeItems(profile, agency)).require()?;
        }
        may(&person, Action::SeePlans).require()?;
        of_state(&plan, |state| state == State::Consulted)?;
        if before.as_ref().is_some_and(|item| item.state != ItemState::Proposed) {
            return Err(Error::conflict(Problem::new("plan-state")));
        }
    }
    unchanged(&plan, &form.seen)?;
    let said = form.check(profile, plan.year, owner.is_some())?;
    let owner = owner.ok_or_else(Error::not_found)?;
    let kept = before.as_ref().and_then(|item| item.dataset.clone());
    if let Some(kept) = &kept {
        dataset::require_visible(&person, &dataset::by_id(tx.conn(), kept)?)?;
    }
    let dataset = match dataset::slug_in(&form.dataset) {
        None => None,
        Some(slug) => {
            let found = dataset::by_slug(tx.conn(), slug)?;
            let found = found.filter(|found| found.quarantined_at.is_none() || kept.as_ref() == Some(&found.id));
            let unknown = || Error::invalid(Problem::new("entry-dataset-unknown").on("dataset"));
            Some(found.ok_or_else(unknown)?.id)
        }
    };
    keep_confined(tx, kept.as_ref(), dataset.as_ref())?;
    let request = match said.request {
        None => None,
        Some(number) => {
            let unknown = |_| Error::invalid(Problem::new("ask-into-unknown").on("request"));
            Some(request::public_one(tx.conn(), number).map_err(unknown)?.request.id)
        }
    };
    let item = Item {
        id: before.as_ref().map_or_else(PlanItemId::fresh, |item| item.id.clone()),
        plan: id.clone(),
        state: before.as_ref().map_or(if edits { ItemState::Open } else { ItemState::Proposed }, |item| item.state),
        title: Localized { vi: said.title, en: said.title_en },
        agency: owner.id,
        person: said.person,
        target_on: said.target_on,
        level: said.level,
        dataset,
        request,
        reason: before.as_ref().and_then(|item| item.reason.clone()),
        settled_on: before.as_ref().and_then(|item| item.settled_on),
        approved: before.as_ref().is_some_and(|item| item.approved),
    };
    match &before {
        Some(_) => store::update_item(tx, &item)?,
        None => store::insert_item(tx, &item, &person.account.id)?,
    }
    store::touch(tx, id)?;
    let detail = json!({ "item": item.id, "before": before.as_ref().map(told), "after": told(&item) });
    audit::record(tx, "plan.item", "plan", id.as_str(), detail);
    Ok(item.id)
}

/// What the log says of an item; of what it is called the hash, since a purge may destroy the words.
fn told(item: &Item) -> Value {
    json!({ "title_hash": title_hash(&item.title.vi), "agency": item.agency, "target": item.target_on.to_string(), "level": item.level,
        "state": item.state.code(), "dataset": item.dataset, "request": item.request, "reason": item.reason,
        "settled": item.settled_on.map(|day| day.to_string()) })
}

/// The item that somebody acts on.
fn item_of(tx: &mut Tx<'_>, plan: &Plan, id: &PlanItemId, wanted: &[ItemState]) -> Result<Item> {
    let item = store::item(tx.conn(), &plan.id, id)?;
    if wanted.contains(&item.state) { Ok(item) } else { Err(Error::conflict(Problem::new("plan-state"))) }
}

/// Changes where an item stands, and writes it down.
fn settled(tx: &mut Tx<'_>, plan: &Plan, before: &Item, after: &Item, action: &'static str) -> Result<()> {
    store::set_standing(tx, after)?;
    store::touch(tx, &plan.id)?;
    if plan.state.is_public() {
        tx.changed("plan", plan.id.as_str());
    }
    let detail = json!({ "item": after.id, "before": told(before), "after": told(after) });
    audit::record(tx, action, "plan", plan.id.as_str(), detail);
    Ok(())
}

/// Makes an agency's proposal an item of the plan.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`).
pub fn take_up(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, item: &PlanItemId) -> Result<()> {
    let (_, plan) = written(tx, profile, id, State::is_written)?;
    let before = item_of(tx, &plan, item, &[ItemState::Proposed])?;
    let after = Item { state: ItemState::Open, ..before.clone() };
    settled(tx, &plan, &before, &after, "plan.take-up")
}

/// Says that an item, or a proposal, will not be done, and why.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`); `Invalid` (`plan-words-missing` on `reason`).
pub fn drop_item(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, item: &PlanItemId, form: &SettleForm) -> Result<()> {
    let (_, plan) = written(tx, profile, id, |state| state.is_written() || state == State::Executing)?;
    let before = item_of(tx, &plan, item, &[ItemState::Proposed, ItemState::Open])?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let reason = Some(form.words()?);
    let after = Item { state: ItemState::Dropped, reason, settled_on: Some(today), ..before.clone() };
    settled(tx, &plan, &before, &after, "plan.drop")?;
    duties::left(tx, profile, plan.year, item, "dropped")
}

/// When a dataset that the public sees did what a plan promised: where it was first published after the plan was submitted, with that
/// publication. `None` where it was there before: then a new state of it is promised, and which version brought that nobody knows but who
/// says so.
fn first_published(plan: &Plan, found: &Dataset, now: Timestamp) -> Option<Timestamp> {
    let promised_at = plan.submitted_at?;
    found.published_at.map(Timestamp).filter(|at| *at > promised_at && *at <= now)
}

/// Writes down that an item was done at some time, and that it is not owed any more.
fn done(tx: &mut Tx<'_>, profile: &Profile, plan: &Plan, before: &Item, by: DatasetId, at: Timestamp) -> Result<()> {
    let day = at.date(profile.province.timezone_minutes);
    let after = Item { state: ItemState::Done, dataset: Some(by), settled_on: Some(day), ..before.clone() };
    settled(tx, plan, before, &after, "plan.settle")?;
    duties::published(tx, profile, plan.year, &before.id, at)
}

/// Says that an item is done by a dataset that the public sees: by its agency's people, of their own, or by the coordinating department.
/// One in quarantine does the item alone that is about it. What was first published since the plan was submitted did it on that day,
/// whenever somebody says so; what was there before does it now.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`; `quarantined` on `dataset` for an item of another dataset that is in quarantine);
/// `Invalid` (`ask-dataset-unknown`, `plan-dataset-foreign` on `dataset`).
pub fn settle(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, item: &PlanItemId, form: &SettleForm) -> Result<()> {
    let (person, plan) = held(tx, profile, id)?;
    let before = item_of(tx, &plan, item, &[ItemState::Open])?;
    may(&person, Action::ProposeItems(profile, &before.agency)).require()?;
    of_state(&plan, |state| state == State::Executing)?;
    let unknown = || Error::invalid(Problem::new("ask-dataset-unknown").on("dataset"));
    let slug = dataset::slug_in(&form.dataset).ok_or_else(unknown)?;
    let found = dataset::by_slug(tx.conn(), slug)?;
    let found = found.filter(|dataset| dataset.state() == dataset::State::Published);
    let found = found.filter(|found| found.quarantined_at.is_none() || before.dataset.as_ref() == Some(&found.id));
    let found = found.ok_or_else(unknown)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    if !may(&person, Action::EditPlans).granted() {
        let heirs = agency::heirs(tx.conn(), &today.to_string())?;
        if heirs.of(&found.agency_id) != heirs.of(&before.agency) {
            return Err(Error::invalid(Problem::new("plan-dataset-foreign").on("dataset")));
        }
    }
    // Of what was destroyed no word is left to keep.
    keep_confined(tx, before.dataset.as_ref().filter(|_| !before.title.vi.is_empty()), Some(&found.id))?;
    let now = tx.ctx().at;
    let at = first_published(&plan, &found, now).unwrap_or(now);
    done(tx, profile, &plan, &before, found.id, at)
}

/// Notes as done what a plan that is carried out has open about datasets of its agencies that were first published since it was submitted, so
/// that nobody needs to say so; whoever calls this holds the plan. What the public does not see does nothing. Says how many those are.
pub(crate) fn settle_published(tx: &mut Tx<'_>, profile: &Profile, plan: &Plan, heirs: &Heirs) -> Result<usize> {
    let now = tx.ctx().at;
    let mut count = 0;
    for listed in store::items(tx.conn(), &plan.id)? {
        let shown = listed.dataset.as_ref().is_some_and(|(_, state)| state == dataset::State::Published.code());
        let item = listed.item;
        let open = item.state == ItemState::Open && shown && listed.quarantined.is_none();
        let Some(of) = item.dataset.as_ref().filter(|_| open) else { continue };
        let found = dataset::by_id(tx.conn(), of)?;
        let own = heirs.of(&found.agency_id) == heirs.of(&item.agency);
        let Some(at) = first_published(plan, &found, now).filter(|_| own) else { continue };
        done(tx, profile, plan, &item, found.id, at)?;
        count += 1;
    }
    Ok(count)
}

/// Says something about a plan that is consulted, for one of the agencies that whoever says it speaks for.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`, `plan-comments-full`); `Invalid` (`plan-words-missing` on `reason`,
/// `agency-missing` on `agency`).
pub fn comment(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, form: &SettleForm) -> Result<()> {
    let (person, plan) = held(tx, profile, id)?;
    let own = query::may_propose(profile, &person);
    if own.is_empty() {
        return Err(Error::forbidden(Problem::new("forbidden")));
    }
    of_state(&plan, |state| state == State::Consulted)?;
    let agency = match (form.agency.as_str(), own.as_slice()) {
        ("", [only]) => Some(only.clone()),
        (slug, own) => agency::by_slug(tx.conn(), slug)?.map(|agency| agency.id).filter(|agency| own.contains(agency)),
    };
    let words = form.words();
    let Some(agency) = agency else {
        let mut problems = vec![Problem::new("agency-missing").on("agency")];
        problems.extend(words.err().map(|error| error.problems().to_vec()).unwrap_or_default());
        return Err(Error::invalid_all(problems));
    };
    let words = words?;
    if store::count_comments(tx.conn(), id)? >= MOST_COMMENTS {
        return Err(Error::conflict(Problem::new("plan-comments-full").with("max", MOST_COMMENTS)));
    }
    store::insert_comment(tx, id, &person.account.id, &agency, &words)?;
    audit::record(tx, "plan.comment", "plan", id.as_str(), json!({ "agency": agency }));
    tell_writers(tx, &plan, "plan-commented", Vec::new())
}

/// Submits a plan to whoever approves it; those who may enter the decision are told.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`, `plan-changed-meanwhile`, `plan-empty`, `plan-proposals-open`).
pub fn submit(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, seen: &str) -> Result<()> {
    let (person, plan) = written(tx, profile, id, State::is_written)?;
    unchanged(&plan, seen)?;
    let items = store::items(tx.conn(), id)?;
    let count = |state: ItemState| items.iter().filter(|listed| listed.item.state == state).count();
    if count(ItemState::Proposed) > 0 {
        return Err(Error::conflict(Problem::new("plan-proposals-open")));
    }
    if count(ItemState::Open) == 0 {
        return Err(Error::conflict(Problem::new("plan-empty")));
    }
    store::set_submitted(tx, id, &person.account.id)?;
    moved(tx, &plan, State::Submitted, "plan.submit", json!({ "items": count(ItemState::Open) }))?;
    tell_writers(tx, &plan, "plan-submitted", Vec::new())
}

/// Notes that the authority gave a plan back, and why; whoever submitted it is told, and the others who write it.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`); `Invalid` (`plan-words-missing` on `reason`).
pub fn give_back(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, form: &SettleForm) -> Result<()> {
    let (_, plan) = written(tx, profile, id, |state| state == State::Submitted)?;
    let reason = form.words()?;
    store::set_reason(tx, id, &reason)?;
    moved(tx, &plan, State::Returned, "plan.return", json!({ "reason": reason }))?;
    tell_writers(tx, &plan, "plan-given-back", Vec::new())
}

/// Enters the decision that approves a plan; whoever submitted it is told, and the others who write it.
///
/// # Errors
/// `NotFound`; `Forbidden` (`plan-two-persons` for whoever submitted it); `Conflict` (`plan-state`); as
/// [`decision`] refuses what was typed and attached.
pub fn approve(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &PlanId,
    form: &DecisionForm,
    attached: Result<Attached>,
) -> Result<()> {
    let (person, plan) = written(tx, profile, id, |state| state == State::Submitted)?;
    if plan.submitted_by.as_ref() == Some(&person.account.id) {
        return Err(Error::forbidden(Problem::new("plan-two-persons")));
    }
    let decision = decision::enter(tx, profile, &profile.decision.opendata_plan, form, attached)?;
    store::set_approved(tx, id, &person.account.id, &decision.id)?;
    store::approve_items(tx, id)?;
    tx.changed("plan", id.as_str());
    let day = decision.decided_on.to_string();
    let detail = json!({ "number": decision.number, "date": day, "sha256": decision.sha256,
        "before": plan.state.code(), "after": State::Approved.code() });
    audit::record(tx, "plan.approve", "plan", id.as_str(), detail);
    let args = vec![("number", decision.number.into()), ("date", decision.decided_on.into())];
    tell_writers(tx, &plan, "plan-approved", args)
}

/// Begins to carry out a plan that was approved; the agencies that owe something are told.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`).
pub fn begin(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId) -> Result<()> {
    let (_, plan) = written(tx, profile, id, |state| state == State::Approved)?;
    carry_out(tx, profile, &plan)
}

/// Begins those that were approved and whose year has come, so that nobody needs to say so; whoever calls this holds them. Says how many
/// those are.
pub(crate) fn begin_approved(tx: &mut Tx<'_>, profile: &Profile) -> Result<usize> {
    let year = tx.ctx().at.date(profile.province.timezone_minutes).year();
    let mut plans = store::plans(tx.conn())?;
    plans.retain(|plan| plan.state == State::Approved && plan.year <= year);
    plans.iter().try_for_each(|plan| carry_out(tx, profile, plan))?;
    Ok(plans.len())
}

fn carry_out(tx: &mut Tx<'_>, profile: &Profile, plan: &Plan) -> Result<()> {
    moved(tx, plan, State::Executing, "plan.begin", json!({}))?;
    tx.changed("plan", plan.id.as_str());
    let items = store::items(tx.conn(), &plan.id)?;
    let all: Vec<Item> = items.iter().map(|listed| listed.item.clone()).collect();
    duties::begun(tx, profile, plan.year, owed(&all))?;
    let open = items.into_iter().filter(|listed| listed.item.state == ItemState::Open);
    let mut owners: Vec<_> = open.map(|listed| listed.item.agency).collect();
    owners.sort();
    owners.dedup();
    let to = owners.into_iter().flat_map(|agency| {
        [role::FOCAL_POINT, role::AGENCY_HEAD].map(|role| Receivers::RoleAt(role.to_owned(), agency.clone()))
    });
    account::announce(tx, to.collect(), "plan-begun", &[("year", plan.year.to_string().into())], page_of(&plan.id))
}

/// Ends a plan for good; what is open, and not done by a publication that nobody noted yet, stays undone.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`plan-state`); `Invalid` (`plan-sure` on `sure`).
pub fn close(tx: &mut Tx<'_>, profile: &Profile, id: &PlanId, form: &CloseForm) -> Result<()> {
    let (_, plan) = written(tx, profile, id, |state| state == State::Executing)?;
    form.check()?;
    tx.changed("plan", id.as_str());
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let heirs = agency::heirs(tx.conn(), &today)?;
    settle_published(tx, profile, &plan, &heirs)?;
    for listed in store::items(tx.conn(), id)?.iter().filter(|listed| listed.item.state == ItemState::Open) {
        duties::left(tx, profile, plan.year, &listed.item.id, "plan-closed")?;
    }
    moved(tx, &plan, State::Closed, "plan.close", json!({}))
}

/// Keeps all plans that are not closed as they are until this transaction ends, as whoever begins, writes, settles or ends one does: for the
/// night, and for a purge before it holds its dataset, since whoever saves an item holds its plan and then may want the dataset.
pub(crate) fn hold(tx: &mut Tx<'_>) -> Result<()> {
    // Always in one order, so that two that hold them never wait for each other.
    for plan in store::plans(tx.conn())?.iter().rev().filter(|plan| plan.state != State::Closed) {
        lock_row(tx.conn(), "yearly_plan", plan.id.as_str())?;
    }
    Ok(())
}

/// After a purge: what items call a dataset is emptied, all of it or what only destroyed versions called it (`said`), and what they owe
/// is called nothing. Where words go, forms that were shown before are old in every plan that is written: saved, they would bring the words
/// back, and that of a new item may bear them too.
pub(crate) fn purge(tx: &mut Tx<'_>, of: &DatasetId, said: Option<&[String]>) -> Result<()> {
    if said.is_some_and(<[String]>::is_empty) {
        return Ok(());
    }
    for plan in store::plans(tx.conn())?.iter().rev().filter(|plan| plan.state.is_written()) {
        store::touch(tx, &plan.id)?;
    }
    for item in store::of_dataset(tx.conn(), of)? {
        let gone = |said: &[String]| said.contains(&item.title.vi) || item.title.en.iter().any(|en| said.contains(en));
        if said.is_none_or(gone) {
            // As whoever settles it: the item first, then what it owes.
            store::empty_title(tx, &item.id)?;
            duty::forget(tx, Kind::PlanItem, item.id.as_str(), None)?;
            account::forget(tx, [item.title.vi.as_str()])?;
        }
    }
    Ok(())
}
