//! The directory of agencies and their focal points.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::accounts::agency_choices;
use super::export::{self, Export};
use super::serve::{act, frame};
use super::view::agencies::{AgenciesPage, AgencyAdminPage, AgencyFields, AgencyLine, AgencyNewPage, FocalLine};
use crate::access::{Action, may};
use crate::agency::{self, Agency};
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, query_of};
use crate::kernel::id::{AgencyId, FocalPointId};
use crate::kernel::{Error, PageRequest, Result, Timestamp, day_of};
use crate::people::{self, AgencyForm, FocalDecision, FocalForm, MergeForm, kind_code};
use crate::platform::db::{Db, Tx};
use crate::platform::sheet::Cell;
use crate::profile::Profile;

const AGENCIES: &str = "/internal/agencies";
const PAGE_SIZE: u64 = 50;
/// Agencies that an export reads at once.
const PORTION: u64 = 200;
/// Focal points that an export holds.
const MOST_FOCAL_POINTS: i64 = 100_000;
const STATES: [&str; 2] = ["active", "over"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    state: String,
    page: Option<String>,
}

fn kind_name(app: &App, page: &PageCtx, code: &str) -> String {
    app.profile().agency_kind(code).map_or_else(|| code.to_owned(), |kind| kind.name.get(page.lang).0.to_owned())
}

