//! Backups: of one moment while others write, whole or not at all, and put back byte for byte, into either database and store.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use diesel::connection::SimpleConnection;
use diesel::{Connection, SqliteConnection};
use khomo::kernel::{Actor, Clock, Ctx};
use khomo::platform::db::{Db, dump};
use khomo::{account, audit, review};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::command_line::text;
use crate::purge;
use crate::stores::{on_s3, s3_settings};
use crate::support::kit::{Khomo, PASSWORD, SMALL, empty_database, vi};
use crate::support::postgres::Schema;
use crate::support::s3::S3Server;
use crate::support::served::until;

/// An empty database, and folders for the rest, elsewhere.
struct Target {
    settings: Vec<(&'static str, String)>,
    schema: Option<Schema>,
    folder: TempDir,
}

impl Target {
    /// On the database that the suite runs on.
    fn new() -> Self {
        let (url, schema, folder) = empty_database();
        Self::over(url, schema, folder)
    }

    /// On SQLite, whatever the suite runs on.
    fn in_a_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("again/khomo.db").display());
        Self::over(url, None, folder)
    }

    fn over(url: String, schema: Option<Schema>, folder: TempDir) -> Self {
        let below = |name: &str| folder.path().join(name).display().to_string();
        let settings = vec![
            ("KHOMO_DATABASE_URL", url),
            ("KHOMO_FILES", below("files")),
            ("KHOMO_INDEX", below("index")),
            ("KHOMO_SCRATCH", below("scratch")),
        ];
        Self { settings, schema, folder }
    }

    /// Restores a backup here, which must end with a code; gives what the program said.
    fn restore(&self, from: &Khomo, backup: &Path, code: i32) -> String {
        run(from, &["restore", &backup.display().to_string()], &self.settings, code)
    }

    /// The portal over what was restored.
    fn open(self, from: &Khomo) -> Khomo {
        from.elsewhere(&self.settings, self.schema, self.folder)
    }
}

/// Runs the program, which must end with a code; gives all that it said.
fn run(khomo: &Khomo, args: &[&str], settings: &[(&str, String)], code: i32) -> String {
    let output = khomo.command(args, settings).output().unwrap();
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "khomo {}: {said}", args.join(" "));
    said
}

/// Takes a backup below a folder.
fn take(khomo: &Khomo, folder: &Path, name: &str) -> PathBuf {
    let path = folder.join(name);
    run(khomo, &["backup", &path.display().to_string(), "--by", "operator"], &[], 0);
    path
}

fn manifest(backup: &Path) -> Value {
    serde_json::from_slice(&fs::read(backup.join("manifest.json")).unwrap()).unwrap()
}

/// A province in which everything that leaves objects or rows has happened.
async fn province(khomo: &Khomo) -> Upload {
    let odd = "Dòng \"một\"\r\n\tdòng \\hai\\ 'ba' – 100 %\u{2028}🌾";
    let first = khomo.dataset("cong-khai").title("Trạm y tế “Kim Sơn”");
    first.describe(|metadata| metadata.description = vi(odd)).publish().await;
    let second = khomo.dataset("cong-khai").title("Trạm y tế “Kim Sơn”").note("Bản 2");
    second.csv("bang", "Mã,Số\n001,2\n").await.publish().await;
    let withdrawn = khomo.dataset("da-rut").publish().await;
    khomo.withdraw(&withdrawn, "approver").unwrap();
    let gone = khomo.dataset("da-huy").csv("bang", "Mã,Số\n7,8\n").await.publish().await;
    purge::purged(khomo, &gone, "da-huy").await;
    khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    // Rows set aside are an object of their own.
    let good: String = (1..=98).map(|n| format!("{n:03},{n}\n")).collect();
    khomo.dataset("co-dong-loi").csv("bang", &format!("Mã,Số\n{good}099,1,thừa\n")).await.import().unwrap();
    assert_eq!(khomo.count("table_version WHERE set_aside_count > 0"), 1);
    let owner = khomo.id("editor");
    let scopes = ["read".to_owned(), "write".to_owned()];
    let key = khomo.db().write(&khomo.ctx("editor"), |tx| account::make_token(tx, &owner, "máy", &scopes, 30)).unwrap();
    let upload = Upload::begin(khomo, format!("Bearer {key}")).await;
    khomo.work().await;
    khomo.index();
    upload
}

