//! The rows that differ as CSV and JSON: written from the Parquet file that is kept, some rows at a time, always the same bytes.

use bytes::Bytes;
use futures_util::Stream;
use serde_json::{Map, Value as Json, json};

use crate::kernel::{Error, Result};
use crate::platform::columnar::{Table, Value, Wanted};
use crate::platform::files::Files;
use crate::platform::sheet::quoted;

/// Rows that are read at once.
const AT_ONCE: u64 = 1024;

/// As what the rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A heading and a line for each row; UTF-8, RFC 4180 but for the line ends, which are line feeds.
    Csv,
    /// An array of objects, one a line.
    Json,
}

/// The pieces of the file. What cannot be read ends it with an error.
pub fn pieces(files: &Files, object: &str, form: Form) -> impl Stream<Item = Result<Bytes>> + Send + use<> {
    let state = (files.clone(), object.to_owned(), None::<Table>, 0_u64);
    futures_util::stream::try_unfold(state, move |(files, object, table, at)| async move {
        let Some(table) = table else {
            let table = Table::open(&files, &object).await?;
            let head = match form {
                Form::Csv => line(table.columns().iter().map(|name| quoted(name, ','))),
                Form::Json => "[".to_owned(),
            };
            return Ok(Some((Bytes::from(head), (files, object, Some(table), 0))));
        };
        if at > table.rows() {
            return Ok(None);
        }
        if at == table.rows() {
            let end = if form == Form::Json { "\n]\n" } else { "" };
            return Ok(Some((Bytes::from(end), (files, object, Some(table), at + 1))));
        }
        let rows = table.page(&Wanted { offset: at, limit: AT_ONCE }).await?;
        if rows.is_empty() {
            return Err(Error::internal("a diff with fewer rows than it says"));
        }
        let names = table.columns();
        let mut text = String::new();
        for (number, row) in (at..).zip(&rows) {
            match form {
                Form::Csv => text.push_str(&line(row.iter().map(field))),
                Form::Json => {
                    let cells = names.iter().cloned().zip(row.iter().map(value));
                    text.push_str(if number == 0 { "\n" } else { ",\n" });
                    text.push_str(&Json::Object(cells.collect::<Map<_, _>>()).to_string());
                }
            }
        }
        let next = at + rows.len() as u64;
        Ok(Some((Bytes::from(text), (files, object, Some(table), next))))
    })
}

fn line(fields: impl Iterator<Item = String>) -> String {
    let mut line = fields.collect::<Vec<_>>().join(",");
    line.push('\n');
    line
}

/// A diff holds texts and row numbers alone.
fn field(value: &Value) -> String {
    match value {
        // An empty text is told from nothing by its quotation marks.
        Value::Text(text) if text.is_empty() => "\"\"".to_owned(),
        Value::Text(text) => quoted(text, ','),
        Value::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}

fn value(value: &Value) -> Json {
    match value {
        Value::Text(text) => json!(text),
        Value::Integer(number) => json!(number),
        _ => Json::Null,
    }
}
