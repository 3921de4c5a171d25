//! What programs read to find their way: site maps with every address in both languages, and how browsers search here.

use std::collections::HashMap;

use actix_web::{HttpRequest, HttpResponse, web};

use super::release::path_of;
use super::serve::kept;
use super::view::sitemap::{Place, SearchDescription, Sitemap, SitemapIndex};
use crate::http::page::Section;
use crate::http::{App, Outcome, XML};
use crate::kernel::{Error, Lang, Result, Timestamp};
use crate::plan::yearly;
use crate::platform::db::Conn;
use crate::web::open_data::PLAN;
use crate::{agency, dataset, editorial, release};

/// Pages of a part; each is there in both languages, so that a part holds ten thousand addresses.
const PART: usize = 5_000;
/// News that are listed.
const NEWS: u64 = 1_000;
/// The media type of descriptions of searches.
const OPENSEARCH: &str = "application/opensearchdescription+xml; charset=utf-8";

/// GET /sitemap.xml
pub async fn index(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept(&req, &app, XML, |_, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let places = places(conn, &app)?;
                let part = |(at, part): (usize, &[Place])| {
                    let url = format!("{}/sitemap-{}.xml", app.site.public_url, at + 1);
                    (url, part.iter().filter_map(|place| place.at).max())
                };
                Ok(SitemapIndex { parts: places.chunks(PART).enumerate().map(part).collect() })
            })
            .await
        }
    })
    .await
}

/// GET /sitemap-{number}.xml
pub async fn part(req: HttpRequest, app: web::Data<App>, number: web::Path<usize>) -> Outcome {
    let number = number.into_inner();
    kept(&req, &app, XML, |_, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let mut places = places(conn, &app)?;
                let first = number.checked_sub(1).and_then(|before| before.checked_mul(PART));
                let first = first.filter(|first| *first < places.len()).ok_or_else(Error::not_found)?;
                places.truncate(first + PART);
                let page = app.public_page(Lang::Vi, path, Section::Other);
                Ok(Sitemap { places: places.split_off(first), page })
            })
            .await
        }
    })
    .await
}

/// Every page that search engines may keep.
fn places(conn: &mut Conn, app: &App) -> Result<Vec<Place>> {
    let datasets = dataset::addresses(conn)?;
    let (mut topics, mut agencies) = (HashMap::new(), HashMap::new());
    let today = app.today().to_string();
    let heirs = agency::heirs(conn, &today)?;
    for address in &datasets {
        let topic = topics.entry(address.topic.as_str()).or_insert(address.updated_at);
        *topic = address.updated_at.max(*topic);
        let owner = agencies.entry(heirs.of(&address.agency_id)).or_insert(address.updated_at);
        *owner = address.updated_at.max(*owner);
    }
    let newest = datasets.iter().map(|address| address.updated_at).max();
    let place = |path: String, at: Option<Timestamp>| Place { path, at, picture: None };
    let lists =
        ["/", "/dataset", "/topic", "/organization", "/tinh-hinh-cap-nhat"].map(|path| place(path.to_owned(), newest));
    let mut places: Vec<Place> = lists.into();
    places.extend(
        [
            "/danh-muc-du-lieu-mo",
            PLAN,
            "/yeu-cau-du-lieu",
            "/huong-dan",
            "/tin-tuc",
            "/terms",
            "/about",
            "/quy/khoa",
            "/van-ban",
        ]
        .map(|path| place(path.to_owned(), None)),
    );
    let plans = yearly::plans(conn)?.into_iter().filter(|plan| plan.state.is_public());
    places.extend(plans.map(|plan| place(format!("{PLAN}/{}", plan.year), None)));
    let released = release::list(conn, false)?;
    let at = |release: &release::Release| release.ready_at.map(Timestamp);
    places.push(place("/quy".to_owned(), released.first().and_then(at)));
    places.extend(released.iter().map(|release| place(path_of(release), at(release))));
    let written = editorial::guides(conn, app.profile())?.into_iter().chain(editorial::latest_news(conn, NEWS)?);
    places.extend(written.map(|page| place(page.kind.address(&page.slug), page.dates.map(|(_, last)| last))));
    let topic = |code: &str| topics.get(code).map(|at| place(format!("/topic/{code}"), Some(*at)));
    places.extend(app.profile().topics.iter().filter_map(|known| topic(&known.code)));
    for known in agency::all(conn)? {
        // Whose address leads on to a successor has no page.
        let moved = known.is_over(&today) && known.successor_id.is_some();
        if let Some(at) = agencies.get(&known.id).filter(|_| !moved) {
            places.push(place(format!("/organization/{}", known.slug), Some(*at)));
        }
    }
    places.extend(datasets.iter().map(|address| Place {
        path: format!("/dataset/{}", address.slug),
        at: Some(address.updated_at),
        picture: Some(format!("/dataset/{}/og.png", address.slug)),
    }));
    Ok(places)
}

/// GET /opensearch.xml
pub async fn search(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept(&req, &app, OPENSEARCH, |lang, path| {
        let page = app.public_page(lang, path, Section::Other);
        async move { Ok(SearchDescription { page }) }
    })
    .await
}

/// GET /robots.txt: what programs that follow every link leave out (each state of an explorer, a chart or a map links to a hundred others; what is
/// offered while somebody types is no page), and where all addresses stand.
pub async fn robots(app: web::Data<App>) -> HttpResponse {
    let text = format!(
        "User-agent: *\nDisallow: /*/kham-pha\nDisallow: /*/bieu-do\nDisallow: /*/ban-do\nDisallow: /goi-y\nDisallow: /en/goi-y\n\nSitemap: {}/sitemap.xml\n",
        app.site.public_url
    );
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(text)
}
