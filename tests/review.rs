//! Review: nothing becomes public without two persons, and nobody is both of them.

use std::sync::Barrier;

use khomo::account;
use khomo::kernel::id::DatasetId;
use khomo::kernel::{Actor, Error, Kind};
use khomo::{dataset, review};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::kit::{HOME, Khomo, SMALL, copy_of};

async fn draft(khomo: &Khomo, slug: &str, author: &str) -> DatasetId {
    khomo.dataset(slug).by(author).csv("bang", SMALL).await.import().unwrap().0
}

fn refusal<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (Kind, String) {
    let error = outcome.unwrap_err();
    (error.kind(), error.problems()[0].code.to_owned())
}

#[actix_web::test]
async fn an_editor_submits_and_an_approver_of_the_agency_publishes() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    assert_eq!(khomo.count("version WHERE state = 'published' AND number = 1 AND hash IS NOT NULL"), 1);
}

#[actix_web::test]
async fn an_editor_cannot_approve_what_they_submitted() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    khomo.submit(&id, "both").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "both")), (Kind::Forbidden, "own-submission".to_owned()));
    assert_eq!(refusal(khomo.approve(&id, "editor")), (Kind::Forbidden, "role-missing".to_owned()));
    assert_eq!(khomo.count("version WHERE state = 'published'"), 0);
}

#[actix_web::test]
async fn an_author_cannot_approve_what_another_submitted() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "both").await;
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "both")), (Kind::Forbidden, "own-submission".to_owned()));
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
}

#[actix_web::test]
async fn only_the_role_at_the_agency_of_the_data_counts() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    for person in ["approver", "stranger", "operator", "auditor", "nobody"] {
        assert_eq!(refusal(khomo.submit(&id, person)), (Kind::Forbidden, "role-missing".to_owned()), "{person}");
    }
    khomo.submit(&id, "editor").unwrap();
    for person in ["second-editor", "stranger", "operator", "auditor", "nobody"] {
        assert_eq!(refusal(khomo.approve(&id, person)), (Kind::Forbidden, "role-missing".to_owned()), "{person}");
    }
    assert_eq!(khomo.approve(&id, "coordinator").unwrap(), Some(1));
    for person in ["editor", "stranger", "operator", "auditor", "nobody"] {
        assert_eq!(refusal(khomo.withdraw(&id, person)), (Kind::Forbidden, "role-missing".to_owned()), "{person}");
    }
    khomo.withdraw(&id, "coordinator").unwrap();
}

#[actix_web::test]
async fn a_role_that_has_ended_or_not_begun_and_a_locked_account_decide_nothing() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    khomo.submit(&id, "editor").unwrap();
    let role = format!("account_role SET {{}} WHERE account_id = '{}'", khomo.id("approver"));
    let set = |what: &str| khomo.raw(&format!("UPDATE {}", role.replace("{}", what))).unwrap();
    set("valid_to = '2026-09-03'");
    assert_eq!(refusal(khomo.approve(&id, "approver")).0, Kind::Forbidden, "ended yesterday");
    set("valid_to = NULL, valid_from = '2026-09-05'");
    assert_eq!(refusal(khomo.approve(&id, "approver")).0, Kind::Forbidden, "begins tomorrow");
    set("valid_from = '2026-09-04', valid_to = '2026-09-04'");
    let state = |state: &str| {
        khomo.raw(&format!("UPDATE account SET state = '{state}' WHERE id = '{}'", khomo.id("approver"))).unwrap();
    };
    state("locked");
    assert_eq!(refusal(khomo.approve(&id, "approver")).0, Kind::Forbidden, "locked");
    state("active");
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1), "today counts, first day and last");
}

#[actix_web::test]
async fn only_people_decide() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    for actor in [Actor::Public, Actor::Operator, Actor::System] {
        let outcome =
            khomo.db().write(&khomo.ctx_of(actor), |tx| review::submit(tx, khomo.app.profile(), &id, "Tự động."));
        assert_eq!(refusal(outcome).0, Kind::Unauthenticated);
    }
}

