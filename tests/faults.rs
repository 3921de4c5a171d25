//! The storage gives out under the program, at seeded points of every piece of work: each run ends well or says what to do, what is
//! left is the old state or the new one, whole, and the work goes through once there is room.
//!
//! The kernel makes most faults: beyond a limit (`ulimit -f`) no file can grow, which it tells as it tells a full disk, in the program
//! and in the child that reads the file alike; and `/dev/full` has no room for what is printed or logged. `support/fault.c` lets one
//! call fail in front of the kernel.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;

use khomo::i18n::Texts;
use khomo::kernel::{Lang, Problem};
use rlimit::{INFINITY, Resource, prlimit};
use tempfile::TempDir;

use crate::command_line::{Place, text};
use crate::crash::{IMPORT, PUBLISH, REINDEX, ROWS_AFTER, SLUG, Seeded, drafted, indexed, published, sha256, whole};
use crate::journeys::serve_copy;
use crate::support::served::answer;

/// The unit of `ulimit -f`, in bytes.
const BLOCK: u64 = 512;

/// The program as a shell starts it that lets no file grow beyond so many blocks, and has the failure told instead of a signal.
fn limited(command: &Command, blocks: &str) -> Command {
    let mut limited = Command::new("/bin/sh");
    limited
        .args(["-c", "trap '' XFSZ; ulimit -S -f \"$0\"; exec \"$@\"", blocks])
        .arg(command.get_program())
        .args(command.get_args())
        .current_dir(command.get_current_dir().unwrap())
        .env_clear()
        .envs(command.get_envs().filter_map(|(name, value)| Some((name, value?))));
    limited
}

/// The sentences that a person may be told when the storage gives out.
fn sentences() -> [String; 2] {
    let texts = Texts::load(None, &[]).unwrap();
    ["disk-full", "storage-failing"].map(|code| texts.problem(Lang::En, &Problem::new(code)))
}

/// What is wrong with how a run ended that met a fault.
fn badly_told(output: &Output) -> Option<String> {
    let said = text(&output.stderr);
    let told: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("khomo: ")).collect();
    let fine = match output.status.code() {
        Some(0) => told.is_empty(),
        Some(1) => told.len() == 1 && sentences().contains(&told[0].to_owned()),
        _ => false,
    };
    (!fine || said.contains("panicked")).then(|| format!("{}: {said}", output.status))
}

/// Every object under its final name, with its hash.
fn objects(place: &Place) -> Vec<(String, String)> {
    let folder = place.path().join("files/tables");
    let entries = |path: &Path| std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect::<Vec<_>>();
    let files = entries(&folder).into_iter().flat_map(|table| entries(&table));
    files.map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), sha256(&path))).collect()
}

/// One piece of work that meets faults, on copies of the same place.
struct Work<'a> {
    from: &'a Place,
    args: &'a [&'a str],
    /// Checks what is left, does the work again, and says in a word what was left.
    after: fn(&Place) -> &'static str,
    /// The objects of the work without a fault.
    known: BTreeSet<(String, String)>,
    /// With so much room for each file it goes through, in blocks.
    enough: u64,
    wrong: Vec<String>,
    ended: BTreeMap<(Option<i32>, &'static str), usize>,
}

