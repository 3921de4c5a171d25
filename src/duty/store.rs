//! The tables of duties.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::count_star;
use diesel::prelude::*;

use super::model::{Asked, Count, Days, Duty, Ending, Kind, Listed, Outcome, Outcomes, Raised, Span, Stage, Wanted};
use crate::kernel::id::{AgencyId, DutyId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{agency, duty, duty_run};

/// Ids that one statement names at most.
const PORTION: usize = 400;

#[derive(Queryable, Selectable)]
#[diesel(table_name = duty)]
struct Row {
    id: DutyId,
    kind: String,
    subject: String,
    turn: String,
    agency_id: AgencyId,
    title: String,
    from_on: String,
    opens_on: String,
    soon_on: String,
    due_on: String,
    state: String,
    basis: Option<String>,
    verified: bool,
    reminded: i32,
    raised: i32,
    ended_at: Option<i64>,
    ended_how: Option<String>,
    late: bool,
}

impl Row {
    fn read(self) -> Result<Duty> {
        let unread = |what: &str| Error::internal(format!("a duty with an unknown {what}"));
        let day = |text: &str| text.parse::<NaiveDate>().map_err(|_| unread("day"));
        Ok(Duty {
            kind: Kind::from_code(&self.kind).ok_or_else(|| unread("kind"))?,
            stage: Stage::from_code(&self.state).ok_or_else(|| unread("state"))?,
            days: Days {
                from: day(&self.from_on)?,
                opens: day(&self.opens_on)?,
                soon: day(&self.soon_on)?,
                due: day(&self.due_on)?,
            },
            reminded: u32::try_from(self.reminded).unwrap_or(0),
            raised: Raised::from_level(self.raised),
            ended_at: self.ended_at.map(Timestamp),
            id: self.id,
            subject: self.subject,
            turn: self.turn,
            agency: self.agency_id,
            title: self.title,
            basis: self.basis,
            verified: self.verified,
            ended_how: self.ended_how,
            late: self.late,
        })
    }
}

fn read(rows: Vec<Row>) -> Result<Vec<Duty>> {
    rows.into_iter().map(Row::read).collect()
}

/// The duties of a kind that are not over, of the subjects after one and up to another; an end that is not named is open.
pub(super) fn open_between(conn: &mut Conn, kind: Kind, after: &str, upto: Option<&str>) -> Result<Vec<Duty>> {
    let mut query = duty::table
        .filter(duty::state.ne_all(["done", "excused"]))
        .filter(duty::kind.eq(kind.code()))
        .filter(duty::subject.gt(after.to_owned()))
        .order((duty::subject.asc(), duty::id.asc()))
        .select(Row::as_select())
        .into_boxed();
    if let Some(upto) = upto {
        query = query.filter(duty::subject.le(upto.to_owned()));
    }
    read(query.load(conn)?)
}

/// The duties of one subject that are not over.
pub(super) fn open_of(conn: &mut Conn, kind: Kind, subject: &str) -> Result<Vec<Duty>> {
    read(
        duty::table
            .filter(duty::state.ne_all(["done", "excused"]))
            .filter(duty::kind.eq(kind.code()))
            .filter(duty::subject.eq(subject))
            .order(duty::id.asc())
            .select(Row::as_select())
            .load(conn)?,
    )
}

/// All duties that are not over and can be done, by agency and day.
pub(super) fn waiting(conn: &mut Conn) -> Result<Vec<Duty>> {
    let stages = Stage::WAITING.map(Stage::code);
    let rows = duty::table
        .filter(duty::state.eq_any(stages))
        .order((duty::agency_id.asc(), duty::due_on.asc(), duty::id.asc()))
        .select(Row::as_select())
        .load(conn)?;
    read(rows)
}

/// Every round that a subject's duty had, the newest first, at most so many.
///
/// # Errors
/// When the database does not answer.
pub fn rounds(conn: &mut Conn, kind: Kind, subject: &str, most: i64) -> Result<Vec<Duty>> {
    read(
        duty::table
            .filter(duty::kind.eq(kind.code()))
            .filter(duty::subject.eq(subject))
            .order((duty::opened_at.desc(), duty::id.desc()))
            .limit(most)
            .select(Row::as_select())
            .load(conn)?,
    )
}

/// The name under which a round is kept: its own, or with a number where it was there before.
pub(super) fn turn_name(conn: &mut Conn, wanted: &Wanted) -> Result<String> {
    let earlier: Vec<String> = duty::table
        .filter(duty::kind.eq(wanted.kind.code()))
        .filter(duty::subject.eq(&wanted.subject))
        .select(duty::turn)
        .load(conn)?;
    let same =
        |turn: &&String| **turn == wanted.turn || turn.rsplit_once('/').is_some_and(|(name, _)| name == wanted.turn);
    Ok(match earlier.iter().filter(same).count() {
        0 => wanted.turn.clone(),
        times => format!("{}/{}", wanted.turn, times + 1),
    })
}

pub(super) fn insert(tx: &mut Tx<'_>, id: &DutyId, wanted: &Wanted, turn: &str, stage: Stage) -> Result<()> {
    let (at, days) = (tx.ctx().at.0, wanted.days);
    diesel::insert_into(duty::table)
        .values((
            (duty::id.eq(id), duty::kind.eq(wanted.kind.code()), duty::subject.eq(&wanted.subject)),
            (duty::turn.eq(turn), duty::agency_id.eq(&wanted.agency), duty::title.eq(&wanted.title)),
            (duty::from_on.eq(days.from.to_string()), duty::opens_on.eq(days.opens.to_string())),
            (duty::soon_on.eq(days.soon.to_string()), duty::due_on.eq(days.due.to_string())),
            (duty::state.eq(stage.code()), duty::basis.eq(&wanted.basis), duty::verified.eq(wanted.verified)),
            (duty::opened_at.eq(at), duty::changed_at.eq(at)),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Gives a duty other days, words, stage or agency. One whose day moved, or that another agency owes now, is reminded of anew.
pub(super) fn change(tx: &mut Tx<'_>, old: &Duty, wanted: &Wanted, stage: Stage) -> Result<()> {
    let (at, days) = (tx.ctx().at.0, wanted.days);
    let moved = old.days.due != days.due || old.agency != wanted.agency;
    diesel::update(duty::table.find(&old.id))
        .set((
            (duty::agency_id.eq(&wanted.agency), duty::title.eq(&wanted.title)),
            (duty::from_on.eq(days.from.to_string()), duty::opens_on.eq(days.opens.to_string())),
            (duty::soon_on.eq(days.soon.to_string()), duty::due_on.eq(days.due.to_string())),
            (duty::state.eq(stage.code()), duty::basis.eq(&wanted.basis), duty::verified.eq(wanted.verified)),
            (
                duty::reminded.eq(if moved { 0 } else { i32::try_from(old.reminded).unwrap_or(i32::MAX) }),
                duty::raised.eq(if moved { 0 } else { old.raised.level() }),
            ),
            duty::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Ends a duty. Says whether it was open until now.
pub(super) fn end(tx: &mut Tx<'_>, id: &DutyId, ending: &Ending, late: bool) -> Result<bool> {
    let at = tx.ctx().at.0;
    let stage = if ending.done { Stage::Done } else { Stage::Excused };
    let ended = diesel::update(duty::table.find(id).filter(duty::ended_at.is_null()))
        .set((
            duty::state.eq(stage.code()),
            duty::ended_at.eq(Some(ending.at.0)),
            duty::ended_how.eq(Some(ending.how)),
            duty::ended_by.eq(ending.by.as_ref()),
            duty::late.eq(late),
            duty::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(ended == 1)
}

/// Empties what the rounds of a subject are called, where it is not `but`.
pub(super) fn forget(tx: &mut Tx<'_>, kind: Kind, subject: &str, but: Option<&str>) -> Result<()> {
    let of = duty::table.filter(duty::kind.eq(kind.code())).filter(duty::subject.eq(subject));
    diesel::update(of.filter(duty::title.ne(but.unwrap_or_default()))).set(duty::title.eq("")).execute(tx.conn())?;
    Ok(())
}

/// Notes how many reminders some duties have had by now.
pub(super) fn set_reminded(tx: &mut Tx<'_>, ids: &[DutyId], times: u32) -> Result<()> {
    for ids in ids.chunks(PORTION) {
        // One that ended meanwhile stays as it ended.
        diesel::update(duty::table.filter(duty::id.eq_any(ids)).filter(duty::ended_at.is_null()))
            .set(duty::reminded.eq(i32::try_from(times).unwrap_or(i32::MAX)))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// Notes up to whom some duties went.
pub(super) fn set_raised(tx: &mut Tx<'_>, ids: &[DutyId], to: Raised) -> Result<()> {
    for ids in ids.chunks(PORTION) {
        diesel::update(duty::table.filter(duty::id.eq_any(ids)).filter(duty::ended_at.is_null()))
            .set(duty::raised.eq(to.level()))
            .execute(tx.conn())?;
    }
    Ok(())
}

/// The duties of some ids that are still open, as they are now.
pub(super) fn still_open(conn: &mut Conn, ids: &[DutyId]) -> Result<Vec<Duty>> {
    let mut found = Vec::new();
    for ids in ids.chunks(PORTION) {
        let rows = duty::table
            .filter(duty::id.eq_any(ids))
            .filter(duty::ended_at.is_null())
            .order((duty::due_on.asc(), duty::id.asc()))
            .select(Row::as_select())
            .load(conn)?;
        found.extend(read(rows)?);
    }
    Ok(found)
}

/// The day up to which all duties were gone through, and the week whose list the coordinating department has.
///
/// # Errors
/// When the database does not answer.
pub fn last_run(conn: &mut Conn) -> Result<Option<(String, String)>> {
    Ok(duty_run::table.find(1).select((duty_run::day, duty_run::week)).first(conn).optional()?)
}

pub(super) fn set_run(tx: &mut Tx<'_>, day: &str, week: &str) -> Result<()> {
    let at = tx.ctx().at.0;
    let set = (duty_run::day.eq(day), duty_run::week.eq(week), duty_run::at.eq(at));
    if diesel::update(duty_run::table.find(1)).set(set).execute(tx.conn())? == 0 {
        diesel::insert_into(duty_run::table).values((duty_run::id.eq(1), set)).execute(tx.conn())?;
    }
    Ok(())
}

/// How many duties stand where, by agency and kind, of some agencies or of all; those that are over as well, or only the others.
///
/// # Errors
/// When the database does not answer.
pub fn counts(conn: &mut Conn, agencies: Option<&[AgencyId]>, ended: bool) -> Result<Vec<Count>> {
    type Counted = (AgencyId, String, String, bool, i64);
    // By name: rounds that are over pile up for years, and an index knows those that are not.
    let stages = Stage::ALL.into_iter().filter(|stage| ended || !stage.is_over()).map(Stage::code);
    let mut query = duty::table
        .filter(duty::state.eq_any(stages))
        .group_by((duty::agency_id, duty::kind, duty::state, duty::late))
        .select((duty::agency_id, duty::kind, duty::state, duty::late, count_star()))
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(duty::agency_id.eq_any(agencies.to_vec()));
    }
    let rows: Vec<Counted> = query.load(conn)?;
    let mut counts: HashMap<(AgencyId, Kind, Stage), Count> = HashMap::new();
    for (agency, kind, stage, late, count) in rows {
        let (Some(kind), Some(stage)) = (Kind::from_code(&kind), Stage::from_code(&stage)) else { continue };
        let count = u64::try_from(count).unwrap_or(0);
        let into = counts.entry((agency.clone(), kind, stage)).or_insert_with(|| Count {
            agency,
            kind,
            stage,
            late: 0,
            count: 0,
        });
        into.count += count;
        into.late += if late { count } else { 0 };
    }
    let mut counts: Vec<Count> = counts.into_values().collect();
    counts.sort_by(|a, b| (&a.agency, a.kind, a.stage).cmp(&(&b.agency, b.kind, b.stage)));
    Ok(counts)
}

/// The moment from which one asks, in milliseconds.
fn beginning(span: Option<&Span>) -> i64 {
    span.and_then(|span| span.from).map_or(i64::MIN, |at| at.0)
}

/// The moment by which one asks, in milliseconds.
fn moment(span: Option<&Span>) -> i64 {
    span.and_then(|span| span.as_of).map_or(i64::MAX, |at| at.0)
}

/// What a duty that ended counts as.
fn outcome_of(state: &str, late: bool) -> Outcome {
    match (state == Stage::Done.code(), late) {
        (true, false) => Outcome::InTime,
        (true, true) => Outcome::Late,
        (false, true) => Outcome::Undone,
        (false, false) => Outcome::Excused,
    }
}

/// What became of the duties that are due within some days, by agency: of some agencies or of all, of one kind or of every.
///
/// # Errors
/// When the database does not answer.
pub fn outcomes(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    kind: Option<Kind>,
    span: &Span,
) -> Result<HashMap<AgencyId, Outcomes>> {
    let by = moment(Some(span));
    macro_rules! within {
        ($query:expr) => {{
            let due = duty::due_on.between(span.first.to_string(), span.last.to_string());
            let counts = duty::ended_at.is_null().or(duty::ended_at.ge(beginning(Some(span))));
            let mut query = $query.filter(due).filter(counts).into_boxed();
            if let Some(agencies) = agencies {
                query = query.filter(duty::agency_id.eq_any(agencies.to_vec()));
            }
            if let Some(kind) = kind {
                query = query.filter(duty::kind.eq(kind.code()));
            }
            query
        }};
    }
    let ended: Vec<(AgencyId, String, bool, i64)> = within!(
        duty::table.filter(duty::ended_at.le(by)).group_by((duty::agency_id, duty::state, duty::late)).select((
            duty::agency_id,
            duty::state,
            duty::late,
            count_star()
        ))
    )
    .load(conn)?;
    let undone: Vec<(AgencyId, i64)> = within!(
        duty::table
            .filter(duty::ended_at.is_null().or(duty::ended_at.gt(by)))
            .group_by(duty::agency_id)
            .select((duty::agency_id, count_star()))
    )
    .load(conn)?;
    let ended = ended.into_iter().map(|(agency, state, late, count)| (agency, outcome_of(&state, late), count));
    let undone = undone.into_iter().map(|(agency, count)| (agency, Outcome::Undone, count));
    let mut found: HashMap<AgencyId, Outcomes> = HashMap::new();
    for (agency, outcome, count) in ended.chain(undone) {
        *found.entry(agency).or_default().place(outcome) += u64::try_from(count).unwrap_or(0);
    }
    Ok(found)
}

/// The same of several stretches of days that do not overlap, of all agencies together: two questions, however many there are.
///
/// # Errors
/// When the database does not answer.
pub fn outcomes_by_span(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    kind: Option<Kind>,
    spans: &[Span],
) -> Result<Vec<Outcomes>> {
    let mut found = vec![Outcomes::default(); spans.len()];
    let (Some(first), Some(last)) =
        (spans.iter().map(|span| span.first).min(), spans.iter().map(|span| span.last).max())
    else {
        return Ok(found);
    };
    let place = |due: &str| {
        let due: Option<NaiveDate> = due.parse().ok();
        spans.iter().position(|span| due.is_some_and(|due| span.first <= due && due <= span.last))
    };
    let mut query = duty::table
        .filter(duty::due_on.between(first.to_string(), last.to_string()))
        .group_by((duty::due_on, duty::state, duty::late))
        .select((duty::due_on, duty::state, duty::late, count_star()))
        .into_boxed();
    if let Some(agencies) = agencies {
        query = query.filter(duty::agency_id.eq_any(agencies.to_vec()));
    }
    if let Some(kind) = kind {
        query = query.filter(duty::kind.eq(kind.code()));
    }
    let days: Vec<(String, String, bool, i64)> = query.load(conn)?;
    for (due, state, late, count) in days {
        let over = Stage::from_code(&state).is_some_and(Stage::is_over);
        let outcome = if over { outcome_of(&state, late) } else { Outcome::Undone };
        if let Some(counts) = place(&due).and_then(|place| found.get_mut(place)) {
            *counts.place(outcome) += u64::try_from(count).unwrap_or(0);
        }
    }
    // What was over before its stretch began does not count in it, and what ended after its moment was not done then: both are few.
    for span in spans.iter().filter(|span| span.from.is_some()) {
        let due = duty::due_on.between(span.first.to_string(), span.last.to_string());
        let mut early = duty::table
            .filter(due)
            .filter(duty::ended_at.lt(beginning(Some(span))))
            .group_by((duty::state, duty::late))
            .select((duty::state, duty::late, count_star()))
            .into_boxed();
        if let Some(agencies) = agencies {
            early = early.filter(duty::agency_id.eq_any(agencies.to_vec()));
        }
        if let Some(kind) = kind {
            early = early.filter(duty::kind.eq(kind.code()));
        }
        let early: Vec<(String, bool, i64)> = early.load(conn)?;
        for (state, late, count) in early {
            if let Some(counts) = place(&span.first.to_string()).and_then(|place| found.get_mut(place)) {
                let of = counts.place(outcome_of(&state, late));
                *of = of.saturating_sub(u64::try_from(count).unwrap_or(0));
            }
        }
    }
    let mut later = duty::table
        .select((duty::agency_id, duty::kind, duty::due_on, duty::state, duty::late))
        .filter(duty::id.eq(""))
        .into_boxed();
    for span in spans {
        if let Some(at) = span.as_of {
            let due = duty::due_on.between(span.first.to_string(), span.last.to_string());
            later = later.or_filter(due.and(duty::ended_at.gt(at.0)));
        }
    }
    type Later = (AgencyId, String, String, String, bool);
    let later: Vec<Later> = later.load(conn)?;
    for (agency, of, due, state, late) in later {
        let asked = agencies.is_none_or(|own| own.contains(&agency)) && kind.is_none_or(|kind| kind.code() == of);
        if let Some(counts) = place(&due).filter(|_| asked).and_then(|place| found.get_mut(place)) {
            let ended = counts.place(outcome_of(&state, late));
            *ended = ended.saturating_sub(1);
            counts.undone += 1;
        }
    }
    Ok(found)
}

/// The duties that somebody asks for, those whose day comes first before the others, and ended ones last.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, asked: &Asked, request: PageRequest) -> Result<Page<Listed>> {
    macro_rules! wanted {
        ($query:expr) => {{
            let mut query = $query.into_boxed();
            if let Some(agencies) = &asked.agencies {
                query = query.filter(duty::agency_id.eq_any(agencies.clone()));
            }
            if let Some(kind) = asked.kind {
                query = query.filter(duty::kind.eq(kind.code()));
            }
            if !asked.stages.is_empty() {
                query = query.filter(duty::state.eq_any(asked.stages.iter().map(|stage| stage.code())));
            }
            if let Some(subject) = &asked.subject {
                query = query.filter(duty::subject.eq(subject.clone()));
            }
            if let Some(span) = &asked.due {
                query = query.filter(duty::due_on.between(span.first.to_string(), span.last.to_string()));
                query = query.filter(duty::ended_at.is_null().or(duty::ended_at.ge(beginning(Some(span)))));
            }
            let by = moment(asked.due.as_ref());
            match asked.outcome {
                None => query,
                Some(Outcome::Undone) => {
                    let never = duty::state.eq(Stage::Excused.code()).and(duty::late.eq(true));
                    query.filter(duty::ended_at.is_null().or(duty::ended_at.gt(by)).or(never))
                }
                Some(Outcome::Excused) => query
                    .filter(duty::ended_at.le(by))
                    .filter(duty::state.eq(Stage::Excused.code()))
                    .filter(duty::late.eq(false)),
                Some(done) => query
                    .filter(duty::ended_at.le(by))
                    .filter(duty::state.eq(Stage::Done.code()))
                    .filter(duty::late.eq(done == Outcome::Late)),
            }
        }};
    }
    let total: i64 = wanted!(duty::table.select(count_star())).first(conn)?;
    let request = request.within(u64::try_from(total).unwrap_or(0));
    type Found = (Row, String, Option<String>, String);
    let rows: Vec<Found> = wanted!(duty::table.inner_join(agency::table).select((
        Row::as_select(),
        agency::name_vi,
        agency::name_en,
        agency::slug
    )))
    .order((duty::ended_at.is_not_null().asc(), duty::due_on.asc(), duty::id.asc()))
    .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
    .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
    .load(conn)?;
    let items = rows
        .into_iter()
        .map(|(row, vi, en, slug)| Ok(Listed { duty: row.read()?, agency: Localized { vi, en }, agency_slug: slug }));
    Ok(Page { items: items.collect::<Result<_>>()?, total: u64::try_from(total).unwrap_or(0), request })
}
