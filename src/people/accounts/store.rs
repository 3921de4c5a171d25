//! The table of requests for accounts, and accounts as their administration reads them.

use std::collections::HashMap;

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::form::Wanted;
use super::model::{AccountFilter, AccountRequest, AccountRow, ListedAccount};
use crate::account::{Account, counts_on, roles_of};
use crate::kernel::id::{AccountId, AccountRequestId, AgencyId};
use crate::kernel::{Page, PageRequest, Result};
use crate::people::Scope;
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, account_request, account_role, agency};

/// The accounts of some agencies: those with a role there that counts on a day or will.
fn at(conn: &mut Conn, agencies: &[AgencyId], day: &str) -> Result<Vec<AccountId>> {
    Ok(account_role::table
        .filter(account_role::agency_id.eq_any(agencies))
        .filter(account_role::valid_to.is_null().or(account_role::valid_to.ge(day.to_owned())))
        .select(account_role::account_id)
        .distinct()
        .load(conn)?)
}

/// A page of the accounts in a scope, by name, with the roles that count on a day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn list_accounts(
    conn: &mut Conn,
    scope: &Scope,
    filter: &AccountFilter,
    day: &str,
    page: PageRequest,
) -> Result<Page<ListedAccount>> {
    let own = match scope {
        Scope::All => None,
        Scope::Agencies(agencies) => Some(at(conn, agencies, day)?),
    };
    let words = filter.query.trim().replace(['%', '_', '\0'], "");
    macro_rules! filtered {
        ($query:expr) => {{
            let mut query = $query;
            if let Some(own) = &own {
                query = query.filter(account::id.eq_any(own));
            }
            if !filter.state.is_empty() {
                query = query.filter(account::state.eq(&filter.state));
            }
            if !words.is_empty() {
                let (any, lower) = (format!("%{words}%"), format!("%{}%", words.to_lowercase()));
                query = query.filter(
                    account::full_name
                        .like(any)
                        .or(account::user_name.like(lower.clone()))
                        .or(account::email.like(lower)),
                );
            }
            query
        }};
    }
    let total: i64 = filtered!(account::table.select(count_star()).into_boxed()).first(conn)?;
    let total = u64::try_from(total).unwrap_or(0);
    let request = page.within(total);
    let accounts: Vec<Account> = filtered!(account::table.select(Account::as_select()).into_boxed())
        .order((account::full_name.asc(), account::id.asc()))
        .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
        .load(conn)?;
    let ids: Vec<AccountId> = accounts.iter().map(|account| account.id.clone()).collect();
    let mut roles = roles_on(conn, &ids, day)?;
    let items = accounts
        .into_iter()
        .map(|account| ListedAccount { roles: roles.remove(account.id.as_str()).unwrap_or_default(), account })
        .collect();
    Ok(Page { items, total, request })
}

/// The roles that count on a day, by account: code and the agency's name.
fn roles_on(conn: &mut Conn, ids: &[AccountId], day: &str) -> Result<HashMap<String, Vec<(String, String)>>> {
    let rows: Vec<(AccountId, String, String)> = account_role::table
        .inner_join(agency::table)
        .filter(account_role::account_id.eq_any(ids))
        .filter(counts_on(day))
        .order((agency::name_vi.asc(), account_role::role.asc()))
        .select((account_role::account_id, account_role::role, agency::name_vi))
        .load(conn)?;
    let mut roles: HashMap<String, Vec<(String, String)>> = HashMap::new();
    for (id, role, name) in rows {
        roles.entry(id.to_string()).or_default().push((role, name));
    }
    Ok(roles)
}

/// An account in a scope with all its roles; nothing for one outside of it.
///
/// # Errors
/// When the database does not answer.
pub fn find_account(conn: &mut Conn, scope: &Scope, id: &AccountId, day: &str) -> Result<Option<AccountRow>> {
    if let Scope::Agencies(agencies) = scope
        && !at(conn, agencies, day)?.contains(id)
    {
        return Ok(None);
    }
    let found: Option<Account> = account::table.find(id).select(Account::as_select()).first(conn).optional()?;
    let Some(account) = found else { return Ok(None) };
    let names: Vec<(AgencyId, String)> = agency::table.select((agency::id, agency::name_vi)).load(conn)?;
    let names: HashMap<AgencyId, String> = names.into_iter().collect();
    let roles = roles_of(conn, id)?
        .into_iter()
        .filter(|role| scope.holds(&role.agency))
        .map(|role| {
            let name = names.get(&role.agency).cloned().unwrap_or_default();
            (role, name)
        })
        .collect();
    Ok(Some(AccountRow { account, roles }))
}

