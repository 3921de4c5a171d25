//! What reviewers do.

use std::collections::HashSet;

use serde_json::json;

use super::{Verdict, store};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, role};
use crate::dataset::{self, Version};
use crate::kernel::id::{AccountId, DatasetId};
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::profile::{Profile, ReviewStep};
use crate::{audit, scan};

/// Submits the draft of a dataset: the first step of the profile's review.
///
/// # Errors
/// `Forbidden`; `Invalid` (`reason-missing`); `Conflict` (`no-draft`, and what [`scan::gate`] refuses).
pub fn submit(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<()> {
    let (person, draft) = prepare(tx, profile, id, reason)?;
    let step = step(profile, 0)?;
    let owner = dataset::by_id(tx.conn(), id)?.agency_id;
    may(&person, Action::Decide(profile, step, &owner)).require()?;
    scan::gate(tx, profile, &draft)?;
    let hash = dataset::draft_hash(tx.conn(), &draft)?;
    decide(tx, &draft, &hash, step, Verdict::Submitted, &person.account.id, reason)?;
    let last = self::step(profile, profile.review.steps.len().saturating_sub(1))?;
    let deciders = vec![Receivers::RoleAt(last.role.clone(), owner), Receivers::Role(role::COORDINATOR.to_owned())];
    tell(tx, deciders, "review-submitted", &draft, &person)
}

/// Approves the draft of a dataset; publishes it once enough different persons have decided. Says the number of the published
/// version, or `None` when more decisions are needed.
///
/// # Errors
/// `Forbidden` (`role-missing`, `own-submission`); `Invalid` (`reason-missing`); `Conflict` (`no-draft`, `not-submitted`, and what
/// [`scan::gate`] refuses).
pub fn approve(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<Option<i32>> {
    let (person, draft) = prepare(tx, profile, id, reason)?;
    let step = step(profile, profile.review.steps.len().saturating_sub(1))?;
    let owner = dataset::by_id(tx.conn(), id)?.agency_id;
    may(&person, Action::Decide(profile, step, &owner)).require()?;
    let hash = dataset::draft_hash(tx.conn(), &draft)?;
    let contributors = dataset::contributors_of(tx.conn(), &draft.id)?;
    // A decision counts for the content it was made on, and an approval only while the person has no part in that content.
    let mut before = store::decisions_of(tx.conn(), &draft.id)?;
    before.retain(|decision| {
        let counts = match decision.verdict {
            Verdict::Submitted => true,
            Verdict::Approved => !contributors.contains(&decision.person),
            Verdict::ChangesAsked | Verdict::Refused => false,
        };
        counts && decision.hash == hash
    });
    let submitters: Vec<_> = before.iter().filter(|decision| decision.verdict == Verdict::Submitted).collect();
    if submitters.is_empty() {
        return Err(Error::conflict(Problem::new("not-submitted")));
    }
    if contributors.contains(&person.account.id)
        || submitters.iter().any(|decision| decision.person == person.account.id)
    {
        return Err(Error::forbidden(Problem::new("own-submission").with("person", person.account.full_name.as_str())));
    }
    scan::gate(tx, profile, &draft)?;
    decide(tx, &draft, &hash, step, Verdict::Approved, &person.account.id, reason)?;
    let persons: HashSet<_> = before.iter().map(|decision| &decision.person).chain([&person.account.id]).collect();
    let needed = usize::try_from(profile.review.min_persons.value).unwrap_or(usize::MAX).max(2);
    let authors = submitters.iter().map(|decision| &decision.person).chain(&contributors);
    let authors: Vec<_> = authors.collect::<HashSet<_>>().into_iter().cloned().map(Receivers::Account).collect();
    if persons.len() < needed {
        tell(tx, authors, "review-approved", &draft, &person)?;
        return Ok(None);
    }
    tell(tx, authors, "dataset-published", &draft, &person)?;
    dataset::publish(tx, &draft).map(Some)
}

/// Takes a published dataset back: the agency's approver or the coordinating department decides.
///
/// # Errors
/// `Forbidden`; `Invalid` (`reason-missing`); `Conflict` (`not-published`).
pub fn withdraw(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &Localized) -> Result<()> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let step = step(profile, profile.review.steps.len().saturating_sub(1))?;
    let owner = dataset::by_id(tx.conn(), id)?.agency_id;
    may(&person, Action::Decide(profile, step, &owner)).require()?;
    dataset::withdraw(tx, id, reason)?;
    let first = self::step(profile, 0)?;
    let title = dataset::by_id(tx.conn(), id)?.title_vi;
    let args =
        [("title", title.into()), ("person", person.account.full_name.into()), ("reason", reason.vi.clone().into())];
    account::announce(
        tx,
        vec![Receivers::RoleAt(first.role.clone(), owner.clone()), Receivers::RoleAt(step.role.clone(), owner)],
        "dataset-withdrawn",
        &args,
        page_of(id),
    )
}

/// Tells people what somebody decided on a draft.
fn tell(tx: &mut Tx<'_>, to: Vec<Receivers>, event: &'static str, draft: &Version, person: &Person) -> Result<()> {
    let args =
        [("title", draft.metadata.title.vi.as_str().into()), ("person", person.account.full_name.as_str().into())];
    account::announce(tx, to, event, &args, page_of(&draft.dataset_id))
}

/// The dataset's page in the internal portal.
fn page_of(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}")
}

fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<(Person, Version)> {
    if reason.trim().is_empty() {
        return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
    }
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    Ok((person, draft))
}

fn step(profile: &Profile, index: usize) -> Result<&ReviewStep> {
    profile.review.steps.get(index).ok_or_else(|| Error::internal("the profile has no review steps"))
}

fn decide(
    tx: &mut Tx<'_>,
    draft: &Version,
    hash: &str,
    step: &ReviewStep,
    verdict: Verdict,
    person: &AccountId,
    reason: &str,
) -> Result<()> {
    store::insert(tx, &draft.id, &step.code, verdict, person, reason.trim(), hash)?;
    let detail = json!({ "version": draft.id, "step": step.code, "verdict": verdict.code(), "hash": hash, "reason": reason.trim() });
    audit::record(tx, "review.decide", "dataset", draft.dataset_id.as_str(), detail);
    Ok(())
}
