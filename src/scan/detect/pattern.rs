//! Identifiers with letters: e-mail addresses, health insurance cards, passports, number plates.

use super::number::{Found, Strength};
use super::words::{self, Flags, flag};
use super::{Kind, Severity};

/// The groups of people that a health insurance card opens with.
const GROUPS: &[u8] = b"DNHXCHCNNNTKHCXKHTTBNOCTXBTNCSQNCACYXNMSCCCKCBKCHDTEBTHNDTDKXDTSTCTQTATYHGLSPVHSSVGBGDTHTVTDTU";

/// Finds them in a text.
pub(super) fn look(text: &str, column: Flags, prose: bool, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    mails(text, column, found);
    let start = found.len();
    let mut at = 0;
    while at < bytes.len() {
        let free =
            at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80 || bytes[at - 1] == b'/');
        if !free {
            at += 1;
            continue;
        }
        let near = || column | before(text, at);
        let end = if bytes[at].is_ascii_alphabetic() {
            health(bytes, at, &near, found).or_else(|| passport(bytes, at, &near, found))
        } else if bytes[at].is_ascii_digit() {
            plate(text, at, &near, prose, found)
        } else {
            None
        };
        at = end.unwrap_or(at + 1);
    }
    // The digits of a card are no number of their own.
    if found[start..].iter().any(|one| matches!(one.kind, Kind::HealthInsurance | Kind::Passport | Kind::Plate)) {
        let texts: Vec<String> = found[start..].iter().map(|one| one.text.clone()).collect();
        let mut index = 0;
        found.retain(|one| {
            index += 1;
            index > start || one.text.contains('@') || !texts.iter().any(|text| text.contains(one.text.as_str()))
        });
    }
}

fn before(text: &str, at: usize) -> Flags {
    words::flags(ahead(text, at))
}

/// What stands ahead of a place, up to 40 bytes.
fn ahead(text: &str, at: usize) -> &str {
    let mut start = at.saturating_sub(40);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    &text[start..at]
}

fn after_free(bytes: &[u8], end: usize) -> bool {
    bytes.get(end).is_none_or(|byte| !byte.is_ascii_alphanumeric() && *byte < 0x80)
        && !(bytes.get(end) == Some(&b'/') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric))
}

// ---- e-mail ----------------------------------------------------------------------------------------------------------

fn mails(text: &str, column: Flags, found: &mut Vec<Found>) {
    let lowered;
    let text = if text.as_bytes().contains(&b'@') {
        text
    } else if text.as_bytes().windows(4).any(|four| matches!(four, [b'(' | b'[', b'a', b't', b')' | b']'])) {
        lowered = text.replace("[at]", "@").replace("(at)", "@");
        &lowered
    } else {
        return;
    };
    let bytes = text.as_bytes();
    let local = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-' | b'+' | b'%');
    for (at, _) in text.match_indices('@') {
        let mut end = at;
        while end > 0 && bytes[end - 1] == b' ' && at - end < 2 {
            end -= 1;
        }
        let mut start = end;
        while start > 0 && local(&bytes[start - 1]) {
            start -= 1;
        }
        let mut from = at + 1;
        while bytes.get(from) == Some(&b' ') && from - at <= 2 {
            from += 1;
        }
        let mut to = from;
        loop {
            while bytes.get(to).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-')) {
                to += 1;
            }
            // "gmail . com"
            match (bytes.get(to), bytes.get(to + 1), bytes.get(to + 2)) {
                (Some(b' '), Some(b'.'), Some(b' ')) => to += 3,
                _ => break,
            }
        }
        let domain: String = text[from..to]
            .chars()
            .filter(|c| *c != ' ')
            .collect::<String>()
            .trim_end_matches(['.', '-'])
            .to_lowercase();
        let name = text[start..end].trim_matches('.');
        let sound = !name.is_empty()
            && domain.split('.').count() >= 2
            && domain.split('.').all(|part| !part.is_empty())
            && domain
                .rsplit('.')
                .next()
                .is_some_and(|last| last.len() >= 2 && last.bytes().all(|b| b.is_ascii_alphabetic()));
        if !sound {
            continue;
        }
        let plain = name.to_lowercase();
        let desk = [
            "info",
            "contact",
            "vanthu",
            "vanphong",
            "lienhe",
            "tuyensinh",
            "hotro",
            "support",
            "admin",
            "cskh",
            "sales",
            "office",
            "ubnd",
            "phong",
            "hanhchinh",
            "tiepnhan",
            "banbientap",
        ]
        .iter()
        .any(|word| plain.starts_with(word));
        let office = domain == "gov.vn"
            || domain.ends_with(".gov.vn")
            || desk
            || (column & flag::OFFICE != 0 && column & flag::PERSONAL == 0);
        let severity = if office { Severity::Look } else { Severity::Block };
        found.push(Found::strong(Kind::Email, severity, format!("{name}@{domain}")));
    }
}

// ---- cards, passports, plates ----------------------------------------------------------------------------------------

/// Takes so many digits from a place, passing over one sign between any two; where they end.
fn digits(bytes: &[u8], mut at: usize, least: usize, most: usize) -> Option<(usize, usize)> {
    let mut count = 0;
    loop {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_digit() && count < most => {
                count += 1;
                at += 1;
            }
            Some(b' ' | b'-' | b'.')
                if count > 0 && count < most && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) =>
            {
                at += 1
            }
            _ => break,
        }
    }
    (count >= least).then_some((at, count))
}

