//! Accounts [tài khoản]: people, the roles they hold at agencies, sign-in and sessions.
//!
//! Invariants: a password is kept as an argon2id hash only; a session key as its SHA-256 only; a session made before sign-in
//! never becomes the one after it; a closed or locked account has no live session.

mod administration;
mod announce;
mod api_token;
mod command;
mod form;
mod letter;
mod model;
mod password;
mod second_factor;
mod session;
mod store;

pub(crate) use administration::{
    CHANGE_ENTRY, Identity, REMOVE_FACTOR, add_role, end_role, is_last_operator, remove_second_factor, set_identity,
    set_state,
};
pub use administration::{RolePeriod, State, roles_at, roles_of};
pub(crate) use announce::forget;
pub use announce::{ANNOUNCEMENT, Announcement, Receivers, announce, announce_outcome, receivers_of};
pub use api_token::{ApiToken, MOST_DAYS, by_token, make_token, revoke_token, scope, tokens_of};
pub use command::{NewAccount, SignedInTo, accept_rules, acting, create, set_lang, sign_in, sign_out, sweep_failures};
use command::{Room, admit, resting};
pub use form::SignInForm;
pub(crate) use letter::invite;
pub use letter::{
    AccountLetter, ForgottenForm, LETTER, LetterKind, NewPasswordForm, ask_reset, link_opens, prepare_letter,
    reset_password,
};
pub use model::{Account, Held, Holder, Person, Step, role};
pub use password::{PasswordForm, change_password, set_password};
pub use second_factor::{SecondFactor, check_code, new_codes, second_factor, turn_off, turn_on};
pub use session::{
    Session, end_session, end_sessions, load_session, remove_session, save_session, sessions_of, sweep_sessions,
};
pub use store::{
    Staff, by_id, by_name, counts_on, held_by, holders_at, keys_ending, names, staff, with_given_password,
    without_second_factor,
};
