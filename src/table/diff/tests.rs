//! The row diff held against a naive one, on small random tables and on a larger one, with little memory and with much.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::WriterProperties;
use proptest::prelude::{Just, Strategy, any, prop};

use super::*;
use crate::kernel::{Result, Timestamp};
use crate::platform::files::{Files, S3};
use crate::table::ingest::report::Storage;
use crate::table::{TableVersion, ingest, keep};

/// A cell, by its value's plain text.
type Cell = Option<&'static str>;

/// A table by columns: name, type, cells.
#[derive(Clone, Debug)]
struct Small {
    columns: Vec<(&'static str, Storage, Vec<Cell>)>,
    rows: usize,
}

impl Small {
    fn column(&self, name: &str) -> Option<&[Cell]> {
        self.columns.iter().find(|(own, ..)| *own == name).map(|(_, _, cells)| cells.as_slice())
    }

    fn write(&self, path: &Path) {
        let fields: Vec<Field> =
            self.columns.iter().map(|(name, storage, _)| Field::new(*name, storage.data_type(), true)).collect();
        let arrays = self.columns.iter().map(|(_, storage, cells)| array(*storage, cells)).collect();
        let schema = Arc::new(Schema::new(fields));
        let batch = RecordBatch::try_new(schema.clone(), arrays).unwrap();
        // Row groups of three rows, so that small tables have several.
        let properties = WriterProperties::builder().set_max_row_group_row_count(Some(3)).build();
        let file = std::fs::File::create(path).unwrap();
        let mut writer = ArrowWriter::try_new(file, schema, Some(properties)).unwrap();
        writer.write(&batch).unwrap();
        writer.close().unwrap();
    }
}

fn array(storage: Storage, cells: &[Cell]) -> ArrayRef {
    match storage {
        Storage::Text => Arc::new(StringArray::from(cells.to_vec())),
        Storage::Int64 => Arc::new(Int64Array::from_iter(cells.iter().map(|c| c.map(|c| c.parse::<i64>().unwrap())))),
        Storage::Float64 => {
            // Zeros of either sign are one value.
            let double = |(row, cell): (usize, &Cell)| {
                cell.map(|cell| if cell == "0" && row % 2 == 1 { -0.0 } else { cell.parse::<f64>().unwrap() })
            };
            Arc::new(Float64Array::from_iter(cells.iter().enumerate().map(double)))
        }
        Storage::Decimal128 { scale } => {
            let exact = |cell: &Cell| cell.map(|cell| cell.parse::<i128>().unwrap() * 10i128.pow(scale as u32));
            let array = Decimal128Array::from_iter(cells.iter().map(exact));
            Arc::new(array.with_precision_and_scale(38, scale).unwrap())
        }
        other => panic!("no test column of {other:?}"),
    }
}

/// The plain text of a cell that a diff shows.
fn plain(text: Option<&str>) -> Option<String> {
    text.map(|text| match text.split_once('.') {
        Some((whole, decimals)) if decimals.bytes().all(|byte| byte == b'0') => whole.to_owned(),
        _ => text.to_owned(),
    })
}

/// A diff that was made, with everything it stored.
struct Made {
    summary: Summary,
    removed: Vec<RowChange>,
    added: Vec<RowChange>,
    changed: Vec<RowChange>,
    bytes: Vec<u8>,
}

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

/// Every page of a kind, a few rows at a time.
async fn all(detail: &Detail, kind: ChangeKind, step: u64) -> Vec<RowChange> {
    let mut rows = Vec::new();
    loop {
        let page = detail.page(kind, rows.len() as u64, step).await.unwrap();
        if page.is_empty() {
            return rows;
        }
        assert!(page.len() as u64 <= step);
        rows.extend(page);
    }
}

struct Pair {
    folder: tempfile::TempDir,
    old: PathBuf,
    new: PathBuf,
}

impl Pair {
    fn of(old: &Small, new: &Small) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let pair = Self { old: folder.path().join("old"), new: folder.path().join("new"), folder };
        old.write(&pair.old);
        new.write(&pair.new);
        pair
    }

