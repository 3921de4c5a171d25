//! Where everybody begins: what waits for them, what is late, what changed.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::serve::frame;
use super::view::home::{ChangeRow, DueRow, HomePage, Score, WaitRow};
use crate::access::{Action, may};
use crate::http::page::{Freshness, PageCtx, Section, Timeliness};
use crate::http::{App, Outcome, SignedIn, address, html, present};
use crate::kernel::id::DatasetId;
use crate::worklist::{self, Agenda, Due, Others, Wait, Waiting};
use crate::{board, calendar, duty};

/// GET /internal
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let page = frame(&req, &app, &who, Section::Home)?;
    let (person, profile, today) = (who.person.clone(), app.parts.profile.clone(), app.today());
    let keeps = may(&person, Action::KeepCalendar).granted();
    let leads = may(&person, Action::SeeProvince).granted();
    let (agenda, outlook, board) = app
        .db()
        .read_async(move |conn| {
            let outlook = if keeps { Some(calendar::outlook(conn, &profile, today)?) } else { None };
            let board = if leads { Some(board::standing(conn, &person, &profile, None, today)?) } else { None };
            Ok((worklist::agenda(conn, &person, &profile, today)?, outlook, board))
        })
        .await?;
    let rows = |wait: Wait| -> Vec<WaitRow> {
        agenda.waiting.iter().filter(|row| row.wait == wait).map(|row| wait_row(&page, row)).collect()
    };
    let due = |state: duty::State| -> Vec<DueRow> {
        agenda.due.iter().filter(|row| row.timeliness.state == state).map(due_row).collect()
    };
    let owner = agenda.agency.as_deref().unwrap_or_default();
    let list = |stage| address("/internal/duties", &[("kind", "update"), ("agency", owner), ("stage", stage)]);
    let mut view = HomePage {
        today,
        calendar: outlook.map(|outlook| super::calendar::warnings(&page, &outlook)).unwrap_or_default(),
        scores: Vec::new(),
        others: agenda.others.count + agenda.extensions,
        decide: rows(Wait::Decide),
        returned: rows(Wait::Returned),
        drafts: rows(Wait::Draft),
        elsewhere: rows(Wait::Elsewhere),
        late: due(duty::State::Late),
        late_list: list("overdue"),
        soon: due(duty::State::DueSoon),
        soon_list: list("near"),
        changed: agenda
            .changed
            .iter()
            .map(|row| ChangeRow {
                title: row.title.clone(),
                href: dataset_href(&row.dataset),
                withdrawn: row.withdrawn,
                at: row.at,
            })
            .collect(),
        province: board.map(|board| super::board::lines(&app, &page, &who.person, board)),
        page,
    };
    view.scores = scores(&view, &who, &agenda);
    Ok(html(StatusCode::OK, &view)?)
}

fn dataset_href(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}")
}

fn wait_row(page: &PageCtx, row: &Waiting) -> WaitRow {
    WaitRow {
        title: row.title.clone(),
        href: dataset_href(&row.dataset),
        agency: present::text(page, &row.agency),
        by: row.by.clone().unwrap_or_else(|| page.code("audit-actor", "operator")),
        since: row.since,
        remark: row.remark.clone().filter(|remark| !remark.is_empty()),
    }
}

fn due_row(row: &Due) -> DueRow {
    let found = &row.timeliness;
    DueRow {
        title: row.title.clone(),
        href: dataset_href(&row.dataset),
        update: format!("/internal/datasets/{}/update", row.dataset),
        freshness: Freshness {
            state: if found.state == duty::State::Late { Timeliness::Late } else { Timeliness::Soon },
            due: found.due,
            working_days: found.due.map(|_| found.working_days_left.unsigned_abs()),
        },
    }
}

/// The list of duties with as little else on it as its filters can say.
fn others_href(others: &Others) -> String {
    let stage = match others.late {
        0 => "near",
        late if late == others.count => "overdue",
        _ => "",
    };
    let kind = others.kind.map_or("", duty::Kind::code);
    let agency = others.agency.as_deref().unwrap_or_default();
    address("/internal/duties", &[("kind", kind), ("agency", agency), ("stage", stage)])
}

/// The row of figures: lists of this page that are not empty, and what waits elsewhere.
fn scores(view: &HomePage, who: &SignedIn, agenda: &Agenda) -> Vec<Score> {
    let page = &view.page;
    let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    let others = others_href(&agenda.others);
    [
        (who.alerts.unwrap_or(0), page.t("home-score-alerts"), "/internal/alerts"),
        (count(view.late.len()), page.t("home-score-late"), "#late"),
        (count(view.soon.len()), page.t("home-score-soon"), "#soon"),
        (agenda.others.count, page.t("home-score-duties"), others.as_str()),
        (agenda.extensions, page.t("home-score-extensions"), "/internal/duties#asked"),
        (count(view.decide.len()), page.t("home-score-decide"), "#decide"),
        (count(view.returned.len()), page.t("home-score-returned"), "#returned"),
        (count(view.drafts.len()), page.t("home-score-drafts"), "#drafts"),
        (agenda.reports, page.t("home-score-reports"), "/internal/reports"),
        (agenda.requests, page.t("home-score-asks"), "/internal/data-requests"),
        (who.unread, page.t("home-score-unread"), "/internal/notices"),
    ]
    .into_iter()
    .filter(|(count, ..)| *count > 0)
    .map(|(count, text, href)| Score { count, text, href: href.to_owned() })
    .collect()
}
