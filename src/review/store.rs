//! The tables of decisions, remarks and recalls.

use std::collections::HashMap;

use diesel::dsl::{exists, max, not};
use diesel::prelude::*;

use super::{Decision, KeptRemark, Verdict};
use crate::dataset::{Dataset, State};
use crate::kernel::id::{AccountId, AgencyId, DecisionId, TableVersionId, VersionId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, dataset, decision, recall, remark, version, version_contributor, version_resource};

/// Writes a decision; those on one dataset come one after the other, because its row is locked.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    on: &VersionId,
    step: &str,
    verdict: Verdict,
    person: &AccountId,
    reason: &str,
    hash: &str,
) -> Result<DecisionId> {
    let at = tx.ctx().at.0;
    let last: Option<i32> =
        decision::table.filter(decision::version_id.eq(on)).select(max(decision::seq)).first(tx.conn())?;
    let id = DecisionId::fresh();
    diesel::insert_into(decision::table)
        .values((
            decision::id.eq(&id),
            decision::version_id.eq(on),
            decision::step.eq(step),
            decision::verdict.eq(verdict.code()),
            decision::account_id.eq(person),
            decision::reason.eq(reason),
            decision::hash.eq(hash),
            decision::at.eq(at),
            decision::seq.eq(last.unwrap_or(0) + 1),
        ))
        .execute(tx.conn())?;
    Ok(id)
}

pub(super) fn insert_remarks(tx: &mut Tx<'_>, of: &DecisionId, remarks: &[KeptRemark]) -> Result<()> {
    for (position, kept) in (0_i32..).zip(remarks) {
        diesel::insert_into(remark::table)
            .values((
                remark::decision_id.eq(of),
                remark::position.eq(position),
                remark::field.eq(&kept.field),
                remark::text.eq(&kept.text),
                remark::value.eq(&kept.value),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn insert_recall(tx: &mut Tx<'_>, of: &DecisionId, person: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(recall::table)
        .values((recall::decision_id.eq(of), recall::account_id.eq(person), recall::at.eq(at)))
        .execute(tx.conn())?;
    Ok(())
}

/// The decisions on a version, in the order they were made.
///
/// # Errors
/// When the database does not answer.
pub fn decisions_of(conn: &mut Conn, on: &VersionId) -> Result<Vec<Decision>> {
    decisions_on(conn, std::slice::from_ref(on))
}

/// The decisions on several versions, each version's in the order they were made.
pub(super) fn decisions_on(conn: &mut Conn, on: &[VersionId]) -> Result<Vec<Decision>> {
    type Row = (DecisionId, VersionId, String, String, AccountId, String, String, String, i64, Option<i64>);
    let rows: Vec<Row> = decision::table
        .inner_join(account::table)
        .left_join(recall::table)
        .filter(decision::version_id.eq_any(on))
        .order((decision::version_id.asc(), decision::seq.asc()))
        .select((
            decision::id,
            decision::version_id,
            decision::step,
            decision::verdict,
            decision::account_id,
            account::full_name,
            decision::reason,
            decision::hash,
            decision::at,
            recall::at.nullable(),
        ))
        .load(conn)?;
    let mut remarks = remarks_on(conn, on)?;
    Ok(rows
        .into_iter()
        .filter_map(|(id, version, step, verdict, person, name, reason, hash, at, recalled)| {
            let verdict = Verdict::from_code(&verdict)?;
            let remarks = remarks.remove(&id).unwrap_or_default();
            let (at, recalled) = (Timestamp(at), recalled.map(Timestamp));
            Some(Decision { id, version, step, verdict, person, name, reason, hash, at, recalled, remarks })
        })
        .collect())
}

fn remarks_on(conn: &mut Conn, on: &[VersionId]) -> Result<HashMap<DecisionId, Vec<KeptRemark>>> {
    type Row = (DecisionId, String, String, String);
    let rows: Vec<Row> = remark::table
        .inner_join(decision::table)
        .filter(decision::version_id.eq_any(on))
        .order((remark::decision_id.asc(), remark::position.asc()))
        .select((remark::decision_id, remark::field, remark::text, remark::value))
        .load(conn)?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (id, field, text, value) in rows {
        found.entry(id).or_default().push(KeptRemark { field, text, value });
    }
    Ok(found)
}

/// Everybody who has a part in each of several versions.
pub(super) fn contributors_on(conn: &mut Conn, on: &[VersionId]) -> Result<HashMap<VersionId, Vec<AccountId>>> {
    let rows: Vec<(VersionId, AccountId)> = version_contributor::table
        .filter(version_contributor::version_id.eq_any(on))
        .select((version_contributor::version_id, version_contributor::account_id))
        .load(conn)?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for (version, account) in rows {
        found.entry(version).or_default().push(account);
    }
    Ok(found)
}

/// Whose drafts are looked for.
#[derive(Clone, Copy)]
pub(super) enum Scope<'a> {
    /// Everybody's.
    All,
    /// Those of agencies (all agencies: `None`) in which a person has no part.
    Others(Option<&'a [AgencyId]>, &'a AccountId),
    /// Those that a person changed or submitted.
    Own(&'a AccountId),
}

/// Datasets with a draft that was ever submitted, those withdrawn left out; the oldest first.
pub(super) fn with_decisions(conn: &mut Conn, scope: Scope<'_>) -> Result<Vec<Dataset>> {
    let submitted = || {
        decision::table
            .filter(decision::version_id.eq(version::id))
            .filter(decision::verdict.eq(Verdict::Submitted.code()))
    };
    let part = |of: &AccountId| {
        version_contributor::table
            .filter(version_contributor::version_id.eq(version::id))
            .filter(version_contributor::account_id.eq(of.clone()))
    };
    let mut query = dataset::table
        .inner_join(version::table.on(version::dataset_id.eq(dataset::id)))
        .filter(version::state.eq("draft"))
        .filter(dataset::state.ne(State::Withdrawn.code()))
        .filter(exists(submitted()))
        .order(dataset::id.asc())
        .select(Dataset::as_select())
        .into_boxed();
    match scope {
        Scope::All => {}
        Scope::Others(agencies, person) => {
            query = query.filter(not(exists(part(person))));
            if let Some(agencies) = agencies {
                query = query.filter(dataset::agency_id.eq_any(agencies));
            }
        }
        Scope::Own(person) => {
            let own = submitted().filter(decision::account_id.eq(person.clone()));
            query = query.filter(exists(own).or(exists(part(person))));
        }
    }
    Ok(query.load(conn)?)
}

/// Whether a table still stands in a draft.
pub(super) fn in_draft(conn: &mut Conn, table: &TableVersionId) -> Result<bool> {
    let found: i64 = version_resource::table
        .inner_join(version::table)
        .filter(version_resource::table_version_id.eq(table))
        .filter(version::state.eq("draft"))
        .count()
        .get_result(conn)?;
    Ok(found > 0)
}
