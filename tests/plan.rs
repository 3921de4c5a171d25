//! The open-data catalogue: written, submitted, issued by two persons with a signed file, compared, taken along as a file; the marks of
//! datasets that follow it; and the plan of a year, from its draft to its end.

use khomo::cycle::ConfirmForm;
use khomo::kernel::id::{CatalogueEntryId, CatalogueIssueId, DatasetId, PlanId, PlanItemId};
use khomo::kernel::{Kind, PageRequest, Result};
use khomo::plan::catalogue::{self, EntryForm, PostingForm, RemovalForm};
use khomo::plan::decision::{self, Attached, DecisionForm};
use khomo::plan::yearly::{self, ItemForm, SettleForm};
use khomo::platform::db::Tx;

use crate::records::sheet;
use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL, SMALL};

const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
const DAY: i64 = 24 * 3600;
/// The least that begins and ends as a PDF.
pub const PDF: &[u8] = b"%PDF-1.4\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n";

/// How the catalogue was reviewed.
const CHECKED: &str = "Đối chiếu với sổ đăng ký dữ liệu của các cơ quan.";

/// Makes a second person of the coordinating department of somebody who holds no role.
pub fn second_coordinator(khomo: &Khomo) {
    let row = format!("('{}', '{}', 'coordinator', '2026-01-01', NULL, NULL)", khomo.id("nobody"), khomo.agency(AWAY));
    khomo
        .raw(&format!(
            "INSERT INTO account_role (account_id, agency_id, role, valid_from, valid_to, deputy_for) VALUES {row}"
        ))
        .unwrap();
}

/// The role that [`second_coordinator`] gave ends.
fn no_second_coordinator(khomo: &Khomo) {
    khomo.raw(&format!("DELETE FROM account_role WHERE account_id = '{}'", khomo.id("nobody"))).unwrap();
}

pub async fn signed(khomo: &Khomo) -> Attached {
    let path = khomo.folder().join("quyet-dinh.pdf");
    std::fs::write(&path, PDF).unwrap();
    decision::attach(khomo.files(), &path, "quyet-dinh.pdf").await.unwrap()
}

pub fn decided(number: &str) -> DecisionForm {
    DecisionForm {
        number: number.to_owned(),
        decided_on: "01/09/2026".to_owned(),
        signer: "Trần Quang Vinh".to_owned(),
        confirmed: "1".to_owned(),
    }
}

fn intended(title: &str, seen: &str) -> EntryForm {
    EntryForm {
        title: title.to_owned(),
        agency: HOME.to_owned(),
        topic: "y-te".to_owned(),
        frequency: "yearly".to_owned(),
        sharing: "service".to_owned(),
        seen: seen.to_owned(),
        ..EntryForm::default()
    }
}

fn mark(khomo: &Khomo, id: &CatalogueIssueId) -> String {
    khomo.db().read(|conn| catalogue::by_id(conn, id)).unwrap().mark()
}

/// A draft with something that is only intended; what the one in force lists of the kind left with a reason.
pub fn drafted(khomo: &Khomo) -> CatalogueIssueId {
    let profile = khomo.app.profile();
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            let id = catalogue::draft_issue(tx, profile, true)?;
            for entry in catalogue::entries(tx.conn(), &id)?.iter().filter(|entry| entry.dataset_id.is_none()) {
                let form = RemovalForm {
                    entry: entry.entry_id.to_string(),
                    reason: "Không còn thu thập.".to_owned(),
                    seen: catalogue::by_id(tx.conn(), &id)?.mark(),
                };
                catalogue::remove_entry(tx, profile, &id, &form)?;
            }
            let seen = catalogue::by_id(tx.conn(), &id)?.mark();
            catalogue::save_entry(tx, profile, &id, &intended(&format!("Dự kiến {id}"), &seen))?;
            Ok(id)
        })
        .unwrap()
}

/// An issue in force of all that is published, entered by another person than the submitter.
pub async fn issued(khomo: &Khomo) -> CatalogueIssueId {
    let id = drafted(khomo);
    put_in_force(khomo, &id).await;
    posted(khomo, &id, "02/09/2026", "https://data.example/danh-muc").unwrap();
    id
}

/// Signs that nothing of the catalogue in force is to change, as it stands.
pub fn reviewed(khomo: &Khomo, person: &str) -> Result<()> {
    let now = khomo.clock.now();
    let shown = khomo.db().read(|conn| catalogue::reviewable(conn, khomo.app.profile(), now)).unwrap();
    review_of(khomo, person, &shown.map(|shown| shown.mark()).unwrap_or_default())
}

/// The same, as it stood under a mark.
fn review_of(khomo: &Khomo, person: &str, seen: &str) -> Result<()> {
    let form = ConfirmForm { checked: CHECKED.to_owned(), declared: "1".to_owned(), counted: seen.to_owned() };
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx(person), |tx| catalogue::confirm_review(tx, profile, &form)).map(drop)
}

/// The reviews of the catalogue, each with the day from which it counts, that by which it is due, and how it ended.
fn reviews(khomo: &Khomo) -> Vec<String> {
    khomo.lines(
        "SELECT turn || ' ' || due_on || COALESCE(' ' || ended_how, '') || CASE WHEN late THEN ' late' ELSE '' END \
         AS line FROM duty WHERE kind = 'catalogue-review' ORDER BY turn",
    )
}

/// Has a draft submitted, and its decision entered by another person.
pub async fn put_in_force(khomo: &Khomo, id: &CatalogueIssueId) {
    submitted(khomo, id).unwrap();
    second_coordinator(khomo);
    let (attached, form, profile) = (signed(khomo).await, decided("12/QĐ-UBND"), khomo.app.profile());
    khomo.db().write(&khomo.ctx("nobody"), |tx| catalogue::issue(tx, profile, id, &form, Ok(attached))).unwrap();
    no_second_coordinator(khomo);
}

/// Enters an entry of a draft, or changes one.
fn saved(khomo: &Khomo, id: &CatalogueIssueId, form: EntryForm) -> Result<()> {
    let form = EntryForm { seen: mark(khomo, id), ..form };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::save_entry(tx, khomo.app.profile(), id, &form))
}

fn posted(khomo: &Khomo, id: &CatalogueIssueId, day: &str, address: &str) -> Result<()> {
    let form = PostingForm { posted_on: day.to_owned(), address: address.to_owned(), note: "Đủ mục.".to_owned() };
    let write =
        khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::record_posting(tx, khomo.app.profile(), id, &form));
    write.map(drop)
}

/// The entry of a dataset in an issue.
fn entry_of(khomo: &Khomo, id: &CatalogueIssueId, dataset: &DatasetId) -> Option<CatalogueEntryId> {
    let entries = khomo.db().read(|conn| catalogue::entries(conn, id)).unwrap();
    entries.into_iter().find(|entry| entry.dataset_id.as_ref() == Some(dataset)).map(|entry| entry.entry_id)
}

/// Takes the entry of a dataset out of a draft.
pub fn taken_out(khomo: &Khomo, id: &CatalogueIssueId, dataset: &DatasetId, reason: &str) -> Result<()> {
    let form = RemovalForm {
        entry: entry_of(khomo, id, dataset).unwrap().to_string(),
        reason: reason.to_owned(),
        seen: mark(khomo, id),
    };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::remove_entry(tx, khomo.app.profile(), id, &form))
}

fn added(khomo: &Khomo, id: &CatalogueIssueId, dataset: &DatasetId) -> usize {
    let (seen, these) = (mark(khomo, id), std::slice::from_ref(dataset));
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::add_datasets(tx, profile, id, &seen, these)).unwrap()
}

fn submitted(khomo: &Khomo, id: &CatalogueIssueId) -> Result<()> {
    let seen = mark(khomo, id);
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::submit(tx, khomo.app.profile(), id, &seen))
}

fn quarantined(khomo: &Khomo, slug: &str, on: bool) {
    let at = if on { "1" } else { "NULL" };
    khomo.raw(&format!("UPDATE dataset SET quarantined_at = {at} WHERE slug = '{slug}'")).unwrap();
    // Public pages are kept by revision, which raw SQL does not raise.
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            tx.changed("catalogue", slug);
            Ok(())
        })
        .unwrap();
}

fn marked(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT slug AS line FROM dataset WHERE in_catalogue ORDER BY slug")
}

