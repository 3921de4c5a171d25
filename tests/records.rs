//! What is written down, who may take it out, what raises an alert, and what shows that the log was touched.

use calamine::{Data, Reader, Xlsx};
use khomo::account;
use khomo::alert;
use khomo::audit;
use khomo::dataset::{self, Which};
use khomo::kernel::id::AlertId;
use khomo::platform::db::chain::{self, Entry};
use khomo::platform::sheet::items;

use crate::support::kit::{Answer, Browser, Khomo, SMALL, copy_of};

const HOUR: i64 = 3600;
const DAY: i64 = 24 * HOUR;

fn entries(khomo: &Khomo) -> Vec<Entry> {
    khomo.db().read(|conn| chain::entries_after(conn, 0, 100_000)).unwrap()
}

/// The cells of the one sheet of a workbook, as text.
pub fn sheet(answer: &Answer) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.body.to_vec())).unwrap();
    let name = book.sheet_names()[0].clone();
    let text = |cell: &Data| match cell {
        Data::Empty => String::new(),
        other => other.to_string(),
    };
    book.worksheet_range(&name).unwrap().rows().map(|row| row.iter().map(text).collect()).collect()
}

fn alerts(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT kind || ' ' || state AS line FROM alert ORDER BY at, id")
}

fn alert_id(khomo: &Khomo) -> AlertId {
    AlertId::parse(&khomo.lines("SELECT id AS line FROM alert ORDER BY at DESC, id DESC")[0]).unwrap()
}

/// Exports the list of datasets so often, a second apart.
async fn export(khomo: &Khomo, browser: &mut Browser, times: u32) {
    for _ in 0..times {
        khomo.clock.advance(1);
        assert_eq!(browser.get("/internal/datasets.xlsx").await.status, 200);
    }
}

/// Lets the portal look at its log: the first turn of a recurring job is the next minute's.
async fn look(khomo: &Khomo) {
    khomo.watch().await;
    khomo.clock.advance(60);
    khomo.watch().await;
}

fn limit(khomo: &Khomo) -> u32 {
    khomo.app.profile().oversight.exports.value
}

// ── Lists as files ──

#[actix_web::test]
async fn the_log_leaves_as_a_workbook_with_its_filters_and_that_is_written_down() {
    let khomo = Khomo::start();
    let mut auditor = khomo.signed_in("auditor").await;
    let wanted = entries(&khomo).into_iter().filter(|entry| entry.action == "account.create").count();
    let answer = auditor.get("/internal/audit.xlsx?action=account.create").await;
    assert_eq!(answer.status, 200);
    assert!(answer.header("content-type").unwrap().contains("spreadsheetml.sheet"));
    assert_eq!(answer.header("cache-control"), Some("private, no-store"));
    let named = answer.header("content-disposition").unwrap();
    assert!(named.starts_with("attachment") && named.contains("filename*=UTF-8''Nh%E1%BA%ADt%20k%C3%BD%20"), "{named}");
    let rows = sheet(&answer);
    assert_eq!(rows.len(), wanted + 1, "one row for each entry, and the head");
    assert!(rows[1..].iter().all(|row| row[5] == "account.create"));
    let entry = entries(&khomo).pop().unwrap();
    assert_eq!((entry.action.as_str(), entry.object_id.as_str()), ("audit.export", "audit"));
    assert_eq!(entry.actor_id, Some(khomo.id("auditor").to_string()));
    let detail: serde_json::Value = serde_json::from_str(&entry.detail).unwrap();
    assert_eq!(detail["rows"], wanted);
    assert_eq!(detail["filter"], serde_json::json!({ "action": "account.create" }));
}

#[actix_web::test]
async fn the_log_leaves_as_csv_whole_and_in_order() {
    let khomo = Khomo::start();
    let mut auditor = khomo.signed_in("auditor").await;
    let before = entries(&khomo).len();
    let answer = auditor.get("/internal/audit.csv").await;
    let text = answer.text();
    assert!(text.starts_with('\u{feff}'));
    let numbers: Vec<i64> =
        text.lines().skip(1).filter_map(|line| line.split(',').next().and_then(|seq| seq.parse().ok())).collect();
    let expected: Vec<i64> = (1..=i64::try_from(before).unwrap()).rev().collect();
    assert_eq!(numbers, expected);
}

