//! The row diff: fingerprints of both versions, a merge of them, and a second look at the rows that differ.
//!
//! Everything that grows with the tables goes through a [`Sorter`], so memory stays within its bound whatever their size.

use std::path::Path;

use super::detail::{Row, Writer};
use super::matching::{Event, Matched, join};
use super::scan::{Fingerprints, Table, Visitor};
use super::text::Form;
use super::{ChangeKind, KeyNote, Options, RowCounts, SchemaDiff, Side, Summary};
use crate::kernel::{Error, Problem, Result};
use crate::platform::sort::{Sorted, Sorter};

/// Compares the rows of two typed Parquet files, and writes those that differ to `detail`, a new file; `scratch` is a folder for
/// what does not fit into memory. `progress` hears the rows walked of those of both versions together.
///
/// Rows are compared on the columns that both versions have. The same files, schema diff and key give the same bytes, whatever
/// the memory. After an error there is no detail file.
///
/// # Errors
/// `diff-key-unknown` (`column`) when neither version has a column of the key; `disk-full`; `Internal` when a file is damaged.
pub fn diff(
    old: &Path,
    new: &Path,
    schema: SchemaDiff,
    options: &Options,
    detail: &Path,
    scratch: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Summary> {
    let outcome = compare(old, new, schema, options, detail, scratch, progress);
    if outcome.is_err() {
        // What was not made cannot be removed; the first error is the one to tell.
        let _ = std::fs::remove_file(detail);
    }
    outcome
}

fn compare(
    old: &Path,
    new: &Path,
    schema: SchemaDiff,
    options: &Options,
    detail: &Path,
    scratch: &Path,
    progress: &mut dyn FnMut(u64),
) -> Result<Summary> {
    let memory = options.memory;
    let (old, new) = (Table::open(old, memory / 16)?, Table::open(new, memory / 16)?);
    let (key, mut notes) = key_of(&schema, &options.key)?;

    // The first walks: fingerprints over the columns that both versions have.
    let common: Vec<usize> = (0..schema.columns.len()).filter(|at| schema.columns[*at].both().is_some()).collect();
    let key_places: Vec<usize> = key.iter().filter_map(|at| common.iter().position(|other| other == at)).collect();
    let mut salt = [0; 16];
    getrandom::fill(&mut salt).map_err(Error::internal)?;
    let mut fingerprints = |side: Side, table: &Table, before: u64| -> Result<Sorted> {
        let columns: Vec<_> = columns_of(&schema, side).into_iter().filter(|(at, ..)| common.contains(at)).collect();
        let mut visitor = Fingerprints {
            salt,
            key: key_places.clone(),
            sorter: Sorter::new(memory / 4, scratch),
            without_key: (0, None),
            progress: &mut |rows| progress(before + rows),
            rows: table.rows(),
            at: 0,
        };
        // A version without a common column shares no row with the other, and its rows have nothing to be told apart by.
        if !common.is_empty() {
            table.walk(&named(&columns), &mut visitor)?;
        }
        if let (rows, Some(first)) = visitor.without_key {
            notes.push(KeyNote::Empty { side, rows, first: first + 1 });
        }
        visitor.sorter.finish()
    };
    let (mut old_prints, mut new_prints) =
        (fingerprints(Side::Old, &old, 0)?, fingerprints(Side::New, &new, old.rows())?);

    // What became of which row: removed and changed ones by old row, added ones by new row.
    let mut counts = RowCounts { old: old.rows(), new: new.rows(), ..RowCounts::default() };
    let (mut gone, mut come) = (Sorter::new(memory / 8, scratch), Sorter::new(memory / 8, scratch));
    let mut emit = |event: Event| match event {
        Event::Removed(row) => {
            counts.removed += 1;
            gone.push(&pair(row, NONE))
        }
        Event::Added(row) => {
            counts.added += 1;
            come.push(&row.to_be_bytes())
        }
        Event::Changed(before, after) => {
            counts.changed += 1;
            gone.push(&pair(before, after))
        }
    };
    let matched = if common.is_empty() {
        (0..old.rows()).try_for_each(|row| emit(Event::Removed(row)))?;
        (0..new.rows()).try_for_each(|row| emit(Event::Added(row)))?;
        Matched::default()
    } else {
        join(&mut old_prints, &mut new_prints, &mut emit)?
    };
    drop((old_prints, new_prints));
    counts.unchanged = matched.unchanged;
    for (side, repeated) in [Side::Old, Side::New].into_iter().zip(matched.repeated) {
        if let Some(first) = repeated.first {
            notes.push(KeyNote::Repeated { side, keys: repeated.keys, rows: repeated.rows, first: first + 1 });
        }
    }

    // The second walks, over the rows that differ alone.
    let mut writer = Writer::create(detail, &schema, &options.veils)?;
    let before = {
        let events = Events::new(gone.finish()?)?;
        let changed = Sorter::new(memory / 4, scratch);
        let mut left = Left { events, writer: &mut writer, changed, record: Vec::new() };
        old.walk(&named(&columns_of(&schema, Side::Old)), &mut left)?;
        Events::new(left.changed.finish()?)?
    };
    let mut changed = {
        let added = Events::new(come.finish()?)?;
        let changed = Sorter::new(memory / 4, scratch);
        let mut right = Right { added, before, writer: &mut writer, changed, record: Vec::new() };
        new.walk(&named(&columns_of(&schema, Side::New)), &mut right)?;
        right.changed.finish()?
    };
    while let Some(record) = changed.next_record()? {
        let (new_row, old_row, cells) = numbers(record)?;
        let Some((length, cells)) = cells.split_first_chunk::<8>() else { return Err(broken()) };
        let length = usize::try_from(u64::from_be_bytes(*length)).map_err(Error::internal)?;
        let (before, after) = cells.split_at_checked(length).ok_or_else(broken)?;
        writer.add(&Row {
            kind: ChangeKind::Changed,
            old_row: Some(old_row),
            new_row: Some(new_row),
            before,
            after,
        })?;
    }

    let cells_changed = std::mem::take(&mut writer.cells_changed);
    let key = key.iter().map(|at| schema.columns[*at].key().to_owned()).collect();
    let summary = Summary { schema, key, rows: counts, cells_changed, notes };
    writer.finish(&summary)?;
    Ok(summary)
}

/// Which columns of the diff are the declared key, and what is to be said of it; none when a part of the key is not in both
/// versions.
fn key_of(schema: &SchemaDiff, declared: &[String]) -> Result<(Vec<usize>, Vec<KeyNote>)> {
    let unknown = |name: &&String| schema.find(name).is_none();
    let problem = |name: &String| Problem::new("diff-key-unknown").with("column", name.as_str());
    let problems: Vec<_> = declared.iter().filter(unknown).map(problem).collect();
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let mut key: Vec<usize> = declared.iter().filter_map(|name| schema.find(name)).collect();
    key.sort_unstable();
    key.dedup();
    let missing: Vec<KeyNote> = key
        .iter()
        .filter(|at| schema.columns[**at].both().is_none())
        .map(|at| KeyNote::Missing { column: schema.columns[*at].key().to_owned() })
        .collect();
    Ok(if missing.is_empty() { (key, missing) } else { (Vec::new(), missing) })
}

/// The columns of one version in the order of the diff: which one, its name there, and how its values are written.
fn columns_of(schema: &SchemaDiff, side: Side) -> Vec<(usize, &str, Form)> {
    let columns = schema.columns.iter().enumerate();
    columns
        .filter_map(|(at, column)| {
            let form = column.both().map_or(Form::Own, |(old, new)| Form::of(old.storage, new.storage));
            let own = match side {
                Side::Old => column.old.as_ref(),
                Side::New => column.new.as_ref(),
            };
            Some((at, own?.key.as_str(), form))
        })
        .collect()
}

fn named<'a>(columns: &[(usize, &'a str, Form)]) -> Vec<(&'a str, Form)> {
    columns.iter().map(|(_, key, form)| (*key, *form)).collect()
}

