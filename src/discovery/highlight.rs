//! Highlights: which parts of a text match a query, by the same analysis that found it. Pure.

use super::document::Piece;
use super::understanding::Understanding;
use super::vocabulary::Meaning;
use crate::platform::index::analysis::{Token, tokenise};

/// How many words a snippet has.
const SNIPPET: usize = 36;
/// How many words stand before the first match in a snippet.
const LEAD: usize = 5;

/// What is highlighted for one query.
pub(super) struct Highlighter<'a> {
    understanding: &'a Understanding,
    meanings: Vec<&'a Meaning>,
    /// By word: whether the query insists on it.
    required: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    /// A small word: highlighted only beside another match.
    Small,
    Full,
}

impl<'a> Highlighter<'a> {
    pub fn new(understanding: &'a Understanding) -> Self {
        let meanings = understanding.concepts.iter().flat_map(|concept| &concept.meanings).collect();
        let required = understanding
            .concepts
            .iter()
            .flat_map(|concept| concept.words.clone().map(|_| !concept.optional))
            .collect();
        Self { understanding, meanings, required }
    }

    /// A whole text in pieces.
    pub fn whole(&self, text: &str) -> Vec<Piece> {
        let tokens = tokenise(text);
        let marks = self.marks(&tokens);
        pieces(text, 0, text.len(), &tokens, &marks)
    }

    /// The part of a text where most matches are, in pieces; its beginning when there are none.
    pub fn snippet(&self, text: &str) -> Vec<Piece> {
        let tokens = tokenise(text);
        let mut marks = self.marks(&tokens);
        thin(&mut marks);
        let hits: Vec<usize> = (0..marks.len()).filter(|at| marks[*at]).collect();
        let within = |from: usize| hits.iter().filter(|at| (from..from + SNIPPET).contains(*at)).count();
        // Earliest of the best windows; a match near the beginning keeps the beginning.
        let starts = hits.iter().map(|at| if *at + LEAD < SNIPPET { 0 } else { at.saturating_sub(LEAD) });
        let first = starts.map(|from| (within(from), std::cmp::Reverse(from))).max().map_or(0, |(_, from)| from.0);
        let last = (first + SNIPPET).min(tokens.len());
        let from = if first == 0 { 0 } else { tokens[first].start };
        let to = if last == tokens.len() { text.len() } else { tokens[last - 1].end };
        let mut pieces = pieces(text, from, to, &tokens[first..last], &marks[first..last]);
        if from > 0 {
            join(&mut pieces, 0, "… ");
        }
        if to < text.len() {
            let end = pieces.len();
            join(&mut pieces, end, " …");
        }
        pieces
    }

    /// Whether a short text (the title of a column) holds what was asked for, and not just one stray word of it.
    pub fn matches(&self, text: &str) -> bool {
        let marks = self.marks(&tokenise(text));
        let wanted = self.required.iter().filter(|required| **required).count().clamp(1, 2);
        marks.iter().filter(|marked| **marked).count() >= wanted
    }

    fn marks(&self, tokens: &[Token]) -> Vec<bool> {
        let mut marks = vec![Mark::None; tokens.len()];
        for (at, word) in self.understanding.words.iter().enumerate() {
            let mark = if self.required.get(at).copied().unwrap_or(true) { Mark::Full } else { Mark::Small };
            let exact = |token: &Token| token.exact == word.exact;
            let folded = |token: &Token| token.folded == word.folded;
            let with_marks = word.marked && (self.understanding.exact || tokens.iter().any(exact));
            let mut found = false;
            for (slot, token) in marks.iter_mut().zip(tokens) {
                if if with_marks { exact(token) } else { folded(token) } {
                    found = true;
                    if *slot != Mark::Full {
                        *slot = mark;
                    }
                }
            }
            let beginning = self.understanding.last().filter(|_| !found && at + 1 == self.understanding.words.len());
            if let Some(last) = beginning {
                for (slot, token) in marks.iter_mut().zip(tokens) {
                    if token.plain.starts_with(&last.plain) {
                        *slot = Mark::Full;
                    }
                }
            }
        }
        for meaning in &self.meanings {
            let length = meaning.words.len();
            let same = |known: &Token, token: &Token| {
                known.exact == token.exact || (!known.marked && !token.marked && known.folded == token.folded)
            };
            for first in 0..(tokens.len() + 1).saturating_sub(length.max(1)) {
                if meaning.words.iter().zip(&tokens[first..]).all(|(known, token)| same(known, token)) {
                    marks[first..first + length].fill(Mark::Full);
                }
            }
        }
        // A run of small words alone says nothing.
        let mut flags = vec![false; marks.len()];
        for run in runs(&marks, |mark| *mark != Mark::None) {
            if marks[run.clone()].contains(&Mark::Full) {
                flags[run].fill(true);
            }
        }
        flags
    }
}

fn runs<T>(items: &[T], is_in: impl Fn(&T) -> bool) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for at in (0..items.len()).filter(|at| is_in(&items[*at])) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// Where words stand together somewhere, stray single words elsewhere are only noise.
fn thin(marks: &mut [bool]) {
    let runs = runs(marks, |marked| *marked);
    if runs.iter().any(|run| run.len() > 1) {
        for run in runs.into_iter().filter(|run| run.len() == 1) {
            marks[run].fill(false);
        }
    }
}