    fn mirrored(self) -> Self {
        Self { old: self.new, new: self.old, ..self }
    }

    fn diff(&self, renames: &[(&str, &str)], key: &[&str], memory: usize) -> Result<Made> {
        let renames: Vec<_> = renames.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        let (old, new) = (columns_of(&self.old)?, columns_of(&self.new)?);
        let schema = SchemaDiff::between(&old, &new, Renames::Decided(&renames))?;
        let options = Options { key: key.iter().map(|key| (*key).to_owned()).collect(), memory, ..Options::default() };
        let path = self.folder.path().join("detail");
        let summary = diff(&self.old, &self.new, schema, &options, &path, self.folder.path(), &mut |_| ())?;
        let files = Files::open(self.folder.path().to_str().unwrap(), &S3::default())?;
        block(async {
            let detail = Detail::open(&files, "detail").await?;
            assert_eq!(serde_json::to_string(detail.summary())?, serde_json::to_string(&summary)?);
            Ok(Made {
                removed: all(&detail, ChangeKind::Removed, 3).await,
                added: all(&detail, ChangeKind::Added, 2).await,
                changed: all(&detail, ChangeKind::Changed, 5).await,
                bytes: std::fs::read(&path)?,
                summary,
            })
        })
    }
}

/// What a naive comparison says: removed rows, added rows, changed pairs by new row, and unchanged rows; all from 0.
#[derive(Debug, Default, PartialEq)]
struct Naive {
    removed: Vec<usize>,
    added: Vec<usize>,
    changed: Vec<(usize, usize)>,
    unchanged: usize,
}

fn naive(old: &Small, new: &Small, pairs: &[(&str, &str)], key: &[(&str, &str)]) -> Naive {
    let rows = |table: &Small, names: Vec<&str>| -> Vec<Vec<Cell>> {
        (0..table.rows).map(|row| names.iter().map(|name| table.column(name).unwrap()[row]).collect()).collect()
    };
    let (befores, afters) =
        (rows(old, pairs.iter().map(|p| p.0).collect()), rows(new, pairs.iter().map(|p| p.1).collect()));
    let (old_keys, new_keys) =
        (rows(old, key.iter().map(|p| p.0).collect()), rows(new, key.iter().map(|p| p.1).collect()));
    // A row without a key, or with a null in it, is a group with its like.
    let group = |key: &Vec<Cell>, content: &Vec<Cell>| {
        if key.is_empty() || key.contains(&None) { (true, content.clone()) } else { (false, key.clone()) }
    };
    let mut groups: BTreeMap<_, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for row in 0..old.rows {
        groups.entry(group(&old_keys[row], &befores[row])).or_default().0.push(row);
    }
    for row in 0..new.rows {
        groups.entry(group(&new_keys[row], &afters[row])).or_default().1.push(row);
    }
    let mut out = Naive::default();
    if pairs.is_empty() {
        return Naive { removed: (0..old.rows).collect(), added: (0..new.rows).collect(), ..out };
    }
    for (olds, mut news) in groups.into_values() {
        if let ([before], [after]) = (olds.as_slice(), news.as_slice()) {
            if befores[*before] == afters[*after] {
                out.unchanged += 1;
            } else {
                out.changed.push((*before, *after));
            }
            continue;
        }
        for before in olds {
            match news.iter().position(|after| afters[*after] == befores[before]) {
                Some(at) => {
                    news.remove(at);
                    out.unchanged += 1;
                }
                None => out.removed.push(before),
            }
        }
        out.added.extend(news);
    }
    out.removed.sort_unstable();
    out.added.sort_unstable();
    out.changed.sort_unstable_by_key(|pair| pair.1);
    out
}

