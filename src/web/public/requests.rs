//! Requests for data: what others asked for, the form, which needs no account, following a request by its receipt number, and saying that
//! one needs the same. The list is a page like any other; counts of it lag behind by up to an hour, so that nobody empties the cache by
//! counting. Pages with a form are kept by no cache: each form carries a token of its own.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::page as kept_page;
use super::view::requests::{AskPage, FollowedView, RequestFollowPage, RequestPage, RequestRow, RequestsPage};
use super::voice::{own_page, unkept};
use crate::agency;
use crate::dataset;
use crate::discovery::Query;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Text};
use crate::http::{
    App, OpenForm, Outcome, TokenAge, address, client_address, ctx_of, form_token, lang_of, path_and_query, present,
    query_of, redirect,
};
use crate::kernel::text::truncate;
use crate::kernel::{Actor, Error, Kind, Lang, PageRequest, Problem, Result};
use crate::platform::db::Conn;
use crate::platform::net::Pass;
use crate::voice::request::{self, AskForm, Filing, Listed, PublicFilter, PublicOrder, State};
use crate::voice::{receipt_of, receipt_typed};
use crate::web::request_form::{self, RequestView};

const LIST: &str = "/yeu-cau-du-lieu";
const NEW: &str = "/yeu-cau-du-lieu/moi";
/// Where a request is followed by its receipt number.
pub(super) const FOLLOW: &str = "/yeu-cau-du-lieu/theo-doi";
const PAGE_SIZE: u64 = 20;
/// Datasets and requests that are shown beside the form.
const MATCHES: u64 = 5;
/// Characters of an answer in a list.
const BEGINNING: usize = 160;
/// Characters of a search that the form takes over.
const WORDS: usize = 200;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    state: String,
    q: String,
    sort: String,
    page: Option<String>,
}

impl Wish {
    fn standing(&self) -> &'static str {
        PublicFilter::STANDINGS.into_iter().find(|code| *code == self.state).unwrap_or_default()
    }

    fn path(&self) -> String {
        let order = PublicOrder::from_code(&self.sort);
        let sort = if order == PublicOrder::default() { "" } else { order.code() };
        address(LIST, &[("state", self.standing()), ("q", self.q.trim()), ("sort", sort)])
    }
}

/// GET /yeu-cau-du-lieu
pub async fn list(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let mut wish: Wish = query_of(&req)?;
    wish.q = wish.q.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    kept_page(&req, &app, |lang, path| {
        let (app, wish) = (app.get_ref().clone(), wish.clone());
        async move {
            let filter = PublicFilter {
                standing: wish.standing().to_owned(),
                text: wish.q.trim().to_owned(),
                order: PublicOrder::from_code(&wish.sort),
            };
            let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
            let found = app
                .db()
                .read_async(move |conn| {
                    let found = request::public_list(conn, &filter, asked)?;
                    let last = asked.within(found.total);
                    if last == asked { Ok(found) } else { request::public_list(conn, &filter, last) }
                })
                .await?;
            let mut page = app.public_page(lang, path, Section::Other);
            let number = found.request.number;
            page.indexed = wish.q.trim().is_empty() && wish.standing().is_empty();
            page.canonical = Some(match number {
                1 => wish.path(),
                number => format!("{}{}page={number}", wish.path(), if wish.path().contains('?') { "&" } else { "?" }),
            });
            let choice = |code: &str, text: String, chosen| Choice { value: code.to_owned(), text, chosen };
            let standings = PublicFilter::STANDINGS.into_iter().map(|code| {
                let text = match code {
                    "" => page.t("ask-standing-all"),
                    code => page.t(&format!("ask-standing-{code}")),
                };
                choice(code, text, code == wish.standing())
            });
            let orders = PublicOrder::ALL.into_iter().map(|order| {
                let chosen = order == PublicOrder::from_code(&wish.sort);
                choice(order.code(), page.t(&format!("ask-order-{}", order.code())), chosen)
            });
            Ok(RequestsPage {
                query: wish.q.trim().to_owned(),
                standings: standings.collect(),
                orders: orders.collect(),
                filtered: !wish.q.trim().is_empty() || !wish.standing().is_empty(),
                total: found.total,
                rows: found.items.iter().map(|item| row(&page, item)).collect(),
                ask_href: page.href(&address(NEW, &[("q", wish.q.trim())])),
                pager: Pager::new(number, found.pages(), page.href(&wish.path())),
                page,
            })
        }
    })
    .await
}

