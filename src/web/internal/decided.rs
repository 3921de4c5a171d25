//! What the pages of the catalogue and of plans share: the form that enters a signed decision, taking it with its file, and what was
//! typed and has no form any more.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;

use super::serve::unsent;
use super::upload::{broken, fields_and_file};
use super::view::open_data::DecisionFields;
use crate::access::{Action, may};
use crate::agency::Agency;
use crate::http::page::{Field, PageCtx, Wrong};
use crate::http::{App, SignedIn};
use crate::kernel::Result;
use crate::plan::decision::{self, Attached, DecisionForm};
use crate::platform::scratch;

/// The fields of a decision, with what was typed.
pub(super) fn fields(typed: Option<&DecisionForm>, wrongs: &[Wrong]) -> DecisionFields {
    let field = |name: &'static str, of: fn(&DecisionForm) -> &String| {
        Field::new(name, typed.map(of).cloned().unwrap_or_default()).checked(wrongs)
    };
    DecisionFields {
        number: field("number", |form| &form.number),
        decided_on: field("decided_on", |form| &form.decided_on),
        signer: field("signer", |form| &form.signer),
        confirmed: field("confirmed", |form| &form.confirmed),
        file: Field::new("file", "").checked(wrongs),
        most: decision::MOST,
    }
}

/// What was typed and has no form any more: into forms that went, by the messages that name it, and of a decision.
pub(super) fn lost(
    page: &PageCtx,
    elsewhere: &[(&'static str, String)],
    decision: Option<&DecisionForm>,
) -> Vec<(String, String)> {
    let mut typed: Vec<(&str, &str)> = elsewhere.iter().map(|(name, words)| (*name, words.as_str())).collect();
    if let Some(form) = decision {
        typed.extend([
            ("odc-decision-number", form.number.as_str()),
            ("focal-date", &form.decided_on),
            ("focal-list-signer", &form.signer),
        ]);
    }
    unsent(page, &typed)
}

/// What the agency of a slug that was typed is called.
pub(super) fn owner(page: &PageCtx, agencies: &[Agency], slug: &str) -> String {
    let owner = agencies.iter().find(|agency| agency.slug == slug);
    owner.map_or_else(|| slug.to_owned(), |agency| agency.name(page.lang).0.to_owned())
}

/// What is stored now, by the messages that name it, in words.
pub(super) fn named(page: &PageCtx, rows: Vec<(&'static str, String)>) -> Vec<(String, String)> {
    rows.into_iter().map(|(name, words)| (page.t(name), words)).collect()
}

/// Takes the form of a decision: what was typed, and the signed file, which is in the store then, or what is wrong with it.
pub(super) async fn receive(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    body: web::Payload,
) -> Result<(DecisionForm, Result<Attached>)> {
    let mut parts = Multipart::new(req.headers(), body);
    let (fields, file) = fields_and_file(req, &who.session, &mut parts).await?;
    // Whoever may not enter a decision sends no file for it.
    may(&who.person, Action::EditPlans).require()?;
    let given = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let form = DecisionForm {
        number: given("number"),
        decided_on: given("decided_on"),
        signer: given("signer"),
        confirmed: given("confirmed"),
    };
    let work = scratch::folder(&app.parts.settings.scratch)?;
    let path = work.path().join("decision");
    let mut sent = String::new();
    if let Some(mut part) = file {
        part.content_disposition().and_then(|given| given.get_filename()).unwrap_or_default().clone_into(&mut sent);
        let mut file = tokio::fs::File::create(&path).await?;
        let mut size = 0;
        while let Some(bytes) = part.next().await {
            let bytes = bytes.map_err(broken)?;
            size += bytes.len() as u64;
            file.write_all(&bytes).await?;
            // One byte too many is enough to know.
            if size > decision::MOST {
                break;
            }
        }
        file.flush().await?;
    }
    let attached = decision::attach(&app.parts.files, &path, &sent).await;
    Ok((form, attached))
}
