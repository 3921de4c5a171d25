//! The scan: nothing goes on its way unread, what is found is masked and judged, and treated tables are published in place of others.

use bytes::Bytes;
use futures_util::TryStreamExt;
use khomo::account;
use khomo::dataset;
use khomo::kernel::id::{AccountId, DatasetId, TableVersionId};
use khomo::kernel::{Actor, Error, Kind, Lang};
use khomo::platform::db::Tx;
use khomo::scan::{self, Finding, Judgement, detect};
use khomo::{review, table};

use crate::support::kit::{AWAY, Khomo, SMALL, new_account, vi};

/// Values that must stand nowhere but in the files.
const PLANTED: [&str; 5] = ["079185012345", "0912345678", "Trần Thị Hoa", "036085012347", "Lê Văn Tám"];
/// A table about persons.
const PERSONS: &str = "Số CCCD,Họ và tên,Ngày sinh,Điện thoại,Xã\n\
    079185012345,Trần Thị Hoa,01/02/1985,0912345678,Kim Sơn\n036085012347,Lê Văn Tám,03/04/1985,0355123456,An Lạc\n";

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (Kind, String) {
    let error = outcome.unwrap_err();
    (error.kind(), error.problems()[0].code.to_owned())
}

async fn draft(khomo: &Khomo, slug: &str, csv: &str) -> DatasetId {
    khomo.dataset(slug).csv("bang", csv).await.import().unwrap().0
}

fn findings(khomo: &Khomo, id: &DatasetId) -> Vec<Finding> {
    khomo
        .db()
        .read(|conn| {
            let draft = dataset::draft_of(conn, id)?.unwrap();
            scan::findings_of(conn, &draft.id)
        })
        .unwrap()
}

fn finding(khomo: &Khomo, id: &DatasetId, kind: detect::Kind) -> Finding {
    findings(khomo, id).into_iter().find(|finding| finding.kind == kind).unwrap()
}

fn judge(khomo: &Khomo, by: &AccountId, finding: &Finding, verdict: &str, reason: &str) -> Result<DatasetId, Error> {
    let judgement = Judgement { verdict: verdict.into(), reason: reason.into(), basis: String::new() };
    let ctx = khomo.ctx_of(Actor::Account(by.clone()));
    khomo.db().write(&ctx, |tx| scan::judge(tx, khomo.app.profile(), &finding.id, &judgement))
}

fn police(khomo: &Khomo) -> AccountId {
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::System), |tx| {
            account::create(tx, new_account("police", vec![(khomo.agency(AWAY), "police".to_owned())]))
        })
        .unwrap()
}

fn request(khomo: &Khomo, id: &DatasetId, by: &str) -> Result<(), Error> {
    khomo.db().write(&khomo.ctx(by), |tx| scan::request_treatment(tx, khomo.app.profile(), id))
}

fn declare(khomo: &Khomo, id: &DatasetId, by: &str, titles: &str) -> Result<(), Error> {
    let resource = khomo
        .db()
        .read(|conn| {
            let draft = dataset::draft_of(conn, id)?.unwrap();
            Ok(dataset::resources_of(conn, &draft.id)?.remove(0).resource_id)
        })
        .unwrap();
    khomo.db().write(&khomo.ctx(by), |tx| scan::declare(tx, khomo.app.profile(), id, &resource, titles))
}

/// A draft about persons that was scanned, judged and treated.
pub async fn treated(khomo: &Khomo, slug: &str) -> DatasetId {
    let id = draft(khomo, slug, PERSONS).await;
    declare(khomo, &id, "editor", "Xã").unwrap();
    khomo.scan(&id);
    let editor = khomo.id("editor");
    judge(khomo, &editor, &finding(khomo, &id, detect::Kind::Citizen), "remove", "").unwrap();
    judge(khomo, &editor, &finding(khomo, &id, detect::Kind::Phone), "mask", "").unwrap();
    judge(khomo, &editor, &finding(khomo, &id, detect::Kind::Person), "mask", "").unwrap();
    judge(khomo, &editor, &finding(khomo, &id, detect::Kind::SmallGroup), "false-alarm", "Bảng thử.").unwrap();
    request(khomo, &id, "editor").unwrap();
    khomo.work().await;
    id
}

