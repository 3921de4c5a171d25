//! Which encoding a text file has, decided on the whole file, and its translation to UTF-8.

use std::fs::File;
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::path::Path;

use encoding_rs::{Decoder, DecoderResult, UTF_16BE, UTF_16LE};
use tempfile::{NamedTempFile, TempPath};
use unicode_normalization::UnicodeNormalization;

use super::legacy::{self, Table};
use super::model::LineEnding;
use super::syllable::judge;
use crate::kernel::{Error, Problem, Result};

/// The names of the encodings that can be read and chosen.
pub const NAMES: [&str; 8] =
    ["utf-8", "utf-16le", "utf-16be", "windows-1258", "tcvn3", "viscii", "windows-1252", "macintosh"];

/// How much is read at a time.
const BLOCK: usize = 1 << 20;

/// How many bytes of lines beyond ASCII are kept to judge guesses by.
const EVIDENCE: usize = 256 << 10;

/// How many bytes at the beginning tell how lines end.
const ENDS: u64 = 4 << 20;

/// What one pass over a file's bytes found.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// Bytes of the file.
    pub size: u64,
    /// Where the first byte stands that UTF-8 does not allow.
    pub invalid: Option<Place>,
    /// Where the first NUL stands.
    pub nul: Option<Place>,
    /// Counts of line ends in the first bytes: LF, CR LF, CR alone.
    pub ends: (u64, u64, u64),
    /// Lines with bytes beyond ASCII, from all over the file.
    evidence: Vec<u8>,
    /// The first bytes.
    head: Vec<u8>,
}

/// A place in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Offset in bytes, from 0.
    pub offset: u64,
    /// The byte there.
    pub byte: u8,
}

/// An encoding that was found or chosen.
#[derive(Debug)]
pub(super) struct Found {
    /// One of [`NAMES`].
    pub name: &'static str,
    /// Bytes of the byte order mark.
    pub mark: u64,
}

/// Reads the whole file once: size, UTF-8 validity, NUL, line ends, evidence for guesses.
///
/// # Errors
/// When the file cannot be read.
pub(super) fn scan(path: &Path) -> Result<Scan> {
    let mut file = File::open(path)?;
    let mut found = Scan::default();
    let mut block = vec![0_u8; BLOCK];
    // Up to three bytes of a character cut in two by the end of a block stay in front of the next.
    let mut kept = 0;
    let mut after_cr = false;
    loop {
        let read = read_full(&mut file, &mut block[kept..])?;
        let fresh = &block[kept..kept + read];
        if found.head.len() < 4096 {
            found.head.extend_from_slice(&fresh[..fresh.len().min(4096 - found.head.len())]);
        }
        if found.size < ENDS {
            count_ends(fresh, &mut after_cr, &mut found.ends);
        }
        if found.nul.is_none()
            && fresh.contains(&0)
            && let Some(at) = fresh.iter().position(|byte| *byte == 0)
        {
            found.nul = Some(Place { offset: found.size + at as u64, byte: 0 });
        }
        if found.invalid.is_none() || !fresh.is_ascii() {
            gather(fresh, &mut found.evidence);
        }
        let start = found.size - kept as u64;
        found.size += read as u64;
        let all = kept + read;
        let mut keep = 0;
        if found.invalid.is_none()
            && let Err(error) = std::str::from_utf8(&block[..all])
        {
            let at = error.valid_up_to();
            if error.error_len().is_none() && read > 0 {
                keep = all - at;
            } else {
                found.invalid = Some(Place { offset: start + at as u64, byte: block[at] });
            }
        }
        if read == 0 {
            break;
        }
        block.copy_within(all - keep..all, 0);
        kept = keep;
    }
    if after_cr {
        found.ends.2 += 1;
    }
    Ok(found)
}

/// Reads until the buffer is full or the file ends.
pub(super) fn read_full(file: &mut impl Read, buffer: &mut [u8]) -> Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match file.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(filled)
}

fn count_ends(bytes: &[u8], after_cr: &mut bool, ends: &mut (u64, u64, u64)) {
    if !*after_cr && !bytes.contains(&b'\r') {
        ends.0 += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        return;
    }
    for byte in bytes {
        match (*byte, *after_cr) {
            (b'\n', true) => ends.1 += 1,
            (b'\n', false) => ends.0 += 1,
            (_, true) => ends.2 += 1,
            _ => {}
        }
        *after_cr = *byte == b'\r';
    }
}

/// Adds the lines of a block that hold bytes beyond ASCII, up to a bound per block so that later blocks count too.
fn gather(block: &[u8], evidence: &mut Vec<u8>) {
    let room = EVIDENCE.saturating_sub(evidence.len()).min(EVIDENCE / 8);
    if room == 0 || block.is_ascii() {
        return;
    }
    let until = evidence.len() + room;
    for line in block.split(|byte| matches!(byte, b'\n' | b'\r')).filter(|line| !line.is_ascii()) {
        evidence.extend_from_slice(&line[..line.len().min(4096)]);
        evidence.push(b'\n');
        if evidence.len() >= until {
            break;
        }
    }
}

