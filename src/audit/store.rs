//! Reading the log; writing goes through `platform::db`.

use diesel::prelude::*;
use diesel::sql_types::Text;

use super::{Filter, Listed};
use crate::kernel::text::fold;
use crate::kernel::{Error, Page, PageRequest, Result, Timestamp};
use crate::platform::db::Conn;
use crate::schema::{account, audit_entry};

diesel::allow_tables_to_appear_in_same_query!(audit_entry, account);

diesel::define_sql_function! {
    /// Takes every occurrence of a text out of another: where that changes anything, the text is in it. Unlike LIKE it means the
    /// same in both databases and knows no wildcards.
    fn replace(whole: Text, part: Text, by: Text) -> Text;
}

type Row = (
    (i64, i64, String, Option<String>, Option<String>, String, String, String),
    (String, Option<String>, String, String, String, String),
);

/// People whose names are asked for at most.
const MOST_PEOPLE: usize = 500;

macro_rules! entries {
    () => {
        audit_entry::table.left_join(account::table.on(audit_entry::actor_id.eq(account::id.nullable())))
    };
}

macro_rules! columns {
    () => {
        (
            (
                audit_entry::seq,
                audit_entry::at,
                audit_entry::actor_kind,
                account::full_name.nullable(),
                audit_entry::actor_id,
                audit_entry::action,
                audit_entry::object_kind,
                audit_entry::object_id,
            ),
            (
                audit_entry::outcome,
                audit_entry::client,
                audit_entry::request_id,
                audit_entry::detail,
                audit_entry::prev,
                audit_entry::hash,
            ),
        )
    };
}

macro_rules! filtered {
    ($query:expr, $filter:expr, $people:expr) => {{
        let (mut query, filter, people) = ($query, $filter, $people);
        if let Some(people) = people {
            query = query.filter(audit_entry::actor_id.eq_any(people));
        }
        if !filter.action.is_empty() {
            query = query.filter(audit_entry::action.eq(&filter.action));
        }
        if !filter.object.is_empty() {
            query = query.filter(audit_entry::object_id.eq(&filter.object));
        }
        if !filter.outcome.is_empty() {
            query = query.filter(audit_entry::outcome.eq(&filter.outcome));
        }
        if !filter.client.is_empty() {
            let client = audit_entry::client.assume_not_null();
            query =
                query.filter(audit_entry::client.is_not_null()).filter(replace(client, &filter.client, "").ne(client));
        }
        if !filter.text.is_empty() {
            query = query.filter(replace(audit_entry::detail, escaped(&filter.text), "").ne(audit_entry::detail));
        }
        if let Some(from) = filter.from {
            query = query.filter(audit_entry::at.ge(from.0));
        }
        if let Some(before) = filter.before {
            query = query.filter(audit_entry::at.lt(before.0));
        }
        query
    }};
}

/// A page of the log, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, filter: &Filter, page: PageRequest) -> Result<Page<Listed>> {
    let people = people(conn, filter)?;
    let total: i64 = filtered!(entries!().count().into_boxed(), filter, people.as_ref()).get_result(conn)?;
    let rows: Vec<Row> = filtered!(entries!().select(columns!()).into_boxed(), filter, people.as_ref())
        .order(audit_entry::seq.desc())
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .load(conn)?;
    let items = rows.into_iter().map(listed).collect();
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// The entries before a number, newest first, at most `limit`: the whole of a long list, portion by portion.
///
/// # Errors
/// When the database does not answer.
pub fn portion(conn: &mut Conn, filter: &Filter, before: i64, limit: i64) -> Result<Vec<Listed>> {
    let people = people(conn, filter)?;
    let rows: Vec<Row> = filtered!(entries!().select(columns!()).into_boxed(), filter, people.as_ref())
        .filter(audit_entry::seq.lt(before))
        .order(audit_entry::seq.desc())
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(listed).collect())
}

/// How many entries a filter lets through.
///
/// # Errors
/// When the database does not answer.
pub fn count(conn: &mut Conn, filter: &Filter) -> Result<u64> {
    let people = people(conn, filter)?;
    let total: i64 = filtered!(entries!().count().into_boxed(), filter, people.as_ref()).get_result(conn)?;
    Ok(u64::try_from(total).unwrap_or(0))
}

/// One entry by its number.
///
/// # Errors
/// `NotFound`.
pub fn by_seq(conn: &mut Conn, seq: i64) -> Result<Listed> {
    let row: Option<Row> = entries!().filter(audit_entry::seq.eq(seq)).select(columns!()).first(conn).optional()?;
    row.map(listed).ok_or_else(Error::not_found)
}

/// The verbs that occur, in alphabetical order.
///
/// # Errors
/// When the database does not answer.
pub fn actions(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(audit_entry::table.select(audit_entry::action).distinct().order(audit_entry::action.asc()).load(conn)?)
}

/// The accounts that the filter's person may be; none when it names nobody. Names are folded here, since neither database folds
/// Vietnamese as people expect, and not both alike.
fn people(conn: &mut Conn, filter: &Filter) -> Result<Option<Vec<String>>> {
    let wanted = fold(filter.actor.trim());
    if wanted.is_empty() {
        return Ok(None);
    }
    let rows: Vec<(String, String, String, String)> = account::table
        .select((account::id, account::full_name, account::user_name, account::email))
        .order(account::full_name.asc())
        .load(conn)?;
    let found = rows
        .into_iter()
        .filter(|(id, name, user, email)| {
            *id == filter.actor || [name, user, email].into_iter().any(|text| fold(text).contains(&wanted))
        })
        .map(|(id, ..)| id)
        .take(MOST_PEOPLE);
    Ok(Some(found.collect()))
}

/// A text as it stands inside JSON.
fn escaped(text: &str) -> String {
    let quoted = serde_json::Value::from(text).to_string();
    quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text).to_owned()
}

fn listed(row: Row) -> Listed {
    let (
        (seq, at, actor_kind, name, id, action, object_kind, object_id),
        (outcome, client, request_id, detail, prev, hash),
    ) = row;
    Listed {
        seq,
        at: Timestamp(at),
        actor_kind,
        actor: name.or(id),
        action,
        object_kind,
        object_id,
        outcome,
        client,
        request_id,
        detail: serde_json::from_str(&detail).unwrap_or_default(),
        prev,
        hash,
    }
}
