//! The list of focal points [danh sách đầu mối] of both levels, as the coordinating department compiles it, submits it to the province
//! and enters the decision on it.
//!
//! Invariants: a compiled list is never changed, whatever becomes of the people on it; it goes from *compiled* to *submitted* to
//! *approved* and no other way; the newest list alone is submitted; an approval confirms nobody whom its recorder named.

mod model;
mod store;

use serde::Deserialize;
use serde_json::json;

use super::{acting, confirm, day_of, kind_code, line, optional_line, today};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, role};
use crate::agency;
use crate::audit;
use crate::kernel::id::FocalListId;
use crate::kernel::{Arg, Error, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;
use crate::vocabulary::Level;

pub use model::{FocalList, FocalListRow};
pub use store::{focal_list_by_id, focal_list_rows, focal_lists};

/// Compiles the list as it is now: every agency that takes part, those of the province first, with each kind of focal point that the
/// profile wants. Where the province approves the list, who is nominated stands on it; otherwise who is confirmed.
///
/// # Errors
/// `Forbidden`; `Conflict` (`focal-list-empty` while nobody is named).
pub fn compile_focal_list(tx: &mut Tx<'_>, profile: &Profile) -> Result<FocalListId> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    let day = today(tx, profile);
    let mut agencies = agency::all(tx.conn())?;
    // Two that are compiled at a time would take the same number: whoever compiles waits here, as whoever changes the directory does.
    if let Some(first) = agencies.iter().map(|agency| &agency.id).min() {
        lock_row(tx.conn(), "agency", first.as_str())?;
    }
    let kind_of = |code: &str| profile.agency_kind(code);
    agencies.retain(|agency| {
        let by_duty = kind_of(&agency.kind).is_none_or(|kind| !kind.encouraged);
        !agency.is_over(&day) && agency.valid_from <= day && (by_duty || agency.voluntary)
    });
    let level = |agency: &agency::Agency| kind_of(&agency.kind).map(|kind| kind.level).unwrap_or_default();
    agencies.sort_by_key(|agency| level(agency) == Level::Commune);
    let candidates = store::candidates(tx.conn())?;
    let waiting = profile.focal.needs_approval.value;
    let id = FocalListId::fresh();
    let mut rows = Vec::new();
    for agency in &agencies {
        for kind in &profile.focal.kinds.value {
            let of = |state: &str| {
                candidates.iter().find(|point| {
                    point.agency_id == agency.id && point.kind == kind_code(*kind) && point.state == state
                })
            };
            let named = if waiting { of("nominated").or_else(|| of("active")) } else { of("active") };
            let text = |field: fn(&super::FocalPoint) -> &String| named.map(field).cloned().unwrap_or_default();
            rows.push(FocalListRow {
                list_id: id.clone(),
                position: i32::try_from(rows.len() + 1).unwrap_or(i32::MAX),
                level: level(agency).code().to_owned(),
                agency_id: agency.id.clone(),
                agency_name: agency.name_vi.clone(),
                kind: kind_code(*kind).to_owned(),
                focal_point_id: named.map(|point| point.id.clone()),
                person_name: text(|point| &point.person_name),
                duty: text(|point| &point.position),
                phone: text(|point| &point.phone),
                email: text(|point| &point.email),
            });
        }
    }
    let named = rows.iter().filter(|row| row.focal_point_id.is_some()).count();
    if named == 0 {
        return Err(Error::conflict(Problem::new("focal-list-empty")));
    }
    let number = store::last_number(tx.conn())? + 1;
    store::insert(tx, &id, number, &person.account.id, &rows)?;
    let detail = json!({ "number": number, "rows": rows.len(), "named": named });
    audit::record(tx, "focal-list.compile", "focal-list", id.as_str(), detail);
    Ok(id)
}

/// The form that says that a list was submitted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SubmitForm {
    /// On which day.
    pub submitted_on: String,
    /// The number of the letter that it went with, if it had one.
    pub letter_number: String,
}

/// The list that somebody acts on, locked.
fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &FocalListId, state: &str) -> Result<(Person, FocalList)> {
    let person = acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    lock_row(tx.conn(), "focal_list", id.as_str())?;
    let found = focal_list_by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    if found.state != state {
        return Err(Error::conflict(Problem::new("focal-list-state")));
    }
    Ok((person, found))
}

/// Notes that a list was submitted to whoever approves it.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`date-form`, `day-ahead` on `submitted_on`, `line-too-long` on `letter_number`); `Conflict`
/// (`focal-list-state`; `focal-list-newer` when another was compiled since).
pub fn submit_focal_list(tx: &mut Tx<'_>, profile: &Profile, id: &FocalListId, form: &SubmitForm) -> Result<()> {
    let (person, found) = prepare(tx, profile, id, "compiled")?;
    if store::last_number(tx.conn())? != found.number {
        return Err(Error::conflict(Problem::new("focal-list-newer")));
    }
    let mut problems = Vec::new();
    let day = past_day(tx, profile, &form.submitted_on, "submitted_on", &mut problems);
    let letter = optional_line(&form.letter_number, 100, "line-too-long", "letter_number", &mut problems);
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    store::set_submitted(tx, id, &person.account.id, &day, letter.as_deref())?;
    let detail = json!({ "before": "compiled", "after": "submitted", "date": day, "letter": letter });
    audit::record(tx, "focal-list.submit", "focal-list", id.as_str(), detail);
    Ok(())
}

