//! Files that are made when somebody asks for them, of a whole table or of an explorer's query: workbooks, CSV for Excel,
//! JSON, NDJSON, and the CSV of a query. Text is streamed; a workbook is written to the scratch folder first. Neither is
//! ever whole in memory.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use chrono::NaiveDate;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit, oneshot};

use super::dataset::{base_path, citation, offer, stored, terms};
use super::explore::{Facts, Place, reader_of, with};
use super::files::{agent_of, file_name};
use super::view::too_long::TooLongPage;
use crate::dataset::ResourceVersion;
use crate::http::page::{Link, PageCtx, Section};
use crate::http::{
    App, Begun, Failure, MadeAnswer, Outcome, StreamTurn, finish_made, html, lang_of, path_and_query, present,
};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::run_blocking;
use crate::platform::sheet::{self, About, Cell, Column, Made, Sheet};
use crate::statistics::is_robot;
use crate::table::explore::{self, Explorer, Form, Heading, Query};
use crate::table::ingest::report::{Kind, Storage};
use crate::table::{self, geometry};
use crate::vocabulary::Format;

/// The formats that spreadsheets open as they are, the one that most people want first.
pub(super) const PEOPLE: [&str; 2] = ["xlsx", "excel-csv"];
/// The formats that are made for programs.
pub(super) const PROGRAMS: [&str; 2] = ["json", "ndjson"];
/// The format that is made for programs of tables that have places.
pub(super) const PLACES: &str = "geojson";

/// Workbooks that are written at the same time; further ones wait, and are turned away when it takes too long.
static WRITING: Semaphore = Semaphore::const_new(2);
const WAIT: Duration = Duration::from_secs(20);
/// Workbooks that lie in the scratch folder at the same time, until their readers have them.
static LYING: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(32)));

/// The format that is made for an ending of an address.
pub(super) fn code_of(app: &App, ending: &str) -> Option<&'static str> {
    let made = PEOPLE.into_iter().chain(PROGRAMS).chain(["csv", PLACES]);
    made.into_iter().find(|code| app.profile().format(code).is_some_and(|format| format.extension == ending))
}

