//! Writing datasets through the forms, and sending files.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use khomo::account;
use khomo::dataset::inventory::{self, Content, Keep};
use khomo::dataset::upload::{self, State};
use khomo::dataset::{self, draft};
use khomo::kernel::id::{DatasetId, InventoryId, UploadId};
use rust_xlsxwriter::Workbook;

use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, SMALL};

const NEW: [(&str, &str); 4] =
    [("title", "Danh sách trạm y tế xã"), ("agency", HOME), ("topic", "y-te"), ("frequency", "monthly")];

/// What whoever sends a file ticks.
const DECLARED: &[(&str, &str)] = &[("declared", "1")];

/// The id that an address names.
fn id_in(answer: &Answer) -> String {
    let location = answer.header("location").unwrap_or_else(|| panic!("{}: {}", answer.status, answer.text()));
    location.split('/').nth(3).unwrap().to_owned()
}

async fn new_dataset(browser: &mut Browser) -> DatasetId {
    browser.get("/internal/datasets/new").await;
    let answer = browser.post("/internal/datasets/new", &NEW).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    DatasetId::parse(&id_in(&answer)).unwrap()
}

/// Sends a file by the plain form and lets it be read.
async fn send_file(khomo: &Khomo, browser: &mut Browser, id: &DatasetId, name: &str, bytes: &[u8]) -> Answer {
    browser.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let answer = browser.post_file(&format!("/internal/datasets/{id}/upload"), DECLARED, name, bytes).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    khomo.work().await;
    browser.follow(answer).await
}

fn draft_of(khomo: &Khomo, id: &DatasetId) -> dataset::Version {
    khomo.db().read(|conn| dataset::draft_of(conn, id)).unwrap().unwrap()
}

#[actix_web::test]
async fn an_officer_writes_a_first_dataset_from_an_excel_file_and_a_second_person_lets_it_out() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let about = format!("/internal/datasets/{id}/edit/about");
    let page = editor.get(&about).await;
    let seen = page.attribute("input[name=seen]", "value").unwrap();
    let fields = [
        ("seen", seen.as_str()),
        ("title", "Danh sách trạm y tế xã, phường"),
        ("title_en", "Commune health stations"),
        ("description", "Mỗi dòng là một trạm."),
    ];
    let answer = editor.post(&about, &fields).await;
    assert_eq!(answer.header("location"), Some(format!("/internal/datasets/{id}/edit/sorting").as_str()));
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in
        [["Mã trạm", "Số giường"], ["00123", "12"], ["00124", "nhiều"], ["00125", "7"]].iter().enumerate()
    {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(u32::try_from(row).unwrap(), u16::try_from(column).unwrap(), *cell).unwrap();
        }
    }
    let page = send_file(&khomo, &mut editor, &id, "Trạm y tế 2026.xlsx", &book.save_to_buffer().unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.path.ends_with("/reading"), "what was understood is shown: {}", page.path);
    assert!(page.text().contains("00123"), "the first rows are shown");
    // The column is a number to the officer: read again, the odd row is set aside.
    let answer = editor.post(&page.path, &[("k1", "integer")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    khomo.work().await;
    let page = editor.follow(answer).await;
    assert!(page.texts("h3").iter().any(|head| head.contains("1 dòng để riêng")), "{:?}", page.texts("h3"));
    let resources = khomo.db().read(|conn| dataset::resources_of(conn, &draft_of(&khomo, &id).id)).unwrap();
    assert_eq!(resources.len(), 1, "the same table, read anew");
    assert_eq!((resources[0].name.as_str(), resources[0].table.row_count), ("tram-y-te-2026", 2));
    let path = format!("/internal/datasets/{id}/resources/{}/dictionary", resources[0].resource_id);
    editor.get(&format!("/internal/datasets/{id}/edit/dictionary")).await;
    let answer =
        editor.post(&path, &[("c0-meaning", "Mã do Sở cấp."), ("c1-unit", "giường"), ("c1-meaning", "")]).await;
    assert_eq!(answer.status, 303);
    let resources = khomo.db().read(|conn| dataset::resources_of(conn, &draft_of(&khomo, &id).id)).unwrap();
    assert_eq!(resources[0].note("Mã trạm").unwrap().meaning.as_ref().unwrap().vi, "Mã do Sở cấp.");
    assert_eq!(resources[0].note("Số giường").unwrap().unit.as_ref().unwrap().vi, "giường");
    let check = editor.get(&format!("/internal/datasets/{id}/edit/check")).await;
    assert_eq!(check.status, 200);
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    let mut reader = khomo.public().await;
    let public = reader.get("/dataset/danh-sach-tram-y-te-xa").await;
    assert!(public.text().contains("Danh sách trạm y tế xã, phường"));
    let csv = reader.get("/dataset/danh-sach-tram-y-te-xa/tram-y-te-2026.csv").await;
    assert!(csv.text().contains("00123"), "{}", csv.text());
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn every_wrong_field_of_a_new_dataset_is_named_and_what_was_typed_stays() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/datasets/new").await;
    let answer =
        editor.post("/internal/datasets/new", &[("title", ""), ("slug", "Sai Địa chỉ"), ("agency", HOME)]).await;
    assert_eq!(answer.status, 422);
    let links = answer.attributes("#errors a", "href");
    assert_eq!(links, ["#title", "#slug", "#topic", "#frequency"]);
    assert_eq!(answer.attribute("#slug", "value").as_deref(), Some("Sai Địa chỉ"));
    assert_eq!(khomo.count("dataset"), 0);
}

#[actix_web::test]
async fn two_officers_at_one_draft_do_not_overwrite_each_other() {
    let khomo = Khomo::start();
    let (mut editor, mut second) = (khomo.signed_in("editor").await, khomo.signed_in("second-editor").await);
    let id = new_dataset(&mut editor).await;
    let path = format!("/internal/datasets/{id}/edit/about");
    let seen = |page: &Answer| page.attribute("input[name=seen]", "value").unwrap();
    let (one, two) = (seen(&editor.get(&path).await), seen(&second.get(&path).await));
    assert_eq!(editor.post(&path, &[("seen", &one), ("title", "Tên của người thứ nhất")]).await.status, 303);
    let answer = second.post(&path, &[("seen", &two), ("title", "Tên của người thứ hai")]).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.attribute("#title", "value").as_deref(), Some("Tên của người thứ hai"), "nothing typed is lost");
    assert_eq!(draft_of(&khomo, &id).metadata.title.vi, "Tên của người thứ nhất");
    let again = seen(&answer);
    assert_eq!(second.post(&path, &[("seen", &again), ("title", "Tên đã bàn")]).await.status, 303);
    assert_eq!(draft_of(&khomo, &id).metadata.title.vi, "Tên đã bàn");
    // Both had a part in it.
    assert_eq!(khomo.count("version_contributor"), 2);
}

