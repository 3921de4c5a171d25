//! The profile itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;

use super::basis::{BasisId, Citation, LegalBasis};
use super::calendar::{CalendarGap, CalendarRules, WorkCalendar};
use super::rules::{
    AgencyList, Analysis, Catalogue, DataRequest, Decision, Duty, ErrorReport, Focal, Logs, Network, OpenData,
    OpenDataPlan, Oversight, PlanLevel, Police, ProblemCase, Purge, Purpose, Quality, Refusal, Registry, Report,
    ReportTemplate, Request, Review, Rule, Scan, Sharing, Upload,
};
use crate::kernel::Localized;
use crate::vocabulary::{AgencyKind, Format, Frequency, Licence, Role, Topic};

/// A province's configuration, checked and ready to use.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The name it was loaded under, such as `tay-ninh-2024`.
    #[serde(skip)]
    pub code: String,
    /// The name of its rule set, such as `current-2026`.
    #[serde(skip)]
    pub rules: String,
    /// A hash of all that its files say, the calendar too: what is made of names and rules and kept by others changes with it.
    #[serde(skip)]
    pub mark: String,
    /// Days off and make-up days.
    #[serde(skip)]
    pub calendar: WorkCalendar,
    /// When the next year's days are asked for.
    #[serde(rename = "calendar")]
    pub calendar_rules: CalendarRules,
    /// What people call the rule set.
    pub name: Localized,
    /// The province.
    pub province: Province,
    /// The two portals' names.
    pub portals: Portals,
    /// Texts of single messages by Fluent id, which replace those of the locales, and where their words come from.
    pub labels: BTreeMap<String, Rule<Localized>>,
    /// Roles, in the order in which forms list them.
    pub roles: Vec<Role>,
    /// Which body holds which office.
    pub authorities: Authorities,
    /// The register of legal documents.
    pub legal_basis: Vec<LegalBasis>,
    /// How a dataset comes to be published.
    pub review: Review,
    /// Open data.
    pub opendata: OpenData,
    /// Reminders, escalation and the quarter.
    pub duty: Duty,
    /// The catalogue of shared databases.
    pub catalogue: Catalogue,
    /// Each agency's own list of data.
    pub agency_list: AgencyList,
    /// Who issues or approves what.
    pub decision: Decision,
    /// Requests for data.
    pub request: Request,
    /// The registry of data-sharing services.
    pub registry: Registry,
    /// Sharing between agencies.
    pub sharing: Sharing,
    /// Problems.
    pub problem: ProblemCase,
    /// Reports of errors in data.
    pub error_report: ErrorReport,
    /// Data that the public asks for.
    pub data_request: DataRequest,
    /// Open-data plans.
    pub opendata_plan: OpenDataPlan,
    /// Focal points.
    pub focal: Focal,
    /// Checks of data.
    pub quality: Quality,
    /// Where the internal portal answers.
    pub network: Network,
    /// The provincial police.
    pub police: Police,
    /// The scan for personal data and state secrets.
    pub scan: Scan,
    /// Files on their way in.
    pub upload: Upload,
    /// Who destroys what must not exist any more.
    pub purge: Purge,
    /// Analyses.
    pub analysis: Analysis,
    /// How long logs are kept.
    pub logs: Logs,
    /// From how much somebody must look.
    pub oversight: Oversight,
    /// Lawful purposes of using shared data.
    pub purposes: Vec<Purpose>,
    /// Reports that are owed.
    #[serde(default)]
    pub reports: Vec<Report>,
    /// The forms that reports are written on.
    pub report_templates: Vec<ReportTemplate>,
    /// Accounts, sessions and passwords.
    pub accounts: Accounts,
    /// Kinds of agencies.
    pub agency_kinds: Vec<AgencyKind>,
    /// Update frequencies, from often to seldom.
    pub frequencies: Vec<Frequency>,
    /// Topics, in the order of the home page.
    pub topics: Vec<Topic>,
    /// Formats.
    pub formats: Vec<Format>,
    /// Licences; the province's own terms first.
    pub licences: Vec<Licence>,
    /// The terms of use.
    pub terms: Terms,
    /// The about page.
    pub about: About,
    /// The rules of using the internal portal, which everybody accepts at the first sign-in.
    pub use_rules: UseRules,
}

