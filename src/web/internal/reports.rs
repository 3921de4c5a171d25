//! What readers report about data: the list, one report and what is done about it, what a draft corrects, and reports by agencies that use
//! the data.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::editor::{Step, scan_anew};
use super::export::{self, Export};
use super::serve::{act, frame, frame_of};
use super::view::datasets::{DatasetsPage, StateTab};
use super::view::reports::{Acts, CorrectionPage, CorrectionRow, NewReportPage, ReportPage, ReportRow, ReportsPage};
use crate::access::{Action, may};
use crate::agency;
use crate::dataset::{self, Dataset, State as DatasetState, draft};
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, form_token, html, present, query_of};
use crate::kernel::id::{DatasetId, ReportId};
use crate::kernel::text::truncate;
use crate::kernel::{Error, Lang, PageRequest, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;
use crate::voice::{self, CorrectionForm, Filing, Filter, Kind, Listed, Order, Report, ReportForm, State, Which};
use crate::web::report_form::{self, ReportFields};

const REPORTS: &str = "/internal/reports";
const PAGE_SIZE: u64 = 25;
/// Reports that an export reads at once.
const PORTION: u64 = 200;
/// Characters of a description in a list.
const BEGINNING: usize = 140;
/// The stages of the list, after those that are open.
const TABS: [&str; 7] = ["new", "received", "verified", "correcting", "corrected", "closed", "all"];
/// Stages that boards count together; a tab of each is there once it is chosen.
const GROUPS: [(&str, &[State]); 2] = [("known", &State::KNOWN), ("unanswered", &State::UNANSWERED)];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    state: String,
    kind: String,
    dataset: String,
    agency: String,
    q: String,
    sort: String,
    page: Option<String>,
}

impl Wish {
    fn address(&self, path: &str, state: &str) -> String {
        let (kind, dataset, agency) = (&self.kind, &self.dataset, &self.agency);
        let order = Order::from_code(&self.sort);
        let sort = if order == Order::default() { "" } else { order.code() };
        address(
            path,
            &[
                ("state", state),
                ("kind", kind),
                ("dataset", dataset),
                ("agency", agency),
                ("q", &self.q),
                ("sort", sort),
            ],
        )
    }

    fn state(&self) -> &'static str {
        GROUPS.map(|(code, _)| code).into_iter().chain(TABS).find(|code| *code == self.state).unwrap_or_default()
    }

    fn filter(&self, conn: &mut Conn, state: &str) -> Result<Filter> {
        Ok(Filter {
            which: match state {
                "" => Which::Open,
                "all" => Which::All,
                code => match GROUPS.into_iter().find(|(group, _)| *group == code) {
                    Some((_, states)) => Which::Among(states),
                    None => State::from_code(code).map_or(Which::Open, Which::State),
                },
            },
            kind: Kind::from_code(&self.kind),
            dataset: DatasetId::parse(&self.dataset),
            agency: agency::wanted(conn, &self.agency)?,
            text: self.q.trim().to_owned(),
            order: Order::from_code(&self.sort),
        })
    }
}

