//! One's own credentials.

use askama::Template;

use crate::http::page::{Choice, Field, Html, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;

/// `/internal/account/password`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/password.html")]
pub struct PasswordPage {
    /// The page.
    pub page: PageCtx,
    /// Whether nothing else can be done before.
    pub forced: bool,
    /// Fewest characters.
    pub min: u64,
    /// How many kinds of characters are wanted, where the rules want any.
    pub kinds: Option<u64>,
    /// The field `current`.
    pub current: Field,
    /// The field `fresh`.
    pub fresh: Field,
    /// The field `again`.
    pub again: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// What an app is set up with.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The secret in letters.
    pub typed: String,
    /// The picture as one SVG path.
    pub path: String,
    /// Units of the picture's side.
    pub size: i32,
}

/// `/internal/account/second-factor`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/second_factor.html")]
pub struct SecondFactorPage {
    /// The page.
    pub page: PageCtx,
    /// Since when it is on, and how many recovery codes are left.
    pub on: Option<(Timestamp, u64)>,
    /// How to set it up, where it is off.
    pub setup: Option<Setup>,
    /// Whether a role wants it.
    pub required: bool,
    /// Whether nothing else can be done before.
    pub forced: bool,
    /// The field `code`.
    pub code: Field,
    /// Recovery codes just made, shown this once.
    pub codes: Vec<String>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/sign-in/code`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/sign_in_code.html")]
pub struct CodePage {
    /// The page.
    pub page: PageCtx,
    /// The field `code`.
    pub code: Field,
    /// Where to go afterwards.
    pub next: Option<String>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/account/history`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/history.html")]
pub struct HistoryPage {
    /// The page.
    pub page: PageCtx,
    /// Newest first.
    pub entries: Vec<HistoryRow>,
    /// Further pages.
    pub pager: Pager,
}

/// One act with the account.
#[derive(Clone, Debug)]
pub struct HistoryRow {
    /// When.
    pub at: Timestamp,
    /// What, in words.
    pub what: String,
    /// Whether it was done.
    pub done: bool,
    /// Done or refused, in words.
    pub outcome: String,
    /// From which address.
    pub client: Option<String>,
}

/// `/internal/account/tokens`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/tokens.html")]
pub struct TokensPage {
    /// The page.
    pub page: PageCtx,
    /// The keys, newest first.
    pub rows: Vec<TokenRow>,
    /// What a key may be used for, field `scopes`.
    pub scopes: Vec<Choice>,
    /// The field `name`.
    pub name: Field,
    /// The field `days`.
    pub days: Field,
    /// The longest life in days.
    pub most_days: u64,
    /// A key just made, shown this once.
    pub fresh: Option<String>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A key for programs.
#[derive(Clone, Debug)]
pub struct TokenRow {
    /// Its id.
    pub id: String,
    /// Its owner's name for it.
    pub name: String,
    /// What it may be used for, in words.
    pub scopes: String,
    /// When it was made.
    pub made: Timestamp,
    /// When it ends.
    pub ends: Timestamp,
    /// When it was last used.
    pub used: Option<Timestamp>,
    /// `live`, `ended` or `revoked`.
    pub state: &'static str,
}

/// `/internal/rules`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/rules.html")]
pub struct RulesPage {
    /// The page.
    pub page: PageCtx,
    /// Their title.
    pub title: Text,
    /// Their text.
    pub body: Html,
    /// Their version, field `version`.
    pub version: String,
    /// Whether they are to be accepted now.
    pub due: bool,
    /// Where to go afterwards, field `next`.
    pub next: String,
}
