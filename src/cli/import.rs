//! `khomo import`: files become a draft version; `--check` only tells what would be understood.

mod folder;
mod tell;

use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::ImportArgs;
use super::setup::{Startup, open_parts};
use crate::agency;
use crate::config::Settings;
use crate::dataset::{self, ColumnNote, Import, Metadata, NewResource, Where};
use crate::http::Parts;
use crate::kernel::slug::slugify;
use crate::kernel::{Actor, Clock, Ctx, Error, Lang, Problem, Result};
use crate::platform::log;
use crate::profile::Localized;
use crate::table::ingest::child::{self, Job};
use crate::table::ingest::{Choices, Ingested, Limits, read, typing, write};
use crate::table::{self, Kept, Report};

use folder::Package;
pub(super) use folder::{agency_of, packages};

/// CPU seconds that one import may take: an hour.
const SECONDS: u64 = 3600;
/// The code and libraries of the child take address space too, in bytes; memory maps that are never touched count.
const OVERHEAD: u64 = 512 << 20;

/// `khomo import`
pub(super) fn run(args: &ImportArgs, lang: Lang) -> Result<u8> {
    if args.check {
        return check(args, lang);
    }
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let parts = open_parts(settings, Startup::Strict, Clock::system())?;
    if let [folder] = args.files.as_slice()
        && folder.is_dir()
    {
        for package in packages(folder, &parts.profile)? {
            let (slug, version) = import_package(&parts, &package, args.agency.as_deref())?;
            println!("{slug}: draft {version}");
        }
        return Ok(0);
    }
    let slug = args.dataset.clone().ok_or_else(|| Error::invalid(Problem::new("import-dataset-missing")))?;
    let mut resources = Vec::new();
    for path in &args.files {
        let kept = ingest_and_keep(&parts, path, &choices(args), true)?;
        let name = path.file_stem().map(|stem| slugify(&stem.to_string_lossy())).unwrap_or_default();
        let title = args.title.clone().unwrap_or_else(|| name.clone());
        resources.push((kept, resource(name, Localized { vi: title, en: args.title_en.clone() }, Vec::new())));
    }
    let import = Import {
        dataset: place(&parts, &slug, args.agency.as_deref())?,
        metadata: metadata(args, &parts)?,
        note: args.note.clone().map(|vi| Localized { vi, en: None }),
        resources: resources.into_iter().map(|(kept, resource)| resource(kept)).collect(),
    };
    let ctx = Ctx::new(Actor::Operator, parts.db.clock().now());
    let (dataset, version) = parts.db.write(&ctx, |tx| dataset::import(tx, import))?;
    if args.json {
        println!("{}", json!({ "dataset": dataset, "slug": slug, "draft": version }));
    } else {
        println!("{slug}: draft {version}");
    }
    Ok(0)
}

/// Finishes a resource once its table is kept.
fn resource(name: String, title: Localized, dictionary: Vec<ColumnNote>) -> impl FnOnce(Kept) -> NewResource {
    move |kept| NewResource { name, title, dictionary, table: kept.row }
}

fn choices(args: &ImportArgs) -> Choices {
    Choices {
        read: read::Choices {
            sheet: args.sheet.clone(),
            header_row: args.header_row,
            encoding: args.encoding.clone(),
            delimiter: args.delimiter.and_then(|sign| u8::try_from(sign).ok()),
            quote: None,
        },
        typing: typing::Choices { decimal: args.decimal, ..typing::Choices::default() },
    }
}

/// The dataset that is there, or a new one of an agency.
fn place(parts: &Parts, slug: &str, owner: Option<&str>) -> Result<Where> {
    parts.db.read(|conn| {
        if let Some(found) = dataset::by_slug(conn, slug)? {
            return Ok(Where::Existing(found.id));
        }
        let owner = owner.ok_or_else(|| Error::invalid(Problem::new("import-agency-missing")))?;
        let agency = agency::by_slug(conn, owner)?
            .ok_or_else(|| Error::invalid(Problem::new("agency-unknown").with("name", owner)))?;
        Ok(Where::New { slug: slug.to_owned(), agency: agency.id, in_catalogue: true })
    })
}

