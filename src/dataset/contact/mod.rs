//! Who looks after a dataset inside the agencies [cán bộ phụ trách dữ liệu]: brings it up to date, answers about it. They belong to
//! the dataset and to none of its versions, and the public never sees them.

mod model;
mod store;

use serde::Deserialize;
use serde_json::json;

use super::{Dataset, require_visible};
use crate::access::{Action, may};
use crate::account::{self, Receivers};
use crate::audit;
use crate::kernel::id::{AccountId, ContactId, DatasetId};
use crate::kernel::typed::{is_mail, line};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;

pub use model::Contact;
pub use store::{of, staff_of};

/// People that one dataset may have.
const MOST: usize = 20;

/// Somebody to look after a dataset.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ContactForm {
    /// The id of the entry that is changed; empty for a new one.
    pub contact: String,
    /// The account of a person of the agency; empty for somebody else.
    pub contact_account: String,
    /// The person's name; may be left empty with an account.
    pub contact_name: String,
    /// What the person does for the dataset.
    pub contact_duty: String,
    /// The office telephone.
    pub contact_phone: String,
    /// The office e-mail; may be left empty with an account.
    pub contact_email: String,
}

impl ContactForm {
    /// The form that shows an entry as it is.
    pub fn of(contact: &Contact) -> Self {
        Self {
            contact: contact.id.to_string(),
            contact_account: contact.account_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            contact_name: contact.person_name.clone(),
            contact_duty: contact.duty.clone(),
            contact_phone: contact.phone.clone(),
            contact_email: contact.email.clone(),
        }
    }
}

/// The same, checked.
struct Checked {
    account: Option<AccountId>,
    name: String,
    duty: String,
    phone: String,
    email: String,
}

/// The dataset, for whoever writes it.
fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<Dataset> {
    let person = account::acting(tx, profile)?;
    let dataset = super::by_id(tx.conn(), id)?;
    require_visible(&person, &dataset)?;
    may(&person, Action::EditDataset(profile, &dataset.agency_id)).require()?;
    lock_row(tx.conn(), "dataset", id.as_str())?;
    Ok(dataset)
}

/// Names every wrong field at once.
fn check(tx: &mut Tx<'_>, profile: &Profile, dataset: &Dataset, form: &ContactForm) -> Result<Checked> {
    let mut problems = Vec::new();
    let day = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let (mut typed_name, mut typed_mail) = (form.contact_name.clone(), form.contact_email.clone());
    let account = match form.contact_account.trim() {
        "" => None,
        id => {
            let found = staff_of(tx.conn(), &dataset.agency_id, &day)?;
            match found.into_iter().find(|person| person.0.as_str() == id) {
                Some((id, name, mail)) => {
                    let or = |typed: String, known| if typed.trim().is_empty() { known } else { typed };
                    (typed_name, typed_mail) = (or(typed_name, name), or(typed_mail, mail));
                    Some(id)
                }
                None => {
                    problems.push(Problem::new("contact-account").on("contact_account"));
                    None
                }
            }
        }
    };
    let name = line(&typed_name, 150, "person-name-missing", "contact_name", &mut problems);
    let duty = line(&form.contact_duty, 200, "contact-duty-missing", "contact_duty", &mut problems);
    let phone = line(&form.contact_phone, 50, "phone-form", "contact_phone", &mut problems);
    let email = typed_mail.trim().to_owned();
    if !is_mail(&email) {
        problems.push(Problem::new("email-form").on("contact_email"));
    }
    if problems.is_empty() {
        Ok(Checked { account, name, duty, phone, email })
    } else {
        Err(Error::invalid_all(problems))
    }
}

/// Enters somebody who looks after a dataset, or changes an entry; who has an account and is new there is told.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`contact-account`, `person-name-missing`, `contact-duty-missing`, `phone-form`, `email-form`, each on
/// its field); `Conflict` (`contacts-too-many` with `max`).
pub fn save(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, form: &ContactForm) -> Result<ContactId> {
    let dataset = prepare(tx, profile, id)?;
    let there = of(tx.conn(), id)?;
    let before = match form.contact.as_str() {
        "" => None,
        wanted => Some(there.iter().find(|one| one.id.as_str() == wanted).ok_or_else(Error::not_found)?),
    };
    if before.is_none() && there.len() >= MOST {
        return Err(Error::conflict(Problem::new("contacts-too-many").with("max", MOST)));
    }
    let new = check(tx, profile, &dataset, form)?;
    let contact = before.map_or_else(ContactId::fresh, |before| before.id.clone());
    store::put(tx, id, &contact, before.is_some(), &new)?;
    let verb = if before.is_some() { "dataset.change-contact" } else { "dataset.add-contact" };
    let known = before.and_then(|before| before.account_id.clone());
    let duty = before.map(|before| before.duty.clone());
    let detail = json!({ "contact": contact, "before": json!({ "account": known, "duty": duty }),
        "after": json!({ "account": new.account, "duty": new.duty }) });
    audit::record(tx, verb, "dataset", id.as_str(), detail);
    if let Some(account) = new.account.filter(|account| Some(account) != known.as_ref()) {
        account::announce(
            tx,
            vec![Receivers::Account(account)],
            "contact-named",
            &[("title", dataset.called().into()), ("duty", new.duty.into())],
            format!("/internal/datasets/{id}/contacts"),
        )?;
    }
    Ok(contact)
}

/// Takes an entry away.
///
/// # Errors
/// `NotFound`; `Forbidden`.
pub fn remove(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, contact: &ContactId) -> Result<()> {
    prepare(tx, profile, id)?;
    if !store::delete(tx, id, contact)? {
        return Err(Error::not_found());
    }
    audit::record(tx, "dataset.remove-contact", "dataset", id.as_str(), json!({ "contact": contact }));
    Ok(())
}
