//! The register of documents for everybody: the law that the portal rests on with the rules that follow from it, and the province's own
//! signed decisions about its open data.

use std::cmp::Reverse;

use actix_web::{HttpRequest, web};

use super::open_catalogue::path_of;
use super::serve::page as kept_page;
use super::view::documents::{DecisionLine, DocumentEntry, DocumentsPage};
use crate::http::page::{Link, PageCtx, Section};
use crate::http::{App, Outcome, present};
use crate::plan::catalogue::{self, Issue};
use crate::plan::yearly::{self, Plan};
use crate::platform::db::Conn;
use crate::web::open_data::{DecisionView, PLAN, file_path, plan_file_path, plan_name, plan_tone, tone};
use crate::web::regulations::{DocumentLine, Sheet};

const HERE: &str = "/van-ban";

/// GET /van-ban
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept_page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let (issues, plans) = app
                .db()
                .read_async(|conn: &mut Conn| {
                    let mut issues = catalogue::issues(conn)?;
                    issues.retain(Issue::is_public);
                    let mut plans = yearly::plans(conn)?;
                    plans.retain(|plan| plan.state.is_public());
                    Ok((issues, plans))
                })
                .await?;
            Ok(drawn(&app, app.public_page(lang, HERE, Section::Other), &issues, &plans))
        }
    })
    .await
}

fn drawn(app: &App, page: PageCtx, issues: &[Issue], plans: &[Plan]) -> DocumentsPage {
    let sheet = Sheet { page: &page, profile: app.profile(), today: app.today() };
    let groups = sheet.groups();
    let entry = |document: DocumentLine| {
        let rules = Sheet::resting_on(&groups, &document.id);
        DocumentEntry { document, rules }
    };
    DocumentsPage {
        rules: present::text(&page, &app.profile().name),
        documents: sheet.register().into_iter().map(entry).collect(),
        decisions: decisions(app, &page, issues, plans),
        page,
    }
}

/// What the province decided about its open data, the newest first.
fn decisions(app: &App, page: &PageCtx, issues: &[Issue], plans: &[Plan]) -> Vec<DecisionLine> {
    let issued = issues.iter().filter_map(|issue| {
        let name = page.t1("documents-issue", "number", i64::from(issue.number));
        Some(DecisionLine {
            what: Link::new(name, page.href(&path_of(issue))),
            decision: DecisionView::of(page, app.profile(), issue.decision.as_ref()?, page.href(&file_path(issue))),
            standing: page.code("odc-state", issue.state.code()),
            tone: tone(issue.state),
        })
    });
    let approved = plans.iter().filter_map(|plan| {
        let decision = plan.decision.as_ref()?;
        Some(DecisionLine {
            what: Link::new(plan_name(page, plan), page.href(&format!("{PLAN}/{}", plan.year))),
            decision: DecisionView::of(page, app.profile(), decision, page.href(&plan_file_path(plan))),
            standing: page.code("plan-state", plan.state.code()),
            tone: plan_tone(plan.state),
        })
    });
    let mut decisions: Vec<DecisionLine> = issued.chain(approved).collect();
    decisions.sort_by_key(|line| Reverse(line.decision.day));
    decisions
}
