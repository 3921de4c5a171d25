//! What the scan found in a dataset: seen, judged, treated.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::{act, frame};
use super::view::findings::{FindingView, FindingsPage, GivenView, TableView, Typed, VerdictForm};
use crate::access::{Action, may};
use crate::http::page::{Choice, PageCtx, Section, Tone, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, present};
use crate::kernel::id::{DatasetId, FindingId, ResourceId};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::Tx;
use crate::profile::Profile;
use crate::scan::{self, Finding, Judgement, State, Verdict};

/// Rows that a finding names.
const ROWS: usize = 10;

/// The form of a verdict.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct VerdictFields {
    verdict: String,
    reason: String,
    basis: String,
}

/// The form that declares columns.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DeclareFields {
    resource: String,
    titles: String,
}

/// The form that lifts a quarantine.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct LiftFields {
    lifting: String,
}

/// What was sent and refused, to be shown again.
enum Sent<'a> {
    Nothing,
    Verdict(&'a FindingId, &'a VerdictFields),
    Titles(&'a DeclareFields),
    Lifting(&'a LiftFields),
}

/// GET /internal/datasets/{id}/findings
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, Sent::Nothing, None).await?)?)
}

/// POST /internal/findings/{id}/verdict
pub async fn judge(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<VerdictFields>,
) -> Outcome {
    let id = FindingId::parse(&id).ok_or_else(Error::not_found)?;
    let (fields, profile, finding) = (form.0, app.parts.profile.clone(), id.clone());
    let judgement =
        Judgement { verdict: fields.verdict.clone(), reason: fields.reason.clone(), basis: fields.basis.clone() };
    let verb = move |tx: &mut Tx<'_>| scan::judge(tx, &profile, &finding, &judgement);
    let again = async |error: &Error| {
        let finding = id.clone();
        let dataset = app.db().read_async(move |conn| scan::dataset_of(conn, &finding)).await?;
        page_of(&req, &app, &who, &dataset, Sent::Verdict(&id, &fields), Some(error)).await
    };
    act(&req, &app, &who, verb, |dataset| ("finding-judged", href(&dataset)), again).await
}

/// POST /internal/datasets/{id}/treatment
pub async fn treat(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, dataset) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| scan::request_treatment(tx, &profile, &dataset);
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Sent::Nothing, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("treatment-begun", href(&id)), again).await
}

/// POST /internal/datasets/{id}/quasi-identifiers
pub async fn declare(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<DeclareFields>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let fields = form.0;
    let resource = ResourceId::parse(&fields.resource).ok_or_else(Error::not_found)?;
    let (profile, dataset, titles) = (app.parts.profile.clone(), id.clone(), fields.titles.clone());
    let verb = move |tx: &mut Tx<'_>| scan::declare(tx, &profile, &dataset, &resource, &titles);
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Sent::Titles(&fields), Some(error)).await;
    act(&req, &app, &who, verb, |()| ("quasi-declared", href(&id)), again).await
}

/// POST /internal/datasets/{id}/quarantine/lifting
pub async fn lift(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<LiftFields>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (fields, profile, dataset) = (form.0, app.parts.profile.clone(), id.clone());
    let reason = fields.lifting.clone();
    let verb = move |tx: &mut Tx<'_>| scan::lift(tx, &profile, &dataset, &reason);
    let again = async |error: &Error| page_of(&req, &app, &who, &id, Sent::Lifting(&fields), Some(error)).await;
    act(&req, &app, &who, verb, |()| ("quarantine-lifted", href(&id)), again).await
}

