//! The queue: nothing is lost, nothing is done twice, whoever dies or comes back, whatever the clock does.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use khomo::audit;
use khomo::kernel::id::JobId;
use khomo::kernel::{Actor, Error, Problem, Result};
use khomo::platform::db::{Db, Tx};
use khomo::platform::queue::{self, Job, LEASE, LONGEST_WAIT, Lease};
use khomo::worker::jobs::{Handlers, follow, run_due};
use serde_json::json;
use tokio::sync::Notify;

use crate::support::kit::Khomo;

const KIND: &str = "effect";
const EFFECTS: &str = "audit_entry WHERE action = 'test.effect'";
const HOUR: i64 = 3600;

fn put_in(khomo: &Khomo, job: Job) -> Option<JobId> {
    khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::enqueue(tx, job)).unwrap()
}

fn job(number: u32) -> Job {
    Job::new(KIND, json!({ "number": number }))
}

fn taken(db: &Db, khomo: &Khomo, limit: usize) -> Vec<Lease> {
    db.write(&khomo.ctx_of(Actor::System), |tx| queue::take(tx, &[KIND], limit)).unwrap()
}

/// An effect that the database holds, and the end of the job, in one transaction.
fn effect(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    audit::record(tx, "test.effect", "job", lease.id.as_str(), &lease.payload);
    queue::complete(tx, lease)
}

fn done(db: &Db, khomo: &Khomo, lease: &Lease) -> Result<()> {
    db.write(&khomo.ctx_of(Actor::System), |tx| effect(tx, lease))
}

/// Handlers whose one kind has its effect in the database.
fn handlers() -> Handlers {
    Handlers::default().with(KIND, |app, lease| async move {
        let ctx = khomo::kernel::Ctx::new(Actor::System, app.now());
        app.db().clone().write_async(ctx, move |tx| effect(tx, &lease)).await
    })
}

/// Handlers whose one kind always fails.
fn failing(error: fn() -> Error) -> Handlers {
    Handlers::default().with(KIND, move |_, _| async move { Err(error()) })
}

fn gone() -> Error {
    Error::unavailable("gone for now")
}

#[actix_web::test]
async fn a_job_is_there_with_its_change_or_not_at_all() {
    let khomo = Khomo::start();
    let before = khomo.heads();
    let refused = khomo.db().write(&khomo.ctx_of(Actor::System), |tx| -> Result<()> {
        audit::record(tx, "test.effect", "job", "-", json!({}));
        queue::enqueue(tx, job(1))?;
        Err(Error::invalid(Problem::new("reason-missing")))
    });
    assert!(refused.is_err());
    assert_eq!((khomo.count("job"), khomo.heads()), (0, before));
    put_in(&khomo, job(1));
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 1);
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 1));
}

#[actix_web::test]
async fn two_programs_do_each_job_once() {
    let khomo = Khomo::start();
    for number in 0..60 {
        put_in(&khomo, job(number));
    }
    let work = |db: Db| {
        let mut did = Vec::new();
        loop {
            let leases = taken(&db, &khomo, 3);
            if leases.is_empty() {
                return did;
            }
            for lease in leases {
                done(&db, &khomo, &lease).unwrap();
                did.push(lease.id.to_string());
            }
        }
    };
    let (one, two) = std::thread::scope(|scope| {
        let second = khomo.second_db();
        let other = scope.spawn(|| work(second));
        (work(khomo.db().clone()), other.join().unwrap())
    });
    let all: BTreeSet<&String> = one.iter().chain(&two).collect();
    assert_eq!((all.len(), one.len() + two.len()), (60, 60));
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 60));
}

#[actix_web::test]
async fn a_program_that_comes_back_after_its_lease_changes_nothing() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    let first = taken(khomo.db(), &khomo, 5).remove(0);
    assert_eq!(taken(khomo.db(), &khomo, 5), []);
    khomo.clock.advance(LEASE + 1);
    let second = taken(&khomo.second_db(), &khomo, 5).remove(0);
    assert_eq!((second.id.clone(), second.token, second.attempt), (first.id.clone(), first.token + 1, 2));
    assert!(done(khomo.db(), &khomo, &first).unwrap_err().has("job-lost"));
    let ctx = khomo.ctx_of(Actor::System);
    assert!(!khomo.db().write(&ctx, |tx| queue::beat(tx, &first)).unwrap());
    assert!(!khomo.db().write(&ctx, |tx| queue::settle(tx, &first)).unwrap());
    assert!(!khomo.db().write(&ctx, |tx| queue::fail(tx, &first, &gone())).unwrap());
    khomo.db().write(&ctx, |tx| queue::release(tx, &first)).unwrap();
    assert_eq!(khomo.count(EFFECTS), 0);
    done(khomo.db(), &khomo, &second).unwrap();
    assert!(done(khomo.db(), &khomo, &second).unwrap_err().has("job-lost"), "a job ends once");
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 1));
}