/// GET /internal/reports
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Reports)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (person, profile, asked, state) = (who.person.clone(), app.parts.profile.clone(), wish.clone(), wish.state());
    let (found, counts, agencies, title) = app
        .db()
        .read_async(move |conn| {
            let mut counts = Vec::new();
            let group = GROUPS.into_iter().map(|(code, _)| code).filter(|code| *code == state);
            for code in [""].into_iter().chain(group).chain(TABS) {
                let filter = asked.filter(conn, code)?;
                let one = PageRequest { number: 1, size: 1 };
                counts.push((code, voice::list(conn, &person, &profile, &filter, one)?.total));
            }
            let filter = asked.filter(conn, state)?;
            let title = match &filter.dataset {
                Some(id) => {
                    let found = dataset::by_id(conn, id)?;
                    dataset::require_visible(&person, &found)?;
                    Some((found.title_vi, id.to_string()))
                }
                None => None,
            };
            let mut agencies = agency::all(conn)?;
            agencies.retain(|agency| may(&person, Action::HandleReports(&profile, &agency.id)).granted());
            Ok((voice::list(conn, &person, &profile, &filter, request)?, counts, agencies, title))
        })
        .await?;
    let tab = |(code, count): &(&'static str, u64)| StateTab {
        text: match *code {
            "" => page.t("reports-open"),
            "all" => page.t("in-datasets-all"),
            "known" | "unanswered" => page.code("reports-group", code),
            code => page.t(&format!("report-state-{code}")),
        },
        count: *count,
        href: wish.address(REPORTS, code),
        current: *code == state,
    };
    let any = Choice { value: String::new(), text: page.t("reports-any-kind"), chosen: wish.kind.is_empty() };
    let kinds = Kind::ALL.into_iter().map(|kind| Choice {
        value: kind.code().to_owned(),
        text: page.t(&format!("report-kind-{}", kind.code())),
        chosen: kind.code() == wish.kind,
    });
    let orders = Order::ALL.into_iter().map(|order| Choice {
        value: order.code().to_owned(),
        text: page.t(&format!("report-order-{}", order.code())),
        chosen: order == Order::from_code(&wish.sort),
    });
    let every = DatasetsPage::every_agency(&page, wish.agency.is_empty());
    let owners = agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == wish.agency,
    });
    let view = ReportsPage {
        states: counts.iter().map(tab).collect(),
        state: state.to_owned(),
        query: wish.q.clone(),
        kinds: std::iter::once(any).chain(kinds).collect(),
        agencies: std::iter::once(every).chain(owners).collect(),
        orders: orders.collect(),
        dataset: title.map(|(title, id)| (Text::of(title, Lang::Vi, page.lang), id)),
        filtered: [&wish.kind, &wish.dataset, &wish.agency, &wish.q].iter().any(|text| !text.is_empty())
            || !state.is_empty(),
        total: found.total,
        files: (wish.address("/internal/reports.xlsx", state), wish.address("/internal/reports.csv", state)),
        rows: found.items.iter().map(|item| row(&page, item)).collect(),
        pager: Pager::new(request.number, found.pages(), wish.address(REPORTS, state)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

fn row(page: &PageCtx, item: &Listed) -> ReportRow {
    let report = &item.report;
    ReportRow {
        title: present::title_or_hidden(page, &item.title),
        href: format!("{REPORTS}/{}", report.id),
        owner: item.owner.clone(),
        kind: page.t(&format!("report-kind-{}", report.kind.code())),
        beginning: truncate(&words(page, report), BEGINNING),
        state: report.state.code(),
        tone: report_form::tone(report.state),
        outcome: report.outcome.map(|outcome| page.t(&format!("report-outcome-{}", outcome.code()))),
        reporter: reporter(page, item),
        made: report.made_at,
        changed: report.changed_at,
    }
}

fn reporter(page: &PageCtx, item: &Listed) -> String {
    item.reporter.clone().unwrap_or_else(|| page.t("report-by-public"))
}

/// GET /internal/reports.xlsx, /internal/reports.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Reports)?;
    let (asked, state) = (wish.clone(), wish.state());
    let filter = app.db().read_async(move |conn| asked.filter(conn, state)).await?;
    let heads = [
        ("in-dataset", 60),
        ("in-agency", 40),
        ("report-kind", 24),
        ("report-description", 80),
        ("report-place", 40),
        ("in-state", 18),
        ("report-outcome", 24),
        ("report-by", 32),
        ("report-made", 20),
        ("report-changed", 20),
    ];
    let sheet = export::sheet(&page, page.t("reports-title"), &heads);
    let told = vec![
        ("state", state.to_owned()),
        ("kind", wish.kind),
        ("dataset", wish.dataset),
        ("agency", wish.agency),
        ("q", wish.q),
    ];
    let export = Export { action: "report.export", list: "reports", filter: told, rows: 0, sheet };
    let (person, profile) = (who.person.clone(), app.parts.profile.clone());
    let rows = move |db: Db| {
        let reports =
            export::items(db, PORTION, move |conn, request| voice::list(conn, &person, &profile, &filter, request));
        reports.map(move |item| {
            let item = item?;
            let told = row(&page, &item);
            Ok(vec![
                Cell::Text(told.title),
                Cell::Text(told.owner),
                Cell::Text(told.kind),
                Cell::Text(words(&page, &item.report)),
                item.report.place.clone().into(),
                Cell::Text(page.t(&format!("report-state-{}", told.state))),
                told.outcome.into(),
                Cell::Text(told.reporter),
                export::moment(&page, told.made),
                export::moment(&page, told.changed),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

// ---- one report ------------------------------------------------------------------------------------------------------

/// GET /internal/reports/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = ReportId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, None).await?)?)
}

/// What the forms under a report send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    answer: String,
    note: String,
}

/// What a reader wrote, or that it is no more.
fn words(page: &PageCtx, report: &Report) -> String {
    if report.description.is_empty() { page.t("report-words-gone") } else { report.description.clone() }
}

/// POST /internal/reports/{id}/taking-up
pub async fn take_up(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, _| voice::take_up(tx, profile, id);
    change(&req, &app, &who, &id, form.0, "report-said-taken-up", verb).await
}

/// POST /internal/reports/{id}/confirmation
pub async fn verify(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, _| voice::verify(tx, profile, id);
    change(&req, &app, &who, &id, form.0, "report-said-verified", verb).await
}

/// POST /internal/reports/{id}/rejection
pub async fn reject(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, form| voice::reject(tx, profile, id, &form.answer);
    change(&req, &app, &who, &id, form.0, "report-said-closed", verb).await
}

/// POST /internal/reports/{id}/answer
pub async fn answer(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, form| voice::answer(tx, profile, id, &form.answer);
    change(&req, &app, &who, &id, form.0, "report-said-closed", verb).await
}

type Verb = fn(&mut Tx<'_>, &crate::profile::Profile, &ReportId, &ActForm) -> Result<()>;

/// Does something about a report and shows its page, with what is wrong where something is.
async fn change(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    form: ActForm,
    done: &str,
    verb: Verb,
) -> Outcome {
    let id = ReportId::parse(id).ok_or_else(Error::not_found)?;
    let (profile, on, sent) = (app.parts.profile.clone(), id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| verb(tx, &profile, &on, &sent);
    let again = async |error: &Error| page_of(req, app, who, &id, Some((&form, error))).await;
    act(req, app, who, verb, |()| (done, format!("{REPORTS}/{id}")), again).await
}

/// POST /internal/reports/{id}/correction: a draft that corrects it is begun, or takes it in.
pub async fn begin_correction(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let id = ReportId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, on, note) = (app.parts.profile.clone(), id.clone(), form.0.note.clone());
    let verb = move |tx: &mut Tx<'_>| voice::begin_correction(tx, &profile, &on, &note);
    let then = |dataset| ("report-said-correcting", format!("/internal/datasets/{dataset}/correction"));
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Some((&form.0, error))).await;
    act(&req, &app, &who, verb, then, again).await
}

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &ReportId,
    sent: Option<(&ActForm, &Error)>,
) -> Result<ReportPage> {
    let (person, profile, of) = (who.person.clone(), app.parts.profile.clone(), id.clone());
    let (item, steps, dataset) = app.db().read_async(move |conn| voice::find(conn, &person, &profile, &of)).await?;
    let href = format!("{REPORTS}/{id}");
    let page = frame_of(req, app, who, Section::Reports, &href)?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let report = &item.report;
    let told = row(&page, &item);
    let typed = |of: fn(&ActForm) -> &String| sent.map(|(form, _)| of(form).clone()).unwrap_or_default();
    let version = |number: i32| u64::try_from(number).unwrap_or(0);
    Ok(ReportPage {
        dataset: Link {
            text: Text::of(&told.title, Lang::Vi, page.lang),
            href: format!("/internal/datasets/{}", dataset.id),
        },
        owner: told.owner,
        kind: told.kind,
        state: told.state,
        tone: told.tone,
        outcome: told.outcome,
        reporter: told.reporter,
        made: told.made,
        version: version(report.version),
        place: report.place.clone(),
        description: Text::of(
            words(&page, report),
            if report.description.is_empty() { page.lang } else { report.lang },
            page.lang,
        ),
        evidence: report.evidence.clone(),
        english: report.lang == Lang::En,
        awaits_mail: report.awaits_mail,
        answer: report.answer.as_ref().map(|answer| Text::of(answer, report.lang, page.lang)),
        corrected_in: report.corrected_in.map(|number| {
            let text = page.t1("version-number", "number", version(number));
            Link::new(text, format!("/internal/datasets/{}?version={number}", dataset.id))
        }),
        steps: steps
            .into_iter()
            .map(|step| (page.t(&format!("report-state-{}", step.state.code())), step.at, step.by))
            .collect(),
        acts: acts(app, who, &dataset, report),
        answer_field: Field::new("answer", typed(|form| &form.answer)).checked(&wrongs),
        note_field: Field::new("note", typed(|form| &form.note)).checked(&wrongs),
        wrongs,
        href,
        page,
    })
}

fn acts(app: &App, who: &SignedIn, dataset: &Dataset, report: &Report) -> Acts {
    if !may(&who.person, Action::HandleReports(app.profile(), &dataset.agency_id)).granted() {
        return Acts::default();
    }
    let state = report.state;
    let open = matches!(state, State::New | State::Received | State::Verified);
    Acts {
        take_up: state == State::New,
        verify: matches!(state, State::New | State::Received),
        reject: open,
        correct: open && draft::editable_by(&who.person, app.profile(), dataset),
        answer: voice::answerable(report, dataset),
        in_draft: state == State::Correcting && !voice::answerable(report, dataset),
    }
}

// ---- what a draft corrects -------------------------------------------------------------------------------------------

/// GET /internal/datasets/{id}/correction
pub async fn correction(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &correction_page(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/datasets/{id}/correction
pub async fn correct(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<Vec<(String, String)>>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let form = CorrectionForm::of(&form.0);
    let (profile, on, sent) = (app.parts.profile.clone(), id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| {
        voice::correct(tx, &profile, &on, &sent)?;
        scan_anew(tx, &on)
    };
    let again = async |error: &Error| correction_page(&req, &app, &who, &id, Some((&form, error))).await;
    act(&req, &app, &who, verb, |()| ("correction-saved", Step::Tables.href(&id)), again).await
}

async fn correction_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    sent: Option<(&CorrectionForm, &Error)>,
) -> Result<CorrectionPage> {
    let (person, profile, of) = (who.person.clone(), app.parts.profile.clone(), id.clone());
    let (found, reports) = app
        .db()
        .read_async(move |conn| {
            let dataset = dataset::by_id(conn, &of)?;
            may(&person, Action::EditDataset(&profile, &dataset.agency_id)).require()?;
            let draft = dataset::draft_of(conn, &of)?;
            let draft = draft.ok_or_else(|| Error::conflict(crate::kernel::Problem::new("no-draft")))?;
            Ok((draft, voice::correctable(conn, &of)?))
        })
        .await?;
    let page = frame(req, app, who, Section::Datasets)?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let note = found.note.clone().unwrap_or_default();
    let shown = CorrectionForm {
        seen: draft::mark_of(&found.metadata, found.note.as_ref()),
        on: found.is_correction(),
        note: note.vi,
        note_en: note.en.unwrap_or_default(),
        reports: reports.iter().filter(|open| open.chosen).map(|open| open.report.id.to_string()).collect(),
    };
    // What was typed is kept, with the mark of what is there now.
    let form =
        sent.map_or_else(|| shown.clone(), |(form, _)| CorrectionForm { seen: shown.seen.clone(), ..form.clone() });
    let rows = reports.iter().map(|open| {
        let report = &open.report;
        CorrectionRow {
            id: report.id.to_string(),
            href: format!("{REPORTS}/{}", report.id),
            kind: page.t(&format!("report-kind-{}", report.kind.code())),
            beginning: truncate(&words(&page, report), BEGINNING),
            made: report.made_at,
            state: report.state.code(),
            tone: report_form::tone(report.state),
            chosen: form.reports.iter().any(|id| id == report.id.as_str()),
        }
    });
    Ok(CorrectionPage {
        title: present::text(&page, &found.metadata.title),
        dataset_href: format!("/internal/datasets/{id}"),
        reports: rows.collect(),
        on: Field::new("on", if form.on { "1" } else { "" }),
        note: Field::new("note", form.note.clone()).checked(&wrongs),
        note_en: Field::new("note_en", form.note_en.clone()).checked(&wrongs),
        seen: form.seen,
        wrongs,
        page,
    })
}

// ---- reports by agencies that use the data ---------------------------------------------------------------------------

/// A report as somebody signed in sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct OwnReport {
    once: String,
    #[serde(flatten)]
    fields: ReportForm,
}

/// GET /internal/datasets/{id}/report
pub async fn new(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, &id, &OwnReport::default(), None).await?)?)
}

/// POST /internal/datasets/{id}/report
pub async fn file(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<OwnReport>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, seal, sent, of) = (app.parts.profile.clone(), app.seal.clone(), form.0.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| {
        let slug = dataset::by_id(tx.conn(), &of)?.slug;
        // Nobody else's form can be meant: what makes it one is the account's own.
        let receipt = voice::receipt_of(&format!("{:?} {}", tx.ctx().actor, sent.once));
        voice::file(tx, Filing { profile: &profile, seal: &seal, receipt: &receipt }, &slug, &sent.fields)
    };
    let again = async |error: &Error| new_page(&req, &app, &who, &id, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, |report| ("report-said-filed", format!("{REPORTS}/{report}")), again).await
}

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    form: &OwnReport,
    error: Option<&Error>,
) -> Result<NewReportPage> {
    let (person, of) = (who.person.clone(), id.clone());
    let found = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &of)?;
            dataset::require_visible(&person, &found)?;
            // Drafts are talked about in the review.
            if found.state() == DatasetState::Published { Ok(found) } else { Err(Error::not_found()) }
        })
        .await?;
    let page = frame(req, app, who, Section::Datasets)?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(NewReportPage {
        dataset: Link {
            text: Text::of(&found.title_vi, Lang::Vi, page.lang),
            href: format!("/internal/datasets/{}", found.id),
        },
        agency: who.person.held.first().map(|held| held.agency_name.get(page.lang).0.to_owned()).unwrap_or_default(),
        once: if form.once.is_empty() { form_token(app, &format!("report {}", found.id))? } else { form.once.clone() },
        fields: ReportFields::of(&page, &form.fields, &wrongs, false),
        wrongs,
        page,
    })
}
