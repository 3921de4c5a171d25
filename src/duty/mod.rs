//! Duties [nghĩa vụ, thời hạn]: who must act by when, and whether they did. One engine for every period in the regulations.
//!
//! A room that knows of a duty hands it over ([`put`], [`renew`]) and says when it is done ([`settle`]); each night it says of all that are
//! open what it wants of them by the rules of the day ([`compare()`]), so that they stand where the day says. The engine keeps them (table
//! `duty`), reminds the agency, and goes up to its head and to the coordinating department.
//! Whether a dataset is *on time* (đúng hạn), *due soon* (sắp đến hạn) or *late* (quá hạn) for the public is worked out from its row alone
//! ([`Counted`]). Every number comes from the [profile](crate::profile).
//!
//! Words: a *working day* (ngày làm việc) is one that is neither weekly rest nor holiday, or a rest day that is made up; a *period*
//! (thời hạn) counts from the day after its first day (Civil Code 91/2015/QH13, Điều 147); a *due date* (hạn) that is no working day
//! moves to the next one (Điều 148.5); a *round* (kỳ) is one turn of a duty that comes again and again.
//!
//! Invariants: a due date that is worked out is a working day, one that people set is as they set it, and both lie
//! after the day they count from; on the due date itself nothing is late; a round that ended stays as it is, but
//! that it was done may be taken back where it is owed again; what is closed under a name stays as it stood; every
//! change stands in the audit log; a duty that is as it was is not written; nobody becomes late by rules
//! that changed after the fact ([`moved`]); nobody is told of one reminder twice.

mod ahead;
mod calendar;
mod command;
mod compare;
mod model;
mod query;
mod store;
mod timeliness;

pub use ahead::{Ahead, ahead, review_answered_by};
pub use calendar::Calendar;
pub(crate) use command::forget;
pub use command::{differences, open, put, put_beside, recall, remind, renew, settle, was_reminded, write};
pub use compare::{Step, compare, moved};
pub use model::{
    Asked, Count, Days, Due, Duty, Ending, Kind, Listed, Outcome, Outcomes, Raised, Span, Stage, Tally, Turned, Wanted,
};
pub use query::scope;
pub(crate) use store::freeze;
pub use store::{counts, last_run, list, outcomes, outcomes_by_span, rounds, tally};
pub use timeliness::{Counted, State, Timeliness, UpdateDuty, soon_from, timeliness};
