//! What a dataset owes: a new version, a word that nothing changed, or more time.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::duties;
use super::serve::{act, frame_of, refused, unsent};
use super::view::cycle::{
    ConfirmationView, CyclePage, ExtensionView, MoreView, RoundView, StandingView, UnchangedView, WaitingView,
};
use crate::access::{Action, may};
use crate::cycle::{self, AnswerForm, ConfirmForm, Extension, ExtensionForm, ExtensionState, Owed};
use crate::dataset::State;
use crate::http::page::{Field, PageCtx, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, present};
use crate::kernel::id::{DatasetId, ExtensionId};
use crate::kernel::{Error, Lang, Problem, Result, day_of};
use crate::platform::db::Tx;
use crate::{account, agency, dataset};

/// What was typed into the forms of the page.
#[derive(Clone, Debug, Default)]
struct Typed {
    confirm: ConfirmForm,
    more: ExtensionForm,
    answer: AnswerForm,
}

/// "Nothing changed", in two steps: written, then signed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SignForm {
    pub checked: String,
    pub declared: String,
    pub counted: String,
    /// The button: empty shows what will be signed, [`SIGNED`] signs it, [`BACK`] goes back to the fields.
    pub confirmed: String,
}

/// What the buttons send that sign, and that go back to change what is typed.
pub(super) const SIGNED: &str = "1";
pub(super) const BACK: &str = "edit";

fn page_path(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}/update")
}

fn dataset_id(path: &str) -> Result<DatasetId> {
    DatasetId::parse(path).ok_or_else(Error::not_found)
}

/// GET /internal/datasets/{id}/update
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = dataset_id(&id)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, &Typed::default(), None, false).await?)?)
}

/// POST /internal/datasets/{id}/confirmation: shows what will be signed; once that is confirmed, signs; or shows the fields again as they
/// were typed.
pub async fn confirm(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<SignForm>,
) -> Outcome {
    let (id, sent) = (dataset_id(&id)?, form.0);
    let form = ConfirmForm { checked: sent.checked, declared: sent.declared, counted: sent.counted };
    let typed = Typed { confirm: form.clone(), ..Typed::default() };
    let again = async |error: &Error| page_of(&req, &app, &who, &id, &typed, Some(error), false).await;
    if sent.confirmed == BACK {
        return Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, &typed, None, false).await?)?);
    }
    if let Err(error) = form.check() {
        return refused(error, again).await;
    }
    if sent.confirmed != SIGNED {
        return Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, &typed, None, true).await?)?);
    }
    let (profile, on) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| cycle::confirm_unchanged(tx, &profile, &on, &form);
    act(&req, &app, &who, verb, |()| ("cycle-said-confirmed", page_path(&id)), again).await
}

/// POST /internal/datasets/{id}/extensions
pub async fn ask(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ExtensionForm>,
) -> Outcome {
    let (id, form) = (dataset_id(&id)?, form.0);
    let typed = Typed { more: form.clone(), ..Typed::default() };
    let (profile, on) = (app.parts.profile.clone(), id.clone());
    let verb = move |tx: &mut Tx<'_>| cycle::ask_extension(tx, &profile, &on, &form);
    let again = async |error: &Error| page_of(&req, &app, &who, &id, &typed, Some(error), false).await;
    act(&req, &app, &who, verb, |_| ("cycle-said-asked", page_path(&id)), again).await
}

/// POST /internal/extensions/{id}/grant
pub async fn grant(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<AnswerForm>,
) -> Outcome {
    decide(&req, &app, &who, &id, form.0, true).await
}

/// POST /internal/extensions/{id}/refusal
pub async fn refuse(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<AnswerForm>,
) -> Outcome {
    decide(&req, &app, &who, &id, form.0, false).await
}

async fn decide(req: &HttpRequest, app: &App, who: &SignedIn, id: &str, form: AnswerForm, grants: bool) -> Outcome {
    let id = ExtensionId::parse(id).ok_or_else(Error::not_found)?;
    let wanted = id.clone();
    let asked = app.db().read_async(move |conn| cycle::extension_by_id(conn, &wanted)).await?;
    let dataset = asked.ok_or_else(Error::not_found)?.dataset;
    let typed = Typed { answer: form.clone(), ..Typed::default() };
    let profile = app.parts.profile.clone();
    let verb = move |tx: &mut Tx<'_>| {
        let decide = if grants { cycle::grant_extension } else { cycle::refuse_extension };
        decide(tx, &profile, &id, &form)
    };
    let said = if grants { "cycle-said-granted" } else { "cycle-said-refused" };
    let again = async |error: &Error| page_of(req, app, who, &dataset, &typed, Some(error), false).await;
    act(req, app, who, verb, |dataset| (said, page_path(&dataset)), again).await
}

type Names = HashMap<String, String>;

/// A request for more time as pages show it.
fn extension(page: &PageCtx, one: &Extension, names: &Names) -> ExtensionView {
    let named = |id: &crate::kernel::id::AccountId| {
        names.get(id.as_str()).cloned().unwrap_or_else(|| page.code("audit-actor", "operator"))
    };
    ExtensionView {
        due: day_of(&one.due_on),
        to: day_of(&one.to_on),
        reason: one.reason.clone(),
        asked: (named(&one.asked_by), one.asked_at),
        state: one.state.code(),
        decided: one.decided_by.as_ref().zip(one.decided_at).map(|(by, at)| (named(by), at)),
        answer: one.answer.clone(),
    }
}