#[actix_web::test]
async fn a_list_that_changes_between_two_pages_leaves_as_it_was_at_the_first() {
    let khomo = Khomo::start();
    for slug in ["mot", "hai", "ba"] {
        khomo.dataset(slug).publish().await;
        khomo.clock.advance(1);
    }
    let person = khomo.db().read(|conn| account::by_name(conn, "coordinator", "2026-09-04")).unwrap().unwrap();
    // The last changed comes first: what is new moves every other one on.
    let leaving = || {
        let person = person.clone();
        let found =
            items(khomo.db().clone(), 1, move |conn, asked| dataset::list(conn, &Which::All, None, "", &person, asked));
        found.map(|item| item.unwrap().dataset.slug)
    };
    let mut left = leaving();
    assert_eq!(left.next().as_deref(), Some("ba"));
    khomo.dataset("bon").publish().await;
    assert_eq!(left.collect::<Vec<_>>(), ["hai", "mot"]);
    assert_eq!(leaving().collect::<Vec<_>>(), ["bon", "ba", "hai", "mot"], "and the next one as it is then");
}

#[actix_web::test]
async fn a_title_that_begins_like_a_formula_is_text_in_every_file() {
    let khomo = Khomo::start();
    khomo.dataset("cong-thuc").title("=HYPERLINK(\"x\")").import().unwrap();
    khomo.dataset("so-khong").title("007 trạm").import().unwrap();
    let mut editor = khomo.signed_in("editor").await;
    let csv = editor.get("/internal/datasets.csv").await.text();
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
    let rows = sheet(&editor.get("/internal/datasets.xlsx").await);
    let titles: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert!(titles.contains(&"=HYPERLINK(\"x\")") && titles.contains(&"007 trạm"), "{titles:?}");
    let found = sheet(&editor.get("/internal/datasets.xlsx?q=007").await);
    assert_eq!(found.len(), 2, "the file keeps the filter");
}

#[actix_web::test]
async fn who_may_not_see_a_list_takes_no_file_of_it_and_leaves_no_entry() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let before = khomo.heads();
    for path in [
        "/internal/audit.xlsx",
        "/internal/audit.csv",
        "/internal/alerts.xlsx",
        "/internal/audit/1",
        "/internal/alerts",
    ] {
        assert_eq!(editor.get(path).await.status, 403, "{path}");
    }
    assert_eq!(editor.get("/internal/datasets.pdf").await.status, 404);
    assert_eq!(khomo.heads(), before);
}

#[actix_web::test]
async fn every_list_that_leaves_as_a_workbook_leaves_as_csv_too() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").publish().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    for path in ["/internal/datasets", "/internal/accounts", "/internal/agencies", "/internal/agencies/focal-lists"] {
        let page = coordinator.visit(path).await;
        let books = page.attributes("main a[href*='.xlsx']", "href");
        assert!(!books.is_empty(), "{path}");
        let csv = page.attributes("main a[href*='.csv']", "href");
        assert_eq!(csv, books.iter().map(|book| book.replace(".xlsx", ".csv")).collect::<Vec<_>>(), "{path}");
        for file in csv {
            assert_eq!(coordinator.get(&file).await.status, 200, "{file}");
        }
    }
}

#[actix_web::test]
async fn another_site_makes_nobody_export_and_a_head_request_makes_no_file() {
    let khomo = Khomo::start();
    let mut auditor = khomo.signed_in("auditor").await;
    let before = khomo.heads();
    for site in ["cross-site", "same-site"] {
        assert_eq!(auditor.get_with("/internal/audit.xlsx", &[("Sec-Fetch-Site", site)]).await.status, 403);
    }
    assert_eq!(auditor.send("HEAD", "/internal/audit.xlsx", &[], None).await.status, 200);
    assert_eq!(khomo.heads(), before);
    assert_eq!(auditor.get_with("/internal/audit.xlsx", &[("Sec-Fetch-Site", "same-origin")]).await.status, 200);
    let scratch = &khomo.app.parts.settings.scratch;
    let left: Vec<_> = std::fs::read_dir(scratch).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with("khomo-work-")), "{left:?}");
}

