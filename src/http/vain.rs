//! Searches without a result, as the search pages and the API report them: first what a search found, then who asked for it. The second
//! stands apart because pages and answers are kept: most readers get one that was made for another.

use actix_web::HttpRequest;
use actix_web::http::{Method, header};

use super::request::client_of;
use super::state::App;
use crate::demand::words_of;
use crate::statistics::is_robot;

/// Notes how much a whole search for a text found, without filters.
pub fn note_search(app: &App, text: &str, total: u64) {
    if let Some(words) = words_of(text) {
        app.vain.note(&app.today().to_string(), words, total == 0);
    }
}

/// Counts whoever asked for such a search, in case it finds nothing; robots that say so are not counted.
pub fn count_search(req: &HttpRequest, app: &App, text: &str) {
    let agent = req.headers().get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    if *req.method() == Method::GET
        && !is_robot(agent)
        && let Some(words) = words_of(text)
    {
        app.vain.count(&app.today().to_string(), &words, client_of(req, app), app.now());
    }
}
