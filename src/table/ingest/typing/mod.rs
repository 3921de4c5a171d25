//! Deciding types: one walk over the whole file counts what the cells look like, then each column gets its kind and a reason.
//!
//! The rules, in short:
//! - A column has a kind when all its filled cells fit, or at least 98 % and 50 of them (and no more than 10,000 do not): then
//!   the rows of the others are set aside. Where that would be more than 2 % of the rows over all columns, the columns with most
//!   misfits stay text. Yes and no need every cell. A kind that a person chose always holds.
//! - Codes stay text: one leading zero is enough, so is one number of more than 15 digits or one telephone number; twelve
//!   digits everywhere; the same number of digits (five or more) everywhere under a title that names an identifier.
//! - The decimal sign is a matter of the whole column: `1,5` or `1.234.567` prove it; `1.234` alone does not, then whole
//!   numbers beside it, the other columns and at last the point decide, and a note says so.
//! - The day comes before the month unless the column proves the contrary; a note says when nothing proves either.
//! - A note says where codes of a fixed number of digits seem to have lost zeros in front; a person may have them given back.
//! - "No value" signs (`-`, `N/A`, …) count as empty, except in text columns, which keep them.

pub(in crate::table) mod canonical;
pub(in crate::table::ingest) mod convert;
pub(in crate::table::ingest) mod date;
pub(in crate::table::ingest) mod evidence;
pub(super) mod key;
mod number;
mod verdict;
pub(in crate::table::ingest) mod word;

use convert::Reading;
use evidence::Evidence;
use number::Sign;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

pub use super::report::Choices;
use super::report::{Column, Kind, Reason};
use super::rows::{Row, Source};
use crate::kernel::text::truncate;
use crate::kernel::{Error, Problem, Result};
pub use key::{keys, unique};

/// How much memory an ingest may use, in bytes, whatever the file's size; each part divides its share among the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Counting distinct values.
    pub profile: usize,
    /// Rows waiting to be written as one batch.
    pub batch: usize,
    /// The row group being encoded.
    pub row_group: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { profile: 64 << 20, batch: 16 << 20, row_group: 64 << 20 }
    }
}

/// What the first walk decided.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Rows in the file that are not blank.
    pub rows: u64,
    /// The columns, without profiles.
    pub columns: Vec<Column>,
    /// Columns whose codes get zeros in front, and up to how many digits.
    pub(in crate::table::ingest) widths: Vec<(usize, usize)>,
    pub(in crate::table::ingest) readings: Vec<Reading>,
    pub(in crate::table::ingest) tokens: Vec<String>,
}

/// Digits that a code may be filled up to.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 2..=20;

/// How much of the header a refusal names, in graphemes.
const KNOWN: usize = 300;

/// Rows between two calls of `progress`.
pub(in crate::table::ingest) const PROGRESS_STEP: u64 = 8192;

