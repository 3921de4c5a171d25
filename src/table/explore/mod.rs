//! The explorer [khám phá bảng] of a stored table: filter, sort, choose columns, group and summarise, page through all
//! of it, and take exactly that as a file.
//!
//! A [`Query`] says what is wanted, typed against the table's columns; `address.rs` reads it from the parameters of an
//! address and writes it back (the grammar: `README.md` beside this file). An [`Explorer`] answers it from the stored
//! Parquet file: it reads only the pages of the file that can hold a match, sorts and groups through DataFusion, and
//! keeps the limits below.
//!
//! Invariants: rows that are equal in every sort key stand in the order of the table, so that paging repeats and loses
//! none; the file of a query holds exactly the rows that its pages show; memory does not grow with the table.

mod address;
mod binary;
mod evaluate;
mod export;
mod formats;
mod model;
mod part;
mod sample;
mod scan;
mod step;
#[cfg(test)]
mod tests;
mod value;

pub use address::write;
pub use binary::{Binary, binary, binary_part};
pub use evaluate::{Explorer, Found, Heading, Orders};
pub use export::{csv, title_of};
pub use formats::{Form, cells, json_rows, text, text_part};
pub use model::{Filter, Measure, Operation, Query, Reader, SortKey, Test, Written};
pub use part::Part;
pub use sample::{Counted, Sample};
pub use step::Step;
pub use value::Value;

/// Filters of one query.
pub const MOST_FILTERS: usize = 30;
/// Values of one list.
pub const MOST_VALUES: usize = 200;
/// Characters of one value.
pub const LONGEST_VALUE: usize = 500;
/// Sort keys of one query.
pub const MOST_SORT_KEYS: usize = 8;
/// Columns that one query groups by.
pub const MOST_GROUP_COLUMNS: usize = 4;
/// Summaries of one query.
pub const MOST_MEASURES: usize = 12;
/// Groups of one result; beyond it the query is refused.
pub const MOST_GROUPS: usize = 100_000;
/// Rows of one page.
pub const MOST_ROWS: u64 = 1000;
/// Rows of a page where nobody says how many.
pub const ROWS: u64 = 50;
/// Rows that are sorted for a page that lies far behind the first (four bytes of memory are kept for each).
pub const MOST_SORTED: u64 = 20_000_000;
