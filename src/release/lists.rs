//! The lists of a release as files: the manifest, what changed, the Data Package. Written some entries at a time, so that memory does not
//! grow with them, and always the same bytes for the same entries.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{ArrayRef, BooleanBuilder, Int64Builder, RecordBatch, StringBuilder};
use datafusion::arrow::datatypes::{DataType, Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use serde_json::{Map, Value, json};

use super::{Entry, Kind, Release, ReleaseFile};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::sheet::quoted;
use crate::standards::{self, PackageFile};

/// Rows that wait in memory before they are written.
const BATCH: usize = 1024;

/// What a column holds.
#[derive(Clone, Copy)]
enum Holds {
    Text,
    Count,
    Flag,
}

/// The columns of the list of changes.
const CHANGES: [(&str, Holds); 15] = [
    ("dataset", Holds::Text),
    ("agency", Holds::Text),
    ("topic", Holds::Text),
    ("change", Holds::Text),
    ("version", Holds::Count),
    ("previous_version", Holds::Count),
    ("published", Holds::Text),
    ("late", Holds::Flag),
    ("compared", Holds::Flag),
    ("rows", Holds::Count),
    ("rows_added", Holds::Count),
    ("rows_removed", Holds::Count),
    ("rows_changed", Holds::Count),
    ("cells_changed", Holds::Count),
    ("version_sha256", Holds::Text),
];
/// The columns of the manifest as a table: a row for each file.
const FILES: [(&str, Holds); 5] = [
    ("dataset", Holds::Text),
    ("version", Holds::Count),
    ("path", Holds::Text),
    ("bytes", Holds::Count),
    ("sha256", Holds::Text),
];

enum Builder {
    Text(StringBuilder),
    Count(Int64Builder),
    Flag(BooleanBuilder),
}

impl Builder {
    fn add(&mut self, cell: &Value) {
        match self {
            Self::Text(builder) => builder.append_option(cell.as_str()),
            Self::Count(builder) => builder.append_option(cell.as_i64()),
            Self::Flag(builder) => builder.append_option(cell.as_bool()),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Count(builder) => Arc::new(builder.finish()),
            Self::Flag(builder) => Arc::new(builder.finish()),
        }
    }
}

/// A list on its way into three files: `STEM.csv`, `STEM.json`, `STEM.parquet`.
struct List {
    columns: &'static [(&'static str, Holds)],
    csv: BufWriter<File>,
    json: Option<BufWriter<File>>,
    parquet: ArrowWriter<File>,
    schema: SchemaRef,
    builders: Vec<Builder>,
    waiting: usize,
    rows: u64,
}

