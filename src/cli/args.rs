//! The arguments, and the help to live by.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::kernel::Lang;

/// The open-data portal of a Vietnamese province: public and internal, in one program.
#[derive(Debug, Parser)]
#[command(name = "khomo", version, propagate_version = true)]
pub struct Cli {
    /// Language of messages: vi or en (default: en, or vi when LANG says so).
    #[arg(long, global = true, value_parser = ["vi", "en"])]
    lang: Option<String>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

impl Cli {
    /// The language of messages.
    pub fn lang(&self) -> Lang {
        let system = std::env::var("LANG").unwrap_or_default();
        let tag = self.lang.clone().unwrap_or_else(|| if system.starts_with("vi") { "vi".into() } else { "en".into() });
        Lang::from_tag(&tag).unwrap_or(Lang::En)
    }
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve both portals with a demonstration province: embedded database, local files, seeded on the first start.
    Demo(DemoArgs),
    /// Serve both portals.
    #[command(long_about = SERVE)]
    Serve,
    /// Bring the database to this program's state.
    Migrate(MigrateArgs),
    /// Read files as a draft version of a dataset.
    #[command(long_about = IMPORT)]
    Import(Box<ImportArgs>),
    /// Tell what changed between two files: their columns, and their rows one by one.
    #[command(long_about = DIFF)]
    Diff(DiffArgs),
    /// Let the public see the draft of a dataset: records both persons' decisions.
    Publish(PublishArgs),
    /// Build the search index anew: asks the running programs for it, or does it in place when none runs.
    Reindex,
    /// Remove what killed programs left: files and objects older than a day that nothing points at. `khomo serve` does so every hour.
    Sweep(SweepArgs),
    /// Copy the tables of one moment, and every object they name, into a folder, while programs run.
    #[command(long_about = BACKUP)]
    Backup(BackupArgs),
    /// Put a backup into an empty database and an empty store.
    #[command(long_about = RESTORE)]
    Restore(RestoreArgs),
    /// Say what is wrong with this installation and how to mend it; exit code 3 when something is.
    #[command(long_about = DOCTOR)]
    Doctor(DoctorArgs),
    /// Check the settings; with --deploy, whether they are safe and wise to serve a province with. Exit code 3 when something is wrong.
    Check(CheckArgs),
    /// Look after profiles: the province's rules.
    Profile(ProfileArgs),
    /// Look after the audit log.
    Audit(AuditArgs),
    /// Look after the directory of agencies.
    Agency(AgencyArgs),
    /// Look after accounts.
    Account(AccountArgs),
    /// Look after the queue of jobs.
    Jobs(JobsArgs),
    /// Look after duties: who must act by when.
    Duties(DutiesArgs),
    /// Look after the working calendar: days off, compensated and made up, a year at a time.
    Calendar(CalendarArgs),
    /// Look after quarterly releases: order and build, verify, keys.
    #[command(long_about = RELEASE)]
    Release(ReleaseArgs),
    /// Look after the country's vocabularies: the boundaries of administrative units that maps draw.
    Vocabulary(VocabularyArgs),
    /// Reads one file under limits; started by the program itself.
    #[command(hide = true, name = "ingest-worker")]
    IngestWorker,
}

/// Of `khomo demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Folder for the database, files and index; made when missing.
    #[arg(long, value_name = "DIR", default_value = "var/demo")]
    pub dir: PathBuf,
    /// Where the public portal listens.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    pub public: SocketAddr,
    /// Where the internal portal listens.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8081")]
    pub internal: SocketAddr,
    /// The province's profile; `khomo profile list` names them. A seeded folder goes over to it and keeps its data [default: the one it goes
    /// by, lac-dien for a new one].
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// A folder of real files with a manifest.json or datapackage.json: what of it is not there yet is imported and published.
    #[arg(long, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// So many small datasets more, made up: for measuring.
    #[arg(long, value_name = "N", default_value_t = 0, hide = true)]
    pub datasets: u32,
    /// Seed and stop, without serving.
    #[arg(long)]
    pub seed_only: bool,
}

