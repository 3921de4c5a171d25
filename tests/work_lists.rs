//! The home of the internal portal: what waits for whom, what is late, what changed, and who sees the province.

use khomo::review;

use crate::support::kit::{AWAY, Answer, HOME, Khomo, SMALL};

const DAY: i64 = 24 * 3600;

async fn home(khomo: &Khomo, person: &str) -> Answer {
    let answer = khomo.signed_in(person).await.get("/internal").await;
    assert_eq!(answer.status, 200, "{person}");
    answer
}

/// The titles in one lane.
fn lane(page: &Answer, id: &str) -> Vec<String> {
    page.texts(&format!("section[aria-labelledby={id}] .what a"))
}

#[actix_web::test]
async fn everybody_begins_at_home() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get("/").await.header("location"), Some("/internal"));
    let page = editor.get("/internal").await;
    assert_eq!(page.attribute(".in-head .brand", "href").as_deref(), Some("/internal"));
    assert_eq!(page.texts(".nav a[aria-current]"), ["Việc của tôi"]);
    assert_eq!(page.texts(".empty h2"), ["Không có việc nào đang chờ bạn"]);
    assert_eq!(page.texts(".scorebar"), [""; 0]);
    let mut nobody = khomo.internal().await;
    assert!(nobody.get("/internal").await.header("location").unwrap().starts_with("/internal/sign-in"));
    assert_eq!(khomo.signed_in("nobody").await.get("/internal").await.status, 403);
}

#[actix_web::test]
async fn who_runs_the_portal_finds_those_pages_together_in_the_menu_and_sees_which_one_it_is() {
    let khomo = Khomo::start();
    let group = ".nav details.nav-more";
    let mut coordinator = khomo.signed_in("coordinator").await;
    let home = coordinator.get("/internal").await;
    assert_eq!(home.texts(&format!("{group} > summary")), ["Quản trị"]);
    assert!(home.attributes(&format!("{group} > summary"), "aria-current").is_empty());
    let inside = home.attributes(&format!("{group} a"), "href");
    assert!(inside.contains(&"/internal/accounts".to_owned()), "{inside:?}");
    let accounts = coordinator.get("/internal/accounts").await;
    assert_eq!(accounts.texts(&format!("{group} > summary[aria-current]")), ["Quản trị: Các tài khoản"]);
    assert_eq!(accounts.texts(".nav a[aria-current]"), ["Các tài khoản"]);
    // Few entries stand by themselves.
    let mut approver = khomo.signed_in("approver").await;
    assert!(approver.get("/internal").await.texts(group).is_empty());
}

#[actix_web::test]
async fn a_draft_stands_on_the_list_of_whoever_must_act_next() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("nhap").title("Trạm y tế").csv("bang", SMALL).await.import().unwrap();
    let away = khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").csv("bang", SMALL).await;
    let (away, _) = away.import().unwrap();

    assert_eq!(lane(&home(&khomo, "editor").await, "drafts"), ["Trạm y tế"]);
    assert_eq!(lane(&home(&khomo, "stranger").await, "drafts"), ["Giá lúa"]);
    assert_eq!(lane(&home(&khomo, "approver").await, "drafts"), [""; 0], "who only approves prepares nothing");
    assert!(!home(&khomo, "editor").await.text().contains("Giá lúa"));

    khomo.submit(&id, "editor").unwrap();
    khomo.submit(&away, "stranger").unwrap();
    let editor = home(&khomo, "editor").await;
    assert_eq!((lane(&editor, "drafts").len(), lane(&editor, "elsewhere")), (0, vec!["Trạm y tế".to_owned()]));
    let approver = home(&khomo, "approver").await;
    assert_eq!(lane(&approver, "decide"), ["Trạm y tế"]);
    assert!(approver.texts("section[aria-labelledby=decide] .due")[0].contains("Người editor"));
    assert_eq!(lane(&home(&khomo, "coordinator").await, "decide").len(), 2, "the coordinator decides everywhere");
    // Who has a part in it does not decide, whatever roles they hold.
    assert_eq!(lane(&home(&khomo, "stranger").await, "decide"), [""; 0]);
    assert_eq!(lane(&home(&khomo, "both").await, "decide"), ["Trạm y tế"]);

    khomo.approve(&id, "approver").unwrap();
    for person in ["editor", "approver", "both"] {
        assert!(!home(&khomo, person).await.texts(".lane").concat().contains("Trạm y tế"), "{person}");
    }
    let changed = home(&khomo, "editor").await.texts("aside .mini");
    assert!(changed[0].contains("Trạm y tế") && changed[0].contains("Công bố"), "{changed:?}");
}

