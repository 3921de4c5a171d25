//! A folder with a manifest: one Data Package descriptor (`datapackage.json`), or several in a `manifest.json`.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::agency;
use crate::dataset::Metadata;
use crate::http::Parts;
use crate::kernel::slug::slugify;
use crate::kernel::text::fold;
use crate::kernel::{Error, Problem, Result};
use crate::profile::{Localized, Profile};

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
}

/// The packages of a folder.
///
/// # Errors
/// Refusals `manifest-missing`, `manifest-unreadable`, `manifest-path` (a path that leaves the folder), `file-missing`.
pub(in crate::cli) fn packages(folder: &Path, profile: &Profile) -> Result<Vec<Package>> {
    let unreadable =
        |path: &Path| Error::invalid(Problem::new("manifest-unreadable").with("path", path.display().to_string()));
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
    descriptors.into_iter().map(|descriptor| package(folder, descriptor, profile)).collect()
}

fn package(folder: &Path, descriptor: Descriptor, profile: &Profile) -> Result<Package> {
    let mut resources = Vec::new();
    let mut skipped = Vec::new();
    for resource in descriptor.resources {
        let inside = Path::new(&resource.path).components().all(|part| matches!(part, std::path::Component::Normal(_)));
        if !inside {
            return Err(Error::invalid(Problem::new("manifest-path").with("path", resource.path)));
        }
        let path = folder.join(&resource.path);
        if !path.is_file() {
            return Err(Error::invalid(Problem::new("file-missing").with("path", path.display().to_string())));
        }
        let known = path.extension().is_some_and(|end| {
            ["csv", "tsv", "xlsx", "xls", "parquet"].iter().any(|known| end.eq_ignore_ascii_case(known))
        });
        if !known {
            skipped.push(resource.path);
            continue;
        }
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = slugify(resource.name.as_deref().unwrap_or(&stem));
        resources.push(Item {
            title: Localized { vi: resource.title.unwrap_or_else(|| name.clone()), en: None },
            name,
            path,
        });
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