/// A file of which the first half has come.
struct Upload {
    bearer: String,
    place: String,
}

const FILE: &[u8] = "Mã,Số\n1,2\n3,4\n".as_bytes();

impl Upload {
    async fn begin(khomo: &Khomo, bearer: String) -> Self {
        let told: Vec<String> = [("dataset", "nhap"), ("filename", "nua.csv"), ("declared", "no-state-secret")]
            .map(|(name, value)| format!("{name} {}", BASE64_STANDARD.encode(value)))
            .into();
        let (told, length) = (told.join(","), FILE.len().to_string());
        let headers = [
            ("Tus-Resumable", "1.0.0"),
            ("Authorization", bearer.as_str()),
            ("Upload-Length", length.as_str()),
            ("Upload-Metadata", told.as_str()),
            ("Content-Type", "application/offset+octet-stream"),
        ];
        let made = khomo.internal().await.send_bytes("POST", "/internal/uploads", &headers, FILE[..6].to_vec()).await;
        assert_eq!((made.status, made.header("upload-offset")), (201, Some("6")), "{}", made.text());
        let place = made.header("location").unwrap().to_owned();
        Self { bearer, place }
    }

    /// Sends the other half.
    async fn finish(&self, khomo: &Khomo) {
        let headers = [
            ("Tus-Resumable", "1.0.0"),
            ("Authorization", self.bearer.as_str()),
            ("Upload-Offset", "6"),
            ("Content-Type", "application/offset+octet-stream"),
        ];
        let sent = khomo.internal().await.send_bytes("PATCH", &self.place, &headers, FILE[6..].to_vec()).await;
        assert_eq!(sent.status, 204, "{}", sent.text());
        khomo.work().await;
        assert_eq!(khomo.count("upload WHERE state = 'read'"), 1);
    }
}

/// Every public address of files, with its bytes; and what stands for what is gone.
async fn downloads(khomo: &Khomo) -> BTreeMap<String, (u16, Vec<u8>)> {
    let mut reader = khomo.public().await;
    let mut all = BTreeMap::new();
    for slug in ["cong-khai", "da-rut", "da-huy", "nhap"] {
        for path in [
            format!("/dataset/{slug}/bang.csv"),
            format!("/dataset/{slug}/bang.parquet"),
            format!("/dataset/{slug}/bang.schema.json"),
            format!("/dataset/{slug}/v/1/bang.csv"),
            format!("/dataset/{slug}/v/2/bang.parquet"),
        ] {
            let answer = reader.get(&path).await;
            // A page about what is not there carries the name of the request.
            let body = if answer.status == 200 { answer.body.to_vec() } else { Vec::new() };
            all.insert(path, (answer.status, body));
        }
    }
    all
}

/// Rows of all tables but those of the moment, and but the migrations', sorted.
fn rows(khomo: &Khomo) -> Vec<(String, String)> {
    let passing = ["node", "session", "__diesel_schema_migrations"];
    let mut all: Vec<_> =
        khomo.everything().into_iter().filter(|(table, _)| !passing.contains(&table.as_str())).collect();
    all.sort();
    all
}

async fn is_the_same(one: &Khomo, other: &Khomo) {
    let before = downloads(one).await;
    assert_eq!(before["/dataset/cong-khai/bang.csv"].0, 200);
    assert_eq!(before["/dataset/da-huy/bang.csv"].0, 410);
    assert!(before == downloads(other).await, "downloads are byte-identical");
    let (seq, hash, revision) = one.heads();
    assert_eq!(other.heads(), (seq, hash, revision), "the audit log ends alike");
    let mut editor = other.internal().await;
    assert_eq!(editor.sign_in("editor", PASSWORD).await.status, 303, "people sign in as before");
    let table = one.lines("SELECT table_version_id AS line FROM version_resource ORDER BY version_id").remove(0);
    let (mut here, mut there) = (one.signed_in("editor").await, other.signed_in("editor").await);
    let path = format!("/internal/tables/{table}/original");
    assert_eq!(here.get(&path).await.body, there.get(&path).await.body);
}

