//! What people do about purges and backups.

use std::collections::BTreeSet;

use serde_json::json;

use super::{AskForm, BackupForm, Becomes, ConfirmForm, Counted, PURGE, Purge, Scope, State, job, query, store};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers};
use crate::cycle::{self, Purged};
use crate::dataset::{self, Purging, Version};
use crate::kernel::id::{BackupId, DatasetId, PurgeId};
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job};
use crate::profile::Profile;
use crate::{audit, plan as promised, quarter, scan, table, voice};

/// Asks that something of a dataset be destroyed.
///
/// # Errors
/// `Forbidden` (`purge-not-yours`); `Invalid` (`purge-scope`, `reason-missing`, `reason-too-long`, `reason-personal`, `basis-missing`);
/// `Conflict` (`purge-asked`) while another waits.
pub fn ask(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, form: &AskForm) -> Result<PurgeId> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::AskPurge(profile)).require()?;
    dataset::lock(tx, id)?;
    let found = dataset::by_id(tx.conn(), id)?;
    let reason = form.check(profile)?;
    let scope = query::scope_of(&form.scope)?;
    let plan = query::plan(tx.conn(), id, &scope)?;
    if store::of_dataset(tx.conn(), id)?.iter().any(|purge| purge.state == State::Asked) {
        return Err(Error::conflict(Problem::new("purge-asked")));
    }
    let purge = store::insert(tx, id, &scope, &reason, &form.basis, &person.account.id)?;
    let detail = json!({
        "purge": purge, "scope": scope.code(), "target": scope.target(id), "reason": reason, "basis": form.basis,
        "tables": plan.table_ids(), "versions": plan.versions.iter().map(|version| version.number).collect::<Vec<_>>(),
    });
    audit::record(tx, "purge.ask", "dataset", id.as_str(), detail);
    let to = vec![Receivers::Role(profile.purge.confirm.value.clone())];
    tell(tx, to, "purge-asked", &found.slug, &person, &purge)?;
    Ok(purge)
}

/// Confirms a purge: from the end of this transaction nothing of the content is in the database or at a public address, and a job takes the
/// objects. `counted` is what the person saw that there is.
///
/// # Errors
/// `NotFound`; `Forbidden` (`purge-not-yours`, `purge-own`); `Invalid` (`purge-slug`); `Conflict` (`purge-decided`, `purge-changed`).
pub fn confirm(tx: &mut Tx<'_>, profile: &Profile, id: &PurgeId, form: &ConfirmForm, counted: Counted) -> Result<()> {
    let (person, purge) = decider(tx, profile, id)?;
    if purge.asked_by == person.account.id {
        return Err(Error::forbidden(Problem::new("purge-own").with("person", person.account.full_name.as_str())));
    }
    may(&person, Action::ConfirmPurge(profile)).require()?;
    let found = dataset::by_id(tx.conn(), &purge.dataset)?;
    let plan = query::plan(tx.conn(), &purge.dataset, &purge.scope)?;
    if plan.mark() != form.seen {
        return Err(Error::conflict(Problem::new("purge-changed")));
    }
    if form.slug.trim() != found.slug {
        return Err(Error::invalid(Problem::new("purge-slug").with("slug", found.slug).on("slug")));
    }
    let made = plan.tables.iter().map(|table| table.created_at);
    let since = made.chain(plan.versions.iter().map(|version| version.created_at.0)).min().unwrap_or(tx.ctx().at.0);
    let taken = (since, counted.objects, counted.bytes);
    if !store::decide(tx, id, State::Confirmed, &person.account.id, taken)? {
        return Err(Error::conflict(Problem::new("purge-decided")));
    }
    let tables = plan.table_ids();
    let versions: Vec<_> = plan.versions.iter().map(|version| version.id.clone()).collect();
    table::purge(tx, &tables, id)?;
    let purging = Purging {
        by: id,
        versions: &versions,
        tables: &tables,
        whole: purge.scope == Scope::Dataset,
        instead: plan.instead.clone(),
        reason: &purge.reason,
    };
    let called = if purge.scope == Scope::Dataset { called(tx, &purge.dataset)? } else { Vec::new() };
    dataset::purge(tx, &purge.dataset, &purging)?;
    scan::purge(tx, &tables, &versions)?;
    voice::purge(tx, &plan.reports)?;
    let purged = match (&purge.scope, versions.is_empty()) {
        (Scope::Dataset, _) => Purged::Whole,
        (_, false) => Purged::Versions,
        (_, true) => Purged::Tables,
    };
    if purged != Purged::Tables {
        quarter::purge(tx, &purge.dataset, &found.slug)?;
    }
    let said = destroyed_words(tx, &purge.dataset, &plan.versions)?;
    promised::purge(tx, &purge.dataset, (purge.scope != Scope::Dataset).then_some(said.as_slice()))?;
    cycle::purge(tx, profile, &purge.dataset, purged)?;
    let words: BTreeSet<&str> = said.iter().chain(&called).map(String::as_str).collect();
    account::forget(tx, words)?;
    queue::enqueue(tx, Job::new(PURGE, job::payload(id)).key(format!("{PURGE}:{id}")))?;
    let becomes = match plan.becomes {
        Becomes::Stays => json!("stays"),
        Becomes::FallsBack(number) => json!(number),
        Becomes::Withdrawn => json!("withdrawn"),
    };
    let detail = json!({
        "purge": id, "before": State::Asked.code(), "after": State::Confirmed.code(), "asked_by": purge.asked_by,
        "reason": purge.reason, "basis": purge.basis, "objects": counted.objects, "bytes": counted.bytes, "becomes": becomes,
        "versions": plan.versions.iter().map(|version| json!({ "number": version.number, "hash": version.hash })).collect::<Vec<_>>(),
        "tables": plan.tables.iter().map(|table| json!({ "id": table.id, "sha256": table.original_sha256 })).collect::<Vec<_>>(),
    });
    audit::record(tx, "purge.confirm", "dataset", purge.dataset.as_str(), detail);
    // Programs drop what they keep of opened tables.
    tx.changed("purge", id.as_str());
    let mut to = vec![Receivers::Account(purge.asked_by)];
    to.extend(profile.review.steps.iter().map(|step| Receivers::RoleAt(step.role.clone(), found.agency_id.clone())));
    tell(tx, to, "purge-confirmed", &found.slug, &person, id)
}

