//! NFC for cells, with a test that costs next to nothing on text that is composed already.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Whether a text may fail to be NFC. Bytes below U+0300 and of the Latin letters of Vietnamese (U+1E00 to U+1EFF) are always
/// composed; anything else is looked at closely.
pub(super) fn suspect(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.is_ascii() {
        return false;
    }
    let mut at = 0;
    while at < bytes.len() {
        let byte = bytes[at];
        at += match byte {
            0..=0x7f => 1,
            0xc2..=0xcb => 2,
            0xe1 if bytes.get(at + 1).is_some_and(|next| (0xb8..=0xbb).contains(next)) => 3,
            _ => return is_nfc_quick(text[at..].chars()) != IsNormalized::Yes,
        };
    }
    false
}

/// Appends the NFC of a text.
pub(super) fn compose_into(text: &str, out: &mut String) {
    out.extend(text.nfc());
}

/// NFC with white space collapsed: a title.
pub(super) fn title(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in
        text.split(|c: char| c.is_whitespace() || c == '\u{feff}' || c.is_control()).filter(|word| !word.is_empty())
    {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(word.nfc());
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn text_that_is_not_suspect_is_composed(text in "[a-zà-ỹ\u{300}-\u{323}\u{2000}-\u{2010}가-각ᄀ-ᅵ ]{0,12}") {
            if !suspect(&text) {
                prop_assert_eq!(text.nfc().collect::<String>(), text);
            }
        }
    }

    #[test]
    fn decomposed_vietnamese_is_suspect_and_composed_is_not() {
        assert!(suspect("Ha\u{300} No\u{323}\u{302}i"));
        assert!(!suspect("Hà Nội, Đắk Lắk – 50 %"));
        assert_eq!(title("  Tổng \n\u{a0} số "), "Tổng số");
    }
}
