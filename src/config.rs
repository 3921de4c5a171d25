//! Settings: from the environment and a file, every one documented here, checked at start; a typo is refused.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use crate::kernel::{Error, Problem, Result};
use crate::platform::files::S3;
use crate::platform::mail::{Sender, Way};
use crate::platform::net::is_loopback;
use crate::platform::syslog::Target;

/// Every setting: its name in the environment, and in the file without `KHOMO_` and in lower case. The help of `khomo serve`
/// tells what each is for.
pub const SETTINGS: &[&str] = &[
    "KHOMO_API_PER_MINUTE",
    "KHOMO_AUDIT_HEADS",
    "KHOMO_AUDIT_SYSLOG",
    "KHOMO_CONFIG",
    "KHOMO_COOKIE_KEY",
    "KHOMO_DATABASE_URL",
    "KHOMO_DEVELOPMENT",
    "KHOMO_FILES",
    "KHOMO_INDEX",
    "KHOMO_INGEST_MEMORY_MB",
    "KHOMO_INTERNAL_ADDR",
    "KHOMO_INTERNAL_NETWORKS",
    "KHOMO_INTERNAL_URL",
    "KHOMO_LOG",
    "KHOMO_LOG_FORMAT",
    "KHOMO_MAIL",
    "KHOMO_MAIL_CA",
    "KHOMO_MAIL_FROM",
    "KHOMO_OVERRIDES",
    "KHOMO_PROFILE",
    "KHOMO_PUBLIC_ADDR",
    "KHOMO_PUBLIC_URL",
    "KHOMO_RELEASE_KEYS",
    "KHOMO_S3_ACCESS_KEY",
    "KHOMO_S3_ENDPOINT",
    "KHOMO_S3_REGION",
    "KHOMO_S3_SECRET_KEY",
    "KHOMO_SCRATCH",
    "KHOMO_TRUSTED_PROXIES",
    "KHOMO_UPLOAD_MAX_MB",
    "KHOMO_WORKERS",
];

/// A network: an address and how many of its leading bits count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    bits: u8,
}

impl Network {
    /// Reads `10.0.0.0/8`, `fd00::/8` or a single address.
    pub fn parse(text: &str) -> Option<Self> {
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address.parse::<IpAddr>().ok()?, Some(bits.parse().ok()?)),
            None => (text.parse::<IpAddr>().ok()?, None),
        };
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { address, bits })
    }

    /// Whether every address lies in it.
    pub fn is_everything(self) -> bool {
        self.bits == 0
    }

    /// Whether an address lies in the network; an IPv4 address written as IPv6 counts as IPv4.
    pub fn contains(self, address: IpAddr) -> bool {
        fn same(a: u128, b: u128, width: u32, bits: u8) -> bool {
            bits == 0 || (a ^ b) >> (width - u32::from(bits)) == 0
        }
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(a), IpAddr::V4(b)) => same(u32::from(a).into(), u32::from(b).into(), 32, self.bits),
            (IpAddr::V6(a), IpAddr::V6(b)) => same(a.into(), b.into(), 128, self.bits),
            _ => false,
        }
    }
}

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// A folder, or `s3://BUCKET[/PREFIX]`.
    pub files: String,
    /// How to reach the S3-compatible store.
    pub s3: S3,
    /// The folder of the search index.
    pub index: PathBuf,
    /// A folder for work in progress.
    pub scratch: PathBuf,
    /// Where the public portal listens.
    pub public_addr: SocketAddr,
    /// Where the internal portal listens.
    pub internal_addr: SocketAddr,
    /// Scheme and host that readers see, without a slash at the end.
    pub public_url: String,
    /// Scheme and host of the internal portal.
    pub internal_url: String,
    /// Whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// From where the internal portal may be reached.
    pub internal_networks: Vec<Network>,
    /// The name of the profile.
    pub profile: String,
    /// A folder whose `profiles/`, `locales/` and `search-index/` override single files.
    pub overrides: Option<PathBuf>,
    /// 64 bytes as 128 hexadecimal digits; made and kept in the scratch folder when unset.
    pub cookie_key: Option<String>,
    /// Filter of the log.
    pub log: String,
    /// Whether the log is JSON.
    pub log_json: bool,
    /// How mail goes out; none sends nothing.
    pub mail: Option<Way>,
    /// Who mail is from.
    pub mail_from: Option<Sender>,
    /// A PEM file of certificate authorities that the mail server may have its certificate from, beside the system's.
    pub mail_ca: Option<PathBuf>,
    /// A file, best on another disk or machine, that gets the head of the audit log every hour; the same for all programs.
    pub audit_heads: Option<PathBuf>,
    /// A log server that gets the same.
    pub audit_syslog: Option<Target>,
    /// A folder of the keys that quarterly releases are signed with, readable by the program alone; none signs nothing.
    pub release_keys: Option<PathBuf>,
    /// What one client may ask of the API in a minute, in units; 0 for no limit.
    pub api_per_minute: u32,
    /// Threads of each portal.
    pub workers: usize,
    /// Memory of one ingest in MiB.
    pub ingest_memory: u64,
    /// The largest file that may be uploaded, in MiB.
    pub upload_max: u64,
    /// Whether the component gallery is served.
    pub development: bool,
}