impl Scan {
    /// How lines end, mostly.
    pub(super) fn line_ending(&self) -> LineEnding {
        let (lf, crlf, cr) = self.ends;
        if crlf > 0 && crlf >= lf {
            LineEnding::CrLf
        } else if lf > 0 || cr == 0 {
            LineEnding::Lf
        } else {
            LineEnding::Cr
        }
    }

    /// Decides the encoding, or takes the one chosen.
    ///
    /// # Errors
    /// `encoding-unknown` when the choice is none of [`NAMES`]; `encoding-unclear`, `text-has-nul` or `encoding-mismatch` with line and
    /// column when the bytes do not fit.
    pub(super) fn decide(&self, path: &Path, chosen: Option<&str>) -> Result<Found> {
        let head = &self.head[..];
        if let Some(name) = chosen {
            let lower = name.trim().to_ascii_lowercase();
            let name = NAMES.into_iter().find(|known| *known == lower).ok_or_else(|| {
                Error::invalid(Problem::new("encoding-unknown").with("name", lower).with("known", NAMES.join(", ")))
            })?;
            let mark = match name {
                "utf-8" if head.starts_with(b"\xef\xbb\xbf") => 3,
                "utf-16le" if head.starts_with(b"\xff\xfe") => 2,
                "utf-16be" if head.starts_with(b"\xfe\xff") => 2,
                _ => 0,
            };
            if name == "utf-8"
                && let Some(place) = self.invalid
            {
                return Err(refuse(path, place, Problem::new("encoding-mismatch").with("name", name)));
            }
            self.no_nul(path, name)?;
            return Ok(Found { name, mark });
        }
        if head.starts_with(b"\xff\xfe\0\0") || head.starts_with(b"\0\0\xfe\xff") {
            return Err(Error::invalid(Problem::new("encoding-utf32")));
        }
        if head.starts_with(b"\xff\xfe") {
            return Ok(Found { name: "utf-16le", mark: 2 });
        }
        if head.starts_with(b"\xfe\xff") {
            return Ok(Found { name: "utf-16be", mark: 2 });
        }
        if self.nul.is_some()
            && let Some(name) = utf16_by_nul(head)
        {
            return Ok(Found { name, mark: 0 });
        }
        let name = if self.invalid.is_none() { "utf-8" } else { self.guess(path)? };
        self.no_nul(path, name)?;
        Ok(Found { name, mark: if name == "utf-8" && head.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 } })
    }

    fn no_nul(&self, path: &Path, name: &str) -> Result<()> {
        match self.nul {
            Some(place) if !name.starts_with("utf-16") => Err(refuse(path, place, Problem::new("text-has-nul"))),
            _ => Ok(()),
        }
    }

    /// The single-byte encoding in which the evidence makes the most sense.
    fn guess(&self, path: &Path) -> Result<&'static str> {
        let mut best = ("", 0.0_f64, 0.0_f64);
        for name in ["windows-1258", "tcvn3", "viscii", "macintosh"] {
            if let Some(text) = table_of(name).and_then(|table| decode(&table, &self.evidence)) {
                let judgement = judge(&text);
                // Without a single Vietnamese word the signs alone prove nothing.
                let share = judgement.vietnamese_share();
                let weight = share + judgement.common_share();
                if judgement.vietnamese > 0 && weight > best.2 {
                    best = (name, share, weight);
                }
            }
        }
        let western = decode(&legacy::windows_1252(), &self.evidence).map_or(0.0, |text| judge(&text).western_share());
        if best.1 >= 0.7 && best.1 + 0.1 >= western {
            return Ok(best.0);
        }
        if western >= 0.7 {
            return Ok("windows-1252");
        }
        let place = self.invalid.unwrap_or(Place { offset: 0, byte: 0 });
        Err(refuse(path, place, Problem::new("encoding-unclear")))
    }
}

/// UTF-16 without a mark: most characters of a table's head have one zero byte, always on the same side.
fn utf16_by_nul(head: &[u8]) -> Option<&'static str> {
    let pairs = head.len() / 2;
    let even = head.iter().step_by(2).filter(|byte| **byte == 0).count();
    let odd = head.iter().skip(1).step_by(2).filter(|byte| **byte == 0).count();
    if pairs == 0 {
        None
    } else if odd * 2 > pairs && even * 20 < pairs {
        Some("utf-16le")
    } else if even * 2 > pairs && odd * 20 < pairs {
        Some("utf-16be")
    } else {
        None
    }
}

