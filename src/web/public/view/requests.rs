//! Requests for data: the list, the form, one request, and following one by its receipt.

use askama::Template;

use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;
use crate::web::request_form::RequestView;

/// `/yeu-cau-du-lieu?state=&q=&sort=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/requests.html")]
pub struct RequestsPage {
    /// The page.
    pub page: PageCtx,
    /// What was typed in the search box.
    pub query: String,
    /// Where requests stand.
    pub standings: Vec<Choice>,
    /// In which order.
    pub orders: Vec<Choice>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// How many requests match.
    pub total: u64,
    /// The requests of this page.
    pub rows: Vec<RequestRow>,
    /// The form, with the words of the search.
    pub ask_href: String,
    /// The pages.
    pub pager: Pager,
}

/// A request of a list.
#[derive(Clone, Debug)]
pub struct RequestRow {
    /// Which data.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// Where it stands.
    pub standing: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// Whose it is to answer.
    pub agency: Option<Text>,
    /// How many need the data.
    pub supporters: u64,
    /// When it was written.
    pub made: Timestamp,
    /// The beginning of the answer.
    pub answer: Option<Text>,
}

/// `/yeu-cau-du-lieu/moi?q=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/request_new.html")]
pub struct AskPage {
    /// The page.
    pub page: PageCtx,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Which data.
    pub wanted: Field,
    /// What for.
    pub purpose: Field,
    /// Agencies to choose from; the first, with an empty value, means that it is not known.
    pub agencies: Vec<Choice>,
    /// Where the answer is to go.
    pub email: Field,
    /// The field that people leave alone.
    pub trap: Field,
    /// Datasets that may be what is looked for.
    pub datasets: Vec<(Link, Text)>,
    /// Requests that ask for something like it.
    pub requests: Vec<RequestRow>,
    /// Whether the form was sent, and waits for a look at what is there.
    pub confirm: bool,
    /// Working days within which an answer comes, and the law behind them.
    pub answered_within: (u64, String),
}

impl AskPage {
    /// Whether there is something like it.
    pub fn has_matches(&self) -> bool {
        !self.datasets.is_empty() || !self.requests.is_empty()
    }
}

/// `/yeu-cau-du-lieu/{number}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/request.html")]
pub struct RequestPage {
    /// The page.
    pub page: PageCtx,
    /// The request.
    pub view: RequestView,
    /// Its number.
    pub number: i32,
    /// Whether one may still say that they need it too.
    pub open: bool,
    /// What became of saying so, as the code of a message.
    pub said: Option<&'static str>,
}

/// `/yeu-cau-du-lieu/theo-doi?code=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/request_follow.html")]
pub struct RequestFollowPage {
    /// The page.
    pub page: PageCtx,
    /// The receipt number as it was typed.
    pub code: Field,
    /// What is wrong with it.
    pub wrongs: Vec<Wrong>,
    /// Whether the request came a moment ago.
    pub sent: bool,
    /// The request.
    pub found: Option<FollowedView>,
}

/// What whoever holds a receipt reads.
#[derive(Clone, Debug)]
pub struct FollowedView {
    /// The receipt number.
    pub receipt: String,
    /// The address of this page with host, to be kept.
    pub address: String,
    /// The request.
    pub view: RequestView,
    /// What its asker wrote of the purpose.
    pub purpose: Text,
    /// Its public page, once there is one.
    pub public: Option<String>,
    /// Whether the answer goes to an e-mail as well.
    pub awaits_mail: bool,
}
