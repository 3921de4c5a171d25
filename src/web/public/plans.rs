//! The open-data plans for everybody: what was approved, how far it is, and the same as a file.

use actix_web::{HttpRequest, web};
use chrono::Datelike;
use serde::Deserialize;

use super::open_catalogue::{list, paper};
use super::serve::page as kept_page;
use super::view::plans::{PlanView, PublicPlanPage};
use crate::access::Sight;
use crate::agency;
use crate::http::page::{Download, Pager, Section};
use crate::http::{App, Outcome, lang_of, path_and_query, query_of};
use crate::kernel::{Error, Lang, Result};
use crate::plan::yearly::{self, Listed, Plan};
use crate::platform::db::Conn;
use crate::platform::sheet::Form;
use crate::web::open_data::{
    DecisionView, ItemsWish, PLAN, PlanLine, plan_cells, plan_file_path, plan_name, plan_row, plan_sheet, sift_items,
};

/// The formats of a plan.
const FORMATS: [&str; 2] = ["xlsx", "csv"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    agency: String,
    state: String,
    page: Option<String>,
}

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
    let wish: Wish = query_of(req)?;
    kept_page(req, app, |lang, path| {
        let (app, wish) = (app.clone(), wish.clone());
        async move { draw(&app, lang, path, year, &wish).await }
    })
    .await
}

/// What the authority approved of a plan.
fn approved(conn: &mut Conn, plan: &Plan) -> Result<Vec<Listed>> {
    let mut items = yearly::items(conn, &plan.id)?;
    items.retain(|listed| listed.item.approved);
    Ok(items)
}

async fn draw(app: &App, lang: Lang, path: String, year: Option<i32>, wish: &Wish) -> Result<PublicPlanPage> {
    let this = app.today().year();
    let (plan, items, plans, agencies) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let mut plans = yearly::plans(conn)?;
            plans.retain(|plan| plan.state.is_public());
            let plan = match year {
                Some(year) => {
                    let found = plans.iter().find(|plan| plan.year == year).cloned();
                    Some(found.ok_or_else(Error::not_found)?)
                }
                // The plan of the year, and not yet that of the next one.
                None => plans.iter().find(|plan| plan.year <= this).or(plans.first()).cloned(),
            };
            let items = match &plan {
                Some(plan) => approved(conn, plan)?,
                None => Vec::new(),
            };
            Ok((plan, items, plans, agency::all(conn)?))
        })
        .await?;
    let mut page = app.public_page(lang, path, Section::Datasets);
    let own = |plan: &Plan| format!("{PLAN}/{}", plan.year);
    let base = plan.as_ref().filter(|_| year.is_some()).map_or_else(|| PLAN.to_owned(), own);
    let asked = ItemsWish { agency: &wish.agency, state: &wish.state, page: wish.page.as_deref() };
    let sifted = plan
        .as_ref()
        .map(|plan| sift_items(app, &page, (plan.state, &items), &agencies, asked, &page.href(&base), "page"));
    page.indexed = sifted.as_ref().is_none_or(|(filter, _)| !filter.filtered);
    let (number, pages) = sifted.as_ref().map_or((1, 1), |(filter, _)| (filter.pager.number, filter.pager.pages));
    page.canonical = Some(Pager::new(number, pages, base).href(number));
    let view = plan.zip(sifted).map(|(plan, (filter, shown))| PlanView {
        name: plan_name(&page, &plan),
        state: plan.state,
        decision: plan
            .decision
            .as_ref()
            .map(|decision| DecisionView::of(&page, app.profile(), decision, page.href(&plan_file_path(&plan)))),
        progress: yearly::progress(app.profile(), plan.state, items.iter().map(|listed| &listed.item), app.today()),
        filter,
        rows: shown
            .into_iter()
            .map(|listed| plan_row(app, &page, (plan.state, listed), &Sight::default(), |path| page.href(path)))
            .collect(),
        files: FORMATS
            .into_iter()
            .filter_map(|code| app.profile().format(code))
            .map(|format| Download {
                format: format.name.get(lang).0.to_owned(),
                note: format.description.get(lang).0.to_owned(),
                href: page.href(&format!("{}.{}", own(&plan), format.code)),
                bytes: None,
            })
            .collect(),
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

/// GET /ke-hoach-du-lieu-mo/{year}.xlsx, .csv: what was approved, item by item.
pub async fn file(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (year, code) = (year_of(&path.0)?, path.1.as_str());
    let form = Form::from_code(code).ok_or_else(Error::not_found)?;
    let format = app.profile().format(code).ok_or_else(Error::not_found)?;
    let (plan, items) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let plan = yearly::by_year(conn, year)?.filter(|plan| plan.state.is_public());
            let plan = plan.ok_or_else(Error::not_found)?;
            let items = approved(conn, &plan)?;
            Ok((plan, items))
        })
        .await?;
    let page = app.public_page(lang_of(&req), path_and_query(&req), Section::Datasets);
    let named = plan_name(&page, &plan);
    let sheet = plan_sheet(&page, named.clone());
    let whole = app.get_ref().clone();
    let rows = move || {
        let listed = items.into_iter().enumerate();
        listed.map(move |(at, item)| Ok(plan_cells(&whole, &page, at, (plan.state, &item), &Sight::default())))
    };
    list(&req, &app, (format, form), &named, sheet, rows).await
}
