//! The rules that hold in the province, for those who work under them.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{PageCtx, Text};
use crate::web::regulations::{DocumentLine, RuleGroup};

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
