//! Walking over the stored file: only the pages that can hold a match are read, a chunk at a time, in the order of the
//! table.

use std::sync::{Arc, OnceLock};

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, RecordBatch, Scalar, StringArray, UInt32Array};
use datafusion::arrow::compute::kernels::{cmp, comparison};
use datafusion::arrow::compute::{and, filter, filter_record_batch, is_null, not, or, prep_null_mask_filter};
use datafusion::arrow::datatypes::UInt32Type;
use datafusion::arrow::error::ArrowError;
use datafusion::common::runtime::SpawnedTask;
use futures_util::{Stream, StreamExt};
use tokio::sync::Semaphore;

use super::model::{Filter, Test};
use super::value::Value;
use crate::kernel::text::fold;
use crate::kernel::{Error, Result};
use crate::platform::columnar::{Bounds, Run, Table};
use crate::platform::db::run_blocking;
use crate::table::ingest::report::{Column, Storage};

/// Rows of a chunk: at most, and at least.
const CHUNK: (u64, u64) = if cfg!(test) { (8, 4) } else { (32_768, 16) };
/// Bytes that a chunk's columns should take at most.
const CHUNK_BYTES: u64 = 16 << 20;

/// How many chunks are worked on at once, by one query and by all of them.
pub(super) fn workers() -> usize {
    static WORKERS: OnceLock<usize> = OnceLock::new();
    *WORKERS.get_or_init(|| std::thread::available_parallelism().map_or(2, |cores| cores.get().clamp(2, 8)))
}

/// Turns of all queries: a chunk is worked on only with one, so that many readers wait and none starves.
fn turns() -> &'static Arc<Semaphore> {
    static TURNS: OnceLock<Arc<Semaphore>> = OnceLock::new();
    TURNS.get_or_init(|| Arc::new(Semaphore::new(workers())))
}

/// Does work off the async threads, in its turn.
pub(super) async fn in_turn<T: Send + 'static>(work: impl Future<Output = Result<T>> + Send + 'static) -> Result<T> {
    // A task of its own, which ends with whoever waits for it: a turn never stays with a reader who has stopped reading.
    let task = SpawnedTask::spawn(async move {
        let turn = Arc::clone(turns()).acquire_owned().await.map_err(Error::internal)?;
        let runtime = tokio::runtime::Handle::current();
        run_blocking(move || {
            let done = runtime.block_on(work);
            drop(turn);
            done
        })
        .await
    });
    task.join().await.map_err(Error::internal)?
}

/// A test with what it compares with, as Arrow knows it.
#[derive(Clone)]
struct Compiled {
    /// The column's index in the table.
    column: usize,
    test: Test,
    /// The values of the test, each an array of one.
    values: Vec<ArrayRef>,
    /// What is looked for in a text, folded.
    folded: String,
}

/// What of a table is walked over.
#[derive(Clone)]
pub(super) struct Scan {
    table: Table,
    tests: Arc<Vec<Compiled>>,
    /// The columns that the tests ask.
    asked: Vec<usize>,
    /// The columns that come out.
    wanted: Vec<usize>,
}

/// The rows of a chunk that fulfil all tests.
pub(super) struct Chunk {
    /// Their numbers in the table.
    pub rows: UInt32Array,
    /// The columns wanted; none when no column is.
    pub batch: Option<RecordBatch>,
}

impl Scan {
    /// A walk over a table by these filters.
    ///
    /// # Errors
    /// `Internal` when a filter does not fit the table.
    pub(super) fn new(table: &Table, columns: &[Column], filters: &[Filter], wanted: Vec<usize>) -> Result<Self> {
        let mut tests = Vec::new();
        let mut asked = Vec::new();
        for filter in filters {
            let index = columns.iter().position(|column| column.key == filter.column);
            let index = index.ok_or_else(|| Error::internal("a filter without a column"))?;
            if !asked.contains(&index) {
                asked.push(index);
            }
            tests.push(Compiled::new(index, columns[index].storage, &filter.test)?);
        }
        Ok(Self { table: table.clone(), tests: Arc::new(tests), asked, wanted })
    }

