//! The tables of releases, their entries, files and keys.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{count_star, max, sql};
use diesel::prelude::*;
use diesel::sql_types::BigInt;

use super::{Change, Entry, Filter, Kind, Named, PACKAGE, PublicKey, Release, ReleaseFile, Scope, State, Totals};
use crate::dataset;
use crate::kernel::id::{AgencyId, DatasetId, ReleaseId, TableVersionId, VersionId};
use crate::kernel::text::fold;
use crate::kernel::{Error, Localized, Page, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, Tx, share_rows};
use crate::quarter::Quarter;
use crate::schema::{
    agency, catalogue_entry, catalogue_issue, dataset as datasets, release, release_entry, release_file, release_key,
    signed_decision, table_version, version, version_resource,
};
use crate::table::{self, Stored};

// ── Releases ──

pub(super) fn insert(
    tx: &mut Tx<'_>,
    id: &ReleaseId,
    quarter: Quarter,
    as_of: Timestamp,
    previous: Option<&ReleaseId>,
    at: Timestamp,
) -> Result<()> {
    diesel::insert_into(release::table)
        .values((
            release::id.eq(id),
            release::quarter.eq(quarter.to_string()),
            release::as_of.eq(as_of.0),
            release::previous_id.eq(previous),
            release::state.eq(State::Building.code()),
            release::ordered_at.eq(at.0),
        ))
        .execute(tx.conn())?;
    Ok(())
}

pub(super) fn by_id(conn: &mut Conn, id: &ReleaseId) -> Result<Release> {
    Ok(release::table.find(id).select(Release::as_select()).first(conn)?)
}

/// The release of a quarter that is ready.
///
/// # Errors
/// `NotFound`.
pub fn by_quarter(conn: &mut Conn, quarter: Quarter) -> Result<Release> {
    ordered(conn, &quarter.to_string())?.filter(Release::is_ready).ok_or_else(Error::not_found)
}

/// The release of a quarter, one being made included.
///
/// # Errors
/// When the database does not answer.
pub fn ordered(conn: &mut Conn, quarter: &str) -> Result<Option<Release>> {
    let own = release::table.filter(release::quarter.eq(quarter));
    Ok(own.select(Release::as_select()).first(conn).optional()?)
}

/// Releases, the newest first; those being made as well where `all`.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, all: bool) -> Result<Vec<Release>> {
    let mut query = release::table.order(release::quarter.desc()).select(Release::as_select()).into_boxed();
    if !all {
        query = query.filter(release::state.eq(State::Ready.code()));
    }
    Ok(query.load(conn)?)
}

/// Those that are being made, in their order.
///
/// # Errors
/// When the database does not answer.
pub fn building(conn: &mut Conn) -> Result<Vec<Release>> {
    let building = release::table.filter(release::state.eq(State::Building.code()));
    Ok(building.order(release::quarter.asc()).select(Release::as_select()).load(conn)?)
}

/// Those being made that are held against one.
pub(super) fn following(conn: &mut Conn, of: &ReleaseId) -> Result<Vec<ReleaseId>> {
    let next = release::table.filter(release::previous_id.eq(of)).filter(release::state.eq(State::Building.code()));
    Ok(next.select(release::id).load(conn)?)
}

/// The last one that was ordered.
pub(super) fn last(conn: &mut Conn) -> Result<Option<Release>> {
    Ok(release::table.order(release::quarter.desc()).select(Release::as_select()).first(conn).optional()?)
}

/// Notes how far the work is.
pub(super) fn set_done_until(tx: &mut Tx<'_>, id: &ReleaseId, dataset: &DatasetId) -> Result<()> {
    diesel::update(release::table.find(id)).set(release::done_until.eq(dataset.as_str())).execute(tx.conn())?;
    Ok(())
}

/// Says that a release is there; none other than one that was being made becomes so.
pub(super) fn set_ready(
    tx: &mut Tx<'_>,
    id: &ReleaseId,
    manifest_sha256: &str,
    signed: Option<(&str, &str)>,
) -> Result<bool> {
    let at = tx.ctx().at.0;
    let building = release::table.find(id).filter(release::state.eq(State::Building.code()));
    let changed = diesel::update(building)
        .set((
            release::state.eq(State::Ready.code()),
            release::ready_at.eq(at),
            release::manifest_sha256.eq(manifest_sha256),
            release::key_id.eq(signed.map(|(key, _)| key)),
            release::signature.eq(signed.map(|(_, signature)| signature)),
        ))
        .execute(tx.conn())?;
    Ok(changed == 1)
}

