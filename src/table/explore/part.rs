//! Any rows of a result as one batch: what pages of people and of programs are made of.
//!
//! Of the table in its own order, columns are read a piece at a time (the rows of a data page), and the pieces read last are
//! kept: the pages of a reader who goes through a table come from memory.

use std::sync::Arc;

use datafusion::arrow::array::{Array, ArrayRef, RecordBatch, UInt32Array};
use datafusion::arrow::compute::{concat, take_record_batch};
use futures_util::future::try_join_all;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::evaluate::{Explorer, PAGES, TIME};
use super::model::Query;
use super::scan::{in_turn, workers};
use crate::kernel::{Error, Problem, Result};
use crate::platform::columnar::Run;

/// Rows of a piece.
const PIECE: u64 = if cfg!(test) { 4 } else { 4096 };
/// Bytes that the rows of one page should take at most: of wider rows there are fewer.
const WIDE: u64 = 4 << 20;
/// Bytes that the pieces of one page should take at most; what is wider is read by itself.
const WHOLE_PIECES: u64 = 8 << 20;
/// All kept pieces together take at most this many bytes.
const KEPT: u64 = 64 << 20;

/// Some rows of a result.
#[derive(Clone, Debug)]
pub struct Part {
    /// The rows, with the columns of the result's headings.
    pub rows: RecordBatch,
    /// How many rows the whole result has.
    pub total: u64,
}

/// Pieces of columns by object, column and number.
#[derive(Clone)]
pub(super) struct Pieces(Arc<Cache<(String, usize, u64), ArrayRef, Weight>>);

#[derive(Clone)]
struct Weight;

impl Weighter<(String, usize, u64), ArrayRef> for Weight {
    fn weight(&self, _: &(String, usize, u64), piece: &ArrayRef) -> u64 {
        piece.get_array_memory_size() as u64 + 128
    }
}

impl Default for Pieces {
    fn default() -> Self {
        Self(Arc::new(Cache::with_weighter(4096, KEPT, Weight)))
    }
}

impl Pieces {
    pub(super) fn clear(&self) {
        self.0.clear();
    }
}

impl Explorer {
    /// Rows of a result: at most so many, from a place in its order on (none behind the end). Very wide rows may come fewer.
    ///
    /// # Errors
    /// As [`Explorer::page`].
    pub async fn part(&self, query: &Query, offset: u64, rows: u64) -> Result<Part> {
        let most = if query.is_grouped() { rows } else { (WIDE / self.row_bytes(query)?.max(1)).clamp(1, rows.max(1)) };
        match tokio::time::timeout(TIME, self.rows_at(query, offset, most)).await {
            Ok(part) => part,
            Err(_) => Err(Error::invalid(Problem::new("explore-too-slow"))),
        }
    }

    /// What a row of a result takes, on average, in bytes.
    fn row_bytes(&self, query: &Query) -> Result<u64> {
        Ok(self.table.row_bytes(&self.shown(query)?))
    }

    /// The columns that a query shows, by their indices.
    pub(super) fn shown(&self, query: &Query) -> Result<Vec<usize>> {
        query.shown(self.columns()).into_iter().map(|key| self.index(key)).collect()
    }

    pub(super) async fn rows_at(&self, query: &Query, offset: u64, rows: u64) -> Result<Part> {
        if query.is_grouped() {
            let groups = self.groups(query, &PAGES).await?;
            let total = groups.num_rows() as u64;
            let (start, length) = within(offset, rows, total);
            return Ok(Part { rows: groups.slice(place(start), place(length)), total });
        }
        let shown = self.shown(query)?;
        if query.is_whole() {
            let total = self.table.rows();
            let run = within(offset, rows, total);
            return Ok(Part { rows: self.run(&shown, run).await?, total });
        }
        // The order is wanted up to the last of these rows.
        let kept = self.order(&Query { page: 1, rows: offset.saturating_add(rows), ..query.clone() }).await?;
        let (start, length) = within(offset, rows, kept.rows.len() as u64);
        let picked: Vec<u32> = (start..start + length).map(|at| kept.rows.value(place(at))).collect();
        Ok(Part { rows: self.pick(&shown, &picked).await?, total: kept.total })
    }

