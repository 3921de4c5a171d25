//! Files on their way in: a plain form, and pieces by the tus protocol 1.0 (creation, creation-with-upload, termination), which
//! browsers with scripts and programs with a key use alike; then what was understood, and reading again with other choices.

use std::collections::BTreeMap;

use actix_multipart::{Field as Part, Multipart};
use actix_session::Session;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use serde_json::json;
use tokio::io::AsyncWriteExt;

use super::contract::breaks;
use super::editor::{Step, step_again};
use super::report::{declarers, import_report};
use super::serve::{ctx, frame, onward, refused};
use super::view::upload::{KindChoice, ReadingPage, UploadPage, ZerosChoice};
use crate::access::{Action, may};
use crate::account::Person;
use crate::dataset::contract;
use crate::dataset::upload::{self, Begin, State, Upload};
use crate::dataset::{self, draft};
use crate::http::page::{Choice, Field, PageCtx, Section, Text};
use crate::http::{App, Outcome, SafeForm, Sender, SignedIn, ctx_of, expect_form_token, html, present, redirect, told};
use crate::kernel::id::{DatasetId, ResourceId, TableVersionId, UploadId};
use crate::kernel::{Actor, Ctx, Error, Kind as Refusal, Lang, Problem, Result};
use crate::platform::columnar::Wanted;
use crate::platform::db::Conn;
use crate::platform::scratch;
use crate::table::ingest::report::{Column, Kind, Reason};
use crate::table::ingest::{Choices, read, typing};
use crate::table::{Object, Report};

/// Bytes of one piece in the store: what is held on disk while it comes.
const PIECE: u64 = 32 << 20;
/// Bytes of a field of the plain form that is no file.
const FIELD: usize = 4096;
/// Rows of the preview.
const ROWS: u64 = 20;
/// What the key `declared` of `Upload-Metadata` says.
const NO_STATE_SECRET: &str = "no-state-secret";
/// Digits up to which the form offers to fill codes with zeros where nothing says how many they have.
const MOST_OFFERED: u64 = 12;
/// The version of the tus protocol.
const TUS: &str = "1.0.0";

type Answered = std::result::Result<HttpResponse, actix_web::Error>;

/// The circumstances of an act of whoever sends.
fn ctx_of_sender(req: &HttpRequest, app: &App, person: &Person) -> Ctx {
    ctx_of(req, app, Actor::Account(person.account.id.clone()), person.lang())
}

/// The largest file, in bytes.
fn most(app: &App) -> u64 {
    app.parts.settings.upload_max << 20
}

// ---- receiving -------------------------------------------------------------------------------------------------------

/// Takes bytes as they come, piece by piece: each piece is in the store before its row says so, so that what was acknowledged is
/// there whatever happens. When the line breaks, what has come is kept.
async fn receive<E: std::fmt::Display>(
    app: &App,
    ctx: &Ctx,
    id: &UploadId,
    mut at: u64,
    mut stream: impl Stream<Item = std::result::Result<Bytes, E>> + Unpin,
) -> Result<u64> {
    let most = most(app);
    let work = scratch::folder(&app.parts.settings.scratch)?;
    loop {
        let path = work.path().join(at.to_string());
        let mut file = tokio::fs::File::create(&path).await?;
        let (mut size, mut failed, mut ended) = (0, None, false);
        while size < PIECE {
            match stream.next().await {
                Some(Ok(bytes)) => {
                    size += bytes.len() as u64;
                    if at + size > most {
                        let problem = Problem::new("upload-too-large").with("most", most >> 20).on("file");
                        return Err(Error::refused(Refusal::TooLarge, problem));
                    }
                    file.write_all(&bytes).await?;
                }
                Some(Err(error)) => {
                    failed = Some(broken(error));
                    break;
                }
                None => {
                    ended = true;
                    break;
                }
            }
        }
        file.flush().await?;
        drop(file);
        if size > 0 {
            let object = format!("uploads/{id}/{}", crate::kernel::id::fresh());
            app.parts.files.put_file(&object, &path).await?;
            tokio::fs::remove_file(&path).await?;
            let upload = id.clone();
            app.db()
                .write_async(ctx.clone(), move |tx| upload::add_part(tx, &upload, at, size, &object, most).map(drop))
                .await?;
            at += size;
        }
        match failed {
            Some(error) => return Err(error),
            None if ended => return Ok(at),
            None => {}
        }
    }
}