/// The province.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    /// The official code of its time, two digits; "00" for an invented one.
    pub code: String,
    /// `province` (tỉnh) or `city` (thành phố).
    pub kind: String,
    /// As it stands inside a sentence: "tỉnh Lạc Điền".
    pub name: Localized,
    /// As it stands alone or first: "Tỉnh Lạc Điền".
    pub full_name: Localized,
    /// Former provinces that became part of it.
    pub predecessors: Vec<Place>,
    /// What it became part of, for a province of the past.
    pub successor: Option<Place>,
    /// Minutes east of UTC.
    pub timezone_minutes: i32,
    /// Whether every page says that it is an illustration.
    pub illustration: bool,
    /// What that strip says.
    pub illustration_text: Localized,
    /// Whom to ask.
    pub contact: Contact,
}

/// Another province, by code and name.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The official code.
    pub code: String,
    /// Its name.
    pub name: Localized,
}

/// Whom to ask about the portal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The body.
    pub agency: Localized,
    /// Its telephone number.
    pub phone: String,
    /// When it answers.
    pub hours: Localized,
    /// Its e-mail address.
    pub email: String,
}

/// What the two portals are called.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portals {
    /// The public portal.
    pub public: Localized,
    /// The internal portal.
    pub internal: Localized,
}

/// Which body holds which office (C15, C19).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorities {
    /// The coordinating department.
    pub coordinator: Rule<Localized>,
    /// The manager of the warehouse.
    pub warehouse: Rule<Localized>,
    /// The manager of the province's integration platform.
    pub lgsp: Rule<Localized>,
    /// The finance department.
    pub finance: Option<Rule<Localized>>,
    /// The department that plans investments, where there still is one.
    pub investment: Option<Rule<Localized>>,
    /// The provincial police.
    pub police: Option<Rule<Localized>>,
}

/// Accounts and sessions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// Minutes without a request after which a session ends.
    pub session_idle_minutes: Rule<u32>,
    /// Hours after which a session ends in any case.
    pub session_absolute_hours: Rule<u32>,
    /// How many sessions one person may have.
    pub sessions_max: Rule<u32>,
    /// Months between reviews of accounts; 0 = only when one is opened by hand.
    pub review_months: Rule<u32>,
    /// Calendar days from the opening of a review to the day on which unanswered accounts are locked.
    pub review_answer_days: Rule<u32>,
    /// Roles whose holders must have a second factor.
    pub second_factor_roles: Rule<Vec<String>>,
    /// Passwords.
    pub password: Password,
}

/// What passwords must be. The `level3_…` rules hold only while `level3` is on (systems at security level 3 (cấp độ 3)).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Password {
    /// Fewest characters.
    pub min_length: Rule<u32>,
    /// Most characters.
    pub max_length: Rule<u32>,
    /// Whether the rules below hold.
    pub level3: Rule<bool>,
    /// How many of the four kinds (lower case, upper case, digit, other) must occur.
    pub level3_character_kinds: Rule<u32>,
    /// Days after which a password must be changed.
    pub level3_max_age_days: Rule<u32>,
    /// How many former passwords may not come again.
    pub level3_history: Rule<u32>,
    /// Wrong attempts after which the account is locked.
    pub level3_lock_after: Rule<u32>,
    /// Minutes for which it is locked.
    pub level3_lock_minutes: Rule<u32>,
}

/// The terms of use of open data.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    /// Their version.
    pub version: String,
    /// The day of that version.
    #[serde(deserialize_with = "super::basis::date::deserialize")]
    pub date: NaiveDate,
    /// The page's title.
    pub name: Localized,
    /// What dataset pages call them.
    pub short: Localized,
    /// Markdown, the province's names filled in.
    pub text: Localized,
}