#[actix_web::test]
async fn a_beat_keeps_a_job() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    let lease = taken(khomo.db(), &khomo, 1).remove(0);
    for _ in 0..5 {
        khomo.clock.advance(LEASE - 1);
        assert!(khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::beat(tx, &lease)).unwrap());
        assert_eq!(taken(&khomo.second_db(), &khomo, 1), []);
    }
}

#[actix_web::test]
async fn a_job_that_takes_the_program_down_each_time_ends_dead() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1).attempts(3));
    for attempt in 1..=3 {
        assert_eq!(taken(khomo.db(), &khomo, 1).remove(0).attempt, attempt);
        khomo.clock.advance(LEASE + 1);
    }
    assert_eq!(taken(khomo.db(), &khomo, 1), []);
    assert_eq!(khomo.lines("SELECT last_failure AS line FROM job WHERE state = 'dead'"), ["lease-ran-out"]);
}

#[actix_web::test]
async fn failures_wait_longer_each_time_and_end_dead_where_the_operator_sees_them() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1).attempts(12));
    let handlers = failing(gone);
    let mut waits = Vec::new();
    while khomo.count("job WHERE state = 'waiting'") == 1 {
        assert_eq!(run_due(&khomo.app, &handlers).await.unwrap(), 1);
        assert_eq!(run_due(&khomo.app, &handlers).await.unwrap(), 0, "not before its time");
        let due: i64 = khomo.lines("SELECT CAST(due_at AS TEXT) AS line FROM job")[0].parse().unwrap();
        waits.push((due - khomo.clock.now().0) / 1000);
        khomo.clock.advance(LONGEST_WAIT);
    }
    assert_eq!(waits.len(), 12);
    for (attempt, wait) in (1..).zip(&waits) {
        let (least, most) = (queue::wait_after(attempt, 0.0), queue::wait_after(attempt, 1.0));
        assert!((least..=most).contains(wait) && *wait <= 15 * 60, "attempt {attempt} waits {wait} s");
    }
    let failure = khomo.lines("SELECT last_failure AS line FROM job WHERE state = 'dead'").remove(0);
    assert!(failure.contains("gone for now"), "{failure}");
    let metrics = khomo.internal().await.get("/metrics").await.text();
    assert!(metrics.contains("khomo_jobs{state=\"dead\"} 1"), "{metrics}");
    let ctx = khomo.ctx_of(Actor::Operator);
    assert_eq!(khomo.db().write(&ctx, |tx| queue::put_back(tx, None)).unwrap(), 1);
    assert_eq!(run_due(&khomo.app, &self::handlers()).await.unwrap(), 1);
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 1));
}

#[actix_web::test]
async fn what_is_refused_is_not_tried_again() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    let refusing = failing(|| Error::invalid(Problem::new("mail-refused")));
    assert_eq!(run_due(&khomo.app, &refusing).await.unwrap(), 1);
    assert_eq!(khomo.count("job WHERE state = 'dead'"), 1);
}

#[actix_web::test]
async fn a_job_with_a_time_waits_for_it() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1).not_before(khomo.clock.now().plus_seconds(100 * 24 * HOUR)));
    khomo.clock.advance(100 * 24 * HOUR - 1);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 0);
    khomo.clock.advance(1);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 1);
}

#[actix_web::test]
async fn a_key_is_there_once_and_nothing_put_in_meanwhile_is_lost() {
    let khomo = Khomo::start();
    let keyed = |number| job(number).key("k");
    assert!(put_in(&khomo, keyed(1)).is_some());
    assert!(put_in(&khomo, keyed(2)).is_none(), "one waits");
    let lease = taken(khomo.db(), &khomo, 5).remove(0);
    assert!(put_in(&khomo, keyed(3)).is_none(), "one runs");
    done(khomo.db(), &khomo, &lease).unwrap();
    let again = taken(khomo.db(), &khomo, 5).remove(0);
    assert_eq!(again.payload, json!({ "number": 3 }), "it runs once more, with what was put in last");
    done(khomo.db(), &khomo, &again).unwrap();
    assert_eq!(khomo.count("job"), 0);
    put_in(&khomo, keyed(4).attempts(1));
    run_due(&khomo.app, &failing(gone)).await.unwrap();
    assert_eq!(khomo.count("job WHERE state = 'dead'"), 1);
    put_in(&khomo, keyed(5));
    assert_eq!(khomo.count("job WHERE state = 'waiting'"), 1, "a dead one is put back");
}

