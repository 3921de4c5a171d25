//! Guides and news: what the coordinating department writes.

use actix_web::http::StatusCode;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::lists::crumbs;
use super::serve::page;
use super::view::editorial::{ArticleEntry, ArticleGonePage, ArticlePage, ArticlesPage};
use crate::editorial::{self, Found, Kind, Published, lead_of};
use crate::http::page::{Link, PageCtx, Pager, Section, Share, Text};
use crate::http::{App, Outcome, html, lang_of, path_and_query, present, query_of};
use crate::kernel::{Error, Localized, PageRequest, Problem, Timestamp};

/// News on a page of their list.
const PAGE_SIZE: u64 = 20;
const GUIDES: &str = "/huong-dan";
const NEWS: &str = "/tin-tuc";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    page: Option<String>,
}

/// The first paragraph of a text, in the page's language or marked.
pub(super) fn lead(page: &PageCtx, body: &Localized) -> Text {
    let (words, got) = body.get(page.lang);
    Text::of(lead_of(words), got, page.lang)
}

/// A guide or a piece of news as lists show it.
pub(super) fn entry(page: &PageCtx, found: &Published) -> ArticleEntry {
    let day = found.dates.map(|(first, _)| page.day(first));
    ArticleEntry {
        title: present::text(page, &found.words.title),
        href: page.href(&found.kind.address(&found.slug)),
        lead: lead(page, &found.words.body_at(&page.site.public_url)),
        at: day.filter(|_| found.kind == Kind::News),
    }
}

/// GET /huong-dan
pub async fn guides(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, GUIDES, Section::Pages);
                let guides = editorial::guides(conn, app.profile())?;
                let entries = guides.iter().map(|guide| entry(&page, guide)).collect();
                Ok(ArticlesPage { news: false, entries, pager: Pager::new(1, 1, GUIDES), page })
            })
            .await
        }
    })
    .await
}

/// GET /tin-tuc
pub async fn news(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish: Wish = query_of(&req)?;
    page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let found = editorial::news(conn, PageRequest::new(wish.page.as_deref(), PAGE_SIZE))?;
                let mut page = app.public_page(lang, path, Section::Pages);
                let number = found.request.number;
                page.canonical = Some(Pager::new(number, found.pages(), NEWS).href(number));
                Ok(ArticlesPage {
                    news: true,
                    entries: found.items.iter().map(|news| entry(&page, news)).collect(),
                    pager: Pager::new(number, found.pages(), page.href(NEWS)),
                    page,
                })
            })
            .await
        }
    })
    .await
}

/// GET /huong-dan/{slug}
pub async fn guide(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    show(&req, &app, Kind::Guide, slug.into_inner()).await
}

/// GET /tin-tuc/{slug}
pub async fn one_of_the_news(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    show(&req, &app, Kind::News, slug.into_inner()).await
}

async fn show(req: &HttpRequest, app: &web::Data<App>, kind: Kind, slug: String) -> Outcome {
    let wanted = slug.clone();
    let drawn = page(req, app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let found = match editorial::find(conn, app.profile(), kind, &wanted)? {
                    Found::Published(found) => found,
                    Found::Withdrawn(_) => {
                        return Err(Error::refused(crate::kernel::Kind::Gone, Problem::new("withdrawn")));
                    }
                };
                let page = app.public_page(lang, kind.address(&found.slug), Section::Pages);
                Ok(article(page, &found))
            })
            .await
        }
    })
    .await;
    match drawn {
        Err(failure) if failure.0.kind() == crate::kernel::Kind::Gone => tombstone(req, app, kind, slug).await,
        drawn => drawn,
    }
}

fn list_of(page: &PageCtx, kind: Kind) -> Link {
    let (title, path) = if kind == Kind::News { ("news-title", NEWS) } else { ("guides-title", GUIDES) };
    Link::new(page.t(title), page.href(path))
}

fn article(mut page: PageCtx, found: &Published) -> ArticlePage {
    let body = found.words.body_at(&page.site.public_url);
    let (title, lead) = (present::text(&page, &found.words.title), lead(&page, &body));
    page.share = Some(Share { title: title.text.clone(), description: lead.text.clone(), picture: None });
    let list = if found.kind == Kind::News { ("news-title", NEWS) } else { ("guides-title", GUIDES) };
    page.linked =
        vec![crumbs(&page, Some((page.t(list.0), list.1.to_owned())), &found.kind.address(&found.slug), &title.text)];
    let day = |at: Timestamp| page.day(at);
    let published = found.dates.filter(|_| found.kind == Kind::News).map(|(first, _)| day(first));
    ArticlePage {
        steps: vec![list_of(&page, found.kind)],
        title,
        lead,
        body: present::html(&page, &body),
        published,
        // What changed on the day it came out needs no second date.
        revised: found.dates.map(|(_, last)| day(last)).filter(|last| published.is_none_or(|first| first < *last)),
        page,
    }
}

/// The page of what was withdrawn: 410, with the title it had, why and since when. Caches ask each time.
async fn tombstone(req: &HttpRequest, app: &web::Data<App>, kind: Kind, slug: String) -> Outcome {
    let state = app.get_ref().clone();
    let found = app.db().read_async(move |conn| {
        let article = editorial::article(conn, state.profile(), &slug)?;
        // What is being written since then is not the public's.
        let words = editorial::revision(conn, &article, article.revision)?;
        Ok((article.withdrawn, words))
    });
    let (Some((at, reason)), words) = found.await? else { return Err(Error::not_found().into()) };
    let mut page = app.public_page(lang_of(req), path_and_query(req), Section::Pages);
    page.canonical = None;
    let view = ArticleGonePage {
        list: list_of(&page, kind),
        title: present::text(&page, &words.title),
        reason: present::text(&page, &reason),
        withdrawn: page.day(at),
        page,
    };
    let mut answer = html(StatusCode::GONE, &view)?;
    answer.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, no-cache"));
    Ok(answer)
}