#[actix_web::test]
async fn steps_are_taken_in_order_and_with_a_reason() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    assert_eq!(refusal(khomo.approve(&id, "approver")), (Kind::Conflict, "not-submitted".to_owned()));
    assert_eq!(refusal(khomo.withdraw(&id, "approver")), (Kind::Conflict, "not-published".to_owned()));
    let wordless = khomo.db().write(&khomo.ctx("editor"), |tx| review::submit(tx, khomo.app.profile(), &id, "  \n"));
    assert_eq!(refusal(wordless), (Kind::Invalid, "reason-missing".to_owned()));
    khomo.submit(&id, "editor").unwrap();
    khomo.approve(&id, "approver").unwrap();
    assert_eq!(refusal(khomo.submit(&id, "editor")), (Kind::Conflict, "no-draft".to_owned()));
    assert_eq!(refusal(khomo.approve(&id, "second-approver")), (Kind::Conflict, "no-draft".to_owned()));
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!(refusal(khomo.withdraw(&id, "approver")), (Kind::Conflict, "not-published".to_owned()));
}

#[actix_web::test]
async fn nothing_is_published_without_a_table() {
    let khomo = Khomo::start();
    let (id, _) = khomo.dataset("so-lieu").import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "approver")), (Kind::Invalid, "nothing-to-publish".to_owned()));
    assert_eq!(khomo.count("decision"), 1, "the approval was taken back with the rest");
}

#[actix_web::test]
async fn a_withdrawn_dataset_takes_no_new_data_and_its_name_is_never_given_again() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let (other, _) = khomo.dataset("khac").csv("bang", SMALL).await.import().unwrap();
    khomo.withdraw(&id, "approver").unwrap();
    let again = khomo.dataset("so-lieu").csv("bang", SMALL).await.import();
    assert_eq!(refusal(again), (Kind::Conflict, "dataset-withdrawn".to_owned()));
    let import = dataset::Import {
        dataset: dataset::Where::New { slug: "so-lieu".into(), agency: khomo.agency(HOME) },
        metadata: Some(dataset::Metadata { title: crate::support::kit::vi("Mới"), ..Default::default() }),
        note: None,
        resources: Vec::new(),
    };
    let taken = khomo.db().write(&khomo.ctx("editor"), |tx| dataset::import(tx, import));
    assert_eq!(refusal(taken), (Kind::Conflict, "slug-taken".to_owned()));
    assert_eq!(khomo.count(&format!("dataset WHERE id = '{other}' AND state = 'draft'")), 1);
}

#[actix_web::test]
async fn of_two_approvals_at_once_exactly_one_publishes() {
    let khomo = Khomo::start();
    let row = khomo.table(SMALL).await;
    for round in 0..5 {
        let slug = format!("so-lieu-{round}");
        let (id, _) = khomo.dataset(&slug).row("bang", copy_of(&row)).import().unwrap();
        khomo.submit(&id, "editor").unwrap();
        let gate = Barrier::new(2);
        let outcomes: Vec<_> = std::thread::scope(|scope| {
            let racers: Vec<_> = ["approver", "second-approver"]
                .map(|person| {
                    let (khomo, id, gate) = (&khomo, &id, &gate);
                    scope.spawn(move || {
                        gate.wait();
                        khomo.approve(id, person)
                    })
                })
                .into_iter()
                .collect();
            racers.into_iter().map(|racer| racer.join().unwrap()).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "{lost:?}");
        assert_eq!(won.into_iter().next().unwrap().unwrap(), Some(1));
        let lost = lost.into_iter().next().unwrap().unwrap_err();
        assert_eq!(lost.kind(), Kind::Conflict, "{lost}");
        assert_eq!(khomo.count(&format!("version WHERE dataset_id = '{id}' AND state = 'published'")), 1);
        assert_eq!(khomo.count(&format!("audit_entry WHERE action = 'dataset.publish' AND object_id = '{id}'")), 1);
    }
}

#[actix_web::test]
async fn an_approval_that_meets_an_import_publishes_what_was_submitted_or_nothing() {
    let khomo = Khomo::start();
    let submitted = khomo.table(SMALL).await;
    let changed = khomo.table("Mã,Số\n1,2\n").await;
    for round in 0..6 {
        let slug = format!("so-lieu-{round}");
        let (id, _) = khomo.dataset(&slug).row("bang", copy_of(&submitted)).import().unwrap();
        khomo.submit(&id, "editor").unwrap();
        khomo.clock.advance(1);
        let gate = Barrier::new(2);
        let (approved, imported) = std::thread::scope(|scope| {
            let approval = scope.spawn(|| {
                gate.wait();
                khomo.approve(&id, "approver")
            });
            gate.wait();
            let imported = khomo.dataset(&slug).row("bang", copy_of(&changed)).import();
            (approval.join().unwrap(), imported)
        });
        let published = khomo.lines(&format!(
            "SELECT t.csv_sha256 AS line FROM version AS v JOIN version_resource AS r ON r.version_id = v.id \
             JOIN table_version AS t ON t.id = r.table_version_id WHERE v.dataset_id = '{id}' AND v.state = 'published'"
        ));
        match &approved {
            Ok(_) => assert_eq!(published, std::slice::from_ref(&submitted.csv_sha256), "{imported:?}"),
            Err(error) => assert_eq!((error.kind(), published.len()), (Kind::Conflict, 0), "{error}"),
        }
        assert!(imported.is_ok(), "into the draft, or into a new one: {imported:?}");
    }
}

#[actix_web::test]
async fn whoever_brings_data_into_a_draft_cannot_approve_it() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    khomo.dataset("so-lieu").by("both").csv("bang", "Mã,Số\n1,2\n").await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "both")), (Kind::Forbidden, "own-submission".to_owned()));
}

