//! The manifest of a version and its hash: what a citation pins down.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{ResourceVersion, Version};

/// SHA-256 over the manifest as JSON: slug, number, metadata, what changed, and for each resource its name and the hashes of its
/// original, Parquet and CSV bytes: all of a version that the public sees. 64 hexadecimal digits.
pub fn hash_of(slug: &str, number: i32, version: &Version, resources: &[ResourceVersion]) -> String {
    let resources: Vec<_> = resources
        .iter()
        .map(|resource| {
            json!({
                "name": resource.name,
                "title": resource.title,
                "dictionary": resource.dictionary,
                "original": resource.table.original_sha256,
                "parquet": resource.table.parquet_sha256,
                "csv": resource.table.csv_sha256,
            })
        })
        .collect();
    let manifest = json!({
        "dataset": slug, "version": number, "metadata": version.metadata, "note": version.note, "resources": resources,
    });
    hex::encode(Sha256::digest(manifest.to_string()))
}
