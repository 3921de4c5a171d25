//! The periodic review of accounts.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Choice, Field, PageCtx, Pager, Wrong};
use crate::kernel::Timestamp;

/// `/internal/accounts/reviews`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_reviews.html")]
pub struct AccountReviewsPage {
    /// The page.
    pub page: PageCtx,
    /// The reviews, the newest first.
    pub rows: Vec<CampaignLine>,
    /// Whether the reader opens reviews and none is open.
    pub may_open: bool,
    /// Months between reviews, where they come by themselves.
    pub months: u64,
    /// The field `due`.
    pub due: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A review in the list.
#[derive(Clone, Debug)]
pub struct CampaignLine {
    /// Its page.
    pub href: String,
    /// When it was opened.
    pub opened: Timestamp,
    /// The day on which what is not answered is locked.
    pub due: Option<NaiveDate>,
    /// When it was carried out.
    pub ended: Option<Timestamp>,
}

/// `/internal/accounts/reviews/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/account_review.html")]
pub struct AccountReviewPage {
    /// The page.
    pub page: PageCtx,
    /// The review's id.
    pub id: String,
    /// Where the answers of this page go.
    pub answers: String,
    /// Its rows as a workbook and as CSV.
    pub files: (String, String),
    /// The agency whose rows alone are shown.
    pub owner: Option<String>,
    /// When it was opened.
    pub opened: Timestamp,
    /// Who opened it; none when its time had come.
    pub opened_by: Option<String>,
    /// The day on which what is not answered is locked.
    pub due: Option<NaiveDate>,
    /// When it was carried out.
    pub ended: Option<Timestamp>,
    /// How many accounts stand how: code and number.
    pub counts: Vec<(String, u64)>,
    /// How many accounts there are.
    pub total: u64,
    /// The accounts of this page.
    pub rows: Vec<ReviewLine>,
    /// Whether the reader can answer for any of them now.
    pub answering: bool,
    /// The pages.
    pub pager: Pager,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// An account in a review.
#[derive(Clone, Debug)]
pub struct ReviewLine {
    /// The account's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The agency that answers.
    pub agency: Option<String>,
    /// When the person last signed in.
    pub last: Option<Timestamp>,
    /// How it stands: `waiting`, a verdict, or an outcome.
    pub standing: String,
    /// Whether the reader answers for it now.
    pub mine: bool,
    /// Whether it is the reader's own.
    pub own: bool,
    /// The verdicts, field `verdict-ID`.
    pub verdicts: Vec<Choice>,
    /// The roles that can end, field `ending-ID`.
    pub endings: Vec<Choice>,
    /// The roles that count, in words.
    pub roles: Vec<String>,
}

impl ReviewLine {
    /// The colour of how it stands.
    pub fn tone(&self) -> &'static str {
        super::accounts::tone(&self.standing)
    }
}
