//! `khomo restore`: an empty database and an empty store become what a backup holds.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use indicatif::ProgressBar;
use serde_json::json;
use sha2::{Digest, Sha256};

use futures_util::TryStreamExt;

use super::manifest::{Head, Manifest, ObjectFile, object_path, table_path};
use super::{key_mark, progress};
use crate::audit;
use crate::cli::args::RestoreArgs;
use crate::cli::import::runtime;
use crate::cli::setup::{Startup, open_parts};
use crate::config::Settings;
use crate::kernel::{Clock, Error, Problem, Result};
use crate::platform::db::{Db, dump};
use crate::platform::files::{Files, sha256_of};
use crate::platform::log;
use crate::worker;

/// Rows go into the database in portions of this many bytes.
const PORTION: usize = 1 << 20;
/// So many broken files are named at once.
const NAMED: usize = 20;

/// `khomo restore`
pub(in crate::cli) fn restore(args: &RestoreArgs) -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let manifest = Manifest::read(&args.dir)?;
    let bar = progress(!args.json, "the backup");
    check(&args.dir, &manifest, &bar)?;

    if let Some(parent) = settings.database_url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent()) {
        std::fs::create_dir_all(parent)?;
    }
    let db = Db::open(&settings.database_url, true, Clock::system())?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let left = empty(&db, &files, &manifest)?;
    at_migration(&db, &manifest.migration)?;

    bar.set_message("objects");
    bar.set_position(0);
    runtime()?.block_on(put(&files, &args.dir, &manifest.objects, &left, &bar))?;
    bar.set_message("tables");
    let rows = fill(&db, &args.dir, &manifest)?;
    let applied = db.migrate()?;
    bar.finish_and_clear();

    let verdict = db.read(audit::verify)?;
    let head = Head { seq: verdict.entries, hash: verdict.head.clone() };
    if verdict.broken_at.is_some() || head != manifest.audit {
        return Err(Error::invalid(Problem::new("restore-audit").with("seq", verdict.broken_at.unwrap_or(head.seq))));
    }
    let same_key = key_mark(&settings)? == manifest.cookie_key_sha256;
    let same_profile = settings.profile == manifest.profile;
    let parts = open_parts(settings, Startup::Strict, db.clock().clone())?;
    worker::rebuild(&parts.db, &parts.profile, &parts.index, &mut |_| {})?;

    if args.json {
        return say!(
            "{}",
            json!({
                "taken_at": manifest.taken_at, "rows": rows, "objects": manifest.objects.len(), "audit": head,
                "migrations": applied, "missing": manifest.missing, "same_cookie_key": same_key, "same_profile": same_profile,
            })
        );
    }
    say!("restored the state of {}", manifest.taken_at)?;
    say!("tables {} rows {rows}", manifest.tables.len())?;
    say!("objects {}", manifest.objects.len())?;
    for name in &manifest.missing {
        say!("missing in the backup: {name}")?;
    }
    for name in applied {
        say!("applied {name}")?;
    }
    say!("audit entries {} head {}, as in the backup", head.seq, head.hash)?;
    say!("index rebuilt: {} datasets", parts.index.len())?;
    if !same_profile {
        say!("note: the backup is of the profile {}; KHOMO_PROFILE names another", manifest.profile)?;
    }
    if !same_key {
        say!(
            "note: KHOMO_COOKIE_KEY is not the one of the backup: second factors must be set up anew, and readers' addresses stay sealed"
        )?;
    }
    Ok(())
}

/// Reads every file of the backup and holds it against the manifest; names what is damaged.
fn check(folder: &Path, manifest: &Manifest, bar: &ProgressBar) -> Result<()> {
    let mut damaged = Vec::new();
    let mut look = |path: &Path, sha256: &str| -> Result<()> {
        let whole = path.is_file() && sha256_of(path)? == sha256;
        if !whole && damaged.len() < NAMED {
            let file = path.strip_prefix(folder).unwrap_or(path).display().to_string();
            damaged.push(Problem::new("backup-damaged").with("file", file));
        }
        Ok(())
    };
    bar.set_length(manifest.objects.iter().map(|object| object.bytes).sum());
    for file in &manifest.tables {
        look(&table_path(folder, &file.table), &file.sha256)?;
    }
    for object in &manifest.objects {
        look(&object_path(folder, &object.name), &object.sha256)?;
        bar.inc(object.bytes);
    }
    if damaged.is_empty() { Ok(()) } else { Err(Error::invalid_all(damaged)) }
}

