//! What the dictionary wants of a table: what breaks it, in words, and the workbook to fill in.

use actix_web::http::Method;
use actix_web::{HttpRequest, web};

use super::serve::frame;
use super::view::contract::{BreakLine, BreaksView};
use crate::access::{Action, may};
use crate::dataset;
use crate::dataset::contract::{self, Breach, Report, TemplateColumn, TemplateWords, What};
use crate::http::page::{PageCtx, Section};
use crate::http::{App, Outcome, SignedIn, made_head, present, send_made};
use crate::kernel::id::{DatasetId, ResourceId};
use crate::kernel::{Error, Problem, Result};
use crate::platform::db::run_blocking;
use crate::platform::sheet::{self, Form};

/// Rows that a line names.
const ROWS: usize = 10;

/// What breaks, as it is shown.
pub(super) fn breaks(page: &PageCtx, report: &Report) -> Result<BreaksView> {
    let mut view = BreaksView { pending: !report.pending.is_empty(), ..BreaksView::default() };
    for one in &report.breaks {
        let mut line = BreakLine {
            table: present::text(page, &one.table),
            column: String::new(),
            what: String::new(),
            rows: Vec::new(),
            more: 0,
        };
        match &one.what {
            What::TableGone => line.what = page.t("contract-table-gone"),
            What::Column(column) => {
                line.column = column.title().to_owned();
                let mut sentences = Vec::new();
                for change in column.changes.iter().filter(|change| change.is_breaking()) {
                    sentences.push(present::column_change(&page.texts, page.lang, column, change)?);
                }
                line.what = sentences.join(" ");
            }
            What::Breach(breach) => breached(page, breach, &mut line),
        }
        view.lines.push(line);
    }
    view.accepted = report.acceptance.as_ref().map(|given| (given.person.clone(), given.reason.clone(), given.at));
    Ok(view)
}

fn breached(page: &PageCtx, breach: &Breach, line: &mut BreakLine) {
    line.column.clone_from(&breach.column);
    line.what = page.t1(&format!("contract-broken-{}", breach.rule.code()), "count", breach.count);
    line.rows = breach.rows.iter().copied().take(ROWS).collect();
    line.more = breach.count - line.rows.len() as u64;
}

/// GET /internal/datasets/{id}/resources/{resource}/template.xlsx: a workbook to fill in, as the dictionary of the draft wants it, or
/// else that of the published version.
pub async fn template(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (id, resource) = super::editor::table_of(&path)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let (person, profile) = (who.person.clone(), app.parts.profile.clone());
    let found = app.db().read_async(move |conn| resource_of(conn, &person, &profile, &id, &resource)).await?;
    let name = format!("{} {}", page.t("contract-template-name"), found.name);
    if req.method() == Method::HEAD {
        return Ok(made_head(Form::Xlsx, &name).finish());
    }
    let mut columns = Vec::new();
    for column in found.table.report()?.outcome.columns {
        let note = found.note(&column.title).cloned().unwrap_or_default();
        let said = |text: Option<&crate::kernel::Localized>| {
            text.map(|text| present::text(&page, text).text).unwrap_or_default()
        };
        columns.push(TemplateColumn {
            kind: column.kind,
            kind_text: page.code("ingest-kind", present::kind_code(column.kind)),
            meaning: said(note.meaning.as_ref()),
            unit: said(note.unit.as_ref()),
            rules: present::constraints(&page, column.kind, &note.constraints),
            constraints: note.constraints,
            title: column.title,
        });
    }
    let words = TemplateWords {
        sheet: found.title.vi.clone(),
        codes: page.t("contract-template-codes"),
        guide: page.t("contract-template-guide"),
        heads: ["in-column", "contract-template-kind", "edit-meaning", "edit-unit", "contract-rules"]
            .map(|id| page.t(id)),
        refused: page.t("contract-template-refused"),
    };
    let (blank, work) = (contract::template(words, columns), app.parts.settings.scratch.clone());
    let made = run_blocking(move || sheet::blank(&blank, &work)).await?;
    Ok(send_made(made, &name))
}

fn resource_of(
    conn: &mut crate::platform::db::Conn,
    person: &crate::account::Person,
    profile: &crate::profile::Profile,
    id: &DatasetId,
    resource: &ResourceId,
) -> Result<dataset::ResourceVersion> {
    let found = dataset::by_id(conn, id)?;
    may(person, Action::EditDataset(profile, &found.agency_id)).require()?;
    let version = match dataset::draft_of(conn, id)? {
        Some(draft) => draft.id,
        None => found.current_version_id.ok_or_else(|| Error::conflict(Problem::new("no-draft")))?,
    };
    let all = dataset::resources_of(conn, &version)?;
    all.into_iter().find(|one| one.resource_id == *resource).ok_or_else(Error::not_found)
}
