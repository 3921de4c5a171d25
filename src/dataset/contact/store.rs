//! The table of those who look after datasets.

use diesel::prelude::*;

use super::{Checked, Contact};
use crate::account::counts_on;
use crate::kernel::Result;
use crate::kernel::id::{AccountId, AgencyId, ContactId, DatasetId};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, account_role, dataset_contact};

/// Who looks after a dataset, by name.
///
/// # Errors
/// When the database does not answer.
pub fn of(conn: &mut Conn, dataset: &DatasetId) -> Result<Vec<Contact>> {
    Ok(dataset_contact::table
        .filter(dataset_contact::dataset_id.eq(dataset))
        .order((dataset_contact::person_name.asc(), dataset_contact::id.asc()))
        .select(Contact::as_select())
        .load(conn)?)
}

/// The people with an active account and a role at an agency on a day (ISO 8601), by name: account, name, e-mail.
///
/// # Errors
/// When the database does not answer.
pub fn staff_of(conn: &mut Conn, agency: &AgencyId, day: &str) -> Result<Vec<(AccountId, String, String)>> {
    Ok(account_role::table
        .inner_join(account::table)
        .filter(account_role::agency_id.eq(agency))
        .filter(counts_on(day))
        .filter(account::state.eq("active"))
        .order((account::full_name.asc(), account::id.asc()))
        .select((account::id, account::full_name, account::email))
        .distinct()
        .load(conn)?)
}

pub(super) fn put(tx: &mut Tx<'_>, dataset: &DatasetId, id: &ContactId, there: bool, new: &Checked) -> Result<()> {
    let at = tx.ctx().at.0;
    let values = (
        dataset_contact::account_id.eq(&new.account),
        dataset_contact::person_name.eq(&new.name),
        dataset_contact::duty.eq(&new.duty),
        dataset_contact::phone.eq(&new.phone),
        dataset_contact::email.eq(&new.email),
        dataset_contact::changed_at.eq(at),
    );
    if there {
        diesel::update(dataset_contact::table.find(id)).set(values).execute(tx.conn())?;
    } else {
        let key = (dataset_contact::id.eq(id), dataset_contact::dataset_id.eq(dataset));
        diesel::insert_into(dataset_contact::table).values((key, values)).execute(tx.conn())?;
    }
    Ok(())
}

/// Removes an entry; says whether the dataset had it.
pub(super) fn delete(tx: &mut Tx<'_>, dataset: &DatasetId, id: &ContactId) -> Result<bool> {
    let one = dataset_contact::table.find(id).filter(dataset_contact::dataset_id.eq(dataset));
    Ok(diesel::delete(one).execute(tx.conn())? == 1)
}