#[actix_web::test]
async fn whoever_ever_changed_a_draft_cannot_approve_it_however_many_came_after() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "both").await;
    for person in ["second-editor", "editor"] {
        let changed = khomo.dataset("so-lieu").by(person).csv(person, SMALL).await;
        changed.import().unwrap();
    }
    // An import of the operator's has no person who could approve, and makes nobody else's part undone.
    let import = dataset::Import {
        dataset: dataset::Where::Existing(id.clone()),
        metadata: None,
        note: Some(crate::support::kit::vi("Thêm ghi chú.")),
        resources: Vec::new(),
    };
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| dataset::import(tx, import)).unwrap();
    khomo.submit(&id, "second-editor").unwrap();
    assert_eq!(refusal(khomo.approve(&id, "both")), (Kind::Forbidden, "own-submission".to_owned()));
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
    // What is public is nobody's draft any more: the next one begins without contributors.
    khomo.dataset("so-lieu").by("editor").csv("bang", "Mã,Số\n1,2\n").await.import().unwrap();
    khomo.submit_breaking(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "both").unwrap(), Some(2));
}

#[actix_web::test]
async fn what_changed_after_the_submission_is_not_published_by_it_even_in_the_same_millisecond() {
    let khomo = Khomo::start();
    let id = draft(&khomo, "so-lieu", "editor").await;
    // The clock stands. Nobody but the author has seen these numbers, this title, this note.
    for change in 0..3 {
        khomo.submit(&id, "editor").unwrap();
        let changed = khomo.dataset("so-lieu").by("second-editor");
        match change {
            0 => changed.csv("bang", "Mã,Số\n1,2\n").await.import().map(|_| ()),
            1 => changed.title("Tên khác").import().map(|_| ()),
            _ => changed.title("Tên khác").note("Đã sửa số liệu.").import().map(|_| ()),
        }
        .unwrap();
        assert_eq!(refusal(khomo.approve(&id, "approver")), (Kind::Conflict, "not-submitted".to_owned()), "{change}");
    }
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(1));
}

#[actix_web::test]
async fn the_published_hash_is_the_one_that_both_persons_decided_on() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let hashes = khomo.lines("SELECT hash AS line FROM decision UNION SELECT hash AS line FROM version");
    assert_eq!(hashes.len(), 1, "{hashes:?}");
}

#[actix_web::test]
async fn where_three_persons_are_wanted_an_approval_counts_until_its_person_changes_the_draft() {
    let khomo = Khomo::start();
    let mut profile = khomo.app.profile().clone();
    profile.review.min_persons.value = 3;
    let approve = |id: &DatasetId, person: &str| {
        khomo.db().write(&khomo.ctx(person), |tx| review::approve(tx, &profile, id, "Đồng ý công bố."))
    };
    let id = draft(&khomo, "so-lieu", "editor").await;
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(approve(&id, "both").unwrap(), None);
    assert_eq!(approve(&id, "both").unwrap(), None, "the same person twice is one person");
    // Nothing is changed by this, and yet whoever did it has a part in the draft from now on.
    let import = dataset::Import {
        dataset: dataset::Where::Existing(id.clone()),
        metadata: None,
        note: None,
        resources: Vec::new(),
    };
    khomo.db().write(&khomo.ctx("both"), |tx| dataset::import(tx, import)).unwrap();
    assert_eq!(approve(&id, "approver").unwrap(), None);
    assert_eq!(approve(&id, "second-approver").unwrap(), Some(1));
}

