//! What must hold of a profile, and what an operator should look at.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use toml::Value;

use super::basis::BasisId;
use super::load::{Assembled, entry_key};
use super::model::Profile;
use crate::kernel::Problem;
use crate::vocabulary::{self, Entry};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The profile does not load.
    Error,
    /// It loads; somebody should look.
    Warning,
}

/// One thing that is wrong or doubtful.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// How bad it is.
    pub severity: Severity,
    /// What and where; its text is the message `problem-…` of the locale.
    pub problem: Problem,
}

impl Finding {
    /// A finding that keeps the profile from loading.
    pub(super) fn error(problem: Problem) -> Self {
        Self { severity: Severity::Error, problem }
    }

    fn warning(problem: Problem) -> Self {
        Self { severity: Severity::Warning, problem }
    }
}

/// Everything about a profile that does not depend on the day.
pub(super) fn findings(assembled: &Assembled) -> Vec<Finding> {
    let profile = &assembled.profile;
    let documents: BTreeSet<&str> = profile.legal_basis.iter().map(|document| document.id.as_str()).collect();
    let mut found = Vec::new();
    found.extend(assembled.calendar.iter().cloned().map(Finding::error));
    for (key, value) in &assembled.table {
        walk(key, value, &documents, &mut found);
    }
    for entry in profile.calendar.entries() {
        let path = format!("calendar {}", entry.from);
        if let Some(basis) = &entry.basis
            && !documents.contains(basis.document())
        {
            found.push(unknown_basis(&path, &basis.to_string()));
        }
    }
    for document in &profile.legal_basis {
        if let Some(successor) = &document.successor
            && !documents.contains(successor.as_str())
        {
            found.push(unknown_basis(&format!("legal_basis.{}.successor", document.id), successor));
        }
        if let (Some(from), Some(to)) = (document.from, document.to)
            && to <= from
        {
            found.push(Finding::error(Problem::new("profile-legal-dates").with("id", document.id.as_str())));
        }
    }
    review(profile, &mut found);
    periods(profile, &mut found);
    lists(profile, &mut found);
    numbers(profile, &mut found);
    found
}

/// Whether the province is one of the country's list, in force or, where a successor is given, of the past; and came from and became
/// what the list says. Only warnings: the list may change before the program does.
pub(super) fn province(profile: &Profile, today: NaiveDate) -> Vec<Finding> {
    let province = &profile.province;
    if province.code == vocabulary::INVENTED {
        return Vec::new();
    }
    let list = vocabulary::provinces();
    let told = |entries: &[&Entry]| {
        entries.iter().map(|entry| format!("{} {}", entry.code, entry.name.vi)).collect::<Vec<_>>().join(", ")
    };
    let in_its_time = |entry: &&Entry| match &province.successor {
        None => entry.valid_on(today),
        Some(_) => entry.to.is_some_and(|to| to < today),
    };
    let is = |entry: &Entry, code: &str, name: &str| entry.code == code && vocabulary::is_called(entry, name);
    let of_its_time = || list.entries().iter().filter(in_its_time);
    let Some(unit) = of_its_time().find(|entry| is(entry, &province.code, &province.name.vi)) else {
        let near: Vec<&Entry> = of_its_time()
            .filter(|entry| entry.code == province.code || vocabulary::is_called(entry, &province.name.vi))
            .collect();
        let problem = match &province.successor {
            None => Problem::new("profile-province-now"),
            Some(_) => Problem::new("profile-province-past"),
        };
        let problem = problem.with("code", province.code.as_str()).with("name", province.name.vi.as_str());
        return vec![Finding::warning(problem.with("near", if near.is_empty() { "–".into() } else { told(&near) }))];
    };
    let mut found = Vec::new();
    if vocabulary::is_city(unit) != (province.kind == "city") {
        found.push(Finding::warning(
            Problem::new("profile-province-kind").with("code", unit.code.as_str()).with("expected", unit.kind.as_str()),
        ));
    }
    if let Some(place) = &province.successor {
        let next = list.successors(unit);
        if !next.iter().any(|entry| is(entry, &place.code, &place.name.vi)) {
            found.push(Finding::warning(Problem::new("profile-province-successor").with("expected", told(&next))));
        }
    } else if !province.predecessors.is_empty() {
        // A province may name its own former self among them or not.
        let parts = list.made_of(unit, vocabulary::LAST_DAY_OF_63);
        let named = |entry: &Entry| province.predecessors.iter().any(|place| is(entry, &place.code, &place.name.vi));
        let known = parts.iter().filter(|entry| named(entry)).count();
        let own = |entry: &Entry| vocabulary::is_called(entry, &unit.name.vi);
        if known < province.predecessors.len() || !parts.iter().all(|entry| named(entry) || own(entry)) {
            found.push(Finding::warning(Problem::new("profile-province-predecessors").with("expected", told(&parts))));
        }
    }
    found
}

