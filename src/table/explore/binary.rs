//! A whole result for programs of analysis: as a Parquet file, or as a stream of Arrow. Columns have their keys as names, as
//! in the stored Parquet file. Both are written as the rows are read, in bounded memory.

use std::sync::Arc;

use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::arrow::ipc::writer::StreamWriter;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};

use super::evaluate::Explorer;
use super::formats::key_of;
use super::model::Query;
use crate::kernel::{Error, Result};
use crate::platform::db::run_blocking;

/// Rows of a row group, and what one may take in memory before it is written, in bytes.
const GROUP_ROWS: usize = 131_072;
const GROUP_BYTES: usize = 16 << 20;

/// Which form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Binary {
    /// A Parquet file, compressed with Zstandard.
    Parquet,
    /// The streaming format of Arrow IPC, not compressed.
    Arrow,
}

/// All rows of a result.
///
/// # Errors
/// As [`Explorer::page`], at once or from the stream.
pub async fn binary(explorer: &Explorer, query: &Query, form: Binary) -> Result<BoxStream<'static, Result<Bytes>>> {
    let names = names(explorer, query)?;
    let mut batches = explorer.export(query, Ok).await?;
    // What the columns hold is known with the first rows; of no rows, the table tells.
    let first = batches.try_next().await?;
    let schema = match &first {
        Some(batch) => named(&batch.schema(), &names),
        None => {
            named(&Arc::new(explorer.table.schema().project(&explorer.shown(query)?).map_err(Error::internal)?), &names)
        }
    };
    let writer = Writer::new(form, schema)?;
    let rest = futures_util::stream::iter(first.map(Ok)).chain(batches);
    let written = futures_util::stream::try_unfold(Some((writer, rest.boxed())), async |state| {
        let Some((mut writer, mut rest)) = state else { return Ok(None) };
        match rest.try_next().await? {
            Some(batch) => {
                let (writer, bytes) = run_blocking(move || {
                    let bytes = writer.write(&batch)?;
                    Ok((writer, bytes))
                })
                .await?;
                Ok::<_, Error>(Some((bytes, Some((writer, rest)))))
            }
            None => Ok(Some((run_blocking(move || writer.finish()).await?, None))),
        }
    });
    Ok(written.try_filter(|bytes| std::future::ready(!bytes.is_empty())).boxed())
}

/// Rows of a result.
///
/// # Errors
/// `Internal` when the rows are not of this query.
pub fn binary_part(explorer: &Explorer, query: &Query, rows: &RecordBatch, form: Binary) -> Result<Bytes> {
    let mut writer = Writer::new(form, named(&rows.schema(), &names(explorer, query)?))?;
    let mut bytes = writer.write(rows)?.to_vec();
    bytes.extend_from_slice(&writer.finish()?);
    Ok(bytes.into())
}

fn names(explorer: &Explorer, query: &Query) -> Result<Vec<String>> {
    Ok(explorer.headings(query)?.iter().map(|heading| key_of(heading, explorer)).collect())
}

/// The same types under other names; every column may be empty.
fn named(schema: &SchemaRef, names: &[String]) -> SchemaRef {
    let fields = schema.fields().iter().zip(names);
    Arc::new(Schema::new(
        fields.map(|(field, name)| Field::new(name, field.data_type().clone(), true)).collect::<Vec<_>>(),
    ))
}

/// Writes batches and gives away what it has written.
struct Writer {
    schema: SchemaRef,
    to: To,
}

enum To {
    Parquet(Box<ArrowWriter<Vec<u8>>>),
    Arrow(Box<StreamWriter<Vec<u8>>>),
}

impl Writer {
    fn new(form: Binary, schema: SchemaRef) -> Result<Self> {
        let to = match form {
            Binary::Arrow => To::Arrow(Box::new(StreamWriter::try_new(Vec::new(), &schema).map_err(Error::internal)?)),
            Binary::Parquet => {
                let properties = WriterProperties::builder()
                    .set_created_by("khomo".to_owned())
                    .set_compression(Compression::ZSTD(ZstdLevel::try_new(1).map_err(Error::internal)?))
                    .set_max_row_group_row_count(Some(GROUP_ROWS))
                    .build();
                let writer = ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties));
                To::Parquet(Box::new(writer.map_err(Error::internal)?))
            }
        };
        Ok(Self { schema, to })
    }

    fn write(&mut self, batch: &RecordBatch) -> Result<Bytes> {
        let batch =
            RecordBatch::try_new(Arc::clone(&self.schema), batch.columns().to_vec()).map_err(Error::internal)?;
        let written = match &mut self.to {
            To::Arrow(writer) => {
                writer.write(&batch).map_err(Error::internal)?;
                writer.get_mut()
            }
            To::Parquet(writer) => {
                writer.write(&batch).map_err(Error::internal)?;
                if writer.in_progress_size() > GROUP_BYTES {
                    writer.flush().map_err(Error::internal)?;
                }
                writer.inner_mut()
            }
        };
        Ok(std::mem::take(written).into())
    }

    fn finish(self) -> Result<Bytes> {
        let rest = match self.to {
            To::Arrow(writer) => writer.into_inner().map_err(Error::internal)?,
            To::Parquet(writer) => writer.into_inner().map_err(Error::internal)?,
        };
        Ok(rest.into())
    }
}
