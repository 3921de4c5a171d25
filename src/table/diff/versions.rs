//! The diff of two table versions in the store: read from there, kept there.

use std::path::Path;

use super::{Column, Detail, Options, Renames, SchemaDiff, Summary, Veils};
use crate::kernel::id::TableVersionId;
use crate::kernel::{Kind, Result};
use crate::platform::db::run_blocking;
use crate::platform::files::Files;
use crate::platform::scratch;
use crate::platform::token::sha256_hex;
use crate::table::{Object, TableVersion, fetch, objects_of};

/// The name of the object that keeps a diff. It goes with the new version: whatever removes that one's objects removes this one.
/// What decided the diff is part of the name, because with other renames, another key or other veils it is another diff.
///
/// # Errors
/// `Internal`, which cannot happen.
pub fn object_name(
    old: &TableVersionId,
    new: &TableVersionId,
    schema: &SchemaDiff,
    key: &[String],
    veils: &Veils,
) -> Result<String> {
    let veiled = veils.each_ref().map(|veil| veil.as_ref().map(|veil| veil.name()).unwrap_or_default());
    let hash = sha256_hex(&serde_json::to_string(&(schema, key, veiled))?);
    Ok(format!("tables/{new}/diff-{old}-{}.parquet", &hash[..16]))
}

/// The name of the object that keeps a diff of two published tables for a release. Nothing of it is masked, since the public has both; it
/// lasts as long as both tables do.
///
/// # Errors
/// `Internal`, which cannot happen.
fn lasting_name(old: &TableVersionId, new: &TableVersionId, schema: &SchemaDiff, key: &[String]) -> Result<String> {
    Ok(object_name(old, new, schema, key, &Veils::default())?.replace("/diff-", "/changes-"))
}

/// What became of the columns between two table versions.
///
/// # Errors
/// `diff-rename-unknown`; `Internal` when a stored report is damaged.
pub fn schema_between(old: &TableVersion, new: &TableVersion, renames: Renames<'_>) -> Result<SchemaDiff> {
    let columns = |version: &TableVersion| -> Result<Vec<Column>> {
        Ok(version.report()?.outcome.columns.iter().map(Column::from).collect())
    };
    SchemaDiff::between(&columns(old)?, &columns(new)?, renames)
}

/// Compares two table versions and keeps the rows that differ as the object [`object_name`], unless it is there already; gives
/// the name and the summary. `place` is a folder with room for both Parquet files and the result.
///
/// # Errors
/// `diff-key-unknown`, `diff-rename-unknown`; `Unavailable` when the store does not answer or the disk is full.
pub async fn between_versions(
    files: &Files,
    old: &TableVersion,
    new: &TableVersion,
    renames: Renames<'_>,
    options: &Options,
    place: &Path,
) -> Result<(String, Summary)> {
    let schema = schema_between(old, new, renames)?;
    let name = object_name(&old.id, &new.id, &schema, &options.key, &options.veils)?;
    let summary = keep(files, &name, old, new, schema, options, place).await?;
    Ok((name, summary))
}

/// As [`between_versions`], under a name that lasts and by a schema diff that is known.
///
/// # Errors
/// As [`between_versions`].
pub async fn lasting(
    files: &Files,
    old: &TableVersion,
    new: &TableVersion,
    schema: SchemaDiff,
    key: Vec<String>,
    place: &Path,
) -> Result<(String, Summary)> {
    let name = lasting_name(&old.id, &new.id, &schema, &key)?;
    let options = Options { key, ..Options::default() };
    let summary = keep(files, &name, old, new, schema, &options, place).await?;
    Ok((name, summary))
}

async fn keep(
    files: &Files,
    name: &str,
    old: &TableVersion,
    new: &TableVersion,
    schema: SchemaDiff,
    options: &Options,
    place: &Path,
) -> Result<Summary> {
    match Detail::open(files, name).await {
        Ok(kept) => return Ok(kept.summary().clone()),
        Err(error) if error.kind() == Kind::NotFound => {}
        Err(error) => return Err(error),
    }
    let work = scratch::folder(place)?;
    let [before, after, detail] = ["old.parquet", "new.parquet", "detail.parquet"].map(|name| work.path().join(name));
    fetch(files, &Object::Parquet.name(&old.id), &before).await?;
    fetch(files, &Object::Parquet.name(&new.id), &after).await?;
    let (options, folder, made) = (options.clone(), work.path().to_owned(), detail.clone());
    let summary =
        run_blocking(move || super::diff(&before, &after, schema, &options, &made, &folder, &mut |_| ())).await?;
    match files.put_file(name, &detail).await {
        // Somebody made the same meanwhile, which is the same bytes.
        Err(error) if error.kind() == Kind::Conflict => {}
        other => other?,
    }
    Ok(summary)
}

/// Removes all kept diffs that hold values of a table version: they are made anew when somebody wants them.
///
/// # Errors
/// `Unavailable`.
pub async fn forget(files: &Files, version: &TableVersionId) -> Result<()> {
    for name in objects_of(files, std::slice::from_ref(version)).await? {
        if name.contains("/diff-") {
            files.delete(&name).await?;
        }
    }
    Ok(())
}
