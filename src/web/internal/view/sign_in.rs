//! Signing in.

use askama::Template;

use crate::http::page::{Field, PageCtx, Wrong};

/// `/internal/sign-in`; posts `name`, `password`, `next` and the token to the same address.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/sign_in.html")]
pub struct SignInPage {
    /// The page.
    pub page: PageCtx,
    /// What was typed as the account's name; its field is `name`.
    pub name: Field,
    /// The password's field, `password`; its value is never kept.
    pub password: Field,
    /// Where to go afterwards: a path of the internal portal.
    pub next: Option<String>,
    /// What is wrong, for the summary.
    pub wrongs: Vec<Wrong>,
    /// The demo accounts' note, shown on an illustration portal only: where to find their passwords.
    pub demo: bool,
}
