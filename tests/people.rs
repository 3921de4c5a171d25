//! Accounts that are asked for, issued, changed, locked and closed; forgotten passwords.

use khomo::account::{self, LETTER, State, scope};
use khomo::kernel::id::{AccountId, AccountRequestId, AgencyId};
use khomo::kernel::{Actor, Kind, Result};
use khomo::notify;
use khomo::people::{self, AccountForm, Delivery, RoleForm, StateForm};
use khomo::platform::db::Tx;
use khomo::platform::mail::Mailer;
use khomo::platform::{password, queue, totp};

use crate::records::sheet;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PASSWORD, new_account};

const FRESH: &str = "mưa rào trên mái tôn";

/// Enters a further person who signs in with the password of everybody.
pub fn hire(khomo: &Khomo, name: &str, roles: &[(&str, &str)]) -> AccountId {
    let roles = roles.iter().map(|(at, role)| (khomo.agency(at), (*role).to_owned())).collect();
    let hash = password::hash(PASSWORD).unwrap();
    let version = khomo.app.profile().use_rules.version.clone();
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::Operator), |tx| {
            let id = account::create(tx, new_account(name, roles))?;
            account::set_password(tx, &id, &hash, false)?;
            account::accept_rules(tx, &id, &version)?;
            Ok(id)
        })
        .unwrap()
}

fn form(khomo: &Khomo, agency: &str) -> AccountForm {
    AccountForm {
        full_name: "Nguyễn Thị Hạnh".to_owned(),
        email: "hanh@lacdien.example".to_owned(),
        agency: khomo.agency(agency).to_string(),
        role: "editor".to_owned(),
        valid_from: "04/09/2026".to_owned(),
        reason: "Cập nhật dữ liệu trạm y tế.".to_owned(),
        ..AccountForm::default()
    }
}

/// Acts as somebody by the id of their account.
fn as_<T>(khomo: &Khomo, who: &AccountId, act: impl FnOnce(&mut Tx<'_>) -> Result<T>) -> Result<T> {
    khomo.db().write(&khomo.ctx_of(Actor::Account(who.clone())), act)
}

/// A focal point of the home agency asks for an account.
pub fn asked(khomo: &Khomo) -> AccountRequestId {
    let focal = hire(khomo, "dau-moi", &[(HOME, "focal-point")]);
    as_(khomo, &focal, |tx| people::ask(tx, khomo.app.profile(), &form(khomo, HOME))).unwrap()
}

async fn approve(khomo: &Khomo, id: &AccountRequestId, who: &AccountId) -> Result<people::Issued> {
    let ctx = khomo.ctx_of(Actor::Account(who.clone()));
    people::approve_request(khomo.db(), &ctx, khomo.app.profile(), id, Delivery::Show).await
}

fn state(khomo: &Khomo, name: &str) -> String {
    khomo.lines(&format!("SELECT state AS line FROM account WHERE user_name = '{name}'")).remove(0)
}

fn give(khomo: &Khomo, who: &str, to: &AccountId, form: &RoleForm) -> Result<()> {
    khomo.db().write(&khomo.ctx(who), |tx| people::add_role(tx, khomo.app.profile(), to, form))
}

fn role(khomo: &Khomo, role: &str, from: &str, to: &str, deputy_for: &str) -> RoleForm {
    RoleForm {
        agency: khomo.agency(HOME).to_string(),
        role: role.to_owned(),
        valid_from: from.to_owned(),
        valid_to: to.to_owned(),
        deputy_for: deputy_for.to_owned(),
    }
}

fn holds(khomo: &Khomo, id: &AccountId, role: &str) -> bool {
    let today = khomo.app.today().to_string();
    khomo.db().read(|conn| account::by_id(conn, id, &today)).unwrap().unwrap().holds(role, Some(&khomo.agency(HOME)))
}

// ---- asking and issuing ----------------------------------------------------------------------------------------------

#[actix_web::test]
async fn an_agency_asks_and_the_coordinating_department_issues() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let mut focal = khomo.signed_in("dau-moi").await;
    let page = focal.visit("/internal/accounts/new").await;
    assert_eq!(page.attribute("main form", "action").as_deref(), Some("/internal/accounts/requests"));
    let home = khomo.agency(HOME).to_string();
    let fields = [
        ("full_name", "Nguyễn Thị Hạnh"),
        ("email", "Hanh@LacDien.example"),
        ("user_name", ""),
        ("agency", home.as_str()),
        ("role", "editor"),
        ("valid_from", "04/09/2026"),
        ("valid_to", "31/12/2026"),
        ("reason", "Cập nhật dữ liệu."),
        // What the form does not hold decides nothing.
        ("state", "approved"),
        ("decided_by", "x"),
        ("delivery", "show"),
    ];
    let answer = focal.post("/internal/accounts/requests", &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let request = answer.header("location").unwrap().to_owned();
    assert!(focal.follow(answer).await.flash().is_some());
    assert_eq!(khomo.count("account WHERE email LIKE 'hanh%'"), 0, "asked for, and not there yet");
    assert_eq!(khomo.lines("SELECT state AS line FROM account_request"), ["asked"]);
    khomo.work().await;
    let told = khomo.lines(
        "SELECT a.user_name AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
         WHERE n.event = 'account-asked'",
    );
    assert_eq!(told, ["coordinator"]);

    let mut coordinator = khomo.signed_in("coordinator").await;
    let list = coordinator.visit("/internal/accounts").await;
    assert!(list.attributes("#requests ~ div a", "href").contains(&request) || list.text().contains(&request));
    let page = coordinator.visit(&request).await;
    assert!(page.text().contains("hanhnt"), "the user name is made of the person's name");
    let issued = coordinator.post(&format!("{request}/approval"), &[]).await;
    assert_eq!(issued.status, 200, "{}", issued.text());
    let secret = issued.texts("section.panel code").remove(0);
    assert!(!coordinator.visit(&request).await.text().contains(&secret), "shown once");
    assert!(!khomo.lines("SELECT detail AS line FROM audit_entry").join("").contains(&secret));

    let mut fresh = khomo.internal().await;
    assert_eq!(fresh.sign_in("hanhnt", &secret).await.status, 303);
    let answer = fresh.get("/internal/datasets").await;
    assert!(answer.header("location").unwrap().starts_with("/internal/account/password"), "another password first");
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'account-issued'"), 1);
    let role = khomo.lines(
        "SELECT valid_from || ' ' || valid_to AS line FROM account_role WHERE account_id = \
         (SELECT id FROM account WHERE user_name = 'hanhnt')",
    );
    assert_eq!(role, ["2026-09-04 2026-12-31"]);
}

#[actix_web::test]
async fn the_coordinating_department_makes_an_account_at_once() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit("/internal/accounts/new").await;
    assert_eq!(page.attribute("main form", "action").as_deref(), Some("/internal/accounts"));
    let home = khomo.agency(HOME).to_string();
    let fields = [
        ("full_name", "Đỗ Văn Đức"),
        ("email", "duc@lacdien.example"),
        ("agency", home.as_str()),
        ("role", "approver"),
        ("valid_from", "2026-09-04"),
        ("reason", "Duyệt dữ liệu."),
    ];
    let issued = coordinator.post("/internal/accounts", &fields).await;
    assert_eq!((issued.status, issued.texts("section.panel code").len()), (200, 1), "{}", issued.text());
    assert_eq!(khomo.count("account_request"), 0);
    assert_eq!(state(&khomo, "ducdv"), "active");
}

