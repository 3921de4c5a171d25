//! The lists of focal points that are compiled, submitted and approved.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::export::{self, Export};
use super::serve::{act, frame};
use super::view::focal_lists::{FocalListLine, FocalListPage, FocalListRowLine, FocalListsPage};
use crate::access::{Action, may};
use crate::account;
use crate::http::page::{Field, PageCtx, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, html};
use crate::kernel::id::FocalListId;
use crate::kernel::{Error, Result, Timestamp, day_of};
use crate::people::{self, DecisionForm, FocalList, SubmitForm};
use crate::platform::db::{Db, Tx};
use crate::platform::sheet::Cell;
use crate::profile::{Decider, Profile};

const LISTS: &str = "/internal/agencies/focal-lists";
/// Lists that the page shows.
const MOST: i64 = 100;

/// Who approves the list, as people call it.
fn decider(page: &PageCtx, profile: &Profile) -> String {
    match profile.decision.focal_points.value {
        Decider::Ppc => page.t("decider-ppc"),
        Decider::Chair => page.t("decider-chair"),
    }
}

async fn lists_page(req: &HttpRequest, app: &App, who: &SignedIn, error: Option<&Error>) -> Result<FocalListsPage> {
    may(&who.person, Action::SeeAgencies).require()?;
    let page = frame(req, app, who, Section::Agencies)?;
    let found = app.db().read_async(|conn| people::focal_lists(conn, MOST)).await?;
    Ok(FocalListsPage {
        may_compile: may(&who.person, Action::ManageAgencies).granted(),
        with_nominated: app.profile().focal.needs_approval.value,
        decider: decider(&page, app.profile()),
        rows: found
            .iter()
            .map(|list| FocalListLine {
                href: format!("{LISTS}/{}", list.id),
                number: u64::try_from(list.number).unwrap_or(0),
                state: list.state.clone(),
                compiled: Timestamp(list.compiled_at),
                decision: decision(&page, list),
            })
            .collect(),
        wrongs: error.map(|error| page.wrongs(error)).unwrap_or_default(),
        page,
    })
}

/// Number and day of the decision on a list, as one line.
fn decision(page: &PageCtx, list: &FocalList) -> Option<String> {
    let number = list.decision_number.clone()?;
    let day = list.decision_date.as_deref().and_then(day_of);
    Some(day.map_or_else(|| number.clone(), |day| format!("{number}, {}", page.date(day))))
}

/// GET /internal/agencies/focal-lists
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &lists_page(&req, &app, &who, None).await?)?)
}

/// POST /internal/agencies/focal-lists: compiles one.
pub async fn compile(req: HttpRequest, app: web::Data<App>, who: SignedIn, _form: SafeForm<()>) -> Outcome {
    let profile = app.parts.profile.clone();
    let verb = move |tx: &mut Tx<'_>| people::compile_focal_list(tx, &profile);
    let again = async |error: &Error| lists_page(&req, &app, &who, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("focal-list-compiled-done", format!("{LISTS}/{id}")), again).await
}

/// What was typed on a list's page.
#[derive(Clone, Debug, Default)]
struct Typed {
    submit: Option<SubmitForm>,
    decision: DecisionForm,
}