impl<'a> Work<'a> {
    fn new(from: &'a Place, args: &'a [&'a str], after: fn(&Place) -> &'static str) -> Self {
        fn largest(folder: &Path) -> u64 {
            let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
            let sizes = entries.map(|entry| match entry.metadata().unwrap() {
                found if found.is_dir() => largest(&entry.path()),
                found => found.len(),
            });
            sizes.max().unwrap_or(0)
        }
        let place = Place::copy_of(from);
        place.succeeds(args);
        let enough = largest(place.path()).div_ceil(BLOCK) + 64;
        let known = objects(&place).into_iter().collect();
        Self { from, args, after, known, enough, wrong: Vec::new(), ended: BTreeMap::new() }
    }

    /// Does it once, made to meet a fault.
    fn meets(&mut self, fault: &str, prepare: impl FnOnce(&Place, Command) -> Command) -> Output {
        let place = Place::copy_of(self.from);
        let output = prepare(&place, place.command(self.args)).output().unwrap();
        self.wrong.extend(badly_told(&output).map(|told| format!("{fault}: {told}")));
        let half: Vec<_> = objects(&place).into_iter().filter(|object| !self.known.contains(object)).collect();
        assert!(half.is_empty(), "{fault}: half an object has its name: {half:?}");
        place.succeeds(&["audit", "verify"]);
        *self.ended.entry((output.status.code(), (self.after)(&place))).or_default() += 1;
        output
    }

    /// Does it under limits from nothing to enough, half of them while another program has the database open (its files are there
    /// already then).
    fn meets_limits(mut self, count: u64, seed: u64) {
        let (enough, mut seeded) = (self.enough, Seeded(seed));
        // Closer together where files are small; nothing at all first, and enough last.
        let below = |i: u64| enough * i * i / (count * count);
        for i in 0..=count {
            let blocks = if i == count { enough } else { below(i) + seeded.below(below(i + 1) - below(i)) };
            let mut other = None;
            let output = self.meets(&format!("{blocks} blocks"), |place, command| {
                if i % 2 == 1 {
                    let db = place.db();
                    db.revision().unwrap();
                    other = Some(db);
                }
                limited(&command, &blocks.to_string())
            });
            assert!(i < count || output.status.success(), "{enough} blocks are not enough: {}", text(&output.stderr));
        }
        self.end("little room");
    }

    /// Does it while its n-th change of a file fails, for seeded n until there is no n-th one, in three ways.
    fn meets_failing_calls(mut self, seed: u64) {
        /// EIO, ENOSPC and EDQUOT, as Linux numbers them.
        const NUMBERS: [u64; 3] = [5, 28, 122];
        let mut seeded = Seeded(seed);
        let (mut call, mut felt) = (1, 0);
        loop {
            let number = NUMBERS[felt % NUMBERS.len()].to_string();
            let output = self.meets(&format!("call {call} with {number}"), |place, mut command| {
                command.env("LD_PRELOAD", library()).env("FAULT_FOLDER", place.path());
                command.env("FAULT_AT", call.to_string()).env("FAULT_ERRNO", number);
                command
            });
            if !text(&output.stderr).contains("fault in ") {
                break;
            }
            felt += 1;
            call += 1 + seeded.below(5);
        }
        assert!(felt > 5, "only {felt} calls were made to fail");
        self.end("a failing call");
    }

    fn end(self, with: &str) {
        let Self { args, wrong, ended, .. } = self;
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let _ = writeln!(std::io::stdout(), "khomo {} with {with}: {ended:?}", args[0]);
        assert!(ended.keys().any(|(code, _)| *code == Some(1)), "no fault was felt: {ended:?}");
    }
}

/// What makes a call fail, built once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = LIBRARY.get_or_init(|| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fault.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/support/fault.c");
        // The program was linked with the same one.
        let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&path).arg(source).output().unwrap();
        assert!(built.status.success(), "{}", text(&built.stderr));
        (folder, path)
    });
    path
}

fn import() -> Work<'static> {
    Work::new(published(), &IMPORT, |place| {
        let (number, draft) = whole(place);
        assert_eq!(number, 1, "an import published something");
        assert!(indexed(place), "an import hurt the index");
        place.succeeds(&IMPORT);
        assert_eq!(whole(place), (1, Some(ROWS_AFTER)));
        if draft.is_some() { "the draft" } else { "no draft" }
    })
}

fn publication() -> Work<'static> {
    Work::new(drafted(), &PUBLISH, |place| {
        let before = whole(place);
        assert!([(1, Some(ROWS_AFTER)), (2, None)].contains(&before), "{before:?}");
        if before.0 == 1 {
            place.succeeds(&PUBLISH);
        }
        assert_eq!(whole(place), (2, None));
        if before.0 == 1 { "the old version" } else { "the new version" }
    })
}