#[actix_web::test]
async fn a_restored_backup_is_the_province_byte_for_byte() {
    let khomo = Khomo::start();
    let upload = province(&khomo).await;
    let folder = tempfile::tempdir().unwrap();
    let backup = take(&khomo, folder.path(), "one");
    let before = rows(&khomo);
    let target = Target::new();
    let said = target.restore(&khomo, &backup, 0);
    assert!(said.contains(&khomo.heads().1) && said.contains("index rebuilt"), "{said}");
    let again = target.open(&khomo);
    assert_eq!(rows(&again), before, "every row of every table");
    is_the_same(&khomo, &again).await;
    assert!(again.public().await.get("/dataset?q=tram+y+te").await.text().contains("Kim Sơn"), "and it is found");
    // The guards stand again.
    assert!(again.raw("UPDATE audit_entry SET action = 'x'").is_err());
    assert!(again.raw("INSERT INTO account_role (account_id, agency_id, role, valid_from) VALUES ('x', 'y', 'z', '2026-01-01')").is_err());
    upload.finish(&again).await;
    again.dataset("moi").publish().await;
}

#[actix_web::test]
async fn a_backup_of_one_database_and_store_restores_into_the_others() {
    let server = S3Server::start();
    let khomo = on_s3(&server);
    province(&khomo).await;
    let folder = tempfile::tempdir().unwrap();
    let backup = take(&khomo, folder.path(), "one");
    // From the suite's database into a file, from S3 into a folder.
    let target = Target::in_a_file();
    target.restore(&khomo, &backup, 0);
    let in_a_file = target.open(&khomo);
    is_the_same(&khomo, &in_a_file).await;
    // And from there into the suite's database and another bucket.
    let back = folder.path().join("back");
    run(&in_a_file, &["backup", &back.display().to_string(), "--unregistered"], &[], 0);
    let other = S3Server::start();
    let mut target = Target::new();
    target.settings.retain(|(name, _)| *name != "KHOMO_FILES");
    target.settings.extend(s3_settings(&other));
    target.restore(&in_a_file, &back, 0);
    is_the_same(&in_a_file, &target.open(&in_a_file)).await;
}

#[actix_web::test]
async fn a_backup_is_of_one_moment_while_others_publish() {
    let khomo = Khomo::start();
    khomo.dataset("dau-tien").publish().await;
    let folder = tempfile::tempdir().unwrap();
    let ids: Vec<_> = {
        let mut ids = Vec::new();
        for number in 0..12 {
            ids.push(khomo.dataset(&format!("bo-{number}")).csv("bang", SMALL).await.import().unwrap().0);
        }
        ids
    };
    for id in &ids {
        khomo.scan(id);
    }
    let (begun, done) = (AtomicBool::new(false), AtomicBool::new(false));
    let path = folder.path().join("one");
    let (db, profile) = (khomo.second_db(), khomo.app.parts.profile.clone());
    let (editor, approver) = (khomo.ctx("editor"), khomo.ctx("approver"));
    let output = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for id in &ids {
                db.write(&editor, |tx| review::submit(tx, &profile, id, "Đã soát.")).unwrap();
                db.write(&approver, |tx| review::approve(tx, &profile, id, "Đồng ý.")).unwrap();
                begun.store(true, Ordering::SeqCst);
            }
            // Entries go on until the backup is taken.
            while !done.load(Ordering::SeqCst) {
                let ctx = Ctx::new(Actor::System, Clock::system().now());
                db.write(&ctx, |tx| {
                    audit::record(tx, "job.cancel", "job", "-", json!({}));
                    Ok(())
                })
                .unwrap();
            }
        });
        until("begun", || begun.load(Ordering::SeqCst) || writer.is_finished());
        let output = khomo.command(&["backup", &path.display().to_string(), "--unregistered"], &[]).output().unwrap();
        done.store(true, Ordering::SeqCst);
        output
    });
    assert!(output.status.success(), "{}", text(&output.stderr));
    let taken = manifest(&path);
    let seq = taken["audit"]["seq"].as_i64().unwrap();
    assert!(seq < khomo.heads().0, "others wrote meanwhile");
    let target = Target::new();
    target.restore(&khomo, &path, 0);
    let again = target.open(&khomo);
    assert_eq!((again.heads().0, again.heads().1.as_str()), (seq, taken["audit"]["hash"].as_str().unwrap()));
    let mut reader = again.public().await;
    for slug in again.lines("SELECT slug AS line FROM dataset WHERE state = 'published'") {
        assert_eq!(reader.get(&format!("/dataset/{slug}/bang.csv")).await.status, 200, "{slug}");
    }
    assert!(again.count("dataset WHERE state = 'published'") >= 2);
}

