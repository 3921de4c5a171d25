//! Answering a query from the stored file.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::Duration;

use datafusion::arrow::array::{
    Array, ArrayRef, AsArray, BooleanArray, Float64Array, RecordBatch, Scalar, StringArray, UInt32Array,
};
use datafusion::arrow::compute::kernels::cmp;
use datafusion::arrow::compute::{
    CastOptions, SortColumn, SortOptions, cast_with_options, concat_batches, filter_record_batch, lexsort_to_indices,
    sort_to_indices, take, take_record_batch,
};
use datafusion::arrow::datatypes::{DataType, Field, Float64Type, Schema, SchemaRef, UInt32Type};
use datafusion::catalog::streaming::StreamingTable;
use datafusion::error::DataFusionError;
use datafusion::execution::memory_pool::FairSpillPool;
use datafusion::execution::runtime_env::RuntimeEnvBuilder;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::functions_aggregate::expr_fn as summary;
use datafusion::logical_expr::{Expr, SortExpr, cast, col};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use datafusion::physical_plan::streaming::PartitionStream;
use datafusion::prelude::{DataFrame, SessionConfig, SessionContext};
use futures_util::{Stream, StreamExt, TryStreamExt};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use tokio::runtime::Handle;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot};

use super::model::{Measure, Operation, Query, SortKey};
use super::part::Pieces;
use super::scan::{Chunk, Scan};
use super::{MOST_GROUPS, MOST_SORTED, Step, address};
use crate::kernel::text::fold_into;
use crate::kernel::{Error, Problem, Result};
use crate::platform::columnar::{Order, Table, Value, rows_of};
use crate::platform::db::run_blocking;
use crate::table::ingest::report::Column;

/// How long one page may take, waiting included.
pub(super) const TIME: Duration = Duration::from_secs(10);
/// Bytes of memory, and of the scratch folder, that one sort or grouping may take.
const MEMORY: usize = 128 << 20;
const SPILLED: u64 = 1 << 30;
/// Sorts and groupings at once, for pages and, apart from them, for files: a reader who takes a file slowly holds up no
/// page.
const AT_ONCE: usize = 2;
const FILES_AT_ONCE: usize = 4;
/// Filters at once that look through a table for a page.
const FILTERS_AT_ONCE: usize = 8;
/// How long a sorted or grouped file may take, and how long its reader may take for one batch.
const FILE_TIME: Duration = Duration::from_secs(300);
const BATCH_TIME: Duration = Duration::from_secs(15);
/// Bytes that all groups of one result may take.
const GROUPED: usize = 64 << 20;
/// Rows of an order that are found for the first pages of a sorted table, and for some more of them; further ones want the whole order.
const FIRST_ROWS: [u64; 2] = if cfg!(test) { [6, 12] } else { [500, 2000] };
/// All kept orders together take at most this many bytes.
const KEPT: u64 = 128 << 20;
/// The column that holds a row's number.
const ROW: &str = "row";

/// The rows of a result in its order: all of them, or the first.
#[derive(Clone)]
pub struct Kept {
    /// How many the result has.
    pub(super) total: u64,
    pub(super) rows: Order,
}

impl Kept {
    /// The rows' numbers.
    pub(super) fn rows(&self) -> &Order {
        &self.rows
    }

    fn is_whole(&self) -> bool {
        self.rows.len() as u64 == self.total
    }
}

/// Orders that were asked for, by object and query: paging through a result finds it once. Beside them the pieces of
/// columns that were read last.
#[derive(Clone)]
pub struct Orders(Arc<Cache<(String, String), Kept, Weight>>, pub(super) Pieces);

/// What an order takes: four bytes a row.
#[derive(Clone)]
struct Weight;

impl Weighter<(String, String), Kept> for Weight {
    fn weight(&self, key: &(String, String), kept: &Kept) -> u64 {
        kept.rows.len() as u64 * 4 + key.1.len() as u64 + 256
    }
}

