//! What is done to accounts.

use serde_json::json;

use super::second_factor::has_second_factor;
use super::{Account, Person, SignInForm, store};
use crate::audit;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Actor, Ctx, Error, Kind, Lang, Problem, Result, Timestamp};
use crate::platform::db::{Db, Tx};
use crate::platform::{password, token};
use crate::profile::Profile;

/// Wrong passwords in a row after which an account rests.
const FAILURES: i32 = 10;
/// How long it rests, in seconds. Its owner's open sessions go on.
const REST: i64 = 15 * 60;

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub email: String,
    /// The person's name.
    pub full_name: String,
    /// Roles by agency.
    pub roles: Vec<(AgencyId, String)>,
    /// First day of the roles, ISO 8601.
    pub valid_from: String,
}

/// Makes an account without a password.
///
/// # Errors
/// `Conflict` when the name or the e-mail is taken.
pub fn create(tx: &mut Tx<'_>, new: NewAccount) -> Result<AccountId> {
    let id = AccountId::fresh();
    store::insert(tx, &id, &new)?;
    for (agency, role) in &new.roles {
        store::insert_role(tx, &id, agency, role, &new.valid_from)?;
    }
    audit::record(
        tx,
        "account.create",
        "account",
        id.as_str(),
        json!({ "user_name": new.user_name, "roles": new.roles }),
    );
    Ok(id)
}

/// The person who acts, with the roles that count today: only people who are signed in to an active account decide.
///
/// # Errors
/// `Unauthenticated` (`sign-in-first`) for the program and the public; `Forbidden` for a locked or closed account.
pub fn acting(tx: &mut Tx<'_>, profile: &Profile) -> Result<Person> {
    let Actor::Account(id) = tx.ctx().actor.clone() else {
        return Err(Error::refused(Kind::Unauthenticated, Problem::new("sign-in-first")));
    };
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    store::by_id(tx.conn(), &id, &today)?
        .filter(|person| person.account.state == "active")
        .ok_or_else(|| Error::forbidden(Problem::new("forbidden")))
}

/// How far name and password lead.
#[derive(Clone, Debug)]
pub enum SignedInTo {
    /// The person is signed in.
    Portal(Account),
    /// A code of the second factor is wanted as well.
    Code(Account),
}

/// Wrong passwords in a row after which an account rests, and for how many seconds.
fn limits(profile: &Profile) -> (i32, i64) {
    let rules = &profile.accounts.password;
    if rules.level3.value {
        let failures = i32::try_from(rules.level3_lock_after.value).unwrap_or(i32::MAX);
        (failures, i64::from(rules.level3_lock_minutes.value) * 60)
    } else {
        (FAILURES, REST)
    }
}

/// Refuses while an account rests after too many wrong tries.
///
/// # Errors
/// `TooMany` (`sign-in-resting` with `minutes`).
pub(super) fn resting(profile: &Profile, (failures, failed_at): (i32, i64), now: Timestamp) -> Result<()> {
    let (most, rest) = limits(profile);
    if failures >= most && now.0 < failed_at + rest * 1000 {
        return Err(Error::refused(Kind::TooMany, Problem::new("sign-in-resting").with("minutes", rest / 60)));
    }
    Ok(())
}

/// How many other sessions somebody who signs in may keep, and after how many seconds one counts as left alone.
#[derive(Clone, Copy)]
pub(super) struct Room {
    others: usize,
    idle: i64,
}

impl Room {
    /// By the province's rules.
    pub(super) fn of(profile: &Profile) -> Self {
        let rules = &profile.accounts;
        let others = usize::try_from(rules.sessions_max.value).unwrap_or(usize::MAX).saturating_sub(1);
        Self { others, idle: i64::from(rules.session_idle_minutes.value) * 60 }
    }
}

/// Lets somebody in who has shown all that was asked for: the count of wrong tries starts anew, and the oldest sessions end
/// where there would be too many.
pub(super) fn admit(tx: &mut Tx<'_>, room: Room, id: &AccountId) -> Result<()> {
    store::forget_failures(tx, id.as_str())?;
    store::note_sign_in(tx, id)?;
    for session in super::session::end_oldest(tx, id, room.others, room.idle)? {
        audit::record(tx, "account.end-session", "account", id.as_str(), json!({ "session": session }));
    }
    Ok(())
}

