//! `khomo duties`: going through all duties now, as the night's job does.

use std::sync::Arc;

use serde_json::json;

use super::args::{DutiesArgs, DutiesCommand};
use super::runtime;
use super::setup::Ground;
use crate::kernel::{Actor, Error, Problem, Result};
use crate::platform::queue;
use crate::worker::{duties, jobs};

/// `khomo duties`
pub(super) fn run(args: &DutiesArgs) -> Result<()> {
    match args.what {
        DutiesCommand::Turn { json } => turn(json),
    }
}

/// Takes the job of the night, so that no other program goes through the duties meanwhile, and does it.
fn turn(as_json: bool) -> Result<()> {
    let ground = Ground::open()?;
    let (db, profile, at) = (&ground.db, Arc::new(ground.profile.clone()), duties::turn_at(&ground.profile));
    let lease = db.write(&ground.ctx(Actor::Operator), |tx| {
        queue::recur(tx, duties::TURN, duties::TURN_EVERY, at)?;
        queue::take_now(tx, duties::TURN)
    })?;
    let lease = lease.ok_or_else(|| Error::conflict(Problem::new("duties-turning")))?;
    let ctx = ground.ctx(Actor::Operator);
    let work = duties::turn(db, &ctx, &profile, &lease);
    let done = runtime()?.block_on(jobs::beating(db, || ground.ctx(Actor::Operator), &lease, work));
    let done = done.unwrap_or_else(|| Err(Error::conflict(Problem::new("job-lost"))));
    if let Err(error) = &done {
        // What is not done is tried again by the programs that serve.
        db.write(&ground.ctx(Actor::Operator), |tx| queue::fail(tx, &lease, error))?;
    }
    let done = done?;
    if as_json {
        return say!("{}", json!({ "open": done.waiting, "changed": done.changed, "agencies_told": done.told }));
    }
    say!("open {} changed {} agencies told {}", done.waiting, done.changed, done.told)
}