impl Made {
    fn naive(&self) -> Naive {
        let row = |row: Option<u64>| row.unwrap() as usize - 1;
        assert!(self.removed.iter().all(|change| change.new_row.is_none()));
        assert!(self.added.iter().all(|change| change.old_row.is_none()));
        Naive {
            removed: self.removed.iter().map(|change| row(change.old_row)).collect(),
            added: self.added.iter().map(|change| row(change.new_row)).collect(),
            changed: self.changed.iter().map(|change| (row(change.old_row), row(change.new_row))).collect(),
            unchanged: self.summary.rows.unchanged as usize,
        }
    }

    /// Holds the stored cells and counts against the tables.
    fn check_cells(&self, old: &Small, new: &Small) {
        let mut counted = vec![0; self.summary.schema.columns.len()];
        for change in self.removed.iter().chain(&self.added).chain(&self.changed) {
            for ((cell, column), count) in change.cells.iter().zip(&self.summary.schema.columns).zip(&mut counted) {
                let side = |table: &Small, column: &Option<Column>, row: Option<u64>| {
                    let cells = table.column(&column.as_ref()?.key).unwrap();
                    cells[row? as usize - 1].map(str::to_owned)
                };
                let (before, after) = (side(old, &column.old, change.old_row), side(new, &column.new, change.new_row));
                assert_eq!(plain(cell.before.as_deref()), before);
                assert_eq!(plain(cell.after.as_deref()), after);
                assert_eq!(
                    cell.changed,
                    change.kind == ChangeKind::Changed && column.both().is_some() && before != after
                );
                *count += u64::from(cell.changed);
            }
            assert_eq!(change.kind == ChangeKind::Changed, change.cells.iter().any(|cell| cell.changed));
        }
        assert_eq!(counted, self.summary.cells_changed);
    }

    /// The old rows with the diff done to them, as far as the columns that both versions have.
    fn apply(&self, old: &Small) -> HashMap<Vec<Option<String>>, i64> {
        let common: Vec<usize> = (0..self.summary.schema.columns.len())
            .filter(|at| self.summary.schema.columns[*at].both().is_some())
            .collect();
        let mut rows = HashMap::new();
        for row in 0..old.rows {
            let name = |at: &usize| &self.summary.schema.columns[*at].both().unwrap().0.key;
            let cells = common.iter().map(|at| old.column(name(at)).unwrap()[row].map(str::to_owned)).collect();
            *rows.entry(cells).or_default() += 1;
        }
        for change in self.removed.iter().chain(&self.changed) {
            let cells = common.iter().map(|at| plain(change.cells[*at].before.as_deref())).collect();
            *rows.entry(cells).or_default() -= 1;
        }
        for change in self.added.iter().chain(&self.changed) {
            let cells = common.iter().map(|at| plain(change.cells[*at].after.as_deref())).collect();
            *rows.entry(cells).or_default() += 1;
        }
        rows.retain(|_, count| *count != 0);
        rows
    }
}

fn cells(values: Vec<Cell>, rows: usize) -> impl Strategy<Value = Vec<Cell>> {
    prop::collection::vec(prop::sample::select(values), rows)
}

/// Two versions of a table: its columns `k` (a key, mostly), `t` (called `u` in the new version when renamed), `f`, `m` (of changing
/// types of numbers) and `n` (a number that became text), where each but `k` may be missing in either.
fn versions() -> impl Strategy<Value = (Small, Small, bool)> {
    let numbers = [Storage::Int64, Storage::Float64, Storage::Decimal128 { scale: 2 }];
    let whole = [Storage::Int64, Storage::Text];
    let table = move |renamed: bool| {
        (0usize..13).prop_flat_map(move |rows| {
            (
                cells(vec![None, Some("1"), Some("2"), Some("3"), Some("4"), Some("5"), Some("6"), Some("-7")], rows),
                cells(vec![None, Some(""), Some("x"), Some("0")], rows),
                cells(vec![None, Some("NaN"), Some("0"), Some("1.5")], rows),
                cells(vec![None, Some("0"), Some("12")], rows),
                cells(vec![None, Some("7"), Some("8")], rows),
                (prop::sample::select(numbers.to_vec()), prop::sample::select(whole.to_vec())),
                prop::collection::vec(prop::bool::weighted(0.8), 4),
                any::<bool>(),
            )
                .prop_map(move |(k, t, f, m, n, (number, code), present, reordered)| {
                    let all = [
                        (if renamed { "u" } else { "t" }, Storage::Text, t),
                        ("f", Storage::Float64, f),
                        ("m", number, m),
                        ("n", code, n),
                    ];
                    let mut columns = vec![("k", Storage::Int64, k)];
                    columns
                        .extend(all.into_iter().zip(present).filter_map(|(column, present)| present.then_some(column)));
                    if reordered {
                        columns.reverse();
                    }
                    Small { columns, rows }
                })
        })
    };
    any::<bool>().prop_flat_map(move |renamed| (table(false), table(renamed), Just(renamed)))
}