/// Answers with a file made of a table: of a query, or without one of the whole.
///
/// # Errors
/// `Invalid` when a limit of the explorer ends it; `Unavailable`.
pub(super) async fn send(
    req: &HttpRequest,
    app: &App,
    facts: &Facts,
    place: &Place,
    query: Option<Query>,
    code: &'static str,
) -> Outcome {
    let format = app.profile().format(code).ok_or_else(Error::not_found)?;
    let page = app.public_page(lang_of(req), path_and_query(req), Section::Datasets);
    let asked = query.map(|query| Query { page: 1, rows: explore::ROWS, ..query });
    let query = asked.clone().unwrap_or_default();
    if code == PLACES && (query.is_grouped() || geometry::of(&facts.columns).is_none()) {
        return Err(Error::not_found().into());
    }
    let explorer = app.explorer(&facts.resource.table, facts.columns.clone()).await?;
    // Before a million rows are written for nothing, the rows of the selection are counted.
    if code == "xlsx" && facts.resource.table.rows() > sheet::MOST_ROWS && !query.is_grouped() {
        let uncut = query.filters.is_empty();
        let count = if uncut {
            facts.resource.table.rows()
        } else {
            explorer.page(&Query { rows: 1, ..query.clone() }).await?.total
        };
        if count > sheet::MOST_ROWS {
            return too_long(app, page, facts, place, asked.as_ref());
        }
    }
    let headings = explorer.headings(&query)?;
    let about = about(app, &page, facts, &headings, asked.as_ref());
    let shown = &facts.shown;
    let table = &facts.resource.table;
    let mut tag = Sha256::new();
    // All that the bytes come from; the program, because another one may write them otherwise.
    for part in [env!("CARGO_PKG_VERSION"), code, page.lang.tag(), &table.parquet_sha256] {
        tag.update(part);
        tag.update("\n");
    }
    tag.update(format!("{:?}\n", explore::write(&query)));
    if code == "xlsx" {
        tag.update(format!("{about:?}"));
    }
    let answer = MadeAnswer {
        tag: hex::encode(tag.finalize()),
        media_type: media_type(format),
        name: file_name(shown, Some(&facts.resource), page.lang, &format.extension),
    };
    let begun = match answer.begin(req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let reader = reader_of(app, page.lang);
    let form = match code {
        "csv" => Some(Form::Csv),
        "excel-csv" => Some(Form::Excel(reader)),
        "json" => Some(Form::Json),
        "ndjson" => Some(Form::Ndjson),
        PLACES => Some(Form::GeoJson),
        _ => None,
    };
    let sent = match form {
        Some(form) => {
            let turn = StreamTurn::wait().await?;
            turn.send(begun, explore::text(&explorer, &query, form).await?.map_err(Failure))
        }
        None => {
            let sheet = data_sheet(&page, facts, &headings);
            match workbook(app, &explorer, &query, sheet, about).await {
                Ok((made, lying)) => finish_made(begun, made, lying),
                Err(error) if error.has("export-too-long") => {
                    return too_long(app, page, facts, place, asked.as_ref());
                }
                Err(error) => return Err(error.into()),
            }
        }
    };
    if *req.method() == Method::GET && !is_robot(agent_of(req)) {
        app.counter.count(app.today().to_string(), shown.dataset.id.clone(), "download", code);
    }
    Ok(sent)
}

/// Writes a workbook into the scratch folder; the work ends with whoever waits for it.
async fn workbook(
    app: &App,
    explorer: &Explorer,
    query: &Query,
    sheet: Sheet,
    about: About,
) -> Result<(Made, OwnedSemaphorePermit)> {
    let turn = turn().await?;
    let cells = explore::cells(explorer, query, app.site.offset_minutes).await?;
    let scratch = app.parts.settings.scratch.clone();
    let runtime = Handle::current();
    let (stay, gone) = oneshot::channel::<()>();
    let made = run_blocking(move || {
        // The turn lasts as long as the work does.
        let turn = turn;
        Ok((sheet::book(&sheet, &about, one_by_one(runtime, cells, gone), &scratch)?, turn.lying))
    })
    .await;
    drop(stay);
    made
}

/// The turn of a file that is written to the scratch folder.
pub(super) struct Turn {
    /// To be kept until the file is sent.
    pub lying: OwnedSemaphorePermit,
    _writing: SemaphorePermit<'static>,
}

/// Waits for a turn.
///
/// # Errors
/// `Unavailable` when it takes too long.
pub(super) async fn turn() -> Result<Turn> {
    let turn = async {
        let lying = Arc::clone(&LYING).acquire_owned().await.map_err(Error::internal)?;
        let writing = WRITING.acquire().await.map_err(Error::internal)?;
        Ok(Turn { lying, _writing: writing })
    };
    let turn = tokio::time::timeout(WAIT, turn).await;
    turn.map_err(|_| Error::unavailable("too many workbooks at once"))?
}

/// The media type of a format that is made: JSON is UTF-8 by definition, of text it must be said.
pub(super) fn media_type(format: &Format) -> String {
    let text = format.media_type.starts_with("text/");
    format!("{}{}", format.media_type, if text { "; charset=utf-8" } else { "" })
}

/// The rows of a stream, one by one, off the async threads.
fn one_by_one(
    runtime: Handle,
    mut cells: BoxStream<'static, Result<Vec<Vec<Cell>>>>,
    mut gone: oneshot::Receiver<()>,
) -> impl Iterator<Item = Result<Vec<Cell>>> {
    sheet::one_by_one(move || {
        runtime.block_on(async {
            loop {
                let rows = tokio::select! {
                    rows = cells.next() => rows,
                    _ = &mut gone => return Err(Error::unavailable("nobody waits for it any more")),
                };
                match rows {
                    // Nothing matched in this part of the table.
                    Some(Ok(rows)) if rows.is_empty() => {}
                    Some(rows) => return rows,
                    None => return Ok(Vec::new()),
                }
            }
        })
    })
}

/// The sheet with the data: headings as in the CSV, over columns as wide as what they hold.
fn data_sheet(page: &PageCtx, facts: &Facts, headings: &[Heading]) -> Sheet {
    let columns = headings.iter().map(|heading| {
        let head = explore::title_of(heading, &facts.columns);
        let own = match heading {
            Heading::Column(index) => facts.columns.get(*index),
            Heading::Step(..) | Heading::Measure(..) => None,
        };
        let wide = match own.map(|column| column.kind) {
            Some(Kind::Text) => own.and_then(|column| column.profile.as_ref()?.max_len).unwrap_or(0),
            Some(Kind::DateTime) => 20,
            _ => 12,
        };
        // The button of the filter needs its room beside the heading.
        let named = head.chars().count().min(30) as u64 + 4;
        Column::new(head, u16::try_from(wide.clamp(8, 60).max(named)).unwrap_or(60))
    });
    Sheet { title: facts.resource.title.get(page.lang).0.to_owned(), columns: columns.collect() }
}

/// The sheet that tells what the data is: whose, from when, under which terms, and the data dictionary.
fn about(app: &App, page: &PageCtx, facts: &Facts, headings: &[Heading], query: Option<&Query>) -> About {
    let (shown, url) = (&facts.shown, &app.site.public_url);
    let citation = citation(app, page, shown, &facts.owner);
    let published = shown.version.published_at.unwrap_or(Timestamp(0));
    let version =
        page.t2("files-about-version-value", "number", citation.version, "date", page.date(page.day(published)));
    let terms = terms(app, page, &shown.version.metadata);
    let terms_url = if terms.href.starts_with('/') { format!("{url}{}", terms.href) } else { terms.href };
    let mut known = vec![("files-about-title", citation.title)];
    if shown.resources.len() > 1 {
        known.push(("files-about-table", facts.resource.title.get(page.lang).0.to_owned()));
    }
    known.push(("files-about-agency", facts.owner.name(page.lang).0.to_owned()));
    known.push(("files-about-version", version));
    known.push(("files-about-source", citation.url));
    if let Some(query) = query {
        let path = facts.path(shown.version.number, &facts.resource.name);
        known.push(("files-about-selection", format!("{url}{}", page.href(&with(&path, &explore::write(query))))));
    }
    known.push(("files-about-terms", format!("{}: {terms_url}", terms.text.text)));
    let mut places: Vec<usize> = headings
        .iter()
        .filter_map(|heading| match heading {
            Heading::Column(index) | Heading::Step(index, _) => Some(*index),
            Heading::Measure(_, index) => *index,
        })
        .collect();
    places.sort_unstable();
    places.dedup();
    let columns: Vec<_> = places.into_iter().filter_map(|index| facts.columns.get(index)).collect();
    if columns.iter().any(|column| matches!(column.storage, Storage::Timestamp { utc: true })) {
        known.push(("files-about-times", page.t("files-about-times-value")));
    }
    let rows = dictionary(page, &facts.resource, columns);
    About {
        title: page.t("files-about"),
        facts: known.into_iter().map(|(name, text)| (page.t(name), text)).collect(),
        heads: DICTIONARY.iter().map(|(name, width)| Column::new(page.t(name), *width)).collect(),
        rows,
        made: page.day(published).max(NaiveDate::from_ymd_opt(1980, 1, 1).unwrap_or_default()),
    }
}

/// What a data dictionary says of a column: the message of each heading, and its width.
pub(super) const DICTIONARY: [(&str, u16); 8] = [
    ("files-about-column", 28),
    ("files-about-column-en", 28),
    ("files-about-key", 22),
    ("files-about-kind", 14),
    ("files-about-unit", 14),
    ("files-about-meaning", 60),
    ("files-about-rules", 40),
    ("files-about-codes", 40),
];

/// The data dictionary of a table: a row for each of these columns.
pub(super) fn dictionary<'a>(
    page: &PageCtx,
    resource: &ResourceVersion,
    columns: impl IntoIterator<Item = &'a table::ingest::report::Column>,
) -> Vec<Vec<String>> {
    let row = |column: &table::ingest::report::Column| {
        let view = present::column(page, resource, column);
        let note = resource.note(&column.title);
        let codes = view.codes.iter().map(|(code, label)| match label {
            Some(label) => format!("{code} = {}", label.text),
            None => code.clone(),
        });
        vec![
            column.title.clone(),
            note.and_then(|note| note.title_en.clone()).unwrap_or_default(),
            column.key.clone(),
            page.code("ingest-kind", &view.kind),
            view.unit.map(|unit| unit.text).unwrap_or_default(),
            view.meaning.map(|meaning| meaning.text).unwrap_or_default(),
            view.rules.join("\n"),
            codes.collect::<Vec<_>>().join("\n"),
        ]
    };
    columns.into_iter().map(row).collect()
}

/// The page that says what a sheet can hold, with the files that hold all of it.
fn too_long(app: &App, page: PageCtx, facts: &Facts, place: &Place, query: Option<&Query>) -> Outcome {
    let (base, own) = (base_path(&facts.shown, place.number), facts.path(place.number, &place.table));
    let mut files = stored(app, &page, &base, &facts.resource);
    let mut explore_href = page.href(&own);
    if let Some(query) = query {
        let parameters = explore::write(query);
        explore_href = page.href(&with(&own, &parameters));
        if let Some(csv) = files.first_mut()
            && let Some(part) = offer(app, &page, &own, "csv", None)
        {
            *csv = part;
            csv.href = with(&csv.href, &parameters);
        }
    }
    let mut page = page;
    page.canonical = None;
    page.indexed = false;
    let view = TooLongPage {
        dataset: Link {
            text: present::text(&page, &facts.shown.version.metadata.title),
            href: page.href(&format!("/dataset/{}", facts.shown.dataset.slug)),
        },
        most: sheet::MOST_ROWS,
        files,
        explore_href,
        page,
    };
    let mut answer: HttpResponse = html(StatusCode::UNPROCESSABLE_ENTITY, &view)?;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    Ok(answer)
}
