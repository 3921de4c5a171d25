//! The tables of the catalogue.

use diesel::dsl::{count_star, exists, max, not};
use diesel::prelude::*;

use super::{Closed, Entry, Filter, Issue, Listed, Posting, Removal, Reviewed, State};
use crate::access::Sight;
use crate::account::role;
use crate::dataset::Dataset;
use crate::kernel::id::{
    AccountId, AgencyId, CatalogueEntryId, CatalogueIssueId, CataloguePostingId, CatalogueReviewId, DatasetId,
    SignedDecisionId,
};
use crate::kernel::{Error, Localized, Page, PageRequest, Result, Timestamp, day_of};
use crate::plan::decision::{Row as DecisionRow, to_decision};
use crate::platform::db::{Conn, Tx};
use crate::schema::{
    account, account_role, agency, catalogue_entry, catalogue_issue, catalogue_posting, catalogue_removal,
    catalogue_review, dataset, signed_decision,
};
use crate::voice::store::patterns;

/// Reviews that are shown at most.
const MOST_REVIEWS: i64 = 100;

#[derive(Queryable, Selectable)]
#[diesel(table_name = catalogue_issue)]
struct IssueRow {
    id: CatalogueIssueId,
    number: i32,
    state: String,
    revision: i32,
    made_by: AccountId,
    made_at: i64,
    submitted_by: Option<AccountId>,
    submitted_at: Option<i64>,
}

type Row = (IssueRow, Option<DecisionRow>);

fn to_issue((row, decision): Row) -> Result<Issue> {
    Ok(Issue {
        id: row.id,
        number: row.number,
        state: State::from_code(&row.state).ok_or_else(|| Error::internal("an issue of the catalogue in no state"))?,
        revision: row.revision,
        made_by: row.made_by,
        made_at: Timestamp(row.made_at),
        submitted_by: row.submitted_by,
        submitted_at: row.submitted_at.map(Timestamp),
        decision: decision.map(to_decision).transpose()?,
    })
}

/// What a reader sees who sees what is in quarantine at some agencies alone. `hidden` is what [`hidden`] finds.
macro_rules! seen_by {
    ($own:expr, $hidden:expr) => {{
        let open = dataset::quarantined_at.nullable().is_null().or(dataset::agency_id.nullable().eq_any($own.clone()));
        // An issue of before may name as intended what another one says is in quarantine.
        open.and(catalogue_entry::dataset_id.is_not_null().or(catalogue_entry::entry_id.ne_all($hidden.clone())))
    }};
}

/// The entries that stand, in any issue, for a dataset in quarantine that a reader does not see.
fn hidden(conn: &mut Conn, sight: &Sight) -> Result<Vec<CatalogueEntryId>> {
    let Sight::Of(own) = sight else { return Ok(Vec::new()) };
    Ok(catalogue_entry::table
        .inner_join(dataset::table)
        .filter(dataset::quarantined_at.is_not_null())
        .filter(dataset::agency_id.ne_all(own))
        .select(catalogue_entry::entry_id)
        .distinct()
        .load(conn)?)
}

macro_rules! issues {
    () => {
        catalogue_issue::table
            .left_join(signed_decision::table)
            .select((IssueRow::as_select(), Option::<DecisionRow>::as_select()))
    };
}

/// All issues, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn issues(conn: &mut Conn) -> Result<Vec<Issue>> {
    let rows: Vec<Row> = issues!().order(catalogue_issue::number.desc()).load(conn)?;
    rows.into_iter().map(to_issue).collect()
}

/// An issue by its id.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &CatalogueIssueId) -> Result<Issue> {
    to_issue(issues!().filter(catalogue_issue::id.eq(id)).first(conn)?)
}

/// An issue that the public may read, by its number.
///
/// # Errors
/// `NotFound`.
pub fn by_number(conn: &mut Conn, number: i32) -> Result<Issue> {
    let found = to_issue(issues!().filter(catalogue_issue::number.eq(number)).first(conn)?)?;
    if found.is_public() { Ok(found) } else { Err(Error::not_found()) }
}

/// The issue in force.
///
/// # Errors
/// When the database does not answer.
pub fn in_force(conn: &mut Conn) -> Result<Option<Issue>> {
    let row: Option<Row> = issues!().filter(catalogue_issue::state.eq(State::Issued.code())).first(conn).optional()?;
    row.map(to_issue).transpose()
}

