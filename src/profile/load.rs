//! Reading a profile: which files, how one is laid over another, and into types.

use std::path::Path;

use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use super::calendar::CalendarFile;
use super::check::{self, Finding, Severity};
use super::model::Profile;
use crate::kernel::slug::is_slug;
use crate::kernel::{Error, Kind, Lang, Localized, Problem, Result};

/// Lists whose entries are laid over each other one by one, by `code` or `id`; every other list is replaced whole.
const VOCABULARIES: [&str; 8] =
    ["roles", "agency_kinds", "report_templates", "frequencies", "topics", "formats", "licences", "legal_basis"];

/// How many rule sets may extend each other; more is a circle.
const DEPTH: usize = 8;

#[derive(RustEmbed)]
#[folder = "profiles/"]
struct Shipped;

/// A profile as read, before its invariants are looked at.
pub(super) struct Assembled {
    /// The keys of all files together.
    pub table: Table,
    /// The same, typed.
    pub profile: Profile,
    /// What is wrong with the calendar.
    pub calendar: Vec<Problem>,
}

impl Profile {
    /// Loads a province's profile, or a rule set with neutral names, by name (`lac-dien`, `tay-ninh-2024`, `current-2026`).
    /// Files in `overrides` stand in for the shipped ones of the same path.
    ///
    /// # Errors
    /// Not found, with the names that are known; invalid, with every broken invariant and where it stands; internal when a file of
    /// `overrides` cannot be read.
    pub fn load(name: &str, overrides: Option<&Path>) -> Result<Self> {
        let assembled = assemble(name, overrides)?;
        let broken: Vec<_> = check::findings(&assembled)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .map(|finding| finding.problem)
            .collect();
        if broken.is_empty() { Ok(assembled.profile) } else { Err(Error::invalid_all(broken)) }
    }

    /// Every name that [`Profile::load`] knows of the shipped files: provinces first, then rule sets; each once.
    pub fn names() -> Vec<String> {
        names(None)
    }

    /// Everything that is wrong or doubtful about a profile, seen from the day `today`; empty when all is well.
    pub fn check(name: &str, overrides: Option<&Path>, today: chrono::NaiveDate) -> Vec<Finding> {
        match assemble(name, overrides) {
            Ok(assembled) => {
                let mut findings = check::findings(&assembled);
                findings.extend(check::province(&assembled.profile, today));
                findings
            }
            Err(error) => error.problems().iter().cloned().map(Finding::error).collect(),
        }
    }
}

