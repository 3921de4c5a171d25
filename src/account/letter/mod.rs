//! Letters about an account that no wish of its owner holds back: the link that sets a forgotten password, the one that a new account
//! begins with, and the word that a password was set by a link, that the e-mail is another or that the second factor was taken off
//! (SECURITY.md, ASVS 6.3.7, 6.4.1, 6.4.3).
//!
//! Invariants: asking costs the same and is answered the same whether there is such an account or not, because whose account it is is
//! looked up later, by a job; a link's key is kept as its SHA-256 only; a link opens once and not for long. Whoever asks again and again
//! in somebody's name gets them no more letters, and takes no link away from them that came before.

mod store;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::password::{former_passwords, problems_of, replace_password};
use super::session::end_sessions;
use super::store::{count_failure, failures, forget_failures, secrets};
use crate::audit;
use crate::kernel::id::AccountId;
use crate::kernel::{Actor, Ctx, Error, Kind, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx, run_blocking};
use crate::platform::queue::{self, Job};
use crate::platform::{password, token};
use crate::profile::Profile;

/// The kind of the jobs that prepare a letter about an account.
pub const LETTER: &str = "account-letter";
/// How long a link to a forgotten password opens, in seconds.
const RESET_LASTS: i64 = 30 * 60;
/// How long the link of a new account opens, in seconds.
const INVITATION_LASTS: i64 = 24 * 3600;
/// Letters that one account gets within [`WINDOW`]; what is asked beyond is answered the same and sends nothing.
const LETTERS: i64 = 3;
/// Times that one client may ask within [`WINDOW`].
const ASKED: i32 = 20;
/// In seconds.
const WINDOW: i64 = 15 * 60;
/// Links are forgotten so long after they ended, in seconds.
const KEPT: i64 = 24 * 3600;

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LetterKind {
    /// A link that sets a forgotten password.
    Reset,
    /// The link that a new account begins with.
    Invitation,
    /// The password was set by a link.
    ResetDone,
    /// Somebody else changed the e-mail.
    EmailChanged,
    /// Somebody else took the second factor off.
    SecondFactorRemoved,
}

/// To whom.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Addressee {
    /// Whoever has this user name or e-mail, if anybody.
    Name(String),
    /// The owner of an account.
    Account(AccountId),
}

#[derive(Serialize, Deserialize)]
struct Order {
    to: Addressee,
    kind: LetterKind,
    /// Where it goes, if not to the account's present e-mail.
    #[serde(default)]
    address: Option<String>,
}

/// A letter that is to be sent.
#[derive(Clone, Debug)]
pub struct AccountLetter {
    /// To whom.
    pub to: AccountId,
    /// About what.
    pub kind: LetterKind,
    /// Where it goes, if not to the account's present e-mail.
    pub address: Option<String>,
    /// The key of its link, where it has one.
    pub key: Option<String>,
    /// Until when it is worth sending.
    pub until: Option<Timestamp>,
}

/// Who says that they have forgotten their password.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ForgottenForm {
    /// User name or e-mail.
    pub name: String,
}

/// The form behind a link.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewPasswordForm {
    /// The link's key.
    pub key: String,
    /// The new password.
    pub fresh: String,
    /// The new one again.
    pub again: String,
}

/// Takes down that somebody has forgotten their password. Nothing here looks for the account.
///
/// # Errors
/// A refusal `sign-in-name-missing` on `name`; `TooMany` (`reset-too-many` with `minutes`) for a client that asks too often.
pub fn ask_reset(tx: &mut Tx<'_>, form: &ForgottenForm) -> Result<()> {
    let name = form.name.trim();
    if name.is_empty() || name.chars().count() > 254 {
        return Err(Error::invalid(Problem::new("sign-in-name-missing").on("name")));
    }
    let now = tx.ctx().at;
    let client = tx.ctx().client.clone().unwrap_or_default();
    let subject = format!("reset/{}", token::sha256_hex(&client));
    let (count, last) = failures(tx.conn(), &subject)?;
    if now.0 >= last + WINDOW * 1000 {
        forget_failures(tx, &subject)?;
    } else if count >= ASKED {
        return Err(Error::refused(Kind::TooMany, Problem::new("reset-too-many").with("minutes", WINDOW / 60)));
    }
    count_failure(tx, &subject)?;
    enqueue(tx, Addressee::Name(name.to_owned()), LetterKind::Reset, None)
}

/// Orders the letter with which a new account begins.
pub(crate) fn invite(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    enqueue(tx, Addressee::Account(id.clone()), LetterKind::Invitation, None)
}

/// Orders the word that an account's e-mail is another: to the new address, and to the one `before`, whose owner may know nothing of it.
pub(super) fn tell_moved(tx: &mut Tx<'_>, id: &AccountId, before: String) -> Result<()> {
    enqueue(tx, Addressee::Account(id.clone()), LetterKind::EmailChanged, None)?;
    enqueue(tx, Addressee::Account(id.clone()), LetterKind::EmailChanged, Some(before))
}

