//! Putting the API together: its router, and the layer around it, which opens it to every site, holds the limits and turns
//! failures into problems.

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::{Method, StatusCode, header};
use actix_web::middleware::{Next, from_fn};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use serde::Serialize;

use super::{BASE, ENDPOINTS, Endpoint, Parameter, Shape, problem};
use crate::http::{
    App, Cached, Failure, Outcome, PageKey, Route, cached_answer, client_address, encode, log_failure, mount_below,
    open_to_all, preflight, query_pairs,
};
use crate::kernel::{Error, Kind, Lang, Problem, Result};

/// The media type of answers.
const JSON: &str = "application/json";

/// Adds the routes of the API.
pub fn configure(config: &mut web::ServiceConfig) {
    let routes: Vec<Route> = ENDPOINTS.iter().map(|endpoint| endpoint.route).collect();
    let mut scope = web::scope(BASE).wrap(from_fn(layer));
    for (path, resource) in mount_below(&routes, BASE) {
        // The entry is found with a slash at the end and without.
        if path == BASE {
            let slash = routes.iter().find(|route| route.path == BASE);
            if let Some(route) = slash {
                scope = scope.service(web::resource("/").route((route.handler)(web::route())));
            }
        }
        scope = scope.service(resource);
    }
    config.service(scope.default_service(web::route().to(nothing)));
}

async fn nothing() -> HttpResponse {
    HttpResponse::build(StatusCode::NOT_FOUND).finish()
}

async fn layer(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> std::result::Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if req.method() == Method::OPTIONS {
        return Ok(req.into_response(preflight()));
    }
    let Some(app) = req.app_data::<web::Data<App>>().cloned() else {
        return Ok(next.call(req).await?.map_into_boxed_body());
    };
    let mut answer = if req.method() != Method::GET && req.method() != Method::HEAD {
        let mut refused = problem::of_status(req.request(), &app, StatusCode::METHOD_NOT_ALLOWED);
        refused.headers_mut().insert(header::ALLOW, header::HeaderValue::from_static("GET, HEAD, OPTIONS"));
        req.into_response(refused)
    } else if let Err(error) = charge(req.request(), &app, 1) {
        let refused = problem::of_failure(req.request(), &app, &Failure(error));
        req.into_response(refused)
    } else {
        told(next.call(req).await?.map_into_boxed_body(), &app)
    };
    open_to_all(answer.headers_mut());
    // Nobody looks for an answer of the API in a search engine.
    answer
        .headers_mut()
        .insert(header::HeaderName::from_static("x-robots-tag"), header::HeaderValue::from_static("noindex"));
    Ok(answer)
}

/// An answer with its failure told as a problem.
fn told(answer: ServiceResponse<BoxBody>, app: &App) -> ServiceResponse<BoxBody> {
    let failure = answer.response().error().and_then(|error| error.as_error::<Failure>());
    if let Some(failure) = failure {
        log_failure(answer.request(), failure);
    }
    let status = answer.status();
    let bare = !answer.response().headers().contains_key(header::CONTENT_TYPE);
    let problem = match failure {
        Some(failure) => problem::of_failure(answer.request(), app, failure),
        None if bare && (status.is_client_error() || status.is_server_error()) && !of_a_file(status) => {
            problem::of_status(answer.request(), app, status)
        }
        None => return answer,
    };
    ServiceResponse::new(answer.request().clone(), problem)
}

/// Statuses that are said about a file, without words.
fn of_a_file(status: StatusCode) -> bool {
    matches!(status, StatusCode::PRECONDITION_FAILED | StatusCode::RANGE_NOT_SATISFIABLE)
}

/// Takes from what the client may still ask in this minute.
///
/// # Errors
/// `TooMany` (`api-too-many`, `seconds`).
pub(super) fn charge(req: &HttpRequest, app: &App, units: u32) -> Result<()> {
    app.api.take(client_address(req, app), units, app.now()).map_err(|seconds| {
        let problem = Problem::new("api-too-many").with("seconds", seconds);
        Error::refused(Kind::TooMany, problem.with("most", u64::from(app.parts.settings.api_per_minute)))
    })
}

/// What the query of an address says, held against what its endpoint knows.
pub(super) struct Asked(Vec<(String, String)>);

