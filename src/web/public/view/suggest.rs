//! What is offered while somebody types: a part of a page, put under the search box by `static/suggest.js`.

use askama::Template;

use crate::http::page::{PageCtx, Piece, Text};
use crate::kernel::Lang;

/// `/goi-y`.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/offers.html")]
pub struct Offers {
    /// The page.
    pub page: PageCtx,
    /// The groups that hold something.
    pub groups: Vec<Group>,
}

/// Things of one kind.
#[derive(Clone, Debug)]
pub struct Group {
    /// Of which, in words.
    pub name: String,
    /// What is offered.
    pub entries: Vec<Entry>,
}

/// One thing that is offered.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name, what was typed marked.
    pub pieces: Vec<Piece>,
    /// The language, only where it is not the page's.
    pub lang: Option<Lang>,
    /// Where it leads.
    pub href: String,
}

impl Offers {
    /// How many things there are, for those who hear the page.
    pub fn said(&self) -> String {
        let count: usize = self.groups.iter().map(|group| group.entries.len()).sum();
        self.page.t1("offers-count", "count", count)
    }
}

impl Entry {
    /// The attribute of its language. Printed unescaped.
    pub fn attr(&self) -> &'static str {
        Text { text: String::new(), lang: self.lang }.attr()
    }
}