/// Looks at every text, value and reference, wherever it stands.
fn walk(path: &str, value: &Value, documents: &BTreeSet<&str>, found: &mut Vec<Finding>) {
    match value {
        Value::Table(table) => {
            if let Some(vietnamese) = table.get("vi").and_then(Value::as_str) {
                if vietnamese.trim().is_empty() {
                    found.push(Finding::error(Problem::new("profile-text-empty").with("path", path)));
                }
                if table.get("en").and_then(Value::as_str).is_none_or(|english| english.trim().is_empty()) {
                    found.push(Finding::warning(Problem::new("profile-text-no-english").with("path", path)));
                }
                return;
            }
            if table.contains_key("value") {
                let noted = table.contains_key("note");
                if !table.contains_key("basis") && !noted {
                    found.push(Finding::error(Problem::new("profile-value-no-source").with("path", path)));
                }
                if table.get("verified").and_then(Value::as_bool) == Some(false) && !noted {
                    found.push(Finding::error(Problem::new("profile-unverified-no-note").with("path", path)));
                }
            }
            if let Some(basis) = table.get("basis").and_then(Value::as_str) {
                let known = basis.parse::<BasisId>().is_ok_and(|basis| documents.contains(basis.document()));
                if !known {
                    found.push(unknown_basis(path, basis));
                }
            }
            for (key, value) in table {
                walk(&format!("{path}.{key}"), value, documents, found);
            }
        }
        Value::Array(entries) => {
            let mut seen = BTreeSet::new();
            for (number, entry) in entries.iter().enumerate() {
                let key = entry_key(entry);
                if let Some(key) = key
                    && !seen.insert(key)
                {
                    found.push(Finding::error(Problem::new("profile-code-twice").with("path", path).with("code", key)));
                }
                let name = key.map_or_else(|| (number + 1).to_string(), str::to_owned);
                walk(&format!("{path}.{name}"), entry, documents, found);
            }
        }
        _ => {}
    }
}

fn unknown_basis(path: &str, basis: &str) -> Finding {
    Finding::error(Problem::new("profile-basis-unknown").with("path", path).with("basis", basis))
}

/// Nothing reaches the public on one person's word.
fn review(profile: &Profile, found: &mut Vec<Finding>) {
    let review = &profile.review;
    if review.min_persons.value < 2 {
        found.push(Finding::error(
            Problem::new("profile-review-persons").with("number", i64::from(review.min_persons.value)),
        ));
    }
    if review.steps.len() < 2 {
        found.push(Finding::error(Problem::new("profile-review-steps").with("number", review.steps.len())));
    }
    let mut roles = BTreeSet::new();
    for step in &review.steps {
        if profile.role(&step.role).is_none() {
            found.push(Finding::error(
                Problem::new("profile-review-role-unknown")
                    .with("step", step.code.as_str())
                    .with("role", step.role.as_str()),
            ));
        }
        if !roles.insert(step.role.as_str()) {
            found.push(Finding::error(
                Problem::new("profile-review-same-role")
                    .with("step", step.code.as_str())
                    .with("role", step.role.as_str()),
            ));
        }
    }
}

