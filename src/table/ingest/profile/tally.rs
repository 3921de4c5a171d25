//! Counting values: exactly while they are few, and beyond that with bounded memory and a bounded error.
//!
//! While exact, every value is an entry. When the entries or their texts outgrow the bound, the number of distinct values is
//! estimated from then on, and the entries become the counters of a frequent-items summary: whenever they are full again, those
//! that can have occurred at most as often as the median are dropped, and a value that comes (back) later remembers how often it
//! may have been missed. The most frequent values are never dropped; their counts are exact if they were never missed.

use cardinality_estimator::CardinalityEstimator;

/// 2^16 registers: a standard error of 0.4 %.
type Estimator = CardinalityEstimator<u64, std::hash::DefaultHasher, 16, 6>;

/// A text longer than this is kept by its beginning, its length and its hash.
const LONG: usize = 256;

#[derive(Clone, Copy)]
struct Entry {
    hash: u64,
    /// The value, or for a text where it starts (upper half) and how long it is (lower half) in the arena.
    key: u64,
    count: u64,
    /// How many occurrences may have been missed before.
    missed: u64,
}

/// The counts of one column. Feed it either numbers or texts, not both.
pub(super) struct Tally {
    entries: Vec<Entry>,
    /// Index + 1 into `entries`, 0 for a free slot; the length is a power of two, at most half full.
    slots: Vec<u32>,
    arena: Vec<u8>,
    most_entries: usize,
    most_bytes: usize,
    estimator: Option<Estimator>,
    /// How often a value that is no entry may have occurred.
    floor: u64,
    /// The entry met last.
    last: usize,
    scratch: Vec<u8>,
}

/// A value of the summary.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key {
    Number(u64),
    Text(Vec<u8>),
    /// The beginning of a long text.
    Beginning(Vec<u8>),
}

impl Tally {
    /// A tally that takes at most about `bytes`.
    pub(super) fn new(bytes: usize) -> Self {
        // An entry with its slots takes 48 bytes; half is for texts.
        let most_entries = (bytes / 96).clamp(64, super::MOST_DISTINCT);
        Self {
            entries: Vec::new(),
            slots: vec![0; 64],
            arena: Vec::new(),
            most_entries,
            most_bytes: (bytes / 2).clamp(4096, 1 << 30),
            estimator: None,
            floor: 0,
            last: usize::MAX,
            scratch: Vec::new(),
        }
    }

    /// Counts a number, by its bits.
    #[inline]
    pub(super) fn number(&mut self, key: u64) {
        if let Some(entry) = self.entries.get_mut(self.last).filter(|entry| entry.key == key) {
            entry.count += 1;
            return;
        }
        let hash = mix(key);
        self.add(hash, |entry, _| entry.key == key, |_| key);
    }

    /// Counts a text.
    #[inline]
    pub(super) fn text(&mut self, text: &[u8]) {
        if text.len() > LONG {
            self.long(text);
            return;
        }
        if self.entries.get(self.last).is_some_and(|entry| stored(entry, &self.arena) == text) {
            self.entries[self.last].count += 1;
            return;
        }
        let hash = hash(text);
        self.add(hash, |entry, arena| stored(entry, arena) == text, |arena| store(arena, text));
    }

    fn long(&mut self, text: &[u8]) {
        let hash = hash(text);
        let mut cut = LONG;
        while text[cut] & 0xC0 == 0x80 {
            cut -= 1;
        }
        let mut key = std::mem::take(&mut self.scratch);
        key.clear();
        key.extend_from_slice(&text[..cut]);
        // Padded, so that it is longer than any whole text.
        key.resize(LONG, 0);
        key.extend_from_slice(&(cut as u64).to_le_bytes());
        key.extend_from_slice(&(text.len() as u64).to_le_bytes());
        self.add(hash, |entry, arena| stored(entry, arena) == key, |arena| store(arena, &key));
        self.scratch = key;
    }

