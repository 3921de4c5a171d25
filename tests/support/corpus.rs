//! A made-up corpus of Vietnamese tables in which every personal datum and every secrecy stamp is known, among much
//! that only looks like one, and the measure of a detector against it. Everything is drawn from fixed seeds: no
//! person, number or paper in it is real.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What a detector is asked to tell; the test maps the detector's own kinds to these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Id {
    Citizen,
    OldCitizen,
    Tax,
    SocialInsurance,
    HealthInsurance,
    Phone,
    Email,
    Passport,
    Plate,
    BankAccount,
    BankCard,
    Person,
    SmallGroup,
    Secret,
}

impl Id {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 14] = [
        Self::Citizen,
        Self::OldCitizen,
        Self::Tax,
        Self::SocialInsurance,
        Self::HealthInsurance,
        Self::Phone,
        Self::Email,
        Self::Passport,
        Self::Plate,
        Self::BankAccount,
        Self::BankCard,
        Self::Person,
        Self::SmallGroup,
        Self::Secret,
    ];

    /// Whether it is a matter of the row, whichever column a detector names.
    fn of_row(self) -> bool {
        matches!(self, Self::Person | Self::SmallGroup)
    }
}

/// What a detector must do with a labelled cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Report it as blocking.
    Block,
    /// Report it, blocking or not.
    Any,
    /// Report it, but never as blocking: it is the number or address of an office or an enterprise.
    Look,
    /// As it likes: people may differ about it, so it is not measured.
    Free,
}

/// What is known about one cell, or about one row.
#[derive(Clone, Debug)]
pub struct Label {
    /// Row, from 0.
    pub row: u64,
    /// Column, from 0. Of no account for what is a matter of the row.
    pub column: usize,
    pub id: Id,
    /// What it may be called instead.
    pub or: Option<Id>,
    pub need: Need,
    /// How it is written.
    pub form: &'static str,
}

/// A table with everything that is known about it.
pub struct Table {
    pub name: &'static str,
    /// Title and description, which a detector may take as context.
    pub text: String,
    /// Title and note of each column.
    pub headings: Vec<(String, String)>,
    pub rows: Vec<Vec<Option<String>>>,
    /// The columns that together may single out a person; empty where nobody has named any.
    pub quasi: Vec<usize>,
    /// Groups with fewer rows are small.
    pub small_group: u32,
    pub labels: Vec<Label>,
}

/// A text outside tables, such as a description, and what must be told in it.
pub struct Passage {
    pub text: String,
    /// Empty: nothing blocking may be reported.
    pub holds: Vec<Id>,
}

// ------------------------------------------------------------
// Chance

/// A small generator of numbers that look random and are the same on every machine (splitmix64).
struct Rng(u64);

impl Rng {
    fn named(name: &str) -> Self {
        // FNV-1a: each table has a seed of its own, so a change of one leaves the others alone.
        Self(
            name.bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)),
        )
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Both ends included.
    fn within(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to - from + 1)
    }

    fn hundredths(&mut self, share: u64) -> bool {
        self.below(100) < share
    }

    fn pick<'a, T: ?Sized>(&mut self, list: &[&'a T]) -> &'a T {
        let at = usize::try_from(self.below(list.len() as u64)).unwrap();
        list[at]
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }

    fn capital(&mut self) -> char {
        char::from(b"ABCDEFGHKLMNPSTUVXYZ"[usize::try_from(self.below(20)).unwrap()])
    }
}

// ------------------------------------------------------------
// Writing

/// The vowels with their tones: level, falling, dipping, rising-broken, rising, heavy.
const VOWELS: [(&str, char, &str); 12] = [
    ("aàảãáạ", 'a', ""),
    ("ăằẳẵắặ", 'a', "\u{306}"),
    ("âầẩẫấậ", 'a', "\u{302}"),
    ("eèẻẽéẹ", 'e', ""),
    ("êềểễếệ", 'e', "\u{302}"),
    ("iìỉĩíị", 'i', ""),
    ("oòỏõóọ", 'o', ""),
    ("ôồổỗốộ", 'o', "\u{302}"),
    ("ơờởỡớợ", 'o', "\u{31b}"),
    ("uùủũúụ", 'u', ""),
    ("ưừửữứự", 'u', "\u{31b}"),
    ("yỳỷỹýỵ", 'y', ""),
];

const TONES: [&str; 6] = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"];

/// The letter, its shape mark and its tone, when it is a vowel with either.
fn taken_apart(letter: char) -> Option<(char, &'static str, &'static str)> {
    let small = letter.to_lowercase().next()?;
    let (letters, base, shape) = VOWELS.iter().find(|(letters, ..)| letters.contains(small))?;
    let tone = TONES[letters.chars().position(|c| c == small)?];
    let base = if letter == small { *base } else { base.to_ascii_uppercase() };
    Some((base, shape, tone))
}

/// The text with every letter taken apart (NFD).
pub fn decomposed(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        let Some((base, shape, tone)) = taken_apart(letter) else {
            out.push(letter);
            continue;
        };
        out.push(base);
        // The dot below comes before what stands above; the horn comes before all.
        let (first, second) = if tone == "\u{323}" && shape != "\u{31b}" { (tone, shape) } else { (shape, tone) };
        out.push_str(first);
        out.push_str(second);
    }
    out
}

/// The text as it is typed without tone marks.
pub fn bare(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            'đ' => 'd',
            'Đ' => 'D',
            other => taken_apart(other).map_or(other, |(base, ..)| base),
        })
        .collect()
}

/// The text with full-width digits, as scans and East Asian keyboards give them.
fn wide(text: &str) -> String {
    text.chars()
        .map(|c| match c.to_digit(10) {
            Some(digit) => char::from_u32(0xff10 + digit).unwrap(),
            None => c,
        })
        .collect()
}

/// The digits in groups of these sizes, the last one repeated.
fn grouped(digits: &str, sizes: &[usize], between: &str) -> String {
    let (mut rest, mut parts, mut at) = (digits, Vec::new(), 0);
    while !rest.is_empty() {
        let size = sizes[at.min(sizes.len() - 1)].min(rest.len());
        parts.push(&rest[..size]);
        rest = &rest[size..];
        at += 1;
    }
    parts.join(between)
}

/// The number as a spreadsheet saves it with an exponent, no digit lost.
fn scientific(digits: &str) -> String {
    let digits = digits.trim_start_matches('0');
    let part = digits[1..].trim_end_matches('0');
    let dot = if part.is_empty() { "" } else { "." };
    format!("{}{dot}{part}E+{:02}", &digits[..1], digits.len() - 1)
}

/// Whole thousands apart by dots, as money is written.
fn dotted(number: u64) -> String {
    let digits = number.to_string();
    let first = (digits.len() - 1) % 3 + 1;
    grouped(&digits, &[first, 3], ".")
}

// ------------------------------------------------------------
// People, places, offices

const FAMILIES: [&str; 20] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ",
    "Hồ", "Ngô", "Dương", "Lý", "Trương", "Châu",
];
const MALE: [&str; 10] = ["Văn", "Hữu", "Minh", "Quốc", "Thanh", "Đức", "Công", "Hoàng", "Ngọc", "Thành"];
const FEMALE: [&str; 8] = ["Thị", "Thị", "Thị Ngọc", "Thị Thu", "Ngọc", "Kim", "Thị Mỹ", "Bích"];
const MALE_GIVEN: [&str; 16] = [
    "An", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phúc", "Quân", "Sơn", "Tâm", "Tùng",
    "Vinh",
];
const FEMALE_GIVEN: [&str; 16] = [
    "Anh",
    "Bé",
    "Diễm",
    "Dung",
    "Hạnh",
    "Hoa",
    "Hương",
    "Lan",
    "Liên",
    "Mai",
    "Nga",
    "Ngân",
    "Phượng",
    "Thảo",
    "Trang",
    "Yến",
];
const HAMLETS: [&str; 10] = [
    "ấp Tân Hòa",
    "ấp Thạnh Lợi",
    "ấp 3",
    "ấp Bình Phú",
    "ấp Long Thới",
    "ấp Suối Dộp",
    "ấp Phước Hội",
    "thôn 2",
    "ấp Cây Xoài",
    "ấp Trường Thiện",
];
const COMMUNES: [&str; 14] = [
    "xã Tân Lập",
    "xã Thạnh Bình",
    "xã Hòa Hiệp",
    "xã Phước Vinh",
    "xã Long Chữ",
    "xã Truông Mít",
    "xã Bàu Năng",
    "xã Tân Hội",
    "xã Suối Dây",
    "xã An Cơ",
    "xã Hảo Đước",
    "xã Ninh Điền",
    "phường Long Hoa",
    "phường Gò Dầu",
];
const DISTRICTS: [&str; 6] = [
    "huyện Tân Biên",
    "huyện Châu Thành",
    "huyện Dương Minh Châu",
    "thị xã Hòa Thành",
    "huyện Bến Cầu",
    "huyện Tân Châu",
];
/// Streets bear the names of people.
const STREETS: [&str; 14] = [
    "Nguyễn Huệ",
    "Lê Lợi",
    "Trần Hưng Đạo",
    "Nguyễn Thái Học",
    "Phạm Văn Đồng",
    "Hoàng Lê Kha",
    "Trưng Nữ Vương",
    "Võ Thị Sáu",
    "Nguyễn Trãi",
    "Lý Thường Kiệt",
    "Huỳnh Công Giản",
    "Nguyễn Văn Linh",
    "Cách Mạng Tháng Tám",
    "30 tháng 4",
];
const COMPANIES: [&str; 8] = [
    "Công ty TNHH Thương mại Hoàng Long",
    "Công ty Cổ phần Xây dựng Tân Thành",
    "Doanh nghiệp tư nhân Minh Phát",
    "Công ty TNHH MTV Nguyễn Văn Hùng",
    "Công ty Cổ phần Mía đường Bình Minh",
    "Hợp tác xã Nông nghiệp Phước Vinh",
    "Công ty TNHH Vận tải Quốc Tuấn",
    "Công ty Cổ phần Dược phẩm Long Hoa",
];
const OFFICES: [&str; 10] = [
    "Sở Nông nghiệp và Môi trường",
    "Sở Xây dựng",
    "Sở Y tế",
    "Sở Giáo dục và Đào tạo",
    "Sở Tài chính",
    "Sở Nội vụ",
    "UBND xã Tân Lập",
    "UBND phường Long Hoa",
    "Trung tâm Y tế huyện Tân Biên",
    "Văn phòng UBND tỉnh",
];
const SCHOOLS: [&str; 10] = [
    "THPT Nguyễn Trãi",
    "THPT Trần Phú",
    "THCS Nguyễn Văn Trỗi",
    "THCS Võ Thị Sáu",
    "TH Kim Đồng",
    "TH Lê Văn Tám",
    "MN Hoa Mai",
    "THPT Hoàng Văn Thụ",
    "TH Nguyễn Khuyến",
    "THCS Chu Văn An",
];
const BANKS: [&str; 8] = ["Agribank", "Vietcombank", "BIDV", "VietinBank", "Sacombank", "MB Bank", "ACB", "LPBank"];

/// Somebody who does not exist.
struct Someone {
    family: &'static str,
    middle: &'static str,
    given: &'static str,
    female: bool,
    day: u64,
    month: u64,
    year: u64,
    home: String,
}

impl Someone {
    fn new(rng: &mut Rng, from: u64, to: u64) -> Self {
        let female = rng.hundredths(50);
        let (middle, given) = if female {
            (rng.pick(&FEMALE), rng.pick(&FEMALE_GIVEN))
        } else {
            (rng.pick(&MALE), rng.pick(&MALE_GIVEN))
        };
        Self {
            family: rng.pick(&FAMILIES),
            middle,
            given,
            female,
            day: rng.within(1, 28),
            month: rng.within(1, 12),
            year: rng.within(from, to),
            home: home(rng),
        }
    }

    fn name(&self) -> String {
        format!("{} {} {}", self.family, self.middle, self.given)
    }

    fn title(&self) -> &'static str {
        if self.female { "bà" } else { "ông" }
    }

    fn born(&self) -> String {
        format!("{:02}/{:02}/{}", self.day, self.month, self.year)
    }
}

fn home(rng: &mut Rng) -> String {
    match rng.below(4) {
        0 => format!("{}, {}, {}", rng.pick(&HAMLETS), rng.pick(&COMMUNES), rng.pick(&DISTRICTS)),
        1 => format!("Tổ {}, {}, {}", rng.within(1, 20), rng.pick(&HAMLETS), rng.pick(&COMMUNES)),
        2 => format!(
            "Số {}, đường {}, khu phố {}, phường Long Hoa",
            rng.within(1, 400),
            rng.pick(&STREETS),
            rng.within(1, 8)
        ),
        _ => format!(
            "{}/{} {}, KP{}, phường 2, TP Tây Ninh",
            rng.within(1, 90),
            rng.within(1, 30),
            rng.pick(&STREETS),
            rng.within(1, 7)
        ),
    }
}

fn any_name(rng: &mut Rng) -> String {
    Someone::new(rng, 1960, 2000).name()
}

fn day(rng: &mut Rng) -> String {
    format!("{:02}/{:02}/{}", rng.within(1, 28), rng.within(1, 12), rng.within(2019, 2025))
}

fn money(rng: &mut Rng, digits: u32) -> u64 {
    let top = 10_u64.pow(digits);
    rng.within(top / 10, top - 1) / 1000 * 1000
}

// ------------------------------------------------------------
// Cells

/// A cell and what it holds.
#[derive(Clone)]
struct Cell {
    text: String,
    marks: Vec<Mark>,
}

#[derive(Clone)]
struct Mark {
    id: Id,
    or: Option<Id>,
    need: Need,
    form: &'static str,
}

/// A cell that holds nothing of what is looked for.
fn plain(text: impl Into<String>) -> Cell {
    Cell { text: text.into(), marks: Vec::new() }
}

fn empty() -> Cell {
    plain("")
}

/// A cell that must be reported as blocking.
fn holds(id: Id, form: &'static str, text: impl Into<String>) -> Cell {
    plain(text).and(id, form)
}

impl Cell {
    fn and(mut self, id: Id, form: &'static str) -> Self {
        self.marks.push(Mark { id, or: None, need: Need::Block, form });
        self
    }

    fn need(mut self, need: Need) -> Self {
        self.marks.iter_mut().for_each(|mark| mark.need = need);
        self
    }

    fn or(mut self, id: Id) -> Self {
        self.marks.iter_mut().for_each(|mark| mark.or = Some(id));
        self
    }

    fn within(mut self, before: &str, after: &str) -> Self {
        self.text = format!("{before}{}{after}", self.text);
        self
    }
}

/// Whether heading, description or cell tell what the number is.
#[derive(Clone, Copy, PartialEq)]
enum Context {
    Told,
    Untold,
}
use Context::{Told, Untold};

