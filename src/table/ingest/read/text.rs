//! A text file is understood: encoding, dialect, header, and where its rows begin.

use std::fs::File;
use std::io::{Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::delimited::{Delimited, Span, Text};
use super::dialect::{self, Piece};
use super::encoding::{self, read_full};
use super::header::{self, Beginning, HeadRow, KEPT, Layout};
use super::model::{Choices, Container, Dialect, Limits, LineEnding, Note, Understood};
use crate::kernel::{Error, Problem, Result};
use crate::table::ingest::rows::Source;

/// Bytes of the first piece that is looked at, and of each other.
const PIECES: (usize, usize) = (192 << 10, 48 << 10);

/// Records at the beginning among which the header is sought.
const HEAD: usize = 200;

/// Rows from the middle and the end by which columns are known.
const OTHERS: usize = 200;

/// Opens a text file.
///
/// # Errors
/// What encoding, dialect and walk refuse; `file-empty` and `no-rows`.
pub(super) fn open(
    path: &Path,
    scratch: &Path,
    choices: &Choices,
    limits: &Limits,
) -> Result<(Understood, Box<dyn Source>)> {
    let scan = encoding::scan(path)?;
    let found = scan.decide(path, choices.encoding.as_deref())?;
    let mut understood = Understood::of(Container::Csv);
    understood.encoding = Some(found.name.to_owned());
    understood.bom = found.mark > 0;
    let (file, temp, start) = if found.name == "utf-8" {
        (path.to_owned(), None, found.mark)
    } else {
        let temp = Arc::new(encoding::to_utf8(path, &found, scratch)?);
        (temp.to_path_buf(), Some(temp), 0)
    };
    // After a translation from UTF-16, line ends are counted anew.
    let ending =
        if found.name.starts_with("utf-16") { encoding::scan(&file)?.line_ending() } else { scan.line_ending() };
    understood.line_ending = Some(ending);

    let pieces = take_pieces(&file, start, ending)?;
    let (told, skip) = told_delimiter(&pieces[0].bytes);
    let (start, line) = (start + skip as u64, if skip > 0 { 2 } else { 1 });
    let borrowed: Vec<Piece<'_>> = pieces
        .iter()
        .enumerate()
        .map(|(at, piece)| Piece { bytes: if at == 0 { &piece.bytes[skip..] } else { &piece.bytes }, last: piece.last })
        .collect();
    let dialect = dialect::detect(&borrowed, choices.delimiter.or(told), choices.quote);
    understood.dialect = Some(dialect);
    let text = Text::new(file, temp, dialect, ending, limits);

    let (head, below) = take_head(&text, start, line, choices)?;
    if head.is_empty() {
        return Err(Error::invalid(Problem::new("file-empty")));
    }
    let others = other_rows(&borrowed[1..], dialect, &head);
    let beginning =
        Beginning { head: &head, others: &others, beyond: &[], joined: &[], sheet: false, chosen: choices.header_row };
    let layout = header::find(&beginning);
    let from = below.get(layout.below).copied().unwrap_or((0, 0));
    if layout.below >= head.len() {
        return Err(Error::invalid(Problem::new("no-rows").with("line", head.last().map_or(1, |row| row.number))));
    }
    if layout.titles.len() > limits.columns {
        let problem = Problem::new("too-many-columns").with("line", from.1).with("limit", limits.columns);
        return Err(Error::invalid(problem));
    }
    describe(&mut understood, &head, &layout, dialect);
    let span = Span { left: layout.columns.first().copied().unwrap_or(0), width: layout.columns.len() };
    Ok((understood, Box::new(Delimited { text, header: layout.titles, span, from, rows: limits.rows })))
}

fn describe(understood: &mut Understood, head: &[HeadRow], layout: &Layout, dialect: Dialect) {
    if let Some((top, bottom)) = layout.header {
        understood.header_rows = (head[top].number, head[bottom].number);
    }
    understood.skipped_above = layout.header.map_or(layout.below, |(top, _)| top) as u64;
    understood.notes.clone_from(&layout.notes);
    if layout.columns.len() == 1 {
        understood.notes.push(Note::new("one-column").with("delimiter", char::from(dialect.delimiter).to_string()));
    }
}

/// A piece of the file in memory.
struct Taken {
    bytes: Vec<u8>,
    last: bool,
}

/// The beginning of the file and, when it is long, pieces from its middle and end, cut at line ends.
fn take_pieces(path: &Path, start: u64, ending: LineEnding) -> Result<Vec<Taken>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let line_end = if ending == LineEnding::Cr { b'\r' } else { b'\n' };
    let mut take = |from: u64, length: usize| -> Result<Taken> {
        file.seek(SeekFrom::Start(from))?;
        let mut bytes = vec![0; length];
        let read = read_full(&mut file, &mut bytes)?;
        bytes.truncate(read);
        let last = from + read as u64 >= size;
        if !last && let Some(at) = bytes.iter().rposition(|byte| *byte == line_end) {
            bytes.truncate(at + 1);
        }
        if from > start
            && let Some(at) = bytes.iter().position(|byte| *byte == line_end)
        {
            bytes.drain(..=at);
        }
        Ok(Taken { bytes, last })
    };
    let mut pieces = vec![take(start, PIECES.0)?];
    if !pieces[0].last {
        let from = (size / 2).max(start + PIECES.0 as u64);
        pieces.push(take(from, PIECES.1)?);
        pieces.push(take(size.saturating_sub(PIECES.1 as u64).max(from), PIECES.1)?);
    }
    Ok(pieces)
}

