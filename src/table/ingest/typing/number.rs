//! Numbers as people write them: one scan finds digits and separators, and says which decimal sign the text allows.

/// What a text says about the decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing: no separator, or only spaces or apostrophes between thousands.
    Neutral,
    /// The decimal sign can only be the point: `1.5`, `1,234,567`, `1,234.5`.
    Point,
    /// The decimal sign can only be the comma: `1,5`, `1.234.567`, `1.234,5`.
    Comma,
    /// `1.234`: a decimal point or a thousands point.
    EitherPoint,
    /// `1,234`: a decimal comma or a thousands comma.
    EitherComma,
}

/// A decimal sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    Point,
    Comma,
}

impl Sign {
    pub(super) fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// A text that has the shape of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Whether it starts with a minus.
    pub(super) negative: bool,
    /// Whether it starts with a plus.
    pub(super) plus: bool,
    /// All digits as one number; right only while `digits` ≤ 18.
    pub(super) mantissa: u64,
    /// Digits written, leading zeros too.
    pub(super) digits: u32,
    /// Digits after the decimal sign, if the sign is one (see [`Number::scale`]).
    last_run: u32,
    /// Power of ten after the `e`.
    pub(super) exponent: Option<i32>,
    /// What it says about the decimal sign.
    pub(super) class: Class,
    /// The sign between thousands, if that is certain.
    pub(super) thousands: Option<char>,
    /// Whether the first of several whole digits is a zero.
    pub(super) leading_zero: bool,
}

impl Number {
    /// Digits after the decimal sign when `sign` is the decimal sign; `None` when the text does not allow it.
    pub(super) fn scale(&self, sign: Sign) -> Option<u32> {
        match (self.class, sign) {
            (Class::Neutral, _) => Some(0),
            (Class::Point, Sign::Point) | (Class::Comma, Sign::Comma) => Some(self.last_run),
            (Class::EitherPoint, Sign::Point) | (Class::EitherComma, Sign::Comma) => Some(3),
            (Class::EitherPoint, Sign::Comma) | (Class::EitherComma, Sign::Point) => Some(0),
            (Class::Point, Sign::Comma) | (Class::Comma, Sign::Point) => None,
        }
    }

    /// Whether it is only digits, perhaps after a sign.
    pub(super) fn plain_integer(&self) -> bool {
        self.class == Class::Neutral && self.thousands.is_none() && self.exponent.is_none()
    }

    /// The value for profiles and doubles. `text` is what was scanned, `scale` the digits after the decimal sign.
    pub(super) fn double(&self, text: &str, scale: u32) -> f64 {
        let size = if self.digits <= 15 && self.exponent.is_none() {
            // Both are exact as doubles, so the one division rounds correctly (Clinger's fast path).
            self.mantissa as f64 / POWERS[scale as usize]
        } else {
            self.plain(text, scale).parse().unwrap_or(f64::INFINITY)
        };
        if self.negative { -size } else { size }
    }

    /// Whether a double keeps every digit: there are at most 15, or they are those that programs print for the double, the
    /// fewest that read back or all 17.
    pub(super) fn double_is_exact(&self, text: &str, scale: u32) -> bool {
        if self.digits <= 15 && self.exponent.is_none() {
            return true;
        }
        let plain = self.plain(text, scale);
        let Ok(value) = plain.parse::<f64>() else { return false };
        let digits = significant(&plain);
        value.is_finite()
            && (digits == significant(&format!("{value:e}")) || digits == significant(&format!("{value:.16e}")))
    }

    /// Digits before and after the point once the exponent is applied.
    pub(super) fn extent(&self, scale: u32) -> (u32, u32) {
        let exponent = i64::from(self.exponent.unwrap_or(0));
        let whole = (i64::from(self.digits) - i64::from(scale) + exponent).max(1);
        let after = (i64::from(scale) - exponent).max(0);
        (u32::try_from(whole).unwrap_or(u32::MAX), u32::try_from(after).unwrap_or(u32::MAX))
    }

    /// The value times ten to the `target`, exactly; `None` when it does not fit 38 digits or has more decimals.
    pub(super) fn scaled(&self, text: &str, scale: u32, target: u32) -> Option<i128> {
        let mut size: i128 = 0;
        for byte in text.bytes().take_while(|b| !matches!(b, b'e' | b'E')).filter(u8::is_ascii_digit) {
            size = size.checked_mul(10)?.checked_add(i128::from(byte - b'0'))?;
        }
        let shift = i64::from(target) - i64::from(scale) + i64::from(self.exponent.unwrap_or(0));
        if shift >= 0 && size != 0 {
            size = size.checked_mul(10i128.checked_pow(u32::try_from(shift).ok()?)?)?;
        } else if shift < 0 {
            let divisor = 10i128.checked_pow(u32::try_from(-shift).ok()?)?;
            if size % divisor != 0 {
                return None;
            }
            size /= divisor;
        }
        (size < 10i128.pow(38)).then_some(if self.negative { -size } else { size })
    }