#[actix_web::test]
async fn a_draft_that_was_not_read_is_not_submitted_and_one_that_was_read_clean_is() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", SMALL).await;
    let submit =
        || khomo.db().write(&khomo.ctx("editor"), |tx| review::submit(tx, khomo.app.profile(), &id, "Đã soát."));
    assert_eq!(refusal(submit()), (Kind::Conflict, "scan-pending".to_owned()));
    // The job that follows an import.
    let version = khomo.db().read(|conn| Ok(dataset::draft_of(conn, &id)?.unwrap().id)).unwrap();
    for _ in 0..2 {
        khomo.db().write(&khomo.ctx_of(Actor::System), |tx| scan::enqueue(tx, &version)).unwrap();
    }
    assert_eq!(khomo.count("job WHERE kind = 'scan'"), 1, "one job, however often it is asked for");
    khomo.work().await;
    assert_eq!(khomo.count("scan_run WHERE table_version_id IS NOT NULL"), 1);
    submit().unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    assert_eq!(khomo.count("finding"), 0);
}

#[actix_web::test]
async fn what_was_never_read_is_read_by_the_recurring_job() {
    let khomo = Khomo::start();
    draft(&khomo, "so-lieu", SMALL).await;
    khomo.work().await;
    khomo.clock.advance(25 * 3600);
    khomo.work().await;
    assert_eq!(khomo.count("scan_run WHERE table_version_id IS NOT NULL"), 1);
}

#[actix_web::test]
async fn findings_stop_the_draft_until_each_is_cleared_with_a_reason() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", "Số CCCD,Xã\n079185012345,Kim Sơn\n").await;
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "findings-open".to_owned()));
    let found = finding(&khomo, &id, detect::Kind::Citizen);
    assert_eq!((found.place.as_deref(), found.count, found.rows.clone()), (Some("Số CCCD"), 1, vec![0]));
    assert_eq!(found.samples, ["079•••••••45"]);
    let editor = khomo.id("editor");
    for (verdict, reason, code) in [
        ("", "x", "finding-verdict-missing"),
        ("aggregate", "x", "finding-verdict-missing"),
        ("confirmed", "x", "finding-verdict-missing"),
        ("false-alarm", "  ", "reason-missing"),
        ("legal-basis", "Theo luật.", "basis-missing"),
        ("false-alarm", "Số 079185012345 là mã bưu kiện.", "reason-personal"),
    ] {
        let got = refusal(judge(&khomo, &editor, &found, verdict, reason));
        assert_eq!(got, (Kind::Invalid, code.to_owned()), "{verdict} {reason}");
    }
    judge(&khomo, &editor, &found, "false-alarm", "Là mã bưu kiện.").unwrap();
    khomo.submit(&id, "editor").unwrap();
    // A decision taken back keeps the draft from the public, approved or not.
    judge(&khomo, &editor, &found, "mask", "").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "approver")), (Kind::Conflict, "findings-open".to_owned()));
    let basis = khomo.app.profile().legal_basis[0].id.clone();
    let judgement = Judgement { verdict: "legal-basis".into(), reason: "Được công khai.".into(), basis };
    khomo.db().write(&khomo.ctx("editor"), |tx| scan::judge(tx, khomo.app.profile(), &found.id, &judgement)).unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    // Published is published.
    assert_eq!(refusal(judge(&khomo, &editor, &found, "mask", "")), (Kind::Conflict, "finding-closed".to_owned()));
}

#[actix_web::test]
async fn the_database_publishes_nothing_with_an_open_finding() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", "Số CCCD,Xã\n079185012345,Kim Sơn\n").await;
    khomo.scan(&id);
    let found = finding(&khomo, &id, detect::Kind::Citizen);
    let editor = khomo.id("editor");
    judge(&khomo, &editor, &found, "false-alarm", "Là mã bưu kiện.").unwrap();
    khomo.submit(&id, "editor").unwrap();
    let verdict = |verdict: &str, at: i64| {
        let id = khomo::kernel::id::fresh();
        khomo
            .raw(&format!(
                "INSERT INTO finding_verdict (id, finding_id, verdict, reason, account_id, at) \
                 VALUES ('{id}', '{}', '{verdict}', '', '{editor}', {at})",
                found.id
            ))
            .unwrap();
    };
    let version = khomo.lines("SELECT id AS line FROM version").remove(0);
    let hash = khomo.lines("SELECT hash AS line FROM decision").remove(0);
    khomo
        .raw(&format!(
            "INSERT INTO decision (id, version_id, step, verdict, account_id, reason, hash, at, seq) \
             VALUES ('d', '{version}', 'approval', 'approved', '{}', 'x', '{hash}', 9, 9)",
            khomo.id("approver")
        ))
        .unwrap();
    let publish = format!(
        "UPDATE version SET state = 'published', number = 1, hash = '{hash}', published_at = 9 WHERE id = '{version}'"
    );
    verdict("remove", khomo.clock.now().0 + 1);
    let error = khomo.raw(&publish).unwrap_err().to_string();
    assert!(error.contains("findings are open"), "{error}");
    khomo.raw(&format!("DELETE FROM finding WHERE id = '{}'", found.id)).unwrap_err();
    khomo.raw("DELETE FROM finding_verdict").unwrap_err();
    khomo.raw("UPDATE finding_verdict SET verdict = 'false-alarm'").unwrap_err();
    verdict("false-alarm", khomo.clock.now().0 + 2);
    khomo.raw("UPDATE dataset SET quarantined_at = 1").unwrap();
    khomo.raw(&publish).unwrap_err();
    khomo.raw("UPDATE dataset SET quarantined_at = NULL").unwrap();
    khomo.raw(&publish).unwrap();
}

