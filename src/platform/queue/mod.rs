//! The queue: work to be done later, kept in the database, so that one transaction holds a change, its audit entry and its jobs.
//!
//! A job *waits*, *runs* under a lease, or is *dead*. Whoever takes it gets a [`Lease`] with a token that is raised at every taking;
//! [`complete`] checks it inside the transaction that holds the job's effect, so that a program that was thought gone and comes back
//! changes nothing any more (SECURITY.md R22). A finished job's row goes, a recurring one's is set to its next turn. A cancelled job's
//! row goes too, and whoever runs it finds out the same way.
//!
//! Time is the application's clock. Programs that share a database must agree on it within [`SKEW`]; what was written when a clock
//! stood far ahead is not waited for (R10). What such a clock dated, and must not be done before that moment, is put off ([`put_off`]).

mod store;

use serde_json::Value;

use super::db::{Conn, DueRule, JobRow, Tx, due_jobs, insert_job};
use crate::kernel::id::JobId;
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};

pub use store::{Counts, Listed, cancel, counts, list, put_back, state_of};

/// How long a lease lasts, in seconds; a heartbeat makes it last as long again.
pub const LEASE: i64 = 60;
/// How far apart the clocks of programs on one database may be, in seconds.
pub const SKEW: i64 = 3600;
/// The longest wait between two attempts, in seconds.
pub const LONGEST_WAIT: i64 = 15 * 60;
/// Attempts before a job is dead, unless it says otherwise: about two hours.
const ATTEMPTS: i32 = 15;
/// Characters of a failure that are kept.
const FAILURE: usize = 2000;

/// A job to be put in.
#[derive(Clone, Debug)]
pub struct Job {
    kind: &'static str,
    payload: Value,
    not_before: Option<Timestamp>,
    key: Option<String>,
    attempts: i32,
}

impl Job {
    /// A job for the handler of a kind; the payload is all that the handler will know.
    pub fn new(kind: &'static str, payload: Value) -> Self {
        Self { kind, payload, not_before: None, key: None, attempts: ATTEMPTS }
    }

    /// Not before a moment.
    #[must_use]
    pub fn not_before(mut self, at: Timestamp) -> Self {
        self.not_before = Some(at);
        self
    }

    /// At most one job of this key: while one waits another is not put in, and it waits no longer than that would; one that runs is run once
    /// more, whatever comes of the present attempt; a dead one is put back.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Dead after so many attempts.
    #[must_use]
    pub fn attempts(mut self, most: i32) -> Self {
        self.attempts = most.max(1);
        self
    }
}

/// A job taken by this program, for a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Lease {
    /// Which job.
    pub id: JobId,
    /// Which handler.
    pub kind: String,
    /// What it is to do.
    pub payload: Value,
    /// The number of this attempt, from 1.
    pub attempt: i32,
    /// Raised at every taking: the higher one holds the job.
    pub token: i64,
}

/// Puts a job in. Says its id, or `None` when one of its key was there already.
///
/// # Errors
/// When the database does not answer.
pub fn enqueue(tx: &mut Tx<'_>, job: Job) -> Result<Option<JobId>> {
    let now = tx.ctx().at;
    let due = job.not_before.unwrap_or(now);
    if let Some(key) = &job.key
        && store::join(tx, key, &job.payload, due)?
    {
        tx.has_job();
        return Ok(None);
    }
    let id = JobId::fresh();
    let made = insert_job(
        tx.conn(),
        JobRow {
            id: id.as_str(),
            kind: job.kind,
            payload: job.payload.to_string(),
            unique_key: job.key.clone(),
            due_at: due.0,
            most_attempts: job.attempts,
            every_seconds: None,
            offset_seconds: None,
            at: now.0,
        },
    )?;
    if !made && let Some(key) = &job.key {
        // Whoever put it in meanwhile has committed: it is there to be joined.
        store::join(tx, key, &job.payload, due)?;
    }
    tx.has_job();
    Ok(made.then_some(id))
}

