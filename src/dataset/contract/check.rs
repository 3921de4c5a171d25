//! Holding a table against its contract: one walk over its canonical CSV, in bounded memory.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use regex::Regex;

use super::{Breach, Contract, Rule};
use crate::dataset::{Constraints, below, whole};
use crate::kernel::text::nfc;
use crate::kernel::{Error, Result};
use crate::platform::sort::{Sorter, fingerprint};
use crate::table::Visitor;
use crate::table::ingest::report::{Column, Kind};

/// Rows that a breach names.
const ROWS: usize = 50;
/// Bytes of memory that looking for one column's repeated values may take; beyond it sorts on disk.
const MEMORY: usize = 32 << 20;

/// Watches a table's rows go by.
pub(super) struct Check {
    watches: Vec<Watch>,
    /// Places of the key's columns; empty when there is no whole key.
    key: Vec<usize>,
    key_title: String,
    keys: Option<Sorter>,
    /// Rows seen.
    row: u64,
    breaches: BTreeMap<(usize, Rule), Breach>,
}

/// What is watched in one column.
struct Watch {
    /// Its place in the contract.
    place: usize,
    /// Its place in the table.
    at: usize,
    title: String,
    kind: Kind,
    wanted: Constraints,
    pattern: Option<Regex>,
    codes: HashSet<String>,
    values: Option<Sorter>,
}

impl Check {
    /// A check of a table with these columns; `scratch` is a folder for what memory does not hold.
    pub(super) fn new(contract: &Contract, columns: &[Column], scratch: &Path) -> Self {
        let scratch: PathBuf = scratch.to_owned();
        let sorter = || Sorter::new(MEMORY, &scratch);
        let mut check = Self {
            watches: Vec::new(),
            key: Vec::new(),
            key_title: contract.key().join(" + "),
            keys: None,
            row: 0,
            breaches: BTreeMap::new(),
        };
        let mut whole_key = true;
        for (place, (title, wanted)) in contract.columns.iter().enumerate() {
            let Some((at, column)) = columns.iter().enumerate().find(|(_, column)| column.title == *title) else {
                let breach = Breach { column: title.clone(), rule: Rule::Present, count: 0, rows: Vec::new() };
                check.breaches.insert((place, Rule::Present), breach);
                whole_key &= !wanted.key;
                continue;
            };
            if wanted.key {
                check.key.push(at);
            }
            check.watches.push(Watch {
                place,
                at,
                title: title.clone(),
                kind: column.kind,
                pattern: wanted.pattern.as_deref().and_then(whole),
                codes: wanted.codes.iter().map(|code| code.value.clone()).collect(),
                values: wanted.unique.then(sorter),
                wanted: wanted.clone(),
            });
        }
        if !whole_key {
            check.key.clear();
        }
        check.keys = (!check.key.is_empty()).then(sorter);
        check
    }

    /// Ends the watch; says what was broken, in the contract's order.
    pub(super) fn finish(mut self) -> Result<Vec<Breach>> {
        for watch in std::mem::take(&mut self.watches) {
            if let Some(values) = watch.values {
                let (count, rows) = repeated(values)?;
                if count > 0 {
                    let breach = Breach { column: watch.title, rule: Rule::Unique, count, rows };
                    self.breaches.insert((watch.place, Rule::Unique), breach);
                }
            }
        }
        if let Some(keys) = self.keys.take() {
            let (count, rows) = repeated(keys)?;
            if count > 0 {
                let breach = Breach { column: self.key_title, rule: Rule::Key, count, rows };
                self.breaches.insert((usize::MAX, Rule::Key), breach);
            }
        }
        Ok(self.breaches.into_values().collect())
    }
}

