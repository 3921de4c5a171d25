//! The directory of agencies, from inside.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Wrong};
use crate::kernel::Timestamp;

/// `/internal/agencies`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/agencies.html")]
pub struct AgenciesPage {
    /// The page.
    pub page: PageCtx,
    /// The field `q`.
    pub query: Field,
    /// Whether those that are there or those that are over are shown, field `state`.
    pub states: Vec<Choice>,
    /// Whether anything is filtered.
    pub filtered: bool,
    /// How many agencies there are.
    pub total: u64,
    /// The agencies of this page.
    pub rows: Vec<AgencyLine>,
    /// The pages.
    pub pager: Pager,
    /// Whether the reader enters agencies.
    pub may_manage: bool,
    /// The list as a workbook and as CSV.
    pub files: (String, String),
}

/// An agency in the list.
#[derive(Clone, Debug)]
pub struct AgencyLine {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// What the profile calls its kind.
    pub kind: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Whether it is over.
    pub over: bool,
    /// Whether it takes part of its own will.
    pub voluntary: bool,
    /// How many of its focal points wait for a decision.
    pub nominated: u64,
}

/// The fields of an agency.
#[derive(Clone, Debug)]
pub struct AgencyFields {
    /// The field `slug`.
    pub slug: Field,
    /// The field `name_vi`.
    pub name_vi: Field,
    /// The field `name_en`.
    pub name_en: Field,
    /// The field `kind`.
    pub kinds: Vec<Choice>,
    /// The field `parent`.
    pub parents: Vec<Choice>,
    /// The field `phone`.
    pub phone: Field,
    /// The field `email`.
    pub email: Field,
    /// The field `e_identifier`.
    pub e_identifier: Field,
    /// The field `valid_from`.
    pub valid_from: Field,
    /// The field `voluntary`.
    pub voluntary: Field,
    /// The kinds that may take part of their own will, as one line; empty where there are none.
    pub encouraged: String,
}

/// `/internal/agencies/new`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/agency_new.html")]
pub struct AgencyNewPage {
    /// The page.
    pub page: PageCtx,
    /// The fields.
    pub fields: AgencyFields,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// `/internal/agencies/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/agency.html")]
pub struct AgencyAdminPage {
    /// The page.
    pub page: PageCtx,
    /// The agency's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What the profile calls its kind.
    pub kind: String,
    /// Its page on the public portal.
    pub public_href: String,
    /// First day.
    pub from: Option<NaiveDate>,
    /// Last day.
    pub to: Option<NaiveDate>,
    /// Whether it is over.
    pub over: bool,
    /// Whether it takes part of its own will.
    pub voluntary: bool,
    /// The body it belongs to.
    pub parent: Option<Link>,
    /// Who took over.
    pub successor: Option<Link>,
    /// Whose work it took over.
    pub predecessors: Vec<Link>,
    /// The focal points, those that wait first.
    pub focal_points: Vec<FocalLine>,
    /// Whether the reader changes, merges and decides.
    pub may_manage: bool,
    /// Whether the reader names focal points.
    pub may_name: bool,
    /// Whether the province approves the list, so that a decision's number is asked.
    pub needs_decision: bool,
    /// Whether contacts are published.
    pub public_focal: bool,
    /// The kinds of focal points, field `focal_kind`.
    pub focal_kinds: Vec<Choice>,
    /// The field `person_name`.
    pub person_name: Field,
    /// The field `position`.
    pub position: Field,
    /// The field `focal_phone`.
    pub focal_phone: Field,
    /// The field `focal_email`.
    pub focal_email: Field,
    /// The nominations that wait, field `focal`.
    pub waiting: Vec<Choice>,
    /// The field `number`.
    pub number: Field,
    /// The field `date` of a focal point's decision.
    pub decision_date: Field,
    /// The field `reason` of a refusal.
    pub reason: Field,
    /// The fields of the agency.
    pub fields: AgencyFields,
    /// Who may take over, field `successor`.
    pub successors: Vec<Choice>,
    /// The field `date` of a merger.
    pub merge_date: Field,
    /// What becomes of the roles, field `roles`.
    pub role_fates: Vec<Choice>,
    /// The field `reason` of a merger.
    pub merge_reason: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A focal point.
#[derive(Clone, Debug)]
pub struct FocalLine {
    /// The person's name.
    pub name: String,
    /// The person's position.
    pub position: String,
    /// Its kind in words.
    pub kind: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub mail: String,
    /// `nominated`, `active`, `replaced` or `refused`.
    pub state: String,
    /// When the person was named.
    pub at: Timestamp,
    /// The province's decision, as one line.
    pub decision: Option<String>,
    /// Why it was refused.
    pub note: Option<String>,
}

impl FocalLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        super::accounts::tone(&self.state)
    }
}
