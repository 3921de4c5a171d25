//! The agencies, and one of them.

use askama::Template;

use super::home::AgencyGrains;
use crate::http::page::{DatasetRow, GrainRow, Html, Link, PageCtx, Pager, Text};

/// `/organization`: all agencies that publish.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/agencies.html")]
pub struct AgenciesPage {
    /// The page.
    pub page: PageCtx,
    /// How the whole province stands.
    pub freshness: GrainRow,
    /// The agencies with their grains, by name.
    pub agencies: Vec<AgencyGrains>,
}

/// `/organization/{slug}`: an agency and its datasets.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/agency.html")]
pub struct AgencyPage {
    /// The page.
    pub page: PageCtx,
    /// The agency's name.
    pub name: Text,
    /// What it does.
    pub description: Option<Html>,
    /// The agency's own site; outside the portal.
    pub website: Option<String>,
    /// A mail address to write to.
    pub mail: Option<String>,
    /// A telephone number.
    pub telephone: Option<String>,
    /// The agency that took over its work, where it no longer exists.
    pub successor: Option<Link>,
    /// Agencies whose work it took over.
    pub predecessors: Vec<Text>,
    /// How its datasets stand.
    pub freshness: GrainRow,
    /// How many datasets it publishes.
    pub total: u64,
    /// The datasets of this page, newest first.
    pub datasets: Vec<DatasetRow>,
    /// The pages.
    pub pager: Pager,
    /// The search with this agency as a filter.
    pub search_href: String,
}