const MUCH: usize = 64 << 20;

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(96))]

    #[test]
    fn the_diff_is_the_naive_one(
        (old, new, renamed) in versions(),
        key in prop::sample::select(vec![&[][..], &["k"][..], &["k", "n"][..], &["n", "k"][..]]),
        memory in prop::sample::select(vec![0usize, 400, 4000]),
    ) {
        let has = |table: &Small, name: &str| table.column(name).is_some();
        let renamed = renamed && has(&old, "t") && has(&new, "u");
        let renames: &[(&str, &str)] = if renamed { &[("t", "u")] } else { &[] };
        // A key that one version lacks a part of is no key; one that both lack is refused, and tested elsewhere.
        let key: &[&str] = if !has(&old, "n") && !has(&new, "n") && key.contains(&"n") { &["k"] } else { key };
        let common: Vec<(&str, &str)> = [("k", "k"), ("t", "t"), ("t", "u"), ("f", "f"), ("m", "m"), ("n", "n")]
            .into_iter()
            .filter(|(a, b)| has(&old, a) && has(&new, b) && (a == b || renames.contains(&(*a, *b))))
            .collect();
        let used: Vec<_> = key.iter().map(|key| (*key, *key)).collect();
        let used = if used.iter().all(|pair| common.contains(pair)) { used } else { Vec::new() };

        let pair = Pair::of(&old, &new);
        let little = pair.diff(renames, key, memory).unwrap();
        let expected = naive(&old, &new, &common, &used);
        proptest::prop_assert_eq!(little.naive(), expected);
        little.check_cells(&old, &new);
        let rows = little.summary.rows;
        proptest::prop_assert_eq!(
            (rows.old as usize, rows.new as usize, rows.removed as usize, rows.added as usize, rows.changed as usize),
            (old.rows, new.rows, little.removed.len(), little.added.len(), little.changed.len())
        );
        proptest::prop_assert_eq!(rows.removed + rows.changed + rows.unchanged, rows.old);
        proptest::prop_assert_eq!(rows.added + rows.changed + rows.unchanged, rows.new);

        // The memory decides nothing, and done to the old version the diff gives the new one.
        let much = pair.diff(renames, key, MUCH).unwrap();
        proptest::prop_assert!(little.bytes == much.bytes, "the bytes depend on the memory");
        let mut after = HashMap::new();
        for row in 0..new.rows {
            let order = little.summary.schema.columns.iter().filter_map(|column| column.both());
            let cells: Vec<_> = order.map(|(_, column)| new.column(&column.key).unwrap()[row].map(str::to_owned)).collect();
            *after.entry(cells).or_default() += 1i64;
        }
        proptest::prop_assert_eq!(little.apply(&old), after);

        // The other way round it is the mirror image.
        let back: Vec<_> = renames.iter().map(|(a, b)| (*b, *a)).collect();
        let mirrored = pair.mirrored().diff(&back, key, memory).unwrap();
        let (there, back) = (little.naive(), mirrored.naive());
        proptest::prop_assert_eq!((there.removed, there.added, there.unchanged), (back.added, back.removed, back.unchanged));
        let mut swapped: Vec<_> = back.changed.into_iter().map(|(a, b)| (b, a)).collect();
        swapped.sort_unstable_by_key(|pair| pair.1);
        proptest::prop_assert_eq!(there.changed, swapped);
    }

    #[test]
    fn a_table_does_not_differ_from_itself((table, _, _) in versions(), keyed: bool) {
        let made = Pair::of(&table, &table).diff(&[], if keyed { &["k"] } else { &[] }, 400).unwrap();
        proptest::prop_assert!(made.summary.is_empty());
        proptest::prop_assert_eq!(made.summary.rows.unchanged as usize, table.rows);
        proptest::prop_assert!(made.removed.is_empty() && made.added.is_empty() && made.changed.is_empty());
    }
}

