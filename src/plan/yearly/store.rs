//! The tables of plans.

use diesel::dsl::{count_star, max};
use diesel::prelude::*;

use super::{Comment, Item, ItemState, Listed, Plan, State};
use crate::kernel::id::{AccountId, AgencyId, DataRequestId, DatasetId, PlanId, PlanItemId, SignedDecisionId};
use crate::kernel::{Error, Localized, Page, PageRequest, Result, Timestamp, day_of};
use crate::plan::decision::{Row as DecisionRow, to_decision};
use crate::platform::db::{Conn, Tx};
use crate::schema::{account, agency, data_request, dataset, plan_comment, plan_item, signed_decision, yearly_plan};

#[derive(Queryable, Selectable)]
#[diesel(table_name = yearly_plan)]
struct PlanRow {
    id: PlanId,
    year: i32,
    state: String,
    revision: i32,
    submitted_by: Option<AccountId>,
    submitted_at: Option<i64>,
    returned_reason: Option<String>,
}

type Row = (PlanRow, Option<DecisionRow>);

fn to_plan((row, decision): Row) -> Result<Plan> {
    Ok(Plan {
        id: row.id,
        year: row.year,
        state: State::from_code(&row.state).ok_or_else(|| Error::internal("a plan in no state"))?,
        revision: row.revision,
        submitted_by: row.submitted_by,
        submitted_at: row.submitted_at.map(Timestamp),
        returned_reason: row.returned_reason,
        decision: decision.map(to_decision).transpose()?,
    })
}

macro_rules! all_plans {
    () => {
        yearly_plan::table
            .left_join(signed_decision::table)
            .select((PlanRow::as_select(), Option::<DecisionRow>::as_select()))
    };
}

/// All plans, the latest year first.
///
/// # Errors
/// When the database does not answer.
pub fn plans(conn: &mut Conn) -> Result<Vec<Plan>> {
    let rows: Vec<Row> = all_plans!().order(yearly_plan::year.desc()).load(conn)?;
    rows.into_iter().map(to_plan).collect()
}

/// A plan by its id.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &PlanId) -> Result<Plan> {
    to_plan(all_plans!().filter(yearly_plan::id.eq(id)).first(conn)?)
}

/// The plan of a year.
///
/// # Errors
/// When the database does not answer.
pub fn by_year(conn: &mut Conn, year: i32) -> Result<Option<Plan>> {
    let row: Option<Row> = all_plans!().filter(yearly_plan::year.eq(year)).first(conn).optional()?;
    row.map(to_plan).transpose()
}

#[derive(Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = plan_item, treat_none_as_null = true)]
struct ItemRow {
    id: PlanItemId,
    plan_id: PlanId,
    state: String,
    title_vi: String,
    title_en: Option<String>,
    agency_id: AgencyId,
    person: Option<String>,
    target_on: String,
    level: String,
    dataset_id: Option<DatasetId>,
    request_id: Option<DataRequestId>,
    reason: Option<String>,
    settled_on: Option<String>,
    approved: bool,
}

fn to_item(row: ItemRow) -> Result<Item> {
    Ok(Item {
        id: row.id,
        plan: row.plan_id,
        state: ItemState::from_code(&row.state).ok_or_else(|| Error::internal("an item in no state"))?,
        title: Localized { vi: row.title_vi, en: row.title_en },
        agency: row.agency_id,
        person: row.person,
        target_on: day_of(&row.target_on).ok_or_else(|| Error::internal("an item of no day"))?,
        level: row.level,
        dataset: row.dataset_id,
        request: row.request_id,
        reason: row.reason,
        settled_on: row.settled_on.as_deref().and_then(day_of),
        approved: row.approved,
    })
}

