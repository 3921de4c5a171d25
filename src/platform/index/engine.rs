//! The index of one folder: commits, rebuilds beside the current generation, and the snapshot that searches work on.

use std::fs::{self, File};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenWriteError};

use super::generation::{self, Generation, Payload};
use super::record::{Fields, Layout, Record};
use super::snapshot::Snapshot;
use crate::kernel::{Error, Kind, Problem, Result, error};

/// Least memory tantivy's writer accepts, in bytes.
const LEAST_MEMORY: usize = 15_000_000;

/// How many records between two calls of a rebuild's progress function.
const PROGRESS_STEP: u64 = 100;

/// An index in a folder. Cloning shares it. The first engine on a folder, of all processes, owns it and may write; later ones only
/// read the generation that was current when they opened.
#[derive(Clone)]
pub struct Engine(Arc<Inner>);

struct Inner {
    folder: PathBuf,
    layout: Layout,
    fields: Fields,
    memory: usize,
    /// Held, never read: the lock on it ends with the process, however that ends.
    lock: Option<File>,
    /// One commit or swap at a time.
    writing: Mutex<()>,
    /// One rebuild at a time.
    rebuilding: Mutex<()>,
    current: RwLock<Option<Arc<Current>>>,
}

struct Current {
    generation: Generation,
    sequence: i64,
    snapshot: Arc<Snapshot>,
}

impl Engine {
    /// Opens the current generation of a folder (made when missing). A generation that is missing, half, damaged or of another
    /// layout is no error: the engine is then not [`Self::ready`] until it was rebuilt. `memory` bounds the writer, in bytes.
    ///
    /// # Errors
    /// Only when the folder cannot be made or read.
    pub fn open(folder: &Path, layout: Layout, memory: usize) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
        let lock = file.try_lock().is_ok().then_some(file);
        let fields = Fields::new(&layout);
        let pointed = generation::current(folder);
        let current = match pointed.clone() {
            None => None,
            Some(path) => load(path.clone(), &fields, &layout).unwrap_or_else(|error| {
                tracing::warn!(path = %path.display(), %error, "the search index is damaged and must be rebuilt");
                None
            }),
        };
        // The generation in use is kept even when it could not be opened: it may be the reading that failed, for now. A rebuild
        // takes it away.
        if lock.is_some() && pointed.is_some() {
            generation::clean(folder, pointed.as_deref());
        }
        Ok(Self(Arc::new(Inner {
            folder: folder.to_owned(),
            layout,
            fields,
            memory: memory.max(LEAST_MEMORY),
            lock,
            writing: Mutex::default(),
            rebuilding: Mutex::default(),
            current: RwLock::new(current.map(Arc::new)),
        })))
    }

    /// Whether a whole generation answers.
    pub fn ready(&self) -> bool {
        self.current().is_some()
    }

    /// The change up to which the index is in step; 0 while it is not ready.
    pub fn sequence(&self) -> i64 {
        self.current().map_or(0, |current| current.sequence)
    }

    /// The present state and the change it is in step with.
    ///
    /// # Errors
    /// `search-index-missing` while the index is not ready.
    pub fn snapshot(&self) -> Result<(Arc<Snapshot>, i64)> {
        let current = self.current().ok_or_else(missing)?;
        Ok((Arc::clone(&current.snapshot), current.sequence))
    }

    /// Puts records in place of those of the same id, removes others by id, and notes the change it is now in step with: one
    /// commit, all or nothing, on disk when this returns. Doing it again changes nothing.
    ///
    /// # Errors
    /// `search-index-missing` while the index is not ready, `search-index-in-use` when another process owns the folder.
    pub fn apply(&self, upserts: &[Record], deletes: &[String], sequence: i64) -> Result<()> {
        self.owned()?;
        let _writing = guard(&self.0.writing);
        let current = self.current().ok_or_else(missing)?;
        let fresh = shielded(|| {
            let writer = current.generation.writer(self.0.memory)?;
            for id in deletes {
                writer.delete_term(self.0.fields.id_term(id));
            }
            for record in upserts {
                writer.delete_term(self.0.fields.id_term(&record.id));
                writer.add_document(self.0.fields.document(record))?;
            }
            generation::commit(writer, Payload { layout: self.0.layout.version, sequence })?;
            current.generation.reader.reload()?;
            Snapshot::new(current.generation.reader.searcher(), self.0.fields.clone(), &self.0.layout)
        })?;
        let generation = Generation {
            folder: current.generation.folder.clone(),
            index: current.generation.index.clone(),
            reader: current.generation.reader.clone(),
        };
        self.replace(Current { generation, sequence, snapshot: Arc::new(fresh) });
        Ok(())
    }

    /// Builds a new generation from all records and swaps it in. Searches and [`Self::apply`] go on with the old one meanwhile;
    /// [`Self::sequence`] is `sequence` afterwards, so whoever tails the changes applies again what came after it. A crash or an
    /// error at any point leaves the old generation or the new one, whole. `progress` hears how many records are in.
    ///
    /// # Errors
    /// The first error of `records`; `search-index-in-use` when another process owns the folder; a full disk.
    pub fn rebuild(
        &self,
        records: &mut dyn Iterator<Item = Result<Record>>,
        sequence: i64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<()> {
        self.owned()?;
        let _rebuilding = guard(&self.0.rebuilding);
        let path = self.0.folder.join(generation::fresh_name());
        let built = self.build(&path, records, sequence, progress);
        if built.is_err() {
            let _ = fs::remove_dir_all(&path);
        }
        let fresh = built?;
        let _writing = guard(&self.0.writing);
        generation::point_at(&self.0.folder, &path)?;
        self.replace(fresh);
        // Whoever still reads the old generation holds its files open; the names can go.
        generation::clean(&self.0.folder, Some(&path));
        Ok(())
    }

    /// Runs a search so that a damaged file, which tantivy answers with an error or a panic, only makes the index not ready.
    pub fn guarded<T>(&self, search: impl FnOnce(&Snapshot, i64) -> Result<T>) -> Result<T> {
        let (snapshot, sequence) = self.snapshot()?;
        let outcome = catch_unwind(AssertUnwindSafe(|| search(&snapshot, sequence)))
            .unwrap_or_else(|_| Err(Error::unavailable("a search panicked")));
        if let Err(error) = &outcome
            && error.kind() == Kind::Unavailable
        {
            self.distrust(&snapshot, error);
        }
        outcome
    }

    /// Marks the index as damaged, unless the damaged state was replaced meanwhile: it is not ready any more and must be rebuilt.
    fn distrust(&self, damaged: &Arc<Snapshot>, error: &Error) {
        let mut current = self.0.current.write().unwrap_or_else(PoisonError::into_inner);
        if current.as_ref().is_some_and(|current| Arc::ptr_eq(&current.snapshot, damaged)) {
            tracing::error!(%error, "the search index is damaged and must be rebuilt");
            *current = None;
        }
    }

    fn build(
        &self,
        path: &Path,
        records: &mut dyn Iterator<Item = Result<Record>>,
        sequence: i64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Current> {
        let fields = &self.0.fields;
        let generation = shielded(|| Generation::create(path.to_owned(), fields))?;
        let writer = shielded(|| generation.writer(self.0.memory))?;
        let mut done = 0;
        for record in records {
            let record = record?;
            shielded(|| {
                writer.delete_term(fields.id_term(&record.id));
                writer.add_document(fields.document(&record))
            })?;
            done += 1;
            if done % PROGRESS_STEP == 0 {
                progress(done);
            }
        }
        let payload = Payload { layout: self.0.layout.version, sequence };
        shielded(|| generation::commit(writer, payload))?;
        generation::sync_folder(path)?;
        generation::sync_folder(&self.0.folder)?;
        progress(done);
        shielded(|| {
            generation.reader.reload()?;
            let snapshot = Snapshot::new(generation.reader.searcher(), fields.clone(), &self.0.layout)?;
            Ok(Current { generation, sequence, snapshot: Arc::new(snapshot) })
        })
    }

    fn owned(&self) -> Result<()> {
        match self.0.lock {
            Some(_) => Ok(()),
            None => Err(Error::refused(Kind::Unavailable, Problem::new("search-index-in-use"))),
        }
    }

    fn current(&self) -> Option<Arc<Current>> {
        self.0.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, fresh: Current) {
        *self.0.current.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(fresh));
    }
}

