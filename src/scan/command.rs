//! What is done with findings: they are written down, judged, and held against what is to be published.

use std::collections::BTreeSet;

use serde_json::json;

use super::detect::{self, Hits, Kind, Severity};
use super::store::{self, Read};
use super::{Pending, SCAN, TREAT, Veil, Verdict, Words, run};
use crate::access::{Action, may};
use crate::account::{self, Receivers, role};
use crate::dataset::{self, Version};
use crate::kernel::id::{DatasetId, FindingId, ResourceId, TableVersionId, VersionId};
use crate::kernel::text::nfc;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job};
use crate::profile::{PoliceRole, Profile};
use crate::{agency, audit, table};

/// Versions that one turn of the recurring job has read anew, at most.
const STALE: i64 = 200;

/// Who is told of findings, by the profile's roles.
#[derive(Clone, Debug)]
pub struct Watchers {
    owner: Option<String>,
    head: Option<String>,
    police: bool,
}

impl Watchers {
    /// By a profile.
    pub fn of(profile: &Profile) -> Self {
        let steps = &profile.review.steps;
        Self {
            owner: steps.first().map(|step| step.role.clone()),
            head: steps.last().map(|step| step.role.clone()),
            police: profile.police.role.value == PoliceRole::Reviewer,
        }
    }
}

/// Has the tables and words of a version read that were not read yet.
///
/// # Errors
/// When the database does not answer.
pub fn enqueue(tx: &mut Tx<'_>, version: &VersionId) -> Result<()> {
    queue::enqueue(tx, Job::new(SCAN, run::payload(version)).key(format!("scan:{version}")))?;
    Ok(())
}

/// Has drafts and current versions read that were not read under the present rules: after a change of the rules, and after an update of
/// the program from one without a scan. Says how many.
///
/// # Errors
/// When the database does not answer.
pub fn enqueue_stale(tx: &mut Tx<'_>) -> Result<usize> {
    let versions = store::stale(tx.conn(), STALE)?;
    for version in &versions {
        enqueue(tx, version)?;
    }
    Ok(versions.len())
}

/// Writes down what was found in a table, and tells those who must decide. Does nothing when somebody was faster.
///
/// # Errors
/// When the database does not answer.
pub fn record(
    tx: &mut Tx<'_>,
    watchers: &Watchers,
    version: &VersionId,
    read: &Pending,
    hits: Vec<Hits>,
) -> Result<()> {
    // Two programs may have read it at the same time.
    if let Some(found) = store::version_of(tx.conn(), version)? {
        dataset::lock(tx, &found.dataset_id)?;
    }
    if store::is_read(tx.conn(), Read::Table(&read.table), &read.words)? {
        return if table::by_id(tx.conn(), &read.table)?.masked == 0 { mask_report(tx, &read.table) } else { Ok(()) };
    }
    // What was decided about the same thing, in this table or in the one it was made from, stays decided.
    let mut before = store::findings_in(tx.conn(), &read.table)?;
    if let Some(source) = store::source_of(tx.conn(), &read.table)? {
        before.extend(store::findings_in(tx.conn(), &source)?);
    }
    let run = store::insert_run(tx, Read::Table(&read.table), &read.words, read.rows)?;
    let mut told = Vec::new();
    for one in &hits {
        let place = one.column.and_then(|column| read.headings.get(column)).map(|heading| heading.title.as_str());
        let id = store::insert_finding(tx, &run, place, one)?;
        let same = before.iter().find(|old| {
            old.place.as_deref() == place
                && (old.kind, old.severity) == (one.kind, one.severity)
                && one.count <= old.count
                && old.given.as_ref().is_some_and(|given| given.verdict.clears())
        });
        match same {
            Some(old) => keep_verdict(tx, &old.id, &id)?,
            None => told.push(one),
        }
    }
    mask_report(tx, &read.table)?;
    tell(tx, watchers, version, Some(&read.table), &told)
}

/// Masks in the report of a table what was found in the table, and what looks like it in the cells that no scan reads.
fn mask_report(tx: &mut Tx<'_>, id: &TableVersionId) -> Result<()> {
    let found = table::by_id(tx.conn(), id)?;
    let mut report = found.report()?;
    Veil::of(&report.outcome, &store::findings_in(tx.conn(), id)?).over_report(&mut report);
    table::set_masked(tx, id, &report)
}

