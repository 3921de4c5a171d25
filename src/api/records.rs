//! The rows of a table: pages that a cursor continues, or all rows of a result as a stream, in the format asked for.

use actix_web::http::{Method, header};
use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};

use super::catalogue::number_of;
use super::cursor::Cursor;
use super::problem::known_or_gone;
use super::serve::{Asked, charge, key, links};
use super::shape::Records;
use super::{BASE, Endpoint, FORMATS, ROWS, cost, endpoint};
use crate::dataset::ResourceVersion;
use crate::http::{
    App, Begun, Cached, Failure, FileAnswer, Known, MadeAnswer, Outcome, StreamTurn, cached_answer, send_file,
};
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::statistics::is_robot;
use crate::table::Object;
use crate::table::explore::{self, Binary, Explorer, Form, Part, Query, Reader};

/// Pages of more bytes are made anew each time.
const KEPT: usize = 1 << 20;

/// GET /api/v1/datasets/{slug}/tables/{table}/records
pub(super) async fn latest(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (slug, table) = path.into_inner();
    answer(&req, &app, endpoint("records"), &Place { slug, number: None, table }).await
}

/// GET /api/v1/datasets/{slug}/versions/{number}/tables/{table}/records
pub(super) async fn of_version(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
) -> Outcome {
    let (slug, number, table) = path.into_inner();
    let number = Some(number_of(&number)?);
    answer(&req, &app, endpoint("versionRecords"), &Place { slug, number, table }).await
}

/// What an address names.
struct Place {
    slug: String,
    number: Option<i32>,
    table: String,
}

/// A format of [`FORMATS`].
#[derive(Clone, Copy, PartialEq, Eq)]
struct Format {
    code: &'static str,
    media_type: &'static str,
    ending: &'static str,
}

impl Format {
    fn all() -> impl Iterator<Item = Self> {
        FORMATS.into_iter().map(|(code, media_type, ending)| Self { code, media_type, ending })
    }

    /// As answers name it: of text, the encoding must be said.
    fn content_type(self) -> &'static str {
        if self.code == "csv" { "text/csv; charset=utf-8" } else { self.media_type }
    }

    fn binary(self) -> Option<Binary> {
        match self.code {
            "parquet" => Some(Binary::Parquet),
            "arrow" => Some(Binary::Arrow),
            _ => None,
        }
    }
}

