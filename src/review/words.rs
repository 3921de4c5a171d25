//! Two texts compared word by word, for people to read.

/// A stretch of a text: as it was, or only on this side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words, with the space after them.
    pub text: String,
    /// Whether the other text lacks them.
    pub changed: bool,
}

/// Beyond this many comparisons the middle of two texts counts as changed whole.
const MOST: usize = 1_000_000;

/// What of each text the other lacks: the pieces of the old one and of the new one, each of which together are the whole text.
pub fn changes(old: &str, new: &str) -> (Vec<Piece>, Vec<Piece>) {
    let (old, new): (Vec<&str>, Vec<&str>) = (words(old), words(new));
    let start = old.iter().zip(&new).take_while(|(a, b)| same(a, b)).count();
    let (rest_old, rest_new) = (&old[start..], &new[start..]);
    let end = rest_old.iter().rev().zip(rest_new.iter().rev()).take_while(|(a, b)| same(a, b)).count();
    let middle = (&rest_old[..rest_old.len() - end], &rest_new[..rest_new.len() - end]);
    let (kept_old, kept_new) = common(middle.0, middle.1);
    let pieces = |all: &[&str], kept: &[bool]| {
        let mut pieces: Vec<Piece> = Vec::new();
        for (at, word) in all.iter().enumerate() {
            let changed = at >= start && kept.get(at - start) == Some(&false);
            match pieces.last_mut() {
                Some(last) if last.changed == changed => last.text.push_str(word),
                _ => pieces.push(Piece { text: (*word).to_owned(), changed }),
            }
        }
        pieces
    };
    (pieces(&old, &kept_old), pieces(&new, &kept_new))
}

/// The words of a text, each with the white space after it.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// White space after a word is no difference.
fn same(a: &str, b: &str) -> bool {
    a.trim_end() == b.trim_end()
}

/// Which words of each side stand in a longest common sequence.
fn common(old: &[&str], new: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let (mut kept_old, mut kept_new) = (vec![false; old.len()], vec![false; new.len()]);
    let wide = new.len() + 1;
    if old.len().saturating_mul(new.len()) > MOST {
        return (kept_old, kept_new);
    }
    // How long a common sequence the rests from each pair of places have.
    let mut longest = vec![0_u32; (old.len() + 1) * wide];
    for a in (0..old.len()).rev() {
        for b in (0..new.len()).rev() {
            longest[a * wide + b] = if same(old[a], new[b]) {
                longest[(a + 1) * wide + b + 1] + 1
            } else {
                longest[(a + 1) * wide + b].max(longest[a * wide + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() && b < new.len() {
        if same(old[a], new[b]) {
            (kept_old[a], kept_new[b]) = (true, true);
            (a, b) = (a + 1, b + 1);
        } else if longest[(a + 1) * wide + b] >= longest[a * wide + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    (kept_old, kept_new)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(pieces: &[Piece]) -> String {
        pieces.iter().map(|p| if p.changed { format!("[{}]", p.text) } else { p.text.clone() }).collect()
    }

    #[test]
    fn only_words_that_the_other_text_lacks_are_marked() {
        let (old, new) = changes("Chỉ tiêu tuyển sinh lớp 10 THPT", "Chỉ tiêu tuyển sinh lớp 10 công lập");
        assert_eq!(marked(&old), "Chỉ tiêu tuyển sinh lớp 10 [THPT]");
        assert_eq!(marked(&new), "Chỉ tiêu tuyển sinh lớp 10 [công lập]");
        let (old, new) = changes("a b c d", "a x c");
        assert_eq!((marked(&old).as_str(), marked(&new).as_str()), ("a [b ]c [d]", "a [x ]c"));
        assert_eq!(changes("", "a"), (Vec::new(), vec![Piece { text: "a".into(), changed: true }]));
    }

    proptest! {
        #[test]
        fn pieces_are_the_whole_texts_and_equal_texts_have_no_mark(old in "[ab \n]{0,40}", new in "[ab \n]{0,40}") {
            let (left, right) = changes(&old, &new);
            let whole = |pieces: &[Piece]| pieces.iter().map(|piece| piece.text.as_str()).collect::<String>();
            prop_assert_eq!(whole(&left), old.clone());
            prop_assert_eq!(whole(&right), new);
            let (left, _) = changes(&old, &old);
            prop_assert!(left.iter().all(|piece| !piece.changed));
        }
    }
}