#[actix_web::test]
async fn nobody_writes_for_another_agency() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    send_file(&khomo, &mut editor, &id, "bang.csv", SMALL.as_bytes()).await;
    let resource = khomo.lines("SELECT id AS line FROM resource").remove(0);
    let upload = khomo.lines("SELECT id AS line FROM upload").remove(0);
    let table = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    let mut stranger = khomo.signed_in("stranger").await;
    stranger.get("/internal/account").await;
    let before = khomo.heads();
    for path in [
        format!("/internal/datasets/{id}/draft"),
        format!("/internal/datasets/{id}/reset"),
        format!("/internal/datasets/{id}/edit/about"),
        format!("/internal/datasets/{id}/resources/{resource}/title"),
        format!("/internal/datasets/{id}/resources/{resource}/removal"),
        format!("/internal/datasets/{id}/resources/{resource}/dictionary"),
        format!("/internal/uploads/{upload}/cancellation"),
        format!("/internal/tables/{table}/reading"),
    ] {
        let answer = stranger.post(&path, &[("title", "x")]).await;
        assert_eq!(answer.status, 403, "{path}");
    }
    let answer = stranger.post_file(&format!("/internal/datasets/{id}/upload"), DECLARED, "x.csv", b"a\n1\n").await;
    assert_eq!(answer.status, 403);
    assert_eq!(khomo.heads(), before, "nothing was written");
    // An agency in the form that one has no role at is no way in either.
    stranger.get("/internal/datasets/new").await;
    assert_eq!(stranger.post("/internal/datasets/new", &NEW).await.status, 403);
}

#[actix_web::test]
async fn a_file_that_cannot_be_read_says_why_and_leaves_the_draft_alone() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    for (name, bytes) in [("rong.xlsx", b"<html>no workbook</html>".as_slice()), ("mot-dong.csv", b"a,b\n")] {
        let page = send_file(&khomo, &mut editor, &id, name, bytes).await;
        assert!(page.path.starts_with("/internal/uploads/"), "{}", page.path);
        assert!(!page.texts(".note.bad li").is_empty(), "{name}: it says why");
    }
    editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let empty = editor.post_file(&format!("/internal/datasets/{id}/upload"), DECLARED, "rong.csv", b"").await;
    assert_eq!(empty.status, 400, "a file without a byte");
    assert_eq!(khomo.count("upload WHERE state = 'cancelled'"), 1, "nothing of it waits");
    assert_eq!(khomo.count("version_resource"), 0);
    assert_eq!(khomo.count("upload WHERE state = 'refused'"), 2);
    assert_eq!(khomo.count("upload_part"), 0);
    assert_eq!(khomo.files().list("uploads").await.unwrap(), []);
    assert_eq!(khomo.count("notice WHERE event = 'upload-refused'"), 2, "its owner hears of it");
}

