//! Parquet: flat columns of plain values as text, in small batches; what the footer claims is checked before anything believes it.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use datafusion::arrow::array::{Array, AsArray, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Float16Type, Float32Type, Float64Type};
use datafusion::arrow::util::display::{ArrayFormatter, FormatOptions};
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};

use super::compose;
use super::model::{Container, Limits, Note, Understood};
use super::plain;
use crate::kernel::{Error, Kind, Problem, Result};
use crate::table::ingest::rows::{NumberForm, Row, Rows, Source};

/// Rows per batch.
const BATCH: usize = 512;

/// Rows that are written as text at a time: long texts packed by a dictionary are many only once they are written.
const SLICE: usize = 32;

/// Bytes a footer may have.
const FOOTER: u64 = 32 << 20;

/// Row groups times columns a file may have.
const CHUNKS: usize = 1_000_000;

/// Opens a Parquet file.
///
/// # Errors
/// `parquet-broken`, `parquet-encrypted`, `parquet-column-kind` naming the column, `parquet-too-large`, `too-many-columns`,
/// `too-many-rows`, `no-rows`.
pub(super) fn open(path: &Path, limits: &Limits) -> Result<(Understood, Box<dyn Source>)> {
    guarded(|| read(path, limits))
}

/// A panic of the reader below, which has met hostile files with panics before, is a refusal.
fn guarded<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(Error::invalid(Problem::new("parquet-broken"))))
}

fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::invalid(Problem::new("parquet-broken")).because(error)
}

fn read(path: &Path, limits: &Limits) -> Result<(Understood, Box<dyn Source>)> {
    let size = check_footer(path)?;
    let file = File::open(path)?;
    let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
    let metadata = ArrowReaderMetadata::load(&file, options).map_err(broken)?;
    check_claims(&metadata, size, limits)?;
    let mut notes = Vec::new();
    let mut titles = Vec::new();
    let mut seen = std::collections::HashSet::new();
    let mut numbered = 0_usize;
    for (at, field) in metadata.schema().fields().iter().enumerate() {
        if !is_plain(field) {
            let kind = field.data_type().to_string().chars().take(60).collect::<String>();
            return Err(Error::invalid(
                Problem::new("parquet-column-kind").with("column", field.name().as_str()).with("kind", kind),
            ));
        }
        let title = compose::title(field.name());
        let title = if title.is_empty() { format!("column_{}", at + 1) } else { title };
        let mut unique = title.clone();
        let mut number = 2;
        while !seen.insert(unique.to_lowercase()) {
            unique = format!("{title} ({number})");
            number += 1;
        }
        numbered += usize::from(number > 2);
        titles.push(unique);
    }
    if numbered > 0 {
        notes.push(Note::new("titles-numbered").with("count", numbered));
    }
    let mut understood = Understood::of(Container::Parquet);
    understood.notes = notes;
    Ok((understood, Box::new(Parquet { path: path.to_owned(), metadata, titles, cell_bytes: limits.cell_bytes })))
}

/// The footer's length must fit into the file. Returns the file's size.
fn check_footer(path: &Path) -> Result<u64> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    if size < 12 {
        return Err(broken("shorter than its own marks"));
    }
    file.seek(SeekFrom::End(-8))?;
    let mut end = [0_u8; 8];
    file.read_exact(&mut end)?;
    if &end[4..] == b"PARE" {
        return Err(Error::invalid(Problem::new("parquet-encrypted")));
    }
    let length = u64::from(u32::from_le_bytes([end[0], end[1], end[2], end[3]]));
    if &end[4..] != b"PAR1" || length > size - 12 {
        return Err(broken("the footer does not fit"));
    }
    if length > FOOTER {
        return Err(Error::refused(Kind::TooLarge, Problem::new("parquet-too-large")));
    }
    Ok(size)
}

/// What the footer claims must be possible and within the limits.
fn check_claims(metadata: &ArrowReaderMetadata, size: u64, limits: &Limits) -> Result<()> {
    let columns = metadata.schema().fields().len();
    if columns > limits.columns {
        return Err(Error::invalid(Problem::new("too-many-columns").with("line", 1_u64).with("limit", limits.columns)));
    }
    if columns == 0 {
        return Err(Error::invalid(Problem::new("no-rows")));
    }
    let groups = metadata.metadata().row_groups();
    if groups.len().saturating_mul(columns) > CHUNKS {
        return Err(Error::refused(Kind::TooLarge, Problem::new("parquet-too-large")));
    }
    let (mut rows, mut unpacked) = (0_u64, 0_u64);
    for group in groups {
        rows = rows.saturating_add(u64::try_from(group.num_rows()).map_err(broken)?);
        for chunk in group.columns() {
            let offset = u64::try_from(
                chunk.dictionary_page_offset().map_or(chunk.data_page_offset(), |at| at.min(chunk.data_page_offset())),
            );
            let packed = u64::try_from(chunk.compressed_size()).map_err(broken)?;
            let bytes = u64::try_from(chunk.uncompressed_size()).map_err(broken)?;
            if offset.map_err(broken)?.checked_add(packed).is_none_or(|end| end > size) {
                return Err(broken("a column lies outside the file"));
            }
            unpacked = unpacked.saturating_add(bytes);
        }
    }
    if rows > limits.rows {
        return Err(Error::invalid(Problem::new("too-many-rows").with("limit", limits.rows)));
    }
    if rows == 0 {
        return Err(Error::invalid(Problem::new("no-rows")));
    }
    // Dictionaries and runs pack far better than any archive, so the ratio of archives does not apply; the bound does.
    if unpacked > limits.unpacked_bytes.max(size.saturating_mul(8)) {
        return Err(Error::refused(Kind::TooLarge, Problem::new("parquet-too-large")));
    }
    Ok(())
}