#[actix_web::test]
async fn every_wrong_field_of_a_request_is_named_and_what_was_typed_is_kept() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let mut focal = khomo.signed_in("dau-moi").await;
    focal.visit("/internal/accounts/new").await;
    let fields = [
        ("full_name", " "),
        ("email", "a@b.c\r\nBcc: x@y.z"),
        ("user_name", "Hạnh Nguyễn"),
        ("role", "emperor"),
        ("valid_from", "31/02/2026"),
        ("valid_to", "hôm qua"),
        ("reason", ""),
    ];
    let answer = focal.post("/internal/accounts/requests", &fields).await;
    assert_eq!(answer.status, 422);
    let wanted = ["#full_name", "#user_name", "#email", "#role", "#valid_from", "#valid_to", "#reason"];
    assert_eq!(answer.attributes("#errors a", "href"), wanted);
    assert_eq!(answer.attribute("#user_name", "value").as_deref(), Some("Hạnh Nguyễn"));
    assert_eq!(khomo.count("account_request"), 0);
}

#[actix_web::test]
async fn nobody_approves_what_they_asked_for() {
    let khomo = Khomo::start();
    let coordinator = khomo.id("coordinator");
    let id = as_(&khomo, &coordinator, |tx| people::ask(tx, khomo.app.profile(), &form(&khomo, HOME))).unwrap();
    assert!(approve(&khomo, &id, &coordinator).await.unwrap_err().has("own-request"));
    let refused = as_(&khomo, &coordinator, |tx| people::refuse_request(tx, khomo.app.profile(), &id, "không"));
    assert!(refused.unwrap_err().has("own-request"));
    let sql = format!("UPDATE account_request SET state = 'refused', decided_by = '{coordinator}', decided_at = 1");
    assert!(khomo.raw(&sql).is_err(), "nor does the database let them");
    let second = hire(&khomo, "dieu-phoi-hai", &[(AWAY, "coordinator")]);
    approve(&khomo, &id, &second).await.unwrap();
}

#[actix_web::test]
async fn a_request_is_decided_once() {
    let khomo = Khomo::start();
    let id = asked(&khomo);
    let coordinator = khomo.id("coordinator");
    let refuse = || as_(&khomo, &coordinator, |tx| people::refuse_request(tx, khomo.app.profile(), &id, "Chưa rõ."));
    assert!(
        as_(&khomo, &coordinator, |tx| people::refuse_request(tx, khomo.app.profile(), &id, " "))
            .unwrap_err()
            .has("reason-missing")
    );
    refuse().unwrap();
    assert!(refuse().unwrap_err().has("request-decided"));
    assert!(approve(&khomo, &id, &coordinator).await.unwrap_err().has("request-decided"));
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'account-refused'"), 1);
    assert_eq!(khomo.count("account WHERE user_name = 'hanhnt'"), 0);
    // The name is free again.
    let focal = khomo.db().read(|conn| account::by_name(conn, "dau-moi", "2026-09-04")).unwrap().unwrap();
    as_(&khomo, &focal.account.id, |tx| people::ask(tx, khomo.app.profile(), &form(&khomo, HOME))).unwrap();
}

#[actix_web::test]
async fn a_user_name_or_an_email_that_somebody_has_is_refused_and_a_made_one_steps_aside() {
    let khomo = Khomo::start();
    asked(&khomo);
    let coordinator = khomo.id("coordinator");
    let ask = |form: &AccountForm| as_(&khomo, &coordinator, |tx| people::ask(tx, khomo.app.profile(), form));
    let same = form(&khomo, HOME);
    assert!(ask(&same).unwrap_err().has("email-taken"));
    let named = AccountForm { user_name: "editor".to_owned(), email: "b@lacdien.example".to_owned(), ..same.clone() };
    assert!(ask(&named).unwrap_err().has("user-name-taken"));
    ask(&AccountForm { email: "b@lacdien.example".to_owned(), ..same }).unwrap();
    assert_eq!(khomo.lines("SELECT user_name AS line FROM account_request ORDER BY user_name"), ["hanhnt", "hanhnt2"]);
}

#[actix_web::test]
async fn who_speaks_for_an_agency_sees_and_asks_for_that_agency_alone() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "lanh-dao", &[(AWAY, "agency-head")]);
    let coordinator = khomo.id("coordinator");
    let away = as_(&khomo, &coordinator, |tx| people::ask(tx, khomo.app.profile(), &form(&khomo, AWAY))).unwrap();
    let mut focal = khomo.signed_in("dau-moi").await;
    let list = focal.visit("/internal/accounts").await.text();
    assert!(list.contains(">editor<") && list.contains(">dau-moi<"));
    assert!(!list.contains(">stranger<") && !list.contains(">coordinator<") && !list.contains(away.as_str()));
    for path in [
        format!("/internal/accounts/{}", khomo.id("stranger")),
        format!("/internal/accounts/{}", khomo.id("nobody")),
        format!("/internal/accounts/requests/{away}"),
        "/internal/accounts/x".to_owned(),
    ] {
        assert_eq!(focal.get(&path).await.status, 404, "{path}");
    }
    let page = focal.visit(&format!("/internal/accounts/{}", khomo.id("editor"))).await;
    assert!(page.status == 200 && page.texts("#history").is_empty(), "its history is for the auditors");
    let other = form(&khomo, AWAY);
    let focal_id = khomo.db().read(|conn| account::by_name(conn, "dau-moi", "2026-09-04")).unwrap().unwrap().account.id;
    let refused = as_(&khomo, &focal_id, |tx| people::ask(tx, khomo.app.profile(), &other)).unwrap_err();
    assert_eq!(refused.kind(), Kind::Forbidden);
    let mut head = khomo.signed_in("lanh-dao").await;
    assert_eq!(head.get(&format!("/internal/accounts/requests/{away}")).await.status, 200);
    let decided = head.post(&format!("/internal/accounts/requests/{away}/approval"), &[]).await;
    assert_eq!(decided.status, 403);
}