#[actix_web::test]
async fn only_the_owners_editors_and_the_coordinator_judge() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", PERSONS).await;
    khomo.scan(&id);
    let found = finding(&khomo, &id, detect::Kind::Citizen);
    for person in ["approver", "stranger", "operator", "auditor", "nobody"] {
        let outcome = judge(&khomo, &khomo.id(person), &found, "remove", "");
        assert_eq!(outcome.unwrap_err().kind(), Kind::Forbidden, "{person}");
        assert_eq!(request(&khomo, &id, person).unwrap_err().kind(), Kind::Forbidden, "{person}");
        assert_eq!(declare(&khomo, &id, person, "Xã").unwrap_err().kind(), Kind::Forbidden, "{person}");
    }
    let police = police(&khomo);
    assert_eq!(judge(&khomo, &police, &found, "remove", "").unwrap_err().kind(), Kind::Forbidden, "only secrets");
    assert_eq!(refusal(request(&khomo, &id, "editor")), (Kind::Conflict, "nothing-to-treat".to_owned()));
    for person in ["editor", "second-editor", "both", "coordinator"] {
        judge(&khomo, &khomo.id(person), &found, "remove", "").unwrap();
    }
    assert_eq!(khomo.count("finding_verdict"), 4);
    assert_eq!(khomo.count("audit_entry WHERE action = 'scan.judge'"), 4);
}

#[actix_web::test]
async fn a_treated_table_is_published_and_its_source_is_nobodys_but_the_agencys() {
    let khomo = Khomo::start();
    let id = treated(&khomo, "ca-nhan").await;
    assert_eq!(khomo.count("treatment"), 1);
    let source = khomo.lines("SELECT source_id AS line FROM treatment").remove(0);
    let open: Vec<_> = findings(&khomo, &id).into_iter().filter(Finding::blocks).collect();
    assert!(open.is_empty(), "{open:?}");
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    let mut reader = khomo.public().await;
    let csv = reader.get("/dataset/ca-nhan/bang.csv").await.text();
    assert!(csv.starts_with("Họ và tên,Ngày sinh,Điện thoại,Xã\n"), "{csv}");
    assert!(csv.contains("T••• T•• H••,1985-02-01,09•••••••8,Kim Sơn"), "{csv}");
    for value in PLANTED {
        assert!(!csv.contains(value), "{value} in {csv}");
        for path in ["/dataset/ca-nhan", "/dataset/ca-nhan?tab=structure", "/dataset/ca-nhan/bang.schema.json"] {
            assert!(!reader.get(path).await.text().contains(value), "{value} at {path}");
        }
    }
    for path in [format!("/internal/tables/{source}/original"), format!("/tables/{source}/data.csv")] {
        assert_eq!(reader.get(&path).await.status, 404, "{path}");
    }
    // The source left the draft: no address of the internal portal leads to it either.
    let mut editor = khomo.signed_in("editor").await;
    assert_eq!(editor.get(&format!("/internal/tables/{source}/original")).await.status, 404);
    assert!(khomo.files().size(&format!("tables/{source}/original")).await.is_ok(), "it is kept");
}

#[actix_web::test]
async fn whoever_treats_a_draft_has_a_part_in_it() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", "Số CCCD,Xã\n079185012345,Kim Sơn\n").await;
    khomo.scan(&id);
    judge(&khomo, &khomo.id("both"), &finding(&khomo, &id, detect::Kind::Citizen), "remove", "").unwrap();
    request(&khomo, &id, "both").unwrap();
    khomo.work().await;
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "both")), (Kind::Forbidden, "own-submission".to_owned()));
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
}

