//! Questions about quarters that need more than one look.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;

use super::Quarter;
use super::model::{Counts, Handed, Item, Order, Progress, QuarterRow, Return, ReturnState, Shown, State, Which};
use super::store;
use crate::access::{Action, Sight, may};
use crate::account::Person;
use crate::agency;
use crate::dataset;
use crate::duty::{self, Asked, Counted, Due, Kind, Listed, Outcome, Span};
use crate::kernel::id::AgencyId;
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::{Error, Result, Timestamp};
use crate::people::Scope;
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::voice::{self, Waiting};

/// How the update of a dataset ended that was only confirmed: as the room `cycle` says it.
const CONFIRMED: &str = "unchanged";

/// The agencies whose quarter a person sees: all for the coordinating department and those who lead the province, otherwise those at
/// which they hold a role.
fn scope(person: &Person) -> Scope {
    duty::scope(person, None).map_or(Scope::All, Scope::Agencies)
}

/// The days of a quarter, at which duties are due. Its own first moment counts, and not the one at which its row was made, which lies later
/// where nothing ran: what was over before that moment was done for the quarter before, and what was done since is of this one.
pub(super) fn days_of(of: Quarter, profile: &Profile) -> Span {
    Span { first: of.first(), last: of.last(), from: of.moments(profile.province.timezone_minutes).0 }
}

/// The duties of a quarter: of one that is closed as they stood at its close, else those due within its days as they stand now.
pub fn due_in(of: Quarter, row: Option<&QuarterRow>, profile: &Profile) -> Due {
    match row.map(|row| row.state) {
        Some(State::Closed) => Due::Closed(of.to_string()),
        Some(State::Open | State::Ended) | None => Due::Within(days_of(of, profile)),
    }
}

/// What readers wait for, by agency, in a quarter that was opened: of one that is closed at its close, else today. Of some agencies; one of
/// which nothing is known is not there.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(
    conn: &mut Conn,
    row: &QuarterRow,
    agencies: &[AgencyId],
    now: (&Profile, NaiveDate),
) -> Result<HashMap<AgencyId, Waiting>> {
    if row.state == State::Closed {
        return store::kept_waiting(conn, row.quarter, agencies);
    }
    let mut today = voice::waiting(conn, Some(agencies), now)?;
    Ok(agencies.iter().map(|agency| (agency.clone(), today.remove(agency).unwrap_or_default())).collect())
}

/// The same by quarter, of some agencies together or of all; a quarter of which nothing is known is not there.
///
/// # Errors
/// When the database does not answer.
pub fn waiting_sums(
    conn: &mut Conn,
    rows: &[QuarterRow],
    agencies: Option<&[AgencyId]>,
    now: (&Profile, NaiveDate),
) -> Result<HashMap<Quarter, Waiting>> {
    let (closed, open): (Vec<&QuarterRow>, Vec<&QuarterRow>) = rows.iter().partition(|row| row.state == State::Closed);
    let of = |rows: Vec<&QuarterRow>| rows.into_iter().map(|row| row.quarter).collect::<Vec<_>>();
    let mut found = store::kept_waiting_sums(conn, &of(closed), agencies)?;
    if !open.is_empty() {
        let today = voice::waiting(conn, agencies, now)?.into_values().fold(Waiting::default(), Waiting::and);
        found.extend(of(open).into_iter().map(|quarter| (quarter, today)));
    }
    Ok(found)
}

/// A quarter by its code.
///
/// # Errors
/// `NotFound`; when the database does not answer.
pub fn by_code(conn: &mut Conn, code: &str) -> Result<QuarterRow> {
    let quarter = Quarter::parse(code).ok_or_else(Error::not_found)?;
    find(conn, quarter)?.ok_or_else(Error::not_found)
}

/// A quarter, if it was opened.
///
/// # Errors
/// When the database does not answer.
pub fn find(conn: &mut Conn, of: Quarter) -> Result<Option<QuarterRow>> {
    store::quarter_row(conn, of)
}

/// The quarters, the newest first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn latest(conn: &mut Conn, most: i64) -> Result<Vec<QuarterRow>> {
    store::quarters(conn, most)
}

