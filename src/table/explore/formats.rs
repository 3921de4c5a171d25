//! A whole result in the other forms that people and programs ask for: CSV as Excel opens it, JSON, NDJSON, and the cells
//! of a workbook. Each is a stream of the same walk as the canonical CSV.
//!
//! JSON names values by the columns' keys. Whole numbers and doubles are numbers, with the digits of the CSV; numbers of
//! exact digits, which a double would round, are strings of those digits in a table's own columns, and numbers in a sum
//! where no digit is lost. Days and moments are ISO 8601, what is empty is `null`, and so is what is no number (`NaN`).
//!
//! Excel knows no zones: moments in UTC stand in the province's time there.

use bytes::{Buf, Bytes};
use chrono::{DateTime, NaiveDateTime, TimeDelta};
use datafusion::arrow::array::RecordBatch;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::evaluate::{Explorer, Heading};
use super::export::{csv, csv_head, encode, form_of, title_of};
use super::model::{Measure, Operation, Query, Reader};
use crate::kernel::{Error, Lang, Result};
use crate::platform::columnar::{Value, rows_of};
use crate::platform::sheet::{Cell, flag, text_field};
use crate::table::diff::text::{Cells, Form as Written};
use crate::table::geometry::{self, Geometry};

/// Digits that a double, and a cell of Excel, holds for certain.
const SURE_DIGITS: usize = 15;

/// Forms of text.
#[derive(Clone, Copy, Debug)]
pub enum Form {
    /// The canonical CSV.
    Csv,
    /// CSV as Excel opens it by a double click: byte order mark, separators and days of the reader's language, CRLF, no
    /// text that begins like a formula.
    Excel(Reader),
    /// One array of objects, a line for each.
    Json,
    /// An object in each line.
    Ndjson,
    /// A feature collection, a feature a line; of tables that have places, where rows are not grouped.
    GeoJson,
}

/// A result as text.
///
/// # Errors
/// As [`Explorer::page`], at once or from the stream; `NotFound` for features of a result without places.
pub async fn text(explorer: &Explorer, query: &Query, form: Form) -> Result<BoxStream<'static, Result<Bytes>>> {
    match form {
        Form::Csv => csv(explorer, query).await,
        Form::Excel(reader) => excel(explorer, query, reader).await,
        Form::Json => {
            let rows = objects(explorer, query, b",\n", b"").await?;
            Ok(listed(b"[", rows, b"\n]\n"))
        }
        Form::Ndjson => objects(explorer, query, b"", b"\n").await,
        Form::GeoJson => features(explorer, query).await,
    }
}

/// The rows as features of GeoJSON: the shape, and all columns shown as properties but the one that holds it as text.
async fn features(explorer: &Explorer, query: &Query) -> Result<BoxStream<'static, Result<Bytes>>> {
    let columns = explorer.columns();
    let geometry = geometry::of(columns).filter(|_| !query.is_grouped()).ok_or_else(Error::not_found)?;
    let key = |index: &usize| columns.get(*index).map(|column| column.key.clone());
    let places: Vec<String> = geometry.columns().iter().filter_map(key).collect();
    let mut shown: Vec<String> = query.shown(columns).into_iter().map(str::to_owned).collect();
    if matches!(geometry, Geometry::Text { .. }) {
        shown.retain(|key| !places.contains(key));
    }
    let count = shown.len();
    let mut fields: Vec<Field> = Vec::new();
    for key in &shown {
        let mut name = if fields.is_empty() { Vec::new() } else { vec![b','] };
        serde_json::to_writer(&mut name, key)?;
        name.push(b':');
        let index = columns.iter().position(|column| column.key == *key).unwrap_or(0);
        fields.push(Field { name, form: form_of(&Heading::Column(index), columns), exact: true });
    }
    let mut wanted = shown;
    for place in &places {
        if !wanted.contains(place) {
            wanted.push(place.clone());
        }
    }
    let of_place: Vec<usize> = places.iter().filter_map(|key| wanted.iter().position(|known| known == key)).collect();
    let wanted = Query { columns: wanted, ..query.clone() };
    let fields: std::sync::Arc<[Field]> = fields.into();
    let rows = explorer
        .export(&wanted, move |batch| {
            let places = rows_of(&batch.project(&of_place).map_err(Error::internal)?);
            let cells = batch.columns()[..count].iter().map(Cells::of).collect::<Result<Vec<_>>>()?;
            let mut out = Vec::with_capacity(batch.num_rows() * (cells.len() + 4) * 24);
            for (row, place) in places.iter().enumerate() {
                out.extend_from_slice(b",\n{\"type\":\"Feature\",\"geometry\":");
                match geometry.shape(place) {
                    Some(shape) => shape.write_geojson(&mut out),
                    None => out.extend_from_slice(b"null"),
                }
                out.extend_from_slice(b",\"properties\":{");
                for (cells, field) in cells.iter().zip(fields.iter()) {
                    out.extend_from_slice(&field.name);
                    json_value(cells, row, field, &mut out)?;
                }
                out.extend_from_slice(b"}}");
            }
            Ok(Bytes::from(out))
        })
        .await?;
    Ok(listed(b"{\"type\":\"FeatureCollection\",\"features\":[", rows, b"\n]}\n"))
}

