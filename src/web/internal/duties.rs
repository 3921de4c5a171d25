//! Who must act by when: the list of duties, and the requests for more time that wait.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::export::{self, Export};
use super::serve::frame;
use super::view::datasets::{DatasetsPage, StateTab};
use super::view::duties::{AskedRow, DutiesPage, DutyRow};
use crate::access::{Action, Sight, may};
use crate::account::{self, Person};
use crate::agency;
use crate::cycle;
use crate::duty::{self, Asked, Calendar, Duty, Kind, Listed, Outcome as Became, Outcomes, Stage};
use crate::http::page::{Choice, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SignedIn, address, html, present, query_of};
use crate::kernel::id::PlanId;
use crate::kernel::{Lang, PageRequest, Result, day_of};
use crate::plan::yearly;
use crate::platform::db::{Conn, Db};
use crate::platform::sheet::Cell;
use crate::profile::{BasisId, Profile};
use crate::quarter::{self, Quarter};

const DUTIES: &str = "/internal/duties";
const PAGE_SIZE: u64 = 25;
/// Duties, and requests for more time, that an export reads at once.
const PORTION: u64 = 200;
/// Requests for more time that stand above the list.
const ASKED: u64 = 500;
/// Stages that boards count together; a tab of each is there once it is chosen.
const GROUPS: [(&str, &[Stage]); 2] =
    [("in-time", &[Stage::Planned, Stage::Open]), ("near", &[Stage::Soon, Stage::Due])];
/// The tabs of the list, after those that wait: what presses first.
const TABS: [Stage; 7] =
    [Stage::Overdue, Stage::Due, Stage::Soon, Stage::Open, Stage::Planned, Stage::Done, Stage::Excused];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    kind: String,
    stage: String,
    agency: String,
    quarter: String,
    page: Option<String>,
}

impl Wish {
    fn address(&self, path: &str, stage: &str) -> String {
        let quarter = if self.quarter().is_some() { self.quarter.as_str() } else { "" };
        address(path, &[("kind", &self.kind), ("agency", &self.agency), ("quarter", quarter), ("stage", stage)])
    }

    fn quarter(&self) -> Option<Quarter> {
        Quarter::parse(&self.quarter)
    }

    /// Whether any filter is in force.
    fn filters(&self) -> bool {
        !self.kind.is_empty() || !self.agency.is_empty() || !self.stage().is_empty() || self.quarter().is_some()
    }

    /// The code of the tab that is chosen; empty for the first one.
    fn stage(&self) -> &'static str {
        let outcomes = Became::ALL.map(Became::code).into_iter().filter(|_| self.quarter().is_some());
        let stages = GROUPS.map(|(code, _)| code).into_iter().chain(TABS.map(Stage::code));
        let stages = stages.filter(|_| self.quarter().is_none());
        outcomes.chain(stages).find(|code| *code == self.stage).unwrap_or_default()
    }

    /// What is wanted, of what the person may see: of a quarter everything that was due in it, else what waits.
    fn asked(&self, conn: &mut Conn, person: &Person, profile: &Profile) -> Result<Asked> {
        let chosen = agency::wanted(conn, &self.agency)?;
        let asked = Asked {
            agencies: duty::scope(person, chosen),
            kind: Kind::from_code(&self.kind),
            sight: Sight::of(person),
            ..Asked::default()
        };
        let Some(of) = self.quarter() else { return Ok(Asked { stages: stages(self.stage()), ..asked }) };
        let due = Some(quarter::due_in(of, quarter::find(conn, of)?.as_ref(), profile));
        Ok(Asked { due, outcome: Became::from_code(self.stage()), ..asked })
    }
}

