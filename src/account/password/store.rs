//! What the tables keep of passwords.

use diesel::prelude::*;

use crate::kernel::id::AccountId;
use crate::kernel::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, password_history};

/// Sets a password and keeps the one before it in the history.
pub(super) fn set(tx: &mut Tx<'_>, id: &AccountId, hash: &str, must_change: bool) -> Result<()> {
    let at = tx.ctx().at.0;
    let former: Option<(Option<String>, Option<i64>)> = account::table
        .find(id)
        .select((account::password_hash, account::password_set_at))
        .first(tx.conn())
        .optional()?;
    let (former, set_at) = former.ok_or_else(Error::not_found)?;
    if let Some(former) = former {
        // Two changes within one millisecond keep the later one.
        let set_at = set_at.unwrap_or(0);
        diesel::delete(password_history::table.find((id, set_at))).execute(tx.conn())?;
        diesel::insert_into(password_history::table)
            .values((
                password_history::account_id.eq(id),
                password_history::set_at.eq(set_at),
                password_history::hash.eq(former),
            ))
            .execute(tx.conn())?;
    }
    diesel::update(account::table.find(id))
        .set((
            account::password_hash.eq(Some(hash)),
            account::password_set_at.eq(Some(at)),
            account::password_must_change.eq(must_change),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The hash of the present password.
pub(super) fn current(conn: &mut Conn, id: &AccountId) -> Result<Option<String>> {
    let row: Option<Option<String>> = account::table.find(id).select(account::password_hash).first(conn).optional()?;
    Ok(row.flatten())
}

/// The hashes of the last former passwords, newest first.
pub(super) fn former(conn: &mut Conn, id: &AccountId, count: i64) -> Result<Vec<String>> {
    Ok(password_history::table
        .filter(password_history::account_id.eq(id))
        .order(password_history::set_at.desc())
        .limit(count)
        .select(password_history::hash)
        .load(conn)?)
}
