//! Whether words look Vietnamese or West European: how a guessed encoding is judged.

use unicode_normalization::UnicodeNormalization;

/// Consonants a syllable may begin with; longer ones first.
const ONSETS: [&str; 28] = [
    "ngh", "ng", "nh", "ch", "gh", "gi", "kh", "ph", "qu", "th", "tr", "b", "c", "d", "đ", "g", "h", "k", "l", "m",
    "n", "p", "r", "s", "t", "v", "x", "",
];

/// Vowels a syllable may turn on, without tone marks.
const NUCLEI: [&str; 57] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iêu", "iu", "oa", "oă", "oai", "oao", "oay", "oe", "oeo", "oi", "oo", "ôi", "ơi", "ua", "uâ", "uây", "uê",
    "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "uă", "ưa", "ưi", "ươ", "ươi", "ươu", "ưu", "yê", "yêu", "ôô",
];

/// Syllables beyond ASCII that tables of public bodies are full of: what decides between two encodings in which all can be syllables.
const COMMON: &str = " tỉnh thành phố quận huyện xã phường thị trấn đường số tên địa chỉ ngày tháng năm và của các có được người trên cơ sở \
đơn vị tổng tỷ lệ đồng tiền giá mã loại ghi chú nguồn đất diện tích dân công việc chức cấp quản lý nhà nước ủy uỷ hội hộ kinh tế xây dựng \
giáo dục đào tạo trường học bệnh viện y sức khỏe văn hóa hoá thể thao lịch khoa kỹ thuật thông nông nghiệp lâm thủy thuỷ sản thương mại \
dịch vụ tài chính kế hoạch đầu tư báo cáo thống kê điều tra bộ phát triển chi ngân sách quyết định dự toán chương trình mục tiêu nam nữ \
đại trung tiểu mầm lớp sinh hà nội hồ chí đà nẵng hải phòng cần thơ quảng ninh trị ngãi nghệ tĩnh hòa hoà bình phú thọ thái nguyên lạng sơn \
bắc giang cao bằng điện biên lào yên bái tuyên lai châu vĩnh phúc hưng thừa thiên huế lắk đắk nông lâm khánh thuận đồng nai vũng tàu dương \
phước tây long bến tre tháp kiên hậu sóc trăng bạc liêu mau nguyễn trần lê phạm hoàng vũ đặng bùi đỗ thị ";

/// Consonants a syllable may end with (k in names of the highlands).
const CODAS: [&str; 10] = ["", "c", "ch", "k", "m", "n", "ng", "nh", "p", "t"];

/// The marks of the five tones.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// Signs that honest text holds besides letters.
const SIGNS: &str = "£€₫–—‘’“”•…°§©®™½¼¾·±²³×÷«»\u{a0}\u{ad}";

/// What was counted in a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Judgement {
    /// Words that hold a letter beyond ASCII.
    pub words: usize,
    /// Of these, words that can be Vietnamese.
    pub vietnamese: usize,
    /// Of these, words that are common in Vietnamese tables.
    pub common: usize,
    /// Of these, words that can be West European.
    pub western: usize,
    /// Signs beyond ASCII that are no letters.
    pub signs: usize,
    /// Of these, signs that honest text holds.
    pub honest_signs: usize,
}

impl Judgement {
    /// How much of the text makes sense in Vietnamese, 0 to 1.
    pub(super) fn vietnamese_share(&self) -> f64 {
        share(self.vietnamese + self.honest_signs, self.words + self.signs)
    }

    /// How many of the words are common in Vietnamese tables, 0 to 1.
    pub(super) fn common_share(&self) -> f64 {
        share(self.common, self.words)
    }

    /// How much of the text makes sense in West European languages, 0 to 1.
    pub(super) fn western_share(&self) -> f64 {
        share(self.western + self.honest_signs, self.words + self.signs)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a sample are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// Judges a text that must be NFC.
pub(super) fn judge(text: &str) -> Judgement {
    let mut judgement = Judgement::default();
    for word in text.split(|c: char| !c.is_alphanumeric() && !TONES.contains(&c)) {
        if !word.is_ascii() {
            judgement.words += 1;
            judgement.vietnamese += usize::from(is_vietnamese(word));
            judgement.common += usize::from(COMMON.contains(&format!(" {} ", word.to_lowercase())));
            judgement.western += usize::from(is_western(word));
        }
    }
    for c in text.chars().filter(|c| !c.is_ascii() && !c.is_alphanumeric() && !TONES.contains(c)) {
        judgement.signs += 1;
        judgement.honest_signs += usize::from(SIGNS.contains(c));
    }
    judgement
}

/// Whether no small letter is followed by a capital one and no digit stands among the letters.
fn is_even(word: &str) -> bool {
    let mut small = false;
    for c in word.chars() {
        if c.is_numeric() || (small && c.is_uppercase()) {
            return false;
        }
        small |= c.is_lowercase();
    }
    true
}

/// Whether a word can be one Vietnamese syllable.
fn is_vietnamese(word: &str) -> bool {
    if !is_even(word) {
        return false;
    }
    let mut tones = 0;
    let bare: String = word
        .to_lowercase()
        .nfd()
        .filter(|c| {
            let tone = TONES.contains(c);
            tones += usize::from(tone);
            !tone
        })
        .nfc()
        .collect();
    tones <= 1 && is_syllable(&bare)
}

/// Whether a text without tone marks, in small letters, is a syllable: consonant, vowels, consonant.
fn is_syllable(bare: &str) -> bool {
    ONSETS.iter().any(|onset| {
        bare.strip_prefix(onset).is_some_and(|rest| {
            let end = rest.char_indices().find(|(_, c)| !"aăâeêioôơuưy".contains(*c)).map_or(rest.len(), |(at, _)| at);
            let (nucleus, coda) = rest.split_at(end);
            (NUCLEI.contains(&nucleus) || (nucleus.is_empty() && *onset == "gi")) && CODAS.contains(&coda)
        })
    })
}

/// Whether a word is even and made of ASCII and West European letters, the former at least as many.
fn is_western(word: &str) -> bool {
    let ascii = word.chars().filter(char::is_ascii).count();
    is_even(word)
        && word.chars().count() <= ascii * 2 + 1
        && word.chars().all(|c| c.is_ascii() || ('À'..='ÿ').contains(&c) || "œŒšŠžŽŸ".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_told_from_noise() {
        for word in [
            "Hà",
            "Nội",
            "NGUYỄN",
            "đường",
            "Giếng",
            "quyết",
            "Đắk",
            "ươm",
            "Thuỷ",
            "Huế",
            "Bưởi",
            "nghiêng",
            "Ðăk".trim_start_matches('Ð'),
        ] {
            assert!(is_vietnamese(word), "{word}");
        }
        for word in ["Café", "Nôòi", "NéI", "Ê512", "résumé", "Köln", "thµnh"] {
            assert!(!is_vietnamese(word), "{word}");
        }
        assert!(is_western("résumé"));
        assert!(!is_western("thµnh"));
    }
}
