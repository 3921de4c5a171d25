//! An agency's own list of datasets.

use askama::Template;

use super::editor::Select;
use crate::http::page::{Choice, Field, Link, PageCtx, Wrong};

/// `/internal/dataset-lists`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/dataset_lists.html")]
pub struct ListsPage {
    /// The page.
    pub page: PageCtx,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Agencies that the person writes for; the field is hidden where there is one only.
    pub agencies: Vec<Choice>,
    /// The headings of the template.
    pub columns: Vec<String>,
    /// Rows of a list.
    pub most_rows: u64,
    /// Bytes of a list.
    pub most: u64,
    /// Whether the sender declares that the file holds no state secret.
    pub declared: Field,
    /// The words of that declaration.
    pub declaration: String,
    /// The law behind it, as people cite it.
    pub declaration_basis: String,
    /// What is wrong with the file.
    pub file: Field,
    /// Where the template is.
    pub template: String,
}

/// `/internal/dataset-lists/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/dataset_list.html")]
pub struct ListPage {
    /// The page.
    pub page: PageCtx,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// The file.
    pub file: String,
    /// The agency.
    pub agency: String,
    /// The page's own address.
    pub href: String,
    /// Where another list is sent.
    pub new: String,
    /// The columns that are taken over, each as a sentence.
    pub taken: Vec<String>,
    /// The headings of those that are not.
    pub left: Vec<String>,
    /// The drafts; none while nothing was entered.
    pub entered: Option<Vec<Link>>,
    /// The topic of rows that have none, where there are such.
    pub topics: Option<Select>,
    /// The frequency of rows that have none, where there are such.
    pub frequencies: Option<Select>,
    /// The rows.
    pub lines: Vec<LineView>,
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct LineView {
    /// Its number, from 1.
    pub row: u64,
    /// The title.
    pub title: String,
    /// The topic's name.
    pub topic: Option<String>,
    /// The frequency's name.
    pub frequency: Option<String>,
    /// The licence's name; none for the province's own terms.
    pub licence: Option<String>,
    /// What is wrong, unknown or missing, as sentences.
    pub remarks: Vec<String>,
    /// What has the same title already.
    pub same: Option<Link>,
    /// Whether it may be chosen.
    pub open: bool,
    /// Whether it is.
    pub chosen: bool,
}
