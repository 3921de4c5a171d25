//! The public portal: for everybody, without an account, a cookie or a trace.

mod api;
mod bundle;
mod catalogue;
mod chart;
mod dataset;
mod directory;
mod documents;
mod editorial;
mod embed;
mod explore;
mod feeds;
mod files;
mod formats;
mod home;
mod lists;
mod map;
mod open_catalogue;
mod pages;
mod pictures;
mod plans;
pub(crate) mod release;
mod requests;
mod search;
mod serve;
mod short;
mod sitemap;
mod snippets;
mod standing;
mod statistics;
mod subscriptions;
mod suggest;
pub mod view;
mod voice;

use actix_web::{HttpRequest, HttpResponse, web};

use crate::http::{Access, Outcome, Route};

pub use serve::{configure, liveness};

/// Every route of the public portal. Each stands in Vietnamese as it is and in English under `/en`.
pub const ROUTES: &[Route] = &[
    Route { method: "GET", path: "/", access: Access::Anyone, handler: |route| route.to(home::show) },
    Route { method: "GET", path: "/dataset", access: Access::Anyone, handler: |route| route.to(search::show) },
    Route {
        method: "GET",
        path: "/dataset/feed.atom",
        access: Access::Anyone,
        handler: |route| route.to(feeds::of_search),
    },
    Route { method: "GET", path: "/dataset/{slug}", access: Access::Anyone, handler: |route| route.to(dataset::show) },
    Route {
        method: "GET",
        path: "/dataset/{slug}/og.png",
        access: Access::Anyone,
        handler: |route| route.to(pictures::of_dataset),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/thong-bao.svg",
        access: Access::Anyone,
        handler: |route| route.to(embed::picture),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}",
        access: Access::Anyone,
        handler: |route| route.to(dataset::show_version),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/bao-loi",
        access: Access::Anyone,
        handler: |route| route.to(voice::show),
    },
    Route {
        method: "POST",
        path: "/dataset/{slug}/bao-loi",
        access: Access::Anyone,
        handler: |route| route.to(voice::send),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/feed.atom",
        access: Access::Anyone,
        handler: |route| route.to(feeds::of_dataset),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/kham-pha",
        access: Access::Anyone,
        handler: |route| route.to(explore::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/kham-pha.{format}",
        access: Access::Anyone,
        handler: |route| route.to(explore::file),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/kham-pha",
        access: Access::Anyone,
        handler: |route| route.to(explore::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/kham-pha.{format}",
        access: Access::Anyone,
        handler: |route| route.to(explore::file),
    },
    Route {
        method: "GET",
        path: "/catalogue.{format}",
        access: Access::Anyone,
        handler: |route| route.to(catalogue::file),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/ban-do",
        access: Access::Anyone,
        handler: |route| route.to(map::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/ban-do.{format:svg|png}",
        access: Access::Anyone,
        handler: |route| route.to(map::file),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/ban-do",
        access: Access::Anyone,
        handler: |route| route.to(map::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/ban-do.{format:svg|png}",
        access: Access::Anyone,
        handler: |route| route.to(map::file),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/bieu-do",
        access: Access::Anyone,
        handler: |route| route.to(chart::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{table}/bieu-do.{format:svg|png}",
        access: Access::Anyone,
        handler: |route| route.to(chart::file),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/bieu-do",
        access: Access::Anyone,
        handler: |route| route.to(chart::show),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{table}/bieu-do.{format:svg|png}",
        access: Access::Anyone,
        handler: |route| route.to(chart::file),
    },
    Route { method: "GET", path: "/bao-loi", access: Access::Anyone, handler: |route| route.to(voice::follow) },
    Route { method: "GET", path: "/theo-doi", access: Access::Anyone, handler: |route| route.to(subscriptions::show) },
    Route { method: "POST", path: "/theo-doi", access: Access::Anyone, handler: |route| route.to(subscriptions::send) },
    Route {
        method: "GET",
        path: "/theo-doi/thu",
        access: Access::Anyone,
        handler: |route| route.to(subscriptions::own),
    },
    Route {
        method: "POST",
        path: "/theo-doi/thu",
        access: Access::Anyone,
        handler: |route| route.to(subscriptions::press),
    },
    Route {
        method: "GET",
        path: "/theo-doi/thu/dung",
        access: Access::Anyone,
        handler: |route| route.to(subscriptions::own),
    },
    Route {
        method: "POST",
        path: "/theo-doi/thu/dung",
        access: Access::Anyone,
        handler: |route| route.to(subscriptions::one_click),
    },
    Route { method: "GET", path: "/d/{short}", access: Access::Anyone, handler: |route| route.to(short::of_dataset) },
    Route {
        method: "GET",
        path: "/d/{short}/{number}",
        access: Access::Anyone,
        handler: |route| route.to(short::of_version),
    },
    Route { method: "GET", path: "/goi-y", access: Access::Anyone, handler: |route| route.to(suggest::show) },
    Route {
        method: "GET",
        path: "/goi-y.json",
        access: Access::Anyone,
        handler: |route| route.to(suggest::for_browsers),
    },
    Route { method: "GET", path: "/og.png", access: Access::Anyone, handler: |route| route.to(pictures::of_portal) },
    Route {
        method: "GET",
        path: "/opensearch.xml",
        access: Access::Anyone,
        handler: |route| route.to(sitemap::search),
    },
    Route {
        method: "GET",
        path: "/danh-muc-du-lieu-mo",
        access: Access::Anyone,
        handler: |route| route.to(open_catalogue::show),
    },
    Route {
        method: "GET",
        path: "/danh-muc-du-lieu-mo.{format}",
        access: Access::Anyone,
        handler: |route| route.to(open_catalogue::file),
    },
    Route {
        method: "GET",
        path: "/danh-muc-du-lieu-mo/so-sanh",
        access: Access::Anyone,
        handler: |route| route.to(open_catalogue::compare),
    },
    Route {
        method: "GET",
        path: "/danh-muc-du-lieu-mo/{number}",
        access: Access::Anyone,
        handler: |route| route.to(open_catalogue::show_issue),
    },
    Route {
        method: "GET",
        path: "/danh-muc-du-lieu-mo/{number}/quyet-dinh.pdf",
        access: Access::Anyone,
        handler: |route| route.to(open_catalogue::signed),
    },
    Route {
        method: "GET",
        path: "/ke-hoach-du-lieu-mo",
        access: Access::Anyone,
        handler: |route| route.to(plans::show),
    },
    Route {
        method: "GET",
        path: "/ke-hoach-du-lieu-mo/{year}.{form:xlsx|csv}",
        access: Access::Anyone,
        handler: |route| route.to(plans::file),
    },
    Route {
        method: "GET",
        path: "/ke-hoach-du-lieu-mo/{year}",
        access: Access::Anyone,
        handler: |route| route.to(plans::show_year),
    },
    Route {
        method: "GET",
        path: "/ke-hoach-du-lieu-mo/{year}/quyet-dinh.pdf",
        access: Access::Anyone,
        handler: |route| route.to(plans::signed),
    },
    Route {
        method: "GET",
        path: "/yeu-cau-du-lieu",
        access: Access::Anyone,
        handler: |route| route.to(requests::list),
    },
    Route {
        method: "GET",
        path: "/yeu-cau-du-lieu/moi",
        access: Access::Anyone,
        handler: |route| route.to(requests::new),
    },
    Route {
        method: "POST",
        path: "/yeu-cau-du-lieu/moi",
        access: Access::Anyone,
        handler: |route| route.to(requests::send),
    },
    Route {
        method: "GET",
        path: "/yeu-cau-du-lieu/theo-doi",
        access: Access::Anyone,
        handler: |route| route.to(requests::follow),
    },
    Route {
        method: "GET",
        path: "/yeu-cau-du-lieu/{number}",
        access: Access::Anyone,
        handler: |route| route.to(requests::show),
    },
    Route {
        method: "POST",
        path: "/yeu-cau-du-lieu/{number}",
        access: Access::Anyone,
        handler: |route| route.to(requests::support),
    },
    Route { method: "GET", path: "/feed.atom", access: Access::Anyone, handler: |route| route.to(feeds::of_portal) },
    Route {
        method: "GET",
        path: "/dataset/{slug}/{file}",
        access: Access::Anyone,
        handler: |route| route.to(files::latest),
    },
    Route {
        method: "GET",
        path: "/dataset/{slug}/v/{number}/{file}",
        access: Access::Anyone,
        handler: |route| route.to(files::of_version),
    },
    Route {
        method: "GET",
        path: "/organization",
        access: Access::Anyone,
        handler: |route| route.to(directory::agencies),
    },
    Route {
        method: "GET",
        path: "/organization/{slug}",
        access: Access::Anyone,
        handler: |route| route.to(directory::agency),
    },
    Route {
        method: "GET",
        path: "/organization/{slug}/feed.atom",
        access: Access::Anyone,
        handler: |route| route.to(feeds::of_agency),
    },
    Route { method: "GET", path: "/topic", access: Access::Anyone, handler: |route| route.to(directory::topics) },
    Route { method: "GET", path: "/topic/{slug}", access: Access::Anyone, handler: |route| route.to(directory::topic) },
    Route {
        method: "GET",
        path: "/topic/{slug}/feed.atom",
        access: Access::Anyone,
        handler: |route| route.to(feeds::of_topic),
    },
    Route { method: "GET", path: "/huong-dan", access: Access::Anyone, handler: |route| route.to(editorial::guides) },
    Route {
        method: "GET",
        path: "/huong-dan/{slug}",
        access: Access::Anyone,
        handler: |route| route.to(editorial::guide),
    },
    Route { method: "GET", path: "/tin-tuc", access: Access::Anyone, handler: |route| route.to(editorial::news) },
    Route {
        method: "GET",
        path: "/tin-tuc/feed.atom",
        access: Access::Anyone,
        handler: |route| route.to(feeds::of_news),
    },
    Route {
        method: "GET",
        path: "/tin-tuc/{slug}",
        access: Access::Anyone,
        handler: |route| route.to(editorial::one_of_the_news),
    },
    Route { method: "GET", path: "/api", access: Access::Anyone, handler: |route| route.to(api::show) },
    Route {
        method: "GET",
        path: "/tinh-hinh-cap-nhat",
        access: Access::Anyone,
        handler: |route| route.to(standing::show),
    },
    Route {
        method: "GET",
        path: "/tinh-hinh-cap-nhat/{table:co-quan|quy}.{format}",
        access: Access::Anyone,
        handler: |route| route.to(standing::file),
    },
    Route { method: "GET", path: "/thong-ke", access: Access::Anyone, handler: |route| route.to(statistics::show) },
    Route {
        method: "GET",
        path: "/thong-ke/luot-su-dung.{format}",
        access: Access::Anyone,
        handler: |route| route.to(statistics::file),
    },
    Route { method: "GET", path: "/quy", access: Access::Anyone, handler: |route| route.to(release::list) },
    Route { method: "GET", path: "/quy/khoa", access: Access::Anyone, handler: |route| route.to(release::keys) },
    Route { method: "GET", path: "/quy/khoa/{file}", access: Access::Anyone, handler: |route| route.to(release::key) },
    Route { method: "GET", path: "/quy/{quarter}", access: Access::Anyone, handler: |route| route.to(release::show) },
    Route {
        method: "GET",
        path: "/quy/{quarter}/kiem-tra",
        access: Access::Anyone,
        handler: |route| route.to(release::check),
    },
    Route {
        method: "GET",
        path: "/quy/{quarter}/chu-de/{file}",
        access: Access::Anyone,
        handler: |route| route.to(release::of_topic),
    },
    Route {
        method: "GET",
        path: "/quy/{quarter}/co-quan/{file}",
        access: Access::Anyone,
        handler: |route| route.to(release::of_agency),
    },
    Route {
        method: "GET",
        path: "/quy/{quarter}/{file}",
        access: Access::Anyone,
        handler: |route| route.to(release::file),
    },
    Route {
        method: "GET",
        path: "/quy/{quarter}/{part:data|changes}/{slug}/{file}",
        access: Access::Anyone,
        handler: |route| route.to(release::table),
    },
    Route { method: "GET", path: "/van-ban", access: Access::Anyone, handler: |route| route.to(documents::show) },
    Route { method: "GET", path: "/terms", access: Access::Anyone, handler: |route| route.to(pages::terms) },
    Route { method: "GET", path: "/about", access: Access::Anyone, handler: |route| route.to(pages::about) },
];

/// Routes that have no language: files of the program and signs of life.
pub const PLAIN_ROUTES: &[Route] = &[
    Route { method: "GET", path: "/static/{file:.*}", access: Access::Anyone, handler: |route| route.to(asset) },
    Route { method: "GET", path: "/robots.txt", access: Access::Anyone, handler: |route| route.to(sitemap::robots) },
    Route { method: "GET", path: "/sitemap.xml", access: Access::Anyone, handler: |route| route.to(sitemap::index) },
    Route {
        method: "GET",
        path: "/sitemap-{number:[0-9]+}.xml",
        access: Access::Anyone,
        handler: |route| route.to(sitemap::part),
    },
    Route { method: "GET", path: "/favicon.ico", access: Access::Anyone, handler: |route| route.to(favicon) },
    Route { method: "GET", path: "/healthz", access: Access::Anyone, handler: |route| route.to(serve::healthz) },
    Route { method: "GET", path: "/readyz", access: Access::Anyone, handler: |route| route.to(serve::readyz) },
];

async fn asset(req: HttpRequest, file: web::Path<String>) -> HttpResponse {
    crate::http::serve_asset(&req, &file)
}

async fn favicon(req: HttpRequest) -> Outcome {
    Ok(crate::http::serve_asset(&req, "favicon.svg"))
}
