//! Reports of what is wrong with a dataset: the form, which needs no account, and following a report by its receipt number. No page of
//! these is kept by any cache: each form carries a token of its own, and a report is for whoever holds its number.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use serde::Deserialize;

use super::dataset::tombstone;
use super::requests;
use super::view::voice::{FollowPage, FollowView, ReportPage};
use crate::dataset::{self, Found};
use crate::http::page::{Field, Link, PageCtx, Section, Text};
use crate::http::{
    App, OpenForm, Outcome, TokenAge, address, client_address, ctx_of, form_token, html, lang_of, path_and_query,
    present, query_of, redirect,
};
use crate::kernel::{Actor, Error, Kind, Problem};
use crate::voice::{self, Filing, Followed, ReportForm, State, request};
use crate::web::report_form::{self, ReportFields};

const FOLLOW: &str = "/bao-loi";

fn form_path(slug: &str) -> String {
    format!("/dataset/{slug}/bao-loi")
}

/// GET /dataset/{slug}/bao-loi
pub async fn show(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    form(&req, &app, &slug, &ReportForm::default(), None, None).await
}

/// POST /dataset/{slug}/bao-loi
pub async fn send(
    req: HttpRequest,
    app: web::Data<App>,
    slug: web::Path<String>,
    sent: OpenForm<ReportForm>,
) -> Outcome {
    let refused = match sent.age(&app, &form_path(&slug)) {
        TokenAge::Void => Some(Error::forbidden(Problem::new("form-expired"))),
        TokenAge::Early => Some(Error::invalid(Problem::new("report-early"))),
        TokenAge::Good => sent.fields.sound().err(),
    };
    let refused = refused.or_else(|| {
        let lets = app.reports.lets(client_address(&req, &app), app.now());
        (!lets).then(|| Error::refused(Kind::TooMany, Problem::new("report-too-many")))
    });
    if let Some(error) = refused {
        // The same form sent again, or mended, is the same report; only a token that is no good is made anew.
        let token = (sent.age(&app, &form_path(&slug)) != TokenAge::Void).then(|| sent.token.clone());
        return form(&req, &app, &slug, &sent.fields, token, Some(&error)).await;
    }
    let receipt = voice::receipt_of(&sent.token);
    let mut ctx = ctx_of(&req, &app, Actor::Public, lang_of(&req));
    // Whose report it is nobody needs to know: the address stands in no entry.
    ctx.client = None;
    let (profile, seal, fields) = (app.parts.profile.clone(), app.seal.clone(), sent.fields.clone());
    let (of, number) = (slug.to_string(), receipt.clone());
    let filed = app
        .db()
        .write_async(ctx, move |tx| {
            let filing = Filing { profile: &profile, seal: &seal, receipt: &number };
            voice::file(tx, filing, &of, &fields)
        })
        .await;
    match filed {
        Ok(_) => {
            let to = address(FOLLOW, &[("code", &receipt), ("sent", "1")]);
            Ok(redirect(&format!("{}{to}", lang_of(&req).prefix())))
        }
        Err(error) if error.kind() == Kind::Gone => form(&req, &app, &slug, &sent.fields, None, None).await,
        Err(error) => Err(error.into()),
    }
}