/// The line broke, or what came is no form.
pub(super) fn broken(error: impl std::fmt::Display) -> Error {
    Error::invalid(Problem::new("upload-broken")).because(error.to_string())
}

/// Reads a plain form up to its file, whose token stands before it: the fields, and the file where there is one.
///
/// # Errors
/// `Forbidden` (`form-expired`); `Invalid` (`upload-broken`); `TooLarge` (`form-too-large`).
pub(super) async fn fields_and_file(
    req: &HttpRequest,
    session: &Session,
    parts: &mut Multipart,
) -> Result<(BTreeMap<String, String>, Option<Part>)> {
    let mut fields = BTreeMap::new();
    let mut file = None;
    while let Some(part) = parts.next().await {
        // What is no form of ours carries no token either.
        let mut part = match part {
            Ok(part) => part,
            Err(error) if fields.contains_key("csrf") => return Err(broken(error)),
            Err(_) => return Err(Error::forbidden(Problem::new("form-expired"))),
        };
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            file = Some(part);
            break;
        }
        fields.insert(name, field_text(&mut part).await?);
    }
    expect_form_token(req, session, fields.get("csrf").map_or("", String::as_str))?;
    Ok((fields, file))
}

/// The text of a field of a plain form that is no file.
async fn field_text(part: &mut Part) -> Result<String> {
    let mut text = Vec::new();
    while let Some(bytes) = part.next().await {
        text.extend_from_slice(&bytes.map_err(broken)?);
        if text.len() > FIELD {
            return Err(Error::refused(Refusal::TooLarge, Problem::new("form-too-large").with("bytes", FIELD)));
        }
    }
    Ok(String::from_utf8_lossy(&text).into_owned())
}

/// POST /internal/datasets/{id}/upload: a file from a plain form, whose token stands before it.
pub async fn form(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    body: web::Payload,
) -> Outcome {
    let ctx = ctx(&req, &app, &who);
    let mut parts = Multipart::new(req.headers(), body);
    let (fields, file) = fields_and_file(&req, &who.session, &mut parts).await?;
    let Some(part) = file else {
        return Err(Error::invalid(Problem::new("upload-name").with("max", 200_u64).on("file")).into());
    };
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let file_name = part.content_disposition().and_then(|given| given.get_filename()).unwrap_or_default().to_owned();
    let begin = Begin {
        dataset: id,
        resource: fields.get("resource").and_then(|id| ResourceId::parse(id)),
        file_name,
        bytes: None,
        most: most(&app),
        declared: fields.get("declared").is_some_and(|told| !told.is_empty()),
    };
    let profile = app.parts.profile.clone();
    let dataset = begin.dataset.clone();
    let begun = app.db().write_async(ctx.clone(), move |tx| upload::begin(tx, &profile, begin)).await;
    let upload = match begun {
        Ok(upload) => upload,
        Err(error) if error.has("declaration-missing") => {
            let again = async |error: &Error| step_again(&req, &app, &who, &dataset, Step::Tables, error).await;
            return refused(error, again).await;
        }
        Err(error) => return Err(error.into()),
    };
    let (finished, act) = (upload.id.clone(), ctx.clone());
    let done = match receive(&app, &ctx, &upload.id, 0, part).await {
        Ok(_) => app.db().write_async(act, move |tx| upload::finish(tx, &finished)).await,
        Err(error) => Err(error),
    };
    if let Err(error) = done {
        // A plain form cannot go on where it stopped: nothing of it is kept.
        if let Err(left) = give_up(&app, ctx, upload.id).await {
            tracing::warn!(error = %left, "an upload that broke off waits to lapse");
        }
        return Err(error.into());
    }
    Ok(redirect(&format!("/internal/uploads/{}", upload.id)))
}

