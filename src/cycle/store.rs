//! The tables of confirmations and extensions, and what of datasets decides what is owed.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Asking, Confirmation, Extension, ExtensionState};
use crate::agency::Heirs;
use crate::dataset::{Dataset, State};
use crate::duty::Counted;
use crate::kernel::id::{AccountId, AgencyId, ConfirmationId, DatasetId, ExtensionId, VersionId};
use crate::kernel::{Error, Localized, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, agency, confirmation, dataset, extension};

/// Requests that are shown at most.
const MOST: i64 = 500;

/// What of a dataset decides what is owed of it.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub id: DatasetId,
    pub agency: AgencyId,
    /// Who owes its updates: whoever took over from the agency, once that is over.
    pub charged: AgencyId,
    pub title: String,
    pub published: bool,
    pub frequency: String,
    pub in_catalogue: bool,
    pub listed_at: Option<i64>,
    pub counts_from: Timestamp,
    pub extended_to: Option<String>,
    /// Who said that nothing changed, where the present round counts from that.
    pub confirmed_by: Option<AccountId>,
}

impl Facts {
    pub fn counted(&self) -> Counted<'_> {
        let listed = (self.in_catalogue, self.listed_at);
        Counted::of(self.counts_from, &self.frequency, listed, self.extended_to.as_deref())
    }
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = dataset)]
struct Row {
    id: DatasetId,
    agency_id: AgencyId,
    title_vi: String,
    state: String,
    frequency: String,
    in_catalogue: bool,
    listed_at: Option<i64>,
    counts_from: Option<i64>,
    extended_to: Option<String>,
}

/// The id of the last of so many published datasets after an id, in the order of ids; none when there are fewer.
pub(super) fn portion_end(conn: &mut Conn, after: &str, most: usize) -> Result<Option<String>> {
    Ok(dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .filter(dataset::id.gt(after.to_owned()))
        .order(dataset::id.asc())
        .offset(i64::try_from(most).unwrap_or(i64::MAX) - 1)
        .select(dataset::id)
        .first(conn)
        .optional()?)
}

/// The facts of the published ones among the datasets after an id and up to another, as of the day of the heirs.
pub(super) fn facts_between(conn: &mut Conn, (after, upto): (&str, Option<&str>), heirs: &Heirs) -> Result<Vec<Facts>> {
    let mut query = dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .filter(dataset::id.gt(after.to_owned()))
        .order(dataset::id.asc())
        .select(Row::as_select())
        .into_boxed();
    if let Some(upto) = upto {
        query = query.filter(dataset::id.le(upto.to_owned()));
    }
    let rows = query.load(conn)?;
    facts(conn, rows, heirs)
}

/// The facts of a dataset in any state, as of a day.
pub(super) fn facts_of(conn: &mut Conn, of: &Dataset, today: NaiveDate) -> Result<Facts> {
    let heirs = crate::agency::heirs(conn, &today.to_string())?;
    let row = Row {
        id: of.id.clone(),
        agency_id: of.agency_id.clone(),
        title_vi: of.title_vi.clone(),
        state: of.state.clone(),
        frequency: of.frequency.clone(),
        in_catalogue: of.in_catalogue,
        listed_at: of.listed_at,
        counts_from: of.counts_from,
        extended_to: of.extended_to.clone(),
    };
    facts(conn, vec![row], &heirs)?.pop().ok_or_else(Error::not_found)
}

fn facts(conn: &mut Conn, rows: Vec<Row>, heirs: &Heirs) -> Result<Vec<Facts>> {
    let Some((first, last)) = rows.first().zip(rows.last()) else { return Ok(Vec::new()) };
    // A confirmation is what a round counts from when both are of the same moment.
    let confirmed: HashMap<DatasetId, AccountId> = confirmation::table
        .inner_join(dataset::table.on(confirmation::dataset_id.eq(dataset::id)))
        .filter(dataset::counts_from.eq(confirmation::at.nullable()))
        .filter(dataset::id.ge(&first.id))
        .filter(dataset::id.le(&last.id))
        .select((confirmation::dataset_id, confirmation::account_id))
        .load::<(DatasetId, AccountId)>(conn)?
        .into_iter()
        .collect();
    let facts = rows.into_iter().map(|row| Facts {
        charged: heirs.of(&row.agency_id).clone(),
        confirmed_by: confirmed.get(&row.id).cloned(),
        id: row.id,
        agency: row.agency_id,
        title: row.title_vi,
        published: row.state == State::Published.code(),
        frequency: row.frequency,
        in_catalogue: row.in_catalogue,
        listed_at: row.listed_at,
        counts_from: Timestamp(row.counts_from.unwrap_or(0)),
        extended_to: row.extended_to,
    });
    Ok(facts.collect())
}

