//! The table of table versions.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{GRACE, KINDS, Object, PURGED_REPORT, Report, Stored, TableFile, TableVersion};
use crate::kernel::id::{DatasetId, PurgeId, TableVersionId};
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Tx, lock_row};
use crate::schema::{table_attempt, table_file, table_version};

/// Writes down a dataset's table whose objects are in the store.
///
/// # Errors
/// `Conflict` (`table-too-old`) when half the grace of its objects is over: they could be collected while this is written.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &TableVersion, owner: &DatasetId) -> Result<()> {
    if tx.ctx().at.0 - new.created_at > GRACE / 2 {
        return Err(Error::conflict(Problem::new("table-too-old").with("name", new.original_name.as_str())));
    }
    let new = TableVersion { dataset_id: Some(owner.clone()), ..new.clone() };
    diesel::insert_into(table_version::table).values(&new).execute(tx.conn())?;
    Ok(())
}

/// Puts a masked report in place of a table version's report.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn set_masked(tx: &mut Tx<'_>, id: &TableVersionId, report: &Report) -> Result<()> {
    diesel::update(table_version::table.find(id))
        .set((
            table_version::report.eq(serde_json::to_string(report)?),
            table_version::masked.eq(table_version::masked + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// One table version.
///
/// # Errors
/// `NotFound`; when the database does not answer.
pub fn by_id(conn: &mut Conn, id: &TableVersionId) -> Result<TableVersion> {
    Ok(table_version::table.find(id).select(TableVersion::as_select()).first(conn)?)
}

/// Empties the rows of tables whose objects are to go; hashes, counts and moments stay.
///
/// # Errors
/// When the database does not answer, or two persons did not decide.
pub(crate) fn purge(tx: &mut Tx<'_>, tables: &[TableVersionId], by: &PurgeId) -> Result<()> {
    // In the order of `share_rows`, by which a release that is being made holds some of them.
    let mut ids: Vec<&TableVersionId> = tables.iter().collect();
    ids.sort_unstable();
    for id in ids {
        lock_row(tx.conn(), "table_version", id.as_str())?;
    }
    diesel::update(table_version::table.filter(table_version::id.eq_any(tables)))
        .set((
            table_version::purge_id.eq(by),
            table_version::report.eq(PURGED_REPORT),
            table_version::original_name.eq(""),
        ))
        .execute(tx.conn())?;
    diesel::delete(table_file::table.filter(table_file::table_version_id.eq_any(tables))).execute(tx.conn())?;
    diesel::delete(table_attempt::table.filter(table_attempt::table_version_id.eq_any(tables))).execute(tx.conn())?;
    Ok(())
}

/// Notes, before the work, that a table's files are being made: if nothing comes of it, not even an error, the table waits longer each
/// time before it is tried again.
///
/// # Errors
/// When the database does not answer.
pub(super) fn begin_attempt(tx: &mut Tx<'_>, id: &TableVersionId, now: Timestamp) -> Result<()> {
    let known: Option<i32> =
        table_attempt::table.find(id).select(table_attempt::attempts).first(tx.conn()).optional()?;
    let attempts = known.unwrap_or(0).saturating_add(1);
    let due = now.plus_seconds(wait_after(attempts)).0;
    if known.is_some() {
        diesel::update(table_attempt::table.find(id))
            .set((table_attempt::attempts.eq(attempts), table_attempt::due_at.eq(due)))
            .execute(tx.conn())?;
    } else {
        diesel::insert_into(table_attempt::table)
            .values((
                table_attempt::table_version_id.eq(id),
                table_attempt::attempts.eq(attempts),
                table_attempt::due_at.eq(due),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Notes that a table has all its files.
///
/// # Errors
/// When the database does not answer.
pub(super) fn end_attempt(tx: &mut Tx<'_>, id: &TableVersionId) -> Result<()> {
    diesel::delete(table_attempt::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Seconds until a table is tried again: an hour, twice as long each time, a day at most.
fn wait_after(attempts: i32) -> i64 {
    (1_i64 << attempts.saturating_sub(1).clamp(0, 5)).min(24) * 3600
}

/// Writes down a file that was made of a table, once its object is in the store; one of a table that was purged meanwhile is not, and the
/// sweep takes its object.
///
/// # Errors
/// When the database does not answer.
pub(super) fn insert_file(tx: &mut Tx<'_>, file: &TableFile) -> Result<()> {
    let (id, kind) = (&file.table_version_id, &file.kind);
    // A purge that runs beside this takes the row as well: whichever comes second sees what the first one did.
    lock_row(tx.conn(), "table_version", id.as_str())?;
    let purged = table_version::table.find(id).filter(table_version::purge_id.is_not_null());
    let there = table_file::table.find((id, kind));
    if diesel::select(diesel::dsl::exists(purged)).get_result(tx.conn())?
        || diesel::select(diesel::dsl::exists(there)).get_result(tx.conn())?
    {
        return Ok(());
    }
    diesel::insert_into(table_file::table).values(file).execute(tx.conn())?;
    Ok(())
}

/// The files that were made of these tables.
///
/// # Errors
/// When the database does not answer.
pub fn files_of(conn: &mut Conn, tables: &[TableVersionId]) -> Result<Vec<TableFile>> {
    Ok(table_file::table
        .filter(table_file::table_version_id.eq_any(tables))
        .order((table_file::table_version_id.asc(), table_file::kind.asc()))
        .select(TableFile::as_select())
        .load(conn)?)
}

/// The tables that a dataset ever had and that were not purged, in whatever draft or version they stand or stood; the oldest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_dataset(conn: &mut Conn, owner: &DatasetId) -> Result<Vec<TableVersion>> {
    Ok(table_version::table
        .filter(table_version::dataset_id.eq(owner))
        .filter(table_version::purge_id.is_null())
        .order((table_version::created_at.asc(), table_version::id.asc()))
        .select(TableVersion::as_select())
        .load(conn)?)
}

/// The tables that a purge took.
///
/// # Errors
/// When the database does not answer.
pub fn purged_by(conn: &mut Conn, by: &PurgeId) -> Result<Vec<TableVersion>> {
    Ok(table_version::table
        .filter(table_version::purge_id.eq(by))
        .order((table_version::created_at.asc(), table_version::id.asc()))
        .select(TableVersion::as_select())
        .load(conn)?)
}

/// The other datasets that hold one of these original files.
///
/// # Errors
/// When the database does not answer.
pub fn with_originals(conn: &mut Conn, hashes: &[String], but: &DatasetId) -> Result<Vec<DatasetId>> {
    let found: Vec<Option<DatasetId>> = table_version::table
        .filter(table_version::original_sha256.eq_any(hashes))
        .filter(table_version::purge_id.is_null())
        .filter(table_version::dataset_id.ne(but))
        .select(table_version::dataset_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

/// The ids of all table versions that were purged.
///
/// # Errors
/// When the database does not answer.
pub fn purged_ids(conn: &mut Conn) -> Result<HashSet<String>> {
    let purged = table_version::table.filter(table_version::purge_id.is_not_null());
    let ids: Vec<String> = purged.select(table_version::id).load(conn)?;
    Ok(ids.into_iter().collect())
}

/// The ids of all table versions.
///
/// # Errors
/// When the database does not answer.
pub fn known_ids(conn: &mut Conn) -> Result<HashSet<String>> {
    let ids: Vec<String> = table_version::table.select(table_version::id).load(conn)?;
    Ok(ids.into_iter().collect())
}

/// The objects that rows name: of every table that was not purged. Comparisons of rows are made again when they are asked for, and named
/// by no row.
///
/// # Errors
/// When the database does not answer.
pub fn stored(conn: &mut Conn) -> Result<Vec<Stored>> {
    type Row = (TableVersionId, String, i64, String, i64, String, i64, i64);
    let mut all = Vec::new();
    let rows: Vec<Row> = table_version::table
        .filter(table_version::purge_id.is_null())
        .order(table_version::id.asc())
        .select((
            table_version::id,
            table_version::original_sha256,
            table_version::original_bytes,
            table_version::parquet_sha256,
            table_version::parquet_bytes,
            table_version::csv_sha256,
            table_version::csv_bytes,
            table_version::set_aside_count,
        ))
        .load(conn)?;
    for (id, original, original_bytes, parquet, parquet_bytes, csv, csv_bytes, set_aside) in rows {
        for (object, sha256, bytes) in [
            (Object::Original, original, original_bytes),
            (Object::Parquet, parquet, parquet_bytes),
            (Object::Csv, csv, csv_bytes),
        ] {
            all.push(Stored { name: object.name(&id), bytes: u64::try_from(bytes).ok(), sha256: Some(sha256) });
        }
        if set_aside > 0 {
            all.push(Stored { name: Object::SetAside.name(&id), bytes: None, sha256: None });
        }
    }
    let made: Vec<TableFile> = table_file::table
        .inner_join(table_version::table)
        .filter(table_version::purge_id.is_null())
        .order((table_file::table_version_id.asc(), table_file::kind.asc()))
        .select(TableFile::as_select())
        .load(conn)?;
    for file in made {
        let Some(object) = KINDS.into_iter().find(|object| object.kind() == file.kind) else { continue };
        let name = object.name(&file.table_version_id);
        all.push(Stored { name, bytes: u64::try_from(file.bytes).ok(), sha256: Some(file.sha256) });
    }
    Ok(all)
}
