//! What breaks in a draft, as several pages show it.

use crate::http::page::Text;
use crate::kernel::Timestamp;

/// How a draft stands to its contract and to what the public uses.
#[derive(Clone, Debug, Default)]
pub struct BreaksView {
    /// Whether tables are still being held against their contract.
    pub pending: bool,
    /// What breaks.
    pub lines: Vec<BreakLine>,
    /// Who answers for it: name, reason, when.
    pub accepted: Option<(String, String, Timestamp)>,
}

/// Something that breaks.
#[derive(Clone, Debug)]
pub struct BreakLine {
    /// The table.
    pub table: Text,
    /// The column, or the columns of the key; empty for the whole table.
    pub column: String,
    /// What it is, as a sentence.
    pub what: String,
    /// The first rows, from 1.
    pub rows: Vec<u64>,
    /// How many rows there are beyond those.
    pub more: u64,
}