impl Settings {
    /// Reads the environment and the file it names.
    ///
    /// # Errors
    /// Refusals `setting-unknown`, `setting-wrong`, `setting-file`; all wrong settings are named at once.
    pub fn from_env() -> Result<Self> {
        let env: BTreeMap<String, String> = std::env::vars().filter(|(name, _)| name.starts_with("KHOMO_")).collect();
        Self::read(env)
    }

    /// Reads settings given as pairs; an empty one is unset. Names of tests (`KHOMO_TEST_…` and the like) are passed over.
    ///
    /// # Errors
    /// As [`Settings::from_env`].
    pub fn read(env: BTreeMap<String, String>) -> Result<Self> {
        let mut problems = Vec::new();
        let mut values = BTreeMap::new();
        if let Some(path) = env.get("KHOMO_CONFIG").filter(|path| !path.is_empty()) {
            for (name, value) in file(Path::new(path))? {
                let known = format!("KHOMO_{}", name.to_uppercase());
                if SETTINGS.contains(&known.as_str()) && name == name.to_lowercase() {
                    values.insert(known, value);
                } else {
                    problems.push(Problem::new("setting-unknown").with("name", name.as_str()));
                }
            }
        }
        for (name, value) in env {
            let of_tests = ["KHOMO_TEST_", "KHOMO_CHROME", "KHOMO_AXE"].iter().any(|prefix| name.starts_with(prefix));
            if SETTINGS.contains(&name.as_str()) {
                values.insert(name, value);
            } else if !of_tests {
                problems.push(Problem::new("setting-unknown").with("name", name.as_str()));
            }
        }
        values.retain(|_, value| !value.trim().is_empty());
        let mut reader = Reader { values, problems };
        let public_addr = reader.parsed("KHOMO_PUBLIC_ADDR", SocketAddr::from(([127, 0, 0, 1], 8080)));
        let internal_addr = reader.parsed("KHOMO_INTERNAL_ADDR", SocketAddr::from(([127, 0, 0, 1], 8081)));
        let settings = Self {
            database_url: reader.text("KHOMO_DATABASE_URL").unwrap_or_else(|| "sqlite:var/khomo.db".into()),
            files: reader.text("KHOMO_FILES").unwrap_or_else(|| "var/files".into()),
            s3: S3 {
                endpoint: reader.text("KHOMO_S3_ENDPOINT"),
                region: reader.text("KHOMO_S3_REGION"),
                access_key: reader.text("KHOMO_S3_ACCESS_KEY"),
                secret_key: reader.text("KHOMO_S3_SECRET_KEY"),
            },
            index: reader.text("KHOMO_INDEX").unwrap_or_else(|| "search-index/built".into()).into(),
            scratch: reader.text("KHOMO_SCRATCH").unwrap_or_else(|| "var/scratch".into()).into(),
            public_url: reader.url("KHOMO_PUBLIC_URL", public_addr),
            internal_url: reader.url("KHOMO_INTERNAL_URL", internal_addr),
            public_addr,
            internal_addr,
            trusted_proxies: reader.networks("KHOMO_TRUSTED_PROXIES", ""),
            internal_networks: reader.networks("KHOMO_INTERNAL_NETWORKS", "127.0.0.0/8,::1"),
            profile: reader.text("KHOMO_PROFILE").unwrap_or_else(|| "current-2026".into()),
            overrides: reader.text("KHOMO_OVERRIDES").map(PathBuf::from),
            cookie_key: reader.text("KHOMO_COOKIE_KEY"),
            log: reader.text("KHOMO_LOG").unwrap_or_else(|| "info".into()),
            log_json: match reader.text("KHOMO_LOG_FORMAT").as_deref() {
                None | Some("json") => true,
                Some("text") => false,
                Some(_) => reader.wrong("KHOMO_LOG_FORMAT", "json | text", true),
            },
            mail: reader.read("KHOMO_MAIL", Way::parse),
            mail_from: reader.read("KHOMO_MAIL_FROM", Sender::parse),
            mail_ca: reader.text("KHOMO_MAIL_CA").map(PathBuf::from),
            audit_heads: reader.text("KHOMO_AUDIT_HEADS").map(PathBuf::from),
            audit_syslog: reader.read("KHOMO_AUDIT_SYSLOG", Target::parse),
            release_keys: reader.text("KHOMO_RELEASE_KEYS").map(PathBuf::from),
            api_per_minute: reader.parsed("KHOMO_API_PER_MINUTE", 600),
            workers: reader.parsed("KHOMO_WORKERS", 2).clamp(1, 64),
            ingest_memory: reader.parsed("KHOMO_INGEST_MEMORY_MB", 512).max(128),
            upload_max: reader.parsed("KHOMO_UPLOAD_MAX_MB", 20 << 10).clamp(1, 1 << 20),
            development: reader.parsed("KHOMO_DEVELOPMENT", false),
        };
        // A cookie that only travels over https needs https; a plain one is for one's own machine.
        if !settings.internal_url.starts_with("https://") && !is_loopback(&settings.internal_url) {
            reader.problems.push(Problem::new("setting-internal-https"));
        }
        if settings.mail.is_some() && settings.mail_from.is_none() {
            reader.problems.push(Problem::new("setting-mail-from"));
        }
        if let Some(key) = &settings.cookie_key
            && (key.len() != 128 || hex::decode(key).is_err())
        {
            reader
                .problems
                .push(Problem::new("setting-wrong").with("name", "KHOMO_COOKIE_KEY").with("form", "128 × 0-9a-f"));
        }
        if reader.problems.is_empty() { Ok(settings) } else { Err(Error::invalid_all(reader.problems)) }
    }
}

