//! Data that readers ask for: without an account, without being followed, from words that a person looks at to an answer that everybody
//! reads.

use khomo::kernel::id::DataRequestId;
use khomo::kernel::{Actor, Ctx};
use khomo::voice::request::{self, AnswerForm, AskForm, Filing, ShowForm};
use khomo::voice::{self};

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL};

const NEW: &str = "/yeu-cau-du-lieu/moi";
const MAIL: &str = "lan.nguyen@thu.example";
const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
const PLAIN: &[(&str, &str)] =
    &[("wanted", "Vị trí các trạm đo mưa"), ("purpose", "Cảnh báo ngập cho xóm khi mưa lớn.")];

/// A request of somebody, by the command alone.
fn filed(khomo: &Khomo, wanted: &str, agency: &str, email: &str) -> DataRequestId {
    let form = AskForm {
        wanted: wanted.to_owned(),
        purpose: "Cảnh báo ngập cho xóm.".to_owned(),
        agency: agency.to_owned(),
        email: email.to_owned(),
        ..AskForm::default()
    };
    let receipt = voice::receipt_of(wanted);
    let ctx: Ctx = khomo.ctx_of(Actor::Public);
    let filing = Filing { profile: khomo.app.profile(), seal: &khomo.app.seal, receipt: &receipt };
    khomo.db().write(&ctx, |tx| request::file(tx, filing, &form)).unwrap()
}

/// One of an agency whose words are public.
pub fn shown(khomo: &Khomo, agency: &str) -> DataRequestId {
    let id = filed(khomo, "Vị trí các trạm đo mưa", agency, MAIL);
    let form = ShowForm { title: "Vị trí các trạm đo mưa".to_owned(), words: "Cảnh báo ngập.".to_owned() };
    let profile = khomo.app.profile().clone();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| request::show(tx, &profile, &id, &form)).unwrap();
    id
}

async fn send(khomo: &Khomo, reader: &mut Browser, fields: &[(&str, &str)]) -> Answer {
    let page = reader.get(NEW).await;
    assert_eq!(page.status, 200, "{}", page.text());
    khomo.clock.advance(20);
    reader.post(NEW, fields).await
}

fn receipt(answer: &Answer) -> String {
    assert_eq!(answer.status, 303, "{}", answer.text());
    let to = answer.header("location").unwrap();
    let (_, code) = to.split_once("/theo-doi?code=").unwrap_or_else(|| panic!("{to}"));
    code.split('&').next().unwrap().to_owned()
}

fn events(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT event AS line FROM data_request_step ORDER BY request_id, seq")
}

#[actix_web::test]
async fn anybody_asks_for_data_and_follows_it_and_nobody_reads_it_before_a_person_has() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        let link = format!("{prefix}{NEW}");
        let page = reader.get(&format!("{link}?q=tram+do+mua")).await;
        assert_eq!(page.status, 200);
        assert_clean(&link, &page.text(), &[PUBLIC_URL]);
        assert_eq!(page.attribute("#wanted", "value").as_deref(), Some("tram do mua"), "the words of a search");
        khomo.clock.advance(20);
        let code = receipt(&reader.post(&link, PLAIN).await);
        for path in ["/yeu-cau-du-lieu/theo-doi", "/bao-loi"] {
            let told = reader.visit(&format!("{prefix}{path}?code={code}")).await;
            assert_eq!(told.status, 200, "{path}");
            assert_clean("the receipt", &told.text(), &[PUBLIC_URL]);
            assert!(told.text().contains(&code) && told.text().contains("trạm đo mưa"));
            assert_eq!(told.header("cache-control"), Some("private, no-store"));
        }
    }
    assert_eq!(reader.cookies.len(), 0, "nobody is followed");
    assert_eq!(khomo.lines("SELECT lang AS line FROM data_request ORDER BY made_at"), ["vi", "en"]);
    assert!(!reader.get("/yeu-cau-du-lieu").await.text().contains("trạm đo mưa"));
    assert_eq!(reader.get("/yeu-cau-du-lieu/theo-doi?code=AAAA-AAAA-AAAA").await.status, 404);
    // A person looks, changes the words and lets them out.
    let id = khomo.lines("SELECT id AS line FROM data_request ORDER BY made_at").remove(0);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let path = format!("/internal/data-requests/{id}");
    let page = coordinator.visit(&path).await;
    assert_eq!(page.status, 200);
    assert_clean(&path, &page.text(), &OWN);
    let sent = coordinator.post(&format!("{path}/publication"), &[("title", "Trạm đo mưa"), ("words", "")]).await;
    assert_eq!(sent.status, 303);
    let list = reader.get("/yeu-cau-du-lieu").await;
    assert!(list.text().contains("Trạm đo mưa") && !list.text().contains("Cảnh báo ngập"), "and no more than that");
    let one = reader.get("/yeu-cau-du-lieu/1").await;
    assert_eq!(one.status, 200);
    assert_clean("one request", &one.text(), &[PUBLIC_URL]);
    assert!(!one.text().contains("Cảnh báo ngập"));
    let english = reader.get("/en/yeu-cau-du-lieu/1").await;
    assert_clean("one request in English", &english.text(), &[PUBLIC_URL]);
    assert_eq!(khomo.count("audit_entry WHERE action IN ('ask.file', 'ask.show')"), 3);
    assert_eq!(khomo.count("audit_entry WHERE action = 'ask.file' AND (client IS NOT NULL OR detail LIKE '%mưa%')"), 0);
}

