//! One's own credentials: password, second factor, sessions, history of sign-ins, keys for programs.

use actix_session::Session;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::audit::history_row;
use super::serve::{PageWish, ctx, frame, onward, refused, settle};
use super::sign_in::{Wish, keep_lang, own_path};
use super::view::credentials::{
    CodePage, HistoryPage, PasswordPage, RulesPage, SecondFactorPage, Setup, TokenRow, TokensPage,
};
use crate::account::{self, MOST_DAYS, PasswordForm, Step, scope};
use crate::audit::{self, Filter};
use crate::http::page::{Choice, Field, PageCtx, Pager, Section};
use crate::http::{
    App, Entering, Outcome, SafeForm, SignedIn, csrf_token, ctx_of, half_signed_in, html, path_and_query, present,
    query_of, redirect, remember, session_id, start_session, take_flash,
};
use crate::kernel::id::{ApiTokenId, SessionId};
use crate::kernel::{Actor, Error, PageRequest, Result};
use crate::platform::totp;

const ACCOUNT: &str = "/internal/account";
const PAGE_SIZE: u64 = 25;
/// Where the secret waits in the session until the person's app has shown to know it.
const PENDING: &str = "second-factor-pending";

// ---- password --------------------------------------------------------------------------------------------------------

/// GET /internal/account/password
pub async fn password(req: HttpRequest, app: web::Data<App>, who: Entering) -> Outcome {
    Ok(html(StatusCode::OK, &password_page(&req, &app, &who.0, None)?)?)
}

/// POST /internal/account/password
pub async fn change_password(
    req: HttpRequest,
    app: web::Data<App>,
    who: Entering,
    form: SafeForm<PasswordForm>,
) -> Outcome {
    let who = who.0;
    let done = account::change_password(
        app.db(),
        &ctx(&req, &app, &who),
        app.profile(),
        &who.person.account,
        &form.0,
        session_id(&who.session),
    )
    .await;
    let done = done.map(|()| ("password-changed", ACCOUNT.to_owned()));
    settle(&app, &who, done, async |error: &Error| password_page(&req, &app, &who, Some(error))).await
}

fn password_page(req: &HttpRequest, app: &App, who: &SignedIn, error: Option<&Error>) -> Result<PasswordPage> {
    let page = frame(req, app, who, Section::Account)?;
    let rules = &app.profile().accounts.password;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    // Passwords are never sent back.
    let field = |name| Field::new(name, "").checked(&wrongs);
    Ok(PasswordPage {
        forced: who.person.due(app.profile(), app.now()) == Some(Step::Password),
        min: u64::from(rules.min_length.value),
        kinds: rules.level3.value.then(|| u64::from(rules.level3_character_kinds.value)),
        current: field("current"),
        fresh: field("fresh"),
        again: field("again"),
        wrongs,
        page,
    })
}

// ---- second factor ---------------------------------------------------------------------------------------------------

/// A form with one code.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct CodeForm {
    code: String,
    next: String,
}

/// GET /internal/account/second-factor
pub async fn second_factor(req: HttpRequest, app: web::Data<App>, who: Entering) -> Outcome {
    Ok(html(StatusCode::OK, &second_factor_page(&req, &app, &who.0, None).await?)?)
}

/// POST /internal/account/second-factor: turns it on with the first code of the app.
pub async fn turn_on(req: HttpRequest, app: web::Data<App>, who: Entering, form: SafeForm<CodeForm>) -> Outcome {
    let who = who.0;
    if who.person.second_factor {
        return Ok(redirect("/internal/account/second-factor"));
    }
    let (secret, seal, id) = (pending(&app, &who)?, app.seal.clone(), who.person.account.id.clone());
    let code = form.0.code;
    let done =
        app.db().write_async(ctx(&req, &app, &who), move |tx| account::turn_on(tx, &seal, &id, &secret, &code)).await;
    match done {
        Ok(codes) => {
            who.session.remove(PENDING);
            Ok(html(StatusCode::OK, &codes_page(&req, &app, &who, codes)?)?)
        }
        Err(error) => second_factor_again(&req, &app, &who, error).await,
    }
}

