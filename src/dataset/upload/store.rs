//! The tables of uploads and their pieces.

use std::collections::HashSet;

use diesel::prelude::*;

use super::model::{problems_of, problems_text};
use super::{State, Upload};
use crate::kernel::id::{AccountId, DatasetId, ResourceId, TableVersionId, UploadId};
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{upload, upload_part};
use crate::table::ingest::Choices;
use crate::table::{Declaration, Stored};

#[derive(Queryable, Selectable)]
#[diesel(table_name = upload)]
struct Row {
    id: UploadId,
    account_id: AccountId,
    dataset_id: DatasetId,
    resource_id: Option<ResourceId>,
    file_name: String,
    bytes: Option<i64>,
    received: i64,
    state: String,
    source_table_id: Option<TableVersionId>,
    choices: String,
    problems: Option<String>,
    table_version_id: Option<TableVersionId>,
    created_at: i64,
    changed_at: i64,
    declared_by: Option<AccountId>,
    declared_at: Option<i64>,
}

impl TryFrom<Row> for Upload {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            account: row.account_id,
            dataset: row.dataset_id,
            resource: row.resource_id,
            file_name: row.file_name,
            bytes: row.bytes.map(|bytes| u64::try_from(bytes).unwrap_or(0)),
            received: u64::try_from(row.received).unwrap_or(0),
            declared: Declaration::kept(row.declared_by, row.declared_at),
            state: State::from_code(&row.state).unwrap_or(State::Cancelled),
            source: row.source_table_id,
            choices: serde_json::from_str(&row.choices)?,
            problems: row.problems.as_deref().map(problems_of).transpose()?.unwrap_or_default(),
            table: row.table_version_id,
            created_at: Timestamp(row.created_at),
            changed_at: Timestamp(row.changed_at),
        })
    }
}

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &Upload) -> Result<()> {
    diesel::insert_into(upload::table)
        .values((
            upload::id.eq(&new.id),
            upload::account_id.eq(&new.account),
            upload::dataset_id.eq(&new.dataset),
            upload::resource_id.eq(&new.resource),
            upload::file_name.eq(&new.file_name),
            upload::bytes.eq(new.bytes.map(signed)),
            upload::received.eq(signed(new.received)),
            upload::state.eq(new.state.code()),
            upload::source_table_id.eq(&new.source),
            upload::choices.eq(serde_json::to_string(&new.choices)?),
            upload::created_at.eq(new.created_at.0),
            upload::changed_at.eq(new.changed_at.0),
            upload::declared_by.eq(new.declared.as_ref().and_then(|declared| declared.by.clone())),
            upload::declared_at.eq(new.declared.as_ref().map(|declared| declared.at.0)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// One upload.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &UploadId) -> Result<Upload> {
    upload::table.find(id).select(Row::as_select()).first(conn)?.try_into()
}

/// The newest uploads into a dataset, newest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub fn of_dataset(conn: &mut Conn, id: &DatasetId, limit: i64) -> Result<Vec<Upload>> {
    let rows: Vec<Row> = upload::table
        .filter(upload::dataset_id.eq(id))
        .order((upload::created_at.desc(), upload::id.desc()))
        .limit(limit)
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// What was decided about reading the file that a table was made of; none for one that no upload made.
///
/// # Errors
/// When the database does not answer.
pub fn choices_of(conn: &mut Conn, id: &TableVersionId) -> Result<Option<Choices>> {
    let text: Option<String> = upload::table
        .filter(upload::table_version_id.eq(id))
        .order(upload::created_at.desc())
        .select(upload::choices)
        .first(conn)
        .optional()?;
    Ok(text.as_deref().map(serde_json::from_str).transpose()?)
}

/// How many uploads of an account are on their way.
pub(super) fn open_of(conn: &mut Conn, account: &AccountId) -> Result<i64> {
    let open = [State::Receiving.code(), State::Reading.code()];
    Ok(upload::table
        .filter(upload::account_id.eq(account))
        .filter(upload::state.eq_any(open))
        .count()
        .get_result(conn)?)
}

/// Adds a piece that begins where the last one ended; `false` when it does not.
pub(super) fn add_part(tx: &mut Tx<'_>, id: &UploadId, at: u64, bytes: u64, object: &str) -> Result<bool> {
    let now = tx.ctx().at.0;
    let here = upload::table
        .find(id)
        .filter(upload::state.eq(State::Receiving.code()))
        .filter(upload::received.eq(signed(at)));
    let changed = diesel::update(here)
        .set((upload::received.eq(signed(at + bytes)), upload::changed_at.eq(now)))
        .execute(tx.conn())?;
    if changed != 1 {
        return Ok(false);
    }
    diesel::insert_into(upload_part::table)
        .values((
            upload_part::upload_id.eq(id),
            upload_part::starts_at.eq(signed(at)),
            upload_part::bytes.eq(signed(bytes)),
            upload_part::object.eq(object),
        ))
        .execute(tx.conn())?;
    Ok(true)
}

/// Moves an upload from one state to another; `false` when it is not in the first.
pub(super) fn set_state(tx: &mut Tx<'_>, id: &UploadId, from: State, to: State) -> Result<bool> {
    let now = tx.ctx().at.0;
    let changed = diesel::update(upload::table.find(id).filter(upload::state.eq(from.code())))
        .set((upload::state.eq(to.code()), upload::changed_at.eq(now)))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// Says that the whole has come, where it was not known how much that is.
pub(super) fn set_bytes(tx: &mut Tx<'_>, id: &UploadId, bytes: u64) -> Result<()> {
    diesel::update(upload::table.find(id)).set(upload::bytes.eq(Some(signed(bytes)))).execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_refused(tx: &mut Tx<'_>, id: &UploadId, problems: &[Problem]) -> Result<bool> {
    let text = problems_text(problems)?;
    diesel::update(upload::table.find(id)).set(upload::problems.eq(Some(text))).execute(tx.conn())?;
    set_state(tx, id, State::Reading, State::Refused)
}

pub(super) fn set_read(tx: &mut Tx<'_>, id: &UploadId, table: &TableVersionId) -> Result<bool> {
    diesel::update(upload::table.find(id)).set(upload::table_version_id.eq(Some(table))).execute(tx.conn())?;
    set_state(tx, id, State::Reading, State::Read)
}

/// The objects of an upload's pieces, in order.
pub(super) fn parts_of(conn: &mut Conn, id: &UploadId) -> Result<Vec<String>> {
    let parts = upload_part::table.filter(upload_part::upload_id.eq(id)).order(upload_part::starts_at.asc());
    Ok(parts.select(upload_part::object).load(conn)?)
}

pub(super) fn remove_parts(tx: &mut Tx<'_>, id: &UploadId) -> Result<()> {
    diesel::delete(upload_part::table.filter(upload_part::upload_id.eq(id))).execute(tx.conn())?;
    Ok(())
}

/// Uploads that still wait for bytes and heard nothing since a moment.
pub(super) fn silent_since(conn: &mut Conn, before: Timestamp) -> Result<Vec<UploadId>> {
    let silent =
        upload::table.filter(upload::state.eq(State::Receiving.code())).filter(upload::changed_at.lt(before.0));
    Ok(silent.select(upload::id).load(conn)?)
}

/// Ends what is on its way from tables that are purged (into the whole dataset, where all of it is), and empties what was said of files.
pub(in crate::dataset) fn purge(tx: &mut Tx<'_>, of: &DatasetId, tables: &[TableVersionId], whole: bool) -> Result<()> {
    let now = tx.ctx().at.0;
    let ids = with_tables(tx.conn(), of, tables, whole)?;
    diesel::delete(upload_part::table.filter(upload_part::upload_id.eq_any(&ids))).execute(tx.conn())?;
    let open = [State::Receiving.code(), State::Reading.code()];
    diesel::update(upload::table.filter(upload::id.eq_any(&ids)).filter(upload::state.eq_any(open)))
        .set((upload::state.eq(State::Cancelled.code()), upload::changed_at.eq(now)))
        .execute(tx.conn())?;
    let nothing = serde_json::to_string(&Choices::default())?;
    diesel::update(upload::table.filter(upload::id.eq_any(&ids)))
        .set((upload::file_name.eq(""), upload::choices.eq(nothing), upload::problems.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

/// The uploads that brought one of these tables or read one again; all of the dataset's where the whole of it is meant.
///
/// # Errors
/// When the database does not answer.
pub fn with_tables(conn: &mut Conn, of: &DatasetId, tables: &[TableVersionId], whole: bool) -> Result<Vec<UploadId>> {
    let mut query = upload::table.filter(upload::dataset_id.eq(of)).select(upload::id).into_boxed();
    if !whole {
        query = query.filter(
            upload::table_version_id.eq_any(tables).or(upload::source_table_id.eq_any(tables)).assume_not_null(),
        );
    }
    Ok(query.load(conn)?)
}

/// The objects that pieces of uploads on their way are in.
///
/// # Errors
/// When the database does not answer.
pub fn stored(conn: &mut Conn) -> Result<Vec<Stored>> {
    let rows: Vec<(String, i64)> = upload_part::table
        .order((upload_part::upload_id.asc(), upload_part::starts_at.asc()))
        .select((upload_part::object, upload_part::bytes))
        .load(conn)?;
    let one = |(name, bytes): (String, i64)| Stored { name, bytes: u64::try_from(bytes).ok(), sha256: None };
    Ok(rows.into_iter().map(one).collect())
}

/// The names of the objects that pieces are in.
pub(super) fn known_objects(conn: &mut Conn) -> Result<HashSet<String>> {
    let names: Vec<String> = upload_part::table.select(upload_part::object).load(conn)?;
    Ok(names.into_iter().collect())
}
