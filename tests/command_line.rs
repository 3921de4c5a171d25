//! The command line, as an operator and as a script use it: helps, settings, exit codes, and the way from a file to a published dataset.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use khomo::account::{self, NewAccount};
use khomo::agency::{self, NewAgency};
use khomo::config::SETTINGS;
use khomo::duty::{self, Kind};
use khomo::kernel::{Actor, Clock, Ctx};
use khomo::platform::db::Db;
use khomo::platform::password;
use khomo::profile::Profile;
use tempfile::TempDir;

use crate::support::postgres::{self, Schema};

/// The program under test.
pub const KHOMO: &str = env!("CARGO_BIN_EXE_khomo");
/// The folder of a place that has keys, with which it signs releases.
pub const KEYS: &str = "signing-keys";
/// The slug of the one agency.
pub const AGENCY: &str = "so-y-te";

/// An installation in a folder of its own, as the settings of an operator make it.
pub struct Place {
    folder: TempDir,
    /// On PostgreSQL; otherwise the database is a file in the folder.
    schema: Option<Schema>,
}

impl Place {
    /// An empty folder, for a database in a file.
    pub fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), schema: None }
    }

    /// A migrated database in a file with one agency, and `lan` (editor), `binh` (approver), `cuc` (operator) who work there.
    pub fn new() -> Self {
        Self::empty().with_people()
    }

    /// The same on the database that the suite runs on.
    pub fn on_the_suite_s_database() -> Self {
        Self { schema: postgres::server().map(|server| Schema::create(&server)), ..Self::empty() }.with_people()
    }

    fn with_people(self) -> Self {
        self.succeeds(&["migrate", "--create"]);
        self.enter_people();
        self
    }

    /// A copy of another one whose database is a file, as it stands on the disk.
    pub fn copy_of(other: &Self) -> Self {
        fn copy(from: &Path, to: &Path) {
            std::fs::create_dir_all(to).unwrap();
            for entry in std::fs::read_dir(from).unwrap() {
                let entry = entry.unwrap();
                let to = to.join(entry.file_name());
                if entry.path().is_dir() {
                    copy(&entry.path(), &to);
                } else {
                    std::fs::copy(entry.path(), to).unwrap();
                }
            }
        }
        let place = Self::empty();
        copy(other.path(), place.path());
        place
    }

    /// The folder.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// The settings, by their names in the environment.
    pub fn settings(&self) -> Vec<(&'static str, String)> {
        let below = |name: &str| self.path().join(name).display().to_string();
        let mut settings = vec![
            ("KHOMO_DATABASE_URL", self.url()),
            ("KHOMO_FILES", below("files")),
            ("KHOMO_INDEX", below("index")),
            ("KHOMO_SCRATCH", below("scratch")),
            ("KHOMO_PROFILE", "lac-dien".to_owned()),
        ];
        if self.path().join(KEYS).is_dir() {
            settings.push(("KHOMO_RELEASE_KEYS", below(KEYS)));
        }
        settings
    }

    /// The program with these settings and nothing else of the environment.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(KHOMO);
        command.env_clear().envs(self.settings()).current_dir(self.path()).args(args);
        command
    }

    /// Runs the program.
    pub fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// Runs the program, which must end with 0; gives what it printed.
    pub fn succeeds(&self, args: &[&str]) -> String {
        self.ends(args, 0).0
    }

    /// Runs the program, which must end with a code; gives what it printed and what it complained of.
    pub fn ends(&self, args: &[&str], code: i32) -> (String, String) {
        let output = self.run(args);
        let (out, err) = (text(&output.stdout), text(&output.stderr));
        assert_eq!(output.status.code(), Some(code), "khomo {}: {out}{err}", args.join(" "));
        (out, err)
    }

    fn url(&self) -> String {
        match &self.schema {
            Some(schema) => schema.url(),
            None => format!("sqlite:{}", self.path().join("khomo.db").display()),
        }
    }

    /// The database.
    pub fn db(&self) -> Db {
        Db::open(&self.url(), false, Clock::system()).unwrap()
    }

    /// Writes a file into the folder.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    /// Imports a file as the draft of a dataset.
    pub fn import(&self, file: &Path, slug: &str, title: &str) -> String {
        let file = file.display().to_string();
        self.succeeds(&["import", "--no-state-secret", &file, "--dataset", slug, "--agency", AGENCY, "--title", title])
    }

    /// Publishes the draft of a dataset by two persons.
    pub fn publish(&self, slug: &str) -> String {
        self.succeeds(&["publish", slug, "--by", "lan", "--approved-by", "binh", "--reason", "đã kiểm tra"])
    }

    fn enter_people(&self) {
        let db = self.db();
        let ctx = Ctx::new(Actor::System, db.clock().now());
        db.write(&ctx, |tx| {
            let made = agency::register(
                tx,
                NewAgency {
                    slug: AGENCY.into(),
                    name_vi: "Sở Y tế".into(),
                    name_en: Some("Department of Health".into()),
                    kind: "department".into(),
                    e_identifier: None,
                    phone: None,
                    email: None,
                    valid_from: "2020-01-01".into(),
                },
            )?;
            for (name, role, full_name) in
                [("lan", "editor", "Trần Thị Lan"), ("binh", "approver", "Lê Bình"), ("cuc", "operator", "Võ Cúc")]
            {
                let id = account::create(
                    tx,
                    NewAccount {
                        user_name: name.into(),
                        email: format!("{name}@example.vn"),
                        full_name: full_name.into(),
                        roles: vec![(made.id.clone(), role.into())],
                        valid_from: "2020-01-01".into(),
                    },
                )?;
                account::set_password(tx, &id, &password::hash(PASSWORD)?, false)?;
            }
            Ok(())
        })
        .unwrap();
    }
}

