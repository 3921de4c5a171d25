//! The tables of alerts and of how far the log was looked at.

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Alert, CLOSURES, Check, Handled, Kind, REMOVALS};
use crate::kernel::id::{AccountId, AlertId};
use crate::kernel::{Error, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, alert, audit_entry, audit_mark};

diesel::allow_tables_to_appear_in_same_query!(alert, account);

/// Names of the marks.
const WATCHED: &str = "watched";
const CHECKED: &str = "checked";
const HEAD_TOLD: &str = "head-told";
/// Entries of the hour before that are read at most: far beyond what any limit waits for.
const MOST_BEFORE: i64 = 50_000;

/// What the watch needs of an audit entry.
pub(super) struct Seen {
    pub seq: i64,
    pub at: i64,
    pub actor: Option<AccountId>,
    pub action: String,
    pub outcome: String,
    /// Which thing, and which part of it.
    pub object: String,
    pub rows: u64,
}

/// The last alert of a kind about somebody.
pub(super) struct Latest {
    pub id: AlertId,
    pub open: bool,
    pub events: u64,
    pub rows: u64,
    pub first: i64,
    pub last: i64,
    pub last_at: i64,
}

type EntryRow = (i64, i64, Option<AccountId>, String, String, String, String);

macro_rules! entries {
    () => {
        audit_entry::table
            .select((
                audit_entry::seq,
                audit_entry::at,
                audit_entry::actor_id,
                audit_entry::action,
                audit_entry::outcome,
                audit_entry::object_id,
                audit_entry::detail,
            ))
            .filter(audit_entry::action.eq_any(watched_actions()).or(audit_entry::action.like("%.export")))
    };
}

fn watched_actions() -> Vec<&'static str> {
    let others = ["network.refused", "dataset.read-original"];
    REMOVALS.into_iter().chain(CLOSURES).chain(others).collect()
}

fn seen((seq, at, actor, action, outcome, object, detail): EntryRow) -> Seen {
    let detail: serde_json::Value = serde_json::from_str(&detail).unwrap_or_default();
    let rows = detail.get("rows").and_then(serde_json::Value::as_u64).unwrap_or(0);
    let part = detail.get("object").and_then(serde_json::Value::as_str).unwrap_or_default();
    Seen { seq, at, actor, action, outcome, object: format!("{object} {part}"), rows }
}

/// The entries that the watch looks at, after one number up to another, oldest first.
pub(super) fn entries_after(conn: &mut Conn, after: i64, until: i64, limit: i64) -> Result<Vec<Seen>> {
    let rows: Vec<EntryRow> = entries!()
        .filter(audit_entry::seq.gt(after))
        .filter(audit_entry::seq.le(until))
        .order(audit_entry::seq.asc())
        .limit(limit)
        .load(conn)?;
    Ok(rows.into_iter().map(seen).collect())
}

/// What the watch looked at before, of somebody (of anybody, where nobody is known), after one number up to another and later than
/// a moment (milliseconds), oldest first.
pub(super) fn entries_between(
    conn: &mut Conn,
    kind: Kind,
    about: Option<&AccountId>,
    after: i64,
    until: i64,
    since: i64,
) -> Result<Vec<Seen>> {
    let mut query = entries!()
        .filter(audit_entry::seq.gt(after))
        .filter(audit_entry::seq.le(until))
        .filter(audit_entry::at.gt(since))
        .into_boxed();
    query = match (kind, about) {
        (Kind::Network, _) => query.filter(audit_entry::action.eq("network.refused")),
        (_, Some(id)) => query.filter(audit_entry::actor_id.eq(id)),
        (_, None) => query.filter(audit_entry::actor_id.is_null()),
    };
    let mut rows: Vec<EntryRow> = query.order(audit_entry::seq.desc()).limit(MOST_BEFORE).load(conn)?;
    rows.reverse();
    Ok(rows.into_iter().map(seen).collect())
}

/// The last alert of a kind about somebody, or about nobody we know.
pub(super) fn latest(conn: &mut Conn, kind: Kind, about: Option<&AccountId>) -> Result<Option<Latest>> {
    let mut query = alert::table.filter(alert::kind.eq(kind.code())).into_boxed();
    query = match about {
        Some(id) => query.filter(alert::account_id.eq(id)),
        None => query.filter(alert::account_id.is_null()),
    };
    type Row = (AlertId, String, i64, i64, i64, i64, i64);
    let row: Option<Row> = query
        .order((alert::last_seq.desc(), alert::id.desc()))
        .select((
            alert::id,
            alert::state,
            alert::events,
            alert::row_total,
            alert::first_seq,
            alert::last_seq,
            alert::last_at,
        ))
        .first(conn)
        .optional()?;
    Ok(row.map(|(id, state, events, rows, first, last, last_at)| Latest {
        id,
        open: state == "open",
        events: whole(events),
        rows: whole(rows),
        first,
        last,
        last_at,
    }))
}

