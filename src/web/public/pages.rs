//! Terms and about: the province's own words, from the profile until the coordinating department edits them.

use actix_web::{HttpRequest, web};

use super::lists;
use super::serve::page;
use super::view::about::AboutPage;
use super::view::terms::TermsPage;
use crate::editorial::{self, Found, Kind, Published};
use crate::http::page::Section;
use crate::http::{App, Outcome, present};
use crate::kernel::{Error, Result};
use crate::platform::db::Conn;

/// What stands at `/terms` or `/about`, which are never withdrawn.
fn words(conn: &mut Conn, app: &App, slug: &str) -> Result<Published> {
    match editorial::find(conn, app.profile(), Kind::Fixed, slug)? {
        Found::Published(found) => Ok(found),
        Found::Withdrawn(_) => Err(Error::not_found()),
    }
}

/// GET /terms
pub async fn terms(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, "/terms", Section::Other);
                let terms = words(conn, &app, "terms")?;
                Ok(TermsPage {
                    title: present::text(&page, &terms.words.title),
                    body: Some(present::html(&page, &terms.words.body_at(&app.site.public_url))),
                    since: Some(terms.dates.map_or(app.profile().terms.date, |(_, last)| page.day(last))),
                    basis: Vec::new(),
                    page,
                })
            })
            .await
        }
    })
    .await
}

/// GET /about
pub async fn about(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, "/about", Section::About);
                let standings = lists::standings(conn, &app)?;
                let agencies: std::collections::HashSet<_> =
                    standings.iter().map(|(standing, _)| &standing.agency_id).collect();
                let about = words(conn, &app, "about")?;
                Ok(AboutPage {
                    own: Some(present::html(&page, &about.words.body_at(&app.site.public_url))),
                    datasets: standings.len() as u64,
                    agencies: agencies.len() as u64,
                    freshness: lists::grains(standings.iter().map(|(_, state)| state)),
                    page,
                })
            })
            .await
        }
    })
    .await
}
