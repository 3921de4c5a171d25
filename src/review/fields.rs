//! The fields of a draft that reviewers speak of, and digests of what stands in them: to see whether one was changed since.
//!
//! Codes: those of the description (`title`, `title-en`, …), `note` for what changed, `table:NAME`, `column:TABLE/KEY`.

use std::collections::HashMap;

use serde_json::json;

use super::KeptRemark;
use crate::dataset::{Metadata, ResourceVersion, Version};
use crate::kernel::{Localized, Result};
use crate::platform::token::sha256_hex;

/// What the description says, field by field in the order of the page: code and text; empty where nothing is said.
pub(super) fn described(metadata: &Metadata) -> Vec<(&'static str, String)> {
    let both = |text: Option<&Localized>| {
        let vi = text.map(|text| text.vi.clone()).unwrap_or_default();
        (vi, text.and_then(|text| text.en.clone()).unwrap_or_default())
    };
    let (title, title_en) = both(Some(&metadata.title));
    let (description, description_en) = both(Some(&metadata.description));
    let (spatial, spatial_en) = both(metadata.spatial.as_ref());
    let (source, source_en) = both(metadata.source.as_ref());
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    vec![
        ("title", title),
        ("title-en", title_en),
        ("description", description),
        ("description-en", description_en),
        ("topic", metadata.topic.clone()),
        ("frequency", metadata.frequency.clone()),
        ("licence", said(&metadata.licence)),
        ("keywords", metadata.keywords.join(", ")),
        ("spatial", spatial),
        ("spatial-en", spatial_en),
        ("from", said(&metadata.from)),
        ("to", said(&metadata.to)),
        ("source", source),
        ("source-en", source_en),
    ]
}

/// The code of every field of a draft and the digest of what stands in it. A column's digest has two parts, `TABLE.COLUMN`: two
/// states of a table may hold other values in a column whose profile is the same.
pub(super) fn values(version: &Version, resources: &[ResourceVersion]) -> Result<Vec<(String, String)>> {
    let mut found: Vec<(String, String)> =
        described(&version.metadata).into_iter().map(|(code, text)| (code.to_owned(), sha256_hex(&text))).collect();
    found.push(("note".to_owned(), sha256_hex(&json!(version.note).to_string())));
    for resource in resources {
        let table = json!([resource.title, resource.table.csv_sha256]);
        found.push((format!("table:{}", resource.name), sha256_hex(&table.to_string())));
        for column in resource.table.report()?.outcome.columns {
            let own = json!([column.title, column.storage, column.profile, resource.note(&column.title)]);
            let code = format!("column:{}/{}", resource.name, column.key);
            let digest = format!("{}.{}", resource.table.csv_sha256, sha256_hex(&own.to_string()));
            found.push((code, digest));
        }
    }
    Ok(found)
}

/// The codes of every field of a draft that a remark may be made on.
///
/// # Errors
/// `Internal` when a stored report is damaged.
pub fn remarkable(version: &Version, resources: &[ResourceVersion]) -> Result<Vec<String>> {
    Ok(values(version, resources)?.into_iter().map(|(code, _)| code).collect())
}

/// What became of a field since a remark was made on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Since {
    /// It was changed.
    Changed,
    /// The table was changed; whether this column was cannot be told from its profile.
    TableChanged,
    /// It stands as it stood.
    Unchanged,
    /// It is there no more.
    Gone,
}

impl Since {
    /// The code; its text is the message `review-since-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Changed => "changed",
            Self::TableChanged => "table-changed",
            Self::Unchanged => "unchanged",
            Self::Gone => "gone",
        }
    }
}

/// What became of the fields of remarks, in their order.
///
/// # Errors
/// `Internal` when a stored report is damaged.
pub fn since(version: &Version, resources: &[ResourceVersion], remarks: &[&KeptRemark]) -> Result<Vec<Since>> {
    let now: HashMap<String, String> = values(version, resources)?.into_iter().collect();
    let became = |remark: &&KeptRemark| {
        let Some(value) = now.get(&remark.field) else { return Since::Gone };
        if *value == remark.value {
            return Since::Unchanged;
        }
        match (value.split_once('.'), remark.value.split_once('.')) {
            (Some((_, column)), Some((_, before))) if column == before => Since::TableChanged,
            _ => Since::Changed,
        }
    };
    Ok(remarks.iter().map(became).collect())
}