/// The rules of using the internal portal.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseRules {
    /// Their version; a new one is accepted anew.
    pub version: String,
    /// The page's title.
    pub name: Localized,
    /// Markdown, the province's names filled in.
    pub text: Localized,
}

/// The about page.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct About {
    /// The page's title.
    pub name: Localized,
    /// Markdown, the province's names filled in.
    pub text: Localized,
}

impl Profile {
    /// The years whose days off somebody must enter, seen from a day.
    pub fn calendar_gaps(&self, today: NaiveDate) -> Vec<CalendarGap> {
        self.calendar.gaps(&self.calendar_rules, today)
    }

    /// The topic stored under a code.
    pub fn topic(&self, code: &str) -> Option<&Topic> {
        self.topics.iter().find(|topic| topic.code == code)
    }

    /// The topic that a word of a descriptor means, by code, name or keyword, with or without tone marks.
    pub fn topic_for(&self, keyword: &str) -> Option<&Topic> {
        let called = self.topics.iter().find(|topic| topic.is_called(keyword));
        called.or_else(|| self.topics.iter().find(|topic| topic.has_keyword(keyword)))
    }

    /// The frequency stored under a code.
    pub fn frequency(&self, code: &str) -> Option<&Frequency> {
        self.frequencies.iter().find(|frequency| frequency.code == code)
    }

    /// The frequency that people mean by a word: code, name or alias, with or without tone marks.
    pub fn frequency_for(&self, word: &str) -> Option<&Frequency> {
        self.frequencies.iter().find(|frequency| frequency.is_called(word))
    }

    /// The formats that every table has.
    pub fn everywhere(&self) -> impl Iterator<Item = &Format> {
        self.formats.iter().filter(|format| !format.occasional)
    }

    /// The format stored under a code.
    pub fn format(&self, code: &str) -> Option<&Format> {
        self.formats.iter().find(|format| format.code == code)
    }

    /// The licence stored under a code.
    pub fn licence(&self, code: &str) -> Option<&Licence> {
        self.licences.iter().find(|licence| licence.code == code)
    }

    /// The licence that a descriptor means by a name: code, SPDX identifier or alias, in any case.
    pub fn licence_for(&self, name: &str) -> Option<&Licence> {
        self.licences.iter().find(|licence| licence.is_called(name))
    }

    /// The licence of datasets that say nothing: the province's own terms.
    pub fn default_licence(&self) -> Option<&Licence> {
        self.licences.iter().find(|licence| licence.default)
    }

    /// The kind of agency stored under a code.
    pub fn agency_kind(&self, code: &str) -> Option<&AgencyKind> {
        self.agency_kinds.iter().find(|kind| kind.code == code)
    }

    /// The role stored under a code.
    pub fn role(&self, code: &str) -> Option<&Role> {
        self.roles.iter().find(|role| role.code == code)
    }

    /// The reason, stored under a code, why data cannot be published.
    pub fn refusal(&self, code: &str) -> Option<&Refusal> {
        self.data_request.refusals.iter().find(|refusal| refusal.code == code)
    }

    /// The level of openness stored under a code.
    pub fn plan_level(&self, code: &str) -> Option<&PlanLevel> {
        self.opendata_plan.levels.value.iter().find(|level| level.code == code)
    }

    /// The form of reports stored under a code.
    pub fn report_template(&self, code: &str) -> Option<&ReportTemplate> {
        self.report_templates.iter().find(|template| template.code == code)
    }

    /// The document stored under an id.
    pub fn document(&self, id: &str) -> Option<&LegalBasis> {
        self.legal_basis.iter().find(|document| document.id == id)
    }

    /// A reference with its document looked up.
    pub fn citation<'a>(&'a self, place: &'a BasisId) -> Option<Citation<'a>> {
        Some(Citation { document: self.document(place.document())?, place })
    }
}
