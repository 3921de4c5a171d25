//! Phrases that records hold as a whole, to go on with while somebody types.

use super::analysis::tokenise;

/// Phrases by their folded form.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// In the order of the alphabet.
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Folded words, each with a space before it, so that a search for a space and a beginning meets words only.
    folded: String,
    written: String,
    records: u32,
}

impl Lexicon {
    /// Of phrases and how many records hold each; those that none holds are left out.
    pub(super) fn of<'a>(phrases: impl Iterator<Item = (&'a str, u32)>) -> Self {
        let mut entries: Vec<Entry> = phrases
            .filter(|(_, records)| *records > 0)
            .map(|(written, records)| {
                let folded: String = tokenise(written).iter().map(|word| format!(" {}", word.plain)).collect();
                Entry { folded, written: written.to_owned(), records }
            })
            .collect();
        entries.sort_by(|a, b| a.folded.cmp(&b.folded));
        Self { entries }
    }

    /// The phrases that hold these plain words one after the other, the last of which may be a beginning: those that begin with them
    /// first, then the most frequent. No two are written alike but for their marks.
    pub fn going_on(&self, words: &[&str], limit: usize) -> Vec<&str> {
        if words.is_empty() {
            return Vec::new();
        }
        let wanted: String = words.iter().map(|word| format!(" {word}")).collect();
        let mut found: Vec<(usize, &Entry)> =
            self.entries.iter().filter_map(|entry| Some((entry.folded.find(&wanted)?, entry))).collect();
        found.sort_by_key(|(at, entry)| (*at > 0, std::cmp::Reverse(entry.records), entry.written.len()));
        let mut phrases: Vec<&Entry> = Vec::new();
        for (_, entry) in found {
            if !phrases.iter().any(|known| known.folded == entry.folded) {
                phrases.push(entry);
            }
            if phrases.len() == limit {
                break;
            }
        }
        phrases.into_iter().map(|entry| entry.written.as_str()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_go_on_from_words_and_their_beginnings() {
        let phrases =
            [("trạm y tế", 3), ("y tế", 9), ("tram y te", 1), ("trường học", 4), ("cũ", 0), ("xã hội hóa y tế", 2)];
        let lexicon = Lexicon::of(phrases.into_iter());
        assert_eq!(lexicon.going_on(&["tr"], 5), ["trường học", "trạm y tế"]);
        assert_eq!(lexicon.going_on(&["y", "t"], 5), ["y tế", "trạm y tế", "xã hội hóa y tế"]);
        assert_eq!(lexicon.going_on(&["y", "t"], 1), ["y tế"]);
        assert!(lexicon.going_on(&["cu"], 5).is_empty() && lexicon.going_on(&[], 5).is_empty());
        assert!(lexicon.going_on(&["oc"], 5).is_empty(), "only from the beginning of a word");
    }
}