// ── Keys ──

/// A published key.
///
/// # Errors
/// When the database does not answer.
pub fn key(conn: &mut Conn, id: &str) -> Result<Option<PublicKey>> {
    Ok(release_key::table.find(id).select(PublicKey::as_select()).first(conn).optional()?)
}

/// All published keys, the newest first.
///
/// # Errors
/// When the database does not answer.
pub fn keys(conn: &mut Conn) -> Result<Vec<PublicKey>> {
    let order = (release_key::published_at.desc(), release_key::id.desc());
    Ok(release_key::table.order(order).select(PublicKey::as_select()).load(conn)?)
}

pub(super) fn insert_key(tx: &mut Tx<'_>, id: &str, public: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::insert_into(release_key::table)
        .values((release_key::id.eq(id), release_key::public_key.eq(public), release_key::published_at.eq(at)))
        .execute(tx.conn())?;
    Ok(())
}

// ── What was published ──

/// Datasets that were ever published up to a moment, by id, some after one.
pub(super) fn datasets_after(
    conn: &mut Conn,
    after: &str,
    as_of: Timestamp,
    limit: i64,
) -> Result<Vec<dataset::Dataset>> {
    Ok(datasets::table
        .filter(datasets::id.gt(after))
        .filter(datasets::state.ne(dataset::State::Draft.code()))
        .filter(datasets::published_at.le(as_of.0))
        .order(datasets::id.asc())
        .limit(limit)
        .select(dataset::Dataset::as_select())
        .load(conn)?)
}

/// The newest version of a dataset that was published up to a moment; `whole`: none that was purged.
pub(super) fn version_at(conn: &mut Conn, of: &DatasetId, at: Timestamp, whole: bool) -> Result<Option<VersionId>> {
    let mut query = version::table
        .filter(version::dataset_id.eq(of))
        .filter(version::state.eq("published"))
        .filter(version::published_at.le(at.0))
        .order(version::number.desc())
        .select(version::id)
        .into_boxed();
    if whole {
        query = query.filter(version::purged_at.is_null());
    }
    Ok(query.first(conn).optional()?)
}

/// Whether a catalogue was in force at a moment, and since when it and those before it list a dataset without a break; nothing where it does
/// not.
pub(super) fn listed_since(conn: &mut Conn, dataset: &DatasetId, at: Timestamp) -> Result<(bool, Option<Timestamp>)> {
    // Each issue takes the place of the one before.
    let issues: Vec<(String, i64)> = catalogue_issue::table
        .inner_join(signed_decision::table)
        .filter(signed_decision::recorded_at.le(at.0))
        .order(catalogue_issue::number.desc())
        .select((catalogue_issue::id, signed_decision::recorded_at))
        .load(conn)?;
    let listing: HashSet<String> = catalogue_entry::table
        .filter(catalogue_entry::dataset_id.eq(dataset))
        .select(catalogue_entry::issue_id)
        .load::<String>(conn)?
        .into_iter()
        .collect();
    let since = issues.iter().take_while(|(issue, _)| listing.contains(issue)).last();
    Ok((!issues.is_empty(), since.map(|(_, recorded_at)| Timestamp(*recorded_at))))
}

/// The entry of a dataset in a release.
pub(super) fn entry(conn: &mut Conn, of: &ReleaseId, dataset: &DatasetId) -> Result<Option<Entry>> {
    Ok(release_entry::table.find((of, dataset)).select(Entry::as_select()).first(conn).optional()?)
}

/// Whether one of these tables was purged; they are not while the transaction lasts.
pub(super) fn any_purged(tx: &mut Tx<'_>, tables: &[TableVersionId]) -> Result<bool> {
    let ids: Vec<String> = tables.iter().map(ToString::to_string).collect();
    share_rows(tx.conn(), "table_version", &ids)?;
    let purged = table_version::table
        .filter(table_version::id.eq_any(tables))
        .filter(table_version::purge_id.is_not_null())
        .select(count_star());
    Ok(purged.first::<i64>(tx.conn())? > 0)
}

// ── Entries and files ──

pub(super) fn insert_entry(tx: &mut Tx<'_>, entry: &Entry) -> Result<()> {
    diesel::insert_into(release_entry::table).values(entry).execute(tx.conn())?;
    Ok(())
}

