//! A forgotten password: asking for a link, and the page behind it.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::refused;
use super::view::reset::{ForgottenPage, ResetPage};
use crate::account::{self, ForgottenForm, NewPasswordForm};
use crate::http::page::{Field, PageCtx, Section, Tone};
use crate::http::{App, Outcome, SafeForm, csrf_token, ctx_of, flash, html, query_of, redirect, take_flash};
use crate::kernel::{Actor, Error, Lang, Result};

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    lang: Option<Lang>,
    key: String,
}

/// The frame of a page for somebody who is not signed in; `path` holds no key, so that no link of the page carries one on.
fn frame(app: &App, session: &Session, lang: Lang, path: &str) -> Result<PageCtx> {
    let mut page = app.internal_page(lang, path, Section::Other, take_flash(session));
    page.csrf = Some(csrf_token(session)?);
    Ok(page)
}

fn forgotten_page(
    app: &App,
    session: &Session,
    lang: Lang,
    form: &ForgottenForm,
    asked: bool,
    error: Option<&Error>,
) -> Result<ForgottenPage> {
    let page = frame(app, session, lang, "/internal/sign-in/forgotten")?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(ForgottenPage {
        name: Field::new("name", form.name.clone()).checked(&wrongs),
        asked,
        mail_on: app.parts.mail.is_on(),
        wrongs,
        page,
    })
}

/// GET /internal/sign-in/forgotten
pub async fn forgotten(req: HttpRequest, app: web::Data<App>, session: Session) -> Outcome {
    let lang = query_of::<Wish>(&req)?.lang.unwrap_or_default();
    Ok(html(StatusCode::OK, &forgotten_page(&app, &session, lang, &ForgottenForm::default(), false, None)?)?)
}

/// POST /internal/sign-in/forgotten: answers everybody alike.
pub async fn ask(req: HttpRequest, app: web::Data<App>, session: Session, form: SafeForm<ForgottenForm>) -> Outcome {
    let lang = query_of::<Wish>(&req)?.lang.unwrap_or_default();
    let ctx = ctx_of(&req, &app, Actor::Public, lang);
    let asked = form.0.clone();
    if let Err(error) = app.db().write_async(ctx, move |tx| account::ask_reset(tx, &asked)).await {
        let again = async |error: &Error| forgotten_page(&app, &session, lang, &form.0, false, Some(error));
        return refused(error, again).await;
    }
    // What was typed is not shown again, so that the answer is the same for every name.
    Ok(html(StatusCode::OK, &forgotten_page(&app, &session, lang, &ForgottenForm::default(), true, None)?)?)
}

async fn reset_page(app: &App, session: &Session, lang: Lang, key: &str, error: Option<&Error>) -> Result<ResetPage> {
    let (asked, now) = (key.to_owned(), app.now());
    let opens = app.db().read_async(move |conn| account::link_opens(conn, &asked, now)).await?;
    let page = frame(app, session, lang, "/internal/sign-in/reset")?;
    let rules = &app.profile().accounts.password;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    // Passwords are never sent back.
    let field = |name| Field::new(name, "").checked(&wrongs);
    Ok(ResetPage {
        opens,
        key: key.to_owned(),
        min: u64::from(rules.min_length.value),
        kinds: rules.level3.value.then(|| u64::from(rules.level3_character_kinds.value)),
        fresh: field("fresh"),
        again: field("again"),
        wrongs,
        page,
    })
}

/// GET /internal/sign-in/reset
pub async fn show(req: HttpRequest, app: web::Data<App>, session: Session) -> Outcome {
    let wish: Wish = query_of(&req)?;
    Ok(html(StatusCode::OK, &reset_page(&app, &session, wish.lang.unwrap_or_default(), &wish.key, None).await?)?)
}

/// POST /internal/sign-in/reset
pub async fn set(req: HttpRequest, app: web::Data<App>, session: Session, form: SafeForm<NewPasswordForm>) -> Outcome {
    let lang = query_of::<Wish>(&req)?.lang.unwrap_or_default();
    let ctx = ctx_of(&req, &app, Actor::Public, lang);
    if let Err(error) = account::reset_password(app.db(), &ctx, app.profile(), &form.0).await {
        let again = async |error: &Error| reset_page(&app, &session, lang, &form.0.key, Some(error)).await;
        return refused(error, again).await;
    }
    // Whoever was signed in here before is not any more.
    session.clear();
    session.renew();
    flash(&session, Tone::Good, &app.parts.texts.text(lang, "reset-done", &[]))?;
    Ok(redirect("/internal/sign-in"))
}