fn keep_verdict(tx: &mut Tx<'_>, from: &FindingId, to: &FindingId) -> Result<()> {
    if let Some((verdict, reason, basis, person, at)) = store::last_verdict(tx.conn(), from)? {
        store::insert_verdict(tx, to, &verdict, &reason, basis.as_deref(), &person, at)?;
    }
    Ok(())
}

/// Reads the words of a version (its metadata, note and dictionaries) and writes down what was found.
///
/// # Errors
/// When the database does not answer.
pub fn record_words(tx: &mut Tx<'_>, watchers: &Watchers, id: &VersionId) -> Result<()> {
    let Some(version) = store::version_of(tx.conn(), id)? else { return Ok(()) };
    dataset::lock(tx, &version.dataset_id)?;
    let resources = dataset::resources_of(tx.conn(), id)?;
    let words = Words::of_version(&version, &resources);
    if store::is_read(tx.conn(), Read::Words(id), &words.hash)? {
        return Ok(());
    }
    let hits = run::in_words(&words.text);
    write_words(tx, watchers, &version, &words, &hits)
}

fn write_words(tx: &mut Tx<'_>, watchers: &Watchers, version: &Version, words: &Words, hits: &[Hits]) -> Result<()> {
    let before = store::findings_in_words(tx.conn(), &version.id)?;
    let run = store::insert_run(tx, Read::Words(&version.id), &words.hash, 0)?;
    let mut told = Vec::new();
    for one in hits {
        let id = store::insert_finding(tx, &run, None, one)?;
        let same = before.iter().find(|old| {
            (old.kind, old.severity) == (one.kind, one.severity)
                && old.samples == one.samples
                && one.count <= old.count
                && old.given.as_ref().is_some_and(|given| given.verdict.clears())
        });
        match same {
            Some(old) => keep_verdict(tx, &old.id, &id)?,
            None => told.push(one),
        }
    }
    tell(tx, watchers, &version.id, None, &told)
}

/// The audit entry and the notices of new findings.
fn tell(
    tx: &mut Tx<'_>,
    watchers: &Watchers,
    id: &VersionId,
    table: Option<&TableVersionId>,
    hits: &[&Hits],
) -> Result<()> {
    if hits.is_empty() {
        return Ok(());
    }
    let Some(version) = store::version_of(tx.conn(), id)? else { return Ok(()) };
    let dataset = dataset::by_id(tx.conn(), &version.dataset_id)?;
    let found: Vec<_> = hits
        .iter()
        .map(|one| json!({ "kind": one.kind.code(), "severity": one.severity.code(), "column": one.column, "count": one.count }))
        .collect();
    let detail = json!({ "version": id, "table": table, "rules": detect::RULES, "findings": found });
    audit::record(tx, "scan.find", "dataset", dataset.id.as_str(), detail);
    let blocking = hits.iter().filter(|one| one.severity == Severity::Block).count();
    if blocking == 0 {
        return Ok(());
    }
    let secret = hits.iter().any(|one| one.kind == Kind::Secret);
    let owner = dataset.agency_id.clone();
    let mut to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    to.extend(watchers.owner.iter().map(|role| Receivers::RoleAt(role.clone(), owner.clone())));
    if secret {
        to.extend(watchers.head.iter().map(|role| Receivers::RoleAt(role.clone(), owner.clone())));
        if watchers.police {
            to.push(Receivers::Role(role::POLICE.to_owned()));
        }
    }
    let event = if secret { "scan-secret" } else { "scan-findings" };
    let args = [("title", version.metadata.title.vi.as_str().into()), ("count", blocking.into())];
    account::announce(tx, to, event, &args, page_of(&dataset.id))
}

/// The page of a dataset's findings in the internal portal.
fn page_of(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}/findings")
}

/// Holds what was found against a draft that is to go on its way, and reads its words when they are new.
///
/// # Errors
/// `Conflict`: `quarantined`; `scan-pending` (`count`) while something of it was not read; `findings-open` (`count`).
pub fn gate(tx: &mut Tx<'_>, profile: &Profile, draft: &Version) -> Result<()> {
    if dataset::by_id(tx.conn(), &draft.dataset_id)?.quarantined_at.is_some() {
        return Err(Error::conflict(Problem::new("quarantined")));
    }
    let pending = store::pending(tx.conn(), &draft.id, profile.scan.small_group.value)?.len();
    let resources = dataset::resources_of(tx.conn(), &draft.id)?;
    let words = Words::of_version(draft, &resources);
    let mut unread = pending;
    if !store::is_read(tx.conn(), Read::Words(&draft.id), &words.hash)? {
        let hits = run::in_words(&words.text);
        // What is found must be written down in a transaction that stands: the job's.
        if hits.is_empty() {
            write_words(tx, &Watchers::of(profile), draft, &words, &hits)?;
        } else {
            unread += 1;
        }
    }
    if unread > 0 {
        return Err(Error::conflict(Problem::new("scan-pending").with("count", unread)));
    }
    let open = store::open_findings(tx.conn(), &draft.id)?.len();
    if open > 0 {
        return Err(Error::conflict(Problem::new("findings-open").with("count", open)));
    }
    Ok(())
}