async fn page(browser: &mut Browser, path: &str) -> String {
    let answer = browser.visit(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    assert_clean(path, &answer.text(), &OWN);
    answer.text()
}

#[actix_web::test]
async fn a_catalogue_is_written_submitted_and_issued_by_two_persons_and_the_marks_follow_it() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    khomo.dataset("nha-thuoc").title("Danh sách nhà thuốc").publish().await;
    khomo.raw("UPDATE dataset SET in_catalogue = (slug = 'nha-thuoc')").unwrap();
    second_coordinator(&khomo);
    let mut first = khomo.signed_in("coordinator").await;
    page(&mut first, "/internal/open-data").await;
    let begun = first.post("/internal/open-data/catalogue", &[]).await;
    assert_eq!(begun.status, 303, "{}", begun.text());
    let path = begun.header("location").unwrap().to_owned();
    // What is published beyond it is offered; one is taken in, one is only intended.
    let draft = page(&mut first, &path).await;
    assert!(draft.contains("Danh sách trạm y tế") && draft.contains("Danh sách nhà thuốc"));
    let seen = first.get(&path).await.attribute("input[name=seen]", "value").unwrap();
    let id = khomo.lines("SELECT id AS line FROM dataset WHERE slug = 'tram-y-te'").remove(0);
    let pick = format!("pick-{id}");
    let late = first.post(&format!("{path}/additions"), &[("seen", "0"), (pick.as_str(), "1")]).await;
    assert_eq!((late.status, late.attributes("input[checked]", "name")), (409, vec![pick.clone()]), "the tick is kept");
    let added = first.post(&format!("{path}/additions"), &[("seen", seen.as_str()), (pick.as_str(), "1")]).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let form = format!("{path}/entry");
    page(&mut first, &form).await;
    let fields = [
        ("title", "Lịch trực cấp cứu"),
        ("agency", HOME),
        ("topic", "y-te"),
        ("frequency", "monthly"),
        ("sharing", "service"),
    ];
    // A form that was shown before the last change loses nothing and changes nothing.
    let stale: Vec<_> = fields.into_iter().chain([("seen", seen.as_str())]).collect();
    let refused = first.post(&form, &stale).await;
    assert_eq!(refused.status, 409);
    assert_eq!(refused.attribute("#title", "value").as_deref(), Some("Lịch trực cấp cứu"));
    let seen = refused.attribute("input[name=seen]", "value").unwrap();
    let fresh: Vec<_> = fields.into_iter().chain([("seen", seen.as_str())]).collect();
    assert_eq!(first.post(&form, &fresh).await.status, 303);
    let wrong = first.post(&form, &[("seen", "3"), ("dataset", "khong-co")]).await;
    assert_eq!(wrong.status, 422);
    let seen = wrong.attribute("input[name=seen]", "value").unwrap();
    let twice = [("dataset", "https://x.example/dataset/tram-y-te"), ("sharing", "file"), ("seen", seen.as_str())];
    assert_eq!(first.post(&form, &twice).await.status, 409, "it is listed");
    assert_eq!(first.post(&format!("{path}/submission"), &[("seen", seen.as_str())]).await.status, 303);
    // Whoever submitted does not enter the decision, and nothing changes any more.
    let waiting = page(&mut first, &path).await;
    assert!(!waiting.contains("name=\"file\""));
    let fields =
        [("number", "12/QĐ-UBND"), ("decided_on", "01/09/2026"), ("signer", "Trần Quang Vinh"), ("confirmed", "1")];
    let decide = format!("{path}/decision");
    assert_eq!(first.post_file(&decide, &fields, "qd.pdf", PDF).await.status, 403);
    let late = first.post(&form, &fresh).await;
    assert_eq!(late.status, 409);
    assert_clean("an entry that came too late", &late.text(), &OWN);
    assert!(
        late.texts("section[aria-labelledby=unsent]").concat().contains("Lịch trực cấp cứu"),
        "nothing typed is lost"
    );
    let mut second = khomo.signed_in("nobody").await;
    page(&mut second, &path).await;
    let ahead = [("number", "12/QĐ-UBND"), ("decided_on", "01/01/2027"), ("signer", "x"), ("confirmed", "1")];
    for (fields, name, bytes) in [
        (&fields[..], "qd.pdf", &b"<html>not a PDF</html>"[..]),
        (&fields[..], "qd.pdf", &b""[..]),
        (&fields[..3], "qd.pdf", PDF),
        (&ahead[..], "qd.pdf", PDF),
    ] {
        let refused = second.post_file(&decide, fields, name, bytes).await;
        assert_eq!(refused.status, 422, "{fields:?} {name}");
        assert_eq!(refused.attribute("#number", "value").as_deref(), Some("12/QĐ-UBND"), "nothing typed is lost");
    }
    assert_eq!((khomo.count("signed_decision"), marked(&khomo)), (0, vec!["nha-thuoc".to_owned()]));
    let issued = second.post_file(&decide, &fields, "qd 12.pdf", PDF).await;
    assert_eq!(issued.status, 303, "{}", issued.text());
    assert_eq!(marked(&khomo), ["tram-y-te"], "the issue in force is the one truth");
    assert_eq!(khomo.count("audit_entry WHERE action = 'dataset.catalogue'"), 2);
    assert_eq!(khomo.count("change WHERE object_kind = 'catalogue'"), 1);
    assert_eq!(khomo.count("job WHERE kind = 'announcement' AND payload LIKE '%catalogue-issued%'"), 1);
    let file = khomo.dataset("moi").publish().await;
    assert_eq!(khomo.count(&format!("dataset WHERE id = '{file}' AND in_catalogue")), 1, "the kit marks what it makes");
    // The database holds the same: no change of what was issued, no decision by the submitter.
    for sql in [
        "UPDATE catalogue_entry SET title_vi = 'x'",
        "DELETE FROM catalogue_entry",
        "UPDATE signed_decision SET number = 'x'",
        "DELETE FROM catalogue_issue",
        "UPDATE catalogue_issue SET recorded_by = submitted_by",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

/// Published datasets as rows alone, all with the version of one that is there.
fn published_rows(khomo: &Khomo, like: &str, count: usize) {
    let version =
        khomo.lines(&format!("SELECT current_version_id AS line FROM dataset WHERE slug = '{like}'")).remove(0);
    let agency = khomo.agency(HOME);
    let row = |number: usize| {
        let id = DatasetId::fresh();
        format!(
            "('{id}', 'bo-{number}', '{agency}', 'published', FALSE, 'Bộ {number:03}', 'y-te', 'yearly', 'bo {number:03}', \
             1, '{version}', 1, 1, 1)"
        )
    };
    let rows: Vec<String> = (1..=count).map(row).collect();
    khomo
        .raw(&format!(
            "INSERT INTO dataset (id, slug, agency_id, state, in_catalogue, title_vi, topic, frequency, search_text, \
             updated_at, current_version_id, created_at, published_at, counts_from) VALUES {}",
            rows.join(", ")
        ))
        .unwrap();
}

#[actix_web::test]
async fn a_draft_says_how_many_datasets_it_does_not_offer_yet_and_its_search_narrows_them() {
    let khomo = Khomo::start();
    let listed = khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    published_rows(&khomo, "tram-y-te", 203);
    let profile = khomo.app.profile();
    let begun = |tx: &mut Tx<'_>| catalogue::draft_issue(tx, profile, false);
    let id = khomo.db().write(&khomo.ctx("coordinator"), begun).unwrap();
    added(&khomo, &id, &listed);
    let path = format!("/internal/open-data/catalogue/{id}");
    let mut browser = khomo.signed_in("coordinator").await;
    let offered = |answer: &Answer| answer.attributes("input[name^=pick-]", "name");
    let draft = browser.visit(&path).await;
    assert_clean("a draft that offers much", &draft.text(), &OWN);
    assert_eq!(offered(&draft).len(), 200);
    assert!(draft.texts("section[aria-labelledby=beyond]").concat().contains("Còn 3 bộ dữ liệu nữa"));
    // Those that come last by title are found by their words, and what is in quarantine by none.
    quarantined(&khomo, "bo-202", true);
    let narrowed = browser.visit(&format!("{path}?q=b%E1%BB%99+20")).await;
    assert_clean("a draft that was searched", &narrowed.text(), &OWN);
    let beyond = narrowed.texts("section[aria-labelledby=beyond]").concat();
    for (title, there) in [("Bộ 019", false), ("Bộ 200", true), ("Bộ 202", false), ("Bộ 203", true)] {
        assert_eq!(beyond.contains(title), there, "{title}: {beyond}");
    }
    assert!(!beyond.contains("bộ dữ liệu nữa"), "{beyond}");
    // A tick that was refused is shown under the same search, and one that was taken leads back to it.
    let pick = offered(&narrowed).pop().unwrap();
    let additions = format!("{path}/additions");
    let late = browser.post(&additions, &[("seen", "0"), ("q", "bộ 20"), (pick.as_str(), "1")]).await;
    assert_eq!((late.status, late.attributes("input[checked]", "name")), (409, vec![pick.clone()]));
    assert_eq!(late.attribute("form[action$='/additions'] input[name=q]", "value").as_deref(), Some("bộ 20"));
    let seen = mark(&khomo, &id);
    let taken = browser.post(&additions, &[("seen", seen.as_str()), ("q", "bộ 20"), (pick.as_str(), "1")]).await;
    assert_eq!(taken.status, 303, "{}", taken.text());
    let there = browser.follow(taken).await;
    assert!(there.path.contains("q="), "{}", there.path);
    assert!(!offered(&there).contains(&pick));
    assert!(browser.get(&path).await.text().contains("Còn 1 bộ dữ liệu nữa"));
}

#[actix_web::test]
async fn a_review_of_the_catalogue_is_done_on_the_day_of_the_decision_however_late_that_is_entered() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    khomo.dataset("so-lieu").publish().await;
    issued(&khomo).await;
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01"], "six months after the decision");
    // Decided on the last day, entered two days later.
    khomo.clock.advance(180 * 86_400);
    assert_eq!(khomo.app.today().to_string(), "2027-03-03");
    let next = drafted(&khomo);
    submitted(&khomo, &next).unwrap();
    second_coordinator(&khomo);
    let form = DecisionForm { decided_on: "01/03/2027".to_owned(), ..decided("14/QĐ-UBND") };
    let attached = signed(&khomo).await;
    khomo.db().write(&khomo.ctx("nobody"), |tx| catalogue::issue(tx, profile, &next, &form, Ok(attached))).unwrap();
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01 issued", "2027-03-01 2027-09-01"]);
    let at = khomo.lines("SELECT CAST(ended_at AS TEXT) AS line FROM duty WHERE ended_how = 'issued'").remove(0);
    let at = khomo::kernel::Timestamp(at.parse().unwrap());
    assert_eq!(at.date(profile.province.timezone_minutes).to_string(), "2027-03-01");
}

#[actix_web::test]
async fn a_review_that_finds_nothing_to_change_is_signed_and_the_next_one_counts_from_it() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let id = issued(&khomo).await;
    khomo.clock.advance(171 * DAY);
    assert_eq!(khomo.app.today().to_string(), "2027-02-22");
    let mut browser = khomo.signed_in("coordinator").await;
    let place = browser.get("/internal/duties").await.attributes("a[href='/internal/open-data#review']", "href");
    assert!(!place.is_empty(), "the duty leads to where it is done");
    let shown = browser.visit("/internal/open-data").await;
    assert_clean("a review to be signed", &shown.text(), &OWN);
    let counted = shown.attribute("input[name=counted]", "value").unwrap();
    let post = "/internal/open-data/review";
    let wrong = browser.post(post, &[("checked", "Đã xem"), ("counted", counted.as_str())]).await;
    assert_eq!((wrong.status, wrong.texts("textarea#checked")), (422, vec!["Đã xem".to_owned()]));
    assert_eq!(wrong.attributes("#errors a", "href"), ["#checked", "#declared"]);
    // It is shown before it is signed, and may be changed.
    let fields = [("checked", CHECKED), ("declared", "1"), ("counted", counted.as_str())];
    let preview = browser.post(post, &fields).await;
    assert_eq!(preview.status, 200);
    assert_clean("a review before it is signed", &preview.text(), &OWN);
    assert!(preview.texts("blockquote").concat().contains(CHECKED) && preview.text().contains("Người coordinator"));
    let back = browser.post(post, &[fields[0], fields[1], fields[2], ("confirmed", "edit")]).await;
    assert_eq!((back.status, back.texts("textarea#checked")), (200, vec![CHECKED.to_owned()]));
    let stale = browser.post(post, &[fields[0], fields[1], ("counted", "1/2026-08-01"), ("confirmed", "1")]).await;
    assert_eq!((stale.status, khomo.count("catalogue_review")), (409, 0));
    let sign = [fields[0], fields[1], fields[2], ("confirmed", "1")];
    let signed = browser.post(post, &sign).await;
    assert_eq!(signed.status, 303, "{}", signed.text());
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01 reviewed", "2027-02-22 2027-08-23"]);
    assert_eq!(khomo.count("audit_entry WHERE action = 'catalogue.review'"), 1);
    // Where it is read: on both pages inside by whom and how, in public the day alone.
    for path in ["/internal/open-data".to_owned(), format!("/internal/open-data/catalogue/{id}")] {
        let text = page(&mut browser, &path).await;
        assert!(text.contains(CHECKED) && text.contains("Người coordinator"), "{path}");
    }
    let mut reader = khomo.public().await;
    let told = page(&mut reader, "/danh-muc-du-lieu-mo").await;
    assert!(told.contains("22/02/2027") && told.contains("23/08/2027") && !told.contains(CHECKED));
    // Once a day is enough, and nothing typed is lost.
    let again = browser.post(post, &sign).await;
    assert_eq!((again.status, khomo.count("catalogue_review")), (409, 1));
    assert!(again.texts("section[aria-labelledby=unsent]").concat().contains(CHECKED));
    // The night finds nothing to mend, and what was signed stays.
    khomo.work().await;
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01 reviewed", "2027-02-22 2027-08-23"]);
    for sql in ["UPDATE catalogue_review SET checked = 'x'", "DELETE FROM catalogue_review"] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn a_decision_after_a_review_ends_the_round_that_the_review_began() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    issued(&khomo).await;
    khomo.clock.advance(171 * DAY);
    reviewed(&khomo, "coordinator").unwrap();
    khomo.clock.advance(9 * DAY);
    let next = drafted(&khomo);
    submitted(&khomo, &next).unwrap();
    second_coordinator(&khomo);
    let form = DecisionForm { decided_on: "01/03/2027".to_owned(), ..decided("14/QĐ-UBND") };
    let (attached, profile) = (signed(&khomo).await, khomo.app.profile());
    khomo.db().write(&khomo.ctx("nobody"), |tx| catalogue::issue(tx, profile, &next, &form, Ok(attached))).unwrap();
    assert_eq!(
        reviews(&khomo),
        ["2026-09-01 2027-03-01 reviewed", "2027-02-22 2027-08-23 issued", "2027-03-01 2027-09-01"]
    );
}

#[actix_web::test]
async fn a_review_that_is_signed_too_late_is_done_late() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    issued(&khomo).await;
    khomo.clock.advance(180 * DAY);
    reviewed(&khomo, "coordinator").unwrap();
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01 reviewed late", "2027-03-03 2027-09-06"]);
}

#[actix_web::test]
async fn nothing_is_signed_while_another_issue_is_in_work_and_a_draft_may_be_deleted() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    assert!(reviewed(&khomo, "coordinator").unwrap_err().has("catalogue-review-not-owed"), "none is in force");
    let first = issued(&khomo).await;
    khomo.clock.advance(171 * DAY);
    let draft = drafted(&khomo);
    assert!(reviewed(&khomo, "coordinator").unwrap_err().has("catalogue-review-in-work"));
    let mut browser = khomo.signed_in("coordinator").await;
    let shown = browser.visit("/internal/open-data").await;
    assert!(shown.attributes("textarea#checked", "id").is_empty(), "no form that would be refused");
    assert!(shown.texts("section[aria-labelledby=review]").concat().contains("xóa dự thảo"));
    // What was submitted stands until it is taken back.
    submitted(&khomo, &draft).unwrap();
    assert!(reviewed(&khomo, "coordinator").unwrap_err().has("catalogue-review-in-work"));
    assert!(khomo.raw(&format!("DELETE FROM catalogue_issue WHERE id = '{draft}'")).is_err());
    let path = format!("/internal/open-data/catalogue/{draft}");
    let seen = mark(&khomo, &draft);
    let early = browser.post(&format!("{path}/deletion"), &[("seen", seen.as_str()), ("sure", "1")]).await;
    assert_eq!(early.status, 409);
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::recall(tx, khomo.app.profile(), &draft)).unwrap();
    assert!(page(&mut browser, &path).await.contains("/deletion"));
    let seen = mark(&khomo, &draft);
    let unsure = browser.post(&format!("{path}/deletion"), &[("seen", seen.as_str())]).await;
    assert_eq!((unsure.status, unsure.attributes("#errors a", "href")), (422, vec!["#sure".to_owned()]));
    let stale = browser.post(&format!("{path}/deletion"), &[("seen", "0"), ("sure", "1")]).await;
    assert_eq!((stale.status, khomo.count("catalogue_issue")), (409, 2));
    let marks = marked(&khomo);
    let gone = browser.post(&format!("{path}/deletion"), &[("seen", seen.as_str()), ("sure", "1")]).await;
    assert_eq!(gone.status, 303, "{}", gone.text());
    assert_eq!((khomo.count("catalogue_issue"), khomo.count("catalogue_removal")), (1, 0));
    assert_eq!(khomo.count(&format!("catalogue_entry WHERE issue_id = '{draft}'")), 0);
    assert_eq!(khomo.count("audit_entry WHERE action = 'catalogue.discard'"), 1);
    assert_eq!(browser.get(&path).await.status, 404);
    assert_eq!(marked(&khomo), marks, "what is in force stays");
    assert!(khomo.raw(&format!("DELETE FROM catalogue_issue WHERE id = '{first}'")).is_err());
    reviewed(&khomo, "coordinator").unwrap();
    assert_eq!(reviews(&khomo), ["2026-09-01 2027-03-01 reviewed", "2027-02-22 2027-08-23"]);
}

#[actix_web::test]
async fn only_whoever_writes_the_catalogue_signs_its_review() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    issued(&khomo).await;
    let draft = drafted(&khomo);
    let seen = mark(&khomo, &draft);
    for person in ["editor", "approver", "auditor", "nobody"] {
        assert_eq!(reviewed(&khomo, person).unwrap_err().kind(), Kind::Forbidden, "{person}");
        let profile = khomo.app.profile();
        let deleted = khomo.db().write(&khomo.ctx(person), |tx| catalogue::discard(tx, profile, &draft, &seen, "1"));
        assert_eq!(deleted.unwrap_err().kind(), Kind::Forbidden, "{person}");
    }
    let mut editor = khomo.signed_in("editor").await;
    let shown = editor.visit("/internal/open-data").await;
    assert_clean("reviews for whoever signs none", &shown.text(), &OWN);
    assert_eq!(shown.attributes("section[aria-labelledby=review]", "class").len(), 1);
    assert!(shown.attributes("textarea#checked", "id").is_empty());
    let fields = [("checked", CHECKED), ("declared", "1"), ("counted", "1/2026-09-01"), ("confirmed", "1")];
    assert_eq!(editor.post("/internal/open-data/review", &fields).await.status, 403);
    assert_eq!((khomo.count("catalogue_review"), khomo.count("catalogue_issue")), (0, 2));
}

