//! What readers and officers do about requests for data.

use serde_json::{Map, Value, json};

use super::form::Answered;
use super::{AnswerForm, AskForm, DataRequest, Event, Outcome, ShowForm, State, query, store};
use crate::access::{Action, may};
use crate::account::{self, Receivers, role};
use crate::agency;
use crate::audit;
use crate::dataset;
use crate::kernel::id::{AgencyId, DataRequestId};
use crate::kernel::{Actor, Arg, Error, Kind, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::platform::token;
use crate::profile::Profile;
use crate::voice::command::handlers;
use crate::voice::letter::{self, About, Reply};

pub use crate::voice::command::Filing;

/// Files a request of anybody. The same receipt number sent twice is one request. No address of the public is written down.
///
/// # Errors
/// As the form names (see [`AskForm`]); `Invalid` (`ask-agency-unknown` on `agency`).
pub fn file(tx: &mut Tx<'_>, filing: Filing<'_>, form: &AskForm) -> Result<DataRequestId> {
    let hash = token::sha256_hex(filing.receipt);
    if let Some(known) = store::by_receipt(tx.conn(), &hash)? {
        return Ok(known);
    }
    if !matches!(tx.ctx().actor, Actor::Public) {
        return Err(Error::forbidden(Problem::new("forbidden")));
    }
    let said = form.check()?;
    let agency = match &said.agency {
        Some(slug) => Some(agency_of(tx, filing.profile, slug)?),
        None => None,
    };
    let id = DataRequestId::fresh();
    let reply = match &said.email {
        Some(to) => {
            let reply = Reply { to: to.clone(), receipt: filing.receipt.to_owned() };
            Some(reply.close(filing.seal, &About::Request(id.clone()))?)
        }
        None => None,
    };
    store::insert(tx, &id, &hash, &said, agency.as_ref(), reply.as_deref())?;
    // What people write may name people: the log says that they wrote.
    audit::record(tx, "ask.file", "data-request", id.as_str(), json!({ "agency": agency }));
    let mut to = vec![Receivers::Role(role::COORDINATOR.to_owned())];
    to.extend(agency.iter().flat_map(|agency| handlers(filing.profile, agency)));
    account::announce(tx, to, "ask-filed", &[], page_of(&id))?;
    Ok(id)
}

/// Counts one more who needs what a request asks for. Who it is nobody knows; whoever serves the public bounds how often it is said.
///
/// # Errors
/// `NotFound`; `Conflict` (`ask-further`) for one that is over.
pub fn support(tx: &mut Tx<'_>, number: i32) -> Result<()> {
    let request = store::by_number(tx.conn(), number)?;
    if request.state == State::Closed {
        return Err(Error::conflict(Problem::new("ask-further")));
    }
    store::add_supporters(tx, &request.id, 1)
}

/// Lets a request's words out to the public, as the asker wrote them or in other words; or mends what is out.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`ask-wanted-missing`, `ask-personal`, `text-too-long`); `Conflict` (`ask-further`) for spam and what
/// was merged.
pub fn show(tx: &mut Tx<'_>, profile: &Profile, id: &DataRequestId, form: &ShowForm) -> Result<()> {
    let request = prepare(tx, profile, id)?;
    if matches!(request.outcome, Some(Outcome::Spam | Outcome::Merged)) {
        return Err(Error::conflict(Problem::new("ask-further")));
    }
    let (title, words) = form.check()?;
    let number = match &request.shown {
        Some(shown) => shown.number,
        None => store::next_number(tx)?,
    };
    store::show(tx, id, number, &title, words.as_deref())?;
    if request.shown.is_none() {
        store::add_step(tx, id, Event::Shown)?;
    }
    noted(tx, &request, "ask.show")?;
    tx.changed("data-request", id.as_str());
    Ok(())
}

/// Says that a request asks for nothing: its words are hidden for good, and nobody is written to.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`ask-further`).
pub fn set_aside(tx: &mut Tx<'_>, profile: &Profile, id: &DataRequestId) -> Result<()> {
    let request = open(prepare(tx, profile, id)?)?;
    let end = store::End { outcome: Some(Outcome::Spam), ..store::End::default() };
    store::end(tx, id, &end)?;
    noted(tx, &request, "ask.set-aside")?;
    if request.shown.is_some() {
        tx.changed("data-request", id.as_str());
    }
    Ok(())
}

/// Says which agency is to answer; its people are told.
///
/// # Errors
/// `NotFound`; `Forbidden` for everybody but the coordinating department; `Invalid` (`ask-agency-unknown` on `agency`); `Conflict`
/// (`ask-further`).
pub fn assign(tx: &mut Tx<'_>, profile: &Profile, id: &DataRequestId, slug: &str) -> Result<()> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::ManageAgencies).require()?;
    let request = open(prepare(tx, profile, id)?)?;
    let agency = agency_of(tx, profile, slug)?;
    store::assign(tx, id, &agency)?;
    noted(tx, &request, "ask.assign")?;
    tx.changed("data-request", id.as_str());
    let args = [("title", Arg::from(request.title()))];
    account::announce(tx, handlers(profile, &agency), "ask-assigned", &args, page_of(id))
}

/// Answers a request: a dataset holds the data, it will be published by a day, it cannot be, or another request asks for the same. All but
/// a promise close it; whoever left an address is written to.
///
/// # Errors
/// `NotFound`; `Forbidden`; as the form names; `Invalid` (`ask-dataset-unknown`, `ask-into-unknown`, `ask-agency-first`); `Conflict`
/// (`ask-further`).
pub fn answer(tx: &mut Tx<'_>, profile: &Profile, id: &DataRequestId, form: &AnswerForm) -> Result<()> {
    let request = open(prepare(tx, profile, id)?)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let (said, words) = form.check(today, |code| profile.refusal(code).is_some())?;
    let reply = store::reply_of(tx.conn(), id)?;
    let mut end = store::End { answer: words.as_deref(), ..store::End::default() };
    let mut args: Vec<(&str, Arg)> =
        vec![("title", request.title().into()), ("answer", words.as_deref().unwrap_or_default().into())];
    let code = match &said {
        Answered::Published { slug } => {
            let unknown = || Error::invalid(Problem::new("ask-dataset-unknown").on("dataset"));
            let found = match dataset::find_published(tx.conn(), slug) {
                Ok(dataset::Found::Published(found)) => found,
                Ok(dataset::Found::Withdrawn(_)) => return Err(unknown()),
                Err(error) if error.kind() == Kind::NotFound => return Err(unknown()),
                Err(error) => return Err(error),
            };
            let title = dataset::detail(tx.conn(), &found.id, None)?.version.metadata.title;
            args.push(("dataset", title.get(request.lang).0.into()));
            end.outcome = Some(Outcome::Published);
            end.dataset = Some(found.id);
            "published"
        }
        Answered::Planned { on } => {
            if request.agency.is_none() {
                return Err(Error::invalid(Problem::new("ask-agency-first").on("kind")));
            }
            args.push(("day", (*on).into()));
            end.promised_on = Some(on.to_string());
            "planned"
        }
        Answered::Refused { code } => {
            let reason = profile.refusal(code).map(|reason| reason.name.clone()).unwrap_or_default();
            args.push(("reason", reason.get(request.lang).0.into()));
            end.outcome = Some(Outcome::Refused);
            end.refusal = Some(code);
            "refused"
        }
        Answered::Merged { into } => {
            let unknown = || Error::invalid(Problem::new("ask-into-unknown").on("into"));
            let target = match store::by_number(tx.conn(), *into) {
                Ok(target) => target,
                Err(error) if error.kind() == Kind::NotFound => return Err(unknown()),
                Err(error) => return Err(error),
            };
            if target.id == *id || matches!(target.outcome, Some(Outcome::Merged | Outcome::Spam)) {
                return Err(unknown());
            }
            lock_row(tx.conn(), "data_request", target.id.as_str())?;
            store::add_supporters(tx, &target.id, request.supporters)?;
            args.push(("into", target.title().into()));
            end.outcome = Some(Outcome::Merged);
            end.merged_into = Some(target.id);
            "merged"
        }
    };
    store::end(tx, id, &end)?;
    noted(tx, &request, "ask.answer")?;
    tx.changed("data-request", id.as_str());
    match reply {
        Some(sealed) => letter::order(tx, About::Request(id.clone()), request.lang, sealed, code, &args),
        None => Ok(()),
    }
}

/// A request that the acting person handles, locked.
fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &DataRequestId) -> Result<DataRequest> {
    let person = account::acting(tx, profile)?;
    lock_row(tx.conn(), "data_request", id.as_str())?;
    let request = store::by_id(tx.conn(), id)?;
    query::may_handle(&person, profile, &request)?;
    Ok(request)
}

