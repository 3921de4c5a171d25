//! Looking after the house: migrations, the index, left-overs, profiles, the audit log.

use indicatif::ProgressBar;

use super::args::{AuditArgs, AuditCommand, MigrateArgs, ProfileArgs, ProfileCommand, SweepArgs};
use super::import::runtime;
use super::setup::{Startup, database, open_parts};
use crate::config::Settings;
use crate::i18n::Texts;
use crate::kernel::{Actor, Clock, Ctx, Error, Lang, Problem, Result};
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::platform::log;
use crate::profile::{Profile, Severity};
use crate::{audit, worker};

/// How long a rebuild by running programs is waited for, in seconds.
const PATIENCE: u64 = 600;

/// `khomo migrate`
pub(super) fn migrate(args: &MigrateArgs) -> Result<()> {
    let settings = Settings::from_env()?;
    if args.create
        && let Some(parent) =
            settings.database_url.strip_prefix("sqlite:").and_then(|path| std::path::Path::new(path).parent())
    {
        std::fs::create_dir_all(parent)?;
    }
    let db = Db::open(&settings.database_url, args.create, Clock::system())?;
    let done = db.migrate()?;
    for name in &done {
        say!("applied {name}")?;
    }
    if done.is_empty() {
        say!("nothing to do")?;
    }
    Ok(())
}

/// `khomo reindex`
pub(super) fn reindex() -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(false, &settings.log);
    let db = database(&settings)?;
    let clock = db.clock().clone();
    let (running, number) = worker::request_rebuild(&db, &Ctx::new(Actor::Operator, clock.now()))?;
    if running > 0 {
        say!("asked {running} running program(s); waiting")?;
        if worker::await_rebuild(&db, &clock, number, PATIENCE)? {
            say!("rebuilt")?;
            return Ok(());
        }
        return Err(Error::refused(crate::kernel::Kind::Unavailable, Problem::new("reindex-waiting")));
    }
    let parts = open_parts(settings, Startup::Strict, clock)?;
    let bar = ProgressBar::new_spinner();
    worker::build(&parts, &mut |count| bar.set_message(format!("{count} datasets")))?;
    bar.finish_and_clear();
    say!("rebuilt: {} datasets", parts.index.len())?;
    Ok(())
}

/// `khomo sweep`
pub(super) fn sweep(args: &SweepArgs) -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let db = database(&settings)?;
    std::fs::create_dir_all(&settings.scratch)?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let swept = runtime()?.block_on(worker::sweep(&db, &files, &settings.scratch, Actor::Operator))?;
    if args.json {
        return say!("{}", serde_json::to_string(&swept)?);
    }
    let kinds = [
        ("program", &swept.programs),
        ("object", &swept.objects),
        ("half copied", &swept.half_copied),
        ("work", &swept.scratch),
    ];
    for (kind, names) in kinds {
        for name in names {
            say!("removed {kind} {name}")?;
        }
    }
    if swept.is_empty() {
        say!("nothing to remove")?;
    }
    Ok(())
}

/// `khomo profile`
pub(super) fn profile(args: &ProfileArgs, lang: Lang) -> Result<u8> {
    let (names, overrides) = match &args.what {
        ProfileCommand::List => {
            for name in Profile::names() {
                say!("{name}")?;
            }
            return Ok(0);
        }
        ProfileCommand::Check { name: Some(name), overrides } => (vec![name.clone()], overrides),
        ProfileCommand::Check { name: None, overrides } => (Profile::names(), overrides),
    };
    let texts = Texts::load(None, &[])?;
    let today = Clock::system().now().date(7 * 60);
    let mut wrong = false;
    for name in names {
        let findings = Profile::check(&name, overrides.as_deref(), today);
        wrong |= findings.iter().any(|finding| finding.severity == Severity::Error);
        if findings.is_empty() {
            say!("{}", texts.text(lang, "profile-check-clean", &[("name", name.as_str().into())]))?;
        }
        for finding in findings {
            let severity = match finding.severity {
                Severity::Error => "profile-severity-error",
                Severity::Warning => "profile-severity-warning",
            };
            say!("{name}: {}: {}", texts.text(lang, severity, &[]), texts.problem(lang, &finding.problem))?;
        }
    }
    Ok(if wrong { super::REFUSED } else { 0 })
}

/// `khomo audit`
pub(super) fn audit(args: &AuditArgs) -> Result<u8> {
    let AuditCommand::Verify { json, heads } = &args.what;
    let settings = Settings::from_env()?;
    let db = Db::open(&settings.database_url, false, Clock::system())?;
    let verdict = db.read(audit::verify)?;
    let compared = heads.as_deref().map(|path| db.read(|conn| audit::compare(conn, path))).transpose()?;
    let differs = compared.as_ref().and_then(|compared| compared.differs.as_ref());
    if *json {
        let mut whole = serde_json::to_value(&verdict)?;
        if let Some(compared) = &compared {
            whole["heads"] = serde_json::to_value(compared)?;
        }
        say!("{whole}")?;
    } else {
        say!("entries {}", verdict.entries)?;
        say!("head {}", verdict.head)?;
        match verdict.broken_at {
            None => say!("unbroken")?,
            Some(seq) => say!("broken at {seq}")?,
        }
        if let Some(compared) = &compared {
            say!("heads {}", compared.heads)?;
            if let Some(line) = compared.unreadable {
                say!("unreadable line {line}")?;
            }
        }
        match differs {
            None => {}
            Some(found) if found.missing => {
                say!("cut off: line {} noted entry {} at {}", found.line, found.seq, found.at)?
            }
            Some(found) => say!("written anew: line {} noted another entry {} at {}", found.line, found.seq, found.at)?,
        }
    }
    Ok(if verdict.broken_at.is_some() || differs.is_some() { super::FOUND } else { 0 })
}
