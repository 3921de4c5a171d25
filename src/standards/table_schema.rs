//! Frictionless Table Schema 2.0 of a table.

use serde_json::{Map, Value, json};

use crate::dataset::{Code, ColumnNote, Constraints};
use crate::table::ingest::report::{Column, Kind};

/// The schema of the canonical CSV: its header holds the titles, so the fields are named by them.
pub fn table_schema(columns: &[Column], dictionary: &[ColumnNote]) -> Value {
    let fields: Vec<Value> =
        columns.iter().map(|column| field(column, dictionary.iter().find(|note| note.title == column.title))).collect();
    let mut schema = json!({
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json", "fields": fields, "missingValues": [""],
    });
    let key: Vec<&str> = dictionary.iter().filter(|n| n.constraints.key).map(|n| n.title.as_str()).collect();
    if !key.is_empty() && key.iter().all(|title| columns.iter().any(|column| column.title == **title)) {
        schema["primaryKey"] = json!(key);
    }
    schema
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
    if let Some(wanted) = note.map(|note| &note.constraints).filter(|wanted| !wanted.is_empty()) {
        field.insert("constraints".into(), constraints(wanted));
        if wanted.codes.iter().any(|code| code.label.is_some()) {
            let label = |code: &Code| code.label.as_ref().map_or(code.value.clone(), |label| label.vi.clone());
            let categories: Vec<Value> =
                wanted.codes.iter().map(|code| json!({ "value": code.value, "label": label(code) })).collect();
            field.insert("categories".into(), json!(categories));
        }
    }
    field.insert("columnKey".into(), json!(column.key));
    Value::Object(field)
}

/// The constraints of a field, by the names of the standard.
fn constraints(wanted: &Constraints) -> Value {
    let mut all = Map::new();
    for (name, is) in [("required", wanted.required || wanted.key), ("unique", wanted.unique)] {
        if is {
            all.insert(name.into(), json!(true));
        }
    }
    for (name, text) in [("minimum", &wanted.minimum), ("maximum", &wanted.maximum), ("pattern", &wanted.pattern)] {
        if let Some(text) = text {
            all.insert(name.into(), json!(text));
        }
    }
    if !wanted.codes.is_empty() {
        all.insert("enum".into(), json!(wanted.codes.iter().map(|code| &code.value).collect::<Vec<_>>()));
    }
    Value::Object(all)
}
