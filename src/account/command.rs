//! What is done to accounts.

use serde_json::json;

use super::{Account, SignInForm, store};
use crate::audit;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Actor, Ctx, Error, Kind, Lang, Problem, Result};
use crate::platform::db::{Db, Tx};
use crate::platform::{password, token};
use crate::profile::Accounts;

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

/// Gives an account a password; `hash` comes from `platform::password`.
///
/// # Errors
/// `NotFound`.
pub fn set_password(tx: &mut Tx<'_>, id: &AccountId, hash: &str) -> Result<()> {
    store::set_password(tx, id, hash)?;
    audit::record(tx, "account.set-password", "account", id.as_str(), json!({}));
    Ok(())
}

/// Checks name and password. The answer for a wrong name, a wrong password and a locked account is the same, in words and time.
/// Of the person's other sessions the oldest end, so that with the one that begins now no more than `accounts.sessions_max` are open.
///
/// # Errors
/// A refusal `sign-in-failed`; `TooMany` (`sign-in-resting`) after ten wrong passwords in a row.
pub async fn sign_in(db: &Db, ctx: &Ctx, rules: &Accounts, form: &SignInForm) -> Result<Account> {
    form.check()?;
    let name = form.name.trim().to_owned();
    let (known, subject, (failures, failed_at)) = db
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
    if failures >= FAILURES && ctx.at.0 < failed_at + REST * 1000 {
        return Err(Error::refused(Kind::TooMany, Problem::new("sign-in-resting").with("minutes", REST / 60)));
    }
    let hash = known.as_ref().and_then(|secrets| secrets.password_hash.clone());
    let fits = password::verify(form.password.clone(), hash).await?;
    let object = known.as_ref().map_or_else(|| "-".to_owned(), |secrets| secrets.account.id.to_string());
    let active = known.filter(|secrets| fits && secrets.account.state == "active");
    // Whoever has proved to be somebody is the actor from here on.
    let mut ctx = ctx.clone();
    if let Some(secrets) = &active {
        ctx.actor = Actor::Account(secrets.account.id.clone());
    }
    let others = usize::try_from(rules.sessions_max.value).unwrap_or(usize::MAX).saturating_sub(1);
    let idle = i64::from(rules.session_idle_minutes.value) * 60;
    let signed_in = db
        .write_async(ctx, move |tx| {
            let method = json!({ "method": "password" });
            let Some(secrets) = active else {
                if failures >= FAILURES {
                    // The rest is over: the count starts anew.
                    store::forget_failures(tx, &subject)?;
                }
                store::count_failure(tx, &subject)?;
                audit::record_refusal(tx, "account.sign-in", "account", &object, method);
                return Ok(None);
            };
            store::forget_failures(tx, &subject)?;
            store::note_sign_in(tx, &secrets.account.id)?;
            audit::record(tx, "account.sign-in", "account", &object, method);
            for session in super::session::end_oldest(tx, &secrets.account.id, others, idle)? {
                audit::record(tx, "account.end-session", "account", &object, json!({ "session": session }));
            }
            Ok(Some(secrets.account))
        })
        .await?;
    signed_in.ok_or_else(|| Error::refused(Kind::Invalid, Problem::new("sign-in-failed")))
}

/// Remembers the language that somebody reads in.
///
/// # Errors
/// When the database does not answer.
pub fn set_lang(tx: &mut Tx<'_>, id: &AccountId, lang: Lang) -> Result<()> {
    store::set_lang(tx, id, lang)?;
    audit::record(tx, "account.set-language", "account", id.as_str(), json!({ "lang": lang }));
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
