//! Datasets in every state, and one of them with its versions, import reports and decisions.

use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::export::{self, Export};
use super::report::import_report;
use super::serve::frame;
use super::view::dataset::{DatasetPage, DecisionView, InternalVersion};
use super::view::datasets::{DatasetsPage, InternalDatasetRow, StateTab};
use crate::access::{Action, may};
use crate::agency;
use crate::dataset::{self, State};
use crate::http::page::{Choice, Pager, Section, Text, Tone};
use crate::http::{App, FileAnswer, Outcome, SignedIn, address, ctx_of, html, present, query_of, send_file};
use crate::kernel::id::{DatasetId, TableVersionId};
use crate::kernel::{Actor, Error, PageRequest, Timestamp};
use crate::platform::db::Db;
use crate::platform::sheet::{Cell, Column, Sheet, one_by_one};
use crate::review::{self, Verdict};
use crate::table::Object;

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
    let state = State::from_code(&wish.state);
    let (text, slug) = (wish.q.trim().to_owned(), wish.agency.clone());
    let (found, counts, agencies) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_slug(conn, &slug)?.map(|agency| agency.id);
            Ok((
                dataset::list(conn, state, owner.as_ref(), &text, request)?,
                dataset::count_by_state(conn)?,
                agency::all(conn)?,
            ))
        })
        .await?;
    let address = |state: &str| address_of("/internal/datasets", &wish, state);
    let mut states = vec![DatasetsPage::every_state(
        &page,
        counts.iter().map(|(_, count)| count).sum(),
        address(""),
        state.is_none(),
    )];
    states.extend(counts.iter().map(|(of, count)| StateTab {
        text: page.code("state", of.code()),
        count: *count,
        href: address(of.code()),
        current: state == Some(*of),
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
            let updated = item.dataset.updated_at.map(Timestamp);
            let published = item.dataset.state() == State::Published;
            InternalDatasetRow {
                title: Text::of(&item.dataset.title_vi, crate::kernel::Lang::Vi, page.lang),
                href: format!("/internal/datasets/{}", item.dataset.id),
                agency: item.agency.clone(),
                state: item.dataset.state.clone(),
                published_version: item.published_number.and_then(|number| u64::try_from(number).ok()),
                draft_version: item
                    .has_draft
                    .then(|| u64::try_from(item.published_number.unwrap_or(0)).unwrap_or(0) + 1),
                freshness: updated.filter(|_| published).map(|at| {
                    present::freshness(
                        app.profile(),
                        &item.dataset.frequency,
                        item.dataset.in_catalogue,
                        at,
                        app.today(),
                    )
                }),
                rows: item.rows,
                changed: item.changed_at,
                changed_by: item.changed_by.clone().unwrap_or_else(|| page.code("audit-actor", "operator")),
            }
        })
        .collect();
    let view = DatasetsPage {
        query: wish.q.clone(),
        states,
        agencies: choices,
        state: wish.state.clone(),
        total: found.total,
        xlsx: address_of("/internal/datasets.xlsx", &wish, state.map_or("", State::code)),
        filtered: !wish.q.is_empty() || !wish.agency.is_empty() || state.is_some(),
        rows,
        pager: Pager::new(request.number, found.pages(), address(state.map_or("", State::code))),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/datasets.xlsx, /internal/datasets.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let state = State::from_code(&wish.state);
    let (text, slug) = (wish.q.trim().to_owned(), wish.agency.clone());
    let owner = app.db().read_async(move |conn| Ok(agency::by_slug(conn, &slug)?.map(|agency| agency.id))).await?;
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
    let sheet = Sheet {
        title: page.t("in-datasets-title"),
        columns: heads.into_iter().map(|(id, width)| Column::new(page.t(id), width)).collect(),
    };
    let filter = vec![("q", wish.q.clone()), ("agency", wish.agency.clone()), ("state", wish.state.clone())];
    let export = Export { action: "dataset.export", list: "datasets", filter, rows: 0, sheet };
    let (profile, today) = (app.parts.profile.clone(), app.today());
    let rows = move |db: Db| {
        let mut number = 0;
        let datasets = one_by_one(move || {
            number += 1;
            let request = PageRequest { number, size: PORTION };
            db.read(|conn| dataset::list(conn, state, owner.as_ref(), &text, request)).map(|found| found.items)
        });
        datasets.map(move |item| {
            let item = item?;
            let dataset = &item.dataset;
            let updated = dataset.updated_at.map(Timestamp).filter(|_| dataset.state() == State::Published);
            let freshness =
                updated.map(|at| present::freshness(&profile, &dataset.frequency, dataset.in_catalogue, at, today));
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
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let person = who.person.clone();
    let (found, owner, lines, chosen, resources, decisions) = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &id)?;
            may(&person, Action::SeeDatasets(&found.agency_id)).require()?;
            let owner = agency::by_id(conn, &found.agency_id)?.ok_or_else(Error::not_found)?;
            let lines = dataset::version_lines(conn, &id, true)?;
            let chosen = lines
                .iter()
                .position(|line| wish.version.is_some() && line.version.number == wish.version)
                .unwrap_or(0);
            let (resources, decisions) = match lines.get(chosen) {
                Some(line) => {
                    (dataset::resources_of(conn, &line.version.id)?, review::decisions_of(conn, &line.version.id)?)
                }
                None => Default::default(),
            };
            Ok((found, owner, lines, chosen, resources, decisions))
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
                state: if line.version.published { "published" } else { "draft" }.to_owned(),
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
        reports.push(import_report(&page, resource, originals)?);
    }
    let view = DatasetPage {
        title: present::text(&page, &metadata.title),
        state: found.state.clone(),
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
        freshness: updated
            .map(|at| present::freshness(app.profile(), &found.frequency, found.in_catalogue, at, app.today())),
        public_href: found
            .current_version_id
            .as_ref()
            .map(|_| format!("{}/dataset/{}", app.site.public_url, found.slug)),
        withdrawn_reason: found.withdrawn_reason_vi.clone(),
        version: lines.get(chosen).map(|line| u64::try_from(line.version.number.unwrap_or(next)).unwrap_or(0)),
        versions,
        reports,
        decisions: decisions
            .iter()
            .map(|decision| DecisionView {
                text: page.code("decision", decision.verdict.code()),
                tone: match decision.verdict {
                    Verdict::Submitted => Tone::Info,
                    Verdict::Approved => Tone::Good,
                    Verdict::ChangesAsked => Tone::Warn,
                    Verdict::Refused => Tone::Bad,
                },
                person: decision.name.clone(),
                position: app
                    .profile()
                    .review
                    .steps
                    .iter()
                    .find(|step| step.code == decision.step)
                    .map(|step| step.name.get(page.lang).0.to_owned()),
                at: decision.at,
                reason: Some(decision.reason.clone()),
                audit: None,
            })
            .collect(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/tables/{id}/{file}: the original bytes, or the rows set aside.
pub async fn file(req: HttpRequest, app: web::Data<App>, who: SignedIn, path: web::Path<(String, String)>) -> Outcome {
    let (id, file) = path.into_inner();
    let id = TableVersionId::parse(&id).ok_or_else(Error::not_found)?;
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
