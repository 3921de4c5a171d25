//! Opening the parts of the program as the settings say.

use std::sync::Arc;

use actix_web::cookie::Key;

use crate::config::Settings;
use crate::discovery::{Index, Vocabulary};
use crate::http::Parts;
use crate::i18n::{Label, Texts};
use crate::kernel::{Clock, Error, Result};
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::platform::mail::Mailer;
use crate::platform::token;
use crate::profile::Profile;

/// Memory of the index writer, in bytes.
const INDEX_MEMORY: usize = 30_000_000;

/// How to open the parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Startup {
    /// The database must be there and up to date.
    Strict,
    /// The database is made and brought up to date.
    Create,
}

/// Opens database, files, index, texts and profile.
///
/// # Errors
/// What each part refuses.
pub fn open_parts(settings: Settings, startup: Startup, clock: Clock) -> Result<Parts> {
    if startup == Startup::Create
        && let Some(path) = settings.database_url.strip_prefix("sqlite:")
        && let Some(parent) = std::path::Path::new(path).parent()
    {
        std::fs::create_dir_all(parent)?;
    }
    let db = Db::open(&settings.database_url, startup == Startup::Create, clock)?;
    match startup {
        Startup::Create => drop(db.migrate()?),
        Startup::Strict => db.require_migrated()?,
    }
    std::fs::create_dir_all(&settings.scratch)?;
    let overrides = settings.overrides.clone();
    let below = |name: &str| overrides.as_ref().map(|folder| folder.join(name)).filter(|folder| folder.is_dir());
    let profile = Profile::load(&settings.profile, below("profiles").as_deref())?;
    let texts = Texts::load(below("locales").as_deref(), &labels(&profile))?;
    let vocabulary = Vocabulary::load(below("search-index").as_deref())?;
    std::fs::create_dir_all(&settings.index)?;
    let index = Index::open(&settings.index, Arc::new(vocabulary), INDEX_MEMORY)?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let mail = Mailer::open(settings.mail.as_ref(), settings.mail_from.as_ref(), settings.mail_ca.as_deref())?;
    Ok(Parts { settings: Arc::new(settings), db, files, index, texts, profile: Arc::new(profile), mail })
}

/// The profile's own labels, which override messages.
fn labels(profile: &Profile) -> Vec<Label> {
    profile
        .labels
        .iter()
        .map(|(id, text)| Label { id: id.clone(), vi: Some(text.vi.clone()), en: text.en.clone() })
        .collect()
}

/// The key that signs session cookies: the setting, or one made once and kept in the scratch folder, readable by its owner only.
pub(super) fn cookie_key(settings: &Settings) -> Result<Key> {
    let hex = match &settings.cookie_key {
        Some(key) => key.clone(),
        None => kept_key(&settings.scratch.join("cookie.key"))?,
    };
    let bytes = hex::decode(hex.trim()).map_err(Error::internal)?;
    if bytes.len() < 64 {
        return Err(Error::internal("the kept cookie key is too short"));
    }
    Ok(Key::from(&bytes))
}

fn kept_key(path: &std::path::Path) -> Result<String> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    if let Ok(key) = std::fs::read_to_string(path) {
        return Ok(key);
    }
    let key = token::fresh()? + &token::fresh()?;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(key.as_bytes())?;
    file.sync_all()?;
    Ok(key)
}
