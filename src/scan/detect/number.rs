//! Numbers in a cell: where they are, however they are split up, and whose they may be.

use super::words::{self, Flags, flag};
use super::{Kind, Severity};

/// How good the evidence of one cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// Enough by itself.
    Strong,
    /// Enough where nearly the whole column is like it.
    Weak,
    /// As weak, and without the zeros in front that a spreadsheet takes away.
    Short,
}

/// One thing found in a cell.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub kind: Kind,
    pub severity: Severity,
    pub strength: Strength,
    /// What was found, unmasked: it never leaves the detector so.
    pub text: String,
}

impl Found {
    pub(super) fn strong(kind: Kind, severity: Severity, text: String) -> Self {
        Self { kind, severity, strength: Strength::Strong, text }
    }
}

/// Leaves one of each kind in a cell: the weightier, the stronger.
pub(super) fn once(found: &mut Vec<Found>) {
    if found.len() > 1 {
        found.sort_by_key(|one| (one.kind, one.strength, one.severity));
        found.dedup_by_key(|one| one.kind);
    }
}

/// What the bytes of a cell are.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Glance {
    pub digits: u32,
    /// A letter is there.
    pub letters: bool,
    /// An "at" sign is there.
    pub at: bool,
    /// Signs that may be digits, spaces or dashes of another alphabet.
    pub odd: bool,
}

impl Glance {
    /// Nothing but digits and signs.
    pub(super) fn plain(&self) -> bool {
        !self.letters && !self.at
    }
}

const DIGIT: u8 = 1;
const LETTER: u8 = 2;
const AT: u8 = 4;
const ODD: u8 = 8;

const CLASS: [u8; 256] = {
    let mut class = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        class[byte] = match byte as u8 {
            b'0'..=b'9' => DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' => LETTER,
            b'@' => AT | LETTER,
            // Full-width signs; general punctuation; the no-break space (which letters with marks may share, at the price of a copy).
            0xef | b'[' => ODD,
            0xe2 => ODD,
            0xc2 => ODD,
            0xc3..=0xe1 => LETTER,
            _ => 0,
        };
        byte += 1;
    }
    class
};

/// Looks at the bytes once.
pub(super) fn glance(bytes: &[u8]) -> Glance {
    let (mut digits, mut all) = (0, 0);
    for byte in bytes {
        let class = CLASS[usize::from(*byte)];
        digits += u32::from(class & DIGIT);
        all |= class;
    }
    Glance { digits, letters: all & LETTER != 0, at: all & AT != 0, odd: all & ODD != 0 }
}

/// The text with plain digits, spaces and dashes; borrowed when it is so already.
pub(super) fn normal<'a>(text: &'a str, glance: &Glance, buffer: &'a mut String) -> &'a str {
    if !glance.odd {
        return text;
    }
    buffer.clear();
    for c in text.chars() {
        match c {
            '\u{ff01}'..='\u{ff5e}' => buffer.extend(char::from_u32(u32::from(c) - 0xfee0)),
            '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => buffer.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' => {}
            '\u{2010}'..='\u{2015}' | '\u{2212}' => buffer.push('-'),
            other => buffer.push(other),
        }
    }
    buffer
}

/// Whether a cell is one number of ten digits, or of a branch's thirteen.
pub(super) fn is_ten(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    digits == 10 || digits == 13
}

/// A run of digits, as groups that one sign each stands between.
struct Run {
    start: usize,
    end: usize,
    groups: Vec<(usize, usize)>,
    /// The sign between all groups, where it is the same.
    sign: Option<u8>,
    mixed: bool,
}

fn next_run(bytes: &[u8], mut at: usize) -> Option<Run> {
    while !bytes.get(at)?.is_ascii_digit() {
        at += 1;
    }
    let mut run = Run { start: at, end: at, groups: Vec::new(), sign: None, mixed: false };
    loop {
        let start = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        run.groups.push((start, at));
        run.end = at;
        let Some(sign) = bytes.get(at).copied() else { break };
        // "(0204) 3 854 321", "0912 - 345 - 678"
        let (sign, step) = match (sign, bytes.get(at + 1), bytes.get(at + 2), bytes.get(at + 3)) {
            (b')', Some(b' ' | b'-' | b'.'), Some(next), _) if next.is_ascii_digit() => (b' ', 2),
            (b')', Some(next), ..) if next.is_ascii_digit() => (b' ', 1),
            (b' ', Some(b'-'), Some(b' '), Some(next)) if next.is_ascii_digit() => (b'-', 3),
            (b' ' | b'.' | b'-', Some(next), ..) if next.is_ascii_digit() => (sign, 1),
            (b' ', Some(b' '), Some(next), _) if next.is_ascii_digit() => (b' ', 2),
            _ => break,
        };
        match run.sign {
            None => run.sign = Some(sign),
            Some(before) => run.mixed |= before != sign,
        }
        at += step;
        if run.groups.len() >= 24 {
            break;
        }
    }
    Some(run)
}

