//! The schema contract [quy ước dữ liệu]: what the data dictionary says that a table's values must be, held against every new state of
//! the table, and what of a draft breaks what people built on the published version.
//!
//! Invariants: a draft whose tables were not held against their contract is not submitted; one that breaks it, or that drops, renames
//! or retypes columns which the public uses, is submitted only with the word of the person who submits it, for exactly these breaks.
//! What is kept of a check is counts and row numbers, never a value.

mod check;
mod command;
mod model;
mod query;
mod store;
mod template;

pub use command::{accept, ensure};
pub use model::{Acceptance, Breach, Break, Contract, Rule, What};
pub use query::{Changed, Report, report};
pub use template::{TemplateColumn, TemplateWords, template};