impl Visitor for Check {
    fn row(&mut self, cells: &[&str]) -> Result<()> {
        self.row += 1;
        let row = self.row;
        for watch in &mut self.watches {
            let cell = cells.get(watch.at).copied().unwrap_or_default();
            for rule in watch.broken_by(cell) {
                let breach = self.breaches.entry((watch.place, rule)).or_insert_with(|| Breach {
                    column: watch.title.clone(),
                    rule,
                    count: 0,
                    rows: Vec::new(),
                });
                breach.count += 1;
                if breach.rows.len() < ROWS {
                    breach.rows.push(row);
                }
            }
            if let Some(values) = &mut watch.values
                && !cell.is_empty()
            {
                values.push(&record([cell], row))?;
            }
        }
        if let Some(keys) = &mut self.keys {
            let parts: Vec<&str> = self.key.iter().map(|at| cells.get(*at).copied().unwrap_or_default()).collect();
            // A key with an empty part is broken already.
            if parts.iter().all(|part| !part.is_empty()) {
                keys.push(&record(parts, row))?;
            }
        }
        Ok(())
    }
}

impl Watch {
    /// The rules that a cell breaks by itself.
    fn broken_by(&self, cell: &str) -> Vec<Rule> {
        let wanted = &self.wanted;
        if cell.is_empty() {
            return if wanted.required || wanted.key { vec![Rule::Required] } else { Vec::new() };
        }
        let mut broken = Vec::new();
        // A day as the end of moments is the whole day.
        let value = if self.kind == Kind::DateTime { cell.get(..10).unwrap_or(cell) } else { cell };
        if wanted.minimum.as_deref().is_some_and(|least| below(value, least, self.kind)) {
            broken.push(Rule::Minimum);
        }
        if wanted.maximum.as_deref().is_some_and(|most| below(most, value, self.kind)) {
            broken.push(Rule::Maximum);
        }
        if self.pattern.is_some() || !self.codes.is_empty() {
            let plain;
            let cell = if cell.is_ascii() {
                cell
            } else {
                plain = nfc(cell);
                &plain
            };
            if self.pattern.as_ref().is_some_and(|pattern| !pattern.is_match(cell)) {
                broken.push(Rule::Pattern);
            }
            if !self.codes.is_empty() && !self.codes.contains(cell) {
                broken.push(Rule::Codes);
            }
        }
        broken
    }
}

/// The fingerprint of the values and the row behind it: equal values stand together once sorted, in the order of their rows.
fn record<'a>(values: impl IntoIterator<Item = &'a str>, row: u64) -> [u8; 24] {
    let mut record = [0; 24];
    record[..16].copy_from_slice(&fingerprint(values.into_iter().map(str::as_bytes)));
    record[16..].copy_from_slice(&row.to_be_bytes());
    record
}

