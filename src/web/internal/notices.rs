//! The inbox.

use std::collections::BTreeMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::export::{self, Export};
use super::serve::{PageWish, frame, picked};
use super::view::notices::{NoticeRow, NoticesPage};
use crate::http::page::{Pager, Section, Tone};
use crate::http::{App, Outcome, SafeForm, SignedIn, ctx_of, flash, html, query_of, redirect};
use crate::kernel::id::NoticeId;
use crate::kernel::{Actor, Error, PageRequest, Result, Timestamp};
use crate::notify::{self, Frequency};
use crate::platform::db::Db;
use crate::platform::sheet::Cell;

const INBOX: &str = "/internal/notices";
const PAGE_SIZE: u64 = 25;
/// Notices that an export reads at once.
const PORTION: u64 = 500;

/// GET /internal/notices
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: PageWish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Notices)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let id = who.person.account.id.clone();
    let found = app.db().read_async(move |conn| notify::inbox(conn, &id, request)).await?;
    let rows = found.items.iter().map(|notice| {
        let (title, body) = notify::words_of(&page.texts, page.lang, notice);
        NoticeRow {
            id: notice.id.to_string(),
            title,
            body,
            href: notice.link.clone(),
            at: notice.at,
            read: notice.read_at.is_some(),
        }
    });
    let view = NoticesPage {
        notices: rows.collect(),
        total: found.total,
        unread: who.unread,
        until: page.now.0,
        pager: Pager::new(request.number, found.pages(), INBOX.to_owned()),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/notices.xlsx, /internal/notices.csv: one's own inbox.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Notices)?;
    let heads =
        [("notices-at", 20), ("notices-what", 60), ("notices-body", 90), ("notices-state", 14), ("notices-link", 60)];
    let sheet = export::sheet(&page, page.t("notices-title"), &heads);
    let export = Export { action: "notify.export", list: "notices", filter: Vec::new(), rows: 0, sheet };
    let (own, base) = (who.person.account.id.clone(), app.parts.settings.internal_url.clone());
    let rows = move |db: Db| {
        let notices = export::items(db, PORTION, move |conn, request| notify::inbox(conn, &own, request));
        notices.map(move |notice| {
            let notice = notice?;
            let (title, body) = notify::words_of(&page.texts, page.lang, &notice);
            let state = if notice.read_at.is_some() { "notices-read" } else { "notices-unread" };
            Ok(vec![
                export::moment(&page, notice.at),
                Cell::Text(title),
                Cell::Text(body),
                Cell::Text(page.t(state)),
                Cell::Text(format!("{base}{}", notice.link)),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// POST /internal/notices/read: one notice (`id`), those that are ticked (`chosen`), or all that were there when the page was drawn
/// (`until`, milliseconds).
pub async fn read(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    form: SafeForm<BTreeMap<String, String>>,
) -> Outcome {
    let (lang, own, form) = (who.person.lang(), who.person.account.id.clone(), form.0);
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let ctx = ctx_of(&req, &app, Actor::Account(own.clone()), lang);
    let now = ctx.at;
    let (one, until) = (given("id"), given("until"));
    if !given("chosen").is_empty() || !one.is_empty() {
        let ids = picked(&form).chain(Some(one).filter(|one| !one.is_empty()));
        let ids = ids.map(|id| NoticeId::parse(id).ok_or_else(Error::not_found)).collect::<Result<Vec<_>>>()?;
        if ids.is_empty() {
            flash(&who.session, Tone::Warn, &app.parts.texts.text(lang, "notices-none-chosen", &[]))?;
        }
        app.db().write_async(ctx, move |tx| ids.iter().try_for_each(|id| notify::mark_read(tx, &own, id))).await?;
    } else {
        let until = until.parse().map_or(now, Timestamp).min(now);
        app.db().write_async(ctx, move |tx| notify::mark_all_read(tx, &own, until)).await?;
        flash(&who.session, Tone::Good, &app.parts.texts.text(lang, "notices-all-read", &[]))?;
    }
    Ok(redirect(INBOX))
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct FrequencyForm {
    frequency: String,
}

/// POST /internal/account/notices
pub async fn choose(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<FrequencyForm>) -> Outcome {
    if let Some(frequency) = Frequency::from_code(&form.0.frequency) {
        let (lang, own) = (who.person.lang(), who.person.account.id.clone());
        let ctx = ctx_of(&req, &app, Actor::Account(own.clone()), lang);
        app.db().write_async(ctx, move |tx| notify::choose(tx, &own, frequency)).await?;
        flash(&who.session, Tone::Good, &app.parts.texts.text(lang, "account-notices-saved", &[]))?;
    }
    Ok(redirect("/internal/account"))
}
