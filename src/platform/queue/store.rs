//! The table of jobs.

use diesel::dsl::{count_star, min};
use diesel::prelude::*;
use serde_json::Value;

use super::Lease;
use crate::kernel::id::JobId;
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, DueRule, Tx, lock_row};
use crate::schema::job;

/// What is known of a job that this program holds.
pub(super) struct Held {
    pub attempts: i32,
    pub most_attempts: i32,
    pub again: bool,
    pub due_at: i64,
    pub every: Option<(i64, i64)>,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Waiting for their time, or to be tried again.
    pub waiting: i64,
    /// At work.
    pub running: i64,
    /// Given up.
    pub dead: i64,
    /// When the job that waits longest was due (milliseconds).
    pub oldest_due: Option<i64>,
}

/// A job as it is told to the operator.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = job)]
pub struct Listed {
    /// Its id.
    pub id: JobId,
    /// Which handler.
    pub kind: String,
    /// `waiting`, `running` or `dead`.
    pub state: String,
    /// When it is due (milliseconds).
    pub due_at: i64,
    /// How often it was begun.
    pub attempts: i32,
    /// The last failure, as the log has it.
    pub last_failure: Option<String>,
    /// When that was (milliseconds).
    pub failed_at: Option<i64>,
}

/// Lets a job of a key stand for another one: one that waits does so no longer than the other would, one that runs will run once more, a
/// dead one is put back. Says whether there was one.
pub(super) fn join(tx: &mut Tx<'_>, key: &str, payload: &Value, due: Timestamp) -> Result<bool> {
    let id: Option<JobId> = job::table.filter(job::unique_key.eq(key)).select(job::id).first(tx.conn()).optional()?;
    let Some(id) = id else { return Ok(false) };
    // Until this transaction ends nobody takes it, or ends it: it would be done before what it is to find is there.
    lock_row(tx.conn(), "job", id.as_str())?;
    let row: Option<(String, i64)> =
        job::table.find(&id).select((job::state, job::due_at)).first(tx.conn()).optional()?;
    let Some((state, due_at)) = row else { return Ok(false) };
    let own = job::table.find(&id);
    match state.as_str() {
        "waiting" => diesel::update(own).set(job::due_at.eq(due_at.min(due.0))).execute(tx.conn())?,
        "running" => diesel::update(own)
            .set((job::again.eq(true), job::payload.eq(payload.to_string()), job::due_at.eq(due.0)))
            .execute(tx.conn())?,
        _ => diesel::update(own)
            .set((
                job::state.eq("waiting"),
                job::attempts.eq(0),
                job::payload.eq(payload.to_string()),
                job::due_at.eq(due.0),
            ))
            .execute(tx.conn())?,
    };
    Ok(true)
}

/// Sets how often a recurring job comes; says whether there is one of that key.
pub(super) fn set_turn(tx: &mut Tx<'_>, key: &str, every: i64, offset: i64, due: i64) -> Result<bool> {
    // An unchanged rhythm keeps its due moment: a turn missed while nothing ran is still due.
    let other = job::every_seconds.ne(Some(every)).or(job::offset_seconds.ne(Some(offset)));
    diesel::update(job::table.filter(job::unique_key.eq(key)).filter(other))
        .set((job::every_seconds.eq(Some(every)), job::offset_seconds.eq(Some(offset)), job::due_at.eq(due)))
        .execute(tx.conn())?;
    let there: i64 = job::table.filter(job::unique_key.eq(key)).select(count_star()).first(tx.conn())?;
    Ok(there > 0)
}

/// The job of a key, locked, unless a program is at it by a lease that counts.
pub(super) fn idle(tx: &mut Tx<'_>, key: &str, rule: DueRule) -> Result<Option<JobId>> {
    let id: Option<JobId> = job::table.filter(job::unique_key.eq(key)).select(job::id).first(tx.conn()).optional()?;
    let Some(id) = id else { return Ok(None) };
    lock_row(tx.conn(), "job", id.as_str())?;
    let lease: Option<i64> = job::table
        .find(&id)
        .filter(job::state.eq("running"))
        .select(job::lease_until)
        .first::<Option<i64>>(tx.conn())
        .optional()?
        .flatten();
    Ok(lease.is_none_or(|until| until <= rule.now || until > rule.latest_lease).then_some(id))
}

/// Takes a job that [`due_jobs`](crate::platform::db::due_jobs) found and locked.
pub(super) fn take(tx: &mut Tx<'_>, id: &str, until: Timestamp) -> Result<Option<Lease>> {
    type Row = (JobId, String, String, String, i32, i32, i64, Option<i64>, bool);
    let (id, kind, payload, state, attempts, most, token, every, again): Row = job::table
        .find(id)
        .select((
            job::id,
            job::kind,
            job::payload,
            job::state,
            job::attempts,
            job::most_attempts,
            job::token,
            job::every_seconds,
            job::again,
        ))
        .first(tx.conn())?;
    let now = tx.ctx().at.0;
    let spent = state == "running" && attempts >= most && every.is_none();
    if spent && !again {
        diesel::update(job::table.find(&id))
            .set((
                job::state.eq("dead"),
                job::lease_until.eq(None::<i64>),
                job::last_failure.eq(Some("lease-ran-out")),
                job::failed_at.eq(Some(now)),
            ))
            .execute(tx.conn())?;
        return Ok(None);
    }
    // What was put in while it ran has attempts of its own.
    let (attempt, token) = (if spent { 1 } else { attempts.saturating_add(1) }, token + 1);
    diesel::update(job::table.find(&id))
        .set((
            job::state.eq("running"),
            job::attempts.eq(attempt),
            job::token.eq(token),
            job::lease_until.eq(Some(until.0)),
            job::again.eq(false),
        ))
        .execute(tx.conn())?;
    Ok(Some(Lease { id, kind, payload: serde_json::from_str(&payload)?, attempt, token }))
}

