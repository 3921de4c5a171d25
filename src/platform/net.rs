//! Addresses of other machines, and of this one.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};
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

/// Clients of one window that are told apart; beyond, all of them count as one.
const CLIENTS: usize = 20_000;
/// How many times as much as one client may a whole site of version 6 addresses: whoever has one has 65,536 networks in it.
const SITE: u32 = 8;

/// What a [`Throttle`] says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pass {
    /// It may be done, and is counted.
    Through,
    /// This client has done it as often as it may.
    Often,
    /// Too many others have.
    Full,
}

/// Lets each client do something so many times within a window of time, and all together so many times; a site of version 6 addresses
/// may eight times as often as one client of it. Addresses are not kept: they
/// count as hashes under a key that this run of the program has made, in memory alone.
#[derive(Debug)]
pub struct Throttle {
    each: u32,
    together: u32,
    window: i64,
    key: RandomState,
    counts: Mutex<(i64, HashMap<u64, u32>, u32)>,
}

impl Throttle {
    /// Times for each client and for all together, in a window of so many seconds.
    pub fn new(each: u32, together: u32, window: i64) -> Self {
        Self { each, together, window: window * 1000, key: RandomState::new(), counts: Mutex::default() }
    }

    /// Counts once, or says that it is too often.
    pub fn lets(&self, client: Option<IpAddr>, at: Timestamp) -> bool {
        let site = client.and_then(site).map(|site| self.key.hash_one((site, SITE)));
        self.counts_as(self.key.hash_one(client.map(network)), site, at) == Pass::Through
    }

    /// As [`Throttle::lets`], for each thing that it is done to by itself, and says why not.
    pub fn lets_on(&self, client: Option<IpAddr>, thing: &str, at: Timestamp) -> Pass {
        let site = client.and_then(site).map(|site| self.key.hash_one((site, SITE, thing)));
        self.counts_as(self.key.hash_one((client.map(network), thing)), site, at)
    }

    fn counts_as(&self, hash: u64, site: Option<u64>, at: Timestamp) -> Pass {
        let window = at.0.div_euclid(self.window);
        let mut state = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if state.0 != window {
            *state = (window, HashMap::new(), 0);
        }
        let (_, counts, all) = &mut *state;
        let full = counts.len() >= CLIENTS;
        let hash = if full && !counts.contains_key(&hash) { 0 } else { hash };
        let site = site.filter(|site| !full || counts.contains_key(site));
        let counted = |hash: u64| counts.get(&hash).copied().unwrap_or(0);
        if counted(hash) >= self.each {
            return if hash == 0 { Pass::Full } else { Pass::Often };
        }
        if *all >= self.together || site.is_some_and(|site| counted(site) >= self.each.saturating_mul(SITE)) {
            return Pass::Full;
        }
        for hash in [Some(hash), site].into_iter().flatten() {
            *counts.entry(hash).or_default() += 1;
        }
        *all += 1;
        Pass::Through
    }
}

/// Lets each client do so much a minute, a minute's worth at once: a bucket of tokens for each, filled again as time goes, and one eight
/// times as large for a site of version 6 addresses. As with
/// [`Throttle`], addresses are hashes under a key of this run, in memory alone, and are forgotten once their bucket is full again.
#[derive(Debug)]
pub struct Buckets {
    a_minute: u32,
    key: RandomState,
    /// When full buckets were last forgotten, and what each client has taken.
    taken: Mutex<(i64, Taken)>,
}

/// Tokens missing, as of a moment, by client.
type Taken = HashMap<u64, (f64, i64)>;

impl Buckets {
    /// Buckets of so many tokens, filled in a minute; of none, nothing is limited.
    pub fn new(a_minute: u32) -> Self {
        Self { a_minute, key: RandomState::new(), taken: Mutex::default() }
    }

    /// Takes tokens from a client's bucket, or says after how many seconds they will be there. What costs more than a whole
    /// bucket costs the whole.
    ///
    /// # Errors
    /// The seconds to wait, at least 1.
    pub fn take(&self, client: Option<IpAddr>, tokens: u32, at: Timestamp) -> Result<(), u64> {
        if self.a_minute == 0 {
            return Ok(());
        }
        let (most, tokens) = (f64::from(self.a_minute), f64::from(tokens.min(self.a_minute)));
        let hash = self.key.hash_one(client.map(network));
        let mut state = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let (swept, taken) = &mut *state;
        #[allow(clippy::cast_precision_loss)] // milliseconds of minutes
        let left = |(missing, since): (f64, i64)| (missing - (at.0 - since).max(0) as f64 * most / 60_000.0).max(0.0);
        if (at.0 - *swept).abs() >= 60_000 || taken.len() >= CLIENTS {
            taken.retain(|_, bucket| left(*bucket) > 0.0);
            *swept = at.0;
        }
        // More clients than are told apart share one bucket.
        let full = taken.len() >= CLIENTS;
        let hash = if full && !taken.contains_key(&hash) { 0 } else { hash };
        let site = client.and_then(site).map(|site| self.key.hash_one((site, SITE)));
        let site = site.filter(|site| !full || taken.contains_key(site));
        // A bucket eight times as large loses an eighth as much of itself.
        let wanted = [Some((hash, tokens)), site.map(|site| (site, tokens / f64::from(SITE)))];
        for (hash, tokens) in wanted.into_iter().flatten() {
            let missing = taken.get(&hash).map_or(0.0, |bucket| left(*bucket));
            if missing + tokens > most {
                #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // between 0 and 60
                let wait = ((missing + tokens - most) * 60.0 / most).ceil() as u64;
                return Err(wait.max(1));
            }
        }
        for (hash, tokens) in wanted.into_iter().flatten() {
            let missing = taken.get(&hash).map_or(0.0, |bucket| left(*bucket));
            taken.insert(hash, (missing + tokens, at.0));
        }
        Ok(())
    }
}

