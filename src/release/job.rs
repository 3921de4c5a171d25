//! Making a release: dataset by dataset, each in a transaction of its own, so that it may break off anywhere and goes on where it was; then
//! the lists, the manifest, the signature. Memory does not grow with the datasets nor with their tables.

use std::path::Path;
use std::sync::Arc;

use bytes::Bytes;
use flate2::Crc;
use futures_util::{Stream, StreamExt, TryStreamExt, stream};
use serde_json::json;
use sha2::{Digest, Sha256};

use super::changes::{Form, pieces};
use super::lists::{About, Lists, MADE};
use super::{Change, Entry, Key, Kind, MANIFEST, Release, ReleaseFile, command, query, store};
use crate::account::{self, Receivers, role};
use crate::audit;
use crate::cycle::{self, ExtensionState};
use crate::dataset::contract::Changed;
use crate::dataset::{self, Dataset, ResourceVersion, Version};
use crate::duty::{self, Counted};
use crate::kernel::id::{DatasetId, ReleaseId, TableVersionId};
use crate::kernel::{Ctx, Error, Kind as Failing, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx, lock_row, run_blocking};
use crate::platform::files::Files;
use crate::platform::queue::{self, Lease};
use crate::platform::scratch;
use crate::profile::Profile;
use crate::quarter::Quarter;
use crate::table::Object;
use crate::table::diff::{Renames, lasting, schema_between};

/// The kind of the jobs that make releases.
pub const BUILD: &str = "release-build";

/// Datasets whose ids are read at once.
const AT_ONCE: i64 = 100;
/// Datasets that are measured and compared at the same time; each holds the keys of its largest table.
const TOGETHER: usize = 2;

/// What the job stands on.
#[derive(Clone, Copy)]
pub struct Ground<'a> {
    /// The database.
    pub db: &'a Db,
    /// The store.
    pub files: &'a Files,
    /// The province's rules.
    pub profile: &'a Arc<Profile>,
    /// A folder for work in progress.
    pub scratch: &'a Path,
    /// The folder of keys; none where this program does not sign.
    pub keys: Option<&'a Path>,
    /// Scheme and host of the public portal.
    pub url: &'a str,
}

/// What a release is held against.
#[derive(Clone)]
struct Base {
    /// The release before, where there is one.
    release: Option<Release>,
    /// The moment of it; without one the beginning of the quarter.
    at: Timestamp,
}

/// Does a job of the kind [`BUILD`].
///
/// # Errors
/// `Unavailable` when store or database do not answer, or as [`super::signing_key`]; `Internal` when an object is not what its row says; `Conflict` (`job-lost`).
pub async fn build(ground: Ground<'_>, ctx: &Ctx, lease: &Lease) -> Result<()> {
    let id = lease.payload["release"].as_str().and_then(ReleaseId::parse);
    let id = id.ok_or_else(|| Error::internal("a release of nothing"))?;
    let minutes = ground.profile.province.timezone_minutes;
    let (release, previous, since) = ground
        .db
        .read_async(move |conn| {
            let release = store::by_id(conn, &id)?;
            let previous = release.previous_id.as_ref().map(|id| store::by_id(conn, id)).transpose()?;
            let since = query::since(conn, &release, minutes)?;
            Ok((release, previous, since))
        })
        .await?;
    if release.is_ready() {
        return Ok(());
    }
    if release.as_of > ctx.at.0 {
        // A clock that stood ahead ordered it: what will be published by then is not there yet.
        let (lease, as_of) = (lease.clone(), Timestamp(release.as_of));
        return ground.db.write_async(ctx.clone(), move |tx| queue::put_off(tx, &lease, as_of)).await;
    }
    if let Some(previous) = previous.as_ref().filter(|previous| !previous.is_ready()) {
        return wait_for(ground, ctx, lease, previous.id.clone()).await;
    }
    // A key that is missing is found before hours of work, not after.
    signing_key(ground).await?;
    let base = Base { at: since, release: previous };
    let mut after = release.done_until.clone().unwrap_or_default();
    loop {
        let (from, as_of) = (after.clone(), Timestamp(release.as_of));
        let found = ground.db.read_async(move |conn| store::datasets_after(conn, &from, as_of, AT_ONCE)).await?;
        let Some(last) = found.last() else { break };
        last.id.as_str().clone_into(&mut after);
        let prepared: Vec<_> = found.into_iter().map(|dataset| prepare(ground, &release, &base, dataset)).collect();
        let mut prepared = stream::iter(prepared).buffered(TOGETHER);
        while let Some(dataset) = prepared.try_next().await? {
            enter(ground, ctx, lease, &release.id, dataset).await?;
        }
    }
    finish(ground, ctx, lease, &release, &base).await
}

