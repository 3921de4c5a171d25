//! The only SQL that differs between the databases.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, Text};

use super::Conn;
use crate::kernel::Result;

/// Begins a writing transaction. SQLite takes the write lock at once: a deferred transaction that reads and then writes would
/// fail with "database is locked" whatever the busy timeout.
pub(super) fn begin(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN IMMEDIATE")?,
        Conn::Postgresql(conn) => {
            AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN ISOLATION LEVEL READ COMMITTED")?
        }
    }
    Ok(())
}

/// Begins a transaction that only reads, and sees one moment whatever others write. SQLite pins it with the first question.
pub(super) fn begin_snapshot(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::begin_transaction_sql(conn, "BEGIN")?,
        Conn::Postgresql(conn) => {
            let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
            AnsiTransactionManager::begin_transaction_sql(conn, begin)?;
        }
    }
    Ok(())
}

/// Lets a transaction ask what takes longer than a page may, such as for a whole table.
pub(super) fn take_time(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgresql(conn) = conn {
        conn.batch_execute("SET LOCAL statement_timeout = 0")?;
    }
    Ok(())
}

/// Commits what [`begin`] began.
pub(super) fn commit(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::commit_transaction(conn)?,
        Conn::Postgresql(conn) => AnsiTransactionManager::commit_transaction(conn)?,
    }
    Ok(())
}

/// Takes back what [`begin`] began.
pub(super) fn roll_back(conn: &mut Conn) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::rollback_transaction(conn)?,
        Conn::Postgresql(conn) => AnsiTransactionManager::rollback_transaction(conn)?,
    }
    Ok(())
}

/// Whether a connection was left in the middle of a transaction.
pub(super) fn is_broken(conn: &mut Conn) -> bool {
    match conn {
        Conn::Sqlite(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
        Conn::Postgresql(conn) => AnsiTransactionManager::is_broken_transaction_manager(conn),
    }
}

/// Waits until this transaction alone may number its entries. SQLite holds its one write lock already.
pub(super) fn lock_chains(conn: &mut Conn) -> Result<()> {
    if let Conn::Postgresql(conn) = conn {
        conn.batch_execute("SELECT name FROM chain_head ORDER BY name FOR UPDATE")?;
    }
    Ok(())
}

/// Keeps other transactions off a row of `table` until this one ends, so that what is decided on it stays true while it is carried
/// out. SQLite has one writer at a time anyway.
///
/// # Errors
/// When the database does not answer.
pub fn lock_row(conn: &mut Conn, table: &'static str, id: &str) -> Result<()> {
    if let Conn::Postgresql(conn) = conn {
        diesel::sql_query(format!("SELECT id FROM {table} WHERE id = $1 FOR UPDATE"))
            .bind::<Text, _>(id)
            .execute(conn)?;
    }
    Ok(())
}

/// Keeps other transactions from changing some rows of `table` until this one ends; in the order of their ids, so that two that do so never
/// wait for each other. Says whether they may have changed since they were read: in SQLite nobody else writes meanwhile.
///
/// # Errors
/// When the database does not answer.
pub fn share_rows(conn: &mut Conn, table: &'static str, ids: &[String]) -> Result<bool> {
    let Conn::Postgresql(conn) = conn else { return Ok(false) };
    diesel::sql_query(format!("SELECT id FROM {table} WHERE id = ANY($1) ORDER BY id FOR SHARE"))
        .bind::<Array<Text>, _>(ids)
        .execute(conn)?;
    Ok(true)
}

/// Adds to a day's count, making the row when it is the first. `INSERT … ON CONFLICT` is the same text in both databases, but
/// diesel's builder does not cover the pair.
///
/// # Errors
/// When the database refuses.
pub fn merge_count(conn: &mut Conn, day: &str, dataset_id: &str, kind: &str, format: &str, by: i64) -> Result<()> {
    const SQLITE: &str = "INSERT INTO usage_count (day, dataset_id, kind, format, total) VALUES (?, ?, ?, ?, ?) \
         ON CONFLICT (day, dataset_id, kind, format) DO UPDATE SET total = usage_count.total + excluded.total";
    const POSTGRESQL: &str = "INSERT INTO usage_count (day, dataset_id, kind, format, total) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (day, dataset_id, kind, format) DO UPDATE SET total = usage_count.total + excluded.total";
    let bind = |sql: &'static str| {
        diesel::sql_query(sql)
            .bind::<Text, _>(day.to_owned())
            .bind::<Text, _>(dataset_id.to_owned())
            .bind::<Text, _>(kind.to_owned())
            .bind::<Text, _>(format.to_owned())
            .bind::<BigInt, _>(by)
    };
    match conn {
        Conn::Sqlite(conn) => bind(SQLITE).execute(conn)?,
        Conn::Postgresql(conn) => bind(POSTGRESQL).execute(conn)?,
    };
    Ok(())
}