#[actix_web::test]
async fn rows_of_small_groups_go_when_somebody_says_so() {
    let khomo = Khomo::start();
    let rows: String = (0..6).map(|_| "Kim Sơn,30\n").chain(["An Lạc,71\n", "An Lạc,72\n"]).collect();
    let id = draft(&khomo, "nhom", &format!("Xã,Tuổi\n{rows}")).await;
    assert_eq!(refusal(declare(&khomo, &id, "editor", "Huyện")), (Kind::Invalid, "quasi-unknown".to_owned()));
    declare(&khomo, &id, "editor", "Xã\nTuổi\n").unwrap();
    khomo.scan(&id);
    let found = finding(&khomo, &id, detect::Kind::SmallGroup);
    assert_eq!((found.count, found.rows.clone()), (2, vec![6, 7]));
    judge(&khomo, &khomo.id("editor"), &found, "aggregate", "").unwrap();
    request(&khomo, &id, "editor").unwrap();
    khomo.work().await;
    assert_eq!(findings(&khomo, &id).len(), 0);
    khomo.submit(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    let csv = khomo.public().await.get("/dataset/nhom/bang.csv").await.text();
    assert_eq!(csv.lines().count(), 7, "{csv}");
}

#[actix_web::test]
async fn the_words_around_the_data_are_read_too() {
    let khomo = Khomo::start();
    let told = |text: &str| {
        let text = text.to_owned();
        let draft = khomo.dataset("so-lieu").describe(|metadata| metadata.description = vi(&text));
        async move { draft.csv("bang", SMALL).await.import().unwrap().0 }
    };
    let id = told("Liên hệ anh Nam, 0912 345 678.").await;
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "findings-open".to_owned()));
    let found = finding(&khomo, &id, detect::Kind::Phone);
    assert_eq!((found.table.clone(), found.place.clone()), (None, None));
    let editor = khomo.id("editor");
    assert_eq!(
        refusal(judge(&khomo, &editor, &found, "mask", "")).1,
        "finding-verdict-missing",
        "words are mended by hand"
    );
    told("Liên hệ: 0204 3854 321, so-y-te@lacdien.gov.vn.").await;
    khomo.submit(&id, "editor").unwrap();
}

#[actix_web::test]
async fn a_mark_of_a_secret_is_ruled_out_by_the_police_or_the_coordinator_only() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "van-ban", "Số,Trích yếu\n1,MẬT\n2,Báo cáo quý\n").await;
    khomo.scan(&id);
    let (found, police) = (finding(&khomo, &id, detect::Kind::Secret), police(&khomo));
    let reason = "Là tên một loại ô tô.";
    for person in ["editor", "both"] {
        let outcome = judge(&khomo, &khomo.id(person), &found, "false-alarm", reason);
        assert_eq!(refusal(outcome), (Kind::Forbidden, "secret-not-yours".to_owned()), "{person}");
    }
    for person in ["approver", "stranger", "auditor", "operator"] {
        let outcome = judge(&khomo, &khomo.id(person), &found, "confirmed", reason);
        assert_eq!(outcome.unwrap_err().kind(), Kind::Forbidden, "{person}");
    }
    judge(&khomo, &police, &found, "false-alarm", reason).unwrap();
    judge(&khomo, &khomo.id("coordinator"), &found, "false-alarm", reason).unwrap();
    khomo.submit(&id, "editor").unwrap();
    // Those who must know were told.
    khomo.work().await;
    for person in ["editor", "approver", "coordinator"] {
        let notices =
            khomo.count(&format!("notice WHERE event = 'scan-secret' AND account_id = '{}'", khomo.id(person)));
        assert_eq!(notices, 1, "{person}");
    }
    let strangers = format!("notice WHERE event = 'scan-secret' AND account_id = '{}'", khomo.id("stranger"));
    assert_eq!(khomo.count(&strangers), 0);
}

#[actix_web::test]
async fn a_confirmed_secret_takes_the_dataset_out_of_sight() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "van-ban", "Số,Trích yếu\n1,TỐI MẬT\n").await;
    khomo.scan(&id);
    let found = finding(&khomo, &id, detect::Kind::Secret);
    let table = khomo.lines("SELECT table_version_id AS line FROM version_resource").remove(0);
    judge(&khomo, &khomo.id("editor"), &found, "confirmed", "Đúng là văn bản mật.").unwrap();
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "quarantined".to_owned()));
    let original = format!("/internal/tables/{table}/original");
    for (person, status) in
        [("editor", 200), ("approver", 200), ("coordinator", 200), ("auditor", 403), ("stranger", 403)]
    {
        let mut browser = khomo.signed_in(person).await;
        let page = format!("/internal/datasets/{id}");
        assert_eq!(browser.get(&page).await.status, status, "{person}");
        assert_eq!(browser.get(&original).await.status, status, "{person}");
        assert_eq!(browser.get("/internal/datasets").await.text().contains(&page), status == 200, "{person}");
    }
    let lift = |person: &str, reason: &str| {
        khomo.db().write(&khomo.ctx(person), |tx| scan::lift(tx, khomo.app.profile(), &id, reason))
    };
    assert_eq!(refusal(lift("editor", "Đã gỡ.")), (Kind::Forbidden, "secret-not-yours".to_owned()));
    assert_eq!(refusal(lift("coordinator", " ")), (Kind::Invalid, "reason-missing".to_owned()));
    lift("coordinator", "Đã gỡ tệp có bí mật.").unwrap();
    assert_eq!(refusal(lift("coordinator", "Đã gỡ.")), (Kind::Conflict, "not-quarantined".to_owned()));
    assert_eq!(khomo.signed_in("stranger").await.get(&format!("/internal/datasets/{id}")).await.status, 200);
    // The finding is still there: nothing is published by lifting.
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "findings-open".to_owned()));
}

