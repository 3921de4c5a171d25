//! What the province decides about its open data: the catalogue that an authority issues [danh mục dữ liệu mở], and the plan of a
//! year [kế hoạch dữ liệu mở].
//!
//! Invariants: what is decided goes with its signed file, an object of the store that never changes; nobody submits and records the
//! decision on the same thing; the catalogue in force alone says which datasets bear the mark `in_catalogue`; what a purge destroys
//! stands here no more, and in the audit log as a hash alone.

pub mod catalogue;
pub mod decision;
mod duties;
pub mod yearly;

pub use duties::renew_duties;
pub(crate) use yearly::hold;

use sha2::{Digest, Sha256};

use crate::dataset;
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Tx;

/// What the audit log keeps of a title.
fn title_hash(title: &str) -> String {
    hex::encode(Sha256::digest(title))
}

/// Holds what stands for a dataset in quarantine to it: without it, its words would be told to everybody.
///
/// # Errors
/// `Conflict` (`quarantined` on `dataset`).
fn keep_confined(tx: &mut Tx<'_>, before: Option<&DatasetId>, after: Option<&DatasetId>) -> Result<()> {
    let Some(before) = before.filter(|before| Some(*before) != after) else { return Ok(()) };
    // As whoever puts it there does.
    dataset::lock(tx, before)?;
    match dataset::by_id(tx.conn(), before)?.quarantined_at {
        None => Ok(()),
        Some(_) => Err(Error::conflict(Problem::new("quarantined").on("dataset"))),
    }
}

/// After a purge: what the catalogue and plans call a dataset is emptied; `said` is what only versions that were destroyed called it, in
/// either language, none when all of the dataset was destroyed.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn purge(tx: &mut Tx<'_>, of: &DatasetId, said: Option<&[String]>) -> Result<()> {
    catalogue::purge(tx, of, said)?;
    yearly::purge(tx, of, said)
}
