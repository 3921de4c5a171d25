//! Signing in and out, and the page of one's own account.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::serve::{act, frame, refused};
use super::view::account::{AccountPage, SessionRow};
use super::view::sign_in::SignInPage;
use crate::account::{self, SignInForm, SignedInTo};
use crate::http::page::{Choice, Field, PageCtx, Section, Tone};
use crate::http::{
    App, Entering, Outcome, SafeForm, SignedIn, address, csrf_token, ctx_of, flash, half_start_session, html,
    path_and_query, query_of, redirect, session_client, session_id, start_session, take_flash,
};
use crate::kernel::id::AccountId;
use crate::kernel::{Actor, Ctx, Error, Lang, Result};
use crate::notify::{self, Frequency};
use crate::people::{self, OwnNameForm};
use crate::platform::db::{Conn, Tx};

const HOME: &str = "/internal";

#[derive(Deserialize)]
pub(super) struct Wish {
    #[serde(default)]
    next: String,
    /// The language that was chosen on the way in.
    pub lang: Option<Lang>,
}

/// Whoever chose a language on the way in reads on in it.
pub(super) async fn keep_lang(app: &App, ctx: &Ctx, id: &AccountId, chosen: Option<Lang>) -> Result<()> {
    let Some(lang) = chosen else { return Ok(()) };
    let (id, ctx) = (id.clone(), Ctx { actor: Actor::Account(id.clone()), ..ctx.clone() });
    app.db().write_async(ctx, move |tx| account::set_lang(tx, &id, lang)).await
}

/// GET /
pub async fn start() -> HttpResponse {
    redirect(HOME)
}

/// GET /internal/sign-in
pub async fn show(req: HttpRequest, app: web::Data<App>, session: Session) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let form = SignInForm { next: wish.next, ..SignInForm::default() };
    Ok(html(StatusCode::OK, &page(&req, &app, &session, wish.lang.unwrap_or_default(), &form, None)?)?)
}

/// POST /internal/sign-in
pub async fn submit(req: HttpRequest, app: web::Data<App>, session: Session, form: SafeForm<SignInForm>) -> Outcome {
    let form = form.0;
    let chosen = query_of::<Wish>(&req)?.lang;
    let lang = chosen.unwrap_or_default();
    let ctx = ctx_of(&req, &app, Actor::Public, lang);
    match account::sign_in(app.db(), &ctx, app.profile(), &form).await {
        Ok(SignedInTo::Portal(signed_in)) => {
            keep_lang(&app, &ctx, &signed_in.id, chosen).await?;
            start_session(&session, &signed_in.id, ctx.client.as_deref())?;
            Ok(redirect(own_path(&form.next)))
        }
        Ok(SignedInTo::Code(half)) => {
            half_start_session(&session, &half.id, app.now())?;
            let lang = chosen.map_or(half.lang, |lang| lang.tag().to_owned());
            Ok(redirect(&address("/internal/sign-in/code", &[("next", &form.next), ("lang", &lang)])))
        }
        Err(error) => refused(error, async |error: &Error| page(&req, &app, &session, lang, &form, Some(error))).await,
    }
}

/// POST /internal/sign-out
pub async fn leave(req: HttpRequest, app: web::Data<App>, who: Entering, _form: SafeForm<()>) -> Outcome {
    let who = who.0;
    let id = who.person.account.id.clone();
    let ctx = ctx_of(&req, &app, Actor::Account(id.clone()), who.person.lang());
    app.db().write_async(ctx, move |tx| account::sign_out(tx, &id)).await?;
    who.session.purge();
    let mut answer = redirect("/internal/sign-in");
    answer.headers_mut().insert(
        actix_web::http::header::HeaderName::from_static("clear-site-data"),
        actix_web::http::header::HeaderValue::from_static("\"cache\", \"storage\""),
    );
    Ok(answer)
}

/// GET /internal/account
pub async fn account(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let form = OwnNameForm { full_name: who.person.account.full_name.clone() };
    Ok(html(StatusCode::OK, &account_page(&req, &app, &who, &form, None).await?)?)
}

