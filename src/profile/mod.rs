//! The profile [hồ sơ cấu hình]: what one province calls things, by when it must act, who decides, and which law says so.
//!
//! Words: a *profile* (hồ sơ cấu hình) is a province's names and labels; it `extends` a *rule set* (bộ quy định), which holds periods,
//! authorities and steps. Each *value* (giá trị) carries its *legal basis* [căn cứ pháp lý]: a document and, after a stroke, article,
//! clause and point (`nd47/20.3` is khoản 3 Điều 20). A value whose source was not reached is *not verified* (theo cấu hình), and its
//! note says why. The *working calendar* (lịch làm việc) lists days off and make-up days.
//!
//! Files, in the order in which each is laid over the one before: `profiles/common.toml`, `profiles/rules/NAME.toml` (and the rule set
//! it extends), `profiles/NAME.toml`; `profiles/calendar.toml` stands beside them. They are inside the binary; a folder given by
//! setting overrides single files. A rule set's name alone also loads, with the neutral names of `common.toml`.
//!
//! Invariants of a loaded profile: every key is known and typed; every cited document is in the register; every text has Vietnamese;
//! every value, bodies and labels among them, has a legal basis or a note that says whose choice it is; publication takes at least two people and two steps decided
//! by different roles. [`Profile::load`] refuses what breaks one of them; [`Profile::check`] lists all of it, and warnings besides.
//!
//! This room has no tables: a profile is configuration, read once at start. Days that an operator entered come on top of it then: room
//! `calendar`.

mod basis;
mod calendar;
mod check;
mod load;
mod model;
mod rules;

#[cfg(test)]
mod contradictions;
#[cfg(test)]
mod seeds;

pub use basis::{BasisId, Citation, LegalBasis, LegalStatus};
pub use calendar::{
    CalendarEntry, CalendarGap, CalendarRules, DayKind, DayStatus, LONGEST_SPAN, Unknown, WorkCalendar,
};
pub use check::{Finding, Severity};
pub use model::{About, Accounts, Authorities, Contact, Password, Place, Portals, Profile, Province, Terms};
pub use rules::{
    AgencyList, Analysis, Catalogue, CatalogueClass, DataRequest, Decider, Decision, Duty, ErrorReport, Focal,
    FocalKind, Lead, Logs, MonthDay, Network, OpenData, OpenDataPlan, OutsideProvince, OutsideRemit, Oversight,
    PlanLevel, Police, PoliceRole, ProblemCase, PublicView, Purge, Purpose, Quality, Receiver, Refusal, Registry,
    Report, ReportTemplate, Request, Review, ReviewStep, Rule, Scan, Sharing, Upload,
};
