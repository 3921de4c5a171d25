//! `khomo demo`: a province to try, in one folder.

use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::DemoArgs;
use super::duties::turn_now;
use super::import::{agency_of, import_package, oddities, packages};
use super::publish;
use super::serve::portals;
use super::setup::{Startup, cookie_key, open_parts};
use crate::config::Settings;
use crate::demo::{self, Seeded};
use crate::http::{App, Parts};
use crate::kernel::slug::slugify;
use crate::kernel::{Actor, Clock, Ctx, Error, Lang, Problem, Result};
use crate::platform::log;
use crate::{account, agency, release, worker};

/// Written last, so that a seeding that was cut off starts again from nothing; holds the name of the profile that the folder goes by.
const DONE: &str = "seeded";
/// The profile of a folder that is seeded without one being named.
const PROFILE: &str = "lac-dien";
/// Written first: says that the folder is a demo's own.
const MARK: &str = ".khomo-demo";

/// `khomo demo`
pub(super) fn run(args: &DemoArgs, lang: Lang) -> Result<()> {
    log::start(
        false,
        &std::env::var("KHOMO_LOG").ok().filter(|filter| !filter.is_empty()).unwrap_or_else(|| "warn".into()),
    );
    let dir = &args.dir;
    let seeded = seeded_with(dir)?;
    let fresh = seeded.is_none();
    let profile = args.profile.clone().or_else(|| seeded.clone()).unwrap_or_else(|| PROFILE.to_owned());
    let before = seeded.filter(|known| *known != profile);
    std::fs::create_dir_all(dir)?;
    if fresh && dir.join("khomo.db").exists() {
        // Only what a demo made is ever cleared away.
        if !dir.join(MARK).is_file() {
            return Err(Error::invalid(Problem::new("demo-folder-taken").with("path", dir.display().to_string())));
        }
        clear(dir)?;
    }
    std::fs::write(dir.join(MARK), b"")?;
    let parts = open_parts(settings(args, &profile)?, Startup::Create, Clock::system())?;
    if fresh {
        let began = Instant::now();
        let seeded = seed(&parts)?;
        if args.datasets > 0 {
            let bar = ProgressBar::new(args.datasets.into());
            demo::fill(&parts, args.datasets, &mut |done| bar.set_position(done.into()))?;
            bar.finish_and_clear();
        }
        if let Some(folder) = &args.data {
            real(&parts, folder, lang)?;
        }
        worker::build(&parts, &mut |_| {})?;
        // The story ends somewhere; what it left stands by the day of today.
        turn_now(&parts.db, &parts.profile)?;
        std::fs::write(dir.join(DONE), &profile)?;
        say!("Seeded in {} s.\n", began.elapsed().as_secs())?;
        accounts(&seeded)?;
    } else {
        if let Some(before) = before {
            go_over(&parts, dir, (before.as_str(), profile.as_str()))?;
        }
        if let Some(folder) = &args.data {
            real(&parts, folder, lang)?;
            worker::build(&parts, &mut |_| {})?;
        }
    }
    sign_releases(&parts)?;
    if args.seed_only {
        return Ok(());
    }
    let key = cookie_key(&parts.settings)?;
    let (public, internal, dir) =
        (parts.settings.public_url.clone(), parts.settings.internal_url.clone(), dir.display().to_string());
    portals(App::new(parts, &key), key, move || {
        // It serves whether anybody can read this or not.
        let _ = say!("  Public portal    {public}\n  Internal portal  {internal}");
        let _ = say!(
            "\nThe passwords were shown when the demo was first started; delete {dir} to start anew. Stop with Ctrl-C."
        );
    })
}

/// Takes a seeded folder over to another profile: its data stays, and what is owed gets the days and the law of the other rules, as in the
/// night after any change of them. The name is written last, so that one that was cut off is done again. An installation that serves
/// changes its profile by its settings alone.
fn go_over(parts: &Parts, dir: &Path, (before, profile): (&str, &str)) -> Result<()> {
    // First, because it is refused where another program still serves the folder.
    worker::build(parts, &mut |_| {})?;
    let turned = turn_now(&parts.db, &parts.profile)?;
    std::fs::write(dir.join(DONE), profile)?;
    say!(
        "The profile was switched from {before} to {profile}; duties that changed with the rules: {}.\n",
        turned.changed
    )
}

