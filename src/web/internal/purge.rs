//! Purges: what would go, the request, the confirmation by another person, what is left, and the backups.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::serve::{act, ctx, frame, frame_of, onward};
use super::view::editor::Select;
use super::view::purge::{
    AskingView, BackupLine, BackupsPage, ConfirmingView, NewPurgePage, PlanView, PurgeLine, PurgePage,
};
use crate::access::{Action, may};
use crate::dataset::{self, Dataset};
use crate::http::page::{Choice, Field, PageCtx, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, present, query_of};
use crate::kernel::id::{BackupId, DatasetId, PurgeId};
use crate::kernel::{Error, Lang, Problem, Result, day};
use crate::platform::db::Tx;
use crate::purge::{self, AskForm, Backup, BackupForm, Becomes, ConfirmForm, Counted, Plan, State};
use crate::table;

/// Backups that the list shows.
const BACKUPS: i64 = 500;

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wish {
    scope: String,
}

// ---- asking ----------------------------------------------------------------------------------------------------------

/// GET /internal/datasets/{id}/purge
pub async fn new(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let wish: Wish = query_of(&req)?;
    let form = AskForm { scope: wish.scope, ..AskForm::default() };
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, id, &form, None).await?)?)
}

/// POST /internal/datasets/{id}/purge
pub async fn ask(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<AskForm>,
) -> Outcome {
    let id = DatasetId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, on, sent) = (app.parts.profile.clone(), id.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| purge::ask(tx, &profile, &on, &sent);
    let then = |purge| ("purge-said-asked", format!("/internal/purges/{purge}"));
    let again = async |error: &Error| new_page(&req, &app, &who, id, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: DatasetId,
    form: &AskForm,
    error: Option<&Error>,
) -> Result<NewPurgePage> {
    let profile = app.profile();
    may(&who.person, Action::SeePurges(profile)).require()?;
    let asks = may(&who.person, Action::AskPurge(profile)).granted();
    let page = frame(req, app, who, Section::Datasets)?;
    let (person, of, wanted) = (who.person.clone(), id.clone(), form.scope.clone());
    let (found, purges, choices, plan) = app
        .db()
        .read_async(move |conn| {
            let found = dataset::by_id(conn, &of)?;
            dataset::require_visible(&person, &found)?;
            let purges = purge::of_dataset(conn, &of)?;
            let choices = purge::choices(conn, &of)?;
            // What cannot be chosen is told with the form; it is no plan.
            let plan = match purge::scope_of(&wanted) {
                Ok(scope) if asks => purge::plan(conn, &of, &scope).ok(),
                _ => None,
            };
            Ok((found, purges, choices, plan))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let asking = match plan {
        Some(plan) => {
            let counted = purge::count(&app.parts.files, &plan).await?;
            let none =
                Choice { value: String::new(), text: page.t("finding-basis-none"), chosen: form.basis.is_empty() };
            let bases = profile.legal_basis.iter().map(|known| Choice {
                value: known.id.clone(),
                text: known.short(page.lang),
                chosen: known.id == form.basis,
            });
            Some(Box::new(AskingView {
                scope: form.scope.clone(),
                plan: plan_view(&page, &found, &plan, counted),
                reason: Field::new("reason", form.reason.clone()).checked(&wrongs),
                reason_en: Field::new("reason_en", form.reason_en.clone()).checked(&wrongs),
                basis: Select {
                    field: Field::new("basis", form.basis.clone()).checked(&wrongs),
                    choices: std::iter::once(none).chain(bases).collect(),
                },
            }))
        }
        None => None,
    };
    Ok(NewPurgePage {
        title: Text::of(&found.title_vi, Lang::Vi, page.lang),
        dataset_href: format!("/internal/datasets/{id}"),
        purges: purges
            .iter()
            .map(|purge| PurgeLine {
                href: format!("/internal/purges/{}", purge.id),
                state: purge.state.code(),
                scope: purge.scope.code(),
                asked: purge.asked_at,
                by: purge.asked_name.clone(),
            })
            .collect(),
        scopes: if asks { scopes(&page, &choices, &form.scope) } else { Vec::new() },
        wrongs,
        asking,
        page,
    })
}

/// All that may be chosen, the whole dataset last.
fn scopes(page: &PageCtx, (versions, rest): &purge::Choices, chosen: &str) -> Vec<Choice> {
    let mut choices = Vec::new();
    let mut add = |value: String, text: String| {
        let chosen = value == chosen;
        if !choices.iter().any(|known: &Choice| known.value == value) {
            choices.push(Choice { value, text, chosen });
        }
    };
    for (version, resources) in versions {
        let name = match version.number {
            Some(number) => page.t1("version-number", "number", i64::from(number)),
            None => page.t("purge-draft"),
        };
        for resource in resources.iter().filter(|held| held.table.purge_id.is_none()) {
            let title = resource.title.get(page.lang).0;
            add(
                format!("table:{}", resource.table.id),
                page.t2("purge-scope-table", "title", title, "version", &*name),
            );
        }
        if version.published {
            add(format!("version:{}", version.id), page.t1("purge-scope-version", "version", &*name));
        }
    }
    for table in rest {
        let at = page.datetime(crate::kernel::Timestamp(table.created_at));
        add(format!("table:{}", table.id), page.t2("purge-scope-left", "file", &*table.original_name, "at", &*at));
    }
    add("dataset".to_owned(), page.t("purge-scope-dataset"));
    choices
}

fn plan_view(page: &PageCtx, found: &Dataset, plan: &Plan, counted: Counted) -> PlanView {
    PlanView {
        tables: plan
            .tables
            .iter()
            .map(|table| (table.original_name.clone(), crate::kernel::Timestamp(table.created_at), table.rows()))
            .collect(),
        versions: plan
            .versions
            .iter()
            .filter_map(|version| version.number)
            .map(|number| {
                let href = page.url(&format!("/dataset/{}/v/{number}", found.slug));
                (u64::try_from(number).unwrap_or(0), href)
            })
            .collect(),
        draft: plan.draft,
        objects: counted.objects,
        bytes: counted.bytes,
        reports: plan.reports.len(),
        becomes: match plan.becomes {
            Becomes::Stays => page.t("purge-becomes-stays"),
            Becomes::FallsBack(number) => page.t1("purge-becomes-back", "number", i64::from(number)),
            Becomes::Withdrawn => page.t("purge-becomes-withdrawn"),
        },
        elsewhere: plan.elsewhere.clone(),
    }
}

// ---- one purge -------------------------------------------------------------------------------------------------------

/// GET /internal/purges/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = PurgeId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &purge_page(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/purges/{id}/confirmation
pub async fn confirm(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ConfirmForm>,
) -> Outcome {
    let id = PurgeId::parse(&id).ok_or_else(Error::not_found)?;
    may(&who.person, Action::SeePurges(app.profile())).require()?;
    let of = id.clone();
    let plan = app
        .db()
        .read_async(move |conn| {
            let purge = purge::by_id(conn, &of)?;
            // A purge that was decided meanwhile has nothing to count; the command says so.
            Ok(if purge.state == State::Asked { purge::plan(conn, &purge.dataset, &purge.scope).ok() } else { None })
        })
        .await?;
    let counted = match &plan {
        Some(plan) => purge::count(&app.parts.files, plan).await?,
        None => Counted::default(),
    };
    let (profile, on, sent) = (app.parts.profile.clone(), id.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| purge::confirm(tx, &profile, &on, &sent, counted);
    let then = |()| ("purge-said-confirmed", format!("/internal/purges/{id}"));
    let again = async |error: &Error| purge_page(&req, &app, &who, &id, Some((&form.0, error))).await;
    act(&req, &app, &who, verb, then, again).await
}

/// POST /internal/purges/{id}/refusal
pub async fn refuse(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let id = PurgeId::parse(&id).ok_or_else(Error::not_found)?;
    let (profile, on) = (app.parts.profile.clone(), id.clone());
    app.db().write_async(ctx(&req, &app, &who), move |tx| purge::refuse(tx, &profile, &on)).await?;
    onward(&app, &who, "purge-said-refused", &format!("/internal/purges/{id}"))
}

async fn purge_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &PurgeId,
    sent: Option<(&ConfirmForm, &Error)>,
) -> Result<PurgePage> {
    let profile = app.profile();
    may(&who.person, Action::SeePurges(profile)).require()?;
    let page = frame_of(req, app, who, Section::Datasets, &format!("/internal/purges/{id}"))?;
    let (person, of, now, minutes) = (who.person.clone(), id.clone(), app.now(), profile.province.timezone_minutes);
    let (purge, found, plan, tables, tombstones, backups) = app
        .db()
        .read_async(move |conn| {
            let purge = purge::by_id(conn, &of)?;
            let found = dataset::by_id(conn, &purge.dataset)?;
            let open = purge.state == State::Asked && dataset::require_visible(&person, &found).is_ok();
            let plan = if open { purge::plan(conn, &purge.dataset, &purge.scope).ok() } else { None };
            let tables = table::purged_by(conn, &of)?;
            let mut tombstones = Vec::new();
            for line in dataset::version_lines(conn, &purge.dataset, false)? {
                if line.version.purged_at.is_some()
                    && purge::of_version(conn, &line.version.id)?.is_some_and(|one| one.id == of)
                {
                    tombstones.push((line.version.number.unwrap_or(0), line.version.hash.unwrap_or_default()));
                }
            }
            let backups = purge::backups_of(conn, &purge, now, minutes)?;
            Ok((purge, found, plan, tables, tombstones, backups))
        })
        .await?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let confirms = may(&who.person, Action::ConfirmPurge(profile)).granted();
    let own = purge.asked_by == who.person.account.id;
    let waits = purge.state == State::Asked;
    let confirming = match &plan {
        Some(plan) if waits && confirms && !own => Some(ConfirmingView {
            slug: Field::new("slug", sent.map(|(form, _)| form.slug.clone()).unwrap_or_default()).checked(&wrongs),
            seen: plan.mark(),
        }),
        _ => None,
    };
    let why_not = match waits && own {
        true => {
            let error =
                Error::forbidden(Problem::new("purge-own").with("person", who.person.account.full_name.as_str()));
            page.wrongs(&error).into_iter().map(|wrong| wrong.text).collect()
        }
        false => Vec::new(),
    };
    let left = match purge.state {
        State::Confirmed | State::Done => Some(purge::left(app.db(), &app.parts.files, &purge).await?),
        State::Asked | State::Refused => None,
    };
    let plan = match plan {
        Some(plan) => {
            let counted = purge::count(&app.parts.files, &plan).await?;
            Some(plan_view(&page, &found, &plan, counted))
        }
        None => None,
    };
    let basis = profile.legal_basis.iter().find(|known| known.id == purge.basis);
    Ok(PurgePage {
        slug: found.slug.clone(),
        dataset_href: format!("/internal/datasets/{}", found.id),
        id: id.to_string(),
        state: purge.state.code(),
        scope: purge.scope.code(),
        reason: present::text(&page, &purge.reason),
        basis: basis.map_or(purge.basis, |known| known.short(page.lang)),
        asked: (purge.asked_name, purge.asked_at),
        decided: purge.decided_name.zip(purge.decided_at),
        done: purge.done_at,
        taken: (purge.objects, purge.bytes),
        plan,
        confirming,
        why_not,
        refuses: waits && (confirms || own),
        left,
        tombstones: tombstones.into_iter().map(|(number, hash)| (u64::try_from(number).unwrap_or(0), hash)).collect(),
        hashes: tables.into_iter().map(|table| table.original_sha256).collect(),
        backups: backups.iter().map(backup_line).collect(),
        keeps: may(&who.person, Action::KeepBackups).granted(),
        wrongs,
        page,
    })
}

// ---- backups ---------------------------------------------------------------------------------------------------------

/// GET /internal/backups
pub async fn backups(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &backups_page(&req, &app, &who, &BackupForm::default(), None).await?)?)
}

/// POST /internal/backups
pub async fn register(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<BackupForm>) -> Outcome {
    let (profile, sent) = (app.parts.profile.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| purge::register_backup(tx, &profile, &sent);
    let again = async |error: &Error| backups_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, |_| ("backup-said-registered", "/internal/backups".to_owned()), again).await
}

/// Where somebody says it that a backup was destroyed.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct DestroyedForm {
    /// The purge on whose page it was said; none for the list.
    purge: String,
}