#[actix_web::test]
async fn a_quarter_closes_with_the_review_that_was_signed_in_time() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    issued(&khomo).await;
    let until = async |day: &str| {
        let day: chrono::NaiveDate = day.parse().unwrap();
        khomo.clock.advance((day - khomo.app.today()).num_days() * DAY);
        khomo.work().await;
    };
    khomo.work().await;
    for day in ["2026-10-01", "2027-01-04", "2027-02-22"] {
        until(day).await;
    }
    reviewed(&khomo, "coordinator").unwrap();
    for day in ["2027-04-01", "2027-05-12"] {
        until(day).await;
    }
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2027-Q1'"), ["closed"]);
    let kept = khomo.lines(
        "SELECT quarter_id || ' ' || due_on || ' ' || outcome || COALESCE(' ' || ended_how, '') AS line FROM quarter_duty \
         WHERE kind = 'catalogue-review'",
    );
    assert_eq!(kept, ["2027-Q1 2027-03-01 done-in-time reviewed"]);
}

#[actix_web::test]
async fn the_public_reads_the_issue_in_force_with_its_signed_decision_in_both_languages() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo")).await;
        page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo/so-sanh")).await;
    }
    for path in ["/danh-muc-du-lieu-mo.csv", "/danh-muc-du-lieu-mo/1", "/danh-muc-du-lieu-mo/1/quyet-dinh.pdf"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    assert!(!reader.get("/dataset/tram-y-te").await.text().contains("danh-muc-du-lieu-mo\">Thuộc"));
    issued(&khomo).await;
    khomo.dataset("nha-thuoc").title("Danh sách nhà thuốc").publish().await;
    khomo.raw("UPDATE dataset SET in_catalogue = FALSE WHERE slug = 'nha-thuoc'").unwrap();
    for prefix in ["", "/en"] {
        let text = page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo")).await;
        assert!(text.contains("12/QĐ-UBND") && text.contains("Trần Quang Vinh") && text.contains("Dự kiến"));
        assert!(text.contains(&format!("{prefix}/dataset/tram-y-te")) && !text.contains("Danh sách nhà thuốc"));
        page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo/1")).await;
    }
    let found = reader.get(&format!("/danh-muc-du-lieu-mo?q=tram+y+te&agency={HOME}&topic=y-te")).await.text();
    assert!(found.contains("Danh sách trạm y tế") && !found.contains("Dự kiến"), "words, agency and topic");
    assert!(!reader.get("/danh-muc-du-lieu-mo?topic=giao-thong").await.text().contains("Danh sách trạm y tế"));
    let (listed, beyond) = (reader.get("/dataset/tram-y-te").await, reader.get("/dataset/nha-thuoc").await);
    assert!(listed.text().contains("Thuộc danh mục đã ban hành"));
    assert!(beyond.text().contains("Ngoài danh mục đã ban hành"), "R-027");
    let pdf = reader.get("/danh-muc-du-lieu-mo/1/quyet-dinh.pdf").await;
    assert_eq!((pdf.status, &pdf.body[..]), (200, PDF));
    assert_eq!(pdf.header("content-type"), Some("application/pdf"));
    assert!(pdf.header("content-disposition").unwrap().starts_with("attachment"));
    for path in
        ["/danh-muc-du-lieu-mo/0", "/danh-muc-du-lieu-mo/2", "/danh-muc-du-lieu-mo/x", "/danh-muc-du-lieu-mo.txt"]
    {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    // A draft is nowhere in public.
    drafted(&khomo);
    assert_eq!(reader.get("/danh-muc-du-lieu-mo/2").await.status, 404);
    assert_eq!(reader.get("/danh-muc-du-lieu-mo/so-sanh?from=1&to=2").await.status, 404);
    for (person, status) in [("editor", 200), ("nobody", 403)] {
        let mut browser = khomo.signed_in(person).await;
        assert_eq!(browser.get("/internal/open-data").await.status, status, "{person}");
    }
}

#[actix_web::test]
async fn any_two_issues_are_compared_field_by_field_and_the_one_in_force_is_a_file() {
    let khomo = Khomo::start();
    let id = khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let first = issued(&khomo).await;
    // The dataset gets another title, and another is published.
    khomo
        .dataset("tram-y-te")
        .title("Trạm y tế xã, phường")
        .note("Đổi tên.")
        .csv("bang", "A,B\n1,2\n")
        .await
        .import()
        .unwrap();
    khomo.submit_breaking(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    khomo.dataset("nha-thuoc").title("Danh sách nhà thuốc").publish().await;
    let second = issued(&khomo).await;
    let states = khomo.lines("SELECT state AS line FROM catalogue_issue ORDER BY number");
    assert_eq!(states, ["superseded", "issued"]);
    let (old, new) =
        khomo.db().read(|conn| Ok((catalogue::entries(conn, &first)?, catalogue::entries(conn, &second)?))).unwrap();
    let found = catalogue::compare(&old, &new);
    assert_eq!((found.added.len(), found.removed.len(), found.changed.len()), (2, 1, 1));
    assert_eq!(found.changed[0].parts, [catalogue::Part::Title]);
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        let text = page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo/so-sanh")).await;
        for wanted in ["Danh sách nhà thuốc", "Không còn thu thập.", "Danh sách trạm y tế", "Trạm y tế xã, phường"]
        {
            assert!(text.contains(wanted), "{wanted}");
        }
        let back = page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo/so-sanh?from=2&to=1")).await;
        assert!(back.contains("Trạm y tế xã, phường"));
        page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo/1")).await;
    }
    assert_eq!(reader.get("/danh-muc-du-lieu-mo/so-sanh?from=1&to=9").await.status, 404);
    let csv = reader.get("/danh-muc-du-lieu-mo.csv").await.text();
    assert_eq!(csv.lines().count(), 4, "{csv}");
    assert!(csv.contains("Trạm y tế xã, phường") && csv.contains(&format!("{PUBLIC_URL}/dataset/nha-thuoc")));
    let json: serde_json::Value = serde_json::from_str(&reader.get("/danh-muc-du-lieu-mo.json").await.text()).unwrap();
    assert_eq!((json["issue"].as_i64(), json["entries"].as_array().unwrap().len()), (Some(2), 3));
    assert_eq!(json["decision"]["number"], "12/QĐ-UBND");
    let book = reader.get("/danh-muc-du-lieu-mo.xlsx").await;
    assert!(book.status == 200 && book.body.starts_with(b"PK"));
    // What was taken out of a draft must say why.
    let third = drafted(&khomo);
    let entry = khomo.db().read(|conn| catalogue::entries(conn, &third)).unwrap().remove(0);
    let profile = khomo.app.profile();
    let take = |reason: &str| {
        let form =
            RemovalForm { entry: entry.entry_id.to_string(), reason: reason.to_owned(), seen: mark(&khomo, &third) };
        khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::remove_entry(tx, profile, &third, &form))
    };
    let listed = new.iter().any(|other| other.entry_id == entry.entry_id);
    if listed {
        assert!(take("").unwrap_err().has("entry-reason-missing"));
    }
    take("Trùng với bộ khác.").unwrap();
}

#[actix_web::test]
async fn an_issue_and_what_differs_from_the_one_before_are_files_inside() {
    let khomo = Khomo::start();
    let id = khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let first = issued(&khomo).await;
    let renamed = khomo.dataset("tram-y-te").title("Trạm y tế xã, phường").note("Đổi tên.");
    renamed.csv("bang", "A,B\n1,2\n").await.import().unwrap();
    khomo.submit_breaking(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    khomo.dataset("nha-thuoc").title("Danh sách nhà thuốc").publish().await;
    let second = issued(&khomo).await;
    let mut browser = khomo.signed_in("editor").await;
    let path = |issue: &CatalogueIssueId| format!("/internal/open-data/catalogue/{issue}");
    let shown = browser.visit(&path(&second)).await;
    assert_clean("an issue in force", &shown.text(), &OWN);
    assert_eq!(shown.texts("#comparison"), ["Khác với lần trước (Lần ban hành 1)"]);
    let links = shown.attributes("main a", "href");
    for file in [".xlsx", ".csv", "/comparison.xlsx", "/comparison.csv"] {
        assert!(links.contains(&format!("{}{file}", path(&second))), "{file}: {links:?}");
    }
    // As the public's file, and where each entry stands.
    let inside = sheet(&browser.get(&format!("{}.xlsx", path(&second))).await);
    let outside = sheet(&khomo.public().await.get("/danh-muc-du-lieu-mo.xlsx").await);
    assert_eq!(inside.iter().map(|row| row[..11].to_vec()).collect::<Vec<_>>(), outside);
    assert_eq!(inside[0][11], "Trạng thái");
    assert_eq!(inside.iter().filter(|row| row[11] == "Sắp công bố").count(), 1, "{inside:?}");
    let older = browser.get(&format!("{}.csv", path(&first))).await.text();
    assert!(older.lines().count() == 3 && older.contains("Danh sách trạm y tế"), "{older}");
    let searched = browser.get(&format!("{}.csv?q=nha+thuoc", path(&second))).await.text();
    assert!(searched.lines().count() == 2 && searched.contains("Danh sách nhà thuốc"), "{searched}");
    let rows = sheet(&browser.get(&format!("{}/comparison.xlsx", path(&second))).await);
    let kinds: Vec<&str> = rows[1..].iter().map(|row| row[0].as_str()).collect();
    assert_eq!(kinds, ["Thêm vào", "Thêm vào", "Đưa ra", "Nội dung khác"]);
    assert!(rows[1..3].iter().any(|row| row[1] == "Danh sách nhà thuốc" && row[2] == "Sở Y tế"), "{rows:?}");
    assert_eq!(rows[3][6], "Không còn thu thập.");
    assert_eq!(
        rows[4][1..6],
        ["Trạm y tế xã, phường", "Sở Y tế", "Tên", "Danh sách trạm y tế", "Trạm y tế xã, phường"]
    );
    assert_eq!(browser.get(&format!("{}/comparison.xlsx", path(&first))).await.status, 404, "there is none before it");
    assert_eq!(khomo.count("audit_entry WHERE action = 'catalogue.export'"), 4);
}

#[actix_web::test]
async fn a_file_to_be_posted_again_holds_nothing_in_quarantine_and_that_of_a_draft_says_what_is() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    khomo.dataset("kho-thoc").title("Vị trí kho thóc").publish().await;
    let first = issued(&khomo).await;
    let second = drafted(&khomo);
    quarantined(&khomo, "kho-thoc", true);
    for (person, of_draft) in [("coordinator", true), ("editor", true), ("stranger", false)] {
        let mut browser = khomo.signed_in(person).await;
        for (issue, holds) in [(&first, false), (&second, of_draft)] {
            let text = browser.get(&format!("/internal/open-data/catalogue/{issue}.csv")).await.text();
            assert!(text.contains("Danh sách trạm y tế"), "{person}: {text}");
            let told = ["Vị trí kho thóc", "Đang cách ly"].map(|words| text.contains(words));
            assert_eq!(told, [holds; 2], "{person}: {text}");
        }
    }
}

#[actix_web::test]
async fn lists_that_name_what_the_profile_calls_otherwise_are_not_called_unchanged() {
    let own = tempfile::tempdir().unwrap();
    let khomo = Khomo::start_with(&[("KHOMO_OVERRIDES", own.path().to_str().unwrap())]);
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    issued(&khomo).await;
    executed(&khomo, 2026).await;
    let paths = [
        "/danh-muc-du-lieu-mo.csv",
        "/danh-muc-du-lieu-mo.json",
        "/danh-muc-du-lieu-mo.xlsx",
        "/ke-hoach-du-lieu-mo/2026.csv",
        "/catalogue.csv",
    ];
    let mut reader = khomo.public().await;
    let mut tags = Vec::new();
    for path in paths {
        let tag = reader.get(path).await.header("etag").unwrap().to_owned();
        assert_eq!(reader.get_with(path, &[("If-None-Match", &tag)]).await.status, 304, "{path}");
        tags.push(tag);
    }
    drop(reader);
    let khomo = khomo.restart(|_| {
        let shipped = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/common.toml")).unwrap();
        let named = shipped.replace("Y tế", "Chăm sóc sức khỏe");
        assert_ne!(named, shipped);
        std::fs::create_dir(own.path().join("profiles")).unwrap();
        std::fs::write(own.path().join("profiles/common.toml"), named).unwrap();
    });
    let mut reader = khomo.public().await;
    for (path, tag) in paths.into_iter().zip(&tags) {
        assert_eq!(reader.get_with(path, &[("If-None-Match", tag)]).await.status, 200, "{path}");
    }
    assert!(reader.get(paths[0]).await.text().contains("Chăm sóc sức khỏe"));
}

#[actix_web::test]
async fn what_was_withdrawn_is_not_called_intended() {
    let khomo = Khomo::start();
    let id = khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    issued(&khomo).await;
    khomo.withdraw(&id, "approver").unwrap();
    let mut reader = khomo.public().await;
    for (prefix, badge) in [("", "Sắp công bố"), ("/en", "To be published")] {
        let path = format!("{prefix}/danh-muc-du-lieu-mo");
        let shown = reader.visit(&path).await;
        let rows = shown.texts("tbody th");
        assert_eq!(rows.len(), 2, "{path}: {rows:?}");
        for row in rows {
            assert_eq!(row.contains(badge), row.contains("Dự kiến"), "{path}: {row}");
        }
        assert_eq!(shown.attributes("tbody th a", "href"), [""; 0], "{path}");
    }
}

