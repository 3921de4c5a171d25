//! The periodic review of accounts [rà soát tài khoản]: a campaign lists every account; each agency's focal point says of each
//! whether it is kept, changed or closed; on the day, what was answered is carried out and what was not is locked. Each agency with accounts
//! to answer for has a [`duty`], whose day is the last one on which answers count; the engine alone reminds.
//!
//! Invariants: one campaign at a time; nobody answers for their own account; whoever opened the campaign and whoever is the last to run
//! the portal is locked by no silence; no silence locks before the reminders were given; an agency's duty ends with its last answer, with
//! the campaign, or with an agency that nobody took over.

mod model;
mod store;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};
use serde::Deserialize;
use serde_json::json;

use super::{acting, day_of, scope, today};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, State, role};
use crate::agency::{self, Heirs};
use crate::audit;
use crate::duty::{self, Calendar, Duty, Ending, Kind, Wanted};
use crate::kernel::id::{AccountId, AgencyId, CampaignId};
use crate::kernel::{Arg, Error, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Tx, lock_row};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

pub use model::{AnswerRow, Campaign, ReviewRow};
pub use store::{answer_counts, campaign_by_id, campaigns, outcome_counts, review_rows};

/// The kind of the recurring job that ends and opens reviews.
pub const ACCOUNT_REVIEW: &str = "account-review";
/// A day, in seconds.
pub const ACCOUNT_REVIEW_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: before duties are gone through, so that nobody is reminded of a review that is
/// over.
pub const ACCOUNT_REVIEW_AT: i64 = 600;

/// How the duty ends of an agency that answered for all its accounts, and of one that did not: ends of the messages `duty-how-…`.
const ANSWERED: &str = "answered";
const UNANSWERED: &str = "unanswered";

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
    let due = day_of(&form.due).ok_or_else(|| Error::invalid(Problem::new("date-form").on("due")))?;
    if due <= tx.ctx().at.date(profile.province.timezone_minutes) {
        return Err(Error::invalid(Problem::new("review-due-past").on("due")));
    }
    open(tx, profile, Some(&person.account.id), due)
}

fn open(tx: &mut Tx<'_>, profile: &Profile, by: Option<&AccountId>, due: NaiveDate) -> Result<CampaignId> {
    // The log's own lock comes at the end only; whoever opens waits for whoever opens.
    if let Some(first) = store::first_account(tx.conn())? {
        lock_row(tx.conn(), "account", first.as_str())?;
    }
    if store::open_campaign(tx.conn())?.is_some() {
        return Err(Error::conflict(Problem::new("review-open")));
    }
    let id = CampaignId::fresh();
    let campaign = Campaign {
        id: id.clone(),
        opened_by: by.cloned(),
        opened_at: tx.ctx().at.0,
        due_on: due.to_string(),
        ended_at: None,
    };
    store::insert_campaign(tx, &campaign)?;
    let (day, mut count, mut agencies) = (today(tx, profile), 0, BTreeSet::new());
    for (account, agency) in store::accounts_to_review(tx.conn(), &day)? {
        store::insert_answer(tx, &id, &account, agency.as_ref())?;
        agencies.extend(agency);
        count += 1;
    }
    audit::record(tx, "account-review.open", "account-review", id.as_str(), json!({ "accounts": count, "due": due }));
    let heirs = agency::heirs(tx.conn(), &day)?;
    for agency in agencies.iter().filter(|agency| !heirs.is_gone(agency)) {
        duty::put(tx, profile, wanted(profile, &campaign, agency, &heirs))?;
    }
    // Those who answer for the agencies, and the coordinating department, which answers for accounts of none.
    let mut to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    for agency in agencies {
        to.push(Receivers::RoleAt(role::FOCAL_POINT.to_owned(), agency.clone()));
        to.push(Receivers::RoleAt(role::AGENCY_HEAD.to_owned(), agency));
    }
    account::announce(
        tx,
        to,
        "account-review-opened",
        &[("date", due.into())],
        format!("/internal/accounts/reviews/{id}"),
    )?;
    Ok(id)
}

/// The duty to answer for an agency's accounts; of one that was merged whoever took over answers. Its day is the last one on which answers
/// count; on the day of the review itself what is not answered is locked.
fn wanted(profile: &Profile, campaign: &Campaign, agency: &AgencyId, heirs: &Heirs) -> Wanted {
    let rule = &profile.accounts.review_months;
    let from = opened_on(profile, campaign);
    let due = last_day(campaign).unwrap_or(from);
    Wanted {
        kind: Kind::AccountReview,
        subject: agency.to_string(),
        turn: campaign.id.to_string(),
        agency: heirs.of(agency).clone(),
        // Whoever took over may have a duty of their own beside it.
        title: heirs.called(agency).unwrap_or_default().to_owned(),
        days: duty::Days { from, opens: from, soon: duty::soon_from(profile, from, due), due },
        basis: rule.basis.as_ref().map(ToString::to_string),
        verified: rule.verified,
        before: Ending { done: false, how: UNANSWERED, at: Timestamp(campaign.opened_at), by: None },
    }
}

