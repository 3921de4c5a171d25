//! What the program holds while it runs.

use std::path::Path;
use std::sync::{Arc, Mutex};

use actix_web::cookie::Key;
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use super::cache::{PageCache, Pictures};
use super::page::{Both, Flash, PageCtx, Section, Site};
use crate::agency::Agency;
use crate::config::Settings;
use crate::dataset::{self, Published, ResourceVersion};
use crate::demand::Vain;
use crate::discovery::Index;
use crate::i18n::Texts;
use crate::kernel::id::{DatasetId, ReleaseId};
use crate::kernel::{Error, Kind, Lang, Localized, Result, Timestamp};
use crate::platform::columnar::Table;
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::platform::mail::Mailer;
use crate::platform::net::{Buckets, OncePerMinute, Throttle};
use crate::platform::seal::Seal;
use crate::profile::Profile;
use crate::release;
use crate::statistics::Counter;
use crate::table::explore::{Explorer, Orders};
use crate::table::ingest::report::Column;
use crate::table::{Object, TableVersion};

/// Reports, requests for data, or addresses for letters, that one client may send (a whole office may be one), those of all clients together, within so many
/// seconds.
const REPORTS: (u32, u32, i64) = (10, 300, 3600);
/// How often one client may say of one request for data that they need it too, of how many all together, within so many seconds.
const SUPPORTS: (u32, u32, i64) = (1, 3000, 24 * 3600);

/// What the program is made of, before it serves.
#[derive(Clone)]
pub struct Parts {
    /// The settings in force.
    pub settings: Arc<Settings>,
    /// The database.
    pub db: Db,
    /// The files.
    pub files: Files,
    /// The search index.
    pub index: Index,
    /// All messages.
    pub texts: Arc<Texts>,
    /// The province's rules.
    pub profile: Arc<Profile>,
    /// Sends mail.
    pub mail: Mailer,
    /// This program's own file: a child process that reads a file is another run of it.
    pub program: Arc<Path>,
}

/// What is published under a slug, read once for a revision: the version, whose it is, and the columns of its tables.
pub struct Known {
    /// The version.
    pub shown: Published,
    /// Whose it is.
    pub owner: Agency,
    /// The columns of each of its tables, as its report tells them, in the order of the tables.
    pub columns: Vec<Arc<[Column]>>,
}

impl Known {
    /// A table by its name, with its columns.
    ///
    /// # Errors
    /// `NotFound`.
    pub fn table(&self, name: &str) -> Result<(&ResourceVersion, &Arc<[Column]>)> {
        let tables = self.shown.resources.iter().zip(&self.columns);
        tables.into_iter().find(|(table, _)| table.name == name).ok_or_else(Error::not_found)
    }
}

/// Versions by slug, number (none for the latest) and revision.
type Knowns = Cache<(String, Option<i32>, i64), Arc<Known>, KnownWeight>;

/// What reports and dictionaries take, in bytes.
#[derive(Clone)]
struct KnownWeight;

impl Weighter<(String, Option<i32>, i64), Arc<Known>> for KnownWeight {
    fn weight(&self, _: &(String, Option<i32>, i64), known: &Arc<Known>) -> u64 {
        // As they are held, they take about twice what they take as JSON.
        known.shown.resources.iter().map(|table| table.table.report.len() as u64 * 3 + 8192).sum::<u64>() + 1024
    }
}

/// Archives of releases by release, part and revision.
type Archives = Cache<(ReleaseId, release::Scope, i64), Arc<release::Archive>, ArchiveWeight>;

/// What their layouts take, in bytes.
#[derive(Clone)]
struct ArchiveWeight;

impl Weighter<(ReleaseId, release::Scope, i64), Arc<release::Archive>> for ArchiveWeight {
    fn weight(&self, _: &(ReleaseId, release::Scope, i64), archive: &Arc<release::Archive>) -> u64 {
        archive.weight()
    }
}

/// A minute since 1970, the first day of the counts of use, and what tells these from others.
type Marked = (i64, chrono::NaiveDate, String);

/// All versions that are known together take at most this many bytes.
const KNOWN: u64 = 32 << 20;

/// All layouts of archives together take at most this many bytes.
const ARCHIVES: u64 = 32 << 20;