/// The key that signs, read anew.
async fn signing_key(ground: Ground<'_>) -> Result<Option<Key>> {
    let folder = ground.keys.map(Path::to_path_buf);
    ground.db.read_async(move |conn| query::signing_key(conn, folder.as_deref())).await
}

/// Ends the job of a release that follows one which is being made: whoever makes that one ready puts it in again, however long it takes.
async fn wait_for(ground: Ground<'_>, ctx: &Ctx, lease: &Lease, previous: ReleaseId) -> Result<()> {
    let lease = lease.clone();
    let end = move |tx: &mut Tx<'_>| {
        // It is not made ready meanwhile, or it was and this job runs again.
        lock_row(tx.conn(), "release", previous.as_str())?;
        if store::by_id(tx.conn(), &previous)?.is_ready() {
            return Err(Error::unavailable("the release before is ready by now"));
        }
        queue::complete(tx, &lease)
    };
    ground.db.write_async(ctx.clone(), end).await
}

/// What is to be said of a dataset, before its bytes were looked at.
struct Plan {
    entry: Entry,
    /// The tables shown.
    now: Vec<ResourceVersion>,
    /// Those of the version before; none where there is nothing to compare with.
    before: Option<Vec<ResourceVersion>>,
    /// Whether what was there before is a tombstone by now: none of its rows is shown again.
    tombstone: bool,
}

fn plan(conn: &mut Conn, profile: &Profile, release: &Release, base: &Base, dataset: &Dataset) -> Result<Option<Plan>> {
    let as_of = Timestamp(release.as_of);
    // What the public saw before: as the release before says, without one as the days of publication do.
    let earlier = match &base.release {
        Some(previous) => store::entry(conn, &previous.id, &dataset.id)?
            .filter(|entry| entry.change != Change::Withdrawn.code())
            .map(|entry| entry.version_id),
        None => store::version_at(conn, &dataset.id, base.at, false)?,
    };
    // What was withdrawn after the close was published at it; its files are gone all the same. What was destroyed since cannot be told so.
    let mut at_close = |whole| store::version_at(conn, &dataset.id, as_of, whole);
    let withdrawn = dataset.state() == dataset::State::Withdrawn
        && (dataset.withdrawn_at.is_none_or(|at| at <= as_of.0) || at_close(false)? != at_close(true)?);
    if withdrawn {
        // It is told once: in the release of the quarter in which it went.
        let told = match &base.release {
            Some(previous) => store::entry(conn, &previous.id, &dataset.id)?
                .is_some_and(|entry| entry.change == Change::Withdrawn.code()),
            None => false,
        };
        if told || dataset.withdrawn_at.is_some_and(|at| at <= base.at.0) {
            return Ok(None);
        }
    }
    let Some(shown) = store::version_at(conn, &dataset.id, as_of, !withdrawn)? else { return Ok(None) };
    let version = dataset::version_by_id(conn, &shown)?;
    let now = if withdrawn { Vec::new() } else { dataset::resources_of(conn, &shown)? };
    let earlier = earlier.map(|id| dataset::version_by_id(conn, &id)).transpose()?;
    let change = match &earlier {
        _ if withdrawn => Change::Withdrawn,
        None => Change::New,
        Some(earlier) if earlier.id == version.id => Change::Unchanged,
        Some(_) => Change::Updated,
    };
    let before = match &earlier {
        Some(earlier) if change == Change::Updated => Some(dataset::resources_of(conn, &earlier.id)?),
        _ => None,
    };
    let tombstone = earlier.as_ref().is_some_and(|earlier| earlier.purged_at.is_some());
    let late = !withdrawn && is_late(conn, profile, dataset, &version, as_of)?;
    let row_total: i64 = now.iter().map(|resource| resource.table.row_count).sum();
    let entry = Entry {
        release_id: release.id.clone(),
        dataset_id: dataset.id.clone(),
        slug: dataset.slug.clone(),
        agency_id: dataset.agency_id.clone(),
        topic: version.metadata.topic.clone(),
        number: version.number.unwrap_or(0),
        hash: version.hash.clone().unwrap_or_default(),
        published_at: version.published_at.unwrap_or(Timestamp(0)).0,
        version_id: version.id,
        change: change.code().to_owned(),
        late,
        previous_number: earlier.and_then(|earlier| earlier.number),
        compared: true,
        row_total,
        rows_added: if change == Change::New { row_total } else { 0 },
        rows_removed: 0,
        rows_changed: 0,
        cells_changed: 0,
    };
    Ok(Some(Plan { entry, now, before, tombstone }))
}

