//! What a purge takes.

use std::collections::BTreeSet;

use super::{Becomes, Plan, Scope};
use crate::dataset::{self, ResourceVersion, State, Version};
use crate::kernel::id::{DatasetId, TableVersionId, VersionId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Conn;
use crate::table::TableVersion;
use crate::{scan, table, voice};

/// What may be meant: every version with its tables, and tables that stand in none any more.
pub type Choices = (Vec<(Version, Vec<ResourceVersion>)>, Vec<TableVersion>);

/// What of a dataset may be chosen: published versions and the draft, newest first, and the tables that left them.
///
/// # Errors
/// When the database does not answer.
pub fn choices(conn: &mut Conn, id: &DatasetId) -> Result<Choices> {
    let mut versions = Vec::new();
    for line in dataset::version_lines(conn, id, true)?.into_iter().filter(|line| line.version.purged_at.is_none()) {
        let resources = dataset::resources_of(conn, &line.version.id)?;
        versions.push((line.version, resources));
    }
    let mut rest = table::of_dataset(conn, id)?;
    rest.retain(|table| !versions.iter().flat_map(|(_, held)| held).any(|held| held.table.id == table.id));
    Ok((versions, rest))
}

/// What is meant by `dataset`, `version:ID` or `table:ID`.
///
/// # Errors
/// `Invalid` (`purge-scope`) on `scope`.
pub fn scope_of(text: &str) -> Result<Scope> {
    let scope = match text.split_once(':') {
        None if text == "dataset" => Some(Scope::Dataset),
        Some(("version", id)) => VersionId::parse(id).map(Scope::Version),
        Some(("table", id)) => TableVersionId::parse(id).map(Scope::Table),
        _ => None,
    };
    scope.ok_or_else(|| Error::invalid(Problem::new("purge-scope").on("scope")))
}

/// What a purge of this would take as things stand: the tables meant, and every other copy of what they hold.
///
/// # Errors
/// `Invalid` (`purge-scope`) for what is not the dataset's, or is gone already.
pub fn plan(conn: &mut Conn, id: &DatasetId, scope: &Scope) -> Result<Plan> {
    let found = dataset::by_id(conn, id)?;
    let all = table::of_dataset(conn, id)?;
    let ids: Vec<TableVersionId> = all.iter().map(|table| table.id.clone()).collect();
    let nothing = || Error::invalid(Problem::new("purge-scope").on("scope"));
    let mut taken: BTreeSet<TableVersionId> = match scope {
        Scope::Dataset => ids.iter().cloned().collect(),
        Scope::Table(one) => ids.iter().filter(|id| *id == one).cloned().collect(),
        Scope::Version(one) => {
            let of = dataset::version_lines(conn, id, true)?.into_iter().any(|line| line.version.id == *one);
            let held = if of { dataset::resources_of(conn, one)? } else { Vec::new() };
            held.into_iter().map(|held| held.table.id).filter(|id| ids.contains(id)).collect()
        }
    };
    // Treated tables and their sources, and other readings of the same files, hold the same: until nothing more is found.
    let treatments = scan::treatments_among(conn, &ids)?;
    loop {
        let hashes: BTreeSet<&str> =
            all.iter().filter(|table| taken.contains(&table.id)).map(|table| table.original_sha256.as_str()).collect();
        let mut more: Vec<TableVersionId> = all
            .iter()
            .filter(|table| hashes.contains(table.original_sha256.as_str()))
            .map(|table| table.id.clone())
            .collect();
        for (treated, source) in &treatments {
            if taken.contains(treated) || taken.contains(source) {
                more.extend([treated.clone(), source.clone()].into_iter().filter(|id| ids.contains(id)));
            }
        }
        let before = taken.len();
        taken.extend(more);
        if taken.len() == before {
            break;
        }
    }
    let tables: Vec<TableVersion> = all.into_iter().filter(|table| taken.contains(&table.id)).collect();
    let holding = match scope {
        Scope::Dataset => {
            let lines = dataset::version_lines(conn, id, true)?;
            lines.into_iter().map(|line| line.version).filter(|version| version.purged_at.is_none()).collect()
        }
        _ => dataset::versions_with(conn, &taken.iter().cloned().collect::<Vec<_>>())?,
    };
    let (versions, drafts): (Vec<Version>, Vec<Version>) = holding.into_iter().partition(|version| version.published);
    if tables.is_empty() && versions.is_empty() && (drafts.is_empty() || *scope != Scope::Dataset) {
        return Err(nothing());
    }
    let version_ids: Vec<VersionId> = versions.iter().map(|version| version.id.clone()).collect();
    let current = found.current_version_id.as_ref().filter(|_| found.state() == State::Published);
    let instead = match current {
        Some(current) if version_ids.contains(current) => dataset::newest_but(conn, id, &version_ids)?,
        _ => None,
    };
    let becomes = match (current, &instead) {
        (Some(current), None) if version_ids.contains(current) => Becomes::Withdrawn,
        (_, Some(instead)) => Becomes::FallsBack(instead.number.unwrap_or(0)),
        _ => Becomes::Stays,
    };
    let hashes: Vec<String> = tables.iter().map(|table| table.original_sha256.clone()).collect();
    let mut elsewhere = Vec::new();
    for other in table::with_originals(conn, &hashes, id)? {
        elsewhere.push(dataset::by_id(conn, &other)?.slug);
    }
    elsewhere.sort();
    let first = match scope {
        Scope::Dataset => Some(0),
        _ => versions.iter().filter_map(|version| version.number).min(),
    };
    let reports = first.map(|first| voice::worded(conn, id, first)).transpose()?.unwrap_or_default();
    Ok(Plan { tables, versions, draft: !drafts.is_empty(), becomes, instead, reports, elsewhere })
}