fn load(path: PathBuf, fields: &Fields, layout: &Layout) -> Result<Option<Current>> {
    shielded(|| {
        let Some(generation) = Generation::open(path, fields, layout)? else { return Ok(None) };
        let sequence = generation.payload()?.map_or(0, |payload| payload.sequence);
        let snapshot = Snapshot::new(generation.reader.searcher(), fields.clone(), layout)?;
        Ok(Some(Current { generation, sequence, snapshot: Arc::new(snapshot) }))
    })
}

fn missing() -> Error {
    Error::refused(Kind::Unavailable, Problem::new("search-index-missing"))
}

fn guard(mutex: &Mutex<()>) -> MutexGuard<'_, ()> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Runs tantivy so that a panic over a damaged file is an error like any other, and a full disk is told as one.
#[track_caller]
fn shielded<T>(work: impl FnOnce() -> tantivy::Result<T>) -> Result<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(match storage_problem(&error) {
            Some(code) => Error::refused(Kind::Unavailable, Problem::new(code)).because(error),
            None => Error::unavailable(error),
        }),
        Err(_) => Err(Error::unavailable("the search index panicked")),
    }
}

/// What is wrong with the storage, if that is what failed.
fn storage_problem(failure: &TantivyError) -> Option<&'static str> {
    match failure {
        TantivyError::IoError(io)
        | TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: io, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error: io, .. })
        | TantivyError::LockFailure(LockError::IoError(io), _) => error::storage_problem(io),
        // Only that a thread could not go on is handed out, not why: what it does is writing.
        TantivyError::ErrorInThread(_) => Some("storage-failing"),
        other => error::storage_problem_told(&other.to_string()),
    }
}
