//! Accounts [tài khoản]: people, the roles they hold at agencies, sign-in and sessions.
//!
//! Invariants: a password is kept as an argon2id hash only; a session key as its SHA-256 only; a session made before sign-in
//! never becomes the one after it; a closed or locked account has no live session.

mod announce;
mod command;
mod form;
mod model;
mod session;
mod store;

pub use announce::{ANNOUNCEMENT, Announcement, Receivers, announce, receivers_of};
pub use command::{NewAccount, create, set_lang, set_password, sign_in, sign_out, sweep_failures};
pub use form::SignInForm;
pub use model::{Account, Held, Person, role};
pub use session::{Session, load_session, remove_session, save_session, sweep_sessions};
pub use store::{by_id, by_name, held_by};
