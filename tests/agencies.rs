//! The directory of agencies: entering, changing, merging; focal points.

use khomo::account;
use khomo::cycle::{self, ConfirmForm};
use khomo::dataset::contact::{self, ContactForm};
use khomo::dataset::draft::{self, NewForm};
use khomo::kernel::id::{ContactId, DatasetId, FocalListId, FocalPointId};
use khomo::kernel::{Actor, Kind, Result};
use khomo::people::{self, AgencyForm, DecisionForm, FocalDecision, FocalForm, MergeForm, ReviewForm, SubmitForm};
use khomo::quarter;

use super::people::hire;
use crate::records::sheet;
use crate::support::kit::{AWAY, HOME, Khomo};

const HEALTH: &str = "/organization/so-y-te";

pub fn merger(khomo: &Khomo, successor: &str, date: &str, roles: &str) -> MergeForm {
    MergeForm {
        successor: if successor.is_empty() { String::new() } else { id_of(khomo, successor) },
        date: date.to_owned(),
        roles: roles.to_owned(),
        reason: "Nghị quyết 1/NQ-HĐND.".to_owned(),
    }
}

fn id_of(khomo: &Khomo, slug: &str) -> String {
    khomo.lines(&format!("SELECT id AS line FROM agency WHERE slug = '{slug}'")).remove(0)
}

pub fn merge(khomo: &Khomo, slug: &str, form: &MergeForm) -> Result<()> {
    let id = khomo::kernel::id::AgencyId::parse(&id_of(khomo, slug)).unwrap();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| people::merge_agency(tx, khomo.app.profile(), &id, form))
}

#[actix_web::test]
async fn the_coordinating_department_enters_and_changes_an_agency() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit("/internal/agencies/new").await;
    let parent = khomo.agency(HOME).to_string();
    let fields = [
        ("name_vi", "Trung tâm Kiểm soát bệnh tật"),
        ("name_en", "Centre for Disease Control"),
        ("slug", ""),
        ("kind", "subordinate"),
        ("parent", parent.as_str()),
        ("phone", "0200 000 333"),
        ("email", "cdc@lacdien.example"),
        ("e_identifier", "H00.12.3"),
        ("valid_from", "01/07/2025"),
        ("valid_to", "2020-01-01"),
        ("successor_id", parent.as_str()),
    ];
    let answer = coordinator.post("/internal/agencies", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = answer.header("location").unwrap().to_owned();
    assert!(coordinator.follow(answer).await.flash().is_some());
    let row = khomo.lines(
        "SELECT slug || ' ' || kind || ' ' || (parent_id IS NOT NULL) || ' ' || (valid_to IS NULL) AS line \
         FROM agency WHERE name_vi LIKE 'Trung t%'",
    );
    assert!(row[0].starts_with("trung-tam-kiem-soat-benh-tat subordinate"), "{row:?}");
    assert_eq!(khomo.count("agency WHERE valid_to IS NOT NULL OR successor_id IS NOT NULL"), 0);
    coordinator.visit(&page).await;
    let mut changed = fields.to_vec();
    changed[0].1 = "Trung tâm Kiểm soát bệnh tật tỉnh";
    changed[2].1 = "dia-chi-khac";
    assert_eq!(coordinator.post(&page, &changed).await.status, 303);
    assert_eq!(khomo.count("agency WHERE slug = 'dia-chi-khac'"), 0, "an address is for good");
    let public = khomo.public().await.get("/organization/trung-tam-kiem-soat-benh-tat").await;
    assert!(public.text().contains("bệnh tật tỉnh"));
    let detail =
        khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'agency.change' ORDER BY seq").pop();
    assert!(detail.unwrap().contains("\"before\":{"));
}

#[actix_web::test]
async fn every_wrong_field_of_an_agency_is_named() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit("/internal/agencies/new").await;
    let fields = [("name_vi", ""), ("kind", "x"), ("parent", "x"), ("email", "không"), ("valid_from", "30/02/2026")];
    let answer = coordinator.post("/internal/agencies", &fields).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.attributes("#errors a", "href"), ["#name_vi", "#kind", "#parent", "#email", "#valid_from"]);
    let taken = [("name_vi", "Y"), ("slug", HOME), ("kind", "department"), ("valid_from", "01/07/2025")];
    let answer = coordinator.post("/internal/agencies", &taken).await;
    assert_eq!((answer.status, answer.attributes("#errors a", "href")), (422, vec!["#slug".to_owned()]));
}

