//! Guides, news and the other pages of the public portal: written, looked at, published, put in order, withdrawn, restored.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::{PageWish, act, frame, frame_of};
use super::view::pages::{
    EditPagePage, NewPagePage, PageLine, PageTextPage, PagesPage, Rendered, RevisionLine, WordFields,
};
use crate::access::{Action, may};
use crate::editorial::{self, Article, Kind, NewForm, PageForm, PlaceForm, State, Words};
use crate::http::page::{Choice, Field, Html, Pager, Section, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, query_of};
use crate::kernel::{Error, Localized, PageRequest, Result};
use crate::platform::db::Tx;
use crate::platform::markdown;
use crate::review::WithdrawalForm;

const PAGES: &str = "/internal/pages";
/// News on a page of the list.
const PAGE_SIZE: u64 = 50;

/// What an act needs that has no field: the mark of what was shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    seen: String,
}

/// GET /internal/pages
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::EditPages).require()?;
    let wish: PageWish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Pages)?;
    let (request, profile) = (PageRequest::new(wish.page.as_deref(), PAGE_SIZE), app.parts.profile.clone());
    let (pages, news) = app
        .db()
        .read_async(move |conn| {
            Ok((editorial::pages_in_hand(conn, &profile)?, editorial::news_in_hand(conn, request)?))
        })
        .await?;
    let of = |kind: Kind| pages.iter().filter(|article| article.kind == kind).map(line).collect();
    let view = PagesPage {
        guides: of(Kind::Guide),
        fixed: of(Kind::Fixed),
        pager: Pager::new(news.request.number, news.pages(), PAGES),
        news: news.items.iter().map(line).collect(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

fn line(article: &Article) -> PageLine {
    PageLine {
        title: article.words.title.vi.clone(),
        href: format!("{PAGES}/{}", article.slug),
        address: article.kind.address(&article.slug),
        state: article.state.code(),
        english: article.words.title.en.is_some(),
        position: article.position,
        changed: article.changed_at,
    }
}

fn fields(form: &PageForm, wrongs: &[Wrong]) -> WordFields {
    let field = |name, value: &str| Field::new(name, value).checked(wrongs);
    WordFields {
        title: field("title", &form.title),
        title_en: field("title_en", &form.title_en),
        body: field("body", &form.body),
        body_en: field("body_en", &form.body_en),
    }
}

// ---- a new one -------------------------------------------------------------------------------------------------------

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &NewForm,
    error: Option<&Error>,
) -> Result<NewPagePage> {
    may(&who.person, Action::EditPages).require()?;
    let page = frame(req, app, who, Section::Pages)?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let kinds = [Kind::Guide, Kind::News].map(Kind::code);
    Ok(NewPagePage {
        kinds: kinds
            .into_iter()
            .map(|kind| Choice {
                value: kind.to_owned(),
                text: page.code("page-kind", kind),
                chosen: kind == form.kind || (kind == Kind::News.code() && !kinds.contains(&form.kind.as_str())),
            })
            .collect(),
        slug: Field::new("slug", form.slug.clone()).checked(&wrongs),
        words: fields(&form.words(), &wrongs),
        wrongs,
        page,
    })
}

/// GET /internal/pages/new
pub async fn fresh(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, &NewForm::default(), None).await?)?)
}

