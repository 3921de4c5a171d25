//! The day's turn: opens the quarter that has begun, opens the returns of the one that is over, closes the one whose day has come.

use chrono::NaiveDate;
use serde_json::json;

use super::Quarter;
use super::command::finish;
use super::model::{Item, QuarterRow, ReturnState, State};
use super::query::{self, earlier_returns};
use super::store;
use crate::account::{self, Receivers, role};
use crate::agency::{self, Heirs};
use crate::audit;
use crate::duty::{self, Calendar, Days, Due, Duty, Ending, Kind, Wanted};
use crate::kernel::id::AgencyId;
use crate::kernel::{Arg, Result, Timestamp};
use crate::people::Scope;
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

/// How the duty ends to sign a return that a clock which stood far ahead asked for: the end of the message `duty-how-…`.
const NOT_OVER: &str = "not-over";

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

/// The latest moment that programs on one database may have written by now; a later one is that of a clock that stood far ahead.
fn latest(tx: &Tx<'_>) -> Timestamp {
    tx.ctx().at.plus_seconds(queue::SKEW)
}

/// Does what the day asks of the quarters: the first time it opens the one that it is; later every one that has begun since. Of what is
/// over the returns are opened; what has reached its day is closed. Asked twice on a day it does nothing the second time.
///
/// What a clock that stood far ahead opened is opened when it begins, and what such a clock ended goes on; what it closed is
/// closed for good.
///
/// # Errors
/// When the database does not answer.
pub fn advance(tx: &mut Tx<'_>, profile: &Profile) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let present = Quarter::of(today);
    let by = latest(tx);
    // Somebody may be closing one by hand just now: what stands is read once nobody else writes it. In the order of quarters, as whoever renews
    // their duties.
    for row in store::unclosed(tx.conn())? {
        lock_row(tx.conn(), "quarter", &row.quarter.to_string())?;
    }
    let mut next = store::newest(tx.conn(), by)?.map_or(present, Quarter::next);
    while next <= present {
        if store::quarter_row(tx.conn(), next)?.is_none_or(|row| row.state != State::Closed) {
            open(tx, profile, next, next == present)?;
        }
        next = next.next();
    }
    for row in store::unclosed(tx.conn())? {
        let row = match row.state_on(today) {
            // By the rules and days off of today: what is closed by older ones stays closed.
            State::Ended if !ended_ahead(&row, by) => follow(tx, profile, row, today)?,
            State::Ended => resume(tx, profile, row)?,
            _ => row,
        };
        if row.state == State::Open && row.quarter.last() < today {
            end(tx, profile, &row, today)?;
        } else if row.state_on(today) == State::Ended && row.close_on <= today {
            finish(tx, profile, row.quarter, None)?;
        }
    }
    Ok(())
}

/// The day until which returns are handed in and the day of the close, so many working days after a day. Returns of the last day still come
/// in, so that the close is after it.
fn days(profile: &Profile, after: NaiveDate) -> (NaiveDate, NaiveDate) {
    let (calendar, rules) = (Calendar::of(profile), &profile.duty);
    let on = |days: u32| calendar.add_working_days(after, i64::from(days.max(1)));
    let due = on(rules.return_days.value);
    (due, on(rules.close_days.value).max(calendar.next_working_day(due)))
}

/// The day from which the days of a quarter count: its last one; where nobody was there in time, the one before its returns were opened.
fn counted_from(of: Quarter, ended_on: Option<NaiveDate>) -> NaiveDate {
    ended_on.and_then(|day| day.pred_opt()).map_or(of.last(), |before| before.max(of.last()))
}

/// The days of a quarter by the rules and days off of a day, from where they count; neither moves into the past ([`duty::moved`]).
fn recounted(profile: &Profile, row: &QuarterRow, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let calendar = Calendar::of(profile);
    let ended_on = row.ended_at.map(|at| at.date(profile.province.timezone_minutes));
    let (due, close) = days(profile, counted_from(row.quarter, ended_on));
    let first = calendar.on_or_after(today);
    let due = duty::moved(due, row.return_due, first);
    (due, duty::moved(close, row.close_on, first).max(calendar.next_working_day(due)))
}