#[actix_web::test]
async fn a_backup_that_broke_off_or_was_damaged_is_refused_and_leaves_nothing() {
    let khomo = Khomo::start();
    province(&khomo).await;
    let folder = tempfile::tempdir().unwrap();
    let backup = take(&khomo, folder.path(), "one");
    let whole = fs::read(backup.join("manifest.json")).unwrap();
    let target = Target::new();
    let empty = |target: &Target| {
        let files = Path::new(&target.settings[1].1).join("tables");
        let db = Db::open(&target.settings[0].1, true, Clock::system()).unwrap();
        assert!(!files.exists() && db.is_empty().unwrap(), "nothing was put back");
    };
    fs::remove_file(backup.join("manifest.json")).unwrap();
    assert!(target.restore(&khomo, &backup, 2).contains("manifest.json"));
    fs::write(backup.join("manifest.json"), &whole[..whole.len() / 2]).unwrap();
    assert!(target.restore(&khomo, &backup, 2).contains("manifest.json"));
    let newer = text(&whole).replacen("\"format\": 1", "\"format\": 2", 1);
    fs::write(backup.join("manifest.json"), newer).unwrap();
    assert!(target.restore(&khomo, &backup, 2).contains("newer"));
    let outside = text(&whole).replacen("tables/", "tables/../../", 1);
    fs::write(backup.join("manifest.json"), outside).unwrap();
    target.restore(&khomo, &backup, 2);
    fs::write(backup.join("manifest.json"), &whole).unwrap();

    let name = manifest(&backup)["objects"][0]["name"].as_str().unwrap().to_owned();
    for (file, say) in [
        (backup.join("objects").join(&name), name.as_str()),
        (backup.join("database/audit_entry.ndjson"), "audit_entry"),
    ] {
        let bytes = fs::read(&file).unwrap();
        let mut bad = bytes.clone();
        bad[0] ^= 1;
        fs::write(&file, bad).unwrap();
        assert!(target.restore(&khomo, &backup, 2).contains(say));
        fs::remove_file(&file).unwrap();
        assert!(target.restore(&khomo, &backup, 2).contains(say));
        fs::write(&file, bytes).unwrap();
    }
    empty(&target);
    target.restore(&khomo, &backup, 0);
    assert!(target.restore(&khomo, &backup, 2).contains("KHOMO_DATABASE_URL"), "a second time there is something");
    is_the_same(&khomo, &target.open(&khomo)).await;
}

#[actix_web::test]
async fn a_restore_that_broke_off_is_begun_anew_and_a_strange_store_is_refused() {
    let khomo = Khomo::start();
    province(&khomo).await;
    let folder = tempfile::tempdir().unwrap();
    let backup = take(&khomo, folder.path(), "one");
    let target = Target::new();
    let files = PathBuf::from(&target.settings[1].1);
    let objects = manifest(&backup)["objects"].as_array().unwrap().clone();
    let first = objects[0]["name"].as_str().unwrap();
    fs::create_dir_all(files.join(first).parent().unwrap()).unwrap();
    fs::write(files.join(first), "half").unwrap();
    assert!(target.restore(&khomo, &backup, 2).contains(first), "what is there must be right");
    fs::copy(backup.join("objects").join(first), files.join(first)).unwrap();
    let strange = files.join("tables/01999999-0000-7000-8000-000000000000/original");
    fs::create_dir_all(strange.parent().unwrap()).unwrap();
    fs::write(&strange, "x").unwrap();
    assert!(target.restore(&khomo, &backup, 2).contains("KHOMO_FILES"));
    fs::remove_dir_all(strange.parent().unwrap()).unwrap();
    target.restore(&khomo, &backup, 0);
    is_the_same(&khomo, &target.open(&khomo)).await;
}

