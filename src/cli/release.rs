//! `khomo release`: what releases there are, building one, verifying one, keys.

use std::path::{Path, PathBuf};
use std::time::Duration;

use serde_json::json;

use super::args::{ReleaseArgs, ReleaseCommand, ReleaseKeyCommand};
use super::setup::{Startup, cookie_key, database, open_parts};
use super::{FOUND, runtime};
use crate::config::Settings;
use crate::http::App;
use crate::kernel::{Actor, Clock, Ctx, Error, Kind, Lang, Problem, Result, Timestamp};
use crate::platform::log;
use crate::release::{self, Found, Release, Signature};
use crate::worker::jobs::{Handlers, run_due};

/// While another program makes a release, it is looked this often how far it is.
const LOOK: Duration = Duration::from_secs(1);

/// `khomo release`
pub(super) fn run(args: &ReleaseArgs, lang: Lang) -> Result<u8> {
    match &args.what {
        ReleaseCommand::List { json } => list(*json).map(|()| 0),
        ReleaseCommand::Build { quarter, as_of } => build(quarter, as_of.as_deref(), lang).map(|()| 0),
        ReleaseCommand::Verify { folder, keys, strict, json } => verify(folder, keys, *strict, *json),
        ReleaseCommand::Key { what: ReleaseKeyCommand::New } => new_key(lang).map(|()| 0),
        ReleaseCommand::Key { what: ReleaseKeyCommand::List } => keys().map(|()| 0),
    }
}

fn list(as_json: bool) -> Result<()> {
    let db = database(&Settings::from_env()?)?;
    for one in db.read(|conn| release::list(conn, true))? {
        let as_of = Timestamp(one.as_of).to_rfc3339();
        if as_json {
            say!(
                "{}",
                json!({ "quarter": one.quarter, "state": one.state, "as_of": as_of, "key": one.key_id, "manifest_sha256": one.manifest_sha256 })
            )?;
        } else {
            let (key, hash) = (one.key_id.as_deref().unwrap_or("-"), one.manifest_sha256.as_deref().unwrap_or("-"));
            say!("{} {} {as_of} {key} {hash}", one.quarter, one.state)?;
        }
    }
    Ok(())
}

fn build(quarter: &str, as_of: Option<&str>, lang: Lang) -> Result<()> {
    let settings = Settings::from_env()?;
    log::start(false, "warn");
    let parts = open_parts(settings, Startup::Strict, Clock::system())?;
    let key = cookie_key(&parts.settings)?;
    let app = App::new(parts, &key);
    let ctx = Ctx::new(Actor::Operator, app.now());
    // Whoever lacks the keys hears of it before anything is ordered, and not as one more attempt of a job.
    app.db().read(|conn| release::signing_key(conn, app.parts.settings.release_keys.as_deref()))?;
    let moment = |text: &str| -> Result<Timestamp> {
        let wrong = || Error::invalid(Problem::new("release-as-of").with("text", text));
        let found = chrono::DateTime::parse_from_rfc3339(text).map_err(|error| wrong().because(error))?;
        Ok(Timestamp(found.timestamp_millis()))
    };
    let as_of = as_of.map(moment).transpose()?;
    app.db().write(&ctx, |tx| match release::ordered(tx.conn(), quarter)? {
        // One that broke off goes on; one that a clock that stood ahead ordered is refused, as nobody can tell how long to wait for it.
        Some(one) if !one.is_ready() && as_of.is_none_or(|at| at.0 == one.as_of) => release::resume(tx, &one),
        _ => release::order_closed(tx, quarter, as_of).map(drop),
    })?;
    let made = runtime()?.block_on(make(&app, quarter, lang))?;
    say!("ready {quarter} {}", made.manifest_sha256.unwrap_or_default())
}

