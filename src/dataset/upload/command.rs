//! What is done to uploads.

use serde_json::json;

use super::super::draft::editable_by;
use super::super::store as datasets;
use super::job::READ;
use super::{State, Upload, store};
use crate::access::{Action, may};
use crate::account::{self, Person};
use crate::audit;
use crate::kernel::id::{DatasetId, ResourceId, TableVersionId, UploadId};
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};
use crate::platform::db::{Conn, Tx};
use crate::platform::queue::{self, Job};
use crate::profile::Profile;
use crate::table::ingest::report::{Kind as ColumnKind, Reason};
use crate::table::ingest::{Choices, typing};
use crate::table::{self, Declaration};

/// Uploads of one account that may be on their way at once.
const OPEN: i64 = 20;
/// Characters of a file's name.
const NAME: usize = 200;

/// An upload to be begun.
#[derive(Clone, Debug)]
pub struct Begin {
    /// Into the draft of which dataset.
    pub dataset: DatasetId,
    /// The resource whose next state it is; a new one where there is none.
    pub resource: Option<ResourceId>,
    /// The file's name; folders before it are cut off.
    pub file_name: String,
    /// Bytes that are to come, where that is known.
    pub bytes: Option<u64>,
    /// Bytes that one file may have.
    pub most: u64,
    /// Whether the sender declares that the file holds no state secret.
    pub declared: bool,
}

/// Begins an upload.
///
/// # Errors
/// Refusals `declaration-missing` on `declared`, `upload-name` on `file`, `upload-empty`; `TooLarge` (`upload-too-large` with `most`); `TooMany` (`upload-too-many` with
/// `max`); `Forbidden`; `Conflict` (`dataset-withdrawn`); `NotFound` for a table that the dataset has not.
pub fn begin(tx: &mut Tx<'_>, profile: &Profile, new: Begin) -> Result<Upload> {
    let person = account::acting(tx, profile)?;
    writable(tx, profile, &person, &new.dataset)?;
    if !new.declared {
        return Err(Error::invalid(Problem::new("declaration-missing").on("declared")));
    }
    let name = new.file_name.rsplit(['/', '\\']).next().unwrap_or_default();
    let name: String = nfc(name.trim()).chars().filter(|sign| !sign.is_control()).collect();
    if name.is_empty() || length(&name) > NAME {
        return Err(Error::invalid(Problem::new("upload-name").with("max", NAME).on("file")));
    }
    if new.bytes == Some(0) {
        return Err(Error::invalid(Problem::new("upload-empty").on("file")));
    }
    if new.bytes.is_some_and(|bytes| bytes > new.most) {
        return Err(too_large(new.most));
    }
    if let Some(resource) = &new.resource
        && !datasets::has_resource(tx.conn(), &new.dataset, resource)?
    {
        return Err(Error::not_found());
    }
    if store::open_of(tx.conn(), &person.account.id)? >= OPEN {
        return Err(Error::refused(Kind::TooMany, Problem::new("upload-too-many").with("max", OPEN)));
    }
    let declared = Declaration { by: Some(person.account.id.clone()), at: tx.ctx().at };
    let choices = match &new.resource {
        Some(resource) => earlier(tx.conn(), &new.dataset, resource)?,
        None => Choices::default(),
    };
    let upload = Upload {
        choices,
        resource: new.resource,
        bytes: new.bytes,
        declared: Some(declared),
        ..fresh(tx, &person, new.dataset, name, State::Receiving)
    };
    store::insert(tx, &upload)?;
    // The words may change; what was declared with them stays as it was read.
    let words = &profile.upload.declaration.value.vi;
    let detail = json!({ "upload": upload.id, "file": upload.file_name, "bytes": upload.bytes, "declared": words });
    audit::record(tx, "dataset.upload", "dataset", upload.dataset.as_str(), detail);
    Ok(upload)
}