/// The prefixes of the 63 provinces that the twelve digits begin with.
const PROVINCES: [&str; 63] = [
    "001", "002", "004", "006", "008", "010", "011", "012", "014", "015", "017", "019", "020", "022", "024", "025",
    "026", "027", "030", "031", "033", "034", "035", "036", "037", "038", "040", "042", "044", "045", "046", "048",
    "049", "051", "052", "054", "056", "058", "060", "062", "064", "066", "067", "068", "070", "072", "074", "075",
    "077", "079", "080", "082", "083", "084", "086", "087", "089", "091", "092", "093", "094", "095", "096",
];

fn citizen_number(rng: &mut Rng, who: &Someone) -> String {
    let province = if rng.hundredths(60) { "072" } else { rng.pick(&PROVINCES) };
    let century = (who.year / 100 - 19) * 2 + u64::from(who.female);
    format!("{province}{century}{:02}{}", who.year % 100, rng.digits(6))
}

fn citizen(rng: &mut Rng, who: &Someone, context: Context) -> Cell {
    let number = citizen_number(rng, who);
    let many = if context == Told { 20 } else { 14 };
    let (form, text) = match rng.below(many) {
        0 => ("spaces", grouped(&number, &[3], " ")),
        1 => ("dots", grouped(&number, &[3], ".")),
        2 => ("dashes", grouped(&number, &[3, 3, 6], "-")),
        3 => ("groups of four", grouped(&number, &[4], " ")),
        4 => ("full-width digits", wide(&number)),
        5 => ("apostrophe of a spreadsheet", format!("'{number}")),
        6 => ("no-break spaces", grouped(&number, &[3], "\u{a0}")),
        7 => ("with a word before", format!("CCCD: {number}")),
        14 | 15 => ("leading zeros lost", number.trim_start_matches('0').to_owned()),
        16 => ("exponent", scientific(&number)),
        17 => ("decimal point and zero", format!("{}.0", number.trim_start_matches('0'))),
        _ => ("digits", number),
    };
    holds(Id::Citizen, form, text)
}

fn old_citizen(rng: &mut Rng) -> Cell {
    let number = format!("{}{}", rng.pick(&["290", "291", "023", "024", "301", "072", "250"]), rng.digits(6));
    let (form, text) = match rng.below(16) {
        0 => ("spaces", grouped(&number, &[3], " ")),
        1 => ("dots", grouped(&number, &[3], ".")),
        2 => ("full-width digits", wide(&number)),
        3 => ("with a word before", format!("CMND {number}")),
        4 if number.starts_with('0') => ("leading zeros lost", number.trim_start_matches('0').to_owned()),
        5 if !number.starts_with('0') => ("exponent", scientific(&number)),
        6 if !number.starts_with('0') => ("decimal point and zero", format!("{number}.0")),
        7 => ("dashes", grouped(&number, &[3], "-")),
        _ => ("digits", number),
    };
    holds(Id::OldCitizen, form, text)
}

/// Ten digits that begin with `start`, the last of them the check digit.
fn tax_number(rng: &mut Rng, start: &str) -> String {
    loop {
        let number = format!("{start}{}", rng.digits(9 - start.len()));
        let sum: u32 =
            number.bytes().zip([31, 29, 23, 19, 17, 13, 7, 5, 3]).map(|(d, w)| u32::from(d - b'0') * w).sum();
        if !sum.is_multiple_of(11) {
            return format!("{number}{}", 10 - sum % 11);
        }
    }
}

/// Ten digits that no tax office has issued.
fn no_tax_number(rng: &mut Rng, start: &str) -> String {
    let right = tax_number(rng, start);
    let last = right.as_bytes()[9] - b'0';
    format!("{}{}", &right[..9], (u64::from(last) + rng.within(1, 9)) % 10)
}

fn personal_tax(rng: &mut Rng) -> Cell {
    let number = tax_number(rng, "8");
    let (form, text) = match rng.below(12) {
        0 => ("spaces", grouped(&number, &[4, 3, 3], " ")),
        1 => ("full-width digits", wide(&number)),
        2 => ("exponent", scientific(&number)),
        3 => ("decimal point and zero", format!("{number}.0")),
        4 => ("with a word before", format!("MST: {number}")),
        5 => ("three digits after", format!("{number}-{:03}", rng.within(1, 20))),
        6 => ("dots", grouped(&number, &[1, 3, 3, 3], ".")),
        _ => ("digits", number),
    };
    holds(Id::Tax, form, text)
}

/// The code of an enterprise is public. Those of the largest city look like mobile phones.
fn enterprise_tax(rng: &mut Rng) -> Cell {
    let start = rng.pick(&["39", "39", "03", "01", "11", "37", "46"]);
    let number = tax_number(rng, start);
    let (form, text) = match rng.below(8) {
        0 => ("enterprise, branch", format!("{number}-{:03}", rng.within(1, 30))),
        1 if number.starts_with('0') => ("enterprise, leading zero lost", number[1..].to_owned()),
        _ => ("enterprise", number),
    };
    let need = if form == "enterprise, leading zero lost" { Need::Free } else { Need::Look };
    holds(Id::Tax, form, text).need(need)
}

fn social_insurance(rng: &mut Rng) -> Cell {
    let number = format!("{}{}", rng.pick(&["72", "79", "80", "01", "74"]), rng.digits(8));
    let (form, text) = match rng.below(14) {
        0 => ("spaces", grouped(&number, &[4, 3, 3], " ")),
        1 => ("dots", grouped(&number, &[4, 3, 3], ".")),
        2 => ("full-width digits", wide(&number)),
        3 => ("with a word before", format!("BHXH {number}")),
        4 if number.starts_with('0') => ("leading zeros lost", number[1..].to_owned()),
        5 if !number.starts_with('0') => ("exponent", scientific(&number)),
        6 if !number.starts_with('0') => ("decimal point and zero", format!("{number}.0")),
        7 => ("apostrophe of a spreadsheet", format!("'{number}")),
        _ => ("digits", number),
    };
    holds(Id::SocialInsurance, form, text)
}

fn health_insurance(rng: &mut Rng, context: Context) -> Cell {
    let group = rng.pick(&["GD", "HN", "HS", "DN", "HT", "CN", "BT", "TE", "HC", "CK"]);
    let (level, province, rest) = (rng.within(1, 5), rng.pick(&["72", "79", "80", "01"]), rng.digits(8));
    let number = format!("{province}{rest}");
    let many = if context == Told { 14 } else { 11 };
    let (form, text) = match rng.below(many) {
        0 => ("spaces", format!("{group} {level} {province} {number}")),
        1 => ("dashes", format!("{group}{level}-{province}-{number}")),
        2 => ("dots", format!("{group}{level}.{province}.{}", grouped(&number, &[2, 3, 5], "."))),
        3 => ("full-width digits", wide(&format!("{group}{level}{province}{number}"))),
        4 => ("with a word before", format!("BHYT: {group}{level}{province}{number}")),
        5 => ("space after the group", format!("{group}{level} {province} {number}")),
        11 => ("small letters", format!("{group}{level}{province}{number}").to_lowercase()),
        12 | 13 => {
            let cell = holds(Id::HealthInsurance, "ten digits of the new card", number);
            return cell.or(Id::SocialInsurance);
        }
        _ => ("fifteen characters", format!("{group}{level}{province}{number}")),
    };
    holds(Id::HealthInsurance, form, text)
}

const MOBILE: [&str; 36] = [
    "032", "033", "034", "035", "036", "037", "038", "039", "052", "055", "056", "058", "059", "070", "076", "077",
    "078", "079", "081", "082", "083", "084", "085", "086", "087", "088", "089", "090", "091", "092", "093", "094",
    "096", "097", "098", "099",
];

fn phone_number(rng: &mut Rng) -> String {
    format!("{}{}", rng.pick(&MOBILE), rng.digits(7))
}

fn phone(rng: &mut Rng, context: Context) -> Cell {
    let number = phone_number(rng);
    let rest = &number[1..];
    let many = if context == Told { 27 } else { 20 };
    let (form, text) = match rng.below(many) {
        0 => ("spaces 4-3-3", grouped(&number, &[4, 3, 3], " ")),
        1 => ("spaces 3-3-4", grouped(&number, &[3, 3, 4], " ")),
        2 => ("dots", grouped(&number, &[4, 3, 3], ".")),
        3 => ("dashes", grouped(&number, &[3, 3, 4], "-")),
        4 => ("+84", format!("+84{rest}")),
        5 => ("+84 and spaces", format!("+84 {}", grouped(rest, &[3], " "))),
        6 => ("(+84)", format!("(+84){rest}")),
        7 => ("84", format!("84{rest}")),
        8 => ("full-width digits", wide(&number)),
        9 => ("pairs", grouped(&number, &[4, 2, 2, 2], " ")),
        10 => ("brackets", format!("({}) {}", &number[..4], &number[4..])),
        11 => ("two phones", format!("{number} - {}", phone_number(rng))),
        12 => ("with a word before", format!("ĐT: {}", grouped(&number, &[4, 3, 3], "."))),
        13 => ("apostrophe of a spreadsheet", format!("'{number}")),
        14 => ("no-break spaces", grouped(&number, &[4, 3, 3], "\u{a0}")),
        20 | 21 => ("leading zero lost", rest.to_owned()),
        22 => ("exponent", scientific(&number)),
        23 => ("decimal point and zero", format!("{rest}.0")),
        24 => ("+84 and the zero", format!("+84(0){rest}")),
        _ => ("digits", number),
    };
    holds(Id::Phone, form, text)
}

/// A phone that only its heading tells, as a spreadsheet keeps it.
fn short_phone(rng: &mut Rng) -> Cell {
    let number = phone_number(rng);
    if rng.hundredths(50) {
        holds(Id::Phone, "digits", number)
    } else {
        holds(Id::Phone, "leading zero lost", &number[1..])
    }
}

/// A number of the fixed network: of an office, as a rule.
fn landline(rng: &mut Rng) -> Cell {
    let area = rng.pick(&["0276", "0276", "0272", "0274"]);
    let number = format!("3{}", rng.digits(6));
    plain(match rng.below(7) {
        0 => format!("{area}{number}"),
        1 => format!("({area}) {}", grouped(&number, &[4, 3], " ")),
        2 => format!("{area}.{number}"),
        3 => format!("{area} {}", grouped(&number, &[1, 3, 3], ".")),
        4 => format!("+84 {} {number}", &area[1..]),
        5 => format!("{area}-{number} (máy lẻ {})", rng.within(101, 130)),
        _ => format!("{area}.{}", grouped(&number, &[4, 3], ".")),
    })
}

fn hotline(rng: &mut Rng) -> Cell {
    plain(match rng.below(6) {
        0 => format!("1900 {}", rng.digits(4)),
        1 => format!("1900{}", rng.digits(4)),
        2 => format!("1800 {}", grouped(&rng.digits(6), &[4, 2], " ")),
        3 => format!("1800{}", rng.digits(6)),
        4 => rng.pick(&["1022", "113", "114", "115", "111"]).to_owned(),
        _ => format!("1900.{}", grouped(&rng.digits(6), &[3], ".")),
    })
}

fn mailbox(rng: &mut Rng) -> String {
    let who = Someone::new(rng, 1960, 2005);
    let (family, middle, given) = (
        bare(who.family).to_lowercase(),
        bare(who.middle).to_lowercase().replace(' ', ""),
        bare(who.given).to_lowercase(),
    );
    match rng.below(5) {
        0 => format!("{family}{middle}{given}"),
        1 => format!("{given}.{family}"),
        2 => format!("{given}{}{}", &family[..1], who.year),
        3 => format!("{family}_{given}{}", who.year % 100),
        _ => format!("{given}{family}-{}", rng.within(1, 99)),
    }
}

fn email(rng: &mut Rng) -> Cell {
    let host = rng.pick(&[
        "gmail.com",
        "gmail.com",
        "gmail.com",
        "yahoo.com",
        "yahoo.com.vn",
        "outlook.com",
        "hotmail.com",
        "icloud.com",
        "vnpt.vn",
    ]);
    let mailbox = mailbox(rng);
    let (form, text) = match rng.below(14) {
        0 => ("capitals", format!("{mailbox}@{host}").to_uppercase()),
        1 => ("angle brackets", format!("<{mailbox}@{host}>")),
        2 => ("with a word before", format!("Email: {mailbox}@{host}")),
        3 => ("plus sign", format!("{mailbox}+hoso@{host}")),
        4 => ("mailto", format!("mailto:{mailbox}@{host}")),
        5 => ("full-width digits", wide(&format!("{mailbox}85@{host}"))),
        6 => ("full-width sign", format!("{mailbox}＠{host}")),
        7 => ("two addresses", format!("{mailbox}@{host}; {}@gmail.com", bare(rng.pick(&FEMALE_GIVEN)).to_lowercase())),
        8 => ("spaces around", format!("  {mailbox}@{host} ")),
        _ => ("address", format!("{mailbox}@{host}")),
    };
    holds(Id::Email, form, text)
}

fn office_mail(rng: &mut Rng) -> Cell {
    let mailbox = if rng.hundredths(50) {
        mailbox(rng)
    } else {
        rng.pick(&["vanthu", "sonnmt", "ubndtanlap", "vpubnd"]).to_owned()
    };
    let host = rng.pick(&["tinhmau.gov.vn", "sxd.tinhmau.gov.vn", "bomau.gov.vn"]);
    holds(Id::Email, "office", format!("{mailbox}@{host}")).need(Need::Look)
}

fn passport(rng: &mut Rng) -> Cell {
    let letter = rng.pick(&["B", "C", "C", "P", "K", "E"]);
    let count = if rng.hundredths(80) { 7 } else { 8 };
    let number = rng.digits(count);
    let (form, text) = match rng.below(12) {
        0 => ("space", format!("{letter} {number}")),
        1 => ("dash", format!("{letter}-{number}")),
        2 => ("small letter", format!("{letter}{number}").to_lowercase()),
        3 => ("full-width digits", wide(&format!("{letter}{number}"))),
        4 => ("with a word before", format!("Hộ chiếu số {letter}{number}")),
        5 => ("with an English word before", format!("Passport No. {letter}{number}")),
        _ => ("letter and digits", format!("{letter}{number}")),
    };
    holds(Id::Passport, form, text)
}

