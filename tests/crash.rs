//! The program is killed in the middle of its work, at four points of each of its kinds (`make torture`: at sixty): what is left is the old
//! state or the new one, whole, and the work can be done again.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use diesel::{Connection, RunQueryDsl, SqliteConnection};
use khomo::dataset::upload::{self, Begin, State};
use khomo::discovery::{Index, Vocabulary};
use khomo::kernel::{Actor, Ctx};
use khomo::platform::db::Db;
use khomo::platform::files::{Files, S3};
use khomo::platform::seal::Seal;
use khomo::profile::Profile;
use khomo::quarter::Quarter;
use khomo::release::{self, Release, Scope};
use khomo::scan::{self, Judgement};
use khomo::table::Object;
use khomo::voice::{self, Filing, ReportForm};
use khomo::{account, audit, dataset, table};
use sha2::{Digest, Sha256};

use crate::command_line::{KEYS, Place};
use crate::support::served::until;
use crate::sweep::two_days_ago;

/// The dataset that everything happens to.
pub const SLUG: &str = "tram-do-mua";
/// Rows of its first version, and of the draft.
const ROWS_BEFORE: i64 = 20;
pub const ROWS_AFTER: i64 = 4_000;

/// How far a piece of work can go: the most bytes it had on the disk, and how often a look was taken until it ended.
#[derive(Clone, Copy, Debug)]
struct Extent {
    bytes: u64,
    looks: u64,
}

/// When to kill.
#[derive(Clone, Copy, Debug)]
enum Point {
    /// Once so many bytes stand on the disk.
    Bytes(u64),
    /// After so many looks.
    Looks(u64),
}

fn csv(rows: i64) -> String {
    let rows = (0..rows)
        // Quoted, so that the file is larger than what is made of it.
        .map(|i| {
            format!(
                "\"{:05}\",\"Trạm {i}\",\"{}.{}\",\"2026-{:02}-{:02}\"\n",
                i % 700,
                i % 97,
                i % 10,
                i % 12 + 1,
                i % 28 + 1
            )
        });
    std::iter::once("Mã trạm,Tên trạm,Lượng mưa,Ngày\n".to_owned()).chain(rows).collect()
}

/// The same with a telephone of a person in each row.
fn csv_with_people(rows: i64) -> String {
    let more = |(i, line): (usize, &str)| match i {
        0 => format!("{line},Điện thoại người đo\n"),
        _ => format!("{line},\"09{:08}\"\n", i * 7919 % 100_000_000),
    };
    csv(rows).lines().enumerate().map(more).collect()
}

/// A published first version with an index: where an import starts from.
pub fn published() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::new();
        let small = place.file("mua.csv", csv(ROWS_BEFORE));
        place.import(&small, SLUG, "Trạm đo mưa");
        place.publish(SLUG);
        place.succeeds(&["reindex"]);
        place.file("mua.csv", csv(ROWS_AFTER));
        place
    })
}

/// The same with a draft of the second version: where a publication starts from.
pub fn drafted() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(published());
        place.succeeds(&IMPORT);
        place
    })
}

/// The same with an upload of the second version that was begun; its id and a key to send it with stand in the file `upload`.
fn begun() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(published());
        let (db, profile) = (place.db(), Profile::load("lac-dien", None).unwrap());
        let bytes = std::fs::metadata(place.path().join("mua.csv")).unwrap().len();
        let lan = acting(&db, "lan");
        let Actor::Account(owner) = lan.actor.clone() else { panic!("nobody acts") };
        let (upload, key) = db
            .write(&lan, |tx| {
                let dataset = dataset::by_slug(tx.conn(), SLUG)?.unwrap().id;
                let resource = dataset::detail(tx.conn(), &dataset, None)?.resources.remove(0).resource_id;
                let file_name = "mua.csv".to_owned();
                let (resource, bytes, most) = (Some(resource), Some(bytes), 1 << 30);
                let new = Begin { dataset, resource, file_name, bytes, most, declared: true };
                let key = account::make_token(tx, &owner, "máy đo", &["read".into(), "write".into()], 30)?;
                Ok((upload::begin(tx, &profile, new)?, key))
            })
            .unwrap();
        place.file("upload", format!("{} {key}", upload.id));
        place
    })
}