/// Tells clients apart, for one thing at a time, without keeping who they are: hashes under a key of this run. A whole site of version 6
/// addresses is one client, since whoever has one could be as many as they like.
#[derive(Debug, Default)]
pub struct Marks(RandomState);

impl Marks {
    /// The mark of a client at a thing; at another thing it is another.
    pub fn of(&self, client: Option<IpAddr>, thing: &str) -> u64 {
        self.0.hash_one((client.map(|address| site(address).unwrap_or_else(|| network(address))), thing))
    }
}

/// What one client holds: an address, or the 64 bits of a version 6 address that name a network.
fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// The site that a version 6 address belongs to: the 48 bits that a provider hands out.
fn site(address: IpAddr) -> Option<u128> {
    match address.to_canonical() {
        IpAddr::V4(_) => None,
        IpAddr::V6(address) => Some(address.to_bits() >> 80 << 80),
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
    fn each_client_has_its_times_and_all_together_have_theirs() {
        let throttle = Throttle::new(2, 5, 60);
        let four = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
        let six = |net: u16, host: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, net, 0, 0, 0, host]));
        let at = Timestamp(0);
        assert!(throttle.lets(four(1), at) && throttle.lets(four(1), at) && !throttle.lets(four(1), at));
        assert!(throttle.lets(six(1, 1), at) && throttle.lets(six(1, 2), at) && !throttle.lets(six(1, 3), at));
        assert!(throttle.lets(six(2, 1), at) && !throttle.lets(four(2), at), "all together");
        assert!(throttle.lets(four(1), Timestamp(60_000)), "the next window");
        let once = Throttle::new(1, 5, 60);
        let said = |client: u8, thing: &str| once.lets_on(four(client), thing, at);
        assert_eq!([said(1, "a"), said(1, "b"), said(1, "a")], [Pass::Through, Pass::Through, Pass::Often]);
        assert_eq!([said(2, "a"), said(3, "a"), said(4, "a")], [Pass::Through; 3]);
        assert_eq!(said(5, "a"), Pass::Full, "others, not this client");
    }

    #[test]
    fn who_has_a_site_of_networks_may_eight_times_as_much_as_one_of_them() {
        let six = |net: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, net, 0, 0, 0, 1]));
        let elsewhere = Some(IpAddr::from([0x2001_u16, 0xdb8, 1, 0, 0, 0, 0, 1]));
        let at = Timestamp(0);
        let throttle = Throttle::new(1, 100, 60);
        assert_eq!((0..20).filter(|net| throttle.lets(six(*net), at)).count(), 8);
        assert!(throttle.lets(elsewhere, at));
        let buckets = Buckets::new(60);
        assert_eq!((0..20).filter(|net| buckets.take(six(*net), 60, at).is_ok()).count(), 8);
        assert_eq!(buckets.take(elsewhere, 60, at), Ok(()));
    }

    #[test]
    fn a_mark_tells_clients_apart_at_one_thing_and_follows_nobody_to_another() {
        let marks = Marks::default();
        let four = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
        let six = |net: u16| Some(IpAddr::from([0x2001, 0xdb8, 0, net, 0, 0, 0, 1]));
        assert_eq!(marks.of(four(1), "a"), marks.of(four(1), "a"));
        assert!(marks.of(four(1), "a") != marks.of(four(2), "a") && marks.of(four(1), "a") != marks.of(four(1), "b"));
        assert_eq!(marks.of(six(1), "a"), marks.of(six(2), "a"), "one site is one client");
        assert_ne!(marks.of(four(1), "a"), Marks::default().of(four(1), "a"), "the key goes with the program");
    }

    #[test]
    fn a_bucket_fills_again_as_time_goes_and_is_then_forgotten() {
        let buckets = Buckets::new(60);
        let client = |last: u8| Some(IpAddr::from([203, 0, 113, last]));
        let at = Timestamp(0);
        assert_eq!(buckets.take(client(1), 50, at), Ok(()));
        assert_eq!(buckets.take(client(1), 20, at), Err(10));
        assert_eq!(buckets.take(client(2), 100, at), Ok(()), "more than a bucket costs the whole");
        assert_eq!(buckets.take(client(1), 20, Timestamp(10_000)), Ok(()));
        assert_eq!(buckets.take(client(1), 1, Timestamp(10_000)), Err(1));
        assert_eq!(buckets.take(client(3), 1, Timestamp(200_000)), Ok(()));
        assert_eq!(buckets.taken.lock().unwrap().1.len(), 1, "the others are forgotten");
        assert_eq!(Buckets::new(0).take(client(1), 1000, at), Ok(()), "without a limit");
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
