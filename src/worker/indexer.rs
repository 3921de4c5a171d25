//! The index follows the change sequence; a rebuild is asked for through the database, or done in place.

use std::collections::HashSet;
use std::time::Duration;

use crate::dataset;
use crate::discovery::{self, Document, Index};
use crate::http::{App, Parts};
use crate::kernel::{Actor, Clock, Ctx, Error, Result, Timestamp};
use crate::platform::db::{Db, chain, nodes, run_blocking};
use crate::platform::{markdown, token};
use crate::profile::Profile;
use crate::{agency, statistics};

/// Other programs' changes are looked for this often; this one's own are heard of at once.
const LOOK: Duration = Duration::from_secs(1);
/// Changes taken in one go.
const PORTION: i64 = 500;
/// Datasets read in one go.
const BATCH: usize = 200;
/// A program that rebuilds says this often that it runs.
const BEAT: Duration = Duration::from_secs(5);
/// A running program is seen at least this often, in milliseconds.
const ALIVE: i64 = 15_000;

/// The file beside the index that says by which rules it was built.
const RULES: &str = "rules";

/// Keeps this program's index in step until `stop` says so.
pub(super) async fn follow(app: App, mut stop: tokio::sync::watch::Receiver<bool>) {
    let node = crate::kernel::id::fresh();
    // What was asked for before this program started is answered by the index it opened or builds now.
    let mut rebuilt = app.db().read_async(nodes::requested).await.unwrap_or(0);
    if let Err(error) = settle(&app).await {
        tracing::warn!(%error, "the index could not be brought up to date; it is tried again");
    }
    loop {
        tokio::select! {
            () = app.db().changed() => {}
            () = tokio::time::sleep(LOOK) => {}
            _ = stop.changed() => break,
        }
        if let Err(error) = step(&app, &node, &mut rebuilt).await {
            tracing::warn!(%error, "indexing failed; it is tried again");
        }
    }
    let leaving = app.db().write_async(Ctx::new(Actor::System, app.now()), move |tx| nodes::leave(tx, &node)).await;
    if let Err(error) = leaving {
        tracing::warn!(%error, "this program stays on the list of running ones until it is found silent");
    }
}

async fn settle(app: &App) -> Result<()> {
    let app = app.clone();
    run_blocking(move || {
        let parts = &app.parts;
        let kept = std::fs::read_to_string(parts.settings.index.join(RULES)).unwrap_or_default();
        if !parts.index.ready() || kept != mark(&parts.profile) {
            build(parts, &mut |_| {})?;
        }
        catch_up(app.db(), &parts.profile, &parts.index)
    })
    .await
}

async fn step(app: &App, node: &str, rebuilt: &mut i64) -> Result<()> {
    let asked = app.db().read_async(nodes::requested).await?;
    if asked > *rebuilt || !app.parts.index.ready() {
        let inside = app.clone();
        let mut building = std::pin::pin!(run_blocking(move || build(&inside.parts, &mut |_| {})));
        // A long rebuild must not look like a program that has died.
        loop {
            tokio::select! {
                built = &mut building => break built?,
                () = tokio::time::sleep(BEAT) => beat(app, node, *rebuilt).await?,
            }
        }
        *rebuilt = asked;
    }
    let inside = app.clone();
    run_blocking(move || {
        let before = inside.parts.index.sequence();
        catch_up(inside.db(), &inside.parts.profile, &inside.parts.index)?;
        if inside.db().read(|conn| chain::changed_since(conn, "purge", before))? {
            // Pages are found by the revision alone; opened tables must not outlive their objects.
            inside.forget();
        }
        Ok(())
    })
    .await?;
    beat(app, node, *rebuilt).await
}

/// Says that this program runs.
async fn beat(app: &App, node: &str, rebuilt: i64) -> Result<()> {
    let (node, sequence) = (node.to_owned(), app.parts.index.sequence());
    app.db()
        .write_async(Ctx::new(Actor::System, app.now()), move |tx| nodes::report(tx, &node, sequence, rebuilt))
        .await
}

/// Brings an index in step with the last change.
///
/// # Errors
/// `search-index-missing` when there is none to bring in step; when the database does not answer.
pub fn catch_up(db: &Db, profile: &Profile, index: &Index) -> Result<()> {
    loop {
        let changes = db.read(|conn| chain::changes_after(conn, index.sequence(), PORTION))?;
        let Some((last, _)) = changes.last() else { return Ok(()) };
        let ids: HashSet<&str> = changes
            .iter()
            .filter(|(_, change)| change.object_kind == "dataset")
            .map(|(_, change)| change.object_id.as_str())
            .collect();
        let ids: Vec<String> = ids.into_iter().map(ToOwned::to_owned).collect();
        let mut upserts = Vec::new();
        for batch in ids.chunks(BATCH) {
            upserts.extend(documents(db, profile, batch)?);
        }
        let there: HashSet<&str> = upserts.iter().map(|document| document.id.as_str()).collect();
        let deletes = ids.iter().filter(|id| !there.contains(id.as_str())).cloned().collect();
        index.apply(upserts, deletes, *last)?;
    }
}

/// What the days come of that the index holds for each dataset: rules of updates and the working calendar. They change between two
/// starts of a program, and then no change of the database says so.
fn mark(profile: &Profile) -> String {
    token::sha256_hex(&format!("{:?} {:?} {:?}", profile.opendata, profile.frequencies, profile.calendar))
}