#[actix_web::test]
async fn a_draft_sent_back_comes_with_the_remark() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("nhap").title("Trạm y tế").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.clock.advance(60);
    let reason = "Cột Ghi chú còn số điện thoại.";
    khomo
        .db()
        .write(&khomo.ctx("approver"), |tx| review::ask_changes(tx, khomo.app.profile(), &id, reason, &[]))
        .unwrap();
    let page = home(&khomo, "editor").await;
    assert_eq!(lane(&page, "returned"), ["Trạm y tế"]);
    assert!(page.texts("section[aria-labelledby=returned] .what p")[0].contains("còn số điện thoại"));
    assert_eq!(page.texts(".scorebar a"), ["1bị trả lại để sửa"]);
    assert_eq!(lane(&home(&khomo, "approver").await, "decide"), [""; 0]);
}

#[actix_web::test]
async fn what_is_late_stands_first_and_is_the_own_agencys_only() {
    let khomo = Khomo::start();
    khomo.dataset("cu").title("Bảng cũ").publish().await;
    khomo.clock.advance(40 * DAY);
    khomo.dataset("moi").title("Bảng mới").publish().await;
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    assert_eq!(lane(&home(&khomo, "editor").await, "late"), ["Bảng cũ"]);
    khomo.clock.advance(60 * DAY);
    let page = home(&khomo, "editor").await;
    assert_eq!(lane(&page, "late"), ["Bảng cũ", "Bảng mới"], "what is due longest comes first");
    assert!(!page.texts(".lane").concat().contains("Giá lúa"));
    assert_eq!(lane(&home(&khomo, "auditor").await, "late"), ["Giá lúa"], "an agency's people see what it owes");
}

#[actix_web::test]
async fn a_return_that_is_late_is_counted_at_home_and_nobody_reads_that_nothing_waits() {
    let khomo = Khomo::start();
    let yearly = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "yearly".to_owned();
    khomo.dataset("so-lieu").describe(yearly).publish().await;
    khomo.work().await;
    // To the day after the one on which the quarter's return was due, 21 October.
    for days in [1, 26, 21] {
        khomo.clock.advance(days * DAY);
        khomo.work().await;
    }
    let page = home(&khomo, "editor").await;
    assert_eq!((page.texts(".empty h2").len(), lane(&page, "late").len()), (0, 0));
    let list = format!("/internal/duties?kind=return&agency={HOME}&stage=overdue");
    assert_eq!(page.texts(&format!(".scorebar a[href='{list}']")), ["1việc khác có hạn"]);
    assert_eq!(khomo.signed_in("editor").await.visit(&list).await.texts("tbody th b"), ["Quý III/2026"]);
}

#[actix_web::test]
async fn who_decides_on_more_time_sees_at_home_that_it_is_asked_for() {
    let khomo = Khomo::start();
    crate::duties::kept(&khomo, "so-lieu").await;
    let link = ".scorebar a[href='/internal/duties#asked']";
    let coordinator = home(&khomo, "coordinator").await;
    assert_eq!(coordinator.texts(link), ["1đề nghị gia hạn chờ quyết định"]);
    assert_eq!(coordinator.texts(".empty h2"), [""; 0]);
    assert_eq!(home(&khomo, "editor").await.texts(link), [""; 0]);
}

/// How the agencies stand: name and numbers.
fn province(page: &Answer) -> Vec<String> {
    let rows = page.texts("section[aria-labelledby=province] tbody th");
    let first = |text: String| text.split_whitespace().next().unwrap_or_default().to_owned();
    let numbers = |row: usize| page.texts(&format!("section[aria-labelledby=province] tbody tr:nth-child({row}) td"));
    let line = |(name, row)| {
        let numbers: Vec<String> = numbers(row).into_iter().map(first).collect();
        format!("{name} {}", numbers.join(" "))
    };
    rows.into_iter().zip(1..).map(line).collect()
}

