//! `khomo jobs`: what waits, what was given up, and putting it back.

use serde_json::json;

use super::args::{JobsArgs, JobsCommand};
use super::setup::database;
use crate::audit;
use crate::config::Settings;
use crate::kernel::id::JobId;
use crate::kernel::{Actor, Ctx, Error, Problem, Result, Timestamp};
use crate::platform::queue;

/// The most jobs that are named.
const LISTED: i64 = 1000;

/// `khomo jobs`
pub(super) fn run(args: &JobsArgs) -> Result<()> {
    let db = database(&Settings::from_env()?)?;
    let ctx = Ctx::new(Actor::Operator, db.clock().now());
    let read = |id: &str| JobId::parse(id).ok_or_else(|| Error::invalid(Problem::new("job-unknown").with("id", id)));
    match &args.what {
        JobsCommand::List { state } => {
            for job in db.read(|conn| queue::list(conn, state, LISTED))? {
                let due = Timestamp(job.due_at).to_rfc3339();
                let failure = job.last_failure.unwrap_or_default();
                say!("{} {} due {due} attempts {} {failure}", job.id, job.kind, job.attempts)?;
            }
        }
        JobsCommand::PutBack { id } => {
            let id = id.as_deref().map(read).transpose()?;
            let count = db.write(&ctx, |tx| {
                let count = queue::put_back(tx, id.as_ref())?;
                if let (Some(id), 0) = (&id, count) {
                    return Err(Error::invalid(Problem::new("job-unknown").with("id", id.as_str())));
                }
                let object = id.as_ref().map_or("-", JobId::as_str);
                audit::record(tx, "job.put-back", "job", object, json!({ "count": count }));
                Ok(count)
            })?;
            say!("put back {count}")?;
        }
        JobsCommand::Cancel { id } => {
            let id = read(id)?;
            db.write(&ctx, |tx| {
                if !queue::cancel(tx, &id)? {
                    return Err(Error::invalid(Problem::new("job-unknown").with("id", id.as_str())));
                }
                audit::record(tx, "job.cancel", "job", id.as_str(), json!({}));
                Ok(())
            })?;
            say!("cancelled")?;
        }
    }
    Ok(())
}
