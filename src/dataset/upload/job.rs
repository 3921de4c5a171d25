//! Reading what has come: the pieces become one file, a child process reads it, and the table goes into the draft.

use std::path::{Path, PathBuf};

use futures_util::StreamExt;
use serde_json::json;
use tokio::io::AsyncWriteExt;

use super::super::draft::editable;
use super::super::{ColumnNote, Import, NewResource, Where, import, store as datasets};
use super::{State, Upload, store};
use crate::account::{self, Receivers};
use crate::kernel::id::{ResourceId, UploadId, VersionId};
use crate::kernel::slug::slugify;
use crate::kernel::{Actor, Ctx, Error, Localized, Problem, Result, Timestamp};
use crate::platform::db::{Db, Tx, run_blocking};
use crate::platform::files::Files;
use crate::platform::queue::{self, Lease};
use crate::platform::scratch;
use crate::profile::Profile;
use crate::table::ingest::child;
use crate::table::{self, Kept, Object};

/// The kind of the jobs that read uploads.
pub const READ: &str = "upload-read";

/// What reading needs.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// The database.
    pub db: &'a Db,
    /// The store.
    pub files: &'a Files,
    /// The province's rules.
    pub profile: &'a Profile,
    /// Where work in progress may lie.
    pub scratch: &'a Path,
    /// This program's own file, which the child is another run of.
    pub program: &'a Path,
    /// Memory of one reading, in MiB.
    pub memory_mb: u64,
}

/// Reads the upload that a job names; says which draft has a new table. A file that cannot be read is no failure of the job: the upload is refused, and says why.
///
/// # Errors
/// When database, store or disk do not answer; `Conflict` (`job-lost`).
pub async fn read(reader: Reader<'_>, lease: &Lease) -> Result<Option<VersionId>> {
    let Some(id) = lease.payload["upload"].as_str().and_then(UploadId::parse) else {
        return Err(Error::not_found().because("a job without an upload"));
    };
    let asked = id.clone();
    let (upload, parts) =
        reader.db.read_async(move |conn| Ok((store::by_id(conn, &asked)?, store::parts_of(conn, &asked)?))).await?;
    if upload.state != State::Reading {
        return Ok(None);
    }
    let work = scratch::folder(reader.scratch)?;
    let done = match ingest(reader, &upload, &parts, work.path()).await {
        Ok(kept) => attach(reader, &upload, kept, lease).await,
        Err(error) => Err(error),
    };
    let draft = match done {
        Err(error) if !queue::heals(&error) => {
            refuse(reader, &upload, &error, lease).await?;
            None
        }
        other => Some(other?),
    };
    // Nothing names the pieces any more; what is not removed now is left over.
    for object in parts {
        if let Err(error) = reader.files.delete(&object).await {
            tracing::warn!(%error, "a piece of an upload is left over");
        }
    }
    Ok(draft)
}

/// Brings the bytes together and reads them.
async fn ingest(reader: Reader<'_>, upload: &Upload, parts: &[String], work: &Path) -> Result<Kept> {
    let original = Object::Original;
    let objects = match &upload.source {
        Some(table) => vec![original.name(table)],
        None => parts.to_vec(),
    };
    let path = gather(reader.files, &objects, upload.received, work).await?;
    let out = work.join("out");
    std::fs::create_dir(&out)?;
    let (program, memory) = (reader.program.to_owned(), reader.memory_mb);
    let (name, choices, source) = (upload.file_name.clone(), upload.choices.clone(), path.clone());
    let ingested =
        run_blocking(move || child::read(&program, (&source, &name), &out, &choices, memory, &mut |_| {})).await?;
    let declared = upload.declared.clone();
    table::keep(reader.files, &path, &upload.file_name, ingested, declared, reader.db.clock().now()).await
}

/// Writes the objects one after the other into one file.
async fn gather(files: &Files, objects: &[String], bytes: u64, work: &Path) -> Result<PathBuf> {
    let path = work.join("whole");
    let mut whole = tokio::fs::File::create(&path).await?;
    let mut written = 0;
    for object in objects {
        let mut stream = files.get(object, None).await?;
        while let Some(bytes) = stream.next().await {
            let bytes = bytes?;
            written += bytes.len() as u64;
            whole.write_all(&bytes).await?;
        }
    }
    whole.flush().await?;
    if written != bytes {
        return Err(Error::internal(format!("{written} bytes of an upload of {bytes} are here")));
    }
    Ok(path)
}