#[actix_web::test]
async fn no_byte_is_taken_before_its_sender_declares_that_it_holds_no_state_secret() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let page = editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    assert_eq!(page.attributes("#declared", "checked"), Vec::<String>::new(), "nobody declares by overlooking it");
    let words = khomo.app.profile().upload.declaration.value.vi.clone();
    assert!(page.text().contains(&words) && page.text().contains("117/2025/QH15"), "the words and the law behind them");
    let path = format!("/internal/datasets/{id}/upload");
    for fields in [&[][..], &[("declared", "")]] {
        let answer = editor.post_file(&path, fields, "bang.csv", SMALL.as_bytes()).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.attributes("#errors a", "href"), ["#declared"]);
    }
    assert_eq!((khomo.count("upload"), khomo.files().list("uploads").await.unwrap().len()), (0, 0));
    send_file(&khomo, &mut editor, &id, "bang.csv", SMALL.as_bytes()).await;
    let kept = khomo.lines("SELECT declared_by || ' ' || CAST(declared_at AS TEXT) AS line FROM upload").remove(0);
    assert_eq!(kept, format!("{} {}", khomo.id("editor"), khomo.clock.now().0));
    let table = "SELECT declared_by || ' ' || CAST(declared_at AS TEXT) AS line FROM table_version";
    assert_eq!(khomo.lines(table), [kept.as_str()], "the table keeps it");
    let entry = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'dataset.upload'").remove(0);
    assert!(entry.contains(&words), "{entry}");
    // What is read again, and what is made of it, is the same file.
    let reading = format!("/internal/tables/{}/reading", khomo.lines("SELECT id AS line FROM table_version").remove(0));
    let page = editor.visit(&reading).await;
    assert!(page.text().contains("Cam đoan không chứa bí mật nhà nước"), "the report says who declared it");
    editor.post(&reading, &[]).await;
    khomo.work().await;
    assert_eq!(khomo.lines(table), [kept.as_str(), kept.as_str()]);
}

