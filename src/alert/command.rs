//! What people do about alerts.

use serde_json::json;

use super::{HandlingForm, store};
use crate::access::{Action, may};
use crate::account;
use crate::audit;
use crate::kernel::id::AlertId;
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;

/// Says what was found about an alert and done: that ends it.
///
/// # Errors
/// `Invalid` (`alert-note-missing`); `NotFound`; `Forbidden` (also `alert-own`: about one's own acts); `Conflict` (`alert-handled`).
pub fn handle(tx: &mut Tx<'_>, profile: &Profile, id: &AlertId, form: &HandlingForm) -> Result<()> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::HandleAlerts).require()?;
    form.check()?;
    lock_row(tx.conn(), "alert", id.as_str())?;
    let alert = store::by_id(tx.conn(), id)?;
    if alert.handled.is_some() {
        return Err(Error::conflict(Problem::new("alert-handled")));
    }
    if alert.account.as_ref() == Some(&person.account.id) {
        return Err(Error::forbidden(Problem::new("alert-own")));
    }
    let note = form.note.trim();
    store::set_handled(tx, id, &person.account.id, note)?;
    let detail = json!({ "kind": alert.kind.code(), "before": { "state": "open" }, "after": { "state": "handled", "note": note } });
    audit::record(tx, "alert.handle", "alert", id.as_str(), detail);
    Ok(())
}
