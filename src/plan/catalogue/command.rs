//! What is done to the catalogue.

use std::collections::HashSet;

use serde_json::json;

use super::{Entry, EntryForm, Issue, Posting, PostingForm, RemovalForm, State, query, store};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, acting, role};
use crate::agency;
use crate::audit;
use crate::cycle::{self, ConfirmForm};
use crate::dataset;
use crate::kernel::id::{CatalogueEntryId, CatalogueIssueId, CataloguePostingId, CatalogueReviewId, DatasetId};
use crate::kernel::text::fold;
use crate::kernel::{Error, Problem, Result};
use crate::plan::decision::{self, Attached, DecisionForm};
use crate::plan::{duties, keep_confined, title_hash};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;

/// How often an issue may be posted.
const MOST_POSTINGS: usize = 100;

/// Where the internal portal shows an issue.
fn page_of(id: &CatalogueIssueId) -> String {
    format!("/internal/open-data/catalogue/{id}")
}

/// Who acts, if they may write the catalogue.
fn writer(tx: &mut Tx<'_>, profile: &Profile) -> Result<Person> {
    let person = acting(tx, profile)?;
    may(&person, Action::EditPlans).require()?;
    Ok(person)
}

/// The issue that somebody acts on, locked, if it is in a state.
fn held(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, state: State) -> Result<(Person, Issue)> {
    let person = writer(tx, profile)?;
    lock_row(tx.conn(), "catalogue_issue", id.as_str())?;
    let found = store::by_id(tx.conn(), id)?;
    if found.state != state {
        return Err(Error::conflict(Problem::new("catalogue-state")));
    }
    Ok((person, found))
}

/// As [`held`] of a draft that is still as it was shown.
fn drafted(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, seen: &str) -> Result<(Person, Issue)> {
    let found = held(tx, profile, id, State::Draft)?;
    if found.1.mark() != seen {
        return Err(Error::conflict(Problem::new("catalogue-changed-meanwhile")));
    }
    Ok(found)
}

/// Begins the next issue: a copy of the one in force, whose datasets say what they say today, without what is in quarantine or was
/// destroyed; with `beyond` also every published dataset that it does not list.
///
/// # Errors
/// `Forbidden`; `Conflict` (`catalogue-in-work`).
pub fn draft_issue(tx: &mut Tx<'_>, profile: &Profile, beyond: bool) -> Result<CatalogueIssueId> {
    writer(tx, profile)?;
    if let Some(issue) = store::in_force(tx.conn())? {
        // As whoever signs a review of it does, which wants no draft beside it.
        lock_row(tx.conn(), "catalogue_issue", issue.id.as_str())?;
    }
    if store::in_work(tx.conn())?.is_some() {
        return Err(Error::conflict(Problem::new("catalogue-in-work")));
    }
    let id = CatalogueIssueId::fresh();
    let number = store::last_number(tx.conn())? + 1;
    store::insert_issue(tx, &id, number)?;
    let mut before = in_force(tx)?;
    if dataset::share(tx, before.iter().filter_map(|entry| entry.dataset_id.as_ref()))? {
        before = in_force(tx)?;
    }
    let mut copied = Vec::with_capacity(before.len());
    for mut entry in before.iter().cloned() {
        entry.issue_id = id.clone();
        if let Some(dataset) = &entry.dataset_id {
            let dataset = dataset::by_id(tx.conn(), dataset)?;
            if dataset.quarantined_at.is_some() {
                continue;
            }
            if dataset.state() == dataset::State::Published {
                query::follow(tx.conn(), &mut entry, &dataset)?;
            }
        }
        if !entry.title_vi.is_empty() {
            entry.search_text = search_text(&entry);
            copied.push(entry);
        }
    }
    store::insert_entries(tx, &copied)?;
    let mut added = 0;
    if beyond {
        let more = store::beyond_ids(tx.conn(), &id)?;
        added = list_datasets(tx, &id, &more)?;
    }
    let left_out = before.len() - copied.len();
    let detail = json!({ "number": number, "copied": copied.len(), "left_out": left_out, "added": added });
    audit::record(tx, "catalogue.draft", "catalogue", id.as_str(), detail);
    Ok(id)
}

