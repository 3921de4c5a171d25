//! Several programs over one database and one store: what happens at one is so at the others.

use std::net::SocketAddr;
use std::process::{Child, Stdio};

use khomo::audit;
use khomo::platform::db::{chain, nodes};
use khomo::worker;

use crate::command_line::Place;
use crate::stores::on_s3;
use crate::support::kit::{Khomo, SMALL};
use crate::support::s3::S3Server;
use crate::support::served::{answer, become_ready, free, until};

/// Brings the index of a program in step, as its own work does within a second.
fn follow(khomo: &Khomo) {
    let parts = &khomo.app.parts;
    worker::catch_up(khomo.db(), &parts.profile, &parts.index).unwrap();
}

#[actix_web::test]
async fn what_one_program_publishes_corrects_and_takes_back_is_so_at_the_other() {
    let server = S3Server::start();
    let one = on_s3(&server);
    let two = one.beside();
    one.index();
    two.index();
    let mut reader = two.public().await;
    assert!(!reader.get("/dataset?q=tram").await.text().contains("/dataset/tram-y-te"));
    assert_eq!(reader.get("/dataset/tram-y-te").await.status, 404);

    let id = one.dataset("tram-y-te").title("Trạm y tế").csv("bang", SMALL).await.publish().await;
    follow(&two);
    assert!(reader.get("/dataset?q=tram").await.text().contains("/dataset/tram-y-te"));
    let page = reader.get("/dataset/tram-y-te").await;
    assert!(page.text().contains("Kim Sơn"), "{}", page.status);
    let here = one.public().await.get("/dataset/tram-y-te/bang.csv").await;
    let there = reader.get("/dataset/tram-y-te/bang.csv").await;
    assert_eq!((there.status, &there.body), (200, &here.body));
    assert_eq!(there.header("etag"), here.header("etag"));

    // What the other has shown before, and keeps, is not shown again.
    two.dataset("tram-y-te").title("Trạm y tế").csv("bang", "Mã,Tên\n01,Đồng Xuân\n").await.publish().await;
    let page = one.public().await.get("/dataset/tram-y-te").await;
    assert!(page.text().contains("Đồng Xuân") && !page.text().contains("Kim Sơn"));
    assert!(reader.get("/dataset/tram-y-te").await.text().contains("Đồng Xuân"));

    one.withdraw(&id, "approver").unwrap();
    assert_eq!(reader.get("/dataset/tram-y-te").await.status, 410);
    assert_eq!(reader.get("/dataset/tram-y-te/bang.csv").await.status, 410);
    follow(&two);
    assert!(!reader.get("/dataset?q=tram").await.text().contains("/dataset/tram-y-te"));
    follow(&one);
    assert_eq!(one.app.parts.index.ids().unwrap(), two.app.parts.index.ids().unwrap());
}

#[actix_web::test]
async fn a_session_begun_at_one_program_holds_at_the_other_and_ends_at_both() {
    let one = Khomo::start();
    let two = one.beside();
    let mut here = one.signed_in("editor").await;
    let mut there = two.internal().await;
    there.cookies.clone_from(&here.cookies);
    let page = there.get("/internal/account").await;
    assert_eq!(page.status, 200, "{}", page.text());
    there.post("/internal/sign-out", &[]).await;
    assert_eq!(here.get("/internal/account").await.status, 303, "signed out there and still in here");
}

#[test]
fn the_chain_is_whole_whoever_writes_at_the_same_time() {
    const WRITERS: usize = 8;
    const ACTS: usize = 5;
    let one = Khomo::start();
    let two = one.beside();
    let (before, _, revision) = one.heads();
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let khomo = if writer % 2 == 0 { &one } else { &two };
            scope.spawn(move || {
                for act in 0..ACTS {
                    khomo.register_agency(&format!("so-{writer}-{act}"), "Sở").unwrap();
                    // A refusal in between leaves no gap.
                    assert!(khomo.register_agency("Không Phải", "Sở").is_err());
                }
            });
        }
    });
    let verdict = two.db().read(audit::verify).unwrap();
    assert_eq!((verdict.broken_at, verdict.entries), (None, before + (WRITERS * ACTS) as i64));
    let changes = two.db().read(|conn| chain::changes_after(conn, revision, 1000)).unwrap();
    let numbers: Vec<i64> = changes.iter().map(|(number, _)| *number).collect();
    assert_eq!(numbers, (revision + 1..=one.db().revision().unwrap()).collect::<Vec<_>>());
}

/// A served program, ended when this value goes.
struct Served {
    program: Child,
    public: SocketAddr,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Serves over a place's database and store, with an index of its own; anew at another port when the first was taken meanwhile.
fn serve(place: &Place, name: &str) -> Served {
    for _ in 0..5 {
        let public = free();
        let program = place
            .command(&["serve"])
            .env("KHOMO_PUBLIC_ADDR", public.to_string())
            .env("KHOMO_INTERNAL_ADDR", free().to_string())
            .env("KHOMO_INDEX", place.path().join(name))
            .env("KHOMO_DEVELOPMENT", "true")
            .env("KHOMO_LOG", "error")
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        let mut served = Served { program, public };
        if become_ready(&mut served.program, &[public]) {
            return served;
        }
    }
    panic!("the program does not serve");
}

#[test]
fn two_served_programs_follow_what_a_command_publishes_and_both_rebuild_when_asked() {
    let place = Place::on_the_suite_s_database();
    let file = place.file("mua.csv", "Mã trạm,Lượng mưa\n01,12\n02,7\n");
    place.import(&file, "mua", "Lượng mưa");
    let both = [serve(&place, "index-1"), serve(&place, "index-2")];
    let db = place.db();
    until("known", || db.read(|conn| nodes::running(conn, 0)).unwrap() == 2);
    place.publish("mua");
    for served in &both {
        until("found", || answer(served.public, "/dataset?q=luong+mua").contains("href=\"/dataset/mua\""));
        assert!(answer(served.public, "/dataset/mua/mua.csv").contains("01,12"));
    }
    let generation = |name: &str| std::fs::read_to_string(place.path().join(name).join("current")).unwrap();
    let before = ["index-1", "index-2"].map(generation);
    let said = place.succeeds(&["reindex"]);
    assert!(said.contains('2') && said.contains("rebuilt"), "{said}");
    for (name, before) in ["index-1", "index-2"].iter().zip(before) {
        assert_ne!(generation(name), before, "{name} was not built anew");
    }
    assert!(!place.path().join("index/current").exists(), "the command built an index of its own");
    for served in &both {
        assert!(answer(served.public, "/dataset?q=luong+mua").contains("href=\"/dataset/mua\""));
    }
    drop(both);
    place.succeeds(&["audit", "verify"]);
}

#[test]
fn a_program_that_starts_with_other_days_off_builds_its_index_anew_and_one_with_the_same_does_not() {
    let place = Place::on_the_suite_s_database();
    let days = place.file("lich.csv", "day,kind,name_vi,status\n2031-01-01,holiday,Tết Dương lịch,law\n");
    let folder = place.path().join("index-1");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
    let start = |before: &str| {
        let served = serve(&place, "index-1");
        until("marked", || !read("rules").is_empty() && read("rules") != before);
        drop(served);
        (read("current"), read("rules"))
    };
    let (first, rules) = start("");
    let same = start("");
    assert_eq!(same, (first.clone(), rules.clone()));
    place.succeeds(&["calendar", "import", &days.display().to_string()]);
    let (other, _) = start(&rules);
    assert_ne!(other, first, "the days on which updates are due are counted anew");
}
