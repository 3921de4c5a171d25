//! The tables: up and down, alike in both databases, and guarded by the databases themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use khomo::dataset::upload::{self, Begin};
use khomo::kernel::{Actor, Clock};
use khomo::notify::{self, Event, Frequency};
use khomo::platform::db::{Db, nodes};
use khomo::platform::totp;
use khomo::{account, audit, review, worker};

use crate::support::kit::{Khomo, SMALL, empty_database};

#[test]
fn down_takes_everything_away_and_up_brings_the_same_back() {
    let (url, _schema, _folder) = empty_database();
    let db = Db::open(&url, true, Clock::system()).unwrap();
    assert!(!db.migrate().unwrap().is_empty());
    let before = db.describe().unwrap();
    assert!(before.iter().any(|line| line.contains("dataset")), "{before:?}");
    assert!(db.unmigrate().unwrap() > 0);
    assert_eq!(db.describe().unwrap(), Vec::<String>::new());
    assert!(db.require_migrated().unwrap_err().has("migrations-pending"));
    db.migrate().unwrap();
    assert_eq!(db.describe().unwrap(), before);
    db.require_migrated().unwrap();
    assert_eq!(db.migrate().unwrap(), Vec::<String>::new());
}

#[actix_web::test]
async fn down_takes_everything_away_with_rows_in_every_table() {
    let letters = tempfile::tempdir().unwrap();
    let way = format!("folder:{}", letters.path().display());
    let khomo = Khomo::start_with(&[("KHOMO_MAIL", &way), ("KHOMO_MAIL_FROM", "Khomo <khomo@lacdien.example>")]);
    let db = khomo.db();
    crate::duties::kept(&khomo, "dung-han").await;
    let id = khomo.dataset("so-lieu").publish().await;
    let (draft, _) = khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    let profile = khomo.app.profile();
    khomo.submit(&draft, "editor").unwrap();
    db.write(&khomo.ctx("editor"), |tx| review::recall(tx, profile, &draft)).unwrap();
    khomo.submit(&draft, "editor").unwrap();
    let remarks = [review::Remark { field: "title".to_owned(), text: "Ghi rõ năm.".to_owned() }];
    db.write(&khomo.ctx("approver"), |tx| review::ask_changes(tx, profile, &draft, "Cần sửa.", &remarks)).unwrap();
    khomo.dataset("tro-lai").publish().await;
    khomo.withdraw(&id, "approver").unwrap();
    crate::scan::treated(&khomo, "ca-nhan").await;
    crate::contract::answered(&khomo, "khoa").await;
    khomo.signed_in("editor").await;
    khomo.internal().await.sign_in("editor", "sai").await;
    khomo.public().await.get("/dataset/tro-lai/bang.csv").await;
    worker::write_counts(&khomo.app).await.unwrap();
    let editor = khomo.id("editor");
    db.write(&khomo.ctx_of(Actor::System), |tx| {
        account::set_password(tx, &editor, "x", false)?;
        let code = totp::code_at(&[7; 20], khomo.clock.now())?;
        account::turn_on(tx, &khomo.app.seal, &editor, &[7; 20], &code)?;
        account::make_token(tx, &editor, "máy", &["read".to_owned()], 1)?;
        notify::choose(tx, &editor, Frequency::AtOnce)?;
        let event = Event {
            id: "1".to_owned(),
            code: "review-submitted".to_owned(),
            args: Vec::new(),
            link: "/internal/datasets".to_owned(),
            at: khomo.clock.now(),
        };
        notify::tell(tx, &editor, &event)?;
        nodes::report(tx, "may", 1, 0)?;
        for _ in 0..khomo.app.profile().oversight.exports.value + 1 {
            audit::record_export(tx, "dataset.export", "datasets", &serde_json::json!({}), 1, "xlsx");
        }
        nodes::request(tx)
    })
    .unwrap();
    let draft = khomo.dataset("nhap").import().unwrap().0;
    let profile = khomo.app.profile().clone();
    db.write(&khomo.ctx("editor"), |tx| {
        let name = "bang.csv".to_owned();
        let begin = Begin { dataset: draft, resource: None, file_name: name, bytes: Some(9), most: 9, declared: true };
        let upload = upload::begin(tx, &profile, begin)?;
        upload::add_part(tx, &upload.id, 0, 5, "uploads/x", 9)
    })
    .unwrap();
    crate::editor::listed(&khomo);
    crate::purge::asked(&khomo, &id);
    crate::quarter::written(&khomo);
    crate::purge::registered(&khomo, "01/09/2026");
    crate::people::asked(&khomo);
    crate::agencies::listed(&khomo);
    crate::agencies::looked_after(&khomo, &khomo.dataset("phu-trach").import().unwrap().0).unwrap();
    crate::account_review::opened(&khomo);
    crate::voice::filed(&khomo, "tro-lai");
    crate::requests::shown(&khomo, crate::support::kit::HOME);
    crate::plan::issued(&khomo).await;
    crate::plan::reviewed(&khomo, "coordinator").unwrap();
    crate::plan::drafted(&khomo);
    crate::plan::consulted(&khomo, 2027);
    crate::subscriptions::asked(&khomo);
    crate::editorial::told(&khomo, "tin-moi");
    crate::maps::bounded(&khomo);
    crate::calendar::entered(&khomo);
    crate::release::released(&khomo, "2026-Q2").await;
    let forgotten = account::ForgottenForm { name: "editor".to_owned() };
    db.write(&khomo.ctx_of(Actor::Public), |tx| account::ask_reset(tx, &forgotten)).unwrap();
    khomo.work().await;
    khomo.watch().await;
    khomo.clock.advance(60);
    khomo.watch().await;
    // A table whose files could not be made.
    khomo
        .raw("INSERT INTO table_attempt (table_version_id, attempts, due_at) SELECT MIN(id), 1, 0 FROM table_version")
        .unwrap();
    khomo.raw("INSERT INTO vain_search VALUES ('2026-09', 'nuoc sach', 3)").unwrap();
    // What a close keeps, of the quarter that goes on.
    khomo
        .raw(
            "INSERT INTO quarter_duty SELECT (SELECT MAX(id) FROM quarter), id, agency_id, kind, due_on, 'undone', NULL, NULL \
             FROM duty",
        )
        .unwrap();
    khomo.raw("INSERT INTO quarter_voice SELECT (SELECT MAX(id) FROM quarter), id, 1, 1, 1, 1 FROM agency").unwrap();
    let tables: Vec<String> = tables_in("sqlite").into_values().flat_map(BTreeMap::into_keys).collect();
    let empty: Vec<_> = tables.iter().filter(|table| khomo.count(table) == 0).collect();
    assert!(tables.len() > 10 && empty.is_empty(), "nothing stands in {empty:?}");

    let before = db.describe().unwrap();
    assert!(db.unmigrate().unwrap() > 0);
    assert_eq!(db.describe().unwrap(), Vec::<String>::new());
    db.migrate().unwrap();
    assert_eq!(db.describe().unwrap(), before);
    for table in tables.iter().filter(|table| *table != "chain_head") {
        assert_eq!(khomo.count(table), 0, "{table}");
    }
    // It can be lived in again.
    khomo.register_agency("so-moi", "Sở Mới").unwrap();
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

/// Runs one of the two files of a migration.
pub fn run(khomo: &Khomo, migration: &str, file: &str) {
    let folder = if khomo.db().is_embedded() { "sqlite" } else { "postgresql" };
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("migrations/{folder}/{migration}/{file}"));
    khomo.raw(&fs::read_to_string(path).unwrap()).unwrap();
}

