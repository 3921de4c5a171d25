//! What is wanted most: searches in vain, counted without following anybody; the lists of those who plan.

use khomo::demand::{self, Demand};
use khomo::kernel::id::DatasetId;
use khomo::voice::request::{self, AnswerForm};
use khomo::worker;

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, Khomo, PUBLIC_URL};

const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
const DAY: i64 = 24 * 3600;

/// A portal with one dataset and an index that answers.
async fn library() -> Khomo {
    let khomo = Khomo::start();
    khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    khomo.index();
    khomo
}

/// A reader behind an address of their own.
async fn reader(khomo: &Khomo, last: u8) -> Browser {
    let mut reader = khomo.public().await;
    reader.peer = format!("203.0.113.{last}:1").parse().unwrap();
    reader
}

async fn search(khomo: &Khomo, last: u8, path: &str) -> Answer {
    let found = reader(khomo, last).await.get(path).await;
    assert_eq!(found.status, 200, "{path}");
    found
}

/// What is kept of searches, once all that is due is written.
async fn kept(khomo: &Khomo) -> Vec<String> {
    worker::write_counts(&khomo.app).await.unwrap();
    khomo.lines(
        "SELECT month || ' ' || words || ' ' || CAST(total AS TEXT) AS line FROM vain_search ORDER BY month, words",
    )
}

fn nothing() -> Vec<String> {
    Vec::new()
}

#[actix_web::test]
async fn words_are_kept_once_three_clients_searched_for_them_in_vain_within_a_day() {
    let khomo = library().await;
    let page = search(&khomo, 1, "/dataset?q=Ng%E1%BA%ADp+%C3%BAng").await;
    assert!(page.texts(".result").is_empty(), "it finds nothing");
    for path in ["/dataset?q=Ng%E1%BA%ADp+%C3%BAng", "/en/dataset?q=ngap++UNG%3F", "/api/v1/datasets?q=ngap+ung"] {
        search(&khomo, 1, path).await;
        search(&khomo, 2, path).await;
    }
    reader(&khomo, 3).await.send("HEAD", "/dataset?q=ngap+ung", &[], None).await;
    assert_eq!(kept(&khomo).await, nothing(), "two clients, however often");
    search(&khomo, 3, "/api/v1/datasets?q=ngap+ung&limit=5").await;
    assert_eq!(kept(&khomo).await, ["2026-09 ngap ung 3"]);
    // Pages from the cache count, and each client once a day.
    for last in [1, 2, 3, 4] {
        search(&khomo, last, "/dataset?q=Ng%E1%BA%ADp+%C3%BAng").await;
    }
    assert_eq!(kept(&khomo).await, ["2026-09 ngap ung 4"]);
    khomo.clock.advance(DAY);
    for last in [1, 2] {
        search(&khomo, last, "/dataset?q=ngap+ung").await;
    }
    assert_eq!(kept(&khomo).await, ["2026-09 ngap ung 4"], "days are not added up");
    search(&khomo, 7, "/dataset?q=ngap+ung").await;
    assert_eq!(kept(&khomo).await, ["2026-09 ngap ung 7"]);
    let everything = khomo.everything();
    assert!(everything.iter().all(|(_, text)| !text.contains("203.0.113.")), "no address is kept");
    assert!(everything.iter().all(|(_, text)| !text.contains("Ngập")), "nor what was typed");
}

#[actix_web::test]
async fn what_could_be_somebodys_what_is_narrowed_and_what_robots_ask_is_never_kept() {
    let khomo = library().await;
    let searches = [
        "/dataset?q=lan.nguyen%40thu.example",
        "/dataset?q=0912345678",
        "/dataset?q=CCCD+079203001234",
        "/dataset?q=ngap+ung+2024",
        "/dataset?q=x",
        "/dataset?q=%22ngap+ung%22",
        "/dataset?q=ngap+ung&topic=y-te",
        "/dataset?q=ngap+ung&exact=1",
        "/dataset?q=ngap+ung&page=2",
        "/api/v1/datasets?q=ngap+ung&topic=y-te",
        "/api/v1/datasets?q=ngap+ung&page=2",
        "/dataset?q=dan+so",
        "/dataset/feed.atom?q=ngap+ung",
    ];
    for path in searches {
        for last in 1..6 {
            search(&khomo, last, path).await;
        }
    }
    for last in 1..6 {
        let mut robot = reader(&khomo, last).await;
        robot.headers = vec![("User-Agent".to_owned(), "Googlebot/2.1".to_owned())];
        assert_eq!(robot.get("/dataset?q=ngap+ung").await.status, 200);
    }
    assert_eq!(kept(&khomo).await, nothing());
    assert!(khomo.everything().iter().all(|(_, text)| !text.contains("ngap ung")));
}

