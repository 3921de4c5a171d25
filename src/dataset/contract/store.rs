//! The tables of checks and acceptances.

use diesel::prelude::*;

use super::{Acceptance, Breach};
use crate::kernel::id::{AccountId, TableVersionId, VersionId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, contract_acceptance, contract_check};

/// What a table breaks of a contract; none when nobody has looked.
pub(super) fn breaches_of(conn: &mut Conn, table: &TableVersionId, contract: &str) -> Result<Option<Vec<Breach>>> {
    let kept: Option<String> =
        contract_check::table.find((table, contract)).select(contract_check::breaches).first(conn).optional()?;
    Ok(kept.map(|kept| serde_json::from_str(&kept)).transpose()?)
}

/// Keeps what a table breaks of a contract; what is kept already stays, because the same table and contract break the same.
pub(super) fn keep(tx: &mut Tx<'_>, table: &TableVersionId, contract: &str, breaches: &[Breach]) -> Result<()> {
    if breaches_of(tx.conn(), table, contract)?.is_some() {
        return Ok(());
    }
    let (breaches, at) = (serde_json::to_string(breaches)?, tx.ctx().at.0);
    diesel::insert_into(contract_check::table)
        .values((
            contract_check::table_version_id.eq(table),
            contract_check::contract_hash.eq(contract),
            contract_check::breaches.eq(breaches),
            contract_check::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Somebody's word for a list of breaks of a draft.
pub(super) fn acceptance_of(conn: &mut Conn, version: &VersionId, breaks: &str) -> Result<Option<Acceptance>> {
    let found: Option<(String, String, i64)> = contract_acceptance::table
        .inner_join(account::table)
        .filter(contract_acceptance::version_id.eq(version))
        .filter(contract_acceptance::breaks_hash.eq(breaks))
        .select((account::full_name, contract_acceptance::reason, contract_acceptance::at))
        .first(conn)
        .optional()?;
    Ok(found.map(|(person, reason, at)| Acceptance { person, reason, at: Timestamp(at) }))
}

/// Keeps somebody's word; an earlier one for the same list gives way.
pub(super) fn accept(
    tx: &mut Tx<'_>,
    version: &VersionId,
    breaks: &str,
    person: &AccountId,
    reason: &str,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::delete(contract_acceptance::table.find((version, breaks))).execute(tx.conn())?;
    diesel::insert_into(contract_acceptance::table)
        .values((
            contract_acceptance::version_id.eq(version),
            contract_acceptance::breaks_hash.eq(breaks),
            contract_acceptance::account_id.eq(person),
            contract_acceptance::reason.eq(reason),
            contract_acceptance::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
