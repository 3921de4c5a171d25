//! What the administration of people does to accounts: names and addresses, states, roles with their periods, a second factor that was
//! lost. `people` decides who may; here it is done and written down, before and after.

mod store;

use serde::Serialize;
use serde_json::json;

use super::api_token::revoke_tokens;
use super::letter::{tell_factor_removed, tell_moved, void_links};
use super::{end_sessions, role};
use crate::audit;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Conn, Tx, lock_row};

pub use store::{roles_at, roles_of};

/// A role that an account holds at an agency for a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RolePeriod {
    /// Where.
    pub agency: AgencyId,
    /// The role's code.
    pub role: String,
    /// First day, ISO 8601.
    pub valid_from: String,
    /// Last day, ISO 8601; none while no end is set.
    pub valid_to: Option<String>,
    /// Whose place the holder takes during their leave.
    pub deputy_for: Option<AccountId>,
}

impl RolePeriod {
    /// Whether it counts on a day (ISO 8601).
    pub fn counts_on(&self, day: &str) -> bool {
        self.valid_from.as_str() <= day && self.valid_to.as_deref().is_none_or(|last| last >= day)
    }

    /// Whether it shares a day with a period; days are ISO 8601, so that they compare as text.
    pub fn meets(&self, from: &str, to: Option<&str>) -> bool {
        self.valid_to.as_deref().is_none_or(|last| last >= from) && to.is_none_or(|to| self.valid_from.as_str() <= to)
    }

    /// As forms and the review of accounts name it: agency, role and first day.
    pub fn key(&self) -> String {
        format!("{}|{}|{}", self.agency, self.role, self.valid_from)
    }
}

/// Gives an account a role.
///
/// # Errors
/// `Conflict` (`role-held`) when it holds the role at the agency on one of the days already.
pub(crate) fn add_role(tx: &mut Tx<'_>, id: &AccountId, new: &RolePeriod) -> Result<()> {
    lock_row(tx.conn(), "account", id.as_str())?;
    let held = roles_of(tx.conn(), id)?;
    let twice = held.iter().any(|old| {
        old.agency == new.agency
            && old.role == new.role
            && (old.valid_from == new.valid_from || old.meets(&new.valid_from, new.valid_to.as_deref()))
    });
    if twice {
        return Err(Error::conflict(Problem::new("role-held")));
    }
    store::insert(tx, id, new)?;
    audit::record(tx, "account.add-role", "account", id.as_str(), json!({ "before": null, "after": new }));
    Ok(())
}

/// Ends a role with a last day (ISO 8601); one that would have begun later never begins.
///
/// # Errors
/// `NotFound` when the account holds no such role; `Conflict` (`role-over`) when it ends earlier already.
pub(crate) fn end_role(tx: &mut Tx<'_>, id: &AccountId, key: &str, last_day: &str) -> Result<()> {
    lock_row(tx.conn(), "account", id.as_str())?;
    let held = roles_of(tx.conn(), id)?;
    let before = held.into_iter().find(|role| role.key() == key).ok_or_else(Error::not_found)?;
    if before.valid_to.as_deref().is_some_and(|last| last < last_day) {
        return Err(Error::conflict(Problem::new("role-over")));
    }
    let after = if before.valid_from.as_str() > last_day {
        store::delete(tx, id, &before)?;
        None
    } else {
        store::set_end(tx, id, &before, last_day)?;
        Some(RolePeriod { valid_to: Some(last_day.to_owned()), ..before.clone() })
    };
    audit::record(tx, "account.end-role", "account", id.as_str(), json!({ "before": before, "after": after }));
    Ok(())
}

/// What an account says of its owner.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Identity {
    /// The name to sign in with, in small letters.
    pub user_name: String,
    /// The e-mail, in small letters.
    pub email: String,
    /// The person's name.
    pub full_name: String,
}

/// The verb of another name of a person.
pub(crate) const RENAME: &str = "account.rename";
/// The verb of another user name or e-mail, with which one signs in.
pub(crate) const CHANGE_ENTRY: &str = "account.change-entry";
/// The verb of a second factor taken off by somebody else.
pub(crate) const REMOVE_FACTOR: &str = "account.remove-second-factor";