/// Cuts a part of a text into pieces; neighbouring matches with nothing but space or a hyphen between them are one.
fn pieces(text: &str, from: usize, to: usize, tokens: &[Token], marks: &[bool]) -> Vec<Piece> {
    let mut spans: Vec<(usize, usize)> = Vec::new();
    for (token, _) in tokens.iter().zip(marks).filter(|(_, marked)| **marked) {
        let joins = |end: usize| {
            text[end..token.start].chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '&' | '/'))
        };
        match spans.last_mut() {
            Some(span) if joins(span.1) => span.1 = token.end,
            _ => spans.push((token.start, token.end)),
        }
    }
    let mut pieces = Vec::new();
    let mut at = from;
    let mut push = |start: usize, end: usize, matched: bool| {
        if start < end {
            pieces.push(Piece { text: text[start..end].to_owned(), matched });
        }
    };
    for (start, end) in spans {
        push(at, start, false);
        push(start, end, true);
        at = end;
    }
    push(at, to, false);
    pieces
}

/// Adds text that does not match at the beginning (`at` 0) or the end.
fn join(pieces: &mut Vec<Piece>, at: usize, text: &str) {
    let neighbour = if at == 0 { pieces.first_mut() } else { pieces.last_mut() };
    match neighbour {
        Some(piece) if !piece.matched && at == 0 => piece.text.insert_str(0, text),
        Some(piece) if !piece.matched => piece.text.push_str(text),
        _ => pieces.insert(at, Piece { text: text.to_owned(), matched: false }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Vocabulary;
    use super::*;
    use std::sync::LazyLock;

    use proptest::prelude::*;

    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| Vocabulary::load(None).unwrap());

    fn marked(query: &str, text: &str) -> String {
        show(&Highlighter::new(&Understanding::new(query, false, &VOCABULARY)).whole(text))
    }
    fn snippet(query: &str, text: &str) -> String {
        show(&Highlighter::new(&Understanding::new(query, false, &VOCABULARY)).snippet(text))
    }
    fn show(pieces: &[Piece]) -> String {
        pieces
            .iter()
            .map(|piece| if piece.matched { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn words_without_marks_highlight_phrases_as_written() {
        assert_eq!(marked("truong hoc", "Danh sách Trường học, trường nghề"), "Danh sách [Trường học], [trường] nghề");
        assert_eq!(marked("TRƯỜNG", "Trường học"), "[Trường] học");
    }

    #[test]
    fn marks_that_were_typed_count_where_the_text_has_them() {
        assert_eq!(marked("bạc", "Bậc lương và giá bạc"), "Bậc lương và giá [bạc]");
        assert_eq!(marked("bạc", "Bậc lương"), "[Bậc] lương");
    }

    #[test]
    fn decomposed_text_is_cut_between_characters() {
        use unicode_normalization::UnicodeNormalization;
        let text: String = "Giá đường bộ".nfd().collect();
        let shown: String = marked("đường bộ", &text).nfc().collect();
        assert_eq!(shown, "Giá [đường bộ]");
    }

    #[test]
    fn what_an_abbreviation_stands_for_is_highlighted() {
        assert_eq!(marked("UBND xã", "Trụ sở Ủy ban nhân dân các xã"), "Trụ sở [Ủy ban nhân dân] các [xã]");
        assert_eq!(marked("xe buýt", "Tuyến xe bus nội thành"), "Tuyến [xe bus] nội thành");
    }

    #[test]
    fn the_beginning_of_a_word_and_small_words_beside_a_match_are_highlighted() {
        assert_eq!(marked("trường ti", "Trường tiểu học"), "[Trường tiểu] học");
        assert_eq!(marked("giá của đất", "Giá đất của tỉnh"), "[Giá đất của] tỉnh");
        assert_eq!(marked("giá của đất", "Của tỉnh: giá"), "Của tỉnh: [giá]");
    }

    #[test]
    fn a_snippet_shows_where_the_words_stand_together() {
        let text = format!("{}Bảng số hộ dân theo xã. {}", "Một câu mở đầu dài. ".repeat(12), "Lời cuối. ".repeat(20));
        let shown = snippet("so ho dan", &text);
        assert!(shown.starts_with("… ") && shown.ends_with(" …") && shown.contains("[số hộ dân]"), "{shown}");
        assert_eq!(snippet("abc", "Ngắn."), "Ngắn.");
        assert_eq!(snippet("abc", ""), "");
    }

    proptest! {
        #[test]
        fn pieces_put_together_are_the_text(text in "([a-zđàéíọữ]{0,6}[ ,.-]{0,2}){0,12}", query in "[a-zđàéíọữ ]{0,12}") {
            let vocabulary = Vocabulary::empty();
            let understanding = Understanding::new(&query, false, &vocabulary);
            let pieces = Highlighter::new(&understanding).whole(&text);
            prop_assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
            prop_assert!(pieces.iter().all(|piece| !piece.text.is_empty()));
        }
    }
}
