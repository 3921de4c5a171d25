//! Running the queue: which handler does which kind of job, so many at a time, and an orderly end.
//!
//! A handler whose effect is in the database ends its job in the transaction of the effect (`queue::complete`); for one without such an
//! effect the runner ends it. Whatever a handler returns, the token decides whether it still counted.

use std::collections::{BTreeMap, HashMap};
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{Id, JoinSet};

use super::{ctx, duties, oversight};
use crate::dataset::{self, contract, upload};
use crate::http::App;
use crate::kernel::id::VersionId;
use crate::kernel::{Ctx, Error, Result, Timestamp};
use crate::notify::{self, Post};
use crate::platform::db::{Db, Tx};
use crate::platform::queue::{self, Lease};
use crate::voice::subscription::{self, Means};
use crate::{account, alert, audit, calendar, people, plan, purge, quarter, release, review, scan, table, voice};

/// Jobs at work at the same time in one program.
const AT_ONCE: usize = 4;
/// Other programs' jobs, and those whose time comes, are looked for this often.
const LOOK: Duration = Duration::from_secs(1);
/// A job at work says so this often: three times in a lease.
const BEAT: Duration = Duration::from_secs(20);
/// How long the outcome of work may be on its way once its job is not to be found any more.
const OUTCOME: Duration = Duration::from_secs(5);
/// How long jobs at work may go on when the program is to stop; what is not done by then is given back.
pub const GRACE: Duration = Duration::from_secs(20);

type Work = Pin<Box<dyn Future<Output = Result<()>> + Send>>;
type Handler = Arc<dyn Fn(App, Lease) -> Work + Send + Sync>;

/// The handlers by kind of job. A program takes only jobs that it has handlers for.
#[derive(Clone, Default)]
pub struct Handlers {
    by_kind: BTreeMap<&'static str, Handler>,
    recurring: Vec<(&'static str, i64, i64)>,
}

impl Handlers {
    /// Every kind of job there is, and how often the recurring ones come.
    pub fn all(app: &App) -> Self {
        let offset = i64::from(app.profile().province.timezone_minutes) * 60;
        Self::default()
            .with(account::ANNOUNCEMENT, |app, lease| async move {
                let minutes = app.profile().province.timezone_minutes;
                app.db().clone().write_async(ctx(&app), move |tx| notify::deliver(tx, &lease, minutes)).await.map(drop)
            })
            .with(account::LETTER, |app, lease| async move {
                let seal = app.seal.clone();
                app.db().clone().write_async(ctx(&app), move |tx| notify::deliver_letter(tx, &seal, &lease)).await
            })
            .with(voice::LETTER, |app, lease| async move {
                app.db().clone().write_async(ctx(&app), move |tx| notify::deliver_answer(tx, &lease)).await
            })
            .with(subscription::TURN, |app, lease| async move { tell_readers(&app, &lease).await })
            .every(subscription::TURN, subscription::TURN_EVERY, subscription::TURN_AT - offset)
            .with(people::ACCOUNT_REVIEW, |app, lease| async move {
                let profile = Arc::clone(&app.parts.profile);
                app.db().clone().write_async(ctx(&app), move |tx| people::turn_review(tx, &profile, &lease)).await
            })
            .with(duties::TURN, |app, lease| async move {
                duties::turn(app.db(), &ctx(&app), &app.parts.profile, &lease).await.map(drop)
            })
            .every(duties::TURN, duties::TURN_EVERY, duties::turn_at(app.profile()))
            .with(quarter::TURN, |app, lease| async move {
                let (profile, db, held) = (Arc::clone(&app.parts.profile), app.db().clone(), lease.clone());
                let rules = Arc::clone(&profile);
                // What plans had published is noted before a close keeps what became of their items.
                let note = move |tx: &mut Tx<'_>| {
                    queue::hold(tx, &held)?;
                    plan::renew_duties(tx, &rules)
                };
                db.write_async(ctx(&app), note).await?;
                db.write_async(ctx(&app), move |tx| quarter::turn(tx, &profile, &lease)).await
            })
            .every(quarter::TURN, quarter::TURN_EVERY, quarter::TURN_AT - offset)
            .with(notify::MAIL, |app, lease| async move { send(&app, &lease).await })
            .with(notify::DIGEST, |app, lease| async move {
                app.db().clone().write_async(ctx(&app), move |tx| notify::collect(tx, &lease)).await.map(drop)
            })
            .with(upload::READ, |app, lease| async move { read_upload(&app, &lease).await })
            .with(review::DIFF, |app, lease| async move {
                let parts = &app.parts;
                review::compare_rows(
                    &parts.db,
                    &parts.files,
                    &parts.profile,
                    &ctx(&app),
                    &parts.settings.scratch,
                    &lease,
                )
                .await
            })
            .with(
                purge::PURGE,
                |app, lease| async move { purge::run(app.db(), &app.parts.files, &ctx(&app), &lease).await },
            )
            .every(notify::DIGEST, notify::DIGEST_EVERY, notify::DIGEST_AT - offset)
            .with(scan::SCAN, |app, lease| async move { read(&app, &lease).await })
            .with(scan::TREAT, |app, lease| async move {
                let parts = &app.parts;
                let (db, files, profile) = (&parts.db, &parts.files, &parts.profile);
                scan::treat(scan::Ground { db, files, profile, scratch: &parts.settings.scratch }, &lease).await
            })
            .with(table::MAKE, |app, lease| async move {
                let (parts, ctx) = (&app.parts, ctx(&app));
                let now = ctx.at;
                let lacking = app.db().read_async(move |conn| dataset::tables_without_files(conn, now)).await?;
                table::make(&parts.db, &parts.files, &ctx, &parts.settings.scratch, &lease, lacking).await
            })
            .every(table::MAKE, table::MAKE_EVERY, 0)
            .with(scan::SCAN_STALE, |app, _| async move {
                app.db().clone().write_async(ctx(&app), scan::enqueue_stale).await.map(drop)
            })
            .every(scan::SCAN_STALE, scan::STALE_EVERY, scan::STALE_AT - offset)
            .every(people::ACCOUNT_REVIEW, people::ACCOUNT_REVIEW_EVERY, people::ACCOUNT_REVIEW_AT - offset)
            .with(calendar::CALENDAR_WATCH, |app, lease| async move {
                let profile = Arc::clone(&app.parts.profile);
                app.db().clone().write_async(ctx(&app), move |tx| calendar::remind(tx, &profile, &lease)).await
            })
            .every(calendar::CALENDAR_WATCH, calendar::CALENDAR_WATCH_EVERY, calendar::CALENDAR_WATCH_AT - offset)
            .with(alert::WATCH, |app, lease| async move { oversight::watch(&app, lease).await })
            .every(alert::WATCH, alert::WATCH_EVERY, 0)
            .with(alert::CHECK, |app, lease| async move { oversight::check(&app, lease).await })
            .every(alert::CHECK, alert::CHECK_EVERY, alert::CHECK_AT - offset)
            .with(audit::HEADS, |app, lease| async move { oversight::note_head(&app, lease).await })
            .every(audit::HEADS, audit::HEADS_EVERY, 0)
            .with_releases()
    }