fn row(page: &PageCtx, item: &Listed) -> RequestRow {
    let request = &item.request;
    let (standing, tone) = request_form::standing(page, request);
    RequestRow {
        title: Text::of(request.title(), request.lang, page.lang),
        href: request_form::path_of(request).map(|path| page.href(&path)).unwrap_or_default(),
        standing,
        tone,
        agency: item.agency.as_ref().map(|name| present::text(page, name)),
        supporters: request.supporters,
        made: request.made_at,
        answer: request.answer.as_ref().map(|text| Text::of(truncate(text, BEGINNING), request.lang, page.lang)),
    }
}

// ---- asking ----------------------------------------------------------------------------------------------------------

#[derive(Default, Deserialize)]
#[serde(default)]
struct Prefilled {
    q: String,
}

/// GET /yeu-cau-du-lieu/moi
pub async fn new(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let given: Prefilled = query_of(&req)?;
    let wanted: String = given.q.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    let typed = AskForm { wanted: wanted.trim().to_owned(), ..AskForm::default() };
    form(&req, &app, &typed, None, None, None).await
}

/// POST /yeu-cau-du-lieu/moi
pub async fn send(req: HttpRequest, app: web::Data<App>, sent: OpenForm<AskForm>) -> Outcome {
    let age = sent.age(&app, NEW);
    let token = (age != TokenAge::Void).then(|| sent.token.clone());
    let refused = match age {
        TokenAge::Void => Some(Error::forbidden(Problem::new("form-expired"))),
        TokenAge::Early => Some(Error::invalid(Problem::new("report-early"))),
        TokenAge::Good => sent.fields.sound().err(),
    };
    if let Some(error) = refused {
        return form(&req, &app, &sent.fields, token, Some(&error), None).await;
    }
    if sent.fields.seen.is_empty() {
        // What is there already is shown once before anything is sent.
        let found = matches(&app, lang_of(&req), &sent.fields.wanted).await?;
        if !found.0.is_empty() || !found.1.is_empty() {
            return form(&req, &app, &sent.fields, token, None, Some(found)).await;
        }
    }
    if !app.asks.lets(client_address(&req, &app), app.now()) {
        let error = Error::refused(Kind::TooMany, Problem::new("report-too-many"));
        return form(&req, &app, &sent.fields, token, Some(&error), None).await;
    }
    let receipt = receipt_of(&sent.token);
    let mut ctx = ctx_of(&req, &app, Actor::Public, lang_of(&req));
    // Whose request it is nobody needs to know: the address stands in no entry.
    ctx.client = None;
    let (profile, seal, fields) = (app.parts.profile.clone(), app.seal.clone(), sent.fields.clone());
    let number = receipt.clone();
    let filed = app
        .db()
        .write_async(ctx, move |tx| {
            let filing = Filing { profile: &profile, seal: &seal, receipt: &number };
            request::file(tx, filing, &fields)
        })
        .await;
    match filed {
        Ok(_) => {
            let to = address(FOLLOW, &[("code", &receipt), ("sent", "1")]);
            Ok(redirect(&format!("{}{to}", lang_of(&req).prefix())))
        }
        Err(error) if error.kind() == Kind::Invalid => form(&req, &app, &sent.fields, token, Some(&error), None).await,
        Err(error) => Err(error.into()),
    }
}

/// Address part, title and its language, agency in both languages.
type Known = (String, String, Lang, String, Option<String>);
type Matches = (Vec<Known>, Vec<Listed>);

