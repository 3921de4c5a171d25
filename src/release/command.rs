//! Ordering a release, and publishing a key.

use serde_json::json;

use super::{Release, State, job, store};
use crate::audit;
use crate::kernel::id::ReleaseId;
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job};
use crate::quarter::{self, Quarter};

/// Quarters that one turn may close: fifty years of them.
const MOST: i64 = 200;

fn parsed(quarter: &str) -> Result<Quarter> {
    Quarter::parse(quarter).ok_or_else(|| Error::invalid(Problem::new("release-quarter").with("quarter", quarter)))
}

/// Orders the release of a quarter that was closed, of what was published at its close or at another moment.
///
/// # Errors
/// As [`order`]; `Conflict` (`release-quarter-open`) when the quarter is not closed.
pub fn order_closed(tx: &mut Tx<'_>, quarter: &str, as_of: Option<Timestamp>) -> Result<ReleaseId> {
    let of = parsed(quarter)?;
    let open = || Error::conflict(Problem::new("release-quarter-open").with("quarter", quarter));
    let closed = quarter::find(tx.conn(), of)?.and_then(|row| row.closed_at).ok_or_else(open)?;
    let as_of = as_of.unwrap_or(closed);
    // After a standstill several quarters are closed together, and what orders their releases comes in any order. Before the first release
    // of all, quarters that were closed earlier have none.
    let last = store::last(tx.conn())?.map(|last| last.quarter).unwrap_or_default();
    let together = |at: Timestamp| if last.is_empty() { at == closed } else { at <= closed };
    let mut before: Vec<(Quarter, Timestamp)> = quarter::latest(tx.conn(), MOST)?
        .into_iter()
        .filter(|row| row.quarter < of && row.quarter.to_string() > last)
        .filter_map(|row| Some((row.quarter, row.closed_at.filter(|at| together(*at))?.min(as_of))))
        .collect();
    before.sort_unstable();
    for (one, at) in before {
        match order(tx, &one.to_string(), at) {
            // Its own job was faster.
            Err(error) if error.has("release-there") => {}
            done => drop(done?),
        }
    }
    order(tx, quarter, as_of)
}

/// Orders the release of a quarter, of what is published at a moment: the job makes it. Whether the quarter is over is the caller's to
/// know.
///
/// # Errors
/// `Invalid` (`release-quarter`, `release-moment`); `Conflict` (`release-there`; `release-order` unless its quarter comes after every other,
/// and its moment before none).
pub fn order(tx: &mut Tx<'_>, quarter: &str, as_of: Timestamp) -> Result<ReleaseId> {
    let quarter = parsed(quarter)?;
    if as_of > tx.ctx().at {
        return Err(Error::invalid(Problem::new("release-moment")));
    }
    let named = |code| Error::conflict(Problem::new(code).with("quarter", quarter.to_string()));
    if store::ordered(tx.conn(), &quarter.to_string())?.is_some() {
        return Err(named("release-there"));
    }
    let last = store::last(tx.conn())?;
    if last.as_ref().is_some_and(|last| last.quarter > quarter.to_string() || last.as_of > as_of.0) {
        return Err(named("release-order"));
    }
    let id = ReleaseId::fresh();
    let at = tx.ctx().at;
    store::insert(tx, &id, quarter, as_of, last.map(|last| last.id).as_ref(), at)?;
    enqueue(tx, &id)?;
    let detail =
        json!({ "quarter": quarter.to_string(), "as_of": as_of.to_rfc3339(), "after": State::Building.code() });
    audit::record(tx, "release.order", "release", id.as_str(), detail);
    Ok(id)
}

/// Lets a release go on that broke off, with those before it that it waits for: jobs that failed for good are put back, those that wait to be
/// tried again are due at once.
///
/// # Errors
/// `Invalid` (`release-moment`) for one that a clock that stood ahead ordered: its job waits for the moment of the close.
pub fn resume(tx: &mut Tx<'_>, release: &Release) -> Result<()> {
    if release.is_ready() {
        return Ok(());
    }
    if release.as_of > tx.ctx().at.0 {
        return Err(Error::invalid(Problem::new("release-moment")));
    }
    // Job by job in the order of quarters, as the end of a release holds its own and then that of the next one.
    for one in store::building(tx.conn())?.into_iter().filter(|one| one.quarter <= release.quarter) {
        enqueue(tx, &one.id)?;
    }
    audit::record(tx, "release.resume", "release", release.id.as_str(), json!({ "quarter": release.quarter }));
    Ok(())
}

/// Puts the job in that makes a release.
pub(super) fn enqueue(tx: &mut Tx<'_>, id: &ReleaseId) -> Result<()> {
    queue::enqueue(tx, Job::new(job::BUILD, json!({ "release": id })).key(job_key(id)))?;
    Ok(())
}

/// The key of the job that makes a release.
pub(super) fn job_key(id: &ReleaseId) -> String {
    format!("{}:{id}", job::BUILD)
}

/// Publishes the public half of a key, 32 bytes; one that is published already is fine.
///
/// # Errors
/// `Conflict` (`release-key-taken`) when its id names another key.
pub fn publish_key(tx: &mut Tx<'_>, id: &str, public: &[u8]) -> Result<()> {
    let public = hex::encode(public);
    if let Some(known) = store::key(tx.conn(), id)? {
        let taken = || Error::conflict(Problem::new("release-key-taken").with("id", id));
        return if known.public_key == public { Ok(()) } else { Err(taken()) };
    }
    store::insert_key(tx, id, &public)?;
    audit::record(tx, "release.key", "release-key", id, json!({ "public_key": public }));
    tx.changed("release-key", id);
    Ok(())
}