#[actix_web::test]
async fn the_coordinator_sees_how_every_agency_stands_and_an_editor_does_not() {
    let khomo = Khomo::start();
    let gone = khomo.dataset("cu").title("Bảng cũ").publish().await;
    khomo.dataset("hai").publish().await;
    let (waiting, _) = khomo.dataset("ba").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&waiting, "editor").unwrap();
    khomo.dataset("lua").agency(AWAY).by("stranger").publish().await;
    let page = home(&khomo, "coordinator").await;
    // On time, soon, late; known errors, unanswered; requests, late ones; late in all.
    let zero = "0 0 0 0 0 0 0";
    assert_eq!(province(&page), [format!("Sở Nông nghiệp và Môi trường 1 {zero}"), format!("Sở Y tế 2 {zero}")]);
    let links = page.attributes("section[aria-labelledby=province] tbody th a", "href");
    assert_eq!(links[1], format!("/internal/board/{HOME}"));
    for person in ["editor", "approver", "auditor", "operator"] {
        assert_eq!(home(&khomo, person).await.texts("#province"), [""; 0], "{person}");
    }
    khomo.work().await;
    khomo.withdraw(&gone, "approver").unwrap();
    khomo.clock.advance(100 * DAY);
    khomo.work().await;
    assert_eq!(province(&home(&khomo, "coordinator").await)[1], "Sở Y tế 0 0 1 0 0 0 0 1");
}

#[actix_web::test]
async fn a_list_of_an_agency_that_there_is_not_is_no_list_of_all() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    for list in
        ["duties", "duties.csv", "reports", "data-requests", "demand", "datasets", "datasets.csv", "reports.csv"]
    {
        assert_eq!(coordinator.get(&format!("/internal/{list}?agency=khong-co")).await.status, 404, "{list}");
        assert_eq!(coordinator.get(&format!("/internal/{list}?agency=")).await.status, 200, "{list}");
    }
    assert_eq!(khomo.count("audit_entry WHERE detail LIKE '%khong-co%'"), 0);
}

#[actix_web::test]
async fn unread_notices_are_counted_at_home() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;
    let page = home(&khomo, "approver").await;
    assert_eq!(page.attributes(".scorebar a", "href"), ["#decide", "/internal/notices"]);
}

#[actix_web::test]
async fn a_long_list_shows_its_beginning_and_counts_the_rest() {
    let khomo = Khomo::start();
    for number in 0..13 {
        khomo.dataset(&format!("nhap-{number}")).import().unwrap();
        khomo.clock.advance(1);
    }
    let page = home(&khomo, "editor").await;
    assert_eq!(lane(&page, "drafts").len(), 10);
    let rest = page.texts("section[aria-labelledby=drafts] > p a[href='/internal/datasets']");
    assert!(rest.len() == 1 && rest[0].starts_with("Còn 3 mục nữa"), "{rest:?}");
}

#[actix_web::test]
async fn what_is_due_and_not_shown_is_a_list_of_duties() {
    let khomo = Khomo::start();
    for number in 0..11 {
        khomo.dataset(&format!("bang-{number}")).publish().await;
    }
    khomo.work().await;
    // The update is due on 5 October.
    for (days, id, stage) in [(26, "soon", "near"), (10, "late", "overdue")] {
        khomo.clock.advance(days * DAY);
        khomo.work().await;
        let page = home(&khomo, "editor").await;
        let list = format!("/internal/duties?kind=update&agency={HOME}&stage={stage}");
        let rest = page.texts(&format!("section[aria-labelledby={id}] > p a[href='{list}']"));
        assert_eq!(rest, ["Còn 1 bộ dữ liệu nữa: xem danh sách thời hạn."], "{id}");
        assert_eq!(khomo.signed_in("editor").await.visit(&list).await.texts("tbody th b").len(), 11, "{id}");
    }
}
