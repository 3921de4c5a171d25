//! The tables of second factors and recovery codes.

use diesel::prelude::*;

use crate::kernel::Result;
use crate::kernel::id::AccountId;
use crate::platform::db::{Conn, Tx};
use crate::schema::{recovery_code, second_factor};

/// The sealed secret and the last step that was used.
pub(super) fn secret(conn: &mut Conn, id: &AccountId) -> Result<Option<(String, i64)>> {
    Ok(second_factor::table
        .find(id)
        .select((second_factor::secret, second_factor::last_step))
        .first(conn)
        .optional()?)
}

/// When it was set up.
pub(super) fn since(conn: &mut Conn, id: &AccountId) -> Result<Option<i64>> {
    Ok(second_factor::table.find(id).select(second_factor::confirmed_at).first(conn).optional()?)
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &AccountId, secret: &str, step: i64) -> Result<()> {
    let at = tx.ctx().at.0;
    remove(tx, id)?;
    diesel::insert_into(second_factor::table)
        .values((
            second_factor::account_id.eq(id),
            second_factor::secret.eq(secret),
            second_factor::last_step.eq(step),
            second_factor::confirmed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Uses a step, which must lie after the last one; says whether it did.
pub(super) fn use_step(tx: &mut Tx<'_>, id: &AccountId, step: i64) -> Result<bool> {
    let later = second_factor::table.find(id).filter(second_factor::last_step.lt(step));
    Ok(diesel::update(later).set(second_factor::last_step.eq(step)).execute(tx.conn())? == 1)
}

/// Uses a recovery code up; says whether there was such a one.
pub(super) fn use_code(tx: &mut Tx<'_>, id: &AccountId, hash: &str) -> Result<bool> {
    Ok(diesel::delete(recovery_code::table.find((id, hash))).execute(tx.conn())? == 1)
}

pub(super) fn codes_left(conn: &mut Conn, id: &AccountId) -> Result<i64> {
    Ok(recovery_code::table.filter(recovery_code::account_id.eq(id)).count().get_result(conn)?)
}

pub(super) fn replace_codes(tx: &mut Tx<'_>, id: &AccountId, hashes: &[String]) -> Result<()> {
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(id))).execute(tx.conn())?;
    for hash in hashes {
        diesel::insert_into(recovery_code::table)
            .values((recovery_code::account_id.eq(id), recovery_code::code_hash.eq(hash)))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn remove(tx: &mut Tx<'_>, id: &AccountId) -> Result<bool> {
    diesel::delete(recovery_code::table.filter(recovery_code::account_id.eq(id))).execute(tx.conn())?;
    Ok(diesel::delete(second_factor::table.find(id)).execute(tx.conn())? == 1)
}