    /// What each chunk with matches becomes, in the order of the table. The work is done off the async threads; whoever
    /// stops asking stops the walk.
    pub(super) fn run<T: Send + 'static>(
        self,
        make: impl Fn(Chunk) -> Result<T> + Clone + Send + Sync + 'static,
    ) -> impl Stream<Item = Result<T>> + Send {
        let chunks = self.chunks();
        let scan = Arc::new(self);
        let work = move |run: Run| {
            let (scan, make) = (Arc::clone(&scan), make.clone());
            in_turn(async move {
                let chunk = scan.read(run).await?;
                if chunk.rows.is_empty() { Ok(None) } else { make(chunk).map(Some) }
            })
        };
        let worked = futures_util::stream::iter(chunks).map(work).buffered(workers());
        worked.filter_map(async |made: Result<Option<T>>| made.transpose())
    }

    /// The runs of rows that can hold a match, cut into chunks.
    fn chunks(&self) -> Vec<Run> {
        let mut runs = vec![(0, self.table.rows())];
        for test in self.tests.iter() {
            if let Some(possible) = test.possible(&self.table) {
                runs = common(&runs, &possible);
            }
        }
        let all: Vec<usize> = self.asked.iter().chain(&self.wanted).copied().collect();
        let fit = CHUNK_BYTES / self.table.row_bytes(&all).max(1);
        let most = fit.clamp(CHUNK.1, CHUNK.0);
        // Whole data pages, where they fit: a page that two chunks share is read twice.
        let most = if most >= 2048 { most / 2048 * 2048 } else { most };
        let mut chunks = Vec::new();
        for (start, length) in runs {
            let (mut at, end) = (start, start + length);
            while at < end {
                let next = ((at / most + 1) * most).min(end);
                chunks.push((at, next - at));
                at = next;
            }
        }
        chunks
    }

    async fn read(&self, run: Run) -> Result<Chunk> {
        let numbers = UInt32Array::from_iter_values(number(run.0)..number(run.0 + run.1));
        if self.tests.is_empty() {
            let batch = if self.wanted.is_empty() { None } else { Some(self.table.read(&self.wanted, &[run]).await?) };
            return Ok(Chunk { rows: numbers, batch });
        }
        let asked = self.table.read(&self.asked, &[run]).await?;
        let mut mask: Option<BooleanArray> = None;
        for test in self.tests.iter() {
            let place = self.asked.iter().position(|column| *column == test.column).unwrap_or(0);
            let fulfilled = test.holds(asked.column(place))?;
            mask = Some(match mask {
                Some(mask) => and(&mask, &fulfilled).map_err(Error::internal)?,
                None => fulfilled,
            });
        }
        let Some(mask) = mask else { return Ok(Chunk { rows: numbers, batch: None }) };
        let found = mask.true_count();
        let rows = filter(&numbers, &mask).map_err(Error::internal)?;
        let rows = rows.as_primitive::<UInt32Type>().clone();
        if found == 0 || self.wanted.is_empty() {
            return Ok(Chunk { rows, batch: None });
        }
        // What the tests have read is not read again.
        let places: Option<Vec<usize>> =
            self.wanted.iter().map(|wanted| self.asked.iter().position(|column| column == wanted)).collect();
        let batch = match places {
            Some(places) => {
                let projected = asked.project(&places).map_err(Error::internal)?;
                filter_record_batch(&projected, &mask).map_err(Error::internal)?
            }
            // A few rows are picked out; more are cheaper to read and throw away.
            None if found * 16 < mask.len() => {
                let runs: Vec<Run> = rows.values().iter().map(|row| (u64::from(*row), 1)).collect();
                self.table.read(&self.wanted, &runs).await?
            }
            None => {
                let whole = self.table.read(&self.wanted, &[run]).await?;
                filter_record_batch(&whole, &mask).map_err(Error::internal)?
            }
        };
        Ok(Chunk { rows, batch: Some(batch) })
    }
}

fn number(row: u64) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// The rows that both hold; both are in order.
fn common(a: &[Run], b: &[Run]) -> Vec<Run> {
    let (mut out, mut i, mut j) = (Vec::new(), 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let (start, end) = (x.0.max(y.0), (x.0 + x.1).min(y.0 + y.1));
        if start < end {
            out.push((start, end - start));
        }
        if x.0 + x.1 <= y.0 + y.1 { i += 1 } else { j += 1 }
    }
    out
}

impl Compiled {
    fn new(column: usize, storage: Storage, test: &Test) -> Result<Self> {
        let values: Vec<&Value> = match test {
            Test::Is(value)
            | Test::Not(value)
            | Test::Less(value)
            | Test::Most(value)
            | Test::Greater(value)
            | Test::Least(value) => vec![value],
            Test::Between(from, to) => vec![from, to],
            Test::OneOf(values) => values.iter().collect(),
            Test::Contains { .. } | Test::Starts { .. } | Test::Empty | Test::Filled => Vec::new(),
        };
        let values = values.into_iter().map(|value| Value::array(&[value], storage)).collect::<Result<_>>()?;
        let folded = match test {
            Test::Contains { text, .. } | Test::Starts { text, .. } => fold(text),
            _ => String::new(),
        };
        Ok(Self { column, test: test.clone(), values, folded })
    }