#[actix_web::test]
async fn what_was_published_meanwhile_is_not_missed_any_more() {
    let khomo = library().await;
    for last in [1, 2] {
        search(&khomo, last, "/dataset?q=ngap+ung").await;
    }
    khomo.dataset("ngap-ung").title("Điểm ngập úng").publish().await;
    khomo.index();
    for last in 3..7 {
        search(&khomo, last, "/dataset?q=ngap+ung").await;
    }
    assert_eq!(kept(&khomo).await, nothing());
}

#[actix_web::test]
async fn words_are_forgotten_after_two_years() {
    let khomo = Khomo::start();
    for month in ["2024-09", "2024-10", "2026-09"] {
        khomo.raw(&format!("INSERT INTO vain_search VALUES ('{month}', 'ngap ung', 3)")).unwrap();
    }
    worker::forget_words(&khomo.app).await.unwrap();
    assert_eq!(kept(&khomo).await, ["2024-10 ngap ung 3", "2026-09 ngap ung 3"]);
}

/// Two datasets of one agency, one of them late, one dataset of another, all of them used.
async fn used(khomo: &Khomo) -> Vec<DatasetId> {
    let mut ids = Vec::new();
    for (slug, title, agency) in
        [("qua-han", "Giá lúa", ""), ("dung-han", "Trạm đo mưa", ""), ("noi-khac", "Quỹ đất", AWAY)]
    {
        let mut draft = khomo.dataset(slug).title(title);
        if agency == AWAY {
            draft = draft.agency(AWAY).by("stranger");
        }
        ids.push(draft.publish().await);
    }
    let old = khomo.clock.now().0 - 100 * DAY * 1000;
    khomo.raw(&format!("UPDATE dataset SET updated_at = {old}, counts_from = {old} WHERE slug = 'qua-han'")).unwrap();
    // What was taken more than ninety days ago counts no more.
    for (at, day, format, total) in [
        (0, "2026-08-30", "csv", 20),
        (0, "2026-05-01", "csv", 5000),
        (1, "2026-09-01", "csv", 200),
        (1, "2026-09-01", "xlsx", 100),
    ] {
        let id = &ids[at];
        khomo
            .raw(&format!("INSERT INTO usage_count VALUES ('{day}', '{id}', 'download', '{format}', {total})"))
            .unwrap();
    }
    khomo.raw(&format!("INSERT INTO usage_count VALUES ('2026-09-01', '{}', 'view', '', 900)", ids[0])).unwrap();
    khomo.index();
    ids
}

fn listed(page: &Answer) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.path);
    assert_clean(&page.path, &page.text(), &OWN);
    page.texts("tbody th a")
}

#[actix_web::test]
async fn those_who_plan_see_what_is_late_and_wanted_first_and_agencies_their_own() {
    let khomo = Khomo::start();
    let ids = used(&khomo).await;
    crate::requests::shown(&khomo, crate::support::kit::HOME);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let mut editor = khomo.signed_in("editor").await;
    let mut stranger = khomo.signed_in("stranger").await;
    let list = "/internal/demand?list=datasets";
    let page = coordinator.get(list).await;
    assert_eq!(listed(&page), ["Giá lúa", "Trạm đo mưa", "Quỹ đất"]);
    let cell =
        |row: usize, column: usize| page.texts(&format!("tbody tr:nth-child({row}) td:nth-child({column})"))[0].clone();
    assert_eq!([cell(1, 3), cell(2, 3), cell(3, 3)].map(|text| text.trim().to_owned()), ["vừa", "cao", "thấp"]);
    assert_eq!([cell(1, 5), cell(2, 5)].map(|text| text.trim().to_owned()), ["20", "300"]);
    assert_eq!(listed(&coordinator.get(&format!("{list}&sort=demand")).await)[0], "Trạm đo mưa");
    assert_eq!(listed(&coordinator.get(&format!("{list}&agency={AWAY}")).await), ["Quỹ đất"]);
    assert_eq!(listed(&editor.get(list).await), ["Giá lúa", "Trạm đo mưa"]);
    assert_eq!(listed(&editor.get(&format!("{list}&agency={AWAY}")).await), nothing(), "another's stays another's");
    assert_eq!(listed(&stranger.get(list).await), ["Quỹ đất"]);
    // Open requests, for whoever handles them.
    assert_eq!(listed(&coordinator.get("/internal/demand").await), ["Vị trí các trạm đo mưa"]);
    assert_eq!(listed(&editor.get("/internal/demand").await).len(), 1);
    assert_eq!(listed(&stranger.get("/internal/demand").await), nothing());
    // Answered by a dataset, it is that dataset's demand.
    let profile = khomo.app.profile().clone();
    let id = khomo.lines("SELECT id AS line FROM data_request").remove(0);
    let id = khomo::kernel::id::DataRequestId::parse(&id).unwrap();
    let form = AnswerForm { kind: "published".into(), dataset: "dung-han".into(), ..AnswerForm::default() };
    khomo.db().write(&khomo.ctx("editor"), |tx| request::answer(tx, &profile, &id, &form)).unwrap();
    assert_eq!(listed(&coordinator.get("/internal/demand").await), nothing(), "it is open no more");
    let today = khomo.app.today();
    let found = khomo.db().read(|conn| demand::demand_of(conn, &ids[..2], today)).unwrap();
    assert_eq!(found.len(), 2);
    assert_eq!(found[&ids[0]], Demand { supporters: 0, downloads: 20 });
    assert_eq!(found[&ids[1]], Demand { supporters: 1, downloads: 300 });
}

