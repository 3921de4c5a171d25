//! The periodic review of accounts [rà soát tài khoản]: a campaign lists every account; each agency's focal point says of each
//! whether it is kept, changed or closed; on the day, what was answered is carried out and what was not is locked.
//!
//! Invariants: one campaign at a time; nobody answers for their own account; whoever opened the campaign and whoever is the last to run
//! the portal is locked by no silence.

mod model;
mod store;

use std::collections::BTreeMap;

use chrono::{Days, Months, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use super::{Scope, acting, day_of, scope, today};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, State, role};
use crate::audit;
use crate::kernel::id::{AccountId, AgencyId, CampaignId};
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::{Tx, lock_row};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

pub use model::{AnswerRow, Campaign, ReviewRow};
pub use store::{answer_counts, campaign_by_id, campaigns, outcome_counts, review_rows};

/// The kind of the recurring job that reminds, ends and opens reviews.
pub const ACCOUNT_REVIEW: &str = "account-review";
/// A day, in seconds.
pub const ACCOUNT_REVIEW_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: before anybody works.
pub const ACCOUNT_REVIEW_AT: i64 = 3600;

/// The form that opens a review.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReviewForm {
    /// The day on which what is not answered is locked.
    pub due: String,
}

/// Opens a review of every account that is not closed.
///
/// # Errors
/// `Forbidden`; `Invalid` (`date-form`, `review-due-past` on `due`); `Conflict` (`review-open`).
pub fn open_review(tx: &mut Tx<'_>, profile: &Profile, form: &ReviewForm) -> Result<CampaignId> {
    let person = acting(tx, profile)?;
    may(&person, Action::IssueAccounts).require()?;
    let day = today(tx, profile);
    let due = day_of(&form.due).ok_or_else(|| Error::invalid(Problem::new("date-form").on("due")))?.to_string();
    if due <= day {
        return Err(Error::invalid(Problem::new("review-due-past").on("due")));
    }
    open(tx, Some(&person.account.id), &day, &due)
}

fn open(tx: &mut Tx<'_>, by: Option<&AccountId>, day: &str, due: &str) -> Result<CampaignId> {
    // The log's own lock comes at the end only; whoever opens waits for whoever opens.
    if let Some(first) = store::first_account(tx.conn())? {
        lock_row(tx.conn(), "account", first.as_str())?;
    }
    if store::open_campaign(tx.conn())?.is_some() {
        return Err(Error::conflict(Problem::new("review-open")));
    }
    let id = CampaignId::fresh();
    store::insert_campaign(tx, &id, by, due)?;
    let (mut count, mut agencies) = (0, Vec::new());
    for (account, agency) in store::accounts_to_review(tx.conn(), day)? {
        store::insert_answer(tx, &id, &account, agency.as_ref())?;
        agencies.extend(agency);
        count += 1;
    }
    audit::record(tx, "account-review.open", "account-review", id.as_str(), json!({ "accounts": count, "due": due }));
    tell(tx, agencies, "account-review-opened", &id, due)?;
    Ok(id)
}

/// Tells those who answer for some agencies, and the coordinating department.
fn tell(tx: &mut Tx<'_>, mut agencies: Vec<AgencyId>, event: &'static str, id: &CampaignId, due: &str) -> Result<()> {
    agencies.sort();
    agencies.dedup();
    let mut to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    for agency in agencies {
        to.push(Receivers::RoleAt(role::FOCAL_POINT.to_owned(), agency.clone()));
        to.push(Receivers::RoleAt(role::AGENCY_HEAD.to_owned(), agency));
    }
    account::announce(tx, to, event, &[("date", shown(due).into())], format!("/internal/accounts/reviews/{id}"))
}

/// A day as both languages' forms and notices write it.
fn shown(day: &str) -> String {
    day_of(day).map_or_else(|| day.to_owned(), |day| day.format("%d/%m/%Y").to_string())
}

/// The answers of a page, as its form sends them: `verdict-ID` and `ending-ID` for accounts, and `rest` = `keep` for all that are left.
pub type Answers = BTreeMap<String, String>;