#[actix_web::test]
async fn what_is_in_quarantine_is_neither_shown_nor_copied_nor_issued() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let kho = khomo.dataset("kho-thoc").title("Vị trí kho thóc").publish().await;
    let first = issued(&khomo).await;
    let id = entry_of(&khomo, &first, &kho).unwrap();
    let mut reader = khomo.public().await;
    let paths = ["/danh-muc-du-lieu-mo", "/danh-muc-du-lieu-mo?q=kho+thoc", "/danh-muc-du-lieu-mo.csv"];
    for path in paths {
        assert!(reader.get(path).await.text().contains("Vị trí kho thóc"), "{path}");
    }
    quarantined(&khomo, "kho-thoc", true);
    for path in paths {
        assert!(!reader.get(path).await.text().contains("Vị trí kho thóc"), "{path}");
    }
    let path = format!("/internal/open-data/catalogue/{first}");
    for (person, sees) in [("editor", true), ("coordinator", true), ("stranger", false)] {
        let mut browser = khomo.signed_in(person).await;
        assert_eq!(page(&mut browser, &path).await.contains("Vị trí kho thóc"), sees, "{person}");
    }
    // The next issue begins without it, and does not offer it.
    let second = drafted(&khomo);
    assert_eq!(entry_of(&khomo, &second, &kho), None);
    assert_eq!(added(&khomo, &second, &kho), 0);
    let path = format!("/internal/open-data/catalogue/{second}");
    let mut coordinator = khomo.signed_in("coordinator").await;
    assert!(coordinator.visit(&path).await.texts("section[aria-labelledby=beyond]").is_empty());
    // Once lifted it comes back as the entry that it was.
    quarantined(&khomo, "kho-thoc", false);
    assert_eq!(added(&khomo, &second, &kho), 1);
    assert_eq!(entry_of(&khomo, &second, &kho), Some(id));
    quarantined(&khomo, "kho-thoc", true);
    assert!(submitted(&khomo, &second).unwrap_err().has("catalogue-closed"));
    let shown = coordinator.visit(&path).await;
    assert_clean("a draft with what cannot be issued", &shown.text(), &OWN);
    assert!(shown.texts("section[aria-labelledby=closed]").concat().contains("Vị trí kho thóc"));
    // What is confined between submission and decision is not issued either.
    quarantined(&khomo, "kho-thoc", false);
    submitted(&khomo, &second).unwrap();
    quarantined(&khomo, "kho-thoc", true);
    second_coordinator(&khomo);
    let (attached, form, profile) = (signed(&khomo).await, decided("13/QĐ-UBND"), khomo.app.profile());
    let issue =
        khomo.db().write(&khomo.ctx("nobody"), |tx| catalogue::issue(tx, profile, &second, &form, Ok(attached)));
    assert!(issue.unwrap_err().has("catalogue-closed"));
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::recall(tx, profile, &second)).unwrap();
    assert!(taken_out(&khomo, &second, &kho, "").unwrap_err().has("entry-reason-missing"));
    taken_out(&khomo, &second, &kho, "Đang xem xét.").unwrap();
    submitted(&khomo, &second).unwrap();
}

#[actix_web::test]
async fn an_issue_that_only_intended_it_hides_what_is_in_quarantine_and_is_purged_with_it() {
    let khomo = Khomo::start();
    let (profile, title) = (khomo.app.profile(), "Vị trí kho thóc");
    let first = drafted(&khomo);
    saved(&khomo, &first, intended(title, "")).unwrap();
    put_in_force(&khomo, &first).await;
    let entry =
        khomo.lines(&format!("SELECT entry_id AS line FROM catalogue_entry WHERE title_vi = '{title}'")).remove(0);
    let kho = khomo.dataset("kho-thoc").title(title).publish().await;
    let begun = |tx: &mut Tx<'_>| catalogue::draft_issue(tx, profile, false);
    let second = khomo.db().write(&khomo.ctx("coordinator"), begun).unwrap();
    let dataset = EntryForm { entry: entry.clone(), dataset: "kho-thoc".to_owned(), ..intended(title, "") };
    saved(&khomo, &second, dataset).unwrap();
    put_in_force(&khomo, &second).await;
    assert_eq!(entry_of(&khomo, &second, &kho).map(|id| id.to_string()), Some(entry.clone()));
    let mut reader = khomo.public().await;
    let paths = ["/danh-muc-du-lieu-mo", "/danh-muc-du-lieu-mo/1", "/danh-muc-du-lieu-mo/2"];
    let inside = format!("/internal/open-data/catalogue/{first}");
    for on in [false, true, false] {
        quarantined(&khomo, "kho-thoc", on);
        for path in paths {
            let text = page(&mut reader, path).await;
            assert_eq!(text.contains(title), !on, "{path}");
            assert!(text.contains("Dự kiến"), "{path}: all else stays");
        }
        let compared = page(&mut reader, "/danh-muc-du-lieu-mo/so-sanh?from=1&to=2").await;
        assert!(!on || !compared.contains(title));
        for (person, sees) in [("editor", true), ("coordinator", true), ("stranger", false)] {
            let mut browser = khomo.signed_in(person).await;
            assert_eq!(page(&mut browser, &inside).await.contains(title), sees || !on, "{person}");
        }
    }
    let empty = format!(
        "UPDATE catalogue_entry SET title_vi = '', title_en = NULL, search_text = '' WHERE entry_id = '{entry}'"
    );
    assert!(khomo.raw(&empty).is_err(), "nobody confirmed a purge");
    crate::purge::purged(&khomo, &kho, "kho-thoc").await;
    let titles = khomo.lines(&format!("SELECT title_vi AS line FROM catalogue_entry WHERE entry_id = '{entry}'"));
    assert_eq!(titles, ["", ""]);
    for path in paths {
        assert!(!page(&mut reader, path).await.contains(title), "{path}");
    }
    let others = khomo.count("catalogue_entry WHERE title_vi LIKE 'Dự kiến%'");
    assert_eq!(others, 2, "what is intended besides keeps its words");
}

#[actix_web::test]
async fn what_stands_for_a_dataset_in_quarantine_is_changed_but_not_taken_from_it() {
    let khomo = Khomo::start();
    let (profile, title) = (khomo.app.profile(), "Vị trí kho thóc");
    let kho = khomo.dataset("kho-thoc").title(title).publish().await;
    let issue = drafted(&khomo);
    let plan = consulted(&khomo, 2026);
    let item = entered(&khomo, "coordinator", &plan, title, "kho-thoc");
    quarantined(&khomo, "kho-thoc", true);
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let save = |dataset: &str| {
        let seen = khomo.db().read(|conn| yearly::by_id(conn, &plan)).unwrap().mark();
        let form = ItemForm {
            item: item.to_string(),
            dataset: dataset.to_owned(),
            ..promised("Vị trí kho thóc và kho gạo", HOME, "31/12/2026", &seen)
        };
        khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::save_item(tx, profile, &plan, &form)).map(drop)
    };
    save("kho-thoc").unwrap();
    for dataset in ["", "tram-y-te"] {
        assert!(save(dataset).unwrap_err().has("quarantined"), "a plan's item to {dataset}");
    }
    let entry = entry_of(&khomo, &issue, &kho).unwrap().to_string();
    let form = |dataset: &str| EntryForm { entry: entry.clone(), dataset: dataset.to_owned(), ..intended(title, "") };
    saved(&khomo, &issue, form("kho-thoc")).unwrap();
    for dataset in ["", "tram-y-te"] {
        assert!(saved(&khomo, &issue, form(dataset)).unwrap_err().has("quarantined"), "an entry to {dataset}");
    }
    // In the form the refusal stands on its field, and nothing typed is lost.
    let path = format!("/internal/open-data/plans/{plan}/item");
    let mut browser = khomo.signed_in("coordinator").await;
    let shown = browser.visit(&format!("{path}?item={item}")).await;
    let seen = shown.attribute("input[name=seen]", "value").unwrap();
    let fields = [
        ("item", item.as_str()),
        ("title", "Tên tôi gõ"),
        ("agency", HOME),
        ("target_on", "31/12/2026"),
        ("level", "2"),
        ("seen", seen.as_str()),
    ];
    let refused = browser.post(&path, &fields).await;
    assert_eq!(refused.status, 409);
    assert_clean("an item that is to leave a dataset in quarantine", &refused.text(), &OWN);
    assert_eq!(refused.attribute("#title", "value").as_deref(), Some("Tên tôi gõ"));
    // Carried out, it is done by no other dataset.
    carried_out(&khomo, &plan).await;
    let settled = |dataset: &str| {
        let form = SettleForm { dataset: dataset.to_owned(), ..SettleForm::default() };
        khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::settle(tx, profile, &plan, &item, &form))
    };
    assert!(settled("tram-y-te").unwrap_err().has("quarantined"));
    quarantined(&khomo, "kho-thoc", false);
    settled("tram-y-te").unwrap();
}

#[actix_web::test]
async fn the_form_of_a_proposal_is_closed_to_whoever_may_not_see_its_dataset() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    khomo.dataset("kho-thoc").agency(AWAY).by("stranger").title(title).publish().await;
    let plan = consulted(&khomo, 2026);
    let item = entered(&khomo, "editor", &plan, title, "kho-thoc");
    let path = format!("/internal/open-data/plans/{plan}");
    let form = format!("{path}/item?item={item}");
    let leads = |answer: &Answer| answer.attributes("a", "href").iter().any(|href| href.contains(item.as_str()));
    for (on, status) in [(false, 200), (true, 403), (false, 200)] {
        quarantined(&khomo, "kho-thoc", on);
        let mut editor = khomo.signed_in("editor").await;
        let shown = editor.visit(&path).await;
        assert_clean("a plan with a proposal", &shown.text(), &OWN);
        assert_eq!((shown.text().contains(title), leads(&shown)), (!on, !on));
        let answer = editor.get(&form).await;
        assert_eq!((answer.status, answer.text().contains(title)), (status, !on));
        let mut coordinator = khomo.signed_in("coordinator").await;
        assert_eq!(coordinator.get(&form).await.status, 200);
        assert!(leads(&coordinator.get(&path).await));
    }
    quarantined(&khomo, "kho-thoc", true);
    let seen = khomo.db().read(|conn| yearly::by_id(conn, &plan)).unwrap().mark();
    let form = ItemForm { item: item.to_string(), ..promised("Tên khác", HOME, "31/12/2026", &seen) };
    let saved = khomo.db().write(&khomo.ctx("editor"), |tx| yearly::save_item(tx, khomo.app.profile(), &plan, &form));
    assert!(saved.unwrap_err().has("quarantined"));
}

#[actix_web::test]
async fn forms_offer_by_its_title_what_is_published_within_ones_reach() {
    let khomo = Khomo::start();
    let at = |slug: &'static str, agency: &'static str| khomo.dataset(slug).title("Tên").english("Name").agency(agency);
    for (slug, agency, person) in
        [("tram-y-te", HOME, "editor"), ("kho-thoc", AWAY, "stranger"), ("kin", HOME, "editor")]
    {
        at(slug, agency).by(person).publish().await;
    }
    at("ban-soan", HOME).import().unwrap();
    quarantined(&khomo, "kin", true);
    let entry = format!("/internal/open-data/catalogue/{}/entry", drafted(&khomo));
    let item = format!("/internal/open-data/plans/{}/item", consulted(&khomo, 2027));
    let plan = format!("/internal/open-data/plans/{}", executed(&khomo, 2026).await);
    let asked = format!("/internal/data-requests/{}", super::requests::shown(&khomo, HOME));
    let (all, own) = (vec!["kho-thoc", "tram-y-te"], vec!["tram-y-te"]);
    for (person, path, wanted) in [
        ("coordinator", &entry, &all),
        ("coordinator", &item, &all),
        ("coordinator", &plan, &all),
        ("editor", &item, &own),
        ("editor", &plan, &own),
        ("editor", &asked, &all),
    ] {
        let page = khomo.signed_in(person).await.visit(path).await;
        let mut offered = page.attributes("#dataset-offers option", "value");
        offered.sort();
        assert_eq!(&offered, wanted, "{person} at {path}");
        assert_eq!(page.attribute("#dataset", "list").as_deref(), Some("dataset-offers"));
        assert!(page.texts("#dataset-offers option").iter().all(|title| title == "Tên"));
    }
}

#[actix_web::test]
async fn a_dataset_keeps_its_entry_and_a_listed_entry_becomes_no_other_dataset_s() {
    let khomo = Khomo::start();
    let one = khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    khomo.dataset("nha-thuoc").title("Danh sách nhà thuốc").publish().await;
    let first = issued(&khomo).await;
    let hospital = khomo.dataset("benh-vien").title("Danh sách bệnh viện").publish().await;
    let second = drafted(&khomo);
    let id = entry_of(&khomo, &first, &one).unwrap();
    let save = |form: EntryForm| saved(&khomo, &second, EntryForm { sharing: "file".to_owned(), ..form });
    let entry = || id.to_string();
    taken_out(&khomo, &second, &hospital, "").unwrap();
    let swapped = save(EntryForm { entry: entry(), dataset: "benh-vien".to_owned(), ..EntryForm::default() });
    assert!(swapped.unwrap_err().has("entry-swap"));
    let emptied = save(EntryForm { entry: entry(), ..intended("Trạm y tế sắp tới", "") });
    assert!(emptied.unwrap_err().has("entry-swap"));
    save(EntryForm { entry: entry(), dataset: "tram-y-te".to_owned(), ..EntryForm::default() }).unwrap();
    // Taken out and back in, by the list and by the form, it is the same and left for no reason.
    for form in [false, true] {
        taken_out(&khomo, &second, &one, "Trùng.").unwrap();
        assert_eq!(khomo.count(&format!("catalogue_removal WHERE entry_id = '{id}'")), 1);
        if form {
            save(EntryForm { dataset: "tram-y-te".to_owned(), ..EntryForm::default() }).unwrap();
        } else {
            assert_eq!(added(&khomo, &second, &one), 1);
        }
        assert_eq!(entry_of(&khomo, &second, &one), Some(id.clone()));
        assert_eq!(khomo.count(&format!("catalogue_removal WHERE entry_id = '{id}'")), 0);
    }
    let (old, new) =
        khomo.db().read(|conn| Ok((catalogue::entries(conn, &first)?, catalogue::entries(conn, &second)?))).unwrap();
    let found = catalogue::compare(&old, &new);
    assert!(found.changed.is_empty() && found.removed.iter().all(|entry| entry.dataset_id.is_none()));
}

