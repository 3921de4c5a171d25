//! Datasets in every state, and one of them with its versions, import reports and decisions.

use std::collections::HashMap;

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::aside;
use super::contract::breaks;
use super::export::{self, Export};
use super::report::{declarers, import_report};
use super::review::{decisions, standing_text};
use super::serve::{frame, frame_of};
use super::view::contract::BreaksView;
use super::view::dataset::{DatasetPage, InternalVersion};
use super::view::datasets::{DatasetsPage, InternalDatasetRow, StateTab};
use super::view::review::NextView;
use crate::access::{Action, may};
use crate::agency;
use crate::dataset::contract;
use crate::dataset::{self, Dataset, State, Which};
use crate::http::page::{Choice, Field, PageCtx, Pager, Section, Text};
use crate::http::{App, FileAnswer, Outcome, SignedIn, address, ctx_of, html, present, query_of, send_file};
use crate::kernel::id::{DatasetId, TableVersionId};
use crate::kernel::{Actor, Error, PageRequest, Result, Timestamp};
use crate::platform::db::Db;
use crate::platform::sheet::{Cell, Form};
use crate::review::{self, DraftState, Standing, SubmissionForm};
use crate::table::Object;
use crate::voice;

const PAGE_SIZE: u64 = 25;
/// Datasets that an export reads at once.
const PORTION: u64 = 200;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    state: String,
    agency: String,
    page: Option<String>,
    version: Option<i32>,
}

fn address_of(path: &str, wish: &Wish, state: &str) -> String {
    address(path, &[("q", &wish.q), ("agency", &wish.agency), ("state", state)])
}