impl Default for Orders {
    fn default() -> Self {
        // One shard: each would take a part of the room alone, and an order larger than that part would never be kept.
        let options = OptionsBuilder::new().estimated_items_capacity(256).weight_capacity(KEPT).shards(1).build();
        let kept = match options {
            Ok(options) => {
                Cache::with_options(options, Weight, DefaultHashBuilder::default(), DefaultLifecycle::default())
            }
            Err(_) => Cache::with_weighter(256, KEPT, Weight),
        };
        Self(Arc::new(kept), Pieces::default())
    }
}

impl Orders {
    /// Forgets them all.
    pub fn clear(&self) {
        self.0.clear();
        self.1.clear();
    }
}

/// One stored table, ready to be asked.
#[derive(Clone)]
pub struct Explorer {
    pub(super) table: Table,
    pub(super) columns: Arc<[Column]>,
    pub(super) object: String,
    scratch: PathBuf,
    pub(super) orders: Orders,
    /// The province's time, in minutes east of UTC: whose days moments lie in.
    offset_minutes: i32,
}

/// What a column of a result holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Heading {
    /// A column of the table, by its index.
    Column(usize),
    /// Stretches of time of a column, by its index; the values are texts ([`Step::text`]).
    Step(usize, Step),
    /// A measure, and the index of the column it is of.
    Measure(Measure, Option<usize>),
}

/// A page of a result.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// What its columns hold.
    pub headings: Vec<Heading>,
    /// Its rows, each with one value for each heading.
    pub rows: Vec<Vec<Value>>,
    /// Rows of all pages.
    pub total: u64,
    /// The page, which is the last one where a later one was asked for.
    pub page: u64,
}

impl Explorer {
    /// An opened table with its columns as its report tells them; `object` names it among the orders, and what does not
    /// fit into memory goes to the scratch folder; days of moments are those `offset_minutes` east of UTC.
    pub fn new(
        table: Table,
        object: &str,
        columns: impl Into<Arc<[Column]>>,
        scratch: &Path,
        orders: &Orders,
        offset_minutes: i32,
    ) -> Self {
        Self {
            table,
            columns: columns.into(),
            object: object.to_owned(),
            scratch: scratch.to_owned(),
            orders: orders.clone(),
            offset_minutes,
        }
    }

    /// The columns of the table.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What the columns of a result hold.
    ///
    /// # Errors
    /// `Internal` when the query was not read for this table.
    pub fn headings(&self, query: &Query) -> Result<Vec<Heading>> {
        if !query.is_grouped() {
            return query.shown(&self.columns).into_iter().map(|key| Ok(Heading::Column(self.index(key)?))).collect();
        }
        let groups = query.group.iter().map(|name| {
            let (key, step) = Step::split(name);
            let index = self.index(key)?;
            Ok(step.map_or(Heading::Column(index), |step| Heading::Step(index, step)))
        });
        let measures = query.measures.iter().map(|measure| {
            let column = match measure {
                Measure::Rows => None,
                Measure::Of(_, key) => Some(self.index(key)?),
            };
            Ok(Heading::Measure(measure.clone(), column))
        });
        groups.chain(measures).collect()
    }

    /// One page of a result.
    ///
    /// # Errors
    /// `explore-too-slow`, `explore-too-large`, `explore-too-many-groups` (`most`) when a limit ends it; `Unavailable`
    /// when too many ask at once; `Internal` when the file is damaged.
    pub async fn page(&self, query: &Query) -> Result<Found> {
        match tokio::time::timeout(TIME, self.answer(query)).await {
            Ok(found) => found,
            Err(_) => Err(Error::invalid(Problem::new("explore-too-slow"))),
        }
    }

    async fn answer(&self, query: &Query) -> Result<Found> {
        let headings = self.headings(query)?;
        let mut part = self.rows_at(query, query.offset(), query.rows).await?;
        let (total, page) = within(query, part.total);
        // A page behind the last is the last.
        if page != query.page {
            part = self.rows_at(query, (page - 1) * query.rows, query.rows).await?;
        }
        Ok(Found { headings, rows: rows_of(&part.rows), total, page })
    }

