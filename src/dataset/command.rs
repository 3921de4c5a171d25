//! What is done to datasets.

use std::collections::HashSet;

use serde_json::json;

use super::{ColumnNote, Dataset, Metadata, State, Version, query, store, upload};
use crate::account::Person;
use crate::kernel::id::{AgencyId, DatasetId, PurgeId, TableVersionId, VersionId};
use crate::kernel::slug::is_slug;
use crate::kernel::text::fold;
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::table::{self, Object, TableVersion};
use crate::{agency, audit};

/// Which dataset an import goes to.
#[derive(Clone, Debug)]
pub enum Where {
    /// One that is there.
    Existing(DatasetId),
    /// A new one.
    New {
        /// Its slug.
        slug: String,
        /// Whose it is.
        agency: AgencyId,
    },
}

/// A table for a resource.
#[derive(Clone, Debug)]
pub struct NewResource {
    /// The resource's part of file names: a slug.
    pub name: String,
    /// Its title.
    pub title: Localized,
    /// What the dictionary says.
    pub dictionary: Vec<ColumnNote>,
    /// The table, whose objects are in the store.
    pub table: TableVersion,
}

/// An import: tables that become the draft of a dataset.
#[derive(Clone, Debug)]
pub struct Import {
    /// Where to.
    pub dataset: Where,
    /// What is said; `None` keeps what the current version says.
    pub metadata: Option<Metadata>,
    /// What changed.
    pub note: Option<Localized>,
    /// The tables; resources of the same name are replaced, others kept.
    pub resources: Vec<NewResource>,
}

/// Makes a draft version, or brings tables into the one there is.
///
/// # Errors
/// `slug-form`, `title-missing`, `resource-name`, `metadata-missing`; `NotFound`; `Conflict` (`slug-taken`, `dataset-withdrawn`).
pub fn import(tx: &mut Tx<'_>, import: Import) -> Result<(DatasetId, VersionId)> {
    if let Some(metadata) = &import.metadata
        && metadata.title.vi.trim().is_empty()
    {
        return Err(Error::invalid(Problem::new("title-missing").on("title")));
    }
    for resource in &import.resources {
        if !is_slug(&resource.name) {
            return Err(Error::invalid(Problem::new("resource-name").with("name", resource.name.as_str())));
        }
    }
    let dataset = dataset_for(tx, &import)?;
    let draft = match store::draft_of(tx.conn(), &dataset.id)? {
        Some(draft) => draft,
        None => new_draft(tx, &dataset, import.metadata.as_ref())?,
    };
    store::touch_draft(tx, &draft.id)?;
    if import.metadata.is_some() || import.note.is_some() {
        let metadata = import.metadata.as_ref().unwrap_or(&draft.metadata);
        store::update_draft(tx, &draft.id, metadata, import.note.as_ref().or(draft.note.as_ref()))?;
        refresh_listing(tx, &dataset, metadata)?;
    }
    let mut position = i32::try_from(store::resources_of(tx.conn(), &draft.id)?.len()).unwrap_or(i32::MAX);
    for resource in import.resources {
        let id = store::resource_named(tx, &dataset.id, &resource.name)?;
        table::insert(tx, &resource.table, &dataset.id)?;
        if !store::replace_resource(tx, &draft.id, &id, &resource)? {
            store::add_resource(tx, &draft.id, &id, position, &resource)?;
            position += 1;
        }
        let detail = json!({
            "version": draft.id, "resource": resource.name, "file": resource.table.original_name,
            "sha256": resource.table.original_sha256, "rows": resource.table.row_count, "set_aside": resource.table.set_aside_count,
            "declared": resource.table.declaration(),
        });
        audit::record(tx, "dataset.import", "dataset", dataset.id.as_str(), detail);
    }
    Ok((dataset.id, draft.id))
}

/// Lists of a dataset that was never published show what its draft says.
pub(super) fn refresh_listing(tx: &mut Tx<'_>, dataset: &Dataset, metadata: &Metadata) -> Result<()> {
    if dataset.current_version_id.is_some() {
        return Ok(());
    }
    store::set_listing(tx, &dataset.id, metadata, &search_text(metadata))
}

