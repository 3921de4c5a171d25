//! What a contract wants, and what breaks it.

use serde::{Deserialize, Serialize};

use crate::dataset::{ColumnNote, Constraints};
use crate::kernel::{Localized, Timestamp};
use crate::platform::token::sha256_hex;
use crate::table::diff::ColumnDiff;

/// What a table's dictionary wants: columns by title, in the dictionary's order; those that want nothing left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contract {
    /// Title and constraints.
    pub columns: Vec<(String, Constraints)>,
}

impl Contract {
    /// The contract of a dictionary.
    pub fn of(dictionary: &[ColumnNote]) -> Self {
        let wants = dictionary.iter().filter(|note| !note.constraints.is_empty());
        Self { columns: wants.map(|note| (note.title.clone(), note.constraints.clone())).collect() }
    }

    /// Whether it wants nothing.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The titles of the key's columns.
    pub fn key(&self) -> Vec<String> {
        self.columns.iter().filter(|(_, wanted)| wanted.key).map(|(title, _)| title.clone()).collect()
    }

    /// SHA-256 of what it wants: 64 hexadecimal digits.
    pub fn hash(&self) -> String {
        sha256_hex(&serde_json::json!(self.columns).to_string())
    }
}

/// What a contract wants of a column or of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The column is there.
    Present,
    /// No cell is empty.
    Required,
    /// No value stands twice.
    Unique,
    /// No value is below.
    Minimum,
    /// No value is above.
    Maximum,
    /// Every value matches.
    Pattern,
    /// Every value is in the list.
    Codes,
    /// No key stands twice.
    Key,
}

impl Rule {
    /// As it is stored; its text is the message `contract-rule-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Required => "required",
            Self::Unique => "unique",
            Self::Minimum => "minimum",
            Self::Maximum => "maximum",
            Self::Pattern => "pattern",
            Self::Codes => "codes",
            Self::Key => "key",
        }
    }
}

/// A rule that a table does not keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// The column's title; those of the key with ` + ` between them.
    pub column: String,
    /// The rule.
    pub rule: Rule,
    /// How many rows; none for a column that is not there.
    pub count: u64,
    /// The first of them, from 1 in the order of the table.
    pub rows: Vec<u64>,
}

/// Something in a draft that needs somebody's word before it goes on its way.
#[derive(Clone, Debug)]
pub struct Break {
    /// The table's part of file names.
    pub name: String,
    /// The table's title.
    pub table: Localized,
    /// What it is.
    pub what: What,
}

/// What breaks.
#[derive(Clone, Debug)]
pub enum What {
    /// A table that the public uses is gone.
    TableGone,
    /// A column that the public uses is gone, has another name or another kind.
    Column(Box<ColumnDiff>),
    /// The table does not keep its contract.
    Breach(Breach),
}

/// Somebody's word for what breaks in a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Who gave it.
    pub person: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What identifies a list of breaks: SHA-256, 64 hexadecimal digits. An acceptance holds for exactly this list.
pub(super) fn hash_of(breaks: &[Break]) -> String {
    let plain: Vec<_> = breaks
        .iter()
        .map(|one| match &one.what {
            What::TableGone => serde_json::json!([one.name, "gone"]),
            What::Column(column) => serde_json::json!([one.name, column.key(), column.changes]),
            What::Breach(breach) => serde_json::json!([one.name, breach]),
        })
        .collect();
    sha256_hex(&serde_json::json!(plain).to_string())
}
