//! Keys for programs [khóa API]: scoped, expiring, kept as a hash, shown once.

mod store;

use serde_json::json;

use crate::audit;
use crate::kernel::id::{AccountId, ApiTokenId};
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::token;

/// How every key begins, so that scanners of code find lost ones.
const PREFIX: &str = "khomo_";
/// The longest life of a key, in days.
pub const MOST_DAYS: u32 = 365;
/// How many live keys a person may have.
const MOST: usize = 20;

/// What a key may be used for.
pub mod scope {
    /// Read what its owner may read.
    pub const READ: &str = "read";
    /// Send files and change drafts.
    pub const WRITE: &str = "write";
    /// Every scope, in the order of forms.
    pub const ALL: [&str; 2] = [READ, WRITE];
}

/// A key, without the key itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Its id.
    pub id: ApiTokenId,
    /// What its owner calls it.
    pub name: String,
    /// What it may be used for; codes of [`scope`].
    pub scopes: Vec<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub ends_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
}

impl ApiToken {
    /// Whether it opens anything at a moment.
    pub fn live(&self, now: Timestamp) -> bool {
        self.revoked_at.is_none() && self.ends_at > now
    }
}

/// Makes a key; the text that is returned is shown once and cannot be had again.
///
/// # Errors
/// Refusals `token-name-missing` on `name`, `token-scope-missing` on `scopes`, `token-days` (`max`) on `days`, `token-too-many` (`max`).
pub fn make_token(tx: &mut Tx<'_>, owner: &AccountId, name: &str, scopes: &[String], days: u32) -> Result<String> {
    let at = tx.ctx().at;
    let mut problems = Vec::new();
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 100 {
        problems.push(Problem::new("token-name-missing").on("name"));
    }
    let known: Vec<String> =
        scope::ALL.into_iter().filter(|scope| scopes.iter().any(|given| given == scope)).map(str::to_owned).collect();
    if known.is_empty() || known.len() != scopes.len() {
        problems.push(Problem::new("token-scope-missing").on("scopes"));
    }
    if days == 0 || days > MOST_DAYS {
        problems.push(Problem::new("token-days").with("max", u64::from(MOST_DAYS)).on("days"));
    }
    if store::of(tx.conn(), owner)?.iter().filter(|token| token.live(at)).count() >= MOST {
        problems.push(Problem::new("token-too-many").with("max", MOST));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let key = format!("{PREFIX}{}", token::fresh()?);
    let made = ApiToken {
        id: ApiTokenId::fresh(),
        name: name.to_owned(),
        scopes: known,
        created_at: at,
        ends_at: at.plus_seconds(i64::from(days) * 86_400),
        used_at: None,
        revoked_at: None,
    };
    store::insert(tx, owner, &made, &token::sha256_hex(&key))?;
    let detail = json!({ "token": made.id, "name": made.name, "scopes": made.scopes, "days": days });
    audit::record(tx, "account.make-token", "account", owner.as_str(), detail);
    Ok(key)
}

/// The keys of an account, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn tokens_of(conn: &mut Conn, owner: &AccountId) -> Result<Vec<ApiToken>> {
    store::of(conn, owner)
}

/// Revokes one's own key.
///
/// # Errors
/// `NotFound` unless it was live and one's own.
pub fn revoke_token(tx: &mut Tx<'_>, owner: &AccountId, id: &ApiTokenId) -> Result<()> {
    if !store::revoke(tx, owner, id)? {
        return Err(Error::not_found());
    }
    audit::record(tx, "account.revoke-token", "account", owner.as_str(), json!({ "token": id }));
    Ok(())
}

/// Revokes every live key of an account; says how many.
pub(super) fn revoke_tokens(tx: &mut Tx<'_>, owner: &AccountId) -> Result<usize> {
    let revoked = store::revoke_all(tx, owner)?;
    if revoked > 0 {
        audit::record(tx, "account.revoke-token", "account", owner.as_str(), json!({ "count": revoked }));
    }
    Ok(revoked)
}

/// Whose key it is and what it may be used for.
///
/// # Errors
/// `Unauthenticated` (`token-unknown`) for a key that nobody has, that has ended or was revoked, or whose owner's account is locked.
pub async fn by_token(db: &Db, key: &str) -> Result<(AccountId, ApiToken)> {
    let unknown = || Error::refused(Kind::Unauthenticated, Problem::new("token-unknown"));
    if !key.starts_with(PREFIX) || key.len() > 200 {
        return Err(unknown());
    }
    let (hash, now) = (token::sha256_hex(key), db.clock().now());
    let (account, token) = db.read_async(move |conn| store::by_key(conn, &hash, now)).await?.ok_or_else(unknown)?;
    // Noted once a minute at most.
    if token.used_at.is_none_or(|used| now.0 - used.0 > 60_000) {
        let (id, owner) = (token.id.clone(), account.clone());
        let ctx = crate::kernel::Ctx::new(crate::kernel::Actor::Account(owner), now);
        db.write_async(ctx, move |tx| store::note_use(tx, &id)).await?;
    }
    Ok((account, token))
}