fn rebuild() -> Work<'static> {
    Work::new(drafted(), &REINDEX, |place| {
        assert!(indexed(place), "the old index is gone and no new one is there");
        place.succeeds(&REINDEX);
        assert!(indexed(place));
        "an index"
    })
}

#[test]
fn an_import_without_room_says_so_and_loses_nothing() {
    import().meets_limits(14, 11);
}

#[test]
fn an_import_whose_call_fails_says_so_and_loses_nothing() {
    import().meets_failing_calls(14);
}

#[test]
fn a_publication_without_room_happens_whole_or_not_at_all() {
    publication().meets_limits(12, 12);
}

#[test]
fn a_publication_whose_call_fails_happens_whole_or_not_at_all() {
    publication().meets_failing_calls(15);
}

#[test]
fn a_rebuild_without_room_leaves_an_index_that_answers() {
    rebuild().meets_limits(12, 13);
}

#[test]
fn a_rebuild_whose_call_fails_leaves_an_index_that_answers() {
    rebuild().meets_failing_calls(16);
}

#[test]
fn output_that_cannot_be_written_is_told_and_no_crash() {
    let place = published();
    let full = || Stdio::from(File::options().write(true).open("/dev/full").unwrap());
    for args in [
        &["audit", "verify"][..],
        &["audit", "verify", "--json"],
        &["migrate"],
        &["profile", "list"],
        &["profile", "check"],
        &["import", "mua.csv", "--check"],
        &["import", "mua.csv", "--check", "--json"],
    ] {
        let output = place.command(args).stdout(full()).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}: {}", text(&output.stderr));
        assert_eq!(badly_told(&output), None, "{args:?}");
        // Where not even the complaint can be written, the exit code is left.
        let status = place.command(args).stdout(full()).stderr(full()).status().unwrap();
        assert_eq!(status.code(), Some(1), "{args:?}");
        // Whoever closed it, as `| head` does, misses nothing.
        let (unread, closed) = std::io::pipe().unwrap();
        drop(unread);
        let output = place.command(args).stdout(closed).output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", text(&output.stderr));
    }
}

#[test]
fn a_portal_whose_log_cannot_be_written_goes_on() {
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let portals = serve_copy(published(), |mut command| {
        command.env("KHOMO_LOG", "debug").stdout(full()).stderr(full());
        command
    });
    let public = portals.public.strip_prefix("http://").unwrap().parse().unwrap();
    for _ in 0..3 {
        assert!(answer(public, &format!("/dataset/{SLUG}")).starts_with("HTTP/1.1 200"));
        assert!(answer(public, "/khong-co").starts_with("HTTP/1.1 404"));
    }
}

#[test]
fn a_portal_without_room_goes_on_showing_and_takes_what_is_sent_once_there_is_some() {
    let mut portals = serve_copy(published(), |command| limited(&command, "unlimited"));
    let [public, internal] =
        [&portals.public, &portals.internal].map(|at| at.strip_prefix("http://").unwrap().parse().unwrap());
    let process = i32::try_from(portals.program.id()).unwrap();
    let limit = |bytes| prlimit(process, Resource::FSIZE, Some((bytes, INFINITY)), None).unwrap();
    limit(0);
    for path in ["/", "/dataset?q=mua", &format!("/dataset/{SLUG}"), &format!("/dataset/{SLUG}/mua.csv")] {
        let shown = answer(public, path);
        assert!(shown.starts_with("HTTP/1.1 200"), "{path}: {shown}");
    }
    // A page with a form begins a session, which is written down.
    let refused = answer(internal, "/internal/sign-in");
    assert!(refused.starts_with("HTTP/1.1 503") && refused.to_lowercase().contains("retry-after"), "{refused}");
    limit(INFINITY);
    let shown = answer(internal, "/internal/sign-in");
    assert!(shown.starts_with("HTTP/1.1 200"), "{shown}");
    assert!(portals.program.try_wait().unwrap().is_none(), "the program ended");
    portals.place.succeeds(&["audit", "verify"]);
    assert_eq!(whole(&portals.place), (1, None));
}