/// What the issue in force lists.
fn in_force(tx: &mut Tx<'_>) -> Result<Vec<Entry>> {
    match store::in_force(tx.conn())? {
        Some(issue) => store::entries(tx.conn(), &issue.id),
        None => Ok(Vec::new()),
    }
}

/// Puts datasets into a draft; those that it lists already, and those in quarantine, are passed over.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`, `catalogue-changed-meanwhile`); `Invalid` (`entry-none-chosen`).
pub fn add_datasets(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &CatalogueIssueId,
    seen: &str,
    datasets: &[DatasetId],
) -> Result<usize> {
    drafted(tx, profile, id, seen)?;
    if datasets.is_empty() {
        return Err(Error::invalid(Problem::new("entry-none-chosen")));
    }
    let added = list_datasets(tx, id, datasets)?;
    store::touch(tx, id)?;
    audit::record(tx, "catalogue.add", "catalogue", id.as_str(), json!({ "datasets": datasets, "added": added }));
    Ok(added)
}

fn list_datasets(tx: &mut Tx<'_>, id: &CatalogueIssueId, datasets: &[DatasetId]) -> Result<usize> {
    dataset::share(tx, datasets)?;
    let mut known = store::entries(tx.conn(), id)?;
    let mut listed: HashSet<DatasetId> = known.iter().filter_map(|entry| entry.dataset_id.clone()).collect();
    let mut added = 0;
    for wanted in datasets {
        let dataset = dataset::by_id(tx.conn(), wanted)?;
        let open = dataset.state() == dataset::State::Published && dataset.quarantined_at.is_none();
        if !open || !listed.insert(wanted.clone()) {
            continue;
        }
        let last = last_of(tx, id, &dataset.id, &known)?;
        let mut entry =
            blank(id, last.as_ref().map_or_else(CatalogueEntryId::fresh, |last| last.entry_id.clone()), &dataset);
        if let Some(last) = last {
            entry.sharing = last.sharing;
        }
        query::follow(tx.conn(), &mut entry, &dataset)?;
        entry.search_text = search_text(&entry);
        store::delete_removal(tx, id, &entry.entry_id)?;
        store::insert_entries(tx, std::slice::from_ref(&entry))?;
        known.push(entry);
        added += 1;
    }
    Ok(added)
}

/// The entry that a dataset had before, whose id it gets again when it comes back.
fn last_of(tx: &mut Tx<'_>, id: &CatalogueIssueId, dataset: &DatasetId, known: &[Entry]) -> Result<Option<Entry>> {
    let last = store::last_of(tx.conn(), dataset, id)?;
    Ok(last.filter(|last| known.iter().all(|entry| entry.entry_id != last.entry_id)))
}

fn blank(issue: &CatalogueIssueId, entry: CatalogueEntryId, dataset: &dataset::Dataset) -> Entry {
    Entry {
        issue_id: issue.clone(),
        entry_id: entry,
        dataset_id: Some(dataset.id.clone()),
        title_vi: dataset.title_vi.clone(),
        title_en: None,
        agency_id: dataset.agency_id.clone(),
        topic: dataset.topic.clone(),
        frequency: dataset.frequency.clone(),
        sharing: super::Sharing::File.code().to_owned(),
        licence: None,
        search_text: String::new(),
    }
}

fn search_text(entry: &Entry) -> String {
    fold(&format!("{} {}", entry.title_vi, entry.title_en.as_deref().unwrap_or_default()))
}

