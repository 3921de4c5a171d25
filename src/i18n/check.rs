//! The messages and their use held against each other: both languages have the same ones, every one used exists, and none is idle.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::ids;
use crate::kernel::Lang;

/// Beginnings of ids that are put together at run time, so that no source names them whole.
const BUILT: &[&str] = &[
    "account-delivery-",
    "account-state-",
    "agencies-state-",
    "agency-roles-",
    "api-endpoint-",
    "api-parameter-",
    "api-path-",
    "api-problem-",
    "ask-event-",
    "ask-kind-",
    "ask-order-",
    "ask-outcome-",
    "ask-standing-",
    "ask-state-",
    "audit-action-",
    "audit-actor-",
    "audit-field-",
    "audit-outcome-",
    "basis-",
    "board-column-",
    "board-review-",
    "calendar-kind-",
    "calendar-status-",
    "campaign-standing-",
    "campaign-verdict-",
    "chart-kind-",
    "completeness-",
    "contract-broken-",
    "decision-",
    "demand-level-",
    "demand-order-",
    "diff-",
    "discovery-",
    "duties-group-",
    "duty-",
    "edit-step-",
    "error-",
    "explore-measure-",
    "explore-operation-",
    "explore-said-",
    "explore-test-",
    "extension-state-",
    "facet-",
    "feed-kind-",
    "finding-do-",
    "finding-kind-",
    "finding-severity-",
    "finding-state-",
    "finding-verdict-",
    "finding-why-",
    "focal-kind-",
    "focal-list-state-",
    "focal-state-",
    "import-",
    "ingest-",
    "label-",
    "lang-",
    "legal-status-",
    "level-",
    "list-heading-",
    "mail-ask-",
    "mail-item-",
    "mail-report-",
    "mail-subscription-again-",
    "mail-subscription-ask-",
    "mail-subscription-news-",
    "map-isles-",
    "map-move-",
    "note-",
    "notice-",
    "notices-frequency-",
    "odc-closed-",
    "odc-part-",
    "odc-sharing-",
    "odc-state-",
    "offers-",
    "page-kind-",
    "page-state-",
    "plan-item-state-",
    "plan-state-",
    "profile-",
    "purge-scope-name-",
    "purge-state-",
    "quality-",
    "quarter-count-",
    "quarter-order-",
    "quarter-state-",
    "regulation-",
    "release-change-",
    "report-kind-",
    "report-order-",
    "report-outcome-",
    "report-state-",
    "reports-group-",
    "request-state-",
    "return-handled-",
    "return-state-",
    "return-visibility-",
    "review-field-",
    "review-list-",
    "review-note-",
    "review-row-",
    "review-since-",
    "review-table-",
    "selection-lock",
    "selection-title-",
    "selection-unlocking",
    "sort-",
    "state-",
    "token-scope-",
    "token-state-",
    "upload-state-",
    "usage-column-",
    "usage-format-",
    "usage-range-",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, ending, into);
        } else if path.extension().is_some_and(|found| found == ending) {
            into.push(path);
        }
    }
}

fn sources(folder: &str, ending: &str) -> Vec<(PathBuf, String)> {
    let mut paths = Vec::new();
    files(&root().join(folder), ending, &mut paths);
    paths.sort();
    paths.into_iter().map(|path| (path.clone(), std::fs::read_to_string(path).unwrap())).collect()
}

/// Every id of a language with the arguments its text mentions; a double id fails.
fn messages(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for (path, source) in sources(&format!("locales/{}", lang.tag()), "ftl") {
        let mut id = String::new();
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            if let Some(next) = ids(line).next() {
                id = next.to_owned();
                assert!(
                    found.insert(id.clone(), BTreeSet::new()).is_none(),
                    "{id} stands twice, again in {}",
                    path.display()
                );
            }
            for (at, _) in line.match_indices('$') {
                let name: String = line[at + 1..]
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_' || *c == '-')
                    .collect();
                if let Some(args) = found.get_mut(&id) {
                    args.insert(name);
                }
            }
        }
    }
    found
}

/// The texts between quotation marks that follow `before`, such as `.t("`.
fn quoted<'a>(source: &'a str, before: &'a str) -> impl Iterator<Item = &'a str> {
    source.match_indices(before).filter_map(move |(at, _)| source[at + before.len()..].split('"').next())
}

