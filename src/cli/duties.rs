//! `khomo duties`: going through all duties now, as the night's job does.

use std::sync::Arc;

use serde_json::json;

use super::args::{DutiesArgs, DutiesCommand};
use super::runtime;
use super::setup::Ground;
use crate::duty::Turned;
use crate::kernel::{Actor, Ctx, Error, Problem, Result};
use crate::platform::db::Db;
use crate::platform::queue;
use crate::profile::Profile;
use crate::worker::{duties, jobs};

/// `khomo duties`
pub(super) fn run(args: &DutiesArgs) -> Result<()> {
    match args.what {
        DutiesCommand::Turn { json } => turn(json),
    }
}

/// Takes the job of the night, so that no other program goes through the duties meanwhile, and does it.
pub(super) fn turn_now(db: &Db, profile: &Arc<Profile>) -> Result<Turned> {
    let ctx = || Ctx::new(Actor::Operator, db.clock().now());
    let lease = db.write(&ctx(), |tx| {
        queue::recur(tx, duties::TURN, duties::TURN_EVERY, duties::turn_at(profile))?;
        queue::take_now(tx, duties::TURN)
    })?;
    let lease = lease.ok_or_else(|| Error::conflict(Problem::new("duties-turning")))?;
    let began = ctx();
    let work = duties::turn(db, &began, profile, &lease);
    let done = runtime()?.block_on(jobs::beating(db, ctx, &lease, work));
    let done = done.unwrap_or_else(|| Err(Error::conflict(Problem::new("job-lost"))));
    if let Err(error) = &done {
        // What is not done is tried again by the programs that serve.
        db.write(&ctx(), |tx| queue::fail(tx, &lease, error))?;
    }
    done
}

fn turn(as_json: bool) -> Result<()> {
    let ground = Ground::open()?;
    let done = turn_now(&ground.db, &Arc::new(ground.profile.clone()))?;
    if as_json {
        return say!("{}", json!({ "open": done.waiting, "changed": done.changed, "agencies_told": done.told }));
    }
    say!("open {} changed {} agencies told {}", done.waiting, done.changed, done.told)
}