    #[inline]
    fn add(&mut self, hash: u64, same: impl Fn(&Entry, &[u8]) -> bool, keep: impl FnOnce(&mut Vec<u8>) -> u64) {
        if let Some(estimator) = &mut self.estimator {
            estimator.insert_hash(hash);
        }
        let mask = self.slots.len() - 1;
        let mut slot = (hash >> 32) as usize & mask;
        while self.slots[slot] != 0 {
            let index = self.slots[slot] as usize - 1;
            let entry = &mut self.entries[index];
            if entry.hash == hash && same(entry, &self.arena) {
                entry.count += 1;
                self.last = index;
                return;
            }
            slot = (slot + 1) & mask;
        }
        let key = keep(&mut self.arena);
        self.slots[slot] = self.entries.len() as u32 + 1;
        self.last = self.entries.len();
        self.entries.push(Entry { hash, key, count: 1, missed: self.floor });
        if self.entries.len() > self.most_entries || self.arena.len() > self.most_bytes {
            self.shrink();
        } else if self.entries.len() * 2 > self.slots.len() {
            self.rebuild(self.slots.len() * 2);
        }
    }

    /// Goes over to estimating, if it has not, and drops the rarer half.
    #[cold]
    fn shrink(&mut self) {
        if self.estimator.is_none() {
            let mut estimator = Estimator::new();
            self.entries.iter().for_each(|entry| estimator.insert_hash(entry.hash));
            self.estimator = Some(estimator);
        }
        let most = |entry: &Entry| entry.count + entry.missed;
        let mut counts: Vec<u64> = self.entries.iter().map(most).collect();
        let middle = counts.len() / 2;
        let (_, median, _) = counts.select_nth_unstable(middle);
        self.floor = self.floor.max(*median);
        let floor = self.floor;
        self.entries.retain(|entry| most(entry) > floor);
        let mut kept = Vec::with_capacity(self.arena.len() / 2);
        if !self.arena.is_empty() {
            for entry in &mut self.entries {
                entry.key = store(&mut kept, stored(entry, &self.arena));
            }
        }
        self.arena = kept;
        self.last = usize::MAX;
        self.rebuild(self.slots.len());
    }

    fn rebuild(&mut self, size: usize) {
        self.slots.clear();
        self.slots.resize(size, 0);
        for (index, entry) in self.entries.iter().enumerate() {
            let mut slot = (entry.hash >> 32) as usize & (size - 1);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.slots[slot] = index as u32 + 1;
        }
    }

    /// How many distinct values, and whether that is an estimate.
    pub(super) fn distinct(&self) -> (u64, bool) {
        match &self.estimator {
            None => (self.entries.len() as u64, false),
            Some(estimator) => (estimator.estimate() as u64, true),
        }
    }

    /// The most frequent values that are sure to be among the most frequent, unordered, at least `wanted` if there are as many
    /// (values with equal counts all come), and whether their counts may be too low.
    pub(super) fn top(&self, wanted: usize) -> (Vec<(Key, u64)>, bool) {
        let texts = !self.arena.is_empty();
        let mut entries: Vec<&Entry> = self.entries.iter().filter(|entry| entry.count > self.floor).collect();
        entries.sort_unstable_by_key(|entry| std::cmp::Reverse(entry.count));
        let least = entries.get(wanted.saturating_sub(1)).map_or(0, |entry| entry.count);
        entries.retain(|entry| entry.count >= least);
        let keys = entries.iter().map(|entry| {
            (if texts { text_key(stored(entry, &self.arena)) } else { Key::Number(entry.key) }, entry.count)
        });
        (keys.collect(), self.estimator.is_some())
    }
}

fn text_key(stored: &[u8]) -> Key {
    if stored.len() <= LONG {
        return Key::Text(stored.to_vec());
    }
    let cut = stored[LONG..LONG + 8].iter().rev().fold(0usize, |cut, byte| cut << 8 | usize::from(*byte));
    Key::Beginning(stored[..cut.min(LONG)].to_vec())
}

/// Appends a text to the arena and gives its place. An empty text never comes: it is no value.
fn store(arena: &mut Vec<u8>, text: &[u8]) -> u64 {
    let start = arena.len() as u64;
    arena.extend_from_slice(text);
    start << 32 | text.len() as u64
}