    /// The rows of a filtered or sorted table in its order, as many of them as the page needs.
    pub(super) async fn order(&self, query: &Query) -> Result<Kept> {
        let asked = Query { filters: query.filters.clone(), sort: query.sort.clone(), ..Query::default() };
        // Values are a reader's own: no sign of theirs may end one.
        let parameters = serde_json::to_string(&address::write(&asked)).map_err(Error::internal)?;
        let key = (self.object.clone(), parameters);
        let needed = query.offset().saturating_add(query.rows);
        if let Some(kept) = self.orders.0.get(&key)
            && (kept.is_whole() || kept.rows.len() as u64 >= needed.min(kept.total))
        {
            return Ok(kept);
        }
        let mut kept = if query.sort.is_empty() {
            self.matching(query).await?
        } else {
            let first = FIRST_ROWS.into_iter().find(|first| needed <= *first);
            self.sorted(query, first).await?
        };
        // A page behind the last is the last: its rows are needed then.
        if !kept.is_whole() && needed > kept.rows.len() as u64 {
            kept = self.sorted(query, None).await?;
        }
        self.orders.0.insert(key, kept.clone());
        Ok(kept)
    }

    /// The rows that fulfil the filters, in the order of the table.
    async fn matching(&self, query: &Query) -> Result<Kept> {
        let _permit = permit(&FILTERS).await?;
        let scan = Scan::new(&self.table, &self.columns, &query.filters, Vec::new())?;
        let mut chunks = std::pin::pin!(scan.run(|chunk| Ok(chunk.rows)));
        let mut rows: Vec<u32> = Vec::new();
        while let Some(found) = chunks.try_next().await? {
            rows.extend_from_slice(found.values());
            if rows.len() as u64 > MOST_SORTED {
                return Err(too_large());
            }
        }
        rows.shrink_to_fit();
        Ok(Kept { total: rows.len() as u64, rows: Arc::new(rows.into()) })
    }

    /// The rows in order; with `first`, at least so many of the first.
    async fn sorted(&self, query: &Query, first: Option<u64>) -> Result<Kept> {
        if first.is_none() && self.table.rows() > MOST_SORTED {
            return Err(too_large());
        }
        let (keys, sort) = self.sort_columns(&query.sort)?;
        let scan = Scan::new(&self.table, &self.columns, &query.filters, keys.clone())?;
        let schema = key_schema(&self.table, &keys, &[])?;
        let counted = Arc::new(AtomicU64::new(0));
        let (counter, made) = (Arc::clone(&counted), Arc::clone(&schema));
        let width = keys.len();
        let bar = first.zip(query.sort.first()).map(|(first, key)| Bar::new(first, key.descending));
        let batches = scan.run(move |chunk| {
            counter.fetch_add(chunk.rows.len() as u64, Ordering::Relaxed);
            let batch = keyed(&made, &chunk, width)?;
            match &bar {
                Some(bar) => bar.pass(batch),
                None => Ok(batch),
            }
        });
        let source = Source::of(schema, batches);
        let scratch = self.scratch.clone();
        let rows = apart(&PAGES, async move |permit| {
            let _permit = permit;
            let frame = source.frame(&scratch)?.sort(sort).map_err(failed)?;
            let frame =
                frame.limit(0, first.map(|first| usize::try_from(first).unwrap_or(usize::MAX))).map_err(failed)?;
            let mut stream = frame.select_columns(&[ROW]).map_err(failed)?.execute_stream().await.map_err(failed)?;
            let mut rows: Vec<u32> = Vec::new();
            while let Some(batch) = stream.try_next().await.map_err(failed)? {
                rows.extend_from_slice(batch.column(0).as_primitive::<UInt32Type>().values());
            }
            Ok(rows)
        })
        .await?;
        Ok(Kept { total: counted.load(Ordering::Relaxed), rows: Arc::new(rows.into()) })
    }

