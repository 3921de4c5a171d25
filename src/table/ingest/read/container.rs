//! What kind of file it is, by its first bytes and never by its name; and the refusals for what is no table.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::encoding::read_full;
use super::model::Container;
use crate::kernel::{Error, Problem, Result};

/// What the first bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sniffed {
    /// A ZIP archive: a workbook, or something else.
    Zip,
    /// An OLE compound file: a workbook, or something else.
    Ole,
    /// Objects of JSON, in a list, in lines or in a feature collection.
    Json,
    /// A file that can be read as it stands.
    Plain(Container),
}

/// Beginnings of files that hold no table, and what they are called.
const FOREIGN: [(&[u8], &str); 18] = [
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x7fELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"RIFF", "RIFF"),
    (b"\x1f\x8b", "GZIP"),
    (b"BZh", "BZIP2"),
    (b"\xfd7zXZ", "XZ"),
    (b"(\xb5/\xfd", "ZSTD"),
    (b"7z\xbc\xaf\x27\x1c", "7Z"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"ARROW1", "ARROW"),
];

/// Looks at the beginning (and for Parquet the end) of a file.
///
/// # Errors
/// `file-empty`, `file-is-html`, `file-is-xml`, `json-not-utf8`, `file-not-a-table` with the kind of file.
pub(super) fn sniff(path: &Path) -> Result<Sniffed> {
    let mut file = File::open(path)?;
    let mut head = vec![0; 4096];
    let read = read_full(&mut file.by_ref(), &mut head)?;
    let head = &head[..read];
    if head.is_empty() {
        return Err(Error::invalid(Problem::new("file-empty")));
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Sniffed::Zip);
    }
    if head.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Ok(Sniffed::Ole);
    }
    if head.starts_with(b"PAR1") || head.starts_with(b"PARE") {
        return Ok(Sniffed::Plain(Container::Parquet));
    }
    if let Some((_, kind)) = FOREIGN.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Err(Error::invalid(Problem::new("file-not-a-table").with("kind", *kind)));
    }
    // BIFF2 to BIFF5 outside a compound file.
    if head.starts_with(b"\x09\x08") || head.starts_with(b"\x09\x00\x04\x00") || head.starts_with(b"\x09\x02\x06\x00") {
        return Err(Error::invalid(Problem::new("workbook-too-old")));
    }
    markup(head)
}

/// Knows JSON and refuses HTML and XML, whatever their names and in whatever encoding they begin; all else is delimited text.
fn markup(head: &[u8]) -> Result<Sniffed> {
    // Without the zero bytes, UTF-16 reads like ASCII here.
    let text: Vec<u8> = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .iter()
        .copied()
        .filter(|byte| byte.is_ascii() && *byte != 0)
        .collect();
    let text = String::from_utf8_lossy(&text).to_ascii_lowercase();
    let start = text.trim_start();
    if start.chars().all(char::is_whitespace) && head.iter().all(u8::is_ascii_whitespace) && head.len() < 4096 {
        return Err(Error::invalid(Problem::new("file-empty")));
    }
    if start.starts_with("mime-version:") || start.starts_with("<!doctype html") {
        return Err(Error::invalid(Problem::new("file-is-html")));
    }
    if start.starts_with('<') {
        let html =
            ["<html", "<table", "<head", "<body", "<meta", "<style", "<div"].iter().any(|tag| start.contains(tag));
        let xml = start.starts_with("<?xml")
            || start.starts_with("<!doctype")
            || start.contains("</")
            || start.contains("/>");
        if html && !(start.starts_with("<?xml") && start.contains("urn:schemas-microsoft-com:office:spreadsheet")) {
            return Err(Error::invalid(Problem::new("file-is-html")));
        }
        if xml {
            return Err(Error::invalid(Problem::new("file-is-xml")));
        }
    }
    let mut rest = start.chars().filter(|c| !c.is_whitespace());
    match (rest.next(), rest.next()) {
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) if head.contains(&0) => {
            Err(Error::invalid(Problem::new("json-not-utf8").with("line", 1_u64).with("record", 1_u64)))
        }
        (Some('{'), Some('"' | '}')) | (Some('['), Some('{')) => Ok(Sniffed::Json),
        _ => Ok(Sniffed::Plain(Container::Csv)),
    }
}
