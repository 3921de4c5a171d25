//! The purge: two persons, every copy, no way back, and the backups that may still hold one.

use std::collections::BTreeSet;

use khomo::account;
use khomo::dataset;
use khomo::kernel::id::{AccountId, BackupId, DatasetId, PurgeId};
use khomo::kernel::{Actor, Error, Kind};
use khomo::plan::catalogue;
use khomo::plan::yearly::{self, ItemForm};
use khomo::platform::db::Db;
use khomo::platform::queue;
use khomo::purge::{self, AskForm, BackupForm, ConfirmForm, Counted, Scope, State};
use khomo::quarter::Quarter;
use khomo::release;
use khomo::worker;
use khomo::worker::jobs::{Handlers, run_due};

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, HOME, Khomo, PUBLIC_URL, SMALL, new_account};
use crate::voice::filed_saying;

const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
/// What must be gone; it stands in cells, words and titles.
const LEAK: &str = "Mã xã,Ghi chú lộ\n00123,kho thóc Đồng Cạn\n00124,đập nước Khe Sâu\n";
const RAW: [&str; 3] = ["Đồng Cạn", "Khe Sâu", "Ghi chú lộ"];

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (Kind, String) {
    let error = outcome.unwrap_err();
    (error.kind(), error.problems()[0].code.to_owned())
}

/// Another person of the coordinating department.
fn second(khomo: &Khomo) -> AccountId {
    let version = khomo.app.profile().use_rules.version.clone();
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::System), |tx| {
            let id =
                account::create(tx, new_account("dieu-phoi-2", vec![(khomo.agency(AWAY), "coordinator".to_owned())]))?;
            account::set_password(tx, &id, &khomo::platform::password::hash(crate::support::kit::PASSWORD)?, false)?;
            account::accept_rules(tx, &id, &version)?;
            Ok(id)
        })
        .unwrap()
}

fn form(khomo: &Khomo, scope: &str) -> AskForm {
    AskForm {
        scope: scope.to_owned(),
        reason: "Bảng không được phép tồn tại.".to_owned(),
        reason_en: "The table must not exist.".to_owned(),
        basis: khomo.app.profile().legal_basis[0].id.clone(),
    }
}

fn ask(khomo: &Khomo, id: &DatasetId, person: &str, scope: &str) -> Result<PurgeId, Error> {
    let form = form(khomo, scope);
    khomo.db().write(&khomo.ctx(person), |tx| purge::ask(tx, khomo.app.profile(), id, &form))
}

/// A purge of a whole dataset that waits.
pub fn asked(khomo: &Khomo, id: &DatasetId) -> PurgeId {
    ask(khomo, id, "coordinator", "dataset").unwrap()
}

/// A purge of a whole dataset by two persons, up to its last object.
pub async fn purged(khomo: &Khomo, id: &DatasetId, slug: &str) {
    purged_part(khomo, id, slug, "dataset").await;
}

/// A purge of a part of a dataset, such as `table:ID`.
pub async fn purged_part(khomo: &Khomo, id: &DatasetId, slug: &str, scope: &str) {
    let purge = ask(khomo, id, "coordinator", scope).unwrap();
    confirm(khomo, &purge, &second(khomo), slug).unwrap();
    khomo.work().await;
    assert_eq!(state(khomo, &purge), State::Done);
}

/// A backup that was registered.
pub fn registered(khomo: &Khomo, day: &str) -> BackupId {
    let form = BackupForm { place: "Băng từ số 12".into(), taken_on: day.into(), kept_until: String::new() };
    khomo.db().write(&khomo.ctx("operator"), |tx| purge::register_backup(tx, khomo.app.profile(), &form)).unwrap()
}

fn confirm(khomo: &Khomo, id: &PurgeId, by: &AccountId, slug: &str) -> Result<(), Error> {
    let form = confirming(khomo, id, slug);
    let ctx = khomo.ctx_of(Actor::Account(by.clone()));
    let counted = Counted { objects: 3, bytes: 99 };
    khomo.db().write(&ctx, |tx| purge::confirm(tx, khomo.app.profile(), id, &form, counted))
}

/// What whoever confirms a purge has seen of it.
fn confirming(khomo: &Khomo, id: &PurgeId, slug: &str) -> ConfirmForm {
    let seen = khomo.db().read(|conn| {
        let purge = purge::by_id(conn, id)?;
        Ok(purge::plan(conn, &purge.dataset, &purge.scope)?.mark())
    });
    ConfirmForm { slug: slug.to_owned(), seen: seen.unwrap_or_default() }
}

fn state(khomo: &Khomo, id: &PurgeId) -> State {
    khomo.db().read(|conn| purge::by_id(conn, id)).unwrap().state
}

/// Two published versions: the first is clean, the second leaks; and a draft that carries the leak on.
async fn leaked(khomo: &Khomo, slug: &str) -> DatasetId {
    let id = khomo.dataset(slug).publish().await;
    khomo.clock.advance(60);
    let second = khomo.dataset(slug).title("Kho thóc Đồng Cạn").note("Thêm Khe Sâu.");
    second.csv("bang", LEAK).await.publish().await;
    khomo.clock.advance(60);
    khomo.dataset(slug).title("Bản nháp").csv("them", SMALL).await.import().unwrap();
    khomo.work().await;
    id
}