/// In place of a row that is not there.
const NONE: u64 = u64::MAX;

/// Two numbers as the beginning of a record.
fn pair(first: u64, second: u64) -> [u8; 16] {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&first.to_be_bytes());
    bytes[8..].copy_from_slice(&second.to_be_bytes());
    bytes
}

/// The two numbers that a record begins with, and the rest of it.
fn numbers(record: &[u8]) -> Result<(u64, u64, &[u8])> {
    let (first, rest) = record.split_first_chunk::<8>().ok_or_else(broken)?;
    let (second, rest) = rest.split_first_chunk::<8>().ok_or_else(broken)?;
    Ok((u64::from_be_bytes(*first), u64::from_be_bytes(*second), rest))
}

fn broken() -> Error {
    Error::internal("a broken record of a diff")
}

/// Records that begin with a row number, one ahead.
struct Events {
    sorted: Sorted,
    record: Vec<u8>,
    row: Option<u64>,
}

impl Events {
    fn new(sorted: Sorted) -> Result<Self> {
        let mut events = Self { sorted, record: Vec::new(), row: None };
        events.advance()?;
        Ok(events)
    }

    fn advance(&mut self) -> Result<()> {
        self.record.clear();
        self.row = None;
        if let Some(record) = self.sorted.next_record()? {
            self.record.extend_from_slice(record);
            self.row = Some(u64::from_be_bytes(*record.first_chunk::<8>().ok_or_else(broken)?));
        }
        Ok(())
    }
}

