//! Vietnamese text analysis: words with their places, and the two forms in which a word is compared. Pure functions.
//!
//! A written word has an *exact* form (lower case, tone kept) and a *folded* form (no tone marks, đ as d). Both hide what is only
//! a habit of writing: composed or decomposed Unicode, the place of the tone mark ("hoà", "hòa"), i or y at the end of an open
//! syllable ("kĩ thuật", "kỹ thuật"). Folding also takes the plural ending off English words. Digits stand apart from letters
//! ("QL14" is "ql" "14"), and dots that group thousands are dropped ("1.000" is "1000"). Roman numerals stay words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word that is compared, in characters; what is longer is cut there.
pub const MAX_WORD: usize = 64;

/// One word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Lower case with the tone mark moved to the end, so that its place does not matter.
    pub exact: String,
    /// Without tone marks, đ as d, plural ending taken off.
    pub folded: String,
    /// Without tone marks, otherwise as written: what a prefix is compared with.
    pub plain: String,
    /// Lower case, composed, otherwise as written: what people are shown.
    pub surface: String,
    /// First byte in the original text.
    pub start: usize,
    /// The byte after the last one in the original text.
    pub end: usize,
    /// Whether it was written with a mark: a tone, ă â ê ô ơ ư, or đ.
    pub marked: bool,
    /// Whether all its letters are capitals, and there is at least one.
    pub capitals: bool,
}

/// The words of a text in order. Offsets are those of the text as given, whatever its normal form.
pub fn tokenise(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = 0;
    while let Some((start, class)) = next_start(text, rest) {
        let end = match class {
            Class::Digit => end_of_number(text, start),
            _ => end_of_run(text, start, class),
        };
        tokens.push(token(text, start, end));
        rest = end;
    }
    tokens
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// Belongs to whatever stands before it: combining marks, soft hyphens and other invisible characters.
    Attached,
    Other,
}

fn class(c: char) -> Class {
    // What nearly all text is made of needs no look into the tables of Unicode.
    match c {
        'a'..='z' | 'A'..='Z' => return Class::Letter,
        '0'..='9' => return Class::Digit,
        '\0'..='\x7f' => return Class::Other,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | 'Ạ'..='ỹ' => return Class::Letter,
        _ => {}
    }
    if is_combining_mark(c) || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}') {
        Class::Attached
    } else if c.is_alphabetic() {
        Class::Letter
    } else if c.is_numeric() {
        Class::Digit
    } else {
        Class::Other
    }
}

fn next_start(text: &str, from: usize) -> Option<(usize, Class)> {
    text[from..]
        .char_indices()
        .map(|(at, c)| (from + at, class(c)))
        .find(|(_, class)| matches!(class, Class::Letter | Class::Digit))
}

fn end_of_run(text: &str, start: usize, wanted: Class) -> usize {
    text[start..]
        .char_indices()
        .find(|(_, c)| class(*c) != wanted && class(*c) != Class::Attached)
        .map_or(text.len(), |(at, _)| start + at)
}

/// A run of digits, and further groups of exactly three after a dot when the first group has one to three digits.
fn end_of_number(text: &str, start: usize) -> usize {
    let mut end = end_of_run(text, start, Class::Digit);
    let first = &text[start..end];
    if first.len() > 3 || !first.bytes().all(|b| b.is_ascii_digit()) {
        return end;
    }
    while let Some(group) = text[end..].strip_prefix('.') {
        let length = group.bytes().take_while(u8::is_ascii_digit).count();
        if length != 3 {
            break;
        }
        end += 1 + length;
    }
    end
}

fn token(text: &str, start: usize, end: usize) -> Token {
    let written = &text[start..end];
    if written.is_ascii() { ascii_token(written, start, end) } else { marked_token(written, start, end) }
}

