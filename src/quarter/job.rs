//! The day's turn: opens the quarter that has begun, opens the returns of the one that is over, closes the one whose day has come.

use chrono::NaiveDate;
use serde_json::json;

use super::Quarter;
use super::command::finish;
use super::model::{QuarterRow, State};
use super::query::{self, by_code};
use super::store;
use crate::account::{self, Receivers, role};
use crate::audit;
use crate::duty::{self, Calendar, Days, Due, Ending, Kind, Wanted};
use crate::kernel::id::AgencyId;
use crate::kernel::{Arg, Result};
use crate::platform::db::{Tx, lock_row};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

/// The kind of the recurring job that turns the quarters.
pub const TURN: &str = "quarter-turn";
/// A day, in seconds.
pub const TURN_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: before anybody works, and before duties are gone through.
pub const TURN_AT: i64 = 900;
/// The kind of the job that the close of a quarter puts in: payload `{"quarter": code, "as_of": milliseconds}`.
pub const CLOSED: &str = "quarter-closed";

/// The page of a quarter.
pub(super) fn page(of: Quarter) -> String {
    format!("/internal/quarter/{of}")
}

/// The page of a return.
pub(super) fn return_page(of: Quarter, owner: &AgencyId) -> String {
    format!("/internal/quarter/{of}/returns/{owner}")
}

/// The number of a quarter as messages take it.
pub(super) fn numbered(of: Quarter) -> Arg {
    u64::from(of.number()).into()
}

/// The year of a quarter as messages take it: no number, which would be written with a separator.
pub(super) fn year_of(of: Quarter) -> Arg {
    of.year().to_string().into()
}

/// Turns the quarters, and ends the job's turn in the same transaction.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub fn turn(tx: &mut Tx<'_>, profile: &Profile, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    advance(tx, profile)?;
    queue::complete(tx, lease)
}

/// Does what the day asks of the quarters: the first time it opens the one that it is; later every one that has begun since. Of what is
/// over the returns are opened; what has reached its day is closed. Asked twice on a day it does nothing the second time.
///
/// # Errors
/// When the database does not answer.
pub fn advance(tx: &mut Tx<'_>, profile: &Profile) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let present = Quarter::of(today);
    let newest = store::quarters(tx.conn(), 1)?.pop();
    let mut next = newest.map_or(present, |row| row.quarter.next());
    while next <= present {
        open(tx, profile, next, next == present)?;
        next = next.next();
    }
    for row in store::unclosed(tx.conn())? {
        // Somebody may be closing it by hand just now: what stands is looked at again once nobody else writes it.
        let code = row.quarter.to_string();
        lock_row(tx.conn(), "quarter", &code)?;
        let row = by_code(tx.conn(), &code)?;
        if row.state == State::Open && row.quarter.last() < today {
            end(tx, profile, &row, today)?;
        } else if row.state == State::Ended && row.close_on <= today {
            finish(tx, profile, row.quarter, None)?;
        }
    }
    Ok(())
}

/// The day until which returns are handed in and the day of the close, so many working days after a day.
fn days(profile: &Profile, after: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (calendar, rules) = (Calendar::of(profile), &profile.duty);
    let on = |days: u32| calendar.add_working_days(after, i64::from(days.max(1)));
    let due = on(rules.return_days.value);
    (due, on(rules.close_days.value).max(due))
}

/// Opens a quarter and tells the agencies how many of their datasets are due in it; nobody is told of one that is over already.
fn open(tx: &mut Tx<'_>, profile: &Profile, of: Quarter, tell: bool) -> Result<()> {
    let (return_due, close_on) = days(profile, of.last());
    store::insert_quarter(tx, of, return_due, close_on)?;
    let detail = json!({ "due": return_due, "close": close_on });
    audit::record(tx, "quarter.open", "quarter", &of.to_string(), detail);
    if !tell {
        return Ok(());
    }
    let due = duty::outcomes(tx.conn(), None, Some(Kind::Update), &Due::Within(query::days_of(of, profile)))?;
    let mut due: Vec<(AgencyId, u64)> = due.into_iter().map(|(agency, outcomes)| (agency, outcomes.undone)).collect();
    due.retain(|(_, datasets)| *datasets > 0);
    due.sort();
    for (agency, datasets) in due {
        let args = [
            ("number", numbered(of)),
            ("year", year_of(of)),
            ("datasets", datasets.into()),
            ("date", shown(of.last())),
        ];
        let to = vec![Receivers::RoleAt(role::FOCAL_POINT.to_owned(), agency)];
        account::announce(tx, to, "quarter-opened", &args, page(of))?;
    }
    Ok(())
}

/// Ends a quarter whose days are over: every agency's return is opened where one is owed, with the data kept elsewhere of the return
/// before. Where nobody was there to do it in time the days count from today, so that nobody is late for what they could not do.
fn end(tx: &mut Tx<'_>, profile: &Profile, row: &QuarterRow, today: NaiveDate) -> Result<()> {
    let of = row.quarter;
    let after = today.pred_opt().unwrap_or(today).max(of.last());
    let (return_due, close_on) = days(profile, after);
    store::set_ended(tx, of, return_due, close_on)?;
    let row = QuarterRow { return_due, close_on, ..row.clone() };
    let owing = if of.owes_return(profile.agency_list.return_months.value) {
        store::owing(tx.conn(), &today.to_string())?
    } else {
        Vec::new()
    };
    for agency in &owing {
        store::insert_return(tx, of, agency)?;
        if let Some(earlier) = store::earlier_return(tx.conn(), of, agency)? {
            let kept =
                store::items(tx.conn(), earlier.quarter, agency)?.into_iter().filter(|item| item.dataset_id.is_none());
            for (mut item, position) in kept.zip(1..) {
                item.position = position;
                store::insert_item(tx, (of, agency), &item)?;
            }
        }
        owe(tx, profile, &row, agency)?;
        let args = [("number", numbered(of)), ("year", year_of(of)), ("date", shown(return_due))];
        let to = vec![
            Receivers::RoleAt(role::FOCAL_POINT.to_owned(), agency.clone()),
            Receivers::RoleAt(role::AGENCY_HEAD.to_owned(), agency.clone()),
        ];
        account::announce(tx, to, "return-opened", &args, return_page(of, agency))?;
    }
    let detail = json!({ "due": return_due, "close": close_on, "count": owing.len() });
    audit::record(tx, "quarter.end", "quarter", &of.to_string(), detail);
    Ok(())
}

/// Hands the duty to sign a return to the engine, which reminds; a round that was ended begins anew.
pub(super) fn owe(tx: &mut Tx<'_>, profile: &Profile, row: &QuarterRow, agency: &AgencyId) -> Result<()> {
    let (from, rule) = (row.quarter.last(), &profile.agency_list.return_months);
    let opens = tx.ctx().at.date(profile.province.timezone_minutes).min(row.return_due);
    let wanted = Wanted {
        kind: Kind::Return,
        subject: agency.to_string(),
        turn: row.quarter.to_string(),
        agency: agency.clone(),
        title: row.quarter.to_string(),
        days: Days { from, opens, soon: duty::soon_from(profile, from, row.return_due), due: row.return_due },
        basis: rule.basis.as_ref().map(ToString::to_string),
        verified: rule.verified,
        before: Ending { done: false, how: "replaced", at: tx.ctx().at, by: None },
    };
    duty::put(tx, profile, wanted)
}

/// A day as both languages' notices write it.
fn shown(day: NaiveDate) -> Arg {
    day.format("%d/%m/%Y").to_string().into()
}
