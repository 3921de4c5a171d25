//! What readers and officers do about reports.

use serde_json::json;

use super::form::answer_of;
use super::letter::{self, About, Reply};
use super::{CorrectionForm, Outcome, Report, ReportForm, State, query, store};
use crate::access::{Action, may};
use crate::account::{self, Receivers, role};
use crate::audit;
use crate::dataset::{self, Dataset, Version, draft};
use crate::kernel::id::{AgencyId, DatasetId, ReportId};
use crate::kernel::{Actor, Arg, Error, Kind, Lang, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::platform::seal::Seal;
use crate::platform::token;
use crate::profile::Profile;

/// What a report is filed with beside its words.
#[derive(Clone, Copy)]
pub struct Filing<'a> {
    /// The province's rules.
    pub profile: &'a Profile,
    /// Seals the reporter's e-mail.
    pub seal: &'a Seal,
    /// The receipt number ([`query::receipt_of`]).
    pub receipt: &'a str,
}

/// Files a report about a published dataset: of anybody, or of somebody signed in, whose agency is then noted. The same receipt number
/// sent twice is one report. No address of the public is written down.
///
/// # Errors
/// As the form names (see [`ReportForm`]); `NotFound`; `Gone` (`withdrawn`) for a withdrawn dataset; `Forbidden`.
pub fn file(tx: &mut Tx<'_>, filing: Filing<'_>, slug: &str, form: &ReportForm) -> Result<ReportId> {
    let hash = token::sha256_hex(filing.receipt);
    if let Some(known) = store::by_receipt(tx.conn(), &hash)? {
        return Ok(known);
    }
    let dataset = match dataset::find_published(tx.conn(), slug)? {
        dataset::Found::Published(dataset) => dataset,
        dataset::Found::Withdrawn(_) => return Err(Error::refused(Kind::Gone, Problem::new("withdrawn"))),
    };
    let by = match tx.ctx().actor {
        Actor::Account(_) => {
            let person = account::acting(tx, filing.profile)?;
            dataset::require_visible(&person, &dataset)?;
            let held = person.held.first().ok_or_else(|| Error::forbidden(Problem::new("forbidden")))?;
            Some((person.account.id.clone(), held.agency.clone()))
        }
        _ => None,
    };
    let said = form.check()?;
    let version = dataset::detail(tx.conn(), &dataset.id, None)?.latest;
    let id = ReportId::fresh();
    // Somebody signed in is told in the portal.
    let reply = match (&said.email, &by) {
        (Some(to), None) => {
            let reply = Reply { to: to.clone(), receipt: filing.receipt.to_owned() };
            Some(reply.close(filing.seal, &About::Report(id.clone()))?)
        }
        _ => None,
    };
    let new = store::New {
        id: &id,
        receipt_hash: &hash,
        dataset: &dataset.id,
        version,
        reply: reply.as_deref(),
        by: by.as_ref(),
    };
    store::insert(tx, &new, &said)?;
    // What people write may name people: the log says that they wrote, and about what.
    let agency = by.as_ref().map(|(_, agency)| agency);
    let detail = json!({ "dataset": dataset.id, "kind": said.kind.code(), "version": version, "agency": agency });
    audit::record(tx, "report.file", "report", id.as_str(), detail);
    let args = [("title", Arg::from(dataset.title_vi.as_str()))];
    account::announce(tx, handlers(filing.profile, &dataset.agency_id), "report-filed", &args, page_of(&id))?;
    Ok(id)
}

/// Takes a report up: its reporter sees that somebody looks at it.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`report-further`).
pub fn take_up(tx: &mut Tx<'_>, profile: &Profile, id: &ReportId) -> Result<()> {
    let (report, dataset) = prepare(tx, profile, id, |state| state == State::New)?;
    store::set_state(tx, id, State::Received)?;
    noted(tx, &report, "report.take-up", State::Received);
    tell_reporter(tx, &report, &dataset, "report-taken-up")
}

/// Says that a report is right: it is an error, and will be corrected.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`report-further`).
pub fn verify(tx: &mut Tx<'_>, profile: &Profile, id: &ReportId) -> Result<()> {
    let (report, dataset) = prepare(tx, profile, id, |state| matches!(state, State::New | State::Received))?;
    store::set_state(tx, id, State::Verified)?;
    noted(tx, &report, "report.verify", State::Verified);
    tell_reporter(tx, &report, &dataset, "report-verified")
}

