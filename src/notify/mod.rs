//! Notices [thông báo]: an inbox for everybody with an account, and mail about what came into it, at once or once a day
//! (issue "The internal portal", 7; SECURITY.md R7 and invariant 7).
//!
//! Invariants: what happened once is in an inbox once (`event_id`, `account_id`); a notice is told of by at most one mail; the mail's
//! row and the job that sends it are written with the notice, so none is forgotten; a mail's row ends as `sent`, `failed` (refused for
//! good) or `dropped` (nobody to send it to).
//!
//! **Never lost, and twice only where SMTP leaves no choice.** A mail is `queued`, then `sending` under the token of the job's lease,
//! then `sent`. Refusals and broken connections before the end of the letter leave it `queued`: the server has not taken it, and it is
//! sent again. One case cannot be known: the server took the letter, and its answer, or our note of it, did not arrive (the line broke,
//! the program died). Such a mail is sent again. It is the same letter, byte for byte, under the same Message-ID, so that servers and
//! mail programs that look at it show it once; a letter that never came would be noticed by nobody.

mod command;
mod letter;
mod model;
mod send;
mod store;

pub use command::{Event, choose, collect, deliver, deliver_answer, deliver_letter, mark_all_read, mark_read, tell};
pub use letter::words_of;
pub use model::{Frequency, Notice};
pub use send::{Post, send};
pub use store::{MailCounts, frequency_of, inbox, mail_counts, unread};

/// The kind of the jobs that send a mail; the payload is `{"mail": ID}`, with `"letter"` for one about an account and `"answer"` for one to
/// a reporter.
pub const MAIL: &str = "mail";
/// The kind of the recurring job that collects the daily digests.
pub const DIGEST: &str = "digest";
/// A day, in seconds: how often digests go out.
pub const DIGEST_EVERY: i64 = 24 * 3600;
/// When on the day digests go out, in seconds after midnight in the province: before work begins.
pub const DIGEST_AT: i64 = 6 * 3600 + 1800;
