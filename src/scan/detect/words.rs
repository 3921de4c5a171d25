//! The words that say what a number is: in headings, in the dictionary, in the same cell. Compared without tone marks.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::kernel::text::fold;

/// What words speak of.
pub(super) type Flags = u32;

/// One bit for each thing that words speak of.
pub(super) mod flag {
    use super::Flags;
    pub const CITIZEN: Flags = 1;
    pub const OLD: Flags = 1 << 1;
    pub const TAX: Flags = 1 << 2;
    pub const SOCIAL: Flags = 1 << 3;
    pub const HEALTH: Flags = 1 << 4;
    pub const PHONE: Flags = 1 << 5;
    pub const MAIL: Flags = 1 << 6;
    pub const PASSPORT: Flags = 1 << 7;
    pub const PLATE: Flags = 1 << 8;
    pub const BANK: Flags = 1 << 9;
    pub const CARD: Flags = 1 << 10;
    /// Numbers of documents, parcels, things.
    pub const OTHER: Flags = 1 << 16;
    /// Offices and enterprises.
    pub const OFFICE: Flags = 1 << 17;
    /// Natural persons.
    pub const PERSONAL: Flags = 1 << 18;
    /// A column that tells the level of secrecy.
    pub const SECRECY: Flags = 1 << 19;
}

/// All bits that name an identifier.
pub(super) const IDENTIFIERS: Flags = 0x7ff;

