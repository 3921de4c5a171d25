//! What looks at the log by itself: once a minute at what it gained, once a day at the whole chain.

use std::collections::{BTreeMap, HashSet, VecDeque};

use serde_json::json;

use super::Kind;
use super::store::{self, Seen};
use crate::account::{self, Receivers, role};
use crate::audit::{self, Head, Verdict};
use crate::kernel::id::{AccountId, AlertId};
use crate::kernel::{Arg, Result, Timestamp};
use crate::platform::db::{Tx, chain};
use crate::platform::queue::{self, Lease};
use crate::profile::{Oversight, Profile};

/// The kind of the recurring job that looks at what the log gained.
pub const WATCH: &str = "alert-watch";
/// How often it looks, in seconds.
pub const WATCH_EVERY: i64 = 60;
/// The kind of the recurring job that walks the whole chain.
pub const CHECK: &str = "audit-check";
/// A day, in seconds: how often it walks.
pub const CHECK_EVERY: i64 = 24 * 3600;
/// When on the day it walks, in seconds after midnight in the province: while nobody works.
pub const CHECK_AT: i64 = 3 * 3600;

/// What counts together, in milliseconds.
const HOUR: i64 = 3_600_000;
/// Entries read at once, and times that is done in one look; the rest waits for the next.
const PORTION: i64 = 1000;
const PORTIONS: usize = 20;
const PAGE: &str = "/internal/alerts";

/// Looks at what the log gained since the last look, raises alerts, and ends the job's turn, in this transaction. Says how many
/// alerts it raised.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub fn watch(tx: &mut Tx<'_>, lease: &Lease, profile: &Profile) -> Result<usize> {
    queue::hold(tx, lease)?;
    let head = chain::audit_head(tx.conn())?.0;
    let mut after = store::watched(tx.conn())?;
    let mut raised = 0;
    for _ in 0..PORTIONS {
        let entries = store::entries_after(tx.conn(), after, head, PORTION)?;
        let more = i64::try_from(entries.len()).is_ok_and(|read| read == PORTION);
        let reached = entries.last().filter(|_| more).map_or(head, |entry| entry.seq);
        let mut groups: BTreeMap<(Kind, Option<AccountId>), Vec<Seen>> = BTreeMap::new();
        for entry in entries {
            let Some(kind) = Kind::of(&entry.action, &entry.outcome) else { continue };
            // Whoever is refused at the door is nobody we know: all of them count together.
            let about = if kind == Kind::Network { None } else { entry.actor.clone() };
            groups.entry((kind, about)).or_default().push(entry);
        }
        for ((kind, about), entries) in groups {
            raised += usize::from(look(tx, &profile.oversight, kind, about.as_ref(), entries, after)?);
        }
        after = reached;
        if !more {
            break;
        }
    }
    store::set_watched(tx, after)?;
    queue::complete(tx, lease)?;
    Ok(raised)
}

/// Looks at the new entries of one kind about one person, together with those of the hour before them. Says whether an alert was
/// raised.
fn look(
    tx: &mut Tx<'_>,
    rules: &Oversight,
    kind: Kind,
    about: Option<&AccountId>,
    entries: Vec<Seen>,
    after: i64,
) -> Result<bool> {
    let Some(begin) = entries.iter().map(|entry| entry.at).min() else { return Ok(false) };
    let latest = store::latest(tx.conn(), kind, about)?;
    let counted = latest.as_ref().map_or(0, |alert| alert.last);
    let mut open = latest.filter(|alert| alert.open);
    let mut before = store::entries_between(tx.conn(), kind, about, counted, after, begin - HOUR)?;
    before.retain(|entry| Kind::of(&entry.action, &entry.outcome) == Some(kind));
    let mut window = Window { kind, entries: before.into() };
    let mut raised = false;
    for entry in entries {
        if let Some(alert) = &mut open
            && entry.at - alert.last_at < HOUR
        {
            alert.events += 1;
            alert.rows += entry.rows;
            (alert.last, alert.last_at) = (entry.seq, entry.at);
            store::add_to(tx, alert)?;
            continue;
        }
        window.push(entry);
        let (events, rows) = window.sums();
        if kind.too_much(events, rows, rules) {
            open = Some(raise(tx, kind, about, (events, rows), &window)?);
            window.entries.clear();
            raised = true;
        }
    }
    Ok(raised)
}

/// What happened within an hour.
struct Window {
    kind: Kind,
    entries: VecDeque<Seen>,
}