#[actix_web::test]
async fn whoever_was_slower_sees_what_is_stored_beside_what_they_typed() {
    let khomo = Khomo::start();
    let id = drafted(&khomo);
    let entry = khomo.db().read(|conn| catalogue::entries(conn, &id)).unwrap().remove(0);
    let path = format!("/internal/open-data/catalogue/{id}/entry");
    let mut browser = khomo.signed_in("coordinator").await;
    browser.visit(&format!("{path}?entry={}", entry.entry_id)).await;
    let fields = [
        ("entry", entry.entry_id.as_str()),
        ("title", "Tên tôi gõ"),
        ("agency", HOME),
        ("topic", "y-te"),
        ("frequency", "monthly"),
        ("sharing", "service"),
        ("seen", "0"),
    ];
    let refused = browser.post(&path, &fields).await;
    assert_eq!(refused.status, 409);
    assert_clean("an entry that somebody changed meanwhile", &refused.text(), &OWN);
    assert_eq!(refused.attribute("#title", "value").as_deref(), Some("Tên tôi gõ"));
    assert!(refused.texts("section[aria-labelledby=stored]").concat().contains(&entry.title_vi));
    let fresh = refused.attribute("form[action$='/entry'] input[name=seen]", "value").unwrap();
    assert_eq!(fresh, mark(&khomo, &id));
    // Taken out meanwhile, there is no form any more; what was typed is on the page of the issue.
    let form = RemovalForm { entry: entry.entry_id.to_string(), reason: String::new(), seen: mark(&khomo, &id) };
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| catalogue::remove_entry(tx, profile, &id, &form)).unwrap();
    let gone = browser.post(&path, &fields).await;
    assert_eq!(gone.status, 409);
    assert!(gone.texts("section[aria-labelledby=unsent]").concat().contains("Tên tôi gõ"));
    let why = [("entry", entry.entry_id.as_str()), ("reason", "Vì trùng."), ("seen", "0")];
    let gone = browser.post(&format!("/internal/open-data/catalogue/{id}/removal"), &why).await;
    assert!(gone.status == 409 && gone.texts("section[aria-labelledby=unsent]").concat().contains("Vì trùng."));
    // The same of an item of a plan.
    let plan = consulted(&khomo, 2026);
    let item = khomo.db().read(|conn| yearly::items(conn, &plan)).unwrap().remove(0).item;
    let path = format!("/internal/open-data/plans/{plan}/item");
    let fields = [
        ("item", item.id.as_str()),
        ("title", "Tên tôi gõ"),
        ("agency", HOME),
        ("target_on", "01/10/2026"),
        ("level", "2"),
        ("seen", "0"),
    ];
    let refused = browser.post(&path, &fields).await;
    assert_eq!(refused.status, 409);
    assert_clean("an item that somebody changed meanwhile", &refused.text(), &OWN);
    assert!(refused.texts("section[aria-labelledby=stored]").concat().contains("01/08/2026"));
    assert_eq!(refused.attribute("#title", "value").as_deref(), Some("Tên tôi gõ"));
}

#[actix_web::test]
async fn where_the_catalogue_was_posted_is_written_down_for_good_and_read_by_the_public() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let id = issued(&khomo).await;
    let path = format!("/internal/open-data/catalogue/{id}");
    let mut browser = khomo.signed_in("coordinator").await;
    page(&mut browser, &path).await;
    let address = "https://data.example/lac-dien/danh-muc-2";
    let send = |posted_on, address| [("posted_on", posted_on), ("address", address), ("note", "Đăng lại.")];
    for (day, address) in [("03/09/2026", "javascript:alert(1)"), ("05/09/2026", address), ("01/08/2026", address)] {
        let refused = browser.post(&format!("{path}/postings"), &send(day, address)).await;
        assert_eq!(refused.status, 422, "{day} {address}");
        assert_clean("a posting that is wrong", &refused.text(), &OWN);
        assert_eq!(refused.attribute("#address", "value").as_deref(), Some(address), "nothing typed is lost");
    }
    let done = browser.post(&format!("{path}/postings"), &send("03/09/2026", address)).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let shown = page(&mut browser, &path).await;
    assert!(shown.contains(address) && shown.contains("Đăng lại.") && shown.contains("Người coordinator"));
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        let text = page(&mut reader, &format!("{prefix}/danh-muc-du-lieu-mo")).await;
        assert!(text.contains(address) && !text.contains("Đăng lại."), "the note stays inside");
    }
    let csv = reader.get("/danh-muc-du-lieu-mo.csv").await.text();
    assert!(csv.contains("2026-09-03") && csv.contains(address), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&reader.get("/danh-muc-du-lieu-mo.json").await.text()).unwrap();
    assert_eq!(json["posted"].as_array().unwrap().len(), 2);
    assert_eq!(json["posted"][0]["address"], address);
    assert_eq!(khomo.count("audit_entry WHERE action = 'catalogue.post'"), 2);
    for sql in ["UPDATE catalogue_posting SET address = 'x'", "DELETE FROM catalogue_posting"] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    // Others do not, and a draft was posted nowhere.
    let mut editor = khomo.signed_in("editor").await;
    page(&mut editor, &path).await;
    assert_eq!(editor.post(&format!("{path}/postings"), &send("03/09/2026", address)).await.status, 403);
    let draft = drafted(&khomo);
    assert!(posted(&khomo, &draft, "03/09/2026", address).unwrap_err().has("catalogue-state"));
}

// ---- plans -----------------------------------------------------------------------------------------------------------

fn promised(title: &str, agency: &str, target: &str, seen: &str) -> ItemForm {
    ItemForm {
        title: title.to_owned(),
        agency: agency.to_owned(),
        target_on: target.to_owned(),
        level: "2".to_owned(),
        seen: seen.to_owned(),
        ..ItemForm::default()
    }
}

/// The plan of a year with an item, which the agencies are asked about, and a comment.
pub fn consulted(khomo: &Khomo, year: i32) -> PlanId {
    let profile = khomo.app.profile();
    let id = khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            let id = yearly::draft_plan(tx, profile, &year.to_string())?;
            let seen = yearly::by_id(tx.conn(), &id)?.mark();
            yearly::save_item(tx, profile, &id, &promised("Trạm y tế", HOME, &format!("01/08/{year}"), &seen))?;
            yearly::consult(tx, profile, &id)?;
            Ok(id)
        })
        .unwrap();
    let form = SettleForm { reason: "Xin lùi hạn một tháng.".to_owned(), ..SettleForm::default() };
    khomo.db().write(&khomo.ctx("editor"), |tx| yearly::comment(tx, profile, &id, &form)).unwrap();
    id
}

/// A plan that was approved by a decision that another person entered, and is being carried out.
pub async fn executed(khomo: &Khomo, year: i32) -> PlanId {
    let id = consulted(khomo, year);
    carried_out(khomo, &id).await;
    id
}

/// Enters an item of a plan, which may be about a dataset.
pub fn entered(khomo: &Khomo, who: &str, id: &PlanId, title: &str, dataset: &str) -> PlanItemId {
    let plan = khomo.db().read(|conn| yearly::by_id(conn, id)).unwrap();
    let form = ItemForm {
        dataset: dataset.to_owned(),
        ..promised(title, HOME, &format!("31/12/{}", plan.year), &plan.mark())
    };
    khomo.db().write(&khomo.ctx(who), |tx| yearly::save_item(tx, khomo.app.profile(), id, &form)).unwrap()
}

/// Has a plan submitted, approved by another person, and begun.
pub async fn carried_out(khomo: &Khomo, id: &PlanId) {
    approved(khomo, id).await;
    second_coordinator(khomo);
    khomo.db().write(&khomo.ctx("nobody"), |tx| yearly::begin(tx, khomo.app.profile(), id)).unwrap();
    no_second_coordinator(khomo);
}

/// Has a plan submitted and approved by another person.
async fn approved(khomo: &Khomo, id: &PlanId) {
    let profile = khomo.app.profile();
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            let seen = yearly::by_id(tx.conn(), id)?.mark();
            yearly::submit(tx, profile, id, &seen)
        })
        .unwrap();
    second_coordinator(khomo);
    let (attached, form) = (signed(khomo).await, decided("34/QĐ-UBND"));
    khomo.db().write(&khomo.ctx("nobody"), |tx| yearly::approve(tx, profile, id, &form, Ok(attached))).unwrap();
    no_second_coordinator(khomo);
}

#[actix_web::test]
async fn a_plan_is_written_with_the_agencies_approved_by_two_persons_and_carried_out() {
    let khomo = Khomo::start();
    super::requests::shown(&khomo, HOME);
    khomo.dataset("tram-mua").title("Trạm đo mưa").publish().await;
    second_coordinator(&khomo);
    let mut first = khomo.signed_in("coordinator").await;
    let mut editor = khomo.signed_in("editor").await;
    page(&mut first, "/internal/open-data").await;
    for (year, status) in [("2024", 422), ("x", 422), ("2026", 303), ("2026", 409)] {
        assert_eq!(first.post("/internal/open-data/plans", &[("year", year)]).await.status, status, "{year}");
    }
    let id = khomo.lines("SELECT id AS line FROM yearly_plan").remove(0);
    let path = format!("/internal/open-data/plans/{id}");
    // What people want most leads to the form, filled in.
    let draft = page(&mut first, &path).await;
    assert!(draft.contains("Vị trí các trạm đo mưa") && draft.contains("request=1"));
    assert_eq!(editor.get(&format!("{path}/item")).await.status, 409, "nobody is asked yet");
    let form = first.visit(&format!("{path}/item?request=1")).await;
    assert_clean("the form of an item", &form.text(), &OWN);
    assert_eq!(form.attribute("#title", "value").as_deref(), Some("Vị trí các trạm đo mưa"));
    let seen = form.attribute("input[name=seen]", "value").unwrap();
    let seen = seen.as_str();
    for (seen, day, status) in [(seen, "01/09/2027", 422), ("99", "01/09/2026", 409), (seen, "01/09/2026", 303)] {
        let fields = [
            ("title", "Trạm đo mưa"),
            ("agency", HOME),
            ("target_on", day),
            ("level", "2"),
            ("request", "1"),
            ("seen", seen),
        ];
        let answer = first.post(&format!("{path}/item"), &fields).await;
        assert_eq!(answer.status, status, "{day}: {}", answer.text());
        if status != 303 {
            assert_eq!(answer.attribute("#title", "value").as_deref(), Some("Trạm đo mưa"), "nothing typed is lost");
        }
    }
    assert_eq!(first.post(&format!("{path}/consultation"), &[]).await.status, 303);
    // An agency's people propose for their own agency, and comment.
    let form = editor.visit(&format!("{path}/item")).await;
    assert_clean("the form of a proposal", &form.text(), &OWN);
    let seen = form.attribute("input[name=seen]", "value").unwrap();
    let mut proposal =
        vec![("title", "Nhà thuốc"), ("target_on", "31/12/2026"), ("level", "1"), ("seen", seen.as_str())];
    proposal.push(("agency", AWAY));
    assert_eq!(editor.post(&format!("{path}/item"), &proposal).await.status, 403);
    *proposal.last_mut().unwrap() = ("agency", HOME);
    assert_eq!(editor.post(&format!("{path}/item"), &proposal).await.status, 303);
    assert_eq!(editor.post(&format!("{path}/comment"), &[("reason", "Đồng ý.")]).await.status, 303);
    assert_eq!(editor.post(&format!("{path}/comment"), &[("reason", " ")]).await.status, 422);
    let asked = page(&mut first, &path).await;
    assert!(asked.contains("Nhà thuốc") && asked.contains("Đồng ý."));
    let seen = |khomo: &Khomo| khomo.lines("SELECT CAST(revision AS TEXT) AS line FROM yearly_plan").remove(0);
    let submission = format!("{path}/submission");
    let mark = seen(&khomo);
    assert_eq!(first.post(&submission, &[("seen", &mark)]).await.status, 409, "a proposal waits");
    let proposed = khomo.lines("SELECT id AS line FROM plan_item WHERE state = 'proposed'").remove(0);
    assert_eq!(editor.post(&format!("{path}/taking-up"), &[("item", &proposed)]).await.status, 403);
    assert_eq!(first.post(&format!("{path}/taking-up"), &[("item", &proposed)]).await.status, 303);
    let mark = seen(&khomo);
    assert_eq!(first.post(&submission, &[("seen", &mark)]).await.status, 303);
    // It is given back once, and submitted again.
    assert_eq!(first.post(&format!("{path}/return"), &[("reason", "")]).await.status, 422);
    assert_eq!(first.post(&format!("{path}/return"), &[("reason", "Ghi rõ đầu mối.")]).await.status, 303);
    assert!(page(&mut first, &path).await.contains("Ghi rõ đầu mối."));
    let mark = seen(&khomo);
    assert_eq!(first.post(&submission, &[("seen", &mark)]).await.status, 303);
    let fields =
        [("number", "34/QĐ-UBND"), ("decided_on", "01/09/2026"), ("signer", "Trần Quang Vinh"), ("confirmed", "1")];
    let decide = format!("{path}/decision");
    page(&mut first, &path).await;
    assert_eq!(first.post_file(&decide, &fields, "kh.pdf", PDF).await.status, 403, "who submitted");
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/ke-hoach-du-lieu-mo/2026").await.status, 404);
    let mut second = khomo.signed_in("nobody").await;
    page(&mut second, &path).await;
    assert_eq!(second.post_file(&decide, &fields, "kh.pdf", b"x").await.status, 422);
    let approved = second.post_file(&decide, &fields, "kh.pdf", PDF).await;
    assert_eq!(approved.status, 303, "{}", approved.text());
    assert_eq!(second.post(&format!("{path}/execution"), &[]).await.status, 303);
    assert_eq!(khomo.count("job WHERE kind = 'announcement' AND payload LIKE '%plan-begun%'"), 1);
    // The day of the first item is over: it is late until a published dataset is named.
    let late = page(&mut reader, "/ke-hoach-du-lieu-mo/2026").await;
    assert!(late.contains("34/QĐ-UBND") && late.contains("Quá hạn"), "{late}");
    let open = khomo.lines("SELECT id AS line FROM plan_item WHERE title_vi = 'Trạm đo mưa'").remove(0);
    for (dataset, status) in [("khong-co", 422), ("tram-mua", 303), ("tram-mua", 409)] {
        let fields = [("item", open.as_str()), ("dataset", dataset)];
        page(&mut editor, &path).await;
        assert_eq!(editor.post(&format!("{path}/completion"), &fields).await.status, status, "{dataset}");
    }
    let fields = [("item", proposed.as_str()), ("reason", "Không đủ kinh phí.")];
    assert_eq!(editor.post(&format!("{path}/dropping"), &fields).await.status, 403);
    page(&mut first, &path).await;
    assert_eq!(first.post(&format!("{path}/dropping"), &fields).await.status, 303);
    for prefix in ["", "/en"] {
        let done = page(&mut reader, &format!("{prefix}/ke-hoach-du-lieu-mo")).await;
        assert!(done.contains(&format!("{prefix}/dataset/tram-mua")) && done.contains("Không đủ kinh phí."));
        assert!(!done.contains("Quá hạn"));
    }
    let pdf = reader.get("/ke-hoach-du-lieu-mo/2026/quyet-dinh.pdf").await;
    assert_eq!((pdf.status, &pdf.body[..]), (200, PDF));
    assert_eq!(first.post(&format!("{path}/closure"), &[("sure", "1")]).await.status, 303);
    assert_eq!(khomo.lines("SELECT state AS line FROM yearly_plan"), ["closed"]);
    for sql in ["DELETE FROM plan_item", "DELETE FROM yearly_plan", "UPDATE plan_comment SET text = 'x'"] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn what_becomes_of_a_plan_is_told_to_those_who_write_it_but_to_nobody_of_their_own_acts() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    second_coordinator(&khomo);
    let profile = khomo.app.profile();
    let told = |event: &str| {
        khomo.lines(&format!(
            "SELECT a.user_name || ' ' || n.link AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
             WHERE n.event = '{event}' ORDER BY n.at, a.user_name"
        ))
    };
    let link = |person: &str| format!("{person} /internal/open-data/plans/{id}");
    let submit = |seen: Option<&str>| {
        khomo.db().write(&khomo.ctx("coordinator"), |tx| {
            let mark = yearly::by_id(tx.conn(), &id)?.mark();
            yearly::submit(tx, profile, &id, seen.unwrap_or(&mark))
        })
    };
    submit(Some("99")).unwrap_err();
    khomo.work().await;
    assert!(told("plan-submitted").is_empty(), "what was refused");
    submit(None).unwrap();
    khomo.work().await;
    assert_eq!(told("plan-submitted"), [link("nobody")], "who may enter the decision");
    let form = SettleForm { reason: "Ghi rõ đầu mối.".to_owned(), ..SettleForm::default() };
    khomo.db().write(&khomo.ctx("nobody"), |tx| yearly::give_back(tx, profile, &id, &form)).unwrap();
    khomo.clock.advance(60);
    khomo.work().await;
    assert_eq!(told("plan-given-back"), [link("coordinator")], "who submitted it");
    submit(None).unwrap();
    let (attached, form) = (signed(&khomo).await, decided("34/QĐ-UBND"));
    khomo.db().write(&khomo.ctx("nobody"), |tx| yearly::approve(tx, profile, &id, &form, Ok(attached))).unwrap();
    khomo.clock.advance(60);
    khomo.work().await;
    assert_eq!(told("plan-submitted"), [link("nobody"), link("nobody")], "each time");
    assert_eq!(told("plan-approved"), [link("coordinator")]);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let inbox = page(&mut coordinator, "/internal/notices").await;
    for words in [
        "Kế hoạch dữ liệu mở năm 2026 đã được phê duyệt",
        "Quyết định 34/QĐ-UBND ngày 01/09/2026",
        "Kế hoạch dữ liệu mở năm 2026 bị trả lại",
    ] {
        assert!(inbox.contains(words), "{words}: {inbox}");
    }
    assert!(!inbox.contains("Ghi rõ đầu mối"), "the reason stands on the page of the plan");
}