/// What people decided about the file before: kinds, zeros in front, signs. Which sheet, header or encoding a file has is found out anew.
fn earlier(conn: &mut Conn, dataset: &DatasetId, resource: &ResourceId) -> Result<Choices> {
    let shown = match datasets::draft_of(conn, dataset)? {
        Some(draft) => Some(draft.id),
        None => datasets::by_id(conn, dataset)?.current_version_id,
    };
    let Some(shown) = shown else { return Ok(Choices::default()) };
    let known = datasets::resources_of(conn, &shown)?.into_iter().find(|known| known.resource_id == *resource);
    let Some(known) = known else { return Ok(Choices::default()) };
    let typing = match store::choices_of(conn, &known.table.id)? {
        Some(choices) => choices.typing,
        // Not sent through the portal, or treated by it: what is text by decision stays text.
        None => {
            let columns = known.table.report()?.outcome.columns.into_iter();
            let text = columns.filter(|column| column.kind == ColumnKind::Text && column.reason == Reason::Chosen);
            typing::Choices { kinds: text.map(|column| (column.title, column.kind)).collect(), ..Default::default() }
        }
    };
    Ok(Choices { typing: typing::Choices { earlier: true, ..typing }, ..Choices::default() })
}

fn fresh(tx: &Tx<'_>, person: &Person, dataset: DatasetId, file_name: String, state: State) -> Upload {
    let at = tx.ctx().at;
    Upload {
        id: UploadId::fresh(),
        account: person.account.id.clone(),
        dataset,
        resource: None,
        file_name,
        bytes: None,
        received: 0,
        declared: None,
        state,
        source: None,
        choices: Choices::default(),
        problems: Vec::new(),
        table: None,
        created_at: at,
        changed_at: at,
    }
}

pub(super) fn too_large(most: u64) -> Error {
    Error::refused(Kind::TooLarge, Problem::new("upload-too-large").with("most", most >> 20).on("file"))
}

/// The dataset, if the person may write its drafts.
pub(super) fn writable(tx: &mut Tx<'_>, profile: &Profile, person: &Person, id: &DatasetId) -> Result<()> {
    let dataset = datasets::by_id(tx.conn(), id)?;
    may(person, Action::EditDataset(profile, &dataset.agency_id)).require()?;
    if !editable_by(person, profile, &dataset) {
        return Err(Error::conflict(Problem::new("dataset-withdrawn").with("slug", dataset.slug)));
    }
    Ok(())
}

/// One's own upload.
fn own(tx: &mut Tx<'_>, id: &UploadId) -> Result<Upload> {
    let upload = store::by_id(tx.conn(), id)?;
    if tx.ctx().actor.account() == Some(&upload.account) { Ok(upload) } else { Err(Error::not_found()) }
}

/// Adds a piece whose bytes are in the store under `object`; with the last one of a known whole the reading is ordered. Says how
/// the upload stands.
///
/// # Errors
/// `NotFound` for somebody else's; `Conflict` (`upload-offset`) when the piece does not begin where the last one ended, or no more
/// are taken; `TooLarge` when it is more than was said, or than `most` bytes.
pub fn add_part(tx: &mut Tx<'_>, id: &UploadId, at: u64, bytes: u64, object: &str, most: u64) -> Result<Upload> {
    let upload = own(tx, id)?;
    if at.saturating_add(bytes) > upload.bytes.unwrap_or(most) {
        return Err(too_large(upload.bytes.unwrap_or(most)));
    }
    if !store::add_part(tx, id, at, bytes, object)? {
        return Err(Error::conflict(Problem::new("upload-offset")));
    }
    if upload.bytes == Some(at + bytes) {
        order_reading(tx, id)?;
    }
    store::by_id(tx.conn(), id)
}