/// The stages behind the code of a tab.
fn stages(code: &str) -> Vec<Stage> {
    match (GROUPS.into_iter().find(|(known, _)| *known == code), Stage::from_code(code)) {
        (Some((_, group)), _) => group.to_vec(),
        (None, Some(stage)) => vec![stage],
        (None, None) => Stage::WAITING.to_vec(),
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

/// The style class of the badge of what became of a duty.
fn tone_of(outcome: Became) -> &'static str {
    match outcome {
        Became::InTime => "good",
        Became::Late => "warn",
        Became::Undone => "bad",
        Became::Excused => "plain",
    }
}

/// Where a duty stands, in words, with the style class of that: of what is closed what had become of it.
fn standing(page: &PageCtx, item: &Listed) -> (String, &'static str) {
    match item.outcome {
        Some(outcome) => (page.code("duty-outcome", outcome.code()), tone_of(outcome)),
        None => (page.code("duty-stage", item.duty.stage.code()), tone(item.duty.stage)),
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

/// What a duty is called: a quarter by its name in the page's language, with the agency whose return it is where that was taken over; all
/// else as its owner calls it.
pub(super) fn title(page: &PageCtx, duty: &Duty) -> Text {
    match duty.return_of().and_then(|(code, of)| Some((Quarter::parse(code)?, of))) {
        Some((quarter, of)) => {
            let named = present::quarter(page, quarter);
            Text::new(match of {
                Some(of) => format!("{named}, {of}"),
                None => named,
            })
        }
        None if duty.title.is_empty() => Text::new(page.code("duty-kind", duty.kind.code())),
        None => Text::of(&duty.title, Lang::Vi, page.lang),
    }
}

/// The plans by their years, where an item of one is among some duties.
pub(super) fn plans_of(conn: &mut Conn, items: &[Listed]) -> Result<HashMap<String, PlanId>> {
    if items.iter().all(|item| item.duty.kind != Kind::PlanItem) {
        return Ok(HashMap::new());
    }
    Ok(yearly::plans(conn)?.into_iter().map(|plan| (plan.year.to_string(), plan.id)).collect())
}

/// Where a duty is done. A round that came again has a number behind its name, which its page does not know.
fn place(person: &Person, duty: &Duty, plans: &HashMap<String, PlanId>) -> Option<String> {
    let turn = duty.turn.split('/').next().unwrap_or_default();
    match duty.kind {
        Kind::Update => Some(format!("/internal/datasets/{}/update", duty.subject)),
        Kind::Return => Some(format!("/internal/quarter/{turn}/returns/{}", duty.subject)),
        Kind::AccountReview => {
            may(person, Action::SeeAccounts).granted().then(|| format!("/internal/accounts/reviews/{turn}"))
        }
        Kind::PlanItem => plans.get(turn).map(|plan| format!("/internal/open-data/plans/{plan}#items")),
        Kind::CatalogueReview => Some("/internal/open-data#review".to_owned()),
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

/// A duty in a list; `plans` as [`plans_of`] gives them for it.
pub(super) fn row(
    app: &App,
    page: &PageCtx,
    person: &Person,
    item: &Listed,
    plans: &HashMap<String, PlanId>,
) -> DutyRow {
    let duty = &item.duty;
    let left = Calendar::of(app.profile()).working_days_between(app.today(), duty.days.due);
    let (stage, tone) = standing(page, item);
    DutyRow {
        title: title(page, duty),
        href: place(person, duty, plans),
        kind: page.code("duty-kind", duty.kind.code()),
        agency: item.agency.get(page.lang).0.to_owned(),
        stage,
        tone,
        due: duty.days.due,
        left: match ended(page, duty) {
            Some(ended) => ended,
            // What became of it after the close is told by the list of today.
            None if item.outcome.is_some() => String::new(),
            None => {
                let id = if app.today() > duty.days.due { "duties-late" } else { "timeliness-days-left" };
                page.t1(id, "days", left.unsigned_abs())
            }
        },
        basis: basis(page, app.profile(), duty),
    }
}

/// How many duties stand where: now, or of those that were due in a quarter.
enum Counts {
    Now(Vec<duty::Count>),
    Quarter(Outcomes),
}

/// The tabs of the list with their numbers, the first one with what is shown when nothing is chosen.
fn tabs(page: &PageCtx, wish: &Wish, counts: &Counts) -> Vec<StateTab> {
    let chosen = wish.stage();
    let tab = |code: &str, text: String, count: u64| StateTab {
        text,
        count,
        href: wish.address(DUTIES, code),
        current: code == chosen,
    };
    match counts {
        Counts::Quarter(outcomes) => {
            let all = tab("", page.t("duties-all"), outcomes.owed() + outcomes.excused);
            let tabs = Became::ALL.map(|outcome| {
                let code = outcome.code();
                tab(code, page.code("duty-outcome", code), outcomes.of(outcome))
            });
            std::iter::once(all).chain(tabs).collect()
        }
        Counts::Now(counts) => {
            let count = |code: &str| {
                let stages = stages(code);
                counts.iter().filter(|count| stages.contains(&count.stage)).map(|count| count.count).sum::<u64>()
            };
            let waiting = tab("", page.t("duties-waiting"), count(""));
            let group = GROUPS.into_iter().filter(|(code, _)| *code == chosen);
            let group = group.map(|(code, _)| tab(code, page.code("duties-group", code), count(code)));
            let tabs = TABS.map(|stage| tab(stage.code(), page.code("duty-stage", stage.code()), count(stage.code())));
            std::iter::once(waiting).chain(group).chain(tabs).collect()
        }
    }
}

/// GET /internal/duties
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (person, profile, typed) = (who.person.clone(), app.parts.profile.clone(), wish.clone());
    let unfiltered = !wish.filters();
    let (found, counts, agencies, plans, asked) = app
        .db()
        .read_async(move |conn| {
            let wanted = typed.asked(conn, &person, &profile)?;
            let counts = match &wanted.due {
                Some(due) => {
                    let counts = duty::outcomes(conn, wanted.agencies.as_deref(), wanted.kind, due)?;
                    Counts::Quarter(counts.values().fold(Outcomes::default(), Outcomes::and))
                }
                None => {
                    let mut counts = duty::counts(conn, wanted.agencies.as_deref(), true)?;
                    counts.retain(|count| wanted.kind.is_none_or(|kind| kind == count.kind));
                    Counts::Now(counts)
                }
            };
            let mut agencies = agency::all(conn)?;
            let scope = duty::scope(&person, None);
            agencies.retain(|agency| scope.as_ref().is_none_or(|own| own.contains(&agency.id)));
            let found = duty::list(conn, &wanted, request)?;
            let begins = unfiltered && found.request.number == 1;
            let decides = may(&person, Action::GrantExtensions).granted();
            let first = PageRequest { number: 1, size: ASKED };
            let asked = if begins && decides { Some(cycle::asked(conn, &person, first)?) } else { None };
            let plans = plans_of(conn, &found.items)?;
            Ok((found, counts, agencies, plans, asked))
        })
        .await?;
    let chosen = wish.stage();
    let tabs = tabs(&page, &wish, &counts);
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
    let view = DutiesPage {
        asked: asked
            .iter()
            .flat_map(|asked| &asked.items)
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
        asked_total: asked.as_ref().map_or(0, |asked| asked.total),
        stages: tabs,
        stage: chosen.to_owned(),
        quarter: wish.quarter().map(|of| (of.to_string(), present::quarter(&page, of))),
        kinds: std::iter::once(every_kind).chain(kinds).collect(),
        agencies: std::iter::once(every_agency).chain(owners).collect(),
        filtered: wish.filters(),
        total: found.total,
        files: (wish.address("/internal/duties.xlsx", chosen), wish.address("/internal/duties.csv", chosen)),
        rows: found.items.iter().map(|item| row(&app, &page, &who.person, item, &plans)).collect(),
        pager: Pager::new(found.request.number, found.pages(), wish.address(DUTIES, chosen)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/duties.xlsx, /internal/duties.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let (typed, person, rules) = (wish.clone(), who.person.clone(), app.parts.profile.clone());
    let wanted = app.db().read_async(move |conn| typed.asked(conn, &person, &rules)).await?;
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
    let stage = wish.stage().to_owned();
    let quarter = wish.quarter().map(|of| of.to_string()).unwrap_or_default();
    let filter = vec![("kind", wish.kind), ("agency", wish.agency), ("quarter", quarter), ("stage", stage)];
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
                Cell::Text(standing(&page, &item).0),
                duty.days.from.into(),
                duty.days.due.into(),
                if duty.stage.is_over() || item.outcome.is_some() { Cell::Empty } else { Cell::Whole(left) },
                ended(&page, duty).into(),
                duty.ended_at.map_or(Cell::Empty, |at| export::moment(&page, at)),
                basis(&page, &profile, duty).into(),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// GET /internal/duties/extensions.xlsx, .csv: the requests for more time that wait, for whoever decides on them.
pub async fn export_asked(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::GrantExtensions).require()?;
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let heads = [
        ("in-dataset", 60),
        ("in-agency", 44),
        ("duties-due", 14),
        ("cycle-extend-to", 14),
        ("cycle-reason", 60),
        ("cycle-asked-by", 30),
        ("cycle-asked-at", 20),
    ];
    let sheet = export::sheet(&page, page.t("cycle-extensions"), &heads);
    let export = Export { action: "extension.export", list: "extensions", filter: Vec::new(), rows: 0, sheet };
    let person = who.person.clone();
    let rows = move |db: Db| {
        let found = export::items(db, PORTION, move |conn, request| {
            let found = cycle::asked(conn, &person, request)?;
            let ids: Vec<String> = found.items.iter().map(|one| one.extension.asked_by.to_string()).collect();
            let names = account::names(conn, &ids)?;
            Ok(found.map(|one| (names.get(one.extension.asked_by.as_str()).cloned(), one)))
        });
        found.map(move |item| {
            let (by, one) = item?;
            Ok(vec![
                Cell::Text(one.title),
                Cell::text(one.agency.get(page.lang).0),
                day_of(&one.extension.due_on).into(),
                day_of(&one.extension.to_on).into(),
                Cell::Text(one.extension.reason),
                by.into(),
                export::moment(&page, one.extension.asked_at),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}