#[actix_web::test]
async fn quarters_that_were_closed_before_are_kept_by_the_migration_as_they_stood() {
    let khomo = Khomo::start();
    let weekly = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "weekly".to_owned();
    khomo.dataset("tuan").title("Theo tuần").describe(weekly).publish().await;
    let days = async |count: i64| {
        khomo.clock.advance(count * 86_400);
        khomo.work().await;
    };
    khomo.work().await;
    days(1).await;
    khomo.dataset("tuan").title("Theo tuần").describe(weekly).note("Tuần hai.").publish().await;
    days(26).await;
    days(27).await;
    assert_eq!(khomo.lines("SELECT id AS line FROM quarter WHERE state = 'closed'"), ["2026-Q3"]);
    let kept = || {
        khomo.lines(
            "SELECT quarter_id || ' ' || kind || ' ' || due_on || ' ' || outcome || COALESCE(' ' || ended_how, '') AS line \
             FROM quarter_duty ORDER BY due_on",
        )
    };
    let before = kept();
    assert_eq!(
        before,
        ["2026-Q3 update 2026-09-11 done-in-time version", "2026-Q3 update 2026-09-14 undone"],
        "12 September is a Saturday"
    );
    // It is done after the close.
    days(1).await;
    khomo.dataset("tuan").title("Theo tuần").describe(weekly).note("Tuần ba.").publish().await;
    run(&khomo, "2026-11-30-000046_frozen_quarter", "down.sql");
    run(&khomo, "2026-11-30-000046_frozen_quarter", "up.sql");
    assert_eq!(kept(), before);
}

