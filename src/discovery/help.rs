//! Help when little or nothing was found: near words that the index does hold.

use super::document::{COLUMNS, DESCRIPTION, KEYWORDS, NAMES, TITLE, TITLE_EN};
use super::understanding::Understanding;
use crate::platform::index::analysis::Token;
use crate::platform::index::{Form, Snapshot, Spelling};

/// Most texts that are offered.
const MOST: usize = 3;
/// How many near words are weighed for one that is not known.
const NEAR: usize = 20;

/// Texts to search for instead: each word that no document holds is replaced by a near one, chosen by the words beside it and
/// written as most documents write it.
pub(super) fn did_you_mean(understanding: &Understanding, snapshot: &Snapshot) -> Vec<String> {
    let words = &understanding.words;
    let unknown: Vec<usize> = (0..words.len())
        .filter(|at| {
            let meant =
                understanding.concepts.iter().any(|concept| concept.words.contains(at) && !concept.meanings.is_empty());
            words.get(*at).is_some_and(|word| !meant && !known(word, snapshot))
        })
        .collect();
    if unknown.is_empty() {
        return Vec::new();
    }
    let mut texts: Vec<Vec<String>> = vec![words.iter().map(|word| word.folded.clone()).collect()];
    for at in unknown {
        let candidates = candidates(words, at, snapshot);
        let with = |text: &Vec<String>, candidate: &str| {
            text.iter()
                .enumerate()
                .map(|(place, word)| if place == at { candidate.to_owned() } else { word.clone() })
                .collect()
        };
        texts = texts
            .iter()
            .flat_map(|text| candidates.iter().take(MOST).map(|candidate| with(text, candidate)).collect::<Vec<_>>())
            .collect();
        texts.truncate(MOST);
    }
    let mut offered: Vec<String> = Vec::new();
    for text in texts.iter().map(|text| written(text, words, snapshot.spelling())) {
        if !offered.contains(&text) {
            offered.push(text);
        }
    }
    offered
}

/// Folded words as most documents write them beside each other; a word that was typed with marks and kept stays as typed.
fn written(text: &[String], typed: &[Token], spelling: &Spelling) -> String {
    let pair = |first: usize| {
        Some((text.get(first)?, text.get(first + 1)?)).and_then(|(first, second)| spelling.pair(first, second))
    };
    let words = text.iter().enumerate().map(|(at, folded)| {
        if let Some(kept) = typed.get(at).filter(|word| word.folded == *folded && word.marked) {
            return kept.surface.clone();
        }
        let left = at.checked_sub(1).and_then(pair).map(|(written, count)| (count, written.split(' ').next_back()));
        let right = pair(at).map(|(written, count)| (count, written.split(' ').next()));
        let beside = left.max(right).and_then(|(_, word)| word);
        let kept = typed.get(at).filter(|word| word.folded == *folded).map(|word| word.surface.as_str());
        beside.or(spelling.written(folded)).or(kept).unwrap_or(folded).to_owned()
    });
    words.collect::<Vec<_>>().join(" ")
}

fn known(word: &Token, snapshot: &Snapshot) -> bool {
    [TITLE, TITLE_EN, KEYWORDS, NAMES, COLUMNS, DESCRIPTION]
        .iter()
        .any(|field| snapshot.frequency(*field, Form::Folded, &word.folded) > 0)
}

/// Near words, those first that stand beside the same neighbours in some document.
fn candidates<'a>(words: &[Token], at: usize, snapshot: &'a Snapshot) -> Vec<&'a str> {
    let Some(word) = words.get(at) else { return Vec::new() };
    let spelling = snapshot.spelling();
    let mut near: Vec<(u32, &str)> = spelling
        .near(&word.folded, NEAR)
        .into_iter()
        .map(|candidate| {
            let left = at
                .checked_sub(1)
                .and_then(|left| words.get(left))
                .and_then(|left| spelling.pair(&left.folded, candidate));
            let right = words.get(at + 1).and_then(|right| spelling.pair(candidate, &right.folded));
            (left.map_or(0, |pair| pair.1) + right.map_or(0, |pair| pair.1), candidate)
        })
        .collect();
    // Stable: equally good ones stay nearest and most frequent first.
    near.sort_by_key(|(together, _)| std::cmp::Reverse(*together));
    near.into_iter().map(|(_, candidate)| candidate).collect()
}