/// Changes what an account says of its owner; says whether anything was another. With another user name or e-mail its sessions end, its
/// links open nothing, and with another e-mail both addresses are written to.
///
/// # Errors
/// `NotFound`; `Conflict` when the name or the e-mail is taken.
pub(crate) fn set_identity(tx: &mut Tx<'_>, id: &AccountId, to: &Identity) -> Result<bool> {
    lock_row(tx.conn(), "account", id.as_str())?;
    let before = store::identity_of(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    if before == *to {
        return Ok(false);
    }
    store::set_identity(tx, id, to)?;
    let verb = if before.user_name == to.user_name && before.email == to.email {
        RENAME
    } else {
        end_sessions(tx, id, None)?;
        void_links(tx, id)?;
        CHANGE_ENTRY
    };
    audit::record(tx, verb, "account", id.as_str(), json!({ "before": before, "after": to }));
    if before.email != to.email {
        tell_moved(tx, id, before.email)?;
    }
    Ok(true)
}

/// Takes off the second factor of somebody who lost it. Their sessions end, their links open nothing, and they are written to.
///
/// # Errors
/// `Conflict` (`second-factor-none`) when there is none.
pub(crate) fn remove_second_factor(tx: &mut Tx<'_>, id: &AccountId, reason: &str) -> Result<()> {
    if !super::second_factor::take_off(tx, id)? {
        return Err(Error::conflict(Problem::new("second-factor-none")));
    }
    let ended = end_sessions(tx, id, None)?;
    void_links(tx, id)?;
    let detail = json!({ "reason": reason, "sessions_ended": ended });
    audit::record(tx, REMOVE_FACTOR, "account", id.as_str(), detail);
    tell_factor_removed(tx, id)
}

/// What an account may be set to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It signs in.
    Active,
    /// It rests until it is unlocked.
    Locked,
    /// It is over; its records stay.
    Closed,
}

impl State {
    fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Locked => "locked",
            Self::Closed => "closed",
        }
    }
}

/// Sets the state of an account. Locked or closed it loses its sessions and its links at once, and its API keys open nothing; closed it
/// loses them for good.
///
/// # Errors
/// `NotFound`; `Conflict` (`account-closed`; `account-state` when it is in that state already; `last-operator` when nobody else would be
/// left to run the portal on `day`, ISO 8601).
pub(crate) fn set_state(tx: &mut Tx<'_>, id: &AccountId, to: State, reason: &str, day: &str) -> Result<()> {
    // Two operators who close each other at the same moment wait for each other here.
    let mut operators = super::store::holders(tx.conn(), role::OPERATOR, None, day)?;
    operators.sort();
    operators.dedup();
    for operator in &operators {
        lock_row(tx.conn(), "account", operator.as_str())?;
    }
    lock_row(tx.conn(), "account", id.as_str())?;
    let before = store::state_of(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    if before == "closed" {
        return Err(Error::conflict(Problem::new("account-closed")));
    }
    if before == to.code() {
        return Err(Error::conflict(Problem::new("account-state")));
    }
    if to != State::Active && is_last_operator(tx.conn(), id, day)? {
        return Err(Error::conflict(Problem::new("last-operator")));
    }
    store::set_state(tx, id, to.code())?;
    if to != State::Active {
        end_sessions(tx, id, None)?;
        void_links(tx, id)?;
    }
    if to == State::Closed {
        revoke_tokens(tx, id)?;
    }
    let verb = match to {
        State::Active => "account.unlock",
        State::Locked => "account.lock",
        State::Closed => "account.close",
    };
    audit::record(
        tx,
        verb,
        "account",
        id.as_str(),
        json!({ "before": before, "after": to.code(), "reason": reason.trim() }),
    );
    Ok(())
}

/// Whether an account is the one that is left to run the portal on a day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub(crate) fn is_last_operator(conn: &mut Conn, id: &AccountId, day: &str) -> Result<bool> {
    let operators = super::store::holders(conn, role::OPERATOR, None, day)?;
    Ok(operators.contains(id) && operators.iter().all(|other| other == id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(from: &str, to: Option<&str>) -> RolePeriod {
        RolePeriod {
            agency: AgencyId::fresh(),
            role: "editor".to_owned(),
            valid_from: from.to_owned(),
            valid_to: to.map(str::to_owned),
            deputy_for: None,
        }
    }

    #[test]
    fn a_role_counts_from_its_first_to_its_last_day() {
        let role = period("2026-09-01", Some("2026-09-03"));
        for (day, counts) in [("2026-08-31", false), ("2026-09-01", true), ("2026-09-03", true), ("2026-09-04", false)]
        {
            assert_eq!(role.counts_on(day), counts, "{day}");
        }
        assert!(period("2026-09-01", None).counts_on("2099-01-01"));
    }

    #[test]
    fn periods_meet_when_they_share_a_day() {
        let role = period("2026-09-01", Some("2026-09-03"));
        for (from, to, meets) in [
            ("2026-08-01", Some("2026-08-31"), false),
            ("2026-08-01", Some("2026-09-01"), true),
            ("2026-09-03", None, true),
            ("2026-09-04", None, false),
        ] {
            assert_eq!(role.meets(from, to), meets, "{from} {to:?}");
        }
    }
}
