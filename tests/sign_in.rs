//! Signing in and staying signed in: same answer to every failure, new key at every sign-in, an end to every session.

use khomo::worker;

use crate::support::kit::{Answer, Browser, HOME, Khomo, PASSWORD, new_account};

fn is_signed_in(answer: &Answer) -> bool {
    assert!([200, 303].contains(&answer.status), "{}", answer.status);
    answer.status == 200
}

async fn signed_in(browser: &mut Browser) -> bool {
    is_signed_in(&browser.get("/internal/account").await)
}

/// The page without what differs by chance: the token, the typed name.
fn plain(answer: &Answer, token: &str, name: &str) -> String {
    answer.text().replace(token, "TOKEN").replace(&format!("value=\"{name}\""), "value=\"NAME\"")
}

#[actix_web::test]
async fn every_failure_to_sign_in_looks_the_same() {
    let khomo = Khomo::start();
    khomo.raw(&format!("UPDATE account SET state = 'locked' WHERE id = '{}'", khomo.id("auditor"))).unwrap();
    khomo.raw(&format!("UPDATE account SET password_hash = NULL WHERE id = '{}'", khomo.id("nobody"))).unwrap();
    let mut pages = Vec::new();
    for (name, password) in [
        ("editor", "sai"),
        ("khong-co-ai", "sai"),
        ("auditor", PASSWORD),
        ("nobody", ""),
        ("nobody", PASSWORD),
        ("editor", &PASSWORD.to_uppercase()),
        ("editor", &format!(" {PASSWORD}")),
    ] {
        let password = if password.is_empty() { "x" } else { password };
        let mut browser = khomo.internal().await;
        let answer = browser.sign_in(name, password).await;
        assert_eq!(answer.status, 422, "{name}");
        let token = browser.token().unwrap();
        assert!(!answer.text().contains(PASSWORD), "a password is never sent back");
        pages.push(plain(&answer, token, name));
        assert!(!signed_in(&mut browser).await);
    }
    for page in &pages {
        assert_eq!(page, &pages[0]);
    }
}

#[actix_web::test]
async fn an_empty_form_names_both_fields_in_both_languages() {
    let khomo = Khomo::start();
    let mut browser = khomo.internal().await;
    browser.get("/internal/sign-in").await;
    let mut said = Vec::new();
    for lang in ["vi", "en"] {
        let answer = browser.post(&format!("/internal/sign-in?lang={lang}"), &[]).await;
        assert_eq!(answer.status, 422);
        assert_eq!(answer.attributes("#errors a", "href"), ["#name", "#password"]);
        assert_eq!(answer.attribute("html", "lang").as_deref(), Some(lang));
        said.push(answer.texts("#errors a"));
    }
    assert_ne!(said[0], said[1]);
}

#[actix_web::test]
async fn a_language_chosen_on_the_way_in_stays_chosen() {
    let khomo = Khomo::start();
    let changes = "audit_entry WHERE action = 'account.set-language'";
    let fields = [("name", "editor"), ("password", PASSWORD)];
    for _ in 0..2 {
        let mut browser = khomo.internal().await;
        browser.visit("/internal/sign-in?lang=en").await;
        assert_eq!(browser.post("/internal/sign-in?lang=en", &fields).await.status, 303);
        assert_eq!(browser.get("/internal").await.attribute("html", "lang").as_deref(), Some("en"));
        assert_eq!(khomo.count(changes), 1, "what is as it was is not written down");
    }
    // The page as it comes chooses nothing.
    let mut browser = khomo.signed_in("editor").await;
    assert_eq!(browser.get("/internal").await.attribute("html", "lang").as_deref(), Some("en"));
}

#[actix_web::test]
async fn the_name_or_the_mail_signs_in_in_any_case() {
    let khomo = Khomo::start();
    for name in ["editor", "EDITOR", " editor ", "editor@lacdien.example", "Editor@LacDien.example"] {
        let mut browser = khomo.internal().await;
        assert_eq!(browser.sign_in(name, PASSWORD).await.status, 303, "{name}");
        assert!(signed_in(&mut browser).await, "{name}");
    }
}

#[actix_web::test]
async fn the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_ends_with_the_browser() {
    let khomo = Khomo::start();
    let plain = khomo.internal().await.get("/internal/sign-in").await.all("set-cookie").join("\n");
    for part in ["khomo=", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(plain.contains(part), "{part}: {plain}");
    }
    for part in ["Max-Age", "Expires", "Domain", "Secure"] {
        assert!(!plain.contains(part), "{part}: {plain}");
    }
    let behind_https = Khomo::start_with(&[("KHOMO_INTERNAL_URL", "https://noi-bo.lacdien.example")]);
    let safe = behind_https.internal().await.get("/internal/sign-in").await.all("set-cookie").join("\n");
    assert!(safe.starts_with("__Host-khomo="), "{safe}");
    for part in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(safe.contains(part), "{part}: {safe}");
    }
    assert!(!safe.contains("Domain"), "{safe}");
}

