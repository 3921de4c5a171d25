//! The import report of a table, in words.

use std::collections::HashMap;

use super::view::dataset::{AsideRow, ImportChange, ImportColumn, ImportFact, ImportReport};
use crate::account;
use crate::dataset::ResourceVersion;
use crate::http::page::{Download, PageCtx};
use crate::http::present;
use crate::kernel::{Arg, Result, Timestamp};
use crate::platform::db::Conn;
use crate::scan::detect::{Concealer, Heading, Options};
use crate::table::ingest::read::Container;
use crate::table::ingest::report::Column;

/// The names of those who declared that the files of tables hold no state secret, by account.
///
/// # Errors
/// When the database does not answer.
pub(super) fn declarers(conn: &mut Conn, resources: &[ResourceVersion]) -> Result<HashMap<String, String>> {
    let ids = resources.iter().filter_map(|resource| resource.table.declared_by.as_ref());
    account::names(conn, &ids.map(ToString::to_string).collect::<Vec<_>>())
}

/// What was understood and done, as the page shows it; with the original and the rows set aside for whoever may read them.
///
/// # Errors
/// `Internal` when the stored report is damaged.
pub(super) fn import_report(
    page: &PageCtx,
    resource: &ResourceVersion,
    originals: bool,
    declarers: &HashMap<String, String>,
) -> Result<ImportReport> {
    let (table, report) = (&resource.table, resource.table.report()?);
    let (understood, outcome) = (&report.understood, &report.outcome);
    // The page is for everybody of the internal portal: what looks like somebody's is masked.
    let headings: Vec<Heading> =
        outcome.columns.iter().map(|column| Heading { title: column.title.clone(), note: String::new() }).collect();
    let concealer = Concealer::new(&headings, &Options::default());
    let mut facts = Vec::new();
    let mut fact = |name: &str, value: String| {
        facts.push(ImportFact { name: page.t(&format!("import-{name}")), value, reason: None })
    };
    fact("container", code_of(&understood.container).to_uppercase());
    if let Some(encoding) = &understood.encoding {
        fact("encoding", encoding.clone());
    }
    if let Some(dialect) = &understood.dialect {
        fact(
            "delimiter",
            match dialect.delimiter {
                b'\t' => page.t("import-delimiter-tab"),
                other => char::from(other).to_string(),
            },
        );
    }
    if let Some(sheet) = &understood.sheet {
        fact("sheet", sheet.clone());
    }
    let (first, last) = understood.header_rows;
    // The names of other kinds of files are no row of theirs.
    if matches!(understood.container, Container::Csv | Container::Xlsx | Container::Xls) {
        fact(
            "header",
            match (first, last) {
                (0, _) => page.t("import-no-header"),
                (first, last) if first == last => page.t1("import-header-row", "row", first),
                (first, last) => page.t2("import-header-rows", "first", first, "last", last),
            },
        );
    }
    let title =
        |index: Option<usize>| index.and_then(|index| outcome.columns.get(index)).map(|column| column.title.clone());
    let changes = outcome.changed.iter().map(|change| {
        let code = code_of(&change.code);
        let counted = [("count", Arg::from(change.count))];
        let words = page.texts.find(page.lang, &format!("ingest-change-{code}"), &counted).unwrap_or(code);
        let text = match title(change.column) {
            Some(column) => format!("{column}: {words}"),
            None => words,
        };
        ImportChange { text, example: None }
    });
    let original = Download {
        format: page.t("import-original"),
        note: table.original_name.clone(),
        href: format!("/internal/tables/{}/original", table.id),
        bytes: u64::try_from(table.original_bytes).ok(),
    };
    Ok(ImportReport {
        resource: present::text(page, &resource.title),
        file: table.original_name.clone(),
        original: originals.then_some(original),
        original_hash: table.original_sha256.clone(),
        declared: table.declaration().map(|declared| {
            let known = declared.by.and_then(|by| declarers.get(by.as_str()).cloned());
            (known.unwrap_or_else(|| page.code("audit-actor", "operator")), declared.at)
        }),
        read: Timestamp(table.created_at),
        facts,
        rows: outcome.rows,
        set_aside: outcome.set_aside.count,
        columns: outcome.columns.iter().enumerate().map(|(at, one)| column(page, at, one, &concealer)).collect(),
        aside_rows: outcome
            .set_aside
            .listed
            .iter()
            .take(100)
            .map(|row| AsideRow {
                line: row.number,
                column: title(row.column),
                value: (!row.value.is_empty()).then(|| {
                    let masked = concealer.conceal(row.column.unwrap_or(usize::MAX), &row.value);
                    masked.unwrap_or_else(|| row.value.clone())
                }),
                advice: page.code("ingest-aside", &code_of(&row.code)),
            })
            .collect(),
        aside_files: ["xlsx", "csv", "ndjson"]
            .iter()
            .filter(|_| originals && outcome.set_aside.count > 0)
            .map(|code| Download {
                format: code.to_uppercase(),
                note: String::new(),
                href: format!("/internal/tables/{}/set-aside.{code}", table.id),
                bytes: None,
            })
            .collect(),
        changes: changes.collect(),
        warnings: understood.notes.iter().map(|note| page.texts.note(page.lang, note)).collect(),
    })
}

fn column(page: &PageCtx, at: usize, column: &Column, concealer: &Concealer) -> ImportColumn {
    let masked = |text: &String| concealer.conceal(at, text).unwrap_or_else(|| text.clone());
    let reason = page.texts.reasons(page.lang, column);
    ImportColumn {
        title: column.title.clone(),
        name: column.key.clone(),
        kind: present::kind_code(column.kind).to_owned(),
        reason: concealer.conceal_in(at, &reason).unwrap_or(reason),
        examples: column.examples.iter().map(masked).collect(),
        nulls: column.profile.as_ref().map_or(0, |profile| profile.nulls),
    }
}

/// The stored code of a plain value.
fn code_of(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}