fn of_item(item: &Item) -> ItemRow {
    ItemRow {
        id: item.id.clone(),
        plan_id: item.plan.clone(),
        state: item.state.code().to_owned(),
        title_vi: item.title.vi.clone(),
        title_en: item.title.en.clone(),
        agency_id: item.agency.clone(),
        person: item.person.clone(),
        target_on: item.target_on.to_string(),
        level: item.level.clone(),
        dataset_id: item.dataset.clone(),
        request_id: item.request.clone(),
        reason: item.reason.clone(),
        settled_on: item.settled_on.map(|day| day.to_string()),
        approved: item.approved,
    }
}

/// The items of a plan, by their days.
///
/// # Errors
/// When the database does not answer.
pub fn items(conn: &mut Conn, of: &PlanId) -> Result<Vec<Listed>> {
    type Row = (
        ItemRow,
        String,
        Option<String>,
        Option<String>,
        Option<String>,
        (Option<i64>, Option<AgencyId>),
        Option<DataRequestId>,
        Option<i32>,
        Option<i64>,
    );
    let rows: Vec<Row> = plan_item::table
        .inner_join(agency::table)
        .left_join(dataset::table)
        .left_join(data_request::table)
        .filter(plan_item::plan_id.eq(of))
        .order((plan_item::target_on.asc(), plan_item::title_vi.asc(), plan_item::id.asc()))
        .select((
            ItemRow::as_select(),
            agency::name_vi,
            agency::name_en,
            dataset::slug.nullable(),
            dataset::state.nullable(),
            (dataset::quarantined_at.nullable(), dataset::agency_id.nullable()),
            data_request::id.nullable(),
            data_request::number.nullable(),
            data_request::supporters.nullable(),
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(row, vi, en, slug, state, (quarantined_at, owner), request, number, supporters)| {
            Ok(Listed {
                item: to_item(row)?,
                agency: Localized { vi, en },
                dataset: slug.zip(state),
                quarantined: owner.filter(|_| quarantined_at.is_some()),
                request: request.map(|_| (number, u64::try_from(supporters.unwrap_or(0)).unwrap_or(0))),
            })
        })
        .collect()
}

/// An item of a plan.
///
/// # Errors
/// `NotFound`.
pub(super) fn item(conn: &mut Conn, of: &PlanId, id: &PlanItemId) -> Result<Item> {
    let found = plan_item::table.find(id).filter(plan_item::plan_id.eq(of));
    to_item(found.select(ItemRow::as_select()).first(conn)?)
}

/// A page of what was said about a plan, the last first; past the last page, the last one.
///
/// # Errors
/// When the database does not answer.
pub fn comments(conn: &mut Conn, of: &PlanId, page: PageRequest) -> Result<Page<Comment>> {
    let total = count_comments(conn, of)?;
    let page = page.within(total);
    let rows: Vec<(String, String, String, i64)> = plan_comment::table
        .inner_join(account::table)
        .inner_join(agency::table)
        .filter(plan_comment::plan_id.eq(of))
        .order(plan_comment::seq.desc())
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .select((account::full_name, agency::name_vi, plan_comment::text, plan_comment::at))
        .load(conn)?;
    let found = rows.into_iter().map(|(person, agency, text, at)| Comment { person, agency, text, at: Timestamp(at) });
    Ok(Page { items: found.collect(), total, request: page })
}

/// How much was said about a plan.
pub(super) fn count_comments(conn: &mut Conn, of: &PlanId) -> Result<u64> {
    let count: i64 = plan_comment::table.filter(plan_comment::plan_id.eq(of)).select(count_star()).first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

/// The items that are about a dataset, or that came to it.
pub(super) fn of_dataset(conn: &mut Conn, of: &DatasetId) -> Result<Vec<Item>> {
    let found = plan_item::table.filter(plan_item::dataset_id.eq(of)).order(plan_item::id.asc());
    let rows: Vec<ItemRow> = found.select(ItemRow::as_select()).load(conn)?;
    rows.into_iter().map(to_item).collect()
}

/// The authority approved what a plan has open.
pub(super) fn approve_items(tx: &mut Tx<'_>, of: &PlanId) -> Result<()> {
    let open = plan_item::table.filter(plan_item::plan_id.eq(of)).filter(plan_item::state.eq(ItemState::Open.code()));
    diesel::update(open).set(plan_item::approved.eq(true)).execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &PlanId, year: i32, by: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(yearly_plan::table)
        .values((
            yearly_plan::id.eq(id),
            yearly_plan::year.eq(year),
            yearly_plan::state.eq(State::Draft.code()),
            yearly_plan::revision.eq(1),
            yearly_plan::made_by.eq(by),
            yearly_plan::made_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Makes the marks of forms that were shown old.
pub(super) fn touch(tx: &mut Tx<'_>, id: &PlanId) -> Result<()> {
    diesel::update(yearly_plan::table.find(id))
        .set(yearly_plan::revision.eq(yearly_plan::revision + 1))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_state(tx: &mut Tx<'_>, id: &PlanId, state: State) -> Result<()> {
    diesel::update(yearly_plan::table.find(id))
        .set((yearly_plan::state.eq(state.code()), yearly_plan::revision.eq(yearly_plan::revision + 1)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_submitted(tx: &mut Tx<'_>, id: &PlanId, by: &AccountId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(yearly_plan::table.find(id))
        .set((yearly_plan::submitted_by.eq(Some(by)), yearly_plan::submitted_at.eq(Some(at))))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_reason(tx: &mut Tx<'_>, id: &PlanId, reason: &str) -> Result<()> {
    diesel::update(yearly_plan::table.find(id))
        .set(yearly_plan::returned_reason.eq(Some(reason)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_approved(tx: &mut Tx<'_>, id: &PlanId, by: &AccountId, decision: &SignedDecisionId) -> Result<()> {
    diesel::update(yearly_plan::table.find(id))
        .set((
            yearly_plan::state.eq(State::Approved.code()),
            yearly_plan::recorded_by.eq(Some(by)),
            yearly_plan::decision_id.eq(Some(decision)),
            yearly_plan::revision.eq(yearly_plan::revision + 1),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_item(tx: &mut Tx<'_>, item: &Item, by: &AccountId) -> Result<()> {
    diesel::insert_into(plan_item::table).values((of_item(item), plan_item::made_by.eq(by))).execute(tx.conn())?;
    Ok(())
}

/// Writes all of an item, its words included: for whoever typed them.
pub(super) fn update_item(tx: &mut Tx<'_>, item: &Item) -> Result<()> {
    diesel::update(plan_item::table.find(&item.id)).set(of_item(item)).execute(tx.conn())?;
    Ok(())
}

/// Writes where an item stands, and nothing that a purge empties meanwhile.
pub(super) fn set_standing(tx: &mut Tx<'_>, item: &Item) -> Result<()> {
    diesel::update(plan_item::table.find(&item.id))
        .set((
            plan_item::state.eq(item.state.code()),
            plan_item::dataset_id.eq(item.dataset.as_ref()),
            plan_item::reason.eq(item.reason.as_deref()),
            plan_item::settled_on.eq(item.settled_on.map(|day| day.to_string())),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Empties what an item is called; where it stands is left to whoever settles it meanwhile.
pub(super) fn empty_title(tx: &mut Tx<'_>, id: &PlanItemId) -> Result<()> {
    diesel::update(plan_item::table.find(id))
        .set((plan_item::title_vi.eq(""), plan_item::title_en.eq(None::<String>)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_comment(
    tx: &mut Tx<'_>,
    of: &PlanId,
    by: &AccountId,
    agency: &AgencyId,
    text: &str,
) -> Result<()> {
    let at = tx.ctx().at.0;
    let last: Option<i32> =
        plan_comment::table.filter(plan_comment::plan_id.eq(of)).select(max(plan_comment::seq)).first(tx.conn())?;
    diesel::insert_into(plan_comment::table)
        .values((
            plan_comment::plan_id.eq(of),
            plan_comment::seq.eq(last.unwrap_or(0) + 1),
            plan_comment::account_id.eq(by),
            plan_comment::agency_id.eq(agency),
            plan_comment::text.eq(text),
            plan_comment::at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}
