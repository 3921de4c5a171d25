//! The log: one JSON line an event on standard error, or readable lines for people at a terminal.
//!
//! A message is readable alone; what varies is in fields. Times are UTC. Never logged: passwords, keys, cookies, tokens, form
//! contents, cell values.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts the log once for the program; a second call changes nothing.
pub fn start(json: bool, filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    // A log that cannot be written is no reason to end: told on standard error, where it goes itself, it would be a panic.
    let builder =
        tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).log_internal_errors(false);
    // A second start (tests, `demo` after `serve`'s checks) finds a subscriber in place; that one stays.
    let _ = if json {
        builder.json().flatten_event(true).try_init()
    } else {
        builder.with_ansi(std::io::stderr().is_terminal()).compact().try_init()
    };
}