/// Lets what is not closed follow the rules and days off of today: the days of quarters, and the duties to sign the returns that are open.
/// Which returns are owed was decided when the quarter ended, and stays; who is over and was taken over leaves its return to whoever
/// did. Says how many duties it wrote.
///
/// # Errors
/// When the database does not answer.
pub fn renew_duties(tx: &mut Tx<'_>, profile: &Profile) -> Result<usize> {
    let at = tx.ctx().at;
    let (today, by) = (at.date(profile.province.timezone_minutes), latest(tx));
    let mut rows = Vec::new();
    for row in store::unclosed(tx.conn())? {
        // As whoever signs or closes does, so that what is read here stays so.
        lock_row(tx.conn(), "quarter", &row.quarter.to_string())?;
        if let Some(row) = store::quarter_row(tx.conn(), row.quarter)?.filter(|row| row.state != State::Closed) {
            // One that a clock ahead ended is ended anew by the turn of the quarters; until then nobody owes its return.
            let ahead = ended_ahead(&row, by);
            let owed = row.state_on(today) == State::Ended && !ahead;
            rows.push((if ahead { row } else { follow(tx, profile, row, today)? }, owed));
        }
    }
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    let mut open = duty::open(tx.conn(), Kind::Return)?;
    let mut steps = Vec::new();
    for (row, owed) in &rows {
        let code = row.quarter.to_string();
        let (of_it, others): (Vec<Duty>, Vec<Duty>) = open.into_iter().partition(|duty| duty.is_turn(&code));
        open = others;
        // While a quarter goes on nobody owes its return: what a clock that stood ahead asked for is asked for anew at its end.
        let owners = if *owed { store::open_returns(tx.conn(), row.quarter)? } else { Vec::new() };
        // Nobody is left who could sign it.
        let owners = owners.iter().filter(|owner| !heirs.is_gone(owner));
        let wanted = owners.map(|owner| wanted(profile, row, owner, &heirs)).collect();
        let how = if *owed { Ending::DISSOLVED } else { NOT_OVER };
        let gone = |_: &Duty| Ending { done: false, how, at, by: None };
        steps.extend(duty::compare(of_it, wanted, (Calendar::of(profile), today), gone));
    }
    let count = steps.len();
    duty::write(tx, profile, steps)?;
    Ok(count)
}

/// Whether a quarter was ended by a clock that stood far ahead of what may be by now.
fn ended_ahead(row: &QuarterRow, by: Timestamp) -> bool {
    row.ended_at.is_some_and(|at| at > by)
}

/// Gives a quarter the days that its rules count now, and writes it down.
fn follow(tx: &mut Tx<'_>, profile: &Profile, row: QuarterRow, today: NaiveDate) -> Result<QuarterRow> {
    let (return_due, close_on) = recounted(profile, &row, today);
    if (return_due, close_on) == (row.return_due, row.close_on) {
        return Ok(row);
    }
    let detail = days_changed(&row, return_due, close_on);
    store::set_days(tx, row.quarter, return_due, close_on)?;
    audit::record(tx, "quarter.days", "quarter", &row.quarter.to_string(), detail);
    Ok(QuarterRow { return_due, close_on, ..row })
}

/// Takes back that a clock which stood far ahead ended a quarter whose days are over by now: it ends today, and not at that clock's day. Before
/// they are over nothing is written: it may be the present clock that stands back.
fn resume(tx: &mut Tx<'_>, profile: &Profile, row: QuarterRow) -> Result<QuarterRow> {
    let (return_due, close_on) = days(profile, row.quarter.last());
    let detail = days_changed(&row, return_due, close_on);
    store::set_open(tx, row.quarter, (return_due, close_on), row.opened_at)?;
    audit::record(tx, "quarter.resume", "quarter", &row.quarter.to_string(), detail);
    Ok(QuarterRow { return_due, close_on, ended_at: None, state: State::Open, ..row })
}

/// What the log says of days that moved.
fn days_changed(row: &QuarterRow, return_due: NaiveDate, close_on: NaiveDate) -> serde_json::Value {
    json!({
        "due": { "before": row.return_due, "after": return_due }, "close": { "before": row.close_on, "after": close_on },
    })
}