/// The same with all bytes of it there, waiting to be read.
fn uploaded() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(begun());
        let (db, path) = (place.db(), place.path().join("mua.csv"));
        let bytes = std::fs::metadata(&path).unwrap().len();
        let lan = acting(&db, "lan");
        let begun = db
            .read(|conn| {
                let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
                Ok(upload::of_dataset(conn, &id, 1)?.remove(0).id)
            })
            .unwrap();
        let object = format!("uploads/{begun}/0");
        let files = place.path().join("files");
        waiting_for(async {
            Files::open(&files.display().to_string(), &S3::default())?.put_file(&object, &path).await
        });
        db.write(&lan, |tx| upload::add_part(tx, &begun, 0, bytes, &object, 1 << 30)).unwrap();
        place
    })
}

/// The number that the reader holds whose report is corrected.
fn receipt() -> String {
    voice::receipt_of("the form of a reader")
}

/// A draft that corrects what a reader reported, who wants to hear of it.
fn to_be_corrected() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(drafted());
        let (db, profile) = (place.db(), Profile::load("lac-dien", None).unwrap());
        let (reader, lan) = (Ctx::new(Actor::Public, db.clock().now()), acting(&db, "lan"));
        let seal = Seal::new(b"a key of this place");
        let form = ReportForm {
            kind: "value".to_owned(),
            description: "Trạm 7 ghi sai lượng mưa.".to_owned(),
            email: "nguoi.doc@thu.example".to_owned(),
            ..ReportForm::default()
        };
        let filing = Filing { profile: &profile, seal: &seal, receipt: &receipt() };
        let report = db.write(&reader, |tx| voice::file(tx, filing, SLUG, &form)).unwrap();
        db.write(&lan, |tx| {
            voice::verify(tx, &profile, &report)?;
            voice::begin_correction(tx, &profile, &report, "Sửa lượng mưa của trạm 7.")
        })
        .unwrap();
        place
    })
}

/// The same with a draft in which telephones of persons were found, and a treated table was asked for.
fn to_be_treated() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(published());
        place.file("mua.csv", csv_with_people(ROWS_AFTER));
        place.succeeds(&IMPORT);
        let (db, profile) = (place.db(), Profile::load("lac-dien", None).unwrap());
        let (lan, files) = (acting(&db, "lan"), place.path().join("files"));
        let (id, draft) = db
            .read(|conn| {
                let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
                Ok((id.clone(), dataset::draft_of(conn, &id)?.unwrap().id))
            })
            .unwrap();
        let system = Ctx::new(Actor::System, db.clock().now());
        waiting_for(async {
            scan::ensure(&db, &Files::open(&files.display().to_string(), &S3::default())?, &profile, &system, &draft)
                .await
        });
        db.write(&lan, |tx| {
            let found = scan::findings_of(tx.conn(), &draft)?;
            assert!(!found.is_empty());
            for finding in found {
                let judgement = Judgement { verdict: "mask".into(), ..Judgement::default() };
                scan::judge(tx, &profile, &finding.id, &judgement)?;
            }
            scan::request_treatment(tx, &profile, &id)
        })
        .unwrap();
        place
    })
}

/// A place with keys in which a quarter was released, and the next one is closed: in it one dataset got its second version and two came.
fn to_be_released() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::copy_of(published());
        let now = || place.db().clock().now();
        release::make_key(&place.path().join(KEYS), now()).unwrap();
        run_sql(&place, &crate::release::closed("2026-Q1", now()));
        place.succeeds(&["release", "build", "2026-Q1"]);
        place.succeeds(&IMPORT);
        place.succeeds(&PUBLISH);
        for (slug, title) in [("ho-chua", "Hồ chứa"), ("song-suoi", "Sông suối")] {
            place.import(&place.path().join("mua.csv"), slug, title);
            place.publish(slug);
        }
        run_sql(&place, &crate::release::closed(QUARTER, now()));
        place
    })
}

