//! Reading: any file that an agency or the web hands over becomes a [`Source`] of rows, or is refused with a reason.
//!
//! The container is decided by content, the encoding on the whole file, the dialect on pieces from its start, middle and end, the header
//! by what stands below it. Nothing is guessed silently: [`Understood`] says what was found, and its notes what was left out or named.
//!
//! Memory is bounded whatever the file holds: text is walked in blocks, other encodings and sheets are laid down in the scratch folder
//! once and deleted with the last reader.

mod archive;
mod compose;
mod container;
mod delimited;
mod dialect;
pub mod encoding;
mod header;
mod json;
mod kinds;
mod legacy;
mod model;
mod parquet;
mod plain;
#[cfg(test)]
mod real_files;
mod sheet;
mod syllable;
#[cfg(test)]
mod tests;
mod text;
mod workbook;

use std::path::Path;

pub use model::{Choices, Container, Dialect, Limits, LineEnding, Note, NoteArg, SheetInfo, Understood};

use super::rows::Source;
use crate::kernel::Result;
use container::Sniffed;

/// Opens a file: finds out what it is, or takes what a person decided, and hands over its table.
///
/// `original_name` is what the sender called the file; it decides nothing. `scratch` is a folder for temporary files, deleted with the
/// source.
///
/// # Errors
/// A refusal whose code is among the messages of `ingest-read.ftl`, with line and column where there is one.
pub fn open(
    path: &Path,
    original_name: &str,
    scratch: &Path,
    choices: &Choices,
    limits: &Limits,
) -> Result<(Understood, Box<dyn Source>)> {
    tracing::debug!(name = original_name, "opening a file");
    match container::sniff(path)? {
        Sniffed::Zip => {
            archive::check(path, limits)?;
            workbook::open(path, Container::Xlsx, scratch, choices, limits)
        }
        Sniffed::Ole => workbook::open(path, Container::Xls, scratch, choices, limits),
        Sniffed::Json => json::open(path, limits),
        Sniffed::Plain(Container::Parquet) => parquet::open(path, limits),
        Sniffed::Plain(_) => text::open(path, scratch, choices, limits),
    }
}
