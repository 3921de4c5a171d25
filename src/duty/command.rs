//! What is written about duties, and the day's turn: reminders, and how far up a late one goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use serde_json::json;

use super::Calendar;
use super::ahead::last_list;
use super::compare::{Step, compare, reached};
use super::model::{Duty, Ending, Kind, Raised, Stage, Turned, Wanted};
use super::store;
use crate::access::Sight;
use crate::account::{self, Receivers, Staff, role};
use crate::audit;
use crate::kernel::id::{AgencyId, DutyId};
use crate::kernel::{Arg, Ctx, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::queue::{self, Lease};
use crate::profile::Profile;

/// Where people see their duties.
const PAGE: &str = "/internal/duties";
/// Where they see those that are late.
const LATE: &str = "/internal/duties?stage=overdue";
/// Where whoever is missing at an agency is entered.
const AGENCIES: &str = "/internal/agencies";

/// Today, in the province.
fn today(tx: &Tx<'_>, profile: &Profile) -> NaiveDate {
    tx.ctx().at.date(profile.province.timezone_minutes)
}

/// Keeps what a subject owes from now on: opens its round, ends an earlier one, or gives it other days. `None` is nothing; what is open
/// then ends as `gone` says.
///
/// # Errors
/// When the database does not answer.
pub fn renew(
    tx: &mut Tx<'_>,
    profile: &Profile,
    (kind, subject): (Kind, &str),
    wanted: Option<Wanted>,
    gone: &Ending,
) -> Result<()> {
    let open = store::open_of(tx.conn(), kind, subject)?;
    let day = (Calendar::of(profile), today(tx, profile));
    write(tx, profile, compare(open, wanted.into_iter().collect(), day, |_| gone.clone()))
}

/// As [`renew`], of a duty that is owed.
///
/// # Errors
/// When the database does not answer.
pub fn put(tx: &mut Tx<'_>, profile: &Profile, wanted: Wanted) -> Result<()> {
    let (subject, gone) = (wanted.subject.clone(), wanted.before.clone());
    renew(tx, profile, (wanted.kind, &subject), Some(wanted), &gone)
}

/// As [`put`], of a round beside which others of the same subject stay open.
///
/// # Errors
/// When the database does not answer.
pub fn put_beside(tx: &mut Tx<'_>, profile: &Profile, wanted: Wanted) -> Result<()> {
    let mut open = store::open_of(tx.conn(), wanted.kind, &wanted.subject)?;
    open.retain(|duty| duty.is_turn(&wanted.turn));
    let (day, before) = ((Calendar::of(profile), today(tx, profile)), wanted.before.clone());
    write(tx, profile, compare(open, vec![wanted], day, |_| before.clone()))
}

/// Ends a round that is open. Says whether one was.
///
/// # Errors
/// When the database does not answer.
pub fn settle(
    tx: &mut Tx<'_>,
    profile: &Profile,
    (kind, subject, turn): (Kind, &str, &str),
    ending: &Ending,
) -> Result<bool> {
    let mut open = store::open_of(tx.conn(), kind, subject)?;
    open.retain(|duty| duty.is_turn(turn));
    let any = !open.is_empty();
    write(tx, profile, open.into_iter().map(|duty| Step::End(duty, ending.clone())).collect())?;
    Ok(any)
}

/// Takes back that a round was done, which is owed again in another one of the same name: it counts once, as that one ends.
///
/// # Errors
/// When the database does not answer.
pub fn recall(tx: &mut Tx<'_>, (kind, subject, turn): (Kind, &str, &str)) -> Result<()> {
    let mut done = store::done_of(tx.conn(), kind, subject)?;
    done.retain(|duty| duty.is_turn(turn));
    for duty in done {
        store::recall(tx, &duty.id)?;
        let mut detail = duty.told();
        detail["state"] = json!({ "before": duty.stage.code(), "after": Stage::Excused.code() });
        detail["how"] = json!({ "before": duty.ended_how, "after": Ending::RECALLED });
        detail["late"] = json!({ "before": duty.late, "after": false });
        audit::record(tx, "duty.recall", "duty", duty.id.as_str(), detail);
    }
    Ok(())
}

/// Empties what the rounds of a subject are called, once what it is about was destroyed; a name that it bears still stays.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn forget(tx: &mut Tx<'_>, kind: Kind, subject: &str, but: Option<&str>) -> Result<()> {
    store::forget(tx, kind, subject, but)
}

