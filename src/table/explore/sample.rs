//! What pictures need of a result beside its groups: rows spread evenly over it, how often numbers fall into equal steps,
//! and a walk over its rows. The first two hold a bounded number of values, whatever the table.

use std::pin::pin;

use datafusion::arrow::array::{ArrayRef, AsArray, RecordBatch};
use datafusion::arrow::compute::cast;
use datafusion::arrow::datatypes::{DataType, Float64Type};
use futures_util::TryStreamExt;
use tokio::runtime::Handle;

use super::evaluate::{Explorer, FILTERS, TIME, permit};
use super::model::Query;
use super::scan::Scan;
use crate::kernel::{Error, Problem, Result};
use crate::platform::columnar::{Value, rows_of};
use crate::platform::db::run_blocking;

/// Some rows of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// The rows, in the order of the table, each with one value for each column of the query.
    pub rows: Vec<Vec<Value>>,
    /// How many rows the result has.
    pub total: u64,
}

/// Equal steps of numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Where the first step begins.
    pub first: f64,
    /// How wide each is.
    pub width: f64,
    /// How many there are; the last one holds its end.
    pub steps: usize,
}

impl Counted {
    /// The step that a number falls into.
    fn step(&self, number: f64) -> Option<usize> {
        let at = ((number - self.first) / self.width).floor();
        if self.steps == 0 || at.is_nan() || at < 0.0 {
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // bounded by the number of steps
        let at = at.min(self.steps as f64) as usize;
        // The end of the last step belongs to it.
        let end = self.first + self.width * self.steps as f64;
        if at < self.steps { Some(at) } else { (number <= end).then(|| self.steps - 1) }
    }
}

impl Explorer {
    /// Rows of a filtered table, at most `most`, spread evenly over all of them.
    ///
    /// # Errors
    /// As [`Explorer::page`].
    pub async fn sample(&self, query: &Query, most: u32) -> Result<Sample> {
        let work = async {
            let shown: Vec<usize> =
                query.shown(self.columns()).into_iter().map(|key| self.index(key)).collect::<Result<_>>()?;
            let filtered = Query { filters: query.filters.clone(), ..Query::default() };
            let kept = if filtered.filters.is_empty() { None } else { Some(self.order(&filtered).await?) };
            let total = kept.as_ref().map_or(self.table.rows(), |kept| kept.rows().len() as u64);
            let few = u64::from(most).min(total);
            let place = |at: u64| usize::try_from(at * total / few.max(1)).unwrap_or(usize::MAX);
            let number = |at: usize| match &kept {
                Some(kept) => kept.rows().value(at),
                None => u32::try_from(at).unwrap_or(u32::MAX),
            };
            let picked: Vec<u32> = (0..few).map(|at| number(place(at))).collect();
            // Rows that lie scattered are most of the work: one of the turns, and not in the way of other pages.
            let permit = permit(&FILTERS).await?;
            let (explorer, runtime) = (self.clone(), Handle::current());
            let rows = run_blocking(move || {
                let batch = runtime.block_on(explorer.pick(&shown, &picked))?;
                drop(permit);
                Ok(rows_of(&batch))
            });
            Ok(Sample { rows: rows.await?, total })
        };
        within_time(work).await
    }

    /// Walks over the rows of a query that neither groups nor sorts: `make` works on each batch off the async threads, `take`
    /// gets what became of it, in the order of the table, and says whether it wants more.
    ///
    /// # Errors
    /// As [`Explorer::page`].
    pub async fn walk<T: Send + 'static>(
        &self,
        query: &Query,
        make: impl Fn(RecordBatch) -> Result<T> + Clone + Send + Sync + 'static,
        mut take: impl FnMut(T) -> bool,
    ) -> Result<()> {
        let work = async {
            let _permit = permit(&FILTERS).await?;
            let mut batches = self.export(query, make).await?;
            while let Some(batch) = batches.try_next().await? {
                if !take(batch) {
                    break;
                }
            }
            Ok(())
        };
        within_time(work).await
    }

    /// How many values of a column of numbers fall into each step, of the rows that fulfil the query's filters.
    ///
    /// # Errors
    /// As [`Explorer::page`]; `Internal` when the column holds no numbers.
    pub async fn counted(&self, query: &Query, key: &str, steps: Counted) -> Result<Vec<u64>> {
        let work = async {
            let _permit = permit(&FILTERS).await?;
            let scan = Scan::new(&self.table, &self.columns, &query.filters, vec![self.index(key)?])?;
            let mut parts = pin!(scan.run(move |chunk| {
                let batch = chunk.batch.ok_or_else(|| Error::internal("a chunk without columns"))?;
                count(batch.column(0), steps)
            }));
            let mut counts = vec![0; steps.steps];
            while let Some(part) = parts.try_next().await? {
                for (count, more) in counts.iter_mut().zip(part) {
                    *count += more;
                }
            }
            Ok(counts)
        };
        within_time(work).await
    }
}

async fn within_time<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    match tokio::time::timeout(TIME, work).await {
        Ok(done) => done,
        Err(_) => Err(Error::invalid(Problem::new("explore-too-slow"))),
    }
}

fn count(cells: &ArrayRef, steps: Counted) -> Result<Vec<u64>> {
    let numbers = cast(cells, &DataType::Float64).map_err(Error::internal)?;
    let mut counts = vec![0; steps.steps];
    for number in numbers.as_primitive::<Float64Type>().iter().flatten() {
        if let Some(at) = steps.step(number) {
            counts[at] += 1;
        }
    }
    Ok(counts)
}
