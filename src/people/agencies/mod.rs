//! The directory of agencies [danh bạ cơ quan] as the coordinating department keeps it: entering, changing, merging, dissolving.
//!
//! A reorganisation is data: a body that is over keeps its record, its datasets and its address, which leads on to its successor.

mod store;

use chrono::{Days, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use super::{acting, day_of, is_mail, line, needed_day, optional_line, reason_of, today};
use crate::access::{Action, may};
use crate::account::{self, RolePeriod, role};
use crate::agency::{self, Agency, NewAgency};
use crate::audit;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::slug::{is_slug, slugify};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Conn, Tx};
use crate::profile::Profile;

pub use store::{ListedAgency, list_agencies};

/// An agency as people type it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AgencyForm {
    /// Its part of addresses; made of the name when left empty, and never changed afterwards.
    pub slug: String,
    /// Its name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: String,
    /// The code of its kind.
    pub kind: String,
    /// The id of the body it belongs to.
    pub parent: String,
    /// The office telephone.
    pub phone: String,
    /// The office e-mail.
    pub email: String,
    /// The electronic identifier.
    pub e_identifier: String,
    /// First day of validity.
    pub valid_from: String,
    /// Not empty where it takes part of its own will.
    pub voluntary: String,
}

/// The same, checked.
struct Checked {
    name_vi: String,
    name_en: Option<String>,
    parent: Option<AgencyId>,
    phone: Option<String>,
    email: Option<String>,
    e_identifier: Option<String>,
    valid_from: String,
    voluntary: bool,
}

impl AgencyForm {
    /// The form that shows an agency as it is.
    pub fn of(agency: &Agency) -> Self {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        Self {
            slug: agency.slug.clone(),
            name_vi: agency.name_vi.clone(),
            name_en: text(&agency.name_en),
            kind: agency.kind.clone(),
            parent: agency.parent_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            phone: text(&agency.phone),
            email: text(&agency.email),
            e_identifier: text(&agency.e_identifier),
            valid_from: day_of(&agency.valid_from).map(|day| day.format("%d/%m/%Y").to_string()).unwrap_or_default(),
            voluntary: if agency.voluntary { "1".to_owned() } else { String::new() },
        }
    }

    /// Names every wrong field at once: `agency-name-missing`, `agency-kind-choose`, `phone-form`, `email-form`, `line-too-long`,
    /// `date-form`, and `agency-not-encouraged` on `voluntary` for a kind that takes part by duty.
    fn check(&self, conn: &mut Conn, profile: &Profile) -> Result<Checked> {
        let mut problems = Vec::new();
        let name_vi = line(&self.name_vi, 250, "agency-name-missing", "name_vi", &mut problems);
        let name_en = optional_line(&self.name_en, 250, "line-too-long", "name_en", &mut problems);
        let kind = profile.agency_kind(&self.kind);
        if kind.is_none() {
            problems.push(Problem::new("agency-kind-choose").on("kind"));
        }
        let voluntary = !self.voluntary.is_empty();
        if voluntary && kind.is_some_and(|kind| !kind.encouraged) {
            problems.push(Problem::new("agency-not-encouraged").on("voluntary"));
        }
        let parent = match self.parent.trim() {
            "" => None,
            id => match AgencyId::parse(id) {
                Some(id) if agency::by_id(conn, &id)?.is_some() => Some(id),
                _ => {
                    problems.push(Problem::new("agency-choose").on("parent"));
                    None
                }
            },
        };
        let phone = optional_line(&self.phone, 50, "phone-form", "phone", &mut problems);
        let email = Some(self.email.trim().to_owned()).filter(|email| !email.is_empty());
        if email.as_deref().is_some_and(|email| !is_mail(email)) {
            problems.push(Problem::new("email-form").on("email"));
        }
        let e_identifier = optional_line(&self.e_identifier, 50, "line-too-long", "e_identifier", &mut problems);
        let valid_from = needed_day(&self.valid_from, "valid_from", &mut problems);
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        Ok(Checked { name_vi, name_en, parent, phone, email, e_identifier, valid_from, voluntary })
    }
}

/// Enters an agency in the directory.
///
/// # Errors
/// `Forbidden`; `Invalid` on the fields, `slug-form`, `agency-slug-taken`.
pub fn enter_agency(tx: &mut Tx<'_>, profile: &Profile, form: &AgencyForm) -> Result<AgencyId> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    let checked = form.check(tx.conn(), profile)?;
    let typed = form.slug.trim();
    let slug = if typed.is_empty() { slugify(&checked.name_vi) } else { typed.to_owned() };
    if !is_slug(&slug) {
        return Err(Error::invalid(Problem::new("slug-form").with("slug", slug.as_str()).on("slug")));
    }
    if agency::by_slug(tx.conn(), &slug)?.is_some() {
        return Err(Error::invalid(Problem::new("agency-slug-taken").with("slug", slug.as_str()).on("slug")));
    }
    let new = NewAgency {
        slug,
        name_vi: checked.name_vi,
        name_en: checked.name_en,
        kind: form.kind.clone(),
        e_identifier: checked.e_identifier,
        phone: checked.phone,
        email: checked.email,
        valid_from: checked.valid_from,
    };
    let made = agency::register(tx, new)?;
    if checked.parent.is_some() || checked.voluntary {
        let after = Agency { parent_id: checked.parent, voluntary: checked.voluntary, ..made.clone() };
        agency::change(tx, "agency.change", None, &after)?;
    }
    Ok(made.id)
}

