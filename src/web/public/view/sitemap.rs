//! What programs read to find their way: site maps and the description of the search.

use std::borrow::Borrow;

use askama::Template;

use crate::http::page::PageCtx;
use crate::kernel::{Lang, Timestamp};

/// `/sitemap.xml`: the parts.
#[derive(Clone, Debug, Template)]
#[template(path = "feeds/sitemaps.xml")]
pub struct SitemapIndex {
    /// Each part: its address with host, and when something in it last changed.
    pub parts: Vec<(String, Option<Timestamp>)>,
}

/// `/sitemap-{number}.xml`: addresses, each in both languages.
#[derive(Clone, Debug, Template)]
#[template(path = "feeds/sitemap.xml")]
pub struct Sitemap {
    /// A page of the portal, for its addresses.
    pub page: PageCtx,
    /// The places of this part.
    pub places: Vec<Place>,
}

/// A page in both languages.
#[derive(Clone, Debug)]
pub struct Place {
    /// Its path without the language's prefix.
    pub path: String,
    /// When it last changed, where that is known.
    pub at: Option<Timestamp>,
    /// The path of its picture, where it has one of its own.
    pub picture: Option<String>,
}

impl Sitemap {
    /// An address in a language, with host.
    pub fn url(&self, lang: impl Borrow<Lang>, path: &str) -> String {
        self.page.url_in(*lang.borrow(), path)
    }
}

/// `/opensearch.xml`: how browsers search here.
#[derive(Clone, Debug, Template)]
#[template(path = "feeds/opensearch.xml")]
pub struct SearchDescription {
    /// The page.
    pub page: PageCtx,
}
