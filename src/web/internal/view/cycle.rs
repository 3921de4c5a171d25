//! What a dataset owes, and the ways to do it.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Field, Freshness, PageCtx, Text, Wrong};
use crate::kernel::Timestamp;

/// `/internal/datasets/{id}/update`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/cycle.html")]
pub struct CyclePage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// The dataset's own page.
    pub dataset_href: String,
    /// Whose it is.
    pub agency: String,
    /// Where it stands; none unless it is published.
    pub standing: Option<StandingView>,
    /// What is wrong with the form that was sent.
    pub wrongs: Vec<Wrong>,
    /// What was typed and has no form any more.
    pub unsent: Vec<(String, String)>,
    /// Why the person may not do anything about it; then there is no form.
    pub why_not: Vec<String>,
    /// Whether a draft is there to go on with.
    pub draft: bool,
    /// The word that nothing changed.
    pub unchanged: UnchangedView,
    /// More time.
    pub more: Option<MoreView>,
    /// The request for more time that waits.
    pub waiting: Option<WaitingView>,
    /// Its rounds, the newest first.
    pub rounds: Vec<RoundView>,
    /// What was confirmed, the newest first.
    pub confirmations: Vec<ConfirmationView>,
    /// The requests for more time, the newest first.
    pub extensions: Vec<ExtensionView>,
}

/// Where a dataset stands.
#[derive(Clone, Debug)]
pub struct StandingView {
    /// The badge.
    pub freshness: Freshness,
    /// The latest publication, or the latest word that nothing changed.
    pub from: Timestamp,
    /// Whether that is a word that nothing changed.
    pub confirmed: bool,
    /// The later day from which the period counts all the same: the one on which the open-data catalogue named the data.
    pub listed: Option<NaiveDate>,
    /// The day to which it was extended.
    pub extended: Option<NaiveDate>,
    /// The law behind the day, as a sentence.
    pub basis: String,
}

/// The form in which somebody says that nothing changed.
#[derive(Clone, Debug)]
pub struct UnchangedView {
    /// Why it cannot be said now, and what to do; then there is no form.
    pub obstacle: Option<String>,
    /// What is declared.
    pub words: String,
    /// The law behind the declaration; may be empty.
    pub basis: String,
    /// How it was checked.
    pub checked: Field,
    /// Whether it is declared.
    pub declared: Field,
    /// From when the round counts that is shown.
    pub counted: String,
    /// Who signs.
    pub signer: String,
    /// Whether to show what will be signed, and ask once more.
    pub confirming: bool,
}

/// The form in which somebody asks for more time.
#[derive(Clone, Debug)]
pub struct MoreView {
    /// The latest day there is.
    pub latest: NaiveDate,
    /// Until when.
    pub to: Field,
    /// Why.
    pub reason: Field,
}

/// A request for more time that waits.
#[derive(Clone, Debug)]
pub struct WaitingView {
    /// Its id.
    pub id: String,
    /// What is asked for.
    pub asked: ExtensionView,
    /// Whether the reader decides it.
    pub decides: bool,
    /// Whether the reader would, had they not asked themselves.
    pub own: bool,
    /// Whether the day that was asked for is over, so that it can only be refused.
    pub day_over: bool,
    /// What there is to say.
    pub answer: Field,
}

/// A round of a duty.
#[derive(Clone, Debug)]
pub struct RoundView {
    /// From when it counted.
    pub from: NaiveDate,
    /// By when it was due.
    pub due: NaiveDate,
    /// Where it stands.
    pub stage: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// How it ended, in time or late, and when.
    pub ended: Option<(String, Timestamp)>,
}

/// A word that nothing changed.
#[derive(Clone, Debug)]
pub struct ConfirmationView {
    /// Who signed.
    pub name: String,
    /// When.
    pub at: Timestamp,
    /// What was declared.
    pub declared: String,
    /// How it was checked; empty once it was destroyed.
    pub checked: String,
}

/// A request for more time.
#[derive(Clone, Debug)]
pub struct ExtensionView {
    /// The day that was due.
    pub due: Option<NaiveDate>,
    /// The day that was asked for.
    pub to: Option<NaiveDate>,
    /// Why; empty once it was destroyed.
    pub reason: String,
    /// Who asked, and when.
    pub asked: (String, Timestamp),
    /// The code of where it stands.
    pub state: &'static str,
    /// Who decided, and when.
    pub decided: Option<(String, Timestamp)>,
    /// What they said.
    pub answer: Option<String>,
}

impl ExtensionView {
    /// The style class of the badge.
    pub fn tone(&self) -> &'static str {
        match self.state {
            "asked" => "warn",
            "granted" => "good",
            "refused" => "bad",
            _ => "plain",
        }
    }
}