/// Whether a column holds values that can be written as text in one cell.
fn is_plain(field: &Field) -> bool {
    match field.data_type() {
        DataType::Dictionary(_, values) => is_plain(&Field::new("", values.as_ref().clone(), true)),
        kind => {
            kind.is_numeric()
                || matches!(
                    kind,
                    DataType::Null
                        | DataType::Boolean
                        | DataType::Utf8
                        | DataType::LargeUtf8
                        | DataType::Utf8View
                        | DataType::Date32
                        | DataType::Date64
                        | DataType::Time32(_)
                        | DataType::Time64(_)
                        | DataType::Timestamp(..)
                )
        }
    }
}

/// A Parquet file that was understood.
struct Parquet {
    path: PathBuf,
    metadata: ArrowReaderMetadata,
    titles: Vec<String>,
    cell_bytes: usize,
}

impl Source for Parquet {
    fn header(&self) -> &[String] {
        &self.titles
    }

    fn numbers(&self) -> NumberForm {
        NumberForm::Plain
    }

    fn rows(&self) -> Result<Box<dyn Rows>> {
        guarded(|| {
            let file = File::open(&self.path)?;
            let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(file, self.metadata.clone());
            let reader = builder.with_batch_size(BATCH).build().map_err(broken)?;
            let rows = ParquetRows {
                reader,
                batch: None,
                done: 0,
                cells: Vec::new(),
                rows: 0,
                at: 0,
                number: 0,
                cell_bytes: self.cell_bytes,
            };
            Ok(Box::new(rows) as Box<dyn Rows>)
        })
    }
}

/// The walk over the rows of a [`Parquet`].
struct ParquetRows {
    reader: ParquetRecordBatchReader,
    batch: Option<RecordBatch>,
    /// Rows of the batch that were written as text already.
    done: usize,
    /// A slice of the batch as text, column by column, its rows, and the next of them.
    cells: Vec<Vec<String>>,
    rows: usize,
    at: usize,
    number: u64,
    cell_bytes: usize,
}

impl ParquetRows {
    /// Writes the next slice as text; false at the end.
    fn refill(&mut self) -> Result<bool> {
        loop {
            if let Some(batch) = self.batch.as_ref().filter(|batch| self.done < batch.num_rows()) {
                let slice = batch.slice(self.done, SLICE.min(batch.num_rows() - self.done));
                self.cells = guarded(|| {
                    slice.columns().iter().map(|column| texts(column.as_ref())).collect::<Result<Vec<_>>>()
                })?;
                self.done += slice.num_rows();
                self.rows = slice.num_rows();
                self.at = 0;
                return Ok(true);
            }
            let reader = &mut self.reader;
            self.batch = guarded(|| reader.next().transpose().map_err(broken))?;
            self.done = 0;
            if self.batch.is_none() {
                return Ok(false);
            }
        }
    }
}

impl Rows for ParquetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        loop {
            if self.at >= self.rows {
                self.rows = 0;
                if !self.refill()? {
                    return Ok(false);
                }
                continue;
            }
            let at = self.at;
            self.at += 1;
            self.number += 1;
            row.clear();
            row.number = self.number;
            let mut blank = true;
            for (column, cells) in self.cells.iter().enumerate() {
                let cell = cells.get(at).map_or("", String::as_str);
                if cell.len() > self.cell_bytes {
                    let problem = Problem::new("cell-too-long").with("line", self.number).with("column", column + 1);
                    return Err(Error::invalid(problem.with("limit", self.cell_bytes)));
                }
                blank = blank && cell.trim().is_empty();
                row.push(cell);
            }
            if !blank {
                return Ok(true);
            }
        }
    }
}

/// A column's values as text; no value is the empty text.
fn texts(column: &dyn Array) -> Result<Vec<String>> {
    let floats: Option<Vec<Option<f64>>> = match column.data_type() {
        DataType::Float16 => {
            Some(column.as_primitive::<Float16Type>().iter().map(|value| value.map(f64::from)).collect())
        }
        // By way of its text, so that 0.1 stays 0.1.
        DataType::Float32 => Some(
            column
                .as_primitive::<Float32Type>()
                .iter()
                .map(|value| value.and_then(|value| value.to_string().parse().ok()))
                .collect(),
        ),
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().iter().collect()),
        _ => None,
    };
    if let Some(floats) = floats {
        return Ok(floats.into_iter().map(|value| value.map_or_else(String::new, plain::number)).collect());
    }
    let options = FormatOptions::new()
        .with_null("")
        .with_timestamp_format(Some("%Y-%m-%dT%H:%M:%S%.f"))
        .with_timestamp_tz_format(Some("%Y-%m-%dT%H:%M:%S%.f%:z"))
        .with_datetime_format(Some("%Y-%m-%d"));
    let format = ArrayFormatter::try_new(column, &options).map_err(broken)?;
    (0..column.len())
        .map(|at| {
            let mut text = format.value(at).try_to_string().map_err(broken)?;
            text.retain(|c| c != '\0');
            if compose::suspect(&text) {
                let mut whole = String::with_capacity(text.len());
                compose::compose_into(&text, &mut whole);
                text = whole;
            }
            Ok(text)
        })
        .collect()
}