/// The release of the quarter; none while it is not ordered.
fn ordered(place: &Place) -> Option<Release> {
    place.db().read(|conn| release::ordered(conn, QUARTER)).unwrap()
}

/// The files of the release as somebody takes them away, verified there: path and SHA-256, with the signature.
fn taken_away(place: &Place) -> BTreeMap<String, String> {
    let (release, files, keys) = place
        .db()
        .read(|conn| {
            let release = release::by_quarter(conn, Quarter::parse(QUARTER).unwrap())?;
            let (files, gone) = release::files(conn, &release, &Scope::Province)?;
            assert_eq!(gone, 0);
            Ok((release, files, release::keys(conn)?))
        })
        .unwrap();
    let folder = place.path().join("away");
    for file in &files {
        let to = folder.join(&file.path);
        std::fs::create_dir_all(to.parent().unwrap()).unwrap();
        std::fs::copy(place.path().join("files").join(&file.object), to).unwrap();
    }
    place.file(&format!("away/{}", release::SIGNATURE), release::signature_file(&release.signature.unwrap()));
    place.file("key.pem", release::pem_of(&hex::decode(&keys[0].public_key).unwrap()));
    place.succeeds(&["release", "verify", "away", "--key", "key.pem", "--strict"]);
    let paths = files.into_iter().map(|file| file.path).chain([release::SIGNATURE.to_owned()]);
    paths.map(|path| (path.clone(), sha256(&folder.join(path)))).collect()
}

fn acting(db: &Db, name: &str) -> Ctx {
    let person = db.read(|conn| account::by_name(conn, name, "2026-09-04")).unwrap().unwrap();
    Ctx::new(Actor::Account(person.account.id), db.clock().now())
}

fn waiting_for(work: impl Future<Output = khomo::kernel::Result<()>>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work).unwrap();
}

type Visitor = fn(&Path, &AtomicBool);

/// A piece of work: a command, or what a served program does.
#[derive(Clone, Copy)]
struct Work {
    args: &'static [&'static str],
    /// Whether it is done; a command is when it ends.
    done: Option<fn(&Db) -> bool>,
    /// What somebody does at the internal portal meanwhile, from the folder of the place, until it is done or the flag says to stop.
    visitor: Option<Visitor>,
}

impl Work {
    const fn command(args: &'static [&'static str]) -> Self {
        Self { args, done: None, visitor: None }
    }

    const fn job(done: fn(&Db) -> bool) -> Self {
        Self { args: &["serve"], done: Some(done), visitor: None }
    }

    const fn visit(visitor: Visitor, done: fn(&Db) -> bool) -> Self {
        Self { args: &["serve"], done: Some(done), visitor: Some(visitor) }
    }

    fn start(self, place: &Place) -> Started {
        // A group of its own, so that the child that reads the file can be ended with it.
        let mut command = place.command(self.args);
        let mut told = Stdio::null();
        if self.args == ["serve"] {
            // Ports that are free, which the program alone can choose without another one taking them.
            let anywhere = ["KHOMO_PUBLIC_ADDR", "KHOMO_INTERNAL_ADDR"].map(|name| (name, "127.0.0.1:0"));
            command.envs(anywhere).env("KHOMO_DEVELOPMENT", "true");
            told = std::fs::File::create(place.path().join(TOLD)).unwrap().into();
        }
        let child = command.process_group(0).stdout(Stdio::null()).stderr(told).spawn().unwrap();
        let gone = Arc::new(AtomicBool::new(false));
        let visitor = self.visitor.map(|visitor| {
            let (folder, gone): (PathBuf, _) = (place.path().to_owned(), gone.clone());
            std::thread::spawn(move || visitor(&folder, &gone))
        });
        Started { work: self, began: Instant::now(), child, gone, visitor }
    }
}

/// Work that was started.
struct Started {
    work: Work,
    began: Instant,
    child: Child,
    gone: Arc<AtomicBool>,
    visitor: Option<JoinHandle<()>>,
}