#[actix_web::test]
async fn whoever_may_not_changes_nothing_by_any_of_the_forms() {
    let khomo = Khomo::start();
    let request = asked(&khomo);
    let target = khomo.id("second-editor");
    let before = khomo.count("account_role");
    for person in ["editor", "approver", "auditor", "dau-moi", "operator"] {
        let mut browser = khomo.signed_in(person).await;
        browser.visit("/internal/account").await;
        let operates = person == "operator";
        for (path, allowed) in [
            ("/internal/accounts".to_owned(), false),
            (format!("/internal/accounts/requests/{request}/approval"), false),
            (format!("/internal/accounts/requests/{request}/refusal"), false),
            (format!("/internal/accounts/{target}/roles"), false),
            (format!("/internal/accounts/{target}/roles/end"), false),
            (format!("/internal/accounts/{target}/lock"), operates),
            (format!("/internal/accounts/{target}/unlocking"), operates),
            (format!("/internal/accounts/{target}/closure"), operates),
            (format!("/internal/accounts/{target}/person"), operates),
            ("/internal/accounts/selection".to_owned(), false),
            (format!("/internal/accounts/{target}/second-factor/removal"), operates),
            ("/internal/accounts/reviews".to_owned(), false),
            ("/internal/agencies".to_owned(), false),
            (format!("/internal/agencies/{}/merger", khomo.agency(AWAY)), false),
        ] {
            let answer = browser.post(&path, &[("reason", "")]).await;
            let refused = [403, 404].contains(&answer.status);
            assert!(refused != allowed, "{person} at {path}: {}", answer.status);
        }
    }
    assert_eq!((state(&khomo, "second-editor").as_str(), khomo.count("account_role")), ("active", before));
}

#[actix_web::test]
async fn the_list_is_searched_filtered_and_paged() {
    let khomo = Khomo::start();
    for number in 0..30 {
        hire(&khomo, &format!("nhan-vien-{number:02}"), &[(HOME, "editor")]);
    }
    let mut coordinator = khomo.signed_in("coordinator").await;
    let first = coordinator.visit("/internal/accounts?q=NHAN-VIEN").await;
    assert_eq!(first.texts("tbody th").len(), 25);
    let second = coordinator.visit("/internal/accounts?q=NHAN-VIEN&page=2").await;
    assert_eq!(second.texts("tbody th").len(), 5);
    assert_eq!(coordinator.visit("/internal/accounts?q=nhan-vien&page=99").await.texts("tbody th").len(), 5);
    khomo.raw("UPDATE account SET state = 'locked' WHERE user_name = 'nhan-vien-07'").unwrap();
    let locked = coordinator.visit("/internal/accounts?state=locked").await;
    assert_eq!(locked.texts("tbody th").len(), 1);
    assert!(coordinator.visit("/internal/accounts?q=%25%00'").await.status == 200);
    assert_eq!(coordinator.visit("/internal/accounts?state=x").await.texts("tbody th").len(), 25);
}

// ---- roles -----------------------------------------------------------------------------------------------------------

#[actix_web::test]
async fn one_role_is_held_in_two_periods_that_do_not_overlap() {
    let khomo = Khomo::start();
    let nobody = khomo.id("nobody");
    give(&khomo, "coordinator", &nobody, &role(&khomo, "editor", "01/09/2026", "10/09/2026", "")).unwrap();
    let overlap = give(&khomo, "coordinator", &nobody, &role(&khomo, "editor", "10/09/2026", "", ""));
    assert!(overlap.unwrap_err().has("role-held"));
    give(&khomo, "coordinator", &nobody, &role(&khomo, "editor", "20/09/2026", "", "")).unwrap();
    assert!(holds(&khomo, &nobody, "editor"));
    khomo.clock.advance(7 * 86_400);
    assert!(!holds(&khomo, &nobody, "editor"), "between the periods");
    khomo.clock.advance(10 * 86_400);
    assert!(holds(&khomo, &nobody, "editor"));
    let backwards = give(&khomo, "coordinator", &nobody, &role(&khomo, "approver", "10/09/2026", "01/09/2026", ""));
    assert!(backwards.unwrap_err().has("period-order"));
    let detail = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'account.add-role'").remove(0);
    assert!(detail.contains("\"before\":null") && detail.contains("2026-09-10"), "{detail}");
}

#[actix_web::test]
async fn a_deputy_counts_during_the_leave_only_and_takes_a_place_that_somebody_holds() {
    let khomo = Khomo::start();
    let editor = khomo.id("editor");
    let leave = |from: &str, to: &str, name: &str| role(&khomo, "approver", from, to, name);
    for (form, code) in [
        (leave("05/09/2026", "", "approver"), "deputy-end"),
        (leave("05/09/2026", "07/09/2026", "nobody-at-all"), "deputy-unknown"),
        (leave("05/09/2026", "07/09/2026", "stranger"), "deputy-unknown"),
        (leave("05/09/2026", "07/09/2026", "editor"), "deputy-unknown"),
    ] {
        assert!(give(&khomo, "coordinator", &editor, &form).unwrap_err().has(code), "{code}");
    }
    give(&khomo, "coordinator", &editor, &leave("05/09/2026", "07/09/2026", "approver")).unwrap();
    assert!(!holds(&khomo, &editor, "approver"), "not before the leave");
    for (days, counts) in [(1, true), (2, true), (1, false)] {
        khomo.clock.advance(days * 86_400);
        assert_eq!(holds(&khomo, &editor, "approver"), counts, "{}", khomo.app.today());
    }
    let page = khomo.signed_in("coordinator").await.visit(&format!("/internal/accounts/{editor}")).await;
    assert!(page.text().contains("Người approver"), "the page says whose place it was");
}

#[actix_web::test]
async fn a_role_ends_with_its_last_day() {
    let khomo = Khomo::start();
    let editor = khomo.id("editor");
    let key = format!("{}|editor|2026-01-01", khomo.agency(HOME));
    let end = |key: &str, day: &str| {
        let form = StateForm { key: key.to_owned(), last_day: day.to_owned(), ..StateForm::default() };
        khomo.db().write(&khomo.ctx("coordinator"), |tx| people::end_role(tx, khomo.app.profile(), &editor, &form))
    };
    assert_eq!(end("x|editor|2026-01-01", "04/09/2026").unwrap_err().kind(), Kind::NotFound);
    assert!(end(&key, "").unwrap_err().has("date-form"));
    end(&key, "04/09/2026").unwrap();
    assert!(holds(&khomo, &editor, "editor"), "the last day counts");
    assert!(end(&key, "01/12/2026").unwrap_err().has("role-over"), "an end is not put off by ending");
    khomo.clock.advance(86_400);
    assert!(!holds(&khomo, &editor, "editor"));
    assert!(
        khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'account.end-role'")[0].contains("before")
    );
}