/// What somebody decides about a finding, as it was typed.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The code of a [`Verdict`].
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// The id of a document of the legal-basis register.
    pub basis: String,
}

/// Decides about a finding of a draft (a mark of a secret also of what is published). Says of which dataset.
///
/// # Errors
/// `NotFound`; `Forbidden` (`secret-not-yours`); `Conflict` (`finding-closed`); `Invalid` (`finding-verdict-missing`, `reason-missing`,
/// `reason-personal`, `basis-missing`).
pub fn judge(tx: &mut Tx<'_>, profile: &Profile, id: &FindingId, judgement: &Judgement) -> Result<DatasetId> {
    let person = account::acting(tx, profile)?;
    let places = store::versions_of(tx.conn(), id)?;
    // What a draft took over from what is published stands in both.
    let public = places.iter().any(|(.., draft)| !draft);
    let Some((dataset, version, draft)) = places.into_iter().next() else { return Err(Error::not_found()) };
    dataset::lock(tx, &dataset)?;
    let owner = dataset::by_id(tx.conn(), &dataset)?.agency_id;
    let clears = may(&person, Action::ClearSecrets(profile)).granted();
    let mine = may(&person, Action::JudgeFindings(profile, &owner));
    if !clears {
        mine.clone().require()?;
    }
    let findings = store::findings_of(tx.conn(), &version)?;
    let finding = findings.into_iter().find(|finding| finding.id == *id).ok_or_else(Error::not_found)?;
    if !draft && finding.kind != Kind::Secret {
        return Err(Error::conflict(Problem::new("finding-closed")));
    }
    let offered = Verdict::offered(finding.kind, finding.table.is_some());
    let verdict = Verdict::from_code(&judgement.verdict).filter(|verdict| offered.contains(verdict));
    let (reason, basis) = (judgement.reason.trim(), judgement.basis.trim());
    let mut problems = Vec::new();
    match verdict {
        None => problems.push(Problem::new("finding-verdict-missing").on("verdict")),
        Some(Verdict::LegalBasis | Verdict::FalseAlarm | Verdict::Confirmed) if reason.is_empty() => {
            problems.push(Problem::new("reason-missing").on("reason"));
        }
        Some(_) => {}
    }
    if !detect::text(reason).is_empty() {
        problems.push(Problem::new("reason-personal").on("reason"));
    }
    if verdict == Some(Verdict::LegalBasis) && !profile.legal_basis.iter().any(|known| known.id == basis) {
        problems.push(Problem::new("basis-missing").on("basis"));
    }
    let Some(verdict) = verdict.filter(|_| problems.is_empty()) else { return Err(Error::invalid_all(problems)) };
    match finding.kind {
        // Whoever knows it may say that it is one; only some may say that it is none.
        Kind::Secret if !verdict.clears() => {}
        Kind::Secret => may(&person, Action::ClearSecrets(profile)).require()?,
        _ => mine.require()?,
    }
    let basis = (verdict == Verdict::LegalBasis).then_some(basis);
    let at = tx.ctx().at.0;
    store::insert_verdict(tx, id, verdict.code(), reason, basis, &person.account.id, at)?;
    let detail = json!({
        "version": version, "finding": id, "kind": finding.kind.code(), "column": finding.place, "count": finding.count,
        "before": finding.given.map(|given| given.verdict.code()), "after": verdict.code(), "reason": reason, "basis": basis,
    });
    audit::record(tx, "scan.judge", "dataset", dataset.as_str(), detail);
    if verdict == Verdict::Confirmed {
        confine(tx, profile, &dataset, public, reason)?;
    }
    Ok(dataset)
}