/// Parts that each begin with a comma as one list, without the first of them.
fn listed(
    before: &'static [u8],
    rows: BoxStream<'static, Result<Bytes>>,
    after: &'static [u8],
) -> BoxStream<'static, Result<Bytes>> {
    let mut first = true;
    let rows = rows.map(move |part| {
        let mut part = part?;
        if first && part.has_remaining() {
            part.advance(1);
            first = false;
        }
        Ok(part)
    });
    let mark = |text: &'static [u8]| futures_util::stream::once(async move { Ok(Bytes::from_static(text)) });
    mark(before).chain(rows).chain(mark(after)).boxed()
}

/// A result as cells of a workbook, some rows at once.
///
/// # Errors
/// As [`Explorer::page`], at once or from the stream.
pub async fn cells(
    explorer: &Explorer,
    query: &Query,
    offset_minutes: i32,
) -> Result<BoxStream<'static, Result<Vec<Vec<Cell>>>>> {
    let row = move |row: Vec<Value>| row.into_iter().map(|value| cell(value, offset_minutes)).collect();
    explorer.export(query, move |batch| Ok(rows_of(&batch).into_iter().map(row).collect())).await
}

fn cell(value: Value, offset_minutes: i32) -> Cell {
    match value {
        Value::Null => Cell::Empty,
        Value::Text(text) => Cell::Text(text),
        Value::Integer(number) => Cell::Whole(number),
        Value::Decimal(number) => Cell::Number(number),
        // A longer number would silently become another one.
        Value::Exact(digits) => match digits.parse() {
            Ok(number) if is_sure(&digits) => Cell::Number(number),
            _ => Cell::Text(digits),
        },
        Value::Boolean(yes) => Cell::Flag(yes),
        Value::Date(day) => Cell::Date(day),
        Value::DateTime(at, utc) => Cell::Moment(at.local(if utc { offset_minutes } else { 0 }).naive_local()),
    }
}

/// Whether a double holds every digit of a number written out.
fn is_sure(digits: &str) -> bool {
    digits.bytes().filter(u8::is_ascii_digit).count() <= SURE_DIGITS
}

/// How one value of JSON is written.
struct Field {
    /// What stands before it: the comma, its name and the colon.
    name: Vec<u8>,
    form: Written,
    /// Whether numbers of exact digits are strings.
    exact: bool,
}

async fn objects(
    explorer: &Explorer,
    query: &Query,
    before: &'static [u8],
    after: &'static [u8],
) -> Result<BoxStream<'static, Result<Bytes>>> {
    let fields: std::sync::Arc<[Field]> = fields_of(explorer, query)?.into();
    explorer.export(query, move |batch| object_rows(&batch, &fields, before, after)).await
}

/// A heading as programs name it: the column's key, or the measure's name.
pub(super) fn key_of(heading: &Heading, explorer: &Explorer) -> String {
    match heading {
        Heading::Column(index) => explorer.columns().get(*index).map_or_else(String::new, |column| column.key.clone()),
        Heading::Step(index, step) => {
            explorer.columns().get(*index).map_or_else(String::new, |column| step.name(&column.key))
        }
        Heading::Measure(measure, _) => measure.name(),
    }
}

fn fields_of(explorer: &Explorer, query: &Query) -> Result<Vec<Field>> {
    let columns = explorer.columns();
    let mut fields: Vec<Field> = Vec::new();
    for heading in explorer.headings(query)? {
        let key = key_of(&heading, explorer);
        let mut name = if fields.is_empty() { Vec::new() } else { vec![b','] };
        serde_json::to_writer(&mut name, &key)?;
        name.push(b':');
        let exact = !matches!(&heading, Heading::Measure(Measure::Of(Operation::Sum, _), _));
        fields.push(Field { name, form: form_of(&heading, columns), exact });
    }
    Ok(fields)
}

/// Rows of a result as the items of a JSON array, without its brackets: a line for each.
///
/// # Errors
/// `Internal` when the rows are not of this query.
pub fn json_rows(explorer: &Explorer, query: &Query, rows: &RecordBatch) -> Result<Bytes> {
    let mut bytes = object_rows(rows, &fields_of(explorer, query)?, b",\n", b"")?;
    if bytes.has_remaining() {
        bytes.advance(1);
    }
    Ok(bytes)
}

/// Rows of a result as NDJSON, or as CSV with its titles.
///
/// # Errors
/// As [`json_rows`].
pub fn text_part(explorer: &Explorer, query: &Query, rows: &RecordBatch, lines: bool) -> Result<Bytes> {
    if lines {
        return object_rows(rows, &fields_of(explorer, query)?, b"", b"\n");
    }
    let (mut head, forms) = csv_head(explorer, query)?;
    head.extend_from_slice(&encode(rows, &forms)?);
    Ok(head.into())
}

