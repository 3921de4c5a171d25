//! Passwords: rules, change by their owner, history.

mod rules;
mod store;

use serde::Deserialize;
use serde_json::json;

use rules::wrong_with;

use super::session::end_sessions;
use super::store::{count_failure, failures, forget_failures};
use super::{Account, resting};
use crate::audit;
use crate::kernel::id::{AccountId, SessionId};
use crate::kernel::{Ctx, Error, Problem, Result};
use crate::platform::db::{Db, Tx};
use crate::platform::password;
use crate::profile::Profile;

/// The form that changes one's own password.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PasswordForm {
    /// The present password.
    pub current: String,
    /// The new one.
    pub fresh: String,
    /// The new one again.
    pub again: String,
}

/// Gives an account a password; `hash` comes from `platform::password`. When it `must_change`, its owner chooses another one before
/// anything else.
///
/// # Errors
/// `NotFound`.
pub fn set_password(tx: &mut Tx<'_>, id: &AccountId, hash: &str, must_change: bool) -> Result<()> {
    store::set(tx, id, hash, must_change)?;
    audit::record(tx, "account.set-password", "account", id.as_str(), json!({ "must_change": must_change }));
    Ok(())
}

/// Changes one's own password and ends all one's other sessions. Wrong present passwords count like wrong sign-ins.
///
/// # Errors
/// Refusals on the fields `current` (`password-missing`, `password-wrong`), `fresh` (see `wrong_with`; `password-same`,
/// `password-used-before` with `count`) and `again` (`password-differs`); `TooMany` (`sign-in-resting`).
pub async fn change_password(
    db: &Db,
    ctx: &Ctx,
    profile: &Profile,
    owner: &Account,
    form: &PasswordForm,
    keep: Option<SessionId>,
) -> Result<()> {
    let rules = &profile.accounts.password;
    let mut problems = Vec::new();
    if form.current.is_empty() {
        problems.push(Problem::new("password-missing").on("current"));
    }
    problems.extend(wrong_with(rules, owner, &form.fresh));
    if form.again != form.fresh {
        problems.push(Problem::new("password-differs").on("again"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let (id, subject) = (owner.id.clone(), owner.id.to_string());
    let (current, failed) =
        db.read_async(move |conn| Ok((store::current(conn, &id)?, failures(conn, &subject)?))).await?;
    resting(profile, failed, ctx.at)?;
    let id = owner.id.clone();
    if !password::verify(form.current.clone(), current).await? {
        db.write_async(ctx.clone(), move |tx| {
            count_failure(tx, id.as_str())?;
            audit::record_refusal(tx, "account.change-password", "account", id.as_str(), json!({}));
            Ok(())
        })
        .await?;
        return Err(Error::invalid(Problem::new("password-wrong").on("current")));
    }
    if form.current == form.fresh {
        return Err(Error::invalid(Problem::new("password-same").on("fresh")));
    }
    former_passwords(db, profile, &id, &form.fresh).await?;
    let fresh = form.fresh.clone();
    let hash = crate::platform::db::run_blocking(move || password::hash(&fresh)).await?;
    db.write_async(ctx.clone(), move |tx| {
        store::set(tx, &id, &hash, false)?;
        forget_failures(tx, id.as_str())?;
        let ended = end_sessions(tx, &id, keep.as_ref())?;
        audit::record(tx, "account.change-password", "account", id.as_str(), json!({ "sessions_ended": ended }));
        Ok(())
    })
    .await
}

/// Everything that is wrong with a new password of somebody, as [`wrong_with`].
pub(super) fn problems_of(profile: &Profile, owner: &Account, fresh: &str) -> Vec<Problem> {
    wrong_with(&profile.accounts.password, owner, fresh)
}

/// Refuses a password that its owner had before, where the profile says so.
///
/// # Errors
/// A refusal `password-used-before` (`count`) on `fresh`.
pub(super) async fn former_passwords(db: &Db, profile: &Profile, id: &AccountId, fresh: &str) -> Result<()> {
    let rules = &profile.accounts.password;
    let history = if rules.level3.value { i64::from(rules.level3_history.value) } else { 0 };
    let id = id.clone();
    for hash in db.read_async(move |conn| store::former(conn, &id, history)).await? {
        if password::verify(fresh.to_owned(), Some(hash)).await? {
            return Err(Error::invalid(Problem::new("password-used-before").with("count", history).on("fresh")));
        }
    }
    Ok(())
}

/// Sets a password that its owner has chosen.
pub(super) fn replace_password(tx: &mut Tx<'_>, id: &AccountId, hash: &str) -> Result<()> {
    store::set(tx, id, hash, false)
}