#[actix_web::test]
async fn what_is_there_already_is_shown_once_before_a_request_is_sent() {
    let khomo = Khomo::start();
    khomo.dataset("tram-mua").title("Trạm đo mưa toàn tỉnh").publish().await;
    khomo.index();
    shown(&khomo, HOME);
    let mut reader = khomo.public().await;
    let asked = send(&khomo, &mut reader, PLAIN).await;
    assert_eq!(asked.status, 200, "nothing is sent yet");
    assert_clean("the matches", &asked.text(), &[PUBLIC_URL]);
    let links = asked.attributes("a", "href");
    assert!(links.contains(&"/dataset/tram-mua".to_owned()) && links.contains(&"/yeu-cau-du-lieu/1".to_owned()));
    assert_eq!(asked.attribute("#wanted", "value").as_deref(), Some("Vị trí các trạm đo mưa"), "nothing typed is lost");
    assert_eq!(khomo.count("data_request"), 1);
    let anyway = [PLAIN[0], PLAIN[1], ("seen", "1")];
    receipt(&reader.post(NEW, &anyway).await);
    assert_eq!(receipt(&reader.post(NEW, &anyway).await).len(), 14, "twice is once");
    assert_eq!(khomo.count("data_request"), 2);
    let none = reader.get("/dataset?q=khong-co-gi-nhu-the").await;
    assert!(
        none.attributes("a", "href").contains(&format!("{NEW}?q=khong-co-gi-nhu-the")),
        "a search without results offers it"
    );
}

#[actix_web::test]
async fn a_wrong_request_names_every_field_and_personal_numbers_stay_out() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    let fields =
        [("wanted", "x"), ("purpose", "CCCD 079203001234"), ("email", "lan"), ("website", "http://mua.example")];
    let page = send(&khomo, &mut reader, &fields).await;
    assert_eq!(page.status, 422);
    assert_clean("a wrong form", &page.text(), &[PUBLIC_URL]);
    assert_eq!(page.attributes("#errors a", "href"), ["#wanted", "#purpose", "#email", "#website"]);
    assert!(page.texts("#purpose")[0].contains("079203001234"), "nothing typed is lost");
    let unknown = send(&khomo, &mut reader, &[PLAIN[0], PLAIN[1], ("agency", "khong-co")]).await;
    assert_eq!(unknown.status, 422);
    reader.get(NEW).await;
    assert_eq!(reader.post(NEW, PLAIN).await.status, 422, "sooner than a person reads");
    assert_eq!(reader.post_bare(NEW, &[PLAIN[0], PLAIN[1], ("csrf", "x")]).await.status, 403);
    assert_eq!(khomo.count("data_request"), 0);
    // Nor does a person let such words out.
    let id = filed(&khomo, "Vị trí các trạm đo mưa", "", "");
    let form = ShowForm { title: "Gọi 0912345678 để hỏi".to_owned(), words: String::new() };
    let profile = khomo.app.profile().clone();
    let refused =
        khomo.db().write(&khomo.ctx("coordinator"), |tx| request::show(tx, &profile, &id, &form)).unwrap_err();
    assert!(refused.has("ask-personal"));
}

