//! Charts of a table: the page around one, and the picture as a file.

use askama::Template;

use super::dataset::{Citation, OlderVersion};
use super::explore::FilterForm;
use crate::chart::{Drawing, Mark};
use crate::http::page::{Chip, Link, PageCtx, Select, Text, Wrong};

/// `/dataset/{slug}/{table}/bieu-do` and the same under `/v/{number}/`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/chart.html")]
pub struct ChartPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset, and its page with this table.
    pub dataset: Link,
    /// The table.
    pub table: Text,
    /// The dataset's tables and their charts; the page shows a switch when there is more than one.
    pub tables: Vec<(Link, bool)>,
    /// Set when the version shown is not the latest.
    pub older: Option<OlderVersion>,
    /// What is wrong with the address.
    pub wrongs: Vec<Wrong>,
    /// The page without its query: where forms go.
    pub action: String,
    /// The kinds of charts that the table has something for.
    pub kinds: Vec<(Link, bool)>,
    /// What stands along the x axis; none where there is nothing to choose.
    pub x: Option<Select>,
    /// What is drawn upwards.
    pub y: Option<Select>,
    /// By what it is told apart.
    pub series: Option<Select>,
    /// What the form carries along.
    pub kept: Vec<(String, String)>,
    /// Filters in force.
    pub chips: Vec<Chip>,
    /// The chart of the whole table; none where nothing is filtered.
    pub clear_href: Option<String>,
    /// The form of a new filter.
    pub filter: FilterForm,
    /// The picture; none where something is wrong, or nothing can be drawn.
    pub picture: Option<Picture>,
    /// The same rows in the explorer.
    pub explore_href: String,
    /// The address of this very page, with host.
    pub share_url: String,
    /// How to cite the version shown.
    pub citation: Citation,
    /// The address that shows this chart for good, with host.
    pub cited_url: String,
}

/// A chart and its figures.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What it shows, by name.
    pub title: String,
    /// Of how many rows, in which unit, by which filters.
    pub lead: String,
    /// What can be read off it.
    pub says: String,
    /// What is not drawn, and why.
    pub notes: Vec<String>,
    /// The drawing for wide windows.
    pub wide: Drawing,
    /// The drawing for narrow ones.
    pub narrow: Drawing,
    /// The picture as SVG.
    pub svg_href: String,
    /// The picture as PNG.
    pub png_href: String,
    /// The figures as CSV.
    pub csv_href: String,
    /// The headings of the figures: what stands there, and whether numbers stand below.
    pub heads: Vec<(String, bool)>,
    /// The figures.
    pub rows: Vec<Vec<String>>,
    /// Set when the table has only the first of them.
    pub cut: Option<String>,
}

/// A chart as a file: everything that a reader elsewhere must know is in it.
#[derive(Clone, Debug, Template)]
#[template(path = "pictures/chart.svg")]
pub struct ChartFile {
    /// The language, as its tag.
    pub lang: &'static str,
    /// How wide, in pixels.
    pub width: u32,
    /// How high.
    pub height: u32,
    /// What it shows, by name.
    pub title: String,
    /// What can be read off it.
    pub says: String,
    /// The name in lines, each with the line it stands on.
    pub head: Vec<(u32, String)>,
    /// What stands below the name.
    pub lead: Vec<(u32, String)>,
    /// Where the drawing begins.
    pub top: u32,
    /// The drawing.
    pub drawing: Drawing,
    /// What is not drawn, and where the figures come from.
    pub foot: Vec<(u32, String)>,
    /// Where the line above the foot stands.
    pub foot_top: u32,
}

impl ChartPage {
    /// The title: what it is about, and the table where there are several.
    pub fn heading(&self) -> String {
        self.page.t1("chart-heading", "name", self.table.text.as_str())
    }
}
