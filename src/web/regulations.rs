//! The rules that hold in the province and the register of documents behind them, as both portals tell them.

use std::cmp::Reverse;

use chrono::NaiveDate;
use serde::Serialize;

use crate::http::page::{Link, PageCtx, Text};
use crate::http::present::{cited, text};
use crate::kernel::Localized;
use crate::people::kind_code;
use crate::profile::{BasisId, LegalBasis, LegalStatus, MonthDay, Profile, Report, Rule};

/// How documents stand, in the order in which the register lists them: the ends of the messages `legal-status-…`.
const STANDINGS: [&str; 6] = ["in-force", "amended", "coming", "draft", "replaced", "ended"];

/// Groups that say how the inside is run: for those who work there.
const INSIDE: [&str; 3] = ["operation", "people", "sessions"];

/// Rules about one matter.
#[derive(Clone, Debug)]
pub struct RuleGroup {
    /// The end of the message of its heading, `regulation-group-…`, and of its place on the page.
    pub code: &'static str,
    /// The rules.
    pub lines: Vec<RuleLine>,
}

/// A rule.
#[derive(Clone, Debug)]
pub struct RuleLine {
    /// What it is about.
    pub name: Text,
    /// What it says.
    pub values: Vec<Text>,
    /// The law behind it; leads to the document on the same page.
    pub basis: Option<Link>,
    /// Whether that law was read.
    pub verified: bool,
    /// What a reader should know.
    pub note: Option<Text>,
}

/// A document of the legal-basis register.
#[derive(Clone, Debug)]
pub struct DocumentLine {
    /// Its id, and the end of its place on the page.
    pub id: String,
    /// Its kind and number.
    pub name: Text,
    /// What it is about.
    pub title: Text,
    /// Who issued it.
    pub issuer: Text,
    /// The day it was signed; drafts have none.
    pub signed: Option<NaiveDate>,
    /// The code of its standing.
    pub status: &'static str,
    /// The first day in force.
    pub from: Option<NaiveDate>,
    /// The first day no longer in force.
    pub to: Option<NaiveDate>,
    /// What replaced or changed it.
    pub successor: Option<Link>,
    /// What a reader should know.
    pub note: Option<Text>,
}

impl DocumentLine {
    /// The colour of its standing; never its only sign.
    pub fn tone(&self) -> &'static str {
        match self.status {
            "in-force" => "good",
            "amended" | "coming" => "info",
            "draft" => "warn",
            _ => "plain",
        }
    }
}

/// Where a document of the register stands on the page.
fn place(id: &str) -> String {
    format!("#doc-{id}")
}

/// How a document stands on a day. Its dates say more than the word beside them: who looks after the profile enters them ahead of time.
fn standing(document: &LegalBasis, today: NaiveDate) -> &'static str {
    let over = document.to.is_some_and(|day| day <= today);
    let coming = document.from.is_some_and(|day| day > today);
    match document.status {
        LegalStatus::Draft => "draft",
        LegalStatus::Replaced if over || document.to.is_none() => "replaced",
        _ if over && document.successor.is_some() => "replaced",
        _ if over => "ended",
        _ if coming => "coming",
        LegalStatus::Amended => "amended",
        LegalStatus::InForce | LegalStatus::Replaced => "in-force",
    }
}

/// A value as the profile writes it: of the kinds that are one word.
fn written(value: &impl Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

/// A profile, told in the language of a page.
#[derive(Clone, Copy, Debug)]
pub struct Sheet<'a> {
    /// The page.
    pub page: &'a PageCtx,
    /// The profile.
    pub profile: &'a Profile,
    /// The day that it is told on.
    pub today: NaiveDate,
}