/// GET /internal/datasets
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let chosen = TABS.into_iter().find(|code| *code == wish.state);
    let (text, slug, profile) = (wish.q.trim().to_owned(), wish.agency.clone(), app.parts.profile.clone());
    let viewer = who.person.clone();
    let (found, all, counts, agencies, standings) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::wanted(conn, &slug)?;
            let standings = review::in_review(conn, &profile)?;
            let which = chosen.map_or(Which::All, |code| which(code, &standings));
            let states = dataset::count_by_state(conn)?;
            let drafts = dataset::count_drafts(conn)?;
            let counts = TABS.map(|code| (code, count(code, &states, drafts, &standings)));
            let all: u64 = states.iter().map(|(_, count)| count).sum();
            let found = dataset::list(conn, &which, owner.as_ref(), &text, &viewer, request)?;
            Ok((found, all, counts, agency::all(conn)?, standings))
        })
        .await?;
    let address = |state: &str| address_of("/internal/datasets", &wish, state);
    let mut states = vec![DatasetsPage::every_state(&page, all, address(""), chosen.is_none())];
    states.extend(counts.iter().map(|(of, count)| StateTab {
        text: page.code("state", of),
        count: *count,
        href: address(of),
        current: chosen == Some(*of),
    }));
    let mut choices = vec![DatasetsPage::every_agency(&page, wish.agency.is_empty())];
    choices.extend(agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == wish.agency,
    }));
    let rows = found
        .items
        .iter()
        .map(|item| {
            let published = item.dataset.state() == State::Published;
            let standing = standings.get(&item.dataset.id).copied().unwrap_or(DraftState::Draft).code();
            let never = item.dataset.state() == State::Draft;
            InternalDatasetRow {
                title: Text::of(&item.dataset.title_vi, crate::kernel::Lang::Vi, page.lang),
                href: format!("/internal/datasets/{}", item.dataset.id),
                agency: item.agency.clone(),
                state: if never { standing.to_owned() } else { item.dataset.state.clone() },
                draft_state: (published && item.has_draft).then(|| standing.to_owned()),
                published_version: item.published_number.and_then(|number| u64::try_from(number).ok()),
                draft_version: item
                    .has_draft
                    .then(|| u64::try_from(item.published_number.unwrap_or(0)).unwrap_or(0) + 1),
                freshness: published.then(|| present::freshness(app.profile(), item.dataset.counted(), app.today())),
                rows: item.rows,
                changed: item.changed_at,
                changed_by: item.changed_by.clone().unwrap_or_else(|| page.code("audit-actor", "operator")),
            }
        })
        .collect();
    let view = DatasetsPage {
        writes: who
            .person
            .held
            .iter()
            .any(|held| may(&who.person, Action::EditDataset(app.profile(), &held.agency)).granted()),
        query: wish.q.clone(),
        states,
        agencies: choices,
        state: wish.state.clone(),
        total: found.total,
        filtered: !wish.q.is_empty() || !wish.agency.is_empty() || chosen.is_some(),
        files: (
            address_of("/internal/datasets.xlsx", &wish, chosen.unwrap_or_default()),
            address_of("/internal/datasets.csv", &wish, chosen.unwrap_or_default()),
        ),
        rows,
        pager: Pager::new(request.number, found.pages(), address(chosen.unwrap_or_default())),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// The tabs of the list: how drafts stand, then what the public sees.
const TABS: [&str; 7] = ["draft", "submitted", "changes-asked", "approved", "refused", "published", "withdrawn"];

type Standings = HashMap<DatasetId, DraftState>;

/// The datasets of a tab.
fn which(code: &str, standings: &Standings) -> Which {
    let those = |wanted: &dyn Fn(DraftState) -> bool| {
        standings.iter().filter(|(_, state)| wanted(**state)).map(|(id, _)| id.clone()).collect()
    };
    match (DraftState::from_code(code), State::from_code(code)) {
        (Some(DraftState::Draft), _) => Which::DraftsBut(those(&|state| state != DraftState::Draft)),
        (Some(wanted), _) => Which::These(those(&|state| state == wanted)),
        (None, Some(state)) => Which::State(state),
        (None, None) => Which::All,
    }
}

/// How many datasets a tab holds.
fn count(code: &str, states: &[dataset::StateCount], drafts: u64, standings: &Standings) -> u64 {
    let number = |count: usize| u64::try_from(count).unwrap_or(u64::MAX);
    match which(code, standings) {
        Which::DraftsBut(others) => drafts.saturating_sub(number(others.len())),
        Which::These(ids) => number(ids.len()),
        Which::State(wanted) => states.iter().find(|(state, _)| *state == wanted).map_or(0, |(_, count)| *count),
        Which::All => 0,
    }
}

/// GET /internal/datasets.xlsx, /internal/datasets.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let chosen = TABS.into_iter().find(|code| *code == wish.state);
    let (text, slug, viewer) = (wish.q.trim().to_owned(), wish.agency.clone(), who.person.clone());
    let rules = app.parts.profile.clone();
    let (owner, which) = app
        .db()
        .read_async(move |conn| {
            let standings = review::in_review(conn, &rules)?;
            let which = chosen.map_or(Which::All, |code| which(code, &standings));
            Ok((agency::wanted(conn, &slug)?, which))
        })
        .await?;
    let heads = [
        ("in-dataset", 60),
        ("in-slug", 36),
        ("in-agency", 40),
        ("in-state", 16),
        ("in-freshness", 18),
        ("in-due", 14),
        ("dataset-version", 12),
        ("in-rows", 12),
        ("in-changed", 20),
        ("in-changed-by", 28),
    ];
    let sheet = export::sheet(&page, page.t("in-datasets-title"), &heads);
    let filter = vec![("q", wish.q.clone()), ("agency", wish.agency.clone()), ("state", wish.state.clone())];
    let export = Export { action: "dataset.export", list: "datasets", filter, rows: 0, sheet };
    let (profile, today) = (app.parts.profile.clone(), app.today());
    let rows = move |db: Db| {
        let datasets = export::items(db, PORTION, move |conn, request| {
            dataset::list(conn, &which, owner.as_ref(), &text, &viewer, request)
        });
        datasets.map(move |item| {
            let item = item?;
            let dataset = &item.dataset;
            let published = dataset.state() == State::Published;
            let freshness = published.then(|| present::freshness(&profile, dataset.counted(), today));
            Ok(vec![
                Cell::text(&dataset.title_vi),
                Cell::text(&dataset.slug),
                Cell::text(&item.agency),
                Cell::Text(page.code("state", &dataset.state)),
                freshness.map(|freshness| page.t(freshness.state.text_id())).into(),
                freshness.and_then(|freshness| freshness.due).into(),
                item.published_number.map_or(Cell::Empty, |number| Cell::Whole(number.into())),
                Cell::count(item.rows),
                export::moment(&page, item.changed_at),
                Cell::Text(item.changed_by.clone().unwrap_or_else(|| page.code("audit-actor", "operator"))),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// GET /internal/datasets/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let wish: Wish = query_of(&req)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, id, wish.version, None).await?)?)
}

/// The page of a dataset; with the submission that was refused, and why, where it is drawn in answer to one.
pub(super) async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: DatasetId,
    number: Option<i32>,
    sent: Option<(&SubmissionForm, &Error)>,
) -> Result<DatasetPage> {
    let page = frame_of(req, app, who, Section::Datasets, &format!("/internal/datasets/{id}"))?;
    let (person, profile) = (who.person.clone(), app.parts.profile.clone());
    let (found, owner, lines, chosen, resources, made, standing, names, contacts, waiting) = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &id)?;
            dataset::require_visible(&person, &found)?;
            let owner = agency::by_id(conn, &found.agency_id)?.ok_or_else(Error::not_found)?;
            let lines = dataset::version_lines(conn, &id, true)?;
            let chosen = lines.iter().position(|line| number.is_some() && line.version.number == number).unwrap_or(0);
            let (resources, made) = match lines.get(chosen) {
                Some(line) => {
                    (dataset::resources_of(conn, &line.version.id)?, review::decisions_of(conn, &line.version.id)?)
                }
                None => Default::default(),
            };
            let standing = match dataset::draft_of(conn, &id)? {
                Some(draft) => {
                    let standing = review::standing(conn, &profile, &draft)?;
                    // Whoever does not submit is not asked to answer for what breaks.
                    let submits = review::may_submit(&profile, &person, &found, &standing).is_ok();
                    let broken = submits.then(|| contract::report(conn, &draft)).transpose()?;
                    Some((standing, broken))
                }
                None => None,
            };
            let names = declarers(conn, &resources)?;
            let contacts = dataset::contact::of(conn, &id)?;
            let waiting = voice::open_of(conn, &id)?;
            Ok((found, owner, lines, chosen, resources, made, standing, names, contacts, waiting))
        })
        .await?;
    let metadata = lines.get(chosen).map(|line| line.version.metadata.clone()).unwrap_or_default();
    let updated = found.updated_at.map(Timestamp).filter(|_| found.state() == State::Published);
    let next = lines.iter().filter_map(|line| line.version.number).max().unwrap_or(0) + 1;
    let versions = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let number = line.version.number.unwrap_or(next);
            InternalVersion {
                number: u64::try_from(number).unwrap_or(0),
                state: match &standing {
                    _ if line.version.purged_at.is_some() => "purged",
                    _ if line.version.published => "published",
                    Some((standing, _)) => standing.state.code(),
                    None => "draft",
                }
                .to_owned(),
                href: format!("/internal/datasets/{}?version={number}", found.id),
                current: index == chosen,
                made: line.version.created_at,
                made_by: line.author.clone().unwrap_or_else(|| page.code("audit-actor", "operator")),
                published: line.version.published_at,
                rows: line.rows,
                hash: line.version.hash.clone().unwrap_or_default(),
            }
        })
        .collect();
    let originals = may(&who.person, Action::ReadOriginal(&found.agency_id)).granted();
    let mut reports = Vec::new();
    for resource in &resources {
        reports.push(import_report(&page, resource, originals, &names)?);
    }
    Ok(DatasetPage {
        title: present::text(&page, &metadata.title),
        state: match (found.state(), &standing) {
            (State::Draft, Some((standing, _))) => standing.state.code().to_owned(),
            _ => found.state.clone(),
        },
        next: next_steps(app, &page, who, &found, standing.as_ref(), sent)?,
        agency: owner.name(page.lang).0.to_owned(),
        topics: app
            .profile()
            .topic(&found.topic)
            .map(|topic| topic.name.get(page.lang).0.to_owned())
            .into_iter()
            .collect(),
        frequency: app
            .profile()
            .frequency(&found.frequency)
            .map(|frequency| frequency.name.get(page.lang).0.to_owned())
            .unwrap_or_default(),
        freshness: updated.map(|_| present::freshness(app.profile(), found.counted(), app.today())),
        update_href: updated.map(|_| format!("/internal/datasets/{}/update", found.id)),
        public_href: found.current_version_id.as_ref().map(|_| page.url(&format!("/dataset/{}", found.slug))),
        report_href: (found.state() == State::Published).then(|| format!("/internal/datasets/{}/report", found.id)),
        open_reports: may(&who.person, Action::HandleReports(app.profile(), &found.agency_id))
            .granted()
            .then(|| (waiting, format!("/internal/reports?dataset={}", found.id)))
            .filter(|(count, _)| *count > 0),
        findings_href: may(&who.person, Action::SeeFindings(app.profile(), &found.agency_id))
            .granted()
            .then(|| format!("/internal/datasets/{}/findings", found.id)),
        contacts_href: format!("/internal/datasets/{}/contacts", found.id),
        contacts: contacts.iter().map(super::contacts::line).collect(),
        purge_href: may(&who.person, Action::SeePurges(app.profile()))
            .granted()
            .then(|| format!("/internal/datasets/{}/purge", found.id)),
        withdrawn_reason: found.withdrawn_reason_vi.clone(),
        version: lines.get(chosen).map(|line| u64::try_from(line.version.number.unwrap_or(next)).unwrap_or(0)),
        versions,
        reports,
        decisions: decisions(&page, app.profile(), &made, None),
        page,
    })
}