fn marked_token(written: &str, start: usize, end: usize) -> Token {
    let visible = || written.chars().filter(|c| is_combining_mark(*c) || class(*c) != Class::Attached);
    let capitals = written.chars().any(char::is_uppercase) && !written.chars().any(char::is_lowercase);
    let mut base = String::new();
    let mut plain = String::new();
    let mut tones = String::new();
    let mut marked = false;
    for c in visible().filter(|c| *c != '.').nfkd().flat_map(char::to_lowercase).take(2 * MAX_WORD) {
        match c {
            '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}' => {
                tones.push(c);
                marked = true;
            }
            'đ' => {
                base.push(c);
                plain.push('d');
                marked = true;
            }
            c if is_combining_mark(c) => {
                base.push(c);
                marked = true;
            }
            c => {
                base.push(c);
                plain.push(c);
            }
        }
    }
    let plain: String = plain.chars().take(MAX_WORD).collect();
    let mut exact: String = open_syllable(base.nfc().take(MAX_WORD).collect());
    exact.push_str(&tones);
    Token {
        exact,
        folded: singular(open_syllable(plain.clone())),
        plain,
        surface: visible().nfc().flat_map(char::to_lowercase).take(MAX_WORD).collect(),
        start,
        end,
        marked,
        capitals,
    }
}

/// The same for a word without any mark, which most words of a query and of column names are: nothing to take apart.
fn ascii_token(written: &str, start: usize, end: usize) -> Token {
    let mut surface = written.to_ascii_lowercase();
    let plain: String = surface.chars().filter(|c| *c != '.').take(MAX_WORD).collect();
    surface.truncate(MAX_WORD);
    let exact = open_syllable(plain.clone());
    Token {
        folded: singular(exact.clone()),
        exact,
        plain,
        surface,
        start,
        end,
        marked: false,
        capitals: written.bytes().any(|b| b.is_ascii_uppercase()) && !written.bytes().any(|b| b.is_ascii_lowercase()),
    }
}

/// Writes a final y after nothing but consonants as i: "ky" and "ki", "quy" and "qui", "ly" and "li" are spellings of one syllable.
fn open_syllable(mut word: String) -> String {
    if let Some(onset) = word.strip_suffix('y') {
        let consonants = |text: &str| !text.is_empty() && text.chars().all(|c| "bcdđghklmnpqrstvx".contains(c));
        if onset == "qu" || (onset.chars().count() <= 3 && consonants(onset)) {
            word.pop();
            word.push('i');
        }
    }
    word
}

