//! The audit log: every act has its entry, and no entry can be changed, taken out, swapped or cut off unseen.

use khomo::audit;
use khomo::kernel::{Actor, Kind};
use khomo::platform::db::chain::{self, Entry};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::kit::{HOME, Khomo, PASSWORD, SMALL, copy_of, new_account};

fn entries(khomo: &Khomo) -> Vec<Entry> {
    khomo.db().read(|conn| chain::entries_after(conn, 0, 100_000)).unwrap()
}

fn verify(khomo: &Khomo) -> audit::Verdict {
    khomo.db().read(audit::verify).unwrap()
}

#[actix_web::test]
async fn every_act_has_its_entry_by_whom_on_what() {
    let khomo = Khomo::start();
    let before = entries(&khomo).len();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.withdraw(&id, "approver").unwrap();
    khomo.register_agency("so-moi", "Sở Mới").unwrap();
    let mut browser = khomo.signed_in("auditor").await;
    browser.visit("/internal/account").await;
    browser.post("/internal/sign-out", &[]).await;
    browser.sign_in("auditor", "sai").await;
    browser.sign_in("khong-co", "sai").await;

    let person = |name: &str| Some(khomo.id(name).to_string());
    let seen: Vec<_> = entries(&khomo)[before..]
        .iter()
        .map(|entry| (entry.action.clone(), entry.outcome.clone(), entry.actor_kind.clone(), entry.actor_id.clone()))
        .collect();
    let done = |action: &str, kind: &str, who: Option<String>| (action.to_owned(), "done".into(), kind.into(), who);
    let refused = || ("account.sign-in".to_owned(), "refused".into(), "public".into(), None);
    assert_eq!(
        seen,
        [
            done("dataset.create", "account", person("editor")),
            done("dataset.import", "account", person("editor")),
            done("review.decide", "account", person("editor")),
            done("review.decide", "account", person("approver")),
            done("dataset.publish", "account", person("approver")),
            done("duty.open", "account", person("approver")),
            done("dataset.withdraw", "account", person("approver")),
            done("duty.end", "account", person("approver")),
            done("agency.register", "operator", None),
            done("account.sign-in", "account", person("auditor")),
            done("account.sign-out", "account", person("auditor")),
            refused(),
            refused(),
        ]
    );
    let signed_in = entries(&khomo).into_iter().find(|entry| entry.action == "account.sign-in").unwrap();
    assert_eq!(signed_in.object_id, khomo.id("auditor").to_string());
    assert_eq!(signed_in.client.as_deref(), Some("127.0.0.1"));
    let whole: String = entries(&khomo).iter().map(|entry| entry.detail.clone()).collect();
    assert!(!whole.contains(PASSWORD) && !whole.contains("argon2"), "no secret stands in an entry");
}

#[actix_web::test]
async fn what_is_refused_leaves_neither_entry_nor_change() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    let before = khomo.heads();
    assert!(khomo.submit(&id, "editor").is_err(), "there is no draft");
    assert!(khomo.withdraw(&id, "editor").is_err(), "an editor may not");
    assert!(khomo.register_agency(HOME, "Sở Khác").is_err(), "the slug is taken");
    assert!(khomo.register_agency("Không Phải", "Sở Khác").is_err(), "no slug");
    let ctx = khomo.ctx_of(Actor::Operator);
    let taken = khomo.db().write(&ctx, |tx| khomo::account::create(tx, new_account("editor", Vec::new())));
    assert_eq!(taken.unwrap_err().kind(), Kind::Conflict);
    assert_eq!(khomo.heads(), before);
}

#[test]
fn the_chain_is_whole_after_any_sequence_of_acts() {
    let khomo = Khomo::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let row = runtime.block_on(khomo.table(SMALL));
    let people = ["editor", "second-editor", "approver", "both", "coordinator", "nobody"];
    let acts = prop::collection::vec((0..5_usize, 0..people.len(), 0..3_usize), 1..25);
    let rounds = std::cell::Cell::new(0);
    let run =
        TestRunner::new(Config { cases: 12, failure_persistence: None, ..Config::default() }).run(&acts, |acts| {
            let round = rounds.replace(rounds.get() + 1);
            for (act, person, dataset) in acts {
                let (person, slug) = (people[person], format!("so-lieu-{round}-{dataset}"));
                let known = khomo.db().read(|conn| khomo::dataset::by_slug(conn, &slug)).unwrap();
                khomo.clock.advance(1);
                // Refusals are welcome: they must leave the chain whole as well.
                let _ = match (act, known) {
                    (0 | 1, _) | (_, None) => {
                        khomo.dataset(&slug).by(person).row("bang", copy_of(&row)).import().map(|_| ())
                    }
                    (2, Some(dataset)) => khomo.submit(&dataset.id, person),
                    (3, Some(dataset)) => khomo.approve(&dataset.id, person).map(|_| ()),
                    (_, Some(dataset)) => khomo.withdraw(&dataset.id, person),
                };
            }
            let (verdict, (seq, hash, _)) = (verify(&khomo), khomo.heads());
            prop_assert_eq!(verdict.broken_at, None);
            prop_assert_eq!((verdict.entries, verdict.head), (seq, hash));
            Ok(())
        });
    run.unwrap();
    assert!(khomo.count("audit_entry") > 20);
}