impl Sheet<'_> {
    /// Every rule, matter by matter.
    pub fn groups(&self) -> Vec<RuleGroup> {
        let group = |code, lines| RuleGroup { code, lines };
        vec![
            group("opendata", self.opendata()),
            group("publication", self.publication()),
            group("duty", self.duties()),
            group("catalogue", self.catalogue()),
            group("sharing", self.sharing()),
            group("operation", self.operation()),
            group("problem", self.problems()),
            group("quality", self.quality()),
            group("reports", self.profile.reports.iter().flat_map(|report| self.report(report)).collect()),
            group("people", self.people()),
            group("sessions", self.sessions()),
            group("offices", self.offices()),
            group("purposes", self.purposes()),
            group("names", self.names()),
        ]
    }

    /// The rules that rest on a document, as far as they concern the public, of all the groups.
    pub fn resting_on(groups: &[RuleGroup], id: &str) -> Vec<RuleLine> {
        let place = place(id);
        let rests = |line: &&RuleLine| line.basis.as_ref().is_some_and(|basis| basis.href == place);
        let open = groups.iter().filter(|group| !INSIDE.contains(&group.code));
        open.flat_map(|group| group.lines.iter().filter(rests)).cloned().collect()
    }

    /// The register of documents: what is in force first, and of what stands alike the newest.
    pub fn register(&self) -> Vec<DocumentLine> {
        let mut documents: Vec<&LegalBasis> = self.profile.legal_basis.iter().collect();
        documents.sort_by_key(|document| {
            let stands = standing(document, self.today);
            (STANDINGS.iter().position(|known| *known == stands), Reverse(document.date.or(document.from)))
        });
        documents.into_iter().map(|document| self.document(document)).collect()
    }

    fn opendata(&self) -> Vec<RuleLine> {
        let (rules, levels) = (&self.profile.opendata, &self.profile.opendata_plan.levels);
        vec![
            self.counted(
                "opendata.update_months",
                &rules.update_months,
                "regulation-from-publication",
                "regulation-none",
            ),
            self.yes("opendata.frequency_duty", &rules.frequency_duty),
            self.yes("opendata.no_change_confirms", &rules.no_change_confirms),
            self.words("duty.no_change_check", &self.profile.duty.no_change_check),
            self.working_days("duty.extension_most_days", &self.profile.duty.extension_most_days),
            self.working_days("opendata.soon_days", &rules.soon_days),
            self.counted("opendata.soon_share", &rules.soon_share, "regulation-share", "regulation-none"),
            self.months("opendata.review_months", &rules.review_months, "regulation-on-demand"),
            self.coded("decision.opendata_catalogue", &self.profile.decision.opendata_catalogue, "regulation-decider"),
            self.coded("decision.opendata_plan", &self.profile.decision.opendata_plan, "regulation-decider"),
            self.yes("opendata.beyond_catalogue", &rules.beyond_catalogue),
            self.line(
                "opendata_plan.levels",
                levels,
                levels.value.iter().map(|one| text(self.page, &one.name)).collect(),
            ),
        ]
    }

    /// What stands between a file and its readers, and how it is destroyed.
    fn publication(&self) -> Vec<RuleLine> {
        let (review, scan, purge) = (&self.profile.review, &self.profile.scan, &self.profile.purge);
        let mut lines =
            vec![self.counted("review.min_persons", &review.min_persons, "regulation-persons", "regulation-none")];
        lines.extend(review.steps.iter().map(|step| {
            let name = Text::new(self.page.t("regulation-step"));
            let values = [text(self.page, &step.name)].into_iter().chain(self.role(&step.role)).collect();
            self.entry(name, values, step.basis.as_ref(), None)
        }));
        lines.extend([
            self.words("upload.declaration", &self.profile.upload.declaration),
            self.counted("scan.small_group", &scan.small_group, "regulation-rows", "regulation-none"),
            self.words("scan.withdrawn_reason", &scan.withdrawn_reason),
            self.line("purge.ask", &purge.ask, self.role(&purge.ask.value).into_iter().collect()),
            self.line("purge.confirm", &purge.confirm, self.role(&purge.confirm.value).into_iter().collect()),
        ]);
        lines
    }

    fn duties(&self) -> Vec<RuleLine> {
        let (rules, lists) = (&self.profile.duty, &self.profile.agency_list);
        let reminders = rules.reminder_days.value.iter().map(|days| {
            let message = match days.signum() {
                -1 => "regulation-days-before",
                0 => "regulation-days-on",
                _ => "regulation-days-after",
            };
            self.page.t1(message, "count", days.unsigned_abs())
        });
        let weekday = self.page.code("regulation-weekday", &rules.coordinator_weekday.value.to_string());
        vec![
            self.line("duty.reminder_days", &rules.reminder_days, self.said(reminders)),
            self.days_after("duty.head_after_days", &rules.head_after_days),
            self.days_after("duty.coordinator_after_days", &rules.coordinator_after_days),
            self.line("duty.coordinator_weekday", &rules.coordinator_weekday, self.said([weekday])),
            self.months("agency_list.return_months", &lists.return_months, "regulation-none"),
            self.held_by("agency_list.sign_roles", &lists.sign_roles),
            self.working_days("duty.return_days", &rules.return_days),
            self.working_days("duty.close_days", &rules.close_days),
            self.every_year("calendar.warn_from", &self.profile.calendar_rules.warn_from),
        ]
    }

    fn catalogue(&self) -> Vec<RuleLine> {
        let rules = &self.profile.catalogue;
        let mut lines = vec![
            self.months("catalogue.review_months", &rules.review_months, "regulation-on-demand"),
            self.coded("decision.catalogue", &self.profile.decision.catalogue, "regulation-decider"),
            self.listed("catalogue.entry_fields", &rules.entry_fields, "regulation-field"),
            self.listed("catalogue.add_fields", &rules.add_fields, "regulation-field"),
            self.listed("catalogue.edit_fields", &rules.edit_fields, "regulation-field"),
            self.listed("catalogue.withdraw_fields", &rules.withdraw_fields, "regulation-field"),
        ];
        let class = |name: &Localized, basis: Option<&BasisId>| {
            self.entry(Text::new(self.page.t("regulation-class")), vec![text(self.page, name)], basis, None)
        };
        lines.extend(rules.classes.iter().map(|known| class(&known.name, known.basis.as_ref())));
        lines
    }

    fn sharing(&self) -> Vec<RuleLine> {
        let (request, registry, sharing) = (&self.profile.request, &self.profile.registry, &self.profile.sharing);
        vec![
            self.working_days("request.answer_working_days", &request.answer_working_days),
            self.yes("request.refusal_cites_law", &request.refusal_cites_law),
            self.coded("request.outside_remit", &request.outside_remit, "regulation-remit"),
            self.coded("request.outside_province", &request.outside_province, "regulation-outside"),
            self.coded("registry.public_view", &registry.public_view, "regulation-view"),
            self.working_days("registry.posting_working_days", &registry.posting_working_days),
            self.listed("sharing.routes", &sharing.routes, "regulation-route"),
            self.months("sharing.default_review_months", &sharing.default_review_months, "regulation-on-demand"),
            self.working_days("sharing.suspension_notice_working_days", &sharing.suspension_notice_working_days),
            self.days("sharing.breach_notice_days", &sharing.breach_notice_days),
        ]
    }

    fn operation(&self) -> Vec<RuleLine> {
        vec![
            self.yes("network.internal_only", &self.profile.network.internal_only),
            self.yes("network.always_on", &self.profile.network.always_on),
            self.kept("logs.sharing_months", &self.profile.logs.sharing_months),
            self.kept("logs.change_months", &self.profile.logs.change_months),
            self.kept("logs.administration_months", &self.profile.logs.administration_months),
        ]
    }

    fn problems(&self) -> Vec<RuleLine> {
        let (problem, error) = (&self.profile.problem, &self.profile.error_report);
        let copies = error.copies.value.iter().map(|one| self.page.code("regulation-receiver", &written(one)));
        let request = &self.profile.data_request;
        let mut lines = vec![
            self.coded("problem.first_receiver", &problem.first_receiver, "regulation-receiver"),
            self.coded("problem.technical_receiver", &problem.technical_receiver, "regulation-receiver"),
            self.coded("problem.internal_receiver", &problem.internal_receiver, "regulation-receiver"),
            self.working_days("problem.provider_working_days", &problem.provider_working_days),
            self.working_days("problem.coordinator_working_days", &problem.coordinator_working_days),
            self.coded("error_report.first_receiver", &error.first_receiver, "regulation-receiver"),
            self.line("error_report.copies", &error.copies, self.said(copies)),
            self.working_days("data_request.answer_working_days", &request.answer_working_days),
        ];
        lines.extend(request.refusals.iter().map(|refusal| {
            let name = Text::new(self.page.t("regulation-refusal"));
            self.entry(name, vec![text(self.page, &refusal.name)], Some(&refusal.basis), None)
        }));
        lines
    }

    fn quality(&self) -> Vec<RuleLine> {
        let rules = &self.profile.quality;
        vec![
            self.months("quality.check_months", &rules.check_months, "regulation-on-demand"),
            self.every_year("quality.report_due", &rules.report_due),
            self.coded("decision.quality_plan", &self.profile.decision.quality_plan, "regulation-decider"),
            self.coded("analysis.lead", &self.profile.analysis.lead, "regulation-lead"),
        ]
    }

    /// A report, and by when it is due.
    fn report(&self, report: &Report) -> [RuleLine; 2] {
        let person = |code: &str| self.page.code("regulation-person", code);
        let mut said = vec![
            match report.months {
                0 => self.page.t("regulation-on-request"),
                months => self.page.t1("regulation-every-months", "count", u64::from(months)),
            },
            self.page.t2("regulation-report", "author", person(&report.author), "addressee", person(&report.addressee)),
        ];
        said.extend(report.via.as_ref().map(|via| self.page.t1("regulation-via", "via", person(via))));
        let lang = self.page.lang;
        let template = self.profile.report_template(&report.template);
        said.extend(
            template.map(|template| self.page.t1("regulation-template", "template", template.name.get(lang).0)),
        );
        let rule = &report.due_working_days;
        let due = match (report.months, rule.value) {
            (0, 0) => self.page.t("regulation-none"),
            (_, 0) => self.page.t("regulation-report-last-day"),
            (0, days) => self.page.t1("regulation-working-days", "count", u64::from(days)),
            (_, days) => self.page.t1("regulation-report-days-after", "count", u64::from(days)),
        };
        let due_name = Text::new(self.page.t1("regulation-report-due", "report", report.name.get(lang).0));
        [
            self.entry(text(self.page, &report.name), self.said(said), report.basis.as_ref(), report.note.as_ref()),
            self.ruled(due_name, rule, self.said([due])),
        ]
    }

    fn people(&self) -> Vec<RuleLine> {
        let (focal, accounts) = (&self.profile.focal, &self.profile.accounts);
        let kinds = focal.kinds.value.iter().map(|kind| self.page.code("focal-kind", kind_code(*kind)));
        vec![
            self.line("focal.kinds", &focal.kinds, self.said(kinds)),
            self.yes("focal.needs_approval", &focal.needs_approval),
            self.coded("decision.focal_points", &self.profile.decision.focal_points, "regulation-decider"),
            self.yes("focal.public", &focal.public),
            self.months("accounts.review_months", &accounts.review_months, "regulation-on-demand"),
            self.days("accounts.review_answer_days", &accounts.review_answer_days),
        ]
    }

    fn sessions(&self) -> Vec<RuleLine> {
        let (accounts, password) = (&self.profile.accounts, &self.profile.accounts.password);
        let plain = |path, rule, message| self.counted(path, rule, message, "regulation-none");
        vec![
            plain("accounts.session_idle_minutes", &accounts.session_idle_minutes, "regulation-minutes"),
            plain("accounts.session_absolute_hours", &accounts.session_absolute_hours, "regulation-hours"),
            plain("accounts.sessions_max", &accounts.sessions_max, "regulation-count"),
            self.held_by("accounts.second_factor_roles", &accounts.second_factor_roles),
            plain("accounts.password.min_length", &password.min_length, "regulation-characters"),
            plain("accounts.password.max_length", &password.max_length, "regulation-characters"),
            self.yes("accounts.password.level3", &password.level3),
            plain("accounts.password.level3_character_kinds", &password.level3_character_kinds, "regulation-count"),
            self.days("accounts.password.level3_max_age_days", &password.level3_max_age_days),
            plain("accounts.password.level3_history", &password.level3_history, "regulation-count"),
            plain("accounts.password.level3_lock_after", &password.level3_lock_after, "regulation-count"),
            plain("accounts.password.level3_lock_minutes", &password.level3_lock_minutes, "regulation-minutes"),
        ]
    }

    fn offices(&self) -> Vec<RuleLine> {
        let held = &self.profile.authorities;
        let offices = [
            ("coordinator", Some(&held.coordinator)),
            ("warehouse", Some(&held.warehouse)),
            ("lgsp", Some(&held.lgsp)),
            ("finance", held.finance.as_ref()),
            ("investment", held.investment.as_ref()),
            ("police", held.police.as_ref()),
        ];
        let office = |(code, body): (&str, Option<&Rule<Localized>>)| {
            let name = Text::new(self.page.code("regulation-office", code));
            body.map(|body| self.ruled(name, body, vec![text(self.page, &body.value)]))
        };
        let mut lines: Vec<_> = offices.into_iter().filter_map(office).collect();
        lines.push(self.coded("police.role", &self.profile.police.role, "regulation-police"));
        lines
    }

    fn purposes(&self) -> Vec<RuleLine> {
        let purposes = self.profile.purposes.iter().map(|purpose| {
            let name = Text::new(self.page.t("regulation-purpose"));
            let value = vec![text(self.page, &purpose.name)];
            self.entry(name, value, purpose.basis.as_ref(), purpose.note.as_ref())
        });
        purposes.collect()
    }

    fn names(&self) -> Vec<RuleLine> {
        const CALLED: [(&str, &str); 4] = [
            ("catalogue", "label-catalogue"),
            ("code-lists", "label-code-lists"),
            ("registry", "label-registry"),
            ("warehouse", "label-warehouse"),
        ];
        let labels = &self.profile.labels;
        let named = |(code, id): (&str, &str)| {
            let name = Text::new(self.page.code("regulation-called", code));
            let said = self.said([self.page.code("label", code)]);
            match labels.get(id) {
                Some(rule) => self.ruled(name, rule, said),
                None => RuleLine {
                    note: Some(Text::new(self.page.t("regulation-called-note"))),
                    ..self.entry(name, said, None, None)
                },
            }
        };
        let other = |rule: &Rule<Localized>| {
            let name = Text::new(self.page.t("regulation-called-other"));
            self.ruled(name, rule, vec![text(self.page, &rule.value)])
        };
        let others = labels.iter().filter(|(id, _)| CALLED.iter().all(|(_, known)| known != id));
        CALLED.into_iter().map(named).chain(others.map(|(_, rule)| other(rule))).collect()
    }

    // ---- one rule -----------------------------------------------------------------------------------------------------

    /// A rule under its place in the profile, which is also the end of its message: `regulation-opendata-update-months`.
    fn line<T>(&self, path: &str, rule: &Rule<T>, values: Vec<Text>) -> RuleLine {
        let name = self.page.t(&format!("regulation-{}", path.replace(['.', '_'], "-")));
        self.ruled(Text::new(name), rule, values)
    }

    /// A rule under a name of its own.
    fn ruled<T>(&self, name: Text, rule: &Rule<T>, values: Vec<Text>) -> RuleLine {
        let line = self.entry(name, values, rule.basis.as_ref(), rule.note.as_ref());
        RuleLine { verified: rule.verified, ..line }
    }

    fn entry(&self, name: Text, values: Vec<Text>, basis: Option<&BasisId>, note: Option<&Localized>) -> RuleLine {
        let basis = basis.map(|basis| Link::new(cited(self.page, self.profile, basis), place(basis.document())));
        RuleLine { name, values, basis, verified: true, note: note.map(|note| text(self.page, note)) }
    }

    /// Sentences of the portal; that there are none is said as well.
    fn said(&self, sentences: impl IntoIterator<Item = String>) -> Vec<Text> {
        let mut said: Vec<Text> = sentences.into_iter().map(Text::new).collect();
        if said.is_empty() {
            said.push(Text::new(self.page.t("regulation-none")));
        }
        said
    }

    fn counted(&self, path: &str, rule: &Rule<u32>, message: &str, zero: &str) -> RuleLine {
        let said = match rule.value {
            0 => self.page.t(zero),
            count => self.page.t1(message, "count", u64::from(count)),
        };
        self.line(path, rule, self.said([said]))
    }

    fn months(&self, path: &str, rule: &Rule<u32>, zero: &str) -> RuleLine {
        self.counted(path, rule, "regulation-every-months", zero)
    }

    fn kept(&self, path: &str, rule: &Rule<u32>) -> RuleLine {
        self.counted(path, rule, "regulation-months", "regulation-for-good")
    }

    fn working_days(&self, path: &str, rule: &Rule<u32>) -> RuleLine {
        self.counted(path, rule, "regulation-working-days", "regulation-none")
    }

    fn days_after(&self, path: &str, rule: &Rule<u32>) -> RuleLine {
        self.counted(path, rule, "regulation-days-after", "regulation-days-on")
    }

    fn days(&self, path: &str, rule: &Rule<u32>) -> RuleLine {
        self.counted(path, rule, "regulation-days", "regulation-none")
    }

    fn yes(&self, path: &str, rule: &Rule<bool>) -> RuleLine {
        let said = if rule.value { "regulation-yes" } else { "regulation-no" };
        self.line(path, rule, self.said([self.page.t(said)]))
    }

    fn words(&self, path: &str, rule: &Rule<Localized>) -> RuleLine {
        self.line(path, rule, vec![text(self.page, &rule.value)])
    }

    fn coded<T: Serialize>(&self, path: &str, rule: &Rule<T>, prefix: &str) -> RuleLine {
        self.line(path, rule, self.said([self.page.code(prefix, &written(&rule.value))]))
    }

    fn listed(&self, path: &str, rule: &Rule<Vec<String>>, prefix: &str) -> RuleLine {
        self.line(path, rule, self.said(rule.value.iter().map(|code| self.page.code(prefix, code))))
    }

    fn every_year(&self, path: &str, rule: &Rule<MonthDay>) -> RuleLine {
        let (day, month) = (u64::from(rule.value.day), u64::from(rule.value.month));
        self.line(path, rule, self.said([self.page.t2("regulation-every-year", "day", day, "month", month)]))
    }

    /// A role by what people call it.
    fn role(&self, code: &str) -> Option<Text> {
        self.profile.role(code).map(|role| text(self.page, &role.name))
    }

    /// A rule that names roles; that it names none is said as well.
    fn held_by(&self, path: &str, rule: &Rule<Vec<String>>) -> RuleLine {
        let roles: Vec<Text> = rule.value.iter().filter_map(|code| self.role(code)).collect();
        let roles = if roles.is_empty() { self.said([]) } else { roles };
        self.line(path, rule, roles)
    }

    // ---- documents ----------------------------------------------------------------------------------------------------

    fn document(&self, document: &LegalBasis) -> DocumentLine {
        let lang = self.page.lang;
        let called = |document: &LegalBasis| Text::of(document.short(lang), document.name.get(lang).1, lang);
        let successor = document.successor.as_ref().and_then(|id| self.profile.document(id));
        DocumentLine {
            id: document.id.clone(),
            name: called(document),
            title: text(self.page, &document.title),
            issuer: text(self.page, &document.issuer),
            signed: document.date,
            status: standing(document, self.today),
            from: document.from,
            to: document.to,
            successor: successor.map(|next| Link { text: called(next), href: place(&next.id) }),
            note: document.note.as_ref().map(|note| text(self.page, note)),
        }
    }
}

