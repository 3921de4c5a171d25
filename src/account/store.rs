//! The tables of accounts and roles.

use std::collections::{HashMap, HashSet};

use diesel::dsl::auto_type;
use diesel::prelude::*;

use super::command::FIRST_LANG;
use super::{Account, Held, Holder, NewAccount, Person};
use crate::agency::Heirs;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Error, Lang, Localized, Result};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, account_role, agency, api_token, job, notice, sign_in_failure};

/// What sign-in needs.
pub(super) struct Secrets {
    pub account: Account,
    pub password_hash: Option<String>,
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &AccountId, new: &NewAccount) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(account::table)
        .values((
            account::id.eq(id),
            account::user_name.eq(new.user_name.to_lowercase()),
            account::email.eq(new.email.to_lowercase()),
            account::full_name.eq(&new.full_name),
            account::state.eq("active"),
            account::lang.eq(FIRST_LANG.tag()),
            account::created_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_role(tx: &mut Tx<'_>, id: &AccountId, at: &AgencyId, role: &str, from: &str) -> Result<()> {
    diesel::insert_into(account_role::table)
        .values((
            account_role::account_id.eq(id),
            account_role::agency_id.eq(at),
            account_role::role.eq(role),
            account_role::valid_from.eq(from),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_rules_accepted(tx: &mut Tx<'_>, id: &AccountId, version: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(account::table.find(id))
        .set((account::rules_accepted.eq(Some(version)), account::rules_accepted_at.eq(Some(at))))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::not_found()) }
}

/// Whether it was another one before.
pub(super) fn set_lang(tx: &mut Tx<'_>, id: &AccountId, lang: Lang) -> Result<bool> {
    let other = account::table.find(id).filter(account::lang.ne(lang.tag()));
    Ok(diesel::update(other).set(account::lang.eq(lang.tag())).execute(tx.conn())? > 0)
}

pub(super) fn secrets(conn: &mut Conn, name: &str) -> Result<Option<Secrets>> {
    // PostgreSQL knows no NUL in a text; no name has one.
    if name.contains('\0') {
        return Ok(None);
    }
    let name = name.to_lowercase();
    let row: Option<(Account, Option<String>)> = account::table
        .filter(account::user_name.eq(&name).or(account::email.eq(&name)))
        .select((Account::as_select(), account::password_hash))
        .first(conn)
        .optional()?;
    Ok(row.map(|(account, password_hash)| Secrets { account, password_hash }))
}

/// Wrong passwords in a row, and when the last one was.
pub(super) fn failures(conn: &mut Conn, subject: &str) -> Result<(i32, i64)> {
    let row = sign_in_failure::table
        .find(subject)
        .select((sign_in_failure::failures, sign_in_failure::failed_at))
        .first(conn)
        .optional()?;
    Ok(row.unwrap_or((0, 0)))
}

pub(super) fn count_failure(tx: &mut Tx<'_>, subject: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(sign_in_failure::table.find(subject))
        .set((sign_in_failure::failures.eq(sign_in_failure::failures + 1), sign_in_failure::failed_at.eq(at)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(sign_in_failure::table)
            .values((
                sign_in_failure::subject.eq(subject),
                sign_in_failure::failures.eq(1),
                sign_in_failure::failed_at.eq(at),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn forget_failures(tx: &mut Tx<'_>, subject: &str) -> Result<()> {
    diesel::delete(sign_in_failure::table.find(subject)).execute(tx.conn())?;
    Ok(())
}

/// Removes counts older than a moment (milliseconds): those of accounts at rest have ended, those of others are stale.
pub(super) fn sweep_failures(tx: &mut Tx<'_>, before: i64) -> Result<usize> {
    Ok(diesel::delete(sign_in_failure::table.filter(sign_in_failure::failed_at.lt(before))).execute(tx.conn())?)
}

pub(super) fn note_sign_in(tx: &mut Tx<'_>, id: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(account::table.find(id)).set(account::signed_in_at.eq(Some(at))).execute(tx.conn())?;
    Ok(())
}

/// A person by user name or e-mail, with the roles that count on a day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn by_name(conn: &mut Conn, name: &str, day: &str) -> Result<Option<Person>> {
    match secrets(conn, name)? {
        Some(secrets) => by_id(conn, &secrets.account.id, day),
        None => Ok(None),
    }
}

/// A person by id, with the roles that count on a day (ISO 8601): those they hold, and the same ones at the bodies whose work their agencies
/// have taken over, so that data, returns and duties of a body that was merged have somebody who acts for them.
///
/// # Errors
/// When the database does not answer.
pub fn by_id(conn: &mut Conn, id: &AccountId, day: &str) -> Result<Option<Person>> {
    let Some(account) = account::table.find(id).select(Account::as_select()).first(conn).optional()? else {
        return Ok(None);
    };
    let mut held = held_by(conn, id, day)?;
    for (over, heir) in crate::agency::taken_over(conn, day)? {
        let at_heir: Vec<String> = held.iter().filter(|one| one.agency == heir).map(|one| one.role.clone()).collect();
        for role in at_heir {
            let agency_name = over.names();
            held.push(Held { agency: over.id.clone(), agency_name, role });
        }
    }
    let second_factor = super::second_factor::has_second_factor(conn, id)?;
    Ok(Some(Person { account, held, second_factor }))
}

/// That a role counts on a day (ISO 8601).
#[auto_type(no_type_alias)]
pub fn counts_on<'a>(day: &'a str) -> _ {
    account_role::valid_from.le(day).and(account_role::valid_to.is_null().or(account_role::valid_to.ge(day)))
}

/// The names of people by the ids of their accounts: for lists that name them.
///
/// # Errors
/// When the database does not answer.
pub fn names(conn: &mut Conn, ids: &[String]) -> Result<HashMap<String, String>> {
    let rows: Vec<(String, String)> =
        account::table.filter(account::id.eq_any(ids)).select((account::id, account::full_name)).load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The roles that an account holds on a day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn held_by(conn: &mut Conn, id: &AccountId, day: &str) -> Result<Vec<Held>> {
    let rows: Vec<(AgencyId, String, Option<String>, String)> = account_role::table
        .inner_join(agency::table)
        .filter(account_role::account_id.eq(id))
        .filter(counts_on(day))
        .order((agency::name_vi.asc(), account_role::role.asc()))
        .select((account_role::agency_id, agency::name_vi, agency::name_en, account_role::role))
        .load(conn)?;
    let held = |(agency, vi, en, role)| Held { agency, agency_name: Localized { vi, en }, role };
    Ok(rows.into_iter().map(held).collect())
}

/// An account, if it is active.
pub(super) fn active(conn: &mut Conn, id: &AccountId) -> Result<Vec<AccountId>> {
    Ok(account::table.find(id).filter(account::state.eq("active")).select(account::id).load(conn)?)
}

/// The active accounts that hold a role on a day (ISO 8601), at an agency or (`None`) anywhere. Of one that is over those of whoever took over.
pub(super) fn holders(conn: &mut Conn, role: &str, at: Option<&AgencyId>, day: &str) -> Result<Vec<AccountId>> {
    let at = match at {
        Some(at) => Some(crate::agency::heirs(conn, day)?.of(at).clone()),
        None => None,
    };
    let mut query = account_role::table
        .inner_join(account::table)
        .filter(account_role::role.eq(role))
        .filter(counts_on(day))
        .filter(account::state.eq("active"))
        .select(account::id)
        .into_boxed();
    if let Some(at) = at {
        query = query.filter(account_role::agency_id.eq(at));
    }
    Ok(query.load(conn)?)
}

/// Who holds which of some roles where on a day, as announcements find them ([`Receivers`](super::Receivers)).
#[derive(Clone, Debug, Default)]
pub struct Staff {
    heirs: Heirs,
    held: HashMap<AgencyId, Vec<(String, AccountId)>>,
}

impl Staff {
    /// How many people hold a role at an agency; at one that is over, at whoever took over.
    pub fn at(&self, role: &str, agency: &AgencyId) -> usize {
        self.held.get(self.heirs.of(agency)).map_or(0, |held| held.iter().filter(|(one, _)| one == role).count())
    }

    /// How many hold it anywhere.
    pub fn anywhere(&self, role: &str) -> usize {
        let held = self.held.values().flatten().filter(|(one, _)| one == role);
        held.map(|(_, person)| person).collect::<HashSet<_>>().len()
    }
}

/// Who holds which of some roles at which agency on a day (ISO 8601), with an active account: of all agencies at once.
///
/// # Errors
/// When the database does not answer.
pub fn staff(conn: &mut Conn, roles: &[&str], day: &str) -> Result<Staff> {
    let rows: Vec<(AgencyId, String, AccountId)> = account_role::table
        .inner_join(account::table)
        .filter(account_role::role.eq_any(roles.to_vec()))
        .filter(counts_on(day))
        .filter(account::state.eq("active"))
        .select((account_role::agency_id, account_role::role, account::id))
        .distinct()
        .load(conn)?;
    let mut held: HashMap<AgencyId, Vec<(String, AccountId)>> = HashMap::new();
    for (agency, role, person) in rows {
        held.entry(agency).or_default().push((role, person));
    }
    Ok(Staff { heirs: crate::agency::heirs(conn, day)?, held })
}

/// The people with an active account who hold a role at an agency on a day (ISO 8601), by name, those who take another's place last. Of an
/// agency that is over those of whoever took over.
///
/// # Errors
/// When the database does not answer.
pub fn holders_at(conn: &mut Conn, role: &str, at: &AgencyId, day: &str) -> Result<Vec<Holder>> {
    let heirs = crate::agency::heirs(conn, day)?;
    let mut rows: Vec<(String, String, Option<String>)> = account_role::table
        .inner_join(account::table)
        .filter(account_role::role.eq(role))
        .filter(account_role::agency_id.eq(heirs.of(at)))
        .filter(counts_on(day))
        .filter(account::state.eq("active"))
        .order((account::full_name.asc(), account::id.asc()))
        .select((account::full_name, account::email, account_role::deputy_for))
        .load(conn)?;
    rows.sort_by_key(|(.., deputy_for)| deputy_for.is_some());
    let others: Vec<String> = rows.iter().filter_map(|(.., deputy_for)| deputy_for.clone()).collect();
    let others = names(conn, &others)?;
    let holder = |(name, email, deputy_for): (String, String, Option<String>)| Holder {
        name,
        email,
        deputy_for: deputy_for.and_then(|id| others.get(&id).cloned()),
    };
    Ok(rows.into_iter().map(holder).collect())
}

/// How many active accounts still have the password they were given before a moment (milliseconds).
///
/// # Errors
/// When the database does not answer.
pub fn with_given_password(conn: &mut Conn, before: i64) -> Result<i64> {
    let given = account::table
        .filter(account::state.eq("active"))
        .filter(account::password_must_change.eq(true))
        .filter(account::password_set_at.lt(before));
    Ok(given.count().get_result(conn)?)
}

/// How many active accounts hold one of these roles on a day (ISO 8601) and have no second factor.
///
/// # Errors
/// When the database does not answer.
pub fn without_second_factor(conn: &mut Conn, roles: &[String], day: &str) -> Result<usize> {
    let mut open = HashSet::new();
    for role in roles {
        for id in holders(conn, role, None, day)? {
            if !super::second_factor::has_second_factor(conn, &id)? {
                open.insert(id);
            }
        }
    }
    Ok(open.len())
}

/// How many keys of programs end between two moments (milliseconds).
///
/// # Errors
/// When the database does not answer.
pub fn keys_ending(conn: &mut Conn, from: i64, to: i64) -> Result<i64> {
    let ending = api_token::table
        .filter(api_token::revoked_at.is_null())
        .filter(api_token::ends_at.ge(from))
        .filter(api_token::ends_at.lt(to));
    Ok(ending.count().get_result(conn)?)
}

/// Takes a title out of what notices say, and out of what waits to be said.
pub(super) fn forget(tx: &mut Tx<'_>, title: &str) -> Result<()> {
    let said = serde_json::to_string(&("title", title))?;
    let left = serde_json::to_string(&("title", "…"))?;
    // What LIKE takes for signs of its own stands for anything: what it finds is compared again.
    let pattern = format!("%{}%", said.replace(['%', '_', '\\'], "_"));
    // What is on its way first. Whoever says it just now loses the job, and says it anew without the title.
    let jobs: Vec<(String, String)> =
        job::table.filter(job::payload.like(&pattern)).select((job::id, job::payload)).load(tx.conn())?;
    for (id, payload) in jobs {
        let set = (job::payload.eq(payload.replace(&said, &left)), job::token.eq(job::token + 1));
        diesel::update(job::table.find(id)).set(set).execute(tx.conn())?;
    }
    let notices: Vec<(String, String)> =
        notice::table.filter(notice::args.like(&pattern)).select((notice::id, notice::args)).load(tx.conn())?;
    for (id, args) in notices {
        let args = args.replace(&said, &left);
        diesel::update(notice::table.find(id)).set(notice::args.eq(args)).execute(tx.conn())?;
    }
    Ok(())
}
