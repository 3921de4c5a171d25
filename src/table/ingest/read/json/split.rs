//! A text of JSON is cut into records, byte by byte, in memory for one of them: the elements of a list, the objects of NDJSON,
//! the features of a collection. What stands in a record is another reader's work.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use crate::kernel::{Error, Problem, Result};

/// How much is read at a time.
const BLOCK: usize = 256 << 10;
/// How deep lists and objects may stand in each other.
const DEEPEST: usize = 64;
/// Bytes of a member beside the features of a collection that is looked at, such as its name.
const ASIDE: usize = 64 << 10;

/// How the records of a file stand in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Elements of one list.
    List,
    /// One object after the other.
    Lines,
    /// The features of a GeoJSON collection.
    Features,
}

/// What stands around the records.
pub(super) struct Frame {
    pub style: Style,
    /// The member `crs` of a collection, as it is written.
    pub crs: Option<String>,
}

/// A walk over the records of a file.
pub(super) struct Records {
    text: Text,
    style: Style,
    begun: bool,
    ended: bool,
    most: usize,
    /// Records so far.
    pub number: u64,
    /// The line on which the last one begins.
    pub line: u64,
    /// Its bytes.
    pub record: Vec<u8>,
}

/// Finds out how the records of a file stand in it, by its first object. Reads that object to its end.
///
/// # Errors
/// `json-broken`, `json-too-deep`, `json-no-table`.
pub(super) fn look(path: &Path) -> Result<Frame> {
    let mut text = Text::open(path)?;
    let found = frame(&mut text);
    found.map_err(|fault| fault.at(text.line, 1))
}

fn frame(text: &mut Text) -> Result<Frame, Fault> {
    if text.next_sign()? == Some(b'[') {
        return Ok(Frame { style: Style::List, crs: None });
    }
    let (mut kind, mut crs, mut features) = (Vec::new(), Vec::new(), false);
    text.members(|text, key| {
        match key {
            b"type" => text.value(&mut Kept::new(&mut kind, ASIDE, false))?,
            b"crs" => text.value(&mut Kept::new(&mut crs, ASIDE, false))?,
            b"features" => {
                features = text.next_sign()? == Some(b'[');
                text.value(&mut Kept::none())?;
            }
            _ => text.value(&mut Kept::none())?,
        }
        Ok(true)
    })?;
    let more = text.next_sign()?.is_some();
    if kind == b"\"FeatureCollection\"" && features && !more {
        let crs = (!crs.is_empty()).then(|| String::from_utf8_lossy(&crs).into_owned());
        return Ok(Frame { style: Style::Features, crs });
    }
    if more {
        return Ok(Frame { style: Style::Lines, crs: None });
    }
    // One object may be anything: which of its members is the table, nobody has said.
    Err(Fault::Text("json-no-table"))
}

impl Records {
    /// From the first one; a record longer than `most` bytes is refused.
    ///
    /// # Errors
    /// When the file cannot be opened.
    pub(super) fn open(path: &Path, style: Style, most: usize) -> Result<Self> {
        let text = Text::open(path)?;
        Ok(Self { text, style, begun: false, ended: false, most, number: 0, line: 1, record: Vec::new() })
    }

    /// Takes the next record; false after the last.
    ///
    /// # Errors
    /// `json-broken`, `json-too-deep` and `row-too-long`, with line and record.
    pub(super) fn advance(&mut self) -> Result<bool> {
        let taken = self.take();
        taken.map_err(|fault| match fault {
            Fault::Text("row-too-long") => {
                Error::invalid(Problem::new("row-too-long").with("line", self.line).with("limit", self.most))
            }
            other => other.at(self.text.line, self.number + 1),
        })
    }

    fn take(&mut self) -> Result<bool, Fault> {
        if self.ended {
            return Ok(false);
        }
        let first = !self.begun;
        if first {
            self.begun = true;
            match self.style {
                Style::List => self.text.want(b'[')?,
                Style::Lines => {}
                Style::Features => {
                    let mut found = false;
                    self.text.members(|text, key| {
                        if key == b"features" && text.next_sign()? == Some(b'[') {
                            text.bump()?;
                            found = true;
                            return Ok(false);
                        }
                        text.value(&mut Kept::none())?;
                        Ok(true)
                    })?;
                    if !found {
                        return Err(BROKEN);
                    }
                }
            }
        }
        let Some(sign) = self.text.next_sign()? else {
            self.ended = true;
            return if self.style == Style::Lines { Ok(false) } else { Err(BROKEN) };
        };
        if self.style != Style::Lines {
            if sign == b']' {
                self.text.bump()?;
                self.ended = true;
                // What follows the features was read by `look`.
                return if self.style == Style::List && self.text.next_sign()?.is_some() {
                    Err(BROKEN)
                } else {
                    Ok(false)
                };
            }
            if !first {
                self.text.want(b',')?;
                self.text.next_sign()?;
            }
        }
        self.line = self.text.line;
        self.record.clear();
        self.text.value(&mut Kept::new(&mut self.record, self.most, true))?;
        self.number += 1;
        Ok(true)
    }
}

