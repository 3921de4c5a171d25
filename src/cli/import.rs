//! `khomo import`: files become a draft version; `--check` only tells what would be understood.

mod folder;
mod tell;

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use serde_json::json;

use super::args::ImportArgs;
use super::setup::{self, Startup, open_parts};
use crate::agency;
use crate::config::Settings;
use crate::dataset::{self, Import, Metadata, NewResource, ResourceVersion, Where};
use crate::http::Parts;
use crate::i18n::Texts;
use crate::kernel::id::{DatasetId, VersionId};
use crate::kernel::slug::slugify;
use crate::kernel::text::nfc;
use crate::kernel::{Actor, Clock, Ctx, Error, Kind, Lang, Localized, Problem, Result};
use crate::platform::{log, scratch};
use crate::scan;
use crate::table::ingest::child;
use crate::table::ingest::{Choices, Ingested, read, report, typing};
use crate::table::{self, Declaration, Kept, Report};

use folder::Package;
pub(super) use folder::{agency_of, packages};
pub(super) use tell::oddities;

/// `khomo import`
pub(super) fn run(args: &ImportArgs, lang: Lang) -> Result<u8> {
    let choices = choices(args)?;
    if args.check {
        return check(args, &choices, lang);
    }
    // nothing is taken before somebody answers for it.
    if !args.no_state_secret {
        return Err(Error::invalid(Problem::new("declaration-missing-flag")));
    }
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let parts = open_parts(settings, Startup::Strict, Clock::system())?;
    if let [folder] = args.files.as_slice()
        && folder.is_dir()
    {
        for package in packages(folder, &parts.profile)? {
            let drafted = import_package(&parts, &package, args.agency.as_deref())?;
            tell_drafted(&package.slug, &drafted, args.json, lang)?;
        }
        return Ok(0);
    }
    let slug = args.dataset.clone().ok_or_else(|| Error::invalid(Problem::new("import-dataset-missing")))?;
    // What a typo could spoil is looked at before the files are read.
    let place = place(&parts, &slug, args.agency.as_deref())?;
    let known = known(&parts, &place)?;
    let metadata = metadata(args, &parts, known.as_ref().map(|(metadata, _)| metadata))?;
    let before = known.map(|(_, resources)| resources).unwrap_or_default();
    let (mut resources, mut reports) = (Vec::new(), Vec::new());
    for path in &args.files {
        let kept = ingest_and_keep(&parts, path, &choices, &operators(&parts), true)?;
        reports.push((path.clone(), kept.report));
        let stem = path.file_stem().map(|stem| slugify(&stem.to_string_lossy())).unwrap_or_default();
        // One file for a dataset of one table is that table's next state, whatever the file is called.
        let same = match (before.as_slice(), args.files.as_slice()) {
            ([only], [_]) => Some(only),
            _ => before.iter().find(|resource| resource.name == stem),
        };
        resources.push(match same {
            Some(same) => NewResource {
                name: same.name.clone(),
                title: same.title.clone(),
                dictionary: same.dictionary.clone(),
                table: kept.row,
            },
            None => {
                let title = args.title.clone().unwrap_or_else(|| stem.clone());
                NewResource {
                    name: stem,
                    title: Localized { vi: title, en: args.title_en.clone() },
                    dictionary: Vec::new(),
                    table: kept.row,
                }
            }
        });
    }
    let import =
        Import { dataset: place, metadata, note: args.note.clone().map(|vi| Localized { vi, en: None }), resources };
    tell_drafted(&slug, &drafted(&parts, import, reports)?, args.json, lang)?;
    Ok(0)
}

/// Makes the draft, and has it scanned.
fn drafted(parts: &Parts, import: Import, reports: Vec<(PathBuf, Report)>) -> Result<Drafted> {
    let ctx = Ctx::new(Actor::Operator, parts.db.clock().now());
    parts.db.write(&ctx, |tx| {
        let (dataset, version) = dataset::import(tx, import)?;
        scan::enqueue(tx, &version)?;
        Ok(Drafted { dataset, version, reports })
    })
}

/// A draft that an import made.
pub(super) struct Drafted {
    dataset: DatasetId,
    version: VersionId,
    /// What was understood of each file.
    pub reports: Vec<(PathBuf, Report)>,
}

/// Names the draft; to a person also what of the files did not fit.
fn tell_drafted(slug: &str, drafted: &Drafted, json: bool, lang: Lang) -> Result<()> {
    let Drafted { dataset, version, reports } = drafted;
    if json {
        return say!("{}", json!({ "dataset": dataset, "slug": slug, "draft": version }));
    }
    say!("{slug}: draft {version}")?;
    for (path, report) in reports {
        for line in oddities(path, report, lang)? {
            say!("  {line}")?;
        }
    }
    Ok(())
}

