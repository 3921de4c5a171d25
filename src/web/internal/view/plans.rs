//! An open-data plan from inside, and an item of it.

use askama::Template;

use super::editor::Select;
use super::open_data::DecisionFields;
use crate::http::page::{Field, Link, PageCtx, Pager, Wrong};
use crate::plan::yearly::{Comment, Progress, State};
use crate::web::open_data::{DecisionView, PlanFilter, PlanItemRow, plan_tone};

/// What the reader may do about a plan as it stands.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a form of the page
pub struct PlanActs {
    /// Enter and change items.
    pub edit: bool,
    /// Propose items, and comment.
    pub propose: bool,
    /// Ask the agencies.
    pub consult: bool,
    /// Submit it.
    pub submit: bool,
    /// Note that it was given back.
    pub give_back: bool,
    /// Begin to carry it out.
    pub begin: bool,
    /// Say that items are done.
    pub settle: bool,
    /// Drop items.
    pub drop: bool,
    /// Close it.
    pub close: bool,
    /// Nothing, since another person enters the decision.
    pub wait: bool,
}

/// `/internal/open-data/plans/{id}?agency=&state=&items=&item=&page=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/plan.html")]
pub struct PlanPage {
    /// The page.
    pub page: PageCtx,
    /// Its address.
    pub href: String,
    /// What it is called.
    pub title: String,
    /// Its state.
    pub state: State,
    /// Where the public reads it.
    pub public: Option<String>,
    /// The decision.
    pub decision: Option<DecisionView>,
    /// Who approves it.
    pub authority: String,
    /// Why it was given back.
    pub returned: Option<String>,
    /// How far it is.
    pub progress: Progress,
    /// What may be chosen of its items.
    pub filter: PlanFilter,
    /// The items of this page.
    pub rows: Vec<PlanItemRow>,
    /// Where the forms about items lead back to: the page as it is shown.
    pub back: String,
    /// What agencies said, the last first.
    pub comments: Vec<Comment>,
    /// How much they said.
    pub total: u64,
    /// The pages of it.
    pub comment_pager: Pager,
    /// The agencies for which the reader speaks, where there are several.
    pub speaks: Option<Select>,
    /// What was typed and has no form any more.
    pub unsent: Vec<(String, String)>,
    /// What people want most, with how many want it: each leads to the form of an item.
    pub wanted: Vec<(Link, u64)>,
    /// What people download most, with how often: each leads to the form of an item.
    pub used: Vec<(Link, u64)>,
    /// What people search for in vain, with how many did: each leads to the form of an item.
    pub missed: Vec<(Link, u64)>,
    /// The mark of what is shown.
    pub seen: String,
    /// What the reader may do.
    pub acts: PlanActs,
    /// Items that can be settled.
    pub open: Select,
    /// The dataset that an item came to.
    pub dataset: Select,
    /// What is commented.
    pub comment: Field,
    /// Why an item is dropped.
    pub drop_reason: Field,
    /// Why the plan is given back.
    pub return_reason: Field,
    /// That whoever closes the plan knows that it is for good.
    pub sure: Field,
    /// The fields of the decision, where the reader may enter it.
    pub decide: Option<DecisionFields>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl PlanPage {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        plan_tone(self.state)
    }
}

/// `/internal/open-data/plans/{id}/item?item=&request=&dataset=&words=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/plan_item.html")]
pub struct PlanItemPage {
    /// The page.
    pub page: PageCtx,
    /// The plan's page.
    pub plan_href: String,
    /// What the plan is called.
    pub plan: String,
    /// Whether it is a proposal.
    pub proposes: bool,
    /// The id of the item; empty for a new one.
    pub item: String,
    /// The mark of what was shown.
    pub seen: String,
    /// The title.
    pub title: Field,
    /// The title in English.
    pub title_en: Field,
    /// Agencies.
    pub agencies: Select,
    /// Who is to see to it.
    pub person: Field,
    /// By when.
    pub target_on: Field,
    /// Levels.
    pub levels: Select,
    /// The law behind the levels; may be empty.
    pub levels_basis: String,
    /// The dataset.
    pub dataset: Select,
    /// The request for data.
    pub request: Field,
    /// What is stored now, once somebody else was faster.
    pub stored: Vec<(String, String)>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl PlanItemPage {
    /// What the page is for.
    pub fn head(&self) -> String {
        match (self.proposes, self.item.is_empty()) {
            (true, _) => self.page.t("plan-propose"),
            (false, true) => self.page.t("plan-add"),
            (false, false) => self.page.t("odc-edit-title"),
        }
    }
}
