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

/// A column.
#[derive(Clone, Debug, Default)]
pub struct Measured {
    /// Its title.
    pub name: String,
    /// What it means.
    pub description: Option<String>,
    /// In what it is measured.
    pub unit: Option<String>,
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
    /// The address of the terms of use.
    pub licence: String,
    /// Who made the data, where that is not the agency.
    pub source: Option<String>,
    /// The agency that publishes: name and page.
    pub publisher: (String, String),
    /// The id, as a URN.
    pub id: String,
    /// The short address, which stays.
    pub short: Option<String>,
    /// The title in the other language.
    pub other_name: Option<String>,
    /// The portal: name and address.
    pub catalogue: (String, String),
    /// The number of the version.
    pub version: String,
    /// First publication, RFC 3339.
    pub published: String,
    /// This version's publication, RFC 3339.
    pub modified: String,
    /// First and last day covered, ISO 8601; either may be open.
    pub temporal: (Option<String>, Option<String>),
    /// Where.
    pub spatial: Option<String>,
    /// The columns.
    pub columns: Vec<Measured>,
    /// How to cite.
    pub citation: String,
    /// The files.
    pub files: Vec<File>,
}

/// Least and most characters of a description.
const DESCRIPTION: (usize, usize) = (50, 5000);

/// The description within its bounds: a short one is completed by title, agency, portal and columns.
fn description(facts: &Facts) -> String {
    let mut text: String = facts.description.trim().chars().take(DESCRIPTION.1).collect();
    if text.chars().count() >= DESCRIPTION.0 {
        return text;
    }
    let end = if text.is_empty() || text.ends_with(['.', '!', '?']) { "" } else { "." };
    text = format!("{}. {text}{end} {}, {}.", facts.name, facts.publisher.0, facts.catalogue.0);
    let columns = facts.columns.iter().map(|column| column.name.as_str());
    let more: Vec<&str> = columns.chain(facts.keywords.iter().map(String::as_str)).collect();
    if text.chars().count() < DESCRIPTION.0 {
        text = format!("{text} {}. {}", more.join(", "), facts.url);
    }
    text.chars().take(DESCRIPTION.1).collect()
}

/// The period covered as ISO 8601 has it; an open end is two dots.
fn period(from: Option<&str>, to: Option<&str>) -> Option<String> {
    match (from, to) {
        (None, None) => None,
        (Some(from), Some(to)) if from == to => Some(from.to_owned()),
        (from, to) => Some(format!("{}/{}", from.unwrap_or(".."), to.unwrap_or(".."))),
    }
}

fn measured(column: &Measured) -> Value {
    let mut value = json!({ "@type": "PropertyValue", "name": column.name });
    if let Some(text) = &column.description {
        value["description"] = json!(text);
    }
    if let Some(unit) = &column.unit {
        value["unitText"] = json!(unit);
    }
    value
}

/// The way to a page from the home page on: names and addresses.
pub fn breadcrumbs(way: &[(String, String)]) -> Value {
    let step = |(at, (name, url)): (usize, &(String, String))| json!({ "@type": "ListItem", "position": at + 1, "name": name, "item": url });
    let items: Vec<Value> = way.iter().enumerate().map(step).collect();
    json!({ "@context": "https://schema.org/", "@type": "BreadcrumbList", "itemListElement": items })
}

/// The portal with its search; `search` is its address up to the words.
pub fn website(name: &str, url: &str, search: &str, language: &str) -> Value {
    json!({
        "@context": "https://schema.org/",
        "@type": "WebSite",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": language,
        "potentialAction": {
            "@type": "SearchAction",
            "target": { "@type": "EntryPoint", "urlTemplate": format!("{search}{{search_term_string}}") },
            "query-input": "required name=search_term_string",
        },
    })
}

