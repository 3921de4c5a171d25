//! The table of keys for programs.

use diesel::prelude::*;

use super::ApiToken;
use crate::kernel::id::{AccountId, ApiTokenId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, api_token};

#[derive(Queryable, Selectable)]
#[diesel(table_name = api_token)]
struct Row {
    id: ApiTokenId,
    account_id: AccountId,
    name: String,
    scopes: String,
    created_at: i64,
    ends_at: i64,
    used_at: Option<i64>,
    revoked_at: Option<i64>,
}

impl From<Row> for ApiToken {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            name: row.name,
            scopes: row.scopes.split_whitespace().map(str::to_owned).collect(),
            created_at: Timestamp(row.created_at),
            ends_at: Timestamp(row.ends_at),
            used_at: row.used_at.map(Timestamp),
            revoked_at: row.revoked_at.map(Timestamp),
        }
    }
}

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
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(ApiToken::from).collect())
}

/// The live token of a key, and whose it is.
pub(super) fn by_key(conn: &mut Conn, key_hash: &str, now: Timestamp) -> Result<Option<(AccountId, ApiToken)>> {
    let row: Option<Row> = api_token::table
        .filter(api_token::key_hash.eq(key_hash))
        .filter(api_token::revoked_at.is_null())
        .filter(api_token::ends_at.gt(now.0))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let state: String = account::table.find(&row.account_id).select(account::state).first(conn)?;
    Ok((state == "active").then(|| (row.account_id.clone(), row.into())))
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

/// Revokes every token of an account that was not; says how many.
pub(super) fn revoke_all(tx: &mut Tx<'_>, account: &AccountId) -> Result<usize> {
    let at = tx.ctx().at.0;
    let live = api_token::table.filter(api_token::account_id.eq(account)).filter(api_token::revoked_at.is_null());
    Ok(diesel::update(live).set(api_token::revoked_at.eq(Some(at))).execute(tx.conn())?)
}
