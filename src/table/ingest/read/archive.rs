//! A ZIP archive is measured before anything else opens it: what it holds, how much it unpacks to (declared and counted), and that
//! no part of it declares a document type (XML entities are how small files become large).

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use zip::ZipArchive;

use super::model::Limits;
use crate::kernel::{Error, Kind, Problem, Result};

/// Below this, a high ratio harms nobody.
const HARMLESS: u64 = 16 << 20;

/// Accepts an archive that is an Office Open XML workbook within the limits.
///
/// # Errors
/// `workbook-broken`, `workbook-encrypted`, `workbook-too-large`, `workbook-unsafe`, `file-not-a-table` with the kind of file.
pub(super) fn check(path: &Path, limits: &Limits) -> Result<()> {
    let packed = std::fs::metadata(path)?.len();
    let mut archive = ZipArchive::new(BufReader::new(File::open(path)?)).map_err(broken)?;
    if archive.len() > limits.members {
        return Err(too_large());
    }
    kind(&archive)?;
    let most = limits.unpacked_bytes.min(packed.saturating_mul(limits.ratio).max(HARMLESS));
    let mut declared = 0_u64;
    for at in 0..archive.len() {
        let member = archive.by_index_raw(at).map_err(broken)?;
        if member.encrypted() {
            return Err(encrypted());
        }
        declared = declared.saturating_add(member.size());
        if member.name().map_err(broken)?.ends_with("sharedStrings.xml") && member.size() > limits.shared_bytes {
            return Err(too_large());
        }
    }
    if declared > most {
        return Err(too_large());
    }
    let mut block = vec![0_u8; 64 << 10];
    let mut actual = 0_u64;
    for at in 0..archive.len() {
        let mut member = archive.by_index(at).map_err(broken)?;
        let size = member.size();
        let mut counted = 0_u64;
        let mut seam: Vec<u8> = Vec::new();
        loop {
            let read = match member.read(&mut block) {
                Ok(read) => read,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(broken(error)),
            };
            if read == 0 {
                break;
            }
            counted += read as u64;
            actual += read as u64;
            if counted > size || actual > most {
                return Err(too_large());
            }
            // The last bytes of the block before make sure that no word is missed across the seam.
            seam.extend_from_slice(&block[..read.min(16)]);
            if declares_type(&block[..read]) || declares_type(&seam) {
                return Err(Error::invalid(Problem::new("workbook-unsafe")));
            }
            seam = block[read.saturating_sub(16)..read].to_vec();
        }
    }
    Ok(())
}

/// Whether bytes hold the beginning of a document type declaration. Only XML parts can; in packed pictures it does not occur.
fn declares_type(bytes: &[u8]) -> bool {
    bytes.windows(2).enumerate().any(|(at, pair)| {
        pair == b"<!" && (bytes[at..].starts_with(b"<!DOCTYPE") || bytes[at..].starts_with(b"<!ENTITY"))
    })
}

/// What kind of archive it is, by the names of its members.
fn kind<R: Read + std::io::Seek>(archive: &ZipArchive<R>) -> Result<()> {
    let names: Vec<String> = archive
        .file_names()
        .flatten()
        .map(|name| name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase())
        .collect();
    let has = |name: &str| names.iter().any(|member| member == name);
    let under = |folder: &str| names.iter().any(|member| member.starts_with(folder));
    if has("xl/workbook.xml") {
        return Ok(());
    }
    let kind = if has("xl/workbook.bin") {
        "XLSB"
    } else if under("xl/") {
        return Err(Error::invalid(Problem::new("workbook-broken")));
    } else if under("word/") {
        "DOCX"
    } else if under("ppt/") {
        "PPTX"
    } else if has("mimetype") && has("content.xml") {
        "ODS"
    } else {
        "ZIP"
    };
    Err(Error::invalid(Problem::new("file-not-a-table").with("kind", kind)))
}

/// An archive or workbook that does not hold together.
pub(super) fn broken(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::invalid(Problem::new("workbook-broken")).because(error)
}

/// A workbook under a password.
pub(super) fn encrypted() -> Error {
    Error::invalid(Problem::new("workbook-encrypted"))
}

/// More than the limits allow.
pub(super) fn too_large() -> Error {
    Error::refused(Kind::TooLarge, Problem::new("workbook-too-large"))
}
