//! The open-data plan of a year [kế hoạch dữ liệu mở]: what is to be published by whom and when.
//!
//! Invariants: a plan goes from *draft* to *consulted* to *submitted* to *approved* to *executing* to *closed*; the authority may give it
//! back, and it is then written like a draft. Items change while it is written, and are settled while it is carried out: done by a dataset
//! that the public sees, or dropped with a reason. What names a dataset that was first published since the plan was submitted is done by that
//! publication, on its day, whenever somebody says so, and the night says so where nobody does. A proposal of an agency is no item before the
//! coordinating department takes it up, and the public reads what the authority approved, nothing that was dropped before. What is open in a
//! plan that is closed is not done, and late no more.

mod command;
mod form;
mod model;
mod owed;
mod query;
mod store;

pub use command::{
    approve, begin, close, comment, consult, draft_plan, drop_item, give_back, save_item, settle, submit, take_up,
};
pub(super) use command::{begin_approved, settle_published};
pub(crate) use command::{hold, purge};
pub use form::{CloseForm, ItemForm, SettleForm};
pub use model::{Comment, Item, ItemState, Listed, Plan, Progress, State};
pub use owed::{Owed, Standing, owed, progress, standing};
pub use query::{item_form, may_propose, plan_of};
pub use store::{by_id, by_year, comments, items, plans};
