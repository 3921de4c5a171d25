//! The inbox, as its owner uses it.

use khomo::kernel::Actor;
use khomo::notify::{self, Event};

use crate::support::kit::Khomo;

fn tell(khomo: &Khomo, person: &str, id: &str) {
    let receiver = khomo.id(person);
    let event = Event {
        id: id.to_owned(),
        code: "review-submitted".to_owned(),
        args: vec![("title".to_owned(), format!("Bảng {id}").into()), ("person".to_owned(), "Lan".into())],
        link: "/internal/datasets?q=x".to_owned(),
        at: khomo.clock.now(),
    };
    khomo.db().write(&khomo.ctx_of(Actor::System), |tx| notify::tell(tx, &receiver, &event)).unwrap();
}

const BELL: &str = ".in-head .nav a[href='/internal/notices'] .n";

#[actix_web::test]
async fn an_empty_inbox_says_so_and_rings_no_bell() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/notices").await;
    assert_eq!(page.texts(".empty h2"), ["Chưa có thông báo nào"]);
    assert_eq!(page.texts(BELL), [""; 0]);
    assert_eq!(page.texts("form[action='/internal/notices/read']"), [""; 0]);
}

#[actix_web::test]
async fn unread_notices_come_first_and_are_counted_on_every_page() {
    let khomo = Khomo::start();
    for id in ["cũ", "giữa", "mới"] {
        tell(&khomo, "editor", id);
        khomo.clock.advance(60);
    }
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get("/internal/account").await.texts(BELL), ["3"]);
    let page = editor.get("/internal/notices").await;
    let title = |id: &str| format!("Bộ dữ liệu “Bảng {id}” chờ duyệt");
    assert_eq!(page.texts(".result h3 a"), [title("mới"), title("giữa"), title("cũ")]);
    assert_eq!(page.attribute(".result h3 a", "href").unwrap(), "/internal/datasets?q=x");
    let newest = page.attribute(".result input[name=id]", "value").unwrap();
    let answer = editor.post("/internal/notices/read", &[("id", &newest)]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/internal/notices")));
    let page = editor.get("/internal/notices").await;
    assert_eq!(page.texts(".result h3 a"), [title("giữa"), title("cũ"), title("mới")]);
    assert_eq!((page.texts(BELL), page.texts(".result .badge").len()), (vec!["2".to_owned()], 2));
}

#[actix_web::test]
async fn what_came_after_the_page_was_drawn_stays_unread() {
    let khomo = Khomo::start();
    tell(&khomo, "editor", "seen");
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/notices").await;
    let until = page.attribute("input[name=until]", "value").unwrap();
    khomo.clock.advance(60);
    tell(&khomo, "editor", "unseen");
    tell(&khomo, "approver", "another's");
    let answer = editor.post("/internal/notices/read", &[("until", &until)]).await;
    let page = editor.follow(answer).await;
    assert_eq!(page.flash().unwrap(), "Đã đánh dấu mọi thông báo là đã đọc.");
    assert_eq!(page.texts(BELL), ["1"]);
    assert_eq!(khomo.count("notice WHERE read_at IS NULL"), 2);
}

#[actix_web::test]
async fn nobody_reads_or_marks_anothers_notices() {
    let khomo = Khomo::start();
    tell(&khomo, "approver", "secret");
    let id = khomo.lines("SELECT id AS line FROM notice").remove(0);
    let mut editor = khomo.signed_in("editor").await;
    assert!(!editor.get("/internal/notices").await.text().contains("secret"));
    for id in [id.as_str(), "x", "00000000-0000-7000-8000-000000000000"] {
        assert_eq!(editor.post("/internal/notices/read", &[("id", id)]).await.status, 404, "{id}");
    }
    assert_eq!(khomo.count("notice WHERE read_at IS NULL"), 1);
}

#[actix_web::test]
async fn a_long_inbox_has_pages() {
    let khomo = Khomo::start();
    for number in 0..30 {
        tell(&khomo, "editor", &number.to_string());
    }
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get("/internal/notices").await.texts(".result").len(), 25);
    assert_eq!(editor.get("/internal/notices?page=2").await.texts(".result").len(), 5);
    assert_eq!(editor.get("/internal/notices?page=9").await.status, 200);
}

#[actix_web::test]
async fn how_mail_comes_is_chosen_on_the_account_page_and_written_down() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/account").await;
    let chosen = "input[name=frequency][checked]";
    assert_eq!(page.attributes(chosen, "value"), ["at-once"]);
    let answer = editor.post("/internal/account/notices", &[("frequency", "daily")]).await;
    let page = editor.follow(answer).await;
    assert_eq!(page.attributes(chosen, "value"), ["daily"]);
    assert_eq!(page.flash().unwrap(), "Đã lưu cách nhận thư.");
    editor.post("/internal/account/notices", &[("frequency", "never heard of")]).await;
    assert_eq!(editor.get("/internal/account").await.attributes(chosen, "value"), ["daily"]);
    assert_eq!(khomo.count("audit_entry WHERE action = 'notify.choose'"), 1);
}

#[actix_web::test]
async fn the_inbox_speaks_english_to_who_reads_english() {
    let khomo = Khomo::start();
    tell(&khomo, "editor", "x");
    let mut editor = khomo.signed_in("editor").await;
    editor.visit("/internal/account").await;
    editor.post("/internal/account/language", &[("lang", "en")]).await;
    let page = editor.get("/internal/notices").await;
    assert_eq!(page.texts("h1"), ["Notices"]);
    assert_eq!(page.texts(".result h3 a"), ["“Bảng x” waits for approval"]);
}

#[actix_web::test]
async fn those_that_are_ticked_are_marked_as_read_and_no_others() {
    let khomo = Khomo::start();
    for id in ["a", "b", "c"] {
        tell(&khomo, "editor", id);
    }
    tell(&khomo, "approver", "d");
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/notices").await;
    let boxes = page.attributes("input[form=chosen]", "name");
    assert_eq!(boxes.len(), 3);
    let fields = [(boxes[0].as_str(), "1"), (boxes[2].as_str(), "1"), ("chosen", "1")];
    assert_eq!(editor.post("/internal/notices/read", &fields).await.status, 303);
    assert_eq!(khomo.count("notice WHERE read_at IS NOT NULL"), 2);
    let none = editor.post("/internal/notices/read", &[("chosen", "1")]).await;
    assert!(editor.follow(none).await.flash().is_some_and(|text| text.contains("Chưa chọn")));
    let foreign = khomo.lines(&format!("SELECT id AS line FROM notice WHERE account_id = '{}'", khomo.id("approver")));
    let box_of = format!("pick-{}", foreign[0]);
    assert_eq!(editor.post("/internal/notices/read", &[(&box_of, "1"), ("chosen", "1")]).await.status, 404);
    assert_eq!(khomo.count("notice WHERE read_at IS NOT NULL"), 2, "nobody else's");
}
