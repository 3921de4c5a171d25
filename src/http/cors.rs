//! Leave for programs on other sites to read what is public (CORS): there is no cookie here that they could use.

use actix_web::HttpResponse;
use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

/// What scripts may read of an answer's head, beside what every browser lets them.
pub(super) const EXPOSED: &str =
    "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Link, Retry-After, X-Request-Id";

/// The answer to a browser that asks first whether it may: reading, from anywhere.
pub fn preflight() -> HttpResponse {
    HttpResponse::NoContent()
        .insert_header((header::ALLOW, "GET, HEAD, OPTIONS"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD, OPTIONS"))
        .insert_header((
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            "Accept, Accept-Language, Content-Type, If-Match, If-Modified-Since, If-None-Match, If-Range, \
             If-Unmodified-Since, Range",
        ))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"))
        .finish()
}

/// Opens an answer to scripts of every site.
pub fn open_to_all(headers: &mut HeaderMap) {
    let open: [(HeaderName, &'static str); 2] =
        [(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"), (header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED)];
    for (name, value) in open {
        headers.insert(name, HeaderValue::from_static(value));
    }
}
