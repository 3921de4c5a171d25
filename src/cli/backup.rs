//! `khomo backup`: tables of one moment and every object that they name, while programs run; `khomo restore` puts them back.
//!
//! The tables are read in one snapshot of the database, then the objects are copied. An object is written once, so that its copy is of
//! the same moment whenever it is made; what ends meanwhile (a purge, an upload that was read) is seen by its object being gone, and
//! the tables are read again. The manifest is written last.

mod manifest;
mod restore;

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};

use futures_util::{StreamExt, TryStreamExt};
use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::args::BackupArgs;
use super::import::runtime;
use super::setup::{Ground, cookie_key};
use crate::config::Settings;
use crate::dataset::upload;
use crate::kernel::{Actor, Error, Kind, Problem, Result};
use crate::plan::decision;
use crate::platform::db::dump::Table;
use crate::platform::db::{Conn, chain, dump};
use crate::platform::files::{Files, sha256_of};
use crate::platform::log;
use crate::purge::BackupForm;
use crate::table::Stored;
use crate::{account, purge, release, table};
use manifest::{
    FORMAT, Head, MANIFEST, MARKER, Manifest, OBJECTS, ObjectFile, TABLES, TableFile, object_path, table_path,
};
pub(super) use restore::restore;

/// So many times the tables are read when something ends while the objects are copied.
const ROUNDS: u32 = 5;
/// So many objects are copied at a time.
const AT_ONCE: usize = 8;

/// `khomo backup`
pub(super) fn backup(args: &BackupArgs) -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let ground = Ground::open()?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let earlier = args.reuse.as_deref().map(Earlier::open).transpose()?;
    let folder = prepare(&args.dir)?;
    // Registered before the first byte is copied: what breaks off may hold data as well.
    let registered = args.by.as_deref().map(|by| register(&ground, args, by, &folder)).transpose()?;

    let key = key_mark(&settings)?;
    let bar = progress(!args.json, "bytes");
    let mut manifest = None;
    for _ in 0..ROUNDS {
        let (mut taken, wanted) = ground.db.snapshot(|conn| tables(conn, &folder, &bar))?;
        taken.profile = ground.profile.code.clone();
        taken.cookie_key_sha256 = key.clone();
        taken.taken_at = ground.db.clock().now().to_rfc3339();
        bar.set_message("objects");
        bar.set_position(0);
        bar.set_length(wanted.iter().filter_map(|object| object.bytes).sum());
        let copied = runtime()?.block_on(copy_all(&files, &wanted, &folder, earlier.as_ref(), &bar))?;
        for outcome in copied {
            match outcome {
                Copied::Whole(object) => taken.objects.push(object),
                Copied::Lost(name) => taken.missing.push(name),
            }
        }
        let named: HashSet<String> = ground.db.read(named)?.into_iter().map(|object| object.name).collect();
        if taken.missing.iter().all(|name| named.contains(name)) {
            manifest = Some(taken);
            break;
        }
    }
    bar.finish_and_clear();
    let Some(manifest) = manifest else {
        return Err(Error::refused(Kind::Unavailable, Problem::new("backup-unsettled")));
    };
    if !manifest.missing.is_empty() && !args.accept_missing {
        let lost = |name: &String| Problem::new("backup-object-missing").with("name", name.as_str());
        return Err(Error::invalid_all(manifest.missing.iter().take(20).map(lost).collect()));
    }
    remove_others(&folder, &manifest)?;
    sync(&folder)?;
    manifest.write(&folder)?;
    tell(args, &folder, &manifest, registered.as_deref())
}

fn tell(args: &BackupArgs, folder: &Path, manifest: &Manifest, registered: Option<&str>) -> Result<()> {
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    let bytes: u64 = manifest.objects.iter().map(|object| object.bytes).sum();
    if args.json {
        return say!(
            "{}",
            json!({
                "folder": folder, "migration": manifest.migration, "tables": manifest.tables.len(), "rows": rows,
                "objects": manifest.objects.len(), "bytes": bytes, "missing": manifest.missing,
                "audit": manifest.audit, "registered": registered,
            })
        );
    }
    say!("tables {} rows {rows}", manifest.tables.len())?;
    say!("objects {} bytes {bytes}", manifest.objects.len())?;
    for name in &manifest.missing {
        say!("missing {name}")?;
    }
    say!("audit entries {} head {}", manifest.audit.seq, manifest.audit.hash)?;
    if let Some(id) = registered {
        say!("registered {id}")?;
    }
    say!("complete {}", folder.display())
}

/// SHA-256 of the key that signs cookies, so that a restore can tell whether it has the same.
fn key_mark(settings: &Settings) -> Result<String> {
    fs::create_dir_all(&settings.scratch)?;
    Ok(hex::encode(Sha256::digest(cookie_key(settings)?.master())))
}

