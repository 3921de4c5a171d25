//! The circumstances of a request.

use std::collections::BTreeMap;
use std::net::IpAddr;

use actix_web::web::Query;
use actix_web::{HttpMessage, HttpRequest};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::de::DeserializeOwned;

use super::answer::RequestId;
use super::state::App;
use crate::kernel::{Actor, Ctx, Error, Lang, Problem, Result};

/// The language of the address: English under `/en`, Vietnamese elsewhere.
pub fn lang_of(req: &HttpRequest) -> Lang {
    req.app_data::<Lang>().copied().unwrap_or_default()
}

/// Path and query of a request without the language's prefix.
pub fn path_and_query(req: &HttpRequest) -> String {
    let whole = req.uri().path_and_query().map_or("/", |path| path.as_str());
    let rest = whole.strip_prefix(lang_of(req).prefix()).unwrap_or(whole);
    if rest.starts_with('/') { rest.to_owned() } else { format!("/{rest}") }
}

/// Everything but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A text as it stands in the query of an address.
pub fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// An address: a path with the parameters that are not empty.
pub fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let given: Vec<String> = parameters
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={}", encode(value)))
        .collect();
    if given.is_empty() { path.to_owned() } else { format!("{path}?{}", given.join("&")) }
}

/// The parameters of the query, in order.
pub fn query_pairs(req: &HttpRequest) -> Vec<(String, String)> {
    let pairs: Vec<(String, String)> = Query::from_query(req.query_string()).map(Query::into_inner).unwrap_or_default();
    // A NUL says nothing to a reader and is refused by PostgreSQL.
    pairs.into_iter().map(|(name, value)| (name, value.replace('\0', ""))).collect()
}

/// Reads the query. A parameter that is given twice counts as given last; one that is not asked for is passed over.
///
/// # Errors
/// A refusal `query-unreadable`.
pub fn query_of<T: DeserializeOwned>(req: &HttpRequest) -> Result<T> {
    let unique: BTreeMap<String, String> = query_pairs(req).into_iter().collect();
    let query: Vec<String> = unique.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
    Query::<T>::from_query(&query.join("&"))
        .map(Query::into_inner)
        .map_err(|error| Error::invalid(Problem::new("query-unreadable")).because(error.to_string()))
}

/// The circumstances of a request by `actor`.
pub fn ctx_of(req: &HttpRequest, app: &App, actor: Actor, lang: Lang) -> Ctx {
    let request_id = req.extensions().get::<RequestId>().map_or_else(crate::kernel::id::fresh, |id| id.0.clone());
    Ctx { actor, lang, at: app.now(), request_id, client: client_of(req, app).map(|address| address.to_string()) }
}

/// Who asks: the peer, or what a trusted proxy says of it. Only the last address that no trusted proxy added counts.
pub fn client_of(req: &HttpRequest, app: &App) -> Option<IpAddr> {
    let trusted = |address: IpAddr| app.parts.settings.trusted_proxies.iter().any(|network| network.contains(address));
    let peer = req.peer_addr()?.ip();
    if !trusted(peer) {
        return Some(peer);
    }
    let forwarded = req.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
    let chain: Vec<IpAddr> =
        forwarded.flat_map(|line| line.split(',')).filter_map(|part| part.trim().parse().ok()).collect();
    Some(chain.into_iter().rev().find(|address| !trusted(*address)).unwrap_or(peer))
}