fn version_of(khomo: &Khomo, id: &DatasetId, number: i32) -> dataset::Version {
    khomo.db().read(|conn| dataset::version_by_number(conn, id, number)).unwrap().unwrap()
}

async fn objects(khomo: &Khomo) -> BTreeSet<String> {
    khomo.files().list("tables").await.unwrap().into_iter().map(|(name, _)| name).collect()
}

#[actix_web::test]
async fn one_person_asks_another_confirms_and_nothing_of_the_version_is_left() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let other = second(&khomo);
    let leak = version_of(&khomo, &id, 2);
    let scope = format!("version:{}", leak.id);
    filed_saying(&khomo, "so-lieu", "Nói về bản đầu.");
    khomo.raw("UPDATE error_report SET version_number = 1").unwrap();
    filed_saying(&khomo, "so-lieu", RAW[0]);
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/dataset/so-lieu/v/2").await.status, 200);
    for person in ["editor", "approver", "stranger", "operator", "auditor", "nobody"] {
        assert_eq!(ask(&khomo, &id, person, &scope).unwrap_err().kind(), Kind::Forbidden, "{person}");
    }
    let before = objects(&khomo).await;
    let purge = ask(&khomo, &id, "coordinator", &scope).unwrap();
    assert_eq!(refusal(ask(&khomo, &id, "coordinator", &scope)), (Kind::Conflict, "purge-asked".to_owned()));
    assert_eq!(objects(&khomo).await, before, "nothing is destroyed yet");
    assert_eq!(
        refusal(confirm(&khomo, &purge, &khomo.id("coordinator"), "so-lieu")),
        (Kind::Forbidden, "purge-own".to_owned())
    );
    for person in ["editor", "approver", "operator", "auditor"] {
        let outcome = confirm(&khomo, &purge, &khomo.id(person), "so-lieu");
        assert_eq!(outcome.unwrap_err().kind(), Kind::Forbidden, "{person}");
    }
    assert_eq!(refusal(confirm(&khomo, &purge, &other, "so-lieux")), (Kind::Invalid, "purge-slug".to_owned()));
    assert!(khomo.count("notice WHERE args LIKE '%Kho thóc Đồng Cạn%'") > 0);
    confirm(&khomo, &purge, &other, "so-lieu").unwrap();

    // From this moment on, before the job has begun.
    let answer = reader.get("/dataset/so-lieu/v/2").await;
    assert_eq!(answer.status, 410);
    assert_clean("the tombstone", &answer.text(), &OWN);
    assert!(answer.text().contains("Bảng không được phép tồn tại."), "the reason");
    for path in
        ["/dataset/so-lieu/v/2/bang.csv", "/dataset/so-lieu/v/2/bang.parquet", "/dataset/so-lieu/v/2/bang.schema.json"]
    {
        assert_eq!(reader.get(path).await.status, 410, "{path}");
    }
    assert_eq!(reader.get("/en/dataset/so-lieu/v/2").await.status, 410);
    let latest = reader.get("/dataset/so-lieu").await;
    assert_eq!(latest.status, 200, "the earlier version is shown again");
    for path in ["/dataset/so-lieu", "/dataset/so-lieu?tab=versions", "/dataset/so-lieu/v/1", "/dataset/so-lieu/v/2"] {
        let text = reader.get(path).await.text();
        assert!(RAW.iter().all(|raw| !text.contains(raw)), "{path}: {text}");
    }
    khomo.index();
    assert!(!reader.get("/dataset?q=thoc").await.text().contains("/dataset/so-lieu\""), "search has forgotten it");

    assert_eq!(state(&khomo, &purge), State::Confirmed);
    khomo.work().await;
    assert_eq!(state(&khomo, &purge), State::Done);
    let after = objects(&khomo).await;
    let gone = khomo.lines("SELECT id AS line FROM table_version WHERE purge_id IS NOT NULL");
    assert_eq!(gone.len(), 1);
    assert!(!after.iter().any(|name| name.contains(&gone[0])), "{after:?}");
    let kept: Vec<&String> = before.iter().filter(|name| !name.contains(&gone[0])).collect();
    assert!(kept.iter().all(|name| after.contains(*name)), "and nothing else went");
    let done = khomo.db().read(|conn| purge::by_id(conn, &purge)).unwrap();
    assert_eq!(purge::left(khomo.db(), khomo.files(), &done).await.unwrap(), Vec::<String>::new());

    // Rows: nothing of the content but in the append-only log's own words, which hold none.
    for (table, row) in khomo.everything() {
        if !["notice", "job"].contains(&table.as_str()) {
            assert!(RAW.iter().all(|raw| !row.contains(raw)), "in {table}: {row}");
        }
    }
    let words = "SELECT description AS line FROM error_report ORDER BY version_number";
    assert_eq!(khomo.lines(words), ["Nói về bản đầu.", ""], "what readers wrote about the version went with it");
    let mut handler = khomo.signed_in("editor").await;
    let page = handler.visit("/internal/reports").await;
    assert!(page.text().contains("Nội dung đã bị hủy cùng dữ liệu."), "{}", page.text());
    assert_eq!(khomo.count("notice WHERE args LIKE '%Kho thóc Đồng Cạn%'"), 0, "inboxes do not say it any more");
    assert_eq!(khomo.count("job WHERE payload LIKE '%Kho thóc Đồng Cạn%'"), 0, "nor does anything on its way");
    assert_eq!(
        khomo.count("duty WHERE title LIKE '%Khe Sâu%' OR title LIKE '%Đồng Cạn%'"),
        0,
        "rounds that are over too"
    );
    let called = khomo.lines("SELECT DISTINCT title AS line FROM duty WHERE ended_at IS NULL");
    assert_eq!(called, ["so-lieu"], "and what is open bears the name of today");
    let tombstone = version_of(&khomo, &id, 2);
    assert_eq!((tombstone.hash, tombstone.metadata.title.vi.as_str()), (leak.hash, "so-lieu"));
    let draft = khomo.db().read(|conn| {
        let draft = dataset::draft_of(conn, &id)?.unwrap();
        dataset::resources_of(conn, &draft.id)
    });
    assert_eq!(draft.unwrap().iter().map(|held| held.name.as_str()).collect::<Vec<_>>(), ["them"]);
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
    for action in ["purge.ask", "purge.confirm", "purge.done"] {
        assert_eq!(khomo.count(&format!("audit_entry WHERE action = '{action}' AND outcome = 'done'")), 1, "{action}");
    }
    // Life goes on under the same address.
    khomo.submit_breaking(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(3));
    assert_eq!(reader.get("/dataset/so-lieu/v/2").await.status, 410);
}

