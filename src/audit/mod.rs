//! The audit log [nhật ký quản trị]: append-only and hash-chained; who did what to what, before and after.
//!
//! Invariants: an entry is written in the transaction of the act it records, or not at all; entries are numbered without gaps;
//! each carries the hash of the one before. Secrets stand in no entry, and personal data only
//! where an official's own name and office address are what changed.

mod heads;
mod model;
mod store;
mod verify;

use serde::Serialize;
use serde_json::json;

use crate::platform::db::{AuditDraft, Tx};

pub use heads::{Compared, Differing, Head, compare, head, note};
pub use model::{Filter, Listed};
pub use store::{actions, by_seq, count, list, portion};
pub use verify::{Verdict, verify};

/// The kind of the recurring job that writes the chain's head out of band.
pub const HEADS: &str = "audit-heads";
/// How often it does so, in seconds.
pub const HEADS_EVERY: i64 = 3600;

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

/// Records that a list left the portal as a file: which one, how it was filtered, how many rows, in which form. The verb ends in
/// `.export`, which is what the watch over bulk exports goes by.
pub fn record_export(
    tx: &mut Tx<'_>,
    action: &'static str,
    list: &'static str,
    filter: &serde_json::Value,
    rows: u64,
    form: &'static str,
) {
    record(tx, action, "list", list, json!({ "filter": filter, "rows": rows, "form": form }));
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
