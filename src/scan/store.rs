//! The tables of runs, findings, verdicts and treatments.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use diesel::prelude::*;

use super::detect::{Hits, Kind, RULES, Severity};
use super::{Finding, Given, Pending, Verdict, Words, model};
use crate::dataset::{self, Version};
use crate::kernel::id::{AccountId, DatasetId, FindingId, ResourceId, ScanId, TableVersionId, VersionId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{
    account, dataset as datasets, finding, finding_verdict, quasi_identifier, scan_run, table_version, treatment,
    version, version_resource,
};

// ── Runs ──

/// What a run read.
#[derive(Clone, Copy)]
pub(super) enum Read<'a> {
    Table(&'a TableVersionId),
    Words(&'a VersionId),
}

pub(super) fn insert_run(tx: &mut Tx<'_>, read: Read<'_>, words: &str, rows: i64) -> Result<ScanId> {
    let (id, at) = (ScanId::fresh(), tx.ctx().at.0);
    let (table, of) = match read {
        Read::Table(table) => (Some(table), None),
        Read::Words(version) => (None, Some(version)),
    };
    if let Some(table) = table {
        diesel::update(scan_run::table.filter(scan_run::table_version_id.eq(table)))
            .set(scan_run::superseded.eq(true))
            .execute(tx.conn())?;
    }
    if let Some(of) = of {
        diesel::update(scan_run::table.filter(scan_run::version_id.eq(of)))
            .set(scan_run::superseded.eq(true))
            .execute(tx.conn())?;
    }
    diesel::insert_into(scan_run::table)
        .values((
            scan_run::id.eq(&id),
            scan_run::table_version_id.eq(table),
            scan_run::version_id.eq(of),
            scan_run::words_hash.eq(words),
            scan_run::rules.eq(RULES),
            scan_run::row_count.eq(rows),
            scan_run::at.eq(at),
            scan_run::superseded.eq(false),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

/// Whether something was read under the present rules, with these words around it.
pub(super) fn is_read(conn: &mut Conn, read: Read<'_>, words: &str) -> Result<bool> {
    let mut query = scan_run::table
        .filter(scan_run::superseded.eq(false))
        .filter(scan_run::rules.eq(RULES))
        .filter(scan_run::words_hash.eq(words))
        .select(scan_run::id)
        .into_boxed();
    query = match read {
        Read::Table(table) => query.filter(scan_run::table_version_id.eq(table)),
        Read::Words(version) => query.filter(scan_run::version_id.eq(version)),
    };
    Ok(query.first::<ScanId>(conn).optional()?.is_some())
}

/// The tables of a version that were not read under the present rules with the words around them, with what they are to be read by;
/// `small` is the profile's smallest group.
///
/// # Errors
/// When the database does not answer.
pub fn pending(conn: &mut Conn, of: &VersionId, small: u32) -> Result<Vec<Pending>> {
    let Some(found) = version_of(conn, of)? else { return Ok(Vec::new()) };
    let mut pending = Vec::new();
    for resource in dataset::resources_of(conn, of)? {
        let quasi = quasi_of(conn, &resource.resource_id)?;
        let (headings, words) = Words::of_table(&resource, &quasi)?;
        if resource.table.purge_id.is_some() {
            continue;
        }
        if resource.table.masked == 0 || !is_read(conn, Read::Table(&resource.table.id), &words.hash)? {
            let options = super::detect::Options {
                text: model::about(&found),
                small_group: small,
                quasi: places_of(&headings, &quasi),
                ..super::detect::Options::default()
            };
            pending.push(Pending {
                table: resource.table.id,
                rows: resource.table.row_count,
                headings,
                words: words.hash,
                options,
            });
        }
    }
    Ok(pending)
}

/// When the last reading of a version's tables was; none while one is not read.
///
/// # Errors
/// When the database does not answer.
pub fn reading_since(conn: &mut Conn, of: &VersionId) -> Result<Option<Timestamp>> {
    if !pending(conn, of, 0)?.is_empty() {
        return Ok(None);
    }
    let tables = tables_of(conn, of)?;
    let at: Option<i64> = scan_run::table
        .filter(scan_run::table_version_id.eq_any(tables))
        .filter(scan_run::superseded.eq(false))
        .select(diesel::dsl::max(scan_run::at))
        .first(conn)?;
    Ok(at.map(Timestamp))
}

/// Drafts and current versions that hold a table which was not read under the present rules.
pub(super) fn stale(conn: &mut Conn, most: i64) -> Result<Vec<VersionId>> {
    let read = scan_run::table
        .filter(scan_run::superseded.eq(false))
        .filter(scan_run::rules.eq(RULES))
        .filter(scan_run::table_version_id.is_not_null())
        .select(scan_run::table_version_id.assume_not_null());
    let shown = datasets::table
        .filter(datasets::current_version_id.is_not_null())
        .select(datasets::current_version_id.assume_not_null());
    Ok(version_resource::table
        .inner_join(version::table)
        .filter(version::state.eq("draft").or(version::id.eq_any(shown)))
        .filter(table_version::purge_id.is_null())
        .inner_join(table_version::table.on(table_version::id.eq(version_resource::table_version_id)))
        .filter(diesel::dsl::not(version_resource::table_version_id.eq_any(read)).or(table_version::masked.eq(0)))
        .select(version::id)
        .distinct()
        .limit(most)
        .load(conn)?)
}

/// Where the columns of these titles stand.
pub(super) fn places_of(headings: &[super::detect::Heading], titles: &[String]) -> Vec<usize> {
    let known = |heading: &super::detect::Heading| titles.contains(&heading.title);
    headings.iter().enumerate().filter(|(_, heading)| known(heading)).map(|(at, _)| at).collect()
}

/// The titles of the columns of a resource that were declared to point at persons together.
///
/// # Errors
/// When the database does not answer.
pub fn quasi_of(conn: &mut Conn, resource: &ResourceId) -> Result<Vec<String>> {
    let of = quasi_identifier::table.filter(quasi_identifier::resource_id.eq(resource));
    Ok(of.order(quasi_identifier::title.asc()).select(quasi_identifier::title).load(conn)?)
}

pub(super) fn set_quasi(tx: &mut Tx<'_>, resource: &ResourceId, titles: &BTreeSet<String>) -> Result<()> {
    diesel::delete(quasi_identifier::table.filter(quasi_identifier::resource_id.eq(resource))).execute(tx.conn())?;
    for title in titles {
        diesel::insert_into(quasi_identifier::table)
            .values((quasi_identifier::resource_id.eq(resource), quasi_identifier::title.eq(title)))
            .execute(tx.conn())?;
    }
    Ok(())
}

fn tables_of(conn: &mut Conn, of: &VersionId) -> Result<Vec<TableVersionId>> {
    let of = version_resource::table.filter(version_resource::version_id.eq(of));
    Ok(of.select(version_resource::table_version_id).load(conn)?)
}

/// A version by its id; none when it is gone.
pub(super) fn version_of(conn: &mut Conn, of: &VersionId) -> Result<Option<Version>> {
    match dataset::version_by_id(conn, of) {
        Err(error) if error.kind() == crate::kernel::Kind::NotFound => Ok(None),
        found => found.map(Some),
    }
}

// ── Findings ──

pub(super) fn insert_finding(tx: &mut Tx<'_>, run: &ScanId, place: Option<&str>, hits: &Hits) -> Result<FindingId> {
    let id = FindingId::fresh();
    diesel::insert_into(finding::table)
        .values((
            finding::id.eq(&id),
            finding::run_id.eq(run),
            finding::place.eq(place),
            finding::position.eq(hits.column.and_then(|column| i32::try_from(column).ok())),
            finding::kind.eq(hits.kind.code()),
            finding::severity.eq(hits.severity.code()),
            finding::total.eq(i64::try_from(hits.count).unwrap_or(i64::MAX)),
            finding::samples.eq(serde_json::to_string(&hits.samples)?),
            finding::row_numbers.eq(serde_json::to_string(&hits.cells)?),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

type Row = (FindingId, Option<TableVersionId>, Option<String>, Option<i32>, String, String, i64, String, String, i64);

/// The findings of runs that pass a filter, with their last verdicts, in the order of tables and columns.
macro_rules! load {
    ($conn:expr, $filter:expr) => {{
        let rows: Vec<Row> = finding::table
            .inner_join(scan_run::table)
            .filter(scan_run::superseded.eq(false))
            .filter($filter)
            .order((finding::run_id.asc(), finding::position.asc(), finding::id.asc()))
            .select((
                finding::id,
                scan_run::table_version_id,
                finding::place,
                finding::position,
                finding::kind,
                finding::severity,
                finding::total,
                finding::samples,
                finding::row_numbers,
                scan_run::at,
            ))
            .load($conn)?;
        with_verdicts($conn, rows)
    }};
}

/// What the last readings of a version's words and tables found.
///
/// # Errors
/// When the database does not answer.
pub fn findings_of(conn: &mut Conn, of: &VersionId) -> Result<Vec<Finding>> {
    let tables = tables_of(conn, of)?;
    load!(conn, scan_run::version_id.eq(of).or(scan_run::table_version_id.eq_any(tables)))
}

/// What the last reading of a table found.
pub(super) fn findings_in(conn: &mut Conn, table: &TableVersionId) -> Result<Vec<Finding>> {
    load!(conn, scan_run::table_version_id.eq(table))
}

/// What the last reading of a version's words found.
pub(super) fn findings_in_words(conn: &mut Conn, of: &VersionId) -> Result<Vec<Finding>> {
    load!(conn, scan_run::version_id.eq(of))
}

fn with_verdicts(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Finding>> {
    type Said = (FindingId, String, String, Option<String>, String, i64);
    let ids: Vec<&FindingId> = rows.iter().map(|row| &row.0).collect();
    let said: Vec<Said> = finding_verdict::table
        .inner_join(account::table)
        .filter(finding_verdict::finding_id.eq_any(ids))
        .order((finding_verdict::at.asc(), finding_verdict::id.asc()))
        .select((
            finding_verdict::finding_id,
            finding_verdict::verdict,
            finding_verdict::reason,
            finding_verdict::legal_basis,
            account::full_name,
            finding_verdict::at,
        ))
        .load(conn)?;
    let mut last: HashMap<FindingId, Given> = HashMap::new();
    for (id, verdict, reason, basis, person, at) in said {
        if let Some(verdict) = Verdict::from_code(&verdict) {
            last.insert(id, Given { verdict, reason, basis, person, at: Timestamp(at) });
        }
    }
    rows.into_iter()
        .map(|(id, table, place, position, kind, severity, total, samples, rows, at)| {
            let kind = Kind::from_code(&kind).ok_or_else(|| crate::kernel::Error::internal("a finding of no kind"))?;
            Ok(Finding {
                given: last.remove(&id),
                id,
                table,
                place,
                position: position.and_then(|position| usize::try_from(position).ok()),
                kind,
                severity: Severity::from_code(&severity).unwrap_or(Severity::Block),
                count: u64::try_from(total).unwrap_or(0),
                samples: serde_json::from_str(&samples)?,
                rows: serde_json::from_str(&rows)?,
                at: Timestamp(at),
            })
        })
        .collect()
}

/// The findings that keep a version from the public: neither cleared nor treated.
///
/// # Errors
/// When the database does not answer.
pub fn open_findings(conn: &mut Conn, of: &VersionId) -> Result<Vec<Finding>> {
    Ok(findings_of(conn, of)?.into_iter().filter(Finding::blocks).collect())
}

/// The drafts and current versions that a finding concerns, by dataset; whether each is a draft.
pub(super) fn versions_of(conn: &mut Conn, id: &FindingId) -> Result<Vec<(DatasetId, VersionId, bool)>> {
    let run: Option<(Option<TableVersionId>, Option<VersionId>)> = finding::table
        .inner_join(scan_run::table)
        .filter(finding::id.eq(id))
        .filter(scan_run::superseded.eq(false))
        .select((scan_run::table_version_id, scan_run::version_id))
        .first(conn)
        .optional()?;
    let versions: Vec<VersionId> = match run {
        Some((Some(table), _)) => version_resource::table
            .filter(version_resource::table_version_id.eq(table))
            .select(version_resource::version_id)
            .load(conn)?,
        Some((None, Some(of))) => vec![of],
        _ => Vec::new(),
    };
    let rows: Vec<(DatasetId, VersionId, String, Option<VersionId>)> = version::table
        .inner_join(datasets::table.on(datasets::id.eq(version::dataset_id)))
        .filter(version::id.eq_any(versions))
        .select((datasets::id, version::id, version::state, datasets::current_version_id))
        .load(conn)?;
    let mut found: BTreeMap<bool, (DatasetId, VersionId, bool)> = BTreeMap::new();
    for (dataset, of, state, current) in rows {
        let draft = state == "draft";
        if draft || current.as_ref() == Some(&of) {
            found.insert(!draft, (dataset, of, draft));
        }
    }
    Ok(found.into_values().collect())
}

/// Verdict, reason, legal basis, person and moment (milliseconds), as they stand in the table.
pub(super) type VerdictRow = (String, String, Option<String>, AccountId, i64);

/// A finding's last verdict.
pub(super) fn last_verdict(conn: &mut Conn, id: &FindingId) -> Result<Option<VerdictRow>> {
    Ok(finding_verdict::table
        .filter(finding_verdict::finding_id.eq(id))
        .order((finding_verdict::at.desc(), finding_verdict::id.desc()))
        .select((
            finding_verdict::verdict,
            finding_verdict::reason,
            finding_verdict::legal_basis,
            finding_verdict::account_id,
            finding_verdict::at,
        ))
        .first(conn)
        .optional()?)
}

pub(super) fn insert_verdict(
    tx: &mut Tx<'_>,
    on: &FindingId,
    verdict: &str,
    reason: &str,
    basis: Option<&str>,
    person: &AccountId,
    at: i64,
) -> Result<()> {
    diesel::insert_into(finding_verdict::table)
        .values((
            finding_verdict::id.eq(crate::kernel::id::fresh()),
            finding_verdict::finding_id.eq(on),
            finding_verdict::verdict.eq(verdict),
            finding_verdict::reason.eq(reason),
            finding_verdict::legal_basis.eq(basis),
            finding_verdict::account_id.eq(person),
            finding_verdict::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Empties what is kept of the findings in tables and versions that were purged; what was decided about them stays.
pub(crate) fn purge(tx: &mut Tx<'_>, tables: &[TableVersionId], versions: &[VersionId]) -> Result<()> {
    let runs = scan_run::table
        .filter(scan_run::table_version_id.eq_any(tables).or(scan_run::version_id.eq_any(versions)).assume_not_null())
        .select(scan_run::id);
    diesel::update(finding::table.filter(finding::run_id.eq_any(runs)))
        .set((finding::place.eq(None::<String>), finding::samples.eq("[]"), finding::row_numbers.eq("[]")))
        .execute(tx.conn())?;
    Ok(())
}

// ── Treatments ──

/// Which of these tables were made from which others by treatment.
///
/// # Errors
/// When the database does not answer.
pub fn treatments_among(conn: &mut Conn, tables: &[TableVersionId]) -> Result<Vec<(TableVersionId, TableVersionId)>> {
    let among = treatment::table.filter(treatment::treated_id.eq_any(tables));
    Ok(among.select((treatment::treated_id, treatment::source_id)).load(conn)?)
}

pub(super) fn insert_treatment(
    tx: &mut Tx<'_>,
    treated: &TableVersionId,
    source: &TableVersionId,
    person: &AccountId,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(treatment::table)
        .values((
            treatment::treated_id.eq(treated),
            treatment::source_id.eq(source),
            treatment::account_id.eq(person),
            treatment::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The table that another was made from by treatment.
pub(super) fn source_of(conn: &mut Conn, treated: &TableVersionId) -> Result<Option<TableVersionId>> {
    Ok(treatment::table.find(treated).select(treatment::source_id).first(conn).optional()?)
}

/// Which tables of a version are treated ones, and what they were made from.
///
/// # Errors
/// When the database does not answer.
pub fn sources_of(conn: &mut Conn, of: &VersionId) -> Result<Vec<(TableVersionId, TableVersionId)>> {
    let tables = tables_of(conn, of)?;
    Ok(treatment::table
        .filter(treatment::treated_id.eq_any(tables))
        .select((treatment::treated_id, treatment::source_id))
        .load(conn)?)
}
