//! The working calendar: a year's days off, and entering another year's from a file or typed rows, looked at before it counts.

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::{Datelike, NaiveDate};
use futures_util::StreamExt;
use serde::Deserialize;

use super::export::{self, Export};
use super::serve::{act, frame, frame_of, refused};
use super::upload::{broken, fields_and_file};
use super::view::calendar::{CalendarPage, ChangeLine, DayLine, Preview, SaidView};
use crate::access::{Action, may};
use crate::calendar::{self, Change, Look, Outlook, Said};
use crate::http::page::{Field, Link, PageCtx, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, present, query_of};
use crate::kernel::{Error, Kind, Localized, Problem, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;
use crate::platform::token;
use crate::profile::{CalendarEntry, Profile};

const HREF: &str = "/internal/calendar";

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    year: Option<i32>,
}

/// The year that somebody asks for, or the present one where nobody could mean it.
fn meant(asked: Option<i32>, today: NaiveDate) -> i32 {
    asked.filter(|year| (1000..=2999).contains(year)).unwrap_or(today.year())
}

/// Rows that somebody typed, or that a file held.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RowsForm {
    /// The rows, as a file has them.
    rows: String,
    /// Not empty when days that are over may change.
    correct: String,
    /// The mark of the rows whose changes were shown.
    seen: String,
    /// The mark of the year that they were shown against.
    held: String,
}

impl RowsForm {
    /// The rows as they are read: browsers send line ends of their own.
    fn text(&self) -> String {
        self.rows.replace("\r\n", "\n").trim().to_owned()
    }

    /// What is sent along when their changes are shown.
    fn mark(&self) -> String {
        token::sha256_hex(&self.text())
    }
}

/// What a page says: how it stands, and what was sent.
#[derive(Default)]
struct Shown<'a> {
    year: Option<i32>,
    sent: Option<&'a RowsForm>,
    found: Option<Look>,
    error: Option<&'a Error>,
}

/// GET /internal/calendar
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let shown = Shown { year: wish.year, ..Shown::default() };
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, shown).await?)?)
}

