//! The tables of reports and of their way.

use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::form::Said;
use super::model::Scope;
use super::{Filter, Kind, Listed, Order, Outcome, Report, State, Step, Which};
use crate::kernel::id::{AccountId, AgencyId, DatasetId, ReportId};
use crate::kernel::text::fold;
use crate::kernel::{Error, Lang, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, agency, dataset, error_report, error_report_step};

/// What a new report is written with beside its words.
pub(super) struct New<'a> {
    pub id: &'a ReportId,
    pub receipt_hash: &'a str,
    pub dataset: &'a DatasetId,
    pub version: i32,
    pub reply: Option<&'a str>,
    pub by: Option<&'a (AccountId, AgencyId)>,
}

pub(super) fn insert(tx: &mut Tx<'_>, new: &New<'_>, said: &Said) -> Result<()> {
    let (at, lang) = (tx.ctx().at.0, tx.ctx().lang.tag());
    diesel::insert_into(error_report::table)
        .values((
            error_report::id.eq(new.id),
            error_report::receipt_hash.eq(new.receipt_hash),
            error_report::dataset_id.eq(new.dataset),
            error_report::version_number.eq(new.version),
            error_report::kind.eq(said.kind.code()),
            error_report::place.eq(said.place.as_deref()),
            error_report::description.eq(&said.description),
            error_report::evidence.eq(said.evidence.as_deref()),
            error_report::lang.eq(lang),
            error_report::reply.eq(new.reply),
            error_report::account_id.eq(new.by.map(|(account, _)| account)),
            error_report::agency_id.eq(new.by.map(|(_, agency)| agency)),
            error_report::state.eq(State::New.code()),
            error_report::made_at.eq(at),
            error_report::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    add_step(tx, new.id, State::New)
}

/// Writes down that a report reached a stage.
pub(super) fn add_step(tx: &mut Tx<'_>, id: &ReportId, state: State) -> Result<()> {
    let (at, by) = (tx.ctx().at.0, tx.ctx().actor.account().cloned());
    let last: Option<i32> = error_report_step::table
        .filter(error_report_step::report_id.eq(id))
        .select(max(error_report_step::seq))
        .first(tx.conn())?;
    diesel::insert_into(error_report_step::table)
        .values((
            error_report_step::report_id.eq(id),
            error_report_step::seq.eq(last.unwrap_or(0) + 1),
            error_report_step::state.eq(state.code()),
            error_report_step::account_id.eq(by),
            error_report_step::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Brings a report to a stage that does not end it.
pub(super) fn set_state(tx: &mut Tx<'_>, id: &ReportId, state: State) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(error_report::table.find(id))
        .set((error_report::state.eq(state.code()), error_report::changed_at.eq(at)))
        .execute(tx.conn())?;
    add_step(tx, id, state)
}

/// Says that a published version corrects a report.
pub(super) fn set_corrected(tx: &mut Tx<'_>, id: &ReportId, number: i32) -> Result<()> {
    diesel::update(error_report::table.find(id)).set(error_report::corrected_in.eq(number)).execute(tx.conn())?;
    set_state(tx, id, State::Corrected)
}

/// Closes a report; where its answer was to go is forgotten.
pub(super) fn close(tx: &mut Tx<'_>, id: &ReportId, outcome: Outcome, answer: Option<&str>) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(error_report::table.find(id))
        .set((
            error_report::state.eq(State::Closed.code()),
            error_report::outcome.eq(outcome.code()),
            error_report::answer.eq(answer),
            error_report::reply.eq(None::<String>),
            error_report::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    add_step(tx, id, State::Closed)
}

/// Where a report's answer is to go, sealed.
pub(super) fn reply_of(conn: &mut Conn, id: &ReportId) -> Result<Option<String>> {
    Ok(error_report::table.find(id).select(error_report::reply).first(conn)?)
}

/// The report of a receipt number, by its hash.
pub(super) fn by_receipt(conn: &mut Conn, hash: &str) -> Result<Option<ReportId>> {
    let of = error_report::table.filter(error_report::receipt_hash.eq(hash));
    Ok(of.select(error_report::id).first(conn).optional()?)
}

type Row = (
    (ReportId, DatasetId, i32, String, Option<String>, String, Option<String>, String, bool),
    (Option<AccountId>, Option<AgencyId>, String, Option<String>, Option<String>, Option<i32>, i64, i64),
);

macro_rules! columns {
    () => {
        (
            (
                error_report::id,
                error_report::dataset_id,
                error_report::version_number,
                error_report::kind,
                error_report::place,
                error_report::description,
                error_report::evidence,
                error_report::lang,
                error_report::reply.is_not_null(),
            ),
            (
                error_report::account_id,
                error_report::agency_id,
                error_report::state,
                error_report::outcome,
                error_report::answer,
                error_report::corrected_in,
                error_report::made_at,
                error_report::changed_at,
            ),
        )
    };
}

fn to_report(row: Row) -> Result<Report> {
    let ((id, dataset, version, kind, place, description, evidence, lang, awaits_mail), rest) = row;
    let (account, agency, state, outcome, answer, corrected_in, made_at, changed_at) = rest;
    Ok(Report {
        id,
        dataset,
        version,
        kind: Kind::from_code(&kind).ok_or_else(|| Error::internal("a report of no kind"))?,
        place,
        description,
        evidence,
        lang: Lang::from_tag(&lang).unwrap_or_default(),
        awaits_mail,
        by: account.zip(agency),
        state: State::from_code(&state).ok_or_else(|| Error::internal("a report at no stage"))?,
        outcome: outcome.as_deref().and_then(Outcome::from_code),
        answer: answer.filter(|answer| !answer.is_empty()),
        corrected_in,
        made_at: Timestamp(made_at),
        changed_at: Timestamp(changed_at),
    })
}

/// One report.
///
/// # Errors
/// `NotFound`.
pub(super) fn by_id(conn: &mut Conn, id: &ReportId) -> Result<Report> {
    to_report(error_report::table.find(id).select(columns!()).first(conn)?)
}

/// Every report about a dataset, oldest first.
pub(super) fn of_dataset(conn: &mut Conn, of: &DatasetId) -> Result<Vec<Report>> {
    let rows: Vec<Row> = error_report::table
        .filter(error_report::dataset_id.eq(of))
        .order((error_report::made_at.asc(), error_report::id.asc()))
        .select(columns!())
        .load(conn)?;
    rows.into_iter().map(to_report).collect()
}

/// Destroys the words of reports, what readers wrote and what was answered: they may say what was destroyed with the data. That somebody
/// reported something, when, and what became of it stays.
pub(crate) fn purge(tx: &mut Tx<'_>, ids: &[ReportId]) -> Result<()> {
    let nothing = None::<String>;
    diesel::update(error_report::table.filter(error_report::id.eq_any(ids)))
        .set((error_report::place.eq(&nothing), error_report::description.eq(""), error_report::evidence.eq(&nothing)))
        .execute(tx.conn())?;
    let answered = error_report::table.filter(error_report::id.eq_any(ids)).filter(error_report::answer.is_not_null());
    diesel::update(answered).set(error_report::answer.eq("")).execute(tx.conn())?;
    Ok(())
}

/// The way of a report, oldest first.
pub(super) fn steps_of(conn: &mut Conn, of: &ReportId) -> Result<Vec<Step>> {
    let rows: Vec<(String, i64, Option<String>)> = error_report_step::table
        .left_join(account::table.on(error_report_step::account_id.eq(account::id.nullable())))
        .filter(error_report_step::report_id.eq(of))
        .order(error_report_step::seq.asc())
        .select((error_report_step::state, error_report_step::at, account::full_name.nullable()))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .filter_map(|(state, at, by)| Some(Step { state: State::from_code(&state)?, at: Timestamp(at), by }))
        .collect())
}

/// A report with the names of its dataset and agencies.
pub(super) fn with_names(conn: &mut Conn, report: Report) -> Result<Listed> {
    let (title, owner) = dataset::table
        .inner_join(agency::table)
        .filter(dataset::id.eq(&report.dataset))
        .select((dataset::title_vi, agency::name_vi))
        .first(conn)?;
    let reporter = match &report.by {
        Some((_, agency)) => agency::table.find(agency).select(agency::name_vi).first(conn).optional()?,
        None => None,
    };
    Ok(Listed { report, title, owner, reporter })
}

/// The words of a search, each to be found in what the database searches in.
pub(crate) fn patterns(text: &str) -> Vec<String> {
    fold(text).split_whitespace().take(12).map(|word| format!("%{}%", word.replace(['%', '_', '\\'], ""))).collect()
}

/// A page of the reports of a scope.
pub(super) fn list(conn: &mut Conn, scope: &Scope, filter: &Filter, page: PageRequest) -> Result<Page<Listed>> {
    let patterns = patterns(&filter.text);
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.into_boxed();
            query = match (&scope.agencies, &scope.own) {
                (None, _) => query,
                (Some(agencies), Some(own)) => query
                    .filter(error_report::account_id.eq(own.clone()).or(dataset::agency_id.eq_any(agencies.clone()))),
                (Some(agencies), None) => query.filter(dataset::agency_id.eq_any(agencies.clone())),
            };
            query = match filter.which {
                Which::Open => query.filter(error_report::state.ne(State::Closed.code())),
                Which::State(state) => query.filter(error_report::state.eq(state.code())),
                Which::Among(states) => query.filter(error_report::state.eq_any(states.iter().map(|one| one.code()))),
                Which::All => query,
            };
            if let Some(kind) = filter.kind {
                query = query.filter(error_report::kind.eq(kind.code()));
            }
            if let Some(of) = &filter.dataset {
                query = query.filter(error_report::dataset_id.eq(of));
            }
            if let Some(owner) = &filter.agency {
                query = query.filter(dataset::agency_id.eq(owner));
            }
            for pattern in &patterns {
                query = query.filter(dataset::search_text.like(pattern));
            }
            query
        }};
    }
    let total: i64 = matching!(error_report::table.inner_join(dataset::table).select(count_star())).first(conn)?;
    let joined = error_report::table.inner_join(dataset::table.inner_join(agency::table));
    let query = matching!(joined.select((columns!(), dataset::title_vi, agency::name_vi)));
    let query = match filter.order {
        Order::Oldest => query.order((error_report::made_at.asc(), error_report::id.asc())),
        Order::Newest => query.order((error_report::made_at.desc(), error_report::id.desc())),
        Order::Changed => query.order((error_report::changed_at.desc(), error_report::id.desc())),
    };
    let rows: Vec<(Row, String, String)> = query
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .load(conn)?;
    let reporters: Vec<&AgencyId> = rows.iter().filter_map(|((_, rest), ..)| rest.1.as_ref()).collect();
    let names: Vec<(AgencyId, String)> =
        agency::table.filter(agency::id.eq_any(reporters)).select((agency::id, agency::name_vi)).load(conn)?;
    let items = rows.into_iter().map(|(row, title, owner)| {
        let report = to_report(row)?;
        let reporter = report.by.as_ref().and_then(|(_, of)| names.iter().find(|(id, _)| id == of));
        let reporter = reporter.map(|(_, name)| name.clone());
        Ok(Listed { report, title, owner, reporter })
    });
    Ok(Page { items: items.collect::<Result<_>>()?, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// How many reports of a scope wait for somebody.
pub(super) fn count_waiting(conn: &mut Conn, scope: &Scope) -> Result<u64> {
    let mut query = error_report::table
        .inner_join(dataset::table)
        .filter(error_report::state.eq_any(State::WAITING.map(State::code)))
        .select(count_star())
        .into_boxed();
    if let Some(agencies) = &scope.agencies {
        query = query.filter(dataset::agency_id.eq_any(agencies.clone()));
    }
    let count: i64 = query.first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// How many reports that are not closed are where, by the agency whose data they are about: of some agencies, or of all.
pub(super) fn counts(conn: &mut Conn, agencies: Option<&[AgencyId]>) -> Result<Vec<(AgencyId, State, u64)>> {
    let mut query = error_report::table
        .inner_join(dataset::table)
        .filter(error_report::state.ne(State::Closed.code()))
        .group_by((dataset::agency_id, error_report::state))
        .select((dataset::agency_id, error_report::state, count_star()))
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(dataset::agency_id.eq_any(agencies.to_vec()));
    }
    let rows: Vec<(AgencyId, String, i64)> = query.load(conn)?;
    let known = |(agency, state, count): (_, String, i64)| {
        Some((agency, State::from_code(&state)?, u64::try_from(count).unwrap_or(0)))
    };
    Ok(rows.into_iter().filter_map(known).collect())
}

/// How many reports about a dataset are not closed.
pub(super) fn count_open(conn: &mut Conn, of: &DatasetId) -> Result<u64> {
    let count: i64 = error_report::table
        .filter(error_report::dataset_id.eq(of))
        .filter(error_report::state.ne(State::Closed.code()))
        .select(count_star())
        .first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}
