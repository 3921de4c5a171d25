//! Quarterly releases: the list, one of them, the keys, verifying.

use askama::Template;

use crate::chart::{Drawing, Mark};
use crate::http::page::{Choice, Link, PageCtx, Pager, Text};
use crate::kernel::Timestamp;
use crate::release::Totals;

/// `/quy`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/releases.html")]
pub struct ReleasesPage {
    /// The page.
    pub page: PageCtx,
    /// The releases, the newest first.
    pub rows: Vec<ReleaseRow>,
    /// The keys they are signed with.
    pub keys_href: String,
}

/// A release of the list.
#[derive(Clone, Debug)]
pub struct ReleaseRow {
    /// Its name and page.
    pub link: Link,
    /// Until when something must have been published to be in it.
    pub as_of: Timestamp,
    /// What it holds.
    pub totals: Totals,
    /// Whether it is signed.
    pub signed: bool,
}

/// `/quy/{quarter}?change=&agency=&q=&page=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/release.html")]
pub struct ReleasePage {
    /// The page.
    pub page: PageCtx,
    /// Its name.
    pub name: String,
    /// From when it tells what changed.
    pub since: Timestamp,
    /// Until when something must have been published to be in it.
    pub as_of: Timestamp,
    /// What it holds.
    pub totals: Totals,
    /// Datasets by what became of them.
    pub datasets: Bars,
    /// Rows by what became of them.
    pub rows_chart: Bars,
    /// What the list may be narrowed to: name, address, whether it is.
    pub changes: Vec<(String, String, bool)>,
    /// Where the list is narrowed further.
    pub action: String,
    /// The change it is narrowed to; empty for all.
    pub change: &'static str,
    /// The words that are searched for.
    pub query: String,
    /// All agencies, and those with datasets in it.
    pub owners: Vec<Choice>,
    /// The list without words and agency, where it is narrowed by them.
    pub clear_href: Option<String>,
    /// How many datasets the list has.
    pub total: u64,
    /// Those of this page.
    pub rows: Vec<EntryRow>,
    /// The pages.
    pub pager: Pager,
    /// All of it as an archive.
    pub whole_href: String,
    /// Archives by topic.
    pub topics: Vec<Archive>,
    /// Archives by agency.
    pub agencies: Vec<Archive>,
    /// The files of the release as a whole.
    pub files: Vec<Link>,
    /// The signature, the id of its key, and the key; none where it is not signed.
    pub signature: Option<(String, String, String)>,
    /// The SHA-256 of the manifest.
    pub manifest_sha256: String,
    /// Where files are verified.
    pub check_href: String,
    /// All keys.
    pub keys_href: String,
    /// Files that are gone since.
    pub gone: u64,
}

/// A dataset of a release.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its title.
    pub title: Text,
    /// The version's page; of a withdrawn one its tombstone.
    pub href: String,
    /// Whose it is.
    pub agency: Text,
    /// What became of it.
    pub change: String,
    /// The style class of that.
    pub tone: &'static str,
    /// Whether it was late.
    pub late: bool,
    /// The number of its version.
    pub version: u64,
    /// Its rows.
    pub rows: u64,
    /// Rows that came.
    pub added: u64,
    /// Rows that went.
    pub removed: u64,
    /// Rows that changed.
    pub changed: u64,
    /// Cells that changed.
    pub cells: u64,
    /// Whether the earlier version is gone, so that rows were not compared.
    pub uncompared: bool,
    /// The rows that changed, table by table and format by format.
    pub files: Vec<Link>,
}

/// A part of a release as an archive.
#[derive(Clone, Debug)]
pub struct Archive {
    /// What it is called.
    pub name: Text,
    /// The archive.
    pub href: String,
}

/// Bars of counts, with the same in words and as a table.
#[derive(Clone, Debug)]
pub struct Bars {
    /// What is counted.
    pub title: String,
    /// The same in words.
    pub says: String,
    /// The drawing for wide windows.
    pub wide: Drawing,
    /// The drawing for narrow ones.
    pub narrow: Drawing,
    /// Name and count of each bar.
    pub rows: Vec<(String, u64)>,
}

/// `/quy/khoa`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/release_keys.html")]
pub struct KeysPage {
    /// The page.
    pub page: PageCtx,
    /// The keys, the newest first.
    pub rows: Vec<KeyRow>,
    /// The releases.
    pub list_href: String,
}

/// A published key.
#[derive(Clone, Debug)]
pub struct KeyRow {
    /// The name of its file.
    pub file: String,
    /// The key as PEM.
    pub href: String,
    /// Its 32 bytes as hexadecimal digits.
    pub public_key: String,
    /// Since when it is published.
    pub since: Timestamp,
}

/// `/quy/{quarter}/kiem-tra`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/release_check.html")]
pub struct CheckPage {
    /// The page.
    pub page: PageCtx,
    /// The release.
    pub name: String,
    /// Its page.
    pub release_href: String,
    /// Its manifest.
    pub manifest_href: String,
    /// Its signature, where there is one.
    pub signature_href: Option<String>,
    /// The key of the signature.
    pub key: Option<Link>,
    /// All of it as an archive.
    pub archive_href: String,
    /// Its address with host.
    pub url: String,
    /// The key's address with host.
    pub key_url: Option<String>,
    /// The folder of the commands.
    pub folder: String,
}

/// Holds what lies in the folder against the hashes of the manifest there.
const HASHES: [&str; 2] = [
    r#"jq -r '(.datasets[].files[], .files[]) | "\(.sha256)  \(.path)"' manifest.json"#,
    " | sha256sum --check --quiet --ignore-missing",
];

impl CheckPage {
    /// What to type to have all of it in a folder of its own, and the key beside that; the last line goes into the folder. Without `-f` the page of
    /// an error would be written to the end of what is there.
    fn fetching(&self) -> Vec<String> {
        let (url, folder) = (&self.url, &self.folder);
        let mut lines =
            vec![format!("curl -f -C - -o {folder}.zip {url}/tinh.zip"), format!("unzip -o {folder}.zip -d {folder}")];
        lines.extend(self.key_url.iter().map(|key| format!("curl -f -o {folder}.pem {key}")));
        lines.push(format!("cd {folder}"));
        lines
    }

    /// What to type to download all of it and verify it.
    pub fn commands(&self) -> String {
        let mut lines = self.fetching();
        lines.push(match &self.key_url {
            Some(_) => format!("khomo release verify . --key ../{}.pem", self.folder),
            None => "khomo release verify .".to_owned(),
        });
        lines.join("\n")
    }

    /// The same without a program of ours: the signature, where there is one, and every file.
    pub fn by_hand(&self) -> String {
        let (mut lines, folder) = (self.fetching(), &self.folder);
        if self.key_url.is_some() {
            lines.push(format!("base64 -d manifest.json.sig > ../{folder}.sig"));
            lines.push(format!(
                "openssl pkeyutl -verify -pubin -inkey ../{folder}.pem -rawin -in manifest.json -sigfile ../{folder}.sig"
            ));
        }
        lines.push(HASHES.concat());
        lines.join("\n")
    }
}