#[actix_web::test]
async fn what_is_put_in_while_a_last_attempt_runs_outlives_it() {
    let khomo = Khomo::start();
    let keyed = |number| job(number).key("k").attempts(1);
    let one = || taken(khomo.db(), &khomo, 5).remove(0);
    put_in(&khomo, keyed(1));
    let refusal = Error::invalid(Problem::new("mail-refused"));
    for (number, error) in [(2, gone()), (3, refusal)] {
        let lease = one();
        put_in(&khomo, keyed(number));
        let failed = khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::fail(tx, &lease, &error)).unwrap();
        assert!(!failed, "it is not dead");
        assert_eq!(khomo.count("job WHERE state = 'waiting' AND attempts = 0 AND NOT again"), 1);
    }
    let lost = one();
    assert_eq!((lost.attempt, lost.payload), (1, json!({ "number": 3 })));
    put_in(&khomo, keyed(4));
    khomo.clock.advance(LEASE + 1);
    let last = one();
    assert_eq!((last.attempt, last.payload), (1, json!({ "number": 4 })), "the lease of the last attempt ran out");
    khomo.clock.advance(LEASE + 1);
    assert_eq!(taken(khomo.db(), &khomo, 5), []);
    assert_eq!(khomo.count("job WHERE state = 'dead'"), 1, "nothing was put in any more");
}

#[actix_web::test]
async fn a_job_that_waits_is_brought_forward_by_one_that_is_due_earlier_and_never_put_off() {
    let khomo = Khomo::start();
    let keyed = |after| job(1).key("k").not_before(khomo.clock.now().plus_seconds(after));
    for after in [200, 100, 300] {
        put_in(&khomo, keyed(after));
    }
    khomo.clock.advance(99);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 0);
    khomo.clock.advance(1);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 1);
    assert_eq!(khomo.count("job"), 0);
}

#[actix_web::test]
async fn a_job_that_stands_for_another_one_is_not_taken_before_that_one_s_change_is_there() {
    let khomo = Khomo::start();
    if khomo.db().is_embedded() {
        // Whoever writes is alone.
        return;
    }
    put_in(&khomo, job(1).key("k"));
    let second = khomo.second_db();
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::System), |tx| {
            queue::enqueue(tx, job(2).key("k"))?;
            assert_eq!(taken(&second, &khomo, 5), [], "it is passed over");
            Ok(())
        })
        .unwrap();
    assert_eq!(taken(&second, &khomo, 5).len(), 1);
}

#[actix_web::test]
async fn a_cancelled_job_has_no_effect_even_when_it_runs() {
    let khomo = Khomo::start();
    let id = put_in(&khomo, job(1)).unwrap();
    let lease = taken(khomo.db(), &khomo, 1).remove(0);
    let ctx = khomo.ctx_of(Actor::Operator);
    assert!(khomo.db().write(&ctx, |tx| queue::cancel(tx, &id)).unwrap());
    assert!(!khomo.db().write(&ctx, |tx| queue::cancel(tx, &id)).unwrap());
    assert!(done(khomo.db(), &khomo, &lease).unwrap_err().has("job-lost"));
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 0));
}

#[actix_web::test]
async fn turns_missed_for_two_days_are_made_up_for_by_one() {
    let khomo = Khomo::start();
    let hourly = handlers().every(KIND, HOUR, 0);
    assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 0, "the first turn is ahead");
    khomo.clock.advance(HOUR);
    assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 1);
    assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 0);
    khomo.clock.advance(48 * HOUR);
    assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 1, "not 48 times");
    // The clock stands 400 days ahead for a while: the job still comes every hour afterwards.
    khomo.clock.advance(400 * 24 * HOUR);
    assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 1);
    khomo.clock.advance(-400 * 24 * HOUR);
    assert!(run_due(&khomo.app, &hourly).await.unwrap() <= 1);
    for _ in 0..3 {
        khomo.clock.advance(HOUR);
        assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 1);
    }
    assert_eq!(khomo.count("job"), 1);
}

#[actix_web::test]
async fn a_recurring_job_that_fails_is_tried_again_and_is_never_dead() {
    let khomo = Khomo::start();
    let hourly = failing(|| Error::invalid(Problem::new("mail-refused"))).every(KIND, HOUR, 0);
    run_due(&khomo.app, &hourly).await.unwrap();
    khomo.clock.advance(HOUR);
    for _ in 0..20 {
        assert_eq!(run_due(&khomo.app, &hourly).await.unwrap(), 1);
        khomo.clock.advance(LONGEST_WAIT);
    }
    assert_eq!(khomo.count("job WHERE state = 'waiting'"), 1);
}

