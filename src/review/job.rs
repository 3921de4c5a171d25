//! The comparison of rows, which is work for later: a job makes it, the page shows it.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::store;
use crate::dataset;
use crate::kernel::id::TableVersionId;
use crate::kernel::{Ctx, Kind, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::files::Files;
use crate::platform::queue::{self, Job, Lease};
use crate::platform::token::sha256_hex;
use crate::profile::Profile;
use crate::scan;
use crate::table::diff::{Detail, Options, Renames, Veils, between_versions, object_name, schema_between};
use crate::table::{self, TableVersion};

/// The kind of the jobs that compare the rows of two states of a table.
pub const DIFF: &str = "review-diff";
/// Attempts before a comparison is given up: about a minute.
const ATTEMPTS: i32 = 3;

#[derive(Serialize, Deserialize)]
struct Payload {
    old: TableVersionId,
    new: TableVersionId,
    key: Vec<String>,
}

/// What there is of a comparison of rows.
#[derive(Clone, Debug)]
pub enum Rows {
    /// It is made.
    Ready(Box<Detail>),
    /// It is being made.
    Waiting,
    /// It could not be made.
    Failed,
    /// Nobody has asked for it.
    Missing,
}

fn job_key(old: &TableVersionId, new: &TableVersionId, key: &[String]) -> String {
    format!("{DIFF}:{old}:{new}:{}", &sha256_hex(&key.join("\n"))[..16])
}

/// Puts in the comparison of two states of a table by the columns of a key; by content when there is none.
pub(super) fn enqueue(tx: &mut Tx<'_>, old: &TableVersionId, new: &TableVersionId, key: &[String]) -> Result<()> {
    let payload = Payload { old: old.clone(), new: new.clone(), key: key.to_vec() };
    let job = Job::new(DIFF, serde_json::to_value(payload)?).key(job_key(old, new, key)).attempts(ATTEMPTS);
    queue::enqueue(tx, job)?;
    Ok(())
}

/// Asks for a comparison that is not there, or anew for one that failed. Who may ask is the caller's to know: it changes nothing that
/// anybody sees.
///
/// # Errors
/// When the database does not answer.
pub fn request_rows(tx: &mut Tx<'_>, old: &TableVersion, new: &TableVersion, key: &[String]) -> Result<()> {
    enqueue(tx, &old.id, &new.id, key)
}

/// Looks for a comparison.
///
/// # Errors
/// `Unavailable`; `Internal` when its object is damaged.
pub async fn rows_of(db: &Db, files: &Files, old: &TableVersion, new: &TableVersion, key: &[String]) -> Result<Rows> {
    let (before, after) = (old.clone(), new.clone());
    let veils = db.read_async(move |conn| veils(conn, &before, &after)).await?;
    let name = object_name(&old.id, &new.id, &schema_between(old, new, Renames::Guess)?, key, &veils)?;
    match Detail::open(files, &name).await {
        Ok(detail) => return Ok(Rows::Ready(Box::new(detail))),
        Err(error) if error.kind() == Kind::NotFound => {}
        Err(error) => return Err(error),
    }
    let job = job_key(&old.id, &new.id, key);
    let state = db.read_async(move |conn: &mut Conn| queue::state_of(conn, &job)).await?;
    Ok(match state.as_deref() {
        None => Rows::Missing,
        Some("dead") => Rows::Failed,
        Some(_) => Rows::Waiting,
    })
}

/// What of two states of a table is kept masked.
fn veils(conn: &mut Conn, old: &TableVersion, new: &TableVersion) -> Result<Veils> {
    let mut veils = Veils::default();
    for (veil, table) in veils.iter_mut().zip([old, new]) {
        *veil = Some(Arc::new(scan::veil_of(conn, table)?));
    }
    Ok(veils)
}

/// Does a job of the kind [`DIFF`]: has both tables scanned, so that it is known what must be masked, compares, and keeps the result
/// beside the new table. A table that stands in no draft any more is left alone.
///
/// # Errors
/// `NotFound` when a table is gone; `Unavailable` when the store does not answer or the disk is full; `Internal`.
pub async fn compare_rows(
    db: &Db,
    files: &Files,
    profile: &Profile,
    ctx: &Ctx,
    scratch: &Path,
    lease: &Lease,
) -> Result<()> {
    let Payload { old, new, key } = serde_json::from_value(lease.payload.clone())?;
    let (before, after) = (old.clone(), new.clone());
    let versions = db
        .read_async(move |conn| {
            if !store::in_draft(conn, &after)? {
                return Ok(None);
            }
            let both = [dataset::newest_with(conn, &before)?, dataset::newest_with(conn, &after)?];
            Ok(Some(both))
        })
        .await?;
    let Some(versions) = versions else { return Ok(()) };
    for version in versions.into_iter().flatten() {
        scan::ensure(db, files, profile, ctx, &version).await?;
    }
    let (old, new, veils) = db
        .read_async(move |conn| {
            let (old, new) = (table::by_id(conn, &old)?, table::by_id(conn, &new)?);
            let veils = veils(conn, &old, &new)?;
            Ok((old, new, veils))
        })
        .await?;
    if old.purge_id.is_some() || new.purge_id.is_some() {
        return Ok(());
    }
    let options = Options { key, veils, ..Options::default() };
    between_versions(files, &old, &new, Renames::Guess, &options, scratch).await.map(drop)
}
