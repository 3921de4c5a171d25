//! What the dataset page is measured against: actix-web and askama with nothing behind them.
//!
//! `bare-page ADDRESS BYTES` serves, at every path, a page of about that many bytes that askama writes anew for each request.

use std::io;

use actix_web::http::header::ContentType;
use actix_web::{App, HttpResponse, HttpServer, web};
use askama::Template;

/// A page of equal rows, escaped as any page's values are.
#[derive(Template)]
#[template(
    ext = "html",
    source = "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{{ title }}</title></head>\
              <body><h1>{{ title }}</h1><table>{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}</table></body></html>"
)]
struct Page<'a> {
    title: &'a str,
    rows: &'a [String],
}

async fn page(rows: web::Data<Vec<String>>) -> HttpResponse {
    match (Page { title: "Dữ liệu mở", rows: &rows }).render() {
        Ok(html) => HttpResponse::Ok().content_type(ContentType::html()).body(html),
        Err(_) => HttpResponse::InternalServerError().finish(),
    }
}

#[actix_web::main]
async fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let usage = || io::Error::new(io::ErrorKind::InvalidInput, "usage: bare-page ADDRESS BYTES");
    let address = arguments.next().ok_or_else(usage)?;
    let size: usize = arguments.next().and_then(|bytes| bytes.parse().ok()).ok_or_else(usage)?;
    // A row and its tags are 100 bytes.
    let rows: Vec<String> = (0..size / 100).map(|n| format!("{n:082}")).collect();
    let rows = web::Data::new(rows);
    HttpServer::new(move || App::new().app_data(rows.clone()).default_service(web::to(page))).bind(address)?.run().await
}
