//! The table of agencies.

use diesel::prelude::*;

use super::{Agency, Heirs};
use crate::kernel::id::AgencyId;
use crate::kernel::slug::is_slug;
use crate::kernel::{Error, Result};
use crate::platform::db::{Conn, Tx};
use crate::schema::agency;

pub(super) fn insert(tx: &mut Tx<'_>, new: &Agency) -> Result<()> {
    diesel::insert_into(agency::table).values(new).execute(tx.conn())?;
    Ok(())
}

/// Writes everything of an agency but its id and its part of addresses, which are for good.
pub(super) fn update(tx: &mut Tx<'_>, new: &Agency) -> Result<()> {
    diesel::update(agency::table.find(&new.id))
        .set((
            agency::name_vi.eq(&new.name_vi),
            agency::name_en.eq(&new.name_en),
            agency::kind.eq(&new.kind),
            agency::e_identifier.eq(&new.e_identifier),
            agency::phone.eq(&new.phone),
            agency::email.eq(&new.email),
            agency::valid_from.eq(&new.valid_from),
            agency::valid_to.eq(&new.valid_to),
            agency::successor_id.eq(&new.successor_id),
            agency::parent_id.eq(&new.parent_id),
            agency::voluntary.eq(new.voluntary),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Who took over from whom, as of a day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn heirs(conn: &mut Conn, day: &str) -> Result<Heirs> {
    let over =
        agency::table.filter(agency::valid_to.lt(day)).select((agency::id, agency::name_vi, agency::successor_id));
    Ok(Heirs::of_rows(over.load(conn)?))
}

/// The agencies whose work others have taken over by a day (ISO 8601), by name, each with who answers for it now.
///
/// # Errors
/// When the database does not answer.
pub fn taken_over(conn: &mut Conn, day: &str) -> Result<Vec<(Agency, AgencyId)>> {
    let over: Vec<Agency> = agency::table
        .filter(agency::valid_to.lt(day))
        .filter(agency::successor_id.is_not_null())
        .order((agency::name_vi.asc(), agency::id.asc()))
        .select(Agency::as_select())
        .load(conn)?;
    // Most days nobody was merged, and nothing more is asked.
    if over.is_empty() {
        return Ok(Vec::new());
    }
    let heirs = heirs(conn, day)?;
    Ok(over.into_iter().map(|agency| (agency.clone(), heirs.of(&agency.id).clone())).collect())
}

/// The agencies whose work one has taken over by a day (ISO 8601), by name; also of those that had taken over others.
///
/// # Errors
/// When the database does not answer.
pub fn predecessors(conn: &mut Conn, of: &AgencyId, day: &str) -> Result<Vec<Agency>> {
    Ok(taken_over(conn, day)?.into_iter().filter(|(_, heir)| heir == of).map(|(over, _)| over).collect())
}

/// All agencies, by name.
///
/// # Errors
/// When the database does not answer.
pub fn all(conn: &mut Conn) -> Result<Vec<Agency>> {
    Ok(agency::table.order(agency::name_vi.asc()).select(Agency::as_select()).load(conn)?)
}

/// One agency by its slug.
///
/// # Errors
/// When the database does not answer.
pub fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Agency>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    Ok(agency::table.filter(agency::slug.eq(slug)).select(Agency::as_select()).first(conn).optional()?)
}

/// The agency that a list is narrowed to by its slug; none where all are wanted.
///
/// # Errors
/// `NotFound` for a slug that no agency has: all of them would be another answer than what was asked.
pub fn wanted(conn: &mut Conn, slug: &str) -> Result<Option<AgencyId>> {
    if slug.is_empty() {
        return Ok(None);
    }
    by_slug(conn, slug)?.map(|agency| Some(agency.id)).ok_or_else(Error::not_found)
}

/// One agency by its id.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(conn: &mut Conn, id: &AgencyId) -> Result<Option<Agency>> {
    Ok(agency::table.find(id).select(Agency::as_select()).first(conn).optional()?)
}