impl List {
    /// `json`: whether there is such a file as well.
    fn create(folder: &Path, stem: &str, columns: &'static [(&'static str, Holds)], json: bool) -> Result<Self> {
        let fields = columns.iter().map(|(name, holds)| {
            let kind = match holds {
                Holds::Text => DataType::Utf8,
                Holds::Count => DataType::Int64,
                Holds::Flag => DataType::Boolean,
            };
            Field::new(*name, kind, true)
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let properties = WriterProperties::builder()
            .set_created_by("khomo".to_owned())
            .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(Error::internal)?))
            .build();
        let create = |ending: &str| File::create(folder.join(format!("{stem}.{ending}")));
        let mut csv = BufWriter::new(create("csv")?);
        let names: Vec<&str> = columns.iter().map(|(name, _)| *name).collect();
        writeln!(csv, "{}", names.join(","))?;
        let json = if json {
            let mut file = BufWriter::new(create("json")?);
            file.write_all(b"[")?;
            Some(file)
        } else {
            None
        };
        let builders = columns.iter().map(|(_, holds)| match holds {
            Holds::Text => Builder::Text(StringBuilder::new()),
            Holds::Count => Builder::Count(Int64Builder::new()),
            Holds::Flag => Builder::Flag(BooleanBuilder::new()),
        });
        Ok(Self {
            columns,
            csv,
            json,
            parquet: ArrowWriter::try_new(create("parquet")?, Arc::clone(&schema), Some(properties))
                .map_err(Error::internal)?,
            schema,
            builders: builders.collect(),
            waiting: 0,
            rows: 0,
        })
    }

    fn add(&mut self, cells: Vec<Value>) -> Result<()> {
        let fields: Vec<String> = cells
            .iter()
            .map(|cell| match cell {
                Value::Null => String::new(),
                Value::String(text) => quoted(text, ','),
                other => other.to_string(),
            })
            .collect();
        writeln!(self.csv, "{}", fields.join(","))?;
        for (builder, cell) in self.builders.iter_mut().zip(&cells) {
            builder.add(cell);
        }
        if let Some(json) = &mut self.json {
            json.write_all(if self.rows == 0 { &b"\n"[..] } else { b",\n" })?;
            let names = self.columns.iter().map(|(name, _)| (*name).to_owned());
            let object: Map<String, Value> = names.zip(cells).collect();
            json.write_all(Value::Object(object).to_string().as_bytes())?;
        }
        self.rows += 1;
        self.waiting += 1;
        if self.waiting == BATCH { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<()> {
        self.waiting = 0;
        let arrays = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(Error::internal)?;
        self.parquet.write(&batch).map_err(Error::internal)?;
        // So that what waits in the writer does not grow.
        if self.rows.is_multiple_of(64 * BATCH as u64) { self.parquet.flush().map_err(Error::internal) } else { Ok(()) }
    }

    fn finish(mut self) -> Result<()> {
        if self.waiting > 0 {
            self.flush()?;
        }
        self.csv.flush()?;
        if let Some(json) = &mut self.json {
            json.write_all(b"\n]\n")?;
            json.flush()?;
        }
        self.parquet.into_inner().map_err(Error::internal)?.sync_all()?;
        Ok(())
    }
}

/// What a release says of itself.
pub(super) struct About<'a> {
    pub release: &'a Release,
    /// From when changes are told.
    pub since: Timestamp,
    /// The province, as files name the publisher.
    pub publisher: &'a str,
    /// Scheme and host of the public portal.
    pub url: &'a str,
    /// Quarter and manifest hash of the release before.
    pub previous: Option<(String, String)>,
    /// The key that will sign.
    pub key: Option<&'a str>,
}

/// All lists of a release on their way.
pub(super) struct Lists {
    changes: List,
    files: List,
    package: BufWriter<File>,
    manifest: BufWriter<File>,
    entries: u64,
    packed: u64,
}

/// The files that [`Lists`] makes beside the manifest, sorted.
pub(super) const MADE: [&str; 6] =
    ["changes.csv", "changes.json", "changes.parquet", super::PACKAGE, "manifest.csv", "manifest.parquet"];

impl Lists {
    /// Begins them in a folder.
    pub(super) fn begin(folder: &Path, about: &About<'_>) -> Result<Self> {
        let release = about.release;
        let as_of = Timestamp(release.as_of).to_rfc3339();
        let mut manifest = BufWriter::new(File::create(folder.join(super::MANIFEST))?);
        let previous =
            about.previous.as_ref().map(|(quarter, sha256)| json!({ "quarter": quarter, "manifest_sha256": sha256 }));
        let head = json!({
            "format": "khomo-release/1",
            "quarter": release.quarter,
            "publisher": about.publisher,
            "as_of": as_of,
            "since": about.since.to_rfc3339(),
            "previous": previous,
            "key": about.key,
        });
        write!(manifest, "{},\"datasets\":[", open(&head))?;
        let mut package = BufWriter::new(File::create(folder.join(super::PACKAGE))?);
        let home = format!("{}/quy/{}", about.url, release.quarter);
        let head = json!({
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": release.quarter.to_lowercase(),
            "id": home,
            "title": format!("{} {}", about.publisher, release.quarter),
            "homepage": home,
            "version": release.quarter,
            "created": as_of,
        });
        write!(package, "{},\"resources\":[", open(&head))?;
        Ok(Self {
            changes: List::create(folder, "changes", &CHANGES, true)?,
            files: List::create(folder, "manifest", &FILES, false)?,
            package,
            manifest,
            entries: 0,
            packed: 0,
        })
    }

