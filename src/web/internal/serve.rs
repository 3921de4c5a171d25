//! Putting the internal portal together: its router, its layers, its network.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

use actix_web::body::BoxBody;
use actix_web::cookie::Key;
use actix_web::dev::{ResourceDef, ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::view::error::ErrorPage;
use super::{PLAIN_ROUTES, ROUTES};
use crate::audit;
use crate::http::page::{PageCtx, Portal, Section, Tone, Wrong};
use crate::http::{
    App, ErrorFacts, ErrorLayer, Inside, Outcome, SignedIn, ctx_of, flash, html, internal_headers, mount,
    path_and_query, redirect, session_layer, take_flash,
};
use crate::kernel::{Actor, Ctx, Error, Kind, Lang, Problem, Result};
use crate::notify;
use crate::platform::db::Tx;
use crate::platform::queue;
use crate::web::gallery;

const ERRORS: ErrorLayer = ErrorLayer { portal: Portal::Internal, draw, sign_in: Some(door) };

/// The page on which somebody settles what keeps them out, by the code of the refusal.
fn door(code: &'static str) -> &'static str {
    match code {
        "password-first" => "/internal/account/password",
        "second-factor-first" => "/internal/account/second-factor",
        "rules-first" => "/internal/rules",
        _ => "/internal/sign-in",
    }
}

fn draw(page: PageCtx, facts: &ErrorFacts, wrongs: Vec<Wrong>) -> Result<String> {
    let page = ErrorPage { page, status: facts.status, wrongs, request_id: facts.request_id.clone() };
    page.render().map_err(Error::internal)
}

async fn errors(
    req: ServiceRequest,
    next: Next<BoxBody>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    ERRORS.answer(req, next).await
}

/// Characters of a path that are noted.
const LONGEST_PATH: usize = 200;

/// Lets in only the configured networks; who is refused is written down, once a minute for each address.
async fn network(
    req: ServiceRequest,
    next: Next<BoxBody>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let app = req.app_data::<web::Data<App>>().cloned();
    let client = app.as_ref().and_then(|app| crate::http::client_address(req.request(), app));
    let inside = app.zip(client).is_some_and(|(app, client)| {
        app.parts.settings.internal_networks.iter().any(|network| network.contains(client))
    });
    if inside {
        return next.call(req).await;
    }
    tracing::warn!(
        client = client.map(tracing::field::display),
        "an address outside the internal networks was refused"
    );
    if let Some(app) = req.app_data::<web::Data<App>>().cloned()
        && app.refusals.first(client, app.now())
    {
        let ctx = ctx_of(req.request(), &app, Actor::Public, Lang::Vi);
        // The path alone: what follows it may hold secrets.
        let path: String = req.path().chars().take(LONGEST_PATH).collect();
        let detail = serde_json::json!({ "address": format!("{} {path}", req.method()) });
        let noted = move |tx: &mut Tx<'_>| {
            audit::record_refusal(tx, "network.refused", "network", "internal", detail);
            Ok(())
        };
        if let Err(error) = app.db().write_async(ctx, noted).await {
            tracing::warn!(%error, "a refusal is not in the audit log");
        }
    }
    Ok(req.error_response(crate::http::Failure(Error::refused(Kind::Forbidden, Problem::new("outside-network")))))
}

/// Adds the routes of the internal portal.
pub fn configure(config: &mut web::ServiceConfig, app: &App, key: Key) {
    let mut scope = web::scope("")
        .wrap(session_layer(app, key))
        .wrap(from_fn(network))
        .wrap(from_fn(errors))
        .wrap(internal_headers(app))
        .app_data(web::PayloadConfig::new(256 * 1024));
    for (_, resource) in mount(PLAIN_ROUTES) {
        scope = scope.service(resource);
    }
    for (_, resource) in mount(ROUTES) {
        scope = scope.service(resource.default_service(web::route().to(other_method)));
    }
    if app.parts.settings.development {
        scope = scope
            .service(web::resource("/gallery").get(components))
            .service(web::resource("/gallery/{name}").get(sample));
    }
    config.service(scope.default_service(web::route().to(nothing)));
}

/// Who asks is asked for, so that whoever is signed in is told within the frame of their pages.
async fn nothing(_: Option<SignedIn>) -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).finish()
}

/// An address that is asked in a way it does not answer. Where only forms go, their page stands above: whoever follows such an address, from
/// the browser's history or after a refusal, is led there.
async fn other_method(req: HttpRequest, _: Option<SignedIn>) -> HttpResponse {
    let looks = *req.method() == Method::GET || *req.method() == Method::HEAD;
    let page = Some(req.path()).filter(|_| looks).and_then(page_above);
    page.map_or_else(|| HttpResponse::build(StatusCode::METHOD_NOT_ALLOWED).finish(), redirect)
}