/// A century is far beyond any duty, and keeps date arithmetic inside its range.
const MOST_MONTHS: u32 = 1200;

/// A year of working days.
const MOST_WORKING_DAYS: u32 = 250;

/// Fewer working days than any quarter has: what a quarter leaves to do ends before the next one does.
const MOST_QUARTER_DAYS: u32 = 45;

/// How many reminders one duty may send.
const MOST_REMINDERS: usize = 20;

/// Periods that could not be worked with, each with the range that it must stay in.
fn periods(profile: &Profile, found: &mut Vec<Finding>) {
    let (duty, password) = (&profile.duty, &profile.accounts.password);
    let (opendata, accounts, sharing) = (&profile.opendata, &profile.accounts, &profile.sharing);
    let months = [
        ("opendata.update_months", &opendata.update_months),
        ("opendata.review_months", &opendata.review_months),
        ("catalogue.review_months", &profile.catalogue.review_months),
        ("sharing.default_review_months", &sharing.default_review_months),
        ("quality.check_months", &profile.quality.check_months),
        ("accounts.review_months", &accounts.review_months),
        ("logs.sharing_months", &profile.logs.sharing_months),
        ("logs.change_months", &profile.logs.change_months),
        ("logs.administration_months", &profile.logs.administration_months),
    ];
    let days = [
        ("request.answer_working_days", &profile.request.answer_working_days),
        ("registry.posting_working_days", &profile.registry.posting_working_days),
        ("sharing.suspension_notice_working_days", &sharing.suspension_notice_working_days),
        ("sharing.breach_notice_days", &sharing.breach_notice_days),
        ("problem.provider_working_days", &profile.problem.provider_working_days),
        ("problem.coordinator_working_days", &profile.problem.coordinator_working_days),
        ("data_request.answer_working_days", &profile.data_request.answer_working_days),
        ("duty.head_after_days", &duty.head_after_days),
        ("duty.coordinator_after_days", &duty.coordinator_after_days),
    ];
    let others = [
        ("opendata.soon_days", &opendata.soon_days, 0, MOST_WORKING_DAYS),
        ("opendata.soon_share", &opendata.soon_share, 1, MOST_WORKING_DAYS),
        // A quarter, or a whole number of them.
        ("agency_list.return_months", &profile.agency_list.return_months, 0, 12),
        ("accounts.review_answer_days", &accounts.review_answer_days, 1, 366),
        ("accounts.password.level3_character_kinds", &password.level3_character_kinds, 1, 4),
        ("duty.coordinator_weekday", &duty.coordinator_weekday, 0, 7),
        ("duty.return_days", &duty.return_days, 1, MOST_QUARTER_DAYS),
        ("duty.close_days", &duty.close_days, 1, MOST_QUARTER_DAYS),
        ("duty.extension_most_days", &duty.extension_most_days, 0, MOST_WORKING_DAYS),
    ];
    let all = months
        .into_iter()
        .map(|(path, rule)| (path, rule, 0, MOST_MONTHS))
        .chain(days.into_iter().map(|(path, rule)| (path, rule, 1, MOST_WORKING_DAYS)))
        .chain(others);
    for (path, rule, least, most) in all {
        if !(least..=most).contains(&rule.value) {
            found.push(out_of_range(path, i64::from(rule.value), i64::from(least), i64::from(most)));
        }
    }
    for report in &profile.reports {
        let ranges = [
            ("months", report.months, MOST_MONTHS),
            ("due_working_days", report.due_working_days.value, MOST_WORKING_DAYS),
        ];
        for (key, value, most) in ranges {
            if value > most {
                let path = format!("reports.{}.{key}", report.code);
                found.push(out_of_range(&path, i64::from(value), 0, i64::from(most)));
            }
        }
    }
    duties(profile, found);
}

