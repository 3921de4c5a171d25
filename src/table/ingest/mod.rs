//! Ingest: a file becomes a typed table. Reading understands the bytes; typing decides on the whole file; writing makes the files.
//!
//! A library without a database: it reads one file and writes into one folder. `README.md` beside this file tells the rules.

pub mod child;
pub mod profile;
pub mod read;
pub mod report;
pub mod rows;
pub mod typing;
pub mod write;

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::Report;
use crate::kernel::Result;

/// What a person decided about a file; empty by default.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// How to read it.
    pub read: read::Choices,
    /// How to type it.
    pub typing: typing::Choices,
}

/// Bounds on one ingest.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Of reading.
    pub read: read::Limits,
    /// Of typing.
    pub typing: typing::Limits,
}

/// A finished ingest: its files and its report.
#[derive(Debug)]
pub struct Ingested {
    folder: PathBuf,
    /// What was understood and done.
    pub report: Report,
}

impl Ingested {
    /// The typed Parquet file.
    pub fn parquet(&self) -> PathBuf {
        self.folder.join(write::PARQUET)
    }

    /// The canonical CSV file.
    pub fn csv(&self) -> PathBuf {
        self.folder.join(write::CSV)
    }

    /// The rows set aside.
    pub fn set_aside(&self) -> PathBuf {
        self.folder.join(write::SET_ASIDE)
    }
}

/// Reads, types and writes a file into an existing empty folder.
///
/// # Errors
/// A refusal that says what is wrong, where, and what to do; `Unavailable` (`disk-full`).
pub fn ingest(
    path: &Path,
    name: &str,
    out: &Path,
    choices: &Choices,
    limits: &Limits,
    progress: &mut dyn FnMut(u64),
) -> Result<Ingested> {
    let (understood, source) = read::open(path, name, out, &choices.read, &limits.read)?;
    let plan = typing::decide(source.as_ref(), &choices.typing, &limits.typing, progress)?;
    let outcome = write::write(source.as_ref(), &plan, out, &limits.typing, progress)?;
    Ok(Ingested { folder: out.to_owned(), report: Report { understood, outcome } })
}