#[actix_web::test]
async fn who_needs_the_same_is_counted_once_a_day_and_known_to_nobody() {
    let khomo = Khomo::start();
    shown(&khomo, HOME);
    let path = "/yeu-cau-du-lieu/1";
    let needed = || khomo.lines("SELECT CAST(supporters AS TEXT) AS line FROM data_request").remove(0);
    let before = khomo.heads();
    for (peer, counted) in [("203.0.113.7:1", "2"), ("203.0.113.7:2", "2"), ("203.0.113.8:1", "3")] {
        let mut reader = khomo.public().await;
        reader.peer = peer.parse().unwrap();
        reader.get(path).await;
        let answer = reader.post(path, &[]).await;
        assert_eq!(answer.status, 303, "{peer}");
        let told = reader.get(answer.header("location").unwrap()).await;
        assert_clean(peer, &told.text(), &[PUBLIC_URL]);
        assert_eq!((needed().as_str(), reader.cookies.len()), (counted, 0), "{peer}");
        assert_eq!(reader.post_bare(path, &[("csrf", "x")]).await.status, 403);
    }
    assert_eq!(khomo.heads(), before, "counting writes no entry and empties no cache");
    assert!(khomo.everything().iter().all(|(_, text)| !text.contains("203.0.113.")), "no address is kept");
    khomo.clock.advance(24 * 3600);
    let mut reader = khomo.public().await;
    reader.peer = "203.0.113.7:1".parse().unwrap();
    reader.get(path).await;
    reader.post(path, &[]).await;
    assert_eq!(needed(), "4");
    let told = reader.get(&format!("{path}?said=too-many")).await;
    assert_clean("too many", &told.text(), &[PUBLIC_URL]);
    assert_eq!(told.texts("div.note.warn[role=status]").len(), 1, "it is not told as one's own second time");
}

#[actix_web::test]
async fn the_coordinator_gives_a_request_to_an_agency_which_answers_it_for_all_to_read() {
    let khomo = Khomo::start();
    khomo.dataset("tram-mua").title("Trạm đo mưa toàn tỉnh").publish().await;
    let id = shown(&khomo, "");
    let path = format!("/internal/data-requests/{id}");
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get(&path).await.status, 403, "nobody's yet");
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&path).await;
    let promise = [("kind", "planned"), ("promised", "31/12/2026")];
    assert_eq!(coordinator.post(&format!("{path}/answer"), &promise).await.status, 422, "whose promise?");
    assert_eq!(coordinator.post(&format!("{path}/assignment"), &[("agency", HOME)]).await.status, 303);
    assert_eq!(editor.visit(&path).await.status, 200);
    assert_eq!(editor.post(&format!("{path}/assignment"), &[("agency", AWAY)]).await.status, 403);
    let list = editor.get("/internal/data-requests").await;
    assert!(list.text().contains(&path));
    assert_clean("the list", &list.text(), &OWN);
    let mut stranger = khomo.signed_in("stranger").await;
    assert!(!stranger.get("/internal/data-requests?state=all").await.text().contains(&path));
    // A promise keeps it open; nothing that is wrong is lost.
    editor.visit(&path).await;
    let wrong = editor
        .post(&format!("{path}/answer"), &[("kind", "planned"), ("promised", "1/1/2020"), ("answer", "Đang đo.")])
        .await;
    assert_eq!(wrong.status, 422);
    assert_clean("a wrong answer", &wrong.text(), &OWN);
    assert!(wrong.texts("#answer").concat().contains("Đang đo."));
    assert_eq!(editor.post(&format!("{path}/answer"), &promise).await.status, 303);
    let mut reader = khomo.public().await;
    assert!(reader.get("/yeu-cau-du-lieu?state=planned").await.text().contains("trạm đo mưa"));
    editor.visit(&path).await;
    let done = [("kind", "published"), ("dataset", "https://x.example/dataset/tram-mua"), ("answer", "Đã có.")];
    assert_eq!(editor.post(&format!("{path}/answer"), &done).await.status, 303);
    let told = reader.get("/yeu-cau-du-lieu/1").await;
    assert_clean("an answered request", &told.text(), &[PUBLIC_URL]);
    assert!(told.attributes("a", "href").contains(&"/dataset/tram-mua".to_owned()) && told.text().contains("Đã có."));
    assert_eq!(events(&khomo), ["new", "shown", "assigned", "planned", "published"]);
    assert_eq!(editor.post(&format!("{path}/answer"), &done).await.status, 409, "it is over");
    let verbs = "SELECT action AS line FROM audit_entry WHERE action LIKE 'ask.%' ORDER BY seq";
    assert_eq!(khomo.lines(verbs), ["ask.file", "ask.show", "ask.assign", "ask.answer", "ask.answer"]);
}

