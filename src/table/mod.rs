//! Tables [bảng dữ liệu]: a resource's data — the original bytes, what was understood of them, and immutable typed files.
//!
//! Invariants: the uploaded bytes are kept as they came, with their SHA-256; a table version is written once and names its
//! objects by its id; a table version that the database knows has all its objects, because they are put before the row is, and
//! collected as left over only when no row can come any more; of a row only the report changes, once a scan has masked what it found.

pub mod diff;
pub mod ingest;
mod model;
mod objects;
mod store;

pub use model::{Report, TableVersion};
pub use objects::{GRACE, Kept, Object, copy_object, keep, remove_orphans};
pub use store::{by_id, known_ids};
pub(crate) use store::{insert, set_masked};