/// The rounds of a kind that are not over, by what they are about.
///
/// # Errors
/// When the database does not answer.
pub fn open(conn: &mut Conn, kind: Kind) -> Result<Vec<Duty>> {
    store::open_between(conn, kind, "", None)
}

/// What must be written so that the duties of a kind agree with those that are wanted: of the subjects after one and up to another.
///
/// # Errors
/// When the database does not answer.
pub fn differences(
    conn: &mut Conn,
    kind: Kind,
    (after, upto): (&str, Option<&str>),
    wanted: Vec<Wanted>,
    day: (Calendar<'_>, NaiveDate),
    gone: impl Fn(&Duty) -> Ending,
) -> Result<Vec<Step>> {
    Ok(compare(store::open_between(conn, kind, after, upto)?, wanted, day, gone))
}

/// Writes steps, each with its entry in the log.
///
/// # Errors
/// When the database does not answer.
pub fn write(tx: &mut Tx<'_>, profile: &Profile, steps: Vec<Step>) -> Result<()> {
    for step in steps {
        match step {
            Step::Open(wanted, stage) => {
                let (id, turn) = (DutyId::fresh(), store::turn_name(tx.conn(), &wanted)?);
                store::insert(tx, &id, &wanted, &turn, stage)?;
                let detail = json!({
                    "kind": wanted.kind.code(), "subject": wanted.subject, "turn": turn, "due": wanted.days.due,
                    "agency": wanted.agency, "state": stage.code(), "basis": wanted.basis,
                });
                audit::record(tx, "duty.open", "duty", id.as_str(), detail);
            }
            Step::Change(duty, wanted, stage) => {
                store::change(tx, &duty, &wanted, stage)?;
                let mut detail = duty.told();
                let mut differs = |name: &str, before: serde_json::Value, after: serde_json::Value| {
                    if before != after {
                        detail[name] = json!({ "before": before, "after": after });
                    }
                };
                differs("state", json!(duty.stage.code()), json!(stage.code()));
                differs("from", json!(duty.days.from), json!(wanted.days.from));
                differs("opens", json!(duty.days.opens), json!(wanted.days.opens));
                differs("soon", json!(duty.days.soon), json!(wanted.days.soon));
                differs("due", json!(duty.days.due), json!(wanted.days.due));
                differs("agency", json!(duty.agency), json!(wanted.agency));
                differs("basis", json!(duty.basis), json!(wanted.basis));
                differs("verified", json!(duty.verified), json!(wanted.verified));
                // What it is called may be destroyed some day, and the log keeps all.
                if duty.title != wanted.title {
                    detail["renamed"] = json!(true);
                }
                audit::record(tx, "duty.change", "duty", duty.id.as_str(), detail);
            }
            Step::End(duty, ending) => {
                let after = ending.at.date(profile.province.timezone_minutes) > duty.days.due;
                let late = if ending.done { after } else { ending.is_undone() };
                if store::end(tx, &duty.id, &ending, late)? {
                    let mut detail = duty.told();
                    detail["state"] =
                        json!({ "before": duty.stage.code(), "after": if ending.done { "done" } else { "excused" } });
                    detail["how"] = json!(ending.how);
                    detail["late"] = json!(late);
                    audit::record(tx, "duty.end", "duty", duty.id.as_str(), detail);
                }
            }
        }
    }
    Ok(())
}

/// What one agency is to hear of on a day.
#[derive(Debug, Default)]
struct Told {
    /// By how many reminders they have then had.
    reminded: BTreeMap<u32, Vec<DutyId>>,
    /// Those that its head is to hear of.
    head: Vec<DutyId>,
    /// Those that the coordinating department is to hear of.
    coordinator: Vec<DutyId>,
}

/// Who is to hear of what on a day: of every duty once for each of the profile's reminders that has come since it began, and once when it has
/// been late for so long.
fn due_reminders(duties: &[Duty], profile: &Profile, today: NaiveDate) -> BTreeMap<AgencyId, Told> {
    let (calendar, rules) = (Calendar::of(profile), &profile.duty);
    let mut by_day: BTreeMap<NaiveDate, (u32, Raised)> = BTreeMap::new();
    let mut told: BTreeMap<AgencyId, Told> = BTreeMap::new();
    for duty in duties {
        let due = duty.days.due;
        let on = |days: i64| calendar.add_working_days(due, days);
        let (times, up_to) = *by_day.entry(due).or_insert_with(|| {
            let late_for = |days: u32| today > due && on(i64::from(days)) <= today;
            let up_to = if late_for(rules.coordinator_after_days.value) {
                Raised::Coordinator
            } else if late_for(rules.head_after_days.value) {
                Raised::Head
            } else {
                Raised::Agency
            };
            (reached(&rules.reminder_days.value, today, on), up_to)
        });
        // Days of a short round up to its first one are no reminders of it; what began late is told all the same.
        let before = || reached(&rules.reminder_days.value, duty.days.from, on);
        let news = times > duty.reminded && (due <= duty.days.from || times > before());
        if !news && up_to <= duty.raised {
            continue;
        }
        let heard = told.entry(duty.agency.clone()).or_default();
        if news {
            heard.reminded.entry(times).or_default().push(duty.id.clone());
        }
        if duty.raised < Raised::Head && up_to >= Raised::Head {
            heard.head.push(duty.id.clone());
        }
        if duty.raised < Raised::Coordinator && up_to == Raised::Coordinator {
            heard.coordinator.push(duty.id.clone());
        }
    }
    told
}

/// Whether the reminders that came after the first day of a duty and up to a day were given: for what must not fall on those who were told
/// nothing. A round so short that none comes in it falls on nobody unawares.
pub fn was_reminded(duty: &Duty, profile: &Profile, upto: NaiveDate) -> bool {
    let calendar = Calendar::of(profile);
    let by =
        |day| reached(&profile.duty.reminder_days.value, day, |days| calendar.add_working_days(duty.days.due, days));
    let times = by(upto);
    times <= duty.reminded || times == by(duty.days.from)
}

/// The week in which a day lies, after ISO 8601, so that a later one sorts after an earlier one.
fn week_of(day: NaiveDate) -> String {
    format!("{}-W{:02}", day.iso_week().year(), day.iso_week().week())
}

/// What the coordinating department hears of an agency's duties: in one word with those of the others.
struct Higher {
    agency: AgencyId,
    /// Reminders that nobody at the agency could hear of, by how many it has then had.
    unheard: BTreeMap<u32, Vec<DutyId>>,
    /// What is late for long, or late where no head could hear of it.
    late: Vec<DutyId>,
    /// The roles at the agency that nobody holds.
    vacant: Vec<&'static str>,
}

/// Reminds, tells heads and the coordinating department what is late for long, hands out the weekly lists, and ends the job's turn. What
/// nobody holds the role for goes one rung further up: from the focal points to the head, from there to the coordinating department. What
/// an agency hears and that it heard it are one transaction, so that nothing is told twice however often the work breaks off.
///
/// # Errors
/// `Conflict` (`job-lost`); when the database does not answer.
pub async fn remind(db: &Db, ctx: &Ctx, profile: &Arc<Profile>, lease: &Lease) -> Result<Turned> {
    let today = ctx.at.date(profile.province.timezone_minutes);
    let day = today.to_string();
    let read_on = day.clone();
    let roles = [role::FOCAL_POINT, role::AGENCY_HEAD, role::COORDINATOR];
    let (duties, staff) =
        db.read_async(move |conn| Ok((store::waiting(conn)?, account::staff(conn, &roles, &read_on)?))).await?;
    let told = due_reminders(&duties, profile, today);
    let turned = Turned { waiting: duties.len(), changed: 0, told: told.len() };
    let mut higher: Vec<Higher> = Vec::new();
    for (agency, mut told) in told {
        let [focal_points, heads] = [role::FOCAL_POINT, role::AGENCY_HEAD].map(|role| staff.at(role, &agency));
        let mut up =
            Higher { agency: agency.clone(), unheard: BTreeMap::new(), late: told.coordinator, vacant: vec![] };
        up.vacant.extend((focal_points == 0).then_some(role::FOCAL_POINT));
        up.vacant.extend((heads == 0).then_some(role::AGENCY_HEAD));
        if heads == 0 {
            up.late.append(&mut told.head);
            up.late.sort();
            up.late.dedup();
        }
        let (reminded, persons) =
            if focal_points > 0 { (role::FOCAL_POINT, focal_points) } else { (role::AGENCY_HEAD, heads) };
        if persons == 0 {
            up.unheard = std::mem::take(&mut told.reminded);
        }
        let vacant: Vec<&'static str> = up.vacant.iter().copied().filter(|role| *role == role::FOCAL_POINT).collect();
        if !(up.unheard.is_empty() && up.late.is_empty()) {
            higher.push(up);
        }
        if told.reminded.is_empty() && told.head.is_empty() {
            continue;
        }
        let lease = lease.clone();
        db.write_async(ctx.clone(), move |tx| {
            queue::hold(tx, &lease)?;
            let mut heard: Vec<DutyId> = Vec::new();
            for (times, ids) in &told.reminded {
                heard.extend(store::set_reminded(tx, ids, *times)?);
            }
            let late = store::set_raised(tx, &told.head, Raised::Head)?;
            note(tx, "duty.remind", &agency, (reminded, persons), &vacant, &heard);
            note(tx, "duty.raise", &agency, (role::AGENCY_HEAD, heads), &[], &late);
            let (heard, late) = (present(tx, &heard)?, present(tx, &late)?);
            tell(tx, Receivers::RoleAt(reminded.to_owned(), agency.clone()), ("duty-reminder", PAGE), &heard, &[])?;
            tell(tx, Receivers::RoleAt(role::AGENCY_HEAD.to_owned(), agency), ("duty-head", LATE), &late, &[])
        })
        .await?;
    }
    let list = last_list(Calendar::of(profile), profile.duty.coordinator_weekday.value, today).map(week_of);
    let this_week = week_of(today);
    let lease = lease.clone();
    db.write_async(ctx.clone(), move |tx| {
        queue::hold(tx, &lease)?;
        let coordinator = || Receivers::Role(role::COORDINATOR.to_owned());
        tell_higher(tx, &staff, &higher)?;
        let before = store::last_run(tx.conn())?.map(|(_, week)| week);
        // One of a week to come was sent by a clock that stood ahead, and is not waited for.
        let sent = |list: &String| before.as_ref().is_some_and(|before| list <= before && *before <= this_week);
        let new = list.filter(|list| !sent(list));
        if new.is_some() {
            let near = duties.iter().filter(|duty| matches!(duty.stage, Stage::Soon | Stage::Due | Stage::Overdue));
            let near: Vec<DutyId> = near.map(|duty| duty.id.clone()).collect();
            let mut near = present(tx, &near)?;
            tell(tx, coordinator(), ("duty-week", PAGE), &near, &[])?;
            near.sort_by(|a, b| a.agency.cmp(&b.agency));
            // Heads have that of their own agencies.
            for own in near.chunk_by(|a, b| a.agency == b.agency) {
                let Some(agency) = own.first().map(|duty| &duty.agency) else { continue };
                if staff.at(role::AGENCY_HEAD, agency) > 0 {
                    let head = Receivers::RoleAt(role::AGENCY_HEAD.to_owned(), agency.clone());
                    tell(tx, head, ("duty-week-own", PAGE), own, &[])?;
                }
            }
            // Who is missing where something is late.
            let holds = |role: &str, duty: &Duty| staff.at(role, &duty.agency) > 0;
            near.retain(|duty| {
                let complete = holds(role::FOCAL_POINT, duty) && holds(role::AGENCY_HEAD, duty);
                duty.stage == Stage::Overdue && !complete
            });
            let missing = [("focal-points", role::FOCAL_POINT), ("heads", role::AGENCY_HEAD)]
                .map(|(name, role)| (name, Arg::from(without(&staff, role, &near).len())));
            tell(tx, coordinator(), ("duty-vacant", AGENCIES), &near, &missing)?;
        }
        store::set_run(tx, &day, new.as_deref().or(before.as_deref()).unwrap_or_default())?;
        queue::complete(tx, &lease)
    })
    .await?;
    Ok(turned)
}

/// Tells the coordinating department what is late for long, and which reminders nobody at an agency could hear of.
fn tell_higher(tx: &mut Tx<'_>, staff: &Staff, higher: &[Higher]) -> Result<()> {
    let heard_by = (role::COORDINATOR, staff.anywhere(role::COORDINATOR));
    let (mut unheard, mut late): (Vec<DutyId>, Vec<DutyId>) = (Vec::new(), Vec::new());
    for one in higher {
        let mut noted: Vec<DutyId> = Vec::new();
        for (times, ids) in &one.unheard {
            noted.extend(store::set_reminded(tx, ids, *times)?);
        }
        note(tx, "duty.remind", &one.agency, heard_by, &one.vacant, &noted);
        unheard.append(&mut noted);
        let mut noted = store::set_raised(tx, &one.late, Raised::Coordinator)?;
        // Of what is late for long heads hear, whether there are focal points or not.
        let vacant: Vec<&'static str> = one.vacant.iter().copied().filter(|role| *role == role::AGENCY_HEAD).collect();
        note(tx, "duty.raise", &one.agency, heard_by, &vacant, &noted);
        late.append(&mut noted);
    }
    let coordinator = || Receivers::Role(role::COORDINATOR.to_owned());
    let (unheard, late) = (present(tx, &unheard)?, present(tx, &late)?);
    tell(tx, coordinator(), ("duty-unheard", AGENCIES), &unheard, &[])?;
    let headless = without(staff, role::AGENCY_HEAD, &late).len();
    let heads = if headless == 0 { "told" } else { "missing" };
    tell(
        tx,
        coordinator(),
        ("duty-coordinator", LATE),
        &late,
        &[("heads", heads.into()), ("headless", headless.into())],
    )
}

/// The agencies of some duties at which nobody holds a role.
fn without<'a>(staff: &Staff, role: &str, duties: &'a [Duty]) -> BTreeSet<&'a AgencyId> {
    duties.iter().map(|duty| &duty.agency).filter(|agency| staff.at(role, agency) == 0).collect()
}

