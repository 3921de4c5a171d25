//! Generations on disk: one folder each beside the file `current`, which names the one that answers.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy};

use super::record::{Fields, Layout};
use crate::kernel::Result;

const POINTER: &str = "current";
const PREFIX: &str = "generation-";

/// What every commit says about itself.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Payload {
    /// The layout's version.
    pub layout: u32,
    /// The change up to which the index is in step.
    pub sequence: i64,
}

/// An opened generation.
pub(super) struct Generation {
    pub folder: PathBuf,
    pub index: Index,
    pub reader: IndexReader,
}

/// A name for a new generation.
pub(super) fn fresh_name() -> String {
    format!("{PREFIX}{}", crate::kernel::id::fresh())
}

/// Which generation is current; `None` when there is no pointer or it does not name one.
pub(super) fn current(folder: &Path) -> Option<PathBuf> {
    let name = fs::read_to_string(folder.join(POINTER)).ok()?;
    let name = name.strip_suffix('\n')?;
    let plain = name.strip_prefix(PREFIX)?.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    plain.then(|| folder.join(name)).filter(|path| path.is_dir())
}

/// Makes a generation current: after this returns a crash cannot bring the earlier one back.
pub(super) fn point_at(folder: &Path, generation: &Path) -> Result<()> {
    let name = generation.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let fresh = folder.join(format!("{POINTER}.new"));
    let mut file = File::create(&fresh)?;
    file.write_all(format!("{name}\n").as_bytes())?;
    file.sync_all()?;
    fs::rename(&fresh, folder.join(POINTER))?;
    sync_folder(folder)
}

/// Removes every generation but one, and a pointer that was not finished. What cannot be removed is left for the next time.
pub(super) fn clean(folder: &Path, keep: Option<&Path>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(std::io::Result::ok) {
        let path = entry.path();
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(PREFIX) && Some(path.as_path()) != keep {
            if let Err(error) = fs::remove_dir_all(&path) {
                tracing::warn!(path = %path.display(), %error, "a search index generation could not be removed");
            }
        } else if name == format!("{POINTER}.new") {
            let _ = fs::remove_file(&path);
        }
    }
}

/// Syncs the names in a folder.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    // A folder can be opened and synced like a file on every system that needs it.
    #[cfg(unix)]
    File::open(folder)?.sync_all()?;
    #[cfg(not(unix))]
    let _ = folder;
    Ok(())
}

impl Generation {
    /// Makes an empty generation; it answers nothing until it is pointed at.
    pub fn create(folder: PathBuf, fields: &Fields) -> tantivy::Result<Self> {
        fs::create_dir_all(&folder)?;
        let index = Index::create_in_dir(&folder, fields.schema.clone())?;
        Self::with_reader(folder, index)
    }

    /// Opens a generation after checking every byte of it. `None` when it has another layout or was never committed.
    pub fn open(folder: PathBuf, fields: &Fields, layout: &Layout) -> tantivy::Result<Option<Self>> {
        let index = Index::open_in_dir(&folder)?;
        if index.schema() != fields.schema {
            return Ok(None);
        }
        let damaged = index.validate_checksum()?;
        if let Some(file) = damaged.iter().next() {
            return Err(tantivy::TantivyError::InternalError(format!("damaged file {}", file.display())));
        }
        let generation = Self::with_reader(folder, index)?;
        Ok(generation.payload()?.filter(|payload| payload.layout == layout.version).map(|_| generation))
    }

    fn with_reader(folder: PathBuf, index: Index) -> tantivy::Result<Self> {
        let reader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).doc_store_cache_num_blocks(64).try_into()?;
        Ok(Self { folder, index, reader })
    }

    /// What the last commit said.
    pub fn payload(&self) -> tantivy::Result<Option<Payload>> {
        let metas = self.index.load_metas()?;
        Ok(metas.payload.and_then(|payload| serde_json::from_str(&payload).ok()))
    }

    /// A writer of one thread within `memory` bytes.
    pub fn writer(&self, memory: usize) -> tantivy::Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .num_merge_threads(1)
            .memory_budget_per_thread(memory)
            .build();
        let writer = self.index.writer_with_options(options)?;
        let mut merges = LogMergePolicy::default();
        merges.set_min_num_segments(5);
        merges.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(merges));
        Ok(writer)
    }
}

/// Commits what a writer holds, together with the payload, and waits until merges are done.
pub(super) fn commit(mut writer: IndexWriter, payload: Payload) -> tantivy::Result<()> {
    let text =
        serde_json::to_string(&payload).map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))?;
    let mut prepared = writer.prepare_commit()?;
    prepared.set_payload(&text);
    prepared.commit()?;
    writer.wait_merging_threads()
}
