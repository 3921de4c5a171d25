//! Questions that need more than one look into the tables.

use super::{Finding, store};
use crate::access::{Action, may};
use crate::account::Person;
use crate::dataset::{self, Dataset, ResourceVersion};
use crate::kernel::id::{DatasetId, FindingId};
use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::Conn;
use crate::profile::Profile;

/// What the scan found in a dataset's draft, or else in what is published.
#[derive(Clone, Debug)]
pub struct Report {
    /// The dataset.
    pub dataset: Dataset,
    /// The title of the version.
    pub title: Localized,
    /// Whether it is the draft.
    pub draft: bool,
    /// The findings: what somebody must decide first.
    pub findings: Vec<Finding>,
    /// How many tables are not read yet.
    pub pending: usize,
    /// When the last table was read; none while one is not.
    pub read: Option<Timestamp>,
    /// The tables.
    pub resources: Vec<Scanned>,
}

/// A table of the version.
#[derive(Clone, Debug)]
pub struct Scanned {
    /// The table.
    pub resource: ResourceVersion,
    /// The titles of the columns that point at persons together.
    pub quasi: Vec<String>,
    /// Whether it was made by treatment.
    pub treated: bool,
}

/// The report of a dataset, for somebody who may see it.
///
/// # Errors
/// `NotFound`; `Forbidden`.
pub fn report(conn: &mut Conn, profile: &Profile, person: &Person, id: &DatasetId) -> Result<Report> {
    let dataset = dataset::by_id(conn, id)?;
    may(person, Action::SeeFindings(profile, &dataset.agency_id)).require()?;
    let (version, draft) = match dataset::draft_of(conn, id)? {
        Some(draft) => (draft, true),
        None => (dataset::detail(conn, id, None)?.version, false),
    };
    let mut findings = store::findings_of(conn, &version.id)?;
    findings.sort_by_key(|finding| (!finding.blocks(), finding.given.is_some(), finding.severity));
    let sources = store::sources_of(conn, &version.id)?;
    let mut resources = Vec::new();
    for resource in dataset::resources_of(conn, &version.id)? {
        let quasi = store::quasi_of(conn, &resource.resource_id)?;
        let treated = sources.iter().any(|(treated, _)| *treated == resource.table.id);
        resources.push(Scanned { resource, quasi, treated });
    }
    Ok(Report {
        pending: store::pending(conn, &version.id, profile.scan.small_group.value)?.len(),
        read: store::reading_since(conn, &version.id)?,
        title: version.metadata.title,
        dataset,
        draft,
        findings,
        resources,
    })
}

/// The dataset that a finding concerns.
///
/// # Errors
/// `NotFound`.
pub fn dataset_of(conn: &mut Conn, id: &FindingId) -> Result<DatasetId> {
    let places = store::versions_of(conn, id)?;
    places.into_iter().next().map(|(dataset, ..)| dataset).ok_or_else(Error::not_found)
}
