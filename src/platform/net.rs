//! Addresses of other machines, and of this one.

use std::collections::HashSet;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use crate::kernel::Timestamp;

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

/// Addresses of one minute that are noted at most; an attacker has more of them than a disk has room.
const MOST_A_MINUTE: usize = 20;

/// Lets something through once for each address and minute, and for few addresses a minute altogether.
#[derive(Debug, Default)]
pub struct OncePerMinute(Mutex<(i64, HashSet<Option<IpAddr>>)>);

impl OncePerMinute {
    /// Whether it is this address's first time in the minute of a moment, and there is room for it.
    pub fn first(&self, address: Option<IpAddr>, at: Timestamp) -> bool {
        let minute = at.0.div_euclid(60_000);
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != minute {
            *state = (minute, HashSet::new());
        }
        state.1.len() < MOST_A_MINUTE && state.1.insert(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_passes_once_a_minute_and_many_addresses_do_not_pass_at_all() {
        let door = OncePerMinute::default();
        let address = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
        assert!(door.first(address(1), Timestamp(0)) && !door.first(address(1), Timestamp(59_999)));
        assert!(door.first(None, Timestamp(0)) && door.first(address(1), Timestamp(60_000)));
        let passed = (0..200).filter(|last| door.first(address(*last), Timestamp(120_000))).count();
        assert_eq!(passed, MOST_A_MINUTE);
    }

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