/// The password of everybody.
pub const PASSWORD: &str = "mật khẩu dài của bài thử 2026";

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("the program speaks UTF-8")
}

fn bare(args: &[&str]) -> Output {
    Command::new(KHOMO).env_clear().args(args).output().unwrap()
}

#[test]
fn every_command_has_a_help() {
    let commands: &[&[&str]] = &[
        &[],
        &["demo"],
        &["serve"],
        &["migrate"],
        &["import"],
        &["diff"],
        &["publish"],
        &["reindex"],
        &["sweep"],
        &["vocabulary"],
        &["vocabulary", "boundaries"],
        &["calendar"],
        &["calendar", "import"],
        &["calendar", "show"],
        &["backup"],
        &["restore"],
        &["doctor"],
        &["check"],
        &["profile"],
        &["profile", "list"],
        &["profile", "check"],
        &["audit"],
        &["audit", "verify"],
        &["agency"],
        &["agency", "add"],
        &["account"],
        &["account", "add"],
        &["duties"],
        &["duties", "turn"],
        &["jobs"],
        &["jobs", "list"],
        &["jobs", "put-back"],
        &["jobs", "cancel"],
        &["release"],
        &["release", "list"],
        &["release", "build"],
        &["release", "verify"],
        &["release", "key"],
        &["release", "key", "new"],
        &["release", "key", "list"],
    ];
    for command in commands {
        let output = bare(&[command, &["--help"][..]].concat());
        let help = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "khomo {} --help", command.join(" "));
        assert!(help.contains("Usage: khomo") && help.lines().count() > 4, "{help}");
        // What is hidden stays hidden.
        assert!(!help.contains("ingest-worker"), "{help}");
    }
    let all = text(&bare(&["--help"]).stdout);
    // The list above is whole: every command that the help names is in it.
    let named = all.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.trim().is_empty());
    let mut named: Vec<&str> = named
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    let mut listed: Vec<&str> =
        commands.iter().filter(|command| command.len() == 1).map(|command| command[0]).collect();
    named.sort_unstable();
    listed.sort_unstable();
    assert_eq!(named, listed);
    let version = text(&bare(&["--version"]).stdout);
    assert_eq!(version.trim(), format!("khomo {}", env!("CARGO_PKG_VERSION")));
}

#[test]
fn the_help_of_serve_names_every_setting_and_no_other() {
    let help = text(&bare(&["serve", "--help"]).stdout);
    let words: Vec<&str> = help.split(|c: char| !(c.is_ascii_uppercase() || c == '_' || c.is_ascii_digit())).collect();
    for setting in SETTINGS {
        assert!(words.contains(setting), "{setting} is not in the help");
    }
    for word in words.iter().filter(|word| word.starts_with("KHOMO_") && word.len() > 6) {
        assert!(SETTINGS.contains(word), "the help names {word}, which is no setting");
    }
}

#[test]
fn a_wrong_call_ends_with_2_and_a_usage() {
    for args in [
        &["nonsense"][..],
        &["import"],
        &["publish", "a"],
        &["import", "a.csv", "--strict"],
        &["--lang", "fr", "reindex"],
    ] {
        let output = bare(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(text(&output.stderr).contains("--help"), "{}", text(&output.stderr));
    }
}

#[test]
fn an_unknown_setting_is_refused_by_name_wherever_it_stands() {
    let place = Place::empty();
    for args in [&["migrate"][..], &["serve"], &["reindex"], &["audit", "verify"]] {
        let output = place.command(args).env("KHOMO_PUBLIC_ADRESS", "127.0.0.1:1").output().unwrap();
        let said = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {said}");
        assert!(said.contains("KHOMO_PUBLIC_ADRESS"), "{said}");
    }
    let config = place.file("khomo.toml", "public_adress = \"127.0.0.1:1\"\n");
    let output = place.command(&["migrate"]).env("KHOMO_CONFIG", &config).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output.stderr).contains("public_adress"));
    assert!(!place.path().join("khomo.db").exists(), "a refused start made a database");
}

#[test]
fn a_typo_in_the_database_makes_no_database() {
    let place = Place::empty();
    let (_, said) = place.ends(&["migrate"], 2);
    assert!(said.contains("khomo.db"), "{said}");
    assert!(!place.path().join("khomo.db").exists());
    let (_, said) = place.ends(&["--lang", "vi", "audit", "verify"], 2);
    assert!(said.contains("khomo.db"), "{said}");
}

#[test]
fn migrating_twice_does_nothing_the_second_time() {
    let place = Place::empty();
    assert!(place.succeeds(&["migrate", "--create"]).contains("applied"));
    assert_eq!(place.succeeds(&["migrate"]).trim(), "nothing to do");
}

