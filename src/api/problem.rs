//! Failures as problems of RFC 9457: the address of what the kind means, a title, and every wrong thing with the parameter it
//! stands on, in the language asked for. Nothing of the inside.

use std::sync::Arc;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::shape::Words;
use crate::http::{App, Failure, Known, present, query_pairs, request_id_of};
use crate::kernel::{Arg, Error, Kind, Lang, Problem as Wrong, Result, Timestamp};
use crate::{dataset, purge};

/// The media type of problems.
pub(super) const MEDIA_TYPE: &str = "application/problem+json";
/// The kinds of problems and their statuses. The page for people explains each under its own anchor; the message
/// `api-problem-KIND` is its title.
pub const KINDS: [(&str, u16); 9] = [
    ("invalid", 400),
    ("not-found", 404),
    ("method", 405),
    ("not-acceptable", 406),
    ("gone", 410),
    ("too-large", 413),
    ("too-many", 429),
    ("internal", 500),
    ("unavailable", 503),
];

/// What went wrong.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Problem {
    /// Where the kind of problem is explained.
    #[serde(rename = "type")]
    pub kind: String,
    /// What the kind is called.
    pub title: String,
    /// The status of the answer.
    pub status: u16,
    /// What is wrong, and what to do.
    pub detail: String,
    /// Every wrong thing by itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<OneProblem>,
    /// What to tell the portal's people so that they find it in their log; with faults of the portal.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What stood here; where something was withdrawn or destroyed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tombstone: Option<Tombstone>,
}

/// One wrong thing.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OneProblem {
    /// A stable name that programs may test.
    pub code: String,
    /// The parameter that it stands on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    /// What is wrong, and what to do.
    pub detail: String,
    /// The keys of the columns there are; where a column is unknown.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<String>,
}

/// What is said of what is not there any more.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Tombstone {
    /// The title of the dataset.
    pub title: Words,
    /// The version; none where all of the dataset is gone.
    pub version: Option<i32>,
    /// Why.
    pub reason: Words,
    /// Since when, in UTC.
    pub since: String,
}

/// The language in which a request wants its sentences: `lang`, else `Accept-Language`, else Vietnamese.
pub(super) fn lang_of(req: &HttpRequest) -> Lang {
    let asked = query_pairs(req).into_iter().rev().find(|(name, _)| name == "lang");
    if let Some(lang) = asked.and_then(|(_, tag)| Lang::from_tag(&tag)) {
        return lang;
    }
    let accepted = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let best = accepted.split(',').filter_map(|part| {
        let mut words = part.split(';').map(str::trim);
        let tag = words.next()?.split('-').next()?.to_ascii_lowercase();
        let weight = words.find_map(|word| word.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        Some((Lang::from_tag(&tag)?, weight))
    });
    // Of equals the first one counts.
    let best = best.filter(|(_, weight)| *weight > 0.0).reduce(|best, next| if next.1 > best.1 { next } else { best });
    best.map_or(Lang::Vi, |(lang, _)| lang)
}

/// The kind of a status, as the page for people calls it.
fn kind_of(status: StatusCode) -> &'static str {
    let known = KINDS.into_iter().find(|(_, known)| *known == status.as_u16());
    known.map_or(if status.is_server_error() { "internal" } else { "invalid" }, |(kind, _)| kind)
}

fn blank(req: &HttpRequest, app: &App, status: StatusCode) -> Problem {
    let (lang, kind) = (lang_of(req), kind_of(status));
    let text = |id: String| app.parts.texts.text(lang, &id, &[]);
    Problem {
        kind: format!("{}{}/api#{kind}", app.site.public_url, lang.prefix()),
        title: text(format!("api-problem-{kind}")),
        status: status.as_u16(),
        detail: text(format!("api-problem-{kind}-text")),
        problems: Vec::new(),
        request_id: status.is_server_error().then(|| request_id_of(req)).flatten(),
        tombstone: None,
    }
}

fn answer(req: &HttpRequest, problem: &Problem) -> HttpResponse {
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = HttpResponse::build(status);
    answer
        .content_type(MEDIA_TYPE)
        .insert_header((
            header::CACHE_CONTROL,
            if status == StatusCode::GONE { "public, no-cache" } else { "no-store" },
        ))
        .insert_header((header::CONTENT_LANGUAGE, lang_of(req).tag()))
        .insert_header((header::VARY, "Accept, Accept-Language"));
    answer.body(serde_json::to_vec(problem).unwrap_or_default())
}

