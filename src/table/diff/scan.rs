//! Walking a typed Parquet file in bounded memory, and taking the fingerprint of every row.

use std::fs::File;
use std::path::Path;

use datafusion::arrow::array::RecordBatch;
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use datafusion::parquet::file::metadata::RowGroupMetaData;

use super::text::{Cells, Form};
use crate::kernel::{Error, Result};
use crate::platform::sort::{Sorter, fingerprint};

/// Rows that are decoded at a time, at most.
const BATCH: usize = 2048;

/// A typed Parquet file.
pub(super) struct Table {
    file: File,
    metadata: ArrowReaderMetadata,
    batch: usize,
}

/// Who walks over the rows of a table.
pub(super) trait Visitor {
    /// The next row to see, from 0, further on than the last; none when no more are wanted.
    fn next(&mut self) -> Result<Option<u64>>;

    /// Sees a row: the cells as [`Cells::write`] writes them, one after the other, and where each ends.
    fn see(&mut self, row: u64, cells: &[u8], ends: &[usize]) -> Result<()>;
}

impl Table {
    /// Reads the footer; a batch will take about `memory` bytes.
    ///
    /// # Errors
    /// `Internal` when the file is damaged.
    pub(super) fn open(path: &Path, memory: usize) -> Result<Self> {
        let file = File::open(path)?;
        let metadata = ArrowReaderMetadata::load(&file, ArrowReaderOptions::new()).map_err(Error::internal)?;
        let largest = metadata.metadata().row_groups().iter().map(row_bytes).max().unwrap_or(1).max(1);
        Ok(Self { file, metadata, batch: (memory / largest).clamp(1, BATCH) })
    }

    /// How many rows.
    pub(super) fn rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// Shows the rows that the visitor wants, each with the cells of `columns` (keys) in that order. Row groups without a
    /// wanted row are not read.
    ///
    /// # Errors
    /// `Internal` when the file is damaged or lacks a column; what the visitor fails with.
    pub(super) fn walk(&self, columns: &[(&str, Form)], visitor: &mut dyn Visitor) -> Result<()> {
        let fields = self.metadata.schema().fields();
        let places: Vec<usize> = columns
            .iter()
            .map(|(key, _)| {
                let place = fields.iter().position(|field| field.name() == key);
                place.ok_or_else(|| Error::internal(format!("the table has no column {key}")))
            })
            .collect::<Result<_>>()?;
        // A batch holds the columns in the order of the file.
        let mut sorted = places.clone();
        sorted.sort_unstable();
        sorted.dedup();
        let columns: Vec<(usize, Form)> = places
            .iter()
            .zip(columns)
            .map(|(place, (_, form))| (sorted.partition_point(|other| other < place), *form))
            .collect();
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), sorted);

        let mut walk = Walk { columns, cells: Vec::new(), ends: Vec::new(), wanted: visitor.next()? };
        let mut start = 0;
        for (number, group) in self.metadata.metadata().row_groups().iter().enumerate() {
            let end = start + u64::try_from(group.num_rows()).map_err(Error::internal)?;
            if walk.wants_before(end) {
                for batch in self.group(number, mask.clone())? {
                    let batch = batch.map_err(Error::internal)?;
                    walk.show(&batch, start, visitor)?;
                    start += batch.num_rows() as u64;
                    if !walk.wants_before(end) {
                        break;
                    }
                }
            }
            start = end;
        }
        Ok(())
    }

    fn group(&self, number: usize, mask: ProjectionMask) -> Result<ParquetRecordBatchReader> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(self.file.try_clone()?, self.metadata.clone())
            .with_row_groups(vec![number])
            .with_projection(mask)
            .with_batch_size(self.batch)
            .build()
            .map_err(Error::internal)
    }
}

/// Bytes that a row of a row group takes in memory, on average.
fn row_bytes(group: &RowGroupMetaData) -> usize {
    let rows = usize::try_from(group.num_rows()).unwrap_or(0).max(1);
    let bytes: usize = group
        .columns()
        .iter()
        .map(|chunk| {
            // The size of texts before a dictionary packed them; older files do not tell.
            let bytes = chunk.unencoded_byte_array_data_bytes().unwrap_or(chunk.uncompressed_size());
            usize::try_from(bytes).unwrap_or(0)
        })
        .sum();
    bytes / rows + 16 * group.num_columns()
}

/// A walk under way.
struct Walk {
    /// Where each wanted column stands in a batch.
    columns: Vec<(usize, Form)>,
    cells: Vec<u8>,
    ends: Vec<usize>,
    wanted: Option<u64>,
}

