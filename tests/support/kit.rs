//! A whole Khomo for one test: its own database, files, index and clock, people in every role, and browsers for both portals.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;
use std::sync::OnceLock;
use std::sync::mpsc::channel;
use std::thread::JoinHandle;

use actix_web::body::{BodySize, BoxBody, MessageBody, to_bytes};
use actix_web::cookie::{Cookie, Key};
use actix_web::dev::{ServerHandle, Service, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::HeaderMap;
use actix_web::middleware::from_fn;
use actix_web::rt::System;
use actix_web::test::{TestRequest, init_service};
use actix_web::{App as Actix, HttpServer, web};
use bytes::Bytes;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Text};
use diesel::{PgConnection, SqliteConnection};
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use khomo::account::{self, NewAccount};
use khomo::agency::{self, NewAgency};
use khomo::cli::{Startup, open_parts};
use khomo::config::Settings;
use khomo::dataset::contract;
use khomo::dataset::{self, ColumnNote, Import, Metadata, NewResource, Where};
use khomo::http::{App, Parts, log_requests, public_headers};
use khomo::kernel::id::{AccountId, AgencyId, DatasetId, TableVersionId, VersionId};
use khomo::kernel::{Actor, Clock, Ctx, Kind, Localized, Result, Timestamp};
use khomo::platform::db::Db;
use khomo::platform::{files::Files, password};
use khomo::review::SubmissionForm;
use khomo::table::ingest::{Choices, Limits, ingest};
use khomo::table::{self, Declaration, TableVersion};
use khomo::web::{internal, public};
use khomo::{alert, audit, calendar, review, scan, worker};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use scraper::{Html, Selector};
use tempfile::TempDir;

use super::postgres::{self, Schema};

/// The password of everybody who has one.
pub const PASSWORD: &str = "lúa-chín-ngoài-đồng-2026";
/// The agency that everything belongs to unless said otherwise.
pub const HOME: &str = "so-y-te";
/// Another agency.
pub const AWAY: &str = "so-nong-nghiep-va-moi-truong";
/// The address that readers see the public portal at.
pub const PUBLIC_URL: &str = "https://dulieu.lacdien.example";

/// Everybody there is: user name, and the roles with their agencies.
pub const PEOPLE: &[(&str, &[(&str, &str)])] = &[
    ("editor", &[(HOME, "editor")]),
    ("second-editor", &[(HOME, "editor")]),
    ("approver", &[(HOME, "approver")]),
    ("second-approver", &[(HOME, "approver")]),
    // Wears both hats, as in a small agency.
    ("both", &[(HOME, "editor"), (HOME, "approver")]),
    ("coordinator", &[(AWAY, "coordinator")]),
    ("operator", &[(AWAY, "operator")]),
    ("auditor", &[(AWAY, "auditor")]),
    // Approves, but for another agency.
    ("stranger", &[(AWAY, "editor"), (AWAY, "approver")]),
    // Has an account and no role at all.
    ("nobody", &[]),
];

/// A running Khomo. Everything of it goes when this value does.
pub struct Khomo {
    /// The program.
    pub app: App,
    /// Its clock, which stands at 2026-09-04, 09:00 in the province.
    pub clock: Clock,
    people: BTreeMap<&'static str, AccountId>,
    agencies: BTreeMap<&'static str, AgencyId>,
    url: String,
    pairs: BTreeMap<String, String>,
    key: Key,
    _schema: Option<Schema>,
    folder: TempDir,
}

/// Where the clock of every test starts: 2026-09-04T09:00+07:00.
pub fn start_of_time() -> Timestamp {
    Timestamp(chrono::DateTime::parse_from_rfc3339("2026-09-04T09:00:00+07:00").unwrap().timestamp_millis())
}

/// An empty database without tables: its address, and what keeps it alive.
pub fn empty_database() -> (String, Option<Schema>, TempDir) {
    let folder = tempfile::tempdir().unwrap();
    match postgres::server() {
        Some(server) => {
            let schema = Schema::create(&server);
            (schema.url(), Some(schema), folder)
        }
        None => (format!("sqlite:{}", folder.path().join("khomo.db").display()), None, folder),
    }
}

/// A migrated SQLite file, made once for the whole process and copied for each test.
fn template() -> &'static Path {
    static TEMPLATE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = TEMPLATE.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("template.db");
        let db = Db::open(&format!("sqlite:{}", path.display()), true, Clock::system()).unwrap();
        db.migrate().unwrap();
        drop(db);
        let mut conn = SqliteConnection::establish(&path.to_string_lossy()).unwrap();
        conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
        (folder, path)
    });
    path
}

