//! Terms and about: the province's own words, from the profile.

use actix_web::{HttpRequest, web};

use super::lists;
use super::serve::page;
use super::view::about::AboutPage;
use super::view::terms::TermsPage;
use crate::http::page::Section;
use crate::http::{App, Outcome, present};

/// GET /terms
pub async fn terms(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let page = app.public_page(lang, "/terms", Section::Other);
            let terms = &app.profile().terms;
            Ok(TermsPage {
                title: present::text(&page, &terms.name),
                body: Some(present::html(&page, &terms.text)),
                since: Some(terms.date),
                basis: Vec::new(),
                page,
            })
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
                Ok(AboutPage {
                    own: Some(present::html(&page, &app.profile().about.text)),
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
