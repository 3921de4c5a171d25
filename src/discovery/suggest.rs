//! Going on with what somebody types: keywords that hold it, then words that stand behind it in titles.

use super::document::{KEYWORDS, TITLE, TITLE_EN};
use crate::kernel::Result;
use crate::platform::index::analysis::{Token, tokenise};
use crate::platform::index::{Form, Node, Snapshot};

/// Most texts that are offered.
const MOST: usize = 4;

/// Texts to search for that begin with what was typed or hold it as the beginning of a word; without regard to tone marks that were
/// not typed. Each finds something.
pub(super) fn going_on(typed: &str, words: &[Token], snapshot: &Snapshot) -> Result<Vec<String>> {
    let Some(last) = words.last() else { return Ok(Vec::new()) };
    let plain: Vec<&str> = words.iter().map(|word| word.plain.as_str()).collect();
    let mut texts: Vec<String> = Vec::new();
    // What is already typed in full is no help.
    let all = |words: &[Token]| words.iter().map(|word| word.folded.clone()).collect::<Vec<_>>();
    let own = all(words);
    for phrase in snapshot.lexicon().going_on(&plain, 2 * MOST) {
        let tokens = tokenise(phrase);
        if agrees(words, &tokens) && all(&tokens) != own {
            texts.push(phrase.to_owned());
        }
    }
    texts.truncate(MOST);
    if texts.len() < MOST {
        let finished = typed.chars().next_back().is_some_and(|c| !c.is_alphanumeric());
        for text in from_titles(words, last, finished, snapshot) {
            let tokens = tokenise(&text);
            let folded = all(&tokens);
            let known = texts.iter().any(|known| all(&tokenise(known)) == folded);
            if !known && folded != own && texts.len() < MOST && finds(&tokens, snapshot)? {
                texts.push(text);
            }
        }
    }
    Ok(texts)
}

/// Whether every word typed with marks stands in the phrase with the same ones; the last may still lack some.
fn agrees(typed: &[Token], phrase: &[Token]) -> bool {
    let Some((_, before)) = typed.split_last() else { return true };
    before.iter().all(|word| !word.marked || phrase.iter().any(|other| other.exact == word.exact))
}

/// What was typed with its last word finished, or with the word that most often follows.
fn from_titles(words: &[Token], last: &Token, finished: bool, snapshot: &Snapshot) -> Vec<String> {
    let spelling = snapshot.spelling();
    let before = |kept: &[Token]| kept.iter().map(|word| word.surface.clone()).collect::<Vec<_>>();
    let with = |kept: &[Token], written: &str| {
        let mut text = before(kept);
        text.push(written.to_owned());
        text.join(" ")
    };
    let kept = &words[..words.len() - 1];
    if finished {
        let pairs = spelling.pairs_beginning(&format!("{} ", last.folded), MOST);
        return pairs.into_iter().map(|pair| with(kept, pair)).collect();
    }
    match kept.split_last() {
        Some((neighbour, further)) => {
            let pairs = spelling.pairs_beginning(&format!("{} {}", neighbour.folded, last.plain), MOST);
            pairs.into_iter().map(|pair| with(further, pair)).collect()
        }
        None => {
            let single = spelling.words_beginning(&last.plain, MOST).into_iter();
            single.map(|word| with(kept, word)).collect()
        }
    }
}

/// Whether some document holds all the words where titles and keywords stand: what was withdrawn is not offered.
fn finds(words: &[Token], snapshot: &Snapshot) -> Result<bool> {
    let word = |word: &Token| {
        let fields = [TITLE, TITLE_EN, KEYWORDS].into_iter();
        Node::Best(fields.map(|field| Node::Term(field, Form::Folded, word.folded.clone())).collect())
    };
    Ok(!snapshot.matching(&Node::All(words.iter().map(word).collect()))?.is_empty())
}
