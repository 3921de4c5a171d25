//! The second factor [xác thực hai bước]: a code of an authenticator app, and recovery codes for those who lost theirs.

mod store;

use serde_json::json;

use super::store::{count_failure, failures, forget_failures};
use super::{Room, admit, resting};
use crate::audit;
use crate::kernel::id::AccountId;
use crate::kernel::{Ctx, Error, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::seal::Seal;
use crate::platform::{token, totp};
use crate::profile::Profile;

/// How many recovery codes a person gets.
const CODES: usize = 10;

/// What an account's page shows of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecondFactor {
    /// When it was set up.
    pub since: Timestamp,
    /// How many recovery codes are left.
    pub codes_left: i64,
}

/// Whether an account has one: asked on every request, where how many codes are left does not matter.
pub(super) fn has_second_factor(conn: &mut Conn, id: &AccountId) -> Result<bool> {
    Ok(store::since(conn, id)?.is_some())
}

/// The second factor of an account, if it has one.
///
/// # Errors
/// When the database does not answer.
pub fn second_factor(conn: &mut Conn, id: &AccountId) -> Result<Option<SecondFactor>> {
    let Some(since) = store::since(conn, id)? else { return Ok(None) };
    Ok(Some(SecondFactor { since: Timestamp(since), codes_left: store::codes_left(conn, id)? }))
}

/// Turns it on with a secret that the person's app has shown to know; gives the recovery codes, which are shown once.
///
/// # Errors
/// A refusal `code-wrong` on the field `code`.
pub fn turn_on(tx: &mut Tx<'_>, seal: &Seal, id: &AccountId, secret: &[u8], code: &str) -> Result<Vec<String>> {
    let step = totp::step_of(secret, code, tx.ctx().at)?.ok_or_else(wrong_code)?;
    let sealed = seal.close(&place(id), secret)?;
    store::insert(tx, id, &sealed, step)?;
    audit::record(tx, "account.second-factor-on", "account", id.as_str(), json!({}));
    new_codes(tx, id)
}

/// Turns it off.
///
/// # Errors
/// `NotFound` when it was not on.
pub fn turn_off(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    if !store::remove(tx, id)? {
        return Err(Error::not_found());
    }
    audit::record(tx, "account.second-factor-off", "account", id.as_str(), json!({}));
    Ok(())
}

/// Takes it off for somebody; says whether there was one.
pub(super) fn take_off(tx: &mut Tx<'_>, id: &AccountId) -> Result<bool> {
    store::remove(tx, id)
}

/// New recovery codes in place of those that were left.
///
/// # Errors
/// When the database does not answer.
pub fn new_codes(tx: &mut Tx<'_>, id: &AccountId) -> Result<Vec<String>> {
    let codes = (0..CODES)
        .map(|_| {
            Ok(token::fresh()?.as_bytes()[..20].chunks(5).map(String::from_utf8_lossy).collect::<Vec<_>>().join("-"))
        })
        .collect::<Result<Vec<String>>>()?;
    let hashes: Vec<String> = codes.iter().map(|code| hash_of(code)).collect();
    store::replace_codes(tx, id, &hashes)?;
    audit::record(tx, "account.recovery-codes", "account", id.as_str(), json!({ "count": codes.len() }));
    Ok(codes)
}

/// Checks a code of the app or a recovery code: the second step of signing in, or before an act that wants it again. Wrong ones count like
/// wrong passwords; each code counts once.
///
/// # Errors
/// A refusal `code-wrong` on the field `code`; `TooMany` (`sign-in-resting`).
pub async fn check_code(
    db: &Db,
    ctx: &Ctx,
    profile: &Profile,
    seal: &Seal,
    id: &AccountId,
    code: &str,
    signing_in: bool,
) -> Result<()> {
    let account = id.clone();
    let (known, failed) =
        db.read_async(move |conn| Ok((store::secret(conn, &account)?, failures(conn, account.as_str())?))).await?;
    resting(profile, failed, ctx.at)?;
    let (sealed, _) = known.ok_or_else(Error::not_found)?;
    let secret = seal.open(&place(id), &sealed)?;
    let step = totp::step_of(&secret, code, ctx.at)?;
    let (account, hash, room) = (id.clone(), hash_of(code), Room::of(profile));
    let fits = db
        .write_async(ctx.clone(), move |tx| {
            let method = match step {
                Some(step) if store::use_step(tx, &account, step)? => Some("totp"),
                Some(_) => None,
                None => store::use_code(tx, &account, &hash)?.then_some("recovery-code"),
            };
            let action = if signing_in { "account.sign-in" } else { "account.confirm" };
            match method {
                Some(method) => {
                    audit::record(tx, action, "account", account.as_str(), json!({ "method": method }));
                    if signing_in {
                        admit(tx, room, &account)?;
                    } else {
                        forget_failures(tx, account.as_str())?;
                    }
                }
                None => {
                    count_failure(tx, account.as_str())?;
                    audit::record_refusal(
                        tx,
                        action,
                        "account",
                        account.as_str(),
                        json!({ "method": "second-factor" }),
                    );
                }
            }
            Ok(method.is_some())
        })
        .await?;
    if fits { Ok(()) } else { Err(wrong_code()) }
}

fn wrong_code() -> Error {
    Error::invalid(Problem::new("code-wrong").on("code"))
}

fn place(id: &AccountId) -> String {
    format!("second_factor/{id}")
}

/// People type codes with and without hyphens, in either case.
fn hash_of(code: &str) -> String {
    let letters: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    token::sha256_hex(&letters.to_ascii_lowercase())
}