/// The names that can be loaded, those of `overrides` among them.
fn names(overrides: Option<&Path>) -> Vec<String> {
    let mut paths: Vec<String> = Shipped::iter().map(|path| path.into_owned()).collect();
    for (folder, prefix) in
        overrides.iter().flat_map(|folder| [(folder.to_path_buf(), ""), (folder.join("rules"), "rules/")])
    {
        let Ok(entries) = std::fs::read_dir(folder) else { continue };
        paths.extend(
            entries.flatten().filter_map(|entry| entry.file_name().to_str().map(|file| format!("{prefix}{file}"))),
        );
    }
    let mut names: Vec<(bool, String)> = paths
        .iter()
        .filter_map(|path| path.strip_suffix(".toml"))
        .map(|path| match path.strip_prefix("rules/") {
            Some(rules) => (true, rules.to_owned()),
            None => (false, path.to_owned()),
        })
        .filter(|(_, name)| is_slug(name) && name != "common" && name != "calendar")
        .collect();
    names.sort();
    let mut known: Vec<String> = Vec::new();
    for (_, name) in names {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

/// Reads and joins the files of a profile.
pub(super) fn assemble(name: &str, overrides: Option<&Path>) -> Result<Assembled> {
    let unknown = || {
        let known = names(overrides).join(", ");
        Error::refused(Kind::NotFound, Problem::new("profile-not-found").with("name", name).with("known", known))
    };
    if !is_slug(name) || name == "common" || name == "calendar" {
        return Err(unknown());
    }
    if let Some(folder) = overrides
        && !folder.is_dir()
    {
        let folder = folder.display().to_string();
        return Err(Error::invalid(Problem::new("profile-folder-missing").with("folder", folder)));
    }
    let province = read(&format!("{name}.toml"), overrides)?;
    let (mut layers, rules) = match province {
        Some(mut table) => match table.remove("extends") {
            Some(Value::String(rules)) => (vec![table], rules),
            _ => {
                return Err(Error::invalid(
                    Problem::new("profile-extends-missing").with("file", format!("{name}.toml")),
                ));
            }
        },
        None => (Vec::new(), name.to_owned()),
    };
    let mut next = Some(rules.clone());
    let mut depth = 0;
    while let Some(parent) = next {
        depth += 1;
        if depth > DEPTH {
            return Err(Error::invalid(Problem::new("profile-extends-circle").with("name", parent)));
        }
        let file = format!("rules/{parent}.toml");
        let table = if is_slug(&parent) { read(&file, overrides)? } else { None };
        let mut table = match table {
            Some(table) => table,
            None if layers.is_empty() => return Err(unknown()),
            None => return Err(Error::invalid(Problem::new("profile-rules-not-found").with("name", parent))),
        };
        next = match table.remove("extends") {
            None => None,
            Some(Value::String(parent)) => Some(parent),
            Some(_) => return Err(Error::invalid(Problem::new("profile-extends-missing").with("file", file))),
        };
        layers.push(table);
    }
    let mut table = required("common.toml", overrides)?;
    for layer in layers.into_iter().rev() {
        lay_over(&mut table, layer);
    }
    let mut profile: Profile = table.clone().try_into().map_err(|error| mistyped(name, &error))?;
    let days = required("calendar.toml", overrides)?;
    profile.mark = hex::encode(&Sha256::digest(serde_json::to_vec(&(&table, &days))?)[..12]);
    let calendar: CalendarFile = days.try_into().map_err(|error| mistyped("calendar.toml", &error))?;
    let (calendar, calendar_problems) = calendar.build();
    profile.calendar = calendar;
    profile.code = name.to_owned();
    profile.rules = rules;
    profile.about.text = fill(&profile, &profile.about.text);
    profile.terms.text = fill(&profile, &profile.terms.text);
    profile.use_rules.text = fill(&profile, &profile.use_rules.text);
    Ok(Assembled { table, profile, calendar: calendar_problems })
}

/// The file at a path, of `overrides` or shipped; none when there is none.
fn read(path: &str, overrides: Option<&Path>) -> Result<Option<Table>> {
    let overriding = match overrides {
        Some(folder) => match std::fs::read_to_string(folder.join(path)) {
            Ok(text) => Some(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) if error.kind() == std::io::ErrorKind::InvalidData => {
                return Err(Error::invalid(Problem::new("profile-not-utf8").with("file", path)));
            }
            Err(error) => return Err(Error::from(error)),
        },
        None => None,
    };
    let text = match overriding {
        Some(text) => text,
        None => match Shipped::get(path) {
            Some(file) => String::from_utf8_lossy(&file.data).into_owned(),
            None => return Ok(None),
        },
    };
    let table = text.parse::<Table>().map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        Error::invalid(
            Problem::new("profile-syntax")
                .with("file", path)
                .with("line", line)
                .with("detail", one_line(error.message())),
        )
    })?;
    Ok(Some(table))
}

fn required(path: &str, overrides: Option<&Path>) -> Result<Table> {
    read(path, overrides)?.ok_or_else(|| Error::internal(format!("{path} is not among the shipped profiles")))
}