fn metadata(args: &ImportArgs, parts: &Parts) -> Result<Option<Metadata>> {
    let Some(title) = &args.title else { return Ok(None) };
    let profile = &parts.profile;
    let topic = match &args.topic {
        Some(code) => profile
            .topic(code)
            .or_else(|| profile.topic_for(code))
            .ok_or_else(|| Error::invalid(Problem::new("topic-unknown").with("name", code.as_str())))?
            .code
            .clone(),
        None => String::new(),
    };
    let frequency = args.frequency.clone().unwrap_or_else(|| "irregular".into());
    if profile.frequency(&frequency).is_none() {
        return Err(Error::invalid(Problem::new("frequency-unknown").with("name", frequency)));
    }
    Ok(Some(Metadata {
        title: Localized { vi: title.clone(), en: args.title_en.clone() },
        description: Localized { vi: args.description.clone().unwrap_or_default(), en: None },
        topic,
        frequency,
        ..Metadata::default()
    }))
}

/// Ingests a file in a child process and puts its objects into the store.
pub(crate) fn ingest_and_keep(parts: &Parts, path: &Path, choices: &Choices, show: bool) -> Result<Kept> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let work = tempfile::tempdir_in(&parts.settings.scratch)?;
    let bar = progress(show, &name);
    let ingested =
        in_child(path, &name, work.path(), choices, parts.settings.ingest_memory, &mut |rows| bar.set_position(rows))?;
    let at = parts.db.clock().now();
    let kept = runtime()?.block_on(table::keep(&parts.files, path, &name, ingested, at))?;
    bar.finish_and_clear();
    Ok(kept)
}

fn in_child(
    path: &Path,
    name: &str,
    out: &Path,
    choices: &Choices,
    memory_mb: u64,
    rows: &mut dyn FnMut(u64),
) -> Result<Ingested> {
    let program = std::env::current_exe()?;
    let path = path.canonicalize().map_err(|error| {
        Error::invalid(Problem::new("file-missing").with("path", path.display().to_string())).because(error)
    })?;
    let job = Job {
        path,
        name: name.to_owned(),
        out: out.to_owned(),
        choices: choices.clone(),
        limits: Limits::default(),
        memory: (memory_mb << 20) + OVERHEAD,
        seconds: SECONDS,
    };
    child::run(&program, &job, rows)
}

fn progress(show: bool, name: &str) -> ProgressBar {
    let bar = if show { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
    let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} rows, {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_spinner());
    bar.with_style(style).with_message(name.to_owned())
}

/// A runtime for the few async verbs of the store.
pub(crate) fn runtime() -> Result<tokio::runtime::Runtime> {
    Ok(tokio::runtime::Builder::new_current_thread().enable_all().build()?)
}

/// Imports one package of a folder: its tables become the draft of one dataset.
pub(super) fn import_package(parts: &Parts, package: &Package, owner: Option<&str>) -> Result<(String, String)> {
    let owner = match owner {
        Some(slug) => slug.to_owned(),
        None => agency_of(parts, package)?,
    };
    let mut resources = Vec::new();
    for item in &package.resources {
        let kept = ingest_and_keep(parts, &item.path, &Choices::default(), false)?;
        resources.push(resource(item.name.clone(), item.title.clone(), Vec::new())(kept));
    }
    let import = Import {
        dataset: place(parts, &package.slug, Some(&owner))?,
        metadata: Some(package.metadata.clone()),
        note: None,
        resources,
    };
    let ctx = Ctx::new(Actor::Operator, parts.db.clock().now());
    let (_, version) = parts.db.write(&ctx, |tx| dataset::import(tx, import))?;
    Ok((package.slug.clone(), version.to_string()))
}

/// `--check`: reads and types without storing; prints what was understood.
fn check(args: &ImportArgs, lang: Lang) -> Result<u8> {
    let mut set_aside = 0;
    for path in &args.files {
        let report = understand(path, &choices(args))?;
        set_aside += report.outcome.set_aside.count;
        if args.json {
            println!("{}", serde_json::to_string(&json!({ "file": path, "report": report }))?);
        } else {
            tell::report(path, &report, lang)?;
        }
    }
    Ok(if args.strict && set_aside > 0 { 3 } else { 0 })
}

fn understand(path: &PathBuf, choices: &Choices) -> Result<Report> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    if !path.is_file() {
        return Err(Error::invalid(Problem::new("file-missing").with("path", path.display().to_string())));
    }
    let work = tempfile::tempdir()?;
    let (bar, limits) = (progress(true, &name), Limits::default());
    let (understood, source) = read::open(path, &name, work.path(), &choices.read, &limits.read)?;
    let plan = typing::decide(source.as_ref(), &choices.typing, &limits.typing, &mut |rows| bar.set_position(rows))?;
    let outcome = write::rehearse(source.as_ref(), &plan, &limits.typing, &mut |rows| bar.set_position(rows))?;
    bar.finish_and_clear();
    Ok(Report { understood, outcome })
}