fn plate(rng: &mut Rng, context: Context) -> Cell {
    let place = rng.pick(&["70", "70", "70", "62", "61", "51", "59", "29", "30", "93"]);
    let number = format!("{}{}", rng.within(1, 9), rng.digits(4));
    let pair = grouped(&number, &[3, 2], ".");
    let letter = rng.pick(&["A", "C", "D", "B", "H", "F", "G", "K", "LD"]);
    let (series, n) = (rng.pick(&["B", "F", "G", "H", "K", "L", "M", "P"]), rng.within(1, 9));
    let many = if context == Told { 16 } else { 10 };
    let (form, text) = match rng.below(many) {
        0 => ("car, space", format!("{place}{letter} {pair}")),
        1 => ("car, no dot", format!("{place}{letter}-{number}")),
        2 => ("motorcycle, dash and space", format!("{place}-{series}{n} {pair}")),
        3 => ("motorcycle, dash", format!("{place}{series}{n}-{pair}")),
        4 => ("motorcycle, space", format!("{place}{series}{n} {pair}")),
        5 => ("full-width digits", wide(&format!("{place}{letter}-{pair}"))),
        6 => ("with a word before", format!("BS {place}{letter}-{pair}")),
        10 => ("car, nothing between", format!("{place}{letter}{number}")),
        11 => ("motorcycle, nothing between", format!("{place}{series}{n}{number}")),
        12 => ("car, four digits", format!("{place}{letter}-{}", &number[1..])),
        13 => ("motorcycle, four digits", format!("{place}-{series}{n} {}", &number[1..])),
        14 => ("small letters", format!("{place}{letter}-{pair}").to_lowercase()),
        _ => ("car", format!("{place}{letter}-{pair}")),
    };
    holds(Id::Plate, form, text)
}

/// Numbers as different banks have them; none looks like a phone or a personal number.
fn account_number(rng: &mut Rng) -> String {
    match rng.below(6) {
        0 => format!("0721000{}", rng.digits(6)),
        1 => format!("5700205{}", rng.digits(6)),
        2 => format!("10287{}", rng.digits(7)),
        3 => format!("190{}", rng.digits(11)),
        4 => format!("6{}", rng.digits(8)),
        _ => format!("650102000{}", rng.digits(5)),
    }
}

fn bank_account(rng: &mut Rng) -> Cell {
    let number = account_number(rng);
    let (form, text) = match rng.below(14) {
        0 => ("spaces", grouped(&number, &[4], " ")),
        1 => ("dots", grouped(&number, &[4, 3, 3], ".")),
        2 => ("dashes", grouped(&number, &[4, 3, 3], "-")),
        3 => ("full-width digits", wide(&number)),
        4 => ("with a word before", format!("STK {number}")),
        5 => ("with the bank", format!("{number} - {}", rng.pick(&BANKS))),
        6 if !number.starts_with('0') => ("exponent", scientific(&number)),
        7 if !number.starts_with('0') => ("decimal point and zero", format!("{number}.0")),
        8 => ("apostrophe of a spreadsheet", format!("'{number}")),
        _ => ("digits", number),
    };
    holds(Id::BankAccount, form, text)
}

fn luhn_digit(number: &str) -> u32 {
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte - b'0') * if place % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    (10 - sum % 10) % 10
}

fn card_number(rng: &mut Rng) -> String {
    let (start, size) = match rng.below(6) {
        0 => (rng.pick(&["4", "412345", "423456"]), 16),
        1 => (rng.pick(&["512345", "545678"]), 16),
        2 => (rng.pick(&["970436", "970405"]), 19),
        _ => (rng.pick(&["970405", "970415", "970418", "970436", "970422"]), 16),
    };
    let number = format!("{start}{}", rng.digits(size - 1 - start.len()));
    format!("{number}{}", luhn_digit(&number))
}

/// As long as the number of a card, with a wrong check digit.
fn no_card_number(rng: &mut Rng, start: &str) -> String {
    let number = format!("{start}{}", rng.digits(15 - start.len()));
    format!("{number}{}", (u64::from(luhn_digit(&number)) + rng.within(1, 9)) % 10)
}

fn no_card(rng: &mut Rng) -> Cell {
    let start = rng.pick(&["20", "4", "10", "9704", "52"]);
    plain(no_card_number(rng, start))
}

fn bank_card(rng: &mut Rng) -> Cell {
    let number = card_number(rng);
    let (form, text) = match rng.below(10) {
        0 | 1 => ("spaces", grouped(&number, &[4], " ")),
        2 => ("dashes", grouped(&number, &[4], "-")),
        3 => ("full-width digits", wide(&number)),
        4 => ("with a word before", format!("Thẻ {number}")),
        5 => ("apostrophe of a spreadsheet", format!("'{number}")),
        6 => ("dots", grouped(&number, &[4], ".")),
        _ => ("digits", number),
    };
    holds(Id::BankCard, form, text)
}

const SUBJECTS: [&str; 8] = [
    "Báo cáo tình hình an ninh quý II",
    "Kế hoạch bảo vệ mục tiêu trọng điểm",
    "Phương án ứng phó tình huống",
    "Danh sách vị trí bố trí lực lượng",
    "Kết luận kiểm tra nội bộ",
    "Tờ trình về công tác cán bộ",
    "Báo cáo công tác quân sự địa phương",
    "Kế hoạch diễn tập khu vực phòng thủ",
];

/// A stamp or mark of secrecy.
fn secret(rng: &mut Rng) -> Cell {
    let level = rng.pick(&["MẬT", "MẬT", "TỐI MẬT", "TUYỆT MẬT"]);
    let subject = rng.pick(&SUBJECTS);
    let (form, text) = match rng.below(18) {
        0 => ("in brackets", format!("[{level}]")),
        1 => ("in round brackets", format!("({level})")),
        2 => ("on a line of its own", format!("{level}\n{subject}")),
        3 => ("before the subject, dash", format!("{level} - {subject}")),
        4 => ("before the subject, colon", format!("{level}: {subject}")),
        5 => ("without tone marks", rng.pick(&["TUYET MAT", "TOI MAT"]).to_owned()),
        6 => ("copy number", format!("BẢN SAO SỐ: {:02}", rng.within(1, 12))),
        7 => ("copy number, no colon", format!("BẢN SAO SỐ {:02}", rng.within(1, 12))),
        8 => ("copy of a secret", "BẢN SAO BÍ MẬT NHÀ NƯỚC".to_owned()),
        9 => ("only for the one named", "CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ".to_owned()),
        10 => ("to be given back", "TÀI LIỆU THU HỒI".to_owned()),
        11 => ("secret series", format!("{:02}/{} (M)", rng.within(1, 90), rng.pick(&["BC-UBND", "KH-BCH", "CV-SNV"]))),
        12 => ("after a word", format!("Độ mật: {level}")),
        13 => ("in stars", format!("* {level} *")),
        14 => ("with the copy", format!("{level} – Bản số: {:02}", rng.within(1, 9))),
        _ => ("alone", level.to_owned()),
    };
    holds(Id::Secret, form, text)
}

/// Capitals and small letters with "mật" in them that are no stamp.
fn no_secret(rng: &mut Rng) -> Cell {
    plain(rng.pick(&[
        "MẬT ĐỘ DÂN SỐ",
        "Mật độ xây dựng 40%",
        "MẬT ĐỘ XÂY DỰNG GỘP TỐI ĐA 60%",
        "MẬT ONG RỪNG",
        "Mật ong hoa cà phê",
        "BẢO MẬT THÔNG TIN",
        "Đổi mật khẩu định kỳ 90 ngày",
        "MẬT KHẨU MẠNH",
        "Luật Bảo vệ bí mật nhà nước",
        "LUẬT BẢO VỆ BÍ MẬT NHÀ NƯỚC",
        "Học viện Kỹ thuật Mật mã",
        "HỌC VIỆN KỸ THUẬT MẬT MÃ",
        "Rỉ mật đường",
        "MẬT MÍA",
        "Cam kết bảo mật thông tin khách hàng",
        "Ấp Mật",
        "Suối Mật",
        "Chùa Mật Sơn",
        "Bí mật kinh doanh",
        "Viêm túi mật",
        "SỎI TÚI MẬT",
        "Tập huấn công tác bảo vệ bí mật nhà nước",
        "Không",
        "Thường",
        "Chiều dài (M)",
        "Áo sơ mi (M)",
        "Bản sao có chứng thực",
        "Bản số 2",
        "Hoạt động mật thiết",
        "MẬT ĐỘ GIAO THÔNG TRUNG BÌNH",
    ]))
}

// ------------------------------------------------------------
// Sentences

fn told_by_phone(rng: &mut Rng) -> Cell {
    let number = phone_number(rng);
    let number = match rng.below(4) {
        0 => number,
        1 => grouped(&number, &[4, 3, 3], " "),
        2 => grouped(&number, &[4, 3, 3], "."),
        _ => format!("+84 {}", grouped(&number[1..], &[3], " ")),
    };
    let name = any_name(rng);
    let text = match rng.below(6) {
        0 => format!("Liên hệ anh {} {number}", rng.pick(&MALE_GIVEN)),
        1 => format!("Người dân báo qua số {number}, đề nghị xử lý trước ngày {}", day(rng)),
        2 => format!("Đã gọi lại {number} lúc 14:30 nhưng không ai nghe máy."),
        3 => format!("Zalo {number} ({name})"),
        4 => format!("gặp chị {},{number},sau 17h", rng.pick(&FEMALE_GIVEN)),
        _ => format!("Hộ {name} xin đổi giờ, sđt {number}; còn thiếu 2 giấy tờ"),
    };
    holds(Id::Phone, "in a sentence", text)
}

fn told_by_mail(rng: &mut Rng) -> Cell {
    let address = format!("{}@{}", mailbox(rng), rng.pick(&["gmail.com", "yahoo.com.vn", "outlook.com"]));
    let text = match rng.below(4) {
        0 => format!("Gửi kết quả về {address}."),
        1 => format!("Phản hồi qua hộp thư ({address}), không cần bản giấy"),
        2 => format!("Người gửi:{address};ngày {}", day(rng)),
        _ => format!("Tài khoản dịch vụ công đăng ký bằng {address}, đã xác nhận"),
    };
    holds(Id::Email, "in a sentence", text)
}

fn told_plate(rng: &mut Rng) -> Cell {
    let n = rng.within(1, 9);
    let number = grouped(&format!("{}{}", rng.within(1, 9), rng.digits(4)), &[3, 2], ".");
    let plate = match rng.below(3) {
        0 => format!("70A-{number}"),
        1 => format!("70-B{n} {number}"),
        _ => format!("51C-{}", number.replace('.', "")),
    };
    let text = match rng.below(4) {
        0 => format!("Xe biển số {plate} đỗ chắn lối vào chợ"),
        1 => format!("Xe tải {plate} chở đất rơi vãi trên đường {}", rng.pick(&STREETS)),
        2 => format!("BKS: {plate}, chạy quá tốc độ 72/60 km/h"),
        _ => format!("Hai xe va chạm, trong đó có xe {plate}; không có người bị thương"),
    };
    holds(Id::Plate, "in a sentence", text)
}

fn told_citizen(rng: &mut Rng, who: &Someone) -> Cell {
    let number = citizen_number(rng, who);
    let text = match rng.below(5) {
        0 => format!("CCCD số {number} cấp ngày {} tại Cục Cảnh sát QLHC về TTXH", day(rng)),
        1 => format!("Căn cước công dân: {number}, hồ sơ nộp trực tiếp"),
        2 => format!("Số định danh cá nhân {} đã đối chiếu", grouped(&number, &[3], " ")),
        3 => format!("can cuoc {number} (ban photo)"),
        _ => format!("{} {} ({number}) đến nhận thay", if who.female { "Bà" } else { "Ông" }, who.name()),
    };
    holds(Id::Citizen, "in a sentence", text)
}

fn told_old_citizen(rng: &mut Rng) -> Cell {
    let number = format!("29{}", rng.digits(7));
    let text = match rng.below(5) {
        0 => format!("CMND số {number} do Công an tỉnh cấp"),
        1 => format!("Giấy chứng minh nhân dân {} cấp năm 2012", grouped(&number, &[3], " ")),
        2 => format!("so CMND: {number}, da het han"),
        3 => format!("Xuất trình CMT {number}"),
        _ => format!("Đổi từ CMND {number} sang thẻ căn cước"),
    };
    holds(Id::OldCitizen, "in a sentence", text)
}

fn told_account(rng: &mut Rng) -> Cell {
    let (number, bank) = (account_number(rng), rng.pick(&BANKS));
    let text = match rng.below(5) {
        0 => format!("Chuyển khoản vào STK {number} {bank}"),
        1 => format!("Đề nghị chi qua tài khoản số {number} mở tại Ngân hàng {bank}"),
        2 => format!("TK {} ({bank} CN Tây Ninh)", grouped(&number, &[4], " ")),
        3 => format!("so tai khoan: {number} - {bank}"),
        _ => format!("Đã trả tiền vào số tài khoản {number} ngày {}", day(rng)),
    };
    holds(Id::BankAccount, "in a sentence", text)
}

fn told_card(rng: &mut Rng) -> Cell {
    let number = card_number(rng);
    let number = if rng.hundredths(50) { number } else { grouped(&number, &[4], " ") };
    let text = match rng.below(4) {
        0 => format!("Thanh toán bằng thẻ {number}, thành công"),
        1 => format!("Hoàn tiền về {number} trong 07 ngày"),
        2 => format!("Giao dịch qua POS, the {number}, ma chuan chi {}", rng.digits(6)),
        _ => format!("Khách quẹt thẻ {number} lúc 09:15"),
    };
    holds(Id::BankCard, "in a sentence", text)
}

fn told_social(rng: &mut Rng) -> Cell {
    let number = format!("72{}", rng.digits(8));
    let text = match rng.below(3) {
        0 => format!("Sổ BHXH số {number} chốt đến tháng 6/2024"),
        1 => format!("Mã số bảo hiểm xã hội {number}, đã đồng bộ"),
        _ => format!("ma so BHXH: {number}"),
    };
    holds(Id::SocialInsurance, "in a sentence", text)
}

fn told_health(rng: &mut Rng) -> Cell {
    let number = format!("{}{}72{}", rng.pick(&["GD", "HN", "HS", "TE"]), rng.within(1, 4), rng.digits(10));
    let text = match rng.below(3) {
        0 => format!("Thẻ {number} còn hạn đến 31/12/2025"),
        1 => format!("KCB đúng tuyến, BHYT {number}."),
        _ => format!("Trẻ dùng thẻ {number} (chưa có ảnh)"),
    };
    holds(Id::HealthInsurance, "in a sentence", text)
}

fn told_passport(rng: &mut Rng) -> Cell {
    let number = format!("{}{}", rng.pick(&["B", "C", "P"]), rng.digits(7));
    let text = match rng.below(3) {
        0 => format!("Hộ chiếu số {number} cấp ngày {}", day(rng)),
        1 => format!("Nhập cảnh bằng hộ chiếu {number}, lưu trú 15 ngày"),
        _ => format!("passport {number}, visa du lich"),
    };
    holds(Id::Passport, "in a sentence", text)
}

