//! Demand [nhu cầu sử dụng]: what people want most, so that it comes first: requests for data with those who need the same,
//! downloads, and searches that found nothing.
//!
//! Invariants: of a search nothing is kept but folded words that at least three clients searched for in vain within one day, and how
//! many did; clients are told apart by hashes under a key of this run, in memory alone. Words that could be somebody's (numbers,
//! addresses, what the scan takes for personal data) are never taken up, and nothing is kept for longer than two years. The public
//! reads how many there are, never the words. More demand never lowers a score.

mod model;
mod query;
mod store;
mod vain;

pub use model::{Demand, Filter, HIGH, Level, MEDIUM, Missed, Order, SUPPORTER, VainWords, Wanted};
pub use query::{DAYS, datasets, demand_of, kept_since, missed, words};
pub use store::{add, forget};
pub use vain::{FEWEST, Key, Vain, words_of};