#[actix_web::test]
async fn ones_own_notices_leave_as_a_file_and_nobody_elses() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    let mut approver = khomo.signed_in("approver").await;
    let rows = sheet(&approver.get("/internal/notices.xlsx").await);
    assert_eq!(rows.len(), 2, "{rows:?}");
    assert!(rows[1][1].contains("chờ duyệt"), "{rows:?}");
    let mut auditor = khomo.signed_in("auditor").await;
    assert_eq!(sheet(&auditor.get("/internal/notices.xlsx").await).len(), 1);
}

// ── The screen ──

#[actix_web::test]
async fn filters_mean_what_is_typed_and_nothing_else() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    let mut auditor = khomo.signed_in("auditor").await;
    khomo.internal().await.sign_in("editor", "sai").await;
    let count = async |auditor: &mut Browser, query: &str| {
        let page = auditor.get(&format!("/internal/audit?{query}")).await;
        assert_eq!(page.status, 200, "{query}");
        page.texts("tbody tr").len()
    };
    assert_eq!(count(&mut auditor, "outcome=refused").await, 1);
    assert_eq!(count(&mut auditor, "action=dataset.publish").await, 1);
    // Capitals and tone marks of a name do not matter; wildcards are letters.
    let whole = count(&mut auditor, "actor=Ng%C6%B0%E1%BB%9Di+approver").await;
    assert!(whole >= 2);
    assert_eq!(count(&mut auditor, "actor=nguoi+APPROVER").await, whole);
    for nothing in ["actor=%25", "actor=_", "client=%25", "text=%25", "object=%25", "actor=khong+co+ai", "client=10.9"]
    {
        assert_eq!(count(&mut auditor, nothing).await, 0, "{nothing}");
    }
    assert!(count(&mut auditor, "client=127.0").await >= 2);
    assert!(count(&mut auditor, "text=%C4%90%E1%BB%93ng+%C3%BD").await >= 1, "words of a reason");
    // A dataset is found by its id and by its part of addresses.
    let by_id = count(&mut auditor, &format!("object={id}")).await;
    assert!(by_id >= 4);
    assert_eq!(count(&mut auditor, "object=so-lieu").await, by_id);
    for hostile in ["actor='%20OR%201=1--", "text=%00", "client=%F0%9F%8C%BE", "outcome=x", "from=31/02/2026"] {
        let page = auditor.get(&format!("/internal/audit?{hostile}")).await;
        assert_eq!(page.status, 200, "{hostile}");
    }
    assert_eq!(auditor.get("/internal/audit.csv?from=31/02/2026").await.status, 400);
}

#[actix_web::test]
async fn an_entry_has_a_page_that_puts_before_and_after_beside_each_other() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    export(&khomo, &mut coordinator, limit(&khomo) + 1).await;
    look(&khomo).await;
    let mut auditor = khomo.signed_in("auditor").await;
    auditor.get("/internal/alerts").await;
    let id = alert_id(&khomo);
    auditor.post(&format!("/internal/alerts/{id}/handling"), &[("note", "Đã gọi điện.")]).await;
    let entry = entries(&khomo).into_iter().find(|entry| entry.action == "alert.handle").unwrap();
    let page = auditor.get(&format!("/internal/audit/{}", entry.seq)).await;
    assert_eq!(page.status, 200);
    let rows = page.texts("tbody tr");
    assert!(rows.contains(&"Trạng thái open handled".to_owned()), "{rows:?}");
    assert!(rows.contains(&"Ghi chú – Đã gọi điện.".to_owned()), "{rows:?}");
    assert!(page.text().contains(&entry.hash) && page.text().contains(&entry.prev));
    for nothing in ["0", "-1", "999999", "x", "9223372036854775808"] {
        assert_eq!(auditor.get(&format!("/internal/audit/{nothing}")).await.status, 404, "{nothing}");
    }
}