/// Says that a report is no error, and why: that answers and closes it.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`report-answer-missing`, `text-too-long` on `answer`); `Conflict` (`report-further`).
pub fn reject(tx: &mut Tx<'_>, profile: &Profile, id: &ReportId, answer: &str) -> Result<()> {
    let open = |state| matches!(state, State::New | State::Received | State::Verified);
    let (report, dataset) = prepare(tx, profile, id, open)?;
    let answer = answer_of(answer)?;
    store::add_step(tx, id, State::NotAnError)?;
    close(tx, &report, &dataset, Outcome::NotAnError, &answer)
}

/// Answers and closes a report: one that was corrected, or that wants no correction.
///
/// # Errors
/// As [`reject`].
pub fn answer(tx: &mut Tx<'_>, profile: &Profile, id: &ReportId, answer: &str) -> Result<()> {
    let (report, dataset) = prepare(tx, profile, id, |_| true)?;
    if !query::answerable(&report, &dataset) {
        return Err(Error::conflict(Problem::new("report-further")));
    }
    let answer = answer_of(answer)?;
    let outcome = if report.state == State::Corrected { Outcome::Corrected } else { Outcome::Answered };
    close(tx, &report, &dataset, outcome, &answer)
}

fn close(tx: &mut Tx<'_>, report: &Report, dataset: &Dataset, outcome: Outcome, answer: &str) -> Result<()> {
    let reply = store::reply_of(tx.conn(), &report.id)?;
    store::close(tx, &report.id, outcome, Some(answer))?;
    let detail = json!({
        "dataset": dataset.id, "before": { "state": report.state.code() },
        "after": { "state": State::Closed.code(), "outcome": outcome.code() },
    });
    audit::record(tx, "report.answer", "report", report.id.as_str(), detail);
    if let Some(sealed) = reply {
        let args = [("title", title_for(tx, dataset, report.lang)?.into()), ("answer", answer.into())];
        letter::order(tx, About::Report(report.id.clone()), report.lang, sealed, "closed", &args)?;
    }
    tell_reporter(tx, report, dataset, "report-closed")
}

/// Begins a draft of the report's dataset, or takes the one there is, and says that it corrects the report; says which dataset.
///
/// # Errors
/// `NotFound`; `Forbidden`, also for whoever may not write drafts; `Conflict` (`report-further`, `dataset-withdrawn`).
pub fn begin_correction(tx: &mut Tx<'_>, profile: &Profile, id: &ReportId, note: &str) -> Result<DatasetId> {
    let dataset = store::by_id(tx.conn(), id)?.dataset;
    let (_, draft) = draft::editable(tx, profile, &dataset)?;
    prepare(tx, profile, id, State::is_correctable)?;
    let mut reports = draft.corrects.clone().unwrap_or_default();
    reports.push(id.clone());
    let said = draft.note.clone().unwrap_or_default();
    let form = CorrectionForm {
        seen: draft::mark_of(&draft.metadata, draft.note.as_ref()),
        on: true,
        note: if note.trim().is_empty() { said.vi } else { note.to_owned() },
        note_en: said.en.unwrap_or_default(),
        reports: reports.into_iter().map(|id| id.to_string()).collect(),
    };
    correct(tx, profile, &dataset, &form)?;
    Ok(dataset)
}

/// Says what the draft of a dataset corrects, with the note that the public will read; or that it is no correction. Decisions on what
/// the draft said before count no more.
///
/// # Errors
/// `Forbidden`; `Invalid` (`correction-note-missing`, `text-too-long`, `report-unknown`); `Conflict` (`draft-saved-meanwhile`,
/// `nothing-published` before the first publication, `dataset-withdrawn`).
pub fn correct(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, form: &CorrectionForm) -> Result<()> {
    let (dataset, draft) = draft::editable(tx, profile, id)?;
    if dataset.current_version_id.is_none() {
        return Err(Error::conflict(Problem::new("nothing-published")));
    }
    if form.seen != draft::mark_of(&draft.metadata, draft.note.as_ref()) {
        return Err(Error::conflict(Problem::new("draft-saved-meanwhile")));
    }
    let (note, reports) = form.check()?;
    let known = query::correctable(tx.conn(), id)?;
    let wanted = reports.as_deref().unwrap_or_default();
    if wanted.iter().any(|id| !known.iter().any(|open| open.report.id == *id)) {
        return Err(Error::invalid(Problem::new("report-unknown")));
    }
    draft::set_correction(tx, &draft, note.as_ref(), reports.as_deref())?;
    for open in &known {
        let (report, chosen) = (&open.report, wanted.contains(&open.report.id));
        let next = match (chosen, report.state) {
            (true, State::Correcting) => continue,
            (true, _) => State::Correcting,
            (false, State::Correcting) => State::Verified,
            (false, _) => continue,
        };
        store::set_state(tx, &report.id, next)?;
        noted(tx, report, "report.correct", next);
    }
    Ok(())
}