    /// Digits, a point and the exponent, without separators and sign: what the standard library reads.
    fn plain(&self, text: &str, scale: u32) -> String {
        let mantissa_end = text.bytes().position(|b| matches!(b, b'e' | b'E')).unwrap_or(text.len());
        let mut plain: String = text[..mantissa_end].chars().filter(char::is_ascii_digit).collect();
        let point = plain.len().saturating_sub(scale as usize);
        plain.insert(point, '.');
        if point == 0 {
            plain.insert(0, '0');
        }
        if let Some(exponent) = self.exponent {
            plain.push('e');
            plain.push_str(&exponent.to_string());
        }
        plain
    }
}

/// 10^0 … 10^15.
pub(super) const POWERS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// The significant digits of a plain number: no sign, point, exponent, or zeros at either end.
fn significant(plain: &str) -> String {
    let mantissa = plain.split(['e', 'E']).next().unwrap_or("");
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// The separator at the start of `bytes`, one character for its kind, and its length; an exponent's letter counts as one.
#[inline]
fn separator(bytes: &[u8]) -> Option<(u8, usize)> {
    match bytes {
        [b'.', ..] => Some((b'.', 1)),
        [b',', ..] => Some((b',', 1)),
        [b' ', ..] => Some((b' ', 1)),
        [b'\'', ..] => Some((b'\'', 1)),
        [b'e' | b'E', ..] => Some((b'e', 1)),
        // No-break, narrow no-break, thin and figure space.
        [0xC2, 0xA0, ..] => Some((b' ', 2)),
        [0xE2, 0x80, 0xAF | 0x89 | 0x87, ..] => Some((b' ', 3)),
        [0xE2, 0x80, 0x99, ..] => Some((b'\'', 3)),
        _ => None,
    }
}

/// Reads a trimmed text as a number in any of the forms people write; `None` when it is none.
#[inline]
pub(super) fn scan(text: &str) -> Option<Number> {
    let bytes = text.as_bytes();
    let mut at = 0;
    let (mut negative, mut plus) = (false, false);
    match bytes {
        [b'-', ..] => (negative, at) = (true, 1),
        [b'+', ..] => (plus, at) = (true, 1),
        [0xE2, 0x88, 0x92, ..] => (negative, at) = (true, 3), // U+2212
        _ => {}
    }
    let start = at;
    let mut mantissa: u64 = 0;
    while let Some(digit) = bytes.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
        mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    let first_run = u32::try_from(at - start).ok()?;
    let zero_first = bytes.get(start) == Some(&b'0');
    let mut number = Number {
        negative,
        plus,
        mantissa,
        digits: first_run,
        last_run: 0,
        exponent: None,
        class: Class::Neutral,
        thousands: None,
        leading_zero: zero_first && first_run > 1,
    };
    if at == bytes.len() {
        return (first_run > 0).then_some(number);
    }
    number.separated(&bytes[at..], first_run, zero_first)
}

impl Number {
    /// The rest of the scan, from the first separator on.
    fn separated(&mut self, bytes: &[u8], first_run: u32, zero_first: bool) -> Option<Self> {
        let (mut first, mut second, mut repeats) = (None, None, 0u32);
        let mut groups_of_three = (1..=3).contains(&first_run) && !zero_first;
        let mut run = first_run;
        let mut at = 0;
        while at < bytes.len() {
            let (sign, width) = separator(&bytes[at..])?;
            at += width;
            if sign == b'e' {
                if self.digits == 0 {
                    return None;
                }
                self.exponent = Some(exponent(&bytes[at..])?);
                break;
            }
            match first {
                None => first = Some(sign),
                Some(_) if second.is_some() => return None,
                Some(known) => {
                    groups_of_three &= run == 3;
                    if sign == known {
                        repeats += 1;
                    } else {
                        second = Some(sign);
                    }
                }
            }
            let start = at;
            while let Some(digit) = bytes.get(at).map(|b| b.wrapping_sub(b'0')).filter(|d| *d < 10) {
                self.mantissa = self.mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
                at += 1;
            }
            run = u32::try_from(at - start).ok()?;
            if run == 0 {
                return None;
            }
            self.digits += run;
        }
        self.last_run = run;
        let decimal = |sign: u8| match sign {
            b'.' => Some(Class::Point),
            b',' => Some(Class::Comma),
            _ => None,
        };
        self.class = match (first, second) {
            (None, _) => {
                self.last_run = 0;
                Class::Neutral
            }
            (Some(sign), None) if repeats == 0 => match (groups_of_three && run == 3, decimal(sign)) {
                (true, None) => {
                    self.last_run = 0;
                    self.thousands = Some(char::from(sign));
                    Class::Neutral
                }
                (true, Some(Class::Point)) if self.exponent.is_none() => Class::EitherPoint,
                (true, Some(_)) if self.exponent.is_none() => Class::EitherComma,
                (_, class) => class?,
            },
            (Some(sign), None) => {
                if !groups_of_three || run != 3 || self.exponent.is_some() {
                    return None;
                }
                self.last_run = 0;
                self.thousands = Some(char::from(sign));
                match sign {
                    b'.' => Class::Comma,
                    b',' => Class::Point,
                    _ => Class::Neutral,
                }
            }
            (Some(sign), Some(last)) => {
                if !groups_of_three {
                    return None;
                }
                self.thousands = Some(char::from(sign));
                decimal(last)?
            }
        };
        Some(*self)
    }
}

/// The digits after an `e`, with their sign; nothing may follow.
fn exponent(bytes: &[u8]) -> Option<i32> {
    let (negative, digits) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if digits.is_empty() || digits.len() > 4 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let size = digits.iter().fold(0, |size, b| size * 10 + i32::from(b - b'0'));
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(text: &str) -> Option<Class> {
        scan(text).map(|number| number.class)
    }

    #[test]
    fn separators_say_which_sign_is_decimal() {
        for text in ["1", "-12", "1 234", "1'234'567", "+5", "1e5", "12\u{a0}345"] {
            assert_eq!(class(text), Some(Class::Neutral), "{text}");
        }
        for text in ["1.5", "0.123", "1,234,567", "1,234.5", "1 234.5", "1234.567", ".5", "1.5e-7", "1.234e5"] {
            assert_eq!(class(text), Some(Class::Point), "{text}");
        }
        for text in ["1,5", "0,123", "1.234.567", "1.234,56", "1 234,5", "1234,567", "-1'234,5"] {
            assert_eq!(class(text), Some(Class::Comma), "{text}");
        }
        assert_eq!(class("1.234"), Some(Class::EitherPoint));
        assert_eq!(class("12,345"), Some(Class::EitherComma));
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "-",
            "+",
            ".",
            "1.",
            "1..2",
            "1.2.3",
            "01.02.2024",
            "1,23,456",
            "12 34",
            "1 234 5",
            "1.234,5,6",
            "5%",
            "1e",
            "e5",
            "1e5.0",
            "NaN",
            "inf",
            "0x10",
            "1_000",
            "1.234.567,",
            "--1",
            "1-2",
            "0.123.456",
        ] {
            assert_eq!(scan(text), None, "{text}");
        }
    }

    #[test]
    fn a_number_has_the_value_it_is_written_with() {
        let value = |text: &str, sign| scan(text).map(|number| number.double(text, number.scale(sign).unwrap()));
        assert_eq!(value("1.234,56", Sign::Comma), Some(1234.56));
        assert_eq!(value("1.234", Sign::Comma), Some(1234.0));
        assert_eq!(value("1.234", Sign::Point), Some(1.234));
        assert_eq!(value("-0,1", Sign::Comma), Some(-0.1));
        assert_eq!(value("1.5e-7", Sign::Point), Some(1.5e-7));
        assert_eq!(value("0.30000000000000004", Sign::Point), Some(0.1 + 0.2));
    }

    #[test]
    fn a_double_is_exact_when_it_reads_back_with_the_same_digits() {
        let exact =
            |text: &str| scan(text).unwrap().double_is_exact(text, scan(text).unwrap().scale(Sign::Point).unwrap());
        assert!(exact("0.1") && exact("0.30000000000000004") && exact("6.666666666666667e-06") && exact("1e22"));
        assert!(exact("48.053808600000004") && exact("0.10000000000000001"));
        assert!(!exact("12345678901234567.89") && !exact("0.300000000000000041") && !exact("1e400"));
    }

    #[test]
    fn exact_decimals_keep_every_digit() {
        let text = "12.345.678.901.234.567,89";
        assert_eq!(scan(text).unwrap().scaled(text, 2, 4), Some(1_234_567_890_123_456_789 * 100));
        assert_eq!(scan("1e3").unwrap().scaled("1e3", 0, 2), Some(100_000));
        assert_eq!(scan("1.25").unwrap().scaled("1.25", 2, 1), None);
    }

    proptest::proptest! {
        #[test]
        fn short_decimals_are_read_as_the_standard_library_reads_them(mantissa in 0u64..1_000_000_000_000_000, scale in 0usize..15) {
            let digits = format!("{mantissa:016}");
            let text = format!("{}.{}", &digits[..16 - scale - 1].trim_start_matches('0'), &digits[16 - scale - 1..]);
            let number = scan(&text).unwrap();
            proptest::prop_assert_eq!(number.double(&text, number.scale(Sign::Point).unwrap()), text.parse::<f64>().unwrap());
        }

        #[test]
        fn scanning_never_fails(text in "\\PC{0,20}") {
            let _ = scan(&text);
        }
    }
}
