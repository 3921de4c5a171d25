//! Asking for accounts, issuing them, changing their roles and states.

use std::sync::Arc;

use serde_json::json;

use super::super::{acting, line, reason_of, scope, today};
use super::form::{AccountForm, FactorForm, OwnNameForm, PersonForm, RoleForm, StateForm, Wanted, suggested};
use super::{find_account, request_by_id, store};
use crate::access::{Action, may};
use crate::account::{self, Identity, NewAccount, Person, Receivers, RolePeriod, State, role};
use crate::agency::{self, Agency};
use crate::audit;
use crate::kernel::id::{AccountId, AccountRequestId, AgencyId};
use crate::kernel::{Arg, Ctx, Error, Kind, Problem, Result};
use crate::platform::db::{Db, Tx, lock_row, run_blocking};
use crate::platform::password;
use crate::platform::seal::Seal;
use crate::profile::Profile;

/// How a new person gets in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// By a first password, shown once to whoever issues the account, and changed at the first sign-in.
    Show,
    /// By a link that is mailed to the person.
    Mail,
}

impl Delivery {
    /// As forms send it.
    pub fn from_code(code: &str) -> Self {
        if code == "mail" { Self::Mail } else { Self::Show }
    }
}

/// An account just made.
#[derive(Clone, Debug)]
pub struct Issued {
    /// Its id.
    pub id: AccountId,
    /// The person's name.
    pub full_name: String,
    /// The name to sign in with.
    pub user_name: String,
    /// The e-mail.
    pub email: String,
    /// The first password; none where a link was mailed.
    pub secret: Option<String>,
}

/// The agency that a form names, if something may still be given there.
fn agency_for(tx: &mut Tx<'_>, profile: &Profile, id: &str, on: &'static str) -> Result<Agency> {
    let unknown = || Error::invalid(Problem::new("agency-choose").on(on));
    let id = AgencyId::parse(id).ok_or_else(unknown)?;
    let found = agency::by_id(tx.conn(), &id)?.ok_or_else(unknown)?;
    let day = today(tx, profile);
    if found.valid_to.as_deref().is_some_and(|last| last < day.as_str()) {
        return Err(Error::invalid(Problem::new("agency-over").with("agency", found.name_vi.as_str()).on(on)));
    }
    Ok(found)
}

/// Asks for an account at an agency: the coordinating department decides.
///
/// # Errors
/// `Forbidden`; `Invalid` as `AccountForm::check`, `agency-choose`, `agency-over`, `user-name-taken`, `email-taken`.
pub fn ask(tx: &mut Tx<'_>, profile: &Profile, form: &AccountForm) -> Result<AccountRequestId> {
    let person = acting(tx, profile)?;
    let wanted = form.check(profile)?;
    let home = agency_for(tx, profile, &form.agency, "agency")?;
    may(&person, Action::AskForAccount(&home.id)).require()?;
    let user_name = free_name(tx, &wanted)?;
    let id = AccountRequestId::fresh();
    store::insert_request(tx, &id, &home.id, &person.account.id, &user_name, &wanted)?;
    let after = json!({ "agency": home.id, "user_name": user_name, "role": wanted.role,
        "valid_from": wanted.valid_from, "valid_to": wanted.valid_to });
    audit::record(tx, "account-request.ask", "account-request", id.as_str(), json!({ "before": null, "after": after }));
    account::announce(
        tx,
        vec![Receivers::Role(role::COORDINATOR.to_owned())],
        "account-asked",
        &[
            ("person", person.account.full_name.into()),
            ("name", wanted.full_name.into()),
            ("agency", home.name_vi.into()),
        ],
        format!("/internal/accounts/requests/{id}"),
    )?;
    Ok(id)
}

/// The user name that was typed, or one made of the person's name that nobody has.
fn free_name(tx: &mut Tx<'_>, wanted: &Wanted) -> Result<String> {
    let Some(typed) = &wanted.user_name else {
        let base = suggested(&wanted.full_name);
        let (_, mail) = store::taken(tx.conn(), &base, &wanted.email, None)?;
        not_taken(false, mail)?;
        for number in 1..1000 {
            let name = if number == 1 { base.clone() } else { format!("{base}{number}") };
            if !store::taken(tx.conn(), &name, &wanted.email, None)?.0 {
                return Ok(name);
            }
        }
        return Err(Error::invalid(Problem::new("user-name-taken").on("user_name")));
    };
    let (name, mail) = store::taken(tx.conn(), typed, &wanted.email, None)?;
    not_taken(name, mail)?;
    Ok(typed.clone())
}

