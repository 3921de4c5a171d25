//! Chance that is no chance: SplitMix64 (Steele, Lea, Flood 2014), seeded by names and keys, so that a row keeps its values
//! in every version that holds it.

use chrono::{Datelike, Days, NaiveDate};

/// A stream of numbers fixed by its seed.
#[derive(Clone)]
pub struct Random(u64);

impl Random {
    /// The stream of a name (FNV-1a of its bytes).
    pub fn named(name: &str) -> Self {
        let seed = name
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Self(seed)
    }

    /// The stream of one thing within this one, whatever was drawn before from other things' streams.
    pub fn of(&self, key: u64) -> Self {
        let mut stream = Self(self.0 ^ key.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        stream.next();
        stream
    }

    /// The stream of what a name stands for within this one.
    pub fn under(&self, name: &str) -> Self {
        self.of(Self::named(name).0)
    }

    /// The stream of one day.
    pub fn on(&self, day: NaiveDate) -> Self {
        self.of(u64::from(day.num_days_from_ce().unsigned_abs()))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below 1.
    pub fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// From `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        let span = u64::try_from(high - low + 1).unwrap_or(1).max(1);
        low + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// An index below `len` (0 when `len` is 0).
    pub fn index(&mut self, len: usize) -> usize {
        (self.next() % (len.max(1) as u64)) as usize
    }

    /// One of some.
    pub fn pick<'a, T: ?Sized>(&mut self, some: &[&'a T]) -> &'a T {
        some[self.index(some.len())]
    }

    /// An index by weight.
    pub fn weighted(&mut self, weights: &[u32]) -> usize {
        let total: u64 = weights.iter().map(|weight| u64::from(*weight)).sum();
        let mut at = self.next() % total.max(1);
        for (index, weight) in weights.iter().enumerate() {
            if at < u64::from(*weight) {
                return index;
            }
            at -= u64::from(*weight);
        }
        0
    }

    /// True with this probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Close to a normal distribution with mean 0 and deviation 1 (sum of four uniform numbers; never beyond ±3.5).
    pub fn normal(&mut self) -> f64 {
        (self.unit() + self.unit() + self.unit() + self.unit() - 2.0) * 3.0_f64.sqrt()
    }

    /// A positive factor around 1 with a long tail; `spread` 0.3 keeps most between 0.7 and 1.4.
    pub fn factor(&mut self, spread: f64) -> f64 {
        (self.normal() * spread).exp()
    }
}

/// A number rounded to steps of `step`, at least `low`.
pub fn rounded(value: f64, step: i64, low: i64) -> i64 {
    ((value / step as f64).round() as i64 * step).max(low)
}

/// The share of a year that has passed on a day, from 0 on 1 January to below 1.
pub fn season(day: NaiveDate) -> f64 {
    f64::from(day.ordinal0()) / 366.0
}

/// A day some days earlier.
pub fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

/// A day some days later.
pub fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// The first of a month, counted in whole months before the month of `day` (0: its own month).
pub fn month_before(day: NaiveDate, months: u32) -> NaiveDate {
    let first = day.with_day(1).unwrap_or(day);
    first.checked_sub_months(chrono::Months::new(months)).unwrap_or(first)
}

/// The first day, and how many of its rows to leave out, so that the days up to and with `last` hold exactly `rows` rows.
pub fn latest(last: NaiveDate, rows: usize, per_day: impl Fn(NaiveDate) -> usize) -> (NaiveDate, usize) {
    let mut first = last;
    let mut held = per_day(first);
    while held < rows {
        first = before(first, 1);
        held += per_day(first);
    }
    (first, held - rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_always_gives_the_same_stream() {
        let random = Random::named("x");
        let (mut a, mut b) = (random.of(7), random.of(7));
        assert!((0..100).all(|_| a.between(0, 1_000_000) == b.between(0, 1_000_000)));
        assert_ne!(random.of(7).between(0, 1 << 40), random.of(8).between(0, 1 << 40));
    }

    #[test]
    fn the_latest_rows_are_counted_back_from_the_last_day() {
        let last = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        let (first, left_out) = latest(last, 25, |_| 10);
        assert_eq!((first, left_out), (before(last, 2), 5));
    }
}
