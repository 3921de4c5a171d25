//! The screen of the review: what the draft says and holds otherwise than what the public sees, and the decision on it.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::contract::breaks;
use super::editor::scan_anew;
use super::serve::{act, ctx, frame_of, onward};
use super::view::dataset::{DecisionView, RemarkView};
use super::view::review::{
    CellView, ColumnDiffView, CountsView, DecisionFormView, DraftView, FieldView, FindingsView, QualityView, RemarkRow,
    ReviewPage, RowList, RowView, StepView, TableView, VerdictView,
};
use crate::access::{Action, may};
use crate::account::Person;
use crate::agency;
use crate::dataset::contract;
use crate::dataset::{self, Dataset, Published, ResourceVersion, Version};
use crate::http::page::{Choice, Field, PageCtx, Pager, Section, Text, Tone, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, present, query_pairs, redirect};
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Kind, PageRequest, Result};
use crate::platform::columnar::Wanted;
use crate::platform::db::Conn;
use crate::profile::Profile;
use crate::quality::{self, Score};
use crate::review::{
    self, Comparison, Decided, Decision, DecisionForm, DraftState, FieldDiff, NoteDiff, Piece, Rows, Since, Standing,
    SubmissionForm, TableChange, TableDiff, Verdict,
};
use crate::scan;
use crate::table::Object;
use crate::table::diff::{ChangeKind, Column, ColumnDiff, Detail, RowChange, SchemaDiff};
use crate::table::ingest::report::{Kind as ColumnKind, Outcome as Reading};

/// Rows on a page of a list.
const PAGE_SIZE: u64 = 25;
/// Rows for remarks that the form shows at least.
const REMARK_ROWS: usize = 4;

/// What the address asks for.
#[derive(Clone, Debug, Default)]
struct Wish {
    table: String,
    key: Vec<String>,
    /// The pages of the lists, by the code of their kind.
    pages: HashMap<String, String>,
}

impl Wish {
    fn of(req: &HttpRequest) -> Self {
        let mut wish = Self::default();
        for (name, value) in query_pairs(req) {
            match name.as_str() {
                "table" => wish.table = value,
                "key" => wish.key.push(value),
                "added" | "removed" | "changed" => drop(wish.pages.insert(name, value)),
                _ => {}
            }
        }
        wish
    }
}

/// All that the page is made of, but for the rows.
struct Facts {
    dataset: Dataset,
    agency: String,
    draft: Option<DraftFacts>,
}

struct DraftFacts {
    version: Version,
    resources: Vec<ResourceVersion>,
    shown: Option<Published>,
    standing: Standing,
    comparison: Comparison,
    since: Vec<Vec<Since>>,
    fields: Vec<String>,
    contract: contract::Report,
    findings: Option<FindingsView>,
}

fn facts(conn: &mut Conn, profile: &Profile, who: &Person, id: &DatasetId) -> Result<Facts> {
    let found = dataset::by_id(conn, id)?;
    dataset::require_visible(who, &found)?;
    let owner = agency::by_id(conn, &found.agency_id)?.ok_or_else(Error::not_found)?;
    let agency = owner.name(who.lang()).0.to_owned();
    let Some(version) = dataset::draft_of(conn, id)? else { return Ok(Facts { dataset: found, agency, draft: None }) };
    let resources = dataset::resources_of(conn, &version.id)?;
    let shown = match found.current_version_id {
        Some(_) => Some(dataset::detail(conn, id, None)?),
        None => None,
    };
    let standing = review::standing(conn, profile, &version)?;
    let old = shown.as_ref().map(|shown| (&shown.version.metadata, shown.resources.as_slice()));
    let contract = contract::report(conn, &version)?;
    let comparison = review::compare(old, (&version.metadata, &resources), &contract.changed);
    let mut since = Vec::new();
    for decision in &standing.decisions {
        since.push(review::since(&version, &resources, &decision.remarks.iter().collect::<Vec<_>>())?);
    }
    let fields = review::remarkable(&version, &resources)?;
    let findings = match may(who, Action::SeeFindings(profile, &found.agency_id)).granted() {
        true => Some(FindingsView {
            pending: scan::pending(conn, &version.id, profile.scan.small_group.value)?.len(),
            open: scan::open_findings(conn, &version.id)?.len(),
            all: scan::findings_of(conn, &version.id)?.len(),
            href: format!("/internal/datasets/{id}/findings"),
        }),
        false => None,
    };
    let draft = DraftFacts { version, resources, shown, standing, comparison, since, fields, contract, findings };
    Ok(Facts { dataset: found, agency, draft: Some(draft) })
}