fn dataset_for(tx: &mut Tx<'_>, import: &Import) -> Result<Dataset> {
    match &import.dataset {
        Where::Existing(id) => {
            store::lock(tx, id)?;
            let dataset = store::by_id(tx.conn(), id)?;
            if dataset.state() == State::Withdrawn {
                return Err(Error::conflict(Problem::new("dataset-withdrawn").with("slug", dataset.slug)));
            }
            Ok(dataset)
        }
        Where::New { slug, agency: owner } => {
            if !is_slug(slug) {
                return Err(Error::invalid(Problem::new("slug-form").with("slug", slug.as_str()).on("slug")));
            }
            if store::by_slug(tx.conn(), slug)?.is_some() {
                return Err(Error::conflict(Problem::new("slug-taken").with("slug", slug.as_str()).on("slug")));
            }
            agency::by_id(tx.conn(), owner)?.ok_or_else(Error::not_found)?;
            let Some(metadata) = &import.metadata else { return Err(Error::invalid(Problem::new("metadata-missing"))) };
            let id = DatasetId::fresh();
            store::insert(tx, &id, slug, owner, metadata, &search_text(metadata))?;
            audit::record(tx, "dataset.create", "dataset", id.as_str(), json!({ "slug": slug, "agency": owner }));
            store::by_id(tx.conn(), &id)
        }
    }
}

/// Makes the marks of datasets follow an open-data catalogue that was issued: those in it bear one, all others none.
/// Says whose mark changed.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn follow_catalogue(tx: &mut Tx<'_>, listed: &HashSet<DatasetId>, issue: i32) -> Result<Vec<DatasetId>> {
    let marked: HashSet<DatasetId> = store::in_catalogue(tx.conn())?.into_iter().collect();
    let mut changed: Vec<(&DatasetId, bool)> = listed.difference(&marked).map(|id| (id, true)).collect();
    changed.extend(marked.difference(listed).map(|id| (id, false)));
    changed.sort();
    for (id, now) in &changed {
        store::set_in_catalogue(tx, id, *now)?;
        let detail = json!({ "before": !now, "after": now, "issue": issue });
        audit::record(tx, "dataset.catalogue", "dataset", id.as_str(), detail);
        tx.changed("dataset", id.as_str());
    }
    Ok(changed.into_iter().map(|(id, _)| id.clone()).collect())
}

/// A draft that starts as a copy of the current version.
pub(super) fn new_draft(tx: &mut Tx<'_>, dataset: &Dataset, metadata: Option<&Metadata>) -> Result<Version> {
    let current = match &dataset.current_version_id {
        Some(id) => Some(store::version_by_id(tx.conn(), id)?),
        None => None,
    };
    let metadata = metadata.or(current.as_ref().map(|version| &version.metadata));
    let Some(metadata) = metadata else { return Err(Error::invalid(Problem::new("metadata-missing"))) };
    let id = VersionId::fresh();
    store::insert_draft(tx, &id, &dataset.id, metadata)?;
    if let Some(current) = &current {
        let kept = store::resources_of(tx.conn(), &current.id)?;
        for (position, resource) in (0..).zip(&kept) {
            store::keep_resource(tx, &id, position, resource)?;
        }
    }
    store::version_by_id(tx.conn(), &id)
}

/// Lets the public see a draft. Only `review` calls this, once the decisions are there; the database checks them again.
///
/// # Errors
/// `Conflict` (`not-a-draft`) when somebody was faster; `Invalid` (`nothing-to-publish`) without a table.
pub(crate) fn publish(tx: &mut Tx<'_>, version: &Version) -> Result<i32> {
    let dataset = store::by_id(tx.conn(), &version.dataset_id)?;
    if dataset.state() == State::Withdrawn {
        return Err(Error::conflict(Problem::new("dataset-withdrawn").with("slug", dataset.slug)));
    }
    let (number, hash, resources) = query::as_published(tx.conn(), &dataset.slug, version)?;
    if resources.is_empty() {
        return Err(Error::invalid(Problem::new("nothing-to-publish")));
    }
    if !store::set_published(tx, &version.id, number, &hash)? {
        return Err(Error::conflict(Problem::new("not-a-draft")));
    }
    store::set_current(tx, &dataset.id, &version.id)?;
    store::set_listing(tx, &dataset.id, &version.metadata, &search_text(&version.metadata))?;
    let detail = json!({ "slug": dataset.slug, "version": number, "hash": hash, "before": dataset.current_version_id, "after": version.id });
    audit::record(tx, "dataset.publish", "dataset", dataset.id.as_str(), detail);
    tx.changed("dataset", dataset.id.as_str());
    Ok(number)
}