/// A log of about fifteen entries without its guards.
fn unguarded() -> Khomo {
    let khomo = Khomo::start();
    assert_eq!(verify(&khomo).broken_at, None);
    khomo.drop_triggers();
    khomo
}

/// SQL that writes an entry anew, with the hash that would fit it.
fn rehashed(mut entry: Entry, change: impl FnOnce(&mut Entry)) -> String {
    change(&mut entry);
    let hash = entry.expected_hash().unwrap();
    format!(
        "UPDATE audit_entry SET detail = '{}', prev = '{}', hash = '{hash}' WHERE seq = {}",
        entry.detail, entry.prev, entry.seq
    )
}

#[test]
fn an_edited_entry_is_found_whatever_was_edited() {
    let khomo = unguarded();
    let entry = entries(&khomo)[4].clone();
    for (column, value, back) in [
        ("at", "at + 1".to_owned(), "at - 1".to_owned()),
        ("actor_kind", "'account'".into(), format!("'{}'", entry.actor_kind)),
        ("actor_id", "'x'".into(), "NULL".into()),
        ("action", "'x'".into(), format!("'{}'", entry.action)),
        ("object_kind", "'x'".into(), format!("'{}'", entry.object_kind)),
        ("object_id", "'x'".into(), format!("'{}'", entry.object_id)),
        ("outcome", "'refused'".into(), "'done'".into()),
        ("client", "'10.0.0.1'".into(), "NULL".into()),
        ("request_id", "'x'".into(), format!("'{}'", entry.request_id)),
        ("detail", "'{}'".into(), format!("'{}'", entry.detail)),
        ("prev", "'x'".into(), format!("'{}'", entry.prev)),
        ("hash", "'x'".into(), format!("'{}'", entry.hash)),
    ] {
        khomo.raw(&format!("UPDATE audit_entry SET {column} = {value} WHERE seq = 5")).unwrap();
        assert_eq!(verify(&khomo).broken_at, Some(5), "{column}");
        khomo.raw(&format!("UPDATE audit_entry SET {column} = {back} WHERE seq = 5")).unwrap();
        assert_eq!(verify(&khomo).broken_at, None, "{column} as it was");
    }
}

#[test]
fn an_entry_edited_and_hashed_anew_is_found_at_the_next() {
    let khomo = unguarded();
    khomo.raw(&rehashed(entries(&khomo)[4].clone(), |entry| entry.detail = "{\"x\":1}".into())).unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(6));
}

#[test]
fn the_last_entry_edited_and_hashed_anew_does_not_fit_the_head() {
    let khomo = unguarded();
    let last = entries(&khomo).pop().unwrap();
    let seq = last.seq;
    khomo.raw(&rehashed(last, |entry| entry.detail = "{\"x\":1}".into())).unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(seq + 1));
}

#[test]
fn a_deleted_entry_is_found() {
    let khomo = unguarded();
    khomo.raw("DELETE FROM audit_entry WHERE seq = 3").unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(3));
    // Closing the gap afterwards does not help.
    for seq in 4..=khomo.heads().0 {
        khomo.raw(&format!("UPDATE audit_entry SET seq = {} WHERE seq = {seq}", seq - 1)).unwrap();
    }
    assert_eq!(verify(&khomo).broken_at, Some(3));
}

#[test]
fn two_swapped_entries_are_found() {
    let khomo = unguarded();
    khomo
        .raw(
            "UPDATE audit_entry SET seq = -5 WHERE seq = 5; UPDATE audit_entry SET seq = 5 WHERE seq = 6; \
             UPDATE audit_entry SET seq = 6 WHERE seq = -5",
        )
        .unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(5));
}

#[test]
fn an_entry_put_in_is_found() {
    let khomo = unguarded();
    khomo
        .raw(
            "INSERT INTO audit_entry SELECT seq + 1000, at, actor_kind, actor_id, action, object_kind, object_id, outcome, \
             client, request_id, detail, prev, 'x' FROM audit_entry WHERE seq = 5",
        )
        .unwrap();
    assert!(verify(&khomo).broken_at.is_some());
}

#[test]
fn entries_cut_off_at_the_end_leave_the_head_pointing_beyond_them() {
    let khomo = unguarded();
    let (last, noted, _) = khomo.heads();
    khomo.raw(&format!("DELETE FROM audit_entry WHERE seq > {}", last - 2)).unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(last - 1));
    // Whoever sets the head back as well is found by the head that was noted elsewhere.
    let hash = entries(&khomo).pop().unwrap().hash;
    khomo.raw(&format!("UPDATE chain_head SET seq = {}, hash = '{hash}' WHERE name = 'audit'", last - 2)).unwrap();
    let verdict = verify(&khomo);
    assert_eq!(verdict.broken_at, None);
    assert_ne!(verdict.head, noted);
}

#[test]
fn an_emptied_log_is_found() {
    let khomo = unguarded();
    khomo.raw("DELETE FROM audit_entry").unwrap();
    assert_eq!(verify(&khomo).broken_at, Some(1));
}
