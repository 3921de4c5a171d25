//! Answers and failures: the one place where a [`Kind`] becomes a status and a failure becomes a page.

use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpMessage, HttpRequest, HttpResponse, ResponseError};
use askama::Template;

use super::page::{PageCtx, Portal, Section, Wrong};
use super::request::{lang_of, path_and_query};
use super::session::Inside;
use super::state::App;
use crate::kernel::{Error, Kind, Lang, Result};

/// What a handler returns.
pub type Outcome = std::result::Result<HttpResponse, Failure>;

/// The id that ties a request's log lines, audit entries and error page together.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The id of a request.
pub fn request_id_of(req: &HttpRequest) -> Option<String> {
    req.extensions().get::<RequestId>().map(|id| id.0.clone())
}

/// A failure on its way to becoming a page; the layer of the portal renders it.
#[derive(Debug)]
pub struct Failure(pub Error);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(error)
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        status_of(self.0.kind())
    }

    /// Only reached where no portal's error layer stands in between.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).finish()
    }
}

/// The status of a kind.
pub(super) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Invalid => StatusCode::BAD_REQUEST,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::Gone => StatusCode::GONE,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::TooMany => StatusCode::TOO_MANY_REQUESTS,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Renders a template.
///
/// # Errors
/// `Internal`; a template fails only when it is wrong.
pub fn html(status: StatusCode, page: &impl Template) -> Result<HttpResponse> {
    let body = page.render().map_err(Error::internal)?;
    Ok(HttpResponse::build(status).content_type("text/html; charset=utf-8").body(body))
}

/// Sends the browser elsewhere after a form (303, so that it asks with GET).
pub fn redirect(to: &str) -> HttpResponse {
    let location = HeaderValue::from_str(to).unwrap_or_else(|_| HeaderValue::from_static("/"));
    HttpResponse::SeeOther().insert_header((header::LOCATION, location)).finish()
}

/// What an error page is drawn from.
pub struct ErrorFacts {
    /// The request's language.
    pub lang: Lang,
    /// Path and query without the language's prefix.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The request's id, shown on faults of ours.
    pub request_id: Option<String>,
    /// Who is signed in, where the request came far enough for that to be known.
    pub inside: Option<Inside>,
}

/// What a request's error page is drawn from.
pub fn error_facts(req: &HttpRequest, status: u16) -> ErrorFacts {
    let request_id = (status >= 500).then(|| request_id_of(req)).flatten();
    let inside = req.extensions().get::<Inside>().cloned();
    // Outside the `/en` scope (an unknown address) the language is read off the path itself.
    let english = req.path() == "/en" || req.path().starts_with("/en/");
    let lang = inside.as_ref().map_or_else(|| if english { Lang::En } else { lang_of(req) }, |inside| inside.lang);
    ErrorFacts { lang, path: path_and_query(req), status, request_id, inside }
}

/// How a portal draws its error page.
pub type Draw = fn(PageCtx, &ErrorFacts, Vec<Wrong>) -> Result<String>;

/// Draws the error page of a portal; when even that fails the answer is bare.
pub fn error_page(app: &App, facts: &ErrorFacts, error: Option<&Error>, portal: Portal, draw: Draw) -> HttpResponse {
    let status = StatusCode::from_u16(facts.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut page = match portal {
        Portal::Public => app.public_page(facts.lang, facts.path.clone(), Section::Other),
        Portal::Internal => app.internal_page(facts.lang, facts.path.clone(), Section::Other, None),
    };
    page.canonical = None;
    if let Some(Inside { user, csrf, .. }) = facts.inside.clone() {
        page.user = Some(user);
        page.csrf = Some(csrf);
    }
    let wrongs = error.filter(|_| facts.status < 500).map(|error| page.wrongs(error)).unwrap_or_default();
    let mut answer = HttpResponse::build(status);
    answer.insert_header((header::CACHE_CONTROL, "no-store"));
    if status == StatusCode::SERVICE_UNAVAILABLE || status == StatusCode::TOO_MANY_REQUESTS {
        answer.insert_header((header::RETRY_AFTER, "10"));
    }
    match draw(page, facts, wrongs) {
        Ok(body) => answer.content_type("text/html; charset=utf-8").body(body),
        Err(error) => {
            tracing::error!(%error, "the error page cannot be drawn");
            answer.finish()
        }
    }
}
