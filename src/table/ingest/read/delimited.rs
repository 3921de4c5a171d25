//! Delimited text, walked in big blocks over `csv-core` into buffers that are reused: bounded memory whatever the file holds.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};
use tempfile::TempPath;

use super::compose;
use super::model::{Dialect, Limits, LineEnding};
use crate::kernel::{Error, Problem, Result};
use crate::table::ingest::rows::{NumberForm, Row, Rows, Source};

/// How much is read at a time.
const BLOCK: usize = 256 << 10;

/// The bytes of a text file: UTF-8, in place or translated.
#[derive(Clone, Debug)]
pub(super) struct Text {
    /// The file that holds them.
    pub path: PathBuf,
    /// Kept so that a translation is deleted with its last reader.
    _temp: Option<Arc<TempPath>>,
    /// How cells are divided.
    pub dialect: Dialect,
    /// How lines end.
    pub ending: LineEnding,
    /// Columns beyond which a row is refused.
    pub columns: usize,
    /// Bytes beyond which a cell is refused.
    pub cell_bytes: usize,
}

impl Text {
    /// Of a file under limits.
    pub(super) fn new(
        path: PathBuf,
        temp: Option<Arc<TempPath>>,
        dialect: Dialect,
        ending: LineEnding,
        limits: &Limits,
    ) -> Self {
        Self { path, _temp: temp, dialect, ending, columns: limits.columns, cell_bytes: limits.cell_bytes }
    }

    /// A walk over all records from an offset that begins the given line.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(super) fn walk(&self, offset: u64, line: u64) -> Result<Walk> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut builder = ReaderBuilder::new();
        builder.delimiter(self.dialect.delimiter);
        match self.dialect.quote {
            Some(quote) => builder.quote(quote),
            None => builder.quoting(false),
        };
        let mut core = builder.build();
        core.set_line(line);
        Ok(Walk {
            file,
            text: self.clone(),
            core,
            block: vec![0; BLOCK],
            at: 0,
            filled: 0,
            offset,
            out: vec![0; 16 << 10],
            ends: vec![0; self.columns + 2],
            cells: 0,
            line,
            start: offset,
        })
    }
}

/// A walk over records as they stand in the file.
pub(super) struct Walk {
    file: File,
    text: Text,
    core: Reader,
    block: Vec<u8>,
    /// Next byte of the block.
    at: usize,
    /// Bytes of the block.
    filled: usize,
    /// Offset in the file of the end of the block.
    offset: u64,
    /// The record's text.
    out: Vec<u8>,
    /// Where its cells end.
    ends: Vec<usize>,
    /// How many cells it has.
    cells: usize,
    /// Its line.
    line: u64,
    /// Its offset in the file.
    start: u64,
}

impl Walk {
    /// The line on which the record begins, from 1.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// The line on which the record after this one begins, if no blank line stands between.
    pub(super) fn next_line(&self) -> u64 {
        // The line feed of CR LF is still to come.
        self.core.line() + u64::from(self.text.ending == LineEnding::CrLf)
    }

    /// The offset at which the record begins.
    pub(super) fn start(&self) -> u64 {
        self.start
    }

    /// The record's text and where its cells end.
    ///
    /// # Errors
    /// When the file has changed since its encoding was decided.
    pub(super) fn record(&self) -> Result<(&str, &[usize])> {
        let ends = &self.ends[..self.cells];
        let text = std::str::from_utf8(&self.out[..ends.last().copied().unwrap_or(0)])
            .map_err(|error| Error::invalid(Problem::new("file-changed").with("line", self.line)).because(error))?;
        Ok((text, ends))
    }

