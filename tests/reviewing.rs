//! The gate between a draft and the public: the reviewer's screen, remarks, refusals, recalls, withdrawals, work lists.

use std::cell::RefCell;
use std::collections::BTreeMap;

use khomo::account;
use khomo::kernel::id::DatasetId;
use khomo::kernel::{Error, Kind, Result};
use khomo::review::{self, DraftState, Remark};
use khomo::{audit, dataset};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, Khomo, PUBLIC_URL, SMALL};

/// [`SMALL`] with one cell changed, one row gone, one row new and one column new.
const LATER: &str = "Mã xã,Tên xã,Dân số,Ngày,Ghi chú\n00123,Kim Sơn,1260,05/01/2026,\n00124,An Lạc,,06/01/2026,x\n00126,Đồng Tâm,88,08/01/2026,\n";
const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (Kind, String) {
    let error = outcome.unwrap_err();
    (error.kind(), error.problems()[0].code.to_owned())
}

fn ask(khomo: &Khomo, id: &DatasetId, person: &str, remarks: &[Remark]) -> Result<()> {
    khomo.db().write(&khomo.ctx(person), |tx| {
        review::ask_changes(tx, khomo.app.profile(), id, "Cần sửa theo nhận xét.", remarks)
    })
}

fn refuse(khomo: &Khomo, id: &DatasetId, person: &str) -> Result<()> {
    khomo.db().write(&khomo.ctx(person), |tx| review::refuse(tx, khomo.app.profile(), id, "Không thuộc danh mục."))
}

fn recall(khomo: &Khomo, id: &DatasetId, person: &str) -> Result<()> {
    khomo.db().write(&khomo.ctx(person), |tx| review::recall(tx, khomo.app.profile(), id))
}

fn state(khomo: &Khomo, id: &DatasetId) -> DraftState {
    let standing = khomo.db().read(|conn| {
        let draft = dataset::draft_of(conn, id)?.unwrap();
        review::standing(conn, khomo.app.profile(), &draft)
    });
    standing.unwrap().state
}

/// The datasets that wait for a person, and those that went back to them.
fn work_of(khomo: &Khomo, person: &str) -> (Vec<DatasetId>, Vec<DatasetId>) {
    let (id, profile) = (khomo.id(person), khomo.app.profile());
    let lists = khomo.db().read(|conn| {
        let person = account::by_id(conn, &id, "2026-09-04")?.unwrap();
        Ok((review::waiting_for(conn, profile, &person)?, review::returned_to(conn, profile, &person)?))
    });
    let ids = |items: Vec<review::InReview>| items.into_iter().map(|item| item.dataset.id).collect();
    let (waiting, returned) = lists.unwrap();
    (ids(waiting), ids(returned))
}

fn remark(field: &str, text: &str) -> Remark {
    Remark { field: field.to_owned(), text: text.to_owned() }
}