impl Started {
    /// Whether it has come to its end.
    fn over(&mut self, db: &Db) -> bool {
        assert!(self.began.elapsed() < Duration::from_secs(120), "not done after two minutes");
        let ended = self.child.try_wait().unwrap();
        match self.work.done {
            Some(done) => {
                assert_eq!(ended, None, "the program serves on");
                done(db)
            }
            None => {
                assert!(ended.is_none_or(|status| status.success()), "khomo {}: {ended:?}", self.work.args.join(" "));
                ended.is_some()
            }
        }
    }

    /// Ends the program alone, as it stands; its child may go on.
    fn kill(&mut self) {
        self.gone.store(true, Ordering::Relaxed);
        let _ = self.child.kill();
        self.child.wait().unwrap();
    }

    fn kill_group(&self) {
        let group = format!("-{}", self.child.id());
        let _ = Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
    }

    /// Ends all its processes.
    fn kill_all(&mut self) {
        self.kill_group();
        self.kill();
        if let Some(visitor) = self.visitor.take() {
            visitor.join().unwrap();
        }
    }
}

impl Drop for Started {
    /// After a failure: what was not ended would work on over a folder that is gone.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.gone.store(true, Ordering::Relaxed);
            self.kill_group();
            let _ = self.child.wait();
        }
    }
}

/// What a served program tells, in the folder of the place.
const TOLD: &str = "told";