/// GET /internal/agencies
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::SeeAgencies).require()?;
    let mut wish: Wish = query_of(&req)?;
    if !STATES.contains(&wish.state.as_str()) {
        wish.state.clear();
    }
    let page = frame(&req, &app, &who, Section::Agencies)?;
    let (scope, today) = (people::scope(&who.person), app.today().to_string());
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (asked, day) = (wish.clone(), today.clone());
    let found = app
        .db()
        .read_async(move |conn| people::list_agencies(conn, &scope, &asked.q, &asked.state, &day, request))
        .await?;
    let chosen = [("q", wish.q.as_str()), ("state", wish.state.as_str())];
    let base = address(AGENCIES, &chosen);
    let every = Choice { value: String::new(), text: page.t("agencies-every-state"), chosen: wish.state.is_empty() };
    let view = AgenciesPage {
        query: Field::new("q", wish.q.clone()),
        states: std::iter::once(every)
            .chain(STATES.into_iter().map(|state| Choice {
                value: state.to_owned(),
                text: page.code("agencies-state", state),
                chosen: state == wish.state,
            }))
            .collect(),
        filtered: !wish.q.is_empty() || !wish.state.is_empty(),
        total: found.total,
        pager: Pager::new(found.request.number, found.pages(), base),
        rows: found
            .items
            .iter()
            .map(|item| AgencyLine {
                name: item.agency.name(page.lang).0.to_owned(),
                href: format!("{AGENCIES}/{}", item.agency.id),
                kind: kind_name(&app, &page, &item.agency.kind),
                from: day_of(&item.agency.valid_from),
                to: item.agency.valid_to.as_deref().and_then(day_of),
                over: item.agency.is_over(&today),
                voluntary: item.agency.voluntary,
                nominated: item.nominated,
            })
            .collect(),
        may_manage: may(&who.person, Action::ManageAgencies).granted(),
        files: (address("/internal/agencies.xlsx", &chosen), address("/internal/agencies.csv", &chosen)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/agencies.xlsx, /internal/agencies.csv: the whole directory as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::SeeAgencies).require()?;
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Agencies)?;
    let (scope, today) = (people::scope(&who.person), app.today().to_string());
    let names: HashMap<AgencyId, String> =
        all(&app).await?.into_iter().map(|agency| (agency.id.clone(), agency.name_vi)).collect();
    let heads = [
        ("in-agency", 44),
        ("agency-kind", 28),
        ("focal-level", 14),
        ("agency-voluntary", 14),
        ("agency-parent", 40),
        ("agency-telephone", 18),
        ("agency-mail", 32),
        ("agency-e-identifier", 22),
        ("agency-from", 14),
        ("agency-to", 14),
        ("agency-successor-name", 40),
        ("focal-waiting", 14),
    ];
    let sheet = export::sheet(&page, page.t("in-agencies-title"), &heads);
    let filter = vec![("q", wish.q.clone()), ("state", wish.state.clone())];
    let export = Export { action: "agency.export", list: "agencies", filter, rows: 0, sheet };
    let profile = app.parts.profile.clone();
    let rows = move |db: Db| {
        let agencies = export::items(db, PORTION, move |conn, request| {
            people::list_agencies(conn, &scope, &wish.q, &wish.state, &today, request)
        });
        let name = move |id: &Option<AgencyId>| Cell::from(id.as_ref().and_then(|id| names.get(id).cloned()));
        agencies.map(move |item| {
            let item = item?;
            let agency = item.agency;
            let kind = profile.agency_kind(&agency.kind);
            let yes = if agency.voluntary { "answer-yes" } else { "answer-no" };
            Ok(vec![
                Cell::text(&agency.name_vi),
                Cell::text(kind.map_or(agency.kind.as_str(), |kind| kind.name.get(page.lang).0)),
                Cell::Text(page.code("level", kind.map(|kind| kind.level).unwrap_or_default().code())),
                Cell::Text(page.t(yes)),
                name(&agency.parent_id),
                agency.phone.into(),
                agency.email.into(),
                agency.e_identifier.into(),
                day_of(&agency.valid_from).into(),
                agency.valid_to.as_deref().and_then(day_of).into(),
                name(&agency.successor_id),
                Cell::count(item.nominated),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// GET /internal/agencies/focal-points.xlsx, .csv: those who are there or wait for a decision, of the agencies that one sees.
pub async fn export_focal_points(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    form: web::Path<String>,
) -> Outcome {
    may(&who.person, Action::SeeAgencies).require()?;
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Agencies)?;
    let scope = people::scope(&who.person);
    let points = app.db().read_async(move |conn| people::focal_points_in(conn, &scope, MOST_FOCAL_POINTS)).await?;
    let heads = [
        ("in-agency", 44),
        ("focal-kind", 28),
        ("account-person", 28),
        ("focal-position", 28),
        ("agency-telephone", 18),
        ("agency-mail", 32),
        ("in-state", 18),
        ("focal-since", 20),
        ("focal-number", 22),
        ("focal-date", 14),
    ];
    let sheet = export::sheet(&page, page.t("focal-title"), &heads);
    let export = Export { action: "focal-point.export", list: "focal-points", filter: Vec::new(), rows: 0, sheet };
    let rows = move |_: Db| {
        points.into_iter().map(move |(point, agency)| {
            Ok(vec![
                Cell::Text(agency),
                Cell::Text(page.code("focal-kind", &point.kind)),
                Cell::Text(point.person_name),
                Cell::Text(point.position),
                Cell::Text(point.phone),
                Cell::Text(point.email),
                Cell::Text(page.code("focal-state", &point.state)),
                export::moment(&page, Timestamp(point.nominated_at)),
                point.decision_number.into(),
                point.decision_date.as_deref().and_then(day_of).into(),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

fn fields(app: &App, page: &PageCtx, form: &AgencyForm, others: &[Agency], wrongs: &[Wrong]) -> AgencyFields {
    let field = |name, value: &str| Field::new(name, value).checked(wrongs);
    AgencyFields {
        slug: field("slug", &form.slug),
        name_vi: field("name_vi", &form.name_vi),
        name_en: field("name_en", &form.name_en),
        kinds: app
            .profile()
            .agency_kinds
            .iter()
            .map(|kind| Choice {
                value: kind.code.clone(),
                text: kind.name.get(page.lang).0.to_owned(),
                chosen: kind.code == form.kind,
            })
            .collect(),
        parents: agency_choices(page, others, &form.parent, Some("agency-no-parent")),
        phone: field("phone", &form.phone),
        email: field("email", &form.email),
        e_identifier: field("e_identifier", &form.e_identifier),
        valid_from: field("valid_from", &form.valid_from),
        voluntary: field("voluntary", &form.voluntary),
        encouraged: encouraged(app, page),
    }
}

/// The kinds of bodies that are only encouraged to take part, as one line.
fn encouraged(app: &App, page: &PageCtx) -> String {
    let kinds = app.profile().agency_kinds.iter().filter(|kind| kind.encouraged);
    kinds.map(|kind| kind.name.get(page.lang).0).collect::<Vec<_>>().join("; ")
}

async fn all(app: &App) -> Result<Vec<Agency>> {
    app.db().read_async(agency::all).await
}

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &AgencyForm,
    error: Option<&Error>,
) -> Result<AgencyNewPage> {
    let page = frame(req, app, who, Section::Agencies)?;
    let today = app.today().to_string();
    let mut others = all(app).await?;
    others.retain(|agency| !agency.is_over(&today));
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(AgencyNewPage { fields: fields(app, &page, form, &others, &wrongs), wrongs, page })
}

/// GET /internal/agencies/new
pub async fn fresh(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::ManageAgencies).require()?;
    let today = app.today().format("%d/%m/%Y").to_string();
    let form = AgencyForm { valid_from: today, ..AgencyForm::default() };
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, &form, None).await?)?)
}

/// POST /internal/agencies
pub async fn enter(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<AgencyForm>) -> Outcome {
    let (wanted, profile) = (form.0.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| people::enter_agency(tx, &profile, &wanted);
    let again = async |error: &Error| new_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("agency-entered-done", format!("{AGENCIES}/{id}")), again).await
}

/// What was typed on an agency's page; what was not is shown as it is.
#[derive(Clone, Debug, Default)]
struct Typed {
    agency: Option<AgencyForm>,
    merge: MergeForm,
    focal: FocalForm,
    decision: FocalDecision,
}

#[allow(clippy::too_many_lines, reason = "one page with all its forms")]
async fn agency_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &AgencyId,
    typed: &Typed,
    error: Option<&Error>,
) -> Result<AgencyAdminPage> {
    may(&who.person, Action::SeeAgencies).require()?;
    let page = frame(req, app, who, Section::Agencies)?;
    let (scope, wanted) = (people::scope(&who.person), id.clone());
    let (found, everybody, focal_points) = app
        .db()
        .read_async(move |conn| {
            let found =
                agency::by_id(conn, &wanted)?.filter(|agency| scope.holds(&agency.id)).ok_or_else(Error::not_found)?;
            Ok((found, agency::all(conn)?, people::focal_points_of(conn, &wanted)?))
        })
        .await?;
    let today = app.today().to_string();
    let manages = may(&who.person, Action::ManageAgencies).granted();
    let link = |agency: &Agency| {
        let href = if manages { format!("{AGENCIES}/{}", agency.id) } else { String::new() };
        Link::new(agency.name(page.lang).0, href)
    };
    let linked = |id: &Option<AgencyId>| everybody.iter().find(|agency| Some(&agency.id) == id.as_ref()).map(link);
    let predecessors = everybody.iter().filter(|agency| agency.successor_id.as_ref() == Some(id)).map(link).collect();
    let (parent, successor) = (linked(&found.parent_id), linked(&found.successor_id));
    let others: Vec<Agency> =
        everybody.iter().filter(|agency| agency.id != *id && !agency.is_over(&today)).cloned().collect();
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let focal_name = |code: &str| page.code("focal-kind", code);
    let waiting = focal_points.iter().filter(|point| point.state == "nominated");
    let fates = ["end", "move"];
    Ok(AgencyAdminPage {
        id: id.to_string(),
        name: found.name(page.lang).0.to_owned(),
        kind: kind_name(app, &page, &found.kind),
        public_href: page.url(&format!("/organization/{}", found.slug)),
        from: day_of(&found.valid_from),
        to: found.valid_to.as_deref().and_then(day_of),
        over: found.is_over(&today),
        voluntary: found.voluntary,
        parent,
        successor,
        predecessors,
        focal_points: focal_points
            .iter()
            .map(|point| FocalLine {
                name: point.person_name.clone(),
                position: point.position.clone(),
                kind: focal_name(&point.kind),
                phone: point.phone.clone(),
                mail: point.email.clone(),
                state: point.state.clone(),
                at: Timestamp(point.nominated_at),
                decision: point.decision_number.as_ref().map(|number| {
                    let date = point.decision_date.as_deref().and_then(day_of);
                    date.map_or_else(|| number.clone(), |date| format!("{number}, {}", page.date(date)))
                }),
                note: point.note.clone(),
            })
            .collect(),
        may_manage: manages,
        may_name: may(&who.person, Action::NameFocalPoint(id)).granted() && !found.is_over(&today),
        needs_decision: app.profile().focal.needs_approval.value,
        public_focal: app.profile().focal.public.value,
        focal_kinds: app
            .profile()
            .focal
            .kinds
            .value
            .iter()
            .map(|kind| Choice {
                value: kind_code(*kind).to_owned(),
                text: focal_name(kind_code(*kind)),
                chosen: kind_code(*kind) == typed.focal.focal_kind,
            })
            .collect(),
        person_name: field("person_name", &typed.focal.person_name),
        position: field("position", &typed.focal.position),
        focal_phone: field("focal_phone", &typed.focal.focal_phone),
        focal_email: field("focal_email", &typed.focal.focal_email),
        waiting: waiting
            .map(|point| Choice {
                value: point.id.to_string(),
                text: format!("{}, {}", point.person_name, focal_name(&point.kind)),
                chosen: false,
            })
            .collect(),
        number: field("number", &typed.decision.number),
        decision_date: field("decided_on", &typed.decision.date),
        reason: field("why_not", &typed.decision.reason),
        fields: fields(app, &page, &typed.agency.clone().unwrap_or_else(|| AgencyForm::of(&found)), &others, &wrongs),
        successors: agency_choices(&page, &others, &typed.merge.successor, Some("agency-no-successor")),
        merge_date: field("date", &typed.merge.date),
        role_fates: fates
            .into_iter()
            .map(|fate| Choice {
                value: fate.to_owned(),
                text: page.code("agency-roles", fate),
                chosen: fate == typed.merge.roles || (fate == "end" && typed.merge.roles != "move"),
            })
            .collect(),
        merge_reason: field("reason", &typed.merge.reason),
        wrongs,
        page,
    })
}

fn agency_id(path: &str) -> Result<AgencyId> {
    AgencyId::parse(path).ok_or_else(Error::not_found)
}

/// GET /internal/agencies/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = agency_id(&id)?;
    Ok(html(StatusCode::OK, &agency_page(&req, &app, &who, &id, &Typed::default(), None).await?)?)
}

/// Does something to an agency and shows its page, with what is wrong where something is.
async fn change<T: Send + 'static>(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    typed: Typed,
    done: &str,
    verb: impl FnOnce(&mut Tx<'_>, &Profile, &AgencyId) -> Result<T> + Send + 'static,
) -> Outcome {
    let id = agency_id(id)?;
    let (wanted, profile) = (id.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| verb(tx, &profile, &wanted);
    let again = async |error: &Error| agency_page(req, app, who, &id, &typed, Some(error)).await;
    act(req, app, who, verb, |_| (done, format!("{AGENCIES}/{id}")), again).await
}

/// POST /internal/agencies/{id}
pub async fn edit(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<AgencyForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { agency: Some(form.clone()), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AgencyId| people::edit_agency(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "agency-edited-done", verb).await
}

/// POST /internal/agencies/{id}/merger
pub async fn merge(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<MergeForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { merge: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AgencyId| people::merge_agency(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "agency-merged-done", verb).await
}

/// POST /internal/agencies/{id}/focal-points
pub async fn nominate(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<FocalForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { focal: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AgencyId| people::nominate(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "focal-nominated-done", verb).await
}

/// The form that decides on a nomination: which one, and with what.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct FocalChoice {
    focal: String,
    number: String,
    decided_on: String,
    why_not: String,
}

impl FocalChoice {
    fn read(self) -> Result<(FocalPointId, FocalDecision)> {
        let id = FocalPointId::parse(&self.focal).ok_or_else(Error::not_found)?;
        Ok((id, FocalDecision { number: self.number, date: self.decided_on, reason: self.why_not }))
    }
}

/// POST /internal/agencies/{id}/focal-points/approval
pub async fn approve(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<FocalChoice>,
) -> Outcome {
    let (focal, form) = form.0.read()?;
    let typed = Typed { decision: form.clone(), ..Typed::default() };
    let verb =
        move |tx: &mut Tx<'_>, profile: &Profile, _: &AgencyId| people::approve_focal_point(tx, profile, &focal, &form);
    change(&req, &app, &who, &id, typed, "focal-approved-done", verb).await
}

/// POST /internal/agencies/{id}/focal-points/refusal
pub async fn refuse(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<FocalChoice>,
) -> Outcome {
    let (focal, form) = form.0.read()?;
    let typed = Typed { decision: form.clone(), ..Typed::default() };
    let verb =
        move |tx: &mut Tx<'_>, profile: &Profile, _: &AgencyId| people::refuse_focal_point(tx, profile, &focal, &form);
    change(&req, &app, &who, &id, typed, "focal-refused-done", verb).await
}