/// Opens the review as somebody.
async fn screen(browser: &mut Browser, id: &DatasetId) -> Answer {
    let page = browser.get(&format!("/internal/datasets/{id}/review")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_clean("the review", &page.text(), &OWN);
    page
}

/// Sends a decision on what the page shows.
async fn send(browser: &mut Browser, id: &DatasetId, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let seen = page.attribute("input[name=seen]", "value").unwrap_or_default();
    let mut all = fields.to_vec();
    all.push(("seen", &seen));
    browser.post(&format!("/internal/datasets/{id}/decision"), &all).await
}

async fn second_version(khomo: &Khomo, title: &str) -> DatasetId {
    let id = khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    khomo.clock.advance(60);
    khomo.dataset("dan-so").title(title).csv("bang", LATER).await.import().unwrap();
    id
}

// ── Journeys ──

#[actix_web::test]
async fn a_reviewer_asks_for_changes_the_officer_corrects_and_the_reviewer_approves() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    let (mut editor, mut approver) = (khomo.signed_in("editor").await, khomo.signed_in("approver").await);
    let own = format!("/internal/datasets/{id}");

    // The officer submits from the page of the dataset.
    khomo.scan(&id);
    let page = editor.get(&own).await;
    assert_clean("the dataset", &page.text(), &OWN);
    assert_eq!(page.attributes("form[action$='/submission']", "method"), ["post"]);
    let wordless = editor.post(&format!("{own}/submission"), &[("reason", " ")]).await;
    assert_eq!(wordless.status, 422);
    assert_clean("a wordless submission", &wordless.text(), &OWN);
    assert!(wordless.attribute("#reason", "aria-invalid").is_some());
    let sent = editor.post(&format!("{own}/submission"), &[("reason", "Số liệu tháng 9.")]).await;
    let page = editor.follow(sent).await;
    assert_eq!(page.flash().as_deref(), Some("Đã nộp để duyệt."));
    assert_eq!(page.attributes("form[action$='/recall']", "method"), ["post"]);
    assert_eq!(page.attributes("form[action$='/submission']", "method"), [""; 0]);

    // The reviewer reads: words, columns, then rows once they are compared.
    let page = screen(&mut approver, &id).await;
    assert_eq!(page.texts("dl.diff del"), ["các"]);
    assert!(page.texts("#main").concat().contains("Cột “Ghi chú” là cột mới."));
    assert!(page.texts(".note.info").concat().contains("Đang so sánh từng dòng"));
    khomo.work().await;
    let page = screen(&mut approver, &id).await;
    assert_eq!(page.texts(".legend b"), ["+ 2", "− 2", "~ 0", "1"]);
    assert!(page.texts("tr.add td").contains(&"Đồng Tâm".to_owned()));

    // By a key a changed row is told cell by cell.
    let by_key = format!("{own}/review?table=bang&key=ma_xa");
    assert!(approver.get(&by_key).await.text().contains("Đang so sánh"));
    khomo.work().await;
    let page = approver.get(&by_key).await;
    assert_clean("by key", &page.text(), &OWN);
    assert_eq!(page.texts(".legend b"), ["+ 1", "− 1", "~ 1", "1"]);
    assert_eq!(
        (page.texts("td.chg del"), page.texts("td.chg ins")),
        (vec!["1.250".to_owned()], vec!["1.260".to_owned()])
    );

    // A decision needs a verdict and a reason; remarks go with a request for changes.
    let page = screen(&mut approver, &id).await;
    let answer = send(&mut approver, &id, &page, &[("reason", "Xem nhận xét.")]).await;
    assert_eq!(answer.status, 422);
    let remarks = [
        ("field-1", "title"),
        ("text-1", "Ghi rõ năm."),
        ("field-2", "column:bang/ghi_chu"),
        ("text-2", "Nêu ý nghĩa."),
    ];
    let with = |verdict: &'static str, reason: &'static str| {
        [&[("verdict", verdict), ("reason", reason)][..], &remarks[..]].concat()
    };
    let answer = send(&mut approver, &id, &page, &with("approved", "Đồng ý.")).await;
    assert_eq!(answer.status, 422);
    assert_clean("remarks without changes", &answer.text(), &OWN);
    assert_eq!(answer.texts("#text-1"), ["Ghi rõ năm."], "what was typed is kept");
    let answer = send(&mut approver, &id, &page, &with("changes-asked", "Cần sửa.")).await;
    assert_eq!(approver.follow(answer).await.flash().as_deref(), Some("Đã gửi đề nghị sửa."));
    assert_eq!(state(&khomo, &id), DraftState::ChangesAsked);
    assert_eq!(work_of(&khomo, "editor").1, std::slice::from_ref(&id));
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'review-changes-asked'"), 1);

    // Nothing changed, nothing to submit.
    let page = editor.get(&own).await;
    assert!(page.text().contains("Nội dung chưa thay đổi gì"));
    assert_eq!(editor.post(&format!("{own}/submission"), &[("reason", "Lần nữa.")]).await.status, 409);
    khomo.dataset("dan-so").title("Dân số xã năm 2026").import().unwrap();
    khomo.scan(&id);
    let sent = editor.post(&format!("{own}/submission"), &[("reason", "Đã sửa tên.")]).await;
    assert_eq!(sent.status, 303);
    let page = screen(&mut approver, &id).await;
    assert_eq!(page.texts("aside .timeline li li .badge"), ["đã sửa", "chưa sửa"]);
    let answer = send(&mut approver, &id, &page, &[("verdict", "approved"), ("reason", "Đã xem hết.")]).await;
    assert_eq!(approver.follow(answer).await.flash().as_deref(), Some("Đã đồng ý và công bố."));
    assert_eq!(khomo.count("version WHERE state = 'published' AND number = 2"), 1);
    let page = screen(&mut approver, &id).await;
    assert!(page.text().contains("Không có bản nháp nào để duyệt"));
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn what_is_refused_stays_refused_until_it_is_changed() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    let mut reader = khomo.public().await;
    let before = reader.get("/dataset/dan-so/bang.csv").await.body;
    khomo.submit(&id, "editor").unwrap();
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    let answer = send(&mut approver, &id, &page, &[("verdict", "refused"), ("reason", "Không thuộc danh mục.")]).await;
    assert_eq!(approver.follow(answer).await.flash().as_deref(), Some("Đã từ chối bản nháp."));
    assert_eq!(state(&khomo, &id), DraftState::Refused);
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "unchanged-since-return".to_owned()));
    assert_eq!(refusal(khomo.approve(&id, "second-approver")), (Kind::Conflict, "not-submitted".to_owned()));
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'review-refused'"), 1);
    assert_eq!(reader.get("/dataset/dan-so/bang.csv").await.body, before);
    khomo.dataset("dan-so").title("Dân số xã, có danh mục").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(2));
}

