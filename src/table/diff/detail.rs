//! The stored rows of a diff: one Parquet file that a page shows, and a release publishes, without reading the two versions again.
//!
//! Flat and self-contained. Its columns: `change` (`removed`, `added`, `changed`), `old_row` and `new_row` (from 1), `changed_columns`
//! (keys with commas between), then for every column of the diff `old.KEY` and `new.KEY`, the canonical texts before and after, masked
//! where a veil wants it; null where there was no value, or no such row. The rows: all removed ones by old row, all added ones by new row, all changed
//! ones by new row. The summary stands in the footer.

use std::borrow::Cow;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, Int64Builder, RecordBatch, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::KeyValue;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};

use super::{ChangeKind, SchemaDiff, Summary, Veil, Veils, text};
use crate::kernel::{Error, Result};
use crate::platform::columnar::{self, Value, Wanted};
use crate::platform::files::Files;

/// Under this key of the footer stands the summary as JSON.
const SUMMARY: &str = "khomo.diff";
/// Columns before those of the tables.
const OWN: usize = 4;
/// Rows of a row group and of a data page: a page of the screen is found by reading little.
const ROW_GROUP_ROWS: usize = 65_536;
const PAGE_ROWS: usize = 1024;
/// Bytes of text at which a batch, and at which a row group, ends before its rows are full. Not a share of the memory allowed:
/// the bytes of the file must not depend on it.
const BATCH_BYTES: usize = 4 << 20;
const ROW_GROUP_BYTES: usize = 32 << 20;

/// A row that differs, as encoded cells of the columns of each side.
pub(super) struct Row<'a> {
    pub(super) kind: ChangeKind,
    /// From 0.
    pub(super) old_row: Option<u64>,
    pub(super) new_row: Option<u64>,
    pub(super) before: &'a [u8],
    pub(super) after: &'a [u8],
}

/// Writes the file, row by row in its order.
pub(super) struct Writer {
    parquet: ArrowWriter<File>,
    schema: SchemaRef,
    /// Of each column of the diff: its key, and its keys on the old and on the new side.
    columns: Vec<(String, Option<String>, Option<String>)>,
    veils: Veils,
    kind: StringBuilder,
    old_row: Int64Builder,
    new_row: Int64Builder,
    changed: StringBuilder,
    /// The texts, in the order of the schema.
    texts: Vec<StringBuilder>,
    /// Rows and bytes that wait in the builders, and that are in the row group.
    waiting: (usize, usize),
    group: (usize, usize),
    /// Cells changed, by column of the diff.
    pub(super) cells_changed: Vec<u64>,
}