/// Where the internal portal listens, as the program tells; none while it does not.
fn internal(folder: &Path) -> Option<SocketAddr> {
    let told = std::fs::read_to_string(folder.join(TOLD)).unwrap();
    let (_, address) = told.split_once(r#""internal":"["#)?;
    Some(address.split_once(']')?.0.parse().unwrap())
}

/// The answer to a request, as far as it came; none while nobody listens.
fn ask(address: SocketAddr, head: &str, body: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let length = body.len();
    write!(stream, "{head}\r\nHost: {address}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n").ok()?;
    stream.write_all(body).ok()?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok()?;
    (!answer.is_empty()).then(|| String::from_utf8_lossy(&answer).to_lowercase())
}

/// Sends what is missing of the upload, piece by piece, as a program does that goes on after a break.
fn send_pieces(folder: &Path, gone: &AtomicBool) {
    const PIECE: usize = 8 << 10;
    let said = std::fs::read_to_string(folder.join("upload")).unwrap();
    let (id, key) = said.split_once(' ').unwrap();
    let bytes = std::fs::read(folder.join("mua.csv")).unwrap();
    let request = |method: &str, more: &str, body: &[u8]| {
        let head = format!(
            "{method} /internal/uploads/{id} HTTP/1.1\r\nTus-Resumable: 1.0.0\r\nAuthorization: Bearer {key}{more}"
        );
        let answer = ask(internal(folder)?, &head, body)?;
        let at = answer.lines().find_map(|line| line.strip_prefix("upload-offset: "));
        at.map(|at| at.trim().parse::<usize>().unwrap())
    };
    let mut known = None;
    while !gone.load(Ordering::Relaxed) {
        let Some(at) = known.take().or_else(|| request("HEAD", "", &[])) else {
            std::thread::yield_now();
            continue;
        };
        if at == bytes.len() {
            return;
        }
        let kind = format!("\r\nContent-Type: application/offset+octet-stream\r\nUpload-Offset: {at}");
        known = request("PATCH", &kind, &bytes[at..bytes.len().min(at + PIECE)]);
    }
}

fn is_read(db: &Db) -> bool {
    db.read(|conn| {
        let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
        let upload = upload::of_dataset(conn, &id, 1)?.remove(0);
        let on_its_way = matches!(upload.state, State::Receiving | State::Reading | State::Read);
        assert!(on_its_way, "{:?} {:?}", upload.state, upload.problems);
        Ok(upload.state == State::Read)
    })
    .unwrap()
}

fn is_treated(db: &Db) -> bool {
    db.read(|conn| {
        let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
        let draft = dataset::draft_of(conn, &id)?.unwrap();
        Ok(!scan::sources_of(conn, &draft.id)?.is_empty())
    })
    .unwrap()
}

fn run_sql(place: &Place, sql: &str) {
    let path = place.path().join("khomo.db");
    let mut conn = SqliteConnection::establish(&path.display().to_string()).unwrap();
    diesel::sql_query(sql).execute(&mut conn).unwrap();
}

/// The minute goes for which the killed program had its job.
fn lease_runs_out(place: &Place) {
    run_sql(place, "UPDATE job SET lease_until = 0 WHERE state = 'running'");
}

/// Has a served program do what is left of a job.
fn done_again(place: &Place, work: Work) {
    lease_runs_out(place);
    let db = place.db();
    let mut started = work.start(place);
    until("over", || started.over(&db));
    started.kill_all();
}

pub const IMPORT: [&str; 5] = ["import", "mua.csv", "--no-state-secret", "--dataset", SLUG];
pub const PUBLISH: [&str; 8] = ["publish", SLUG, "--by", "lan", "--approved-by", "binh", "--reason", "đã kiểm tra"];
pub const REINDEX: [&str; 1] = ["reindex"];
/// The quarter whose release is built.
const QUARTER: &str = "2026-Q2";
const RELEASE: [&str; 3] = ["release", "build", QUARTER];

fn bytes_in(folder: &Path) -> u64 {
    let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
    entries
        .filter_map(Result::ok)
        .map(|entry| match entry.metadata() {
            Ok(found) if found.is_dir() => bytes_in(&entry.path()),
            Ok(found) => found.len(),
            // It went while we looked.
            Err(_) => 0,
        })
        .sum()
}

/// Lets the work go to its end and measures it.
fn measure(from: &Place, work: Work) -> Extent {
    let place = Place::copy_of(from);
    let db = place.db();
    let mut started = work.start(&place);
    let mut extent = Extent { bytes: 0, looks: 0 };
    loop {
        extent.bytes = extent.bytes.max(bytes_in(place.path()));
        extent.looks += 1;
        if started.over(&db) {
            started.kill_all();
            whole(&place);
            return extent;
        }
        std::thread::yield_now();
    }
}

/// Starts the work and kills it at a point; says whether it was still at work.
fn killed(place: &Place, work: Work, point: Point, with_its_child: bool) -> bool {
    let db = place.db();
    let mut started = work.start(place);
    let mut looks = 0;
    loop {
        looks += 1;
        let there = match point {
            Point::Bytes(bytes) => bytes_in(place.path()) >= bytes,
            Point::Looks(most) => {
                bytes_in(place.path());
                looks >= most
            }
        };
        if started.over(&db) {
            started.kill_all();
            return false;
        }
        if there {
            break;
        }
        std::thread::yield_now();
    }
    if !with_its_child {
        // A child that is left alone does no harm, and goes before its folder does.
        started.kill();
        whole(place);
    }
    started.kill_all();
    true
}

pub fn sha256(path: &Path) -> String {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    hex::encode(Sha256::digest(bytes))
}

/// Checks that everything the database says is so; gives the number of the public version, and the rows of the draft, if any.
pub fn whole(place: &Place) -> (i32, Option<i64>) {
    let db = place.db();
    let verdict = db.read(audit::verify).unwrap();
    assert_eq!(verdict.broken_at, None, "the log is broken");
    let tables = db
        .read(|conn| {
            let ids = table::known_ids(conn)?;
            ids.iter()
                .map(|id| table::by_id(conn, &khomo::kernel::id::TableVersionId::parse(id).unwrap()))
                .collect::<khomo::kernel::Result<Vec<_>>>()
        })
        .unwrap();
    for table in &tables {
        let stored = |object: Object| sha256(&place.path().join("files").join(object.name(&table.id)));
        assert_eq!(stored(Object::Original), table.original_sha256);
        assert_eq!(stored(Object::Parquet), table.parquet_sha256);
        assert_eq!(stored(Object::Csv), table.csv_sha256);
    }
    db.read(|conn| {
        let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
        let shown = dataset::detail(conn, &id, None)?;
        let version = &shown.version;
        let rows: Vec<i64> = shown.resources.iter().map(|resource| resource.table.row_count).collect();
        let expected = if shown.latest == 1 { ROWS_BEFORE } else { ROWS_AFTER };
        assert_eq!(rows, [expected], "version {} is not whole", shown.latest);
        let hash = dataset::hash_of(SLUG, shown.latest, version, &shown.resources);
        assert_eq!(version.hash.as_ref(), Some(&hash), "version {} is not what its hash says", shown.latest);
        let draft = match dataset::draft_of(conn, &id)? {
            None => None,
            Some(draft) => {
                let resources = dataset::resources_of(conn, &draft.id)?;
                assert_eq!(resources.len(), 1, "a draft without its table");
                Some(resources[0].table.row_count)
            }
        };
        assert!(draft.is_none_or(|rows| rows == ROWS_AFTER), "half a draft: {draft:?}");
        Ok((shown.latest, draft))
    })
    .unwrap()
}

/// Two days later everything that the killed program left goes, and nothing else.
fn swept(place: &Place, point: Point) {
    two_days_ago(&place.path().join("files"));
    two_days_ago(&place.path().join("scratch"));
    place.succeeds(&["sweep"]);
    let left = |folder: &str| -> Vec<String> {
        let entries = std::fs::read_dir(place.path().join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect()
    };
    assert_eq!(left("files/incoming"), Vec::<String>::new(), "{point:?}");
    // A served program keeps the key of its cookies there.
    assert!(left("scratch").iter().all(|name| name == "cookie.key"), "{point:?}: {:?}", left("scratch"));
    let known = place.db().read(table::known_ids).unwrap();
    assert!(left("files/tables").iter().all(|id| known.contains(id)), "{point:?}: objects that nothing names");
    if place.path().join("files/uploads").exists() {
        assert_eq!(left("files/uploads"), Vec::<String>::new(), "{point:?}: pieces of a file that was read");
    }
    if place.path().join("files/releases").exists() {
        let read = place.db().read(|conn| Ok((release::stored(conn)?, release::building(conn)?)));
        let (named, building) = read.unwrap();
        // Of one that is being made everything stays, since it goes on with it.
        for id in left("files/releases").into_iter().filter(|id| building.iter().all(|one| one.id.as_str() != id)) {
            let objects = left(&format!("files/releases/{id}")).into_iter().map(|name| format!("releases/{id}/{name}"));
            let lost: Vec<String> = objects.filter(|name| named.iter().all(|one| one.name != *name)).collect();
            assert_eq!(lost, Vec::<String>::new(), "{point:?}: objects of a release that nothing names");
        }
    }
}

/// Whether the index answers, and with what is published; opening it makes nothing.
pub fn indexed(place: &Place) -> bool {
    let vocabulary = Arc::new(Vocabulary::load(None).unwrap());
    let index = Index::open(&place.path().join("index"), vocabulary, 15_000_000).unwrap();
    if !index.ready() {
        return false;
    }
    let published = place
        .db()
        .read(|conn| Ok(dataset::standings(conn)?.into_iter().map(|one| one.id.to_string()).collect::<Vec<_>>()))
        .unwrap();
    assert_eq!(index.ids().unwrap(), published);
    true
}

/// Numbers that are the same in every run.
pub struct Seeded(pub u64);

impl Seeded {
    /// The next one below a limit.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit.max(1)
    }
}

/// Points spread over a piece of work: half by what stands on the disk, half by how long it has gone on.
fn points(extent: Extent, from: u64, count: u64, seed: u64) -> Vec<Point> {
    let mut seeded = Seeded(seed);
    (0..count)
        .map(|i| {
            // Somewhere in the i-th part of the whole.
            let share = |whole: u64, seeded: &mut Seeded| whole * i / count + seeded.below(whole / count);
            if i % 2 == 0 {
                Point::Bytes(from + share(extent.bytes.saturating_sub(from), &mut seeded))
            } else {
                Point::Looks(share(extent.looks, &mut seeded).max(1))
            }
        })
        .collect()
}

/// Kills one piece of work at all its points, on copies of the same place.
fn kill_at_each(from: &Place, work: Work, count: u64, seed: u64, after: impl Fn(&Place, Point) -> &'static str) {
    let times = std::env::var("KHOMO_TORTURE").map_or(1, |times| times.parse().unwrap());
    let count = count * times;
    let extent = measure(from, work);
    let mut at_work = 0;
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, point) in points(extent, bytes_in(from.path()), count, seed).into_iter().enumerate() {
        let place = Place::copy_of(from);
        if killed(&place, work, point, i / 2 % 2 == 0) {
            at_work += 1;
        }
        *left.entry(after(&place, point)).or_default() += 1;
    }
    // Said, not asserted: how fast the machine is decides it.
    let _ =
        writeln!(std::io::stdout(), "khomo {}: killed at work {at_work} of {count} times, left {left:?}", work.args[0]);
    assert!(at_work > 0, "no point lay within the work: {extent:?}");
}

