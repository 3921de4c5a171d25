//! Text: normal form, folding of tone marks, lengths as people count them.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The canonical composed form (NFC): what is stored and compared.
pub fn nfc(text: &str) -> String {
    text.nfc().collect()
}

/// How long a text is as a person counts: grapheme clusters, not bytes.
pub fn length(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Lower case without tone marks and with đ as d: "Đường bộ" becomes "duong bo".
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    fold_into(text, &mut folded);
    folded
}

/// As [`fold`], into a text that is emptied before: for many texts one after the other.
pub fn fold_into(text: &str, folded: &mut String) {
    folded.clear();
    for c in text.chars() {
        if c.is_ascii() {
            folded.push(c.to_ascii_lowercase());
            continue;
        }
        // Marks are dropped wherever they stand, so that each character folds by itself.
        match FOLDED.get(c as usize - FIRST_FOLDED) {
            Some(Some(one)) => folded.push(*one),
            _ => folded.extend(fold_char(c)),
        }
    }
}

/// Characters from here to the end of Latin and Vietnamese letters are folded by a table.
const FIRST_FOLDED: usize = 0x80;
const LAST_FOLDED: u32 = 0x1EFF;

/// What each of those characters folds to, where it is one character.
static FOLDED: LazyLock<Vec<Option<char>>> = LazyLock::new(|| {
    let one = |code: u32| {
        let mut folded = fold_char(char::from_u32(code)?);
        let first = folded.next()?;
        folded.next().is_none().then_some(first)
    };
    (0x80..=LAST_FOLDED).map(one).collect()
});

fn fold_char(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c)
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'đ' { 'd' } else { c })
}

/// The first `max` graphemes, with an ellipsis when something was cut, at a word where there is one near.
pub fn truncate(text: &str, max: usize) -> String {
    // Reads no further than the cut, however long the text is.
    let mut rest = text.grapheme_indices(true).skip(max.saturating_sub(1));
    let (Some((end, next)), Some(_)) = (rest.next(), rest.next()) else { return text.to_owned() };
    let cut = &text[..end];
    // A cut between words loses none.
    let whole = next.trim().is_empty();
    let near = cut.rfind(char::is_whitespace).filter(|at| !whole && *at * 2 > cut.len());
    format!("{}…", cut[..near.unwrap_or(cut.len())].trim_end())
}

/// Takes out of a text what XML 1.0 has no place for: control characters but the line feed, and the two that are none.
pub fn keep_xml(text: &mut String) {
    text.retain(|c| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_is_the_same_for_composed_and_decomposed_text() {
        let composed = "Hoà Bình, ĐƯỜNG bộ, Uỷ ban";
        let decomposed: String = composed.nfd().collect();
        assert_eq!(fold(composed), "hoa binh, duong bo, uy ban");
        assert_eq!(fold(composed), fold(&decomposed));
        assert_eq!(nfc(&decomposed), composed);
    }

    proptest::proptest! {
        #[test]
        fn folding_character_by_character_is_folding_the_text(text in "\\PC{0,40}") {
            let whole: String = text
                .nfd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .map(|c| if c == 'đ' { 'd' } else { c })
                .collect();
            proptest::prop_assert_eq!(fold(&text), whole);
        }
    }

    #[test]
    fn truncation_counts_graphemes_and_ends_at_a_word() {
        assert_eq!(truncate("Đường bộ và đường thủy", 12), "Đường bộ và…");
        assert_eq!(truncate("ngắn", 12), "ngắn");
    }

    #[test]
    fn xml_gets_no_character_that_it_has_no_place_for() {
        let mut text = "Kim\u{0} Sơn\u{1b}\n\u{fffe}\u{ffff}\u{85}Đ".to_owned();
        keep_xml(&mut text);
        assert_eq!(text, "Kim Sơn\nĐ");
    }
}