#[actix_web::test]
async fn words_that_several_missed_lead_to_the_search_and_to_a_draft() {
    let khomo = library().await;
    let mut editor = khomo.signed_in("editor").await;
    let path = "/internal/demand?list=words";
    assert_eq!(listed(&editor.get(path).await), nothing());
    for (month, words, total) in
        [("2026-09", "ngap ung", 5), ("2025-10", "ngap ung", 2), ("2025-09", "qua cu", 9), ("2026-08", "dan so", 3)]
    {
        khomo.raw(&format!("INSERT INTO vain_search VALUES ('{month}', '{words}', {total})")).unwrap();
    }
    let page = editor.get(path).await;
    assert_eq!(listed(&page), ["ngap ung", "dan so"], "of the last twelve months");
    let row = page.texts("tbody tr").remove(0);
    assert!(row.contains('7') && row.contains("09/2026") && row.contains("vẫn không thấy"), "{row}");
    assert!(page.texts("tbody tr")[1].contains("thấy 1 bộ dữ liệu"), "data came meanwhile");
    assert_eq!(page.attributes("tbody th a", "href")[0], format!("{PUBLIC_URL}/dataset?q=ngap%20ung"));
    let onward = page.attributes("tbody td a", "href");
    assert_eq!(onward[0], format!("{PUBLIC_URL}/yeu-cau-du-lieu/moi?q=ngap%20ung"));
    let draft = &onward[1];
    let form = editor.visit(draft).await;
    assert_eq!(form.status, 200);
    assert_eq!(form.attribute("#title", "value").as_deref(), Some("ngap ung"));
    assert_eq!(khomo.signed_in("approver").await.get(path).await.status, 403, "who plans for nobody");
}

#[actix_web::test]
async fn each_of_the_lists_leaves_as_a_file_and_the_log_says_so() {
    let khomo = Khomo::start();
    used(&khomo).await;
    khomo.raw("INSERT INTO vain_search VALUES ('2026-09', 'ngap ung', 5)").unwrap();
    crate::requests::shown(&khomo, crate::support::kit::HOME);
    let mut editor = khomo.signed_in("editor").await;
    for (list, first, rows) in
        [("requests", "Vị trí các trạm đo mưa", 1), ("datasets", "Giá lúa", 2), ("words", "ngap ung", 1)]
    {
        let csv = editor.get(&format!("/internal/demand.csv?list={list}")).await;
        assert_eq!(csv.status, 200, "{list}");
        let text = csv.text();
        assert_eq!(text.trim_end().lines().count(), rows + 1, "{text}");
        assert!(text.lines().nth(1).unwrap().contains(first) && !text.contains("Quỹ đất"), "{text}");
        assert_eq!(&editor.get(&format!("/internal/demand.xlsx?list={list}")).await.body[..2], b"PK");
    }
    assert_eq!(khomo.count("audit_entry WHERE action = 'demand.export'"), 6);
}

#[actix_web::test]
async fn the_statistics_page_says_what_is_kept_of_searches() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    assert!(reader.get("/thong-ke").await.text().contains("ít nhất 3 nơi kết nối khác nhau"));
    assert!(reader.get("/en/thong-ke").await.text().contains("at least 3 different connections"));
}
