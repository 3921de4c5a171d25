//! An S3-compatible server inside the test process, over a temporary folder, on a free port of the loopback.
//!
//! It is `s3s-fs` behind real HTTP and real signatures, with what that one lacks of S3's promises added in [`Guarded`]:
//! conditional writes that hold between two writers at once, conditional reads, and "folders" that are no objects.

use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder as Http;
use s3s::auth::SimpleAuth;
use s3s::dto::*;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s::{S3, S3Request, S3Response, S3Result, s3_error};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{RwLock, oneshot};

/// A running server with one empty bucket. It stops, and its files go, when this value does.
pub struct S3Server {
    /// `http://127.0.0.1:PORT`, for path-style addresses.
    pub endpoint: String,
    /// The one bucket's name.
    pub bucket: String,
    /// The access key that it accepts.
    pub access_key: String,
    /// The secret key that goes with it.
    pub secret_key: String,
    folder: TempDir,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl S3Server {
    /// Starts a server; it answers when this returns.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let bucket = "khomo-test".to_owned();
        let (access_key, secret_key) = ("khomo-test-key".to_owned(), "khomo-test-secret".to_owned());
        std::fs::create_dir(folder.path().join(&bucket)).unwrap();

        let mut service = S3ServiceBuilder::new(Guarded {
            files: FileSystem::new(folder.path()).unwrap(),
            root: folder.path().canonicalize().unwrap(),
            door: RwLock::new(()),
        });
        service.set_auth(SimpleAuth::from_single(access_key.as_str(), secret_key.as_str()));

        // Bound here, so that the first request finds it listening.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let (stop, stopped) = oneshot::channel();
        let service = service.build();
        let thread = thread::spawn(move || serve(listener, service, stopped));
        Self { endpoint, bucket, access_key, secret_key, folder, stop: Some(stop), thread: Some(thread) }
    }

    /// Where the bucket's objects lie as files, for a test that looks behind the server's back.
    pub fn bucket_folder(&self) -> PathBuf {
        self.folder.path().join(&self.bucket)
    }
}

impl Drop for S3Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn serve(listener: std::net::TcpListener, service: S3Service, mut stopped: oneshot::Receiver<()>) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async move {
        let listener = TcpListener::from_std(listener).unwrap();
        let http = Http::new(TokioExecutor::new());
        loop {
            let socket = tokio::select! {
                _ = &mut stopped => break,
                accepted = listener.accept() => match accepted {
                    Ok((socket, _)) => socket,
                    Err(_) => continue,
                },
            };
            let connection = http.serve_connection(TokioIo::new(socket), service.clone()).into_owned();
            tokio::spawn(async move {
                let _ = connection.await; // a client that hangs up is no fault of the server
            });
        }
    });
    runtime.shutdown_background();
}

/// `s3s-fs` looks whether an object exists and writes it later, so two writers may both be first; it writes an object and
/// its ETag one after the other; it ignores conditions on reads; and it takes a folder for an object. S3 does none of that.
struct Guarded {
    files: FileSystem,
    root: PathBuf,
    /// Writers alone, readers together.
    door: RwLock<()>,
}

impl Guarded {
    /// Refuses what is a folder on disk, which in S3 is nothing at all.
    fn must_not_be_folder(&self, bucket: &str, key: &str) -> S3Result<()> {
        if self.root.join(bucket).join(key).is_dir() { Err(s3_error!(NoSuchKey)) } else { Ok(()) }
    }

    /// Takes away the folders that a deletion left empty: in S3 they are not there, and must not hinder an object whose
    /// name is theirs.
    fn prune(&self, bucket: &str, key: &str) {
        let bucket = self.root.join(bucket);
        let mut folder = bucket.join(key);
        while folder.pop() && folder != bucket && folder.starts_with(&bucket) {
            if std::fs::remove_dir(&folder).is_err() {
                break; // not empty
            }
        }
    }
}

