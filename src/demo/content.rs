//! What the demo province publishes, read from the files of `demo/` that are inside the binary.
//!
//! Days are counted back from the day on which the demo is seeded, so that it is always this quarter: most datasets are on
//! time, some due soon, some have more time, about one in eight is late.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{BufWriter, Write};

use chrono::{Days, NaiveDate};
use rust_embed::RustEmbed;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::generate::{self, Make, Plan, Recipe};
use super::open_data::OpenData;
use crate::dataset::Constraints;
use crate::kernel::{Error, Lang, Result};
use crate::vocabulary;

#[derive(RustEmbed)]
#[folder = "demo/"]
struct Files;

/// Everything of `demo/`.
#[derive(Debug)]
pub struct Content {
    /// The province's agencies, in the order of the file.
    pub agencies: Vec<Agency>,
    /// People with their roles, without passwords: those are made at first start.
    pub accounts: Vec<Account>,
    /// The datasets, by slug.
    pub datasets: Vec<Dataset>,
    /// What readers said about them, oldest first.
    pub reports: Vec<Report>,
    /// What readers asked for, in the order of its days.
    pub requests: Vec<Request>,
    /// What the province decided about its open data.
    pub open_data: OpenData,
    /// What readers searched for in vain.
    pub searches: Vec<Search>,
    /// What agencies say in their quarterly returns.
    pub returns: Vec<Return>,
    /// How they keep their duty to update where no new version does it.
    pub updates: Updates,
}

/// Signed words that nothing changed, and more time.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Updates {
    /// By dataset.
    pub unchanged: Vec<Unchanged>,
    /// In the order of the file.
    #[serde(rename = "extension")]
    pub extensions: Vec<More>,
}

/// That nothing changed in a dataset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unchanged {
    /// Slug of the dataset.
    pub dataset: String,
    /// How many days ago it was signed, each time, the first time first.
    pub days_ago: Vec<u64>,
    /// How it was checked, in Vietnamese.
    pub checked: String,
}

/// More time that an agency asked for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct More {
    /// Slug of the dataset.
    pub dataset: String,
    /// How many days ago.
    pub days_ago: u64,
    /// Days from today to the day that it asked for.
    pub days_ahead: u64,
    /// Why, in Vietnamese.
    pub reason: String,
    /// How many days ago it was granted; none where it waits.
    pub granted_days_ago: Option<u64>,
    /// What was answered, in Vietnamese.
    #[serde(default)]
    pub answer: String,
}

/// What an agency says of a quarter.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Return {
    /// Its part of the address.
    pub agency: String,
    /// Whether it is handed in after its day.
    #[serde(default)]
    pub late: bool,
    /// Remarks about the list of data.
    #[serde(default)]
    pub remarks: String,
    /// How requests were handled.
    #[serde(default)]
    pub handling: String,
    /// What the agency needs of others, one need a line.
    #[serde(default)]
    pub needs: String,
    /// Data that it keeps elsewhere.
    #[serde(default)]
    pub elsewhere: Vec<Elsewhere>,
}

/// Data kept elsewhere.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Elsewhere {
    /// What they are called.
    pub title: String,
    /// What they are.
    pub kind: String,
    /// Where they are kept.
    pub kept_at: String,
    /// `open`, `shared` or `internal`.
    pub visibility: String,
}

/// A body of the province.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// Its part of the address.
    pub slug: String,
    /// Name in Vietnamese.
    pub name_vi: String,
    /// Name in English.
    pub name_en: String,
    /// `department`, `office`, `centre`, `ward` or `central` (a branch of a central body).
    pub kind: String,
    /// Electronic identifier (QĐ 20/2020/QĐ-TTg), such as `H99.1`.
    pub e_identifier: String,
    /// Telephone of its focal point, invented.
    pub phone: String,
    /// E-mail of its focal point, invented.
    pub email: String,
    /// Since when it exists in this form, ISO 8601.
    pub valid_from: String,
    /// Whether it is the coordinating department (COORD).
    #[serde(default)]
    pub coordinating: bool,
}

/// A person who may sign in at the internal portal.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Account {
    /// What the person types to sign in.
    pub user_name: String,
    /// Full name, invented.
    pub name: String,
    /// E-mail, invented.
    pub email: String,
    /// Slug of the agency.
    pub agency: String,
    /// `editor`, `approver`, `agency-head` or `operator`.
    pub role: String,
    /// Position, in Vietnamese.
    pub position: String,
}

