//! Marks of state secrets: the stamps, and what stands beside them on secret papers. "Mật" is a part of many harmless words.

use crate::kernel::text::{fold, nfc};

/// Whether the bytes may hold a mark: the m of a stamp, or the beginnings of the phrases beside stamps.
pub(super) fn may(bytes: &[u8]) -> bool {
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            // The letter after the m is the one of a stamp, in any form it is written in.
            b'm' | b'M' => {
                let rest = &bytes[at + 1..];
                let next = |bytes: &[u8]| matches!(bytes, [b't' | b'T' | 0xcc, ..]);
                let stamp = match rest {
                    [b'a' | b'A', rest @ ..] => next(rest),
                    [0xe1, 0xba, 0xac | 0xad, ..] => true,
                    [0xc3, 0x82 | 0xa2, rest @ ..] => next(rest),
                    // Letters apart.
                    [b' ' | b'.' | b'-', b'a' | b'A' | 0xe1 | 0xc3, ..] => true,
                    [b')', ..] => at > 0 && bytes[at - 1] == b'(',
                    _ => false,
                };
                if stamp {
                    return true;
                }
            }
            0xef if bytes.get(at + 1) == Some(&0xbc) && bytes.get(at + 2) == Some(&0xad) => return true,
            b' ' => {
                let from = bytes[..at].iter().rposition(|byte| !byte.is_ascii_alphabetic() && *byte < 0x80);
                let word = &bytes[from.map_or(0, |from| from + 1)..at];
                let next = bytes.get(at + 1).map_or(0, u8::to_ascii_lowercase);
                let short = matches!(word, [b'b' | b'B', .., last] if word.len() <= 6 && matches!(last, b'c' | b'C' | b'n' | b'N'));
                if (word.eq_ignore_ascii_case(b"thu") && next == b'h')
                    || (word.eq_ignore_ascii_case(b"sao") && matches!(next, b's' | b'b'))
                    || (short && bytes.len() >= 5 && (next == b'b' || (next == b's' && from.is_none())))
                {
                    return true;
                }
            }
            _ => {}
        }
        at += 1;
    }
    false
}

/// The mark that a text bears, in the words that are shown. `level`: the column tells the level of secrecy, so that one word is enough.
pub(super) fn mark(text: &str, level: bool) -> Option<&'static str> {
    if text.len() > 200_000 || !(level || may(text.as_bytes())) {
        return None;
    }
    let plain: String = nfc(text)
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '\u{a0}' => ' ',
            other => other,
        })
        .collect();
    if level && let Some(found) = of_level(&fold(plain.trim_matches(|c: char| !c.is_alphanumeric()))) {
        return Some(found);
    }
    plain.lines().find_map(|line| stamp(line).or_else(|| phrase(line)).or_else(|| series(line)))
}

const LEVELS: [(&str, &str); 3] = [("tuyet mat", "TUYỆT MẬT"), ("toi mat", "TỐI MẬT"), ("mat", "MẬT")];

fn of_level(folded: &str) -> Option<&'static str> {
    let spaced = joined(folded);
    LEVELS.iter().find(|(word, _)| *word == spaced).map(|(_, shown)| *shown)
}

/// Words with one space between them; letters that stand apart are put together.
fn joined(folded: &str) -> String {
    let words: Vec<&str> = folded.split_whitespace().collect();
    if words.len() >= 3 && words.iter().all(|word| word.chars().count() == 1) {
        let all: String = words.concat();
        return match all.as_str() {
            "tuyetmat" => "tuyet mat".to_owned(),
            "toimat" => "toi mat".to_owned(),
            _ => all,
        };
    }
    words.join(" ")
}