/// Makes sure that a job recurs: every so many seconds, counted from `offset` seconds after midnight UTC. Turns that were missed are
/// made up for by one. It is never dead: failed, it is tried again, and its next turn comes.
///
/// # Errors
/// When the database does not answer.
pub fn recur(tx: &mut Tx<'_>, kind: &'static str, every: i64, offset: i64) -> Result<()> {
    let now = tx.ctx().at;
    let due = next_turn(now, every, offset).0;
    let key = format!("every:{kind}");
    if store::set_turn(tx, &key, every, offset, due)? {
        return Ok(());
    }
    let id = JobId::fresh();
    insert_job(
        tx.conn(),
        JobRow {
            id: id.as_str(),
            kind,
            payload: "{}".to_owned(),
            unique_key: Some(key),
            due_at: due,
            most_attempts: i32::MAX,
            every_seconds: Some(every),
            offset_seconds: Some(offset),
            at: now.0,
        },
    )?;
    Ok(())
}

/// Whether there is anything to take: a look that locks nothing.
///
/// # Errors
/// When the database does not answer.
pub fn any_due(conn: &mut Conn, kinds: &[&str], now: Timestamp) -> Result<bool> {
    Ok(!due_jobs(conn, kinds, rule(now), 1, false)?.is_empty())
}

/// Takes up to `limit` jobs of the kinds this program has handlers for, those due longest first. No two programs take one job.
/// A job that its last attempt took down with the program is dead.
///
/// # Errors
/// When the database does not answer.
pub fn take(tx: &mut Tx<'_>, kinds: &[&str], limit: usize) -> Result<Vec<Lease>> {
    let now = tx.ctx().at;
    let ids = due_jobs(tx.conn(), kinds, rule(now), i64::try_from(limit).unwrap_or(i64::MAX), true)?;
    let mut leases = Vec::new();
    for id in ids {
        leases.extend(store::take(tx, &id, now.plus_seconds(LEASE))?);
    }
    Ok(leases)
}

/// Takes a recurring job whether its time has come or not; nothing while a program is at it.
///
/// # Errors
/// When the database does not answer.
pub fn take_now(tx: &mut Tx<'_>, kind: &str) -> Result<Option<Lease>> {
    let now = tx.ctx().at;
    match store::idle(tx, &format!("every:{kind}"), rule(now))? {
        Some(id) => store::take(tx, id.as_str(), now.plus_seconds(LEASE)),
        None => Ok(None),
    }
}

/// Says that a job is still being worked on. `false`: it is no longer this program's, which must stop.
///
/// # Errors
/// When the database does not answer.
pub fn beat(tx: &mut Tx<'_>, lease: &Lease) -> Result<bool> {
    let until = tx.ctx().at.plus_seconds(LEASE);
    store::beat(tx, lease, until)
}

/// Ends a job that was done, in the transaction that holds its effect.
///
/// # Errors
/// `Conflict` (`job-lost`) when somebody else has the job by now, or it was cancelled: the effect must not stand either.
pub fn complete(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    if settle(tx, lease)? { Ok(()) } else { Err(lost()) }
}

/// As [`complete`], for work without an effect in the database; says whether the job was still this program's.
///
/// # Errors
/// When the database does not answer.
pub fn settle(tx: &mut Tx<'_>, lease: &Lease) -> Result<bool> {
    let now = tx.ctx().at;
    let Some(held) = store::held(tx, lease)? else { return Ok(false) };
    match held.every {
        Some((every, offset)) => store::wait(tx, lease, next_turn(now, every, offset))?,
        None if held.again => store::wait(tx, lease, Timestamp(held.due_at.max(now.0)))?,
        None => store::delete(tx, lease)?,
    }
    Ok(true)
}

/// Makes sure that a job is this program's until the transaction ends, without ending the job.
///
/// # Errors
/// As [`complete`].
pub fn hold(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    store::held(tx, lease)?.map(drop).ok_or_else(lost)
}

/// Lets a job wait for a moment before which there is nothing that it could do: no failure, and no attempt counts. What was put in while it
/// ran does not wait for that.
///
/// # Errors
/// As [`complete`].
pub fn put_off(tx: &mut Tx<'_>, lease: &Lease, until: Timestamp) -> Result<()> {
    let now = tx.ctx().at;
    let held = store::held(tx, lease)?.ok_or_else(lost)?;
    let due = if held.again { until.0.min(held.due_at.max(now.0)) } else { until.0 };
    store::wait(tx, lease, Timestamp(due))
}

