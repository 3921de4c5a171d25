//! What is done to lists.

use serde_json::json;

use super::super::draft::{self, NewForm, Part};
use super::{Content, Entered, Headings, List, query, store};
use crate::access::{Action, may};
use crate::account;
use crate::kernel::id::{DatasetId, InventoryId};
use crate::kernel::{Error, Problem, Result, Timestamp};
use crate::platform::db::Tx;
use crate::profile::Profile;
use crate::{agency, audit};

/// A list that was read.
#[derive(Clone, Debug)]
pub struct Keep {
    /// The slug of the agency whose datasets they are.
    pub agency: String,
    /// The file's name.
    pub file_name: String,
    /// Whether the sender declares that the file holds no state secret.
    pub declared: bool,
    /// What it holds.
    pub content: Content,
}

/// Which rows are entered, and what is said of those that do not say it themselves.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// The rows, from 1.
    pub rows: Vec<usize>,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
}

/// Keeps a list until somebody enters it.
///
/// # Errors
/// `Invalid` (`declaration-missing` on `declared`, `agency-missing` on `agency`); `Forbidden`.
pub fn keep(tx: &mut Tx<'_>, profile: &Profile, new: Keep) -> Result<InventoryId> {
    let person = account::acting(tx, profile)?;
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let owner = agency::by_slug(tx.conn(), &new.agency)?
        .filter(|one| !one.is_over(&today))
        .ok_or_else(|| Error::invalid(Problem::new("agency-missing").on("agency")))?;
    may(&person, Action::EditDataset(profile, &owner.id)).require()?;
    if !new.declared {
        return Err(Error::invalid(Problem::new("declaration-missing").on("declared")));
    }
    let list = List {
        id: InventoryId::fresh(),
        account: person.account.id,
        agency: owner.id,
        file_name: new.file_name,
        content: new.content,
        created_at: tx.ctx().at,
        entered: None,
    };
    store::insert(tx, &list)?;
    let words = &profile.upload.declaration.value.vi;
    let detail =
        json!({ "agency": list.agency, "file": list.file_name, "rows": list.content.rows.len(), "declared": words });
    audit::record(tx, "dataset.read-list", "inventory", list.id.as_str(), detail);
    Ok(list.id)
}

/// Enters the chosen rows of a list as drafts.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`list-entered`); `Invalid`: `list-nothing-chosen` on `rows`, `list-row` (`row`) for one that
/// cannot be entered, `topic-missing` and `frequency-missing` where a chosen row lacks them and nothing is said for all.
pub fn enter(
    tx: &mut Tx<'_>,
    profile: &Profile,
    names: &Headings,
    id: &InventoryId,
    wish: &Wish,
) -> Result<Vec<Entered>> {
    let person = account::acting(tx, profile)?;
    let list = store::by_id(tx.conn(), id)?;
    may(&person, Action::EditDataset(profile, &list.agency)).require()?;
    if !store::claim(tx, id)? {
        return Err(Error::conflict(Problem::new("list-entered")));
    }
    let owner = agency::by_id(tx.conn(), &list.agency)?.ok_or_else(Error::not_found)?;
    let lines = query::understood(tx.conn(), profile, &list, names)?.lines;
    let chosen: Vec<_> = lines.into_iter().filter(|line| wish.rows.contains(&line.row)).collect();
    let mut problems = Vec::new();
    if chosen.is_empty() {
        problems.push(Problem::new("list-nothing-chosen").on("rows"));
    }
    let unsound = chosen.iter().filter(|line| !line.is_sound());
    problems.extend(unsound.map(|line| Problem::new("list-row").with("row", line.row).on(format!("r{}", line.row))));
    let (topic, frequency) = (profile.topic(&wish.topic), profile.frequency(&wish.frequency));
    if topic.is_none() && chosen.iter().any(|line| line.form.topic.is_empty()) {
        problems.push(Problem::new("topic-missing").on("topic"));
    }
    if frequency.is_none() && chosen.iter().any(|line| line.form.frequency.is_empty()) {
        problems.push(Problem::new("frequency-missing").on("frequency"));
    }
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let mut entered = Vec::new();
    for line in chosen {
        let mut form = line.form;
        if let Some(topic) = topic.filter(|_| form.topic.is_empty()) {
            form.topic.clone_from(&topic.code);
        }
        if let Some(frequency) = frequency.filter(|_| form.frequency.is_empty()) {
            form.frequency.clone_from(&frequency.code);
        }
        let new = NewForm {
            title: form.title.clone(),
            agency: owner.slug.clone(),
            topic: form.topic.clone(),
            frequency: form.frequency.clone(),
            ..NewForm::default()
        };
        let dataset = draft::create_with(tx, profile, &new, |metadata| {
            let parts = [Part::About, Part::Sorting, Part::Coverage];
            parts.into_iter().try_for_each(|part| form.apply(part, profile, metadata, &mut None))
        })?;
        entered.push(Entered { row: line.row, dataset, title: form.title });
    }
    store::set_entered(tx, id, &entered)?;
    let ids: Vec<&DatasetId> = entered.iter().map(|one| &one.dataset).collect();
    let detail = json!({ "agency": list.agency, "file": list.file_name, "datasets": ids });
    audit::record(tx, "dataset.enter-list", "inventory", id.as_str(), detail);
    Ok(entered)
}

/// Removes lists that came before a moment; says how many there were. What was entered stays.
///
/// # Errors
/// When the database does not answer.
pub fn lapse(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize> {
    store::remove_before(tx, before)
}