    /// The columns that are sorted by, and the order by them: then the row's number, which decides between equals.
    fn sort_columns(&self, keys: &[SortKey]) -> Result<(Vec<usize>, Vec<SortExpr>)> {
        let columns: Vec<usize> = keys.iter().map(|key| self.index(&key.name)).collect::<Result<_>>()?;
        let by = keys.iter().enumerate().map(|(at, key)| col(key_name(at)).sort(!key.descending, false));
        Ok((columns, by.chain([col(ROW).sort(true, false)]).collect()))
    }

    /// Every row of a sorted result with the columns of these indices, a batch at a time. The stream ends with whoever
    /// stops reading.
    pub(super) async fn sorted_rows(
        &self,
        query: &Query,
        shown: Vec<usize>,
    ) -> Result<impl Stream<Item = Result<RecordBatch>> + Send + use<>> {
        let (keys, sort) = self.sort_columns(&query.sort)?;
        let wanted: Vec<usize> = keys.iter().chain(&shown).copied().collect();
        let scan = Scan::new(&self.table, &self.columns, &query.filters, wanted)?;
        let schema = key_schema(&self.table, &keys, &shown)?;
        let (made, width) = (Arc::clone(&schema), keys.len());
        let source = Source::of(schema, scan.run(move |chunk| keyed(&made, &chunk, width)));
        let names: Vec<String> = (0..shown.len()).map(column_name).collect();
        let scratch = self.scratch.clone();
        let (speak, hear) = tokio::sync::mpsc::channel::<Result<RecordBatch>>(2);
        // Waited for here, so that whoever comes too late is told so before a byte is sent.
        let permit = permit(&FILES).await?;
        let listener = speak.clone();
        let work = async move {
            let _permit = permit;
            let frame = source.frame(&scratch)?.sort(sort).map_err(failed)?;
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let mut stream = frame.select_columns(&names).map_err(failed)?.execute_stream().await.map_err(failed)?;
            while let Some(batch) = stream.try_next().await.map_err(failed)? {
                match tokio::time::timeout(BATCH_TIME, speak.send(Ok(batch))).await {
                    Ok(Ok(())) => {}
                    // Nobody listens any more.
                    Ok(Err(_)) => break,
                    Err(_) => return Err(Error::unavailable("the reader of a sorted file stands still")),
                }
            }
            Ok(())
        };
        let runtime = Handle::current();
        let worker = run_blocking(move || {
            let heard_out = async move {
                tokio::select! {
                    done = work => done,
                    () = listener.closed() => Ok(()),
                }
            };
            let ended = runtime.block_on(async { tokio::time::timeout(FILE_TIME, heard_out).await });
            ended.unwrap_or_else(|_| Err(Error::invalid(Problem::new("explore-too-slow"))))
        });
        // What the work fails with is the last that is heard.
        let heard = futures_util::stream::unfold(hear, async |mut hear| hear.recv().await.map(|batch| (batch, hear)));
        let end = futures_util::stream::once(worker).filter_map(async |ended: Result<()>| ended.err().map(Err));
        Ok(futures_util::stream::select(heard, end))
    }

    /// All groups for a file, in order, with their measures: files hold up no page.
    pub(super) async fn groups_for_file(&self, query: &Query) -> Result<RecordBatch> {
        match tokio::time::timeout(FILE_TIME, self.groups(query, &FILES)).await {
            Ok(groups) => groups,
            Err(_) => Err(Error::invalid(Problem::new("explore-too-slow"))),
        }
    }

