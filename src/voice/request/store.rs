//! The tables of requests for data and of their way.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::form::Asked;
use super::model::Scope;
use super::{DataRequest, Event, Filter, Listed, Order, Outcome, PublicFilter, PublicOrder, Shown, State, Step, Which};
use crate::kernel::id::{AgencyId, DataRequestId, DatasetId};
use crate::kernel::text::fold;
use crate::kernel::{Error, Lang, Localized, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, agency, data_request, data_request_step};
use crate::voice::store::patterns;

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &DataRequestId,
    receipt_hash: &str,
    said: &Asked,
    agency: Option<&AgencyId>,
    reply: Option<&str>,
) -> Result<()> {
    let (at, lang) = (tx.ctx().at.0, tx.ctx().lang.tag());
    diesel::insert_into(data_request::table)
        .values((
            data_request::id.eq(id),
            data_request::receipt_hash.eq(receipt_hash),
            data_request::wanted.eq(&said.wanted),
            data_request::purpose.eq(&said.purpose),
            data_request::agency_id.eq(agency),
            data_request::lang.eq(lang),
            data_request::reply.eq(reply),
            data_request::state.eq(State::New.code()),
            data_request::supporters.eq(1_i64),
            data_request::search_text.eq(fold(&format!("{} {}", said.wanted, said.purpose))),
            data_request::made_at.eq(at),
            data_request::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    add_step(tx, id, Event::New)
}

/// Writes down that something happened to a request.
pub(super) fn add_step(tx: &mut Tx<'_>, id: &DataRequestId, event: Event) -> Result<()> {
    let (at, by) = (tx.ctx().at.0, tx.ctx().actor.account().cloned());
    let last: Option<i32> = data_request_step::table
        .filter(data_request_step::request_id.eq(id))
        .select(max(data_request_step::seq))
        .first(tx.conn())?;
    diesel::insert_into(data_request_step::table)
        .values((
            data_request_step::request_id.eq(id),
            data_request_step::seq.eq(last.unwrap_or(0) + 1),
            data_request_step::event.eq(event.code()),
            data_request_step::account_id.eq(by),
            data_request_step::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The number of the next request that the public reads. Two at the same moment: the database refuses the second.
pub(super) fn next_number(tx: &mut Tx<'_>) -> Result<i32> {
    let last: Option<i32> = data_request::table.select(max(data_request::number)).first(tx.conn())?;
    Ok(last.unwrap_or(0) + 1)
}

pub(super) fn show(tx: &mut Tx<'_>, id: &DataRequestId, number: i32, title: &str, words: Option<&str>) -> Result<()> {
    diesel::update(data_request::table.find(id))
        .set((
            data_request::number.eq(number),
            data_request::title.eq(title),
            data_request::words.eq(words),
            data_request::search_text.eq(fold(&format!("{title} {}", words.unwrap_or_default()))),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn assign(tx: &mut Tx<'_>, id: &DataRequestId, agency: &AgencyId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(data_request::table.find(id))
        .set((
            data_request::agency_id.eq(agency),
            data_request::state.eq(State::Assigned.code()),
            // What another agency promised, and what it said of it.
            data_request::promised_on.eq(None::<String>),
            data_request::answer.eq(None::<String>),
            data_request::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    add_step(tx, id, Event::Assigned)
}

/// What an answer leaves behind: an end, or a promise.
#[derive(Default)]
pub(super) struct End<'a> {
    pub outcome: Option<Outcome>,
    pub answer: Option<&'a str>,
    pub refusal: Option<&'a str>,
    pub dataset: Option<DatasetId>,
    pub promised_on: Option<String>,
    pub merged_into: Option<DataRequestId>,
}

/// Writes an answer down. With an end, where the answer was to go is forgotten.
pub(super) fn end(tx: &mut Tx<'_>, id: &DataRequestId, end: &End<'_>) -> Result<()> {
    let at = tx.ctx().at.0;
    let state = if end.outcome.is_some() { State::Closed } else { State::Planned };
    // First: the database lets no closed request keep one.
    if end.outcome.is_some() {
        forget_reply(tx, id)?;
    }
    diesel::update(data_request::table.find(id))
        .set((
            data_request::state.eq(state.code()),
            data_request::outcome.eq(end.outcome.map(Outcome::code)),
            data_request::answer.eq(end.answer),
            data_request::refusal.eq(end.refusal),
            data_request::dataset_id.eq(end.dataset.as_ref()),
            data_request::promised_on.eq(end.promised_on.as_deref()),
            data_request::merged_into.eq(end.merged_into.as_ref()),
            data_request::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    add_step(tx, id, end.outcome.map_or(Event::Planned, Event::Ended))
}

fn forget_reply(tx: &mut Tx<'_>, id: &DataRequestId) -> Result<()> {
    diesel::update(data_request::table.find(id)).set(data_request::reply.eq(None::<String>)).execute(tx.conn())?;
    Ok(())
}

pub(super) fn add_supporters(tx: &mut Tx<'_>, id: &DataRequestId, by: u64) -> Result<()> {
    let by = i64::try_from(by).unwrap_or(i64::MAX);
    diesel::update(data_request::table.find(id))
        .set(data_request::supporters.eq(data_request::supporters + by))
        .execute(tx.conn())?;
    Ok(())
}

/// Where a request's answer is to go, sealed.
pub(super) fn reply_of(conn: &mut Conn, id: &DataRequestId) -> Result<Option<String>> {
    Ok(data_request::table.find(id).select(data_request::reply).first(conn)?)
}

/// The request of a receipt number, by its hash.
pub(super) fn by_receipt(conn: &mut Conn, hash: &str) -> Result<Option<DataRequestId>> {
    let of = data_request::table.filter(data_request::receipt_hash.eq(hash));
    Ok(of.select(data_request::id).first(conn).optional()?)
}

type Row = (
    (DataRequestId, String, String, Option<AgencyId>, String, bool, Option<i32>, Option<String>, Option<String>),
    (String, Option<String>, Option<String>, Option<String>, Option<DatasetId>, Option<String>, Option<DataRequestId>),
    (i64, i64, i64),
);

macro_rules! columns {
    () => {
        (
            (
                data_request::id,
                data_request::wanted,
                data_request::purpose,
                data_request::agency_id,
                data_request::lang,
                data_request::reply.is_not_null(),
                data_request::number,
                data_request::title,
                data_request::words,
            ),
            (
                data_request::state,
                data_request::outcome,
                data_request::answer,
                data_request::refusal,
                data_request::dataset_id,
                data_request::promised_on,
                data_request::merged_into,
            ),
            (data_request::supporters, data_request::made_at, data_request::changed_at),
        )
    };
}

fn to_request(row: Row) -> Result<DataRequest> {
    let ((id, wanted, purpose, agency, lang, awaits_mail, number, title, words), standing, (supporters, made, changed)) =
        row;
    let (state, outcome, answer, refusal, dataset, promised_on, merged_into) = standing;
    Ok(DataRequest {
        id,
        wanted,
        purpose,
        agency,
        lang: Lang::from_tag(&lang).unwrap_or_default(),
        awaits_mail,
        shown: number.zip(title).map(|(number, title)| Shown { number, title, words }),
        state: State::from_code(&state).ok_or_else(|| Error::internal("a request at no stage"))?,
        outcome: outcome.as_deref().and_then(Outcome::from_code),
        answer,
        refusal,
        dataset,
        promised_on: promised_on.as_deref().and_then(|day| day.parse::<NaiveDate>().ok()),
        merged_into,
        supporters: u64::try_from(supporters).unwrap_or(0),
        made_at: Timestamp(made),
        changed_at: Timestamp(changed),
    })
}

/// One request.
///
/// # Errors
/// `NotFound`.
pub(super) fn by_id(conn: &mut Conn, id: &DataRequestId) -> Result<DataRequest> {
    to_request(data_request::table.find(id).select(columns!()).first(conn)?)
}

/// A request that the public may read, by its number.
///
/// # Errors
/// `NotFound`.
pub(super) fn by_number(conn: &mut Conn, number: i32) -> Result<DataRequest> {
    let of = data_request::table.filter(data_request::number.eq(number));
    let found = to_request(of.select(columns!()).first(conn)?)?;
    if found.outcome == Some(Outcome::Spam) { Err(Error::not_found()) } else { Ok(found) }
}

/// The way of a request, oldest first.
pub(super) fn steps_of(conn: &mut Conn, of: &DataRequestId) -> Result<Vec<Step>> {
    let rows: Vec<(String, i64, Option<String>)> = data_request_step::table
        .left_join(account::table.on(data_request_step::account_id.eq(account::id.nullable())))
        .filter(data_request_step::request_id.eq(of))
        .order(data_request_step::seq.asc())
        .select((data_request_step::event, data_request_step::at, account::full_name.nullable()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(event, at, by)| Some(Step { event: Event::from_code(&event)?, at: Timestamp(at), by }))
        .collect())
}

type Named = (Row, Option<String>, Option<String>);

fn to_listed((row, vi, en): Named) -> Result<Listed> {
    Ok(Listed { request: to_request(row)?, agency: vi.map(|vi| Localized { vi, en }) })
}

fn bounds(page: PageRequest) -> (i64, i64) {
    (i64::try_from(page.offset()).unwrap_or(i64::MAX), i64::try_from(page.size).unwrap_or(i64::MAX))
}

/// Whether a request was written before a moment and waits, or was promised before a day.
macro_rules! is_late {
    ($before:expr, $today:expr) => {{
        let waiting = data_request::state
            .eq_any([State::New.code(), State::Assigned.code()])
            .and(data_request::made_at.lt($before));
        let promised = data_request::state
            .eq(State::Planned.code())
            .and(data_request::promised_on.is_not_null())
            .and(data_request::promised_on.assume_not_null().lt($today.clone()));
        waiting.or(promised)
    }};
}

/// A page of the requests of a scope. `late`: written before this moment, or promised before this day, is late.
pub(super) fn list(
    conn: &mut Conn,
    scope: &Scope,
    filter: &Filter,
    late: (Timestamp, String),
    page: PageRequest,
) -> Result<Page<Listed>> {
    let patterns = patterns(&filter.text);
    let (before, today) = (late.0.0, late.1);
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.into_boxed();
            if let Some(agencies) = &scope.0 {
                query = query.filter(data_request::agency_id.eq_any(agencies.clone()));
            }
            query = match filter.which {
                Which::Open => query.filter(data_request::state.ne(State::Closed.code())),
                Which::Wanted => query
                    .filter(data_request::state.ne(State::Closed.code()))
                    .filter(data_request::number.is_not_null()),
                Which::Unseen => {
                    query.filter(data_request::state.ne(State::Closed.code())).filter(data_request::number.is_null())
                }
                Which::Late => query.filter(is_late!(before, today)),
                Which::State(state) => query.filter(data_request::state.eq(state.code())),
                Which::All => query,
            };
            if let Some(of) = &filter.agency {
                query = query.filter(data_request::agency_id.eq(of));
            }
            for pattern in &patterns {
                query = query.filter(data_request::search_text.like(pattern));
            }
            query
        }};
    }
    let total: i64 = matching!(data_request::table.select(count_star())).first(conn)?;
    let joined = data_request::table.left_join(agency::table);
    let query = matching!(joined.select((columns!(), agency::name_vi.nullable(), agency::name_en.nullable())));
    let query = match filter.order {
        Order::Oldest => query.order((data_request::made_at.asc(), data_request::id.asc())),
        Order::Newest => query.order((data_request::made_at.desc(), data_request::id.desc())),
        Order::Needed => query.order((data_request::supporters.desc(), data_request::id.desc())),
    };
    let (offset, limit) = bounds(page);
    let rows: Vec<Named> = query.offset(offset).limit(limit).load(conn)?;
    let items = rows.into_iter().map(to_listed).collect::<Result<_>>()?;
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// A page of the requests that the public may read.
pub(super) fn public_list(conn: &mut Conn, filter: &PublicFilter, page: PageRequest) -> Result<Page<Listed>> {
    let patterns = patterns(&filter.text);
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.into_boxed().filter(data_request::number.is_not_null());
            query = match filter.standing.as_str() {
                "open" => query.filter(data_request::state.eq_any([State::New.code(), State::Assigned.code()])),
                "planned" => query.filter(data_request::state.eq(State::Planned.code())),
                "published" | "refused" => query.filter(data_request::outcome.eq(filter.standing.clone())),
                _ => query.filter(
                    data_request::outcome
                        .is_null()
                        .or(data_request::outcome.eq_any([Outcome::Published.code(), Outcome::Refused.code()])),
                ),
            };
            for pattern in &patterns {
                query = query.filter(data_request::search_text.like(pattern));
            }
            query
        }};
    }
    let total: i64 = matching!(data_request::table.select(count_star())).first(conn)?;
    let joined = data_request::table.left_join(agency::table);
    let query = matching!(joined.select((columns!(), agency::name_vi.nullable(), agency::name_en.nullable())));
    let query = match filter.order {
        PublicOrder::Needed => query.order((data_request::supporters.desc(), data_request::number.desc())),
        PublicOrder::Newest => query.order(data_request::number.desc()),
        PublicOrder::Changed => query.order((data_request::changed_at.desc(), data_request::number.desc())),
    };
    let (offset, limit) = bounds(page);
    let rows: Vec<Named> = query.offset(offset).limit(limit).load(conn)?;
    let items = rows.into_iter().map(to_listed).collect::<Result<_>>()?;
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// Numbers and titles of requests that the public may read and that were not merged, those that most people need first.
pub(super) fn public_titles(conn: &mut Conn, most: i64) -> Result<Vec<(i32, String)>> {
    let rows: Vec<(Option<i32>, Option<String>)> = data_request::table
        .filter(data_request::number.is_not_null())
        .filter(
            data_request::outcome
                .is_null()
                .or(data_request::outcome.eq_any([Outcome::Published.code(), Outcome::Refused.code()])),
        )
        .order((data_request::supporters.desc(), data_request::number.desc()))
        .limit(most)
        .select((data_request::number, data_request::title))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(number, title)| number.zip(title)).collect())
}

/// Requests by their numbers, in no order.
pub(super) fn listed(conn: &mut Conn, numbers: &[i32]) -> Result<Vec<Listed>> {
    let rows: Vec<Named> = data_request::table
        .left_join(agency::table)
        .select((columns!(), agency::name_vi.nullable(), agency::name_en.nullable()))
        .into_boxed()
        .filter(data_request::number.eq_any(numbers.to_vec()))
        .load(conn)?;
    rows.into_iter().map(to_listed).collect()
}

/// How many requests of a scope wait for somebody.
pub(super) fn count_waiting(conn: &mut Conn, scope: &Scope) -> Result<u64> {
    let mut query = data_request::table
        .filter(data_request::state.eq_any([State::New.code(), State::Assigned.code()]))
        .select(count_star())
        .into_boxed();
    if let Some(agencies) = &scope.0 {
        query = query.filter(data_request::agency_id.eq_any(agencies.clone()));
    }
    let count: i64 = query.first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// How many requests that are not closed an agency has, and how many of them are late as `late` says it: of some agencies, or of all.
pub(super) fn counts(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    late: &(Timestamp, String),
) -> Result<Vec<(AgencyId, u64, u64)>> {
    let (before, today) = (late.0.0, &late.1);
    macro_rules! by_agency {
        ($condition:expr) => {{
            let mut query = data_request::table
                .filter($condition)
                .group_by(data_request::agency_id)
                .select((data_request::agency_id, count_star()))
                .into_boxed();
            if let Some(agencies) = agencies {
                query = query.filter(data_request::agency_id.eq_any(agencies.to_vec()));
            }
            let rows: Vec<(Option<AgencyId>, i64)> = query.load(conn)?;
            rows.into_iter().filter_map(|(agency, count)| Some((agency?, u64::try_from(count).unwrap_or(0))))
        }};
    }
    let late: HashMap<AgencyId, u64> = by_agency!(is_late!(before, today)).collect();
    let open = by_agency!(data_request::state.ne(State::Closed.code()));
    Ok(open.map(|(agency, count)| (agency.clone(), count, late.get(&agency).copied().unwrap_or(0))).collect())
}