#[actix_web::test]
async fn from_the_day_of_the_merger_the_address_leads_on_for_good_and_the_data_stay() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").title("Danh sách trạm y tế").publish().await;
    khomo.index();
    khomo.register_agency("so-moi", "Sở Mới").unwrap();
    merge(&khomo, HOME, &merger(&khomo, "so-moi", "06/09/2026", "end")).unwrap();
    let mut reader = khomo.public().await;
    assert_eq!(reader.get(HEALTH).await.status, 200, "it is there until the day before");
    khomo.clock.advance(86_400);
    assert_eq!(reader.get(HEALTH).await.status, 200, "{}", khomo.app.today());
    khomo.clock.advance(86_400);
    let moved = reader.get(HEALTH).await;
    assert_eq!((moved.status, moved.header("location")), (301, Some("/organization/so-moi")));
    let english = reader.get(&format!("/en{HEALTH}?page=2")).await;
    assert_eq!((english.status, english.header("location")), (301, Some("/en/organization/so-moi")));
    let page = reader.get("/organization/so-moi").await;
    assert!(page.text().contains("Sở Y tế") && page.text().contains("05/09/2026"), "formerly");
    assert_eq!(reader.get("/dataset/so-lieu").await.status, 200, "its data stay");
    assert!(page.attributes("aside a", "href").contains(&format!("/dataset?agency={HOME}")));
    let directory = reader.get("/organization").await;
    assert!(!directory.text().contains("/organization/so-y-te"));
    // Its data count where the address leads: whoever took over answers for them.
    assert!(page.text().contains("Danh sách trạm y tế"));
    for path in ["/", "/tinh-hinh-cap-nhat", "/sitemap-1.xml"] {
        assert!(reader.get(path).await.text().contains("/organization/so-moi"), "{path}");
    }
    assert!(page.attributes("main a", "href").contains(&format!("/dataset?agency=so-moi&agency={HOME}")));
    let feed = reader.get("/organization/so-moi/feed.atom").await;
    assert!(feed.text().contains("Danh sách trạm y tế"), "{}", feed.text());
    let standing = reader.get("/tinh-hinh-cap-nhat/co-quan.json").await;
    let told: serde_json::Value = serde_json::from_slice(&standing.body).unwrap();
    assert_eq!(told.as_array().unwrap().len(), 1, "{told}");
    assert_eq!((&told[0]["agency"], &told[0]["datasets"]), (&"Sở Mới".into(), &1.into()), "{told}");
    // A successor that is merged in turn hands on.
    merge(&khomo, "so-moi", &merger(&khomo, AWAY, "06/09/2026", "end")).unwrap();
    let moved = reader.get(HEALTH).await;
    assert_eq!(moved.header("location"), Some(format!("/organization/{AWAY}").as_str()));
    let last = reader.get(&format!("/organization/{AWAY}")).await.text();
    assert!(last.contains("Sở Y tế") && last.contains("Sở Mới"), "both are named there");
}

#[actix_web::test]
async fn a_dissolved_agency_keeps_its_page_and_says_so() {
    let khomo = Khomo::start();
    merge(&khomo, HOME, &merger(&khomo, "", "04/09/2026", "end")).unwrap();
    let page = khomo.public().await.get(HEALTH).await;
    assert!(page.status == 200 && page.text().contains("03/09/2026"));
}

#[actix_web::test]
async fn roles_at_a_merged_agency_end_or_go_on_at_the_successor() {
    for (fate, goes_on) in [("end", false), ("move", true)] {
        let khomo = Khomo::start();
        merge(&khomo, HOME, &merger(&khomo, AWAY, "06/09/2026", fate)).unwrap();
        let editor = khomo.id("editor");
        let holds = |slug: &str| {
            let today = khomo.app.today().to_string();
            let held = khomo.db().read(|conn| account::held_by(conn, &editor, &today)).unwrap();
            held.iter().any(|held| held.role == "editor" && held.agency == khomo.agency(slug))
        };
        assert!(holds(HOME) && !holds(AWAY), "{fate}: until the day before");
        khomo.clock.advance(2 * 86_400);
        assert_eq!((holds(HOME), holds(AWAY)), (false, goes_on), "{fate}");
    }
}

/// The open duties about an agency and its data, by kind: who owes them.
fn owed(khomo: &Khomo) -> Vec<String> {
    khomo.lines(
        "SELECT d.kind || ' ' || a.slug AS line FROM duty AS d JOIN agency AS a ON a.id = d.agency_id \
         WHERE d.ended_at IS NULL ORDER BY d.kind, a.slug, d.subject",
    )
}

/// Moves the clock to a day and does what is due then.
async fn go(khomo: &Khomo, day: &str) {
    let day: chrono::NaiveDate = day.parse().unwrap();
    khomo.clock.advance((day - khomo.app.today()).num_days() * 86_400);
    khomo.work().await;
}