// ---- tus -------------------------------------------------------------------------------------------------------------

fn number(headers: &HeaderMap, name: &str) -> Option<u64> {
    headers.get(name)?.to_str().ok()?.trim().parse().ok()
}

/// The pairs of `Upload-Metadata`: names, and values in Base64.
fn described(headers: &HeaderMap) -> BTreeMap<String, String> {
    let line = headers.get("upload-metadata").and_then(|value| value.to_str().ok()).unwrap_or_default();
    line.split(',')
        .filter_map(|pair| {
            let (name, value) = pair.trim().split_once(' ')?;
            let bytes = BASE64_STANDARD.decode(value.trim()).ok()?;
            Some((name.to_owned(), String::from_utf8(bytes).ok()?))
        })
        .collect()
}

fn tus(mut answer: HttpResponse, upload: Option<&Upload>) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(HeaderName::from_static("tus-resumable"), HeaderValue::from_static(TUS));
    if let Some(upload) = upload {
        headers.insert(HeaderName::from_static("upload-offset"), HeaderValue::from(upload.received));
        if let Some(bytes) = upload.bytes {
            headers.insert(HeaderName::from_static("upload-length"), HeaderValue::from(bytes));
        }
    }
    answer
}

/// The answer to a request that does not speak the version of tus that is understood here.
fn no_tus(req: &HttpRequest) -> Option<HttpResponse> {
    if req.headers().get("tus-resumable").is_some_and(|version| version == TUS) {
        return None;
    }
    let mut answer = HttpResponse::PreconditionFailed();
    answer
        .insert_header(("Tus-Version", TUS))
        .insert_header(("Tus-Extension", "creation,creation-with-upload,termination"));
    Some(tus(answer.content_type("text/plain; charset=utf-8").body("Tus-Resumable: 1.0.0\n"), None))
}

fn carries_bytes(req: &HttpRequest) -> bool {
    req.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind == "application/offset+octet-stream")
}

/// POST /internal/uploads: begins an upload (tus creation), and takes the first bytes where they come along.
pub async fn create(req: HttpRequest, app: web::Data<App>, sender: Sender, body: web::Payload) -> Answered {
    if let Some(answer) = no_tus(&req) {
        return Ok(answer);
    }
    let ctx = ctx_of_sender(&req, &app, sender.person());
    let made = begin(&req, &app, &ctx).await.map_err(|error| told(&app, error))?;
    let id = made.id.clone();
    if carries_bytes(&req) {
        receive(&app, &ctx, &id, 0, body).await.map_err(|error| told(&app, error))?;
    }
    let upload = app.db().read_async(move |conn| upload::by_id(conn, &id)).await.map_err(|error| told(&app, error))?;
    let mut answer = HttpResponse::Created();
    answer.insert_header((header::LOCATION, format!("/internal/uploads/{}", upload.id)));
    Ok(tus(answer.finish(), Some(&upload)))
}

async fn begin(req: &HttpRequest, app: &App, ctx: &Ctx) -> Result<Upload> {
    let said = described(req.headers());
    let text = |name: &str| said.get(name).cloned().unwrap_or_default();
    let bytes = number(req.headers(), "upload-length")
        .ok_or_else(|| Error::invalid(Problem::new("upload-length").on("file")))?;
    let (named, table) = (text("dataset"), text("resource"));
    let (dataset, resource) = app
        .db()
        .read_async(move |conn| {
            let dataset = match DatasetId::parse(&named) {
                Some(id) => dataset::by_id(conn, &id)?,
                None => dataset::by_slug(conn, &named)?.ok_or_else(Error::not_found)?,
            };
            // A program names a table as files do.
            let resource = match ResourceId::parse(&table) {
                Some(id) => Some(id),
                None if table.is_empty() => None,
                None => Some(dataset::resource_id(conn, &dataset.id, &table)?.ok_or_else(Error::not_found)?),
            };
            Ok((dataset.id, resource))
        })
        .await?;
    let begin = Begin {
        dataset,
        resource,
        file_name: text("filename"),
        bytes: Some(bytes),
        most: most(app),
        declared: text("declared") == NO_STATE_SECRET,
    };
    let profile = app.parts.profile.clone();
    app.db().write_async(ctx.clone(), move |tx| upload::begin(tx, &profile, begin)).await
}

