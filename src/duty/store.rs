//! The tables of duties.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::dsl::{case_when, count_star};
use diesel::prelude::*;
use diesel::sql_types::Text;

use super::model::{
    Asked, Count, Days, Due, Duty, Ending, Kind, Listed, Outcome, Outcomes, Raised, Span, Stage, Tally, Wanted,
};
use crate::access::Sight;
use crate::kernel::id::{AgencyId, DutyId};
use crate::kernel::page::{Page, PageRequest};
use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::schema::{agency, dataset, duty, duty_run, plan_item, quarter_duty};

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

/// Takes their names from duties that are called after datasets in quarantine, for a reader who may not know them. The rows keep them: a
/// quarantine may be lifted.
pub(super) fn veil<'a>(conn: &mut Conn, sight: &Sight, duties: impl IntoIterator<Item = &'a mut Duty>) -> Result<()> {
    let Sight::Of(own) = sight else { return Ok(()) };
    let called = duties.into_iter().filter(|duty| matches!(duty.kind, Kind::Update | Kind::PlanItem));
    let mut called: Vec<&mut Duty> = called.collect();
    for duties in called.chunks_mut(PORTION) {
        let subjects: Vec<String> = duties.iter().map(|duty| duty.subject.clone()).collect();
        let closed = dataset::quarantined_at.is_not_null().and(dataset::agency_id.ne_all(own.clone()));
        let mut hidden: Vec<String> = dataset::table
            .filter(dataset::id.eq_any(&subjects))
            .filter(closed.clone())
            .select(dataset::id)
            .load(conn)?;
        let items: Vec<String> = plan_item::table
            .inner_join(dataset::table)
            .filter(plan_item::id.eq_any(&subjects))
            .filter(closed)
            .select(plan_item::id)
            .load(conn)?;
        hidden.extend(items);
        for duty in duties.iter_mut().filter(|duty| hidden.contains(&duty.subject)) {
            duty.title.clear();
        }
    }
    Ok(())
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

/// The rounds of one subject that were done.
pub(super) fn done_of(conn: &mut Conn, kind: Kind, subject: &str) -> Result<Vec<Duty>> {
    read(
        duty::table
            .filter(duty::state.eq(Stage::Done.code()))
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

/// Makes a round that was done one that was not owed; when and by whom it was done stays.
pub(super) fn recall(tx: &mut Tx<'_>, id: &DutyId) -> Result<()> {
    let at = tx.ctx().at.0;
    diesel::update(duty::table.find(id))
        .set((
            duty::state.eq(Stage::Excused.code()),
            duty::ended_how.eq(Some(Ending::RECALLED)),
            duty::late.eq(false),
            duty::changed_at.eq(at),
        ))
        .execute(tx.conn())?;
    Ok(())
}

/// Empties what the rounds of a subject are called, where it is not `but`.
pub(super) fn forget(tx: &mut Tx<'_>, kind: Kind, subject: &str, but: Option<&str>) -> Result<()> {
    let of = duty::table.filter(duty::kind.eq(kind.code())).filter(duty::subject.eq(subject));
    diesel::update(of.filter(duty::title.ne(but.unwrap_or_default()))).set(duty::title.eq("")).execute(tx.conn())?;
    Ok(())
}

/// Of some duties those that are still as they were at a moment: neither ended since nor given other days, which begin their reminders anew.
macro_rules! unchanged {
    ($ids:expr, $at:expr) => {
        duty::table.filter(duty::id.eq_any($ids)).filter(duty::ended_at.is_null()).filter(duty::changed_at.le($at))
    };
}

/// Notes how many reminders some duties have had by now, and says of which: what others changed after the moment of the act stays as they
/// left it.
pub(super) fn set_reminded(tx: &mut Tx<'_>, ids: &[DutyId], times: u32) -> Result<Vec<DutyId>> {
    let (at, times) = (tx.ctx().at.0, i32::try_from(times).unwrap_or(i32::MAX));
    let mut noted = Vec::new();
    for ids in ids.chunks(PORTION) {
        diesel::update(unchanged!(ids, at)).set(duty::reminded.eq(times)).execute(tx.conn())?;
        // They are held now, so that these are the same.
        noted.extend(unchanged!(ids, at).select(duty::id).load::<DutyId>(tx.conn())?);
    }
    Ok(noted)
}

/// Notes up to whom some duties went, and says which, as [`set_reminded`] does.
pub(super) fn set_raised(tx: &mut Tx<'_>, ids: &[DutyId], to: Raised) -> Result<Vec<DutyId>> {
    let at = tx.ctx().at.0;
    let mut noted = Vec::new();
    for ids in ids.chunks(PORTION) {
        diesel::update(unchanged!(ids, at)).set(duty::raised.eq(to.level())).execute(tx.conn())?;
        noted.extend(unchanged!(ids, at).select(duty::id).load::<DutyId>(tx.conn())?);
    }
    Ok(noted)
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

/// What a duty counts as.
fn outcome_of(stage: Stage, late: bool) -> Outcome {
    match (stage, late) {
        (Stage::Done, false) => Outcome::InTime,
        (Stage::Done, true) => Outcome::Late,
        (Stage::Excused, false) => Outcome::Excused,
        _ => Outcome::Undone,
    }
}

/// The condition of those that are due within some days and were not over before.
macro_rules! counting {
    ($span:expr) => {
        duty::due_on
            .between($span.first.to_string(), $span.last.to_string())
            .and(duty::ended_at.is_null().or(duty::ended_at.ge($span.from.0)))
    };
}

/// A question about one of the two tables, of some agencies or of all, of one kind or of every.
macro_rules! bound {
    ($table:ident, $query:expr, $agencies:expr, $kind:expr) => {{
        let mut query = $query.into_boxed();
        if let Some(agencies) = $agencies {
            query = query.filter($table::agency_id.eq_any(agencies.to_vec()));
        }
        if let Some(kind) = $kind {
            query = query.filter($table::kind.eq(Kind::code(kind)));
        }
        query
    }};
}

fn counted(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// Keeps under a name what has become of the duties that are due within some days: from now on that stays, whatever becomes of them.
/// One statement, however many there are.
///
/// # Errors
/// When the name is closed already; when the database does not answer.
pub(crate) fn freeze(tx: &mut Tx<'_>, name: &str, span: &Span) -> Result<usize> {
    // What others wrote while this one waited for its turn is of a later moment.
    let by = tx.ctx().at.0;
    let code = |outcome: Outcome| outcome.code().into_sql::<Text>();
    let outcome = case_when(duty::ended_at.gt(by), code(Outcome::Undone))
        .when(duty::state.eq(Stage::Done.code()).and(duty::late.eq(false)), code(Outcome::InTime))
        .when(duty::state.eq(Stage::Done.code()), code(Outcome::Late))
        .when(duty::state.eq(Stage::Excused.code()).and(duty::late.eq(false)), code(Outcome::Excused))
        .otherwise(code(Outcome::Undone));
    // Those of an agency lie together, as they are asked for.
    let kept = duty::table
        .filter(counting!(span))
        .order((duty::agency_id.asc(), duty::due_on.asc(), duty::id.asc()))
        .select((
            name.into_sql::<Text>(),
            duty::id,
            duty::agency_id,
            duty::kind,
            duty::due_on,
            outcome,
            case_when(duty::ended_at.le(by), duty::ended_at),
            case_when(duty::ended_at.le(by), duty::ended_how),
        ));
    Ok(diesel::insert_into(quarter_duty::table)
        .values(kept)
        .into_columns((
            quarter_duty::quarter_id,
            quarter_duty::duty_id,
            quarter_duty::agency_id,
            quarter_duty::kind,
            quarter_duty::due_on,
            quarter_duty::outcome,
            quarter_duty::ended_at,
            quarter_duty::ended_how,
        ))
        .execute(tx.conn())?)
}

/// What became of duties by the day on which they are due, by agency and by how they ended: of some agencies or of all, of one kind or of
/// every.
///
/// # Errors
/// When the database does not answer.
pub fn tally(conn: &mut Conn, agencies: Option<&[AgencyId]>, kind: Option<Kind>, due: &Due) -> Result<Vec<Tally>> {
    match due {
        Due::Within(span) => {
            type Found = (AgencyId, String, bool, Option<String>, i64);
            let query = duty::table
                .filter(counting!(span))
                .group_by((duty::agency_id, duty::state, duty::late, duty::ended_how))
                .select((duty::agency_id, duty::state, duty::late, duty::ended_how, count_star()));
            let rows: Vec<Found> = bound!(duty, query, agencies, kind).load(conn)?;
            rows.into_iter()
                .map(|(agency, state, late, how, count)| {
                    let stage =
                        Stage::from_code(&state).ok_or_else(|| Error::internal("a duty with an unknown state"))?;
                    let outcome = outcome_of(stage, late);
                    let overdue = outcome == Outcome::Undone && (stage == Stage::Overdue || stage.is_over());
                    Ok(Tally { agency, outcome, how, overdue, count: counted(count) })
                })
                .collect()
        }
        Due::Closed(name) => {
            type Found = (AgencyId, String, Option<String>, i64);
            let query = quarter_duty::table
                .filter(quarter_duty::quarter_id.eq(name))
                .group_by((quarter_duty::agency_id, quarter_duty::outcome, quarter_duty::ended_how))
                .select((quarter_duty::agency_id, quarter_duty::outcome, quarter_duty::ended_how, count_star()));
            let rows: Vec<Found> = bound!(quarter_duty, query, agencies, kind).load(conn)?;
            rows.into_iter()
                .map(|(agency, outcome, how, count)| {
                    let outcome = kept_outcome(&outcome)?;
                    Ok(Tally { agency, outcome, how, overdue: outcome == Outcome::Undone, count: counted(count) })
                })
                .collect()
        }
    }
}

fn kept_outcome(code: &str) -> Result<Outcome> {
    Outcome::from_code(code).ok_or_else(|| Error::internal("a duty that was closed with an unknown outcome"))
}

/// The same by agency alone.
///
/// # Errors
/// When the database does not answer.
pub fn outcomes(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    kind: Option<Kind>,
    due: &Due,
) -> Result<HashMap<AgencyId, Outcomes>> {
    let mut found: HashMap<AgencyId, Outcomes> = HashMap::new();
    for one in tally(conn, agencies, kind, due)? {
        found.entry(one.agency).or_default().add(one.outcome, one.count);
    }
    Ok(found)
}

/// The same of all agencies together, of several stretches of days: one question for all that are closed, and one for each that is not.
///
/// # Errors
/// When the database does not answer.
pub fn outcomes_by_span(
    conn: &mut Conn,
    agencies: Option<&[AgencyId]>,
    kind: Option<Kind>,
    spans: &[Due],
) -> Result<Vec<Outcomes>> {
    let names = spans.iter().filter_map(|due| match due {
        Due::Closed(name) => Some(name.as_str()),
        Due::Within(_) => None,
    });
    let query = quarter_duty::table
        .filter(quarter_duty::quarter_id.eq_any(names.collect::<Vec<_>>()))
        .group_by((quarter_duty::quarter_id, quarter_duty::outcome))
        .select((quarter_duty::quarter_id, quarter_duty::outcome, count_star()));
    let rows: Vec<(String, String, i64)> = bound!(quarter_duty, query, agencies, kind).load(conn)?;
    let mut closed: HashMap<String, Outcomes> = HashMap::new();
    for (name, outcome, count) in rows {
        closed.entry(name).or_default().add(kept_outcome(&outcome)?, counted(count));
    }
    let together = |due: &Due| -> Result<Outcomes> {
        Ok(match due {
            Due::Closed(name) => closed.remove(name).unwrap_or_default(),
            Due::Within(_) => outcomes(conn, agencies, kind, due)?.values().fold(Outcomes::default(), Outcomes::and),
        })
    };
    spans.iter().map(together).collect()
}

/// The duties that somebody asks for, those whose day comes first before the others, and ended ones last; as whoever reads may know them.
///
/// # Errors
/// When the database does not answer.
pub fn list(conn: &mut Conn, asked: &Asked, request: PageRequest) -> Result<Page<Listed>> {
    let mut found = match &asked.due {
        Some(Due::Closed(name)) => list_closed(conn, name, asked, request),
        Some(Due::Within(span)) => list_present(conn, Some(span), asked, request),
        None => list_present(conn, None, asked, request),
    }?;
    veil(conn, &asked.sight, found.items.iter_mut().map(|listed| &mut listed.duty))?;
    Ok(found)
}

/// The part of a list that a page shows: how many there are before it, and how many it has.
fn part(request: PageRequest) -> (i64, i64) {
    (i64::try_from(request.offset()).unwrap_or(i64::MAX), i64::try_from(request.size).unwrap_or(i64::MAX))
}

fn list_present(conn: &mut Conn, span: Option<&Span>, asked: &Asked, request: PageRequest) -> Result<Page<Listed>> {
    macro_rules! wanted {
        ($query:expr) => {{
            let mut query = bound!(duty, $query, &asked.agencies, asked.kind);
            if !asked.stages.is_empty() {
                query = query.filter(duty::state.eq_any(asked.stages.iter().map(|stage| stage.code())));
            }
            if let Some(span) = span {
                query = query.filter(counting!(span));
            }
            if asked.owed {
                query = query.filter(duty::state.ne(Stage::Excused.code()).or(duty::late.eq(true)));
            }
            match asked.outcome {
                None => query,
                Some(Outcome::Undone) => {
                    let never = duty::state.eq(Stage::Excused.code()).and(duty::late.eq(true));
                    query.filter(duty::ended_at.is_null().or(never))
                }
                Some(Outcome::Excused) => {
                    query.filter(duty::state.eq(Stage::Excused.code())).filter(duty::late.eq(false))
                }
                Some(done) => {
                    query.filter(duty::state.eq(Stage::Done.code())).filter(duty::late.eq(done == Outcome::Late))
                }
            }
        }};
    }
    let total: i64 = wanted!(duty::table.select(count_star())).first(conn)?;
    let request = request.within(counted(total));
    let (before, most) = part(request);
    type Found = (Row, String, Option<String>, String);
    let rows: Vec<Found> = wanted!(duty::table.inner_join(agency::table).select((
        Row::as_select(),
        agency::name_vi,
        agency::name_en,
        agency::slug
    )))
    .order((duty::ended_at.is_not_null().asc(), duty::due_on.asc(), duty::id.asc()))
    .offset(before)
    .limit(most)
    .load(conn)?;
    let items = rows.into_iter().map(|(row, vi, en, slug)| {
        Ok(Listed { duty: row.read()?, agency: Localized { vi, en }, agency_slug: slug, outcome: None })
    });
    Ok(Page { items: items.collect::<Result<_>>()?, total: counted(total), request })
}

/// What of a duty was kept.
#[derive(Queryable, Selectable)]
#[diesel(table_name = quarter_duty)]
struct Kept {
    agency_id: AgencyId,
    due_on: String,
    outcome: String,
    ended_at: Option<i64>,
    ended_how: Option<String>,
}

impl Kept {
    /// The row as it stood when it was kept.
    fn over(self, row: Row) -> Result<(Duty, Outcome)> {
        let outcome = kept_outcome(&self.outcome)?;
        let stage = match outcome {
            Outcome::InTime | Outcome::Late => Stage::Done,
            Outcome::Undone if self.ended_at.is_none() => Stage::Overdue,
            Outcome::Undone | Outcome::Excused => Stage::Excused,
        };
        let row = Row {
            agency_id: self.agency_id,
            due_on: self.due_on,
            state: stage.code().to_owned(),
            ended_at: self.ended_at,
            late: self.ended_at.is_some() && matches!(outcome, Outcome::Late | Outcome::Undone),
            ended_how: self.ended_how,
            ..row
        };
        Ok((row.read()?, outcome))
    }
}

fn list_closed(conn: &mut Conn, name: &str, asked: &Asked, request: PageRequest) -> Result<Page<Listed>> {
    macro_rules! wanted {
        ($query:expr) => {{
            let query = $query.filter(quarter_duty::quarter_id.eq(name.to_owned()));
            let mut query = bound!(quarter_duty, query, &asked.agencies, asked.kind);
            if asked.owed {
                query = query.filter(quarter_duty::outcome.ne(Outcome::Excused.code()));
            }
            if let Some(outcome) = asked.outcome {
                query = query.filter(quarter_duty::outcome.eq(outcome.code()));
            }
            query
        }};
    }
    let total: i64 = wanted!(quarter_duty::table.select(count_star())).first(conn)?;
    let request = request.within(counted(total));
    let (before, most) = part(request);
    type Found = (Row, Kept, String, Option<String>, String);
    let rows: Vec<Found> = wanted!(quarter_duty::table.inner_join(duty::table).inner_join(agency::table).select((
        Row::as_select(),
        Kept::as_select(),
        agency::name_vi,
        agency::name_en,
        agency::slug
    )))
    .order((quarter_duty::ended_at.is_not_null().asc(), quarter_duty::due_on.asc(), quarter_duty::duty_id.asc()))
    .offset(before)
    .limit(most)
    .load(conn)?;
    let items = rows.into_iter().map(|(row, kept, vi, en, slug)| {
        let (duty, outcome) = kept.over(row)?;
        Ok(Listed { duty, agency: Localized { vi, en }, agency_slug: slug, outcome: Some(outcome) })
    });
    Ok(Page { items: items.collect::<Result<_>>()?, total: counted(total), request })
}
