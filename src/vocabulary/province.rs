//! The provinces and centrally-run cities [đơn vị hành chính cấp tỉnh] of every day since 1 August 2008: the 63 before 1 July 2025,
//! the 34 after it, and what became what.

use std::borrow::Cow;
use std::sync::LazyLock;

use chrono::NaiveDate;
use rust_embed::RustEmbed;

use super::list::{CodeList, Entry};
use crate::kernel::Localized;
use crate::kernel::text::fold;

/// The code of an invented province; no real one has it.
pub const INVENTED: &str = "00";

/// The last day of the list of 63 (Nghị quyết 202/2025/QH15, Quyết định 19/2025/QĐ-TTg).
pub const LAST_DAY_OF_63: NaiveDate = match NaiveDate::from_ymd_opt(2025, 6, 30) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

#[derive(RustEmbed)]
#[folder = "vocabularies/"]
struct Shipped;

/// The bytes of a file of `vocabularies/`, such as `provinces-34.csv`.
pub fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Shipped::get(name).map(|file| file.data)
}

static PROVINCES: LazyLock<CodeList> = LazyLock::new(|| {
    let mut entries = rows("provinces-34.csv");
    // The column of related codes looks back here, and forward in the other files.
    entries.iter_mut().for_each(|entry| entry.successors.clear());
    entries.extend(rows("provinces-63.csv"));
    entries.extend(rows("provinces-interim.csv"));
    CodeList::new(entries)
});

/// The provinces and centrally-run cities, present ones first.
pub fn provinces() -> &'static CodeList {
    &PROVINCES
}

/// The unit that people mean by a name on a day: with or without tone marks, in Vietnamese or English, with or without the word for
/// its kind ("Tỉnh Lâm Đồng", "tp. Hồ Chí Minh", "lam dong", "Ho Chi Minh City").
pub fn province_named(name: &str, day: NaiveDate) -> Option<&'static Entry> {
    provinces().on(day).find(|entry| is_called(entry, name))
}

/// Whether people call a unit by a name, as told in [`province_named`].
pub fn is_called(entry: &Entry, name: &str) -> bool {
    let name = bare_name(name);
    !name.is_empty()
        && (name == bare_name(&entry.name.vi) || entry.name.en.as_deref().is_some_and(|en| name == bare_name(en)))
}

/// Whether a unit is a centrally-run city [thành phố trực thuộc trung ương], not a province.
pub fn is_city(entry: &Entry) -> bool {
    fold(&entry.kind).starts_with("thanh pho")
}

/// The letters of a province's name, folded, without the word for the kind of unit: what names are compared by.
pub fn bare_name(name: &str) -> String {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words = match words.as_slice() {
        ["thanh", "pho", rest @ ..] | ["tinh" | "tp", rest @ ..] if !rest.is_empty() => rest,
        [rest @ .., "province" | "city"] if !rest.is_empty() => rest,
        all => all,
    };
    words.concat()
}

/// Reads a file of units; its columns are told in `vocabularies/README.md`. The tests hold that no row is passed over.
fn rows(name: &str) -> Vec<Entry> {
    let bytes = file(name).unwrap_or_default();
    String::from_utf8_lossy(&bytes).lines().skip(1).filter_map(row).collect()
}

