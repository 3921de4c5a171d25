//! The cycle of updates [chu kỳ cập nhật]: each published dataset owes an update within a period that counts from its publication.
//! A new version does it, or a signed word that nothing changed (*confirmation*, xác nhận không thay đổi); more time (*extension*, gia hạn)
//! is asked for with a reason and granted by another person.
//!
//! Invariants: what a dataset owes is one open round of the kind [`duty::Kind::Update`](crate::duty::Kind), renewed in the transaction of
//! whatever changes it, and gone through each night ([`turn`]); nothing is confirmed while a draft holds other tables or an error is known;
//! nobody grants what they asked for themselves; an extension holds for its round alone and never shortens it.

mod command;
mod form;
mod job;
mod model;
mod query;
mod store;

pub(crate) use command::{Purged, purge};
pub use command::{ask_extension, confirm_unchanged, grant_extension, refuse_extension, renew};
pub use form::{AnswerForm, ConfirmForm, ExtensionForm};
pub use job::{renew_all, turn};
pub use model::{Asking, Confirmation, Extension, ExtensionState, Obstacle, Owed};
pub use query::{asked, confirmed, count_asked, owed};
pub use store::{confirmations, extension_by_id, extensions};