#[actix_web::test]
async fn the_pages_of_a_plan_speak_of_the_plan_and_not_of_the_catalogue() {
    let khomo = Khomo::start();
    let approved = executed(&khomo, 2026).await;
    let (mut reader, mut first) = (khomo.public().await, khomo.signed_in("coordinator").await);
    let public = page(&mut reader, "/ke-hoach-du-lieu-mo/2026").await;
    let inside = page(&mut first, &format!("/internal/open-data/plans/{approved}")).await;
    for text in [public, inside] {
        assert!(text.contains("<dt>Thẩm quyền phê duyệt</dt>") && !text.contains("Thẩm quyền ban hành"), "{text}");
    }
    let submitted = consulted(&khomo, 2027);
    let seen = khomo.db().read(|conn| yearly::by_id(conn, &submitted)).unwrap().mark();
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::submit(tx, profile, &submitted, &seen)).unwrap();
    second_coordinator(&khomo);
    let path = format!("/internal/open-data/plans/{submitted}");
    let waiting = page(&mut first, &path).await;
    assert!(waiting.contains("Bạn đã trình kế hoạch này") && !waiting.contains("Bạn đã trình danh mục này"));
    let mut second = khomo.signed_in("nobody").await;
    let form = second.visit(&path).await;
    assert_clean("the form of a decision on a plan", &form.text(), &OWN);
    assert!(form.texts("#file-hint").concat().contains("được công bố cùng kế hoạch"));
    let confirmed = form.texts("section[aria-labelledby=decide] label").concat();
    assert!(confirmed.contains("với kế hoạch trên trang này"), "{confirmed}");
}

#[actix_web::test]
async fn a_plan_is_closed_by_whoever_knows_that_it_is_for_good_and_then_nothing_of_it_is_late() {
    let khomo = Khomo::start();
    let id = executed(&khomo, 2026).await;
    let (path, public) = (format!("/internal/open-data/plans/{id}"), "/ke-hoach-du-lieu-mo/2026");
    let (mut reader, mut coordinator) = (khomo.public().await, khomo.signed_in("coordinator").await);
    assert!(page(&mut reader, public).await.contains("Quá hạn"));
    page(&mut coordinator, &path).await;
    let unsure = coordinator.post(&format!("{path}/closure"), &[]).await;
    assert_eq!(unsure.status, 422);
    assert_clean("a close that nobody is sure of", &unsure.text(), &OWN);
    assert_eq!(unsure.attributes("#errors a", "href"), ["#sure"]);
    assert_eq!(khomo.lines("SELECT state AS line FROM yearly_plan"), ["executing"]);
    let done = coordinator.post(&format!("{path}/closure"), &[("sure", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    // Days go by, and no number grows.
    for _ in 0..2 {
        let mut coordinator = khomo.signed_in("coordinator").await;
        for text in [page(&mut reader, public).await, page(&mut coordinator, &path).await] {
            assert!(text.contains("Chưa thực hiện") && text.contains("1 chưa thực hiện"), "{text}");
            assert!(!text.contains("Quá hạn") && !text.contains("0 quá hạn"), "{text}");
        }
        let csv = reader.get(&format!("{public}.csv")).await.text();
        assert!(csv.contains("Chưa thực hiện") && !csv.contains("Quá hạn"), "{csv}");
        let english = page(&mut reader, &format!("/en{public}")).await;
        assert!(english.contains("Not done") && !english.contains("Late by"), "{english}");
        khomo.clock.advance(30 * 24 * 3600);
    }
}

#[actix_web::test]
async fn the_items_of_a_plan_are_filtered_and_paged_on_both_pages_and_its_files_stay_whole() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let id = consulted(&khomo, 2026);
    let profile = khomo.app.profile();
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            for number in 1..=60 {
                let seen = yearly::by_id(tx.conn(), &id)?.mark();
                let form = promised(&format!("Số liệu {number:02}"), AWAY, "31/12/2026", &seen);
                yearly::save_item(tx, profile, &id, &form)?;
            }
            Ok(())
        })
        .unwrap();
    carried_out(&khomo, &id).await;
    let (public, inside) = ("/ke-hoach-du-lieu-mo/2026", format!("/internal/open-data/plans/{id}"));
    let rows = |answer: &Answer| answer.texts("section[aria-labelledby=items] tbody th");
    let mut reader = khomo.public().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    for (query, count) in [
        (String::new(), 50),
        ("?PAGE=2".to_owned(), 11),
        ("?PAGE=99".to_owned(), 11),
        (format!("?agency={HOME}"), 1),
        (format!("?agency={AWAY}&state=open"), 50),
        (format!("?agency={AWAY}&state=open&PAGE=2"), 10),
        (format!("?agency={AWAY}&state=late"), 0),
        ("?state=late".to_owned(), 1),
        ("?state=done".to_owned(), 0),
        ("?agency=khong-co&state=khong-co".to_owned(), 50),
    ] {
        for answer in [
            reader.visit(&format!("{public}{}", query.replace("PAGE", "page"))).await,
            coordinator.visit(&format!("{inside}{}", query.replace("PAGE", "items"))).await,
        ] {
            assert_eq!(answer.status, 200, "{}", answer.path);
            assert_clean("a plan that is filtered", &answer.text(), &OWN);
            assert_eq!(rows(&answer).len(), count, "{}", answer.path);
            let none = answer.text().contains("Không có nội dung nào phù hợp");
            assert_eq!(none, count == 0, "{}", answer.path);
            let ways = answer.attributes("nav.pager a", "href");
            assert!(ways.iter().all(|way| way.ends_with("#items")), "{ways:?}");
            if query.contains("state=open") {
                assert!(!ways.is_empty() && ways.iter().all(|way| way.contains("state=open")), "{ways:?}");
            }
        }
    }
    let csv = reader.get(&format!("{public}.csv?state=late")).await.text();
    assert_eq!(csv.lines().count(), 62, "the file is whole");
    // A row leads to the form that settles its item, and the form back to what was shown.
    let late = format!("{inside}?state=late");
    let item = khomo.lines("SELECT id AS line FROM plan_item WHERE title_vi = 'Trạm y tế'").remove(0);
    let shown = coordinator.visit(&late).await;
    let way = format!("{late}&item={item}#settle");
    assert_eq!(shown.attributes("section[aria-labelledby=items] a[href$='#settle']", "href"), [way]);
    let chosen = coordinator.visit(&format!("{late}&item={item}")).await;
    assert_clean("a plan with an item that is chosen", &chosen.text(), &OWN);
    assert_eq!(chosen.texts("#item option[selected]"), ["Trạm y tế (Sở Y tế)"]);
    let completion = format!("{inside}/completion");
    let settle = |dataset, back| [("item", item.as_str()), ("dataset", dataset), ("back", back)];
    let refused = coordinator.post(&completion, &settle("khong-co", late.as_str())).await;
    assert_eq!(refused.status, 422);
    assert_clean("a dataset that is not there", &refused.text(), &OWN);
    assert_eq!(refused.attribute("#by-state option[selected]", "value").as_deref(), Some("late"));
    assert_eq!(refused.texts("#item option[selected]"), ["Trạm y tế (Sở Y tế)"]);
    let done = coordinator.post(&completion, &settle("tram-y-te", late.as_str())).await;
    assert_eq!((done.status, done.header("location")), (303, Some(late.as_str())), "{}", done.text());
    // Nobody is led elsewhere, and an agency settles its own items alone.
    let other = khomo.lines("SELECT id AS line FROM plan_item WHERE title_vi = 'Số liệu 01'").remove(0);
    let fields = [("item", other.as_str()), ("reason", "Hết kinh phí."), ("back", "https://x.example/?a")];
    let dropped = coordinator.post(&format!("{inside}/dropping"), &fields).await;
    assert_eq!((dropped.status, dropped.header("location")), (303, Some(inside.as_str())));
    let mut editor = khomo.signed_in("editor").await;
    let others = editor.visit(&format!("{inside}?agency={AWAY}")).await;
    assert_eq!(rows(&others).len(), 50);
    assert!(others.attributes("a[href$='#settle']", "href").is_empty());
}

#[actix_web::test]
async fn a_proposal_is_taken_up_in_its_row_and_the_filter_stays() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    let proposal = entered(&khomo, "editor", &id, "Nhà thuốc", "");
    let asked = format!("/internal/open-data/plans/{id}?state=proposed");
    let mut coordinator = khomo.signed_in("coordinator").await;
    let shown = coordinator.visit(&asked).await;
    assert_clean("a plan with a proposal in its row", &shown.text(), &OWN);
    let field = |name: &str| {
        shown.attribute(&format!("tbody tr form[action$='/taking-up'] input[name={name}]"), "value").unwrap()
    };
    assert_eq!((field("item"), field("back")), (proposal.to_string(), asked.clone()));
    let fields = [("item", field("item")), ("back", field("back"))];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let taken = coordinator.post(&format!("/internal/open-data/plans/{id}/taking-up"), &fields).await;
    assert_eq!((taken.status, taken.header("location")), (303, Some(asked.as_str())), "{}", taken.text());
    let empty = coordinator.follow(taken).await;
    assert_clean("a plan without proposals", &empty.text(), &OWN);
    assert!(empty.text().contains("Không có nội dung nào phù hợp"));
    assert_eq!(khomo.count("plan_item WHERE state = 'open'"), 2);
}

#[actix_web::test]
async fn an_agency_settles_its_item_with_a_dataset_of_its_own_and_nobody_with_another_one_in_quarantine() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    for slug in ["tram-y-te", "nha-thuoc"] {
        khomo.dataset(slug).publish().await;
    }
    khomo.dataset("gia-lua").agency(AWAY).by("stranger").publish().await;
    let plan = consulted(&khomo, 2026);
    let about = entered(&khomo, "coordinator", &plan, "Nhà thuốc", "nha-thuoc");
    let free = khomo.lines("SELECT id AS line FROM plan_item WHERE title_vi = 'Trạm y tế'").remove(0);
    let free = PlanItemId::parse(&free).unwrap();
    carried_out(&khomo, &plan).await;
    let settled = |who: &str, item: &PlanItemId, dataset: &str| {
        let form = SettleForm { dataset: dataset.to_owned(), ..SettleForm::default() };
        khomo.db().write(&khomo.ctx(who), |tx| yearly::settle(tx, profile, &plan, item, &form))
    };
    assert!(settled("editor", &free, "gia-lua").unwrap_err().has("plan-dataset-foreign"));
    quarantined(&khomo, "tram-y-te", true);
    for who in ["editor", "coordinator"] {
        assert!(settled(who, &free, "tram-y-te").unwrap_err().has("ask-dataset-unknown"), "{who}");
    }
    quarantined(&khomo, "nha-thuoc", true);
    settled("editor", &about, "nha-thuoc").unwrap();
    settled("coordinator", &free, "gia-lua").unwrap();
    assert_eq!(khomo.count("plan_item WHERE state = 'done'"), 2);
}

/// A draft with a small table, which nobody published yet.
async fn unpublished(khomo: &Khomo, slug: &str) -> DatasetId {
    khomo.dataset(slug).csv("bang", SMALL).await.import().unwrap().0
}