#[actix_web::test]
async fn the_submitter_takes_a_submission_back_while_nobody_has_decided() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.count("decision WHERE verdict = 'submitted'"), 2, "twice is once");
    assert_eq!(refusal(khomo.submit(&id, "second-editor")), (Kind::Conflict, "already-submitted".to_owned()));
    assert_eq!(refusal(recall(&khomo, &id, "second-editor")), (Kind::Forbidden, "not-your-submission".to_owned()));
    let mut editor = khomo.signed_in("editor").await;
    editor.get(&format!("/internal/datasets/{id}")).await;
    let answer = editor.post(&format!("/internal/datasets/{id}/recall"), &[]).await;
    assert!(editor.follow(answer).await.flash().unwrap().contains("Đã lấy lại"));
    assert_eq!(state(&khomo, &id), DraftState::Draft);
    assert_eq!(refusal(khomo.approve(&id, "approver")), (Kind::Conflict, "not-submitted".to_owned()));
    assert_eq!(refusal(recall(&khomo, &id, "editor")), (Kind::Conflict, "not-submitted".to_owned()));
    assert_eq!(editor.post(&format!("/internal/datasets/{id}/recall"), &[]).await.status, 409);
    let page = screen(&mut editor, &id).await;
    assert!(page.texts("aside .timeline").concat().contains("lấy lại lúc"));
    // The same content may be submitted again, by somebody else as well.
    khomo.submit(&id, "second-editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(2));
    khomo.work().await;
    assert!(khomo.count("notice WHERE event = 'review-recalled'") > 0);
}

#[actix_web::test]
async fn a_first_publication_shows_its_rows_and_that_all_is_new() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("dan-so").title("Dân số").note("Bản đầu.").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    assert!(page.text().contains("Lần công bố đầu tiên") && page.text().contains("Bản đầu."));
    assert!(page.texts("tr.add td").contains(&"Kim Sơn".to_owned()));
    assert_eq!(page.texts(".scorebar a").len(), 2, "no rows are compared");
}

#[actix_web::test]
async fn tables_that_came_are_shown_beside_those_that_were_changed() {
    let khomo = Khomo::start();
    let id = khomo.dataset("dan-so").publish().await;
    let draft = khomo.dataset("dan-so").csv("bang", LATER).await.csv("moi", "Mã,Số\nA,1\n").await;
    draft.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    assert!(page.text().contains("Bảng mới.") && page.text().contains("Bảng có dữ liệu mới."));
    let link = page.attribute("#rows-2 ~ p a[href*='table=moi']", "href").unwrap();
    let page = approver.get(link.split('#').next().unwrap()).await;
    assert_clean("the new table", &page.text(), &OWN);
    assert!(page.texts("tr.add td").contains(&"A".to_owned()));
}

#[actix_web::test]
async fn a_reviewer_is_told_that_a_version_changes_words_and_no_table() {
    let khomo = Khomo::start();
    let said = "không thay đổi bảng dữ liệu nào";
    let mut approver = khomo.signed_in("approver").await;
    khomo.dataset("moi").csv("bang", SMALL).await.import().unwrap();
    let first = khomo.db().read(|conn| dataset::by_slug(conn, "moi")).unwrap().unwrap().id;
    assert!(!screen(&mut approver, &first).await.text().contains(said), "all of it is new");
    let id = khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    khomo.clock.advance(60);
    khomo.dataset("dan-so").title("Dân số xã").import().unwrap();
    let words = screen(&mut approver, &id).await;
    assert_eq!(words.texts(".note.warn p").iter().filter(|text| text.contains(said)).count(), 1, "{}", words.text());
    assert!(words.text().contains("Bảng giữ nguyên."));
    khomo.dataset("dan-so").csv("bang", LATER).await.import().unwrap();
    assert!(!screen(&mut approver, &id).await.text().contains(said), "a table has other rows");
}