#[test]
fn every_shipped_profile_passes_the_check() {
    let output = bare(&["profile", "check"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stdout));
    let listed = text(&bare(&["profile", "list"]).stdout);
    let listed: Vec<&str> = listed.lines().collect();
    assert_eq!(listed, Profile::names());
    for wanted in [
        "lac-dien",
        "current-2026",
        "nd47",
        "nd47-194",
        "tay-ninh-2024",
        "dak-nong-43-2022",
        "dak-nong-1731-2022",
        "soc-trang-2022",
        "binh-dinh-60-2021",
    ] {
        assert!(listed.contains(&wanted), "{wanted} is not shipped: {listed:?}");
        assert_eq!(bare(&["profile", "check", wanted]).status.code(), Some(0), "{wanted}");
    }
    let unknown = bare(&["profile", "check", "khong-co"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_check_stores_nothing_needs_no_database_and_answers_in_json() {
    let place = Place::empty();
    let file = place.file("xa.csv", "Mã,Tên xã,Số dân\n01,Kim Sơn,1204\n02,An Lạc,987\n");
    let file = file.display().to_string();
    let answer = place.succeeds(&["import", &file, "--check", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["file"], file.as_str());
    let columns = answer["report"]["outcome"]["columns"].as_array().unwrap();
    let kinds: Vec<_> = columns.iter().map(|column| column["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["text", "text", "integer"]);
    assert_eq!(answer["report"]["outcome"]["rows"], 2);
    let left: Vec<_> = std::fs::read_dir(place.path()).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
    // For people, in both languages, with a reason for every column.
    let vi = place.succeeds(&["--lang", "vi", "import", &file, "--check"]);
    let en = place.succeeds(&["--lang", "en", "import", &file, "--check"]);
    assert!(vi.contains("Mã") && vi.contains("Số nguyên") && en.contains("Whole number"), "{vi}{en}");
    assert_eq!(vi.lines().count(), en.lines().count());
}

#[test]
fn a_strict_check_ends_with_3_when_rows_were_set_aside() {
    let place = Place::empty();
    let rows: String = (0..200).map(|i| format!("{i},{}\n", i * 3)).collect();
    let good = place.file("tot.csv", format!("a,b\n{rows}")).display().to_string();
    let bad = place.file("lech.csv", format!("a,b\n{rows}1,hai\n3,4,5\n")).display().to_string();
    place.ends(&["import", &good, "--check", "--strict"], 0);
    place.ends(&["import", &bad, "--check"], 0);
    let (out, _) = place.ends(&["import", &bad, "--check", "--strict"], 3);
    assert!(out.contains("202") && out.contains("203"), "the rows set aside are named: {out}");
    place.ends(&["import", &good, &bad, "--check", "--strict", "--json"], 3);
    // A refusal is worse than a row set aside.
    let none = place.file("rong.csv", "").display().to_string();
    place.ends(&["import", &none, "--check", "--strict"], 2);
}

#[test]
fn two_files_are_compared_by_value_and_key_without_a_database() {
    let place = Place::empty();
    let old = place.file("cu.csv", "Mã,Tên xã,Số dân\n01,Kim Sơn,1204\n02,An Lạc,987\n03,Phú Hòa,15\n");
    let new = place.file("moi.csv", "Mã;Tên xã;Số dân\n04;Tân An;1,5\n02;An Lạc;990\n01;Kim Sơn;1204,0\n");
    let (old, new) = (old.display().to_string(), new.display().to_string());
    let changes = place.path().join("changes.parquet");
    let output = changes.display().to_string();
    let answer = place.succeeds(&["diff", &old, &new, "--key", "Mã", "--json", "--output", &output]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    let summary = &answer["summary"];
    assert_eq!(
        summary["rows"],
        serde_json::json!({ "old": 3, "new": 3, "added": 1, "removed": 1, "changed": 1, "unchanged": 1 })
    );
    assert_eq!(summary["key"], serde_json::json!(["ma"]));
    assert_eq!(summary["schema"]["columns"][2]["changes"][0]["how"], "wider");
    let kinds: Vec<_> = answer["rows"].as_array().unwrap().iter().map(|row| row["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["added", "removed", "changed"]);
    assert_eq!(answer["rows"][2]["cells"][2]["before"], "987");
    assert!(changes.metadata().unwrap().len() > 0);
    // For people, in both languages; without a key a changed row goes and comes.
    let vi = place.succeeds(&["--lang", "vi", "diff", &old, &new, "--key", "ma"]);
    let en = place.succeeds(&["--lang", "en", "diff", &old, &new, "--key", "ma"]);
    assert!(vi.contains("Sửa 1") && en.contains("1 changed") && en.contains("Số dân: 987 → 990"), "{vi}{en}");
    assert_eq!(vi.lines().count(), en.lines().count());
    assert!(place.succeeds(&["diff", &old, &new]).contains("2 removed"));
    place.ends(&["diff", &old, &new, "--strict"], 3);
    place.ends(&["diff", &old, &old, "--strict"], 0);
    let (_, refused) = place.ends(&["diff", &old, &new, "--key", "xa"], 2);
    assert!(refused.contains("“xa”"), "{refused}");
    place.ends(&["diff", &old, &new, "--rename", "ma"], 2);
}

#[test]
fn a_file_goes_from_import_to_publication_and_the_log_tells_it() {
    let place = Place::on_the_suite_s_database();
    let first = place.file("tram-y-te.csv", "Mã,Tên trạm,Số giường\n01,Kim Sơn,5\n02,An Lạc,7\n");
    let path = first.display().to_string();

    // A new dataset needs an owner, a title, a slug; nothing is guessed.
    let (_, said) = place.ends(&["import", &path, "--dataset", "tram-y-te", "--agency", AGENCY, "--title", "Trạm"], 2);
    assert!(said.contains("--no-state-secret"), "{said}");
    place.ends(&["import", "--no-state-secret", &path], 2);
    place.ends(&["import", "--no-state-secret", &path, "--dataset", "tram-y-te", "--title", "Trạm"], 2);
    let (_, said) = place.ends(
        &["import", "--no-state-secret", &path, "--dataset", "tram-y-te", "--agency", "khong-co", "--title", "Trạm"],
        2,
    );
    assert!(said.contains("khong-co"), "{said}");
    place.ends(&["import", "--no-state-secret", &path, "--dataset", "tram-y-te", "--agency", AGENCY], 2);
    place.ends(
        &["import", "--no-state-secret", &path, "--dataset", "Trạm Y Tế", "--agency", AGENCY, "--title", "Trạm"],
        2,
    );
    place.ends(
        &[
            "import",
            "--no-state-secret",
            &path,
            "--dataset",
            "tram-y-te",
            "--agency",
            AGENCY,
            "--title",
            "Trạm",
            "--topic",
            "khong-co",
        ],
        2,
    );
    let answer = place.succeeds(&[
        "import",
        "--no-state-secret",
        &path,
        "--dataset",
        "tram-y-te",
        "--agency",
        AGENCY,
        "--title",
        "Trạm y tế xã",
        "--title-en",
        "Commune health stations",
        "--note",
        "Lần đầu",
        "--json",
    ]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["slug"], "tram-y-te");
    let public = |place: &Place| {
        let db = place.db();
        db.read(|conn| {
            let found = khomo::dataset::by_slug(conn, "tram-y-te")?.unwrap();
            if found.current_version_id.is_none() {
                return Ok(None);
            }
            let shown = khomo::dataset::detail(conn, &found.id, None)?;
            Ok(Some((shown.latest, shown.resources[0].table.row_count)))
        })
        .unwrap()
    };
    assert_eq!(public(&place), None, "an import published something");

    // Two persons, and not the same one twice; each with the role.
    let publish = |by: &str, approver: &str, code| {
        place.ends(&["publish", "tram-y-te", "--by", by, "--approved-by", approver, "--reason", "đủ"], code).1
    };
    let said = publish("lan", "lan", 2);
    assert!(!said.is_empty() && !said.contains("own-submission"), "{said}");
    publish("binh", "binh", 2);
    publish("lan", "khong-co", 2);
    publish("lan", "cuc", 2);
    assert_eq!(public(&place), None, "one person published something");
    place.ends(&["publish", "tram-y-te", "--by", "lan", "--approved-by", "binh", "--reason", "  "], 2);
    place.ends(&["publish", "khong-co", "--by", "lan", "--approved-by", "binh", "--reason", "đủ"], 2);
    publish("lan", "binh", 0);
    assert_eq!(public(&place), Some((1, 2)));
    publish("lan", "binh", 2);

    // A second import is a new draft; the public goes on seeing the first version.
    let second = place.file("tram-y-te.csv", "Mã,Tên trạm,Số giường\n01,Kim Sơn,5\n02,An Lạc,7\n03,Đồng Xuân,4\n");
    let second = second.display().to_string();
    place.succeeds(&["import", "--no-state-secret", &second, "--dataset", "tram-y-te", "--note", "Thêm một trạm"]);
    assert_eq!(public(&place), Some((1, 2)));
    let answer =
        place.succeeds(&["publish", "tram-y-te", "--by", "lan", "--approved-by", "binh", "--reason", "đủ", "--json"]);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!((&answer["dataset"], &answer["version"]), (&"tram-y-te".into(), &2.into()));
    assert_eq!(public(&place), Some((2, 3)));

    // The index is built in place when no program runs.
    assert!(place.succeeds(&["reindex"]).contains('1'));

    // The log is whole, and names who did what.
    let verdict = place.succeeds(&["audit", "verify"]);
    assert!(verdict.contains("unbroken"), "{verdict}");
    let verdict: serde_json::Value = serde_json::from_str(&place.succeeds(&["audit", "verify", "--json"])).unwrap();
    assert!(verdict["broken_at"].is_null() && verdict["entries"].as_i64().unwrap() > 8, "{verdict}");
    let db = place.db();
    let actions = db.read(khomo::audit::actions).unwrap();
    for action in ["dataset.create", "dataset.import", "review.decide", "dataset.publish"] {
        assert!(actions.iter().any(|known| known == action), "{action} is not in the log: {actions:?}");
    }
    let left: Vec<_> =
        std::fs::read_dir(place.path().join("scratch")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| path.is_file()), "work in progress was left: {left:?}");
}

/// Changes the database beside the program, as somebody with the file in hand could.
pub fn tamper(place: &Place, sql: &str) {
    use diesel::connection::SimpleConnection;
    use diesel::{Connection, SqliteConnection};
    let mut conn = SqliteConnection::establish(&place.path().join("khomo.db").display().to_string()).unwrap();
    conn.batch_execute(sql).unwrap();
}

#[test]
fn tampering_with_the_log_is_told_with_exit_code_3() {
    let whole = Place::new();
    let file = whole.file("a.csv", "a,b\n1,2\n3,4\n");
    whole.import(&file, "a", "A");
    whole.publish("a");
    whole.ends(&["audit", "verify"], 0);
    // Whoever can write the file can drop the triggers that keep the log append-only.
    let triggers = triggers_on_the_log(&whole);
    assert!(!triggers.is_empty(), "nothing keeps the log append-only");
    let free: String = triggers.iter().map(|name| format!("DROP TRIGGER {name};")).collect();
    for (what, sql) in [
        ("another detail", "UPDATE audit_entry SET detail = '{}' WHERE seq = 2"),
        ("another actor", "UPDATE audit_entry SET actor_id = 'x' WHERE seq = 3"),
        ("another moment", "UPDATE audit_entry SET at = at + 1 WHERE seq = 1"),
        ("an entry cut out", "DELETE FROM audit_entry WHERE seq = 3"),
        ("the end cut off", "DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)"),
        ("everything gone", "DELETE FROM audit_entry"),
    ] {
        let place = Place::copy_of(&whole);
        tamper(&place, &format!("{free} {sql};"));
        let (out, _) = place.ends(&["audit", "verify"], 3);
        assert!(out.contains("broken at"), "{what}: {out}");
        let (out, _) = place.ends(&["audit", "verify", "--json"], 3);
        let verdict: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert!(verdict["broken_at"].is_i64(), "{what}: {verdict}");
    }
}

#[test]
fn a_log_that_is_whole_but_not_the_one_whose_heads_were_noted_is_told_with_exit_code_3() {
    let place = Place::new();
    let file = place.file("a.csv", "a,b\n1,2\n3,4\n");
    place.import(&file, "a", "A");
    let verdict: serde_json::Value = serde_json::from_str(&place.succeeds(&["audit", "verify", "--json"])).unwrap();
    let note = |name: &str, seq: i64, hash: &str| {
        let head = serde_json::json!({ "seq": seq, "hash": hash, "at": "2026-09-04T02:00:00.000Z", "portal": "x" });
        place.file(name, format!("{head}\n")).display().to_string()
    };
    let (seq, hash) = (verdict["entries"].as_i64().unwrap(), verdict["head"].as_str().unwrap());
    let agreed = note("agreed.jsonl", seq, hash);
    let out = place.succeeds(&["audit", "verify", "--heads", &agreed]);
    assert!(out.contains("unbroken") && out.contains("heads 1"), "{out}");
    for (heads, said) in [
        (note("longer.jsonl", seq + 1, hash), "cut off: line 1"),
        (note("other.jsonl", seq, "x"), "written anew: line 1"),
    ] {
        let (out, _) = place.ends(&["audit", "verify", "--heads", &heads], 3);
        assert!(out.contains("unbroken") && out.contains(said), "{out}");
        let (out, _) = place.ends(&["audit", "verify", "--json", "--heads", &heads], 3);
        let found: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(found["heads"]["differs"]["line"], 1, "{found}");
    }
    let (_, said) = place.ends(&["audit", "verify", "--heads", "khong-co.jsonl"], 2);
    assert!(said.contains("khong-co.jsonl"), "{said}");
}

/// The names of the triggers that guard the log.
fn triggers_on_the_log(place: &Place) -> Vec<String> {
    use diesel::prelude::*;
    #[derive(QueryableByName)]
    struct Name {
        #[diesel(sql_type = diesel::sql_types::Text)]
        name: String,
    }
    let mut conn = SqliteConnection::establish(&place.path().join("khomo.db").display().to_string()).unwrap();
    let names: Vec<Name> =
        diesel::sql_query("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'")
            .load(&mut conn)
            .unwrap();
    names.into_iter().map(|name| name.name).collect()
}

#[test]
fn a_folder_with_a_manifest_becomes_drafts_and_nothing_outside_it_is_read() {
    let place = Place::on_the_suite_s_database();
    let folder = place.path().join("goi");
    std::fs::create_dir(&folder).unwrap();
    place.file("goi/xa.csv", "Mã,Tên\n01,Kim Sơn\n02,An Lạc\n");
    place.file(
        "goi/datapackage.json",
        r#"{"name": "danh-muc-xa", "title": "Danh mục xã", "contributors": [{"title": "Sở Y tế", "role": "publisher"}],
           "resources": [{"name": "xa", "path": "xa.csv"}]}"#,
    );
    let folder = folder.display().to_string();
    assert!(place.succeeds(&["import", "--no-state-secret", &folder]).contains("danh-muc-xa"));
    place.publish("danh-muc-xa");
    for (path, what) in [("../khomo.db", "above"), ("/etc/passwd", "absolute"), ("./../khomo.db", "above")] {
        let descriptor = format!(r#"{{"name": "x", "title": "X", "resources": [{{"name": "x", "path": "{path}"}}]}}"#);
        place.file("goi/datapackage.json", descriptor);
        let (out, said) = place.ends(&["import", "--no-state-secret", &folder, "--agency", AGENCY], 2);
        assert!(said.contains(path), "{what}: {out}{said}");
    }
    place.file("goi/datapackage.json", "{ no json");
    place.ends(&["import", "--no-state-secret", &folder], 2);
    std::fs::remove_file(place.path().join("goi/datapackage.json")).unwrap();
    place.ends(&["import", "--no-state-secret", &folder], 2);
}

#[test]
fn serving_is_refused_before_the_database_is_up_to_date() {
    let place = Place::empty();
    place.file("khomo.db", "");
    let output = place
        .command(&["serve"])
        .env("KHOMO_PUBLIC_ADDR", "127.0.0.1:0")
        .env("KHOMO_INTERNAL_ADDR", "127.0.0.1:0")
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("khomo migrate"), "{said}");
}

#[test]
fn a_new_portal_gets_its_first_agency_and_people_by_command() {
    let place = Place { schema: postgres::server().map(|server| Schema::create(&server)), ..Place::empty() };
    place.succeeds(&["migrate", "--create"]);
    let agency =
        |slug: &str, code| place.ends(&["agency", "add", slug, "--name", "Sở Tài chính", "--name-en", "Finance"], code);
    agency("so-tai-chinh", 0);
    // The same again, a slug that is none, a kind that the profile does not have.
    let (_, said) = agency("so-tai-chinh", 2);
    assert!(!said.is_empty() && !said.contains("slug-taken"), "{said}");
    agency("Sở Tài Chính", 2);
    place.ends(&["agency", "add", "so-khac", "--name", "Sở khác", "--kind", "khong-co"], 2);
    place.ends(&["agency", "add", "so-khac", "--name", "  "], 2);

    let account = |name: &str, agency: &str, role: &str, code| {
        let mail = format!("{name}@example.vn");
        let args = [
            "account",
            "add",
            name,
            "--name",
            "Người Mới",
            "--email",
            &mail,
            "--agency",
            agency,
            "--role",
            role,
            "--json",
        ];
        place.ends(&args, code)
    };
    let (answer, _) = account("moi", "so-tai-chinh", "editor", 0);
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(answer["user_name"], "moi");
    let secret = answer["password"].as_str().unwrap();
    assert!(secret.chars().count() >= 12, "{secret}");
    account("moi", "so-tai-chinh", "editor", 2);
    account("khac", "khong-co", "editor", 2);
    account("khac", "so-tai-chinh", "khong-co", 2);
    account("duyet", "so-tai-chinh", "approver", 0);

    // They can publish what is imported for their agency; the log never holds the password.
    let file = place.file("thu.csv", "Mã,Số\n01,5\n02,7\n").display().to_string();
    place.succeeds(&[
        "import",
        "--no-state-secret",
        &file,
        "--dataset",
        "thu-ngan-sach",
        "--agency",
        "so-tai-chinh",
        "--title",
        "Thu ngân sách",
    ]);
    place.succeeds(&["publish", "thu-ngan-sach", "--by", "moi", "--approved-by", "duyet", "--reason", "đủ"]);
    place.ends(&["audit", "verify"], 0);
    let db = place.db();
    let log = db.read(|conn| khomo::platform::db::chain::entries_after(conn, 0, 1000)).unwrap();
    assert!(log.len() > 6);
    assert!(log.iter().all(|entry| !entry.detail.contains(secret)), "a password stands in the log");
}

/// What a command answers line by line in JSON.
fn json_lines(out: &str) -> Vec<serde_json::Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))).collect()
}

#[test]
fn a_check_goes_through_every_file_and_folder_and_ends_with_the_worst() {
    let place = Place::empty();
    let rows: String = (0..200).map(|i| format!("{i},{}\n", i * 3)).collect();
    let good = place.file("tot.csv", format!("a,b\n{rows}")).display().to_string();
    let odd = place.file("lech.csv", format!("a,b\n{rows}3,4,5\n")).display().to_string();
    let none = place.file("rong.csv", "").display().to_string();
    let missing = place.path().join("khong-co.csv").display().to_string();
    // A refusal hides nothing of what comes after it.
    let (out, said) = place.ends(&["import", "--check", &none, &good, &missing, &odd], 2);
    assert!(out.contains(&good) && out.contains(&odd), "{out}");
    assert!(said.lines().count() == 2 && said.contains(&none) && said.contains(&missing), "{said}");
    place.ends(&["import", "--check", "--strict", &odd, &none, &good], 2);
    place.ends(&["import", "--check", "--strict", &odd, &good], 3);
    let (out, _) = place.ends(&["import", "--check", "--json", &none, &good], 2);
    let answers = json_lines(&out);
    assert_eq!(answers.len(), 2);
    assert_eq!((&answers[0]["file"], &answers[0]["problems"][0]["code"]), (&none.into(), &"file-empty".into()));
    assert_eq!((&answers[1]["file"], &answers[1]["report"]["outcome"]["rows"]), (&good.into(), &200.into()));

    // A folder is what its manifest says; what is wrong with one package does not hide the others.
    let goi = place.path().join("goi");
    std::fs::create_dir(&goi).unwrap();
    place.file("goi/xa.csv", "Mã,Tên\n01,Kim Sơn\n02,An Lạc\n");
    place.file(
        "goi/manifest.json",
        r#"{"packages": [{"name": "mat", "resources": [{"path": "mat.csv"}, {"path": "../a.csv"}]},
                         {"name": "xa", "resources": [{"path": "xa.csv"}]}]}"#,
    );
    let goi = goi.display().to_string();
    let (out, said) = place.ends(&["import", "--check", &goi], 2);
    assert!(out.contains("xa.csv") && said.contains("mat.csv") && said.contains("../a.csv"), "{out}{said}");
    place.file("goi/manifest.json", r#"{"packages": [{"name": "xa", "resources": [{"path": "xa.csv"}]}]}"#);
    place.ends(&["import", "--check", "--strict", &goi], 0);
    let (_, said) = place.ends(&["import", "--check", &place.path().display().to_string()], 2);
    assert!(said.contains("manifest.json"), "{said}");
}

#[test]
fn a_person_chooses_the_kind_of_a_column() {
    let place = Place::empty();
    let file = place.file("xa.csv", "Mã,Năm=sinh,Ghi chú\n12,2020,a\n13,2021,b\n").display().to_string();
    let kinds = |args: &[&str]| -> Vec<String> {
        let out = place.succeeds(&[&["import", "--check", "--json", &file], args].concat());
        let columns = json_lines(&out).remove(0)["report"]["outcome"]["columns"].clone();
        columns.as_array().unwrap().iter().map(|column| column["kind"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(kinds(&[]), ["integer", "integer", "text"]);
    assert_eq!(kinds(&["--column", "Mã=text", "--column", "Năm=sinh=decimal"]), ["text", "decimal", "text"]);
    // Everything wrong at once, with what to choose from.
    let refused = |args: &[&str]| place.ends(&[&["import", "--check", &file], args].concat(), 2).1;
    let said = refused(&["--column", "Mã=số", "--column", "Mã", "--delimiter", "、"]);
    assert!(said.lines().count() == 3 && said.contains("date-time") && said.contains("số"), "{said}");
    let said = refused(&["--column", "Tên=text", "--column", "Xã=text"]);
    assert!(said.lines().count() == 2 && said.contains("Ghi chú") && said.contains("Tên"), "{said}");
    // A folder's kinds stand in its manifest.
    let said = place.ends(&["import", "--check", &place.path().display().to_string(), "--column", "Mã=text"], 2).1;
    assert!(said.contains("schema"), "{said}");
}

#[test]
fn the_types_of_a_manifest_hold_and_what_contradicts_them_is_told() {
    let place = Place::on_the_suite_s_database();
    let folder = place.path().join("goi");
    std::fs::create_dir(&folder).unwrap();
    let rows: String = (10..200).map(|i| format!("{i},{},{}\n", 1000 + i, i)).collect();
    place.file("goi/xa.csv", format!("Mã,Năm,Số\n{rows}007,2020,<5\n"));
    let declare = |schema: &str| {
        let text = format!(
            r#"{{"name": "xa", "title": "Xã", "contributors": [{{"title": "Sở Y tế"}}],
                 "resources": [{{"name": "xa", "path": "xa.csv", "schema": {schema}}}]}}"#
        );
        place.file("goi/datapackage.json", text);
    };
    let folder = folder.display().to_string();
    let fields = r#"{"fields": [{"name": "Mã", "type": "integer"}, {"name": "Năm", "type": "string"}, {"name": "Số", "type": "integer"}]}"#;
    declare(fields);
    let out = place.succeeds(&["import", "--check", "--json", &folder]);
    let report = json_lines(&out).remove(0)["report"].clone();
    let kinds: Vec<_> =
        report["outcome"]["columns"].as_array().unwrap().iter().map(|column| column["kind"].clone()).collect();
    assert_eq!(kinds, ["integer", "text", "integer"]);
    // The import says which cells did not fit, and which zeros a number does not keep.
    let out = place.succeeds(&["import", "--no-state-secret", &folder]);
    assert!(out.starts_with("xa: draft "), "{out}");
    assert!(out.contains("007") && out.contains("<5") && out.contains("1 set aside"), "{out}");
    // The schema may stand in a file of its own.
    place.file("goi/schema.json", fields);
    declare("\"schema.json\"");
    assert_eq!(place.succeeds(&["import", "--check", &folder, "--json"]).lines().count(), 1);
    for (schema, told) in [
        (r#"{"fields": [{"name": "Mã", "type": "chữ"}, {"name": "Số", "type": "int"}]}"#, "chữ"),
        (r#"{"fields": [{"name": "Tên", "type": "string"}]}"#, "Năm"),
        ("\"../schema.json\"", "../schema.json"),
        (r#"{"fields": [{"name": "Mã", "type": "boolean"}]}"#, "Mã"),
    ] {
        declare(schema);
        let (_, said) = place.ends(&["import", "--no-state-secret", &folder], 2);
        assert!(said.contains(told), "{schema}: {said}");
    }
}

#[test]
fn a_seeded_demo_takes_in_what_of_the_data_is_not_there_yet() {
    let place = Place::new();
    let dir = place.path().display().to_string();
    // As a seeding leaves it, with the people who decide on real files.
    place.file(".khomo-demo", "");
    place.file("seeded", "lac-dien");
    let content = khomo::demo::content::load().unwrap();
    let home = content.agencies.iter().find(|agency| agency.coordinating).unwrap();
    place.succeeds(&["agency", "add", &home.slug, "--name", &home.name_vi]);
    for role in ["editor", "approver"] {
        let person = content.accounts.iter().find(|one| one.agency == home.slug && one.role == role).unwrap();
        let (user, mail) = (person.user_name.as_str(), person.email.as_str());
        let account = ["account", "add", user, "--name", "Người", "--email", mail, "--agency", &home.slug];
        place.succeeds(&[&account[..], &["--role", role, "--role", "coordinator"]].concat());
    }
    place.ends(&["demo", "--dir", &dir, "--seed-only", "--profile", "lac-dien"], 0);
    // Its releases are signed, each time with the same key.
    let keys = || khomo::release::keys_in(&place.path().join("keys")).unwrap();
    let first = keys();
    assert_eq!((first.len(), place.db().read(khomo::release::keys).unwrap().len()), (1, 1));

    let goi = place.path().join("goi");
    std::fs::create_dir(&goi).unwrap();
    let goi = goi.display().to_string();
    let package = |name: &str| {
        place.file(&format!("goi/{name}.csv"), "Mã,Tên\n01,Kim Sơn\n02,An Lạc\n");
        format!(
            r#"{{"name": "{name}", "contributors": [{{"title": "Chi cục Thống kê"}}], "resources": [{{"path": "{name}.csv"}}]}}"#
        )
    };
    let versions = || {
        let db = place.db();
        db.read(|conn| {
            let mut found = Vec::new();
            for slug in ["mot", "hai"] {
                if let Some(dataset) = khomo::dataset::by_slug(conn, slug)? {
                    found.push((slug, khomo::dataset::detail(conn, &dataset.id, None)?.latest));
                }
            }
            Ok(found)
        })
        .unwrap()
    };
    let one = package("mot");
    place.file("goi/manifest.json", format!(r#"{{"packages": [{one}]}}"#));
    place.succeeds(&["demo", "--dir", &dir, "--seed-only", "--data", &goi]);
    assert_eq!(versions(), [("mot", 1)]);
    let two = package("hai");
    place.file("goi/manifest.json", format!(r#"{{"packages": [{one}, {two}]}}"#));
    place.succeeds(&["demo", "--dir", &dir, "--seed-only", "--data", &goi]);
    assert_eq!(versions(), [("mot", 1), ("hai", 1)]);
    assert_eq!(keys(), first);
}

#[test]
fn a_seeded_demo_goes_over_to_another_profile_and_back_and_its_duties_follow() {
    let place = Place::new();
    let dir = place.path().display().to_string();
    place.file(".khomo-demo", "");
    let seeded = place.file("seeded", "lac-dien");
    let file = place.file("a.csv", "Mã,Tên\n01,Kim Sơn\n02,An Lạc\n").display().to_string();
    let import = ["import", "--no-state-secret", &file, "--dataset", "a", "--agency", AGENCY, "--title", "A"];
    place.succeeds(&[&import[..], &["--frequency", "monthly"]].concat());
    place.publish("a");
    let law = || {
        let open = place.db().read(|conn| duty::open(conn, Kind::Update)).unwrap();
        open.into_iter().map(|duty| duty.basis.unwrap_or_default()).collect::<Vec<_>>()
    };
    let goes_by = || std::fs::read_to_string(&seeded).unwrap();
    let start = ["demo", "--dir", &dir, "--seed-only"];
    assert_eq!(law(), [""], "a choice of the portal");

    // A profile that is not there changes nothing.
    assert!(!place.run(&[&start[..], &["--profile", "khong-co"]].concat()).status.success());
    assert_eq!(goes_by(), "lac-dien");

    let said = place.succeeds(&[&start[..], &["--profile", "tay-ninh-2024"]].concat());
    assert!(said.contains("switched from lac-dien to tay-ninh-2024"), "{said}");
    assert_eq!((law(), goes_by()), (vec!["tay-ninh-2024/6.4".to_owned()], "tay-ninh-2024".to_owned()));
    let said = place.succeeds(&start);
    assert!(!said.contains("switched"), "{said}");
    assert_eq!(goes_by(), "tay-ninh-2024");

    let said = place.succeeds(&[&start[..], &["--profile", "lac-dien"]].concat());
    assert!(said.contains("switched from tay-ninh-2024 to lac-dien"), "{said}");
    assert_eq!((law(), goes_by()), (vec![String::new()], "lac-dien".to_owned()));
}

#[test]
fn a_missing_role_is_told_by_its_name() {
    let place = Place::new();
    let file = place.file("a.csv", "a,b\n1,2\n3,4\n");
    place.import(&file, "a", "A");
    for (lang, name) in [("vi", "Người duyệt của cơ quan"), ("en", "Agency approver")] {
        let args = ["--lang", lang, "publish", "a", "--by", "lan", "--approved-by", "cuc", "--reason", "đủ"];
        let (_, said) = place.ends(&args, 2);
        assert!(said.contains(name) && !said.contains("“approver”"), "{said}");
    }
}