/// Makes a release that was ordered, or waits until whoever is at it has made it: a running program, or one that ended and whose lease runs
/// out. Ends with the release, or when its job is dead.
async fn make(app: &App, quarter: &str, lang: Lang) -> Result<Release> {
    let handlers = Handlers::default().with_releases();
    let (mut told, mut missed) = (None, false);
    loop {
        run_due(app, &handlers).await?;
        let wanted = quarter.to_owned();
        let (state, found) = app
            .db()
            .read_async(move |conn| {
                // In this order: a release that is ready has no job any more.
                Ok((release::job_state(conn, &wanted)?, release::ordered(conn, &wanted)?))
            })
            .await?;
        if let Some(ready) = found.filter(Release::is_ready) {
            return Ok(ready);
        }
        // The one before may have become ready between the looks: its job is gone, and that of this one is there.
        if state.is_none() && !std::mem::replace(&mut missed, true) {
            continue;
        }
        missed = state.is_none();
        let problem = match state.as_deref() {
            Some("running") => Problem::new("release-made-elsewhere"),
            Some("waiting") => Problem::new("release-tried-again"),
            _ => {
                let problem = Problem::new("release-not-built").with("quarter", quarter);
                return Err(Error::refused(Kind::Unavailable, problem));
            }
        };
        if told != state {
            super::tell(&Error::conflict(problem.with("quarter", quarter)), lang);
            told = state;
        }
        tokio::time::sleep(LOOK).await;
    }
}

fn verify(folder: &Path, keys: &[PathBuf], strict: bool, as_json: bool) -> Result<u8> {
    let read = |path: &PathBuf| {
        let wrong = || Error::invalid(Problem::new("release-key-file").with("path", path.display().to_string()));
        let text = std::fs::read_to_string(path).map_err(|error| wrong().because(error))?;
        release::public_of_pem(&text).ok_or_else(wrong)
    };
    let keys: Vec<Vec<u8>> = keys.iter().map(read).collect::<Result<_>>()?;
    let checked = release::verify(folder, &keys)?;
    if as_json {
        say!("{}", serde_json::to_string(&checked)?)?;
    } else {
        let signature = match checked.signature {
            Signature::Valid => "valid",
            Signature::Wrong => "WRONG",
            Signature::Missing => "missing",
            Signature::Unchecked => "not checked: give the portal's public key with --key",
        };
        say!("release {}", checked.quarter)?;
        say!("signature {signature} (key {})", checked.key.as_deref().unwrap_or("none"))?;
        for (word, found) in [("DIFFERS", Found::Differs), ("missing", Found::Missing)] {
            for (path, _) in checked.files.iter().filter(|(_, one)| **one == found) {
                say!("{word} {path}")?;
            }
        }
        for path in &checked.unnamed {
            say!("not in the manifest {path}")?;
        }
        let count = |found| checked.count(found);
        let (whole, differs, missing) = (count(Found::Whole), count(Found::Differs), count(Found::Missing));
        say!("files: {whole} as they should be, {differs} differ, {missing} missing")?;
    }
    let lacking = checked.count(Found::Missing) > 0 || checked.signature != Signature::Valid;
    Ok(if checked.is_sound(!keys.is_empty()) && !(strict && lacking) { 0 } else { FOUND })
}

fn new_key(lang: Lang) -> Result<()> {
    let settings = Settings::from_env()?;
    let unset = || Error::invalid(Problem::new("release-keys-unset"));
    let folder = settings.release_keys.clone().ok_or_else(unset)?;
    let db = database(&settings)?;
    let now = db.clock().now();
    let key = release::make_key(&folder, now)?;
    db.write(&Ctx::new(Actor::Operator, now), |tx| release::publish_key(tx, &key.id, key.public()))?;
    say!("{}", key.id)?;
    // The key is there and published: what keeps the program from using it is told, and how to mend it.
    if let Err(error) = release::check_rights(&folder.join(format!("{}.pem", key.id)), &settings.scratch) {
        super::tell(&error, lang);
    }
    Ok(())
}

fn keys() -> Result<()> {
    let db = database(&Settings::from_env()?)?;
    for key in db.read(release::keys)? {
        say!("{} {} {}", key.id, Timestamp(key.published_at).to_rfc3339(), key.public_key)?;
    }
    Ok(())
}
