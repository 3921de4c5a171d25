//! The tables of datasets, versions and resources.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

use diesel::dsl::count_star;
use diesel::prelude::*;

use super::manifest::Part;
use super::{
    Address, Card, ColumnNote, Dataset, Listed, Metadata, NewResource, Of, ResourceVersion, Standing, State,
    StateCount, Told, Version, VersionLine, Which,
};
use crate::access::Sight;
use crate::account::Person;
use crate::kernel::id::{AccountId, AgencyId, DatasetId, PurgeId, ReportId, ResourceId, TableVersionId, VersionId};
use crate::kernel::slug::is_slug;
use crate::kernel::text::fold;
use crate::kernel::{Actor, Localized, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx, lock_row, share_rows};
use crate::schema::{
    account, agency, dataset, resource, table_attempt, table_file, table_version, version, version_contributor,
    version_resource,
};
use crate::table::{Object, TableVersion};

/// A version as it stands in the table.
#[derive(Queryable, Selectable)]
#[diesel(table_name = version)]
struct VersionRow {
    id: VersionId,
    dataset_id: DatasetId,
    number: Option<i32>,
    state: String,
    metadata: String,
    note_vi: Option<String>,
    note_en: Option<String>,
    author_id: Option<AccountId>,
    created_at: i64,
    published_at: Option<i64>,
    hash: Option<String>,
    corrects: Option<String>,
    purged_at: Option<i64>,
}

fn to_version(row: VersionRow) -> Result<Version> {
    Ok(Version {
        id: row.id,
        dataset_id: row.dataset_id,
        number: row.number,
        published: row.state == "published",
        metadata: serde_json::from_str(&row.metadata)?,
        note: row.note_vi.map(|vi| Localized { vi, en: row.note_en }),
        author: row.author_id,
        created_at: Timestamp(row.created_at),
        published_at: row.published_at.map(Timestamp),
        hash: row.hash,
        corrects: row.corrects.as_deref().map(serde_json::from_str).transpose()?,
        purged_at: row.purged_at.map(Timestamp),
    })
}

