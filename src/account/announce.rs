//! Telling people what happened: a room says *what* and *to whom* inside the transaction of the act; who that is, in which language
//! and whether by mail, is found out later by `notify`, which stands above the rooms.

use serde::{Deserialize, Serialize};

use super::store;
use crate::kernel::id::{AccountId, AgencyId};
use crate::kernel::{Arg, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::platform::queue::{self, Job};

/// The kind of the jobs that carry announcements.
pub const ANNOUNCEMENT: &str = "announcement";

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receivers {
    /// One person.
    Account(AccountId),
    /// Whoever holds a role at an agency when the announcement is delivered.
    RoleAt(String, AgencyId),
    /// Whoever holds a role anywhere.
    Role(String),
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Announcement {
    /// To whom; nobody hears of one act twice, and nobody of their own acts.
    pub to: Vec<Receivers>,
    /// Its code: the messages `notice-CODE-title` and `notice-CODE-body` say it in words.
    pub event: String,
    /// What the messages mention, by name.
    pub args: Vec<(String, Arg)>,
    /// The page of the internal portal to go to.
    pub link: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub by: Option<AccountId>,
}

/// Announces what is done in this transaction, if it is done.
///
/// # Errors
/// When the database does not answer.
pub fn announce(
    tx: &mut Tx<'_>,
    to: Vec<Receivers>,
    event: &'static str,
    args: &[(&str, Arg)],
    link: String,
) -> Result<()> {
    let by = tx.ctx().actor.account().cloned();
    send(tx, to, event, args, link, by)
}

/// As [`announce`], of something that came of an act of theirs while they did something else: they hear of it too.
///
/// # Errors
/// When the database does not answer.
pub fn announce_outcome(
    tx: &mut Tx<'_>,
    to: Vec<Receivers>,
    event: &'static str,
    args: &[(&str, Arg)],
    link: String,
) -> Result<()> {
    send(tx, to, event, args, link, None)
}

fn send(
    tx: &mut Tx<'_>,
    to: Vec<Receivers>,
    event: &'static str,
    args: &[(&str, Arg)],
    link: String,
    by: Option<AccountId>,
) -> Result<()> {
    let announcement = Announcement {
        to,
        event: event.to_owned(),
        args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        link,
        at: tx.ctx().at,
        by,
    };
    queue::enqueue(tx, Job::new(ANNOUNCEMENT, serde_json::to_value(announcement)?))?;
    Ok(())
}

/// After a purge: notices, and announcements on their way, no longer say what was called so.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn forget<'a>(tx: &mut Tx<'_>, titles: impl IntoIterator<Item = &'a str>) -> Result<()> {
    titles.into_iter().filter(|title| !title.is_empty()).try_for_each(|title| store::forget(tx, title))
}

/// The accounts that an announcement is for: active ones, each once, without whoever did it.
///
/// # Errors
/// When the database does not answer.
pub fn receivers_of(conn: &mut Conn, announcement: &Announcement, day: &str) -> Result<Vec<AccountId>> {
    let mut found = Vec::new();
    for to in &announcement.to {
        found.extend(match to {
            Receivers::Account(id) => store::active(conn, id)?,
            Receivers::RoleAt(role, agency) => store::holders(conn, role, Some(agency), day)?,
            Receivers::Role(role) => store::holders(conn, role, None, day)?,
        });
    }
    found.sort();
    found.dedup();
    found.retain(|id| announcement.by.as_ref() != Some(id));
    Ok(found)
}