/// The answer of a status that no handler gave a reason for.
pub(super) fn of_status(req: &HttpRequest, app: &App, status: StatusCode) -> HttpResponse {
    answer(req, &blank(req, app, status))
}

/// The answer to a failure.
pub(super) fn of_failure(req: &HttpRequest, app: &App, failure: &Failure) -> HttpResponse {
    let error = &failure.0;
    let status = if error.has("api-not-acceptable") { StatusCode::NOT_ACCEPTABLE } else { failure.status_code() };
    let mut problem = blank(req, app, status);
    // What is wrong with the machine is nobody's business but ours.
    if !status.is_server_error() {
        let lang = lang_of(req);
        problem.problems = error.problems().iter().map(|wrong| one(app, lang, wrong)).collect();
        let told: Vec<&str> = problem.problems.iter().map(|one| one.detail.as_str()).collect();
        problem.detail = told.join(" ");
    }
    let mut answer = answer(req, &problem);
    let wait = match status {
        StatusCode::TOO_MANY_REQUESTS => {
            error.problems().iter().flat_map(|wrong| &wrong.args).find_map(|arg| match arg {
                ("seconds", Arg::Int(seconds)) => Some(*seconds),
                _ => None,
            })
        }
        _ => None,
    };
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.unwrap_or(10)));
    }
    answer
}

fn one(app: &App, lang: Lang, wrong: &Wrong) -> OneProblem {
    let columns = wrong.args.iter().find_map(|arg| match arg {
        ("columns", Arg::Text(keys)) if wrong.code == "explore-unknown-column" => Some(keys),
        _ => None,
    });
    OneProblem {
        code: wrong.code.to_owned(),
        parameter: wrong.field.as_deref().map(str::to_owned),
        detail: app.parts.texts.problem(lang, wrong),
        columns: columns.map(|keys| keys.split(", ").map(str::to_owned).collect()).unwrap_or_default(),
    }
}

/// What [`known_or_gone`] finds.
pub(super) type KnownOrGone = std::result::Result<Arc<Known>, HttpResponse>;

/// A version as it is known, or the answer that says it is gone, with the words of the tombstone.
pub(super) async fn known_or_gone(
    req: &HttpRequest,
    app: &App,
    slug: &str,
    number: Option<i32>,
) -> Result<KnownOrGone> {
    match app.known(slug, number).await {
        Err(error) if error.kind() == Kind::Gone => Ok(Err(gone(req, app, slug, number, error).await?)),
        known => known.map(Ok),
    }
}

async fn gone(req: &HttpRequest, app: &App, slug: &str, number: Option<i32>, error: Error) -> Result<HttpResponse> {
    let (wanted, lang, texts) = (slug.to_owned(), lang_of(req), app.parts.texts.clone());
    let tombstone = app.db().read_async(move |conn| {
        match dataset::find_published(conn, &wanted)? {
            dataset::Found::Withdrawn(found) => {
                let metadata = dataset::detail(conn, &found.id, None)?.version.metadata;
                Ok(Some(Tombstone {
                    title: Words::of(&present::public_title(&texts, &found, &metadata.title)),
                    version: None,
                    reason: Words {
                        vi: found.withdrawn_reason_vi.clone().unwrap_or_default(),
                        en: found.withdrawn_reason_en.clone(),
                    },
                    since: Timestamp(found.withdrawn_at.unwrap_or(0)).to_rfc3339(),
                }))
            }
            dataset::Found::Published(found) => {
                let Some(number) = number else { return Ok(None) };
                let version = dataset::version_by_number(conn, &found.id, number)?.ok_or_else(Error::not_found)?;
                let Some(purge) = purge::of_version(conn, &version.id)? else { return Ok(None) };
                Ok(Some(Tombstone {
                    // Of a version that was destroyed nothing is repeated, but the name that the dataset has today.
                    title: Words { vi: found.title_vi.clone(), en: None },
                    version: Some(number),
                    reason: Words::of(&purge.reason),
                    since: purge.decided_at.unwrap_or(purge.asked_at).to_rfc3339(),
                }))
            }
        }
    });
    let Some(tombstone) = tombstone.await? else { return Ok(of_failure(req, app, &Failure(error))) };
    let mut problem = blank(req, app, StatusCode::GONE);
    problem.detail = format!("{} {}", problem.detail, tombstone.reason.get(lang));
    problem.tombstone = Some(tombstone);
    Ok(answer(req, &problem))
}