/// Takes a published dataset back, leaving its tombstone.
///
/// # Errors
/// `Conflict` (`not-published`); `Invalid` (`reason-missing`).
pub(crate) fn withdraw(tx: &mut Tx<'_>, id: &DatasetId, reason: &Localized) -> Result<()> {
    if reason.vi.trim().is_empty() {
        return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
    }
    if !store::set_withdrawn(tx, id, reason)? {
        return Err(Error::conflict(Problem::new("not-published")));
    }
    audit::record(tx, "dataset.withdraw", "dataset", id.as_str(), json!({ "reason": reason }));
    tx.changed("dataset", id.as_str());
    Ok(())
}

/// What of a dataset is purged.
#[derive(Clone, Debug)]
pub(crate) struct Purging<'a> {
    /// By what.
    pub by: &'a PurgeId,
    /// Published versions that become tombstones.
    pub versions: &'a [VersionId],
    /// Tables that leave drafts and uploads.
    pub tables: &'a [TableVersionId],
    /// Whether all that was ever said and held goes, drafts included.
    pub whole: bool,
    /// The version that the public sees from then on, where the current one goes.
    pub instead: Option<Version>,
    /// What the public reads as the reason.
    pub reason: &'a Localized,
}

/// Makes tombstones of versions and takes tables out of the draft. A published dataset of which no version remains is withdrawn. Only
/// `purge` calls this, once two persons decided; the database checks it again.
///
/// # Errors
/// When the database does not answer or refuses.
pub(crate) fn purge(tx: &mut Tx<'_>, id: &DatasetId, purging: &Purging<'_>) -> Result<()> {
    let dataset = store::by_id(tx.conn(), id)?;
    let blank = Metadata {
        title: Localized { vi: dataset.slug.clone(), en: None },
        topic: dataset.topic.clone(),
        frequency: dataset.frequency.clone(),
        ..Metadata::default()
    };
    store::set_purged(tx, purging.versions, purging.by, &blank)?;
    if let Some(draft) = store::draft_of(tx.conn(), id)? {
        store::take_out(tx, &draft.id, purging.tables)?;
        if purging.whole {
            store::update_draft(tx, &draft.id, &blank, None)?;
        }
    }
    upload::purge(tx, id, purging.tables, purging.whole)?;
    let gone = dataset.current_version_id.as_ref().is_some_and(|current| purging.versions.contains(current));
    match &purging.instead {
        Some(instead) if gone => {
            store::fall_back(tx, id, instead)?;
            store::set_listing(tx, id, &instead.metadata, &search_text(&instead.metadata))?;
        }
        _ if gone || purging.whole => {
            store::set_listing(tx, id, &blank, &search_text(&blank))?;
            if dataset.state() == State::Published {
                withdraw(tx, id, purging.reason)?;
            }
        }
        _ => {}
    }
    tx.changed("dataset", id.as_str());
    Ok(())
}

/// Writes down that somebody reads the original, or the rows set aside, of a table that the public does not see.
///
/// # Errors
/// As [`super::original`].
pub fn record_reading(tx: &mut Tx<'_>, person: &Person, id: &TableVersionId, object: Object) -> Result<()> {
    let found = query::original(tx.conn(), person, id)?;
    let detail = json!({ "object": object.name(id), "original_sha256": found.table.original_sha256 });
    audit::record(tx, "dataset.read-original", "dataset", found.dataset.as_str(), detail);
    Ok(())
}

/// What the database searches in while there is no index: titles, keywords and description, folded.
pub(super) fn search_text(metadata: &Metadata) -> String {
    let mut text = fold(&metadata.title.vi);
    for part in
        [metadata.title.en.as_deref(), Some(metadata.description.vi.as_str()), metadata.description.en.as_deref()]
            .into_iter()
            .flatten()
    {
        text.push('\n');
        text.push_str(&fold(part));
    }
    for keyword in &metadata.keywords {
        text.push('\n');
        text.push_str(&fold(keyword));
    }
    text
}