    /// All groups, in order, with their measures.
    pub(super) async fn groups(&self, query: &Query, turns: &Arc<Semaphore>) -> Result<RecordBatch> {
        let mut wanted: Vec<usize> = Vec::new();
        let mut place = |key: &str| -> Result<usize> {
            let index = self.index(key)?;
            Ok(wanted.iter().position(|known| *known == index).unwrap_or_else(|| {
                wanted.push(index);
                wanted.len() - 1
            }))
        };
        let mut by: Vec<Expr> = Vec::new();
        let mut steps: Vec<(usize, Step)> = Vec::new();
        for name in &query.group {
            let (key, step) = Step::split(name);
            let at = place(key)?;
            by.push(match step {
                None => col(column_name(at)),
                Some(step) => {
                    steps.push((at, step));
                    col(step_name(steps.len() - 1))
                }
            });
        }
        let mut measures: Vec<Expr> = Vec::new();
        for (at, measure) in query.measures.iter().enumerate() {
            let expression = match measure {
                Measure::Rows => summary::count(col(ROW)),
                Measure::Of(operation, key) => {
                    let at = place(key)?;
                    summarised(*operation, col(column_name(at)), self.column_type(key)?)
                }
            };
            measures.push(expression.alias(format!("m{at}")));
        }
        let scan = Scan::new(&self.table, &self.columns, &query.filters, wanted.clone())?;
        let own = key_schema(&self.table, &[], &wanted)?;
        let schema = stepped_schema(&own, steps.len());
        let (made, offset) = (Arc::clone(&schema), self.offset_minutes);
        let source = Source::of(schema, scan.run(move |chunk| stepped(&made, &chunk, &steps, offset)));
        let scratch = self.scratch.clone();
        let (query, width) = (query.clone(), query.group.len());
        apart(turns, async move |permit| {
            let _permit = permit;
            let frame = source.frame(&scratch)?.aggregate(by, measures).map_err(failed)?;
            let mut stream = frame.execute_stream().await.map_err(failed)?;
            let (schema, mut batches, mut groups, mut bytes) = (stream.schema(), Vec::new(), 0, 0);
            while let Some(batch) = stream.try_next().await.map_err(failed)? {
                bytes += batch.get_array_memory_size();
                if bytes > GROUPED {
                    return Err(too_large());
                }
                groups += batch.num_rows();
                if groups > MOST_GROUPS {
                    return Err(Error::invalid(Problem::new("explore-too-many-groups").with("most", MOST_GROUPS)));
                }
                batches.push(batch);
            }
            let groups = concat_batches(&schema, &batches).map_err(Error::internal)?;
            ordered(&told(&rounded(&groups, &query)?, &query)?, &query, width)
        })
        .await
    }

    pub(super) fn index(&self, key: &str) -> Result<usize> {
        let found = self.columns.iter().position(|column| column.key == key);
        found.ok_or_else(|| Error::internal(format!("a query for another table: {key}")))
    }

    fn column_type(&self, key: &str) -> Result<DataType> {
        Ok(self.table.schema().field(self.index(key)?).data_type().clone())
    }
}

/// The total, and the page within it.
fn within(query: &Query, total: u64) -> (u64, u64) {
    (total, query.page.clamp(1, total.div_ceil(query.rows.max(1)).max(1)))
}

/// What is said of a column's values. Whole numbers and exact decimals are summed up exactly; means are doubles.
fn summarised(operation: Operation, column: Expr, kind: DataType) -> Expr {
    match operation {
        Operation::Count => summary::count(column),
        Operation::Distinct => summary::count_distinct(column),
        Operation::Min => summary::min(column),
        Operation::Max => summary::max(column),
        Operation::Sum => match kind {
            DataType::Int64 => summary::sum(cast(column, DataType::Decimal128(38, 0))),
            // Twice the digits: a sum of 38 of them must not turn round. `rounded` brings it back.
            DataType::Decimal128(_, scale) => summary::sum(cast(column, DataType::Decimal256(76, scale))),
            _ => summary::sum(column),
        },
        Operation::Average => summary::avg(cast(column, DataType::Float64)),
    }
}

