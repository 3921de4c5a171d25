//! The administration of accounts: the list, requests, issuing, roles and states.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::audit::history_row;
use super::export::{self, Export};
use super::serve::{act, ctx, frame, picked, refused, settle};
use super::sign_in::own_path;
use super::view::accounts::{
    AccountAdminPage, AccountIssuedPage, AccountLine, AccountNewPage, AccountRequestPage, AccountsPage, RequestLine,
    RoleLine, SelectionLine, SelectionPage,
};
use crate::access::{Action, may};
use crate::account::{self, State};
use crate::agency::{self, Agency};
use crate::audit::{self, Filter};
use crate::http::page::{Choice, Field, PageCtx, Pager, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, path_and_query, query_of};
use crate::kernel::id::{AccountId, AccountRequestId};
use crate::kernel::{Error, Lang, PageRequest, Result, Timestamp, day_of};
use crate::people::{
    self, AccountFilter, AccountForm, Delivery, FactorForm, Issued, PersonForm, RoleForm, Scope, StateForm,
};
use crate::platform::db::{Db, Tx};
use crate::platform::sheet::Cell;
use crate::profile::Profile;

const ACCOUNTS: &str = "/internal/accounts";
const PAGE_SIZE: u64 = 25;
/// Accounts that an export reads at once.
const PORTION: u64 = 200;
/// Requests that the list shows.
const REQUESTS: i64 = 50;
/// Entries of an account's history that its page shows.
const HISTORY: u64 = 15;
const STATES: [&str; 3] = ["active", "locked", "closed"];

/// What the profile calls a role.
pub(super) fn role_name(app: &App, lang: Lang, code: &str) -> String {
    app.profile().role(code).map_or_else(|| code.to_owned(), |role| role.name.get(lang).0.to_owned())
}

fn role_choices(app: &App, lang: Lang, chosen: &str) -> Vec<Choice> {
    let roles = &app.profile().roles;
    roles
        .iter()
        .map(|role| Choice {
            value: role.code.clone(),
            text: role.name.get(lang).0.to_owned(),
            chosen: role.code == chosen,
        })
        .collect()
}

/// The agencies of a scope that are there today, with a first choice of none where that is one.
pub(super) fn agency_choices(page: &PageCtx, agencies: &[Agency], chosen: &str, none: Option<&str>) -> Vec<Choice> {
    let first = none.map(|id| Choice { value: String::new(), text: page.t(id), chosen: chosen.is_empty() });
    first
        .into_iter()
        .chain(agencies.iter().map(|agency| Choice {
            value: agency.id.to_string(),
            text: agency.name(page.lang).0.to_owned(),
            chosen: agency.id.as_str() == chosen,
        }))
        .collect()
}

async fn agencies_in(app: &App, scope: Scope) -> Result<Vec<Agency>> {
    let today = app.today().to_string();
    app.db()
        .read_async(move |conn| {
            let mut all = agency::all(conn)?;
            all.retain(|agency| scope.holds(&agency.id) && !agency.is_over(&today));
            Ok(all)
        })
        .await
}

fn deliveries(page: &PageCtx, app: &App, chosen: &str) -> Vec<Choice> {
    if !app.parts.mail.is_on() {
        return Vec::new();
    }
    ["show", "mail"]
        .into_iter()
        .map(|code| Choice {
            value: code.to_owned(),
            text: page.code("account-delivery", code),
            chosen: code == chosen || (code == "show" && chosen != "mail"),
        })
        .collect()
}

// ---- the list --------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    state: String,
    page: Option<String>,
}