pub(super) fn insert_files(tx: &mut Tx<'_>, files: &[ReleaseFile]) -> Result<()> {
    for file in files {
        diesel::insert_into(release_file::table).values(file).execute(tx.conn())?;
    }
    Ok(())
}

/// The datasets of a release in the byte order of their addresses, which no database's own order changes.
pub(super) fn datasets_in(conn: &mut Conn, of: &ReleaseId) -> Result<Vec<DatasetId>> {
    let mut found: Vec<(String, DatasetId)> = release_entry::table
        .filter(release_entry::release_id.eq(of))
        .select((release_entry::slug, release_entry::dataset_id))
        .load(conn)?;
    found.sort();
    Ok(found.into_iter().map(|(_, id)| id).collect())
}

/// The entries of some datasets, by address, each with the agency's part of addresses.
pub(super) fn entries_of(conn: &mut Conn, of: &ReleaseId, these: &[DatasetId]) -> Result<Vec<(Entry, String)>> {
    let mut found: Vec<(Entry, String)> = release_entry::table
        .inner_join(agency::table)
        .filter(release_entry::release_id.eq(of))
        .filter(release_entry::dataset_id.eq_any(these))
        .select((Entry::as_select(), agency::slug))
        .load(conn)?;
    found.sort_by(|a, b| a.0.slug.cmp(&b.0.slug));
    Ok(found)
}