/// What ends a walk.
enum Fault {
    /// The file does not answer.
    Io(Error),
    /// The text is wrong: the code of a problem.
    Text(&'static str),
}

const BROKEN: Fault = Fault::Text("json-broken");

impl Fault {
    fn at(self, line: u64, record: u64) -> Error {
        match self {
            Self::Io(error) => error,
            Self::Text(code) => Error::invalid(Problem::new(code).with("line", line).with("record", record)),
        }
    }
}

impl From<std::io::Error> for Fault {
    fn from(error: std::io::Error) -> Self {
        Self::Io(error.into())
    }
}

/// Where the bytes of a value go.
struct Kept<'a> {
    bytes: Option<&'a mut Vec<u8>>,
    most: usize,
    /// Whether more than `most` is a fault; otherwise the rest is dropped.
    strict: bool,
}

impl<'a> Kept<'a> {
    fn new(bytes: &'a mut Vec<u8>, most: usize, strict: bool) -> Self {
        Self { bytes: Some(bytes), most, strict }
    }

    fn none() -> Self {
        Self { bytes: None, most: 0, strict: false }
    }

    fn take(&mut self, part: &[u8]) -> Result<(), Fault> {
        let Some(bytes) = &mut self.bytes else { return Ok(()) };
        if bytes.len() + part.len() <= self.most {
            bytes.extend_from_slice(part);
        } else if self.strict {
            return Err(Fault::Text("row-too-long"));
        }
        Ok(())
    }
}

/// The bytes of a file, in order.
struct Text {
    file: BufReader<File>,
    line: u64,
}

impl Text {
    fn open(path: &Path) -> Result<Self> {
        let mut file = BufReader::with_capacity(BLOCK, File::open(path)?);
        if file.fill_buf()?.starts_with(b"\xef\xbb\xbf") {
            file.read_exact(&mut [0; 3])?;
        }
        Ok(Self { file, line: 1 })
    }

    fn peek(&mut self) -> Result<Option<u8>, Fault> {
        Ok(self.file.fill_buf()?.first().copied())
    }

    fn bump(&mut self) -> Result<(), Fault> {
        if self.peek()? == Some(b'\n') {
            self.line += 1;
        }
        self.file.consume(1);
        Ok(())
    }

    /// The next byte that is no white space, which stays.
    fn next_sign(&mut self) -> Result<Option<u8>, Fault> {
        loop {
            match self.peek()? {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.bump()?,
                other => return Ok(other),
            }
        }
    }

    fn want(&mut self, sign: u8) -> Result<(), Fault> {
        if self.next_sign()? != Some(sign) {
            return Err(BROKEN);
        }
        self.bump()
    }

    /// Goes over the members of an object: `see` gets each key and takes its value, and says whether to go on.
    fn members(&mut self, mut see: impl FnMut(&mut Self, &[u8]) -> Result<bool, Fault>) -> Result<(), Fault> {
        self.want(b'{')?;
        if self.next_sign()? == Some(b'}') {
            return self.bump();
        }
        let mut key = Vec::new();
        loop {
            if self.next_sign()? != Some(b'"') {
                return Err(BROKEN);
            }
            key.clear();
            self.value(&mut Kept::new(&mut key, ASIDE, false))?;
            self.want(b':')?;
            self.next_sign()?;
            let name = key.strip_prefix(b"\"").and_then(|key| key.strip_suffix(b"\"")).unwrap_or_default();
            if !see(self, name)? {
                return Ok(());
            }
            match self.next_sign()? {
                Some(b',') => self.bump()?,
                Some(b'}') => return self.bump(),
                _ => return Err(BROKEN),
            }
        }
    }

    /// Takes one value, which begins at the next byte. Whether it is right in itself, its reader finds out.
    fn value(&mut self, kept: &mut Kept<'_>) -> Result<(), Fault> {
        let (mut depth, mut quoted, mut escaped, mut begun) = (0_usize, false, false, false);
        loop {
            let block = self.file.fill_buf()?;
            if block.is_empty() {
                // A number may end with the file.
                return if begun && depth == 0 && !quoted { Ok(()) } else { Err(BROKEN) };
            }
            let (mut end, mut lines, mut fault) = (None, 0, None);
            for (at, byte) in block.iter().enumerate() {
                if quoted {
                    match byte {
                        _ if escaped => escaped = false,
                        b'\\' => escaped = true,
                        b'"' => {
                            quoted = false;
                            if depth == 0 {
                                end = Some(at + 1);
                                break;
                            }
                        }
                        // A line end within quotes is no JSON, and one quote too few must not swallow the file.
                        b'\n' => {
                            fault = Some(BROKEN);
                            break;
                        }
                        _ => {}
                    }
                    continue;
                }
                match byte {
                    b'"' | b'{' | b'[' if depth == 0 && begun => {
                        fault = Some(BROKEN);
                        break;
                    }
                    b'"' => quoted = true,
                    b'{' | b'[' => {
                        depth += 1;
                        if depth > DEEPEST {
                            fault = Some(Fault::Text("json-too-deep"));
                            break;
                        }
                    }
                    b'}' | b']' if depth == 0 => {
                        end = Some(at);
                        break;
                    }
                    b'}' | b']' => {
                        depth -= 1;
                        if depth == 0 {
                            end = Some(at + 1);
                            break;
                        }
                    }
                    b',' | b':' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => {
                        end = Some(at);
                        break;
                    }
                    b'\n' => lines += 1,
                    _ => {}
                }
                begun = true;
            }
            self.line += lines;
            if let Some(fault) = fault {
                return Err(fault);
            }
            let length = end.unwrap_or(block.len());
            kept.take(&block[..length])?;
            self.file.consume(length);
            if end.is_some() {
                return if begun { Ok(()) } else { Err(BROKEN) };
            }
        }
    }
}
