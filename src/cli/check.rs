//! `khomo check`: whether the settings are understood, and whether they are fit to serve a province with.

use std::path::{Path, PathBuf};

use super::args::CheckArgs;
use super::doctor::{days_off, release_keys};
use super::findings::Findings;
use super::setup::profile;
use crate::account;
use crate::config::{Network, Settings};
use crate::kernel::{Clock, Lang, Problem, Result};
use crate::platform::db::{Db, nodes};
use crate::platform::log;
use crate::platform::net::is_loopback;
use crate::profile::Profile;
use crate::release;

/// Whoever was given a password changes it within this time (milliseconds).
const GIVEN: i64 = 7 * 24 * 3_600_000;
/// A program that runs says so once a second (milliseconds).
const SILENT: i64 = 15_000;

/// `khomo check`
pub(super) fn run(args: &CheckArgs, lang: Lang) -> Result<u8> {
    let mut found = Findings::default();
    let settings = found.take("settings", Settings::from_env());
    found.looked("settings");
    if let Some(settings) = settings {
        log::start(false, "error");
        let rules = found.take("profile", profile(&settings));
        found.looked("profile");
        if args.deploy {
            deploy(&mut found, &settings, rules.as_ref());
        }
    }
    found.tell(lang, args.json)
}

fn deploy(found: &mut Findings, settings: &Settings, rules: Option<&Profile>) {
    left_overs(found, settings, rules);
    addresses(found, settings);
    proxies(found, settings);
    mail_and_heads(found, settings);
    rights(found, settings);
    plain_database(found, settings);
    let db = Db::open(&settings.database_url, false, Clock::system()).and_then(|db| db.require_migrated().map(|()| db));
    let db = found.take("database", db);
    found.looked("database");
    let programs = db.as_ref().map_or(0, |db| running(found, db));
    keys(found, settings, db.as_ref(), programs);
    if let (Some(db), Some(rules)) = (&db, rules) {
        let done = people(found, db, rules);
        found.take("people", done);
        let now = db.clock().now();
        let done = db.read(|conn| days_off(found, conn, Some(rules), now));
        found.take("calendar", done);
    }
    found.looked("people");
    found.looked("calendar");
}

/// What belongs to trying out and to tests.
fn left_overs(found: &mut Findings, settings: &Settings, rules: Option<&Profile>) {
    if settings.development {
        found.wrong("trial", Problem::new("deploy-development"));
    }
    if rules.is_some_and(|rules| rules.province.illustration) {
        found.wrong("trial", Problem::new("deploy-illustration").with("name", settings.profile.as_str()));
    }
    // Settings lets these pass; any other unknown one is refused.
    for (name, _) in std::env::vars()
        .filter(|(name, _)| ["KHOMO_TEST_", "KHOMO_CHROME", "KHOMO_AXE"].iter().any(|prefix| name.starts_with(prefix)))
    {
        found.look("trial", Problem::new("deploy-test-setting").with("name", name));
    }
    #[cfg(target_os = "linux")]
    if std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
        found.look("trial", Problem::new("deploy-root"));
    }
    found.looked("trial");
}

fn addresses(found: &mut Findings, settings: &Settings) {
    for (name, url) in [("KHOMO_PUBLIC_URL", &settings.public_url), ("KHOMO_INTERNAL_URL", &settings.internal_url)] {
        if !url.starts_with("https://") {
            found.wrong("addresses", Problem::new("deploy-https").with("name", name).with("url", url.as_str()));
        } else if is_loopback(&url.replacen("https", "http", 1)) {
            found.wrong("addresses", Problem::new("deploy-loopback").with("name", name).with("url", url.as_str()));
        }
    }
    if settings.public_url == settings.internal_url {
        found.wrong("addresses", Problem::new("deploy-same-address"));
    }
    for (name, addr) in [("KHOMO_PUBLIC_ADDR", settings.public_addr), ("KHOMO_INTERNAL_ADDR", settings.internal_addr)] {
        if addr.ip().is_unspecified() {
            found.look("addresses", Problem::new("deploy-listens").with("name", name).with("addr", addr.to_string()));
        }
    }
    found.looked("addresses");
}

/// Whose word about the client is believed, and who may come in.
fn proxies(found: &mut Findings, settings: &Settings) {
    if settings.trusted_proxies.is_empty() {
        found.wrong("proxies", Problem::new("deploy-proxy-none"));
    }
    for (name, networks) in
        [("KHOMO_TRUSTED_PROXIES", &settings.trusted_proxies), ("KHOMO_INTERNAL_NETWORKS", &settings.internal_networks)]
    {
        if networks.iter().copied().any(Network::is_everything) {
            found.wrong("proxies", Problem::new("deploy-everybody").with("name", name));
        }
    }
    found.looked("proxies");
}