#[test]
fn roles_come_through_the_migration_that_gives_them_periods_and_back() {
    let khomo = Khomo::start();
    let run = |file: &str| run(&khomo, "2026-11-28-000011_people", file);
    let (nobody, editor) = (khomo.id("nobody"), khomo.id("editor"));
    let home = khomo.agency(crate::support::kit::HOME);
    for (from, to, deputy) in [
        ("2026-01-01", "'2026-02-01'", "NULL".to_owned()),
        ("2026-03-01", "NULL", "NULL".to_owned()),
        ("2026-05-01", "'2026-05-09'", format!("'{editor}'")),
    ] {
        let row = format!("('{nobody}', '{home}', 'editor', '{from}', {to}, {deputy})");
        khomo.raw(&format!("INSERT INTO account_role VALUES {row}")).unwrap();
    }
    let all = khomo.count("account_role");
    run("down.sql");
    let left = "SELECT valid_from || ' ' || COALESCE(valid_to, '-') AS line FROM account_role WHERE account_id = ";
    assert_eq!(khomo.lines(&format!("{left}'{nobody}'")), ["2026-03-01 -"], "the last period of one's own");
    assert_eq!(khomo.count("account_role"), all - 2);
    run("up.sql");
    assert_eq!(khomo.lines(&format!("{left}'{nobody}'")), ["2026-03-01 -"]);
    assert_eq!(khomo.count("account_role"), all - 2);
}

#[test]
fn both_databases_have_the_same_migrations_with_the_same_tables_and_columns() {
    let (sqlite, postgresql) = (tables_in("sqlite"), tables_in("postgresql"));
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgresql.keys().collect::<Vec<_>>());
    for (name, tables) in &sqlite {
        assert_eq!(tables, &postgresql[name], "{name}");
    }
}

/// By migration, the columns of each table that it makes.
fn tables_in(folder: &str) -> BTreeMap<String, BTreeMap<String, BTreeSet<String>>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(folder);
    fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            assert!(entry.path().join("down.sql").is_file(), "{} has no way down", entry.path().display());
            let sql = fs::read_to_string(entry.path().join("up.sql")).unwrap();
            let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
            let mut table: Option<String> = None;
            for line in sql.lines().map(str::trim) {
                if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
                    table = rest.split([' ', '(']).next().map(str::to_owned);
                } else if line.starts_with(')') {
                    table = None;
                } else if let Some(name) = &table {
                    let word = line.split([' ', '(']).next().unwrap_or_default();
                    if !["", "--", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"].contains(&word) {
                        tables.entry(name.clone()).or_default().insert(word.to_owned());
                    }
                }
            }
            (entry.file_name().to_string_lossy().into_owned(), tables)
        })
        .collect()
}

/// SQL that publishes the one version there is.
const PUBLISH: &str = "UPDATE version SET state = 'published', number = 1, hash = 'x', published_at = 1";

fn decision(khomo: &Khomo, id: &str, version: &str, verdict: &str, person: &str) {
    decision_on("x", khomo, id, version, verdict, person);
}

fn decision_on(hash: &str, khomo: &Khomo, id: &str, version: &str, verdict: &str, person: &str) {
    khomo
        .raw(&format!(
            "INSERT INTO decision (id, version_id, step, verdict, account_id, reason, hash, at, seq) \
             VALUES ('{id}', '{version}', 'x', '{verdict}', '{}', 'x', '{hash}', 9000000000000, \
             (SELECT coalesce(max(seq), 0) + 1 FROM decision WHERE version_id = '{version}'))",
            khomo.id(person)
        ))
        .unwrap();
}

