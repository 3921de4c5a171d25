//! Quarterly releases: closed, taken away in every form, verified by others, broken off and gone on with, built again, and outlived by what is
//! destroyed later.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use khomo::cycle::{self, AnswerForm, ConfirmForm, ExtensionForm};
use khomo::dataset::{self, ColumnNote, Constraints};
use khomo::kernel::id::{DatasetId, ReleaseId, VersionId};
use khomo::kernel::{Actor, Clock, Error, Kind, Timestamp};
use khomo::platform::queue::{self, Job, LEASE};
use khomo::quarter::{self, Quarter};
use khomo::release::{self, Found, Release, State};
use khomo::table;
use khomo::worker::jobs::{Handlers, run_due};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::command_line::Place;
use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Browser, Khomo, PUBLIC_URL, SMALL, start_of_time};

/// As [`SMALL`], later: a row went, one came, two cells differ.
const LATER: &str =
    "Mã xã,Tên xã,Dân số,Ngày\n00123,Kim Sơn,1300,05/01/2026\n00124,An Lạc,,09/01/2026\n00126,Bản Mới,55,07/01/2026\n";

fn order(khomo: &Khomo, quarter: &str, as_of: Timestamp) -> Result<ReleaseId, Error> {
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::order(tx, quarter, as_of))
}

/// Does what makes releases, and nothing else.
async fn build(khomo: &Khomo) {
    run_due(&khomo.app, &Handlers::default().with_releases()).await.unwrap();
}

fn ready(khomo: &Khomo, quarter: &str) -> Release {
    khomo.db().read(|conn| release::by_quarter(conn, Quarter::parse(quarter).unwrap())).unwrap()
}

/// Puts the file of a table away; gives where it was and where it is.
fn lose_file(khomo: &Khomo, table: &str) -> (PathBuf, PathBuf) {
    let object = table::Object::Csv.name(&khomo::kernel::id::TableVersionId::parse(table).unwrap());
    let (there, away) = (khomo.folder().join("files").join(object), khomo.folder().join("away"));
    fs::rename(&there, &away).unwrap();
    (there, away)
}

/// What enters a quarter as one that was closed at a moment.
pub fn closed(code: &str, at: Timestamp) -> String {
    let quarter = Quarter::parse(code).unwrap();
    let (first, last, after) = (quarter.first(), quarter.last(), quarter.next().first());
    format!(
        "INSERT INTO quarter (id, first_on, last_on, return_due_on, close_on, opened_at, ended_at, closed_at, state, new_count, \
         updated_count, unchanged_count, late_count, withdrawn_count) \
         VALUES ('{code}', '{first}', '{last}', '{after}', '{after}', 0, 0, {}, 'closed', 0, 0, 0, 0, 0)",
        at.0
    )
}

/// A release of what is published now, and a key beside it.
pub async fn released(khomo: &Khomo, quarter: &str) {
    order(khomo, quarter, khomo.clock.now()).unwrap();
    build(khomo).await;
    assert!(ready(khomo, quarter).is_ready());
    // Beside it, since a program without keys leaves a release alone where one was published.
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::publish_key(tx, "khoa-1", &[7; 32])).unwrap();
}

/// A Khomo that signs, and the folder of its keys.
fn signing() -> (Khomo, TempDir) {
    let keys = tempfile::tempdir().unwrap();
    release::make_key(keys.path(), start_of_time()).unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_RELEASE_KEYS", &keys.path().display().to_string())]);
    (khomo, keys)
}

fn keyed() -> Vec<ColumnNote> {
    let constraints = Constraints { key: true, ..Constraints::default() };
    vec![ColumnNote { title: "Mã xã".into(), constraints, ..ColumnNote::default() }]
}

/// Two quarters: in the second one dataset was updated, one withdrawn, one is new, one is as it was.
async fn two_quarters(khomo: &Khomo) {
    khomo.dataset("dan-so").title("Dân số các xã").dictionary(keyed()).csv("bang", SMALL).await.publish().await;
    khomo.dataset("con-nguyen").publish().await;
    let gone = khomo.dataset("se-rut").agency(AWAY).publish().await;
    released(khomo, "2026-Q2").await;
    khomo.clock.advance(3600);
    khomo.dataset("dan-so").title("Dân số các xã").dictionary(keyed()).csv("bang", LATER).await.publish().await;
    khomo.dataset("moi").agency(AWAY).describe(|metadata| metadata.topic = "giao-duc".into()).publish().await;
    khomo.withdraw(&gone, "stranger").or_else(|_| khomo.withdraw(&gone, "coordinator")).unwrap();
    khomo.clock.advance(60);
    released(khomo, "2026-Q3").await;
}

async fn bytes(reader: &mut Browser, path: &str) -> Vec<u8> {
    let answer = reader.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.body.to_vec()
}

fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

async fn manifest(reader: &mut Browser, quarter: &str) -> Value {
    serde_json::from_slice(&bytes(reader, &format!("/quy/{quarter}/manifest.json")).await).unwrap()
}

/// Every file that a manifest names: path and SHA-256.
fn named(manifest: &Value) -> BTreeMap<String, String> {
    let datasets = manifest["datasets"].as_array().unwrap().iter().flat_map(|one| one["files"].as_array().unwrap());
    let whole = manifest["files"].as_array().unwrap().iter();
    let pair = |file: &Value| (file["path"].as_str().unwrap().to_owned(), file["sha256"].as_str().unwrap().to_owned());
    datasets.chain(whole).map(pair).collect()
}

fn entry<'a>(manifest: &'a Value, slug: &str) -> Option<&'a Value> {
    manifest["datasets"].as_array().unwrap().iter().find(|one| one["dataset"] == slug)
}

/// An archive: content by path.
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(zip)).unwrap();
    let mut found = BTreeMap::new();
    for number in 0..archive.len() {
        let mut file = archive.by_index(number).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        found.insert(file.name().unwrap().into_owned(), content);
    }
    found
}

fn put(folder: &Path, files: &BTreeMap<String, Vec<u8>>) {
    for (path, content) in files {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
}

#[actix_web::test]
async fn a_quarter_says_what_is_new_updated_unchanged_and_withdrawn_and_every_file_has_its_hash() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let first = manifest(&mut reader, "2026-Q2").await;
    assert_eq!(first["datasets"].as_array().unwrap().len(), 3);
    assert!(first["datasets"].as_array().unwrap().iter().all(|one| one["change"] == "new"));
    let second = manifest(&mut reader, "2026-Q3").await;
    let slugs: Vec<&str> =
        second["datasets"].as_array().unwrap().iter().map(|one| one["dataset"].as_str().unwrap()).collect();
    assert_eq!(slugs, ["con-nguyen", "dan-so", "moi", "se-rut"], "sorted by address");
    let change = |slug: &str| entry(&second, slug).unwrap()["change"].as_str().unwrap();
    assert_eq!(["con-nguyen", "dan-so", "moi", "se-rut"].map(change), ["unchanged", "updated", "new", "withdrawn"]);
    assert_eq!(entry(&second, "se-rut").unwrap()["files"], serde_json::json!([]), "a tombstone");
    assert_eq!(second["previous"]["quarter"], "2026-Q2");
    assert_eq!(second["previous"]["manifest_sha256"], hash(&bytes(&mut reader, "/quy/2026-Q2/manifest.json").await));
    let files = named(&second);
    assert!(files.contains_key("changes/dan-so/bang.json") && files.contains_key("data/moi/bang.parquet"), "{files:?}");
    for (path, wanted) in &files {
        assert_eq!(hash(&bytes(&mut reader, &format!("/quy/2026-Q3/{path}")).await), *wanted, "{path}");
    }
    let published = reader.get("/dataset/dan-so/bang.csv").await;
    assert_eq!(hash(&published.body), files["data/dan-so/bang.csv"], "the very bytes that are published");
}

