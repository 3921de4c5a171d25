//! What people do to drafts through forms.

use serde_json::json;

use super::super::command::{new_draft, refresh_listing, search_text};
use super::super::{ColumnNote, Dataset, Metadata, ResourceVersion, State, Version, query, store};
use super::form::{MetadataForm, NewForm, Part, mark_of};
use crate::access::{Action, may};
use crate::account::{self, Person};
use crate::kernel::id::{DatasetId, ReportId, ResourceId, VersionId};
use crate::kernel::slug::slugify;
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::profile::Profile;
use crate::{agency, audit};

/// Characters of what the dictionary says about a column.
const MEANING: usize = 1000;

/// Enters a new dataset with an empty draft; says its id.
///
/// # Errors
/// As [`NewForm::check`]; `agency-missing` on `agency`; `Forbidden`; `Conflict` (`slug-taken`).
pub fn create(tx: &mut Tx<'_>, profile: &Profile, form: &NewForm) -> Result<DatasetId> {
    create_with(tx, profile, form, |_| Ok(()))
}

/// The same with more that is said of it from the beginning.
///
/// # Errors
/// As [`create`]; what `more` refuses.
pub(in crate::dataset) fn create_with(
    tx: &mut Tx<'_>,
    profile: &Profile,
    form: &NewForm,
    more: impl FnOnce(&mut Metadata) -> Result<()>,
) -> Result<DatasetId> {
    let person = account::acting(tx, profile)?;
    let checked = form.check(profile);
    // Nothing new begins at a body that is over.
    let today = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let Some(owner) = agency::by_slug(tx.conn(), &form.agency)?.filter(|one| !one.is_over(&today)) else {
        let mut problems = checked.err().map(|error| error.problems().to_vec()).unwrap_or_default();
        problems.push(Problem::new("agency-missing").on("agency"));
        return Err(Error::invalid_all(problems));
    };
    checked?;
    may(&person, Action::EditDataset(profile, &owner.id)).require()?;
    let mut metadata = match DatasetId::parse(&form.copy) {
        Some(id) => said_of(tx, &person, &id)?,
        None => Metadata::default(),
    };
    metadata.title.vi = nfc(form.title.trim());
    metadata.topic.clone_from(&form.topic);
    metadata.frequency.clone_from(&form.frequency);
    more(&mut metadata)?;
    let slug = free_slug(tx, form)?;
    let id = DatasetId::fresh();
    store::insert(tx, &id, &slug, &owner.id, &metadata, &search_text(&metadata))?;
    let draft = VersionId::fresh();
    store::insert_draft(tx, &draft, &id, &metadata)?;
    store::touch_draft(tx, &draft)?;
    let detail = json!({ "slug": slug, "agency": owner.id, "after": metadata });
    audit::record(tx, "dataset.create", "dataset", id.as_str(), detail);
    Ok(id)
}

/// What another dataset says, without its English title, which would be wrong for a new one.
fn said_of(tx: &mut Tx<'_>, person: &Person, id: &DatasetId) -> Result<Metadata> {
    let other = store::by_id(tx.conn(), id)?;
    query::require_visible(person, &other)?;
    let version = match &other.current_version_id {
        Some(current) => Some(store::version_by_id(tx.conn(), current)?),
        None => store::draft_of(tx.conn(), id)?,
    };
    let mut metadata = version.map(|version| version.metadata).unwrap_or_default();
    metadata.title.en = None;
    (metadata.from, metadata.to) = (None, None);
    Ok(metadata)
}

/// The slug asked for, or one made of the title that nobody has.
fn free_slug(tx: &mut Tx<'_>, form: &NewForm) -> Result<String> {
    let wanted = form.slug.trim();
    if !wanted.is_empty() {
        if store::by_slug(tx.conn(), wanted)?.is_some() {
            return Err(Error::invalid(Problem::new("slug-taken").with("slug", wanted).on("slug")));
        }
        return Ok(wanted.to_owned());
    }
    let made = slugify(&form.title);
    let stem = if made.is_empty() { "bo-du-lieu" } else { made.as_str() };
    for number in 1..1000 {
        let slug = if number == 1 { stem.to_owned() } else { format!("{stem}-{number}") };
        if store::by_slug(tx.conn(), &slug)?.is_none() {
            return Ok(slug);
        }
    }
    Err(Error::invalid(Problem::new("slug-taken").with("slug", stem).on("slug")))
}

