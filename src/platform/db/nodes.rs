//! Running programs, known to each other through the database; and what is asked of all of them.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;

use super::{Conn, Tx};
use crate::kernel::Result;
use crate::schema::{node, node_request};

const REINDEX: &str = "reindex";

/// The number of the last rebuild asked for; 0 when none was.
///
/// # Errors
/// When the database does not answer.
pub fn requested(conn: &mut Conn) -> Result<i64> {
    Ok(node_request::table.find(REINDEX).select(node_request::number).first(conn).optional()?.unwrap_or(0))
}

/// Asks for a rebuild; its number.
///
/// # Errors
/// When the database does not answer.
pub fn request(tx: &mut Tx<'_>) -> Result<i64> {
    let (number, at) = (requested(tx.conn())? + 1, tx.ctx().at.0);
    let changed = diesel::update(node_request::table.find(REINDEX))
        .set((node_request::number.eq(number), node_request::at.eq(at)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(node_request::table)
            .values((node_request::name.eq(REINDEX), node_request::number.eq(number), node_request::at.eq(at)))
            .execute(tx.conn())?;
    }
    Ok(number)
}

/// Says that a program runs, how far its index is, and which rebuild it has done.
///
/// # Errors
/// When the database does not answer.
pub fn report(tx: &mut Tx<'_>, id: &str, index_seq: i64, rebuilt: i64) -> Result<()> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(node::table.find(id))
        .set((node::seen_at.eq(at), node::index_seq.eq(index_seq), node::rebuilt.eq(rebuilt)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(node::table)
            .values((
                node::id.eq(id),
                node::started_at.eq(at),
                node::seen_at.eq(at),
                node::index_seq.eq(index_seq),
                node::rebuilt.eq(rebuilt),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Takes a program off the list.
///
/// # Errors
/// When the database does not answer.
pub fn leave(tx: &mut Tx<'_>, id: &str) -> Result<()> {
    diesel::delete(node::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Takes programs off the list that were not seen since a moment (milliseconds); gives their ids. One that only slept comes back by
/// itself.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx<'_>, since: i64) -> Result<Vec<String>> {
    let silent: Vec<String> = node::table.filter(node::seen_at.lt(since)).select(node::id).load(tx.conn())?;
    diesel::delete(node::table.filter(node::id.eq_any(&silent)).filter(node::seen_at.lt(since))).execute(tx.conn())?;
    Ok(silent)
}

/// How many programs were seen since a moment (milliseconds).
///
/// # Errors
/// When the database does not answer.
pub fn running(conn: &mut Conn, since: i64) -> Result<usize> {
    let count: i64 = node::table.filter(node::seen_at.ge(since)).select(count_star()).first(conn)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// A program on the list of running ones.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = node)]
pub struct Node {
    /// Its id.
    pub id: String,
    /// When it first said so (milliseconds, by its own clock).
    pub started_at: i64,
    /// When it last said that it runs (milliseconds, by its own clock).
    pub seen_at: i64,
    /// The last change that is in its index.
    pub index_seq: i64,
}

/// The programs on the list, those silent longest first.
///
/// # Errors
/// When the database does not answer.
pub fn all(conn: &mut Conn) -> Result<Vec<Node>> {
    Ok(node::table.order(node::seen_at.asc()).select(Node::as_select()).load(conn)?)
}

/// Whether all programs seen since a moment (milliseconds) have done a rebuild.
///
/// # Errors
/// When the database does not answer.
pub fn all_rebuilt(conn: &mut Conn, since: i64, number: i64) -> Result<bool> {
    let least: Option<i64> = node::table.filter(node::seen_at.ge(since)).select(min(node::rebuilt)).first(conn)?;
    Ok(least.is_none_or(|least| least >= number))
}
