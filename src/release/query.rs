//! Questions that need more than one look: which files of a release are there, and which are gone.

use std::collections::HashMap;

use super::{Release, ReleaseFile, Scope, store};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Db};
use crate::platform::files::Files;

/// One file of a release.
///
/// # Errors
/// `NotFound`; `Gone` (`release-file-gone`) when it was withdrawn or destroyed since.
pub fn file(conn: &mut Conn, of: &Release, path: &str) -> Result<ReleaseFile> {
    let found = store::file(conn, &of.id, path)?.ok_or_else(Error::not_found)?;
    if let Some(dataset) = &found.dataset_id
        && (store::gone_datasets(conn, &of.id)?.contains(dataset)
            || store::holds_purged(&found, &store::closed_tables(conn)?))
    {
        return Err(Error::refused(Kind::Gone, Problem::new("release-file-gone")));
    }
    Ok(found)
}

/// The stored files of a part of a release by path, without what is gone; with how many are gone.
///
/// # Errors
/// When the database does not answer.
pub fn files(conn: &mut Conn, of: &Release, scope: &Scope) -> Result<(Vec<ReleaseFile>, usize)> {
    let (gone, purged) = (store::gone_datasets(conn, &of.id)?, store::closed_tables(conn)?);
    let mut found = store::files_in(conn, &of.id, scope)?;
    found.retain(|file| file.kind().is_some_and(super::Kind::is_stored));
    let all = found.len();
    found.retain(|file| {
        file.dataset_id.as_ref().is_none_or(|dataset| !gone.contains(dataset)) && !store::holds_purged(file, &purged)
    });
    let left = all - found.len();
    Ok((found, left))
}

/// The paths of the rows that changed, of some datasets of a release; without what is gone.
///
/// # Errors
/// When the database does not answer.
pub fn changes_of(conn: &mut Conn, of: &Release, these: &[DatasetId]) -> Result<HashMap<DatasetId, Vec<String>>> {
    let (gone, purged) = (store::gone_datasets(conn, &of.id)?, store::closed_tables(conn)?);
    let mut paths: HashMap<DatasetId, Vec<String>> = HashMap::new();
    for file in store::files_of(conn, &of.id, these)? {
        let (Some(dataset), true) = (file.dataset_id.clone(), file.older_table_id.is_some()) else { continue };
        if !gone.contains(&dataset) && !store::holds_purged(&file, &purged) {
            paths.entry(dataset).or_default().push(file.path);
        }
    }
    Ok(paths)
}

/// The newest release that is ready.
///
/// # Errors
/// When the database does not answer.
pub fn latest(conn: &mut Conn) -> Result<Option<Release>> {
    Ok(store::list(conn, false)?.into_iter().next())
}

/// Deletes objects of releases that no row knows and that were written before a moment, [`table::GRACE`] ago; gives their names.
///
/// # Errors
/// `Unavailable`.
pub async fn remove_orphans(files: &Files, db: &Db, before: Timestamp) -> Result<Vec<String>> {
    let listed = files.list("releases").await?;
    let known = db.read_async(store::whole_objects).await?;
    let mut removed = Vec::new();
    for (name, written) in listed {
        if written < before && !known.contains(&name) {
            files.delete(&name).await?;
            removed.push(name);
        }
    }
    Ok(removed)
}
