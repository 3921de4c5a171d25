//! The table of focal points.

use diesel::prelude::*;

use super::{Checked, FocalPoint, Scope};
use crate::kernel::Result;
use crate::kernel::id::{AccountId, AgencyId, FocalPointId};
use crate::platform::db::{Conn, Tx};
use crate::schema::{agency, focal_point};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &FocalPointId,
    agency: &AgencyId,
    by: &AccountId,
    new: &Checked,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(focal_point::table)
        .values((
            focal_point::id.eq(id),
            focal_point::agency_id.eq(agency),
            focal_point::kind.eq(&new.kind),
            focal_point::person_name.eq(&new.person_name),
            focal_point::position.eq(&new.position),
            focal_point::phone.eq(&new.phone),
            focal_point::email.eq(&new.email),
            focal_point::state.eq("nominated"),
            focal_point::nominated_by.eq(by),
            focal_point::nominated_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Every focal point of an agency, those that wait first, then the newest.
///
/// # Errors
/// When the database does not answer.
pub fn focal_points_of(conn: &mut Conn, agency: &AgencyId) -> Result<Vec<FocalPoint>> {
    Ok(focal_point::table
        .filter(focal_point::agency_id.eq(agency))
        .order((focal_point::state.ne("nominated").asc(), focal_point::nominated_at.desc(), focal_point::id.desc()))
        .limit(200)
        .select(FocalPoint::as_select())
        .load(conn)?)
}

/// The focal points of an agency that are there, by kind.
///
/// # Errors
/// When the database does not answer.
pub fn active_focal_points(conn: &mut Conn, agency: &AgencyId) -> Result<Vec<FocalPoint>> {
    Ok(focal_point::table
        .filter(focal_point::agency_id.eq(agency))
        .filter(focal_point::state.eq("active"))
        .order((focal_point::kind.desc(), focal_point::person_name.asc()))
        .select(FocalPoint::as_select())
        .load(conn)?)
}

/// The focal points in a scope that are there or wait for a decision, with the names of their agencies, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn focal_points_in(conn: &mut Conn, scope: &Scope, most: i64) -> Result<Vec<(FocalPoint, String)>> {
    let mut query = focal_point::table
        .inner_join(agency::table)
        .filter(focal_point::state.eq_any(["active", "nominated"]))
        .order((
            agency::name_vi.asc(),
            focal_point::kind.desc(),
            focal_point::nominated_at.desc(),
            focal_point::id.asc(),
        ))
        .limit(most)
        .select((FocalPoint::as_select(), agency::name_vi))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(focal_point::agency_id.eq_any(own));
    }
    Ok(query.load(conn)?)
}

pub(super) fn by_id(conn: &mut Conn, id: &FocalPointId) -> Result<Option<FocalPoint>> {
    Ok(focal_point::table.find(id).select(FocalPoint::as_select()).first(conn).optional()?)
}

/// Makes the active focal points of a kind at an agency replaced; says how many.
pub(super) fn replace(tx: &mut Tx<'_>, agency: &AgencyId, kind: &str) -> Result<usize> {
    let active = focal_point::table
        .filter(focal_point::agency_id.eq(agency))
        .filter(focal_point::kind.eq(kind))
        .filter(focal_point::state.eq("active"));
    Ok(diesel::update(active).set(focal_point::state.eq("replaced")).execute(tx.conn())?)
}

/// Notes a decision on a nomination that waits; says whether it still waited.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: &FocalPointId,
    by: &AccountId,
    state: &str,
    decision: (Option<&str>, Option<&str>),
    note: Option<&str>,
) -> Result<bool> {
    let at = tx.ctx().at.0;
    let waiting = focal_point::table.find(id).filter(focal_point::state.eq("nominated"));
    let changed = diesel::update(waiting)
        .set((
            focal_point::state.eq(state),
            focal_point::decided_by.eq(Some(by)),
            focal_point::decided_at.eq(Some(at)),
            focal_point::decision_number.eq(decision.0),
            focal_point::decision_date.eq(decision.1),
            focal_point::note.eq(note),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}
