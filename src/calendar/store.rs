//! The table of entered days.

use chrono::NaiveDate;
use diesel::dsl::max;
use diesel::prelude::*;

use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::profile::{CalendarEntry, DayKind, DayStatus};
use crate::schema::{calendar_day, calendar_year};

#[derive(Queryable, Selectable)]
#[diesel(table_name = calendar_day)]
struct Row {
    from_on: String,
    to_on: String,
    year: i32,
    kind: String,
    name_vi: String,
    name_en: Option<String>,
    status: String,
    basis: Option<String>,
}

impl Row {
    fn entry(self) -> Result<(i32, CalendarEntry)> {
        let damaged = || Error::internal(format!("the entered day {} is damaged", self.from_on));
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| damaged());
        let (from, to) = (day(&self.from_on)?, day(&self.to_on)?);
        let kind = DayKind::from_code(&self.kind).ok_or_else(damaged)?;
        let status = DayStatus::from_code(&self.status).ok_or_else(damaged)?;
        // A basis was one when the day was entered.
        let basis = self.basis.as_deref().and_then(|basis| basis.parse().ok());
        let name = Localized { vi: self.name_vi, en: self.name_en };
        Ok((self.year, CalendarEntry { from, to, name, kind, status, basis }))
    }
}

/// Every entered day with its year, in the order of the days.
pub(super) fn all(conn: &mut Conn) -> Result<Vec<(i32, CalendarEntry)>> {
    let rows: Vec<Row> = calendar_day::table.order(calendar_day::from_on).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::entry).collect()
}

/// When a year was entered last; none when it never was.
pub(super) fn entered_at(conn: &mut Conn, year: i32) -> Result<Option<Timestamp>> {
    let at: Option<i64> = calendar_year::table.find(year).select(calendar_year::entered_at).first(conn).optional()?;
    Ok(at.map(Timestamp))
}

/// When days were entered last; none when they never were.
///
/// # Errors
/// When the database does not answer.
pub fn last_entered(conn: &mut Conn) -> Result<Option<Timestamp>> {
    let at: Option<i64> = calendar_year::table.select(max(calendar_year::entered_at)).first(conn)?;
    Ok(at.map(Timestamp))
}

/// Keeps others off a year until this transaction ends; says whether it was entered before. Its row says so from now on.
pub(super) fn hold(tx: &mut Tx<'_>, year: i32) -> Result<bool> {
    let known = diesel::update(calendar_year::table.find(year))
        .set(calendar_year::entered_at.eq(calendar_year::entered_at))
        .execute(tx.conn())?;
    if known == 0 {
        let at = tx.ctx().at.0;
        diesel::insert_into(calendar_year::table)
            .values((calendar_year::year.eq(year), calendar_year::entered_at.eq(at)))
            .execute(tx.conn())?;
    }
    Ok(known > 0)
}

/// Puts entries in the place of those of a year that is held.
pub(super) fn replace(tx: &mut Tx<'_>, year: i32, entries: &[CalendarEntry]) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(calendar_year::table.find(year)).set(calendar_year::entered_at.eq(at)).execute(tx.conn())?;
    diesel::delete(calendar_day::table.filter(calendar_day::year.eq(year))).execute(tx.conn())?;
    for entry in entries {
        diesel::insert_into(calendar_day::table)
            .values((
                calendar_day::from_on.eq(entry.from.to_string()),
                calendar_day::to_on.eq(entry.to.to_string()),
                calendar_day::year.eq(year),
                calendar_day::kind.eq(entry.kind.code()),
                calendar_day::name_vi.eq(&entry.name.vi),
                calendar_day::name_en.eq(entry.name.en.as_ref()),
                calendar_day::status.eq(entry.status.code()),
                calendar_day::basis.eq(entry.basis.as_ref().map(ToString::to_string)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}
