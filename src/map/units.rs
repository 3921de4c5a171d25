//! Which unit a cell means: by its code, or by its name however it is written.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::model::Level;
use crate::kernel::Localized;
use crate::kernel::text::fold;
use crate::vocabulary::{LAST_DAY_OF_63, bare_name, provinces};

/// A unit that cells may name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Further names.
    pub also: Vec<String>,
}

/// The provinces of a day, with the names that they had within the same list.
pub fn provinces_on(day: NaiveDate) -> Vec<Named> {
    let list = provinces();
    list.on(day)
        .map(|entry| Named {
            code: entry.code.clone(),
            name: entry.name.clone(),
            also: list
                .entries()
                .iter()
                .filter(|old| old.code == entry.code && !old.valid_on(day) && list.became(old, day).contains(&entry))
                .filter(|old| (old.from <= LAST_DAY_OF_63) == (entry.from <= LAST_DAY_OF_63))
                .map(|old| old.name.vi.clone())
                .collect(),
        })
        .collect()
}

/// Words before the name of a commune that say what kind it is.
const KINDS: [&[&str]; 5] = [&["xa"], &["phuong"], &["thi", "tran"], &["dac", "khu"], &["dac", "khu", "dao"]];

fn words(name: &str) -> Vec<String> {
    let folded = fold(name);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The name of a commune without the word for its kind.
fn bare_commune(name: &str) -> String {
    let all = words(name);
    let rest = KINDS
        .iter()
        .rev()
        .find(|kind| all.len() > kind.len() && all.iter().zip(kind.iter()).all(|(word, kind)| word == kind))
        .map_or(all.as_slice(), |kind| &all[kind.len()..]);
    rest.concat()
}

/// Finds units by what cells say.
#[derive(Clone, Debug)]
pub struct Matcher {
    level: Level,
    codes: HashMap<String, usize>,
    /// None where several are called so.
    full: HashMap<String, Option<usize>>,
    bare: HashMap<String, Option<usize>>,
}

impl Matcher {
    /// Of the units of a level, which are found by their place among them.
    pub fn new(level: Level, units: &[Named]) -> Self {
        let mut new = Self { level, codes: HashMap::new(), full: HashMap::new(), bare: HashMap::new() };
        for (at, unit) in units.iter().enumerate() {
            new.codes.insert(unit.code.clone(), at);
            let names = std::iter::once(&unit.name.vi).chain(&unit.name.en).chain(&unit.also);
            for name in names {
                let bare = new.bare_of(name);
                for (map, key) in [(&mut new.full, words(name).concat()), (&mut new.bare, bare)] {
                    if key.is_empty() {
                        continue;
                    }
                    map.entry(key).and_modify(|known| *known = known.filter(|known| *known == at)).or_insert(Some(at));
                }
            }
        }
        new
    }

    fn bare_of(&self, name: &str) -> String {
        match self.level {
            Level::Province => bare_name(name),
            Level::Commune => bare_commune(name),
        }
    }

    /// The unit that a cell means.
    pub fn find(&self, cell: &str) -> Option<usize> {
        let cell = cell.trim();
        if !cell.is_empty() && cell.bytes().all(|byte| byte.is_ascii_digit()) {
            // Spreadsheets drop zeros in front.
            return self.codes.get(&format!("{cell:0>width$}", width = self.level.digits())).copied();
        }
        let full = self.full.get(&words(cell).concat()).copied().flatten();
        full.or_else(|| self.bare.get(&self.bare_of(cell)).copied().flatten())
    }

    /// Whether a cell is a code of digits.
    pub fn is_code(cell: &str) -> bool {
        !cell.trim().is_empty() && cell.trim().bytes().all(|byte| byte.is_ascii_digit())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_are_found_by_code_and_by_name_in_both_lists() {
        let today = provinces_on("2026-11-28".parse().unwrap());
        let matcher = Matcher::new(Level::Province, &today);
        let code = |cell: &str| matcher.find(cell).map(|at| today[at].code.as_str());
        for (cell, wanted) in [("68", "68"), ("1", "01"), ("Tỉnh Lâm Đồng", "68"), ("ha noi", "01"), ("TP. Huế", "46")]
        {
            assert_eq!(code(cell), Some(wanted), "{cell}");
        }
        for cell in ["", "99", "Kon Tum", "Tỉnh", "100"] {
            assert_eq!(code(cell), None, "{cell}");
        }
        let old = provinces_on(LAST_DAY_OF_63);
        let matcher = Matcher::new(Level::Province, &old);
        let code = |cell: &str| matcher.find(cell).map(|at| old[at].code.as_str());
        assert_eq!((code("Kon Tum"), code("Thừa Thiên - Huế"), code("Huế")), (Some("62"), Some("46"), Some("46")));
    }

    #[test]
    fn communes_of_one_name_are_told_apart_by_their_kind_alone() {
        let named = |code: &str, name: &str| Named {
            code: code.into(),
            name: Localized { vi: name.into(), en: None },
            also: Vec::new(),
        };
        let units =
            [named("00001", "Phường Kim Sơn"), named("00004", "Xã Kim Sơn"), named("00007", "Đặc khu Hoàng Sa")];
        let matcher = Matcher::new(Level::Commune, &units);
        assert_eq!((matcher.find("XÃ KIM SƠN"), matcher.find("Kim Sơn")), (Some(1), None));
        assert_eq!((matcher.find("Hoàng Sa"), matcher.find("7"), matcher.find("00004")), (Some(2), Some(2), Some(1)));
    }
}