/// GET /internal/accounts
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::SeeAccounts).require()?;
    let mut wish: Wish = query_of(&req)?;
    if !STATES.contains(&wish.state.as_str()) {
        wish.state.clear();
    }
    let page = frame(&req, &app, &who, Section::Accounts)?;
    let (scope, today) = (people::scope(&who.person), app.today().to_string());
    let filter = AccountFilter { query: wish.q.clone(), state: wish.state.clone() };
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (found, (requests, waiting)) = app
        .db()
        .read_async(move |conn| {
            Ok((
                people::list_accounts(conn, &scope, &filter, &today, request)?,
                people::requests_waiting(conn, &scope, REQUESTS)?,
            ))
        })
        .await?;
    let parameters = [("q", wish.q.as_str()), ("state", &wish.state)];
    let base = address(ACCOUNTS, &parameters);
    let locks = may(&who.person, Action::LockAccounts).granted();
    let every = Choice { value: String::new(), text: page.t("accounts-every-state"), chosen: wish.state.is_empty() };
    let view = AccountsPage {
        query: Field::new("q", wish.q.clone()),
        states: std::iter::once(every)
            .chain(STATES.into_iter().map(|state| Choice {
                value: state.to_owned(),
                text: page.code("account-state", state),
                chosen: state == wish.state,
            }))
            .collect(),
        filtered: !wish.q.is_empty() || !wish.state.is_empty(),
        total: found.total,
        pager: Pager::new(found.request.number, found.pages(), base),
        rows: found
            .items
            .iter()
            .map(|item| AccountLine {
                id: item.account.id.to_string(),
                pick: locks && item.account.state != "closed" && item.account.id != who.person.account.id,
                name: item.account.full_name.clone(),
                user_name: item.account.user_name.clone(),
                href: format!("{ACCOUNTS}/{}", item.account.id),
                roles: item
                    .roles
                    .iter()
                    .map(|(role, agency)| format!("{}, {agency}", role_name(&app, page.lang, role)))
                    .collect(),
                state: item.account.state.clone(),
                last: item.account.signed_in_at.map(Timestamp),
            })
            .collect(),
        requests: requests
            .iter()
            .map(|(request, agency)| RequestLine {
                name: request.full_name.clone(),
                href: format!("{ACCOUNTS}/requests/{}", request.id),
                agency: agency.clone(),
                role: role_name(&app, page.lang, &request.role),
                at: request.asked_at(),
            })
            .collect(),
        waiting,
        picks: locks,
        acts: ["lock", "unlocking"]
            .into_iter()
            .map(|act| Choice { value: act.to_owned(), text: page.code("selection", act), chosen: act == "lock" })
            .collect(),
        back: path_and_query(&req).to_owned(),
        files: (address("/internal/accounts.xlsx", &parameters), address("/internal/accounts.csv", &parameters)),
        may_ask: who.person.held.iter().any(|held| may(&who.person, Action::AskForAccount(&held.agency)).granted()),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/accounts.xlsx, /internal/accounts.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::SeeAccounts).require()?;
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Accounts)?;
    let (scope, today) = (people::scope(&who.person), app.today().to_string());
    let heads = [
        ("account-person", 30),
        ("sign-in-name", 20),
        ("account-mail", 34),
        ("account-roles", 70),
        ("in-state", 16),
        ("account-last", 20),
    ];
    let sheet = export::sheet(&page, page.t("accounts-title"), &heads);
    let filter = vec![("q", wish.q.clone()), ("state", wish.state.clone())];
    let state = if STATES.contains(&wish.state.as_str()) { wish.state } else { String::new() };
    let asked = AccountFilter { query: wish.q, state };
    let export = Export { action: "account.export", list: "accounts", filter, rows: 0, sheet };
    let names: HashMap<String, String> =
        app.profile().roles.iter().map(|role| (role.code.clone(), role.name.get(page.lang).0.to_owned())).collect();
    let rows = move |db: Db| {
        let accounts = export::items(db, PORTION, move |conn, request| {
            people::list_accounts(conn, &scope, &asked, &today, request)
        });
        accounts.map(move |item| {
            let item = item?;
            let role = |(code, agency): &(String, String)| format!("{}, {agency}", names.get(code).unwrap_or(code));
            Ok(vec![
                Cell::Text(item.account.full_name),
                Cell::Text(item.account.user_name),
                Cell::Text(item.account.email),
                Cell::Text(item.roles.iter().map(role).collect::<Vec<_>>().join("; ")),
                Cell::Text(page.code("account-state", &item.account.state)),
                item.account.signed_in_at.map_or(Cell::Empty, |at| export::moment(&page, Timestamp(at))),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

// ---- several at once -------------------------------------------------------------------------------------------------

/// The page of what is chosen: before it is done, with what is wrong; afterwards with what became of each.
async fn selection_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    chosen: &[AccountId],
    form: &BTreeMap<String, String>,
    outcomes: Option<&[Option<Error>]>,
    error: Option<&Error>,
) -> Result<SelectionPage> {
    let page = frame(req, app, who, Section::Accounts)?;
    let (scope, ids, today) = (people::scope(&who.person), chosen.to_vec(), app.today().to_string());
    let found = app.db().read_async(move |conn| people::accounts_by_id(conn, &scope, &ids, &today)).await?;
    let given = |name: &str| form.get(name).cloned().unwrap_or_default();
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let outcome = |id: &AccountId| {
        let at = chosen.iter().position(|one| one == id)?;
        let refusal = outcomes?.get(at)?.as_ref();
        Some(refusal.map(|error| page.wrongs(error).into_iter().map(|wrong| wrong.text).collect::<Vec<_>>().join(" ")))
    };
    let rows: Vec<SelectionLine> = found
        .iter()
        .map(|account| SelectionLine {
            id: account.id.to_string(),
            name: account.full_name.clone(),
            user_name: account.user_name.clone(),
            state: account.state.clone(),
            refusal: outcome(&account.id).flatten(),
        })
        .collect();
    Ok(SelectionPage {
        act: given("act"),
        finished: outcomes.is_some(),
        done: outcomes.map_or(0, |all| u64::try_from(all.iter().filter(|one| one.is_none()).count()).unwrap_or(0)),
        rows,
        reason: Field::new("reason", given("reason")).checked(&wrongs),
        back: own_path(&given("back")).to_owned(),
        wrongs,
        page,
    })
}

/// POST /internal/accounts/selection: asks once more, then locks or unlocks what is chosen and says what became of each.
pub async fn selection(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    form: SafeForm<BTreeMap<String, String>>,
) -> Outcome {
    may(&who.person, Action::LockAccounts).require()?;
    let form = form.0;
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let (to, _) = state_of(given("act")).ok().filter(|(to, _)| *to != State::Closed).ok_or_else(Error::not_found)?;
    let chosen = picked(&form).map(account_id).collect::<Result<Vec<_>>>()?;
    if given("confirmed").is_empty() && !chosen.is_empty() {
        return Ok(html(StatusCode::OK, &selection_page(&req, &app, &who, &chosen, &form, None, None).await?)?);
    }
    let ctx = ctx(&req, &app, &who);
    let reason = given("reason");
    match people::set_account_states(app.db(), &ctx, app.profile(), &who.person, &chosen, to, reason).await {
        Ok(outcomes) => {
            let page = selection_page(&req, &app, &who, &chosen, &form, Some(&outcomes), None).await?;
            Ok(html(StatusCode::OK, &page)?)
        }
        Err(error) => {
            let again = async |error: &Error| selection_page(&req, &app, &who, &chosen, &form, None, Some(error)).await;
            refused(error, again).await
        }
    }
}

// ---- asking and issuing ----------------------------------------------------------------------------------------------

async fn new_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &AccountForm,
    error: Option<&Error>,
) -> Result<AccountNewPage> {
    let page = frame(req, app, who, Section::Accounts)?;
    let direct = may(&who.person, Action::IssueAccounts).granted();
    let mut agencies = agencies_in(app, people::scope(&who.person)).await?;
    agencies.retain(|agency| may(&who.person, Action::AskForAccount(&agency.id)).granted());
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    Ok(AccountNewPage {
        direct,
        full_name: field("full_name", &form.full_name),
        user_name: field("user_name", &form.user_name),
        email: field("email", &form.email),
        agencies: agency_choices(&page, &agencies, &form.agency, (agencies.len() > 1).then_some("agency-pick")),
        roles: role_choices(app, page.lang, &form.role),
        valid_from: field("valid_from", &form.valid_from),
        valid_to: field("valid_to", &form.valid_to),
        reason: field("reason", &form.reason),
        deliveries: if direct { deliveries(&page, app, &form.delivery) } else { Vec::new() },
        wrongs,
        page,
    })
}

/// Only those who may ask anywhere see the form.
fn asks(who: &SignedIn) -> Result<()> {
    let anywhere = who.person.held.iter().any(|held| may(&who.person, Action::AskForAccount(&held.agency)).granted());
    if anywhere { Ok(()) } else { may(&who.person, Action::IssueAccounts).require() }
}

/// GET /internal/accounts/new
pub async fn fresh(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    asks(&who)?;
    let today = app.today().format("%d/%m/%Y").to_string();
    let form = AccountForm { valid_from: today, ..AccountForm::default() };
    Ok(html(StatusCode::OK, &new_page(&req, &app, &who, &form, None).await?)?)
}

/// POST /internal/accounts/requests
pub async fn ask(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<AccountForm>) -> Outcome {
    let (wanted, profile) = (form.0.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| people::ask(tx, &profile, &wanted);
    let then = |id| ("account-asked-done", format!("{ACCOUNTS}/requests/{id}"));
    let again = async |error: &Error| new_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, then, again).await
}

/// POST /internal/accounts: makes an account at once.
pub async fn issue(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<AccountForm>) -> Outcome {
    // Asked before a password is made, which is work; the command asks again.
    may(&who.person, Action::IssueAccounts).require()?;
    match people::issue_directly(app.db(), &ctx(&req, &app, &who), app.profile(), &form.0).await {
        Ok(issued) => issued_page(&req, &app, &who, issued),
        Err(error) => {
            refused(error, async |error: &Error| new_page(&req, &app, &who, &form.0, Some(error)).await).await
        }
    }
}

fn issued_page(req: &HttpRequest, app: &App, who: &SignedIn, issued: Issued) -> Outcome {
    let view = AccountIssuedPage {
        page: frame(req, app, who, Section::Accounts)?,
        name: issued.full_name,
        user_name: issued.user_name,
        mail: issued.email,
        secret: issued.secret,
        href: format!("{ACCOUNTS}/{}", issued.id),
    };
    Ok(html(StatusCode::OK, &view)?)
}

// ---- requests --------------------------------------------------------------------------------------------------------

async fn request_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &AccountRequestId,
    form: &DecisionForm,
    error: Option<&Error>,
) -> Result<AccountRequestPage> {
    may(&who.person, Action::SeeAccounts).require()?;
    let (scope, wanted) = (people::scope(&who.person), id.clone());
    let (found, names) = app
        .db()
        .read_async(move |conn| {
            let found = people::request_by_id(conn, &scope, &wanted)?.ok_or_else(Error::not_found)?;
            let ids: Vec<String> =
                std::iter::once(&found.0.asked_by).chain(&found.0.decided_by).map(ToString::to_string).collect();
            Ok((found, account::names(conn, &ids)?))
        })
        .await?;
    let (request, agency) = found;
    let name_of = |id: &AccountId| names.get(id.as_str()).cloned().unwrap_or_default();
    let page = frame(req, app, who, Section::Accounts)?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(AccountRequestPage {
        id: request.id.to_string(),
        name: request.full_name.clone(),
        user_name: request.user_name.clone(),
        mail: request.email.clone(),
        agency,
        role: role_name(app, page.lang, &request.role),
        from: day_of(&request.valid_from),
        to: request.valid_to.as_deref().and_then(day_of),
        why: request.reason.clone(),
        asked_by: name_of(&request.asked_by),
        asked: request.asked_at(),
        decided: request.decided_by.as_ref().zip(request.decided_at).map(|(by, at)| (name_of(by), Timestamp(at))),
        note: request.decision_note.clone(),
        may_decide: request.state == "asked"
            && request.asked_by != who.person.account.id
            && may(&who.person, Action::IssueAccounts).granted(),
        state: request.state,
        deliveries: deliveries(&page, app, &form.delivery),
        reason: Field::new("reason", form.reason.clone()).checked(&wrongs),
        wrongs,
        page,
    })
}

fn request_id(path: &str) -> Result<AccountRequestId> {
    AccountRequestId::parse(path).ok_or_else(Error::not_found)
}

/// The form that decides on a request.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct DecisionForm {
    delivery: String,
    reason: String,
}

/// GET /internal/accounts/requests/{id}
pub async fn request(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = request_id(&id)?;
    let view = request_page(&req, &app, &who, &id, &DecisionForm::default(), None).await?;
    Ok(html(StatusCode::OK, &view)?)
}

/// POST /internal/accounts/requests/{id}/approval
pub async fn approve(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<DecisionForm>,
) -> Outcome {
    let id = request_id(&id)?;
    may(&who.person, Action::IssueAccounts).require()?;
    let delivery = Delivery::from_code(&form.0.delivery);
    match people::approve_request(app.db(), &ctx(&req, &app, &who), app.profile(), &id, delivery).await {
        Ok(issued) => issued_page(&req, &app, &who, issued),
        Err(error) => {
            refused(error, async |error: &Error| request_page(&req, &app, &who, &id, &form.0, Some(error)).await).await
        }
    }
}

/// POST /internal/accounts/requests/{id}/refusal
pub async fn refuse(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<DecisionForm>,
) -> Outcome {
    let id = request_id(&id)?;
    let (wanted, reason, profile) = (id.clone(), form.0.reason.clone(), app.parts.profile.clone());
    let again = async |error: &Error| request_page(&req, &app, &who, &id, &form.0, Some(error)).await;
    let verb = move |tx: &mut Tx<'_>| people::refuse_request(tx, &profile, &wanted, &reason);
    act(&req, &app, &who, verb, |()| ("account-refused-done", ACCOUNTS.to_owned()), again).await
}

// ---- one account -----------------------------------------------------------------------------------------------------

/// What was typed on an account's page.
#[derive(Clone, Debug, Default)]
struct Typed {
    role: RoleForm,
    state: StateForm,
    person: Option<PersonForm>,
    factor: FactorForm,
}

async fn account_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &AccountId,
    typed: &Typed,
    error: Option<&Error>,
) -> Result<AccountAdminPage> {
    may(&who.person, Action::SeeAccounts).require()?;
    let page = frame(req, app, who, Section::Accounts)?;
    let (scope, wanted, today) = (people::scope(&who.person), id.clone(), app.today().to_string());
    let (asked, day) = (scope.clone(), today.clone());
    let sees_history = may(&who.person, Action::ReadAudit).granted();
    let (found, deputised, history, factor) = app
        .db()
        .read_async(move |conn| {
            let found = people::find_account(conn, &asked, &wanted, &day)?.ok_or_else(Error::not_found)?;
            let ids: Vec<String> =
                found.roles.iter().filter_map(|(role, _)| role.deputy_for.as_ref()).map(ToString::to_string).collect();
            let names = account::names(conn, &ids)?;
            let filter = Filter { object: wanted.to_string(), ..Filter::default() };
            let history =
                if sees_history { Some(audit::list(conn, &filter, PageRequest::new(None, HISTORY))?) } else { None };
            let factor = account::second_factor(conn, &wanted)?;
            Ok((found, names, history, factor))
        })
        .await?;
    let may_issue = may(&who.person, Action::IssueAccounts).granted();
    let agencies = if may_issue { agencies_in(app, scope).await? } else { Vec::new() };
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let written = |day: &str| if day.is_empty() { app.today().format("%d/%m/%Y").to_string() } else { day.to_owned() };
    let named = |role: &str, agency: &str| format!("{}, {agency}", role_name(app, page.lang, role));
    let person = typed.person.clone().unwrap_or_else(|| PersonForm {
        full_name: found.account.full_name.clone(),
        user_name: found.account.user_name.clone(),
        email: found.account.email.clone(),
    });
    Ok(AccountAdminPage {
        full_name: field("full_name", &person.full_name),
        new_user_name: field("user_name", &person.user_name),
        email: field("email", &person.email),
        second_factor: factor.map(|factor| factor.since),
        factor_reason: field("factor_reason", &typed.factor.factor_reason),
        // A code works once and is never sent back.
        code: who.person.second_factor.then(|| field("code", "")),
        id: id.to_string(),
        name: found.account.full_name.clone(),
        user_name: found.account.user_name.clone(),
        mail: found.account.email.clone(),
        state: found.account.state.clone(),
        last: found.account.signed_in_at.map(Timestamp),
        roles: found
            .roles
            .iter()
            .map(|(role, agency)| RoleLine {
                role: role_name(app, page.lang, &role.role),
                agency: agency.clone(),
                from: day_of(&role.valid_from),
                to: role.valid_to.as_deref().and_then(day_of),
                deputy_for: role.deputy_for.as_ref().and_then(|id| deputised.get(id.as_str()).cloned()),
                counts: role.counts_on(&today),
            })
            .collect(),
        history: history.map(|found| found.items.iter().map(|entry| history_row(&page, entry)).collect()),
        own: who.person.account.id == *id,
        may_lock: may(&who.person, Action::LockAccounts).granted(),
        may_issue,
        agencies: agency_choices(&page, &agencies, &typed.role.agency, None),
        role_choices: role_choices(app, page.lang, &typed.role.role),
        valid_from: field("valid_from", &written(&typed.role.valid_from)),
        valid_to: field("valid_to", &typed.role.valid_to),
        deputy_for: field("deputy_for", &typed.role.deputy_for),
        endings: found
            .roles
            .iter()
            .filter(|(role, _)| role.valid_to.as_deref().is_none_or(|last| last >= today.as_str()))
            .map(|(role, agency)| Choice {
                value: role.key(),
                text: named(&role.role, agency),
                chosen: role.key() == typed.state.key,
            })
            .collect(),
        last_day: field("last_day", &written(&typed.state.last_day)),
        reason: field("reason", &typed.state.reason),
        wrongs,
        page,
    })
}

