//! Questions that need more than one look into the tables.

use super::{Found, Published, State, store};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Result};
use crate::platform::db::Conn;

/// What the public finds at a slug; a draft is nothing.
///
/// # Errors
/// `NotFound`.
pub fn find_published(conn: &mut Conn, slug: &str) -> Result<Found> {
    let dataset = store::by_slug(conn, slug)?.ok_or_else(Error::not_found)?;
    match dataset.state() {
        State::Published => Ok(Found::Published(Box::new(dataset))),
        State::Withdrawn => Ok(Found::Withdrawn(Box::new(dataset))),
        State::Draft => Err(Error::not_found()),
    }
}

/// A published dataset with one of its versions: the current one, or the one with a number.
///
/// # Errors
/// `NotFound` when there is no such published version.
pub fn detail(conn: &mut Conn, id: &DatasetId, number: Option<i32>) -> Result<Published> {
    let dataset = store::by_id(conn, id)?;
    let current = dataset.current_version_id.clone().ok_or_else(Error::not_found)?;
    let current = store::version_by_id(conn, &current)?;
    let latest = current.number.ok_or_else(Error::not_found)?;
    let version = match number {
        Some(number) if number != latest => store::version_by_number(conn, id, number)?.ok_or_else(Error::not_found)?,
        _ => current,
    };
    let resources = store::resources_of(conn, &version.id)?;
    Ok(Published { dataset, version, latest, resources })
}