#[actix_web::test]
async fn what_was_decided_about_a_file_holds_for_the_next_one_of_the_table() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let kinds = || {
        let report =
            khomo.lines("SELECT report AS line FROM table_version ORDER BY created_at DESC, id DESC").remove(0);
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        let columns = report["columns"].as_array().or(report["outcome"]["columns"].as_array()).unwrap();
        columns.iter().map(|column| column["kind"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    send_file(&khomo, &mut editor, &id, "tram.csv", "Mã,Số giường,Ghi chú\n123,4,a\n456,5,b\n".as_bytes()).await;
    assert_eq!(kinds(), ["integer", "integer", "text"]);
    let reading = format!("/internal/tables/{}/reading", khomo.lines("SELECT id AS line FROM table_version").remove(0));
    editor.visit(&reading).await;
    assert_eq!(editor.post(&reading, &[("k0", "text"), ("k2", "text")]).await.status, 303);
    khomo.work().await;
    assert_eq!(kinds(), ["text", "integer", "text"]);

    // The next file lacks a column that was decided about, and has another.
    let resource = khomo.lines("SELECT id AS line FROM resource").remove(0);
    let next = "Mã,Số giường,Năm\n123,4,2026\n789,6,2026\n".as_bytes();
    editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let fields = [("declared", "1"), ("resource", resource.as_str())];
    let sent = editor.post_file(&format!("/internal/datasets/{id}/upload"), &fields, "tram-2.csv", next).await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    khomo.work().await;
    let page = editor.follow(sent).await;
    assert!(page.path.ends_with("/reading"), "{}", page.path);
    assert_eq!(kinds(), ["text", "integer", "integer"], "the code stays text");
    assert_eq!(page.attributes("#k0 option[selected]", "value"), ["text"], "and the page says that it was decided");
}

#[actix_web::test]
async fn rows_set_aside_come_as_a_workbook_with_the_cells_at_fault_marked_and_told() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let good = (1..=98).map(|i| format!("{i:03},{i},2024-01-05\n"));
    let odd = ["099,=1+1,hôm qua\n".to_owned(), "100,7,2024-01-05,thừa\n".to_owned()];
    let csv: String = std::iter::once("Mã,Số giường,Ngày\n".to_owned()).chain(good).chain(odd).collect();
    let page = send_file(&khomo, &mut editor, &id, "trạm.csv", csv.as_bytes()).await;
    let links = page.attributes("a[download]", "href");
    let link = |ending: &str| links.iter().find(|link| link.ends_with(ending)).cloned().unwrap();
    let answer = editor.get(&link("set-aside.xlsx")).await;
    assert_eq!((answer.status, answer.header("cache-control")), (200, Some("private, no-store")));
    let path = khomo.folder().join("aside.xlsx");
    std::fs::write(&path, &answer.body).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let sheet = calamine::Reader::sheet_names(&book)[0].clone();
    assert!(calamine::Reader::worksheet_formula(&mut book, &sheet).unwrap().is_empty(), "nothing is a formula");
    let range = calamine::Reader::worksheet_range(&mut book, &sheet).unwrap();
    let rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    assert_eq!(rows[0][..5], ["Dòng trong tệp", "Lỗi", "Mã", "Số giường", "Ngày"]);
    assert_eq!((rows[1][0].as_str(), &rows[1][2..5]), ("100", &["099", "=1+1", "hôm qua"].map(str::to_owned)[..]));
    assert!(
        rows[1][1].contains("Số giường: ") && rows[1][1].contains("Ngày: "),
        "both faults are told: {}",
        rows[1][1]
    );
    assert_eq!(rows[2][5], "thừa", "what stood beyond the last column");
    // The marks are styles of these cells.
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    let styled = |cell: &str| xml.contains(&format!("<c r=\"{cell}\" s="));
    assert_eq!(["C2", "D2", "E2", "E3", "F3"].map(styled), [false, true, true, false, true]);
    let answer = editor.get(&link("set-aside.csv")).await;
    let text = answer.text();
    assert!(text.starts_with("\u{feff}Dòng trong tệp,Lỗi,Mã,Số giường,Ngày\r\n100,"), "{text}");
    assert!(text.contains(",099,'=1+1,hôm qua\r\n"), "a formula is none: {text}");
}

#[actix_web::test]
async fn zeros_that_a_spreadsheet_dropped_are_missed_and_given_back_on_wish() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Mã xã", "Số hộ"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, (code, count)) in (1..).zip([(1234.0, 500.0), (1237.0, 71.0), (26734.0, 4005.0)]) {
        sheet.write_number(row, 0, code).unwrap();
        sheet.write_number(row, 1, count).unwrap();
    }
    let page = send_file(&khomo, &mut editor, &id, "xã.xlsx", &book.save_to_buffer().unwrap()).await;
    assert!(page.text().contains("2 ô ngắn hơn 5 chữ số"), "the report points at it");
    assert_eq!(page.attributes("#w0 option", "value"), ["", "5"]);
    assert!(page.attributes("#w1 option", "value").len() > 2, "other numbers may be codes too");
    let answer = editor.post(&page.path, &[("w0", "5"), ("k0", "integer")]).await;
    khomo.work().await;
    let refused = editor.follow(answer).await;
    assert!(refused.text().contains("phải là văn bản"), "a number keeps no zeros: {}", refused.path);
    let answer = editor.post(&page.path, &[("w0", "năm")]).await;
    assert_eq!((answer.status, answer.attributes("#errors a", "href")), (422, vec!["#w0".to_owned()]));
    let answer = editor.post(&page.path, &[("w0", "5")]).await;
    khomo.work().await;
    let page = editor.follow(answer).await;
    assert!(page.text().contains("01234"), "{}", page.path);
    assert!(page.text().contains("Mã xã: 2 ô mã được thêm số 0"), "what was filled is told");
    assert_eq!(page.attribute("#w0 option[selected]", "value").as_deref(), Some("5"), "the choice is kept");
    assert_eq!(khomo.count("version_resource"), 1);
}

#[actix_web::test]
async fn a_new_version_starts_from_what_is_published_and_can_be_taken_back() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Số liệu").publish().await;
    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/account").await;
    let answer = editor.post(&format!("/internal/datasets/{id}/draft"), &[]).await;
    assert_eq!(answer.status, 303);
    let path = format!("/internal/datasets/{id}/edit/about");
    let page = editor.get(&path).await;
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Số liệu"));
    let seen = page.attribute("input[name=seen]", "value").unwrap();
    editor.post(&path, &[("seen", &seen), ("title", "Tên mới"), ("note", "Đổi tên.")]).await;
    let resource = khomo.lines("SELECT id AS line FROM resource").remove(0);
    editor.post(&format!("/internal/datasets/{id}/resources/{resource}/removal"), &[]).await;
    let draft = draft_of(&khomo, &id);
    assert_eq!(khomo.db().read(|conn| dataset::resources_of(conn, &draft.id)).unwrap().len(), 0);
    editor.post(&format!("/internal/datasets/{id}/reset"), &[]).await;
    let draft = draft_of(&khomo, &id);
    assert_eq!((draft.metadata.title.vi.as_str(), draft.note), ("Số liệu", None));
    assert_eq!(khomo.db().read(|conn| dataset::resources_of(conn, &draft.id)).unwrap().len(), 1);
    // What is public has not moved.
    assert_eq!(khomo.public().await.get("/dataset/so-lieu/bang.csv").await.status, 200);
}

