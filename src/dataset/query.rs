//! Questions that need more than one look into the tables.

use std::collections::HashMap;

use super::{Dataset, Found, Original, Published, ResourceVersion, State, Version, manifest, store};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency::{self, Agency};
use crate::kernel::id::{DatasetId, TableVersionId, VersionId};
use crate::kernel::{Error, Kind, Problem, Result};
use crate::platform::db::Conn;
use crate::table;

/// What the public finds at a slug; a draft is nothing.
///
/// # Errors
/// `NotFound`.
pub fn find_published(conn: &mut Conn, slug: &str) -> Result<Found> {
    let dataset = store::by_slug(conn, slug)?.ok_or_else(Error::not_found)?;
    match dataset.state() {
        State::Published => Ok(Found::Published(Box::new(dataset))),
        State::Withdrawn => Ok(Found::Withdrawn(Box::new(dataset))),
        State::Draft => Err(Error::not_found()),
    }
}

/// The last part of a dataset's address, however much of the address was copied; none where nothing was typed.
pub fn slug_in(text: &str) -> Option<&str> {
    let text = text.trim().split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let slug = text.rsplit_once("/dataset/").map_or(text, |(_, rest)| rest);
    slug.split('/').next().filter(|slug| !slug.is_empty())
}

/// A published dataset with one of its versions: the current one, or the one with a number.
///
/// # Errors
/// `NotFound` when there is no such published version.
pub fn detail(conn: &mut Conn, id: &DatasetId, number: Option<i32>) -> Result<Published> {
    let dataset = store::by_id(conn, id)?;
    let current = dataset.current_version_id.clone().ok_or_else(Error::not_found)?;
    let current = store::version_by_id(conn, &current)?;
    let latest = current.number.ok_or_else(Error::not_found)?;
    let version = match number {
        Some(number) if number != latest => store::version_by_number(conn, id, number)?.ok_or_else(Error::not_found)?,
        _ => current,
    };
    let resources = store::resources_of(conn, &version.id)?;
    let tables: Vec<TableVersionId> = resources.iter().map(|resource| resource.table.id.clone()).collect();
    let files = table::files_of(conn, &tables)?;
    Ok(Published { dataset, version, latest, resources, files })
}

/// What is published under a slug, at a version or the latest, and whose it is.
///
/// # Errors
/// `NotFound`; `Gone` (`withdrawn`, `version-purged`).
pub fn published(conn: &mut Conn, slug: &str, number: Option<i32>) -> Result<(Published, Agency)> {
    let Found::Published(found) = find_published(conn, slug)? else {
        return Err(Error::refused(Kind::Gone, Problem::new("withdrawn")));
    };
    let shown = detail(conn, &found.id, number)?;
    if shown.version.purged_at.is_some() {
        return Err(Error::refused(Kind::Gone, Problem::new("version-purged")));
    }
    let owner = agency::by_id(conn, &found.agency_id)?.ok_or_else(Error::not_found)?;
    Ok((shown, owner))
}

/// The hash that a draft would be published with as it stands now: what decisions are bound to.
///
/// # Errors
/// When the database does not answer.
pub fn draft_hash(conn: &mut Conn, draft: &Version) -> Result<String> {
    let slug = store::by_id(conn, &draft.dataset_id)?.slug;
    Ok(as_published(conn, &slug, draft)?.1)
}

/// As [`draft_hash`], of many drafts in three queries.
///
/// # Errors
/// When the database does not answer.
pub fn draft_hashes(conn: &mut Conn, drafts: &[Version]) -> Result<HashMap<VersionId, String>> {
    let datasets: Vec<&DatasetId> = drafts.iter().map(|draft| &draft.dataset_id).collect();
    let (slugs, last) = (store::slugs(conn, &datasets)?, store::last_numbers(conn, &datasets)?);
    let mut parts = store::parts_of(conn, &drafts.iter().map(|draft| &draft.id).collect::<Vec<_>>())?;
    let hash = |draft: &Version| {
        let slug = slugs.get(&draft.dataset_id)?;
        let number = last.get(&draft.dataset_id).copied().unwrap_or(0) + 1;
        let parts = parts.remove(&draft.id).unwrap_or_default();
        Some((draft.id.clone(), manifest::hash_of_parts(slug, number, draft, &parts)))
    };
    Ok(drafts.iter().filter_map(hash).collect())
}

/// The number and the hash that a draft would be published with, and its resources.
pub(super) fn as_published(
    conn: &mut Conn,
    slug: &str,
    draft: &Version,
) -> Result<(i32, String, Vec<ResourceVersion>)> {
    let number = store::last_number(conn, &draft.dataset_id)? + 1;
    let resources = store::resources_of(conn, &draft.id)?;
    Ok((number, manifest::hash_of(slug, number, draft, &resources), resources))
}

/// Whether somebody may see a dataset of the internal portal at all.
///
/// # Errors
/// `Forbidden` (`forbidden`, `quarantined`).
pub fn require_visible(person: &Person, dataset: &Dataset) -> Result<()> {
    may(person, Action::SeeDatasets(&dataset.agency_id)).require()?;
    if dataset.quarantined_at.is_some() {
        may(person, Action::SeeQuarantined(&dataset.agency_id)).require()?;
    }
    Ok(())
}

/// The table whose original, or whose rows set aside, somebody wants to read.
///
/// # Errors
/// `NotFound`; `Forbidden` (`original-closed`); `Gone` (`table-purged`).
pub fn original(conn: &mut Conn, person: &Person, id: &TableVersionId) -> Result<Original> {
    let (dataset, public) = store::owner_of_table(conn, id)?.ok_or_else(Error::not_found)?;
    require_visible(person, &dataset)?;
    may(person, Action::ReadOriginal(&dataset.agency_id)).require()?;
    let table = table::by_id(conn, id)?;
    if table.purge_id.is_some() {
        return Err(Error::refused(Kind::Gone, Problem::new("table-purged")));
    }
    Ok(Original { dataset: dataset.id, table, public })
}
