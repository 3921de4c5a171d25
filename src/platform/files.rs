//! Files: a local folder or an S3-compatible store behind the same few verbs.
//!
//! Objects are written once under a fresh name and never changed. In a folder, a file appears under its name only after its
//! bytes are on disk (fsync, rename, fsync of the folder); in S3, a put that would replace an object is refused.

use std::io::{ErrorKind, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use object_store::aws::AmazonS3Builder;
use object_store::local::LocalFileSystem;
use object_store::path::Path as Key;
use object_store::{
    GetOptions, GetRange, ObjectMeta, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, RetryConfig,
    WriteMultipart,
};
use sha2::{Digest, Sha256};

use super::scratch::{is_before, there};
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};

/// Where files of a folder wait until they are whole.
const INCOMING: &str = "incoming";
/// Parts of this size go up one after the other (bytes); S3 wants at least 5 MiB.
const PART: usize = 8 * 1024 * 1024;

/// How to reach an S3-compatible store.
#[derive(Clone, Debug, Default)]
pub struct S3 {
    /// `https://…`; `http://` is taken on loopback only.
    pub endpoint: Option<String>,
    /// The region; most servers other than Amazon's take any.
    pub region: Option<String>,
    /// The key's name.
    pub access_key: Option<String>,
    /// The key.
    pub secret_key: Option<String>,
}

/// The store. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Files {
    store: Arc<dyn ObjectStore>,
    folder: Option<PathBuf>,
    prefix: String,
}

impl Files {
    /// Opens `PATH` (a folder, made when missing) or `s3://BUCKET[/PREFIX]`.
    ///
    /// # Errors
    /// A refusal `files-setting` when the place is not understood; `files-plain-http` for http beyond loopback.
    pub fn open(place: &str, s3: &S3) -> Result<Self> {
        let Some(rest) = place.strip_prefix("s3://") else {
            let folder = PathBuf::from(place);
            std::fs::create_dir_all(folder.join(INCOMING))?;
            let folder = folder.canonicalize()?;
            let store = LocalFileSystem::new_with_prefix(&folder).map_err(Error::internal)?;
            return Ok(Self { store: Arc::new(store), folder: Some(folder), prefix: String::new() });
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let setting = || Error::invalid(Problem::new("files-setting"));
        // A reader waits meanwhile: seconds, not the minutes that are usual between machines.
        let retry = RetryConfig { max_retries: 3, retry_timeout: Duration::from_secs(10), ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_retry(retry)
            .with_bucket_name(bucket)
            .with_region(s3.region.as_deref().unwrap_or("us-east-1"))
            .with_access_key_id(s3.access_key.as_deref().ok_or_else(setting)?)
            .with_secret_access_key(s3.secret_key.as_deref().ok_or_else(setting)?);
        if let Some(endpoint) = &s3.endpoint {
            let plain = endpoint.starts_with("http://");
            if plain && !super::net::is_loopback(endpoint) {
                return Err(Error::invalid(Problem::new("files-plain-http")));
            }
            builder = builder.with_endpoint(endpoint).with_allow_http(plain);
        }
        let store = builder.build().map_err(|error| setting().because(error))?;
        Ok(Self { store: Arc::new(store), folder: None, prefix: prefix.trim_matches('/').to_owned() })
    }

    /// The store itself, for readers of Parquet.
    pub fn store(&self) -> Arc<dyn ObjectStore> {
        self.store.clone()
    }

    /// The full key of an object.
    pub fn key(&self, name: &str) -> Key {
        if self.prefix.is_empty() { Key::from(name) } else { Key::from(format!("{}/{name}", self.prefix)) }
    }

    /// Puts a file's bytes under a name that is not taken yet, in bounded memory.
    ///
    /// # Errors
    /// `Conflict` when the name is taken; `Unavailable` when the store does not answer or the disk is full.
    pub async fn put_file(&self, name: &str, path: &Path) -> Result<()> {
        if let Some(folder) = &self.folder {
            let (folder, name, path) = (folder.clone(), name.to_owned(), path.to_owned());
            return super::db::run_blocking(move || put_local(&folder, &name, &path)).await;
        }
        let key = self.key(name);
        let size = std::fs::metadata(path)?.len();
        if size <= PART as u64 {
            let payload = PutPayload::from_bytes(Bytes::from(std::fs::read(path)?));
            let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
            self.store.put_opts(&key, payload, options).await.map_err(translate)?;
            return Ok(());
        }
        // Names hold a fresh UUID, so that a multipart put (which has no condition everywhere) meets no other writer.
        let upload = self.store.put_multipart(&key).await.map_err(translate)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut file = std::fs::File::open(path)?;
        let mut buffer = vec![0; PART];
        loop {
            let read = file.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            writer.wait_for_capacity(2).await.map_err(translate)?;
            writer.write(&buffer[..read]);
        }
        writer.finish().await.map_err(translate)?;
        Ok(())
    }

    /// How long an object is, in bytes.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable`.
    pub async fn size(&self, name: &str) -> Result<u64> {
        Ok(self.store.head(&self.key(name)).await.map_err(translate)?.size)
    }

    /// The bytes of an object, or of a range of it, as they come.
    ///
    /// # Errors
    /// `NotFound`; `Unavailable`.
    pub async fn get(&self, name: &str, range: Option<Range<u64>>) -> Result<BoxStream<'static, Result<Bytes>>> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let answer = self.store.get_opts(&self.key(name), options).await.map_err(translate)?;
        Ok(answer.into_stream().map_err(translate).boxed())
    }

    /// All object names under a folder, with when they were last written.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list(&self, folder: &str) -> Result<Vec<(String, Timestamp)>> {
        Ok(self.list_sized(folder).await?.into_iter().map(|(name, _, written)| (name, written)).collect())
    }