/// Opens a quarter and tells the agencies how many of their datasets are due in it; nobody is told of one that is over already.
fn open(tx: &mut Tx<'_>, profile: &Profile, of: Quarter, tell: bool) -> Result<()> {
    let (return_due, close_on) = days(profile, of.last());
    let at = tx.ctx().at;
    store::set_open(tx, of, (return_due, close_on), at)?;
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
            ("date", of.last().into()),
        ];
        let to = vec![Receivers::RoleAt(role::FOCAL_POINT.to_owned(), agency)];
        account::announce(tx, to, "quarter-opened", &args, page(of))?;
    }
    Ok(())
}

/// Ends a quarter whose days are over: every agency's return is opened where one is owed, with the data kept elsewhere of the return
/// before. Where nobody was there to do it in time the days count from today, so that nobody is late for what they could not do. Returns that
/// a clock which stood ahead opened before are these returns; those that were signed then stay signed.
fn end(tx: &mut Tx<'_>, profile: &Profile, row: &QuarterRow, today: NaiveDate) -> Result<()> {
    let of = row.quarter;
    let (return_due, close_on) = days(profile, counted_from(of, Some(today)));
    store::set_ended(tx, of, return_due, close_on)?;
    let row = QuarterRow { return_due, close_on, ended_at: Some(tx.ctx().at), ..row.clone() };
    let owing = if of.owes_return(profile.agency_list.return_months.value) {
        store::owing(tx.conn(), &today.to_string())?
    } else {
        Vec::new()
    };
    let there = store::return_states(tx.conn(), of, &Scope::All)?;
    for agency in &owing {
        match there.get(agency) {
            None => store::insert_return(tx, of, agency)?,
            Some(ReturnState::Open) => {}
            Some(_) => continue,
        }
        carry_over(tx, of, agency, today)?;
        owe(tx, profile, &row, agency)?;
        let args = [("number", numbered(of)), ("year", year_of(of)), ("date", return_due.into())];
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

/// Puts the data kept elsewhere of the return before on one that is opened, as far as they do not stand there; and those of a body that was
/// taken over since.
fn carry_over(tx: &mut Tx<'_>, of: Quarter, agency: &AgencyId, today: NaiveDate) -> Result<()> {
    let kept = store::items(tx.conn(), of, agency)?;
    let known =
        |item: &Item| kept.iter().any(|one| (&one.title_hash, &one.kept_at) == (&item.title_hash, &item.kept_at));
    let mut position = kept.iter().map(|item| item.position).max().unwrap_or(0);
    for earlier in earlier_returns(tx.conn(), of, agency, today)? {
        let items = store::items(tx.conn(), earlier.quarter, &earlier.agency)?;
        for mut item in items.into_iter().filter(|item| item.dataset_id.is_none() && !known(item)) {
            position += 1;
            item.position = position;
            store::insert_item(tx, (of, agency), &item)?;
        }
    }
    Ok(())
}

/// Hands the duty to sign a return to the engine, which reminds; a round that was ended begins anew. Returns of other quarters stay owed.
pub(super) fn owe(tx: &mut Tx<'_>, profile: &Profile, row: &QuarterRow, agency: &AgencyId) -> Result<()> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    duty::put_beside(tx, profile, wanted(profile, row, agency, &heirs))
}

/// The duty to sign the return of an agency. Of one that was merged whoever took over owes it: the body that exists has the files, the people
/// and the work of the quarter, and a province asks for the quarter of all its data, not for that of the bodies that are left.
fn wanted(profile: &Profile, row: &QuarterRow, owner: &AgencyId, heirs: &Heirs) -> Wanted {
    let (from, rule) = (row.quarter.last(), &profile.agency_list.return_months);
    let ended = row.ended_at.unwrap_or(row.opened_at);
    let opens = ended.date(profile.province.timezone_minutes).min(row.return_due);
    Wanted {
        kind: Kind::Return,
        subject: owner.to_string(),
        turn: row.quarter.to_string(),
        agency: heirs.of(owner).clone(),
        title: match heirs.called(owner) {
            Some(name) => format!("{} {name}", row.quarter),
            None => row.quarter.to_string(),
        },
        days: Days { from, opens, soon: duty::soon_from(profile, from, row.return_due), due: row.return_due },
        basis: rule.basis.as_ref().map(ToString::to_string),
        verified: rule.verified,
        before: Ending { done: false, how: "replaced", at: ended, by: None },
    }
}
