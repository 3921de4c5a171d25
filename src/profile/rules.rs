//! What the rule sets say: values with their legal basis, by the part of the law they belong to.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::basis::BasisId;
use crate::kernel::Localized;

/// A value and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule<T> {
    /// The value; its unit is in the name of the field that holds it.
    pub value: T,
    /// The law behind it; none where it is the portal's own choice, which the note then says.
    pub basis: Option<BasisId>,
    /// Whether the source was read. Pages label an unverified value "by configuration" (theo cấu hình).
    #[serde(default = "yes")]
    pub verified: bool,
    /// What a reader should know.
    pub note: Option<Localized>,
}

fn yes() -> bool {
    true
}

/// Open data (REQUIREMENTS C3; NĐ 47 Điều 17–21).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenData {
    /// Months from each publication within which a dataset of the open-data catalogue is updated; 0 = no such duty.
    pub update_months: Rule<u32>,
    /// Months between reviews of the open-data catalogue; 0 = on demand.
    pub review_months: Rule<u32>,
    /// Working days before the due date from which a dataset counts as due soon.
    pub soon_days: Rule<u32>,
    /// "Due soon" takes at most one part in this many of the period, so that weekly data are not always due soon.
    pub soon_share: Rule<u32>,
    /// Whether the frequency that an agency declares binds it.
    pub frequency_duty: Rule<bool>,
    /// Whether "nothing changed" counts as an update.
    pub no_change_confirms: Rule<bool>,
    /// Whether data outside the issued catalogue may be published.
    pub beyond_catalogue: Rule<bool>,
}

/// Who is reminded of a duty and when, and the days of the quarter. All days are working days.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Duty {
    /// Days from the due date, ascending, on which the agency's focal points are reminded; negative = before it, 0 = on it.
    pub reminder_days: Rule<Vec<i64>>,
    /// Days after the due date from which the agency's head is told as well.
    pub head_after_days: Rule<u32>,
    /// Days after the due date from which the coordinating department is told as well.
    pub coordinator_after_days: Rule<u32>,
    /// The day of the week on which the coordinating department gets its list of what is late or near, and each agency's head that of
    /// their own agency, after ISO 8601 (1 = Monday); on the next working day where it is off; 0 = none.
    pub coordinator_weekday: Rule<u32>,
    /// Days after the end of a quarter until which agencies hand in their quarterly returns; asked for only while
    /// `agency_list.return_months` is not 0.
    pub return_days: Rule<u32>,
    /// Days after the end of a quarter on which it is closed and its release made; never before `return_days`.
    pub close_days: Rule<u32>,
    /// What whoever confirms "no change this period" declares.
    pub no_change_check: Rule<Localized>,
    /// The most days that one extension may give; 0 = no extensions.
    pub extension_most_days: Rule<u32>,
}

/// How a dataset comes to be published.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review {
    /// How many different people must have decided; never below 2.
    pub min_persons: Rule<u32>,
    /// The decisions, in order; at least two, by different roles.
    pub steps: Vec<ReviewStep>,
}

/// One decision on the way to publication.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewStep {
    /// What the step is stored under.
    pub code: String,
    /// The code of the role that decides.
    pub role: String,
    /// What people call it.
    pub name: Localized,
    /// The law behind it, where there is one.
    pub basis: Option<BasisId>,
}

/// The catalogue of shared databases (C1, C11, C12).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Catalogue {
    /// Months between reviews; 0 = when something changes.
    pub review_months: Rule<u32>,
    /// What each entry must show.
    pub entry_fields: Rule<Vec<String>>,
    /// What a proposal to add a database must hold.
    pub add_fields: Rule<Vec<String>>,
    /// What a proposal to change an entry must hold.
    pub edit_fields: Rule<Vec<String>>,
    /// What a proposal to withdraw an entry must hold.
    pub withdraw_fields: Rule<Vec<String>>,
    /// The classes of databases.
    pub classes: Vec<CatalogueClass>,
}

/// A class of databases in the catalogue.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CatalogueClass {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// The law behind it.
    pub basis: Option<BasisId>,
}

/// The list of data that each agency keeps of its own (C1, R-040).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyList {
    /// Months between returns; 0 = none are asked for.
    pub return_months: Rule<u32>,
    /// The roles at an agency that sign its return; deputies hold them as well.
    pub sign_roles: Rule<Vec<String>>,
}

/// Who decides: the People's Committee or its Chair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Decider {
    /// The provincial People's Committee (UBND tỉnh).
    Ppc,
    /// Its Chair (Chủ tịch UBND tỉnh).
    Chair,
}