// ---- the handlers ----------------------------------------------------------------------------------------------------

/// GET /internal/datasets/{id}/review
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/datasets/{id}/decision
pub async fn decide(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<Vec<(String, String)>>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let form = DecisionForm::of(&form.0);
    let (profile, sent, on) = (app.parts.profile.clone(), form.clone(), id.clone());
    let then = |decided| {
        let sentence = match decided {
            Decided::Published(_) => "review-said-published",
            Decided::Approved => "review-said-approved",
            Decided::ChangesAsked => "review-said-changes-asked",
            Decided::Refused => "review-said-refused",
        };
        (sentence, format!("/internal/datasets/{id}"))
    };
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Some((&form, error))).await;
    act(&req, &app, &who, move |tx| sent.decide(tx, &profile, &on), then, again).await
}

/// POST /internal/datasets/{id}/submission
pub async fn submit(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<SubmissionForm>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, sent, on) = (app.parts.profile.clone(), form.0.clone(), id.clone());
    let then = |()| ("review-said-submitted", format!("/internal/datasets/{id}"));
    let again = async |error: &Error| {
        if error.has("scan-pending") || error.has("contract-pending") {
            // The refused transaction keeps no job.
            let on = id.clone();
            app.db().write_async(ctx(&req, &app, &who), move |tx| scan_anew(tx, &on)).await?;
        }
        super::datasets::page_of(&req, &app, &who, id.clone(), None, Some((&form.0, error))).await
    };
    act(&req, &app, &who, move |tx| sent.submit(tx, &profile, &on), then, again).await
}

/// POST /internal/datasets/{id}/recall
pub async fn recall(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, on) = (app.parts.profile.clone(), id.clone());
    app.db().write_async(ctx(&req, &app, &who), move |tx| review::recall(tx, &profile, &on)).await?;
    onward(&app, &who, "review-said-recalled", &format!("/internal/datasets/{id}"))
}

/// POST /internal/datasets/{id}/comparison: the rows of a table are compared again after a failure.
pub async fn compare_again(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, person, on) = (app.parts.profile.clone(), who.person.clone(), id.clone());
    let found = app.db().read_async(move |conn| facts(conn, &profile, &person, &on)).await?;
    let draft = found.draft.ok_or_else(Error::not_found)?;
    app.db()
        .write_async(ctx(&req, &app, &who), move |tx| {
            let both = draft.comparison.tables.iter().filter(|table| table.change == TableChange::Changed);
            let both = both.filter_map(|table| Some((table.old.as_ref()?, table.new.as_ref()?, &table.key)));
            for (old, new, key) in both {
                review::request_rows(tx, old, new, key)?;
            }
            Ok(())
        })
        .await?;
    Ok(redirect(&format!("/internal/datasets/{id}/review#rows")))
}

// ---- the page --------------------------------------------------------------------------------------------------------

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    sent: Option<(&DecisionForm, &Error)>,
) -> Result<ReviewPage> {
    let wish = Wish::of(req);
    let (profile, person, of) = (app.parts.profile.clone(), who.person.clone(), id.clone());
    let found = app.db().read_async(move |conn| facts(conn, &profile, &person, &of)).await?;
    let path = format!("/internal/datasets/{id}/review");
    let page = frame_of(req, app, who, Section::Datasets, &path)?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let title = match &found.draft {
        Some(draft) => present::text(&page, &draft.version.metadata.title),
        None => Text::of(&found.dataset.title_vi, crate::kernel::Lang::Vi, page.lang),
    };
    let draft = match &found.draft {
        Some(draft) => {
            // A form that is wrong keeps what its person has seen; one that came too late is shown what is there now.
            let kept = sent.filter(|(_, error)| error.kind() == Kind::Invalid).map(|(form, _)| form.seen.clone());
            let context = Context { app, who, page: &page, path: &path, wish: &wish, seen: kept };
            Some(Box::new(context.draft(req, &found.dataset, draft, sent.map(|(form, _)| form), &wrongs).await?))
        }
        None => None,
    };
    Ok(ReviewPage {
        title,
        dataset_href: format!("/internal/datasets/{id}"),
        agency: found.agency,
        wrongs,
        draft,
        page,
    })
}