/// Refuses a database or a store that holds something; gives the objects that a restore of this backup left when it broke off.
fn empty(db: &Db, files: &Files, manifest: &Manifest) -> Result<HashSet<String>> {
    if !db.is_empty()? {
        return Err(Error::conflict(Problem::new("restore-database")));
    }
    let own: HashSet<&str> = manifest.objects.iter().map(|object| object.name.as_str()).collect();
    let mut left = HashSet::new();
    for folder in super::PLACES {
        for (name, _) in runtime()?.block_on(files.list(folder))? {
            if !own.contains(name.as_str()) {
                return Err(Error::conflict(Problem::new("restore-files").with("name", name)));
            }
            left.insert(name);
        }
    }
    Ok(left)
}

/// Brings an empty database to the migration that the backup was taken at.
fn at_migration(db: &Db, migration: &str) -> Result<()> {
    if db.migrated_to()?.is_some_and(|last| last.as_str() > migration) {
        db.unmigrate()?;
    }
    db.migrate_to(Some(migration))?;
    if db.migrated_to()?.as_deref() != Some(migration) {
        return Err(Error::invalid(Problem::new("backup-newer").with("path", migration)));
    }
    Ok(())
}

/// Puts the objects into the store and reads each one back.
async fn put(
    files: &Files,
    folder: &Path,
    objects: &[ObjectFile],
    left: &HashSet<String>,
    bar: &ProgressBar,
) -> Result<()> {
    for object in objects {
        if !left.contains(&object.name) {
            files.put_file(&object.name, &object_path(folder, &object.name)).await?;
        }
        let mut stream = files.get(&object.name, None).await?;
        let mut hasher = Sha256::new();
        while let Some(part) = stream.try_next().await? {
            hasher.update(&part);
        }
        if hex::encode(hasher.finalize()) != object.sha256 {
            return Err(Error::conflict(Problem::new("restore-object").with("name", object.name.as_str())));
        }
        bar.inc(object.bytes);
    }
    Ok(())
}

/// Fills the tables; says how many rows they have.
fn fill(db: &Db, folder: &Path, manifest: &Manifest) -> Result<u64> {
    let there: HashMap<String, dump::Table> =
        db.read(dump::tables)?.into_iter().map(|table| (table.name.clone(), table)).collect();
    let known =
        |file: &super::manifest::TableFile| there.get(&file.table.name).is_some_and(|own| own.is_like(&file.table));
    let named: HashSet<&str> = manifest.tables.iter().map(|file| file.table.name.as_str()).collect();
    if (manifest.tables.len(), named.len()) != (there.len(), there.len()) || !manifest.tables.iter().all(known) {
        return Err(Error::invalid(Problem::new("backup-tables").with("migration", manifest.migration.as_str())));
    }
    db.fill(|filling| {
        let mut all = 0;
        for file in &manifest.tables {
            let mut rows = 0;
            let mut portion = String::from("[");
            for line in BufReader::new(File::open(table_path(folder, &file.table))?).lines() {
                if portion.len() > 1 {
                    portion.push(',');
                }
                portion.push_str(&line?);
                if portion.len() > PORTION {
                    portion.push(']');
                    rows += filling.insert(&file.table, &portion)?;
                    portion.truncate(1);
                }
            }
            if portion.len() > 1 {
                portion.push(']');
                rows += filling.insert(&file.table, &portion)?;
            }
            let rows = u64::try_from(rows).unwrap_or(u64::MAX);
            if rows != file.rows {
                let name = format!("{}.ndjson", file.table.name);
                return Err(Error::invalid(Problem::new("backup-damaged").with("file", name)));
            }
            all += rows;
        }
        let (seq, hash) = filling.audit_head()?;
        if (Head { seq, hash }) != manifest.audit {
            return Err(Error::invalid(Problem::new("restore-audit").with("seq", seq)));
        }
        Ok(all)
    })
}