/// POST /internal/account/second-factor/codes: new recovery codes, against a code of the app.
pub async fn new_codes(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<CodeForm>) -> Outcome {
    if let Err(error) = confirmed(&req, &app, &who, &form.0.code).await {
        return second_factor_again(&req, &app, &who, error).await;
    }
    let id = who.person.account.id.clone();
    let codes = app.db().write_async(ctx(&req, &app, &who), move |tx| account::new_codes(tx, &id)).await?;
    Ok(html(StatusCode::OK, &codes_page(&req, &app, &who, codes)?)?)
}

/// POST /internal/account/second-factor/removal: turns it off, against a code of the app.
pub async fn turn_off(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<CodeForm>) -> Outcome {
    if let Err(error) = confirmed(&req, &app, &who, &form.0.code).await {
        return second_factor_again(&req, &app, &who, error).await;
    }
    let id = who.person.account.id.clone();
    app.db().write_async(ctx(&req, &app, &who), move |tx| account::turn_off(tx, &id)).await?;
    onward(&app, &who, "second-factor-turned-off", "/internal/account/second-factor")
}

/// The page again, with what is wrong with the code.
async fn second_factor_again(req: &HttpRequest, app: &App, who: &SignedIn, error: Error) -> Outcome {
    refused(error, async |error: &Error| second_factor_page(req, app, who, Some(error)).await).await
}

async fn confirmed(req: &HttpRequest, app: &App, who: &SignedIn, code: &str) -> Result<()> {
    let id = &who.person.account.id;
    account::check_code(app.db(), &ctx(req, app, who), app.profile(), &app.seal, id, code, false).await
}

/// The secret that waits in the session; made on first use.
fn pending(app: &App, who: &SignedIn) -> Result<Vec<u8>> {
    let place = format!("{PENDING}/{}", who.person.account.id);
    if let Ok(Some(sealed)) = who.session.get::<String>(PENDING)
        && let Ok(secret) = app.seal.open(&place, &sealed)
    {
        return Ok(secret);
    }
    let secret = totp::fresh()?;
    let sealed = app.seal.close(&place, &secret)?;
    remember(&who.session, PENDING, &sealed)?;
    Ok(secret)
}

fn codes_page(req: &HttpRequest, app: &App, who: &SignedIn, codes: Vec<String>) -> Result<SecondFactorPage> {
    Ok(SecondFactorPage {
        page: frame(req, app, who, Section::Account)?,
        on: None,
        setup: None,
        required: false,
        forced: false,
        code: Field::new("code", ""),
        codes,
        wrongs: Vec::new(),
    })
}

async fn second_factor_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    error: Option<&Error>,
) -> Result<SecondFactorPage> {
    let page = frame(req, app, who, Section::Account)?;
    let id = who.person.account.id.clone();
    let on = app.db().read_async(move |conn| account::second_factor(conn, &id)).await?;
    let setup = match on {
        Some(_) => None,
        None => {
            let setup = totp::setup(&pending(app, who)?, page.portal_name(), &who.person.account.user_name)?;
            Some(Setup { typed: setup.typed, path: setup.path, size: setup.size })
        }
    };
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(SecondFactorPage {
        on: on.map(|on| (on.since, u64::try_from(on.codes_left).unwrap_or(0))),
        setup,
        required: who.person.needs_second_factor(app.profile()),
        forced: who.person.due(app.profile(), app.now()) == Some(Step::SecondFactor),
        code: Field::new("code", "").checked(&wrongs),
        codes: Vec::new(),
        wrongs,
        page,
    })
}

