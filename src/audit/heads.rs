//! The head of the chain, written down where whoever holds the database does not reach: a file on another disk, a log server, a
//! mail. A chain that was cut off, or written anew from some entry on, is whole in itself; it differs from the heads of before.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::{Conn, chain};

/// The longest line of the file that is read, in bytes.
const LONGEST: u64 = 4096;

/// Where the chain ended at a moment: one line of the file, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The number of the last entry; 0 for an empty log.
    pub seq: i64,
    /// Its hash.
    pub hash: String,
    /// When, RFC 3339.
    pub at: String,
    /// The address of the internal portal.
    pub portal: String,
}

/// What a comparison with a file of heads found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Heads that were read.
    pub heads: u64,
    /// The number of the first line that is no head (a line half written when the power went), if any.
    pub unreadable: Option<u64>,
    /// The first head that the log does not agree with, and its line.
    pub differs: Option<Differing>,
}

/// A head that the log does not agree with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Differing {
    /// The line of the file, from 1.
    pub line: u64,
    /// The number of the entry.
    pub seq: i64,
    /// When the head was written down.
    pub at: String,
    /// Whether the log holds no entry of that number any more: it was cut off. Else the entry is another one: it was written anew.
    pub missing: bool,
}

/// The head now.
///
/// # Errors
/// When the database does not answer.
pub fn head(conn: &mut Conn, at: Timestamp, portal: &str) -> Result<Head> {
    let (seq, hash) = chain::audit_head(conn)?;
    Ok(Head { seq, hash, at: at.to_rfc3339(), portal: portal.to_owned() })
}

/// Adds a head to a file and waits until it is on the disk.
///
/// # Errors
/// When the disk refuses; the folder must be there, so that a wrong path or a disk that is not mounted shows.
pub fn note(path: &Path, head: &Head) -> Result<()> {
    let mut file = OpenOptions::new().read(true).create(true).append(true).open(path)?;
    let mut text = serde_json::to_string(head)?;
    text.push('\n');
    // A line that was half written stays alone.
    if file.seek(SeekFrom::End(0))? > 0 {
        file.seek(SeekFrom::End(-1))?;
        let mut last = [0];
        file.read_exact(&mut last)?;
        if last != [b'\n'] {
            text.insert(0, '\n');
        }
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

/// Compares the log with every head of a file.
///
/// # Errors
/// A refusal `heads-unreadable` for a file that cannot be read, or holds no head at all; when the database does not answer.
pub fn compare(conn: &mut Conn, path: &Path) -> Result<Compared> {
    let wrong = || Error::invalid(Problem::new("heads-unreadable").with("path", path.display().to_string()));
    let mut reader = BufReader::new(File::open(path).map_err(|error| wrong().because(error))?);
    let mut found = Compared { heads: 0, unreadable: None, differs: None };
    let mut number = 0;
    let mut known = (0, Some(String::new()));
    loop {
        let mut line = Vec::new();
        let read = (&mut reader).take(LONGEST).read_until(b'\n', &mut line).map_err(|error| wrong().because(error))?;
        if read == 0 {
            break;
        }
        number += 1;
        if line.trim_ascii().is_empty() {
            continue;
        }
        let Ok(head) = serde_json::from_slice::<Head>(&line) else {
            found.unreadable = found.unreadable.or(Some(number));
            continue;
        };
        found.heads += 1;
        if known.0 != head.seq {
            known = (head.seq, chain::hash_of(conn, head.seq)?);
        }
        let missing = known.1.is_none();
        if found.differs.is_none() && known.1.as_ref() != Some(&head.hash) {
            found.differs = Some(Differing { line: number, seq: head.seq, at: head.at, missing });
        }
    }
    if found.heads == 0 { Err(wrong()) } else { Ok(found) }
}
