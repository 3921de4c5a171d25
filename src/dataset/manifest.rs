//! The manifest of a version and its hash: what a citation pins down.

use serde_json::json;
use sha2::{Digest, Sha256};

use super::{Metadata, ResourceVersion};

/// SHA-256 over the manifest as JSON: slug, number, metadata, and for each resource its name and the hashes of its original,
/// Parquet and CSV bytes. 64 hexadecimal digits.
pub fn hash_of(slug: &str, number: i32, metadata: &Metadata, resources: &[ResourceVersion]) -> String {
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
    let manifest = json!({ "dataset": slug, "version": number, "metadata": metadata, "resources": resources });
    hex::encode(Sha256::digest(manifest.to_string()))
}