#[actix_web::test]
async fn a_backup_says_who_answers_for_it_and_stands_in_the_list_of_backups() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one").display().to_string();
    run(&khomo, &["backup", &path], &[], 2);
    assert!(run(&khomo, &["backup", &path, "--by", "nobody-at-all"], &[], 2).contains("nobody-at-all"));
    run(&khomo, &["backup", &path, "--by", "editor"], &[], 2);
    assert_eq!(khomo.count("backup_copy"), 0);
    // What broke off is gone on with, and is one backup in the list.
    fs::create_dir_all(Path::new(&path).join("objects/tables/x")).unwrap();
    fs::write(Path::new(&path).join("objects/tables/x/original"), "of an earlier run").unwrap();
    let mark = Path::new(&path).join(".khomo-backup");
    fs::remove_file(&mark).unwrap();
    let refused = run(&khomo, &["backup", &path, "--by", "operator"], &[], 2);
    assert!(refused.contains("something else"), "without our mark it is somebody else's: {refused}");
    fs::write(mark, "").unwrap();
    let json = run(&khomo, &["backup", &path, "--by", "operator", "--kept-until", "2100-01-01", "--json"], &[], 0);
    let said: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(khomo.lines("SELECT id AS line FROM backup_copy"), [said["registered"].as_str().unwrap()]);
    assert!(!Path::new(&path).join("objects/tables/x/original").exists(), "what no row names is in no backup");
    assert!(run(&khomo, &["backup", &path, "--by", "operator"], &[], 2).contains("whole backup"));
    fs::remove_file(Path::new(&path).join("manifest.json")).unwrap();
    run(&khomo, &["backup", &path, "--by", "operator"], &[], 0);
    assert_eq!(khomo.count("backup_copy"), 1);
    let strange = folder.path().join("strange");
    fs::create_dir(&strange).unwrap();
    fs::write(strange.join("letter.txt"), "x").unwrap();
    run(&khomo, &["backup", &strange.display().to_string(), "--by", "operator"], &[], 2);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        for file in ["", "manifest.json", "database/account.ndjson"] {
            let mode = fs::metadata(Path::new(&path).join(file)).unwrap().permissions().mode();
            assert_eq!(mode & 0o077, 0, "{file}: nobody else reads it");
        }
    }
}

#[actix_web::test]
async fn a_later_backup_uses_the_objects_of_an_earlier_one_unless_they_are_damaged() {
    use std::os::unix::fs::MetadataExt;
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let folder = tempfile::tempdir().unwrap();
    let one = take(&khomo, folder.path(), "one");
    let names: Vec<String> = manifest(&one)["objects"]
        .as_array()
        .unwrap()
        .iter()
        .map(|object| object["name"].as_str().unwrap().to_owned())
        .collect();
    fs::write(one.join("objects").join(&names[0]), "damaged").unwrap();
    khomo.dataset("moi").csv("bang", "Mã,Số\n1,2\n").await.publish().await;
    let two = folder.path().join("two");
    let (from, to) = (one.display().to_string(), two.display().to_string());
    run(&khomo, &["backup", &to, "--by", "operator", "--reuse", &from], &[], 0);
    let inode = |backup: &Path, name: &str| fs::metadata(backup.join("objects").join(name)).unwrap().ino();
    assert_ne!(inode(&one, &names[0]), inode(&two, &names[0]), "what is damaged comes from the store");
    assert_eq!(inode(&one, &names[1]), inode(&two, &names[1]));
    fs::remove_dir_all(&one).unwrap();
    Target::new().restore(&khomo, &two, 0);
}

