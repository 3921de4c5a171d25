//! The table of table versions.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{GRACE, Report, TableVersion};
use crate::kernel::id::TableVersionId;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Conn, Tx};
use crate::schema::table_version;

/// Writes down a table whose objects are in the store.
///
/// # Errors
/// `Conflict` (`table-too-old`) when half the grace of its objects is over: they could be collected while this is written.
pub(crate) fn insert(tx: &mut Tx<'_>, new: &TableVersion) -> Result<()> {
    if tx.ctx().at.0 - new.created_at > GRACE / 2 {
        return Err(Error::conflict(Problem::new("table-too-old").with("name", new.original_name.as_str())));
    }
    diesel::insert_into(table_version::table).values(new).execute(tx.conn())?;
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

/// The ids of all table versions.
///
/// # Errors
/// When the database does not answer.
pub fn known_ids(conn: &mut Conn) -> Result<HashSet<String>> {
    let ids: Vec<String> = table_version::table.select(table_version::id).load(conn)?;
    Ok(ids.into_iter().collect())
}