/// Names what somebody else has: the user name, the e-mail.
fn not_taken(name: bool, mail: bool) -> Result<()> {
    let mut problems = Vec::new();
    if name {
        problems.push(Problem::new("user-name-taken").on("user_name"));
    }
    if mail {
        problems.push(Problem::new("email-taken").on("email"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid_all(problems)) }
}

/// A first password and its hash, where one is to be shown.
async fn first_password(profile: &Profile, delivery: Delivery) -> Result<Option<(String, String)>> {
    if delivery == Delivery::Mail {
        return Ok(None);
    }
    let min = profile.accounts.password.min_length.value;
    run_blocking(move || {
        let secret = password::generate(min)?;
        let hash = password::hash(&secret)?;
        Ok(Some((secret, hash)))
    })
    .await
}

/// Issues the account that a request asks for.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-request` for whoever asked); `Conflict` (`request-decided`, `already-there` when the name was taken
/// meanwhile).
pub async fn approve_request(
    db: &Db,
    ctx: &Ctx,
    profile: &Profile,
    id: &AccountRequestId,
    delivery: Delivery,
) -> Result<Issued> {
    let first = first_password(profile, delivery).await?;
    let (profile, id) = (profile.clone(), id.clone());
    db.write_async(ctx.clone(), move |tx| {
        let person = acting(tx, &profile)?;
        may(&person, Action::IssueAccounts).require()?;
        lock_row(tx.conn(), "account_request", id.as_str())?;
        let (request, _) = request_by_id(tx.conn(), &scope(&person), &id)?.ok_or_else(Error::not_found)?;
        if request.asked_by == person.account.id {
            return Err(Error::forbidden(Problem::new("own-request")));
        }
        if request.state != "asked" {
            return Err(Error::conflict(Problem::new("request-decided")));
        }
        let new = NewAccount {
            user_name: request.user_name.clone(),
            email: request.email.clone(),
            full_name: request.full_name.clone(),
            roles: Vec::new(),
            valid_from: request.valid_from.clone(),
        };
        let role = RolePeriod {
            agency: request.agency_id.clone(),
            role: request.role.clone(),
            valid_from: request.valid_from.clone(),
            valid_to: request.valid_to.clone(),
            deputy_for: None,
        };
        let issued = issue(tx, new, &role, first)?;
        if !store::decide(tx, &id, &person.account.id, "approved", None, Some(&issued.id))? {
            return Err(Error::conflict(Problem::new("request-decided")));
        }
        let detail = json!({ "before": "asked", "after": "approved", "account": issued.id });
        audit::record(tx, "account-request.approve", "account-request", id.as_str(), detail);
        account::announce(
            tx,
            vec![Receivers::Account(request.asked_by)],
            "account-issued",
            &[("name", request.full_name.into()), ("user", request.user_name.into())],
            format!("/internal/accounts/{}", issued.id),
        )?;
        Ok(issued)
    })
    .await
}

/// Makes an account at once: the coordinating department needs nobody to ask.
///
/// # Errors
/// As [`ask`].
pub async fn issue_directly(db: &Db, ctx: &Ctx, profile: &Profile, form: &AccountForm) -> Result<Issued> {
    let first = first_password(profile, Delivery::from_code(&form.delivery)).await?;
    let (profile, form) = (profile.clone(), form.clone());
    db.write_async(ctx.clone(), move |tx| {
        let person = acting(tx, &profile)?;
        may(&person, Action::IssueAccounts).require()?;
        let wanted = form.check(&profile)?;
        let home = agency_for(tx, &profile, &form.agency, "agency")?;
        let user_name = free_name(tx, &wanted)?;
        let new = NewAccount {
            user_name,
            email: wanted.email,
            full_name: wanted.full_name,
            roles: Vec::new(),
            valid_from: wanted.valid_from.clone(),
        };
        let role = RolePeriod {
            agency: home.id,
            role: wanted.role,
            valid_from: wanted.valid_from,
            valid_to: wanted.valid_to,
            deputy_for: None,
        };
        issue(tx, new, &role, first)
    })
    .await
}

fn issue(tx: &mut Tx<'_>, new: NewAccount, role: &RolePeriod, first: Option<(String, String)>) -> Result<Issued> {
    let (full_name, user_name, email) = (new.full_name.clone(), new.user_name.clone(), new.email.clone());
    let id = account::create(tx, new)?;
    account::add_role(tx, &id, role)?;
    let secret = match first {
        Some((secret, hash)) => {
            account::set_password(tx, &id, &hash, true)?;
            Some(secret)
        }
        None => {
            account::invite(tx, &id)?;
            None
        }
    };
    Ok(Issued { id, full_name, user_name, email, secret })
}

/// Refuses a request, with a reason that the asker reads.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Invalid` (`reason-missing`); `Conflict` (`request-decided`).
pub fn refuse_request(tx: &mut Tx<'_>, profile: &Profile, id: &AccountRequestId, reason: &str) -> Result<()> {
    let person = acting(tx, profile)?;
    may(&person, Action::IssueAccounts).require()?;
    let reason = reason_of(reason)?;
    lock_row(tx.conn(), "account_request", id.as_str())?;
    let (request, _) = request_by_id(tx.conn(), &scope(&person), id)?.ok_or_else(Error::not_found)?;
    if request.asked_by == person.account.id {
        return Err(Error::forbidden(Problem::new("own-request")));
    }
    if !store::decide(tx, id, &person.account.id, "refused", Some(&reason), None)? {
        return Err(Error::conflict(Problem::new("request-decided")));
    }
    let detail = json!({ "before": "asked", "after": "refused", "reason": reason });
    audit::record(tx, "account-request.refuse", "account-request", id.as_str(), detail);
    account::announce(
        tx,
        vec![Receivers::Account(request.asked_by)],
        "account-refused",
        &[("name", request.full_name.into()), ("reason", reason.into())],
        format!("/internal/accounts/requests/{id}"),
    )
}

/// The person who acts and the account acted on, which is never their own.
fn prepare(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &AccountId,
    action: Action<'_>,
) -> Result<(Person, account::Account)> {
    let person = acting(tx, profile)?;
    may(&person, action).require()?;
    let day = today(tx, profile);
    let found = find_account(tx.conn(), &scope(&person), id, &day)?.ok_or_else(Error::not_found)?;
    if *id == person.account.id {
        return Err(Error::forbidden(Problem::new("own-account")));
    }
    Ok((person, found.account))
}

/// Gives a role for a period, or as somebody's deputy during their leave.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`); `Invalid` as `RoleForm::check`, `agency-choose`, `agency-over`, `deputy-unknown` when the
/// person named does not hold the role there during the whole period; `Conflict` (`role-held`, `account-closed`).
pub fn add_role(tx: &mut Tx<'_>, profile: &Profile, id: &AccountId, form: &RoleForm) -> Result<()> {
    let (_, subject) = prepare(tx, profile, id, Action::IssueAccounts)?;
    not_closed(&subject)?;
    let (valid_from, valid_to) = form.check(profile)?;
    let home = agency_for(tx, profile, &form.agency, "agency")?;
    let deputy_for = match form.deputy_for.trim() {
        "" => None,
        name => {
            let unknown = || Error::invalid(Problem::new("deputy-unknown").on("deputy_for"));
            let other = account::by_name(tx.conn(), name, &valid_from)?.ok_or_else(unknown)?.account.id;
            let last = valid_to.as_deref().unwrap_or(&valid_from);
            let holds = account::roles_of(tx.conn(), &other)?.iter().any(|held| {
                held.agency == home.id
                    && held.role == form.role
                    && held.deputy_for.is_none()
                    && held.counts_on(&valid_from)
                    && held.counts_on(last)
            });
            if !holds || other == *id {
                return Err(unknown());
            }
            Some(other)
        }
    };
    let new = RolePeriod { agency: home.id.clone(), role: form.role.clone(), valid_from, valid_to, deputy_for };
    account::add_role(tx, id, &new)?;
    roles_changed(tx, profile, id, &form.role, &home.name_vi, "role-given")
}

/// Ends a role with a last day.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`); `Invalid` (`date-form` on `last_day`); `Conflict` (`role-over`; `last-operator` when nobody
/// would be left to run the portal).
pub fn end_role(tx: &mut Tx<'_>, profile: &Profile, id: &AccountId, form: &StateForm) -> Result<()> {
    prepare(tx, profile, id, Action::IssueAccounts)?;
    let mut problems = Vec::new();
    let last_day = super::super::needed_day(&form.last_day, "last_day", &mut problems);
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    let held = account::roles_of(tx.conn(), id)?
        .into_iter()
        .find(|role| role.key() == form.key)
        .ok_or_else(Error::not_found)?;
    let day = today(tx, profile);
    if held.role == role::OPERATOR && account::is_last_operator(tx.conn(), id, &day)? {
        return Err(Error::conflict(Problem::new("last-operator")));
    }
    account::end_role(tx, id, &form.key, &last_day)?;
    let name = agency::by_id(tx.conn(), &held.agency)?.map(|agency| agency.name_vi).unwrap_or_default();
    roles_changed(tx, profile, id, &held.role, &name, "role-ended")
}

fn roles_changed(
    tx: &mut Tx<'_>,
    profile: &Profile,
    id: &AccountId,
    role: &str,
    at: &str,
    event: &'static str,
) -> Result<()> {
    let role = profile.role(role).map_or_else(|| Arg::from(role), |role| role.name.clone().into());
    account::announce(
        tx,
        vec![Receivers::Account(id.clone())],
        event,
        &[("role", role), ("agency", at.into())],
        "/internal/account".to_owned(),
    )
}

/// Locks, unlocks or closes an account. Locked, its sessions end and its keys open nothing until it is unlocked; closed, it is over for
/// good, and its records stay.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`); `Invalid` (`reason-missing`); `Conflict` (`account-closed`, `account-state`,
/// `last-operator`).
pub fn set_account_state(tx: &mut Tx<'_>, profile: &Profile, id: &AccountId, to: State, reason: &str) -> Result<()> {
    prepare(tx, profile, id, Action::LockAccounts)?;
    let reason = reason_of(reason)?;
    let day = today(tx, profile);
    account::set_state(tx, id, to, &reason, &day)
}

/// Accounts that are set to another state in one go.
const MOST_AT_ONCE: usize = 100;

/// Sets several accounts to a state with one reason, each in a transaction of its own, so that the refusal of one undoes none of the
/// others. Says of each, in their order, what refused it.
///
/// # Errors
/// `Forbidden`; `Invalid` (`nothing-chosen`; `too-many-chosen` with `max`; `reason-missing`); what is no refusal of one account stops.
pub async fn set_account_states(
    db: &Db,
    ctx: &Ctx,
    profile: &Profile,
    who: &Person,
    chosen: &[AccountId],
    to: State,
    reason: &str,
) -> Result<Vec<Option<Error>>> {
    may(who, Action::LockAccounts).require()?;
    if chosen.is_empty() {
        return Err(Error::invalid(Problem::new("nothing-chosen")));
    }
    if chosen.len() > MOST_AT_ONCE {
        return Err(Error::invalid(Problem::new("too-many-chosen").with("max", MOST_AT_ONCE)));
    }
    let reason = reason_of(reason)?;
    let profile = Arc::new(profile.clone());
    let mut outcomes = Vec::new();
    for id in chosen {
        let (id, reason, profile) = (id.clone(), reason.clone(), Arc::clone(&profile));
        let set = move |tx: &mut Tx<'_>| set_account_state(tx, &profile, &id, to, &reason);
        match db.write_async(ctx.clone(), set).await {
            Ok(()) => outcomes.push(None),
            Err(error) if matches!(error.kind(), Kind::Internal | Kind::Unavailable) => return Err(error),
            Err(error) => outcomes.push(Some(error)),
        }
    }
    Ok(outcomes)
}

/// Changes what an account says of its owner: name, user name, e-mail. Only who sees every account does, so that "taken" tells them
/// nothing new.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`, `second-person-needed`); `Invalid` as `PersonForm::check`, `user-name-taken`, `email-taken`;
/// `Conflict` (`account-closed`).
pub fn change_person(tx: &mut Tx<'_>, profile: &Profile, id: &AccountId, form: &PersonForm) -> Result<()> {
    let (person, subject) = prepare(tx, profile, id, Action::LockAccounts)?;
    not_closed(&subject)?;
    let wanted = form.check()?;
    let (name, mail) = store::taken(tx.conn(), &wanted.user_name, &wanted.email, Some(id))?;
    not_taken(name, mail)?;
    if wanted.user_name != subject.user_name || wanted.email != subject.email {
        apart(tx, &person, id, account::REMOVE_FACTOR)?;
    }
    if account::set_identity(tx, id, &wanted)? {
        account::announce(
            tx,
            vec![Receivers::Account(id.clone())],
            "account-changed",
            &[("name", wanted.full_name.into()), ("user", wanted.user_name.into())],
            "/internal/account".to_owned(),
        )?;
    }
    Ok(())
}

/// Changes one's own name, and nothing else of one's own account.
///
/// # Errors
/// `Forbidden`; `Invalid` (`person-name-missing`).
pub fn change_own_name(tx: &mut Tx<'_>, profile: &Profile, form: &OwnNameForm) -> Result<()> {
    let own = acting(tx, profile)?.account;
    let mut problems = Vec::new();
    let full_name = line(&form.full_name, 150, "person-name-missing", "full_name", &mut problems);
    if !problems.is_empty() {
        return Err(Error::invalid_all(problems));
    }
    account::set_identity(tx, &own.id, &Identity { user_name: own.user_name, email: own.email, full_name })?;
    Ok(())
}

/// How long nobody does both of what together lets them sign in as somebody else, in seconds.
const APART: i64 = 30 * 24 * 3600;

/// Refuses whoever lately did another thing to an account: one person alone who sets its e-mail and takes its second factor off could
/// sign in as its owner (ASVS 6.4.4).
fn apart(tx: &mut Tx<'_>, person: &Person, id: &AccountId, verb: &str) -> Result<()> {
    let filter = audit::Filter {
        actor: person.account.id.to_string(),
        action: verb.to_owned(),
        object: id.to_string(),
        outcome: "done".to_owned(),
        from: Some(tx.ctx().at.plus_seconds(-APART)),
        ..audit::Filter::default()
    };
    if audit::count(tx.conn(), &filter)? > 0 {
        return Err(Error::forbidden(Problem::new("second-person-needed").with("days", APART / (24 * 3600))));
    }
    Ok(())
}

/// Takes off the second factor of somebody who lost it, against a code of one's own where one has a second factor. Its owner sets it up
/// anew at the next sign-in where a role wants one.
///
/// # Errors
/// `NotFound`; `Forbidden` (`own-account`, `second-person-needed`); `Invalid` (`reason-missing` on `factor_reason`, `code-wrong` on
/// `code`); `TooMany` (`sign-in-resting`); `Conflict` (`second-factor-none`, `account-closed`).
pub async fn remove_second_factor(
    db: &Db,
    ctx: &Ctx,
    profile: &Profile,
    seal: &Seal,
    who: &Person,
    id: &AccountId,
    form: &FactorForm,
) -> Result<()> {
    may(who, Action::LockAccounts).require()?;
    let reason = reason_of(&form.factor_reason)
        .map_err(|_| Error::invalid(Problem::new("reason-missing").on("factor_reason")))?;
    if who.second_factor {
        account::check_code(db, ctx, profile, seal, &who.account.id, &form.code, false).await?;
    }
    let (profile, id) = (profile.clone(), id.clone());
    db.write_async(ctx.clone(), move |tx| {
        let (person, subject) = prepare(tx, &profile, &id, Action::LockAccounts)?;
        not_closed(&subject)?;
        apart(tx, &person, &id, account::CHANGE_ENTRY)?;
        account::remove_second_factor(tx, &id, &reason)?;
        account::announce(
            tx,
            vec![Receivers::Account(id.clone())],
            "second-factor-removed",
            &[("reason", reason.into())],
            "/internal/account/second-factor".to_owned(),
        )
    })
    .await
}

fn not_closed(account: &account::Account) -> Result<()> {
    if account.state == "closed" { Err(Error::conflict(Problem::new("account-closed"))) } else { Ok(()) }
}
