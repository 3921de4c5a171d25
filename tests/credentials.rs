//! One's own credentials: password, second factor, recovery codes, sessions, keys for programs, rules of use.

use khomo::account::{self, scope};
use khomo::kernel::Actor;
use khomo::platform::{password, totp};

use crate::support::kit::{Answer, Browser, HOME, Khomo, PASSWORD, new_account};

const NEW: &str = "ruộng lúa xanh cuối làng";

async fn change(browser: &mut Browser, current: &str, fresh: &str, again: &str) -> Answer {
    browser.visit("/internal/account/password").await;
    browser.post("/internal/account/password", &[("current", current), ("fresh", fresh), ("again", again)]).await
}

/// Turns the second factor on; gives its secret and the recovery codes.
async fn turn_on(khomo: &Khomo, browser: &mut Browser) -> (Vec<u8>, Vec<String>) {
    let page = browser.visit("/internal/account/second-factor").await;
    let secret = base32(&page.texts(".steps-list code")[0]);
    let code = totp::code_at(&secret, khomo.clock.now()).unwrap();
    let done = browser.post("/internal/account/second-factor", &[("code", &code)]).await;
    assert_eq!(done.status, 200, "{}", done.text());
    let codes = done.texts(".codes li");
    assert_eq!(codes.len(), 10);
    (secret, codes)
}

/// RFC 4648, by hand: the page's letters must mean what every app reads in them.
fn base32(typed: &str) -> Vec<u8> {
    let mut bits = String::new();
    for letter in typed.chars().filter(|c| !c.is_whitespace()) {
        let value = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".find(letter).unwrap();
        bits.push_str(&format!("{value:05b}"));
    }
    bits.as_bytes()
        .chunks_exact(8)
        .map(|byte| u8::from_str_radix(std::str::from_utf8(byte).unwrap(), 2).unwrap())
        .collect()
}

#[actix_web::test]
async fn a_new_password_signs_in_the_old_one_does_not_and_other_sessions_end() {
    let khomo = Khomo::start();
    let mut other = khomo.signed_in("editor").await;
    let mut browser = khomo.signed_in("editor").await;
    let answer = change(&mut browser, PASSWORD, NEW, NEW).await;
    assert_eq!(answer.status, 303);
    assert!(browser.follow(answer).await.flash().is_some());
    assert_eq!(other.get("/internal/account").await.status, 303, "the other session has ended");
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 422);
    assert_eq!(khomo.internal().await.sign_in("editor", NEW).await.status, 303);
}

#[actix_web::test]
async fn every_wrong_field_of_a_password_change_is_named_and_nothing_is_sent_back() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let answer = change(&mut browser, "", "ngắn lắm", "khác").await;
    assert_eq!(answer.status, 422);
    assert_eq!(answer.attributes("#errors a", "href"), ["#current", "#fresh", "#again"]);
    assert_eq!(answer.attributes("input[type=password]", "value"), ["", "", ""]);
    for (current, fresh, field) in
        [("không phải", NEW, "#current"), (PASSWORD, PASSWORD, "#fresh"), (PASSWORD, "matkhau123456", "#fresh")]
    {
        let answer = change(&mut browser, current, fresh, fresh).await;
        assert_eq!((answer.status, answer.attributes("#errors a", "href")), (422, vec![field.to_owned()]), "{fresh}");
    }
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 303, "the old one holds");
}

#[actix_web::test]
async fn guessing_the_present_password_rests_like_guessing_at_sign_in() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    for _ in 0..10 {
        assert_eq!(change(&mut browser, "đoán mò", NEW, NEW).await.status, 422);
    }
    assert_eq!(change(&mut browser, PASSWORD, NEW, NEW).await.status, 429);
    assert_eq!(browser.get("/internal/account").await.status, 200, "its owner stays signed in");
    khomo.clock.advance(16 * 60);
    assert_eq!(change(&mut browser, PASSWORD, NEW, NEW).await.status, 303);
}