#[actix_web::test]
async fn a_dataset_can_begin_with_the_words_of_another() {
    let khomo = Khomo::start();
    let id = khomo.dataset("quy-1").title("Quý I").english("Q1").publish().await;
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get(&format!("/internal/datasets/new?copy={id}")).await;
    assert_eq!(page.attribute("#title", "value").as_deref(), Some("Quý I"));
    let copy = id.to_string();
    let fields =
        [("title", "Quý II"), ("agency", HOME), ("topic", "y-te"), ("frequency", "monthly"), ("copy", copy.as_str())];
    let answer = editor.post("/internal/datasets/new", &fields).await;
    let new = DatasetId::parse(&id_in(&answer)).unwrap();
    let metadata = draft_of(&khomo, &new).metadata;
    assert_eq!(metadata.description.vi, "Bảng thử; mỗi dòng là một đơn vị.");
    assert_eq!((metadata.title.vi.as_str(), metadata.title.en), ("Quý II", None));
}

// ── tus, and keys for programs ──

fn tus<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut headers = vec![("Tus-Resumable", "1.0.0")];
    headers.extend_from_slice(more);
    headers
}

fn told(pairs: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        pairs.iter().map(|(name, value)| format!("{name} {}", BASE64_STANDARD.encode(value))).collect();
    pairs.join(",")
}

#[actix_web::test]
async fn a_program_with_a_key_sends_a_file_in_pieces_and_goes_on_after_a_break() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let owner = khomo.id("editor");
    let key = khomo
        .db()
        .write(&khomo.ctx("editor"), |tx| account::make_token(tx, &owner, "máy", &["read".into(), "write".into()], 30))
        .unwrap();
    let bearer = format!("Bearer {key}");
    let mut program = khomo.internal().await;
    let csv: String =
        std::iter::once("Mã,Số\n".to_owned()).chain((0..500).map(|i| format!("{i},{}\n", i * 2))).collect();
    let bytes = csv.as_bytes();
    let length = bytes.len().to_string();
    let said = told(&[
        ("dataset", "so-lieu"),
        ("filename", "Số liệu mới.csv"),
        ("declared", "no-state-secret"),
        ("resource", "bang"),
    ]);
    let made = program
        .send(
            "POST",
            "/internal/uploads",
            &tus(&[("Authorization", &bearer), ("Upload-Length", &length), ("Upload-Metadata", &said)]),
            None,
        )
        .await;
    assert_eq!(made.status, 201, "{}", made.text());
    let place = made.header("location").unwrap().to_owned();
    let kind = ("Content-Type", "application/offset+octet-stream");
    let auth = ("Authorization", bearer.as_str());
    let sent =
        program.send_bytes("PATCH", &place, &tus(&[auth, kind, ("Upload-Offset", "0")]), bytes[..700].to_vec()).await;
    assert_eq!((sent.status, sent.header("upload-offset")), (204, Some("700")));
    // The same piece again, or one that leaves a gap, is refused, and changes nothing.
    for at in ["0", "699", "701", "x"] {
        let again = program
            .send_bytes("PATCH", &place, &tus(&[auth, kind, ("Upload-Offset", at)]), bytes[700..].to_vec())
            .await;
        assert_eq!(again.status, 409, "{at}");
    }
    let head = program.send("HEAD", &place, &tus(&[auth]), None).await;
    assert_eq!(
        (head.status, head.header("upload-offset"), head.header("upload-length")),
        (200, Some("700"), Some(length.as_str()))
    );
    let rest =
        program.send_bytes("PATCH", &place, &tus(&[auth, kind, ("Upload-Offset", "700")]), bytes[700..].to_vec()).await;
    assert_eq!(rest.status, 204);
    khomo.work().await;
    let state = program.get_with(&place, &[auth]).await;
    let state: serde_json::Value = serde_json::from_slice(&state.body).unwrap();
    assert_eq!(state["state"], "read", "{state}");
    let rows = khomo.lines("SELECT CAST(row_count AS TEXT) AS line FROM table_version ORDER BY created_at, id");
    assert_eq!(rows.last().map(String::as_str), Some("500"));
    let sha = khomo.lines("SELECT original_sha256 AS line FROM table_version ORDER BY id DESC").remove(0);
    assert_eq!(sha, hex::encode(<sha2::Sha256 as sha2::Digest>::digest(bytes)), "the bytes are kept as they came");
    assert_eq!(khomo.count("upload_part"), 0);
    assert_eq!(khomo.files().list("uploads").await.unwrap(), []);
}