#[actix_web::test]
async fn a_refusal_cites_the_law_and_spam_is_never_shown() {
    let khomo = Khomo::start();
    let id = shown(&khomo, HOME);
    let profile = khomo.app.profile().clone();
    let answer = |id: &DataRequestId, form: AnswerForm| {
        khomo.db().write(&khomo.ctx("editor"), |tx| request::answer(tx, &profile, id, &form))
    };
    let refusal = AnswerForm { kind: "refused".into(), refusal: "not-held".into(), ..AnswerForm::default() };
    assert!(answer(&id, refusal.clone()).unwrap_err().has("ask-reason-missing"));
    let invented = AnswerForm { refusal: "because".into(), answer: "Không.".into(), ..refusal.clone() };
    assert!(answer(&id, invented).unwrap_err().has("ask-refusal-missing"));
    answer(&id, AnswerForm { answer: "Điện lực giữ.".into(), ..refusal }).unwrap();
    let mut reader = khomo.public().await;
    assert!(reader.get("/yeu-cau-du-lieu/1").await.text().contains("104/2016/QH13"));
    // Another asks for the same: those who need it are added up.
    let same = filed(&khomo, "Trạm đo mưa ở đâu", HOME, "");
    let into = |number: &str| AnswerForm { kind: "merged".into(), into: number.into(), ..AnswerForm::default() };
    assert!(answer(&same, into("9")).unwrap_err().has("ask-into-unknown"));
    answer(&same, into("1")).unwrap();
    assert_eq!(khomo.lines("SELECT CAST(supporters AS TEXT) AS line FROM data_request WHERE number = 1"), ["2"]);
    // Spam.
    let spam = filed(&khomo, "Mua vé số trúng lớn", HOME, MAIL);
    khomo.db().write(&khomo.ctx("editor"), |tx| request::set_aside(tx, &profile, &spam)).unwrap();
    let form = ShowForm { title: "Mua vé số".to_owned(), words: String::new() };
    assert!(
        khomo
            .db()
            .write(&khomo.ctx("editor"), |tx| request::show(tx, &profile, &spam, &form))
            .unwrap_err()
            .has("ask-further")
    );
    assert_eq!(khomo.count("data_request WHERE reply IS NOT NULL"), 0, "the addresses went with the answers");
    for refused in
        ["UPDATE data_request_step SET at = 1", "DELETE FROM data_request_step", "UPDATE data_request SET reply = 'x'"]
    {
        assert!(khomo.raw(refused).is_err(), "{refused}");
    }
}

#[actix_web::test]
async fn reports_of_errors_leave_room_for_requests_for_data() {
    let khomo = Khomo::start();
    for client in 0..300_u32 {
        assert!(khomo.app.reports.lets(Some(std::net::Ipv4Addr::from(client).into()), khomo.app.now()));
    }
    assert!(!khomo.app.reports.lets(None, khomo.app.now()), "all together have sent what they may");
    let mut reader = khomo.public().await;
    receipt(&send(&khomo, &mut reader, PLAIN).await);
}

