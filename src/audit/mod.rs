//! The audit log [nhật ký quản trị]: append-only and hash-chained; who did what to what, before and after.
//!
//! Invariants: an entry is written in the transaction of the act it records, or not at all; entries are numbered without gaps;
//! each carries the hash of the one before. Personal data and secrets stand in no entry.

mod model;
mod store;
mod verify;

use serde::Serialize;

use crate::platform::db::{AuditDraft, Tx};

pub use model::{Filter, Listed};
pub use store::{actions, list};
pub use verify::{Verdict, verify};

/// Records an act that was done.
pub fn record(
    tx: &mut Tx<'_>,
    action: &'static str,
    object_kind: &'static str,
    object_id: &str,
    detail: impl Serialize,
) {
    write(tx, action, object_kind, object_id, "done", detail);
}

/// Records an act that was refused, where the refusal itself must be kept (wrong passwords).
pub fn record_refusal(
    tx: &mut Tx<'_>,
    action: &'static str,
    object_kind: &'static str,
    object_id: &str,
    detail: impl Serialize,
) {
    write(tx, action, object_kind, object_id, "refused", detail);
}

fn write(
    tx: &mut Tx<'_>,
    action: &'static str,
    object_kind: &'static str,
    object_id: &str,
    outcome: &'static str,
    detail: impl Serialize,
) {
    // A detail that cannot be written as JSON (a map with keys that are no text) is a fault of the caller's, not a reason to lose the act.
    let detail = serde_json::to_value(detail).unwrap_or(serde_json::Value::Null);
    tx.audit(AuditDraft { action, object_kind, object_id: object_id.to_owned(), outcome, detail });
}