/// Enters an entry of a draft, or changes one: of a dataset, which then says what it is, or of what is only intended.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`, `catalogue-changed-meanwhile`; `entry-listed` for a dataset that another
/// entry stands for; `quarantined` for an entry that is to leave a dataset in quarantine, each on `dataset`); `Invalid`: `entry-dataset-unknown` on `dataset`; `entry-swap` there when the issue in force has the entry for
/// another dataset; `entry-sharing-missing` on `sharing`; of what is only intended `entry-title-missing` on `title` or `title_en`,
/// `agency-missing`, `topic-missing`, `frequency-missing`, `licence-unknown`.
pub fn save_entry(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, form: &EntryForm) -> Result<()> {
    drafted(tx, profile, id, &form.seen)?;
    let known = store::entries(tx.conn(), id)?;
    let changed = match form.entry.as_str() {
        "" => None,
        text => {
            let entry = CatalogueEntryId::parse(text).ok_or_else(Error::not_found)?;
            Some(known.iter().find(|known| known.entry_id == entry).ok_or_else(Error::not_found)?)
        }
    };
    let mut entry_id = changed.map_or_else(CatalogueEntryId::fresh, |entry| entry.entry_id.clone());
    let before = in_force(tx)?.into_iter().find(|entry| entry.entry_id == entry_id).and_then(|entry| entry.dataset_id);
    let kept = changed.and_then(|entry| entry.dataset_id.as_ref());
    let wanted = dataset::slug_in(&form.dataset);
    let named = match wanted {
        Some(slug) => dataset::by_slug(tx.conn(), slug)?.map(|dataset| dataset.id),
        None => None,
    };
    dataset::share(tx, kept.into_iter().chain(&named))?;
    let mut entry = match wanted {
        Some(slug) => {
            let unknown = || Error::invalid(Problem::new("entry-dataset-unknown").on("dataset"));
            let dataset = dataset::by_slug(tx.conn(), slug)?;
            let dataset = dataset.filter(|found| found.quarantined_at.is_none() || kept == Some(&found.id));
            let dataset = dataset.ok_or_else(unknown)?;
            let sharing = form.sharing()?;
            if known.iter().any(|other| other.entry_id != entry_id && other.dataset_id.as_ref() == Some(&dataset.id)) {
                return Err(Error::conflict(Problem::new("entry-listed").on("dataset")));
            }
            if changed.is_none()
                && let Some(last) = last_of(tx, id, &dataset.id, &known)?
            {
                entry_id = last.entry_id;
            }
            let mut entry = blank(id, entry_id, &dataset);
            sharing.code().clone_into(&mut entry.sharing);
            query::follow(tx.conn(), &mut entry, &dataset)?;
            entry
        }
        None => {
            let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
            let owner = agency::by_slug(tx.conn(), &form.agency)?.filter(|agency| !agency.is_over(&today));
            let said = form.intended(profile, owner.is_some())?;
            let owner = owner.ok_or_else(Error::not_found)?;
            Entry {
                issue_id: id.clone(),
                entry_id,
                dataset_id: None,
                title_vi: said.title,
                title_en: said.title_en,
                agency_id: owner.id,
                topic: form.topic.clone(),
                frequency: form.frequency.clone(),
                sharing: form.sharing()?.code().to_owned(),
                licence: Some(form.licence.clone()).filter(|code| !code.is_empty()),
                search_text: String::new(),
            }
        }
    };
    // What an issue lists leaves with a reason alone.
    if before.is_some() && before != entry.dataset_id {
        return Err(Error::invalid(Problem::new("entry-swap").on("dataset")));
    }
    keep_confined(tx, kept, entry.dataset_id.as_ref())?;
    entry.search_text = search_text(&entry);
    if changed.is_some() {
        store::delete_entry(tx, id, &entry.entry_id)?;
    }
    store::delete_removal(tx, id, &entry.entry_id)?;
    store::insert_entries(tx, std::slice::from_ref(&entry))?;
    store::touch(tx, id)?;
    let detail = json!({ "entry": entry.entry_id, "before": changed.map(told), "after": told(&entry) });
    audit::record(tx, "catalogue.entry", "catalogue", id.as_str(), detail);
    Ok(())
}

