//! Accounts as agencies ask for them and the coordinating department issues, changes, locks and closes them.

mod command;
mod form;
mod model;
mod store;

pub use command::{
    Delivery, Issued, add_role, approve_request, ask, close_account, end_role, issue_directly, lock_account,
    refuse_request, unlock_account,
};
pub use form::{AccountForm, RoleForm, StateForm};
pub use model::{AccountFilter, AccountRequest, AccountRow, ListedAccount};
pub use store::{find_account, list_accounts, request_by_id, requests_waiting};
