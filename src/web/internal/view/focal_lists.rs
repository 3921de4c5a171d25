//! The lists of focal points that are compiled, submitted and approved.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Field, PageCtx, Wrong};
use crate::kernel::Timestamp;

/// The colour of a list's state; never its only sign.
fn tone(state: &str) -> &'static str {
    match state {
        "approved" => "good",
        "submitted" => "warn",
        _ => "info",
    }
}

/// `/internal/agencies/focal-lists`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/focal_lists.html")]
pub struct FocalListsPage {
    /// The page.
    pub page: PageCtx,
    /// The lists, the newest first.
    pub rows: Vec<FocalListLine>,
    /// Whether the reader compiles.
    pub may_compile: bool,
    /// Whether who is only nominated stands on a list.
    pub with_nominated: bool,
    /// Who approves the list.
    pub decider: String,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A list among others.
#[derive(Clone, Debug)]
pub struct FocalListLine {
    /// Its page.
    pub href: String,
    /// Its number.
    pub number: u64,
    /// `compiled`, `submitted` or `approved`.
    pub state: String,
    /// When it was compiled.
    pub compiled: Timestamp,
    /// Number and day of the decision.
    pub decision: Option<String>,
}

impl FocalListLine {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// `/internal/agencies/focal-lists/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/focal_list.html")]
pub struct FocalListPage {
    /// The page.
    pub page: PageCtx,
    /// Its id.
    pub id: String,
    /// The list as a workbook.
    pub xlsx: String,
    /// The list as CSV.
    pub csv: String,
    /// Its number.
    pub number: u64,
    /// `compiled`, `submitted` or `approved`.
    pub state: String,
    /// Who approves it.
    pub decider: String,
    /// When it was compiled.
    pub compiled: Timestamp,
    /// By whom.
    pub compiled_by: Option<String>,
    /// When it was submitted.
    pub submitted: Option<NaiveDate>,
    /// The number of the letter that it went with.
    pub letter: Option<String>,
    /// Number and day of the decision.
    pub decision: Option<String>,
    /// Who signed it.
    pub signer: Option<String>,
    /// Where it can be read.
    pub link: Option<String>,
    /// The rows in their order.
    pub rows: Vec<FocalListRowLine>,
    /// How many rows name nobody.
    pub gaps: u64,
    /// Whether the reader may say that it was submitted.
    pub may_submit: bool,
    /// Whether another was compiled since, so that this one is no more submitted.
    pub older: bool,
    /// Whether the reader enters the decision.
    pub may_decide: bool,
    /// Whether the decision confirms who is nominated.
    pub confirms: bool,
    /// The field `submitted_on`.
    pub submitted_on: Field,
    /// The field `letter_number`.
    pub letter_number: Field,
    /// The field `number`.
    pub decision_number: Field,
    /// The field `decided_on`.
    pub decided_on: Field,
    /// The field `signer`.
    pub signed_by: Field,
    /// The field `link`.
    pub decision_link: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl FocalListPage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(&self.state)
    }
}

/// A row of a list.
#[derive(Clone, Debug)]
pub struct FocalListRowLine {
    /// Its number.
    pub number: u64,
    /// The level in words.
    pub level: String,
    /// The agency's name.
    pub agency: String,
    /// The kind in words.
    pub kind: String,
    /// The person's name; empty where nobody is named.
    pub name: String,
    /// The position.
    pub duty: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub mail: String,
}
