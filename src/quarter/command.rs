//! What is done to returns and quarters: write, sign, take back, close.

use chrono::NaiveDate;
use serde_json::json;

use super::Quarter;
use super::form::{CloseForm, ItemForm, PageForm, RecallForm, ReturnForm};
use super::job;
use super::model::{Counts, QuarterRow, Return, ReturnState, State, mark_of};
use super::query::{self, by_code};
use super::store;
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, role};
use crate::agency;
use crate::audit;
use crate::dataset;
use crate::duty::{self, Ending, Kind};
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::text::length;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::platform::queue::{self, Job};
use crate::profile::Profile;
use crate::voice;

/// Rows of data kept elsewhere that the list of one body may hold.
const MOST_ITEMS: usize = 500;
/// The longest text of needs that carrying over may make, in characters.
const MOST_NEEDS: usize = 6000;

/// How the duty ends of a return that was signed, and of one that nobody handed in: ends of the messages `duty-how-…`.
const SIGNED: &str = "signed";
const MISSED: &str = "not-handed-in";

/// The id of a return in the log.
fn name(of: &Return) -> String {
    format!("{}/{}", of.quarter, of.agency)
}

/// The return of an agency that is being written, held until the transaction ends, for somebody who writes it.
fn open_return(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId) -> Result<(Person, Return)> {
    let person = account::acting(tx, profile)?;
    let (_, found) = held(tx, profile, code, owner)?;
    may(&person, Action::WriteReturn(profile, owner)).require()?;
    if found.state != ReturnState::Open {
        return Err(Error::conflict(Problem::new("return-signed")));
    }
    Ok((person, found))
}

/// A return and its quarter, held until the transaction ends; refused when the quarter is not over, or closed.
fn held(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId) -> Result<(QuarterRow, Return)> {
    lock_row(tx.conn(), "quarter", code)?;
    let row = by_code(tx.conn(), code)?;
    let found = store::return_row(tx.conn(), row.quarter, owner)?.ok_or_else(Error::not_found)?;
    if !row.takes_returns(tx.ctx().at.date(profile.province.timezone_minutes)) {
        return Err(Error::conflict(Problem::new("quarter-closed")));
    }
    Ok((row, found))
}

/// What a button on the page of a return does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// Saves what is typed.
    Save,
    /// Adds data kept elsewhere.
    Add,
    /// Takes the data kept elsewhere at this place off the list.
    Remove(i32),
}

/// Does what a button on the page of a return says. Each saves all that is typed there, so that none loses what another would save: the
/// words, and data kept elsewhere if any are named.
///
/// # Errors
/// As [`save`] and [`add_item`]; every wrong field is named at once.
pub fn write(
    tx: &mut Tx<'_>,
    profile: &Profile,
    code: &str,
    owner: &AgencyId,
    form: &PageForm,
    press: Press,
) -> Result<()> {
    let adds = press == Press::Add || !form.item.is_empty();
    // Who may not write it, or comes too late, hears of nothing else.
    open_return(tx, profile, code, owner)?;
    form.check(adds)?;
    save(tx, profile, code, owner, &form.words)?;
    if adds {
        add_item(tx, profile, code, owner, &form.item)?;
    }
    match press {
        Press::Remove(position) => remove_item(tx, profile, code, owner, position),
        Press::Save | Press::Add => Ok(()),
    }
}

/// Saves the words of a return. Whoever changed none of those that were shown leaves what is saved now.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`return-text` on the field); `Conflict` (`return-saved-meanwhile`, `return-signed`,
/// `quarter-closed`).
pub fn save(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId, form: &ReturnForm) -> Result<()> {
    let (person, found) = open_return(tx, profile, code, owner)?;
    let (remarks, handling, needs) = form.check()?;
    let mut after = found.clone();
    if !form.is_untouched(&found) {
        if form.seen != found.mark() {
            return Err(Error::conflict(Problem::new("return-saved-meanwhile")));
        }
        after = Return { remarks, handling, needs, ..after };
    }
    if !form.carry.is_empty() {
        let today = tx.ctx().at.date(profile.province.timezone_minutes);
        for line in query::earlier_needs(tx.conn(), &after, today)? {
            if length(&after.needs) + length(&line) < MOST_NEEDS {
                if !after.needs.is_empty() {
                    after.needs.push('\n');
                }
                after.needs.push_str(&line);
            }
        }
    }
    if after == found {
        return Ok(());
    }
    let words = (after.remarks.as_str(), after.handling.as_str(), after.needs.as_str());
    store::set_words(tx, (found.quarter, owner), words, &person.account.id)?;
    let detail = json!({ "before": found.mark(), "after": after.mark() });
    audit::record(tx, "return.save", "return", &name(&found), detail);
    Ok(())
}

