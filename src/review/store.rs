//! The table of decisions.

use diesel::prelude::*;

use super::{Decision, Verdict};
use crate::kernel::id::{AccountId, DecisionId, VersionId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, decision};

pub(super) fn insert(
    tx: &mut Tx<'_>,
    on: &VersionId,
    step: &str,
    verdict: Verdict,
    person: &AccountId,
    reason: &str,
    hash: &str,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(decision::table)
        .values((
            decision::id.eq(DecisionId::fresh()),
            decision::version_id.eq(on),
            decision::step.eq(step),
            decision::verdict.eq(verdict.code()),
            decision::account_id.eq(person),
            decision::reason.eq(reason),
            decision::hash.eq(hash),
            decision::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The decisions on a version, in the order they were made.
///
/// # Errors
/// When the database does not answer.
pub fn decisions_of(conn: &mut Conn, on: &VersionId) -> Result<Vec<Decision>> {
    type Row = (VersionId, String, String, AccountId, String, String, String, i64);
    let rows: Vec<Row> = decision::table
        .inner_join(account::table)
        .filter(decision::version_id.eq(on))
        .order((decision::at.asc(), decision::id.asc()))
        .select((
            decision::version_id,
            decision::step,
            decision::verdict,
            decision::account_id,
            account::full_name,
            decision::reason,
            decision::hash,
            decision::at,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(version, step, verdict, person, name, reason, hash, at)| {
            let verdict = Verdict::from_code(&verdict)?;
            Some(Decision { version, step, verdict, person, name, reason, hash, at: Timestamp(at) })
        })
        .collect())
}
