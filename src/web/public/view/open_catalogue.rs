//! The open-data catalogue: the issue in force or an older one, and what differs between two.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Choice, Download, Link, PageCtx, Pager};
use crate::plan::catalogue::State;
use crate::web::open_data::{ComparisonView, DecisionView, EntryRow, IssueLine, PostingView, tone};

/// `/danh-muc-du-lieu-mo?agency=&topic=&q=&page=`, `/danh-muc-du-lieu-mo/{number}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/open_catalogue.html")]
pub struct OpenCataloguePage {
    /// The page.
    pub page: PageCtx,
    /// The issue; none before the first.
    pub issue: Option<IssueView>,
    /// Every issue that the public may read, the newest first.
    pub issues: Vec<IssueLine>,
    /// Where the last two are held against each other.
    pub compare: Option<String>,
}

/// An issue.
#[derive(Clone, Debug)]
pub struct IssueView {
    /// What it is called.
    pub name: String,
    /// Its state.
    pub state: State,
    /// The decision.
    pub decision: DecisionView,
    /// Where it was posted again, the last first.
    pub postings: Vec<PostingView>,
    /// By when it is to be looked at again, and the law behind that; of the one in force.
    pub review: Option<(NaiveDate, String)>,
    /// On which day it was last reviewed with nothing to change.
    pub reviewed: Option<NaiveDate>,
    /// The files to post it again elsewhere; of the one in force.
    pub files: Vec<Download>,
    /// The address of the list without filters.
    pub href: String,
    /// Where the one in force stands, on the page of an older one.
    pub in_force: Option<Link>,
    /// What was typed in the search box.
    pub query: String,
    /// Agencies to choose from.
    pub agencies: Vec<Choice>,
    /// Topics to choose from.
    pub topics: Vec<Choice>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// How many entries match.
    pub total: u64,
    /// The entries of this page.
    pub rows: Vec<EntryRow>,
    /// The pages.
    pub pager: Pager,
}

impl IssueView {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

/// `/danh-muc-du-lieu-mo/so-sanh?from=&to=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/open_catalogue_compare.html")]
pub struct ComparePage {
    /// The page.
    pub page: PageCtx,
    /// The older issues to choose from.
    pub olds: Vec<Choice>,
    /// The newer ones.
    pub news: Vec<Choice>,
    /// What differs; none while there are no two issues.
    pub comparison: Option<(IssueLine, IssueLine, ComparisonView)>,
}