/// The law behind the day, as a sentence.
fn basis(app: &App, page: &PageCtx, owed: &Owed) -> String {
    let found = &owed.timeliness;
    if found.due.is_none() {
        return page.t("duty-none");
    }
    match found.basis.as_ref().map(|basis| present::cited(page, app.profile(), basis)) {
        Some(cited) if found.verified => page.t1("duty-by-law", "basis", cited),
        Some(cited) => page.t1("duty-by-configuration", "basis", cited),
        None => page.t("duty-by-declaration"),
    }
}

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DatasetId,
    typed: &Typed,
    error: Option<&Error>,
    confirming: bool,
) -> Result<CyclePage> {
    let page = frame_of(req, app, who, Section::Datasets, &page_path(id))?;
    let (person, profile, wanted, today) = (who.person.clone(), app.parts.profile.clone(), id.clone(), app.today());
    let (owed, owner, draft, confirmed, names) = app
        .db()
        .read_async(move |conn| {
            let owed = cycle::owed(conn, &profile, &person, &wanted, today)?;
            let owner = agency::by_id(conn, &owed.dataset.agency_id)?.ok_or_else(Error::not_found)?;
            let draft = dataset::draft_of(conn, &wanted)?.is_some();
            let confirmed = cycle::confirmed(conn, &owed.dataset)?.is_some();
            let people = owed.extensions.iter().flat_map(|one| [Some(&one.asked_by), one.decided_by.as_ref()]);
            let ids: Vec<String> = people.flatten().map(ToString::to_string).collect();
            let names = account::names(conn, &ids)?;
            Ok((owed, owner, draft, confirmed, names))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let allowed = may(&who.person, Action::EditDataset(app.profile(), &owed.dataset.agency_id)).require();
    let texts = |error: &Error| page.wrongs(error).into_iter().map(|wrong| wrong.text);
    let why_not: Vec<String> = allowed.err().iter().flat_map(texts).collect();
    let signs = may(&who.person, Action::ConfirmUnchanged(app.profile(), &owed.dataset.agency_id)).require();
    let hindered = owed.obstacle.map(|obstacle| page.texts.problem(page.lang, &Problem::new(obstacle.code())));
    let obstacle: Option<String> = signs.err().iter().flat_map(texts).next().or(hindered);
    let published = owed.dataset.state() == State::Published;
    let counted = owed.dataset.counted().from;
    let waiting = owed.extensions.iter().find(|one| one.state == ExtensionState::Asked);
    let decides = may(&who.person, Action::GrantExtensions).granted();
    let rule = &app.profile().duty.no_change_check;
    // What was typed into a form that is not on the page any more is shown all the same.
    let mut lost: Vec<(&str, &str)> = Vec::new();
    if !published || !why_not.is_empty() || obstacle.is_some() {
        lost.push(("cycle-checked", &typed.confirm.checked));
    }
    if !why_not.is_empty() || waiting.is_some() || owed.latest.is_none() {
        lost.extend([("cycle-extend-to", typed.more.to.as_str()), ("cycle-reason", &typed.more.reason)]);
    }
    if !decides || waiting.is_none_or(|one| one.asked_by == who.person.account.id) {
        lost.push(("cycle-answer", &typed.answer.answer));
    }
    let unsent = unsent(&page, &lost);
    Ok(CyclePage {
        title: Text::of(&owed.dataset.title_vi, Lang::Vi, page.lang),
        unsent,
        dataset_href: format!("/internal/datasets/{id}"),
        agency: owner.name(page.lang).0.to_owned(),
        standing: published.then(|| StandingView {
            freshness: present::freshness(app.profile(), owed.dataset.counted(), app.today()),
            from: counted,
            confirmed,
            // Only what the catalogue named late counts from another day.
            listed: owed.timeliness.from.filter(|from| *from > counted.date(app.profile().province.timezone_minutes)),
            extended: owed.dataset.extended_to.as_deref().and_then(day_of),
            basis: basis(app, &page, &owed),
        }),
        draft,
        unchanged: UnchangedView {
            confirming: confirming && why_not.is_empty() && obstacle.is_none(),
            obstacle,
            words: rule.value.get(page.lang).0.to_owned(),
            basis: present::basis(&page, app.profile(), rule),
            checked: field("checked", &typed.confirm.checked),
            declared: field("declared", &typed.confirm.declared),
            // What somebody has read is what they sign, whatever happened since.
            counted: match typed.confirm.counted.as_str() {
                read if !read.is_empty() && !error.is_some_and(|error| error.has("unchanged-seen")) => read.to_owned(),
                _ => counted.0.to_string(),
            },
            signer: who.person.account.full_name.clone(),
        },
        more: owed.latest.filter(|_| waiting.is_none()).map(|latest| MoreView {
            latest,
            to: field("to", &typed.more.to),
            reason: field("reason", &typed.more.reason),
        }),
        waiting: waiting.map(|one| {
            let own = one.asked_by == who.person.account.id;
            WaitingView {
                id: one.id.to_string(),
                asked: extension(&page, one, &names),
                decides: decides && !own,
                own: decides && own,
                day_over: one.is_day_over(app.profile(), app.today()),
                answer: field("answer", &typed.answer.answer),
            }
        }),
        rounds: owed
            .rounds
            .iter()
            .map(|round| RoundView {
                from: round.days.from,
                due: round.days.due,
                stage: page.code("duty-stage", round.stage.code()),
                tone: duties::tone(round.stage),
                ended: duties::ended(&page, round).zip(round.ended_at),
            })
            .collect(),
        confirmations: owed
            .confirmations
            .iter()
            .map(|one| ConfirmationView {
                name: one.name.clone(),
                at: one.at,
                declared: one.declared.clone(),
                checked: one.checked.clone(),
            })
            .collect(),
        extensions: owed.extensions.iter().map(|one| extension(&page, one, &names)).collect(),
        why_not,
        wrongs,
        page,
    })
}
