//! Writing into inboxes, and what readers do there.

use serde_json::json;

use super::{Frequency, MAIL, store};
use crate::account::{self, AccountLetter, Announcement};
use crate::audit;
use crate::kernel::id::{AccountId, MailId, NoticeId};
use crate::kernel::{Arg, Error, Result, Timestamp};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job, Lease};
use crate::platform::seal::Seal;
use crate::voice::ReaderLetter;

/// What is older when it is delivered (the past of a demo, what an operator imports) is filed as read and mailed to nobody, in
/// milliseconds.
const STALE: i64 = 7 * 24 * 3600 * 1000;
/// Attempts to send a mail: about five days, as mail servers try.
const ATTEMPTS: i32 = 500;

/// What happened, for one or many inboxes.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Of this one happening: nobody is told of it twice.
    pub id: String,
    /// Its code: `notice-CODE-title`, `notice-CODE-body`.
    pub code: String,
    /// What the words mention.
    pub args: Vec<(String, Arg)>,
    /// A page of the internal portal, a path that begins with a slash.
    pub link: String,
    /// When it happened.
    pub at: Timestamp,
}

/// Puts a notice into somebody's inbox and, as they wish, its mail into the queue: all in this transaction. Says the notice's id, or
/// `None` when they have heard of it already.
///
/// # Errors
/// `Internal` for a link that leads out of the portal; when the database does not answer.
pub fn tell(tx: &mut Tx<'_>, receiver: &AccountId, event: &Event) -> Result<Option<NoticeId>> {
    if !event.link.starts_with('/') || event.link.starts_with("//") || event.link.contains(char::is_control) {
        return Err(Error::internal("a notice leads to a page of the internal portal"));
    }
    if store::knows(tx.conn(), receiver, &event.id)? {
        return Ok(None);
    }
    let stale = event.at.0 < tx.ctx().at.0 - STALE;
    let wish = if stale { Frequency::None } else { store::frequency_of(tx.conn(), receiver)? };
    let mail = if wish == Frequency::AtOnce { Some(post(tx, receiver, "notice")?) } else { None };
    let id = NoticeId::fresh();
    store::insert(tx, &id, receiver, event, wish, mail.as_ref(), stale)?;
    Ok(Some(id))
}

/// Delivers an announcement to everybody it is for and ends its job, in this transaction. Says how many it was new to.
///
/// # Errors
/// `Conflict` (`job-lost`); `Internal` for a payload that is none; when the database does not answer.
pub fn deliver(tx: &mut Tx<'_>, lease: &Lease, offset_minutes: i32) -> Result<usize> {
    queue::hold(tx, lease)?;
    let announcement: Announcement = serde_json::from_value(lease.payload.clone())?;
    let today = tx.ctx().at.date(offset_minutes).to_string();
    let receivers = account::receivers_of(tx.conn(), &announcement, &today)?;
    let Announcement { event: code, args, link, at, .. } = announcement;
    let event = Event { id: lease.id.to_string(), code, args, link, at };
    let mut told = 0;
    for receiver in &receivers {
        told += usize::from(tell(tx, receiver, &event)?.is_some());
    }
    queue::complete(tx, lease)?;
    Ok(told)
}

/// Makes a digest of what waits for one, for everybody it waits for, and ends the job's turn, in this transaction. Says how many.
///
/// # Errors
/// As [`deliver`].
pub fn collect(tx: &mut Tx<'_>, lease: &Lease) -> Result<usize> {
    queue::hold(tx, lease)?;
    let receivers = store::await_digest(tx.conn())?;
    for receiver in &receivers {
        let mail = post(tx, receiver, "digest")?;
        store::gather(tx, receiver, &mail)?;
    }
    queue::complete(tx, lease)?;
    Ok(receivers.len())
}

/// A mail's row and its job.
fn post(tx: &mut Tx<'_>, receiver: &AccountId, kind: &str) -> Result<MailId> {
    let id = MailId::fresh();
    store::insert_mail(tx, &id, Some(receiver), kind)?;
    let job = Job::new(MAIL, json!({ "mail": id })).key(format!("mail:{id}")).attempts(ATTEMPTS);
    queue::enqueue(tx, job)?;
    Ok(id)
}

/// Prepares the letter about an account that a job orders and puts it into the outbox, and ends the job, in this transaction. What the
/// letter holds that opens something is sealed in the job that sends it, and stands nowhere else.
///
/// # Errors
/// As [`deliver`].
pub fn deliver_letter(tx: &mut Tx<'_>, seal: &Seal, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    if let Some(AccountLetter { to, kind, address, key, until }) = account::prepare_letter(tx, &lease.payload)? {
        let id = MailId::fresh();
        store::insert_mail(tx, &id, Some(&to), "notice")?;
        let sealed = key.map(|key| seal.close(&sealed_place(&id), key.as_bytes())).transpose()?;
        let letter = json!({ "kind": kind, "address": address, "sealed": sealed, "until": until });
        let job = Job::new(MAIL, json!({ "mail": id, "letter": letter })).key(format!("mail:{id}"));
        queue::enqueue(tx, job.attempts(ATTEMPTS))?;
    }
    queue::complete(tx, lease)
}

/// Puts the letter to a reporter that a job orders into the outbox, and ends the job, in this transaction. Its address stays sealed, in
/// the job that sends it.
///
/// # Errors
/// As [`deliver`].
pub fn deliver_answer(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    let letter: ReaderLetter = serde_json::from_value(lease.payload.clone())?;
    let id = MailId::fresh();
    store::insert_mail(tx, &id, None, "answer")?;
    let job = Job::new(MAIL, json!({ "mail": id, "answer": letter })).key(format!("mail:{id}"));
    queue::enqueue(tx, job.attempts(ATTEMPTS))?;
    queue::complete(tx, lease)
}

/// Where the key of a letter's link is sealed for.
pub(super) fn sealed_place(id: &MailId) -> String {
    format!("mail/{id}")
}

/// Sets how often somebody is written to. Who wants no mail any more gets none about what still waits for a digest.
///
/// # Errors
/// When the database does not answer.
pub fn choose(tx: &mut Tx<'_>, who: &AccountId, frequency: Frequency) -> Result<()> {
    store::choose(tx, who, frequency)?;
    if frequency == Frequency::None {
        store::forgo(tx, who)?;
    }
    audit::record(tx, "notify.choose", "account", who.as_str(), json!({ "frequency": frequency.code() }));
    Ok(())
}

/// Marks one of somebody's own notices as read.
///
/// # Errors
/// `NotFound` for one that is not theirs.
pub fn mark_read(tx: &mut Tx<'_>, who: &AccountId, id: &NoticeId) -> Result<()> {
    if store::mark_read(tx, who, id)? { Ok(()) } else { Err(Error::not_found()) }
}

/// Marks somebody's notices up to a moment as read: what came after the page was drawn was not seen.
///
/// # Errors
/// When the database does not answer.
pub fn mark_all_read(tx: &mut Tx<'_>, who: &AccountId, until: Timestamp) -> Result<usize> {
    store::mark_all_read(tx, who, until)
}