fn told_tax(rng: &mut Rng) -> Cell {
    let number = tax_number(rng, "8");
    let text = match rng.below(3) {
        0 => format!("Mã số thuế cá nhân {number}, đã quyết toán năm 2023"),
        1 => format!("MST cá nhân: {number} (ủy quyền quyết toán)"),
        _ => format!("ma so thue ca nhan {number}, hoan thue 1.250.000 dong"),
    };
    holds(Id::Tax, "in a sentence", text)
}

/// Name, birth and home of one person in one sentence.
fn told_person(rng: &mut Rng, who: &Someone) -> Cell {
    let text = match rng.below(4) {
        0 => format!("Ông/bà {}, sinh ngày {}, thường trú tại {}", who.name(), who.born(), who.home),
        1 => format!("{}, sinh năm {}, trú tại {}, đề nghị cấp lại giấy chứng nhận", who.name(), who.year, who.home),
        2 => format!("Đơn của {} {} (sinh ngày {}; địa chỉ: {})", who.title(), who.name(), who.born(), who.home),
        _ => format!("Người nộp: {}; ngày sinh: {}; nơi cư trú: {}", who.name(), who.born(), who.home),
    };
    holds(Id::Person, "in a sentence", text)
}

/// A sentence without personal data.
fn told_nothing(rng: &mut Rng) -> Cell {
    let text = match rng.below(14) {
        0 => format!("Đèn chiếu sáng đường {} hỏng từ ngày {}", rng.pick(&STREETS), day(rng)),
        1 => format!("Theo Quyết định số {}/QĐ-UBND ngày {}", rng.within(12, 3500), day(rng)),
        2 => format!(
            "Thửa đất số {}, tờ bản đồ số {}, diện tích {},5 m2",
            rng.within(1, 900),
            rng.within(1, 80),
            rng.within(80, 900)
        ),
        3 => format!("Kinh phí {} đồng, nguồn ngân sách tỉnh", dotted(money(rng, 10))),
        4 => {
            format!("Rác chưa được thu gom tại chợ {}, hẹn xử lý trong {} ngày", rng.pick(&COMMUNES), rng.within(2, 9))
        }
        5 => format!("Gọi tổng đài 1900 {} hoặc 1022 để được hướng dẫn", rng.digits(4)),
        6 => format!(
            "Liên hệ {} qua số (0276) 38{} {} trong giờ hành chính",
            rng.pick(&OFFICES),
            rng.digits(2),
            rng.digits(3)
        ),
        7 => format!(
            "Mã hồ sơ 000.00.{:02}.H53-24{:02}{:02}-{}",
            rng.within(1, 40),
            rng.within(1, 12),
            rng.within(1, 28),
            rng.digits(4)
        ),
        8 => format!("Vị trí 11.{}, 106.{}", rng.digits(6), rng.digits(6)),
        9 => format!("Hóa đơn số {} ký hiệu 1C24TAA ngày {}", rng.digits(8), day(rng)),
        10 => format!("Bổ sung {} bản sao giấy khai sinh", rng.within(1, 3)),
        11 => format!("Cập nhật lúc {}:{:02} {}", rng.within(7, 16), rng.within(0, 59), day(rng)),
        12 => format!("Trường {} đề nghị sửa cổng trường", rng.pick(&SCHOOLS)),
        _ => format!("Công tơ chỉ {} kWh, kỳ trước {} kWh", rng.within(10_000, 99_999), rng.within(1000, 9999)),
    };
    plain(text)
}

// ------------------------------------------------------------
// Tables

/// What a column says about the person of its row.
#[derive(Clone, Copy, PartialEq)]
enum Role {
    Other,
    /// The name of the person the row is about.
    Name,
    Birth,
    Home,
}

type Fill = Box<dyn Fn(&mut Rng, &Line) -> Cell>;

/// What the cells of a row are drawn from.
struct Line {
    number: usize,
    who: Someone,
}

struct Column {
    title: String,
    note: String,
    role: Role,
    fill: Fill,
    /// How many of a hundred cells are empty.
    gaps: u64,
}

fn col(title: &str, fill: impl Fn(&mut Rng, &Line) -> Cell + 'static) -> Column {
    Column { title: title.to_owned(), note: String::new(), role: Role::Other, fill: Box::new(fill), gaps: 0 }
}

impl Column {
    fn note(mut self, note: &str) -> Self {
        self.note = note.to_owned();
        self
    }

    fn role(mut self, role: Role) -> Self {
        self.role = role;
        self
    }

    fn gaps(mut self, gaps: u64) -> Self {
        self.gaps = gaps;
        self
    }
}

fn count_col() -> Column {
    col("STT", |_, line| plain((line.number + 1).to_string()))
}

fn name_col(title: &str) -> Column {
    col(title, |_, line| plain(line.who.name())).role(Role::Name)
}

fn birth_col(title: &str) -> Column {
    col(title, |_, line| plain(line.who.born())).role(Role::Birth)
}

fn iso_birth_col(title: &str) -> Column {
    col(title, |_, line| plain(format!("{}-{:02}-{:02}", line.who.year, line.who.month, line.who.day)))
        .role(Role::Birth)
}

fn year_col(title: &str) -> Column {
    col(title, |_, line| plain(line.who.year.to_string())).role(Role::Birth)
}

fn home_col(title: &str) -> Column {
    col(title, |_, line| plain(line.who.home.clone())).role(Role::Home)
}

fn money_col(title: &str, digits: u32) -> Column {
    col(title, move |rng, _| plain(money(rng, digits).to_string()))
}

fn one_of(title: &str, list: &'static [&'static str]) -> Column {
    col(title, move |rng, _| plain(rng.pick(list)))
}

fn day_col(title: &str) -> Column {
    col(title, |rng, _| plain(day(rng)))
}

/// How a whole table is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Composed,
    Decomposed,
    Bare,
}

/// A table under the making.
struct Draft {
    name: &'static str,
    text: String,
    rows: usize,
    style: Style,
    born: (u64, u64),
    quasi: Vec<usize>,
    small_group: u32,
    columns: Vec<Column>,
}

fn draft(name: &'static str, text: &str, rows: usize, columns: Vec<Column>) -> Draft {
    Draft {
        name,
        text: text.to_owned(),
        rows,
        style: Style::Composed,
        born: (1940, 2003),
        quasi: Vec::new(),
        small_group: 5,
        columns,
    }
}

