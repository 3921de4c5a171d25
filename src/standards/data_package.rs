//! Data Package 2.0: what a whole dataset is, with the Table Schema of each table and the hash of each file.

use serde_json::{Map, Value, json};

/// What is said of a whole dataset.
#[derive(Clone, Debug)]
pub struct Package {
    /// Its part of addresses.
    pub name: String,
    /// Its page.
    pub homepage: String,
    /// The title, and the title in English.
    pub title: (String, Option<String>),
    /// The description, as Markdown.
    pub description: String,
    /// Words to find it by.
    pub keywords: Vec<String>,
    /// The version's number.
    pub version: String,
    /// When the version was published, RFC 3339.
    pub created: String,
    /// The terms: the identifier that tools know, the title, the address.
    pub licence: (Option<String>, String, String),
    /// Who made the data, and where it comes from.
    pub sources: Vec<(String, String)>,
    /// The publisher, and its page.
    pub publisher: (String, String),
    /// The files.
    pub files: Vec<PackageFile>,
}

/// A file of a package.
#[derive(Clone, Debug)]
pub struct PackageFile {
    /// Its name in the package: lower case, digits, `.`, `-`, `_`.
    pub name: String,
    /// Where it lies in the package.
    pub path: String,
    /// The title of its table, and the title in English.
    pub title: (String, Option<String>),
    /// The code of its format.
    pub format: String,
    /// Its media type.
    pub media_type: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// Its Table Schema or the address of it, where its columns have the titles that the schema names.
    pub schema: Option<Value>,
}

/// The content of `datapackage.json`.
pub fn data_package(package: &Package) -> Value {
    let named = |(title, path): &(String, String)| json!({ "title": title, "path": path });
    let mut publisher = named(&package.publisher);
    publisher["roles"] = json!(["publisher"]);
    let (spdx, title, path) = &package.licence;
    let mut licence = json!({ "title": title, "path": path });
    if let Some(spdx) = spdx {
        licence["name"] = json!(spdx);
    }
    let mut all = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": package.name,
        "id": package.homepage,
        "title": package.title.0,
        "description": package.description,
        "homepage": package.homepage,
        "version": package.version,
        "created": package.created,
        "keywords": package.keywords,
        "licenses": [licence],
        "sources": package.sources.iter().map(named).collect::<Vec<_>>(),
        "contributors": [publisher],
        "resources": package.files.iter().map(resource).collect::<Vec<_>>(),
    });
    if let Some(english) = &package.title.1 {
        all["titleEn"] = json!(english);
    }
    if package.keywords.is_empty()
        && let Some(all) = all.as_object_mut()
    {
        // A list of keywords that is there has one at least.
        all.shift_remove("keywords");
    }
    all
}

/// A file as a package lists it.
pub fn resource(file: &PackageFile) -> Value {
    let mut all = Map::new();
    all.insert("name".into(), json!(file.name));
    all.insert("path".into(), json!(file.path));
    all.insert("title".into(), json!(file.title.0));
    if let Some(english) = &file.title.1 {
        all.insert("titleEn".into(), json!(english));
    }
    all.insert("format".into(), json!(file.format));
    all.insert("mediatype".into(), json!(file.media_type));
    all.insert("bytes".into(), json!(file.bytes));
    all.insert("hash".into(), json!(format!("sha256:{}", file.sha256)));
    if let Some(schema) = &file.schema {
        all.insert("type".into(), json!("table"));
        all.insert("encoding".into(), json!("utf-8"));
        all.insert("schema".into(), schema.clone());
    }
    Value::Object(all)
}