#[actix_web::test]
async fn rows_that_changed_are_counted_and_the_same_in_three_forms() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let csv = reader.get("/quy/2026-Q3/changes/dan-so/bang.csv").await.text();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].starts_with("change,old_row,new_row,changed_columns,"), "{csv}");
    let kinds: Vec<&str> = lines[1..].iter().map(|line| line.split(',').next().unwrap()).collect();
    assert_eq!(kinds, ["removed", "added", "changed", "changed"]);
    let rows: Vec<Value> =
        serde_json::from_slice(&bytes(&mut reader, "/quy/2026-Q3/changes/dan-so/bang.json").await).unwrap();
    assert_eq!((rows.len(), &rows[1]["change"], &rows[1]["old_row"]), (4, &"added".into(), &Value::Null));
    assert_eq!(&bytes(&mut reader, "/quy/2026-Q3/changes/dan-so/bang.parquet").await[..4], b"PAR1");
    let listed: Vec<Value> = serde_json::from_slice(&bytes(&mut reader, "/quy/2026-Q3/changes.json").await).unwrap();
    let own = listed.iter().find(|one| one["dataset"] == "dan-so").unwrap();
    let counted = ["rows_added", "rows_removed", "rows_changed", "cells_changed", "version", "previous_version"];
    assert_eq!(counted.map(|name| own[name].as_i64().unwrap()), [1, 1, 2, 2, 2, 1]);
    let text = reader.get("/quy/2026-Q3/changes.csv").await.text();
    assert_eq!(text.lines().count(), 1 + listed.len());
    assert_eq!(&bytes(&mut reader, "/quy/2026-Q3/changes.parquet").await[..4], b"PAR1");
    assert_eq!(&bytes(&mut reader, "/quy/2026-Q3/manifest.parquet").await[..4], b"PAR1");
    let package: Value = serde_json::from_slice(&bytes(&mut reader, "/quy/2026-Q3/datapackage.json").await).unwrap();
    let resources = package["resources"].as_array().unwrap();
    let table = resources.iter().find(|one| one["path"] == "data/dan-so/bang.csv").unwrap();
    let schema = table["schema"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap();
    assert_eq!(reader.get(schema).await.status, 200, "{schema}");
    let mut names: Vec<&str> = resources.iter().map(|one| one["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), resources.len(), "each name once");
}

#[actix_web::test]
async fn the_signature_is_verified_by_others_with_the_published_key() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let manifest = bytes(&mut reader, "/quy/2026-Q3/manifest.json").await;
    let signature = STANDARD.decode(reader.get("/quy/2026-Q3/manifest.json.sig").await.text().trim()).unwrap();
    assert_eq!(signature.len(), 64);
    let id = ready(&khomo, "2026-Q3").key_id.unwrap();
    let pem = reader.get(&format!("/quy/khoa/{id}.pem")).await.text();
    let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let der = STANDARD.decode(body).unwrap();
    assert_eq!(der.len(), 44, "SubjectPublicKeyInfo");
    let key = ring::signature::UnparsedPublicKey::new(&ring::signature::ED25519, &der[12..]);
    key.verify(&manifest, &signature).unwrap();
    let mut other = manifest.clone();
    other[20] ^= 1;
    assert!(key.verify(&other, &signature).is_err());
    assert!(reader.get("/quy/khoa").await.text().contains(&id));
    assert_eq!(reader.get("/quy/khoa/khong-co.pem").await.status, 404);
}

#[actix_web::test]
async fn archives_are_computed_and_any_range_of_them_is_a_slice_of_the_whole() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let whole = reader.get("/quy/2026-Q3/tinh.zip").await;
    assert_eq!((whole.status, whole.header("accept-ranges")), (200, Some("bytes")));
    let files = unpacked(&whole.body);
    for (path, content) in &files {
        assert_eq!(*content, bytes(&mut reader, &format!("/quy/2026-Q3/{path}")).await, "{path}");
    }
    assert!(files.contains_key("manifest.json.sig") && files.contains_key("changes/dan-so/bang.parquet"));
    assert!(!files.keys().any(|path| path.starts_with("data/se-rut")));
    let (etag, length) = (whole.header("etag").unwrap().to_owned(), whole.body.len());
    for (from, to) in
        [(0, 0), (0, length - 1), (29, 31), (100, 5000), (length / 2, length / 2 + 700), (length - 30, length - 1)]
    {
        let to = to.min(length - 1);
        let range = format!("bytes={from}-{to}");
        let part = reader.get_with("/quy/2026-Q3/tinh.zip", &[("Range", &range), ("If-Range", &etag)]).await;
        assert_eq!(part.status, 206, "{range}");
        assert_eq!(part.body[..], whole.body[from..=to], "{range}");
    }
    assert_eq!(reader.get_with("/quy/2026-Q3/tinh.zip", &[("If-None-Match", &etag)]).await.status, 304);
    let far = format!("bytes={length}-");
    assert_eq!(reader.get_with("/quy/2026-Q3/tinh.zip", &[("Range", &far)]).await.status, 416);
    let of = |zip: &[u8]| {
        let mut slugs: Vec<String> = unpacked(zip)
            .keys()
            .filter_map(|path| path.strip_prefix("data/")?.split('/').next().map(str::to_owned))
            .collect();
        slugs.dedup();
        slugs
    };
    assert_eq!(of(&bytes(&mut reader, "/quy/2026-Q3/chu-de/giao-duc.zip").await), ["moi"]);
    let part = bytes(&mut reader, "/quy/2026-Q3/co-quan/so-y-te.zip").await;
    assert_eq!(of(&part), ["con-nguyen", "dan-so"]);
    // A Data Package without the files that it lists is none; the manifest is signed as a whole.
    assert!(files.contains_key("datapackage.json"));
    let part = unpacked(&part);
    assert!(!part.contains_key("datapackage.json") && part.contains_key("manifest.json"), "{:?}", part.keys());
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), &part);
    let checked = release::verify(folder.path(), &[]).unwrap();
    assert_eq!(checked.files["datapackage.json"], Found::Missing);
    assert!(checked.is_sound(false) && checked.unnamed.is_empty(), "{checked:?}");
    for path in
        ["chu-de/khong-co.zip", "co-quan/khong-co.zip", "khong-co.csv", "data/dan-so/khong-co.csv", "chu-de/y-te"]
    {
        assert_eq!(reader.get(&format!("/quy/2026-Q3/{path}")).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn the_command_line_verifies_a_folder_and_names_what_differs_and_what_is_missing() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let folder = tempfile::tempdir().unwrap();
    let (place, key) = (folder.path().join("quy"), folder.path().join("key.pem"));
    put(&place, &unpacked(&bytes(&mut reader, "/quy/2026-Q3/tinh.zip").await));
    let id = ready(&khomo, "2026-Q3").key_id.unwrap();
    fs::write(&key, bytes(&mut reader, &format!("/quy/khoa/{id}.pem")).await).unwrap();
    let run = |more: &[&str]| {
        let (place, key) = (place.display().to_string(), key.display().to_string());
        let mut args = vec!["release", "verify", place.as_str(), "--key", key.as_str()];
        args.extend(more);
        let output = khomo.command(&args, &[]).output().unwrap();
        (output.status.code().unwrap(), String::from_utf8(output.stdout).unwrap())
    };
    let (code, said) = run(&["--strict"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("signature valid") && said.contains("0 differ, 0 missing"), "{said}");
    let table = place.join("data/dan-so/bang.csv");
    let csv = fs::read(&table).unwrap();
    fs::remove_file(&table).unwrap();
    let (code, said) = run(&[]);
    assert_eq!(code, 0, "an archive may hold a part: {said}");
    assert!(said.contains("missing data/dan-so/bang.csv"), "{said}");
    assert_eq!(run(&["--strict"]).0, 3);
    fs::write(&table, [&csv[..csv.len() - 2], b"9\n"].concat()).unwrap();
    let (code, said) = run(&["--json"]);
    let told: Value = serde_json::from_str(&said).unwrap();
    assert_eq!((code, &told["files"]["data/dan-so/bang.csv"]), (3, &"differs".into()));
    fs::write(&table, csv).unwrap();
    let manifest = place.join("manifest.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("\"late\":false", "\"late\":true ")).unwrap();
    assert_eq!(run(&[]).0, 3, "the signature is over other bytes");
    fs::write(&manifest, "{}").unwrap();
    assert_eq!(run(&[]).0, 2);
    // Whoever changes files and manifest takes the signature away: with a key it is asked for.
    fs::write(&manifest, text).unwrap();
    assert_eq!(run(&[]).0, 0);
    fs::remove_file(place.join("manifest.json.sig")).unwrap();
    let (code, said) = run(&[]);
    assert_eq!(code, 3, "{said}");
    assert!(said.contains("signature missing"), "{said}");
    let trusting = khomo.command(&["release", "verify", &place.display().to_string()], &[]).output().unwrap();
    assert_eq!(trusting.status.code(), Some(0), "without a key the files alone are looked at");
}

#[actix_web::test]
async fn built_again_from_the_store_a_release_is_byte_identical() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let paths: Vec<String> = named(&manifest(&mut reader, "2026-Q3").await)
        .into_keys()
        .chain(["manifest.json", "manifest.json.sig", "tinh.zip"].map(str::to_owned))
        .collect();
    let mut before = Vec::new();
    for path in &paths {
        before.push(bytes(&mut reader, &format!("/quy/2026-Q3/{path}")).await);
    }
    let old = ready(&khomo, "2026-Q3");
    khomo.drop_triggers();
    for sql in [
        format!("DELETE FROM release_file WHERE release_id = '{}'", old.id),
        format!("DELETE FROM release_entry WHERE release_id = '{}'", old.id),
        format!("DELETE FROM release WHERE id = '{}'", old.id),
    ] {
        khomo.raw(&sql).unwrap();
    }
    // What was made for it is made anew, and what came later is not in it.
    for (name, _) in khomo.files().list("tables").await.unwrap() {
        if name.contains("/changes-") {
            khomo.files().delete(&name).await.unwrap();
        }
    }
    khomo.clock.advance(3600);
    khomo.dataset("ve-sau").publish().await;
    order(&khomo, "2026-Q3", Timestamp(old.as_of)).unwrap();
    build(&khomo).await;
    for (path, before) in paths.iter().zip(&before) {
        assert!(bytes(&mut reader, &format!("/quy/2026-Q3/{path}")).await == *before, "{path} differs");
    }
}