#[actix_web::test]
async fn a_key_known_before_signing_in_opens_nothing_after() {
    let khomo = Khomo::start();
    let mut browser = khomo.internal().await;
    browser.get("/internal/sign-in").await;
    let before = browser.cookies.clone();
    browser.post("/internal/sign-in", &[("name", "editor"), ("password", PASSWORD)]).await;
    assert_ne!(browser.cookies, before);
    assert!(signed_in(&mut browser).await);
    let mut thief = browser.stranger();
    thief.cookies = before;
    assert!(!signed_in(&mut thief).await);
    assert_eq!(khomo.count("session"), 1, "the session before is gone");
}

#[actix_web::test]
async fn a_token_known_before_signing_in_is_worth_nothing_after() {
    let khomo = Khomo::start();
    let mut browser = khomo.internal().await;
    browser.get("/internal/sign-in").await;
    let before = browser.token().unwrap().to_owned();
    browser.post("/internal/sign-in", &[("name", "editor"), ("password", PASSWORD)]).await;
    assert_eq!(browser.post_bare("/internal/sign-out", &[("csrf", &before)]).await.status, 403);
    assert!(signed_in(&mut browser).await);
}

#[actix_web::test]
async fn the_database_knows_no_key_that_opens_a_session() {
    let khomo = Khomo::start();
    let browser = khomo.signed_in("editor").await;
    let kept = khomo.lines("SELECT key_hash AS line FROM session");
    let cookie = browser.cookies.values().next().unwrap();
    let mut thief = browser.stranger();
    for hash in &kept {
        assert!(!cookie.contains(hash.as_str()));
        thief.cookies.insert("khomo".to_owned(), hash.clone());
        assert!(!signed_in(&mut thief).await);
    }
}

#[actix_web::test]
async fn a_cookie_that_somebody_wrote_themselves_opens_nothing() {
    let khomo = Khomo::start();
    let browser = khomo.signed_in("editor").await;
    let cookie = browser.cookies["khomo"].clone();
    let mut flipped = cookie.clone().into_bytes();
    let last = flipped.len() - 1;
    flipped[last] = if flipped[last] == b'A' { b'B' } else { b'A' };
    for forged in
        [String::new(), "x".to_owned(), String::from_utf8(flipped).unwrap(), cookie[..cookie.len() / 2].to_owned()]
    {
        let mut thief = browser.stranger();
        thief.cookies.insert("khomo".to_owned(), forged.clone());
        assert!(!signed_in(&mut thief).await, "{forged}");
    }
}

#[actix_web::test]
async fn signing_out_ends_the_session_for_whoever_holds_its_cookie() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    browser.visit("/internal/account").await;
    let mut copy = browser.stranger();
    copy.cookies = browser.cookies.clone();
    assert!(signed_in(&mut copy).await);
    let answer = browser.post("/internal/sign-out", &[]).await;
    assert_eq!((answer.status, answer.header("location")), (303, Some("/internal/sign-in")));
    assert!(answer.header("clear-site-data").is_some());
    assert!(!signed_in(&mut browser).await);
    assert!(!signed_in(&mut copy).await);
    assert_eq!(khomo.count("session WHERE account_id IS NOT NULL"), 0);
}

#[actix_web::test]
async fn a_locked_account_and_a_lost_role_count_at_the_next_request() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("auditor").await;
    assert_eq!(browser.get("/internal/audit").await.status, 200);
    let id = khomo.id("auditor");
    khomo.raw(&format!("UPDATE account_role SET role = 'editor' WHERE account_id = '{id}'")).unwrap();
    assert_eq!(browser.get("/internal/audit").await.status, 403);
    khomo.raw(&format!("UPDATE account_role SET valid_to = '2026-09-03' WHERE account_id = '{id}'")).unwrap();
    assert_eq!(browser.get("/internal/account").await.status, 403);
    khomo.raw(&format!("UPDATE account_role SET valid_to = NULL WHERE account_id = '{id}'")).unwrap();
    for state in ["locked", "closed"] {
        khomo.raw(&format!("UPDATE account SET state = '{state}' WHERE id = '{id}'")).unwrap();
        assert!(!signed_in(&mut browser).await, "{state}");
    }
}