/// Keeps a word that nothing changed; the dataset's next round counts from now.
pub(super) fn confirm(
    tx: &mut Tx<'_>,
    id: &ConfirmationId,
    facts: &Facts,
    version: &VersionId,
    (declared, checked): (&str, &str),
    by: &AccountId,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(confirmation::table)
        .values((
            (confirmation::id.eq(id), confirmation::dataset_id.eq(&facts.id), confirmation::version_id.eq(version)),
            (confirmation::counted_from.eq(facts.counts_from.0), confirmation::declared.eq(declared)),
            (confirmation::checked.eq(checked), confirmation::account_id.eq(by), confirmation::at.eq(at)),
        ))
        .execute(tx.conn())?;
    diesel::update(dataset::table.find(&facts.id))
        .set((dataset::counts_from.eq(Some(at)), dataset::extended_to.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

/// What was confirmed of a dataset, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn confirmations(conn: &mut Conn, of: &DatasetId) -> Result<Vec<Confirmation>> {
    type Found = (ConfirmationId, String, String, AccountId, String, i64);
    let rows: Vec<Found> = confirmation::table
        .inner_join(account::table)
        .filter(confirmation::dataset_id.eq(of))
        .order((confirmation::at.desc(), confirmation::id.desc()))
        .limit(MOST)
        .select((
            confirmation::id,
            confirmation::declared,
            confirmation::checked,
            confirmation::account_id,
            account::full_name,
            confirmation::at,
        ))
        .load(conn)?;
    let read =
        |(id, declared, checked, by, name, at)| Confirmation { id, declared, checked, by, name, at: Timestamp(at) };
    Ok(rows.into_iter().map(read).collect())
}

/// When it was last said of a dataset that nothing changed.
pub(super) fn last_confirmation(conn: &mut Conn, of: &DatasetId) -> Result<Option<Timestamp>> {
    let last: Option<i64> = confirmation::table
        .filter(confirmation::dataset_id.eq(of))
        .select(diesel::dsl::max(confirmation::at))
        .first(conn)?;
    Ok(last.map(Timestamp))
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = extension)]
struct ExtensionRow {
    id: ExtensionId,
    dataset_id: DatasetId,
    counted_from: i64,
    due_on: String,
    to_on: String,
    reason: String,
    state: String,
    asked_by: AccountId,
    asked_at: i64,
    decided_by: Option<AccountId>,
    decided_at: Option<i64>,
    answer: Option<String>,
}

impl ExtensionRow {
    fn read(self) -> Result<Extension> {
        let state = ExtensionState::from_code(&self.state);
        Ok(Extension {
            state: state.ok_or_else(|| Error::internal("an extension in an unknown state"))?,
            id: self.id,
            dataset: self.dataset_id,
            counted_from: Timestamp(self.counted_from),
            due_on: self.due_on,
            to_on: self.to_on,
            reason: self.reason,
            asked_by: self.asked_by,
            asked_at: Timestamp(self.asked_at),
            decided_by: self.decided_by,
            decided_at: self.decided_at.map(Timestamp),
            answer: self.answer,
        })
    }
}

pub(super) fn insert_extension(tx: &mut Tx<'_>, new: &Extension) -> Result<()> {
    diesel::insert_into(extension::table)
        .values((
            (extension::id.eq(&new.id), extension::dataset_id.eq(&new.dataset)),
            (extension::counted_from.eq(new.counted_from.0), extension::due_on.eq(&new.due_on)),
            (extension::to_on.eq(&new.to_on), extension::reason.eq(&new.reason)),
            (extension::state.eq(new.state.code()), extension::asked_by.eq(&new.asked_by)),
            extension::asked_at.eq(new.asked_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Decides a request that waits. Says whether it did wait.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: &ExtensionId,
    state: ExtensionState,
    by: &AccountId,
    answer: Option<&str>,
) -> Result<bool> {
    let at = tx.ctx().at.0;
    let waiting = extension::table.find(id).filter(extension::state.eq(ExtensionState::Asked.code()));
    let decided = diesel::update(waiting)
        .set((
            extension::state.eq(state.code()),
            extension::decided_by.eq(Some(by)),
            extension::decided_at.eq(Some(at)),
            extension::answer.eq(answer),
        ))
        .execute(tx.conn())?;
    Ok(decided == 1)
}

/// Gives the present round of a dataset more time.
pub(super) fn extend(tx: &mut Tx<'_>, id: &DatasetId, to: &str) -> Result<()> {
    diesel::update(dataset::table.find(id)).set(dataset::extended_to.eq(Some(to))).execute(tx.conn())?;
    Ok(())
}

/// Empties what people wrote about a dataset.
pub(super) fn purge(tx: &mut Tx<'_>, id: &DatasetId) -> Result<()> {
    diesel::update(confirmation::table.filter(confirmation::dataset_id.eq(id)))
        .set(confirmation::checked.eq(""))
        .execute(tx.conn())?;
    diesel::update(extension::table.filter(extension::dataset_id.eq(id)))
        .set((extension::reason.eq(""), extension::answer.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends the requests of a dataset that wait for a round which is over: all but those of the present one. Says how many.
pub(super) fn end_extensions(tx: &mut Tx<'_>, id: &DatasetId, present: Option<Timestamp>) -> Result<usize> {
    let waiting = extension::table
        .filter(extension::dataset_id.eq(id))
        .filter(extension::state.eq(ExtensionState::Asked.code()))
        .filter(extension::counted_from.ne(present.map_or(i64::MIN, |at| at.0)));
    Ok(diesel::update(waiting).set(extension::state.eq(ExtensionState::Over.code())).execute(tx.conn())?)
}

/// A request for more time.
///
/// # Errors
/// When the database does not answer.
pub fn extension_by_id(conn: &mut Conn, id: &ExtensionId) -> Result<Option<Extension>> {
    let row = extension::table.find(id).select(ExtensionRow::as_select()).first(conn).optional()?;
    row.map(ExtensionRow::read).transpose()
}

/// The requests for more time of a dataset, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn extensions(conn: &mut Conn, of: &DatasetId) -> Result<Vec<Extension>> {
    let rows: Vec<ExtensionRow> = extension::table
        .filter(extension::dataset_id.eq(of))
        .order((extension::asked_at.desc(), extension::id.desc()))
        .limit(MOST)
        .select(ExtensionRow::as_select())
        .load(conn)?;
    rows.into_iter().map(ExtensionRow::read).collect()
}

/// How many requests wait for a decision.
pub(super) fn count_asked(conn: &mut Conn) -> Result<u64> {
    let asked = extension::table.filter(extension::state.eq(ExtensionState::Asked.code()));
    let count: i64 = asked.select(count_star()).first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// A page of the requests that wait for a decision, the oldest first.
pub(super) fn asked(conn: &mut Conn, page: PageRequest) -> Result<Page<Asking>> {
    type Found = (ExtensionRow, String, String, Option<String>);
    let total = count_asked(conn)?;
    let request = page.within(total);
    let rows: Vec<Found> = extension::table
        .inner_join(dataset::table.inner_join(agency::table))
        .filter(extension::state.eq(ExtensionState::Asked.code()))
        .select((ExtensionRow::as_select(), dataset::title_vi, agency::name_vi, agency::name_en))
        .order((extension::asked_at.asc(), extension::id.asc()))
        .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
        .load(conn)?;
    let items = rows
        .into_iter()
        .map(|(row, title, vi, en)| Ok(Asking { extension: row.read()?, title, agency: Localized { vi, en } }))
        .collect::<Result<Vec<_>>>()?;
    Ok(Page { items, total, request })
}
