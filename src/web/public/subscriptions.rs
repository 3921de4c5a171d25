//! Letters to readers when data change: asking for them, and the page that a letter leads to. No page of these is kept by any cache.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::dataset::tombstone;
use super::view::subscriptions::{Known, SubscribePage, SubscriptionPage};
use super::voice::{own_page, unkept};
use crate::dataset::{self, Found};
use crate::http::page::{Field, Link};
use crate::http::{
    App, OpenForm, Outcome, TokenAge, address, client_address, ctx_of, form_token, lang_of, present, query_of, redirect,
};
use crate::kernel::{Actor, Ctx, Error, Kind, Problem};
use crate::voice::subscription::{self, Means, Scope, SubscribeForm};

/// Where somebody asks.
const ASK: &str = "/theo-doi";
/// Where a letter leads.
const OWN: &str = "/theo-doi/thu";

/// Where somebody asks for letters about a dataset, an agency or a topic, without language.
pub(super) fn path_of(field: &str, value: &str) -> String {
    address(ASK, &[(field, value)])
}

/// What is followed, as addresses and forms name it.
fn address_of(form: &SubscribeForm) -> String {
    address(ASK, &[("dataset", &form.dataset), ("agency", &form.agency), ("topic", &form.topic)])
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    sent: String,
}

/// GET /theo-doi?dataset= | agency= | topic=
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let (form, wish): (SubscribeForm, Wish) = (query_of(&req)?, query_of(&req)?);
    let form = SubscribeForm { email: String::new(), website: String::new(), ..form };
    draw(&req, &app, &form, None, (None, !wish.sent.is_empty())).await
}

/// POST /theo-doi
pub async fn send(req: HttpRequest, app: web::Data<App>, sent: OpenForm<SubscribeForm>) -> Outcome {
    let refused = match sent.age(&app, ASK) {
        TokenAge::Void => Some(Error::forbidden(Problem::new("form-expired"))),
        TokenAge::Early => Some(Error::invalid(Problem::new("report-early"))),
        TokenAge::Good => sent.fields.address().err(),
    };
    let refused = refused.or_else(|| {
        let lets = app.subscriptions.lets(client_address(&req, &app), app.now());
        (!lets).then(|| Error::refused(Kind::TooMany, Problem::new("report-too-many")))
    });
    if let Some(error) = refused {
        let token = (sent.age(&app, ASK) != TokenAge::Void).then(|| sent.token.clone());
        return draw(&req, &app, &sent.fields, token, (Some(&error), false)).await;
    }
    if !app.site.mails {
        return draw(&req, &app, &sent.fields, None, (None, false)).await;
    }
    let (profile, seal, form) = (app.parts.profile.clone(), app.seal.clone(), sent.fields.clone());
    let asked = app
        .db()
        .write_async(unnamed(&req, &app), move |tx| {
            subscription::ask(tx, Means { profile: &profile, seal: &seal }, &form)
        })
        .await;
    // Pressed twice it is asked once.
    let asked = match asked {
        Err(error) if error.kind() == Kind::Conflict => Ok(()),
        asked => asked,
    };
    match asked {
        Ok(()) => {
            let own = address_of(&sent.fields);
            let joined = if own.contains('?') { "&" } else { "?" };
            Ok(redirect(&format!("{}{own}{joined}sent=1", lang_of(&req).prefix())))
        }
        Err(error) if error.kind() == Kind::Gone => draw(&req, &app, &sent.fields, None, (None, false)).await,
        Err(error) => Err(error.into()),
    }
}

/// Who asks nobody needs to know: their address on the network stands in no entry.
fn unnamed(req: &HttpRequest, app: &App) -> Ctx {
    Ctx { client: None, ..ctx_of(req, app, Actor::Public, lang_of(req)) }
}