#[actix_web::test]
async fn a_release_that_broke_off_in_the_middle_goes_on_where_it_was() {
    let (khomo, _keys) = signing();
    for slug in ["mot", "hai", "ba"] {
        khomo.dataset(slug).publish().await;
    }
    let as_of = khomo.clock.now();
    let lost = khomo.lines(
        "SELECT r.table_version_id AS line FROM version_resource AS r JOIN version AS v ON v.id = r.version_id \
         JOIN dataset AS d ON d.id = v.dataset_id WHERE d.slug = 'hai'",
    );
    let (there, away) = lose_file(&khomo, &lost[0]);
    order(&khomo, "2026-Q3", as_of).unwrap();
    build(&khomo).await;
    let building = khomo.db().read(|conn| release::list(conn, true)).unwrap().remove(0);
    assert_eq!(building.state, State::Building.code());
    assert!(building.done_until.is_some());
    assert_eq!(khomo.count("release_entry"), 1, "what was done stays");
    let mut reader = khomo.public().await;
    for path in ["/quy/2026-Q3", "/quy/2026-Q3/manifest.json", "/quy/2026-Q3/tinh.zip"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}: nobody sees it before it is whole");
    }
    fs::rename(&away, &there).unwrap();
    khomo.clock.advance(3600);
    build(&khomo).await;
    let manifest = manifest(&mut reader, "2026-Q3").await;
    assert_eq!(manifest["datasets"].as_array().unwrap().len(), 3);
    assert_eq!(khomo.count("release_entry"), 3);
    assert_eq!(khomo.count("audit_entry WHERE action = 'release.ready'"), 1);
    // A table that is not what its row says is never released.
    let other = fs::read(&there).unwrap();
    fs::write(&there, [&other[..], b"x\n"].concat()).unwrap();
    order(&khomo, "2026-Q4", khomo.clock.now()).unwrap();
    build(&khomo).await;
    assert!(khomo.db().read(|conn| release::by_quarter(conn, Quarter::parse("2026-Q4").unwrap())).is_err());
}

#[actix_web::test]
async fn what_is_destroyed_later_is_gone_from_the_files_and_its_hash_stays() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let before = bytes(&mut reader, "/quy/2026-Q3/manifest.json").await;
    let whole = reader.get("/quy/2026-Q3/tinh.zip").await;
    let id = khomo.db().read(|conn| dataset::by_slug(conn, "dan-so")).unwrap().unwrap().id;
    crate::purge::purged(&khomo, &id, "dan-so").await;
    for path in
        ["data/dan-so/bang.csv", "data/dan-so/bang.parquet", "changes/dan-so/bang.csv", "changes/dan-so/bang.parquet"]
    {
        assert_eq!(reader.get(&format!("/quy/2026-Q3/{path}")).await.status, 410, "{path}");
    }
    assert_eq!(bytes(&mut reader, "/quy/2026-Q3/manifest.json").await, before);
    let left = reader.get("/quy/2026-Q3/tinh.zip").await;
    assert_ne!(left.header("etag"), whole.header("etag"));
    let files = unpacked(&left.body);
    assert!(
        !files.keys().any(|path| path.contains("dan-so")) && files.contains_key("data/moi/bang.csv"),
        "{:?}",
        files.keys()
    );
    let leaked = files.values().any(|content| String::from_utf8_lossy(content).contains("Dân số các xã"));
    assert!(!leaked, "no list holds words of a dataset");
    let names: Vec<String> = khomo.files().list("tables").await.unwrap().into_iter().map(|(name, _)| name).collect();
    assert!(!names.iter().any(|name| name.contains("/changes-")), "comparisons go with their tables: {names:?}");
    let page = reader.get("/en/quy/2026-Q3").await;
    assert!(page.text().contains("can no longer be downloaded"), "the page says so");
    assert!(!page.text().contains("Dân số các xã"));
    assert_eq!(
        khomo.db().read(release::stored).unwrap().iter().filter(|one| one.name.contains("/changes-")).count(),
        0
    );
}

