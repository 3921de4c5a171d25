//! All tables as text, the same from either database and into either: what a backup is made of.
//!
//! A row is one line: a JSON array with a value for each column of the table, in the order of its columns. Texts are strings, whole
//! numbers are numbers, yes and no are 1 and 0, nothing is null. Which tables and columns there are, the database's catalogue says.

use diesel::connection::{DefaultLoadingMode, SimpleConnection};
use diesel::pg::PgRowByRowLoadingMode;
use diesel::prelude::*;
use diesel::sql_types::Text;
use serde::{Deserialize, Serialize};

use super::{Conn, Db, chain, dialect};
use crate::kernel::{Error, Result};

/// The kind of a column, the same in both databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Characters.
    Text,
    /// A whole number.
    Integer,
    /// Yes or no.
    Boolean,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
}

/// A table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the values of a row.
    pub columns: Vec<Column>,
}

impl Table {
    /// Whether another one has the same columns, in whatever order.
    pub fn is_like(&self, other: &Self) -> bool {
        let sorted = |table: &Self| {
            let mut columns = table.columns.clone();
            columns.sort();
            columns
        };
        self.name == other.name && sorted(self) == sorted(other)
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

impl Db {
    /// Lends a [`Snapshot`](super::Snapshot) in which whole tables may be read, however long that takes.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn snapshot<T>(&self, f: impl FnOnce(&mut Conn) -> Result<T>) -> Result<T> {
        let mut snapshot = self.begin_snapshot()?;
        dialect::take_time(snapshot.conn())?;
        f(snapshot.conn())
    }

    /// Fills the tables of an empty database in one transaction, in which no trigger acts and references are looked at last: all
    /// rows are there afterwards, or none.
    ///
    /// # Errors
    /// Whatever `f` returns; when a row refers to one that is not there.
    pub fn fill<T>(&self, f: impl FnOnce(&mut Filling<'_>) -> Result<T>) -> Result<T> {
        let mut conn = self.0.writers.get()?;
        dialect::begin(&mut conn)?;
        let outcome = filled(&mut conn, f);
        match outcome {
            Ok(value) => {
                dialect::commit(&mut conn)?;
                Ok(value)
            }
            Err(error) => {
                if let Err(rollback) = dialect::roll_back(&mut conn) {
                    tracing::warn!(%rollback, "rollback failed");
                }
                Err(error)
            }
        }
    }

    /// Whether the tables hold nothing but what the migrations put there.
    ///
    /// # Errors
    /// As [`Db::read`].
    pub fn is_empty(&self) -> Result<bool> {
        self.read(|conn| {
            for table in tables(conn)?.iter().filter(|table| table.name != "chain_head") {
                if !lines(conn, &format!("SELECT 'x' AS line FROM {} LIMIT 1", quoted(&table.name)))?.is_empty() {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }
}

fn filled<T>(conn: &mut Conn, f: impl FnOnce(&mut Filling<'_>) -> Result<T>) -> Result<T> {
    let tables = tables(conn)?;
    let back = dialect::loosen(conn, &tables.iter().map(|table| table.name.as_str()).collect::<Vec<_>>())?;
    for table in &tables {
        run(conn, &format!("DELETE FROM {}", quoted(&table.name)))?;
    }
    let value = f(&mut Filling { conn })?;
    for statement in back {
        run(conn, &statement)?;
    }
    Ok(value)
}

/// A transaction that fills tables, made only by [`Db::fill`].
pub struct Filling<'a> {
    conn: &'a mut Conn,
}

impl Filling<'_> {
    /// Puts rows into a table: a JSON array of rows. Says how many.
    ///
    /// # Errors
    /// When the database refuses one.
    pub fn insert(&mut self, table: &Table, rows: &str) -> Result<usize> {
        let names: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
        let (into, names) = (quoted(&table.name), names.join(", "));
        let columns = table.columns.iter().enumerate();
        Ok(match self.conn {
            Conn::Sqlite(conn) => {
                let values: Vec<String> = columns.map(|(at, _)| format!("json_extract(value, '$[{at}]')")).collect();
                let sql = format!("INSERT INTO {into} ({names}) SELECT {} FROM json_each(?)", values.join(", "));
                diesel::sql_query(sql).bind::<Text, _>(rows).execute(conn)?
            }
            Conn::Postgresql(conn) => {
                let values: Vec<String> = columns
                    .map(|(at, column)| match column.kind {
                        Kind::Text => format!("value->>{at}"),
                        Kind::Integer => format!("(value->>{at})::bigint"),
                        Kind::Boolean => format!("(value->>{at})::int::boolean"),
                    })
                    .collect();
                let from = "json_array_elements($1::json) AS value";
                let sql = format!("INSERT INTO {into} ({names}) SELECT {} FROM {from}", values.join(", "));
                diesel::sql_query(sql).bind::<Text, _>(rows).execute(conn)?
            }
        })
    }

    /// The number and hash of the last audit entry, as the tables say now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub fn audit_head(&mut self) -> Result<(i64, String)> {
        chain::audit_head(self.conn)
    }
}

/// Every table there is, by name, but for the one that says which migrations were applied.
///
/// # Errors
/// When the database does not answer, or has a column of a kind that no migration of ours makes.
pub fn tables(conn: &mut Conn) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    let mut found = dialect::columns(conn)?;
    found.sort_by(|a, b| a.table.cmp(&b.table).then(a.place.cmp(&b.place)));
    for column in found {
        let kind = match column.kind.to_ascii_lowercase().as_str() {
            "text" => Kind::Text,
            "bigint" | "integer" => Kind::Integer,
            "boolean" => Kind::Boolean,
            other => return Err(Error::internal(format!("{}.{} is of the kind {other}", column.table, column.name))),
        };
        let own = Column { name: column.name, kind };
        match tables.last_mut() {
            Some(table) if table.name == column.table => table.columns.push(own),
            _ => tables.push(Table { name: column.table, columns: vec![own] }),
        }
    }
    Ok(tables)
}

/// The last migration that was applied, by its number.
///
/// # Errors
/// When the database does not answer, or has no tables.
pub fn migrated_to(conn: &mut Conn) -> Result<String> {
    let found = lines(conn, "SELECT max(version) AS line FROM __diesel_schema_migrations")?;
    found.into_iter().next().map(|row| row.line).ok_or_else(Error::not_found)
}

/// Hands every row of a table on as it comes, one line each; says how many there are. Memory does not grow with the table.
///
/// # Errors
/// When the database does not answer; whatever `each` returns.
pub fn rows(conn: &mut Conn, table: &Table, each: &mut dyn FnMut(&str) -> Result<()>) -> Result<u64> {
    let from = quoted(&table.name);
    match conn {
        Conn::Sqlite(conn) => {
            let values: Vec<String> = table.columns.iter().map(|column| quoted(&column.name)).collect();
            let sql = format!("SELECT json_array({}) AS line FROM {from}", values.join(", "));
            hand_on(diesel::sql_query(sql).load_iter::<Line, DefaultLoadingMode>(conn)?, each)
        }
        Conn::Postgresql(conn) => {
            let values: Vec<String> = table
                .columns
                .iter()
                .map(|column| match column.kind {
                    Kind::Boolean => format!("{}::int", quoted(&column.name)),
                    Kind::Text | Kind::Integer => quoted(&column.name),
                })
                .collect();
            let sql = format!("SELECT json_build_array({})::text AS line FROM {from}", values.join(", "));
            hand_on(diesel::sql_query(sql).load_iter::<Line, PgRowByRowLoadingMode>(conn)?, each)
        }
    }
}

fn lines(conn: &mut Conn, sql: &str) -> Result<Vec<Line>> {
    Ok(match conn {
        Conn::Sqlite(conn) => diesel::sql_query(sql).load(conn)?,
        Conn::Postgresql(conn) => diesel::sql_query(sql).load(conn)?,
    })
}

fn hand_on(found: impl Iterator<Item = QueryResult<Line>>, each: &mut dyn FnMut(&str) -> Result<()>) -> Result<u64> {
    let mut count = 0;
    for row in found {
        each(&row?.line)?;
        count += 1;
    }
    Ok(count)
}

fn run(conn: &mut Conn, sql: &str) -> Result<()> {
    match conn {
        Conn::Sqlite(conn) => conn.batch_execute(sql)?,
        Conn::Postgresql(conn) => conn.batch_execute(sql)?,
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}