/// A job to be put in; see the table `job`.
pub struct JobRow<'a> {
    /// Its id.
    pub id: &'a str,
    /// Which handler.
    pub kind: &'a str,
    /// JSON.
    pub payload: String,
    /// At most one job of a key.
    pub unique_key: Option<String>,
    /// Not before (milliseconds).
    pub due_at: i64,
    /// After so many it is dead.
    pub most_attempts: i32,
    /// Of recurring jobs, in seconds.
    pub every_seconds: Option<i64>,
    /// Of recurring jobs: how far from midnight UTC, in seconds.
    pub offset_seconds: Option<i64>,
    /// Now (milliseconds).
    pub at: i64,
}

/// Puts a job in unless there is one of its key; says whether it did. A plain insert that met the other one would end the whole
/// transaction on PostgreSQL.
///
/// # Errors
/// When the database refuses.
pub fn insert_job(conn: &mut Conn, row: JobRow<'_>) -> Result<bool> {
    const INSERT: &str = "INSERT INTO job (id, kind, payload, unique_key, state, due_at, attempts, most_attempts, token, again, \
         every_seconds, offset_seconds, created_at) \
         VALUES ($1, $2, $3, $4, 'waiting', $5, 0, $6, 0, FALSE, $7, $8, $9) ON CONFLICT DO NOTHING";
    let bind = |sql: String| {
        diesel::sql_query(sql)
            .bind::<Text, _>(row.id.to_owned())
            .bind::<Text, _>(row.kind.to_owned())
            .bind::<Text, _>(row.payload.clone())
            .bind::<Nullable<Text>, _>(row.unique_key.clone())
            .bind::<BigInt, _>(row.due_at)
            .bind::<Integer, _>(row.most_attempts)
            .bind::<Nullable<BigInt>, _>(row.every_seconds)
            .bind::<Nullable<BigInt>, _>(row.offset_seconds)
            .bind::<BigInt, _>(row.at)
    };
    let made = match conn {
        Conn::Sqlite(conn) => bind(INSERT.replace('$', "?")).execute(conn)?,
        Conn::Postgresql(conn) => bind(INSERT.to_owned()).execute(conn)?,
    };
    Ok(made == 1)
}

/// When a job may be taken; all in milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct DueRule {
    /// Now.
    pub now: i64,
    /// No failed job waits beyond this: one that does was written when the clock stood elsewhere.
    pub latest_retry: i64,
    /// No lease lasts beyond this; the same.
    pub latest_lease: i64,
}

/// The ids of jobs of some kinds that may be taken, those due longest first. PostgreSQL locks them until the transaction ends and
/// passes over those that another program has locked; on SQLite whoever writes is alone.
///
/// # Errors
/// When the database does not answer.
pub fn due_jobs(conn: &mut Conn, kinds: &[&str], rule: DueRule, limit: i64, lock: bool) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        id: String,
    }
    const DUE: &str = "SELECT id FROM job WHERE $1 LIKE '%,' || kind || ',%' AND (\
         (state = 'waiting' AND (due_at <= $2 OR (attempts > 0 AND due_at > $3) \
            OR (every_seconds IS NOT NULL AND due_at > $2 + every_seconds * 1000))) \
         OR (state = 'running' AND (lease_until <= $2 OR lease_until > $4))) \
         ORDER BY due_at, id LIMIT $5";
    let bind = |sql: String| {
        diesel::sql_query(sql)
            .bind::<Text, _>(format!(",{},", kinds.join(",")))
            .bind::<BigInt, _>(rule.now)
            .bind::<BigInt, _>(rule.latest_retry)
            .bind::<BigInt, _>(rule.latest_lease)
            .bind::<BigInt, _>(limit)
    };
    let rows: Vec<Row> = match conn {
        Conn::Sqlite(conn) => bind(DUE.replace('$', "?")).load(conn)?,
        Conn::Postgresql(conn) => {
            bind(format!("{DUE}{}", if lock { " FOR UPDATE SKIP LOCKED" } else { "" })).load(conn)?
        }
    };
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// A column, as the catalogue of the database has it.
#[derive(QueryableByName)]
pub(super) struct CatalogueColumn {
    /// Of which table.
    #[diesel(sql_type = Text)]
    pub table: String,
    /// Its name.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Its declared kind.
    #[diesel(sql_type = Text)]
    pub kind: String,
    /// Where among the columns it stands.
    #[diesel(sql_type = BigInt)]
    pub place: i64,
}