#[actix_web::test]
async fn pages_and_feed_tell_of_a_release_in_both_languages() {
    let (khomo, _keys) = signing();
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        for path in ["/quy", "/quy/khoa"] {
            let page = reader.get(&format!("{prefix}{path}")).await;
            assert_clean(&page.path, &page.text(), &[PUBLIC_URL]);
        }
    }
    two_quarters(&khomo).await;
    for (prefix, name) in [("", "Quý III/2026"), ("/en", "Q3 2026")] {
        for path in [
            "/quy",
            "/quy/2026-Q3",
            "/quy/2026-Q3?change=updated",
            "/quy/2026-Q3?change=late&page=7",
            "/quy/2026-Q3/kiem-tra",
            "/quy/khoa",
        ] {
            let path = format!("{prefix}{path}");
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            assert!(page.text().contains(name) || path.ends_with("khoa"), "{path}");
        }
        let home = reader.get(if prefix.is_empty() { "/" } else { prefix }).await;
        assert!(home.text().contains(name), "the home page names the newest");
        assert!(home.attributes("a", "href").contains(&format!("{prefix}/quy/2026-Q3")));
        let feed = reader.get(&format!("{prefix}/feed.atom")).await.text();
        assert!(
            feed.contains(&format!("<id>{PUBLIC_URL}/quy/2026-Q3</id>")) && feed.contains("term=\"release\""),
            "{feed}"
        );
        // What changed is told from close to close; of the first release from the beginning of its quarter.
        for (quarter, since, until) in [("2026-Q2", "00:00", "09:00"), ("2026-Q3", "09:00", "10:01")] {
            let lead = reader.get(&format!("{prefix}/quy/{quarter}")).await.texts(".page-head p").remove(0);
            assert!(lead.contains(since) && lead.contains(until), "{lead}");
            let told = feed.split("<entry>").find(|entry| entry.contains(&format!("{PUBLIC_URL}/quy/{quarter}<")));
            assert!(told.is_some_and(|entry| entry.contains(since) && entry.contains(until)), "{feed}");
        }
        let own = reader.get(&format!("{prefix}/quy/2026-Q3?change=updated")).await;
        assert_eq!(own.texts("#list ~ .framed tbody tr").len(), 1);
        assert_eq!(own.attributes("#list ~ .framed tbody a[download]", "href").len(), 3);
        let check = reader.get(&format!("{prefix}/quy/2026-Q3/kiem-tra")).await;
        // The panel is there from the start, so that nothing moves, and can be used once the script says so.
        assert_eq!(check.attribute("#verify", "hidden"), None);
        assert_eq!(check.attributes("#verify input[disabled]", "id"), ["files", "folder"]);
        assert_eq!(check.texts("#verify [role=status] li").len(), 0, "whoever listens hears no list");
        let html = check.text();
        let blocks = html.split("<pre class=\"code").skip(1);
        let blocks: Vec<&str> =
            blocks.map(|rest| rest.split_once('>').unwrap().1.split("</pre>").next().unwrap()).collect();
        assert_eq!(blocks.len(), 2);
        let broken = if prefix.is_empty() {
            "hãy xóa tệp ZIP rồi tải lại"
        } else {
            "delete the ZIP file and fetch it anew"
        };
        assert!(html.contains(broken), "{html}");
        for block in &blocks {
            let lines: Vec<&str> = block.lines().collect();
            let unpacked = lines.iter().position(|line| *line == "unzip -o 2026-Q3.zip -d 2026-Q3").unwrap();
            let entered = lines.iter().position(|line| *line == "cd 2026-Q3").unwrap();
            assert!(lines[0].starts_with("curl -f -C - -o 2026-Q3.zip ") && unpacked < entered, "{block}");
            for line in lines.iter().filter(|line| line.starts_with("curl ")) {
                assert!(line.starts_with("curl -f "), "the page of an error is no file: {line}");
                let path = line.rsplit(' ').next().unwrap().strip_prefix(PUBLIC_URL).unwrap();
                assert_eq!(reader.get(path).await.status, 200, "{line}");
            }
        }
        assert!(blocks[0].ends_with("\nkhomo release verify . --key ../2026-Q3.pem"), "{}", blocks[0]);
        assert!(blocks[1].contains("openssl pkeyutl -verify") && blocks[1].contains("| sha256sum --check"));
    }
    for path in ["/quy/2026-Q1", "/quy/2026-Q9", "/quy/2026", "/quy/2026-Q1/kiem-tra", "/quy/2026-Q1/tinh.zip"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    let told = khomo.work().await;
    assert!(told > 0);
    let links = khomo.lines("SELECT DISTINCT link AS line FROM notice WHERE event = 'release-ready'");
    assert_eq!(links.len(), 2, "the coordinating department hears of each: {links:?}");
    let second = "/internal/quarter/2026-Q2".to_owned();
    assert!(links.contains(&second), "{links:?}");
    khomo.raw(&closed("2026-Q2", khomo.clock.now())).unwrap();
    let page = khomo.signed_in("coordinator").await.visit(&second).await;
    assert!(page.attributes("dl.deflist a", "href").contains(&format!("{PUBLIC_URL}/quy/2026-Q2")));
}

#[actix_web::test]
async fn the_list_of_a_release_is_narrowed_to_an_agency_and_to_words() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        let base = format!("{prefix}/quy/2026-Q3");
        for (query, slugs) in [
            ("q=dan+so", vec!["dan-so"]),
            ("q=D%C3%82N+s%E1%BB%91", vec!["dan-so"]),
            ("q=con-nguyen", vec!["con-nguyen"]),
            ("q=guyen", vec![]),
            ("q=%25", vec!["con-nguyen", "dan-so", "moi", "se-rut"]),
            ("agency=so-nong-nghiep-va-moi-truong", vec!["moi", "se-rut"]),
            ("agency=so-nong-nghiep-va-moi-truong&change=new", vec!["moi"]),
            ("agency=so-y-te&change=updated&q=xa&page=7", vec!["dan-so"]),
            ("agency=so-nong-nghiep-va-moi-truong&q=dan+so", vec![]),
            ("agency=khong-co", vec!["con-nguyen", "dan-so", "moi", "se-rut"]),
        ] {
            let path = format!("{base}?{query}");
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            let found = page.attributes("#list ~ .framed tbody th > a", "href");
            let slug = |href: &String| href.split("/dataset/").nth(1).unwrap().split('/').next().unwrap().to_owned();
            assert_eq!(found.iter().map(slug).collect::<Vec<_>>(), slugs, "{path}");
        }
        // What is typed and chosen stays, whatever is found, and the ways to the changes keep it.
        let page = reader.get(&format!("{base}?change=new&agency={AWAY}&q=dan+so")).await;
        assert_eq!(page.attribute("#q", "value").as_deref(), Some("dan so"));
        assert_eq!(page.attribute("#agency option[selected]", "value").as_deref(), Some(AWAY));
        assert_eq!(page.attribute("form[role=search] input[name=change]", "value").as_deref(), Some("new"));
        assert_eq!(page.attributes("form[role=search] > a", "href"), [format!("{base}?change=new")]);
        let ways = page.attributes("nav.switch a", "href");
        assert_eq!(ways[0], format!("{base}?agency={AWAY}&q=dan%20so"));
        assert!(ways.iter().all(|way| way.ends_with(&format!("agency={AWAY}&q=dan%20so"))), "{ways:?}");
        assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"));
    }
}

