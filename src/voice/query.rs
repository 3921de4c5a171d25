//! Questions about reports that need more than one look.

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::model::Scope;
use super::{Filter, Listed, Open, Report, State, Step, Waiting, request, store};
use crate::access::{Action, Sight, may};
use crate::account::{Person, role};
use crate::dataset::{self, Dataset};
use crate::kernel::id::{AgencyId, DatasetId, ReportId};
use crate::kernel::{Error, Localized, Page, PageRequest, Result};
use crate::platform::db::Conn;
use crate::platform::token;
use crate::profile::Profile;

/// Letters of a receipt number: none that is taken for another.
const LETTERS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many, five bits each: 60 bits that nobody guesses.
const RECEIPT: usize = 12;

/// The receipt number of a form that was drawn with a token nobody else has: the same form sent twice is one report.
pub fn receipt_of(form_token: &str) -> String {
    let hash = Sha256::new().chain_update(b"khomo receipt 1").chain_update(form_token).finalize();
    let letters: Vec<u8> = hash.iter().take(RECEIPT).map(|byte| LETTERS[usize::from(byte % 32)]).collect();
    let groups: Vec<&str> = letters.chunks(4).filter_map(|group| std::str::from_utf8(group).ok()).collect();
    groups.join("-")
}

/// A receipt number as people type it, in its own form; none when it cannot be one.
pub fn receipt_typed(text: &str) -> Option<String> {
    let letters: Vec<char> = text
        .chars()
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| c.to_ascii_uppercase())
        .take(RECEIPT + 1)
        .collect();
    let known = |c: &char| u8::try_from(*c).is_ok_and(|byte| LETTERS.contains(&byte));
    if letters.len() != RECEIPT || !letters.iter().all(known) {
        return None;
    }
    Some(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

/// What whoever holds a receipt number may read.
#[derive(Clone, Debug)]
pub struct Followed {
    /// The report.
    pub report: Report,
    /// Its way, oldest first; names of persons are left out.
    pub steps: Vec<Step>,
    /// The dataset.
    pub dataset: Dataset,
    /// Its title.
    pub title: Localized,
    /// The note of the version that corrects it.
    pub note: Option<Localized>,
}

/// A report by its receipt number.
///
/// # Errors
/// `NotFound`.
pub fn follow(conn: &mut Conn, receipt: &str) -> Result<Followed> {
    let receipt = receipt_typed(receipt).ok_or_else(Error::not_found)?;
    let id = store::by_receipt(conn, &token::sha256_hex(&receipt))?.ok_or_else(Error::not_found)?;
    let report = store::by_id(conn, &id)?;
    let mut steps = store::steps_of(conn, &id)?;
    steps.iter_mut().for_each(|step| step.by = None);
    let dataset = dataset::by_id(conn, &report.dataset)?;
    let title = dataset::detail(conn, &dataset.id, None)?.version.metadata.title;
    let note = match report.corrected_in {
        Some(number) => dataset::version_by_number(conn, &dataset.id, number)?.and_then(|version| version.note),
        None => None,
    };
    Ok(Followed { report, steps, dataset, title, note })
}

/// Whether somebody may read a report in the internal portal: who handles those of the agency, and who wrote it.
///
/// # Errors
/// `Forbidden`.
pub fn may_follow(person: &Person, profile: &Profile, dataset: &Dataset, report: &Report) -> Result<()> {
    if report.by.as_ref().is_some_and(|(account, _)| *account == person.account.id) {
        return Ok(());
    }
    may(person, Action::HandleReports(profile, &dataset.agency_id)).require()
}

/// A report with its way and its dataset, for whoever may read it in the internal portal.
///
/// # Errors
/// `NotFound`; `Forbidden`.
pub fn find(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    id: &ReportId,
) -> Result<(Listed, Vec<Step>, Dataset)> {
    let report = store::by_id(conn, id)?;
    let dataset = dataset::by_id(conn, &report.dataset)?;
    may_follow(person, profile, &dataset, &report)?;
    let mut found = store::with_names(conn, report)?;
    veil(conn, person, std::slice::from_mut(&mut found))?;
    Ok((found, store::steps_of(conn, id)?, dataset))
}

/// Empties the titles of datasets whose quarantine a person is kept from: who reported something goes on following it.
fn veil(conn: &mut Conn, person: &Person, items: &mut [Listed]) -> Result<()> {
    let ids: Vec<String> = items.iter().map(|item| item.report.dataset.to_string()).collect();
    let hidden = dataset::hidden(conn, &ids, &Sight::of(person))?;
    items.iter_mut().filter(|item| hidden.contains(item.report.dataset.as_str())).for_each(|item| item.title.clear());
    Ok(())
}

/// A page of the reports that somebody sees: those about datasets of the agencies whose reports they handle, and their own.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    filter: &Filter,
    page: PageRequest,
) -> Result<Page<Listed>> {
    let mut found = store::list(conn, &scope(person, profile, true), filter, page)?;
    veil(conn, person, &mut found.items)?;
    Ok(found)
}