// ── Alerts ──

#[actix_web::test]
async fn exporting_in_bulk_raises_one_alert_and_tells_those_who_must_look() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    export(&khomo, &mut editor, limit(&khomo)).await;
    look(&khomo).await;
    assert!(alerts(&khomo).is_empty(), "as much as the rules allow");
    export(&khomo, &mut editor, 1).await;
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["export open"]);
    for person in ["coordinator", "operator", "auditor"] {
        let mut browser = khomo.signed_in(person).await;
        let page = browser.get("/internal/notices").await;
        assert!(page.text().contains("Xuất dữ liệu số lượng lớn: Người editor"), "{person}");
        assert_eq!(page.texts(".in-head .nav a[href='/internal/alerts'] .n"), ["1"], "{person}");
    }
    assert!(!editor.get("/internal/notices").await.text().contains("Xuất dữ liệu"));
    assert_eq!(editor.get("/internal").await.texts(".nav a[href='/internal/alerts']"), [""; 0]);
    // What goes on is added to the open alert.
    export(&khomo, &mut editor, 3).await;
    look(&khomo).await;
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["export open"]);
    let events: i64 = khomo.lines("SELECT CAST(events AS TEXT) AS line FROM alert")[0].parse().unwrap();
    assert_eq!(events, i64::from(limit(&khomo)) + 4);
}

#[actix_web::test]
async fn few_exports_of_many_rows_raise_an_alert_and_exports_spread_over_hours_do_not() {
    let khomo = Khomo::start();
    let by = |person: &str, rows: u64| {
        khomo.db().write(&khomo.ctx(person), |tx| {
            audit::record_export(tx, "audit.export", "audit", &serde_json::json!({}), rows, "csv");
            Ok(())
        })
    };
    let most = u64::from(khomo.app.profile().oversight.export_rows.value);
    by("editor", most).unwrap();
    khomo.clock.advance(HOUR);
    by("editor", most).unwrap();
    by("approver", 1).unwrap();
    look(&khomo).await;
    assert!(alerts(&khomo).is_empty());
    by("editor", 1).unwrap();
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["export open"]);
}

#[actix_web::test]
async fn a_burst_is_found_however_long_nobody_looked() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    export(&khomo, &mut editor, limit(&khomo) + 1).await;
    khomo.clock.advance(9 * HOUR);
    let mut approver = khomo.signed_in("approver").await;
    export(&khomo, &mut approver, 1).await;
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["export open"]);
}

#[actix_web::test]
async fn withdrawing_many_datasets_raises_an_alert() {
    let khomo = Khomo::start();
    let row = khomo.table(SMALL).await;
    let most = khomo.app.profile().oversight.removals.value;
    for number in 0..=most {
        let id = khomo.dataset(&format!("bo-{number}")).row("bang", copy_of(&row)).publish().await;
        khomo.withdraw(&id, "approver").unwrap();
    }
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["removal open"]);
}

#[actix_web::test]
async fn reading_one_original_in_many_parts_is_reading_one_original() {
    let khomo = Khomo::start();
    let id = khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap().0;
    let table = khomo
        .lines(&format!(
            "SELECT r.table_version_id AS line FROM version_resource AS r JOIN version AS v ON v.id = r.version_id \
             WHERE v.dataset_id = '{id}'"
        ))
        .remove(0);
    let mut editor = khomo.signed_in("editor").await;
    for _ in 0..=khomo.app.profile().oversight.readings.value {
        let answer = editor.get_with(&format!("/internal/tables/{table}/original"), &[("Range", "bytes=0-3")]).await;
        assert_eq!(answer.status, 206);
    }
    look(&khomo).await;
    assert!(alerts(&khomo).is_empty());
}