#[actix_web::test]
async fn the_feed_keeps_the_newest_release_however_much_was_published_since() {
    let khomo = Khomo::start();
    khomo.dataset("dan-so").publish().await;
    for quarter in ["2026-Q2", "2026-Q3"] {
        khomo.clock.advance(60);
        order(&khomo, quarter, khomo.clock.now()).unwrap();
        build(&khomo).await;
    }
    let at = khomo.clock.now().plus_seconds(60).0;
    khomo.drop_triggers();
    for number in 2..=60 {
        khomo
            .raw(&format!(
                "INSERT INTO version (id, dataset_id, number, state, metadata, author_kind, author_id, created_at, published_at, hash) \
                 SELECT '{}', dataset_id, {number}, state, metadata, author_kind, author_id, {at}, {at}, hash \
                 FROM version WHERE number = 1",
                VersionId::fresh()
            ))
            .unwrap();
    }
    let feed = khomo.public().await.get("/feed.atom").await.text();
    assert_eq!(feed.matches("<entry>").count(), 50);
    let ids: Vec<&str> = feed.split("<id>").skip(1).filter_map(|rest| rest.split("</id>").next()).collect();
    let newest = format!("{PUBLIC_URL}/quy/2026-Q3");
    assert_eq!(ids.last(), Some(&newest.as_str()), "the oldest of what is told");
    assert!(!ids.contains(&format!("{PUBLIC_URL}/quy/2026-Q2").as_str()));
}

#[actix_web::test]
async fn without_a_key_a_release_is_not_signed_and_says_so() {
    let khomo = Khomo::start();
    khomo.dataset("dan-so").publish().await;
    released(&khomo, "2026-Q3").await;
    let mut reader = khomo.public().await;
    assert_eq!(manifest(&mut reader, "2026-Q3").await["key"], Value::Null);
    assert_eq!(reader.get("/quy/2026-Q3/manifest.json.sig").await.status, 404);
    assert!(!unpacked(&bytes(&mut reader, "/quy/2026-Q3/tinh.zip").await).contains_key("manifest.json.sig"));
    assert!(reader.get("/quy/2026-Q3").await.text().contains("không có chữ ký"));
    // A folder that is asked for and holds no key holds the release up: nobody takes an unsigned one for what was wanted.
    let empty = tempfile::tempdir().unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_RELEASE_KEYS", &empty.path().display().to_string())]);
    khomo.dataset("dan-so").publish().await;
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    build(&khomo).await;
    let state =
        || khomo.lines("SELECT state || ' ' || last_failure AS line FROM job WHERE kind = 'release-build'").remove(0);
    assert!(state().starts_with("waiting ") && state().contains("release-key-none"), "{}", state());
    release::make_key(empty.path(), khomo.clock.now()).unwrap();
    khomo.clock.advance(3600);
    build(&khomo).await;
    assert!(ready(&khomo, "2026-Q3").key_id.is_some());
}

#[actix_web::test]
async fn a_program_without_the_keys_leaves_a_release_to_one_that_has_them() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    released(&khomo, "2026-Q2").await;
    khomo.clock.advance(3600);
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    let mut bare = khomo.second_program();
    Arc::make_mut(&mut bare.parts.settings).release_keys = None;
    assert_eq!(run_due(&bare, &Handlers::default().with_releases()).await.unwrap(), 1);
    let failure =
        khomo.lines("SELECT last_failure AS line FROM job WHERE state = 'waiting' AND kind = 'release-build'");
    assert!(failure[0].contains("release-keys-unnamed"), "{failure:?}");
    for (lang, words) in [("vi", "chưa đặt KHOMO_RELEASE_KEYS"), ("en", "KHOMO_RELEASE_KEYS is not set")] {
        let mut command = khomo.command(&["--lang", lang, "release", "build", "2026-Q3"], &[]);
        let output = command.env_remove("KHOMO_RELEASE_KEYS").output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{said}");
    }
    khomo.clock.advance(3600);
    build(&khomo).await;
    assert!(ready(&khomo, "2026-Q3").signature.is_some());
}

#[actix_web::test]
async fn releases_follow_each_other_and_keys_stay_published_when_a_newer_one_signs() {
    let (khomo, keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let refused = |quarter: &str, as_of: Timestamp| {
        let error = order(&khomo, quarter, as_of).unwrap_err();
        (error.kind(), error.problems()[0].code.to_owned())
    };
    let now = khomo.clock.now();
    assert_eq!(refused("2026-Q5", now), (Kind::Invalid, "release-quarter".into()));
    assert_eq!(refused("2026-Q3", now.plus_seconds(1)), (Kind::Invalid, "release-moment".into()));
    order(&khomo, "2026-Q2", now).unwrap();
    build(&khomo).await;
    assert_eq!(refused("2026-Q2", now), (Kind::Conflict, "release-there".into()));
    assert_eq!(refused("2026-Q1", now), (Kind::Conflict, "release-order".into()));
    assert_eq!(refused("2026-Q3", Timestamp(now.0 - 1)), (Kind::Conflict, "release-order".into()));
    khomo.clock.advance(86_400);
    release::make_key(keys.path(), khomo.clock.now()).unwrap();
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    build(&khomo).await;
    let used = ["2026-Q2", "2026-Q3"].map(|quarter| ready(&khomo, quarter).key_id.unwrap());
    assert_ne!(used[0], used[1]);
    let mut reader = khomo.public().await;
    for id in &used {
        assert_eq!(reader.get(&format!("/quy/khoa/{id}.pem")).await.status, 200);
    }
    let taken = khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::publish_key(tx, &used[0], &[1; 32]));
    assert!(taken.unwrap_err().has("release-key-taken"));
}

