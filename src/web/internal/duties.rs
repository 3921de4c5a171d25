//! Who must act by when: the list of duties, and the requests for more time that wait.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::export::{self, Export};
use super::quarters;
use super::serve::frame;
use super::view::datasets::{DatasetsPage, StateTab};
use super::view::duties::{AskedRow, DutiesPage, DutyRow};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency;
use crate::cycle;
use crate::duty::{self, Asked, Calendar, Duty, Kind, Listed, Stage};
use crate::http::page::{Choice, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SignedIn, address, html, present, query_of};
use crate::kernel::{Lang, PageRequest, Result, Timestamp, day_of};
use crate::platform::db::{Conn, Db};
use crate::platform::sheet::Cell;
use crate::profile::{BasisId, Profile};
use crate::quarter::Quarter;

const DUTIES: &str = "/internal/duties";
const PAGE_SIZE: u64 = 25;
/// Duties that an export reads at once.
const PORTION: u64 = 200;
/// The tabs of the list, after those that wait: what presses first.
const TABS: [Stage; 7] =
    [Stage::Overdue, Stage::Due, Stage::Soon, Stage::Open, Stage::Planned, Stage::Done, Stage::Excused];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    kind: String,
    stage: String,
    agency: String,
    page: Option<String>,
}

impl Wish {
    fn address(&self, path: &str, stage: &str) -> String {
        address(path, &[("kind", &self.kind), ("agency", &self.agency), ("stage", stage)])
    }

    fn stage(&self) -> Option<Stage> {
        Stage::from_code(&self.stage)
    }

    /// What is wanted, of what the person may see.
    fn asked(&self, conn: &mut Conn, person: &Person) -> Result<Asked> {
        let chosen = agency::by_slug(conn, &self.agency)?.map(|agency| agency.id);
        Ok(Asked {
            agencies: duty::scope(person, chosen),
            kind: Kind::from_code(&self.kind),
            stages: self.stage().map_or(Stage::WAITING.to_vec(), |stage| vec![stage]),
            subject: None,
        })
    }
}

/// The style class of a stage's badge.
pub(super) fn tone(stage: Stage) -> &'static str {
    match stage {
        Stage::Planned | Stage::Excused => "plain",
        Stage::Open => "info",
        Stage::Soon | Stage::Due => "warn",
        Stage::Overdue => "bad",
        Stage::Done => "good",
    }
}

/// The law behind a day, as people cite it, or whose word it is where no law is.
fn basis(page: &PageCtx, profile: &Profile, duty: &Duty) -> String {
    let place: Option<BasisId> = duty.basis.as_ref().and_then(|place| place.parse().ok());
    match place.map(|place| present::cited(page, profile, &place)).filter(|cited| !cited.is_empty()) {
        Some(cited) => page.t1(if duty.verified { "basis-cited" } else { "basis-by-configuration" }, "basis", cited),
        None if duty.kind == Kind::Update => page.t("duties-basis-none"),
        None => page.t("duties-basis-chosen"),
    }
}

/// What a duty is called: a quarter by its name in the page's language, all else as its owner calls it.
fn title(page: &PageCtx, duty: &Duty) -> Text {
    match Quarter::parse(&duty.title).filter(|_| duty.kind == Kind::Return) {
        Some(quarter) => Text::new(quarters::named(page, quarter)),
        None if duty.title.is_empty() => Text::new(page.code("duty-kind", duty.kind.code())),
        None => Text::of(&duty.title, Lang::Vi, page.lang),
    }
}

/// Where a duty is done. A round that came again has a number behind its name, which its page does not know.
fn place(person: &Person, duty: &Duty) -> Option<String> {
    let turn = duty.turn.split('/').next().unwrap_or_default();
    match duty.kind {
        Kind::Update => Some(format!("/internal/datasets/{}/update", duty.subject)),
        Kind::Return => Some(format!("/internal/quarter/{turn}/returns/{}", duty.subject)),
        Kind::AccountReview => {
            may(person, Action::SeeAccounts).granted().then(|| format!("/internal/accounts/reviews/{turn}"))
        }
        Kind::CatalogueReview | Kind::PlanItem => Some("/internal/open-data".to_owned()),
    }
}

/// How a duty ended, and whether in time.
pub(super) fn ended(page: &PageCtx, duty: &Duty) -> Option<String> {
    let how = page.code("duty-how", duty.ended_how.as_deref()?);
    Some(match (duty.stage, duty.late) {
        (Stage::Done, true) => page.t1("duties-done-late", "how", how),
        (Stage::Done, false) => page.t1("duties-done-in-time", "how", how),
        _ => how,
    })
}

fn row(app: &App, page: &PageCtx, person: &Person, item: &Listed) -> DutyRow {
    let duty = &item.duty;
    let left = Calendar::of(app.profile()).working_days_between(app.today(), duty.days.due);
    DutyRow {
        title: title(page, duty),
        href: place(person, duty),
        kind: page.code("duty-kind", duty.kind.code()),
        agency: item.agency.get(page.lang).0.to_owned(),
        stage: page.code("duty-stage", duty.stage.code()),
        tone: tone(duty.stage),
        due: duty.days.due,
        left: ended(page, duty).unwrap_or_else(|| {
            let id = if app.today() > duty.days.due { "duties-late" } else { "timeliness-days-left" };
            page.t1(id, "days", left.unsigned_abs())
        }),
        basis: basis(page, app.profile(), duty),
    }
}

