//! The explorer of a table: filters, order, columns, groups, all in the address.

use askama::Template;

use super::dataset::{Citation, OlderVersion, PreviewHeader};
use crate::http::page::{Chip, Choice, Field, Link, Offers, PageCtx, Pager, Text, Wrong};
use crate::kernel::text;

/// Characters of a cell that are shown at once; the rest is a step away.
const SHOWN: usize = 120;
/// Characters of a cell that a page holds at all; files have the whole.
const HELD: usize = 4000;

/// `/dataset/{slug}/{table}/kham-pha` and the same under `/v/{number}/`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/explore.html")]
pub struct ExplorePage {
    /// The page.
    pub page: PageCtx,
    /// The dataset, and its page with this table.
    pub dataset: Link,
    /// The table.
    pub table: Text,
    /// The dataset's tables and their explorers; the page shows a switch when there is more than one.
    pub tables: Vec<(Link, bool)>,
    /// Set when the version shown is not the latest.
    pub older: Option<OlderVersion>,
    /// What is wrong with the query.
    pub wrongs: Vec<Wrong>,
    /// The page without its query: where forms go.
    pub action: String,
    /// Filters, groups and measures in force.
    pub chips: Vec<Chip>,
    /// The same as a chart.
    pub chart_href: String,
    /// The table as it is; none where it is so already.
    pub clear_href: Option<String>,
    /// The form of a new filter.
    pub filter: FilterForm,
    /// The form of groups and summaries.
    pub group: GroupForm,
    /// The form of columns.
    pub columns: ColumnsForm,
    /// The form of rows on a page.
    pub rows: Vec<Choice>,
    /// What that form carries along.
    pub rows_kept: Vec<(String, String)>,
    /// The result; none where the query is wrong.
    pub result: Option<ResultView>,
    /// The same rows on a map, where that is possible.
    pub map_href: Option<String>,
    /// The address of this very page, with host.
    pub share_url: String,
    /// How to cite the version shown.
    pub citation: Citation,
    /// The address that shows this result for good, with host.
    pub cited_url: String,
    /// Exactly this as files.
    pub takes: Offers,
    /// The whole table as files.
    pub offers: Offers,
    /// How programs get the same rows.
    pub snippets: Vec<Snippet>,
}

/// A new filter as it was typed.
#[derive(Clone, Debug, Default)]
pub struct FilterForm {
    /// The columns.
    pub columns: Vec<Choice>,
    /// The tests.
    pub tests: Vec<Choice>,
    /// The value.
    pub value: Field,
    /// The end of a range.
    pub to: Field,
    /// What the form carries along.
    pub kept: Vec<(String, String)>,
    /// Whether it is open.
    pub open: bool,
}

/// Groups and summaries.
#[derive(Clone, Debug, Default)]
pub struct GroupForm {
    /// The columns to group by; nothing first.
    pub columns: Vec<Choice>,
    /// What is done with a column; nothing first.
    pub operations: Vec<Choice>,
    /// The columns to do it with.
    pub of: Vec<Choice>,
    /// What the form carries along.
    pub kept: Vec<(String, String)>,
    /// Whether it is open.
    pub open: bool,
}

/// The choice of columns.
#[derive(Clone, Debug, Default)]
pub struct ColumnsForm {
    /// The columns in the order of the table.
    pub columns: Vec<Choice>,
    /// How many are shown.
    pub shown: u64,
    /// What the form carries along.
    pub kept: Vec<(String, String)>,
    /// All columns again; none where all are shown.
    pub all_href: Option<String>,
}

/// A page of a result.
#[derive(Clone, Debug)]
pub struct ResultView {
    /// The headings: their text, the machine name beneath it, whether numbers stand below, and the link that sorts.
    pub headings: Vec<HeadingView>,
    /// The rows.
    pub rows: Vec<Vec<CellView>>,
    /// The number of the first row shown, from 1; 0 when there is none.
    pub first: u64,
    /// The number of the last row shown.
    pub last: u64,
    /// How many rows the result has.
    pub total: u64,
    /// How many rows the table has.
    pub of: u64,
    /// The pages.
    pub pager: Pager,
    /// Pages of columns of a wide table.
    pub across: Option<Pager>,
    /// Whether rows are groups.
    pub grouped: bool,
    /// The result in the table's own order; none where it is.
    pub unsorted_href: Option<String>,
}

/// The heading of a column.
#[derive(Clone, Debug)]
pub struct HeadingView {
    /// The title.
    pub title: Text,
    /// The machine name, where it says more than the title.
    pub name: Option<String>,
    /// Whether numbers stand below.
    pub number: bool,
    /// The link that sorts, and how it is sorted.
    pub header: PreviewHeader,
}

/// A cell of a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellView {
    /// Nothing is there.
    Empty,
    /// A short text.
    Short(String),
    /// The beginning of a long text, and the whole.
    Long(String, String),
}

impl CellView {
    /// A cell of a value in the language's form.
    pub fn of(value: Option<String>) -> Self {
        match value {
            None => Self::Empty,
            // What is short in bytes is short in every way, and most cells are.
            Some(whole) if whole.len() <= SHOWN => Self::Short(whole),
            Some(whole) => {
                let whole = text::truncate(&whole, HELD);
                let beginning = text::truncate(&whole, SHOWN);
                if beginning == whole { Self::Short(whole) } else { Self::Long(beginning, whole) }
            }
        }
    }
}

/// How a program gets the same rows.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The program's or language's name.
    pub name: &'static str,
    /// What to type.
    pub code: String,
}

impl ExplorePage {
    /// The title: what it is about, and the table where there are several.
    pub fn heading(&self) -> String {
        self.page.t1("explore-heading", "name", self.table.text.as_str())
    }
}