fn keyed(keys: &[Cell], words: &[Cell]) -> Small {
    let columns = vec![("k", Storage::Int64, keys.to_vec()), ("t", Storage::Text, words.to_vec())];
    Small { columns, rows: keys.len() }
}

#[test]
fn a_key_that_is_repeated_or_empty_is_told_with_its_first_row() {
    let old = keyed(&[Some("1"), Some("2"), Some("2"), None], &[Some("a"), Some("b"), Some("c"), Some("d")]);
    let new = keyed(&[Some("2"), Some("1"), Some("2"), Some("2")], &[Some("c"), Some("x"), Some("b"), Some("y")]);
    let made = Pair::of(&old, &new).diff(&[], &["k"], MUCH).unwrap();
    assert_eq!(
        made.summary.notes,
        [
            KeyNote::Empty { side: Side::Old, rows: 1, first: 4 },
            KeyNote::Repeated { side: Side::Old, keys: 1, rows: 2, first: 2 },
            KeyNote::Repeated { side: Side::New, keys: 1, rows: 3, first: 1 },
        ]
    );
    // Both rows of key 2 are there again, whatever their order; the third is added, and the row without a key is gone.
    let expected = Naive { removed: vec![3], added: vec![3], changed: vec![(0, 1)], unchanged: 2 };
    assert_eq!(made.naive(), expected);
    assert_eq!(made.summary.cells_changed, [0, 1]);
}

#[test]
fn a_key_that_no_version_has_is_refused_and_one_that_went_leaves_the_content() {
    let old = keyed(&[Some("1"), Some("2")], &[Some("a"), Some("b")]);
    let mut new = old.clone();
    new.columns.remove(0);
    let pair = Pair::of(&old, &new);
    assert!(pair.diff(&[], &["k", "nothing"], MUCH).err().unwrap().has("diff-key-unknown"));
    assert!(!pair.folder.path().join("detail").exists());
    let made = pair.diff(&[], &["k"], MUCH).unwrap();
    assert_eq!(made.summary.notes, [KeyNote::Missing { column: "k".to_owned() }]);
    assert_eq!((made.summary.key.len(), made.summary.rows.unchanged), (0, 2));
}

#[test]
fn tables_without_a_common_column_share_no_row() {
    let old = Small { columns: vec![("a", Storage::Int64, vec![Some("1"), Some("2")])], rows: 2 };
    let new = Small { columns: vec![("b", Storage::Int64, vec![Some("1")])], rows: 1 };
    let made = Pair::of(&old, &new).diff(&[], &[], MUCH).unwrap();
    assert_eq!(made.naive(), Naive { removed: vec![0, 1], added: vec![0], ..Naive::default() });
}

/// A table of many rows: key, a word of few values, a number.
fn large(path: &Path, rows: impl Iterator<Item = (i64, i64)>) {
    let (keys, numbers): (Vec<_>, Vec<_>) = rows.unzip();
    let words = StringArray::from_iter_values(keys.iter().map(|key| format!("x\u{1ea3} {}", key % 70)));
    let doubles = Float64Array::from_iter_values(numbers.iter().map(|number| *number as f64 / 8.0));
    let arrays: Vec<ArrayRef> = vec![Arc::new(Int64Array::from(keys)), Arc::new(words), Arc::new(doubles)];
    let batch = RecordBatch::try_from_iter_with_nullable(
        ["k", "t", "f"].into_iter().zip(arrays).map(|(name, array)| (name, array, true)),
    )
    .unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(16_384)).build();
    let file = std::fs::File::create(path).unwrap();
    let mut writer = ArrowWriter::try_new(file, batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
}