fn href(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}/findings")
}

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    sent: Sent<'_>,
    error: Option<&Error>,
) -> Result<FindingsPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let (person, profile, id) = (who.person.clone(), app.parts.profile.clone(), id.clone());
    let found = app.db().read_async(move |conn| scan::report(conn, &profile, &person, &id)).await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let owner = &found.dataset.agency_id;
    let judges = found.draft && may(&who.person, Action::JudgeFindings(app.profile(), owner)).granted();
    let clears = may(&who.person, Action::ClearSecrets(app.profile())).granted();
    let knows = may(&who.person, Action::JudgeFindings(app.profile(), owner)).granted();
    let of_table = |finding: &Finding| {
        let table = finding.table.as_ref()?;
        let resource = found.resources.iter().find(|known| known.resource.table.id == *table)?;
        Some(present::text(&page, &resource.resource.title))
    };
    let mut findings = Vec::new();
    for (at, finding) in (1_u64..).zip(&found.findings) {
        let secret = finding.kind == scan::detect::Kind::Secret;
        let may_judge = if secret { clears || knows } else { judges };
        let form = may_judge.then(|| match &sent {
            Sent::Verdict(id, fields) if **id == finding.id => {
                verdict_form(&page, app.profile(), finding, clears, String::new(), fields, &wrongs)
            }
            _ => verdict_form(&page, app.profile(), finding, clears, format!("-{at}"), &VerdictFields::default(), &[]),
        });
        findings.push(FindingView {
            id: finding.id.to_string(),
            kind: finding.kind.code().to_owned(),
            severity: finding.severity.code().to_owned(),
            state: finding.state().code().to_owned(),
            tone: match finding.state() {
                State::Open | State::Confirmed => Tone::Bad,
                State::ToTreat => Tone::Warn,
                State::Cleared => Tone::Good,
                State::Shown => Tone::Info,
            },
            column: finding.place.clone(),
            table: of_table(finding),
            count: finding.count,
            samples: finding.samples.clone(),
            rows: finding.rows.iter().take(ROWS).map(|row| row + 1).collect(),
            given: finding.given.as_ref().map(|given| GivenView {
                verdict: given.verdict.code().to_owned(),
                person: given.person.clone(),
                at: given.at,
                reason: given.reason.clone(),
                basis: given.basis.as_ref().and_then(|id| {
                    let known = app.profile().legal_basis.iter().find(|known| known.id == *id)?;
                    Some(known.short(page.lang))
                }),
            }),
            form,
        });
    }
    let mut tables = Vec::new();
    for (at, known) in (1_u64..).zip(&found.resources) {
        let resource = &known.resource;
        let kept = match &sent {
            Sent::Titles(fields) if fields.resource == resource.resource_id.as_str() => Some(fields.titles.clone()),
            _ => None,
        };
        tables.push(TableView {
            id: resource.resource_id.to_string(),
            title: present::text(&page, &resource.title),
            columns: resource.table.report()?.outcome.columns.into_iter().map(|column| column.title).collect(),
            titles: match kept {
                Some(value) => typed("titles", String::new(), value, &wrongs),
                None => typed("titles", format!("-{at}"), known.quasi.join("\n"), &[]),
            },
            treated: known.treated,
        });
    }
    let lifting = match &sent {
        Sent::Lifting(fields) => typed("reason", String::new(), fields.lifting.clone(), &wrongs),
        _ => typed("reason", "-lifting".to_owned(), String::new(), &[]),
    };
    let count = |wanted: &dyn Fn(&Finding) -> bool| {
        u64::try_from(found.findings.iter().filter(|finding| wanted(finding)).count()).unwrap_or(0)
    };
    Ok(FindingsPage {
        id: found.dataset.id.to_string(),
        title: present::text(&page, &found.title),
        draft: found.draft,
        pending: u64::try_from(found.pending).unwrap_or(0),
        read: found.read,
        blocking: count(&Finding::blocks),
        to_treat: count(&|finding| finding.state() == State::ToTreat),
        quarantined: found.dataset.quarantined_at.map(Timestamp),
        judges,
        clears,
        findings,
        tables,
        lifting,
        wrongs,
        page,
    })
}

/// A field of one of several forms on the page: the one that was sent has the name as its id, so that the summary leads to it.
fn typed(name: &str, suffix: String, value: String, wrongs: &[Wrong]) -> Typed {
    let error = wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(name)).map(|wrong| wrong.text.clone());
    Typed { id: format!("{name}{suffix}"), value, error }
}

fn verdict_form(
    page: &PageCtx,
    profile: &Profile,
    finding: &Finding,
    clears: bool,
    suffix: String,
    fields: &VerdictFields,
    wrongs: &[Wrong],
) -> VerdictForm {
    let secret = finding.kind == scan::detect::Kind::Secret;
    let offered = Verdict::offered(finding.kind, finding.table.is_some());
    let verdicts = offered.iter().filter(|verdict| clears || !(secret && verdict.clears())).map(|verdict| Choice {
        value: verdict.code().to_owned(),
        text: page.code("finding-verdict", verdict.code()),
        chosen: fields.verdict == verdict.code(),
    });
    let mut bases = Vec::new();
    if offered.contains(&Verdict::LegalBasis) {
        bases.push(Choice {
            value: String::new(),
            text: page.t("finding-basis-none"),
            chosen: fields.basis.is_empty(),
        });
        bases.extend(profile.legal_basis.iter().map(|known| Choice {
            value: known.id.clone(),
            text: known.short(page.lang),
            chosen: fields.basis == known.id,
        }));
    }
    VerdictForm {
        group: typed("verdict", suffix.clone(), String::new(), wrongs),
        verdicts: verdicts.collect(),
        reason: typed("reason", suffix.clone(), fields.reason.clone(), wrongs),
        basis: typed("basis", suffix, fields.basis.clone(), wrongs),
        bases,
    }
}