/// Who issues or approves what (C2).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The catalogue of shared databases.
    pub catalogue: Rule<Decider>,
    /// The open-data catalogue.
    pub opendata_catalogue: Rule<Decider>,
    /// The open-data plan.
    pub opendata_plan: Rule<Decider>,
    /// The list of focal points.
    pub focal_points: Rule<Decider>,
    /// The plan of data checks.
    pub quality_plan: Rule<Decider>,
}

/// Whose consent a request outside the asker's own remit needs (C7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideRemit {
    /// Nobody's beyond the provider's.
    None,
    /// The provincial People's Committee's.
    Ppc,
}

/// Whose consent sharing with a body outside the province needs (C7).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OutsideProvince {
    /// Nobody's beyond the provider's.
    None,
    /// The coordinator's and the owner's; the Chair decides where they do not agree.
    CoordinatorAndOwnerElseChair,
}

/// Requests to connect to and use data (C7, C21).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    /// Working days within which the provider answers.
    pub answer_working_days: Rule<u32>,
    /// Extra consent outside the asker's remit.
    pub outside_remit: Rule<OutsideRemit>,
    /// Extra consent outside the province.
    pub outside_province: Rule<OutsideProvince>,
    /// Whether a refusal must name the law it rests on, beside its reasons.
    pub refusal_cites_law: Rule<bool>,
}

/// What the public sees of the registry of data-sharing services (C9).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PublicView {
    /// Nothing.
    Off,
    /// Names, providers and purposes.
    Summary,
    /// The services that give open or public data.
    OpenServices,
}

/// The registry of data-sharing services (C9).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Registry {
    /// What the public sees.
    pub public_view: Rule<PublicView>,
    /// Working days from readiness within which a provider posts a service.
    pub posting_working_days: Rule<u32>,
}

/// Sharing between agencies.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sharing {
    /// Codes of the routes that connections take, the first being the usual one.
    pub routes: Rule<Vec<String>>,
    /// Months between reviews of the default-sharing list.
    pub default_review_months: Rule<u32>,
    /// Working days of public notice before a suspension for maintenance.
    pub suspension_notice_working_days: Rule<u32>,
    /// Calendar days within which one user is told of a suspension for a breach.
    pub breach_notice_days: Rule<u32>,
}

/// Who receives something first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Receiver {
    /// The agency that supplies the data.
    Provider,
    /// The manager of the warehouse.
    Warehouse,
    /// The manager of the province's integration platform.
    Lgsp,
    /// The coordinating department.
    Coordinator,
}

/// Problems between those who give and those who use data (C13; NĐ 47 Điều 47–50).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProblemCase {
    /// Working days of the first step, at the provider.
    pub provider_working_days: Rule<u32>,
    /// Working days of the second step, at the coordinator.
    pub coordinator_working_days: Rule<u32>,
    /// Who receives a case first.
    pub first_receiver: Rule<Receiver>,
    /// Who receives a technical case first.
    pub technical_receiver: Rule<Receiver>,
    /// Who receives a case within one agency.
    pub internal_receiver: Rule<Receiver>,
}

/// Reports of errors in data (C16).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ErrorReport {
    /// Who receives one first.
    pub first_receiver: Rule<Receiver>,
    /// Who is told of it as well.
    pub copies: Rule<Vec<Receiver>>,
}

/// Data that the public asks for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataRequest {
    /// Working days within which a request is answered.
    pub answer_working_days: Rule<u32>,
    /// Why data cannot be published.
    pub refusals: Vec<Refusal>,
}

/// Open-data plans.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenDataPlan {
    /// The levels of openness that an item can ask for, the least first (NĐ 47 Đ.19.1).
    pub levels: Rule<Vec<PlanLevel>>,
}

/// A level of openness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanLevel {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
}

/// A reason why data cannot be published, and the law that says so.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refusal {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// The law behind it.
    pub basis: BasisId,
}

/// What kind of person a focal point is (C6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FocalKind {
    /// One specialist or technical officer.
    Technical,
    /// One leader, for supplying data.
    LeaderSupply,
    /// One leader, for using data.
    LeaderUse,
}

/// Focal points (C6).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Focal {
    /// Whom each agency names.
    pub kinds: Rule<Vec<FocalKind>>,
    /// Whether the list is approved by the province.
    pub needs_approval: Rule<bool>,
    /// Whether their contacts are published.
    pub public: Rule<bool>,
}