/// What every part of the page is drawn with.
struct Context<'a> {
    app: &'a App,
    who: &'a SignedIn,
    page: &'a PageCtx,
    path: &'a str,
    wish: &'a Wish,
    seen: Option<String>,
}

impl Context<'_> {
    async fn draft(
        &self,
        req: &HttpRequest,
        dataset: &Dataset,
        facts: &DraftFacts,
        sent: Option<&DecisionForm>,
        wrongs: &[Wrong],
    ) -> Result<DraftView> {
        let (page, profile, standing) = (self.page, self.app.profile(), &facts.standing);
        let open = may(&self.who.person, Action::ReadOriginal(&dataset.agency_id)).granted();
        let decides = review::may_decide(profile, &self.who.person, dataset, standing);
        let why_not = match &decides {
            Ok(_) => Vec::new(),
            Err(error) => page.wrongs(error).into_iter().map(|wrong| wrong.text).collect(),
        };
        let form = decides.ok().map(|step| {
            let step = step.name.get(page.lang).0.to_owned();
            self.form(dataset, facts, step, sent, wrongs)
        });
        let tables = self.tables(req, facts, open).await?;
        let compared = tables.iter().all(|table| table.comparison == "ready" || table.comparison == "none");
        let sum =
            |of: fn(&CountsView) -> u64| tables.iter().filter_map(|table| table.counts.as_ref()).map(of).sum::<u64>();
        let (first, number) = match &facts.shown {
            Some(shown) => (false, shown.latest + 1),
            None => (true, 1),
        };
        Ok(DraftView {
            number: u64::try_from(number).unwrap_or(1),
            state: standing.state.code().to_owned(),
            submitted: standing.submission().map(|submission| (submission.name.clone(), submission.at)),
            submitter_note: standing.submission().map(|submission| submission.reason.clone()),
            steps: steps(page, profile, standing),
            first,
            note: facts.version.note.as_ref().map(|note| present::text(page, note)),
            corrects: facts.version.corrects.as_ref().map(Vec::len),
            fields: facts.comparison.fields.iter().map(|field| described(page, profile, field)).collect(),
            unchanged: facts.comparison.unchanged,
            tables_stay: facts.comparison.tables_stay(),
            columns_changed: tables.iter().map(|table| table.columns.len()).sum(),
            breaking: tables.iter().any(|table| table.change == "removed" || table.columns.iter().any(|c| c.breaking)),
            rows: compared.then(|| (sum(|c| c.added), sum(|c| c.changed), sum(|c| c.removed))),
            tables,
            breaks: breaks(page, &facts.contract)?,
            findings: facts.findings.clone(),
            open,
            decisions: decisions(page, profile, &standing.decisions, Some(&facts.since)),
            form,
            why_not,
        })
    }

    fn form(
        &self,
        dataset: &Dataset,
        facts: &DraftFacts,
        step: String,
        sent: Option<&DecisionForm>,
        wrongs: &[Wrong],
    ) -> DecisionFormView {
        let page = self.page;
        let wrong = |name: &str| {
            wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(name)).map(|wrong| wrong.text.clone())
        };
        let chosen = sent.map(|form| form.verdict.as_str()).unwrap_or_default();
        let verdict = |verdict: Verdict, text: &str, hint: &str| VerdictView {
            value: verdict.code(),
            text: page.t(text),
            hint: page.t(hint),
            chosen: verdict.code() == chosen,
        };
        let remarks = sent.map(|form| form.remarks.as_slice()).unwrap_or_default();
        let names: Vec<(String, String)> =
            facts.fields.iter().map(|code| (code.clone(), field_name(page, &facts.resources, code))).collect();
        let row = |number: usize| {
            let kept = remarks.get(number - 1);
            let field = kept.map(|remark| remark.field.as_str()).unwrap_or_default();
            let none = Choice { value: String::new(), text: page.t("review-remark-none"), chosen: field.is_empty() };
            let choices = names.iter().map(|(code, text)| Choice {
                value: code.clone(),
                text: text.clone(),
                chosen: code == field,
            });
            RemarkRow {
                number,
                fields: std::iter::once(none).chain(choices).collect(),
                field_error: wrong(&format!("field-{number}")),
                text: kept.map(|remark| remark.text.clone()).unwrap_or_default(),
                text_error: wrong(&format!("text-{number}")),
            }
        };
        DecisionFormView {
            action: format!("/internal/datasets/{}/decision", dataset.id),
            seen: self.seen.clone().unwrap_or_else(|| facts.standing.hash.clone()),
            step,
            verdicts: vec![
                verdict(Verdict::Approved, "review-approve", "review-approve-hint"),
                verdict(Verdict::ChangesAsked, "review-ask", "review-ask-hint"),
                verdict(Verdict::Refused, "review-refuse", "review-refuse-hint"),
            ],
            verdict_error: wrong("verdict"),
            reason: Field::new("reason", sent.map(|form| form.reason.clone()).unwrap_or_default()).checked(wrongs),
            remarks: (1..=(remarks.len() + 2).max(REMARK_ROWS)).map(row).collect(),
            remarks_open: !remarks.is_empty(),
        }
    }

    async fn tables(&self, req: &HttpRequest, facts: &DraftFacts, open: bool) -> Result<Vec<TableView>> {
        let tables = &facts.comparison.tables;
        let find = |wanted: &dyn Fn(&TableDiff) -> bool| tables.iter().position(wanted);
        let chosen = find(&|table| !self.wish.table.is_empty() && table.name == self.wish.table)
            .or_else(|| find(&|table| table.change == TableChange::Changed))
            .or_else(|| find(&|table| table.change == TableChange::Added))
            .unwrap_or(0);
        let mut views = Vec::with_capacity(tables.len());
        for (at, table) in tables.iter().enumerate() {
            views.push(self.table(req, table, at + 1, at == chosen, open).await?);
        }
        Ok(views)
    }

    async fn table(
        &self,
        req: &HttpRequest,
        table: &TableDiff,
        at: usize,
        chosen: bool,
        open: bool,
    ) -> Result<TableView> {
        let page = self.page;
        let columns = table.schema.as_ref().map(|schema| columns(page, schema)).transpose()?.unwrap_or_default();
        let shown = table.change == TableChange::Changed || table.change == TableChange::Added;
        let mut view = TableView {
            at,
            title: present::text(page, &table.title),
            title_before: table.title_before.as_ref().map(|title| present::text(page, title)),
            change: table.change.code(),
            rows_old: table.old.as_ref().map(crate::table::TableVersion::rows),
            rows_new: table.new.as_ref().map(crate::table::TableVersion::rows),
            columns_same: table.schema.as_ref().map_or(0, |schema| schema.columns.len()) - columns.len(),
            columns,
            notes: table.notes.iter().map(|note| entry(page, note)).collect(),
            quality: Vec::new(),
            worse: Vec::new(),
            comparison: "none",
            counts: None,
            key_notes: Vec::new(),
            key: Vec::new(),
            href: (!chosen && open && shown).then(|| format!("{}#rows", address(self.path, &[("table", &table.name)]))),
            keys: Vec::new(),
            table: table.name.clone(),
            lists: Vec::new(),
            preview: None,
        };
        if let (true, Some(new)) = (shown, &table.new) {
            let old = table.old.as_ref().map(crate::table::TableVersion::report).transpose()?;
            (view.quality, view.worse) = measures(page, old.as_ref().map(|old| &old.outcome), &new.report()?.outcome);
        }
        if let (TableChange::Added, true, true, Some(new)) = (table.change, chosen, open, &table.new) {
            // A preview that cannot be read keeps nobody from the rest.
            view.preview = self.preview(new).await.map_err(|error| tracing::warn!(%error, "no preview")).ok();
        }
        let (Some(old), Some(new), Some(schema)) = (&table.old, &table.new, &table.schema) else { return Ok(view) };
        // Somebody's choice goes before the dictionary's key; an empty one means by content.
        let key = if chosen && open && !self.wish.key.is_empty() { self.key(schema) } else { table.key.clone() };
        if chosen && open {
            view.keys = schema
                .columns
                .iter()
                .filter(|column| column.both().is_some())
                .map(|column| Choice {
                    value: column.key().to_owned(),
                    text: column.title().to_owned(),
                    chosen: key.iter().any(|key| key == column.key()),
                })
                .collect();
        }
        let found = match review::rows_of(self.app.db(), &self.app.parts.files, old, new, &key).await {
            Ok(found) => found,
            Err(error) => {
                tracing::warn!(%error, "a comparison cannot be read");
                Rows::Failed
            }
        };
        match found {
            Rows::Waiting => view.comparison = "waiting",
            Rows::Failed => view.comparison = "failed",
            Rows::Missing => {
                let (old, new) = (old.clone(), new.clone());
                let asking = ctx(req, self.app, self.who);
                let asked = move |tx: &mut crate::platform::db::Tx<'_>| review::request_rows(tx, &old, &new, &key);
                self.app.db().write_async(asking, asked).await?;
                view.comparison = "waiting";
            }
            Rows::Ready(detail) => {
                self.compared(&mut view, &detail, &key);
                if chosen && open {
                    for kind in ChangeKind::ALL {
                        view.lists.extend(self.list(table, &detail, kind, &key).await?);
                    }
                }
            }
        }
        Ok(view)
    }

    /// The columns to compare by that the address names and both versions have, in the order of the table.
    fn key(&self, schema: &SchemaDiff) -> Vec<String> {
        let both = schema.columns.iter().filter(|column| column.both().is_some()).map(ColumnDiff::key);
        both.filter(|key| self.wish.key.iter().any(|wanted| wanted == key)).map(str::to_owned).collect()
    }

    fn compared(&self, view: &mut TableView, detail: &Detail, key: &[String]) {
        let (summary, texts) = (detail.summary(), &self.page.texts);
        let rows = &summary.rows;
        view.comparison = "ready";
        view.counts = Some(CountsView {
            added: rows.added,
            removed: rows.removed,
            changed: rows.changed,
            unchanged: rows.unchanged,
        });
        view.key_notes = summary.notes.iter().map(|note| present::key_note(texts, self.page.lang, note)).collect();
        let title = |key: &String| Some(summary.schema.columns.get(summary.schema.find(key)?)?.title().to_owned());
        view.key = key.iter().filter_map(title).collect();
    }

    /// A page of the rows of one kind; none when there are none.
    async fn list(
        &self,
        table: &TableDiff,
        detail: &Detail,
        kind: ChangeKind,
        key: &[String],
    ) -> Result<Option<RowList>> {
        let total = detail.summary().rows.of(kind);
        if total == 0 {
            return Ok(None);
        }
        let page_of = |kind: ChangeKind| {
            let wanted = self.wish.pages.get(kind.code()).map(String::as_str);
            PageRequest::new(wanted, PAGE_SIZE).within(detail.summary().rows.of(kind))
        };
        let request = page_of(kind);
        let rows = detail.page(kind, request.offset(), PAGE_SIZE).await?;
        let schema = &detail.summary().schema;
        let shown: Vec<usize> = (0..schema.columns.len())
            .filter(|at| match kind {
                ChangeKind::Added => schema.columns[*at].new.is_some(),
                ChangeKind::Removed => schema.columns[*at].old.is_some(),
                ChangeKind::Changed => true,
            })
            .collect();
        let mut parameters = vec![("table", table.name.clone())];
        parameters.extend(key.iter().map(|key| ("key", key.clone())));
        for other in ChangeKind::ALL.into_iter().filter(|other| *other != kind) {
            let number = page_of(other).number;
            parameters.push((other.code(), if number > 1 { number.to_string() } else { String::new() }));
        }
        let parameters: Vec<(&str, &str)> = parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let (sign, class, anchor) = match kind {
            ChangeKind::Added => ("+", "add", "#rows-added"),
            ChangeKind::Removed => ("\u{2212}", "del", "#rows-removed"),
            ChangeKind::Changed => ("~", "", "#rows-changed"),
        };
        Ok(Some(RowList {
            kind: kind.code(),
            sign,
            class,
            total,
            heads: shown.iter().filter_map(|at| schema.columns.get(*at)).map(head).collect(),
            rows: rows.iter().map(|row| self.row(schema, &shown, row)).collect(),
            pager: Pager {
                number: request.number,
                pages: total.div_ceil(PAGE_SIZE).max(1),
                base: address(self.path, &parameters),
                param: kind.code(),
                anchor,
            },
        }))
    }

    fn row(&self, schema: &SchemaDiff, shown: &[usize], row: &RowChange) -> RowView {
        let written = |column: Option<&Column>, text: &Option<String>| {
            let kind = column.map_or(ColumnKind::Text, |column| column.storage.kind());
            text.as_deref().map(|text| present::canonical(self.page, kind, text))
        };
        let cells = shown.iter().filter_map(|at| Some((schema.columns.get(*at)?, row.cells.get(*at)?)));
        RowView {
            number: row.new_row.or(row.old_row),
            cells: cells
                .map(|(column, cell)| CellView {
                    before: written(column.old.as_ref(), &cell.before),
                    after: written(column.new.as_ref(), &cell.after),
                    changed: cell.changed,
                    number: is_number(column),
                })
                .collect(),
        }
    }

    /// The first rows of a new table.
    async fn preview(&self, table: &crate::table::TableVersion) -> Result<RowList> {
        let columns = table.report()?.outcome.columns;
        let opened = self.app.table(&Object::Parquet.name(&table.id)).await?;
        let rows = opened.page(&Wanted { offset: 0, limit: PAGE_SIZE }).await?;
        let number = |kind: ColumnKind| matches!(kind, ColumnKind::Integer | ColumnKind::Decimal);
        let cell =
            |(value, column): (&crate::platform::columnar::Value, &crate::table::ingest::report::Column)| CellView {
                before: None,
                after: present::cell(self.page, value),
                changed: false,
                number: number(column.kind),
            };
        Ok(RowList {
            kind: "new",
            sign: "+",
            class: "add",
            total: table.rows(),
            heads: columns.iter().map(|column| (column.title.clone(), number(column.kind))).collect(),
            rows: (1..)
                .zip(&rows)
                .map(|(at, row)| RowView { number: Some(at), cells: row.iter().zip(&columns).map(cell).collect() })
                .collect(),
            pager: Pager::new(1, 1, ""),
        })
    }
}