/// What somebody may do next with a dataset.
fn next_steps(
    app: &App,
    page: &PageCtx,
    who: &SignedIn,
    found: &Dataset,
    draft: Option<&(Standing, Option<contract::Report>)>,
    sent: Option<(&SubmissionForm, &Error)>,
) -> Result<NextView> {
    let standing = draft.map(|(standing, _)| standing);
    let (profile, person) = (app.profile(), &who.person);
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let submits = standing.map(|standing| review::may_submit(profile, person, found, standing));
    // Who has no part in submitting need not read why; what they miss is not theirs to mend.
    let why_not = match &submits {
        Some(Err(error)) if error.has("unchanged-since-return") => page.wrongs(error).into_iter().next(),
        _ => None,
    };
    let writes = dataset::draft::editable_by(person, profile, found);
    let breaks = match draft {
        Some((_, Some(report))) => breaks(page, report)?,
        _ => BreaksView::default(),
    };
    Ok(NextView {
        href: format!("/internal/datasets/{}", found.id),
        edits: writes && standing.is_some(),
        begins: writes && standing.is_none(),
        standing: standing.map(|standing| standing_text(page, profile, standing)),
        review: standing.is_some(),
        decides: standing.is_some_and(|standing| review::may_decide(profile, person, found, standing).is_ok()),
        submits: submits.is_some_and(|submits| submits.is_ok()),
        recalls: standing.is_some_and(|standing| review::may_recall(person, standing).is_ok()),
        withdraws: review::may_withdraw(profile, person, found).is_ok(),
        why_not: why_not.map(|wrong| wrong.text),
        reason: Field::new("reason", sent.map(|(form, _)| form.reason.clone()).unwrap_or_default()).checked(&wrongs),
        breaks,
        accepts: Field::new("accepts", sent.map(|(form, _)| form.accepts.clone()).unwrap_or_default()).checked(&wrongs),
        wrongs,
    })
}

