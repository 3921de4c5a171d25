//! The table of counts.

use std::collections::HashMap;

use diesel::prelude::*;

use super::counter::Key;
use crate::kernel::Result;
use crate::kernel::id::DatasetId;
use crate::platform::db::{Conn, Tx, merge_count};
use crate::schema::{dataset, usage_count};

/// What was counted of a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Views of its page.
    pub views: u64,
    /// Downloads of its files.
    pub downloads: u64,
}

/// Adds counts to the days they belong to.
///
/// # Errors
/// When the database does not answer.
pub fn add(tx: &mut Tx<'_>, counts: &[(Key, i64)]) -> Result<()> {
    for ((day, dataset, kind, format), by) in counts {
        merge_count(tx.conn(), day, dataset.as_str(), kind, format, *by)?;
    }
    Ok(())
}

/// What was counted since a day (ISO 8601), by dataset.
///
/// # Errors
/// When the database does not answer.
pub fn totals(conn: &mut Conn, ids: &[String], since: &str) -> Result<HashMap<String, Totals>> {
    let rows: Vec<(String, String, i64)> = usage_count::table
        .filter(usage_count::dataset_id.eq_any(ids))
        .filter(usage_count::day.ge(since))
        .select((usage_count::dataset_id, usage_count::kind, usage_count::total))
        .load(conn)?;
    let mut totals: HashMap<String, Totals> = HashMap::new();
    for (id, kind, count) in rows {
        let entry = totals.entry(id).or_default();
        let count = u64::try_from(count).unwrap_or(0);
        if kind == "download" { entry.downloads += count } else { entry.views += count }
    }
    Ok(totals)
}

/// The published datasets with most downloads since a day, the most used first.
///
/// # Errors
/// When the database does not answer.
pub fn most_used(conn: &mut Conn, since: &str, limit: i64) -> Result<Vec<DatasetId>> {
    let rows: Vec<(DatasetId, i64)> = usage_count::table
        .inner_join(dataset::table)
        .filter(dataset::state.eq("published"))
        .filter(usage_count::kind.eq("download"))
        .filter(usage_count::day.ge(since))
        .select((usage_count::dataset_id, usage_count::total))
        .load(conn)?;
    let mut by_dataset: HashMap<DatasetId, i64> = HashMap::new();
    for (id, count) in rows {
        *by_dataset.entry(id).or_default() += count;
    }
    let mut ranked: Vec<(DatasetId, i64)> = by_dataset.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    ranked.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(ranked.into_iter().map(|(id, _)| id).collect())
}