    /// Adds what makes releases: also what the command line does by itself.
    #[must_use]
    pub fn with_releases(self) -> Self {
        self.with(quarter::CLOSED, |app, lease| async move {
            app.db().clone().write_async(ctx(&app), move |tx| order_release(tx, &lease)).await
        })
        .with(release::BUILD, |app, lease| async move {
            let (parts, settings) = (&app.parts, &app.parts.settings);
            let ground = release::Ground {
                db: &parts.db,
                files: &parts.files,
                profile: &parts.profile,
                scratch: &settings.scratch,
                keys: settings.release_keys.as_deref(),
                url: &settings.public_url,
            };
            release::build(ground, &ctx(&app), &lease).await
        })
    }

    /// Adds the handler of a kind.
    #[must_use]
    pub fn with<F>(mut self, kind: &'static str, work: impl Fn(App, Lease) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Result<()>> + Send + 'static,
    {
        self.by_kind.insert(kind, Arc::new(move |app, lease| Box::pin(work(app, lease))));
        self
    }

    /// Says that jobs of a kind come every so many seconds, counted from `offset` seconds after midnight UTC.
    #[must_use]
    pub fn every(mut self, kind: &'static str, seconds: i64, offset: i64) -> Self {
        self.recurring.push((kind, seconds, offset));
        self
    }

    /// All but the handlers of some kinds.
    #[must_use]
    pub fn without(mut self, kinds: &[&str]) -> Self {
        self.by_kind.retain(|kind, _| !kinds.contains(kind));
        self.recurring.retain(|(kind, ..)| !kinds.contains(kind));
        self
    }

    fn kinds(&self) -> Vec<&'static str> {
        self.by_kind.keys().copied().collect()
    }
}

/// A quarter was closed: its release is ordered, once. One that was closed by a clock which stood ahead waits until it is that late.
fn order_release(tx: &mut Tx<'_>, lease: &Lease) -> Result<()> {
    queue::hold(tx, lease)?;
    let order = lease.payload["quarter"].as_str().zip(lease.payload["as_of"].as_i64());
    let (quarter, as_of) = order.ok_or_else(|| Error::internal("a release of no quarter"))?;
    if as_of > tx.ctx().at.0 {
        return queue::put_off(tx, lease, Timestamp(as_of));
    }
    match release::order_closed(tx, quarter, Some(Timestamp(as_of))) {
        Err(error) if !error.has("release-there") => return Err(error),
        _ => {}
    }
    queue::complete(tx, lease)
}

