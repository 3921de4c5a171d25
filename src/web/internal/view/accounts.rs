//! The administration of accounts.

use askama::Template;
use chrono::NaiveDate;

use super::credentials::HistoryRow;
use crate::http::page::{Choice, Field, PageCtx, Pager, Wrong};
use crate::kernel::Timestamp;

/// The colour of an account's, a request's or a focal point's state; never its only sign.
pub fn tone(state: &str) -> &'static str {
    match state {
        "active" | "approved" | "kept" | "keep" => "good",
        "asked" | "nominated" | "waiting" | "changed" | "change" => "warn",
        "locked" | "refused" => "bad",
        "closed" | "close" | "replaced" => "plain",
        _ => "info",
    }
}

/// `/internal/accounts`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/accounts.html")]
pub struct AccountsPage {
    /// The page.
    pub page: PageCtx,
    /// The field `q`.
    pub query: Field,
    /// The states, field `state`.
    pub states: Vec<Choice>,
    /// Whether anything is filtered.
    pub filtered: bool,
    /// How many accounts there are.
    pub total: u64,
    /// The accounts of this page.
    pub rows: Vec<AccountLine>,
    /// The pages.
    pub pager: Pager,
    /// Requests that wait, the oldest first.
    pub requests: Vec<RequestLine>,
    /// How many wait.
    pub waiting: u64,
    /// Whether the reader may ask for an account or make one.
    pub may_ask: bool,
    /// Whether the reader chooses several at once.
    pub picks: bool,
    /// What is done with them, field `act`.
    pub acts: Vec<Choice>,
    /// Where to go afterwards.
    pub back: String,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
}

/// `/internal/accounts/selection`: what is chosen, before and after it is done.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_selection.html")]
pub struct SelectionPage {
    /// The page.
    pub page: PageCtx,
    /// `lock` or `unlocking`.
    pub act: String,
    /// Whether it is done.
    pub finished: bool,
    /// To how many accounts.
    pub done: u64,
    /// The accounts, by name.
    pub rows: Vec<SelectionLine>,
    /// The field `reason`.
    pub reason: Field,
    /// The list that it was chosen in.
    pub back: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A chosen account.
#[derive(Clone, Debug)]
pub struct SelectionLine {
    /// Its id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// `active`, `locked` or `closed`, as it is by now.
    pub state: String,
    /// Why it was refused.
    pub refusal: Option<String>,
}

impl SelectionLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// An account in the list.
#[derive(Clone, Debug)]
pub struct AccountLine {
    /// Its id.
    pub id: String,
    /// Whether the reader may choose it.
    pub pick: bool,
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// Its page.
    pub href: String,
    /// The roles that count, with their agencies.
    pub roles: Vec<String>,
    /// `active`, `locked` or `closed`.
    pub state: String,
    /// When the person last signed in.
    pub last: Option<Timestamp>,
}

impl AccountLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// A request in the list.
#[derive(Clone, Debug)]
pub struct RequestLine {
    /// For whom.
    pub name: String,
    /// Its page.
    pub href: String,
    /// For which agency.
    pub agency: String,
    /// The role's name.
    pub role: String,
    /// When it was asked.
    pub at: Timestamp,
}

/// `/internal/accounts/new`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_new.html")]
pub struct AccountNewPage {
    /// The page.
    pub page: PageCtx,
    /// Whether the account is made at once; otherwise it is asked for.
    pub direct: bool,
    /// The field `full_name`.
    pub full_name: Field,
    /// The field `user_name`.
    pub user_name: Field,
    /// The field `email`.
    pub email: Field,
    /// The field `agency`.
    pub agencies: Vec<Choice>,
    /// The field `role`.
    pub roles: Vec<Choice>,
    /// The field `valid_from`.
    pub valid_from: Field,
    /// The field `valid_to`.
    pub valid_to: Field,
    /// The field `reason`.
    pub reason: Field,
    /// The field `delivery`; empty where there is no choice.
    pub deliveries: Vec<Choice>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/accounts/requests/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_request.html")]
pub struct AccountRequestPage {
    /// The page.
    pub page: PageCtx,
    /// The request's id.
    pub id: String,
    /// For whom.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub mail: String,
    /// For which agency.
    pub agency: String,
    /// The role's name.
    pub role: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// What it is for.
    pub why: String,
    /// Who asked.
    pub asked_by: String,
    /// When.
    pub asked: Timestamp,
    /// `asked`, `approved` or `refused`.
    pub state: String,
    /// Who decided, and when.
    pub decided: Option<(String, Timestamp)>,
    /// Why it was refused.
    pub note: Option<String>,
    /// Whether the reader decides.
    pub may_decide: bool,
    /// The field `delivery`.
    pub deliveries: Vec<Choice>,
    /// The field `reason`.
    pub reason: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl AccountRequestPage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// What a new account begins with; shown in the answer itself, and nowhere else.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_issued.html")]
pub struct AccountIssuedPage {
    /// The page.
    pub page: PageCtx,
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub mail: String,
    /// The first password; none where a link was mailed.
    pub secret: Option<String>,
    /// The account's page.
    pub href: String,
}

/// `/internal/accounts/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_admin.html")]
pub struct AccountAdminPage {
    /// The page.
    pub page: PageCtx,
    /// The account's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub mail: String,
    /// `active`, `locked` or `closed`.
    pub state: String,
    /// When the person last signed in.
    pub last: Option<Timestamp>,
    /// The roles, the newest first.
    pub roles: Vec<RoleLine>,
    /// What was done with the account, newest first; none for readers who may not see it.
    pub history: Option<Vec<HistoryRow>>,
    /// Since when its owner has a second factor.
    pub second_factor: Option<Timestamp>,
    /// The field `full_name`.
    pub full_name: Field,
    /// The field `user_name`.
    pub new_user_name: Field,
    /// The field `email`.
    pub email: Field,
    /// The field `factor_reason`.
    pub factor_reason: Field,
    /// The field `code`, where the reader has a second factor too.
    pub code: Option<Field>,
    /// Whether it is the reader's own, which others change.
    pub own: bool,
    /// Whether the reader locks, closes, and changes what it says of its owner.
    pub may_lock: bool,
    /// Whether the reader gives and ends roles.
    pub may_issue: bool,
    /// The field `agency`.
    pub agencies: Vec<Choice>,
    /// The field `role`.
    pub role_choices: Vec<Choice>,
    /// The field `valid_from`.
    pub valid_from: Field,
    /// The field `valid_to`.
    pub valid_to: Field,
    /// The field `deputy_for`.
    pub deputy_for: Field,
    /// The roles that can end, field `key`.
    pub endings: Vec<Choice>,
    /// The field `last_day`.
    pub last_day: Field,
    /// The field `reason`.
    pub reason: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl AccountAdminPage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// A role of an account.
#[derive(Clone, Debug)]
pub struct RoleLine {
    /// The role's name.
    pub role: String,
    /// The agency's name.
    pub agency: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Whose place the holder takes.
    pub deputy_for: Option<String>,
    /// Whether it counts today.
    pub counts: bool,
}
