//! Where drafts stand, and who may go on with them.

use std::collections::HashMap;

use super::store::{self, Scope};
use super::{DraftState, InReview, Standing};
use crate::access::{Action, may};
use crate::account::{Person, role};
use crate::dataset::{self, Dataset, State, Version};
use crate::kernel::id::{AgencyId, DatasetId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Conn;
use crate::profile::{Profile, ReviewStep};

/// Where a draft stands.
///
/// # Errors
/// When the database does not answer.
pub fn standing(conn: &mut Conn, profile: &Profile, draft: &Version) -> Result<Standing> {
    let hash = dataset::draft_hash(conn, draft)?;
    let decisions = store::decisions_of(conn, &draft.id)?;
    let contributors = dataset::contributors_of(conn, &draft.id)?;
    Ok(Standing::of(profile, hash, decisions, contributors))
}

/// Every draft that was ever submitted and where it stands, by dataset.
///
/// # Errors
/// When the database does not answer.
pub fn in_review(conn: &mut Conn, profile: &Profile) -> Result<HashMap<DatasetId, DraftState>> {
    let found = within(conn, profile, Scope::All)?;
    Ok(found.into_iter().map(|item| (item.dataset.id, item.standing.state)).collect())
}

/// The drafts whose next step a person may decide, having no part in them; the longest submitted first.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_for(conn: &mut Conn, profile: &Profile, person: &Person) -> Result<Vec<InReview>> {
    let deciding = |role: &str| profile.review.steps.iter().skip(1).any(|step| step.role == role);
    let agencies: Vec<AgencyId> =
        person.held.iter().filter(|held| deciding(&held.role)).map(|held| held.agency.clone()).collect();
    let everywhere = person.holds(role::COORDINATOR, None);
    if agencies.is_empty() && !everywhere {
        return Ok(Vec::new());
    }
    let agencies = (!everywhere).then_some(agencies.as_slice());
    let mut found = within(conn, profile, Scope::Others(agencies, &person.account.id))?;
    // What is in quarantine goes nowhere until it is lifted.
    found.retain(|item| item.dataset.quarantined_at.is_none());
    found.retain(|item| may_decide(profile, person, &item.dataset, &item.standing).is_ok());
    found.sort_by_key(|item| item.standing.submission().map(|submission| submission.at));
    Ok(found)
}

/// The drafts that a person changed or submitted and that a reviewer sent back: changes asked for, or refused, and nothing
/// changed since.
///
/// # Errors
/// When the database does not answer.
pub fn returned_to(conn: &mut Conn, profile: &Profile, person: &Person) -> Result<Vec<InReview>> {
    let mut found = within(conn, profile, Scope::Own(&person.account.id))?;
    found.retain(|item| matches!(item.standing.state, DraftState::ChangesAsked | DraftState::Refused));
    Ok(found)
}

/// The drafts of a scope with their standing, in a handful of queries however many there are.
fn within(conn: &mut Conn, profile: &Profile, scope: Scope<'_>) -> Result<Vec<InReview>> {
    let datasets = store::with_decisions(conn, scope)?;
    let ids: Vec<DatasetId> = datasets.iter().map(|dataset| dataset.id.clone()).collect();
    let drafts = dataset::drafts_of(conn, &ids)?;
    let versions: Vec<_> = drafts.iter().map(|draft| draft.id.clone()).collect();
    let mut hashes = dataset::draft_hashes(conn, &drafts)?;
    let mut contributors = store::contributors_on(conn, &versions)?;
    let mut decisions: HashMap<_, Vec<_>> = HashMap::new();
    for decision in store::decisions_on(conn, &versions)? {
        decisions.entry(decision.version.clone()).or_default().push(decision);
    }
    let mut drafts: HashMap<DatasetId, Version> =
        drafts.into_iter().map(|draft| (draft.dataset_id.clone(), draft)).collect();
    let stand = |dataset: Dataset| {
        let version = drafts.remove(&dataset.id)?;
        let standing = Standing::of(
            profile,
            hashes.remove(&version.id)?,
            decisions.remove(&version.id).unwrap_or_default(),
            contributors.remove(&version.id).unwrap_or_default(),
        );
        Some(InReview { dataset, version, standing })
    };
    Ok(datasets.into_iter().filter_map(stand).collect())
}

