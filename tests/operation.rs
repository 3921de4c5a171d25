//! Running the portal: what `khomo doctor` and `khomo check` say of well and of broken installations, and whether the examples and
//! references of `deploy/` tell what the program does.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use khomo::config::{SETTINGS, Settings};
use khomo::kernel::{Actor, Clock, Ctx};
use khomo::platform::queue::{self, Job};
use serde_json::Value;

use crate::command_line::{Place, text};
use crate::support::kit::{Khomo, SMALL};

/// Runs one of the two, as JSON; gives what it found and how it ended.
fn findings(khomo: &Khomo, args: &[&str], settings: &[(&str, String)]) -> (Vec<(String, String, String)>, Option<i32>) {
    let output = khomo.command(&[args, &["--json"]].concat(), settings).output().unwrap();
    let said: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}{}", text(&output.stdout), text(&output.stderr)));
    let found = said["findings"].as_array().unwrap().iter();
    let word = |finding: &Value, name: &str| finding[name].as_str().unwrap_or_default().to_owned();
    let found: Vec<_> =
        found.map(|finding| (word(finding, "check"), word(finding, "verdict"), word(finding, "code"))).collect();
    for finding in said["findings"].as_array().unwrap() {
        let well = finding["verdict"] == "well";
        assert_eq!(well, finding["text"].is_null(), "what is not well says what to do: {finding}");
    }
    (found, output.status.code())
}

fn codes(found: &[(String, String, String)], verdict: &str) -> BTreeSet<String> {
    found.iter().filter(|(_, given, _)| given == verdict).map(|(.., code)| code.clone()).collect()
}

fn set(codes: &[&str]) -> BTreeSet<String> {
    codes.iter().map(|code| (*code).to_owned()).collect()
}

#[actix_web::test]
async fn the_doctor_finds_nothing_wrong_with_an_installation_that_is_well_and_changes_nothing() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.index();
    // The clock of the test stands in the past, by which its jobs are late.
    khomo.raw("DELETE FROM job").unwrap();
    let before = (khomo.everything().len(), khomo.files().list("").await.unwrap());
    for args in [&["doctor"][..], &["doctor", "--deep"]] {
        let (found, code) = findings(&khomo, args, &[]);
        assert_eq!((codes(&found, "wrong"), code), (set(&[]), Some(0)));
        let checks: BTreeSet<&str> = found.iter().map(|(check, ..)| check.as_str()).collect();
        for check in [
            "settings", "profile", "folders", "store", "mail", "database", "calendar", "programs", "index", "jobs",
            "audit", "expiring", "objects",
        ] {
            assert!(checks.contains(check), "{check} is looked at");
        }
    }
    assert_eq!((khomo.everything().len(), khomo.files().list("").await.unwrap()), before);
    let output = khomo.command(&["--lang", "vi", "doctor"], &[]).output().unwrap();
    assert!(text(&output.stdout).contains("Chưa có bản sao lưu nào"), "{}", text(&output.stdout));
}

#[actix_web::test]
async fn the_doctor_names_what_is_wrong_with_objects_jobs_log_and_clocks() {
    let khomo = Khomo::start();
    khomo.dataset("mot").publish().await;
    khomo.dataset("hai").csv("bang", SMALL).await.publish().await;
    let ids = khomo.lines("SELECT id AS line FROM table_version ORDER BY id");
    let tables = khomo.folder().join("files/tables");
    fs::remove_file(tables.join(&ids[0]).join("data.csv")).unwrap();
    fs::write(tables.join(&ids[0]).join("data.parquet"), "shorter").unwrap();
    // The same length: only whoever reads it sees it.
    let original = tables.join(&ids[1]).join("original");
    let mut bytes = fs::read(&original).unwrap();
    bytes[0] ^= 1;
    fs::write(&original, bytes).unwrap();
    let left = tables.join("01999999-0000-7000-8000-000000000000");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("original"), "left").unwrap();
    let long_ago = SystemTime::now() - Duration::from_secs(3 * 24 * 3600);
    fs::File::options().write(true).open(left.join("original")).unwrap().set_modified(long_ago).unwrap();
    let now = Clock::system().now();
    khomo.raw("DELETE FROM job").unwrap();
    khomo.db().write(&Ctx::new(Actor::System, now), |tx| queue::enqueue(tx, Job::new("digest", Value::Null))).unwrap();
    khomo.raw("UPDATE job SET state = 'dead'").unwrap();
    for (id, seen) in [("ahead", now.0 + 60_000), ("silent", now.0 - 120_000), ("behind", now.0 + 2_000)] {
        let values = format!("('{id}', 1, {seen}, 0, 0)");
        khomo.raw(&format!("INSERT INTO node (id, started_at, seen_at, index_seq, rebuilt) VALUES {values}")).unwrap();
    }
    khomo.drop_triggers();
    khomo.raw("UPDATE audit_entry SET action = 'x' WHERE seq = 2").unwrap();

    let (found, code) = findings(&khomo, &["doctor"], &[]);
    let mut wrong =
        set(&["doctor-object-missing", "doctor-object-differs", "doctor-jobs-dead", "doctor-clock", "doctor-audit"]);
    assert_eq!((codes(&found, "wrong"), code), (wrong.clone(), Some(3)));
    let look = codes(&found, "look");
    for code in ["doctor-objects-left", "doctor-program-silent", "doctor-index", "doctor-backup-none"] {
        assert!(look.contains(code), "{code}: {look:?}");
    }
    let differing =
        |found: &[(String, String, String)]| found.iter().filter(|(.., code)| code == "doctor-object-differs").count();
    assert_eq!(differing(&found), 1);
    let (found, _) = findings(&khomo, &["doctor", "--deep"], &[]);
    assert_eq!(differing(&found), 2, "--deep reads them");
    wrong.insert("doctor-folder".to_owned());
    wrong.insert("doctor-mail".to_owned());
    let settings = [
        ("KHOMO_SCRATCH", khomo.folder().join("nowhere").display().to_string()),
        ("KHOMO_MAIL", "smtp://127.0.0.1:1".to_owned()),
        ("KHOMO_MAIL_FROM", "a@b.example".to_owned()),
    ];
    assert_eq!(codes(&findings(&khomo, &["doctor"], &settings).0, "wrong"), wrong);
}

