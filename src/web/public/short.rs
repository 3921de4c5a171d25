//! Short links that stay: `/d/{short}` leads to a dataset's page, `/d/{short}/{number}` to one of its versions, whatever their addresses are.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};

use crate::dataset;
use crate::http::page::PageCtx;
use crate::http::{App, Failure, Outcome, lang_of};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Lang, short};

/// The short address of a dataset, or of one of its versions, with host.
pub(super) fn url_of(page: &PageCtx, id: &DatasetId, number: Option<u64>) -> Option<String> {
    let short = short::short(id.as_str())?;
    // Without a language: who opens it is led to the page of the portal's own.
    let base = format!("{}/d/{short}", page.site.public_url);
    Some(number.map_or_else(|| base.clone(), |number| format!("{base}/{number}")))
}

/// GET /d/{short}: for now, since the page of a dataset may move.
pub async fn of_dataset(req: HttpRequest, app: web::Data<App>, short: web::Path<String>) -> Outcome {
    let path = place(&app, &short).await?;
    Ok(led(lang_of(&req), &path, StatusCode::FOUND))
}

/// GET /d/{short}/{number}: for good, as versions stand where they are.
pub async fn of_version(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (short, number) = path.into_inner();
    let number: u32 = number.parse().map_err(|_| Error::not_found())?;
    let path = format!("{}/v/{number}", place(&app, &short).await?);
    Ok(led(lang_of(&req), &path, StatusCode::PERMANENT_REDIRECT))
}

/// The page of the dataset that a short form stands for, also of one that was withdrawn: its page says so.
async fn place(app: &App, text: &str) -> Result<String, Failure> {
    let tail = short::tail(text).ok_or_else(Error::not_found)?;
    // To find an end, all ids are looked through: once for each dataset.
    if let Some(id) = app.shorts.get(&tail) {
        let found = app.db().read_async(move |conn| dataset::by_id(conn, &id)).await?;
        return Ok(format!("/dataset/{}", found.slug));
    }
    let wanted = tail.clone();
    let found = app.db().read_async(move |conn| dataset::by_tail(conn, &wanted)).await?;
    let found = found.ok_or_else(Error::not_found)?;
    app.shorts.insert(tail, found.id.clone());
    Ok(format!("/dataset/{}", found.slug))
}

/// Sends readers on to a path of a language.
pub(super) fn led(lang: Lang, path: &str, status: StatusCode) -> HttpResponse {
    let to = HeaderValue::from_str(&format!("{}{path}", lang.prefix()));
    HttpResponse::build(status)
        .insert_header((header::LOCATION, to.unwrap_or_else(|_| HeaderValue::from_static("/"))))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .finish()
}