#[test]
fn fifty_thousand_rows_in_another_order_are_matched_in_a_megabyte() {
    const ROWS: i64 = 50_000;
    let folder = tempfile::tempdir().unwrap();
    let pair = Pair { old: folder.path().join("old"), new: folder.path().join("new"), folder };
    large(&pair.old, (0..ROWS).map(|key| (key, key % 977)));
    // Backwards; every thousandth row is gone, every five hundredth of the others has another number, and twenty are new.
    let kept = (0..ROWS).rev().filter(|key| key % 1000 != 0);
    let changed = kept.map(|key| (key, key % 977 + i64::from(key % 500 == 0)));
    large(&pair.new, changed.chain((ROWS..ROWS + 20).map(|key| (key, 1))));
    let made = pair.diff(&[], &["k"], 1 << 20).unwrap();
    let expected = RowCounts { old: 50_000, new: 49_970, added: 20, removed: 50, changed: 50, unchanged: 49_900 };
    assert_eq!(made.summary.rows, expected);
    assert_eq!(made.summary.cells_changed, [0, 0, 50]);
    assert!(made.changed.windows(2).all(|pair| pair[0].new_row < pair[1].new_row));
    assert_eq!(made.changed[0].old_row, Some(49_501));
    // By content, a changed row is one removed and one added.
    let made = pair.diff(&[], &[], 1 << 20).unwrap();
    assert_eq!((made.summary.rows.removed, made.summary.rows.added, made.summary.rows.changed), (100, 70, 0));
}

#[test]
fn a_diff_of_stored_versions_is_kept_with_the_new_one_and_made_once() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path();
    let files = Files::open(place.join("store").to_str().unwrap(), &S3::default()).unwrap();
    let version = |name: &str, csv: &str| -> TableVersion {
        let (path, out) = (place.join(name), place.join(format!("{name}.out")));
        std::fs::write(&path, csv).unwrap();
        std::fs::create_dir(&out).unwrap();
        let read = ingest::ingest(&path, name, &out, &Default::default(), &Default::default(), &mut |_| ()).unwrap();
        block(keep(&files, &path, name, read, None, Timestamp(0))).unwrap().row
    };
    let old = version("old.csv", "code,population\n001,5\n002,6\n003,7\n");
    let new = version("new.csv", "code,population\n001,5\n002,6.5\n004,8\n");
    let options = Options { key: vec!["code".to_owned()], ..Options::default() };
    let compare = || block(between_versions(&files, &old, &new, Renames::Guess, &options, place)).unwrap();
    let (name, summary) = compare();
    assert_eq!(summary.rows, RowCounts { old: 3, new: 3, added: 1, removed: 1, changed: 1, unchanged: 1 });
    let retyped = &summary.schema.columns[1].changes[0];
    assert!(matches!(retyped, ColumnChange::Retyped { how: Retype::Wider, .. }) && !summary.schema.is_breaking());
    assert!(name.starts_with(&format!("tables/{}/", new.id)));
    block(async {
        let detail = Detail::open(&files, &name).await.unwrap();
        let page = detail.page(ChangeKind::Changed, 0, 20).await.unwrap();
        let cell = CellChange { before: Some("6".to_owned()), after: Some("6.5".to_owned()), changed: true };
        assert_eq!(page[0].cells[1], cell);
        assert_eq!(detail.page(ChangeKind::Changed, 1, 20).await.unwrap(), []);
    });
    let (again, same) = compare();
    assert_eq!((&again, same.rows), (&name, summary.rows));
    // Both versions' values are in it.
    for version in [&old, &new] {
        let found = block(crate::table::objects_of(&files, std::slice::from_ref(&version.id))).unwrap();
        assert!(found.contains(&name), "{found:?}");
    }
}
