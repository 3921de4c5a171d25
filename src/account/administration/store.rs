//! Accounts' states and roles, as the administration of people sees and writes them.

use diesel::prelude::*;

use super::{Identity, RolePeriod};
use crate::kernel::Result;
use crate::kernel::id::{AccountId, AgencyId};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, account_role};

#[derive(Queryable, Selectable)]
#[diesel(table_name = account_role)]
struct Row {
    account_id: AccountId,
    agency_id: AgencyId,
    role: String,
    valid_from: String,
    valid_to: Option<String>,
    deputy_for: Option<AccountId>,
}

impl From<Row> for (AccountId, RolePeriod) {
    fn from(row: Row) -> Self {
        let Row { account_id, agency_id, role, valid_from, valid_to, deputy_for } = row;
        (account_id, RolePeriod { agency: agency_id, role, valid_from, valid_to, deputy_for })
    }
}

/// Every role that an account holds, held or will hold, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn roles_of(conn: &mut Conn, id: &AccountId) -> Result<Vec<RolePeriod>> {
    let rows: Vec<Row> = account_role::table
        .filter(account_role::account_id.eq(id))
        .order((account_role::valid_from.desc(), account_role::role.asc(), account_role::agency_id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(|row| <(AccountId, RolePeriod)>::from(row).1).collect())
}

/// Every role that is, was or will be held at an agency, with its holder.
///
/// # Errors
/// When the database does not answer.
pub fn roles_at(conn: &mut Conn, agency: &AgencyId) -> Result<Vec<(AccountId, RolePeriod)>> {
    let rows: Vec<Row> = account_role::table
        .filter(account_role::agency_id.eq(agency))
        .order((account_role::account_id.asc(), account_role::role.asc(), account_role::valid_from.asc()))
        .select(Row::as_select())
        .load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &AccountId, new: &RolePeriod) -> Result<()> {
    diesel::insert_into(account_role::table)
        .values((
            account_role::account_id.eq(id),
            account_role::agency_id.eq(&new.agency),
            account_role::role.eq(&new.role),
            account_role::valid_from.eq(&new.valid_from),
            account_role::valid_to.eq(&new.valid_to),
            account_role::deputy_for.eq(&new.deputy_for),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_end(tx: &mut Tx<'_>, id: &AccountId, role: &RolePeriod, last_day: &str) -> Result<()> {
    diesel::update(account_role::table.find((id, &role.agency, &role.role, &role.valid_from)))
        .set(account_role::valid_to.eq(Some(last_day)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn delete(tx: &mut Tx<'_>, id: &AccountId, role: &RolePeriod) -> Result<()> {
    diesel::delete(account_role::table.find((id, &role.agency, &role.role, &role.valid_from))).execute(tx.conn())?;
    Ok(())
}

pub(super) fn identity_of(conn: &mut Conn, id: &AccountId) -> Result<Option<Identity>> {
    let row: Option<(String, String, String)> = account::table
        .find(id)
        .select((account::user_name, account::email, account::full_name))
        .first(conn)
        .optional()?;
    Ok(row.map(|(user_name, email, full_name)| Identity { user_name, email, full_name }))
}

pub(super) fn set_identity(tx: &mut Tx<'_>, id: &AccountId, to: &Identity) -> Result<()> {
    diesel::update(account::table.find(id))
        .set((account::user_name.eq(&to.user_name), account::email.eq(&to.email), account::full_name.eq(&to.full_name)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn state_of(conn: &mut Conn, id: &AccountId) -> Result<Option<String>> {
    Ok(account::table.find(id).select(account::state).first(conn).optional()?)
}

pub(super) fn set_state(tx: &mut Tx<'_>, id: &AccountId, state: &str) -> Result<()> {
    diesel::update(account::table.find(id)).set(account::state.eq(state)).execute(tx.conn())?;
    Ok(())
}
