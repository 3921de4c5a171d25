//! The night's turn of all duties: each room says what it wants of those that are open, by the rules and days off of the day; what differs is
//! written; then the engine reminds.

use std::sync::Arc;

use crate::duty::{self, Turned};
use crate::kernel::{Ctx, Result};
use crate::platform::db::{Db, Tx};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;
use crate::{cycle, people, plan, quarter};

/// The kind of the recurring job that goes through all duties.
pub const TURN: &str = "duty-turn";
/// A day, in seconds.
pub const TURN_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: before anybody works, and after reviews and quarters had their turn.
const TURN_AT: i64 = 20 * 60;

/// The same, in seconds after midnight UTC.
pub fn turn_at(profile: &Profile) -> i64 {
    TURN_AT - i64::from(profile.province.timezone_minutes) * 60
}

/// Goes through all duties, reminds, and ends the job's turn. It may break off anywhere: what was written agrees, and is passed over the next
/// time.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub async fn turn(db: &Db, ctx: &Ctx, profile: &Arc<Profile>, lease: &Lease) -> Result<Turned> {
    let mut changed = cycle::turn(db, ctx, profile, lease).await?;
    let rooms: [fn(&mut Tx<'_>, &Profile) -> Result<usize>; 3] =
        [people::renew_review_duties, quarter::renew_duties, plan::renew_duties];
    for renew in rooms {
        let (rules, lease) = (Arc::clone(profile), lease.clone());
        changed += db
            .write_async(ctx.clone(), move |tx| {
                queue::hold(tx, &lease)?;
                renew(tx, &rules)
            })
            .await?;
    }
    let turned = duty::remind(db, ctx, profile, lease).await?;
    Ok(Turned { changed, ..turned })
}