/// One transaction: the table stands in the draft, the upload says so, its owner hears of it, the job is done.
async fn attach(reader: Reader<'_>, upload: &Upload, kept: Kept, lease: &Lease) -> Result<VersionId> {
    let (profile, upload, lease) = (reader.profile.clone(), upload.clone(), lease.clone());
    let ctx = Ctx::new(Actor::Account(upload.account.clone()), reader.db.clock().now());
    reader.db.write_async(ctx, move |tx| into_draft(tx, &profile, &upload, kept, &lease)).await
}

fn into_draft(tx: &mut Tx<'_>, profile: &Profile, upload: &Upload, kept: Kept, lease: &Lease) -> Result<VersionId> {
    // Roles may have ended since the first byte came.
    let (dataset, draft) = editable(tx, profile, &upload.dataset)?;
    let (name, title, dictionary) = named(tx, upload, &draft.id)?;
    let table = kept.row.id.clone();
    let resources = vec![NewResource { name, title, dictionary, table: kept.row }];
    let new = Import { dataset: Where::Existing(dataset.id.clone()), metadata: None, note: None, resources };
    import(tx, new)?;
    if !store::set_read(tx, &upload.id, &table)? {
        return Err(Error::conflict(Problem::new("job-lost")));
    }
    store::remove_parts(tx, &upload.id)?;
    let aside = kept.report.outcome.set_aside.count;
    tell(tx, upload, if aside == 0 { "upload-read" } else { "upload-read-aside" }, aside)?;
    queue::complete(tx, lease)?;
    Ok(draft.id)
}

/// Name, title and dictionary of the resource that a table becomes the next state of, or of a new one.
fn named(tx: &mut Tx<'_>, upload: &Upload, draft: &VersionId) -> Result<(String, Localized, Vec<ColumnNote>)> {
    let resources = datasets::resources_of(tx.conn(), draft)?;
    let is = |id: &ResourceId| upload.resource.as_ref() == Some(id);
    if let Some(known) = resources.iter().find(|resource| is(&resource.resource_id)) {
        return Ok((known.name.clone(), known.title.clone(), known.dictionary.clone()));
    }
    let stem = upload.file_name.rsplit_once('.').map_or(upload.file_name.as_str(), |(stem, _)| stem);
    let made = slugify(stem);
    let made = if made.is_empty() { "bang".to_owned() } else { made };
    let taken = |name: &str| resources.iter().any(|resource| resource.name == name);
    let name = (1..).map(|n| if n == 1 { made.clone() } else { format!("{made}-{n}") }).find(|name| !taken(name));
    let title = stem.replace('_', " ").trim().to_owned();
    Ok((name.unwrap_or(made), Localized { vi: title, en: None }, Vec::new()))
}

async fn refuse(reader: Reader<'_>, upload: &Upload, error: &Error, lease: &Lease) -> Result<()> {
    let problems = match error.problems() {
        [] => vec![Problem::new("file-too-hard")],
        problems => problems.to_vec(),
    };
    let (upload, lease) = (upload.clone(), lease.clone());
    let ctx = Ctx::new(Actor::Account(upload.account.clone()), reader.db.clock().now());
    reader
        .db
        .write_async(ctx, move |tx| {
            store::set_refused(tx, &upload.id, &problems)?;
            store::remove_parts(tx, &upload.id)?;
            let detail = json!({ "upload": upload.id, "file": upload.file_name, "problems": problems });
            crate::audit::record_refusal(tx, "dataset.upload", "dataset", upload.dataset.as_str(), detail);
            tell(tx, &upload, "upload-refused", 0)?;
            queue::complete(tx, &lease)
        })
        .await
}

/// Deletes pieces that no row names and that were written before a moment; gives their names.
///
/// # Errors
/// `Unavailable`.
pub async fn remove_orphans(files: &Files, db: &Db, before: Timestamp) -> Result<Vec<String>> {
    let listed = files.list("uploads").await?;
    // The rows are read after the objects: the row of an object as old as this was written before, or will never be.
    let known = db.read_async(store::known_objects).await?;
    let mut removed = Vec::new();
    for (name, written) in listed {
        if written < before && !known.contains(&name) {
            files.delete(&name).await?;
            removed.push(name);
        }
    }
    Ok(removed)
}

/// Tells whoever sent the file what became of it.
fn tell(tx: &mut Tx<'_>, upload: &Upload, event: &'static str, count: u64) -> Result<()> {
    let link = format!("/internal/uploads/{}", upload.id);
    let args = [("file", upload.file_name.as_str().into()), ("count", count.into())];
    account::announce_outcome(tx, vec![Receivers::Account(upload.account.clone())], event, &args, link)
}
