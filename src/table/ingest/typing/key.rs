//! Machine names of columns: what SQL, scripts and Parquet call them.

use std::collections::BTreeSet;

use crate::kernel::text::fold;

/// Longest key in characters.
pub const MAX: usize = 60;

/// One key per title: tone marks folded, words joined by `_`, unique, never empty, never starting with a digit.
pub fn keys(titles: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    titles
        .iter()
        .enumerate()
        .map(|(index, title)| {
            let base = key(title, index);
            let mut key = base.clone();
            let mut number = 2;
            while !taken.insert(key.clone()) {
                let suffix = format!("_{number}");
                key = format!("{}{suffix}", base[..base.len().min(MAX - suffix.len())].trim_end_matches('_'));
                number += 1;
            }
            key
        })
        .collect()
}

fn key(title: &str, index: usize) -> String {
    let mut key = String::new();
    for word in fold(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push('_');
        }
        key.push_str(word);
    }
    if key.is_empty() {
        return format!("column_{}", index + 1);
    }
    if key.starts_with(|c: char| c.is_ascii_digit()) {
        key.insert_str(0, "c_");
    }
    key.truncate(MAX);
    key.truncate(key.trim_end_matches('_').len());
    key
}

/// Titles with a number in brackets behind those that came before, so that each is unique.
pub fn unique(titles: &[String]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    titles
        .iter()
        .map(|title| {
            let mut name = title.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{title} ({number})");
                number += 1;
            }
            name
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(titles: &[&str]) -> Vec<String> {
        keys(&titles.iter().map(|&title| title.to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn a_title_becomes_ascii_snake_case() {
        assert_eq!(
            of(&["Mã tỉnh/thành", "Đơn vị (tỷ đồng)", "2024", "%", "a__b"]),
            ["ma_tinh_thanh", "don_vi_ty_dong", "c_2024", "column_4", "a_b"]
        );
    }

    #[test]
    fn keys_are_unique_and_short() {
        assert_eq!(of(&["Năm", "nam", "NĂM", "nam 2"]), ["nam", "nam_2", "nam_3", "nam_2_2"]);
        let long = "dài ".repeat(40);
        for key in of(&[&long, &long]) {
            assert!(key.len() <= MAX && !key.ends_with('_'), "{key}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_title_gets_a_usable_key(titles in proptest::collection::vec("\\PC{0,70}", 1..12)) {
            let keys = keys(&titles);
            for key in &keys {
                proptest::prop_assert!(!key.is_empty() && key.len() <= MAX && !key.as_bytes()[0].is_ascii_digit());
                proptest::prop_assert!(key.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_'));
            }
            let distinct: BTreeSet<_> = keys.iter().collect();
            proptest::prop_assert_eq!(distinct.len(), titles.len());
        }
    }
}
