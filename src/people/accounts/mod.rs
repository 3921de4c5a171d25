//! Accounts as agencies ask for them and the coordinating department issues, changes, locks and closes them.

mod command;
mod form;
mod model;
mod store;

pub use command::{
    Delivery, Issued, add_role, approve_request, ask, change_own_name, change_person, end_role, issue_directly,
    refuse_request, remove_second_factor, set_account_state, set_account_states,
};
pub use form::{AccountForm, FactorForm, OwnNameForm, PersonForm, RoleForm, StateForm};
pub use model::{AccountFilter, AccountRequest, AccountRow, ListedAccount};
pub use store::{accounts_by_id, find_account, list_accounts, request_by_id, requests_waiting};