#[test]
fn an_import_that_is_killed_leaves_the_public_version_and_can_be_done_again() {
    kill_at_each(published(), Work::command(&IMPORT), 4, 1, |place, point| {
        let (number, draft) = whole(place);
        assert_eq!(number, 1, "{point:?}: an import published something");
        assert!(draft.is_none_or(|rows| rows == ROWS_AFTER), "{point:?}");
        assert!(indexed(place), "{point:?}: an import hurt the index");
        swept(place, point);
        assert_eq!(whole(place), (number, draft), "{point:?}: the sweep took what is in use");
        place.succeeds(&IMPORT);
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)), "{point:?}");
        if draft.is_some() { "the draft" } else { "no draft" }
    });
}

#[test]
fn a_publication_that_is_killed_happened_or_did_not() {
    kill_at_each(drafted(), Work::command(&PUBLISH), 4, 2, |place, point| {
        let before = whole(place);
        assert!([(1, Some(ROWS_AFTER)), (2, None)].contains(&before), "{point:?}: {before:?}");
        if before.0 == 1 {
            place.succeeds(&PUBLISH);
        }
        assert_eq!(whole(place), (2, None), "{point:?}");
        if before.0 == 1 { "the old version" } else { "the new version" }
    });
}

#[test]
fn a_correction_that_is_killed_settles_its_report_or_leaves_it_open() {
    // Whether the report says the same as the data: corrected in version 2 with a letter on its way, or not at all.
    let agrees = |place: &Place, point: Point, number: i32| {
        let db = place.db();
        let report = db.read(|conn| voice::follow(conn, &receipt())).unwrap().report;
        let (state, version) =
            if number == 2 { (voice::State::Corrected, Some(2)) } else { (voice::State::Correcting, None) };
        assert_eq!((report.state, report.corrected_in), (state, version), "{point:?}");
        let letters = db.read(|conn| khomo::platform::queue::list(conn, "waiting", 1_000)).unwrap();
        let ordered = letters.iter().filter(|job| job.kind == voice::LETTER).count();
        assert_eq!(ordered, usize::from(number == 2), "{point:?}");
    };
    kill_at_each(to_be_corrected(), Work::command(&PUBLISH), 4, 7, |place, point| {
        let before = whole(place);
        assert!([(1, Some(ROWS_AFTER)), (2, None)].contains(&before), "{point:?}: {before:?}");
        agrees(place, point, before.0);
        if before.0 == 1 {
            place.succeeds(&PUBLISH);
        }
        assert_eq!(whole(place), (2, None), "{point:?}");
        agrees(place, point, 2);
        if before.0 == 1 { "the old version" } else { "the new version" }
    });
}