fn password_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| password::hash(PASSWORD).unwrap())
}

/// The parts of a program whose children are runs of the real one.
fn parts_of(settings: Settings, startup: Startup, clock: Clock) -> Parts {
    let mut parts = open_parts(settings, startup, clock).unwrap();
    parts.program = Path::new(env!("CARGO_BIN_EXE_khomo")).into();
    parts
}

/// A text that stands in Vietnamese only.
pub fn vi(text: &str) -> Localized {
    Localized { vi: text.to_owned(), en: None }
}

impl Khomo {
    /// A Khomo with its agencies and people, and without data.
    pub fn start() -> Self {
        Self::start_with(&[])
    }

    /// As [`Khomo::start`], with other settings.
    pub fn start_with(settings: &[(&str, &str)]) -> Self {
        let (url, schema, folder) = empty_database();
        if let Some(path) = url.strip_prefix("sqlite:") {
            std::fs::copy(template(), path).unwrap();
        }
        let place = |name: &str| folder.path().join(name).display().to_string();
        let key = "6b".repeat(64);
        let mut pairs: BTreeMap<String, String> = [
            ("KHOMO_DATABASE_URL", url.clone()),
            ("KHOMO_FILES", place("files")),
            ("KHOMO_INDEX", place("index")),
            ("KHOMO_SCRATCH", place("scratch")),
            ("KHOMO_PROFILE", "lac-dien".to_owned()),
            ("KHOMO_PUBLIC_URL", PUBLIC_URL.to_owned()),
            ("KHOMO_DEVELOPMENT", "true".to_owned()),
            ("KHOMO_COOKIE_KEY", key.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        pairs.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let settings = Settings::read(pairs.clone()).unwrap();
        let startup = if schema.is_some() { Startup::Create } else { Startup::Strict };
        let clock = Clock::fixed(start_of_time());
        let parts = parts_of(settings, startup, clock.clone());
        let key = Key::from(&hex::decode(key).unwrap());
        let mut khomo = Self {
            app: App::new(parts, &key),
            clock,
            people: BTreeMap::new(),
            agencies: BTreeMap::new(),
            url,
            pairs,
            key,
            _schema: schema,
            folder,
        };
        khomo.enter_everybody();
        khomo
    }

    /// Ends the program and starts it again; `between` sees its folder while nothing runs. Browsers must be gone by then.
    pub fn restart(self, between: impl FnOnce(&Path)) -> Self {
        let Self { app, clock, people, agencies, url, pairs, key, _schema, folder } = self;
        drop(app);
        between(folder.path());
        let parts = parts_of(Settings::read(pairs.clone()).unwrap(), Startup::Strict, clock.clone());
        Self { app: App::new(parts, &key), clock, people, agencies, url, pairs, key, _schema, folder }
    }

    /// A second program over the same database and store, with an index and a scratch folder of its own.
    pub fn beside(&self) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut pairs = self.pairs.clone();
        for (name, below) in [("KHOMO_INDEX", "index"), ("KHOMO_SCRATCH", "scratch")] {
            pairs.insert(name.to_owned(), folder.path().join(below).display().to_string());
        }
        self.over(pairs, None, folder)
    }

    /// A program with these settings and the same people.
    fn over(&self, pairs: BTreeMap<String, String>, schema: Option<Schema>, folder: TempDir) -> Self {
        let parts = parts_of(Settings::read(pairs.clone()).unwrap(), Startup::Strict, self.clock.clone());
        Self {
            app: App::new(parts, &self.key),
            clock: self.clock.clone(),
            people: self.people.clone(),
            agencies: self.agencies.clone(),
            url: pairs["KHOMO_DATABASE_URL"].clone(),
            pairs,
            key: self.key.clone(),
            _schema: schema,
            folder,
        }
    }

    /// The real program, with the settings of this one and others over them.
    pub fn command(&self, args: &[&str], settings: &[(&str, String)]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_khomo"));
        command.env_clear().envs(&self.pairs).envs(settings.iter().map(|(name, value)| (*name, value))).args(args);
        command
    }

    /// A program with the settings of this one and others over them, and with the same people: what a restore made elsewhere.
    pub fn elsewhere(&self, settings: &[(&str, String)], schema: Option<Schema>, folder: TempDir) -> Self {
        let mut pairs = self.pairs.clone();
        pairs.extend(settings.iter().map(|(name, value)| ((*name).to_owned(), value.clone())));
        self.over(pairs, schema, folder)
    }

    fn enter_everybody(&mut self) {
        let ctx = self.ctx_of(Actor::System);
        let version = self.app.profile().use_rules.version.clone();
        let (agencies, people) = self
            .db()
            .write(&ctx, |tx| {
                let mut agencies = BTreeMap::new();
                for (slug, name, english) in [
                    (HOME, "Sở Y tế", "Department of Health"),
                    (AWAY, "Sở Nông nghiệp và Môi trường", "Department of Agriculture and Environment"),
                ] {
                    agencies.insert(slug, agency::register(tx, new_agency(slug, name, Some(english)))?.id);
                }
                let mut people = BTreeMap::new();
                for (name, roles) in PEOPLE {
                    let roles = roles.iter().map(|(at, role)| (agencies[at].clone(), (*role).to_owned())).collect();
                    let id = account::create(tx, new_account(name, roles))?;
                    account::set_password(tx, &id, password_hash(), false)?;
                    account::accept_rules(tx, &id, &version)?;
                    people.insert(*name, id);
                }
                Ok((agencies, people))
            })
            .unwrap();
        (self.agencies, self.people) = (agencies, people);
    }

    /// The database.
    pub fn db(&self) -> &Db {
        self.app.db()
    }

    /// The same database as another program on it sees it, by the same clock.
    pub fn second_db(&self) -> Db {
        Db::open(&self.url, false, self.clock.clone()).unwrap()
    }

    /// Another program on the same database, with the same settings and clock.
    pub fn second_program(&self) -> App {
        let mut app = self.app.clone();
        app.parts.db = self.second_db();
        app
    }

    /// Does every job that is due, but for what the portal looks at by itself ([`Khomo::watch`]); says how many were begun.
    pub async fn work(&self) -> usize {
        let own = [alert::WATCH, alert::CHECK, audit::HEADS, calendar::CALENDAR_WATCH];
        let handlers = worker::jobs::Handlers::all(&self.app).without(&own);
        worker::jobs::run_due(&self.app, &handlers).await.unwrap()
    }

    /// Does every job that is due, the looks at the audit log included.
    pub async fn watch(&self) {
        worker::jobs::run_due(&self.app, &worker::jobs::Handlers::all(&self.app)).await.unwrap();
    }

    /// The store.
    pub fn files(&self) -> &Files {
        &self.app.parts.files
    }

    /// The test's own folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The id of one of [`PEOPLE`].
    pub fn id(&self, person: &str) -> AccountId {
        self.people[person].clone()
    }

    /// The id of an agency.
    pub fn agency(&self, slug: &str) -> AgencyId {
        self.agencies[slug].clone()
    }

    /// The circumstances of an act now.
    pub fn ctx_of(&self, actor: Actor) -> Ctx {
        Ctx::new(actor, self.clock.now())
    }

    /// The circumstances of an act by one of [`PEOPLE`].
    pub fn ctx(&self, person: &str) -> Ctx {
        self.ctx_of(Actor::Account(self.id(person)))
    }

    // ── Data ──

    /// A dataset to be imported.
    pub fn dataset<'a>(&'a self, slug: &str) -> Draft<'a> {
        Draft {
            khomo: self,
            slug: slug.to_owned(),
            metadata: Metadata {
                title: vi(slug),
                description: vi("Bảng thử; mỗi dòng là một đơn vị."),
                topic: "y-te".to_owned(),
                frequency: "monthly".to_owned(),
                ..Metadata::default()
            },
            note: None,
            agency: HOME,
            tables: Vec::new(),
            dictionary: Vec::new(),
            author: Actor::Account(self.id("editor")),
        }
    }

    /// Ingests a CSV text and puts its objects into the store; its row is not yet in the database.
    pub async fn table(&self, csv: &str) -> TableVersion {
        let work = tempfile::tempdir_in(self.folder.path()).unwrap();
        let (path, out) = (work.path().join("bang.csv"), work.path().join("out"));
        std::fs::write(&path, csv).unwrap();
        std::fs::create_dir(&out).unwrap();
        let declared = Declaration { by: Some(self.id("editor")), at: self.clock.now() };
        let done = ingest(&path, "bang.csv", &out, &Choices::default(), &Limits::default(), &mut |_| {}).unwrap();
        table::keep(self.files(), &path, "bang.csv", done, Some(declared), self.clock.now()).await.unwrap().row
    }

    /// Has the draft of a dataset scanned, as the program does after an import. Tables without bytes are taken for clean.
    pub fn scan(&self, id: &DatasetId) {
        let Some(draft) = self.db().read(|conn| dataset::draft_of(conn, id)).unwrap() else { return };
        let parts = self.app.parts.clone();
        let ctx = self.ctx_of(Actor::System);
        let done = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            // Its own connections to the store: those of the test's runtime stand still while it waits here.
            let files = Files::open(&parts.settings.files, &parts.settings.s3).unwrap();
            let read = runtime.block_on(scan::ensure(&parts.db, &files, &parts.profile, &ctx, &draft.id));
            let held = contract::ensure(&parts.db, &files, &parts.settings.scratch, &ctx, &draft.id);
            let held = runtime.block_on(held);
            assert!(held.is_ok() || held.is_err_and(|error| error.kind() == Kind::NotFound));
            if read.is_err_and(|error| error.kind() == Kind::NotFound) {
                let watchers = scan::Watchers::of(&parts.profile);
                parts
                    .db
                    .write(&ctx, |tx| {
                        for pending in scan::pending(tx.conn(), &draft.id, parts.profile.scan.small_group.value)? {
                            scan::record(tx, &watchers, &draft.id, &pending, Vec::new())?;
                        }
                        Ok(())
                    })
                    .unwrap();
            }
        });
        done.join().unwrap();
    }

    /// Submits the draft of a dataset, scanned before.
    pub fn submit(&self, id: &DatasetId, person: &str) -> Result<()> {
        self.scan(id);
        self.db().write(&self.ctx(person), |tx| review::submit(tx, self.app.profile(), id, "Đã soát."))
    }

    /// Submits the draft of a dataset and answers for whatever breaks in it.
    pub fn submit_breaking(&self, id: &DatasetId, person: &str) -> Result<()> {
        self.scan(id);
        let form = SubmissionForm { reason: "Đã soát.".into(), accepts: "Đã báo người dùng.".into() };
        self.db().write(&self.ctx(person), |tx| form.submit(tx, self.app.profile(), id))
    }

    /// Approves the draft of a dataset.
    pub fn approve(&self, id: &DatasetId, person: &str) -> Result<Option<i32>> {
        self.db().write(&self.ctx(person), |tx| review::approve(tx, self.app.profile(), id, "Đồng ý công bố."))
    }

    /// Takes a dataset back.
    pub fn withdraw(&self, id: &DatasetId, person: &str) -> Result<()> {
        let reason = Localized { vi: "Số liệu sai đơn vị.".to_owned(), en: Some("Wrong unit.".to_owned()) };
        self.db().write(&self.ctx(person), |tx| review::withdraw(tx, self.app.profile(), id, &reason))
    }

    /// Enters a further agency.
    pub fn register_agency(&self, slug: &str, name: &str) -> Result<agency::Agency> {
        self.db().write(&self.ctx_of(Actor::Operator), |tx| agency::register(tx, new_agency(slug, name, None)))
    }

    /// Builds the index, or brings it in step.
    pub fn index(&self) {
        let parts = &self.app.parts;
        if !parts.index.ready() {
            worker::rebuild(self.db(), &parts.profile, &parts.index, &mut |_| {}).unwrap();
        }
        worker::catch_up(self.db(), &parts.profile, &parts.index).unwrap();
    }

    // ── The database behind the program's back ──

    /// Runs SQL on a connection of its own, past all commands.
    pub fn raw(&self, sql: &str) -> QueryResult<()> {
        match self.url.strip_prefix("sqlite:") {
            Some(path) => {
                let mut conn = SqliteConnection::establish(path).unwrap();
                conn.batch_execute("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON").unwrap();
                conn.batch_execute(sql)
            }
            None => PgConnection::establish(&self.url).unwrap().batch_execute(sql),
        }
    }

    /// The rows of a query whose one column is called `line` and is text.
    pub fn lines(&self, sql: &str) -> Vec<String> {
        #[derive(QueryableByName)]
        struct Line {
            #[diesel(sql_type = Text)]
            line: String,
        }
        let lines: Vec<Line> = match self.url.strip_prefix("sqlite:") {
            Some(path) => diesel::sql_query(sql).load(&mut SqliteConnection::establish(path).unwrap()).unwrap(),
            None => diesel::sql_query(sql).load(&mut PgConnection::establish(&self.url).unwrap()).unwrap(),
        };
        lines.into_iter().map(|line| line.line).collect()
    }

    /// How many rows a table (with conditions) has.
    pub fn count(&self, from: &str) -> i64 {
        #[derive(QueryableByName)]
        struct Count {
            #[diesel(sql_type = BigInt)]
            n: i64,
        }
        let sql = format!("SELECT count(*) AS n FROM {from}");
        let count: Count = match self.url.strip_prefix("sqlite:") {
            Some(path) => diesel::sql_query(sql).get_result(&mut SqliteConnection::establish(path).unwrap()).unwrap(),
            None => diesel::sql_query(sql).get_result(&mut PgConnection::establish(&self.url).unwrap()).unwrap(),
        };
        count.n
    }

    /// Every row of every table as one text, each after the name of its table.
    pub fn everything(&self) -> Vec<(String, String)> {
        let embedded = self.db().is_embedded();
        let tables = self.lines(if embedded {
            "SELECT name AS line FROM sqlite_master WHERE type = 'table'"
        } else {
            "SELECT tablename::text AS line FROM pg_tables WHERE schemaname = current_schema()"
        });
        let rows = |table: String| {
            let sql = if embedded {
                let columns = self.lines(&format!("SELECT name AS line FROM pragma_table_info('{table}')"));
                let texts: Vec<_> =
                    columns.iter().map(|name| format!("COALESCE(CAST(\"{name}\" AS TEXT), '')")).collect();
                format!("SELECT {} AS line FROM \"{table}\"", texts.join(" || ' ' || "))
            } else {
                format!("SELECT t::text AS line FROM \"{table}\" AS t")
            };
            self.lines(&sql).into_iter().map(move |line| (table.clone(), line))
        };
        tables.into_iter().flat_map(rows).collect()
    }

    /// Takes away every guard of the database, as somebody with its password could.
    pub fn drop_triggers(&self) {
        let on = if self.db().is_embedded() {
            "SELECT 'DROP TRIGGER \"' || name || '\"' AS line FROM sqlite_master WHERE type = 'trigger'"
        } else {
            "SELECT DISTINCT 'DROP TRIGGER ' || trigger_name || ' ON ' || event_object_table AS line \
             FROM information_schema.triggers WHERE trigger_schema = current_schema()"
        };
        for sql in self.lines(on) {
            self.raw(&sql).unwrap();
        }
    }

    /// Number and hash of the last audit entry, and the revision of everything public.
    pub fn heads(&self) -> (i64, String, i64) {
        let (seq, hash) = self.db().read(khomo::platform::db::chain::audit_head).unwrap();
        (seq, hash, self.db().revision().unwrap())
    }

    // ── Browsers ──

    /// A reader of the public portal.
    pub async fn public(&self) -> Browser {
        let data = web::Data::new(self.app.clone());
        let headers = public_headers(&self.app);
        let service = init_service(
            Actix::new().app_data(data).wrap(headers).wrap(from_fn(log_requests)).configure(public::configure),
        )
        .await;
        let service = Rc::new(service);
        Browser::new(Rc::new(move |request: TestRequest| {
            let service = Rc::clone(&service);
            async move { Answer::of(service.call(request.to_request()).await).await }.boxed_local()
        }))
    }

    /// Somebody at the internal portal who is not signed in.
    pub async fn internal(&self) -> Browser {
        let (data, app, key) = (web::Data::new(self.app.clone()), self.app.clone(), self.key.clone());
        let service = init_service(
            Actix::new()
                .app_data(data)
                .wrap(from_fn(log_requests))
                .configure(move |config| internal::configure(config, &app, key)),
        )
        .await;
        let service = Rc::new(service);
        Browser::new(Rc::new(move |request: TestRequest| {
            let service = Rc::clone(&service);
            async move { Answer::of(service.call(request.to_request()).await).await }.boxed_local()
        }))
    }

    /// Serves both portals over the network from a thread of their own, until what is given back goes: for real browsers before a clock
    /// that the test moves.
    pub fn serve(&self, [outside, inside]: [TcpListener; 2]) -> Served {
        let (app, key) = (self.app.clone(), self.key.clone());
        let (tell, told) = channel();
        let thread = std::thread::spawn(move || {
            System::new().block_on(async move {
                let data = web::Data::new(app);
                let inner = data.clone();
                let public = HttpServer::new(move || {
                    let headers = public_headers(&data);
                    Actix::new()
                        .app_data(data.clone())
                        .wrap(headers)
                        .wrap(from_fn(log_requests))
                        .configure(public::configure)
                });
                let internal = HttpServer::new(move || {
                    let (app, key) = (inner.get_ref().clone(), key.clone());
                    Actix::new()
                        .app_data(inner.clone())
                        .wrap(from_fn(log_requests))
                        .configure(move |config| internal::configure(config, &app, key))
                });
                let public = public.workers(1).disable_signals().listen(outside).unwrap().run();
                let internal = internal.workers(1).disable_signals().listen(inside).unwrap().run();
                tell.send([public.handle(), internal.handle()]).unwrap();
                let (outside, inside) = futures_util::future::join(public, internal).await;
                outside.and(inside).unwrap();
            });
        });
        Served { handles: told.recv().unwrap(), thread: Some(thread) }
    }

    /// One of [`PEOPLE`], signed in through the form.
    pub async fn signed_in(&self, person: &str) -> Browser {
        let mut browser = self.internal().await;
        let answer = browser.sign_in(person, PASSWORD).await;
        assert_eq!(answer.status, 303, "{person} cannot sign in: {}", answer.text());
        browser
    }
}