/// The folder of a backup to be: new, empty, or of a backup that broke off.
fn prepare(folder: &Path) -> Result<PathBuf> {
    let refuse =
        |code: &'static str| Err(Error::invalid(Problem::new(code).with("path", folder.display().to_string())));
    make(folder)?;
    if folder.join(MANIFEST).exists() {
        return refuse("backup-there");
    }
    // What is not named by the manifest goes in the end: nobody else's files may be there, and no way out of the folder.
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        let ours = folder.join(MARKER).exists()
            && (name == MARKER || name == TABLES || name == OBJECTS || name.to_string_lossy().starts_with(".tmp"));
        if !ours || entry.file_type()?.is_symlink() {
            return refuse("backup-not-empty");
        }
    }
    File::create(folder.join(MARKER))?.sync_all()?;
    make(&folder.join(TABLES))?;
    make(&folder.join(OBJECTS))?;
    Ok(folder.canonicalize()?)
}

/// Makes a folder that its owner alone reads.
fn make(folder: &Path) -> Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.create(folder)?)
}

/// Enters the backup in the portal's list, as the form does; one that broke off at this place today is there already.
fn register(ground: &Ground, args: &BackupArgs, by: &str, folder: &Path) -> Result<String> {
    let today = ground.today();
    let place = args.place.clone().unwrap_or_else(|| folder.display().to_string());
    let person = ground.db.read(|conn| account::by_name(conn, by, &today))?;
    let person = person.ok_or_else(|| Error::invalid(Problem::new("account-unknown").with("name", by)))?.account.id;
    let form = BackupForm {
        place: place.clone(),
        taken_on: today.clone(),
        kept_until: args.kept_until.clone().unwrap_or_default(),
    };
    ground.db.write(&ground.ctx(Actor::Account(person)), |tx| {
        let known = purge::backups(tx.conn(), i64::MAX)?;
        let known = known
            .into_iter()
            .find(|known| known.place == place && known.taken_on == today && known.destroyed.is_none());
        match known {
            Some(known) => Ok(known.id.to_string()),
            None => Ok(purge::register_backup(tx, &ground.profile, &form)?.to_string()),
        }
    })
}

/// Writes every table of this moment; gives the manifest so far, and the objects that rows name.
fn tables(conn: &mut Conn, folder: &Path, bar: &ProgressBar) -> Result<(Manifest, Vec<Stored>)> {
    let (seq, hash) = chain::audit_head(conn)?;
    let mut manifest = Manifest {
        format: FORMAT,
        khomo: env!("CARGO_PKG_VERSION").to_owned(),
        taken_at: String::new(),
        migration: dump::migrated_to(conn)?,
        profile: String::new(),
        cookie_key_sha256: String::new(),
        audit: Head { seq, hash },
        revision: chain::revision(conn)?,
        tables: Vec::new(),
        objects: Vec::new(),
        missing: Vec::new(),
    };
    for table in dump::tables(conn)? {
        bar.set_message(table.name.clone());
        manifest.tables.push(write_table(conn, folder, table)?);
    }
    Ok((manifest, named(conn)?))
}

/// Where objects lie in a store.
pub(super) const PLACES: [&str; 4] = ["tables", "uploads", "decisions", "releases"];

/// The objects that rows name.
pub(super) fn named(conn: &mut Conn) -> Result<Vec<Stored>> {
    let mut all = table::stored(conn)?;
    all.extend(upload::stored(conn)?);
    all.extend(decision::stored(conn)?);
    all.extend(release::stored(conn)?);
    Ok(all)
}

fn write_table(conn: &mut Conn, folder: &Path, table: Table) -> Result<TableFile> {
    let mut file = BufWriter::new(NamedTempFile::new_in(folder.join(TABLES))?);
    let mut hasher = Sha256::new();
    let mut write = |line: &str| -> Result<()> {
        for bytes in [line.as_bytes(), b"\n"] {
            hasher.update(bytes);
            file.write_all(bytes)?;
        }
        Ok(())
    };
    // Who runs and who is signed in is of the moment alone.
    let passing = ["node", "session"].contains(&table.name.as_str());
    let rows = if passing { 0 } else { dump::rows(conn, &table, &mut write)? };
    let file = file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(table_path(folder, &table)).map_err(|error| error.error)?;
    Ok(TableFile { table, rows, sha256: hex::encode(hasher.finalize()) })
}

/// An earlier backup, whose files serve again.
struct Earlier {
    folder: PathBuf,
    hashes: std::collections::HashMap<String, (u64, String)>,
}

impl Earlier {
    fn open(folder: &Path) -> Result<Self> {
        let objects = Manifest::read(folder)?.objects.into_iter();
        let hashes = objects.map(|object| (object.name, (object.bytes, object.sha256))).collect();
        Ok(Self { folder: folder.to_owned(), hashes })
    }
}

/// What became of one object.
enum Copied {
    /// It is in the backup.
    Whole(ObjectFile),
    /// It is not in the store, or not as its row says.
    Lost(String),
}