/// What a reader said about a dataset, and what became of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Slug of the dataset.
    pub dataset: String,
    /// The code of its kind (`voice::Kind`).
    pub kind: String,
    /// How many days ago.
    pub days_ago: u64,
    /// Which file, column or row.
    #[serde(default)]
    pub place: String,
    /// What is wrong, in Vietnamese.
    pub description: String,
    /// Whether the agency found it to be so.
    #[serde(default)]
    pub verified: bool,
    /// The number of the version that corrects it.
    pub corrected_in: Option<u32>,
    /// What the agency answered.
    pub answer: Option<Answer>,
}

/// The answer that closes a report.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// How many days ago.
    pub days_ago: u64,
    /// In Vietnamese.
    pub text: String,
    /// Whether it says that there is no error.
    #[serde(default)]
    pub not_an_error: bool,
}

/// Data that a reader asked for, and what became of it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Which data.
    pub wanted: String,
    /// What for.
    pub purpose: String,
    /// The language it is written in, where it is not Vietnamese.
    #[serde(default)]
    pub lang: Lang,
    /// Slug of the agency that answers.
    pub agency: Option<String>,
    /// How many need the data.
    pub supporters: u64,
    /// How many days ago.
    pub days_ago: u64,
    /// Whether its words were let out, on the same day.
    #[serde(default)]
    pub shown: bool,
    /// What was answered.
    pub answer: Option<Reply>,
}

/// Words that several readers searched for in vain.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// The words, folded.
    pub words: String,
    /// How many days ago.
    pub days_ago: u64,
    /// How many readers.
    pub people: i64,
}

/// The answer to a request.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reply {
    /// How many days ago.
    pub days_ago: u64,
    /// `published`, `planned` or `refused`.
    pub kind: String,
    /// Slug of the dataset that holds the data.
    #[serde(default)]
    pub dataset: String,
    /// The code of the reason why it cannot be published.
    #[serde(default)]
    pub refusal: String,
    /// Days from today to the day that is promised.
    #[serde(default)]
    pub days_ahead: u64,
    /// What was said.
    pub text: String,
}

/// A dataset with its resources and versions.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dataset {
    /// Its part of the address; the file's name.
    pub slug: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, where there is one.
    pub title_en: Option<String>,
    /// Description in Vietnamese, Markdown.
    pub description_vi: String,
    /// Description in English, Markdown, where there is one.
    pub description_en: Option<String>,
    /// Slug of the publishing agency.
    pub agency: String,
    /// Code of the topic.
    pub topic: String,
    /// Code of the update frequency.
    pub frequency: String,
    /// Keywords in Vietnamese.
    pub keywords: Vec<String>,
    /// What area it covers, in Vietnamese.
    pub spatial_vi: String,
    /// What area it covers, in English, where there is one.
    pub spatial_en: Option<String>,
    /// What time it covers.
    #[serde(default)]
    pub temporal: Temporal,
    /// Whether the rows are made up; `false` for the datasets of facts.
    pub illustration: bool,
    /// The tables, in order.
    #[serde(rename = "resource")]
    pub resources: Vec<Resource>,
    /// The published versions, oldest first, numbered from 1.
    #[serde(rename = "version")]
    pub versions: Vec<Version>,
    /// When and why it was withdrawn.
    pub withdrawn: Option<Withdrawn>,
}

/// A period; each end is a date (ISO 8601) or a number of days before the demo is seeded, or open.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Temporal {
    start: Option<String>,
    end: Option<String>,
    start_days_ago: Option<u64>,
    end_days_ago: Option<u64>,
}

impl Temporal {
    /// Its first day.
    pub fn start(&self, today: NaiveDate) -> Option<NaiveDate> {
        end_of(self.start.as_deref(), self.start_days_ago, today)
    }

    /// Its last day.
    pub fn end(&self, today: NaiveDate) -> Option<NaiveDate> {
        end_of(self.end.as_deref(), self.end_days_ago, today)
    }
}

fn end_of(date: Option<&str>, days_ago: Option<u64>, today: NaiveDate) -> Option<NaiveDate> {
    match (date, days_ago) {
        (Some(date), _) => date.parse().ok(),
        (None, Some(days)) => today.checked_sub_days(Days::new(days)),
        (None, None) => None,
    }
}

/// A table of a dataset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resource {
    /// Its part of the address, ASCII.
    pub name: String,
    /// Title in Vietnamese.
    pub title_vi: String,
    /// Title in English, where there is one.
    pub title_en: Option<String>,
    /// The recipe of the rows; then every column says how its cells are made.
    pub recipe: Option<Recipe>,
    /// The generator that makes the rows up, where no recipe tells them (see [`generate::rows`]).
    pub generator: Option<String>,
    /// The file of `vocabularies/` that holds the rows, where nothing makes them: a code list that the portal publishes as it is.
    pub file: Option<String>,
    /// The data dictionary, in the order of the file's columns.
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

