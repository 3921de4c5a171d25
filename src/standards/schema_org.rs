//! schema.org/Dataset as JSON-LD, after Google's dataset structured-data rules.

use serde_json::{Value, json};

/// One file of a dataset.
#[derive(Clone, Debug)]
pub struct File {
    /// Absolute address.
    pub url: String,
    /// Its media type.
    pub media_type: String,
    /// The name of its format.
    pub format: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its SHA-256.
    pub sha256: String,
}

/// What the description needs; every address absolute.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The page.
    pub url: String,
    /// The title.
    pub name: String,
    /// Plain text.
    pub description: String,
    /// The language of title and description, BCP 47.
    pub language: String,
    /// Words.
    pub keywords: Vec<String>,
    /// The terms' address.
    pub licence: String,
    /// The agency: name and page.
    pub creator: (String, String),
    /// The portal: name and address.
    pub catalogue: (String, String),
    /// The number of the version.
    pub version: String,
    /// First publication, RFC 3339.
    pub published: String,
    /// This version's publication, RFC 3339.
    pub modified: String,
    /// First and last day covered, ISO 8601.
    pub temporal: Option<(String, String)>,
    /// Where.
    pub spatial: Option<String>,
    /// The columns' titles.
    pub columns: Vec<String>,
    /// How to cite.
    pub citation: String,
    /// The files.
    pub files: Vec<File>,
}

/// The description. Google wants 50 to 5,000 characters of description; a shorter one is completed by the title, the
/// agency and the portal.
pub fn dataset(facts: &Facts) -> Value {
    let mut description: String = facts.description.chars().take(5000).collect();
    if description.chars().count() < 50 {
        description = format!("{}. {description} {}, {}.", facts.name, facts.creator.0, facts.catalogue.0);
    }
    let files: Vec<Value> = facts
        .files
        .iter()
        .map(|file| {
            json!({
                "@type": "DataDownload",
                "name": file.format,
                "encodingFormat": file.media_type,
                "contentUrl": file.url,
                "contentSize": format!("{} B", file.bytes),
                "sha256": file.sha256,
            })
        })
        .collect();
    let mut value = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": facts.url,
        "url": facts.url,
        "name": facts.name,
        "description": description,
        "inLanguage": facts.language,
        "keywords": facts.keywords,
        "license": facts.licence,
        "isAccessibleForFree": true,
        "creator": { "@type": "GovernmentOrganization", "name": facts.creator.0, "url": facts.creator.1 },
        "publisher": { "@type": "GovernmentOrganization", "name": facts.creator.0, "url": facts.creator.1 },
        "includedInDataCatalog": { "@type": "DataCatalog", "name": facts.catalogue.0, "url": facts.catalogue.1 },
        "version": facts.version,
        "datePublished": facts.published,
        "dateModified": facts.modified,
        "creditText": facts.citation,
        "variableMeasured": facts.columns,
        "distribution": files,
    });
    if let Some(fields) = value.as_object_mut() {
        if let Some((from, to)) = &facts.temporal {
            fields.insert("temporalCoverage".into(), json!(format!("{from}/{to}")));
        }
        if let Some(place) = &facts.spatial {
            fields.insert("spatialCoverage".into(), json!({ "@type": "Place", "name": place }));
        }
    }
    value
}
