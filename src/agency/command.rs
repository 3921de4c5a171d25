//! What is done to agencies.

use serde::Serialize;

use super::{Agency, store};
use crate::audit;
use crate::kernel::id::AgencyId;
use crate::kernel::slug::is_slug;
use crate::kernel::text::nfc;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Tx;

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
    };
    store::insert(tx, &agency)?;
    tx.changed("agency", agency.id.as_str());
    audit::record(tx, "agency.register", "agency", agency.id.as_str(), &new);
    Ok(agency)
}