/// A day of every year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MonthDay {
    /// 1 to 12.
    pub month: u32,
    /// 1 to 31.
    pub day: u32,
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let parsed = text.split_once('-').and_then(|(month, day)| Some((month.parse().ok()?, day.parse().ok()?)));
        match parsed {
            // 2023 has no 29 February: a day of every year.
            Some((month, day)) if chrono::NaiveDate::from_ymd_opt(2023, month, day).is_some() => {
                Ok(Self { month, day })
            }
            _ => Err(serde::de::Error::custom(format!("not a month and a day: {text}"))),
        }
    }
}

impl Serialize for MonthDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:02}-{:02}", self.month, self.day))
    }
}

/// Checks of data (C17).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quality {
    /// Months between checks.
    pub check_months: Rule<u32>,
    /// The day by which owners report.
    pub report_due: Rule<MonthDay>,
}

/// Where the internal portal answers (C8).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// Whether only the province's private data network reaches it.
    pub internal_only: Rule<bool>,
    /// Whether it runs around the clock.
    pub always_on: Rule<bool>,
}

/// What the provincial police do about findings (C20).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PoliceRole {
    /// Nothing in the portal.
    None,
    /// They advise.
    Advisory,
    /// They see and judge findings.
    Reviewer,
}

/// The provincial police (C20).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Police {
    /// What they do.
    pub role: Rule<PoliceRole>,
}

/// The scan before publication.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// Fewer rows than these that share all quasi-identifiers point at persons (k of k-anonymity).
    pub small_group: Rule<u32>,
    /// What the public reads as the reason when published data are taken back because of a state secret: nothing of what was found.
    pub withdrawn_reason: Rule<Localized>,
}

/// Files on their way in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Upload {
    /// What whoever sends a file declares of it.
    pub declaration: Rule<Localized>,
}

/// Who destroys what must not exist any more: always two persons.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purge {
    /// The role that asks.
    pub ask: Rule<String>,
    /// The role that confirms; it may be the same, held by another person.
    pub confirm: Rule<String>,
}

/// Who leads analyses for the province's leaders (C14).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lead {
    /// The coordinating department.
    Coordinator,
    /// The owner of the database.
    Owner,
}

/// Analyses for the province's leaders (C14).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Analysis {
    /// Who leads them.
    pub lead: Rule<Lead>,
}

/// How long logs are kept, in months; 0 = for good.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logs {
    /// Of sharing.
    pub sharing_months: Rule<u32>,
    /// Of changes of data.
    pub change_months: Rule<u32>,
    /// Of administration.
    pub administration_months: Rule<u32>,
}

/// From how much within an hour somebody must look, and who is told where the audit log ends.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Oversight {
    /// Rows that one person takes out in lists.
    pub export_rows: Rule<u32>,
    /// Lists that one person takes out.
    pub exports: Rule<u32>,
    /// Datasets that one person withdraws or deletes.
    pub removals: Rule<u32>,
    /// Accounts that one person closes or locks.
    pub closures: Rule<u32>,
    /// Original files not public that one person reads.
    pub readings: Rule<u32>,
    /// Addresses outside the networks that are refused, each counted once a minute.
    pub refusals: Rule<u32>,
    /// Hours between notices to the auditors of where the log ends; 0 = none.
    pub heads_notice_hours: Rule<u32>,
}

/// A lawful purpose of using shared data (C18, R-011).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Purpose {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// The law behind it, where there is one.
    pub basis: Option<BasisId>,
    /// Whose choice it is, where no law says so.
    pub note: Option<Localized>,
}

/// A report that is owed (C4, C5).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// Months between reports; 0 = on request.
    pub months: u32,
    /// The code of who writes it: `agency`, `coordinator` or `warehouse`.
    pub author: String,
    /// The code of who receives it: `ppc` or `authority`.
    pub addressee: String,
    /// The code of who passes it on: `coordinator`.
    pub via: Option<String>,
    /// Working days from the end of its months to the day on which it is due; 0 = their last day, or the working day after it.
    pub due_working_days: Rule<u32>,
    /// The code of the form that it is written on: one that is filled in satisfies every report on the same form whose period ends with it.
    pub template: String,
    /// The law behind it, where there is one.
    pub basis: Option<BasisId>,
    /// Whose choice it is, where no law says so.
    pub note: Option<Localized>,
}

/// A form that reports are written on (C4).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportTemplate {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_every_year_is_a_month_and_a_day() {
        #[derive(Deserialize)]
        struct Row {
            due: MonthDay,
        }
        let parse = |text: &str| toml::from_str::<Row>(&format!("due = \"{text}\"")).map(|row| row.due);
        assert_eq!(parse("12-31").unwrap(), MonthDay { month: 12, day: 31 });
        for wrong in ["31-12", "02-29", "12", "", "a-b"] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