#[actix_web::test]
async fn lists_of_rows_are_paged_each_by_itself() {
    let khomo = Khomo::start();
    let rows = |from: usize, to: usize| (from..to).map(|n| format!("M{n:03},{n}\n")).collect::<String>();
    let id = khomo.dataset("day").csv("bang", &format!("Mã,Số\n{}", rows(0, 60))).await.publish().await;
    khomo.dataset("day").csv("bang", &format!("Mã,Số\n{}", rows(30, 100))).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    assert_eq!((page.texts("tr.add").len(), page.texts("tr.del").len()), (25, 25));
    let next = page.attribute("a[rel=next]", "href").unwrap();
    assert!(next.contains("added=2") && next.ends_with("#rows-added"), "{next}");
    let page = approver.get(&format!("/internal/datasets/{id}/review?added=2&removed=2")).await;
    assert_eq!((page.texts("tr.add").len(), page.texts("tr.del").len()), (15, 5));
    for nonsense in ["added=x", "added=99", "table=khong-co", "key=khong-co", "table=bang&key=%00"] {
        let page = approver.get(&format!("/internal/datasets/{id}/review?{nonsense}")).await;
        assert_eq!(page.status, 200, "{nonsense}");
    }
}

// ── Who may ──

#[actix_web::test]
async fn whoever_may_not_decide_reads_why_and_sees_no_form() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;
    for (person, why, rows) in [
        ("editor", "vai trò", true),
        ("stranger", "vai trò", false),
        ("auditor", "vai trò", true),
        ("operator", "vai trò", false),
    ] {
        let mut browser = khomo.signed_in(person).await;
        let page = screen(&mut browser, &id).await;
        assert_eq!(page.attributes("form[action$='/decision']", "method"), [""; 0], "{person}");
        assert!(
            page.texts("section.decide").concat().to_lowercase().contains(why),
            "{person}: {:?}",
            page.texts("section.decide")
        );
        assert_eq!(page.text().contains("Đồng Tâm"), rows, "{person} and the rows");
        assert_eq!(page.texts(".legend b")[0], "+ 2", "{person} sees how many");
        let answer = send(&mut browser, &id, &page, &[("verdict", "approved"), ("reason", "Ừ."), ("seen", "x")]).await;
        assert!([403, 409].contains(&answer.status), "{person}: {}", answer.status);
    }
    // Wears both hats, and had a hand in it.
    khomo.dataset("dan-so").title("Dân số xã 2026").by("both").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    let mut both = khomo.signed_in("both").await;
    let page = screen(&mut both, &id).await;
    assert_eq!(page.attributes("form[action$='/decision']", "method"), [""; 0]);
    assert!(work_of(&khomo, "both").0.is_empty());
    assert_eq!(khomo.count("version WHERE state = 'published'"), 1);
}

#[actix_web::test]
async fn strangers_and_made_up_ids_change_nothing() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    let mut stranger = khomo.signed_in("stranger").await;
    let page = stranger.get("/internal/account").await;
    assert_eq!(page.status, 200);
    let hash = khomo.lines("SELECT hash AS line FROM decision ORDER BY at DESC, seq DESC").remove(0);
    let before = khomo.heads();
    let form = [("verdict", "approved"), ("reason", "Ừ."), ("seen", hash.as_str()), ("confirmed", "1")];
    for act in ["decision", "submission", "recall", "withdrawal"] {
        let answer = stranger.post(&format!("/internal/datasets/{id}/{act}"), &form).await;
        assert_eq!(answer.status, 403, "{act}");
        for nowhere in ["x", "00000000-0000-7000-8000-000000000000"] {
            let answer = stranger.post(&format!("/internal/datasets/{nowhere}/{act}"), &form).await;
            assert!([404, 409].contains(&answer.status), "{act} of {nowhere}: {}", answer.status);
        }
    }
    for page in ["review", "withdrawal"] {
        for nowhere in ["x", "00000000-0000-7000-8000-000000000000"] {
            assert_eq!(stranger.get(&format!("/internal/datasets/{nowhere}/{page}")).await.status, 404);
        }
    }
    assert_eq!(khomo.heads(), before);
    for who in ["stranger", "editor", "second-editor", "operator", "auditor", "nobody"] {
        assert_eq!(ask(&khomo, &id, who, &[]).unwrap_err().kind(), Kind::Forbidden, "{who}");
        assert_eq!(refuse(&khomo, &id, who).unwrap_err().kind(), Kind::Forbidden, "{who}");
    }
}

#[actix_web::test]
async fn a_decision_on_what_was_changed_meanwhile_is_none() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    khomo.dataset("dan-so").title("Tên ai cũng chưa đọc").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    let form = [("verdict", "approved"), ("reason", "Đã xem.")];
    let answer = send(&mut approver, &id, &page, &form).await;
    assert_eq!(answer.status, 409);
    assert_clean("too late", &answer.text(), &OWN);
    assert!(answer.text().contains("Tên ai cũng chưa đọc"), "it shows what is there now");
    assert_eq!(khomo.count("version WHERE state = 'published'"), 1);
    assert_eq!(send(&mut approver, &id, &answer, &form).await.status, 303);
    assert_eq!(khomo.count("version WHERE state = 'published'"), 2);
}