/// A published dataset, and a mark of a secret in it that was ruled out.
async fn cleared(khomo: &Khomo, slug: &str, title: &str) -> (DatasetId, Finding) {
    let table = "Số,Trích yếu\n1,TỐI MẬT\n";
    let (id, _) = khomo.dataset(slug).title(title).csv("bang", table).await.import().unwrap();
    khomo.scan(&id);
    let found = finding(khomo, &id, detect::Kind::Secret);
    judge(khomo, &khomo.id("coordinator"), &found, "false-alarm", "Là tên một loại ô tô.").unwrap();
    khomo.submit(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    (id, found)
}

#[actix_web::test]
async fn whatever_still_tells_of_a_dataset_in_quarantine_leaves_its_title_out() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    let (id, found) = cleared(&khomo, "van-ban", title).await;
    super::release::released(&khomo, "2026-Q2").await;
    let (_, receipt) = super::voice::filed_under(&khomo, "van-ban", "Số 1 ghi sai.");
    let mut reader = khomo.public().await;
    let follow = format!("/bao-loi?code={receipt}");
    let feeds =
        ["/feed.atom", "/dataset/van-ban/feed.atom", "/organization/so-y-te/feed.atom", "/topic/y-te/feed.atom"];
    let pages = feeds.into_iter().chain(["/quy/2026-Q2", "/dataset/van-ban", &follow]);
    let mut paths: Vec<String> = pages.flat_map(|path| [path.to_owned(), format!("/en{path}")]).collect();
    paths.push("/api/v1/datasets/van-ban".to_owned());
    for path in &paths {
        assert!(reader.get(path).await.text().contains(title), "{path}");
    }
    let list = reader.get("/quy/2026-Q2?q=kho+thoc").await;
    assert_eq!(list.texts("#list ~ .framed tbody tr").len(), 1);
    judge(&khomo, &khomo.id("coordinator"), &found, "confirmed", "Đúng là văn bản mật.").unwrap();
    let told = |lang| khomo.app.parts.texts.text(lang, "plan-title-hidden", &[]);
    for (words, found) in [("kho+thoc", 0), ("van-ban", 1)] {
        let list = reader.get(&format!("/quy/2026-Q2?q={words}")).await;
        assert_eq!(list.texts("#list ~ .framed tbody tr").len(), found, "a title that is hidden is not found: {words}");
    }
    for path in &paths {
        let answer = reader.get(path).await;
        let text = answer.text();
        let lang = if path.starts_with("/en/") { Lang::En } else { Lang::Vi };
        assert!(!text.contains(title) && text.contains(&told(lang)), "{path}: {text}");
        if ["feed", "/quy/", "/bao-loi"].iter().any(|part| path.contains(part)) {
            assert_eq!(answer.status, 200, "{path}");
        } else {
            assert_eq!(answer.status, 410, "{path}");
        }
    }
    let lift = |tx: &mut Tx<'_>| scan::lift(tx, khomo.app.profile(), &id, "Đã gỡ tệp có bí mật.");
    khomo.db().write(&khomo.ctx("coordinator"), lift).unwrap();
    for path in &paths {
        assert!(reader.get(path).await.text().contains(title), "{path}");
    }
}

#[actix_web::test]
async fn a_secret_that_is_confirmed_while_an_update_is_written_is_public_no_more() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    let (id, found) = cleared(&khomo, "van-ban", title).await;
    let begun = |tx: &mut Tx<'_>| dataset::draft::begin(tx, khomo.app.profile(), &id);
    khomo.db().write(&khomo.ctx("editor"), begun).unwrap();
    judge(&khomo, &khomo.id("coordinator"), &found, "confirmed", "Đúng là văn bản mật.").unwrap();
    let mut reader = khomo.public().await;
    for path in ["/dataset/van-ban", "/api/v1/datasets/van-ban"] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 410, "{path}");
        assert!(!answer.text().contains(title), "{path}");
    }
    // Nor do lists of the internal portal name it to other agencies.
    let mut stranger = khomo.signed_in("stranger").await;
    let answer = stranger.get(&format!("/internal/reports?dataset={id}")).await;
    assert!(answer.status >= 400 && !answer.text().contains(title), "{}", answer.status);
}

