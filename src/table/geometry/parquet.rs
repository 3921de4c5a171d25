//! GeoParquet 1.1: a typed table whose shapes are well-known binary, with the metadata `geo`. Programs that know nothing of
//! places read it as the Parquet file that it is.

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BinaryBuilder, RecordBatch};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use datafusion::parquet::file::metadata::{KeyValue, ParquetMetaData};
use serde_json::json;

use super::Geometry;
use crate::kernel::{Error, Result};
use crate::platform::columnar::{chunk_bytes, rows_of};
use crate::table::ingest::write::parquet_properties;

/// Rows that are turned at once at most, and about how many bytes of them.
const ROWS: usize = 1024;
const BATCH: u64 = 16 << 20;
/// Bytes of written rows that are kept before they go to the disk.
const KEPT: usize = 32 << 20;
/// The column of points that are made of two columns.
const MADE: &str = "geometry";

/// Writes a typed table anew with its shapes as well-known binary. A column of text that holds them gives its place and its name;
/// pairs of numbers stay, and their points are a further column. The same table gives the same bytes.
///
/// # Errors
/// `Internal` when the table is damaged; `Unavailable` (`disk-full`).
pub(in crate::table) fn write(from: &Path, to: &Path, geometry: &Geometry) -> Result<()> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(from)?).map_err(Error::internal)?;
    let schema = Arc::clone(reader.schema());
    let (target, name) = target(&schema, geometry);
    let bounds = geometry.bounds();
    let kinds: Vec<&str> = geometry.kinds().iter().map(|kind| kind.name()).collect();
    let geo = json!({
        "version": "1.1.0",
        "primary_column": name,
        "columns": { &name: {
            "encoding": "WKB",
            "geometry_types": kinds,
            "bbox": [bounds.west, bounds.south, bounds.east, bounds.north],
        } },
    });
    let properties = parquet_properties()?
        .set_key_value_metadata(Some(vec![KeyValue::new("geo".to_owned(), geo.to_string())]))
        .build();
    let file = File::create(to)?;
    let mut writer = ArrowWriter::try_new(file, Arc::clone(&target), Some(properties)).map_err(Error::internal)?;
    let places = geometry.columns();
    let rows = rows_at_once(reader.metadata());
    for batch in reader.with_batch_size(rows).build().map_err(Error::internal)? {
        let batch = batch.map_err(Error::internal)?;
        let shapes = shapes(&batch.project(&places).map_err(Error::internal)?, geometry);
        let mut columns = batch.columns().to_vec();
        match *geometry {
            Geometry::Text { column, .. } => columns[column] = shapes,
            Geometry::Points { .. } => columns.push(shapes),
        }
        let batch = RecordBatch::try_new(Arc::clone(&target), columns).map_err(Error::internal)?;
        writer.write(&batch).map_err(Error::internal)?;
        if writer.memory_size() > KEPT {
            writer.flush().map_err(Error::internal)?;
        }
    }
    writer.into_inner().map_err(Error::internal)?.sync_all()?;
    Ok(())
}

/// How many rows are turned at once, by the group of rows that is the heaviest: a cell may hold megabytes.
fn rows_at_once(metadata: &ParquetMetaData) -> usize {
    let row_bytes = metadata.row_groups().iter().map(|group| {
        let bytes: u64 = group.columns().iter().map(chunk_bytes).sum();
        bytes / u64::try_from(group.num_rows()).unwrap_or(0).max(1)
    });
    let heaviest = row_bytes.max().unwrap_or(0).max(1);
    usize::try_from(BATCH / heaviest).unwrap_or(ROWS).clamp(1, ROWS)
}

/// The schema of the new file, and the name of its column of shapes.
fn target(schema: &SchemaRef, geometry: &Geometry) -> (SchemaRef, String) {
    let mut fields: Vec<Arc<Field>> = schema.fields().iter().cloned().collect();
    let name = match *geometry {
        Geometry::Text { column, .. } => {
            let old = &fields[column];
            let name = old.name().clone();
            let field = Field::new(&name, DataType::Binary, true).with_metadata(old.metadata().clone());
            fields[column] = Arc::new(field);
            name
        }
        Geometry::Points { .. } => {
            let taken = |name: &str| fields.iter().any(|field| field.name() == name);
            let mut name = MADE.to_owned();
            while taken(&name) {
                name.push('_');
            }
            fields.push(Arc::new(Field::new(&name, DataType::Binary, true)));
            name
        }
    };
    (Arc::new(Schema::new(fields)), name)
}

fn shapes(columns: &RecordBatch, geometry: &Geometry) -> ArrayRef {
    let mut out = BinaryBuilder::new();
    let mut bytes = Vec::new();
    for row in rows_of(columns) {
        match geometry.shape(&row) {
            Some(shape) => {
                bytes.clear();
                shape.write_wkb(&mut bytes);
                out.append_value(&bytes);
            }
            None => out.append_null(),
        }
    }
    Arc::new(out.finish())
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::StringArray;

    use super::*;

    #[test]
    fn rows_of_long_cells_are_turned_few_at_once() {
        let schema = Arc::new(Schema::new(vec![Field::new("shape", DataType::Utf8, true)]));
        let written = |cell: &str, rows: usize| {
            let file = tempfile::tempfile().unwrap();
            let mut writer = ArrowWriter::try_new(file.try_clone().unwrap(), Arc::clone(&schema), None).unwrap();
            let cells: ArrayRef = Arc::new(StringArray::from(vec![cell; rows]));
            writer.write(&RecordBatch::try_new(Arc::clone(&schema), vec![cells]).unwrap()).unwrap();
            writer.into_inner().unwrap();
            let reader = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
            rows_at_once(reader.metadata())
        };
        assert_eq!(written("POINT (106 20)", 2000), ROWS);
        let some = written(&"x".repeat(4 << 20), 3);
        assert!((1..=4).contains(&some), "{some} rows of four megabytes");
    }
}