#[inline]
fn stored<'a>(entry: &Entry, arena: &'a [u8]) -> &'a [u8] {
    let start = (entry.key >> 32) as usize;
    arena.get(start..start + (entry.key & 0xFFFF_FFFF) as usize).unwrap_or_default()
}

/// Spreads the bits of a number (the finaliser of splitmix64): a bijection, so numbers never collide.
#[inline]
fn mix(key: u64) -> u64 {
    let mut z = key.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Multiplies to 128 bits and folds the halves.
#[inline]
fn fold(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// A hash of a text, the same on every machine and in every run, so that estimates are reproducible.
#[inline]
fn hash(text: &[u8]) -> u64 {
    let mut state = 0x243F_6A88_85A3_08D3 ^ text.len() as u64;
    let mut words = text.chunks_exact(8);
    for word in words.by_ref() {
        let word = word.iter().rev().fold(0u64, |word, byte| word << 8 | u64::from(*byte));
        state = fold(state ^ word, 0x9E37_79B9_7F4A_7C15);
    }
    let rest = words.remainder().iter().fold(0u64, |rest, byte| rest << 8 | u64::from(*byte));
    mix(fold(state ^ rest, 0xBF58_476D_1CE4_E5B9) ^ state)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLENTY: usize = 4 << 20;

    #[test]
    fn few_values_are_counted_exactly() {
        let mut tally = Tally::new(PLENTY);
        for i in 0..10_000u64 {
            for _ in 0..=i % 3 {
                tally.number(i);
            }
        }
        assert_eq!(tally.distinct(), (10_000, false));
        let (top, approximate) = tally.top(10);
        assert!(!approximate && top.iter().all(|(_, count)| *count == 3));
        let mut texts = Tally::new(PLENTY);
        let long = "đ".repeat(1000);
        for text in ["a", "b", "a", &long, &long, "a", &format!("{long}x")] {
            texts.text(text.as_bytes());
        }
        assert_eq!(texts.distinct(), (4, false));
        assert_eq!(texts.top(1).0, [(Key::Text(b"a".to_vec()), 3)]);
        assert_eq!(texts.top(2).0[1].0, Key::Beginning("đ".repeat(128).into_bytes()));
    }

    #[test]
    fn estimates_are_within_two_percent() {
        for size in [10_001u64, 20_000, 50_000, 120_000, 400_000, 1_000_000] {
            for seed in 0..5u64 {
                let mut numbers = Tally::new(PLENTY);
                let mut texts = Tally::new(PLENTY);
                for i in 0..size {
                    numbers.number(i * (2 * seed + 1) + (seed << 40));
                    if size <= 120_000 {
                        texts.text(format!("hồ sơ {seed}/{i}").as_bytes());
                    }
                }
                for tally in [numbers, texts].iter().filter(|tally| !tally.entries.is_empty()) {
                    let (estimate, approximate) = tally.distinct();
                    assert!(approximate);
                    let error = estimate.abs_diff(size) as f64 / size as f64;
                    assert!(error <= 0.02, "{estimate} instead of {size}: {error}");
                }
            }
        }
    }

    #[test]
    fn frequent_values_are_found_among_many_rare_ones() {
        let mut tally = Tally::new(PLENTY);
        for i in 0..200_000u64 {
            tally.text(format!("hiếm {i}").as_bytes());
            if i > 100_000 {
                tally.text(format!("thường {}", i % 5).as_bytes());
            }
        }
        let (top, approximate) = tally.top(10);
        assert!(approximate);
        assert_eq!(top.len(), 5);
        for (key, count) in top {
            assert!(
                matches!(key, Key::Text(text) if text.starts_with("thường".as_bytes()))
                    && (19_900..=20_000).contains(&count)
            );
        }
        assert!(tally.entries.len() <= tally.most_entries && tally.arena.len() <= tally.most_bytes);
    }

    #[test]
    fn unique_values_have_no_top() {
        let mut tally = Tally::new(PLENTY);
        (0..50_000).for_each(|i| tally.number(i));
        assert!(tally.top(10).0.is_empty());
    }
}