#[actix_web::test]
async fn a_session_ends_after_half_an_hour_without_use() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    khomo.clock.advance(29 * 60);
    assert!(signed_in(&mut browser).await);
    khomo.clock.advance(29 * 60);
    assert!(signed_in(&mut browser).await, "use keeps it open");
    khomo.clock.advance(30 * 60);
    assert!(!signed_in(&mut browser).await);
    assert!(!signed_in(&mut browser).await, "and it does not come back");
}

#[actix_web::test]
async fn a_session_ends_after_twelve_hours_however_much_it_is_used() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    for _ in 0..35 {
        khomo.clock.advance(20 * 60);
        assert!(signed_in(&mut browser).await);
    }
    khomo.clock.advance(20 * 60);
    assert!(!signed_in(&mut browser).await);
}

#[actix_web::test]
async fn dead_sessions_are_swept_and_live_ones_stay() {
    let khomo = Khomo::start();
    let _old = khomo.signed_in("editor").await;
    khomo.clock.advance(40 * 60);
    let mut fresh = khomo.signed_in("approver").await;
    let ctx = khomo.ctx_of(khomo::kernel::Actor::System);
    let swept = khomo.db().write(&ctx, |tx| khomo::account::sweep_sessions(tx, 30 * 60)).unwrap();
    assert_eq!((swept, khomo.count("session")), (1, 1));
    assert!(signed_in(&mut fresh).await);
    worker::write_counts(&khomo.app).await.unwrap();
}

#[actix_web::test]
async fn a_person_has_no_more_sessions_than_the_profile_allows_and_the_oldest_ends() {
    let khomo = Khomo::start();
    let most = khomo.app.profile().accounts.sessions_max.value;
    let mut other = khomo.signed_in("approver").await;
    let mut open = Vec::new();
    for _ in 0..most {
        khomo.clock.advance(1);
        open.push(khomo.signed_in("editor").await);
    }
    for browser in &mut open {
        assert!(signed_in(browser).await, "{most} are allowed");
    }
    khomo.clock.advance(1);
    open.push(khomo.signed_in("editor").await);
    let mut left = Vec::new();
    for browser in &mut open {
        left.push(signed_in(browser).await);
    }
    let mut wanted = vec![true; open.len()];
    wanted[0] = false;
    assert_eq!(left, wanted);
    assert!(signed_in(&mut other).await, "nobody else's session ends");
    let id = khomo.id("editor");
    assert_eq!(khomo.count(&format!("session WHERE account_id = '{id}'")), i64::from(most));
    let ended =
        format!("audit_entry WHERE action = 'account.end-session' AND object_id = '{id}' AND actor_id = '{id}'");
    assert_eq!(khomo.count(&ended), 1, "the log says so");
}

#[actix_web::test]
async fn a_session_that_the_database_cannot_give_is_the_usual_error_page() {
    let khomo = Khomo::start();
    let mut browser = khomo.signed_in("editor").await;
    let usual = browser.get("/internal/khong-co").await;
    khomo.raw("ALTER TABLE session RENAME TO lost").unwrap();
    // With a cookie the session is looked for before the page; without one it is kept after it.
    let (with, without) = (browser.get("/internal/account").await, browser.stranger().get("/internal/sign-in").await);
    for answer in [&with, &without] {
        assert_eq!((answer.status, answer.header("retry-after")), (503, Some("10")));
        assert!(answer.is_html() && answer.texts("h1").len() == 1, "{}", answer.text());
        for name in ["content-security-policy", "x-frame-options", "x-robots-tag", "x-content-type-options"] {
            assert_eq!(answer.header(name), usual.header(name), "{name}");
        }
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("no-store")));
        let id = answer.header("x-request-id").unwrap();
        assert!(answer.text().contains(id), "the page names the request");
        assert!(!answer.text().contains("session"), "and nothing of the cause: {}", answer.text());
    }
    khomo.raw("ALTER TABLE lost RENAME TO session").unwrap();
    assert!(signed_in(&mut browser).await, "nothing was lost by it");
}