/// Whether an update was overdue on the day of the close: by what was published, confirmed, extended and listed until then. What came
/// later says nothing of that day.
fn is_late(conn: &mut Conn, profile: &Profile, dataset: &Dataset, version: &Version, as_of: Timestamp) -> Result<bool> {
    let confirmed = cycle::confirmations(conn, &dataset.id)?.into_iter().map(|one| one.at).find(|at| *at <= as_of);
    let present = dataset.counts_from.map(Timestamp).filter(|from| *from <= as_of);
    let from = [version.published_at, confirmed, present].into_iter().flatten().max().unwrap_or(Timestamp(0));
    let granted = cycle::extensions(conn, &dataset.id)?.into_iter().find(|one| {
        one.state == ExtensionState::Granted && one.counted_from == from && one.decided_at.is_some_and(|at| at <= as_of)
    });
    let (in_force, since) = store::listed_since(conn, &dataset.id, as_of)?;
    // What marks the dataset today is of that day as well, unless an issue came after the close; without an issue each has a mark of its own.
    let marked = dataset.in_catalogue && dataset.listed_at.is_none_or(|at| at <= as_of.0);
    let counted = Counted {
        from,
        frequency: &version.metadata.frequency,
        in_catalogue: if in_force { since.is_some() } else { marked },
        listed_at: if marked { dataset.listed_at.map(Timestamp) } else { since },
        extended_to: granted.as_ref().map(|one| one.to_on.as_str()),
    };
    Ok(counted.timeliness(profile, as_of.date(profile.province.timezone_minutes)).state == duty::State::Late)
}

/// What a release says of a dataset, if it says anything.
struct Prepared {
    id: DatasetId,
    entry: Option<Entry>,
    files: Vec<ReleaseFile>,
}

/// Measures the files of a dataset and compares its rows.
async fn prepare(ground: Ground<'_>, release: &Release, base: &Base, dataset: Dataset) -> Result<Prepared> {
    let (profile, of, against, id) = (Arc::clone(ground.profile), release.clone(), base.clone(), dataset.id.clone());
    let planned = ground.db.read_async(move |conn| plan(conn, &profile, &of, &against, &dataset)).await?;
    let (mut entry, mut files) = (None, Vec::new());
    if let Some(Plan { entry: mut own, now, before, tombstone }) = planned {
        for resource in &now {
            files.extend(tables(ground, &own, resource).await?);
            let old = before.as_ref().map(|before| before.iter().find(|old| old.resource_id == resource.resource_id));
            match old {
                None => {}
                Some(None) => own.rows_added += resource.table.row_count,
                Some(Some(old)) if old.table.id == resource.table.id => {}
                Some(Some(old)) if tombstone || old.table.purge_id.is_some() => own.compared = false,
                Some(Some(old)) => files.extend(compared(ground, &mut own, old, resource).await?),
            }
        }
        for gone in before.iter().flatten().filter(|old| !now.iter().any(|new| new.resource_id == old.resource_id)) {
            own.rows_removed += gone.table.row_count;
        }
        entry = Some(own);
    }
    Ok(Prepared { id, entry, files })
}

/// Adds a dataset.
async fn enter(ground: Ground<'_>, ctx: &Ctx, lease: &Lease, release: &ReleaseId, dataset: Prepared) -> Result<()> {
    let (lease, release) = (lease.clone(), release.clone());
    let Prepared { id, entry, files } = dataset;
    ground
        .db
        .write_async(ctx.clone(), move |tx| {
            queue::hold(tx, &lease)?;
            // As a purge does: the dataset, then its tables. The rows that are written name the dataset and would lock it in their turn.
            dataset::share(tx, [&id])?;
            let tables: Vec<TableVersionId> =
                files.iter().flat_map(|file| [&file.table_id, &file.older_table_id]).flatten().cloned().collect();
            // What was destroyed meanwhile is planned anew.
            if store::any_purged(tx, &tables)? {
                return Err(Error::unavailable("a table was purged while a release was made"));
            }
            if let Some(entry) = &entry {
                store::insert_entry(tx, entry)?;
                store::insert_files(tx, &files)?;
            }
            store::set_done_until(tx, &release, &id)
        })
        .await
}