/// As [`rebuild`], and notes by which rules: a program that starts with others builds anew.
///
/// # Errors
/// `search-index-in-use` when another program owns the folder; when database or disk do not answer.
pub fn build(parts: &Parts, progress: &mut dyn FnMut(u64)) -> Result<()> {
    rebuild(&parts.db, &parts.profile, &parts.index, progress)?;
    Ok(std::fs::write(parts.settings.index.join(RULES), mark(&parts.profile))?)
}

/// Builds a new generation of the index beside the old one and swaps; `progress` hears how many datasets are in it.
///
/// # Errors
/// `search-index-in-use` when another program owns the folder; when the database does not answer.
pub fn rebuild(db: &Db, profile: &Profile, index: &Index, progress: &mut dyn FnMut(u64)) -> Result<()> {
    // The sequence is read first: what changes while we read is applied again afterwards, which is harmless.
    let (sequence, ids) = db.read(|conn| {
        let sequence = chain::revision(conn)?;
        Ok((
            sequence,
            dataset::standings(conn)?.into_iter().map(|standing| standing.id.to_string()).collect::<Vec<_>>(),
        ))
    })?;
    let mut all = ids.chunks(BATCH).flat_map(|batch| match documents(db, profile, batch) {
        Ok(documents) => documents.into_iter().map(Ok).collect::<Vec<_>>(),
        Err(error) => vec![Err(error)],
    });
    index.rebuild(&mut all, sequence, progress)
}

/// Asks every running program for a rebuild; says how many run. With none, nothing is asked.
///
/// # Errors
/// When the database does not answer.
pub fn request_rebuild(db: &Db, ctx: &Ctx) -> Result<(usize, i64)> {
    db.write(ctx, |tx| {
        let running = nodes::running(tx.conn(), ctx.at.0 - ALIVE)?;
        if running == 0 {
            return Ok((0, 0));
        }
        Ok((running, nodes::request(tx)?))
    })
}

/// The search documents of published datasets.
///
/// # Errors
/// When the database does not answer.
pub fn documents(db: &Db, profile: &Profile, ids: &[String]) -> Result<Vec<Document>> {
    let today = db.clock().now().date(profile.province.timezone_minutes);
    db.read(|conn| {
        let used = statistics::totals(conn, ids, "")?;
        let agencies = agency::all(conn)?;
        let mut documents = Vec::new();
        for card in dataset::cards(conn, ids)? {
            let metadata = &card.metadata;
            let owner =
                agencies.iter().find(|agency| agency.id == card.dataset.agency_id).ok_or_else(Error::not_found)?;
            let topic = profile.topic(&metadata.topic);
            let updated = Timestamp(card.dataset.updated_at.unwrap_or(0));
            let standing = card.dataset.counted().timeliness(profile, today);
            let (mut columns, mut joins) = (Vec::new(), Vec::new());
            if let Some(version) = &card.dataset.current_version_id {
                for resource in dataset::resources_of(conn, version)? {
                    columns.push(resource.title.vi.clone());
                    for column in resource.table.report()?.outcome.columns {
                        if let Some(meaning) = resource.note(&column.title).and_then(|note| note.title_en.clone()) {
                            columns.push(meaning);
                        }
                        joins.extend(discovery::join_of(&column));
                        columns.push(column.title);
                    }
                }
            }
            documents.push(Document {
                id: card.dataset.id.to_string(),
                slug: card.dataset.slug.clone(),
                title_vi: metadata.title.vi.clone(),
                title_en: metadata.title.en.clone().unwrap_or_default(),
                description_vi: markdown::to_text(&metadata.description.vi),
                description_en: metadata.description.en.as_deref().map(markdown::to_text).unwrap_or_default(),
                keywords: metadata.keywords.clone(),
                agency: owner.slug.clone(),
                agency_name_vi: owner.name_vi.clone(),
                agency_name_en: owner.name_en.clone().unwrap_or_default(),
                topic: metadata.topic.clone(),
                topic_name_vi: topic.map(|topic| topic.name.vi.clone()).unwrap_or_default(),
                topic_name_en: topic.and_then(|topic| topic.name.en.clone()).unwrap_or_default(),
                formats: profile.everywhere().map(|format| format.code.clone()).collect(),
                frequency: metadata.frequency.clone(),
                columns,
                joins,
                rows: card.rows,
                due: standing.due.map(days),
                due_soon: standing.soon_from.map(days),
                published_at: updated.0,
                used: used.get(card.dataset.id.as_str()).map_or(0, |totals| totals.downloads),
            });
        }
        Ok(documents)
    })
}

fn days(date: chrono::NaiveDate) -> i32 {
    date.signed_duration_since(chrono::NaiveDate::default()).num_days().try_into().unwrap_or(i32::MAX)
}

/// Waits until every running program has rebuilt; says whether they all did within `patience` seconds.
///
/// # Errors
/// When the database does not answer.
pub fn await_rebuild(db: &Db, clock: &Clock, number: i64, patience: u64) -> Result<bool> {
    for _ in 0..patience * 2 {
        let now = clock.now().0;
        if db.read(|conn| nodes::all_rebuilt(conn, now - ALIVE, number))? {
            return Ok(true);
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    Ok(false)
}
