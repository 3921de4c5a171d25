//! Parquet files read a page at a time: any rows of any columns. The page index lets the reader fetch only the data
//! pages that hold the wanted rows, and says which pages can hold a value.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, UInt32Array};
use datafusion::arrow::compute::concat_batches;
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, SchemaRef, TimeUnit, TimestampMicrosecondType,
};
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::statistics::StatisticsConverter;
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, RowSelection, RowSelector};
use datafusion::parquet::arrow::async_reader::{AsyncFileReader, ParquetRecordBatchStreamBuilder};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::{
    ColumnChunkMetaData, PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader,
};
use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use object_store::ObjectStoreExt;

use super::files::Files;
use crate::kernel::{Error, Result, Timestamp};

/// The value of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing there.
    Null,
    /// Text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number with decimals.
    Decimal(f64),
    /// A number with more digits than an `f64` holds, written out with a point.
    Exact(String),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// A moment; the flag says whether its zone is known (UTC) or it is local time as written.
    DateTime(Timestamp, bool),
}

/// Which rows are wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Rows before the page.
    pub offset: u64,
    /// Rows on the page.
    pub limit: u64,
}

/// A run of rows: the number of the first, and how many.
pub type Run = (u64, u64);

/// What the page index knows of a column: the least and greatest value of each data page (null where it is not known),
/// and its rows.
pub struct Bounds {
    /// The least values.
    pub least: ArrayRef,
    /// The greatest values.
    pub greatest: ArrayRef,
    /// The rows of the pages, in order.
    pub runs: Vec<Run>,
}

/// The numbers of rows in some order, kept so that paging through it finds it once.
pub type Order = Arc<UInt32Array>;

/// One Parquet file.
#[derive(Clone)]
pub struct Table {
    reader: Reader,
    metadata: ArrowReaderMetadata,
}

/// Reads ranges of an object for the Parquet reader.
#[derive(Clone)]
struct Reader {
    files: Files,
    name: String,
    size: u64,
}

impl AsyncFileReader for Reader {
    fn get_bytes(&mut self, range: Range<u64>) -> BoxFuture<'_, Result<Bytes, ParquetError>> {
        let (store, key) = (self.files.store(), self.files.key(&self.name));
        Box::pin(
            async move { store.get_range(&key, range).await.map_err(|error| ParquetError::External(Box::new(error))) },
        )
    }

    fn get_byte_ranges(&mut self, ranges: Vec<Range<u64>>) -> BoxFuture<'_, Result<Vec<Bytes>, ParquetError>> {
        let (store, key) = (self.files.store(), self.files.key(&self.name));
        Box::pin(async move {
            store.get_ranges(&key, &ranges).await.map_err(|error| ParquetError::External(Box::new(error)))
        })
    }

    fn get_metadata<'a>(
        &'a mut self,
        options: Option<&'a ArrowReaderOptions>,
    ) -> BoxFuture<'a, Result<Arc<ParquetMetaData>, ParquetError>> {
        let policy = options.map_or(PageIndexPolicy::Optional, ArrowReaderOptions::offset_index_policy);
        let size = self.size;
        Box::pin(async move {
            let metadata =
                ParquetMetaDataReader::new().with_page_index_policy(policy).load_and_finish(self, size).await?;
            Ok(Arc::new(metadata))
        })
    }
}

impl Table {
    /// Reads the footer and the page index.
    ///
    /// # Errors
    /// `NotFound`; `Internal` when the file is not Parquet.
    pub async fn open(files: &Files, name: &str) -> Result<Self> {
        let mut reader = Reader { files: files.clone(), name: name.to_owned(), size: files.size(name).await? };
        let options = ArrowReaderOptions::new().with_page_index_policy(PageIndexPolicy::Optional);
        let metadata = ArrowReaderMetadata::load_async(&mut reader, options).await.map_err(Error::internal)?;
        Ok(Self { reader, metadata })
    }