impl Draft {
    fn style(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    fn born(mut self, from: u64, to: u64) -> Self {
        self.born = (from, to);
        self
    }

    fn quasi(mut self, columns: &[usize], small_group: u32) -> Self {
        self.quasi = columns.to_vec();
        self.small_group = small_group;
        self
    }

    fn written(&self, text: &str) -> String {
        match self.style {
            Style::Composed => text.to_owned(),
            Style::Decomposed => decomposed(text),
            Style::Bare => bare(text),
        }
    }

    /// What the row is as a whole: it needs a name; with birth and home it singles somebody out.
    fn person(&self, cells: &[Cell]) -> Option<(Need, &'static str)> {
        let has = |role: Role| {
            let mut of_role = self.columns.iter().zip(cells).filter(|(column, _)| column.role == role).peekable();
            of_role.peek().is_some() && of_role.all(|(_, cell)| !cell.text.is_empty())
        };
        if cells.iter().any(|cell| cell.marks.iter().any(|mark| mark.id == Id::Person)) || !has(Role::Name) {
            return None;
        }
        match (has(Role::Birth), has(Role::Home)) {
            (true, true) => Some((Need::Block, self.name)),
            (true, false) => Some((Need::Any, "name and birth only")),
            (false, true) => Some((Need::Free, "name and home only")),
            (false, false) if cells.iter().any(|cell| !cell.marks.is_empty()) => {
                Some((Need::Free, "name and a number"))
            }
            (false, false) => None,
        }
    }

    fn made(self) -> Table {
        let mut rng = Rng::named(self.name);
        let (mut rows, mut labels) = (Vec::new(), Vec::new());
        for number in 0..self.rows {
            let line = Line { number, who: Someone::new(&mut rng, self.born.0, self.born.1) };
            let mut cells = Vec::new();
            for column in &self.columns {
                let cell = (column.fill)(&mut rng, &line);
                cells.push(if rng.hundredths(column.gaps) { empty() } else { cell });
            }
            let row = number as u64;
            if let Some((need, form)) = self.person(&cells) {
                labels.push(Label { row, column: 0, id: Id::Person, or: None, need, form });
            }
            for (column, cell) in cells.iter().enumerate() {
                labels.extend(cell.marks.iter().map(|mark| Label {
                    row,
                    column,
                    id: mark.id,
                    or: mark.or,
                    need: mark.need,
                    form: mark.form,
                }));
            }
            let written = |cell: &Cell| (!cell.text.is_empty()).then(|| self.written(&cell.text));
            rows.push(cells.iter().map(written).collect::<Vec<_>>());
        }
        let mut groups: BTreeMap<Vec<String>, Vec<u64>> = BTreeMap::new();
        if !self.quasi.is_empty() {
            for (number, row) in rows.iter().enumerate() {
                // The same words are one group, however their letters are put together.
                let key =
                    self.quasi.iter().map(|&column| decomposed(row[column].as_deref().unwrap_or_default())).collect();
                groups.entry(key).or_default().push(number as u64);
            }
        }
        for small in groups.values().filter(|rows| (rows.len() as u64) < u64::from(self.small_group)) {
            labels.extend(small.iter().map(|&row| Label {
                row,
                column: 0,
                id: Id::SmallGroup,
                or: None,
                need: Need::Block,
                form: self.name,
            }));
        }
        Table {
            name: self.name,
            text: self.written(&self.text),
            headings: self.columns.iter().map(|c| (self.written(&c.title), self.written(&c.note))).collect(),
            rows,
            quasi: self.quasi,
            small_group: self.small_group,
            labels,
        }
    }
}

/// Mixes cells that hold something into those that do not: `share` of a hundred.
fn some(share: u64, told: impl Fn(&mut Rng, &Line) -> Cell + 'static) -> impl Fn(&mut Rng, &Line) -> Cell {
    move |rng, line| if rng.hundredths(share) { told(rng, line) } else { told_nothing(rng) }
}

fn class(rng: &mut Rng) -> String {
    format!("{}{}{}", rng.within(6, 12), rng.pick(&["A", "B", "C", "A"]), rng.within(1, 9))
}

fn decision(rng: &mut Rng) -> String {
    match rng.below(4) {
        0 => format!("{}/{}/QĐ-UBND", rng.within(1, 80), rng.within(2019, 2025)),
        1 => format!("{}/QĐ-UBND", rng.within(100, 3900)),
        2 => format!("{}/{}/NQ-HĐND", rng.within(1, 40), rng.within(2019, 2025)),
        _ => format!("{}/SNV-CCVC", rng.within(100, 3900)),
    }
}

/// Tables about people, whose headings tell what the numbers are.
fn of_people() -> Vec<Draft> {
    vec![
        draft(
            "poor households",
            "Danh sách hộ nghèo, hộ cận nghèo nhận hỗ trợ năm 2024",
            420,
            vec![
                count_col(),
                name_col("Họ và tên chủ hộ"),
                year_col("Năm sinh"),
                col("Số CCCD", |rng, line| citizen(rng, &line.who, Told)).gaps(4),
                home_col("Địa chỉ"),
                col("Số nhân khẩu", |rng, _| plain(rng.within(1, 8).to_string())),
                money_col("Số tiền hỗ trợ (đồng)", 7),
                col("Số tài khoản", |rng, _| bank_account(rng)).gaps(10),
                one_of("Ngân hàng", &BANKS),
            ],
        ),
        draft(
            "social protection",
            "Đối tượng bảo trợ xã hội hưởng trợ cấp hằng tháng",
            380,
            vec![
                count_col(),
                name_col("Họ tên"),
                birth_col("Ngày, tháng, năm sinh"),
                col("Số CMND/CCCD", |rng, line| {
                    if rng.hundredths(50) { citizen(rng, &line.who, Told) } else { old_citizen(rng) }
                }),
                home_col("Nơi thường trú"),
                money_col("Mức trợ cấp", 6),
                col("Số quyết định", |rng, _| plain(decision(rng))),
            ],
        ),
        draft(
            "people of merit",
            "Danh sách người có công với cách mạng đang quản lý",
            300,
            vec![
                name_col("HỌ VÀ TÊN"),
                birth_col("NGÀY SINH"),
                home_col("NƠI CƯ TRÚ"),
                col("SỐ HỒ SƠ", |rng, _| plain(format!("TN/{}", rng.digits(5)))),
                col("SỐ SỔ BHXH", |rng, _| social_insurance(rng)).gaps(20),
                money_col("TRỢ CẤP", 7),
            ],
        )
        .born(1930, 1975),
        draft(
            "pupils with parents",
            "Danh sách học sinh đầu cấp năm học 2024-2025",
            450,
            vec![
                col("Mã học sinh", |rng, _| plain(format!("72{}", rng.digits(8)))),
                name_col("Họ và tên học sinh"),
                birth_col("Ngày sinh"),
                col("Lớp", |rng, _| plain(class(rng))),
                col("Họ tên cha/mẹ", |rng, _| plain(any_name(rng))),
                col("Thông tin liên hệ / Điện thoại", |rng, _| phone(rng, Told)).gaps(6),
                home_col("Chỗ ở hiện nay"),
                col("Số định danh cá nhân", |rng, line| citizen(rng, &line.who, Told)),
            ],
        )
        .born(2007, 2018)
        .style(Style::Decomposed),
        draft(
            "marks of a class",
            "Kết quả học tập học kỳ I",
            260,
            vec![
                count_col(),
                col("Họ đệm", |_, line| plain(format!("{} {}", line.who.family, line.who.middle))).role(Role::Name),
                col("Tên", |_, line| plain(line.who.given)).role(Role::Name),
                birth_col("Ngày sinh"),
                col("Lớp", |rng, _| plain(class(rng))),
                col("Toán", |rng, _| plain(format!("{},{}", rng.within(3, 9), rng.below(10)))),
                col("Ngữ văn", |rng, _| plain(format!("{},{}", rng.within(3, 9), rng.below(10)))),
            ],
        )
        .born(2007, 2012),
        draft(
            "vaccination",
            "Trẻ em trong diện tiêm chủng mở rộng",
            350,
            vec![
                name_col("Họ tên trẻ"),
                birth_col("Ngày sinh"),
                col("Họ tên mẹ", |rng, _| plain(any_name(rng))),
                col("SĐT mẹ", |rng, _| phone(rng, Told)).gaps(5),
                home_col("Địa chỉ thường trú"),
                col("Mã thẻ BHYT", |rng, _| health_insurance(rng, Told)).gaps(5),
                one_of("Vắc xin", &["BCG", "DPT-VGB-Hib", "Sởi", "MR", "bOPV"]),
                col("Lô vắc xin", |rng, _| plain(format!("{}{}", rng.capital(), rng.digits(7)))),
            ],
        )
        .born(2019, 2024),
        draft(
            "health insurance of families",
            "Người tham gia bảo hiểm y tế hộ gia đình",
            400,
            vec![
                count_col(),
                name_col("Họ tên"),
                birth_col("Ngày sinh"),
                one_of("Giới tính", &["Nam", "Nữ"]),
                col("Số thẻ bảo hiểm y tế", |rng, _| health_insurance(rng, Told)),
                col("Nơi KCB ban đầu", |rng, _| plain(format!("72-{}", rng.digits(3)))),
                day_col("Hạn sử dụng"),
            ],
        ),
        draft(
            "insured workers",
            "Lao động tham gia bảo hiểm xã hội bắt buộc",
            420,
            vec![
                name_col("Họ tên người lao động"),
                col("Mã số BHXH", |rng, _| social_insurance(rng)),
                money_col("Mức lương đóng (đồng)", 8),
                one_of("Đơn vị sử dụng lao động", &COMPANIES),
                col("Mã số thuế đơn vị", |rng, _| enterprise_tax(rng)),
                col("Số CMT", |rng, _| old_citizen(rng)).gaps(40),
            ],
        ),
        draft(
            "household businesses",
            "Danh sách hộ kinh doanh nộp thuế khoán",
            380,
            vec![
                col("Tên hộ kinh doanh", |rng, line| {
                    plain(format!("Hộ kinh doanh {} {}", line.who.given, rng.within(1, 99)))
                }),
                name_col("Chủ hộ"),
                col("Mã số thuế cá nhân", |rng, line| {
                    if rng.hundredths(12) {
                        // Since July 2025 the personal number is the tax code.
                        let mut cell = holds(Id::Citizen, "as a tax code", citizen_number(rng, &line.who));
                        cell.marks.push(Mark { id: Id::Tax, or: None, need: Need::Free, form: "personal number" });
                        cell
                    } else {
                        personal_tax(rng)
                    }
                }),
                one_of(
                    "Ngành nghề",
                    &["Bán lẻ tạp hóa", "Ăn uống", "Sửa chữa xe máy", "May mặc", "Vật tư nông nghiệp"],
                ),
                money_col("Vốn kinh doanh (đồng)", 9),
                col("Địa điểm kinh doanh", |rng, _| plain(home(rng))),
                money_col("Thuế khoán/tháng", 6),
            ],
        ),
        draft(
            "income tax",
            "Quyết toán thuế thu nhập cá nhân theo người nộp",
            400,
            vec![
                name_col("Họ tên người nộp thuế"),
                col("MST cá nhân", |rng, _| personal_tax(rng)),
                money_col("Thu nhập chịu thuế", 9),
                money_col("Thuế phải nộp", 8),
                col("Email nhận thông báo", |rng, _| email(rng)).gaps(10),
            ],
        ),
        draft(
            "cars inspected",
            "Phương tiện hết hạn đăng kiểm tháng 6/2024",
            400,
            vec![
                count_col(),
                col("Biển số xe", |rng, _| plate(rng, Told)),
                one_of("Nhãn hiệu", &["TOYOTA", "KIA", "HYUNDAI", "THACO", "ISUZU", "FORD"]),
                col("Số khung", |rng, _| {
                    plain(format!("RLH{}{}5712MY{}", rng.capital(), rng.capital(), rng.digits(6)))
                }),
                col("Số máy", |rng, _| plain(format!("JF{}{}-{}", rng.digits(2), rng.capital(), rng.digits(7)))),
                col("Năm SX", |rng, _| plain(rng.within(2001, 2023).to_string())),
                day_col("Hạn kiểm định"),
                col("Số tem", |rng, _| plain(format!("{}{}-{}", rng.capital(), rng.capital(), rng.digits(7)))),
            ],
        ),
        draft(
            "traffic offences",
            "Kết quả xử lý vi phạm qua camera giao thông",
            450,
            vec![
                col("Biển kiểm soát", |rng, _| plate(rng, Told)),
                col("Thời điểm", |rng, _| {
                    plain(format!(
                        "2024{:02}{:02}{:02}{:02}{:02}",
                        rng.within(1, 12),
                        rng.within(1, 28),
                        rng.below(24),
                        rng.below(60),
                        rng.below(60)
                    ))
                }),
                one_of("Lỗi vi phạm", &["Vượt đèn đỏ", "Chạy quá tốc độ", "Đi sai làn đường", "Không đội mũ bảo hiểm"]),
                col("Vị trí", |rng, _| plain(format!("11.{}, 106.{}", rng.digits(6), rng.digits(6)))),
                col("Số biên bản", |rng, _| plain(format!("{:06}/BB-VPHC", rng.within(1, 99_999)))),
                money_col("Mức phạt (đồng)", 7),
                col("Ghi chú", some(18, |rng, _| told_plate(rng))),
            ],
        ),
        draft(
            "motorcycles registered",
            "Dang ky xe mo to tai xa",
            300,
            vec![
                col("Biển số", |rng, _| plate(rng, Told)),
                name_col("Chủ xe"),
                home_col("Địa chỉ"),
                one_of("Loại xe", &["WAVE ALPHA", "SIRIUS", "VISION", "EXCITER 150"]),
                col("Dung tích", |rng, _| plain(rng.pick(&["109", "124", "149"]))),
            ],
        )
        .style(Style::Bare),
        draft(
            "foreign stays",
            "Khai báo lưu trú của khách",
            380,
            vec![
                name_col("Họ tên khách"),
                birth_col("Ngày sinh"),
                col("Số hộ chiếu", |rng, _| passport(rng)),
                one_of("Quốc tịch", &["Việt Nam", "Campuchia", "Hàn Quốc", "Nhật Bản"]),
                day_col("Ngày đến"),
                col("Phòng", |rng, _| plain(format!("{}{:02}", rng.pick(&["A", "B"]), rng.within(101, 320)))),
            ],
        ),
        draft(
            "workers abroad",
            "Lao dong di lam viec o nuoc ngoai theo hop dong",
            300,
            vec![
                name_col("Họ và tên"),
                iso_birth_col("Ngày sinh"),
                home_col("Hộ khẩu thường trú"),
                col("Hộ chiếu/CCCD", |rng, line| {
                    if rng.hundredths(70) { passport(rng) } else { citizen(rng, &line.who, Told) }
                }),
                col("Điện thoại di động", |rng, _| phone(rng, Told)),
                one_of("Thị trường", &["Nhật Bản", "Đài Loan", "Hàn Quốc"]),
            ],
        )
        .style(Style::Bare),
        draft(
            "civil servants",
            "Danh sách công chức, viên chức",
            320,
            vec![
                name_col("Họ và tên"),
                birth_col("Ngày tháng năm sinh"),
                one_of("Chức vụ", &["Chuyên viên", "Phó Trưởng phòng", "Trưởng phòng", "Văn thư"]),
                one_of("Đơn vị", &OFFICES),
                col("Email công vụ", |rng, _| office_mail(rng)),
                col("Email cá nhân", |rng, _| email(rng)).gaps(10),
                col("Di động", |rng, _| phone(rng, Told)),
                col("Mã ngạch", |rng, _| plain(rng.pick(&["01.003", "01.002", "02.008"]))),
                col("Hệ số lương", |rng, _| plain(format!("{},{:02}", rng.within(2, 5), rng.below(100)))),
            ],
        )
        .born(1965, 2000),
        draft(
            "training course",
            "Danh sach dang ky tap huan chuyen doi so",
            300,
            vec![
                name_col("Họ và tên"),
                one_of("Đơn vị công tác", &OFFICES),
                col("Số điện thoại", |rng, _| phone(rng, Told)),
                col("Địa chỉ email", |rng, _| email(rng)),
                col("Số CMND", |rng, _| old_citizen(rng)),
            ],
        )
        .style(Style::Bare),
        draft(
            "payments to accounts",
            "Chi trả trợ cấp không dùng tiền mặt",
            420,
            vec![
                name_col("Người hưởng"),
                col("STK", |rng, _| bank_account(rng)),
                one_of("Tên ngân hàng", &BANKS),
                money_col("Số tiền", 7),
                col("Nội dung", |rng, _| plain(format!("Tro cap thang {}/2024", rng.within(1, 12)))),
                col("Mã giao dịch", |rng, _| plain(format!("FT24{}{}", rng.digits(9), rng.capital()))),
            ],
        ),
        draft(
            "welfare cards",
            "Phát hành thẻ an sinh xã hội",
            320,
            vec![
                name_col("Chủ thẻ"),
                col("Số thẻ ATM", |rng, _| bank_card(rng)),
                day_col("Ngày phát hành"),
                one_of("Chi nhánh", &BANKS),
            ],
        ),
        draft(
            "land users",
            "Danh sách người sử dụng đất được cấp giấy chứng nhận",
            380,
            vec![
                name_col("Tên người sử dụng đất"),
                year_col("Năm sinh"),
                col("Số CMND", |rng, _| old_citizen(rng)),
                home_col("Địa chỉ thường trú"),
                col("Số thửa", |rng, _| plain(rng.within(1, 999).to_string())),
                col("Tờ bản đồ", |rng, _| plain(rng.within(1, 90).to_string())),
                col("Diện tích (m2)", |rng, _| {
                    plain(format!("{},{}", dotted(rng.within(80, 25_000)), rng.below(10)))
                }),
                col("Số phát hành GCN", |rng, _| {
                    plain(format!("{}{} {}", rng.pick(&["C", "D", "B"]), rng.capital(), rng.digits(6)))
                }),
                col("Số vào sổ", |rng, _| plain(format!("CS{}", rng.digits(5)))),
                money_col("Tiền sử dụng đất (đồng)", 9),
            ],
        ),
        draft(
            "fields of an interface",
            "so_lieu_xuat_tu_phan_mem",
            380,
            vec![
                col("id", |_, line| plain((100_000 + line.number).to_string())),
                name_col("ho_ten"),
                iso_birth_col("ngay_sinh"),
                home_col("dia_chi"),
                col("so_cccd", |rng, line| citizen(rng, &line.who, Told)),
                col("so_dien_thoai", |rng, _| phone(rng, Told)),
                col("email", |rng, _| email(rng)),
                col("created_at", |rng, _| plain((1_700_000_000_000 + rng.below(30_000_000_000)).to_string())),
            ],
        ),
        draft(
            "English fields",
            "Beneficiaries of the vocational programme",
            300,
            vec![
                name_col("full_name"),
                iso_birth_col("date_of_birth"),
                home_col("address"),
                col("phone_number", |rng, _| phone(rng, Told)),
                col("passport_no", |rng, _| passport(rng)),
                col("bank_account", |rng, _| bank_account(rng)),
            ],
        ),
        draft(
            "damaged by a spreadsheet",
            "Danh sách chi hỗ trợ, xuất từ bảng tính",
            320,
            vec![
                name_col("Họ tên"),
                col("Số CCCD", |rng, line| {
                    let number = citizen_number(rng, &line.who);
                    let short = number.trim_start_matches('0').to_owned();
                    match rng.below(20) {
                        0..=8 => holds(Id::Citizen, "leading zeros lost", short),
                        9..=13 => holds(Id::Citizen, "exponent", scientific(&number)),
                        14..=16 => holds(Id::Citizen, "decimal point and zero", format!("{short}.0")),
                        17 => holds(
                            Id::Citizen,
                            "digits lost",
                            format!("{}.{}E+{}", &short[..1], &short[1..3], short.len() - 1),
                        )
                        .need(Need::Free),
                        _ => holds(Id::Citizen, "exponent, decimal comma", scientific(&number).replace('.', ",")),
                    }
                }),
                col("Số điện thoại", |rng, _| {
                    let number = phone_number(rng);
                    match rng.below(4) {
                        0 => holds(Id::Phone, "exponent", scientific(&number)),
                        1 => holds(Id::Phone, "decimal point and zero", format!("{}.0", &number[1..])),
                        _ => holds(Id::Phone, "leading zero lost", &number[1..]),
                    }
                }),
                col("Mã số BHXH", |rng, _| {
                    holds(Id::SocialInsurance, "leading zeros lost", format!("1{}", rng.digits(8)))
                }),
                col("Số tài khoản", |rng, _| {
                    holds(Id::BankAccount, "exponent", scientific(&format!("10287{}", rng.digits(7))))
                }),
                money_col("Số tiền", 7),
            ],
        ),
        draft(
            "full width",
            "Danh sách quét từ bản giấy",
            240,
            vec![
                name_col("Họ và tên"),
                col("Ngày sinh", |_, line| plain(wide(&line.who.born()))).role(Role::Birth),
                home_col("Nơi ở"),
                col("Số căn cước", |rng, line| {
                    holds(Id::Citizen, "full-width digits", wide(&citizen_number(rng, &line.who)))
                }),
                col("Điện thoại", |rng, _| holds(Id::Phone, "full-width digits", wide(&phone_number(rng)))),
                col("Biển số xe", |rng, _| {
                    holds(
                        Id::Plate,
                        "full-width digits",
                        wide(&format!("70A-{}", grouped(&rng.digits(5), &[3, 2], "."))),
                    )
                }),
            ],
        ),
        draft(
            "driving licences",
            "Danh sách đổi giấy phép lái xe",
            220,
            vec![
                name_col("Họ và tên"),
                birth_col("Ngày sinh"),
                home_col("Nơi cư trú"),
                // Twelve digits too, and nobody has asked for them: not measured.
                col("Số GPLX", |rng, _| {
                    holds(
                        Id::Citizen,
                        "driving licence",
                        format!("{}{}", rng.pick(&["720", "790", "010"]), rng.digits(9)),
                    )
                    .need(Need::Free)
                }),
                one_of("Hạng", &["A1", "B2", "C", "B1"]),
                day_col("Ngày trúng tuyển"),
            ],
        ),
    ]
}

/// Tables in which the number is told by the description, by the cell alone, or by nothing.
fn of_little_context() -> Vec<Draft> {
    vec![
        draft(
            "old numbers by description",
            "Hộ dân di dời. Cột số giấy tờ là số chứng minh nhân dân (CMND) của chủ hộ.",
            320,
            vec![
                col("Ký hiệu hộ", |rng, line| plain(format!("H{}-{}", line.number + 1, rng.capital()))),
                col("Số giấy tờ", |rng, _| {
                    let number = format!("29{}", rng.digits(7));
                    if rng.hundredths(20) {
                        holds(Id::OldCitizen, "description, spaces", grouped(&number, &[3], " "))
                    } else {
                        holds(Id::OldCitizen, "description", number)
                    }
                }),
                col("Diện tích nhà (m2)", |rng, _| plain(rng.within(40, 300).to_string())),
                money_col("Tiền bồi thường (đồng)", 9),
                day_col("Ngày bàn giao"),
            ],
        ),
        draft(
            "old numbers by note",
            "Bốc thăm nền tái định cư",
            260,
            vec![
                count_col(),
                col("Số", |rng, _| holds(Id::OldCitizen, "note of the column", format!("29{}", rng.digits(7))))
                    .note("Số chứng minh nhân dân của người bốc thăm"),
                col("Lô nền", |rng, _| {
                    plain(format!("{}{}-{:02}", rng.pick(&["A", "B", "C"]), rng.within(1, 9), rng.within(1, 40)))
                }),
            ],
        ),
        draft(
            "insurance by note",
            "Chốt sổ năm 2024",
            220,
            vec![
                count_col(),
                col("Mã số", |rng, _| {
                    holds(Id::SocialInsurance, "note of the column", format!("72{}", rng.digits(8)))
                })
                .note("Mã số bảo hiểm xã hội"),
                col("Số tháng đóng", |rng, _| plain(rng.within(1, 400).to_string())),
            ],
        ),
        draft(
            "passports by note",
            "Khách đoàn qua cửa khẩu Mộc Bài",
            220,
            vec![
                count_col(),
                col("Giấy tờ", |rng, _| {
                    holds(
                        Id::Passport,
                        "note of the column",
                        format!("{}{}", rng.pick(&["B", "C", "P"]), rng.digits(7)),
                    )
                })
                .note("So ho chieu"),
                col("Giờ qua", |rng, _| plain(format!("{:02}:{:02}", rng.below(24), rng.below(60)))),
            ],
        ),
        draft(
            "no headings",
            "Dữ liệu trích xuất",
            420,
            vec![
                col("Cột 1", |_, line| plain((line.number + 1).to_string())),
                col("Cột 2", |rng, line| citizen(rng, &line.who, Untold)).gaps(10),
                col("Cột 3", |rng, _| phone(rng, Untold)).gaps(10),
                col("Cột 4", |rng, _| email(rng)).gaps(10),
                col("Cột 5", |rng, _| plate(rng, Untold)).gaps(10),
                col("Cột 6", |rng, _| health_insurance(rng, Untold)).gaps(10),
                col("Cột 7", |rng, _| bank_card(rng)).gaps(10),
            ],
        ),
        draft(
            "one leak in a statistic",
            "Sản lượng theo ấp, vụ Đông Xuân",
            300,
            vec![
                one_of("Ấp", &HAMLETS),
                money_col("Sản lượng (kg)", 7),
                money_col("Giá trị (đồng)", 10),
                col("Ghi chú", |rng, line| match line.number {
                    17 | 120 => holds(Id::Citizen, "a single cell", citizen_number(rng, &line.who)),
                    44 | 201 => holds(Id::Phone, "a single cell", phone_number(rng)),
                    90 => holds(Id::Email, "a single cell", format!("{}@gmail.com", mailbox(rng))),
                    150 => told_account(rng),
                    250 => told_old_citizen(rng),
                    _ => empty(),
                }),
            ],
        ),
        draft(
            "calls to the city",
            "Phản ánh hiện trường tiếp nhận qua tổng đài 1022",
            600,
            vec![
                col("Mã phản ánh", |rng, _| plain(format!("PA{}{}", rng.within(2023, 2025), rng.digits(6)))),
                col("Thời gian", |rng, _| {
                    plain(format!(
                        "2024-{:02}-{:02}T{:02}:{:02}:00",
                        rng.within(1, 12),
                        rng.within(1, 28),
                        rng.below(24),
                        rng.below(60)
                    ))
                }),
                col(
                    "Nội dung",
                    some(55, |rng, _| match rng.below(4) {
                        0 | 1 => told_by_phone(rng),
                        2 => told_plate(rng),
                        _ => told_by_mail(rng),
                    }),
                ),
                col("Tọa độ", |rng, _| {
                    plain(format!(
                        "{}.{},{}.{}",
                        rng.within(10, 11),
                        rng.digits(7),
                        rng.within(105, 106),
                        rng.digits(7)
                    ))
                }),
                one_of("Đơn vị xử lý", &OFFICES),
            ],
        ),
        draft(
            "petitions",
            "Đơn thư tiếp nhận trong năm",
            420,
            vec![
                col("Số đến", |_, line| plain((line.number + 1).to_string())),
                day_col("Ngày đến"),
                col("Nội dung đơn", some(60, |rng, line| told_person(rng, &line.who))),
                col(
                    "Giấy tờ kèm theo",
                    some(
                        45,
                        |rng, line| {
                            if rng.hundredths(50) { told_citizen(rng, &line.who) } else { told_old_citizen(rng) }
                        },
                    ),
                ),
                one_of("Cơ quan giải quyết", &OFFICES),
            ],
        ),
        draft(
            "petitions, decomposed",
            "Đơn đề nghị của công dân",
            300,
            vec![
                count_col(),
                col("Trích yếu", some(50, |rng, line| told_person(rng, &line.who))),
                col(
                    "Ghi chú",
                    some(50, |rng, line| match rng.below(6) {
                        0 => told_citizen(rng, &line.who),
                        1 => told_old_citizen(rng),
                        2 => told_account(rng),
                        3 => told_social(rng),
                        4 => told_tax(rng),
                        _ => told_by_phone(rng),
                    }),
                ),
            ],
        )
        .style(Style::Decomposed),
        draft(
            "petitions, no tone marks",
            "Don thu kien nghi",
            300,
            vec![
                count_col(),
                col("Nội dung", some(50, |rng, line| told_person(rng, &line.who))),
                col(
                    "Ghi chú",
                    some(60, |rng, line| match rng.below(7) {
                        0 => told_citizen(rng, &line.who),
                        1 => told_old_citizen(rng),
                        2 => told_account(rng),
                        3 => told_social(rng),
                        4 => told_tax(rng),
                        5 => told_passport(rng),
                        _ => told_by_phone(rng),
                    }),
                ),
            ],
        )
        .style(Style::Bare),
        draft(
            "one-stop office",
            "Hồ sơ thủ tục hành chính",
            500,
            vec![
                col("Mã hồ sơ", |rng, _| {
                    plain(format!(
                        "000.00.{:02}.H53-24{:02}{:02}-{}",
                        rng.within(1, 40),
                        rng.within(1, 12),
                        rng.within(1, 28),
                        rng.digits(4)
                    ))
                }),
                one_of(
                    "Thủ tục",
                    &[
                        "Cấp giấy phép xây dựng",
                        "Đăng ký khai sinh",
                        "Cấp đổi giấy chứng nhận",
                        "Đăng ký hộ kinh doanh",
                    ],
                ),
                col("Tình trạng", |rng, _| plain(rng.pick(&["Đã trả", "Đang xử lý", "Chờ bổ sung"]))),
                col(
                    "Ghi chú",
                    some(60, |rng, line| match rng.below(9) {
                        0 => told_citizen(rng, &line.who),
                        1 => told_account(rng),
                        2 => told_social(rng),
                        3 => told_health(rng),
                        4 => told_passport(rng),
                        5 => told_tax(rng),
                        6 => told_by_mail(rng),
                        7 => told_by_phone(rng).within("", " – đã nhắc lần 2"),
                        _ => told_old_citizen(rng),
                    }),
                ),
            ],
        ),
        draft(
            "payments in a journal",
            "Nhật ký thanh toán dịch vụ công trực tuyến",
            450,
            vec![
                // As long as a card number, and none.
                col("Mã đơn hàng", |rng, _| no_card(rng)),
                col("Diễn giải", some(45, |rng, _| told_card(rng))),
                money_col("Số tiền (đồng)", 6),
                col("Thời gian", |rng, _| {
                    plain(format!(
                        "2024{:02}{:02}{:02}{:02}{:02}{}",
                        rng.within(1, 12),
                        rng.within(1, 28),
                        rng.below(24),
                        rng.below(60),
                        rng.below(60),
                        rng.digits(3)
                    ))
                }),
            ],
        ),
        draft(
            "tax codes without a word",
            "Đơn vị có tên trong kỳ báo cáo",
            200,
            vec![
                count_col(),
                one_of("Tên", &COMPANIES),
                col("Mã", |rng, _| {
                    holds(Id::Tax, "branch, no word", format!("{}-{:03}", tax_number(rng, "39"), rng.within(1, 20)))
                        .need(Need::Any)
                }),
            ],
        ),
        draft(
            "many words for one thing",
            "Tổng hợp từ nhiều biểu mẫu",
            220,
            vec![
                col("Số ĐT", |rng, _| short_phone(rng)),
                col("ĐTDĐ", |rng, _| short_phone(rng)),
                col("SDT", |rng, _| short_phone(rng)),
                col("Mobile", |rng, _| short_phone(rng)),
                col("  Số điện\nthoại (Zalo) ", |rng, _| short_phone(rng)),
                col("Số CMT", |rng, _| holds(Id::OldCitizen, "heading CMT", format!("29{}", rng.digits(7)))),
                col("CMTND", |rng, _| holds(Id::OldCitizen, "heading CMTND", format!("29{}", rng.digits(7)))),
                col("Chứng minh thư", |rng, _| {
                    holds(Id::OldCitizen, "heading chứng minh thư", format!("29{}", rng.digits(7)))
                }),
                col("Giấy CMND số", |rng, _| holds(Id::OldCitizen, "heading CMND", format!("29{}", rng.digits(7)))),
            ],
        ),
        draft(
            "more words for one thing",
            "Tổng hợp từ nhiều biểu mẫu, phần 2",
            220,
            vec![
                col("Số thẻ căn cước", |rng, line| {
                    let number = citizen_number(rng, &line.who);
                    holds(Id::Citizen, "heading thẻ căn cước", number.trim_start_matches('0'))
                }),
                col("Mã định danh công dân", |rng, line| {
                    let number = citizen_number(rng, &line.who);
                    holds(Id::Citizen, "heading định danh", number.trim_start_matches('0'))
                }),
                col("Sổ BHXH", |rng, _| {
                    holds(Id::SocialInsurance, "heading sổ BHXH", format!("72{}", rng.digits(8)))
                }),
                col("Số sổ bảo hiểm xã hội", |rng, _| {
                    holds(Id::SocialInsurance, "heading in full", format!("72{}", rng.digits(8)))
                }),
                col("Hộ chiếu", |rng, _| holds(Id::Passport, "heading hộ chiếu", format!("C{}", rng.digits(7)))),
                col("PASSPORT", |rng, _| holds(Id::Passport, "heading passport", format!("B{}", rng.digits(7)))),
                col("Số TK", |rng, _| holds(Id::BankAccount, "heading số TK", account_number(rng))),
                col("TK ngân hàng", |rng, _| holds(Id::BankAccount, "heading TK ngân hàng", account_number(rng))),
                col("Tài khoản nhận tiền", |rng, _| {
                    holds(Id::BankAccount, "heading tài khoản nhận", account_number(rng))
                }),
                col("Mã số thuế TNCN", |rng, _| holds(Id::Tax, "heading TNCN", tax_number(rng, "8"))),
            ],
        ),
        draft(
            "wages of a project",
            "Thanh toán nhân công công trình",
            260,
            vec![
                name_col("Người nhận"),
                col("Mã số thuế", |rng, _| personal_tax(rng)).note("Mã số thuế cá nhân của người nhận"),
                col("Tài khoản ngân hàng", |rng, _| bank_account(rng)),
                money_col("Số tiền", 7),
            ],
        ),
    ]
}

/// Tables with stamps of secrecy.
fn of_secrets() -> Vec<Draft> {
    vec![
        draft(
            "papers received",
            "Sổ theo dõi văn bản đến",
            420,
            vec![
                count_col(),
                col("Số, ký hiệu", |rng, _| plain(decision(rng))),
                day_col("Ngày văn bản"),
                col("Trích yếu", |rng, _| if rng.hundredths(70) { told_nothing(rng) } else { no_secret(rng) }),
                col("Độ mật", |rng, _| {
                    if rng.hundredths(60) { secret(rng) } else { plain(rng.pick(&["Thường", "Không", "-", ""])) }
                }),
                one_of("Độ khẩn", &["KHẨN", "THƯỢNG KHẨN", "HỎA TỐC", "Thường"]),
            ],
        ),
        draft(
            "papers received, decomposed",
            "Danh mục tài liệu lưu trữ",
            380,
            vec![
                col("Hộp số", |rng, _| plain(rng.within(1, 80).to_string())),
                col("Tên hồ sơ", |rng, _| if rng.hundredths(50) { secret(rng) } else { no_secret(rng) }),
                col("Thời hạn bảo quản", |rng, _| plain(rng.pick(&["Vĩnh viễn", "20 năm", "10 năm"]))),
            ],
        )
        .style(Style::Decomposed),
        draft(
            "a stamp among many lines",
            "Báo cáo công tác tháng của các đơn vị",
            500,
            vec![
                one_of("Đơn vị", &OFFICES),
                col("Nội dung", |rng, _| {
                    if rng.hundredths(12) {
                        secret(rng)
                    } else if rng.hundredths(50) {
                        no_secret(rng)
                    } else {
                        told_nothing(rng)
                    }
                }),
                col("Tiến độ (%)", |rng, _| plain(rng.within(0, 100).to_string())),
            ],
        ),
    ]
}

/// Tables without names in which small groups stand out.
fn of_groups() -> Vec<Draft> {
    vec![
        draft(
            "labour survey",
            "Điều tra lao động việc làm, dữ liệu từng người đã bỏ tên",
            700,
            vec![
                one_of("Giới tính", &["Nam", "Nữ"]),
                one_of("Nhóm tuổi", &["15-24", "25-34", "35-44", "45-54", "55-64", "65+"]),
                one_of("Xã/phường", &COMMUNES),
                one_of("Trình độ", &["Chưa qua đào tạo", "Sơ cấp", "Trung cấp", "Đại học"]),
                money_col("Thu nhập", 8),
            ],
        )
        .quasi(&[0, 1, 2], 5),
        draft(
            "communicable disease",
            "Ca bệnh sốt xuất huyết theo tuần",
            600,
            vec![
                col("Tuần", |rng, _| plain(rng.within(1, 52).to_string())),
                one_of("Giới", &["Nam", "Nữ"]),
                col("Tuổi", |rng, _| plain(rng.within(1, 70).to_string())),
                one_of("Huyện", &DISTRICTS),
                one_of("Kết quả", &["Khỏi", "Khỏi", "Chuyển viện"]),
            ],
        )
        .quasi(&[1, 2, 3], 3),
        draft(
            "groups in two spellings",
            "Khảo sát mức độ hài lòng",
            520,
            vec![
                col("Giới tính", |rng, _| {
                    let word = rng.pick(&["Nam", "Nữ"]);
                    plain(if rng.hundredths(50) { decomposed(word) } else { word.to_owned() })
                }),
                col("Nghề nghiệp", |rng, _| {
                    let word = rng.pick(&["Nông dân", "Công nhân", "Viên chức", "Nội trợ", "Buôn bán", "Hưu trí"]);
                    plain(if rng.hundredths(50) { decomposed(word) } else { word.to_owned() })
                }),
                one_of("Địa bàn", &COMMUNES),
                col("Điểm", |rng, _| plain(rng.within(1, 5).to_string())),
            ],
        )
        .quasi(&[0, 1, 2], 4),
        draft(
            "pupils by ethnic group",
            "Học sinh theo dân tộc và lớp",
            800,
            vec![
                one_of("Trường", &SCHOOLS),
                col("Khối", |rng, _| plain(rng.within(6, 9).to_string())),
                col("Dân tộc", |rng, _| {
                    plain(if rng.hundredths(90) { "Kinh" } else { rng.pick(&["Khmer", "Chăm", "Hoa", "Tà Mun"]) })
                }),
                one_of("Học lực", &["Giỏi", "Khá", "Đạt"]),
            ],
        )
        .quasi(&[0, 1, 2], 10),
    ]
}

/// Tables without personal data, full of what looks like it.
fn of_lookalikes() -> Vec<Draft> {
    vec![
        draft(
            "budget",
            "Dự toán chi ngân sách địa phương (đồng)",
            400,
            vec![
                one_of("Đơn vị", &OFFICES),
                col("Mã chương", |rng, _| plain(rng.digits(3))),
                col("Mã ĐVQHNS", |rng, _| plain(format!("1{}", rng.digits(6)))),
                money_col("Dự toán giao", 12),
                money_col("Đã chi", 11),
                col("Còn lại", |rng, _| plain(dotted(money(rng, 10)))),
                money_col("Năm trước", 9),
            ],
        ),
        draft(
            "statistics of ten digits",
            "Giá trị sản xuất theo ngành",
            400,
            vec![
                one_of("Ngành", &["Nông nghiệp", "Công nghiệp", "Dịch vụ", "Xây dựng"]),
                col("Giá trị (đồng)", |rng, _| plain(format!("{}{}", rng.within(1, 9), rng.digits(9)))),
                col("Thuế (đồng)", |rng, _| plain(format!("{}{}", rng.within(1, 9), rng.digits(8)))),
                col("Vốn (đồng)", |rng, _| plain(format!("{}{}", rng.within(1, 9), rng.digits(11)))),
                col("Chỉ số", |rng, _| plain(format!("{}.{}", rng.within(90, 120), rng.digits(10)))),
                // Measured values come with all the digits that a machine has.
                col("Tỷ lệ (%)", |rng, _| plain(format!("{}.{}", rng.within(0, 99), rng.digits(15)))),
            ],
        ),
        draft(
            "papers issued",
            "Danh mục văn bản quy phạm pháp luật còn hiệu lực",
            420,
            vec![
                col("Số, ký hiệu", |rng, _| plain(decision(rng))),
                day_col("Ngày ban hành"),
                col("Trích yếu", |rng, _| if rng.hundredths(60) { no_secret(rng) } else { told_nothing(rng) }),
                col("Người ký", |rng, _| plain(any_name(rng))),
                one_of("Chức danh", &["Chủ tịch", "Phó Chủ tịch"]),
            ],
        ),
        draft(
            "schools",
            "Danh mục trường học trên địa bàn tỉnh",
            400,
            vec![
                col("Mã trường", |rng, _| plain(format!("72{}", rng.digits(6)))),
                one_of("Tên trường", &SCHOOLS),
                col("Địa chỉ trường", |rng, _| {
                    plain(format!("Số {} đường {}, phường Long Hoa", rng.within(1, 300), rng.pick(&STREETS)))
                }),
                col("Hiệu trưởng", |rng, _| plain(any_name(rng))),
                col("Điện thoại", |rng, _| landline(rng)),
                col("Năm thành lập", |rng, _| plain(rng.within(1960, 2020).to_string())),
                col("Số lớp", |rng, _| plain(rng.within(6, 40).to_string())),
                col("Lớp điểm", |rng, _| plain(format!("{} 2024-2025", class(rng)))),
            ],
        ),
        draft(
            "directory of offices",
            "Danh bạ cơ quan hành chính",
            360,
            vec![
                one_of("Cơ quan", &OFFICES),
                col("Người đứng đầu", |rng, _| plain(any_name(rng))),
                one_of("Chức vụ", &["Giám đốc", "Chủ tịch", "Chánh Văn phòng"]),
                col("Điện thoại cơ quan", |rng, _| landline(rng)),
                col("Fax", |rng, _| landline(rng)),
                col("Đường dây nóng", |rng, _| hotline(rng)),
                col("Thư điện tử", |rng, _| office_mail(rng)),
                col("Trang tin", |rng, _| {
                    plain(format!(
                        "https://{}.tinhmau.gov.vn/@tin/{}",
                        rng.pick(&["snnmt", "sxd", "syt"]),
                        rng.digits(9)
                    ))
                }),
            ],
        ),
        draft(
            "leaders",
            "Danh sách lãnh đạo các sở, ban, ngành",
            220,
            vec![
                count_col(),
                col("Họ và tên", |rng, _| plain(any_name(rng))),
                one_of("Chức vụ", &["Giám đốc", "Phó Giám đốc", "Chánh Thanh tra"]),
                one_of("Cơ quan", &OFFICES),
                col("Điện thoại", |rng, _| landline(rng)),
            ],
        ),
        draft(
            "tenders",
            "Kết quả lựa chọn nhà thầu",
            380,
            vec![
                col("Số TBMT", |rng, _| plain(format!("IB24{}", rng.digits(8)))),
                col("Mã dự án", |rng, _| plain(rng.within(7_000_000, 8_099_999).to_string())),
                col("Tên gói thầu", |rng, _| {
                    plain(format!("Gói thầu số {:02}: Xây lắp đường {}", rng.within(1, 12), rng.pick(&STREETS)))
                }),
                money_col("Giá gói thầu (đồng)", 10),
                one_of("Nhà thầu trúng thầu", &COMPANIES),
                col("Mã số thuế nhà thầu", |rng, _| enterprise_tax(rng)),
                col("Số hợp đồng", |rng, _| {
                    plain(format!("{:02}/{}/HĐXD", rng.within(1, 60), rng.within(2022, 2025)))
                }),
                col("Số hồ sơ", |rng, _| plain(format!("000{}", rng.digits(9)))),
            ],
        ),
        draft(
            "enterprises",
            "Doanh nghiệp thành lập mới trong năm",
            420,
            vec![
                col("Mã số doanh nghiệp", |rng, _| enterprise_tax(rng)),
                one_of("Tên doanh nghiệp", &COMPANIES),
                col("Địa chỉ trụ sở chính", |rng, _| {
                    plain(format!("Số {} {}, phường 3, TP Tây Ninh", rng.within(1, 500), rng.pick(&STREETS)))
                }),
                col("Người đại diện pháp luật", |rng, _| plain(any_name(rng))),
                money_col("Vốn điều lệ (đồng)", 11),
                day_col("Ngày cấp"),
            ],
        ),
        draft(
            "wrong tax codes",
            "Đối chiếu mã số thuế không hợp lệ",
            240,
            vec![
                count_col(),
                one_of("Tên đơn vị", &COMPANIES),
                col("Mã số thuế", |rng, _| plain(no_tax_number(rng, "39"))),
            ],
        ),
        draft(
            "invoices",
            "Bảng kê hóa đơn mua vào",
            400,
            vec![
                col("Ký hiệu", |rng, _| plain(format!("1C24T{}{}", rng.capital(), rng.capital()))),
                col("Số hóa đơn", |rng, _| plain(rng.digits(8))),
                col("Mã cơ quan thuế", |rng, _| plain(format!("00{}{}", rng.digits(16), rng.digits(16)))),
                one_of("Người bán", &COMPANIES),
                col("MST người bán (doanh nghiệp)", |rng, _| enterprise_tax(rng)),
                money_col("Thành tiền", 9),
            ],
        ),
        draft(
            "parcels",
            "Bảng giá đất và thửa đất công",
            400,
            vec![
                col("Số thửa", |rng, _| plain(rng.within(1, 1200).to_string())),
                col("Số tờ bản đồ", |rng, _| plain(rng.within(1, 99).to_string())),
                col("Mã thửa đất", |rng, _| {
                    plain(format!("{}{}{}", rng.pick(&["25459", "25465", "25630"]), rng.digits(2), rng.digits(4)))
                }),
                col("Tọa độ X", |rng, _| plain(format!("12{}.{}", rng.digits(5), rng.digits(3)))),
                col("Tọa độ Y", |rng, _| plain(format!("5{}.{}", rng.digits(5), rng.digits(3)))),
                one_of("Đường", &STREETS),
                money_col("Đơn giá (đồng/m2)", 7),
                col("Ghi chú", |rng, _| told_nothing(rng)),
            ],
        ),
        draft(
            "meters",
            "Chỉ số công tơ điện chiếu sáng công cộng",
            380,
            vec![
                col("Mã khách hàng", |rng, _| plain(format!("PB13{}{}", rng.digits(9), rng.pick(&["", "001"])))),
                col("Số công tơ", |rng, _| plain(format!("1{}", rng.digits(7)))),
                col("Chỉ số đầu", |rng, _| plain(rng.within(100_000_000, 999_999_999).to_string())),
                col("Chỉ số cuối", |rng, _| plain(rng.within(100_000_000, 999_999_999).to_string())),
                col("Vị trí tủ", |rng, _| {
                    plain(format!("{:02}{}/{}", rng.within(1, 60), rng.capital(), rng.within(1, 40)))
                }),
                col("Tọa độ", |rng, _| plain(format!("11.{}; 106.{}", rng.digits(8), rng.digits(8)))),
            ],
        ),
        draft(
            "prices",
            "Giá bán lẻ hàng hóa thiết yếu",
            400,
            vec![
                col("Mã vạch", |rng, _| plain(format!("893{}", rng.digits(10)))),
                one_of(
                    "Mặt hàng",
                    &["Mật ong rừng", "MẬT ONG HOA CÀ PHÊ", "Rỉ mật", "Đường mật", "Gạo 5% tấm", "Dầu ăn", "Muối tôm"],
                ),
                col("Quy cách", |rng, _| plain(format!("{} x {} (M)", rng.within(1, 24), rng.within(100, 900)))),
                money_col("Giá (đồng)", 6),
                col("Lô hàng", |rng, _| plain(format!("{}{}", rng.pick(&["B", "C", "L"]), rng.digits(7)))),
                col("Khuyến mãi", |rng, _| plain(format!("{}kg @ {}", rng.within(1, 9), dotted(money(rng, 5))))),
            ],
        ),
        draft(
            "medicines",
            "Danh mục thuốc trúng thầu",
            380,
            vec![
                one_of("Tên thuốc", &["Paracetamol 500mg", "Amoxicillin 500mg", "Cao mật heo", "Viên dưỡng mật"]),
                col("Số đăng ký", |rng, _| {
                    plain(if rng.hundredths(60) {
                        format!("8931{}{}", rng.digits(6), rng.pick(&["23", "24"]))
                    } else {
                        format!("VD-{}-{}", rng.digits(5), rng.within(10, 23))
                    })
                }),
                col("Số lô", |rng, _| plain(format!("{}{}", rng.pick(&["B", "C", "K"]), rng.digits(7)))),
                day_col("Hạn dùng"),
                money_col("Đơn giá", 5),
                money_col("Thành tiền", 10),
            ],
        ),
        draft(
            "density",
            "Dân số và MẬT ĐỘ DÂN SỐ",
            360,
            vec![
                one_of("XÃ/PHƯỜNG", &COMMUNES),
                col("MÃ XÃ", |rng, _| plain(format!("25{}", rng.digits(3)))),
                col("DÂN SỐ (NGƯỜI)", |rng, _| plain(dotted(rng.within(3000, 90_000)))),
                col("DIỆN TÍCH (KM2)", |rng, _| plain(format!("{},{:02}", rng.within(5, 120), rng.below(100)))),
                col("MẬT ĐỘ", |rng, _| plain(format!("{} người/km2", dotted(rng.within(80, 5200))))),
                one_of("PHÂN LOẠI", &["MẬT ĐỘ CAO", "MẬT ĐỘ TRUNG BÌNH", "MẬT ĐỘ THẤP"]),
            ],
        ),
        draft(
            "security training",
            "Kết quả tập huấn an toàn thông tin",
            300,
            vec![
                one_of("Đơn vị", &OFFICES),
                col("Chuyên đề", |rng, _| no_secret(rng)),
                col("Số học viên", |rng, _| plain(rng.within(10, 200).to_string())),
                col("Tài khoản", |rng, _| {
                    plain(format!("{}_{}", bare(rng.pick(&MALE_GIVEN)).to_lowercase(), rng.digits(2)))
                }),
                col("Điểm mật khẩu", |rng, _| plain(rng.within(0, 100).to_string())),
            ],
        ),
        draft(
            "places",
            "Danh mục địa danh hành chính",
            360,
            vec![
                col("Mã", |rng, _| plain(format!("{:05}", rng.within(25_000, 26_000)))),
                one_of(
                    "Tên",
                    &["Ấp Mật", "Mật Sơn", "Suối Mật", "Thị trấn Mật", "Cầu Mật", "Hồ Cao Mật", "Xóm Mật", "Mật"],
                ),
                col("Mã định danh", |rng, _| plain(format!("H53.{}.{:02}", rng.within(1, 40), rng.within(1, 20)))),
                col("Kinh độ", |rng, _| plain(format!("106.{}", rng.digits(10)))),
                col("Vĩ độ", |rng, _| plain(format!("11.{}", rng.digits(10)))),
            ],
        ),
        draft(
            "counting vehicles",
            "Lưu lượng xe theo trạm",
            500,
            vec![
                col("Trạm", |rng, _| plain(format!("T{:03}", rng.within(1, 60)))),
                col("Thời điểm", |rng, _| {
                    plain(format!(
                        "2024{:02}{:02}{:02}{:02}",
                        rng.within(1, 12),
                        rng.within(1, 28),
                        rng.below(24),
                        rng.below(60)
                    ))
                }),
                col("Mốc thời gian (ms)", |rng, _| {
                    plain((1_700_000_000_000 + rng.below(30_000_000_000)).to_string())
                }),
                col("Mốc thời gian (s)", |rng, _| plain((1_700_000_000 + rng.below(30_000_000)).to_string())),
                col("Số lượt", |rng, _| plain(rng.within(10, 90_000).to_string())),
                col("Mã thiết bị", |rng, _| {
                    plain(format!("{:02}{}-{}", rng.within(1, 10), rng.capital(), rng.digits(5)))
                }),
            ],
        ),
        draft(
            "streets",
            "Danh mục đường phố và công trình công cộng",
            360,
            vec![
                one_of("Tên đường", &STREETS),
                col("Điểm đầu", |rng, _| plain(format!("Giao đường {}", rng.pick(&STREETS)))),
                col("Điểm cuối", |rng, _| plain(format!("Nhà thờ {}", rng.pick(&HAMLETS)))),
                col("Ngày đặt tên", |rng, _| plain(day(rng))),
                col("Địa chỉ công trình", |rng, _| plain(home(rng))),
                col("Chiều dài (M)", |rng, _| plain(rng.within(120, 9000).to_string())),
            ],
        ),
        draft(
            "parcels by post",
            "Bưu gửi hồ sơ dịch vụ công",
            380,
            vec![
                col("Mã bưu gửi", |rng, _| plain(format!("E{}{}VN", rng.capital(), rng.digits(9)))),
                col("Mã vận đơn", |rng, _| plain(format!("{}{}", rng.within(1, 9), rng.digits(11)))),
                col("Mã bưu chính", |rng, _| plain(format!("84{}", rng.digits(3)))),
                col("Khối lượng (g)", |rng, _| plain(rng.within(20, 3000).to_string())),
                col("Ghi chú", |rng, _| told_nothing(rng)),
            ],
        ),
        draft(
            "asset register",
            "Tài sản công tại đơn vị",
            320,
            vec![
                col("Mã tài sản", |rng, _| plain(format!("{}{}", rng.pick(&["B", "C", "P"]), rng.digits(7)))),
                one_of("Tên tài sản", &["Máy tính để bàn", "Máy in", "Bàn làm việc", "Máy photocopy"]),
                col("Số hiệu", |rng, _| plain(rng.within(100_000_000, 999_999_999).to_string())),
                col("Tài khoản kế toán", |rng, _| plain(rng.pick(&["2111", "2113", "1331", "5118"]))),
                money_col("Nguyên giá", 8),
                one_of("Ngân hàng bảo lãnh", &BANKS),
            ],
        ),
        draft(
            "order numbers",
            "Đơn đặt hàng và mã thanh toán",
            360,
            vec![
                col("Mã tham chiếu", |rng, _| no_card(rng)),
                col("Mã GTIN", |rng, _| plain(format!("1893{}", rng.digits(10)))),
                col("Số sê-ri", |rng, _| plain(format!("2024{}", rng.digits(12)))),
                col("Mã lớp", |rng, _| plain(class(rng))),
                money_col("Trị giá", 9),
            ],
        ),
    ]
}

/// The whole corpus, the same at every call.
pub fn tables() -> Vec<Table> {
    let drafts = [of_people(), of_little_context(), of_secrets(), of_groups(), of_lookalikes()];
    drafts.into_iter().flatten().map(Draft::made).collect()
}

/// Texts outside tables: what must be told in each.
pub fn passages() -> Vec<Passage> {
    let mut rng = Rng::named("passages");
    let mut all = Vec::new();
    let mut keep = |text: String, holds: &[Id]| {
        for text in [decomposed(&text), text] {
            all.push(Passage { text, holds: holds.to_vec() });
        }
    };
    for _ in 0..6 {
        let who = Someone::new(&mut rng, 1950, 2003);
        let cells = [
            told_by_phone(&mut rng),
            told_by_mail(&mut rng),
            told_plate(&mut rng),
            told_citizen(&mut rng, &who),
            told_old_citizen(&mut rng),
            told_account(&mut rng),
            told_card(&mut rng),
            told_social(&mut rng),
            told_health(&mut rng),
            told_passport(&mut rng),
            told_tax(&mut rng),
            told_person(&mut rng, &who),
            secret(&mut rng),
        ];
        for cell in cells {
            let ids: Vec<Id> = cell.marks.iter().map(|mark| mark.id).collect();
            keep(cell.text, &ids);
        }
        for _ in 0..6 {
            keep(told_nothing(&mut rng).text, &[]);
            keep(no_secret(&mut rng).text, &[]);
        }
    }
    keep("TỐI MẬT\nDanh sách vị trí bố trí lực lượng\nCập nhật hằng quý".to_owned(), &[Id::Secret]);
    keep("Bộ dữ liệu mật độ dân số theo xã, cập nhật hằng năm; bảo mật theo quy định.".to_owned(), &[]);
    keep(
        "Đầu mối: Trung tâm Chuyển đổi số, điện thoại (0276) 3822 123, thư điện tử ttcds@tinhmau.gov.vn.".to_owned(),
        &[],
    );
    keep("Nguồn: Quyết định số 19/2025/QĐ-TTg ngày 30/6/2025; số liệu đến 31/12/2024.".to_owned(), &[]);
    keep(
        "Liên hệ bà Lan 0912 345 678 hoặc lan.nguyen1985@gmail.com để nhận tệp gốc.".to_owned(),
        &[Id::Phone, Id::Email],
    );
    all
}

// ------------------------------------------------------------
// Measure

/// What a detector has said of one kind in one column of one table.
pub struct Report {
    pub id: Id,
    pub block: bool,
    pub column: Option<usize>,
    /// Rows, from 0.
    pub rows: Vec<u64>,
}

/// How a detector did on one kind.
#[derive(Default)]
pub struct Tally {
    /// Cells (rows, where it is a matter of the row) that had to be reported.
    pub labelled: u64,
    pub found: u64,
    /// Cells reported as blocking, without those that are not measured.
    pub blocked: u64,
    pub right: u64,
    /// Where something was missed, and the form it had.
    missed: Vec<(String, &'static str)>,
    /// Where something was reported that is none.
    wrong: Vec<String>,
    /// By form: labelled and found.
    forms: BTreeMap<&'static str, (u64, u64)>,
    /// Of how many tables wrong cells come.
    wrong_tables: BTreeMap<&'static str, u64>,
}

impl Tally {
    pub fn recall(&self) -> f64 {
        share(self.found, self.labelled)
    }