/// GET /internal/sign-in/code: the second step of signing in.
pub async fn code(req: HttpRequest, app: web::Data<App>, session: Session) -> Outcome {
    if half_signed_in(&session, app.now()).is_none() {
        return Ok(redirect("/internal/sign-in"));
    }
    let form: CodeForm = query_of(&req)?;
    Ok(html(StatusCode::OK, &code_page(&req, &app, &session, &form, None)?)?)
}

/// POST /internal/sign-in/code
pub async fn check_code(req: HttpRequest, app: web::Data<App>, session: Session, form: SafeForm<CodeForm>) -> Outcome {
    let Some(id) = half_signed_in(&session, app.now()) else { return Ok(redirect("/internal/sign-in")) };
    let form = form.0;
    let chosen = query_of::<Wish>(&req)?.lang;
    let ctx = ctx_of(&req, &app, Actor::Account(id.clone()), chosen.unwrap_or_default());
    let done = account::check_code(app.db(), &ctx, app.profile(), &app.seal, &id, &form.code, true).await;
    if let Err(error) = done {
        return refused(error, async |error: &Error| code_page(&req, &app, &session, &form, Some(error))).await;
    }
    keep_lang(&app, &ctx, &id, chosen).await?;
    start_session(&session, &id, ctx.client.as_deref())?;
    Ok(redirect(own_path(&form.next)))
}

fn code_page(
    req: &HttpRequest,
    app: &App,
    session: &Session,
    form: &CodeForm,
    error: Option<&Error>,
) -> Result<CodePage> {
    let lang = query_of::<Wish>(req)?.lang.unwrap_or_default();
    let mut page: PageCtx = app.internal_page(lang, path_and_query(req), Section::Other, take_flash(session));
    page.csrf = Some(csrf_token(session)?);
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(CodePage {
        code: Field::new("code", "").checked(&wrongs),
        next: (!form.next.is_empty()).then(|| own_path(&form.next).to_owned()),
        wrongs,
        page,
    })
}

// ---- sessions and history --------------------------------------------------------------------------------------------

/// POST /internal/account/sessions/{id}/end
pub async fn end_session(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = SessionId::parse(&id).ok_or_else(Error::not_found)?;
    let account = who.person.account.id.clone();
    app.db().write_async(ctx(&req, &app, &who), move |tx| account::end_session(tx, &account, &id)).await?;
    onward(&app, &who, "session-ended", ACCOUNT)
}

/// POST /internal/account/sessions/end: all but this one.
pub async fn end_sessions(req: HttpRequest, app: web::Data<App>, who: SignedIn, _form: SafeForm<()>) -> Outcome {
    let (account, own) = (who.person.account.id.clone(), session_id(&who.session));
    app.db().write_async(ctx(&req, &app, &who), move |tx| account::end_sessions(tx, &account, own.as_ref())).await?;
    onward(&app, &who, "sessions-ended", ACCOUNT)
}

/// GET /internal/account/history
pub async fn history(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: PageWish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Account)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let filter = Filter { object: who.person.account.id.to_string(), ..Filter::default() };
    let found = app.db().read_async(move |conn| audit::list(conn, &filter, request)).await?;
    let entries = found.items.iter().map(|entry| history_row(&page, entry)).collect();
    let pager = Pager::new(request.number, found.pages(), "/internal/account/history".to_owned());
    Ok(html(StatusCode::OK, &HistoryPage { entries, pager, page })?)
}

// ---- keys for programs -----------------------------------------------------------------------------------------------

/// The form that makes a key.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct TokenForm {
    name: String,
    scopes: String,
    days: String,
}

/// GET /internal/account/tokens
pub async fn tokens(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let form = TokenForm { scopes: scope::READ.to_owned(), days: "90".to_owned(), ..TokenForm::default() };
    Ok(html(StatusCode::OK, &tokens_page(&req, &app, &who, &form, None, None).await?)?)
}