const WORDS: &[(Flags, &[&str])] = &[
    (
        flag::CITIZEN,
        &[
            "cccd",
            "can cuoc",
            "dinh danh ca nhan",
            "so dinh danh",
            "so ddcn",
            "ddcn",
            "citizen id",
            "personal id",
            "national id",
            "id card",
            "identity card",
            "ma dinh danh hoc sinh",
            "ma dinh danh cong dan",
            "socccd",
            "cccd cmnd",
            "sodinhdanh",
            "dinhdanhcanhan",
        ],
    ),
    (
        flag::OLD,
        &[
            "cmnd",
            "cmt",
            "cmtnd",
            "cmtnd cccd",
            "chung minh nhan dan",
            "chung minh thu",
            "so cm",
            "giay chung minh",
            "cmnn",
            "socmnd",
            "socmt",
        ],
    ),
    (
        flag::CITIZEN | flag::OLD | flag::PASSPORT,
        &["giay to tuy than", "so giay to", "giay to ca nhan", "giay to phap ly", "gttt"],
    ),
    (
        flag::TAX,
        &[
            "mst",
            "ma so thue",
            "ma thue",
            "tax code",
            "tax id",
            "tax number",
            "ma so doanh nghiep",
            "msdn",
            "ma so dn",
            "ma doanh nghiep",
            "mst cn",
            "mstcn",
            "masothue",
            "taxcode",
        ],
    ),
    (flag::SOCIAL, &["bhxh", "bao hiem xa hoi", "mabhxh", "sobhxh", "masobhxh", "so so bao hiem", "social insurance"]),
    (
        flag::HEALTH,
        &["bhyt", "bao hiem y te", "mabhyt", "sobhyt", "thebhyt", "sothebhyt", "the bao hiem", "health insurance"],
    ),
    (
        flag::PHONE,
        &[
            "dien thoai",
            "sdt",
            "so dt",
            "dt",
            "dtdd",
            "di dong",
            "phone",
            "mobile",
            "tel",
            "telephone",
            "hotline",
            "lien he",
            "lien lac",
            "zalo",
            "duong day nong",
            "dtlh",
            "cellphone",
            "fax",
            "dienthoai",
            "sodienthoai",
            "sodt",
            "didong",
        ],
    ),
    (flag::MAIL, &["email", "e mail", "mail", "thu dien tu", "gmail"]),
    (flag::PASSPORT, &["ho chieu", "passport", "so hc", "hochieu", "sohochieu"]),
    (
        flag::PLATE,
        &[
            "bien so",
            "bien kiem soat",
            "bks",
            "bien xe",
            "so xe",
            "plate",
            "bien dang ky",
            "bsx",
            "dang ky xe",
            "bienso",
            "biensoxe",
        ],
    ),
    (
        flag::BANK,
        &[
            "stk",
            "so tai khoan",
            "so tk",
            "tk ngan hang",
            "tai khoan ngan hang",
            "tai khoan nhan",
            "bank account",
            "account number",
            "account no",
            "iban",
            "tai khoan so",
            "tai khoan",
            "vietcombank",
            "vietinbank",
            "agribank",
            "bidv",
            "techcombank",
            "mbbank",
            "mb bank",
            "acb",
            "sacombank",
            "vpbank",
            "tpbank",
            "shb",
            "hdbank",
            "vib",
            "seabank",
            "lpbank",
            "lienvietpostbank",
            "lpbank",
            "kienlongbank",
            "nam a bank",
            "namabank",
            "pvcombank",
            "vietbank",
            "bvbank",
            "abbank",
            "pgbank",
            "bac a bank",
            // With a capital inside.
            "vietin bank",
            "vietcom bank",
            "techcom bank",
            "sacom bank",
            "agri bank",
            "se abank",
            "lien viet post bank",
            "kienlong bank",
            "nam abank",
            "bac abank",
            "pvcom bank",
            "viet bank",
            "msb",
            "ocb",
            "eximbank",
            "scb",
        ],
    ),
    (
        flag::CARD,
        &[
            "the atm",
            "so the ngan hang",
            "the ngan hang",
            "card number",
            "the tin dung",
            "the ghi no",
            "so the",
            "bank card",
        ],
    ),
    (
        flag::OTHER,
        &[
            "thua",
            "so thua",
            "thua dat",
            "to ban do",
            "so to",
            "ky hieu",
            "so hieu",
            "van ban",
            "quyet dinh",
            "cong van",
            "qd",
            "nghi quyet",
            "so vb",
            "to trinh",
            "thong bao",
            "ma ho so",
            "so ho so",
            "ho so so",
            "ho so",
            "ma truong",
            "ma co so",
            "ma don vi",
            "ma co quan",
            "ma nganh",
            "ma vach",
            "barcode",
            "serial",
            "seri",
            "so seri",
            "so khung",
            "so may",
            "ma giao dich",
            "giao dich",
            "hoa don",
            "bien lai",
            "ma du an",
            "du an",
            "van don",
            "ma van don",
            "ma thong ke",
            "ma so thong ke",
            "giay chung nhan",
            "gcn",
            "gcnqsdd",
            "so vao so",
            "giay phep",
            "gplx",
            "gpxd",
            "gpkd",
            "hop dong",
            "so hd",
            "phieu",
            "ma san pham",
            "imei",
            "ma dinh danh don vi",
            "ma dinh danh co quan",
            "ma dinh danh dien tu",
            "lot",
            "lo hang",
            "ma thiet bi",
            "ma dia danh",
            "toa do",
            "kinh do",
            "vi do",
            "so tien",
            "doanh thu",
            "von dieu le",
            "thanh tien",
            "ma buu",
            "ma tai san",
            "ma hang",
            "so luu",
            "bien ban",
            "so bien ban",
            "ma tram",
            "ma cong to",
            "cong to",
        ],
    ),
    (
        flag::OFFICE,
        &[
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
            "phong",
            "ubnd",
            "uy ban",
            "truc ban",
            "duong day nong",
            "hotline",
            "tong dai",
            "nha thuoc",
            "cua hang",
            "hop tac xa",
            "htx",
            "to chuc",
            "khach san",
            "nha may",
            "chi nhanh",
            "tiep nhan",
            "mot cua",
            "bo phan",
            "nha hang",
            "quay thuoc",
            "phong kham",
            "so y te",
            "tru so",
            "ban quan ly",
            "le tan",
            "ban tiep dan",
            "buu dien",
            "buu cuc",
            "thu vien",
            "bao tang",
            "nha van hoa",
            "ben xe",
            "cho",
            "fax",
            "office",
            "company",
            "school",
            "hospital",
            "clinic",
            "amenity",
            "operator",
            "healthcare",
            "organization",
            "agency",
            "quay",
            "noi tiep nhan",
            "nha dau tu",
            "nha thau",
            "csyt",
            "lang nghe",
            "diem du lich",
            "khu du lich",
            "homestay",
            "luu tru",
        ],
    ),
    (
        flag::PERSONAL,
        &[
            "ca nhan",
            "ho kinh doanh",
            "chu ho",
            "nguoi",
            "hoc sinh",
            "sinh vien",
            "phu huynh",
            "cha",
            "me",
            "bo me",
            "benh nhan",
            "cong dan",
            "nhan vien",
            "can bo",
            "giao vien",
            "chu nha",
            "chu xe",
            "chu co so",
            "dai dien",
            "rieng",
            "nha rieng",
            "thi sinh",
            "doi tuong",
            "khach hang",
            "bac si",
            "duoc si",
            "hieu truong",
            "giam doc",
            "truong thon",
            "truong ban",
            "truong phong",
            "truong xom",
            "truong ap",
            "to truong",
            "bi thu",
            "chu tich",
        ],
    ),
    (
        flag::SECRECY,
        &["do mat", "muc do mat", "muc mat", "do khan mat", "cap do mat", "muc do bao mat", "do bao mat", "secrecy"],
    ),
];

