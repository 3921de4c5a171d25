//! Verifying a release that somebody has on a disk: the signature over the manifest, and every file against it. Needs no database and no
//! network.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::sign::is_signed;
use super::{MANIFEST, SIGNATURE};
use crate::kernel::{Error, Problem, Result};
use crate::platform::files::sha256_of;

/// Bytes of a manifest that is read.
const LONGEST: u64 = 1 << 30;

/// What became of the signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signature {
    /// One of the keys made it over these bytes.
    Valid,
    /// None of the keys did.
    Wrong,
    /// There is none.
    Missing,
    /// No key was given to check it with.
    Unchecked,
}

/// What became of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It is what the manifest says.
    Whole,
    /// It is something else.
    Differs,
    /// It is not in the folder.
    Missing,
}

/// What was found.
#[derive(Clone, Debug, Serialize)]
pub struct Checked {
    /// The quarter.
    pub quarter: String,
    /// The id of the key, as the manifest names it.
    pub key: Option<String>,
    /// The signature.
    pub signature: Signature,
    /// Every file that the manifest names, by path; those that are made when somebody asks for them only where they are there.
    pub files: BTreeMap<String, Found>,
    /// Files of the folder that it does not name.
    pub unnamed: Vec<String>,
}

impl Checked {
    /// How many files are so.
    pub fn count(&self, found: Found) -> usize {
        self.files.values().filter(|one| **one == found).count()
    }

    /// Whether nothing contradicts the manifest. Files that are missing do not: an archive holds a part. With keys to check it by, the
    /// signature must be there: whoever changes files and manifest takes it away.
    pub fn is_sound(&self, keys: bool) -> bool {
        let unsigned = keys && self.signature == Signature::Missing;
        self.signature != Signature::Wrong && !unsigned && self.count(Found::Differs) == 0
    }
}

#[derive(Deserialize)]
struct Manifest {
    format: String,
    quarter: String,
    key: Option<String>,
    datasets: Vec<Listed>,
    files: Vec<Named>,
}

#[derive(Deserialize)]
struct Listed {
    files: Vec<Named>,
}

#[derive(Deserialize)]
struct Named {
    path: String,
    bytes: u64,
    sha256: String,
    #[serde(default)]
    made_on_request: bool,
}

/// Verifies what lies in a folder against the manifest there, and that against public keys of 32 bytes.
///
/// # Errors
/// `Invalid` (`release-manifest`) when there is no manifest, or what there is is none; when the disk refuses.
pub fn verify(folder: &Path, keys: &[Vec<u8>]) -> Result<Checked> {
    let path = folder.join(MANIFEST);
    let wrong = || Error::invalid(Problem::new("release-manifest").with("path", path.display().to_string()));
    let length = fs::metadata(&path).map_err(|error| wrong().because(error))?.len();
    if length > LONGEST {
        return Err(wrong());
    }
    let bytes = fs::read(&path)?;
    let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| wrong().because(error))?;
    if manifest.format != "khomo-release/1" {
        return Err(wrong());
    }
    let signature = match fs::read_to_string(folder.join(SIGNATURE)) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Signature::Missing,
        Err(error) => return Err(error.into()),
        Ok(_) if keys.is_empty() => Signature::Unchecked,
        Ok(text) if keys.iter().any(|key| is_signed(key, &bytes, &text)) => Signature::Valid,
        Ok(_) => Signature::Wrong,
    };
    let mut files = BTreeMap::new();
    for named in manifest.datasets.into_iter().flat_map(|listed| listed.files).chain(manifest.files) {
        let found = check(folder, &named)?;
        // What archives never hold is not missed.
        if !(named.made_on_request && found == Found::Missing) {
            files.insert(named.path, found);
        }
    }
    let mut unnamed = Vec::new();
    walk(folder, folder, &mut unnamed)?;
    unnamed.retain(|path| ![MANIFEST, SIGNATURE].contains(&path.as_str()) && !files.contains_key(path));
    unnamed.sort();
    Ok(Checked { quarter: manifest.quarter, key: manifest.key, signature, files, unnamed })
}

fn check(folder: &Path, named: &Named) -> Result<Found> {
    // A manifest of somebody else's may name anything; only what lies in the folder is looked at.
    let inside = Path::new(&named.path).components().all(|part| matches!(part, Component::Normal(_)));
    if !inside {
        return Ok(Found::Differs);
    }
    let path = folder.join(&named.path);
    match fs::metadata(&path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Found::Missing),
        Err(error) => Err(error.into()),
        Ok(found) if !found.is_file() || found.len() != named.bytes => Ok(Found::Differs),
        Ok(_) if sha256_of(&path)? == named.sha256 => Ok(Found::Whole),
        Ok(_) => Ok(Found::Differs),
    }
}

/// The files below a folder, as a release names them.
fn walk(root: &Path, folder: &Path, into: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path: PathBuf = entry.path();
        if entry.file_type()?.is_dir() {
            walk(root, &path, into)?;
        } else if let Ok(own) = path.strip_prefix(root) {
            let parts: Vec<String> =
                own.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect();
            into.push(parts.join("/"));
        }
    }
    Ok(())
}