/// Sums and means of doubles with the fifteen digits that a double can be trusted for: 0.1 and 0.2 are 0.3. Sums of exact
/// decimals in the 38 digits that every other value has.
///
/// # Errors
/// `explore-too-large` for a sum of more digits.
fn rounded(groups: &RecordBatch, query: &Query) -> Result<RecordBatch> {
    let mut columns = groups.columns().to_vec();
    for (at, measure) in query.measures.iter().enumerate() {
        let Some(column) = columns.get_mut(query.group.len() + at) else { continue };
        if let DataType::Decimal256(_, scale) = column.data_type() {
            let options = CastOptions { safe: false, ..CastOptions::default() };
            *column = cast_with_options(column, &DataType::Decimal128(38, *scale), &options)
                .map_err(|error| too_large().because(error.to_string()))?;
        }
        if matches!(measure, Measure::Of(Operation::Sum | Operation::Average, _))
            && column.data_type() == &DataType::Float64
        {
            let doubles = column.as_primitive::<Float64Type>();
            let round = |value: f64| format!("{value:.14e}").parse().unwrap_or(value) + 0.0;
            *column = Arc::new(doubles.iter().map(|value| value.map(round)).collect::<Float64Array>());
        }
    }
    let named = groups
        .schema()
        .fields()
        .iter()
        .zip(&columns)
        .map(|(field, column)| Field::new(field.name(), column.data_type().clone(), true))
        .collect::<Vec<_>>();
    RecordBatch::try_new(Arc::new(Schema::new(named)), columns).map_err(Error::internal)
}