/// Finds numbers in a text. `prose`: a running text; a cell with letters is taken for one too.
pub(super) fn look(text: &str, column: Flags, prose: bool, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\'' || c == '"' || c == '`' || c == '=');
    let pure = !prose && trimmed.bytes().all(|b| CLASS[usize::from(b)] & LETTER == 0 && b < 0x80);
    if column & words::IDENTIFIERS != 0 && scientific(trimmed, column, found) {
        return;
    }
    let (mut at, mut before_end) = (0, 0);
    while let Some(run) = next_run(bytes, at) {
        at = run.end;
        let total: usize = run.groups.iter().map(|(start, end)| end - start).sum();
        if total >= 6 {
            one_run(text, &run, column, pure, before_end, found);
        }
        before_end = run.end;
    }
}

fn one_run(text: &str, run: &Run, column: Flags, pure: bool, before_end: usize, found: &mut Vec<Found>) {
    let bytes = text.as_bytes();
    let (front, back) = joined(bytes, run.start, run.end);
    // "CCCD079185012345": the word that touches the number says what it is.
    let touched = front && !pure && context(text, run, before_end) & words::IDENTIFIERS != 0;
    if back || (front && !touched) {
        return;
    }
    let plus = run.start > 0 && bytes[run.start - 1] == b'+';
    let near = if pure { 0 } else { context(text, run, before_end) };
    let identifiers = near & words::IDENTIFIERS;
    if near & flag::OTHER != 0 && identifiers == 0 {
        return;
    }
    let flags = if identifiers != 0 { near | column & (flag::OFFICE | flag::PERSONAL) } else { near | column };
    let from = found.len();
    let mut joinable = run.groups.as_slice();
    if starts_with_day(bytes, joinable) {
        joinable = &joinable[3..];
        if joinable.is_empty() {
            return;
        }
    }
    // "79123456789.0", as some programs write a whole number.
    if let [_, (start, end)] = joinable
        && run.sign == Some(b'.')
        && bytes[*start..*end].iter().all(|byte| *byte == b'0')
        && end - start <= 2
    {
        joinable = &joinable[..1];
    } else if pure && is_decimal(bytes, run) {
        // Under a heading that names an identifier, "290.216.397" is one.
        let thousands = joinable.len() > 2 && !beside_comma(bytes, run);
        if !((joinable.len() == 1 || thousands) && column & words::IDENTIFIERS != 0) {
            return;
        }
    }
    let attempt = |groups: &[(usize, usize)], found: &mut Vec<Found>| -> bool {
        let (Some(first), Some(last)) = (groups.first(), groups.last()) else { return false };
        let mut whole = [0u8; 24];
        let mut length = 0;
        for byte in groups.iter().flat_map(|(start, end)| &bytes[*start..*end]) {
            let Some(place) = whole.get_mut(length) else { return false };
            *place = *byte;
            length += 1;
        }
        let branch = groups.len() == 2 && run.sign == Some(b'-') && (first.1 - first.0, last.1 - last.0) == (10, 3);
        let seen = Seen { flags, pure, plus: plus && first.0 == run.start, branch, split: groups.len() > 1 };
        judge(&whole[..length], &seen, &text[first.0..last.1], found)
    };
    if attempt(joinable, found) || joinable.len() == 1 {
        return;
    }
    for group in joinable {
        if group.1 - group.0 >= 8 {
            attempt(&[*group], found);
        }
    }
    if found.len() > from {
        return;
    }
    // Several numbers one after the other, each split up; a run of one sign but spaces is one code ("1.008932.000.00.00").
    if run.sign != Some(b' ') && !run.mixed {
        return;
    }
    let mut first = 0;
    while first < joinable.len() {
        let mut last = first + 1;
        let mut done = false;
        while last < joinable.len() {
            last += 1;
            let total: usize = joinable[first..last].iter().map(|(start, end)| end - start).sum();
            if total > 13 {
                break;
            }
            if total >= 10 && attempt(&joinable[first..last], found) {
                done = true;
                break;
            }
        }
        first = if done { last } else { first + 1 };
    }
}