async fn list_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &FocalListId,
    typed: &Typed,
    error: Option<&Error>,
) -> Result<FocalListPage> {
    may(&who.person, Action::SeeAgencies).require()?;
    let page = frame(req, app, who, Section::Agencies)?;
    let wanted = id.clone();
    let (list, rows, newest, compiler) = app
        .db()
        .read_async(move |conn| {
            let list = people::focal_list_by_id(conn, &wanted)?.ok_or_else(Error::not_found)?;
            let rows = people::focal_list_rows(conn, &wanted)?;
            let newest = people::focal_lists(conn, 1)?.first().is_none_or(|newest| newest.id == list.id);
            let names: HashMap<String, String> = account::names(conn, &[list.compiled_by.to_string()])?;
            let compiler = names.into_values().next();
            Ok((list, rows, newest, compiler))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let manages = may(&who.person, Action::ManageAgencies).granted();
    let today = app.today().format("%d/%m/%Y").to_string();
    let submit =
        typed.submit.clone().unwrap_or_else(|| SubmitForm { submitted_on: today, letter_number: String::new() });
    Ok(FocalListPage {
        id: id.to_string(),
        xlsx: format!("{LISTS}/{id}.xlsx"),
        csv: format!("{LISTS}/{id}.csv"),
        number: u64::try_from(list.number).unwrap_or(0),
        decider: decider(&page, app.profile()),
        compiled: Timestamp(list.compiled_at),
        compiled_by: compiler,
        submitted: list.submitted_on.as_deref().and_then(day_of),
        letter: list.letter_number.clone(),
        decision: decision(&page, &list),
        signer: list.signer.clone(),
        link: list.link.clone(),
        gaps: u64::try_from(rows.iter().filter(|row| row.focal_point_id.is_none()).count()).unwrap_or(0),
        rows: rows
            .iter()
            .map(|row| FocalListRowLine {
                number: u64::try_from(row.position).unwrap_or(0),
                level: page.code("level", &row.level),
                agency: row.agency_name.clone(),
                kind: page.code("focal-kind", &row.kind),
                name: row.person_name.clone(),
                duty: row.duty.clone(),
                phone: row.phone.clone(),
                mail: row.email.clone(),
            })
            .collect(),
        may_submit: manages && list.state == "compiled" && newest,
        older: list.state == "compiled" && !newest,
        may_decide: manages && list.state == "submitted",
        confirms: app.profile().focal.needs_approval.value,
        submitted_on: field("submitted_on", &submit.submitted_on),
        letter_number: field("letter_number", &submit.letter_number),
        decision_number: field("number", &typed.decision.number),
        decided_on: field("decided_on", &typed.decision.decided_on),
        signed_by: field("signer", &typed.decision.signer),
        decision_link: field("link", &typed.decision.link),
        state: list.state,
        wrongs,
        page,
    })
}

fn list_id(path: &str) -> Result<FocalListId> {
    FocalListId::parse(path).ok_or_else(Error::not_found)
}

/// GET /internal/agencies/focal-lists/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = list_id(&id)?;
    Ok(html(StatusCode::OK, &list_page(&req, &app, &who, &id, &Typed::default(), None).await?)?)
}

/// POST /internal/agencies/focal-lists/{id}/submission
pub async fn submit(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<SubmitForm>,
) -> Outcome {
    let (id, form) = (list_id(&id)?, form.0);
    let (wanted, profile, typed) =
        (id.clone(), app.parts.profile.clone(), Typed { submit: Some(form.clone()), ..Typed::default() });
    let verb = move |tx: &mut Tx<'_>| people::submit_focal_list(tx, &profile, &wanted, &form);
    let again = async |error: &Error| list_page(&req, &app, &who, &id, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("focal-list-submitted-done", format!("{LISTS}/{id}")), again).await
}

/// POST /internal/agencies/focal-lists/{id}/approval
pub async fn approve(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<DecisionForm>,
) -> Outcome {
    let (id, form) = (list_id(&id)?, form.0);
    let (wanted, profile, typed) =
        (id.clone(), app.parts.profile.clone(), Typed { decision: form.clone(), ..Typed::default() });
    let verb = move |tx: &mut Tx<'_>| people::decide_focal_list(tx, &profile, &wanted, &form);
    let again = async |error: &Error| list_page(&req, &app, &who, &id, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("focal-list-approved-done", format!("{LISTS}/{id}")), again).await
}

/// GET /internal/agencies/focal-lists/{id}.xlsx, .csv: the list as it was compiled.
pub async fn export(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    may(&who.person, Action::SeeAgencies).require()?;
    let (id, form) = (list_id(&path.0)?, export::form_of(&path.1)?);
    let page = frame(&req, &app, &who, Section::Agencies)?;
    let wanted = id.clone();
    let (list, rows) = app
        .db()
        .read_async(move |conn| {
            let list = people::focal_list_by_id(conn, &wanted)?.ok_or_else(Error::not_found)?;
            Ok((list, people::focal_list_rows(conn, &wanted)?))
        })
        .await?;
    let heads = [
        ("focal-list-row", 8),
        ("focal-level", 14),
        ("in-agency", 44),
        ("focal-kind", 28),
        ("account-person", 28),
        ("focal-position", 28),
        ("agency-telephone", 18),
        ("agency-mail", 32),
    ];
    let sheet = export::sheet(&page, page.t1("focal-list-title", "number", i64::from(list.number)), &heads);
    let filter = vec![("list", list.number.to_string())];
    let export = Export { action: "focal-list.export", list: "focal-list", filter, rows: 0, sheet };
    let rows = move |_: Db| {
        rows.into_iter().map(move |row| {
            Ok(vec![
                Cell::Whole(row.position.into()),
                Cell::Text(page.code("level", &row.level)),
                Cell::Text(row.agency_name),
                Cell::Text(page.code("focal-kind", &row.kind)),
                Cell::Text(row.person_name),
                Cell::Text(row.duty),
                Cell::Text(row.phone),
                Cell::Text(row.email),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}