#[actix_web::test]
async fn what_is_withdrawn_between_the_close_and_the_making_counts_as_published_at_the_close() {
    let (khomo, _keys) = signing();
    let id = khomo.dataset("dan-so").publish().await;
    khomo.dataset("con-nguyen").publish().await;
    order(&khomo, "2026-Q2", khomo.clock.now()).unwrap();
    khomo.clock.advance(60);
    khomo.withdraw(&id, "approver").unwrap();
    build(&khomo).await;
    let mut reader = khomo.public().await;
    let first = manifest(&mut reader, "2026-Q2").await;
    let own = entry(&first, "dan-so").unwrap();
    assert_eq!((&own["change"], own["files"].as_array().unwrap().len()), (&"new".into(), 2), "{own}");
    assert_eq!(reader.get("/quy/2026-Q2/data/dan-so/bang.csv").await.status, 410);
    assert!(!unpacked(&bytes(&mut reader, "/quy/2026-Q2/tinh.zip").await).contains_key("data/dan-so/bang.csv"));
    released(&khomo, "2026-Q3").await;
    let second = manifest(&mut reader, "2026-Q3").await;
    let told = |slug: &str| entry(&second, slug).map(|one| one["change"].as_str().unwrap());
    assert_eq!(["dan-so", "con-nguyen"].map(told), [Some("withdrawn"), Some("unchanged")]);
    khomo.clock.advance(60);
    released(&khomo, "2026-Q4").await;
    assert!(entry(&manifest(&mut reader, "2026-Q4").await, "dan-so").is_none(), "it is told once");
}

#[actix_web::test]
async fn the_sweep_and_the_backup_know_what_releases_name() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let stray = khomo.folder().join("stray");
    fs::write(&stray, "x").unwrap();
    khomo.files().put_file("releases/la/stray.json", &stray).await.unwrap();
    let removed = release::remove_orphans(khomo.files(), khomo.db(), Timestamp(i64::MAX)).await.unwrap();
    assert_eq!(removed, ["releases/la/stray.json"]);
    let named = khomo.db().read(release::stored).unwrap();
    assert_eq!(named.iter().filter(|one| one.name.contains("/changes-")).count(), 1);
    assert_eq!(named.iter().filter(|one| one.name.starts_with("releases/")).count(), 14, "seven lists of each");
    for one in named {
        assert_eq!(khomo.files().size(&one.name).await.unwrap(), one.bytes.unwrap(), "{}", one.name);
    }
}

#[actix_web::test]
async fn quarters_that_one_turn_closes_each_have_a_release_and_the_second_is_held_against_the_first() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let at = khomo.clock.now();
    // Both closed when the program ran again after a standstill; their jobs come in any order.
    for code in ["2026-Q1", "2026-Q2"] {
        khomo.raw(&closed(code, at)).unwrap();
    }
    for code in ["2026-Q2", "2026-Q1"] {
        let job = Job::new(quarter::CLOSED, json!({ "quarter": code, "as_of": at.0 }));
        khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::enqueue(tx, job)).unwrap();
        build(&khomo).await;
    }
    assert_eq!(khomo.count("job WHERE kind IN ('quarter-closed', 'release-build')"), 0, "nothing waits or is dead");
    assert_eq!(["2026-Q1", "2026-Q2"].map(|code| ready(&khomo, code).as_of), [at.0, at.0]);
    let mut reader = khomo.public().await;
    let second = manifest(&mut reader, "2026-Q2").await;
    assert_eq!(second["previous"]["quarter"], "2026-Q1");
    assert_eq!(entry(&second, "dan-so").unwrap()["change"], "unchanged");
    let page = reader.get("/quy").await;
    assert_eq!(page.texts("tbody th"), ["Quý II/2026", "Quý I/2026"]);
    assert_eq!(page.texts("tbody td:nth-child(4)"), ["0", "1"], "new in each");
}

#[actix_web::test]
async fn a_release_waits_for_the_one_before_however_long_that_takes() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let table = khomo.lines("SELECT table_version_id AS line FROM version_resource").remove(0);
    let (there, away) = lose_file(&khomo, &table);
    order(&khomo, "2026-Q2", khomo.clock.now()).unwrap();
    khomo.clock.advance(60);
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    // The first is dead after so many attempts; the second spends none of its own.
    for _ in 0..20 {
        build(&khomo).await;
        khomo.clock.advance(3600);
    }
    assert_eq!(khomo.lines("SELECT state AS line FROM job WHERE kind = 'release-build'"), ["dead"]);
    fs::rename(&away, &there).unwrap();
    let last = khomo.db().read(|conn| release::list(conn, true)).unwrap().remove(0);
    assert_eq!(last.quarter, "2026-Q3");
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::resume(tx, &last)).unwrap();
    build(&khomo).await;
    assert!(["2026-Q2", "2026-Q3"].iter().all(|code| ready(&khomo, code).is_ready()));
    let mut reader = khomo.public().await;
    assert_eq!(manifest(&mut reader, "2026-Q3").await["previous"]["quarter"], "2026-Q2");
}

#[actix_web::test]
async fn a_release_that_waits_to_be_tried_again_is_due_at_once_when_it_is_resumed() {
    let empty = tempfile::tempdir().unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_RELEASE_KEYS", &empty.path().display().to_string())]);
    khomo.dataset("dan-so").publish().await;
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    build(&khomo).await;
    release::make_key(empty.path(), khomo.clock.now()).unwrap();
    build(&khomo).await;
    let building = khomo.db().read(|conn| release::list(conn, true)).unwrap().remove(0);
    assert_eq!(building.state, State::Building.code(), "it is not its turn yet");
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::resume(tx, &building)).unwrap();
    build(&khomo).await;
    assert!(ready(&khomo, "2026-Q3").is_ready());
}

#[actix_web::test]
async fn the_command_waits_for_a_lease_that_another_program_left_and_then_makes_the_release() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    // As a program that was killed leaves it; the command goes by the real clock.
    let until = Clock::system().now().plus_seconds(LEASE).0;
    let taken = format!("UPDATE job SET state = 'running', attempts = 1, token = 1, lease_until = {until}");
    khomo.raw(&format!("{taken} WHERE kind = 'release-build'")).unwrap();
    let mut command = khomo.command(&["--lang", "en", "release", "build", "2026-Q3"], &[]);
    let mut running = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(running.stderr.take().unwrap()).lines().map(Result::unwrap);
    assert!(told.any(|line| line.contains("another program is making it")));
    khomo.raw("UPDATE job SET lease_until = 0 WHERE kind = 'release-build'").unwrap();
    let output = running.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success() && said.starts_with("ready 2026-Q3 "), "{said} {:?}", told.collect::<Vec<_>>());
    assert!(ready(&khomo, "2026-Q3").is_ready());
}

#[actix_web::test]
async fn the_command_ends_when_the_job_of_a_release_is_dead_and_run_again_puts_it_back() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let table = khomo.lines("SELECT table_version_id AS line FROM version_resource").remove(0);
    let (there, away) = lose_file(&khomo, &table);
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    khomo.raw("UPDATE job SET most_attempts = 1 WHERE kind = 'release-build'").unwrap();
    let run = || khomo.command(&["--lang", "en", "release", "build", "2026-Q3"], &[]).output().unwrap();
    let failed = run();
    let said = String::from_utf8(failed.stderr).unwrap();
    assert!(!failed.status.success() && said.contains("its job failed for good"), "{said}");
    fs::rename(&away, &there).unwrap();
    assert!(run().status.success());
    assert!(ready(&khomo, "2026-Q3").is_ready());
}

