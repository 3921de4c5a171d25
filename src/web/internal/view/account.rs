//! The reader's own account.

use askama::Template;

use crate::http::page::{Choice, Field, PageCtx, Wrong};
use crate::kernel::Timestamp;

/// `/internal/account`; `/internal/sign-out` and `/internal/account/name`, `/language` and `/notices` take its forms.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account.html")]
pub struct AccountPage {
    /// The page.
    pub page: PageCtx,
    /// The person's name.
    pub name: String,
    /// The name the account signs in with.
    pub sign_in_name: String,
    /// The field `full_name`.
    pub full_name: Field,
    /// What is wrong with it.
    pub wrongs: Vec<Wrong>,
    /// The mail address.
    pub mail: Option<String>,
    /// Roles with their agencies, in words: "Cán bộ đầu mối, Sở Y tế".
    pub roles: Vec<String>,
    /// When the account signed in before this time.
    pub last_sign_in: Option<Timestamp>,
    /// The languages, field `lang`; empty where the language cannot be set.
    pub languages: Vec<Choice>,
    /// How often the person is written to, field `frequency`.
    pub frequencies: Vec<Choice>,
    /// Whether a second factor is on.
    pub second_factor: bool,
    /// The sessions that are open, the one used last first.
    pub sessions: Vec<SessionRow>,
}

/// An open session.
#[derive(Clone, Debug)]
pub struct SessionRow {
    /// Its id.
    pub id: String,
    /// When it began.
    pub began: Timestamp,
    /// When it was last used.
    pub seen: Timestamp,
    /// The address it came from.
    pub client: Option<String>,
    /// Whether it is the one being read in.
    pub current: bool,
}
