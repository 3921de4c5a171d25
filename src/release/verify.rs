//! Verifying a release that somebody has on a disk: the signature over the manifest, and every file against it. Needs no database and no
//! network.

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
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

/// What became of a file, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Found {
    /// It is what the manifest says.
    Whole,
    /// It is not in the folder.
    Missing,
    /// It is something else.
    Differs,
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
        Err(error) if error.kind() == ErrorKind::NotFound => Signature::Missing,
        Err(error) => return Err(error.into()),
        Ok(_) if keys.is_empty() => Signature::Unchecked,
        Ok(text) if keys.iter().any(|key| is_signed(key, &bytes, &text)) => Signature::Valid,
        Ok(_) => Signature::Wrong,
    };
    let mut files: BTreeMap<String, Found> = BTreeMap::new();
    for named in manifest.datasets.into_iter().flat_map(|listed| listed.files).chain(manifest.files) {
        let found = check(folder, &named)?;
        // What archives never hold is not missed.
        if !(named.made_on_request && found == Found::Missing) {
            // A path that is named twice is what the worse of both says.
            files.entry(named.path).and_modify(|known| *known = found.max(*known)).or_insert(found);
        }
    }
    let mut unnamed = Vec::new();
    walk(folder, folder, &mut unnamed)?;
    unnamed.retain(|path| ![MANIFEST, SIGNATURE].contains(&path.as_str()) && !files.contains_key(path));
    unnamed.sort();
    Ok(Checked { quarter: manifest.quarter, key: manifest.key, signature, files, unnamed })
}

fn check(folder: &Path, named: &Named) -> Result<Found> {
    // A manifest of somebody else's may name anything; only what lies in the folder is looked at, and no link is followed out of it.
    let (mut path, mut last) = (folder.to_path_buf(), None);
    for part in Path::new(&named.path).components() {
        let Component::Normal(part) = part else { return Ok(Found::Differs) };
        path.push(part);
        let found = match fs::symlink_metadata(&path) {
            Err(error) if [ErrorKind::NotFound, ErrorKind::NotADirectory].contains(&error.kind()) => {
                return Ok(Found::Missing);
            }
            found => found?,
        };
        if found.is_symlink() {
            return Ok(Found::Differs);
        }
        last = Some(found);
    }
    let same =
        last.is_some_and(|found| found.is_file() && found.len() == named.bytes) && sha256_of(&path)? == named.sha256;
    Ok(if same { Found::Whole } else { Found::Differs })
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

#[cfg(test)]
mod tests {
    use sha2::{Digest, Sha256};

    use super::*;

    /// A folder with `data/a.csv`, and a manifest that names some paths, each with a length and a hash.
    fn folder(named: &[(&str, usize, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("data")).unwrap();
        fs::write(folder.path().join("data/a.csv"), "a\n").unwrap();
        let files: Vec<_> = named
            .iter()
            .map(|(path, bytes, sha256)| serde_json::json!({ "path": path, "bytes": bytes, "sha256": sha256 }))
            .collect();
        let manifest = serde_json::json!({
            "format": "khomo-release/1", "quarter": "2026-Q3", "key": null, "datasets": [], "files": files,
        });
        fs::write(folder.path().join(MANIFEST), manifest.to_string()).unwrap();
        folder
    }

    fn hash(text: &str) -> String {
        hex::encode(Sha256::digest(text))
    }

    #[test]
    fn a_path_that_is_named_twice_is_what_the_worse_says() {
        let right = hash("a\n");
        let (good, bad) = (("data/a.csv", 2, right.as_str()), ("data/a.csv", 2, "00"));
        for named in [[good, bad], [bad, good]] {
            let checked = verify(folder(&named).path(), &[]).unwrap();
            assert_eq!(checked.files["data/a.csv"], Found::Differs);
            assert!(!checked.is_sound(false));
        }
        assert!(verify(folder(&[good, good]).path(), &[]).unwrap().is_sound(false));
    }

    #[cfg(unix)]
    #[test]
    fn no_link_is_followed_out_of_the_folder() {
        let (outside, right) = (tempfile::tempdir().unwrap(), hash("b\n"));
        fs::write(outside.path().join("b.csv"), "b\n").unwrap();
        let names = ["b.csv", "data/b.csv", "away/b.csv", "../b.csv", "data/a.csv/b.csv", "gone/b.csv"];
        let folder = folder(&names.map(|name| (name, 2, right.as_str())));
        let link = |to: &Path, name: &str| std::os::unix::fs::symlink(to, folder.path().join(name)).unwrap();
        link(&outside.path().join("b.csv"), "b.csv");
        link(outside.path(), "away");
        fs::write(folder.path().join("data/b.csv"), "b\n").unwrap();
        let checked = verify(folder.path(), &[]).unwrap();
        let found = names.map(|name| checked.files[name]);
        assert_eq!(
            found,
            [Found::Differs, Found::Whole, Found::Differs, Found::Differs, Found::Missing, Found::Missing]
        );
    }
}
