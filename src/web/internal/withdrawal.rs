//! Withdrawal: a reason, a look at what the public will see, and only then the act.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::serve::{act, frame, refused};
use super::view::review::WithdrawalPage;
use crate::agency;
use crate::dataset;
use crate::http::page::{Field, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, html};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Lang, Result};
use crate::platform::db::Tx;
use crate::review::{self, WithdrawalForm};

/// GET /internal/datasets/{id}/withdrawal
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, id, &WithdrawalForm::default(), None, false).await?)?)
}

/// POST /internal/datasets/{id}/withdrawal: shows what the public will see; once that is confirmed, withdraws.
pub async fn withdraw(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<WithdrawalForm>,
) -> Outcome {
    let (id, form) = (DatasetId::parse(&id).ok_or_else(Error::not_found)?, form.0);
    let again = async |error: &Error| page_of(&req, &app, &who, id.clone(), &form, Some(error), false).await;
    let reason = match form.check() {
        Ok(reason) => reason,
        Err(error) => return refused(error, again).await,
    };
    if form.confirmed.is_empty() {
        return Ok(html(StatusCode::OK, &page_of(&req, &app, &who, id, &form, None, true).await?)?);
    }
    let (profile, on) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| review::withdraw(tx, &profile, &on, &reason);
    let then = |()| ("review-said-withdrawn", format!("/internal/datasets/{id}"));
    act(&req, &app, &who, verb, then, again).await
}

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: DatasetId,
    form: &WithdrawalForm,
    error: Option<&Error>,
    confirming: bool,
) -> Result<WithdrawalPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let person = who.person.clone();
    let (found, owner) = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &id)?;
            dataset::require_visible(&person, &found)?;
            let owner = agency::by_id(conn, &found.agency_id)?.ok_or_else(Error::not_found)?;
            Ok((found, owner))
        })
        .await?;
    let allowed = review::may_withdraw(app.profile(), &who.person, &found);
    let why_not = match &allowed {
        Ok(()) => Vec::new(),
        Err(error) => page.wrongs(error).into_iter().map(|wrong| wrong.text).collect(),
    };
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(WithdrawalPage {
        title: Text::of(&found.title_vi, Lang::Vi, page.lang),
        dataset_href: format!("/internal/datasets/{}", found.id),
        agency: owner.name(page.lang).0.to_owned(),
        confirming: confirming && allowed.is_ok(),
        why_not,
        reason: Field::new("reason", form.reason.clone()).checked(&wrongs),
        reason_en: Field::new("reason_en", form.reason_en.clone()).checked(&wrongs),
        wrongs,
        public_href: page.url(&format!("/dataset/{}", found.slug)),
        page,
    })
}
