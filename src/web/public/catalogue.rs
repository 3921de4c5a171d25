//! The catalogue of everything published as a file: a line for each table, with what it is, whose, how often it comes,
//! under which terms, and where its files are. In the language of the address.

use std::sync::Arc;

use actix_web::{HttpRequest, web};
use bytes::Bytes;
use datafusion::arrow::array::{ArrayRef, Date32Builder, Int64Builder, RecordBatch, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Date32Type, Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use futures_util::{Stream, StreamExt};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::dataset::terms;
use super::formats;
use crate::dataset::{self, Card, ResourceVersion};
use crate::http::page::{PageCtx, Section};
use crate::http::{
    App, Begun, Failure, MadeAnswer, Outcome, StreamTurn, finish_made, lang_of, path_and_query, present,
};
use crate::kernel::{Error, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, run_blocking};
use crate::platform::sheet::{self, Cell, Column, Form, Sheet};

/// Datasets that are read at once.
const AT_ONCE: usize = 100;
/// The formats, the one that most people want first.
pub(super) const FORMATS: [&str; 4] = ["xlsx", "csv", "json", "parquet"];

/// What a column holds.
#[derive(Clone, Copy, PartialEq)]
enum Holds {
    Text,
    Count,
    Day,
}

/// The columns: the name for programs, the message of the heading, the width, and what they hold.
const COLUMNS: [(&str, &str, u16, Holds); 22] = [
    ("dataset", "catalogue-dataset", 30, Holds::Text),
    ("title", "catalogue-title", 50, Holds::Text),
    ("table", "catalogue-table", 40, Holds::Text),
    ("agency", "catalogue-agency", 36, Holds::Text),
    ("topic", "catalogue-topic", 28, Holds::Text),
    ("keywords", "catalogue-keywords", 28, Holds::Text),
    ("frequency", "catalogue-frequency", 18, Holds::Text),
    ("freshness", "catalogue-freshness", 18, Holds::Text),
    ("licence", "catalogue-licence", 36, Holds::Text),
    ("from", "catalogue-from", 14, Holds::Text),
    ("to", "catalogue-to", 14, Holds::Text),
    ("published", "catalogue-published", 14, Holds::Day),
    ("updated", "catalogue-updated", 14, Holds::Day),
    ("version", "catalogue-version", 10, Holds::Count),
    ("rows", "catalogue-rows", 12, Holds::Count),
    ("page", "catalogue-page", 50, Holds::Text),
    ("csv", "catalogue-csv", 60, Holds::Text),
    ("csv_bytes", "catalogue-csv-bytes", 16, Holds::Count),
    ("parquet", "catalogue-parquet", 60, Holds::Text),
    ("parquet_bytes", "catalogue-parquet-bytes", 16, Holds::Count),
    ("xlsx", "catalogue-xlsx", 60, Holds::Text),
    ("sha256", "cite-hash", 30, Holds::Text),
];

/// GET /catalogue.{format}
pub async fn file(req: HttpRequest, app: web::Data<App>, ending: web::Path<String>) -> Outcome {
    let code = FORMATS.into_iter().find(|code| *code == ending.as_str());
    let format = code.and_then(|code| app.profile().format(code)).ok_or_else(Error::not_found)?;
    let page = app.public_page(lang_of(&req), path_and_query(&req), Section::Datasets);
    // All that is public changes with the revision; what is late, with the day; and another program or profile may say it otherwise.
    let (revision, day, profile) =
        (app.revision().await?.to_string(), app.today().to_string(), app.profile().mark.as_str());
    let seen = [env!("CARGO_PKG_VERSION"), profile, &format.code, page.lang.tag(), &day, &revision];
    let answer = MadeAnswer {
        tag: hex::encode(Sha256::digest(seen.join(" "))),
        media_type: formats::media_type(format),
        name: format!("{} {}.{}", page.t("catalogue-file"), app.today(), format.extension),
    };
    let mut begun = match answer.begin(&req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    if format.code == "json" {
        let turn = StreamTurn::wait().await?;
        let portions = app.db().read_async(portions).await?;
        return Ok(turn.send(begun, objects(app.get_ref(), page, portions)));
    }
    let scratch = app.parts.settings.scratch.clone();
    let (form, turn, app) = (Form::from_code(&format.code), formats::turn().await?, app.get_ref().clone());
    let Some(form) = form else {
        let bytes = run_blocking(move || {
            // The turn lasts as long as the work does.
            let _turn = turn;
            parquet(lines(&app, &page)?)
        })
        .await?;
        return Ok(begun.body(bytes));
    };
    let (made, lying) = run_blocking(move || {
        let turn = turn;
        let columns = COLUMNS.iter().map(|(_, head, width, _)| Column::new(page.t(head), *width)).collect();
        let sheet = Sheet { title: page.t("catalogue-file"), columns };
        Ok((sheet::write(form, &sheet, lines(&app, &page)?, &scratch)?, turn.lying))
    })
    .await?;
    Ok(finish_made(begun, made, lying))
}

/// The cells of every line, some datasets read at once.
fn lines<'a>(app: &'a App, page: &'a PageCtx) -> Result<impl Iterator<Item = Result<Vec<Cell>>> + 'a> {
    let mut portions = app.db().read(portions)?.into_iter();
    let lines = sheet::one_by_one(move || {
        for ids in portions.by_ref() {
            let lines = app.db().read(|conn| portion(conn, &ids))?;
            // Datasets that have no table are not the end.
            if !lines.is_empty() {
                return Ok(lines);
            }
        }
        Ok(Vec::new())
    });
    Ok(lines.map(move |line| line.map(|line| cells(app, page, &line))))
}

/// A table of a published dataset.
struct Line {
    card: Card,
    table: ResourceVersion,
}

/// The ids of all published datasets, in portions. They are read once: what is published meanwhile moves none into another portion.
fn portions(conn: &mut Conn) -> Result<Vec<Vec<String>>> {
    let (ids, _) = dataset::search_ids(conn, "", PageRequest { number: 1, size: u64::MAX })?;
    Ok(ids.chunks(AT_ONCE).map(<[String]>::to_vec).collect())
}

/// The tables of some datasets.
fn portion(conn: &mut Conn, ids: &[String]) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for card in dataset::cards(conn, ids)? {
        let Some(version) = card.dataset.current_version_id.clone() else { continue };
        let tables = dataset::resources_of(conn, &version)?;
        lines.extend(tables.into_iter().map(|table| Line { card: card.clone(), table }));
    }
    Ok(lines)
}

/// The cells of a line, in the order of [`COLUMNS`].
fn cells(app: &App, page: &PageCtx, line: &Line) -> Vec<Cell> {
    let (card, table, url) = (&line.card, &line.table.table, &app.site.public_url);
    let (profile, metadata) = (app.profile(), &card.metadata);
    let path = format!("/dataset/{}", card.dataset.slug);
    let freshness = present::freshness(profile, card.dataset.counted(), app.today()).state;
    let topic = profile.topic(&metadata.topic).map(|topic| topic.name.get(page.lang).0.to_owned());
    let frequency = profile.frequency(&metadata.frequency).map(|found| found.name.get(page.lang).0.to_owned());
    let day = |at: Option<i64>| at.map(|at| page.day(Timestamp(at))).into();
    let count = |bytes: i64| Cell::count(u64::try_from(bytes).unwrap_or(0));
    let file = |code: &str| {
        let format = profile.format(code)?;
        Some(format!("{url}{}", page.href(&format!("{path}/{}.{}", line.table.name, format.extension))))
    };
    vec![
        Cell::text(&card.dataset.slug),
        Cell::text(metadata.title.get(page.lang).0),
        Cell::text(line.table.title.get(page.lang).0),
        Cell::text(card.agency.get(page.lang).0),
        topic.into(),
        Cell::text(metadata.keywords.join(", ")),
        frequency.into(),
        Cell::text(page.t(freshness.text_id())),
        Cell::text(terms(app, page, metadata).text.text),
        metadata.from.clone().into(),
        metadata.to.clone().into(),
        day(card.dataset.published_at),
        day(card.dataset.updated_at),
        Cell::Whole(card.version.into()),
        Cell::count(table.rows()),
        Cell::text(format!("{url}{}", page.href(&path))),
        file("csv").into(),
        count(table.csv_bytes),
        file("parquet").into(),
        count(table.parquet_bytes),
        file("xlsx").into(),
        Cell::text(&table.csv_sha256),
    ]
}

/// The lines as one array of objects, read some at a time.
fn objects(
    app: &App,
    page: PageCtx,
    portions: Vec<Vec<String>>,
) -> impl Stream<Item = std::result::Result<Bytes, Failure>> + use<> {
    let begun = futures_util::stream::once(async { Ok(Bytes::from_static(b"[")) });
    let state = (portions.into_iter(), true, app.clone(), page);
    let lines = futures_util::stream::try_unfold(state, |(mut portions, mut first, app, page)| async move {
        let Some(ids) = portions.next() else { return Ok(None) };
        let found = app.db().read_async(move |conn| portion(conn, &ids)).await.map_err(Failure)?;
        let mut text = String::new();
        for line in &found {
            text.push_str(if std::mem::take(&mut first) { "\n" } else { ",\n" });
            let cells = cells(&app, &page, line).into_iter().zip(COLUMNS);
            let object: Map<String, Value> = cells.map(|(cell, (name, ..))| (name.to_owned(), value(cell))).collect();
            text.push_str(&Value::Object(object).to_string());
        }
        Ok(Some((Bytes::from(text), (portions, first, app, page))))
    });
    let ended = futures_util::stream::once(async { Ok(Bytes::from_static(b"\n]\n")) });
    begun.chain(lines).chain(ended)
}

fn value(cell: Cell) -> Value {
    match cell {
        Cell::Text(text) | Cell::Marked(text) => json!(text),
        Cell::Whole(number) => json!(number),
        Cell::Number(number) => json!(number),
        Cell::Flag(yes) => json!(yes),
        Cell::Date(day) => json!(day.to_string()),
        Cell::Moment(at) => json!(at.to_string()),
        Cell::Empty => Value::Null,
    }
}

/// The lines as a Parquet file: some hundred bytes for each table of the portal.
fn parquet(lines: impl Iterator<Item = Result<Vec<Cell>>>) -> Result<Vec<u8>> {
    let fields: Vec<Field> = COLUMNS
        .iter()
        .map(|(name, _, _, holds)| {
            let kind = match holds {
                Holds::Text => DataType::Utf8,
                Holds::Count => DataType::Int64,
                Holds::Day => DataType::Date32,
            };
            Field::new(*name, kind, true)
        })
        .collect();
    let schema = Arc::new(Schema::new(fields));
    let all: Vec<Vec<Cell>> = lines.collect::<Result<_>>()?;
    let columns = COLUMNS.iter().enumerate().map(|(at, (_, _, _, holds))| -> ArrayRef {
        let cells = all.iter().map(|line| &line[at]);
        match holds {
            Holds::Text => {
                let mut out = StringBuilder::new();
                cells.for_each(|cell| out.append_option(if let Cell::Text(text) = cell { Some(text) } else { None }));
                Arc::new(out.finish())
            }
            Holds::Count => {
                let mut out = Int64Builder::new();
                cells.for_each(|cell| {
                    out.append_option(if let Cell::Whole(number) = cell { Some(*number) } else { None })
                });
                Arc::new(out.finish())
            }
            Holds::Day => {
                let mut out = Date32Builder::new();
                cells.for_each(|cell| {
                    let day = if let Cell::Date(day) = cell { Some(Date32Type::from_naive_date(*day)) } else { None };
                    out.append_option(day);
                });
                Arc::new(out.finish())
            }
        }
    });
    let batch = RecordBatch::try_new(Arc::clone(&schema), columns.collect()).map_err(Error::internal)?;
    let mut writer = ArrowWriter::try_new(Vec::new(), schema, None).map_err(Error::internal)?;
    writer.write(&batch).map_err(Error::internal)?;
    writer.into_inner().map_err(Error::internal)
}
