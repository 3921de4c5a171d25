//! The objects of what was purged go, however often the work breaks off.

use serde_json::json;

use super::{Plan, Purge, State, store};
use crate::audit;
use crate::dataset::upload;
use crate::kernel::id::{PurgeId, TableVersionId};
use crate::kernel::{Ctx, Error, Kind, Result};
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::platform::queue::{self, Lease};
use crate::table;

/// The kind of the jobs that take the objects.
pub const PURGE: &str = "purge";

/// How much there is to destroy.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Objects of the store.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
}

pub(super) fn payload(id: &PurgeId) -> serde_json::Value {
    json!({ "purge": id })
}

/// Counts the objects that a purge would take.
///
/// # Errors
/// `Unavailable`.
pub async fn count(files: &Files, plan: &Plan) -> Result<Counted> {
    let mut counted = Counted::default();
    for name in table::objects_of(files, &plan.table_ids()).await? {
        match files.size(&name).await {
            Ok(bytes) => counted = Counted { objects: counted.objects + 1, bytes: counted.bytes + bytes },
            Err(error) if error.kind() == Kind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(counted)
}

/// The objects that are still there of what a purge took: tables with comparisons on either side, and pieces of uploads.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn left(db: &Db, files: &Files, purge: &Purge) -> Result<Vec<String>> {
    let (id, of, whole) = (purge.id.clone(), purge.dataset.clone(), purge.scope == super::Scope::Dataset);
    let (tables, uploads) = db
        .read_async(move |conn| {
            let tables: Vec<TableVersionId> = table::purged_by(conn, &id)?.into_iter().map(|table| table.id).collect();
            let uploads = upload::with_tables(conn, &of, &tables, whole)?;
            Ok((tables, uploads))
        })
        .await?;
    let mut names = table::objects_of(files, &tables).await?;
    for upload in uploads {
        names.extend(files.list(&format!("uploads/{upload}")).await?.into_iter().map(|(name, _)| name));
    }
    Ok(names)
}

/// Does a job of the kind [`PURGE`]: deletes every object, looks once more, and says that all is gone. What was deleted before is passed
/// over, so that it may break off anywhere.
///
/// # Errors
/// `Unavailable` when the store or the database does not answer; `Conflict` (`job-lost`).
pub async fn run(db: &Db, files: &Files, ctx: &Ctx, lease: &Lease) -> Result<()> {
    let id = lease.payload["purge"].as_str().and_then(PurgeId::parse);
    let id = id.ok_or_else(|| Error::internal("a purge of nothing"))?;
    let asked = id.clone();
    let purge = db.read_async(move |conn| store::by_id(conn, &asked)).await?;
    if purge.state != State::Confirmed {
        return Ok(());
    }
    let names = left(db, files, &purge).await?;
    for name in &names {
        files.delete(name).await?;
    }
    if let Some(name) = left(db, files, &purge).await?.first() {
        return Err(Error::internal(format!("{name} is still there")));
    }
    let (lease, deleted) = (lease.clone(), names.len());
    db.write_async(ctx.clone(), move |tx| {
        if store::set_done(tx, &id)? {
            let detail = json!({ "purge": id, "before": "confirmed", "after": "done", "deleted": deleted });
            audit::record(tx, "purge.done", "dataset", purge.dataset.as_str(), detail);
        }
        queue::complete(tx, &lease)
    })
    .await
}