#[actix_web::test]
async fn a_whole_dataset_goes_with_its_draft_its_uploads_and_its_words() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let other = second(&khomo);
    let purge = asked(&khomo, &id);
    confirm(&khomo, &purge, &other, "so-lieu").unwrap();
    khomo.work().await;
    assert_eq!(objects(&khomo).await, BTreeSet::new());
    let mut reader = khomo.public().await;
    for path in
        ["/dataset/so-lieu", "/dataset/so-lieu/v/1", "/dataset/so-lieu/v/2/bang.csv", "/dataset/so-lieu/bang.csv"]
    {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 410, "{path}");
        assert!(RAW.iter().all(|raw| !answer.text().contains(raw)), "{path}");
    }
    for (table, row) in khomo.everything() {
        let log = ["notice", "job"].contains(&table.as_str());
        assert!(log || RAW.iter().all(|raw| !row.contains(raw)), "in {table}: {row}");
    }
    let mut editor = khomo.signed_in("editor").await;
    for path in [format!("/internal/datasets/{id}"), format!("/internal/datasets/{id}?version=2")] {
        let page = editor.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_clean("a purged dataset", &page.text(), &OWN);
    }
    let table = khomo.lines("SELECT table_version_id AS line FROM version_resource").remove(0);
    assert_eq!(editor.get(&format!("/internal/tables/{table}/original")).await.status, 410);
    // The nightly look for what was not scanned finds nothing to do.
    khomo.clock.advance(25 * 3600);
    khomo.work().await;
    assert_eq!(khomo.count("job WHERE state = 'dead'"), 0);
    assert_eq!(refusal(ask(&khomo, &id, "coordinator", "version:x")), (Kind::Invalid, "purge-scope".to_owned()));
}