#[actix_web::test]
async fn a_key_opens_only_what_its_scope_says_and_an_upload_is_its_senders_alone() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let key = |person: &str, scopes: &[&str]| {
        let (owner, scopes) = (khomo.id(person), scopes.iter().map(|scope| (*scope).to_owned()).collect::<Vec<_>>());
        let key =
            khomo.db().write(&khomo.ctx(person), |tx| account::make_token(tx, &owner, "máy", &scopes, 30)).unwrap();
        format!("Bearer {key}")
    };
    let (reads, writes, other) =
        (key("editor", &["read"]), key("editor", &["read", "write"]), key("second-editor", &["read", "write"]));
    let mut program = khomo.internal().await;
    let said = told(&[("dataset", "so-lieu"), ("filename", "a.csv"), ("declared", "no-state-secret")]);
    for missing in ["", "yes"] {
        let said = told(&[("dataset", "so-lieu"), ("filename", "a.csv"), ("declared", missing)]);
        let headers = tus(&[("Authorization", &writes), ("Upload-Length", "4"), ("Upload-Metadata", &said)]);
        let answer = program.send("POST", "/internal/uploads", &headers, None).await;
        assert_eq!(answer.status, 400, "without the declaration");
        assert!(answer.text().contains("no-state-secret"), "it says what to send: {}", answer.text());
    }
    let mut begin = async |bearer: &str, length: &str| {
        let headers = tus(&[("Authorization", bearer), ("Upload-Length", length), ("Upload-Metadata", &said)]);
        program.send("POST", "/internal/uploads", &headers, None).await
    };
    assert_eq!(begin("Bearer khomo_falsch", "4").await.status, 401);
    assert_eq!(begin(&reads, "4").await.status, 403);
    assert_eq!(begin(&writes, "").await.status, 400);
    assert_eq!(begin(&writes, "0").await.status, 400);
    assert_eq!(begin(&writes, "99999999999999").await.status, 413);
    let made = begin(&writes, "4").await;
    assert_eq!(made.status, 201);
    let place = made.header("location").unwrap().to_owned();
    let patch = [("Content-Type", "application/offset+octet-stream"), ("Upload-Offset", "0")];
    for (bearer, status) in [(&other, 404), (&writes, 413)] {
        let headers = tus(&[("Authorization", bearer), patch[0], patch[1]]);
        let answer = program.send_bytes("PATCH", &place, &headers, b"a\n1\n2\n".to_vec()).await;
        assert_eq!(answer.status, status);
    }
    let bare = program.send_bytes("PATCH", &place, &[("Authorization", &writes)], b"x".to_vec()).await;
    assert_eq!(bare.status, 412);
    let gone = program.send("DELETE", &place, &tus(&[("Authorization", &writes)]), None).await;
    assert_eq!(gone.status, 204);
    assert_eq!(khomo.count("upload WHERE state = 'cancelled'"), 1);
}

#[actix_web::test]
async fn a_page_sends_pieces_only_with_its_own_token() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/account").await;
    let token = editor.token().unwrap().to_owned();
    let said = told(&[("dataset", "so-lieu"), ("filename", "a.csv"), ("declared", "no-state-secret")]);
    let headers = tus(&[("Upload-Length", "4"), ("Upload-Metadata", &said)]);
    assert_eq!(editor.send("POST", "/internal/uploads", &headers, None).await.status, 403);
    let with = tus(&[("Upload-Length", "4"), ("Upload-Metadata", &said), ("X-CSRF-Token", &token)]);
    let mut foreign = with.clone();
    foreign.push(("Sec-Fetch-Site", "cross-site"));
    assert_eq!(editor.send("POST", "/internal/uploads", &foreign, None).await.status, 403);
    let mut along = with.clone();
    along.push(("Content-Type", "application/offset+octet-stream"));
    let made = editor.send_bytes("POST", "/internal/uploads", &along, b"a\n1\n".to_vec()).await;
    assert_eq!((made.status, made.header("upload-offset")), (201, Some("4")), "{}", made.text());
    khomo.work().await;
    let page = editor.visit(made.header("location").unwrap()).await;
    assert!(page.path.ends_with("/reading"));
}

#[actix_web::test]
async fn what_is_silent_for_a_day_is_given_up_and_its_pieces_go() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let begin = |name: &str| upload::Begin {
        dataset: id.clone(),
        resource: None,
        file_name: name.to_owned(),
        bytes: Some(10),
        most: 100,
        declared: true,
    };
    let profile = khomo.app.profile().clone();
    let upload: UploadId =
        khomo.db().write(&khomo.ctx("editor"), |tx| upload::begin(tx, &profile, begin("a/b\\c.csv"))).unwrap().id;
    let object = format!("uploads/{upload}/x");
    let path = khomo.folder().join("x");
    std::fs::write(&path, b"hello").unwrap();
    khomo.files().put_file(&object, &path).await.unwrap();
    khomo.db().write(&khomo.ctx("editor"), |tx| upload::add_part(tx, &upload, 0, 5, &object, 100).map(drop)).unwrap();
    let kept = khomo.db().read(|conn| upload::by_id(conn, &upload)).unwrap();
    assert_eq!((kept.file_name.as_str(), kept.received, kept.state), ("c.csv", 5, State::Receiving));
    khomo.clock.advance(25 * 3600);
    let before = khomo.clock.now().plus_seconds(-24 * 3600);
    assert_eq!(
        khomo.db().write(&khomo.ctx_of(khomo::kernel::Actor::System), |tx| upload::lapse(tx, before)).unwrap(),
        1
    );
    assert_eq!(khomo.count("upload WHERE state = 'cancelled'"), 1);
    assert_eq!(khomo.count("upload_part"), 0);
}