/// POST /internal/account/tokens
pub async fn make_token(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<TokenForm>) -> Outcome {
    let (id, form) = (who.person.account.id.clone(), form.0);
    let wanted = form.clone();
    let made = app
        .db()
        .write_async(ctx(&req, &app, &who), move |tx| {
            let scopes: Vec<String> = wanted.scopes.split_whitespace().map(str::to_owned).collect();
            account::make_token(tx, &id, &wanted.name, &scopes, wanted.days.trim().parse().unwrap_or(0))
        })
        .await;
    match made {
        // Shown in the answer itself and nowhere else: no address brings it back.
        Ok(key) => {
            let blank = TokenForm { scopes: form.scopes, days: form.days, name: String::new() };
            Ok(html(StatusCode::OK, &tokens_page(&req, &app, &who, &blank, None, Some(key)).await?)?)
        }
        Err(error) => {
            refused(error, async |error: &Error| tokens_page(&req, &app, &who, &form, Some(error), None).await).await
        }
    }
}

/// POST /internal/account/tokens/{id}/revocation
pub async fn revoke_token(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = ApiTokenId::parse(&id).ok_or_else(Error::not_found)?;
    let account = who.person.account.id.clone();
    app.db().write_async(ctx(&req, &app, &who), move |tx| account::revoke_token(tx, &account, &id)).await?;
    onward(&app, &who, "token-revoked", "/internal/account/tokens")
}

async fn tokens_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &TokenForm,
    error: Option<&Error>,
    fresh: Option<String>,
) -> Result<TokensPage> {
    let page = frame(req, app, who, Section::Account)?;
    let (id, now) = (who.person.account.id.clone(), app.now());
    let tokens = app.db().read_async(move |conn| account::tokens_of(conn, &id)).await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let choice = |value: String| Choice {
        text: page.code("token-scope", &value.replace(' ', "-")),
        chosen: value == form.scopes,
        value,
    };
    Ok(TokensPage {
        rows: tokens
            .iter()
            .map(|token| TokenRow {
                id: token.id.to_string(),
                name: token.name.clone(),
                scopes: page.code("token-scope", &token.scopes.join("-")),
                made: token.created_at,
                ends: token.ends_at,
                used: token.used_at,
                state: if token.live(now) {
                    "live"
                } else if token.revoked_at.is_some() {
                    "revoked"
                } else {
                    "ended"
                },
            })
            .collect(),
        scopes: vec![choice(scope::READ.to_owned()), choice(scope::ALL.join(" "))],
        name: Field::new("name", form.name.clone()).checked(&wrongs),
        days: Field::new("days", form.days.clone()).checked(&wrongs),
        most_days: u64::from(MOST_DAYS),
        fresh,
        wrongs,
        page,
    })
}

// ---- rules of use ----------------------------------------------------------------------------------------------------

/// GET /internal/rules
pub async fn rules(req: HttpRequest, app: web::Data<App>, who: Entering) -> Outcome {
    let form: RulesForm = query_of(&req)?;
    let page = frame(&req, &app, &who.0, Section::Other)?;
    let rules = &app.profile().use_rules;
    let view = RulesPage {
        title: present::text(&page, &rules.name),
        body: present::html(&page, &rules.text),
        version: rules.version.clone(),
        due: who.0.person.due(app.profile(), app.now()) == Some(Step::Rules),
        next: own_path(&form.next).to_owned(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// The form that accepts the rules.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct RulesForm {
    version: String,
    next: String,
}

/// POST /internal/rules
pub async fn accept_rules(
    req: HttpRequest,
    app: web::Data<App>,
    who: Entering,
    form: SafeForm<RulesForm>,
) -> std::result::Result<HttpResponse, crate::http::Failure> {
    let (who, version) = (who.0, app.profile().use_rules.version.clone());
    // What was read is what is accepted: a version that came meanwhile is shown first.
    if form.0.version != version {
        return Ok(redirect("/internal/rules"));
    }
    let id = who.person.account.id.clone();
    app.db().write_async(ctx(&req, &app, &who), move |tx| account::accept_rules(tx, &id, &version)).await?;
    Ok(redirect(own_path(&form.0.next)))
}
