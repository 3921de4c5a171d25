//! What the administration of accounts shows.

use diesel::prelude::*;

use crate::account::{Account, RolePeriod};
use crate::kernel::Timestamp;
use crate::kernel::id::{AccountId, AccountRequestId, AgencyId};

/// Which accounts a list asks for; an empty field asks for all.
#[derive(Clone, Debug, Default)]
pub struct AccountFilter {
    /// Part of name, user name or e-mail.
    pub query: String,
    /// `active`, `locked` or `closed`.
    pub state: String,
}

/// An account with what it holds.
#[derive(Clone, Debug)]
pub struct AccountRow {
    /// The account.
    pub account: Account,
    /// Every role it holds, held or will hold, with the agency's name.
    pub roles: Vec<(RolePeriod, String)>,
}

/// An account in a list.
#[derive(Clone, Debug)]
pub struct ListedAccount {
    /// The account.
    pub account: Account,
    /// The roles that count on the day asked for: code and the agency's name.
    pub roles: Vec<(String, String)>,
}

/// An account that an agency asks for.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::account_request)]
pub struct AccountRequest {
    /// Its id.
    pub id: AccountRequestId,
    /// For which agency.
    pub agency_id: AgencyId,
    /// Who asks.
    pub asked_by: AccountId,
    /// When, in milliseconds.
    pub asked_at: i64,
    /// The person's name.
    pub full_name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub email: String,
    /// The role's code.
    pub role: String,
    /// First day of the role, ISO 8601.
    pub valid_from: String,
    /// Last day of the role, ISO 8601.
    pub valid_to: Option<String>,
    /// What it is for.
    pub reason: String,
    /// `asked`, `approved` or `refused`.
    pub state: String,
    /// Who decided.
    pub decided_by: Option<AccountId>,
    /// When, in milliseconds.
    pub decided_at: Option<i64>,
    /// Why it was refused.
    pub decision_note: Option<String>,
    /// The account that was made.
    pub account_id: Option<AccountId>,
}

impl AccountRequest {
    /// When it was asked for.
    pub fn asked_at(&self) -> Timestamp {
        Timestamp(self.asked_at)
    }
}