#[actix_web::test]
async fn an_alert_is_handled_with_a_note_by_somebody_else_once() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    export(&khomo, &mut coordinator, limit(&khomo) + 1).await;
    look(&khomo).await;
    let id = alert_id(&khomo);
    let path = format!("/internal/alerts/{id}/handling");
    let note = [("note", "Xuất theo yêu cầu của đoàn thanh tra.")];

    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/account").await;
    assert_eq!(editor.post(&path, &note).await.status, 403, "an editor may not");
    coordinator.get("/internal/account").await;
    assert_eq!(coordinator.post(&path, &note).await.status, 403, "nobody handles their own");
    let own = coordinator.get("/internal/alerts").await;
    assert!(own.text().contains("Cảnh báo này về việc của bạn"));
    assert_eq!(own.attributes("main form", "action"), [""; 0]);

    let mut auditor = khomo.signed_in("auditor").await;
    auditor.get("/internal/alerts").await;
    for (empty, status) in [("", 422), ("  \n ", 422), ("x".repeat(2001).as_str(), 422)] {
        let answer = auditor.post(&path, &[("note", empty)]).await;
        assert_eq!(answer.status, status);
        assert_eq!(answer.attribute("#errors a", "href"), Some(format!("#note-{id}")));
    }
    let elsewhere = AlertId::fresh();
    assert_eq!(auditor.post(&format!("/internal/alerts/{elsewhere}/handling"), &note).await.status, 404);
    assert_eq!(auditor.post("/internal/alerts/x/handling", &note).await.status, 404);
    assert_eq!(alerts(&khomo), ["export open"]);

    // Who else handled it, and when, is not for the form to say.
    let forged = [note[0], ("handled_by", "x"), ("state", "open")];
    let answer = auditor.post(&path, &forged).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/internal/alerts")));
    let page = auditor.follow(answer).await;
    assert!(page.flash().is_some() && page.text().contains("đoàn thanh tra") && page.text().contains("Người auditor"));
    assert_eq!(alerts(&khomo), ["export handled"]);
    assert_eq!(auditor.post(&path, &note).await.status, 409, "once");
    assert_eq!(khomo.count("audit_entry WHERE action = 'alert.handle'"), 1);
    assert_eq!(sheet(&auditor.get("/internal/alerts.xlsx").await).len(), 2);

    // What was handled is over: the same again is another alert.
    export(&khomo, &mut coordinator, limit(&khomo)).await;
    look(&khomo).await;
    assert_eq!(alerts(&khomo).len(), 1);
    export(&khomo, &mut coordinator, 1).await;
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["export handled", "export open"]);
}

#[test]
fn the_database_lets_nobody_handle_an_alert_about_themselves() {
    let khomo = Khomo::start();
    let (own, other) = (khomo.id("auditor"), khomo.id("operator"));
    khomo
        .raw(&format!(
            "INSERT INTO alert (id, kind, at, account_id, events, row_total, first_seq, last_seq, last_at, state) \
             VALUES ('1', 'export', 1, '{own}', 1, 1, 1, 1, 1, 'open')"
        ))
        .unwrap();
    let handled = |by: &str| {
        khomo.raw(&format!("UPDATE alert SET state = 'handled', handled_by = '{by}', handled_at = 1, note = 'x'"))
    };
    assert!(handled(own.as_str()).is_err());
    assert!(khomo.raw("UPDATE alert SET state = 'handled'").is_err(), "without a name and a note");
    handled(other.as_str()).unwrap();
}

// ── Refused at the door ──

