//! What the catalogue and the plan hand over to the engine of duties: the next review, and every item that is carried out; and what they
//! want of those that are open, each night by the rules of the day.

use chrono::NaiveDate;

use super::catalogue::{self, Review};
use super::yearly::{self, Owed};
use crate::account::{Person, role};
use crate::agency::{self, Heirs};
use crate::duty::{self, Calendar, Days, Duty, Ending, Kind, Step, Wanted};
use crate::kernel::id::{AgencyId, PlanItemId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;

/// What the review of the catalogue is a duty about: there is one catalogue.
const CATALOGUE: &str = "open-data-catalogue";

/// Days that count from one day to another that is not before it.
fn days(profile: &Profile, from: NaiveDate, due: NaiveDate) -> Days {
    let from = from.min(due);
    Days { from, opens: from, soon: duty::soon_from(profile, from, due), due }
}

fn ending(tx: &Tx<'_>, done: bool, how: &'static str) -> Ending {
    Ending { done, how, at: tx.ctx().at, by: tx.ctx().actor.account().cloned() }
}

/// The next review of the catalogue, as the engine wants it.
fn review_wanted(profile: &Profile, review: Review, agency: AgencyId, before: Ending) -> Wanted {
    let rule = &profile.opendata.review_months;
    Wanted {
        kind: Kind::CatalogueReview,
        subject: CATALOGUE.to_owned(),
        turn: review.turn,
        agency,
        title: String::new(),
        days: days(profile, review.from, review.due),
        basis: rule.basis.as_ref().map(ToString::to_string),
        verified: rule.verified,
        before,
    }
}

/// An item that is carried out, as the engine wants it: its days count from one on which the plan was, and whoever took over from its agency
/// owes it. Where the plan's own day was over by then it is owed on that day, so that nobody is late for what they did not owe.
fn item_wanted(profile: &Profile, year: i32, item: Owed, from: NaiveDate, heirs: &Heirs, before: Ending) -> Wanted {
    let rule = &profile.decision.opendata_plan;
    Wanted {
        kind: Kind::PlanItem,
        subject: item.subject.to_string(),
        turn: year.to_string(),
        agency: heirs.of(&item.agency).clone(),
        title: item.title,
        days: days(profile, from, Calendar::of(profile).on_or_after(item.due.max(from))),
        basis: rule.basis.as_ref().map(ToString::to_string),
        verified: rule.verified,
        before,
    }
}

/// The catalogue was issued: its review was done on the day of the decision, whenever that is entered, and the next one is owed by whoever
/// enters it.
pub(super) fn issued(tx: &mut Tx<'_>, profile: &Profile, by: &Person, decided_on: NaiveDate) -> Result<()> {
    let mut done = ending(tx, true, "issued");
    let next_day = decided_on.succ_opt().unwrap_or(decided_on);
    let over = Timestamp::midnight(next_day, profile.province.timezone_minutes);
    done.at = done.at.min(Timestamp(over.0 - 1));
    follow(tx, profile, by, catalogue::next_review(profile, Some(decided_on), None), &done)
}

/// Somebody signed that nothing of the catalogue is to change: its review is done now, and the next one is owed by whoever signed.
pub(super) fn reviewed(tx: &mut Tx<'_>, profile: &Profile, by: &Person, decided_on: Option<NaiveDate>) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let done = ending(tx, true, "reviewed");
    follow(tx, profile, by, catalogue::next_review(profile, decided_on, Some(today)), &done)
}

/// A review of the catalogue is done, and the next one owed.
fn follow(tx: &mut Tx<'_>, profile: &Profile, by: &Person, next: Option<Review>, done: &Ending) -> Result<()> {
    let agency = by.held.iter().find(|held| held.role == role::COORDINATOR).map(|held| held.agency.clone());
    let wanted = next.zip(agency).map(|(review, agency)| review_wanted(profile, review, agency, done.clone()));
    duty::renew(tx, profile, (Kind::CatalogueReview, CATALOGUE), wanted, done)
}

/// A plan is carried out: each of its items that is not done is owed by its agency on its day.
pub(super) fn begun(tx: &mut Tx<'_>, profile: &Profile, year: i32, items: Vec<Owed>) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    for item in items.into_iter().filter(|item| !item.done) {
        let before = ending(tx, false, "dropped");
        duty::put(tx, profile, item_wanted(profile, year, item, today, &heirs, before))?;
    }
    Ok(())
}