#[actix_web::test]
async fn what_a_merged_agency_owes_its_successor_owes_and_can_do() {
    let khomo = Khomo::start();
    let heir = hire(&khomo, "lanh-dao", &[(AWAY, "agency-head"), (AWAY, "focal-point"), (AWAY, "editor")]);
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.work().await;
    go(&khomo, "2026-09-05").await;
    go(&khomo, "2026-10-01").await;
    let form = ReviewForm { due: "30/10/2026".to_owned() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| people::open_review(tx, khomo.app.profile(), &form)).unwrap();
    // Both have accounts to answer for and a return to sign.
    let (own, theirs) = (format!("account-review {AWAY}"), format!("account-review {HOME}"));
    let returns = [format!("return {AWAY}"), format!("return {HOME}")];
    let before = [own.clone(), theirs, returns[0].clone(), returns[1].clone(), format!("update {HOME}")];
    assert_eq!(owed(&khomo), before);
    merge(&khomo, HOME, &merger(&khomo, AWAY, "05/10/2026", "end")).unwrap();
    go(&khomo, "2026-10-04").await;
    assert_eq!(owed(&khomo), before, "until the day before");
    let told = || khomo.count(&format!("notice WHERE event = 'duty-reminder' AND account_id = '{heir}'"));
    assert_eq!(told(), 0);
    go(&khomo, "2026-10-05").await;
    let after = [own.clone(), own, returns[0].clone(), returns[0].clone(), format!("update {AWAY}")];
    assert_eq!(owed(&khomo), after);
    assert_eq!(told(), 1, "they hear of what has come to them");
    let mut browser = khomo.signed_in("lanh-dao").await;
    let titles = browser.visit("/internal/duties").await.texts("tbody th b");
    for title in ["Trạm y tế", "Quý III/2026", "Quý III/2026, Sở Y tế", "Sở Y tế"] {
        assert!(titles.contains(&title.to_owned()), "{title}: {titles:?}");
    }

    // They update the data that are theirs now, sign what the other agency owed, and answer for its accounts.
    let ctx = || khomo.ctx_of(Actor::Account(heir.clone()));
    let profile = khomo.app.profile();
    let counted =
        khomo.db().read(|conn| khomo::dataset::by_id(conn, &id)).unwrap().counts_from.unwrap_or(0).to_string();
    let form = ConfirmForm { checked: "Đối chiếu với sổ.".to_owned(), declared: "1".to_owned(), counted };
    khomo.db().write(&ctx(), |tx| cycle::confirm_unchanged(tx, profile, &id, &form)).unwrap();
    let new = NewForm {
        title: "Số mới".to_owned(),
        agency: HOME.to_owned(),
        topic: "y-te".to_owned(),
        frequency: "monthly".to_owned(),
        ..NewForm::default()
    };
    let refused = khomo.db().write(&ctx(), |tx| draft::create(tx, profile, &new)).unwrap_err();
    assert!(refused.has("agency-missing"), "nothing new begins there");
    let home = khomo.agency(HOME);
    let kept = quarter::ItemForm {
        title: "Sổ tiêm chủng".to_owned(),
        kind: "Sổ đăng ký".to_owned(),
        kept_at: "Kho lưu trữ".to_owned(),
        visibility: "shared".to_owned(),
        planned_on: "31/12/2026".to_owned(),
    };
    khomo.db().write(&ctx(), |tx| quarter::add_item(tx, profile, "2026-Q3", &home, &kept)).unwrap();
    let path = format!("/internal/quarter/2026-Q3/returns/{home}");
    assert_eq!(browser.visit(&path).await.status, 200);
    let signed = khomo.db().write(&ctx(), |tx| {
        let person = account::acting(tx, profile)?;
        let now = tx.ctx().at;
        let seen = quarter::shown(tx.conn(), &person, profile, "2026-Q3", &home, now)?.mark();
        quarter::sign(tx, profile, "2026-Q3", &home, &seen)
    });
    assert_eq!(signed.unwrap(), quarter::ReturnState::Signed);
    let campaign = khomo.db().read(|conn| people::campaigns(conn, 1)).unwrap().remove(0).id;
    let answers: people::Answers = [("rest".to_owned(), "keep".to_owned())].into();
    khomo.db().write(&ctx(), |tx| people::answer(tx, profile, &campaign, &answers)).unwrap();
    let silent = khomo.count(&format!("review_answer WHERE agency_id = '{home}' AND verdict IS NULL"));
    assert_eq!(silent, 0);
    let left = [format!("account-review {AWAY}"), returns[0].clone(), format!("update {AWAY}")];
    assert_eq!(owed(&khomo), left, "their own account is not theirs to answer for");
    // Nobody else does.
    let stays = khomo.id("auditor");
    let foreign = khomo.db().write(&khomo.ctx_of(Actor::Account(stays)), |tx| {
        let form = ConfirmForm { checked: "Đối chiếu với sổ.".to_owned(), ..ConfirmForm::default() };
        cycle::confirm_unchanged(tx, profile, &id, &form)
    });
    assert_eq!(foreign.unwrap_err().kind(), Kind::Forbidden);

    // The next quarter's return of the successor lists the data that it took over, and the other agency owes none.
    go(&khomo, "2027-01-01").await;
    let away = khomo.agency(AWAY);
    let listed = khomo.db().write(&khomo.ctx("coordinator"), |tx| {
        let person = account::acting(tx, profile)?;
        let now = tx.ctx().at;
        quarter::shown(tx.conn(), &person, profile, "2026-Q4", &away, now)
    });
    let mut listed: Vec<String> = listed.unwrap().items.into_iter().map(|item| item.title).collect();
    listed.sort();
    assert_eq!(listed, ["Sổ tiêm chủng", "Trạm y tế"]);
    assert_eq!(khomo.count(&format!("quarter_return WHERE quarter_id = '2026-Q4' AND agency_id = '{home}'")), 0);
}

#[actix_web::test]
async fn a_dissolved_agency_owes_no_return_any_more() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    go(&khomo, "2026-09-05").await;
    go(&khomo, "2026-10-01").await;
    merge(&khomo, HOME, &merger(&khomo, "", "05/10/2026", "end")).unwrap();
    go(&khomo, "2026-10-05").await;
    let ended = khomo.lines(
        "SELECT state || ' ' || ended_how || CASE WHEN late THEN ' late' ELSE '' END AS line FROM duty WHERE kind = 'return'",
    );
    assert_eq!(ended, ["excused dissolved"]);
    assert_eq!(owed(&khomo), [format!("update {HOME}")], "its data are there, and nobody has taken them");
}

