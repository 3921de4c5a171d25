//! What is owed of a dataset, and what hinders a confirmation.

use chrono::NaiveDate;

use super::model::{Asking, Obstacle, Owed};
use super::store::{self, Facts};
use crate::access::{Action, may};
use crate::account::Person;
use crate::dataset::{self, Dataset};
use crate::duty::{self, Calendar, Days, Ending, Kind, Wanted};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Page, PageRequest, Result, Timestamp};
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::voice;

/// Rounds of one dataset that are shown.
const ROUNDS: i64 = 40;

/// What a dataset owes, as the engine wants it; none where it owes nothing.
pub(super) fn wanted(profile: &Profile, facts: &Facts, today: NaiveDate) -> Option<Wanted> {
    if !facts.published {
        return None;
    }
    let found = facts.counted().timeliness(profile, today);
    let (from, due, soon) = (found.from?, found.due?, found.soon_from?);
    Some(Wanted {
        kind: Kind::Update,
        subject: facts.id.to_string(),
        turn: facts.counts_from.0.to_string(),
        agency: facts.charged.clone(),
        title: facts.title.clone(),
        days: Days { from, opens: from, soon, due },
        basis: found.basis.map(|basis| basis.to_string()),
        verified: found.verified,
        before: done(facts),
    })
}

/// How the round before the present one ended.
fn done(facts: &Facts) -> Ending {
    let how = if facts.confirmed_by.is_some() { "unchanged" } else { "version" };
    Ending { done: true, how, at: facts.counts_from, by: facts.confirmed_by.clone() }
}

/// How a round ends whose dataset owes nothing any more.
pub(super) fn gone(published: bool, at: Timestamp) -> Ending {
    Ending { done: false, how: if published { "not-owed" } else { "withdrawn" }, at, by: None }
}

/// The latest day to which a round that is due on a day may be extended now.
pub(super) fn latest(profile: &Profile, due: NaiveDate, today: NaiveDate) -> NaiveDate {
    Calendar::of(profile).add_working_days(due.max(today), i64::from(profile.duty.extension_most_days.value))
}

/// When it was said of a published dataset that nothing changed, where its present round counts from that.
///
/// # Errors
/// When the database does not answer.
pub fn confirmed(conn: &mut Conn, dataset: &Dataset) -> Result<Option<Timestamp>> {
    // Most rounds count from a publication, and need no further look.
    if dataset.counts_from == dataset.updated_at {
        return Ok(None);
    }
    Ok(store::last_confirmation(conn, &dataset.id)?.filter(|at| dataset.counts_from == Some(at.0)))
}

/// Why "nothing changed" cannot be said of a dataset now.
pub(super) fn obstacle(
    conn: &mut Conn,
    profile: &Profile,
    facts: &Facts,
    today: NaiveDate,
) -> Result<Option<Obstacle>> {
    if !facts.published {
        return Ok(Some(Obstacle::NotPublished));
    }
    if !profile.opendata.no_change_confirms.value {
        return Ok(Some(Obstacle::Rules));
    }
    if facts.counted().timeliness(profile, today).due.is_none() {
        return Ok(Some(Obstacle::NotOwed));
    }
    if facts.confirmed_by.is_some() && facts.counts_from.date(profile.province.timezone_minutes) == today {
        return Ok(Some(Obstacle::Today));
    }
    if let Some(draft) = dataset::draft_of(conn, &facts.id)? {
        let tables = |conn: &mut Conn, version| -> Result<Vec<_>> {
            Ok(dataset::resources_of(conn, version)?.into_iter().map(|one| one.table.id).collect())
        };
        let current = dataset::by_id(conn, &facts.id)?.current_version_id.ok_or_else(Error::not_found)?;
        if tables(conn, &draft.id)? != tables(conn, &current)? {
            return Ok(Some(Obstacle::Draft));
        }
    }
    if voice::known_errors(conn, &facts.id)? > 0 {
        return Ok(Some(Obstacle::Errors));
    }
    Ok(None)
}

/// Everything that a person sees of what a dataset owes.
///
/// # Errors
/// `NotFound`; `Forbidden` for whoever may not see the agency's datasets.
pub fn owed(conn: &mut Conn, profile: &Profile, person: &Person, id: &DatasetId, today: NaiveDate) -> Result<Owed> {
    let dataset = dataset::by_id(conn, id)?;
    let facts = store::facts_of(conn, &dataset, today)?;
    may(person, Action::SeeDatasets(&facts.agency)).require()?;
    if dataset.quarantined_at.is_some() {
        may(person, Action::SeeQuarantined(&facts.agency)).require()?;
    }
    let timeliness = facts.counted().timeliness(profile, today);
    let extends = facts.published && profile.duty.extension_most_days.value > 0;
    Ok(Owed {
        latest: timeliness.due.filter(|_| extends).map(|due| latest(profile, due, today)),
        timeliness,
        rounds: duty::rounds(conn, Kind::Update, id.as_str(), ROUNDS)?,
        confirmations: store::confirmations(conn, id)?,
        extensions: store::extensions(conn, id)?,
        obstacle: obstacle(conn, profile, &facts, today)?,
        dataset,
    })
}

/// A page of the requests for more time that wait for a decision, the oldest first, for whoever decides.
///
/// # Errors
/// `Forbidden` for everybody else.
pub fn asked(conn: &mut Conn, person: &Person, page: PageRequest) -> Result<Page<Asking>> {
    may(person, Action::GrantExtensions).require()?;
    store::asked(conn, page)
}

/// How many requests for more time wait for a decision by this person.
///
/// # Errors
/// When the database does not answer.
pub fn count_asked(conn: &mut Conn, person: &Person) -> Result<u64> {
    if may(person, Action::GrantExtensions).granted() { store::count_asked(conn) } else { Ok(0) }
}
