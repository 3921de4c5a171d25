//! A PostgreSQL schema per test: tests share one server and see nothing of each other.

use std::env;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use uuid::Uuid;

/// The URL of the PostgreSQL server that the suite is to use, or `None` when it runs on SQLite.
/// Read from `KHOMO_TEST_DATABASE`: unset, empty or `sqlite`, or a `postgres://…` URL.
pub fn server() -> Option<String> {
    let choice = env::var("KHOMO_TEST_DATABASE").unwrap_or_default();
    match choice.as_str() {
        "" | "sqlite" => None,
        url if url.starts_with("postgres://") || url.starts_with("postgresql://") => Some(choice),
        other => panic!("KHOMO_TEST_DATABASE is neither `sqlite` nor a postgres:// URL: {other}"),
    }
}

/// An empty schema of one test. It goes, with all that is in it, when this value does.
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// Makes a new schema on the server at `server`.
    pub fn create(server: &str) -> Self {
        let name = format!("t_{}", Uuid::now_v7().simple());
        connect(server)
            .batch_execute(&format!("CREATE SCHEMA {name}"))
            .unwrap_or_else(|error| panic!("cannot make the schema {name}: {error}"));
        Self { server: server.to_owned(), name }
    }

    /// The address of the schema: a connection made with it reads and writes here and nowhere else.
    pub fn url(&self) -> String {
        let sign = if self.server.contains('?') { '&' } else { '?' };
        format!("{}{sign}options=-csearch_path%3D{}", self.server, self.name)
    }

    /// The schema's bare name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Schema {
    /// Best effort: a schema that stays behind harms nobody, the scratch server goes in the end. A connection that is
    /// still inside must not hold the test up for ever, so the wait for its locks is bounded.
    fn drop(&mut self) {
        if let Ok(mut connection) = PgConnection::establish(&self.server) {
            let _ = connection.batch_execute(&format!(
                "SET client_min_messages = error; SET lock_timeout = '5s'; DROP SCHEMA IF EXISTS {} CASCADE",
                self.name
            ));
        }
    }
}

fn connect(url: &str) -> PgConnection {
    PgConnection::establish(url).unwrap_or_else(|error| panic!("no PostgreSQL at {url}: {error}"))
}

#[cfg(test)]
mod tests {
    use diesel::prelude::*;
    use diesel::sql_query;
    use diesel::sql_types::BigInt;

    use super::*;

    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        n: i64,
    }

    fn schemas_called(server: &str, name: &str) -> i64 {
        sql_query(format!("SELECT count(*) AS n FROM information_schema.schemata WHERE schema_name = '{name}'"))
            .get_result::<Count>(&mut connect(server))
            .unwrap()
            .n
    }

    #[test]
    fn two_schemas_do_not_see_each_others_tables_and_leave_nothing_behind() {
        let Some(server) = server() else {
            return; // on SQLite there is no server to ask
        };
        let (one, two) = (Schema::create(&server), Schema::create(&server));
        connect(&one.url()).batch_execute("CREATE TABLE thing (id int); INSERT INTO thing VALUES (1)").unwrap();
        connect(&two.url()).batch_execute("CREATE TABLE thing (id int)").unwrap();

        let count = |schema: &Schema| {
            sql_query("SELECT count(*) AS n FROM thing").get_result::<Count>(&mut connect(&schema.url())).unwrap().n
        };
        assert_eq!((count(&one), count(&two)), (1, 0));

        let name = one.name().to_owned();
        assert_eq!(schemas_called(&server, &name), 1);
        drop(one);
        assert_eq!(schemas_called(&server, &name), 0);
    }
}