/// The files of a table, read once: what the row says of them is so, and archives get their CRC-32.
async fn tables(ground: Ground<'_>, entry: &Entry, resource: &ResourceVersion) -> Result<Vec<ReleaseFile>> {
    let table = &resource.table;
    let mut made = Vec::new();
    for (kind, object, ending, sha256) in [
        (Kind::Csv, Object::Csv, "csv", &table.csv_sha256),
        (Kind::Parquet, Object::Parquet, "parquet", &table.parquet_sha256),
    ] {
        let object = object.name(&table.id);
        let measured = measure(ground.files.get(&object, None).await.map_err(lost)?).await?;
        if measured.sha256 != *sha256 {
            return Err(Error::internal(format!("{object} is not what its row says")));
        }
        let path = format!("data/{}/{}.{ending}", entry.slug, resource.name);
        made.push(file(entry, kind, path, object, &measured, (&table.id, None)));
    }
    Ok(made)
}

/// What changed between two states of a table: counted into the entry, and as files.
async fn compared(
    ground: Ground<'_>,
    entry: &mut Entry,
    old: &ResourceVersion,
    new: &ResourceVersion,
) -> Result<Vec<ReleaseFile>> {
    let schema = schema_between(&old.table, &new.table, Renames::Guess)?;
    let changed = Changed { old: old.clone(), new: new.clone(), schema };
    let key = changed.key();
    let (object, summary) =
        lasting(ground.files, &old.table, &new.table, changed.schema, key, ground.scratch).await.map_err(lost)?;
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    entry.rows_added += count(summary.rows.added);
    entry.rows_removed += count(summary.rows.removed);
    entry.rows_changed += count(summary.rows.changed);
    entry.cells_changed += count(summary.cells_changed.iter().sum());
    let stem = format!("changes/{}/{}", entry.slug, new.name);
    let mut made = Vec::new();
    for (kind, ending, form) in [
        (Kind::Changes, "parquet", None),
        (Kind::ChangesCsv, "csv", Some(Form::Csv)),
        (Kind::ChangesJson, "json", Some(Form::Json)),
    ] {
        let measured = match form {
            None => measure(ground.files.get(&object, None).await.map_err(lost)?).await?,
            Some(form) => measure(Box::pin(pieces(ground.files, &object, form))).await?,
        };
        let tables = (&new.table.id, Some(&old.table.id));
        made.push(file(entry, kind, format!("{stem}.{ending}"), object.clone(), &measured, tables));
    }
    Ok(made)
}

/// What the database knows and the store does not may come back: it is tried again.
fn lost(error: Error) -> Error {
    if error.kind() == Failing::NotFound { Error::internal(error) } else { error }
}

fn file(
    entry: &Entry,
    kind: Kind,
    path: String,
    object: String,
    measured: &Measured,
    tables: (&TableVersionId, Option<&TableVersionId>),
) -> ReleaseFile {
    ReleaseFile {
        release_id: entry.release_id.clone(),
        path,
        dataset_id: Some(entry.dataset_id.clone()),
        kind: kind.code().to_owned(),
        object,
        table_id: Some(tables.0.clone()),
        older_table_id: tables.1.cloned(),
        bytes: measured.bytes,
        sha256: measured.sha256.clone(),
        crc32: measured.crc32,
    }
}

/// What is known of some bytes once all of them went by.
struct Measured {
    bytes: i64,
    sha256: String,
    crc32: i64,
}

async fn measure(mut parts: impl Stream<Item = Result<Bytes>> + Unpin) -> Result<Measured> {
    let (mut sha, mut crc, mut bytes) = (Sha256::new(), Crc::new(), 0_i64);
    while let Some(part) = parts.try_next().await? {
        sha.update(&part);
        crc.update(&part);
        bytes = bytes.saturating_add(i64::try_from(part.len()).unwrap_or(i64::MAX));
    }
    Ok(Measured { bytes, sha256: hex::encode(sha.finalize()), crc32: crc.sum().into() })
}

