//! A person with an account.

use diesel::prelude::*;

use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Lang, Timestamp};

/// The codes of the roles that this program itself decides by; the profile names them, and its review steps name further ones
///
pub mod role {
    /// Sees and approves the data of every agency.
    pub const COORDINATOR: &str = "coordinator";
    /// Reads the log.
    pub const AUDITOR: &str = "auditor";
    /// Runs the portal.
    pub const OPERATOR: &str = "operator";
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
}

/// A role held at an agency.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Where.
    pub agency: AgencyId,
    /// The agency's name.
    pub agency_name: String,
    /// The role's code.
    pub role: String,
}

/// A person with the roles that count today.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub account: Account,
    /// What they hold.
    pub held: Vec<Held>,
}

impl Person {
    /// Whether the person holds a role, at an agency or (`None`) anywhere.
    pub fn holds(&self, role: &str, agency: Option<&AgencyId>) -> bool {
        self.held.iter().any(|held| held.role == role && agency.is_none_or(|agency| held.agency == *agency))
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
