//! The tables of purges and backups.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Backup, Purge, Scope, State};
use crate::kernel::id::{AccountId, BackupId, DatasetId, PurgeId, VersionId};
use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, backup_copy, purge, version};

// ── Purges ──

pub(super) fn insert(
    tx: &mut Tx<'_>,
    of: &DatasetId,
    scope: &Scope,
    reason: &Localized,
    basis: &str,
    person: &AccountId,
) -> Result<PurgeId> {
    let (id, at) = (PurgeId::fresh(), tx.ctx().at.0);
    diesel::insert_into(purge::table)
        .values((
            purge::id.eq(&id),
            purge::dataset_id.eq(of),
            purge::scope.eq(scope.code()),
            purge::target.eq(scope.target(of)),
            purge::reason_vi.eq(&reason.vi),
            purge::reason_en.eq(reason.en.as_ref()),
            purge::legal_basis.eq(basis),
            purge::state.eq(State::Asked.code()),
            purge::asked_by.eq(person),
            purge::asked_at.eq(at),
            purge::objects.eq(0),
            purge::bytes.eq(0),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Decides about a purge that waits; `false` when somebody was faster.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: &PurgeId,
    to: State,
    person: &AccountId,
    taken: (i64, u64, u64),
) -> Result<bool> {
    let at = tx.ctx().at.0;
    let signed = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let changed = diesel::update(purge::table.find(id).filter(purge::state.eq(State::Asked.code())))
        .set((
            purge::state.eq(to.code()),
            purge::decided_by.eq(person),
            purge::decided_at.eq(at),
            purge::since.eq((to == State::Confirmed).then_some(taken.0)),
            purge::objects.eq(signed(taken.1)),
            purge::bytes.eq(signed(taken.2)),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Says that all is gone; `false` when that was said before.
pub(super) fn set_done(tx: &mut Tx<'_>, id: &PurgeId) -> Result<bool> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(purge::table.find(id).filter(purge::state.eq(State::Confirmed.code())))
        .set((purge::state.eq(State::Done.code()), purge::done_at.eq(at)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = purge)]
struct Row {
    id: PurgeId,
    dataset_id: DatasetId,
    scope: String,
    target: String,
    reason_vi: String,
    reason_en: Option<String>,
    legal_basis: String,
    state: String,
    asked_by: AccountId,
    asked_at: i64,
    decided_by: Option<AccountId>,
    decided_at: Option<i64>,
    since: Option<i64>,
    objects: i64,
    bytes: i64,
    done_at: Option<i64>,
}

fn names(conn: &mut Conn, ids: &[&AccountId]) -> Result<HashMap<AccountId, String>> {
    let rows: Vec<(AccountId, String)> = account::table
        .filter(account::id.eq_any(ids.iter().copied()))
        .select((account::id, account::full_name))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Purge>> {
    let ids: Vec<&AccountId> =
        rows.iter().flat_map(|row| std::iter::once(&row.asked_by).chain(&row.decided_by)).collect();
    let names = names(conn, &ids)?;
    let name = |id: &AccountId| names.get(id).cloned().unwrap_or_default();
    rows.iter()
        .map(|row| {
            Ok(Purge {
                id: row.id.clone(),
                dataset: row.dataset_id.clone(),
                scope: Scope::from_stored(&row.scope, &row.target)
                    .ok_or_else(|| Error::internal("a purge of nothing"))?,
                reason: Localized { vi: row.reason_vi.clone(), en: row.reason_en.clone() },
                basis: row.legal_basis.clone(),
                state: State::from_code(&row.state).ok_or_else(|| Error::internal("a purge in no state"))?,
                asked_name: name(&row.asked_by),
                asked_by: row.asked_by.clone(),
                asked_at: Timestamp(row.asked_at),
                decided_name: row.decided_by.as_ref().map(name),
                decided_at: row.decided_at.map(Timestamp),
                since: row.since.map(Timestamp),
                objects: u64::try_from(row.objects).unwrap_or(0),
                bytes: u64::try_from(row.bytes).unwrap_or(0),
                done_at: row.done_at.map(Timestamp),
            })
        })
        .collect()
}

/// One purge.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &PurgeId) -> Result<Purge> {
    let row: Row = purge::table.find(id).select(Row::as_select()).first(conn)?;
    whole(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// The purges of a dataset, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn of_dataset(conn: &mut Conn, of: &DatasetId) -> Result<Vec<Purge>> {
    let rows = purge::table
        .filter(purge::dataset_id.eq(of))
        .order((purge::asked_at.desc(), purge::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// The purge that made a tombstone of a version.
///
/// # Errors
/// When the database does not answer.
pub fn of_version(conn: &mut Conn, of: &VersionId) -> Result<Option<Purge>> {
    let id: Option<Option<PurgeId>> = version::table.find(of).select(version::purge_id).first(conn).optional()?;
    id.flatten().map(|id| by_id(conn, &id)).transpose()
}

// ── Backups ──

pub(super) fn insert_backup(
    tx: &mut Tx<'_>,
    place: &str,
    taken_on: &str,
    kept_until: Option<&str>,
    person: &AccountId,
) -> Result<BackupId> {
    let (id, at) = (BackupId::fresh(), tx.ctx().at.0);
    diesel::insert_into(backup_copy::table)
        .values((
            backup_copy::id.eq(&id),
            backup_copy::place.eq(place),
            backup_copy::taken_on.eq(taken_on),
            backup_copy::kept_until.eq(kept_until),
            backup_copy::registered_by.eq(person),
            backup_copy::registered_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Says that a backup was destroyed; `false` when that was said before.
pub(super) fn set_destroyed(tx: &mut Tx<'_>, id: &BackupId, person: &AccountId) -> Result<bool> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(backup_copy::table.find(id).filter(backup_copy::destroyed_by.is_null()))
        .set((backup_copy::destroyed_by.eq(person), backup_copy::destroyed_at.eq(at)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

type BackupRow = (BackupId, String, String, Option<String>, AccountId, Option<AccountId>, Option<i64>);

/// All registered backups, the last taken first; at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub fn backups(conn: &mut Conn, limit: i64) -> Result<Vec<Backup>> {
    between(conn, "", "9999-12-31", limit)
}

/// The backups taken between two days (ISO, both included), the last taken first.
pub(super) fn between(conn: &mut Conn, first: &str, last: &str, limit: i64) -> Result<Vec<Backup>> {
    let rows: Vec<BackupRow> = backup_copy::table
        .filter(backup_copy::taken_on.ge(first))
        .filter(backup_copy::taken_on.le(last))
        .order((backup_copy::taken_on.desc(), backup_copy::id.desc()))
        .limit(limit)
        .select((
            backup_copy::id,
            backup_copy::place,
            backup_copy::taken_on,
            backup_copy::kept_until,
            backup_copy::registered_by,
            backup_copy::destroyed_by,
            backup_copy::destroyed_at,
        ))
        .load(conn)?;
    let ids: Vec<&AccountId> = rows.iter().flat_map(|row| std::iter::once(&row.4).chain(&row.5)).collect();
    let names = names(conn, &ids)?;
    let name = |id: &AccountId| names.get(id).cloned().unwrap_or_default();
    Ok(rows
        .iter()
        .map(|(id, place, taken_on, kept_until, registered, destroyed, at)| Backup {
            id: id.clone(),
            place: place.clone(),
            taken_on: taken_on.clone(),
            kept_until: kept_until.clone(),
            registered_by: name(registered),
            destroyed: destroyed.as_ref().map(name).zip(at.map(Timestamp)),
        })
        .collect())
}

/// The backups that may hold what a purge took: taken between the making of the first of it and the end of the last. `minutes` is the
/// province's distance from UTC.
///
/// # Errors
/// When the database does not answer.
pub fn backups_of(conn: &mut Conn, of: &Purge, now: Timestamp, minutes: i32) -> Result<Vec<Backup>> {
    let Some(since) = of.since else { return Ok(Vec::new()) };
    let day = |at: Timestamp| at.date(minutes).to_string();
    between(conn, &day(since), &day(of.done_at.unwrap_or(now)), i64::MAX)
}