fn object_rows(batch: &RecordBatch, fields: &[Field], before: &[u8], after: &[u8]) -> Result<Bytes> {
    let cells = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>>>()?;
    let mut out = Vec::with_capacity(batch.num_rows() * cells.len() * 24);
    for row in 0..batch.num_rows() {
        out.extend_from_slice(before);
        out.push(b'{');
        for (cells, field) in cells.iter().zip(fields) {
            out.extend_from_slice(&field.name);
            json_value(cells, row, field, &mut out)?;
        }
        out.push(b'}');
        out.extend_from_slice(after);
    }
    Ok(out.into())
}

fn json_value(cells: &Cells, row: usize, field: &Field, out: &mut Vec<u8>) -> Result<()> {
    let quoted = match cells {
        _ if cells.is_null(row) => {
            out.extend_from_slice(b"null");
            return Ok(());
        }
        Cells::Text(texts) => {
            serde_json::to_writer(out, texts.value(row))?;
            return Ok(());
        }
        Cells::Double(numbers) if !numbers.value(row).is_finite() => {
            out.extend_from_slice(b"null");
            return Ok(());
        }
        Cells::Integer(_) | Cells::Double(_) | Cells::Boolean(_) => false,
        Cells::Exact(numbers, _) => field.exact || !is_sure(&numbers.value(row).to_string()),
        Cells::Date(_) | Cells::Moment(..) => true,
    };
    if quoted {
        out.push(b'"');
    }
    cells.text(row, field.form, out)?;
    if quoted {
        out.push(b'"');
    }
    Ok(())
}

async fn excel(explorer: &Explorer, query: &Query, reader: Reader) -> Result<BoxStream<'static, Result<Bytes>>> {
    let columns = explorer.columns();
    let separator = marks(reader.lang).0;
    let titles: Vec<String> =
        explorer.headings(query)?.iter().map(|heading| text_field(&title_of(heading, columns), separator)).collect();
    let head = format!("\u{feff}{}\r\n", titles.join(&separator.to_string()));
    let body = explorer.export(query, move |batch| excel_rows(&batch, reader)).await?;
    Ok(futures_util::stream::once(async move { Ok(Bytes::from(head)) }).chain(body).boxed())
}

/// What stands between fields and before decimals where Excel is set to a language.
fn marks(lang: Lang) -> (char, u8) {
    match lang {
        Lang::Vi => (';', b','),
        Lang::En => (',', b'.'),
    }
}

fn excel_rows(batch: &RecordBatch, reader: Reader) -> Result<Bytes> {
    let cells = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>>>()?;
    let mut out = Vec::with_capacity(batch.num_rows() * cells.len() * 12);
    let (separator, point) = marks(reader.lang);
    for row in 0..batch.num_rows() {
        for (at, cells) in cells.iter().enumerate() {
            if at > 0 {
                out.push(separator as u8);
            }
            if !cells.is_null(row) {
                excel_value(cells, row, reader, (separator, point), &mut out)?;
            }
        }
        // An empty line would be no row.
        if cells.len() == 1 && cells[0].is_null(row) {
            out.extend_from_slice(b"\"\"");
        }
        out.extend_from_slice(b"\r\n");
    }
    Ok(out.into())
}

fn excel_value(
    cells: &Cells,
    row: usize,
    reader: Reader,
    (separator, point): (char, u8),
    out: &mut Vec<u8>,
) -> Result<()> {
    match cells {
        Cells::Text(texts) => out.extend_from_slice(text_field(texts.value(row), separator).as_bytes()),
        Cells::Boolean(flags) => out.extend_from_slice(flag(flags.value(row)).as_bytes()),
        Cells::Date(days) => match days.value_as_date(row) {
            Some(day) => out.extend_from_slice(day.format(day_form(reader.lang)).to_string().as_bytes()),
            None => cells.text(row, Written::Own, out)?,
        },
        Cells::Moment(moments, utc) => match local(moments.value(row), *utc, reader.offset_minutes) {
            Some(at) => {
                let form = format!("{} %H:%M:%S", day_form(reader.lang));
                out.extend_from_slice(at.format(&form).to_string().as_bytes());
            }
            None => cells.text(row, Written::Own, out)?,
        },
        Cells::Integer(_) | Cells::Double(_) | Cells::Exact(..) => {
            let start = out.len();
            cells.text(row, Written::Own, out)?;
            for byte in &mut out[start..] {
                if *byte == b'.' {
                    *byte = point;
                }
            }
        }
    }
    Ok(())
}

/// How days are written: as people do in Vietnamese; in English, where day and month change places from country to
/// country, as ISO 8601 has them.
fn day_form(lang: Lang) -> &'static str {
    match lang {
        Lang::Vi => "%d/%m/%Y",
        Lang::En => "%Y-%m-%d",
    }
}

fn local(micros: i64, utc: bool, offset_minutes: i32) -> Option<NaiveDateTime> {
    let at = DateTime::from_timestamp_micros(micros)?.naive_utc();
    let offset = if utc { i64::from(offset_minutes) } else { 0 };
    at.checked_add_signed(TimeDelta::minutes(offset))
}
