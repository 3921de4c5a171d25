//! A folder with a manifest: one Data Package descriptor (`datapackage.json`), or several in a `manifest.json`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::agency;
use crate::dataset::Metadata;
use crate::http::Parts;
use crate::kernel::slug::slugify;
use crate::kernel::text::{fold, nfc};
use crate::kernel::{Error, Kind as Refusal, Localized, Problem, Result};
use crate::profile::Profile;
use crate::table::ingest::report::Kind;
use crate::table::ingest::{Choices, typing};

/// One dataset of a folder.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Package {
    /// Its slug.
    pub slug: String,
    /// What is said.
    pub metadata: Metadata,
    /// The publisher's name.
    pub publisher: Option<String>,
    /// Its tables.
    pub resources: Vec<Item>,
    /// Files that no table can be made of yet, by path.
    pub skipped: Vec<String>,
}

/// One table of a package.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Item {
    /// Its slug.
    pub name: String,
    /// Its title.
    pub title: Localized,
    /// The file.
    pub path: PathBuf,
    /// The kinds that its schema declares, by column title.
    pub kinds: BTreeMap<String, Kind>,
}

impl Item {
    /// What the manifest decides about the file.
    pub(in crate::cli) fn choices(&self) -> Choices {
        let typing = typing::Choices { kinds: self.kinds.clone(), ..typing::Choices::default() };
        Choices { typing, ..Choices::default() }
    }
}

#[derive(Deserialize)]
struct Manifest {
    packages: Vec<Descriptor>,
}

