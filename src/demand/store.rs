//! The table of words that were searched for in vain, and looks into the tables of the rooms before.

use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};

use super::{Demand, Key, VainWords, Wanted};
use crate::dataset::State;
use crate::kernel::id::{AgencyId, DatasetId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{agency, data_request, dataset, vain_search};

/// Words of one month that are kept; further ones are dropped.
const MOST: i64 = 5_000;

/// Adds counts to the months they belong to.
///
/// # Errors
/// When the database does not answer, or another program writes the same words at the same moment: then nothing is added.
pub fn add(tx: &mut Tx<'_>, counts: &[(Key, i64)]) -> Result<()> {
    for ((month, words), by) in counts {
        let row = vain_search::table.find((month, words));
        let known = diesel::update(row).set(vain_search::total.eq(vain_search::total + *by)).execute(tx.conn())? > 0;
        if known {
            continue;
        }
        let kept: i64 =
            vain_search::table.filter(vain_search::month.eq(month)).select(count_star()).first(tx.conn())?;
        if kept < MOST {
            diesel::insert_into(vain_search::table)
                .values((vain_search::month.eq(month), vain_search::words.eq(words), vain_search::total.eq(*by)))
                .execute(tx.conn())?;
        }
    }
    Ok(())
}

/// Forgets the words of months before one (YYYY-MM); how many rows went.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx<'_>, before: &str) -> Result<usize> {
    Ok(diesel::delete(vain_search::table.filter(vain_search::month.lt(before))).execute(tx.conn())?)
}

/// The words since a month (YYYY-MM), in no order.
pub(super) fn vain(conn: &mut Conn, since: &str) -> Result<Vec<VainWords>> {
    let rows: Vec<(String, i64, String)> = vain_search::table
        .filter(vain_search::month.ge(since))
        .group_by(vain_search::words)
        .select((
            vain_search::words,
            sql::<BigInt>("CAST(SUM(vain_search.total) AS BIGINT)"),
            sql::<Text>("MAX(vain_search.month)"),
        ))
        .load(conn)?;
    let row =
        |(words, people, last)| VainWords { words, people: u64::try_from(people).unwrap_or(0), last, found: None };
    Ok(rows.into_iter().map(row).collect())
}

/// How many words there are since a month (YYYY-MM), and how often they were asked for.
pub(super) fn missed(conn: &mut Conn, since: &str) -> Result<(u64, u64)> {
    let (words, people): (i64, i64) = vain_search::table
        .filter(vain_search::month.ge(since))
        .select((
            sql::<BigInt>("COUNT(DISTINCT vain_search.words)"),
            sql::<BigInt>("CAST(COALESCE(SUM(vain_search.total), 0) AS BIGINT)"),
        ))
        .first(conn)?;
    Ok((u64::try_from(words).unwrap_or(0), u64::try_from(people).unwrap_or(0)))
}

/// How many people needed the data that a dataset was published with, by dataset: those of the requests that it answers.
pub(super) fn supporters(conn: &mut Conn) -> Result<Vec<(DatasetId, u64)>> {
    let rows: Vec<(Option<DatasetId>, i64)> = data_request::table
        .filter(data_request::dataset_id.is_not_null())
        .group_by(data_request::dataset_id)
        .select((data_request::dataset_id, sql::<BigInt>("CAST(SUM(data_request.supporters) AS BIGINT)")))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, people)| Some((id?, u64::try_from(people).unwrap_or(0)))).collect())
}

/// The published datasets of some agencies, or of all, and of one of them where it is named.
pub(super) fn published(conn: &mut Conn, scope: Option<&[AgencyId]>, of: Option<&AgencyId>) -> Result<Vec<Wanted>> {
    type Row = (DatasetId, String, String, String, bool, Option<i64>, Option<i64>, Option<String>);
    let mut query = dataset::table
        .inner_join(agency::table)
        .filter(dataset::state.eq(State::Published.code()))
        .select((
            dataset::id,
            dataset::title_vi,
            agency::name_vi,
            dataset::frequency,
            dataset::in_catalogue,
            dataset::listed_at,
            dataset::counts_from,
            dataset::extended_to,
        ))
        .into_boxed();
    if let Some(scope) = scope {
        query = query.filter(dataset::agency_id.eq_any(scope));
    }
    if let Some(of) = of {
        query = query.filter(dataset::agency_id.eq(of));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let wanted = |(dataset, title, agency, frequency, in_catalogue, listed_at, at, extended_to): Row| Wanted {
        dataset,
        title,
        agency,
        frequency,
        in_catalogue,
        listed_at,
        counts_from: Timestamp(at.unwrap_or(0)),
        extended_to,
        demand: Demand::default(),
    };
    Ok(rows.into_iter().map(wanted).collect())
}