/// The files of some datasets in a release, by path.
pub(super) fn files_of(conn: &mut Conn, of: &ReleaseId, these: &[DatasetId]) -> Result<Vec<ReleaseFile>> {
    let mut found: Vec<ReleaseFile> = release_file::table
        .filter(release_file::release_id.eq(of))
        .filter(release_file::dataset_id.eq_any(these))
        .select(ReleaseFile::as_select())
        .load(conn)?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The files of a part of a release, by path, with those of the release as a whole but for the Data Package, which must find every file that
/// it lists; `NotFound` for a part without datasets.
pub(super) fn files_in(conn: &mut Conn, of: &ReleaseId, scope: &Scope) -> Result<Vec<ReleaseFile>> {
    let own = release_entry::table.filter(release_entry::release_id.eq(of)).select(release_entry::dataset_id);
    let within: Option<HashSet<DatasetId>> = match scope {
        Scope::Province => None,
        Scope::Topic(code) => Some(own.filter(release_entry::topic.eq(code)).load(conn)?.into_iter().collect()),
        Scope::Agency(id) => Some(own.filter(release_entry::agency_id.eq(id)).load(conn)?.into_iter().collect()),
    };
    if within.as_ref().is_some_and(HashSet::is_empty) {
        return Err(Error::not_found());
    }
    let mut found: Vec<ReleaseFile> =
        release_file::table.filter(release_file::release_id.eq(of)).select(ReleaseFile::as_select()).load(conn)?;
    if let Some(within) = within {
        found.retain(|file| match &file.dataset_id {
            Some(dataset) => within.contains(dataset),
            None => file.path != PACKAGE,
        });
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// One file of a release.
pub(super) fn file(conn: &mut Conn, of: &ReleaseId, path: &str) -> Result<Option<ReleaseFile>> {
    Ok(release_file::table.find((of, path)).select(ReleaseFile::as_select()).first(conn).optional()?)
}

/// What of a release is gone since, of one dataset or of all: datasets that were withdrawn, or whose version was purged.
pub(super) fn gone_datasets(conn: &mut Conn, of: &ReleaseId, only: Option<&DatasetId>) -> Result<HashSet<DatasetId>> {
    let mut gone = release_entry::table
        .inner_join(datasets::table)
        .inner_join(version::table)
        .filter(release_entry::release_id.eq(of))
        .filter(datasets::state.eq(dataset::State::Withdrawn.code()).or(version::purged_at.is_not_null()))
        .select(release_entry::dataset_id)
        .into_boxed();
    if let Some(only) = only {
        gone = gone.filter(release_entry::dataset_id.eq(only));
    }
    Ok(gone.load::<DatasetId>(conn)?.into_iter().collect())
}

/// When last something of the datasets of a release was withdrawn or purged.
pub(super) fn last_gone(conn: &mut Conn, of: &ReleaseId) -> Result<Option<Timestamp>> {
    let own = || release_entry::table.filter(release_entry::release_id.eq(of));
    let withdrawn: Option<i64> = own().inner_join(datasets::table).select(max(datasets::withdrawn_at)).first(conn)?;
    let purged: Option<i64> = own()
        .inner_join(version::table.on(version::dataset_id.eq(release_entry::dataset_id)))
        .select(max(version::purged_at))
        .first(conn)?;
    Ok(withdrawn.max(purged).map(Timestamp))
}

/// The words of a text, folded.
fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// A page of entries with their words of today, by address.
///
/// # Errors
/// When the database does not answer.
pub fn entries(conn: &mut Conn, of: &ReleaseId, filter: &Filter, page: PageRequest) -> Result<Page<Named>> {
    let mut only: Option<Vec<DatasetId>> = None;
    macro_rules! narrowed {
        ($query:expr) => {{
            let mut query = $query.filter(release_entry::release_id.eq(of)).into_boxed();
            if let Some(change) = filter.change {
                query = query.filter(release_entry::change.eq(change.code()));
            }
            if filter.late {
                query = query.filter(release_entry::late.eq(true));
            }
            if let Some(agency) = &filter.agency {
                query = query.filter(release_entry::agency_id.eq(agency));
            }
            if let Some(only) = &only {
                query = query.filter(release_entry::dataset_id.eq_any(only));
            }
            query
        }};
    }
    let joined =
        || release_entry::table.inner_join(agency::table).inner_join(version::table).inner_join(datasets::table);
    let shown = |metadata: &str, quarantined_at: Option<i64>| -> Result<Option<Localized>> {
        let metadata: dataset::Metadata = serde_json::from_str(metadata)?;
        Ok(quarantined_at.is_none().then_some(metadata.title))
    };
    let wanted = words(&filter.text);
    if !wanted.is_empty() {
        // What it was called in this release stands in the version alone: titles are compared here, a release has thousands at most.
        type Called = (DatasetId, String, String, Option<i64>);
        let called: Vec<Called> = narrowed!(joined().select((
            release_entry::dataset_id,
            release_entry::slug,
            version::metadata,
            datasets::quarantined_at
        )))
        .load(conn)?;
        let mut found = Vec::new();
        for (id, slug, metadata, quarantined_at) in called {
            let title = shown(&metadata, quarantined_at)?;
            let names = [Some(slug.as_str()), title.as_ref().map(|title| title.vi.as_str())];
            let names = names.into_iter().chain([title.as_ref().and_then(|title| title.en.as_deref())]).flatten();
            let names: Vec<String> = names.flat_map(words).collect();
            if wanted.iter().all(|word| names.iter().any(|name| name.starts_with(word.as_str()))) {
                found.push(id);
            }
        }
        only = Some(found);
    }
    let total: i64 = narrowed!(release_entry::table.select(count_star())).first(conn)?;
    type Row = (Entry, String, Option<i64>, String, String, Option<String>);
    let rows: Vec<Row> = narrowed!(joined().select((
        Entry::as_select(),
        version::metadata,
        datasets::quarantined_at,
        agency::slug,
        agency::name_vi,
        agency::name_en
    )))
    .order(release_entry::slug.asc())
    .offset(i64::try_from(page.offset()).unwrap_or(i64::MAX))
    .limit(i64::try_from(page.size).unwrap_or(i64::MAX))
    .load(conn)?;
    let named = rows.into_iter().map(|(entry, metadata, quarantined_at, agency_slug, vi, en)| {
        let title = shown(&metadata, quarantined_at)?;
        Ok(Named { entry, title, agency: Localized { vi, en }, agency_slug })
    });
    Ok(Page { items: named.collect::<Result<_>>()?, total: u64::try_from(total).unwrap_or(0), request: page })
}

/// Releases in numbers, by their ids; one without datasets is missing.
///
/// # Errors
/// When the database does not answer.
pub fn totals(conn: &mut Conn, of: &[ReleaseId]) -> Result<HashMap<ReleaseId, Totals>> {
    // Sums of whole numbers are decimals in one database and whole in the other.
    let sum = |what: &str| sql::<BigInt>(&format!("CAST(SUM({what}) AS BIGINT)"));
    type Row = (ReleaseId, String, i64, i64, i64, i64, i64, i64, i64);
    let rows: Vec<Row> = release_entry::table
        .filter(release_entry::release_id.eq_any(of))
        .group_by((release_entry::release_id, release_entry::change))
        .select((
            release_entry::release_id,
            release_entry::change,
            count_star(),
            sum("CASE WHEN release_entry.late THEN 1 ELSE 0 END"),
            sum("release_entry.row_total"),
            sum("release_entry.rows_added"),
            sum("release_entry.rows_removed"),
            sum("release_entry.rows_changed"),
            sum("release_entry.cells_changed"),
        ))
        .load(conn)?;
    let whole = |count: i64| u64::try_from(count).unwrap_or(0);
    let mut found: HashMap<ReleaseId, Totals> = HashMap::new();
    for (id, change, count, late, rows, added, removed, changed, cells) in rows {
        let totals = found.entry(id).or_default();
        for (place, known) in totals.datasets.iter_mut().zip(Change::ALL) {
            if known.code() == change {
                *place = whole(count);
            }
        }
        totals.late += whole(late);
        totals.rows += whole(rows);
        totals.added += whole(added);
        totals.removed += whole(removed);
        totals.changed += whole(changed);
        totals.cells += whole(cells);
    }
    Ok(found)
}

/// The codes of the topics that a release has datasets of, sorted.
///
/// # Errors
/// When the database does not answer.
pub fn topics_of(conn: &mut Conn, of: &ReleaseId) -> Result<Vec<String>> {
    let own = release_entry::table.filter(release_entry::release_id.eq(of));
    Ok(own.select(release_entry::topic).distinct().order(release_entry::topic.asc()).load(conn)?)
}

/// The agencies that a release has datasets of.
///
/// # Errors
/// When the database does not answer.
pub fn agencies_of(conn: &mut Conn, of: &ReleaseId) -> Result<Vec<AgencyId>> {
    let own = release_entry::table.filter(release_entry::release_id.eq(of));
    Ok(own.select(release_entry::agency_id).distinct().order(release_entry::agency_id.asc()).load(conn)?)
}

/// The objects that releases name beside those of tables: lists, and comparisons of tables that were not purged.
///
/// # Errors
/// When the database does not answer.
pub fn stored(conn: &mut Conn) -> Result<Vec<Stored>> {
    let purged = table::purged_ids(conn)?;
    let rows: Vec<ReleaseFile> = release_file::table
        .filter(release_file::kind.eq_any([Kind::Changes.code(), Kind::Whole.code()]))
        .order((release_file::release_id.asc(), release_file::path.asc()))
        .select(ReleaseFile::as_select())
        .load(conn)?;
    let mut seen = HashSet::new();
    let there = rows.into_iter().filter(|file| !holds_purged(file, &purged) && seen.insert(file.object.clone()));
    Ok(there.map(|file| Stored { bytes: Some(file.size()), sha256: Some(file.sha256), name: file.object }).collect())
}

/// The tables whose values nobody sees any more, of some tables or of all: those that were purged, and those that stand in tombstones
/// alone.
pub(super) fn closed_tables(conn: &mut Conn, only: Option<&[&TableVersionId]>) -> Result<HashSet<String>> {
    let standing = version_resource::table.inner_join(version::table).select(version_resource::table_version_id);
    let mut tombs = standing.filter(version::purged_at.is_not_null()).distinct().into_boxed();
    if let Some(only) = only {
        tombs = tombs.filter(version_resource::table_version_id.eq_any(only.to_vec()));
    }
    let mut closed: HashSet<String> = tombs.load::<String>(conn)?.into_iter().collect();
    let ids: Vec<&String> = closed.iter().collect();
    let mut open: HashSet<String> = HashSet::new();
    for ids in ids.chunks(400) {
        let of = standing.filter(version_resource::table_version_id.eq_any(ids.iter().copied()));
        open.extend(
            of.filter(version::purged_at.is_null()).filter(version::state.eq("published")).load::<String>(conn)?,
        );
    }
    closed.retain(|id| !open.contains(id));
    closed.extend(table::purged_ids(conn)?);
    Ok(closed)
}

/// Whether a file holds values of a table that nobody sees any more.
pub(super) fn holds_purged(file: &ReleaseFile, purged: &HashSet<String>) -> bool {
    [&file.table_id, &file.older_table_id].into_iter().flatten().any(|id| purged.contains(id.as_str()))
}

/// The objects of releases as a whole that rows name.
pub(super) fn whole_objects(conn: &mut Conn) -> Result<HashSet<String>> {
    let own = release_file::table.filter(release_file::kind.eq(Kind::Whole.code()));
    let names: Vec<String> = own.select(release_file::object).load(conn)?;
    Ok(names.into_iter().collect())
}