impl Walk {
    fn wants_before(&self, end: u64) -> bool {
        self.wanted.is_some_and(|row| row < end)
    }

    /// Shows the wanted rows of a batch whose first row is `start`.
    fn show(&mut self, batch: &RecordBatch, start: u64, visitor: &mut dyn Visitor) -> Result<()> {
        let end = start + batch.num_rows() as u64;
        if !self.wants_before(end) {
            return Ok(());
        }
        let arrays = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>>>()?;
        while let Some(row) = self.wanted.filter(|row| *row < end) {
            let Some(at) = row.checked_sub(start).and_then(|at| usize::try_from(at).ok()) else {
                return Err(Error::internal("rows are wanted out of order"));
            };
            self.cells.clear();
            self.ends.clear();
            for (place, form) in &self.columns {
                arrays[*place].write(at, *form, &mut self.cells)?;
                self.ends.push(self.cells.len());
            }
            visitor.see(row, &self.cells, &self.ends)?;
            self.wanted = visitor.next()?;
        }
        Ok(())
    }
}

/// What a row is known by: as whose state it is compared, and what it holds. Sorts by key, then content, then row.
///
/// Both are a [`fingerprint`] over a random key of the run and the cells with their lengths. Nobody who makes a file can aim at two rows
/// that share one, because the key is drawn for each run and never told. The result does not depend on the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint {
    /// Hash of the declared key; of the whole row where there is no key, or a null in it.
    pub(super) key: u128,
    /// Hash of the cells compared.
    pub(super) content: u128,
    /// The row, from 0.
    pub(super) row: u64,
}

impl Fingerprint {
    /// The bytes of a record.
    pub(super) const LENGTH: usize = 40;

    fn record(self) -> [u8; Self::LENGTH] {
        let mut record = [0; Self::LENGTH];
        record[..16].copy_from_slice(&self.key.to_be_bytes());
        record[16..32].copy_from_slice(&self.content.to_be_bytes());
        record[32..].copy_from_slice(&self.row.to_be_bytes());
        record
    }

    /// Reads a record back.
    pub(super) fn read(record: &[u8]) -> Result<Self> {
        let (Some((key, rest)), true) = (record.split_first_chunk::<16>(), record.len() == Self::LENGTH) else {
            return Err(Error::internal("a fingerprint of a wrong length"));
        };
        let (Some((content, rest)), Some(row)) = (rest.split_first_chunk::<16>(), rest.last_chunk::<8>()) else {
            return Err(Error::internal("a fingerprint of a wrong length"));
        };
        debug_assert_eq!(rest, row);
        Ok(Self {
            key: u128::from_be_bytes(*key),
            content: u128::from_be_bytes(*content),
            row: u64::from_be_bytes(*row),
        })
    }
}

/// Takes the fingerprints of all rows of one version.
pub(super) struct Fingerprints<'a> {
    /// The run's random key.
    pub(super) salt: [u8; 16],
    /// Which of the walked columns are the declared key; empty when there is none.
    pub(super) key: Vec<usize>,
    /// Where the fingerprints go.
    pub(super) sorter: Sorter,
    /// Rows with a null in their key, and the first of them (from 0).
    pub(super) without_key: (u64, Option<u64>),
    /// Hears the rows walked.
    pub(super) progress: &'a mut dyn FnMut(u64),
    /// Rows to walk, and the next one.
    pub(super) rows: u64,
    pub(super) at: u64,
}

/// Rows between two calls of `progress`.
const PROGRESS_STEP: u64 = 8192;

impl Visitor for Fingerprints<'_> {
    fn next(&mut self) -> Result<Option<u64>> {
        if self.at.is_multiple_of(PROGRESS_STEP) {
            (self.progress)(self.at);
        }
        Ok((self.at < self.rows).then_some(self.at))
    }

    fn see(&mut self, row: u64, cells: &[u8], ends: &[usize]) -> Result<()> {
        let salted = |what: &'static [u8]| [self.salt.as_slice(), what].into_iter();
        let content = u128::from_be_bytes(fingerprint(salted(b"r").chain([cells])));
        let cell = |at: usize| &cells[at.checked_sub(1).map_or(0, |before| ends[before])..ends[at]];
        let null = self.key.iter().any(|at| cell(*at).starts_with(&[0; 4]));
        let key = if self.key.is_empty() || null {
            content
        } else {
            u128::from_be_bytes(fingerprint(salted(b"k").chain(self.key.iter().map(|at| cell(*at)))))
        };
        if null {
            self.without_key.0 += 1;
            self.without_key.1.get_or_insert(row);
        }
        self.at = row + 1;
        self.sorter.push(&Fingerprint { key, content, row }.record())
    }
}