#[actix_web::test]
async fn a_refused_address_is_written_down_once_a_minute_and_many_do_not_fill_the_disk() {
    let khomo = Khomo::start();
    let refusals = || khomo.count("audit_entry WHERE action = 'network.refused' AND outcome = 'refused'");
    let mut outside = khomo.internal().await;
    outside.peer = "203.0.113.9:40000".parse().unwrap();
    for _ in 0..5 {
        assert_eq!(outside.get("/internal/datasets?q=bi-mat").await.status, 403);
    }
    assert_eq!(refusals(), 1);
    let entry = entries(&khomo).pop().unwrap();
    assert_eq!(entry.client.as_deref(), Some("203.0.113.9"));
    assert!(entry.detail.contains("GET /internal/datasets") && !entry.detail.contains("bi-mat"), "{}", entry.detail);
    khomo.clock.advance(60);
    for last in 0..100 {
        outside.peer = format!("198.51.100.{last}:40000").parse().unwrap();
        outside.get("/").await;
    }
    assert!((2..=21).contains(&refusals()), "{}", refusals());
    look(&khomo).await;
    assert!(alerts(&khomo).is_empty());
    for last in 0..100 {
        outside.peer = format!("198.51.100.{last}:40000").parse().unwrap();
        outside.get("/").await;
    }
    look(&khomo).await;
    assert_eq!(alerts(&khomo), ["network open"]);
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

// ── The chain, from outside ──

#[actix_web::test]
async fn a_broken_chain_is_found_by_the_portal_itself_and_told_once() {
    let khomo = Khomo::start();
    khomo.watch().await;
    khomo.clock.advance(DAY);
    khomo.watch().await;
    let mut auditor = khomo.signed_in("auditor").await;
    assert!(auditor.get("/internal/audit").await.text().contains("Chuỗi nguyên vẹn"));
    assert!(alerts(&khomo).is_empty());
    khomo.drop_triggers();
    khomo.raw("UPDATE audit_entry SET detail = '{}' WHERE seq = 3").unwrap();
    for _ in 0..2 {
        khomo.clock.advance(DAY);
        khomo.watch().await;
    }
    assert_eq!(alerts(&khomo), ["chain open"]);
    let mut auditor = khomo.signed_in("auditor").await;
    assert!(auditor.get("/internal/audit").await.text().contains("Chuỗi bị đứt"));
    assert!(auditor.get("/internal/alerts").await.text().contains("Nhật ký bị sửa hoặc bị cắt"));
}

#[test]
fn a_log_that_grows_while_it_is_walked_is_not_taken_for_a_broken_one() {
    let khomo = Khomo::start();
    let db = khomo.second_db();
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..200 {
                khomo.register_agency(&format!("so-{number}"), "Sở").unwrap();
            }
        });
        while !writer.is_finished() {
            assert_eq!(db.read(audit::verify).unwrap().broken_at, None);
        }
    });
}

/// A portal that has written three heads into a file, an act between each.
async fn with_heads() -> (Khomo, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap().keep();
    let path = folder.join("heads.jsonl");
    let khomo = Khomo::start_with(&[("KHOMO_AUDIT_HEADS", &path.display().to_string())]);
    khomo.watch().await;
    for number in 0..3 {
        khomo.register_agency(&format!("so-{number}"), "Sở").unwrap();
        khomo.clock.advance(HOUR);
        khomo.watch().await;
    }
    (khomo, path)
}

fn compare(khomo: &Khomo, path: &std::path::Path) -> audit::Compared {
    khomo.db().read(|conn| audit::compare(conn, path)).unwrap()
}

#[actix_web::test]
async fn heads_are_written_every_hour_and_a_whole_log_agrees_with_them() {
    let (khomo, path) = with_heads().await;
    let text = std::fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert_eq!(compare(&khomo, &path), audit::Compared { heads: 3, unreadable: None, differs: None });
    // A line half written when the power went stays alone, and is told.
    std::fs::write(&path, format!("{text}{{\"seq\":")).unwrap();
    khomo.clock.advance(HOUR);
    khomo.watch().await;
    let found = compare(&khomo, &path);
    assert_eq!((found.heads, found.unreadable, found.differs), (4, Some(4), None));
    for broken in ["", "\n\n", "x\n"] {
        std::fs::write(&path, broken).unwrap();
        let refused = khomo.db().read(|conn| audit::compare(conn, &path)).unwrap_err();
        assert!(refused.has("heads-unreadable"), "{broken:?}");
    }
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    assert!(khomo.db().read(|conn| audit::compare(conn, &path)).unwrap_err().has("heads-unreadable"));
}

