//! The files of a table version in the store.

use std::collections::HashSet;
use std::path::Path;

use futures_util::TryStreamExt;

use super::ingest::Ingested;
use super::{Declaration, Report, TableVersion};
use crate::kernel::id::TableVersionId;
use crate::kernel::{Result, Timestamp};
use crate::platform::db::Db;
use crate::platform::files::{Files, sha256_of};

/// What no row names is left over once it is older than a day (milliseconds); before that its row may be on its way.
pub const GRACE: i64 = 24 * 3600 * 1000;

/// Which file of a table version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    /// The bytes as they came.
    Original,
    /// Typed Parquet.
    Parquet,
    /// Canonical CSV.
    Csv,
    /// The rows set aside, one JSON object a line.
    SetAside,
    /// The canonical CSV, packed by gzip; made after the publication.
    CsvGz,
    /// The canonical CSV, packed by Zstandard; made after the publication.
    CsvZst,
    /// GeoParquet; made after the publication where the table has places.
    GeoParquet,
}

impl Object {
    /// The name of the object of a table version.
    pub fn name(self, id: &TableVersionId) -> String {
        let file = match self {
            Self::Original => "original",
            Self::Parquet => "data.parquet",
            Self::Csv => "data.csv",
            Self::SetAside => "set-aside.ndjson",
            Self::CsvGz => "data.csv.gz",
            Self::CsvZst => "data.csv.zst",
            Self::GeoParquet => "data.geo.parquet",
        };
        format!("tables/{id}/{file}")
    }

    /// The kind of file that it is, as rows name it; of formats also the code.
    pub fn kind(self) -> &'static str {
        match self {
            Self::Original => "original",
            Self::Parquet => "parquet",
            Self::Csv => "csv",
            Self::SetAside => "set-aside",
            Self::CsvGz => "csv-gz",
            Self::CsvZst => "csv-zst",
            Self::GeoParquet => "geoparquet",
        }
    }
}

/// A table version whose objects are in the store and whose row is not yet in the database.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The row to be.
    pub row: TableVersion,
    /// What was understood.
    pub report: Report,
}

/// An object that a row of the database names, and what the row knows of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its name in the store.
    pub name: String,
    /// How long it is, in bytes.
    pub bytes: Option<u64>,
    /// The SHA-256 of its bytes, 64 hexadecimal digits.
    pub sha256: Option<String>,
}

/// Puts the original and the ingested files into the store under a fresh id. Objects whose row is never written are collected
/// later, so a crash in between loses nothing and shows nothing. `declared` is none only for what is made of a table that came
/// before declarations were asked for.
///
/// # Errors
/// `Unavailable` when the store does not answer or the disk is full.
pub async fn keep(
    files: &Files,
    original: &Path,
    original_name: &str,
    ingested: Ingested,
    declared: Option<Declaration>,
    at: Timestamp,
) -> Result<Kept> {
    let id = TableVersionId::fresh();
    let original_sha256 = sha256_of(original)?;
    let parquet_sha256 = sha256_of(&ingested.parquet())?;
    let csv_sha256 = sha256_of(&ingested.csv())?;
    let bytes = |path: &Path| -> Result<i64> { Ok(i64::try_from(std::fs::metadata(path)?.len()).unwrap_or(i64::MAX)) };
    let row = TableVersion {
        original_name: original_name.to_owned(),
        original_sha256,
        original_bytes: bytes(original)?,
        parquet_sha256,
        parquet_bytes: bytes(&ingested.parquet())?,
        csv_sha256,
        csv_bytes: bytes(&ingested.csv())?,
        row_count: i64::try_from(ingested.report.outcome.rows).unwrap_or(i64::MAX),
        column_count: i32::try_from(ingested.report.outcome.columns.len()).unwrap_or(i32::MAX),
        set_aside_count: i64::try_from(ingested.report.outcome.set_aside.count).unwrap_or(i64::MAX),
        report: serde_json::to_string(&ingested.report)?,
        created_at: at.0,
        declared_at: declared.as_ref().map(|declared| declared.at.0),
        declared_by: declared.and_then(|declared| declared.by),
        masked: 0,
        dataset_id: None,
        purge_id: None,
        id,
    };
    files.put_file(&Object::Original.name(&row.id), original).await?;
    files.put_file(&Object::Parquet.name(&row.id), &ingested.parquet()).await?;
    files.put_file(&Object::Csv.name(&row.id), &ingested.csv()).await?;
    if row.set_aside_count > 0 {
        files.put_file(&Object::SetAside.name(&row.id), &ingested.set_aside()).await?;
    }
    Ok(Kept { row, report: ingested.report })
}

