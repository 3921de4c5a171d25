//! The audit log.

use askama::Template;

use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Tone, Wrong};
use crate::kernel::Timestamp;

/// `/internal/audit?actor=&action=&object=&outcome=&client=&text=&from=&to=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/audit.html")]
pub struct AuditPage {
    /// The page.
    pub page: PageCtx,
    /// Part of a person's name or address, field `actor`.
    pub actor: Field,
    /// Actions to choose from, field `action`; the first, with an empty value, means all.
    pub actions: Vec<Choice>,
    /// An object's id, or a dataset's part of addresses, field `object`.
    pub object: Field,
    /// Outcomes to choose from, field `outcome`; the first, with an empty value, means all.
    pub outcomes: Vec<Choice>,
    /// Part of a client's address, field `client`.
    pub client: Field,
    /// Part of the details, field `text`.
    pub text: Field,
    /// First day, dd/mm/yyyy, field `from`.
    pub from: Field,
    /// Last day, dd/mm/yyyy, field `to`.
    pub to: Field,
    /// What is wrong with the filters, for the summary.
    pub wrongs: Vec<Wrong>,
    /// How many entries match.
    pub total: u64,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// Whether the chain of hashes was whole when it was last checked; none before the first check.
    pub chain: Option<ChainCheck>,
    /// The list as a workbook.
    pub xlsx: String,
    /// The list as CSV.
    pub csv: String,
    /// The entries of this page, newest first.
    pub entries: Vec<AuditEntry>,
    /// The pages.
    pub pager: Pager,
}

/// The last check of the chain.
#[derive(Clone, Debug)]
pub struct ChainCheck {
    /// Whether every entry follows from the one before.
    pub whole: bool,
    /// When it was checked.
    pub at: Timestamp,
}

/// An entry.
#[derive(Clone, Debug)]
pub struct AuditEntry {
    /// Its number in the chain, without gaps.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who: a person's name, or the text for the operator or the program.
    pub actor: String,
    /// The address the act came from.
    pub client: Option<String>,
    /// What was done, in the page's language.
    pub action: String,
    /// To what; the link leads nowhere when it is empty.
    pub object: Link,
    /// What came of it, in the page's language.
    pub outcome: String,
    /// How that is meant.
    pub tone: Tone,
    /// What changed, field by field; values that must not be read are masked.
    pub changes: Vec<AuditChange>,
    /// The entry's hash, in hexadecimal.
    pub hash: String,
}

/// A field before and after.
#[derive(Clone, Debug)]
pub struct AuditChange {
    /// The field.
    pub field: String,
    /// Before; none where it was not set.
    pub before: Option<String>,
    /// After; none where it was taken away.
    pub after: Option<String>,
}

/// `/internal/audit/{seq}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/audit_entry.html")]
pub struct AuditEntryPage {
    /// The page.
    pub page: PageCtx,
    /// The entry.
    pub entry: AuditEntry,
    /// The verb, as it is stored.
    pub action: String,
    /// Kind and id of the object, as they are stored.
    pub object: String,
    /// The request that it belongs to, as in the log of the server.
    pub request_id: String,
    /// The hash of the entry before; empty for the first.
    pub prev: String,
    /// The detail as JSON.
    pub raw: String,
    /// The entry before, where there is one.
    pub before: Option<String>,
    /// The entry after, where there is one.
    pub after: Option<String>,
    /// The entries about the same object.
    pub same_object: String,
}

impl AuditPage {
    /// The choice that means every outcome; first of [`AuditPage::outcomes`].
    pub fn every_outcome(page: &PageCtx, chosen: bool) -> Choice {
        Choice { value: String::new(), text: page.t("audit-all-outcomes"), chosen }
    }

    /// The choice that means every action; first of [`AuditPage::actions`].
    pub fn every_action(page: &PageCtx, chosen: bool) -> Choice {
        Choice { value: String::new(), text: page.t("audit-all-actions"), chosen }
    }
}