// ── Datasets ──

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &DatasetId,
    slug: &str,
    owner: &AgencyId,
    metadata: &Metadata,
    search_text: &str,
) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(dataset::table)
        .values((
            dataset::id.eq(id),
            dataset::slug.eq(slug),
            dataset::agency_id.eq(owner),
            dataset::state.eq(State::Draft.code()),
            // The issued catalogue alone says otherwise.
            dataset::in_catalogue.eq(false),
            dataset::title_vi.eq(&metadata.title.vi),
            dataset::topic.eq(&metadata.topic),
            dataset::frequency.eq(&metadata.frequency),
            dataset::search_text.eq(search_text),
            dataset::created_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// One dataset.
///
/// # Errors
/// `NotFound`.
pub fn by_id(conn: &mut Conn, id: &DatasetId) -> Result<Dataset> {
    Ok(dataset::table.find(id).select(Dataset::as_select()).first(conn)?)
}

/// One dataset by its slug, in any state.
///
/// # Errors
/// When the database does not answer.
pub fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Dataset>> {
    if !is_slug(slug) {
        return Ok(None);
    }
    Ok(dataset::table.filter(dataset::slug.eq(slug)).select(Dataset::as_select()).first(conn).optional()?)
}

/// The dataset that was ever public whose id ends so; none where two do.
///
/// # Errors
/// When the database does not answer.
pub fn by_tail(conn: &mut Conn, tail: &str) -> Result<Option<Dataset>> {
    if !tail.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let found: Vec<Dataset> = dataset::table
        .filter(dataset::id.like(format!("%-{tail}")))
        .filter(dataset::state.ne(State::Draft.code()))
        .limit(2)
        .select(Dataset::as_select())
        .load(conn)?;
    Ok(if found.len() == 1 { found.into_iter().next() } else { None })
}

pub(super) fn set_listing(tx: &mut Tx<'_>, id: &DatasetId, metadata: &Metadata, search_text: &str) -> Result<()> {
    diesel::update(dataset::table.find(id))
        .set((
            dataset::title_vi.eq(&metadata.title.vi),
            dataset::topic.eq(&metadata.topic),
            dataset::frequency.eq(&metadata.frequency),
            dataset::search_text.eq(search_text),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_current(tx: &mut Tx<'_>, id: &DatasetId, to: &VersionId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(dataset::table.find(id))
        .set((
            dataset::current_version_id.eq(Some(to)),
            dataset::state.eq(State::Published.code()),
            dataset::updated_at.eq(Some(at)),
            dataset::counts_from.eq(Some(at)),
            dataset::extended_to.eq(None::<String>),
        ))
        .execute(tx.conn())?;
    diesel::update(dataset::table.find(id).filter(dataset::published_at.is_null()))
        .set(dataset::published_at.eq(Some(at)))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_withdrawn(tx: &mut Tx<'_>, id: &DatasetId, reason: &Localized) -> Result<bool> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(dataset::table.find(id).filter(dataset::state.eq(State::Published.code())))
        .set((
            dataset::state.eq(State::Withdrawn.code()),
            dataset::withdrawn_at.eq(Some(at)),
            dataset::withdrawn_reason_vi.eq(Some(&reason.vi)),
            dataset::withdrawn_reason_en.eq(reason.en.as_ref()),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

/// The datasets that bear the mark of the issued open-data catalogue.
pub(super) fn in_catalogue(conn: &mut Conn) -> Result<Vec<DatasetId>> {
    Ok(dataset::table.filter(dataset::in_catalogue.eq(true)).select(dataset::id).load(conn)?)
}

pub(super) fn set_in_catalogue(tx: &mut Tx<'_>, id: &DatasetId, on: bool) -> Result<()> {
    let since = on.then_some(tx.ctx().at.0);
    diesel::update(dataset::table.find(id))
        .set((dataset::in_catalogue.eq(on), dataset::listed_at.eq(since)))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes a dataset out of sight, or lets it be seen again.
pub(crate) fn set_quarantine(tx: &mut Tx<'_>, id: &DatasetId, on: bool) -> Result<()> {
    let at = on.then_some(tx.ctx().at.0);
    diesel::update(dataset::table.find(id)).set(dataset::quarantined_at.eq(at)).execute(tx.conn())?;
    Ok(())
}

/// Keeps other transactions off a dataset until this one ends.
///
/// # Errors
/// When the database does not answer.
pub fn lock(tx: &mut Tx<'_>, id: &DatasetId) -> Result<()> {
    lock_row(tx.conn(), "dataset", id.as_str())
}

/// Keeps datasets as they are until this transaction ends, for whoever copies their words: a purge that holds one of them is over then, and
/// one that comes later finds the copy. Says whether they may have changed since they were read.
///
/// # Errors
/// When the database does not answer.
pub fn share<'a>(tx: &mut Tx<'_>, ids: impl IntoIterator<Item = &'a DatasetId>) -> Result<bool> {
    let ids: Vec<String> = ids.into_iter().map(ToString::to_string).collect();
    share_rows(tx.conn(), "dataset", &ids)
}

// ── Versions ──

pub(super) fn insert_draft(tx: &mut Tx<'_>, id: &VersionId, of: &DatasetId, metadata: &Metadata) -> Result<()> {
    let (at, kind, author) = {
        let ctx = tx.ctx();
        let author = match &ctx.actor {
            Actor::Account(id) => Some(id.clone()),
            _ => None,
        };
        (ctx.at.0, ctx.actor.kind(), author)
    };
    diesel::insert_into(version::table)
        .values((
            version::id.eq(id),
            version::dataset_id.eq(of),
            version::state.eq("draft"),
            version::metadata.eq(serde_json::to_string(metadata)?),
            version::author_kind.eq(kind),
            version::author_id.eq(author),
            version::created_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn update_draft(
    tx: &mut Tx<'_>,
    id: &VersionId,
    metadata: &Metadata,
    note: Option<&Localized>,
) -> Result<()> {
    diesel::update(version::table.find(id))
        .set((
            version::metadata.eq(serde_json::to_string(metadata)?),
            version::note_vi.eq(note.map(|note| note.vi.clone())),
            version::note_en.eq(note.and_then(|note| note.en.clone())),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Says which reports a draft corrects, or that it is no correction.
pub(super) fn set_corrects(tx: &mut Tx<'_>, id: &VersionId, corrects: Option<&[ReportId]>) -> Result<()> {
    let corrects = corrects.map(serde_json::to_string).transpose()?;
    diesel::update(version::table.find(id)).set(version::corrects.eq(corrects)).execute(tx.conn())?;
    Ok(())
}

/// Notes who changes a draft: the last one is named as its author, and no person among them may approve it.
pub(super) fn touch_draft(tx: &mut Tx<'_>, id: &VersionId) -> Result<()> {
    let (kind, author) = {
        let actor = &tx.ctx().actor;
        (actor.kind(), actor.account().cloned())
    };
    diesel::update(version::table.find(id))
        .set((version::author_kind.eq(kind), version::author_id.eq(&author)))
        .execute(tx.conn())?;
    if let Some(account) = author
        && !contributors_of(tx.conn(), id)?.contains(&account)
    {
        diesel::insert_into(version_contributor::table)
            .values((version_contributor::version_id.eq(id), version_contributor::account_id.eq(account)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Everybody who changed a version while it was a draft.
///
/// # Errors
/// When the database does not answer.
pub fn contributors_of(conn: &mut Conn, id: &VersionId) -> Result<Vec<AccountId>> {
    let of = version_contributor::table.filter(version_contributor::version_id.eq(id));
    Ok(of.select(version_contributor::account_id).load(conn)?)
}

/// Publishes a draft unless somebody was faster.
pub(super) fn set_published(tx: &mut Tx<'_>, id: &VersionId, number: i32, hash: &str) -> Result<bool> {
    let at = tx.ctx().at.0;
    let changed = diesel::update(version::table.find(id).filter(version::state.eq("draft")))
        .set((
            version::state.eq("published"),
            version::number.eq(Some(number)),
            version::hash.eq(Some(hash)),
            version::published_at.eq(Some(at)),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn last_number(conn: &mut Conn, of: &DatasetId) -> Result<i32> {
    let last: Option<i32> =
        version::table.filter(version::dataset_id.eq(of)).select(diesel::dsl::max(version::number)).first(conn)?;
    Ok(last.unwrap_or(0))
}

/// A version by its id.
///
/// # Errors
/// `NotFound`.
pub fn version_by_id(conn: &mut Conn, id: &VersionId) -> Result<Version> {
    to_version(version::table.find(id).select(VersionRow::as_select()).first(conn)?)
}

/// The versions that hold one of these tables, the oldest first; drafts last.
///
/// # Errors
/// When the database does not answer.
pub fn versions_with(conn: &mut Conn, tables: &[TableVersionId]) -> Result<Vec<Version>> {
    let holding = version_resource::table
        .filter(version_resource::table_version_id.eq_any(tables))
        .select(version_resource::version_id);
    let rows: Vec<VersionRow> = version::table
        .filter(version::id.eq_any(holding))
        .order((version::state.desc(), version::number.asc()))
        .select(VersionRow::as_select())
        .load(conn)?;
    rows.into_iter().map(to_version).collect()
}

/// The newest published version of a dataset that was not purged and is none of these.
///
/// # Errors
/// When the database does not answer.
pub fn newest_but(conn: &mut Conn, of: &DatasetId, these: &[VersionId]) -> Result<Option<Version>> {
    let row = version::table
        .filter(version::dataset_id.eq(of))
        .filter(version::state.eq("published"))
        .filter(version::purged_at.is_null())
        .filter(version::id.ne_all(these))
        .order(version::number.desc())
        .select(VersionRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_version).transpose()
}

/// Makes tombstones of published versions: nothing of what they said stays, but for their number, hash and dates.
pub(super) fn set_purged(tx: &mut Tx<'_>, ids: &[VersionId], by: &PurgeId, blank: &Metadata) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(version::table.filter(version::id.eq_any(ids)))
        .set((
            version::metadata.eq(serde_json::to_string(blank)?),
            version::note_vi.eq(None::<String>),
            version::note_en.eq(None::<String>),
            version::corrects.eq(None::<String>),
            version::purge_id.eq(by),
            version::purged_at.eq(at),
        ))
        .execute(tx.conn())?;
    diesel::update(version_resource::table.filter(version_resource::version_id.eq_any(ids)))
        .set((
            version_resource::title_vi.eq(&blank.title.vi),
            version_resource::title_en.eq(None::<String>),
            version_resource::dictionary.eq("[]"),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Takes tables out of a draft.
pub(super) fn take_out(tx: &mut Tx<'_>, draft: &VersionId, tables: &[TableVersionId]) -> Result<()> {
    let of = version_resource::table.filter(version_resource::version_id.eq(draft));
    diesel::delete(of.filter(version_resource::table_version_id.eq_any(tables))).execute(tx.conn())?;
    Ok(())
}

/// Lets the public see an earlier version again, as of when that was published. Its agency's period goes on as it was.
pub(super) fn fall_back(tx: &mut Tx<'_>, id: &DatasetId, to: &Version) -> Result<()> {
    diesel::update(dataset::table.find(id))
        .set((dataset::current_version_id.eq(Some(&to.id)), dataset::updated_at.eq(to.published_at.map(|at| at.0))))
        .execute(tx.conn())?;
    Ok(())
}

/// A published version by its number.
///
/// # Errors
/// When the database does not answer.
pub fn version_by_number(conn: &mut Conn, of: &DatasetId, number: i32) -> Result<Option<Version>> {
    let row = version::table
        .filter(version::dataset_id.eq(of))
        .filter(version::number.eq(number))
        .select(VersionRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_version).transpose()
}

/// The draft of a dataset, if there is one.
///
/// # Errors
/// When the database does not answer.
pub fn draft_of(conn: &mut Conn, of: &DatasetId) -> Result<Option<Version>> {
    let row = version::table
        .filter(version::dataset_id.eq(of))
        .filter(version::state.eq("draft"))
        .select(VersionRow::as_select())
        .first(conn)
        .optional()?;
    row.map(to_version).transpose()
}

/// The drafts of datasets, those withdrawn left out.
///
/// # Errors
/// When the database does not answer.
pub fn drafts_of(conn: &mut Conn, of: &[DatasetId]) -> Result<Vec<Version>> {
    let rows: Vec<VersionRow> = version::table
        .inner_join(dataset::table.on(version::dataset_id.eq(dataset::id)))
        .filter(version::dataset_id.eq_any(of))
        .filter(version::state.eq("draft"))
        .filter(dataset::state.ne(State::Withdrawn.code()))
        .select(VersionRow::as_select())
        .load(conn)?;
    rows.into_iter().map(to_version).collect()
}

/// How many datasets have a draft, those withdrawn left out.
///
/// # Errors
/// When the database does not answer.
pub fn count_drafts(conn: &mut Conn) -> Result<u64> {
    let count: i64 = version::table
        .inner_join(dataset::table.on(version::dataset_id.eq(dataset::id)))
        .filter(version::state.eq("draft"))
        .filter(dataset::state.ne(State::Withdrawn.code()))
        .select(count_star())
        .first(conn)?;
    Ok(u64::try_from(count).unwrap_or(0))
}

pub(super) fn slugs(conn: &mut Conn, of: &[&DatasetId]) -> Result<HashMap<DatasetId, String>> {
    let rows: Vec<(DatasetId, String)> = dataset::table
        .filter(dataset::id.eq_any(of.iter().copied()))
        .select((dataset::id, dataset::slug))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// The last number of each dataset that has one.
pub(super) fn last_numbers(conn: &mut Conn, of: &[&DatasetId]) -> Result<HashMap<DatasetId, i32>> {
    let rows: Vec<(DatasetId, Option<i32>)> = version::table
        .filter(version::dataset_id.eq_any(of.iter().copied()))
        .group_by(version::dataset_id)
        .select((version::dataset_id, diesel::dsl::max(version::number)))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, number)| Some((id, number?))).collect())
}

/// What of each version's resources stands in its manifest, in order.
pub(super) fn parts_of(conn: &mut Conn, of: &[&VersionId]) -> Result<HashMap<VersionId, Vec<Part>>> {
    type Row = (VersionId, String, String, Option<String>, String, String, String, String);
    let rows: Vec<Row> = version_resource::table
        .inner_join(resource::table)
        .inner_join(table_version::table)
        .filter(version_resource::version_id.eq_any(of.iter().copied()))
        .order(version_resource::position.asc())
        .select((
            version_resource::version_id,
            resource::name,
            version_resource::title_vi,
            version_resource::title_en,
            version_resource::dictionary,
            table_version::original_sha256,
            table_version::parquet_sha256,
            table_version::csv_sha256,
        ))
        .load(conn)?;
    let mut parts: HashMap<VersionId, Vec<Part>> = HashMap::new();
    for (version, name, vi, en, dictionary, original, parquet, csv) in rows {
        let dictionary = serde_json::from_str(&dictionary)?;
        let part = Part { name, title: Localized { vi, en }, dictionary, original, parquet, csv };
        parts.entry(version).or_default().push(part);
    }
    Ok(parts)
}

/// All versions of a dataset, newest first; drafts only for the internal portal.
///
/// # Errors
/// When the database does not answer.
pub fn version_lines(conn: &mut Conn, of: &DatasetId, with_drafts: bool) -> Result<Vec<VersionLine>> {
    let mut query = version::table
        .left_join(account::table.on(version::author_id.eq(account::id.nullable())))
        .filter(version::dataset_id.eq(of))
        .select((VersionRow::as_select(), account::full_name.nullable()))
        .into_boxed();
    if !with_drafts {
        query = query.filter(version::state.eq("published"));
    }
    let found: Vec<(VersionRow, Option<String>)> = query.order(version::created_at.desc()).load(conn)?;
    let rows = rows_in(conn, found.iter().map(|(version, _)| &version.id))?;
    let line = |(version, author)| {
        let version = to_version(version)?;
        let rows = rows.get(&version.id).copied().unwrap_or(0);
        Ok(VersionLine { version, author, rows })
    };
    let mut lines = found.into_iter().map(line).collect::<Result<Vec<_>>>()?;
    lines.sort_by_key(|line| Reverse(line.version.number.unwrap_or(i32::MAX)));
    Ok(lines)
}

/// The rows of all tables of each version that has any.
fn rows_in<'a>(conn: &mut Conn, of: impl Iterator<Item = &'a VersionId>) -> Result<HashMap<VersionId, u64>> {
    let counts: Vec<(VersionId, i64)> = version_resource::table
        .inner_join(table_version::table)
        .filter(version_resource::version_id.eq_any(of))
        .select((version_resource::version_id, table_version::row_count))
        .load(conn)?;
    let mut rows = HashMap::new();
    for (version, count) in counts {
        *rows.entry(version).or_insert(0) += u64::try_from(count).unwrap_or(0);
    }
    Ok(rows)
}

// ── Resources ──

pub(super) fn resource_named(tx: &mut Tx<'_>, of: &DatasetId, name: &str) -> Result<ResourceId> {
    if let Some(id) = resource_id(tx.conn(), of, name)? {
        return Ok(id);
    }
    let id = ResourceId::fresh();
    diesel::insert_into(resource::table)
        .values((resource::id.eq(&id), resource::dataset_id.eq(of), resource::name.eq(name)))
        .execute(tx.conn())?;
    Ok(id)
}

pub(super) fn replace_resource(tx: &mut Tx<'_>, into: &VersionId, id: &ResourceId, new: &NewResource) -> Result<bool> {
    let changed = diesel::update(version_resource::table.find((into, id)))
        .set((
            version_resource::table_version_id.eq(&new.table.id),
            version_resource::title_vi.eq(&new.title.vi),
            version_resource::title_en.eq(&new.title.en),
            version_resource::dictionary.eq(serde_json::to_string(&new.dictionary)?),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn add_resource(
    tx: &mut Tx<'_>,
    into: &VersionId,
    id: &ResourceId,
    position: i32,
    new: &NewResource,
) -> Result<()> {
    diesel::insert_into(version_resource::table)
        .values((
            version_resource::version_id.eq(into),
            version_resource::resource_id.eq(id),
            version_resource::table_version_id.eq(&new.table.id),
            version_resource::position.eq(position),
            version_resource::title_vi.eq(&new.title.vi),
            version_resource::title_en.eq(&new.title.en),
            version_resource::dictionary.eq(serde_json::to_string(&new.dictionary)?),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn set_resource_title(tx: &mut Tx<'_>, of: &VersionId, id: &ResourceId, title: &Localized) -> Result<bool> {
    let changed = diesel::update(version_resource::table.find((of, id)))
        .set((version_resource::title_vi.eq(&title.vi), version_resource::title_en.eq(title.en.as_ref())))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

pub(super) fn set_dictionary(tx: &mut Tx<'_>, of: &VersionId, id: &ResourceId, notes: &[ColumnNote]) -> Result<()> {
    diesel::update(version_resource::table.find((of, id)))
        .set(version_resource::dictionary.eq(serde_json::to_string(notes)?))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn remove_resource(tx: &mut Tx<'_>, of: &VersionId, id: &ResourceId) -> Result<bool> {
    Ok(diesel::delete(version_resource::table.find((of, id))).execute(tx.conn())? == 1)
}

/// Carries a resource over into another version, with the same table.
pub(super) fn keep_resource(tx: &mut Tx<'_>, into: &VersionId, position: i32, kept: &ResourceVersion) -> Result<()> {
    let new = NewResource {
        name: kept.name.clone(),
        title: kept.title.clone(),
        dictionary: kept.dictionary.clone(),
        table: kept.table.clone(),
    };
    add_resource(tx, into, &kept.resource_id, position, &new)
}

/// The resources of a version, in order.
///
/// # Errors
/// When the database does not answer.
pub fn resources_of(conn: &mut Conn, id: &VersionId) -> Result<Vec<ResourceVersion>> {
    type Row = (ResourceId, String, String, Option<String>, String, TableVersion);
    let rows: Vec<Row> = version_resource::table
        .inner_join(resource::table)
        .inner_join(table_version::table)
        .filter(version_resource::version_id.eq(id))
        .order(version_resource::position.asc())
        .select((
            resource::id,
            resource::name,
            version_resource::title_vi,
            version_resource::title_en,
            version_resource::dictionary,
            TableVersion::as_select(),
        ))
        .load(conn)?;
    rows.into_iter()
        .map(|(resource_id, name, vi, en, dictionary, table)| {
            let dictionary = serde_json::from_str(&dictionary)?;
            Ok(ResourceVersion { resource_id, name, title: Localized { vi, en }, dictionary, table })
        })
        .collect()
}

/// Published tables whose further files were not made yet, a hundred at most: the newest first of those that were never tried, then those
/// that failed and have waited for long enough, so that none that fails keeps others waiting.
///
/// # Errors
/// When the database does not answer.
pub fn tables_without_files(conn: &mut Conn, now: Timestamp) -> Result<Vec<TableVersionId>> {
    let done = table_file::table
        .filter(table_file::table_version_id.eq(table_version::id))
        .filter(table_file::kind.eq(Object::CsvZst.kind()));
    let tried = table_attempt::table.filter(table_attempt::table_version_id.eq(table_version::id));
    macro_rules! shown {
        () => {{
            let shown = version_resource::table
                .inner_join(version::table)
                .filter(version_resource::table_version_id.eq(table_version::id))
                .filter(version::state.eq("published"));
            table_version::table.filter(table_version::purge_id.is_null()).filter(diesel::dsl::exists(shown))
        }};
    }
    let mut found: Vec<TableVersionId> = shown!()
        .filter(diesel::dsl::not(diesel::dsl::exists(done)))
        .filter(diesel::dsl::not(diesel::dsl::exists(tried)))
        .order((table_version::created_at.desc(), table_version::id.desc()))
        .limit(100)
        .select(table_version::id)
        .load(conn)?;
    let due: Vec<TableVersionId> = table_attempt::table
        .filter(table_attempt::due_at.le(now.0))
        .order((table_attempt::due_at.asc(), table_attempt::table_version_id.asc()))
        .limit(1000)
        .select(table_attempt::table_version_id)
        .load(conn)?;
    // A table may have left the public since.
    let still: Vec<TableVersionId> =
        shown!().filter(table_version::id.eq_any(&due)).select(table_version::id).load(conn)?;
    found.extend(due.into_iter().filter(|id| still.contains(id)));
    found.truncate(100);
    Ok(found)
}

/// Whether a resource is one of a dataset's.
pub(super) fn has_resource(conn: &mut Conn, of: &DatasetId, id: &ResourceId) -> Result<bool> {
    let found = resource::table.find(id).filter(resource::dataset_id.eq(of)).count();
    Ok(found.get_result::<i64>(conn)? == 1)
}

/// The resource of a dataset by its name in file names.
///
/// # Errors
/// When the database does not answer.
pub fn resource_id(conn: &mut Conn, of: &DatasetId, name: &str) -> Result<Option<ResourceId>> {
    let named = resource::table.filter(resource::dataset_id.eq(of)).filter(resource::name.eq(name));
    Ok(named.select(resource::id).first(conn).optional()?)
}

/// The newest version that holds a table.
///
/// # Errors
/// When the database does not answer.
pub fn newest_with(conn: &mut Conn, id: &TableVersionId) -> Result<Option<VersionId>> {
    Ok(version_resource::table
        .inner_join(version::table)
        .filter(version_resource::table_version_id.eq(id))
        .order(version::created_at.desc())
        .select(version::id)
        .first(conn)
        .optional()?)
}

/// The resource that holds a table, as its newest version has it.
///
/// # Errors
/// When the database does not answer.
pub fn resource_with(conn: &mut Conn, id: &TableVersionId) -> Result<Option<ResourceVersion>> {
    let Some(newest) = newest_with(conn, id)? else { return Ok(None) };
    Ok(resources_of(conn, &newest)?.into_iter().find(|resource| resource.table.id == *id))
}

/// The dataset and the resource in whose draft a table stands.
///
/// # Errors
/// When the database does not answer.
pub fn place_in_draft(conn: &mut Conn, id: &TableVersionId) -> Result<Option<(DatasetId, ResourceId)>> {
    let found = version_resource::table
        .inner_join(version::table)
        .filter(version_resource::table_version_id.eq(id))
        .filter(version::state.eq("draft"))
        .select((version::dataset_id, version_resource::resource_id))
        .first(conn)
        .optional()?;
    Ok(found)
}

/// The dataset that a table belongs to, and whether the public sees a version with it; none for a table that left its draft.
pub(super) fn owner_of_table(conn: &mut Conn, id: &TableVersionId) -> Result<Option<(Dataset, bool)>> {
    let rows: Vec<(Dataset, String)> = version_resource::table
        .inner_join(version::table)
        .inner_join(resource::table.inner_join(dataset::table))
        .filter(version_resource::table_version_id.eq(id))
        .select((Dataset::as_select(), version::state))
        .load(conn)?;
    let shown = rows.iter().any(|(dataset, state)| state == "published" && dataset.state() == State::Published);
    Ok(rows.into_iter().next().map(|(dataset, _)| (dataset, shown)))
}

// ── Listings ──

/// Published datasets by id, in the order of the ids; those that are no longer published are left out.
///
/// # Errors
/// When the database does not answer.
pub fn cards(conn: &mut Conn, ids: &[String]) -> Result<Vec<Card>> {
    type Row = (Dataset, String, Option<i32>, VersionId, String, String, Option<String>);
    let rows: Vec<Row> = dataset::table
        .inner_join(agency::table)
        .inner_join(version::table.on(dataset::current_version_id.eq(version::id.nullable())))
        .filter(dataset::state.eq(State::Published.code()))
        .filter(dataset::id.eq_any(ids))
        .select((
            Dataset::as_select(),
            version::metadata,
            version::number,
            version::id,
            agency::slug,
            agency::name_vi,
            agency::name_en,
        ))
        .load(conn)?;
    let counts = rows_in(conn, rows.iter().map(|row| &row.3))?;
    let mut cards = Vec::with_capacity(rows.len());
    for (dataset, metadata, number, version, agency_slug, vi, en) in rows {
        let rows = counts.get(&version).copied().unwrap_or(0);
        let metadata = serde_json::from_str(&metadata)?;
        cards.push(Card {
            dataset,
            metadata,
            version: number.unwrap_or(0),
            agency_slug,
            agency: Localized { vi, en },
            rows,
        });
    }
    cards.sort_by_key(|card| ids.iter().position(|id| id == card.dataset.id.as_str()));
    Ok(cards)
}

/// What last happened to some of the data that the public sees, newest first: versions of published datasets, and withdrawals.
///
/// # Errors
/// When the database does not answer.
pub fn latest(conn: &mut Conn, of: &Of<'_>, limit: i64) -> Result<Vec<Told>> {
    type Row = (Dataset, String, Option<String>, VersionRow);
    let columns = || (Dataset::as_select(), agency::name_vi, agency::name_en, VersionRow::as_select());
    macro_rules! narrowed {
        ($query:expr) => {{
            let mut query = $query.select(columns()).into_boxed();
            match of {
                Of::All => {}
                Of::Agencies(ids) => query = query.filter(dataset::agency_id.eq_any(*ids)),
                Of::Topic(code) => query = query.filter(dataset::topic.eq(*code)),
                Of::These(ids) => query = query.filter(dataset::id.eq_any(*ids)),
            }
            query.limit(limit)
        }};
    }
    let published: Vec<Row> = narrowed!(
        version::table
            .inner_join(dataset::table.on(version::dataset_id.eq(dataset::id)).inner_join(agency::table))
            .filter(dataset::state.eq(State::Published.code()))
            .filter(version::state.eq("published"))
            .filter(version::purged_at.is_null())
            .order((version::published_at.desc(), version::id.desc()))
    )
    .load(conn)?;
    let withdrawn: Vec<Row> = narrowed!(
        version::table
            .inner_join(
                dataset::table.on(dataset::current_version_id.eq(version::id.nullable())).inner_join(agency::table)
            )
            .filter(dataset::state.eq(State::Withdrawn.code()))
            .order((dataset::withdrawn_at.desc(), dataset::id.desc()))
    )
    .load(conn)?;
    let told = published.into_iter().chain(withdrawn).map(|(dataset, vi, en, version)| {
        Ok(Told { dataset, agency: Localized { vi, en }, version: to_version(version)? })
    });
    let mut told = told.collect::<Result<Vec<_>>>()?;
    told.sort_by_key(|told| Reverse(told.at()));
    told.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(told)
}

/// What decides of every published dataset whether it is on time, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn standings(conn: &mut Conn) -> Result<Vec<Standing>> {
    type Row = (DatasetId, AgencyId, String, String, bool, Option<i64>, Option<i64>, Option<i64>, Option<String>);
    let rows: Vec<Row> = dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .order((dataset::updated_at.desc(), dataset::id.desc()))
        .select((
            dataset::id,
            dataset::agency_id,
            dataset::topic,
            dataset::frequency,
            dataset::in_catalogue,
            dataset::listed_at,
            dataset::updated_at,
            dataset::counts_from,
            dataset::extended_to,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, agency_id, topic, frequency, in_catalogue, listed_at, at, from, extended_to)| Standing {
            id,
            agency_id,
            topic,
            frequency,
            in_catalogue,
            listed_at,
            updated_at: Timestamp(at.unwrap_or(0)),
            counts_from: Timestamp(from.unwrap_or(0)),
            extended_to,
        })
        .collect())
}

/// The addresses of everything published, in the order in which it first was, so that a list of them in parts changes at its end.
///
/// # Errors
/// When the database does not answer.
pub fn addresses(conn: &mut Conn) -> Result<Vec<Address>> {
    let rows: Vec<(String, AgencyId, String, Option<i64>)> = dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .order((dataset::published_at.asc(), dataset::id.asc()))
        .select((dataset::slug, dataset::agency_id, dataset::topic, dataset::updated_at))
        .load(conn)?;
    let address = |(slug, agency_id, topic, at): (_, _, _, Option<i64>)| Address {
        slug,
        agency_id,
        topic,
        updated_at: Timestamp(at.unwrap_or(0)),
    };
    Ok(rows.into_iter().map(address).collect())
}

/// How many published datasets a form offers where one is to be named.
const OFFERED: i64 = 500;

/// Addresses and titles of what is published and in no quarantine, of some agencies or of all: what a form offers where one is to be named.
/// The newest, where there are too many.
///
/// # Errors
/// When the database does not answer.
pub fn offered(conn: &mut Conn, agencies: Option<&[AgencyId]>) -> Result<Vec<(String, String)>> {
    let public = dataset::table.filter(dataset::state.eq(State::Published.code()));
    let mut query = public.filter(dataset::quarantined_at.is_null()).into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(dataset::agency_id.eq_any(agencies));
    }
    let newest = query.order((dataset::updated_at.desc(), dataset::id.desc())).limit(OFFERED);
    Ok(newest.select((dataset::slug, dataset::title_vi)).load(conn)?)
}

/// Ids of published datasets whose words contain every word of a query, newest first: what stands in for the index while it is
/// missing. The second number is how many there are.
///
/// # Errors
/// When the database does not answer.
pub fn search_ids(conn: &mut Conn, text: &str, page: PageRequest) -> Result<(Vec<String>, u64)> {
    let words: Vec<String> = fold(text)
        .split_whitespace()
        .take(12)
        .map(|word| format!("%{}%", word.replace(['%', '_', '\\'], "")))
        .collect();
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.filter(dataset::state.eq(State::Published.code())).into_boxed();
            for word in &words {
                query = query.filter(dataset::search_text.like(word));
            }
            query
        }};
    }
    let total: i64 = matching!(dataset::table.select(count_star())).first(conn)?;
    let ids = matching!(dataset::table.select(dataset::id))
        .order((dataset::updated_at.desc(), dataset::id.desc()))
        .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
        .load(conn)?;
    Ok((ids, u64::try_from(total).unwrap_or(0)))
}

/// The titles of datasets by id, in any state, that a reader sees: for lists that name them.
///
/// # Errors
/// When the database does not answer.
pub fn titles(conn: &mut Conn, ids: &[String], sight: &Sight) -> Result<HashMap<String, String>> {
    let hidden = hidden(conn, ids, sight)?;
    let rows: Vec<(String, String)> =
        dataset::table.filter(dataset::id.eq_any(ids)).select((dataset::id, dataset::title_vi)).load(conn)?;
    Ok(rows.into_iter().filter(|(id, _)| !hidden.contains(id)).collect())
}

/// Of some datasets those whose quarantine a reader is kept from.
///
/// # Errors
/// When the database does not answer.
pub fn hidden(conn: &mut Conn, ids: &[String], sight: &Sight) -> Result<HashSet<String>> {
    let Sight::Of(own) = sight else { return Ok(HashSet::new()) };
    let found = dataset::table.filter(dataset::id.eq_any(ids)).filter(dataset::quarantined_at.is_not_null());
    let ids: Vec<String> = found.filter(dataset::agency_id.ne_all(own)).select(dataset::id).load(conn)?;
    Ok(ids.into_iter().collect())
}

/// The datasets of an agency with their titles, whatever their state.
pub(super) fn titles_of(conn: &mut Conn, agency: &AgencyId) -> Result<Vec<(DatasetId, String)>> {
    let own = dataset::table.filter(dataset::agency_id.eq(agency)).order(dataset::id.asc());
    Ok(own.select((dataset::id, dataset::title_vi)).load(conn)?)
}

/// How many datasets are in each state.
///
/// # Errors
/// When the database does not answer.
pub fn count_by_state(conn: &mut Conn) -> Result<Vec<StateCount>> {
    let rows: Vec<(String, i64)> =
        dataset::table.group_by(dataset::state).select((dataset::state, count_star())).load(conn)?;
    let count =
        |state: State| rows.iter().find(|row| row.0 == state.code()).map_or(0, |row| u64::try_from(row.1).unwrap_or(0));
    Ok(State::ALL.into_iter().map(|state| (state, count(state))).collect())
}

/// The internal list, the last changed first; what is in quarantine for those who may see it.
///
/// # Errors
/// When the database does not answer.
pub fn list(
    conn: &mut Conn,
    which: &Which,
    owner: Option<&AgencyId>,
    text: &str,
    viewer: &Person,
    page: PageRequest,
) -> Result<Page<Listed>> {
    let sight = Sight::of(viewer);
    let pattern = format!("%{}%", fold(text).replace(['%', '_', '\\'], ""));
    macro_rules! matching {
        ($query:expr) => {{
            let mut query = $query.into_boxed();
            match which {
                Which::All => {}
                Which::State(state) => query = query.filter(dataset::state.eq(state.code())),
                Which::These(ids) => query = query.filter(dataset::id.eq_any(ids)),
                Which::DraftsBut(ids) => {
                    let draft =
                        version::table.filter(version::dataset_id.eq(dataset::id)).filter(version::state.eq("draft"));
                    query = query
                        .filter(dataset::state.ne(State::Withdrawn.code()))
                        .filter(diesel::dsl::exists(draft))
                        .filter(dataset::id.ne_all(ids));
                }
            }
            if let Some(owner) = owner {
                query = query.filter(dataset::agency_id.eq(owner));
            }
            if let Sight::Of(own) = &sight {
                query = query.filter(dataset::quarantined_at.is_null().or(dataset::agency_id.eq_any(own.clone())));
            }
            if !text.is_empty() {
                query = query.filter(dataset::search_text.like(&pattern));
            }
            query
        }};
    }
    let total: i64 = matching!(dataset::table.select(count_star())).first(conn)?;
    let rows: Vec<(Dataset, String)> =
        matching!(dataset::table.inner_join(agency::table).select((Dataset::as_select(), agency::name_vi)))
            .order((dataset::updated_at.desc(), dataset::created_at.desc(), dataset::id.desc()))
            .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
            .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
            .load(conn)?;
    // The versions of all of them at once, those of a dataset by age; a draft made together with a version stands before it.
    type Line = (DatasetId, i64, Option<i32>, VersionId, Option<String>);
    let mut versions: Vec<Line> = version::table
        .left_join(account::table.on(version::author_id.eq(account::id.nullable())))
        .filter(version::dataset_id.eq_any(rows.iter().map(|(dataset, _)| &dataset.id)))
        .select((version::dataset_id, version::created_at, version::number, version::id, account::full_name.nullable()))
        .load(conn)?;
    versions.sort_by_key(|line| (line.1, Reverse(line.2.unwrap_or(i32::MAX))));
    let mut lines: HashMap<DatasetId, Vec<Line>> = HashMap::new();
    for line in versions {
        lines.entry(line.0.clone()).or_default().push(line);
    }
    let counts = rows_in(conn, lines.values().filter_map(|lines| lines.last()).map(|newest| &newest.3))?;
    let items = rows.into_iter().map(|(dataset, agency)| {
        let mut lines = lines.remove(&dataset.id).unwrap_or_default();
        let published_number = lines.iter().filter_map(|line| line.2).max();
        let has_draft = lines.iter().any(|line| line.2.is_none());
        let newest = lines.pop();
        Listed {
            dataset,
            agency,
            published_number,
            has_draft,
            changed_at: Timestamp(newest.as_ref().map_or(0, |line| line.1)),
            rows: newest.as_ref().and_then(|line| counts.get(&line.3)).copied().unwrap_or(0),
            changed_by: newest.and_then(|line| line.4),
        }
    });
    Ok(Page { items: items.collect(), total: u64::try_from(total).unwrap_or(0), request: page })
}
