//! The open-data catalogue from inside: its issues, one issue, an entry.

use askama::Template;
use chrono::NaiveDate;

use super::cycle::UnchangedView;
use super::editor::Select;
use crate::http::page::{Choice, Field, PageCtx, Pager, Text, Wrong};
use crate::kernel::Timestamp;
use crate::plan::catalogue::State;
use crate::web::open_data::{ComparisonView, DecisionView, EntryRow, IssueLine, PlanLine, PostingView, tone};

/// `/internal/open-data`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/open_data.html")]
pub struct OpenDataPage {
    /// The page.
    pub page: PageCtx,
    /// The issues, the newest first.
    pub issues: Vec<IssueLine>,
    /// Where the public reads the one in force; none before the first.
    pub public: Option<String>,
    /// By when it is to be looked at again, and whether that day is over.
    pub review: Option<(NaiveDate, bool)>,
    /// The law behind that period.
    pub review_basis: String,
    /// The reviews of the one in force that found nothing to change, the last first.
    pub reviews: Vec<ReviewView>,
    /// The form that signs another, for whoever may.
    pub sign: Option<UnchangedView>,
    /// What was typed and has no form any more.
    pub unsent: Vec<(String, String)>,
    /// Who issues the catalogue.
    pub authority: String,
    /// The law behind that.
    pub authority_basis: String,
    /// Whether the reader may begin an issue now.
    pub may_begin: bool,
    /// The field `beyond`.
    pub beyond: Field,
    /// The plans, the latest year first.
    pub plans: Vec<PlanLine>,
    /// The field `year` of a new plan, where the reader may begin one.
    pub year: Option<Field>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// A review of the catalogue that found nothing to change.
#[derive(Clone, Debug)]
pub struct ReviewView {
    /// Who signed it.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// How it was checked.
    pub checked: String,
}

/// The fields that enter a decision.
#[derive(Clone, Debug)]
pub struct DecisionFields {
    /// Its number.
    pub number: Field,
    /// Its day.
    pub decided_on: Field,
    /// Who signed it.
    pub signer: Field,
    /// That it was held against what is entered.
    pub confirmed: Field,
    /// The signed file.
    pub file: Field,
    /// Most bytes of it.
    pub most: u64,
}

/// A dataset that may be taken into a draft.
#[derive(Clone, Debug)]
pub struct Offered {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whose it is.
    pub agency: String,
    /// Whether it is ticked.
    pub chosen: bool,
}

/// An entry that cannot be issued.
#[derive(Clone, Debug)]
pub struct ClosedRow {
    /// What it is called.
    pub title: Text,
    /// Whose it is: a title that was destroyed is like another.
    pub agency: Text,
    /// The topic.
    pub topic: String,
    /// Why not.
    pub why: String,
    /// Where it is taken out; of a draft.
    pub edit: Option<String>,
}

/// The fields that write down where an issue was posted.
#[derive(Clone, Debug)]
pub struct PostingFields {
    /// On which day.
    pub posted_on: Field,
    /// Where it stands.
    pub address: Field,
    /// What there is to say of it.
    pub note: Field,
}

/// `/internal/open-data/catalogue/{id}?q=&page=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/catalogue_issue.html")]
pub struct CataloguePage {
    /// The page.
    pub page: PageCtx,
    /// Its address.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its state.
    pub state: State,
    /// When it was begun, and by whom.
    pub made: (Timestamp, String),
    /// When it was submitted, and by whom.
    pub submitted: Option<(Timestamp, String)>,
    /// The decision.
    pub decision: Option<DecisionView>,
    /// Who issues it.
    pub authority: String,
    /// What was typed in the search box.
    pub query: String,
    /// How many entries match.
    pub total: u64,
    /// The entries of this page.
    pub rows: Vec<EntryRow>,
    /// The pages.
    pub pager: Pager,
    /// What differs from the issue that it is held against, under a title; none where there is no other.
    pub comparison: Option<(String, ComparisonView)>,
    /// The entries as a workbook and as CSV.
    pub files: (String, String),
    /// What differs as a workbook and as CSV.
    pub comparison_files: (String, String),
    /// Entries for which it cannot be issued.
    pub closed: Vec<ClosedRow>,
    /// Where it was posted, the last first.
    pub postings: Vec<PostingView>,
    /// The fields of another posting, where the reader may enter one.
    pub posting: Option<PostingFields>,
    /// Its reviews that found nothing to change, the last first.
    pub reviews: Vec<ReviewView>,
    /// What was typed and has no form any more.
    pub unsent: Vec<(String, String)>,
    /// Published datasets that it does not list.
    pub beyond: Vec<Offered>,
    /// How many more there are.
    pub beyond_rest: u64,
    /// The mark of what is shown.
    pub seen: String,
    /// That a draft that is deleted does not come back.
    pub sure: Field,
    /// Whether the reader changes, submits or deletes it.
    pub may_edit: bool,
    /// Whether the reader takes it back.
    pub may_recall: bool,
    /// The fields of the decision, where the reader may enter it.
    pub decide: Option<DecisionFields>,
    /// Whether another person enters the decision, since the reader submitted.
    pub waits_for_other: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl CataloguePage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

/// `/internal/open-data/catalogue/{id}/entry?entry=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/catalogue_entry.html")]
pub struct CatalogueEntryPage {
    /// The page.
    pub page: PageCtx,
    /// The issue's page.
    pub issue_href: String,
    /// What the issue is called.
    pub issue: String,
    /// The id of the entry; empty for a new one.
    pub entry: String,
    /// The mark of what was shown.
    pub seen: String,
    /// The dataset.
    pub dataset: Select,
    /// The title.
    pub title: Field,
    /// The title in English.
    pub title_en: Field,
    /// Agencies.
    pub agencies: Select,
    /// Topics.
    pub topics: Select,
    /// Frequencies.
    pub frequencies: Select,
    /// How it is shared.
    pub sharing: Vec<Choice>,
    /// Licences.
    pub licences: Select,
    /// Why it is taken out.
    pub reason: Field,
    /// What is stored now, once somebody else was faster.
    pub stored: Vec<(String, String)>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}