#[test]
fn a_rebuild_that_is_killed_leaves_an_index_that_answers_or_can_be_built_anew() {
    kill_at_each(drafted(), Work::command(&REINDEX), 4, 3, |place, point| {
        let folders = generations(place);
        // There was a whole index before, so there is one now.
        assert!(indexed(place), "{point:?}: the old index is gone and no new one is there");
        place.succeeds(&REINDEX);
        assert!(indexed(place), "{point:?}");
        assert_eq!(generations(place), 1, "{point:?}: generations nobody needs were left");
        if folders > 1 { "a generation half built" } else { "one generation" }
    });
}

#[test]
fn an_upload_goes_on_where_it_stood_when_the_program_was_killed() {
    let work = Work::visit(send_pieces, is_read);
    kill_at_each(begun(), work, 4, 6, |place, point| {
        let (number, draft) = whole(place);
        assert_eq!(number, 1, "{point:?}: an upload published something");
        if draft.is_none() {
            done_again(place, work);
        }
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)), "{point:?}");
        let (db, sent) = (place.db(), sha256(&place.path().join("mua.csv")));
        let kept = db.read(|conn| {
            let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
            let draft = dataset::draft_of(conn, &id)?.unwrap();
            Ok(dataset::resources_of(conn, &draft.id)?.remove(0).table.original_sha256)
        });
        assert_eq!(kept.unwrap(), sent, "{point:?}: the bytes are not those that were sent");
        swept(place, point);
        if draft.is_some() { "the draft" } else { "no draft" }
    });
}

