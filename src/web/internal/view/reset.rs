//! A forgotten password.

use askama::Template;

use crate::http::page::{Field, PageCtx, Wrong};

/// `/internal/sign-in/forgotten`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/forgotten.html")]
pub struct ForgottenPage {
    /// The page.
    pub page: PageCtx,
    /// The field `name`.
    pub name: Field,
    /// Whether it was asked for just now: the page says what happens next.
    pub asked: bool,
    /// Whether the portal sends mail at all.
    pub mail_on: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/sign-in/reset`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/reset.html")]
pub struct ResetPage {
    /// The page.
    pub page: PageCtx,
    /// Whether the link still opens.
    pub opens: bool,
    /// The link's key, field `key`.
    pub key: String,
    /// Fewest characters.
    pub min: u64,
    /// How many kinds of characters, where that is asked.
    pub kinds: Option<u64>,
    /// The field `fresh`.
    pub fresh: Field,
    /// The field `again`.
    pub again: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}