/// Some accounts in a scope, by name; day is ISO 8601.
///
/// # Errors
/// When the database does not answer.
pub fn accounts_by_id(conn: &mut Conn, scope: &Scope, ids: &[AccountId], day: &str) -> Result<Vec<Account>> {
    let mut found: Vec<Account> = account::table
        .filter(account::id.eq_any(ids))
        .order((account::full_name.asc(), account::id.asc()))
        .select(Account::as_select())
        .load(conn)?;
    if let Scope::Agencies(agencies) = scope {
        let own = at(conn, agencies, day)?;
        found.retain(|account| own.contains(&account.id));
    }
    Ok(found)
}

/// Whether an account (other than one that keeps its own), or a request that waits, has a user name or an e-mail: names in that order.
pub(super) fn taken(conn: &mut Conn, user_name: &str, email: &str, but: Option<&AccountId>) -> Result<(bool, bool)> {
    let others: Vec<(AccountId, String, String)> = account::table
        .filter(account::user_name.eq(user_name).or(account::email.eq(user_name)).or(account::email.eq(email)))
        .select((account::id, account::user_name, account::email))
        .load(conn)?;
    let others: Vec<_> = others.into_iter().filter(|(id, ..)| Some(id) != but).collect();
    let waiting: Vec<(String, String)> = account_request::table
        .filter(account_request::state.eq("asked"))
        .filter(account_request::user_name.eq(user_name).or(account_request::email.eq(email)))
        .select((account_request::user_name, account_request::email))
        .load(conn)?;
    Ok((
        others.iter().any(|(_, name, mail)| name == user_name || mail == user_name)
            || waiting.iter().any(|(name, _)| name == user_name),
        others.iter().any(|(.., theirs)| theirs == email) || waiting.iter().any(|(_, mail)| mail == email),
    ))
}

pub(super) fn insert_request(
    tx: &mut Tx<'_>,
    id: &AccountRequestId,
    agency: &AgencyId,
    by: &AccountId,
    user_name: &str,
    wanted: &Wanted,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(account_request::table)
        .values((
            account_request::id.eq(id),
            account_request::agency_id.eq(agency),
            account_request::asked_by.eq(by),
            account_request::asked_at.eq(at),
            account_request::full_name.eq(&wanted.full_name),
            account_request::user_name.eq(user_name),
            account_request::email.eq(&wanted.email),
            account_request::role.eq(&wanted.role),
            account_request::valid_from.eq(&wanted.valid_from),
            account_request::valid_to.eq(&wanted.valid_to),
            account_request::reason.eq(&wanted.reason),
            account_request::state.eq("asked"),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes a decision on a request that waits; says whether it still waited.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: &AccountRequestId,
    by: &AccountId,
    state: &str,
    note: Option<&str>,
    made: Option<&AccountId>,
) -> Result<bool> {
    let at = tx.ctx().at.0;
    let waiting = account_request::table.find(id).filter(account_request::state.eq("asked"));
    let changed = diesel::update(waiting)
        .set((
            account_request::state.eq(state),
            account_request::decided_by.eq(Some(by)),
            account_request::decided_at.eq(Some(at)),
            account_request::decision_note.eq(note),
            account_request::account_id.eq(made),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// A request in a scope, with the agency's name; nothing for one outside of it.
///
/// # Errors
/// When the database does not answer.
pub fn request_by_id(
    conn: &mut Conn,
    scope: &Scope,
    id: &AccountRequestId,
) -> Result<Option<(AccountRequest, String)>> {
    let found: Option<(AccountRequest, String)> = account_request::table
        .inner_join(agency::table)
        .filter(account_request::id.eq(id))
        .select((AccountRequest::as_select(), agency::name_vi))
        .first(conn)
        .optional()?;
    Ok(found.filter(|(request, _)| scope.holds(&request.agency_id)))
}

/// The requests in a scope that wait for a decision, the oldest first, at most so many; and how many there are.
///
/// # Errors
/// When the database does not answer.
pub fn requests_waiting(conn: &mut Conn, scope: &Scope, most: i64) -> Result<(Vec<(AccountRequest, String)>, u64)> {
    macro_rules! scoped {
        ($query:expr) => {{
            let mut query = $query;
            if let Scope::Agencies(agencies) = scope {
                query = query.filter(account_request::agency_id.eq_any(agencies));
            }
            query.filter(account_request::state.eq("asked"))
        }};
    }
    let total: i64 = scoped!(account_request::table.select(count_star()).into_boxed()).first(conn)?;
    let rows = scoped!(
        account_request::table
            .inner_join(agency::table)
            .select((AccountRequest::as_select(), agency::name_vi))
            .into_boxed()
    )
    .order((account_request::asked_at.asc(), account_request::id.asc()))
    .limit(most)
    .load(conn)?;
    Ok((rows, u64::try_from(total).unwrap_or(0)))
}