/// How many rows repeat what an earlier one holds, and the first of them.
fn repeated(sorter: Sorter) -> Result<(u64, Vec<u64>)> {
    let mut sorted = sorter.finish()?;
    let (mut count, mut last) = (0, [0; 16]);
    let mut seen = false;
    // The first by row number, of which the sort by value knows nothing: a heap of the smallest.
    let mut rows = std::collections::BinaryHeap::new();
    while let Some(record) = sorted.next_record()? {
        let (value, row) = record.split_at_checked(16).ok_or_else(|| Error::internal("a short fingerprint"))?;
        let row = u64::from_be_bytes(row.try_into().map_err(Error::internal)?);
        if seen && value == last {
            count += 1;
            rows.push(row);
            if rows.len() > ROWS {
                rows.pop();
            }
        }
        last.copy_from_slice(value);
        seen = true;
    }
    Ok((count, rows.into_sorted_vec()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::table::ingest::{Choices, Limits, ingest};

    /// What a CSV text breaks: column, rule, rows.
    fn broken(csv: &str, wanted: &[(&str, Constraints)]) -> Vec<(String, &'static str, Vec<u64>)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("bang.csv");
        std::fs::write(&path, csv).unwrap();
        let out = folder.path().join("out");
        std::fs::create_dir(&out).unwrap();
        let read = ingest(&path, "bang.csv", &out, &Choices::default(), &Limits::default(), &mut |_| ()).unwrap();
        let columns = read.report.outcome.columns.clone();
        let contract =
            Contract { columns: wanted.iter().map(|(title, wanted)| ((*title).to_owned(), wanted.clone())).collect() };
        let mut check = Check::new(&contract, &columns, folder.path());
        let text = std::fs::read_to_string(read.csv()).unwrap();
        for line in text.trim_start_matches('\u{feff}').lines().skip(1) {
            check.row(&line.split(',').collect::<Vec<_>>()).unwrap();
        }
        let breaches = check.finish().unwrap();
        breaches.into_iter().map(|b| (b.column, b.rule.code(), b.rows)).collect()
    }

    fn told(expected: &[(&str, &'static str, &[u64])]) -> Vec<(String, &'static str, Vec<u64>)> {
        expected.iter().map(|(column, rule, rows)| ((*column).to_owned(), *rule, rows.to_vec())).collect()
    }

    #[test]
    fn every_rule_finds_the_rows_that_break_it_and_no_others() {
        let csv = "Mã,Loại,Diện tích,Ngày\nA1,đất,10,2026-01-01\nA2,,5,2026-01-02\nA1,nước,-3,2025-12-31\nB9,đất,11,\n";
        let some = Constraints::default;
        let wanted = [
            ("Mã", Constraints { unique: true, pattern: Some(r"A\d".into()), ..some() }),
            ("Loại", Constraints { required: true, codes: Constraints::codes_from("đất\nrừng"), ..some() }),
            ("Diện tích", Constraints { minimum: Some("0".into()), maximum: Some("10".into()), ..some() }),
            ("Ngày", Constraints { minimum: Some("2026-01-01".into()), ..some() }),
            ("Xã", Constraints { required: true, ..some() }),
        ];
        let expected = told(&[
            ("Mã", "unique", &[3]),
            ("Mã", "pattern", &[4]),
            ("Loại", "required", &[2]),
            ("Loại", "codes", &[3]),
            ("Diện tích", "minimum", &[3]),
            ("Diện tích", "maximum", &[4]),
            ("Ngày", "minimum", &[3]),
            ("Xã", "present", &[]),
        ]);
        assert_eq!(broken(csv, &wanted), expected);
    }

    #[test]
    fn a_key_of_two_columns_is_repeated_only_when_both_are() {
        let csv = "Xã,Năm,Giá trị\nKim Sơn,2025,1\nKim Sơn,2026,2\nAn Lạc,2025,3\nKim Sơn,2025,4\n,2025,5\n,2025,6\n";
        let key = Constraints { key: true, ..Constraints::default() };
        let wanted = [("Xã", key.clone()), ("Năm", key.clone())];
        assert_eq!(broken(csv, &wanted), told(&[("Xã", "required", &[5, 6]), ("Xã + Năm", "key", &[4])]));
        // With a column of the key gone there is nothing to compare by.
        let wanted = [("Xã", key.clone()), ("Quý", key)];
        assert_eq!(broken(csv, &wanted), told(&[("Xã", "required", &[5, 6]), ("Quý", "present", &[])]));
    }

    proptest::proptest! {
        #[test]
        fn repeated_values_are_those_that_a_set_knows(values in proptest::collection::vec(0_u32..40, 0..300)) {
            let folder = tempfile::tempdir().unwrap();
            // So little memory that it sorts on disk.
            let mut sorter = Sorter::new(400, folder.path());
            let (mut seen, mut expected) = (BTreeSet::new(), Vec::new());
            for (row, value) in (1_u64..).zip(&values) {
                sorter.push(&record([value.to_string().as_str()], row)).unwrap();
                if !seen.insert(value) {
                    expected.push(row);
                }
            }
            let (count, rows) = repeated(sorter).unwrap();
            proptest::prop_assert_eq!(count as usize, expected.len());
            expected.truncate(ROWS);
            proptest::prop_assert_eq!(rows, expected);
        }
    }
}