/// What the log says of an entry; of what it is called the hash, since a purge may destroy the words.
fn told(entry: &Entry) -> serde_json::Value {
    json!({ "title_hash": title_hash(&entry.title_vi), "agency": entry.agency_id, "dataset": entry.dataset_id, "topic": entry.topic,
        "frequency": entry.frequency, "sharing": entry.sharing, "licence": entry.licence })
}

/// Takes an entry out of a draft. Of what the issue in force lists, the reason is kept.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`, `catalogue-changed-meanwhile`); `Invalid` (`entry-reason-missing` on
/// `reason`).
pub fn remove_entry(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, form: &RemovalForm) -> Result<()> {
    drafted(tx, profile, id, &form.seen)?;
    let wanted = CatalogueEntryId::parse(&form.entry).ok_or_else(Error::not_found)?;
    let found = |tx: &mut Tx<'_>| {
        let entry = store::entries(tx.conn(), id)?.into_iter().find(|entry| entry.entry_id == wanted);
        entry.ok_or_else(Error::not_found)
    };
    let mut entry = found(tx)?;
    if dataset::share(tx, &entry.dataset_id)? {
        entry = found(tx)?;
    }
    let stood = in_force(tx)?.iter().any(|other| other.entry_id == wanted);
    let reason = form.reason(stood)?;
    store::delete_entry(tx, id, &wanted)?;
    if let Some(reason) = reason.as_ref().filter(|_| stood) {
        store::insert_removal(tx, id, &entry, reason)?;
    }
    store::touch(tx, id)?;
    let detail = json!({ "entry": wanted, "before": told(&entry), "reason": reason });
    audit::record(tx, "catalogue.remove", "catalogue", id.as_str(), detail);
    Ok(())
}

/// Deletes a draft: what is in force stays as it is.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`, `catalogue-changed-meanwhile`); `Invalid` (`catalogue-discard-sure` on `sure`
/// when that is empty).
pub fn discard(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, seen: &str, sure: &str) -> Result<()> {
    let (_, found) = drafted(tx, profile, id, seen)?;
    if sure.is_empty() {
        return Err(Error::invalid(Problem::new("catalogue-discard-sure").on("sure")));
    }
    let entries = store::entries(tx.conn(), id)?.len();
    store::delete_draft(tx, id)?;
    let detail = json!({ "number": found.number, "entries": entries });
    audit::record(tx, "catalogue.discard", "catalogue", id.as_str(), detail);
    Ok(())
}

/// Submits a draft to whoever issues it; nothing of it changes until it is taken back.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`, `catalogue-changed-meanwhile`, `catalogue-empty`; `catalogue-closed` with
/// `count` while it lists what is in quarantine or was destroyed).
pub fn submit(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId, seen: &str) -> Result<()> {
    let (person, _) = drafted(tx, profile, id, seen)?;
    let entries = store::entries(tx.conn(), id)?.len();
    if entries == 0 {
        return Err(Error::conflict(Problem::new("catalogue-empty")));
    }
    all_open(tx, id)?;
    store::set_submitted(tx, id, Some(&person.account.id))?;
    let detail = json!({ "before": "draft", "after": "submitted", "entries": entries });
    audit::record(tx, "catalogue.submit", "catalogue", id.as_str(), detail);
    account::announce(tx, vec![Receivers::Role(role::COORDINATOR.to_owned())], "catalogue-submitted", &[], page_of(id))
}

/// Refuses an issue that lists what is in quarantine or was destroyed.
fn all_open(tx: &mut Tx<'_>, id: &CatalogueIssueId) -> Result<()> {
    match store::closed(tx.conn(), id)?.len() {
        0 => Ok(()),
        count => Err(Error::conflict(Problem::new("catalogue-closed").with("count", count as u64))),
    }
}