#[actix_web::test]
async fn a_log_cut_off_with_its_head_set_back_is_whole_and_differs_from_the_heads() {
    let (khomo, path) = with_heads().await;
    khomo.drop_triggers();
    let second: audit::Head =
        serde_json::from_str(std::fs::read_to_string(&path).unwrap().lines().nth(1).unwrap()).unwrap();
    khomo.raw(&format!("DELETE FROM audit_entry WHERE seq >= {}", second.seq)).unwrap();
    let last = entries(&khomo).pop().unwrap();
    khomo
        .raw(&format!("UPDATE chain_head SET seq = {}, hash = '{}' WHERE name = 'audit'", last.seq, last.hash))
        .unwrap();
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None, "in itself it is whole");
    let differs = compare(&khomo, &path).differs.unwrap();
    assert_eq!((differs.line, differs.seq, differs.missing), (2, second.seq, true));
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[actix_web::test]
async fn a_log_written_anew_from_some_entry_on_is_whole_and_differs_from_the_heads() {
    let (khomo, path) = with_heads().await;
    khomo.drop_triggers();
    let first: audit::Head =
        serde_json::from_str(std::fs::read_to_string(&path).unwrap().lines().next().unwrap()).unwrap();
    let mut prev = None;
    for mut entry in entries(&khomo).into_iter().filter(|entry| entry.seq > first.seq) {
        let from = prev.take().unwrap_or(entry.prev.clone());
        entry.prev = from;
        entry.request_id = "x".into();
        let hash = entry.expected_hash().unwrap();
        khomo
            .raw(&format!(
                "UPDATE audit_entry SET request_id = 'x', prev = '{}', hash = '{hash}' WHERE seq = {}",
                entry.prev, entry.seq
            ))
            .unwrap();
        khomo.raw(&format!("UPDATE chain_head SET hash = '{hash}' WHERE name = 'audit'")).unwrap();
        prev = Some(hash);
    }
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None, "in itself it is whole");
    let differs = compare(&khomo, &path).differs.unwrap();
    assert_eq!((differs.line, differs.missing), (2, false));
    std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[actix_web::test]
async fn heads_go_to_the_log_server_and_once_a_day_to_the_auditors() {
    let server = std::net::UdpSocket::bind("127.0.0.1:0").unwrap();
    server.set_read_timeout(Some(std::time::Duration::from_secs(10))).unwrap();
    let place = format!("udp://{}", server.local_addr().unwrap());
    let khomo = Khomo::start_with(&[("KHOMO_AUDIT_SYSLOG", &place)]);
    khomo.watch().await;
    let (seq, hash, _) = khomo.heads();
    for _ in 0..3 {
        khomo.clock.advance(HOUR);
        khomo.watch().await;
    }
    let mut buffer = [0; 1000];
    let length = server.recv(&mut buffer).unwrap();
    let line = std::str::from_utf8(&buffer[..length]).unwrap();
    assert!(line.starts_with("<109>1 ") && line.contains(&format!("seq={seq} hash={hash}")), "{line}");
    assert_eq!(khomo.count("notice WHERE event = 'audit-head'"), 1, "one auditor, one day");
    khomo.clock.advance(DAY);
    khomo.watch().await;
    assert_eq!(khomo.count("notice WHERE event = 'audit-head'"), 2);
    let mut auditor = khomo.signed_in("auditor").await;
    assert!(auditor.get("/internal/notices").await.text().contains(&hash));
}

#[actix_web::test]
async fn a_disk_that_does_not_take_the_head_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("chua-gan").join("heads.jsonl");
    let khomo = Khomo::start_with(&[("KHOMO_AUDIT_HEADS", &path.display().to_string())]);
    khomo.watch().await;
    khomo.clock.advance(HOUR);
    khomo.watch().await;
    assert!(!path.exists());
    std::fs::create_dir(path.parent().unwrap()).unwrap();
    khomo.clock.advance(60);
    khomo.watch().await;
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 1);
}

#[test]
fn kinds_of_alerts_are_told_apart_by_their_codes() {
    for kind in alert::Kind::ALL {
        assert_eq!(alert::Kind::from_code(kind.code()), Some(kind));
    }
    assert_eq!(alert::Kind::from_code("x"), None);
}