/// Publishes a draft by two persons.
fn published(khomo: &Khomo, id: &DatasetId) {
    khomo.submit_breaking(id, "editor").unwrap();
    assert!(khomo.approve(id, "approver").unwrap().is_some());
}

/// Items that are carried out, but for the one of [`consulted`]: where they stand, since when, and what became of what they owe.
fn carried(khomo: &Khomo) -> Vec<String> {
    khomo.lines(
        "SELECT i.title_vi || ' ' || i.state || COALESCE(' ' || i.settled_on, '') || ', ' || d.state \
         || CASE WHEN d.late THEN ' late' ELSE '' END AS line \
         FROM plan_item AS i JOIN duty AS d ON d.subject = i.id WHERE i.title_vi <> 'Trạm y tế' ORDER BY i.title_vi",
    )
}

#[actix_web::test]
async fn an_approved_plan_begins_with_its_year_though_nobody_says_so_and_owes_nothing_before() {
    let khomo = Khomo::start();
    khomo.work().await;
    let (plan, late) = (consulted(&khomo, 2027), consulted(&khomo, 2026));
    approved(&khomo, &plan).await;
    let stands = || khomo.lines("SELECT CAST(year AS TEXT) || ' ' || state AS line FROM yearly_plan ORDER BY year");
    let owed =
        || khomo.lines("SELECT state || ' ' || due_on AS line FROM duty WHERE kind = 'plan-item' ORDER BY due_on");
    let day = |day: &str| {
        let day: chrono::NaiveDate = day.parse().unwrap();
        khomo.clock.advance((day - khomo.app.today()).num_days() * DAY);
    };
    day("2026-12-31");
    crate::duties::turn_by(&khomo, &khomo.app).await;
    assert_eq!(stands(), ["2026 consulted", "2027 approved"]);
    // Approved when its year is nearly over: late, but nobody owes it before it begins.
    approved(&khomo, &late).await;
    let read = khomo.public().await.get("/ke-hoach-du-lieu-mo/2026").await;
    assert_eq!(read.texts("section[aria-labelledby=items] tbody .badge"), ["Chưa công bố"]);
    assert!(owed().is_empty());
    let first = khomo.public().await.get("/ke-hoach-du-lieu-mo").await;
    assert!(first.texts("h1").concat().contains("2026"), "and not yet the plan of the next year");
    for _ in 0..2 {
        crate::duties::turn_by(&khomo, &khomo.app).await;
        assert_eq!(stands(), ["2026 executing", "2027 approved"]);
    }
    day("2027-01-01");
    for _ in 0..2 {
        crate::duties::turn_by(&khomo, &khomo.app).await;
        assert_eq!(stands(), ["2026 executing", "2027 executing"]);
    }
    assert_eq!(
        owed(),
        ["overdue 2026-12-31", "open 2027-08-02"],
        "one was owed on the day it began, one is on a Sunday"
    );
    assert_eq!(
        khomo.lines("SELECT actor_kind AS line FROM audit_entry WHERE action = 'plan.begin'"),
        ["system", "system"]
    );
}

#[actix_web::test]
async fn an_item_is_done_by_the_first_publication_of_its_dataset_and_the_night_says_so_with_that_day() {
    let khomo = Khomo::start();
    khomo.work().await;
    khomo.dataset("a-cu").publish().await;
    khomo.dataset("d-khac").agency(AWAY).by("stranger").csv("bang", SMALL).await.import().unwrap();
    let (new, confined) = (unpublished(&khomo, "b-moi").await, unpublished(&khomo, "c-kin").await);
    let gone = unpublished(&khomo, "e-rut").await;
    unpublished(&khomo, "f-nhap").await;
    let plan = consulted(&khomo, 2026);
    for (title, slug) in
        [("A", "a-cu"), ("B", "b-moi"), ("C", "c-kin"), ("D", "d-khac"), ("E", "e-rut"), ("F", "f-nhap")]
    {
        entered(&khomo, "coordinator", &plan, title, slug);
    }
    carried_out(&khomo, &plan).await;
    khomo.clock.advance(60 * DAY);
    for id in [&new, &confined, &gone] {
        published(&khomo, id);
    }
    let other = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "d-khac")).unwrap().unwrap();
    khomo.submit_breaking(&other.id, "stranger").unwrap();
    assert!(khomo.approve(&other.id, "coordinator").unwrap().is_some());
    quarantined(&khomo, "c-kin", true);
    khomo.withdraw(&gone, "approver").unwrap();
    // Nobody says anything, and no night is gone through before the day of the items is over.
    khomo.clock.advance(63 * DAY);
    for _ in 0..2 {
        crate::duties::turn_by(&khomo, &khomo.app).await;
        assert_eq!(
            carried(&khomo),
            [
                "A open, overdue",
                "B done 2026-11-03, done",
                "C open, overdue",
                "D open, overdue",
                "E open, overdue",
                "F open, overdue"
            ],
            "what was there before, in quarantine, another agency's, withdrawn or a draft does nothing"
        );
        assert_eq!(khomo.lines("SELECT actor_kind AS line FROM audit_entry WHERE action = 'plan.settle'"), ["system"]);
    }
    let mut reader = khomo.public().await;
    let done = reader.visit("/ke-hoach-du-lieu-mo/2026?state=done").await;
    assert_clean("what the night settled", &done.text(), &OWN);
    assert_eq!(done.texts("section[aria-labelledby=items] tbody th"), ["B"]);
    quarantined(&khomo, "c-kin", false);
    crate::duties::turn_by(&khomo, &khomo.app).await;
    assert_eq!(carried(&khomo)[2], "C done 2026-11-03, done");
}

#[actix_web::test]
async fn what_is_noted_late_counts_from_its_publication_and_what_was_there_before_from_today() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    khomo.dataset("a-cu").publish().await;
    let (late, named) = (unpublished(&khomo, "b-moi").await, unpublished(&khomo, "c-dong").await);
    let plan = consulted(&khomo, 2026);
    let items = ["A", "B"].map(|title| entered(&khomo, "coordinator", &plan, title, ""));
    for (title, slug) in [("C", "c-dong"), ("D", "a-cu")] {
        entered(&khomo, "coordinator", &plan, title, slug);
    }
    carried_out(&khomo, &plan).await;
    khomo.clock.advance(60 * DAY);
    for id in [&late, &named] {
        published(&khomo, id);
    }
    khomo.clock.advance(63 * DAY);
    for (item, slug) in items.iter().zip(["a-cu", "b-moi"]) {
        let form = SettleForm { dataset: slug.to_owned(), ..SettleForm::default() };
        khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::settle(tx, profile, &plan, item, &form)).unwrap();
    }
    let noted = ["A done 2027-01-05, done late", "B done 2026-11-03, done"];
    assert_eq!(carried(&khomo)[..2], noted);
    // What was published and nobody noted is done when the plan ends.
    let sure = yearly::CloseForm { sure: "1".to_owned() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::close(tx, profile, &plan, &sure)).unwrap();
    assert_eq!(carried(&khomo), [noted[0], noted[1], "C done 2026-11-03, done", "D open, excused late"]);
    let ended = khomo.lines("SELECT state AS line FROM yearly_plan");
    assert_eq!(ended, ["closed"]);
}

/// Makes the database refuse every write that names one of some columns of items.
fn guard(khomo: &Khomo, columns: &str) {
    let head = format!("CREATE TRIGGER guard BEFORE UPDATE OF {columns} ON plan_item");
    let sql = if khomo.db().is_embedded() {
        format!("DROP TRIGGER IF EXISTS guard; {head} BEGIN SELECT RAISE(ABORT, 'guarded'); END")
    } else {
        format!(
            "DROP TRIGGER IF EXISTS guard ON plan_item; \
             CREATE OR REPLACE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'guarded'; END $$; {head} FOR EACH ROW EXECUTE FUNCTION guard()"
        )
    };
    khomo.raw(&sql).unwrap();
}

#[actix_web::test]
async fn whoever_settles_an_item_and_a_purge_write_nothing_of_each_other_s() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    let title = "Tên không được tồn tại";
    let dataset = khomo.dataset("tram-mua").title(title).publish().await;
    let plan = consulted(&khomo, 2026);
    let settled = entered(&khomo, "coordinator", &plan, title, "tram-mua");
    let dropped = entered(&khomo, "editor", &plan, "Nhà thuốc", "");
    guard(&khomo, "title_vi, title_en");
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::take_up(tx, profile, &plan, &dropped)).unwrap();
    carried_out(&khomo, &plan).await;
    let form = |dataset: &str, reason: &str| SettleForm {
        dataset: dataset.to_owned(),
        reason: reason.to_owned(),
        ..SettleForm::default()
    };
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| {
            yearly::settle(tx, profile, &plan, &settled, &form("tram-mua", ""))?;
            yearly::drop_item(tx, profile, &plan, &dropped, &form("", "Không đủ kinh phí."))
        })
        .unwrap();
    guard(&khomo, "state, dataset_id, reason, settled_on, approved");
    super::purge::purged(&khomo, &dataset, "tram-mua").await;
    let stands = "SELECT title_vi || ' ' || state AS line FROM plan_item WHERE state <> 'open' ORDER BY state";
    assert_eq!(khomo.lines(stands), [" done", "Nhà thuốc dropped"]);
}

#[actix_web::test]
async fn what_was_dropped_before_the_approval_stays_inside_whatever_day_the_decision_bears() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    let proposal = entered(&khomo, "editor", &id, "Đề xuất chưa chín", "");
    let form = SettleForm { reason: "Chưa đủ căn cứ.".to_owned(), ..SettleForm::default() };
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::drop_item(tx, profile, &id, &proposal, &form)).unwrap();
    // The decision bears a day before the one on which the proposal was dropped.
    carried_out(&khomo, &id).await;
    let mut reader = khomo.public().await;
    for path in ["/ke-hoach-du-lieu-mo/2026", "/en/ke-hoach-du-lieu-mo/2026", "/ke-hoach-du-lieu-mo/2026.csv"] {
        let text = reader.get(path).await.text();
        assert!(text.contains("Trạm y tế") && !text.contains("Đề xuất chưa chín"), "{path}");
        assert!(!text.contains("Chưa đủ căn cứ."), "{path}");
    }
    // What is dropped afterwards is told.
    let item = khomo.db().read(|conn| yearly::items(conn, &id)).unwrap();
    let item = item.into_iter().find(|listed| listed.item.approved).unwrap().item.id;
    let form = SettleForm { reason: "Hết kinh phí.".to_owned(), ..SettleForm::default() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::drop_item(tx, profile, &id, &item, &form)).unwrap();
    assert!(page(&mut reader, "/ke-hoach-du-lieu-mo/2026").await.contains("Hết kinh phí."));
}

#[actix_web::test]
async fn a_plan_is_a_file_in_both_languages_and_no_title_of_it_a_formula() {
    let khomo = Khomo::start();
    khomo.dataset("tram-y-te").title("Danh sách trạm y tế").publish().await;
    let id = consulted(&khomo, 2026);
    entered(&khomo, "coordinator", &id, "=SUM(A1)", "tram-y-te");
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/ke-hoach-du-lieu-mo/2026.csv").await.status, 404, "it is not approved");
    carried_out(&khomo, &id).await;
    let csv = reader.get("/ke-hoach-du-lieu-mo/2026.csv").await;
    assert!(csv.status == 200 && csv.header("content-type").unwrap().starts_with("text/csv"));
    let text = csv.text();
    assert_eq!(text.lines().count(), 3, "{text}");
    assert!(text.contains("Hạn công bố") && text.contains("'=SUM(A1)") && text.contains("2026-12-31"), "{text}");
    assert!(text.contains(&format!("{PUBLIC_URL}/dataset/tram-y-te")));
    let english = reader.get("/en/ke-hoach-du-lieu-mo/2026.csv").await.text();
    assert!(english.contains("Publish by") && english.contains("Trạm y tế"), "{english}");
    let book = reader.get("/ke-hoach-du-lieu-mo/2026.xlsx").await;
    assert!(book.status == 200 && book.body.starts_with(b"PK"));
    for path in ["/ke-hoach-du-lieu-mo/2025.csv", "/ke-hoach-du-lieu-mo/2026.json", "/ke-hoach-du-lieu-mo/x.csv"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    assert!(page(&mut reader, "/ke-hoach-du-lieu-mo").await.contains("/ke-hoach-du-lieu-mo/2026.xlsx"));
    // What is about a dataset in quarantine is not named to whoever may not see it.
    quarantined(&khomo, "tram-y-te", true);
    for path in ["/ke-hoach-du-lieu-mo/2026", "/ke-hoach-du-lieu-mo/2026.csv"] {
        let text = reader.get(path).await.text();
        assert!(!text.contains("SUM(A1)") && text.contains("Tạm thời không hiển thị tên"), "{path}");
    }
    let inside = format!("/internal/open-data/plans/{id}");
    for (person, sees) in [("editor", true), ("stranger", false)] {
        let mut browser = khomo.signed_in(person).await;
        assert_eq!(page(&mut browser, &inside).await.contains("SUM(A1)"), sees, "{person}");
        assert_eq!(browser.get(&format!("{inside}.csv")).await.text().contains("SUM(A1)"), sees, "{person}, as a file");
    }
}

#[actix_web::test]
async fn the_items_of_a_plan_leave_as_they_are_chosen_inside_and_the_log_says_so() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    entered(&khomo, "editor", &id, "Nhà thuốc", "");
    let path = format!("/internal/open-data/plans/{id}");
    let mut editor = khomo.signed_in("editor").await;
    let shown = editor.visit(&format!("{path}?state=proposed&page=3")).await;
    assert_clean("a plan with its files", &shown.text(), &OWN);
    let files = shown.attributes("section[aria-labelledby=items] .step-head a", "href");
    assert_eq!(files, [format!("{path}.xlsx?state=proposed"), format!("{path}.csv?state=proposed")]);
    assert_eq!(&editor.get(&files[0]).await.body[..2], b"PK");
    for (query, rows, first) in [
        ("?state=proposed".to_owned(), 1, "Nhà thuốc"),
        (String::new(), 2, "Trạm y tế"),
        (format!("?agency={HOME}&state=khong-co"), 2, "Trạm y tế"),
        (format!("?agency={AWAY}"), 0, ""),
    ] {
        let csv = editor.get(&format!("{path}.csv{query}")).await;
        assert_eq!(csv.status, 200, "{query}");
        let text = csv.text();
        assert_eq!(text.trim_end().lines().count(), rows + 1, "{query}: {text}");
        assert!(text.lines().nth(1).unwrap_or_default().contains(first), "{query}: {text}");
    }
    let logged = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'plan.export' ORDER BY seq");
    assert_eq!(logged.len(), 5);
    let filter = |at: usize| serde_json::from_str::<serde_json::Value>(&logged[at]).unwrap()["filter"].clone();
    assert_eq!(filter(1), serde_json::json!({ "year": "2026", "state": "proposed" }));
    assert_eq!(filter(3), serde_json::json!({ "year": "2026", "agency": HOME }), "the log says what held");
    for away in ["/internal/open-data/plans/x.csv".to_owned(), format!("{path}.json")] {
        assert_eq!(editor.get(&away).await.status, 404, "{away}");
    }
    let none = editor.visit(&format!("{path}?state=done")).await;
    assert!(none.attributes("section[aria-labelledby=items] .step-head a", "href").is_empty(), "nothing to take away");
    assert_eq!(khomo.public().await.get("/ke-hoach-du-lieu-mo/2026.csv").await.status, 404, "nobody approved it");
}

