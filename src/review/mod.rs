//! Review (duyệt): the decisions that stand between a draft and the public. Author ≠ approver.
//!
//! Invariants: a decision is never changed; a version becomes public only with the decisions of at least as many different
//! persons as the profile says (never fewer than two), made on the very content that is published, the approver being neither its
//! submitter nor anybody who changed the draft; the profile's steps are decided in order, each by another person. The database
//! holds the core of it in a trigger, so that no way around these commands exists.
//!
//! Where a draft stands is nowhere written: it follows from the decisions on its present content ([`Standing`]).

mod command;
mod compare;
mod fields;
mod form;
mod job;
mod model;
mod query;
mod store;
mod words;

pub use command::{approve, ask_changes, recall, refuse, seen, submit, withdraw};
pub use compare::{Comparison, FieldDiff, NoteDiff, TableChange, TableDiff, compare};
pub use fields::{Since, remarkable, since};
pub use form::{Decided, DecisionForm, SubmissionForm, WithdrawalForm};
pub use job::{DIFF, Rows, compare_rows, request_rows, rows_of};
pub use model::{Decision, DraftState, InReview, KeptRemark, Remark, Standing, Verdict};
pub use query::{in_review, may_decide, may_recall, may_submit, may_withdraw, returned_to, standing, waiting_for};
pub use store::decisions_of;
pub use words::{Piece, changes};
