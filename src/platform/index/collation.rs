//! The order of the Vietnamese alphabet (a ă â b c d đ e ê …) as a key that sorts byte by byte.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::analysis::tokenise;

/// Longest text that takes part in the order, in words.
const MAX_WORDS: usize = 40;

const ALPHABET: &str = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz";

/// A key for sorting by the Vietnamese alphabet: first the letters with spaces before all of them and numbers by their value,
/// then the tones in the dictionary's order (none, huyền, hỏi, ngã, sắc, nặng). Case and punctuation do not count.
/// The key holds no byte above 0x7F and its length is bounded.
pub fn sort_key(text: &str) -> String {
    let mut letters = String::new();
    let mut tones = String::new();
    for token in tokenise(text).into_iter().take(MAX_WORDS) {
        if !letters.is_empty() {
            letters.push('\x01');
        }
        if token.surface.starts_with(|c: char| c.is_ascii_digit()) {
            let digits: String = token.folded.trim_start_matches('0').chars().filter(char::is_ascii_digit).collect();
            letters.push('\x02');
            letters.push(char::from(u8::try_from(digits.len()).unwrap_or(100).min(100)));
            letters.push_str(&digits);
            tones.push('0');
            continue;
        }
        let mut tone = '0';
        let toneless = token.surface.nfd().filter(|c| match c {
            '\u{300}' => {
                tone = '1';
                false
            }
            '\u{309}' => {
                tone = '2';
                false
            }
            '\u{303}' => {
                tone = '3';
                false
            }
            '\u{301}' => {
                tone = '4';
                false
            }
            '\u{323}' => {
                tone = '5';
                false
            }
            _ => true,
        });
        let word: String = toneless.nfc().collect();
        for c in word.chars() {
            push_letter(&mut letters, c);
        }
        tones.push(tone);
    }
    letters.push('\0');
    letters + &tones
}

fn push_letter(key: &mut String, c: char) {
    let place = |c: char| ALPHABET.chars().position(|letter| letter == c).and_then(|at| u8::try_from(at).ok());
    if let Some(place) = place(c) {
        key.push(char::from(0x40 + place));
        return;
    }
    // A foreign letter stands with the letter it is built on, or after the alphabet.
    let base = c.nfd().find(|c| !is_combining_mark(*c)).unwrap_or(c);
    key.push(place(base).map_or('\x7e', |place| char::from(0x40 + place)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut titles: Vec<&str>) -> Vec<&str> {
        titles.sort_by_key(|title| sort_key(title));
        titles
    }

    #[test]
    fn letters_come_in_the_order_of_the_alphabet() {
        let order = vec!["an", "ăn", "ân", "ba", "da", "đa", "ea", "êa", "oa", "ôa", "ơa", "pa", "ua", "ưa", "va"];
        let mut shuffled = order.clone();
        shuffled.reverse();
        assert_eq!(sorted(shuffled), order);
    }

    #[test]
    fn tones_decide_only_between_equal_letters() {
        assert_eq!(
            sorted(vec!["mạ", "má", "mã", "mả", "mà", "ma", "man"]),
            vec!["ma", "mà", "mả", "mã", "má", "mạ", "man"]
        );
        assert_eq!(sorted(vec!["bà con", "ba mươi"]), vec!["bà con", "ba mươi"]);
    }

    #[test]
    fn numbers_come_by_their_value_and_short_words_before_long_ones() {
        assert_eq!(
            sorted(vec!["Quận 10", "Quận 2", "quận", "Quận 02b"]),
            vec!["quận", "Quận 2", "Quận 02b", "Quận 10"]
        );
        assert_eq!(sorted(vec!["đất đai", "đất", "dân số"]), vec!["dân số", "đất", "đất đai"]);
    }
}