/// A level in upper case that stands alone: the whole text, a part between signs, or among words that are not in upper case.
fn stamp(line: &str) -> Option<&'static str> {
    for part in
        line.split([':', '-', '–', '|', '(', ')', '[', ']', '*', '_', '"', '.', '“', '”', '=', '<', '>', '\t', '!'])
    {
        let part = part.trim();
        if is_upper(part)
            && let Some(found) = of_level(&fold(part))
            && genuine(part, line)
        {
            return Some(found);
        }
    }
    // Letters apart with signs between them: "M.Ậ.T", "T-Ố-I M-Ậ-T".
    let apart: String = line.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let apart = apart.trim();
    if apart.contains(' ')
        && is_upper(apart)
        && let Some(found) = of_level(&fold(apart))
    {
        return Some(found);
    }
    let words: Vec<&str> =
        line.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
    for (at, word) in words.iter().enumerate() {
        if !is_upper(word) || !is_mat(word) {
            continue;
        }
        let before = at.checked_sub(1).and_then(|at| words.get(at)).copied().unwrap_or_default();
        let higher = is_upper(before).then(|| fold(before)).filter(|word| word == "toi" || word == "tuyet");
        let earlier = if higher.is_some() {
            at.checked_sub(2).and_then(|at| words.get(at)).copied().unwrap_or_default()
        } else {
            before
        };
        let next = words.get(at + 1).copied().unwrap_or_default();
        // Among capitals, or as a part of another word, it is no stamp.
        let calm = |word: &str| word.is_empty() || !is_upper(word) || word.chars().count() < 2;
        let part = ["bao", "bi", "co", "can", "khau", "than", "trai"].contains(&fold(earlier).as_str())
            || ["do", "ong", "khau", "ma", "thiet", "danh", "vu", "nghi", "thu", "mia", "tich"]
                .contains(&fold(next).as_str());
        let alone = earlier.is_empty() && next.is_empty();
        let exact = is_accented(word);
        if calm(earlier) && calm(next) && !part && !alone && exact {
            return Some(match higher.as_deref() {
                Some("toi") => "TỐI MẬT",
                Some(_) => "TUYỆT MẬT",
                None => "MẬT",
            });
        }
    }
    None
}

/// Without tone marks the lone word could be another one: it counts as the whole text, or after "độ".
fn genuine(part: &str, line: &str) -> bool {
    is_accented(part) || part.contains(' ') || {
        let rest = fold(&line.replace(part, " "));
        let rest: Vec<&str> = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        rest.is_empty() || rest.ends_with(&["do"])
    }
}

fn is_accented(word: &str) -> bool {
    word.contains('Ậ')
}

fn is_mat(word: &str) -> bool {
    fold(word) == "mat"
}

fn is_upper(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && text.chars().all(|c| !c.is_lowercase())
}

/// Sentences that stand on secret papers only.
fn phrase(line: &str) -> Option<&'static str> {
    let folded = super::words::spaced(line);
    let folded = folded.trim();
    if folded.contains("ban sao bi mat nha nuoc") && (is_upper(line) || folded.len() < 40) {
        return Some("BẢN SAO BÍ MẬT NHÀ NƯỚC");
    }
    if folded.contains("chi nguoi co ten moi duoc boc bi") {
        return Some("CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ");
    }
    if folded == "tai lieu thu hoi" || (folded.contains("tai lieu thu hoi") && line.contains("THU H")) {
        return Some("TÀI LIỆU THU HỒI");
    }
    let numbered = |rest: &str| {
        let rest = rest.trim();
        rest.is_empty() || (rest.len() <= 4 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    if let Some(rest) = folded.strip_prefix("ban sao so")
        && numbered(rest)
    {
        return Some("BẢN SAO SỐ");
    }
    // "Bản số 2" may be any copy: the stamp has a colon or is in capitals.
    if let Some(rest) = folded.strip_prefix("ban so")
        && !rest.trim().is_empty()
        && numbered(rest)
        && (line.contains(':') || is_upper(line))
    {
        return Some("BẢN SỐ");
    }
    None
}

/// A document's number with the sign of the secret series behind it: "15/BC-UBND(M)".
fn series(line: &str) -> Option<&'static str> {
    let at = line.find("(M)").or_else(|| line.find("(m)"))?;
    let token = line[..at].trim_end().rsplit(char::is_whitespace).next()?;
    let sound = token.bytes().any(|byte| byte.is_ascii_digit())
        && token.contains(['/', '-'])
        && token.chars().any(char::is_alphabetic);
    sound.then_some("(M)")
}
