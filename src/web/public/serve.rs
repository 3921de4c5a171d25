//! Putting the public portal together: its router, its layers, its cache.

use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, body::BoxBody, guard, web};
use askama::Template;
use bytes::Bytes;

use super::short::led;
use super::view::error::ErrorPage;
use super::{PLAIN_ROUTES, ROUTES};
use crate::api;
use crate::http::page::{PageCtx, Portal, Wrong};
use crate::http::{
    App, Cached, ErrorFacts, ErrorLayer, HTML, Outcome, PageKey, cached_answer, client_address, lang_of, mount,
    path_and_query, preflight,
};
use crate::kernel::{Error, Kind, Lang, Problem, Result};

/// Units that a page, a picture or a file costs that is computed of the rows of a table.
const COMPUTED: u32 = 4;

const ERRORS: ErrorLayer = ErrorLayer { portal: Portal::Public, draw, sign_in: None };

fn draw(page: PageCtx, facts: &ErrorFacts, wrongs: Vec<Wrong>) -> Result<String> {
    let page =
        ErrorPage { page, status: facts.status, wrongs, request_id: facts.request_id.clone(), retry_after: None };
    page.render().map_err(Error::internal)
}

/// The error layer as a middleware function.
async fn errors(
    req: ServiceRequest,
    next: Next<BoxBody>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    // A browser asks before a script of another site reads a file with conditions or ranges.
    let asks = req.method() == Method::OPTIONS && req.headers().contains_key(header::ACCESS_CONTROL_REQUEST_METHOD);
    let open = ["/dataset/", "/en/dataset/", "/quy/", "/en/quy/"];
    if asks && open.iter().any(|path| req.path().starts_with(path)) {
        return Ok(req.into_response(preflight()));
    }
    ERRORS.answer(req, next).await
}

/// Adds the routes of the public portal.
pub fn configure(config: &mut web::ServiceConfig) {
    for (_, resource) in mount(PLAIN_ROUTES) {
        config.service(resource);
    }
    api::configure(config);
    let mut english = web::scope("/en").app_data(Lang::En);
    for (path, resource) in mount(ROUTES) {
        // The home page of English is `/en`, without a slash at the end.
        if path == "/" {
            let asked = || web::route().guard(guard::Any(guard::Get()).or(guard::Head()));
            let home = ROUTES
                .iter()
                .filter(|route| route.path == "/")
                .fold(web::resource(""), |home, route| home.route((route.handler)(asked())));
            english = english.service(home).service(web::resource("/").route(asked().to(english_home)));
        } else {
            english = english.service(resource);
        }
    }
    let mut vietnamese = web::scope("").app_data(Lang::Vi).wrap(from_fn(errors));
    vietnamese = vietnamese.service(english);
    for (_, resource) in mount(ROUTES) {
        vietnamese = vietnamese.service(resource);
    }
    config.service(vietnamese.default_service(web::route().to(nothing)));
}

/// The home page of English as some type it: with a slash at its end.
async fn english_home() -> HttpResponse {
    led(Lang::En, "", StatusCode::PERMANENT_REDIRECT)
}

async fn nothing() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).finish()
}

/// Whether the program runs: always 200.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body("ok\n")
}

/// Whether the program can do its work: 200 only when the database and the search index answer.
pub async fn readyz(app: web::Data<App>) -> HttpResponse {
    let (database, search) = liveness(&app).await;
    let mut answer = if database && search { HttpResponse::Ok() } else { HttpResponse::ServiceUnavailable() };
    let line = |name: &str, works: bool| format!("{name} {}\n", if works { "ok" } else { "down" });
    answer
        .content_type("text/plain; charset=utf-8")
        .insert_header(("Cache-Control", "no-store"))
        .body(line("database", database) + &line("search", search))
}

/// Whether the database and the index answer.
pub async fn liveness(app: &App) -> (bool, bool) {
    (app.revision().await.is_ok(), app.parts.index.ready())
}

/// Answers with a page from the cache, or draws and keeps it.
pub(super) async fn page<T, F>(req: &HttpRequest, app: &App, draw: impl FnOnce(Lang, String) -> F) -> Outcome
where
    T: Template,
    F: Future<Output = Result<T>>,
{
    kept(req, app, HTML, draw).await
}

/// As [`page`], of another media type.
pub(super) async fn kept<T, F>(
    req: &HttpRequest,
    app: &App,
    kind: &'static str,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    T: Template,
    F: Future<Output = Result<T>>,
{
    found_or_rendered(req, app, kind, false, draw).await
}

/// As [`kept`], of bytes that no template makes.
pub(super) async fn kept_bytes<F>(
    req: &HttpRequest,
    app: &App,
    kind: &'static str,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    F: Future<Output = Result<Bytes>>,
{
    found_or_drawn(req, app, kind, false, draw).await
}

/// As [`page`], of one that is computed of the rows of a table if `costs`: when it is not kept, it takes from the client's units.
pub(super) async fn computed_page<T, F>(
    req: &HttpRequest,
    app: &App,
    costs: bool,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    T: Template,
    F: Future<Output = Result<T>>,
{
    found_or_rendered(req, app, HTML, costs, draw).await
}

/// As [`kept_bytes`], of what is computed of the rows of a table: when it is not kept, it takes from the client's units.
pub(super) async fn computed_bytes<F>(
    req: &HttpRequest,
    app: &App,
    kind: &'static str,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    F: Future<Output = Result<Bytes>>,
{
    found_or_drawn(req, app, kind, true, draw).await
}

/// Takes the units of one page, picture or file that is computed of the rows of a table.
///
/// # Errors
/// `TooMany` (`computed-too-many`).
pub(super) fn charge(req: &HttpRequest, app: &App) -> Result<()> {
    let taken = app.computed.take(client_address(req, app), COMPUTED, app.now());
    taken.map_err(|_| Error::refused(Kind::TooMany, Problem::new("computed-too-many")))
}

/// As [`found_or_drawn`], of a template.
async fn found_or_rendered<T, F>(
    req: &HttpRequest,
    app: &App,
    kind: &'static str,
    costs: bool,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    T: Template,
    F: Future<Output = Result<T>>,
{
    found_or_drawn(req, app, kind, costs, |lang, path| {
        let drawn = draw(lang, path);
        async move { Ok(Bytes::from(drawn.await?.render().map_err(Error::internal)?)) }
    })
    .await
}

async fn found_or_drawn<F>(
    req: &HttpRequest,
    app: &App,
    kind: &'static str,
    costs: bool,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    F: Future<Output = Result<Bytes>>,
{
    let (lang, path) = (lang_of(req), path_and_query(req));
    let key = PageKey {
        path: path.clone(),
        lang,
        revision: app.revision().await?,
        hour: (app.now().0 / 1000 + i64::from(app.site.offset_minutes) * 60).div_euclid(3600),
        indexed: app.parts.index.ready().then(|| app.parts.index.sequence()),
    };
    if let Some(page) = app.pages.get(&key) {
        return Ok(cached_answer(req, &page));
    }
    if costs {
        charge(req, app)?;
    }
    let page = Cached::of(kind, draw(lang, path).await?);
    // An index that came or went while the page was drawn makes it a page of neither state: it is not kept.
    if app.parts.index.ready() == key.indexed.is_some() {
        app.pages.insert(key, page.clone());
    }
    Ok(cached_answer(req, &page))
}