/// What the draft, or else the current version, of a dataset says and holds.
fn known(parts: &Parts, place: &Where) -> Result<Option<(Metadata, Vec<ResourceVersion>)>> {
    let Where::Existing(id) = place else { return Ok(None) };
    parts.db.read(|conn| {
        let version = match dataset::draft_of(conn, id)? {
            Some(draft) => draft,
            None => dataset::detail(conn, id, None)?.version,
        };
        let resources = dataset::resources_of(conn, &version.id)?;
        Ok(Some((version.metadata, resources)))
    })
}

/// What the arguments decide about reading and typing.
fn choices(args: &ImportArgs) -> Result<Choices> {
    let mut problems = Vec::new();
    let mut typing = typing::Choices { decimal: args.decimal, ..typing::Choices::default() };
    for pair in &args.columns {
        // A title may hold the sign; a kind does not.
        let Some((title, name)) = pair.rsplit_once('=') else {
            problems.push(Problem::new("choice-column-form").with("value", pair.as_str()));
            continue;
        };
        match kind_of(name.trim()) {
            Some(kind) => drop(typing.kinds.insert(nfc(title.trim()), kind)),
            None => problems.push(Problem::new("choice-unknown-kind").with("column", title).with("name", name)),
        }
    }
    for pair in &args.zeros {
        let width = pair.rsplit_once('=').and_then(|(title, width)| Some((title, width.trim().parse().ok()?)));
        match width {
            Some((title, width)) => drop(typing.widths.insert(nfc(title.trim()), width)),
            None => problems.push(Problem::new("choice-zeros-form").with("value", pair.as_str())),
        }
    }
    let delimiter = args.delimiter.map(|sign| (sign, u8::try_from(sign).ok().filter(u8::is_ascii)));
    if let Some((sign, None)) = delimiter {
        problems.push(Problem::new("choice-delimiter-sign").with("sign", sign.to_string()));
    }
    let read = read::Choices {
        sheet: args.sheet.clone(),
        header_row: args.header_row,
        encoding: args.encoding.clone(),
        delimiter: delimiter.and_then(|(_, byte)| byte),
        quote: None,
    };
    let choices = Choices { read, typing };
    // A manifest describes many files; what holds for one of them stands there.
    let decided = choices.read != read::Choices::default() || choices.typing != typing::Choices::default();
    if decided && args.files.iter().any(|path| path.is_dir()) {
        problems.push(Problem::new("choice-for-folder"));
    }
    if problems.is_empty() { Ok(choices) } else { Err(Error::invalid_all(problems)) }
}

/// The kind that a person names.
fn kind_of(name: &str) -> Option<report::Kind> {
    serde_json::from_value(json!(name)).ok()
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
        Ok(Where::New { slug: slug.to_owned(), agency: agency.id })
    })
}

/// What is said from now on: what was said before, with what the arguments say anew; `None` when they say nothing.
fn metadata(args: &ImportArgs, parts: &Parts, before: Option<&Metadata>) -> Result<Option<Metadata>> {
    let said =
        [&args.title, &args.title_en, &args.description, &args.topic, &args.frequency].into_iter().any(Option::is_some);
    if !said && before.is_some() {
        return Ok(None);
    }
    let profile = &parts.profile;
    let unknown = |code: &'static str, name: &str| Error::invalid(Problem::new(code).with("name", name));
    let mut metadata = match before {
        Some(before) => before.clone(),
        None => Metadata { frequency: "irregular".into(), ..Metadata::default() },
    };
    if let Some(title) = &args.title {
        metadata.title = Localized { vi: title.clone(), en: args.title_en.clone() };
    } else if args.title_en.is_some() {
        metadata.title.en.clone_from(&args.title_en);
    }
    if let Some(description) = &args.description {
        metadata.description = Localized { vi: description.clone(), en: None };
    }
    if let Some(code) = &args.topic {
        let topic =
            profile.topic(code).or_else(|| profile.topic_for(code)).ok_or_else(|| unknown("topic-unknown", code))?;
        metadata.topic.clone_from(&topic.code);
    }
    if let Some(code) = &args.frequency {
        metadata.frequency.clone_from(&profile.frequency(code).ok_or_else(|| unknown("frequency-unknown", code))?.code);
    }
    if metadata.title.vi.trim().is_empty() {
        return Err(Error::invalid(Problem::new("title-missing").on("title")));
    }
    Ok(Some(metadata))
}

/// What `--no-state-secret` says: whoever may run commands on this machine answers for the files.
fn operators(parts: &Parts) -> Declaration {
    Declaration { by: None, at: parts.db.clock().now() }
}

/// Ingests a file in a child process and puts its objects into the store.
pub(crate) fn ingest_and_keep(
    parts: &Parts,
    path: &Path,
    choices: &Choices,
    declared: &Declaration,
    show: bool,
) -> Result<Kept> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let work = scratch::folder(&parts.settings.scratch)?;
    let bar = progress(show, &name);
    let ingested =
        in_child(path, &name, work.path(), choices, parts.settings.ingest_memory, &mut |rows| bar.set_position(rows))?;
    let at = parts.db.clock().now();
    let kept = runtime()?.block_on(table::keep(&parts.files, path, &name, ingested, Some(declared.clone()), at))?;
    bar.finish_and_clear();
    Ok(kept)
}

