//! Questions that need more than one look: which files of a release are there, which are gone, and which key signs.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Key, Release, ReleaseFile, Scope, command, sign, store};
use crate::kernel::id::{DatasetId, TableVersionId};
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Db};
use crate::platform::files::Files;
use crate::platform::queue;

/// One file of a release.
///
/// # Errors
/// `NotFound`; `Gone` (`release-file-gone`) when it was withdrawn or destroyed since.
pub fn file(conn: &mut Conn, of: &Release, path: &str) -> Result<ReleaseFile> {
    let found = store::file(conn, &of.id, path)?.ok_or_else(Error::not_found)?;
    let Some(dataset) = &found.dataset_id else { return Ok(found) };
    let tables: Vec<&TableVersionId> = [&found.table_id, &found.older_table_id].into_iter().flatten().collect();
    if store::gone_datasets(conn, &of.id, Some(dataset))?.contains(dataset)
        || store::holds_purged(&found, &store::closed_tables(conn, Some(&tables))?)
    {
        return Err(Error::refused(Kind::Gone, Problem::new("release-file-gone")));
    }
    Ok(found)
}

/// The stored files of a part of a release by path, without what is gone; with how many are gone.
///
/// # Errors
/// `NotFound` for a part without datasets; when the database does not answer.
pub fn files(conn: &mut Conn, of: &Release, scope: &Scope) -> Result<(Vec<ReleaseFile>, usize)> {
    let (gone, purged) = (store::gone_datasets(conn, &of.id, None)?, store::closed_tables(conn, None)?);
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
    let (gone, purged) = (store::gone_datasets(conn, &of.id, None)?, store::closed_tables(conn, None)?);
    let mut paths: HashMap<DatasetId, Vec<String>> = HashMap::new();
    for file in store::files_of(conn, &of.id, these)? {
        let (Some(dataset), true) = (file.dataset_id.clone(), file.older_table_id.is_some()) else { continue };
        if !gone.contains(&dataset) && !store::holds_purged(&file, &purged) {
            paths.entry(dataset).or_default().push(file.path);
        }
    }
    Ok(paths)
}

/// From when a release tells what changed: the moment of the release before; without one the beginning of the quarter. `minutes` is the
/// province's distance from UTC.
///
/// # Errors
/// When the database does not answer; `Internal` for a row that no program of ours wrote.
pub fn since(conn: &mut Conn, of: &Release, minutes: i32) -> Result<Timestamp> {
    if let Some(previous) = &of.previous_id {
        return Ok(Timestamp(store::by_id(conn, previous)?.as_of));
    }
    let quarter = of.quarter().ok_or_else(|| Error::internal("a release of no quarter"))?;
    Ok(quarter.moments(minutes).0)
}

/// The newest release that is ready.
///
/// # Errors
/// When the database does not answer.
pub fn latest(conn: &mut Conn) -> Result<Option<Release>> {
    Ok(store::list(conn, false)?.into_iter().next())
}

/// The key that signs releases, of a folder of keys; none where they are not signed: no folder is named, and no key was ever published.
///
/// # Errors
/// `Unavailable` when releases are signed and this program cannot: without a folder (`release-keys-unnamed`), or with one that has no key to be
/// read (as [`super::newest_key`]). Another program may be able to, and a folder may be mounted later.
pub fn signing_key(conn: &mut Conn, folder: Option<&Path>) -> Result<Option<Key>> {
    let Some(folder) = folder else {
        let signed = !store::keys(conn)?.is_empty();
        let problem = Problem::new("release-keys-unnamed");
        return if signed { Err(Error::refused(Kind::Unavailable, problem)) } else { Ok(None) };
    };
    sign::newest_key(folder).map(Some).map_err(|error| match error.problems().first().cloned() {
        Some(problem) => Error::refused(Kind::Unavailable, problem).because(error),
        None => error,
    })
}

/// The state of the job that the release of a quarter waits for, its own or that of one before it: `waiting`, `running` or `dead`; none when
/// there is none.
///
/// # Errors
/// When the database does not answer.
pub fn job_state(conn: &mut Conn, quarter: &str) -> Result<Option<String>> {
    match store::building(conn)?.into_iter().next().filter(|first| first.quarter.as_str() <= quarter) {
        Some(first) => queue::state_of(conn, &command::job_key(&first.id)),
        None => Ok(None),
    }
}

/// Deletes objects of releases that no row knows and that were written before a moment, [`crate::table::GRACE`] ago; gives their names. Those of
/// a release that is being made stay: one that broke off may go on after days, and takes them as they are.
///
/// # Errors
/// `Unavailable`.
pub async fn remove_orphans(files: &Files, db: &Db, before: Timestamp) -> Result<Vec<String>> {
    let listed = files.list("releases").await?;
    // The rows are read after the objects: what is ready by then has rows that name them.
    let (building, known) = db.read_async(|conn| Ok((store::building(conn)?, store::whole_objects(conn)?))).await?;
    let building: HashSet<&str> = building.iter().map(|one| one.id.as_str()).collect();
    let mut removed = Vec::new();
    for (name, written) in listed {
        let kept = name.split('/').nth(1).is_some_and(|id| building.contains(id)) || known.contains(&name);
        if written < before && !kept {
            files.delete(&name).await?;
            removed.push(name);
        }
    }
    Ok(removed)
}