/// Adds data kept elsewhere to the list.
///
/// # Errors
/// As [`save`]; `Invalid`, as [`ItemForm`] says, or `items-too-many`.
pub fn add_item(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId, form: &ItemForm) -> Result<()> {
    let (person, found) = open_return(tx, profile, code, owner)?;
    let elsewhere = form.check()?;
    let position = store::next_position(tx.conn(), found.quarter, owner)?;
    // Whoever took others over has their lists as well.
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let most = MOST_ITEMS * query::spoken_for(tx.conn(), found.quarter, owner, today)?.len();
    if store::items(tx.conn(), found.quarter, owner)?.len() >= most {
        return Err(Error::invalid(Problem::new("items-too-many").with("most", most)));
    }
    let item = elsewhere.at(position);
    store::insert_item(tx, (found.quarter, owner), &item)?;
    store::touch(tx, (found.quarter, owner), &person.account.id)?;
    audit::record(tx, "return.add", "return", &name(&found), json!({ "title": item.title, "number": position }));
    Ok(())
}

/// Takes data kept elsewhere off the list. What somebody else took off meanwhile is off, and loses nobody what they typed beside it.
fn remove_item(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId, position: i32) -> Result<()> {
    let (person, found) = open_return(tx, profile, code, owner)?;
    let items = store::items(tx.conn(), found.quarter, owner)?;
    let Some(item) = items.into_iter().find(|item| item.position == position) else { return Ok(()) };
    if !store::delete_item(tx, (found.quarter, owner), position)? {
        return Ok(());
    }
    store::touch(tx, (found.quarter, owner), &person.account.id)?;
    audit::record(tx, "return.remove", "return", &name(&found), json!({ "title": item.title, "number": position }));
    Ok(())
}

/// Signs a return: what it says is kept as it stands, under a hash. `seen` is the mark of what the person looked at
/// ([`Shown::mark`](super::Shown::mark)).
///
/// # Errors
/// `NotFound`; `Forbidden` (`return-not-yours-to-sign`); `Conflict` (`return-changed-meanwhile`, `return-signed`, `quarter-closed`).
pub fn sign(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId, seen: &str) -> Result<ReturnState> {
    let person = account::acting(tx, profile)?;
    let (row, found) = held(tx, profile, code, owner)?;
    may(&person, Action::SignReturn(profile, owner)).require()?;
    if found.state != ReturnState::Open {
        return Err(Error::conflict(Problem::new("return-signed")));
    }
    let (now, minutes) = (tx.ctx().at, profile.province.timezone_minutes);
    let first = store::next_position(tx.conn(), row.quarter, owner)?;
    let owners = query::spoken_for(tx.conn(), row.quarter, owner, now.date(minutes))?;
    let mut datasets = query::datasets(tx.conn(), profile, row.quarter, &owners, first, now)?;
    if dataset::share(tx, datasets.iter().filter_map(|item| item.dataset_id.as_ref()))? {
        datasets = query::datasets(tx.conn(), profile, row.quarter, &owners, first, now)?;
    }
    let handled = store::handled(tx.conn(), &owners, row.quarter.moments(minutes))?;
    let items: Vec<_> = datasets.iter().cloned().chain(store::items(tx.conn(), row.quarter, owner)?).collect();
    if seen != mark_of(&found, &items, handled) {
        return Err(Error::conflict(Problem::new("return-changed-meanwhile")));
    }
    for item in &datasets {
        store::insert_item(tx, (row.quarter, owner), item)?;
    }
    let late = now.date(minutes) > row.return_due;
    let signing = profile.agency_list.sign_roles.value.iter().find(|role| person.holds(role, Some(owner)));
    let mut signed = Return {
        state: if late { ReturnState::Late } else { ReturnState::Signed },
        handled: Some(handled),
        signed_by: Some(person.account.id.clone()),
        signed_as: Some((person.account.full_name.clone(), signing.cloned().unwrap_or_default())),
        signed_at: Some(now),
        ..found
    };
    let hash = signed.hash_of(&items);
    signed.hash = Some(hash.clone());
    store::set_signed(tx, &signed)?;
    let ending = Ending { done: true, how: SIGNED, at: now, by: Some(person.account.id.clone()) };
    duty::settle(tx, profile, (Kind::Return, owner.as_str(), code), &ending)?;
    let detail = json!({ "hash": hash, "late": late, "rows": items.len() });
    audit::record(tx, "return.sign", "return", &name(&signed), detail);
    Ok(signed.state)
}