#[actix_web::test]
async fn what_a_dissolved_agency_owes_when_its_quarter_or_review_ends_is_excused() {
    let ended = |khomo: &Khomo, kind: &str| {
        khomo.lines(&format!(
            "SELECT state || ' ' || ended_how || CASE WHEN late THEN ' late' ELSE '' END AS line FROM duty \
             WHERE kind = '{kind}' AND ended_at IS NOT NULL"
        ))
    };
    let dissolve = |khomo: &Khomo| merge(khomo, HOME, &merger(khomo, "", "05/09/2026", "end")).unwrap();
    // A quarter that is closed before the night finds the end of the agency.
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = crate::quarter::ended(&khomo);
    dissolve(&khomo);
    khomo.clock.advance(86_400);
    let form = quarter::CloseForm { sure: "1".to_owned() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| quarter::close(tx, khomo.app.profile(), &code, &form)).unwrap();
    assert_eq!(ended(&khomo, "return"), ["excused dissolved"]);
    // A review of accounts: the night ends what nobody is left to answer.
    let khomo = Khomo::start();
    khomo.work().await;
    crate::account_review::opened(&khomo);
    assert_eq!(owed(&khomo), [format!("account-review {AWAY}"), format!("account-review {HOME}")]);
    dissolve(&khomo);
    go(&khomo, "2026-09-05").await;
    assert_eq!(ended(&khomo, "account-review"), ["excused dissolved"]);
    assert_eq!(owed(&khomo), [format!("account-review {AWAY}")]);
    go(&khomo, "2026-10-03").await;
    go(&khomo, "2026-10-04").await;
    let mut over = ended(&khomo, "account-review");
    over.sort();
    assert_eq!(over, ["excused dissolved", "excused unanswered late"]);
}

#[actix_web::test]
async fn no_merger_leaves_the_portal_without_an_operator() {
    let khomo = Khomo::start();
    let end = merge(&khomo, AWAY, &merger(&khomo, HOME, "06/09/2026", "end"));
    assert!(end.unwrap_err().has("last-operator"));
    assert_eq!(khomo.count("agency WHERE valid_to IS NOT NULL"), 0, "nothing of it was done");
    merge(&khomo, AWAY, &merger(&khomo, HOME, "06/09/2026", "move")).unwrap();
}

#[actix_web::test]
async fn no_circle_of_successors_or_parents_closes() {
    let khomo = Khomo::start();
    khomo.register_agency("so-moi", "Sở Mới").unwrap();
    let own = merge(&khomo, HOME, &merger(&khomo, HOME, "06/09/2026", "end"));
    assert!(own.unwrap_err().has("agency-circle"));
    merge(&khomo, HOME, &merger(&khomo, "so-moi", "06/10/2026", "end")).unwrap();
    merge(&khomo, "so-moi", &merger(&khomo, AWAY, "06/10/2026", "end")).unwrap();
    let circle = merge(&khomo, AWAY, &merger(&khomo, HOME, "06/09/2026", "end"));
    assert!(circle.unwrap_err().has("agency-circle"));
    let profile = khomo.app.profile();
    let edit = |slug: &str, parent: &str| {
        let id = khomo::kernel::id::AgencyId::parse(&id_of(&khomo, slug)).unwrap();
        khomo.db().write(&khomo.ctx("coordinator"), |tx| {
            let agency = khomo::agency::by_id(tx.conn(), &id)?.unwrap();
            let form = AgencyForm { parent: id_of(&khomo, parent), ..AgencyForm::of(&agency) };
            people::edit_agency(tx, profile, &id, &form)
        })
    };
    assert!(edit(HOME, HOME).unwrap_err().has("agency-circle"));
    edit(HOME, AWAY).unwrap();
    edit(AWAY, "so-moi").unwrap();
    assert!(edit("so-moi", HOME).unwrap_err().has("agency-circle"));
}

#[actix_web::test]
async fn a_merger_names_what_is_missing() {
    let khomo = Khomo::start();
    let wrong = MergeForm { date: "x".into(), roles: "move".into(), ..MergeForm::default() };
    let error = merge(&khomo, HOME, &wrong).unwrap_err();
    for code in ["date-form", "successor-missing", "reason-missing"] {
        assert!(error.has(code), "{code}");
    }
    assert!(merge(&khomo, HOME, &merger(&khomo, AWAY, "01/07/2020", "end")).unwrap_err().has("period-order"));
    assert_eq!(khomo.count("agency WHERE valid_to IS NOT NULL"), 0);
}

// ---- focal points ----------------------------------------------------------------------------------------------------

fn focal_form(name: &str) -> FocalForm {
    FocalForm {
        focal_kind: "technical".to_owned(),
        person_name: name.to_owned(),
        position: "Chuyên viên Văn phòng".to_owned(),
        focal_phone: "0200 000 223".to_owned(),
        focal_email: "binh@soyte.lacdien.example".to_owned(),
    }
}

fn nominate(khomo: &Khomo, by: &khomo::kernel::id::AccountId, name: &str) -> Result<FocalPointId> {
    let ctx = khomo.ctx_of(Actor::Account(by.clone()));
    let home = khomo.agency(HOME);
    khomo.db().write(&ctx, |tx| people::nominate(tx, khomo.app.profile(), &home, &focal_form(name)))
}