/// Writes down that so many people in a role heard of so many of an agency's duties, and which roles at it nobody holds in whose place they
/// did; nothing where they heard of none.
fn note(
    tx: &mut Tx<'_>,
    action: &'static str,
    agency: &AgencyId,
    (role, persons): (&str, usize),
    vacant: &[&str],
    heard: &[DutyId],
) {
    if heard.is_empty() {
        return;
    }
    let mut detail = json!({ "role": role, "persons": persons, "count": heard.len() });
    if !vacant.is_empty() {
        detail["vacant"] = json!(vacant);
    }
    audit::record(tx, action, "agency", agency.as_str(), detail);
}

/// Some duties as far as they are still open, as anybody may know them: a notice stays in inboxes and goes out by mail.
fn present(tx: &mut Tx<'_>, ids: &[DutyId]) -> Result<Vec<Duty>> {
    let mut open = store::still_open(tx.conn(), ids)?;
    store::veil(tx.conn(), &Sight::default(), &mut open)?;
    Ok(open)
}

/// What a return is called: the year and the number of its quarter, and the agency whose return it is where another one took it over.
fn quarter_of(duty: &Duty) -> Option<(&str, i64, Option<&str>)> {
    let (code, of) = duty.return_of()?;
    let (year, number) = code.split_once("-Q")?;
    Some((year, number.parse().ok()?, of))
}

