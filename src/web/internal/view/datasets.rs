//! The list of datasets in every state.

use askama::Template;

use crate::http::page::{Choice, Freshness, PageCtx, Pager, Text};
use crate::kernel::Timestamp;

/// `/internal/datasets?q=&state=&agency=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/datasets.html")]
pub struct DatasetsPage {
    /// The page.
    pub page: PageCtx,
    /// Whether the reader writes datasets for some agency.
    pub writes: bool,
    /// What was typed in the search box.
    pub query: String,
    /// The states with their numbers, "all" first.
    pub states: Vec<StateTab>,
    /// Agencies to choose from; the first, with an empty value, means all. Fewer than two: the choice is not shown.
    pub agencies: Vec<Choice>,
    /// The state chosen, carried along by the form; empty means all.
    pub state: String,
    /// How many datasets match.
    pub total: u64,
    /// Whether any filter is in force.
    pub filtered: bool,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
    /// The datasets of this page.
    pub rows: Vec<InternalDatasetRow>,
    /// The pages.
    pub pager: Pager,
}

/// A state as a tab of the list.
#[derive(Clone, Debug)]
pub struct StateTab {
    /// Its name in the page's language.
    pub text: String,
    /// How many datasets are in it.
    pub count: u64,
    /// The list with this state only.
    pub href: String,
    /// Whether it is the one shown.
    pub current: bool,
}

/// A dataset of the list.
#[derive(Clone, Debug)]
pub struct InternalDatasetRow {
    /// The title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// The agency.
    pub agency: String,
    /// The state's code: `draft`, `submitted`, `changes-asked`, `approved`, `refused`, `published`, `withdrawn`.
    pub state: String,
    /// The state's code of the draft beside what is published or withdrawn, where there is one.
    pub draft_state: Option<String>,
    /// The version now published, where there is one.
    pub published_version: Option<u64>,
    /// The draft version waiting, where there is one.
    pub draft_version: Option<u64>,
    /// Whether it is on time; none before the first publication.
    pub freshness: Option<Freshness>,
    /// Rows of all its tables.
    pub rows: u64,
    /// When it last changed.
    pub changed: Timestamp,
    /// Who changed it.
    pub changed_by: String,
}

impl DatasetsPage {
    /// The choice that means every agency; first of [`DatasetsPage::agencies`].
    pub fn every_agency(page: &PageCtx, chosen: bool) -> Choice {
        Choice { value: String::new(), text: page.t("in-agency-all"), chosen }
    }

    /// The tab that means every state; first of [`DatasetsPage::states`].
    pub fn every_state(page: &PageCtx, count: u64, href: String, current: bool) -> StateTab {
        StateTab { text: page.t("in-datasets-all"), count, href, current }
    }
}