/// The format that `format` names, or else the one that `Accept` likes best; JSON where it does not mind.
///
/// # Errors
/// `api-not-acceptable` (`formats`).
fn format_of(req: &HttpRequest, asked: &Asked) -> Result<Format> {
    let named = |code: &str| Format::all().find(|format| format.code == code);
    let refused = || {
        let formats: Vec<&str> = FORMATS.iter().map(|(_, media_type, _)| *media_type).collect();
        Error::invalid(Problem::new("api-not-acceptable").with("formats", formats.join(", ")))
    };
    if let Some(format) = asked.get("format").and_then(named) {
        return Ok(format);
    }
    let accepted = req.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or("*/*");
    let mut best: Option<(Format, f32)> = None;
    for part in accepted.split(',') {
        let mut words = part.split(';').map(str::trim);
        let wanted = words.next().unwrap_or_default().to_ascii_lowercase();
        let weight = words.find_map(|word| word.strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
        let format = match wanted.as_str() {
            "*/*" | "application/*" | "" => named("json"),
            "text/*" => named("csv"),
            // What they are called where nobody has registered them.
            "application/ndjson" | "application/jsonl" => named("ndjson"),
            "application/x-parquet" | "application/parquet" => named("parquet"),
            other => Format::all().find(|format| format.media_type == other),
        };
        if let Some(format) = format
            && weight > 0.0
            && best.is_none_or(|(_, known)| weight > known)
        {
            best = Some((format, weight));
        }
    }
    best.map(|(format, _)| format).ok_or_else(refused)
}

async fn answer(req: &HttpRequest, app: &web::Data<App>, endpoint: &Endpoint, place: &Place) -> Outcome {
    let asked = Asked::read(req, endpoint)?;
    let format = format_of(req, &asked)?;
    let cursor = match asked.get("cursor") {
        Some(text) => Some(Cursor::read(text).ok_or_else(wrong_cursor)?),
        None => None,
    };
    // JSON comes in pages; the other formats hold everything unless somebody asks for less.
    let paged = format.code == "json" || asked.get("limit").is_some() || cursor.is_some();
    let key = key(req, app, format.code, asked.lang(), false).await?;
    if paged && let Some(kept) = app.answers.get(&key) {
        count(req, app, &place.slug, cursor.is_none());
        return Ok(cached_answer(req, &kept));
    }
    if let (Some(number), Some(cursor)) = (place.number, &cursor)
        && number != cursor.number
    {
        return Err(wrong_cursor().into());
    }
    let number = cursor.map_or(place.number, |cursor| Some(cursor.number));
    let known = match known_or_gone(req, app, &place.slug, number).await? {
        Ok(known) => known,
        Err(gone) => return Ok(gone),
    };
    let (resource, columns) = known.table(&place.table)?;
    let ours = ["limit", "cursor", "format", "lang"];
    let pairs: Vec<(String, String)> =
        asked.pairs().iter().filter(|(name, _)| !ours.contains(&name.as_str())).cloned().collect();
    let reader = Reader { lang: asked.lang(), offset_minutes: app.site.offset_minutes };
    let (query, wrongs) = Query::parse(&pairs, columns, &reader);
    if !wrongs.is_empty() {
        return Err(Error::invalid_all(wrongs).into());
    }
    let mark = Cursor::mark(&resource.table.parquet_sha256, &explore::write(&query));
    if cursor.is_some_and(|cursor| cursor.mark != mark) {
        return Err(wrong_cursor().into());
    }
    // No result has more rows than its table, so none of our cursors leads behind them.
    if cursor.is_some_and(|cursor| cursor.offset >= resource.table.rows()) {
        return Err(wrong_cursor().into());
    }
    if !query.is_whole() {
        charge(req, app, cost::SEARCH)?;
    }
    if !paged {
        if *req.method() == Method::GET {
            charge(req, app, cost::WHOLE)?;
        }
        let sent = whole(req, app, &known, resource, columns, place, &query, format).await?;
        if sent.status().is_success() {
            count(req, app, &place.slug, begins(req));
        }
        return Ok(sent);
    }
    let explorer = app.explorer(&resource.table, columns.clone()).await?;
    let offset = cursor.map_or(0, |cursor| cursor.offset);
    let part = explorer.part(&query, offset, asked.number("limit").unwrap_or(ROWS)).await?;
    let end = offset.saturating_add(part.rows.num_rows() as u64);
    let version = known.shown.version.number.unwrap_or(0);
    // A page without a row is the last, whatever the total says.
    let next = (end < part.total && part.rows.num_rows() > 0).then(|| {
        let cursor = Cursor { number: version, offset: end, mark };
        asked.path_with(&format!("{}{}", app.site.public_url, path_of(place)), "cursor", &cursor.write())
    });
    let link = links(&[("next", next.as_ref())]);
    let bytes = page(&explorer, &query, &part, format, place, version, next)?;
    let kept = Cached::negotiated(format.content_type(), bytes, link);
    if kept.bytes().len() <= KEPT {
        app.answers.insert(key, kept.clone());
    }
    count(req, app, &place.slug, cursor.is_none());
    Ok(cached_answer(req, &kept))
}

fn path_of(place: &Place) -> String {
    let version = place.number.map(|number| format!("/versions/{number}")).unwrap_or_default();
    format!("{BASE}/datasets/{}{version}/tables/{}/records", place.slug, place.table)
}

fn wrong_cursor() -> Error {
    Error::invalid(Problem::new("api-cursor").on("cursor"))
}

/// One page in its format.
fn page(
    explorer: &Explorer,
    query: &Query,
    part: &Part,
    format: Format,
    place: &Place,
    version: i32,
    next: Option<String>,
) -> Result<Bytes> {
    if let Some(form) = format.binary() {
        return explore::binary_part(explorer, query, &part.rows, form);
    }
    if format.code != "json" {
        return explore::text_part(explorer, query, &part.rows, format.code == "ndjson");
    }
    let head = Records {
        dataset: place.slug.clone(),
        table: place.table.clone(),
        version,
        total: part.total,
        next,
        records: [],
    };
    let rows = explore::json_rows(explorer, query, &part.rows)?;
    let mut bytes = serde_json::to_vec(&head)?;
    // The list of rows stands last, and is empty so far.
    bytes.truncate(bytes.len().saturating_sub(b"]}".len()));
    bytes.reserve(rows.len() + 4);
    bytes.extend_from_slice(&rows);
    bytes.extend_from_slice(b"\n]}\n");
    Ok(bytes.into())
}

/// All rows of a result.
#[allow(clippy::too_many_arguments, reason = "what is known of one request")]
async fn whole(
    req: &HttpRequest,
    app: &App,
    known: &Known,
    resource: &ResourceVersion,
    columns: &std::sync::Arc<[crate::table::ingest::report::Column]>,
    place: &Place,
    query: &Query,
    format: Format,
) -> Result<HttpResponse> {
    let (table, version) = (&resource.table, &known.shown.version);
    let number = version.number.unwrap_or(0);
    let name = format!("{}-{}-v{number}.{}", place.slug, place.table, format.ending);
    let stored = match format.code {
        "csv" => Some((Object::Csv, table.csv_bytes, &table.csv_sha256)),
        "parquet" => Some((Object::Parquet, table.parquet_bytes, &table.parquet_sha256)),
        _ => None,
    };
    // The table as it is lies in the store, byte for byte.
    if let Some((object, bytes, sha256)) = stored.filter(|_| query.is_whole() && query.columns.is_empty()) {
        let file = FileAnswer {
            object: object.name(&table.id),
            bytes: u64::try_from(bytes).unwrap_or(0),
            sha256: sha256.clone(),
            media_type: format.content_type().to_owned(),
            name,
            modified: version.published_at.unwrap_or(Timestamp(0)),
            immutable: false,
        };
        return Ok(varied(send_file(req, app, &file).await?));
    }
    let mut tag = Sha256::new();
    // All that the bytes come from; the program, because another one may write them otherwise.
    for part in [env!("CARGO_PKG_VERSION"), "api", format.code, &table.parquet_sha256] {
        tag.update(part);
        tag.update("\n");
    }
    tag.update(format!("{:?}", explore::write(query)));
    let media_type = format.content_type().to_owned();
    let answer = MadeAnswer { tag: hex::encode(tag.finalize()), media_type, name };
    let begun = match answer.begin(req) {
        Begun::Head(begun) => begun,
        Begun::Whole(answer) => return Ok(varied(answer)),
    };
    let explorer = app.explorer(table, columns.clone()).await?;
    let turn = StreamTurn::wait().await?;
    let stream = match format.binary() {
        Some(form) => explore::binary(&explorer, query, form).await?,
        None => {
            let form = if format.code == "csv" { Form::Csv } else { Form::Ndjson };
            explore::text(&explorer, query, form).await?
        }
    };
    Ok(varied(turn.send(begun, stream.map_err(Failure))))
}

/// An answer whose format the `Accept` header may have chosen.
fn varied(mut answer: HttpResponse) -> HttpResponse {
    answer.headers_mut().insert(header::VARY, header::HeaderValue::from_static("Accept"));
    answer
}

/// Whether a file is asked for from its beginning: further pieces of one reader are no further downloads.
fn begins(req: &HttpRequest) -> bool {
    let range = req.headers().get(header::RANGE).and_then(|range| range.to_str().ok());
    range.is_none_or(|range| range.starts_with("bytes=0-"))
}

/// Counts a reading of a table once, however many pages it has; robots that say so are not counted.
fn count(req: &HttpRequest, app: &App, slug: &str, begins: bool) {
    let agent = req.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    // A program is its library's name, which is no robot's; one that does not name itself is counted as well.
    let robot = !agent.is_empty() && is_robot(agent);
    if begins
        && !robot
        && *req.method() == Method::GET
        && let Some(id) = app.slugs.get(slug)
    {
        app.counter.count(app.today().to_string(), id, "download", "api");
    }
}