/// Takes down answers; says how many. A verdict that was given is given anew until the day comes; one that is left empty says nothing.
/// With `rest`, every account that the person answers for and that has no answer yet is kept.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`); `Invalid` (`review-verdict`, `review-ending` on the field); `Conflict` (`review-over`).
pub fn answer(tx: &mut Tx<'_>, profile: &Profile, id: &CampaignId, answers: &Answers) -> Result<usize> {
    let person = acting(tx, profile)?;
    may(&person, Action::SeeAccounts).require()?;
    lock_row(tx.conn(), "review_campaign", id.as_str())?;
    let campaign = campaign_by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    let day = today(tx, profile);
    if campaign.ended_at.is_some() || campaign.due_on <= day {
        return Err(Error::conflict(Problem::new("review-over")));
    }
    let (mut given, mut problems) = (0, Vec::new());
    for (field, verdict) in answers {
        let Some(account) = field.strip_prefix("verdict-").and_then(AccountId::parse) else { continue };
        if verdict.is_empty() {
            continue;
        }
        let row = store::answer_row(tx.conn(), id, &account)?.ok_or_else(Error::not_found)?;
        answers_for(&person, row.agency_id.as_ref())?;
        if account == person.account.id {
            return Err(Error::forbidden(Problem::new("own-account")));
        }
        let ending = answers.get(&format!("ending-{account}")).cloned().unwrap_or_default();
        let ending = match verdict.as_str() {
            "keep" | "close" => None,
            "change" => {
                let held = account::roles_of(tx.conn(), &account)?;
                let visible = scope(&person);
                if !held.iter().any(|role| role.key() == ending && visible.holds(&role.agency)) {
                    problems.push(Problem::new("review-ending").on(format!("ending-{account}")));
                    continue;
                }
                Some(ending)
            }
            _ => {
                problems.push(Problem::new("review-verdict").on(format!("verdict-{account}")));
                continue;
            }
        };
        if row.verdict.as_deref() == Some(verdict.as_str()) && row.ending == ending {
            continue;
        }
        store::set_answer(tx, id, &account, verdict, ending.as_deref(), &person.account.id)?;
        let detail = json!({ "campaign": id, "before": row.verdict, "after": verdict, "ending": ending });
        audit::record(tx, "account-review.answer", "account", account.as_str(), detail);
        given += 1;
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    if answers.get("rest").map(String::as_str) == Some("keep") {
        for account in store::unanswered(tx.conn(), id, &scope(&person))? {
            if account == person.account.id {
                continue;
            }
            store::set_answer(tx, id, &account, "keep", None, &person.account.id)?;
            let detail = json!({ "campaign": id, "before": null, "after": "keep" });
            audit::record(tx, "account-review.answer", "account", account.as_str(), detail);
            given += 1;
        }
    }
    Ok(given)
}

/// Whether a person answers for an agency's accounts; for those of nobody the coordinating department does. What one does not answer for
/// does not exist.
fn answers_for(person: &Person, agency: Option<&AgencyId>) -> Result<()> {
    let action = agency.map_or(Action::IssueAccounts, Action::AnswerForAccounts);
    if may(person, action).granted() { Ok(()) } else { Err(Error::not_found()) }
}

/// The day's turn: ends the review whose day has come, reminds before it, and opens the next one when the profile's period is over. Ends
/// the job's turn in the same transaction.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub fn turn_review(tx: &mut Tx<'_>, profile: &Profile, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    let day = today(tx, profile);
    match store::open_campaign(tx.conn())? {
        Some(campaign) if campaign.due_on <= day => finish(tx, &campaign, &day)?,
        Some(campaign) => remind(tx, profile, &campaign, &day)?,
        None => {
            if let Some(due) = next_due(tx, profile, &day)? {
                open(tx, None, &day, &due)?;
            }
        }
    }
    queue::complete(tx, lease)
}

/// The day on which a review that is due to be opened ends; nothing while none is due.
fn next_due(tx: &mut Tx<'_>, profile: &Profile, day: &str) -> Result<Option<String>> {
    let months = profile.accounts.review_months.value;
    let Some(last) = store::last_opened(tx.conn())?.filter(|_| months > 0) else { return Ok(None) };
    let last = Timestamp(last).date(profile.province.timezone_minutes);
    let answer = u64::from(profile.accounts.review_answer_days.value);
    let due = |today: NaiveDate| today.checked_add_days(Days::new(answer)).map(|day| day.to_string());
    Ok(day_of(day)
        .filter(|today| last.checked_add_months(Months::new(months)).is_some_and(|next| next <= *today))
        .and_then(due))
}