#[actix_web::test]
async fn pages_that_name_what_was_never_published_follow_a_quarantine_at_once() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    let id = draft(&khomo, "kho-thoc", "Số,Trích yếu\n1,TỐI MẬT\n").await;
    khomo.scan(&id);
    let plan = super::plan::consulted(&khomo, 2026);
    super::plan::entered(&khomo, "coordinator", &plan, title, "kho-thoc");
    super::plan::carried_out(&khomo, &plan).await;
    let mut reader = khomo.public().await;
    let paths = ["/ke-hoach-du-lieu-mo", "/ke-hoach-du-lieu-mo/2026", "/ke-hoach-du-lieu-mo/2026.csv"];
    for path in paths {
        assert!(reader.get(path).await.text().contains(title), "{path}");
    }
    let before = reader.get(paths[2]).await.header("etag").map(str::to_owned);
    let found = finding(&khomo, &id, detect::Kind::Secret);
    judge(&khomo, &khomo.id("editor"), &found, "confirmed", "Đúng là văn bản mật.").unwrap();
    for path in paths {
        assert!(!reader.get(path).await.text().contains(title), "{path}");
    }
    let confined = reader.get(paths[2]).await.header("etag").map(str::to_owned);
    assert!(before.is_none() || before != confined, "no cache keeps the file");
    let lift = |tx: &mut Tx<'_>| scan::lift(tx, khomo.app.profile(), &id, "Đã gỡ tệp có bí mật.");
    khomo.db().write(&khomo.ctx("coordinator"), lift).unwrap();
    for path in paths {
        assert!(reader.get(path).await.text().contains(title), "{path}");
    }
}

#[actix_web::test]
async fn the_log_shows_auditors_that_something_is_in_quarantine_and_not_what_it_is_called() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    let (id, found) = cleared(&khomo, "van-ban", title).await;
    khomo.dataset("khac").title("Danh sách khác").publish().await;
    let list = format!("/internal/audit?object={id}");
    let file = "/internal/audit.csv";
    let published = "SELECT CAST(seq AS TEXT) AS line FROM audit_entry WHERE action = 'dataset.publish' ORDER BY seq";
    let entry = format!("/internal/audit/{}", khomo.lines(published)[0]);
    let mut auditor = khomo.signed_in("auditor").await;
    for path in [list.as_str(), &entry, file] {
        assert!(auditor.get(path).await.text().contains(title), "{path}");
    }
    judge(&khomo, &khomo.id("coordinator"), &found, "confirmed", "Đúng là văn bản mật.").unwrap();
    for (person, sees) in [("auditor", false), ("operator", false), ("coordinator", true)] {
        let mut browser = khomo.signed_in(person).await;
        for path in [list.as_str(), &entry, file] {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, 200, "{person} at {path}");
            let text = answer.text();
            assert_eq!(text.contains(title), sees, "{person} at {path}");
            assert!(text.contains(id.as_str()), "{person} at {path}");
            assert_eq!(text.contains("Đúng là văn bản mật."), sees && path != entry, "{person} at {path}");
        }
        assert!(browser.get(file).await.text().contains("Danh sách khác"), "{person}");
    }
}

