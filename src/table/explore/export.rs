//! A whole result as a stream: record batches, or CSV as canonical as the published one.

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::evaluate::{Explorer, Heading};
use super::model::{Measure, Query};
use super::scan::Scan;
use crate::kernel::{Error, Result};
use crate::table::diff::text::{Cells, Form};
use crate::table::ingest::report::Column;
use crate::table::ingest::write::quote;

/// Groups that are written at once.
const GROUPS: usize = 8192;

impl Explorer {
    /// Every row of a result, whatever the page: what each batch becomes, in order. Memory does not grow with the
    /// result, and the work ends with whoever stops reading.
    ///
    /// # Errors
    /// As [`Explorer::page`], at once or from the stream.
    pub async fn export<T: Send + 'static>(
        &self,
        query: &Query,
        make: impl Fn(RecordBatch) -> Result<T> + Clone + Send + Sync + 'static,
    ) -> Result<BoxStream<'static, Result<T>>> {
        if query.is_grouped() {
            let groups = self.groups_for_file(query).await?;
            let starts = (0..groups.num_rows()).step_by(GROUPS);
            let mut parts: Vec<RecordBatch> =
                starts.map(|start| groups.slice(start, GROUPS.min(groups.num_rows() - start))).collect();
            // Of no groups, whoever asks still learns what they are made of.
            if parts.is_empty() {
                parts.push(groups);
            }
            return Ok(futures_util::stream::iter(parts).map(make).boxed());
        }
        let shown = self.shown(query)?;
        if !query.sort.is_empty() {
            return Ok(self.sorted_rows(query, shown).await?.map(move |batch| batch.and_then(&make)).boxed());
        }
        let scan = Scan::new(&self.table, &self.columns, &query.filters, shown)?;
        let made = scan.run(move |chunk| {
            let batch = chunk.batch.ok_or_else(|| Error::internal("a chunk without columns"))?;
            make(batch)
        });
        Ok(made.boxed())
    }
}

/// A result as CSV: UTF-8 without a byte order mark, LF, commas, quotes only where RFC 4180 needs them, the titles
/// first; numbers, dates and moments as in the published CSV, which the whole table in its own order is byte for byte.
///
/// # Errors
/// As [`Explorer::page`], at once or from the stream.
pub async fn csv(explorer: &Explorer, query: &Query) -> Result<BoxStream<'static, Result<Bytes>>> {
    let (head, forms) = csv_head(explorer, query)?;
    let body = explorer.export(query, move |batch| encode(&batch, &forms)).await?;
    Ok(futures_util::stream::once(async move { Ok(Bytes::from(head)) }).chain(body).boxed())
}

/// The line of titles, and how the values of each column are written.
pub(super) fn csv_head(explorer: &Explorer, query: &Query) -> Result<(Vec<u8>, Vec<Form>)> {
    let columns = explorer.columns();
    let headings = explorer.headings(query)?;
    let mut head = Vec::new();
    for (at, heading) in headings.iter().enumerate() {
        if at > 0 {
            head.push(b',');
        }
        quote(&mut head, &title_of(heading, columns));
    }
    head.push(b'\n');
    Ok((head, headings.iter().map(|heading| form_of(heading, columns)).collect()))
}

/// How the values below a heading are written in the published CSV.
pub(super) fn form_of(heading: &Heading, columns: &[Column]) -> Form {
    match heading {
        Heading::Column(index) if columns.get(*index).is_some_and(|column| column.form.whole) => Form::Whole,
        _ => Form::Own,
    }
}

/// A heading as files name it: the column's title, with the measure before it.
pub fn title_of(heading: &Heading, columns: &[Column]) -> String {
    let title = |index: usize| columns.get(index).map_or("", |column| column.title.as_str());
    match heading {
        Heading::Column(index) => title(*index).to_owned(),
        Heading::Step(index, step) => format!("{}({})", step.code(), title(*index)),
        Heading::Measure(Measure::Of(operation, _), Some(index)) => format!("{}({})", operation.code(), title(*index)),
        Heading::Measure(measure, _) => measure.name(),
    }
}

pub(super) fn encode(batch: &RecordBatch, forms: &[Form]) -> Result<Bytes> {
    let cells = batch.columns().iter().map(Cells::of).collect::<Result<Vec<_>>>()?;
    let mut out = Vec::with_capacity(batch.num_rows() * cells.len() * 12);
    for row in 0..batch.num_rows() {
        for (at, (cells, form)) in cells.iter().zip(forms).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            if let Cells::Text(texts) = cells {
                if !cells.is_null(row) {
                    quote(&mut out, texts.value(row));
                }
                continue;
            }
            cells.text(row, *form, &mut out)?;
        }
        // An empty line would be no row.
        if cells.len() == 1 && cells[0].is_null(row) {
            out.extend_from_slice(b"\"\"");
        }
        out.push(b'\n');
    }
    Ok(out.into())
}
