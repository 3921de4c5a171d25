//! Tables [bảng dữ liệu]: a resource's data — the original bytes, what was understood of them, and immutable typed files.
//!
//! Invariants: the uploaded bytes are kept as they came, with their SHA-256 and who declared that they hold no state secret; a table version is written once and names its
//! objects by its id; a table version that the database knows has all its objects, because they are put before the row is, and
//! collected as left over only when no row can come any more; of a row only the report changes, once a scan has masked
//! what it found, or a purge has emptied it: nothing comes back then.

pub mod diff;
pub mod explore;
pub mod geometry;
pub mod ingest;
mod model;
mod objects;
mod rows;
mod store;

pub use model::{Declaration, PURGED_REPORT, Report, TableVersion};
pub use objects::{GRACE, Kept, Object, Stored, copy_object, fetch, keep, objects_of, remove_orphans};
pub use rows::{Visitor, walk};
pub use store::{by_id, known_ids, of_dataset, purged_by, purged_ids, stored, with_originals};
pub(crate) use store::{insert, purge, set_masked};
