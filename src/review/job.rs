//! The comparison of rows, which is work for later: a job makes it, the page shows it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::store;
use crate::kernel::id::TableVersionId;
use crate::kernel::{Kind, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::files::Files;
use crate::platform::queue::{self, Job, Lease};
use crate::platform::token::sha256_hex;
use crate::table::diff::{Detail, Options, Renames, between_versions, object_name, schema_between};
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
    let name = object_name(&old.id, &new.id, &schema_between(old, new, Renames::Guess)?, key)?;
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

/// Does a job of the kind [`DIFF`]: compares, and keeps the result beside the new table. A table that stands in no draft any more
/// is left alone.
///
/// # Errors
/// `NotFound` when a table is gone; `Unavailable` when the store does not answer or the disk is full; `Internal`.
pub async fn compare_rows(db: &Db, files: &Files, scratch: &Path, lease: &Lease) -> Result<()> {
    let Payload { old, new, key } = serde_json::from_value(lease.payload.clone())?;
    let tables = db
        .read_async(move |conn| {
            if !store::in_draft(conn, &new)? {
                return Ok(None);
            }
            Ok(Some((table::by_id(conn, &old)?, table::by_id(conn, &new)?)))
        })
        .await?;
    let Some((old, new)) = tables else { return Ok(()) };
    let options = Options { key, ..Options::default() };
    between_versions(files, &old, &new, Renames::Guess, &options, scratch).await.map(drop)
}
