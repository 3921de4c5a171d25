//! What is done about updates: a word that nothing changed, more time, and the round that follows.

use serde_json::json;

use super::form::{AnswerForm, ConfirmForm, ExtensionForm};
use super::model::{Extension, ExtensionState};
use super::query::{gone, latest, obstacle, wanted};
use super::store::{self, Facts};
use crate::access::{Action, may};
use crate::account::{self, Person, Receivers, role};
use crate::audit;
use crate::dataset::{self, Dataset};
use crate::duty::{self, Kind};
use crate::kernel::id::{ConfirmationId, DatasetId, ExtensionId};
use crate::kernel::{Arg, Error, Lang, Problem, Result};
use crate::platform::db::Tx;
use crate::profile::Profile;

/// Keeps what a dataset owes now: called by whatever publishes it, takes it back, or changes what decides its day.
///
/// # Errors
/// `NotFound`; when the database does not answer.
pub fn renew(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<()> {
    let at = tx.ctx().at;
    let today = at.date(profile.province.timezone_minutes);
    let dataset = dataset::by_id(tx.conn(), id)?;
    let facts = store::facts_of(tx.conn(), &dataset, today)?;
    store::end_extensions(tx, id, facts.published.then_some(facts.counts_from))?;
    let owed = wanted(profile, &facts, today);
    duty::renew(tx, profile, (Kind::Update, id.as_str()), owed, &gone(facts.published, at))
}

/// Says of a published dataset that nothing changed in this period, and signs it. Its next round counts from now.
///
/// # Errors
/// `NotFound`; `Forbidden` for whoever may not write its drafts, `unchanged-not-yours` for whoever does so from another agency; `Invalid` as
/// [`ConfirmForm::check`]; `Conflict`: what hinders it ([`Obstacle`](super::Obstacle)), `unchanged-seen` when another round began since the
/// form was shown.
pub fn confirm_unchanged(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, form: &ConfirmForm) -> Result<()> {
    let (person, dataset, facts) = prepare(tx, profile, id)?;
    may(&person, Action::ConfirmUnchanged(profile, &facts.agency)).require()?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    if let Some(obstacle) = obstacle(tx.conn(), profile, &facts, today)? {
        return Err(Error::conflict(Problem::new(obstacle.code())));
    }
    let checked = form.check()?;
    if form.counted != facts.counts_from.0.to_string() {
        return Err(Error::conflict(Problem::new("unchanged-seen")));
    }
    let version = dataset.current_version_id.ok_or_else(Error::not_found)?;
    let new = ConfirmationId::fresh();
    let declared = profile.duty.no_change_check.value.get(Lang::Vi).0.to_owned();
    store::confirm(tx, &new, &facts, &version, (&declared, &checked), &person.account.id)?;
    let detail = json!({ "confirmation": new, "version": version, "counted": { "before": facts.counts_from.0, "after": tx.ctx().at.0 } });
    audit::record(tx, "dataset.confirm-unchanged", "dataset", id.as_str(), detail);
    renew(tx, profile, id)?;
    tx.changed("dataset", id.as_str());
    Ok(())
}

/// Asks for more time in the present round.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`extension-day` and `date-form` on `to`, `extension-reason` and `text-too-long` on `reason`);
/// `Conflict` (`unchanged-not-owed`, `extension-asked`).
pub fn ask_extension(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, form: &ExtensionForm) -> Result<ExtensionId> {
    let (person, dataset, facts) = prepare(tx, profile, id)?;
    let at = tx.ctx().at;
    let today = at.date(profile.province.timezone_minutes);
    let due = facts.counted().timeliness(profile, today).due.filter(|_| facts.published);
    let due = due.ok_or_else(|| Error::conflict(Problem::new("unchanged-not-owed")))?;
    let (to, reason) = form.check(due.max(today), latest(profile, due, today))?;
    if store::extensions(tx.conn(), id)?.iter().any(|one| one.state == ExtensionState::Asked) {
        return Err(Error::conflict(Problem::new("extension-asked")));
    }
    let new = Extension {
        id: ExtensionId::fresh(),
        dataset: id.clone(),
        counted_from: facts.counts_from,
        due_on: due.to_string(),
        to_on: to.to_string(),
        reason,
        state: ExtensionState::Asked,
        asked_by: person.account.id.clone(),
        asked_at: at,
        decided_by: None,
        decided_at: None,
        answer: None,
    };
    store::insert_extension(tx, &new)?;
    let detail = json!({ "extension": new.id, "due": new.due_on, "to": new.to_on });
    audit::record(tx, "extension.ask", "dataset", id.as_str(), detail);
    tell(tx, Receivers::Role(role::COORDINATOR.to_owned()), "extension-asked", &dataset, &new)?;
    Ok(new.id)
}

/// Grants more time.
///
/// # Errors
/// `NotFound`; `Forbidden`, `extension-own` for whoever asked; `Invalid` (`text-too-long` on `answer`); `Conflict` (`extension-decided`;
/// `extension-day-over` once the day that was asked for is over).
pub fn grant_extension(tx: &mut Tx<'_>, profile: &Profile, id: &ExtensionId, form: &AnswerForm) -> Result<DatasetId> {
    decide(tx, profile, id, form, ExtensionState::Granted)
}

/// Refuses more time, with a reason.
///
/// # Errors
/// As [`grant_extension`]; `Invalid` (`extension-answer` on `answer`).
pub fn refuse_extension(tx: &mut Tx<'_>, profile: &Profile, id: &ExtensionId, form: &AnswerForm) -> Result<DatasetId> {
    decide(tx, profile, id, form, ExtensionState::Refused)
}

fn decide(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &ExtensionId,
    form: &AnswerForm,
    to: ExtensionState,
) -> Result<DatasetId> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::GrantExtensions).require()?;
    let asked = store::extension_by_id(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    dataset::lock(tx, &asked.dataset)?;
    if asked.asked_by == person.account.id {
        return Err(Error::forbidden(Problem::new("extension-own")));
    }
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let dataset = dataset::by_id(tx.conn(), &asked.dataset)?;
    let facts = store::facts_of(tx.conn(), &dataset, today)?;
    let answer = form.check(to == ExtensionState::Refused)?;
    let granted = to == ExtensionState::Granted;
    let present = facts.published && facts.counts_from == asked.counted_from;
    if present && granted && asked.state == ExtensionState::Asked && asked.is_day_over(profile, today) {
        return Err(Error::conflict(Problem::new("extension-day-over")));
    }
    if !present || !store::decide(tx, id, to, &person.account.id, answer.as_deref())? {
        return Err(Error::conflict(Problem::new("extension-decided")));
    }
    let detail = json!({ "extension": id, "due": asked.due_on, "to": asked.to_on, "granted": granted });
    audit::record(tx, "extension.decide", "dataset", asked.dataset.as_str(), detail);
    if granted {
        store::extend(tx, &asked.dataset, &asked.to_on)?;
        renew(tx, profile, &asked.dataset)?;
        tx.changed("dataset", asked.dataset.as_str());
    }
    let event = if granted { "extension-granted" } else { "extension-refused" };
    tell(tx, Receivers::Account(asked.asked_by.clone()), event, &dataset, &asked)?;
    Ok(asked.dataset)
}