    /// Adds a dataset with its files, which are sorted by path.
    pub(super) fn add(&mut self, url: &str, entry: &Entry, agency: &str, files: &[ReleaseFile]) -> Result<()> {
        let published = Timestamp(entry.published_at).to_rfc3339();
        self.changes.add(vec![
            json!(entry.slug),
            json!(agency),
            json!(entry.topic),
            json!(entry.change),
            json!(entry.number),
            json!(entry.previous_number),
            json!(published),
            json!(entry.late),
            json!(entry.compared),
            json!(entry.row_total),
            json!(entry.rows_added),
            json!(entry.rows_removed),
            json!(entry.rows_changed),
            json!(entry.cells_changed),
            json!(entry.hash),
        ])?;
        let mut listed = Vec::with_capacity(files.len());
        for file in files {
            let mut own = json!({ "path": file.path, "bytes": file.bytes, "sha256": file.sha256 });
            if !file.kind().is_some_and(Kind::is_stored) {
                // No archive holds it.
                own["made_on_request"] = json!(true);
            }
            listed.push(own);
            self.files.add(vec![
                json!(entry.slug),
                json!(entry.number),
                json!(file.path),
                json!(file.bytes),
                json!(file.sha256),
            ])?;
            if let Some(resource) = packed(url, entry, file) {
                let before = if self.packed == 0 { "\n" } else { ",\n" };
                self.packed += 1;
                write!(self.package, "{before}{resource}")?;
            }
        }
        let line = json!({
            "dataset": entry.slug,
            "agency": agency,
            "topic": entry.topic,
            "change": entry.change,
            "version": entry.number,
            "version_sha256": entry.hash,
            "published": published,
            "previous_version": entry.previous_number,
            "late": entry.late,
            "files": listed,
        });
        let before = if self.entries == 0 { "\n" } else { ",\n" };
        self.entries += 1;
        write!(self.manifest, "{before}{line}")?;
        Ok(())
    }

    /// Ends all but the manifest, and gives what is left to do: the manifest names the others.
    pub(super) fn finish(mut self) -> Result<Unfinished> {
        self.changes.finish()?;
        self.files.finish()?;
        write!(self.package, "\n]}}\n")?;
        self.package.flush()?;
        Ok(Unfinished(self.manifest))
    }
}

/// A manifest that wants the files of the release as a whole.
pub(super) struct Unfinished(BufWriter<File>);

impl Unfinished {
    /// Ends it; `made` are path, length and SHA-256 of the other files of the whole.
    pub(super) fn finish(mut self, made: &[(String, u64, String)]) -> Result<()> {
        write!(self.0, "\n],\"files\":[")?;
        for (number, (path, bytes, sha256)) in made.iter().enumerate() {
            let line = json!({ "path": path, "bytes": bytes, "sha256": sha256 });
            write!(self.0, "{}{line}", if number == 0 { "\n" } else { ",\n" })?;
        }
        write!(self.0, "\n]}}\n")?;
        self.0.flush()?;
        Ok(())
    }
}

/// An object without its last brace.
fn open(object: &Value) -> String {
    let text = object.to_string();
    text.strip_suffix('}').unwrap_or(&text).to_owned()
}

/// A file as the Data Package lists it: those that archives hold. The schema stands where the version is published.
fn packed(url: &str, entry: &Entry, file: &ReleaseFile) -> Option<Value> {
    let kind = file.kind().filter(|kind| kind.is_stored())?;
    let table = file.path.rsplit('/').next()?.split('.').next()?;
    let schema = format!("{url}/dataset/{}/v/{}/{table}.schema.json", entry.slug, entry.number);
    let (ending, format, media_type) = match kind {
        Kind::Csv => ("", "csv", "text/csv"),
        Kind::Parquet => (".parquet", "parquet", "application/vnd.apache.parquet"),
        _ => (".changes", "parquet", "application/vnd.apache.parquet"),
    };
    Some(standards::package_resource(&PackageFile {
        name: format!("{}.{table}{ending}", entry.slug),
        path: file.path.clone(),
        title: (format!("{}/{table}{ending}", entry.slug), None),
        format: format.to_owned(),
        media_type: media_type.to_owned(),
        bytes: file.size(),
        sha256: file.sha256.clone(),
        schema: (kind == Kind::Csv).then(|| json!(schema)),
    }))
}
