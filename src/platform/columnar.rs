//! Parquet files read a page at a time: any page of any table, in row order or sorted by one column.
//!
//! The page index lets the reader fetch only the data pages that hold the wanted rows. A sort reads one column, orders the row
//! numbers by it (ties in row order, so that pages never repeat or lose a row) and fetches the rows of one page.

use std::cmp::Ordering;
use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use chrono::NaiveDate;
use datafusion::arrow::array::{Array, ArrayRef, AsArray, RecordBatch, UInt32Array};
use datafusion::arrow::compute::{SortColumn, SortOptions, concat, lexsort_to_indices};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};
use datafusion::parquet::arrow::ProjectionMask;
use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions, RowSelection, RowSelector};
use datafusion::parquet::arrow::async_reader::{AsyncFileReader, ParquetRecordBatchStreamBuilder};
use datafusion::parquet::errors::ParquetError;
use datafusion::parquet::file::metadata::{PageIndexPolicy, ParquetMetaData, ParquetMetaDataReader};
use futures_util::TryStreamExt;
use futures_util::future::BoxFuture;
use object_store::ObjectStoreExt;

use super::files::Files;
use crate::kernel::{Error, Problem, Result, Timestamp};

/// Rows beyond which a table is not sorted in the page (about 16 bytes of memory a row).
const MAX_SORTED: u64 = 20_000_000;

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
    /// The column (by name) to sort by, and whether downwards. Empty cells come last either way.
    pub sort: Option<(String, bool)>,
}

/// A sorted order of rows, kept so that paging through it sorts once.
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

    /// The wanted rows; with `order`, in that order.
    ///
    /// # Errors
    /// `Internal` when the file is damaged; `Unavailable`.
    pub async fn page(&self, wanted: &Wanted, order: Option<&Order>) -> Result<Vec<Vec<Value>>> {
        let end = wanted.offset.saturating_add(wanted.limit).min(self.rows());
        if wanted.offset >= end {
            return Ok(Vec::new());
        }
        let Some(order) = order else {
            let batches = self.fetch(ranges(&[(wanted.offset, end - wanted.offset)])).await?;
            return Ok(batches.iter().flat_map(rows_of).collect());
        };
        let picked: Vec<u64> =
            (wanted.offset..end).map(|i| u64::from(order.value(usize::try_from(i).unwrap_or(0)))).collect();
        let mut in_file_order = picked.clone();
        in_file_order.sort_unstable();
        let single: Vec<(u64, u64)> = in_file_order.iter().map(|row| (*row, 1)).collect();
        let rows: Vec<Vec<Value>> = self.fetch(ranges(&single)).await?.iter().flat_map(rows_of).collect();
        Ok(picked
            .iter()
            .filter_map(|row| in_file_order.binary_search(row).ok().and_then(|at| rows.get(at).cloned()))
            .collect())
    }

    /// The order of rows by one column.
    ///
    /// # Errors
    /// A refusal `no-such-column`, or `too-large-to-sort` beyond 20 million rows.
    pub async fn order(&self, column: &str, descending: bool) -> Result<Order> {
        let Some(index) = self.metadata.schema().fields().iter().position(|field| field.name() == column) else {
            return Err(Error::invalid(Problem::new("no-such-column").with("column", column)));
        };
        if self.rows() > MAX_SORTED {
            return Err(Error::invalid(Problem::new("too-large-to-sort")));
        }
        let builder = self.builder(ProjectionMask::roots(self.metadata.parquet_schema(), [index]));
        let batches: Vec<RecordBatch> =
            builder.build().map_err(Error::internal)?.try_collect().await.map_err(Error::internal)?;
        super::db::run_blocking(move || {
            let parts: Vec<&dyn Array> = batches.iter().map(|batch| batch.column(0).as_ref()).collect();
            if parts.is_empty() {
                return Ok(Arc::new(UInt32Array::from(Vec::<u32>::new())));
            }
            let values = concat(&parts).map_err(Error::internal)?;
            if let Some(texts) = values.as_string_opt::<i32>() {
                return Ok(text_order(texts, descending));
            }
            let numbers: ArrayRef =
                Arc::new(UInt32Array::from_iter_values(0..u32::try_from(values.len()).unwrap_or(u32::MAX)));
            let columns = [
                SortColumn { values, options: Some(SortOptions { descending, nulls_first: false }) },
                SortColumn { values: numbers, options: None },
            ];
            Ok(Arc::new(lexsort_to_indices(&columns, None).map_err(Error::internal)?))
        })
        .await
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

/// Text in the order of the Vietnamese alphabet, near enough for a table: folded first, then as written.
fn text_order(texts: &datafusion::arrow::array::StringArray, descending: bool) -> Order {
    let keys: Vec<Option<(String, &str)>> = (0..texts.len())
        .map(|i| texts.is_valid(i).then(|| (crate::kernel::text::fold(texts.value(i)), texts.value(i))))
        .collect();
    let mut order: Vec<u32> = (0..u32::try_from(texts.len()).unwrap_or(u32::MAX)).collect();
    order.sort_by(|a, b| match (&keys[*a as usize], &keys[*b as usize]) {
        (Some(a), Some(b)) if descending => b.cmp(a),
        (Some(a), Some(b)) => a.cmp(b),
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (None, None) => Ordering::Equal,
    });
    Arc::new(UInt32Array::from(order))
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

fn rows_of(batch: &RecordBatch) -> Vec<Vec<Value>> {
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