/// What changed in a table's quality, in words.
fn measures(page: &PageCtx, old: Option<&Reading>, new: &Reading) -> (Vec<QualityView>, Vec<String>) {
    let (changes, worse) = quality::compare(old, new);
    let share = |score: &Score| page.share(if score.whole == 0 { 1 } else { score.part }, score.whole.max(1));
    let lines = changes.iter().map(|change| {
        let code = change.new.measure.code();
        QualityView {
            name: page.code("quality", code),
            old: change.old.as_ref().map(share),
            new: share(&change.new),
            how: page.t2(&format!("quality-how-{code}"), "part", change.new.part, "whole", change.new.whole),
            worse: change.old.is_some_and(|old| change.new.is_worse_than(&old)),
        }
    });
    let told = worse.iter().map(|one| {
        let id = format!("quality-worse-{}", one.new.measure.code());
        page.t3(&id, "column", &*one.column, "old", &*share(&one.old), "new", &*share(&one.new))
    });
    (lines.collect(), told.collect())
}

fn is_number(column: &ColumnDiff) -> bool {
    let side = column.new.as_ref().or(column.old.as_ref());
    side.is_some_and(|side| matches!(side.storage.kind(), ColumnKind::Integer | ColumnKind::Decimal))
}

fn head(column: &ColumnDiff) -> (String, bool) {
    (column.title().to_owned(), is_number(column))
}

