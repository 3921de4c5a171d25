//! What a cell looks like at a glance: enough to tell a header from data, not a type.

/// The look of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Nothing but white space.
    Empty,
    /// A sign for "no value", such as a dash.
    Absent,
    /// A number, with separators, a sign, a currency or a percent sign.
    Number,
    /// A day, with or without a time.
    Date,
    /// Something near a number ("<5", "12 km", "2013-14") or that counts without digits (A, B, II).
    Vague,
    /// Words.
    Text,
}

/// Words and signs that stand for "no value".
const ABSENT: [&str; 15] = ["-", "--", "–", "—", ".", "..", "...", "…", "*", ":", "n/a", "na", "#n/a", "null", "nan"];

/// The look of a cell's text.
pub(super) fn look(cell: &str) -> Look {
    let text = cell.trim();
    if text.is_empty() {
        return Look::Empty;
    }
    if text.len() <= 4 && ABSENT.contains(&text.to_ascii_lowercase().as_str()) {
        return Look::Absent;
    }
    if is_number(text) {
        return Look::Number;
    }
    if is_date(text) {
        return Look::Date;
    }
    match text.chars().next() {
        Some(c) if c.is_ascii_digit() || "<>≤≥~≈".contains(c) || is_ordinal(text) => Look::Vague,
        _ => Look::Text,
    }
}

/// Whether a text counts without digits: A, B, I, II, IV.
fn is_ordinal(text: &str) -> bool {
    (text.len() == 1 && text.bytes().all(|byte| byte.is_ascii_uppercase()))
        || (text.len() <= 5 && text.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X')))
}

/// Whether a text is a number as people write them.
fn is_number(text: &str) -> bool {
    let mut rest = text;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        rest = inner.trim();
    }
    rest = rest.trim_start_matches(['+', '-', '−']).trim_start();
    rest = rest.trim_start_matches(['£', '$', '€', '₫', '¥']).trim_start();
    rest = rest.trim_start_matches(['+', '-', '−']);
    rest = rest.trim_end_matches(['%', '₫', '€', '$', '£', 'đ']).trim_end();
    let mut digit_before = false;
    let mut digits = 0;
    let mut chars = rest.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '0'..='9' => {
                digit_before = true;
                digits += 1;
            }
            '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' => {
                let digit_after = chars.peek().is_some_and(|(_, c)| c.is_ascii_digit());
                if !digit_after || (!digit_before && !matches!(c, '.' | ',')) {
                    return c == '.' && digit_before && chars.peek().is_none();
                }
                digit_before = false;
            }
            'e' | 'E' if digit_before => {
                let exponent = rest[at + 1..].trim_start_matches(['+', '-']);
                return (1..=3).contains(&exponent.len()) && exponent.bytes().all(|b| b.is_ascii_digit());
            }
            _ => return false,
        }
    }
    digits > 0
}

/// Whether a text is a day (ISO or day, month, year), with or without a time.
fn is_date(text: &str) -> bool {
    if !(6..=35).contains(&text.len()) || !text.is_ascii() {
        return false;
    }
    let (day, time) = match text.find([' ', 'T']) {
        Some(at) => (&text[..at], text[at + 1..].trim()),
        None => (text, ""),
    };
    let parts: Vec<&str> = day.split(['/', '-', '.']).collect();
    let shape = parts.len() == 3
        && parts.iter().all(|part| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
        && (parts[0].len() == 4 || parts[2].len() == 4 || parts[2].len() == 2)
        && parts[1].len() <= 2;
    shape
        && (time.is_empty()
            || (time.contains(':') && time.bytes().all(|b| b.is_ascii_digit() || b":.+-ZAPM ".contains(&b))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looks_of_cells() {
        for number in [
            "1",
            "-1,5",
            "1.234.567,89",
            "12%",
            "£512",
            "-£45,550.00",
            "2.1e-05",
            "(1.234)",
            "1 234",
            "12.",
            "0,5",
            ".5",
            "007",
        ] {
            assert_eq!(look(number), Look::Number, "{number}");
        }
        for date in ["01/02/2020", "1-2-2020", "2020-02-01", "2020-02-01T10:00:00Z", "01/01/2006 00:15", "1.2.20"] {
            assert_ne!(look(date), Look::Text, "{date}");
        }
        assert_eq!(look("2020-02-01T10:00:00Z"), Look::Date);
        for vague in ["<5", "A", "IV", "2013-14", "12 km", "1=2+3"] {
            assert_eq!(look(vague), Look::Vague, "{vague}");
        }
        for absent in ["-", "N/A", "…", "NA"] {
            assert_eq!(look(absent), Look::Absent, "{absent}");
        }
        for text in ["Hà Nội", "Q1", "(a)", "e5", "x"] {
            assert_eq!(look(text), Look::Text, "{text}");
        }
        assert_eq!(look(" \u{a0} "), Look::Empty);
    }
}
