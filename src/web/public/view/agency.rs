//! The agencies, and one of them.

use askama::Template;
use chrono::NaiveDate;

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
    /// Its last day, where it no longer exists.
    pub ended: Option<NaiveDate>,
    /// Agencies whose work it took over, and that are no more.
    pub predecessors: Vec<Former>,
    /// Whom the agency names to be spoken to, where that is published.
    pub focal_points: Vec<Focal>,
    /// How its datasets stand.
    pub freshness: GrainRow,
    /// How many datasets it publishes.
    pub total: u64,
    /// The datasets of this page, in the order chosen.
    pub datasets: Vec<DatasetRow>,
    /// The orders: name, address, whether it is the one chosen.
    pub orders: Vec<(String, String, bool)>,
    /// The pages.
    pub pager: Pager,
    /// The search with this agency as a filter.
    pub search_href: String,
    /// The Atom feed of what happens to its datasets.
    pub feed_href: String,
    /// Where readers ask for letters about it, if the portal writes any.
    pub follow_href: String,
}

/// An agency that is no more.
#[derive(Clone, Debug)]
pub struct Former {
    /// Its name.
    pub name: Text,
    /// The search for the datasets that it published.
    pub href: String,
    /// Its last day.
    pub until: Option<NaiveDate>,
}

/// Somebody to be spoken to.
#[derive(Clone, Debug)]
pub struct Focal {
    /// For what, in words.
    pub kind: String,
    /// The person's name.
    pub name: String,
    /// The person's position.
    pub position: String,
    /// The office telephone.
    pub telephone: String,
    /// The office e-mail.
    pub mail: String,
}