#[test]
fn the_doctor_tells_of_settings_and_databases_that_keep_everything_else_from_being_looked_at() {
    let khomo = Khomo::start();
    let (found, code) = findings(&khomo, &["doctor"], &[("KHOMO_WORKERS", "many".into()), ("KHOMO_PORT", "1".into())]);
    assert_eq!((codes(&found, "wrong"), code), (set(&["setting-wrong", "setting-unknown"]), Some(3)));
    let nowhere = ("KHOMO_DATABASE_URL", format!("sqlite:{}/none.db", khomo.folder().display()));
    assert_eq!(codes(&findings(&khomo, &["doctor"], &[nowhere]).0, "wrong"), set(&["database-missing"]));
    let place = Place::empty();
    fs::write(place.path().join("khomo.db"), "").unwrap();
    let (said, _) = place.ends(&["doctor"], 3);
    assert!(said.contains("khomo migrate"), "{said}");
}

/// Settings with which a province may be served.
fn in_service(khomo: &Khomo) -> Vec<(&'static str, String)> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(khomo.folder(), fs::Permissions::from_mode(0o700)).unwrap();
    // Those that come along are illustrations: a province writes its own.
    let profiles = khomo.folder().join("own/profiles");
    fs::create_dir_all(&profiles).unwrap();
    let built_in = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/profiles/lac-dien.toml")).unwrap();
    let real = built_in.replace("illustration = true", "illustration = false");
    let real = real.replace("_roles = { value = []", "_roles = { value = [\"coordinator\", \"operator\"]");
    fs::write(profiles.join("cua-tinh.toml"), real).unwrap();
    [
        ("KHOMO_DEVELOPMENT", "false"),
        ("KHOMO_PROFILE", "cua-tinh"),
        ("KHOMO_OVERRIDES", "own:"),
        ("KHOMO_PUBLIC_URL", "https://dulieumo.tinh.example"),
        ("KHOMO_INTERNAL_URL", "https://dulieu.noi-bo.example"),
        ("KHOMO_INTERNAL_NETWORKS", "10.0.0.0/8"),
        ("KHOMO_TRUSTED_PROXIES", "127.0.0.1"),
        ("KHOMO_MAIL", "folder:mail"),
        ("KHOMO_MAIL_FROM", "a@b.example"),
        ("KHOMO_AUDIT_SYSLOG", "udp://127.0.0.1:514"),
    ]
    .map(|(name, value)| {
        let folder = khomo.folder().display();
        (name, value.replace("folder:mail", &format!("folder:{folder}/mail")).replace("own:", &format!("{folder}/own")))
    })
    .into()
}