impl Writer {
    pub(super) fn create(path: &Path, diff: &SchemaDiff, veils: &Veils) -> Result<Self> {
        let mut fields = vec![
            Field::new("change", DataType::Utf8, false),
            Field::new("old_row", DataType::Int64, true),
            Field::new("new_row", DataType::Int64, true),
            Field::new("changed_columns", DataType::Utf8, true),
        ];
        for column in &diff.columns {
            let sides = [("old", &column.old), ("new", &column.new)];
            let present = sides.iter().filter_map(|(side, column)| Some((side, column.as_ref()?)));
            fields.extend(
                present.map(|(side, column)| Field::new(format!("{side}.{}", column.key), DataType::Utf8, true)),
            );
        }
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder()
            .set_created_by("khomo".to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(Error::internal)?))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_data_page_row_count_limit(PAGE_ROWS)
            .set_max_row_group_row_count(Some(ROW_GROUP_ROWS))
            .build();
        let parquet = ArrowWriter::try_new(File::create(path)?, schema.clone(), Some(properties)).map_err(failed)?;
        let side = |column: &Option<super::Column>| column.as_ref().map(|column| column.key.clone());
        let columns: Vec<_> = diff.columns.iter().map(|c| (c.key().to_owned(), side(&c.old), side(&c.new))).collect();
        Ok(Self {
            parquet,
            texts: (OWN..schema.fields().len()).map(|_| StringBuilder::new()).collect(),
            schema,
            cells_changed: vec![0; columns.len()],
            columns,
            veils: veils.clone(),
            kind: StringBuilder::new(),
            old_row: Int64Builder::new(),
            new_row: Int64Builder::new(),
            changed: StringBuilder::new(),
            waiting: (0, 0),
            group: (0, 0),
        })
    }

    pub(super) fn add(&mut self, row: &Row<'_>) -> Result<()> {
        let (mut before, mut after) = (text::read(row.before), text::read(row.after));
        let mut texts = self.texts.iter_mut();
        let mut changed = String::new();
        for ((key, on_old, on_new), count) in self.columns.iter().zip(&mut self.cells_changed) {
            let old = if on_old.is_some() { before.next().flatten() } else { None };
            let new = if on_new.is_some() { after.next().flatten() } else { None };
            for (own, cell, veil) in [(on_old, old, &self.veils[0]), (on_new, new, &self.veils[1])] {
                let Some(own) = own else { continue };
                let Some(builder) = texts.next() else { return Err(Error::internal("more cells than columns")) };
                let cell = cell.map(std::str::from_utf8).transpose().map_err(Error::internal)?;
                let kept = cell.map(|text| veiled(veil.as_deref(), own, text));
                self.waiting.1 += kept.as_ref().map_or(0, |text| text.len());
                builder.append_option(kept);
            }
            if row.kind == ChangeKind::Changed && on_old.is_some() && on_new.is_some() && old != new {
                *count += 1;
                if !changed.is_empty() {
                    changed.push(',');
                }
                changed.push_str(key);
            }
        }
        let number = |row: Option<u64>| row.and_then(|row| i64::try_from(row + 1).ok());
        self.kind.append_value(row.kind.code());
        self.old_row.append_option(number(row.old_row));
        self.new_row.append_option(number(row.new_row));
        self.changed.append_option((row.kind == ChangeKind::Changed).then_some(changed));
        self.waiting.0 += 1;
        if self.waiting.0 >= PAGE_ROWS || self.waiting.1 >= BATCH_BYTES {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        let mut arrays: Vec<ArrayRef> = vec![
            Arc::new(self.kind.finish()),
            Arc::new(self.old_row.finish()),
            Arc::new(self.new_row.finish()),
            Arc::new(self.changed.finish()),
        ];
        arrays.extend(self.texts.iter_mut().map(|texts| Arc::new(texts.finish()) as ArrayRef));
        let batch = RecordBatch::try_new(self.schema.clone(), arrays).map_err(Error::internal)?;
        self.parquet.write(&batch).map_err(failed)?;
        self.group = (self.group.0 + self.waiting.0, self.group.1 + self.waiting.1);
        self.waiting = (0, 0);
        if self.group.0 >= ROW_GROUP_ROWS || self.group.1 >= ROW_GROUP_BYTES {
            self.parquet.flush().map_err(failed)?;
            self.group = (0, 0);
        }
        Ok(())
    }

    /// Ends the file and waits until it is on disk.
    pub(super) fn finish(mut self, summary: &Summary) -> Result<()> {
        if self.waiting.0 > 0 {
            self.flush()?;
        }
        self.parquet.append_key_value_metadata(KeyValue::new(SUMMARY.to_owned(), serde_json::to_string(summary)?));
        self.parquet.into_inner().map_err(failed)?.sync_all()?;
        Ok(())
    }
}

/// What is kept of a cell.
fn veiled<'a>(veil: Option<&dyn Veil>, key: &str, text: &'a str) -> Cow<'a, str> {
    veil.and_then(|veil| veil.hide(key, text)).map_or(Cow::Borrowed(text), Cow::Owned)
}

