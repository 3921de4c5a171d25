//! Putting work lists together.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use super::model::{Agenda, Changed, Due, Others, Wait, Waiting};
use super::store::{self, Draft};
use crate::account::{Person, role};
use crate::agency;
use crate::cycle;
use crate::duty::{self, Kind, Stage, State};
use crate::kernel::Result;
use crate::kernel::id::AgencyId;
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::review::{self, DraftState};
use crate::voice;

/// How many changes are told.
const CHANGES: i64 = 8;

/// Everything on a person's list today.
///
/// # Errors
/// When the database does not answer.
pub fn agenda(conn: &mut Conn, person: &Person, profile: &Profile, today: NaiveDate) -> Result<Agenda> {
    let own = agencies(person, |_| true);
    let public = store::public(conn, &own)?;
    let mut due: Vec<Due> = public
        .into_iter()
        .filter_map(|dataset| {
            let timeliness = dataset.counted().timeliness(profile, today);
            matches!(timeliness.state, State::Late | State::DueSoon).then(|| Due {
                dataset: dataset.id,
                title: dataset.title,
                timeliness,
            })
        })
        .collect();
    due.sort_by(|a, b| (a.timeliness.due, &a.title).cmp(&(b.timeliness.due, &b.title)));
    Ok(Agenda {
        waiting: waiting(conn, person, profile)?,
        due,
        agency: match own.as_slice() {
            [only] => agency::by_id(conn, only)?.map(|agency| agency.slug),
            _ => None,
        },
        others: others(conn, &own)?,
        extensions: cycle::count_asked(conn, person)?,
        changed: store::changes(conn, &own, CHANGES)?
            .into_iter()
            .map(|(dataset, title, withdrawn, at)| Changed { dataset, title, withdrawn, at })
            .collect(),
        reports: voice::count_waiting(conn, person, profile)?,
        requests: voice::request::count_waiting(conn, person, profile)?,
    })
}

/// What some agencies owe besides updates of datasets, as far as its day is near or gone.
fn others(conn: &mut Conn, own: &[AgencyId]) -> Result<Others> {
    let mut found = duty::counts(conn, Some(own), false)?;
    found.retain(|one| one.kind != Kind::Update && matches!(one.stage, Stage::Soon | Stage::Due | Stage::Overdue));
    let kinds: BTreeSet<Kind> = found.iter().map(|one| one.kind).collect();
    let owners: BTreeSet<&AgencyId> = found.iter().map(|one| &one.agency).collect();
    let owner = owners.first().filter(|_| owners.len() == 1);
    Ok(Others {
        count: found.iter().map(|one| one.count).sum(),
        late: found.iter().filter(|one| one.stage == Stage::Overdue).map(|one| one.count).sum(),
        kind: kinds.first().copied().filter(|_| kinds.len() == 1),
        agency: owner.map(|id| agency::by_id(conn, id)).transpose()?.flatten().map(|agency| agency.slug),
    })
}

/// The drafts on a person's list, those that wait longest first: who holds the role of the review's first step sees the drafts of
/// their agency; who may decide the step that waits (the coordinating department: everywhere) sees what others have written.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(conn: &mut Conn, person: &Person, profile: &Profile) -> Result<Vec<Waiting>> {
    let steps = &profile.review.steps;
    let of_step = |step: Option<&crate::profile::ReviewStep>| {
        agencies(person, |role| step.is_some_and(|step| step.role == *role)).into_iter().collect::<HashSet<_>>()
    };
    let (prepares, decides) = (of_step(steps.first()), of_step(steps.last()));
    let everywhere = person.holds(role::COORDINATOR, None);
    let scope: Vec<AgencyId> = prepares.union(&decides).cloned().collect();
    let drafts = store::drafts(conn, if everywhere { None } else { Some(&scope) })?;
    let standings = review::in_review(conn, profile)?;
    let deciding: HashSet<_> =
        review::waiting_for(conn, profile, person)?.into_iter().map(|item| item.dataset.id).collect();
    let mut found: Vec<Waiting> = drafts
        .into_iter()
        .filter_map(|draft| {
            let prepares = prepares.contains(&draft.agency);
            let wait = match standings.get(&draft.dataset) {
                _ if deciding.contains(&draft.dataset) => Wait::Decide,
                None | Some(DraftState::Draft) if prepares => Wait::Draft,
                Some(DraftState::ChangesAsked | DraftState::Refused) if prepares => Wait::Returned,
                Some(DraftState::Submitted | DraftState::Approved) if prepares => Wait::Elsewhere,
                _ => return None,
            };
            let Draft { dataset, title, agency_name, since, by, remark, .. } = draft;
            Some(Waiting { dataset, title, agency: agency_name, wait, since, by, remark })
        })
        .collect();
    found.sort_by(|a, b| (a.since, &a.dataset).cmp(&(b.since, &b.dataset)));
    Ok(found)
}

/// The agencies at which a person holds a role that counts, each once.
fn agencies(person: &Person, counts: impl Fn(&String) -> bool) -> Vec<AgencyId> {
    let mut held: Vec<AgencyId> =
        person.held.iter().filter(|held| counts(&held.role)).map(|held| held.agency.clone()).collect();
    held.sort();
    held.dedup();
    held
}