#[actix_web::test]
async fn what_a_clock_far_ahead_wrote_is_not_waited_for() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    put_in(&khomo, job(2));
    khomo.clock.advance(400 * 24 * HOUR);
    let held = taken(khomo.db(), &khomo, 1).remove(0);
    run_due(&khomo.app, &failing(gone)).await.unwrap();
    khomo.clock.advance(-400 * 24 * HOUR);
    // A lease and a wait that end in 400 days: one by a program that died, one by a failure.
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 2);
    assert!(done(khomo.db(), &khomo, &held).is_err());
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 2));
}

#[actix_web::test]
async fn a_job_that_is_put_off_waits_for_its_moment_and_loses_no_attempt() {
    let khomo = Khomo::start();
    let until = khomo.clock.now().plus_seconds(100 * 24 * HOUR);
    let later = Handlers::default().with(KIND, move |app, lease| async move {
        let ctx = khomo::kernel::Ctx::new(Actor::System, app.now());
        app.db().clone().write_async(ctx, move |tx| queue::put_off(tx, &lease, until)).await
    });
    let keyed = |number| job(number).key("k").attempts(1);
    put_in(&khomo, keyed(1));
    assert_eq!(run_due(&khomo.app, &later).await.unwrap(), 1);
    assert_eq!(khomo.count("job WHERE state = 'waiting' AND attempts = 0 AND last_failure IS NULL"), 1);
    khomo.clock.advance(100 * 24 * HOUR - 1);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 0);
    khomo.clock.advance(1);
    // What is put in while it runs is not put off with it, and whoever lost it puts nothing off.
    let first = taken(khomo.db(), &khomo, 5).remove(0);
    put_in(&khomo, keyed(2));
    let put_off = |lease: &Lease| {
        let until = khomo.clock.now().plus_seconds(HOUR);
        khomo.db().write(&khomo.ctx_of(Actor::System), |tx| queue::put_off(tx, lease, until))
    };
    put_off(&first).unwrap();
    let second = taken(khomo.db(), &khomo, 5).remove(0);
    assert_eq!((second.attempt, &second.payload), (1, &json!({ "number": 2 })));
    assert!(put_off(&first).unwrap_err().has("job-lost"));
    done(khomo.db(), &khomo, &second).unwrap();
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 1));
}

#[actix_web::test]
async fn jobs_survive_a_restart() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    taken(khomo.db(), &khomo, 1);
    put_in(&khomo, job(2));
    let khomo = khomo.restart(|_| {});
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 1, "the one that was held waits for its lease");
    khomo.clock.advance(LEASE + 1);
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 1);
    assert_eq!((khomo.count("job"), khomo.count(EFFECTS)), (0, 2));
}

#[actix_web::test]
async fn a_program_takes_only_kinds_that_it_has_handlers_for() {
    let khomo = Khomo::start();
    put_in(&khomo, Job::new("effect-of-tomorrow", json!({})));
    assert_eq!(run_due(&khomo.app, &handlers()).await.unwrap(), 0);
    assert_eq!(khomo.count("job WHERE state = 'waiting'"), 1);
}

/// A job at work that tells when it began and ends when it is let.
fn gated() -> (Handlers, Arc<Notify>, Arc<Notify>) {
    let (began, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (tells, waits) = (Arc::clone(&began), Arc::clone(&go));
    let handlers = Handlers::default().with(KIND, move |_, _| {
        let (began, go) = (Arc::clone(&tells), Arc::clone(&waits));
        async move {
            began.notify_one();
            go.notified().await;
            Ok(())
        }
    });
    (handlers, began, go)
}

#[actix_web::test]
async fn a_program_that_stops_lets_jobs_finish() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    let (handlers, began, go) = gated();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = actix_web::rt::spawn(follow(khomo.app.clone(), handlers, stopped, Duration::from_secs(60)));
    began.notified().await;
    stop.send(true).unwrap();
    put_in(&khomo, job(2));
    go.notify_one();
    running.await.unwrap();
    assert_eq!(khomo.lines("SELECT payload AS line FROM job WHERE state = 'waiting'"), ["{\"number\":2}"]);
    assert_eq!(khomo.count("job"), 1);
}

#[actix_web::test]
async fn a_program_that_stops_gives_back_what_it_cannot_finish() {
    let khomo = Khomo::start();
    put_in(&khomo, job(1));
    let (handlers, began, _go) = gated();
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let running = actix_web::rt::spawn(follow(khomo.app.clone(), handlers, stopped, Duration::ZERO));
    began.notified().await;
    stop.send(true).unwrap();
    running.await.unwrap();
    assert_eq!(khomo.count("job WHERE state = 'waiting' AND attempts = 0"), 1);
    assert_eq!(run_due(&khomo.app, &self::handlers()).await.unwrap(), 1, "at once, without waiting for the lease");
}