/// An upload, for whoever began it and whoever may write the dataset's drafts.
async fn seen(app: &App, person: &Person, id: &str) -> Result<(Upload, dataset::Dataset, bool)> {
    let id = UploadId::parse(id).ok_or_else(Error::not_found)?;
    let (person, profile) = (person.clone(), app.parts.profile.clone());
    app.db()
        .read_async(move |conn: &mut Conn| {
            let upload = upload::by_id(conn, &id)?;
            let dataset = dataset::by_id(conn, &upload.dataset)?;
            may(&person, Action::EditDataset(&profile, &dataset.agency_id)).require()?;
            let in_draft = match &upload.table {
                Some(table) => dataset::place_in_draft(conn, table)?.is_some(),
                None => false,
            };
            Ok((upload, dataset, in_draft))
        })
        .await
}

/// PATCH /internal/uploads/{id}: further bytes (tus).
pub async fn patch(
    req: HttpRequest,
    app: web::Data<App>,
    sender: Sender,
    id: web::Path<String>,
    body: web::Payload,
) -> Answered {
    if let Some(answer) = no_tus(&req) {
        return Ok(answer);
    }
    if !carries_bytes(&req) {
        return Ok(tus(
            HttpResponse::UnsupportedMediaType().content_type("text/plain").body("application/offset+octet-stream\n"),
            None,
        ));
    }
    let ctx = ctx_of_sender(&req, &app, sender.person());
    let taken = async {
        let (upload, _, _) = seen(&app, sender.person(), &id).await?;
        let at = number(req.headers(), "upload-offset");
        if upload.account != sender.person().account.id {
            return Err(Error::not_found());
        }
        if at != Some(upload.received) || upload.state != State::Receiving {
            return Err(Error::conflict(Problem::new("upload-offset")));
        }
        receive(&app, &ctx, &upload.id, upload.received, body).await?;
        let id = upload.id;
        app.db().read_async(move |conn| upload::by_id(conn, &id)).await
    };
    let upload = taken.await.map_err(|error| told(&app, error))?;
    Ok(tus(HttpResponse::NoContent().finish(), Some(&upload)))
}

/// DELETE /internal/uploads/{id}: gives it up (tus termination).
pub async fn terminate(req: HttpRequest, app: web::Data<App>, sender: Sender, id: web::Path<String>) -> Answered {
    if let Some(answer) = no_tus(&req) {
        return Ok(answer);
    }
    let ctx = ctx_of_sender(&req, &app, sender.person());
    let given_up = async {
        let id = UploadId::parse(&id).ok_or_else(Error::not_found)?;
        give_up(&app, ctx, id).await
    };
    given_up.await.map_err(|error| told(&app, error))?;
    Ok(tus(HttpResponse::NoContent().finish(), None))
}

async fn give_up(app: &App, ctx: Ctx, id: UploadId) -> Result<()> {
    let objects = app.db().write_async(ctx, move |tx| upload::cancel(tx, &id)).await?;
    for object in objects {
        app.parts.files.delete(&object).await?;
    }
    Ok(())
}

/// POST /internal/uploads/{id}/cancellation
pub async fn cancel(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let (upload, dataset, _) = seen(&app, &who.person, &id).await?;
    give_up(&app, ctx(&req, &app, &who), upload.id).await?;
    onward(&app, &who, "upload-cancelled", &Step::Tables.href(&dataset.id))
}

