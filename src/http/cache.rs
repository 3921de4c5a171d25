//! Rendered public pages, kept by published revision: bounded, and never stale, because the revision is asked for on every
//! request and a page of another revision is another key.

use std::sync::{Arc, OnceLock};

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use super::assets::{accepts_gzip, compress, none_match};
use crate::kernel::Lang;

/// All pages together take at most this many bytes.
const CAPACITY: u64 = 64 << 20;

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// The media type of feeds.
pub const ATOM: &str = "application/atom+xml; charset=utf-8";

/// What makes a page another page: its address and language, the revision of the data, and the hour (whether a dataset is on time
/// and how often it was used change with time alone).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PageKey {
    /// Path and query without the language's prefix.
    pub path: String,
    /// The language.
    pub lang: Lang,
    /// The published revision.
    pub revision: i64,
    /// Hours since 1970, in the province's time.
    pub hour: i64,
    /// Whether the search index answered.
    pub indexed: Option<i64>,
}

/// A rendered page.
#[derive(Clone, Debug)]
pub struct Cached(Arc<Rendered>);

#[derive(Debug)]
struct Rendered {
    kind: &'static str,
    html: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    etag: String,
}

impl Cached {
    /// Keeps what was rendered, as a media type.
    pub fn of(kind: &'static str, content: impl Into<Bytes>) -> Self {
        let html = content.into();
        let etag = hex::encode(&Sha256::digest(&html)[..12]);
        Self(Arc::new(Rendered { kind, html, gzip: OnceLock::new(), etag }))
    }

    /// What was rendered.
    pub fn html(&self) -> &[u8] {
        &self.0.html
    }
}

/// The pages kept.
pub struct PageCache(Cache<PageKey, Cached, Weigh>);

#[derive(Clone)]
struct Weigh;

impl Weighter<PageKey, Cached> for Weigh {
    fn weight(&self, key: &PageKey, page: &Cached) -> u64 {
        // The compressed form comes later and is about a quarter.
        (key.path.len() + page.0.html.len() + page.0.html.len() / 4 + 256) as u64
    }
}

impl PageCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self(Cache::with_weighter(4096, CAPACITY, Weigh))
    }

    /// A page, if it is kept.
    pub fn get(&self, key: &PageKey) -> Option<Cached> {
        self.0.get(key)
    }

    /// Keeps a page.
    pub fn insert(&self, key: PageKey, page: Cached) {
        self.0.insert(key, page);
    }
}

impl Default for PageCache {
    fn default() -> Self {
        Self::new()
    }
}

/// Answers with a rendered page, or 304 when the client has it.
pub fn cached_answer(req: &HttpRequest, page: &Cached) -> HttpResponse {
    let page = &page.0;
    // What is compressed by its form gains nothing.
    let compressed = page.kind == "image/png";
    let gzip =
        if !compressed && accepts_gzip(req) { page.gzip.get_or_init(|| compress(&page.html)).as_ref() } else { None };
    let etag = if gzip.is_some() { format!("\"{}-gz\"", page.etag) } else { format!("\"{}\"", page.etag) };
    if none_match(req, &etag) {
        let mut answer = HttpResponse::NotModified();
        return answer
            .insert_header((header::ETAG, etag))
            .insert_header((header::VARY, "Accept-Encoding"))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"))
            .finish();
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(page.kind)
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, "Accept-Encoding"))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"));
    match gzip {
        Some(gzip) => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone()),
        None => answer.body(page.html.clone()),
    }
}
