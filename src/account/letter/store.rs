//! The table of links that set a password.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::account::Account;
use crate::kernel::id::AccountId;
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, password_link};

pub(super) fn insert(tx: &mut Tx<'_>, key_hash: &str, owner: &AccountId, kind: &str, ends_at: Timestamp) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(password_link::table)
        .values((
            password_link::key_hash.eq(key_hash),
            password_link::account_id.eq(owner),
            password_link::kind.eq(kind),
            password_link::made_at.eq(at),
            password_link::ends_at.eq(ends_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Links to a forgotten password that were made for an account after a moment.
pub(super) fn made_since(conn: &mut Conn, owner: &AccountId, since: Timestamp) -> Result<i64> {
    Ok(password_link::table
        .filter(password_link::account_id.eq(owner))
        .filter(password_link::kind.eq("reset"))
        .filter(password_link::made_at.gt(since.0))
        .select(count_star())
        .first(conn)?)
}

/// The active owner of a link that still opens.
pub(super) fn owner(conn: &mut Conn, key_hash: &str, now: Timestamp) -> Result<Option<Account>> {
    let id: Option<AccountId> = password_link::table
        .find(key_hash)
        .filter(password_link::used_at.is_null())
        .filter(password_link::ends_at.gt(now.0))
        .select(password_link::account_id)
        .first(conn)
        .optional()?;
    let Some(id) = id else { return Ok(None) };
    Ok(account::table
        .find(id)
        .filter(account::state.eq("active"))
        .select(Account::as_select())
        .first(conn)
        .optional()?)
}

/// Uses a link up; says whether it still opened.
pub(super) fn use_link(tx: &mut Tx<'_>, key_hash: &str, now: Timestamp) -> Result<bool> {
    let open = password_link::table
        .find(key_hash)
        .filter(password_link::used_at.is_null())
        .filter(password_link::ends_at.gt(now.0));
    Ok(diesel::update(open).set(password_link::used_at.eq(Some(now.0))).execute(tx.conn())? == 1)
}

/// Uses up every link of an account.
pub(super) fn void(tx: &mut Tx<'_>, owner: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(
        password_link::table.filter(password_link::account_id.eq(owner)).filter(password_link::used_at.is_null()),
    )
    .set(password_link::used_at.eq(Some(at)))
    .execute(tx.conn())?;
    Ok(())
}

/// Removes links that ended before a moment.
pub(super) fn sweep(tx: &mut Tx<'_>, before: Timestamp) -> Result<()> {
    diesel::delete(password_link::table.filter(password_link::ends_at.lt(before.0))).execute(tx.conn())?;
    Ok(())
}