/// Orders the word that somebody else took an account's second factor off.
pub(super) fn tell_factor_removed(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    enqueue(tx, Addressee::Account(id.clone()), LetterKind::SecondFactorRemoved, None)
}

fn enqueue(tx: &mut Tx<'_>, to: Addressee, kind: LetterKind, address: Option<String>) -> Result<()> {
    queue::enqueue(tx, Job::new(LETTER, json!(Order { to, kind, address })))?;
    Ok(())
}

/// What becomes of an order: a letter with its link, or nothing where nobody is to be written to.
///
/// # Errors
/// `Internal` for a payload that is none; when the database does not answer.
pub fn prepare_letter(tx: &mut Tx<'_>, payload: &Value) -> Result<Option<AccountLetter>> {
    let Order { to, kind, address } = serde_json::from_value(payload.clone())?;
    let now = tx.ctx().at;
    store::sweep(tx, now.plus_seconds(-KEPT))?;
    let found = match to {
        // No name holds a line break; one that does is nobody's, whatever a mail server would make of it.
        Addressee::Name(name) if name.chars().any(char::is_control) => None,
        Addressee::Name(name) => secrets(tx.conn(), &name)?.map(|secrets| secrets.account.id),
        Addressee::Account(id) => Some(id),
    };
    let Some(to) = found else { return Ok(None) };
    if super::store::active(tx.conn(), &to)?.is_empty() {
        return Ok(None);
    }
    let lasts = match kind {
        LetterKind::ResetDone | LetterKind::EmailChanged | LetterKind::SecondFactorRemoved => {
            return Ok(Some(AccountLetter { to, kind, address, key: None, until: None }));
        }
        LetterKind::Reset => RESET_LASTS,
        LetterKind::Invitation => INVITATION_LASTS,
    };
    if kind == LetterKind::Reset && store::made_since(tx.conn(), &to, now.plus_seconds(-WINDOW))? >= LETTERS {
        return Ok(None);
    }
    let (key, until) = (token::fresh()?, now.plus_seconds(lasts));
    let code = if kind == LetterKind::Reset { "reset" } else { "invitation" };
    store::insert(tx, &token::sha256_hex(&key), &to, code, until)?;
    audit::record(tx, "account.send-link", "account", to.as_str(), json!({ "kind": code }));
    Ok(Some(AccountLetter { to, kind, address, key: Some(key), until: Some(until) }))
}

/// Whether a link still opens.
///
/// # Errors
/// When the database does not answer.
pub fn link_opens(conn: &mut Conn, key: &str, now: Timestamp) -> Result<bool> {
    Ok(store::owner(conn, &token::sha256_hex(key), now)?.is_some())
}

/// Sets a password by a link. The link and every other one of the account are used up, all sessions end, wrong tries are forgotten, and
/// the owner is written to. The second factor is asked for at the next sign-in as ever.
///
/// # Errors
/// A refusal `link-over`; on `fresh` as by `change_password`; `password-differs` on `again`.
pub async fn reset_password(db: &Db, ctx: &Ctx, profile: &Profile, form: &NewPasswordForm) -> Result<()> {
    let over = || Error::invalid(Problem::new("link-over"));
    let (hash, now) = (token::sha256_hex(&form.key), ctx.at);
    let wanted = hash.clone();
    let owner = db.read_async(move |conn| store::owner(conn, &wanted, now)).await?.ok_or_else(over)?;
    let mut problems = problems_of(profile, &owner, &form.fresh);
    if form.again != form.fresh {
        problems.push(Problem::new("password-differs").on("again"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    former_passwords(db, profile, &owner.id, &form.fresh).await?;
    let fresh = form.fresh.clone();
    let password = run_blocking(move || password::hash(&fresh)).await?;
    // Whoever has the link has shown to be the owner of the mailbox.
    let mut ctx = ctx.clone();
    ctx.actor = Actor::Account(owner.id.clone());
    db.write_async(ctx, move |tx| {
        let at = tx.ctx().at;
        if !store::use_link(tx, &hash, at)? {
            return Err(over());
        }
        void_links(tx, &owner.id)?;
        replace_password(tx, &owner.id, &password)?;
        forget_failures(tx, owner.id.as_str())?;
        let ended = end_sessions(tx, &owner.id, None)?;
        audit::record(tx, "account.reset-password", "account", owner.id.as_str(), json!({ "sessions_ended": ended }));
        enqueue(tx, Addressee::Account(owner.id), LetterKind::ResetDone, None)
    })
    .await
}

/// Makes every link of an account open nothing.
pub(super) fn void_links(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    store::void(tx, id)
}
