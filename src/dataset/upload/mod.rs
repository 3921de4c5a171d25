//! Uploads [tải tệp lên]: a file comes in piece by piece, is read in the background, and becomes a table of the draft.
//!
//! States: *receiving* → *reading* → *read*, or *refused* with what is wrong; *cancelled* by its owner or after a day of silence. A table
//! that is read again with other choices goes the same way, without the first state: its original is here already.
//!
//! Invariants: nothing is taken before its sender has declared that it holds no state secret, and the table keeps who did;
//! the pieces follow each other without gap or overlap, whoever sends them twice; only who began an upload goes on with
//! it; nothing of it is a table before the whole file was read; a refused file changes nothing of the draft.

mod command;
mod job;
mod model;
mod store;

pub use command::{Begin, add_part, begin, cancel, finish, lapse, read_again};
pub use job::{READ, Reader, read, remove_orphans};
pub use model::{State, Upload};
pub(super) use store::purge;
pub use store::{by_id, choices_of, of_dataset, stored, with_tables};