impl Resource {
    /// The name that the file had at the agency.
    pub fn file_name(&self) -> String {
        format!("{}.csv", self.name)
    }

    /// Writes the CSV of a version as it stood on the day of its publication.
    ///
    /// # Errors
    /// Internal: `out` failed, or the dataset names a generator or a file that is not there, or its recipe is wrong.
    pub fn write(&self, version: u32, published: NaiveDate, out: &mut dyn Write) -> Result<()> {
        let known = match (&self.generator, &self.file, &self.recipe) {
            (None, None, Some(recipe)) => {
                let mut buffered = BufWriter::with_capacity(256 * 1024, out);
                self.plan(recipe)?.write(version, published, &mut buffered).map_err(Error::internal)?;
                buffered.flush().map(|()| true).map_err(Error::internal)?
            }
            (Some(generator), None, None) => {
                generate::rows(generator, version, published, out).map_err(Error::internal)?
            }
            (None, Some(name), None) => match vocabulary::file(name) {
                Some(bytes) => out.write_all(&bytes).map(|()| true).map_err(Error::internal)?,
                None => false,
            },
            _ => false,
        };
        if !known {
            return Err(Error::internal(format!(
                "demo: resource {:?} needs one recipe, known generator or file",
                self.name
            )));
        }
        Ok(())
    }

    fn plan<'a>(&'a self, recipe: &'a Recipe) -> Result<Plan<'a>> {
        let columns: Vec<_> = self.columns.iter().map(|column| (column.title.as_str(), column.make.as_ref())).collect();
        Plan::of(&self.name, recipe, &columns)
            .map_err(|wrong| Error::internal(format!("demo: resource {:?}: {wrong}", self.name)))
    }

    /// Whether the recipe, where there is one, can be followed.
    fn check(&self) -> Result<()> {
        match &self.recipe {
            Some(recipe) => self.plan(recipe).map(drop),
            None => Ok(()),
        }
    }
}

/// A column of the data dictionary.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    /// Title in Vietnamese: the heading of the file.
    pub title: String,
    /// Title in English, where there is one.
    pub title_en: Option<String>,
    /// Meaning in Vietnamese.
    pub description_vi: String,
    /// Meaning in English, where there is one.
    pub description_en: Option<String>,
    /// Unit of measurement, in Vietnamese where it is a word.
    pub unit: Option<String>,
    /// Unit in English, where it differs.
    pub unit_en: Option<String>,
    /// What the importer should find: `text`, `integer`, `decimal`, `date`, `datetime` or `time`.
    pub kind: String,
    /// What its values must be.
    #[serde(default)]
    pub constraints: Constraints,
    /// How its cells are made, where the resource has a recipe.
    pub make: Option<Make>,
}

/// A published version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Version {
    /// From 1.
    pub number: u32,
    /// Days between its publication and the seeding of the demo.
    pub published_days_ago: u64,
    /// What changed, in Vietnamese.
    pub note_vi: String,
    /// What changed, in English, where there is one.
    pub note_en: Option<String>,
    /// Data rows (without the header) of each resource, by its name.
    pub rows: BTreeMap<String, u64>,
}

impl Version {
    /// The day of its publication.
    pub fn published(&self, today: NaiveDate) -> NaiveDate {
        today.checked_sub_days(Days::new(self.published_days_ago)).unwrap_or(today)
    }
}

