//! The program is killed in the middle of its work, at twenty points: what is left is the old state or the new one, whole, and the
//! work can be done again.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, OnceLock};

use khomo::discovery::{Index, Vocabulary};
use khomo::table::Object;
use khomo::{audit, dataset, table};
use sha2::{Digest, Sha256};

use crate::command_line::Place;
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

pub const IMPORT: [&str; 5] = ["import", "mua.csv", "--no-state-secret", "--dataset", SLUG];
pub const PUBLISH: [&str; 8] = ["publish", SLUG, "--by", "lan", "--approved-by", "binh", "--reason", "đã kiểm tra"];
pub const REINDEX: [&str; 1] = ["reindex"];

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

fn start(place: &Place, args: &[&str]) -> Child {
    // A group of its own, so that the child that reads the file can be ended with it.
    place.command(args).process_group(0).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Lets the work go to its end and measures it.
fn measure(from: &Place, args: &[&str]) -> Extent {
    let place = Place::copy_of(from);
    let mut child = start(&place, args);
    let mut extent = Extent { bytes: 0, looks: 0 };
    loop {
        extent.bytes = extent.bytes.max(bytes_in(place.path()));
        extent.looks += 1;
        if let Some(status) = child.try_wait().unwrap() {
            assert!(status.success(), "khomo {} without a crash: {status}", args.join(" "));
            whole(&place);
            return extent;
        }
        std::thread::yield_now();
    }
}

/// Starts the work and kills it at a point; says whether it was still at work.
fn killed(place: &Place, args: &[&str], point: Point, with_its_child: bool) -> bool {
    let mut child = start(place, args);
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
        if child.try_wait().unwrap().is_some() {
            return false;
        }
        if there {
            break;
        }
        std::thread::yield_now();
    }
    let group = child.id();
    if with_its_child {
        end_group(group);
    }
    let _ = child.kill();
    child.wait().unwrap();
    // A child that was left alone does no harm, and goes before its folder does.
    whole(place);
    end_group(group);
    true
}

/// Ends all processes of a group that this test started.
fn end_group(group: u32) {
    let _ = Command::new("kill").args(["-KILL", "--", &format!("-{group}")]).stderr(Stdio::null()).status();
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
    assert_eq!(left("scratch"), Vec::<String>::new(), "{point:?}");
    let known = place.db().read(table::known_ids).unwrap();
    assert!(left("files/tables").iter().all(|id| known.contains(id)), "{point:?}: objects that nothing names");
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
fn kill_at_each(from: &Place, args: &[&str], count: u64, seed: u64, after: impl Fn(&Place, Point) -> &'static str) {
    let extent = measure(from, args);
    let mut at_work = 0;
    let mut left: BTreeMap<&str, usize> = BTreeMap::new();
    for (i, point) in points(extent, bytes_in(from.path()), count, seed).into_iter().enumerate() {
        let place = Place::copy_of(from);
        if killed(&place, args, point, i / 2 % 2 == 0) {
            at_work += 1;
        }
        *left.entry(after(&place, point)).or_default() += 1;
    }
    // Said, not asserted: how fast the machine is decides it.
    let _ = writeln!(std::io::stdout(), "khomo {}: killed at work {at_work} of {count} times, left {left:?}", args[0]);
    assert!(at_work > 0, "no point lay within the work: {extent:?}");
}

#[test]
fn an_import_that_is_killed_leaves_the_public_version_and_can_be_done_again() {
    kill_at_each(published(), &IMPORT, 10, 1, |place, point| {
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
    kill_at_each(drafted(), &PUBLISH, 5, 2, |place, point| {
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
fn a_rebuild_that_is_killed_leaves_an_index_that_answers_or_can_be_built_anew() {
    kill_at_each(drafted(), &REINDEX, 5, 3, |place, point| {
        let folders = generations(place);
        // There was a whole index before, so there is one now.
        assert!(indexed(place), "{point:?}: the old index is gone and no new one is there");
        place.succeeds(&REINDEX);
        assert!(indexed(place), "{point:?}");
        assert_eq!(generations(place), 1, "{point:?}: generations nobody needs were left");
        if folders > 1 { "a generation half built" } else { "one generation" }
    });
}

fn generations(place: &Place) -> usize {
    let entries = std::fs::read_dir(place.path().join("index")).unwrap();
    entries.filter(|entry| entry.as_ref().unwrap().path().is_dir()).count()
}