/// Datasets and requests that may be what a text asks for.
async fn matches(app: &App, lang: Lang, words: &str) -> Result<Matches> {
    let words = words.trim().to_owned();
    if words.is_empty() {
        return Ok(Matches::default());
    }
    let app = app.clone();
    let day = app.today().signed_duration_since(chrono::NaiveDate::default()).num_days().try_into().unwrap_or(i32::MAX);
    app.db()
        .clone()
        .read_async(move |conn| {
            let page = PageRequest { number: 1, size: MATCHES };
            let query = Query::new(words.clone(), page, lang, day);
            let found = app.parts.index.ready().then(|| app.parts.index.search(&query)).and_then(|answer| {
                answer
                    .inspect_err(
                        |error| tracing::warn!(%error, "the index does not answer; the list comes from the database"),
                    )
                    .ok()
            });
            let hits = match found {
                Some(answer) => answer.hits.into_iter().map(|hit| hit.id).collect(),
                None => dataset::search_ids(conn, &words, page)?.0,
            };
            Ok((cards(conn, &hits, lang)?, request::similar(conn, &words, MATCHES as usize)?))
        })
        .await
}

fn cards(conn: &mut Conn, ids: &[String], lang: Lang) -> Result<Vec<Known>> {
    Ok(dataset::cards(conn, ids)?
        .into_iter()
        .map(|card| {
            let (title, got) = card.metadata.title.get(lang);
            (card.dataset.slug.clone(), title.to_owned(), got, card.agency.vi.clone(), card.agency.en.clone())
        })
        .collect())
}

/// The form; with what was typed and why it was refused, or with what is there already.
async fn form(
    req: &HttpRequest,
    app: &web::Data<App>,
    typed: &AskForm,
    token: Option<String>,
    error: Option<&Error>,
    found: Option<Matches>,
) -> Outcome {
    let confirm = found.is_some();
    let mut page = own_page(req, app, NEW.to_owned());
    page.section = Section::Other;
    page.csrf = Some(match token {
        Some(token) => token,
        None => form_token(app, NEW)?,
    });
    let (datasets, requests) = match found {
        Some(found) => found,
        // A form whose token is void is sent again: only then is it held against what is there.
        None if error.is_some_and(|error| error.kind() == Kind::Forbidden) => Matches::default(),
        None => matches(app, page.lang, &typed.wanted).await?,
    };
    let today = app.today().to_string();
    let mut agencies = app.db().read_async(agency::all).await?;
    agencies.retain(|agency| !agency.is_over(&today));
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let status = match error.map(Error::kind) {
        None => StatusCode::OK,
        Some(Kind::Forbidden) => StatusCode::FORBIDDEN,
        Some(Kind::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    // A page cannot hold every character that a program may send.
    let plain = |text: &str| text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'), "");
    let field = |name: &'static str, value: &str| Field::new(name, plain(value)).checked(&wrongs);
    let unknown =
        Choice { value: String::new(), text: page.t("ask-agency-unknown"), chosen: typed.agency.trim().is_empty() };
    let choices = agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == typed.agency,
    });
    let rule = &app.profile().data_request.answer_working_days;
    let view = AskPage {
        wanted: field("wanted", &typed.wanted),
        purpose: field("purpose", &typed.purpose),
        agencies: std::iter::once(unknown).chain(choices).collect(),
        email: field("email", &typed.email),
        trap: field("website", ""),
        datasets: datasets
            .into_iter()
            .map(|(slug, title, got, vi, en)| {
                let link = Link { text: Text::of(title, got, page.lang), href: page.href(&format!("/dataset/{slug}")) };
                (link, present::text(&page, &crate::kernel::Localized { vi, en }))
            })
            .collect(),
        requests: requests.iter().map(|item| row(&page, item)).collect(),
        confirm,
        answered_within: (u64::from(rule.value), present::basis(&page, app.profile(), rule)),
        wrongs,
        page,
    };
    unkept(status, &view)
}

// ---- following, and needing the same ---------------------------------------------------------------------------------

#[derive(Default, Deserialize)]
#[serde(default)]
struct Receipt {
    code: String,
    sent: String,
}

