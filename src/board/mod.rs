//! The compliance board [bảng theo dõi thực hiện]: how agencies stand today, and how they did quarter by quarter. Nothing is
//! kept here: every number is read off the tables of the rooms before, by agency in SQL, bound to the agencies that the reader sees; of a
//! quarter that is closed off what its close kept.
//!
//! Words: *known errors* are reports that were found to be right and are not corrected; *unanswered* are the others that are not closed;
//! what is *late* has a day, and the day is over.
//!
//! Invariants: a number is as many as the list behind it holds; the questions asked are as many for three agencies as for three hundred;
//! the numbers of a quarter that is closed are those of its close.

mod model;
mod query;

pub use model::{Board, Column, Past, PastColumn, Reviewed, Row, Turn, missing};
pub use query::{QUARTERS, past, recent, sort, sort_past, standing, trend};