/// The rules of fields, each as it stands in a `#[validate(…)]`: `length(min = 1, code = "name-missing")`, or a bare `email`.
fn field_rules(source: &str) -> Vec<&str> {
    let attributes =
        source.match_indices("#[validate(").filter_map(|(at, mark)| source[at + mark.len()..].split(")]").next());
    let mut rules = Vec::new();
    for attribute in attributes {
        let (mut depth, mut quoted, mut from) = (0, false, 0);
        for (at, sign) in attribute.char_indices().chain([(attribute.len(), ',')]) {
            match sign {
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                ',' if !quoted && depth == 0 => {
                    rules.push(attribute[from..at].trim());
                    from = at + 1;
                }
                _ => {}
            }
        }
    }
    // What is inside has its own rules; a whole form's rule makes its problems itself.
    rules.retain(|rule| !rule.is_empty() && *rule != "nested" && !rule.starts_with("schema("));
    rules
}

#[test]
fn every_rule_of_a_field_is_found_with_its_code() {
    let source = r#"
        #[validate(length(min = 1, max = 9, code = "name-missing"), email(code = "mail-form"))]
        #[validate(
            range(min = 1, code = "count-form")
        )]
        #[validate(nested)]
        #[validate(url)]
    "#;
    let codes: Vec<_> =
        field_rules(source).into_iter().map(|rule| quoted(rule, "code = \"").next().unwrap_or(rule)).collect();
    assert_eq!(codes, ["name-missing", "mail-form", "count-form", "url"]);
}

#[test]
fn both_languages_have_the_same_messages() {
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    let keys = |messages: &BTreeMap<String, BTreeSet<String>>| messages.keys().cloned().collect::<BTreeSet<_>>();
    assert_eq!(keys(&vi).difference(&keys(&en)).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
    assert_eq!(keys(&en).difference(&keys(&vi)).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Vietnamese");
}

#[test]
fn english_mentions_no_argument_that_vietnamese_does_not_know() {
    // A language may leave an argument out (English plurals need a count that Vietnamese does not show), so only the dates'
    // own parts and counts may differ.
    let (vi, en) = (messages(Lang::Vi), messages(Lang::En));
    let own = ["count", "day", "dd", "month", "mm"];
    for (id, args) in &en {
        let odd: Vec<_> = args.symmetric_difference(&vi[id]).filter(|name| !own.contains(&name.as_str())).collect();
        assert!(odd.is_empty(), "{id}: {odd:?} stands in one language only");
    }
}

#[test]
fn every_message_used_exists() {
    let known = messages(Lang::Vi);
    let mut missing = BTreeSet::new();
    let mut note = |id: &str, path: &Path| {
        if !known.contains_key(id) && !id.contains(['{', '$']) {
            missing.insert(format!("{id} ({})", path.display()));
        }
    };
    for (path, source) in sources("templates", "html")
        .into_iter()
        .chain(sources("templates", "txt"))
        .chain(sources("templates", "xml"))
        .chain(sources("src/web", "rs"))
    {
        for before in [".t(\"", ".t1(\"", ".t2(\"", ".t3(\""] {
            quoted(&source, before).for_each(|id| note(id, &path));
        }
    }
    // This file speaks of codes and says none.
    for (path, source) in sources("src", "rs").into_iter().filter(|(path, _)| !path.ends_with("i18n/check.rs")) {
        // What follows the tests of a file is not said to anybody.
        let told = source.split("#[cfg(test)]").next().unwrap_or_default();
        quoted(told, "Problem::new(\"").for_each(|code| note(&format!("problem-{code}"), &path));
        for rule in field_rules(told) {
            let code = quoted(rule, "code = \"").next();
            // Without a code of ours a rule has the validator's own, which no message is written for.
            note(&format!("problem-{}", code.unwrap_or(rule)), &path);
        }
    }
    assert!(missing.is_empty(), "used, but defined nowhere: {missing:#?}");
}

#[test]
fn no_message_is_idle() {
    let mut everything = String::new();
    for (_, source) in sources("templates", "html")
        .into_iter()
        .chain(sources("templates", "txt"))
        .chain(sources("templates", "xml"))
        .chain(sources("src", "rs"))
    {
        everything.push_str(&source);
    }
    let words: BTreeSet<&str> = everything.split('"').collect();
    let idle: Vec<String> = messages(Lang::Vi)
        .into_keys()
        .filter(|id| !words.contains(id.as_str()))
        .filter(|id| !BUILT.iter().any(|beginning| id.starts_with(beginning)))
        .filter(|id| !id.strip_prefix("problem-").is_some_and(|code| words.contains(code)))
        .collect();
    assert!(idle.is_empty(), "defined, but used nowhere: {idle:#?}");
}