/// Where the returns of a quarter are, of some agencies or of all; none while it goes on.
///
/// # Errors
/// When the database does not answer.
pub fn handed_in(
    conn: &mut Conn,
    row: &QuarterRow,
    scope: &Scope,
    today: NaiveDate,
) -> Result<HashMap<AgencyId, Handed>> {
    if row.state_on(today) == State::Open {
        return Ok(HashMap::new());
    }
    let states = store::return_states(conn, row.quarter, scope)?.into_iter();
    let handed = |state| Handed { state, overdue: state == ReturnState::Open && row.return_due < today };
    Ok(states.map(|(agency, state)| (agency, handed(state))).collect())
}

/// The day until which a quarter waits for returns that are open, while that is not over; none where nobody is left who could sign one.
///
/// # Errors
/// When the database does not answer.
pub fn awaited(conn: &mut Conn, row: &QuarterRow, today: NaiveDate) -> Result<Option<NaiveDate>> {
    if !row.takes_returns(today) || row.return_due < today {
        return Ok(None);
    }
    let heirs = agency::heirs(conn, &today.to_string())?;
    let open = store::open_returns(conn, row.quarter)?;
    Ok(open.iter().any(|owner| !heirs.is_gone(owner)).then_some(row.return_due))
}

/// How many returns are where.
pub type Standing = Vec<(ReturnState, u64)>;

/// All quarters, the newest first, each with how many returns that the person sees are where. What a clock that stood ahead opened and has
/// not begun is none of them.
///
/// # Errors
/// When the database does not answer.
pub fn quarters(conn: &mut Conn, person: &Person, today: NaiveDate) -> Result<Vec<(QuarterRow, Standing)>> {
    let mut returns: HashMap<String, Standing> = HashMap::new();
    for (quarter, state, count) in store::return_counts(conn, &scope(person))? {
        let Some(state) = ReturnState::from_code(&state) else { continue };
        returns.entry(quarter).or_default().push((state, u64::try_from(count).unwrap_or(0)));
    }
    let begun = |row: &QuarterRow| row.quarter.first() <= today || row.state == State::Closed;
    let found = store::quarters(conn, i64::MAX)?.into_iter().filter(begun).map(|row| {
        let mut counts = returns.remove(&row.quarter.to_string()).unwrap_or_default();
        counts.retain(|_| row.state_on(today) != State::Open);
        counts.sort_by_key(|(state, _)| ReturnState::ALL.iter().position(|one| one == state));
        (row, counts)
    });
    Ok(found.collect())
}

/// Whether a quarter has to do with returns: some were asked for, or the rules of today ask for them.
pub fn has_returns(of: Quarter, profile: &Profile, asked: bool) -> bool {
    asked || of.owes_return(profile.agency_list.return_months.value)
}

/// How the agencies stand in a quarter that a person sees: those with anything due or with a return, by name.
///
/// # Errors
/// When the database does not answer.
pub fn board(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    row: &QuarterRow,
    today: NaiveDate,
) -> Result<Vec<Progress>> {
    let agencies = duty::scope(person, None);
    let mut due: HashMap<AgencyId, Counts> = HashMap::new();
    let mut totals: HashMap<AgencyId, u64> = HashMap::new();
    let updates = duty::tally(conn, agencies.as_deref(), Some(Kind::Update), &due_in(row.quarter, Some(row), profile))?;
    for update in updates.into_iter().filter(|update| update.outcome != Outcome::Excused) {
        *totals.entry(update.agency.clone()).or_default() += update.count;
        let counts = due.entry(update.agency).or_default();
        match update.how.as_deref() {
            Some(CONFIRMED) => counts.unchanged += update.count,
            Some(_) => counts.updated += update.count,
            None => {}
        }
        if update.outcome == Outcome::Late || update.overdue {
            counts.late += update.count;
        }
    }
    let mut returns = handed_in(conn, row, &scope(person), today)?;
    let found = agency::all(conn)?.into_iter().filter_map(|agency| {
        let handed = returns.remove(&agency.id);
        let total = totals.remove(&agency.id).unwrap_or(0);
        if total == 0 && handed.is_none() {
            return None;
        }
        let counts = due.remove(&agency.id).unwrap_or_default();
        Some(Progress {
            name: agency.names(),
            agency: agency.id,
            due: total,
            done: counts.updated,
            unchanged: counts.unchanged,
            late: counts.late,
            handed,
        })
    });
    Ok(found.collect())
}