/// Notes that an attempt failed: the job waits longer each time, and is dead after its last attempt, or at once where the failure
/// is one that time does not heal. Says whether it is dead. A job that is no longer this program's is left alone.
///
/// # Errors
/// When the database does not answer.
pub fn fail(tx: &mut Tx<'_>, lease: &Lease, error: &Error) -> Result<bool> {
    let now = tx.ctx().at;
    let Some(held) = store::held(tx, lease)? else { return Ok(false) };
    let failure: String = error.to_string().chars().take(FAILURE).collect();
    let dead = held.every.is_none() && (held.attempts >= held.most_attempts || !heals(error));
    if dead && held.again {
        // What was put in meanwhile is another request.
        store::wait(tx, lease, Timestamp(held.due_at.max(now.0)))?;
        return Ok(false);
    }
    let due = now.plus_seconds(wait_after(held.attempts, chance()));
    store::failed(tx, lease, dead, due, &failure)?;
    Ok(dead)
}

/// Gives a job back that this program will not finish; the attempt does not count.
///
/// # Errors
/// When the database does not answer.
pub fn release(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    if store::held(tx, lease)?.is_some() {
        store::release(tx, lease)?;
        tx.has_job();
    }
    Ok(())
}

/// Whether trying again may help: parts that do not answer come back and faults are mended; what was refused is refused again.
pub fn heals(error: &Error) -> bool {
    matches!(error.kind(), Kind::Unavailable | Kind::Internal | Kind::TooMany | Kind::Conflict)
}

/// Seconds to wait after the attempt of a number: doubled each time from ten, at most [`LONGEST_WAIT`], half of it by chance
/// (0 to 1), so that what failed together does not come back together.
pub fn wait_after(attempt: i32, chance: f64) -> i64 {
    let doublings = u32::try_from(attempt.saturating_sub(1).clamp(0, 20)).unwrap_or(0);
    let whole = (10_i64 << doublings).min(LONGEST_WAIT);
    #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)] // at most 900
    let by_chance = (whole as f64 / 2.0 * chance.clamp(0.0, 1.0)) as i64;
    whole / 2 + by_chance
}

/// The next moment after `now` that lies `offset` seconds after a multiple of `every` seconds.
pub fn next_turn(now: Timestamp, every: i64, offset: i64) -> Timestamp {
    let (every, offset) = (every.max(1) * 1000, offset * 1000);
    Timestamp((now.0 - offset).div_euclid(every).saturating_add(1) * every + offset)
}

fn rule(now: Timestamp) -> DueRule {
    DueRule {
        now: now.0,
        latest_retry: now.plus_seconds(LONGEST_WAIT + SKEW).0,
        latest_lease: now.plus_seconds(LEASE + SKEW).0,
    }
}

fn lost() -> Error {
    Error::conflict(Problem::new("job-lost"))
}

/// From 0 to 1. Without randomness everybody waits the longest: that is no reason to fail.
fn chance() -> f64 {
    getrandom::u32().map_or(1.0, |number| f64::from(number) / f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn waits_double_up_to_a_quarter_of_an_hour() {
        let longest: Vec<i64> = (1..=9).map(|attempt| wait_after(attempt, 1.0)).collect();
        assert_eq!(longest, [10, 20, 40, 80, 160, 320, 640, 900, 900]);
        assert_eq!(wait_after(1, 0.0), 5);
    }

    proptest! {
        #[test]
        fn no_wait_is_longer_than_a_quarter_of_an_hour_or_shorter_than_five_seconds(attempt: i32, chance in 0.0..=1.0) {
            let wait = wait_after(attempt, chance);
            prop_assert!((5..=LONGEST_WAIT).contains(&wait), "{wait}");
        }

        #[test]
        fn the_next_turn_is_ahead_and_at_most_one_period_away(
            now in -4_000_000_000_000_i64..4_000_000_000_000, every in 1_i64..100_000_000, offset in -100_000_i64..100_000
        ) {
            let next = next_turn(Timestamp(now), every, offset).0;
            prop_assert!(next > now && next - now <= every * 1000);
            prop_assert_eq!((next - offset * 1000).rem_euclid(every * 1000), 0);
        }
    }
}
