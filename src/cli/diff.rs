//! `khomo diff`: what changed between two files, column by column and row by row.

use std::path::Path;
use std::time::Instant;

use serde_json::json;

use super::args::DiffArgs;
use super::import::{in_child, progress, runtime};
use crate::config::Settings;
use crate::http::present;
use crate::i18n::Texts;
use crate::kernel::{Error, Lang, Problem, Result};
use crate::platform::files::{Files, S3};
use crate::table::diff::{
    ChangeKind, Column, ColumnDiff, Detail, Options, Renames, RowChange, SchemaDiff, Summary, diff,
};
use crate::table::ingest::{Choices, Ingested};

/// The rows that differ, in the folder of work.
const DETAIL: &str = "diff.parquet";

/// `khomo diff`
pub(super) fn run(args: &DiffArgs, lang: Lang) -> Result<u8> {
    let work = tempfile::tempdir()?;
    let begin = Instant::now();
    let memory = Settings::from_env()?.ingest_memory;
    let (old, new) =
        (read(&args.old, &work.path().join("old"), memory)?, read(&args.new, &work.path().join("new"), memory)?);
    let reading = begin.elapsed();

    let begin = Instant::now();
    let columns = |table: &Ingested| table.report.outcome.columns.iter().map(Column::from).collect::<Vec<_>>();
    let decided = args.renames.iter().map(|pair| renamed(pair)).collect::<Result<Vec<_>>>()?;
    let renames = if decided.is_empty() { Renames::Guess } else { Renames::Decided(&decided) };
    let schema = SchemaDiff::between(&columns(&old), &columns(&new), renames)?;
    let options = Options { key: args.key.clone(), memory: args.memory_mb << 20, ..Options::default() };
    let detail = work.path().join(DETAIL);
    let bar = progress(true, DETAIL);
    let summary = diff(&old.parquet(), &new.parquet(), schema, &options, &detail, work.path(), &mut |rows| {
        bar.set_position(rows);
    })?;
    bar.finish_and_clear();
    let comparing = begin.elapsed();

    let rows = first(work.path(), args.limit)?;
    if let Some(output) = &args.output {
        std::fs::copy(&detail, output)?;
    }
    if args.json {
        let seconds = json!({ "reading": reading.as_secs_f64(), "comparing": comparing.as_secs_f64() });
        say!("{}", json!({ "old": args.old, "new": args.new, "summary": summary, "rows": rows, "seconds": seconds }))?;
    } else {
        tell(&summary, &rows, lang)?;
    }
    Ok(if args.strict && !summary.is_empty() { super::FOUND } else { 0 })
}

/// Reads a file into a fresh folder.
fn read(path: &Path, out: &Path, memory: u64) -> Result<Ingested> {
    std::fs::create_dir(out)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bar = progress(true, &name);
    let ingested = in_child(path, &name, out, &Choices::default(), memory, &mut |rows| bar.set_position(rows))?;
    bar.finish_and_clear();
    Ok(ingested)
}

/// `OLD=NEW`
fn renamed(pair: &str) -> Result<(String, String)> {
    let wrong = || Error::invalid(Problem::new("diff-rename-form").with("given", pair));
    let (old, new) = pair.split_once('=').ok_or_else(wrong)?;
    Ok((old.to_owned(), new.to_owned()))
}

/// The first rows of each kind.
fn first(folder: &Path, limit: u64) -> Result<Vec<RowChange>> {
    let files = Files::open(&folder.to_string_lossy(), &S3::default())?;
    runtime()?.block_on(async {
        let detail = Detail::open(&files, DETAIL).await?;
        let mut rows = Vec::new();
        for kind in ChangeKind::ALL {
            rows.extend(detail.page(kind, 0, limit).await?);
        }
        Ok(rows)
    })
}

fn tell(summary: &Summary, rows: &[RowChange], lang: Lang) -> Result<()> {
    let texts = Texts::load(None, &[])?;
    let columns = &summary.schema.columns;
    for column in columns {
        for change in &column.changes {
            say!("{}", present::column_change(&texts, lang, column, change)?)?;
        }
    }
    if summary.schema.is_empty() {
        say!("{}", texts.text(lang, "diff-columns-same", &[]))?;
    }
    for note in &summary.notes {
        say!("! {}", present::key_note(&texts, lang, note))?;
    }
    let counts = &summary.rows;
    say!("{}", texts.text(lang, "diff-rows", &[("old", counts.old.into()), ("new", counts.new.into())]))?;
    for (column, count) in columns.iter().zip(&summary.cells_changed).filter(|(_, count)| **count > 0) {
        say!("  {}", texts.text(lang, "diff-cells", &[("column", column.title().into()), ("count", (*count).into())]))?;
    }
    let key: Vec<usize> = summary.key.iter().filter_map(|key| summary.schema.find(key)).collect();
    for (kind, id) in ChangeKind::ALL.into_iter().zip(["diff-added", "diff-removed", "diff-changed"]) {
        say!("{}", texts.text(lang, id, &[("count", counts.of(kind).into())]))?;
        let mut shown = 0;
        for row in rows.iter().filter(|row| row.kind == kind) {
            say!("  {}", line(row, columns, &key))?;
            shown += 1;
        }
        if shown > 0 && shown < counts.of(kind) {
            say!("  {}", texts.text(lang, "diff-more", &[("count", (counts.of(kind) - shown).into())]))?;
        }
    }
    say!("{}", texts.text(lang, "diff-unchanged", &[("count", counts.unchanged.into())]))?;
    Ok(())
}

/// A row on one line: all cells of a row that came or went; of a changed one its key and what it was and is.
fn line(row: &RowChange, columns: &[ColumnDiff], key: &[usize]) -> String {
    let cell = |text: &Option<String>| text.clone().unwrap_or_else(|| "∅".to_owned());
    let number = |row: Option<u64>| row.map(|row| row.to_string()).unwrap_or_default();
    match row.kind {
        ChangeKind::Added => {
            let cells = row.cells.iter().zip(columns).filter(|(_, column)| column.new.is_some());
            let cells: Vec<_> = cells.map(|(value, _)| cell(&value.after)).collect();
            format!("+ {}: {}", number(row.new_row), cells.join(" | "))
        }
        ChangeKind::Removed => {
            let cells = row.cells.iter().zip(columns).filter(|(_, column)| column.old.is_some());
            let cells: Vec<_> = cells.map(|(value, _)| cell(&value.before)).collect();
            format!("- {}: {}", number(row.old_row), cells.join(" | "))
        }
        ChangeKind::Changed => {
            let key: Vec<_> = key.iter().filter_map(|at| row.cells.get(*at)).map(|value| cell(&value.after)).collect();
            let changes: Vec<_> = row
                .cells
                .iter()
                .zip(columns)
                .filter(|(value, _)| value.changed)
                .map(|(value, column)| format!("{}: {} → {}", column.title(), cell(&value.before), cell(&value.after)))
                .collect();
            format!("~ {} ({}): {}", number(row.new_row), key.join(" | "), changes.join("; "))
        }
    }
}