/// GET /internal/tables/{id}/{file}: the original bytes, or the rows set aside (also as a workbook or CSV).
pub async fn file(req: HttpRequest, app: web::Data<App>, who: SignedIn, path: web::Path<(String, String)>) -> Outcome {
    let (id, file) = path.into_inner();
    let id = TableVersionId::parse(&id).ok_or_else(Error::not_found)?;
    if let Some(form) = file.strip_prefix("set-aside.").and_then(Form::from_code) {
        return aside::answer(&req, &app, &who, &id, form).await;
    }
    let (object, media_type) = match file.as_str() {
        "original" => (Object::Original, "application/octet-stream"),
        "set-aside.ndjson" => (Object::SetAside, "application/x-ndjson"),
        _ => return Err(Error::not_found().into()),
    };
    let (person, table) = (who.person.clone(), id.clone());
    let found = app.db().read_async(move |conn| dataset::original(conn, &person, &table)).await?;
    let row = found.table;
    let name = object.name(&row.id);
    let bytes = app.parts.files.size(&name).await?;
    let answer = FileAnswer {
        object: name,
        bytes,
        sha256: format!("{}-{file}", row.original_sha256),
        media_type: media_type.to_owned(),
        name: if object == Object::Original { row.original_name } else { file },
        modified: Timestamp(row.created_at),
        immutable: false,
    };
    let mut answer = send_file(&req, &app, &answer).await?;
    // Bytes that the public does not see leave only once it is written down who reads them.
    if !found.public && req.method() == Method::GET && answer.status().is_success() {
        let ctx = ctx_of(&req, &app, Actor::Account(who.person.account.id.clone()), who.person.lang());
        app.db().write_async(ctx, move |tx| dataset::record_reading(tx, &who.person, &id, object)).await?;
    }
    // What is not public is for no cache and no other site.
    answer.headers_mut().remove(header::ACCESS_CONTROL_ALLOW_ORIGIN);
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("private, no-store"));
    Ok(answer)
}
