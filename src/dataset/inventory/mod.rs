//! Lists of datasets [danh sách dữ liệu] that agencies keep in workbooks, entered as drafts: read, shown with what was understood of
//! each row, and entered row by row as somebody chooses.
//!
//! Invariants: nothing is entered before somebody has seen what was understood; what was read is kept here in between, so that
//! nothing is taken from the form but which rows; a list is entered once, in one transaction; a day later it is gone. Only whoever
//! may write drafts of the agency sees it.

mod command;
mod model;
mod query;
mod store;

pub use command::{Keep, Wish, enter, keep, lapse};
pub use model::{Column, Content, Entered, Headings, Line, List, MOST_ROWS, Same, Understood};
pub use query::{content_of, understand, understood};
pub use store::by_id;