fn whole(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

fn stored(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(super) fn insert(tx: &mut Tx<'_>, kind: Kind, about: Option<&AccountId>, new: &Latest) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(alert::table)
        .values((
            alert::id.eq(&new.id),
            alert::kind.eq(kind.code()),
            alert::at.eq(at),
            alert::account_id.eq(about),
            alert::events.eq(stored(new.events)),
            alert::row_total.eq(stored(new.rows)),
            alert::first_seq.eq(new.first),
            alert::last_seq.eq(new.last),
            alert::last_at.eq(new.last_at),
            alert::state.eq("open"),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Adds further acts to an open alert.
pub(super) fn add_to(tx: &mut Tx<'_>, to: &Latest) -> Result<()> {
    diesel::update(alert::table.find(&to.id).filter(alert::state.eq("open")))
        .set((
            alert::events.eq(stored(to.events)),
            alert::row_total.eq(stored(to.rows)),
            alert::last_seq.eq(to.last),
            alert::last_at.eq(to.last_at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_handled(tx: &mut Tx<'_>, id: &AlertId, by: &AccountId, note: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(alert::table.find(id).filter(alert::state.eq("open")))
        .set((
            alert::state.eq("handled"),
            alert::handled_by.eq(Some(by)),
            alert::handled_at.eq(Some(at)),
            alert::note.eq(Some(note)),
        ))
        .execute(tx.conn())?;
    if changed == 1 { Ok(()) } else { Err(Error::not_found()) }
}

type AlertRow =
    ((AlertId, String, i64, Option<AccountId>, i64, i64, i64, i64), (Option<AccountId>, Option<i64>, Option<String>));

macro_rules! columns {
    () => {
        (
            (
                alert::id,
                alert::kind,
                alert::at,
                alert::account_id,
                alert::events,
                alert::row_total,
                alert::first_seq,
                alert::last_seq,
            ),
            (alert::handled_by, alert::handled_at, alert::note),
        )
    };
}

/// Puts names to the people of alerts; one of a kind that this program does not know is left out.
fn with_names(conn: &mut Conn, rows: Vec<AlertRow>) -> Result<Vec<Alert>> {
    let ids: Vec<&AccountId> = rows.iter().flat_map(|(what, handled)| [&what.3, &handled.0]).flatten().collect();
    let names: Vec<(AccountId, String)> =
        account::table.filter(account::id.eq_any(ids)).select((account::id, account::full_name)).load(conn)?;
    let name = |id: &AccountId| names.iter().find(|(known, _)| known == id).map(|(_, name)| name.clone());
    let alert = |((id, kind, at, about, events, rows, first, last), (by, handled_at, note)): AlertRow| {
        let handled = by.zip(handled_at).map(|(by, at)| Handled {
            by: name(&by).unwrap_or_default(),
            at: Timestamp(at),
            note: note.unwrap_or_default(),
        });
        Some(Alert {
            id,
            kind: Kind::from_code(&kind)?,
            at: Timestamp(at),
            name: about.as_ref().and_then(name),
            account: about,
            events: whole(events),
            rows: whole(rows),
            first,
            last,
            handled,
        })
    };
    Ok(rows.into_iter().filter_map(alert).collect())
}

/// A page of alerts: open ones first, each part newest first.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, page: PageRequest) -> Result<Page<Alert>> {
    let total: i64 = alert::table.select(count_star()).first(conn)?;
    let rows: Vec<AlertRow> = alert::table
        .select(columns!())
        // "open" comes after "handled" in the alphabet.
        .order((alert::state.desc(), alert::at.desc(), alert::id.desc()))
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .load(conn)?;
    Ok(Page { items: with_names(conn, rows)?, total: whole(total), request: page })
}

/// One alert.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &AlertId) -> Result<Alert> {
    let row: AlertRow = alert::table.find(id).select(columns!()).first(conn)?;
    with_names(conn, vec![row])?.pop().ok_or_else(Error::not_found)
}

/// How many alerts wait for somebody.
///
/// # Errors
/// When the database does not answer.
pub fn count_open(conn: &mut Conn) -> Result<u64> {
    let open: i64 = alert::table.filter(alert::state.eq("open")).select(count_star()).first(conn)?;
    Ok(whole(open))
}

fn mark(conn: &mut Conn, name: &str) -> Result<Option<(i64, i64, bool)>> {
    let row = audit_mark::table.find(name).select((audit_mark::seq, audit_mark::at, audit_mark::whole));
    Ok(row.first(conn).optional()?)
}

fn set_mark(tx: &mut Tx<'_>, name: &str, seq: i64, whole: bool) -> Result<()> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(audit_mark::table.find(name))
        .set((audit_mark::seq.eq(seq), audit_mark::at.eq(at), audit_mark::whole.eq(whole)))
        .execute(tx.conn())?;
    if changed == 0 {
        diesel::insert_into(audit_mark::table)
            .values((
                audit_mark::name.eq(name),
                audit_mark::seq.eq(seq),
                audit_mark::at.eq(at),
                audit_mark::whole.eq(whole),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The number of the last entry that the watch has looked at.
pub(super) fn watched(conn: &mut Conn) -> Result<i64> {
    Ok(mark(conn, WATCHED)?.map_or(0, |(seq, ..)| seq))
}

pub(super) fn set_watched(tx: &mut Tx<'_>, seq: i64) -> Result<()> {
    set_mark(tx, WATCHED, seq, true)
}

/// When the auditors were last told of the head.
pub(super) fn head_told(conn: &mut Conn) -> Result<Option<Timestamp>> {
    Ok(mark(conn, HEAD_TOLD)?.map(|(_, at, _)| Timestamp(at)))
}

pub(super) fn set_head_told(tx: &mut Tx<'_>, seq: i64) -> Result<()> {
    set_mark(tx, HEAD_TOLD, seq, true)
}

/// What the last walk over the chain found; none before the first.
///
/// # Errors
/// When the database does not answer.
pub fn last_check(conn: &mut Conn) -> Result<Option<Check>> {
    Ok(mark(conn, CHECKED)?.map(|(_, at, whole)| Check { at: Timestamp(at), whole }))
}

pub(super) fn set_checked(tx: &mut Tx<'_>, seq: i64, whole: bool) -> Result<()> {
    set_mark(tx, CHECKED, seq, whole)
}
