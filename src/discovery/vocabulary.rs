//! The search vocabulary: abbreviations, synonyms and small words, from `search-index/*.toml` (see the README there).

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;

use crate::kernel::{Error, Problem, Result};
use crate::platform::index::analysis::{Token, tokenise};

/// How much a meaning of an ambiguous abbreviation counts.
const AMBIGUOUS: f32 = 0.5;
/// How much a synonym counts.
const SYNONYM: f32 = 0.6;
/// Most meanings of one phrase; the best are kept.
const MOST_MEANINGS: usize = 12;

/// What people mean by abbreviations and words. Read once, shared by all searches.
#[derive(Debug, Default)]
pub struct Vocabulary {
    /// By the folded form of their first word, longest first.
    entries: HashMap<String, Vec<Entry>>,
    optional: Vec<Token>,
    optional_without_marks: Vec<Token>,
}

/// A phrase that a query may hold.
#[derive(Debug, Default)]
pub(super) struct Entry {
    pub words: Vec<Token>,
    /// Whether tone marks do not matter even for a single word.
    abbreviation: bool,
    /// Whether it counts only in capitals.
    capitals: bool,
    /// Whether a query does not insist on it.
    pub weak: bool,
    pub meanings: Vec<Meaning>,
}

/// Something else to search for.
#[derive(Clone, Debug)]
pub(super) struct Meaning {
    /// As people are shown it.
    pub text: String,
    pub words: Vec<Token>,
    pub weight: f32,
    /// Words that settle it when the abbreviation is ambiguous.
    pub near: Vec<Vec<Token>>,
    /// Whether it counts only when one of `near` is there.
    pub needs_near: bool,
}

