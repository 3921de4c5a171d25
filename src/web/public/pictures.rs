//! Pictures of pages for where their addresses are shared: one for each dataset, one for the rest; cached by what they show.

use actix_web::{HttpRequest, web};

use super::dataset::published;
use super::serve::kept_bytes;
use super::view::picture::{SharePicture, Title, WIDTH, colour, line, one_line};
use crate::dataset;
use crate::http::page::{PageCtx, Section};
use crate::http::{App, Outcome, PNG, present};
use crate::kernel::{Error, Timestamp};

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
            let metadata = &shown.version.metadata;
            let updated = Timestamp(shown.dataset.updated_at.unwrap_or(0));
            let catalogued = shown.dataset.in_catalogue;
            let state = present::freshness(app.profile(), &metadata.frequency, catalogued, updated, app.today()).state;
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

async fn drawn(app: &App, picture: SharePicture) -> crate::kernel::Result<bytes::Bytes> {
    let svg = askama::Template::render(&picture).map_err(Error::internal)?;
    app.pictures.of(svg, WIDTH).await
}
