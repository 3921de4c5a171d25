//! The tables of reviews of accounts.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{AnswerRow, Campaign, ReviewRow};
use crate::account::{Account, counts_on};
use crate::kernel::id::{AccountId, AgencyId, CampaignId};
use crate::kernel::{Page, PageRequest, Result};
use crate::people::Scope;
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, account_role, agency, review_answer, review_campaign};

pub(super) fn first_account(conn: &mut Conn) -> Result<Option<AccountId>> {
    Ok(account::table.order(account::id.asc()).select(account::id).first(conn).optional()?)
}

pub(super) fn insert_campaign(tx: &mut Tx<'_>, new: &Campaign) -> Result<()> {
    diesel::insert_into(review_campaign::table).values(new).execute(tx.conn())?;
    Ok(())
}

/// Gives a review another day.
pub(super) fn set_due(tx: &mut Tx<'_>, campaign: &CampaignId, due: &str) -> Result<()> {
    diesel::update(review_campaign::table.find(campaign)).set(review_campaign::due_on.eq(due)).execute(tx.conn())?;
    Ok(())
}

/// The accounts that are not closed, each with the agency that answers for it: where it holds its first role on a day, by name.
pub(super) fn accounts_to_review(conn: &mut Conn, day: &str) -> Result<Vec<(AccountId, Option<AgencyId>)>> {
    let ids: Vec<AccountId> =
        account::table.filter(account::state.ne("closed")).order(account::id.asc()).select(account::id).load(conn)?;
    let held: Vec<(AccountId, AgencyId)> = account_role::table
        .inner_join(agency::table)
        .filter(counts_on(day))
        .filter(account_role::deputy_for.is_null())
        .order((agency::name_vi.asc(), agency::id.asc()))
        .select((account_role::account_id, account_role::agency_id))
        .load(conn)?;
    let mut home: HashMap<AccountId, AgencyId> = HashMap::new();
    for (account, agency) in held {
        home.entry(account).or_insert(agency);
    }
    Ok(ids.into_iter().map(|id| (id.clone(), home.remove(&id))).collect())
}