/// Two letters, the benefit from 1 to 5, two digits of the province, ten more.
fn health(bytes: &[u8], at: usize, near: &dyn Fn() -> Flags, found: &mut Vec<Found>) -> Option<usize> {
    let (a, b) = (*bytes.get(at)?, *bytes.get(at + 1)?);
    if !b.is_ascii_alphabetic() {
        return None;
    }
    let mut from = at + 2;
    while matches!(bytes.get(from), Some(b' ' | b'-' | b'.')) && from < at + 3 {
        from += 1;
    }
    if !matches!(bytes.get(from), Some(b'1'..=b'5')) {
        return None;
    }
    let (end, count) = digits(bytes, from, 13, 13)?;
    if count != 13 || !after_free(bytes, end) {
        return None;
    }
    let known = GROUPS.chunks(2).any(|group| group == [a.to_ascii_uppercase(), b.to_ascii_uppercase()]);
    let upper = a.is_ascii_uppercase() && b.is_ascii_uppercase();
    // "TK 5700 2058 4196 9" is an account [tài khoản] more often than a card.
    let account = (a, b) == (b'T', b'K') && bytes[at + 2] == b' ';
    if !((known && upper && !account) || near() & flag::HEALTH != 0) {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes[at..end]).into_owned();
    found.push(Found::strong(Kind::HealthInsurance, Severity::Block, text));
    Some(end)
}

/// One letter and seven or eight digits, where words speak of passports.
fn passport(bytes: &[u8], at: usize, near: &dyn Fn() -> Flags, found: &mut Vec<Found>) -> Option<usize> {
    let mut from = at + 1;
    if matches!(bytes.get(from), Some(b' ' | b'-')) {
        from += 1;
    }
    if !bytes.get(from)?.is_ascii_digit() {
        return None;
    }
    let (end, _) = digits(bytes, from, 7, 8)?;
    if !after_free(bytes, end) || near() & flag::PASSPORT == 0 {
        return None;
    }
    let text = String::from_utf8_lossy(&bytes[at..end]).into_owned();
    found.push(Found::strong(Kind::Passport, Severity::Block, text));
    Some(end)
}

/// Two digits of the place, one or two letters (the second may be a digit), four or five digits.
fn plate(text: &str, at: usize, near: &dyn Fn() -> Flags, prose: bool, found: &mut Vec<Found>) -> Option<usize> {
    let bytes = text.as_bytes();
    let (a, b) = (*bytes.get(at)?, *bytes.get(at + 1)?);
    if !(b.is_ascii_digit() && (b'1'..=b'9').contains(&a)) || (a == b'1' && b == b'0') {
        return None;
    }
    let mut from = at + 2;
    let dashed = matches!(bytes.get(from), Some(b'-' | b' ' | b'.'));
    if dashed {
        from += 1;
    }
    let mut letters = 0;
    while letters < 2
        && (bytes.get(from).is_some_and(u8::is_ascii_alphabetic) || bytes[from..].starts_with("Đ".as_bytes()))
    {
        from += if bytes[from] < 0x80 { 1 } else { 2 };
        letters += 1;
    }
    if letters == 0 {
        return None;
    }
    // A motorcycle's series: a letter and a digit, a sign, and the number.
    let series = bytes.get(from).is_some_and(u8::is_ascii_digit)
        && (matches!(bytes.get(from + 1), Some(b' ' | b'-' | b'.')) || (letters == 1 && digit_count(bytes, from) == 6));
    if series {
        from += 1;
    }
    let mut sign = 0;
    while sign < 3 && matches!(bytes.get(from), Some(b' ' | b'-' | b'.')) {
        from += 1;
        sign += 1;
    }
    let count = digit_count(bytes, from);
    let (end, dotted, long) = match count {
        3 if matches!(bytes.get(from + 3), Some(b'.' | b' ')) && digit_count(bytes, from + 4) == 2 => {
            (from + 6, true, true)
        }
        5 => (from + 5, false, true),
        4 => (from + 4, false, false),
        _ => return None,
    };
    if !after_free(bytes, end) {
        return None;
    }
    let upper = text[at..end].bytes().all(|byte| !byte.is_ascii_lowercase());
    let whole = text.trim().len() == end - at;
    let told = near() & flag::PLATE != 0 || (long && upper && of_vehicle(text, at));
    let other = near() & flag::OTHER != 0;
    let strength = match () {
        () if told => Strength::Strong,
        () if other || !upper || near() & words::IDENTIFIERS != 0 => return None,
        () if dotted && bytes.get(from + 3) == Some(&b'.') => Strength::Strong,
        () if whole && !prose && (long || sign > 0) => Strength::Weak,
        () => return None,
    };
    found.push(Found { kind: Kind::Plate, severity: Severity::Block, strength, text: text[at..end].to_owned() });
    Some(end)
}

/// Whether one of the three words before a place is a vehicle's: "xe tải 51C-32973".
fn of_vehicle(text: &str, at: usize) -> bool {
    let before = words::spaced(ahead(text, at));
    before.split_whitespace().rev().take(3).any(|word| matches!(word, "xe" | "oto" | "moto" | "mooc"))
}

fn digit_count(bytes: &[u8], from: usize) -> usize {
    bytes.get(from..).unwrap_or_default().iter().take_while(|byte| byte.is_ascii_digit()).count()
}
