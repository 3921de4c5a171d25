//! The same journey over a folder and over an S3-compatible store, whatever the database.

use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use khomo::config::Settings;
use khomo::kernel::Kind;
use khomo::platform::files::Files;
use sha2::{Digest, Sha256};

use crate::support::kit::{Khomo, SMALL};
use crate::support::s3::S3Server;

/// The settings of a store.
pub fn s3_settings(server: &S3Server) -> Vec<(&'static str, String)> {
    vec![
        ("KHOMO_FILES", format!("s3://{}/khomo", server.bucket)),
        ("KHOMO_S3_ENDPOINT", server.endpoint.clone()),
        ("KHOMO_S3_REGION", "us-east-1".to_owned()),
        ("KHOMO_S3_ACCESS_KEY", server.access_key.clone()),
        ("KHOMO_S3_SECRET_KEY", server.secret_key.clone()),
    ]
}

/// A Khomo over an S3-compatible store.
pub fn on_s3(server: &S3Server) -> Khomo {
    let settings = s3_settings(server);
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, value)| (*name, value.as_str())).collect();
    Khomo::start_with(&settings)
}

/// From a file to the public and back out again.
async fn journey(khomo: &Khomo) {
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.index();
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/so-lieu").await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_eq!(page.texts("tbody[lang=vi] td")[..2], ["00123", "Kim Sơn"]);
    let sorted = reader.get("/dataset/so-lieu?sort=-dan_so").await;
    assert_eq!(sorted.texts("tbody[lang=vi] tr").len(), 3);
    for file in ["bang.csv", "bang.parquet"] {
        let whole = reader.get(&format!("/dataset/so-lieu/{file}")).await;
        assert_eq!(whole.status, 200, "{file}");
        let hash = hex::encode(Sha256::digest(&whole.body));
        assert_eq!(whole.header("etag"), Some(format!("\"{hash}\"").as_str()), "{file}");
        let part = reader.get_with(&format!("/dataset/so-lieu/{file}"), &[("Range", "bytes=3-9")]).await;
        assert_eq!((part.status, &part.body[..]), (206, &whole.body[3..10]), "{file}");
    }
    let mut editor = khomo.signed_in("editor").await;
    let table = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    let original = editor.get(&format!("/internal/tables/{table}/original")).await;
    assert_eq!((original.status, &original.body[..]), (200, SMALL.as_bytes()), "the bytes as they came");
    khomo.dataset("so-lieu").csv("bang", "Mã,Số\nA,1\n").await.publish().await;
    assert!(reader.get("/dataset/so-lieu/bang.csv").await.text().contains("A,1"));
    assert!(reader.get("/dataset/so-lieu/v/1/bang.csv").await.text().contains("Kim Sơn"));
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!(reader.get("/dataset/so-lieu/bang.csv").await.status, 410);
}

#[actix_web::test]
async fn from_file_to_download_over_a_folder() {
    journey(&Khomo::start()).await;
}

#[actix_web::test]
async fn from_file_to_download_over_s3() {
    let server = S3Server::start();
    let khomo = on_s3(&server);
    journey(&khomo).await;
    assert!(server.bucket_folder().join("khomo/tables").is_dir(), "the bytes are in the bucket");
    assert!(!khomo.folder().join("files").exists(), "and nowhere else");
}

async fn bytes(files: &Files, name: &str, range: Option<std::ops::Range<u64>>) -> Vec<u8> {
    let parts: Vec<Bytes> = files.get(name, range).await.unwrap().try_collect().await.unwrap();
    parts.concat()
}