fn mail_and_heads(found: &mut Findings, settings: &Settings) {
    if settings.mail.is_none() {
        found.look("mail", Problem::new("deploy-mail"));
    }
    found.looked("mail");
    match &settings.audit_heads {
        None if settings.audit_syslog.is_none() => found.wrong("audit", Problem::new("deploy-heads")),
        Some(path) if same_disk(path, settings) => {
            found.look("audit", Problem::new("deploy-heads-disk").with("path", path.display().to_string()));
        }
        _ => {}
    }
    found.looked("audit");
}

/// Whether a file lies on the disk of the embedded database.
fn same_disk(path: &Path, settings: &Settings) -> bool {
    #[cfg(unix)]
    if let Some(database) = settings.database_url.strip_prefix("sqlite:") {
        use std::os::unix::fs::MetadataExt;
        let disk = |path: &Path| std::fs::metadata(path).map(|found| found.dev()).ok();
        let near = |path: &Path| disk(path).or_else(|| disk(path.parent().unwrap_or(path)));
        return near(path).is_some_and(|disk| Some(disk) == near(Path::new(database)));
    }
    let _ = (path, settings);
    false
}

/// Secrets that others on this machine may read.
fn rights(found: &mut Findings, settings: &Settings) {
    let mut secret: Vec<PathBuf> = vec![settings.scratch.join("cookie.key")];
    secret.extend(std::env::var_os("KHOMO_CONFIG").filter(|path| !path.is_empty()).map(PathBuf::from));
    if let Some(path) = settings.database_url.strip_prefix("sqlite:") {
        secret.push(path.into());
    }
    if !settings.files.starts_with("s3://") {
        secret.push(settings.files.clone().into());
    }
    secret.push(settings.scratch.clone());
    if let Some(folder) = &settings.release_keys {
        secret.push(folder.clone());
        secret.extend(release::keys_in(folder).unwrap_or_default());
    }
    for path in secret {
        if others_may(&path) {
            found.wrong("rights", Problem::new("deploy-rights").with("path", path.display().to_string()));
        }
    }
    found.looked("rights");
}

/// Whether somebody beside owner and group gets at what a file or a folder holds: by its own rights and those of every folder above.
fn others_may(path: &Path) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let Ok(path) = path.canonicalize() else { return false };
        let Ok(found) = std::fs::metadata(&path) else { return false };
        let wanted = if found.is_dir() { 0o001 } else { 0o004 };
        let open =
            |path: &Path, bits: u32| std::fs::metadata(path).is_ok_and(|found| found.permissions().mode() & bits != 0);
        open(&path, wanted) && path.ancestors().skip(1).all(|folder| open(folder, 0o001))
    }
    #[cfg(not(unix))]
    {
        let _ = path;
        false
    }
}

/// A database server beyond this machine that is spoken to without encryption, or whose certificate nobody checks.
fn plain_database(found: &mut Findings, settings: &Settings) {
    if let Ok(url) = url::Url::parse(&settings.database_url)
        && url.scheme().starts_with("postgres")
        && let Some(host) = url.host_str().filter(|host| !host.is_empty())
        && !is_loopback(&format!("http://{host}"))
        && !url.query_pairs().any(|(name, value)| name == "sslmode" && ["verify-full", "verify-ca"].contains(&&*value))
    {
        found.wrong("database", Problem::new("deploy-database-plain").with("host", host));
    }
}

/// How many programs serve now.
fn running(found: &mut Findings, db: &Db) -> usize {
    let since = db.clock().now().0 - SILENT;
    found.take("database", db.read(|conn| nodes::running(conn, since))).unwrap_or(0)
}

fn keys(found: &mut Findings, settings: &Settings, db: Option<&Db>, programs: usize) {
    if settings.cookie_key.is_none() {
        let server = !settings.database_url.starts_with("sqlite:");
        if programs > 1 || server {
            found.wrong("keys", Problem::new("deploy-cookie-key"));
        } else {
            let path = settings.scratch.join("cookie.key").display().to_string();
            found.look("keys", Problem::new("deploy-cookie-key-kept").with("path", path));
        }
    }
    if settings.release_keys.is_none() {
        let published = db.and_then(|db| found.take("keys", db.read(release::keys))).unwrap_or_default();
        if published.is_empty() {
            found.look("keys", Problem::new("deploy-release-unsigned"));
        } else {
            found.wrong("keys", Problem::new("release-keys-unnamed"));
        }
    }
    release_keys(found, settings);
    found.looked("keys");
}

fn people(found: &mut Findings, db: &Db, rules: &Profile) -> Result<()> {
    let now = db.clock().now();
    let today = now.date(rules.province.timezone_minutes).to_string();
    let roles = &rules.accounts.second_factor_roles.value;
    if roles.is_empty() {
        found.wrong("people", Problem::new("deploy-factor-none"));
    }
    let (without, given) = db.read(|conn| {
        let without = account::without_second_factor(conn, roles, &today)?;
        Ok((without, account::with_given_password(conn, now.0 - GIVEN)?))
    })?;
    if without > 0 {
        found.look("people", Problem::new("deploy-factor").with("count", without));
    }
    if given > 0 {
        found.wrong("people", Problem::new("deploy-passwords").with("count", given));
    }
    Ok(())
}
