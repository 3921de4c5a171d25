//! What is wanted most, for those who plan.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use chrono::{Days, Months, NaiveDate};

use super::{Demand, Filter, Missed, Order, VainWords, Wanted, store};
use crate::access::{Action, may};
use crate::account::{Person, role};
use crate::discovery::{Index, Query};
use crate::duty::State;
use crate::kernel::id::{AgencyId, DatasetId};
use crate::kernel::{Lang, Page, PageRequest, Result};
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::statistics;

/// Days whose downloads count.
pub const DAYS: u64 = 90;
/// Months whose searches in vain are shown, this one among them.
const MONTHS: u32 = 12;
/// Months for which searches in vain are kept, this one among them.
const KEPT: u32 = 24;

/// How much datasets are wanted; what nobody wants is left out.
///
/// # Errors
/// When the database does not answer.
pub fn demand_of(conn: &mut Conn, ids: &[DatasetId], today: NaiveDate) -> Result<HashMap<DatasetId, Demand>> {
    let wanted: HashSet<&DatasetId> = ids.iter().collect();
    let mut found = all(conn, today)?;
    found.retain(|id, _| wanted.contains(id));
    Ok(found)
}

/// As [`demand_of`], of everything published.
fn all(conn: &mut Conn, today: NaiveDate) -> Result<HashMap<DatasetId, Demand>> {
    let since = today.checked_sub_days(Days::new(DAYS)).unwrap_or(today).to_string();
    let mut found: HashMap<DatasetId, Demand> = HashMap::new();
    for (id, used) in statistics::by_dataset(conn, &since)? {
        found.entry(id).or_default().downloads = used.downloads;
    }
    for (id, supporters) in store::supporters(conn)? {
        found.entry(id).or_default().supporters = supporters;
    }
    Ok(found)
}

/// The agencies whose data somebody plans; none means all. Whoever handles what readers write to an agency plans for it.
fn scope(person: &Person, profile: &Profile) -> Option<Vec<AgencyId>> {
    if person.holds(role::COORDINATOR, None) {
        return None;
    }
    let mut agencies: Vec<_> = person.held.iter().map(|held| held.agency.clone()).collect();
    agencies.sort();
    agencies.dedup();
    agencies.retain(|agency| may(person, Action::HandleReports(profile, agency)).granted());
    Some(agencies)
}

/// A page of the published datasets that somebody plans for, with their demand.
///
/// # Errors
/// `Forbidden` for whoever plans for nobody.
pub fn datasets(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    filter: &Filter,
    today: NaiveDate,
    page: PageRequest,
) -> Result<Page<Wanted>> {
    may(person, Action::HandleSomeReports(profile)).require()?;
    let demand = all(conn, today)?;
    let mut found = store::published(conn, scope(person, profile).as_deref(), filter.agency.as_ref())?;
    for dataset in &mut found {
        dataset.demand = demand.get(&dataset.dataset).copied().unwrap_or_default();
    }
    let urgency = |dataset: &Wanted| match filter.order {
        Order::Demand => 0,
        Order::Due => match dataset.counted().timeliness(profile, today).state {
            State::Late => 0,
            State::DueSoon => 1,
            State::OnTime | State::NotDue => 2,
        },
    };
    found.sort_by_cached_key(|dataset| {
        let Demand { supporters, downloads } = dataset.demand;
        let wanted = Reverse((dataset.demand.score(), supporters, downloads));
        (urgency(dataset), wanted, dataset.title.clone(), dataset.dataset.clone())
    });
    Ok(cut(found, page))
}

/// A page of the words that several people searched for in vain within the last twelve months, those of most people first.
///
/// # Errors
/// `Forbidden` for whoever plans for nobody.
pub fn words(
    conn: &mut Conn,
    index: &Index,
    person: &Person,
    profile: &Profile,
    today: NaiveDate,
    page: PageRequest,
) -> Result<Page<VainWords>> {
    may(person, Action::HandleSomeReports(profile)).require()?;
    let mut found = store::vain(conn, &first_of(MONTHS, today))?;
    found.sort_by(|a, b| (b.people, &b.last, &a.words).cmp(&(a.people, &a.last, &b.words)));
    let mut shown = cut(found, page);
    let day = today.signed_duration_since(NaiveDate::default()).num_days().try_into().unwrap_or(i32::MAX);
    for row in &mut shown.items {
        // Data may have come since.
        let query = Query::new(row.words.clone(), PageRequest { number: 1, size: 1 }, Lang::Vi, day);
        row.found = index.ready().then(|| index.search(&query).ok()).flatten().map(|answer| answer.total);
    }
    Ok(shown)
}

/// The first (YYYY-MM) of so many months that end with a day's.
fn first_of(months: u32, today: NaiveDate) -> String {
    today.checked_sub_months(Months::new(months - 1)).unwrap_or(today).format("%Y-%m").to_string()
}

/// The first month (YYYY-MM) of which searches in vain are kept.
pub fn kept_since(today: NaiveDate) -> String {
    first_of(KEPT, today)
}

/// How much was searched for in vain since the month of a day, or since the first that is kept; the words themselves are not for
/// everybody, since they could name persons.
///
/// # Errors
/// When the database does not answer.
pub fn missed(conn: &mut Conn, since: Option<NaiveDate>, today: NaiveDate) -> Result<Missed> {
    let kept = kept_since(today);
    let month = since.map(|day| day.format("%Y-%m").to_string()).filter(|month| *month > kept);
    let since = month.unwrap_or(kept);
    let (words, people) = store::missed(conn, &since)?;
    Ok(Missed { since, words, people })
}

/// One page of a list; a page past the last counts as the last.
fn cut<T>(found: Vec<T>, page: PageRequest) -> Page<T> {
    let total = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let request = page.within(total);
    let number = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
    let items = found.into_iter().skip(number(request.offset())).take(number(request.size)).collect();
    Page { items, total, request }
}
