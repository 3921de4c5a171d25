//! Addresses of other machines, and of this one.

use std::net::IpAddr;

/// Whether an `http://` address is on this very machine: a loopback address, or `localhost`.
pub fn is_loopback(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("http://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => authority.rsplit_once(':').map_or(authority, |(host, _)| host),
    };
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_only_begins_like_this_machine_is_another() {
        assert!(
            is_loopback("http://127.0.0.1:9000")
                && is_loopback("http://localhost")
                && is_loopback("http://[::1]:9000/x")
        );
        for other in [
            "http://localhost.evil",
            "http://127.evil",
            "http://127.0.0.1.evil:80",
            "http://evil/127.0.0.1",
            "https://localhost",
        ] {
            assert!(!is_loopback(other), "{other}");
        }
    }
}