/// Takes the reports of a dataset out of a draft that says no more that it corrects them.
///
/// # Errors
/// When the database does not answer.
pub fn release(tx: &mut Tx<'_>, id: &DatasetId) -> Result<()> {
    for open in query::correctable(tx.conn(), id)? {
        if open.report.state == State::Correcting && !open.chosen {
            store::set_state(tx, &open.report.id, State::Verified)?;
            noted(tx, &open.report, "report.correct", State::Verified);
        }
    }
    Ok(())
}

/// Settles the reports that a version corrects, in the transaction that publishes it under a number; their reporters are told.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn settle(tx: &mut Tx<'_>, version: &Version, number: i32) -> Result<()> {
    let Some(corrects) = &version.corrects else { return Ok(()) };
    let dataset = dataset::by_id(tx.conn(), &version.dataset_id)?;
    for id in corrects {
        let report = store::by_id(tx.conn(), id)?;
        if report.dataset != dataset.id || report.state != State::Correcting {
            continue;
        }
        store::set_corrected(tx, id, number)?;
        noted(tx, &report, "report.corrected", State::Corrected);
        if let Some(sealed) = store::reply_of(tx.conn(), id)? {
            let note = version.note.clone().unwrap_or_default();
            let title = version.metadata.title.get(report.lang).0.to_owned();
            let args = [
                ("title", title.into()),
                ("number", i64::from(number).into()),
                ("note", note.get(report.lang).0.into()),
            ];
            letter::order(tx, About::Report(report.id.clone()), report.lang, sealed, "corrected", &args)?;
        }
        tell_reporter(tx, &report, &dataset, "report-corrected")?;
    }
    Ok(())
}

/// A report that the acting person handles, locked, at a stage that allows the act.
fn prepare(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &ReportId,
    at: impl FnOnce(State) -> bool,
) -> Result<(Report, Dataset)> {
    let person = account::acting(tx, profile)?;
    lock_row(tx.conn(), "error_report", id.as_str())?;
    let report = store::by_id(tx.conn(), id)?;
    let dataset = dataset::by_id(tx.conn(), &report.dataset)?;
    may(&person, Action::HandleReports(profile, &dataset.agency_id)).require()?;
    if !at(report.state) {
        return Err(Error::conflict(Problem::new("report-further")));
    }
    Ok((report, dataset))
}

fn noted(tx: &mut Tx<'_>, report: &Report, action: &'static str, after: State) {
    let detail = json!({
        "dataset": report.dataset, "before": { "state": report.state.code() }, "after": { "state": after.code() },
    });
    audit::record(tx, action, "report", report.id.as_str(), detail);
}

/// Tells a reporter who was signed in where their report stands.
fn tell_reporter(tx: &mut Tx<'_>, report: &Report, dataset: &Dataset, event: &'static str) -> Result<()> {
    let Some((account, _)) = &report.by else { return Ok(()) };
    let args = [("title", Arg::from(dataset.called()))];
    account::announce(tx, vec![Receivers::Account(account.clone())], event, &args, page_of(&report.id))
}

/// Whoever handles what readers write about an agency's datasets, there.
pub(super) fn handlers(profile: &Profile, owner: &AgencyId) -> Vec<Receivers> {
    let writer = profile.review.steps.first().map(|step| step.role.as_str());
    let roles = writer.into_iter().chain([role::FOCAL_POINT, role::AGENCY_HEAD]);
    roles.map(|role| Receivers::RoleAt(role.to_owned(), owner.clone())).collect()
}

/// What a reporter is told that a dataset is called: what its address says while it is in quarantine.
fn title_for(tx: &mut Tx<'_>, dataset: &Dataset, lang: Lang) -> Result<String> {
    if dataset.quarantined_at.is_some() {
        return Ok(dataset.slug.clone());
    }
    let shown = dataset::detail(tx.conn(), &dataset.id, None)?;
    Ok(shown.title(lang).0.to_owned())
}

/// The page of a report in the internal portal.
fn page_of(id: &ReportId) -> String {
    format!("/internal/reports/{id}")
}