#[actix_web::test]
async fn nothing_that_is_written_down_holds_a_value_unmasked() {
    let khomo = Khomo::start();
    treated(&khomo, "ca-nhan").await;
    for sql in [
        "SELECT detail AS line FROM audit_entry",
        "SELECT samples || row_numbers AS line FROM finding",
        "SELECT reason AS line FROM finding_verdict",
        "SELECT args AS line FROM notice",
        "SELECT payload || COALESCE(last_failure, '') AS line FROM job",
    ] {
        for line in khomo.lines(sql) {
            for value in PLANTED {
                assert!(!line.contains(value), "{value} in {line}");
            }
        }
    }
    assert!(khomo.count("finding") > 3);
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

/// A table of many persons, the first one with this telephone, and one row whose birth date is an identity number.
fn persons(phone: &str) -> String {
    let row = |n: u64| {
        let phone = if n == 0 { phone.to_owned() } else { format!("09871{:05}", n * 37) };
        format!(
            "0791850{:05},Trần Thị {},{:02}/02/1985,{phone},Kim Sơn\n",
            10_000 + n * 71,
            ["Hoa", "Lan"][n as usize % 2],
            n % 28 + 1
        )
    };
    let rows: String = (0..60).map(row).collect();
    format!("Số CCCD,Họ và tên,Ngày sinh,Điện thoại,Xã\n{rows}036085012347,Lê Văn Tám,079185012345,0912345678,An Lạc\n")
}

/// What stands in two tables of [`persons`] and must stand nowhere else.
fn is_raw(text: &str) -> Option<String> {
    let digits = |from: &str, all: usize| {
        let found = text.match_indices(from).map(|(at, _)| &text[at..]);
        let long = |rest: &&str| rest.bytes().take(all).filter(u8::is_ascii_digit).count() == all;
        found.filter(long).map(|rest| rest[..all].to_owned()).next()
    };
    let names = ["Trần Thị", "Lê Văn Tám", "079185012345", "036085012347", "0912345678", "912345678"];
    let named = names.into_iter().find(|name| text.contains(name)).map(str::to_owned);
    named.or_else(|| digits("0791850", 12)).or_else(|| digits("09871", 10)).or_else(|| digits("0355", 10))
}

#[actix_web::test]
async fn what_was_found_stands_nowhere_but_in_the_files_of_its_table() {
    let khomo = Khomo::start();
    let basis = khomo.app.profile().legal_basis[0].id.clone();
    let clear = |id: &DatasetId| {
        khomo.scan(id);
        for found in findings(&khomo, id) {
            let reason = "Được công khai.".to_owned();
            let judgement = Judgement { verdict: "legal-basis".into(), reason, basis: basis.clone() };
            let judged = khomo
                .db()
                .write(&khomo.ctx("editor"), |tx| scan::judge(tx, khomo.app.profile(), &found.id, &judgement));
            judged.unwrap();
        }
    };
    let id = draft(&khomo, "ca-nhan", &persons("0355123456")).await;
    assert!(khomo.lines("SELECT report AS line FROM table_version").iter().any(|report| is_raw(report).is_some()));
    clear(&id);
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));

    // The next state comes in through the portal.
    let mut editor = khomo.signed_in("editor").await;
    editor.get(&format!("/internal/datasets/{id}")).await;
    assert_eq!(editor.post(&format!("/internal/datasets/{id}/draft"), &[]).await.status, 303);
    editor.get(&format!("/internal/datasets/{id}/edit/tables")).await;
    let resource = khomo.lines("SELECT id AS line FROM resource").remove(0);
    let sent = editor
        .post_file(
            &format!("/internal/datasets/{id}/upload"),
            &[("resource", &resource), ("declared", "1")],
            "moi.csv",
            persons("0355123499").as_bytes(),
        )
        .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    khomo.work().await;
    clear(&id);
    khomo.submit(&id, "editor").unwrap();
    khomo.work().await;

    let tables = khomo.lines("SELECT id AS line FROM table_version ORDER BY created_at, id");
    assert_eq!(tables.len(), 2);
    let own =
        |name: &str| ["original", "data.parquet", "data.csv", "set-aside.ndjson"].iter().any(|f| name.ends_with(f));
    let mut compared = Vec::new();
    for folder in ["tables", "uploads", "incoming"] {
        let listed = khomo.files().list(folder).await.unwrap();
        compared.extend(listed.into_iter().map(|(name, _)| name).filter(|name| !own(name)));
    }
    assert_eq!(compared.len(), 1, "the comparison alone: {compared:?}");
    let detail = table::diff::Detail::open(khomo.files(), &compared[0]).await.unwrap();
    assert_eq!(is_raw(&serde_json::to_string(detail.summary()).unwrap()), None);
    let mut cells = Vec::new();
    for kind in table::diff::ChangeKind::ALL {
        for row in detail.page(kind, 0, 100).await.unwrap() {
            cells.extend(row.cells.iter().flat_map(|cell| [cell.before.clone(), cell.after.clone()]).flatten());
        }
    }
    assert!(!cells.is_empty() && cells.iter().all(|cell| is_raw(cell).is_none()), "{cells:?}");
    assert!(cells.iter().any(|cell| cell.contains('•')) && cells.iter().any(|cell| cell == "Kim Sơn"), "{cells:?}");

    for (table, row) in khomo.everything() {
        assert_eq!(is_raw(&row), None, "in {table}: {row}");
    }
    let reports = khomo.lines("SELECT report AS line FROM table_version");
    assert!(reports.iter().all(|report| report.contains('•') && report.contains("Kim Sơn")), "the rest stays");
}

