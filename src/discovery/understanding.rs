//! Query understanding: from what was typed to words, phrases and what else they may mean. Pure.

use std::ops::Range;

use super::vocabulary::{Meaning, Vocabulary, holds_any};
use crate::platform::index::analysis::{Token, tokenise};

/// Most words of a query that count.
const MOST_WORDS: usize = 32;
/// Longest text that is looked at, in bytes.
const MOST_BYTES: usize = 2000;

/// What was typed, understood.
#[derive(Debug, Default)]
pub(super) struct Understanding {
    pub words: Vec<Token>,
    /// What the query consists of, in order; together they cover all words.
    pub concepts: Vec<Concept>,
    /// Whether tone marks were typed: then they count.
    pub marks: bool,
    /// Whether only the words as typed are wanted.
    pub exact: bool,
    /// Whether the last word may be the beginning of a longer one.
    pub open: bool,
}

/// One thing that is asked for.
#[derive(Debug)]
pub(super) struct Concept {
    /// Which words.
    pub words: Range<usize>,
    /// Whether they were held together by quotes.
    pub quoted: bool,
    /// Whether the query does not insist on it.
    pub optional: bool,
    /// What else it may mean.
    pub meanings: Vec<Meaning>,
}

impl Understanding {
    pub fn new(text: &str, exact: bool, vocabulary: &Vocabulary) -> Self {
        let text = &text[..text.floor_char_boundary(MOST_BYTES)];
        let (mut words, quotes) = read(text);
        words.truncate(MOST_WORDS);
        let marks = words.iter().any(|word| word.marked);
        let shouting =
            words.len() > 1 && words.iter().all(|word| word.capitals || !word.surface.contains(char::is_alphabetic));
        let mut concepts: Vec<Concept> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            if let Some(quote) = quotes.iter().find(|quote| quote.start == at) {
                let end = quote.end.min(words.len());
                concepts.push(Concept { words: at..end, quoted: true, optional: false, meanings: Vec::new() });
                at = end;
                continue;
            }
            let until = quotes
                .iter()
                .map(|quote| quote.start)
                .filter(|start| *start > at)
                .min()
                .unwrap_or(words.len())
                .min(words.len());
            let entry = if exact { None } else { vocabulary.longest(&words[at..until], shouting) };
            match entry.filter(|entry| !entry.meanings.is_empty() || entry.weak) {
                Some(entry) => {
                    let end = at + entry.words.len();
                    concepts.push(Concept {
                        words: at..end,
                        quoted: false,
                        optional: entry.weak,
                        meanings: settle(&entry.meanings, &words, at..end),
                    });
                    at = end;
                }
                None => {
                    // A phrase without meanings is there to be taken as a whole; a word alone is itself.
                    let end = at + entry.map_or(1, |entry| entry.words.len());
                    for (place, word) in words[at..end].iter().enumerate() {
                        let place = at + place;
                        let optional = !exact && vocabulary.is_optional(word, marks);
                        concepts.push(Concept {
                            words: place..place + 1,
                            quoted: false,
                            optional,
                            meanings: Vec::new(),
                        });
                    }
                    at = end;
                }
            }
        }
        if concepts.iter().all(|concept| concept.optional) {
            for concept in &mut concepts {
                concept.optional = false;
            }
        }
        let open = !exact
            && concepts.last().is_some_and(|concept| !concept.quoted)
            && words.last().is_some_and(|word| word.plain.chars().any(char::is_alphabetic) || word.plain.len() > 1);
        Self { words, concepts, marks, exact, open }
    }

    /// Whether nothing was asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The last word, where it may be the beginning of a longer one.
    pub fn last(&self) -> Option<&Token> {
        self.words.last().filter(|_| self.open)
    }

    /// What else is searched, as people are shown it.
    pub fn also(&self) -> Vec<String> {
        let mut also: Vec<String> = Vec::new();
        for meaning in self.concepts.iter().flat_map(|concept| &concept.meanings) {
            if !also.iter().any(|text| text.to_lowercase() == meaning.text.to_lowercase()) {
                also.push(meaning.text.clone());
            }
        }
        also
    }
}

