//! The tables of boundaries.

use std::fmt::Write;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::command::Imported;
use super::model::{Extent, Level, Point, Ring, Set, Unit};
use super::units::Named;
use crate::kernel::{Error, Localized, Result};
use crate::platform::db::{Conn, Tx};
use crate::schema::{boundary, boundary_set};

/// Removes a set; says how many units it had.
pub(super) fn clear(tx: &mut Tx<'_>, level: Level, valid_from: NaiveDate) -> Result<usize> {
    let day = valid_from.to_string();
    let of = boundary::level.eq(level.code()).and(boundary::valid_from.eq(&day));
    let units = diesel::delete(boundary::table.filter(of)).execute(tx.conn())?;
    diesel::delete(boundary_set::table.find((level.code(), &day))).execute(tx.conn())?;
    Ok(units)
}

/// Writes a set.
pub(super) fn insert(tx: &mut Tx<'_>, set: &Imported, units: &[Unit]) -> Result<()> {
    let at = tx.ctx().at.0;
    let count = |number: usize| i32::try_from(number).map_err(Error::internal);
    diesel::insert_into(boundary_set::table)
        .values((
            boundary_set::level.eq(set.level),
            boundary_set::valid_from.eq(&set.valid_from),
            boundary_set::valid_to.eq(set.valid_to.as_ref()),
            boundary_set::source.eq(&set.source),
            boundary_set::licence.eq(&set.licence),
            boundary_set::units.eq(count(set.units)?),
            boundary_set::points.eq(count(set.points)?),
            boundary_set::imported_at.eq(at),
        ))
        .execute(tx.conn())?;
    for unit in units {
        diesel::insert_into(boundary::table)
            .values((
                boundary::level.eq(set.level),
                boundary::valid_from.eq(&set.valid_from),
                boundary::code.eq(&unit.code),
                boundary::name_vi.eq(&unit.name.vi),
                boundary::name_en.eq(unit.name.en.as_ref()),
                boundary::west.eq(unit.extent.west),
                boundary::south.eq(unit.extent.south),
                boundary::east.eq(unit.extent.east),
                boundary::north.eq(unit.extent.north),
                boundary::rings.eq(written(&unit.rings)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The set of a level that holds on a day; the latest where several do.
///
/// # Errors
/// The database's.
pub fn set_on(conn: &mut Conn, level: Level, day: NaiveDate) -> Result<Option<Set>> {
    let day = day.to_string();
    let found: Option<(String, String, String)> = boundary_set::table
        .filter(boundary_set::level.eq(level.code()))
        .filter(boundary_set::valid_from.le(&day))
        .filter(boundary_set::valid_to.is_null().or(boundary_set::valid_to.ge(&day)))
        .order(boundary_set::valid_from.desc())
        .select((boundary_set::valid_from, boundary_set::source, boundary_set::licence))
        .first(conn)
        .optional()?;
    Ok(found.map(|(valid_from, source, licence)| Set { level, valid_from, source, licence }))
}

/// Codes and names of the units of a level on a day, by code; none where no set holds.
///
/// # Errors
/// The database's.
pub fn names_on(conn: &mut Conn, level: Level, day: NaiveDate) -> Result<Vec<Named>> {
    let Some(set) = set_on(conn, level, day)? else { return Ok(Vec::new()) };
    let rows: Vec<(String, String, Option<String>)> = boundary::table
        .filter(boundary::level.eq(level.code()).and(boundary::valid_from.eq(&set.valid_from)))
        .order(boundary::code)
        .select((boundary::code, boundary::name_vi, boundary::name_en))
        .load(conn)?;
    Ok(rows.into_iter().map(|(code, vi, en)| Named { code, name: Localized { vi, en }, also: Vec::new() }).collect())
}

/// The units of a set whose box meets an extent, by code; all without one.
///
/// # Errors
/// The database's; `Internal` when a row is damaged.
pub fn units_in(conn: &mut Conn, set: &Set, extent: Option<Extent>) -> Result<Vec<Unit>> {
    type Row = (String, String, Option<String>, i32, i32, i32, i32, String);
    let mut query = boundary::table
        .filter(boundary::level.eq(set.level.code()).and(boundary::valid_from.eq(&set.valid_from)))
        .order(boundary::code)
        .select((
            boundary::code,
            boundary::name_vi,
            boundary::name_en,
            boundary::west,
            boundary::south,
            boundary::east,
            boundary::north,
            boundary::rings,
        ))
        .into_boxed();
    if let Some(Extent { west, south, east, north }) = extent {
        query = query
            .filter(boundary::west.le(east).and(boundary::east.ge(west)))
            .filter(boundary::south.le(north).and(boundary::north.ge(south)));
    }
    let rows: Vec<Row> = query.load(conn)?;
    rows.into_iter()
        .map(|(code, vi, en, west, south, east, north, rings)| {
            let rings = read(&rings).ok_or_else(|| Error::internal(format!("the rings of {code} are damaged")))?;
            Ok(Unit { code, name: Localized { vi, en }, rings, extent: Extent { west, south, east, north } })
        })
        .collect()
}

/// Rings as they are kept: the first point, then the steps; rings are separated by semicolons.
fn written(rings: &[Ring]) -> String {
    let mut text = String::new();
    for ring in rings {
        if !text.is_empty() {
            text.push(';');
        }
        let mut last = Point::default();
        for (at, point) in ring.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(text, "{gap}{} {}", point.x - last.x, point.y - last.y);
            last = *point;
        }
    }
    text
}

fn read(text: &str) -> Option<Vec<Ring>> {
    let mut rings = Vec::new();
    for part in text.split(';').filter(|part| !part.is_empty()) {
        let (mut ring, mut last) = (Ring::new(), Point::default());
        let mut numbers = part.split(' ').map(str::parse::<i32>);
        while let Some(x) = numbers.next() {
            let (x, y) = (x.ok()?, numbers.next()?.ok()?);
            last = Point { x: last.x.checked_add(x)?, y: last.y.checked_add(y)? };
            ring.push(last);
        }
        rings.push(ring);
    }
    Some(rings)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn rings_come_back_as_they_were_kept(
            rings in prop::collection::vec(
                prop::collection::vec((-18_000_000..18_000_000_i32, -9_000_000..9_000_000_i32), 3..20), 0..5),
        ) {
            let rings: Vec<Ring> =
                rings.into_iter().map(|ring| ring.into_iter().map(|(x, y)| Point { x, y }).collect()).collect();
            prop_assert_eq!(read(&written(&rings)), Some(rings));
        }
    }
}
