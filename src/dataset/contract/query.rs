//! What breaks in a draft, seen over its contract and what the public uses.

use super::model::hash_of;
use super::{Acceptance, Break, Contract, What, store};
use crate::dataset::{self, ColumnNote, ResourceVersion, Version};
use crate::kernel::Result;
use crate::kernel::id::TableVersionId;
use crate::platform::db::Conn;
use crate::table::diff::{ColumnDiff, Renames, SchemaDiff, schema_between};

/// How a draft stands to its contract and to what the public uses.
#[derive(Clone, Debug)]
pub struct Report {
    /// The tables that were not held against their contract yet.
    pub pending: Vec<(TableVersionId, Contract)>,
    /// What breaks, as far as it is known.
    pub breaks: Vec<Break>,
    /// Somebody's word for exactly these breaks.
    pub acceptance: Option<Acceptance>,
}

impl Report {
    /// Identifies the breaks.
    pub(super) fn hash(&self) -> String {
        hash_of(&self.breaks)
    }
}

/// Reports on a draft.
///
/// # Errors
/// When the database does not answer; `Internal` when a stored report is damaged.
pub fn report(conn: &mut Conn, draft: &Version) -> Result<Report> {
    let resources = dataset::resources_of(conn, &draft.id)?;
    let shown = match dataset::by_id(conn, &draft.dataset_id)?.current_version_id {
        Some(current) if current != draft.id => dataset::resources_of(conn, &current)?,
        _ => Vec::new(),
    };
    let mut report = Report { pending: Vec::new(), breaks: Vec::new(), acceptance: None };
    for gone in shown.iter().filter(|old| !resources.iter().any(|new| new.resource_id == old.resource_id)) {
        report.breaks.push(of(gone, What::TableGone));
    }
    for resource in &resources {
        let old = shown.iter().find(|old| old.resource_id == resource.resource_id);
        if let Some(old) = old.filter(|old| old.table.id != resource.table.id) {
            let schema = schema_between(&old.table, &resource.table, Renames::Guess)?;
            let breaking = schema.columns.into_iter().filter(ColumnDiff::is_breaking);
            report.breaks.extend(breaking.map(|column| of(resource, What::Column(Box::new(column)))));
        }
        let contract = Contract::of(&resource.dictionary);
        if contract.is_empty() {
            continue;
        }
        match store::breaches_of(conn, &resource.table.id, &contract.hash())? {
            None => report.pending.push((resource.table.id.clone(), contract)),
            Some(breaches) => {
                // What the public uses already and stays as it is needs no word.
                let known =
                    old.filter(|old| old.table.id == resource.table.id && old.dictionary == resource.dictionary);
                if known.is_none() {
                    report.breaks.extend(breaches.into_iter().map(|breach| of(resource, What::Breach(breach))));
                }
            }
        }
    }
    if !report.breaks.is_empty() {
        report.acceptance = store::acceptance_of(conn, &draft.id, &report.hash())?;
    }
    Ok(report)
}

fn of(resource: &ResourceVersion, what: What) -> Break {
    Break { name: resource.name.clone(), table: resource.title.clone(), what }
}

/// The keys of the columns that a table's contract names as its key, in the table's order: what rows are compared by. None unless both
/// states have all of them.
pub fn key_of(dictionary: &[ColumnNote], schema: &SchemaDiff) -> Vec<String> {
    let wanted = Contract::of(dictionary).key();
    let both = schema.columns.iter().filter(|column| column.both().is_some());
    let found = both.filter(|column| wanted.iter().any(|title| title == column.title()));
    let found: Vec<String> = found.map(|column| column.key().to_owned()).collect();
    if found.len() == wanted.len() { found } else { Vec::new() }
}
