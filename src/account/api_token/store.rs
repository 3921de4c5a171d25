//! The table of keys for programs.

use diesel::prelude::*;

use super::ApiToken;
use crate::kernel::id::{AccountId, ApiTokenId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::api_token;

type Row = (ApiTokenId, String, String, i64, i64, Option<i64>, Option<i64>);

pub(super) fn insert(tx: &mut Tx<'_>, account: &AccountId, token: &ApiToken, key_hash: &str) -> Result<()> {
    diesel::insert_into(api_token::table)
        .values((
            api_token::id.eq(&token.id),
            api_token::account_id.eq(account),
            api_token::name.eq(&token.name),
            api_token::key_hash.eq(key_hash),
            api_token::scopes.eq(token.scopes.join(" ")),
            api_token::created_at.eq(token.created_at.0),
            api_token::ends_at.eq(token.ends_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn of(conn: &mut Conn, account: &AccountId) -> Result<Vec<ApiToken>> {
    let rows: Vec<Row> = api_token::table
        .filter(api_token::account_id.eq(account))
        .order((api_token::created_at.desc(), api_token::id.desc()))
        .select(COLUMNS)
        .load(conn)?;
    Ok(rows.into_iter().map(token).collect())
}

/// The live token of a key, and whose it is.
pub(super) fn by_key(conn: &mut Conn, key_hash: &str, now: Timestamp) -> Result<Option<(AccountId, ApiToken)>> {
    let row: Option<(AccountId, Row)> = api_token::table
        .filter(api_token::key_hash.eq(key_hash))
        .filter(api_token::revoked_at.is_null())
        .filter(api_token::ends_at.gt(now.0))
        .select((api_token::account_id, COLUMNS))
        .first(conn)
        .optional()?;
    Ok(row.map(|(account, row)| (account, token(row))))
}

pub(super) fn note_use(tx: &mut Tx<'_>, id: &ApiTokenId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(api_token::table.find(id)).set(api_token::used_at.eq(Some(at))).execute(tx.conn())?;
    Ok(())
}

/// Revokes a token of an account; says whether there was a live one.
pub(super) fn revoke(tx: &mut Tx<'_>, account: &AccountId, id: &ApiTokenId) -> Result<bool> {
    let at = tx.ctx().at.0;
    let live =
        api_token::table.find(id).filter(api_token::account_id.eq(account)).filter(api_token::revoked_at.is_null());
    Ok(diesel::update(live).set(api_token::revoked_at.eq(Some(at))).execute(tx.conn())? == 1)
}

const COLUMNS: (
    api_token::id,
    api_token::name,
    api_token::scopes,
    api_token::created_at,
    api_token::ends_at,
    api_token::used_at,
    api_token::revoked_at,
) = (
    api_token::id,
    api_token::name,
    api_token::scopes,
    api_token::created_at,
    api_token::ends_at,
    api_token::used_at,
    api_token::revoked_at,
);

fn token((id, name, scopes, created_at, ends_at, used_at, revoked_at): Row) -> ApiToken {
    ApiToken {
        id,
        name,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
        created_at: Timestamp(created_at),
        ends_at: Timestamp(ends_at),
        used_at: used_at.map(Timestamp),
        revoked_at: revoked_at.map(Timestamp),
    }
}
