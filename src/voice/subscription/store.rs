//! The table of subscriptions.

use diesel::dsl::{count_star, exists};
use diesel::prelude::*;

use super::model::{Scope, Subscription};
use crate::kernel::id::SubscriptionId;
use crate::kernel::{Error, Lang, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::platform::queue;
use crate::schema::{dataset, subscription};

/// By so much, in seconds, nobody confirms after the moment until which all is told, unless by a clock that stands ahead.
const AHEAD: i64 = 2 * queue::SKEW;

type Row = (SubscriptionId, String, String, String, i64, Option<i64>);

macro_rules! columns {
    () => {
        (
            subscription::id,
            subscription::scope,
            subscription::subject,
            subscription::lang,
            subscription::asked_at,
            subscription::confirmed_at,
        )
    };
}

fn read((id, scope, subject, lang, asked_at, confirmed_at): Row) -> Result<Subscription> {
    Ok(Subscription {
        id,
        scope: Scope::read(&scope, subject).ok_or_else(|| Error::internal("a subscription to what is not known"))?,
        lang: Lang::from_tag(&lang).unwrap_or_default(),
        asked_at: Timestamp(asked_at),
        confirmed_at: confirmed_at.map(Timestamp),
    })
}

/// What a new one is written with.
pub(super) struct New<'a> {
    pub id: &'a SubscriptionId,
    pub scope: &'a Scope,
    /// The marks of the address and of its letter box.
    pub marks: (&'a str, &'a str),
    pub sealed: &'a str,
    pub key_hash: &'a str,
}

/// Writes a new one.
pub(super) fn insert(tx: &mut Tx<'_>, new: &New<'_>) -> Result<()> {
    let (at, lang) = (tx.ctx().at.0, tx.ctx().lang.tag());
    let (scope, subject) = new.scope.stored();
    diesel::insert_into(subscription::table)
        .values((
            subscription::id.eq(new.id),
            subscription::scope.eq(scope),
            subscription::subject.eq(subject),
            subscription::address_mark.eq(new.marks.0),
            subscription::box_mark.eq(new.marks.1),
            subscription::sealed.eq(new.sealed),
            subscription::key_hash.eq(new.key_hash),
            subscription::lang.eq(lang),
            subscription::asked_at.eq(at),
            subscription::asks.eq(1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The one of an address to something, what is sealed with it, and how many letters asked.
pub(super) fn of_address(conn: &mut Conn, mark: &str, scope: &Scope) -> Result<Option<(Subscription, String, i32)>> {
    let (kind, subject) = scope.stored();
    let row: Option<(Row, String, i32)> = subscription::table
        .filter(subscription::address_mark.eq(mark))
        .filter(subscription::scope.eq(kind))
        .filter(subscription::subject.eq(subject))
        .select((columns!(), subscription::sealed, subscription::asks))
        .first(conn)
        .optional()?;
    row.map(|(row, sealed, asks)| Ok((read(row)?, sealed, asks))).transpose()
}

/// How many a letter box has, and about how many of them it was asked since a moment.
pub(super) fn counts(conn: &mut Conn, mark: &str, since: Timestamp) -> Result<(i64, i64)> {
    let own = || subscription::table.filter(subscription::box_mark.eq(mark)).select(count_star());
    let all: i64 = own().first(conn)?;
    let lately: i64 = own().filter(subscription::asked_at.ge(since.0)).first(conn)?;
    Ok((all, lately))
}

/// One, if it is there.
pub(super) fn by_id(conn: &mut Conn, id: &SubscriptionId) -> Result<Option<Subscription>> {
    let row: Option<Row> = subscription::table.find(id).select(columns!()).first(conn).optional()?;
    row.map(read).transpose()
}

/// The one that a key's hash opens.
pub(super) fn by_key(conn: &mut Conn, hash: &str) -> Result<Option<Subscription>> {
    let row: Option<Row> =
        subscription::table.filter(subscription::key_hash.eq(hash)).select(columns!()).first(conn).optional()?;
    row.map(read).transpose()
}

/// Notes that a letter asks again, in a language.
pub(super) fn set_asked(tx: &mut Tx<'_>, id: &SubscriptionId, lang: Lang) -> Result<()> {
    let (at, lang) = (tx.ctx().at.0, lang.tag());
    diesel::update(subscription::table.find(id))
        .set((
            subscription::asked_at.eq(at),
            subscription::asks.eq(subscription::asks + 1),
            subscription::lang.eq(lang),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Confirms one that was not; what happens from now on is told.
pub(super) fn set_confirmed(tx: &mut Tx<'_>, id: &SubscriptionId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(subscription::table.find(id).filter(subscription::confirmed_at.is_null()))
        .set((subscription::confirmed_at.eq(Some(at)), subscription::told_until.eq(Some(at))))
        .execute(tx.conn())?;
    Ok(())
}

/// Forgets one.
pub(super) fn delete(tx: &mut Tx<'_>, id: &SubscriptionId) -> Result<()> {
    diesel::delete(subscription::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Forgets those that were asked about before a moment and never confirmed; says how many.
pub(super) fn delete_unconfirmed(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize> {
    Ok(diesel::delete(subscription::table)
        .filter(subscription::confirmed_at.is_null())
        .filter(subscription::asked_at.le(before.0))
        .execute(tx.conn())?)
}

/// Forgets those to a dataset that was withdrawn before a moment, if a letter could tell it; says how many.
pub(super) fn delete_withdrawn(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize> {
    let withdrawn = dataset::table
        .filter(dataset::id.eq(subscription::subject))
        .filter(dataset::withdrawn_at.lt(before.0))
        .filter(dataset::withdrawn_at.lt(subscription::told_until));
    Ok(diesel::delete(subscription::table)
        .filter(subscription::scope.eq("dataset"))
        .filter(exists(withdrawn))
        .execute(tx.conn())?)
}

/// A confirmed one to which not everything before a moment is told.
pub(super) struct Due {
    pub subscription: Subscription,
    pub sealed: String,
    pub told_until: Timestamp,
}

/// Some of them, at most so many; also those that a clock told which stood far ahead.
pub(super) fn due(conn: &mut Conn, until: Timestamp, most: i64) -> Result<Vec<Due>> {
    let rows: Vec<(Row, String, Option<i64>)> = subscription::table
        .filter(subscription::told_until.lt(until.0).or(subscription::told_until.gt(until.plus_seconds(AHEAD).0)))
        .order((subscription::told_until.asc(), subscription::id.asc()))
        .limit(most)
        .select((columns!(), subscription::sealed, subscription::told_until))
        .load(conn)?;
    let due = |(row, sealed, told): (Row, String, Option<i64>)| {
        Ok(Due { subscription: read(row)?, sealed, told_until: Timestamp(told.unwrap_or(0)) })
    };
    rows.into_iter().map(due).collect()
}

/// Notes that everything before a moment is told.
pub(super) fn set_told(tx: &mut Tx<'_>, ids: &[SubscriptionId], until: Timestamp) -> Result<()> {
    diesel::update(subscription::table.filter(subscription::id.eq_any(ids)))
        .set(subscription::told_until.eq(Some(until.0)))
        .execute(tx.conn())?;
    Ok(())
}