/// A day in front of a number: "05-01-2026 …", "2026-01-05 …".
fn starts_with_day(bytes: &[u8], groups: &[(usize, usize)]) -> bool {
    let [a, b, c, ..] = groups else { return false };
    let value = |group: &(usize, usize)| -> (usize, u32) {
        let digits = &bytes[group.0..group.1];
        (digits.len(), digits.iter().take(5).fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0')))
    };
    let small = |group, most| (1..=2).contains(&value(group).0) && (1..=most).contains(&value(group).1);
    let year = |group| value(group).0 == 4 && (1900..2100).contains(&value(group).1);
    (small(a, 31) && small(b, 12) && year(c)) || (year(a) && small(b, 12) && small(c, 31))
}

/// Whether the digits are a part of a longer code: letters touch them, or a slash or dash with letters beyond.
fn joined(bytes: &[u8], start: usize, end: usize) -> (bool, bool) {
    let letter = |byte: Option<&u8>| byte.is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
    let before = start.checked_sub(1).and_then(|at| bytes.get(at));
    let earlier = start.checked_sub(2).and_then(|at| bytes.get(at));
    let front = match before {
        Some(b'/') => earlier.is_some_and(|b| !b.is_ascii_digit() && *b != b' ') || digits_before(bytes, start - 1) < 8,
        Some(b'-' | b'.' | b'_' | b'#') => letter(earlier) || before == Some(&b'_') || before == Some(&b'#'),
        other => letter(other),
    };
    let back = match bytes.get(end) {
        Some(b'/') => {
            letter(bytes.get(end + 1))
                || bytes.get(end + 1).is_some_and(|b| b.is_ascii_digit() && digits_after(bytes, end + 1) < 8)
        }
        Some(b'-') => letter(bytes.get(end + 1)),
        Some(b'_') => true,
        other => letter(other),
    };
    (front, back)
}

fn digits_before(bytes: &[u8], end: usize) -> usize {
    bytes[..end].iter().rev().take_while(|byte| byte.is_ascii_digit()).count()
}

fn digits_after(bytes: &[u8], start: usize) -> usize {
    bytes[start..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Whether a comma touches the digits, as before decimals.
fn beside_comma(bytes: &[u8], run: &Run) -> bool {
    bytes.get(run.end) == Some(&b',') || (run.start > 0 && bytes[run.start - 1] == b',')
}

/// A number with decimals, or with thousands apart: no identifier is written so.
fn is_decimal(bytes: &[u8], run: &Run) -> bool {
    let Some((start, end)) = run.groups.first() else { return false };
    let first = &bytes[*start..*end];
    let starts_low = first == b"0" || first.first() != Some(&b'0');
    beside_comma(bytes, run)
        || (run.groups.len() == 2 && run.sign == Some(b'.') && starts_low)
        // 12.345.678.901
        || (run.groups.len() > 2
            && run.sign == Some(b'.')
            && !run.mixed
            && first.first() != Some(&b'0')
            && first.len() <= 3
            && first != b"84"
            && run.groups[1..].iter().all(|(start, end)| end - start == 3))
}

/// What the words around a number in its cell speak of.
fn context(text: &str, run: &Run, before_end: usize) -> Flags {
    let mut start = run.start.saturating_sub(64).max(before_end);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    let before = words::spaced(&text[start..run.start]);
    // The last words decide; "so" and its like between them do not count.
    let all: Vec<&str> = before.split_whitespace().collect();
    // "the 4123 …": a card, written without tone marks; a shorter number after that word may be anything.
    let digits: usize = run.groups.iter().map(|(start, end)| end - start).sum();
    if digits >= 16 && all.last() == Some(&"the") {
        return flag::CARD;
    }
    let near = &all[all.len().saturating_sub(6)..];
    let mut flags = words::of_spaced(&format!(" {} ", near.join(" ")));
    if flags & flag::OTHER != 0 && flags & words::IDENTIFIERS != 0 {
        // The nearer one holds.
        let nearest = words::of_spaced(&format!(" {} ", near[near.len().saturating_sub(3)..].join(" ")));
        if nearest & words::IDENTIFIERS != 0 {
            flags &= !flag::OTHER;
        } else if nearest & flag::OTHER != 0 {
            flags &= !words::IDENTIFIERS;
        }
    }
    let after = &text[run.end..];
    let mut stop = after.len().min(40);
    while !after.is_char_boundary(stop) {
        stop -= 1;
    }
    let after = &after[..stop];
    let after = after.find([',', ';', '\n']).map_or(after, |at| &after[..at]);
    if let Some(inside) = after.trim_start().strip_prefix('(') {
        flags |= words::flags(inside.split(')').next().unwrap_or_default()) & words::IDENTIFIERS;
    }
    flags | words::flags(after) & flag::BANK
}

/// What is known of a number beside its digits.
struct Seen {
    flags: Flags,
    pure: bool,
    plus: bool,
    branch: bool,
    split: bool,
}

impl Seen {
    fn has(&self, flags: Flags) -> bool {
        self.flags & flags != 0
    }
}

/// Whose a number is. Says whether it was found to be somebody's.
fn judge(digits: &[u8], seen: &Seen, text: &str, found: &mut Vec<Found>) -> bool {
    let Some(first) = digits.first().copied() else { return false };
    let length = digits.len();
    let mut put = |kind, severity, strength| {
        found.push(Found { kind, severity, strength, text: text.to_owned() });
        true
    };
    let known = seen.has(words::IDENTIFIERS);
    let other = seen.has(flag::OTHER) && !known;
    let alone = if seen.pure { Strength::Weak } else { Strength::Strong };
    let id = seen.has(flag::CITIZEN | flag::OLD);
    if length == 12 && !seen.plus {
        let sound = citizen(digits);
        if (sound && (id || seen.has(flag::TAX | flag::HEALTH | flag::SOCIAL))) || (id && foreign(digits)) {
            return put(Kind::Citizen, Severity::Block, Strength::Strong);
        }
        if sound && !other && !seen.has(flag::BANK) {
            return put(Kind::Citizen, Severity::Block, alone);
        }
    }
    // Zeros lost on the way through a spreadsheet.
    if (length == 11 || length == 10) && first != b'0' && !seen.plus {
        let mut padded = [b'0'; 12];
        padded[12 - length..].copy_from_slice(digits);
        if citizen(&padded) {
            if id && !(seen.has(flag::TAX) && tax(digits)) {
                return put(Kind::Citizen, Severity::Block, Strength::Strong);
            }
            if seen.pure && !known && !other && !seen.split {
                put(Kind::Citizen, Severity::Block, Strength::Short);
            }
        }
    }
    if seen.has(flag::TAX) && !seen.plus {
        let padded = [&b"0"[..], digits].concat();
        let sound = match length {
            10 => tax(digits),
            13 => tax(&digits[..10]) && digits[10..] != *b"000",
            9 => first != b'0' && tax(&padded),
            _ => false,
        };
        if sound {
            return put(Kind::Tax, tax_severity(digits, seen), Strength::Strong);
        }
    }
    if !seen.plus
        && ((seen.has(flag::OLD) && (length == 9 || (length == 8 && first != b'0')))
            || (seen.has(flag::CITIZEN) && length == 9))
    {
        return put(Kind::OldCitizen, Severity::Block, Strength::Strong);
    }
    if seen.has(flag::SOCIAL) && (length == 10 || (length == 9 && first != b'0')) {
        return put(Kind::SocialInsurance, Severity::Block, Strength::Strong);
    }
    if seen.has(flag::HEALTH) && (length == 10 || (length == 9 && first != b'0')) {
        return put(Kind::HealthInsurance, Severity::Block, Strength::Strong);
    }
    if (16..=19).contains(&length) && card(digits) {
        if seen.has(flag::BANK | flag::CARD) {
            return put(Kind::BankCard, Severity::Block, Strength::Strong);
        }
        if !other && (length == 16 || length == 19) {
            return put(Kind::BankCard, Severity::Block, alone);
        }
    }
    if let Some(mobile) = phone(digits, seen) {
        let office = !mobile || (seen.has(flag::OFFICE) && !seen.has(flag::PERSONAL));
        let severity = if office { Severity::Look } else { Severity::Block };
        if seen.has(flag::PHONE) || seen.plus {
            return put(Kind::Phone, severity, Strength::Strong);
        }
        if !known && !other && first == b'0' {
            put(Kind::Phone, severity, alone);
            if seen.pure && length == 10 && tax(digits) {
                put(Kind::Tax, tax_severity(digits, seen), Strength::Weak);
            }
            return true;
        }
        if !known && !other && seen.pure {
            return put(Kind::Phone, severity, Strength::Weak);
        }
    }
    if seen.has(flag::BANK) && (6..=19).contains(&length) && !(seen.has(flag::PHONE) && length < 8) {
        return put(Kind::BankAccount, Severity::Block, Strength::Strong);
    }
    if !known && !other && seen.pure {
        if length == 10 && !seen.split && tax(digits) {
            return put(Kind::Tax, tax_severity(digits, seen), Strength::Weak);
        }
        if seen.branch && tax(&digits[..10]) {
            return put(Kind::Tax, tax_severity(digits, seen), Strength::Weak);
        }
    }
    false
}

/// A mobile telephone's number (`true`) or a fixed one's (`false`).
fn phone(digits: &[u8], seen: &Seen) -> Option<bool> {
    let national = match digits {
        [b'0', b'0', b'8', b'4', rest @ ..] => rest,
        // "+84 0912 …" is written too.
        [b'8', b'4', b'0', rest @ ..] if rest.len() == 9 => rest,
        [b'8', b'4', rest @ ..] if rest.len() == 9 || rest.len() == 10 => rest,
        [b'0', rest @ ..] => rest,
        whole if whole.len() == 9 && seen.has(flag::PHONE) => whole,
        _ => return None,
    };
    match (national.first()?, national.len()) {
        (b'3' | b'5' | b'7' | b'8' | b'9', 9) => Some(true),
        // Eleven digits, as until 2018.
        (b'1', 10) if seen.has(flag::PHONE) => Some(true),
        (b'2', 9 | 10) => Some(false),
        _ => None,
    }
}

/// An enterprise's code is public; a person's, and a household's, is not.
fn tax_severity(digits: &[u8], seen: &Seen) -> Severity {
    let person = digits.first() == Some(&b'8') || (seen.has(flag::PERSONAL) && !seen.has(flag::OFFICE));
    if person { Severity::Block } else { Severity::Look }
}

/// Three digits of the province of birth registration, one of century and sex, two of the year.
fn citizen(digits: &[u8]) -> bool {
    let [b'0', a, b, century, y, z, ..] = digits else { return false };
    let number = |tens: &u8, ones: &u8| u32::from(tens - b'0') * 10 + u32::from(ones - b'0');
    province(number(a, b))
        && match century {
            b'0' | b'1' => true,
            b'2' | b'3' => number(y, z) <= 35,
            _ => false,
        }
}

/// A person born abroad: the code of a country in front.
fn foreign(digits: &[u8]) -> bool {
    digits.first().is_some_and(|first| matches!(first, b'1'..=b'3'))
        && digits.get(3).is_some_and(|c| matches!(c, b'0'..=b'3'))
}

/// The 63 codes of the civil registry.
fn province(code: u32) -> bool {
    const CODES: [u32; 63] = [
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44,
        45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89,
        91, 92, 93, 94, 95, 96,
    ];
    CODES.binary_search(&code).is_ok()
}

/// The check digit of a tax code.
pub(super) fn tax(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
    let Some((last, front)) = digits.get(..10).and_then(<[u8]>::split_last) else { return false };
    if front.iter().all(|digit| *digit == b'0') {
        return false;
    }
    let sum: u32 = front.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    let rest = sum % 11;
    rest != 0 && 10 - rest == u32::from(last - b'0')
}

/// A card: known first digits, and Luhn's check.
fn card(digits: &[u8]) -> bool {
    let known = digits.starts_with(b"9704")
        || matches!(digits, [b'4' | b'5', ..] | [b'3', b'5', ..] | [b'6', b'2', ..] | [b'2', b'2'..=b'7', ..]);
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| {
            let value = u32::from(digit - b'0') * if at % 2 == 1 { 2 } else { 1 };
            if value > 9 { value - 9 } else { value }
        })
        .sum();
    known && sum.is_multiple_of(10) && digits.iter().any(|digit| digit != &digits[0])
}

/// "7,9123E+10": a spreadsheet's damage. The kind follows from the heading and the size.
fn scientific(text: &str, flags: Flags, found: &mut Vec<Found>) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['e', 'E']) else { return false };
    let Ok(exponent) = exponent.trim_start_matches('+').parse::<u32>() else { return false };
    let sound = mantissa.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',')
        && mantissa.starts_with(|c: char| c.is_ascii_digit());
    if !sound {
        return false;
    }
    // By the size of the number that each identifier is.
    let sizes = [
        (flag::CITIZEN | flag::OLD, 9..=11, Kind::Citizen),
        (flag::CITIZEN | flag::OLD, 7..=8, Kind::OldCitizen),
        (flag::PHONE, 8..=10, Kind::Phone),
        (flag::SOCIAL, 8..=9, Kind::SocialInsurance),
        (flag::HEALTH, 8..=9, Kind::HealthInsurance),
        (flag::TAX, 8..=12, Kind::Tax),
        (flag::CARD, 15..=18, Kind::BankCard),
        (flag::BANK, 5..=18, Kind::BankAccount),
    ];
    let kind = sizes.into_iter().find(|(wanted, size, _)| flags & wanted != 0 && size.contains(&exponent));
    let Some((_, _, kind)) = kind else { return false };
    found.push(Found::strong(kind, Severity::Block, text.to_owned()));
    true
}