/// POST /internal/account/name
pub async fn rename(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<OwnNameForm>) -> Outcome {
    let (wanted, profile) = (form.0.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| people::change_own_name(tx, &profile, &wanted);
    let again = async |error: &Error| account_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("own-name-done", "/internal/account".to_owned()), again).await
}

async fn account_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &OwnNameForm,
    error: Option<&Error>,
) -> Result<AccountPage> {
    let page = frame(req, app, who, Section::Account)?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let person = &who.person;
    let (id, now) = (person.account.id.clone(), app.now());
    let idle = i64::from(app.profile().accounts.session_idle_minutes.value) * 60;
    let asked =
        move |conn: &mut Conn| Ok((account::sessions_of(conn, &id, now, idle)?, notify::frequency_of(conn, &id)?));
    let (sessions, chosen) = app.db().read_async(asked).await?;
    let own = session_id(&who.session);
    let roles = person.held.iter().map(|held| {
        let role = app.profile().role(&held.role).map_or(held.role.as_str(), |role| role.name.get(page.lang).0);
        format!("{role}, {}", held.agency_name.get(page.lang).0)
    });
    Ok(AccountPage {
        full_name: Field::new("full_name", form.full_name.clone()).checked(&wrongs),
        wrongs,
        name: person.account.full_name.clone(),
        sign_in_name: person.account.user_name.clone(),
        mail: Some(person.account.email.clone()),
        roles: roles.collect(),
        last_sign_in: person.signed_in_at(),
        languages: Lang::ALL
            .into_iter()
            .map(|lang| Choice {
                value: lang.tag().to_owned(),
                text: page.t(&format!("lang-{}", lang.tag())),
                chosen: lang == page.lang,
            })
            .collect(),
        second_factor: person.second_factor,
        sessions: sessions
            .iter()
            .map(|session| SessionRow {
                id: session.id.to_string(),
                began: session.created_at,
                seen: session.seen_at,
                client: session_client(session),
                current: own.as_ref() == Some(&session.id),
            })
            .collect(),
        frequencies: Frequency::ALL
            .into_iter()
            .map(|frequency| Choice {
                value: frequency.code().to_owned(),
                text: page.code("notices-frequency", frequency.code()),
                chosen: frequency == chosen,
            })
            .collect(),
        page,
    })
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct LangForm {
    lang: Option<Lang>,
}

/// POST /internal/account/language
pub async fn language(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<LangForm>) -> Outcome {
    if let Some(lang) = form.0.lang {
        let id = who.person.account.id.clone();
        let ctx = ctx_of(&req, &app, Actor::Account(id.clone()), lang);
        app.db().write_async(ctx, move |tx| account::set_lang(tx, &id, lang)).await?;
        flash(&who.session, Tone::Good, &app.parts.texts.text(lang, "account-language-saved", &[]))?;
    }
    Ok(redirect("/internal/account"))
}

fn page(
    req: &HttpRequest,
    app: &App,
    session: &Session,
    lang: Lang,
    form: &SignInForm,
    error: Option<&Error>,
) -> Result<SignInPage> {
    let mut page: PageCtx = app.internal_page(lang, path_and_query(req), Section::Other, take_flash(session));
    page.csrf = Some(csrf_token(session)?);
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(SignInPage {
        name: Field::new("name", form.name.clone()).checked(&wrongs),
        // A password is never sent back.
        password: Field::new("password", "").checked(&wrongs),
        next: (own_path(&form.next) != HOME).then(|| form.next.clone()),
        wrongs,
        demo: app.site.illustration.is_some(),
        page,
    })
}

/// Only paths of this portal are gone to after sign-in: no other host, nothing a browser could read as one.
pub(super) fn own_path(next: &str) -> &str {
    let own = next.starts_with("/internal/")
        && !next.contains(['\\', '\r', '\n'])
        && !next.contains("//")
        && !next.starts_with("/internal/sign-");
    if own { next } else { HOME }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_sent_to_another_host_after_sign_in() {
        for hostile in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/internal//evil.example",
            "/internal/sign-out",
            "javascript:1",
            "",
        ] {
            assert_eq!(own_path(hostile), HOME, "{hostile}");
        }
        assert_eq!(own_path("/internal/audit?page=2"), "/internal/audit?page=2");
    }
}