#[actix_web::test]
async fn the_last_operator_keeps_the_role_and_the_account() {
    let khomo = Khomo::start();
    let operator = khomo.id("operator");
    let key = format!("{}|operator|2026-01-01", khomo.agency(AWAY));
    let form = StateForm { key, last_day: "04/09/2026".to_owned(), ..StateForm::default() };
    let profile = khomo.app.profile();
    let as_coordinator = khomo.ctx("coordinator");
    let end = khomo.db().write(&as_coordinator, |tx| people::end_role(tx, profile, &operator, &form));
    assert!(end.unwrap_err().has("last-operator"));
    for to in [State::Locked, State::Closed] {
        let refused =
            khomo.db().write(&as_coordinator, |tx| people::set_account_state(tx, profile, &operator, to, "thử"));
        assert!(refused.unwrap_err().has("last-operator"));
    }
    hire(&khomo, "quan-tri-hai", &[(AWAY, "operator")]);
    let close = |tx: &mut Tx<'_>| people::set_account_state(tx, profile, &operator, State::Closed, "nghỉ hưu");
    khomo.db().write(&as_coordinator, close).unwrap();
    assert_eq!(state(&khomo, "operator"), "closed");
}

// ---- states ----------------------------------------------------------------------------------------------------------

#[actix_web::test]
async fn a_locked_account_is_out_at_once_and_comes_back_when_it_is_unlocked() {
    let khomo = Khomo::start();
    let editor = khomo.id("editor");
    let key = khomo
        .db()
        .write(&khomo.ctx("editor"), |tx| account::make_token(tx, &editor, "máy", &[scope::READ.to_owned()], 9))
        .unwrap();
    let mut browser = khomo.signed_in("editor").await;
    let mut operator = khomo.signed_in("operator").await;
    let path = format!("/internal/accounts/{editor}");
    operator.visit(&path).await;
    let empty = operator.post(&format!("{path}/lock"), &[("reason", " ")]).await;
    assert_eq!((empty.status, empty.attributes("#errors a", "href")), (422, vec!["#reason".to_owned()]));
    let done = operator.post(&format!("{path}/lock"), &[("reason", "Nghi bị lộ mật khẩu.")]).await;
    assert_eq!(done.status, 303);
    assert!(operator.follow(done).await.flash().is_some());
    assert_eq!(browser.get("/internal/account").await.status, 303, "signed out");
    assert!(account::by_token(khomo.db(), &key).await.unwrap_err().has("token-unknown"));
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 422);
    let again = operator.post(&format!("{path}/lock"), &[("reason", "x")]).await;
    assert_eq!(again.status, 409);
    operator.visit(&path).await;
    assert_eq!(operator.post(&format!("{path}/unlocking"), &[("reason", "Đã đổi mật khẩu.")]).await.status, 303);
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 303);
    account::by_token(khomo.db(), &key).await.unwrap();
    let detail = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'account.lock'").remove(0);
    assert!(detail.contains("\"before\":\"active\"") && detail.contains("\"after\":\"locked\""), "{detail}");
}

#[actix_web::test]
async fn a_closed_account_stays_in_the_records_and_nowhere_else() {
    let khomo = Khomo::start();
    let editor = khomo.id("editor");
    let key = khomo
        .db()
        .write(&khomo.ctx("editor"), |tx| account::make_token(tx, &editor, "máy", &[scope::READ.to_owned()], 9))
        .unwrap();
    let mut coordinator = khomo.signed_in("coordinator").await;
    let path = format!("/internal/accounts/{editor}");
    coordinator.visit(&path).await;
    assert_eq!(coordinator.post(&format!("{path}/closure"), &[("reason", "Chuyển công tác.")]).await.status, 303);
    assert!(account::by_token(khomo.db(), &key).await.is_err());
    assert_eq!(khomo.count("api_token WHERE revoked_at IS NOT NULL"), 1);
    let page = coordinator.visit(&path).await;
    assert!(page.status == 200 && page.attributes("main form[action$=unlocking]", "action").is_empty());
    for verb in ["unlocking", "lock", "closure"] {
        assert_eq!(coordinator.post(&format!("{path}/{verb}"), &[("reason", "x")]).await.status, 409, "{verb}");
    }
    let given = give(&khomo, "coordinator", &editor, &role(&khomo, "approver", "05/09/2026", "", ""));
    assert!(given.unwrap_err().has("account-closed"));
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 422);
    assert!(coordinator.visit("/internal/accounts?state=closed").await.text().contains(">editor<"));
}

#[actix_web::test]
async fn nobody_changes_their_own_account() {
    let khomo = Khomo::start();
    let own = khomo.id("coordinator");
    let mut coordinator = khomo.signed_in("coordinator").await;
    let path = format!("/internal/accounts/{own}");
    let page = coordinator.visit(&path).await;
    assert!(page.attributes(&format!("main form[action^='{path}']"), "action").is_empty());
    for verb in ["lock", "closure"] {
        assert_eq!(coordinator.post(&format!("{path}/{verb}"), &[("reason", "x")]).await.status, 403, "{verb}");
    }
    let given = give(&khomo, "coordinator", &own, &role(&khomo, "operator", "04/09/2026", "", ""));
    assert!(given.unwrap_err().has("own-account"));
    assert_eq!(state(&khomo, "coordinator"), "active");
}

#[actix_web::test]
async fn no_role_is_given_at_an_agency_that_is_over_or_unknown() {
    let khomo = Khomo::start();
    let nobody = khomo.id("nobody");
    khomo.raw(&format!("UPDATE agency SET valid_to = '2026-09-03' WHERE slug = '{HOME}'")).unwrap();
    let over = give(&khomo, "coordinator", &nobody, &role(&khomo, "editor", "04/09/2026", "", ""));
    assert!(over.unwrap_err().has("agency-over"));
    let mut unknown = role(&khomo, "editor", "04/09/2026", "", "");
    for id in [AgencyId::fresh().to_string(), "x".to_owned(), String::new()] {
        unknown.agency = id;
        assert!(give(&khomo, "coordinator", &nobody, &unknown).unwrap_err().has("agency-choose"));
    }
}

// ---- a forgotten password --------------------------------------------------------------------------------------------

fn with_mail() -> Khomo {
    let mut khomo = Khomo::start();
    khomo.app.parts.mail = Mailer::memory("Khomo <khomo@lacdien.example>").unwrap();
    khomo
}

async fn forget(khomo: &Khomo, name: &str) -> Answer {
    let mut browser = khomo.internal().await;
    browser.get("/internal/sign-in/forgotten").await;
    browser.post("/internal/sign-in/forgotten", &[("name", name)]).await
}

