//! Focal points [đầu mối]: the people whom each agency names to be spoken to, and the coordinating department confirms (R-094 to R-097,
//! Which kinds there are, whether the province approves the list, and whether contacts are published, the profile says.
//!
//! A focal point is *nominated*, then *active* or *refused*; the next active one of its kind at its agency makes it *replaced*.

mod list;
mod model;
mod store;

use serde::Deserialize;
use serde_json::json;

use super::{Scope, acting, day_of, is_mail, line, optional_line, reason_of, today};
use crate::access::{Action, may};
use crate::account::{self, Receivers, role};
use crate::agency;
use crate::audit;
use crate::kernel::id::{AgencyId, FocalPointId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::profile::{FocalKind, Profile};

pub use list::{
    DecisionForm, FocalList, FocalListRow, SubmitForm, compile_focal_list, decide_focal_list, focal_list_by_id,
    focal_list_rows, focal_lists, submit_focal_list,
};
pub use model::FocalPoint;
pub use store::{active_focal_points, focal_points_in, focal_points_of};

/// The code of a kind, as the profile writes it and the table keeps it.
pub fn kind_code(kind: FocalKind) -> &'static str {
    match kind {
        FocalKind::Technical => "technical",
        FocalKind::LeaderSupply => "leader-supply",
        FocalKind::LeaderUse => "leader-use",
    }
}

/// Somebody to be named.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FocalForm {
    /// The code of the kind.
    pub focal_kind: String,
    /// The person's name.
    pub person_name: String,
    /// The person's position.
    pub position: String,
    /// The office telephone.
    pub focal_phone: String,
    /// The office e-mail.
    pub focal_email: String,
}

struct Checked {
    kind: String,
    person_name: String,
    position: String,
    phone: String,
    email: String,
}

