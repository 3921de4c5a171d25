//! The quarter (quý): opened with what is due in it, gone through by the returns of the agencies [báo cáo quý], closed once for good
//! (R-040, R-155; C1).
//!
//! Words: a *return* (báo cáo quý) is what an agency says of a quarter once it is over: its list of data, the requests it handled,
//! what it needs of others. It is *signed* by whom the profile names (`agency_list.sign_roles`), and *late* when that is done after
//! its day. Data *kept elsewhere* (dữ liệu ngoài cổng) stand in the list without being datasets.
//!
//! The days of a quarter follow the rules and days off until it is closed, but never into the past.
//!
//! Invariants: a quarter is opened once and closed once, whoever asks and however many programs there are; before its last day is over no
//! return is written and nothing closed, whatever a clock that stood ahead wrote ([`QuarterRow::state_on`]); what is signed stays as it
//! is until it is taken back with a reason, and from the close on for good (the database holds both); what has become, at the close, of what
//! was due in a quarter, and what readers were waiting for, stays so, whatever is granted or done later; what is in quarantine stands on no list.

mod command;
mod form;
mod job;
mod model;
mod period;
mod query;
mod store;

pub use command::{Press, add_item, close, recall, save, sign, write};
pub use form::{CloseForm, ItemForm, PageForm, RecallForm, ReturnForm};
pub use job::{CLOSED, TURN, TURN_AT, TURN_EVERY, advance, renew_duties, turn};
pub use model::{
    Counts, Handed, Handled, Item, Order, Progress, QuarterRow, Return, ReturnState, Shown, State, Visibility, Which,
};
pub use period::Quarter;
pub use query::{
    Standing, awaited, board, by_code, due, due_in, earlier_needs, find, handed_in, has_returns, latest, quarters,
    shown, sift, tabs, waiting, waiting_sums,
};
pub(crate) use store::purge;