/// The whole path of a file whose first byte can be read.
fn readable(path: &Path) -> Result<PathBuf> {
    let refusal = |code| Error::invalid(Problem::new(code).with("path", path.display().to_string()));
    let whole = path.canonicalize().map_err(|error| refusal("file-missing").because(error))?;
    if !whole.is_file() {
        return Err(refusal("file-missing"));
    }
    let read = std::fs::File::open(&whole).and_then(|mut file| file.read(&mut [0]));
    read.map_err(|error| refusal("file-unreadable").because(error))?;
    Ok(whole)
}

/// Reads a file into the empty folder `out`, in a child process under the usual limits.
pub(super) fn in_child(
    path: &Path,
    name: &str,
    out: &Path,
    choices: &Choices,
    memory_mb: u64,
    rows: &mut dyn FnMut(u64),
) -> Result<Ingested> {
    let program = std::env::current_exe()?;
    child::read(&program, (&readable(path)?, name), out, choices, memory_mb, rows)
}

/// A counter of rows on the terminal.
pub(super) fn progress(show: bool, name: &str) -> ProgressBar {
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
pub(super) fn import_package(parts: &Parts, package: &Package, owner: Option<&str>) -> Result<Drafted> {
    let owner = match owner {
        Some(slug) => slug.to_owned(),
        None => agency_of(parts, package)?,
    };
    let (mut resources, mut reports) = (Vec::new(), Vec::new());
    for item in &package.resources {
        let kept = ingest_and_keep(parts, &item.path, &item.choices(), &operators(parts), false)?;
        reports.push((item.path.clone(), kept.report));
        resources.push(NewResource {
            name: item.name.clone(),
            title: item.title.clone(),
            dictionary: Vec::new(),
            table: kept.row,
        });
    }
    let import = Import {
        dataset: place(parts, &package.slug, Some(&owner))?,
        metadata: Some(package.metadata.clone()),
        note: None,
        resources,
    };
    drafted(parts, import, reports)
}

/// `--check`: reads and types without storing; prints what was understood of every file, and why one is refused.
fn check(args: &ImportArgs, choices: &Choices, lang: Lang) -> Result<u8> {
    let mut told = Told { args, lang, texts: Texts::load(None, &[])?, refused: false, set_aside: false };
    for path in &args.files {
        if !path.is_dir() {
            told.tell(path, understand(path, choices))?;
            continue;
        }
        let profile = setup::profile(&Settings::from_env()?)?;
        let packages = match folder::each(path, &profile) {
            Ok(packages) => packages,
            Err(error) => {
                told.tell(path, Err(error))?;
                continue;
            }
        };
        for package in packages {
            match package {
                Ok(package) => {
                    for item in &package.resources {
                        told.tell(&item.path, understand(&item.path, &item.choices()))?;
                    }
                }
                Err(error) => told.tell(path, Err(error))?,
            }
        }
    }
    Ok(match told {
        Told { refused: true, .. } => super::REFUSED,
        Told { set_aside: true, .. } if args.strict => super::FOUND,
        _ => 0,
    })
}

/// What a check has found so far.
struct Told<'a> {
    args: &'a ImportArgs,
    lang: Lang,
    texts: std::sync::Arc<Texts>,
    refused: bool,
    set_aside: bool,
}

impl Told<'_> {
    /// Prints one outcome; a fault that is not the file's ends the check.
    fn tell(&mut self, path: &Path, outcome: Result<Report>) -> Result<()> {
        let error = match outcome {
            Ok(report) => {
                self.set_aside |= report.outcome.set_aside.count > 0;
                if self.args.json {
                    say!("{}", json!({ "file": path, "report": report }))?;
                } else {
                    tell::report(path, &report, self.lang)?;
                }
                return Ok(());
            }
            Err(error) if matches!(error.kind(), Kind::Internal | Kind::Unavailable) => return Err(error),
            Err(error) => error,
        };
        self.refused = true;
        if self.args.json {
            say!("{}", json!({ "file": path, "problems": error.problems() }))?;
        }
        let alone = matches!(self.args.files.as_slice(), [only] if !only.is_dir());
        let file = if alone { String::new() } else { format!("{}: ", path.display()) };
        for problem in error.problems() {
            writeln!(std::io::stderr(), "khomo: {file}{}", self.texts.problem(self.lang, problem))?;
        }
        Ok(())
    }
}

fn understand(path: &Path, choices: &Choices) -> Result<Report> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let work = tempfile::tempdir()?;
    let bar = progress(true, &name);
    let memory = Settings::from_env()?.ingest_memory;
    let ingested = in_child(path, &name, work.path(), choices, memory, &mut |rows| bar.set_position(rows))?;
    bar.finish_and_clear();
    Ok(ingested.report)
}
