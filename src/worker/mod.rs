//! What goes on without a request: jobs are done, the index follows the change sequence, counts are written, dead sessions and
//! left-overs go.

pub mod duties;
mod indexer;
pub mod jobs;
mod oversight;
mod sweep;

use std::time::Duration;

use crate::http::App;
use crate::kernel::{Actor, Ctx, Result};
use crate::platform::db::Tx;
use crate::{account, demand, statistics};

pub use indexer::{await_rebuild, build, catch_up, documents, rebuild, request_rebuild};
pub use sweep::{Swept, sweep};

/// Counts are written this often.
const COUNTS: Duration = Duration::from_secs(5);
/// Sessions are looked through this often.
const SESSIONS: Duration = Duration::from_secs(600);
/// Left-overs are looked for this often: the whole store is listed.
const LEFT_OVERS: Duration = Duration::from_secs(3600);

/// Runs the work of this program until `stop` says so; writes what is left before it returns.
pub async fn run(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let indexing = tokio::task::spawn(indexer::follow(app.clone(), stop.clone()));
    let handlers = jobs::Handlers::all(&app);
    let working = tokio::task::spawn(jobs::follow(app.clone(), handlers, stop.clone(), jobs::GRACE));
    let mut counts = tokio::time::interval(COUNTS);
    let mut sessions = tokio::time::interval(SESSIONS);
    let mut left_overs = tokio::time::interval(LEFT_OVERS);
    loop {
        let done = tokio::select! {
            _ = counts.tick() => write_counts(&app).await,
            _ = sessions.tick() => sweep_sessions(&app).await,
            _ = left_overs.tick() => sweep_left_overs(&app).await,
            _ = stop.changed() => break,
        };
        if let Err(error) = done {
            tracing::warn!(%error, "background work failed; it is tried again");
        }
    }
    if let Err(error) = write_counts(&app).await {
        tracing::warn!(%error, "the last counts of use are lost");
    }
    if let Err(error) = indexing.await {
        tracing::error!(%error, "indexing stopped");
    }
    if let Err(error) = working.await {
        tracing::error!(%error, "jobs stopped");
    }
}

/// Writes the counts of use gathered so far; they are kept when the database does not answer.
///
/// # Errors
/// When the database does not answer.
pub async fn write_counts(app: &App) -> Result<()> {
    let words = write_words(app).await;
    let counts = app.counter.take();
    if counts.is_empty() {
        return words;
    }
    let kept = counts.clone();
    let written = app.db().write_async(ctx(app), move |tx| statistics::add(tx, &counts)).await;
    if written.is_err() {
        app.counter.put_back(kept);
    }
    words.and(written)
}

/// Writes what several people searched for in vain.
async fn write_words(app: &App) -> Result<()> {
    let counts = app.vain.take();
    if counts.is_empty() {
        return Ok(());
    }
    let kept = counts.clone();
    let written = app.db().write_async(ctx(app), move |tx| demand::add(tx, &counts)).await;
    if written.is_err() {
        app.vain.put_back(kept);
    }
    written
}

/// Forgets the words that were searched for in vain more than two years ago.
///
/// # Errors
/// When the database does not answer.
pub async fn forget_words(app: &App) -> Result<()> {
    let oldest = demand::kept_since(app.today());
    app.db().write_async(ctx(app), move |tx| demand::forget(tx, &oldest)).await.map(drop)
}

async fn sweep_sessions(app: &App) -> Result<()> {
    let idle = i64::from(app.profile().accounts.session_idle_minutes.value) * 60;
    let swept = move |tx: &mut Tx<'_>| Ok((account::sweep_sessions(tx, idle)?, account::sweep_failures(tx)?));
    app.db().write_async(ctx(app), swept).await.map(|_| ())
}

async fn sweep_left_overs(app: &App) -> Result<()> {
    let parts = &app.parts;
    let swept = sweep(app.db(), &parts.files, &parts.settings.scratch, Actor::System).await?;
    if !swept.is_empty() {
        tracing::info!(?swept, "left-overs were removed");
    }
    forget_words(app).await
}

fn ctx(app: &App) -> Ctx {
    Ctx::new(Actor::System, app.now())
}
