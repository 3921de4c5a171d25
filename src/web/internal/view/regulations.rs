//! The rules that hold in the province, for those who work under them.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Link, PageCtx, Text};

/// `/internal/regulations`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/regulations.html")]
pub struct RegulationsPage {
    /// The page.
    pub page: PageCtx,
    /// What people call the rule set.
    pub rules: Text,
    /// What it means for today.
    pub dates: Vec<DateLine>,
    /// The rules.
    pub groups: Vec<RuleGroup>,
    /// The legal-basis register.
    pub documents: Vec<DocumentLine>,
}

/// Dates that follow from the rules.
#[derive(Clone, Debug)]
pub struct DateLine {
    /// What falls on them.
    pub what: Text,
    /// The day that they count from.
    pub from: NaiveDate,
    /// The dates, in order.
    pub days: Vec<NaiveDate>,
}

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
    /// The law behind it; leads to the document below.
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