/// The description.
pub fn dataset(facts: &Facts) -> Value {
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
    let publisher = json!({
        "@type": "GovernmentOrganization", "name": facts.publisher.0, "url": facts.publisher.1,
    });
    let mut value = json!({
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": facts.url,
        "url": facts.url,
        "name": facts.name,
        "description": description(facts),
        "inLanguage": facts.language,
        "keywords": facts.keywords,
        "license": facts.licence,
        "isAccessibleForFree": true,
        "identifier": facts.id,
        "creator": publisher,
        "publisher": publisher,
        "includedInDataCatalog": { "@type": "DataCatalog", "name": facts.catalogue.0, "url": facts.catalogue.1 },
        "version": facts.version,
        "datePublished": facts.published,
        "dateModified": facts.modified,
        "creditText": facts.citation,
        "variableMeasured": facts.columns.iter().map(measured).collect::<Vec<_>>(),
        "distribution": files,
    });
    if let Some(fields) = value.as_object_mut() {
        if let Some(source) = &facts.source {
            fields.insert("creator".into(), json!({ "@type": "Organization", "name": source }));
        }
        if let Some(short) = &facts.short {
            fields.insert("identifier".into(), json!([short, facts.id]));
            fields.insert("sameAs".into(), json!(short));
        }
        if let Some(name) = &facts.other_name {
            fields.insert("alternateName".into(), json!(name));
        }
        if let Some(period) = period(facts.temporal.0.as_deref(), facts.temporal.1.as_deref()) {
            fields.insert("temporalCoverage".into(), json!(period));
        }
        if let Some(place) = &facts.spatial {
            fields.insert("spatialCoverage".into(), json!({ "@type": "Place", "name": place }));
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            url: "https://x.example/dataset/a".into(),
            name: "A".into(),
            description: "B".into(),
            language: "vi".into(),
            keywords: Vec::new(),
            licence: "https://x.example/terms".into(),
            source: None,
            publisher: ("C".into(), "https://x.example/organization/c".into()),
            id: "urn:uuid:0".into(),
            short: None,
            other_name: None,
            catalogue: ("D".into(), "https://x.example/".into()),
            version: "1".into(),
            published: "2026-01-01T00:00:00Z".into(),
            modified: "2026-01-01T00:00:00Z".into(),
            temporal: (None, None),
            spatial: None,
            columns: vec![Measured { name: "E".into(), ..Measured::default() }],
            citation: "F".into(),
            files: Vec::new(),
        }
    }

    #[test]
    fn a_description_is_neither_too_short_nor_too_long() {
        let length = |text: &str| {
            let name = "Danh sách trường học của tỉnh";
            let value = dataset(&Facts { name: name.into(), description: text.into(), ..facts() });
            value["description"].as_str().unwrap_or_default().chars().count()
        };
        for text in ["", "B", &"đ".repeat(49), &"đ".repeat(50), &"đ".repeat(5000), &"đ".repeat(9000)] {
            assert!((50..=5000).contains(&length(text)), "{} of {}", length(text), text.len());
        }
    }

    #[test]
    fn open_periods_have_dots_and_what_is_not_known_is_left_out() {
        let period = |from: Option<&str>, to: Option<&str>| {
            let own = |text: Option<&str>| text.map(str::to_owned);
            dataset(&Facts { temporal: (own(from), own(to)), ..facts() })["temporalCoverage"].clone()
        };
        assert_eq!(period(Some("2026-01-01"), Some("2026-06-30")), "2026-01-01/2026-06-30");
        assert_eq!(period(Some("2026-01-01"), None), "2026-01-01/..");
        assert_eq!(period(None, Some("2026-06-30")), "../2026-06-30");
        assert_eq!(period(Some("2026-01-01"), Some("2026-01-01")), "2026-01-01");
        assert_eq!(period(None, None), Value::Null);
        let value = dataset(&facts());
        for name in ["spatialCoverage", "sameAs", "alternateName"] {
            assert_eq!(value[name], Value::Null, "{name}");
        }
    }
}