#[actix_web::test]
async fn a_first_password_must_be_changed_and_the_rules_accepted_before_anything_else() {
    let khomo = Khomo::start();
    let home = khomo.agency(HOME);
    let hash = password::hash(PASSWORD).unwrap();
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::Operator), |tx| {
            let id = account::create(tx, new_account("moi", vec![(home, "editor".to_owned())]))?;
            account::set_password(tx, &id, &hash, true)
        })
        .unwrap();
    let mut browser = khomo.internal().await;
    assert_eq!(browser.sign_in("moi", PASSWORD).await.status, 303);
    for path in ["/internal/datasets", "/internal/account", "/internal/account/tokens"] {
        let answer = browser.get(path).await;
        assert_eq!(answer.status, 303);
        assert!(answer.header("location").unwrap().starts_with("/internal/account/password"), "{path}");
    }
    assert_eq!(change(&mut browser, PASSWORD, NEW, NEW).await.status, 303);
    let answer = browser.get("/internal/datasets").await;
    assert!(answer.header("location").unwrap().starts_with("/internal/rules"));
    let page = browser.visit("/internal/rules").await;
    let version = page.attribute("input[name=version]", "value").unwrap();
    browser.post("/internal/rules", &[("version", "một bản khác")]).await;
    assert_eq!(browser.get("/internal/datasets").await.status, 303, "what was not read is not accepted");
    browser.visit("/internal/rules").await;
    browser.post("/internal/rules", &[("version", &version)]).await;
    assert_eq!(browser.get("/internal/datasets").await.status, 200);
}

#[actix_web::test]
async fn somebody_who_owes_a_step_can_still_sign_out() {
    let khomo = Khomo::start();
    khomo.raw("UPDATE account SET password_must_change = TRUE").unwrap();
    let mut browser = khomo.internal().await;
    browser.sign_in("editor", PASSWORD).await;
    browser.visit("/internal/account/password").await;
    let answer = browser.post("/internal/sign-out", &[]).await;
    assert_eq!(answer.header("location"), Some("/internal/sign-in"));
    assert_eq!(khomo.count("session"), 0);
}

#[actix_web::test]
async fn with_a_second_factor_the_password_alone_opens_nothing() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let (secret, _) = turn_on(&khomo, &mut browser).await;
    let mut fresh = khomo.internal().await;
    let answer = fresh.sign_in("editor", PASSWORD).await;
    assert!(answer.header("location").unwrap().starts_with("/internal/sign-in/code"));
    for path in ["/internal/datasets", "/internal/account", "/internal/account/second-factor"] {
        assert_eq!(fresh.get(path).await.status, 303, "{path}");
    }
    fresh.visit("/internal/sign-in/code").await;
    assert_eq!(fresh.post("/internal/sign-in/code", &[("code", "000000")]).await.status, 422);
    khomo.clock.advance(60);
    let code = totp::code_at(&secret, khomo.clock.now()).unwrap();
    assert_eq!(fresh.post("/internal/sign-in/code", &[("code", &code)]).await.status, 303);
    assert_eq!(fresh.get("/internal/datasets").await.status, 200);
    // Asked for in the language chosen on the way in, which stays.
    let mut english = khomo.internal().await;
    english.visit("/internal/sign-in?lang=en").await;
    let answer = english.post("/internal/sign-in?lang=en", &[("name", "editor"), ("password", PASSWORD)]).await;
    let asked = answer.header("location").unwrap().to_owned();
    english.visit(&asked).await;
    assert_eq!(english.get(&asked).await.attribute("html", "lang").as_deref(), Some("en"));
    khomo.clock.advance(60);
    let next = totp::code_at(&secret, khomo.clock.now()).unwrap();
    assert_eq!(english.post("/internal/sign-in/code?lang=en", &[("code", &next)]).await.status, 303);
    assert_eq!(english.get("/internal").await.attribute("html", "lang").as_deref(), Some("en"));
    let code = next;
    // A code works once, even for somebody who saw it over a shoulder.
    let mut thief = khomo.internal().await;
    thief.sign_in("editor", PASSWORD).await;
    thief.visit("/internal/sign-in/code").await;
    assert_eq!(thief.post("/internal/sign-in/code", &[("code", &code)]).await.status, 422);
}