/// Takes a dataset with a confirmed secret out of sight; what the public sees of it is withdrawn.
fn confine(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, public: bool, reason: &str) -> Result<()> {
    dataset::set_quarantine(tx, id, true)?;
    audit::record(tx, "scan.quarantine", "dataset", id.as_str(), json!({ "reason": reason }));
    // Public pages and files name it although it was never published: the catalogue, and plans.
    tx.changed("dataset", id.as_str());
    if public {
        // The reason that the public reads says nothing of what was found.
        dataset::withdraw(tx, id, &profile.scan.withdrawn_reason.value)?;
    }
    Ok(())
}

/// Lifts a quarantine, once the secret is gone or was none after all.
///
/// # Errors
/// `Forbidden` (`secret-not-yours`); `Invalid` (`reason-missing`, `reason-personal`); `Conflict` (`not-quarantined`).
pub fn lift(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, reason: &str) -> Result<()> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    may(&person, Action::ClearSecrets(profile)).require()?;
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
    }
    if !detect::text(reason).is_empty() {
        return Err(Error::invalid(Problem::new("reason-personal").on("reason")));
    }
    if dataset::by_id(tx.conn(), id)?.quarantined_at.is_none() {
        return Err(Error::conflict(Problem::new("not-quarantined")));
    }
    dataset::set_quarantine(tx, id, false)?;
    audit::record(tx, "scan.lift-quarantine", "dataset", id.as_str(), json!({ "reason": reason }));
    tx.changed("dataset", id.as_str());
    Ok(())
}

/// Has treated tables made of those tables of a draft whose findings want it.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`no-draft`, `nothing-to-treat`, `quarantined`).
pub fn request_treatment(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<()> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let found = dataset::by_id(tx.conn(), id)?;
    agency::by_id(tx.conn(), &found.agency_id)?.ok_or_else(Error::not_found)?;
    may(&person, Action::JudgeFindings(profile, &found.agency_id)).require()?;
    if found.quarantined_at.is_some() {
        return Err(Error::conflict(Problem::new("quarantined")));
    }
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    let findings = store::findings_of(tx.conn(), &draft.id)?;
    for resource in dataset::resources_of(tx.conn(), &draft.id)? {
        let gone: BTreeSet<usize> = findings
            .iter()
            .filter(|finding| finding.table.as_ref() == Some(&resource.table.id))
            .filter(|finding| finding.given.as_ref().is_some_and(|given| given.verdict == Verdict::Remove))
            .filter_map(|finding| finding.position)
            .collect();
        if i32::try_from(gone.len()).is_ok_and(|gone| gone >= resource.table.column_count) {
            return Err(Error::conflict(Problem::new("treatment-empties").with("name", resource.title.vi)));
        }
    }
    let treated = findings.iter().filter(|finding| finding.given.as_ref().is_some_and(|given| given.verdict.treats()));
    let wanted: Vec<_> = treated.map(|finding| &finding.id).collect();
    if wanted.is_empty() {
        return Err(Error::conflict(Problem::new("nothing-to-treat")));
    }
    let payload = json!({ "dataset": id, "by": person.account.id });
    queue::enqueue(tx, Job::new(TREAT, payload).key(format!("treat:{id}")).attempts(5))?;
    audit::record(tx, "scan.treat", "dataset", id.as_str(), json!({ "version": draft.id, "findings": wanted }));
    Ok(())
}

/// Declares the columns of a table that may point at one person together; titles one a line, none takes the declaration back.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`no-draft`); `Invalid` (`quasi-unknown`).
pub fn declare(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, resource: &ResourceId, titles: &str) -> Result<()> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let owner = dataset::by_id(tx.conn(), id)?.agency_id;
    may(&person, Action::JudgeFindings(profile, &owner)).require()?;
    let draft = dataset::draft_of(tx.conn(), id)?.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?;
    let resources = dataset::resources_of(tx.conn(), &draft.id)?;
    let found = resources.into_iter().find(|known| known.resource_id == *resource).ok_or_else(Error::not_found)?;
    let columns = found.table.report()?.outcome.columns;
    let mut wanted = BTreeSet::new();
    for title in titles.lines().map(|line| nfc(line.trim())).filter(|title| !title.is_empty()) {
        if !columns.iter().any(|column| column.title == title) {
            return Err(Error::invalid(Problem::new("quasi-unknown").on("titles").with("name", title)));
        }
        wanted.insert(title);
    }
    store::set_quasi(tx, resource, &wanted)?;
    audit::record(tx, "scan.declare", "dataset", id.as_str(), json!({ "resource": found.name, "columns": wanted }));
    enqueue(tx, &draft.id)
}
