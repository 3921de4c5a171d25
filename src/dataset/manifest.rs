//! The manifest of a version and its hash: what a citation pins down.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{ColumnNote, ResourceVersion, Version};
use crate::kernel::Localized;

/// What of a resource stands in the manifest.
pub(super) struct Part {
    pub name: String,
    pub title: Localized,
    pub dictionary: Vec<ColumnNote>,
    pub original: String,
    pub parquet: String,
    pub csv: String,
}

impl From<&ResourceVersion> for Part {
    fn from(resource: &ResourceVersion) -> Self {
        Self {
            name: resource.name.clone(),
            title: resource.title.clone(),
            dictionary: resource.dictionary.clone(),
            original: resource.table.original_sha256.clone(),
            parquet: resource.table.parquet_sha256.clone(),
            csv: resource.table.csv_sha256.clone(),
        }
    }
}

/// SHA-256 over the manifest as JSON: slug, number, metadata, what changed, of a correction the ids of the reports it settles, and for
/// each resource its name and the hashes of its original, Parquet and CSV bytes: all of a version that the public sees. 64 hexadecimal
/// digits.
pub fn hash_of(slug: &str, number: i32, version: &Version, resources: &[ResourceVersion]) -> String {
    hash_of_parts(slug, number, version, &resources.iter().map(Part::from).collect::<Vec<_>>())
}

/// As [`hash_of`], of what stands in the manifest alone.
pub(super) fn hash_of_parts(slug: &str, number: i32, version: &Version, parts: &[Part]) -> String {
    let resources: Vec<_> = parts
        .iter()
        .map(|part| {
            json!({
                "name": part.name,
                "title": part.title,
                "dictionary": part.dictionary,
                "original": part.original,
                "parquet": part.parquet,
                "csv": part.csv,
            })
        })
        .collect();
    let mut manifest = json!({
        "dataset": slug, "version": number, "metadata": version.metadata, "note": version.note, "resources": resources,
    });
    // Versions that are no correction keep the hash that they are cited by.
    if let Some(corrects) = &version.corrects {
        manifest["corrects"] = json!(corrects);
    }
    hex::encode(Sha256::digest(manifest.to_string()))
}