#[test]
fn what_is_unsafe_in_service_is_named_and_what_is_safe_passes() {
    let khomo = Khomo::start();
    let (found, code) = findings(&khomo, &["check", "--deploy"], &in_service(&khomo));
    assert_eq!((codes(&found, "wrong"), code), (set(&[]), Some(0)));
    assert!(codes(&found, "look").contains("deploy-factor"), "coordinator and operator have no second factor yet");
    let day = 24 * 3_600_000;
    let given = Clock::system().now().0 - 30 * day;
    khomo.raw(&format!("UPDATE account SET password_must_change = TRUE, password_set_at = {given}")).unwrap();
    for (change, wrong) in [
        (vec![("KHOMO_DEVELOPMENT", "true")], "deploy-development"),
        (vec![("KHOMO_PROFILE", "current-2026")], "deploy-illustration"),
        (vec![("KHOMO_PUBLIC_URL", "http://dulieumo.tinh.example")], "deploy-https"),
        (vec![("KHOMO_PUBLIC_URL", "https://localhost")], "deploy-loopback"),
        (vec![("KHOMO_PUBLIC_URL", "https://dulieu.noi-bo.example")], "deploy-same-address"),
        (vec![("KHOMO_TRUSTED_PROXIES", "")], "deploy-proxy-none"),
        (vec![("KHOMO_TRUSTED_PROXIES", "0.0.0.0/0")], "deploy-everybody"),
        (vec![("KHOMO_INTERNAL_NETWORKS", "10.0.0.0/8,::/0")], "deploy-everybody"),
        (vec![("KHOMO_AUDIT_SYSLOG", "")], "deploy-heads"),
    ] {
        let mut settings = in_service(&khomo);
        settings.extend(change.iter().map(|(name, value)| (*name, (*value).to_owned())));
        let (found, code) = findings(&khomo, &["check", "--deploy"], &settings);
        assert_eq!((codes(&found, "wrong"), code), (set(&[wrong, "deploy-passwords"]), Some(3)), "{change:?}");
        assert_eq!(findings(&khomo, &["check"], &settings).1, Some(0), "the settings themselves are understood");
    }
    let mut settings = in_service(&khomo);
    settings.push(("KHOMO_PUBLIC_ADRESS", "127.0.0.1:1".to_owned()));
    assert_eq!(codes(&findings(&khomo, &["check"], &settings).0, "wrong"), set(&["setting-unknown"]));
}

#[cfg(unix)]
#[test]
fn secrets_that_others_on_the_machine_may_read_are_named() {
    use std::os::unix::fs::PermissionsExt;
    let khomo = Khomo::start();
    let open = |path: &Path, mode: u32| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let config = khomo.folder().join("khomo.toml");
    fs::write(&config, "workers = 2\n").unwrap();
    let mut settings = in_service(&khomo);
    settings.push(("KHOMO_CONFIG", config.display().to_string()));
    open(&config, 0o644);
    // The folder of the test is its owner's alone, so that nobody gets at what is in it.
    assert_eq!(codes(&findings(&khomo, &["check", "--deploy"], &settings).0, "wrong"), set(&[]));
    open(khomo.folder(), 0o755);
    let named = findings(&khomo, &["check", "--deploy"], &settings).0;
    assert!(codes(&named, "wrong").contains("deploy-rights"), "{named:?}");
    open(khomo.folder(), 0o700);
}

fn deploy(file: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("deploy").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_examples_name_settings_that_there_are_and_the_settings_file_is_read() {
    for file in ["README.md", "REFERENCE.md", "khomo.toml", "khomo.service", "nginx.conf", "Caddyfile"] {
        let text = deploy(file);
        for word in text.split(|c: char| !(c.is_ascii_uppercase() || c == '_')).filter(|word| word.len() > 6) {
            assert!(!word.starts_with("KHOMO_") || SETTINGS.contains(&word), "{file} names {word}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("khomo.toml");
    fs::write(&path, deploy("khomo.toml")).unwrap();
    let settings =
        Settings::read([("KHOMO_CONFIG".to_owned(), path.display().to_string())].into()).expect("it is understood");
    assert!(settings.public_url.starts_with("https://") && settings.trusted_proxies.len() == 1);
}

#[actix_web::test]
async fn the_reference_lists_every_metric_with_its_kind_and_states_and_no_other() {
    let khomo = Khomo::start();
    let given = khomo.internal().await.get("/metrics").await.text();
    let kinds: BTreeSet<(String, String)> = given
        .lines()
        .filter_map(|line| line.strip_prefix("# TYPE ")?.split_once(' '))
        .map(|(name, kind)| (name.to_owned(), kind.to_owned()))
        .collect();
    let reference = deploy("REFERENCE.md");
    let told: BTreeSet<(String, String)> = reference
        .lines()
        .filter(|line| line.starts_with("| `khomo_"))
        .map(|line| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            (cells[1].trim_matches('`').to_owned(), cells[2].to_owned())
        })
        .collect();
    assert_eq!(told, kinds);
    for line in given.lines().filter(|line| line.contains("{state=")) {
        let (name, rest) = line.split_once('{').unwrap();
        let state = rest.split('"').nth(1).unwrap();
        let row = reference.lines().find(|row| row.starts_with(&format!("| `{name}`"))).unwrap();
        assert!(row.contains(state), "{name} has the state {state}");
    }
}