/// Checks name and password. The answer for a wrong name, a wrong password and a locked account is the same, in words and time.
/// Of the person's other sessions the oldest end, so that with the one that begins now no more than `accounts.sessions_max` are open.
///
/// # Errors
/// A refusal `sign-in-failed`; `TooMany` (`sign-in-resting`) after too many wrong passwords in a row.
pub async fn sign_in(db: &Db, ctx: &Ctx, profile: &Profile, form: &SignInForm) -> Result<SignedInTo> {
    form.check()?;
    let name = form.name.trim().to_owned();
    let (known, subject, failed) = db
        .read_async(move |conn| {
            let known = store::secrets(conn, &name)?;
            let subject = match &known {
                Some(secrets) => secrets.account.id.to_string(),
                None => token::sha256_hex(&name.to_lowercase()),
            };
            let failures = store::failures(conn, &subject)?;
            Ok((known, subject, failures))
        })
        .await?;
    resting(profile, failed, ctx.at)?;
    let rested = failed.0 >= limits(profile).0;
    let hash = known.as_ref().and_then(|secrets| secrets.password_hash.clone());
    let fits = password::verify(form.password.clone(), hash).await?;
    let object = known.as_ref().map_or_else(|| "-".to_owned(), |secrets| secrets.account.id.to_string());
    let active = known.filter(|secrets| fits && secrets.account.state == "active");
    // Whoever has proved to be somebody is the actor from here on.
    let mut ctx = ctx.clone();
    if let Some(secrets) = &active {
        ctx.actor = Actor::Account(secrets.account.id.clone());
    }
    let room = Room::of(profile);
    let signed_in = db
        .write_async(ctx, move |tx| {
            let method = json!({ "method": "password" });
            let Some(secrets) = active else {
                if rested {
                    // The rest is over: the count starts anew.
                    store::forget_failures(tx, &subject)?;
                }
                store::count_failure(tx, &subject)?;
                audit::record_refusal(tx, "account.sign-in", "account", &object, method);
                return Ok(None);
            };
            if has_second_factor(tx.conn(), &secrets.account.id)? {
                // Wrong codes count on: a password that fits must not set the guesser of codes free.
                audit::record(tx, "account.sign-in-first-step", "account", &object, method);
                return Ok(Some(SignedInTo::Code(secrets.account)));
            }
            audit::record(tx, "account.sign-in", "account", &object, method);
            admit(tx, room, &secrets.account.id)?;
            Ok(Some(SignedInTo::Portal(secrets.account)))
        })
        .await?;
    signed_in.ok_or_else(|| Error::refused(Kind::Invalid, Problem::new("sign-in-failed")))
}

/// Remembers the language that somebody reads in.
///
/// # Errors
/// When the database does not answer.
pub fn set_lang(tx: &mut Tx<'_>, id: &AccountId, lang: Lang) -> Result<()> {
    if store::set_lang(tx, id, lang)? {
        audit::record(tx, "account.set-language", "account", id.as_str(), json!({ "lang": lang }));
    }
    Ok(())
}

/// Notes that somebody has read and accepted a version of the rules of use.
///
/// # Errors
/// `NotFound`.
pub fn accept_rules(tx: &mut Tx<'_>, id: &AccountId, version: &str) -> Result<()> {
    store::set_rules_accepted(tx, id, version)?;
    audit::record(tx, "account.accept-rules", "account", id.as_str(), json!({ "version": version }));
    Ok(())
}

/// Notes that somebody signed out; the session itself is ended by `http`.
///
/// # Errors
/// When the database does not answer.
pub fn sign_out(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    audit::record(tx, "account.sign-out", "account", id.as_str(), json!({}));
    Ok(())
}

/// Forgets wrong passwords of a day ago and more.
///
/// # Errors
/// When the database does not answer.
pub fn sweep_failures(tx: &mut Tx<'_>) -> Result<usize> {
    let before = tx.ctx().at.0 - 24 * 3600 * 1000;
    store::sweep_failures(tx, before)
}

/// The language new accounts start with.
pub(super) const FIRST_LANG: Lang = Lang::Vi;