#[actix_web::test]
async fn objects_that_the_store_lost_are_named_and_never_passed_over_in_silence() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let lost = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    let object = khomo.folder().join(format!("files/tables/{lost}/data.csv"));
    fs::write(&object, "another text").unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("one");
    let to = path.display().to_string();
    assert!(run(&khomo, &["backup", &to, "--by", "operator"], &[], 2).contains(&lost));
    assert!(!path.join("manifest.json").exists());
    fs::remove_file(&object).unwrap();
    assert!(run(&khomo, &["backup", &to, "--by", "operator", "--accept-missing"], &[], 0).contains(&lost));
    let target = Target::new();
    assert!(target.restore(&khomo, &path, 0).contains(&lost));
}

/// A backup as a program of an earlier state takes it: its tables, in the form of [`dump`].
fn of_an_earlier_state(folder: &Path, migration: &str) -> PathBuf {
    let (path, place) = (folder.join("old.db"), folder.join("old"));
    let db = Db::open(&format!("sqlite:{}", path.display()), true, Clock::system()).unwrap();
    db.migrate_to(Some(migration)).unwrap();
    let sql = "INSERT INTO agency (id, slug, name_vi, kind, valid_from) VALUES ('a', 'so-cu', 'Sở “Cũ”', 'department', '2020-01-01')";
    let mut conn = SqliteConnection::establish(&path.to_string_lossy()).unwrap();
    conn.batch_execute(sql).unwrap();
    fs::create_dir_all(place.join("database")).unwrap();
    let tables: Vec<Value> = db
        .snapshot(|conn| {
            let mut all = Vec::new();
            for table in dump::tables(conn)? {
                let mut lines = String::new();
                let rows = dump::rows(conn, &table, &mut |line| {
                    lines.push_str(&format!("{line}\n"));
                    Ok(())
                })?;
                fs::write(place.join("database").join(format!("{}.ndjson", table.name)), &lines)?;
                let sha256 = hex::encode(Sha256::digest(&lines));
                all.push(json!({ "name": table.name, "columns": table.columns, "rows": rows, "sha256": sha256 }));
            }
            Ok(all)
        })
        .unwrap();
    let manifest = json!({
        "format": 1, "khomo": "0.0.1", "taken_at": "2026-01-01T00:00:00Z", "migration": migration, "profile": "lac-dien",
        "cookie_key_sha256": "", "audit": { "seq": 0, "hash": "" }, "revision": 0, "tables": tables, "objects": [], "missing": [],
    });
    fs::write(place.join("manifest.json"), manifest.to_string()).unwrap();
    place
}

#[test]
fn a_backup_of_an_earlier_state_is_restored_there_and_then_brought_to_this_one() {
    let khomo = Khomo::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = of_an_earlier_state(folder.path(), "20261128000009");
    let target = Target::new();
    // The operator made the tables before.
    run(&khomo, &["migrate", "--create"], &target.settings, 0);
    let said = target.restore(&khomo, &backup, 0);
    assert!(said.contains("applied 20261128000018") && said.contains("note: KHOMO_COOKIE_KEY"), "{said}");
    let again = target.open(&khomo);
    assert_eq!(again.lines("SELECT slug || ' ' || name_vi AS line FROM agency"), ["so-cu Sở “Cũ”"]);
    again.db().require_migrated().unwrap();
}

#[test]
fn a_backup_of_a_state_that_this_program_does_not_know_is_refused() {
    let khomo = Khomo::start();
    let folder = tempfile::tempdir().unwrap();
    let backup = of_an_earlier_state(folder.path(), "20261128000009");
    for (migration, say) in [("20991231000001", "newer"), ("20261121000001", "20261121000001")] {
        let mut changed = manifest(&backup);
        changed["migration"] = Value::from(migration);
        fs::write(backup.join("manifest.json"), changed.to_string()).unwrap();
        let target = Target::new();
        assert!(target.restore(&khomo, &backup, 2).contains(say), "{migration}");
        assert!(Db::open(&target.settings[0].1, false, Clock::system()).unwrap().is_empty().unwrap());
    }
}