#[actix_web::test]
async fn the_catalogue_and_plans_say_that_a_title_was_destroyed_and_nothing_else_of_them_changes() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    khomo.dataset("khac").title("Danh sách khác").publish().await;
    let first = super::plan::issued(&khomo).await;
    let draft = super::plan::drafted(&khomo);
    super::plan::taken_out(&khomo, &draft, &id, "Không còn thu thập.").unwrap();
    let plan = super::plan::consulted(&khomo, 2026);
    super::plan::entered(&khomo, "coordinator", &plan, "Kho thóc Đồng Cạn", "so-lieu");
    super::plan::carried_out(&khomo, &plan).await;
    let told = |table: &str| khomo.everything().iter().any(|(name, row)| name == table && row.contains(RAW[0]));
    for table in ["catalogue_entry", "catalogue_removal", "plan_item", "duty"] {
        assert!(told(table), "{table}");
    }
    let before =
        khomo.lines("SELECT topic || agency_id || sharing || entry_id AS line FROM catalogue_entry ORDER BY 1");
    let purge = asked(&khomo, &id);
    for sql in [
        "UPDATE catalogue_entry SET title_vi = '', title_en = NULL, search_text = ''",
        "UPDATE catalogue_entry SET title_vi = '', title_en = NULL, search_text = '' WHERE dataset_id IS NOT NULL",
    ] {
        assert!(khomo.raw(sql).is_err(), "nobody confirmed it: {sql}");
    }
    confirm(&khomo, &purge, &second(&khomo), "so-lieu").unwrap();
    khomo.work().await;
    for (table, row) in khomo.everything() {
        let log = ["notice", "job"].contains(&table.as_str());
        assert!(log || RAW.iter().all(|raw| !row.contains(raw)), "in {table}: {row}");
    }
    let after = khomo.lines("SELECT topic || agency_id || sharing || entry_id AS line FROM catalogue_entry ORDER BY 1");
    assert_eq!(before, after);
    for sql in [
        format!("UPDATE catalogue_entry SET topic = 'x' WHERE issue_id = '{first}' AND dataset_id = '{id}'"),
        format!("UPDATE catalogue_entry SET title_vi = 'x' WHERE issue_id = '{first}' AND dataset_id = '{id}'"),
        format!(
            "UPDATE catalogue_entry SET title_vi = '', title_en = NULL, search_text = '' WHERE issue_id = '{first}'"
        ),
    ] {
        assert!(khomo.raw(&sql).is_err(), "{sql}");
    }
    let mut reader = khomo.public().await;
    for (path, said) in [
        ("/danh-muc-du-lieu-mo", "Tên đã hủy theo quyết định"),
        ("/en/danh-muc-du-lieu-mo", "Title destroyed by decision"),
        ("/danh-muc-du-lieu-mo.csv", "Tên đã hủy theo quyết định"),
        ("/danh-muc-du-lieu-mo.json", "Title destroyed by decision"),
        ("/ke-hoach-du-lieu-mo/2026", "Tên đã hủy theo quyết định"),
        ("/ke-hoach-du-lieu-mo/2026.csv", "Tên đã hủy theo quyết định"),
    ] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.text().contains(said), "{path}");
        if answer.text().starts_with("<!") {
            assert_clean(path, &answer.text(), &OWN);
        }
    }
    assert!(!reader.get("/danh-muc-du-lieu-mo?q=kho+thoc").await.text().contains("Tên đã hủy"));
    let mut editor = khomo.signed_in("editor").await;
    for path in [
        format!("/internal/open-data/catalogue/{first}"),
        format!("/internal/open-data/catalogue/{draft}"),
        format!("/internal/open-data/plans/{plan}"),
        "/internal/duties".to_owned(),
    ] {
        let answer = editor.get(&path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_clean(&path, &answer.text(), &OWN);
    }
}

#[actix_web::test]
async fn a_plan_s_form_that_was_open_when_a_title_was_destroyed_does_not_bring_it_back() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let plan = super::plan::consulted(&khomo, 2026);
    let item = super::plan::entered(&khomo, "coordinator", &plan, "Kho thóc Đồng Cạn", "so-lieu");
    let profile = khomo.app.profile();
    let open = khomo.db().read(|conn| {
        let person = account::by_name(conn, "coordinator", "2026-09-04")?.unwrap();
        yearly::item_form(conn, profile, &person, &plan, Some(&item))
    });
    let (_, form, _) = open.unwrap();
    assert!(form.title.contains(RAW[0]));
    let purge = asked(&khomo, &id);
    confirm(&khomo, &purge, &second(&khomo), "so-lieu").unwrap();
    let saved = khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::save_item(tx, profile, &plan, &form));
    assert_eq!(refusal(saved), (Kind::Conflict, "plan-changed-meanwhile".to_owned()));
    assert_eq!(khomo.lines(&format!("SELECT title_vi AS line FROM plan_item WHERE id = '{item}'")), [""]);
}

#[actix_web::test]
async fn a_form_of_a_new_item_that_bears_a_title_is_old_once_the_title_is_destroyed() {
    for whole in [true, false] {
        let khomo = Khomo::start();
        let id = leaked(&khomo, "so-lieu").await;
        let plan = super::plan::consulted(&khomo, 2026);
        let path = format!("/internal/open-data/plans/{plan}/item");
        let mut coordinator = khomo.signed_in("coordinator").await;
        let form = coordinator.visit(&format!("{path}?dataset=so-lieu")).await;
        let title = form.attribute("#title", "value").unwrap();
        assert!(title.contains(RAW[0]), "{title}");
        let seen = form.attribute("input[name=seen]", "value").unwrap();
        let version = version_of(&khomo, &id, 2).id;
        let scope = if whole { "dataset".to_owned() } else { format!("version:{version}") };
        let purge = ask(&khomo, &id, "coordinator", &scope).unwrap();
        confirm(&khomo, &purge, &second(&khomo), "so-lieu").unwrap();
        let fields = [
            ("title", title.as_str()),
            ("agency", HOME),
            ("target_on", "31/12/2026"),
            ("level", "2"),
            ("dataset", "so-lieu"),
            ("seen", seen.as_str()),
        ];
        let late = coordinator.post(&path, &fields).await;
        assert_eq!(late.status, 409, "{scope}: {}", late.text());
        assert_eq!(khomo.count(&format!("plan_item WHERE title_vi LIKE '%{}%'", RAW[0])), 0, "{scope}");
    }
}

#[actix_web::test]
async fn a_destroyed_version_takes_its_title_with_it_and_a_draft_of_the_catalogue_says_what_is_left() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let first = super::plan::issued(&khomo).await;
    let draft = super::plan::drafted(&khomo);
    let leak = version_of(&khomo, &id, 2);
    let purge = ask(&khomo, &id, "coordinator", &format!("version:{}", leak.id)).unwrap();
    confirm(&khomo, &purge, &second(&khomo), "so-lieu").unwrap();
    let title = |issue: &khomo::kernel::id::CatalogueIssueId| {
        let sql =
            format!("SELECT title_vi AS line FROM catalogue_entry WHERE issue_id = '{issue}' AND dataset_id = '{id}'");
        khomo.lines(&sql).remove(0)
    };
    let left = version_of(&khomo, &id, 1).metadata.title.vi;
    assert_eq!((title(&first), title(&draft)), (String::new(), left));
}

