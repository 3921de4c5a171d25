//! Headers on every answer, request ids, and one log line a request.

use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::{DefaultHeaders, Next};
use actix_web::{HttpMessage, HttpRequest, web};

use super::answer::{Draw, ErrorFacts, Failure, RequestId, error_facts, error_page, redirect, request_id_of};
use super::page::Portal;
use super::request::{address, client_of, path_and_query};
use super::state::App;
use crate::kernel::{Error, Kind};

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

/// Headers of every answer of the public portal.
pub fn public_headers(app: &App) -> DefaultHeaders {
    defaults(headers_of(app, Portal::Public))
}

/// Headers of every answer of the internal portal: as the public ones, and nothing of it is kept by any cache.
pub fn internal_headers(app: &App) -> DefaultHeaders {
    defaults(headers_of(app, Portal::Internal))
}

fn defaults(headers: Vec<(&'static str, &'static str)>) -> DefaultHeaders {
    headers.into_iter().fold(DefaultHeaders::new(), DefaultHeaders::add)
}

fn headers_of(app: &App, portal: Portal) -> Vec<(&'static str, &'static str)> {
    let settings = &app.parts.settings;
    let mut headers = vec![
        ("Content-Security-Policy", CSP),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
        ("X-Frame-Options", "DENY"),
    ];
    let url = match portal {
        Portal::Public => &settings.public_url,
        Portal::Internal => &settings.internal_url,
    };
    // On https, browsers are told to stay there for a year.
    if url.starts_with("https://") {
        headers.push(("Strict-Transport-Security", "max-age=31536000; includeSubDomains"));
    }
    if portal == Portal::Internal {
        headers.extend([("Cache-Control", "private, no-store"), ("X-Robots-Tag", "noindex, nofollow")]);
    }
    headers
}

/// Gives the request its id and writes its one log line.
///
/// # Errors
/// Passes on what comes.
pub async fn log_requests<B: MessageBody>(
    req: ServiceRequest,
    next: Next<B>,
) -> Result<ServiceResponse<B>, actix_web::Error> {
    let id = crate::kernel::id::fresh();
    req.extensions_mut().insert(RequestId(id.clone()));
    let client = req.app_data::<web::Data<App>>().and_then(|app| client_of(req.request(), app));
    let (method, path, began) = (req.method().clone(), req.path().to_owned(), Instant::now());
    let answer = next.call(req).await;
    let ms = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = match &answer {
        Ok(answer) => answer.status().as_u16(),
        Err(error) => error.as_response_error().status_code().as_u16(),
    };
    tracing::info!(request.id = %id, %method, %path, status, ms, client = client.map(tracing::field::display), "request");
    let mut answer = answer?;
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    Ok(answer)
}

/// How a portal draws a failure that no handler turned into a page.
pub struct ErrorLayer {
    /// Which portal.
    pub portal: Portal,
    /// Its error page.
    pub draw: Draw,
    /// Where somebody who is not signed in is sent; none on the public portal.
    pub sign_in: Option<fn(&'static str) -> &'static str>,
}

impl ErrorLayer {
    /// Turns every failure into a page in the reader's language, and logs its cause, once.
    ///
    /// # Errors
    /// Passes on what comes.
    pub async fn answer(
        &self,
        req: ServiceRequest,
        next: Next<impl MessageBody + 'static>,
    ) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
        // Asked before: where a layer fails, the request is gone with it.
        let facts = error_facts(req.request(), StatusCode::SERVICE_UNAVAILABLE.as_u16());
        let app = req.app_data::<web::Data<App>>().cloned();
        let answer = match (next.call(req).await, &app) {
            (Ok(answer), _) => answer.map_into_boxed_body(),
            (Err(error), Some(app)) => return Err(self.layer_failed(app, &facts, &error)),
            (Err(error), None) => return Err(error),
        };
        let status = answer.status();
        let typed = answer.response().headers().contains_key(header::CONTENT_TYPE);
        let failure = answer.response().error().and_then(|error| error.as_error::<Failure>());
        if let Some(failure) = failure {
            log_failure(answer.request(), failure);
        }
        // A handler's own answer stands, whatever its status; a failure and an answer without a body get a page.
        if failure.is_none() && (typed || !(status.is_client_error() || status.is_server_error())) {
            return Ok(answer);
        }
        let Some(app) = app else { return Ok(answer) };
        let page = match (status, self.sign_in) {
            (StatusCode::UNAUTHORIZED, Some(door)) => {
                let code = failure.and_then(|failure| failure.0.problems().first()).map_or("", |problem| problem.code);
                redirect(&door_address(door(code), answer.request()))
            }
            _ => {
                let facts = error_facts(answer.request(), status.as_u16());
                error_page(&app, &facts, failure.map(|failure| &failure.0), self.portal, self.draw)
            }
        };
        Ok(ServiceResponse::new(answer.request().clone(), page))
    }

    /// The page of a failure that came from a layer and not from a handler: the only one that can fail keeps the sessions, so the
    /// database does not answer. No layer further out adds its headers to an error, so all of them stand here.
    fn layer_failed(&self, app: &App, facts: &ErrorFacts, error: &actix_web::Error) -> actix_web::Error {
        let failure = Failure(Error::unavailable(error.to_string()));
        let id = facts.request_id.as_deref().unwrap_or_default();
        tracing::warn!(request.id = %id, error = %failure.0, "unavailable");
        let mut page = error_page(app, facts, Some(&failure.0), self.portal, self.draw);
        let own = headers_of(app, self.portal).into_iter().chain([("X-Request-Id", id)]);
        for (name, value) in own {
            if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::from_str(value)) {
                page.headers_mut().insert(name, value);
            }
        }
        InternalError::from_response(failure, page).into()
    }
}

/// Where to go first, remembering a page that was only asked for.
fn door_address(door: &str, req: &HttpRequest) -> String {
    if *req.method() != Method::GET {
        return door.to_owned();
    }
    address(door, &[("next", &path_and_query(req))])
}

/// Writes the log line of a failure.
pub fn log_failure(req: &HttpRequest, failure: &Failure) {
    let id = request_id_of(req).unwrap_or_default();
    match failure.0.kind() {
        Kind::Internal => tracing::error!(request.id = %id, error = %failure.0, "fault"),
        Kind::Unavailable => tracing::warn!(request.id = %id, error = %failure.0, "unavailable"),
        Kind::Forbidden | Kind::TooMany => tracing::warn!(request.id = %id, error = %failure.0, "refused"),
        _ => tracing::debug!(request.id = %id, error = %failure.0, "refused"),
    }
}
