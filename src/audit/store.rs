//! Reading the log; writing goes through `platform::db`.

use diesel::prelude::*;

use super::{Filter, Listed};
use crate::kernel::{Page, PageRequest, Result, Timestamp};
use crate::platform::db::Conn;
use crate::schema::{account, audit_entry};

diesel::allow_tables_to_appear_in_same_query!(audit_entry, account);

type Row =
    (i64, i64, String, Option<String>, Option<String>, String, String, String, String, Option<String>, String, String);

/// A page of the log, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, filter: &Filter, page: PageRequest) -> Result<Page<Listed>> {
    macro_rules! filtered {
        ($query:expr) => {{
            let mut query = $query;
            if !filter.actor.is_empty() {
                query = query.filter(account::full_name.like(format!("%{}%", filter.actor.replace(['%', '_'], ""))));
            }
            if !filter.action.is_empty() {
                query = query.filter(audit_entry::action.eq(&filter.action));
            }
            if !filter.object.is_empty() {
                query = query.filter(audit_entry::object_id.eq(&filter.object));
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
    let joined = audit_entry::table.left_join(account::table.on(audit_entry::actor_id.eq(account::id.nullable())));
    let total: i64 = filtered!(joined.count().into_boxed()).get_result(conn)?;
    let rows: Vec<Row> = filtered!(
        joined
            .select((
                audit_entry::seq,
                audit_entry::at,
                audit_entry::actor_kind,
                account::full_name.nullable(),
                audit_entry::actor_id,
                audit_entry::action,
                audit_entry::object_kind,
                audit_entry::object_id,
                audit_entry::outcome,
                audit_entry::client,
                audit_entry::detail,
                audit_entry::hash,
            ))
            .into_boxed()
    )
    .order(audit_entry::seq.desc())
    .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
    .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
    .load(conn)?;
    let items = rows
        .into_iter()
        .map(|(seq, at, actor_kind, name, id, action, object_kind, object_id, outcome, client, detail, hash)| Listed {
            seq,
            at: Timestamp(at),
            actor_kind,
            actor: name.or(id),
            action,
            object_kind,
            object_id,
            outcome,
            client,
            detail: serde_json::from_str(&detail).unwrap_or_default(),
            hash,
        })
        .collect();
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// The verbs that occur, in alphabetical order.
///
/// # Errors
/// When the database does not answer.
pub fn actions(conn: &mut Conn) -> Result<Vec<String>> {
    Ok(audit_entry::table.select(audit_entry::action).distinct().order(audit_entry::action.asc()).load(conn)?)
}
