//! The tables of quarters and returns, and looks into those of the rooms before.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use diesel::dsl::{count_star, sum};
use diesel::prelude::*;

use super::Quarter;
use super::form::Elsewhere;
use super::model::{Counts, Handled, Item, QuarterRow, Return, ReturnState, State};
use crate::account::{counts_on, role};
use crate::kernel::id::{AccountId, AgencyId, DatasetId, VersionId};
use crate::kernel::{Error, Result, Timestamp};
use crate::people::Scope;
use crate::platform::db::{Conn, Tx};
use crate::schema::{
    account_role, agency, confirmation, data_request, data_request_step, dataset, error_report, error_report_step,
    focal_point, quarter, quarter_return, quarter_voice, return_item, table_version, version, version_resource,
};
use crate::voice::Waiting;
use crate::{dataset as data, voice};

/// The moments of a quarter: from the first on, before the second.
pub(super) type Moments = (Timestamp, Timestamp);

// ── Quarters ──

#[derive(Queryable, Selectable)]
#[diesel(table_name = quarter)]
struct Row {
    id: String,
    return_due_on: String,
    close_on: String,
    opened_at: i64,
    ended_at: Option<i64>,
    closed_at: Option<i64>,
    closed_by: Option<AccountId>,
    state: String,
    new_count: Option<i64>,
    updated_count: Option<i64>,
    unchanged_count: Option<i64>,
    late_count: Option<i64>,
    withdrawn_count: Option<i64>,
}

impl Row {
    fn read(self) -> Result<QuarterRow> {
        let unread = || Error::internal("a quarter that cannot be read");
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| unread());
        let counted = |count: Option<i64>| whole(count.unwrap_or(0));
        Ok(QuarterRow {
            quarter: Quarter::parse(&self.id).ok_or_else(unread)?,
            return_due: day(&self.return_due_on)?,
            close_on: day(&self.close_on)?,
            opened_at: Timestamp(self.opened_at),
            ended_at: self.ended_at.map(Timestamp),
            closed_at: self.closed_at.map(Timestamp),
            closed_by: self.closed_by,
            state: State::from_code(&self.state),
            counts: self.new_count.map(|new| Counts {
                new: whole(new),
                updated: counted(self.updated_count),
                unchanged: counted(self.unchanged_count),
                late: counted(self.late_count),
                withdrawn: counted(self.withdrawn_count),
            }),
        })
    }
}

fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A quarter, if it was opened.
pub(super) fn quarter_row(conn: &mut Conn, of: Quarter) -> Result<Option<QuarterRow>> {
    let row: Option<Row> = quarter::table.find(of.to_string()).select(Row::as_select()).first(conn).optional()?;
    row.map(Row::read).transpose()
}

/// The quarters, the newest first, at most so many.
pub(super) fn quarters(conn: &mut Conn, most: i64) -> Result<Vec<QuarterRow>> {
    let rows: Vec<Row> = quarter::table.order(quarter::id.desc()).limit(most).select(Row::as_select()).load(conn)?;
    rows.into_iter().map(Row::read).collect()
}

/// The newest quarter that was opened by a moment.
pub(super) fn newest(conn: &mut Conn, by: Timestamp) -> Result<Option<Quarter>> {
    let row: Option<Row> = quarter::table
        .filter(quarter::opened_at.le(by.0))
        .order(quarter::id.desc())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    Ok(row.map(Row::read).transpose()?.map(|row| row.quarter))
}

/// The quarters that are not closed, the oldest first.
pub(super) fn unclosed(conn: &mut Conn) -> Result<Vec<QuarterRow>> {
    let rows: Vec<Row> = quarter::table
        .filter(quarter::state.ne(State::Closed.code()))
        .order(quarter::id.asc())
        .select(Row::as_select())
        .load(conn)?;
    rows.into_iter().map(Row::read).collect()
}

