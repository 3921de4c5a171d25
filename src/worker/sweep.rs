//! What killed and crashed programs left goes: once it is a day old and nothing points at it.

use std::path::Path;

use serde::Serialize;

use crate::dataset::{inventory, upload};
use crate::kernel::{Actor, Ctx, Result, Timestamp};
use crate::plan::decision;
use crate::platform::db::{Db, Tx, nodes, run_blocking};
use crate::platform::files::Files;
use crate::platform::scratch;
use crate::{release, table};

/// What a sweep removed, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Swept {
    /// Programs that ended without a word and stood on the list of running ones: their ids.
    pub programs: Vec<String>,
    /// Objects of the store that no row names.
    pub objects: Vec<String>,
    /// Files of a folder store that were never copied to their end.
    pub half_copied: Vec<String>,
    /// Folders of work that nobody works in.
    pub scratch: Vec<String>,
}

impl Swept {
    /// Whether there was nothing to remove.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// Removes what is older than [`table::GRACE`] and what nothing points at. Programs may run and imports go on meanwhile, here and
/// on other machines.
///
/// # Errors
/// When database, store or disk refuse; what was removed before stays so.
pub async fn sweep(db: &Db, files: &Files, work: &Path, actor: Actor) -> Result<Swept> {
    let now = db.clock().now();
    let before = Timestamp(now.0 - table::GRACE);
    let programs = db.write_async(Ctx::new(actor, now), move |tx| nodes::forget(tx, before.0)).await?;
    // What heard nothing for as long is given up first, so that its pieces are left over too.
    let lapse = move |tx: &mut Tx<'_>| {
        inventory::lapse(tx, before)?;
        upload::lapse(tx, before)
    };
    db.write_async(Ctx::new(Actor::System, now), lapse).await?;
    let mut objects = table::remove_orphans(files, db, before).await?;
    objects.extend(upload::remove_orphans(files, db, before).await?);
    objects.extend(decision::remove_orphans(files, db, before).await?);
    objects.extend(release::remove_orphans(files, db, before).await?);
    let half_copied = files.remove_half_copied(before).await?;
    let work = work.to_owned();
    let scratch = run_blocking(move || scratch::remove_left_overs(&work, before)).await?;
    Ok(Swept { programs, objects, half_copied, scratch })
}
