//! Questions about the catalogue that need more than one look.

use super::{Entry, EntryForm, Issue, State, store};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency;
use crate::dataset::{self, Dataset};
use crate::kernel::id::{CatalogueEntryId, CatalogueIssueId};
use crate::kernel::{Error, Result};
use crate::platform::db::Conn;

/// An issue in any state, for whoever may see it.
///
/// # Errors
/// `Forbidden`; `NotFound`.
pub fn issue_of(conn: &mut Conn, person: &Person, id: &CatalogueIssueId) -> Result<Issue> {
    may(person, Action::SeePlans).require()?;
    store::by_id(conn, id)
}

/// The issue that another one is held against: the newest before it that the public reads; of one in work that is the one in force.
///
/// # Errors
/// When the database does not answer.
pub fn before(conn: &mut Conn, of: &Issue) -> Result<Option<Issue>> {
    Ok(store::issues(conn)?.into_iter().find(|issue| issue.is_public() && issue.number < of.number))
}

/// Makes an entry say what its dataset says: what the public reads, or the draft of what was never published.
pub(super) fn follow(conn: &mut Conn, entry: &mut Entry, dataset: &Dataset) -> Result<()> {
    let version = match &dataset.current_version_id {
        Some(id) => Some(dataset::version_by_id(conn, id)?),
        None => dataset::draft_of(conn, &dataset.id)?,
    };
    dataset.agency_id.clone_into(&mut entry.agency_id);
    match version {
        Some(version) => {
            entry.title_vi = version.metadata.title.vi;
            entry.title_en = version.metadata.title.en;
            entry.topic = version.metadata.topic;
            entry.frequency = version.metadata.frequency;
            entry.licence = version.metadata.licence;
        }
        None => dataset.title_vi.clone_into(&mut entry.title_vi),
    }
    Ok(())
}

/// The form of an entry of a draft, filled with what it says.
///
/// # Errors
/// `Forbidden`; `NotFound`, also for an issue that is no draft.
pub fn entry_form(
    conn: &mut Conn,
    person: &Person,
    id: &CatalogueIssueId,
    entry: Option<&CatalogueEntryId>,
) -> Result<(Issue, EntryForm)> {
    may(person, Action::EditPlans).require()?;
    let issue = store::by_id(conn, id)?;
    if issue.state != State::Draft {
        return Err(Error::not_found());
    }
    let seen = issue.mark();
    let Some(wanted) = entry else {
        return Ok((
            issue,
            EntryForm { sharing: super::Sharing::File.code().to_owned(), seen, ..EntryForm::default() },
        ));
    };
    let entry = store::entries(conn, id)?.into_iter().find(|entry| entry.entry_id == *wanted);
    let entry = entry.ok_or_else(Error::not_found)?;
    let slug = match &entry.dataset_id {
        Some(dataset) => dataset::by_id(conn, dataset)?.slug,
        None => String::new(),
    };
    let owner = agency::by_id(conn, &entry.agency_id)?.map(|agency| agency.slug).unwrap_or_default();
    let form = EntryForm {
        entry: entry.entry_id.to_string(),
        dataset: slug,
        title: entry.title_vi,
        title_en: entry.title_en.unwrap_or_default(),
        agency: owner,
        topic: entry.topic,
        frequency: entry.frequency,
        sharing: entry.sharing,
        licence: entry.licence.unwrap_or_default(),
        seen,
    };
    Ok((issue, form))
}