    /// Which of these cells fulfil the test; never null.
    fn holds(&self, cells: &ArrayRef) -> Result<BooleanArray> {
        let value = |at: usize| Scalar::new(Arc::clone(&self.values[at]));
        let is = |at: usize| cmp::eq(cells, &value(at));
        let found = match &self.test {
            Test::Is(_) => is(0),
            Test::Not(_) => cmp::distinct(cells, &value(0)),
            Test::Less(_) => cmp::lt(cells, &value(0)),
            Test::Most(_) => cmp::lt_eq(cells, &value(0)),
            Test::Greater(_) => cmp::gt(cells, &value(0)),
            Test::Least(_) => cmp::gt_eq(cells, &value(0)),
            Test::Between(..) => {
                cmp::gt_eq(cells, &value(0)).and_then(|from| and(&from, &cmp::lt_eq(cells, &value(1))?))
            }
            Test::OneOf(_) => {
                (1..self.values.len()).try_fold(is(0).map_err(Error::internal)?, |any, at| or(&any, &is(at)?))
            }
            Test::Contains { text, exact: true } => {
                comparison::contains(cells, &Scalar::new(StringArray::from(vec![text.as_str()])))
            }
            Test::Starts { text, exact: true } => {
                comparison::starts_with(cells, &Scalar::new(StringArray::from(vec![text.as_str()])))
            }
            Test::Contains { exact: false, .. } => return self.folded(cells, |cell, text| cell.contains(text)),
            Test::Starts { exact: false, .. } => return self.folded(cells, |cell, text| cell.starts_with(text)),
            Test::Empty => empty(cells),
            Test::Filled => empty(cells).and_then(|empty| not(&empty)),
        };
        let found = found.map_err(Error::internal)?;
        Ok(if found.null_count() > 0 { prep_null_mask_filter(&found) } else { found })
    }

    /// A test of texts without regard to capitals and tone marks.
    fn folded(&self, cells: &ArrayRef, test: impl Fn(&str, &str) -> bool) -> Result<BooleanArray> {
        let texts = cells.as_string_opt::<i32>().ok_or_else(|| Error::internal("a test of text on something else"))?;
        let mut buffer = String::new();
        let mut holds = |cell: Option<&str>| {
            cell.is_some_and(|cell| {
                crate::kernel::text::fold_into(cell, &mut buffer);
                test(&buffer, &self.folded)
            })
        };
        Ok(texts.iter().map(|cell| Some(holds(cell))).collect())
    }

    /// The runs of rows that can fulfil the test, by the least and greatest value of each page; none where nothing is
    /// known.
    fn possible(&self, table: &Table) -> Option<Vec<Run>> {
        let within = |bounds: &Bounds, from: usize, to: usize| {
            let (from, to) = (Scalar::new(Arc::clone(&self.values[from])), Scalar::new(Arc::clone(&self.values[to])));
            and(&cmp::gt_eq(&bounds.greatest, &from)?, &cmp::lt_eq(&bounds.least, &to)?)
        };
        let bounds = match &self.test {
            Test::Is(_)
            | Test::Less(_)
            | Test::Most(_)
            | Test::Greater(_)
            | Test::Least(_)
            | Test::Between(..)
            | Test::OneOf(_) => table.bounds(self.column)?,
            _ => return None,
        };
        let value = || Scalar::new(Arc::clone(&self.values[0]));
        let can = match &self.test {
            Test::Is(_) => within(&bounds, 0, 0),
            Test::Less(_) => cmp::lt(&bounds.least, &value()),
            Test::Most(_) => cmp::lt_eq(&bounds.least, &value()),
            Test::Greater(_) => cmp::gt(&bounds.greatest, &value()),
            Test::Least(_) => cmp::gt_eq(&bounds.greatest, &value()),
            Test::Between(..) => within(&bounds, 0, 1),
            Test::OneOf(values) => {
                (1..values.len()).try_fold(within(&bounds, 0, 0).ok()?, |any, at| or(&any, &within(&bounds, at, at)?))
            }
            _ => return None,
        };
        let can = can.ok()?;
        let mut runs: Vec<Run> = Vec::new();
        for (at, run) in bounds.runs.iter().enumerate() {
            // A page of which nothing is known is read.
            if can.is_valid(at) && !can.value(at) {
                continue;
            }
            match runs.last_mut() {
                Some(last) if last.0 + last.1 == run.0 => last.1 += run.1,
                _ => runs.push(*run),
            }
        }
        Some(runs)
    }
}

/// Where nothing is: null, or a text without a character.
fn empty(cells: &ArrayRef) -> Result<BooleanArray, ArrowError> {
    match cells.as_string_opt::<i32>() {
        Some(texts) => Ok(texts.iter().map(|cell| Some(cell.is_none_or(str::is_empty))).collect()),
        None => is_null(cells),
    }
}