    /// How many rows.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.metadata.metadata().file_metadata().num_rows()).unwrap_or(0)
    }

    /// A note of the footer: what its writer put there under a key.
    pub fn note(&self, key: &str) -> Option<&str> {
        let notes = self.metadata.metadata().file_metadata().key_value_metadata()?;
        notes.iter().find(|note| note.key == key)?.value.as_deref()
    }

    /// The columns' names.
    pub fn columns(&self) -> Vec<String> {
        self.metadata.schema().fields().iter().map(|field| field.name().clone()).collect()
    }

    /// The wanted rows.
    ///
    /// # Errors
    /// `Internal` when the file is damaged; `Unavailable`.
    pub async fn page(&self, wanted: &Wanted) -> Result<Vec<Vec<Value>>> {
        let end = wanted.offset.saturating_add(wanted.limit).min(self.rows());
        if wanted.offset >= end {
            return Ok(Vec::new());
        }
        let batches = self.fetch(ranges(&[(wanted.offset, end - wanted.offset)])).await?;
        Ok(batches.iter().flat_map(rows_of).collect())
    }

    /// The type of the table.
    pub fn schema(&self) -> &SchemaRef {
        self.metadata.schema()
    }

    /// Some columns, by their indices and in that order, of runs of rows that are in order and do not overlap.
    ///
    /// # Errors
    /// `Internal` when the file is damaged; `Unavailable`.
    pub async fn read(&self, columns: &[usize], runs: &[Run]) -> Result<RecordBatch> {
        let mask = ProjectionMask::roots(self.metadata.parquet_schema(), columns.iter().copied());
        let rows = usize::try_from(runs.iter().map(|run| run.1).sum::<u64>()).unwrap_or(usize::MAX);
        let builder = self.builder(mask).with_row_selection(ranges(runs)).with_batch_size(rows.max(1));
        let stream = builder.build().map_err(Error::internal)?;
        // Columns come in the order of the file.
        let mut in_file: Vec<usize> = columns.to_vec();
        in_file.sort_unstable();
        in_file.dedup();
        let schema = Arc::new(self.schema().project(&in_file).map_err(Error::internal)?);
        let batches: Vec<RecordBatch> = stream.try_collect().await.map_err(Error::internal)?;
        let whole = match batches.as_slice() {
            [one] => one.clone(),
            several => concat_batches(&schema, several).map_err(Error::internal)?,
        };
        let places: Vec<usize> = columns.iter().filter_map(|column| in_file.binary_search(column).ok()).collect();
        whole.project(&places).map_err(Error::internal)
    }

    /// What the page index knows of a column; nothing where the file has none.
    pub fn bounds(&self, column: usize) -> Option<Bounds> {
        let file = self.metadata.metadata();
        let (index, offsets) = (file.column_index()?, file.offset_index()?);
        let groups: Vec<usize> = (0..file.num_row_groups()).collect();
        let name = self.schema().field(column).name();
        let converter = StatisticsConverter::try_new(name, self.schema(), self.metadata.parquet_schema()).ok()?;
        let least = converter.data_page_mins(index, offsets, &groups).ok()?;
        let greatest = converter.data_page_maxes(index, offsets, &groups).ok()?;
        let (mut runs, mut first) = (Vec::new(), 0);
        for (group, offsets) in file.row_groups().iter().zip(offsets) {
            let end = first + u64::try_from(group.num_rows()).ok()?;
            let pages = offsets.get(column)?.page_locations();
            let starts = pages.iter().map(|page| Some(first + u64::try_from(page.first_row_index).ok()?));
            let starts: Vec<u64> = starts.collect::<Option<_>>()?;
            for (at, start) in starts.iter().enumerate() {
                runs.push((*start, starts.get(at + 1).copied().unwrap_or(end) - start));
            }
            first = end;
        }
        (runs.len() == least.len() && runs.len() == greatest.len()).then_some(Bounds { least, greatest, runs })
    }

    /// What a row of these columns takes in memory, on average, in bytes.
    pub fn row_bytes(&self, columns: &[usize]) -> u64 {
        let groups = self.metadata.metadata().row_groups();
        let bytes: u64 = groups
            .iter()
            .flat_map(|group| columns.iter().filter_map(|column| group.columns().get(*column)))
            .map(chunk_bytes)
            .sum();
        // Every row has at least its place.
        bytes / self.rows().max(1) + columns.len() as u64 * 8
    }

    fn builder(&self, columns: ProjectionMask) -> ParquetRecordBatchStreamBuilder<Reader> {
        ParquetRecordBatchStreamBuilder::new_with_metadata(self.reader.clone(), self.metadata.clone())
            .with_projection(columns)
    }

    async fn fetch(&self, selection: RowSelection) -> Result<Vec<RecordBatch>> {
        let stream =
            self.builder(ProjectionMask::all()).with_row_selection(selection).build().map_err(Error::internal)?;
        stream.try_collect().await.map_err(Error::internal)
    }
}

/// A selection of (start, length) runs that are in order and do not overlap.
fn ranges(runs: &[(u64, u64)]) -> RowSelection {
    let mut selectors = Vec::new();
    let mut at = 0;
    for &(start, length) in runs {
        if start > at {
            selectors.push(RowSelector::skip(usize::try_from(start - at).unwrap_or(usize::MAX)));
        }
        selectors.push(RowSelector::select(usize::try_from(length).unwrap_or(usize::MAX)));
        at = start + length;
    }
    RowSelection::from(selectors)
}

/// What a column of a row group takes in memory, in bytes. A dictionary says a value once; the letters of all values are counted beside it.
pub fn chunk_bytes(column: &ColumnChunkMetaData) -> u64 {
    let bytes = column.uncompressed_size().max(column.unencoded_byte_array_data_bytes().unwrap_or(0));
    u64::try_from(bytes).unwrap_or(0)
}

/// The cells of a batch, row by row.
pub fn rows_of(batch: &RecordBatch) -> Vec<Vec<Value>> {
    (0..batch.num_rows()).map(|row| batch.columns().iter().map(|column| value(column, row)).collect()).collect()
}

fn value(column: &ArrayRef, row: usize) -> Value {
    if column.is_null(row) {
        return Value::Null;
    }
    match column.data_type() {
        DataType::Utf8 => Value::Text(column.as_string::<i32>().value(row).to_owned()),
        DataType::Int64 => Value::Integer(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => Value::Decimal(column.as_primitive::<Float64Type>().value(row)),
        DataType::Decimal128(..) => Value::Exact(column.as_primitive::<Decimal128Type>().value_as_string(row)),
        DataType::Boolean => Value::Boolean(column.as_boolean().value(row)),
        DataType::Date32 => column.as_primitive::<Date32Type>().value_as_date(row).map_or(Value::Null, Value::Date),
        DataType::Timestamp(TimeUnit::Microsecond, zone) => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(row);
            Value::DateTime(Timestamp(micros.div_euclid(1000)), zone.is_some())
        }
        // Ingest writes no other type.
        _ => Value::Null,
    }
}
