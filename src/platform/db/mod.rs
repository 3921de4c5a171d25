//! The database: SQLite or PostgreSQL behind one connection type.
//!
//! `Db::read` lends a connection for queries; `Db::write` runs one transaction and is the only maker of [`Tx`]. A `Tx` gathers
//! audit entries and change records; they are chained and numbered last, before COMMIT, under one lock (see [`chain`]), so that
//! the audit chain has no race and no reader of the change sequence passes a gap.

pub mod chain;
mod dialect;
pub mod dump;
pub mod nodes;
mod pool;

use std::sync::Arc;

use diesel::backend::Backend;
use diesel::r2d2::PooledConnection;
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::kernel::{Clock, Ctx, Error, Kind, Problem, Result};
pub use chain::{AuditDraft, Change};
pub use dialect::{DueRule, JobRow, due_jobs, insert_job, lock_row, merge_count, share_rows};
pub use pool::Conn;
use pool::{Manager, Pool, Url};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRESQL: EmbeddedMigrations = embed_migrations!("migrations/postgresql");

/// The database. Cloning shares the pools.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    url: Url,
    readers: Pool,
    writers: Pool,
    clock: Clock,
    changed: tokio::sync::Notify,
    enqueued: tokio::sync::Notify,
}

impl Db {
    /// Opens the database that a URL names: `sqlite:PATH`, or `postgres://…` as libpq reads it.
    ///
    /// A SQLite file must exist unless `create` is set: a typo must not make an empty database.
    ///
    /// # Errors
    /// A refusal `database-url` for another scheme, `database-missing` for a file that is not there; `Unavailable` when no
    /// connection can be made.
    pub fn open(url: &str, create: bool, clock: Clock) -> Result<Self> {
        let url = Url::parse(url, create)?;
        let (readers, writers) = url.pools()?;
        Ok(Self(Arc::new(Inner {
            url,
            readers,
            writers,
            clock,
            changed: tokio::sync::Notify::new(),
            enqueued: tokio::sync::Notify::new(),
        })))
    }

