//! What a backup says of itself: written last, so that a folder without it is no backup.

use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tempfile::NamedTempFile;

use crate::kernel::{Error, Problem, Result};
use crate::platform::db::dump::Table;

/// The form that this program writes, and the last that it reads.
pub(super) const FORMAT: u32 = 1;
/// The file that makes a folder a backup.
pub(super) const MANIFEST: &str = "manifest.json";
/// The folder of the tables: `TABLE.ndjson`, one row a line.
pub(super) const TABLES: &str = "database";
/// The folder of the objects, by their names in the store.
pub(super) const OBJECTS: &str = "objects";
/// An empty file that says that the folder is a backup, begun or whole.
pub(super) const MARKER: &str = ".khomo-backup";

/// A whole backup.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// The form of the backup.
    pub format: u32,
    /// The version of the program that took it.
    pub khomo: String,
    /// Of which moment it is, RFC 3339.
    pub taken_at: String,
    /// The last migration of the database.
    pub migration: String,
    /// The profile of the province.
    pub profile: String,
    /// SHA-256 of the key that signs cookies and seals secrets: the key itself is no part of a backup.
    pub cookie_key_sha256: String,
    /// Where the audit log ends.
    pub audit: Head,
    /// The number of the last change.
    pub revision: i64,
    /// The tables.
    pub tables: Vec<TableFile>,
    /// The objects.
    pub objects: Vec<ObjectFile>,
    /// Objects that rows name and that were not in the store, or not whole.
    pub missing: Vec<String>,
}

/// The end of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Head {
    /// The number of the last entry.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
}

/// A table's file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TableFile {
    /// Its name and columns.
    #[serde(flatten)]
    pub table: Table,
    /// How many rows it has.
    pub rows: u64,
    /// The SHA-256 of its file.
    pub sha256: String,
}

/// An object's file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ObjectFile {
    /// Its name in the store.
    pub name: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

impl Manifest {
    /// Reads the manifest of a backup.
    ///
    /// # Errors
    /// `Invalid`: `backup-incomplete` without a manifest, `backup-damaged`, `backup-newer`.
    pub(super) fn read(folder: &Path) -> Result<Self> {
        let shown = folder.display().to_string();
        let problem = |code: &'static str| Error::invalid(Problem::new(code).with("path", shown.as_str()));
        let path = folder.join(MANIFEST);
        if !path.is_file() {
            return Err(problem("backup-incomplete"));
        }
        let damaged = || Error::invalid(Problem::new("backup-damaged").with("file", MANIFEST));
        let value: serde_json::Value =
            serde_json::from_slice(&std::fs::read(path)?).map_err(|error| damaged().because(error))?;
        if value["format"].as_u64().is_some_and(|format| format > FORMAT.into()) {
            return Err(problem("backup-newer"));
        }
        let manifest: Self = serde_json::from_value(value).map_err(|error| damaged().because(error))?;
        let named = manifest.objects.iter().all(|object| is_name(&object.name));
        // The names become paths.
        let tables = manifest.tables.iter().map(|file| file.table.name.as_str());
        if !named || !tables.into_iter().all(|name| name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'))
        {
            return Err(damaged());
        }
        Ok(manifest)
    }

    /// Writes it: whole and on the disk, or not at all.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let mut file = NamedTempFile::new_in(folder)?;
        serde_json::to_writer_pretty(&mut file, self)?;
        file.write_all(b"\n")?;
        file.as_file().sync_all()?;
        file.persist(folder.join(MANIFEST)).map_err(|error| error.error)?;
        std::fs::File::open(folder)?.sync_all()?;
        Ok(())
    }
}

/// The file of a table.
pub(super) fn table_path(folder: &Path, table: &Table) -> PathBuf {
    folder.join(TABLES).join(format!("{}.ndjson", table.name))
}

/// The file of an object.
pub(super) fn object_path(folder: &Path, name: &str) -> PathBuf {
    folder.join(OBJECTS).join(name)
}

/// Whether a text names an object as we name them: a kind, an owner and a file.
fn is_name(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', '\0']);
    let parts: Vec<&str> = text.split('/').collect();
    parts.len() >= 2 && parts.into_iter().all(part)
}
