//! The open-data plans for everybody: what was approved, and how far it is.

use actix_web::{HttpRequest, web};

use super::open_catalogue::paper;
use super::serve::page as kept_page;
use super::view::plans::{PlanView, PublicPlanPage};
use crate::http::page::Section;
use crate::http::{App, Outcome};
use crate::kernel::{Error, Lang, Result};
use crate::plan::yearly::{self, ItemState, Plan};
use crate::platform::db::Conn;
use crate::web::open_data::{DecisionView, PLAN, PlanLine, plan_file_path, plan_name, plan_row};

fn year_of(text: &str) -> Result<i32> {
    text.parse().ok().filter(|year| (1000..=2999).contains(year)).ok_or_else(Error::not_found)
}

/// GET /ke-hoach-du-lieu-mo: the latest plan.
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    shown(&req, &app, None).await
}

/// GET /ke-hoach-du-lieu-mo/{year}
pub async fn show_year(req: HttpRequest, app: web::Data<App>, year: web::Path<String>) -> Outcome {
    shown(&req, &app, Some(year_of(&year)?)).await
}

async fn shown(req: &HttpRequest, app: &App, year: Option<i32>) -> Outcome {
    kept_page(req, app, |lang, path| {
        let app = app.clone();
        async move { draw(&app, lang, path, year).await }
    })
    .await
}

async fn draw(app: &App, lang: Lang, path: String, year: Option<i32>) -> Result<PublicPlanPage> {
    let (plan, items, plans) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let mut plans = yearly::plans(conn)?;
            plans.retain(|plan| plan.state.is_public());
            let plan = match year {
                Some(year) => {
                    let found = plans.iter().find(|plan| plan.year == year).cloned();
                    Some(found.ok_or_else(Error::not_found)?)
                }
                None => plans.first().cloned(),
            };
            let mut items = match &plan {
                Some(plan) => yearly::items(conn, &plan.id)?,
                None => Vec::new(),
            };
            // What was dropped before the plan was approved is no part of it.
            items.retain(|listed| listed.item.state != ItemState::Proposed);
            if let Some(decided) = plan.as_ref().and_then(|plan| plan.decision.as_ref()) {
                items.retain(|listed| {
                    let dropped = listed.item.state == ItemState::Dropped;
                    !dropped || listed.item.settled_on.is_some_and(|day| day > decided.decided_on)
                });
            }
            Ok((plan, items, plans))
        })
        .await?;
    let mut page = app.public_page(lang, path, Section::Datasets);
    let own = |plan: &Plan| format!("{PLAN}/{}", plan.year);
    page.canonical = Some(plan.as_ref().filter(|_| year.is_some()).map_or_else(|| PLAN.to_owned(), own));
    let view = plan.map(|plan| PlanView {
        name: plan_name(&page, &plan),
        state: plan.state,
        decision: plan
            .decision
            .as_ref()
            .map(|decision| DecisionView::of(&page, app.profile(), decision, page.href(&plan_file_path(&plan)))),
        progress: yearly::progress(app.profile(), items.iter().map(|listed| &listed.item), app.today()),
        rows: items.iter().map(|listed| plan_row(app, &page, listed, |path| page.href(path))).collect(),
    });
    Ok(PublicPlanPage {
        plan: view,
        plans: plans.iter().map(|plan| PlanLine::of(&page, plan, page.href(&own(plan)))).collect(),
        page,
    })
}

/// GET /ke-hoach-du-lieu-mo/{year}/quyet-dinh.pdf: the signed decision.
pub async fn signed(req: HttpRequest, app: web::Data<App>, year: web::Path<String>) -> Outcome {
    let year = year_of(&year)?;
    let plan = app.db().read_async(move |conn| yearly::by_year(conn, year)).await?;
    paper(&req, &app, plan.and_then(|plan| plan.decision)).await
}