/// Begins a new version as a copy of the current one, unless a draft is there; says which.
///
/// # Errors
/// `Forbidden`; `Conflict` (`dataset-withdrawn`); `NotFound`.
pub fn begin(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<VersionId> {
    let (_, draft) = editable(tx, profile, id)?;
    Ok(draft.id)
}

/// Saves one step of the description.
///
/// # Errors
/// As [`MetadataForm::apply`] and [`begin`]; `correction-note-missing` on `note`; `Conflict` (`draft-saved-meanwhile`) when somebody
/// saved meanwhile.
pub fn save(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, part: Part, form: &MetadataForm) -> Result<()> {
    let (dataset, draft) = editable(tx, profile, id)?;
    if form.seen != mark_of(&draft.metadata, draft.note.as_ref()) {
        return Err(Error::conflict(Problem::new("draft-saved-meanwhile")));
    }
    let (mut metadata, mut note) = (draft.metadata.clone(), draft.note.clone());
    form.apply(part, profile, &mut metadata, &mut note)?;
    if draft.is_correction() && note.is_none() {
        return Err(Error::invalid(Problem::new("correction-note-missing").on("note")));
    }
    if metadata == draft.metadata && note == draft.note {
        return Ok(());
    }
    store::touch_draft(tx, &draft.id)?;
    store::update_draft(tx, &draft.id, &metadata, note.as_ref())?;
    refresh_listing(tx, &dataset, &metadata)?;
    let detail = json!({
        "version": draft.id,
        "before": json!({ "metadata": draft.metadata, "note": draft.note }),
        "after": json!({ "metadata": metadata, "note": note }),
    });
    audit::record(tx, "dataset.edit", "dataset", id.as_str(), detail);
    Ok(())
}

/// Gives a table of the draft another title.
///
/// # Errors
/// As [`begin`]; `title-missing`, `text-too-long` on `title`; `NotFound` for a table that the draft has not.
pub fn retitle(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, of: &ResourceId, title: &Localized) -> Result<()> {
    let vi = title.vi.trim();
    if vi.is_empty() {
        return Err(Error::invalid(Problem::new("title-missing").on("title")));
    }
    if length(vi) > 200 || title.en.as_deref().is_some_and(|en| length(en) > 200) {
        return Err(Error::invalid(Problem::new("text-too-long").with("max", 200_u64).on("title")));
    }
    let en = title.en.as_deref().map(str::trim).filter(|en| !en.is_empty()).map(nfc);
    let title = Localized { vi: nfc(vi), en };
    let (_, draft) = editable(tx, profile, id)?;
    if !store::set_resource_title(tx, &draft.id, of, &title)? {
        return Err(Error::not_found());
    }
    noted(tx, id, &draft, "dataset.edit-table", json!({ "resource": of, "title": title }))
}

/// Takes a table out of the draft; published versions keep theirs.
///
/// # Errors
/// As [`begin`]; `NotFound` for a table that the draft has not.
pub fn remove_resource(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, of: &ResourceId) -> Result<()> {
    let (_, draft) = editable(tx, profile, id)?;
    if !store::remove_resource(tx, &draft.id, of)? {
        return Err(Error::not_found());
    }
    noted(tx, id, &draft, "dataset.remove-table", json!({ "resource": of }))
}

/// Writes the data dictionary of a table of the draft.
///
/// # Errors
/// As [`begin`]; `text-too-long` on the fields of a column; what [`Constraints::checked`](super::super::Constraints::checked) refuses, on `c{place}-{constraint}` with the
/// column's place in the table from 0; `NotFound` for a table that the draft has not.
pub fn describe(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &DatasetId,
    of: &ResourceId,
    notes: &[ColumnNote],
) -> Result<()> {
    for note in notes {
        let texts = [note.meaning.as_ref(), note.unit.as_ref()].into_iter().flatten();
        let texts =
            texts.flat_map(|text| [Some(text.vi.as_str()), text.en.as_deref()]).chain([note.title_en.as_deref()]);
        if texts.flatten().any(|text| length(text) > MEANING) {
            return Err(Error::invalid(Problem::new("text-too-long").with("max", MEANING)));
        }
    }
    let (_, draft) = editable(tx, profile, id)?;
    let before = store::resources_of(tx.conn(), &draft.id)?.into_iter().find(|resource| resource.resource_id == *of);
    let before = before.ok_or_else(Error::not_found)?;
    let notes = constrained(notes, &before)?;
    if before.dictionary == notes {
        return Ok(());
    }
    store::set_dictionary(tx, &draft.id, of, &notes)?;
    let detail = json!({ "resource": of, "before": before.dictionary, "after": notes });
    noted(tx, id, &draft, "dataset.describe", detail)
}

/// The notes with what they want of values in the form that cells are held against.
fn constrained(notes: &[ColumnNote], table: &ResourceVersion) -> Result<Vec<ColumnNote>> {
    let columns = table.table.report()?.outcome.columns;
    let (mut done, mut problems) = (Vec::with_capacity(notes.len()), Vec::new());
    for note in notes {
        let place = columns.iter().position(|column| column.title == note.title);
        // What is said of a column that is gone stays, and is told as missing.
        let Some((place, column)) = place.and_then(|place| Some((place, columns.get(place)?))) else {
            done.push(note.clone());
            continue;
        };
        match note.constraints.clone().checked(column.kind) {
            Ok(constraints) => done.push(ColumnNote { constraints, ..note.clone() }),
            Err(wrong) => problems.extend(wrong.into_iter().map(|problem| {
                let field = format!("c{place}-{}", problem.field.clone().unwrap_or_default());
                problem.on(field)
            })),
        }
    }
    if problems.is_empty() { Ok(done) } else { Err(Error::invalid_all(problems)) }
}

/// Takes all changes of a draft back: it says and holds again what the public sees.
///
/// # Errors
/// As [`begin`]; `Conflict` (`nothing-published`) before the first publication.
pub fn reset(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<()> {
    let (dataset, draft) = editable(tx, profile, id)?;
    let Some(current) = &dataset.current_version_id else {
        return Err(Error::conflict(Problem::new("nothing-published")));
    };
    let current = store::version_by_id(tx.conn(), current)?;
    for resource in store::resources_of(tx.conn(), &draft.id)? {
        store::remove_resource(tx, &draft.id, &resource.resource_id)?;
    }
    let kept = store::resources_of(tx.conn(), &current.id)?;
    for (position, resource) in (0..).zip(&kept) {
        store::keep_resource(tx, &draft.id, position, resource)?;
    }
    store::set_corrects(tx, &draft.id, None)?;
    store::update_draft(tx, &draft.id, &current.metadata, None)?;
    noted(tx, id, &draft, "dataset.reset", json!({ "before": draft.metadata, "after": current.metadata }))
}

/// Says what a draft corrects and what was wrong, or that it is no correction: `voice` knows the reports and calls this.
///
/// # Errors
/// When the database does not answer.
pub(crate) fn set_correction(
    tx: &mut Tx<'_>,
    draft: &Version,
    note: Option<&Localized>,
    corrects: Option<&[ReportId]>,
) -> Result<()> {
    if draft.note.as_ref() == note && draft.corrects.as_deref() == corrects {
        return Ok(());
    }
    // The database wants a correction to have its note, before and after.
    store::set_corrects(tx, &draft.id, None)?;
    store::update_draft(tx, &draft.id, &draft.metadata, note)?;
    store::set_corrects(tx, &draft.id, corrects)?;
    let detail = json!({
        "before": json!({ "note": draft.note, "corrects": draft.corrects }), "after": json!({ "note": note, "corrects": corrects }),
    });
    noted(tx, &draft.dataset_id, draft, "dataset.correct", detail)
}

/// Writes down who changed a draft, and what.
fn noted(
    tx: &mut Tx<'_>,
    id: &DatasetId,
    draft: &Version,
    action: &'static str,
    mut detail: serde_json::Value,
) -> Result<()> {
    store::touch_draft(tx, &draft.id)?;
    detail["version"] = json!(draft.id);
    audit::record(tx, action, "dataset", id.as_str(), detail);
    Ok(())
}

/// Whether a person may write the drafts of a dataset.
pub fn editable_by(person: &Person, profile: &Profile, dataset: &Dataset) -> bool {
    dataset.state() != State::Withdrawn && may(person, Action::EditDataset(profile, &dataset.agency_id)).granted()
}

/// A dataset that the acting person may write, locked, with its draft; a new draft is begun where there is none.
pub(crate) fn editable(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<(Dataset, Version)> {
    let person = account::acting(tx, profile)?;
    store::lock(tx, id)?;
    let dataset = store::by_id(tx.conn(), id)?;
    may(&person, Action::EditDataset(profile, &dataset.agency_id)).require()?;
    if dataset.state() == State::Withdrawn {
        return Err(Error::conflict(Problem::new("dataset-withdrawn").with("slug", dataset.slug)));
    }
    let draft = match store::draft_of(tx.conn(), id)? {
        Some(draft) => draft,
        None => {
            let draft = new_draft(tx, &dataset, None)?;
            store::touch_draft(tx, &draft.id)?;
            audit::record(tx, "dataset.begin", "dataset", id.as_str(), json!({ "version": draft.id }));
            draft
        }
    };
    Ok((dataset, draft))
}