/// Every column of every table, but for those that migrations and the database itself keep.
pub(super) fn columns(conn: &mut Conn) -> Result<Vec<CatalogueColumn>> {
    Ok(match conn {
        Conn::Sqlite(conn) => diesel::sql_query(
            "SELECT t.name AS \"table\", c.name AS name, c.type AS kind, c.cid AS place \
             FROM sqlite_master AS t JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' \
             AND t.name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
        )
        .load(conn)?,
        Conn::Postgresql(conn) => diesel::sql_query(
            "SELECT table_name::text AS \"table\", column_name::text AS name, data_type::text AS kind, ordinal_position::bigint AS place \
             FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name) \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_\\_diesel%'",
        )
        .load(conn)?,
    })
}

/// Keeps triggers from acting and references from being looked at until the transaction's end, so that tables can be filled in any
/// order with rows that went through all of it once; gives the statements that put everything back.
pub(super) fn loosen(conn: &mut Conn, tables: &[&str]) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Pair {
        #[diesel(sql_type = Text)]
        away: String,
        #[diesel(sql_type = Text)]
        back: String,
    }
    let pairs: Vec<Pair> = match conn {
        Conn::Sqlite(conn) => {
            // References are looked at with the commit.
            conn.batch_execute("PRAGMA defer_foreign_keys = ON")?;
            diesel::sql_query(
                "SELECT 'DROP TRIGGER \"' || name || '\"' AS away, sql AS back FROM sqlite_master WHERE type = 'trigger'",
            )
            .load(conn)?
        }
        Conn::Postgresql(conn) => {
            conn.batch_execute("SET LOCAL statement_timeout = 0")?;
            let mut pairs: Vec<Pair> = diesel::sql_query(
                "SELECT 'ALTER TABLE ' || conrelid::regclass || ' DROP CONSTRAINT ' || quote_ident(conname) AS away, \
                 'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' || pg_get_constraintdef(oid) AS back \
                 FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace",
            )
            .load(conn)?;
            pairs.extend(tables.iter().map(|table| Pair {
                away: format!("ALTER TABLE \"{table}\" DISABLE TRIGGER USER"),
                back: format!("ALTER TABLE \"{table}\" ENABLE TRIGGER USER"),
            }));
            pairs
        }
    };
    let mut back = Vec::new();
    for pair in pairs {
        match conn {
            Conn::Sqlite(conn) => conn.batch_execute(&pair.away)?,
            Conn::Postgresql(conn) => conn.batch_execute(&pair.away)?,
        }
        back.push(pair.back);
    }
    Ok(back)
}

/// Every column of every table and every index and trigger name, one line each, sorted.
pub(super) fn describe(conn: &mut Conn) -> Result<Vec<String>> {
    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = Text)]
        line: String,
    }
    let lines: Vec<Line> = match conn {
        Conn::Sqlite(conn) => diesel::sql_query(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') AS line FROM sqlite_master \
             WHERE name NOT LIKE '\\_\\_diesel%' ESCAPE '\\' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY 1",
        )
        .load(conn)?,
        Conn::Postgresql(conn) => diesel::sql_query(
            "SELECT line FROM (SELECT 'column ' || table_name || ' ' || column_name || ' ' || data_type || ' ' || is_nullable AS line \
             FROM information_schema.columns WHERE table_schema = current_schema() AND table_name NOT LIKE '\\_\\_diesel%' \
             UNION ALL SELECT 'index ' || indexdef FROM pg_indexes WHERE schemaname = current_schema() AND tablename NOT LIKE '\\_\\_diesel%' \
             UNION ALL SELECT 'trigger ' || trigger_name || ' ' || event_object_table || ' ' || event_manipulation FROM information_schema.triggers \
             WHERE trigger_schema = current_schema()) AS lines ORDER BY line",
        )
        .load(conn)?,
    };
    Ok(lines.into_iter().map(|line| line.line).collect())
}
