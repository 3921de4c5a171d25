//! Questions about the catalogue that need more than one look.

use chrono::NaiveDate;

use super::{Entry, EntryForm, Issue, Review, State, next_review, store};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency;
use crate::dataset::{self, Dataset};
use crate::kernel::id::{CatalogueEntryId, CatalogueIssueId};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::Conn;
use crate::platform::queue;
use crate::profile::Profile;

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

/// Why a review with nothing to change cannot be signed now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Another issue is being written, or is with the authority: something is to change.
    InWork,
    /// It was issued or reviewed today.
    Today,
}

impl Obstacle {
    /// The code of the refusal, whose message says what to do.
    pub fn code(self) -> &'static str {
        match self {
            Self::InWork => "catalogue-review-in-work",
            Self::Today => "catalogue-review-today",
        }
    }
}

/// The issue in force, whose review is owed.
#[derive(Clone, Debug)]
pub struct Reviewable {
    /// The issue.
    pub issue: Issue,
    /// Its next review.
    pub review: Review,
    /// Why it cannot be signed now that nothing is to change.
    pub obstacle: Option<Obstacle>,
}

impl Reviewable {
    /// The mark that a form of what was shown carries.
    pub fn mark(&self) -> String {
        format!("{}/{}", self.issue.number, self.review.from)
    }
}

/// On which day an issue was last reviewed with nothing to change, as of a moment: what a clock that stood ahead signed has not been yet.
///
/// # Errors
/// When the database does not answer.
pub fn reviewed_on(conn: &mut Conn, profile: &Profile, of: &Issue, now: Timestamp) -> Result<Option<NaiveDate>> {
    let last = store::last_review(conn, &of.id, now.plus_seconds(queue::SKEW))?;
    Ok(last.map(|at| at.date(profile.province.timezone_minutes)))
}

/// The issue in force with the review of it that is owed; none before the first, and where the rules set no period.
///
/// # Errors
/// When the database does not answer.
pub fn reviewable(conn: &mut Conn, profile: &Profile, now: Timestamp) -> Result<Option<Reviewable>> {
    let today = now.date(profile.province.timezone_minutes);
    let Some(issue) = store::in_force(conn)? else { return Ok(None) };
    let issued_on = issue.decision.as_ref().map(|decision| decision.decided_on);
    let reviewed_on = reviewed_on(conn, profile, &issue, now)?;
    let Some(review) = next_review(profile, issued_on, reviewed_on) else { return Ok(None) };
    let obstacle = if store::in_work(conn)?.is_some() {
        Some(Obstacle::InWork)
    } else if review.from >= today {
        Some(Obstacle::Today)
    } else {
        None
    };
    Ok(Some(Reviewable { issue, review, obstacle }))
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
