//! The purge [hủy dữ liệu]: what must not exist any more (leaked personal data, a state secret) is destroyed in every copy the portal
//! has, and the backups that may still hold it are listed until each is destroyed.
//!
//! States: *asked* [đã đề nghị] → *refused* [không hủy], or *confirmed* [đã xác nhận] → *done* [đã hủy xong]. Invariants: whoever asked
//! does not confirm; with the confirmation nothing of the content is in the database or at a public address any more, and a job takes the
//! objects; what was purged leaves its hashes, its dates, the reason and the names of the two, and never comes back. Tables are what is
//! destroyed: a version that holds a purged table is a tombstone as a whole. The database holds the core of it in triggers.

mod command;
mod form;
mod job;
mod model;
mod query;
mod store;

pub use command::{ask, confirm, destroy_backup, refuse, register_backup};
pub use form::{AskForm, BackupForm, ConfirmForm};
pub use job::{Counted, PURGE, count, left, run};
pub use model::{Backup, Becomes, Plan, Purge, Scope, State};
pub use query::{Choices, choices, plan, scope_of};
pub use store::{backups, backups_of, by_id, of_dataset, of_version};