#[actix_web::test]
async fn raw_sql_publishes_nothing_without_two_persons_decisions() {
    let khomo = Khomo::start();
    let (_, version) = khomo.dataset("so-lieu").csv("bang", SMALL).await.import().unwrap();
    let refused = || khomo.raw(PUBLISH).unwrap_err().to_string().contains("rule of two");
    assert!(refused(), "nobody decided");
    decision(&khomo, "1", version.as_str(), "submitted", "second-editor");
    assert!(refused(), "submitted only");
    decision(&khomo, "2", version.as_str(), "approved", "second-editor");
    assert!(refused(), "one person twice");
    decision(&khomo, "3", version.as_str(), "approved", "editor");
    assert!(refused(), "its author approved");
    decision(&khomo, "4", version.as_str(), "changes-asked", "approver");
    assert!(refused(), "another decision is no approval");
    decision(&khomo, "5", version.as_str(), "approved", "approver");
    assert!(refused(), "changes were asked for after the submission");
    decision(&khomo, "6", version.as_str(), "submitted", "second-editor");
    assert!(refused(), "approved before it was submitted anew");
    decision(&khomo, "7", version.as_str(), "refused", "approver");
    decision(&khomo, "8", version.as_str(), "approved", "approver");
    assert!(refused(), "refused after the submission");
    decision(&khomo, "9", version.as_str(), "submitted", "second-editor");
    decision(&khomo, "10", version.as_str(), "approved", "approver");
    khomo
        .raw(&format!(
            "INSERT INTO recall (decision_id, account_id, at) VALUES ('9', '{}', 1)",
            khomo.id("second-editor")
        ))
        .unwrap();
    assert!(refused(), "the submission was taken back");
    decision(&khomo, "11", version.as_str(), "submitted", "second-editor");
    decision(&khomo, "12", version.as_str(), "approved", "approver");
    khomo.raw(PUBLISH).unwrap();
}

#[actix_web::test]
async fn remarks_and_recalls_are_never_changed() {
    let khomo = Khomo::start();
    let (_, version) = khomo.dataset("so-lieu").csv("bang", SMALL).await.import().unwrap();
    decision(&khomo, "1", version.as_str(), "submitted", "editor");
    khomo
        .raw("INSERT INTO remark (decision_id, position, field, text, value) VALUES ('1', 0, 'title', 'x', 'y')")
        .unwrap();
    khomo
        .raw(&format!("INSERT INTO recall (decision_id, account_id, at) VALUES ('1', '{}', 1)", khomo.id("editor")))
        .unwrap();
    for sql in ["UPDATE remark SET text = 'z'", "DELETE FROM remark", "UPDATE recall SET at = 2", "DELETE FROM recall"]
    {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
}

#[actix_web::test]
async fn a_version_is_born_a_draft() {
    let khomo = Khomo::start();
    let (dataset, _) = khomo.dataset("so-lieu").import().unwrap();
    let insert = |state: &str| {
        khomo.raw(&format!(
            "INSERT INTO version (id, dataset_id, number, state, metadata, author_kind, created_at, \
             published_at, hash) VALUES ('{state}', '{dataset}', 1, '{state}', '{{}}', 'system', 1, 1, 'x')"
        ))
    };
    assert!(insert("published").is_err());
    assert!(insert("draft").is_err(), "a dataset has one draft at most");
    assert_eq!(khomo.count("version"), 1);
}

#[actix_web::test]
async fn raw_sql_shows_the_public_no_draft_and_no_other_datasets_version() {
    let khomo = Khomo::start();
    let published = khomo.dataset("so-lieu").publish().await;
    let (other, draft) = khomo.dataset("khac").csv("bang", SMALL).await.import().unwrap();
    for version in [format!("'{draft}'"), format!("(SELECT current_version_id FROM dataset WHERE id = '{published}')")]
    {
        let show = format!("UPDATE dataset SET current_version_id = {version} WHERE id = '{other}'");
        assert!(khomo.raw(&show).is_err(), "{show}");
    }
    assert!(khomo.raw(&format!("UPDATE dataset SET state = 'published' WHERE id = '{other}'")).is_err());
}

#[actix_web::test]
async fn decisions_on_other_content_do_not_publish_by_raw_sql() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("so-lieu").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "second-editor").unwrap();
    let (_, version) = khomo.dataset("so-lieu").csv("bang", "A,B\n1,2\n").await.import().unwrap();
    let now = khomo.db().read(|conn| {
        let draft = khomo::dataset::draft_of(conn, &id)?.unwrap();
        khomo::dataset::draft_hash(conn, &draft)
    });
    let now = now.unwrap();
    decision_on(&now, &khomo, "1", version.as_str(), "approved", "approver");
    let publish = PUBLISH.replace("'x'", &format!("'{now}'"));
    assert!(khomo.raw(&publish).unwrap_err().to_string().contains("rule of two"), "submitted was something else");
    assert!(khomo.raw(&PUBLISH.replace("'x'", "(SELECT min(hash) FROM decision)")).is_err());
    assert!(khomo.raw(&PUBLISH.replace("'x'", "(SELECT max(hash) FROM decision)")).is_err());
    decision_on(&now, &khomo, "2", version.as_str(), "submitted", "second-editor");
    assert!(khomo.raw(&publish).is_err(), "approved before it was submitted");
    decision_on(&now, &khomo, "3", version.as_str(), "approved", "approver");
    khomo.raw(&publish).unwrap();
}

