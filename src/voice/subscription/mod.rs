//! Letters to readers who want to hear when data change [theo dõi qua thư]: of all data, an agency, a topic or one
//! dataset, once a day at most about each.
//!
//! Invariants: nothing but the letters that ask goes to an address before its owner confirmed it by the key that only a letter to it brings; that key, in every later
//! letter, ends it, and the row with all that is known of the reader goes then. The address stands sealed, is read by no page, and is
//! found again by keyed marks alone. What happened is told once: what a letter tells and until when all is told are one transaction.

mod command;
mod form;
mod model;
mod query;
mod store;

pub use command::{Means, ask, bounce, confirm, end, forget, tell};
pub use form::SubscribeForm;
pub use model::{Scope, Subscription};
pub use query::{find, is_there, named, scope_of};

/// The kind of the recurring job that writes to readers.
pub const TURN: &str = "subscription-turn";
/// A day, in seconds: how often readers are written to.
pub const TURN_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: after the night's work, before people read their mail.
pub const TURN_AT: i64 = 7 * 3600;
/// For how long, in seconds, the letter that asks may be answered.
const OPEN: i64 = 3 * 24 * 3600;