    pub fn precision(&self) -> f64 {
        share(self.right, self.blocked)
    }
}

#[allow(clippy::cast_precision_loss, reason = "counts of cells are small")]
fn share(part: u64, whole: u64) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// The tallies of all kinds over all tables.
#[derive(Default)]
pub struct Measure {
    pub tallies: BTreeMap<Id, Tally>,
}

impl Measure {
    /// Counts what was reported of a table.
    pub fn count(&mut self, table: &Table, reports: &[Report]) {
        let mut said: BTreeMap<(Id, u64, usize), bool> = BTreeMap::new();
        for report in reports {
            // A finding in no column is wrong for what is a matter of a cell; it then stands beyond the last column.
            let column = if report.id.of_row() { 0 } else { report.column.unwrap_or(table.headings.len()) };
            for &row in &report.rows {
                *said.entry((report.id, row, column)).or_default() |= report.block;
            }
        }
        let mut known: BTreeMap<(Id, u64, usize), Need> = BTreeMap::new();
        for label in &table.labels {
            let column = if label.id.of_row() { 0 } else { label.column };
            for id in [Some(label.id), label.or].into_iter().flatten() {
                known.insert((id, label.row, column), label.need);
            }
            if label.need == Need::Free {
                continue;
            }
            let blocks = [Some(label.id), label.or]
                .into_iter()
                .flatten()
                .filter_map(|id| said.get(&(id, label.row, column)))
                .copied()
                .reduce(|one, other| one || other);
            let found = match label.need {
                Need::Block => blocks == Some(true),
                _ => blocks.is_some(),
            };
            let tally = self.tallies.entry(label.id).or_default();
            let form = tally.forms.entry(label.form).or_default();
            tally.labelled += 1;
            form.0 += 1;
            if found {
                tally.found += 1;
                form.1 += 1;
            } else {
                let but = if blocks == Some(false) { " (reported, but not as blocking)" } else { "" };
                tally.missed.push((format!("{}{but}", shown(table, label.id, label.row, column)), label.form));
            }
        }
        for (&(id, row, column), _) in said.iter().filter(|(_, block)| **block) {
            let need = known.get(&(id, row, column));
            if need == Some(&Need::Free) {
                continue;
            }
            let tally = self.tallies.entry(id).or_default();
            tally.blocked += 1;
            if matches!(need, Some(Need::Block | Need::Any)) {
                tally.right += 1;
            } else {
                let why = if need.is_some() { " (may be shown, must not block)" } else { "" };
                tally.wrong.push(format!("{}{why}", shown(table, id, row, column)));
                *tally.wrong_tables.entry(table.name).or_default() += 1;
            }
        }
    }