/// One that is not over.
fn open(request: DataRequest) -> Result<DataRequest> {
    match request.state {
        State::Closed => Err(Error::conflict(Problem::new("ask-further"))),
        _ => Ok(request),
    }
}

fn agency_of(tx: &mut Tx<'_>, profile: &Profile, slug: &str) -> Result<AgencyId> {
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let found = agency::by_slug(tx.conn(), slug)?.filter(|agency| !agency.is_over(&today));
    found.map(|agency| agency.id).ok_or_else(|| Error::invalid(Problem::new("ask-agency-unknown").on("agency")))
}

/// Writes down what of a request is other than it was before.
fn noted(tx: &mut Tx<'_>, before: &DataRequest, action: &'static str) -> Result<()> {
    let after = store::by_id(tx.conn(), &before.id)?;
    let (mut was, mut is) = (Map::new(), Map::new());
    for ((name, old), (_, new)) in facts(before).into_iter().zip(facts(&after)) {
        if old != new {
            was.insert(name.to_owned(), old);
            is.insert(name.to_owned(), new);
        }
    }
    audit::record(tx, action, "data-request", before.id.as_str(), json!({ "before": was, "after": is }));
    Ok(())
}

/// What officers say of a request, by the names that entries give it. What the asker wrote is not among it.
fn facts(request: &DataRequest) -> [(&'static str, Value); 11] {
    let shown = request.shown.as_ref();
    [
        ("number", json!(shown.map(|shown| shown.number))),
        ("title", json!(shown.map(|shown| &shown.title))),
        ("words", json!(shown.and_then(|shown| shown.words.as_ref()))),
        ("agency", json!(request.agency)),
        ("state", json!(request.state.code())),
        ("outcome", json!(request.outcome.map(Outcome::code))),
        ("answer", json!(request.answer)),
        ("refusal", json!(request.refusal)),
        ("dataset", json!(request.dataset)),
        ("promised_on", json!(request.promised_on.map(|day| day.to_string()))),
        ("merged_into", json!(request.merged_into)),
    ]
}

/// The page of a request in the internal portal.
fn page_of(id: &DataRequestId) -> String {
    format!("/internal/data-requests/{id}")
}
