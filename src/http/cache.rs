//! Rendered public pages, kept by published revision: bounded, and never stale, because the revision is asked for on every
//! request and a page of another revision is another key.

use std::sync::{Arc, OnceLock};
use std::time::Duration;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::assets::{accepts_gzip, compress, none_match};
use crate::kernel::{Error, Lang, Result};
use crate::platform::db::run_blocking;
use crate::platform::raster;

/// All pages together take at most this many bytes.
const CAPACITY: u64 = 64 << 20;

/// The media type of pages.
pub const HTML: &str = "text/html; charset=utf-8";
/// The media type of pictures.
pub const PNG: &str = "image/png";
/// The media type of what programs read as XML.
pub const XML: &str = "application/xml; charset=utf-8";
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
    bytes: Bytes,
    gzip: OnceLock<Option<Bytes>>,
    etag: String,
    /// The `Link` header.
    link: Option<String>,
    /// What the answer depends on beside its address.
    vary: &'static str,
}

impl Cached {
    /// Keeps what was rendered, as a media type.
    pub fn of(kind: &'static str, content: impl Into<Bytes>) -> Self {
        Self::new(kind, content.into(), None, "Accept-Encoding")
    }

    /// Keeps bytes that the address and the `Accept` header ask for, with what the `Link` header says.
    pub fn negotiated(kind: &'static str, bytes: Bytes, link: Option<String>) -> Self {
        Self::new(kind, bytes, link, "Accept, Accept-Encoding")
    }

    fn new(kind: &'static str, bytes: Bytes, link: Option<String>, vary: &'static str) -> Self {
        let etag = hex::encode(&Sha256::digest(&bytes)[..12]);
        let gzip = OnceLock::new();
        // A picture is packed already.
        if kind == PNG {
            let _ = gzip.set(None);
        }
        Self(Arc::new(Rendered { kind, bytes, gzip, etag, link, vary }))
    }

    /// What was rendered.
    pub fn bytes(&self) -> &Bytes {
        &self.0.bytes
    }
}

/// The pages kept.
pub struct PageCache(Cache<PageKey, Cached, Weigh>);

#[derive(Clone)]
struct Weigh;

impl Weighter<PageKey, Cached> for Weigh {
    fn weight(&self, key: &PageKey, page: &Cached) -> u64 {
        // The compressed form comes later and is about a quarter.
        (key.path.len() + page.0.bytes.len() + page.0.bytes.len() / 4 + 256) as u64
    }
}

impl PageCache {
    /// An empty cache.
    pub fn new() -> Self {
        Self(Cache::with_weighter(4096, CAPACITY, Weigh))
    }

    /// Forgets them all.
    pub fn clear(&self) {
        self.0.clear();
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

/// Pictures together take at most this many bytes.
const PICTURES: u64 = 32 << 20;
/// Drawings that are turned into pictures at a time: each takes a processor for a while.
const DRAWN: usize = 2;
/// How long a drawing waits for its turn.
const PATIENCE: Duration = Duration::from_secs(20);

/// Pictures made of drawings, by the drawing.
pub struct Pictures {
    kept: Cache<[u8; 32], Bytes, WeighPicture>,
    permits: Arc<Semaphore>,
}

#[derive(Clone)]
struct WeighPicture;

impl Weighter<[u8; 32], Bytes> for WeighPicture {
    fn weight(&self, _: &[u8; 32], picture: &Bytes) -> u64 {
        picture.len() as u64 + 64
    }
}

impl Default for Pictures {
    fn default() -> Self {
        Self { kept: Cache::with_weighter(512, PICTURES, WeighPicture), permits: Arc::new(Semaphore::new(DRAWN)) }
    }
}

impl Pictures {
    /// Forgets them all.
    pub fn clear(&self) {
        self.kept.clear();
    }

    /// The PNG of a drawing, so many pixels wide; whoever asks for one that is being made waits for it.
    ///
    /// # Errors
    /// As [`raster::png`]; `Unavailable` when too many are drawn at once.
    pub async fn of(&self, svg: String, width: u32) -> Result<Bytes> {
        let key: [u8; 32] = Sha256::new().chain_update(width.to_le_bytes()).chain_update(&svg).finalize().into();
        let draw = async {
            let turn = tokio::time::timeout(PATIENCE, Arc::clone(&self.permits).acquire_owned()).await;
            let turn = turn.map_err(|_| Error::unavailable("too many pictures at once"))?.map_err(Error::internal)?;
            run_blocking(move || {
                // The turn lasts as long as the work does, whoever waits for it.
                let _turn = turn;
                Ok(Bytes::from(raster::png(&svg, width)?))
            })
            .await
        };
        self.kept.get_or_insert_async(&key, draw).await
    }
}

/// Answers with a rendered page, or 304 when the client has it.
pub fn cached_answer(req: &HttpRequest, page: &Cached) -> HttpResponse {
    let page = &page.0;
    let gzip = if accepts_gzip(req) { page.gzip.get_or_init(|| compress(&page.bytes)).as_ref() } else { None };
    let etag = if gzip.is_some() { format!("\"{}-gz\"", page.etag) } else { format!("\"{}\"", page.etag) };
    if none_match(req, &etag) {
        let mut answer = HttpResponse::NotModified();
        return answer
            .insert_header((header::ETAG, etag))
            .insert_header((header::VARY, page.vary))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"))
            .finish();
    }
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(page.kind)
        .insert_header((header::ETAG, etag))
        .insert_header((header::VARY, page.vary))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"));
    if let Some(link) = &page.link {
        answer.insert_header((header::LINK, link.as_str()));
    }
    match gzip {
        Some(gzip) => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone()),
        None => answer.body(page.bytes.clone()),
    }
}