    /// A run of rows of the table.
    async fn run(&self, shown: &[usize], (start, length): Run) -> Result<RecordBatch> {
        let (first, last) = (start / PIECE, (start + length.max(1) - 1) / PIECE);
        let read = (last - first + 1) * PIECE * self.table.row_bytes(shown);
        if length == 0 {
            return self.nothing(shown);
        }
        if read > WHOLE_PIECES {
            return self.table.read(shown, &[(start, length)]).await;
        }
        let key = |column: usize, piece: u64| (self.object.clone(), column, piece);
        let mut parts: Vec<Vec<ArrayRef>> = vec![Vec::new(); shown.len()];
        for piece in first..=last {
            let (from, to) = (piece * PIECE, ((piece + 1) * PIECE).min(self.table.rows()));
            let mut known: Vec<Option<ArrayRef>> =
                shown.iter().map(|column| self.orders.1.0.get(&key(*column, piece))).collect();
            let missing: Vec<usize> =
                shown.iter().zip(&known).filter(|(_, known)| known.is_none()).map(|(column, _)| *column).collect();
            if !missing.is_empty() {
                let batch = self.table.read(&missing, &[(from, to - from)]).await?;
                for (array, column) in batch.columns().iter().zip(missing) {
                    self.orders.1.0.insert(key(column, piece), Arc::clone(array));
                    for (at, _) in shown.iter().enumerate().filter(|(_, one)| **one == column) {
                        known[at] = Some(Arc::clone(array));
                    }
                }
            }
            let (begin, end) = (start.max(from), (start + length).min(to));
            for (parts, array) in parts.iter_mut().zip(known) {
                let array = array.ok_or_else(|| Error::internal("a column that was not read"))?;
                parts.push(array.slice(place(begin - from), place(end - begin)));
            }
        }
        let join = |parts: Vec<ArrayRef>| match parts.as_slice() {
            [one] => Ok(Arc::clone(one)),
            several => {
                let several: Vec<&dyn Array> = several.iter().map(AsRef::as_ref).collect();
                concat(&several).map_err(Error::internal)
            }
        };
        let columns = parts.into_iter().map(join).collect::<Result<Vec<_>>>()?;
        let schema = Arc::new(self.table.schema().project(shown).map_err(Error::internal)?);
        RecordBatch::try_new(schema, columns).map_err(Error::internal)
    }

    /// Rows by their numbers, in the order asked. Rows that lie apart are read from as many pages: the columns are shared out.
    pub(super) async fn pick(&self, shown: &[usize], picked: &[u32]) -> Result<RecordBatch> {
        if picked.is_empty() {
            return self.nothing(shown);
        }
        let mut in_file = picked.to_vec();
        in_file.sort_unstable();
        let runs: Vec<Run> = in_file.iter().map(|row| (u64::from(*row), 1)).collect();
        let shares = shares(shown, workers(), |column| self.table.row_bytes(&[column]));
        let mut arrays: Vec<(usize, ArrayRef)> = Vec::new();
        let reading = shares.into_iter().map(|share| {
            let (table, runs) = (self.table.clone(), runs.clone());
            in_turn(async move { Ok((table.read(&share, &runs).await?, share)) })
        });
        for (batch, share) in try_join_all(reading).await? {
            arrays.extend(share.into_iter().zip(batch.columns().iter().map(Arc::clone)));
        }
        let array = |column: &usize| arrays.iter().find(|(of, _)| of == column).map(|(_, array)| Arc::clone(array));
        let schema = Arc::new(self.table.schema().project(shown).map_err(Error::internal)?);
        let batch = RecordBatch::try_new(schema, shown.iter().filter_map(array).collect()).map_err(Error::internal)?;
        let place = |row: &u32| in_file.binary_search(row).ok().and_then(|at| u32::try_from(at).ok());
        let order: UInt32Array = picked.iter().filter_map(place).collect::<Vec<u32>>().into();
        take_record_batch(&batch, &order).map_err(Error::internal)
    }

    /// The columns without a row.
    fn nothing(&self, shown: &[usize]) -> Result<RecordBatch> {
        Ok(RecordBatch::new_empty(Arc::new(self.table.schema().project(shown).map_err(Error::internal)?)))
    }
}

/// Columns in so many shares of about the same weight; none is empty.
fn shares(columns: &[usize], most: usize, weight: impl Fn(usize) -> u64) -> Vec<Vec<usize>> {
    let mut weighed: Vec<(u64, usize)> = columns.iter().map(|column| (weight(*column), *column)).collect();
    weighed.sort_unstable_by(|a, b| b.cmp(a));
    weighed.dedup();
    let mut shares: Vec<(u64, Vec<usize>)> = vec![(0, Vec::new()); most.clamp(1, weighed.len().max(1))];
    for (weight, column) in weighed {
        if let Some(lightest) = shares.iter_mut().min_by_key(|(sum, _)| *sum) {
            lightest.0 += weight.max(1);
            lightest.1.push(column);
        }
    }
    shares.into_iter().map(|(_, share)| share).filter(|share| !share.is_empty()).collect()
}

/// What of a run of rows there is in so many.
fn within(offset: u64, rows: u64, total: u64) -> Run {
    let start = offset.min(total);
    (start, rows.min(total - start))
}

fn place(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