/// The links in the letters sent so far, by receiver, the oldest first.
fn links(khomo: &Khomo) -> Vec<(String, String)> {
    let sent = khomo.app.parts.mail.sent();
    sent.iter()
        .filter_map(|sent| {
            let key = sent.letter.text.split("reset?key=").nth(1)?.split_whitespace().next()?;
            Some((sent.letter.to.clone(), key.to_owned()))
        })
        .collect()
}

async fn set(khomo: &Khomo, key: &str, password: &str) -> Answer {
    let mut browser = khomo.internal().await;
    // The page of a link that is over has no form, and so no token.
    browser.get("/internal/sign-in/forgotten").await;
    browser.get(&format!("/internal/sign-in/reset?key={key}")).await;
    browser.post("/internal/sign-in/reset", &[("key", key), ("fresh", password), ("again", password)]).await
}

/// A page without what differs from one asking to the next: the token of its form.
fn bare(answer: &Answer) -> String {
    answer
        .text()
        .split("name=\"csrf\" value=\"")
        .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
        .collect()
}

#[actix_web::test]
async fn the_answer_to_a_forgotten_password_tells_nothing_about_which_accounts_exist() {
    let khomo = with_mail();
    khomo.raw("UPDATE account SET state = 'locked' WHERE user_name = 'approver'").unwrap();
    let mut seen = Vec::new();
    for name in ["editor", "editor@lacdien.example", "khong-co-ai", "approver", "x'; --"] {
        let jobs = khomo.count(&format!("job WHERE kind = '{LETTER}'"));
        let entries = khomo.count("audit_entry");
        let answer = forget(&khomo, name).await;
        let more = khomo.count(&format!("job WHERE kind = '{LETTER}'")) - jobs;
        seen.push((answer.status, bare(&answer), more, khomo.count("audit_entry") - entries));
        assert!(!answer.text().contains(name), "what was typed is not shown again");
    }
    assert!(seen.iter().all(|one| *one == seen[0]), "{seen:#?}");
    assert_eq!((seen[0].0, seen[0].2), (200, 1));
    khomo.work().await;
    let to: Vec<String> = links(&khomo).into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["editor@lacdien.example"; 2], "letters go to the account's own mailbox only");
}

#[actix_web::test]
async fn a_line_break_in_the_name_writes_to_nobody() {
    let khomo = with_mail();
    for name in ["editor\r\nBcc: thief@evil.example", "editor\nX: y", "editor\0", "a\u{7}b"] {
        assert_eq!(forget(&khomo, name).await.status, 200, "{name:?}");
    }
    khomo.work().await;
    assert_eq!(khomo.app.parts.mail.sent().len(), 0);
    for name in ["", "  ", &"x".repeat(300)] {
        assert_eq!(forget(&khomo, name).await.status, 422, "{name:?}");
    }
    assert_eq!(khomo.count(&format!("job WHERE kind = '{LETTER}'")), 0);
}

#[actix_web::test]
async fn a_mailed_link_sets_a_password_once_ends_every_session_and_tells_the_owner() {
    let khomo = with_mail();
    let mut open = khomo.signed_in("editor").await;
    forget(&khomo, "EDITOR").await;
    khomo.work().await;
    let (to, key) = links(&khomo).remove(0);
    assert_eq!(to, "editor@lacdien.example");
    // The database alone opens nothing.
    let stored = [
        khomo.lines("SELECT key_hash AS line FROM password_link"),
        khomo.lines("SELECT payload AS line FROM job"),
        khomo.lines("SELECT detail AS line FROM audit_entry"),
        khomo.lines("SELECT args AS line FROM notice"),
    ];
    assert!(!stored.concat().join("\n").contains(&key));
    for wrong in ["ngắn", "matkhau123456", "editor20262026"] {
        let answer = set(&khomo, &key, wrong).await;
        assert_eq!((answer.status, answer.attributes("#errors a", "href")[0].as_str()), (422, "#fresh"), "{wrong}");
    }
    let answer = set(&khomo, &key, FRESH).await;
    assert_eq!(answer.header("location"), Some("/internal/sign-in"));
    assert_eq!(open.get("/internal/account").await.status, 303, "open sessions ended");
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 422);
    assert_eq!(khomo.internal().await.sign_in("editor", FRESH).await.status, 303);
    khomo.work().await;
    let last = khomo.app.parts.mail.sent().pop().unwrap();
    assert!(last.letter.to == "editor@lacdien.example" && !last.letter.text.contains("key="), "told afterwards");
    let again = set(&khomo, &key, "một câu khác rất dài").await;
    assert_eq!(again.status, 422, "a link works once");
    assert_eq!(khomo.internal().await.sign_in("editor", FRESH).await.status, 303);
}