/// POST /internal/pages
pub async fn create(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<NewForm>) -> Outcome {
    let (profile, sent) = (app.parts.profile.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::create(tx, &profile, &sent);
    let then = |slug| ("page-said-saved", format!("{PAGES}/{slug}/preview"));
    let again = async |error: &Error| new_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

// ---- writing ---------------------------------------------------------------------------------------------------------

/// What was typed on a page's page; what was not is shown as it is.
#[derive(Clone, Debug, Default)]
struct Typed {
    words: Option<PageForm>,
    place: Option<PlaceForm>,
    withdrawal: WithdrawalForm,
}

async fn edit_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    slug: &str,
    typed: &Typed,
    error: Option<&Error>,
) -> Result<EditPagePage> {
    may(&who.person, Action::EditPages).require()?;
    let page = frame_of(req, app, who, Section::Pages, &format!("{PAGES}/{slug}"))?;
    let (profile, wanted) = (app.parts.profile.clone(), slug.to_owned());
    let (article, revisions, latest) = app
        .db()
        .read_async(move |conn| {
            let article = editorial::article(conn, &profile, &wanted)?;
            let revisions = editorial::revisions(conn, &article)?;
            let latest = latest_of(conn, &article)?;
            Ok((article, revisions, latest))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let place = typed.place.as_ref().map_or_else(|| article.position.to_string(), |place| place.position.clone());
    let kept = PageForm::of(&article.words);
    Ok(EditPagePage {
        name: article.words.title.vi.clone(),
        state: article.state.code(),
        built_in: article.id.is_none(),
        public_href: page.url(&article.kind.address(slug)),
        unpublished: waits(&article, latest.as_ref()),
        words: fields(typed.words.as_ref().unwrap_or(&kept), &wrongs),
        // Once told that somebody else has saved, whoever saves again has seen it.
        seen: match &typed.words {
            Some(words) if !error.is_some_and(|error| error.has("page-changed-meanwhile")) => words.seen.clone(),
            _ => kept.seen,
        },
        position: (article.kind == Kind::Guide).then(|| field("position", &place)),
        withdraws: article.state == State::Published && !editorial::is_needed(slug),
        reason: field("reason", &typed.withdrawal.reason),
        reason_en: field("reason_en", &typed.withdrawal.reason_en),
        revisions: revisions
            .into_iter()
            .map(|line| RevisionLine { number: number_of(line.number), by: line.by, at: line.at })
            .collect(),
        slug: article.slug,
        wrongs,
        page,
    })
}

fn number_of(number: i32) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// The words of the newest revision, where something was published.
fn latest_of(conn: &mut crate::platform::db::Conn, article: &Article) -> Result<Option<Words>> {
    match article.revision {
        0 => Ok(None),
        number => editorial::revision(conn, article, number).map(Some),
    }
}

/// Whether publishing would change what the public sees.
fn waits(article: &Article, latest: Option<&Words>) -> bool {
    article.state != State::Published || latest != Some(&article.words)
}

/// GET /internal/pages/{slug}
pub async fn edit(req: HttpRequest, app: web::Data<App>, who: SignedIn, slug: web::Path<String>) -> Outcome {
    Ok(html(StatusCode::OK, &edit_page(&req, &app, &who, &slug, &Typed::default(), None).await?)?)
}

/// POST /internal/pages/{slug}
pub async fn save(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    slug: web::Path<String>,
    form: SafeForm<PageForm>,
) -> Outcome {
    let (profile, on, sent) = (app.parts.profile.clone(), slug.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::save(tx, &profile, &on, &sent);
    let then = |()| ("page-said-saved", format!("{PAGES}/{slug}/preview"));
    let typed = Typed { words: Some(form.0), ..Typed::default() };
    let again = async |error: &Error| edit_page(&req, &app, &who, &slug, &typed, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

/// POST /internal/pages/{slug}/position
pub async fn place(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    slug: web::Path<String>,
    form: SafeForm<PlaceForm>,
) -> Outcome {
    let (profile, on, sent) = (app.parts.profile.clone(), slug.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::place(tx, &profile, &on, &sent);
    let typed = Typed { place: Some(form.0), ..Typed::default() };
    let again = async |error: &Error| edit_page(&req, &app, &who, &slug, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("page-said-placed", PAGES.to_owned()), again).await
}

/// POST /internal/pages/{slug}/withdrawal
pub async fn withdraw(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    slug: web::Path<String>,
    form: SafeForm<WithdrawalForm>,
) -> Outcome {
    let (profile, on, sent) = (app.parts.profile.clone(), slug.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::withdraw(tx, &profile, &on, &sent.check()?);
    let then = |()| ("page-said-withdrawn", format!("{PAGES}/{slug}"));
    let typed = Typed { withdrawal: form.0, ..Typed::default() };
    let again = async |error: &Error| edit_page(&req, &app, &who, &slug, &typed, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

// ---- looking ---------------------------------------------------------------------------------------------------------

fn rendered(app: &App, words: &Words) -> (Rendered, Option<Rendered>) {
    let one = |title: &str, body: &str| Rendered {
        title: title.to_owned(),
        body: Html { html: markdown::to_html(body), lang: None },
    };
    let body: Localized = words.body_at(&app.site.public_url);
    let english = words.title.en.as_deref().zip(body.en.as_deref());
    (one(&words.title.vi, &body.vi), english.map(|(title, body)| one(title, body)))
}

/// The page as it is being written, or one of its revisions.
async fn text_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    slug: &str,
    number: Option<i32>,
    error: Option<&Error>,
) -> Result<PageTextPage> {
    may(&who.person, Action::EditPages).require()?;
    let own = match number {
        Some(number) => format!("{PAGES}/{slug}/revisions/{number}"),
        None => format!("{PAGES}/{slug}/preview"),
    };
    let page = frame_of(req, app, who, Section::Pages, &own)?;
    let (profile, wanted) = (app.parts.profile.clone(), slug.to_owned());
    let (article, latest, words) = app
        .db()
        .read_async(move |conn| {
            let article = editorial::article(conn, &profile, &wanted)?;
            let latest = latest_of(conn, &article)?;
            let words = match number {
                Some(number) => editorial::revision(conn, &article, number)?,
                None => article.words.clone(),
            };
            Ok((article, latest, words))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let acts = match number {
        Some(_) => words != article.words,
        None => waits(&article, latest.as_ref()),
    };
    let (vi, en) = rendered(app, &words);
    Ok(PageTextPage {
        name: article.words.title.vi.clone(),
        revision: number.map(number_of),
        replaces: number.is_some() && acts && latest.as_ref() != Some(&article.words),
        acts,
        seen: article.words.mark(),
        slug: article.slug,
        vi,
        en,
        wrongs,
        page,
    })
}

/// GET /internal/pages/{slug}/preview
pub async fn preview(req: HttpRequest, app: web::Data<App>, who: SignedIn, slug: web::Path<String>) -> Outcome {
    Ok(html(StatusCode::OK, &text_page(&req, &app, &who, &slug, None, None).await?)?)
}

/// POST /internal/pages/{slug}/publication
pub async fn publish(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    slug: web::Path<String>,
    form: SafeForm<Seen>,
) -> Outcome {
    let (profile, on) = (app.parts.profile.clone(), slug.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::publish(tx, &profile, &on, &form.0.seen);
    let then = |()| ("page-said-published", format!("{PAGES}/{slug}"));
    let again = async |error: &Error| text_page(&req, &app, &who, &slug, None, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

/// The number of a revision in an address.
fn parse(number: &str) -> Result<i32> {
    number.parse().map_err(|_| Error::not_found())
}

/// GET /internal/pages/{slug}/revisions/{number}
pub async fn revision(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (slug, number) = path.into_inner();
    let number = parse(&number)?;
    Ok(html(StatusCode::OK, &text_page(&req, &app, &who, &slug, Some(number), None).await?)?)
}

/// POST /internal/pages/{slug}/revisions/{number}/restoration
pub async fn restore(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<Seen>,
) -> Outcome {
    let (slug, number) = path.into_inner();
    let number = parse(&number)?;
    let (profile, on) = (app.parts.profile.clone(), slug.clone());
    let verb = move |tx: &mut Tx<'_>| editorial::restore(tx, &profile, &on, number, &form.0.seen);
    let then = |()| ("page-said-restored", format!("{PAGES}/{slug}/preview"));
    let again = async |error: &Error| text_page(&req, &app, &who, &slug, Some(number), Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}