impl Window {
    fn push(&mut self, entry: Seen) {
        let begin = entry.at - HOUR;
        self.entries.push_back(entry);
        while self.entries.front().is_some_and(|first| first.at <= begin) {
            self.entries.pop_front();
        }
    }

    /// Acts and rows. Reading a file in parts is reading one file.
    fn sums(&self) -> (u64, u64) {
        let rows = self.entries.iter().map(|entry| entry.rows).sum();
        let events = if self.kind == Kind::Reading {
            self.entries.iter().map(|entry| &entry.object).collect::<HashSet<_>>().len()
        } else {
            self.entries.len()
        };
        (u64::try_from(events).unwrap_or(u64::MAX), rows)
    }
}

fn raise(
    tx: &mut Tx<'_>,
    kind: Kind,
    about: Option<&AccountId>,
    (events, rows): (u64, u64),
    window: &Window,
) -> Result<store::Latest> {
    let (first, last) = (window.entries.front(), window.entries.back());
    let latest = store::Latest {
        id: AlertId::fresh(),
        open: true,
        events,
        rows,
        first: first.map_or(0, |entry| entry.seq),
        last: last.map_or(0, |entry| entry.seq),
        last_at: last.map_or(0, |entry| entry.at),
    };
    write(tx, kind, about, &latest)?;
    Ok(latest)
}

/// Writes an alert down and tells those who must look.
fn write(tx: &mut Tx<'_>, kind: Kind, about: Option<&AccountId>, latest: &store::Latest) -> Result<()> {
    store::insert(tx, kind, about, latest)?;
    let detail = json!({
        "kind": kind.code(), "person": about, "events": latest.events, "rows": latest.rows,
        "first": latest.first, "last": latest.last,
    });
    audit::record(tx, "alert.raise", "alert", latest.id.as_str(), detail);
    let name = match about {
        Some(id) => account::names(tx.conn(), &[id.to_string()])?.remove(id.as_str()).unwrap_or_else(|| id.to_string()),
        None => "–".to_owned(),
    };
    let args: [(&str, Arg); 4] = [
        ("person", name.into()),
        ("events", latest.events.into()),
        ("rows", latest.rows.into()),
        ("entry", latest.first.into()),
    ];
    let to = [role::COORDINATOR, role::OPERATOR, role::AUDITOR];
    let to = to.into_iter().map(|role| Receivers::Role(role.to_owned())).collect();
    account::announce(tx, to, kind.event(), &args, PAGE.to_owned())
}

/// Notes what a walk over the chain found, raises an alert where it is broken, and ends the job's turn, in this transaction.
///
/// # Errors
/// As [`watch`].
pub fn checked(tx: &mut Tx<'_>, lease: &Lease, verdict: &Verdict) -> Result<()> {
    queue::hold(tx, lease)?;
    store::set_checked(tx, verdict.entries, verdict.broken_at.is_none())?;
    if let Some(seq) = verdict.broken_at {
        let known = store::latest(tx.conn(), Kind::Chain, None)?.is_some_and(|alert| alert.open && alert.first == seq);
        if !known {
            let at = tx.ctx().at.0;
            let latest = store::Latest {
                id: AlertId::fresh(),
                open: true,
                events: 1,
                rows: 0,
                first: seq,
                last: seq,
                last_at: at,
            };
            write(tx, Kind::Chain, None, &latest)?;
        }
    }
    queue::complete(tx, lease)
}

/// Tells the auditors where the chain ends, as often as the province's rules say, so that mail carries it out of reach; ends the
/// turn of the job that wrote the head down, in this transaction.
///
/// # Errors
/// As [`watch`].
pub fn tell_head(tx: &mut Tx<'_>, lease: &Lease, profile: &Profile, head: &Head) -> Result<()> {
    queue::hold(tx, lease)?;
    let every = i64::from(profile.oversight.heads_notice_hours.value) * HOUR;
    let told = store::head_told(tx.conn())?.map_or(i64::MIN, |at: Timestamp| at.0);
    if every > 0 && tx.ctx().at.0.saturating_sub(told) >= every {
        store::set_head_told(tx, head.seq)?;
        let args: [(&str, Arg); 2] = [("entry", head.seq.into()), ("hash", head.hash.as_str().into())];
        let to = vec![Receivers::Role(role::AUDITOR.to_owned())];
        account::announce(tx, to, "audit-head", &args, "/internal/audit".to_owned())?;
    }
    queue::complete(tx, lease)
}