/// Both portals, served over the network. They stop when this value goes.
pub struct Served {
    handles: [ServerHandle; 2],
    thread: Option<JoinHandle<()>>,
}

impl Drop for Served {
    fn drop(&mut self) {
        for handle in &self.handles {
            // The word is given at once; its end is the thread's.
            drop(handle.stop(false));
        }
        let ended = self.thread.take().map(JoinHandle::join);
        assert!(std::thread::panicking() || ended.is_none_or(|ended| ended.is_ok()), "the portals broke off");
    }
}

/// An agency to be registered.
pub fn new_agency(slug: &str, name: &str, english: Option<&str>) -> NewAgency {
    NewAgency {
        slug: slug.to_owned(),
        name_vi: name.to_owned(),
        name_en: english.map(str::to_owned),
        kind: "department".to_owned(),
        e_identifier: None,
        phone: Some("0200 000 001".to_owned()),
        email: Some(format!("{slug}@lacdien.example")),
        valid_from: "2025-07-01".to_owned(),
    }
}

/// An account to be made.
pub fn new_account(name: &str, roles: Vec<(AgencyId, String)>) -> NewAccount {
    NewAccount {
        user_name: name.to_owned(),
        email: format!("{name}@lacdien.example"),
        full_name: format!("Người {name}"),
        roles,
        valid_from: "2026-01-01".to_owned(),
    }
}