/// RFC 9110 section 13.2.2 for a read: `If-Match` before `If-Unmodified-Since`, `If-None-Match` before
/// `If-Modified-Since`.
fn check_conditions(
    etag: Option<&ETag>,
    modified: Option<&Timestamp>,
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
    if_modified_since: Option<&Timestamp>,
    if_unmodified_since: Option<&Timestamp>,
) -> S3Result<()> {
    let is = |condition: &ETagCondition| match condition {
        ETagCondition::Any => true,
        ETagCondition::ETag(wanted) => etag.is_some_and(|etag| etag.weak_cmp(wanted)),
    };
    let newer_than = |moment: &Timestamp| modified.is_some_and(|modified| modified > moment);
    if let Some(condition) = if_match {
        if !is(condition) {
            return Err(s3_error!(PreconditionFailed));
        }
    } else if if_unmodified_since.is_some_and(newer_than) {
        return Err(s3_error!(PreconditionFailed));
    }
    if let Some(condition) = if_none_match {
        if is(condition) {
            return Err(s3_error!(NotModified));
        }
    } else if if_modified_since.is_some_and(|moment| !newer_than(moment)) {
        return Err(s3_error!(NotModified));
    }
    Ok(())
}

#[async_trait::async_trait]
impl S3 for Guarded {
    async fn get_object(&self, req: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        let _together = self.door.read().await;
        let asked = req.input.clone();
        self.must_not_be_folder(&asked.bucket, &asked.key)?;
        let answer = self.files.get_object(req).await?;
        check_conditions(
            answer.output.e_tag.as_ref(),
            answer.output.last_modified.as_ref(),
            asked.if_match.as_ref(),
            asked.if_none_match.as_ref(),
            asked.if_modified_since.as_ref(),
            asked.if_unmodified_since.as_ref(),
        )?;
        Ok(answer)
    }

    async fn head_object(&self, req: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        let _together = self.door.read().await;
        let asked = req.input.clone();
        self.must_not_be_folder(&asked.bucket, &asked.key)?;
        let answer = self.files.head_object(req).await?;
        check_conditions(
            answer.output.e_tag.as_ref(),
            answer.output.last_modified.as_ref(),
            asked.if_match.as_ref(),
            asked.if_none_match.as_ref(),
            asked.if_modified_since.as_ref(),
            asked.if_unmodified_since.as_ref(),
        )?;
        Ok(answer)
    }

    async fn put_object(&self, req: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        let _alone = self.door.write().await;
        self.files.put_object(req).await
    }

    async fn complete_multipart_upload(
        &self,
        req: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        let _alone = self.door.write().await;
        self.files.complete_multipart_upload(req).await
    }

    async fn copy_object(&self, req: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        let _alone = self.door.write().await;
        self.files.copy_object(req).await
    }

    async fn delete_object(&self, req: S3Request<DeleteObjectInput>) -> S3Result<S3Response<DeleteObjectOutput>> {
        let _alone = self.door.write().await;
        let (bucket, key) = (req.input.bucket.clone(), req.input.key.clone());
        if self.must_not_be_folder(&bucket, &key).is_err() {
            return Ok(S3Response::new(DeleteObjectOutput::default()));
        }
        let answer = self.files.delete_object(req).await?;
        self.prune(&bucket, &key);
        Ok(answer)
    }

    async fn delete_objects(&self, req: S3Request<DeleteObjectsInput>) -> S3Result<S3Response<DeleteObjectsOutput>> {
        let _alone = self.door.write().await;
        let bucket = req.input.bucket.clone();
        let keys: Vec<String> = req.input.delete.objects.iter().map(|object| object.key.clone()).collect();
        let answer = self.files.delete_objects(req).await?;
        for key in keys {
            self.prune(&bucket, &key);
        }
        Ok(answer)
    }

    // The rest is right as it is.

    async fn head_bucket(&self, req: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.files.head_bucket(req).await
    }

    async fn list_buckets(&self, req: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        self.files.list_buckets(req).await
    }

    async fn list_objects(&self, req: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
        let _together = self.door.read().await;
        self.files.list_objects(req).await
    }

    async fn list_objects_v2(&self, req: S3Request<ListObjectsV2Input>) -> S3Result<S3Response<ListObjectsV2Output>> {
        let _together = self.door.read().await;
        self.files.list_objects_v2(req).await
    }

    async fn create_multipart_upload(
        &self,
        req: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        self.files.create_multipart_upload(req).await
    }

    async fn upload_part(&self, req: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        self.files.upload_part(req).await
    }

    async fn upload_part_copy(
        &self,
        req: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        let _together = self.door.read().await;
        self.files.upload_part_copy(req).await
    }

