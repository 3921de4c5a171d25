//! `khomo doctor`: what is wrong with an installation that runs, or does not, and how to mend it.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use futures_util::TryStreamExt;
use indicatif::ProgressBar;
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::args::DoctorArgs;
use super::backup::{PLACES, named};
use super::findings::Findings;
use super::import::runtime;
use super::setup::profile;
use crate::config::Settings;
use crate::kernel::{Clock, Error, Kind, Lang, Problem, Result, Timestamp, id};
use crate::platform::db::{Conn, Db, chain, nodes};
use crate::platform::files::Files;
use crate::platform::mail::Mailer;
use crate::platform::{log, queue};
use crate::profile::{Profile, Severity};
use crate::table::{GRACE, Stored};
use crate::{account, audit, calendar, purge, release, table};

/// So many of a kind are named; the rest are counted.
const NAMED: usize = 20;
/// A disk with less room than this (bytes) stops work.
const LEAST_ROOM: u64 = 1 << 30;
/// A program that runs says so once a second; one silent for longer than this (milliseconds) has died.
const SILENT: i64 = 15_000;
/// Clocks may differ by this much (milliseconds) before somebody should look.
const CLOCKS: i64 = 5_000;
/// A job that was due so long ago (milliseconds) is done by nobody.
const LATE: i64 = 15 * 60_000;
/// A day, in milliseconds.
const DAY: i64 = 24 * 3_600_000;

/// `khomo doctor`
pub(super) fn run(args: &DoctorArgs, lang: Lang) -> Result<u8> {
    let mut found = Findings::default();
    let settings = found.take("settings", Settings::from_env());
    found.looked("settings");
    if let Some(settings) = settings {
        log::start(false, "error");
        look(&mut found, &settings, args)?;
    }
    found.tell(lang, args.json)
}

fn look(found: &mut Findings, settings: &Settings, args: &DoctorArgs) -> Result<()> {
    let now = Clock::system().now();
    let rules = look_at_profile(found, settings, now);
    folders(found, settings);
    let files = found.take("store", Files::open(&settings.files, &settings.s3));
    if let Some(files) = &files {
        let writable = runtime()?.block_on(write_and_read(files));
        if let Err(error) = &writable {
            tracing::error!(%error, "the store cannot be written to and read");
            found.wrong("store", Problem::new("doctor-store").with("place", settings.files.as_str()));
        }
    }
    found.looked("store");
    mail(found, settings)?;
    release_keys(found, settings);
    found.looked("keys");

    let db = found.take("database", Db::open(&settings.database_url, false, Clock::system()));
    let ready = db.filter(|db| found.take("database", db.require_migrated()).is_some());
    found.looked("database");
    let Some(db) = ready else { return Ok(()) };
    let checks: [(&'static str, Look<'_>); 5] = [
        ("calendar", &|found, conn| days_off(found, conn, rules.as_ref(), now)),
        ("programs", &|found, conn| programs(found, conn, now)),
        ("jobs", &|found, conn| jobs(found, conn, now)),
        ("audit", &|found, conn| audit_log(found, conn, settings)),
        ("expiring", &|found, conn| expiring(found, conn, rules.as_ref(), now)),
    ];
    for (check, look) in checks {
        let done = db.read(|conn| look(found, conn));
        found.take(check, done);
        found.looked(check);
    }
    if let Some(files) = &files {
        let done = objects(found, &db, files, args);
        found.take("objects", done);
        found.looked("objects");
    }
    Ok(())
}

/// One look into the database.
type Look<'a> = &'a dyn Fn(&mut Findings, &mut Conn) -> Result<()>;

/// The profile: what `khomo profile check` says of it.
fn look_at_profile(found: &mut Findings, settings: &Settings, now: Timestamp) -> Option<Profile> {
    let folder = settings.overrides.as_ref().map(|folder| folder.join("profiles"));
    let rules = profile(settings).ok();
    let minutes = rules.as_ref().map_or(7 * 60, |rules| rules.province.timezone_minutes);
    for finding in Profile::check(&settings.profile, folder.as_deref().filter(|path| path.is_dir()), now.date(minutes))
    {
        match finding.severity {
            Severity::Error => found.wrong("profile", finding.problem),
            Severity::Warning => found.look("profile", finding.problem),
        }
    }
    found.looked("profile");
    rules
}