#[actix_web::test]
async fn a_title_is_destroyed_with_the_last_version_that_bears_it() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Danh sách kho").publish().await;
    khomo.clock.advance(60);
    let leak = khomo.dataset("so-lieu").title("Danh sách kho").note("Thêm hai kho.");
    leak.csv("bang", LEAK).await.publish().await;
    super::plan::issued(&khomo).await;
    super::plan::drafted(&khomo);
    let plan = super::plan::consulted(&khomo, 2026);
    super::plan::entered(&khomo, "coordinator", &plan, "Danh sách kho", "so-lieu");
    super::plan::carried_out(&khomo, &plan).await;
    let other = second(&khomo);
    let titles = || {
        let listed = format!("SELECT title_vi AS line FROM catalogue_entry WHERE dataset_id = '{id}'");
        let promised = format!("SELECT title_vi AS line FROM plan_item WHERE dataset_id = '{id}'");
        [khomo.lines(&listed), khomo.lines(&promised)].concat()
    };
    let paths = ["/danh-muc-du-lieu-mo", "/ke-hoach-du-lieu-mo/2026"];
    let mut reader = khomo.public().await;
    for (number, title, gone) in [(2, "Danh sách kho", false), (1, "", true)] {
        let scope = format!("version:{}", version_of(&khomo, &id, number).id);
        let purge = ask(&khomo, &id, "coordinator", &scope).unwrap();
        confirm(&khomo, &purge, &other, "so-lieu").unwrap();
        khomo.work().await;
        assert_eq!(titles(), [title; 3], "version {number}");
        for path in paths {
            let text = reader.get(path).await.text();
            assert_eq!(text.contains("Danh sách kho"), !gone, "{path}");
            assert_eq!(text.contains("Tên đã hủy theo quyết định"), gone, "{path}");
        }
    }
}

#[actix_web::test]
async fn destroyed_entries_of_a_draft_are_told_apart_by_whose_they_were() {
    let khomo = Khomo::start();
    let own = khomo.dataset("so-lieu").publish().await;
    let away = khomo.dataset("khac").agency(AWAY).publish().await;
    let draft = super::plan::drafted(&khomo);
    let other = second(&khomo);
    for (id, slug) in [(own, "so-lieu"), (away, "khac")] {
        confirm(&khomo, &asked(&khomo, &id), &other, slug).unwrap();
    }
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit(&format!("/internal/open-data/catalogue/{draft}")).await;
    assert_clean("a draft with destroyed entries", &page.text(), &OWN);
    let links = page.texts("section[aria-labelledby=closed] a");
    assert_eq!(links.len(), 2, "{links:?}");
    assert!(links.iter().all(|link| link.starts_with("Tên đã hủy theo quyết định (")), "{links:?}");
    assert_ne!(links[0], links[1]);
}

#[actix_web::test]
async fn treated_tables_their_sources_and_comparisons_go_together_in_quarantine_too() {
    let khomo = Khomo::start();
    let id = super::scan::treated(&khomo, "ca-nhan").await;
    let other = second(&khomo);
    let treated = khomo.lines("SELECT treated_id AS line FROM treatment").remove(0);
    khomo.raw("UPDATE dataset SET quarantined_at = 1").unwrap();
    let plan = khomo.db().read(|conn| purge::plan(conn, &id, &purge::scope_of(&format!("table:{treated}"))?)).unwrap();
    assert_eq!(plan.tables.len(), 2, "the source holds more than the treated table");
    assert!(plan.draft && plan.versions.is_empty());
    let purge = ask(&khomo, &id, "coordinator", &format!("table:{treated}")).unwrap();
    confirm(&khomo, &purge, &other, "ca-nhan").unwrap();
    khomo.work().await;
    assert_eq!(objects(&khomo).await, BTreeSet::new());
    assert_eq!(khomo.count("finding WHERE samples <> '[]' AND place IS NOT NULL"), 0);
    assert!(khomo.count("finding") > 3, "that something was found stays");
}