#[actix_web::test]
async fn the_second_step_ends_after_ten_minutes_and_guessing_codes_rests() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let (secret, _) = turn_on(&khomo, &mut browser).await;
    let mut late = khomo.internal().await;
    late.sign_in("editor", PASSWORD).await;
    late.visit("/internal/sign-in/code").await;
    khomo.clock.advance(11 * 60);
    let code = totp::code_at(&secret, khomo.clock.now()).unwrap();
    let answer = late.post("/internal/sign-in/code", &[("code", &code)]).await;
    assert_eq!(answer.header("location"), Some("/internal/sign-in"));
    let mut guesser = khomo.internal().await;
    guesser.sign_in("editor", PASSWORD).await;
    guesser.visit("/internal/sign-in/code").await;
    for _ in 0..10 {
        assert_eq!(guesser.post("/internal/sign-in/code", &[("code", "123456")]).await.status, 422);
    }
    // The right password in between sets nothing back.
    assert_eq!(khomo.internal().await.sign_in("editor", PASSWORD).await.status, 429);
    assert_eq!(guesser.post("/internal/sign-in/code", &[("code", &code)]).await.status, 429);
}

#[actix_web::test]
async fn a_recovery_code_signs_in_once_in_any_writing() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let (_, codes) = turn_on(&khomo, &mut browser).await;
    let typed = codes[3].replace('-', "").to_uppercase();
    for expected in [303, 422] {
        let mut fresh = khomo.internal().await;
        fresh.sign_in("editor", PASSWORD).await;
        fresh.visit("/internal/sign-in/code").await;
        assert_eq!(fresh.post("/internal/sign-in/code", &[("code", &typed)]).await.status, expected);
    }
    assert_eq!(khomo.count("recovery_code"), 9);
}

#[actix_web::test]
async fn turning_the_second_factor_off_or_new_codes_want_a_code() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let (secret, old) = turn_on(&khomo, &mut browser).await;
    for path in ["/internal/account/second-factor/removal", "/internal/account/second-factor/codes"] {
        browser.visit("/internal/account/second-factor").await;
        assert_eq!(browser.post(path, &[("code", "123456")]).await.status, 422, "{path}");
    }
    khomo.clock.advance(60);
    let code = totp::code_at(&secret, khomo.clock.now()).unwrap();
    let fresh = browser.post("/internal/account/second-factor/codes", &[("code", &code)]).await.texts(".codes li");
    assert!(fresh.len() == 10 && fresh.iter().all(|code| !old.contains(code)));
    khomo.clock.advance(60);
    let code = totp::code_at(&secret, khomo.clock.now()).unwrap();
    browser.visit("/internal/account/second-factor").await;
    assert_eq!(browser.post("/internal/account/second-factor/removal", &[("code", &code)]).await.status, 303);
    assert_eq!((khomo.count("second_factor"), khomo.count("recovery_code")), (0, 0));
}

#[actix_web::test]
async fn the_database_alone_gives_no_second_factor_and_no_key_away() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let (secret, codes) = turn_on(&khomo, &mut browser).await;
    browser.visit("/internal/account/tokens").await;
    let page =
        browser.post("/internal/account/tokens", &[("name", "máy chủ"), ("scopes", "read"), ("days", "30")]).await;
    let key = page.texts("section.panel code").remove(0);
    let stored = [
        khomo.lines("SELECT secret AS line FROM second_factor"),
        khomo.lines("SELECT code_hash AS line FROM recovery_code"),
        khomo.lines("SELECT key_hash AS line FROM api_token"),
        khomo.lines("SELECT detail AS line FROM audit_entry"),
        khomo.lines("SELECT state AS line FROM session"),
    ]
    .concat()
    .join("\n");
    for hidden in [hex::encode(&secret), codes[0].clone(), codes[0].replace('-', ""), key] {
        assert!(!stored.contains(&hidden), "{hidden}");
    }
}