/// POST /internal/backups/{id}/destruction
pub async fn destroyed(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<DestroyedForm>,
) -> Outcome {
    let id = BackupId::parse(&id).ok_or_else(Error::not_found)?;
    let profile = app.parts.profile.clone();
    app.db().write_async(ctx(&req, &app, &who), move |tx| purge::destroy_backup(tx, &profile, &id)).await?;
    let purge = PurgeId::parse(&form.0.purge).map(|purge| format!("/internal/purges/{purge}"));
    onward(&app, &who, "backup-said-destroyed", purge.as_deref().unwrap_or("/internal/backups"))
}

async fn backups_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &BackupForm,
    error: Option<&Error>,
) -> Result<BackupsPage> {
    may(&who.person, Action::SeePurges(app.profile())).require()?;
    let page = frame(req, app, who, Section::Audit)?;
    let found = app.db().read_async(|conn| purge::backups(conn, BACKUPS)).await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(BackupsPage {
        backups: found.iter().map(backup_line).collect(),
        keeps: may(&who.person, Action::KeepBackups).granted(),
        place: Field::new("place", form.place.clone()).checked(&wrongs),
        taken_on: Field::new("taken_on", form.taken_on.clone()).checked(&wrongs),
        kept_until: Field::new("kept_until", form.kept_until.clone()).checked(&wrongs),
        wrongs,
        page,
    })
}

fn backup_line(backup: &Backup) -> BackupLine {
    BackupLine {
        id: backup.id.to_string(),
        place: backup.place.clone(),
        taken: day::day_of(&backup.taken_on),
        until: backup.kept_until.as_deref().and_then(day::day_of),
        by: backup.registered_by.clone(),
        destroyed: backup.destroyed.clone(),
    }
}
