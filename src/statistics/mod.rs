//! Statistics [thống kê]: how often each dataset is viewed and downloaded, by day and format.
//!
//! Nobody is followed: no cookie, no address, nothing but counts. Counts are gathered in memory and written every few seconds; a
//! crash loses at most those seconds of counts. Programs that call themselves robots are not counted.

mod counter;
mod store;

pub use counter::{Counter, is_robot};
pub use store::{Totals, add, most_used, totals};