/// Lower case without tone marks, everything that is no letter and digit one space, a space at both ends; letters that stand alone one
/// after the other are one word ("C.C.C.D").
pub(super) fn spaced(text: &str) -> String {
    let mut apart = String::with_capacity(text.len() + 8);
    let mut low = false;
    for c in text.chars() {
        let c = match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            other => other,
        };
        // "SoDienThoai"
        if low && c.is_uppercase() {
            apart.push(' ');
        }
        if !('\u{300}'..='\u{36f}').contains(&c) {
            low = c.is_lowercase();
        }
        apart.push(c);
    }
    let folded = fold(&apart);
    let mut plain = String::with_capacity(folded.len() + 2);
    let mut single: Option<String> = None;
    plain.push(' ');
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letter = word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        match (&mut single, letter) {
            (Some(run), true) => run.push_str(word),
            (None, true) => single = Some(word.to_owned()),
            _ => {
                close(&mut plain, single.take());
                plain.push_str(word);
                plain.push(' ');
            }
        }
    }
    close(&mut plain, single);
    plain
}

fn close(plain: &mut String, run: Option<String>) {
    if let Some(run) = run {
        plain.push_str(&run);
        plain.push(' ');
    }
}

/// Whether a spaced text holds a phrase.
pub(super) fn holds(spaced: &str, phrase: &str) -> bool {
    spaced.match_indices(phrase).any(|(at, _)| {
        let before = at == 0 || spaced.as_bytes().get(at - 1) == Some(&b' ');
        before && spaced.as_bytes().get(at + phrase.len()).is_none_or(|byte| *byte == b' ')
    })
}

/// What a text speaks of.
pub(super) fn flags(text: &str) -> Flags {
    if text.is_empty() { 0 } else { of_spaced(&spaced(text)) }
}

/// The phrases by their first word.
fn phrases() -> &'static HashMap<&'static str, Vec<(&'static str, Flags)>> {
    static PHRASES: OnceLock<HashMap<&'static str, Vec<(&'static str, Flags)>>> = OnceLock::new();
    PHRASES.get_or_init(|| {
        let mut all: HashMap<&'static str, Vec<(&'static str, Flags)>> = HashMap::new();
        for (flag, words) in WORDS {
            for phrase in *words {
                all.entry(phrase.split(' ').next().unwrap_or_default()).or_default().push((phrase, *flag));
            }
        }
        all
    })
}

/// What a spaced text speaks of.
pub(super) fn of_spaced(spaced: &str) -> Flags {
    let mut flags = 0;
    let all = phrases();
    let mut rest = spaced.trim_start();
    while !rest.is_empty() {
        let end = rest.find(' ').unwrap_or(rest.len());
        for (phrase, flag) in all.get(&rest[..end]).map(Vec::as_slice).unwrap_or_default() {
            if rest.starts_with(phrase) && rest.as_bytes().get(phrase.len()).is_none_or(|byte| *byte == b' ') {
                flags |= flag;
            }
        }
        rest = rest[end..].trim_start();
    }
    // An account of bookkeeping is none of a bank.
    if holds(spaced, "tai khoan ke toan") || holds(spaced, "so hieu tai khoan") || holds(spaced, "kho bac") {
        flags &= !flag::BANK;
    }
    flags
}

/// What a column's heading and dictionary speak of. The heading decides; the dictionary is asked for what the heading leaves open.
pub(super) fn heading(title: &str, note: &str) -> Flags {
    let mut own = flags(title);
    if own & IDENTIFIERS != 0 {
        // "Số CMND (theo quyết định …)": what names an identifier is one.
        own &= !flag::OTHER;
    }
    let more = flags(note);
    if own & (IDENTIFIERS | flag::OTHER) == 0 {
        own |= more & IDENTIFIERS;
        if more & IDENTIFIERS == 0 {
            own |= more & flag::OTHER;
        }
    }
    own | more & (flag::OFFICE | flag::PERSONAL | flag::SECRECY)
}

/// Whether a heading leaves open what its column holds: then the dataset's description is context.
pub(super) fn says_nothing(title: &str, flags: Flags) -> bool {
    if flags & (IDENTIFIERS | flag::OTHER) != 0 {
        return false;
    }
    let spaced = spaced(title);
    let mut words = spaced.split_whitespace().filter(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    words.all(|word| {
        [
            "so", "ma", "cot", "column", "id", "no", "f", "c", "giay", "to", "thong", "tin", "unnamed", "ghi", "chu",
            "khac", "du", "lieu", "gia", "tri", "noi", "dung",
        ]
        .contains(&word)
    })
}