/// GET /internal/calendar.xlsx, .csv: the days off of a year.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Other)?;
    let (profile, year) = (app.parts.profile.clone(), meant(wish.year, app.today()));
    let kept = app.db().read_async(move |conn| calendar::with_entered(conn, &profile)).await?;
    let entries = kept.entries_of(year);
    let days: Vec<DayLine> = entries.iter().map(|entry| day_line(&page, app.profile(), entry)).collect();
    let heads = [
        ("quarter-first", 14),
        ("quarter-last", 14),
        ("calendar-occasion", 44),
        ("calendar-kind", 20),
        ("calendar-status", 20),
        ("calendar-basis", 60),
    ];
    let sheet = export::sheet(&page, page.t1("calendar-year", "year", year.to_string()), &heads);
    let rows = u64::try_from(days.len()).unwrap_or(u64::MAX);
    let filter = vec![("year", year.to_string())];
    let export = Export { action: "calendar.export", list: "calendar", filter, rows, sheet };
    let rows = move |_: Db| {
        days.into_iter().map(|day| {
            let SaidView { name, kind, status, basis, .. } = day.said;
            let said = [name.text, kind, status, basis].map(Cell::Text);
            Ok([Cell::Date(day.from), Cell::Date(day.to)].into_iter().chain(said).collect::<Vec<_>>())
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// POST /internal/calendar: shows what the rows would change; enters them once that was shown.
pub async fn enter(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<RowsForm>) -> Outcome {
    may(&who.person, Action::KeepCalendar).require()?;
    let form = form.0;
    if form.seen != form.mark() {
        return look(&req, &app, &who, &form).await;
    }
    let file = match calendar::read(form.text().as_bytes(), app.profile()) {
        Ok(file) => file,
        Err(error) => return refused(error, async |error: &Error| again(&req, &app, &who, &form, error).await).await,
    };
    let (profile, correct, held) = (app.parts.profile.clone(), !form.correct.is_empty(), form.held.clone());
    let to = format!("{HREF}?year={}", file.year);
    let verb = move |tx: &mut Tx<'_>| calendar::enter(tx, &profile, &file, correct, Some(&held));
    let again = async |error: &Error| again(&req, &app, &who, &form, error).await;
    act(&req, &app, &who, verb, |_| ("calendar-said-entered", to), again).await
}

/// POST /internal/calendar/file: the rows of a file, and what they would change; nothing is entered yet.
pub async fn send(req: HttpRequest, app: web::Data<App>, who: SignedIn, body: web::Payload) -> Outcome {
    let mut parts = Multipart::new(req.headers(), body);
    let (_, file) = fields_and_file(&req, &who.session, &mut parts).await?;
    may(&who.person, Action::KeepCalendar).require()?;
    let mut bytes = Vec::new();
    if let Some(mut part) = file {
        while let Some(piece) = part.next().await {
            bytes.extend_from_slice(&piece.map_err(broken)?);
            if bytes.len() > calendar::MOST_BYTES {
                break;
            }
        }
    }
    let unfit = match std::str::from_utf8(&bytes) {
        _ if bytes.len() > calendar::MOST_BYTES => {
            Some(Problem::new("calendar-file-long").with("most", calendar::MOST_BYTES >> 10))
        }
        Err(_) => Some(Problem::new("calendar-not-utf8")),
        Ok(_) => None,
    };
    if let Some(problem) = unfit {
        let error = Error::invalid(problem.on("file"));
        let shown =
            async |error: &Error| page_of(&req, &app, &who, Shown { error: Some(error), ..Shown::default() }).await;
        return refused(error, shown).await;
    }
    let rows = String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned();
    look(&req, &app, &who, &RowsForm { rows, ..RowsForm::default() }).await
}

/// The page with what the rows would change, or with what is wrong with them.
async fn look(req: &HttpRequest, app: &App, who: &SignedIn, form: &RowsForm) -> Outcome {
    match looked_at(app, form).await {
        Ok(found) => {
            let shown = Shown { sent: Some(form), found: Some(found), ..Shown::default() };
            Ok(html(StatusCode::OK, &page_of(req, app, who, shown).await?)?)
        }
        Err(error) => refused(error, async |error: &Error| again(req, app, who, form, error).await).await,
    }
}

/// What the rows of a form would change now.
async fn looked_at(app: &App, form: &RowsForm) -> Result<Look> {
    let (profile, text) = (app.parts.profile.clone(), form.text());
    let look = move |conn: &mut Conn| calendar::look(conn, &profile, &calendar::read(text.as_bytes(), &profile)?);
    app.db().read_async(look).await
}

/// The page with what was typed and what is wrong with it; with the changes, where the rows can be read.
async fn again(req: &HttpRequest, app: &App, who: &SignedIn, form: &RowsForm, error: &Error) -> Result<CalendarPage> {
    let found = match looked_at(app, form).await {
        Ok(found) => Some(found),
        Err(unread) if unread.kind() == Kind::Invalid => None,
        Err(failed) => return Err(failed),
    };
    page_of(req, app, who, Shown { sent: Some(form), found, error: Some(error), ..Shown::default() }).await
}

async fn page_of(req: &HttpRequest, app: &App, who: &SignedIn, shown: Shown<'_>) -> Result<CalendarPage> {
    let page = frame_of(req, app, who, Section::Other, HREF)?;
    let today = app.today();
    let profile = app.parts.profile.clone();
    let (kept, outlook) = app
        .db()
        .read_async(move |conn| {
            Ok((calendar::with_entered(conn, &profile)?, calendar::outlook(conn, &profile, today)?))
        })
        .await?;
    let asked = shown.found.as_ref().map(|found| found.year).or(shown.year);
    let mut years = kept.years();
    years.extend(outlook.gaps.iter().map(|gap| gap.year));
    let year = meant(asked, today);
    years.insert(year);
    let entered = app.db().read_async(move |conn| calendar::entered_on(conn, year)).await?;
    let entries = kept.entries_of(year);
    let wrongs = shown.error.map(|error| page.wrongs(error)).unwrap_or_default();
    let rows = shown.sent.map_or_else(|| calendar::as_csv(&entries), RowsForm::text);
    let preview = shown.sent.zip(shown.found).map(|(form, found)| Preview {
        changes: found.changes.iter().map(|change| change_line(&page, app.profile(), change)).collect(),
        past: found.changes.iter().any(|change| change.from < today),
        correct: Field::new("correct", form.correct.clone()).checked(&wrongs),
        seen: form.mark(),
        held: found.mark,
    });
    Ok(CalendarPage {
        keeps: may(&who.person, Action::KeepCalendar).granted(),
        known: kept.covers(year),
        years: years
            .iter()
            .map(|one| (Link::new(one.to_string(), format!("{HREF}?year={one}")), *one == year))
            .collect(),
        warnings: warnings(&page, &outlook),
        days: entries.iter().map(|entry| day_line(&page, app.profile(), entry)).collect(),
        file: Field::new("file", String::new()).checked(&wrongs),
        rows: Field::new("rows", rows).checked(&wrongs),
        most: calendar::MOST_BYTES as u64,
        year,
        entered,
        preview,
        wrongs,
        page,
    })
}

/// What is missing of the calendar, in words.
pub(super) fn warnings(page: &PageCtx, outlook: &Outlook) -> Vec<String> {
    let gaps = outlook.gaps.iter().map(|gap| page.texts.problem(page.lang, &gap.problem()));
    gaps.chain(outlook.behind.then(|| page.t("calendar-behind"))).collect()
}

fn said(page: &PageCtx, profile: &Profile, said: &Said) -> SaidView {
    let basis = said.basis.as_deref().and_then(|basis| basis.parse().ok());
    SaidView {
        name: present::text(page, &Localized { vi: said.name.clone(), en: said.name_en.clone() }),
        kind: page.code("calendar-kind", said.kind),
        works: said.kind == "make-up",
        status: page.code("calendar-status", said.status),
        assumed: said.status == "assumed",
        basis: basis.map(|basis| present::cited(page, profile, &basis)).unwrap_or_default(),
    }
}

fn day_line(page: &PageCtx, profile: &Profile, entry: &CalendarEntry) -> DayLine {
    DayLine { from: entry.from, to: entry.to, said: said(page, profile, &Said::of(entry)) }
}

fn change_line(page: &PageCtx, profile: &Profile, change: &Change) -> ChangeLine {
    let told = |one: &Option<Said>| one.as_ref().map(|one| said(page, profile, one));
    ChangeLine { from: change.from, to: change.to, before: told(&change.before), after: told(&change.after) }
}