#[actix_web::test]
async fn a_role_that_wants_a_second_factor_leads_to_setting_it_up() {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", "tay-ninh-2024")]);
    let mut browser = khomo.internal().await;
    browser.sign_in("coordinator", PASSWORD).await;
    let answer = browser.get("/internal/datasets").await;
    assert!(answer.header("location").unwrap().starts_with("/internal/account/second-factor"));
    turn_on(&khomo, &mut browser).await;
    assert_eq!(browser.get("/internal/datasets").await.status, 200);
    let page = browser.visit("/internal/account/second-factor").await;
    assert!(page.attributes("button", "formaction").is_empty(), "it cannot be turned off");
}

#[actix_web::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let khomo = Khomo::start();
    let mut first = khomo.signed_in("editor").await;
    let mut second = khomo.signed_in("editor").await;
    let mut stranger = khomo.signed_in("approver").await;
    let page = first.visit("/internal/account").await;
    let ends = page.attributes("form[action*='/sessions/']", "action");
    let one = ends.iter().find(|action| action.ends_with("/end") && !action.ends_with("sessions/end")).unwrap();
    stranger.visit("/internal/account").await;
    assert_eq!(stranger.post(one, &[]).await.status, 404);
    assert_eq!(second.get("/internal/account").await.status, 200);
    assert_eq!(first.post(one, &[]).await.status, 303);
    assert_eq!(second.get("/internal/account").await.status, 303);
    let mut third = khomo.signed_in("editor").await;
    first.visit("/internal/account").await;
    assert_eq!(first.post("/internal/account/sessions/end", &[]).await.status, 303);
    assert_eq!(third.get("/internal/account").await.status, 303);
    assert_eq!(first.get("/internal/account").await.status, 200);
}

#[actix_web::test]
async fn the_history_shows_ones_own_sign_ins_and_refusals() {
    let khomo = Khomo::start();
    khomo.internal().await.sign_in("editor", "sai").await;
    let mut browser = khomo.signed_in("editor").await;
    let page = browser.visit("/internal/account/history").await;
    assert_eq!(page.texts("tbody .badge.bad").len(), 1);
    assert!(!page.texts("tbody .badge.good").is_empty());
    let approver = khomo.signed_in("approver").await.visit("/internal/account/history").await;
    assert!(approver.texts("tbody .badge.bad").is_empty());
}

#[actix_web::test]
async fn a_key_works_for_its_scope_until_it_ends_or_is_revoked() {
    let khomo = Khomo::start();
    let id = khomo.id("editor");
    let ctx = khomo.ctx("editor");
    let make = |days| {
        let scopes = [scope::READ.to_owned()];
        khomo.db().write(&ctx, |tx| account::make_token(tx, &id, "máy", &scopes, days))
    };
    let key = make(1).unwrap();
    let (owner, token) = account::by_token(khomo.db(), &key).await.unwrap();
    assert_eq!((owner, token.scopes.as_slice()), (id.clone(), [scope::READ.to_owned()].as_slice()));
    for wrong in ["", "khomo_", &key[..key.len() - 1], &key.to_uppercase(), &format!("{key}0")] {
        assert!(account::by_token(khomo.db(), wrong).await.unwrap_err().has("token-unknown"), "{wrong}");
    }
    khomo.clock.advance(86_400);
    assert!(account::by_token(khomo.db(), &key).await.unwrap_err().has("token-unknown"), "it has ended");
    for (days, code) in [(0, "token-days"), (366, "token-days")] {
        assert!(make(days).unwrap_err().has(code));
    }
    let mut browser = khomo.signed_in("editor").await;
    browser.visit("/internal/account/tokens").await;
    let page =
        browser.post("/internal/account/tokens", &[("name", "hai"), ("scopes", "read write"), ("days", "9")]).await;
    let key = page.texts("section.panel code").remove(0);
    assert!(!browser.get("/internal/account/tokens").await.text().contains(&key), "shown once");
    let revoke = page.attribute("form[action$=revocation]", "action").unwrap();
    let mut other = khomo.signed_in("approver").await;
    other.visit("/internal/account/tokens").await;
    assert_eq!(other.post(&revoke, &[]).await.status, 404);
    browser.visit("/internal/account/tokens").await;
    assert_eq!(browser.post(&revoke, &[]).await.status, 303);
    assert!(account::by_token(khomo.db(), &key).await.is_err());
}