#[actix_web::test]
async fn a_lost_role_keeps_a_file_that_is_on_its_way_out_of_the_draft() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let answer =
        editor.post_file(&format!("/internal/datasets/{id}/upload"), DECLARED, "bang.csv", SMALL.as_bytes()).await;
    assert_eq!(answer.status, 303);
    khomo.raw("UPDATE account_role SET valid_to = '2026-01-02' WHERE role = 'editor'").unwrap();
    khomo.work().await;
    assert_eq!(khomo.count("version_resource"), 0);
    assert_eq!(khomo.count("upload WHERE state = 'refused'"), 1);
}

#[actix_web::test]
async fn the_completeness_grows_with_what_is_written() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let id = new_dataset(&mut editor).await;
    let score = |khomo: &Khomo| {
        let draft = draft_of(khomo, &id);
        let resources = khomo.db().read(|conn| dataset::resources_of(conn, &draft.id)).unwrap();
        draft::score(&draft::completeness(&draft.metadata, &resources).unwrap())
    };
    let first = score(&khomo);
    send_file(&khomo, &mut editor, &id, "bang.csv", SMALL.as_bytes()).await;
    assert!(score(&khomo) > first);
}

// ── An agency's own list of datasets ──

/// A list of one dataset that waits to be entered.
pub fn listed(khomo: &Khomo) -> InventoryId {
    let profile = khomo.app.profile().clone();
    let new = Keep {
        agency: HOME.to_owned(),
        file_name: "danh-muc.xlsx".to_owned(),
        declared: true,
        content: Content { headings: vec!["Tên".to_owned()], rows: vec![vec!["Trạm y tế".to_owned()]] },
    };
    khomo.db().write(&khomo.ctx("editor"), |tx| inventory::keep(tx, &profile, new)).unwrap()
}

