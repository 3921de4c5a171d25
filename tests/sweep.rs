//! What killed programs leave goes when it is a day old and nothing points at it, and nothing else does.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use khomo::kernel::{Actor, Kind};
use khomo::table;
use khomo::worker::{self, Swept};

use crate::command_line::Place;
use crate::stores::on_s3;
use crate::support::kit::{Khomo, SMALL, start_of_time};
use crate::support::s3::S3Server;

async fn sweep(khomo: &Khomo) -> Swept {
    let scratch = &khomo.app.parts.settings.scratch;
    worker::sweep(khomo.db(), khomo.files(), scratch, Actor::System).await.unwrap()
}

async fn objects(khomo: &Khomo) -> Vec<String> {
    let mut names: Vec<String> =
        khomo.files().list("tables").await.unwrap().into_iter().map(|(name, _)| name).collect();
    names.sort();
    names
}

/// Puts the clock so many hours after the last object was written: the store dates them by the machine's clock.
async fn hours_later(khomo: &Khomo, hours: i64) {
    let newest = khomo.files().list("tables").await.unwrap().iter().map(|(_, written)| written.0).max().unwrap();
    khomo.clock.advance((newest - khomo.clock.now().0) / 1000 + hours * 3600);
}

fn node(khomo: &Khomo, id: &str, hours_ago: i64) {
    let seen = khomo.clock.now().0 - hours_ago * 3_600_000;
    khomo
        .raw(&format!(
            "INSERT INTO node (id, started_at, seen_at, index_seq, rebuilt) VALUES ('{id}', 1, {seen}, 1, 0)"
        ))
        .unwrap();
}

/// The same over both stores: what is in use stays, what is young stays, what is left over goes.
async fn left_overs(khomo: &Khomo, in_a_folder: bool) {
    let published = khomo.dataset("cong-khai").publish().await;
    let first = khomo.lines("SELECT id AS line FROM table_version");
    khomo.dataset("cong-khai").csv("bang", "Mã,Số\n1,2\n").await.publish().await;
    khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    let used = objects(khomo).await;
    // As an import leaves it that was killed before its row was written.
    khomo.table(SMALL).await;
    let scratch = khomo.app.parts.settings.scratch.clone();
    fs::create_dir_all(scratch.join("khomo-work-x/sub")).unwrap();
    fs::write(scratch.join("khomo-work-y"), "x").unwrap();
    for file in ["khomo-work-x/sub/data.parquet", "cookie.key", "of-somebody-else"] {
        fs::write(scratch.join(file), "x").unwrap();
    }
    let incoming = khomo.folder().join("files/incoming/.tmp1");
    if in_a_folder {
        fs::write(&incoming, "half").unwrap();
        fs::create_dir(khomo.folder().join("files/tables/made-and-never-filled")).unwrap();
    }

    hours_later(khomo, 23).await;
    node(khomo, "killed", 24);
    node(khomo, "running", 0);
    assert_eq!(sweep(khomo).await, Swept::default(), "all of it may be on its way");

    khomo.clock.advance(2 * 3600);
    let orphans: Vec<String> = objects(khomo).await.into_iter().filter(|name| !used.contains(name)).collect();
    assert_eq!(orphans.len(), 3);
    let mut swept = sweep(khomo).await;
    swept.objects.sort();
    swept.scratch.sort();
    let half_copied = if in_a_folder { vec!["incoming/.tmp1".to_owned()] } else { Vec::new() };
    let wanted = Swept {
        programs: vec!["killed".to_owned()],
        objects: orphans,
        half_copied,
        scratch: vec!["khomo-work-x".to_owned(), "khomo-work-y".to_owned()],
    };
    assert_eq!(swept, wanted);
    assert_eq!(khomo.lines("SELECT id AS line FROM node"), ["running"]);
    assert!(!scratch.join("khomo-work-x").exists() && !scratch.join("khomo-work-y").exists() && !incoming.exists());
    assert!(scratch.join("cookie.key").exists() && scratch.join("of-somebody-else").exists());
    if in_a_folder {
        let folders = fs::read_dir(khomo.folder().join("files/tables")).unwrap().count();
        assert_eq!(folders, 3, "no empty folder is left of a table");
    }

    // Published, replaced, draft: what a row names stays, whatever its age.
    khomo.clock.advance(10 * 366 * 24 * 3600);
    khomo.raw("DELETE FROM node").unwrap();
    assert_eq!(sweep(khomo).await, Swept::default());
    assert_eq!(objects(khomo).await, used);
    let replaced = khomo.dataset("nhap").csv("bang", "Mã,Số\n3,4\n");
    khomo.withdraw(&published, "approver").unwrap();
    replaced.await.import().unwrap();
    khomo.clock.advance(10 * 366 * 24 * 3600);
    assert_eq!(sweep(khomo).await.objects, Vec::<String>::new(), "withdrawn and replaced data have rows too");
    let original = format!("tables/{}/original", first[0]);
    assert!(objects(khomo).await.contains(&original), "the first version's original");
}

