//! Opening the parts of the program as the settings say.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use actix_web::cookie::Key;
use chrono::NaiveDate;

use crate::calendar;
use crate::config::Settings;
use crate::discovery::{Index, Vocabulary};
use crate::http::Parts;
use crate::i18n::{Label, Texts};
use crate::kernel::{Actor, Clock, Ctx, Error, Result};
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

/// What an act of the operator needs that touches no file of a dataset: the database, up to date, and the profile.
pub(super) struct Ground {
    /// The database.
    pub db: Db,
    /// The profile.
    pub profile: Profile,
}

impl Ground {
    /// Opens it as the settings of the environment say.
    pub(super) fn open() -> Result<Self> {
        let settings = Settings::from_env()?;
        let db = database(&settings)?;
        let profile = with_calendar(&db, profile(&settings)?)?;
        Ok(Self { db, profile })
    }

    /// The circumstances of an act now.
    pub(super) fn ctx(&self, actor: Actor) -> Ctx {
        Ctx::new(actor, self.db.clock().now())
    }

    /// The province's calendar day.
    pub(super) fn day(&self) -> NaiveDate {
        self.db.clock().now().date(self.profile.province.timezone_minutes)
    }

    /// The same, ISO 8601.
    pub(super) fn today(&self) -> String {
        self.day().to_string()
    }
}

/// The database, which must be there and up to date.
pub(super) fn database(settings: &Settings) -> Result<Db> {
    let db = Db::open(&settings.database_url, false, Clock::system())?;
    db.require_migrated()?;
    Ok(db)
}

/// The province's profile as files give it, with the operator's overrides.
pub(super) fn profile(settings: &Settings) -> Result<Profile> {
    Profile::load(&settings.profile, below(settings, "profiles").as_deref())
}

/// The profile with the days off that were entered: the one to count with.
pub(super) fn with_calendar(db: &Db, mut profile: Profile) -> Result<Profile> {
    db.read(|conn| calendar::lay_over(conn, &mut profile))?;
    Ok(profile)
}

/// A folder of the operator's overrides, where there is one.
fn below(settings: &Settings, name: &str) -> Option<PathBuf> {
    settings.overrides.as_ref().map(|folder| folder.join(name)).filter(|folder| folder.is_dir())
}

/// Opens database, files, index, texts and profile.
///
/// # Errors
/// What each part refuses.
pub fn open_parts(settings: Settings, startup: Startup, clock: Clock) -> Result<Parts> {
    if startup == Startup::Create
        && let Some(path) = settings.database_url.strip_prefix("sqlite:")
        && let Some(parent) = Path::new(path).parent()
    {
        std::fs::create_dir_all(parent)?;
    }
    let db = Db::open(&settings.database_url, startup == Startup::Create, clock)?;
    match startup {
        Startup::Create => drop(db.migrate()?),
        Startup::Strict => db.require_migrated()?,
    }
    std::fs::create_dir_all(&settings.scratch)?;
    let profile = with_calendar(&db, profile(&settings)?)?;
    let texts = Texts::load(below(&settings, "locales").as_deref(), &labels(&profile))?;
    let vocabulary = Vocabulary::load(below(&settings, "search-index").as_deref())?;
    std::fs::create_dir_all(&settings.index)?;
    let index = Index::open(&settings.index, Arc::new(vocabulary), INDEX_MEMORY)?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let mail = Mailer::open(settings.mail.as_ref(), settings.mail_from.as_ref(), settings.mail_ca.as_deref())?;
    let program = std::env::current_exe()?.into();
    Ok(Parts { settings: Arc::new(settings), db, files, index, texts, profile: Arc::new(profile), mail, program })
}

/// The profile's own labels, which override messages.
fn labels(profile: &Profile) -> Vec<Label> {
    profile
        .labels
        .iter()
        .map(|(id, rule)| Label { id: id.clone(), vi: Some(rule.value.vi.clone()), en: rule.value.en.clone() })
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

fn kept_key(path: &Path) -> Result<String> {
    if let Ok(key) = std::fs::read_to_string(path) {
        return Ok(key);
    }
    // Whole or not there at all, and one only, however many programs start at once. Temporary files are their owner's alone.
    let mut file = tempfile::NamedTempFile::new_in(path.parent().unwrap_or(path))?;
    file.write_all((token::fresh()? + &token::fresh()?).as_bytes())?;
    file.as_file().sync_all()?;
    match file.persist_noclobber(path) {
        Err(error) if error.error.kind() != ErrorKind::AlreadyExists => Err(error.error.into()),
        _ => Ok(std::fs::read_to_string(path)?),
    }
}
