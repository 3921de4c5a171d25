//! Frictionless Table Schema 2.0 of a table.

use serde_json::{Map, Value, json};

use crate::dataset::ColumnNote;
use crate::table::ingest::report::{Column, Kind};

/// The schema of the canonical CSV: its header holds the titles, so the fields are named by them.
pub fn table_schema(columns: &[Column], dictionary: &[ColumnNote]) -> Value {
    let fields: Vec<Value> =
        columns.iter().map(|column| field(column, dictionary.iter().find(|note| note.title == column.title))).collect();
    json!({ "$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields, "missingValues": [""] })
}

fn field(column: &Column, note: Option<&ColumnNote>) -> Value {
    let mut field = Map::new();
    field.insert("name".into(), json!(column.title));
    let kind = match column.kind {
        Kind::Text => "string",
        Kind::Integer => "integer",
        Kind::Decimal => "number",
        Kind::Boolean => "boolean",
        Kind::Date => "date",
        Kind::DateTime => "datetime",
    };
    field.insert("type".into(), json!(kind));
    if column.kind == Kind::Boolean {
        field.insert("trueValues".into(), json!(["true"]));
        field.insert("falseValues".into(), json!(["false"]));
    }
    if let Some(title) = note.and_then(|note| note.title_en.as_ref()) {
        field.insert("title".into(), json!(title));
    }
    if let Some(meaning) = note.and_then(|note| note.meaning.as_ref()) {
        field.insert("description".into(), json!(meaning.vi));
    }
    field.insert("columnKey".into(), json!(column.key));
    Value::Object(field)
}
