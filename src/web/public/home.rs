//! The home page.

use actix_web::{HttpRequest, web};

use super::serve::page;
use super::view::home::{AgencyGrains, HomePage, SampleQuery};
use super::{editorial as written, lists};
use crate::http::page::{JsonLd, Link, Section};
use crate::http::{App, Outcome, present};
use crate::kernel::{Lang, Result};
use crate::platform::db::Conn;
use crate::{agency, dataset, editorial, release, standards, statistics};

/// News on the page.
const NEWS: u64 = 3;

/// GET /
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| draw(conn, &app, lang)).await
        }
    })
    .await
}

fn draw(conn: &mut Conn, app: &App, lang: Lang) -> Result<HomePage> {
    let mut page = app.public_page(lang, "/", Section::Other);
    page.linked = vec![JsonLd::new(&standards::website(
        page.portal_name(),
        &page.url("/"),
        &page.url("/dataset?q="),
        lang.tag(),
    ))];
    let standings = lists::standings(conn, app)?;
    let mut agency_rows = Vec::new();
    for agency in agency::all(conn)? {
        let grains = lists::grains(
            standings.iter().filter(|(standing, _)| standing.agency_id == agency.id).map(|(_, state)| state),
        );
        if grains.total() > 0 {
            let name = present::text(&page, &agency.names());
            agency_rows.push(AgencyGrains { name, href: page.href(&format!("/organization/{}", agency.slug)), grains });
        }
    }
    agency_rows.sort_by_key(|row| std::cmp::Reverse(row.grains.total()));
    let recent: Vec<String> = standings.iter().take(5).map(|(standing, _)| standing.id.to_string()).collect();
    let used: Vec<String> =
        statistics::most_used(conn, &lists::usage_since(app), 5)?.iter().map(ToString::to_string).collect();
    let topics = app
        .profile()
        .topics
        .iter()
        .filter_map(|topic| {
            let count = standings.iter().filter(|(standing, _)| standing.topic == topic.code).count() as u64;
            (count > 0).then(|| lists::topic_link(&page, topic, count))
        })
        .collect();
    let sample = match standings.first() {
        Some((standing, _)) => sample(conn, app, &page, standing)?,
        None => None,
    };
    let examples = page.t("home-example-queries");
    let news = editorial::latest_news(conn, NEWS)?;
    let release = release::latest(conn)?.and_then(|release| super::release::link(&page, &release));
    Ok(HomePage {
        datasets: standings.len() as u64,
        agencies: agency_rows.len() as u64,
        examples: examples
            .split(',')
            .map(str::trim)
            .filter(|words| !words.is_empty())
            .map(|words| Link::new(words, page.href(&format!("/dataset?q={}", words.replace(' ', "+")))))
            .collect(),
        freshness: lists::grains(standings.iter().map(|(_, state)| state)),
        updated: standings.first().map(|(standing, _)| page.day(standing.updated_at)),
        recent: lists::rows(conn, app, &page, &recent)?,
        most_used: lists::rows(conn, app, &page, &used)?,
        agency_rows,
        topics,
        sample,
        release,
        news: news.iter().map(|news| written::entry(&page, news)).collect(),
        page,
    })
}

/// A query that works: over the Parquet file of the dataset published last, grouped by a column of few values.
fn sample(
    conn: &mut Conn,
    app: &App,
    page: &crate::http::page::PageCtx,
    standing: &dataset::Standing,
) -> Result<Option<SampleQuery>> {
    let shown = dataset::detail(conn, &standing.id, None)?;
    let Some(resource) = shown.resources.first() else { return Ok(None) };
    let report = resource.table.report()?;
    let group_by = report.outcome.columns.iter().find(|column| {
        column
            .profile
            .as_ref()
            .is_some_and(|profile| !profile.distinct.approximate && (2..=30).contains(&profile.distinct.value))
    });
    let title = present::text(page, &shown.version.metadata.title);
    let slug = &shown.dataset.slug;
    Ok(Some(SampleQuery {
        dataset: Link { text: title, href: page.href(&format!("/dataset/{slug}")) },
        parquet_url: format!("{}/dataset/{slug}/{}.parquet", app.site.public_url, resource.name),
        group_by: group_by.map(|column| column.key.clone()),
    }))
}