#[actix_web::test]
async fn a_link_is_over_after_half_an_hour_and_never_opens_another_account() {
    let khomo = with_mail();
    forget(&khomo, "editor").await;
    forget(&khomo, "approver").await;
    khomo.work().await;
    let found = links(&khomo);
    let key = |who: &str| found.iter().find(|(to, _)| to.starts_with(who)).unwrap().1.clone();
    let answer = {
        let mut browser = khomo.internal().await;
        browser.get(&format!("/internal/sign-in/reset?key={}", key("editor"))).await;
        let id = khomo.id("approver").to_string();
        let fields = [
            ("key", key("editor")),
            ("fresh", FRESH.to_owned()),
            ("again", FRESH.to_owned()),
            ("name", "approver".to_owned()),
            ("account", id),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.post("/internal/sign-in/reset", &fields).await
    };
    assert_eq!(answer.status, 303);
    assert_eq!(khomo.internal().await.sign_in("approver", PASSWORD).await.status, 303, "another account is untouched");
    khomo.clock.advance(30 * 60);
    assert_eq!(set(&khomo, &key("approver"), FRESH).await.status, 422);
    for wrong in ["", "x", &"0".repeat(64), &key("approver").to_uppercase()] {
        let mut browser = khomo.internal().await;
        let page = browser.get(&format!("/internal/sign-in/reset?key={wrong}")).await;
        assert!(page.status == 200 && page.attributes("#fresh", "id").is_empty(), "{wrong}");
        assert_eq!(set(&khomo, wrong, FRESH).await.status, 422, "{wrong}");
    }
}

#[actix_web::test]
async fn the_second_factor_is_asked_for_after_a_password_was_set_by_a_link() {
    let khomo = with_mail();
    let editor = khomo.id("editor");
    khomo
        .db()
        .write(&khomo.ctx("editor"), |tx| {
            let code = totp::code_at(&[7; 20], khomo.clock.now())?;
            account::turn_on(tx, &khomo.app.seal, &editor, &[7; 20], &code)
        })
        .unwrap();
    forget(&khomo, "editor").await;
    khomo.work().await;
    let (_, key) = links(&khomo).remove(0);
    let mut browser = khomo.internal().await;
    browser.get(&format!("/internal/sign-in/reset?key={key}")).await;
    let answer = browser.post("/internal/sign-in/reset", &[("key", &key), ("fresh", FRESH), ("again", FRESH)]).await;
    assert_eq!(answer.status, 303);
    assert_eq!(browser.get("/internal/datasets").await.status, 303, "the link signs nobody in");
    let answer = browser.sign_in("editor", FRESH).await;
    assert!(answer.header("location").unwrap().starts_with("/internal/sign-in/code"));
}

#[actix_web::test]
async fn asking_again_and_again_floods_no_mailbox_and_takes_no_link_from_its_owner() {
    let khomo = with_mail();
    for _ in 0..6 {
        assert_eq!(forget(&khomo, "editor").await.status, 200);
    }
    khomo.work().await;
    assert_eq!(links(&khomo).len(), 3);
    let (_, first) = links(&khomo).remove(0);
    assert_eq!(set(&khomo, &first, FRESH).await.status, 303, "the first link still opens");
    for _ in 0..14 {
        assert_eq!(forget(&khomo, "ai-do").await.status, 200);
    }
    assert_eq!(forget(&khomo, "approver").await.status, 429, "one client asks so often and no more");
    khomo.clock.advance(16 * 60);
    assert_eq!(forget(&khomo, "approver").await.status, 200);
}

#[actix_web::test]
async fn a_link_dies_with_the_lock_of_its_account() {
    let khomo = with_mail();
    forget(&khomo, "editor").await;
    khomo.work().await;
    let (_, key) = links(&khomo).remove(0);
    let editor = khomo.id("editor");
    let ctx = khomo.ctx("coordinator");
    for to in [State::Locked, State::Active] {
        let set = |tx: &mut Tx<'_>| people::set_account_state(tx, khomo.app.profile(), &editor, to, "thử");
        khomo.db().write(&ctx, set).unwrap();
    }
    assert_eq!(set(&khomo, &key, FRESH).await.status, 422);
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 303);
}

#[actix_web::test]
async fn a_letter_waits_with_its_key_under_seal_and_is_not_sent_once_its_link_is_over() {
    let khomo = with_mail();
    forget(&khomo, "editor").await;
    let system = khomo.ctx_of(Actor::System);
    let lease = khomo.db().write(&system, |tx| queue::take(tx, &[LETTER], 1)).unwrap().remove(0);
    khomo.db().write(&system, |tx| notify::deliver_letter(tx, &khomo.app.seal, &lease)).unwrap();
    let payload = khomo.lines("SELECT payload AS line FROM job WHERE kind = 'mail'").remove(0);
    let payload: serde_json::Value = serde_json::from_str(&payload).unwrap();
    let (sealed, mail) = (payload["letter"]["sealed"].as_str().unwrap(), payload["mail"].as_str().unwrap());
    let key = khomo.app.seal.open(&format!("mail/{mail}"), sealed).unwrap();
    let key = String::from_utf8(key).unwrap();
    let hashes = khomo.lines("SELECT key_hash AS line FROM password_link");
    assert_eq!(hashes, [khomo::platform::token::sha256_hex(&key)]);
    assert!(!sealed.contains(&key));
    khomo.clock.advance(31 * 60);
    khomo.work().await;
    assert_eq!(khomo.app.parts.mail.sent().len(), 0);
    assert_eq!(khomo.lines("SELECT state || ' ' || last_failure AS line FROM mail"), ["dropped link-over"]);
}

#[actix_web::test]
async fn a_new_account_begins_with_a_mailed_link_that_works_for_a_day() {
    let khomo = with_mail();
    let id = asked(&khomo);
    let ctx = khomo.ctx("coordinator");
    let issued = people::approve_request(khomo.db(), &ctx, khomo.app.profile(), &id, Delivery::Mail).await.unwrap();
    assert_eq!(issued.secret, None);
    khomo.work().await;
    let (to, key) = links(&khomo).into_iter().find(|(to, _)| to.starts_with("hanh@")).unwrap();
    assert_eq!(to, "hanh@lacdien.example");
    khomo.clock.advance(23 * 3600);
    assert_eq!(set(&khomo, &key, FRESH).await.status, 303);
    let mut browser: Browser = khomo.internal().await;
    assert_eq!(browser.sign_in("hanhnt", FRESH).await.status, 303);
    let answer = browser.get("/internal/datasets").await;
    assert!(answer.header("location").unwrap().starts_with("/internal/rules"));
}

// ---- names, addresses, a lost second factor --------------------------------------------------------------------------

/// Turns the second factor of somebody on, with the secret that [`code`] knows.
fn turn_on(khomo: &Khomo, person: &str) {
    let id = khomo.id(person);
    khomo
        .db()
        .write(&khomo.ctx(person), |tx| account::turn_on(tx, &khomo.app.seal, &id, &[7; 20], &code(khomo)))
        .unwrap();
}

/// The code that their app shows now.
fn code(khomo: &Khomo) -> String {
    totp::code_at(&[7; 20], khomo.clock.now()).unwrap()
}

fn details(khomo: &Khomo, verb: &str) -> Vec<String> {
    khomo.lines(&format!("SELECT detail AS line FROM audit_entry WHERE action = '{verb}' ORDER BY seq"))
}

#[actix_web::test]
async fn another_email_ends_sessions_and_links_and_both_addresses_hear_of_it() {
    let khomo = with_mail();
    let mut open = khomo.signed_in("editor").await;
    forget(&khomo, "editor").await;
    khomo.work().await;
    let (_, key) = links(&khomo).remove(0);
    let path = format!("/internal/accounts/{}", khomo.id("editor"));
    let mut operator = khomo.signed_in("operator").await;
    let page = operator.visit(&path).await;
    assert_eq!(page.attribute("#email", "value").as_deref(), Some("editor@lacdien.example"));
    let fields =
        [("full_name", "Trần Lan"), ("user_name", "Lan.Tran"), ("email", "Lan@LacDien.example"), ("state", "x")];
    let answer = operator.post(&format!("{path}/person"), &fields).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert!(operator.follow(answer).await.flash().is_some());
    assert_eq!(open.get("/internal/account").await.status, 303, "open sessions ended");
    assert_eq!(set(&khomo, &key, FRESH).await.status, 422, "a link mailed to the former address opens nothing");
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 422);
    assert_eq!(khomo.internal().await.sign_in("lan.tran", PASSWORD).await.status, 303);
    let before = khomo.app.parts.mail.sent().len();
    khomo.work().await;
    let mut to: Vec<String> = khomo.app.parts.mail.sent()[before..]
        .iter()
        .filter(|sent| sent.letter.subject.starts_with("Thư điện tử"))
        .map(|sent| sent.letter.to.clone())
        .collect();
    to.sort();
    assert_eq!(to, ["editor@lacdien.example", "lan@lacdien.example"]);
    assert_eq!(khomo.count("notice WHERE event = 'account-changed'"), 1);
    let detail = details(&khomo, "account.change-entry").remove(0);
    assert!(detail.contains("\"before\":{\"user_name\":\"editor\"") && detail.contains("lan.tran"), "{detail}");
}

