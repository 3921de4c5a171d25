//! Files that are made of a published table after its publication, because they take time and nobody must wait for them: the CSV
//! packed as `.gz` and `.zst`, and GeoParquet where the table has places.
//!
//! One recurring job looks for tables that lack one. A file is an object beside the table's others, and there for readers once its row
//! (`table_file`) is. The same table gives the same bytes, so that a job that broke off is simply done again. That a table is tried is
//! written down before (`table_attempt`): one that fails, or that the program does not survive, waits for hours.

use std::fs::File;
use std::io::{Write, copy};
use std::path::Path;

use super::{Object, TableFile, TableVersion, fetch, geometry, store};
use crate::kernel::id::TableVersionId;
use crate::kernel::{Ctx, Error, Kind, Result};
use crate::platform::db::{Db, run_blocking};
use crate::platform::files::{Files, sha256_of};
use crate::platform::{queue, scratch};

/// The kind of job.
pub const MAKE: &str = "table-files";
/// How often it comes, in seconds.
pub const MAKE_EVERY: i64 = 60;

/// Tables of one turn.
const TABLES: usize = 50;
/// How hard the packers try: what more costs much time and saves little.
const GZIP: u32 = 6;
const ZSTD: i32 = 9;

/// Which files a table version has besides those that every one has.
pub const KINDS: [Object; 3] = [Object::CsvGz, Object::CsvZst, Object::GeoParquet];

/// Makes what published tables lack; `published` names them. One that fails is told to the log and tried again after hours.
///
/// # Errors
/// When the database does not answer; `Conflict` (`job-lost`).
pub async fn make(
    db: &Db,
    files: &Files,
    ctx: &Ctx,
    scratch: &Path,
    lease: &queue::Lease,
    published: Vec<TableVersionId>,
) -> Result<()> {
    for id in published.into_iter().take(TABLES) {
        if let Err(error) = make_one(db, files, ctx, scratch, lease, id.clone()).await {
            // Nobody is to wait for the others because of one; whoever took the job goes on with it.
            if error.has("job-lost") || error.kind() == Kind::Unavailable {
                return Err(error);
            }
            tracing::error!(table = %id, %error, "the files of a table were not made");
        }
    }
    Ok(())
}

async fn make_one(
    db: &Db,
    files: &Files,
    ctx: &Ctx,
    scratch: &Path,
    lease: &queue::Lease,
    id: TableVersionId,
) -> Result<()> {
    let wanted = id.clone();
    let (table, there) =
        db.read_async(move |conn| Ok((store::by_id(conn, &wanted)?, store::files_of(conn, &[wanted])?))).await?;
    if table.purge_id.is_some() {
        return Ok(());
    }
    let (owner, now) = (table.dataset_id.clone(), db.clock().now());
    let (begun, held) = (id.clone(), lease.clone());
    db.write_async(ctx.clone(), move |tx| {
        queue::hold(tx, &held)?;
        store::begin_attempt(tx, &begun, now)
    })
    .await?;
    let folder = scratch::folder(scratch)?;
    for object in missing(&table, &there)? {
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        let source = if object == Object::GeoParquet { Object::Parquet } else { Object::Csv };
        fetch(files, &source.name(&id), &from).await?;
        let place = geometry::of(&table.report()?.outcome.columns);
        let (source, target) = (from.clone(), to.clone());
        let sha256 = run_blocking(move || {
            match (object, place) {
                (Object::CsvGz, _) => gzip(&source, &target)?,
                (Object::CsvZst, _) => zstd(&source, &target)?,
                (_, Some(place)) => geometry::parquet::write(&source, &target, &place)?,
                (_, None) => return Err(Error::internal("a table without places")),
            }
            sha256_of(&target)
        })
        .await?;
        put(files, &object.name(&id), &to).await?;
        let bytes = i64::try_from(std::fs::metadata(&to)?.len()).map_err(Error::internal)?;
        let made = TableFile {
            table_version_id: id.clone(),
            kind: object.kind().to_owned(),
            bytes,
            sha256,
            made_at: ctx.at.0,
        };
        let (owner, held) = (owner.clone(), lease.clone());
        db.write_async(ctx.clone(), move |tx| {
            queue::hold(tx, &held)?;
            store::insert_file(tx, &made)?;
            if let Some(owner) = &owner {
                tx.changed("dataset", owner.as_str());
            }
            Ok(())
        })
        .await?;
    }
    let held = lease.clone();
    db.write_async(ctx.clone(), move |tx| {
        queue::hold(tx, &held)?;
        store::end_attempt(tx, &id)
    })
    .await
}

/// What a table lacks.
fn missing(table: &TableVersion, there: &[TableFile]) -> Result<Vec<Object>> {
    let mut missing: Vec<Object> =
        KINDS.into_iter().filter(|object| there.iter().all(|file| file.kind != object.kind())).collect();
    if missing.contains(&Object::GeoParquet) && geometry::of(&table.report()?.outcome.columns).is_none() {
        missing.retain(|object| *object != Object::GeoParquet);
    }
    Ok(missing)
}

/// Puts a file in place of what a job that broke off may have left, which no row names.
async fn put(files: &Files, name: &str, path: &Path) -> Result<()> {
    match files.put_file(name, path).await {
        Err(error) if error.kind() == Kind::Conflict => {
            files.delete(name).await?;
            files.put_file(name, path).await
        }
        other => other,
    }
}

/// Without name and time, so that the bytes are those of the content alone.
fn gzip(from: &Path, to: &Path) -> Result<()> {
    let mut out = flate2::write::GzEncoder::new(File::create(to)?, flate2::Compression::new(GZIP));
    copy(&mut File::open(from)?, &mut out)?;
    out.finish()?.sync_all()?;
    Ok(())
}

fn zstd(from: &Path, to: &Path) -> Result<()> {
    let mut out = zstd::stream::write::Encoder::new(File::create(to)?, ZSTD)?;
    out.include_checksum(true)?;
    copy(&mut File::open(from)?, &mut out)?;
    let mut file = out.finish()?;
    file.flush()?;
    file.sync_all()?;
    Ok(())
}
