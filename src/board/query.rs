//! Putting boards together.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::model::{Board, Column, Past, PastColumn, Reviewed, Row, Turn};
use crate::account::Person;
use crate::agency::{self, Agency};
use crate::duty::{self, Due, Kind, Outcome, Outcomes, Stage};
use crate::kernel::id::AgencyId;
use crate::kernel::{Localized, Result};
use crate::people::{self, Scope};
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::quarter::{self, Quarter, QuarterRow, State};
use crate::voice::{self, Waiting};

/// Quarters of a trend.
pub const QUARTERS: usize = 8;
/// Quarters that are looked through for the latest one that is over, and for those of a trend that are closed.
const LOOKED_AT: i64 = 40;

/// How agencies stand today that a person sees: all of them, or the one that is chosen. Agencies that are over are left out once nothing is
/// left of them.
///
/// # Errors
/// When the database does not answer.
pub fn standing(
    conn: &mut Conn,
    person: &Person,
    profile: &Profile,
    chosen: Option<&AgencyId>,
    today: NaiveDate,
) -> Result<Board> {
    let agencies = duty::scope(person, chosen.cloned());
    let scope = agencies.clone().map_or(Scope::All, Scope::Agencies);
    let agencies = agencies.as_deref();
    let mut all = agency::all(conn)?;
    all.retain(|agency| agencies.is_none_or(|own| own.contains(&agency.id)));
    let blank = |agency: &Agency| {
        let (id, slug, name) = named(agency.clone());
        (id.clone(), Row::of(id, slug, name))
    };
    let mut rows: HashMap<AgencyId, Row> = all.iter().map(blank).collect();
    for count in duty::counts(conn, agencies, false)? {
        let Some(row) = rows.get_mut(&count.agency) else { continue };
        if count.stage == Stage::Overdue {
            row.duties_overdue += count.count;
        }
        if count.kind == Kind::Update {
            match count.stage {
                Stage::Planned | Stage::Open => row.on_time += count.count,
                Stage::Soon | Stage::Due => row.soon += count.count,
                Stage::Overdue => row.overdue += count.count,
                Stage::Done | Stage::Excused => {}
            }
        }
    }
    for (agency, waiting) in voice::waiting(conn, agencies, (profile, today))? {
        if let Some(row) = rows.get_mut(&agency) {
            row.waiting = waiting;
        }
    }
    let over = |row: &QuarterRow| row.quarter.last() < today && row.state != State::Open;
    let returns = quarter::latest(conn, LOOKED_AT)?.into_iter().find(over);
    if let Some(of) = &returns {
        for (agency, handed) in quarter::handed_in(conn, of, &scope, today)? {
            if let Some(row) = rows.get_mut(&agency) {
                row.handed = Some(handed);
            }
        }
    }
    let campaign = people::campaigns(conn, 1)?.pop();
    if let Some(of) = &campaign {
        for (agency, accounts, waiting) in people::answer_counts(conn, &of.id, &scope)? {
            if let Some(row) = rows.get_mut(&agency) {
                row.review = Some(Reviewed { accounts, waiting });
            }
        }
    }
    let day = today.to_string();
    let rows = all.iter().filter_map(|agency| {
        let row = rows.remove(&agency.id)?;
        (!agency.is_over(&day) || row != blank(agency).1).then_some(row)
    });
    Ok(Board { rows: rows.collect(), returns, review: campaign.map(|of| (of.id, of.ended_at.is_none())) })
}

fn named(agency: Agency) -> (AgencyId, String, Localized) {
    let name = agency.names();
    (agency.id, agency.slug, name)
}

/// Puts today's board in order; what is alike stays as it was.
pub fn sort(rows: &mut [Row], by: Column) {
    rows.sort_by_key(|row| by.key(row));
}

/// Puts the board of a quarter in order; what is alike stays as it was.
pub fn sort_past(rows: &mut [Past], by: PastColumn) {
    rows.sort_by_key(|row| by.key(row));
}