#[actix_web::test]
async fn the_command_does_not_wait_for_a_release_whose_close_lies_ahead() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let id = order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    // As a program whose clock stood ahead leaves it.
    let ahead = Clock::system().now().max(khomo.clock.now()).plus_seconds(86_400).0;
    khomo.raw(&format!("UPDATE release SET as_of = {ahead} WHERE id = '{id}'")).unwrap();
    let building = khomo.db().read(|conn| release::list(conn, true)).unwrap().remove(0);
    let resumed = khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::resume(tx, &building));
    assert!(resumed.unwrap_err().has("release-moment"));
    for (lang, words) in [("vi", "còn ở phía trước"), ("en", "lies ahead")] {
        let output = khomo.command(&["--lang", lang, "release", "build", "2026-Q3"], &[]).output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words), "{said}");
    }
    assert_eq!(khomo.count("job WHERE kind = 'release-build' AND state = 'waiting' AND attempts = 0"), 1);
}

#[actix_web::test]
async fn only_a_quarter_that_is_closed_is_released_by_command() {
    let place = Place::new();
    for (lang, words) in [("vi", "chưa khóa"), ("en", "is not closed")] {
        let output = place.run(&["--lang", lang, "release", "build", "2062-Q3"]);
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(!output.status.success() && said.contains(words) && said.contains("2062-Q3"), "{said}");
    }
    assert_eq!(place.succeeds(&["release", "list"]), "", "a slip of the pen leaves nothing behind");
    let khomo = Khomo::start();
    khomo.dataset("dan-so").publish().await;
    let at = khomo.clock.now();
    khomo.raw(&closed("2026-Q2", at)).unwrap();
    let order = |code: &str, as_of| {
        khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::order_closed(tx, code, as_of))
    };
    assert!(order("2026-Q3", None).unwrap_err().has("release-quarter-open"));
    assert!(order("2026Q2", None).unwrap_err().has("release-quarter"));
    khomo.clock.advance(3600);
    order("2026-Q2", None).unwrap();
    build(&khomo).await;
    assert_eq!(ready(&khomo, "2026-Q2").as_of, at.0, "as of its close");
    assert!(order("2026-Q2", None).unwrap_err().has("release-there"));
}

#[actix_web::test]
async fn an_archive_that_lost_a_dataset_is_another_one_for_every_cache() {
    let (khomo, _keys) = signing();
    two_quarters(&khomo).await;
    let mut reader = khomo.public().await;
    let path = "/quy/2026-Q3/tinh.zip";
    let whole = reader.get(path).await;
    let since = whole.header("last-modified").unwrap().to_owned();
    assert_eq!(reader.get_with(path, &[("If-Modified-Since", &since)]).await.status, 304);
    khomo.clock.advance(60);
    khomo.dataset("khac").publish().await;
    assert_eq!(
        reader.get_with(path, &[("If-Modified-Since", &since)]).await.status,
        304,
        "what is published later is not in it"
    );
    khomo.clock.advance(60);
    let moi = khomo.db().read(|conn| dataset::by_slug(conn, "moi")).unwrap().unwrap().id;
    khomo.withdraw(&moi, "stranger").or_else(|_| khomo.withdraw(&moi, "coordinator")).unwrap();
    let left = reader.get_with(path, &[("If-Modified-Since", &since)]).await;
    assert_eq!(left.status, 200);
    assert_ne!(left.header("last-modified"), Some(since.as_str()));
    assert_ne!(left.header("etag"), whole.header("etag"));
    assert!(!unpacked(&left.body).contains_key("data/moi/bang.csv"));
    assert_eq!(reader.get("/quy/2026-Q3/data/moi/bang.csv").await.status, 410);
    assert_eq!(reader.get("/quy/2026-Q3/data/con-nguyen/bang.csv").await.status, 200);
}

#[actix_web::test]
async fn laying_an_archive_out_costs_and_its_ranges_do_not() {
    // Twice as many units, four for each: two of them.
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "4")]);
    khomo.dataset("dan-so").describe(|metadata| metadata.topic = "y-te".into()).publish().await;
    released(&khomo, "2026-Q3").await;
    let mut reader = khomo.public().await;
    for from in 0..20 {
        let range = format!("bytes={from}-{}", from + 9);
        assert_eq!(reader.get_with("/quy/2026-Q3/tinh.zip", &[("Range", &range)]).await.status, 206);
    }
    assert_eq!(reader.get("/quy/2026-Q3/chu-de/y-te.zip").await.status, 200);
    assert_eq!(reader.get("/quy/2026-Q3/co-quan/so-y-te.zip").await.status, 429);
    assert_eq!(reader.get("/quy/2026-Q3/tinh.zip").await.status, 200, "it is kept");
    assert_eq!(reader.get("/quy/2026-Q3/manifest.json").await.status, 200);
    khomo.clock.advance(60);
    assert_eq!(reader.get("/quy/2026-Q3/co-quan/so-y-te.zip").await.status, 200);
}

#[cfg(unix)]
#[actix_web::test]
async fn the_doctor_names_a_key_that_others_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let (khomo, keys) = signing();
    let key = release::keys_in(keys.path()).unwrap().remove(0);
    let found = |mode: u32| {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        let output = khomo.command(&["doctor", "--json"], &[]).output().unwrap();
        let said: Value = serde_json::from_slice(&output.stdout).unwrap();
        let of_keys = said["findings"].as_array().unwrap().iter().filter(|one| one["check"] == "keys").cloned();
        of_keys.map(|one| one["code"].as_str().unwrap_or("well").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(found(0o600), ["well"]);
    assert_eq!(found(0o644), ["release-key-open"]);
    fs::remove_file(&key).unwrap();
    fs::write(&key, "").unwrap();
    assert_eq!(found(0o600), ["release-key-broken"]);
}

#[actix_web::test]
async fn what_a_release_has_put_into_the_store_waits_for_its_end() {
    let (khomo, _keys) = signing();
    khomo.dataset("dan-so").publish().await;
    let id = order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    // As an attempt leaves it that broke off before its rows were written, and goes on after days.
    let list = khomo.folder().join("list");
    fs::write(&list, "x").unwrap();
    let object = format!("releases/{id}/0123456789abcdef-changes.csv");
    khomo.files().put_file(&object, &list).await.unwrap();
    let sweep = || release::remove_orphans(khomo.files(), khomo.db(), Timestamp(i64::MAX));
    assert_eq!(sweep().await.unwrap(), [""; 0]);
    build(&khomo).await;
    assert!(ready(&khomo, "2026-Q3").is_ready());
    assert_eq!(sweep().await.unwrap(), [object], "of one that is ready what no row names goes");
}

#[actix_web::test]
async fn an_update_is_late_by_what_was_so_at_the_close() {
    let khomo = Khomo::start();
    let mut ids: Vec<DatasetId> = Vec::new();
    for slug in ["gia-han", "xac-nhan", "muon"] {
        ids.push(khomo.dataset(slug).publish().await);
    }
    khomo.work().await;
    let profile = khomo.app.profile();
    khomo.clock.advance(20 * 86_400);
    let form = ExtensionForm { to: "30/10/2026".into(), reason: "Hệ thống nguồn đang nâng cấp.".into() };
    let asked = khomo.db().write(&khomo.ctx("editor"), |tx| cycle::ask_extension(tx, profile, &ids[0], &form)).unwrap();
    let answer = AnswerForm::default();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| cycle::grant_extension(tx, profile, &asked, &answer)).unwrap();
    let counted = khomo.db().read(|conn| dataset::by_id(conn, &ids[1])).unwrap().counts_from.unwrap().to_string();
    let form = ConfirmForm { checked: "Đối chiếu với sổ.".into(), declared: "1".into(), counted };
    khomo.db().write(&khomo.ctx("editor"), |tx| cycle::confirm_unchanged(tx, profile, &ids[1], &form)).unwrap();
    // A month from 4 September was 5 October; all of them are updated between the close and the making of the release.
    khomo.clock.advance(16 * 86_400);
    order(&khomo, "2026-Q3", khomo.clock.now()).unwrap();
    khomo.clock.advance(86_400);
    for slug in ["gia-han", "xac-nhan", "muon"] {
        khomo.dataset(slug).csv("bang", LATER).await.publish().await;
    }
    build(&khomo).await;
    let mut reader = khomo.public().await;
    let told = manifest(&mut reader, "2026-Q3").await;
    let late = ["gia-han", "xac-nhan", "muon"].map(|slug| entry(&told, slug).unwrap()["late"].as_bool().unwrap());
    assert_eq!(late, [false, false, true]);
    assert_eq!(entry(&told, "muon").unwrap()["version"], 1, "as of the close");
}