/// GET and HEAD /internal/uploads/{id}: how far it is; a table that stands in the draft leads on to what was understood.
pub async fn show(req: HttpRequest, app: web::Data<App>, sender: Sender, id: web::Path<String>) -> Answered {
    let (upload, dataset, in_draft) = match seen(&app, sender.person(), &id).await {
        Ok(found) => found,
        Err(error) => match &sender {
            Sender::Page(_) => return Err(crate::http::Failure(error).into()),
            Sender::Key(_) => return Err(told(&app, error)),
        },
    };
    let wants_json = req.headers().get(header::ACCEPT).is_some_and(|accept| accept == "application/json");
    let reading = upload.table.as_ref().filter(|_| in_draft).map(|table| format!("/internal/tables/{table}/reading"));
    let who = match &sender {
        Sender::Page(who) if !wants_json && req.method() != Method::HEAD => who,
        _ => {
            let sentence = |problem: &Problem| app.parts.texts.problem(sender.person().lang(), problem);
            let answer = HttpResponse::Ok().json(json!({
                "state": upload.state.code(),
                "received": upload.received,
                "bytes": upload.bytes,
                "table": upload.table,
                "problems": upload.problems.iter().map(sentence).collect::<Vec<_>>(),
                "href": reading,
            }));
            return Ok(tus(answer, Some(&upload)));
        }
    };
    if let Some(href) = reading {
        return Ok(redirect(&href));
    }
    let page = frame(&req, &app, who, Section::Datasets).map_err(crate::http::Failure)?;
    let view = UploadPage {
        id: upload.id.to_string(),
        file: upload.file_name.clone(),
        state: upload.state.code().to_owned(),
        received: upload.received,
        bytes: upload.bytes,
        problems: upload.problems.iter().map(|problem| page.texts.problem(page.lang, problem)).collect(),
        title: Text::of(dataset.title_vi.clone(), Lang::Vi, page.lang),
        back: Step::Tables.href(&dataset.id),
        own: upload.account == who.person.account.id,
        page,
    };
    Ok(html(StatusCode::OK, &view).map_err(crate::http::Failure)?)
}

// ---- what was understood ---------------------------------------------------------------------------------------------