#[actix_web::test]
async fn of_two_forms_that_approve_at_once_one_wins() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    let (mut one, mut other) = (khomo.signed_in("approver").await, khomo.signed_in("second-approver").await);
    let (first, second) = (screen(&mut one, &id).await, screen(&mut other, &id).await);
    let form = [("verdict", "approved"), ("reason", "Đã xem.")];
    let (a, b) = futures_util::join!(send(&mut one, &id, &first, &form), send(&mut other, &id, &second, &form));
    let mut statuses = [a.status, b.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409]);
    assert_eq!(khomo.count("decision WHERE verdict = 'approved'"), 2, "one for each version");
    assert_eq!(khomo.count("version WHERE state = 'published'"), 2);
}

#[actix_web::test]
async fn remarks_are_made_on_fields_that_are_there_and_say_something() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&id, "editor").unwrap();
    for (field, text, code) in [
        ("password_hash", "x", "remark-field-unknown"),
        ("column:bang/khong_co", "x", "remark-field-unknown"),
        ("", "x", "remark-field-unknown"),
        ("title", "  ", "remark-text-missing"),
        ("title", &"x".repeat(4001), "remark-too-long"),
    ] {
        assert_eq!(refusal(ask(&khomo, &id, "approver", &[remark(field, text)])), (Kind::Invalid, code.to_owned()));
    }
    let many = vec![remark("title", "x"); 51];
    assert_eq!(refusal(ask(&khomo, &id, "approver", &many)).1, "remarks-too-many");
    assert_eq!(khomo.count("remark"), 0);
    ask(&khomo, &id, "approver", &[remark("table:bang", "Thiếu xã."), remark("column:bang/dan_so", "Đơn vị?")])
        .unwrap();
    // A cell of another column is mended: the column remarked on may or may not have been.
    khomo
        .dataset("dan-so")
        .title("Dân số xã")
        .csv("bang", &LATER.replace("Đồng Tâm", "Đồng Tiến"))
        .await
        .import()
        .unwrap();
    let mut editor = khomo.signed_in("editor").await;
    let page = screen(&mut editor, &id).await;
    assert_eq!(page.texts("aside .timeline li li .badge"), ["đã sửa", "bảng đã đổi, xem lại cột này"]);
}

// ── Steps ──

#[actix_web::test]
async fn three_steps_of_a_profile_are_taken_in_order_each_by_another_person() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("profiles")).unwrap();
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/lac-dien.toml");
    let mut profile = std::fs::read_to_string(shipped).unwrap();
    for (code, role) in [("submission", "editor"), ("agency", "approver"), ("coordination", "coordinator")] {
        profile.push_str(&format!(
            "\n[[review.steps]]\ncode = \"{code}\"\nrole = \"{role}\"\nname = {{ vi = \"Bước {code}\", en = \"Step {code}\" }}\n"
        ));
    }
    std::fs::write(folder.path().join("profiles/lac-dien.toml"), profile).unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_OVERRIDES", folder.path().to_str().unwrap())]);
    assert_eq!(khomo.app.profile().review.steps.len(), 3);
    let (id, _) = khomo.dataset("dan-so").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(work_of(&khomo, "approver").0, std::slice::from_ref(&id));
    assert_eq!(work_of(&khomo, "coordinator").0, std::slice::from_ref(&id), "may decide for the agency");
    assert!(work_of(&khomo, "stranger").0.is_empty());
    assert_eq!(khomo.approve(&id, "approver").unwrap(), None);
    assert_eq!(state(&khomo, &id), DraftState::Approved);
    assert_eq!(refusal(recall(&khomo, &id, "editor")), (Kind::Conflict, "recall-too-late".to_owned()));
    for person in ["approver", "second-approver"] {
        assert_eq!(refusal(khomo.approve(&id, person)), (Kind::Forbidden, "role-missing".to_owned()), "{person}");
        assert!(work_of(&khomo, person).0.is_empty(), "{person}");
    }
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    assert_eq!(page.texts(".steps .done").len(), 2);
    assert!(page.texts(".steps [aria-current=step]").concat().contains("coordination"));
    khomo.work().await;
    assert_eq!(
        khomo.lines("SELECT user_name AS line FROM notice JOIN account ON account.id = account_id WHERE event = 'review-approved'"),
        ["editor"]
    );
    assert_eq!(khomo.approve(&id, "coordinator").unwrap(), Some(1));

    // Whoever decided one step decides no other.
    let (id, _) = khomo.dataset("khac").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "coordinator").unwrap(), None);
    assert_eq!(refusal(khomo.approve(&id, "coordinator")), (Kind::Forbidden, "step-already-decided".to_owned()));
    // A later step may send it back; then all steps are taken anew.
    khomo.dataset("khac").title("Khác nữa").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), None);
    ask(&khomo, &id, "coordinator", &[]).unwrap();
    khomo.dataset("khac").title("Khác hẳn").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(state(&khomo, &id), DraftState::Submitted);
    assert_eq!(khomo.approve(&id, "second-approver").unwrap(), None);
    assert_eq!(khomo.approve(&id, "coordinator").unwrap(), Some(1));
}

