//! The table of sessions.

use std::collections::HashMap;

use diesel::prelude::*;
use serde_json::json;

use super::Session;
use crate::audit;
use crate::kernel::id::{AccountId, SessionId};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::platform::token::sha256_hex;
use crate::schema::session;

#[derive(Queryable, Selectable)]
#[diesel(table_name = session)]
struct Row {
    id: SessionId,
    account_id: Option<AccountId>,
    state: String,
    created_at: i64,
    seen_at: i64,
}

impl TryFrom<Row> for Session {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            account: row.account_id,
            state: serde_json::from_str(&row.state).map_err(Error::internal)?,
            created_at: Timestamp(row.created_at),
            seen_at: Timestamp(row.seen_at),
        })
    }
}

/// The live session of a key: neither idle for longer than `idle` seconds nor past its end.
///
/// # Errors
/// When the database does not answer.
pub fn load_session(conn: &mut Conn, key: &str, now: Timestamp, idle: i64) -> Result<Option<Session>> {
    let row: Option<Row> = session::table
        .filter(session::key_hash.eq(sha256_hex(key)))
        .filter(session::ends_at.gt(now.0))
        .filter(session::seen_at.gt(now.0 - idle * 1000))
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    row.map(TryInto::try_into).transpose()
}

/// Writes what a session remembers, making it when it is `new`; `absolute` seconds after it began it ends whatever happens.
///
/// # Errors
/// When the database does not answer.
pub fn save_session(
    tx: &mut Tx<'_>,
    key: &str,
    state: &HashMap<String, String>,
    account: Option<&AccountId>,
    absolute: i64,
    new: bool,
) -> Result<()> {
    let at = tx.ctx().at;
    let (hash, state) = (sha256_hex(key), serde_json::to_string(state)?);
    let changed = diesel::update(session::table.filter(session::key_hash.eq(&hash)))
        .set((session::state.eq(&state), session::account_id.eq(account), session::seen_at.eq(at.0)))
        .execute(tx.conn())?;
    // A session that was ended stays ended, however late a request of its comes.
    if changed == 0 && new {
        diesel::insert_into(session::table)
            .values((
                session::id.eq(SessionId::fresh()),
                session::key_hash.eq(&hash),
                session::account_id.eq(account),
                session::state.eq(&state),
                session::created_at.eq(at.0),
                session::seen_at.eq(at.0),
                session::ends_at.eq(at.plus_seconds(absolute).0),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Ends a session.
///
/// # Errors
/// When the database does not answer.
pub fn remove_session(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    diesel::delete(session::table.filter(session::key_hash.eq(sha256_hex(key)))).execute(tx.conn())?;
    Ok(())
}

/// The open sessions of an account, the one used last first; idle ones as by [`load_session`] left out.
///
/// # Errors
/// When the database does not answer.
pub fn sessions_of(conn: &mut Conn, account: &AccountId, now: Timestamp, idle: i64) -> Result<Vec<Session>> {
    let rows: Vec<Row> = session::table
        .filter(session::account_id.eq(account))
        .filter(session::ends_at.gt(now.0))
        .filter(session::seen_at.gt(now.0 - idle * 1000))
        .order((session::seen_at.desc(), session::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(TryInto::try_into).collect()
}

/// Ends one session of an account; whoever uses it is signed out with the next request.
///
/// # Errors
/// `NotFound` unless it is the account's.
pub fn end_session(tx: &mut Tx<'_>, account: &AccountId, id: &SessionId) -> Result<()> {
    let own = session::table.find(id).filter(session::account_id.eq(account));
    if diesel::delete(own).execute(tx.conn())? != 1 {
        return Err(Error::not_found());
    }
    audit::record(tx, "account.end-session", "account", account.as_str(), json!({ "session": id }));
    Ok(())
}

/// Ends all sessions of an account but one; says how many.
///
/// # Errors
/// When the database does not answer.
pub fn end_sessions(tx: &mut Tx<'_>, account: &AccountId, keep: Option<&SessionId>) -> Result<usize> {
    let ended = match keep {
        Some(keep) => {
            diesel::delete(session::table.filter(session::account_id.eq(account)).filter(session::id.ne(keep)))
                .execute(tx.conn())?
        }
        None => diesel::delete(session::table.filter(session::account_id.eq(account))).execute(tx.conn())?,
    };
    if ended > 0 {
        audit::record(tx, "account.end-sessions", "account", account.as_str(), json!({ "count": ended }));
    }
    Ok(ended)
}

/// Ends the oldest live sessions of an account so that `keep` are left; names those that were ended.
///
/// # Errors
/// When the database does not answer.
pub(in crate::account) fn end_oldest(
    tx: &mut Tx<'_>,
    account: &AccountId,
    keep: usize,
    idle: i64,
) -> Result<Vec<SessionId>> {
    let now = tx.ctx().at.0;
    let mut live: Vec<SessionId> = session::table
        .filter(session::account_id.eq(account))
        .filter(session::ends_at.gt(now))
        .filter(session::seen_at.gt(now - idle * 1000))
        .order((session::created_at.desc(), session::id.desc()))
        .select(session::id)
        .load(tx.conn())?;
    let ended = live.split_off(keep.min(live.len()));
    diesel::delete(session::table.filter(session::id.eq_any(&ended))).execute(tx.conn())?;
    Ok(ended)
}

/// Removes the sessions that have ended or were idle for longer than `idle` seconds; says how many.
///
/// # Errors
/// When the database does not answer.
pub fn sweep_sessions(tx: &mut Tx<'_>, idle: i64) -> Result<usize> {
    let now = tx.ctx().at.0;
    let dead = session::ends_at.le(now).or(session::seen_at.le(now - idle * 1000));
    Ok(diesel::delete(session::table.filter(dead)).execute(tx.conn())?)
}