#[derive(Deserialize)]
struct AbbreviationFile {
    #[serde(default)]
    capitals: Vec<String>,
    #[serde(flatten)]
    sections: HashMap<String, HashMap<String, Expansion>>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expansion {
    One(String),
    Several(Vec<Sense>),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Sense {
    Plain(String),
    Near { text: String, near: Vec<String> },
}

#[derive(Deserialize)]
struct SynonymFile {
    #[serde(default)]
    optional: Vec<String>,
    #[serde(default)]
    optional_without_marks: Vec<String>,
    #[serde(default)]
    weak: Vec<String>,
    #[serde(default)]
    whole: Vec<String>,
    #[serde(flatten)]
    sections: HashMap<String, Section>,
}

#[derive(Deserialize)]
struct Section {
    groups: Vec<Vec<String>>,
}

const ABBREVIATIONS: &str = "abbreviations.toml";
const BUILT_IN_ABBREVIATIONS: &str = include_str!("../../search-index/abbreviations.toml");
const SYNONYMS: &str = "synonyms.toml";
const BUILT_IN_SYNONYMS: &str = include_str!("../../search-index/synonyms.toml");

impl Vocabulary {
    /// A vocabulary without a word: everything is searched as typed.
    pub fn empty() -> Self {
        Self::default()
    }

    /// The built-in vocabulary; a file of the same name in `folder` takes the place of a built-in one.
    ///
    /// # Errors
    /// `search-vocabulary-unreadable` (file, line) when a file is not valid; a file that exists and cannot be read.
    pub fn load(folder: Option<&Path>) -> Result<Self> {
        Self::read(&file(folder, ABBREVIATIONS, BUILT_IN_ABBREVIATIONS)?, &file(folder, SYNONYMS, BUILT_IN_SYNONYMS)?)
    }

    /// From the texts of the two files.
    ///
    /// # Errors
    /// `search-vocabulary-unreadable` (file, line).
    pub fn read(abbreviations: &str, synonyms: &str) -> Result<Self> {
        let abbreviations: AbbreviationFile = parse(ABBREVIATIONS, abbreviations)?;
        let synonyms: SynonymFile = parse(SYNONYMS, synonyms)?;
        let mut builder = Builder::default();
        // In a fixed order, so that every node reads the same vocabulary.
        let mut senses: Vec<(&String, &Expansion)> = abbreviations.sections.values().flatten().collect();
        senses.sort_by_key(|(short, _)| *short);
        for (short, expansion) in senses {
            builder.abbreviation(short, expansion, abbreviations.capitals.contains(short));
        }
        let mut sections: Vec<(&String, &Section)> = synonyms.sections.iter().collect();
        sections.sort_by_key(|(name, _)| *name);
        for group in sections.into_iter().flat_map(|(_, section)| &section.groups) {
            builder.group(group);
        }
        for weak in &synonyms.weak {
            if let Some(entry) = builder.entry(weak) {
                entry.weak = true;
            }
        }
        for whole in &synonyms.whole {
            builder.entry(whole);
        }
        let words = |texts: &[String]| texts.iter().flat_map(|text| tokenise(text)).collect();
        Ok(Self {
            entries: builder.finish(),
            optional: words(&synonyms.optional),
            optional_without_marks: words(&synonyms.optional_without_marks),
        })
    }

    /// The longest phrase of the vocabulary that `words` begin with. `shouting`: capitals mean nothing here.
    pub(super) fn longest(&self, words: &[Token], shouting: bool) -> Option<&Entry> {
        let first = words.first()?;
        self.entries.get(&first.folded)?.iter().find(|entry| {
            entry.words.len() <= words.len()
                && entry.words.iter().zip(words).all(|(known, typed)| entry.same(known, typed))
                && (!entry.capitals || (!shouting && words[..entry.words.len()].iter().all(|word| word.capitals)))
        })
    }

    /// Whether a query need not insist on a word. `marks`: whether the query was typed with tone marks.
    pub(super) fn is_optional(&self, word: &Token, marks: bool) -> bool {
        if marks || word.marked {
            self.optional.iter().any(|known| known.exact == word.exact)
        } else {
            self.optional_without_marks.iter().any(|known| known.folded == word.folded)
        }
    }

    /// How many phrases it knows.
    pub fn len(&self) -> usize {
        self.entries.values().map(Vec::len).sum()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

impl Entry {
    /// Words with marks must agree in them; words without are enough where the phrase is long or the known word has none.
    fn same(&self, known: &Token, typed: &Token) -> bool {
        known.exact == typed.exact
            || (!typed.marked
                && known.folded == typed.folded
                && (self.words.len() > 1 || !known.marked || self.abbreviation))
    }
}

/// Whether one of several phrases stands among the words.
pub(super) fn holds_any(words: &[Token], phrases: &[Vec<Token>]) -> bool {
    let same =
        |known: &Token, typed: &Token| known.exact == typed.exact || (!typed.marked && known.folded == typed.folded);
    phrases.iter().any(|phrase| {
        !phrase.is_empty()
            && words
                .windows(phrase.len())
                .any(|window| phrase.iter().zip(window).all(|(known, typed)| same(known, typed)))
    })
}

fn file(folder: Option<&Path>, name: &str, built_in: &str) -> Result<String> {
    match folder.map(|folder| folder.join(name)).filter(|path| path.is_file()) {
        Some(path) => Ok(std::fs::read_to_string(path)?),
        None => Ok(built_in.to_owned()),
    }
}

fn parse<T: serde::de::DeserializeOwned>(name: &'static str, text: &str) -> Result<T> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
        Error::invalid(Problem::new("search-vocabulary-unreadable").with("file", name).with("line", line))
            .because(error)
    })
}

/// Entries by the exact form of their words.
#[derive(Default)]
struct Builder {
    entries: HashMap<String, Entry>,
    /// Long forms to their unambiguous short ones.
    shorts: HashMap<String, Vec<String>>,
}

fn key(words: &[Token]) -> String {
    words.iter().map(|word| word.exact.as_str()).collect::<Vec<_>>().join(" ")
}

impl Builder {
    fn entry(&mut self, text: &str) -> Option<&mut Entry> {
        let words = tokenise(text);
        if words.is_empty() {
            return None;
        }
        let entry = self.entries.entry(key(&words)).or_default();
        if entry.words.is_empty() {
            entry.words = words;
        }
        Some(entry)
    }

    fn mean(&mut self, phrase: &str, text: &str, weight: f32, near: &[String], needs_near: bool) {
        let words = tokenise(text);
        let near = near.iter().map(|near| tokenise(near)).collect();
        let Some(entry) = self.entry(phrase) else { return };
        if words.is_empty()
            || key(&words) == key(&entry.words)
            || entry.meanings.iter().any(|meaning| key(&meaning.words) == key(&words))
        {
            return;
        }
        entry.meanings.push(Meaning { text: text.to_owned(), words, weight, near, needs_near });
    }

    fn abbreviation(&mut self, short: &str, expansion: &Expansion, capitals: bool) {
        let senses: Vec<(&String, &[String])> = match expansion {
            Expansion::One(text) => vec![(text, &[])],
            Expansion::Several(senses) => senses
                .iter()
                .map(|sense| match sense {
                    Sense::Plain(text) => (text, &[][..]),
                    Sense::Near { text, near } => (text, near.as_slice()),
                })
                .collect(),
        };
        let ambiguous = senses.len() > 1;
        // Documents do not tell "CA" from "ca": a short form that is a word cannot be searched for its long one.
        let syllable = capitals && short.to_lowercase().contains(['a', 'e', 'i', 'o', 'u', 'y']);
        for (text, near) in senses {
            self.mean(short, text, if ambiguous { AMBIGUOUS } else { 1.0 }, near, false);
            // The other way round an ambiguous short form would find nearly anything: it takes a word that settles it.
            if !ambiguous && !syllable {
                self.mean(text, short, 1.0, &[], false);
                self.shorts.entry(key(&tokenise(text))).or_default().push(short.to_owned());
            } else if !near.is_empty() {
                self.mean(text, short, AMBIGUOUS, near, true);
            }
        }
        if let Some(entry) = self.entry(short) {
            entry.abbreviation = true;
            entry.capitals = capitals;
        }
    }

    fn group(&mut self, group: &[String]) {
        // The short forms of a long one belong to its group.
        let shorts: Vec<String> =
            group.iter().filter_map(|word| self.shorts.get(&key(&tokenise(word)))).flatten().cloned().collect();
        for word in group.iter().chain(&shorts) {
            for other in group.iter().chain(&shorts).filter(|other| *other != word) {
                self.mean(word, other, SYNONYM, &[], false);
            }
        }
    }

    fn finish(self) -> HashMap<String, Vec<Entry>> {
        let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
        for mut entry in self.entries.into_values() {
            entry.meanings.sort_by(|a, b| b.weight.total_cmp(&a.weight));
            entry.meanings.truncate(MOST_MEANINGS);
            if let Some(first) = entry.words.first() {
                entries.entry(first.folded.clone()).or_default().push(entry);
            }
        }
        for list in entries.values_mut() {
            list.sort_by(|a, b| b.words.len().cmp(&a.words.len()).then_with(|| key(&a.words).cmp(&key(&b.words))));
        }
        entries
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built_in() -> Vocabulary {
        Vocabulary::load(None).unwrap()
    }

    fn meanings(vocabulary: &Vocabulary, text: &str) -> Vec<String> {
        vocabulary
            .longest(&tokenise(text), false)
            .map(|entry| entry.meanings.iter().map(|meaning| meaning.text.clone()).collect())
            .unwrap_or_default()
    }

    #[test]
    fn the_built_in_vocabulary_is_valid_and_large() {
        let vocabulary = built_in();
        assert!(vocabulary.len() > 700, "{}", vocabulary.len());
        let abbreviations: AbbreviationFile = parse(ABBREVIATIONS, BUILT_IN_ABBREVIATIONS).unwrap();
        assert!(abbreviations.sections.values().map(HashMap::len).sum::<usize>() >= 150);
        for capital in &abbreviations.capitals {
            assert!(
                abbreviations.sections.values().any(|section| section.contains_key(capital)),
                "{capital} is no abbreviation"
            );
        }
        let synonyms: SynonymFile = parse(SYNONYMS, BUILT_IN_SYNONYMS).unwrap();
        assert!(synonyms.sections.values().map(|section| section.groups.len()).sum::<usize>() >= 120);
        for group in synonyms.sections.values().flat_map(|section| &section.groups) {
            assert!(group.len() > 1, "{group:?}");
        }
    }

    #[test]
    fn abbreviations_are_known_in_any_case_with_and_without_marks() {
        let vocabulary = built_in();
        for text in ["HĐND", "hđnd", "HDND", "hdnd tỉnh"] {
            assert_eq!(meanings(&vocabulary, text), ["Hội đồng nhân dân"], "{text}");
        }
        assert_eq!(meanings(&vocabulary, "GD&ĐT"), ["Giáo dục và Đào tạo"]);
        assert!(meanings(&vocabulary, "hội đồng nhân dân").contains(&"HĐND".to_owned()));
    }

    #[test]
    fn short_forms_that_are_also_words_need_capitals() {
        let vocabulary = built_in();
        assert_eq!(meanings(&vocabulary, "CA tỉnh"), ["Công an"]);
        assert!(meanings(&vocabulary, "ca bệnh").is_empty());
        assert!(!meanings(&vocabulary, "công an").contains(&"CA".to_owned()));
        assert!(vocabulary.longest(&tokenise("CA BỆNH"), true).is_none());
    }

    #[test]
    fn single_syllables_need_their_tone_marks_and_phrases_do_not() {
        let vocabulary = built_in();
        assert!(meanings(&vocabulary, "ngô").contains(&"bắp".to_owned()));
        assert!(meanings(&vocabulary, "ngo").is_empty());
        assert!(meanings(&vocabulary, "xe buyt").contains(&"xe bus".to_owned()));
        assert!(meanings(&vocabulary, "câu lạc bộ").is_empty());
        assert!(meanings(&vocabulary, "hospitals").contains(&"bệnh viện".to_owned()));
    }

    #[test]
    fn an_invalid_file_is_refused_with_its_line() {
        let error = Vocabulary::read("[a]\nUBND = 3\n", "").unwrap_err();
        assert!(error.has("search-vocabulary-unreadable"), "{error}");
        let error = Vocabulary::read("[a]\nUBND = \"x\n", "").unwrap_err();
        assert!(error.to_string().contains("line=Int(2)"), "{error}");
    }

    #[test]
    fn a_folder_overrides_single_files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(ABBREVIATIONS), "[x]\nXYZ = \"xin yên lòng\"\n").unwrap();
        let vocabulary = Vocabulary::load(Some(folder.path())).unwrap();
        assert_eq!(meanings(&vocabulary, "xyz"), ["xin yên lòng"]);
        assert!(meanings(&vocabulary, "UBND").is_empty());
        assert!(!meanings(&vocabulary, "xe buýt").is_empty());
    }
}
