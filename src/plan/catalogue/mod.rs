//! The open-data catalogue [danh mục dữ liệu mở]: issues of it, each by a decision.
//!
//! Invariants: an issue goes from *draft* to *submitted* to *issued* to *superseded*, and back from *submitted* to *draft* alone, and none
//! but a draft is deleted; one is in work at a time, and one in force; entries change in a draft only, held by the database too, but for
//! the words that a purge destroys; a dataset keeps its entry's id from issue to issue, so that any two can be compared; of what the issue
//! in force lists, nothing leaves without a reason but what is in quarantine or was destroyed, which is neither copied nor issued and whose
//! title is read by nobody who may not see it; no entry becomes another dataset's; with an issue the marks `in_catalogue` of all datasets
//! follow; that nothing is to change is signed of the issue in force, while no other is in work.

mod command;
mod compare;
mod form;
mod model;
mod query;
mod review;
mod store;

pub(crate) use command::purge;
pub use command::{
    add_datasets, confirm_review, discard, draft_issue, issue, recall, record_posting, remove_entry, save_entry, submit,
};
pub use compare::{Comparison, Difference, Part, compare};
pub use form::{EntryForm, PostingForm, RemovalForm};
pub use model::{Closed, Entry, Filter, Issue, Listed, Posting, Removal, Reviewed, Sharing, State};
pub use query::{Obstacle, Reviewable, before, entry_form, issue_of, reviewable, reviewed_on};
pub use review::{Review, next_review};
pub(super) use store::recorded_at;
pub use store::{
    agencies_of, beyond, by_id, by_number, closed, entries, in_force, in_work, issues, list, postings, removals,
    reviews, visible,
};
