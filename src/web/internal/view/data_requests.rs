//! Data that readers ask for, and what becomes of it.

use askama::Template;

use super::datasets::StateTab;
use super::editor::Select;
use crate::http::page::{Choice, Field, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;
use crate::web::request_form::RequestView;

/// `/internal/data-requests?state=&agency=&q=&sort=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/data_requests.html")]
pub struct DataRequestsPage {
    /// The page.
    pub page: PageCtx,
    /// Where requests stand, those that are open first.
    pub states: Vec<StateTab>,
    /// The one chosen, carried along by the form.
    pub state: String,
    /// What was typed in the search box.
    pub query: String,
    /// Agencies to choose from; the first, with an empty value, means all. Fewer than three: the choice is not shown.
    pub agencies: Vec<Choice>,
    /// In which order.
    pub orders: Vec<Choice>,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// How many requests match.
    pub total: u64,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
    /// The requests of this page.
    pub rows: Vec<DataRequestRow>,
    /// The pages.
    pub pager: Pager,
}

/// A request of the list.
#[derive(Clone, Debug)]
pub struct DataRequestRow {
    /// Which data.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// Whose it is to answer.
    pub agency: Option<String>,
    /// Where it stands.
    pub standing: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// Whether its words are public.
    pub public: bool,
    /// How many need the data.
    pub supporters: u64,
    /// When it was written.
    pub made: Timestamp,
    /// The day by which something is to happen, and whether it is over.
    pub due: Option<(chrono::NaiveDate, bool)>,
}

/// `/internal/data-requests/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/data_request.html")]
pub struct DataRequestPage {
    /// The page.
    pub page: PageCtx,
    /// Its own address.
    pub href: String,
    /// The request.
    pub view: RequestView,
    /// Which data, as the asker wrote it.
    pub wanted: Text,
    /// What for, as the asker wrote it.
    pub purpose: Text,
    /// Its public page with host, once its words are public.
    pub public: Option<String>,
    /// Whether it was written in English, so that the answer is best given in it.
    pub english: bool,
    /// Whether its asker waits for the answer by mail.
    pub awaits_mail: bool,
    /// What the reader may do.
    pub acts: Acts,
    /// What is wrong with the form that was sent.
    pub wrongs: Vec<Wrong>,
    /// The words for the public.
    pub words: (Field, Field),
    /// Which agency is to answer.
    pub agency: Select,
    /// What is answered.
    pub kinds: Vec<Choice>,
    /// What is wrong with that choice.
    pub kind_error: Option<String>,
    /// The dataset that holds the data.
    pub dataset: Select,
    /// The day by which it will be published.
    pub promised: Field,
    /// Why it cannot be.
    pub refusal: Select,
    /// The number of the request that asks for the same.
    pub into: Field,
    /// What there is to say.
    pub answer: Field,
}

/// What may be done about a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Acts {
    /// Let its words out, or mend them.
    pub show: bool,
    /// Say that it asks for nothing.
    pub set_aside: bool,
    /// Say which agency is to answer.
    pub assign: bool,
    /// Answer it.
    pub answer: bool,
}