#[actix_web::test]
async fn another_name_alone_signs_nobody_out() {
    let khomo = Khomo::start();
    let mut open = khomo.signed_in("editor").await;
    let path = format!("/internal/accounts/{}", khomo.id("editor"));
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&path).await;
    let fields = [("full_name", "Trần Lan"), ("user_name", "editor"), ("email", "editor@lacdien.example")];
    assert_eq!(coordinator.post(&format!("{path}/person"), &fields).await.status, 303);
    assert!(open.get("/internal/account").await.text().contains("Trần Lan"));
    assert_eq!((details(&khomo, "account.rename").len(), details(&khomo, "account.change-entry").len()), (1, 0));
    assert_eq!(coordinator.post(&format!("{path}/person"), &fields).await.status, 303, "nothing is another");
    assert_eq!(details(&khomo, "account.rename").len(), 1);
}

#[actix_web::test]
async fn what_somebody_else_has_is_refused_and_what_was_typed_is_kept() {
    let khomo = Khomo::start();
    asked(&khomo);
    let path = format!("/internal/accounts/{}", khomo.id("editor"));
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&path).await;
    for (user, mail, wrong) in [
        ("approver", "editor@lacdien.example", vec!["#user_name"]),
        ("hanhnt", "hanh@lacdien.example", vec!["#user_name", "#email"]),
        ("Hạnh", "không", vec!["#user_name", "#email"]),
        ("editor", "a@b.c\r\nBcc: x@y.z", vec!["#email"]),
    ] {
        let fields = [("full_name", "Trần Lan"), ("user_name", user), ("email", mail)];
        let answer = coordinator.post(&format!("{path}/person"), &fields).await;
        assert_eq!(
            (answer.status, answer.attributes("#errors a", "href")),
            (422, wrong.iter().map(|field| (*field).to_owned()).collect()),
            "{user} {mail}"
        );
        assert_eq!(answer.attribute("#user_name", "value").as_deref(), Some(user));
    }
    let own = format!("/internal/accounts/{}/person", khomo.id("coordinator"));
    let fields = [("full_name", "X"), ("user_name", "coordinator"), ("email", "x@lacdien.example")];
    assert_eq!(coordinator.post(&own, &fields).await.status, 403, "not one's own");
    let mut focal = khomo.signed_in("dau-moi").await;
    focal.visit("/internal/account").await;
    assert_eq!(focal.post(&format!("{path}/person"), &fields).await.status, 403, "who may not learns nothing");
    assert_eq!(khomo.count("account WHERE user_name = 'editor' AND email = 'editor@lacdien.example'"), 1);
}

#[actix_web::test]
async fn everybody_changes_their_own_name_and_nothing_else() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    editor.visit("/internal/account").await;
    let fields = [("full_name", "  Trần   Lan "), ("email", "x@lacdien.example"), ("user_name", "sep")];
    let answer = editor.post("/internal/account/name", &fields).await;
    assert_eq!(answer.status, 303);
    assert!(editor.follow(answer).await.text().contains("Trần   Lan"));
    assert_eq!(khomo.count("account WHERE user_name = 'editor' AND email = 'editor@lacdien.example'"), 1);
    assert!(details(&khomo, "account.rename")[0].contains("\"after\":{"));
    let long = "x".repeat(151);
    for wrong in ["", " ", "a\nb", &long] {
        let answer = editor.post("/internal/account/name", &[("full_name", wrong)]).await;
        assert_eq!((answer.status, answer.attributes("#errors a", "href")), (422, vec!["#full_name".to_owned()]));
    }
}

#[actix_web::test]
async fn a_lost_second_factor_is_taken_off_with_a_reason_and_a_code_of_ones_own() {
    let khomo = with_mail();
    turn_on(&khomo, "editor");
    let path = format!("/internal/accounts/{}", khomo.id("editor"));
    let removal = format!("{path}/second-factor/removal");
    let mut operator = khomo.signed_in("operator").await;
    turn_on(&khomo, "operator");
    khomo.clock.advance(60);
    let page = operator.visit(&path).await;
    assert!(page.attribute("#code", "id").is_some(), "who has a second factor confirms with it");
    let missing = operator.post(&removal, &[("code", &code(&khomo))]).await;
    assert_eq!((missing.status, missing.attributes("#errors a", "href")), (422, vec!["#factor_reason".to_owned()]));
    let wrong = operator.post(&removal, &[("factor_reason", "Mất điện thoại."), ("code", "000000")]).await;
    assert_eq!((wrong.status, wrong.attributes("#errors a", "href")), (422, vec!["#code".to_owned()]));
    assert_eq!(khomo.count("second_factor"), 2);
    let done = operator.post(&removal, &[("factor_reason", "Mất điện thoại."), ("code", &code(&khomo))]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!((khomo.count("second_factor"), khomo.count("recovery_code")), (1, 10));
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.header("location"), Some("/internal"));
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'second-factor-removed'"), 1);
    let letter = khomo.app.parts.mail.sent().into_iter().find(|sent| sent.letter.subject.contains("hai bước"));
    assert_eq!(letter.unwrap().letter.to, "editor@lacdien.example");
    assert!(details(&khomo, "account.remove-second-factor")[0].contains("Mất điện thoại."));
    khomo.clock.advance(60);
    let none = operator.post(&removal, &[("factor_reason", "x"), ("code", &code(&khomo))]).await;
    assert_eq!(none.status, 409);
    khomo.clock.advance(60);
    let own = format!("/internal/accounts/{}/second-factor/removal", khomo.id("operator"));
    assert_eq!(operator.post(&own, &[("factor_reason", "x"), ("code", &code(&khomo))]).await.status, 403);
}