/// Changes what the directory says of an agency; its address stays.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` on the fields, `agency-circle` on `parent`, `period-order` on `valid_from`.
pub fn edit_agency(tx: &mut Tx<'_>, profile: &Profile, id: &AgencyId, form: &AgencyForm) -> Result<()> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    let before = agency::by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    let checked = form.check(tx.conn(), profile)?;
    if before.valid_to.as_deref().is_some_and(|last| last < checked.valid_from.as_str()) {
        return Err(Error::invalid(Problem::new("period-order").on("valid_from")));
    }
    let after = Agency {
        name_vi: checked.name_vi,
        name_en: checked.name_en,
        kind: form.kind.clone(),
        e_identifier: checked.e_identifier,
        phone: checked.phone,
        email: checked.email,
        valid_from: checked.valid_from,
        parent_id: checked.parent,
        voluntary: checked.voluntary,
        ..before
    };
    agency::change(tx, "agency.change", None, &after)
}

/// A body that is merged into another, or dissolved.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MergeForm {
    /// The id of the body that takes over; empty where nobody does.
    pub successor: String,
    /// The first day on which it is no more.
    pub date: String,
    /// What becomes of the roles held there: `end` or `move`.
    pub roles: String,
    /// The decision behind it.
    pub reason: String,
}

/// Merges an agency into its successor, or dissolves it, from a day on. Its datasets keep it as their owner; its address leads on to the
/// successor, whose people act for it from then on ([`account::by_id`]) and who owes what it owed, from the night after that day; the roles held
/// there end the day before, or go on at the successor.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`date-form`, `period-order` on `date`; `agency-choose`, `agency-circle`, `agency-over`,
/// `successor-missing` on `successor`; `reason-missing`); `Conflict` (`last-operator` when the role of the last one to run the portal would
/// end).
pub fn merge_agency(tx: &mut Tx<'_>, profile: &Profile, id: &AgencyId, form: &MergeForm) -> Result<()> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    let before = agency::by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    let mut problems = Vec::new();
    let date = day_of(&form.date);
    let last_day = date.and_then(|date: NaiveDate| date.checked_sub_days(Days::new(1))).map(|day| day.to_string());
    if last_day.is_none() {
        problems.push(Problem::new("date-form").on("date"));
    }
    if last_day.as_deref().is_some_and(|last| last < before.valid_from.as_str()) {
        problems.push(Problem::new("period-order").on("date"));
    }
    let successor = match form.successor.trim() {
        "" => None,
        id => {
            let found = match AgencyId::parse(id) {
                Some(id) => agency::by_id(tx.conn(), &id)?,
                None => None,
            };
            if found.is_none() {
                problems.push(Problem::new("agency-choose").on("successor"));
            }
            found
        }
    };
    let first = date.map(|date| date.to_string()).unwrap_or_default();
    if let Some(next) = successor.as_ref().filter(|next| next.is_over(&first)) {
        problems.push(Problem::new("agency-over").with("agency", next.name_vi.as_str()).on("successor"));
    }
    let moving = form.roles == "move";
    if moving && form.successor.trim().is_empty() {
        problems.push(Problem::new("successor-missing").on("successor"));
    }
    let reason = reason_of(&form.reason).unwrap_or_else(|error| {
        problems.extend_from_slice(error.problems());
        String::new()
    });
    let (Some(last_day), true) = (last_day, problems.is_empty()) else { return Err(Error::invalid_all(problems)) };
    let after = Agency {
        valid_to: Some(last_day.clone()),
        successor_id: successor.as_ref().map(|next| next.id.clone()),
        ..before
    };
    agency::change(tx, "agency.merge", Some(&reason), &after)?;
    if let Some(next) = &successor {
        tx.changed("agency", next.id.as_str());
    }
    let (mut ended, mut moved) = (0, 0);
    for (holder, held) in account::roles_at(tx.conn(), id)? {
        if held.valid_to.as_deref().is_some_and(|last| last <= last_day.as_str()) {
            continue;
        }
        let day = today(tx, profile);
        if !moving && held.role == role::OPERATOR && account::is_last_operator(tx.conn(), &holder, &day)? {
            return Err(Error::conflict(Problem::new("last-operator")));
        }
        account::end_role(tx, &holder, &held.key(), &last_day)?;
        ended += 1;
        if let (true, Some(next)) = (moving, &successor) {
            moved += usize::from(go_on(tx, &holder, held, next, &first)?);
        }
    }
    audit::record(tx, "agency.end-roles", "agency", id.as_str(), json!({ "ended": ended, "moved": moved }));
    Ok(())
}

/// Lets a role go on at the successor, unless its holder has it there already; says whether it does.
fn go_on(tx: &mut Tx<'_>, holder: &AccountId, role: RolePeriod, next: &Agency, first: &str) -> Result<bool> {
    let valid_from = if role.valid_from.as_str() > first { role.valid_from.clone() } else { first.to_owned() };
    let new = RolePeriod { agency: next.id.clone(), valid_from, ..role };
    match account::add_role(tx, holder, &new) {
        Ok(()) => Ok(true),
        Err(error) if error.has("role-held") => Ok(false),
        Err(error) => Err(error),
    }
}

/// Where the address of an agency leads on to a day (ISO 8601): the slug of the body that took over in the end; nothing while the agency
/// is there, or when nobody took over.
///
/// # Errors
/// When the database does not answer.
pub fn move_of(conn: &mut Conn, slug: &str, day: &str) -> Result<Option<String>> {
    let Some(found) = agency::by_slug(conn, slug)?.filter(|agency| agency.is_over(day)) else { return Ok(None) };
    let heirs = agency::heirs(conn, day)?;
    let heir = Some(heirs.of(&found.id)).filter(|heir| **heir != found.id);
    match heir {
        Some(heir) => Ok(agency::by_id(conn, heir)?.map(|heir| heir.slug)),
        None => Ok(None),
    }
}