#[derive(Deserialize)]
struct Descriptor {
    name: String,
    title: Option<String>,
    title_en: Option<String>,
    description: Option<String>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    licenses: Vec<LicenceName>,
    #[serde(default)]
    contributors: Vec<Contributor>,
    #[serde(rename = "accrualPeriodicity")]
    frequency: Option<String>,
    spatial: Option<String>,
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct LicenceName {
    name: Option<String>,
}

#[derive(Deserialize)]
struct Contributor {
    title: String,
    role: Option<String>,
}

#[derive(Deserialize)]
struct Resource {
    name: Option<String>,
    title: Option<String>,
    path: String,
    schema: Option<Schema>,
}

/// A Table Schema, written out or in a file of its own.
#[derive(Deserialize)]
#[serde(untagged)]
enum Schema {
    Fields { fields: Vec<Field> },
    Path(String),
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: Option<String>,
}

/// The packages of a folder.
///
/// # Errors
/// Everything that [`each`] refuses.
pub(in crate::cli) fn packages(folder: &Path, profile: &Profile) -> Result<Vec<Package>> {
    let (mut packages, mut problems) = (Vec::new(), Vec::new());
    for package in each(folder, profile)? {
        match package {
            Ok(package) => packages.push(package),
            Err(error) if error.kind() == Refusal::Invalid => problems.extend_from_slice(error.problems()),
            Err(error) => return Err(error),
        }
    }
    if problems.is_empty() { Ok(packages) } else { Err(Error::invalid_all(problems)) }
}

/// Each package of a folder, or what is wrong with it.
///
/// # Errors
/// Refusals `manifest-missing`, `manifest-unreadable`; of a package `manifest-path` (a path that leaves the folder), `file-missing`,
/// `manifest-unreadable` (its schema), `manifest-type-unknown`.
pub(in crate::cli) fn each(folder: &Path, profile: &Profile) -> Result<Vec<Result<Package>>> {
    let (many, one) = (folder.join("manifest.json"), folder.join("datapackage.json"));
    let descriptors = if many.is_file() {
        let text = std::fs::read_to_string(&many)?;
        serde_json::from_str::<Manifest>(&text).map_err(|error| unreadable(&many).because(error))?.packages
    } else if one.is_file() {
        let text = std::fs::read_to_string(&one)?;
        vec![serde_json::from_str(&text).map_err(|error| unreadable(&one).because(error))?]
    } else {
        return Err(Error::invalid(Problem::new("manifest-missing").with("path", folder.display().to_string())));
    };
    Ok(descriptors.into_iter().map(|descriptor| package(folder, descriptor, profile)).collect())
}

fn unreadable(path: &Path) -> Error {
    Error::invalid(Problem::new("manifest-unreadable").with("path", path.display().to_string()))
}

/// The file that a manifest points to, which must stand in its folder.
fn inside(folder: &Path, path: &str) -> Result<PathBuf> {
    if !Path::new(path).components().all(|part| matches!(part, std::path::Component::Normal(_))) {
        return Err(Error::invalid(Problem::new("manifest-path").with("path", path)));
    }
    let path = folder.join(path);
    if !path.is_file() {
        return Err(Error::invalid(Problem::new("file-missing").with("path", path.display().to_string())));
    }
    Ok(path)
}

/// The kinds that a schema declares; types without a kind of their own are left to be found out.
///
/// # Errors
/// `manifest-type-unknown` for a word that Table Schema does not have, and what the schema's own file is refused for.
fn declared(folder: &Path, schema: Schema) -> Result<BTreeMap<String, Kind>> {
    let fields = match schema {
        Schema::Fields { fields } => fields,
        Schema::Path(path) => {
            let path = inside(folder, &path)?;
            match serde_json::from_str(&std::fs::read_to_string(&path)?)
                .map_err(|error| unreadable(&path).because(error))?
            {
                Schema::Fields { fields } => fields,
                Schema::Path(_) => return Err(unreadable(&path)),
            }
        }
    };
    let (mut kinds, mut problems) = (BTreeMap::new(), Vec::new());
    for Field { name, kind } in fields {
        let kind = match kind.as_deref() {
            Some("string") => Kind::Text,
            Some("integer") => Kind::Integer,
            Some("number") => Kind::Decimal,
            Some("boolean") => Kind::Boolean,
            Some("date") => Kind::Date,
            Some("datetime") => Kind::DateTime,
            None
            | Some(
                "any" | "year" | "yearmonth" | "time" | "duration" | "list" | "array" | "object" | "geopoint"
                | "geojson",
            ) => continue,
            Some(other) => {
                problems.push(Problem::new("manifest-type-unknown").with("column", name).with("name", other));
                continue;
            }
        };
        kinds.insert(nfc(name.trim()), kind);
    }
    if problems.is_empty() { Ok(kinds) } else { Err(Error::invalid_all(problems)) }
}

fn package(folder: &Path, descriptor: Descriptor, profile: &Profile) -> Result<Package> {
    let (mut resources, mut skipped, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    for resource in descriptor.resources {
        let path = match inside(folder, &resource.path) {
            Ok(path) => path,
            Err(error) => {
                problems.extend_from_slice(error.problems());
                continue;
            }
        };
        let known = path.extension().is_some_and(|end| {
            ["csv", "tsv", "xlsx", "xls", "parquet", "ndjson", "jsonl", "geojson"]
                .iter()
                .any(|known| end.eq_ignore_ascii_case(known))
        });
        if !known {
            skipped.push(resource.path);
            continue;
        }
        let kinds = match resource.schema.map(|schema| declared(folder, schema)).transpose() {
            Ok(kinds) => kinds.unwrap_or_default(),
            Err(error) if error.kind() == Refusal::Invalid => {
                problems.extend_from_slice(error.problems());
                continue;
            }
            Err(error) => return Err(error),
        };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = slugify(resource.name.as_deref().unwrap_or(&stem));
        resources.push(Item {
            title: Localized { vi: resource.title.unwrap_or_else(|| name.clone()), en: None },
            name,
            path,
            kinds,
        });
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let topic = descriptor
        .keywords
        .iter()
        .find_map(|keyword| profile.topic_for(keyword))
        .map(|topic| topic.code.clone())
        .unwrap_or_default();
    let frequency =
        descriptor.frequency.filter(|code| profile.frequency(code).is_some()).unwrap_or_else(|| "irregular".into());
    let licence = descriptor
        .licenses
        .iter()
        .find_map(|licence| profile.licence_for(licence.name.as_deref()?))
        .map(|licence| licence.code.clone());
    let publisher = descriptor
        .contributors
        .iter()
        .find(|one| one.role.as_deref() == Some("publisher"))
        .or(descriptor.contributors.first());
    Ok(Package {
        slug: slugify(&descriptor.name),
        metadata: Metadata {
            title: Localized { vi: descriptor.title.unwrap_or(descriptor.name), en: descriptor.title_en },
            description: Localized { vi: descriptor.description.unwrap_or_default(), en: None },
            topic,
            frequency,
            licence,
            keywords: descriptor.keywords,
            spatial: descriptor.spatial.map(|vi| Localized { vi, en: None }),
            ..Metadata::default()
        },
        publisher: publisher.map(|one| one.title.clone()),
        resources,
        skipped,
    })
}

/// The slug of the agency that a package's publisher names.
///
/// # Errors
/// A refusal `agency-unknown`.
pub(in crate::cli) fn agency_of(parts: &Parts, package: &Package) -> Result<String> {
    let name = package.publisher.clone().unwrap_or_default();
    let wanted = fold(&name);
    let found = parts
        .db
        .read(agency::all)?
        .into_iter()
        .find(|agency| fold(&agency.name_vi) == wanted || agency.slug == slugify(&name));
    found.map(|agency| agency.slug).ok_or_else(|| Error::invalid(Problem::new("agency-unknown").with("name", name)))
}