async fn read(app: &App, lease: &Lease) -> Result<()> {
    let version = lease.payload.get("version").and_then(serde_json::Value::as_str).and_then(VersionId::parse);
    let version = version.ok_or_else(|| Error::internal("a scan of no version"))?;
    scan::ensure(app.db(), &app.parts.files, app.profile(), &ctx(app), &version).await?;
    contract::ensure(app.db(), &app.parts.files, &app.parts.settings.scratch, &ctx(app), &version).await
}

async fn send(app: &App, lease: &Lease) -> Result<()> {
    let parts = &app.parts;
    let post = Post {
        db: &parts.db,
        mailer: &parts.mail,
        texts: &parts.texts,
        profile: &parts.profile,
        internal_url: &parts.settings.internal_url,
        public_url: &parts.settings.public_url,
        seal: &app.seal,
    };
    notify::send(post, lease).await
}

async fn read_upload(app: &App, lease: &Lease) -> Result<()> {
    let parts = &app.parts;
    let reader = upload::Reader {
        db: &parts.db,
        files: &parts.files,
        profile: &parts.profile,
        scratch: &parts.settings.scratch,
        program: &parts.program,
        memory_mb: parts.settings.ingest_memory,
    };
    let Some(version) = upload::read(reader, lease).await? else { return Ok(()) };
    // Whoever reads the report soon sees what was found as well; a scan that is lost here is caught up with at the submission.
    app.db().write_async(ctx(app), move |tx| scan::enqueue(tx, &version)).await
}

/// Runs jobs until `stop` says so; then lets those at work finish for `grace` and gives the rest back.
pub async fn follow(app: App, handlers: Handlers, mut stop: watch::Receiver<bool>, grace: Duration) {
    let mut rhythm = false;
    let mut at_work: JoinSet<()> = JoinSet::new();
    let mut leases: HashMap<Id, Lease> = HashMap::new();
    loop {
        if !rhythm {
            rhythm = said(set_rhythm(&app, &handlers).await).is_some();
        }
        let free = AT_ONCE.saturating_sub(at_work.len());
        for lease in said(take(&app, &handlers, free).await).unwrap_or_default() {
            let (app, handlers, held) = (app.clone(), handlers.clone(), lease.clone());
            let task = at_work.spawn(async move { perform(&app, &handlers, held).await });
            leases.insert(task.id(), lease);
        }
        tokio::select! {
            biased;
            // Nothing new is begun by a program that is to stop.
            _ = stop.changed() => break,
            Some(done) = at_work.join_next_with_id(), if !at_work.is_empty() => forget(&mut leases, done),
            // With no room there is nothing to look for.
            () = app.db().enqueued(), if at_work.len() < AT_ONCE => {}
            () = tokio::time::sleep(LOOK) => {}
        }
    }
    let finishing = async {
        while let Some(done) = at_work.join_next_with_id().await {
            forget(&mut leases, done);
        }
    };
    if tokio::time::timeout(grace, finishing).await.is_err() {
        at_work.shutdown().await;
        for lease in leases.into_values() {
            let released = app.db().write_async(ctx(&app), move |tx| queue::release(tx, &lease)).await;
            said(released);
        }
    }
}

/// Does everything that is due, one after the other, until nothing is; says how many jobs were begun. For tests, and where nothing
/// serves.
///
/// # Errors
/// When the database does not answer.
pub async fn run_due(app: &App, handlers: &Handlers) -> Result<usize> {
    set_rhythm(app, handlers).await?;
    let mut begun = 0;
    loop {
        let leases = take(app, handlers, 1).await?;
        if leases.is_empty() {
            return Ok(begun);
        }
        for lease in leases {
            begun += 1;
            perform(app, handlers, lease).await;
        }
    }
}

async fn set_rhythm(app: &App, handlers: &Handlers) -> Result<()> {
    let recurring = handlers.recurring.clone();
    let set = move |tx: &mut Tx<'_>| {
        recurring.into_iter().try_for_each(|(kind, every, offset)| queue::recur(tx, kind, every, offset))
    };
    app.db().write_async(ctx(app), set).await
}

async fn take(app: &App, handlers: &Handlers, limit: usize) -> Result<Vec<Lease>> {
    let (kinds, now) = (handlers.kinds(), app.now());
    if limit == 0 || kinds.is_empty() {
        return Ok(Vec::new());
    }
    // The look costs no lock; most of the time it finds nothing.
    let asked = kinds.clone();
    if !app.db().read_async(move |conn| queue::any_due(conn, &asked, now)).await? {
        return Ok(Vec::new());
    }
    app.db().write_async(ctx(app), move |tx| queue::take(tx, &kinds, limit)).await
}