fn account_id(path: &str) -> Result<AccountId> {
    AccountId::parse(path).ok_or_else(Error::not_found)
}

/// GET /internal/accounts/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = account_id(&id)?;
    Ok(html(StatusCode::OK, &account_page(&req, &app, &who, &id, &Typed::default(), None).await?)?)
}

/// Does something to an account and shows its page, with what is wrong where something is.
async fn change(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    typed: Typed,
    done: &str,
    verb: impl FnOnce(&mut Tx<'_>, &Profile, &AccountId) -> Result<()> + Send + 'static,
) -> Outcome {
    let id = account_id(id)?;
    let (wanted, profile) = (id.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| verb(tx, &profile, &wanted);
    let again = async |error: &Error| account_page(req, app, who, &id, &typed, Some(error)).await;
    act(req, app, who, verb, |()| (done, format!("{ACCOUNTS}/{id}")), again).await
}

/// POST /internal/accounts/{id}/person
pub async fn person(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<PersonForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { person: Some(form.clone()), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AccountId| people::change_person(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "person-changed-done", verb).await
}

/// POST /internal/accounts/{id}/second-factor/removal
pub async fn remove_factor(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<FactorForm>,
) -> Outcome {
    let id = account_id(&id)?;
    let ctx = ctx(&req, &app, &who);
    let done = people::remove_second_factor(app.db(), &ctx, app.profile(), &app.seal, &who.person, &id, &form.0).await;
    let typed = Typed { factor: form.0, ..Typed::default() };
    let done = done.map(|()| ("factor-removed-done", format!("{ACCOUNTS}/{id}")));
    let again = async |error: &Error| account_page(&req, &app, &who, &id, &typed, Some(error)).await;
    settle(&app, &who, done, again).await
}

/// POST /internal/accounts/{id}/roles
pub async fn add_role(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<RoleForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { role: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AccountId| people::add_role(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "role-given-done", verb).await
}

/// POST /internal/accounts/{id}/roles/end
pub async fn end_role(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<StateForm>,
) -> Outcome {
    let form = form.0;
    let typed = Typed { state: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AccountId| people::end_role(tx, profile, id, &form);
    change(&req, &app, &who, &id, typed, "role-ended-done", verb).await
}

/// The state that the end of an address sets, and the sentence of having done it.
fn state_of(verb: &str) -> Result<(State, &'static str)> {
    match verb {
        "lock" => Ok((State::Locked, "account-lock-done")),
        "unlocking" => Ok((State::Active, "account-unlock-done")),
        "closure" => Ok((State::Closed, "account-close-done")),
        _ => Err(Error::not_found()),
    }
}

/// POST /internal/accounts/{id}/lock, /unlocking, /closure
pub async fn set_state(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<StateForm>,
) -> Outcome {
    let ((id, verb), form) = (path.into_inner(), form.0);
    let (to, done) = state_of(&verb)?;
    let typed = Typed { state: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>, profile: &Profile, id: &AccountId| {
        people::set_account_state(tx, profile, id, to, &form.reason)
    };
    change(&req, &app, &who, &id, typed, done, verb).await
}