#[actix_web::test]
async fn left_overs_in_a_folder_go_and_what_is_in_use_stays() {
    left_overs(&Khomo::start(), true).await;
}

#[actix_web::test]
async fn left_overs_in_s3_go_and_what_is_in_use_stays() {
    let server = S3Server::start();
    left_overs(&on_s3(&server), false).await;
}

#[actix_web::test]
async fn objects_that_are_not_named_as_ours_are_not_touched() {
    let khomo = Khomo::start();
    let path = khomo.folder().join("mau");
    fs::write(&path, b"x").unwrap();
    khomo.files().put_file("tables/khac/data.csv", &path).await.unwrap();
    hours_later(&khomo, 1000).await;
    assert_eq!(sweep(&khomo).await.objects, Vec::<String>::new());
    assert_eq!(objects(&khomo).await, ["tables/khac/data.csv"]);
}

#[actix_web::test]
async fn a_row_does_not_come_once_its_objects_could_be_collected() {
    let khomo = Khomo::start();
    assert_eq!(khomo.clock.now(), start_of_time());
    let (early, late) = (khomo.table(SMALL).await, khomo.table(SMALL).await);
    khomo.clock.advance(table::GRACE / 2000);
    khomo.dataset("kip").row("bang", early).import().unwrap();
    khomo.clock.advance(1);
    let refused = khomo.dataset("tre").row("bang", late).import().unwrap_err();
    assert!(refused.has("table-too-old"));
    assert_eq!(refused.kind(), Kind::Conflict);
    assert_eq!(khomo.count("dataset WHERE slug = 'tre'"), 0);
}

/// Makes a file or a folder with all that is in it look as if it was written two days ago.
pub fn two_days_ago(path: &Path) {
    if path.is_dir() {
        for entry in fs::read_dir(path).unwrap() {
            two_days_ago(&entry.unwrap().path());
        }
    }
    File::open(path).unwrap().set_modified(SystemTime::now() - Duration::from_secs(48 * 3600)).unwrap();
}

#[test]
fn the_operator_sweeps_on_the_command_line_and_sees_what_went() {
    let place = Place::on_the_suite_s_database();
    let file = place.file("xa.csv", "Mã,Tên xã\n01,Kim Sơn\n02,An Lạc\n");
    place.import(&file, "xa", "Xã");
    assert_eq!(place.succeeds(&["sweep"]), "nothing to remove\n");
    let work = place.path().join("scratch/khomo-work-x");
    let orphan = "tables/0190a000-0000-7000-8000-000000000001/original";
    let leave = || {
        fs::create_dir_all(&work).unwrap();
        fs::write(work.join("data.csv"), "x").unwrap();
        let orphan = place.path().join("files").join(orphan);
        fs::create_dir_all(orphan.parent().unwrap()).unwrap();
        fs::write(&orphan, "x").unwrap();
        fs::write(place.path().join("files/incoming/.tmp1"), "x").unwrap();
    };
    leave();
    assert_eq!(place.succeeds(&["sweep"]), "nothing to remove\n", "all of it is young");
    two_days_ago(&place.path().join("files"));
    two_days_ago(&place.path().join("scratch"));
    let told = place.succeeds(&["sweep"]);
    let wanted = format!("removed object {orphan}\nremoved half copied incoming/.tmp1\nremoved work khomo-work-x\n");
    assert_eq!(told, wanted);
    leave();
    two_days_ago(&place.path().join("files"));
    let told: serde_json::Value = serde_json::from_str(&place.succeeds(&["sweep", "--json"])).unwrap();
    let wanted = serde_json::json!({
        "programs": [], "objects": [orphan], "half_copied": ["incoming/.tmp1"], "scratch": [],
    });
    assert_eq!(told, wanted);
    place.publish("xa");
}
