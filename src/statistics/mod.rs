//! Statistics [thống kê]: how often each dataset is viewed and downloaded, by day and format.
//!
//! Nobody is followed: no cookie, no address, nothing but counts. Counts are gathered in memory and written every few seconds; a
//! crash loses at most those seconds of counts. Programs that call themselves robots (`robots.txt`) are not counted. What was searched
//! for is not kept, since people type names and numbers of persons into a search; what several of them miss is `demand`'s to tell. Days are kept as they are: a row is a number, and a
//! hundred datasets make some ten thousand rows a month.

mod counter;
pub mod file;
mod store;

pub use counter::{Counter, is_robot};
pub use store::{
    Row, Totals, add, by_agency, by_dataset, by_day, by_format, first_day, mark, most_used, rows_between, totals,
};
