//! The days off that an operator or the coordinating department enters each year, laid over the profile's calendar.
//!
//! Words: the *working calendar* (lịch làm việc) is the profile's; an *entered year* (năm đã nhập) stands in the table `calendar_day` and
//! takes the place of the profile's year as a whole; a *make-up day* (ngày làm bù) is a day of the weekly rest that is worked.
//!
//! Invariants: programs lay the entered years over the profile once, at start, so that every deadline of a running program is counted by
//! one calendar; a day that is over changes only when somebody says that it was wrong; who looked at changes enters these, or is told that the
//! year has become another since.

mod command;
mod file;
mod model;
mod query;
mod store;

#[cfg(test)]
mod tests;

pub use command::{CALENDAR_WATCH, CALENDAR_WATCH_AT, CALENDAR_WATCH_EVERY, enter, remind};
pub use file::{MOST_BYTES, as_csv, read};
pub use model::{Change, Entered, Look, Said, YearFile};
pub use query::{Outlook, entered_on, lay_over, look, outlook, require_open, with_entered};
pub use store::last_entered;
