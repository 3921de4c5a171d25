//! Walks the chain and says whether it is whole.

use crate::kernel::Result;
use crate::platform::db::{Conn, chain};

/// What a walk found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Verdict {
    /// How many entries were walked.
    pub entries: i64,
    /// The hash of the last one; note it elsewhere, so that a truncated log shows.
    pub head: String,
    /// The number of the first entry that does not fit, if any.
    pub broken_at: Option<i64>,
}

/// Walks the whole chain in portions, so that memory stays bounded.
///
/// # Errors
/// When the database does not answer.
pub fn verify(conn: &mut Conn) -> Result<Verdict> {
    const PORTION: i64 = 1000;
    let (mut seq, mut prev) = (0, String::new());
    loop {
        let entries = chain::entries_after(conn, seq, PORTION)?;
        if entries.is_empty() {
            let (head_seq, head_hash) = chain::audit_head(conn)?;
            // The log grows while it is walked: what came since the last portion is walked as well.
            if head_seq > seq && chain::hash_of(conn, seq + 1)?.is_some() {
                continue;
            }
            // Entries cut off at the end leave the head pointing beyond them.
            let broken_at = (head_seq != seq || head_hash != prev).then_some(seq + 1);
            return Ok(Verdict { entries: seq, head: prev, broken_at });
        }
        for entry in entries {
            if entry.seq != seq + 1 || entry.prev != prev || entry.hash != entry.expected_hash()? {
                return Ok(Verdict { entries: seq, head: prev, broken_at: Some(seq + 1) });
            }
            (seq, prev) = (entry.seq, entry.hash);
        }
    }
}
