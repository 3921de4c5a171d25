//! A review of accounts, and its rows.

use diesel::prelude::*;

use crate::account::Account;
use crate::kernel::id::{AccountId, AgencyId, CampaignId};

/// A review of every account.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::review_campaign)]
pub struct Campaign {
    /// Its id.
    pub id: CampaignId,
    /// Who opened it; none when its time had come.
    pub opened_by: Option<AccountId>,
    /// When, in milliseconds.
    pub opened_at: i64,
    /// The day on which what is not answered is locked, ISO 8601.
    pub due_on: String,
    /// When it was carried out, in milliseconds.
    pub ended_at: Option<i64>,
}

/// What is said of one account, and what became of it.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::review_answer)]
pub struct AnswerRow {
    /// Which account.
    pub account_id: AccountId,
    /// Whose focal point answers.
    pub agency_id: Option<AgencyId>,
    /// `keep`, `change` or `close`.
    pub verdict: Option<String>,
    /// Which role ends, as `RolePeriod::key` says it.
    pub ending: Option<String>,
    /// Who answered.
    pub answered_by: Option<AccountId>,
    /// When, in milliseconds.
    pub answered_at: Option<i64>,
    /// `kept`, `changed`, `closed`, `locked` or `spared`.
    pub outcome: Option<String>,
}

/// A row of a review's page.
#[derive(Clone, Debug)]
pub struct ReviewRow {
    /// What is said.
    pub answer: AnswerRow,
    /// The account.
    pub account: Account,
    /// The name of the agency that answers for it.
    pub agency: Option<String>,
}