    /// As [`Files::list`], with the length of each in bytes.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn list_sized(&self, folder: &str) -> Result<Vec<(String, u64, Timestamp)>> {
        let metas: Vec<_> = self.store.list(Some(&self.key(folder))).try_collect().await.map_err(translate)?;
        let cut = if self.prefix.is_empty() { 0 } else { self.prefix.len() + 1 };
        let written = |meta: &ObjectMeta| Timestamp(meta.last_modified.timestamp_millis());
        Ok(metas
            .into_iter()
            .map(|meta| (meta.location.as_ref()[cut..].to_owned(), meta.size, written(&meta)))
            .collect())
    }

    /// Removes what killed programs left half copied in a folder, and folders left empty, when nothing was written there since a
    /// moment; gives the names of the files. A store shows no object before it is whole.
    ///
    /// # Errors
    /// When the disk refuses.
    pub async fn remove_half_copied(&self, since: Timestamp) -> Result<Vec<String>> {
        let Some(folder) = self.folder.clone() else { return Ok(Vec::new()) };
        super::db::run_blocking(move || {
            let mut removed = Vec::new();
            for entry in std::fs::read_dir(folder.join(INCOMING))? {
                let entry = entry?;
                let Some(found) = there(entry.metadata())? else { continue };
                let left = found.is_file() && is_before(found.modified()?, since);
                if left && there(std::fs::remove_file(entry.path()))?.is_some() {
                    removed.push(format!("{INCOMING}/{}", entry.file_name().to_string_lossy()));
                }
            }
            remove_empty(&folder, since)?;
            Ok(removed)
        })
        .await
    }

    /// Deletes an object, and the folder that it leaves empty; one that is not there is fine.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn delete(&self, name: &str) -> Result<()> {
        match self.store.delete(&self.key(name)).await {
            Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
            Err(error) => return Err(translate(error)),
        }
        if let Some(folder) = &self.folder
            && let Some(parent) = folder.join(name).parent()
        {
            remove_if_empty(parent)?;
        }
        Ok(())
    }
}

/// Removes a folder unless it holds something.
fn remove_if_empty(folder: &Path) -> Result<()> {
    match std::fs::remove_dir(folder) {
        Err(error) if error.kind() == ErrorKind::DirectoryNotEmpty => Ok(()),
        outcome => there(outcome).map(drop),
    }
}

/// Removes empty folders of objects, such as `tables/ID`: a folder that holds something refuses to go.
fn remove_empty(folder: &Path, since: Timestamp) -> Result<()> {
    for kind in std::fs::read_dir(folder)? {
        let kind = kind?;
        if kind.file_name() == INCOMING || !kind.file_type()?.is_dir() {
            continue;
        }
        for entry in std::fs::read_dir(kind.path())? {
            let entry = entry?;
            let Some(found) = there(entry.metadata())? else { continue };
            if found.is_dir() && is_before(found.modified()?, since) {
                remove_if_empty(&entry.path())?;
            }
        }
    }
    Ok(())
}

/// Copies beside the target, makes it durable, then gives it its name.
fn put_local(folder: &Path, name: &str, source: &Path) -> Result<()> {
    let target = folder.join(name);
    let parent = target.parent().unwrap_or(folder).to_owned();
    std::fs::create_dir_all(&parent)?;
    let mut temporary = tempfile::NamedTempFile::new_in(folder.join(INCOMING))?;
    let mut from = std::fs::File::open(source)?;
    std::io::copy(&mut from, temporary.as_file_mut())?;
    temporary.as_file().sync_all()?;
    temporary.persist_noclobber(&target).map_err(|error| {
        if error.error.kind() == ErrorKind::AlreadyExists {
            Error::conflict(Problem::new("already-there")).because(error.error)
        } else {
            error.error.into()
        }
    })?;
    // Every folder on the way down may be new, and its name is durable only once the folder above is.
    for dir in parent.ancestors().take_while(|dir| dir.starts_with(folder)) {
        std::fs::File::open(dir)?.sync_all()?;
    }
    Ok(())
}

/// The SHA-256 of a file, 64 hexadecimal digits.
///
/// # Errors
/// When it cannot be read.
pub fn sha256_of(path: &Path) -> Result<String> {
    let mut file = std::fs::File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok(hex::encode(hasher.finalize()));
        }
        hasher.update(&buffer[..read]);
    }
}

fn translate(error: object_store::Error) -> Error {
    match error {
        object_store::Error::NotFound { .. } => Error::not_found().because(error),
        object_store::Error::AlreadyExists { .. } | object_store::Error::Precondition { .. } => {
            Error::conflict(Problem::new("already-there")).because(error)
        }
        _ => Error::refused(Kind::Unavailable, Problem::new("unavailable")).because(error),
    }
}