#[actix_web::test]
async fn a_purge_that_was_killed_goes_on_where_it_stopped_and_is_done_once() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let other = second(&khomo);
    let purge = asked(&khomo, &id);
    confirm(&khomo, &purge, &other, "so-lieu").unwrap();
    // A program takes the job, deletes one object and dies.
    let first = objects(&khomo).await.into_iter().next().unwrap();
    khomo.files().delete(&first).await.unwrap();
    let taken = khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::take(tx, &[purge::PURGE], 1)).unwrap();
    assert_eq!(taken.len(), 1);
    khomo.work().await;
    assert_eq!(state(&khomo, &purge), State::Confirmed, "the dead one's lease still runs");
    khomo.clock.advance(120);
    khomo.work().await;
    assert_eq!(state(&khomo, &purge), State::Done);
    assert_eq!(objects(&khomo).await, BTreeSet::new());
    // The one that was taken for dead writes nothing more.
    let late = purge::run(khomo.db(), khomo.files(), &khomo.ctx_of(Actor::System), &taken[0]).await;
    assert!(late.is_ok() || late.unwrap_err().has("job-lost"));
    assert_eq!(khomo.count("audit_entry WHERE action = 'purge.done'"), 1);
    // A straggler that puts an object there after the end is swept, however young it is.
    let work = tempfile::NamedTempFile::new().unwrap();
    let table = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    khomo.files().put_file(&format!("tables/{table}/data.csv"), work.path()).await.unwrap();
    let done = khomo.db().read(|conn| purge::by_id(conn, &purge)).unwrap();
    assert_eq!(purge::left(khomo.db(), khomo.files(), &done).await.unwrap().len(), 1, "the check tells");
    worker::sweep(khomo.db(), khomo.files(), &khomo.app.parts.settings.scratch, Actor::System).await.unwrap();
    assert_eq!(objects(&khomo).await, BTreeSet::new());
}

#[actix_web::test]
async fn raw_sql_purges_nothing_without_two_persons_and_brings_nothing_back() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let other = second(&khomo);
    let one = khomo.id("coordinator");
    let empty = khomo::table::PURGED_REPORT;
    serde_json::from_str::<khomo::table::Report>(empty).unwrap();
    let refused = |sql: &str| khomo.raw(sql).expect_err(sql);
    let purge = ask(&khomo, &id, "coordinator", "dataset").unwrap();
    let take = format!("UPDATE table_version SET purge_id = '{purge}', original_name = '', report = '{empty}'");
    refused(&take);
    refused(&format!(
        "UPDATE version SET purge_id = '{purge}', purged_at = 1, note_vi = NULL WHERE state = 'published'"
    ));
    refused(&format!("UPDATE purge SET state = 'confirmed', decided_by = '{one}', decided_at = 1, since = 1"));
    refused("UPDATE purge SET state = 'done', done_at = 1");
    refused("DELETE FROM purge");
    refused(&format!("UPDATE purge SET asked_by = '{other}'"));
    let insert = |state: &str| {
        format!(
            "INSERT INTO purge (id, dataset_id, scope, target, reason_vi, legal_basis, state, asked_by, asked_at, decided_by, \
             decided_at, since, objects, bytes, done_at) VALUES ('p', '{id}', 'dataset', '{id}', 'x', 'x', '{state}', '{one}', 1, \
             '{other}', 1, 1, 0, 0, NULL)"
        )
    };
    refused(&insert("confirmed"));
    assert_eq!(refusal(confirm(&khomo, &purge, &one, "so-lieu")), (Kind::Forbidden, "purge-own".to_owned()));
    khomo
        .raw(&format!("UPDATE purge SET state = 'confirmed', decided_by = '{other}', decided_at = 1, since = 1"))
        .unwrap();
    refused("UPDATE purge SET state = 'asked', decided_by = NULL, decided_at = NULL, since = NULL");
    refused(&format!("UPDATE table_version SET purge_id = '{purge}', original_name = '', report = '{{}}'"));
    refused(&format!(
        "UPDATE table_version SET purge_id = '{purge}', original_name = '', report = '{empty}', csv_sha256 = 'x'"
    ));
    khomo.raw(&take).unwrap();
    for back in [
        "UPDATE table_version SET purge_id = NULL",
        "UPDATE table_version SET report = '{}'",
        "UPDATE table_version SET masked = masked + 1",
        "DELETE FROM table_version",
    ] {
        refused(back);
    }
    let draft = khomo.lines("SELECT id AS line FROM version WHERE state = 'draft'").remove(0);
    let resource = khomo.lines("SELECT resource_id AS line FROM version_resource").remove(0);
    let table = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    khomo.raw(&format!("DELETE FROM version_resource WHERE version_id = '{draft}'")).unwrap();
    refused(&format!(
        "INSERT INTO version_resource (version_id, resource_id, table_version_id, position, title_vi, dictionary) \
         VALUES ('{draft}', '{resource}', '{table}', 0, 'x', '[]')"
    ));
    khomo
        .raw(&format!(
            "UPDATE version SET purge_id = '{purge}', purged_at = 1, note_vi = NULL WHERE state = 'published'"
        ))
        .unwrap();
    refused("UPDATE version SET purge_id = NULL, purged_at = NULL WHERE state = 'published'");
    refused("UPDATE version SET metadata = '{}' WHERE state = 'published'");
    refused("UPDATE dataset SET current_version_id = current_version_id");
}