/// The name of the profile that a folder goes by; none before it is seeded.
fn seeded_with(dir: &Path) -> Result<Option<String>> {
    match std::fs::read_to_string(dir.join(DONE)) {
        Ok(name) if name.trim().is_empty() => Ok(Some(PROFILE.to_owned())),
        Ok(name) => Ok(Some(name.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// Removes what a cut-off seeding left behind; nothing but what the demo itself makes.
fn clear(dir: &Path) -> Result<()> {
    for name in ["khomo.db", "khomo.db-wal", "khomo.db-shm"] {
        match std::fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    for name in ["files", "index", "keys", "mail", "scratch"] {
        match std::fs::remove_dir_all(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn settings(args: &DemoArgs, profile: &str) -> Result<Settings> {
    let below = |name: &str| args.dir.join(name).display().to_string();
    let pairs = [
        ("KHOMO_DATABASE_URL", format!("sqlite:{}", below("khomo.db"))),
        ("KHOMO_FILES", below("files")),
        ("KHOMO_INDEX", below("index")),
        ("KHOMO_SCRATCH", below("scratch")),
        ("KHOMO_RELEASE_KEYS", below("keys")),
        ("KHOMO_PUBLIC_ADDR", args.public.to_string()),
        ("KHOMO_INTERNAL_ADDR", args.internal.to_string()),
        ("KHOMO_PROFILE", profile.to_owned()),
        ("KHOMO_DEVELOPMENT", "true".to_owned()),
        ("KHOMO_MAIL", format!("folder:{}", below("mail"))),
        ("KHOMO_MAIL_FROM", "Khomo <khomo@lacdien.example>".to_owned()),
        ("KHOMO_LOG", std::env::var("KHOMO_LOG").unwrap_or_default()),
        // Who measures asks more than a reader.
        ("KHOMO_API_PER_MINUTE", std::env::var("KHOMO_API_PER_MINUTE").unwrap_or_default()),
    ];
    Settings::read(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn seed(parts: &Parts) -> Result<Seeded> {
    say!("Seeding the demonstration province; this happens once.")?;
    let bar = ProgressBar::new(0);
    let style =
        ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.set_style(style);
    let seeded = demo::seed(parts, &mut |done, total, title| {
        bar.set_length(u64::try_from(total).unwrap_or(0));
        bar.set_position(u64::try_from(done).unwrap_or(0));
        bar.set_message(title.to_owned());
    })?;
    bar.finish_and_clear();
    Ok(seeded)
}

/// Makes the key that quarterly releases are signed with, and publishes its public half, where there is none yet.
fn sign_releases(parts: &Parts) -> Result<()> {
    let Some(folder) = parts.settings.release_keys.as_deref() else { return Ok(()) };
    std::fs::create_dir_all(folder)?;
    #[cfg(unix)]
    std::fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    if !release::keys_in(folder)?.is_empty() {
        return Ok(());
    }
    let now = parts.db.clock().now();
    let key = release::make_key(folder, now)?;
    parts.db.write(&Ctx::new(Actor::System, now), |tx| release::publish_key(tx, &key.id, key.public()))
}

/// Imports a folder of real files and publishes them by people of the agencies that the manifest names; an agency that the demo
/// does not have is entered. What is published already stays as it is.
fn real(parts: &Parts, folder: &Path, lang: Lang) -> Result<()> {
    let found = packages(folder, &parts.profile)?;
    let bar = ProgressBar::new(u64::try_from(found.len()).unwrap_or(0));
    for package in found {
        bar.set_message(package.slug.clone());
        let known = parts.db.read(|conn| crate::dataset::by_slug(conn, &package.slug))?;
        if known.is_some_and(|known| known.current_version_id.is_some()) {
            note(&bar, format!("{}: published already and left as it is", package.slug))?;
            bar.inc(1);
            continue;
        }
        for path in &package.skipped {
            note(&bar, format!("{}: {path} is not a table yet and was left out", package.slug))?;
        }
        if package.resources.is_empty() {
            bar.inc(1);
            continue;
        }
        let owner = match agency_of(parts, &package) {
            Err(error) if error.has("agency-unknown") => {
                enter_agency(parts, package.publisher.as_deref().unwrap_or_default())?
            }
            known => known?,
        };
        let imported = import_package(parts, &package, Some(&owner));
        match imported {
            Ok(drafted) => {
                for (path, report) in &drafted.reports {
                    for line in oddities(path, report, lang)? {
                        note(&bar, format!("{}: {line}", package.slug))?;
                    }
                }
                match publish_real(parts, &package.slug) {
                    // What the scan found is for people to decide; the draft waits for them.
                    Err(error) if error.has("findings-open") => note(&bar, format!("{}: {error}", package.slug))?,
                    other => other?,
                }
            }
            // One file that cannot be read does not keep the others away.
            Err(error) if error.kind() == crate::kernel::Kind::Invalid => {
                note(&bar, format!("{}: {error}", package.slug))?;
            }
            Err(error) => return Err(error),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

/// A line beside the progress bar; where there is no terminal to draw one on, the line stands alone.
fn note(bar: &ProgressBar, line: String) -> Result<()> {
    if bar.is_hidden() {
        return say!("{line}");
    }
    bar.println(line);
    Ok(())
}

/// Enters an agency that real files name as their publisher.
fn enter_agency(parts: &Parts, name: &str) -> Result<String> {
    let ctx = Ctx::new(Actor::System, parts.db.clock().now());
    let new = agency::NewAgency {
        slug: slugify(name),
        name_vi: name.to_owned(),
        name_en: None,
        kind: "other".into(),
        e_identifier: None,
        phone: None,
        email: None,
        valid_from: ctx.at.date(parts.profile.province.timezone_minutes).to_string(),
    };
    parts.db.write(&ctx, |tx| agency::register(tx, new)).map(|agency| agency.slug)
}

/// Publishes a draft by the coordinating department's people.
fn publish_real(parts: &Parts, slug: &str) -> Result<()> {
    let today = parts.db.clock().now().date(parts.profile.province.timezone_minutes).to_string();
    let content = demo::content::load()?;
    let home = content
        .agencies
        .iter()
        .find(|agency| agency.coordinating)
        .ok_or_else(|| Error::internal("demo: nobody coordinates"))?;
    let named = |role: &str| {
        content
            .accounts
            .iter()
            .find(|account| account.agency == home.slug && account.role == role)
            .map(|account| account.user_name.clone())
    };
    let (id, by, approver) = parts.db.read(|conn| {
        let id = crate::dataset::by_slug(conn, slug)?.ok_or_else(Error::not_found)?.id;
        // Any two people of the coordinating department may decide for any agency.
        let mut people = Vec::new();
        for role in ["approver", "editor"] {
            let name = named(role).ok_or_else(|| Error::internal("demo: nobody decides"))?;
            people.push(account::by_name(conn, &name, &today)?.ok_or_else(Error::not_found)?.account.id);
        }
        let second = people.pop().ok_or_else(Error::not_found)?;
        let first = people.pop().ok_or_else(Error::not_found)?;
        Ok((id, second, first))
    })?;
    let store = (&parts.db, &parts.files, parts.settings.scratch.as_path());
    publish::decide(store, &parts.profile, &id, (&by, &approver), (demo::REASON, None)).map(drop)
}

fn accounts(seeded: &Seeded) -> Result<()> {
    say!("Accounts of the internal portal (shown once):")?;
    for (name, user_name, role, password) in &seeded.accounts {
        say!("  {user_name:<12} {password:<22} {role:<12} {name}")?;
    }
    say!("")
}