#[actix_web::test]
async fn no_one_person_changes_the_address_and_takes_the_second_factor_off() {
    let khomo = Khomo::start();
    for person in ["editor", "approver"] {
        turn_on(&khomo, person);
    }
    let mut operator = khomo.signed_in("operator").await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let person = |who: &str| format!("/internal/accounts/{}/person", khomo.id(who));
    let removal = |who: &str| format!("/internal/accounts/{}/second-factor/removal", khomo.id(who));
    let moved = [("full_name", "X"), ("user_name", "lan.tran"), ("email", "lan@lacdien.example")];
    let renamed = [("full_name", "X"), ("user_name", "approver"), ("email", "approver@lacdien.example")];
    let why = [("factor_reason", "Mất điện thoại.")];
    operator.visit("/internal/account").await;
    coordinator.visit("/internal/account").await;
    assert_eq!(operator.post(&person("editor"), &moved).await.status, 303);
    assert_eq!(operator.post(&removal("editor"), &why).await.status, 403, "address first");
    assert_eq!(coordinator.post(&removal("editor"), &why).await.status, 303, "another person may");
    assert_eq!(operator.post(&person("approver"), &renamed).await.status, 303);
    assert_eq!(operator.post(&removal("approver"), &why).await.status, 303, "a name opens nothing");
    let moved = [("full_name", "X"), ("user_name", "approver"), ("email", "khac@lacdien.example")];
    assert_eq!(operator.post(&person("approver"), &moved).await.status, 403, "second factor first");
    khomo.clock.advance(31 * 86_400);
    let mut operator = khomo.signed_in("operator").await;
    operator.visit("/internal/account").await;
    assert_eq!(operator.post(&person("approver"), &moved).await.status, 303, "not for good");
}

// ---- several accounts at once; the list as a file --------------------------------------------------------------------

#[actix_web::test]
async fn several_accounts_are_locked_with_one_reason_and_each_refusal_is_told() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    let list = coordinator.visit("/internal/accounts?state=active").await;
    let boxes = list.attributes("input[form=selection]", "name");
    assert!(!boxes.contains(&format!("pick-{}", khomo.id("coordinator"))), "not one's own");
    let pick = |person: &str| {
        let name = format!("pick-{}", khomo.id(person));
        assert!(boxes.contains(&name), "{person}");
        name
    };
    let back = list.attribute("form#selection input[name=back]", "value").unwrap();
    let picks = ["editor", "operator", "approver"].map(pick);
    let mut fields: Vec<(&str, &str)> = picks.iter().map(|name| (name.as_str(), "1")).collect();
    fields.extend([("act", "lock"), ("back", back.as_str())]);
    let asked = coordinator.post("/internal/accounts/selection", &fields).await;
    assert_eq!((asked.status, asked.texts("tbody th").len()), (200, 3));
    assert_eq!(asked.attributes("main form input[name^=pick-]", "name").len(), 3, "what is chosen is carried on");
    assert_eq!(asked.attributes("main a.btn, .actions a", "href"), ["/internal/accounts?state=active"]);
    assert_eq!(khomo.count("account WHERE state = 'locked'"), 0, "asked once more first");
    fields.push(("confirmed", "1"));
    let missing = coordinator.post("/internal/accounts/selection", &fields).await;
    assert_eq!((missing.status, missing.attributes("#errors a", "href")), (422, vec!["#reason".to_owned()]));
    fields.push(("reason", "Nghỉ việc."));
    let done = coordinator.post("/internal/accounts/selection", &fields).await;
    assert_eq!(done.status, 200, "{}", done.text());
    assert_eq!(done.texts("tbody td:last-child .good").len(), 2);
    let refused =
        done.texts("tbody td:last-child").into_iter().find(|text| text.contains("quản trị hệ thống cuối cùng"));
    assert!(refused.is_some(), "the last operator stays");
    assert_eq!(
        khomo.lines("SELECT user_name AS line FROM account WHERE state = 'locked' ORDER BY user_name"),
        ["approver", "editor"]
    );
    assert_eq!(details(&khomo, "account.lock").len(), 2, "each has its own entry");
    assert!(details(&khomo, "account.lock").iter().all(|detail| detail.contains("Nghỉ việc.")));
    fields[3] = ("act", "unlocking");
    let again = coordinator.post("/internal/accounts/selection", &fields).await;
    assert_eq!(again.texts("tbody td:last-child .good").len(), 2, "the operator was not locked");
    assert_eq!(khomo.count("account WHERE state = 'locked'"), 0);
    let nothing = coordinator.post("/internal/accounts/selection", &[("act", "lock")]).await;
    assert_eq!(nothing.status, 422);
    assert!(nothing.texts("#errors").concat().contains("Chưa chọn"));
    for act in ["closure", "", "x"] {
        assert_eq!(coordinator.post("/internal/accounts/selection", &[("act", act)]).await.status, 404, "{act}");
    }
    let many: Vec<String> = (0..101).map(|_| format!("pick-{}", AccountId::fresh())).collect();
    let mut fields: Vec<(&str, &str)> = many.iter().map(|name| (name.as_str(), "1")).collect();
    fields.extend([("act", "lock"), ("confirmed", "1"), ("reason", "x")]);
    assert_eq!(coordinator.post("/internal/accounts/selection", &fields).await.status, 422);
    let mut focal = khomo.signed_in("auditor").await;
    focal.visit("/internal/account").await;
    assert_eq!(focal.post("/internal/accounts/selection", &fields).await.status, 403);
}

#[actix_web::test]
async fn the_list_of_accounts_leaves_as_a_file_within_ones_scope() {
    let khomo = Khomo::start();
    for number in 0..30 {
        hire(&khomo, &format!("nhan-vien-{number:02}"), &[(HOME, "editor")]);
    }
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let all = sheet(&coordinator.get("/internal/accounts.xlsx").await);
    assert_eq!(i64::try_from(all.len()).unwrap() - 1, khomo.count("account"), "every account once");
    assert_eq!(sheet(&coordinator.get("/internal/accounts.xlsx?q=nhan-vien").await).len(), 31);
    assert_eq!(sheet(&coordinator.get("/internal/accounts.xlsx?state=locked").await).len(), 1);
    let own = coordinator.get("/internal/accounts.csv?q=dau-moi").await.text();
    assert!(own.contains("dau-moi@lacdien.example") && own.contains("Cán bộ đầu mối, Sở Y tế"), "{own}");
    let mut focal = khomo.signed_in("dau-moi").await;
    let theirs = focal.get("/internal/accounts.csv").await.text();
    assert!(theirs.contains("nhan-vien-07") && !theirs.contains("stranger"));
    let agencies = focal.get("/internal/agencies.csv").await.text();
    assert!(agencies.contains("Sở Y tế") && !agencies.contains("Sở Nông nghiệp"), "{agencies}");
    assert_eq!(sheet(&coordinator.get("/internal/agencies.xlsx").await).len(), 3);
    super::agencies::named(&khomo);
    let points = focal.get("/internal/agencies/focal-points.csv").await.text();
    assert!(points.contains("Lê Văn Bình") && points.contains("Chờ xác nhận"), "{points}");
    for verb in ["account.export", "agency.export", "focal-point.export"] {
        assert!(!details(&khomo, verb).is_empty(), "{verb}");
    }
}