    /// The clock that the whole application goes by.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// Lends a connection for queries.
    ///
    /// # Errors
    /// `Unavailable` when the database does not answer in time; whatever `f` returns.
    pub fn read<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let mut conn = self.0.readers.get()?;
        f(&mut conn)
    }

    /// As [`Db::read`], off the async threads.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub async fn read_async<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        run_blocking(move || db.read(f)).await
    }

    /// Begins to read as of one moment: for questions that belong together and are not asked at once.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn begin_snapshot(&self) -> Result<Snapshot> {
        let mut conn = self.0.readers.get()?;
        dialect::begin_snapshot(&mut conn)?;
        Ok(Snapshot(conn))
    }

    /// Runs one transaction: the state change, its audit entries and its change records, or nothing of them.
    ///
    /// # Errors
    /// Whatever `f` returns (and then nothing was written); `Unavailable` when the database does not answer.
    pub fn write<T>(&self, ctx: &Ctx, f: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.0.writers.get()?;
        dialect::begin(&mut conn)?;
        let mut tx = Tx { conn: &mut conn, ctx, audit: Vec::new(), changes: Vec::new(), enqueued: false };
        let outcome = f(&mut tx).and_then(|value| {
            let Tx { conn, audit, changes, enqueued, .. } = &mut tx;
            chain::append(conn, ctx, std::mem::take(audit), changes)?;
            Ok((value, !changes.is_empty(), *enqueued))
        });
        match outcome {
            Ok((value, changed, enqueued)) => {
                dialect::commit(&mut conn)?;
                if changed {
                    self.0.changed.notify_waiters();
                }
                if enqueued {
                    self.0.enqueued.notify_waiters();
                }
                Ok(value)
            }
            Err(error) => {
                // The failure that matters is the first one; a connection that cannot roll back is dropped by the pool.
                if let Err(rollback) = dialect::roll_back(&mut conn) {
                    tracing::warn!(%rollback, "rollback failed");
                }
                Err(error)
            }
        }
    }

    /// As [`Db::write`], off the async threads.
    ///
    /// # Errors
    /// As [`Db::write`].
    pub async fn write_async<T: Send + 'static>(
        &self,
        ctx: Ctx,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let db = self.clone();
        run_blocking(move || db.write(&ctx, f)).await
    }

    /// Returns once this program has committed a change record; other programs' changes are found by asking.
    pub async fn changed(&self) {
        self.0.changed.notified().await;
    }

    /// Returns once this program has committed a job; other programs' jobs, and those whose time comes, are found by asking.
    pub async fn enqueued(&self) {
        self.0.enqueued.notified().await;
    }

    /// The number of the last committed change: the revision that everything public is cached by.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn revision(&self) -> Result<i64> {
        self.read(chain::revision)
    }

    /// Brings the tables to this program's state.
    ///
    /// # Errors
    /// When a migration fails; those before it stay applied.
    pub fn migrate(&self) -> Result<Vec<String>> {
        self.migrate_to(None)
    }

    /// Brings the tables to the state of a migration that this program knows, or to its own; gives what was applied.
    ///
    /// # Errors
    /// When a migration fails; those before it stay applied.
    pub fn migrate_to(&self, last: Option<&str>) -> Result<Vec<String>> {
        let mut conn = self.0.writers.get()?;
        match &mut *conn {
            Conn::Sqlite(conn) => apply(conn, SQLITE, last).map_err(of_migration),
            Conn::Postgresql(conn) => apply(conn, POSTGRESQL, last).map_err(of_migration),
        }
    }

    /// The last migration that was applied, by its number; none in a database without tables.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn migrated_to(&self) -> Result<Option<String>> {
        let mut conn = self.0.writers.get()?;
        let applied = match &mut *conn {
            Conn::Sqlite(conn) => conn.applied_migrations().map_err(of_migration)?,
            Conn::Postgresql(conn) => conn.applied_migrations().map_err(of_migration)?,
        };
        Ok(applied.iter().map(ToString::to_string).max())
    }

    /// Takes all migrations back: a database without tables, whatever they held.
    ///
    /// # Errors
    /// When a migration fails.
    pub fn unmigrate(&self) -> Result<usize> {
        let mut conn = self.0.writers.get()?;
        let undone = match &mut *conn {
            Conn::Sqlite(conn) => conn.revert_all_migrations(SQLITE).map_err(of_migration)?.len(),
            Conn::Postgresql(conn) => conn.revert_all_migrations(POSTGRESQL).map_err(of_migration)?.len(),
        };
        Ok(undone)
    }

    /// Refuses to go on unless the tables are in this program's state.
    ///
    /// # Errors
    /// A refusal `migrations-pending` that names how many are missing.
    pub fn require_migrated(&self) -> Result<()> {
        let mut conn = self.0.writers.get()?;
        let pending = match &mut *conn {
            Conn::Sqlite(conn) => conn.pending_migrations(SQLITE).map_err(of_migration)?.len(),
            Conn::Postgresql(conn) => conn.pending_migrations(POSTGRESQL).map_err(of_migration)?.len(),
        };
        if pending > 0 {
            return Err(Error::refused(Kind::Unavailable, Problem::new("migrations-pending").with("count", pending)));
        }
        Ok(())
    }

    /// Every table with its columns, as text: what the tests of the migrations compare.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn describe(&self) -> Result<Vec<String>> {
        let mut conn = self.0.writers.get()?;
        dialect::describe(&mut conn)
    }

    /// Whether this is the embedded database (one machine, one file).
    pub fn is_embedded(&self) -> bool {
        matches!(self.0.url, Url::Sqlite { .. })
    }
}

/// A connection on which every question is answered as of the moment of the first one, while others go on writing; made only by
/// [`Db::begin_snapshot`], and given back when it is dropped.
pub struct Snapshot(PooledConnection<Manager>);

impl Snapshot {
    /// The connection, for a room's `store`.
    pub fn conn(&mut self) -> &mut Conn {
        &mut self.0
    }
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        if let Err(rollback) = dialect::roll_back(&mut self.0) {
            tracing::warn!(%rollback, "a snapshot could not be ended");
        }
    }
}

/// One transaction, made only by [`Db::write`].
pub struct Tx<'a> {
    conn: &'a mut Conn,
    ctx: &'a Ctx,
    audit: Vec<AuditDraft>,
    changes: Vec<Change>,
    enqueued: bool,
}

impl Tx<'_> {
    /// The connection, for a room's `store`.
    pub fn conn(&mut self) -> &mut Conn {
        self.conn
    }

    /// The circumstances of the act.
    pub fn ctx(&self) -> &Ctx {
        self.ctx
    }

    /// Adds an audit entry; rooms do it through `audit::record`.
    pub fn audit(&mut self, entry: AuditDraft) {
        self.audit.push(entry);
    }

    /// Says that something public changed, so that indexes and caches follow.
    pub fn changed(&mut self, object_kind: &'static str, object_id: &str) {
        self.changes.push(Change { object_kind: object_kind.to_owned(), object_id: object_id.to_owned() });
    }

    /// Says that a job was put in, so that this program looks for it at once; `platform::queue` does it.
    pub(in crate::platform) fn has_job(&mut self) {
        self.enqueued = true;
    }
}