macro_rules! mine {
    ($lease:expr) => {
        job::table.filter(job::id.eq(&$lease.id)).filter(job::token.eq($lease.token)).filter(job::state.eq("running"))
    };
}

/// Locks a job that is still this lease's.
pub(super) fn held(tx: &mut Tx<'_>, lease: &Lease) -> Result<Option<Held>> {
    type Row = (i32, i32, bool, i64, Option<i64>, Option<i64>);
    lock_row(tx.conn(), "job", lease.id.as_str())?;
    let row: Option<Row> = mine!(lease)
        .select((job::attempts, job::most_attempts, job::again, job::due_at, job::every_seconds, job::offset_seconds))
        .first(tx.conn())
        .optional()?;
    Ok(row.map(|(attempts, most_attempts, again, due_at, every, offset)| Held {
        attempts,
        most_attempts,
        again,
        due_at,
        every: every.map(|every| (every, offset.unwrap_or(0))),
    }))
}

pub(super) fn beat(tx: &mut Tx<'_>, lease: &Lease, until: Timestamp) -> Result<bool> {
    let beaten = diesel::update(mine!(lease)).set(job::lease_until.eq(Some(until.0))).execute(tx.conn())?;
    Ok(beaten == 1)
}

pub(super) fn delete(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    diesel::delete(mine!(lease)).execute(tx.conn())?;
    Ok(())
}

/// Lets a job wait for its next turn, or for what was put in while it ran, with all its attempts.
pub(super) fn wait(tx: &mut Tx<'_>, lease: &Lease, due: Timestamp) -> Result<()> {
    diesel::update(mine!(lease))
        .set((
            job::state.eq("waiting"),
            job::attempts.eq(0),
            job::again.eq(false),
            job::due_at.eq(due.0),
            job::lease_until.eq(None::<i64>),
            job::last_failure.eq(None::<String>),
            job::failed_at.eq(None::<i64>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn failed(tx: &mut Tx<'_>, lease: &Lease, dead: bool, due: Timestamp, failure: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(mine!(lease))
        .set((
            job::state.eq(if dead { "dead" } else { "waiting" }),
            job::due_at.eq(due.0),
            job::lease_until.eq(None::<i64>),
            job::last_failure.eq(Some(failure)),
            job::failed_at.eq(Some(at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn release(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(mine!(lease))
        .set((
            job::state.eq("waiting"),
            job::attempts.eq(lease.attempt - 1),
            job::due_at.eq(at),
            job::lease_until.eq(None::<i64>),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a job away, whatever state it is in; whoever runs it finds that it is lost. Says whether there was one.
///
/// # Errors
/// When the database does not answer.
pub fn cancel(tx: &mut Tx<'_>, id: &JobId) -> Result<bool> {
    Ok(diesel::delete(job::table.find(id)).execute(tx.conn())? == 1)
}

/// Puts dead jobs back, one or (`None`) all; their attempts count anew. Says how many.
///
/// # Errors
/// When the database does not answer.
pub fn put_back(tx: &mut Tx<'_>, id: Option<&JobId>) -> Result<usize> {
    let at = tx.ctx().at.0;
    let set = (job::state.eq("waiting"), job::attempts.eq(0), job::due_at.eq(at));
    let dead = job::table.filter(job::state.eq("dead"));
    let changed = match id {
        Some(id) => diesel::update(dead.filter(job::id.eq(id))).set(set).execute(tx.conn())?,
        None => diesel::update(dead).set(set).execute(tx.conn())?,
    };
    tx.has_job();
    Ok(changed)
}

/// How many jobs there are in each state.
///
/// # Errors
/// When the database does not answer.
pub fn counts(conn: &mut Conn) -> Result<Counts> {
    let mut counts = Counts::default();
    let rows: Vec<(String, i64)> = job::table.group_by(job::state).select((job::state, count_star())).load(conn)?;
    for (state, count) in rows {
        match state.as_str() {
            "waiting" => counts.waiting = count,
            "running" => counts.running = count,
            _ => counts.dead = count,
        }
    }
    counts.oldest_due = job::table.filter(job::state.eq("waiting")).select(min(job::due_at)).first(conn)?;
    Ok(counts)
}

/// The state of the job of a key: `waiting`, `running` or `dead`; none when there is none.
///
/// # Errors
/// When the database does not answer.
pub fn state_of(conn: &mut Conn, key: &str) -> Result<Option<String>> {
    Ok(job::table.filter(job::unique_key.eq(key)).select(job::state).first(conn).optional()?)
}

/// The jobs of a state, those due longest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, state: &str, limit: i64) -> Result<Vec<Listed>> {
    Ok(job::table
        .filter(job::state.eq(state))
        .order((job::due_at.asc(), job::id.asc()))
        .limit(limit)
        .select(Listed::as_select())
        .load(conn)?)
}
