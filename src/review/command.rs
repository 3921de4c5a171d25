//! What submitters and reviewers do.

use std::collections::{HashMap, HashSet};

use serde_json::json;

use super::query::{last_step, may_decide, may_recall, may_submit, may_withdraw, standing, step};
use super::{KeptRemark, Remark, Standing, Verdict, fields, job, store};
use crate::account::{self, Person, Receivers, role};
use crate::audit;
use crate::cycle;
use crate::dataset::contract;
use crate::dataset::{self, Dataset, Version};
use crate::kernel::id::{AgencyId, DatasetId, DecisionId};
use crate::kernel::text::length;
use crate::kernel::{Arg, Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::profile::{Profile, ReviewStep};
use crate::scan;
use crate::voice;

/// The longest reason, and the longest remark, in characters as people count them.
const REASON: usize = 4000;
/// Most remarks in one decision.
const REMARKS: usize = 50;

/// Submits the draft of a dataset: the first step of the profile's review. Done twice by one person it is done once.
///
/// # Errors
/// `Forbidden` (`role-missing`); `Invalid` (`reason-missing`, `reason-too-long`); `Conflict` (`no-draft`, `dataset-withdrawn`,
/// `already-submitted`, `unchanged-since-return`, and what [`scan::gate`] and [`gate`](contract::Report::gate) refuse).
pub fn submit(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<()> {
    submit_held(tx, profile, id, reason, None)
}

/// As [`submit`]; `held` is how the draft stands to its contract, where that is known.
pub(super) fn submit_held(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &DatasetId,
    reason: &str,
    held: Option<contract::Report>,
) -> Result<()> {
    check_reason(reason)?;
    let act = prepare(tx, profile, id)?;
    if let Some(submission) = act.standing.submission()
        && submission.person == act.person.account.id
    {
        return Ok(());
    }
    may_submit(profile, &act.person, &act.dataset, &act.standing)?;
    scan::gate(tx, profile, &act.draft)?;
    let held = held.map_or_else(|| contract::report(tx.conn(), &act.draft), Ok)?;
    held.gate()?;
    decide(tx, &act, step(profile, 0)?, Verdict::Submitted, reason, &[])?;
    // What reviewers will want to see of the rows.
    for table in &held.changed {
        job::enqueue(tx, &table.old.table.id, &table.new.table.id, &table.key())?;
    }
    let next = step(profile, 1)?;
    tell(tx, deciders(next, &act.dataset.agency_id), "review-submitted", &act, &[], review_of(id))
}

/// Approves the step that waits; publishes the draft once every step is decided and enough different persons have decided. Says
/// the number of the published version, or `None` when more decisions are needed. Done twice by one person it is done once.
///
/// # Errors
/// `Forbidden` (`role-missing`, `own-submission`, `step-already-decided`); `Invalid` (`reason-missing`, `reason-too-long`,
/// `nothing-to-publish`); `Conflict` (`no-draft`, `not-submitted`, `dataset-withdrawn`, and what [`scan::gate`] and [`gate`](contract::Report::gate) refuse).
pub fn approve(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<Option<i32>> {
    check_reason(reason)?;
    let act = prepare(tx, profile, id)?;
    let waits = act.standing.step(profile).map(|step| step.code.as_str());
    let own = act.standing.approvals().find(|decision| decision.person == act.person.account.id);
    if own.is_some_and(|own| Some(own.step.as_str()) == waits) {
        return Ok(None);
    }
    let step = may_decide(profile, &act.person, &act.dataset, &act.standing)?;
    scan::gate(tx, profile, &act.draft)?;
    contract::report(tx.conn(), &act.draft)?.gate()?;
    decide(tx, &act, step, Verdict::Approved, reason, &[])?;
    let after = standing(tx.conn(), profile, &act.draft)?;
    let Some(next) = after.step(profile) else {
        tell(tx, authors(&act), "dataset-published", &act, &[], page_of(id))?;
        let number = dataset::publish(tx, &act.draft)?;
        voice::settle(tx, &act.draft, number)?;
        cycle::renew(tx, profile, id)?;
        return Ok(Some(number));
    };
    tell(tx, authors(&act), "review-approved", &act, &[], page_of(id))?;
    if next.code != step.code {
        tell(tx, deciders(next, &act.dataset.agency_id), "review-submitted", &act, &[], review_of(id))?;
    }
    Ok(None)
}

/// Sends the draft back with what is to be changed: a reason, and remarks on fields.
///
/// # Errors
/// `Forbidden` and `Conflict` as [`approve`]; `Invalid` (`reason-missing`, `reason-too-long`, `remark-field-unknown`,
/// `remark-text-missing`, `remark-too-long`, `remarks-too-many`).
pub fn ask_changes(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str, remarks: &[Remark]) -> Result<()> {
    check_reason(reason)?;
    let act = prepare(tx, profile, id)?;
    let step = may_decide(profile, &act.person, &act.dataset, &act.standing)?;
    let resources = dataset::resources_of(tx.conn(), &act.draft.id)?;
    let kept = check_remarks(&fields::values(&act.draft, &resources)?, remarks)?;
    decide(tx, &act, step, Verdict::ChangesAsked, reason, &kept)?;
    tell(tx, authors(&act), "review-changes-asked", &act, &[("reason", reason.trim().into())], review_of(id))
}

/// Refuses the draft: this submission ends.
///
/// # Errors
/// `Forbidden` and `Conflict` as [`approve`]; `Invalid` (`reason-missing`, `reason-too-long`).
pub fn refuse(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<()> {
    check_reason(reason)?;
    let act = prepare(tx, profile, id)?;
    let step = may_decide(profile, &act.person, &act.dataset, &act.standing)?;
    decide(tx, &act, step, Verdict::Refused, reason, &[])?;
    tell(tx, authors(&act), "review-refused", &act, &[("reason", reason.trim().into())], review_of(id))
}

/// Takes one's own submission back while nobody has decided on it.
///
/// # Errors
/// `Forbidden` (`not-your-submission`); `Conflict` (`no-draft`, `not-submitted`, `recall-too-late`).
pub fn recall(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<()> {
    let act = prepare(tx, profile, id)?;
    may_recall(&act.person, &act.standing)?;
    let Some(submission) = act.standing.submission() else {
        return Err(Error::conflict(Problem::new("not-submitted")));
    };
    store::insert_recall(tx, &submission.id, &act.person.account.id)?;
    let detail = json!({ "version": act.draft.id, "hash": act.standing.hash });
    audit::record(tx, "review.recall", "dataset", id.as_str(), detail);
    let next = act.standing.step(profile).map_or_else(|| step(profile, 1), Ok)?;
    tell(tx, deciders(next, &act.dataset.agency_id), "review-recalled", &act, &[], page_of(id))
}

/// Refuses to go on unless the draft is still what the person has seen.
///
/// # Errors
/// `Conflict` (`draft-changed`, `no-draft`).
pub fn seen(tx: &mut Tx<'_>, id: &DatasetId, hash: &str) -> Result<()> {
    dataset::lock(tx, id)?;
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    if dataset::draft_hash(tx.conn(), &draft)? != hash {
        return Err(Error::conflict(Problem::new("draft-changed")));
    }
    Ok(())
}

/// Takes a published dataset back: who decides the last step at its agency, or the coordinating department, may.
///
/// # Errors
/// `Forbidden` (`role-missing`); `Invalid` (`reason-missing`, `reason-too-long`); `Conflict` (`not-published`).
pub fn withdraw(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &Localized) -> Result<()> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let found = dataset::by_id(tx.conn(), id)?;
    may_withdraw(profile, &person, &found)?;
    check_reason(&reason.vi)?;
    check_length(reason.en.as_deref().unwrap_or_default(), "reason_en")?;
    dataset::withdraw(tx, id, reason)?;
    cycle::renew(tx, profile, id)?;
    let (first, last) = (step(profile, 0)?, last_step(profile)?);
    let args = [
        ("title", found.called().into()),
        ("person", person.account.full_name.into()),
        ("reason", reason.vi.clone().into()),
    ];
    let owner = found.agency_id;
    account::announce(
        tx,
        vec![Receivers::RoleAt(first.role.clone(), owner.clone()), Receivers::RoleAt(last.role.clone(), owner)],
        "dataset-withdrawn",
        &args,
        page_of(id),
    )
}

/// What every act on a draft begins with.
struct Act {
    person: Person,
    dataset: Dataset,
    draft: Version,
    standing: Standing,
}

fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<Act> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    let dataset = dataset::by_id(tx.conn(), id)?;
    let standing = standing(tx.conn(), profile, &draft)?;
    Ok(Act { person, dataset, draft, standing })
}

pub(super) fn check_reason(reason: &str) -> Result<()> {
    if reason.trim().is_empty() {
        return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
    }
    check_length(reason, "reason")
}

pub(super) fn check_length(reason: &str, field: &'static str) -> Result<()> {
    if length(reason) > REASON {
        return Err(Error::invalid(Problem::new("reason-too-long").with("most", REASON).on(field)));
    }
    Ok(())
}

/// The remarks with what stands in their fields now; says all that is wrong with them, by their places from 1.
fn check_remarks(values: &[(String, String)], remarks: &[Remark]) -> Result<Vec<KeptRemark>> {
    let values: HashMap<&str, &str> = values.iter().map(|(code, value)| (code.as_str(), value.as_str())).collect();
    let mut problems = Vec::new();
    let mut kept = Vec::new();
    if remarks.len() > REMARKS {
        problems.push(Problem::new("remarks-too-many").with("most", REMARKS));
    }
    for (number, remark) in remarks.iter().enumerate().take(REMARKS) {
        let number = number + 1;
        let text = remark.text.trim();
        if text.is_empty() {
            problems.push(Problem::new("remark-text-missing").on(format!("text-{number}")));
        } else if length(text) > REASON {
            problems.push(Problem::new("remark-too-long").with("most", REASON).on(format!("text-{number}")));
        }
        match values.get(remark.field.as_str()) {
            Some(value) => {
                kept.push(KeptRemark { field: remark.field.clone(), text: text.to_owned(), value: (*value).to_owned() })
            }
            None => problems.push(Problem::new("remark-field-unknown").on(format!("field-{number}"))),
        }
    }
    if problems.is_empty() { Ok(kept) } else { Err(Error::invalid_all(problems)) }
}

fn decide(
    tx: &mut Tx<'_>,
    act: &Act,
    step: &ReviewStep,
    verdict: Verdict,
    reason: &str,
    remarks: &[KeptRemark],
) -> Result<DecisionId> {
    let (reason, hash, person) = (reason.trim(), &act.standing.hash, &act.person.account.id);
    let id = store::insert(tx, &act.draft.id, &step.code, verdict, person, reason, hash)?;
    store::insert_remarks(tx, &id, remarks)?;
    let mut detail = json!({ "version": act.draft.id, "step": step.code, "verdict": verdict.code(), "hash": hash, "reason": reason });
    if !remarks.is_empty() {
        let fields: Vec<&str> = remarks.iter().map(|remark| remark.field.as_str()).collect();
        detail["remarks"] = json!(fields);
    }
    audit::record(tx, "review.decide", "dataset", act.dataset.id.as_str(), detail);
    Ok(id)
}

/// Whoever decides a step of an agency's dataset.
fn deciders(step: &ReviewStep, owner: &AgencyId) -> Vec<Receivers> {
    vec![Receivers::RoleAt(step.role.clone(), owner.clone()), Receivers::Role(role::COORDINATOR.to_owned())]
}

/// Whoever submitted the draft or has a part in it.
fn authors(act: &Act) -> Vec<Receivers> {
    let submitter = act.standing.submission().map(|submission| &submission.person);
    let all: HashSet<_> = submitter.into_iter().chain(&act.standing.contributors).collect();
    all.into_iter().cloned().map(Receivers::Account).collect()
}

/// Tells people what somebody decided on a draft.
fn tell(
    tx: &mut Tx<'_>,
    to: Vec<Receivers>,
    event: &'static str,
    act: &Act,
    more: &[(&str, Arg)],
    link: String,
) -> Result<()> {
    let mut args = vec![
        ("title", act.draft.metadata.title.vi.as_str().into()),
        ("person", act.person.account.full_name.as_str().into()),
    ];
    args.extend(more.iter().cloned());
    account::announce(tx, to, event, &args, link)
}

/// The dataset's page in the internal portal.
fn page_of(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}")
}

/// The screen of its review.
fn review_of(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}/review")
}