/// Writes the lists, signs the manifest, and lets everybody see the release.
async fn finish(ground: Ground<'_>, ctx: &Ctx, lease: &Lease, release: &Release, base: &Base) -> Result<()> {
    let key = signing_key(ground).await?;
    let work = scratch::folder(ground.scratch)?;
    let before = base.release.as_ref();
    let previous = before.map(|before| (before.quarter.clone(), before.manifest_sha256.clone().unwrap_or_default()));
    let about = About {
        release,
        since: base.at,
        publisher: &ground.profile.province.full_name.vi,
        url: ground.url,
        previous,
        key: key.as_ref().map(|key| key.id.as_str()),
    };
    write_lists(ground, &about, work.path()).await?;
    let mut whole = Vec::new();
    for path in MADE.into_iter().chain([MANIFEST]) {
        let from = work.path().join(path);
        let measured = measure(reading(&from)?).await?;
        let object = format!("releases/{}/{}-{path}", release.id, measured.sha256.get(..16).unwrap_or_default());
        match ground.files.put_file(&object, &from).await {
            // An attempt that broke off left the same bytes.
            Err(error) if error.kind() == Failing::Conflict => {}
            other => other?,
        }
        whole.push(ReleaseFile {
            release_id: release.id.clone(),
            path: path.to_owned(),
            dataset_id: None,
            kind: Kind::Whole.code().to_owned(),
            object,
            table_id: None,
            older_table_id: None,
            bytes: measured.bytes,
            sha256: measured.sha256,
            crc32: measured.crc32,
        });
    }
    let manifest = whole.last().map(|file| file.sha256.clone()).unwrap_or_default();
    let path = work.path().join(MANIFEST);
    let signed = match key {
        Some(key) => Some(run_blocking(move || Ok(signature(&key, &std::fs::read(path)?))).await?),
        None => None,
    };
    let told = release.quarter().map(Quarter::told).unwrap_or_default();
    let (lease, release) = (lease.clone(), release.clone());
    ground
        .db
        .write_async(ctx.clone(), move |tx| {
            queue::hold(tx, &lease)?;
            if let Some((id, public, _)) = &signed {
                command::publish_key(tx, id, public)?;
            }
            let named = signed.as_ref().map(|(id, _, signature)| (id.as_str(), signature.as_str()));
            if store::set_ready(tx, &release.id, &manifest, named)? {
                store::insert_files(tx, &whole)?;
                for next in store::following(tx.conn(), &release.id)? {
                    command::enqueue(tx, &next)?;
                }
                tx.changed("release", release.id.as_str());
                let key = named.map(|(id, _)| id);
                let detail = json!({ "quarter": release.quarter, "manifest": manifest, "key": key, "after": "ready" });
                audit::record(tx, "release.ready", "release", release.id.as_str(), detail);
                let to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
                let args = [("quarter", told.into())];
                account::announce(tx, to, "release-ready", &args, format!("/internal/quarter/{}", release.quarter))?;
            }
            queue::complete(tx, &lease)
        })
        .await
}

type Signed = (String, Vec<u8>, String);

fn signature(key: &Key, manifest: &[u8]) -> Signed {
    (key.id.clone(), key.public().to_vec(), key.sign(manifest))
}

/// Writes all lists into a folder, some entries at a time.
async fn write_lists(ground: Ground<'_>, about: &About<'_>, folder: &Path) -> Result<()> {
    let of = about.release.id.clone();
    let all = ground.db.read_async(move |conn| store::datasets_in(conn, &of)).await?;
    let mut lists = Lists::begin(folder, about)?;
    for some in all.chunks(usize::try_from(AT_ONCE).unwrap_or(1)) {
        let (of, some): (ReleaseId, Vec<DatasetId>) = (about.release.id.clone(), some.to_vec());
        let (entries, files) = ground
            .db
            .read_async(move |conn| Ok((store::entries_of(conn, &of, &some)?, store::files_of(conn, &of, &some)?)))
            .await?;
        for (entry, agency) in &entries {
            let own: Vec<ReleaseFile> =
                files.iter().filter(|file| file.dataset_id.as_ref() == Some(&entry.dataset_id)).cloned().collect();
            lists.add(ground.url, entry, agency, &own)?;
        }
    }
    let manifest = lists.finish()?;
    let mut made = Vec::new();
    for path in MADE {
        let measured = measure(reading(&folder.join(path))?).await?;
        made.push((path.to_owned(), u64::try_from(measured.bytes).unwrap_or(0), measured.sha256));
    }
    manifest.finish(&made)
}

/// The bytes of a file of ours, some at a time.
fn reading(path: &Path) -> Result<impl Stream<Item = Result<Bytes>> + Unpin> {
    let file = std::fs::File::open(path)?;
    Ok(Box::pin(stream::try_unfold(file, |mut file| async move {
        let mut part = vec![0; 1 << 16];
        let read = std::io::Read::read(&mut file, &mut part)?;
        part.truncate(read);
        Ok((read > 0).then(|| (Bytes::from(part), file)))
    })))
}
