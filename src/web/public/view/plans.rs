//! The open-data plan of a year, with its progress.

use askama::Template;

use crate::http::page::{Download, PageCtx};
use crate::plan::yearly::{Progress, State};
use crate::web::open_data::{DecisionView, PlanFilter, PlanItemRow, PlanLine, plan_tone};

/// `/ke-hoach-du-lieu-mo?agency=&state=&page=`, `/ke-hoach-du-lieu-mo/{year}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/plan.html")]
pub struct PublicPlanPage {
    /// The page.
    pub page: PageCtx,
    /// The plan; none before the first was approved.
    pub plan: Option<PlanView>,
    /// Every plan that the public may read, the latest year first.
    pub plans: Vec<PlanLine>,
}

/// A plan.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// What it is called.
    pub name: String,
    /// Its state.
    pub state: State,
    /// The decision.
    pub decision: Option<DecisionView>,
    /// How far it is.
    pub progress: Progress,
    /// What may be chosen of its items.
    pub filter: PlanFilter,
    /// The items of this page.
    pub rows: Vec<PlanItemRow>,
    /// The same as files.
    pub files: Vec<Download>,
}

impl PlanView {
    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        plan_tone(self.state)
    }
}