/// The form; with what was typed and why it was refused, where it is drawn in answer to one.
async fn draw(
    req: &HttpRequest,
    app: &web::Data<App>,
    typed: &SubscribeForm,
    token: Option<String>,
    (error, sent): (Option<&Error>, bool),
) -> Outcome {
    let (profile, form) = (app.parts.profile.clone(), typed.clone());
    let found = app
        .db()
        .read_async(move |conn| {
            if !form.dataset.is_empty()
                && let Found::Withdrawn(dataset) = dataset::find_published(conn, &form.dataset)?
            {
                return Ok(Err(dataset));
            }
            let scope = subscription::scope_of(conn, &profile, &form)?;
            Ok(Ok((subscription::named(conn, &profile, &scope)?, scope)))
        })
        .await?;
    let ((name, path), scope) = match found {
        Ok(found) => found,
        Err(withdrawn) => return tombstone(req, app, &withdrawn).await,
    };
    let mut page = own_page(req, app, address_of(typed));
    page.csrf = Some(match token {
        Some(token) => token,
        None => form_token(app, ASK)?,
    });
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let status = match error.map(Error::kind) {
        None => StatusCode::OK,
        Some(Kind::Forbidden) => StatusCode::FORBIDDEN,
        Some(Kind::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let feed = match &scope {
        Scope::All => "/feed.atom".to_owned(),
        _ => format!("{path}/feed.atom"),
    };
    let all = scope == Scope::All;
    let view = SubscribePage {
        what: Link { text: present::text(&page, &name), href: page.href(&path) },
        all,
        feed_href: page.href(&feed),
        kept: [("dataset", &typed.dataset), ("agency", &typed.agency), ("topic", &typed.topic)]
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(field, value)| (field, value.clone()))
            .collect(),
        email: Field::new("email", typed.email.clone()).checked(&wrongs),
        trap: Field::new("website", typed.website.clone()).checked(&wrongs),
        wrongs,
        sent,
        page,
    };
    unkept(status, &view)
}

/// What a letter's address holds.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
struct Key {
    code: String,
    done: String,
}

impl Key {
    /// As typed, cut to what a key may be.
    fn typed(&self) -> String {
        self.code.trim().chars().take(65).collect()
    }
}

/// GET /theo-doi/thu?code=, and /theo-doi/thu/dung for whoever opens by hand what is meant for mail programs: what the holder of a key follows,
/// or is asked about. It changes nothing: programs look at the links of letters.
pub async fn own(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let key: Key = query_of(&req)?;
    draw_own(&req, &app, &key, None).await
}

/// What the holder of a key presses.
#[derive(Clone, Default, Deserialize)]
#[serde(default)]
pub struct Press {
    code: String,
    act: String,
}

/// POST /theo-doi/thu
pub async fn press(req: HttpRequest, app: web::Data<App>, sent: OpenForm<Press>) -> Outcome {
    let key = Key { code: sent.fields.code.clone(), done: String::new() };
    // One button is pressed as soon as it is there: that is no sign of a program.
    if sent.age(&app, OWN) == TokenAge::Void {
        return draw_own(&req, &app, &key, Some(&Error::forbidden(Problem::new("form-expired")))).await;
    }
    let ending = match sent.fields.act.as_str() {
        "end" => true,
        "confirm" => false,
        _ => return draw_own(&req, &app, &key, None).await,
    };
    let code = key.typed();
    let done = app
        .db()
        .write_async(unnamed(&req, &app), move |tx| match ending {
            true => subscription::end(tx, &code),
            false => subscription::confirm(tx, &code),
        })
        .await;
    let prefix = lang_of(&req).prefix();
    match done {
        Ok(()) if ending => Ok(redirect(&format!("{prefix}{}", address(OWN, &[("done", "ended")])))),
        Ok(()) => Ok(redirect(&format!("{prefix}{}", address(OWN, &[("code", &key.typed()), ("done", "confirmed")])))),
        Err(error) if error.kind() == Kind::NotFound => draw_own(&req, &app, &key, None).await,
        Err(error) => Err(error.into()),
    }
}

async fn draw_own(req: &HttpRequest, app: &web::Data<App>, key: &Key, error: Option<&Error>) -> Outcome {
    let (profile, code, now) = (app.parts.profile.clone(), key.typed(), app.now());
    let (ended, empty) = (key.done == "ended", code.is_empty());
    let found = if empty {
        None
    } else {
        let read = app.db().read_async(move |conn| {
            let found = subscription::find(conn, &code, now)?;
            Ok((subscription::named(conn, &profile, &found.scope)?, found))
        });
        match read.await {
            Ok(found) => Some(found),
            Err(error) if error.kind() == Kind::NotFound => None,
            Err(error) => return Err(error.into()),
        }
    };
    let mut page = own_page(req, app, address(OWN, &[("code", &key.typed())]));
    page.csrf = Some(form_token(app, OWN)?);
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let status = match (error, &found) {
        (Some(_), _) => StatusCode::FORBIDDEN,
        (None, None) if !empty => StatusCode::NOT_FOUND,
        _ => StatusCode::OK,
    };
    let known = found.map(|((name, path), found)| Known {
        code: key.typed(),
        what: Link { text: present::text(&page, &name), href: page.href(&path) },
        all: found.scope == Scope::All,
        since: found.confirmed_at,
    });
    let view = SubscriptionPage { known, ended, empty, confirmed: key.done == "confirmed", wrongs, page };
    unkept(status, &view)
}

/// POST /theo-doi/thu/dung?code=: a mail program ends it (RFC 8058). The key is all that it has, and all that it needs; what it sends beside
/// it says nothing.
pub async fn one_click(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let key: Key = query_of(&req)?;
    let (code, now) = (key.typed(), app.now());
    if code.is_empty() {
        return Err(Error::not_found().into());
    }
    // Anybody may try: only what opens something is worth a writer.
    let asked = code.clone();
    match app.db().read_async(move |conn| subscription::find(conn, &asked, now)).await {
        Ok(_) => {}
        Err(error) if error.kind() == Kind::NotFound => return Ok(HttpResponse::NoContent().finish()),
        Err(error) => return Err(error.into()),
    }
    app.db().write_async(unnamed(&req, &app), move |tx| subscription::end(tx, &code)).await?;
    Ok(HttpResponse::NoContent().finish())
}