/// Makes a quarter one that goes on, since a moment; also one that is there and not closed.
pub(super) fn set_open(
    tx: &mut Tx<'_>,
    of: Quarter,
    (return_due, close_on): (NaiveDate, NaiveDate),
    opened_at: Timestamp,
) -> Result<()> {
    let (return_due, close_on) = (return_due.to_string(), close_on.to_string());
    let set = (
        quarter::return_due_on.eq(return_due.as_str()),
        quarter::close_on.eq(close_on.as_str()),
        quarter::opened_at.eq(opened_at.0),
        quarter::ended_at.eq(None::<i64>),
        quarter::state.eq(State::Open.code()),
    );
    if diesel::update(quarter::table.find(of.to_string())).set(set).execute(tx.conn())? == 0 {
        let days = (quarter::first_on.eq(of.first().to_string()), quarter::last_on.eq(of.last().to_string()));
        diesel::insert_into(quarter::table).values((quarter::id.eq(of.to_string()), days, set)).execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn set_ended(tx: &mut Tx<'_>, of: Quarter, return_due: NaiveDate, close_on: NaiveDate) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(quarter::table.find(of.to_string()))
        .set((
            quarter::state.eq(State::Ended.code()),
            quarter::ended_at.eq(Some(at)),
            quarter::return_due_on.eq(return_due.to_string()),
            quarter::close_on.eq(close_on.to_string()),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a quarter other days.
pub(super) fn set_days(tx: &mut Tx<'_>, of: Quarter, return_due: NaiveDate, close_on: NaiveDate) -> Result<()> {
    diesel::update(quarter::table.find(of.to_string()))
        .set((quarter::return_due_on.eq(return_due.to_string()), quarter::close_on.eq(close_on.to_string())))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_closed(tx: &mut Tx<'_>, of: Quarter, by: Option<&AccountId>, counts: Counts) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(quarter::table.find(of.to_string()))
        .set((
            quarter::state.eq(State::Closed.code()),
            quarter::closed_at.eq(Some(at)),
            quarter::closed_by.eq(by),
            quarter::new_count.eq(Some(stored(counts.new))),
            quarter::updated_count.eq(Some(stored(counts.updated))),
            quarter::unchanged_count.eq(Some(stored(counts.unchanged))),
            quarter::late_count.eq(Some(stored(counts.late))),
            quarter::withdrawn_count.eq(Some(stored(counts.withdrawn))),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps what readers were waiting for from agencies at the close of a quarter.
pub(super) fn keep_waiting(tx: &mut Tx<'_>, of: Quarter, agencies: &[(AgencyId, Waiting)]) -> Result<()> {
    let code = of.to_string();
    let few = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    for (owner, waiting) in agencies {
        diesel::insert_into(quarter_voice::table)
            .values((
                quarter_voice::quarter_id.eq(&code),
                quarter_voice::agency_id.eq(owner),
                quarter_voice::known.eq(few(waiting.known)),
                quarter_voice::unanswered.eq(few(waiting.unanswered)),
                quarter_voice::requests.eq(few(waiting.requests)),
                quarter_voice::requests_late.eq(few(waiting.requests_late)),
            ))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// What readers were waiting for at the close of a quarter, by agency: of some agencies, as far as the close kept them.
pub(super) fn kept_waiting(conn: &mut Conn, of: Quarter, agencies: &[AgencyId]) -> Result<HashMap<AgencyId, Waiting>> {
    type Found = (AgencyId, i32, i32, i32, i32);
    let rows: Vec<Found> = quarter_voice::table
        .filter(quarter_voice::quarter_id.eq(of.to_string()))
        .filter(quarter_voice::agency_id.eq_any(agencies))
        .select((
            quarter_voice::agency_id,
            quarter_voice::known,
            quarter_voice::unanswered,
            quarter_voice::requests,
            quarter_voice::requests_late,
        ))
        .load(conn)?;
    let read = |(agency, known, unanswered, requests, late): Found| {
        (agency, waiting([known, unanswered, requests, late].map(i64::from)))
    };
    Ok(rows.into_iter().map(read).collect())
}

/// What readers were waiting for at the close of quarters from some agencies together, or from all; quarters that kept nothing are not there.
pub(super) fn kept_waiting_sums(
    conn: &mut Conn,
    quarters: &[Quarter],
    agencies: Option<&[AgencyId]>,
) -> Result<HashMap<Quarter, Waiting>> {
    type Found = (String, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let codes: Vec<String> = quarters.iter().map(Quarter::to_string).collect();
    let mut query = quarter_voice::table
        .filter(quarter_voice::quarter_id.eq_any(codes))
        .group_by(quarter_voice::quarter_id)
        .select((
            quarter_voice::quarter_id,
            sum(quarter_voice::known),
            sum(quarter_voice::unanswered),
            sum(quarter_voice::requests),
            sum(quarter_voice::requests_late),
        ))
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(quarter_voice::agency_id.eq_any(agencies.to_vec()));
    }
    let rows: Vec<Found> = query.load(conn)?;
    let read = |(code, known, unanswered, requests, late): Found| {
        Some((Quarter::parse(&code)?, waiting([known, unanswered, requests, late].map(Option::unwrap_or_default))))
    };
    Ok(rows.into_iter().filter_map(read).collect())
}

/// Numbers in the order of the table's columns.
fn waiting(stored: [i64; 4]) -> Waiting {
    let [known, unanswered, requests, requests_late] = stored.map(whole);
    Waiting { known, unanswered, requests, requests_late }
}

// ── Returns ──

#[derive(Queryable, Selectable)]
#[diesel(table_name = quarter_return)]
struct ReturnRow {
    quarter_id: String,
    agency_id: AgencyId,
    state: String,
    remarks: String,
    handling: String,
    needs: String,
    handled: Option<String>,
    signed_by: Option<AccountId>,
    signed_name: Option<String>,
    signed_role: Option<String>,
    signed_at: Option<i64>,
    hash: Option<String>,
    recall_reason: Option<String>,
    recalled_at: Option<i64>,
    changed_at: i64,
}

impl ReturnRow {
    fn read(self) -> Result<Return> {
        let unread = || Error::internal("a return that cannot be read");
        Ok(Return {
            quarter: Quarter::parse(&self.quarter_id).ok_or_else(unread)?,
            state: ReturnState::from_code(&self.state).ok_or_else(unread)?,
            agency: self.agency_id,
            remarks: self.remarks,
            handling: self.handling,
            needs: self.needs,
            handled: self.handled.map(|json| serde_json::from_str::<Handled>(&json)).transpose()?,
            signed_by: self.signed_by,
            signed_as: self.signed_name.zip(self.signed_role),
            signed_at: self.signed_at.map(Timestamp),
            hash: self.hash,
            recall_reason: self.recall_reason,
            recalled_at: self.recalled_at.map(Timestamp),
            changed_at: Timestamp(self.changed_at),
        })
    }
}

pub(super) fn insert_return(tx: &mut Tx<'_>, of: Quarter, owner: &AgencyId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(quarter_return::table)
        .values((
            quarter_return::quarter_id.eq(of.to_string()),
            quarter_return::agency_id.eq(owner),
            quarter_return::state.eq(ReturnState::Open.code()),
            quarter_return::remarks.eq(""),
            quarter_return::handling.eq(""),
            quarter_return::needs.eq(""),
            quarter_return::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The return of an agency, if one was opened.
pub(super) fn return_row(conn: &mut Conn, of: Quarter, owner: &AgencyId) -> Result<Option<Return>> {
    let row: Option<ReturnRow> =
        quarter_return::table.find((of.to_string(), owner)).select(ReturnRow::as_select()).first(conn).optional()?;
    row.map(ReturnRow::read).transpose()
}

/// The latest return of an agency before a quarter.
pub(super) fn earlier_return(conn: &mut Conn, before: Quarter, owner: &AgencyId) -> Result<Option<Return>> {
    let row: Option<ReturnRow> = quarter_return::table
        .filter(quarter_return::agency_id.eq(owner))
        .filter(quarter_return::quarter_id.lt(before.to_string()))
        .order(quarter_return::quarter_id.desc())
        .select(ReturnRow::as_select())
        .first(conn)
        .optional()?;
    row.map(ReturnRow::read).transpose()
}

/// Where the returns of a quarter are, of the agencies of a scope.
pub(super) fn return_states(conn: &mut Conn, of: Quarter, scope: &Scope) -> Result<HashMap<AgencyId, ReturnState>> {
    let mut query = quarter_return::table
        .filter(quarter_return::quarter_id.eq(of.to_string()))
        .select((quarter_return::agency_id, quarter_return::state))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(quarter_return::agency_id.eq_any(own));
    }
    let rows: Vec<(AgencyId, String)> = query.load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, state)| Some((id, ReturnState::from_code(&state)?))).collect())
}

/// How many returns of a quarter are where, of the agencies of a scope: quarter, state, number.
pub(super) fn return_counts(conn: &mut Conn, scope: &Scope) -> Result<Vec<(String, String, i64)>> {
    let mut query = quarter_return::table
        .group_by((quarter_return::quarter_id, quarter_return::state))
        .select((quarter_return::quarter_id, quarter_return::state, count_star()))
        .into_boxed();
    if let Scope::Agencies(own) = scope {
        query = query.filter(quarter_return::agency_id.eq_any(own));
    }
    Ok(query.load(conn)?)
}

pub(super) fn set_words(
    tx: &mut Tx<'_>,
    of: (Quarter, &AgencyId),
    (remarks, handling, needs): (&str, &str, &str),
    by: &AccountId,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(quarter_return::table.find((of.0.to_string(), of.1)))
        .set((
            quarter_return::remarks.eq(remarks),
            quarter_return::handling.eq(handling),
            quarter_return::needs.eq(needs),
            quarter_return::changed_by.eq(Some(by)),
            quarter_return::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Notes that the list of a return was changed.
pub(super) fn touch(tx: &mut Tx<'_>, of: (Quarter, &AgencyId), by: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(quarter_return::table.find((of.0.to_string(), of.1)))
        .set((quarter_return::changed_by.eq(Some(by)), quarter_return::changed_at.eq(at)))
        .execute(tx.conn())?;
    Ok(())
}

/// Keeps what was signed: everything that the signature adds is in `signed`.
pub(super) fn set_signed(tx: &mut Tx<'_>, signed: &Return) -> Result<()> {
    let (name, code) = signed.signed_as.clone().unzip();
    let handled = signed.handled.map(|handled| serde_json::to_string(&handled)).transpose()?;
    diesel::update(quarter_return::table.find((signed.quarter.to_string(), &signed.agency)))
        .set((
            quarter_return::state.eq(signed.state.code()),
            quarter_return::handled.eq(handled),
            quarter_return::signed_by.eq(&signed.signed_by),
            quarter_return::signed_name.eq(name),
            quarter_return::signed_role.eq(code),
            quarter_return::signed_at.eq(signed.signed_at.map(|at| at.0)),
            quarter_return::hash.eq(&signed.hash),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a signature off again, and the frozen datasets from the list.
pub(super) fn set_recalled(tx: &mut Tx<'_>, of: (Quarter, &AgencyId), reason: &str) -> Result<()> {
    let (at, nothing) = (tx.ctx().at.0, None::<String>);
    diesel::update(quarter_return::table.find((of.0.to_string(), of.1)))
        .set((
            quarter_return::state.eq(ReturnState::Open.code()),
            quarter_return::handled.eq(&nothing),
            quarter_return::signed_by.eq(None::<AccountId>),
            quarter_return::signed_name.eq(&nothing),
            quarter_return::signed_role.eq(&nothing),
            quarter_return::signed_at.eq(None::<i64>),
            quarter_return::hash.eq(&nothing),
            quarter_return::recall_reason.eq(Some(reason)),
            quarter_return::recalled_at.eq(Some(at)),
        ))
        .execute(tx.conn())?;
    let frozen = return_item::table
        .filter(return_item::quarter_id.eq(of.0.to_string()))
        .filter(return_item::agency_id.eq(of.1))
        .filter(return_item::dataset_id.is_not_null());
    diesel::delete(frozen).execute(tx.conn())?;
    Ok(())
}

/// Whose returns of a quarter are being written.
pub(super) fn open_returns(conn: &mut Conn, of: Quarter) -> Result<Vec<AgencyId>> {
    Ok(quarter_return::table
        .filter(quarter_return::quarter_id.eq(of.to_string()))
        .filter(quarter_return::state.eq(ReturnState::Open.code()))
        .order(quarter_return::agency_id.asc())
        .select(quarter_return::agency_id)
        .load(conn)?)
}

/// Marks the returns of a quarter that were not handed in; says whose they are.
pub(super) fn set_missing(tx: &mut Tx<'_>, of: Quarter) -> Result<Vec<AgencyId>> {
    let open = quarter_return::table
        .filter(quarter_return::quarter_id.eq(of.to_string()))
        .filter(quarter_return::state.eq(ReturnState::Open.code()));
    let ids = open_returns(tx.conn(), of)?;
    diesel::update(open).set(quarter_return::state.eq(ReturnState::Missing.code())).execute(tx.conn())?;
    Ok(ids)
}

// ── The list of data ──

/// What stands on the list of a return: datasets first, each group in its order.
pub(super) fn items(conn: &mut Conn, of: Quarter, owner: &AgencyId) -> Result<Vec<Item>> {
    let mut rows: Vec<Item> = return_item::table
        .filter(return_item::quarter_id.eq(of.to_string()))
        .filter(return_item::agency_id.eq(owner))
        .order(return_item::position.asc())
        .select(Item::as_select())
        .load(conn)?;
    rows.sort_by_key(|item| item.dataset_id.is_none());
    Ok(rows)
}

/// The place behind the last one.
pub(super) fn next_position(conn: &mut Conn, of: Quarter, owner: &AgencyId) -> Result<i32> {
    let last: Option<i32> = return_item::table
        .filter(return_item::quarter_id.eq(of.to_string()))
        .filter(return_item::agency_id.eq(owner))
        .select(diesel::dsl::max(return_item::position))
        .first(conn)?;
    Ok(last.unwrap_or(0) + 1)
}

pub(super) fn insert_item(tx: &mut Tx<'_>, of: (Quarter, &AgencyId), item: &Item) -> Result<()> {
    diesel::insert_into(return_item::table)
        .values((
            (return_item::quarter_id.eq(of.0.to_string()), return_item::agency_id.eq(of.1)),
            (return_item::position.eq(item.position), return_item::dataset_id.eq(&item.dataset_id)),
            (return_item::title.eq(&item.title), return_item::title_hash.eq(&item.title_hash)),
            (return_item::purged.eq(item.purged), return_item::kind.eq(&item.kind)),
            (return_item::kept_at.eq(&item.kept_at), return_item::visibility.eq(&item.visibility)),
            (return_item::planned_on.eq(&item.planned_on), return_item::row_count.eq(item.row_count)),
            (return_item::updated_at.eq(item.updated_at), return_item::timeliness.eq(&item.timeliness)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

impl Elsewhere {
    /// As a row of the list.
    pub(super) fn at(self, position: i32) -> Item {
        Item {
            position,
            dataset_id: None,
            title_hash: Item::hash_of_title(&self.title),
            purged: false,
            title: self.title,
            kind: self.kind,
            kept_at: self.kept_at,
            visibility: self.visibility.code().to_owned(),
            planned_on: self.planned_on,
            row_count: None,
            updated_at: None,
            timeliness: None,
        }
    }
}

/// Takes data kept elsewhere off a list; says whether they stood there.
pub(super) fn delete_item(tx: &mut Tx<'_>, of: (Quarter, &AgencyId), position: i32) -> Result<bool> {
    let row = return_item::table.find((of.0.to_string(), of.1, position)).filter(return_item::dataset_id.is_null());
    Ok(diesel::delete(row).execute(tx.conn())? > 0)
}

/// Destroys what returns call a dataset: the title may say what was destroyed with the data. Signatures stand, being over its hash.
pub(crate) fn purge(tx: &mut Tx<'_>, of: &DatasetId, slug: &str) -> Result<()> {
    diesel::update(return_item::table.filter(return_item::dataset_id.eq(of)))
        .set((return_item::title.eq(slug), return_item::purged.eq(true)))
        .execute(tx.conn())?;
    Ok(())
}

// ── Looks into the rooms before ──

/// The agencies that owe a return: they are there on a day, and own datasets, have somebody who speaks for them, or took over from one of which
/// that is so.
pub(super) fn owing(conn: &mut Conn, day: &str) -> Result<Vec<AgencyId>> {
    let owners = dataset::table.select(dataset::agency_id).distinct();
    let spoken_for = account_role::table
        .filter(account_role::role.eq(role::FOCAL_POINT))
        .filter(counts_on(day))
        .select(account_role::agency_id)
        .distinct();
    let named = focal_point::table.filter(focal_point::state.eq("active")).select(focal_point::agency_id).distinct();
    let mut ids: Vec<AgencyId> = owners.load(conn)?;
    ids.extend(spoken_for.load::<AgencyId>(conn)?);
    ids.extend(named.load::<AgencyId>(conn)?);
    let heirs = crate::agency::heirs(conn, day)?;
    let ids: HashSet<&AgencyId> = ids.iter().map(|id| heirs.of(id)).collect();
    let there: Vec<AgencyId> = agency::table
        .filter(agency::valid_from.le(day))
        .filter(agency::valid_to.is_null().or(agency::valid_to.ge(day.to_owned())))
        .order(agency::id.asc())
        .select(agency::id)
        .load(conn)?;
    Ok(there.into_iter().filter(|id| ids.contains(id)).collect())
}

/// A dataset for an agency's list.
pub(super) struct Owned {
    pub id: DatasetId,
    pub title: String,
    pub state: String,
    pub frequency: String,
    pub in_catalogue: bool,
    pub listed_at: Option<i64>,
    pub updated_at: Option<i64>,
    pub counts_from: Option<i64>,
    pub extended_to: Option<String>,
    pub rows: i64,
}

/// What some agencies have: what is public, drafts, and what was withdrawn within moments; nothing that is in quarantine. By title.
pub(super) fn owned(conn: &mut Conn, owners: &[AgencyId], (from, to): Moments) -> Result<Vec<Owned>> {
    type Found = (
        (DatasetId, String, String, String, bool, Option<i64>),
        (Option<i64>, Option<i64>, Option<String>, Option<VersionId>),
    );
    let withdrawn_now = dataset::withdrawn_at
        .is_not_null()
        .and(dataset::withdrawn_at.assume_not_null().ge(from.0))
        .and(dataset::withdrawn_at.assume_not_null().lt(to.0));
    let found: Vec<Found> = dataset::table
        .filter(dataset::agency_id.eq_any(owners))
        .filter(dataset::quarantined_at.is_null())
        .filter(dataset::state.ne(data::State::Withdrawn.code()).or(withdrawn_now))
        .order((dataset::title_vi.asc(), dataset::id.asc()))
        .select((
            (
                dataset::id,
                dataset::title_vi,
                dataset::state,
                dataset::frequency,
                dataset::in_catalogue,
                dataset::listed_at,
            ),
            (dataset::updated_at, dataset::counts_from, dataset::extended_to, dataset::current_version_id),
        ))
        .load(conn)?;
    let ids: Vec<&DatasetId> = found.iter().map(|(row, _)| &row.0).collect();
    let drafts: Vec<(DatasetId, VersionId)> = version::table
        .filter(version::dataset_id.eq_any(ids))
        .filter(version::state.eq("draft"))
        .select((version::dataset_id, version::id))
        .load(conn)?;
    let drafts: HashMap<DatasetId, VersionId> = drafts.into_iter().collect();
    let shown = |row: &Found| row.1.3.clone().or_else(|| drafts.get(&row.0.0).cloned());
    let versions: Vec<VersionId> = found.iter().filter_map(shown).collect();
    let sizes: Vec<(VersionId, i64)> = version_resource::table
        .inner_join(table_version::table)
        .filter(version_resource::version_id.eq_any(versions))
        .select((version_resource::version_id, table_version::row_count))
        .load(conn)?;
    let mut rows: HashMap<VersionId, i64> = HashMap::new();
    for (id, count) in sizes {
        *rows.entry(id).or_default() += count;
    }
    Ok(found
        .into_iter()
        .map(|row| {
            let size = shown(&row).and_then(|id| rows.get(&id).copied()).unwrap_or(0);
            let ((id, title, state, frequency, in_catalogue, listed_at), (updated_at, counts_from, extended_to, _)) =
                row;
            Owned {
                id,
                title,
                state,
                frequency,
                in_catalogue,
                listed_at,
                updated_at,
                counts_from,
                extended_to,
                rows: size,
            }
        })
        .collect())
}

/// What became of some agencies' requests and reports within moments, and what waits now.
pub(super) fn handled(conn: &mut Conn, owners: &[AgencyId], (from, to): Moments) -> Result<Handled> {
    use voice::request;
    let events: Vec<(String, i64)> = data_request_step::table
        .inner_join(data_request::table)
        .filter(data_request::agency_id.eq_any(owners))
        .filter(data_request_step::at.ge(from.0))
        .filter(data_request_step::at.lt(to.0))
        .group_by(data_request_step::event)
        .select((data_request_step::event, count_star()))
        .load(conn)?;
    let event = |code: &str| events.iter().find(|(known, _)| known == code).map_or(0, |(_, count)| whole(*count));
    let waiting: i64 = data_request::table
        .filter(data_request::agency_id.eq_any(owners))
        .filter(data_request::state.ne(request::State::Closed.code()))
        .select(count_star())
        .first(conn)?;
    let closed: Vec<(Option<String>, i64)> = error_report_step::table
        .inner_join(error_report::table.on(error_report_step::report_id.eq(error_report::id)))
        .inner_join(dataset::table.on(error_report::dataset_id.eq(dataset::id)))
        .filter(dataset::agency_id.eq_any(owners))
        .filter(error_report_step::state.eq(voice::State::Closed.code()))
        .filter(error_report_step::at.ge(from.0))
        .filter(error_report_step::at.lt(to.0))
        .group_by(error_report::outcome)
        .select((error_report::outcome, count_star()))
        .load(conn)?;
    let corrected: i64 = error_report_step::table
        .inner_join(error_report::table.on(error_report_step::report_id.eq(error_report::id)))
        .inner_join(dataset::table.on(error_report::dataset_id.eq(dataset::id)))
        .filter(dataset::agency_id.eq_any(owners))
        .filter(error_report_step::state.eq(voice::State::Corrected.code()))
        .filter(error_report_step::at.ge(from.0))
        .filter(error_report_step::at.lt(to.0))
        .select(count_star())
        .first(conn)?;
    let open: i64 = error_report::table
        .inner_join(dataset::table)
        .filter(dataset::agency_id.eq_any(owners))
        .filter(error_report::state.ne(voice::State::Closed.code()))
        .select(count_star())
        .first(conn)?;
    let is_corrected = |outcome: &Option<String>| outcome.as_deref() == Some(voice::Outcome::Corrected.code());
    let otherwise = closed.iter().filter(|(outcome, _)| !is_corrected(outcome)).map(|(_, count)| whole(*count));
    Ok(Handled {
        requests_published: event(request::Outcome::Published.code()),
        requests_refused: event(request::Outcome::Refused.code()),
        requests_waiting: whole(waiting),
        reports_corrected: whole(corrected),
        reports_answered: otherwise.sum(),
        reports_waiting: whole(open),
    })
}

/// What happened to datasets within moments: new, updated, unchanged, withdrawn. One that is new or updated is not unchanged as well.
pub(super) fn happened(conn: &mut Conn, (from, to): Moments) -> Result<Counts> {
    let new: Vec<DatasetId> = dataset::table
        .filter(dataset::published_at.ge(from.0))
        .filter(dataset::published_at.lt(to.0))
        .select(dataset::id)
        .load(conn)?;
    let published: Vec<DatasetId> = version::table
        .filter(version::state.eq("published"))
        .filter(version::published_at.ge(from.0))
        .filter(version::published_at.lt(to.0))
        .select(version::dataset_id)
        .distinct()
        .load(conn)?;
    let confirmed: Vec<DatasetId> = confirmation::table
        .filter(confirmation::at.ge(from.0))
        .filter(confirmation::at.lt(to.0))
        .select(confirmation::dataset_id)
        .distinct()
        .load(conn)?;
    let withdrawn: i64 = dataset::table
        .filter(dataset::withdrawn_at.ge(from.0))
        .filter(dataset::withdrawn_at.lt(to.0))
        .select(count_star())
        .first(conn)?;
    let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
    let new: HashSet<DatasetId> = new.into_iter().collect();
    let published: HashSet<DatasetId> = published.into_iter().collect();
    Ok(Counts {
        new: count(new.len()),
        updated: count(published.difference(&new).count()),
        unchanged: count(confirmed.iter().filter(|id| !new.contains(id) && !published.contains(id)).count()),
        late: 0,
        withdrawn: whole(withdrawn),
    })
}
