//! Sending one mail of the outbox.

use serde::Deserialize;

use super::command::sealed_place;
use super::letter::{self, House};
use super::store;
use crate::account::LetterKind;
use crate::i18n::Texts;
use crate::kernel::id::MailId;
use crate::kernel::{Actor, Ctx, Error, Result, Timestamp};
use crate::platform::db::Db;
use crate::platform::mail::Mailer;
use crate::platform::queue::{self, Lease};
use crate::platform::seal::Seal;
use crate::profile::Profile;
use crate::voice::{About, ReaderLetter, subscription};

/// What sending needs.
#[derive(Clone, Copy)]
pub struct Post<'a> {
    /// The database.
    pub db: &'a Db,
    /// What sends.
    pub mailer: &'a Mailer,
    /// All messages.
    pub texts: &'a Texts,
    /// The province.
    pub profile: &'a Profile,
    /// Scheme and host of the internal portal.
    pub internal_url: &'a str,
    /// Scheme and host of the public portal.
    pub public_url: &'a str,
    /// Opens the keys of links that letters hold.
    pub seal: &'a Seal,
}

#[derive(Deserialize)]
struct Payload {
    mail: MailId,
    letter: Option<Letter>,
    answer: Option<ReaderLetter>,
}

/// A letter about an account: it tells of no notice.
#[derive(Deserialize)]
struct Letter {
    kind: LetterKind,
    /// Where it goes, if not to the account's present e-mail.
    #[serde(default)]
    address: Option<String>,
    sealed: Option<String>,
    until: Option<Timestamp>,
}

/// Sends the mail of a job and ends the job. Where no mail is sent at all, or the account is closed, the mail is dropped.
///
/// # Errors
/// `Unavailable` when it may be taken later; `Invalid` (`mail-unknown`, `mail-refused`) when it never will; `Conflict` (`job-lost`).
pub async fn send(post: Post<'_>, lease: &Lease) -> Result<()> {
    let Payload { mail: id, letter: own, answer } = serde_json::from_value(lease.payload.clone())?;
    // A link that opens nothing any more does its reader no good.
    let late = own.as_ref().and_then(|own| own.until).is_some_and(|until| until <= post.db.clock().now());
    let (lease, on) = (lease.clone(), post.mailer.is_on());
    let now = || Ctx::new(Actor::System, post.db.clock().now());
    let followed = match answer.as_ref().map(|answer| &answer.about) {
        Some(About::Subscription(id)) => Some(id.clone()),
        _ => None,
    };
    let begun = {
        let (id, lease, followed) = (id.clone(), lease.clone(), followed.clone());
        post.db
            .write_async(now(), move |tx| {
                queue::hold(tx, &lease)?;
                let Some(mail) = store::begin(tx, &id, lease.token)? else {
                    queue::complete(tx, &lease)?;
                    return Ok(None);
                };
                // Who ended what the letter is about waits for it no more.
                let ended = match &followed {
                    Some(id) => !subscription::is_there(tx.conn(), id)?,
                    None => false,
                };
                if !on || !mail.active || late || ended {
                    let why = match (on, mail.active) {
                        (false, _) => "mail-off",
                        (_, false) => "receiver-inactive",
                        _ => "link-over",
                    };
                    store::end(tx, &id, lease.token, "dropped", Some(why))?;
                    queue::complete(tx, &lease)?;
                    return Ok(None);
                }
                let notices = store::told_by(tx.conn(), &id)?;
                Ok(Some((mail, notices)))
            })
            .await?
    };
    let Some((mut mail, notices)) = begun else { return Ok(()) };
    if let Some(address) = own.as_ref().and_then(|own| own.address.clone()) {
        mail.address = address;
    }
    let portals = &post.profile.portals;
    let portal = if answer.is_some() { &portals.public } else { &portals.internal };
    let house = House {
        texts: post.texts,
        portal: (&portal.vi, portal.en.as_deref().unwrap_or(&portal.vi)),
        url: if answer.is_some() { post.public_url } else { post.internal_url },
        offset_minutes: post.profile.province.timezone_minutes,
    };
    let written = match (&own, &answer) {
        (None, None) => letter::write(&house, &id, &mail, &notices),
        (None, Some(answer)) => {
            answer.reply(post.seal).and_then(|reply| letter::write_answer(&house, &id, mail, answer, reply))
        }
        (Some(own), _) => opened(post.seal, &id, own.sealed.as_deref())
            .and_then(|key| letter::write_own(&house, &id, &mail, own.kind, key.as_deref())),
    };
    let sent = match written {
        Ok(letter) => post.mailer.send(&letter).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => {
            post.db
                .write_async(now(), move |tx| {
                    store::end(tx, &id, lease.token, "sent", None)?;
                    queue::complete(tx, &lease)
                })
                .await
        }
        Err(error) => {
            let failure = error.to_string();
            post.db
                .write_async(now(), move |tx| {
                    if let Some(follows) = followed.as_ref().filter(|_| error.has("mail-unknown")) {
                        // There is no such reader: nothing for the operator to mend.
                        subscription::bounce(tx, follows)?;
                        store::end(tx, &id, lease.token, "dropped", Some(&failure))?;
                        queue::complete(tx, &lease)?;
                        return Ok(None);
                    }
                    // Mail and job go back together; what became of the job says what becomes of the mail.
                    let dead = queue::fail(tx, &lease, &error)?;
                    if dead {
                        tracing::error!(mail = %id, "a mail is given up");
                    }
                    store::end(tx, &id, lease.token, if dead { "failed" } else { "queued" }, Some(&failure))?;
                    Ok(Some(error))
                })
                .await?
                .map_or(Ok(()), Err)
        }
    }
}

/// The key of a letter's link.
fn opened(seal: &Seal, id: &MailId, sealed: Option<&str>) -> Result<Option<String>> {
    let Some(sealed) = sealed else { return Ok(None) };
    let key = seal.open(&sealed_place(id), sealed)?;
    String::from_utf8(key).map(Some).map_err(Error::internal)
}
