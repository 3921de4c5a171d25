//! Persons by combination: a name with a birth date or a home, a birth date with a home (R-142: the risk by combination).

use super::words::{holds, spaced};
use crate::kernel::text::fold;

/// The family names that most Vietnamese bear, without tone marks, sorted.
const FAMILIES: [&str; 75] = [
    "an", "au", "bach", "banh", "bui", "cao", "chau", "che", "chu", "cu", "dam", "dang", "dao", "dau", "diep", "dinh",
    "do", "doan", "duong", "giang", "ha", "han", "hoang", "ho", "hua", "huynh", "khuat", "kieu", "kim", "la", "lai",
    "lam", "le", "lo", "lu", "luc", "luong", "luu", "ly", "ma", "mac", "mai", "nghiem", "ngo", "nguy", "nguyen",
    "nong", "ong", "pham", "phan", "phi", "phung", "quach", "quan", "quang", "sam", "ta", "tang", "thach", "thai",
    "than", "thi", "tieu", "to", "ton", "tong", "tran", "trieu", "trinh", "truong", "tu", "vi", "vo", "vu", "vuong",
];

/// Words of headings over persons' names.
const NAMES: &[&str] = &[
    "ho ten",
    "ho va ten",
    "ho dem",
    "ho chu dem",
    "ten nguoi",
    "chu ho",
    "nguoi dai dien",
    "ten chu",
    "ten hoc sinh",
    "hoc sinh",
    "benh nhan",
    "hoc vien",
    "sinh vien",
    "nguoi nop",
    "nguoi lao dong",
    "cong dan",
    "nguoi lien he",
    "ten khach hang",
    "thi sinh",
    "nguoi huong",
    "doi tuong",
    "full name",
    "fullname",
    "hoten",
    "nguoi benh",
    "ten can bo",
    "ten giao vien",
    "nguoi giam ho",
    "ten cong dan",
    "ten nhan vien",
    "nguoi su dung dat",
    "chu su dung",
    "ho ten chu",
];
/// Words of headings over numbers of people, not names.
const COUNTS: &[&str] = &["so", "ty le", "tong", "so luong", "ma", "loai", "nhom", "tong so", "so hoc sinh"];
/// Words of headings over birth dates.
const BIRTHS: &[&str] = &[
    "ngay sinh",
    "nam sinh",
    "sinh ngay",
    "ngay thang nam sinh",
    "sinh nam",
    "ntns",
    "dob",
    "date of birth",
    "birthday",
    "birth date",
    "birthdate",
    "year of birth",
    "ngaysinh",
    "ngay thang sinh",
    "namsinh",
];
/// Words of headings over homes.
const HOMES: &[&str] = &[
    "thuong tru",
    "noi o",
    "cho o",
    "que quan",
    "ho khau",
    "hktt",
    "tam tru",
    "dia chi nha",
    "home address",
    "noi cu tru",
    "noi sinh",
    "cu tru",
    "nguyen quan",
    "dktt",
];
/// Words of headings over addresses of anything.
const ADDRESSES: &[&str] = &["dia chi", "address", "so nha", "dia chi lien he"];
/// Words of headings over names of offices and enterprises.
const OFFICES: &[&str] = &[
    "co quan",
    "don vi",
    "truong",
    "co so",
    "cong ty",
    "doanh nghiep",
    "benh vien",
    "tram",
    "trung tam",
    "van phong",
    "nha thuoc",
    "cua hang",
    "hop tac xa",
    "htx",
    "to chuc",
    "khach san",
    "nha may",
    "chi nhanh",
    "ubnd",
    "quay thuoc",
    "phong kham",
    "phong",
    "ban",
    "so nganh",
    "chu dau tu",
    "nha thau",
    "thu vien",
    "bao tang",
    "buu cuc",
    "ben xe",
    "cho",
    "nha hang",
    "thu tuc",
    "du an",
    "trang trai",
    "san pham",
    "lang nghe",
    "di tich",
    "ten co so",
    "amenity",
    "operator",
    "hospital",
    "school",
    "company",
    "clinic",
    "organization",
];

/// Which columns speak of persons.
pub(super) struct People {
    names: Vec<usize>,
    /// Columns whose heading says nothing: their cells may be names.
    maybe: Vec<usize>,
    births: Vec<usize>,
    homes: Vec<usize>,
    /// Whether a column names persons.
    pub named: bool,
    /// Whether a column names offices or enterprises.
    pub offices: bool,
}

impl People {
    /// Reads the headings, spaced and folded.
    pub(super) fn of(titles: &[String]) -> Self {
        let mut people =
            Self { names: vec![], maybe: vec![], births: vec![], homes: vec![], named: false, offices: false };
        let mut addresses = Vec::new();
        let any = |title: &str, words: &[&str]| words.iter().any(|word| holds(title, word));
        for (at, title) in titles.iter().enumerate() {
            let counted = COUNTS.iter().any(|word| title.trim_start().starts_with(&format!("{word} ")));
            if any(title, BIRTHS) {
                people.births.push(at);
            } else if any(title, HOMES) {
                people.homes.push(at);
            } else if any(title, ADDRESSES) {
                addresses.push(at);
            } else if any(title, NAMES) && !counted {
                people.names.push(at);
            } else if any(title, OFFICES) && !counted {
                people.offices = true;
            } else if !counted {
                people.maybe.push(at);
            }
        }
        people.named = !people.names.is_empty();
        // An address beside an office's name is the office's.
        if people.named && !people.offices {
            people.homes.extend(addresses);
        }
        // Cells are looked through for names only beside a birth date or a home.
        if people.named || (people.births.is_empty() && people.homes.is_empty()) {
            people.maybe.clear();
        }
        people
    }