#[actix_web::test]
async fn words_that_several_missed_stand_beside_a_plan_that_is_written_and_become_an_item() {
    let khomo = Khomo::start();
    khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    khomo.index();
    let id = consulted(&khomo, 2026);
    let path = format!("/internal/open-data/plans/{id}");
    let (links, section) = ("section[aria-labelledby=demand] a[href*='words=']", "section[aria-labelledby=demand]");
    let mut coordinator = khomo.signed_in("coordinator").await;
    assert!(coordinator.visit(&path).await.texts(links).is_empty(), "nobody missed anything yet");
    for (month, words, total) in
        [("2026-09", "ngap ung", 5), ("2025-10", "ngap ung", 2), ("2025-09", "qua cu", 9), ("2026-08", "dan so", 30)]
    {
        khomo.raw(&format!("INSERT INTO vain_search VALUES ('{month}', '{words}', {total})")).unwrap();
    }
    for person in ["coordinator", "editor"] {
        let mut browser = khomo.signed_in(person).await;
        let shown = browser.visit(&path).await;
        assert_clean("a plan with what people miss", &shown.text(), &OWN);
        assert_eq!(
            shown.texts(links),
            ["ngap ung"],
            "{person}: of the last twelve months, and nothing that is found by now"
        );
        let said = shown.texts(section).concat();
        assert!(said.contains("7 lượt người tìm") && said.contains("không công bố"), "{said}");
        assert!(shown.attributes(&format!("{section} a"), "href").contains(&"/internal/demand?list=words".to_owned()));
        let form = browser.visit(&shown.attributes(links, "href")[0]).await;
        assert_clean("the form of an item that people miss", &form.text(), &OWN);
        assert_eq!(form.attribute("#title", "value").as_deref(), Some("ngap ung"), "{person}");
    }
    let odd = coordinator.visit(&format!("{path}/item?words=lan%40thu.example")).await;
    assert_eq!(
        (odd.status, odd.attribute("#title", "value").as_deref()),
        (200, Some("")),
        "the field is there, and empty"
    );
    let mut approver = khomo.signed_in("approver").await;
    assert!(approver.visit(&path).await.texts(section).is_empty(), "who plans for nobody");
    let seen = khomo.db().read(|conn| yearly::by_id(conn, &id)).unwrap().mark();
    let profile = khomo.app.profile();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::submit(tx, profile, &id, &seen)).unwrap();
    assert!(coordinator.visit(&path).await.texts(section).is_empty(), "nothing is written any more");
}

#[actix_web::test]
async fn a_comment_names_its_agency_and_their_number_is_bounded() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    let path = format!("/internal/open-data/plans/{id}");
    let row = format!("('{}', '{}', 'editor', '2026-01-01', NULL, NULL)", khomo.id("editor"), khomo.agency(AWAY));
    khomo
        .raw(&format!(
            "INSERT INTO account_role (account_id, agency_id, role, valid_from, valid_to, deputy_for) VALUES {row}"
        ))
        .unwrap();
    let mut editor = khomo.signed_in("editor").await;
    let form = editor.visit(&path).await;
    assert_eq!(form.attributes("form[action$='/comment'] option", "value").len(), 3, "none, and two agencies");
    let comment = format!("{path}/comment");
    for (agency, status) in [("", 422), ("khong-co", 422), (AWAY, 303)] {
        let answer = editor.post(&comment, &[("reason", "Xin thêm dữ liệu lũ."), ("agency", agency)]).await;
        assert_eq!(answer.status, status, "{agency}");
        if status == 422 {
            assert_clean("a comment for no agency", &answer.text(), &OWN);
            assert!(answer.texts("textarea").concat().contains("Xin thêm dữ liệu lũ."), "nothing typed is lost");
        }
    }
    let said = khomo.lines("SELECT agency_id AS line FROM plan_comment ORDER BY seq");
    assert_eq!(said, [khomo.agency(HOME).to_string(), khomo.agency(AWAY).to_string()]);
    let (account, agency) = (khomo.id("editor"), khomo.agency(HOME));
    let more: Vec<String> = (3..=500).map(|seq| format!("('{id}', {seq}, '{account}', '{agency}', 'x', 1)")).collect();
    khomo
        .raw(&format!(
            "INSERT INTO plan_comment (plan_id, seq, account_id, agency_id, text, at) VALUES {}",
            more.join(", ")
        ))
        .unwrap();
    let full = editor.post(&comment, &[("reason", "Câu cuối cùng."), ("agency", HOME)]).await;
    assert_eq!(full.status, 409);
    assert!(full.texts("textarea").concat().contains("Câu cuối cùng."));
    let first = khomo.db().read(|conn| yearly::comments(conn, &id, PageRequest { number: 1, size: 25 })).unwrap();
    assert_eq!((first.total, first.items.len()), (500, 25));
    for number in [20, 99] {
        let last = editor.visit(&format!("{path}?page={number}")).await;
        assert_clean("the last page of comments", &last.text(), &OWN);
        assert!(last.text().contains("Xin lùi hạn một tháng."), "the first is last, and nothing is past it");
        let ways = last.attributes("nav.pager a", "href");
        assert!(!ways.is_empty() && ways.iter().all(|way| way.ends_with("#comments")), "{ways:?}");
        assert_eq!(last.attribute("nav.pager a[rel=prev]", "href"), Some(format!("{path}?page=19#comments")));
    }
}

#[actix_web::test]
async fn words_about_a_plan_stand_in_the_form_that_sent_them_or_above_where_it_went() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    entered(&khomo, "coordinator", &id, "Trạm bơm", "");
    let path = format!("/internal/open-data/plans/{id}");
    let mut coordinator = khomo.signed_in("coordinator").await;
    let form = coordinator.visit(&path).await;
    assert_eq!(form.attributes("textarea[name=reason]", "id"), ["comment-words", "drop-reason"]);
    assert_eq!(form.attribute("section[aria-labelledby=drop] details", "open"), None);
    let item = khomo.lines("SELECT id AS line FROM plan_item WHERE title_vi = 'Trạm bơm'").remove(0);
    let dropping = format!("{path}/dropping");
    let long = "Chưa có kinh phí. ".repeat(200);
    let refused = coordinator.post(&dropping, &[("item", item.as_str()), ("reason", long.as_str())]).await;
    assert_eq!(refused.status, 422);
    assert_clean("a reason that is too long", &refused.text(), &OWN);
    assert_eq!(refused.attributes("#errors a", "href"), ["#drop-reason"]);
    assert_eq!(refused.attributes("textarea[aria-invalid]", "id"), ["drop-reason"]);
    assert!(refused.attribute("section[aria-labelledby=drop] details", "open").is_some());
    assert_eq!(refused.texts("#dropped option[selected]"), ["Trạm bơm (Sở Y tế)"]);
    assert!(refused.texts("#drop-reason").concat().contains("Chưa có kinh phí."));
    assert_eq!(refused.texts("#comment-words"), [""]);
    assert!(refused.texts("section[aria-labelledby=unsent]").is_empty());
    let silent = coordinator.post(&format!("{path}/comment"), &[("reason", " ")]).await;
    assert_eq!(silent.status, 422);
    assert_eq!(silent.attributes("#errors a", "href"), ["#comment-words"]);
    assert_eq!(silent.attributes("textarea[aria-invalid]", "id"), ["comment-words"]);
    // What was dropped meanwhile is none of the items left: the reason waits beside no other.
    let fields = [("item", item.as_str()), ("reason", "Hết kinh phí.")];
    assert_eq!(coordinator.post(&dropping, &fields).await.status, 303);
    coordinator.visit(&path).await;
    let late = coordinator.post(&dropping, &fields).await;
    assert_eq!(late.status, 409);
    assert_clean("a reason that came too late", &late.text(), &OWN);
    assert!(late.texts("section[aria-labelledby=unsent]").concat().contains("Hết kinh phí."));
    assert_eq!(late.texts("#drop-reason"), [""]);
    // A comment on what was submitted meanwhile is no reason for giving it back.
    let seen = khomo.db().read(|conn| yearly::by_id(conn, &id)).unwrap().mark();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::submit(tx, khomo.app.profile(), &id, &seen)).unwrap();
    let late = coordinator.post(&format!("{path}/comment"), &[("reason", "Xin thêm dữ liệu lũ.")]).await;
    assert_eq!(late.status, 409);
    assert!(late.texts("section[aria-labelledby=unsent]").concat().contains("Xin thêm dữ liệu lũ."));
    assert_eq!(late.texts("textarea"), [""]);
    let wordless = coordinator.post(&format!("{path}/return"), &[("reason", "")]).await;
    assert_eq!((wordless.status, wordless.attributes("#errors a", "href")), (422, vec!["#return-reason".to_owned()]));
}

#[actix_web::test]
async fn what_was_typed_about_a_plan_that_went_on_is_shown_with_the_refusal() {
    let khomo = Khomo::start();
    let id = consulted(&khomo, 2026);
    let path = format!("/internal/open-data/plans/{id}");
    let mut editor = khomo.signed_in("editor").await;
    editor.visit(&path).await;
    let seen = khomo.db().read(|conn| yearly::by_id(conn, &id)).unwrap().mark();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::submit(tx, khomo.app.profile(), &id, &seen)).unwrap();
    let item = [
        ("title", "Độ mặn các cửa sông"),
        ("agency", HOME),
        ("target_on", "01/10/2026"),
        ("level", "2"),
        ("seen", seen.as_str()),
    ];
    let sent = [
        (format!("{path}/item"), &item[..], "Độ mặn các cửa sông"),
        (format!("{path}/comment"), &[("reason", "Xin thêm dữ liệu lũ.")][..], "Xin thêm dữ liệu lũ."),
    ];
    for (to, fields, typed) in sent {
        let late = editor.post(&to, fields).await;
        assert_eq!(late.status, 409, "{to}");
        assert_clean("a form that came too late", &late.text(), &OWN);
        assert!(late.texts("section[aria-labelledby=unsent]").concat().contains(typed), "{to}");
    }
}

#[actix_web::test]
async fn what_a_plan_owes_is_told_to_whoever_keeps_account_of_duties() {
    let khomo = Khomo::start();
    let id = executed(&khomo, 2026).await;
    let items = khomo.db().read(|conn| yearly::items(conn, &id)).unwrap();
    let items: Vec<_> = items.into_iter().map(|listed| listed.item).collect();
    let owed = yearly::owed(&items);
    assert_eq!(owed.len(), 1);
    assert_eq!((owed[0].agency.clone(), owed[0].done), (khomo.agency(HOME), false));
    assert_eq!(owed[0].due.to_string(), "2026-08-01");
}

#[actix_web::test]
async fn signed_files_that_nobody_names_are_swept_and_the_others_stay_and_are_backed_up() {
    let khomo = Khomo::start();
    issued(&khomo).await;
    signed(&khomo).await;
    let listed = async || khomo.files().list("decisions").await.unwrap().len();
    assert_eq!(listed().await, 2);
    // The store dates objects by the machine's clock.
    let newest = khomo.files().list("decisions").await.unwrap().iter().map(|(_, written)| written.0).max().unwrap();
    khomo.clock.advance((newest - khomo.clock.now().0) / 1000 + 25 * 3600);
    let scratch = &khomo.app.parts.settings.scratch;
    let swept = khomo::worker::sweep(khomo.db(), khomo.files(), scratch, khomo::kernel::Actor::System).await.unwrap();
    assert_eq!(swept.objects.iter().filter(|name| name.starts_with("decisions/")).count(), 1);
    assert_eq!(listed().await, 1);
    assert_eq!(khomo.db().read(decision::stored).unwrap().len(), 1);
}

#[actix_web::test]
async fn the_catalogue_and_the_plan_are_decided_by_whom_the_regulation_in_force_names() {
    for (profile, catalogue, plan, cited) in [
        ("soc-trang-2022", "chair soc-trang-2022/10.1", "ppc soc-trang-2022/10.2", "khoản 1 Điều 10"),
        ("tay-ninh-2024", "chair tay-ninh-2024/9.2", "chair nd47/19.1", "khoản 2 Điều 9"),
    ] {
        let khomo = Khomo::start_with(&[("KHOMO_PROFILE", profile)]);
        issued(&khomo).await;
        executed(&khomo, 2026).await;
        let kept = |number: &str| {
            format!("SELECT authority || ' ' || basis AS line FROM signed_decision WHERE number = '{number}'")
        };
        assert_eq!(khomo.lines(&kept("12/QĐ-UBND")), [catalogue], "{profile}");
        assert_eq!(khomo.lines(&kept("34/QĐ-UBND")), [plan], "{profile}");
        let mut editor = khomo.signed_in("editor").await;
        let shown = page(&mut editor, "/internal/open-data").await;
        assert!(shown.contains(cited), "{profile}: {shown}");
    }
}