/// The meanings that the rest of the query leaves: those that one of their near words settles, else all that need none.
fn settle(meanings: &[Meaning], words: &[Token], own: Range<usize>) -> Vec<Meaning> {
    let around: [&[Token]; 2] = [&words[..own.start], &words[own.end..]];
    let near = |meaning: &Meaning| around.iter().any(|words| holds_any(words, &meaning.near));
    let open: Vec<&Meaning> = meanings.iter().filter(|meaning| !meaning.needs_near || near(meaning)).collect();
    let settled = open.iter().any(|meaning| !meaning.needs_near && near(meaning));
    open.into_iter()
        .filter(|meaning| !settled || meaning.near.is_empty() || near(meaning))
        .map(|meaning| {
            let certain = settled && near(meaning);
            Meaning { weight: if certain { 1.0 } else { meaning.weight }, ..meaning.clone() }
        })
        .collect()
}

/// The words of a query and which of them are held together by double quotes.
fn read(text: &str) -> (Vec<Token>, Vec<Range<usize>>) {
    let mut words = Vec::new();
    let mut quotes = Vec::new();
    let parts: Vec<&str> = text.split(['"', '“', '”']).collect();
    let last = parts.len() - 1;
    for (at, part) in parts.into_iter().enumerate() {
        let first = words.len();
        words.extend(tokenise(part));
        // The part after an opening quote that is never closed is not quoted.
        if at % 2 == 1 && at < last && words.len() > first {
            quotes.push(first..words.len());
        }
    }
    (words, quotes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::load(None).unwrap());

    fn understand(text: &str) -> Understanding {
        Understanding::new(text, false, &VOCABULARY)
    }

    fn outline(text: &str) -> Vec<(String, bool)> {
        let understood = understand(text);
        let words = |range: &Range<usize>| {
            understood.words[range.clone()].iter().map(|word| word.surface.as_str()).collect::<Vec<_>>().join(" ")
        };
        understood.concepts.iter().map(|concept| (words(&concept.words), concept.optional)).collect()
    }

    #[test]
    fn phrases_are_found_longest_first_and_small_words_are_optional() {
        let expected = [("danh sách", true), ("các", true), ("trường học", false), ("của", true), ("tỉnh", false)];
        assert_eq!(
            outline("Danh sách các trường học của tỉnh"),
            expected.map(|(words, optional)| (words.to_owned(), optional))
        );
        assert_eq!(outline("câu lạc bộ").len(), 3);
    }

    #[test]
    fn a_query_of_small_words_insists_on_them() {
        assert_eq!(outline("dữ liệu"), [("dữ liệu".to_owned(), false)]);
    }

    #[test]
    fn a_near_word_settles_an_ambiguous_abbreviation() {
        assert_eq!(understand("trường TH").also(), ["Tiểu học"]);
        assert_eq!(understand("TH").also(), ["Tiểu học", "Thực hiện", "Tổng hợp"]);
        assert_eq!(understand("trường CĐ nghề").also(), ["Cao đẳng"]);
        assert!(understand("tiểu học").also().iter().all(|text| text != "TH"));
        assert!(understand("trường tiểu học").also().contains(&"TH".to_owned()));
    }

    #[test]
    fn quotes_hold_words_together_and_an_open_quote_is_ignored() {
        let understood = understand("\"đường bộ\" tỉnh");
        assert!(understood.concepts[0].quoted && understood.concepts[0].words == (0..2));
        assert!(!understand("\"đường bộ tỉnh").concepts.iter().any(|concept| concept.quoted));
        assert!(understand("\"\"").is_empty());
    }

    #[test]
    fn only_the_words_as_typed_mean_nothing_else() {
        let understood = Understanding::new("UBND các xã", true, &VOCABULARY);
        assert!(understood.also().is_empty() && understood.last().is_none());
        assert!(understood.concepts.iter().all(|concept| !concept.optional));
    }

    proptest! {
        #[test]
        fn concepts_cover_every_word_once_in_order(text in "([a-zđàéíọữ\"]{0,6}|UBND|trường|tiểu|học|của|dữ|liệu| ){0,40}") {
            let understood = understand(&text);
            let mut next = 0;
            for concept in &understood.concepts {
                prop_assert_eq!(concept.words.start, next);
                prop_assert!(concept.words.end > next);
                next = concept.words.end;
            }
            prop_assert_eq!(next, understood.words.len());
        }
    }
}