/// Takes a submitted issue back, so that it can be changed.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state`).
pub fn recall(tx: &mut Tx<'_>, profile: &Profile, id: &CatalogueIssueId) -> Result<()> {
    held(tx, profile, id, State::Submitted)?;
    store::set_submitted(tx, id, None)?;
    let detail = json!({ "before": "submitted", "after": "draft" });
    audit::record(tx, "catalogue.recall", "catalogue", id.as_str(), detail);
    Ok(())
}

/// Enters the decision that issues the catalogue: it takes the place of the one in force, the marks of all datasets follow it, and the
/// agencies concerned are told.
///
/// # Errors
/// `NotFound`; `Forbidden` (`catalogue-two-persons` for whoever submitted it); `Conflict` (`catalogue-state`, `catalogue-closed`); as
/// [`decision`] refuses what was typed and attached.
pub fn issue(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &CatalogueIssueId,
    form: &DecisionForm,
    attached: Result<Attached>,
) -> Result<()> {
    let (person, found) = held(tx, profile, id, State::Submitted)?;
    if found.submitted_by.as_ref() == Some(&person.account.id) {
        return Err(Error::forbidden(Problem::new("catalogue-two-persons")));
    }
    all_open(tx, id)?;
    let decision = decision::enter(tx, profile, &profile.decision.opendata_catalogue, form, attached)?;
    let before = store::in_force(tx.conn())?;
    if let Some(before) = &before {
        lock_row(tx.conn(), "catalogue_issue", before.id.as_str())?;
        store::set_superseded(tx, &before.id)?;
        tx.changed("catalogue", before.id.as_str());
    }
    store::set_issued(tx, id, &person.account.id, &decision.id)?;
    let entries = store::entries(tx.conn(), id)?;
    let listed: HashSet<DatasetId> = entries.iter().filter_map(|entry| entry.dataset_id.clone()).collect();
    let marked = dataset::follow_catalogue(tx, &listed, found.number)?;
    cycle::renew_all(tx, profile, &marked)?;
    duties::issued(tx, profile, &person, decision.decided_on)?;
    let detail = json!({ "before": "submitted", "after": "issued", "number": decision.number, "date": decision.decided_on.to_string(),
        "sha256": decision.sha256, "entries": entries.len(), "marks": marked.len(),
        "supersedes": before.as_ref().map(|before| &before.id) });
    audit::record(tx, "catalogue.issue", "catalogue", id.as_str(), detail);
    tx.changed("catalogue", id.as_str());
    let removed = match &before {
        Some(before) => store::entries(tx.conn(), &before.id)?,
        None => Vec::new(),
    };
    let mut concerned: Vec<_> = entries.into_iter().chain(removed).map(|entry| entry.agency_id).collect();
    concerned.sort();
    concerned.dedup();
    let to = concerned.into_iter().flat_map(|agency| {
        [role::FOCAL_POINT, role::AGENCY_HEAD].map(|role| Receivers::RoleAt(role.to_owned(), agency.clone()))
    });
    account::announce(
        tx,
        to.collect(),
        "catalogue-issued",
        &[("number", decision.number.into()), ("date", decision.decided_on.into())],
        page_of(id),
    )
}