/// Copies an object into a file, in bounded memory.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn fetch(files: &Files, name: &str, path: &Path) -> Result<()> {
    let mut stream = files.get(name, None).await?;
    let mut file = std::fs::File::create(path)?;
    while let Some(bytes) = stream.try_next().await? {
        std::io::Write::write_all(&mut file, &bytes)?;
    }
    Ok(())
}

/// Puts a copy of one table version's object under another id: for measuring with many small tables.
///
/// # Errors
/// `NotFound`; `Unavailable`.
pub async fn copy_object(
    files: &Files,
    object: Object,
    from: &TableVersionId,
    to: &TableVersionId,
    scratch: &Path,
) -> Result<()> {
    let path = scratch.join("copy");
    let bytes: Vec<bytes::Bytes> = files.get(&object.name(from), None).await?.try_collect().await?;
    std::fs::write(&path, bytes.concat())?;
    files.put_file(&object.name(to), &path).await
}

/// All objects that hold values of these tables: their own files, and comparisons with them on either side. Sorted.
///
/// # Errors
/// `Unavailable`.
pub async fn objects_of(files: &Files, tables: &[TableVersionId]) -> Result<Vec<String>> {
    let ids: HashSet<&str> = tables.iter().map(TableVersionId::as_str).collect();
    let listed = files.list("tables").await?.into_iter().map(|(name, _)| name);
    let mut names: Vec<String> = listed.filter(|name| tables_in(name).any(|id| ids.contains(id))).collect();
    names.sort();
    Ok(names)
}

/// The ids of the tables whose values an object holds.
fn tables_in(name: &str) -> impl Iterator<Item = &str> {
    let mut parts = name.split('/').skip(1);
    let (owner, file) = (parts.next(), parts.next());
    // As `diff::object_name` and `diff::lasting` name them: `diff-{id of the older table}-{hash}.parquet`, `changes-…`.
    let compared = file.and_then(|file| file.strip_prefix("diff-").or_else(|| file.strip_prefix("changes-")));
    let older = compared.and_then(|rest| rest.rsplit_once('-')).map(|(older, _)| older);
    [owner, older].into_iter().flatten()
}

/// Deletes objects of tables that no row knows and that were written before a moment, [`GRACE`] ago, and whatever is there of tables that
/// were purged; gives their names.
///
/// # Errors
/// `Unavailable`.
pub async fn remove_orphans(files: &Files, db: &Db, before: Timestamp) -> Result<Vec<String>> {
    let listed = files.list("tables").await?;
    // The rows are read after the objects: the row of an object as old as this was written before, or is refused (`insert`).
    let (known, purged) = db.read_async(|conn| Ok((super::known_ids(conn)?, super::purged_ids(conn)?))).await?;
    let mut removed = Vec::new();
    for (name, written) in listed {
        // What is not named as we name things is not ours.
        let Some(owner) = name.split('/').nth(1).and_then(TableVersionId::parse) else { continue };
        let left = written < before && !known.contains(owner.as_str());
        // A job that was at work while its table was purged may have put one more there.
        if left || tables_in(&name).any(|id| purged.contains(id)) {
            files.delete(&name).await?;
            removed.push(name);
        }
    }
    Ok(removed)
}