/// The folders that this program writes to, and the room on their disks.
fn folders(found: &mut Findings, settings: &Settings) {
    let mut all: Vec<(&'static str, PathBuf)> =
        vec![("KHOMO_SCRATCH", settings.scratch.clone()), ("KHOMO_INDEX", settings.index.clone())];
    if !settings.files.starts_with("s3://") {
        all.push(("KHOMO_FILES", settings.files.clone().into()));
    }
    if let Some(folder) = settings.database_url.strip_prefix("sqlite:").and_then(|path| Path::new(path).parent()) {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        all.push(("KHOMO_DATABASE_URL", folder.to_owned()));
    }
    for (setting, folder) in all {
        let told =
            |code: &'static str| Problem::new(code).with("setting", setting).with("path", folder.display().to_string());
        if NamedTempFile::new_in(&folder).is_err() {
            found.wrong("folders", told("doctor-folder"));
            continue;
        }
        let (Ok(free), Ok(total)) = (fs4::available_space(&folder), fs4::total_space(&folder)) else { continue };
        let problem = || told("doctor-space").with("free", free >> 20);
        if free < LEAST_ROOM {
            found.wrong("folders", problem());
        } else if free < total / 20 || (setting == "KHOMO_SCRATCH" && free >> 20 < settings.upload_max) {
            found.look("folders", problem());
        }
    }
    found.looked("folders");
}

/// Puts a small object, reads it and takes it away again.
async fn write_and_read(files: &Files) -> Result<()> {
    let mut file = NamedTempFile::new()?;
    std::io::Write::write_all(&mut file, b"doctor")?;
    let name = format!("doctor/{}", id::fresh());
    files.put_file(&name, file.path()).await?;
    let read: Vec<_> = files.get(&name, None).await?.try_collect().await?;
    files.delete(&name).await?;
    if read.concat() == b"doctor" { Ok(()) } else { Err(Error::internal("another object came back")) }
}

fn mail(found: &mut Findings, settings: &Settings) -> Result<()> {
    let mailer = Mailer::open(settings.mail.as_ref(), settings.mail_from.as_ref(), settings.mail_ca.as_deref());
    if let Some(mailer) = found.take("mail", mailer)
        && let Err(error) = runtime()?.block_on(mailer.greet())
    {
        tracing::error!(%error, "the mail server does not answer");
        found.wrong("mail", Problem::new("doctor-mail"));
    }
    found.looked("mail");
    Ok(())
}

/// Whether releases are signed, the newest key can be read, and whoever serves may read it and others may not.
pub(super) fn release_keys(found: &mut Findings, settings: &Settings) {
    let Some(folder) = &settings.release_keys else { return };
    if found.take("keys", release::newest_key(folder)).is_some()
        && let Some(Some(newest)) = found.take("keys", release::keys_in(folder).map(|all| all.into_iter().next()))
    {
        found.take("keys", release::check_rights(&newest, &settings.scratch));
    }
}

/// The programs that serve: their clocks, their index.
fn programs(found: &mut Findings, conn: &mut Conn, now: Timestamp) -> Result<()> {
    let revision = chain::revision(conn)?;
    let all = nodes::all(conn)?;
    if all.iter().all(|node| now.0 - node.seen_at > SILENT) {
        found.look("programs", Problem::new("doctor-programs-none"));
    }
    for node in all {
        let silent = now.0 - node.seen_at;
        if silent < -CLOCKS {
            found.wrong("programs", Problem::new("doctor-clock").with("id", node.id).with("seconds", -silent / 1000));
        } else if silent > SILENT {
            let problem = Problem::new("doctor-program-silent").with("id", node.id);
            found.look("programs", problem.with("minutes", silent / 60_000));
        } else if node.index_seq < revision {
            let behind = revision - node.index_seq;
            found.look("index", Problem::new("doctor-index").with("id", node.id).with("count", behind));
        }
    }
    found.looked("index");
    Ok(())
}

/// Whether the days off of this and the next year are known, and every program counts with those that were entered.
pub(super) fn days_off(found: &mut Findings, conn: &mut Conn, rules: Option<&Profile>, now: Timestamp) -> Result<()> {
    if let Some(rules) = rules {
        for gap in calendar::outlook(conn, rules, now.date(rules.province.timezone_minutes))?.gaps {
            found.look("calendar", gap.problem());
        }
    }
    let Some(entered) = calendar::last_entered(conn)? else { return Ok(()) };
    for node in nodes::all(conn)?.into_iter().filter(|node| now.0 - node.seen_at <= SILENT) {
        if node.started_at < entered.0 {
            found.look("calendar", Problem::new("doctor-calendar-old").with("id", node.id));
        }
    }
    Ok(())
}

fn jobs(found: &mut Findings, conn: &mut Conn, now: Timestamp) -> Result<()> {
    let counts = queue::counts(conn)?;
    if counts.dead > 0 {
        found.wrong("jobs", Problem::new("doctor-jobs-dead").with("count", counts.dead));
    }
    let late = counts.oldest_due.map_or(0, |due| now.0 - due);
    if late > LATE {
        found.wrong("jobs", Problem::new("doctor-jobs-late").with("minutes", late / 60_000));
    }
    Ok(())
}

fn audit_log(found: &mut Findings, conn: &mut Conn, settings: &Settings) -> Result<()> {
    if let Some(seq) = audit::verify(conn)?.broken_at {
        found.wrong("audit", Problem::new("doctor-audit").with("seq", seq));
    }
    // Before the first hour there is no file yet.
    if let Some(path) = settings.audit_heads.as_ref().filter(|path| path.exists())
        && let Some(compared) = found.take("audit", audit::compare(conn, path))
        && let Some(differs) = compared.differs
    {
        found.wrong("audit", Problem::new("doctor-audit-heads").with("line", differs.line).with("seq", differs.seq));
    }
    Ok(())
}

/// What ends, or is due to be done again: backups and keys.
fn expiring(found: &mut Findings, conn: &mut Conn, rules: Option<&Profile>, now: Timestamp) -> Result<()> {
    let minutes = rules.map_or(7 * 60, |rules| rules.province.timezone_minutes);
    let today = now.date(minutes);
    let week_ago = Timestamp(now.0 - 7 * DAY).date(minutes).to_string();
    let backups = purge::backups(conn, i64::MAX)?;
    match backups.first() {
        None => found.look("expiring", Problem::new("doctor-backup-none")),
        Some(last) if last.taken_on < week_ago => {
            found.look("expiring", Problem::new("doctor-backup-old").with("day", last.taken_on.as_str()));
        }
        Some(_) => {}
    }
    let today = today.to_string();
    let over = |backup: &&purge::Backup| {
        backup.destroyed.is_none() && backup.kept_until.as_ref().is_some_and(|until| *until < today)
    };
    for backup in backups.iter().filter(over).take(NAMED) {
        let problem = Problem::new("doctor-backup-over").with("place", backup.place.as_str());
        found.look("expiring", problem.with("day", backup.kept_until.clone().unwrap_or_default()));
    }
    let keys = account::keys_ending(conn, now.0, now.0 + 14 * DAY)?;
    if keys > 0 {
        found.look("expiring", Problem::new("doctor-keys").with("count", keys));
    }
    Ok(())
}

/// Whether what rows name is there, as long as they say, and nothing else is; with --deep, whether it is the very bytes.
fn objects(found: &mut Findings, db: &Db, files: &Files, args: &DoctorArgs) -> Result<()> {
    let runtime = runtime()?;
    // Objects are put before their rows: what these rows name is in the list, unless it was purged meanwhile.
    let wanted = db.read(named)?;
    let mut listed = Vec::new();
    for folder in PLACES {
        listed.extend(runtime.block_on(files.list_sized(folder))?);
    }
    let (still, known) = db.read(|conn| {
        let mut known = table::known_ids(conn)?;
        // What a release that is being made has put there waits for its rows.
        known.extend(release::building(conn)?.into_iter().map(|one| one.id.to_string()));
        Ok((named(conn)?, known))
    })?;
    let still: HashSet<String> = still.into_iter().map(|object| object.name).collect();
    let sizes: HashMap<&str, u64> = listed.iter().map(|(name, bytes, _)| (name.as_str(), *bytes)).collect();
    let mut bad = Vec::new();
    let bar = if args.deep && !args.json {
        ProgressBar::new(u64::try_from(wanted.len()).unwrap_or(0))
    } else {
        ProgressBar::hidden()
    };
    for object in wanted.iter().filter(|object| still.contains(&object.name)) {
        let problem = match sizes.get(object.name.as_str()) {
            None => Some("doctor-object-missing"),
            Some(bytes) if object.bytes.is_some_and(|wanted| wanted != *bytes) => Some("doctor-object-differs"),
            Some(_) if args.deep && !runtime.block_on(is_whole(files, object))? => Some("doctor-object-differs"),
            Some(_) => None,
        };
        bad.extend(problem.map(|code| (code, object.name.as_str())));
        bar.inc(1);
    }
    bar.finish_and_clear();
    for (code, name) in bad.iter().take(NAMED) {
        found.wrong("objects", Problem::new(code).with("name", *name));
    }
    if bad.len() > NAMED {
        found.wrong("objects", Problem::new("doctor-objects-more").with("count", bad.len() - NAMED));
    }
    // What is younger may be on its way; what is older the sweep takes.
    let before = db.clock().now().0 - GRACE;
    let owned = |name: &str| still.contains(name) || name.split('/').nth(1).is_some_and(|id| known.contains(id));
    let left = listed.iter().filter(|(name, _, written)| written.0 < before && !owned(name)).count();
    if left > 0 {
        found.look("objects", Problem::new("doctor-objects-left").with("count", left));
    }
    Ok(())
}

async fn is_whole(files: &Files, object: &Stored) -> Result<bool> {
    let Some(wanted) = &object.sha256 else { return Ok(true) };
    let mut stream = match files.get(&object.name, None).await {
        Err(error) if error.kind() == Kind::NotFound => return Ok(false),
        other => other?,
    };
    let mut hasher = Sha256::new();
    while let Some(part) = stream.try_next().await? {
        hasher.update(&part);
    }
    Ok(hex::encode(hasher.finalize()) == *wanted)
}
