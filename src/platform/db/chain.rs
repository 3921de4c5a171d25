//! The hash chain of audit entries and the numbered sequence of changes.
//!
//! Each entry's hash is SHA-256 over the hash before it, a line feed, and the entry as JSON with its fields in a fixed order;
//! the first entry follows the empty hash. Edit, re-hash, delete, swap and insert all break the chain; truncation shows against
//! a head noted elsewhere.

use diesel::prelude::*;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{Conn, dialect};
use crate::kernel::{Ctx, Result};
use crate::schema::{audit_entry, chain_head, change};

/// An audit entry before it is numbered.
#[derive(Clone, Debug)]
pub struct AuditDraft {
    /// The verb, `room.verb`.
    pub action: &'static str,
    /// What kind of thing was acted on.
    pub object_kind: &'static str,
    /// Which one.
    pub object_id: String,
    /// `done`, or `refused`.
    pub outcome: &'static str,
    /// Before and after, or what else explains the act; personal data and secrets masked.
    pub detail: serde_json::Value,
}

/// One thing that changed for the public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What kind of thing.
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
}

/// An entry as it is stored and hashed.
#[derive(Clone, Debug, Serialize, Queryable, Selectable, Insertable)]
#[diesel(table_name = audit_entry)]
pub struct Entry {
    /// From 1, without gaps.
    pub seq: i64,
    /// Milliseconds since 1970 UTC.
    pub at: i64,
    /// `public`, `account`, `operator` or `system`.
    pub actor_kind: String,
    /// The account.
    pub actor_id: Option<String>,
    /// The verb.
    pub action: String,
    /// What kind of thing.
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// The address of the client.
    pub client: Option<String>,
    /// The request.
    pub request_id: String,
    /// JSON.
    pub detail: String,
    /// The hash of the entry before.
    pub prev: String,
    /// This entry's hash, 64 hexadecimal digits.
    #[serde(skip)]
    pub hash: String,
}

impl Entry {
    /// The hash that this entry should carry.
    ///
    /// # Errors
    /// Never in practice; serialising plain fields cannot fail.
    pub fn expected_hash(&self) -> Result<String> {
        let mut hasher = Sha256::new();
        hasher.update(self.prev.as_bytes());
        hasher.update(b"\n");
        hasher.update(serde_json::to_vec(self)?);
        Ok(hex::encode(hasher.finalize()))
    }
}

/// Numbers and chains what a transaction gathered. Called last, before COMMIT.
pub(super) fn append(conn: &mut Conn, ctx: &Ctx, audit: Vec<AuditDraft>, changes: &[Change]) -> Result<()> {
    if audit.is_empty() && changes.is_empty() {
        return Ok(());
    }
    dialect::lock_chains(conn)?;
    if !audit.is_empty() {
        let (mut seq, mut prev) = head(conn, "audit")?;
        for draft in audit {
            seq += 1;
            let mut entry = Entry {
                seq,
                at: ctx.at.0,
                actor_kind: ctx.actor.kind().to_owned(),
                actor_id: ctx.actor.account().map(ToString::to_string),
                action: draft.action.to_owned(),
                object_kind: draft.object_kind.to_owned(),
                object_id: draft.object_id,
                outcome: draft.outcome.to_owned(),
                client: ctx.client.clone(),
                request_id: ctx.request_id.clone(),
                detail: draft.detail.to_string(),
                prev,
                hash: String::new(),
            };
            entry.hash = entry.expected_hash()?;
            prev = entry.hash.clone();
            diesel::insert_into(audit_entry::table).values(entry).execute(conn)?;
        }
        set_head(conn, "audit", seq, &prev)?;
    }
    if !changes.is_empty() {
        let (mut seq, _) = head(conn, "change")?;
        for item in changes {
            seq += 1;
            diesel::insert_into(change::table)
                .values((
                    change::seq.eq(seq),
                    change::at.eq(ctx.at.0),
                    change::object_kind.eq(&item.object_kind),
                    change::object_id.eq(&item.object_id),
                ))
                .execute(conn)?;
        }
        set_head(conn, "change", seq, "")?;
    }
    Ok(())
}

/// The number and hash of the last audit entry.
///
/// # Errors
/// When the database does not answer.
pub fn audit_head(conn: &mut Conn) -> Result<(i64, String)> {
    head(conn, "audit")
}

/// The hash of an entry, if there is one of the number.
///
/// # Errors
/// When the database does not answer.
pub fn hash_of(conn: &mut Conn, seq: i64) -> Result<Option<String>> {
    Ok(audit_entry::table.find(seq).select(audit_entry::hash).first(conn).optional()?)
}

/// The number of the last change.
///
/// # Errors
/// When the database does not answer.
pub fn revision(conn: &mut Conn) -> Result<i64> {
    Ok(head(conn, "change")?.0)
}

/// The changes after a number, oldest first, at most `limit`, each with its number.
///
/// # Errors
/// When the database does not answer.
pub fn changes_after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<(i64, Change)>> {
    let rows: Vec<(i64, String, String)> = change::table
        .filter(change::seq.gt(seq))
        .order(change::seq.asc())
        .limit(limit)
        .select((change::seq, change::object_kind, change::object_id))
        .load(conn)?;
    Ok(rows.into_iter().map(|(seq, object_kind, object_id)| (seq, Change { object_kind, object_id })).collect())
}

/// Whether a thing of a kind changed after a number.
///
/// # Errors
/// When the database does not answer.
pub fn changed_since(conn: &mut Conn, kind: &str, seq: i64) -> Result<bool> {
    let found = change::table.filter(change::seq.gt(seq)).filter(change::object_kind.eq(kind)).select(change::seq);
    Ok(found.first::<i64>(conn).optional()?.is_some())
}

/// Audit entries after a number, oldest first, at most `limit`.
///
/// # Errors
/// When the database does not answer.
pub fn entries_after(conn: &mut Conn, seq: i64, limit: i64) -> Result<Vec<Entry>> {
    Ok(audit_entry::table
        .filter(audit_entry::seq.gt(seq))
        .order(audit_entry::seq.asc())
        .limit(limit)
        .select(Entry::as_select())
        .load(conn)?)
}

fn head(conn: &mut Conn, name: &str) -> Result<(i64, String)> {
    Ok(chain_head::table.find(name).select((chain_head::seq, chain_head::hash)).first(conn)?)
}

fn set_head(conn: &mut Conn, name: &str, seq: i64, hash: &str) -> Result<()> {
    diesel::update(chain_head::table.find(name))
        .set((chain_head::seq.eq(seq), chain_head::hash.eq(hash)))
        .execute(conn)?;
    Ok(())
}
