//! What breaks in a draft, seen over its contract and what the public uses.

use super::model::hash_of;
use super::{Acceptance, Break, Contract, What, store};
use crate::dataset::{self, ResourceVersion, Version};
use crate::kernel::id::TableVersionId;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Conn;
use crate::table::diff::{Renames, SchemaDiff, schema_between};

/// How a draft stands to its contract and to what the public uses.
#[derive(Clone, Debug)]
pub struct Report {
    /// The tables that the public uses in another state.
    pub changed: Vec<Changed>,
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

    /// Refuses a draft with a table that was not held against its contract.
    pub(super) fn require_held(&self) -> Result<()> {
        if self.pending.is_empty() { Ok(()) } else { Err(Error::conflict(Problem::new("contract-pending"))) }
    }

    /// The gate before a draft that is to go on its way.
    ///
    /// # Errors
    /// `Conflict`: `contract-pending` while a table was not held against its contract; `contract-broken` (`count`) when nobody has answered
    /// for what breaks.
    pub fn gate(&self) -> Result<()> {
        self.require_held()?;
        if !self.breaks.is_empty() && self.acceptance.is_none() {
            let problem = Problem::new("contract-broken").with("count", self.breaks.len());
            return Err(Error::conflict(problem.on("accepts")));
        }
        Ok(())
    }
}

/// A table of a draft that stands in another state than the public uses.
#[derive(Clone, Debug)]
pub struct Changed {
    /// As the public uses it.
    pub old: ResourceVersion,
    /// As the draft has it.
    pub new: ResourceVersion,
    /// What became of its columns.
    pub schema: SchemaDiff,
}

impl Changed {
    /// The keys of the columns that the contract names as the key, in the table's order: what rows are compared by. None unless both states
    /// have all of them.
    pub fn key(&self) -> Vec<String> {
        let wanted = Contract::of(&self.new.dictionary).key();
        let both = self.schema.columns.iter().filter(|column| column.both().is_some());
        let found = both.filter(|column| wanted.iter().any(|title| title == column.title()));
        let found: Vec<String> = found.map(|column| column.key().to_owned()).collect();
        if found.len() == wanted.len() { found } else { Vec::new() }
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
    let mut report = Report { changed: Vec::new(), pending: Vec::new(), breaks: Vec::new(), acceptance: None };
    for gone in shown.iter().filter(|old| !resources.iter().any(|new| new.resource_id == old.resource_id)) {
        report.breaks.push(of(gone, What::TableGone));
    }
    for resource in &resources {
        let old = shown.iter().find(|old| old.resource_id == resource.resource_id);
        if let Some(old) = old.filter(|old| old.table.id != resource.table.id) {
            let schema = schema_between(&old.table, &resource.table, Renames::Guess)?;
            let breaking = schema.columns.iter().filter(|column| column.is_breaking());
            report.breaks.extend(breaking.map(|column| of(resource, What::Column(Box::new(column.clone())))));
            report.changed.push(Changed { old: old.clone(), new: resource.clone(), schema });
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
