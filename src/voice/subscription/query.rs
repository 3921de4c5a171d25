//! What is followed, and what it is called.

use super::model::{Scope, Subscription};
use super::{OPEN, SubscribeForm, store};
use crate::agency;
use crate::dataset::{self, Found, State};
use crate::kernel::id::SubscriptionId;
use crate::kernel::{Error, Kind, Localized, Problem, Result, Timestamp};
use crate::platform::db::Conn;
use crate::platform::token;
use crate::profile::Profile;

/// What a form wants to follow; the first that it names.
///
/// # Errors
/// `NotFound` for what there is not; `Gone` (`withdrawn`) for a withdrawn dataset.
pub fn scope_of(conn: &mut Conn, profile: &Profile, form: &SubscribeForm) -> Result<Scope> {
    if !form.dataset.is_empty() {
        return match dataset::find_published(conn, &form.dataset)? {
            Found::Published(dataset) => Ok(Scope::Dataset(dataset.id)),
            Found::Withdrawn(_) => Err(Error::refused(Kind::Gone, Problem::new("withdrawn"))),
        };
    }
    if !form.agency.is_empty() {
        return agency::by_slug(conn, &form.agency)?
            .map(|agency| Scope::Agency(agency.id))
            .ok_or_else(Error::not_found);
    }
    if !form.topic.is_empty() {
        let topic = profile.topic(&form.topic).ok_or_else(Error::not_found)?;
        return Ok(Scope::Topic(topic.code.clone()));
    }
    Ok(Scope::All)
}

/// What is followed is called so, and has this page (without language); the portal itself where all data are, nothing of a dataset in
/// quarantine but its address.
///
/// # Errors
/// `NotFound` for what there is no more; when the database does not answer.
pub fn named(conn: &mut Conn, profile: &Profile, scope: &Scope) -> Result<(Localized, String)> {
    match scope {
        Scope::All => Ok((profile.portals.public.clone(), "/dataset".to_owned())),
        Scope::Agency(id) => {
            let agency = agency::by_id(conn, id)?.ok_or_else(Error::not_found)?;
            Ok((agency.names(), format!("/organization/{}", agency.slug)))
        }
        Scope::Topic(code) => {
            // A topic that the profile has no more is called by its code.
            let found = profile.topic(code);
            let name = found.map_or_else(|| Localized { vi: code.clone(), en: None }, |topic| topic.name.clone());
            Ok((name, if found.is_some() { format!("/topic/{code}") } else { "/topic".to_owned() }))
        }
        Scope::Dataset(id) => {
            let shown = dataset::detail(conn, id, None)?;
            let title = match shown.dataset.quarantined_at {
                Some(_) => Localized { vi: shown.dataset.slug.clone(), en: None },
                None => shown.version.metadata.title,
            };
            Ok((title, format!("/dataset/{}", shown.dataset.slug)))
        }
    }
}

/// What the holder of a key follows, or has asked for not too long ago: a dataset that was withdrawn meanwhile is followed by nobody new.
///
/// # Errors
/// `NotFound`; when the database does not answer.
pub fn find(conn: &mut Conn, key: &str, now: Timestamp) -> Result<Subscription> {
    let found = store::by_key(conn, &token::sha256_hex(key))?.filter(|one| !is_over(one, now));
    let found = found.ok_or_else(Error::not_found)?;
    match &found.scope {
        Scope::Dataset(id) if found.confirmed_at.is_none() => match dataset::by_id(conn, id)?.state() {
            State::Withdrawn => Err(Error::not_found()),
            _ => Ok(found),
        },
        _ => Ok(found),
    }
}

/// Whether the letter that asked was not answered in time.
pub(super) fn is_over(one: &Subscription, now: Timestamp) -> bool {
    one.confirmed_at.is_none() && one.asked_at.plus_seconds(OPEN) <= now
}

/// Whether a subscription is still there: letters that wait are for nobody once it is ended.
///
/// # Errors
/// When the database does not answer.
pub fn is_there(conn: &mut Conn, id: &SubscriptionId) -> Result<bool> {
    Ok(store::by_id(conn, id)?.is_some())
}