#[test]
fn an_upload_that_is_being_read_when_the_program_is_killed_is_read_by_the_next_one() {
    let work = Work::job(is_read);
    kill_at_each(uploaded(), work, 4, 4, |place, point| {
        let (number, draft) = whole(place);
        assert_eq!(number, 1, "{point:?}: an upload published something");
        if draft.is_none() {
            done_again(place, work);
        }
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)), "{point:?}");
        swept(place, point);
        place.succeeds(&PUBLISH);
        assert_eq!(whole(place), (2, None), "{point:?}");
        if draft.is_some() { "the draft" } else { "no draft" }
    });
}

#[test]
fn a_treatment_that_is_killed_is_done_by_the_next_program_and_its_source_is_never_public() {
    let work = Work::job(is_treated);
    kill_at_each(to_be_treated(), work, 4, 5, |place, point| {
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)), "{point:?}");
        let before = is_treated(&place.db());
        if !before {
            done_again(place, work);
        }
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)), "{point:?}");
        swept(place, point);
        place.succeeds(&PUBLISH);
        assert_eq!(whole(place), (2, None), "{point:?}");
        let shown = place.db().read(|conn| {
            let id = dataset::by_slug(conn, SLUG)?.unwrap().id;
            Ok(dataset::detail(conn, &id, None)?.resources.remove(0).table)
        });
        let csv = place.path().join("files").join(Object::Csv.name(&shown.unwrap().id));
        let text = std::fs::read_to_string(csv).unwrap();
        assert!(text.contains('•') && !text.contains("0900007919"), "{point:?}: {}", &text[..200]);
        if before { "the treated table" } else { "the source" }
    });
}

#[test]
fn a_release_that_is_killed_while_it_is_built_goes_on_to_the_bytes_of_one_that_was_not() {
    let undisturbed = {
        let place = Place::copy_of(to_be_released());
        place.succeeds(&RELEASE);
        taken_away(&place)
    };
    assert!(undisturbed.keys().any(|path| path.starts_with("changes/")), "{undisturbed:?}");
    kill_at_each(to_be_released(), Work::command(&RELEASE), 4, 8, |place, point| {
        assert_eq!(whole(place), (2, None), "{point:?}");
        let before = ordered(place);
        swept(place, point);
        if !before.as_ref().is_some_and(Release::is_ready) {
            lease_runs_out(place);
            place.succeeds(&RELEASE);
        }
        assert_eq!(taken_away(place), undisturbed, "{point:?}");
        swept(place, point);
        assert_eq!(whole(place), (2, None), "{point:?}: the sweep took what is in use");
        match before {
            None => "no release",
            Some(release) if release.is_ready() => "the release",
            Some(_) => "a release half made",
        }
    });
}

fn generations(place: &Place) -> usize {
    let entries = std::fs::read_dir(place.path().join("index")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count()
}