/// The coordinating department names a focal point of the home agency.
pub fn named(khomo: &Khomo) -> FocalPointId {
    nominate(khomo, &khomo.id("coordinator"), "Lê Văn Bình").unwrap()
}

#[actix_web::test]
async fn a_focal_point_is_named_by_the_agency_confirmed_and_then_posted() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let path = format!("/internal/agencies/{}", khomo.agency(HOME));
    let mut focal = khomo.signed_in("dau-moi").await;
    focal.visit(&path).await;
    let fields = [
        ("focal_kind", "technical"),
        ("person_name", "Lê Văn Bình"),
        ("position", "Chuyên viên"),
        ("focal_phone", "0200 000 223"),
        ("focal_email", "binh@soyte.lacdien.example"),
        ("state", "active"),
    ];
    assert_eq!(focal.post(&format!("{path}/focal-points"), &fields).await.status, 303);
    let mut reader = khomo.public().await;
    assert!(!reader.get(HEALTH).await.text().contains("Lê Văn Bình"), "not before it is confirmed");
    let id = khomo.lines("SELECT id AS line FROM focal_point").remove(0);
    focal.visit(&path).await;
    let own = focal.post(&format!("{path}/focal-points/approval"), &[("focal", &id)]).await;
    assert_eq!(own.status, 403);
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&path).await;
    let done = coordinator.post(&format!("{path}/focal-points/approval"), &[("focal", &id)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = reader.get(HEALTH).await.text();
    for posted in ["Lê Văn Bình", "Chuyên viên", "0200 000 223", "binh@soyte.lacdien.example"] {
        assert!(page.contains(posted), "{posted} is not posted (R-097)");
    }
    let number = "a[href='tel:0200000223']";
    assert_eq!(reader.get(HEALTH).await.texts(number), ["0200 000 223"], "it is dialled");
    assert_eq!(coordinator.visit(&format!("/internal/board/{HOME}")).await.texts(number), ["0200 000 223"]);
    // The next one of the kind takes the place.
    let by = khomo.db().read(|conn| account::by_name(conn, "dau-moi", "2026-09-04")).unwrap().unwrap().account.id;
    let next = nominate(&khomo, &by, "Phạm Thị Cúc").unwrap();
    khomo.raw(&format!("UPDATE focal_point SET phone = '0200 000 224, máy lẻ 5' WHERE id = '{next}'")).unwrap();
    let decision = FocalDecision::default();
    let ctx = khomo.ctx("coordinator");
    khomo.db().write(&ctx, |tx| people::approve_focal_point(tx, khomo.app.profile(), &next, &decision)).unwrap();
    let states = khomo.lines("SELECT person_name || ' ' || state AS line FROM focal_point ORDER BY nominated_at, id");
    assert_eq!(states, ["Lê Văn Bình replaced", "Phạm Thị Cúc active"]);
    let seen = reader.get(HEALTH).await;
    let page = seen.text();
    assert!(page.contains("Phạm Thị Cúc") && !page.contains("Lê Văn Bình"));
    let dialled = seen.attributes("a[href^='tel:']", "href");
    assert!(page.contains("máy lẻ 5") && dialled == ["tel:0200000001"], "the agency's own alone: {dialled:?}");
    let again = khomo.db().write(&ctx, |tx| people::approve_focal_point(tx, khomo.app.profile(), &next, &decision));
    assert!(again.unwrap_err().has("focal-decided"));
}

#[actix_web::test]
async fn where_the_province_approves_the_list_its_decision_is_needed() {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", "soc-trang-2022")]);
    let by = hire(&khomo, "dau-moi", &[(HOME, "agency-head")]);
    let id = nominate(&khomo, &by, "Lê Văn Bình").unwrap();
    let ctx = khomo.ctx("coordinator");
    let approve = |form: &FocalDecision| {
        khomo.db().write(&ctx, |tx| people::approve_focal_point(tx, khomo.app.profile(), &id, form))
    };
    let error = approve(&FocalDecision::default()).unwrap_err();
    assert!(error.has("decision-number-missing") && error.has("date-form"));
    let form = FocalDecision { number: "12/QĐ-UBND".into(), date: "01/09/2026".into(), ..FocalDecision::default() };
    approve(&form).unwrap();
    assert_eq!(khomo.lines("SELECT decision_number AS line FROM focal_point"), ["12/QĐ-UBND"]);
}

#[actix_web::test]
async fn another_agency_names_nobody_here_and_a_refusal_has_a_reason() {
    let khomo = Khomo::start();
    let stranger = hire(&khomo, "dau-moi-khac", &[(AWAY, "focal-point")]);
    assert_eq!(nominate(&khomo, &stranger, "Lê Văn Bình").unwrap_err().kind(), Kind::NotFound);
    assert_eq!(nominate(&khomo, &khomo.id("editor"), "Lê Văn Bình").unwrap_err().kind(), Kind::NotFound);
    let mut browser = khomo.signed_in("dau-moi-khac").await;
    assert_eq!(browser.get(&format!("/internal/agencies/{}", khomo.agency(HOME))).await.status, 404);
    assert!(!browser.visit("/internal/agencies").await.text().contains("Sở Y tế"));
    let own = nominate(&khomo, &khomo.id("coordinator"), "Lê Văn Bình").unwrap();
    let ctx = khomo.ctx("coordinator");
    let form = FocalDecision::default();
    let approved = khomo.db().write(&ctx, |tx| people::approve_focal_point(tx, khomo.app.profile(), &own, &form));
    assert!(approved.unwrap_err().has("own-request"), "nobody confirms whom they named");
    let refused = khomo.db().write(&ctx, |tx| people::refuse_focal_point(tx, khomo.app.profile(), &own, &form));
    assert!(refused.unwrap_err().has("reason-missing"));
    let form = FocalDecision { reason: "Chưa đủ chuyên môn.".into(), ..form };
    khomo.db().write(&ctx, |tx| people::refuse_focal_point(tx, khomo.app.profile(), &own, &form)).unwrap();
    assert_eq!(khomo.lines("SELECT state AS line FROM focal_point"), ["refused"]);
    let wrong = FocalForm { focal_kind: "leader-use".into(), focal_email: "x".into(), ..FocalForm::default() };
    let home = khomo.agency(HOME);
    let error = khomo.db().write(&ctx, |tx| people::nominate(tx, khomo.app.profile(), &home, &wrong)).unwrap_err();
    for code in ["focal-kind-choose", "person-name-missing", "position-missing", "phone-form", "email-form"] {
        assert!(error.has(code), "{code}");
    }
}

// ---- the list of focal points ----------------------------------------------------------------------------------------

fn compile(khomo: &Khomo, who: &str) -> Result<FocalListId> {
    khomo.db().write(&khomo.ctx(who), |tx| people::compile_focal_list(tx, khomo.app.profile()))
}

/// The coordinating department compiles a list with one focal point of the home agency.
pub fn listed(khomo: &Khomo) -> FocalListId {
    named(khomo);
    khomo.raw("UPDATE focal_point SET state = 'active'").unwrap();
    compile(khomo, "coordinator").unwrap()
}

fn list_state(khomo: &Khomo, id: &FocalListId) -> String {
    khomo.lines(&format!("SELECT state AS line FROM focal_list WHERE id = '{id}'")).remove(0)
}

#[actix_web::test]
async fn a_list_of_focal_points_is_compiled_submitted_and_approved_and_stays_as_it_was() {
    let khomo = Khomo::start();
    let head = hire(&khomo, "lanh-dao", &[(AWAY, "agency-head")]);
    khomo.raw(&format!("UPDATE agency SET kind = 'commune' WHERE slug = '{HOME}'")).unwrap();
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit("/internal/agencies/focal-lists").await;
    assert_eq!(coordinator.post("/internal/agencies/focal-lists", &[]).await.status, 409, "nobody is named yet");
    named(&khomo);
    khomo.raw("UPDATE focal_point SET state = 'active'").unwrap();
    let made = coordinator.post("/internal/agencies/focal-lists", &[]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    let path = made.header("location").unwrap().to_owned();
    let page = coordinator.follow(made).await;
    assert_eq!(page.texts("h1"), ["Danh sách đầu mối số 1"]);
    assert_eq!(page.texts("tbody th"), ["Sở Nông nghiệp và Môi trườngCấp tỉnh", "Sở Y tếCấp xã"], "the province first");
    assert_eq!(page.texts("tbody .badge"), ["Chưa cử"]);
    let early = [("number", "12/QĐ-UBND"), ("decided_on", "04/09/2026"), ("signer", "Nguyễn Văn An")];
    assert_eq!(coordinator.post(&format!("{path}/approval"), &early).await.status, 409, "not before it was submitted");
    let ahead = coordinator.post(&format!("{path}/submission"), &[("submitted_on", "05/09/2026")]).await;
    assert_eq!((ahead.status, ahead.attributes("#errors a", "href")), (422, vec!["#submitted_on".to_owned()]));
    let fields = [("submitted_on", "03/09/2026"), ("letter_number", "45/TTr-SKHCN")];
    assert_eq!(coordinator.post(&format!("{path}/submission"), &fields).await.status, 303);
    let wrong = [("number", ""), ("decided_on", "02/09/2026"), ("signer", " "), ("link", "javascript:alert(1)")];
    let answer = coordinator.post(&format!("{path}/approval"), &wrong).await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.attributes("#errors a", "href"), ["#number", "#decided_on", "#signer", "#link"]);
    assert_eq!(answer.attribute("#link", "value").as_deref(), Some("javascript:alert(1)"));
    let link = "https://vanban.lacdien.example/12.pdf";
    let right = [early[0], early[1], early[2], ("link", link)];
    assert_eq!(coordinator.post(&format!("{path}/approval"), &right).await.status, 303);
    khomo.work().await;
    let told = khomo.lines("SELECT account_id AS line FROM notice WHERE event = 'focal-list-approved'");
    assert_eq!(told, [head.to_string()], "the agencies on it are told");
    // What becomes of people and agencies later changes nothing of it.
    khomo.raw("UPDATE focal_point SET person_name = 'Khác', state = 'replaced'").unwrap();
    khomo.raw("UPDATE agency SET name_vi = 'Tên mới'").unwrap();
    let page = khomo.signed_in("lanh-dao").await.visit(&path).await;
    for text in ["Lê Văn Bình", "Sở Y tế", "12/QĐ-UBND, 04/09/2026", "Nguyễn Văn An", "45/TTr-SKHCN", link] {
        assert!(page.text().contains(text), "{text}");
    }
    assert!(page.attributes("main form", "action").is_empty(), "the agencies read it and no more");
    let rows = sheet(&coordinator.get(&format!("{path}.xlsx")).await);
    assert_eq!((rows.len(), rows[2][4].as_str(), rows[1][4].as_str()), (3, "Lê Văn Bình", ""));
    for sql in [
        "UPDATE focal_list_row SET person_name = 'x'",
        "DELETE FROM focal_list_row",
        "UPDATE focal_list SET signer = 'x'",
        "DELETE FROM focal_list",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    let actions = khomo.lines("SELECT action AS line FROM audit_entry WHERE action LIKE 'focal-list.%' ORDER BY seq");
    assert_eq!(actions, ["focal-list.compile", "focal-list.submit", "focal-list.approve", "focal-list.export"]);
}

#[actix_web::test]
async fn only_the_newest_list_is_submitted_and_only_the_coordinating_department_acts() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let first = listed(&khomo);
    let second = compile(&khomo, "coordinator").unwrap();
    let profile = khomo.app.profile();
    let form = SubmitForm { submitted_on: "04/09/2026".into(), ..SubmitForm::default() };
    let submit =
        |id| khomo.db().write(&khomo.ctx("coordinator"), |tx| people::submit_focal_list(tx, profile, id, &form));
    assert!(submit(&first).unwrap_err().has("focal-list-newer"));
    submit(&second).unwrap();
    assert!(submit(&second).unwrap_err().has("focal-list-state"));
    assert_eq!((list_state(&khomo, &first).as_str(), list_state(&khomo, &second).as_str()), ("compiled", "submitted"));
    for who in ["editor", "operator", "auditor"] {
        assert_eq!(compile(&khomo, who).unwrap_err().kind(), Kind::Forbidden, "{who}");
    }
    let mut focal = khomo.signed_in("dau-moi").await;
    focal.visit("/internal/agencies/focal-lists").await;
    for path in ["", &format!("/{second}/submission"), &format!("/{second}/approval")] {
        assert_eq!(focal.post(&format!("/internal/agencies/focal-lists{path}"), &[]).await.status, 403, "{path}");
    }
    assert_eq!(focal.get("/internal/agencies/focal-lists/x").await.status, 404);
}

#[actix_web::test]
async fn where_the_province_approves_the_decision_on_the_list_confirms_who_is_nominated() {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", "soc-trang-2022")]);
    let by = hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    let theirs = nominate(&khomo, &by, "Lê Văn Bình").unwrap();
    let away = khomo.agency(AWAY);
    let profile = khomo.app.profile();
    let ctx = khomo.ctx("coordinator");
    let own = khomo.db().write(&ctx, |tx| people::nominate(tx, profile, &away, &focal_form("Võ An"))).unwrap();
    let list = compile(&khomo, "coordinator").unwrap();
    assert_eq!(khomo.count("focal_list_row WHERE focal_point_id IS NOT NULL"), 2, "who is nominated stands on it");
    let form = SubmitForm { submitted_on: "01/09/2026".into(), ..SubmitForm::default() };
    khomo.db().write(&ctx, |tx| people::submit_focal_list(tx, profile, &list, &form)).unwrap();
    let form = DecisionForm {
        number: "12/QĐ-UBND".into(),
        decided_on: "03/09/2026".into(),
        signer: "Nguyễn Văn An".into(),
        ..DecisionForm::default()
    };
    khomo.db().write(&ctx, |tx| people::decide_focal_list(tx, profile, &list, &form)).unwrap();
    let state = |id: &FocalPointId| {
        khomo
            .lines(&format!(
                "SELECT state || ' ' || COALESCE(decision_number, '-') || ' ' || COALESCE(decision_date, '-') AS line \
                 FROM focal_point WHERE id = '{id}'"
            ))
            .remove(0)
    };
    assert_eq!(state(&theirs), "active 12/QĐ-UBND 2026-09-03");
    assert_eq!(state(&own), "nominated - -", "nobody confirms whom they named");
}

#[actix_web::test]
async fn a_body_that_is_only_encouraged_joins_of_its_own_will() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit("/internal/agencies/new").await;
    let fields =
        [("name_vi", "Hội Nông dân tỉnh"), ("kind", "department"), ("valid_from", "01/07/2025"), ("voluntary", "1")];
    let refused = coordinator.post("/internal/agencies", &fields).await;
    assert_eq!((refused.status, refused.attributes("#errors a", "href")), (422, vec!["#voluntary".to_owned()]));
    assert_eq!(refused.attributes("#voluntary[checked]", "id").len(), 1, "what was ticked stays ticked");
    let mut right = fields;
    right[1].1 = "association";
    let made = coordinator.post("/internal/agencies", &right).await;
    let path = made.header("location").unwrap().to_owned();
    assert!(coordinator.follow(made).await.text().contains("Tham gia tự nguyện"));
    assert!(coordinator.visit("/internal/agencies").await.text().contains("Tham gia tự nguyện"));
    khomo.raw("INSERT INTO agency (id, slug, name_vi, kind, valid_from) VALUES ('01900000-0000-7000-8000-00000000000a', 'hoi-phu-nu', 'Hội Phụ nữ', 'association', '2025-07-01')").unwrap();
    listed(&khomo);
    let on_it = khomo.lines("SELECT agency_name AS line FROM focal_list_row ORDER BY agency_name");
    assert!(on_it.contains(&"Hội Nông dân tỉnh".to_owned()) && !on_it.contains(&"Hội Phụ nữ".to_owned()), "{on_it:?}");
    let without = [right[0], right[1], right[2]];
    assert_eq!(coordinator.post(&path, &without).await.status, 303);
    assert_eq!(khomo.count("agency WHERE voluntary"), 0);
}