/// Announces some duties: how many stand where, the one whose day comes first, and what else is to be said; with the page that lists them.
fn tell(
    tx: &mut Tx<'_>,
    to: Receivers,
    (event, page): (&'static str, &str),
    open: &[Duty],
    more: &[(&str, Arg)],
) -> Result<()> {
    let Some(first) = open.iter().min_by_key(|duty| (duty.days.due, &duty.id)) else { return Ok(()) };
    let nameless = first.title.is_empty() && matches!(first.kind, Kind::Update | Kind::PlanItem);
    let quarter = quarter_of(first);
    let kind = match quarter {
        Some((.., Some(_))) => "quarter-of",
        Some(_) => "quarter",
        None if nameless => "nameless",
        None => first.kind.code(),
    };
    let (year, number, of) = quarter.unwrap_or_default();
    let count = |stages: &[Stage]| Arg::from(open.iter().filter(|duty| stages.contains(&duty.stage)).count());
    let agencies: BTreeSet<&AgencyId> = open.iter().map(|duty| &duty.agency).collect();
    let mut args = vec![
        ("overdue", count(&[Stage::Overdue])),
        ("due", count(&[Stage::Due, Stage::Soon, Stage::Open])),
        ("agencies", Arg::from(agencies.len())),
        ("kind", kind.into()),
        ("title", first.title.as_str().into()),
        ("number", number.into()),
        ("year", year.into()),
        ("of", of.unwrap_or_default().into()),
        ("date", first.days.due.into()),
    ];
    args.extend_from_slice(more);
    account::announce(tx, vec![to], event, &args, page.to_owned())
}
