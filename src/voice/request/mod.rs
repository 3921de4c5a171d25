//! Data that readers ask for because it is not there [yêu cầu dữ liệu]: from the words of somebody without an account to an answer that
//! everybody reads.
//!
//! Invariants: nobody reads a reader's words in public before a person has looked at them and let them out, perhaps in other words; what
//! is let out, and every answer, holds nothing that the scan takes for personal data or a mark of a secret. Of those who need the same
//! there is a count, and nobody knows who they are. Receipts, letters and the sealing of addresses are those of reports.

mod command;
mod form;
mod model;
mod query;
mod store;

pub use command::{Filing, answer, assign, file, set_aside, show, support};
pub use form::{AnswerForm, AskForm, ShowForm};
pub use model::{
    DataRequest, Event, Filter, Listed, Order, Outcome, PublicFilter, PublicOrder, Shown, State, Step, Which,
};
pub use query::{
    Followed, count_waiting, counts, due, find, follow, list, may_handle, number_of, public_list, public_one, similar,
};