/// GET /internal/tables/{id}/reading
pub async fn reading(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = TableVersionId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &reading_page(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/tables/{id}/reading: reads the original again with other choices.
pub async fn read_again(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<Vec<(String, String)>>,
) -> Outcome {
    let id = TableVersionId::parse(&id).ok_or_else(Error::not_found)?;
    let sent: BTreeMap<String, String> = form.0.into_iter().collect();
    let (table, person) = (id.clone(), who.person.clone());
    let original = app.db().read_async(move |conn| dataset::original(conn, &person, &table)).await?;
    let report = original.table.report()?;
    let (profile, ordered) = (app.parts.profile.clone(), id.clone());
    let done = match choices(&report, &sent) {
        Ok(choices) => {
            let order = move |tx: &mut crate::platform::db::Tx<'_>| upload::read_again(tx, &profile, &ordered, choices);
            app.db().write_async(ctx(&req, &app, &who), order).await
        }
        Err(error) => Err(error),
    };
    match done {
        Ok(upload) => Ok(redirect(&format!("/internal/uploads/{}", upload.id))),
        Err(error) => {
            refused(error, async |error: &Error| reading_page(&req, &app, &who, &id, Some(error)).await).await
        }
    }
}

/// What somebody decided about reading, from the form.
fn choices(report: &Report, sent: &BTreeMap<String, String>) -> Result<Choices> {
    let text = |name: &str| sent.get(name).map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let header_row = match text("header") {
        None => None,
        Some(row) => match row.parse() {
            Ok(row) => Some(row),
            Err(_) => return Err(Error::invalid(Problem::new("choice-header-number").on("header"))),
        },
    };
    let read =
        read::Choices { sheet: text("sheet"), header_row, encoding: text("encoding"), delimiter: None, quote: None };
    let mut kinds = BTreeMap::new();
    for (index, column) in report.outcome.columns.iter().enumerate() {
        let chosen = text(&format!("k{index}")).and_then(|code| serde_json::from_value::<Kind>(json!(code)).ok());
        kinds.extend(chosen.map(|kind| (column.title.clone(), kind)));
    }
    let mut widths = BTreeMap::new();
    for (index, column) in report.outcome.columns.iter().enumerate() {
        let Some(width) = text(&format!("w{index}")) else { continue };
        let Ok(width) = width.parse() else {
            let (min, max) = (i64::from(*typing::WIDTHS.start()), i64::from(*typing::WIDTHS.end()));
            let problem = Problem::new("choice-width").with("column", column.title.as_str());
            return Err(Error::invalid(problem.with("min", min).with("max", max).on(format!("w{index}"))));
        };
        widths.insert(column.title.clone(), width);
    }
    // Another sheet or header has other columns: their kinds are found out anew.
    let (first, last) = report.understood.header_rows;
    let other = read.sheet.is_some() && read.sheet != report.understood.sheet
        || read.header_row.is_some_and(|row| row != last && (row, first) != (0, 0));
    if other {
        kinds.clear();
        widths.clear();
    }
    let decimal = text("decimal").and_then(|sign| sign.chars().next());
    let day_first = text("order").map(|order| order == "day");
    let typing = typing::Choices { kinds, widths, decimal, day_first, ..typing::Choices::default() };
    Ok(Choices { read, typing })
}

async fn reading_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &TableVersionId,
    error: Option<&Error>,
) -> Result<ReadingPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let (person, wanted, profile) = (who.person.clone(), id.clone(), app.parts.profile.clone());
    let (found, place, resource, chosen, names, held) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let original = dataset::original(conn, &person, &wanted)?;
            let found = dataset::by_id(conn, &original.dataset)?;
            may(&person, Action::EditDataset(&profile, &found.agency_id)).require()?;
            let place = dataset::place_in_draft(conn, &wanted)?;
            let resource = dataset::resource_with(conn, &wanted)?.ok_or_else(Error::not_found)?;
            let chosen = upload::choices_of(conn, &wanted)?.unwrap_or_default();
            let names = declarers(conn, std::slice::from_ref(&resource))?;
            let draft = dataset::draft_of(conn, &found.id)?.filter(|_| place.is_some());
            let mut held = draft.map(|draft| contract::report(conn, &draft)).transpose()?;
            if let Some(held) = &mut held {
                held.breaks.retain(|one| one.name == resource.name);
            }
            Ok((found, place, resource, chosen, names, held))
        })
        .await?;
    let report = resource.table.report()?;
    let table = app.table(&Object::Parquet.name(id)).await?;
    let rows = table.page(&Wanted { offset: 0, limit: ROWS }).await?;
    let rows = rows.iter().map(|row| row.iter().map(|cell| present::cell(&page, cell)).collect()).collect();
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let understood = &report.understood;
    let choice = |value: &str, text: String, chosen: bool| Choice { value: value.to_owned(), text, chosen };
    let dictionary = crate::http::address(&Step::Dictionary.href(&found.id), &[("table", &resource.name)]);
    let sheets: Vec<_> = understood
        .sheets
        .iter()
        .filter(|sheet| !sheet.hidden || Some(&sheet.name) == understood.sheet.as_ref())
        .collect();
    Ok(ReadingPage {
        id: id.to_string(),
        title: Text::of(found.title_vi.clone(), Lang::Vi, page.lang),
        back: Step::Tables.href(&found.id),
        dictionary,
        breaks: held.map(|held| breaks(&page, &held)).transpose()?.unwrap_or_default(),
        report: import_report(&page, &resource, true, &names)?,
        headings: report.outcome.columns.iter().map(|column| column.title.clone()).collect(),
        rows,
        sheets: sheets
            .iter()
            .map(|sheet| choice(&sheet.name, sheet.name.clone(), Some(&sheet.name) == understood.sheet.as_ref()))
            .collect(),
        header: Field::new("header", chosen.read.header_row.map(|row| row.to_string()).unwrap_or_default())
            .checked(&wrongs),
        decimals: [("", "reading-auto"), (",", "reading-decimal-comma"), (".", "reading-decimal-point")]
            .map(|(value, id)| {
                choice(value, page.t(id), chosen.typing.decimal.map(String::from).unwrap_or_default() == value)
            })
            .into(),
        orders: [
            ("", None, "reading-auto"),
            ("day", Some(true), "reading-day-first"),
            ("month", Some(false), "reading-month-first"),
        ]
        .map(|(value, order, id)| choice(value, page.t(id), chosen.typing.day_first == order))
        .into(),
        encodings: match understood.encoding {
            None => Vec::new(),
            Some(_) => std::iter::once(choice("", page.t("reading-auto"), chosen.read.encoding.is_none()))
                .chain(
                    read::encoding::NAMES
                        .iter()
                        .map(|name| choice(name, (*name).to_owned(), chosen.read.encoding.as_deref() == Some(name))),
                )
                .collect(),
        },
        zeros: zeros(&page, &report.outcome.columns, &chosen),
        kinds: kinds(&page, &report.outcome.columns, &chosen),
        open: place.is_some() && draft::editable_by(&who.person, app.profile(), &found),
        wrongs,
        page,
    })
}