/// GET /internal/duties
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (person, typed) = (who.person.clone(), wish.clone());
    let (found, counts, agencies, asked) = app
        .db()
        .read_async(move |conn| {
            let wanted = typed.asked(conn, &person)?;
            let mut counts = duty::counts(conn, wanted.agencies.as_deref(), Timestamp(0))?;
            counts.retain(|count| wanted.kind.is_none_or(|kind| kind == count.kind));
            let mut agencies = agency::all(conn)?;
            let scope = duty::scope(&person, None);
            agencies.retain(|agency| scope.as_ref().is_none_or(|own| own.contains(&agency.id)));
            let decides = may(&person, Action::GrantExtensions).granted();
            let asked = if decides { cycle::asked(conn, &person)? } else { Vec::new() };
            Ok((duty::list(conn, &wanted, request)?, counts, agencies, asked))
        })
        .await?;
    let count = |stages: &[Stage]| {
        counts.iter().filter(|count| stages.contains(&count.stage)).map(|count| count.count).sum::<u64>()
    };
    let chosen = wish.stage();
    let waiting = StateTab {
        text: page.t("duties-waiting"),
        count: count(&Stage::WAITING),
        href: wish.address(DUTIES, ""),
        current: chosen.is_none(),
    };
    let tabs = TABS.map(|stage| StateTab {
        text: page.code("duty-stage", stage.code()),
        count: count(&[stage]),
        href: wish.address(DUTIES, stage.code()),
        current: chosen == Some(stage),
    });
    let every_kind = Choice { value: String::new(), text: page.t("duties-every-kind"), chosen: wish.kind.is_empty() };
    let kinds = Kind::ALL.map(|kind| Choice {
        value: kind.code().to_owned(),
        text: page.code("duty-kind", kind.code()),
        chosen: kind.code() == wish.kind,
    });
    let every_agency = DatasetsPage::every_agency(&page, wish.agency.is_empty());
    let owners = agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == wish.agency,
    });
    let stage = chosen.map(Stage::code).unwrap_or_default();
    let view = DutiesPage {
        asked: asked
            .iter()
            .map(|one| AskedRow {
                title: Text::of(&one.title, Lang::Vi, page.lang),
                href: format!("/internal/datasets/{}/update", one.extension.dataset),
                agency: one.agency.get(page.lang).0.to_owned(),
                due: day_of(&one.extension.due_on),
                to: day_of(&one.extension.to_on),
                reason: one.extension.reason.clone(),
                at: one.extension.asked_at,
            })
            .collect(),
        stages: std::iter::once(waiting).chain(tabs).collect(),
        stage: stage.to_owned(),
        kinds: std::iter::once(every_kind).chain(kinds).collect(),
        agencies: std::iter::once(every_agency).chain(owners).collect(),
        filtered: !wish.kind.is_empty() || !wish.agency.is_empty() || !stage.is_empty(),
        total: found.total,
        xlsx: wish.address("/internal/duties.xlsx", stage),
        rows: found.items.iter().map(|item| row(&app, &page, &who.person, item)).collect(),
        pager: Pager::new(found.request.number, found.pages(), wish.address(DUTIES, stage)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/duties.xlsx, /internal/duties.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let (typed, person) = (wish.clone(), who.person.clone());
    let wanted = app.db().read_async(move |conn| typed.asked(conn, &person)).await?;
    let heads = [
        ("duties-kind", 26),
        ("duties-what", 60),
        ("in-agency", 40),
        ("in-state", 18),
        ("duties-from", 14),
        ("duties-due", 14),
        ("duties-left", 14),
        ("duties-ended", 40),
        ("duties-ended-at", 20),
        ("duties-basis", 60),
    ];
    let sheet = export::sheet(&page, page.t("duties-title"), &heads);
    let stage = wish.stage().map(Stage::code).unwrap_or_default();
    let filter = vec![("kind", wish.kind), ("agency", wish.agency), ("stage", stage.to_owned())];
    let export = Export { action: "duty.export", list: "duties", filter, rows: 0, sheet };
    let (profile, today) = (app.parts.profile.clone(), app.today());
    let rows = move |db: Db| {
        let found = export::items(db, PORTION, move |conn, request| duty::list(conn, &wanted, request));
        found.map(move |item| {
            let item = item?;
            let duty = &item.duty;
            let left = Calendar::of(&profile).working_days_between(today, duty.days.due);
            Ok(vec![
                Cell::Text(page.code("duty-kind", duty.kind.code())),
                Cell::Text(title(&page, duty).text),
                Cell::text(item.agency.get(page.lang).0),
                Cell::Text(page.code("duty-stage", duty.stage.code())),
                duty.days.from.into(),
                duty.days.due.into(),
                if duty.stage.is_over() { Cell::Empty } else { Cell::Whole(left) },
                ended(&page, duty).into(),
                duty.ended_at.map_or(Cell::Empty, |at| export::moment(&page, at)),
                basis(&page, &profile, duty).into(),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}