/// The running program, shared by all threads.
#[derive(Clone)]
pub struct App {
    /// Its parts.
    pub parts: Parts,
    /// Facts that stand on every page.
    pub site: Arc<Site>,
    /// Rendered public pages.
    pub pages: Arc<PageCache>,
    /// Pictures made of drawings.
    pub pictures: Arc<Pictures>,
    /// Opened tables, by object name.
    pub tables: Arc<Cache<String, Table>>,
    /// Orders of filtered and sorted tables.
    pub orders: Orders,
    /// Ids of published datasets by slug: a slug never names another dataset.
    pub slugs: Arc<Cache<String, DatasetId>>,
    /// Ids of datasets that were ever public by their ends, which short links are made of.
    pub shorts: Arc<Cache<String, DatasetId>>,
    /// What is known of the counts of use, for a minute.
    pub usage: Arc<Mutex<Option<Marked>>>,
    /// Published versions, by slug, number and revision.
    known: Arc<Knowns>,
    /// Layouts of the archives of releases, by release, part and revision.
    archives: Arc<Archives>,
    /// Answers of the API, apart from the pages, so that programs push no page of a person out.
    pub answers: Arc<PageCache>,
    /// How much each client may still ask of the API.
    pub api: Arc<Buckets>,
    /// How much may still be computed of tables for the pages that each client asks for.
    pub computed: Arc<Buckets>,
    /// Counts of use.
    pub counter: Counter,
    /// Searches without a result.
    pub vain: Vain,
    /// Seals secrets that must be read back.
    pub seal: Seal,
    /// Which addresses outside the networks were noted in this minute.
    pub refusals: Arc<OncePerMinute>,
    /// How often readers may report something.
    pub reports: Arc<Throttle>,
    /// How often they may ask for data.
    pub asks: Arc<Throttle>,
    /// How often they may ask for letters.
    pub subscriptions: Arc<Throttle>,
    /// How often readers may say that they need what another asked for.
    pub supports: Arc<Throttle>,
}

impl App {
    /// Puts the running program together; secrets are sealed under a key of their own, made of the one that signs cookies.
    pub fn new(parts: Parts, key: &Key) -> Self {
        let both =
            |text: &Localized| Both { vi: text.vi.clone(), en: text.en.clone().unwrap_or_else(|| text.vi.clone()) };
        let profile = &parts.profile;
        let contact = &profile.province.contact;
        let site = Site {
            province: both(&profile.province.full_name),
            public_name: both(&profile.portals.public),
            internal_name: both(&profile.portals.internal),
            illustration: profile.province.illustration.then(|| both(&profile.province.illustration_text)),
            contact: vec![
                both(&contact.agency),
                Both {
                    vi: format!("{} · {}", contact.phone, contact.hours.get(Lang::Vi).0),
                    en: format!("{} · {}", contact.phone, contact.hours.get(Lang::En).0),
                },
            ],
            public_url: parts.settings.public_url.clone(),
            profile: profile.code.clone(),
            asset_version: super::asset_version().to_owned(),
            offset_minutes: profile.province.timezone_minutes,
            mails: parts.mail.is_on(),
        };
        Self {
            api: Arc::new(Buckets::new(parts.settings.api_per_minute)),
            // Twice as much: a person looks at several pictures at once.
            computed: Arc::new(Buckets::new(parts.settings.api_per_minute.saturating_mul(2))),
            known: Arc::new(Cache::with_weighter(2000, KNOWN, KnownWeight)),
            archives: Arc::new(Cache::with_weighter(256, ARCHIVES, ArchiveWeight)),
            answers: Arc::new(PageCache::new()),
            parts,
            site: Arc::new(site),
            pages: Arc::new(PageCache::new()),
            pictures: Arc::default(),
            tables: Arc::new(Cache::new(256)),
            orders: Orders::default(),
            slugs: Arc::new(Cache::new(20_000)),
            shorts: Arc::new(Cache::new(20_000)),
            usage: Arc::default(),
            counter: Counter::default(),
            vain: Vain::default(),
            seal: Seal::new(key.master()),
            refusals: Arc::default(),
            reports: Arc::new(Throttle::new(REPORTS.0, REPORTS.1, REPORTS.2)),
            asks: Arc::new(Throttle::new(REPORTS.0, REPORTS.1, REPORTS.2)),
            subscriptions: Arc::new(Throttle::new(REPORTS.0, REPORTS.1, REPORTS.2)),
            supports: Arc::new(Throttle::new(SUPPORTS.0, SUPPORTS.1, SUPPORTS.2)),
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.parts.db
    }

    /// The province's rules.
    pub fn profile(&self) -> &Profile {
        &self.parts.profile
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        self.parts.db.clock().now()
    }

    /// Today in the province.
    pub fn today(&self) -> chrono::NaiveDate {
        self.now().date(self.site.offset_minutes)
    }

    /// A page of the public portal.
    pub fn public_page(&self, lang: Lang, path: impl Into<String>, section: Section) -> PageCtx {
        PageCtx::public(lang, self.parts.texts.clone(), self.site.clone(), path, section, self.now())
    }

    /// A page of the internal portal.
    pub fn internal_page(
        &self,
        lang: Lang,
        path: impl Into<String>,
        section: Section,
        flash: Option<Flash>,
    ) -> PageCtx {
        let mut page = PageCtx::internal(lang, self.parts.texts.clone(), self.site.clone(), path, section, self.now());
        page.flash = flash;
        page
    }

    /// The revision of everything public.
    ///
    /// A look into the embedded database takes microseconds and is done where the request runs; one over the network is not.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn revision(&self) -> Result<i64> {
        let db = self.db();
        if db.is_embedded() { db.revision() } else { db.read_async(crate::platform::db::chain::revision).await }
    }

