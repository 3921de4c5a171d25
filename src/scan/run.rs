//! Reading tables and words, and writing down what was found.

use serde_json::json;

use super::detect::{self, Heading, Hits, Options, Scanner, Severity};
use super::{command, store};
use crate::kernel::id::{TableVersionId, VersionId};
use crate::kernel::{Ctx, Result};
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::profile::Profile;
use crate::table::{self, Visitor, diff};

/// The detector, led over a table.
struct Reading(Scanner);

impl Visitor for Reading {
    fn row(&mut self, cells: &[&str]) -> Result<()> {
        let cells: Vec<Option<&str>> = cells.iter().map(|cell| (!cell.is_empty()).then_some(*cell)).collect();
        self.0.row(&cells);
        Ok(())
    }
}

/// Reads a whole table, a piece at a time, off the async threads.
///
/// # Errors
/// `NotFound`; `Unavailable`; `Internal` when the file is damaged.
pub async fn scan_table(
    files: &Files,
    table: &TableVersionId,
    headings: &[Heading],
    options: &Options,
) -> Result<Vec<Hits>> {
    let reading = table::walk(files, table, Reading(Scanner::new(headings, options))).await?;
    Ok(reading.0.finish())
}

/// Reads what of a version was not read yet under the present rules: its tables, its words. What was read stays.
///
/// # Errors
/// As [`scan_table`]; when the database does not answer.
pub async fn ensure(db: &Db, files: &Files, profile: &Profile, ctx: &Ctx, version: &VersionId) -> Result<()> {
    let (id, small) = (version.clone(), profile.scan.small_group.value);
    let pending = db.read_async(move |conn| store::pending(conn, &id, small)).await?;
    for one in pending {
        let hits = scan_table(files, &one.table, &one.headings, &one.options).await?;
        let (id, watchers) = (version.clone(), command::Watchers::of(profile));
        let (table, blocks) = (one.table.clone(), hits.iter().any(|hit| hit.severity == Severity::Block));
        db.write_async(ctx.clone(), move |tx| command::record(tx, &watchers, &id, &one, hits)).await?;
        // What was compared before, by rules that found less, may show what is masked from now on.
        if blocks {
            diff::forget(files, &table).await?;
        }
    }
    let (id, watchers) = (version.clone(), command::Watchers::of(profile));
    db.write_async(ctx.clone(), move |tx| command::record_words(tx, &watchers, &id)).await
}

/// What the words of a version hold.
pub(super) fn in_words(text: &str) -> Vec<Hits> {
    detect::text(text)
}

/// The payload of a job about a version.
pub(super) fn payload(version: &VersionId) -> serde_json::Value {
    json!({ "version": version })
}
