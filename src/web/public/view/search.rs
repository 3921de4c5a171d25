//! Search: results with facets, or every dataset when nothing is typed.

use askama::Template;
use chrono::NaiveDate;

use super::editorial::ArticleEntry;
use crate::http::page::{Chip, Choice, Facet, Freshness, Link, PageCtx, Pager, Piece, Text};

/// `/dataset?q=…`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/search.html")]
pub struct SearchPage {
    /// The page.
    pub page: PageCtx,
    /// The form that asks for data that is not there, with the words of the search.
    pub ask_href: String,
    /// What was typed, as it was typed; empty when everything is listed.
    pub query: String,
    /// How many datasets match.
    pub total: u64,
    /// The facets with counts.
    pub facets: Vec<Facet>,
    /// The filters in force.
    pub chips: Vec<Chip>,
    /// The same search without any filter.
    pub clear_href: String,
    /// Orders to choose from; the form sends the value as `sort`.
    pub sorts: Vec<Choice>,
    /// The parameters that the sort form and the search form carry along: the filters in force, name and value.
    pub kept: Vec<(String, String)>,
    /// The results of this page.
    pub results: Vec<ResultRow>,
    /// The pages.
    pub pager: Pager,
    /// Words of the synonym list that were searched too.
    pub also: Vec<String>,
    /// The same search with exactly the words typed, where others were searched too.
    pub exact_href: Option<String>,
    /// Whether nothing matched every word and results that match some of them are shown.
    pub relaxed: bool,
    /// Whether the search index is being rebuilt and the results come from the database.
    pub without_index: bool,
    /// Help when nothing is found, or only a part.
    pub help: SearchHelp,
    /// Guides and news about what was typed.
    pub guides: Vec<ArticleEntry>,
    /// The Atom feed of what is found.
    pub feed_href: String,
}

/// One result.
#[derive(Clone, Debug)]
pub struct ResultRow {
    /// The title in pieces.
    pub title: Vec<Piece>,
    /// The title's language, only where it is not the page's.
    pub title_lang: Option<crate::kernel::Lang>,
    /// The dataset's page.
    pub href: String,
    /// The part of the description that matched, in pieces.
    pub snippet: Vec<Piece>,
    /// The description's language, only where it is not the page's.
    pub snippet_lang: Option<crate::kernel::Lang>,
    /// Columns whose name or meaning matched, in pieces each; empty when the title or the description did.
    pub columns: Vec<Vec<Piece>>,
    /// The publisher.
    pub agency: Text,
    /// Whether it is on time.
    pub freshness: Freshness,
    /// When its present version was published.
    pub published: NaiveDate,
    /// Rows of all its tables.
    pub rows: u64,
    /// Downloads since the beginning.
    pub downloads: u64,
    /// The names of its formats.
    pub formats: Vec<String>,
}

/// What to try when nothing is found.
#[derive(Clone, Debug, Default)]
pub struct SearchHelp {
    /// Each filter that can be taken off, and how many datasets there are then.
    pub without: Vec<(Chip, u64)>,
    /// Searches close to this one that find something.
    pub similar: Vec<Link>,
    /// Topics to look through, with their numbers.
    pub topics: Vec<(Link, u64)>,
}

impl SearchPage {
    /// The page's title.
    pub fn title(&self) -> String {
        if self.query.is_empty() {
            self.page.t("search-title-all")
        } else {
            self.page.t1("search-title", "query", &self.query)
        }
    }

    /// Whether there is any filter to choose.
    pub fn has_facets(&self) -> bool {
        self.facets.iter().any(|facet| !facet.values.is_empty())
    }

    /// The heading over the results, or what was not found.
    pub fn heading(&self) -> String {
        match (self.query.is_empty(), self.total) {
            (true, 0) if self.chips.is_empty() => self.page.t("search-nothing-yet"),
            (true, 0) => self.page.t("search-none-filtered"),
            (false, 0) => self.page.t1("search-none", "query", &self.query),
            (true, total) => self.page.t1("count-datasets", "count", total),
            (false, total) => self.page.t2("search-count", "count", total, "query", &self.query),
        }
    }
}

impl ResultRow {
    /// The attribute of the title's language. Printed unescaped.
    pub fn title_attr(&self) -> &'static str {
        Text { text: String::new(), lang: self.title_lang }.attr()
    }

    /// The attribute of the language of a table's or column's name, which the index keeps without it: letters beyond ASCII are
    /// Vietnamese. Printed unescaped.
    pub fn column_attr(&self, column: &[Piece]) -> &'static str {
        if column.iter().all(|piece| piece.text.is_ascii()) { "" } else { " lang=\"vi\"" }
    }

    /// The attribute of the description's language. Printed unescaped.
    pub fn snippet_attr(&self) -> &'static str {
        Text { text: String::new(), lang: self.snippet_lang }.attr()
    }
}
