//! The tables of lists of focal points.

use diesel::prelude::*;

use super::{FocalList, FocalListRow};
use crate::kernel::Result;
use crate::kernel::id::{AccountId, FocalListId};
use crate::people::focal::FocalPoint;
use crate::platform::db::{Conn, Tx};
use crate::schema::{focal_list, focal_list_row, focal_point};

/// The lists, the newest first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn focal_lists(conn: &mut Conn, most: i64) -> Result<Vec<FocalList>> {
    Ok(focal_list::table.order(focal_list::number.desc()).limit(most).select(FocalList::as_select()).load(conn)?)
}

/// A list by its id.
///
/// # Errors
/// When the database does not answer.
pub fn focal_list_by_id(conn: &mut Conn, id: &FocalListId) -> Result<Option<FocalList>> {
    Ok(focal_list::table.find(id).select(FocalList::as_select()).first(conn).optional()?)
}

/// The rows of a list in their order.
///
/// # Errors
/// When the database does not answer.
pub fn focal_list_rows(conn: &mut Conn, id: &FocalListId) -> Result<Vec<FocalListRow>> {
    Ok(focal_list_row::table
        .filter(focal_list_row::list_id.eq(id))
        .order(focal_list_row::position.asc())
        .select(FocalListRow::as_select())
        .load(conn)?)
}

/// The number of the newest list; 0 before the first.
pub(super) fn last_number(conn: &mut Conn) -> Result<i32> {
    let last: Option<i32> = focal_list::table.select(diesel::dsl::max(focal_list::number)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// Every focal point that is there or waits for a decision, the newest first.
pub(super) fn candidates(conn: &mut Conn) -> Result<Vec<FocalPoint>> {
    Ok(focal_point::table
        .filter(focal_point::state.eq_any(["active", "nominated"]))
        .order((focal_point::nominated_at.desc(), focal_point::id.desc()))
        .select(FocalPoint::as_select())
        .load(conn)?)
}

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &FocalListId,
    number: i32,
    by: &AccountId,
    rows: &[FocalListRow],
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(focal_list::table)
        .values((
            focal_list::id.eq(id),
            focal_list::number.eq(number),
            focal_list::state.eq("compiled"),
            focal_list::compiled_by.eq(by),
            focal_list::compiled_at.eq(at),
        ))
        .execute(tx.conn())?;
    for row in rows {
        diesel::insert_into(focal_list_row::table).values(row).execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn set_submitted(
    tx: &mut Tx<'_>,
    id: &FocalListId,
    by: &AccountId,
    day: &str,
    letter: Option<&str>,
) -> Result<()> {
    diesel::update(focal_list::table.find(id))
        .set((
            focal_list::state.eq("submitted"),
            focal_list::submitted_by.eq(Some(by)),
            focal_list::submitted_on.eq(Some(day)),
            focal_list::letter_number.eq(letter),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// A decision as it is entered: number, day, signer, link.
pub(super) struct Decided<'a> {
    pub number: &'a str,
    pub date: &'a str,
    pub signer: &'a str,
    pub link: Option<&'a str>,
}

pub(super) fn set_approved(tx: &mut Tx<'_>, id: &FocalListId, by: &AccountId, decided: &Decided<'_>) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(focal_list::table.find(id))
        .set((
            focal_list::state.eq("approved"),
            focal_list::recorded_by.eq(Some(by)),
            focal_list::recorded_at.eq(Some(at)),
            focal_list::decision_number.eq(Some(decided.number)),
            focal_list::decision_date.eq(Some(decided.date)),
            focal_list::signer.eq(Some(decided.signer)),
            focal_list::link.eq(decided.link),
        ))
        .execute(tx.conn())?;
    Ok(())
}