fn opened_on(profile: &Profile, campaign: &Campaign) -> NaiveDate {
    Timestamp(campaign.opened_at).date(profile.province.timezone_minutes)
}

/// The day on which a review ends that opens by itself on a day: what is not answered by then is locked.
pub fn ends_on(profile: &Profile, opened: NaiveDate) -> Option<NaiveDate> {
    duty::review_answered_by(profile, opened).succ_opt()
}

/// The last day on which answers of a review count.
fn last_day(campaign: &Campaign) -> Option<NaiveDate> {
    day_of(&campaign.due_on).and_then(|day| day.pred_opt())
}

/// Lets the review that is open follow the rules of today, and its duties follow it. Says how many duties it wrote.
///
/// # Errors
/// When the database does not answer.
pub fn renew_review_duties(tx: &mut Tx<'_>, profile: &Profile) -> Result<usize> {
    let Some(open) = store::open_campaign(tx.conn())? else { return Ok(0) };
    let Some(campaign) = held(tx, profile, &open.id)? else { return Ok(0) };
    let at = tx.ctx().at;
    let today = at.date(profile.province.timezone_minutes);
    let heirs = agency::heirs(tx.conn(), &today.to_string())?;
    let silent = store::agencies_unanswered(tx.conn(), &campaign.id)?;
    // Of a body that nobody took over nobody is left who could answer.
    let (gone, silent): (Vec<_>, Vec<_>) = silent.into_iter().partition(|agency| heirs.is_gone(agency));
    let wanted = silent.iter().map(|agency| wanted(profile, &campaign, agency, &heirs)).collect();
    let kept = duty::open(tx.conn(), Kind::AccountReview)?;
    let over = |duty: &Duty| {
        let dissolved = gone.iter().any(|agency| agency.as_str() == duty.subject);
        let how = if dissolved { Ending::DISSOLVED } else { ANSWERED };
        Ending { done: !dissolved, how, at, by: None }
    };
    let steps = duty::compare(kept, wanted, (Calendar::of(profile), today), over);
    let count = steps.len();
    duty::write(tx, profile, steps)?;
    Ok(count)
}

/// A review that is still open, held until the transaction ends as whoever answers does, with its day by the rules of today.
fn held(tx: &mut Tx<'_>, profile: &Profile, id: &CampaignId) -> Result<Option<Campaign>> {
    lock_row(tx.conn(), "review_campaign", id.as_str())?;
    match campaign_by_id(tx.conn(), id)?.filter(|campaign| campaign.ended_at.is_none()) {
        Some(campaign) => follow(tx, profile, campaign).map(Some),
        None => Ok(None),
    }
}

/// Gives a review that opened by itself the day that the rules count now, but none on which answers would have been too late already. The
/// day of one that a person opened is that person's word.
fn follow(tx: &mut Tx<'_>, profile: &Profile, campaign: Campaign) -> Result<Campaign> {
    let Some(kept) = last_day(&campaign).filter(|_| campaign.opened_by.is_none()) else { return Ok(campaign) };
    let counted = duty::review_answered_by(profile, opened_on(profile, &campaign));
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let last = duty::moved(counted, kept, Calendar::of(profile).on_or_after(today));
    let due_on = last.succ_opt().unwrap_or(last).to_string();
    if due_on == campaign.due_on {
        return Ok(campaign);
    }
    store::set_due(tx, &campaign.id, &due_on)?;
    let detail = json!({ "due": { "before": campaign.due_on, "after": due_on } });
    audit::record(tx, "account-review.days", "account-review", campaign.id.as_str(), detail);
    Ok(Campaign { due_on, ..campaign })
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
    if !takes_answers(tx.conn(), profile, &campaign, &day)? {
        return Err(Error::conflict(Problem::new("review-over")));
    }
    let (mut given, mut problems, mut touched) = (0, Vec::new(), BTreeSet::new());
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
        touched.extend(row.agency_id);
        given += 1;
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    if answers.get("rest").map(String::as_str) == Some("keep") {
        for (account, agency) in store::unanswered(tx.conn(), id, &scope(&person))? {
            if account == person.account.id || answers_for(&person, agency.as_ref()).is_err() {
                continue;
            }
            store::set_answer(tx, id, &account, "keep", None, &person.account.id)?;
            let detail = json!({ "campaign": id, "before": null, "after": "keep" });
            audit::record(tx, "account-review.answer", "account", account.as_str(), detail);
            touched.extend(agency);
            given += 1;
        }
    }
    let waiting = store::agencies_unanswered(tx.conn(), id)?;
    let ending = Ending { done: true, how: ANSWERED, at: tx.ctx().at, by: Some(person.account.id.clone()) };
    for agency in touched.iter().filter(|agency| !waiting.contains(agency)) {
        duty::settle(tx, profile, (Kind::AccountReview, agency.as_str(), id.as_str()), &ending)?;
    }
    Ok(given)
}

