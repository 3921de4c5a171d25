//! Alerts [cảnh báo]: things that somebody must look at and say what they found.
//!
//! They are raised by looking at what the audit log gained since the last look (`job.rs`), not by the commands themselves: so nothing
//! that leaves an entry is missed, whatever new command it comes from. The chain's own state is looked at once a day.
//!
//! States: *open* [chờ xử lý] → *handled* [đã xử lý], with a note, once. Invariants: nobody handles an alert about their own acts; an
//! alert is never changed once it is handled, and never deleted; while one is open, further acts of the kind are added to it.

mod command;
mod form;
mod job;
mod model;
mod store;

pub use command::handle;
pub use form::HandlingForm;
pub use job::{CHECK, CHECK_AT, CHECK_EVERY, WATCH, WATCH_EVERY, checked, tell_head, watch};
pub use model::{Alert, Check, Kind};
pub use store::{by_id, count_open, last_check, list};