/// Publishes data that owes what the catalogue alone asks for and that no issue lists yet.
async fn unlisted(khomo: &Khomo, slug: &str) -> DatasetId {
    let id = khomo.dataset(slug).describe(|metadata| metadata.frequency = "irregular".into()).publish().await;
    khomo.raw(&format!("UPDATE dataset SET in_catalogue = FALSE WHERE id = '{id}'")).unwrap();
    id
}

#[actix_web::test]
async fn an_issue_after_the_close_changes_nothing_of_who_was_late_at_it() {
    let khomo = Khomo::start();
    let long = unlisted(&khomo, "lau").await;
    crate::plan::issued(&khomo).await;
    let gone = unlisted(&khomo, "bo-ra").await;
    let back = unlisted(&khomo, "tro-lai").await;
    // Three months have passed since all were published, and since the catalogue listed the first, but not since it listed the others.
    khomo.clock.advance(140 * 86_400);
    crate::plan::issued(&khomo).await;
    khomo.clock.advance(86_400);
    order(&khomo, "2026-Q4", khomo.clock.now()).unwrap();
    for left_out in [&[&long, &gone, &back][..], &[&long, &gone]] {
        khomo.clock.advance(86_400);
        let issue = crate::plan::drafted(&khomo);
        for id in left_out {
            crate::plan::taken_out(&khomo, &issue, id, "Đang rà soát.").unwrap();
        }
        crate::plan::put_in_force(&khomo, &issue).await;
    }
    let marked = |id: &DatasetId| khomo.db().read(|conn| dataset::by_id(conn, id)).unwrap().in_catalogue;
    assert_eq!([&long, &gone, &back].map(marked), [false, false, true]);
    build(&khomo).await;
    let mut reader = khomo.public().await;
    let told = manifest(&mut reader, "2026-Q4").await;
    let late = ["lau", "bo-ra", "tro-lai"].map(|slug| entry(&told, slug).unwrap()["late"].as_bool().unwrap());
    assert_eq!(late, [true, false, false]);
}

#[actix_web::test]
async fn the_first_issue_of_the_catalogue_makes_nobody_late_at_a_close_before_it() {
    let khomo = Khomo::start();
    unlisted(&khomo, "so-lieu").await;
    khomo.clock.advance(140 * 86_400);
    order(&khomo, "2026-Q4", khomo.clock.now()).unwrap();
    khomo.clock.advance(86_400);
    crate::plan::issued(&khomo).await;
    build(&khomo).await;
    let mut reader = khomo.public().await;
    let told = manifest(&mut reader, "2026-Q4").await;
    assert_eq!(entry(&told, "so-lieu").unwrap()["late"], false);
}

#[actix_web::test]
async fn rows_of_a_tombstone_s_other_tables_are_neither_served_nor_compared() {
    let (khomo, _keys) = signing();
    // Each its own bytes: a purge takes every reading of the same file.
    let id = khomo.dataset("hai").csv("lo", SMALL).await.csv("sach", "Mã,Số\n1,2\n").await.publish().await;
    released(&khomo, "2026-Q2").await;
    khomo.clock.advance(3600);
    khomo.dataset("hai").csv("lo", LATER).await.csv("sach", "Mã,Số\n1,3\n").await.publish().await;
    released(&khomo, "2026-Q3").await;
    let mut reader = khomo.public().await;
    let changes = ["lo", "sach"].map(|table| format!("/quy/2026-Q3/changes/hai/{table}.csv"));
    for path in &changes {
        assert_eq!(reader.get(path).await.status, 200, "{path}");
    }
    // One table of the first version must not exist any more: the version is a tombstone with all its tables.
    let first = khomo
        .db()
        .read(|conn| {
            let version = dataset::version_by_number(conn, &id, 1)?.unwrap();
            dataset::resources_of(conn, &version.id)
        })
        .unwrap();
    let leaked = first.iter().find(|one| one.name == "lo").unwrap().table.id.clone();
    khomo.clock.advance(60);
    crate::purge::purged_part(&khomo, &id, "hai", &format!("table:{leaked}")).await;
    for path in &changes {
        assert_eq!(reader.get(path).await.status, 410, "{path}");
    }
    for path in ["data/hai/lo.csv", "data/hai/sach.csv"] {
        assert_eq!(reader.get(&format!("/quy/2026-Q2/{path}")).await.status, 410, "{path}");
        assert_eq!(
            reader.get(&format!("/quy/2026-Q3/{path}")).await.status,
            200,
            "the second version is public: {path}"
        );
    }
    let files = unpacked(&bytes(&mut reader, "/quy/2026-Q3/tinh.zip").await);
    assert!(!files.keys().any(|path| path.starts_with("changes/hai/")) && files.contains_key("data/hai/sach.csv"));
    let page = reader.get("/quy/2026-Q3").await;
    assert_eq!(page.attributes("#list ~ .framed tbody a[download]", "href"), [""; 0]);
    // Made anew, the release holds no row of either.
    let old = ready(&khomo, "2026-Q3");
    khomo.drop_triggers();
    for (table, column) in [("release_file", "release_id"), ("release_entry", "release_id"), ("release", "id")] {
        khomo.raw(&format!("DELETE FROM {table} WHERE {column} = '{}'", old.id)).unwrap();
    }
    order(&khomo, "2026-Q3", Timestamp(old.as_of)).unwrap();
    build(&khomo).await;
    let again = manifest(&mut reader, "2026-Q3").await;
    assert!(!named(&again).keys().any(|path| path.starts_with("changes/hai/")), "{again}");
    let listed: Vec<Value> = serde_json::from_slice(&bytes(&mut reader, "/quy/2026-Q3/changes.json").await).unwrap();
    assert_eq!((&listed[0]["compared"], &listed[0]["rows_changed"]), (&Value::Bool(false), &Value::from(0)));
}