    async fn list_parts(&self, req: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        self.files.list_parts(req).await
    }

    async fn abort_multipart_upload(
        &self,
        req: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        self.files.abort_multipart_upload(req).await
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use futures_util::{StreamExt, TryStreamExt, future};
    use object_store::aws::{AmazonS3, AmazonS3Builder};
    use object_store::path::Path as Key;
    use object_store::{
        Error, GetOptions, GetRange, ObjectStore, ObjectStoreExt, PutMode, PutMultipartOptions, PutPayload,
        WriteMultipart,
    };

    use super::*;

    fn client(server: &S3Server) -> AmazonS3Builder {
        AmazonS3Builder::new()
            .with_endpoint(&server.endpoint)
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_bucket_name(&server.bucket)
            .with_access_key_id(&server.access_key)
            .with_secret_access_key(&server.secret_key)
    }

    /// Runs an async test body against a fresh server.
    fn with_server<F: Future<Output = ()>>(body: impl FnOnce(Arc<AmazonS3>) -> F) {
        let server = S3Server::start();
        let store = Arc::new(client(&server).build().unwrap());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(body(store));
    }

    async fn bytes(store: &AmazonS3, key: &str) -> Vec<u8> {
        store.get(&Key::from(key)).await.unwrap().bytes().await.unwrap().to_vec()
    }

    async fn keys(store: &AmazonS3, prefix: &str) -> Vec<String> {
        let mut keys: Vec<String> =
            store.list(Some(&Key::from(prefix))).map_ok(|meta| meta.location.to_string()).try_collect().await.unwrap();
        keys.sort();
        keys
    }

    #[test]
    fn objects_are_put_read_in_ranges_listed_and_deleted() {
        with_server(|store| async move {
            let key = Key::from("original/ab/dân số.csv");
            let put = store.put(&key, "0123456789".into()).await.unwrap();
            let head = store.head(&key).await.unwrap();
            assert_eq!((head.size, head.e_tag), (10, put.e_tag));

            assert_eq!(store.get_range(&key, 2..5).await.unwrap().as_ref(), b"234");
            let suffix = GetOptions { range: Some(GetRange::Suffix(3)), ..GetOptions::default() };
            assert_eq!(store.get_opts(&key, suffix).await.unwrap().bytes().await.unwrap().as_ref(), b"789");
            let ranges = store.get_ranges(&key, &[0..1, 9..10]).await.unwrap();
            assert_eq!(ranges, vec!["0".as_bytes(), "9".as_bytes()]);

            store.put(&Key::from("original/cd/b.csv"), "b".into()).await.unwrap();
            store.put(&Key::from("version/c.parquet"), "c".into()).await.unwrap();
            assert_eq!(keys(&store, "original").await, [key.as_ref(), "original/cd/b.csv"]);
            let level = store.list_with_delimiter(None).await.unwrap();
            assert_eq!(level.common_prefixes, [Key::from("original"), Key::from("version")]);

            store.delete(&key).await.unwrap();
            assert!(matches!(store.head(&key).await, Err(Error::NotFound { .. })));
            assert_eq!(keys(&store, "original").await, ["original/cd/b.csv"]);
        });
    }

    #[test]
    fn a_thousand_and_one_objects_are_listed_over_several_pages() {
        with_server(|store| async move {
            futures_util::stream::iter(0..1001)
                .for_each_concurrent(16, |n| {
                    let store = Arc::clone(&store);
                    async move {
                        store.put(&Key::from(format!("many/{n:04}")), PutPayload::new()).await.unwrap();
                    }
                })
                .await;
            assert_eq!(keys(&store, "many").await.len(), 1001);
        });
    }

    #[test]
    fn a_second_create_of_the_same_key_is_refused_and_changes_nothing() {
        with_server(|store| async move {
            let key = Key::from("a/b");
            store.put_opts(&key, "first".into(), PutMode::Create.into()).await.unwrap();
            let again = store.put_opts(&key, "second".into(), PutMode::Create.into()).await;
            assert!(matches!(again, Err(Error::AlreadyExists { .. })), "{again:?}");
            assert_eq!(bytes(&store, "a/b").await, b"first");
        });
    }

    #[test]
    fn of_many_creates_at_once_exactly_one_wins() {
        with_server(|store| async move {
            for round in 0..5 {
                let key = Key::from(format!("race/{round}"));
                let puts = (0..8).map(|n| {
                    let (store, key) = (Arc::clone(&store), key.clone());
                    async move {
                        let body = PutPayload::from(vec![b'a' + n; 200_000]);
                        store.put_opts(&key, body, PutMode::Create.into()).await.is_ok().then_some(b'a' + n)
                    }
                });
                let won: Vec<u8> = future::join_all(puts).await.into_iter().flatten().collect();
                assert_eq!(won.len(), 1);
                assert!(bytes(&store, key.as_ref()).await.iter().all(|byte| *byte == won[0]));
            }
        });
    }

    #[test]
    fn an_update_needs_the_etag_it_was_based_on() {
        with_server(|store| async move {
            let key = Key::from("pointer");
            let first = store.put(&key, "1".into()).await.unwrap();
            let second = store.put_opts(&key, "2".into(), PutMode::Update(first.clone().into()).into()).await.unwrap();
            assert_ne!(first.e_tag, second.e_tag);
            let stale = store.put_opts(&key, "3".into(), PutMode::Update(first.into()).into()).await;
            assert!(matches!(stale, Err(Error::Precondition { .. })), "{stale:?}");
            assert_eq!(bytes(&store, "pointer").await, b"2");
        });
    }

    #[test]
    fn a_conditional_read_knows_the_etag() {
        with_server(|store| async move {
            let key = Key::from("page");
            let etag = store.put(&key, "1".into()).await.unwrap().e_tag.unwrap();
            let same = GetOptions { if_none_match: Some(etag.clone()), ..GetOptions::default() };
            assert!(matches!(store.get_opts(&key, same).await, Err(Error::NotModified { .. })));
            store.put(&key, "2".into()).await.unwrap();
            let gone = GetOptions { if_match: Some(etag), ..GetOptions::default() };
            assert!(matches!(store.get_opts(&key, gone).await, Err(Error::Precondition { .. })));
        });
    }

    #[test]
    fn a_large_object_goes_up_in_parts_and_appears_only_when_whole() {
        with_server(|store| async move {
            let key = Key::from("big.parquet");
            let body: Vec<u8> = (0..12 * 1024 * 1024_u32).map(|n| (n % 251) as u8).collect();
            let upload = store.put_multipart_opts(&key, PutMultipartOptions::default()).await.unwrap();
            let mut writer = WriteMultipart::new_with_chunk_size(upload, 5 * 1024 * 1024);
            for chunk in body.chunks(1_000_000) {
                writer.write(chunk);
            }
            assert!(matches!(store.head(&key).await, Err(Error::NotFound { .. })));
            writer.finish().await.unwrap();
            assert_eq!(bytes(&store, "big.parquet").await, body);
            assert_eq!(keys(&store, "").await, ["big.parquet"]);
        });
    }

    #[test]
    fn an_abandoned_upload_leaves_no_object() {
        with_server(|store| async move {
            let key = Key::from("half");
            let mut upload = store.put_multipart(&key).await.unwrap();
            upload.put_part(vec![0_u8; 5 * 1024 * 1024].into()).await.unwrap();
            upload.abort().await.unwrap();
            assert!(matches!(store.head(&key).await, Err(Error::NotFound { .. })));
        });
    }

    #[test]
    fn a_folder_is_no_object_and_an_emptied_one_is_in_nobodys_way() {
        with_server(|store| async move {
            store.put(&Key::from("a/b/c"), "deep".into()).await.unwrap();
            assert!(matches!(store.head(&Key::from("a/b")).await, Err(Error::NotFound { .. })));
            assert!(matches!(store.get(&Key::from("a")).await, Err(Error::NotFound { .. })));
            store.delete(&Key::from("a/b/c")).await.unwrap();
            store.put_opts(&Key::from("a"), "flat".into(), PutMode::Create.into()).await.unwrap();
            assert_eq!(bytes(&store, "a").await, b"flat");
        });
    }

    #[test]
    fn a_wrong_secret_is_refused() {
        let server = S3Server::start();
        let store = client(&server).with_secret_access_key("wrong").build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let refused = runtime.block_on(store.put(&Key::from("a"), "a".into()));
        assert!(matches!(refused, Err(Error::PermissionDenied { .. })), "{refused:?}");
        assert!(!server.bucket_folder().join("a").exists());
    }
}