/// Walks the whole file once and decides every column. `progress` hears the rows walked so far.
///
/// # Errors
/// `choice-unknown-column` (`column`, `known`), `choice-width` (`column`, `min`, `max`), `choice-width-kind` (`column`), `choice-decimal-sign` (`sign`), `table-without-rows`, `most-rows-set-aside` (`rows`,
/// `count`, `column`), and what reading the source refuses.
pub fn decide(source: &dyn Source, choices: &Choices, _limits: &Limits, progress: &mut dyn FnMut(u64)) -> Result<Plan> {
    let titles = unique(source.header());
    let keys = keys(&titles);
    let mut choices = Cow::Borrowed(choices);
    if choices.earlier {
        let choices = choices.to_mut();
        choices.kinds.retain(|title, _| titles.contains(title));
        choices.widths.retain(|title, _| titles.contains(title));
    }
    let decided = choices.kinds.keys().chain(choices.widths.keys());
    let unknown = decided.filter(|title| !titles.contains(title));
    let mut unknown: Vec<Problem> = unknown
        .map(|title| {
            let known = truncate(&titles.join(", "), KNOWN);
            Problem::new("choice-unknown-column").with("column", title.as_str()).with("known", known)
        })
        .collect();
    for (title, width) in &choices.widths {
        if !WIDTHS.contains(width) {
            let problem = Problem::new("choice-width").with("column", title.as_str());
            unknown.push(problem.with("min", i64::from(*WIDTHS.start())).with("max", i64::from(*WIDTHS.end())));
        }
        if choices.kinds.get(title).is_some_and(|kind| *kind != Kind::Text) {
            unknown.push(Problem::new("choice-width-kind").with("column", title.as_str()));
        }
    }
    if !unknown.is_empty() {
        return Err(Error::invalid_all(unknown));
    }
    let chosen_sign = match choices.decimal {
        None => None,
        Some('.') => Some(Sign::Point),
        Some(',') => Some(Sign::Comma),
        Some(sign) => return Err(Error::invalid(Problem::new("choice-decimal-sign").with("sign", sign.to_string()))),
    };
    let code = |title: &String| (choices.text || choices.widths.contains_key(title)).then_some(Kind::Text);
    let chosen: Vec<Option<Kind>> =
        titles.iter().map(|title| choices.kinds.get(title).copied().or_else(|| code(title))).collect();
    let widths: Vec<(usize, usize)> = titles
        .iter()
        .enumerate()
        .filter_map(|(index, title)| Some((index, usize::try_from(*choices.widths.get(title)?).ok()?)))
        .collect();

    let numbers = source.numbers();
    let mut evidence = vec![Evidence::default(); titles.len()];
    let mut walked = 0;
    let mut rows = source.rows()?;
    let mut row = Row::default();
    while rows.next(&mut row)? {
        walked += 1;
        if walked % PROGRESS_STEP == 0 {
            progress(walked);
        }
        if has_too_many_cells(&row, titles.len()) {
            continue;
        }
        for (cell, (evidence, chosen)) in row.cells().zip(evidence.iter_mut().zip(&chosen)) {
            if *chosen != Some(Kind::Text) || evidence.examples.len() < 3 {
                evidence.see(cell, numbers, &choices.null_tokens, chosen.is_some());
            } else {
                evidence.measure(word::trim(cell));
            }
        }
    }
    progress(walked);
    if walked == 0 {
        return Err(Error::invalid(Problem::new("table-without-rows")));
    }

    let file_sign = verdict::file_sign(&evidence);
    let setting = verdict::Setting { numbers, chosen_sign, file_sign, day_first: choices.day_first, strict: false };
    let mut columns = Vec::with_capacity(titles.len());
    let mut readings = Vec::with_capacity(titles.len());
    for (index, (((title, key), evidence), chosen)) in
        titles.into_iter().zip(keys).zip(&evidence).zip(&chosen).enumerate()
    {
        let (mut column, reading) = verdict::column(title, key, evidence, *chosen, setting);
        // Whoever gives the zeros back knows of them.
        if widths.iter().any(|(filled, _)| *filled == index) {
            column.notes.retain(|note| !matches!(note, Reason::ZerosLost { .. }));
        }
        if column.misfits * 2 > walked {
            return Err(most_rows_set_aside(walked, column.misfits, &column.title));
        }
        columns.push(column);
        readings.push(reading);
    }
    // Few misfits in each of many columns are many rows: then the columns with most of them stay text.
    let mut odd: Vec<usize> = (0..columns.len()).filter(|&i| chosen[i].is_none() && columns[i].misfits > 0).collect();
    odd.sort_by_key(|&index| std::cmp::Reverse(columns[index].misfits));
    let mut misfits: u64 = odd.iter().map(|&index| columns[index].misfits).sum();
    // One bad row may misfit in many columns: where the cells seem too many, the rows themselves are counted.
    if misfits * 50 > walked && misfit_rows(source, &readings, &choices.null_tokens)? * 50 <= walked {
        odd.clear();
    }
    for index in odd {
        if misfits * 50 <= walked {
            break;
        }
        misfits -= columns[index].misfits;
        let (title, key) = (std::mem::take(&mut columns[index].title), std::mem::take(&mut columns[index].key));
        let strict = verdict::Setting { strict: true, ..setting };
        (columns[index], readings[index]) = verdict::column(title, key, &evidence[index], None, strict);
    }
    Ok(Plan { rows: walked, columns, widths, readings, tokens: choices.null_tokens.clone() })
}

/// How many rows hold a cell that does not fit its column.
fn misfit_rows(source: &dyn Source, readings: &[Reading], tokens: &[String]) -> Result<u64> {
    let (mut rows, mut row, mut count) = (source.rows()?, Row::default(), 0);
    while rows.next(&mut row)? {
        let fits = readings.iter().enumerate().all(|(index, reading)| reading.read(row.cell(index), tokens).is_ok());
        count += u64::from(!fits && !has_too_many_cells(&row, readings.len()));
    }
    Ok(count)
}

