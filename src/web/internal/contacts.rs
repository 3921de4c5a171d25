//! Who looks after a dataset inside the agencies.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::{act, frame};
use super::view::contacts::{ContactLine, ContactsPage};
use crate::access::{Action, may};
use crate::dataset;
use crate::dataset::contact::{self, Contact, ContactForm};
use crate::http::page::{Choice, Field, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, query_of};
use crate::kernel::id::{ContactId, DatasetId};
use crate::kernel::{Error, Result};
use crate::platform::db::Tx;

fn dataset_id(path: &str) -> Result<DatasetId> {
    DatasetId::parse(path).ok_or_else(Error::not_found)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    edit: String,
}

/// An entry as pages show it.
pub(super) fn line(contact: &Contact) -> ContactLine {
    ContactLine {
        id: contact.id.to_string(),
        name: contact.person_name.clone(),
        duty: contact.duty.clone(),
        phone: contact.phone.clone(),
        mail: contact.email.clone(),
    }
}

/// The page; `typed` is what was sent and why it was refused.
async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    typed: Option<(&ContactForm, &Error)>,
) -> Result<ContactsPage> {
    let wish: Wish = query_of(req)?;
    let page = frame(req, app, who, Section::Datasets)?;
    let (person, wanted, today) = (who.person.clone(), id.clone(), app.today().to_string());
    let profile = app.parts.profile.clone();
    let (found, contacts, staff) = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &wanted)?;
            dataset::require_visible(&person, &found)?;
            let writes = may(&person, Action::EditDataset(&profile, &found.agency_id)).granted();
            let staff = if writes { Some(contact::staff_of(conn, &found.agency_id, &today)?) } else { None };
            Ok((found, contact::of(conn, &wanted)?, staff))
        })
        .await?;
    let form = match typed {
        Some((form, _)) => form.clone(),
        None => contacts.iter().find(|one| one.id.as_str() == wish.edit).map(ContactForm::of).unwrap_or_default(),
    };
    let wrongs = typed.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let nobody =
        Choice { value: String::new(), text: page.t("contact-no-account"), chosen: form.contact_account.is_empty() };
    let people = staff.iter().flatten().map(|(id, name, _)| Choice {
        value: id.to_string(),
        text: name.clone(),
        chosen: id.as_str() == form.contact_account,
    });
    Ok(ContactsPage {
        id: id.to_string(),
        title: found.title_vi.clone(),
        rows: contacts.iter().map(line).collect(),
        writes: staff.is_some(),
        editing: form.contact.clone(),
        people: std::iter::once(nobody).chain(people).collect(),
        name: field("contact_name", &form.contact_name),
        duty: field("contact_duty", &form.contact_duty),
        phone: field("contact_phone", &form.contact_phone),
        mail: field("contact_email", &form.contact_email),
        wrongs,
        page,
    })
}

/// GET /internal/datasets/{id}/contacts
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = dataset_id(&id)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/datasets/{id}/contacts
pub async fn save(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ContactForm>,
) -> Outcome {
    let id = dataset_id(&id)?;
    let (wanted, typed, profile) = (id.clone(), form.0.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| contact::save(tx, &profile, &wanted, &typed);
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Some((&form.0, error))).await;
    act(&req, &app, &who, verb, |_| ("contact-saved", format!("/internal/datasets/{id}/contacts")), again).await
}

/// POST /internal/datasets/{id}/contacts/{contact}/removal
pub async fn remove(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = dataset_id(&path.0)?;
    let one = ContactId::parse(&path.1).ok_or_else(Error::not_found)?;
    let (wanted, profile) = (id.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| contact::remove(tx, &profile, &wanted, &one);
    let form = ContactForm::default();
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Some((&form, error))).await;
    act(&req, &app, &who, verb, |()| ("contact-removed", format!("/internal/datasets/{id}/contacts")), again).await
}