/// How the agencies that a person sees did in a quarter, by name, with duties of one kind or of every: those of which any was due in it,
/// or that readers wait for something from. Of a quarter that is closed, as it stood at its close.
///
/// # Errors
/// When the database does not answer.
pub fn past(
    conn: &mut Conn,
    person: &Person,
    (profile, today): (&Profile, NaiveDate),
    of: Quarter,
    kind: Option<Kind>,
) -> Result<(Vec<Past>, Option<QuarterRow>)> {
    let agencies = duty::scope(person, None);
    let row = quarter::find(conn, of)?;
    let due = quarter::due_in(of, row.as_ref(), profile);
    let mut found: HashMap<AgencyId, (Outcomes, u64)> = HashMap::new();
    for one in duty::tally(conn, agencies.as_deref(), kind, &due)? {
        let (outcomes, overdue) = found.entry(one.agency).or_default();
        outcomes.add(one.outcome, one.count);
        // Once its days are over, whether the night has gone through them or not.
        let over = one.overdue || one.outcome == Outcome::Undone && of.last() < today;
        *overdue += if over { one.count } else { 0 };
    }
    let mut all = agency::all(conn)?;
    all.retain(|agency| agencies.as_ref().is_none_or(|own| own.contains(&agency.id)));
    let mut waiting = match row.as_ref().filter(|_| kind.is_none()) {
        Some(row) => {
            let ids: Vec<AgencyId> = all.iter().map(|agency| agency.id.clone()).collect();
            quarter::waiting(conn, row, &ids, (profile, today))?
        }
        None => HashMap::new(),
    };
    let rows = all.into_iter().filter_map(|agency| {
        let waiting = waiting.remove(&agency.id);
        let duties = found.remove(&agency.id);
        if duties.is_none() && waiting.is_none_or(|waiting| waiting == Waiting::default()) {
            return None;
        }
        let (outcomes, overdue) = duties.unwrap_or_default();
        let (agency, slug, name) = named(agency);
        Some(Past { agency, slug, name, outcomes, overdue, waiting })
    });
    Ok((rows.collect(), row))
}

/// The quarters up to the one of a day, the oldest first.
pub fn recent(today: NaiveDate) -> Vec<Quarter> {
    let back = |quarter: &Quarter| Some(quarter.previous());
    let mut quarters: Vec<Quarter> = std::iter::successors(Some(Quarter::of(today)), back).take(QUARTERS).collect();
    quarters.reverse();
    quarters
}

/// What became of duties in the quarters up to the one of a day, the oldest first: of some agencies together or of all, of one kind or of
/// every. Of quarters that are closed, as it stood at their close. It begins with the first quarter in which something was owed or
/// waited for.
///
/// # Errors
/// When the database does not answer.
pub fn trend(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    kind: Option<Kind>,
    (profile, today): (&Profile, NaiveDate),
) -> Result<Vec<Turn>> {
    let quarters = recent(today);
    let kept: HashMap<Quarter, QuarterRow> =
        quarter::latest(conn, LOOKED_AT)?.into_iter().map(|row| (row.quarter, row)).collect();
    let spans: Vec<Due> = quarters.iter().map(|of| quarter::due_in(*of, kept.get(of), profile)).collect();
    let outcomes = duty::outcomes_by_span(conn, agencies, kind, &spans)?;
    let opened: Vec<QuarterRow> = quarters.iter().filter_map(|quarter| kept.get(quarter).cloned()).collect();
    let waiting = match kind {
        Some(_) => HashMap::new(),
        None => quarter::waiting_sums(conn, &opened, agencies, (profile, today))?,
    };
    let turns = quarters.into_iter().zip(outcomes).map(|(quarter, outcomes)| {
        let state = kept.get(&quarter).map(|row| row.state_on(today));
        Turn { quarter, outcomes, waiting: waiting.get(&quarter).copied(), state }
    });
    let nothing =
        |turn: &Turn| turn.outcomes == Outcomes::default() && turn.waiting.unwrap_or_default() == Waiting::default();
    let now = Quarter::of(today);
    Ok(turns.skip_while(|turn| nothing(turn) && turn.quarter != now).collect())
}