/// Where whoever entered the decision on an issue coordinates, or did last.
pub(in crate::plan) fn recorded_at(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Option<AgencyId>> {
    let by: Option<AccountId> = catalogue_issue::table.find(of).select(catalogue_issue::recorded_by).first(conn)?;
    let Some(by) = by else { return Ok(None) };
    Ok(account_role::table
        .filter(account_role::account_id.eq(by))
        .filter(account_role::role.eq(role::COORDINATOR))
        .order((account_role::valid_from.desc(), account_role::agency_id.asc()))
        .select(account_role::agency_id)
        .first(conn)
        .optional()?)
}

/// The issue that is being written, or is with the authority.
///
/// # Errors
/// When the database does not answer.
pub fn in_work(conn: &mut Conn) -> Result<Option<Issue>> {
    let row: Option<Row> = issues!()
        .filter(catalogue_issue::state.eq_any([State::Draft.code(), State::Submitted.code()]))
        .first(conn)
        .optional()?;
    row.map(to_issue).transpose()
}

/// The number of the newest issue; 0 before the first.
pub(super) fn last_number(conn: &mut Conn) -> Result<i32> {
    let last: Option<i32> = catalogue_issue::table.select(max(catalogue_issue::number)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// All entries of an issue, by title.
///
/// # Errors
/// When the database does not answer.
pub fn entries(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<Entry>> {
    Ok(catalogue_entry::table
        .filter(catalogue_entry::issue_id.eq(of))
        .order((catalogue_entry::title_vi.asc(), catalogue_entry::entry_id.asc()))
        .select(Entry::as_select())
        .load(conn)?)
}

/// The entries of an issue that a reader sees, by title.
///
/// # Errors
/// When the database does not answer.
pub fn visible(conn: &mut Conn, of: &CatalogueIssueId, sight: &Sight) -> Result<Vec<Entry>> {
    let hidden = hidden(conn, sight)?;
    let mut found = catalogue_entry::table
        .left_join(dataset::table)
        .filter(catalogue_entry::issue_id.eq(of))
        .select(Entry::as_select())
        .into_boxed();
    if let Sight::Of(own) = sight {
        found = found.filter(seen_by!(own, hidden));
    }
    Ok(found.order((catalogue_entry::title_vi.asc(), catalogue_entry::entry_id.asc())).load(conn)?)
}

/// The entries of an issue that cannot be issued, by title, and why.
///
/// # Errors
/// When the database does not answer.
pub fn closed(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<(Entry, Closed)>> {
    let rows: Vec<(Entry, Option<i64>)> = catalogue_entry::table
        .left_join(dataset::table)
        .filter(catalogue_entry::issue_id.eq(of))
        .filter(dataset::quarantined_at.nullable().is_not_null().or(catalogue_entry::title_vi.eq("")))
        .order((catalogue_entry::title_vi.asc(), catalogue_entry::entry_id.asc()))
        .select((Entry::as_select(), dataset::quarantined_at.nullable()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(entry, at)| closed_by(&entry, at).map(|why| (entry, why))).collect())
}

fn closed_by(entry: &Entry, quarantined_at: Option<i64>) -> Option<Closed> {
    match (entry.title_vi.is_empty(), quarantined_at) {
        (true, _) => Some(Closed::Purged),
        (false, Some(_)) => Some(Closed::Quarantined),
        (false, None) => None,
    }
}

/// The entry that last stood for a dataset, in another issue.
pub(super) fn last_of(conn: &mut Conn, of: &DatasetId, but: &CatalogueIssueId) -> Result<Option<Entry>> {
    Ok(catalogue_entry::table
        .inner_join(catalogue_issue::table)
        .filter(catalogue_entry::dataset_id.eq(of))
        .filter(catalogue_entry::issue_id.ne(but))
        .order(catalogue_issue::number.desc())
        .select(Entry::as_select())
        .first(conn)
        .optional()?)
}

/// Every entry of a dataset, and whether it stands in a draft; also those of issues in which it was only intended.
pub(super) fn of_dataset(conn: &mut Conn, of: &DatasetId) -> Result<Vec<(Entry, bool)>> {
    let own = catalogue_entry::table.filter(catalogue_entry::dataset_id.eq(of));
    let ids: Vec<CatalogueEntryId> = own.select(catalogue_entry::entry_id).distinct().load(conn)?;
    let intended = catalogue_entry::dataset_id.is_null().and(catalogue_entry::entry_id.eq_any(ids));
    let rows: Vec<(Entry, String)> = catalogue_entry::table
        .inner_join(catalogue_issue::table)
        .filter(catalogue_entry::dataset_id.eq(of).or(intended))
        .order((catalogue_issue::number.asc(), catalogue_entry::entry_id.asc()))
        .select((Entry::as_select(), catalogue_issue::state))
        .load(conn)?;
    Ok(rows.into_iter().map(|(entry, state)| (entry, state == State::Draft.code())).collect())
}

/// A page of the entries of an issue, by agency and title.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, of: &CatalogueIssueId, filter: &Filter, page: PageRequest) -> Result<Page<Listed>> {
    type Row = (Entry, String, String, Option<String>, Option<String>, Option<String>, Option<i64>);
    let (patterns, hidden) = (patterns(&filter.text), hidden(conn, &filter.sight)?);
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.into_boxed().filter(catalogue_entry::issue_id.eq(of));
            if let Some(agency) = &filter.agency {
                query = query.filter(catalogue_entry::agency_id.eq(agency));
            }
            if let Some(topic) = &filter.topic {
                query = query.filter(catalogue_entry::topic.eq(topic));
            }
            for pattern in &patterns {
                query = query.filter(catalogue_entry::search_text.like(pattern));
            }
            if let Sight::Of(own) = &filter.sight {
                query = query.filter(seen_by!(own, hidden));
            }
            query
        }};
    }
    let joined = catalogue_entry::table.inner_join(agency::table).left_join(dataset::table);
    let total: i64 = matching!(joined.select(count_star())).first(conn)?;
    let rows: Vec<Row> = matching!(joined.select((
        Entry::as_select(),
        agency::slug,
        agency::name_vi,
        agency::name_en,
        dataset::slug.nullable(),
        dataset::state.nullable(),
        dataset::quarantined_at.nullable(),
    )))
    .order((agency::name_vi.asc(), catalogue_entry::title_vi.asc(), catalogue_entry::entry_id.asc()))
    .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
    .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
    .load(conn)?;
    let items = rows.into_iter().map(|(entry, agency_slug, vi, en, slug, state, quarantined_at)| Listed {
        closed: closed_by(&entry, quarantined_at),
        entry,
        agency: Localized { vi, en },
        agency_slug,
        dataset: slug.zip(state),
    });
    Ok(Page { items: items.collect(), total: u64::try_from(total).unwrap_or(0), request: page })
}

/// The agencies that an issue lists something of, with how much.
///
/// # Errors
/// When the database does not answer.
pub fn agencies_of(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<(AgencyId, u64)>> {
    let rows: Vec<(AgencyId, i64)> = catalogue_entry::table
        .filter(catalogue_entry::issue_id.eq(of))
        .group_by(catalogue_entry::agency_id)
        .select((catalogue_entry::agency_id, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, count)| (id, u64::try_from(count).unwrap_or(0))).collect())
}

/// What left with an issue, by title.
///
/// # Errors
/// When the database does not answer.
pub fn removals(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<Removal>> {
    Ok(catalogue_removal::table
        .filter(catalogue_removal::issue_id.eq(of))
        .order((catalogue_removal::title_vi.asc(), catalogue_removal::entry_id.asc()))
        .select(Removal::as_select())
        .load(conn)?)
}

/// Where an issue was posted, the last first.
///
/// # Errors
/// When the database does not answer.
pub fn postings(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<Posting>> {
    type Row = (CataloguePostingId, String, String, Option<String>, AccountId, i64);
    let rows: Vec<Row> = catalogue_posting::table
        .filter(catalogue_posting::issue_id.eq(of))
        .order((catalogue_posting::posted_on.desc(), catalogue_posting::id.desc()))
        .select((
            catalogue_posting::id,
            catalogue_posting::posted_on,
            catalogue_posting::address,
            catalogue_posting::note,
            catalogue_posting::posted_by,
            catalogue_posting::recorded_at,
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(id, posted_on, address, note, posted_by, at)| {
            let posted_on = day_of(&posted_on).ok_or_else(|| Error::internal("a posting of no day"))?;
            Ok(Posting { id, posted_on, address, note, posted_by, recorded_at: Timestamp(at) })
        })
        .collect()
}

pub(super) fn insert_posting(tx: &mut Tx<'_>, of: &CatalogueIssueId, new: &Posting) -> Result<()> {
    diesel::insert_into(catalogue_posting::table)
        .values((
            catalogue_posting::id.eq(&new.id),
            catalogue_posting::issue_id.eq(of),
            catalogue_posting::posted_on.eq(new.posted_on.to_string()),
            catalogue_posting::address.eq(&new.address),
            catalogue_posting::note.eq(new.note.as_deref()),
            catalogue_posting::posted_by.eq(&new.posted_by),
            catalogue_posting::recorded_at.eq(new.recorded_at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// The reviews of an issue that found nothing to change, the last first.
///
/// # Errors
/// When the database does not answer.
pub fn reviews(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<Reviewed>> {
    let rows: Vec<(CatalogueReviewId, String, String, i64)> = catalogue_review::table
        .inner_join(account::table)
        .filter(catalogue_review::issue_id.eq(of))
        .order((catalogue_review::at.desc(), catalogue_review::id.desc()))
        .limit(MOST_REVIEWS)
        .select((catalogue_review::id, catalogue_review::checked, account::full_name, catalogue_review::at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, checked, name, at)| Reviewed { id, checked, name, at: Timestamp(at) }).collect())
}

/// When an issue was last reviewed with nothing to change, before a moment.
pub(super) fn last_review(conn: &mut Conn, of: &CatalogueIssueId, before: Timestamp) -> Result<Option<Timestamp>> {
    let last: Option<i64> = catalogue_review::table
        .filter(catalogue_review::issue_id.eq(of))
        .filter(catalogue_review::at.lt(before.0))
        .select(max(catalogue_review::at))
        .first(conn)?;
    Ok(last.map(Timestamp))
}

pub(super) fn insert_review(
    tx: &mut Tx<'_>,
    of: &CatalogueIssueId,
    id: &CatalogueReviewId,
    checked: &str,
    by: &AccountId,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(catalogue_review::table)
        .values((
            catalogue_review::id.eq(id),
            catalogue_review::issue_id.eq(of),
            catalogue_review::checked.eq(checked),
            catalogue_review::account_id.eq(by),
            catalogue_review::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Published datasets that an issue does not list and that may be issued, of those with some words.
macro_rules! unlisted {
    ($query:expr, $of:expr, $patterns:expr) => {{
        let listed = catalogue_entry::table
            .filter(catalogue_entry::issue_id.eq($of.clone()))
            .filter(catalogue_entry::dataset_id.eq(dataset::id.nullable()));
        let mut query = $query
            .filter(dataset::state.eq("published"))
            .filter(dataset::quarantined_at.is_null())
            .filter(not(exists(listed)))
            .into_boxed();
        for pattern in $patterns {
            query = query.filter(dataset::search_text.like(pattern));
        }
        query
    }};
}

/// A page of the published datasets that an issue does not list and that may be issued, of those with some words, by title.
///
/// # Errors
/// When the database does not answer.
pub fn beyond(conn: &mut Conn, of: &CatalogueIssueId, text: &str, page: PageRequest) -> Result<Page<Dataset>> {
    let patterns = patterns(text);
    let total: i64 = unlisted!(dataset::table.select(count_star()), of, &patterns).first(conn)?;
    let items: Vec<Dataset> = unlisted!(dataset::table.select(Dataset::as_select()), of, &patterns)
        .order((dataset::title_vi.asc(), dataset::id.asc()))
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .load(conn)?;
    Ok(Page { items, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// The ids of all of them.
pub(super) fn beyond_ids(conn: &mut Conn, of: &CatalogueIssueId) -> Result<Vec<DatasetId>> {
    let everything = patterns("");
    Ok(unlisted!(dataset::table.select(dataset::id), of, &everything)
        .order((dataset::title_vi.asc(), dataset::id.asc()))
        .load(conn)?)
}

pub(super) fn insert_issue(tx: &mut Tx<'_>, id: &CatalogueIssueId, number: i32) -> Result<()> {
    let (at, by) = (tx.ctx().at.0, tx.ctx().actor.account().cloned());
    let by = by.ok_or_else(|| Error::internal("an issue of the catalogue that nobody began"))?;
    diesel::insert_into(catalogue_issue::table)
        .values((
            catalogue_issue::id.eq(id),
            catalogue_issue::number.eq(number),
            catalogue_issue::state.eq(State::Draft.code()),
            catalogue_issue::revision.eq(1),
            catalogue_issue::made_by.eq(by),
            catalogue_issue::made_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_entries(tx: &mut Tx<'_>, new: &[Entry]) -> Result<()> {
    for entry in new {
        diesel::insert_into(catalogue_entry::table).values(entry).execute(tx.conn())?;
    }
    Ok(())
}

pub(super) fn delete_entry(tx: &mut Tx<'_>, of: &CatalogueIssueId, id: &CatalogueEntryId) -> Result<()> {
    diesel::delete(catalogue_entry::table.find((of, id))).execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_removal(tx: &mut Tx<'_>, of: &CatalogueIssueId, entry: &Entry, reason: &str) -> Result<()> {
    let (at, by) = (tx.ctx().at.0, tx.ctx().actor.account().cloned());
    let by = by.ok_or_else(|| Error::internal("an entry that nobody removed"))?;
    diesel::insert_into(catalogue_removal::table)
        .values((
            catalogue_removal::issue_id.eq(of),
            catalogue_removal::entry_id.eq(&entry.entry_id),
            catalogue_removal::title_vi.eq(&entry.title_vi),
            catalogue_removal::reason.eq(reason),
            catalogue_removal::removed_by.eq(by),
            catalogue_removal::removed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// What was taken out stands there again.
pub(super) fn delete_removal(tx: &mut Tx<'_>, of: &CatalogueIssueId, id: &CatalogueEntryId) -> Result<()> {
    diesel::delete(catalogue_removal::table.find((of, id))).execute(tx.conn())?;
    Ok(())
}

/// Writes anew what an entry of a draft says, in place: put in again, it would wait for whoever holds the issue and waits for its dataset.
pub(super) fn rewrite(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    diesel::update(catalogue_entry::table.find((&entry.issue_id, &entry.entry_id)))
        .set((
            catalogue_entry::title_vi.eq(&entry.title_vi),
            catalogue_entry::title_en.eq(entry.title_en.as_deref()),
            catalogue_entry::agency_id.eq(&entry.agency_id),
            catalogue_entry::topic.eq(&entry.topic),
            catalogue_entry::frequency.eq(&entry.frequency),
            catalogue_entry::licence.eq(entry.licence.as_deref()),
            catalogue_entry::search_text.eq(&entry.search_text),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Empties what an entry calls its dataset.
pub(super) fn empty(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    diesel::update(catalogue_entry::table.find((&entry.issue_id, &entry.entry_id)))
        .set((
            catalogue_entry::title_vi.eq(""),
            catalogue_entry::title_en.eq(None::<String>),
            catalogue_entry::search_text.eq(""),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Empties what was said of an entry when it left, where it was called so.
pub(super) fn empty_removals(tx: &mut Tx<'_>, id: &CatalogueEntryId, called: Option<&[String]>) -> Result<()> {
    let left = catalogue_removal::table.filter(catalogue_removal::entry_id.eq(id));
    let nothing = catalogue_removal::title_vi.eq("");
    match called {
        None => diesel::update(left).set(nothing).execute(tx.conn())?,
        Some(called) => {
            let left = left.filter(catalogue_removal::title_vi.eq_any(called));
            diesel::update(left).set(nothing).execute(tx.conn())?
        }
    };
    Ok(())
}

/// Makes the marks of forms that were shown old.
pub(super) fn touch(tx: &mut Tx<'_>, id: &CatalogueIssueId) -> Result<()> {
    diesel::update(catalogue_issue::table.find(id))
        .set(catalogue_issue::revision.eq(catalogue_issue::revision + 1))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a draft away with everything of it.
pub(super) fn delete_draft(tx: &mut Tx<'_>, id: &CatalogueIssueId) -> Result<()> {
    diesel::delete(catalogue_entry::table.filter(catalogue_entry::issue_id.eq(id))).execute(tx.conn())?;
    diesel::delete(catalogue_removal::table.filter(catalogue_removal::issue_id.eq(id))).execute(tx.conn())?;
    diesel::delete(catalogue_issue::table.find(id)).execute(tx.conn())?;
    Ok(())
}

/// Submits an issue, or with nobody takes it back.
pub(super) fn set_submitted(tx: &mut Tx<'_>, id: &CatalogueIssueId, by: Option<&AccountId>) -> Result<()> {
    let at = by.map(|_| tx.ctx().at.0);
    let state = if by.is_some() { State::Submitted } else { State::Draft };
    diesel::update(catalogue_issue::table.find(id))
        .set((
            catalogue_issue::state.eq(state.code()),
            catalogue_issue::submitted_by.eq(by),
            catalogue_issue::submitted_at.eq(at),
            catalogue_issue::revision.eq(catalogue_issue::revision + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_issued(
    tx: &mut Tx<'_>,
    id: &CatalogueIssueId,
    by: &AccountId,
    decision: &SignedDecisionId,
) -> Result<()> {
    diesel::update(catalogue_issue::table.find(id))
        .set((
            catalogue_issue::state.eq(State::Issued.code()),
            catalogue_issue::recorded_by.eq(Some(by)),
            catalogue_issue::decision_id.eq(Some(decision)),
            catalogue_issue::revision.eq(catalogue_issue::revision + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_superseded(tx: &mut Tx<'_>, id: &CatalogueIssueId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(catalogue_issue::table.find(id))
        .set((
            catalogue_issue::state.eq(State::Superseded.code()),
            catalogue_issue::superseded_at.eq(Some(at)),
            catalogue_issue::revision.eq(catalogue_issue::revision + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}
