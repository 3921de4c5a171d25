//! The table of counts.

use std::collections::HashMap;

use diesel::dsl::{count_star, max, min, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::counter::Key;
use crate::kernel::Result;
use crate::kernel::id::{AgencyId, DatasetId};
use crate::platform::db::{Conn, Tx, merge_count};
use crate::schema::{agency, dataset, usage_count};

/// What was counted of a dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Views of its page.
    pub views: u64,
    /// Downloads of its files.
    pub downloads: u64,
}

impl Totals {
    /// Counts so many of a kind.
    fn count(&mut self, kind: &str, count: u64) {
        if kind == VIEW { self.views += count } else { self.downloads += count }
    }
}

/// The kind of views; every other is a way of taking data.
const VIEW: &str = "view";

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

/// Adds up a column of counts, the same in both databases.
macro_rules! sum {
    () => {
        sql::<BigInt>("CAST(SUM(usage_count.total) AS BIGINT)")
    };
}

fn gathered<K: std::hash::Hash + Eq>(rows: Vec<(K, String, i64)>) -> HashMap<K, Totals> {
    let mut totals: HashMap<K, Totals> = HashMap::new();
    for (key, kind, count) in rows {
        totals.entry(key).or_default().count(&kind, u64::try_from(count).unwrap_or(0));
    }
    totals
}

/// What was counted since a day (ISO 8601), by dataset.
///
/// # Errors
/// When the database does not answer.
pub fn totals(conn: &mut Conn, ids: &[String], since: &str) -> Result<HashMap<String, Totals>> {
    let rows = usage_count::table
        .filter(usage_count::dataset_id.eq_any(ids))
        .filter(usage_count::day.ge(since))
        .group_by((usage_count::dataset_id, usage_count::kind))
        .select((usage_count::dataset_id, usage_count::kind, sum!()))
        .load(conn)?;
    Ok(gathered(rows))
}

/// The published datasets with most downloads since a day, the most used first.
///
/// # Errors
/// When the database does not answer.
pub fn most_used(conn: &mut Conn, since: &str, limit: i64) -> Result<Vec<DatasetId>> {
    let mut ranked: Vec<(DatasetId, i64)> = usage_count::table
        .inner_join(dataset::table)
        .filter(dataset::state.eq("published"))
        .filter(usage_count::kind.eq("download"))
        .filter(usage_count::day.ge(since))
        .group_by(usage_count::dataset_id)
        .select((usage_count::dataset_id, sum!()))
        .load(conn)?;
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| b.0.cmp(&a.0)));
    ranked.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(ranked.into_iter().map(|(id, _)| id).collect())
}

/// What was counted since a day (ISO 8601) on each day, of one dataset or of all; days without counts are left out.
///
/// # Errors
/// When the database does not answer.
pub fn by_day(conn: &mut Conn, since: &str, of: Option<&DatasetId>) -> Result<HashMap<String, Totals>> {
    let grouped = usage_count::table
        .filter(usage_count::day.ge(since))
        .group_by((usage_count::day, usage_count::kind))
        .select((usage_count::day, usage_count::kind, sum!()));
    let rows = match of {
        Some(of) => grouped.filter(usage_count::dataset_id.eq(of)).load(conn)?,
        None => grouped.load(conn)?,
    };
    Ok(gathered(rows))
}

/// What was counted of published datasets since a day (ISO 8601), by dataset.
///
/// # Errors
/// When the database does not answer.
pub fn by_dataset(conn: &mut Conn, since: &str) -> Result<HashMap<DatasetId, Totals>> {
    let rows = usage_count::table
        .inner_join(dataset::table)
        .filter(dataset::state.eq("published"))
        .filter(usage_count::day.ge(since))
        .group_by((usage_count::dataset_id, usage_count::kind))
        .select((usage_count::dataset_id, usage_count::kind, sum!()))
        .load(conn)?;
    Ok(gathered(rows))
}

/// What was counted of published datasets since a day (ISO 8601), by the agency that answers for them on another.
///
/// # Errors
/// When the database does not answer.
pub fn by_agency(conn: &mut Conn, since: &str, day: &str) -> Result<HashMap<AgencyId, Totals>> {
    let used = by_dataset(conn, since)?;
    let owners: Vec<(DatasetId, AgencyId)> =
        dataset::table.filter(dataset::state.eq("published")).select((dataset::id, dataset::agency_id)).load(conn)?;
    let heirs = crate::agency::heirs(conn, day)?;
    let mut totals: HashMap<AgencyId, Totals> = HashMap::new();
    for (id, agency) in owners {
        if let Some(counted) = used.get(&id) {
            let sum = totals.entry(heirs.of(&agency).clone()).or_default();
            sum.views += counted.views;
            sum.downloads += counted.downloads;
        }
    }
    Ok(totals)
}

/// How often data were taken in each format since a day (ISO 8601), the most frequent first.
///
/// # Errors
/// When the database does not answer.
pub fn by_format(conn: &mut Conn, since: &str) -> Result<Vec<(String, u64)>> {
    let rows: Vec<(String, i64)> = usage_count::table
        .filter(usage_count::kind.ne(VIEW))
        .filter(usage_count::day.ge(since))
        .group_by(usage_count::format)
        .select((usage_count::format, sum!()))
        .load(conn)?;
    let mut found: Vec<(String, u64)> =
        rows.into_iter().map(|(format, count)| (format, u64::try_from(count).unwrap_or(0))).collect();
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(found)
}

/// The first day on which anything was counted (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn first_day(conn: &mut Conn) -> Result<Option<String>> {
    Ok(usage_count::table.select(min(usage_count::day)).first(conn)?)
}

/// What tells the counts of one moment from those of another.
///
/// # Errors
/// When the database does not answer.
pub fn mark(conn: &mut Conn) -> Result<String> {
    let (rows, last): (i64, Option<String>) =
        usage_count::table.select((count_star(), max(usage_count::day))).first(conn)?;
    let total: i64 = usage_count::table.select(sql::<BigInt>("CAST(COALESCE(SUM(total), 0) AS BIGINT)")).first(conn)?;
    Ok(format!("{rows} {total} {}", last.unwrap_or_default()))
}

/// One count: of a day, a dataset, a kind and a format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The day, ISO 8601.
    pub day: String,
    /// The dataset's part of addresses.
    pub slug: String,
    /// Its title, in Vietnamese.
    pub title: String,
    /// The agency that owns it, in Vietnamese.
    pub agency: String,
    /// `view` or `download`.
    pub kind: String,
    /// The format of a download; empty for a view.
    pub format: String,
    /// How often.
    pub total: i64,
}

/// The counts of published datasets from one day to another, both within (ISO 8601), in the order of day, dataset, kind and format.
///
/// # Errors
/// When the database does not answer.
pub fn rows_between(conn: &mut Conn, from: &str, to: &str) -> Result<Vec<Row>> {
    let rows: Vec<(String, String, String, String, String, String, i64)> = usage_count::table
        .inner_join(dataset::table.inner_join(agency::table))
        .filter(dataset::state.eq("published"))
        .filter(usage_count::day.ge(from))
        .filter(usage_count::day.le(to))
        .order((usage_count::day.asc(), dataset::slug.asc(), usage_count::kind.asc(), usage_count::format.asc()))
        .select((
            usage_count::day,
            dataset::slug,
            dataset::title_vi,
            agency::name_vi,
            usage_count::kind,
            usage_count::format,
            usage_count::total,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(day, slug, title, agency, kind, format, total)| Row { day, slug, title, agency, kind, format, total })
        .collect())
}