    /// An opened table, from the cache where it can be.
    ///
    /// # Errors
    /// `Internal` when its object is lost; `Unavailable`.
    pub async fn table(&self, object: &str) -> Result<Table> {
        if let Some(table) = self.tables.get(object) {
            return Ok(table);
        }
        let table = Table::open(&self.parts.files, object).await.map_err(lost)?;
        self.tables.insert(object.to_owned(), table.clone());
        Ok(table)
    }

    /// What is published under a slug, at a version or the latest, as of this revision.
    ///
    /// # Errors
    /// `NotFound`; `Gone` (`withdrawn`, `version-purged`).
    pub async fn known(&self, slug: &str, number: Option<i32>) -> Result<Arc<Known>> {
        let key = (slug.to_owned(), number, self.revision().await?);
        if let Some(known) = self.known.get(&key) {
            return Ok(known);
        }
        let wanted = slug.to_owned();
        let (shown, owner) = self.db().read_async(move |conn| dataset::published(conn, &wanted, number)).await?;
        let columns = |table: &ResourceVersion| Ok(table.table.report()?.outcome.columns.into());
        let columns = shown.resources.iter().map(columns).collect::<Result<_>>()?;
        let known = Arc::new(Known { shown, owner, columns });
        self.slugs.insert(slug.to_owned(), known.shown.dataset.id.clone());
        self.known.insert(key, known.clone());
        Ok(known)
    }

    /// A part of a release as an archive, laid out once for a revision; `charge` is asked before it is laid out.
    ///
    /// # Errors
    /// As `charge` and [`release::Archive::of`].
    pub async fn archive(
        &self,
        of: &release::Release,
        scope: release::Scope,
        charge: impl FnOnce() -> Result<()>,
    ) -> Result<Arc<release::Archive>> {
        let key = (of.id.clone(), scope.clone(), self.revision().await?);
        if let Some(kept) = self.archives.get(&key) {
            return Ok(kept);
        }
        charge()?;
        let (of, minutes) = (of.clone(), self.site.offset_minutes);
        let made = self.db().read_async(move |conn| release::Archive::of(conn, &of, &scope, minutes)).await?;
        let made = Arc::new(made);
        self.archives.insert(key, Arc::clone(&made));
        Ok(made)
    }

    /// Forgets all that is kept of tables and versions, and what was drawn of them: something of it must not exist any more.
    pub fn forget(&self) {
        self.tables.clear();
        self.orders.clear();
        self.known.clear();
        self.archives.clear();
        self.answers.clear();
        self.pages.clear();
        self.pictures.clear();
    }

    /// A table version, ready to be asked; `columns` as its report tells them.
    ///
    /// # Errors
    /// As [`App::table`].
    pub async fn explorer(&self, table: &TableVersion, columns: impl Into<Arc<[Column]>>) -> Result<Explorer> {
        let object = Object::Parquet.name(&table.id);
        let opened = self.table(&object).await?;
        let scratch = &self.parts.settings.scratch;
        Ok(Explorer::new(opened, &object, columns, scratch, &self.orders, self.site.offset_minutes))
    }
}

/// What the database knows and the store does not is lost: a fault of ours, not a wrong address.
pub(super) fn lost(error: Error) -> Error {
    if error.kind() == Kind::NotFound { Error::internal(error) } else { error }
}
