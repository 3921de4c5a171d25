//! What readers say [báo lỗi, góp ý]: reports of what is wrong with a published dataset, their way to an answer, and the correction
//! [đính chính] that settles them.
//!
//! Invariants: nobody needs an account to report, and nobody follows a report without its receipt number, of which only the SHA-256 is
//! kept; a reporter's e-mail is kept sealed, is read by no page, and goes when the report is closed (the database wants it so). A report
//! is *corrected* by the publication of a draft that says so, in the transaction of that publication: `review::approve` calls `settle`.
//! A report stands in the one draft that corrects it, whose hash, which the decisions carry, names it.
//!
//! [`request`]: data that readers ask for, by the same receipts, letters and forms. [`subscription`]: letters to those who want to hear when
//! data change.

mod command;
mod form;
mod letter;
mod model;
mod query;
pub mod request;
pub(crate) mod store;
pub mod subscription;

pub(crate) use command::settle;
pub use command::{Filing, answer, begin_correction, correct, file, reject, release, take_up, verify};
pub use form::{CorrectionForm, ReportForm};
pub use letter::{About, LETTER, LetterItem, ReaderLetter, Reply};
pub use model::{Filter, Kind, Listed, Open, Order, Outcome, Report, State, Step, Waiting, Which};
pub use query::{
    Followed, answerable, correctable, count_waiting, find, follow, known_errors, list, may_follow, open_of,
    receipt_of, receipt_typed, waiting, worded,
};
pub(crate) use store::purge;
