//! Questions about requests for data that need more than one look.

use chrono::NaiveDate;

use super::model::Scope;
use super::{DataRequest, Filter, Listed, Outcome, PublicFilter, State, Step, store};
use crate::access::{Action, may};
use crate::account::{Person, role};
use crate::agency;
use crate::dataset::{self, Dataset};
use crate::duty::Calendar;
use crate::kernel::id::{AgencyId, DataRequestId};
use crate::kernel::text::fold;
use crate::kernel::{Error, Localized, Page, PageRequest, Problem, Result, Timestamp};
use crate::platform::db::Conn;
use crate::platform::token;
use crate::profile::Profile;
use crate::voice::receipt_typed;

/// Requests that are held against what somebody types.
const COMPARED: i64 = 500;
/// A word of fewer letters says nothing about what is asked for.
const WORD: usize = 3;

/// What the public, or whoever holds a receipt, may read.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The request.
    pub request: DataRequest,
    /// Its way, oldest first; names of persons are left out.
    pub steps: Vec<Step>,
    /// Whose it is to answer.
    pub agency: Option<Localized>,
    /// The dataset that holds the data, and its title; none once it was withdrawn.
    pub dataset: Option<(Dataset, Localized)>,
    /// The request that asks for the same; for the public, only one that it may read.
    pub into: Option<DataRequest>,
}

/// A request by its receipt number.
///
/// # Errors
/// `NotFound`.
pub fn follow(conn: &mut Conn, receipt: &str) -> Result<Followed> {
    let receipt = receipt_typed(receipt).ok_or_else(Error::not_found)?;
    let id = store::by_receipt(conn, &token::sha256_hex(&receipt))?.ok_or_else(Error::not_found)?;
    let request = store::by_id(conn, &id)?;
    public(conn, request)
}

/// A request that the public may read, by its number.
///
/// # Errors
/// `NotFound`, also for spam.
pub fn public_one(conn: &mut Conn, number: i32) -> Result<Followed> {
    let request = store::by_number(conn, number)?;
    public(conn, request)
}

/// As [`told`], without the words of another request that the public may not read: not let out, or set aside later.
fn public(conn: &mut Conn, request: DataRequest) -> Result<Followed> {
    let mut found = told(conn, request)?;
    found.into = found.into.filter(|other| other.shown.is_some() && other.outcome != Some(Outcome::Spam));
    Ok(found)
}

fn told(conn: &mut Conn, request: DataRequest) -> Result<Followed> {
    let mut steps = store::steps_of(conn, &request.id)?;
    steps.iter_mut().for_each(|step| step.by = None);
    let agency = match &request.agency {
        Some(id) => agency::by_id(conn, id)?.map(|found| found.names()),
        None => None,
    };
    let dataset = match &request.dataset {
        Some(id) => Some(dataset::by_id(conn, id)?).filter(|found| found.state() == dataset::State::Published),
        None => None,
    };
    let dataset = match dataset {
        Some(found) => {
            let title = dataset::detail(conn, &found.id, None)?.version.metadata.title;
            Some((found, title))
        }
        None => None,
    };
    let into = match &request.merged_into {
        Some(id) => Some(store::by_id(conn, id)?),
        None => None,
    };
    Ok(Followed { request, steps, agency, dataset, into })
}

/// The number of a request on the public portal; none before its words were let out.
///
/// # Errors
/// `NotFound`.
pub fn number_of(conn: &mut Conn, id: &DataRequestId) -> Result<Option<i32>> {
    Ok(store::by_id(conn, id)?.shown.map(|shown| shown.number))
}

/// Whether somebody may read and handle a request: who handles what readers write to its agency, and the coordinating department.
///
/// # Errors
/// `Forbidden`.
pub fn may_handle(person: &Person, profile: &Profile, request: &DataRequest) -> Result<()> {
    if person.holds(role::COORDINATOR, None) {
        return Ok(());
    }
    match &request.agency {
        Some(agency) => may(person, Action::HandleReports(profile, agency)).require(),
        None => Err(Error::forbidden(Problem::new("forbidden"))),
    }
}

/// A request with its way, for whoever may handle it.
///
/// # Errors
/// `NotFound`; `Forbidden`.
pub fn find(conn: &mut Conn, person: &Person, profile: &Profile, id: &DataRequestId) -> Result<Followed> {
    let request = store::by_id(conn, id)?;
    may_handle(person, profile, &request)?;
    let steps = store::steps_of(conn, id)?;
    Ok(Followed { steps, ..told(conn, request)? })
}