impl Asked {
    /// Reads the query. What begins with `_` or `utm_` is passed over.
    ///
    /// # Errors
    /// `api-parameter-unknown` (`name`, `known`), `api-parameter-twice` (`name`), `api-parameter-form` (`name`, `values`),
    /// `api-parameter-number` (`name`, `least`, `most`): all of them at once.
    pub(super) fn read(req: &HttpRequest, endpoint: &Endpoint) -> Result<Self> {
        let pairs: Vec<(String, String)> = query_pairs(req)
            .into_iter()
            .filter(|(name, _)| !name.starts_with('_') && !name.starts_with("utm_"))
            .take(600)
            .collect();
        let mut problems: Vec<Problem> = Vec::new();
        for (at, (name, value)) in pairs.iter().enumerate() {
            let problem = match endpoint.parameters.iter().find(|known| knows(known, name)) {
                None => {
                    let known: Vec<&str> = endpoint.parameters.iter().map(|known| known.name).collect();
                    let known = known.join(", ");
                    Some(Problem::new("api-parameter-unknown").with("name", name.as_str()).with("known", known))
                }
                Some(known) => {
                    let again =
                        !matches!(known.shape, Shape::Several | Shape::SeveralOf(_) | Shape::List | Shape::Filters)
                            && pairs[..at].iter().any(|(other, _)| other == name);
                    if again {
                        Some(Problem::new("api-parameter-twice").with("name", name.as_str()))
                    } else {
                        wrong(known, value)
                    }
                }
            };
            if let Some(problem) = problem
                && problems.len() < 20
            {
                problems.push(problem.on(name.clone()));
            }
        }
        if problems.is_empty() { Ok(Self(pairs)) } else { Err(Error::invalid_all(problems)) }
    }

    /// The value of a parameter; none where it is missing or empty.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    }

    /// The number that a parameter gives.
    pub(super) fn number(&self, name: &str) -> Option<u64> {
        self.get(name)?.parse().ok()
    }

    /// All values of a parameter.
    pub(super) fn several(&self, name: &str) -> Vec<String> {
        let values = self.0.iter().filter(|(known, value)| known == name && !value.trim().is_empty());
        values.map(|(_, value)| value.trim().to_owned()).collect()
    }

    /// The parameters as they came.
    pub(super) fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// A path with the parameters as they came, but for one, which gets this value.
    pub(super) fn path_with(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(known, _)| known != name);
        let kept = kept.map(|(name, value)| format!("{}={}", encode(name), encode(value)));
        let all: Vec<String> = kept.chain([format!("{name}={}", encode(value))]).collect();
        format!("{path}?{}", all.join("&"))
    }

    /// The language in whose form values that are not canonical are read; the address alone decides.
    pub(super) fn lang(&self) -> Lang {
        self.get("lang").and_then(Lang::from_tag).unwrap_or_default()
    }
}

fn knows(known: &Parameter, name: &str) -> bool {
    match known.shape {
        Shape::Filters => name.starts_with("filter."),
        _ => known.name == name,
    }
}

fn wrong(known: &Parameter, value: &str) -> Option<Problem> {
    match known.shape {
        Shape::Number(least, most, _) if !value.trim().is_empty() => {
            let good = value.trim().parse::<u64>().is_ok_and(|number| (least..=most).contains(&number));
            let problem = Problem::new("api-parameter-number").with("name", known.name);
            (!good).then(|| problem.with("least", least).with("most", most))
        }
        Shape::OneOf(values) | Shape::SeveralOf(values)
            if !value.trim().is_empty() && !values.contains(&value.trim()) =>
        {
            let problem = Problem::new("api-parameter-form").with("name", known.name);
            Some(problem.with("values", values.join(", ")))
        }
        _ => None,
    }
}

/// A form of an address's answer, among those that are kept.
pub(super) async fn key(req: &HttpRequest, app: &App, form: &str, lang: Lang, searched: bool) -> Result<PageKey> {
    Ok(PageKey {
        path: format!("{form} {}", req.uri().path_and_query().map_or("", |path| path.as_str())),
        lang,
        revision: app.revision().await?,
        hour: (app.now().0 / 1000 + i64::from(app.site.offset_minutes) * 60).div_euclid(3600),
        indexed: (searched && app.parts.index.ready()).then(|| app.parts.index.sequence()),
    })
}

/// Answers with JSON from what is kept, or makes and keeps it.
pub(super) async fn json<T: Serialize>(
    req: &HttpRequest,
    app: &App,
    endpoint: &Endpoint,
    make: impl AsyncFnOnce(Asked) -> Result<std::result::Result<Made<T>, HttpResponse>>,
) -> Outcome {
    let asked = Asked::read(req, endpoint)?;
    let key = key(req, app, "json", Lang::Vi, true).await?;
    if let Some(kept) = app.answers.get(&key) {
        return Ok(cached_answer(req, &kept));
    }
    let made = match make(asked).await? {
        Ok(made) => made,
        Err(answer) => return Ok(answer),
    };
    let bytes = Bytes::from(serde_json::to_vec(&made.body).map_err(Error::from)?);
    let kept = Cached::negotiated(JSON, bytes, made.link);
    if app.parts.index.ready() == key.indexed.is_some() {
        app.answers.insert(key, kept.clone());
    }
    Ok(cached_answer(req, &kept))
}

/// An answer that was made.
pub(super) struct Made<T> {
    /// What it says.
    pub body: T,
    /// The `Link` header.
    pub link: Option<String>,
}

impl<T> From<T> for Made<T> {
    fn from(body: T) -> Self {
        Self { body, link: None }
    }
}

/// The `Link` header of these relations.
pub(super) fn links(relations: &[(&str, Option<&String>)]) -> Option<String> {
    let links: Vec<String> =
        relations.iter().filter_map(|(name, url)| Some(format!("<{}>; rel=\"{name}\"", (*url)?))).collect();
    (!links.is_empty()).then(|| links.join(", "))
}
