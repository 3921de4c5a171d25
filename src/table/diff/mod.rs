//! What changed between two versions of a table: its columns, and its rows one by one.
//!
//! The schema diff ([`SchemaDiff`]) is a pure function over two lists of columns. The row diff ([`diff()`]) compares two typed Parquet files
//! on the columns that both have, in bounded memory:
//!
//! - with a declared key (one or more columns) rows are added, removed or changed, and the changed columns are known. Rows whose key
//!   is not unique in either version, or has a null, are compared by content among themselves, and a note says how many;
//! - without a key by content: rows are added or removed, and a row that stands several times counts as often.
//!
//! Values are compared by value (`text` tells how). The result is a [`Summary`] and a Parquet file with every row that differs
//! ([`Detail`]), the same bytes for the same input, which pages show and releases publish. What must not be kept as it is goes into the
//! file through a [`Veil`]; rows are compared by what they really hold.

mod detail;
mod matching;
mod rows;
mod scan;
mod schema;
pub(in crate::table) mod text;
mod versions;

#[cfg(test)]
mod tests;

pub use detail::{CellChange, Detail, RowChange};
pub use rows::diff;
pub use schema::{Column, ColumnChange, ColumnDiff, RenamedBy, Renames, Retype, SchemaDiff, columns_of};
pub use versions::{between_versions, forget, lasting, object_name, schema_between};

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// What of a version's cells is kept masked.
pub trait Veil: std::fmt::Debug + Send + Sync {
    /// What is kept in place of a cell's canonical text, by the key of its column; `None` keeps the text.
    fn hide(&self, key: &str, text: &str) -> Option<String>;

    /// What it hides, in short: two veils of one name hide the same. Empty for one that hides nothing.
    fn name(&self) -> String;
}

/// The veils over the old and the new version.
pub type Veils = [Option<Arc<dyn Veil>>; 2];

/// How rows are compared.
#[derive(Clone, Debug)]
pub struct Options {
    /// The columns that say whose state a row is, by key or title; empty when nothing does.
    pub key: Vec<String>,
    /// Bytes of memory for what grows with the tables; the rest goes to scratch files.
    pub memory: usize,
    /// What of the rows that differ is kept masked.
    pub veils: Veils,
}

impl Default for Options {
    fn default() -> Self {
        Self { key: Vec::new(), memory: 256 << 20, veils: Veils::default() }
    }
}

/// One of the two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It is in the old version only.
    Removed,
    /// It is in the new version only.
    Added,
    /// It has the same key and other content.
    Changed,
}

impl ChangeKind {
    /// All kinds, in the order in which people look at them.
    pub const ALL: [Self; 3] = [Self::Added, Self::Removed, Self::Changed];

    /// The code: `removed`, `added` or `changed`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Changed => "changed",
        }
    }
}

/// How many rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowCounts {
    /// In the old version.
    pub old: u64,
    /// In the new version.
    pub new: u64,
    /// In the new version only.
    pub added: u64,
    /// In the old version only.
    pub removed: u64,
    /// In both, with other content.
    pub changed: u64,
    /// In both, with the same content in the columns that both versions have.
    pub unchanged: u64,
}

impl RowCounts {
    /// How many rows of a kind.
    pub fn of(&self, kind: ChangeKind) -> u64 {
        match kind {
            ChangeKind::Removed => self.removed,
            ChangeKind::Added => self.added,
            ChangeKind::Changed => self.changed,
        }
    }

    /// How many rows differ.
    pub fn differing(&self) -> u64 {
        self.added + self.removed + self.changed
    }
}

/// What a person should know of the declared key. Rows are numbered from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum KeyNote {
    /// A column of the key is not in both versions: all rows were compared by content.
    Missing {
        /// Its key.
        column: String,
    },
    /// Rows with a null in their key: they were compared by content.
    Empty {
        /// In which version.
        side: Side,
        /// How many rows.
        rows: u64,
        /// The first of them.
        first: u64,
    },
    /// The key is not unique: rows that share it were compared by content among themselves.
    Repeated {
        /// In which version.
        side: Side,
        /// How many keys stand more than once.
        keys: u64,
        /// How many rows have them.
        rows: u64,
        /// The first of them.
        first: u64,
    },
}

/// What changed, in numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The columns.
    pub schema: SchemaDiff,
    /// The keys of the columns that rows were matched by, as [`ColumnDiff::key`] names them; empty when by content.
    pub key: Vec<String>,
    /// The rows.
    pub rows: RowCounts,
    /// Cells changed in changed rows, one number for each of the schema's columns.
    pub cells_changed: Vec<u64>,
    /// What to know of the key.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<KeyNote>,
}

impl Summary {
    /// Whether neither columns nor rows differ.
    pub fn is_empty(&self) -> bool {
        self.schema.is_empty() && self.rows.differing() == 0
    }
}
