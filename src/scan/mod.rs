//! The scan [rà quét]: personal data and marks of state secrets in tables and words, what people decide about them, and the treated
//! tables that follow from it.
//!
//! Invariants: nothing is submitted while a table of the draft was not read under the present rules, or while something found in it
//! is neither cleared (`legal-basis`, `false-alarm`) nor gone from it; the database refuses to publish it as well. What is stored of a
//! value, here, in the report of its table and in comparisons of rows, is masked. A treated table is a table version of its own, read again like any other; its source stays, and is never public.

mod command;
pub mod detect;
mod model;
mod query;
mod run;
mod store;
mod treat;
mod veil;

pub use command::{
    Judgement, Watchers, declare, enqueue, enqueue_stale, gate, judge, lift, record, record_words, request_treatment,
};
pub use model::{Finding, Given, Pending, State, Verdict, Words};
pub use query::{Report, Scanned, dataset_of, report};
pub use run::{ensure, scan_table};
pub(crate) use store::purge;
pub use store::{findings_of, open_findings, pending, quasi_of, reading_since, sources_of, treatments_among};
pub use treat::{Ground, treat};
pub use veil::{Veil, veil_of};

/// The kind of the jobs that read the tables of a version.
pub const SCAN: &str = "scan";
/// The kind of the recurring job that has everything read anew that was not read under the present rules.
pub const SCAN_STALE: &str = "scan-stale";
/// How often it comes, in seconds.
pub const STALE_EVERY: i64 = 24 * 3600;
/// At which second of the province's day.
pub const STALE_AT: i64 = 2 * 3600;
/// The kind of the jobs that make treated tables.
pub const TREAT: &str = "scan-treat";
