//! What both portals share on the wire: requests and their circumstances, answers and errors, sessions, caching, files.

mod answer;
mod assets;
mod cache;
mod cors;
mod download;
mod headers;
mod open_form;
pub mod page;
pub mod present;
mod request;
mod route;
mod session;
mod state;
mod vain;

pub use answer::{Draw, ErrorFacts, Failure, Outcome, html, redirect, request_id_of};
pub use assets::{asset_version, fonts, serve_asset};
pub use cache::{ATOM, Cached, HTML, PNG, PageCache, PageKey, Pictures, XML, cached_answer};
pub use cors::{open_to_all, preflight};
pub use download::{
    Begun, FileAnswer, MadeAnswer, StreamTurn, finish_made, made_head, send_composed, send_file, send_made,
};
pub use headers::{ErrorLayer, internal_headers, log_failure, log_requests, public_headers};
pub use open_form::{OpenForm, TokenAge, form_token};
pub use request::{
    address, client_of as client_address, ctx_of, encode, lang_of, path_and_query, query_of, query_pairs,
};
pub use route::{Access, Route, mount, mount_below};
pub use session::{
    Entering, Inside, SafeForm, Sender, SessionRows, SignedIn, csrf_token, expect_form_token, flash, half_signed_in,
    half_start_session, remember, session_client, session_id, session_layer, start_session, take_flash, told,
};
pub use state::{App, Known, Parts};
pub use vain::{count_search, note_search};