fn steps(page: &PageCtx, profile: &Profile, standing: &Standing) -> Vec<StepView> {
    let steps = &profile.review.steps;
    let waits = standing.next_step;
    let view = |(at, step): (usize, &crate::profile::ReviewStep)| StepView {
        text: step.name.get(page.lang).0.to_owned(),
        number: u64::try_from(at + 1).unwrap_or(0),
        done: match at {
            0 => standing.submission().is_some(),
            _ => standing.approvals().any(|decision| decision.step == step.code) && waits != Some(at),
        },
        current: waits == Some(at) || (at == 0 && waits.is_none()),
    };
    let last = StepView {
        text: page.t("review-step-published"),
        number: u64::try_from(steps.len() + 1).unwrap_or(0),
        done: false,
        current: false,
    };
    steps.iter().enumerate().map(view).chain([last]).collect()
}

/// A field of the description, in words where it holds a code.
fn described(page: &PageCtx, profile: &Profile, field: &FieldDiff) -> FieldView {
    let lang = page.lang;
    let named = |text: &str| {
        let name = match field.code {
            "topic" => profile.topic(text).map(|topic| topic.name.get(lang).0.to_owned()),
            "frequency" => profile.frequency(text).map(|frequency| frequency.name.get(lang).0.to_owned()),
            "licence" => profile.licence(text).map(|licence| licence.name.get(lang).0.to_owned()),
            "from" | "to" => text.parse::<chrono::NaiveDate>().ok().map(|day| page.date(day)),
            _ => None,
        };
        name.unwrap_or_else(|| text.to_owned())
    };
    beside(page.code("review-field", field.code), &named(&field.old), &named(&field.new))
}

