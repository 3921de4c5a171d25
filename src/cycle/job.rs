//! The day's turn of all duties: what datasets owe is compared with what is kept, then the engine reminds.

use crate::duty::{self, Kind, Step, Turned};
use crate::kernel::{Ctx, Result};
use crate::platform::db::{Conn, Db};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

use super::query::{gone, wanted};
use super::store;

/// The kind of the recurring job that goes through all duties.
pub const TURN: &str = "duty-turn";
/// A day, in seconds.
pub const TURN_EVERY: i64 = 24 * 3600;
/// When on the day, in seconds after midnight in the province: before anybody works.
const TURN_AT: i64 = 20 * 60;

/// The same, in seconds after midnight UTC.
pub fn turn_at(profile: &Profile) -> i64 {
    TURN_AT - i64::from(profile.province.timezone_minutes) * 60
}

/// Datasets that are compared at once.
const PORTION: i64 = 2000;

/// Goes through the update duties of all datasets and writes what differs, portion by portion, each portion with its entries in the log in
/// one transaction; then the engine moves all others by the day, and reminds. It may break off anywhere: what was written agrees, and is passed over the next time.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub async fn turn(db: &Db, ctx: &Ctx, profile: &std::sync::Arc<Profile>, lease: &Lease) -> Result<Turned> {
    let (mut after, mut changed) = (String::new(), 0);
    loop {
        let (from, rules, at) = (after.clone(), std::sync::Arc::clone(profile), ctx.at);
        let (upto, differs) = db
            .read_async(move |conn| {
                let upto = store::portion_end(conn, &from, PORTION)?;
                let steps = steps(conn, &rules, (&from, upto.as_deref()), at)?;
                Ok((upto, !steps.is_empty()))
            })
            .await?;
        if differs {
            let (from, upto, rules, lease) =
                (after.clone(), upto.clone(), std::sync::Arc::clone(profile), lease.clone());
            changed += db
                .write_async(ctx.clone(), move |tx| {
                    queue::hold(tx, &lease)?;
                    let at = tx.ctx().at;
                    let steps = steps(tx.conn(), &rules, (&from, upto.as_deref()), at)?;
                    let count = steps.len();
                    duty::write(tx, &rules, steps)?;
                    Ok(count)
                })
                .await?;
        }
        match upto {
            Some(upto) => after = upto,
            None => break,
        }
    }
    let turned = duty::remind(db, ctx, profile, lease).await?;
    Ok(Turned { changed: turned.changed + changed, ..turned })
}

/// What differs, of the datasets after an id and up to another.
fn steps(
    conn: &mut Conn,
    profile: &Profile,
    range: (&str, Option<&str>),
    at: crate::kernel::Timestamp,
) -> Result<Vec<Step>> {
    let today = at.date(profile.province.timezone_minutes);
    let facts = store::facts_between(conn, range.0, range.1)?;
    let published: std::collections::HashSet<String> = facts.iter().map(|one| one.id.to_string()).collect();
    let all = facts.iter().filter_map(|one| wanted(profile, one, today)).collect();
    duty::differences(conn, Kind::Update, range, all, today, |duty| gone(published.contains(&duty.subject), at))
}