/// Begins approved plans whose year has come, notes which items of plans that are carried out were done by what was published since, and lets
/// the others and the next review of the catalogue follow the rules and days off of today. Says how many duties it wrote, and plans it began.
///
/// # Errors
/// When the database does not answer.
pub fn renew_duties(tx: &mut Tx<'_>, profile: &Profile) -> Result<usize> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    let mut steps = review_steps(tx, profile, today, &heirs)?;
    let done = settle_items(tx, profile, &heirs)?;
    steps.extend(item_steps(tx, profile, today, &heirs)?);
    let count = done + steps.len();
    duty::write(tx, profile, steps)?;
    Ok(count)
}

/// What differs of the next review. It stays with the department that owes it; where the rules ask for one only since, it is owed by that of
/// whoever entered the decision in force.
fn review_steps(tx: &mut Tx<'_>, profile: &Profile, today: NaiveDate, heirs: &Heirs) -> Result<Vec<Step>> {
    let Some(issue) = catalogue::in_force(tx.conn())? else { return Ok(Vec::new()) };
    // As whoever issues the next one does.
    lock_row(tx.conn(), "catalogue_issue", issue.id.as_str())?;
    let Some(issue) = catalogue::in_force(tx.conn())? else { return Ok(Vec::new()) };
    let owed_last = duty::rounds(tx.conn(), Kind::CatalogueReview, CATALOGUE, 1)?.pop().map(|round| round.agency);
    let agency = match owed_last {
        Some(agency) => Some(agency),
        None => catalogue::recorded_at(tx.conn(), &issue.id)?,
    };
    let now = tx.ctx().at;
    let reviewed_on = catalogue::reviewed_on(tx.conn(), profile, &issue, now)?;
    let next = catalogue::next_review(profile, issue.decision.map(|decision| decision.decided_on), reviewed_on);
    let before = ending(tx, true, "issued");
    let wanted = next.zip(agency).map(|(review, agency)| {
        let agency = heirs.of(&agency).clone();
        review_wanted(profile, review, agency, before)
    });
    let open = duty::open(tx.conn(), Kind::CatalogueReview)?;
    let gone = ending(tx, false, "not-owed");
    Ok(duty::compare(open, wanted.into_iter().collect(), (Calendar::of(profile), today), |_| gone.clone()))
}

/// Begins what waits for it, settles what was published of the plans that are carried out, and holds all that are not closed. Says how many
/// plans and items those are.
fn settle_items(tx: &mut Tx<'_>, profile: &Profile, heirs: &Heirs) -> Result<usize> {
    // One that is not begun yet may be so meanwhile.
    yearly::hold(tx)?;
    let mut count = yearly::begin_approved(tx, profile)?;
    for plan in yearly::plans(tx.conn())?.iter().filter(|plan| plan.state == yearly::State::Executing) {
        count += yearly::settle_published(tx, profile, plan, heirs)?;
    }
    Ok(count)
}

/// What differs of the items of plans that are carried out, which [`settle_items`] holds.
fn item_steps(tx: &mut Tx<'_>, profile: &Profile, today: NaiveDate, heirs: &Heirs) -> Result<Vec<Step>> {
    let open = duty::open(tx.conn(), Kind::PlanItem)?;
    let counted_from = |item: &Owed| {
        open.iter().find(|duty| duty.subject == item.subject.as_str()).map_or(today, |duty| duty.days.from)
    };
    let dropped = ending(tx, false, "dropped");
    let mut wanted = Vec::new();
    for plan in yearly::plans(tx.conn())?.into_iter().filter(|plan| plan.state == yearly::State::Executing) {
        let items: Vec<_> = yearly::items(tx.conn(), &plan.id)?.into_iter().map(|listed| listed.item).collect();
        for item in yearly::owed(&items).into_iter().filter(|item| !item.done) {
            let from = counted_from(&item);
            wanted.push(item_wanted(profile, plan.year, item, from, heirs, dropped.clone()));
        }
    }
    let gone = |_: &Duty| dropped.clone();
    Ok(duty::compare(open.clone(), wanted, (Calendar::of(profile), today), gone))
}

/// An item was done by a dataset that was published at some time, whenever that is noted.
pub(super) fn published(tx: &mut Tx<'_>, profile: &Profile, year: i32, item: &PlanItemId, at: Timestamp) -> Result<()> {
    let done = Ending { at, ..ending(tx, true, "published") };
    over(tx, profile, year, item, &done)
}

/// An item is not owed any more: it was dropped, or its plan ended without it.
pub(super) fn left(tx: &mut Tx<'_>, profile: &Profile, year: i32, item: &PlanItemId, how: &'static str) -> Result<()> {
    let gone = ending(tx, false, how);
    over(tx, profile, year, item, &gone)
}

fn over(tx: &mut Tx<'_>, profile: &Profile, year: i32, item: &PlanItemId, ending: &Ending) -> Result<()> {
    duty::settle(tx, profile, (Kind::PlanItem, item.as_str(), &year.to_string()), ending).map(drop)
}