pub(super) fn insert_answer(
    tx: &mut Tx<'_>,
    campaign: &CampaignId,
    account: &AccountId,
    agency: Option<&AgencyId>,
) -> Result<()> {
    diesel::insert_into(review_answer::table)
        .values((
            review_answer::campaign_id.eq(campaign),
            review_answer::account_id.eq(account),
            review_answer::agency_id.eq(agency),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The review that is open, if one is.
pub(super) fn open_campaign(conn: &mut Conn) -> Result<Option<Campaign>> {
    Ok(review_campaign::table
        .filter(review_campaign::ended_at.is_null())
        .order(review_campaign::opened_at.asc())
        .select(Campaign::as_select())
        .first(conn)
        .optional()?)
}

/// When the last review was opened, or, before the first one, when the first account was made; in milliseconds.
pub(super) fn last_opened(conn: &mut Conn) -> Result<Option<i64>> {
    let last: Option<i64> = review_campaign::table.select(diesel::dsl::max(review_campaign::opened_at)).first(conn)?;
    if last.is_some() {
        return Ok(last);
    }
    Ok(account::table.select(diesel::dsl::min(account::created_at)).first(conn)?)
}

/// The reviews, the newest first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn campaigns(conn: &mut Conn, most: i64) -> Result<Vec<Campaign>> {
    Ok(review_campaign::table
        .order((review_campaign::opened_at.desc(), review_campaign::id.desc()))
        .limit(most)
        .select(Campaign::as_select())
        .load(conn)?)
}

/// A review by its id.
///
/// # Errors
/// When the database does not answer.
pub fn campaign_by_id(conn: &mut Conn, id: &CampaignId) -> Result<Option<Campaign>> {
    Ok(review_campaign::table.find(id).select(Campaign::as_select()).first(conn).optional()?)
}

pub(super) fn answer_row(conn: &mut Conn, campaign: &CampaignId, account: &AccountId) -> Result<Option<AnswerRow>> {
    Ok(review_answer::table.find((campaign, account)).select(AnswerRow::as_select()).first(conn).optional()?)
}

/// Every row of a review, in the order of the accounts.
pub(super) fn answers_of(conn: &mut Conn, campaign: &CampaignId) -> Result<Vec<AnswerRow>> {
    Ok(review_answer::table
        .filter(review_answer::campaign_id.eq(campaign))
        .order(review_answer::account_id.asc())
        .select(AnswerRow::as_select())
        .load(conn)?)
}

/// The accounts in a scope that nobody has answered for, each with the agency that does.
pub(super) fn unanswered(
    conn: &mut Conn,
    campaign: &CampaignId,
    scope: &Scope,
) -> Result<Vec<(AccountId, Option<AgencyId>)>> {
    let mut query = review_answer::table
        .filter(review_answer::campaign_id.eq(campaign))
        .filter(review_answer::verdict.is_null())
        .select((review_answer::account_id, review_answer::agency_id))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(review_answer::agency_id.eq_any(own));
    }
    Ok(query.order(review_answer::account_id.asc()).load(conn)?)
}

/// The agencies with accounts that nobody has answered for.
pub(super) fn agencies_unanswered(conn: &mut Conn, campaign: &CampaignId) -> Result<Vec<AgencyId>> {
    let found: Vec<Option<AgencyId>> = review_answer::table
        .filter(review_answer::campaign_id.eq(campaign))
        .filter(review_answer::verdict.is_null())
        .filter(review_answer::agency_id.is_not_null())
        .select(review_answer::agency_id)
        .distinct()
        .load(conn)?;
    Ok(found.into_iter().flatten().collect())
}

pub(super) fn set_answer(
    tx: &mut Tx<'_>,
    campaign: &CampaignId,
    account: &AccountId,
    verdict: &str,
    ending: Option<&str>,
    by: &AccountId,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(review_answer::table.find((campaign, account)))
        .set((
            review_answer::verdict.eq(Some(verdict)),
            review_answer::ending.eq(ending),
            review_answer::answered_by.eq(Some(by)),
            review_answer::answered_at.eq(Some(at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_outcome(tx: &mut Tx<'_>, campaign: &CampaignId, account: &AccountId, outcome: &str) -> Result<()> {
    diesel::update(review_answer::table.find((campaign, account)))
        .set(review_answer::outcome.eq(Some(outcome)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn end_campaign(tx: &mut Tx<'_>, campaign: &CampaignId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(review_campaign::table.find(campaign))
        .set(review_campaign::ended_at.eq(Some(at)))
        .execute(tx.conn())?;
    Ok(())
}

/// A page of a review's rows in a scope, by the agency that answers and the person's name.
///
/// # Errors
/// When the database does not answer.
pub fn review_rows(
    conn: &mut Conn,
    campaign: &CampaignId,
    scope: &Scope,
    page: PageRequest,
) -> Result<Page<ReviewRow>> {
    macro_rules! scoped {
        ($query:expr) => {{
            let mut query = $query;
            if let Scope::Agencies(own) = scope {
                query = query.filter(review_answer::agency_id.eq_any(own));
            }
            query.filter(review_answer::campaign_id.eq(campaign))
        }};
    }
    let total: i64 = scoped!(review_answer::table.select(count_star()).into_boxed()).first(conn)?;
    let total = u64::try_from(total).unwrap_or(0);
    let request = page.within(total);
    let rows: Vec<(AnswerRow, Account)> = scoped!(
        review_answer::table
            .inner_join(account::table)
            .select((AnswerRow::as_select(), Account::as_select()))
            .into_boxed()
    )
    .order((review_answer::agency_id.asc(), account::full_name.asc(), account::id.asc()))
    .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
    .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
    .load(conn)?;
    let names: Vec<(AgencyId, String)> = agency::table.select((agency::id, agency::name_vi)).load(conn)?;
    let names: HashMap<AgencyId, String> = names.into_iter().collect();
    let items = rows
        .into_iter()
        .map(|(answer, account)| {
            let agency = answer.agency_id.as_ref().and_then(|id| names.get(id).cloned());
            ReviewRow { answer, account, agency }
        })
        .collect();
    Ok(Page { items, total, request })
}

/// How many accounts an agency answers for in a review, and for how many of them nobody has: of some agencies, or of all.
///
/// # Errors
/// When the database does not answer.
pub fn answer_counts(conn: &mut Conn, campaign: &CampaignId, scope: &Scope) -> Result<Vec<(AgencyId, u64, u64)>> {
    let mut query = review_answer::table
        .filter(review_answer::campaign_id.eq(campaign))
        .group_by((review_answer::agency_id, review_answer::verdict))
        .select((review_answer::agency_id, review_answer::verdict, count_star()))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(review_answer::agency_id.eq_any(own));
    }
    let rows: Vec<(Option<AgencyId>, Option<String>, i64)> = query.load(conn)?;
    let mut counts: HashMap<AgencyId, (u64, u64)> = HashMap::new();
    for (agency, verdict, count) in rows {
        let (Some(agency), count) = (agency, u64::try_from(count).unwrap_or(0)) else { continue };
        let (all, waiting) = counts.entry(agency).or_default();
        *all += count;
        *waiting += if verdict.is_none() { count } else { 0 };
    }
    Ok(counts.into_iter().map(|(agency, (all, waiting))| (agency, all, waiting)).collect())
}

/// How many rows of a review in a scope stand how: `waiting`, the verdicts while it is open, the outcomes afterwards.
///
/// # Errors
/// When the database does not answer.
pub fn outcome_counts(conn: &mut Conn, campaign: &CampaignId, scope: &Scope) -> Result<Vec<(String, u64)>> {
    let mut query = review_answer::table
        .filter(review_answer::campaign_id.eq(campaign))
        .select((review_answer::verdict, review_answer::outcome))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(review_answer::agency_id.eq_any(own));
    }
    let rows: Vec<(Option<String>, Option<String>)> = query.load(conn)?;
    let mut counts: Vec<(String, u64)> = Vec::new();
    for (verdict, outcome) in rows {
        let code = outcome.or(verdict).unwrap_or_else(|| "waiting".to_owned());
        match counts.iter_mut().find(|(known, _)| *known == code) {
            Some((_, count)) => *count += 1,
            None => counts.push((code, 1)),
        }
    }
    counts.sort();
    Ok(counts)
}