/// The columns of codes that may have lost zeros in front: those where they seem to be missed come first.
fn zeros(page: &PageCtx, columns: &[Column], chosen: &Choices) -> Vec<ZerosChoice> {
    let all = columns.iter().enumerate().filter_map(|(index, column)| {
        let missed = column.notes.iter().find_map(|note| match note {
            Reason::ZerosLost { count, digits, .. } => Some((*count, *digits)),
            _ => None,
        });
        let width = chosen.typing.widths.get(&column.title).copied().map(u64::from);
        let code = matches!(
            column.reason,
            Reason::LeadingZeros { .. }
                | Reason::IdentifierTitle { .. }
                | Reason::Identifier12
                | Reason::PhoneLike { .. }
        );
        if missed.is_none() && width.is_none() && !code && column.kind != Kind::Integer {
            return None;
        }
        let suggested = missed.map(|(_, digits)| digits);
        let offered: Vec<u64> = match suggested.or(width) {
            Some(digits) => {
                let mut offered = vec![digits];
                offered.extend(width.filter(|width| *width != digits));
                offered
            }
            None => typing::WIDTHS.map(u64::from).take_while(|width| *width <= MOST_OFFERED).collect(),
        };
        let keep = Choice { value: String::new(), text: page.t("reading-zeros-keep"), chosen: width.is_none() };
        let fill = offered.into_iter().map(|digits| Choice {
            value: digits.to_string(),
            text: page.t1("reading-zeros-fill", "digits", digits),
            chosen: width == Some(digits),
        });
        Some(ZerosChoice {
            index,
            heading: column.title.clone(),
            missed: missed.map(|(count, digits)| page.t2("reading-zeros-missed", "count", count, "digits", digits)),
            choices: std::iter::once(keep).chain(fill).collect(),
        })
    });
    let mut all: Vec<ZerosChoice> = all.collect();
    all.sort_by_key(|choice| choice.missed.is_none());
    all
}

fn kinds(page: &PageCtx, columns: &[Column], chosen: &Choices) -> Vec<KindChoice> {
    let all = [Kind::Text, Kind::Integer, Kind::Decimal, Kind::Boolean, Kind::Date, Kind::DateTime];
    columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let decided = chosen.typing.kinds.get(&column.title);
            let found = page.code("ingest-kind", present::kind_code(column.kind));
            let auto = Choice {
                value: String::new(),
                text: page.t1("reading-kind-auto", "kind", found),
                chosen: decided.is_none(),
            };
            let kinds = all.iter().map(|kind| Choice {
                value: present::kind_code(*kind).to_owned(),
                text: page.code("ingest-kind", present::kind_code(*kind)),
                chosen: decided == Some(kind),
            });
            KindChoice { index, heading: column.title.clone(), choices: std::iter::once(auto).chain(kinds).collect() }
        })
        .collect()
}