fn entry(page: &PageCtx, note: &NoteDiff) -> FieldView {
    let part = page.code("review-note", note.part);
    beside(page.t2("review-note-of", "column", note.column.as_str(), "part", part), &note.old, &note.new)
}

fn beside(name: String, old: &str, new: &str) -> FieldView {
    let (old, new): (Vec<Piece>, Vec<Piece>) = review::changes(old, new);
    FieldView { name, old, new }
}

fn columns(page: &PageCtx, schema: &SchemaDiff) -> Result<Vec<ColumnDiffView>> {
    let mut found = Vec::new();
    for column in schema.columns.iter().filter(|column| !column.changes.is_empty()) {
        let mut changes = Vec::new();
        for change in &column.changes {
            changes.push(present::column_change(&page.texts, page.lang, column, change)?);
        }
        let (sign, word, class) = match (&column.old, &column.new) {
            (None, _) => ("+", "review-sign-added", "add"),
            (_, None) => ("\u{2212}", "review-sign-removed", "del"),
            _ => ("~", "review-sign-changed", ""),
        };
        found.push(ColumnDiffView {
            sign,
            sign_text: page.t(word),
            class,
            name: column.key().to_owned(),
            changes,
            breaking: column.is_breaking(),
        });
    }
    Ok(found)
}