/// The step of a number.
pub(super) fn step(profile: &Profile, index: usize) -> Result<&ReviewStep> {
    profile.review.steps.get(index).ok_or_else(|| Error::internal("the profile has no such review step"))
}

/// The last step of the review.
pub(super) fn last_step(profile: &Profile) -> Result<&ReviewStep> {
    step(profile, profile.review.steps.len().saturating_sub(1))
}

/// The step that somebody may decide now, or why they may not.
///
/// # Errors
/// `Forbidden` (`role-missing`, `own-submission`, `step-already-decided`); `Conflict` (`not-submitted`).
pub fn may_decide<'a>(
    profile: &'a Profile,
    person: &Person,
    dataset: &Dataset,
    standing: &Standing,
) -> Result<&'a ReviewStep> {
    let step = step(profile, standing.next_step.unwrap_or(1))?;
    may(person, Action::Decide(profile, step, &dataset.agency_id)).require()?;
    if standing.next_step.is_none() {
        return Err(Error::conflict(Problem::new("not-submitted")));
    }
    let id = &person.account.id;
    let named =
        |code: &'static str| Error::forbidden(Problem::new(code).with("person", person.account.full_name.as_str()));
    if standing.contributors.contains(id) || standing.submitted_by(id) {
        return Err(named("own-submission"));
    }
    if standing.approved_by(id) {
        return Err(named("step-already-decided"));
    }
    Ok(step)
}

/// Whether somebody may submit the draft as it stands, or why not.
///
/// # Errors
/// `Forbidden` (`role-missing`); `Conflict` (`dataset-withdrawn`, `already-submitted`, `unchanged-since-return`).
pub fn may_submit(profile: &Profile, person: &Person, dataset: &Dataset, standing: &Standing) -> Result<()> {
    may(person, Action::Decide(profile, step(profile, 0)?, &dataset.agency_id)).require()?;
    if dataset.state() == State::Withdrawn {
        return Err(Error::conflict(Problem::new("dataset-withdrawn").with("slug", dataset.slug.as_str())));
    }
    match (standing.state, standing.submission()) {
        (_, Some(submission)) => {
            Err(Error::conflict(Problem::new("already-submitted").with("person", submission.name.as_str())))
        }
        (DraftState::ChangesAsked | DraftState::Refused, None) => {
            Err(Error::conflict(Problem::new("unchanged-since-return")))
        }
        _ => Ok(()),
    }
}

/// Whether somebody may take the submission back, or why not.
///
/// # Errors
/// `Conflict` (`not-submitted`, `recall-too-late`); `Forbidden` (`not-your-submission`).
pub fn may_recall(person: &Person, standing: &Standing) -> Result<()> {
    let Some(submission) = standing.submission() else {
        return Err(Error::conflict(Problem::new("not-submitted")));
    };
    if submission.person != person.account.id {
        return Err(Error::forbidden(Problem::new("not-your-submission").with("person", submission.name.as_str())));
    }
    if standing.state != DraftState::Submitted {
        return Err(Error::conflict(Problem::new("recall-too-late")));
    }
    Ok(())
}

/// Whether somebody may withdraw a dataset, or why not.
///
/// # Errors
/// `Forbidden` (`role-missing`); `Conflict` (`not-published`).
pub fn may_withdraw(profile: &Profile, person: &Person, dataset: &Dataset) -> Result<()> {
    may(person, Action::Decide(profile, last_step(profile)?, &dataset.agency_id)).require()?;
    if dataset.state() != State::Published {
        return Err(Error::conflict(Problem::new("not-published")));
    }
    Ok(())
}