/// Whether a person answers for an agency's accounts; for those of nobody the coordinating department does. What one does not answer for
/// does not exist.
fn answers_for(person: &Person, agency: Option<&AgencyId>) -> Result<()> {
    let action = agency.map_or(Action::IssueAccounts, Action::AnswerForAccounts);
    if may(person, action).granted() { Ok(()) } else { Err(Error::not_found()) }
}

/// The day's turn: ends the review whose day has come and whose agencies were reminded, and opens the next one when the profile's period is
/// over. Ends the job's turn in the same transaction.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub fn turn_review(tx: &mut Tx<'_>, profile: &Profile, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    let day = today(tx, profile);
    match store::open_campaign(tx.conn())? {
        Some(open) => {
            // By the rules of today: who is locked by older ones stays locked.
            if let Some(campaign) = held(tx, profile, &open.id)?.filter(|campaign| campaign.due_on <= day)
                && were_reminded(tx.conn(), profile, &campaign)?
            {
                finish(tx, profile, &campaign, &day)?;
            }
        }
        None => {
            if let Some(due) = next_due(tx, profile)? {
                open(tx, profile, None, due)?;
            }
        }
    }
    queue::complete(tx, lease)
}

/// Whether a review takes answers on a day: until the one on which it ends, and after that as long as it waits for its reminders.
///
/// # Errors
/// When the database does not answer.
pub fn takes_answers(conn: &mut Conn, profile: &Profile, campaign: &Campaign, day: &str) -> Result<bool> {
    Ok(campaign.ended_at.is_none() && (campaign.due_on.as_str() > day || !were_reminded(conn, profile, campaign)?))
}

/// Whether every agency that has not answered had the reminders that come before the end. Where it had none, because nothing ran or the
/// clock leapt ahead, the night that notices it reminds, and the next one ends the review.
fn were_reminded(conn: &mut Conn, profile: &Profile, campaign: &Campaign) -> Result<bool> {
    let Some(last) = last_day(campaign) else { return Ok(true) };
    let open = duty::open(conn, Kind::AccountReview)?;
    let mut own = open.iter().filter(|duty| duty.is_turn(campaign.id.as_str()));
    Ok(own.all(|duty| duty::was_reminded(duty, profile, last)))
}

/// The day on which a review that is due to be opened ends; nothing while none is due.
fn next_due(tx: &mut Tx<'_>, profile: &Profile) -> Result<Option<NaiveDate>> {
    let (months, minutes) = (profile.accounts.review_months.value, profile.province.timezone_minutes);
    let today = tx.ctx().at.date(minutes);
    let Some(last) = store::last_opened(tx.conn())?.filter(|_| months > 0) else { return Ok(None) };
    let next = Timestamp(last).date(minutes).checked_add_months(Months::new(months));
    Ok(next.filter(|next| *next <= today).and_then(|_| ends_on(profile, today)))
}

/// Carries out what was answered in a review that is held, and locks what was not.
fn finish(tx: &mut Tx<'_>, profile: &Profile, campaign: &Campaign, day: &str) -> Result<()> {
    let heirs = agency::heirs(tx.conn(), day)?;
    for agency in store::agencies_unanswered(tx.conn(), &campaign.id)? {
        let how = if heirs.is_gone(&agency) { Ending::DISSOLVED } else { UNANSWERED };
        let ending = Ending { done: false, how, at: tx.ctx().at, by: None };
        duty::settle(tx, profile, (Kind::AccountReview, agency.as_str(), campaign.id.as_str()), &ending)?;
    }
    let yesterday = day_of(day).and_then(|day| day.pred_opt()).map(|day| day.to_string()).unwrap_or_default();
    let mut counts = Outcomes::new();
    let mut by_agency: BTreeMap<AgencyId, Outcomes> = BTreeMap::new();
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
        let agency = row.agency_id.as_ref().filter(|agency| outcome != "spared" && !heirs.is_gone(agency));
        if let Some(agency) = agency {
            *by_agency.entry(heirs.of(agency).clone()).or_default().entry(outcome).or_default() += 1;
        }
    }
    store::end_campaign(tx, &campaign.id)?;
    audit::record(tx, "account-review.end", "account-review", campaign.id.as_str(), json!({ "outcomes": counts }));
    let page = format!("/internal/accounts/reviews/{}", campaign.id);
    let coordinator = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    account::announce(tx, coordinator, "account-review-ended", &said(&counts), page.clone())?;
    // Each agency hears what became of its own accounts: whoever was locked cannot ask.
    for (agency, counts) in by_agency {
        let to = [role::FOCAL_POINT, role::AGENCY_HEAD].map(|role| Receivers::RoleAt(role.to_owned(), agency.clone()));
        account::announce(tx, to.into(), "account-review-ended-own", &said(&counts), page.clone())?;
    }
    Ok(())
}

/// How many accounts of a review have which outcome.
type Outcomes = BTreeMap<&'static str, u64>;

/// The same as a notice mentions it.
fn said(counts: &Outcomes) -> [(&'static str, Arg); 4] {
    ["kept", "changed", "closed", "locked"]
        .map(|outcome| (outcome, counts.get(outcome).copied().unwrap_or_default().into()))
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
