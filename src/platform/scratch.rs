//! Folders and files for work in progress, and what killed programs left of them.

use std::fs::{self, File};
use std::io::{ErrorKind, Result as IoResult};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tempfile::TempDir;

use crate::kernel::{Result, Timestamp};

/// What our folders and files are called: the scratch folder may be one that others use too.
const PREFIX: &str = "khomo-work-";

/// Makes a folder that goes when its owner does.
///
/// # Errors
/// When the disk refuses.
pub fn folder(scratch: &Path) -> Result<TempDir> {
    Ok(tempfile::Builder::new().prefix(PREFIX).tempdir_in(scratch)?)
}

/// Makes a file that has no name and goes when it is closed. It bears one of our names for a moment, so that a program that is killed in
/// that moment leaves nothing that the sweep would not know.
///
/// # Errors
/// When the disk refuses.
pub fn file(scratch: &Path) -> Result<File> {
    Ok(tempfile::Builder::new().prefix(PREFIX).tempfile_in(scratch)?.into_file())
}

/// Removes folders and files of ours in which nothing was written since a moment; gives their names. Nothing else in the scratch folder is
/// touched.
///
/// # Errors
/// When the disk refuses.
pub fn remove_left_overs(scratch: &Path, since: Timestamp) -> Result<Vec<String>> {
    let mut removed = Vec::new();
    for entry in fs::read_dir(scratch)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if !name.starts_with(PREFIX) {
            continue;
        }
        let path = entry.path();
        let Some(written) = there(newest(&path))? else { continue };
        if !is_before(written, since) {
            continue;
        }
        let gone = if entry.file_type()?.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        if there(gone)?.is_some() {
            removed.push(name);
        }
    }
    Ok(removed)
}

/// When something in a folder, or the folder itself, was last written. Links are not followed.
fn newest(path: &Path) -> IoResult<SystemTime> {
    let found = fs::symlink_metadata(path)?;
    let mut newest = found.modified()?;
    if found.is_dir() {
        for entry in fs::read_dir(path)? {
            newest = newest.max(self::newest(&entry?.path())?);
        }
    }
    Ok(newest)
}

/// Whether a file's time lies before a moment.
pub(super) fn is_before(written: SystemTime, moment: Timestamp) -> bool {
    u64::try_from(moment.0).is_ok_and(|millis| written < UNIX_EPOCH + Duration::from_millis(millis))
}

/// What another program took away meanwhile is no failure.
pub(super) fn there<T>(outcome: IoResult<T>) -> Result<Option<T>> {
    match outcome {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}