    /// Reads the next record; false at the end of the file.
    ///
    /// # Errors
    /// `cell-too-long`, `row-too-long`, `too-many-columns` and `unclosed-quote`, with line and column.
    pub(super) fn advance(&mut self) -> Result<bool> {
        if !self.skip_line_ends()? {
            return Ok(false);
        }
        self.line = self.core.line();
        self.start = self.offset - (self.filled - self.at) as u64;
        let (mut written, mut cells) = (0, 0);
        loop {
            if self.at == self.filled && !self.refill()? {
                return self.finish(written, cells);
            }
            let input = &self.block[self.at..self.filled];
            let (result, read, wrote, ended) =
                self.core.read_record(input, &mut self.out[written..], &mut self.ends[cells..]);
            if self.text.ending == LineEnding::Cr {
                let lines = input[..read].iter().filter(|byte| **byte == b'\r').count() as u64;
                self.core.set_line(self.core.line() + lines);
            }
            self.at += read;
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.grow(written, cells)?,
                ReadRecordResult::OutputEndsFull => return Err(self.too_many(cells)),
                ReadRecordResult::Record | ReadRecordResult::End => return self.accept(cells),
            }
        }
    }

    /// Accepts a record that is whole.
    fn accept(&mut self, cells: usize) -> Result<bool> {
        self.cells = cells;
        // A row may end in any number of empty cells; the last cell of a row at the limit is the one after a trailing delimiter.
        if cells > self.text.columns + 1 {
            return Err(self.too_many(cells));
        }
        if self.out.len() > self.text.cell_bytes {
            let mut before = 0;
            for (cell, end) in self.ends[..cells].iter().enumerate() {
                if end - before > self.text.cell_bytes {
                    return Err(self.too_long(cell));
                }
                before = *end;
            }
        }
        Ok(true)
    }

    /// The file has ended inside a record: a line end is missing, or a quote.
    fn finish(&mut self, mut written: usize, mut cells: usize) -> Result<bool> {
        loop {
            let (result, _, wrote, ended) =
                self.core.read_record(b"\n", &mut self.out[written..], &mut self.ends[cells..]);
            written += wrote;
            cells += ended;
            match result {
                ReadRecordResult::OutputFull => self.grow(written, cells)?,
                ReadRecordResult::OutputEndsFull => return Err(self.too_many(cells)),
                ReadRecordResult::Record | ReadRecordResult::End => return self.accept(cells),
                ReadRecordResult::InputEmpty => {
                    return Err(Error::invalid(
                        Problem::new("unclosed-quote").with("line", self.line).with("column", cells + 1),
                    ));
                }
            }
        }
    }

    /// Skips line ends before a record; false at the end of the file.
    fn skip_line_ends(&mut self) -> Result<bool> {
        loop {
            if self.at == self.filled && !self.refill()? {
                return Ok(false);
            }
            match self.block[self.at] {
                b'\n' => self.core.set_line(self.core.line() + 1),
                b'\r' if self.text.ending == LineEnding::Cr => self.core.set_line(self.core.line() + 1),
                b'\r' => {}
                _ => return Ok(true),
            }
            self.at += 1;
        }
    }

    fn refill(&mut self) -> Result<bool> {
        self.at = 0;
        self.filled = 0;
        loop {
            match self.file.read(&mut self.block) {
                Ok(read) => {
                    self.filled = read;
                    self.offset += read as u64;
                    return Ok(read > 0);
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    fn grow(&mut self, written: usize, cells: usize) -> Result<()> {
        let begun = if cells == 0 { 0 } else { self.ends[cells - 1] };
        if written - begun > self.text.cell_bytes {
            return Err(self.too_long(cells));
        }
        if written > self.text.cell_bytes.saturating_mul(2) {
            return Err(Error::invalid(
                Problem::new("row-too-long").with("line", self.line).with("limit", self.text.cell_bytes * 2),
            ));
        }
        self.out.resize(self.out.len() * 2, 0);
        Ok(())
    }

    fn too_long(&self, cell: usize) -> Error {
        Error::invalid(
            Problem::new("cell-too-long")
                .with("line", self.line)
                .with("column", cell + 1)
                .with("limit", self.text.cell_bytes),
        )
    }

    fn too_many(&self, _cells: usize) -> Error {
        Error::invalid(Problem::new("too-many-columns").with("line", self.line).with("limit", self.text.columns))
    }
}

/// Which cells of a record belong to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    /// Empty columns dropped at the left.
    pub left: usize,
    /// Columns of the table.
    pub width: usize,
}

/// A text file that was understood.
pub(super) struct Delimited {
    /// Its bytes and dialect.
    pub text: Text,
    /// Titles.
    pub header: Vec<String>,
    /// Which cells belong to the table.
    pub span: Span,
    /// Offset and line of the first row below the header.
    pub from: (u64, u64),
    /// Rows beyond which the walk is refused.
    pub rows: u64,
}

impl Source for Delimited {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn numbers(&self) -> NumberForm {
        NumberForm::Written
    }

    fn rows(&self) -> Result<Box<dyn Rows>> {
        let walk = self.text.walk(self.from.0, self.from.1)?;
        Ok(Box::new(DelimitedRows { walk, span: self.span, left: self.rows, limit: self.rows, scratch: String::new() }))
    }
}

/// The walk over the rows of a [`Delimited`].
struct DelimitedRows {
    walk: Walk,
    span: Span,
    /// Rows that may still come.
    left: u64,
    limit: u64,
    scratch: String,
}

impl Rows for DelimitedRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        while self.walk.advance()? {
            let (text, ends) = self.walk.record()?;
            if text.trim_start().is_empty() {
                continue;
            }
            self.left = self
                .left
                .checked_sub(1)
                .ok_or_else(|| Error::invalid(Problem::new("too-many-rows").with("limit", self.limit)))?;
            let (text, ends) = cut_blank_tail(text, ends, self.span.left + self.span.width);
            if self.span.left == 0 && !compose::suspect(text) {
                row.fill(self.walk.line(), text, ends);
            } else {
                rebuild(self.walk.line(), text, ends, self.span, &mut self.scratch, row);
            }
            return Ok(true);
        }
        Ok(false)
    }
}

/// A record without the blank cells beyond the table's last column.
fn cut_blank_tail<'a>(text: &'a str, ends: &'a [usize], width: usize) -> (&'a str, &'a [usize]) {
    let mut cells = ends.len();
    while cells > width {
        let start = if cells > 1 { ends[cells - 2] } else { 0 };
        if !text[start..ends[cells - 1]].trim().is_empty() {
            break;
        }
        cells -= 1;
    }
    let end = if cells == 0 { 0 } else { ends[cells - 1] };
    (&text[..end], &ends[..cells])
}

/// Builds a row cell by cell: composed, without the dropped columns at the left. A value in one of those goes to the end of the row,
/// which then has a cell too many and cannot be overlooked.
fn rebuild(line: u64, text: &str, ends: &[usize], span: Span, scratch: &mut String, row: &mut Row) {
    row.clear();
    row.number = line;
    let mut push = |cell: &str, row: &mut Row| {
        if compose::suspect(cell) {
            scratch.clear();
            compose::compose_into(cell, scratch);
            row.push(scratch);
        } else {
            row.push(cell);
        }
    };
    let cell = |i: usize| &text[if i == 0 { 0 } else { ends[i - 1] }..ends[i]];
    for i in span.left..ends.len() {
        push(cell(i), row);
    }
    if (0..span.left.min(ends.len())).any(|i| !cell(i).trim().is_empty()) {
        while row.len() < span.width {
            row.push("");
        }
        for i in (0..span.left).filter(|i| !cell(*i).trim().is_empty()) {
            push(cell(i), row);
        }
    }
}