#[cfg(test)]
mod tests {
    use toml::{Table, Value};

    use super::*;

    #[test]
    fn a_document_stands_as_its_dates_say_on_the_day() {
        let profile = Profile::load("current-2026", None).unwrap();
        let on = |document: &LegalBasis, day: &str| standing(document, day.parse().unwrap());
        let nd47 = profile.document("nd47").unwrap();
        assert_eq!((on(nd47, "2025-10-21"), on(nd47, "2025-10-22")), ("in-force", "replaced"));
        let nd278 = profile.document("nd278").unwrap();
        assert_eq!((on(nd278, "2025-10-21"), on(nd278, "2025-10-22")), ("coming", "in-force"));
        let over = LegalBasis { to: nd47.to, ..nd278.clone() };
        assert_eq!(on(&over, "2026-01-01"), "ended");
        assert_eq!(on(&LegalBasis { successor: Some("nd47".into()), ..over }, "2026-01-01"), "replaced");
        for day in ["2020-01-01", "2030-01-01"] {
            assert_eq!(on(&LegalBasis { status: LegalStatus::Draft, ..nd278.clone() }, day), "draft");
            assert!(profile.legal_basis.iter().all(|document| STANDINGS.contains(&on(document, day))));
        }
    }

    /// Where values with their basis stand in a file.
    fn paths(at: &str, table: &Table, into: &mut Vec<String>) {
        for (key, value) in table {
            let path = if at.is_empty() { key.clone() } else { format!("{at}.{key}") };
            match value {
                Value::Table(rule) if rule.contains_key("value") => into.push(path),
                Value::Table(table) => paths(&path, table, into),
                _ => {}
            }
        }
    }

    /// Whoever would take out too much should not read here how much is too much; bodies stand under their offices.
    fn elsewhere(path: &str) -> bool {
        path.starts_with("oversight.") || path.starts_with("authorities.")
    }

    #[test]
    fn every_value_stands_on_the_page_but_the_limits_beyond_which_somebody_looks() {
        let mut all = Vec::new();
        for file in [include_str!("../../profiles/common.toml"), include_str!("../../profiles/rules/nd47.toml")] {
            paths("", &file.parse().unwrap(), &mut all);
        }
        assert!(all.len() > 80, "{all:?}");
        let page = include_str!("regulations.rs");
        for path in all.iter().filter(|path| !elsewhere(path)) {
            assert!(page.contains(&format!("\"{path}\"")), "{path}");
        }
    }
}
