//! The administration of people and bodies: accounts that agencies ask for and the coordinating department issues, their roles and
//! states, the directory of agencies with its mergers, focal points, and the periodic review of accounts (R-002, R-087, R-088, R-093 to
//!
//!
//! Invariants: nobody issues what they asked for, changes their own account, or answers for it in a review; somebody is always left to
//! run the portal; what an agency may not see does not exist for it; accounts and agencies that are over keep their records.

mod accounts;
mod agencies;
mod focal;
mod reviews;

use crate::account::{Person, acting, role};
use crate::kernel::id::AgencyId;
use crate::kernel::typed::{is_mail, line, optional_line};
use crate::kernel::{Error, Problem, Result, day_of};
use crate::platform::db::Tx;
use crate::profile::Profile;

pub use accounts::{
    AccountFilter, AccountForm, AccountRequest, AccountRow, Delivery, FactorForm, Issued, ListedAccount, OwnNameForm,
    PersonForm, RoleForm, StateForm, accounts_by_id, add_role, approve_request, ask, change_own_name, change_person,
    end_role, find_account, issue_directly, list_accounts, refuse_request, remove_second_factor, request_by_id,
    requests_waiting, set_account_state, set_account_states,
};
pub use agencies::{
    AgencyForm, ListedAgency, MergeForm, edit_agency, enter_agency, list_agencies, merge_agency, move_of,
};
pub use focal::{
    DecisionForm, FocalDecision, FocalForm, FocalList, FocalListRow, FocalPoint, SubmitForm, active_focal_points,
    approve_focal_point, compile_focal_list, decide_focal_list, focal_list_by_id, focal_list_rows, focal_lists,
    focal_points_in, focal_points_of, kind_code, nominate, refuse_focal_point, submit_focal_list,
};
pub use reviews::{
    ACCOUNT_REVIEW, ACCOUNT_REVIEW_AT, ACCOUNT_REVIEW_EVERY, AnswerRow, Answers, Campaign, ReviewForm, ReviewRow,
    answer, answer_counts, campaign_by_id, campaigns, ends_on as review_ends_on, open_review, outcome_counts,
    renew_review_duties, review_rows, takes_answers, turn_review,
};

/// Whose accounts and agencies somebody sees: a condition of every query about them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Everybody's.
    All,
    /// Those of these agencies.
    Agencies(Vec<AgencyId>),
}

impl Scope {
    /// Whether an agency is in it.
    pub fn holds(&self, agency: &AgencyId) -> bool {
        match self {
            Self::All => true,
            Self::Agencies(own) => own.contains(agency),
        }
    }
}

/// The agencies whose accounts and focal points a person sees: all for the coordinating department and those who run the portal,
/// otherwise those that the person speaks for.
pub fn scope(person: &Person) -> Scope {
    if [role::COORDINATOR, role::OPERATOR].into_iter().any(|role| person.holds(role, None)) {
        return Scope::All;
    }
    let speaks = |role: &str| role == role::FOCAL_POINT || role == role::AGENCY_HEAD;
    let mut own: Vec<AgencyId> =
        person.held.iter().filter(|held| speaks(&held.role)).map(|held| held.agency.clone()).collect();
    own.sort();
    own.dedup();
    Scope::Agencies(own)
}

/// A day that must be there: ISO 8601, or a problem on the field.
fn needed_day(text: &str, field: &'static str, problems: &mut Vec<Problem>) -> String {
    match day_of(text) {
        Some(date) => date.to_string(),
        None => {
            problems.push(Problem::new("date-form").on(field));
            String::new()
        }
    }
}

/// A day that may be left out.
fn optional_day(text: &str, field: &'static str, problems: &mut Vec<Problem>) -> Option<String> {
    if text.trim().is_empty() { None } else { Some(needed_day(text, field, problems)) }
}

/// A reason that people typed.
fn reason_of(text: &str) -> Result<String> {
    let reason = crate::kernel::text::nfc(text.trim());
    if reason.is_empty() || reason.chars().count() > 2000 {
        return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
    }
    Ok(reason)
}

/// Today in the province, ISO 8601.
fn today(tx: &Tx<'_>, profile: &Profile) -> String {
    tx.ctx().at.date(profile.province.timezone_minutes).to_string()
}