/// Takes the plural ending off an English word. No Vietnamese word ends in s.
fn singular(mut word: String) -> String {
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) || !word.ends_with('s') {
        return word;
    }
    if ["ss", "us", "is"].iter().any(|ending| word.ends_with(ending)) {
        return word;
    }
    if word.len() > 4 && word.ends_with("ies") {
        word.truncate(word.len() - 3);
        word.push('y');
    } else if ["sses", "xes", "ches", "shes"].iter().any(|ending| word.ends_with(ending)) {
        word.truncate(word.len() - 2);
    } else {
        word.truncate(word.len() - 1);
    }
    word
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_short_way_for_letters_agrees_with_the_tables_of_unicode() {
        for c in ('\0'..='\u{24f}').chain('\u{1e00}'..='\u{1eff}') {
            let expected = match c {
                '\u{ad}' => Class::Attached,
                c if c.is_alphabetic() => Class::Letter,
                c if c.is_numeric() => Class::Digit,
                _ => Class::Other,
            };
            assert!(class(c) == expected, "{c:?}");
        }
    }

    fn exact(text: &str) -> Vec<String> {
        tokenise(text).into_iter().map(|token| token.exact).collect()
    }
    fn folded(text: &str) -> Vec<String> {
        tokenise(text).into_iter().map(|token| token.folded).collect()
    }

    #[test]
    fn the_place_of_the_tone_mark_does_not_matter() {
        for (old, new) in [
            ("hoà", "hòa"),
            ("khoẻ", "khỏe"),
            ("uỷ", "ủy"),
            ("thuý", "thúy"),
            ("Hoá", "hóa"),
            ("quí", "quý"),
            ("thuỷ lợi", "thủy lợi"),
        ] {
            assert_eq!(exact(old), exact(new), "{old} {new}");
        }
        assert_ne!(exact("hòa"), exact("hóa"));
    }

    #[test]
    fn i_and_y_are_one_letter_only_at_the_end_of_an_open_syllable() {
        assert_eq!(exact("kĩ thuật công ti lí lịch tỉ lệ"), exact("kỹ thuật công ty lý lịch tỷ lệ"));
        assert_ne!(exact("tay"), exact("tai"));
        assert_ne!(exact("thuý"), exact("thúi"));
        assert_eq!(exact("y tế")[0], "y");
    }

    #[test]
    fn exact_forms_keep_tones_and_d_with_stroke() {
        assert_ne!(exact("bạc"), exact("bậc"));
        assert_ne!(exact("đường"), exact("dương"));
        assert_ne!(exact("mã"), exact("ma"));
        assert_eq!(folded("Đường Dương ĐƯỢNG"), ["duong", "duong", "duong"]);
    }

    #[test]
    fn digits_stand_apart_and_thousands_are_one_number() {
        assert_eq!(
            folded("QL14, PM2.5 và 1.250.000 đồng (12.345,67)"),
            ["ql", "14", "pm", "2", "5", "va", "1250000", "dong", "12345", "67"]
        );
        assert_eq!(folded("20.11.2026"), ["20", "11", "2026"]);
        assert_eq!(folded("43/2022/QĐ-UBND"), ["43", "2022", "qd", "ubnd"]);
        assert_eq!(folded("quý IV"), ["qui", "iv"]);
        assert_eq!(folded("１２ km²"), ["12", "km", "2"]);
    }

    #[test]
    fn english_plurals_are_folded() {
        assert_eq!(
            folded("Hospitals, bus classes cities GIS news"),
            ["hospital", "bus", "class", "city", "gis", "new"]
        );
    }

    #[test]
    fn invisible_characters_do_not_split_words() {
        assert_eq!(folded("tr\u{ad}ường\u{200b} h\u{feff}ọc"), ["truong", "hoc"]);
    }

    #[test]
    fn capitals_and_marks_are_noticed() {
        let tokens = tokenise("UBND tỉnh CA 12");
        assert_eq!(
            tokens.iter().map(|t| (t.capitals, t.marked)).collect::<Vec<_>>(),
            [(true, false), (false, true), (true, false), (false, false)]
        );
    }

    proptest! {
        #[test]
        fn words_without_marks_are_read_alike_the_short_and_the_long_way(word in "[A-Za-z]{1,80}|[0-9]{1,3}(\\.[0-9]{3}){0,30}") {
            prop_assert_eq!(ascii_token(&word, 0, word.len()), marked_token(&word, 0, word.len()));
        }

        #[test]
        fn tokens_are_the_same_for_every_normal_form(text in "[a-zA-Zàáảãạăắằâấậđêếôốơớưứỳýỹ0-9 .,/&-]{0,60}") {
            let composed: String = text.nfc().collect();
            let decomposed: String = text.nfd().collect();
            prop_assert_eq!(exact(&composed), exact(&decomposed));
            prop_assert_eq!(folded(&composed), folded(&decomposed));
            prop_assert_eq!(exact(&composed), exact(&composed.to_uppercase()));
        }

        #[test]
        fn offsets_are_ordered_and_on_character_boundaries(text in "\\PC{0,60}") {
            let mut last = 0;
            for token in tokenise(&text) {
                prop_assert!(token.start >= last && token.end > token.start);
                prop_assert!(text.get(token.start..token.end).is_some());
                prop_assert!(!token.exact.is_empty() || !text.is_empty());
                last = token.end;
            }
        }

        #[test]
        fn a_word_without_marks_finds_the_word_with_them(text in "[a-zàáảãạăắằâấậđêếôốơớưứỳýỹ ]{0,40}") {
            prop_assert_eq!(folded(&text), folded(&crate::kernel::text::fold(&text)));
        }
    }
}
