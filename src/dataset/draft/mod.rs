//! Drafts [bản nháp] as people write them through forms: a new dataset, the steps of its description, its tables and dictionary.
//!
//! Invariants: only people of the dataset's agency with the role of the first review step (or the coordinating department) write; a
//! draft may be incomplete, and says what is missing; whoever saves what somebody else has changed meanwhile is told and loses
//! nothing.

mod command;
mod completeness;
mod form;

pub(in crate::dataset) use command::create_with;
pub use command::{begin, create, describe, editable_by, remove_resource, reset, retitle, save};
pub(crate) use command::{editable, set_correction};
pub use completeness::{Point, completeness, score};
pub use form::{MetadataForm, NewForm, Part, mark_of};