/// A page of the requests that somebody handles.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    filter: &Filter,
    today: NaiveDate,
    page: PageRequest,
) -> Result<Page<Listed>> {
    store::list(conn, &scope(person, profile), filter, late_before(profile, today), page)
}

/// How many requests wait for somebody of the agencies whose requests a person handles.
///
/// # Errors
/// When the database does not answer.
pub fn count_waiting(conn: &mut Conn, person: &Person, profile: &Profile) -> Result<u64> {
    let scope = scope(person, profile);
    if scope.0.as_ref().is_some_and(Vec::is_empty) {
        return Ok(0);
    }
    store::count_waiting(conn, &scope)
}

/// How many requests that are not closed an agency has, and how many of them are past their day: of some agencies, or of all. For whoever
/// sees the numbers of these agencies.
///
/// # Errors
/// When the database does not answer.
pub fn counts(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    profile: &Profile,
    today: NaiveDate,
) -> Result<Vec<(AgencyId, u64, u64)>> {
    store::counts(conn, agencies, &late_before(profile, today))
}

/// A page of the requests that the public may read.
///
/// # Errors
/// When the database does not answer.
pub fn public_list(conn: &mut Conn, filter: &PublicFilter, page: PageRequest) -> Result<Page<Listed>> {
    store::public_list(conn, filter, page)
}

/// The requests that the public may read and that share most words with a text, best first: at least half of its words.
///
/// # Errors
/// When the database does not answer.
pub fn similar(conn: &mut Conn, text: &str, most: usize) -> Result<Vec<Listed>> {
    let folded = fold(text);
    let mut words: Vec<&str> = folded.split_whitespace().filter(|word| word.chars().count() >= WORD).take(24).collect();
    words.sort_unstable();
    words.dedup();
    if words.is_empty() {
        return Ok(Vec::new());
    }
    // Their titles alone are held against it: those that most people need come first, and stay first among equals.
    let mut found: Vec<(usize, i32)> = store::public_titles(conn, COMPARED)?
        .into_iter()
        .map(|(number, title)| {
            let theirs = fold(&title);
            let shared = words.iter().filter(|word| theirs.split_whitespace().any(|other| other == **word)).count();
            (shared, number)
        })
        .filter(|(shared, _)| shared * 2 >= words.len() && *shared > 0)
        .collect();
    found.sort_by_key(|(shared, _)| std::cmp::Reverse(*shared));
    let numbers: Vec<i32> = found.into_iter().take(most).map(|(_, number)| number).collect();
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let mut listed = store::listed(conn, &numbers)?;
    listed.sort_by_key(|item| {
        let own = item.request.shown.as_ref().map(|shown| shown.number);
        numbers.iter().position(|number| Some(*number) == own)
    });
    Ok(listed)
}

/// The day by which a request is to be answered; none once it was answered or a day was promised, which then counts.
pub fn due(profile: &Profile, request: &DataRequest) -> Option<NaiveDate> {
    match request.state {
        State::New | State::Assigned => {
            let made = request.made_at.date(profile.province.timezone_minutes);
            Some(
                Calendar::of(profile).add_working_days(made, i64::from(profile.data_request.answer_working_days.value)),
            )
        }
        State::Planned => request.promised_on,
        State::Closed => None,
    }
}

/// Requests written before this moment are late today, and today as promises say it.
fn late_before(profile: &Profile, today: NaiveDate) -> (Timestamp, String) {
    let days = i64::from(profile.data_request.answer_working_days.value);
    let day = Calendar::of(profile).add_working_days(today, -days);
    let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
    (Timestamp(midnight - i64::from(profile.province.timezone_minutes) * 60_000), today.to_string())
}

/// As [`may_handle`] says of one request.
fn scope(person: &Person, profile: &Profile) -> Scope {
    let mut agencies: Vec<_> = person.held.iter().map(|held| held.agency.clone()).collect();
    agencies.sort();
    agencies.dedup();
    agencies.retain(|agency| may(person, Action::HandleReports(profile, agency)).granted());
    Scope((!person.holds(role::COORDINATOR, None)).then_some(agencies))
}
