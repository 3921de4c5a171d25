//! Words with a meaning of their own: signs for "no value", and the pairs that say yes and no.

/// Texts that stand for "no value" in columns that are not text.
const NULL_TOKENS: [&str; 15] =
    ["-", "–", "—", "--", "N/A", "NA", "n/a", "null", "NULL", "Null", "..", "...", "…", "#N/A", "(null)"];

/// Whether a trimmed, filled text stands for "no value". `extra` are tokens that a person added.
#[inline]
pub(super) fn is_null_token(text: &str, extra: &[String]) -> bool {
    let listed = text.len() <= 6
        && matches!(text.as_bytes().first(), Some(b'-' | 0xE2 | b'N' | b'n' | b'.' | b'#' | b'('))
        && NULL_TOKENS.contains(&text);
    listed || (!extra.is_empty() && extra.iter().any(|token| token == text))
}

/// Pairs of yes and no, by index.
pub(super) const PAIRS: [(&str, &str); 4] = [("true", "false"), ("có", "không"), ("yes", "no"), ("đúng", "sai")];

/// Which pair a trimmed text belongs to, and whether it says yes.
#[inline]
pub(super) fn boolean(text: &str) -> Option<(usize, bool)> {
    // The first byte in lower case; 0xC4 opens both đ and Đ.
    let first = text.as_bytes().first()? | 0x20;
    if !(2..=8).contains(&text.len()) || !matches!(first, b't' | b'f' | b'c' | b'k' | b'y' | b'n' | b's' | 0xE4) {
        return None;
    }
    PAIRS.iter().enumerate().find_map(|(pair, (yes, no))| {
        let same = |word: &str| text.chars().flat_map(char::to_lowercase).eq(word.chars());
        if same(yes) { Some((pair, true)) } else { same(no).then_some((pair, false)) }
    })
}

/// A code of digits with zeros in front up to `width`; none where the cell is no such code, or long enough.
#[inline]
pub(in crate::table::ingest) fn with_zeros(cell: &str, width: usize) -> Option<String> {
    let digits = trim(cell);
    let short = !digits.is_empty() && digits.len() < width && digits.bytes().all(|byte| byte.is_ascii_digit());
    short.then(|| format!("{digits:0>width$}"))
}

/// Trims white space (also no-break spaces); most cells have none, which the first look at both ends finds.
#[inline]
pub(super) fn trim(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [only] if only.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_in_any_case() {
        assert_eq!(boolean("TRUE"), Some((0, true)));
        assert_eq!(boolean("Không"), Some((1, false)));
        assert_eq!(boolean("CÓ"), Some((1, true)));
        assert_eq!(boolean("No"), Some((2, false)));
        assert_eq!(boolean("Đúng"), Some((3, true)));
        assert_eq!(boolean("SAI"), Some((3, false)));
        for text in ["x", "1", "t", "đung", "khong", "trueish", ""] {
            assert_eq!(boolean(text), None, "{text}");
        }
    }

    #[test]
    fn signs_for_no_value_are_known_and_can_be_added() {
        for text in ["-", "–", "—", "N/A", "NA", "n/a", "null", "NULL", "..", "…", "#N/A", "(null)"] {
            assert!(is_null_token(text, &[]), "{text}");
        }
        assert!(!is_null_token("không có", &[]));
        assert!(is_null_token("không có", &["không có".to_owned()]));
    }

    #[test]
    fn white_space_is_trimmed_at_both_ends() {
        assert_eq!(trim("\u{a0} 1 234\u{202f}"), "1 234");
        assert_eq!(trim("đ"), "đ");
        assert_eq!(trim("a "), "a");
        assert_eq!(trim(" "), "");
    }
}