#[actix_web::test]
async fn what_was_seen_is_what_is_confirmed_and_a_request_can_be_taken_back() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    let other = second(&khomo);
    let purge = asked(&khomo, &id);
    let mark = khomo.db().read(|conn| purge::plan(conn, &id, &Scope::Dataset)).unwrap().mark();
    khomo.dataset("so-lieu").csv("moi", SMALL).await.import().unwrap();
    let late = ConfirmForm { slug: "so-lieu".to_owned(), seen: mark };
    let ctx = khomo.ctx_of(Actor::Account(other.clone()));
    let outcome =
        khomo.db().write(&ctx, |tx| purge::confirm(tx, khomo.app.profile(), &purge, &late, Counted::default()));
    assert_eq!(refusal(outcome), (Kind::Conflict, "purge-changed".to_owned()));
    khomo.db().write(&khomo.ctx("coordinator"), |tx| purge::refuse(tx, khomo.app.profile(), &purge)).unwrap();
    assert_eq!(state(&khomo, &purge), State::Refused);
    assert_eq!(refusal(confirm(&khomo, &purge, &other, "so-lieu")), (Kind::Conflict, "purge-decided".to_owned()));
    asked(&khomo, &id);
    for (change, code) in [
        (AskForm { reason: " ".into(), ..form(&khomo, "dataset") }, "reason-missing"),
        (AskForm { reason: "Lộ số 079185012345.".into(), ..form(&khomo, "dataset") }, "reason-personal"),
        (AskForm { basis: "x".into(), ..form(&khomo, "dataset") }, "basis-missing"),
        (form(&khomo, "x"), "purge-scope"),
        (form(&khomo, "table:00000000-0000-7000-8000-000000000000"), "purge-scope"),
    ] {
        let got = khomo.db().write(&khomo.ctx("coordinator"), |tx| purge::ask(tx, khomo.app.profile(), &id, &change));
        assert_eq!(refusal(got), (Kind::Invalid, code.to_owned()));
    }
}

#[actix_web::test]
async fn the_pages_lead_through_it_and_the_backups_are_ticked_off() {
    let khomo = Khomo::start();
    let id = leaked(&khomo, "so-lieu").await;
    second(&khomo);
    let (mut one, mut two) = (khomo.signed_in("coordinator").await, khomo.signed_in("dieu-phoi-2").await);
    let mut operator = khomo.signed_in("operator").await;
    let own = format!("/internal/datasets/{id}/purge");
    assert!(one.get(&format!("/internal/datasets/{id}")).await.text().contains(&own));
    let leak = version_of(&khomo, &id, 2);
    let look = one.get(&format!("{own}?scope=version:{}", leak.id)).await;
    assert_clean("asking for a purge", &look.text(), &OWN);
    assert!(look.text().contains("/dataset/so-lieu/v/2"), "the addresses that will say so");
    let scope = format!("version:{}", leak.id);
    let basis = khomo.app.profile().legal_basis[0].id.clone();
    let fields = [("scope", scope.as_str()), ("reason", "Lộ bí mật."), ("basis", basis.as_str())];
    let wordless = one.post(&own, &[("scope", scope.as_str()), ("basis", basis.as_str())]).await;
    assert_eq!(wordless.status, 422);
    assert_clean("a wordless request", &wordless.text(), &OWN);
    let sent = one.post(&own, &fields).await;
    let page = one.follow(sent).await;
    assert!(page.path.starts_with("/internal/purges/"), "{}", page.path);
    assert_clean("a purge that waits", &page.text(), &OWN);
    assert_eq!(page.attributes("form[action$='/confirmation']", "method"), [""; 0], "not one's own");
    let address = page.path.clone();
    let seen = two.get(&address).await.attribute("input[name=seen]", "value").unwrap();
    let wrong = two.post(&format!("{address}/confirmation"), &[("slug", "so lieu"), ("seen", &seen)]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.attribute("#slug", "value").as_deref(), Some("so lieu"), "kept");
    let right = two.post(&format!("{address}/confirmation"), &[("slug", "so-lieu"), ("seen", &seen)]).await;
    assert_eq!(right.status, 303, "{}", right.text());
    khomo.work().await;

    // Backups: one of the time between, one of long before, one after.
    operator.get("/internal/backups").await;
    let none = operator.post("/internal/backups", &[("place", "")]).await;
    assert_eq!(none.status, 422);
    assert_clean("no backup", &none.text(), &OWN);
    registered(&khomo, "01/09/2026");
    let between = registered(&khomo, "04/09/2026");
    khomo.clock.advance(3 * 24 * 3600);
    registered(&khomo, "06/09/2026");
    let mut operator = khomo.signed_in("operator").await;
    let page = operator.get(&address).await;
    assert_clean("a purge that is done", &page.text(), &OWN);
    assert_eq!(
        page.attributes("form[action$='/destruction']", "action"),
        [format!("/internal/backups/{between}/destruction")]
    );
    let purge = address.rsplit('/').next().unwrap();
    let ticked = operator.post(&format!("/internal/backups/{between}/destruction"), &[("purge", purge)]).await;
    let page = operator.follow(ticked).await;
    assert_eq!(page.path, address);
    assert!(page.texts("td").iter().any(|text| text.contains("Người operator")), "who did it");
    assert_eq!(operator.post(&format!("/internal/backups/{between}/destruction"), &[]).await.status, 409);
    let mut one = khomo.signed_in("coordinator").await;
    one.get("/internal/backups").await;
    assert_eq!(one.post("/internal/backups", &[("place", "x"), ("taken_on", "01/09/2026")]).await.status, 403);
}

/// Programs of this test's own database that wait for a row.
const WAITS: &str = "pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";

