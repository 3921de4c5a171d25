//! An import report for a terminal.

use std::path::Path;

use crate::i18n::Texts;
use crate::kernel::{Lang, Result};
use crate::table::Report;
use crate::table::ingest::report::Reason;

/// Rows set aside that are printed.
const SHOWN: usize = 20;

/// Prints what was understood, column by column, and what would be set aside.
pub(super) fn report(path: &Path, report: &Report, lang: Lang) -> Result<()> {
    let texts = Texts::load(None, &[])?;
    let (understood, outcome) = (&report.understood, &report.outcome);
    let code = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    say!("{}", path.display())?;
    let mut facts = vec![code(serde_json::to_value(understood.container)?)];
    facts.extend(understood.encoding.clone());
    if let Some(dialect) = &understood.dialect {
        facts.push(format!("{:?}", char::from(dialect.delimiter)));
    }
    facts.extend(understood.sheet.clone());
    say!("  {}", facts.join(" · "))?;
    say!(
        "  header {}–{}, {} rows × {} columns",
        understood.header_rows.0,
        understood.header_rows.1,
        outcome.rows,
        outcome.columns.len()
    )?;
    for note in &understood.notes {
        say!("  ! {}", texts.note(lang, note))?;
    }
    for column in &outcome.columns {
        let kind = code(serde_json::to_value(column.kind)?);
        let kind = texts.find(lang, &format!("ingest-kind-{kind}"), &[]).unwrap_or(kind);
        say!("  {} [{}] {kind}: {}", column.title, column.key, texts.reasons(lang, column))?;
    }
    if outcome.set_aside.count > 0 {
        say!("  {} set aside:", outcome.set_aside.count)?;
    }
    for row in outcome.set_aside.listed.iter().take(SHOWN) {
        let code = code(serde_json::to_value(row.code)?);
        let why = texts.find(lang, &format!("ingest-aside-{code}"), &[]).unwrap_or(code);
        let column = row
            .column
            .and_then(|index| outcome.columns.get(index))
            .map(|column| column.title.as_str())
            .unwrap_or_default();
        say!("    {}: {column} {:?} {why}", row.number, row.value)?;
    }
    Ok(())
}

/// What somebody who decided or declared kinds must hear: cells that do not fit, and rows that were set aside for it.
pub(in crate::cli) fn oddities(path: &Path, report: &Report, lang: Lang) -> Result<Vec<String>> {
    let texts = Texts::load(None, &[])?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let chosen =
        report.outcome.columns.iter().filter(|column| column.reason == Reason::Chosen && !column.notes.is_empty());
    let mut lines: Vec<String> =
        chosen.map(|column| format!("{name}: {}: {}", column.title, texts.reasons(lang, column))).collect();
    if report.outcome.set_aside.count > 0 {
        lines.push(format!("{name}: {} set aside", report.outcome.set_aside.count));
    }
    Ok(lines)
}