/// Of `khomo migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {
    /// Make the SQLite file when it is not there.
    #[arg(long)]
    pub create: bool,
}

/// Of `khomo import`.
#[derive(Debug, Args)]
pub struct ImportArgs {
    /// Files (CSV, XLSX, XLS, Parquet), or one folder with a manifest.json or datapackage.json; --check takes both, and several.
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The dataset's slug: one that is there, or a new one (then --agency and --title are needed).
    #[arg(long, value_name = "SLUG")]
    pub dataset: Option<String>,
    /// The slug of the agency whose data it is.
    #[arg(long, value_name = "SLUG")]
    pub agency: Option<String>,
    /// The title of a new dataset.
    #[arg(long)]
    pub title: Option<String>,
    /// The title in English.
    #[arg(long)]
    pub title_en: Option<String>,
    /// The description (Markdown).
    #[arg(long)]
    pub description: Option<String>,
    /// The code of the topic.
    #[arg(long)]
    pub topic: Option<String>,
    /// The code of the update frequency.
    #[arg(long)]
    pub frequency: Option<String>,
    /// What changed in this version.
    #[arg(long)]
    pub note: Option<String>,
    /// The sheet of a workbook.
    #[arg(long)]
    pub sheet: Option<String>,
    /// The row of the header, from 1 (its last row, when it spans several; 0 when there is none).
    #[arg(long, value_name = "ROW")]
    pub header_row: Option<u64>,
    /// The encoding of a text file: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, viscii, windows-1252, macintosh.
    #[arg(long)]
    pub encoding: Option<String>,
    /// The sign between cells of a text file.
    #[arg(long, value_name = "SIGN")]
    pub delimiter: Option<char>,
    /// The decimal sign of the numbers: , or .
    #[arg(long, value_name = "SIGN")]
    pub decimal: Option<char>,
    /// The kind of a column, by its title in the header: text, integer, decimal, boolean, date or date-time; may be given several
    /// times. Without it the kind is decided on all values.
    #[arg(long = "column", value_name = "NAME=KIND")]
    pub columns: Vec<String>,
    /// Give codes the zeros back that a spreadsheet dropped, up to so many digits, by the column's title; may be given several times.
    #[arg(long = "zeros", value_name = "NAME=DIGITS")]
    pub zeros: Vec<String>,
    /// Only tell what would be understood, column by column, and which rows would be set aside: stores nothing, needs no
    /// database. Exit code 0 when every file can be imported, 2 when one is refused. With --json, one object a line for each file.
    #[arg(long)]
    pub check: bool,
    /// With --check: exit code 3 when anything was set aside.
    #[arg(long, requires = "check")]
    pub strict: bool,
    /// Declare that the files hold no state secret; nothing is stored without it. The tables keep that the operator declared it.
    #[arg(long)]
    pub no_state_secret: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The earlier file (CSV, XLSX, XLS, Parquet).
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The later file.
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// A column of the key that says which row is which, by title or machine name; may be given several times. Without a key
    /// rows are compared as a whole: they come and go, and none is changed.
    #[arg(long, value_name = "COLUMN")]
    pub key: Vec<String>,
    /// A column that has another name now, by machine names; may be given several times. When it is given, no other rename is
    /// guessed.
    #[arg(long = "rename", value_name = "OLD=NEW")]
    pub renames: Vec<String>,
    /// So many rows of each kind are shown.
    #[arg(long, value_name = "N", default_value_t = 20)]
    pub limit: u64,
    /// Keep every row that differs in this Parquet file: the kind of change, row numbers, columns changed, values before and after.
    #[arg(long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Megabytes of memory for comparing; what does not fit goes to temporary files.
    #[arg(long, value_name = "MB", default_value_t = 256)]
    pub memory_mb: usize,
    /// Exit code 3 when anything differs.
    #[arg(long)]
    pub strict: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo publish`.
#[derive(Debug, Args)]
pub struct PublishArgs {
    /// The dataset's slug.
    #[arg(value_name = "DATASET")]
    pub dataset: String,
    /// User name of the person who submits.
    #[arg(long, value_name = "USER")]
    pub by: String,
    /// User name of the person who approves: somebody else.
    #[arg(long, value_name = "USER")]
    pub approved_by: String,
    /// Why; both decisions keep it.
    #[arg(long)]
    pub reason: String,
    /// Why it is published although it drops, renames or retypes columns that the public uses, or breaks what its dictionary wants.
    #[arg(long, value_name = "REASON")]
    pub accept_breaking: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo sweep`.
#[derive(Debug, Args)]
pub struct SweepArgs {
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo backup`.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// A folder that is not there, is empty, or holds a backup that broke off.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// User name of the operator who answers for the backup: it is entered in the portal's list of backups.
    #[arg(long, value_name = "USER", required_unless_present = "unregistered")]
    pub by: Option<String>,
    /// Do not enter it in the list; register it in the portal, or a purge will not name it.
    #[arg(long, conflicts_with = "by")]
    pub unregistered: bool,
    /// Where it will lie, for the list [default: the path of DIR].
    #[arg(long, value_name = "TEXT", requires = "by")]
    pub place: Option<String>,
    /// The day until which it is kept, yyyy-mm-dd or dd/mm/yyyy, for the list.
    #[arg(long, value_name = "DAY", requires = "by")]
    pub kept_until: Option<String>,
    /// An earlier backup whose objects serve again: linked on the same disk, copied otherwise, each with its hash checked.
    #[arg(long, value_name = "DIR")]
    pub reuse: Option<PathBuf>,
    /// Finish although objects are missing in the store or damaged; the backup names them.
    #[arg(long)]
    pub accept_missing: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo restore`.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// The backup.
    #[arg(value_name = "DIR")]
    pub dir: PathBuf,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// Read every object and compare its SHA-256 with what the database says; without it only that it is there, as long as it should be.
    #[arg(long)]
    pub deep: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Also look for what is unsafe or unwise in service: addresses without https, keys, rights of files, proxies, mail, the second
    /// factor, passwords nobody changed, days off of the next year that are missing.
    #[arg(long)]
    pub deploy: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo profile`.
#[derive(Debug, Args)]
pub struct ProfileArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: ProfileCommand,
}

/// Of `khomo profile`.
#[derive(Debug, Subcommand)]
pub enum ProfileCommand {
    /// Name the profiles there are.
    List,
    /// Check a profile: every legal basis resolves, every text has both languages, the province agrees with the country's list.
    Check {
        /// Its name; all of them when left out.
        name: Option<String>,
        /// A folder whose files override the built-in ones.
        #[arg(long, value_name = "DIR")]
        overrides: Option<PathBuf>,
    },
}

/// Of `khomo audit`.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: AuditCommand,
}

/// Of `khomo audit`.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Walk the whole chain and say whether it is unbroken; exit code 3 when it is not.
    Verify {
        /// Compare with the heads that KHOMO_AUDIT_HEADS gathered in this file as well: a log cut off or written anew shows.
        #[arg(long, value_name = "FILE")]
        heads: Option<PathBuf>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Of `khomo agency`.
#[derive(Debug, Args)]
pub struct AgencyArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: AgencyCommand,
}

/// Of `khomo agency`.
#[derive(Debug, Subcommand)]
pub enum AgencyCommand {
    /// Enter an agency in the directory.
    Add {
        /// Its part of addresses, such as so-y-te.
        slug: String,
        /// Its name.
        #[arg(long)]
        name: String,
        /// Its English name.
        #[arg(long)]
        name_en: Option<String>,
        /// The code of its kind, from the profile: department, office, commune, subordinate, ...
        #[arg(long, default_value = "department")]
        kind: String,
        /// The office telephone.
        #[arg(long)]
        phone: Option<String>,
        /// The office e-mail.
        #[arg(long)]
        email: Option<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Of `khomo account`.
#[derive(Debug, Args)]
pub struct AccountArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: AccountCommand,
}

/// Of `khomo account`.
#[derive(Debug, Subcommand)]
pub enum AccountCommand {
    /// Make an account; prints its password, once.
    Add {
        /// The name to sign in with.
        user_name: String,
        /// The person's name.
        #[arg(long)]
        name: String,
        /// The person's e-mail.
        #[arg(long)]
        email: String,
        /// The slug of the person's agency.
        #[arg(long)]
        agency: String,
        /// A role there: editor, approver, coordinator, auditor, operator, ...; may be given several times.
        #[arg(long = "role", required = true)]
        roles: Vec<String>,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Of `khomo jobs`.
#[derive(Debug, Args)]
pub struct JobsArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: JobsCommand,
}

/// Of `khomo jobs`.
#[derive(Debug, Subcommand)]
pub enum JobsCommand {
    /// Name the jobs of a state, those due longest first: id, kind, attempts, last failure.
    List {
        /// waiting, running or dead.
        #[arg(long, default_value = "dead", value_parser = ["waiting", "running", "dead"])]
        state: String,
    },
    /// Put a dead job back; all dead ones without an id.
    PutBack {
        /// Its id.
        id: Option<String>,
    },
    /// Take a job away for good.
    Cancel {
        /// Its id.
        id: String,
    },
}

/// Of `khomo duties`.
#[derive(Debug, Args)]
pub struct DutiesArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: DutiesCommand,
}

/// Of `khomo duties`.
#[derive(Debug, Subcommand)]
pub enum DutiesCommand {
    /// Go through all duties now instead of at 00:20, after other rules or days off came into force: says how many rounds wait for somebody,
    /// how many were opened, changed or ended, and how many agencies were told of something. What agrees is not written, and nobody hears
    /// of a reminder twice.
    Turn {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Of `khomo calendar`.
#[derive(Debug, Args)]
pub struct CalendarArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: CalendarCommand,
}

/// Of `khomo calendar`.
#[derive(Debug, Subcommand)]
pub enum CalendarCommand {
    /// Enter the days off and make-up days of one year from a file, in place of what the calendar says of that year.
    #[command(long_about = CALENDAR)]
    Import(CalendarImportArgs),
    /// List the days off and make-up days of a year, with their sources.
    Show {
        /// The year [default: this one].
        #[arg(long)]
        year: Option<i32>,
        /// As CSV that `khomo calendar import` takes: to change and import.
        #[arg(long, conflicts_with = "json")]
        csv: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
}

/// Of `khomo calendar import`.
#[derive(Debug, Args)]
pub struct CalendarImportArgs {
    /// The file: CSV or TOML, in UTF-8.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Only say what would change.
    #[arg(long)]
    pub check: bool,
    /// Also change days that are over, because they were entered wrongly. Without it such a file is refused.
    #[arg(long)]
    pub correct: bool,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

/// Of `khomo release`.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: ReleaseCommand,
}

/// Of `khomo release`.
#[derive(Debug, Subcommand)]
pub enum ReleaseCommand {
    /// Name the releases there are, the newest first: quarter, state, moment, key, hash of the manifest.
    List {
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Order the release of a quarter that is closed and build it, or wait for the running program that does; one that broke off goes on
    /// where it was. Ends when the release is there, or its job failed for good.
    Build {
        /// The quarter, such as 2026-Q3.
        quarter: String,
        /// What was published until then is in it, such as 2026-10-01T00:00:00+07:00 [default: the moment of its close].
        #[arg(long, value_name = "MOMENT")]
        as_of: Option<String>,
    },
    /// Check what lies in a folder against its manifest.json, and that against its signature; exit code 3 when something differs. Needs no
    /// database.
    Verify {
        /// The folder, such as an unpacked archive of the release.
        folder: PathBuf,
        /// A public key of the portal in PEM; may be given several times.
        #[arg(long = "key", value_name = "PEM")]
        keys: Vec<PathBuf>,
        /// Also exit code 3 when a file is missing, or the signature is missing or was not checked.
        #[arg(long)]
        strict: bool,
        /// Answer in JSON.
        #[arg(long)]
        json: bool,
    },
    /// Look after the keys that releases are signed with.
    Key {
        /// What to do.
        #[command(subcommand)]
        what: ReleaseKeyCommand,
    },
}

/// Of `khomo release key`.
#[derive(Debug, Subcommand)]
pub enum ReleaseKeyCommand {
    /// Make a key in the folder of KHOMO_RELEASE_KEYS and publish its public half: it signs from now on, earlier ones stay published.
    New,
    /// Name the published keys, the newest first: id, since when, the public half.
    List,
}

/// Of `khomo vocabulary`.
#[derive(Debug, Args)]
pub struct VocabularyArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: VocabularyCommand,
}

/// Of `khomo vocabulary`.
#[derive(Debug, Subcommand)]
pub enum VocabularyCommand {
    /// Keep boundaries of provinces or communes, simplified for screens, in place of those of the same level and first day.
    #[command(long_about = BOUNDARIES)]
    Boundaries(BoundaryArgs),
}

/// Of `khomo vocabulary boundaries`.
#[derive(Debug, Args)]
pub struct BoundaryArgs {
    /// A GeoJSON FeatureCollection of polygons in degrees of WGS 84.
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// The level of the units.
    #[arg(long, value_parser = ["province", "commune"])]
    pub level: String,
    /// Who made the boundaries; stands below every map.
    #[arg(long, value_name = "TEXT")]
    pub source: String,
    /// Under which terms they may be shown; stands below every map.
    #[arg(long, value_name = "TEXT")]
    pub licence: String,
    /// First day on which they hold, yyyy-mm-dd or dd/mm/yyyy [default: 2025-07-01].
    #[arg(long, value_name = "DAY")]
    pub valid_from: Option<String>,
    /// Last day on which they hold.
    #[arg(long, value_name = "DAY")]
    pub valid_to: Option<String>,
    /// The property with the official code [default: code, ma, ma_dvhc, … or the feature's id].
    #[arg(long, value_name = "NAME")]
    pub code_property: Option<String>,
    /// The property with the name [default: fullName, ten_day_du, name, ten].
    #[arg(long, value_name = "NAME")]
    pub name_property: Option<String>,
    /// The property with the English name [default: fullNameEn, nameEn].
    #[arg(long, value_name = "NAME")]
    pub name_en_property: Option<String>,
    /// Answer in JSON.
    #[arg(long)]
    pub json: bool,
}

const CALENDAR: &str = "\
Enter the days off and make-up days of one year from a file, in place of what the calendar says of that year.

The file holds the whole year, the holidays that the law fixes among them: begin with `khomo calendar show --year Y --csv`. CSV has
a header and these columns; `to`, `name_en` and `basis` may be missing or empty:

  day,to,kind,name_vi,name_en,status,basis
  2027-02-05,2027-02-09,holiday,Tết Nguyên đán,Lunar New Year,decided,bo-luat-lao-dong-2019/112.1.b
  2027-02-10,2027-02-11,compensation,Tết Nguyên đán,,decided,bo-luat-lao-dong-2019/111.3

kind: holiday; compensation (off for a holiday on a weekly rest); swapped (off, worked on another day); make-up (a weekly rest that is
worked). status: law, decided (announced for that year), assumed (not announced yet). basis: a document of the profile's register and,
after a stroke, article, clause and point. TOML has the rows of the built-in calendar.toml, [[days]] with date, to, name, kind, status,
basis. Every wrong row is named, and then nothing is changed. Programs that run take the new days when they are started again.";

const BOUNDARIES: &str = "\
Keep boundaries of provinces or communes, simplified for screens, in place of those of the same level and first day.

Neighbours keep their common border. Maps show source and terms below the picture, and Hoàng Sa and Trường Sa whatever the file
holds. Without boundaries provinces are drawn as equal tiles, and tables by commune have no map. Up to 128 MB and 4 million points.

  khomo vocabulary boundaries tinh.geojson --level province --source 'Nhà xuất bản A' --licence 'Được phép hiển thị'
  khomo vocabulary boundaries xa.geojson --level commune --code-property ma_xa --name-property ten --source … --licence …
  khomo vocabulary boundaries tinh-63.geojson --level province --valid-from 2008-08-01 --valid-to 2025-06-30 --source … --licence …";

const RELEASE: &str = "\
Look after quarterly releases: what was published at the close of a quarter, with the SHA-256 of every file and a signature.

  khomo release key new
  khomo release build 2026-Q3
  khomo release verify release-2026-Q3 --key key.pem

Private keys lie in the folder of KHOMO_RELEASE_KEYS, the newest signs; a new one belongs to whom the folder does. `khomo backup` does
not copy them: keep a copy elsewhere. Whoever has one can sign in the portal's name; whoever lost all makes a new one, and earlier
releases stay verified by the published halves. Once a key was published no release is made without a signature: a program without the
keys leaves it to one that has them.";

const IMPORT: &str = "\
Read files as a draft version of a dataset.

The file is understood as a whole: encoding, dialect, header, and the kind of every column decided on all its values. Codes with
leading zeros and 12-digit identifiers stay text. The original bytes are kept. Nothing becomes public: `khomo publish` does that.
Whoever stores files declares with --no-state-secret that they hold no state secret.

  khomo import truong-hoc.xlsx --no-state-secret --dataset truong-hoc --agency so-giao-duc-va-dao-tao --title 'Trường học'
  khomo import truong-hoc.xlsx --check --column 'Mã trường=text'
  khomo import folder-with-manifest --no-state-secret";

const DIFF: &str = "\
Tell what changed between two files: their columns, and their rows one by one.

Both are read as an import would read them, and compared by value: 1.234,50 and 1234.5 are the same number. Stores nothing and
needs no database.

  khomo diff truong-hoc-2024.xlsx truong-hoc-2025.xlsx --key 'Mã trường'
  khomo diff old.csv new.csv --key code --json --output changes.parquet";

const BACKUP: &str = "\
Copy the tables of one moment, and every object they name, into a folder, while programs run.

The same for SQLite and PostgreSQL, a folder and S3: a backup of one restores into the other. The tables are read in one snapshot,
then the objects are copied with their SHA-256 checked. Objects are written once and what nobody names stays a day, so that both
are of the same moment. manifest.json is written last: a folder without it is no backup, and the same command goes on with it.

A backup holds everything: drafts and originals that nobody outside may see, people and their e-mail addresses, hashes of passwords,
the audit log, receipts of reports. It does not hold KHOMO_COOKIE_KEY, under which second factors and readers' addresses are
sealed, nor the settings and overrides: keep them elsewhere. Sessions are left out. Encrypt what leaves the house; linked backups
(--reuse) share the bytes of their objects, so keep one on another disk.

  khomo backup /backup/2026-11-28 --by lucpv --kept-until 2027-11-28
  khomo backup /backup/2026-11-29 --by lucpv --reuse /backup/2026-11-28";

const RESTORE: &str = "\
Put a backup into an empty database and an empty store.

Every file is checked before anything is written and every object after. The tables are filled in one transaction at the migration of
the backup, then brought to this program's; the audit log is walked and must end as the backup says; the search index is built anew.
If it breaks off, run it again: what it put into the store counts, the database is still empty. No program may run meanwhile.
Set KHOMO_COOKIE_KEY to the key of the time of the backup.

  KHOMO_DATABASE_URL=sqlite:new/khomo.db KHOMO_FILES=new/files khomo restore /backup/2026-11-28";

const DOCTOR: &str = "\
Say what is wrong with this installation and how to mend it.

Each line is a verdict (well, look, wrong), what was looked at, and what to do: the settings and the profile with the calendar of
next year, folders and the room on their disks, the store (written to and read), mail (greeted, nothing is sent), the database and its
migrations, programs that run with their clocks and indexes, jobs, the audit log (and KHOMO_AUDIT_HEADS), backups and keys that end,
and whether every object that the database names is in the store. Changes nothing. Programs may run meanwhile, or not.";

const SERVE: &str = "\
Serve both portals. Settings come from the environment, or from a TOML file that KHOMO_CONFIG names (there in lower case and
without KHOMO_: database_url = \"…\"); the environment wins. An empty setting is unset; an unknown one is refused.

  KHOMO_DATABASE_URL       sqlite:PATH or postgres://USER:PASSWORD@HOST/DB   [sqlite:var/khomo.db]
  KHOMO_FILES              a folder, or s3://BUCKET[/PREFIX]                 [var/files]
  KHOMO_S3_ENDPOINT        https://…; http:// on loopback only
  KHOMO_S3_REGION          [us-east-1]
  KHOMO_S3_ACCESS_KEY, KHOMO_S3_SECRET_KEY
  KHOMO_INDEX              folder of the search index, one a program         [search-index/built]
  KHOMO_SCRATCH            folder for work in progress                       [var/scratch]
  KHOMO_PUBLIC_ADDR        where the public portal listens                   [127.0.0.1:8080]
  KHOMO_INTERNAL_ADDR      where the internal portal listens                 [127.0.0.1:8081]
  KHOMO_PUBLIC_URL         its address as readers see it                     [http://KHOMO_PUBLIC_ADDR]
  KHOMO_INTERNAL_URL       https beyond one's own machine                    [http://KHOMO_INTERNAL_ADDR]
  KHOMO_INTERNAL_NETWORKS  from where the internal portal may be reached     [127.0.0.0/8,::1]
  KHOMO_TRUSTED_PROXIES    whose X-Forwarded-For is believed                 [nobody]
  KHOMO_PROFILE            the province's profile                            [current-2026]
  KHOMO_OVERRIDES          folder whose profiles/, locales/ and search-index/ override single files
  KHOMO_COOKIE_KEY         128 hexadecimal digits, the same for all programs [made and kept in KHOMO_SCRATCH]
  KHOMO_MAIL               smtps://USER:PASSWORD@HOST, smtp+starttls://…, folder:DIR  [no mail; notices stay in the inbox]
  KHOMO_MAIL_FROM          who it is from: Name <name@host>
  KHOMO_MAIL_CA            PEM file of further certificate authorities for the mail server
  KHOMO_RELEASE_KEYS       folder of the keys that quarterly releases are signed with: khomo release key new  [not signed]
  KHOMO_AUDIT_HEADS        file on another disk that gets the audit log's head every hour: khomo audit verify --heads FILE
  KHOMO_AUDIT_SYSLOG       log server that gets the same: udp://HOST:PORT or unix:/dev/log
  KHOMO_API_PER_MINUTE     what one client may ask of the API in a minute, in units: deploy/REFERENCE.md; 0 for no limit  [600]
  KHOMO_WORKERS            threads of each portal                            [2]
  KHOMO_INGEST_MEMORY_MB   memory of one import                              [512]
  KHOMO_UPLOAD_MAX_MB      the largest file that may be uploaded             [20480]
  KHOMO_LOG                filter of the log, such as info,khomo=debug       [info]
  KHOMO_LOG_FORMAT         json or text                                      [json]
  KHOMO_DEVELOPMENT        true serves the component gallery                 [false]";