/// Where pages stand.
static PAGES: LazyLock<ResourceDef> = LazyLock::new(|| {
    let pages = ROUTES.iter().filter(|route| route.method == "GET");
    ResourceDef::new(pages.map(|route| route.path).collect::<Vec<_>>())
});

/// The longest beginning of a path at which a page stands.
fn page_above(path: &str) -> Option<&str> {
    path.rmatch_indices('/').map(|(end, _)| &path[..end]).find(|above| PAGES.is_match(above))
}

#[derive(Default, serde::Deserialize)]
struct GalleryWish {
    lang: Option<Lang>,
}

/// Every component in every state; on development machines only.
async fn components(app: web::Data<App>, wish: web::Query<GalleryWish>) -> Outcome {
    let site = Arc::new(gallery::site(&app.site.public_url));
    let page = gallery::gallery(wish.lang.unwrap_or_default(), &app.parts.texts, &site, app.now(), "/gallery");
    Ok(html(StatusCode::OK, &page)?)
}

/// A page with sample values; on development machines only.
async fn sample(app: web::Data<App>, name: web::Path<String>, wish: web::Query<GalleryWish>) -> Outcome {
    let site = Arc::new(gallery::site(&app.site.public_url));
    let body = gallery::sample(&name, wish.lang.unwrap_or_default(), &app.parts.texts, &site, app.now())
        .ok_or_else(Error::not_found)?;
    Ok(HttpResponse::Ok().content_type("text/html; charset=utf-8").body(body.map_err(Error::internal)?))
}

/// Which page of a list the address asks for.
#[derive(Default, serde::Deserialize)]
#[serde(default)]
pub(super) struct PageWish {
    pub page: Option<String>,
}

/// The frame of a page for somebody signed in.
pub(super) fn frame(req: &HttpRequest, app: &App, who: &SignedIn, section: Section) -> Result<PageCtx> {
    let Inside { lang, user, csrf } = who.inside(req, app)?;
    let mut page = app.internal_page(lang, path_and_query(req), section, take_flash(&who.session));
    page.user = Some(user);
    page.csrf = Some(csrf);
    Ok(page)
}

/// The frame of the page at the address `own`, which is also drawn in answer to forms that go to other addresses.
pub(super) fn frame_of(req: &HttpRequest, app: &App, who: &SignedIn, section: Section, own: &str) -> Result<PageCtx> {
    let mut page = frame(req, app, who, section)?;
    if req.method() == Method::POST {
        own.clone_into(&mut page.path);
    }
    Ok(page)
}

/// The circumstances of an act of somebody signed in.
pub(super) fn ctx(req: &HttpRequest, app: &App, who: &SignedIn) -> Ctx {
    ctx_of(req, app, Actor::Account(who.person.account.id.clone()), who.person.lang())
}

/// The status of a form's page that is shown again; none for what nobody mends there.
fn again_status(error: &Error) -> Option<StatusCode> {
    match error.kind() {
        Kind::Invalid => Some(StatusCode::UNPROCESSABLE_ENTITY),
        Kind::Conflict => Some(StatusCode::CONFLICT),
        Kind::TooMany => Some(StatusCode::TOO_MANY_REQUESTS),
        _ => None,
    }
}

/// The page of a form again, as `again` draws it with what is wrong; what nobody mends there goes on to the error page.
pub(super) async fn refused<P: Template>(error: Error, again: impl AsyncFnOnce(&Error) -> Result<P>) -> Outcome {
    let Some(status) = again_status(&error) else { return Err(error.into()) };
    Ok(html(status, &again(&error).await?)?)
}

/// What was typed and has no place on a page any more: the messages that name it, and the words; nothing of what was left empty.
pub(super) fn unsent(page: &PageCtx, typed: &[(&str, &str)]) -> Vec<(String, String)> {
    let said = typed.iter().filter(|(_, words)| !words.trim().is_empty());
    said.map(|(name, words)| (page.t(name), (*words).to_owned())).collect()
}