fn file(path: &Path) -> Result<BTreeMap<String, String>> {
    let wrong = || Error::invalid(Problem::new("setting-file").with("path", path.display().to_string()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong().because(error))?;
    let table: toml::Table = toml::from_str(&text).map_err(|error| wrong().because(error))?;
    Ok(table
        .into_iter()
        .map(|(name, value)| match value {
            toml::Value::String(text) => (name, text),
            other => (name, other.to_string()),
        })
        .collect())
}

struct Reader {
    values: BTreeMap<String, String>,
    problems: Vec<Problem>,
}

impl Reader {
    fn text(&mut self, name: &str) -> Option<String> {
        self.values.get(name).map(|value| value.trim().to_owned())
    }

    fn wrong<T>(&mut self, name: &str, form: &str, fallback: T) -> T {
        self.problems.push(Problem::new("setting-wrong").with("name", name).with("form", form));
        fallback
    }

    /// A setting with a form of its own; what it refuses is added to the rest.
    fn read<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Result<T>) -> Option<T> {
        match parse(&self.text(name)?) {
            Ok(value) => Some(value),
            Err(error) => {
                self.problems.extend_from_slice(error.problems());
                None
            }
        }
    }

    fn parsed<T: std::str::FromStr + ToString>(&mut self, name: &str, default: T) -> T {
        match self.text(name) {
            None => default,
            Some(text) => match text.parse() {
                Ok(value) => value,
                Err(_) => {
                    let form = default.to_string();
                    self.wrong(name, &form, default)
                }
            },
        }
    }

    fn url(&mut self, name: &str, addr: SocketAddr) -> String {
        let url = self.text(name).unwrap_or_else(|| format!("http://{addr}"));
        let url = url.trim_end_matches('/').to_owned();
        let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
        match host {
            Some(host) if !host.is_empty() && !host.contains(['/', ' ', '?', '#']) => url,
            _ => self.wrong(name, "https://host", url),
        }
    }

    fn networks(&mut self, name: &str, default: &str) -> Vec<Network> {
        let text = self.text(name).unwrap_or_else(|| default.to_owned());
        let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        match parts.iter().map(|part| Network::parse(part)).collect() {
            Some(networks) => networks,
            None => self.wrong(name, "10.0.0.0/8,fd00::/8", Vec::new()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pairs: &[(&str, &str)]) -> Result<Settings> {
        Settings::read(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_typo_in_a_name_is_refused() {
        let error = read(&[("KHOMO_PUBLIC_ADRESS", "127.0.0.1:1")]).unwrap_err();
        assert!(error.has("setting-unknown"));
    }

    #[test]
    fn an_empty_setting_is_unset_and_all_wrong_ones_are_named_at_once() {
        assert_eq!(read(&[("KHOMO_FILES", " ")]).unwrap().files, "var/files");
        let error = read(&[("KHOMO_PUBLIC_ADDR", "here"), ("KHOMO_TRUSTED_PROXIES", "everyone")]).unwrap_err();
        assert_eq!(error.problems().len(), 2);
    }

    #[test]
    fn listeners_may_be_ipv6() {
        let settings = read(&[("KHOMO_PUBLIC_ADDR", "[::1]:8080")]).unwrap();
        assert!(settings.public_addr.is_ipv6());
        assert_eq!(settings.public_url, "http://[::1]:8080");
    }

    #[test]
    fn the_internal_portal_wants_https_beyond_this_machine() {
        assert!(read(&[("KHOMO_INTERNAL_URL", "http://10.0.0.1:8081")]).unwrap_err().has("setting-internal-https"));
        assert!(read(&[("KHOMO_INTERNAL_URL", "https://noi-bo.example")]).is_ok());
    }

    #[test]
    fn mail_needs_a_sender_and_an_encrypted_way() {
        assert!(read(&[("KHOMO_MAIL", "smtps://a:b@mail.example")]).unwrap_err().has("setting-mail-from"));
        let from = ("KHOMO_MAIL_FROM", "Khomo <du-lieu@tinh.example>");
        assert!(read(&[("KHOMO_MAIL", "smtps://a:b@mail.example"), from]).is_ok());
        assert!(read(&[("KHOMO_MAIL", "smtp://mail.example"), from]).unwrap_err().has("setting-mail-plain"));
        assert!(read(&[("KHOMO_MAIL_FROM", "nobody")]).unwrap_err().has("setting-wrong"));
    }

    #[test]
    fn networks_know_their_addresses() {
        let network = Network::parse("10.0.0.0/8").unwrap();
        assert!(
            network.contains("10.255.0.1".parse().unwrap()) && network.contains("::ffff:10.1.1.1".parse().unwrap())
        );
        assert!(!network.contains("11.0.0.1".parse().unwrap()));
        assert!(Network::parse("10.0.0.0/33").is_none());
    }
}