/// Groups with their stretches of time as texts.
fn told(groups: &RecordBatch, query: &Query) -> Result<RecordBatch> {
    let mut columns = groups.columns().to_vec();
    let mut fields: Vec<Field> = groups.schema().fields().iter().map(|field| field.as_ref().clone()).collect();
    for (at, name) in query.group.iter().enumerate() {
        if let ((_, Some(step)), Some(column)) = (Step::split(name), columns.get_mut(at)) {
            *column = step.texts(column);
            fields[at] = Field::new(fields[at].name(), DataType::Utf8, true);
        }
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(Error::internal)
}

/// Groups in the order asked, then by their own values.
fn ordered(groups: &RecordBatch, query: &Query, width: usize) -> Result<RecordBatch> {
    if groups.num_rows() < 2 {
        return Ok(groups.clone());
    }
    let place = |name: &str| {
        let group = query.group.iter().position(|key| key == name);
        group.or_else(|| Some(width + query.measures.iter().position(|measure| measure.name() == name)?))
    };
    let asked = query.sort.iter().filter_map(|key| Some((place(&key.name)?, key.descending)));
    let by: Vec<SortColumn> = asked
        .chain((0..width).map(|at| (at, false)))
        .map(|(at, descending)| SortColumn {
            values: key_of(groups.column(at)),
            options: Some(SortOptions { descending, nulls_first: false }),
        })
        .collect();
    let order = lexsort_to_indices(&by, None).map_err(Error::internal)?;
    take_record_batch(groups, &order).map_err(Error::internal)
}

/// What a column is sorted by: itself, or of a text first its letters without tone marks, then the text, which is the
/// order of the Vietnamese alphabet near enough for a table.
fn key_of(column: &ArrayRef) -> ArrayRef {
    let Some(texts) = column.as_string_opt::<i32>() else { return Arc::clone(column) };
    let mut folded = String::new();
    let keys = texts.iter().map(|text| {
        text.map(|text| {
            fold_into(text, &mut folded);
            folded.push('\0');
            folded.push_str(text);
            folded.clone()
        })
    });
    Arc::new(keys.collect::<StringArray>())
}

fn key_name(at: usize) -> String {
    format!("k{at}")
}

fn column_name(at: usize) -> String {
    format!("c{at}")
}

fn step_name(at: usize) -> String {
    format!("s{at}")
}

/// A schema with so many stretches of time behind its columns.
fn stepped_schema(schema: &Schema, steps: usize) -> SchemaRef {
    let own = schema.fields().iter().map(|field| field.as_ref().clone());
    let more = (0..steps).map(|at| Field::new(step_name(at), DataType::Date32, true));
    Arc::new(Schema::new(own.chain(more).collect::<Vec<_>>()))
}

/// A chunk as [`stepped_schema`] says.
fn stepped(schema: &SchemaRef, chunk: &Chunk, steps: &[(usize, Step)], offset_minutes: i32) -> Result<RecordBatch> {
    let columns: &[ArrayRef] = chunk.batch.as_ref().map_or(&[], RecordBatch::columns);
    let mut arrays = columns.to_vec();
    arrays.push(Arc::new(chunk.rows.clone()));
    for (at, step) in steps {
        arrays.push(step.starts(&columns[*at], offset_minutes)?);
    }
    RecordBatch::try_new(Arc::clone(schema), arrays).map_err(Error::internal)
}

/// Sort keys, columns, and the row's number.
fn key_schema(table: &Table, keys: &[usize], columns: &[usize]) -> Result<SchemaRef> {
    let field = |name: String, column: usize| Field::new(name, table.schema().field(column).data_type().clone(), true);
    let keys = keys.iter().enumerate().map(|(at, column)| field(key_name(at), *column));
    let columns = columns.iter().enumerate().map(|(at, column)| field(column_name(at), *column));
    let row = Field::new(ROW, DataType::UInt32, false);
    Ok(Arc::new(Schema::new(keys.chain(columns).chain([row]).collect::<Vec<_>>())))
}

/// A chunk as [`key_schema`] says: its first columns as keys, the others as they are.
fn keyed(schema: &SchemaRef, chunk: &Chunk, keys: usize) -> Result<RecordBatch> {
    let columns: &[ArrayRef] = chunk.batch.as_ref().map_or(&[], RecordBatch::columns);
    let mut arrays: Vec<ArrayRef> = columns
        .iter()
        .enumerate()
        .map(|(at, column)| if at < keys { key_of(column) } else { Arc::clone(column) })
        .collect();
    arrays.push(Arc::new(chunk.rows.clone()));
    RecordBatch::try_new(Arc::clone(schema), arrays).map_err(Error::internal)
}

/// Lets through the rows of chunks that may be among the first so many of all: a row that stands behind so many rows of one chunk by the
/// first key stands behind them in the whole. What is equal passes, since further keys decide.
#[derive(Clone)]
struct Bar {
    first: usize,
    descending: bool,
    /// The best of the keys that stand last among the first so many of their chunk, as an array of one.
    worst: Arc<Mutex<Option<ArrayRef>>>,
}

impl Bar {
    fn new(first: u64, descending: bool) -> Self {
        Self { first: usize::try_from(first).unwrap_or(usize::MAX), descending, worst: Arc::default() }
    }

    fn pass(&self, batch: RecordBatch) -> Result<RecordBatch> {
        let known = self.worst.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let batch = match known {
            Some(worst) => self.before(&batch, &worst)?,
            None => batch,
        };
        // A few more than wanted are not worth a look.
        if batch.num_rows() / 2 < self.first {
            return Ok(batch);
        }
        let keys = batch.column(0);
        let options = SortOptions { descending: self.descending, nulls_first: false };
        let places = sort_to_indices(keys, Some(options), Some(self.first)).map_err(Error::internal)?;
        let Some(last) = places.values().last().map(|last| *last as usize).filter(|last| keys.is_valid(*last)) else {
            return Ok(batch);
        };
        let worst = keys.slice(last, 1);
        let passed = self.before(&batch, &worst)?;
        let mut known = self.worst.lock().unwrap_or_else(PoisonError::into_inner);
        let better = known.as_ref().map_or(Ok(true), |known| self.not_behind(&worst, known).map(|is| is.value(0)))?;
        if better {
            // Of its own, so that the chunk that it came from is not kept for it.
            *known = Some(take(&worst, &UInt32Array::from(vec![0]), None).map_err(Error::internal)?);
        }
        Ok(passed)
    }

    fn before(&self, batch: &RecordBatch, worst: &ArrayRef) -> Result<RecordBatch> {
        filter_record_batch(batch, &self.not_behind(batch.column(0), worst)?).map_err(Error::internal)
    }

    /// Which keys do not stand behind a value; an empty one stands behind every value.
    fn not_behind(&self, keys: &ArrayRef, value: &ArrayRef) -> Result<BooleanArray> {
        let value = Scalar::new(Arc::clone(value));
        let is = if self.descending { cmp::gt_eq(keys, &value) } else { cmp::lt_eq(keys, &value) };
        is.map_err(Error::internal)
    }
}

/// A walk as DataFusion sees it: a table of one partition, read once.
struct Source {
    schema: SchemaRef,
    stream: Mutex<Option<SendableRecordBatchStream>>,
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Source")
    }
}