/// Writes to readers what happened until a moment, some of them in one transaction after the other. That lies a little back: what was
/// published by a transaction that is not over yet is told the next day.
async fn tell_readers(app: &App, lease: &Lease) -> Result<()> {
    const BACK: i64 = 600;
    let (db, until) = (app.db(), app.now().plus_seconds(-BACK));
    db.write_async(ctx(app), subscription::forget).await?;
    loop {
        let (profile, seal, held) = (Arc::clone(&app.parts.profile), app.seal.clone(), lease.clone());
        let some = move |tx: &mut Tx<'_>| {
            queue::hold(tx, &held)?;
            subscription::tell(tx, Means { profile: &profile, seal: &seal }, until)
        };
        if !db.write_async(ctx(app), some).await? {
            return Ok(());
        }
    }
}

/// Runs one job, says that it is at work while it is, and writes down what came of it.
async fn perform(app: &App, handlers: &Handlers, lease: Lease) {
    let Some(handler) = handlers.by_kind.get(lease.kind.as_str()) else { return };
    let work = handler(app.clone(), lease.clone());
    let Some(outcome) = beating(app.db(), || ctx(app), &lease, work).await else { return };
    let ended = lease.clone();
    let written = match outcome {
        Ok(()) => app.db().write_async(ctx(app), move |tx| queue::settle(tx, &ended)).await.map(drop),
        Err(error) => {
            tracing::warn!(job = %lease.id, kind = lease.kind, attempt = lease.attempt, %error, "a job failed");
            fail(app, ended, error).await
        }
    };
    said(written);
}

/// Does the work of a job and says meanwhile that it is at work; nothing comes of it when the job was taken from this program.
pub async fn beating<T>(db: &Db, ctx: impl Fn() -> Ctx, lease: &Lease, work: impl Future<Output = T>) -> Option<T> {
    let beat = || {
        let (held, ctx) = (lease.clone(), &ctx);
        async move {
            tokio::time::sleep(BEAT).await;
            // A database that does not answer for a moment takes no job away.
            said(db.write_async(ctx(), move |tx| queue::beat(tx, &held)).await) != Some(false)
        }
    };
    let outcome = while_held(work, beat, OUTCOME).await;
    if outcome.is_none() {
        tracing::warn!(job = %lease.id, kind = lease.kind, "a job was taken from this program");
    }
    outcome
}

/// Does work for as long as each beat says that it is this program's.
async fn while_held<T, B>(work: impl Future<Output = T>, beat: impl Fn() -> B, outcome: Duration) -> Option<T>
where
    B: Future<Output = bool>,
{
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Some(done),
            held = beat() => if !held {
                // The work itself may have ended the job in that moment. What it does otherwise does not count: it holds no job.
                return tokio::time::timeout(outcome, &mut work).await.ok();
            }
        }
    }
}

async fn fail(app: &App, lease: Lease, error: Error) -> Result<()> {
    let (id, kind) = (lease.id.clone(), lease.kind.clone());
    if app.db().write_async(ctx(app), move |tx| queue::fail(tx, &lease, &error)).await? {
        tracing::error!(job = %id, kind, "a job is dead");
    }
    Ok(())
}

fn forget(leases: &mut HashMap<Id, Lease>, done: std::result::Result<(Id, ()), tokio::task::JoinError>) {
    match done {
        Ok((id, ())) => {
            leases.remove(&id);
        }
        Err(error) => {
            // Its lease runs out, and the attempt counts.
            tracing::error!(%error, "a job's handler broke off");
            leases.remove(&error.id());
        }
    }
}

/// Logs a failure of the queue itself: the next look tries again.
fn said<T>(outcome: Result<T>) -> Option<T> {
    outcome.map_err(|error| tracing::warn!(%error, "the queue does not answer; it is tried again")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_ended_its_job_just_before_a_beat_brings_its_outcome() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let late = async {
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            7
        };
        let gone = || std::future::ready(false);
        assert_eq!(runtime.block_on(while_held(late, gone, OUTCOME)), Some(7));
        let endless = std::future::pending::<()>();
        assert_eq!(runtime.block_on(while_held(endless, gone, Duration::ZERO)), None, "it was taken away");
    }

    #[test]
    fn work_goes_on_between_beats() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        let beats = std::cell::Cell::new(0);
        let beat = || async {
            tokio::task::yield_now().await;
            beats.set(beats.get() + 1);
            true
        };
        let work = async {
            while beats.get() < 3 {
                tokio::task::yield_now().await;
            }
        };
        assert_eq!(runtime.block_on(while_held(work, beat, Duration::ZERO)), Some(()));
    }
}