/// GET /yeu-cau-du-lieu/theo-doi, with `?code=` of a receipt
pub async fn follow(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish: Receipt = query_of(&req)?;
    let mut page = own_page(&req, &app, path_and_query(&req));
    page.section = Section::Other;
    let typed: String = wish.code.chars().take(40).collect();
    if typed.trim().is_empty() {
        let code = Field::new("code", "");
        return unkept(StatusCode::OK, &RequestFollowPage { code, wrongs: Vec::new(), sent: false, found: None, page });
    }
    let asked = typed.clone();
    match app.db().read_async(move |conn| request::follow(conn, &asked)).await {
        Ok(found) => {
            let receipt = receipt_typed(&typed).unwrap_or_default();
            let own = &found.request;
            let view = FollowedView {
                address: format!("{}{}", app.site.public_url, page.href(&address(FOLLOW, &[("code", &receipt)]))),
                receipt,
                view: RequestView::of(&app, &page, &found, false),
                purpose: Text::of(&own.purpose, own.lang, page.lang),
                public: (own.outcome != Some(request::Outcome::Spam))
                    .then(|| request_form::path_of(own))
                    .flatten()
                    .map(|path| page.href(&path)),
                awaits_mail: own.awaits_mail,
            };
            let (code, sent) = (Field::new("code", typed), !wish.sent.is_empty());
            unkept(StatusCode::OK, &RequestFollowPage { code, wrongs: Vec::new(), sent, found: Some(view), page })
        }
        Err(error) if error.kind() == Kind::NotFound => {
            let wrongs = page.wrongs(&Error::invalid(Problem::new("receipt-unknown").on("code")));
            let code = Field::new("code", typed).checked(&wrongs);
            unkept(StatusCode::NOT_FOUND, &RequestFollowPage { code, wrongs, sent: false, found: None, page })
        }
        Err(error) => Err(error.into()),
    }
}

fn path_of(number: i32) -> String {
    format!("{LIST}/{number}")
}

fn number_of(text: &str) -> Result<i32> {
    // One address a request: no signs, no zeros in front.
    text.parse::<i32>().ok().filter(|number| *number > 0 && number.to_string() == text).ok_or_else(Error::not_found)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Told {
    said: String,
}

/// GET /yeu-cau-du-lieu/{number}
pub async fn show(req: HttpRequest, app: web::Data<App>, number: web::Path<String>) -> Outcome {
    let told: Told = query_of(&req)?;
    let said = ["counted", "already", "too-many"].into_iter().find(|code| *code == told.said);
    one(&req, &app, number_of(&number)?, said, StatusCode::OK).await
}

async fn one(
    req: &HttpRequest,
    app: &web::Data<App>,
    number: i32,
    said: Option<&'static str>,
    status: StatusCode,
) -> Outcome {
    let found = app.db().read_async(move |conn| request::public_one(conn, number)).await?;
    let path = path_of(number);
    let mut page = app.public_page(lang_of(req), path.clone(), Section::Other);
    page.csrf = Some(form_token(app, &path)?);
    let view = RequestPage {
        view: RequestView::of(app, &page, &found, false),
        number,
        open: found.request.state != State::Closed,
        said,
        page,
    };
    unkept(status, &view)
}

/// Nothing but the token is sent.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Nothing {}

/// POST /yeu-cau-du-lieu/{number}: one more who needs the same.
pub async fn support(
    req: HttpRequest,
    app: web::Data<App>,
    number: web::Path<String>,
    sent: OpenForm<Nothing>,
) -> Outcome {
    let number = number_of(&number)?;
    let path = path_of(number);
    // Whoever clicks at once is a person as well: only the token counts here, and how often.
    if sent.age(&app, &path) == TokenAge::Void {
        return one(&req, &app, number, Some("expired"), StatusCode::FORBIDDEN).await;
    }
    let to = |said: &str| redirect(&format!("{}{}", lang_of(&req).prefix(), address(&path, &[("said", said)])));
    match app.supports.lets_on(client_address(&req, &app), &path, app.now()) {
        Pass::Through => {}
        Pass::Often => return Ok(to("already")),
        Pass::Full => return Ok(to("too-many")),
    }
    let mut ctx = ctx_of(&req, &app, Actor::Public, lang_of(&req));
    ctx.client = None;
    match app.db().write_async(ctx, move |tx| request::support(tx, number)).await {
        Ok(()) => Ok(to("counted")),
        // It was answered meanwhile: the page says so.
        Err(error) if error.kind() == Kind::Conflict => Ok(redirect(&format!("{}{path}", lang_of(&req).prefix()))),
        Err(error) => Err(error.into()),
    }
}