#[actix_web::test]
async fn raw_sql_publishes_nothing_that_only_a_contributor_approved() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").by("both").csv("bang", SMALL).await.import().unwrap();
    let (_, version) = khomo.dataset("so-lieu").by("second-editor").csv("khac", SMALL).await.import().unwrap();
    decision(&khomo, "1", version.as_str(), "submitted", "editor");
    for (id, person) in [("2", "both"), ("3", "second-editor")] {
        decision(&khomo, id, version.as_str(), "approved", person);
        assert!(khomo.raw(PUBLISH).unwrap_err().to_string().contains("rule of two"), "{person}");
    }
    for forget in ["DELETE FROM version_contributor", "UPDATE version_contributor SET account_id = account_id"] {
        assert!(khomo.raw(forget).is_err(), "{forget}");
    }
    decision(&khomo, "4", version.as_str(), "approved", "approver");
    khomo.raw(PUBLISH).unwrap();
}

#[actix_web::test]
async fn published_versions_decisions_and_audit_entries_are_not_changed_by_raw_sql() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    for sql in [
        "UPDATE version SET metadata = '{}'",
        "UPDATE version SET state = 'draft', number = NULL",
        "UPDATE version SET hash = 'x'",
        "DELETE FROM version",
        "UPDATE decision SET account_id = account_id",
        "DELETE FROM decision",
        "UPDATE audit_entry SET detail = 'x'",
        "DELETE FROM audit_entry",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
}

#[actix_web::test]
async fn releases_that_are_ready_and_their_keys_are_not_changed_by_raw_sql() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    crate::release::released(&khomo, "2026-Q2").await;
    for sql in [
        "UPDATE release_key SET published_at = 0",
        "DELETE FROM release_key",
        "UPDATE release SET as_of = 0",
        "UPDATE release SET state = 'building', ready_at = NULL, manifest_sha256 = NULL",
        "UPDATE release_entry SET late = NOT late",
        "DELETE FROM release_entry",
        "UPDATE release_file SET sha256 = 'x'",
        "DELETE FROM release_file",
        "DELETE FROM release",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    // One that is being made goes on as it must, and stays in its order.
    let row = "INSERT INTO release (id, quarter, as_of, state, ordered_at) VALUES ('x', '2026-Q3', 1, 'building', 1)";
    khomo.raw(row).unwrap();
    khomo.raw("UPDATE release SET done_until = 'y' WHERE id = 'x'").unwrap();
    assert!(khomo.raw("DELETE FROM release WHERE id = 'x'").is_err());
}

#[actix_web::test]
async fn the_tables_of_a_published_version_are_not_changed_by_raw_sql() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let other = khomo.dataset("khac").csv("bang", SMALL).await.import().unwrap().1;
    let published = "version_id IN (SELECT id FROM version WHERE state = 'published')";
    for sql in [
        format!("UPDATE version_resource SET title_vi = 'x' WHERE {published}"),
        format!(
            "UPDATE version_resource SET table_version_id = (SELECT table_version_id FROM version_resource \
             WHERE version_id = '{other}') WHERE {published}"
        ),
        format!("DELETE FROM version_resource WHERE {published}"),
        "INSERT INTO version_resource (version_id, resource_id, table_version_id, position, title_vi, dictionary) \
         SELECT (SELECT id FROM version WHERE state = 'published'), resource_id, table_version_id, 9, 'x', '[]' \
         FROM version_resource WHERE version_id = (SELECT id FROM version WHERE state = 'draft')"
            .to_owned(),
        "UPDATE table_version SET csv_sha256 = 'x'".to_owned(),
    ] {
        assert!(khomo.raw(&sql).is_err(), "{sql}");
    }
    khomo.raw(&format!("UPDATE version_resource SET title_vi = 'x' WHERE version_id = '{other}'")).unwrap();
}
