//! The command line: what the operator and scripts use. Everything here goes through the same commands as the forms.

/// Prints a line on standard output as `println!` does, which panics when it cannot; this is an error to be told.
macro_rules! say {
    ($($word:tt)*) => { $crate::cli::print(format_args!($($word)*)) };
}

mod args;
mod backup;
mod calendar;
mod check;
mod demo;
mod diff;
mod doctor;
mod duties;
mod findings;
mod import;
mod jobs;
mod people;
mod publish;
mod release;
mod serve;
mod setup;
mod upkeep;
mod vocabulary;

use std::fmt::Arguments;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::Parser;

pub use args::{Cli, Command};
pub(crate) use import::{ingest_and_keep, runtime};
pub use setup::{Startup, open_parts};

use crate::i18n::Texts;
use crate::kernel::{Error, Kind, Lang, Result};
use crate::platform::log;

/// Exit codes beyond 0 (done) and 1 (a fault of ours): the input was refused.
const REFUSED: u8 = 2;
/// What was looked for was found.
const FOUND: u8 = 3;

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    if let Command::IngestWorker = cli.command {
        return ExitCode::from(crate::table::ingest::child::serve());
    }
    match run(&cli) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            tell(&error, cli.lang());
            ExitCode::from(if matches!(error.kind(), Kind::Internal | Kind::Unavailable) { 1 } else { REFUSED })
        }
    }
}

fn run(cli: &Cli) -> Result<u8> {
    match &cli.command {
        Command::Demo(args) => demo::run(args, cli.lang()).map(|()| 0),
        Command::Serve => serve::run().map(|()| 0),
        Command::Migrate(args) => upkeep::migrate(args).map(|()| 0),
        Command::Import(args) => import::run(args, cli.lang()),
        Command::Diff(args) => diff::run(args, cli.lang()),
        Command::Publish(args) => publish::run(args).map(|()| 0),
        Command::Sweep(args) => upkeep::sweep(args).map(|()| 0),
        Command::Backup(args) => backup::backup(args).map(|()| 0),
        Command::Restore(args) => backup::restore(args).map(|()| 0),
        Command::Doctor(args) => doctor::run(args, cli.lang()),
        Command::Check(args) => check::run(args, cli.lang()),
        Command::Reindex => upkeep::reindex().map(|()| 0),
        Command::Profile(args) => upkeep::profile(args, cli.lang()),
        Command::Audit(args) => upkeep::audit(args),
        Command::Agency(args) => people::agency(args).map(|()| 0),
        Command::Account(args) => people::account(args).map(|()| 0),
        Command::Jobs(args) => jobs::run(args).map(|()| 0),
        Command::Duties(args) => duties::run(args).map(|()| 0),
        Command::Calendar(args) => calendar::run(args, cli.lang()).map(|()| 0),
        Command::Release(args) => release::run(args, cli.lang()),
        Command::Vocabulary(args) => vocabulary::run(args).map(|()| 0),
        Command::IngestWorker => Ok(0),
    }
}

/// A line on standard output. Whoever closed it (`| head`) misses nothing; that it cannot be written is an error.
fn print(line: Arguments<'_>) -> Result<()> {
    match writeln!(std::io::stdout(), "{line}") {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}

/// Says what is wrong and what to do, in the person's language; the cause goes to the log.
fn tell(error: &Error, lang: Lang) {
    log::start(false, "warn");
    if matches!(error.kind(), Kind::Internal | Kind::Unavailable) {
        tracing::error!(%error, "failed");
    }
    // Where nothing can be written any more, the exit code says what is left to say.
    let mut out = std::io::stderr();
    match Texts::load(None, &[]) {
        Ok(texts) => {
            for problem in error.problems() {
                let _ = writeln!(out, "khomo: {}", texts.problem(lang, problem));
            }
        }
        Err(_) => drop(writeln!(out, "khomo: {error}")),
    }
}
