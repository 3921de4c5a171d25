//! Connections and their pools.

use std::path::PathBuf;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::r2d2::{ManageConnection, PooledConnection};
use diesel::{Connection, ConnectionError, PgConnection, SqliteConnection};

use crate::kernel::{Error, Kind, Problem, Result};

/// A connection to either database.
#[derive(diesel::MultiConnection)]
pub enum Conn {
    /// The embedded one.
    Sqlite(SqliteConnection),
    /// The server.
    Postgresql(PgConnection),
}

/// Where the database is.
#[derive(Clone, Debug)]
pub(super) enum Url {
    Sqlite { path: PathBuf },
    Postgresql { url: String },
}

/// How long a request waits for a connection before it is told to come back later.
const PATIENCE: Duration = Duration::from_secs(5);

impl Url {
    pub(super) fn parse(url: &str, create: bool) -> Result<Self> {
        if let Some(path) = url.strip_prefix("sqlite:") {
            let path = PathBuf::from(path);
            if !create && !path.is_file() {
                return Err(Error::invalid(Problem::new("database-missing").with("path", path.display().to_string())));
            }
            return Ok(Self::Sqlite { path });
        }
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return Ok(Self::Postgresql { url: url.to_owned() });
        }
        Err(Error::invalid(Problem::new("database-url")))
    }

    /// Readers and writers. SQLite has one writer at a time, so its writers' pool holds one; PostgreSQL shares one pool.
    pub(super) fn pools(&self) -> Result<(Pool, Pool)> {
        match self {
            Self::Sqlite { .. } => {
                let manager = Manager { url: self.clone(), reader: false };
                // Past the pool, which would try again for a while and then not say why it cannot be opened.
                drop(manager.connect()?);
                let writers = Pool::new(manager, 1)?;
                Ok((Pool::new(Manager { url: self.clone(), reader: true }, 6)?, writers))
            }
            Self::Postgresql { .. } => {
                let pool = Pool::new(Manager { url: self.clone(), reader: false }, 10)?;
                drop(pool.get()?);
                Ok((pool.clone(), pool))
            }
        }
    }
}

/// A pool of connections.
#[derive(Clone)]
pub(super) struct Pool(diesel::r2d2::Pool<Manager>);

impl Pool {
    fn new(manager: Manager, size: u32) -> Result<Self> {
        let pool = diesel::r2d2::Pool::builder()
            .max_size(size)
            .min_idle(Some(0))
            .connection_timeout(PATIENCE)
            .test_on_check_out(matches!(manager.url, Url::Postgresql { .. }))
            .build(manager)
            .map_err(Error::unavailable)?;
        Ok(Self(pool))
    }

    pub(super) fn get(&self) -> Result<PooledConnection<Manager>> {
        self.0.get().map_err(|error| Error::refused(Kind::Unavailable, Problem::new("unavailable")).because(error))
    }
}

#[derive(Debug)]
pub(super) struct Manager {
    url: Url,
    reader: bool,
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = Error;

    fn connect(&self) -> Result<Conn> {
        let failed = |error: ConnectionError| match super::storage_problem(&error.to_string()) {
            Some(code) => Error::refused(Kind::Unavailable, Problem::new(code)).because(error),
            None => Error::unavailable(error),
        };
        match &self.url {
            Url::Sqlite { path } => {
                let mut conn = SqliteConnection::establish(&path.to_string_lossy()).map_err(failed)?;
                // WAL: readers never wait for the writer. FULL: an acknowledged commit survives a power cut.
                conn.batch_execute(
                    "PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; \
                     PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -8000;",
                )?;
                if self.reader {
                    conn.batch_execute("PRAGMA query_only = ON;")?;
                }
                Ok(Conn::Sqlite(conn))
            }
            Url::Postgresql { url } => {
                let mut conn = PgConnection::establish(url).map_err(failed)?;
                conn.batch_execute("SET statement_timeout = '30s'; SET lock_timeout = '5s'; SET TIME ZONE 'UTC';")?;
                Ok(Conn::Postgresql(conn))
            }
        }
    }

    fn is_valid(&self, conn: &mut Conn) -> Result<()> {
        match conn {
            Conn::Sqlite(conn) => Ok(conn.batch_execute("SELECT 1")?),
            Conn::Postgresql(conn) => Ok(conn.batch_execute("SELECT 1")?),
        }
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || super::dialect::is_broken(conn)
    }
}