/// The updates that are due in a quarter, of the agencies that a person sees: those that wait first, by day; at most so many, and how many
/// there are. What is not owed any more is not among them.
///
/// # Errors
/// When the database does not answer.
pub fn due(conn: &mut Conn, person: &Person, profile: &Profile, row: &QuarterRow, most: u64) -> Result<Page<Listed>> {
    let asked = Asked {
        agencies: duty::scope(person, None),
        kind: Some(Kind::Update),
        due: Some(due_in(row.quarter, Some(row), profile)),
        owed: true,
        sight: Sight::of(person),
        ..Asked::default()
    };
    duty::list(conn, &asked, PageRequest { number: 1, size: most })
}

/// The rows of a board that are asked for, in an order.
pub fn sift(mut rows: Vec<Progress>, which: Which, order: Order) -> Vec<Progress> {
    rows.retain(|row| which.holds(row));
    order.sort(&mut rows);
    rows
}

/// A return with all that it says. What is not signed says what the portal knows now.
///
/// # Errors
/// `NotFound`; `Forbidden`, when the person may not read it; when the database does not answer.
pub fn shown(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    code: &str,
    owner: &AgencyId,
    now: Timestamp,
) -> Result<Shown> {
    let quarter = by_code(conn, code)?;
    let agency = agency::by_id(conn, owner)?.ok_or_else(Error::not_found)?;
    may(person, Action::SeeReturn(owner)).require()?;
    let of = store::return_row(conn, quarter.quarter, owner)?.ok_or_else(Error::not_found)?;
    let mut items = store::items(conn, quarter.quarter, owner)?;
    let signed = of.state.is_signed();
    let intact =
        signed.then(|| of.hash.as_deref() == Some(of.hash_of(&items).as_str()) && items.iter().all(Item::is_intact));
    let minutes = profile.province.timezone_minutes;
    let owners = spoken_for(conn, quarter.quarter, owner, now.date(minutes))?;
    let handled = match of.handled {
        Some(handled) => handled,
        None => store::handled(conn, &owners, quarter.quarter.moments(minutes))?,
    };
    if of.state == ReturnState::Open {
        let mut all = datasets(conn, profile, quarter.quarter, &owners, 1, now)?;
        all.append(&mut items);
        items = all;
    }
    // What was put into quarantine since is named to nobody who may not see it.
    let ids: Vec<String> = items.iter().filter_map(|item| Some(item.dataset_id.as_ref()?.to_string())).collect();
    let hidden = dataset::hidden(conn, &ids, &Sight::of(person))?;
    let held = |item: &&mut Item| item.dataset_id.as_ref().is_some_and(|id| hidden.contains(id.as_str()));
    items.iter_mut().filter(held).for_each(|item| item.title.clear());
    Ok(Shown { quarter, of, name: agency.names(), items, handled, intact })
}

/// The agencies of whose data and requests a return speaks: its own first, and those that were taken over and have no return of their own
/// in the quarter.
pub(super) fn spoken_for(
    conn: &mut Conn,
    quarter: Quarter,
    owner: &AgencyId,
    today: NaiveDate,
) -> Result<Vec<AgencyId>> {
    let mut found = vec![owner.clone()];
    for (over, heir) in agency::taken_over(conn, &today.to_string())? {
        if heir == *owner && store::return_row(conn, quarter, &over.id)?.is_none() {
            found.push(over.id);
        }
    }
    Ok(found)
}

/// The last returns before a quarter of those of whose data its return speaks, the agency's own first. What a body said that was taken over
/// before the agency's own last return stands in that one.
pub(super) fn earlier_returns(
    conn: &mut Conn,
    quarter: Quarter,
    owner: &AgencyId,
    today: NaiveDate,
) -> Result<Vec<Return>> {
    let own = store::earlier_return(conn, quarter, owner)?;
    let since = own.as_ref().map(|own| own.quarter);
    let mut found: Vec<Return> = own.into_iter().collect();
    for over in spoken_for(conn, quarter, owner, today)?.into_iter().skip(1) {
        let earlier = store::earlier_return(conn, quarter, &over)?;
        found.extend(earlier.filter(|earlier| since.is_none_or(|since| earlier.quarter >= since)));
    }
    Ok(found)
}