// ---- who looks after a dataset ---------------------------------------------------------------------------------------

fn contact_form(khomo: &Khomo, account: &str) -> ContactForm {
    ContactForm {
        contact_account: if account.is_empty() { String::new() } else { khomo.id(account).to_string() },
        contact_duty: "Cập nhật hằng tháng".to_owned(),
        contact_phone: "0200 000 224".to_owned(),
        ..ContactForm::default()
    }
}

/// An editor enters the second editor of the home agency.
pub fn looked_after(khomo: &Khomo, id: &DatasetId) -> Result<ContactId> {
    let form = contact_form(khomo, "second-editor");
    khomo.db().write(&khomo.ctx("editor"), |tx| contact::save(tx, khomo.app.profile(), id, &form))
}

#[actix_web::test]
async fn who_looks_after_a_dataset_is_entered_told_and_never_published() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let path = format!("/internal/datasets/{id}/contacts");
    let mut editor = khomo.signed_in("editor").await;
    editor.visit(&path).await;
    let empty = editor.post(&path, &[]).await;
    assert_eq!(empty.status, 422);
    let wanted = ["#contact_name", "#contact_duty", "#contact_phone", "#contact_email"];
    assert_eq!(empty.attributes("#errors a", "href"), wanted);
    let stranger = khomo.id("stranger").to_string();
    let foreign =
        editor.post(&path, &[("contact_account", &stranger), ("contact_duty", "x"), ("contact_phone", "1")]).await;
    assert!(foreign.attributes("#errors a", "href").contains(&"#contact_account".to_owned()), "not of the agency");
    looked_after(&khomo, &id).unwrap();
    khomo.work().await;
    let told = khomo.lines("SELECT account_id AS line FROM notice WHERE event = 'contact-named'");
    assert_eq!(told, [khomo.id("second-editor").to_string()]);
    let page = khomo.signed_in("stranger").await.visit(&format!("/internal/datasets/{id}")).await;
    assert!(page.texts("#contacts").len() == 1 && page.text().contains("second-editor@lacdien.example"));
    let page = editor.visit(&path).await;
    let edit = page.attribute("tbody a", "href").unwrap();
    let page = editor.visit(&format!("{path}{}", edit.trim_end_matches("#edit"))).await;
    let contact = page.attribute("input[name=contact]", "value").unwrap();
    let fields = [
        ("contact", contact.as_str()),
        ("contact_name", "Lê Thị Lan"),
        ("contact_duty", "Trả lời câu hỏi"),
        ("contact_phone", "0200 000 225"),
        ("contact_email", "lan@soyte.lacdien.example"),
    ];
    assert_eq!(editor.post(&path, &fields).await.status, 303);
    assert_eq!(khomo.lines("SELECT person_name AS line FROM dataset_contact"), ["Lê Thị Lan"], "changed, not added");
    let public = khomo.public().await.get("/dataset/so-lieu").await.text();
    assert!(!public.contains("Lê Thị Lan") && !public.contains("0200 000 225"));
    let mut approver = khomo.signed_in("approver").await;
    let page = approver.visit(&path).await;
    assert!(page.attributes("main form", "action").is_empty());
    approver.visit("/internal/account").await;
    assert_eq!(approver.post(&path, &fields).await.status, 403);
    let removal = format!("{path}/{contact}/removal");
    assert_eq!(approver.post(&removal, &[]).await.status, 403);
    assert_eq!(editor.post(&removal, &[]).await.status, 303);
    assert_eq!(editor.post(&removal, &[]).await.status, 404);
    let entries =
        khomo.lines("SELECT detail AS line FROM audit_entry WHERE action LIKE 'dataset.%contact' ORDER BY seq");
    assert!(entries.len() == 3 && !entries.concat().contains("Lan"), "who did it, not whose telephone: {entries:?}");
}

#[actix_web::test]
async fn a_dataset_has_so_many_people_and_no_more() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").import().unwrap().0;
    for _ in 0..20 {
        looked_after(&khomo, &id).unwrap();
    }
    assert!(looked_after(&khomo, &id).unwrap_err().has("contacts-too-many"));
    let ctx = khomo.ctx_of(Actor::Account(khomo.id("editor")));
    let form = ContactForm { contact: ContactId::fresh().to_string(), ..contact_form(&khomo, "editor") };
    let unknown = khomo.db().write(&ctx, |tx| contact::save(tx, khomo.app.profile(), &id, &form));
    assert_eq!(unknown.unwrap_err().kind(), Kind::NotFound);
}