/// Writes down that an issue was posted at the national portal.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`catalogue-state` for one that was not issued, `posting-too-many`); `Invalid`: `date-form`,
/// `day-ahead`, `posting-early` on `posted_on`; `posting-address` on `address`; `posting-note` on `note`.
pub fn record_posting(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &CatalogueIssueId,
    form: &PostingForm,
) -> Result<CataloguePostingId> {
    let person = writer(tx, profile)?;
    lock_row(tx.conn(), "catalogue_issue", id.as_str())?;
    let found = store::by_id(tx.conn(), id)?;
    let decided = found.decision.as_ref().filter(|_| found.is_public()).map(|decision| decision.decided_on);
    let decided = decided.ok_or_else(|| Error::conflict(Problem::new("catalogue-state")))?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let (posted_on, address, note) = form.check(decided, today)?;
    if store::postings(tx.conn(), id)?.len() >= MOST_POSTINGS {
        return Err(Error::conflict(Problem::new("posting-too-many")));
    }
    let new = Posting {
        id: CataloguePostingId::fresh(),
        posted_on,
        address,
        note,
        posted_by: person.account.id,
        recorded_at: tx.ctx().at,
    };
    store::insert_posting(tx, id, &new)?;
    let detail =
        json!({ "posting": new.id, "date": new.posted_on.to_string(), "address": new.address, "note": new.note });
    audit::record(tx, "catalogue.post", "catalogue", id.as_str(), detail);
    tx.changed("catalogue", id.as_str());
    Ok(new.id)
}

/// Signs that the issue in force was reviewed and nothing of it is to change. Its next review counts from today.
///
/// # Errors
/// `Forbidden`; `Invalid` as [`ConfirmForm::check`]; `Conflict`: `catalogue-review-not-owed` while no issue is in force or the rules ask for
/// no review, what hinders it ([`Obstacle`](super::Obstacle)), `catalogue-review-seen` when it was issued or reviewed since the form was
/// shown.
pub fn confirm_review(tx: &mut Tx<'_>, profile: &Profile, form: &ConfirmForm) -> Result<CatalogueReviewId> {
    let person = writer(tx, profile)?;
    if let Some(issue) = store::in_force(tx.conn())? {
        // As whoever issues the next one does.
        lock_row(tx.conn(), "catalogue_issue", issue.id.as_str())?;
    }
    let now = tx.ctx().at;
    let today = now.date(profile.province.timezone_minutes);
    let found = query::reviewable(tx.conn(), profile, now)?;
    let found = found.ok_or_else(|| Error::conflict(Problem::new("catalogue-review-not-owed")))?;
    if let Some(obstacle) = found.obstacle {
        return Err(Error::conflict(Problem::new(obstacle.code())));
    }
    let checked = form.check()?;
    if form.counted != found.mark() {
        return Err(Error::conflict(Problem::new("catalogue-review-seen")));
    }
    let (id, issue) = (CatalogueReviewId::fresh(), found.issue);
    store::insert_review(tx, &issue.id, &id, &checked, &person.account.id)?;
    let counted = json!({ "before": found.review.from.to_string(), "after": today.to_string() });
    let detail = json!({ "confirmation": id, "number": issue.number, "counted": counted });
    audit::record(tx, "catalogue.review", "catalogue", issue.id.as_str(), detail);
    tx.changed("catalogue", issue.id.as_str());
    duties::reviewed(tx, profile, &person, issue.decision.map(|decision| decision.decided_on))?;
    Ok(id)
}

/// After a purge: what entries of a dataset call it is emptied, all of it or what only destroyed versions called it (`said`). A draft
/// says what is left to the public.
pub(crate) fn purge(tx: &mut Tx<'_>, of: &DatasetId, said: Option<&[String]>) -> Result<()> {
    let dataset = dataset::by_id(tx.conn(), of)?;
    for (mut entry, drafted) in store::of_dataset(tx.conn(), of)? {
        store::empty_removals(tx, &entry.entry_id, said)?;
        let gone =
            |said: &[String]| said.contains(&entry.title_vi) || entry.title_en.iter().any(|en| said.contains(en));
        if !said.is_none_or(gone) {
            continue;
        }
        if drafted && entry.dataset_id.is_some() && dataset.state() == dataset::State::Published {
            query::follow(tx.conn(), &mut entry, &dataset)?;
            entry.search_text = search_text(&entry);
            store::rewrite(tx, &entry)?;
        } else {
            store::empty(tx, &entry)?;
        }
    }
    Ok(())
}