/// The datasets of some agencies as rows of a list, from a place on.
pub(super) fn datasets(
    conn: &mut Conn,
    profile: &Profile,
    quarter: Quarter,
    owners: &[AgencyId],
    first: i32,
    now: Timestamp,
) -> Result<Vec<Item>> {
    let minutes = profile.province.timezone_minutes;
    let owned = store::owned(conn, owners, quarter.moments(minutes))?;
    let rows = owned.into_iter().zip(first..).map(|(one, position)| {
        let published = one.state == dataset::State::Published.code();
        let from = Timestamp(one.counts_from.unwrap_or(0));
        let listed = (one.in_catalogue, one.listed_at);
        let counted = Counted::of(from, &one.frequency, listed, one.extended_to.as_deref());
        let state: Option<duty::State> = published.then(|| counted.timeliness(profile, now.date(minutes)).state);
        Item {
            position,
            dataset_id: Some(one.id),
            title_hash: Item::hash_of_title(&one.title),
            purged: false,
            title: one.title,
            kind: one.state,
            kept_at: String::new(),
            visibility: if published { "open" } else { "internal" }.to_owned(),
            planned_on: None,
            row_count: Some(one.rows),
            updated_at: one.updated_at,
            timeliness: state.map(|state| state.code().to_owned()),
        }
    });
    Ok(rows.collect())
}

/// What an agency needed according to its earlier return and does not name now, line by line; and what those needed that it took over since.
///
/// # Errors
/// When the database does not answer.
pub fn earlier_needs(conn: &mut Conn, of: &Return, today: NaiveDate) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for earlier in earlier_returns(conn, of.quarter, &of.agency, today)? {
        let lines = missing_lines(&earlier.needs, &of.needs);
        found.extend(lines.into_iter().filter(|line| !found.contains(line)).collect::<Vec<_>>());
    }
    Ok(found)
}

/// The lines of a text that another does not have.
fn missing_lines(earlier: &str, present: &str) -> Vec<String> {
    let lines = |text: &str| -> Vec<String> {
        text.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
    };
    let present = lines(present);
    lines(earlier).into_iter().filter(|line| !present.contains(line)).collect()
}

/// The datasets of a quarter whose duties were kept just now.
pub(super) fn count(conn: &mut Conn, profile: &Profile, quarter: Quarter) -> Result<Counts> {
    let happened = store::happened(conn, quarter.moments(profile.province.timezone_minutes))?;
    let updates = duty::outcomes_by_span(conn, None, Some(Kind::Update), &[Due::Closed(quarter.to_string())])?;
    Ok(Counts { late: updates.iter().map(|updates| updates.late + updates.undone).sum(), ..happened })
}

/// How many rows of a board are where: all, those behind, and by the stage of their returns.
pub fn tabs(rows: &[Progress]) -> BTreeMap<&'static str, u64> {
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for row in rows {
        *counts.entry("").or_default() += 1;
        if Which::Behind.holds(row) {
            *counts.entry("behind").or_default() += 1;
        }
        if let Some(handed) = row.handed {
            *counts.entry(handed.state.code()).or_default() += 1;
        }
    }
    counts
}

impl QuarterRow {
    /// Where it stands on a day: what a clock that stood ahead ended goes on until its last day is over.
    pub fn state_on(&self, today: NaiveDate) -> State {
        if self.state == State::Ended && today <= self.quarter.last() { State::Open } else { self.state }
    }

    /// Whether returns can be written and signed on a day.
    pub fn takes_returns(&self, today: NaiveDate) -> bool {
        self.state_on(today) == State::Ended
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn needs_are_carried_over_line_by_line() {
        assert_eq!(missing_lines("Bản đồ\n\n Dân số \nGiá đất", "Dân số"), ["Bản đồ", "Giá đất"]);
        assert!(missing_lines("", "x").is_empty());
    }
}
