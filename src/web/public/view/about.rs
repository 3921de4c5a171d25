//! About the portal.

use askama::Template;

use crate::http::page::{GrainRow, Html, PageCtx};

/// `/about`: whose portal it is, how data gets here, how it is kept.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/about.html")]
pub struct AboutPage {
    /// The page.
    pub page: PageCtx,
    /// Words of the province's own, where it has written some.
    pub own: Option<Html>,
    /// How many datasets are published.
    pub datasets: u64,
    /// How many agencies publish.
    pub agencies: u64,
    /// How the whole province stands.
    pub freshness: GrainRow,
}