    /// All kinds in one table, and the first cells of each that were missed or wrongly reported.
    pub fn told(&self) -> String {
        let mut out = format!(
            "{:<16} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9}\n",
            "kind", "labelled", "found", "recall", "blocking", "right", "precision"
        );
        let none = Tally::default();
        for id in Id::ALL {
            let tally = self.tallies.get(&id).unwrap_or(&none);
            let _ = writeln!(
                out,
                "{:<16} {:>8} {:>8} {:>8.4} {:>8} {:>8} {:>9.4}",
                format!("{id:?}"),
                tally.labelled,
                tally.found,
                tally.recall(),
                tally.blocked,
                tally.right,
                tally.precision()
            );
        }
        for (id, tally) in &self.tallies {
            if !tally.missed.is_empty() {
                let _ = writeln!(out, "\n{id:?}: {} missed", tally.missed.len());
                for (form, (labelled, found)) in tally.forms.iter().filter(|(_, (labelled, found))| found < labelled) {
                    let _ = writeln!(out, "    written as \"{form}\": {} of {labelled}", labelled - found);
                }
                // One of each form before a second of any.
                let mut turn: BTreeMap<&str, usize> = BTreeMap::new();
                let mut order: Vec<(usize, &String, &str)> = Vec::new();
                for (place, form) in &tally.missed {
                    let turn = turn.entry(form).or_default();
                    order.push((*turn, place, form));
                    *turn += 1;
                }
                order.sort_by_key(|(turn, ..)| *turn);
                for (_, place, form) in order.iter().take(10) {
                    let _ = writeln!(out, "  missed {place} [{form}]");
                }
            }
            if !tally.wrong.is_empty() {
                let mut tables: Vec<_> = tally.wrong_tables.iter().collect();
                tables.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
                let most: Vec<String> = tables.iter().take(8).map(|(name, count)| format!("{name} {count}")).collect();
                let _ = writeln!(out, "\n{id:?}: {} wrongly reported: {}", tally.wrong.len(), most.join(", "));
                let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
                let mut order: Vec<(usize, &String)> = Vec::new();
                for place in &tally.wrong {
                    // The table and the column lead the line.
                    let turn = seen.entry(place.split(": ").next().unwrap_or_default()).or_default();
                    order.push((*turn, place));
                    *turn += 1;
                }
                order.sort_by_key(|(turn, _)| *turn);
                for (_, place) in order.iter().take(10) {
                    let _ = writeln!(out, "  wrong {place}");
                }
            }
        }
        out
    }
}

/// A cell, or a row, as a person finds it again.
fn shown(table: &Table, id: Id, row: u64, column: usize) -> String {
    let cells = usize::try_from(row).ok().and_then(|row| table.rows.get(row));
    if id.of_row() {
        let cells: Vec<&str> = cells.into_iter().flatten().map(|cell| cell.as_deref().unwrap_or_default()).collect();
        return format!("{}: row {row}: {}", table.name, cells.join(" | "));
    }
    let heading = table.headings.get(column).map_or("no column", |(title, _)| title.as_str());
    let cell = cells.and_then(|cells| cells.get(column)).and_then(Option::as_deref).unwrap_or_default();
    format!("{}, column {column} {heading:?}: row {row}: {cell:?}", table.name)
}

/// What a detector that knows everything would report of a table.
pub fn perfect(table: &Table) -> Vec<Report> {
    let mut reports = Vec::new();
    for label in table.labels.iter().filter(|label| label.need != Need::Free) {
        reports.push(Report {
            id: label.id,
            block: label.need != Need::Look,
            column: Some(label.column),
            rows: vec![label.row],
        });
    }
    reports
}

/// What is wrong with the corpus itself; empty when it can be trusted.
pub fn faults() -> Vec<String> {
    let mut faults = Vec::new();
    let tables = tables();
    if tables.len() < 40 {
        faults.push(format!("only {} tables", tables.len()));
    }
    let names: BTreeSet<&str> = tables.iter().map(|table| table.name).collect();
    if names.len() != tables.len() {
        faults.push("two tables have one name".to_owned());
    }
    for (one, other) in tables.iter().zip(self::tables()) {
        if one.rows != other.rows || one.labels.len() != other.labels.len() {
            faults.push(format!("{} is not the same twice", one.name));
        }
        if !(200..=1000).contains(&one.rows.len()) {
            faults.push(format!("{} has {} rows", one.name, one.rows.len()));
        }
        let mut seen = BTreeSet::new();
        for label in &one.labels {
            if !seen.insert((label.id, label.row, if label.id.of_row() { 0 } else { label.column })) {
                faults.push(format!("{}: row {} is labelled twice as {:?}", one.name, label.row, label.id));
            }
            let cell = usize::try_from(label.row).ok().and_then(|row| one.rows.get(row)?.get(label.column)?.clone());
            if cell.is_none() && !label.id.of_row() {
                faults.push(format!("{}: row {} column {} is labelled and empty", one.name, label.row, label.column));
            }
        }
    }
    for id in Id::ALL {
        let count = tables.iter().flat_map(|t| &t.labels).filter(|l| l.id == id && l.need != Need::Free).count();
        if count < 300 {
            faults.push(format!("only {count} of {id:?}"));
        }
    }
    let mut measure = Measure::default();
    for table in &tables {
        measure.count(table, &perfect(table));
    }
    let full = |tally: &Tally| tally.found == tally.labelled && tally.right == tally.blocked && tally.labelled > 0;
    if measure.tallies.len() != Id::ALL.len() || !measure.tallies.values().all(full) {
        faults.push(format!("a perfect detector is not found perfect:\n{}", measure.told()));
    }
    // Known values, worked out by hand or issued.
    if luhn_digit("7992739871") != 3 {
        faults.push("the check digit of cards is wrong".to_owned());
    }
    if tax_number(&mut Rng(1), "010010910") != "0100109106" {
        faults.push("the check digit of tax codes is wrong".to_owned());
    }
    if decomposed("Nguyễn Ước Đặng ặ")
        != "Nguye\u{302}\u{303}n U\u{31b}o\u{31b}\u{301}c Đa\u{323}\u{306}ng a\u{323}\u{306}"
    {
        faults.push("letters are taken apart wrongly".to_owned());
    }
    if bare("Số căn cước: Đỗ Thị Yến") != "So can cuoc: Do Thi Yen" {
        faults.push("tone marks are taken off wrongly".to_owned());
    }
    if scientific("079085012300") != "7.90850123E+10" || grouped("0912345678", &[4, 3], ".") != "0912.345.678" {
        faults.push("numbers are written wrongly".to_owned());
    }
    if dotted(1_234_567) != "1.234.567" || dotted(123) != "123" {
        faults.push("money is written wrongly".to_owned());
    }
    faults
}