fn out_of_range(path: &str, value: i64, least: i64, most: i64) -> Finding {
    let problem = Problem::new("profile-number-range").with("path", path).with("value", value);
    Finding::error(problem.with("least", least).with("most", most))
}

/// Reminders in their order, returns by whole quarters, and no quarter closed while returns still come in.
fn duties(profile: &Profile, found: &mut Vec<Finding>) {
    let duty = &profile.duty;
    let reminders = &duty.reminder_days.value;
    let most = i64::from(MOST_WORKING_DAYS);
    if let Some(far) = reminders.iter().find(|days| !(-most..=most).contains(*days)) {
        found.push(out_of_range("duty.reminder_days", *far, -most, most));
    }
    if reminders.len() > MOST_REMINDERS || !reminders.is_sorted_by(|one, next| one < next) {
        found.push(Finding::error(Problem::new("profile-duty-reminders").with("most", MOST_REMINDERS)));
    }
    if !profile.agency_list.return_months.value.is_multiple_of(3) {
        found.push(Finding::error(
            Problem::new("profile-return-quarters").with("months", i64::from(profile.agency_list.return_months.value)),
        ));
    }
    let (returns, close) = (duty.return_days.value, duty.close_days.value);
    // The quarter is closed in the morning: returns of the last day still come in then.
    if close <= returns {
        found.push(Finding::error(
            Problem::new("profile-duty-close").with("close", i64::from(close)).with("returns", i64::from(returns)),
        ));
    }
}

/// Purposes and reports have a legal basis or a note, as values have; who writes and receives reports is somebody the portal knows, and
/// so is the form.
fn lists(profile: &Profile, found: &mut Vec<Finding>) {
    let purposes =
        profile.purposes.iter().map(|one| ("purposes", &one.code, one.basis.is_some() || one.note.is_some()));
    let reports = profile.reports.iter().map(|one| ("reports", &one.code, one.basis.is_some() || one.note.is_some()));
    for (list, code, sourced) in purposes.chain(reports) {
        if !sourced {
            let path = format!("{list}.{code}");
            found.push(Finding::error(Problem::new("profile-value-no-source").with("path", path)));
        }
    }
    let templates: Vec<&str> = profile.report_templates.iter().map(|template| template.code.as_str()).collect();
    for report in &profile.reports {
        let places = [
            ("author", Some(&report.author), &["agency", "coordinator", "warehouse"][..]),
            ("addressee", Some(&report.addressee), &["ppc", "authority"][..]),
            ("via", report.via.as_ref(), &["coordinator"][..]),
            ("template", Some(&report.template), &templates[..]),
        ];
        for (place, code, known) in places {
            if let Some(code) = code
                && !known.contains(&code.as_str())
            {
                found.push(Finding::error(
                    Problem::new("profile-report-code")
                        .with("path", format!("reports.{}.{place}", report.code))
                        .with("code", code.as_str())
                        .with("known", known.join(", ")),
                ));
            }
        }
    }
}