/// Takes a signature back, so that the return can be written again.
///
/// # Errors
/// `NotFound`; `Forbidden` (`return-not-yours-to-sign`); `Invalid` (`reason-missing`, `reason-too-long`); `Conflict` (`return-open`,
/// `quarter-closed`).
pub fn recall(tx: &mut Tx<'_>, profile: &Profile, code: &str, owner: &AgencyId, form: &RecallForm) -> Result<()> {
    let person = account::acting(tx, profile)?;
    let (row, found) = held(tx, profile, code, owner)?;
    may(&person, Action::SignReturn(profile, owner)).require()?;
    let reason = form.check()?;
    if !found.state.is_signed() {
        return Err(Error::conflict(Problem::new("return-open")));
    }
    store::set_recalled(tx, (row.quarter, owner), &reason)?;
    duty::recall(tx, (Kind::Return, owner.as_str(), code))?;
    job::owe(tx, profile, &row, owner)?;
    let detail = json!({ "reason": reason, "hash": found.hash, "state": found.state.code() });
    audit::record(tx, "return.recall", "return", &name(&found), detail);
    let link = job::return_page(row.quarter, owner);
    let to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    let agency = agency::by_id(tx.conn(), owner)?.map(|agency| agency.name_vi).unwrap_or_default();
    let args = [("number", job::numbered(row.quarter)), ("year", job::year_of(row.quarter)), ("agency", agency.into())];
    account::announce(tx, to, "return-recalled", &args, link)
}

/// Closes a quarter before its day, but not while it waits for returns; the coordinating department's.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`quarter-sure` on `sure`); `Conflict` (`quarter-running`, `quarter-closed`, `quarter-earlier`,
/// `quarter-returns-open`).
pub fn close(tx: &mut Tx<'_>, profile: &Profile, code: &str, form: &CloseForm) -> Result<Counts> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::CloseQuarter).require()?;
    lock_row(tx.conn(), "quarter", code)?;
    let row = by_code(tx.conn(), code)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    match row.state_on(today) {
        State::Open => return Err(Error::conflict(Problem::new("quarter-running"))),
        State::Closed => return Err(Error::conflict(Problem::new("quarter-closed"))),
        State::Ended => {}
    }
    // Releases follow one another.
    if store::unclosed(tx.conn())?.iter().any(|earlier| earlier.quarter < row.quarter) {
        return Err(Error::conflict(Problem::new("quarter-earlier")));
    }
    if let Some(day) = query::awaited(tx.conn(), &row, today)? {
        return Err(Error::conflict(Problem::new("quarter-returns-open").with("date", day)));
    }
    form.check()?;
    finish(tx, profile, row.quarter, Some(&person.account.id))
}

/// Closes a quarter that is over, whose row the caller holds: what was not handed in is marked, what became of its duties and the numbers
/// are kept, and its release is ordered.
pub(super) fn finish(tx: &mut Tx<'_>, profile: &Profile, of: Quarter, by: Option<&AccountId>) -> Result<Counts> {
    let (now, code) = (tx.ctx().at, of.to_string());
    let missing = store::set_missing(tx, of)?;
    // Of a body that nobody took over nobody could sign.
    let today = now.date(profile.province.timezone_minutes);
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    for agency in &missing {
        let how = if heirs.is_gone(agency) { Ending::DISSOLVED } else { MISSED };
        let ending = Ending { done: false, how, at: now, by: None };
        duty::settle(tx, profile, (Kind::Return, agency.as_str(), &code), &ending)?;
    }
    let unsigned = missing.iter().filter(|owner| !heirs.is_gone(owner)).count();
    let kept = duty::freeze(tx, &code, &query::days_of(of, profile))?;
    keep_waiting(tx, profile, of, today)?;
    let counts = query::count(tx.conn(), profile, of)?;
    store::set_closed(tx, of, by, counts)?;
    let detail = json!({ "counts": counts, "missing": unsigned, "duties": kept });
    audit::record(tx, "quarter.close", "quarter", &code, detail);
    let order = json!({ "quarter": code, "as_of": now.0 });
    queue::enqueue(tx, Job::new(job::CLOSED, order).key(format!("{}:{code}", job::CLOSED)))?;
    let args = [
        ("number", job::numbered(of)),
        ("year", job::year_of(of)),
        ("new", counts.new.into()),
        ("updated", counts.updated.into()),
        ("unchanged", counts.unchanged.into()),
        ("late", counts.late.into()),
        ("withdrawn", counts.withdrawn.into()),
        ("missing", unsigned.into()),
    ];
    let to = vec![Receivers::Role(role::COORDINATOR.to_owned()), Receivers::Role(role::CHAIR.to_owned())];
    let event =
        if query::has_returns(of, profile, !missing.is_empty()) { "quarter-closed" } else { "quarter-closed-plain" };
    account::announce(tx, to, event, &args, job::page(of))?;
    Ok(counts)
}

/// Keeps what readers wait for from every agency that is there, or that they wait for something from.
fn keep_waiting(tx: &mut Tx<'_>, profile: &Profile, of: Quarter, today: NaiveDate) -> Result<()> {
    let mut waiting = voice::waiting(tx.conn(), None, (profile, today))?;
    let day = today.to_string();
    let agencies = agency::all(tx.conn())?.into_iter().filter_map(|agency| {
        let found = waiting.remove(&agency.id);
        (found.is_some() || agency.valid_from <= day && !agency.is_over(&day))
            .then(|| (agency.id, found.unwrap_or_default()))
    });
    let agencies: Vec<_> = agencies.collect();
    store::keep_waiting(tx, of, &agencies)
}
