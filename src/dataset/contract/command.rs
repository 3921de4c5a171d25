//! What is done with contracts: tables are held against them, people answer for what breaks, and the gate asks for both.

use std::path::Path;

use serde_json::json;

use super::check::Check;
use super::{Contract, Report, What, query, store};
use crate::access::{Action, may};
use crate::kernel::id::{DatasetId, TableVersionId, VersionId};
use crate::kernel::text::length;
use crate::kernel::{Ctx, Error, Problem, Result};
use crate::platform::db::{Db, Tx};
use crate::platform::files::Files;
use crate::platform::scratch;
use crate::profile::Profile;
use crate::{account, audit, dataset, table};

/// Characters of a reason.
const REASON: usize = 4000;

/// Holds the tables of a draft against their contracts that were not yet. `place` is a folder for work in progress.
///
/// # Errors
/// `NotFound`; `Unavailable` when the store does not answer or the disk is full; `Internal` when a file is damaged.
pub async fn ensure(db: &Db, files: &Files, place: &Path, ctx: &Ctx, version: &VersionId) -> Result<()> {
    let id = version.clone();
    let pending = db
        .read_async(move |conn| {
            let draft = dataset::version_by_id(conn, &id)?;
            if draft.published { Ok(Vec::new()) } else { Ok(query::report(conn, &draft)?.pending) }
        })
        .await?;
    for (table, contract) in pending {
        hold(db, files, place, ctx, &table, &contract).await?;
    }
    Ok(())
}

async fn hold(db: &Db, files: &Files, place: &Path, ctx: &Ctx, id: &TableVersionId, contract: &Contract) -> Result<()> {
    let of = id.clone();
    let columns = db.read_async(move |conn| Ok(table::by_id(conn, &of)?.report()?.outcome.columns)).await?;
    let work = scratch::folder(place)?;
    let checked = table::walk(files, id, Check::new(contract, &columns, work.path())).await?;
    let breaches = checked.finish()?;
    let (of, hash) = (id.clone(), contract.hash());
    db.write_async(ctx.clone(), move |tx| store::keep(tx, &of, &hash, &breaches)).await
}

/// Answers for what breaks in the draft of a dataset, as it stands now; does nothing where nothing breaks. Says how the draft stands then.
///
/// # Errors
/// `Forbidden`; `Conflict` (`no-draft`, `contract-pending`); `Invalid` (`breaks-reason-missing`, `reason-too-long`) on `accepts`.
pub fn accept(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<Report> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let found = dataset::by_id(tx.conn(), id)?;
    may(&person, Action::EditDataset(profile, &found.agency_id)).require()?;
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    let mut report = query::report(tx.conn(), &draft)?;
    report.require_held()?;
    if report.breaks.is_empty() {
        return Ok(report);
    }
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid(Problem::new("breaks-reason-missing").on("accepts")));
    }
    if length(reason) > REASON {
        return Err(Error::invalid(Problem::new("reason-too-long").with("most", REASON).on("accepts")));
    }
    store::accept(tx, &draft.id, &report.hash(), &person.account.id, reason)?;
    let breaks: Vec<_> = report
        .breaks
        .iter()
        .map(|one| match &one.what {
            What::TableGone => json!({ "table": one.name, "gone": true }),
            What::Column(column) => json!({ "table": one.name, "column": column.key(), "changes": column.changes }),
            What::Breach(breach) => {
                json!({ "table": one.name, "column": breach.column, "rule": breach.rule, "count": breach.count })
            }
        })
        .collect();
    let detail = json!({ "version": draft.id, "breaks": breaks, "reason": reason });
    audit::record(tx, "contract.accept", "dataset", id.as_str(), detail);
    report.acceptance = store::acceptance_of(tx.conn(), &draft.id, &report.hash())?;
    Ok(report)
}