#[actix_web::test]
async fn work_lists_hold_what_a_person_may_decide_and_what_came_back_to_them() {
    let khomo = Khomo::start();
    let home = second_version(&khomo, "Dân số xã").await;
    let away = khomo.dataset("lua").agency(AWAY).by("stranger").csv("bang", SMALL).await.import().unwrap().0;
    let both = khomo.dataset("hai-mu").by("both").csv("bang", SMALL).await.import().unwrap().0;
    khomo.submit(&home, "editor").unwrap();
    khomo.clock.advance(1);
    khomo.submit(&both, "editor").unwrap();
    khomo.clock.advance(1);
    khomo.submit(&away, "stranger").unwrap();
    assert_eq!(work_of(&khomo, "approver").0, [home.clone(), both.clone()]);
    assert_eq!(work_of(&khomo, "both").0, std::slice::from_ref(&home), "not one's own");
    assert_eq!(work_of(&khomo, "coordinator").0, [home.clone(), both.clone(), away.clone()]);
    assert_eq!(work_of(&khomo, "stranger"), (Vec::new(), Vec::new()), "not what one submitted");
    assert_eq!(work_of(&khomo, "editor"), (Vec::new(), Vec::new()));
    ask(&khomo, &both, "approver", &[]).unwrap();
    refuse(&khomo, &away, "coordinator").unwrap();
    assert_eq!(work_of(&khomo, "editor").1, std::slice::from_ref(&both), "who submitted");
    assert_eq!(work_of(&khomo, "both").1, std::slice::from_ref(&both), "who made it");
    assert_eq!(work_of(&khomo, "stranger").1, std::slice::from_ref(&away));
    assert_eq!(work_of(&khomo, "approver").0, std::slice::from_ref(&home));
}

#[actix_web::test]
async fn the_list_shows_how_drafts_stand_and_counts_them() {
    let khomo = Khomo::start();
    let waiting = second_version(&khomo, "Dân số xã").await;
    khomo.submit(&waiting, "editor").unwrap();
    for (slug, act) in [("nhap", 0), ("cho", 1), ("sua", 2), ("tu-choi", 3), ("da-rut", 4)] {
        let (id, _) = khomo.dataset(slug).csv("bang", SMALL).await.import().unwrap();
        if act > 0 {
            khomo.submit(&id, "editor").unwrap();
        }
        match act {
            2 => ask(&khomo, &id, "approver", &[]).unwrap(),
            3 => refuse(&khomo, &id, "approver").unwrap(),
            4 => {
                khomo.approve(&id, "approver").unwrap();
                khomo.dataset(slug).title("Bản nháp bỏ lại").import().unwrap();
                khomo.withdraw(&id, "approver").unwrap();
            }
            _ => {}
        }
    }
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get("/internal/datasets").await;
    assert_clean("the list", &page.text(), &OWN);
    let tabs: BTreeMap<String, String> = page
        .attributes(".scorebar a", "href")
        .into_iter()
        .zip(page.texts(".scorebar a b"))
        .map(|(href, count)| (href.rsplit('=').next().unwrap().to_owned(), count))
        .collect();
    for (code, count) in [
        ("draft", "1"),
        ("submitted", "2"),
        ("changes-asked", "1"),
        ("approved", "0"),
        ("refused", "1"),
        ("published", "1"),
        ("withdrawn", "1"),
    ] {
        assert_eq!(tabs[code], count, "{code}");
        let page = editor.get(&format!("/internal/datasets?state={code}")).await;
        assert_eq!(page.texts("tbody tr").len().to_string(), count, "{code}");
    }
    let page = editor.get("/internal/datasets?state=submitted").await;
    let badges = page.texts("tbody .badge b").concat();
    assert!(badges.contains("Đang công bố") && badges.contains("Chờ duyệt"), "{badges}");
}

// ── When things fail ──