/// Reminds those who have not answered, on the profile's days before the day, once a day. A day that was missed is made up for.
fn remind(tx: &mut Tx<'_>, profile: &Profile, campaign: &Campaign, day: &str) -> Result<()> {
    let (Some(due), Some(today)) = (day_of(&campaign.due_on), day_of(day)) else { return Ok(()) };
    let opened = Timestamp(campaign.opened_at).date(profile.province.timezone_minutes);
    let since = campaign.reminded_on.as_deref().and_then(day_of).unwrap_or(opened);
    let reached =
        profile.accounts.review_reminder_days.value.iter().any(|before| {
            due.checked_sub_days(Days::new(u64::from(*before))).is_some_and(|on| since < on && on <= today)
        });
    if !reached {
        return Ok(());
    }
    let agencies = store::agencies_unanswered(tx.conn(), &campaign.id)?;
    store::set_reminded(tx, &campaign.id, day)?;
    if store::unanswered(tx.conn(), &campaign.id, &Scope::All)?.is_empty() {
        return Ok(());
    }
    tell(tx, agencies, "account-review-reminder", &campaign.id, &campaign.due_on)
}

/// Carries out what was answered, and locks what was not.
fn finish(tx: &mut Tx<'_>, campaign: &Campaign, day: &str) -> Result<()> {
    lock_row(tx.conn(), "review_campaign", campaign.id.as_str())?;
    let yesterday = day_of(day).and_then(|day| day.pred_opt()).map(|day| day.to_string()).unwrap_or_default();
    let mut counts: BTreeMap<&'static str, u64> = BTreeMap::new();
    for row in store::answers_of(tx.conn(), &campaign.id)? {
        let outcome = match (row.verdict.as_deref(), &row.ending) {
            (Some("keep"), _) => "kept",
            // What ends with the last operator's role is the portal.
            (Some("change"), Some(_)) if account::is_last_operator(tx.conn(), &row.account_id, day)? => "spared",
            (Some("change"), Some(key)) => match account::end_role(tx, &row.account_id, key, &yesterday) {
                Ok(()) => "changed",
                // The role went, or ended, by another way meanwhile.
                Err(error) if error.has("not-found") || error.has("role-over") => "changed",
                Err(error) => return Err(error),
            },
            (Some("close"), _) => state(tx, &row.account_id, State::Closed, "closed", &campaign.id, day)?,
            _ if campaign.opened_by.as_ref() == Some(&row.account_id) => "spared",
            _ => state(tx, &row.account_id, State::Locked, "locked", &campaign.id, day)?,
        };
        store::set_outcome(tx, &campaign.id, &row.account_id, outcome)?;
        *counts.entry(outcome).or_default() += 1;
    }
    store::end_campaign(tx, &campaign.id)?;
    audit::record(tx, "account-review.end", "account-review", campaign.id.as_str(), json!({ "outcomes": counts }));
    let count = |outcome: &str| counts.get(outcome).copied().unwrap_or(0);
    account::announce(
        tx,
        vec![Receivers::Role(role::COORDINATOR.to_owned())],
        "account-review-ended",
        &[
            ("kept", count("kept").into()),
            ("changed", count("changed").into()),
            ("closed", count("closed").into()),
            ("locked", count("locked").into()),
        ],
        format!("/internal/accounts/reviews/{}", campaign.id),
    )
}

/// Locks or closes an account, or spares the last one that runs the portal; what is so already is left so.
fn state(
    tx: &mut Tx<'_>,
    id: &AccountId,
    to: State,
    outcome: &'static str,
    campaign: &CampaignId,
    day: &str,
) -> Result<&'static str> {
    match account::set_state(tx, id, to, &format!("account-review {campaign}"), day) {
        Ok(()) => Ok(outcome),
        Err(error) if error.has("last-operator") => Ok("spared"),
        Err(error) if error.has("account-closed") => Ok("closed"),
        Err(error) if error.has("account-state") => Ok(outcome),
        Err(error) => Err(error),
    }
}