/// A copy of a table's row under another id: for tests that need rows and no bytes.
pub fn copy_of(row: &TableVersion) -> TableVersion {
    TableVersion { id: TableVersionId::fresh(), ..row.clone() }
}

// ── Datasets ──

/// A dataset on its way into the database.
pub struct Draft<'a> {
    khomo: &'a Khomo,
    slug: String,
    metadata: Metadata,
    note: Option<Localized>,
    agency: &'static str,
    tables: Vec<(String, Localized, TableVersion)>,
    dictionary: Vec<ColumnNote>,
    author: Actor,
}

impl Draft<'_> {
    /// Its title.
    pub fn title(mut self, text: &str) -> Self {
        self.metadata.title.vi = text.to_owned();
        self
    }

    /// Its title in English.
    pub fn english(mut self, text: &str) -> Self {
        self.metadata.title.en = Some(text.to_owned());
        self
    }

    /// All that is said of it.
    pub fn describe(mut self, change: impl FnOnce(&mut Metadata)) -> Self {
        change(&mut self.metadata);
        self
    }

    /// What changed in it.
    pub fn note(mut self, text: &str) -> Self {
        self.note = Some(vi(text));
        self
    }

    /// What its dictionary says.
    pub fn dictionary(mut self, notes: Vec<ColumnNote>) -> Self {
        self.dictionary = notes;
        self
    }

    /// Whose it is.
    pub fn agency(mut self, slug: &'static str) -> Self {
        self.agency = slug;
        self
    }

    /// Who imports it.
    pub fn by(mut self, person: &str) -> Self {
        self.author = Actor::Account(self.khomo.id(person));
        self
    }

    /// Adds a table with this content.
    pub async fn csv(mut self, name: &str, csv: &str) -> Self {
        let row = self.khomo.table(csv).await;
        self.tables.push((name.to_owned(), vi(&format!("Bảng {name}")), row));
        self
    }

    /// Adds a table that is kept already.
    pub fn row(mut self, name: &str, row: TableVersion) -> Self {
        self.tables.push((name.to_owned(), vi(&format!("Bảng {name}")), row));
        self
    }

    /// Imports it: a new draft, or into the one there is.
    pub fn import(self) -> Result<(DatasetId, VersionId)> {
        let Self { khomo, slug, metadata, note, agency, tables, dictionary, author } = self;
        let known = khomo.db().read(|conn| dataset::by_slug(conn, &slug))?;
        let new = known.is_none();
        let place = match known {
            Some(dataset) => Where::Existing(dataset.id),
            None => Where::New { slug: slug.clone(), agency: khomo.agency(agency) },
        };
        let resources = tables
            .into_iter()
            .map(|(name, title, table)| NewResource { name, title, dictionary: dictionary.clone(), table })
            .collect();
        let import = Import { dataset: place, metadata: Some(metadata), note, resources };
        let made = khomo.db().write(&khomo.ctx_of(author), |tx| dataset::import(tx, import))?;
        if new {
            // As if the catalogue in force listed it, so that it owes updates.
            khomo.raw(&format!("UPDATE dataset SET in_catalogue = TRUE WHERE id = '{}'", made.0)).unwrap();
        }
        Ok(made)
    }

    /// Imports it, has the editor submit it and the approver approve it. Without a table it gets a small one.
    pub async fn publish(self) -> DatasetId {
        let this = if self.tables.is_empty() { self.csv("bang", SMALL).await } else { self };
        let khomo = this.khomo;
        let own = this.agency == HOME;
        let (id, _) = this.import().unwrap();
        khomo.submit_breaking(&id, if own { "editor" } else { "stranger" }).unwrap();
        let number = khomo.approve(&id, if own { "approver" } else { "coordinator" }).unwrap();
        assert!(number.is_some(), "two persons decided");
        id
    }
}