/// The delimiter that a first line `sep=;` tells (a habit of Excel), and the bytes of that line.
fn told_delimiter(bytes: &[u8]) -> (Option<u8>, usize) {
    let line = bytes.split(|byte| *byte == b'\n' || *byte == b'\r').next().unwrap_or_default();
    match line {
        [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', delimiter] | [b'"', b's', b'e', b'p', b'=', delimiter, b'"']
            if delimiter.is_ascii_punctuation() || *delimiter == b'\t' =>
        {
            let rest = &bytes[line.len()..];
            (Some(*delimiter), line.len() + if rest.starts_with(b"\r\n") { 2 } else { rest.len().min(1) })
        }
        _ => (None, 0),
    }
}

/// Where a record begins: offset and line.
type Place = (u64, u64);

/// The first records that hold anything, and where each begins (offset, line).
fn take_head(text: &Text, start: u64, line: u64, choices: &Choices) -> Result<(Vec<HeadRow>, Vec<Place>)> {
    let most = choices.header_row.map_or(HEAD, |row| usize::try_from(row).unwrap_or(HEAD).clamp(HEAD, 10_000) + 1);
    let mut walk = text.walk(start, line)?;
    let (mut head, mut places) = (Vec::new(), Vec::new());
    let mut gap = false;
    let mut expected = line;
    let mut bytes = 0;
    while head.len() < most && bytes < KEPT.1 && walk.advance()? {
        gap |= walk.line() > expected;
        let (record, ends) = walk.record()?;
        expected = walk.next_line();
        if record.trim_start().is_empty() {
            gap = true;
            continue;
        }
        let cells = ends.iter().enumerate().map(|(at, end)| &record[if at == 0 { 0 } else { ends[at - 1] }..*end]);
        let (row, size) = HeadRow::cut(walk.line(), gap, cells);
        bytes += size;
        places.push((walk.start(), walk.line()));
        head.push(row);
        gap = false;
    }
    Ok((head, places))
}

/// Rows from the middle and the end, as long as they are as wide as the first rows: a piece that begins inside quotes is not.
fn other_rows(pieces: &[Piece<'_>], dialect: Dialect, head: &[HeadRow]) -> Vec<Vec<String>> {
    let mut widths: Vec<usize> = head.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
    pieces
        .iter()
        .flat_map(|piece| dialect::divide(piece, dialect, OTHERS).rows)
        .filter(|row| row.len() == usual)
        .collect()
}