/// The end of a dataset.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Withdrawn {
    /// Days between the withdrawal and the seeding of the demo.
    pub days_ago: u64,
    /// Why, in Vietnamese: the tombstone shows it.
    pub reason_vi: String,
    /// Why, in English.
    pub reason_en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agencies {
    agency: Vec<Agency>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Accounts {
    account: Vec<Account>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Requests {
    request: Vec<Request>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Searches {
    search: Vec<Search>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Returns {
    #[serde(rename = "return")]
    returns: Vec<Return>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Reports {
    report: Vec<Report>,
}

/// The bytes of a file below `demo/`.
fn file(name: &str) -> Option<Cow<'static, [u8]>> {
    Files::get(name).map(|file| file.data)
}

fn parse<T: DeserializeOwned>(name: &str) -> Result<T> {
    let bytes = file(name).ok_or_else(|| Error::internal(format!("demo: no file {name:?}")))?;
    toml::from_slice(&bytes).map_err(|error| Error::internal(format!("demo/{name}: {error}")))
}

/// Reads everything.
///
/// # Errors
/// Internal: a file does not parse, or a recipe is wrong: the file and the column are named (the tests of this module keep that from
/// happening).
pub fn load() -> Result<Content> {
    let mut names: Vec<_> =
        Files::iter().filter(|name| name.starts_with("datasets/") && name.ends_with(".toml")).collect();
    names.sort();
    Ok(Content {
        agencies: parse::<Agencies>("agencies.toml")?.agency,
        accounts: parse::<Accounts>("accounts.toml")?.account,
        datasets: names.iter().map(|name| dataset(name)).collect::<Result<_>>()?,
        reports: parse::<Reports>("reports.toml")?.report,
        requests: parse::<Requests>("requests.toml")?.request,
        returns: parse::<Returns>("returns.toml")?.returns,
        searches: parse::<Searches>("searches.toml")?.search,
        open_data: parse("open-data.toml")?,
        updates: parse("updates.toml")?,
    })
}

fn dataset(name: &str) -> Result<Dataset> {
    let dataset: Dataset = parse(name)?;
    for resource in &dataset.resources {
        resource.check().map_err(|error| Error::internal(format!("demo/{name}: {error}")))?;
    }
    Ok(dataset)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::duty::{State, UpdateDuty, timeliness};
    use crate::kernel::slug::is_slug;
    use crate::profile::Profile;
    use crate::scan::detect::{self, Heading, Options, Scanner, Severity};

    const TOPICS: [&str; 12] = [
        "giao-duc",
        "y-te",
        "dat-dai-xay-dung",
        "nong-nghiep",
        "ngan-sach",
        "thu-tuc-hanh-chinh",
        "giao-thong",
        "moi-truong",
        "doanh-nghiep",
        "dan-so",
        "van-hoa-du-lich",
        "lao-dong-viec-lam",
    ];
    const FREQUENCIES: [&str; 8] =
        ["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "irregular", "never"];
    const KINDS: [&str; 6] = ["text", "integer", "decimal", "date", "datetime", "time"];

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 21).unwrap()
    }

    fn has_mark(text: &str) -> bool {
        !text.is_ascii()
    }

    /// Splits what the generators write: RFC 4180 with a separator.
    fn cells(line: &str, separator: char) -> Vec<String> {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for letter in line.chars() {
            if letter == '"' {
                quoted = !quoted;
            } else if letter == separator && !quoted {
                cells.push(String::new());
            } else {
                cells.last_mut().unwrap().push(letter);
            }
        }
        cells
    }

    fn written(resource: &Resource, version: &Version) -> Vec<u8> {
        let mut bytes = Vec::new();
        resource.write(version.number, version.published(today()), &mut bytes).unwrap();
        bytes
    }

    #[test]
    fn every_file_parses_and_slugs_are_valid_and_unique() {
        let content = load().unwrap();
        let slugs: BTreeSet<_> = content.datasets.iter().map(|dataset| dataset.slug.as_str()).collect();
        assert_eq!(slugs.len(), content.datasets.len());
        assert!(content.datasets.len() >= 60);
        assert!(slugs.iter().all(|slug| is_slug(slug)));
        assert!(
            slugs.iter().all(|slug| file(&format!("datasets/{slug}.toml")).is_some()),
            "a file is named by its slug"
        );
        let names: BTreeSet<_> = content.agencies.iter().map(|agency| agency.slug.as_str()).collect();
        assert_eq!(names.len(), content.agencies.len());
        assert!(names.iter().all(|slug| is_slug(slug)));
    }

    #[test]
    fn agencies_have_identifiers_invented_addresses_and_people_of_every_role() {
        let content = load().unwrap();
        let mut identifiers = BTreeSet::new();
        for agency in &content.agencies {
            let id = agency.e_identifier.as_bytes();
            assert!(id[0].is_ascii_uppercase() && id[0] != b'Z' && id[1].is_ascii_digit() && id[2].is_ascii_digit());
            assert!(identifiers.insert(agency.e_identifier.clone()), "{} twice", agency.e_identifier);
            assert!(agency.email.ends_with(".example"), "{}", agency.email);
            assert!(agency.valid_from.parse::<NaiveDate>().is_ok());
            assert!(["department", "office", "subordinate", "commune", "central"].contains(&agency.kind.as_str()));
            for role in ["editor", "approver", "agency-head"] {
                let people =
                    content.accounts.iter().filter(|account| account.agency == agency.slug && account.role == role);
                assert!(people.count() > 0, "{} has no {role}", agency.slug);
            }
        }
        assert_eq!(content.agencies.iter().filter(|agency| agency.coordinating).count(), 1);
        let users: BTreeSet<_> = content.accounts.iter().map(|account| &account.user_name).collect();
        assert_eq!(users.len(), content.accounts.len());
        for account in &content.accounts {
            assert!(content.agencies.iter().any(|agency| agency.slug == account.agency), "{}", account.user_name);
            assert!(account.email.ends_with(".example"));
            assert!(["editor", "approver", "agency-head", "operator"].contains(&account.role.as_str()));
        }
        assert!(content.accounts.iter().any(|account| account.role == "operator"));
    }

    #[test]
    fn under_every_profile_somebody_of_each_agency_signs_its_return() {
        let content = load().unwrap();
        for name in Profile::names() {
            let signing = Profile::load(&name, None).unwrap().agency_list.sign_roles.value;
            for agency in &content.agencies {
                let mut people = content.accounts.iter().filter(|account| account.agency == agency.slug);
                assert!(people.any(|account| signing.contains(&account.role)), "{name}: {}", agency.slug);
            }
        }
    }

    #[test]
    fn reports_name_published_versions_and_come_before_their_ends() {
        let content = load().unwrap();
        assert!(content.reports.is_sorted_by_key(|report| std::cmp::Reverse(report.days_ago)));
        for report in &content.reports {
            let dataset = content.datasets.iter().find(|dataset| dataset.slug == report.dataset).unwrap();
            assert!(dataset.withdrawn.is_none(), "{}", report.dataset);
            assert!(dataset.versions[0].published_days_ago > report.days_ago, "{}: nothing to read", report.dataset);
            assert!(crate::voice::Kind::from_code(&report.kind).is_some(), "{}", report.kind);
            assert!(report.answer.as_ref().is_none_or(|answer| answer.days_ago <= report.days_ago));
            let correcting = |number| dataset.versions.iter().find(|version| version.number == number).unwrap();
            assert!(report.corrected_in.is_none_or(|n| correcting(n).published_days_ago < report.days_ago));
        }
    }

    #[test]
    fn most_datasets_are_on_time_and_about_one_in_eight_is_late_on_whatever_day_it_is_seeded() {
        let (content, profile) = (load().unwrap(), Profile::load("lac-dien", None).unwrap());
        for said in &content.updates.unchanged {
            let dataset = content.datasets.iter().find(|one| one.slug == said.dataset);
            let dataset = dataset.unwrap_or_else(|| panic!("no dataset {}", said.dataset));
            let last = dataset.versions.last().unwrap().published_days_ago;
            assert!(dataset.withdrawn.is_none() && said.days_ago.iter().all(|ago| *ago < last), "{}", said.dataset);
            assert!(said.days_ago.is_sorted_by(|a, b| a > b) && !said.days_ago.is_empty(), "{}", said.dataset);
            assert!(has_mark(&said.checked) && said.checked.chars().count() > 20, "{}", said.dataset);
        }
        for more in &content.updates.extensions {
            assert!(content.datasets.iter().any(|one| one.slug == more.dataset), "{}", more.dataset);
            assert!(more.granted_days_ago.is_none_or(|ago| ago <= more.days_ago), "{}", more.dataset);
            assert!(has_mark(&more.reason) && more.reason.chars().count() > 20, "{}", more.dataset);
        }
        let granted = content.updates.extensions.iter().filter(|more| more.granted_days_ago.is_some()).count();
        assert!(granted >= 4 && granted < content.updates.extensions.len(), "and one waits");
        let published: Vec<_> = content.datasets.iter().filter(|dataset| dataset.withdrawn.is_none()).collect();
        for today in today().iter_days().take(365) {
            let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap();
            let states: Vec<State> = published
                .iter()
                .map(|dataset| {
                    let said = content.updates.unchanged.iter().find(|said| said.dataset == dataset.slug);
                    let last = dataset.versions.last().unwrap().published_days_ago;
                    let from = said.and_then(|said| said.days_ago.last()).map_or(last, |ago| last.min(*ago));
                    let more = content.updates.extensions.iter().find(|more| more.dataset == dataset.slug);
                    let more = more.filter(|more| more.granted_days_ago.is_some());
                    // Each issue takes in all that is published by then.
                    let first = dataset.versions[0].published_days_ago;
                    let listed = content.open_data.issue.iter().find(|issue| issue.days_ago <= first);
                    let update = UpdateDuty {
                        published: ago(from),
                        frequency: profile.frequency(&dataset.frequency).unwrap(),
                        in_catalogue: listed.is_some(),
                        listed_on: listed.map(|issue| ago(issue.days_ago)),
                        extended_to: more.and_then(|more| today.checked_add_days(Days::new(more.days_ahead))),
                    };
                    timeliness(&update, &profile, today).state
                })
                .collect();
            let count = |state: State| states.iter().filter(|found| **found == state).count();
            let (late, soon) = (count(State::Late), count(State::DueSoon));
            assert!(
                late * 16 >= states.len() && late * 6 <= states.len(),
                "{today}: {late} of {} are late",
                states.len()
            );
            assert!(soon >= 3 && count(State::OnTime) * 2 > states.len(), "{today}: {soon} are due soon");
        }
    }

    #[test]
    fn returns_are_of_agencies_with_data_and_one_is_late() {
        let content = load().unwrap();
        for said in &content.returns {
            assert!(content.datasets.iter().any(|dataset| dataset.agency == said.agency), "{}", said.agency);
            assert!(said.elsewhere.iter().all(|one| ["open", "shared", "internal"].contains(&one.visibility.as_str())));
        }
        assert_eq!(content.returns.iter().filter(|said| said.late).count(), 1);
    }

    #[test]
    fn requests_name_what_there_is_and_are_answered_after_they_were_let_out() {
        let content = load().unwrap();
        assert!(content.requests.is_sorted_by_key(|request| std::cmp::Reverse(request.days_ago)));
        for request in &content.requests {
            let known = |slug: &String| content.agencies.iter().any(|agency| agency.slug == *slug);
            assert!(request.agency.as_ref().is_none_or(known) && request.supporters > 0, "{}", request.wanted);
            let Some(answer) = &request.answer else { continue };
            assert!(request.shown && answer.days_ago <= request.days_ago && request.agency.is_some());
            let dataset = content.datasets.iter().find(|dataset| dataset.slug == answer.dataset);
            assert_eq!(dataset.is_some_and(|dataset| dataset.withdrawn.is_none()), answer.kind == "published");
            assert!(
                dataset.is_none_or(|found| found.versions[0].published_days_ago > answer.days_ago),
                "{}",
                answer.dataset
            );
        }
    }

    #[test]
    fn searches_are_such_as_the_portal_keeps() {
        for search in load().unwrap().searches {
            assert_eq!(crate::demand::words_of(&search.words).as_ref(), Some(&search.words));
            assert!(search.people >= i64::try_from(crate::demand::FEWEST).unwrap(), "{}", search.words);
        }
    }

    #[test]
    fn datasets_name_known_agencies_topics_and_frequencies_and_say_everything_in_vietnamese() {
        let content = load().unwrap();
        let topics: BTreeSet<_> = content.datasets.iter().map(|dataset| dataset.topic.as_str()).collect();
        let publishers: BTreeSet<_> = content.datasets.iter().map(|dataset| dataset.agency.as_str()).collect();
        assert!(topics.len() == TOPICS.len() && content.agencies.len() >= 15);
        assert!(content.agencies.iter().all(|agency| publishers.contains(agency.slug.as_str())), "everybody publishes");
        for dataset in &content.datasets {
            let slug = &dataset.slug;
            assert!(content.agencies.iter().any(|agency| agency.slug == dataset.agency), "{slug}");
            assert!(TOPICS.contains(&dataset.topic.as_str()), "{slug}");
            assert!(FREQUENCIES.contains(&dataset.frequency.as_str()), "{slug}");
            assert!(has_mark(&dataset.title_vi) && dataset.description_vi.chars().count() > 300, "{slug}");
            assert!(dataset.keywords.len() >= 3 && !dataset.spatial_vi.is_empty(), "{slug}");
            assert!(
                dataset.temporal.start(today()) <= dataset.temporal.end(today())
                    || dataset.temporal.end(today()).is_none()
            );
            assert_eq!(dataset.title_en.is_some(), dataset.description_en.is_some(), "{slug}");
            let label = dataset.description_vi.contains("minh họa");
            assert_eq!(label, dataset.illustration, "{slug}: what is made up says so");
            for resource in &dataset.resources {
                assert!(is_slug(&resource.name) && has_mark(&resource.title_vi), "{slug}");
                for column in &resource.columns {
                    assert!(KINDS.contains(&column.kind.as_str()), "{slug}: {}", column.title);
                    assert!(column.description_vi.chars().count() > 15, "{slug}: {}", column.title);
                    assert_eq!(column.title_en.is_some(), dataset.title_en.is_some(), "{slug}: {}", column.title);
                    assert_eq!(column.description_en.is_some(), dataset.title_en.is_some(), "{slug}: {}", column.title);
                }
            }
        }
        assert!(content.datasets.iter().any(|dataset| dataset.title_en.is_none()), "one shows the fallback");
        assert_eq!(content.datasets.iter().filter(|dataset| dataset.withdrawn.is_some()).count(), 2);
    }

    #[test]
    fn versions_are_numbered_from_one_and_newer_ones_are_younger() {
        for dataset in load().unwrap().datasets {
            for (at, version) in dataset.versions.iter().enumerate() {
                assert_eq!(version.number as usize, at + 1, "{}", dataset.slug);
                assert!(has_mark(&version.note_vi), "{}", dataset.slug);
                let names: Vec<_> = version.rows.keys().map(String::as_str).collect();
                let mut resources: Vec<_> = dataset.resources.iter().map(|resource| resource.name.as_str()).collect();
                resources.sort_unstable();
                assert_eq!(names, resources, "{}", dataset.slug);
            }
            assert!(dataset.versions.windows(2).all(|two| two[0].published_days_ago > two[1].published_days_ago));
            let newest = dataset.versions.last().unwrap().published_days_ago;
            assert!(dataset.withdrawn.is_none_or(|withdrawn| withdrawn.days_ago < newest));
        }
    }

    /// Counts lines and keeps the first megabyte of them.
    #[derive(Default)]
    struct Head {
        kept: Vec<u8>,
        lines: u64,
    }

    impl Write for Head {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.lines += bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
            if self.kept.len() < 1 << 20 {
                self.kept.extend_from_slice(bytes);
            }
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn headers_are_the_dictionary_row_counts_are_as_stated_and_nobody_is_named() {
        let mut counts = BTreeSet::new();
        for dataset in load().unwrap().datasets {
            for (resource, version) in dataset
                .resources
                .iter()
                .flat_map(|resource| dataset.versions.iter().map(move |version| (resource, version)))
            {
                let mut head = Head::default();
                resource.write(version.number, version.published(today()), &mut head).unwrap();
                let stated = version.rows[&resource.name];
                assert_eq!(head.lines - 1, stated, "{} version {}", dataset.slug, version.number);
                counts.insert(stated);

                let text = String::from_utf8_lossy(&head.kept);
                let mut lines = text.trim_start_matches('\u{feff}').split("\r\n").take(5_000);
                let heading = lines.next().unwrap();
                let titles: Vec<_> = resource.columns.iter().map(|column| column.title.clone()).collect();
                let separator = if cells(heading, ';') == titles { ';' } else { ',' };
                assert_eq!(cells(heading, separator), titles, "{}", dataset.slug);
                for line in lines.filter(|line| !line.is_empty()) {
                    assert_eq!(cells(line, separator).len(), titles.len(), "{}: {line}", dataset.slug);
                    // No telephone or identity number, no e-mail.
                    let longest = line.split(|letter: char| !letter.is_ascii_digit()).map(str::len).max();
                    assert!(longest < Some(9) && !line.contains('@'), "{}: {line}", dataset.slug);
                }
            }
        }
        assert!(counts.contains(&20) && counts.contains(&1_000_000));
    }

    #[test]
    fn a_version_always_has_the_same_bytes_and_another_version_has_others() {
        for dataset in load().unwrap().datasets {
            // The largest are drawn by the same code; twenty thousand rows are enough to see it.
            let last = dataset.versions.last().unwrap();
            if last.rows.values().sum::<u64>() > 20_000 {
                continue;
            }
            let tables = |version| dataset.resources.iter().map(|table| written(table, version)).collect::<Vec<_>>();
            assert!(tables(last) == tables(last), "{}", dataset.slug);
            for two in dataset.versions.windows(2) {
                assert!(
                    tables(&two[0]) != tables(&two[1]),
                    "{} version {} changes nothing",
                    dataset.slug,
                    two[1].number
                );
            }
        }
    }

    #[test]
    fn row_counts_hold_on_whatever_day_the_demo_is_seeded() {
        for today in ["2026-12-31", "2027-02-28", "2027-05-31", "2028-02-29"] {
            let today: NaiveDate = today.parse().unwrap();
            for dataset in load().unwrap().datasets {
                let last = dataset.versions.last().unwrap();
                for resource in dataset.resources.iter().filter(|resource| last.rows[&resource.name] <= 20_000) {
                    let mut head = Head::default();
                    resource.write(last.number, last.published(today), &mut head).unwrap();
                    assert_eq!(head.lines - 1, last.rows[&resource.name], "{} on {today}", dataset.slug);
                }
            }
        }
    }

    #[test]
    fn notes_count_the_rows_that_changed() {
        let content = load().unwrap();
        let changed = |slug: &str, keys: usize| {
            let dataset = content.datasets.iter().find(|dataset| dataset.slug == slug).unwrap();
            let [.., old, new] = &dataset.versions[..] else { panic!("{slug} has one version") };
            let lines = |version| -> BTreeSet<String> {
                String::from_utf8(written(&dataset.resources[0], version)).unwrap().lines().map(str::to_owned).collect()
            };
            let key = |line: &String| cells(line, ',')[..keys].join(",");
            let (old, rows) = (lines(old), lines(new));
            let before: BTreeSet<_> = old.iter().map(key).collect();
            let count = rows.iter().filter(|line| !old.contains(*line) && before.contains(&key(line))).count();
            (count, new.note_vi.clone())
        };
        let (schools, note) = changed("truong-hoc", 1);
        assert!(note.contains(&format!("{schools} trường")), "{schools}: {note}");
        let (procedures, note) = changed("danh-muc-thu-tuc-hanh-chinh", 1);
        assert!(note.contains(&format!("{procedures} thủ tục")), "{procedures}: {note}");
        let (routes, note) = changed("tuyen-va-tram-xe-buyt", 1);
        assert!(note.contains(&format!("{routes} tuyến")), "{routes}: {note}");
        let (units, note) = changed("quyet-toan-ngan-sach", 6);
        assert!(note.contains(&format!("{units} đơn vị")), "{units}: {note}");
    }

    #[test]
    fn nothing_in_rows_or_words_would_stop_a_publication() {
        for dataset in load().unwrap().datasets {
            let words = format!("{}\n{}", dataset.title_vi, dataset.description_vi);
            let english = format!("{:?}\n{:?}", dataset.title_en, dataset.description_en);
            for text in [&words, &english].into_iter().chain(dataset.versions.iter().map(|version| &version.note_vi)) {
                assert!(detect::text(text).iter().all(|hits| hits.severity != Severity::Block), "{}", dataset.slug);
            }
            let last = dataset.versions.last().unwrap();
            for resource in dataset.resources.iter().filter(|resource| resource.recipe.is_some()) {
                let text = String::from_utf8(written(resource, last)).unwrap();
                let text = text.trim_start_matches('\u{feff}');
                let separator = if text.lines().next().unwrap().contains(';') { ';' } else { ',' };
                let headings: Vec<_> = resource
                    .columns
                    .iter()
                    .map(|column| Heading { title: column.title.clone(), note: column.description_vi.clone() })
                    .collect();
                let mut scanner = Scanner::new(&headings, &Options { text: words.clone(), ..Options::default() });
                for line in text.lines().skip(1) {
                    let row = cells(line, separator);
                    scanner
                        .row(&row.iter().map(|cell| (!cell.is_empty()).then_some(cell.as_str())).collect::<Vec<_>>());
                }
                let found: Vec<_> =
                    scanner.finish().into_iter().filter(|hits| hits.severity == Severity::Block).collect();
                assert!(found.is_empty(), "{} {}: {found:?}", dataset.slug, resource.name);
            }
        }
    }

    #[test]
    fn cells_of_recipes_are_of_the_kind_that_the_dictionary_says_and_keys_are_unique() {
        for dataset in load().unwrap().datasets {
            let last = dataset.versions.last().unwrap();
            for resource in dataset.resources.iter().filter(|resource| resource.recipe.is_some()) {
                let text = String::from_utf8(written(resource, last)).unwrap();
                let text = text.trim_start_matches('\u{feff}');
                let separator = if text.lines().next().unwrap().contains(';') { ';' } else { ',' };
                let rows: Vec<Vec<String>> = text.lines().skip(1).map(|line| cells(line, separator)).collect();
                for (at, column) in resource.columns.iter().enumerate() {
                    let place = format!("{} {} {}", dataset.slug, resource.name, column.title);
                    let filled: Vec<&str> =
                        rows.iter().map(|row| row[at].as_str()).filter(|cell| !cell.is_empty()).collect();
                    assert!(!filled.is_empty(), "{place} is empty");
                    let fits = |cell: &&str| match column.kind.as_str() {
                        "integer" => cell.parse::<i64>().is_ok(),
                        "decimal" => cell.replace(',', ".").parse::<f64>().is_ok(),
                        "date" => cell.len() == 10 && cell.bytes().filter(u8::is_ascii_digit).count() == 8,
                        _ => !cell.contains(['{', '}']),
                    };
                    let odd: Vec<_> = filled.iter().filter(|cell| !fits(cell)).take(3).collect();
                    assert!(odd.is_empty(), "{place}: {odd:?}");
                    if column.constraints.key {
                        let different: BTreeSet<_> = filled.iter().collect();
                        assert_eq!(different.len(), rows.len(), "{place}");
                    }
                }
            }
        }
    }

    #[test]
    fn an_unknown_generator_writes_nothing() {
        let mut bytes = Vec::new();
        assert!(!generate::rows("no-such", 1, today(), &mut bytes).unwrap());
        assert!(bytes.is_empty());
    }
}