#[actix_web::test]
async fn the_same_masked_comparison_has_the_same_bytes_and_tells_which_cells_changed() {
    let khomo = Khomo::start();
    let version = |csv: &str| format!("Mã,Số CCCD\nA,{csv}\nB,036085012347\n");
    let id = draft(&khomo, "ca-nhan", &version("079185012345")).await;
    khomo.scan(&id);
    let judge_all = || {
        for found in findings(&khomo, &id).into_iter().filter(Finding::blocks) {
            judge(&khomo, &khomo.id("editor"), &found, "false-alarm", "Là mã bưu kiện.").unwrap();
        }
    };
    judge_all();
    khomo.submit(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    // Both numbers look alike once masked.
    khomo.dataset("ca-nhan").csv("bang", &version("079185098745")).await.import().unwrap();
    let tables: Vec<_> = [0, 1]
        .map(|at| {
            let id = khomo.lines("SELECT id AS line FROM table_version ORDER BY id").remove(at);
            khomo.db().read(|conn| table::by_id(conn, &TableVersionId::parse(&id).unwrap())).unwrap()
        })
        .into();
    let key = ["ma".to_owned()];
    let ask = || khomo.db().write(&khomo.ctx("editor"), |tx| review::request_rows(tx, &tables[0], &tables[1], &key));
    let now = |at: usize| khomo.db().read(|conn| table::by_id(conn, &tables[at].id)).unwrap();
    let mut made = Vec::new();
    for _ in 0..2 {
        ask().unwrap();
        khomo.work().await;
        let listed = khomo.files().list("tables").await.unwrap();
        let name = listed.into_iter().map(|(name, _)| name).find(|name| name.contains("/diff-")).unwrap();
        let bytes: Vec<Bytes> = khomo.files().get(&name, None).await.unwrap().try_collect().await.unwrap();
        let rows = review::rows_of(khomo.db(), khomo.files(), &now(0), &now(1), &key).await.unwrap();
        let review::Rows::Ready(detail) = rows else { panic!("{rows:?}") };
        let changed = detail.page(table::diff::ChangeKind::Changed, 0, 9).await.unwrap();
        assert_eq!(changed.len(), 1);
        let cell = &changed[0].cells[1];
        assert_eq!((cell.before.as_deref(), cell.changed), (Some("079•••••••45"), true));
        assert_eq!(cell.after, cell.before);
        table::diff::forget(khomo.files(), &tables[1].id).await.unwrap();
        made.push((name, bytes.concat()));
    }
    assert_eq!(made[0], made[1]);
}

#[actix_web::test]
async fn the_page_shows_masked_values_and_takes_verdicts() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", PERSONS).await;
    let page = format!("/internal/datasets/{id}/findings");
    let mut editor = khomo.signed_in("editor").await;
    assert!(editor.get(&page).await.text().contains("đang chờ đọc"), "before the scan");
    khomo.scan(&id);
    let answer = editor.get(&page).await;
    assert_eq!(answer.status, 200);
    for at in [page.clone(), format!("/internal/datasets/{id}")] {
        let text = editor.get(&at).await.text();
        for value in PLANTED {
            assert!(!text.contains(value), "{value} at {at}");
        }
    }
    assert!(answer.text().contains("079•••••••45"));
    let found = finding(&khomo, &id, detect::Kind::Citizen);
    let address = format!("/internal/findings/{}/verdict", found.id);
    editor.get(&page).await;
    let wrong = editor.post(&address, &[("verdict", "false-alarm"), ("reason", ""), ("basis", "")]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.attribute("input[value=false-alarm][checked]", "name").as_deref(), Some("verdict"), "kept");
    assert_eq!(wrong.attributes("#reason", "name"), ["reason"], "the summary leads to the field");
    let right = editor.post(&address, &[("verdict", "remove"), ("reason", ""), ("account_id", "x")]).await;
    assert_eq!(right.status, 303);
    let treat = editor.post(&format!("/internal/datasets/{id}/treatment"), &[]).await;
    assert_eq!(treat.status, 303);
    khomo.work().await;
    let after = editor.get(&page).await.text();
    assert!(!after.contains("079•••••••45"), "the column is gone");
    for person in ["auditor", "stranger", "operator"] {
        let mut other = khomo.signed_in(person).await;
        assert_eq!(other.get(&page).await.status, 403, "{person}");
        other.get("/internal/account").await;
        let posted = other.post(&address, &[("verdict", "remove")]).await;
        assert!([403, 404].contains(&posted.status), "{person}: {}", posted.status);
    }
}

#[actix_web::test]
async fn what_was_cleared_stays_cleared_in_a_treated_table() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "ca-nhan", "Số CCCD,Điện thoại\n079185012345,0912345678\n036085012347,0355123456\n").await;
    khomo.scan(&id);
    let editor = khomo.id("editor");
    judge(&khomo, &editor, &finding(&khomo, &id, detect::Kind::Citizen), "remove", "").unwrap();
    judge(&khomo, &editor, &finding(&khomo, &id, detect::Kind::Phone), "false-alarm", "Máy của trạm.").unwrap();
    request(&khomo, &id, "editor").unwrap();
    khomo.work().await;
    khomo.submit(&id, "editor").unwrap();
    let phone = finding(&khomo, &id, detect::Kind::Phone);
    assert_eq!(phone.given.unwrap().reason, "Máy của trạm.");
}
