//! `khomo demo`: a province to try, in one folder.

use std::path::Path;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};

use super::args::DemoArgs;
use super::import::{agency_of, import_package, packages};
use super::publish;
use super::serve::portals;
use super::setup::{Startup, cookie_key, open_parts};
use crate::config::Settings;
use crate::demo::{self, Seeded};
use crate::http::{App, Parts};
use crate::kernel::slug::slugify;
use crate::kernel::{Actor, Clock, Ctx, Error, Problem, Result};
use crate::platform::log;
use crate::{account, agency, worker};

/// Written last, so that a seeding that was cut off starts again from nothing.
const DONE: &str = "seeded";
/// Written first: says that the folder is a demo's own.
const MARK: &str = ".khomo-demo";

/// `khomo demo`
pub(super) fn run(args: &DemoArgs) -> Result<()> {
    log::start(
        false,
        &std::env::var("KHOMO_LOG").ok().filter(|filter| !filter.is_empty()).unwrap_or_else(|| "warn".into()),
    );
    let dir = &args.dir;
    let fresh = !dir.join(DONE).is_file();
    std::fs::create_dir_all(dir)?;
    if fresh && dir.join("khomo.db").exists() {
        // Only what a demo made is ever cleared away.
        if !dir.join(MARK).is_file() {
            return Err(Error::invalid(Problem::new("demo-folder-taken").with("path", dir.display().to_string())));
        }
        clear(dir)?;
    }
    std::fs::write(dir.join(MARK), b"")?;
    let parts = open_parts(settings(args)?, Startup::Create, Clock::system())?;
    if fresh {
        let began = Instant::now();
        let seeded = seed(&parts, args)?;
        if args.datasets > 0 {
            let bar = ProgressBar::new(args.datasets.into());
            demo::fill(&parts, args.datasets, &mut |done| bar.set_position(done.into()))?;
            bar.finish_and_clear();
        }
        worker::rebuild(&parts.db, &parts.profile, &parts.index, &mut |_| {})?;
        std::fs::write(dir.join(DONE), b"")?;
        println!("Seeded in {} s.\n", began.elapsed().as_secs());
        accounts(&seeded);
    }
    if args.seed_only {
        return Ok(());
    }
    let key = cookie_key(&parts.settings)?;
    let (public, internal, dir) =
        (parts.settings.public_url.clone(), parts.settings.internal_url.clone(), dir.display().to_string());
    portals(App::new(parts), key, move || {
        println!("  Public portal    {public}");
        println!("  Internal portal  {internal}");
        println!(
            "\nThe passwords were shown when the demo was first started; delete {dir} to start anew. Stop with Ctrl-C."
        );
    })
}

/// Removes what a cut-off seeding left behind; nothing but what the demo itself makes.
fn clear(dir: &Path) -> Result<()> {
    for name in ["khomo.db", "khomo.db-wal", "khomo.db-shm"] {
        match std::fs::remove_file(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    for name in ["files", "index", "mail", "scratch"] {
        match std::fs::remove_dir_all(dir.join(name)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

fn settings(args: &DemoArgs) -> Result<Settings> {
    let below = |name: &str| args.dir.join(name).display().to_string();
    let pairs = [
        ("KHOMO_DATABASE_URL", format!("sqlite:{}", below("khomo.db"))),
        ("KHOMO_FILES", below("files")),
        ("KHOMO_INDEX", below("index")),
        ("KHOMO_SCRATCH", below("scratch")),
        ("KHOMO_PUBLIC_ADDR", args.public.to_string()),
        ("KHOMO_INTERNAL_ADDR", args.internal.to_string()),
        ("KHOMO_PROFILE", args.profile.clone()),
        ("KHOMO_DEVELOPMENT", "true".to_owned()),
        ("KHOMO_MAIL", format!("folder:{}", below("mail"))),
        ("KHOMO_MAIL_FROM", "Khomo <khomo@lacdien.example>".to_owned()),
        ("KHOMO_LOG", std::env::var("KHOMO_LOG").unwrap_or_default()),
    ];
    Settings::read(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

fn seed(parts: &Parts, args: &DemoArgs) -> Result<Seeded> {
    println!("Seeding the demonstration province; this happens once.");
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
    if let Some(folder) = &args.data {
        real(parts, folder)?;
    }
    Ok(seeded)
}

/// Imports a folder of real files and publishes them by people of the agencies that the manifest names; an agency that the demo
/// does not have is entered.
fn real(parts: &Parts, folder: &Path) -> Result<()> {
    let found = packages(folder, &parts.profile)?;
    let bar = ProgressBar::new(u64::try_from(found.len()).unwrap_or(0));
    for package in found {
        bar.set_message(package.slug.clone());
        for path in &package.skipped {
            bar.println(format!("{}: {path} is not a table yet and was left out", package.slug));
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
            Ok((slug, _)) => release(parts, &slug)?,
            // One file that cannot be read does not keep the others away.
            Err(error) if error.kind() == crate::kernel::Kind::Invalid => {
                bar.println(format!("{}: {error}", package.slug))
            }
            Err(error) => return Err(error),
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
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
fn release(parts: &Parts, slug: &str) -> Result<()> {
    let clock = parts.db.clock().clone();
    let today = clock.now().date(parts.profile.province.timezone_minutes).to_string();
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
    publish::decide(&parts.db, &parts.profile, &clock, &id, (&by, &approver), demo::REASON).map(drop)
}

fn accounts(seeded: &Seeded) {
    println!("Accounts of the internal portal (shown once):");
    for (name, user_name, role, password) in &seeded.accounts {
        println!("  {user_name:<12} {password:<22} {role:<10} {name}");
    }
    println!();
}