/// The form; with what was typed and why it was refused, where it is drawn in answer to one.
async fn form(
    req: &HttpRequest,
    app: &web::Data<App>,
    slug: &str,
    typed: &ReportForm,
    token: Option<String>,
    error: Option<&Error>,
) -> Outcome {
    let wanted = slug.to_owned();
    let found = app
        .db()
        .read_async(move |conn| {
            let found = dataset::find_published(conn, &wanted)?;
            let title = match &found {
                Found::Published(dataset) => Some(dataset::detail(conn, &dataset.id, None)?.version.metadata.title),
                Found::Withdrawn(_) => None,
            };
            Ok((found, title))
        })
        .await?;
    let (dataset, title) = match found {
        (Found::Published(dataset), Some(title)) => (dataset, title),
        (Found::Withdrawn(dataset) | Found::Published(dataset), _) => return tombstone(req, app, &dataset).await,
    };
    let path = form_path(&dataset.slug);
    let mut page = own_page(req, app, path.clone());
    page.csrf = Some(match token {
        Some(token) => token,
        None => form_token(app, &path)?,
    });
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let status = match error.map(Error::kind) {
        None => StatusCode::OK,
        Some(Kind::Forbidden) => StatusCode::FORBIDDEN,
        Some(Kind::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let view = ReportPage {
        dataset: Link { text: present::text(&page, &title), href: page.href(&format!("/dataset/{}", dataset.slug)) },
        fields: ReportFields::of(&page, typed, &wrongs, true),
        wrongs,
        page,
    };
    unkept(status, &view)
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    code: String,
    sent: String,
}

/// GET /bao-loi, with `?code=` of a receipt
pub async fn follow(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = own_page(&req, &app, path_and_query(&req));
    let typed: String = wish.code.chars().take(40).collect();
    if typed.trim().is_empty() {
        let code = Field::new("code", "");
        return unkept(StatusCode::OK, &FollowPage { code, wrongs: Vec::new(), sent: false, found: None, page });
    }
    let asked = typed.clone();
    let found = app
        .db()
        .read_async(move |conn| match voice::follow(conn, &asked) {
            Err(error) if error.kind() == Kind::NotFound && request::follow(conn, &asked).is_ok() => Ok(None),
            found => found.map(Some),
        })
        .await;
    match found {
        // It is the number of a request for data.
        Ok(None) => Ok(redirect(&page.href(&address(requests::FOLLOW, &[("code", &typed)])))),
        Ok(Some(found)) => {
            let receipt = voice::receipt_typed(&typed).unwrap_or_default();
            let found = Some(followed(&app, &page, receipt, &found));
            let code = Field::new("code", typed);
            unkept(StatusCode::OK, &FollowPage { code, wrongs: Vec::new(), sent: !wish.sent.is_empty(), found, page })
        }
        Err(error) if error.kind() == Kind::NotFound => {
            let wrongs = page.wrongs(&Error::invalid(Problem::new("receipt-unknown").on("code")));
            let code = Field::new("code", typed).checked(&wrongs);
            unkept(StatusCode::NOT_FOUND, &FollowPage { code, wrongs, sent: false, found: None, page })
        }
        Err(error) => Err(error.into()),
    }
}

fn followed(app: &App, page: &PageCtx, receipt: String, found: &Followed) -> FollowView {
    let report = &found.report;
    let own = format!("/dataset/{}", found.dataset.slug);
    let title = present::public_title(&page.texts, &found.dataset, &found.title);
    let correction = report.corrected_in.map(|number| {
        let count = u64::try_from(number).unwrap_or(0);
        let link = Link::new(page.t1("version-number", "number", count), page.href(&format!("{own}/v/{number}")));
        (link, found.note.as_ref().map(|note| present::text(page, note)))
    });
    let step = |state: State| page.t(&format!("report-state-{}", state.code()));
    FollowView {
        address: format!("{}{}", app.site.public_url, page.href(&address(FOLLOW, &[("code", &receipt)]))),
        receipt,
        dataset: Link { text: present::text(page, &title), href: page.href(&own) },
        kind: page.t(&format!("report-kind-{}", report.kind.code())),
        state: report.state.code(),
        tone: report_form::tone(report.state),
        outcome: report.outcome.map(|outcome| page.t(&format!("report-outcome-{}", outcome.code()))),
        steps: found.steps.iter().map(|one| (step(one.state), one.at)).collect(),
        answer: report.answer.as_ref().map(|answer| Text::of(answer, report.lang, page.lang)),
        correction,
        awaits_mail: report.awaits_mail,
    }
}

/// A page that is for one reader alone.
pub(super) fn own_page(req: &HttpRequest, app: &App, path: String) -> PageCtx {
    let mut page = app.public_page(lang_of(req), path, Section::Datasets);
    page.canonical = None;
    page
}

pub(super) fn unkept(status: StatusCode, view: &impl Template) -> Outcome {
    let mut answer: HttpResponse = html(status, view)?;
    let headers = answer.headers_mut();
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-store"));
    // The address holds the receipt number: no other site is told of it.
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    Ok(answer)
}