impl Source {
    fn of(schema: SchemaRef, batches: impl Stream<Item = Result<RecordBatch>> + Send + 'static) -> Self {
        let batches = batches.map_err(|error| DataFusionError::External(Box::new(error)));
        let stream = Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&schema), batches));
        Self { schema, stream: Mutex::new(Some(stream)) }
    }

    /// A fresh session that knows this table alone, within the limits: no SQL, no store, no file.
    fn frame(self, scratch: &Path) -> Result<DataFrame> {
        let runtime = RuntimeEnvBuilder::new()
            .with_memory_pool(Arc::new(FairSpillPool::new(MEMORY)))
            .with_temp_file_path(scratch)
            .with_max_temp_directory_size(SPILLED)
            .build_arc()
            .map_err(failed)?;
        // One partition: sums of doubles come out the same each time, and the walk itself works in parallel.
        let config = SessionConfig::new().with_target_partitions(1).with_information_schema(false);
        let schema = Arc::clone(&self.schema);
        let table = StreamingTable::try_new(schema, vec![Arc::new(self)]).map_err(failed)?;
        SessionContext::new_with_config_rt(config, runtime).read_table(Arc::new(table)).map_err(failed)
    }
}

impl PartitionStream for Source {
    fn schema(&self) -> &SchemaRef {
        &self.schema
    }

    fn execute(&self, _: Arc<TaskContext>) -> SendableRecordBatchStream {
        let stream = self.stream.lock().unwrap_or_else(PoisonError::into_inner).take();
        stream.unwrap_or_else(|| {
            let nothing = futures_util::stream::once(async {
                Err(DataFusionError::Internal("a walk that was walked before".to_owned()))
            });
            Box::pin(RecordBatchStreamAdapter::new(Arc::clone(&self.schema), nothing))
        })
    }
}

/// The turns of pages and of files.
pub(super) static PAGES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(AT_ONCE)));
static FILES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(FILES_AT_ONCE)));
pub(super) static FILTERS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Arc::new(Semaphore::new(FILTERS_AT_ONCE)));

/// A turn to sort or to group.
pub(super) async fn permit(turns: &Arc<Semaphore>) -> Result<OwnedSemaphorePermit> {
    match tokio::time::timeout(TIME / 2, Arc::clone(turns).acquire_owned()).await {
        Ok(permit) => permit.map_err(Error::internal),
        Err(_) => Err(Error::unavailable("too many sorts and groupings at once")),
    }
}

/// Does work off the async threads; it ends with whoever waits for it.
async fn apart<T, F>(turns: &Arc<Semaphore>, work: impl FnOnce(OwnedSemaphorePermit) -> F + Send + 'static) -> Result<T>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send,
{
    let permit = permit(turns).await?;
    let runtime = Handle::current();
    let (stay, gone) = oneshot::channel::<()>();
    let done = run_blocking(move || {
        runtime.block_on(async move {
            tokio::select! {
                done = work(permit) => done,
                _ = gone => Err(Error::unavailable("nobody waits for it any more")),
            }
        })
    })
    .await;
    drop(stay);
    done
}

fn too_large() -> Error {
    Error::invalid(Problem::new("explore-too-large"))
}

/// What DataFusion fails with: a limit of ours, or a fault.
fn failed(error: DataFusionError) -> Error {
    match error.find_root() {
        DataFusionError::ResourcesExhausted(_) => too_large().because(error.to_string()),
        _ => Error::internal(error),
    }
}
