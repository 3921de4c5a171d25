//! What the catalogue and the plan hand over to the engine of duties: the next review, and every item that is carried out.

use chrono::NaiveDate;

use super::catalogue::Review;
use super::yearly::Owed;
use crate::account::{Person, role};
use crate::duty::{self, Calendar, Days, Ending, Kind, Wanted};
use crate::kernel::Result;
use crate::kernel::id::PlanItemId;
use crate::platform::db::Tx;
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

/// The catalogue was issued: its review is done, and the next one is owed by whoever entered the decision.
pub(super) fn reviewed(tx: &mut Tx<'_>, profile: &Profile, by: &Person, next: Option<Review>) -> Result<()> {
    let done = ending(tx, true, "issued");
    let agency = by.held.iter().find(|held| held.role == role::COORDINATOR).map(|held| held.agency.clone());
    let wanted = next.zip(agency).map(|(review, agency)| {
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
            before: done.clone(),
        }
    });
    duty::renew(tx, profile, (Kind::CatalogueReview, CATALOGUE), wanted, &done)
}

/// A plan is carried out: each of its items that is not done is owed by its agency on its day.
pub(super) fn begun(tx: &mut Tx<'_>, profile: &Profile, year: i32, items: Vec<Owed>) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let rule = &profile.decision.opendata_plan;
    for item in items.into_iter().filter(|item| !item.done) {
        let before = ending(tx, false, "dropped");
        let wanted = Wanted {
            kind: Kind::PlanItem,
            subject: item.subject.to_string(),
            turn: year.to_string(),
            agency: item.agency,
            title: item.title,
            days: days(profile, today, Calendar::of(profile).on_or_after(item.due)),
            basis: rule.basis.as_ref().map(ToString::to_string),
            verified: rule.verified,
            before,
        };
        duty::put(tx, profile, wanted)?;
    }
    Ok(())
}

/// An item is not owed any more: it was done by a published dataset, dropped, or its plan ended.
pub(super) fn settled(
    tx: &mut Tx<'_>,
    profile: &Profile,
    year: i32,
    item: &PlanItemId,
    (done, how): (bool, &'static str),
) -> Result<()> {
    let ending = ending(tx, done, how);
    duty::settle(tx, profile, (Kind::PlanItem, item.as_str(), &year.to_string()), &ending).map(drop)
}
