//! Duties [nghĩa vụ, thời hạn]: who must act by when, and whether they did.
//!
//! So far the one duty rule of open data: whether a dataset is *on time* (đúng hạn), *due soon* (sắp đến hạn), *late* (quá hạn), or
//! owes nothing. Every number comes from the [profile](crate::profile); nothing here reads a clock or a database.
//!
//! Words: a *working day* (ngày làm việc) is one that is neither weekly rest nor holiday, or a rest day that is made up; a *period*
//! (thời hạn) counts from the day after its first day (Civil Code 91/2015/QH13, Điều 147); a *due date* (hạn) that is no working day
//! moves to the next one (Điều 148.5).
//!
//! Invariants: a due date is always a working day and always after the day it counts from; on the due date itself nothing is late.

mod ahead;
mod calendar;
mod timeliness;

pub use ahead::{Ahead, ahead};
pub use calendar::Calendar;
pub use timeliness::{State, Timeliness, UpdateDuty, timeliness};