/// Numbers that contradict each other or could not be worked with.
fn numbers(profile: &Profile, found: &mut Vec<Finding>) {
    let mut wrong = |path: &str| found.push(Finding::error(Problem::new("profile-number").with("path", path)));
    let defaults = profile.licences.iter().filter(|licence| licence.default).count();
    if defaults != 1 {
        wrong("licences.default");
    }
    if !(-720..=840).contains(&profile.province.timezone_minutes) {
        wrong("province.timezone_minutes");
    }
    let password = &profile.accounts.password;
    if password.min_length.value < 8 || password.max_length.value < password.min_length.value.max(64) {
        wrong("accounts.password.min_length");
    }
    let accounts = &profile.accounts;
    if accounts.session_idle_minutes.value == 0
        || accounts.session_absolute_hours.value == 0
        || accounts.sessions_max.value == 0
    {
        wrong("accounts");
    }
    for role in &accounts.second_factor_roles.value {
        if profile.role(role).is_none() {
            wrong("accounts.second_factor_roles");
        }
    }
    let signing = &profile.agency_list.sign_roles.value;
    if signing.is_empty() || signing.iter().any(|role| profile.role(role).is_none()) {
        wrong("agency_list.sign_roles");
    }
    for (role, place) in [(&profile.purge.ask, "purge.ask"), (&profile.purge.confirm, "purge.confirm")] {
        if profile.role(&role.value).is_none() {
            wrong(place);
        }
    }
    let oversight = &profile.oversight;
    let limits = [&oversight.export_rows, &oversight.exports, &oversight.removals, &oversight.closures];
    if limits.into_iter().chain([&oversight.readings, &oversight.refusals]).any(|limit| limit.value == 0) {
        wrong("oversight");
    }
    if profile.opendata_plan.levels.value.is_empty() {
        wrong("opendata_plan.levels");
    }
    for frequency in &profile.frequencies {
        let period = match (frequency.months, frequency.days) {
            (0, 0) => None,
            (0, days) if days % 7 == 0 => Some(format!("P{}W", days / 7)),
            (0, days) => Some(format!("P{days}D")),
            (months, 0) if months % 12 == 0 => Some(format!("P{}Y", months / 12)),
            (months, 0) => Some(format!("P{months}M")),
            (months, days) => Some(format!("P{months}M{days}D")),
        };
        if frequency.period != period || frequency.months > MOST_MONTHS || frequency.days > 36_500 {
            wrong(&format!("frequencies.{}.period", frequency.code));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn check_with(text: &str) -> Vec<Finding> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("thu.toml"), format!("extends = \"current-2026\"\n{text}")).unwrap();
        Profile::check("thu", Some(folder.path()), day("2026-11-21"))
    }

    fn has(findings: &[Finding], severity: Severity, code: &str) -> bool {
        findings.iter().any(|finding| finding.severity == severity && finding.problem.code == code)
    }

    #[test]
    fn every_shipped_profile_is_without_findings() {
        for name in Profile::names() {
            assert_eq!(Profile::check(&name, None, day("2026-11-21")), [], "{name}");
            Profile::load(&name, None).unwrap();
        }
    }

    #[test]
    fn publication_on_one_persons_word_is_refused() {
        let one = "[review]\nmin_persons = { value = 1, note = { vi = \"x\", en = \"x\" } }\n";
        assert!(has(&check_with(one), Severity::Error, "profile-review-persons"));
        let step =
            "[[review.steps]]\ncode = \"submission\"\nrole = \"editor\"\nname = { vi = \"Nộp\", en = \"Submit\" }\n";
        assert!(has(&check_with(step), Severity::Error, "profile-review-steps"));
        let twice = format!("{step}{}", step.replace("submission", "approval"));
        assert!(has(&check_with(&twice), Severity::Error, "profile-review-same-role"));
        let nobody = step.replace("\"editor\"", "\"nobody\"");
        assert!(has(&check_with(&nobody), Severity::Error, "profile-review-role-unknown"));
    }

    #[test]
    fn a_value_needs_a_known_source_or_says_whose_choice_it_is() {
        assert!(has(
            &check_with("[opendata]\nupdate_months = { value = 3 }\n"),
            Severity::Error,
            "profile-value-no-source"
        ));
        assert!(has(
            &check_with("[opendata]\nupdate_months = { value = 3, basis = \"nd999/1\" }\n"),
            Severity::Error,
            "profile-basis-unknown"
        ));
        // Bodies and words are values as well.
        let words = "value = { vi = \"x\", en = \"x\" }";
        for (rest, code) in [
            ("", Some("profile-value-no-source")),
            ("basis = \"nd999/1\"\n", Some("profile-basis-unknown")),
            ("basis = \"nd47/11.3\"\n", None),
            ("note = { vi = \"x\", en = \"x\" }\n", None),
        ] {
            for part in ["authorities.warehouse", "labels.label-warehouse"] {
                let findings = check_with(&format!("[{part}]\n{words}\n{rest}"));
                let codes: Vec<_> = findings.iter().map(|finding| finding.problem.code.to_owned()).collect();
                assert_eq!(codes, code.into_iter().collect::<Vec<_>>(), "{part} {rest}");
            }
        }
        let unverified = "[opendata]\nupdate_months = { value = 3, basis = \"nd47/20.3\", verified = false }\n";
        assert!(has(&check_with(unverified), Severity::Error, "profile-unverified-no-note"));
    }

    #[test]
    fn a_rule_set_without_a_key_is_refused_by_the_name_of_that_key() {
        let shipped = include_str!("../../profiles/rules/nd47.toml");
        let without = |key: &str| {
            let lines: Vec<&str> = shipped.lines().filter(|line| !line.starts_with(&format!("{key} = "))).collect();
            assert!(lines.len() < shipped.lines().count(), "{key}");
            lines.join("\n")
        };
        // Nobody manages the platform any more.
        let nobody = shipped.replace("[authorities.lgsp]", "[authorities.investment]");
        for (key, text) in [
            ("opendata_catalogue", without("opendata_catalogue")),
            ("opendata_plan", without("opendata_plan")),
            ("outside_province", without("outside_province")),
            ("lgsp", nobody),
        ] {
            let folder = tempfile::tempdir().unwrap();
            std::fs::create_dir(folder.path().join("rules")).unwrap();
            std::fs::write(folder.path().join("rules/nd47.toml"), text).unwrap();
            let findings = Profile::check("nd47", Some(folder.path()), day("2026-11-21"));
            assert!(has(&findings, Severity::Error, "profile-key"), "{key}: {findings:?}");
            assert!(format!("{findings:?}").contains(&format!("`{key}`")), "{key}: {findings:?}");
        }
        // The form before values had a source of their own.
        let old = check_with("[labels]\nlabel-warehouse = { vi = \"x\", en = \"x\" }\n");
        assert!(has(&old, Severity::Error, "profile-key") && format!("{old:?}").contains("`value`"), "{old:?}");
    }

    #[test]
    fn a_period_that_nobody_could_keep_is_refused_with_its_range() {
        let wrong = |part: &str, rule: &str| {
            let findings = check_with(&format!("[{part}]\n{rule}, note = {{ vi = \"x\", en = \"x\" }} }}\n"));
            assert!(findings.iter().all(|finding| finding.severity == Severity::Error), "{findings:?}");
            findings.into_iter().map(|finding| finding.problem.code.to_owned()).collect::<Vec<_>>()
        };
        for (part, rule) in [
            ("opendata", "update_months = { value = 1201"),
            ("opendata", "soon_share = { value = 0"),
            ("catalogue", "review_months = { value = 5000"),
            ("request", "answer_working_days = { value = 0"),
            ("problem", "provider_working_days = { value = 251"),
            ("accounts", "review_answer_days = { value = 0"),
            ("duty", "reminder_days = { value = [-300, 0]"),
            ("duty", "head_after_days = { value = 0"),
            ("duty", "coordinator_weekday = { value = 8"),
            ("duty", "return_days = { value = 0"),
            ("duty", "close_days = { value = 60"),
        ] {
            assert_eq!(wrong(part, rule), ["profile-number-range"], "{part} {rule}");
        }
        assert_eq!(wrong("duty", "reminder_days = { value = [0, -3]"), ["profile-duty-reminders"]);
        assert_eq!(wrong("duty", "reminder_days = { value = [1, 1]"), ["profile-duty-reminders"]);
        assert_eq!(wrong("duty", "close_days = { value = 10"), ["profile-duty-close"]);
        // On the day of the returns, of which there are fifteen by configuration, they still come in.
        assert_eq!(wrong("duty", "close_days = { value = 15"), ["profile-duty-close"]);
        assert_eq!(wrong("agency_list", "return_months = { value = 4"), ["profile-return-quarters"]);
        let nothing: [&str; 0] = [];
        assert_eq!(wrong("duty", "reminder_days = { value = []"), nothing);
        assert_eq!(wrong("duty", "coordinator_weekday = { value = 0"), nothing);
        assert_eq!(wrong("agency_list", "return_months = { value = 0"), nothing);
    }

    #[test]
    fn a_report_by_or_for_somebody_unknown_is_refused() {
        let due = |days: u32, source: &str| format!("due_working_days = {{ value = {days}{source} }}");
        let noted = ", note = { vi = \"x\", en = \"x\" }";
        let report = |author: &str, addressee: &str, template: &str, due: &str| {
            let name = "name = { vi = \"x\", en = \"x\" }";
            let codes = format!("author = \"{author}\"\naddressee = \"{addressee}\"\nbasis = \"nd47/16.4\"");
            let form = format!("template = \"{template}\"\n{due}");
            check_with(&format!("[[reports]]\ncode = \"r\"\n{name}\nmonths = 3\n{codes}\n{form}\n"))
        };
        assert_eq!(report("agency", "ppc", "agency-data", &due(5, noted)), []);
        for (author, addressee, template) in
            [("mayor", "ppc", "agency-data"), ("agency", "mayor", "agency-data"), ("agency", "ppc", "no-form")]
        {
            let found = report(author, addressee, template, &due(0, noted));
            assert!(has(&found, Severity::Error, "profile-report-code"), "{author} {addressee} {template}");
        }
        // By when is a value as others are: somebody's choice, within its range, and never left out.
        let sourceless = report("agency", "ppc", "agency-data", &due(5, ""));
        assert!(has(&sourceless, Severity::Error, "profile-value-no-source"));
        let far = report("agency", "ppc", "agency-data", &due(251, noted));
        assert!(has(&far, Severity::Error, "profile-number-range"));
        let silent = report("agency", "ppc", "agency-data", "");
        assert!(has(&silent, Severity::Error, "profile-key") && format!("{silent:?}").contains("due_working_days"));
        let purpose = "[[purposes]]\ncode = \"p\"\nname = { vi = \"x\", en = \"x\" }\n";
        assert!(has(&check_with(purpose), Severity::Error, "profile-value-no-source"));
    }

    #[test]
    fn a_text_without_english_is_a_warning_and_an_empty_one_an_error() {
        assert!(has(
            &check_with("[portals]\npublic = { vi = \"Cổng\" }\n"),
            Severity::Warning,
            "profile-text-no-english"
        ));
        assert!(has(
            &check_with("[portals]\npublic = { vi = \" \", en = \"x\" }\n"),
            Severity::Error,
            "profile-text-empty"
        ));
    }

    #[test]
    fn a_province_agrees_with_the_list_of_its_time_or_is_pointed_at() {
        let codes = |province: &str| -> Vec<String> {
            let text = format!("[province]\n{province}\n");
            let findings = check_with(&text);
            assert!(findings.iter().all(|finding| finding.severity == Severity::Warning), "{findings:?}");
            findings.into_iter().map(|finding| finding.problem.code.to_owned()).collect()
        };
        let place =
            |code: &str, name: &str| format!("{{ code = \"{code}\", name = {{ vi = \"{name}\", en = \"x\" }} }}");
        let unit = |code: &str, name: &str, rest: &str| {
            format!("code = \"{code}\"\nname = {{ vi = \"{name}\", en = \"x\" }}\n{rest}")
        };
        let none: [&str; 0] = [];
        // Of today.
        assert_eq!(codes(&unit("68", "tỉnh Lâm Đồng", "")), none);
        assert_eq!(codes(&unit("75", "thành phố Đồng Nai", "kind = \"city\"")), none);
        assert_eq!(codes(&unit("75", "tỉnh Đồng Nai", "")), ["profile-province-kind"]);
        assert_eq!(codes(&unit("72", "tỉnh Tây Ninh", "")), ["profile-province-now"]);
        assert_eq!(codes(&unit("67", "tỉnh Đắk Nông", "")), ["profile-province-now"]);
        assert_eq!(codes(&unit("68", "tỉnh Lạc Điền", "")), ["profile-province-now"]);
        assert_eq!(codes(&unit("00", "tỉnh Lâm Đồng", "")), none);
        // Of the past.
        let past = |code: &str, name: &str, next: String| codes(&unit(code, name, &format!("successor = {next}")));
        assert_eq!(past("72", "tỉnh Tây Ninh", place("80", "Tỉnh Tây Ninh")), none);
        assert_eq!(past("46", "tỉnh Thừa Thiên Huế", place("46", "thành phố Huế")), none);
        assert_eq!(past("80", "tỉnh Tây Ninh", place("80", "Tỉnh Tây Ninh")), ["profile-province-past"]);
        assert_eq!(past("67", "tỉnh Đắk Nông", place("66", "Đắk Lắk")), ["profile-province-successor"]);
        assert_eq!(past("67", "tỉnh Đắk Nông", place("68", "Đắk Lắk")), ["profile-province-successor"]);
        // Where it comes from.
        let from =
            |places: &[String]| codes(&unit("68", "tỉnh Lâm Đồng", &format!("predecessors = [{}]", places.join(", "))));
        let (thuan, nong, own) = (place("60", "Bình Thuận"), place("67", "Đắk Nông"), place("68", "Lâm Đồng"));
        assert_eq!(from(&[thuan.clone(), nong.clone()]), none);
        assert_eq!(from(&[thuan.clone(), nong.clone(), own]), none);
        assert_eq!(from(std::slice::from_ref(&thuan)), ["profile-province-predecessors"]);
        assert_eq!(from(&[thuan, nong, place("58", "Ninh Thuận")]), ["profile-province-predecessors"]);
    }

    #[test]
    fn a_calendar_that_contradicts_itself_is_refused() {
        let load = |day: &str| {
            let folder = tempfile::tempdir().unwrap();
            let head =
                "weekend = [\"sat\", \"sun\"]\nweekend_basis = \"qd188-1999\"\nfirst_year = 2026\nlast_year = 2026\n";
            let names = "[names]\ntet = { vi = \"Tết\", en = \"Tết\" }\n";
            std::fs::write(
                folder.path().join("calendar.toml"),
                format!("{head}{names}[[days]]\nname = \"tet\"\nstatus = \"law\"\n{day}"),
            )
            .unwrap();
            Profile::load("current-2026", Some(folder.path()))
        };
        assert!(load("date = \"2026-02-16\"\nto = \"2026-02-20\"\nkind = \"holiday\"\n").is_ok());
        assert!(load("date = \"2026-02-16\"\nkind = \"make-up\"\n").unwrap_err().has("profile-calendar-make-up"));
        assert!(load("date = \"2026-02-21\"\nkind = \"swapped\"\n").unwrap_err().has("profile-calendar-rest"));
        assert!(
            load("date = \"2026-02-20\"\nto = \"2026-02-16\"\nkind = \"holiday\"\n")
                .unwrap_err()
                .has("profile-calendar-span")
        );
        assert!(load("date = \"2027-02-16\"\nkind = \"holiday\"\n").unwrap_err().has("profile-calendar-outside"));
        assert!(load("date = \"2026-02-30\"\nkind = \"holiday\"\n").unwrap_err().has("profile-key"));
    }
}
