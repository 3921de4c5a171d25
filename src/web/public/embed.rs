//! The notice of a dataset that pages elsewhere show: a small picture of what it is called, when it was last updated and whether it
//! is on time, and the HTML that embeds it. No script: whoever reads such a page asks the portal for one picture, and nobody is followed.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::pictures::{SVG, for_all};
use super::serve::kept;
use super::view::embed::{EmbedCode, EmbedPicture, HEIGHT, WIDTH};
use super::view::picture::{GONE, colour, fitting, line};
use crate::agency::{self, Agency};
use crate::dataset::{self, Found, published};
use crate::http::page::{PageCtx, Section};
use crate::http::{App, Failure, Outcome, lang_of, path_and_query, present, query_pairs};
use crate::kernel::{Error, Kind, Lang, Localized, Result, Timestamp};

/// How wide a line of the picture may be, with room for letters that are wider elsewhere than ours.
const LINE: f64 = 258.0;

/// The address of the picture, without language.
pub(super) fn path_of(slug: &str) -> String {
    format!("/dataset/{slug}/thong-bao.svg")
}

/// The HTML that embeds it, with whole addresses, in the language of the page that offers it.
pub(super) fn code(page: &PageCtx, slug: &str, title: &str) -> Result<String> {
    let whole = |path: &str| format!("{}{}", page.site.public_url, page.href(path));
    let code = EmbedCode {
        href: whole(&format!("/dataset/{slug}")),
        src: whole(&path_of(slug)),
        width: WIDTH,
        height: HEIGHT,
        alt: page.t2("embed-alt", "title", title, "portal", page.portal_name()),
    };
    code.render().map_err(Error::internal)
}

/// GET /dataset/{slug}/thong-bao.svg, also with `?lang=`: 410 once the dataset is withdrawn, and still a picture, which says so.
pub async fn picture(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    let drawn = kept(&req, &app, SVG, |lang, path| {
        let (app, slug, lang) = (app.get_ref().clone(), slug.clone(), wanted(&req, lang));
        async move { of_published(&app, lang, path, slug).await }
    })
    .await;
    match drawn {
        Err(failure) if failure.0.kind() == Kind::Gone => of_withdrawn(&req, &app, slug, failure).await,
        drawn => drawn.map(for_all),
    }
}

/// The language of the address, or the one that it asks for: who embeds a picture may know one address alone.
fn wanted(req: &HttpRequest, lang: Lang) -> Lang {
    let asked = query_pairs(req).into_iter().rfind(|(name, _)| name == "lang");
    asked.and_then(|(_, tag)| Lang::from_tag(&tag)).unwrap_or(lang)
}

async fn of_published(app: &App, lang: Lang, path: String, slug: String) -> Result<EmbedPicture> {
    let (shown, owner) = app.db().read_async(move |conn| published(conn, &slug, None)).await?;
    let page = app.public_page(lang, path, Section::Datasets);
    let state = present::freshness(app.profile(), shown.dataset.counted(), app.today()).state;
    let updated = page.date(page.day(Timestamp(shown.dataset.updated_at.unwrap_or(0))));
    let when = page.t1("embed-updated", "date", updated);
    Ok(drawn(&page, &shown.version.metadata.title, &owner, (colour(state), page.t(state.text_id())), when))
}

async fn of_withdrawn(req: &HttpRequest, app: &App, slug: String, failure: Failure) -> Outcome {
    let found = app
        .db()
        .read_async(move |conn| {
            let Found::Withdrawn(dataset) = dataset::find_published(conn, &slug)? else { return Ok(None) };
            let owner = agency::by_id(conn, &dataset.agency_id)?.ok_or_else(Error::not_found)?;
            let title = dataset::detail(conn, &dataset.id, None)?.version.metadata.title;
            Ok(Some((dataset, owner, title)))
        })
        .await?;
    // What is purged of a dataset that is still published has no picture.
    let Some((dataset, owner, title)) = found else { return Err(failure) };
    let page = app.public_page(wanted(req, lang_of(req)), path_and_query(req), Section::Datasets);
    let title = present::public_title(&page.texts, &dataset, &title);
    let day = page.date(page.day(Timestamp(dataset.withdrawn_at.unwrap_or(0))));
    let state = (GONE, page.code("state", "withdrawn"));
    let picture = drawn(&page, &title, &owner, state, page.t1("embed-since", "date", day));
    let svg = picture.render().map_err(Error::internal)?;
    let mut answer = HttpResponse::build(StatusCode::GONE);
    answer.content_type(SVG).insert_header((header::CACHE_CONTROL, "public, no-cache"));
    Ok(for_all(answer.body(svg)))
}

fn drawn(
    page: &PageCtx,
    title: &Localized,
    owner: &Agency,
    (colour, state): (&'static str, String),
    when: String,
) -> EmbedPicture {
    let (title, title_lang) = title.get(page.lang);
    let title = line(title);
    // A portal that illustrates says so wherever its data is shown.
    let portal = if page.site.illustration.is_some() {
        format!("{} {}", page.t("illustration-head"), page.portal_name())
    } else {
        page.portal_name().to_owned()
    };
    let says = page.texts.text(
        page.lang,
        "embed-says",
        &[
            ("state", state.as_str().into()),
            ("when", when.as_str().into()),
            ("agency", line(owner.name(page.lang).0).into()),
            ("portal", line(&portal).into()),
        ],
    );
    EmbedPicture {
        lang: page.lang.tag(),
        width: WIDTH,
        height: HEIGHT,
        says,
        portal: fitting(&portal, 12.0, LINE),
        shown: fitting(&title, 16.0, LINE),
        title,
        title_lang: title_lang.tag(),
        colour,
        state,
        when,
    }
}
