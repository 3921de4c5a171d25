//! What many datasets owe: gone through in the night, or after a change to many at once, it is compared with what is kept.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use crate::agency::{self, Heirs};
use crate::duty::{self, Calendar, Kind, Step};
use crate::kernel::id::DatasetId;
use crate::kernel::{Ctx, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx, share_rows};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

use super::query::{gone, wanted};
use super::store;

/// Datasets that are compared at once.
const PORTION: usize = 2000;

/// Goes through the update duties of all datasets and writes what differs, portion by portion, each portion with its entries in the log in
/// one transaction; says how many duties it wrote. It may break off anywhere: what was written agrees, and is passed over the next time.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub async fn turn(db: &Db, ctx: &Ctx, profile: &Arc<Profile>, lease: &Lease) -> Result<usize> {
    let (mut after, mut changed) = (String::new(), 0);
    loop {
        let (from, rules, at) = (after.clone(), Arc::clone(profile), ctx.at);
        let (upto, differs) = db
            .read_async(move |conn| {
                let upto = store::portion_end(conn, &from, PORTION)?;
                let heirs = agency::heirs(conn, &at.date(rules.province.timezone_minutes).to_string())?;
                let steps = steps(conn, &rules, &heirs, (&from, upto.as_deref()), at)?;
                Ok((upto, !steps.is_empty()))
            })
            .await?;
        if differs {
            let (from, upto, rules, lease) = (after.clone(), upto.clone(), Arc::clone(profile), lease.clone());
            changed += db
                .write_async(ctx.clone(), move |tx| {
                    queue::hold(tx, &lease)?;
                    let steps = held_steps(tx, &rules, (&from, upto.as_deref()))?;
                    let count = steps.len();
                    duty::write(tx, &rules, steps)?;
                    Ok(count)
                })
                .await?;
        }
        match upto {
            Some(upto) => after = upto,
            None => return Ok(changed),
        }
    }
}

/// What differs, of datasets that nobody changes until the transaction ends: a publication that came between the look at the datasets and the
/// look at their duties would otherwise end the round that it has just opened. Whoever publishes holds the dataset before its duties, as is
/// done here.
fn held_steps(tx: &mut Tx<'_>, profile: &Profile, range: (&str, Option<&str>)) -> Result<Vec<Step>> {
    let at = tx.ctx().at;
    let heirs = agency::heirs(tx.conn(), &at.date(profile.province.timezone_minutes).to_string())?;
    let seen = steps(tx.conn(), profile, &heirs, range, at)?;
    let subjects: BTreeSet<String> = seen.iter().map(|step| step.subject().to_owned()).collect();
    let ids: Vec<String> = subjects.iter().cloned().collect();
    if !share_rows(tx.conn(), "dataset", &ids)? {
        return Ok(seen);
    }
    // What differs only since then is left to whoever changed it, and to the next night.
    let mut steps = steps(tx.conn(), profile, &heirs, range, at)?;
    steps.retain(|step| subjects.contains(step.subject()));
    Ok(steps)
}

/// As [`renew`](super::renew) of many datasets that the transaction has written, after a change that begins and ends no round: a few looks,
/// however many they are.
///
/// # Errors
/// When the database does not answer.
pub fn renew_all(tx: &mut Tx<'_>, profile: &Profile, ids: &[DatasetId]) -> Result<()> {
    let at = tx.ctx().at;
    let heirs = agency::heirs(tx.conn(), &at.date(profile.province.timezone_minutes).to_string())?;
    let ids: BTreeSet<String> = ids.iter().map(ToString::to_string).collect();
    let sorted: Vec<&String> = ids.iter().collect();
    let mut after = String::new();
    for upto in sorted.chunks(PORTION).filter_map(|portion| portion.last()) {
        let mut steps = steps(tx.conn(), profile, &heirs, (&after, Some(upto.as_str())), at)?;
        // What differs of others is left to whoever changed them, and to the night.
        steps.retain(|step| ids.contains(step.subject()));
        duty::write(tx, profile, steps)?;
        after.clone_from(upto);
    }
    Ok(())
}

/// What differs, of the datasets after an id and up to another.
fn steps(
    conn: &mut Conn,
    profile: &Profile,
    heirs: &Heirs,
    range: (&str, Option<&str>),
    at: Timestamp,
) -> Result<Vec<Step>> {
    let today = at.date(profile.province.timezone_minutes);
    let facts = store::facts_between(conn, range, heirs)?;
    let published: HashSet<String> = facts.iter().map(|one| one.id.to_string()).collect();
    let all = facts.iter().filter_map(|one| wanted(profile, one, today)).collect();
    let day = (Calendar::of(profile), today);
    duty::differences(conn, Kind::Update, range, all, day, |duty| gone(published.contains(&duty.subject), at))
}
