//! The table of table versions.

use std::collections::HashSet;

use diesel::prelude::*;

use super::TableVersion;
use crate::kernel::Result;
use crate::kernel::id::TableVersionId;
use crate::platform::db::{Conn, Tx};
use crate::schema::table_version;

pub(crate) fn insert(tx: &mut Tx<'_>, new: &TableVersion) -> Result<()> {
    diesel::insert_into(table_version::table).values(new).execute(tx.conn())?;
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