fn mistyped(name: &str, error: &toml::de::Error) -> Error {
    Error::invalid(Problem::new("profile-key").with("name", name).with("detail", one_line(&error.to_string())))
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Lays one file over what is there. A table is joined key by key, except one that is a single thing (a text in two languages, a value
/// with its basis): half of an old one beside half of a new one would be wrong.
fn lay_over(below: &mut Table, above: Table) {
    for (key, value) in above {
        match (below.get_mut(&key), value) {
            (Some(Value::Table(old)), Value::Table(new)) if !is_one_thing(&new) => lay_over(old, new),
            (Some(Value::Array(old)), Value::Array(new)) if VOCABULARIES.contains(&key.as_str()) => {
                for entry in new {
                    lay_entry_over(old, entry);
                }
            }
            (_, value) => {
                below.insert(key, value);
            }
        }
    }
}

fn lay_entry_over(list: &mut Vec<Value>, entry: Value) {
    let key = entry_key(&entry).map(str::to_owned);
    let old = list.iter_mut().find(|old| key.is_some() && entry_key(old) == key.as_deref());
    match (old, entry) {
        (Some(Value::Table(old)), Value::Table(new)) => lay_over(old, new),
        (_, entry) => list.push(entry),
    }
}

/// What tells the entries of a vocabulary apart.
pub(super) fn entry_key(entry: &Value) -> Option<&str> {
    entry.get("code").or_else(|| entry.get("id")).and_then(Value::as_str)
}

fn is_one_thing(table: &Table) -> bool {
    table.contains_key("value") || table.contains_key("vi")
}

/// Puts the province's own names into a text.
fn fill(profile: &Profile, text: &Localized) -> Localized {
    let province = &profile.province;
    text.map(|text, lang: Lang| {
        [
            ("{province}", province.name.get(lang).0),
            ("{portal}", profile.portals.public.get(lang).0),
            ("{agency}", province.contact.agency.get(lang).0),
            ("{phone}", &province.contact.phone),
            ("{hours}", province.contact.hours.get(lang).0),
            ("{email}", &province.contact.email),
        ]
        .into_iter()
        .fold(text.to_owned(), |text, (mark, name)| text.replace(mark, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_file_replaces_values_whole_and_vocabularies_entry_by_entry() {
        let mut below: Table = r#"
            [opendata]
            update_months = { value = 3, basis = "nd47/20.3" }
            soon_days = { value = 10 }
            [[topics]]
            code = "a"
            icon = "x"
            [[topics]]
            code = "b"
            [[purposes]]
            code = "p"
        "#
        .parse()
        .unwrap();
        let above: Table = r#"
            [opendata]
            update_months = { value = 6 }
            [[topics]]
            code = "a"
            icon = "y"
            [[topics]]
            code = "c"
            [[purposes]]
            code = "q"
        "#
        .parse()
        .unwrap();
        lay_over(&mut below, above);
        assert!(below["opendata"]["update_months"].get("basis").is_none());
        assert_eq!(below["opendata"]["soon_days"]["value"].as_integer(), Some(10));
        let codes =
            |key: &str| below[key].as_array().unwrap().iter().filter_map(entry_key).collect::<Vec<_>>().join(" ");
        assert_eq!(codes("topics"), "a b c");
        assert_eq!(below["topics"][0]["icon"].as_str(), Some("y"));
        assert_eq!(codes("purposes"), "q");
    }

    #[test]
    fn names_that_are_no_names_are_not_looked_for_on_the_disk() {
        for name in ["../etc/passwd", "rules/nd47", "", "common", "calendar", "no-such-province"] {
            assert!(Profile::load(name, None).unwrap_err().has("profile-not-found"), "{name}");
        }
    }

    #[test]
    fn a_folder_overrides_single_files_and_adds_provinces() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("nui-xanh.toml"),
            "extends = \"current-2026\"\n[portals]\npublic = { vi = \"Cổng Núi Xanh\" }\n",
        )
        .unwrap();
        let profile = Profile::load("nui-xanh", Some(folder.path())).unwrap();
        assert_eq!(profile.portals.public.get(Lang::En), ("Cổng Núi Xanh", Lang::Vi));
        assert_eq!((profile.code.as_str(), profile.rules.as_str()), ("nui-xanh", "current-2026"));
        assert!(profile.about.text.vi.starts_with("Cổng Núi Xanh là nơi"), "{}", profile.about.text.vi);
        assert!(names(Some(folder.path())).contains(&"nui-xanh".to_owned()));
        assert!(!Profile::names().contains(&"nui-xanh".to_owned()));
    }

    #[test]
    fn an_unknown_key_a_wrong_type_and_a_syntax_error_say_where() {
        let folder = tempfile::tempdir().unwrap();
        let load = |text: &str| {
            std::fs::write(folder.path().join("nui-xanh.toml"), text).unwrap();
            Profile::load("nui-xanh", Some(folder.path())).unwrap_err()
        };
        let error = load("extends = \"current-2026\"\n[opendata]\nupdate_month = { value = 3 }\n");
        assert!(error.has("profile-key") && error.to_string().contains("update_month"), "{error}");
        let error = load(
            "extends = \"current-2026\"\n[opendata]\nupdate_months = { value = \"three\", note = { vi = \"x\" } }\n",
        );
        assert!(error.has("profile-key"), "{error}");
        let error = load("extends = \"current-2026\"\n[opendata\n");
        assert!(error.has("profile-syntax") && error.to_string().contains("line=Int(2)"), "{error}");
        assert!(load("[opendata]\n").has("profile-extends-missing"));
        assert!(load("extends = \"no-such-rules\"\n").has("profile-rules-not-found"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_a_mistake_of_the_setting() {
        let error = Profile::load("lac-dien", Some(Path::new("/no/such/folder"))).unwrap_err();
        assert!(error.has("profile-folder-missing"));
    }

    #[test]
    fn rule_sets_that_extend_each_other_in_a_circle_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("rules")).unwrap();
        std::fs::write(folder.path().join("rules/a.toml"), "extends = \"b\"\n").unwrap();
        std::fs::write(folder.path().join("rules/b.toml"), "extends = \"a\"\n").unwrap();
        assert!(Profile::load("a", Some(folder.path())).unwrap_err().has("profile-extends-circle"));
    }
}
