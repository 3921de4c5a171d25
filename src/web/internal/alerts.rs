//! Alerts: what somebody must look at.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::export::{self, Export};
use super::serve::{PageWish, act, frame};
use super::view::alerts::{AlertRow, AlertsPage};
use crate::access::{Action, may};
use crate::alert::{self, Alert, HandlingForm};
use crate::http::page::{Field, PageCtx, Pager, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, query_of};
use crate::kernel::id::AlertId;
use crate::kernel::{Arg, Error, PageRequest, Result};
use crate::platform::db::{Db, Tx};
use crate::platform::sheet::Cell;

const ALERTS: &str = "/internal/alerts";
const PAGE_SIZE: u64 = 25;
/// Alerts that an export reads at once.
const PORTION: u64 = 500;

/// GET /internal/alerts
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &view(&req, &app, &who, None).await?)?)
}

/// POST /internal/alerts/{id}/handling
pub async fn handle(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<HandlingForm>,
) -> Outcome {
    let id = AlertId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, known, given) = (app.parts.profile.clone(), id.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| alert::handle(tx, &profile, &known, &given);
    let again = async |error: &Error| view(&req, &app, &who, Some((&id, &form.0, error))).await;
    act(&req, &app, &who, verb, |()| ("alerts-handled-now", ALERTS.to_owned()), again).await
}

/// GET /internal/alerts.xlsx, /internal/alerts.csv
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::HandleAlerts).require()?;
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Alerts)?;
    let heads = [
        ("alerts-at", 20),
        ("alerts-kind", 40),
        ("alerts-body", 70),
        ("alerts-person", 28),
        ("alerts-events", 10),
        ("alerts-first", 12),
        ("alerts-last", 12),
        ("alerts-state", 14),
        ("alerts-by", 28),
        ("alerts-when", 20),
        ("alerts-note-head", 70),
    ];
    let sheet = export::sheet(&page, page.t("alerts-title"), &heads);
    let export = Export { action: "alert.export", list: "alerts", filter: Vec::new(), rows: 0, sheet };
    let rows = move |db: Db| export::items(db, PORTION, alert::list).map(move |alert| Ok(cells(&page, alert?)));
    export::answer(&req, &app, &who, form, export, rows).await
}

fn cells(page: &PageCtx, alert: Alert) -> Vec<Cell> {
    let (title, body) = words(page, &alert);
    let state = if alert.handled.is_some() { "alerts-state-handled" } else { "alerts-state-open" };
    let handled = alert.handled.as_ref();
    vec![
        export::moment(page, alert.at),
        Cell::Text(title),
        Cell::Text(body),
        alert.name.clone().into(),
        Cell::count(alert.events),
        Cell::Whole(alert.first),
        Cell::Whole(alert.last),
        Cell::Text(page.t(state)),
        handled.map(|handled| handled.by.clone()).into(),
        handled.map_or(Cell::Empty, |handled| export::moment(page, handled.at)),
        handled.map(|handled| handled.note.clone()).into(),
    ]
}

async fn view(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    sent: Option<(&AlertId, &HandlingForm, &Error)>,
) -> Result<AlertsPage> {
    may(&who.person, Action::HandleAlerts).require()?;
    let wish: PageWish = query_of(req)?;
    let page = frame(req, app, who, Section::Alerts)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let found = app.db().read_async(move |conn| alert::list(conn, request)).await?;
    let mut wrongs = sent.map(|(_, _, error)| page.wrongs(error)).unwrap_or_default();
    let row = |alert: &Alert| {
        let (title, body) = words(&page, alert);
        let mut note = Field::new("note", "");
        if let Some((_, form, _)) = sent.filter(|(id, ..)| **id == alert.id) {
            note = Field::new("note", form.note.clone()).checked(&wrongs);
        }
        AlertRow {
            id: alert.id.to_string(),
            title,
            body,
            at: alert.at,
            href: format!("/internal/audit/{}", alert.first.max(1)),
            own: alert.account.as_ref() == Some(&who.person.account.id),
            note,
            handled: alert.handled.as_ref().map(|handled| (handled.by.clone(), handled.at, handled.note.clone())),
        }
    };
    let (handled, open): (Vec<&Alert>, Vec<&Alert>) = found.items.iter().partition(|alert| alert.handled.is_some());
    let (open, handled) = (open.into_iter().map(row).collect(), handled.into_iter().map(row).collect());
    // The field of each alert has an id of its own.
    if let Some((id, ..)) = sent {
        for wrong in wrongs.iter_mut().filter(|wrong| wrong.field.as_deref() == Some("note")) {
            wrong.field = Some(format!("note-{id}"));
        }
    }
    Ok(AlertsPage {
        total: found.total,
        open,
        handled,
        wrongs,
        pager: Pager::new(request.number, found.pages(), ALERTS),
        page,
    })
}

/// What an alert says: title and body, from the messages of its notice.
fn words(page: &PageCtx, alert: &Alert) -> (String, String) {
    let person = alert.name.clone().unwrap_or_else(|| "–".to_owned());
    let args: [(&str, Arg); 4] = [
        ("person", person.into()),
        ("events", alert.events.into()),
        ("rows", alert.rows.into()),
        ("entry", alert.first.into()),
    ];
    let say = |part: &str| page.texts.text(page.lang, &format!("notice-alert-{}-{part}", alert.kind.code()), &args);
    (say("title"), say("body"))
}