/// A workbook with these rows on its first sheet.
fn workbook(rows: &[&[&str]]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(*cells) {
            sheet.write_string(row, column, *cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

const LIST: [&[&str]; 7] = [
    &["DANH MỤC DỮ LIỆU MỞ CỦA SỞ Y TẾ"],
    &["STT", "Tên dữ liệu", "Lĩnh vực", "Chu kỳ cập nhật", "Mô tả", "Đầu mối"],
    &["1", "Danh sách nhà thuốc", "Y tế", "Hằng quý", "Mỗi dòng là một nhà thuốc.", "Nguyễn Văn A"],
    &["2", "Giá dịch vụ khám bệnh", "Thiên văn", "", "", ""],
    &["3", "Danh sách nhà thuốc", "Y tế", "Hằng quý", "", ""],
    &["4", "", "Y tế", "", "", ""],
    &["5", "Số liệu", "Y tế", "Hằng năm", "", ""],
];

async fn send_list(browser: &mut Browser, name: &str, bytes: &[u8]) -> Answer {
    browser.get("/internal/dataset-lists").await;
    browser.post_file("/internal/dataset-lists", &[("agency", HOME), DECLARED[0]], name, bytes).await
}

#[actix_web::test]
async fn an_agencys_excel_list_becomes_the_drafts_that_somebody_chose() {
    let khomo = Khomo::start();
    let known = khomo.dataset("so-lieu").title("Số liệu").publish().await;
    let mut editor = khomo.signed_in("editor").await;
    let answer = send_list(&mut editor, "danh mục.xlsx", &workbook(&LIST)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = editor.follow(answer).await;
    assert_eq!(khomo.count("dataset"), 1, "nothing is entered before somebody chose");
    let text = page.text();
    for told in ["Cột “Tên dữ liệu” là Tên bộ dữ liệu", "Không lấy các cột:", "không có mục “Thiên văn”", "Trùng tên."]
    {
        assert!(text.contains(told), "{told} is not told");
    }
    assert_eq!(
        page.attributes("input[name=row][checked]", "value"),
        ["1", "2"],
        "what is there is not taken by itself"
    );
    assert_eq!(page.attributes("input[name=row][disabled]", "value"), ["4"], "without a title");
    assert!(page.attributes("tr a", "href").contains(&format!("/internal/datasets/{known}")));
    let path = page.path.clone();
    // What is missing is asked for, and the choice stays.
    let answer = editor.post(&path, &[("row", "2")]).await;
    assert_eq!((answer.status, khomo.count("dataset")), (422, 1));
    assert_eq!(answer.attributes("#errors a", "href"), ["#topic", "#frequency"]);
    assert_eq!(answer.attributes("input[name=row][checked]", "value"), ["2"]);
    let nothing = editor.post(&path, &[("topic", "y-te")]).await;
    assert_eq!((nothing.status, nothing.attributes("#errors a", "href")), (422, vec!["#lines".to_owned()]));
    let unsound = editor.post(&path, &[("row", "1"), ("row", "4"), ("topic", "y-te"), ("frequency", "yearly")]).await;
    assert_eq!((unsound.status, khomo.count("dataset")), (422, 1), "all or nothing");
    let fields = [("row", "1"), ("row", "2"), ("row", "99"), ("topic", "giao-duc"), ("frequency", "yearly")];
    let answer = editor.post(&path, &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = editor.follow(answer).await;
    let links = page.attributes("main ul.bul a", "href");
    assert_eq!((links.len(), khomo.count("dataset")), (2, 3), "{links:?}");
    let said: Vec<_> = links
        .iter()
        .map(|link| draft_of(&khomo, &DatasetId::parse(link.rsplit('/').next().unwrap()).unwrap()).metadata)
        .collect();
    assert_eq!(
        (said[0].title.vi.as_str(), said[0].topic.as_str(), said[0].frequency.as_str()),
        ("Danh sách nhà thuốc", "y-te", "quarterly")
    );
    assert_eq!(said[0].description.vi, "Mỗi dòng là một nhà thuốc.");
    assert_eq!(
        (said[1].topic.as_str(), said[1].frequency.as_str()),
        ("giao-duc", "yearly"),
        "said for those that lack it"
    );
    assert!(!said.iter().any(|said| format!("{said:?}").contains("Nguyễn Văn A")), "no place for a person");
    assert_eq!(khomo.count("audit_entry WHERE action = 'dataset.enter-list'"), 1);
    // A list is entered once.
    assert_eq!((editor.post(&path, &fields).await.status, khomo.count("dataset")), (409, 3));
    khomo.clock.advance(25 * 3600);
    let before = khomo.clock.now().plus_seconds(-24 * 3600);
    khomo.db().write(&khomo.ctx_of(khomo::kernel::Actor::System), |tx| inventory::lapse(tx, before)).unwrap();
    assert_eq!((khomo.count("inventory"), khomo.count("dataset")), (0, 3), "what was entered stays");
}

#[actix_web::test]
async fn a_list_is_for_its_agency_and_comes_with_a_declaration() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    editor.get("/internal/dataset-lists").await;
    let answer = editor.post_file("/internal/dataset-lists", &[("agency", HOME)], "a.csv", b"Ten\nx\n").await;
    assert_eq!((answer.status, answer.attributes("#errors a", "href")), (422, vec!["#declared".to_owned()]));
    let answer = editor
        .post_file("/internal/dataset-lists", &[("agency", AWAY), DECLARED[0]], "a.csv", b"Ten,Nganh\nx,y\n")
        .await;
    assert_eq!((answer.status, khomo.count("inventory")), (403, 0), "{}", answer.text());
    let id = listed(&khomo);
    let mut stranger = khomo.signed_in("stranger").await;
    assert_eq!(stranger.get(&format!("/internal/dataset-lists/{id}")).await.status, 403);
    stranger.get("/internal/account").await;
    let fields = [("row", "1"), ("topic", "y-te"), ("frequency", "yearly")];
    assert_eq!(stranger.post(&format!("/internal/dataset-lists/{id}"), &fields).await.status, 403);
    assert_eq!(khomo.count("dataset"), 0);
    let mut colleague = khomo.signed_in("second-editor").await;
    assert_eq!(colleague.get(&format!("/internal/dataset-lists/{id}")).await.status, 200);
}

#[actix_web::test]
async fn the_template_offers_the_terms_of_the_profile_and_is_understood_when_it_comes_back() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let answer = editor.get("/internal/dataset-lists/template.xlsx").await;
    assert_eq!(answer.status, 200);
    let path = khomo.folder().join("template.xlsx");
    std::fs::write(&path, &answer.body).unwrap();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let sheets = calamine::Reader::sheet_names(&book);
    let range = calamine::Reader::worksheet_range(&mut book, &sheets[0]).unwrap();
    let heads: Vec<String> = range.rows().next().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(heads[..2], ["Tên bộ dữ liệu", "Tên tiếng Anh"]);
    let terms = calamine::Reader::worksheet_range(&mut book, &sheets[1]).unwrap();
    let topic = terms.get_value((0, 3)).or_else(|| terms.get_value((0, 0))).unwrap().to_string();
    assert_eq!(topic, khomo.app.profile().topics[0].name.vi);
    let mut archive = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    let mut xml = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/worksheets/sheet1.xml").unwrap(), &mut xml).unwrap();
    assert_eq!(xml.matches("<dataValidation ").count(), 3, "topic, frequency, licence");
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let row = ["Nhà thuốc", "Pharmacies", "", topic.as_str()];
    let answer = send_list(&mut editor, "mẫu.xlsx", &workbook(&[&heads, &row])).await;
    let page = editor.follow(answer).await;
    assert!(page.texts("tbody td").contains(&topic), "{}", page.text());
}
