//! Review (duyệt): the decisions that stand between a draft and the public. Author ≠ approver.
//!
//! Invariants: a decision is never changed; a version becomes public only with the decisions of at least as many different
//! persons as the profile says (never fewer than two), made on the very content that is published, the approver being neither its
//! submitter nor anybody who changed the draft. The database holds the same rule in a trigger, so that no way around these
//! commands exists.

mod command;
mod model;
mod store;

pub use command::{approve, submit, withdraw};
pub use model::{Decision, Verdict};
pub use store::decisions_of;