/// An error of the Parquet writer; a full disk stays one.
fn failed(error: ParquetError) -> Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(cause) => Error::from(*cause),
            Err(cause) => Error::internal(cause),
        },
        other => Error::internal(other),
    }
}

/// A row that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct RowChange {
    /// What became of it.
    pub kind: ChangeKind,
    /// Its number in the old version, from 1.
    pub old_row: Option<u64>,
    /// Its number in the new version, from 1.
    pub new_row: Option<u64>,
    /// One cell for each column of [`SchemaDiff::columns`], in that order.
    pub cells: Vec<CellChange>,
}

/// A cell of a row that differs.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct CellChange {
    /// The canonical text before; absent for null, for an added row, and for an added column.
    pub before: Option<String>,
    /// The canonical text now; absent for null, for a removed row, and for a removed column.
    pub after: Option<String>,
    /// Whether the row was changed in this column.
    pub changed: bool,
}

/// A stored diff.
#[derive(Clone)]
pub struct Detail {
    table: columnar::Table,
    summary: Summary,
}

impl Detail {
    /// Opens a stored diff.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable`; `Internal` when the object is no diff.
    pub async fn open(files: &Files, name: &str) -> Result<Self> {
        let table = columnar::Table::open(files, name).await?;
        let summary = table.note(SUMMARY).ok_or_else(|| Error::internal("a diff without a summary"))?;
        let summary = serde_json::from_str(summary)?;
        Ok(Self { table, summary })
    }

    /// The summary.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }

    /// Rows of one kind in order (removed ones by old row, others by new row), `limit` of them after the first `offset`.
    ///
    /// # Errors
    /// `Unavailable`; `Internal` when the object is damaged.
    pub async fn page(&self, kind: ChangeKind, offset: u64, limit: u64) -> Result<Vec<RowChange>> {
        let rows = &self.summary.rows;
        let (start, count) = match kind {
            ChangeKind::Removed => (0, rows.removed),
            ChangeKind::Added => (rows.removed, rows.added),
            ChangeKind::Changed => (rows.removed + rows.added, rows.changed),
        };
        let limit = limit.min(count.saturating_sub(offset));
        let wanted = Wanted { offset: start.saturating_add(offset), limit };
        let rows = self.table.page(&wanted).await?;
        rows.into_iter().map(|row| self.row(kind, row)).collect()
    }

    fn row(&self, kind: ChangeKind, row: Vec<Value>) -> Result<RowChange> {
        let damaged = || Error::internal("a damaged diff");
        let number = |value: Option<&Value>| match value {
            Some(Value::Integer(number)) => u64::try_from(*number).ok(),
            _ => None,
        };
        if row.first() != Some(&Value::Text(kind.code().to_owned())) {
            return Err(damaged());
        }
        let (old_row, new_row) = (number(row.get(1)), number(row.get(2)));
        // Two values may be masked alike: which cells changed was found on what they really held.
        let changed_columns = match row.get(3) {
            Some(Value::Text(keys)) => keys.clone(),
            _ => String::new(),
        };
        let mut texts = row.into_iter().skip(OWN);
        let mut cell = |there: bool| -> Result<Option<String>> {
            if !there {
                return Ok(None);
            }
            match texts.next() {
                Some(Value::Text(text)) => Ok(Some(text)),
                Some(Value::Null) => Ok(None),
                _ => Err(damaged()),
            }
        };
        let mut cells = Vec::with_capacity(self.summary.schema.columns.len());
        for column in &self.summary.schema.columns {
            let (before, after) = (cell(column.old.is_some())?, cell(column.new.is_some())?);
            let changed = changed_columns.split(',').any(|key| key == column.key());
            cells.push(CellChange { before, after, changed });
        }
        Ok(RowChange { kind, old_row, new_row, cells })
    }
}

impl std::fmt::Debug for Detail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Detail").field("summary", &self.summary).finish_non_exhaustive()
    }
}