fn row(line: &str) -> Option<Entry> {
    let cells: Vec<&str> = line.split(',').collect();
    let &[code, name, kind, english, related, _, from, to, _] = cells.as_slice() else { return None };
    Some(Entry {
        code: code.to_owned(),
        name: Localized { vi: name.to_owned(), en: Some(english.to_owned()) },
        kind: kind.to_owned(),
        from: from.parse().ok()?,
        to: if to.is_empty() { None } else { Some(to.parse().ok()?) },
        successors: related.split("; ").map(str::to_owned).collect(),
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn lines(name: &str) -> Vec<String> {
        String::from_utf8(file(name).unwrap().into_owned()).unwrap().lines().skip(1).map(str::to_owned).collect()
    }

    fn labels(entries: &[&Entry]) -> String {
        entries.iter().map(|entry| format!("{} {}", entry.code, entry.name.vi)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn every_row_of_every_file_is_read_and_no_cell_is_quoted() {
        let files = ["provinces-34.csv", "provinces-63.csv", "provinces-interim.csv"];
        let all: Vec<String> = files.iter().flat_map(|name| lines(name)).collect();
        assert_eq!(all.len(), 34 + 63 + 2);
        assert_eq!(provinces().entries().len(), all.len());
        for line in &all {
            let row = row(line).unwrap_or_else(|| panic!("{line}"));
            assert!(!line.contains('"') && row.code.len() == 2 && row.code != INVENTED, "{line}");
            assert!(row.code.bytes().all(|byte| byte.is_ascii_digit()), "{line}");
        }
    }

    #[test]
    fn there_are_63_units_until_30_june_2025_and_34_since() {
        let list = provinces();
        for (date, units, cities) in [
            ("2008-07-31", 0, 0),
            ("2008-08-01", 63, 5),
            ("2024-12-31", 63, 5),
            ("2025-01-01", 63, 6),
            ("2025-06-30", 63, 6),
            ("2025-07-01", 34, 6),
            ("2026-04-29", 34, 6),
            ("2026-04-30", 34, 7),
            ("2026-11-21", 34, 7),
        ] {
            assert_eq!(list.on(day(date)).count(), units, "{date}");
            assert_eq!(list.on(day(date)).filter(|entry| is_city(entry)).count(), cities, "{date}");
            let codes: BTreeSet<&str> = list.on(day(date)).map(|entry| entry.code.as_str()).collect();
            assert_eq!(codes.len(), units, "a code twice on {date}");
        }
    }

    #[test]
    fn every_unit_that_ended_has_one_successor_which_begins_the_day_after() {
        for entry in provinces().entries() {
            assert_eq!(entry.to.is_some(), !entry.successors.is_empty(), "{entry:?}");
            assert_eq!(provinces().successors(entry).len(), usize::from(entry.to.is_some()), "{entry:?}");
        }
    }

    #[test]
    fn each_of_the_63_became_one_of_the_34_and_both_files_tell_the_same_story() {
        let (list, today) = (provinces(), day("2026-11-21"));
        let mut became: BTreeSet<&str> = BTreeSet::new();
        for old in list.on(LAST_DAY_OF_63) {
            let now = list.became(old, today);
            assert_eq!(now.len(), 1, "{old:?}");
            became.insert(&now[0].code);
        }
        assert_eq!(became.len(), 34);
        // The columns of predecessors and of names, which the list does not read, agree with it.
        for line in lines("provinces-34.csv") {
            let cells: Vec<&str> = line.split(',').collect();
            let parts = list.made_of(list.get(cells[0], today).unwrap(), LAST_DAY_OF_63);
            let told = |pick: fn(&Entry) -> &str| parts.iter().map(|entry| pick(entry)).collect::<BTreeSet<_>>();
            assert_eq!(told(|entry| &entry.code), cells[4].split("; ").collect(), "{line}");
            assert_eq!(told(|entry| &entry.name.vi), cells[5].split("; ").collect(), "{line}");
        }
        for (file, next) in [("provinces-63.csv", "2025-07-01"), ("provinces-interim.csv", "2026-11-21")] {
            for line in lines(file) {
                let cells: Vec<&str> = line.split(',').collect();
                assert_eq!(list.get(cells[4], day(next)).unwrap().name.vi, cells[5], "{line}");
            }
        }
    }

    #[test]
    fn a_former_province_says_what_it_became_and_a_present_one_what_it_was_made_of() {
        let (list, today) = (provinces(), day("2026-11-21"));
        let old = |code: &str| list.get(code, LAST_DAY_OF_63).unwrap();
        for (code, now) in [
            ("67", "68 Lâm Đồng"),
            ("94", "92 Cần Thơ"),
            ("52", "52 Gia Lai"),
            ("64", "52 Gia Lai"),
            ("72", "80 Tây Ninh"),
            ("80", "80 Tây Ninh"),
            ("01", "01 Hà Nội"),
            ("70", "75 Đồng Nai"),
        ] {
            assert_eq!(labels(&list.became(old(code), today)), now, "{code}");
        }
        let parts = |code: &str| labels(&list.made_of(list.get(code, today).unwrap(), LAST_DAY_OF_63));
        assert_eq!(parts("68"), "60 Bình Thuận, 67 Đắk Nông, 68 Lâm Đồng");
        assert_eq!(parts("11"), "11 Điện Biên");
        // It changed twice: by the merger, and when it became a city.
        assert_eq!(parts("75"), "70 Bình Phước, 75 Đồng Nai");
        // Before it was a city, it was a province of another name.
        let hue = list.get("46", day("2020-01-01")).unwrap();
        assert_eq!((hue.name.vi.as_str(), is_city(hue)), ("Thừa Thiên Huế", false));
        assert_eq!(labels(&list.became(hue, today)), "46 Huế");
    }

    #[test]
    fn a_unit_is_found_by_its_name_however_it_is_written() {
        let today = day("2026-11-21");
        for (name, code) in [
            ("Tỉnh Lâm Đồng", "68"),
            ("tỉnh lâm đồng", "68"),
            ("LAM DONG", "68"),
            ("Lâm Đồng Province", "68"),
            ("Thành phố Hồ Chí Minh", "79"),
            ("TP. Hồ Chí Minh", "79"),
            ("tp.ho chi minh", "79"),
            ("Ho Chi Minh City", "79"),
            ("Hanoi", "01"),
            ("Thanh pho Can Tho", "92"),
            ("Khánh Hoà", "56"),
            ("huế", "46"),
        ] {
            assert_eq!(province_named(name, today).map(|entry| entry.code.as_str()), Some(code), "{name}");
        }
        for name in ["Bà Rịa-Vũng Tàu", "Bà Rịa – Vũng Tàu", "ba ria vung tau"] {
            assert_eq!(province_named(name, LAST_DAY_OF_63).unwrap().code, "77", "{name}");
            assert_eq!(province_named(name, today), None, "{name}");
        }
        assert_eq!(province_named("Tây Ninh", LAST_DAY_OF_63).unwrap().code, "72");
        assert_eq!(province_named("Tây Ninh", today).unwrap().code, "80");
        for name in ["", " ", "Tỉnh", "thành phố", "Lạc Điền", "province"] {
            assert_eq!(province_named(name, today), None, "{name}");
        }
    }

    #[test]
    fn no_two_units_of_a_day_are_called_alike() {
        for date in ["2008-08-01", "2025-06-30", "2025-07-01", "2026-11-21"] {
            for entry in provinces().on(day(date)) {
                assert_eq!(province_named(&entry.name.vi, day(date)), Some(entry), "{date}");
            }
        }
    }
}