/// Confirms a purge, and does something else by another program once that is at work.
fn meanwhile(khomo: &Khomo, asked: &PurgeId, slug: &str, act: impl FnOnce(&Db)) {
    let (form, ctx) = (confirming(khomo, asked, slug), khomo.ctx_of(Actor::Account(second(khomo))));
    let (begun, heard) = std::sync::mpsc::channel();
    let other = khomo.second_db();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let confirmed = khomo.db().write(&ctx, |tx| {
                purge::confirm(tx, khomo.app.profile(), asked, &form, Counted { objects: 3, bytes: 99 })?;
                begun.send(()).unwrap();
                // Where both can be at work at once, the other one is let come to where it must wait; one that does not wait is past it by then.
                let since = std::time::Instant::now();
                while !khomo.db().is_embedded() && khomo.count(WAITS) == 0 && since.elapsed().as_secs() < 3 {
                    std::thread::yield_now();
                }
                Ok(())
            });
            confirmed.unwrap();
        });
        // Nothing of it is written down yet for anybody else.
        heard.recv().unwrap();
        act(&other);
    });
}

#[actix_web::test]
async fn a_draft_of_the_catalogue_that_is_begun_while_a_purge_is_at_work_copies_no_word_of_it() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Tên không được tồn tại").publish().await;
    let asked = ask(&khomo, &id, "coordinator", "dataset").unwrap();
    let profile = khomo.app.profile();
    meanwhile(&khomo, &asked, "so-lieu", |other| {
        other.write(&khomo.ctx("coordinator"), |tx| catalogue::draft_issue(tx, profile, true)).unwrap();
    });
    assert_eq!(khomo.count("catalogue_issue WHERE state = 'draft'"), 1);
    assert_eq!(khomo.lines("SELECT title_vi AS line FROM catalogue_entry"), [""; 0]);
}

#[actix_web::test]
async fn a_release_and_a_purge_of_the_same_dataset_lock_it_in_the_same_order() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let at = khomo.clock.now();
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| release::order(tx, "2026-Q3", at)).unwrap();
    let asked = asked(&khomo, &id);
    let (form, ctx) = (confirming(&khomo, &asked, "so-lieu"), khomo.ctx_of(Actor::Account(second(&khomo))));
    khomo.clock.advance(60);
    let khomo = &khomo;
    let (begun, heard) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            heard.recv().unwrap();
            let handlers = Handlers::default().with_releases();
            actix_web::rt::System::new().block_on(run_due(&khomo.app, &handlers)).unwrap();
        });
        let confirmed = khomo.db().write(&ctx, move |tx| {
            dataset::lock(tx, &id)?;
            begun.send(()).unwrap();
            // Where both can be at work at once, the release is let come to where it must wait, before a table is touched.
            let (since, waits) = (std::time::Instant::now(), format!("{WAITS} AND query LIKE '%FOR SHARE%'"));
            let mut met = khomo.db().is_embedded();
            while !met && since.elapsed().as_secs() < 30 {
                met = khomo.count(&waits) > 0;
            }
            assert!(met, "the release waits for the dataset");
            purge::confirm(tx, khomo.app.profile(), &asked, &form, Counted { objects: 3, bytes: 99 })
        });
        confirmed.unwrap();
    });
    let failed =
        khomo.lines("SELECT last_failure AS line FROM job WHERE kind = 'release-build' AND last_failure IS NOT NULL");
    assert!(failed.iter().all(|failure| failure.contains("purged while")), "what was destroyed: {failed:?}");
    khomo.clock.advance(3600);
    run_due(&khomo.app, &Handlers::default().with_releases()).await.unwrap();
    let made = khomo.db().read(|conn| release::by_quarter(conn, Quarter::parse("2026-Q3").unwrap()));
    assert!(made.unwrap().is_ready());
    assert_eq!(khomo.count("release_file WHERE dataset_id IS NOT NULL"), 0);
}

#[actix_web::test]
async fn an_item_that_is_saved_while_a_purge_is_at_work_brings_no_word_of_it_back() {
    let khomo = Khomo::start();
    let title = "Tên không được tồn tại";
    let id = khomo.dataset("so-lieu").title(title).publish().await;
    let plan = super::plan::consulted(&khomo, 2026);
    let asked = ask(&khomo, &id, "coordinator", "dataset").unwrap();
    let profile = khomo.app.profile();
    // No item of the plan is about the dataset yet.
    let item = ItemForm {
        title: title.to_owned(),
        agency: HOME.to_owned(),
        target_on: "31/12/2026".to_owned(),
        level: "2".to_owned(),
        dataset: "so-lieu".to_owned(),
        seen: khomo.db().read(|conn| yearly::by_id(conn, &plan)).unwrap().mark(),
        ..ItemForm::default()
    };
    meanwhile(&khomo, &asked, "so-lieu", |other| {
        let saved = other.write(&khomo.ctx("coordinator"), |tx| yearly::save_item(tx, profile, &plan, &item));
        assert_eq!(refusal(saved), (Kind::Conflict, "plan-changed-meanwhile".to_owned()));
    });
    assert_eq!(khomo.lines("SELECT title_vi AS line FROM plan_item"), ["Trạm y tế"]);
}
