//! The table of signed decisions.

use std::collections::HashSet;

use diesel::prelude::*;

use super::{Decision, object};
use crate::kernel::id::SignedDecisionId;
use crate::kernel::{Error, Result, Timestamp, day_of};
use crate::platform::db::{Conn, Tx};
use crate::profile::Decider;
use crate::schema::signed_decision;
use crate::table::Stored;

/// A row of the table.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = signed_decision)]
pub(in crate::plan) struct Row {
    id: SignedDecisionId,
    number: String,
    decided_on: String,
    signer: String,
    authority: String,
    basis: Option<String>,
    verified: bool,
    file_name: String,
    sha256: String,
    bytes: i64,
    recorded_at: i64,
}

fn authority_code(authority: Decider) -> &'static str {
    match authority {
        Decider::Ppc => "ppc",
        Decider::Chair => "chair",
    }
}

/// What a row says.
pub(in crate::plan) fn to_decision(row: Row) -> Result<Decision> {
    Ok(Decision {
        id: row.id,
        number: row.number,
        decided_on: day_of(&row.decided_on).ok_or_else(|| Error::internal("a decision of no day"))?,
        signer: row.signer,
        authority: if row.authority == authority_code(Decider::Ppc) { Decider::Ppc } else { Decider::Chair },
        basis: row.basis,
        verified: row.verified,
        file_name: row.file_name,
        sha256: row.sha256,
        bytes: u64::try_from(row.bytes).unwrap_or(0),
        recorded_at: Timestamp(row.recorded_at),
    })
}

/// A decision by its id.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &SignedDecisionId) -> Result<Decision> {
    to_decision(signed_decision::table.find(id).select(Row::as_select()).first(conn)?)
}

/// The objects that decisions name.
///
/// # Errors
/// When the database does not answer.
pub fn stored(conn: &mut Conn) -> Result<Vec<Stored>> {
    let rows: Vec<(SignedDecisionId, i64, String)> = signed_decision::table
        .order(signed_decision::id.asc())
        .select((signed_decision::id, signed_decision::bytes, signed_decision::sha256))
        .load(conn)?;
    let found = rows.into_iter().map(|(id, bytes, sha256)| Stored {
        name: object(&id),
        bytes: u64::try_from(bytes).ok(),
        sha256: Some(sha256),
    });
    Ok(found.collect())
}

/// The ids of all decisions.
pub(super) fn known(conn: &mut Conn) -> Result<HashSet<SignedDecisionId>> {
    let ids: Vec<SignedDecisionId> = signed_decision::table.select(signed_decision::id).load(conn)?;
    Ok(ids.into_iter().collect())
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &Decision) -> Result<()> {
    diesel::insert_into(signed_decision::table)
        .values((
            signed_decision::id.eq(&new.id),
            signed_decision::number.eq(&new.number),
            signed_decision::decided_on.eq(new.decided_on.to_string()),
            signed_decision::signer.eq(&new.signer),
            signed_decision::authority.eq(authority_code(new.authority)),
            signed_decision::basis.eq(new.basis.as_deref()),
            signed_decision::verified.eq(new.verified),
            signed_decision::file_name.eq(&new.file_name),
            signed_decision::sha256.eq(&new.sha256),
            signed_decision::bytes.eq(i64::try_from(new.bytes).unwrap_or(i64::MAX)),
            signed_decision::recorded_at.eq(new.recorded_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}
