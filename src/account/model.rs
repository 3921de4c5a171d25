//! A person with an account.

use diesel::prelude::*;

use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Lang, Localized, Timestamp};
use crate::profile::Profile;

/// The codes of the roles that this program itself decides by; the profile names them, and its review steps name further ones
///
pub mod role {
    /// Sees and approves the data of every agency.
    pub const COORDINATOR: &str = "coordinator";
    /// Leads the province, and sees how its agencies stand.
    pub const CHAIR: &str = "chair";
    /// Reads the log.
    pub const AUDITOR: &str = "auditor";
    /// Runs the portal.
    pub const OPERATOR: &str = "operator";
    /// Of the provincial police: sees and judges findings where the profile says so.
    pub const POLICE: &str = "police";
    /// Speaks for an agency: asks for its accounts and reviews them.
    pub const FOCAL_POINT: &str = "focal-point";
    /// Leads an agency: does what its focal point does.
    pub const AGENCY_HEAD: &str = "agency-head";
}

/// An account, without its secrets.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::account)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail, which signs in as well.
    pub email: String,
    /// The person's name.
    pub full_name: String,
    /// `active`, `locked` or `closed`.
    pub state: String,
    /// The tag of the person's language.
    pub lang: String,
    /// When the person last signed in.
    pub signed_in_at: Option<i64>,
    /// When the password was set.
    pub password_set_at: Option<i64>,
    /// Whether another password must be chosen before anything else.
    pub password_must_change: bool,
    /// The version of the rules of use that the person has accepted.
    pub rules_accepted: Option<String>,
}

/// What somebody who has signed in must do before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Choose another password.
    Password,
    /// Set up a second factor.
    SecondFactor,
    /// Accept the rules of use.
    Rules,
}

/// A role held at an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where.
    pub agency: AgencyId,
    /// The agency's name.
    pub agency_name: Localized,
    /// The role's code.
    pub role: String,
}

/// Somebody who holds a role at an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// The person's name.
    pub name: String,
    /// The e-mail.
    pub email: String,
    /// Whose place they take during a leave, by name.
    pub deputy_for: Option<String>,
}

/// A person with the roles that count today.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub account: Account,
    /// What they hold.
    pub held: Vec<Held>,
    /// Whether they have a second factor.
    pub second_factor: bool,
}

impl Person {
    /// Whether the person holds a role, at an agency or (`None`) anywhere.
    pub fn holds(&self, role: &str, agency: Option<&AgencyId>) -> bool {
        self.held.iter().any(|held| held.role == role && agency.is_none_or(|agency| held.agency == *agency))
    }

    /// What the person must do before anything else, at a moment, by the province's rules.
    pub fn due(&self, profile: &Profile, now: Timestamp) -> Option<Step> {
        let rules = &profile.accounts;
        // A day is 24 hours here: the age of a password is no deadline of the law.
        let most = i64::from(rules.password.level3_max_age_days.value) * 86_400_000;
        let aged = rules.password.level3.value && self.account.password_set_at.is_some_and(|at| now.0 - at > most);
        if self.account.password_must_change || aged {
            return Some(Step::Password);
        }
        if !self.second_factor && self.needs_second_factor(profile) {
            return Some(Step::SecondFactor);
        }
        let accepted = self.account.rules_accepted.as_deref() == Some(&profile.use_rules.version);
        (!accepted).then_some(Step::Rules)
    }

    /// Whether a role of theirs wants a second factor.
    pub fn needs_second_factor(&self, profile: &Profile) -> bool {
        let roles = &profile.accounts.second_factor_roles.value;
        self.held.iter().any(|held| roles.contains(&held.role))
    }

    /// The person's language.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.account.lang).unwrap_or_default()
    }

    /// When the person last signed in.
    pub fn signed_in_at(&self) -> Option<Timestamp> {
        self.account.signed_in_at.map(Timestamp)
    }
}