    /// The columns that name persons in a table that tells more of them.
    pub(super) fn names(&self) -> &[usize] {
        if self.births.is_empty() && self.homes.is_empty() { &[] } else { &self.names }
    }

    /// Whether a row tells of one person; the column that names or dates them, and the name for a sample.
    pub(super) fn row(&self, cells: &[Option<&str>]) -> Option<(usize, String)> {
        let told = self.names.len() + self.maybe.len() + self.births.len();
        if told == 0 || (self.births.is_empty() && self.homes.is_empty()) {
            return None;
        }
        let cell = |at: &usize| cells.get(*at).copied().flatten().map(str::trim).filter(|text| !text.is_empty());
        let birth = self.births.iter().find_map(|at| {
            cell(at).filter(|text| text.bytes().filter(u8::is_ascii_digit).count() >= 4).map(|text| (*at, text))
        });
        let home = self.homes.iter().find_map(|at| cell(at).filter(|text| text.len() >= 3));
        if birth.is_none() && home.is_none() {
            return None;
        }
        let name =
            self.names.iter().find_map(|at| cell(at).filter(|text| like_name(text)).map(|text| (*at, text))).or_else(
                || self.maybe.iter().find_map(|at| cell(at).filter(|text| is_name(text)).map(|text| (*at, text))),
            );
        match (name, birth, home) {
            (Some((at, name)), ..) => Some((at, name.to_owned())),
            // The whole day, not the year, with a home points at one person.
            (None, Some((at, day)), Some(_)) if day.bytes().filter(u8::is_ascii_digit).count() >= 6 => {
                Some((at, "••/••/••••".to_owned()))
            }
            _ => None,
        }
    }
}

/// A cell under a heading of names: words, and no digits. A masked one is no name any more.
fn like_name(text: &str) -> bool {
    text.len() >= 3
        && text.len() <= 120
        && text.contains(' ')
        && !text.bytes().any(|byte| byte.is_ascii_digit())
        && !text.contains('•')
}

/// Two to six words in capitals or with capitals in front, the first a family name.
fn is_name(text: &str) -> bool {
    if !like_name(text) {
        return false;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) || !words.iter().all(|word| word.starts_with(char::is_uppercase)) {
        return false;
    }
    let first = fold(words[0]);
    FAMILIES.contains(&first.as_str())
}

/// A person told in prose: a name, and a birth date or a home after it.
pub(super) fn in_text(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    if bytes.len() < 16 {
        return None;
    }
    let mut at = 0;
    while at + 2 < bytes.len() {
        let word = at == 0 || !(bytes[at - 1].is_ascii_alphanumeric() || bytes[at - 1] >= 0x80);
        let may = word
            && match bytes[at] {
                b's' | b'S' => matches!(bytes[at + 1], b'i' | b'I' | b'n' | b'N'),
                // "trú", "thường trú", "tạm trú", in any form
                b't' | b'T' => matches!(bytes[at + 1], b'r' | b'R') && matches!(bytes[at + 2], b'u' | b'U' | 0xc3),
                _ => false,
            };
        if may && let Some(name) = told_at(text, at) {
            return Some(name);
        }
        at += 1;
    }
    None
}

/// The person whose birth or home is told at a place of a text.
fn told_at(text: &str, at: usize) -> Option<String> {
    let mut stop = text.len().min(at + 48);
    while !text.is_char_boundary(stop) {
        stop += 1;
    }
    let after = spaced(&text[at..stop]);
    let after = after.trim_start();
    let year = || {
        after.split_whitespace().take(8).any(|word| {
            word.len() == 4
                && (word.starts_with("19") || word.starts_with("20"))
                && word.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let born = (after.starts_with("sinh ") || after.starts_with("sn ")) && year();
    let born = born && !compound(&text[..at], after);
    if !born && !after.starts_with("tru tai ") && !after.starts_with("tru o ") {
        return None;
    }
    let mut start = at.saturating_sub(100);
    while !text.is_char_boundary(start) {
        start += 1;
    }
    // Between name and telling word small words may stand: "(", "hiện thường", "đăng ký".
    let before = text[start..at].trim_end_matches(|c: char| !c.is_uppercase() && !c.is_alphabetic() && !is_mark(c));
    let mut name: Vec<&str> = Vec::new();
    for word in before.split_whitespace().rev().take(10) {
        let clean = word.trim_matches(|c: char| !c.is_alphanumeric() && !is_mark(c));
        if !clean.starts_with(char::is_uppercase) || (word != clean && !name.is_empty()) {
            if name.is_empty() {
                continue;
            }
            break;
        }
        name.push(clean);
        if name.len() >= 2 && FAMILIES.contains(&fold(clean).as_str()) {
            name.reverse();
            return Some(name.join(" "));
        }
        if name.len() >= 6 {
            break;
        }
    }
    None
}

/// Whether "sinh" belongs to a word that tells of no birth: "tuyển sinh", "vệ sinh", "sinh viên", "sinh hoạt".
fn compound(before: &str, after: &str) -> bool {
    const FIRST: &[&str] = &["an", "dan", "hoc", "hy", "moi", "phat", "thi", "tuyen", "ve"];
    const LAST: &[&str] = &["hoat", "hoc", "ke", "san", "thai", "vien"];
    let first = before.strip_suffix(' ').and_then(|before| before.rsplit(' ').next());
    first.is_some_and(|word| word.starts_with(char::is_lowercase) && FIRST.contains(&fold(word).as_str()))
        || after.split_whitespace().nth(1).is_some_and(|word| LAST.contains(&word))
}

fn is_mark(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