/// A small table with a code that looks like a number, an empty cell and a date.
pub const SMALL: &str = "Mã xã,Tên xã,Dân số,Ngày\n00123,Kim Sơn,1250,05/01/2026\n00124,An Lạc,,06/01/2026\n00125,Đồng Xuân,987,07/01/2026\n";

// ── Browsers ──

type Call = Rc<dyn Fn(TestRequest) -> LocalBoxFuture<'static, Answer>>;

/// A browser before one portal: keeps cookies, sends the token of the last page's form, follows redirects when told to.
pub struct Browser {
    call: Call,
    /// Its cookies, as the portal set them.
    pub cookies: BTreeMap<String, String>,
    /// The address it comes from.
    pub peer: SocketAddr,
    /// Headers that it sends with every request.
    pub headers: Vec<(String, String)>,
    csrf: Option<String>,
}

impl Browser {
    fn new(call: Call) -> Self {
        let agent = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36";
        Self {
            call,
            cookies: BTreeMap::new(),
            peer: "127.0.0.1:40000".parse().unwrap(),
            headers: vec![("User-Agent".to_owned(), agent.to_owned())],
            csrf: None,
        }
    }

    /// The same portal, seen by somebody without cookies.
    pub fn stranger(&self) -> Self {
        Self::new(Rc::clone(&self.call))
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, &[], None).await
    }

    /// Asks for a page with further headers.
    pub async fn get_with(&mut self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send("GET", path, headers, None).await
    }

    /// Asks for a page and follows its redirects.
    pub async fn visit(&mut self, path: &str) -> Answer {
        let answer = self.get(path).await;
        self.follow(answer).await
    }

    /// Goes where an answer sends to, until there is a page.
    pub async fn follow(&mut self, mut answer: Answer) -> Answer {
        for _ in 0..10 {
            let Some(location) = answer.header("location").filter(|_| answer.status / 100 == 3) else { return answer };
            let location = location.to_owned();
            assert!(location.starts_with('/'), "sent to another host: {location}");
            answer = self.get(&location).await;
        }
        panic!("sent around in circles: {}", answer.path);
    }

    /// Sends a form with the token of the page asked for last.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.csrf.clone().unwrap_or_default();
        let mut fields = fields.to_vec();
        fields.push(("csrf", &token));
        self.send("POST", path, &[], Some(&fields)).await
    }

    /// Sends a form exactly as given, without a token.
    pub async fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        self.send("POST", path, &[], Some(fields)).await
    }

    /// The token of the last page that had one.
    pub fn token(&self) -> Option<&str> {
        self.csrf.as_deref()
    }

    /// Signs in through the form.
    pub async fn sign_in(&mut self, name: &str, password: &str) -> Answer {
        self.get("/internal/sign-in").await;
        self.post("/internal/sign-in", &[("name", name), ("password", password)]).await
    }

    /// Sends a form with a file, as browsers do, with the token of the page asked for last.
    pub async fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let token = self.csrf.clone().unwrap_or_default();
        let mut body = Vec::new();
        for (field, value) in [("csrf", token.as_str())].iter().chain(fields) {
            body.extend_from_slice(
                format!("--grenze\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        let head = "Content-Type: application/octet-stream";
        body.extend_from_slice(
            format!("--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n{head}\r\n\r\n")
                .as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--grenze--\r\n");
        self.send_bytes("POST", path, &[("Content-Type", "multipart/form-data; boundary=grenze")], body).await
    }

    /// Sends a request, with or without a form.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        form: Option<&[(&str, &str)]>,
    ) -> Answer {
        let Some(fields) = form else { return self.send_bytes(method, path, headers, Vec::new()).await };
        let encode = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encode(name), encode(value))).collect();
        let mut headers = headers.to_vec();
        headers.push(("Content-Type", "application/x-www-form-urlencoded"));
        self.send_bytes(method, path, &headers, body.join("&").into_bytes()).await
    }

    /// Sends a request; every other verb ends here.
    pub async fn send_bytes(&mut self, method: &str, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = TestRequest::default()
            .method(Method::from_bytes(method.as_bytes()).unwrap())
            .uri(path)
            .peer_addr(self.peer);
        for (name, value) in &self.headers {
            request = request.insert_header((name.as_str(), value.as_str()));
        }
        for (name, value) in headers {
            request = request.insert_header((*name, *value));
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<String> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.insert_header(("Cookie", cookies.join("; ")));
        }
        if !body.is_empty() {
            request = request.set_payload(body);
        }
        let mut answer = (self.call)(request).await;
        answer.path = path.to_owned();
        for cookie in answer.all("set-cookie") {
            let cookie = Cookie::parse(cookie.to_owned()).unwrap();
            let over = cookie.value().is_empty() || cookie.max_age().is_some_and(|age| age.is_zero());
            if over {
                self.cookies.remove(cookie.name());
            } else {
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
        if let Some(token) =
            answer.text().contains("name=\"csrf\"").then(|| answer.attribute("input[name=csrf]", "value")).flatten()
        {
            self.csrf = Some(token);
        }
        answer
    }
}

/// What a portal answered.
#[derive(Clone)]
pub struct Answer {
    /// The path asked for.
    pub path: String,
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The bytes.
    pub body: Bytes,
    /// How long the portal said the body is; a HEAD has it without the bytes.
    pub length: Option<u64>,
    page: Rc<OnceCell<Html>>,
}

impl Answer {
    async fn of<B>(got: std::result::Result<ServiceResponse<B>, actix_web::Error>) -> Self
    where
        B: MessageBody + 'static,
    {
        let response = match got {
            Ok(response) => response.into_parts().1.map_into_boxed_body(),
            // The server makes an answer of it just so.
            Err(error) => error.error_response(),
        };
        let (head, body): (_, BoxBody) = response.into_parts();
        let length = match body.size() {
            BodySize::Sized(length) => Some(length),
            BodySize::None => Some(0),
            BodySize::Stream => None,
        };
        let body = to_bytes(body).await.unwrap_or_else(|error| panic!("the body broke off: {error}"));
        let (status, headers) = (head.status().as_u16(), head.headers().clone());
        Self { path: String::new(), status, headers, body, length, page: Rc::default() }
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// All headers of a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.get_all(name).filter_map(|value| value.to_str().ok()).collect()
    }

    /// Whether it is a page.
    pub fn is_html(&self) -> bool {
        self.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The texts of all elements that match a CSS selector, white space made one space.
    pub fn texts(&self, css: &str) -> Vec<String> {
        let page = self.page.get_or_init(|| Html::parse_document(&self.text()));
        page.select(&Selector::parse(css).unwrap())
            .map(|element| element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    /// An attribute of the first element that matches a CSS selector.
    pub fn attribute(&self, css: &str, name: &str) -> Option<String> {
        self.attributes(css, name).into_iter().next()
    }

    /// An attribute of all elements that match a CSS selector.
    pub fn attributes(&self, css: &str, name: &str) -> Vec<String> {
        let page = self.page.get_or_init(|| Html::parse_document(&self.text()));
        page.select(&Selector::parse(css).unwrap())
            .filter_map(|element| element.attr(name).map(str::to_owned))
            .collect()
    }

    /// The message left for this page.
    pub fn flash(&self) -> Option<String> {
        self.texts(".flash p").into_iter().next()
    }
}
