//! Pictures as files: charts and maps of tables, and pictures of pages for where their addresses are shared (one for each
//! dataset, one for the rest); cached by what they show.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use bytes::Bytes;

use super::dataset::{gone_instead, published};
use super::explore::{Place, refused};
use super::serve::{computed_bytes, kept_bytes};
use super::view::picture::{SharePicture, Title, WIDTH, colour, line, one_line};
use crate::dataset;
use crate::http::page::{PageCtx, Section};
use crate::http::{App, Outcome, PNG, lang_of, present};
use crate::kernel::text::keep_xml;
use crate::kernel::{Error, Kind, Lang, Result, Timestamp};

/// The media type of a drawing.
pub(super) const SVG: &str = "image/svg+xml; charset=utf-8";

/// Answers with a drawing of a table's rows as SVG, or as PNG so many pixels wide; pages and programs elsewhere may take it.
pub(super) async fn send<T, F>(
    req: &HttpRequest,
    app: &web::Data<App>,
    place: &Place,
    ending: &str,
    width: u32,
    draw: impl FnOnce(Lang, String) -> F,
) -> Outcome
where
    T: Template,
    F: Future<Output = Result<T>>,
{
    let kind = match ending {
        "svg" => SVG,
        "png" => PNG,
        _ => return Err(Error::not_found().into()),
    };
    let sent = computed_bytes(req, app, kind, |lang, path| {
        let drawn = draw(lang, path);
        async move {
            let mut svg = drawn.await?.render().map_err(Error::internal)?;
            keep_xml(&mut svg);
            if kind == SVG { Ok(svg.into()) } else { app.pictures.of(svg, width).await }
        }
    })
    .await;
    match sent {
        Ok(answer) => Ok(for_all(answer)),
        Err(failure) if failure.0.kind() == Kind::Invalid => refused(app, lang_of(req), failure.0.problems()),
        Err(failure) => gone_instead(req, app, place.slug.clone(), place.number, failure).await,
    }
}

/// A picture that pages and programs elsewhere may take, and that does nothing where it stands alone.
pub(super) fn for_all(mut answer: HttpResponse) -> HttpResponse {
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, header::HeaderValue::from_static("*"));
    let alone = header::HeaderValue::from_static("sandbox; default-src 'none'");
    headers.insert(header::CONTENT_SECURITY_POLICY, alone);
    answer
}

/// GET /og.png
pub async fn of_portal(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept_bytes(&req, &app, PNG, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let page = app.public_page(lang, path, Section::Other);
            let db = app.db().clone();
            let datasets = db.read_async(|conn| Ok(dataset::addresses(conn)?.len())).await?;
            let picture = SharePicture {
                title: Title::new(&page.t("home-title")),
                agency: one_line(page.both(&page.site.province), 30.0),
                state: None,
                facts: page.t1("count-datasets", "count", datasets),
                ..blank(&page)
            };
            drawn(&app, picture).await
        }
    })
    .await
}

/// GET /dataset/{slug}/og.png
pub async fn of_dataset(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    kept_bytes(&req, &app, PNG, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let page = app.public_page(lang, path, Section::Datasets);
            let db = app.db().clone();
            let (shown, owner) = db.read_async(move |conn| published(conn, &slug, None)).await?;
            let updated = Timestamp(shown.dataset.updated_at.unwrap_or(0));
            let state = present::freshness(app.profile(), shown.dataset.counted(), app.today()).state;
            let rows: u64 = shown.resources.iter().map(|resource| resource.table.rows()).sum();
            let number = u64::try_from(shown.version.number.unwrap_or(0)).unwrap_or(0);
            let facts = [
                page.t1("count-rows", "count", rows),
                page.t1("version-number", "number", number),
                page.date(page.day(shown.version.published_at.unwrap_or(updated))),
            ];
            let picture = SharePicture {
                title: Title::new(shown.title(lang).0),
                agency: one_line(owner.name(lang).0, 30.0),
                state: Some((colour(state), page.t(state.text_id()))),
                facts: facts.join(" · "),
                ..blank(&page)
            };
            drawn(&app, picture).await
        }
    })
    .await
}

/// What every picture has.
fn blank(page: &PageCtx) -> SharePicture {
    SharePicture {
        portal: line(page.portal_name()),
        note: page.site.illustration.is_some().then(|| page.t("illustration-head")),
        title: Title::new(""),
        agency: String::new(),
        state: None,
        facts: String::new(),
    }
}

async fn drawn(app: &App, picture: SharePicture) -> Result<Bytes> {
    let svg = picture.render().map_err(Error::internal)?;
    app.pictures.of(svg, WIDTH).await
}