/// The name of a field that a remark is made on.
fn field_name(page: &PageCtx, resources: &[ResourceVersion], code: &str) -> String {
    let title = |name: &str| {
        let resource = resources.iter().find(|resource| resource.name == name);
        resource.map_or_else(|| name.to_owned(), |resource| resource.title.get(page.lang).0.to_owned())
    };
    if let Some(name) = code.strip_prefix("table:") {
        return page.t1("review-on-table", "table", title(name));
    }
    if let Some((table, key)) = code.strip_prefix("column:").and_then(|rest| rest.split_once('/')) {
        return page.t2("review-on-column", "column", key, "table", title(table));
    }
    page.code("review-field", code)
}

/// Decisions as people read them; `since` says, decision by decision, what became of the fields that remarks were made on.
pub(super) fn decisions(
    page: &PageCtx,
    profile: &Profile,
    decisions: &[Decision],
    since: Option<&[Vec<Since>]>,
) -> Vec<DecisionView> {
    let remark = |kept: &review::KeptRemark, became: Option<Since>| RemarkView {
        field: field_name(page, &[], &kept.field),
        text: kept.text.clone(),
        since: became.map(|since| {
            let tone = match since {
                Since::Changed | Since::Gone => Tone::Good,
                Since::TableChanged => Tone::Info,
                Since::Unchanged => Tone::Warn,
            };
            (page.code("review-since", since.code()), tone)
        }),
    };
    let view = |(at, decision): (usize, &Decision)| {
        let became = since.and_then(|since| since.get(at));
        let remarks = decision.remarks.iter().enumerate();
        DecisionView {
            text: page.code("decision", decision.verdict.code()),
            tone: match decision.verdict {
                Verdict::Submitted => Tone::Info,
                Verdict::Approved => Tone::Good,
                Verdict::ChangesAsked => Tone::Warn,
                Verdict::Refused => Tone::Bad,
            },
            person: decision.name.clone(),
            position: profile
                .review
                .steps
                .iter()
                .find(|step| step.code == decision.step)
                .map(|step| step.name.get(page.lang).0.to_owned()),
            at: decision.at,
            reason: Some(decision.reason.clone()),
            audit: None,
            recalled: decision.recalled,
            remarks: remarks.map(|(n, kept)| remark(kept, became.and_then(|since| since.get(n).copied()))).collect(),
        }
    };
    decisions.iter().enumerate().map(view).collect()
}

/// Where a draft stands, as a sentence.
pub(super) fn standing_text(page: &PageCtx, profile: &Profile, standing: &Standing) -> String {
    let step = standing.step(profile).map(|step| step.name.get(page.lang).0.to_owned());
    match (standing.state, step) {
        (DraftState::Submitted | DraftState::Approved, Some(step)) => page.t1("review-standing-waits", "step", step),
        (DraftState::ChangesAsked, _) => page.t("review-standing-changes-asked"),
        (DraftState::Refused, _) => page.t("review-standing-refused"),
        _ => page.t("review-standing-draft"),
    }
}