/// Runs blocking work off the async threads.
///
/// # Errors
/// Whatever `f` returns; `Internal` when it panicked.
pub async fn run_blocking<T: Send + 'static>(f: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    match tokio::task::spawn_blocking(f).await {
        Ok(outcome) => outcome,
        Err(panic) => Err(Error::internal(panic)),
    }
}

impl From<diesel::result::Error> for Error {
    #[track_caller]
    fn from(error: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Db, Error as Diesel};
        // SQLite takes a transaction back by itself when the disk is full, and there is nothing left to roll back.
        if let Diesel::RollbackErrorOnCommit { commit_error, .. } = error {
            return Self::from(*commit_error);
        }
        match &error {
            Diesel::NotFound => Self::not_found(),
            Diesel::DatabaseError(Db::UniqueViolation, _) => {
                Self::conflict(Problem::new("already-there")).because(error)
            }
            Diesel::DatabaseError(Db::ClosedConnection, _) => Self::unavailable(error),
            Diesel::DatabaseError(_, info) => match storage_problem(info.message()) {
                Some(code) => Self::refused(Kind::Unavailable, Problem::new(code)).because(error),
                None => Self::internal(error),
            },
            _ => Self::internal(error),
        }
    }
}

/// Applies what is pending, up to a migration where one is named.
fn apply<B: Backend>(
    conn: &mut impl MigrationHarness<B>,
    source: EmbeddedMigrations,
    last: Option<&str>,
) -> diesel::migration::Result<Vec<String>> {
    let mut done = Vec::new();
    for migration in conn.pending_migrations(source)? {
        if last.is_some_and(|last| migration.name().version().to_string().as_str() > last) {
            break;
        }
        done.push(conn.run_migration(&migration)?.to_string());
    }
    Ok(done)
}

/// A failed migration, whose cause is known by its words alone.
#[track_caller]
fn of_migration(error: Box<dyn std::error::Error + Send + Sync>) -> Error {
    match storage_problem(&error.to_string()) {
        Some(code) => Error::refused(Kind::Unavailable, Problem::new(code)).because(error),
        None => Error::internal(error),
    }
}

/// What a database says of its storage, if that is what it says: diesel hands on its words and not its number.
fn storage_problem(message: &str) -> Option<&'static str> {
    // SQLite names a full disk only; beyond a quota or the largest file it says what it says of a broken one.
    const SQLITE: &[(&str, &str)] = &[
        ("database or disk is full", "disk-full"),
        ("disk I/O error", "storage-failing"),
        ("unable to open database file", "storage-failing"),
        ("attempt to write a readonly database", "storage-failing"),
    ];
    const POSTGRESQL: &[(&str, &str)] = &[
        ("No space left on device", "disk-full"),
        ("Disk quota exceeded", "disk-full"),
        ("File too large", "disk-full"),
        ("Input/output error", "storage-failing"),
        ("Read-only file system", "storage-failing"),
    ];
    // "could not extend file …: No space left on device"
    let server = message.starts_with("could not ");
    let known = SQLITE.iter().chain(POSTGRESQL.iter().filter(|_| server));
    known.into_iter().find(|(words, _)| message.trim_end().ends_with(words)).map(|(_, code)| *code)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may stop")]
mod tests {
    use diesel::result::{DatabaseErrorKind, Error as Diesel};

    use super::*;

    fn said(message: &str) -> Diesel {
        Diesel::DatabaseError(DatabaseErrorKind::Unknown, Box::new(message.to_owned()))
    }

    #[test]
    fn storage_that_gives_out_is_told_as_such_by_either_database() {
        for (message, code) in [
            ("database or disk is full", "disk-full"),
            ("disk I/O error", "storage-failing"),
            ("could not extend file \"base/5/16384\": No space left on device", "disk-full"),
            ("could not write to file \"pg_wal/xlogtemp.7\": Disk quota exceeded", "disk-full"),
            ("could not fsync file \"base/5/16384\": Input/output error", "storage-failing"),
        ] {
            let error = Error::from(said(message));
            assert!(error.has(code) && error.kind() == Kind::Unavailable, "{message}: {error}");
        }
    }

    #[test]
    fn a_commit_that_meets_a_full_disk_is_told_by_that_and_not_by_the_rollback_that_was_too_late() {
        let error = Error::from(Diesel::RollbackErrorOnCommit {
            rollback_error: Box::new(said("cannot rollback - no transaction is active")),
            commit_error: Box::new(said("database or disk is full")),
        });
        assert!(error.has("disk-full"), "{error}");
    }

    #[test]
    fn what_only_sounds_like_a_full_disk_is_none() {
        for message in ["NOT NULL constraint failed: account.full_name", "relation \"No space left on device\""] {
            assert_eq!(Error::from(said(message)).kind(), Kind::Internal, "{message}");
        }
    }
}