async fn copy_all(
    files: &Files,
    wanted: &[Stored],
    folder: &Path,
    earlier: Option<&Earlier>,
    bar: &ProgressBar,
) -> Result<Vec<Copied>> {
    futures_util::stream::iter(wanted)
        .map(|object| async move {
            let copied = copy(files, object, folder, earlier).await?;
            if let Copied::Whole(object) = &copied {
                bar.inc(object.bytes);
            }
            Ok::<_, Error>(copied)
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// Copies one object: what an earlier run or an earlier backup has of it, if its hash is right, else from the store.
async fn copy(files: &Files, object: &Stored, folder: &Path, earlier: Option<&Earlier>) -> Result<Copied> {
    let path = object_path(folder, &object.name);
    let parent = path.parent().unwrap_or(folder);
    make(parent)?;
    if let Some(kept) = there(&path, object)? {
        return Ok(Copied::Whole(kept));
    }
    if let Some(earlier) = earlier
        && let Some((bytes, sha256)) = earlier.hashes.get(&object.name)
    {
        let known = Stored { name: object.name.clone(), bytes: Some(*bytes), sha256: Some(sha256.clone()) };
        let same = object.sha256.as_ref().is_none_or(|wanted| wanted == sha256);
        let source = object_path(&earlier.folder, &object.name);
        if same && let Some(kept) = there(&source, &known)? {
            // Another disk, or one without links: the bytes are copied.
            if fs::hard_link(&source, &path).is_err() {
                let mut copy = NamedTempFile::new_in(parent)?;
                std::io::copy(&mut File::open(&source)?, copy.as_file_mut())?;
                copy.as_file().sync_all()?;
                copy.persist(&path).map_err(|error| error.error)?;
            }
            return Ok(Copied::Whole(kept));
        }
    }
    let mut stream = match files.get(&object.name, None).await {
        Err(error) if error.kind() == Kind::NotFound => return Ok(Copied::Lost(object.name.clone())),
        other => other?,
    };
    let mut file = NamedTempFile::new_in(parent)?;
    let (mut hasher, mut bytes) = (Sha256::new(), 0);
    while let Some(part) = stream.try_next().await? {
        hasher.update(&part);
        bytes += part.len() as u64;
        file.write_all(&part)?;
    }
    let found = ObjectFile { name: object.name.clone(), bytes, sha256: hex::encode(hasher.finalize()) };
    if !is(&found, object) {
        return Ok(Copied::Lost(object.name.clone()));
    }
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(Copied::Whole(found))
}

/// Whether a file is what a row says of its object.
fn is(found: &ObjectFile, wanted: &Stored) -> bool {
    wanted.bytes.is_none_or(|bytes| bytes == found.bytes)
        && wanted.sha256.as_ref().is_none_or(|sha256| *sha256 == found.sha256)
}

/// A file that is there already, if it is what is wanted; its hash is always computed. Where no hash is known it does not count.
fn there(path: &Path, wanted: &Stored) -> Result<Option<ObjectFile>> {
    let bytes = match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        other => other?.len(),
    };
    if wanted.sha256.is_none() || wanted.bytes.is_some_and(|wanted| wanted != bytes) {
        return Ok(None);
    }
    let found = ObjectFile { name: wanted.name.clone(), bytes, sha256: sha256_of(path)? };
    Ok(is(&found, wanted).then_some(found))
}

/// Removes what an earlier run left and the manifest does not name: it may have been purged meanwhile.
fn remove_others(folder: &Path, manifest: &Manifest) -> Result<()> {
    let mut kept: HashSet<PathBuf> = manifest.objects.iter().map(|object| object_path(folder, &object.name)).collect();
    kept.insert(folder.join(MARKER));
    kept.extend(manifest.tables.iter().map(|file| table_path(folder, &file.table)));
    let mut files = Vec::new();
    walk(folder, &mut |path, is_dir| {
        if !is_dir && !kept.contains(path) {
            files.push(path.to_owned());
        }
        Ok(())
    })?;
    for file in files {
        fs::remove_file(file)?;
    }
    Ok(())
}

/// Makes the names of all files durable.
fn sync(folder: &Path) -> Result<()> {
    walk(folder, &mut |path, is_dir| if is_dir { Ok(File::open(path)?.sync_all()?) } else { Ok(()) })
}

/// Visits a folder and all that is below.
fn walk(path: &Path, visit: &mut dyn FnMut(&Path, bool) -> Result<()>) -> Result<()> {
    for entry in fs::read_dir(path)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), visit)?;
        } else {
            visit(&entry.path(), false)?;
        }
    }
    visit(path, true)
}

/// A bar on the terminal, for bytes.
fn progress(show: bool, what: &'static str) -> ProgressBar {
    let bar = if show { ProgressBar::new(0) } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{bar:30} {binary_bytes}/{binary_total_bytes} {msg}, {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_message(what)
}