fn table_of(name: &str) -> Option<Table> {
    Some(match name {
        "windows-1258" => legacy::windows_1258(),
        "tcvn3" => legacy::tcvn3(),
        "viscii" => legacy::viscii(),
        "windows-1252" => legacy::windows_1252(),
        "macintosh" => legacy::macintosh(),
        _ => return None,
    })
}

fn decode(table: &Table, bytes: &[u8]) -> Option<String> {
    bytes.iter().map(|byte| table[usize::from(*byte)]).collect::<Option<String>>().map(|text| text.nfc().collect())
}

/// A refusal that names line, column and byte of a place.
fn refuse(path: &Path, place: Place, problem: Problem) -> Error {
    match locate(path, place.offset) {
        Ok((line, column)) => Error::invalid(
            problem.with("line", line).with("column", column).with("byte", format!("0x{:02X}", place.byte)),
        ),
        Err(error) => error,
    }
}

/// Line and byte column, from 1, of an offset.
fn locate(path: &Path, offset: u64) -> Result<(u64, u64)> {
    let mut file = File::open(path)?.take(offset);
    let mut block = vec![0_u8; 64 << 10];
    let (mut line, mut column, mut after_cr) = (1, 1, false);
    loop {
        let read = read_full(&mut file, &mut block)?;
        if read == 0 {
            return Ok((line, column));
        }
        for byte in &block[..read] {
            match (*byte, after_cr) {
                (b'\n', true) => {}
                (b'\n' | b'\r', _) => {
                    line += 1;
                    column = 1;
                }
                _ => column += 1,
            }
            after_cr = *byte == b'\r';
        }
    }
}

/// Writes the file anew as UTF-8 without a mark into the scratch folder, block by block.
///
/// # Errors
/// `encoding-mismatch` with line and column at a byte that the encoding does not define.
pub(super) fn to_utf8(path: &Path, found: &Found, scratch: &Path) -> Result<TempPath> {
    let mut input = File::open(path)?;
    input.seek(SeekFrom::Start(found.mark))?;
    let temp = NamedTempFile::new_in(scratch)?;
    let mut output = BufWriter::with_capacity(BLOCK, temp);
    match table_of(found.name) {
        Some(table) => by_table(path, found.name, &mut input, &mut output, &table)?,
        None => {
            let utf16 = if found.name == "utf-16be" { UTF_16BE } else { UTF_16LE };
            by_decoder(path, found, &mut input, &mut output, utf16.new_decoder_without_bom_handling())?;
        }
    }
    let temp = output.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(temp.into_temp_path())
}

fn by_table(path: &Path, name: &str, input: &mut File, output: &mut impl Write, table: &Table) -> Result<()> {
    let mut block = vec![0_u8; BLOCK];
    let mut text = String::with_capacity(BLOCK * 2);
    let mut offset = 0;
    loop {
        let read = read_full(input, &mut block)?;
        if read == 0 {
            return Ok(());
        }
        text.clear();
        for (at, byte) in block[..read].iter().enumerate() {
            let Some(c) = table[usize::from(*byte)] else {
                let place = Place { offset: offset + at as u64, byte: *byte };
                return Err(refuse(path, place, Problem::new("encoding-mismatch").with("name", name)));
            };
            text.push(c);
        }
        output.write_all(text.as_bytes())?;
        offset += read as u64;
    }
}

fn by_decoder(
    path: &Path,
    found: &Found,
    input: &mut File,
    output: &mut impl Write,
    mut decoder: Decoder,
) -> Result<()> {
    let mut block = vec![0_u8; BLOCK];
    let mut text = vec![0_u8; BLOCK];
    let mut lines = 1_u64;
    let mut offset = found.mark;
    loop {
        let read = read_full(input, &mut block)?;
        let mut rest = &block[..read];
        loop {
            let (result, used, written) = decoder.decode_to_utf8_without_replacement(rest, &mut text, read == 0);
            let part = &text[..written];
            if let Some(at) = part.iter().position(|byte| *byte == 0) {
                lines += part[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
                return Err(Error::invalid(
                    Problem::new("text-has-nul").with("line", lines).with("column", 1_u64).with("byte", "0x00"),
                ));
            }
            lines += part.iter().filter(|byte| **byte == b'\n').count() as u64;
            output.write_all(part)?;
            rest = &rest[used..];
            offset += used as u64;
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => {
                    let byte = File::open(path)
                        .and_then(|mut file| {
                            let mut byte = [0];
                            file.seek(SeekFrom::Start(offset.saturating_sub(1)))?;
                            file.read_exact(&mut byte)?;
                            Ok(byte[0])
                        })
                        .unwrap_or_default();
                    return Err(Error::invalid(
                        Problem::new("encoding-mismatch")
                            .with("name", found.name)
                            .with("line", lines)
                            .with("column", 1_u64)
                            .with("byte", format!("0x{byte:02X}")),
                    ));
                }
            }
        }
        if read == 0 {
            return Ok(());
        }
    }
}