/// What a store promises.
async fn promises(khomo: &Khomo) {
    let (files, path) = (khomo.files(), khomo.folder().join("mau"));
    std::fs::write(&path, b"first").unwrap();
    files.put_file("tables/x/data.csv", &path).await.unwrap();
    std::fs::write(&path, b"second").unwrap();
    let again = files.put_file("tables/x/data.csv", &path).await;
    assert_eq!(again.unwrap_err().kind(), Kind::Conflict, "an object is written once");
    assert_eq!(bytes(files, "tables/x/data.csv", None).await, b"first");
    assert_eq!(bytes(files, "tables/x/data.csv", Some(1..3)).await, b"ir");
    assert_eq!(files.size("tables/x/data.csv").await.unwrap(), 5);

    // More than one part, and not a whole number of them.
    let large: Vec<u8> = (0..(19 << 20) + 7_u32).map(|at| (at % 251) as u8).collect();
    std::fs::write(&path, &large).unwrap();
    files.put_file("tables/x/large", &path).await.unwrap();
    assert_eq!(files.size("tables/x/large").await.unwrap(), large.len() as u64);
    assert!(bytes(files, "tables/x/large", None).await == large);
    let seam = (8 << 20) - 3..(8 << 20) + 3_u64;
    assert_eq!(bytes(files, "tables/x/large", Some(seam.clone())).await, large[seam.start as usize..seam.end as usize]);

    std::fs::write(&path, b"").unwrap();
    files.put_file("tables/x/empty", &path).await.unwrap();
    assert_eq!(files.size("tables/x/empty").await.unwrap(), 0);

    let mut listed: Vec<String> = files.list("tables").await.unwrap().into_iter().map(|(name, _)| name).collect();
    listed.sort();
    assert_eq!(listed, ["tables/x/data.csv", "tables/x/empty", "tables/x/large"]);
    files.delete("tables/x/data.csv").await.unwrap();
    files.delete("tables/x/data.csv").await.unwrap();
    assert_eq!(files.size("tables/x/data.csv").await.unwrap_err().kind(), Kind::NotFound);
    assert_eq!(files.get("tables/x/data.csv", None).await.err().unwrap().kind(), Kind::NotFound);
}

#[actix_web::test]
async fn a_folder_keeps_its_promises() {
    promises(&Khomo::start()).await;
}

#[actix_web::test]
async fn s3_keeps_the_same_promises() {
    let server = S3Server::start();
    promises(&on_s3(&server)).await;
}

#[actix_web::test]
async fn a_bucket_that_is_gone_is_a_fault_and_no_wrong_address() {
    let server = S3Server::start();
    let khomo = on_s3(&server);
    khomo.dataset("so-lieu").publish().await;
    std::fs::remove_dir_all(server.bucket_folder()).unwrap();
    let answer = khomo.public().await.get("/dataset/so-lieu/bang.csv").await;
    assert!([500, 503].contains(&answer.status), "{}", answer.status);
    assert!(answer.is_html());
}

#[actix_web::test]
async fn a_store_that_does_not_answer_is_told_within_seconds_and_as_a_matter_of_later() {
    let server = S3Server::start();
    let khomo = on_s3(&server);
    khomo.dataset("so-lieu").publish().await;
    drop(server);
    let mut reader = khomo.public().await;
    for path in ["/dataset/so-lieu/bang.csv", "/dataset/so-lieu"] {
        let answer = tokio::time::timeout(Duration::from_secs(15), reader.get(path)).await;
        let answer = answer.unwrap_or_else(|_| panic!("{path}: the reader is kept waiting"));
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("10")), "{path}");
    }
    assert_eq!(reader.get("/dataset/so-lieu?tab=structure").await.status, 200, "what needs no file goes on");
}

#[actix_web::test]
async fn an_object_that_is_lost_is_no_empty_file() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    std::fs::remove_dir_all(khomo.folder().join("files/tables")).unwrap();
    let mut reader = khomo.public().await;
    for path in ["/dataset/so-lieu/bang.csv", "/dataset/so-lieu"] {
        let answer = reader.get(path).await;
        assert!(answer.status >= 500, "{path}: what is published and not there is a fault, not {}", answer.status);
    }
}

#[test]
fn a_store_beyond_this_machine_is_not_reached_without_encryption() {
    let pairs = [
        ("KHOMO_FILES", "s3://kho"),
        ("KHOMO_S3_ENDPOINT", "http://10.0.0.9:9000"),
        ("KHOMO_S3_ACCESS_KEY", "a"),
        ("KHOMO_S3_SECRET_KEY", "b"),
    ];
    let settings = Settings::read(pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).into()).unwrap();
    assert!(Files::open(&settings.files, &settings.s3).unwrap_err().has("files-plain-http"));
}