/// Says that everything has come, and orders the reading.
///
/// # Errors
/// `NotFound`; `Invalid` (`upload-empty`); `Conflict` (`upload-offset`) when bytes are missing or it is over.
pub fn finish(tx: &mut Tx<'_>, id: &UploadId) -> Result<()> {
    let upload = own(tx, id)?;
    if upload.received == 0 {
        return Err(Error::invalid(Problem::new("upload-empty").on("file")));
    }
    if upload.bytes.is_some_and(|bytes| bytes != upload.received) {
        return Err(Error::conflict(Problem::new("upload-offset")));
    }
    store::set_bytes(tx, id, upload.received)?;
    order_reading(tx, id)
}

fn order_reading(tx: &mut Tx<'_>, id: &UploadId) -> Result<()> {
    if !store::set_state(tx, id, State::Receiving, State::Reading)? {
        return Err(Error::conflict(Problem::new("upload-offset")));
    }
    enqueue(tx, id)
}

fn enqueue(tx: &mut Tx<'_>, id: &UploadId) -> Result<()> {
    queue::enqueue(tx, Job::new(READ, json!({ "upload": id })).key(format!("{READ}:{id}")))?;
    Ok(())
}

/// Gives an upload up; says which objects its pieces were in, for whoever removes them after the commit.
///
/// # Errors
/// `NotFound` for somebody else's; `Conflict` (`upload-over`) once it is being read.
pub fn cancel(tx: &mut Tx<'_>, id: &UploadId) -> Result<Vec<String>> {
    let upload = own(tx, id)?;
    let objects = give_up(tx, id)?.ok_or_else(|| Error::conflict(Problem::new("upload-over")))?;
    let detail = json!({ "upload": id, "file": upload.file_name });
    audit::record(tx, "dataset.cancel-upload", "dataset", upload.dataset.as_str(), detail);
    Ok(objects)
}

fn give_up(tx: &mut Tx<'_>, id: &UploadId) -> Result<Option<Vec<String>>> {
    if !store::set_state(tx, id, State::Receiving, State::Cancelled)? {
        return Ok(None);
    }
    let objects = store::parts_of(tx.conn(), id)?;
    store::remove_parts(tx, id)?;
    Ok(Some(objects))
}

/// Gives up what heard nothing since a moment; says how many there were. Their objects are left over from then on.
///
/// # Errors
/// When the database does not answer.
pub fn lapse(tx: &mut Tx<'_>, before: Timestamp) -> Result<usize> {
    let silent = store::silent_since(tx.conn(), before)?;
    for id in &silent {
        give_up(tx, id)?;
    }
    Ok(silent.len())
}

/// Orders that the original of a table of a draft is read again with other choices.
///
/// # Errors
/// `Forbidden`; `NotFound` for a table that is in no draft; `TooMany` (`upload-too-many`).
pub fn read_again(tx: &mut Tx<'_>, profile: &Profile, id: &TableVersionId, choices: Choices) -> Result<Upload> {
    let person = account::acting(tx, profile)?;
    let (dataset, resource) = datasets::place_in_draft(tx.conn(), id)?.ok_or_else(Error::not_found)?;
    writable(tx, profile, &person, &dataset)?;
    if store::open_of(tx.conn(), &person.account.id)? >= OPEN {
        return Err(Error::refused(Kind::TooMany, Problem::new("upload-too-many").with("max", OPEN)));
    }
    let source = table::by_id(tx.conn(), id)?;
    let bytes = u64::try_from(source.original_bytes).unwrap_or(0);
    let upload = Upload {
        resource: Some(resource),
        bytes: Some(bytes),
        received: bytes,
        source: Some(id.clone()),
        declared: source.declaration(),
        choices,
        ..fresh(tx, &person, dataset, source.original_name, State::Reading)
    };
    store::insert(tx, &upload)?;
    enqueue(tx, &upload.id)?;
    let detail = json!({ "upload": upload.id, "table": id, "choices": upload.choices });
    audit::record(tx, "dataset.read-again", "dataset", upload.dataset.as_str(), detail);
    Ok(upload)
}
