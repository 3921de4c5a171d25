//! What is done to the calendar: a year is entered, and somebody is reminded of the next one.

use super::model::{Entered, Look, YearFile};
use super::query::{self, require_open};
use super::store;
use crate::access::{Action, may};
use crate::account::{self, Receivers, acting, role};
use crate::audit;
use crate::kernel::{Actor, Error, Problem, Result};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

/// The kind of the recurring job that reminds of a year whose days are missing.
pub const CALENDAR_WATCH: &str = "calendar-watch";
/// How often it comes (seconds): every four weeks.
pub const CALENDAR_WATCH_EVERY: i64 = 28 * 24 * 3600;
/// When it comes (seconds after Thursday, 1 January 1970, in the province): Mondays at 07:00.
pub const CALENDAR_WATCH_AT: i64 = 4 * 24 * 3600 + 7 * 3600;

/// Puts a year's file in the place of what the calendar said of that year. Programs that run take it at their next start. `seen` is the
/// mark of the year whose changes somebody looked at ([`query::look`]), where somebody did.
///
/// # Errors
/// `Forbidden`; `Conflict`: `calendar-changed-meanwhile` where the year is no longer what `seen` says; `Invalid`: `calendar-past` for days
/// that are over, unless `correct`; when the database does not answer.
pub fn enter(
    tx: &mut Tx<'_>,
    profile: &Profile,
    file: &YearFile,
    correct: bool,
    seen: Option<&str>,
) -> Result<Entered> {
    match tx.ctx().actor.clone() {
        // Whoever has the command line has the database.
        Actor::Operator => {}
        Actor::Account(_) => may(&acting(tx, profile)?, Action::KeepCalendar).require()?,
        _ => return Err(Error::forbidden(Problem::new("forbidden"))),
    }
    let known = store::hold(tx, file.year)?;
    let Look { changes, mark, .. } = query::look(tx.conn(), profile, file)?;
    if seen.is_some_and(|seen| seen != mark) {
        return Err(Error::conflict(Problem::new("calendar-changed-meanwhile").on("rows")));
    }
    require_open(&changes, tx.ctx().at.date(profile.province.timezone_minutes), correct)?;
    let entered = Entered { year: file.year, rows: file.entries.len(), correct, changes };
    if known && entered.changes.is_empty() {
        return Ok(entered);
    }
    store::replace(tx, file.year, &file.entries)?;
    audit::record(tx, "calendar.enter", "calendar", &file.year.to_string(), &entered);
    Ok(entered)
}

/// Tells those who keep the calendar which years' days are missing, while some are. Ends the job's turn in the same transaction.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub fn remind(tx: &mut Tx<'_>, profile: &Profile, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    for gap in query::outlook(tx.conn(), profile, today)?.gaps {
        let to = [role::OPERATOR, role::COORDINATOR].map(|role| Receivers::Role(role.to_owned())).to_vec();
        let link = format!("/internal/calendar?year={}", gap.year);
        account::announce(tx, to, "calendar-gap", &[("year", gap.year.to_string().into())], link)?;
    }
    queue::complete(tx, lease)
}