#[test]
fn whatever_happens_no_version_is_public_without_two_persons() {
    let khomo = Khomo::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let row = runtime.block_on(khomo.table(SMALL));
    let people =
        ["editor", "second-editor", "approver", "second-approver", "both", "coordinator", "stranger", "nobody"];
    let acts = prop::collection::vec((0..6_usize, 0..people.len(), 0..2_usize), 5..50);
    let rounds = std::cell::Cell::new(0);
    let run = TestRunner::new(Config { cases: 20, failure_persistence: None, ..Config::default() }).run(&acts, |acts| {
        let round = rounds.replace(rounds.get() + 1);
        for (act, person, dataset) in acts {
            let (person, slug) = (people[person], format!("so-lieu-{round}-{dataset}"));
            let known = khomo.db().read(|conn| dataset::by_slug(conn, &slug)).unwrap();
            khomo.clock.advance(1);
            let _ = match (act, known) {
                (0, _) | (_, None) => khomo.dataset(&slug).by(person).row("bang", copy_of(&row)).import().map(|_| ()),
                (1 | 2, Some(dataset)) => khomo.submit(&dataset.id, person),
                (3 | 4, Some(dataset)) => khomo.approve(&dataset.id, person).map(|_| ()),
                (_, Some(dataset)) => khomo.withdraw(&dataset.id, person),
            };
            let alone = khomo.count(
                "version AS v WHERE v.state = 'published' AND NOT EXISTS (SELECT 1 FROM decision AS s \
                 JOIN decision AS a ON a.version_id = s.version_id WHERE s.version_id = v.id AND s.verdict = 'submitted' \
                 AND a.verdict = 'approved' AND a.account_id <> s.account_id AND s.hash = v.hash AND a.hash = v.hash \
                 AND NOT EXISTS (SELECT 1 FROM version_contributor AS c WHERE c.version_id = v.id \
                 AND c.account_id = a.account_id))",
            );
            prop_assert_eq!(alone, 0, "after {} by {}", act, person);
            let lost = khomo.count(
                "dataset AS d WHERE d.state = 'published' AND NOT EXISTS (SELECT 1 FROM version AS v \
                 WHERE v.id = d.current_version_id AND v.dataset_id = d.id AND v.state = 'published')",
            );
            prop_assert_eq!(lost, 0, "a dataset shows something unpublished");
        }
        Ok(())
    });
    run.unwrap();
    assert!(khomo.count("version WHERE state = 'published'") > 0, "nothing was ever published");
}

#[actix_web::test]
async fn public_bytes_do_not_change_until_the_approval() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let mut reader = khomo.public().await;
    let paths = ["/dataset/so-lieu/bang.csv", "/dataset/so-lieu/bang.schema.json", "/dataset/so-lieu"];
    let mut before = Vec::new();
    for path in paths {
        before.push(reader.get(path).await.body);
    }
    let second = khomo.dataset("so-lieu").title("Tên mới").csv("bang", "Mã,Số\nA,2\n").await;
    second.import().unwrap();
    for step in ["imported", "submitted"] {
        if step == "submitted" {
            khomo.submit_breaking(&id, "editor").unwrap();
        }
        for (path, before) in paths.iter().zip(&before) {
            assert_eq!(reader.get(path).await.body, *before, "{path} {step}");
        }
    }
    assert_eq!(khomo.approve(&id, "approver").unwrap(), Some(2));
    for (path, before) in paths.iter().zip(&before) {
        assert_ne!(reader.get(path).await.body, *before, "{path} approved");
    }
    assert_eq!(reader.get("/dataset/so-lieu/v/1/bang.csv").await.body, before[0]);
    let person = khomo.db().read(|conn| account::by_id(conn, &khomo.id("editor"), "2026-09-04")).unwrap();
    assert!(person.is_some());
}