#[actix_web::test]
async fn ten_wrong_passwords_rest_the_account_for_a_quarter_of_an_hour_but_not_its_open_session() {
    let khomo = Khomo::start();
    let mut open = khomo.signed_in("editor").await;
    let mut guesser = khomo.internal().await;
    for _ in 0..10 {
        assert_eq!(guesser.sign_in("editor", "sai").await.status, 422);
    }
    for password in ["sai", PASSWORD] {
        let answer = guesser.sign_in("editor", password).await;
        assert_eq!(answer.status, 429, "resting");
        assert!(answer.text().contains("15"), "it says for how long");
    }
    assert!(signed_in(&mut open).await);
    assert_eq!(khomo.signed_in("approver").await.sign_in("approver", PASSWORD).await.status, 303, "others sign in");
    khomo.clock.advance(15 * 60);
    assert_eq!(guesser.sign_in("editor", PASSWORD).await.status, 303);
    // A right password starts the count anew.
    for _ in 0..9 {
        assert_eq!(guesser.sign_in("editor", "sai").await.status, 422);
    }
    assert_eq!(guesser.sign_in("editor", PASSWORD).await.status, 303);
}

#[actix_web::test]
async fn guessing_does_not_tell_which_names_exist() {
    let khomo = Khomo::start();
    let mut last = Vec::new();
    for name in ["editor", "khong-co-ai"] {
        let mut guesser = khomo.internal().await;
        let mut answer = guesser.sign_in(name, "sai").await;
        for _ in 0..10 {
            answer = guesser.sign_in(name, "sai").await;
        }
        last.push(answer.status);
    }
    assert_eq!(last[0], last[1]);
}

#[actix_web::test]
async fn after_signing_in_one_comes_where_one_wanted_within_this_portal_only() {
    let khomo = Khomo::start();
    let home = "/internal";
    for (next, to) in [
        ("/internal/audit?page=2&actor=L%C3%AA", "/internal/audit?page=2&actor=L%C3%AA"),
        ("/internal/account", "/internal/account"),
        ("https://evil.example/", home),
        ("//evil.example/", home),
        ("/\\evil.example", home),
        ("/internal//evil.example", home),
        ("/internal/\r\nLocation: https://evil.example", home),
        ("/internal/sign-out", home),
        ("javascript:alert(1)", home),
        ("", home),
    ] {
        let mut browser = khomo.internal().await;
        let encoded = percent_encoding::utf8_percent_encode(next, percent_encoding::NON_ALPHANUMERIC).to_string();
        let page = browser.get(&format!("/internal/sign-in?next={encoded}")).await;
        let kept = page.attribute("input[name=next]", "value");
        assert!(kept.is_none() || to == next, "{next}: the form keeps {kept:?}");
        let answer =
            browser.post("/internal/sign-in", &[("name", "auditor"), ("password", PASSWORD), ("next", next)]).await;
        assert_eq!((answer.status, answer.header("location")), (303, Some(to)), "{next}");
    }
}

#[actix_web::test]
async fn who_is_sent_to_sign_in_comes_back_to_the_page_asked_for() {
    let khomo = Khomo::start();
    let mut browser = khomo.internal().await;
    let form = browser.visit("/internal/audit?page=1").await;
    assert_eq!(form.status, 200);
    let next = form.attribute("input[name=next]", "value").unwrap();
    let answer =
        browser.post("/internal/sign-in", &[("name", "auditor"), ("password", PASSWORD), ("next", &next)]).await;
    let page = browser.follow(answer).await;
    assert_eq!((page.status, page.path.as_str()), (200, "/internal/audit?page=1"));
    assert!(page.texts(".who").join(" ").contains("Người auditor"));
}

#[actix_web::test]
async fn strange_names_and_passwords_are_wrong_and_nothing_worse() {
    let khomo = Khomo::start();
    for (name, password) in [
        ("' OR 1=1 --", "x"),
        ("\0editor", "x"),
        ("editor", "\0"),
        ("%", "_"),
        ("editor\u{202e}", "x"),
        (&"n".repeat(255), "x"),
        ("editor", &"p".repeat(129)),
        ("<script>alert(1)</script>", "x"),
    ] {
        let answer = khomo.internal().await.sign_in(name, password).await;
        assert_eq!(answer.status, 422, "{name:?}");
        assert!(!answer.text().contains("<script>alert"), "{name:?}");
    }
}

#[actix_web::test]
async fn a_new_account_without_a_password_cannot_sign_in_and_a_taken_name_is_refused() {
    let khomo = Khomo::start();
    let ctx = khomo.ctx_of(khomo::kernel::Actor::Operator);
    let roles = vec![(khomo.agency(HOME), "editor".to_owned())];
    khomo.db().write(&ctx, |tx| khomo::account::create(tx, new_account("moi", roles))).unwrap();
    assert_eq!(khomo.internal().await.sign_in("moi", PASSWORD).await.status, 422);
    let taken = khomo.db().write(&ctx, |tx| khomo::account::create(tx, new_account("MOI", Vec::new())));
    assert_eq!(taken.unwrap_err().kind(), khomo::kernel::Kind::Conflict);
}