/// The walk over the old version: writes removed rows, keeps the cells of changed ones by new row.
struct Left<'a> {
    events: Events,
    writer: &'a mut Writer,
    changed: Sorter,
    record: Vec<u8>,
}

impl Visitor for Left<'_> {
    fn next(&mut self) -> Result<Option<u64>> {
        Ok(self.events.row)
    }

    fn see(&mut self, row: u64, cells: &[u8], _: &[usize]) -> Result<()> {
        let (_, new_row, _) = numbers(&self.events.record)?;
        self.events.advance()?;
        if new_row == NONE {
            let kind = ChangeKind::Removed;
            return self.writer.add(&Row { kind, old_row: Some(row), new_row: None, before: cells, after: &[] });
        }
        self.record.clear();
        self.record.extend_from_slice(&pair(new_row, row));
        self.record.extend_from_slice(cells);
        self.changed.push(&self.record)
    }
}

/// The walk over the new version: writes added rows, keeps changed ones with the cells of both sides.
struct Right<'a> {
    added: Events,
    before: Events,
    writer: &'a mut Writer,
    changed: Sorter,
    record: Vec<u8>,
}

impl Visitor for Right<'_> {
    fn next(&mut self) -> Result<Option<u64>> {
        Ok([self.added.row, self.before.row].into_iter().flatten().min())
    }

    fn see(&mut self, row: u64, cells: &[u8], _: &[usize]) -> Result<()> {
        if self.added.row == Some(row) {
            self.added.advance()?;
            let kind = ChangeKind::Added;
            return self.writer.add(&Row { kind, old_row: None, new_row: Some(row), before: &[], after: cells });
        }
        let (new_row, old_row, before) = numbers(&self.before.record)?;
        self.record.clear();
        self.record.extend_from_slice(&pair(new_row, old_row));
        self.record.extend_from_slice(&(before.len() as u64).to_be_bytes());
        self.record.extend_from_slice(before);
        self.record.extend_from_slice(cells);
        self.before.advance()?;
        self.changed.push(&self.record)
    }
}
