//! Sessions of the internal portal, kept in the database so that they can be listed and ended.

mod store;

use std::collections::HashMap;

use crate::kernel::Timestamp;
use crate::kernel::id::{AccountId, SessionId};

pub(super) use store::end_oldest;
pub use store::{end_session, end_sessions, load_session, remove_session, save_session, sessions_of, sweep_sessions};

/// A session.
#[derive(Clone, Debug)]
pub struct Session {
    /// Its id, which may be shown.
    pub id: SessionId,
    /// Whose; none before sign-in.
    pub account: Option<AccountId>,
    /// What it remembers.
    pub state: HashMap<String, String>,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last used.
    pub seen_at: Timestamp,
}
