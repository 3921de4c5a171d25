//! Static files, inside the program, compressed ahead.

use std::collections::HashMap;
use std::io::Write;
use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "static/"]
struct Static;

struct Asset {
    bytes: Bytes,
    gzip: Option<Bytes>,
    etag: String,
    media_type: &'static str,
}

static ASSETS: LazyLock<HashMap<String, Asset>> = LazyLock::new(|| {
    Static::iter()
        .filter_map(|name| {
            let bytes = Bytes::from(Static::get(&name)?.data.into_owned());
            let media_type = media_type(&name);
            let text = !media_type.starts_with("font/") && !media_type.starts_with("image/png");
            let gzip = if text { compress(&bytes) } else { None };
            let etag = hex::encode(&Sha256::digest(&bytes)[..12]);
            Some((name.into_owned(), Asset { bytes, gzip, etag, media_type }))
        })
        .collect()
});

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut tags: Vec<_> = ASSETS.iter().map(|(name, asset)| (name, &asset.etag)).collect();
    tags.sort();
    let mut hasher = Sha256::new();
    for (name, etag) in tags {
        hasher.update(name);
        hasher.update(etag);
    }
    hex::encode(&hasher.finalize()[..6])
});

/// A short hash of all static files: part of their addresses, so that browsers may keep them for a year.
pub fn asset_version() -> &'static str {
    &VERSION
}

/// The typefaces, by the addresses at which the stylesheet asks for them. Pages name them at once, so that they are there before
/// anything is drawn and nothing moves.
pub fn fonts() -> &'static [String] {
    static FONTS: LazyLock<Vec<String>> = LazyLock::new(|| {
        let mut fonts: Vec<_> =
            ASSETS.keys().filter(|name| is_font(name)).map(|name| format!("/static/{name}")).collect();
        fonts.sort();
        fonts
    });
    &FONTS
}

/// A typeface keeps its name as long as it keeps its bytes.
fn is_font(name: &str) -> bool {
    name.ends_with(".woff2")
}

/// Answers with a static file, or 404.
pub fn serve_asset(req: &HttpRequest, name: &str) -> HttpResponse {
    let Some(asset) = ASSETS.get(name) else { return HttpResponse::NotFound().finish() };
    let gzip = asset.gzip.as_ref().filter(|_| accepts_gzip(req));
    let etag = if gzip.is_some() { format!("\"{}-gz\"", asset.etag) } else { format!("\"{}\"", asset.etag) };
    let current = is_font(name) || req.query_string() == format!("v={}", asset_version());
    let mut answer = if none_match(req, &etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((header::ETAG, etag.clone())).insert_header((header::VARY, "Accept-Encoding")).insert_header(
        (header::CACHE_CONTROL, if current { "public, max-age=31536000, immutable" } else { "public, no-cache" }),
    );
    if none_match(req, &etag) {
        return answer.finish();
    }
    answer.content_type(asset.media_type);
    match gzip {
        Some(gzip) => answer.insert_header((header::CONTENT_ENCODING, "gzip")).body(gzip.clone()),
        None => answer.body(asset.bytes.clone()),
    }
}

/// Whether the client takes gzip.
pub(super) fn accepts_gzip(req: &HttpRequest) -> bool {
    let accepted = req.headers().get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').map(str::trim).any(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        parts.next() == Some("gzip") && !parts.any(|weight| weight.trim_end_matches(['0', '.']) == "q=")
    })
}

/// Whether the client has this very representation (`If-None-Match`, weak comparison: RFC 9110, 13.1.2).
pub(super) fn none_match(req: &HttpRequest, etag: &str) -> bool {
    let Some(tags) = req.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    tags.trim() == "*" || tags.split(',').any(|tag| tag.trim().trim_start_matches("W/") == etag)
}

/// Gzip, when it makes the bytes fewer.
pub(super) fn compress(bytes: &[u8]) -> Option<Bytes> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    encoder.write_all(bytes).ok()?;
    let packed = encoder.finish().ok()?;
    (packed.len() < bytes.len()).then(|| Bytes::from(packed))
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("txt") => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