/// What versions that were destroyed just now called their dataset, in either language, and no published version that is left does.
fn destroyed_words(tx: &mut Tx<'_>, of: &DatasetId, versions: &[Version]) -> Result<Vec<String>> {
    fn words(version: &Version) -> impl Iterator<Item = &String> {
        let title = &version.metadata.title;
        std::iter::once(&title.vi).chain(title.en.as_ref())
    }
    let lines = dataset::version_lines(tx.conn(), of, false)?;
    let left: Vec<&Version> =
        lines.iter().map(|line| &line.version).filter(|version| version.purged_at.is_none()).collect();
    let borne = |word: &String| left.iter().any(|version| words(version).any(|other| other == word));
    Ok(versions.iter().flat_map(words).filter(|word| !borne(word)).cloned().collect())
}

/// What else notices may call a dataset all of which goes: by its draft and its listing.
fn called(tx: &mut Tx<'_>, of: &DatasetId) -> Result<Vec<String>> {
    let draft = dataset::draft_of(tx.conn(), of)?.map(|draft| draft.metadata.title);
    let listed = Localized { vi: dataset::by_id(tx.conn(), of)?.title_vi, en: None };
    Ok(draft.into_iter().chain([listed]).flat_map(|title| [Some(title.vi), title.en]).flatten().collect())
}

/// Refuses a purge, or takes one's own request back: nothing is destroyed.
///
/// # Errors
/// `NotFound`; `Forbidden` (`purge-not-yours`); `Conflict` (`purge-decided`).
pub fn refuse(tx: &mut Tx<'_>, profile: &Profile, id: &PurgeId) -> Result<()> {
    let (person, purge) = decider(tx, profile, id)?;
    if purge.asked_by != person.account.id {
        may(&person, Action::ConfirmPurge(profile)).require()?;
    }
    if !store::decide(tx, id, State::Refused, &person.account.id, (0, 0, 0))? {
        return Err(Error::conflict(Problem::new("purge-decided")));
    }
    let detail = json!({ "purge": id, "before": State::Asked.code(), "after": State::Refused.code() });
    audit::record(tx, "purge.refuse", "dataset", purge.dataset.as_str(), detail);
    let slug = dataset::by_id(tx.conn(), &purge.dataset)?.slug;
    tell(tx, vec![Receivers::Account(purge.asked_by)], "purge-refused", &slug, &person, id)
}

/// Who acts, and the purge that waits, its dataset locked, and before it all plans in which an item may come to name the dataset.
fn decider(tx: &mut Tx<'_>, profile: &Profile, id: &PurgeId) -> Result<(Person, Purge)> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::SeePurges(profile)).require()?;
    let of = store::by_id(tx.conn(), id)?.dataset;
    promised::hold(tx)?;
    dataset::lock(tx, &of)?;
    let purge = store::by_id(tx.conn(), id)?;
    if purge.state != State::Asked {
        return Err(Error::conflict(Problem::new("purge-decided")));
    }
    Ok((person, purge))
}

fn tell(
    tx: &mut Tx<'_>,
    to: Vec<Receivers>,
    event: &'static str,
    slug: &str,
    person: &Person,
    id: &PurgeId,
) -> Result<()> {
    let args = [("slug", slug.into()), ("person", person.account.full_name.as_str().into())];
    account::announce(tx, to, event, &args, format!("/internal/purges/{id}"))
}

/// Registers a backup that is kept somewhere.
///
/// # Errors
/// `Forbidden`; `Invalid` (`backup-place`, `date-form`, `backup-later`, `period-order`).
pub fn register_backup(tx: &mut Tx<'_>, profile: &Profile, form: &BackupForm) -> Result<BackupId> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::KeepBackups).require()?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let (place, taken_on, kept_until) = form.check(&today)?;
    let id = store::insert_backup(tx, &place, &taken_on, kept_until.as_deref(), &person.account.id)?;
    let detail = json!({ "place": place, "taken_on": taken_on, "kept_until": kept_until });
    audit::record(tx, "backup.register", "backup", id.as_str(), detail);
    Ok(id)
}

/// Says that a backup was destroyed.
///
/// # Errors
/// `Forbidden`; `Conflict` (`backup-destroyed`) when that was said before.
pub fn destroy_backup(tx: &mut Tx<'_>, profile: &Profile, id: &BackupId) -> Result<()> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::KeepBackups).require()?;
    if !store::set_destroyed(tx, id, &person.account.id)? {
        return Err(Error::conflict(Problem::new("backup-destroyed")));
    }
    audit::record(tx, "backup.destroy", "backup", id.as_str(), json!({ "before": "kept", "after": "destroyed" }));
    Ok(())
}
