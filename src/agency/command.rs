//! What is done to agencies.

use serde::Serialize;
use serde_json::json;

use super::{Agency, store};
use crate::audit;
use crate::kernel::id::AgencyId;
use crate::kernel::slug::is_slug;
use crate::kernel::text::nfc;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};

/// An agency to be entered.
#[derive(Clone, Debug, Serialize)]
pub struct NewAgency {
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// The code of its kind.
    pub kind: String,
    /// The electronic identifier.
    pub e_identifier: Option<String>,
    /// The office telephone.
    pub phone: Option<String>,
    /// The office e-mail.
    pub email: Option<String>,
    /// First day of validity, ISO 8601.
    pub valid_from: String,
}

/// Enters an agency in the directory.
///
/// # Errors
/// Refusals `slug-form`, `agency-name-missing`; `Conflict` when the slug is taken.
pub fn register(tx: &mut Tx<'_>, new: NewAgency) -> Result<Agency> {
    if !is_slug(&new.slug) {
        return Err(Error::invalid(Problem::new("slug-form").with("slug", new.slug.as_str()).on("slug")));
    }
    if new.name_vi.trim().is_empty() {
        return Err(Error::invalid(Problem::new("agency-name-missing").on("name_vi")));
    }
    let agency = Agency {
        id: AgencyId::fresh(),
        slug: new.slug.clone(),
        name_vi: nfc(new.name_vi.trim()),
        name_en: new.name_en.as_deref().map(nfc),
        kind: new.kind.clone(),
        e_identifier: new.e_identifier.clone(),
        phone: new.phone.clone(),
        email: new.email.clone(),
        valid_from: new.valid_from.clone(),
        valid_to: None,
        successor_id: None,
        parent_id: None,
        voluntary: false,
    };
    store::insert(tx, &agency)?;
    tx.changed("agency", agency.id.as_str());
    audit::record(tx, "agency.register", "agency", agency.id.as_str(), &new);
    Ok(agency)
}

/// What can be said of an agency in the log: everything that changes.
fn told(agency: &Agency) -> serde_json::Value {
    json!({
        "name_vi": agency.name_vi, "name_en": agency.name_en, "kind": agency.kind, "e_identifier": agency.e_identifier,
        "phone": agency.phone, "email": agency.email, "valid_from": agency.valid_from, "valid_to": agency.valid_to,
        "successor": agency.successor_id, "parent": agency.parent_id,
        "voluntary": agency.voluntary,
    })
}

/// Writes a changed agency; `people` decides who may. No body comes to belong to, or to be taken over by, itself, whatever the number of
/// steps between.
///
/// # Errors
/// `NotFound`; `Invalid` (`agency-name-missing`, `agency-circle` on `parent` or `successor`).
pub(crate) fn change(tx: &mut Tx<'_>, verb: &'static str, reason: Option<&str>, new: &Agency) -> Result<()> {
    // Two changes at a time could close a circle that neither sees: whoever changes the directory waits here.
    let first = store::all(tx.conn())?.into_iter().map(|agency| agency.id).min().ok_or_else(Error::not_found)?;
    lock_row(tx.conn(), "agency", first.as_str())?;
    let all = store::all(tx.conn())?;
    let before = all.iter().find(|agency| agency.id == new.id).ok_or_else(Error::not_found)?;
    if new.name_vi.trim().is_empty() {
        return Err(Error::invalid(Problem::new("agency-name-missing").on("name_vi")));
    }
    for (field, next, step) in [
        ("parent", &new.parent_id, (|agency| agency.parent_id.as_ref()) as fn(&Agency) -> Option<&AgencyId>),
        ("successor", &new.successor_id, |agency| agency.successor_id.as_ref()),
    ] {
        let (mut at, mut steps) = (next.as_ref(), 0);
        while let Some(id) = at {
            if *id == new.id || steps > all.len() {
                return Err(Error::invalid(Problem::new("agency-circle").on(field)));
            }
            steps += 1;
            at = all.iter().find(|agency| agency.id == *id).and_then(step);
        }
    }
    store::update(tx, new)?;
    tx.changed("agency", new.id.as_str());
    let detail = json!({ "before": told(before), "after": told(new), "reason": reason });
    audit::record(tx, verb, "agency", new.id.as_str(), detail);
    Ok(())
}