/// How many reports wait for somebody of the agencies whose reports a person handles.
///
/// # Errors
/// When the database does not answer.
pub fn count_waiting(conn: &mut Conn, person: &Person, profile: &Profile) -> Result<u64> {
    let scope = scope(person, profile, false);
    if scope.agencies.as_ref().is_some_and(Vec::is_empty) {
        return Ok(0);
    }
    store::count_waiting(conn, &scope)
}

/// How many reports about a dataset are not closed.
///
/// # Errors
/// When the database does not answer.
pub fn open_of(conn: &mut Conn, dataset: &DatasetId) -> Result<u64> {
    store::count_open(conn, dataset)
}

/// How many reports about a dataset were found to be right and are not corrected.
///
/// # Errors
/// When the database does not answer.
pub fn known_errors(conn: &mut Conn, dataset: &DatasetId) -> Result<usize> {
    let known = |report: &Report| matches!(report.state, State::Verified | State::Correcting);
    Ok(store::of_dataset(conn, dataset)?.iter().filter(|report| known(report)).count())
}

/// The reports that the draft of a dataset may say it corrects, oldest first, and whether it says so.
///
/// # Errors
/// When the database does not answer.
pub fn correctable(conn: &mut Conn, dataset: &DatasetId) -> Result<Vec<Open>> {
    let chosen = dataset::draft_of(conn, dataset)?.and_then(|draft| draft.corrects).unwrap_or_default();
    let reports = store::of_dataset(conn, dataset)?.into_iter().filter(|report| report.state.is_correctable());
    Ok(reports.map(|report| Open { chosen: chosen.contains(&report.id), report }).collect())
}

/// The reports about a dataset whose words are not destroyed, written since a version was published: what a reader saw in it they may
/// have written down later.
///
/// # Errors
/// When the database does not answer.
pub fn worded(conn: &mut Conn, of: &DatasetId, since: i32) -> Result<Vec<ReportId>> {
    let mut reports = store::of_dataset(conn, of)?;
    reports.retain(|report| report.version >= since && (!report.description.is_empty() || report.answer.is_some()));
    Ok(reports.into_iter().map(|report| report.id).collect())
}

/// Whether a report may be answered: what stands in a draft waits for the draft, as long as there can be one.
pub fn answerable(report: &Report, dataset: &Dataset) -> bool {
    match report.state {
        State::New | State::Received | State::Verified | State::Corrected => true,
        State::Correcting => dataset.state() == dataset::State::Withdrawn,
        State::NotAnError | State::Closed => false,
    }
}

/// As `access::may` says of one agency, and of one's own reports.
fn scope(person: &Person, profile: &Profile, own: bool) -> Scope {
    let mut agencies: Vec<_> = person.held.iter().map(|held| held.agency.clone()).collect();
    agencies.sort();
    agencies.dedup();
    agencies.retain(|agency| may(person, Action::HandleReports(profile, agency)).granted());
    Scope {
        agencies: (!person.holds(role::COORDINATOR, None)).then_some(agencies),
        own: own.then(|| person.account.id.clone()),
    }
}

/// What readers wait for today, by agency: of some agencies, or of all. For whoever sees the numbers of these agencies; nothing is waited for
/// from those that are not there.
///
/// # Errors
/// When the database does not answer.
pub fn waiting(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    (profile, today): (&Profile, NaiveDate),
) -> Result<HashMap<AgencyId, Waiting>> {
    let mut found: HashMap<AgencyId, Waiting> = HashMap::new();
    for (agency, state, count) in store::counts(conn, agencies)? {
        let of = found.entry(agency).or_default();
        *if State::KNOWN.contains(&state) { &mut of.known } else { &mut of.unanswered } += count;
    }
    for (agency, open, late) in request::counts(conn, agencies, profile, today)? {
        let of = found.entry(agency).or_default();
        (of.requests, of.requests_late) = (open, late);
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_number_is_read_as_people_type_it() {
        let receipt = receipt_of("a token");
        assert_eq!(receipt.len(), 14);
        assert_eq!(receipt, receipt_of("a token"));
        assert_ne!(receipt, receipt_of("another token"));
        let typed = format!(" {} ", receipt.to_lowercase().replace('-', " "));
        assert_eq!(receipt_typed(&typed), Some(receipt.clone()));
        for wrong in ["", "ABCD", "ABCD-EFGH-JKL0", "ABCD-EFGH-JKLMN", "ABCD-EFGH-JKLđ"] {
            assert_eq!(receipt_typed(wrong), None, "{wrong}");
        }
    }
}