#[actix_web::test]
async fn words_that_were_set_aside_are_gone_from_the_pages_of_what_was_merged_with_them() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile().clone();
    let target = shown(&khomo, HOME);
    let form = ShowForm { title: "Trạm đo mưa ở đâu".to_owned(), words: String::new() };
    let same = filed(&khomo, "Trạm đo mưa ở đâu", HOME, "");
    khomo.db().write(&khomo.ctx("editor"), |tx| request::show(tx, &profile, &same, &form)).unwrap();
    let into = AnswerForm { kind: "merged".into(), into: "1".into(), ..AnswerForm::default() };
    khomo.db().write(&khomo.ctx("editor"), |tx| request::answer(tx, &profile, &same, &into)).unwrap();
    let mut reader = khomo.public().await;
    assert!(reader.get("/yeu-cau-du-lieu/2").await.text().contains("Vị trí các trạm đo mưa"));
    khomo.db().write(&khomo.ctx("editor"), |tx| request::set_aside(tx, &profile, &target)).unwrap();
    assert!(!reader.get("/yeu-cau-du-lieu/2").await.text().contains("Vị trí các trạm đo mưa"));
    let mut editor = khomo.signed_in("editor").await;
    let inside = editor.get(&format!("/internal/data-requests/{same}")).await;
    assert!(inside.text().contains("Vị trí các trạm đo mưa"), "who handles it still sees it");
}

#[actix_web::test]
async fn a_new_agency_is_not_held_to_what_another_promised_and_entries_say_what_was_changed() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile().clone();
    let id = shown(&khomo, HOME);
    let promise = AnswerForm {
        kind: "planned".into(),
        promised: "31/12/2026".into(),
        answer: "Đang đo lại.".into(),
        ..AnswerForm::default()
    };
    khomo.db().write(&khomo.ctx("editor"), |tx| request::answer(tx, &profile, &id, &promise)).unwrap();
    let mut reader = khomo.public().await;
    assert!(reader.get("/yeu-cau-du-lieu/1").await.text().contains("Đang đo lại."));
    khomo.db().write(&khomo.ctx("coordinator"), |tx| request::assign(tx, &profile, &id, AWAY)).unwrap();
    assert!(!reader.get("/yeu-cau-du-lieu/1").await.text().contains("Đang đo lại."));
    let details = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action LIKE 'ask.%' ORDER BY seq");
    let details: Vec<serde_json::Value> = details.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [_, show, answer, assign] = details.as_slice() else { panic!("{details:?}") };
    assert_eq!(show["after"]["title"], "Vị trí các trạm đo mưa");
    assert_eq!(answer["after"]["promised_on"], "2026-12-31");
    assert_eq!(answer["before"]["state"], "new");
    assert_eq!(answer["after"]["answer"], "Đang đo lại.");
    assert_eq!(assign["before"]["answer"], "Đang đo lại.");
    assert!(assign["after"]["answer"].is_null());
    assert!(assign["after"].get("title").is_none(), "what stayed says nothing");
}

#[actix_web::test]
async fn an_asker_who_left_an_address_is_written_to_and_nobody_sees_the_address() {
    let folder = tempfile::tempdir().unwrap();
    let way = format!("folder:{}", folder.path().display());
    let khomo = Khomo::start_with(&[("KHOMO_MAIL", &way), ("KHOMO_MAIL_FROM", "Khomo <khomo@lacdien.example>")]);
    let id = shown(&khomo, HOME);
    assert!(khomo.everything().iter().all(|(_, text)| !text.contains(MAIL)), "it is sealed");
    let profile = khomo.app.profile().clone();
    let form = AnswerForm {
        kind: "refused".into(),
        refusal: "restricted".into(),
        answer: "Xin liên hệ xã.".into(),
        ..AnswerForm::default()
    };
    khomo.db().write(&khomo.ctx("editor"), |tx| request::answer(tx, &profile, &id, &form)).unwrap();
    let handlers = khomo::worker::jobs::Handlers::all(&khomo.app);
    khomo::worker::jobs::run_due(&khomo.app, &handlers).await.unwrap();
    let sent: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| std::fs::read_to_string(entry.unwrap().path()).unwrap())
        .filter(|letter| letter.contains(MAIL))
        .collect();
    assert_eq!(sent.len(), 1);
    assert!(khomo.everything().iter().all(|(_, text)| !text.contains(MAIL)));
}