/// What of a dataset was destroyed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purged {
    /// All of it.
    Whole,
    /// Versions, with what they called it.
    Versions,
    /// Tables of drafts alone.
    Tables,
}

/// After a purge: what people wrote about a dataset goes with it when all of it goes; with a version, of what its rounds are called, all but
/// what it is called today, since the words may be the version's; and what it owes is what it owes now.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn purge(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, purged: Purged) -> Result<()> {
    renew(tx, profile, id)?;
    match purged {
        Purged::Whole => {
            store::purge(tx, id)?;
            duty::forget(tx, Kind::Update, id.as_str(), None)
        }
        Purged::Versions => {
            let called = dataset::by_id(tx.conn(), id)?.title_vi;
            duty::forget(tx, Kind::Update, id.as_str(), Some(&called))
        }
        Purged::Tables => Ok(()),
    }
}

/// Who acts on which dataset; a person who may not see it does not learn that it is there.
fn prepare(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<(Person, Dataset, Facts)> {
    let person = account::acting(tx, profile)?;
    dataset::lock(tx, id)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let dataset = dataset::by_id(tx.conn(), id)?;
    let facts = store::facts_of(tx.conn(), &dataset, today)?;
    may(&person, Action::EditDataset(profile, &facts.agency)).require()?;
    Ok((person, dataset, facts))
}

fn tell(tx: &mut Tx<'_>, to: Receivers, event: &'static str, dataset: &Dataset, about: &Extension) -> Result<()> {
    let args = [
        ("title", Arg::from(dataset.called())),
        ("date", Arg::day(&about.to_on)),
        ("reason", Arg::from(about.reason.as_str())),
    ];
    account::announce(tx, vec![to], event, &args, format!("/internal/datasets/{}/update", dataset.id))
}