#[actix_web::test]
async fn a_comparison_that_fails_is_told_and_keeps_nobody_from_deciding() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    let lost = khomo
        .lines("SELECT r.table_version_id AS line FROM version_resource AS r JOIN version AS v ON v.id = r.version_id WHERE v.state = 'published'")
        .remove(0);
    khomo.files().delete(&format!("tables/{lost}/data.parquet")).await.unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;
    assert_eq!(khomo.count("job WHERE kind = 'review-diff' AND state = 'dead'"), 1);
    let mut approver = khomo.signed_in("approver").await;
    let page = screen(&mut approver, &id).await;
    assert!(page.text().contains("Chưa so sánh được từng dòng"));
    assert_eq!(page.texts("dl.diff del"), ["các"], "the rest is there");
    assert_eq!(khomo.count("job WHERE kind = 'review-diff' AND state = 'dead'"), 1, "a look puts nothing back");
    let answer = approver.post(&format!("/internal/datasets/{id}/comparison"), &[]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(khomo.count("job WHERE kind = 'review-diff' AND state = 'waiting'"), 1);
    let answer = send(&mut approver, &id, &page, &[("verdict", "approved"), ("reason", "Đã xem.")]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(khomo.count("version WHERE state = 'published'"), 2);
    // What stands in no draft any more is compared no more.
    khomo.work().await;
    assert_eq!(khomo.count("job WHERE kind = 'review-diff'"), 0);
}

#[actix_web::test]
async fn a_comparison_is_made_when_the_page_is_opened_and_none_is_there() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(khomo.count("job WHERE kind = 'review-diff'"), 0, "nothing was submitted");
    for _ in 0..3 {
        screen(&mut editor, &id).await;
    }
    assert_eq!(khomo.count("job WHERE kind = 'review-diff'"), 1);
    khomo.work().await;
    assert_eq!(screen(&mut editor, &id).await.texts(".legend b")[0], "+ 2");
    // A key is chosen by those who may see rows alone.
    let mut stranger = khomo.signed_in("stranger").await;
    let page = stranger.get(&format!("/internal/datasets/{id}/review?key=ma_xa")).await;
    assert_eq!((page.texts(".legend b")[0].as_str(), khomo.count("job WHERE kind = 'review-diff'")), ("+ 2", 0));
}

// ── Withdrawal ──

#[actix_web::test]
async fn a_withdrawal_shows_what_the_public_will_see_before_it_is_done() {
    let khomo = Khomo::start();
    let id = khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    let place = format!("/internal/datasets/{id}/withdrawal");
    let mut reader = khomo.public().await;
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get(&place).await;
    assert_eq!((page.status, page.attributes("form[action$='/withdrawal']", "method")), (200, Vec::new()));
    assert_clean("not mine to withdraw", &page.text(), &OWN);
    assert_eq!(editor.post(&place, &[("reason", "Sai."), ("confirmed", "1")]).await.status, 403);
    let mut approver = khomo.signed_in("approver").await;
    assert!(approver.get(&format!("/internal/datasets/{id}")).await.text().contains(&place));
    assert_clean("withdrawal", &approver.get(&place).await.text(), &OWN);
    let empty = approver.post(&place, &[("reason", ""), ("confirmed", "1")]).await;
    assert_eq!(empty.status, 422);
    let reasons = [("reason", "Số liệu sai đơn vị."), ("reason_en", "Wrong unit.")];
    let look = approver.post(&place, &reasons).await;
    assert_clean("a look before", &look.text(), &OWN);
    assert!(look.status == 200 && look.text().contains("Wrong unit.") && look.text().contains("/dataset/dan-so"));
    assert_eq!(reader.get("/dataset/dan-so").await.status, 200, "nothing is done yet");
    let sent = approver.post(&place, &[&reasons[..], &[("confirmed", "1")]].concat()).await;
    assert_eq!(sent.status, 303);
    let gone = reader.get("/dataset/dan-so").await;
    assert_eq!(gone.status, 410);
    for told in ["Dân số các xã", "Sở Y tế", "Số liệu sai đơn vị.", "04/09/2026"] {
        assert!(gone.text().contains(told), "{told}");
    }
    assert!(reader.get("/en/dataset/dan-so").await.text().contains("Wrong unit."));
    let again = approver.post(&place, &[&reasons[..], &[("confirmed", "1")]].concat()).await;
    assert_eq!(again.status, 409);
    // A draft that was left goes nowhere.
    assert_eq!(khomo.count("dataset WHERE state = 'withdrawn'"), 1);
}

#[actix_web::test]
async fn the_draft_of_a_withdrawn_dataset_goes_nowhere() {
    let khomo = Khomo::start();
    let id = second_version(&khomo, "Dân số xã").await;
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "dataset-withdrawn".to_owned()));
    assert!(work_of(&khomo, "approver").0.is_empty());
}

// ── Whatever happens ──