/// Does something in one transaction. `then` gives the sentence of what was done and the page that says it; refused, the form is shown again.
pub(super) async fn act<'a, T: Send + 'static, P: Template>(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    verb: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    then: impl FnOnce(T) -> (&'a str, String),
    again: impl AsyncFnOnce(&Error) -> Result<P>,
) -> Outcome {
    settle(app, who, app.db().write_async(ctx(req, app, who), verb).await.map(then), again).await
}

/// As [`act`]. Where the form cannot be drawn any more, since what it is about ended or went meanwhile, `above` draws the page that
/// led to it, with what was typed.
pub(super) async fn act_or<'a, T: Send + 'static, P: Template, Q: Template>(
    (req, app, who): (&HttpRequest, &App, &SignedIn),
    verb: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    then: impl FnOnce(T) -> (&'a str, String),
    again: impl AsyncFnOnce(&Error) -> Result<P>,
    above: impl AsyncFnOnce(&Error) -> Result<Q>,
) -> Outcome {
    let error = match app.db().write_async(ctx(req, app, who), verb).await.map(then) {
        Ok((sentence, to)) => return onward(app, who, sentence, &to),
        Err(error) => error,
    };
    let Some(status) = again_status(&error) else { return Err(error.into()) };
    match again(&error).await {
        Ok(page) => Ok(html(status, &page)?),
        Err(gone) if matches!(gone.kind(), Kind::Conflict | Kind::NotFound) => Ok(html(status, &above(&error).await?)?),
        Err(other) => Err(other.into()),
    }
}

/// Ends an act: on to the page that says what was done, or the form again.
pub(super) async fn settle<P: Template>(
    app: &App,
    who: &SignedIn,
    done: Result<(&str, String)>,
    again: impl AsyncFnOnce(&Error) -> Result<P>,
) -> Outcome {
    match done {
        Ok((sentence, to)) => onward(app, who, sentence, &to),
        Err(error) => refused(error, again).await,
    }
}

/// On to a page, which says what was done.
pub(super) fn onward(app: &App, who: &SignedIn, sentence: &str, to: &str) -> Outcome {
    flash(&who.session, Tone::Good, &app.parts.texts.text(who.person.lang(), sentence, &[]))?;
    Ok(redirect(to))
}

/// What is ticked in a list: the ends of the fields `pick-…`.
pub(super) fn picked(form: &BTreeMap<String, String>) -> impl Iterator<Item = &str> {
    form.keys().filter_map(|field| field.strip_prefix("pick-"))
}

pub(super) async fn asset(req: HttpRequest, file: web::Path<String>) -> HttpResponse {
    crate::http::serve_asset(&req, &file)
}

pub(super) async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

pub(super) async fn readyz(app: web::Data<App>) -> HttpResponse {
    let ready = app.revision().await.is_ok() && app.parts.index.ready();
    let mut answer = if ready { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    answer.content_type("text/plain; charset=utf-8").body(if ready { "ready\n" } else { "not ready\n" })
}

/// Figures in the text form that Prometheus reads.
pub(super) async fn metrics(app: web::Data<App>) -> Outcome {
    let revision = app.revision().await?;
    let now = app.now();
    let (states, jobs, mails) = app
        .db()
        .read_async(|conn| {
            Ok((crate::dataset::count_by_state(conn)?, queue::counts(conn)?, notify::mail_counts(conn)?))
        })
        .await?;
    let mut text = String::new();
    // Writing into a String cannot fail.
    let _ = writeln!(text, "# TYPE khomo_revision counter\nkhomo_revision {revision}");
    let _ = writeln!(text, "# TYPE khomo_index_ready gauge\nkhomo_index_ready {}", u8::from(app.parts.index.ready()));
    let _ = writeln!(text, "# TYPE khomo_index_sequence counter\nkhomo_index_sequence {}", app.parts.index.sequence());
    let _ = writeln!(text, "# TYPE khomo_datasets gauge");
    for (state, count) in states {
        let _ = writeln!(text, "khomo_datasets{{state=\"{}\"}} {count}", state.code());
    }
    let _ = writeln!(text, "# TYPE khomo_jobs gauge");
    for (state, count) in [("waiting", jobs.waiting), ("running", jobs.running), ("dead", jobs.dead)] {
        let _ = writeln!(text, "khomo_jobs{{state=\"{state}\"}} {count}");
    }
    let late = jobs.oldest_due.map_or(0, |due| (now.0 - due).max(0) / 1000);
    let _ = writeln!(text, "# TYPE khomo_job_oldest_seconds gauge\nkhomo_job_oldest_seconds {late}");
    let _ = writeln!(text, "# TYPE khomo_mails gauge");
    for (state, count) in mails.0 {
        let _ = writeln!(text, "khomo_mails{{state=\"{state}\"}} {count}");
    }
    Ok(HttpResponse::Ok().content_type("text/plain; version=0.0.4; charset=utf-8").body(text))
}
