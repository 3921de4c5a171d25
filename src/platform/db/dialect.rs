//! The only SQL that differs between the databases.

use diesel::connection::{AnsiTransactionManager, SimpleConnection, TransactionManager};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

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
