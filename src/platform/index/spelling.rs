//! Near words: what the index holds that differs by a letter or two from a word it does not hold.

use std::collections::BTreeMap;
use std::ops::Bound;

use super::analysis::tokenise;

/// The words and neighbouring pairs that records hold, by their folded form, with the way most records write them.
#[derive(Debug, Default)]
pub struct Spelling {
    words: BTreeMap<String, Surface>,
    pairs: BTreeMap<String, Surface>,
}

#[derive(Debug, Default)]
struct Surface {
    written: String,
    best: u32,
    total: u32,
}

impl Spelling {
    pub(super) fn learn(&mut self, surface: &str, frequency: u32) {
        let tokens = tokenise(surface);
        let folded: Vec<&str> = tokens.iter().map(|token| token.folded.as_str()).collect();
        let (map, key) = match folded.as_slice() {
            [word] => (&mut self.words, (*word).to_owned()),
            [first, second] => (&mut self.pairs, format!("{first} {second}")),
            _ => return,
        };
        let entry = map.entry(key).or_default();
        entry.total = entry.total.saturating_add(frequency);
        if frequency > entry.best {
            entry.best = frequency;
            entry.written = surface.to_owned();
        }
    }

    /// How most records write a folded word.
    pub fn written(&self, folded: &str) -> Option<&str> {
        self.words.get(folded).map(|surface| surface.written.as_str())
    }

    /// How most records write two folded words that stand next to each other, and how many records have them.
    pub fn pair(&self, first: &str, second: &str) -> Option<(&str, u32)> {
        self.pairs.get(&format!("{first} {second}")).map(|surface| (surface.written.as_str(), surface.total))
    }

    /// The words whose folded form begins with `prefix`, as most records write them, most frequent first.
    pub fn words_beginning(&self, prefix: &str, limit: usize) -> Vec<&str> {
        beginning(&self.words, prefix, limit)
    }

    /// The pairs of words whose folded form, with one space between, begins with `prefix`, as [`Self::words_beginning`].
    pub fn pairs_beginning(&self, prefix: &str, limit: usize) -> Vec<&str> {
        beginning(&self.pairs, prefix, limit)
    }

    /// The folded words within one slip of the pen of `folded` (two from six letters on), nearest and most frequent first.
    /// Words of one or two letters have no near words: everything would be near.
    pub fn near(&self, folded: &str, limit: usize) -> Vec<&str> {
        let length = folded.chars().count();
        let allowed = match length {
            0..=2 => return Vec::new(),
            3..=5 => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, u32, &str)> = self
            .words
            .iter()
            .filter(|(word, _)| word.as_str() != folded && word.chars().count().abs_diff(length) <= allowed)
            .filter_map(|(word, surface)| {
                let distance = slips(word, folded);
                (distance <= allowed).then_some((distance, surface.total, word.as_str()))
            })
            .collect();
        near.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)).then_with(|| a.2.cmp(b.2)));
        near.into_iter().take(limit).map(|(_, _, word)| word).collect()
    }
}

fn beginning<'a>(map: &'a BTreeMap<String, Surface>, prefix: &str, limit: usize) -> Vec<&'a str> {
    let from = (Bound::Included(prefix), Bound::Unbounded);
    let mut found: Vec<&Surface> =
        map.range::<str, _>(from).take_while(|(key, _)| key.starts_with(prefix)).map(|(_, surface)| surface).collect();
    // Stable: equally frequent ones stay in the order of the alphabet.
    found.sort_by_key(|surface| std::cmp::Reverse(surface.total));
    found.into_iter().take(limit).map(|surface| surface.written.as_str()).collect()
}

/// How many letters must be added, left out, changed or swapped with their neighbour (optimal string alignment).
fn slips(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().collect();
    let b: Vec<char> = b.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let changed = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = changed.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_count_changes_and_swaps_of_neighbours() {
        for (a, b, expected) in [
            ("vien", "vien", 0),
            ("vien", "vine", 1),
            ("benh", "bennh", 1),
            ("truong", "trong", 1),
            ("", "ab", 2),
            ("ca", "abc", 3),
        ] {
            assert_eq!(slips(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn near_words_come_nearest_first_and_as_they_are_written() {
        let mut spelling = Spelling::default();
        for (word, frequency) in [("bệnh", 9), ("viện", 5), ("viên", 7), ("vien", 1), ("bệnh viện", 5), ("trường", 3)]
        {
            spelling.learn(word, frequency);
        }
        assert_eq!(spelling.near("vienn", 3), ["vien"]);
        assert_eq!(spelling.written("vien"), Some("viên"));
        assert_eq!(spelling.pair("benh", "vien"), Some(("bệnh viện", 5)));
        assert_eq!(spelling.near("truogn", 3), ["truong"]);
        assert!(spelling.near("zz", 3).is_empty());
        assert_eq!(spelling.words_beginning("vi", 3), ["viên"]);
        assert_eq!(spelling.words_beginning("t", 3), ["trường"]);
        assert_eq!(spelling.pairs_beginning("benh v", 3), ["bệnh viện"]);
        assert!(spelling.pairs_beginning("benh x", 3).is_empty());
    }
}
