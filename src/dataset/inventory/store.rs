//! The table of lists.

use diesel::prelude::*;

use super::{Entered, List};
use crate::kernel::id::{AccountId, AgencyId, InventoryId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::inventory;

#[derive(Queryable, Selectable)]
#[diesel(table_name = inventory)]
struct Row {
    id: InventoryId,
    account_id: AccountId,
    agency_id: AgencyId,
    file_name: String,
    content: String,
    created_at: i64,
    entered: Option<String>,
}

/// One list.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &InventoryId) -> Result<List> {
    let row: Row = inventory::table.find(id).select(Row::as_select()).first(conn)?;
    Ok(List {
        id: row.id,
        account: row.account_id,
        agency: row.agency_id,
        file_name: row.file_name,
        content: serde_json::from_str(&row.content)?,
        created_at: Timestamp(row.created_at),
        entered: row.entered.as_deref().map(serde_json::from_str).transpose()?,
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &List) -> Result<()> {
    diesel::insert_into(inventory::table)
        .values((
            inventory::id.eq(&new.id),
            inventory::account_id.eq(&new.account),
            inventory::agency_id.eq(&new.agency),
            inventory::file_name.eq(&new.file_name),
            inventory::content.eq(serde_json::to_string(&new.content)?),
            inventory::created_at.eq(new.created_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a list for being entered; `false` when somebody has. Whoever comes second waits here for the first.
pub(super) fn claim(tx: &mut Tx<'_>, id: &InventoryId) -> Result<bool> {
    let open = inventory::table.find(id).filter(inventory::entered.is_null());
    Ok(diesel::update(open).set(inventory::entered.eq(Some("[]"))).execute(tx.conn())? == 1)
}

pub(super) fn set_entered(tx: &mut Tx<'_>, id: &InventoryId, entered: &[Entered]) -> Result<()> {
    let text = serde_json::to_string(entered)?;
    diesel::update(inventory::table.find(id)).set(inventory::entered.eq(Some(text))).execute(tx.conn())?;
    Ok(())
}

pub(super) fn remove_before(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize> {
    let old = inventory::table.filter(inventory::created_at.lt(before.0));
    Ok(diesel::delete(old).execute(tx.conn())?)
}