/// A day that is not ahead of today, ISO 8601.
fn past_day(tx: &Tx<'_>, profile: &Profile, text: &str, field: &'static str, problems: &mut Vec<Problem>) -> String {
    let day = day_of(text).map(|day| day.to_string());
    match &day {
        None => problems.push(Problem::new("date-form").on(field)),
        Some(day) if *day > today(tx, profile) => problems.push(Problem::new("day-ahead").on(field)),
        Some(_) => {}
    }
    day.unwrap_or_default()
}

/// The form that enters the decision on a list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// Its number.
    pub number: String,
    /// Its day.
    pub decided_on: String,
    /// Who signed it.
    pub signer: String,
    /// Where the signed decision can be read; may be left empty.
    pub link: String,
}

/// Whether it is an address of a web page and nothing that runs.
fn is_link(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"'`\\".contains(c);
    host.is_some_and(|rest| rest.contains('.') && !rest.starts_with(['/', '.']))
        && text.chars().all(sound)
        && text.len() <= 500
}

/// Enters the decision that approves a list, and tells its agencies. Who was nominated on it counts from now on by that decision, but for
/// those whom the recorder named, whom another person confirms.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`decision-number-missing` on `number`; `date-form`, `day-ahead`, `period-order` before the
/// submission, on `decided_on`; `signer-missing`; `link-form`); `Conflict` (`focal-list-state`).
pub fn decide_focal_list(tx: &mut Tx<'_>, profile: &Profile, id: &FocalListId, form: &DecisionForm) -> Result<()> {
    let (person, found) = prepare(tx, profile, id, "submitted")?;
    let mut problems = Vec::new();
    let number = line(&form.number, 100, "decision-number-missing", "number", &mut problems);
    let date = past_day(tx, profile, &form.decided_on, "decided_on", &mut problems);
    if !date.is_empty() && found.submitted_on.as_ref().is_some_and(|submitted| date < *submitted) {
        problems.push(Problem::new("period-order").on("decided_on"));
    }
    let signer = line(&form.signer, 150, "signer-missing", "signer", &mut problems);
    let link = Some(form.link.trim()).filter(|link| !link.is_empty());
    if link.is_some_and(|link| !is_link(link)) {
        problems.push(Problem::new("link-form").on("link"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let decided = store::Decided { number: &number, date: &date, signer: &signer, link };
    store::set_approved(tx, id, &person.account.id, &decided)?;
    let rows = focal_list_rows(tx.conn(), id)?;
    let (mut confirmed, mut left) = (0, 0);
    for point in rows.iter().filter_map(|row| row.focal_point_id.as_ref()) {
        lock_row(tx.conn(), "focal_point", point.as_str())?;
        let Some(point) = super::store::by_id(tx.conn(), point)?.filter(|point| point.state == "nominated") else {
            continue;
        };
        if point.nominated_by == person.account.id {
            left += 1;
            continue;
        }
        lock_row(tx.conn(), "agency", point.agency_id.as_str())?;
        confirm(tx, profile, &person, point, (Some(&number), Some(&date)))?;
        confirmed += 1;
    }
    let detail = json!({ "before": "submitted", "after": "approved", "number": number, "date": date,
        "confirmed": confirmed, "left": left });
    audit::record(tx, "focal-list.approve", "focal-list", id.as_str(), detail);
    let mut agencies: Vec<_> = rows.into_iter().map(|row| row.agency_id).collect();
    agencies.dedup();
    let to = agencies.into_iter().flat_map(|agency| {
        [role::FOCAL_POINT, role::AGENCY_HEAD].map(|role| Receivers::RoleAt(role.to_owned(), agency.clone()))
    });
    account::announce(
        tx,
        to.collect(),
        "focal-list-approved",
        &[("list", i64::from(found.number).into()), ("number", number.into()), ("date", Arg::day(&date))],
        format!("/internal/agencies/focal-lists/{id}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_browser_could_run_is_no_link() {
        assert!(is_link("https://vanban.lacdien.example/12-qd-ubnd.pdf") && is_link("http://a.b/c?d=%20"));
        for wrong in [
            "",
            "javascript:alert(1)",
            "https://",
            "https:///x.y",
            "//a.b",
            "ftp://a.b",
            "https://a b.c",
            "https://a.b/\"x",
        ] {
            assert!(!is_link(wrong), "{wrong}");
        }
    }
}