/// Whether a cell beyond the last column holds anything.
#[inline]
pub(in crate::table::ingest) fn has_too_many_cells(row: &Row, columns: usize) -> bool {
    row.len() > columns && (columns..row.len()).any(|i| !word::trim(row.cell(i)).is_empty())
}

pub(in crate::table::ingest) fn most_rows_set_aside(rows: u64, count: u64, column: &str) -> Error {
    // The message says something else where no column is at fault, and Fluent cannot select on an empty text.
    let column = if column.is_empty() { "none" } else { column };
    Error::invalid(Problem::new("most-rows-set-aside").with("rows", rows).with("count", count).with("column", column))
}

#[cfg(test)]
pub(in crate::table::ingest) mod tests {
    use super::super::report::{SignReading, Storage};
    use super::super::rows::{NumberForm, Rows};
    use super::*;

    /// A table in memory.
    pub(in crate::table::ingest) struct Memory {
        pub(in crate::table::ingest) header: Vec<String>,
        pub(in crate::table::ingest) rows: Vec<Vec<String>>,
        pub(in crate::table::ingest) numbers: NumberForm,
    }

    struct Walk {
        rows: std::vec::IntoIter<Vec<String>>,
        number: u64,
    }

    impl Rows for Walk {
        fn next(&mut self, row: &mut Row) -> Result<bool> {
            row.clear();
            for cells in self.rows.by_ref() {
                self.number += 1;
                if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    row.number = self.number;
                    cells.iter().for_each(|cell| row.push(cell));
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }

    impl Source for Memory {
        fn header(&self) -> &[String] {
            &self.header
        }

        fn numbers(&self) -> NumberForm {
            self.numbers
        }

        fn rows(&self) -> Result<Box<dyn Rows>> {
            Ok(Box::new(Walk { rows: self.rows.clone().into_iter(), number: 1 }))
        }
    }

    impl Memory {
        pub(in crate::table::ingest) fn new(header: &[&str], rows: &[&[&str]]) -> Self {
            let owned = |cells: &[&str]| cells.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>();
            Self {
                header: owned(header),
                rows: rows.iter().map(|row| owned(row)).collect(),
                numbers: NumberForm::Written,
            }
        }

        /// A table whose second column only keeps rows from being blank.
        pub(in crate::table::ingest) fn column(
            title: &str,
            cells: impl IntoIterator<Item = impl Into<String>>,
        ) -> Self {
            let rows = cells.into_iter().map(|cell| vec![cell.into(), "giữ chỗ".to_owned()]).collect();
            Self { header: vec![title.to_owned(), "Ghi chú".to_owned()], rows, numbers: NumberForm::Written }
        }
    }

    pub(in crate::table::ingest) fn plan(source: &Memory) -> Plan {
        decide(source, &Choices::default(), &Limits::default(), &mut |_| ()).unwrap()
    }

    fn only(title: &str, cells: &[&str]) -> Column {
        plan(&Memory::column(title, cells.iter().copied())).columns.remove(0)
    }

    fn kind(cells: &[&str]) -> Kind {
        only("Cột", cells).kind
    }

    #[test]
    fn whole_numbers_are_integers_and_no_value_signs_count_as_empty() {
        let column = only("Số hộ", &["1", "-20", "", "N/A", " 3 ", "-", "1 234", "…"]);
        assert_eq!((column.kind, column.reason, column.misfits), (Kind::Integer, Reason::AllIntegers, 0));
        assert_eq!(column.form.thousands, Some(' '));
        assert_eq!(column.examples, ["1", "-20", "3"]);
    }

    #[test]
    fn codes_with_leading_zeros_stay_text() {
        let column = only("Mã", &["01", "12", "13"]);
        assert_eq!(column.reason, Reason::LeadingZeros { count: 1, example: "01".into() });
        let many: Vec<String> = (10..5000).map(|i| i.to_string()).chain(["007".to_owned()]).collect();
        assert_eq!(plan(&Memory::column("n", many)).columns[0].kind, Kind::Text);
    }

    #[test]
    fn identifiers_stay_text() {
        assert_eq!(only("x", &["123456789012", "223456789012"]).reason, Reason::Identifier12);
        assert_eq!(only("Mã số thuế", &["1234567890", "2234567890"]).reason, Reason::IdentifierTitle { digits: 10 });
        assert_eq!(only("Doanh thu", &["1234567890", "2234567890"]).kind, Kind::Integer);
        assert!(matches!(only("x", &["1234567890123456", "1"]).reason, Reason::LongDigits { count: 1, .. }));
        assert!(matches!(only("x", &["+84912345678", "+84912345679"]).reason, Reason::PhoneLike { count: 2, .. }));
        assert_eq!(kind(&["0912345678"]), Kind::Text);
    }

    #[test]
    fn codes_that_seem_to_have_lost_zeros_are_pointed_at() {
        let lost = |title: &str, cells: &[&str]| {
            only(title, cells).notes.into_iter().find_map(|note| match note {
                Reason::ZerosLost { count, digits, example } => Some((count, digits, example)),
                _ => None,
            })
        };
        let told = |count, digits, example: &str| Some((count, digits, example.to_owned()));
        // The title says how many digits there are.
        assert_eq!(lost("Mã xã", &["1234", "26734", "4567"]), told(2, 5, "1234"));
        assert_eq!(lost("Số điện thoại", &["912345678", "987654321"]), told(2, 10, "912345678"));
        assert_eq!(lost("CCCD", &["1095000123", "79095000123", "79095000124"]), told(3, 12, "1095000123"));
        assert_eq!(lost("Mã tỉnh", &["1", "68", "2"]), told(2, 2, "1"));
        // Most values do, under a title that names a code.
        let most = ["123456", "234567", "345678", "456789", "56789"];
        assert_eq!(lost("Mã hộ", &most), told(1, 6, "56789"));
        assert_eq!(lost("Mã hộ", &["012345", "234567", "345678", "456789", "56789"]), told(1, 6, "56789"));
        // Numbers, and codes that are whole or longer, have lost nothing.
        assert_eq!(lost("Doanh thu", &most), None);
        assert_eq!(lost("Mã xã", &["01234", "26734"]), None);
        assert_eq!(lost("Mã xã", &["1234", "26734", "123456"]), None);
        assert_eq!(lost("Mã xã hội hóa", &["1234", "4567"]), None);
        assert_eq!(lost("Số điện thoại", &["3822111", "912345678"]), None);
        assert_eq!(lost("Mã xã", &["1", "2", "3", "4"]), None);
        // Also where a person has said that it is text.
        let table = Memory::column("Mã xã", ["1234", "26734", "26735", "26736", "4567"]);
        let text = Choices { kinds: [("Mã xã".to_owned(), Kind::Text)].into(), ..Choices::default() };
        let column = decide(&table, &text, &Limits::default(), &mut |_| ()).unwrap().columns.remove(0);
        assert!(matches!(column.notes[..], [Reason::ZerosLost { count: 2, digits: 5, .. }]), "{:?}", column.notes);
    }

    #[test]
    fn a_width_needs_a_column_of_codes_and_some_digits() {
        let table = Memory::column("Mã xã", ["1234", "26734"]);
        let with = |title: &str, width: u32, kinds: &[(&str, Kind)]| Choices {
            widths: [(title.to_owned(), width)].into(),
            kinds: kinds.iter().map(|(title, kind)| ((*title).to_owned(), *kind)).collect(),
            ..Choices::default()
        };
        let decided = |choices: Choices| decide(&table, &choices, &Limits::default(), &mut |_| ());
        assert!(decided(with("Mã", 5, &[])).unwrap_err().has("choice-unknown-column"));
        assert!(decided(with("Mã xã", 1, &[])).unwrap_err().has("choice-width"));
        assert!(decided(with("Mã xã", 21, &[])).unwrap_err().has("choice-width"));
        assert!(decided(with("Mã xã", 5, &[("Mã xã", Kind::Integer)])).unwrap_err().has("choice-width-kind"));
        let plan = decided(with("Mã xã", 5, &[("Mã xã", Kind::Text)])).unwrap();
        assert_eq!((plan.widths, plan.columns[0].kind), (vec![(0, 5)], Kind::Text));
    }

    #[test]
    fn separators_are_found_out_on_the_whole_column() {
        let comma = only("Tiền", &["1.234", "12", "1.234,5"]);
        assert_eq!((comma.kind, comma.form.decimal, comma.form.thousands), (Kind::Decimal, Some(','), Some('.')));
        let point = only("Tiền", &["1,234", "12", "1,234.5"]);
        assert_eq!((point.kind, point.form.decimal, point.form.thousands), (Kind::Decimal, Some('.'), Some(',')));
        let groups = only("Dân số", &["1.234.567", "1.234"]);
        assert_eq!((groups.kind, groups.form.thousands, groups.notes.len()), (Kind::Integer, Some('.'), 0));
        assert_eq!(kind(&["1'234.5", "2"]), Kind::Decimal);
        assert_eq!(kind(&["1,5", "1.5"]), Kind::Text);
    }

    #[test]
    fn an_ambiguous_separator_is_never_read_silently() {
        let note = |column: &Column| match column.notes.first() {
            Some(Reason::AmbiguousSeparator { reading, .. }) => Some(*reading),
            _ => None,
        };
        let alone = only("x", &["1.234", "5.678"]);
        assert_eq!((alone.kind, note(&alone)), (Kind::Decimal, Some(SignReading::Decimal)));
        let comma = only("x", &["1,234", "5,678"]);
        assert_eq!((comma.kind, note(&comma)), (Kind::Integer, Some(SignReading::Thousands)));
        let small = only("x", &["1.234", "850"]);
        assert_eq!((small.kind, note(&small)), (Kind::Integer, Some(SignReading::Thousands)));
        let large = only("x", &["1.234", "12345"]);
        assert_eq!((large.kind, note(&large)), (Kind::Decimal, Some(SignReading::Decimal)));
    }

    #[test]
    fn other_columns_settle_an_ambiguous_separator() {
        let table = Memory::new(&["a", "b"], &[&["1.234", "0,5"], &["5.678", "7,25"]]);
        let columns = plan(&table).columns;
        assert_eq!((columns[0].kind, columns[1].kind), (Kind::Integer, Kind::Decimal));
        assert!(matches!(columns[0].notes[0], Reason::AmbiguousSeparator { reading: SignReading::Thousands, .. }));
    }

    #[test]
    fn decimals_that_a_double_would_round_are_kept_exact() {
        assert_eq!(only("x", &["1.5", "0.30000000000000004"]).storage, Storage::Float64);
        assert_eq!(only("x", &["1.5", "12345678901234567.89"]).storage, Storage::Decimal128 { scale: 2 });
        let column = only("x", &["1e30", "0.1234567890123456789012345678901234567"]);
        assert_eq!((column.kind, column.reason), (Kind::Text, Reason::TooPrecise));
        assert_eq!(kind(&["1.5e3", "2"]), Kind::Decimal);
        assert_eq!(kind(&["NaN", "1.5"]), Kind::Text);
        assert_eq!(kind(&["5%", "7%"]), Kind::Text);
    }

    #[test]
    fn day_first_and_iso_dates_share_a_column() {
        let column = only("Ngày", &["31/12/2024", "2024-01-05", "1.2.2024", "5-6-2024"]);
        assert_eq!((column.kind, column.reason), (Kind::Date, Reason::DayFirst { converted: 3 }));
        assert!(column.notes.is_empty());
        let open = only("Ngày", &["01/02/2024", "03/04/2024"]);
        assert_eq!(open.notes, [Reason::DayFirstAssumed { count: 2 }]);
    }

    #[test]
    fn month_first_needs_proof() {
        assert_eq!(only("d", &["12/31/2024", "01/02/2024"]).reason, Reason::MonthFirst { converted: 2 });
        assert_eq!(kind(&["12/31/2024", "31/12/2024"]), Kind::Text);
        assert_eq!(kind(&["01/02/24"]), Kind::Text);
        assert_eq!(kind(&["31/02/2024"]), Kind::Text);
    }

    #[test]
    fn times_are_naive_or_in_utc_but_never_both() {
        assert_eq!(
            only("t", &["2024-01-31 10:00", "31/01/2024 9:05:07", "2024-02-01"]).storage,
            Storage::Timestamp { utc: false }
        );
        assert_eq!(
            only("t", &["2024-01-31T10:00:00Z", "2024-01-31T10:00:00+07:00"]).storage,
            Storage::Timestamp { utc: true }
        );
        assert_eq!(only("t", &["2024-01-31T10:00:00Z", "2024-01-31T10:00:00"]).reason, Reason::MixedZones);
    }

    #[test]
    fn yes_and_no_need_a_consistent_pair() {
        assert_eq!(only("b", &["Có", "không", "CÓ"]).reason, Reason::AllBooleans { yes: 2, no: 1 });
        assert_eq!(kind(&["true", "true"]), Kind::Boolean);
        assert_eq!(kind(&["có", "có"]), Kind::Text);
        assert_eq!(kind(&["có", "no"]), Kind::Text);
        assert_eq!(kind(&["x", ""]), Kind::Text);
        assert_eq!(kind(&["0", "1"]), Kind::Integer);
    }

    #[test]
    fn few_misfits_among_many_are_set_aside_and_more_make_text() {
        let cells = |good: usize, bad: usize| {
            (0..good).map(|i| i.to_string()).chain((0..bad).map(|_| "?".to_owned())).collect::<Vec<_>>()
        };
        let column = |good, bad| plan(&Memory::column("x", cells(good, bad))).columns.remove(0);
        let kept = column(98, 2);
        assert_eq!((kept.kind, kept.misfits), (Kind::Integer, 2));
        assert_eq!(kept.notes, [Reason::Misfits { count: 2, example: "?".into() }]);
        assert_eq!(column(49, 1).kind, Kind::Text);
        assert_eq!(column(97, 3).reason, Reason::Mixed { nearest: Kind::Integer, share: 97, example: "?".into() });
    }

    #[test]
    fn few_misfits_in_each_of_many_columns_do_not_set_many_rows_aside() {
        let cell =
            |row: usize, column: usize| if row == column * 7 { "<5".to_owned() } else { (row + column).to_string() };
        let rows = (0..100).map(|row| (0..10).map(|column| cell(row, column)).collect()).collect();
        let table = Memory { header: (0..10).map(|i| format!("c{i}")).collect(), rows, numbers: NumberForm::Written };
        let columns = plan(&table).columns;
        assert_eq!(columns.iter().map(|column| column.misfits).sum::<u64>(), 2);
        assert_eq!(columns.iter().filter(|column| column.kind == Kind::Text).count(), 8);
    }

    #[test]
    fn an_empty_column_is_text() {
        assert_eq!(only("x", &["", " "]).reason, Reason::AllEmpty);
    }

    #[test]
    fn what_a_person_chose_holds() {
        let table = Memory::column("Mã", ["007", "12", "x"]);
        let choose = |kind| Choices { kinds: [("Mã".to_owned(), kind)].into(), ..Choices::default() };
        let decided = |kind| decide(&table, &choose(kind), &Limits::default(), &mut |_| ());
        let column = decided(Kind::Integer).unwrap().columns.remove(0);
        assert_eq!((column.kind, column.reason, column.misfits), (Kind::Integer, Reason::Chosen, 1));
        assert!(
            column.notes.contains(&Reason::ZerosDropped { count: 1, example: "007".into() }),
            "what is lost is told"
        );
        assert!(decided(Kind::Date).unwrap_err().has("most-rows-set-aside"));
        let unknown = Choices { kinds: [("Tên".to_owned(), Kind::Text)].into(), ..Choices::default() };
        assert!(decide(&table, &unknown, &Limits::default(), &mut |_| ()).unwrap_err().has("choice-unknown-column"));
    }

    #[test]
    fn a_reason_gives_its_code_and_arguments() {
        let reason = Reason::Mixed { nearest: Kind::DateTime, share: 97, example: "?".into() };
        assert_eq!(reason.code(), "mixed");
        let names: Vec<_> = reason.args().into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["nearest", "share", "example"]);
        assert_eq!(Reason::Identifier12.code(), "identifier-12");
    }

    proptest::proptest! {
        #[test]
        fn kinds_do_not_depend_on_the_order_of_rows(
            cells in proptest::collection::vec(
                proptest::sample::select(vec!["1", "1.234", "1,5", "850", "2024-01-05", "31/12/2024", "có", "không", "007", "-", "x", "", "1e5"]), 1..12),
            shift in 0usize..12,
        ) {
            let kinds = |cells: &[&str]| {
                let column = only("x", cells);
                (column.kind, column.storage, column.form, column.misfits)
            };
            let mut turned = cells.clone();
            turned.rotate_left(shift % cells.len());
            turned.swap(0, cells.len() / 2);
            proptest::prop_assert_eq!(kinds(&cells), kinds(&turned));
        }
    }
}