/// Versions that the public sees without what the rule of two asks for.
const UNRULY: &str = "version AS v WHERE v.state = 'published' AND NOT EXISTS (SELECT 1 FROM decision AS s \
    JOIN decision AS a ON a.version_id = s.version_id WHERE s.version_id = v.id AND s.verdict = 'submitted' \
    AND a.verdict = 'approved' AND a.account_id <> s.account_id AND s.hash = v.hash AND a.hash = v.hash AND a.seq > s.seq \
    AND NOT EXISTS (SELECT 1 FROM version_contributor AS c WHERE c.version_id = v.id AND c.account_id = a.account_id) \
    AND NOT EXISTS (SELECT 1 FROM recall AS r WHERE r.decision_id = s.id) \
    AND NOT EXISTS (SELECT 1 FROM decision AS n WHERE n.version_id = v.id AND n.hash = v.hash AND n.seq > s.seq \
    AND n.verdict IN ('changes-asked', 'refused')))";

#[test]
fn whatever_people_jobs_and_restarts_do_nothing_is_public_without_two_persons() {
    const PEOPLE: [&str; 8] =
        ["editor", "second-editor", "approver", "second-approver", "both", "coordinator", "stranger", "nobody"];
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let khomo = Khomo::start();
    let khomo = RefCell::new(Some(khomo));
    let acts = prop::collection::vec((0..18_usize, 0..PEOPLE.len(), 0..4_usize, 0..2_usize, 0..2_usize), 20..50);
    let rounds = std::cell::Cell::new(0);
    let run =
        TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() }).run(&acts, |acts| {
            let round = rounds.replace(rounds.get() + 1);
            // What the public reads at an address, by what the approvals said.
            let mut shown: BTreeMap<String, (u16, Vec<u8>)> = BTreeMap::new();
            let mut submitter = "editor";
            for (act, person, fit, on, which) in acts {
                // Most of the time somebody acts who may: a gate is best tried by those who can open it.
                let person = match (fit, act) {
                    (0, _) => PEOPLE[person],
                    (_, 8) => submitter,
                    (_, 0..=7) => ["editor", "editor", "both"][person % 3],
                    _ => ["approver", "second-approver", "coordinator"][person % 3],
                };
                let slug = format!("so-lieu-{round}-{on}");
                if act == 17 {
                    let old = khomo.take().unwrap();
                    khomo.replace(Some(old.restart(|_| ())));
                }
                let this = khomo.borrow();
                let this = this.as_ref().unwrap();
                this.clock.advance(1);
                let known = this.db().read(|conn| dataset::by_slug(conn, &slug)).unwrap();
                let mut may_change = false;
                // Refusals are welcome.
                let _ = match (act, known) {
                    (0..=2, _) | (_, None) => {
                        let row = runtime.block_on(this.table([SMALL, LATER][which]));
                        this.dataset(&slug).by(person).row("bang", row).import().map(|_| ())
                    }
                    (3, Some(_)) => {
                        this.dataset(&slug).title(["Tên", "Tên khác"][which]).by(person).import().map(|_| ())
                    }
                    (4..=7, Some(dataset)) => {
                        submitter = person;
                        this.submit(&dataset.id, person)
                    }
                    (8, Some(dataset)) => recall(this, &dataset.id, person),
                    (9, Some(dataset)) => ask(this, &dataset.id, person, &[remark("title", "Xem lại.")]),
                    (10, Some(dataset)) => refuse(this, &dataset.id, person),
                    (11..=14, Some(dataset)) => {
                        let approved = this.approve(&dataset.id, person);
                        may_change = matches!(approved, Ok(Some(_)));
                        approved.map(|_| ())
                    }
                    (15, Some(dataset)) => {
                        let withdrawn = this.withdraw(&dataset.id, person);
                        may_change = withdrawn.is_ok();
                        withdrawn
                    }
                    (_, Some(_)) => {
                        runtime.block_on(this.work());
                        Ok(())
                    }
                };
                prop_assert_eq!(this.count(UNRULY), 0, "after {} by {}", act, person);
                let read = runtime.block_on(async {
                    let answer = this.public().await.get(&format!("/dataset/{slug}/bang.csv")).await;
                    (answer.status, if answer.status == 200 { answer.body.to_vec() } else { Vec::new() })
                });
                let before = shown.get(&slug).cloned().unwrap_or((404, Vec::new()));
                if may_change {
                    shown.insert(slug, read);
                } else {
                    prop_assert_eq!(before, read, "the public saw another thing after {} by {}", act, person);
                }
            }
            let this = khomo.borrow();
            prop_assert_eq!(this.as_ref().unwrap().db().read(audit::verify).unwrap().broken_at, None);
            Ok(())
        });
    run.unwrap();
    let this = khomo.borrow();
    let this = this.as_ref().unwrap();
    assert!(this.count("version WHERE state = 'published'") > 0, "nothing was ever published");
}