impl FocalForm {
    /// Names every wrong field at once: `focal-kind-choose`, `person-name-missing`, `position-missing`, `phone-form`, `email-form`.
    fn check(&self, profile: &Profile) -> Result<Checked> {
        let mut problems = Vec::new();
        let kind = profile.focal.kinds.value.iter().map(|kind| kind_code(*kind)).find(|code| *code == self.focal_kind);
        if kind.is_none() {
            problems.push(Problem::new("focal-kind-choose").on("focal_kind"));
        }
        let person_name = line(&self.person_name, 150, "person-name-missing", "person_name", &mut problems);
        let position = line(&self.position, 150, "position-missing", "position", &mut problems);
        let phone = line(&self.focal_phone, 50, "phone-form", "focal_phone", &mut problems);
        let email = self.focal_email.trim().to_owned();
        if !is_mail(&email) {
            problems.push(Problem::new("email-form").on("focal_email"));
        }
        match (kind, problems.is_empty()) {
            (Some(kind), true) => Ok(Checked { kind: kind.to_owned(), person_name, position, phone, email }),
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

/// Names somebody as a focal point of an agency.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` on the fields; `Conflict` (`agency-over`).
pub fn nominate(tx: &mut Tx<'_>, profile: &Profile, agency: &AgencyId, form: &FocalForm) -> Result<FocalPointId> {
    let person = acting(tx, profile)?;
    // What one does not speak for does not exist.
    let home = agency::by_id(tx.conn(), agency)?
        .filter(|home| may(&person, Action::NameFocalPoint(&home.id)).granted())
        .ok_or_else(Error::not_found)?;
    let new = form.check(profile)?;
    if home.is_over(&today(tx, profile)) {
        return Err(Error::conflict(Problem::new("agency-over").with("agency", home.name_vi.as_str())));
    }
    let id = FocalPointId::fresh();
    store::insert(tx, &id, agency, &person.account.id, &new)?;
    let detail = json!({ "before": null, "after": "nominated", "agency": agency, "kind": new.kind });
    audit::record(tx, "focal-point.nominate", "focal-point", id.as_str(), detail);
    account::announce(
        tx,
        vec![Receivers::Role(role::COORDINATOR.to_owned())],
        "focal-nominated",
        &[("person", person.account.full_name.into()), ("agency", home.name_vi.into())],
        format!("/internal/agencies/{agency}"),
    )?;
    Ok(id)
}

/// The form that decides on a nomination.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct FocalDecision {
    /// The number of the province's decision, where the profile wants one.
    pub number: String,
    /// Its day.
    pub date: String,
    /// Why it is refused.
    pub reason: String,
}

/// The nomination that the coordinating department decides on.
fn waiting(tx: &mut Tx<'_>, profile: &Profile, id: &FocalPointId) -> Result<(account::Person, FocalPoint)> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    lock_row(tx.conn(), "focal_point", id.as_str())?;
    let found = store::by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    // Two nominations of one agency are decided one after the other.
    lock_row(tx.conn(), "agency", found.agency_id.as_str())?;
    if found.state != "nominated" {
        return Err(Error::conflict(Problem::new("focal-decided")));
    }
    Ok((person, found))
}

/// Confirms a focal point: the one of its kind before it is replaced. Where the profile has the province approve the list, the decision's
/// number and day are needed. Nobody confirms whom they named.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-request`); `Invalid` (`decision-number-missing` on `number`, `date-form` on `decided_on`); `Conflict`
/// (`focal-decided`).
pub fn approve_focal_point(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &FocalPointId,
    form: &FocalDecision,
) -> Result<AgencyId> {
    let (person, found) = waiting(tx, profile, id)?;
    if found.nominated_by == person.account.id {
        return Err(Error::forbidden(Problem::new("own-request")));
    }
    let mut problems = Vec::new();
    let number = optional_line(&form.number, 100, "decision-number-missing", "number", &mut problems);
    let date = day_of(&form.date).map(|day| day.to_string());
    let needed = profile.focal.needs_approval.value;
    if needed && number.is_none() {
        problems.push(Problem::new("decision-number-missing").on("number"));
    }
    if (needed || !form.date.trim().is_empty()) && date.is_none() {
        problems.push(Problem::new("date-form").on("decided_on"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    confirm(tx, profile, &person, found, (number.as_deref(), date.as_deref()))
}

/// Makes a nomination count by a decision (its number and day), in place of the focal point of its kind before it.
fn confirm(
    tx: &mut Tx<'_>,
    profile: &Profile,
    person: &account::Person,
    found: FocalPoint,
    decision: (Option<&str>, Option<&str>),
) -> Result<AgencyId> {
    let replaced = store::replace(tx, &found.agency_id, &found.kind)?;
    store::decide(tx, &found.id, &person.account.id, "active", decision, None)?;
    if profile.focal.public.value {
        tx.changed("agency", found.agency_id.as_str());
    }
    let detail = json!({ "before": "nominated", "after": "active", "agency": found.agency_id, "kind": found.kind,
        "replaced": replaced, "number": decision.0 });
    audit::record(tx, "focal-point.approve", "focal-point", found.id.as_str(), detail);
    decided(tx, found, "focal-approved", "")
}

/// Refuses a nomination, with a reason that whoever made it reads.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`reason-missing`); `Conflict` (`focal-decided`).
pub fn refuse_focal_point(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &FocalPointId,
    form: &FocalDecision,
) -> Result<AgencyId> {
    let (person, found) = waiting(tx, profile, id)?;
    let reason = reason_of(&form.reason).map_err(|_| Error::invalid(Problem::new("reason-missing").on("why_not")))?;
    store::decide(tx, id, &person.account.id, "refused", (None, None), Some(&reason))?;
    let detail = json!({ "before": "nominated", "after": "refused", "agency": found.agency_id, "kind": found.kind,
        "reason": reason });
    audit::record(tx, "focal-point.refuse", "focal-point", id.as_str(), detail);
    decided(tx, found, "focal-refused", &reason)
}

fn decided(tx: &mut Tx<'_>, found: FocalPoint, event: &'static str, reason: &str) -> Result<AgencyId> {
    account::announce(
        tx,
        vec![Receivers::Account(found.nominated_by)],
        event,
        &[("name", found.person_name.into()), ("reason", reason.into())],
        format!("/internal/agencies/{}", found.agency_id),
    )?;
    Ok(found.agency_id)
}
