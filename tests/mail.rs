//! Mail about notices, through a real server on the loopback: nothing is lost, nothing comes twice, nobody listens in.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;

use actix_web::cookie::Key;
use khomo::cli::{Startup, open_parts};
use khomo::config::Settings;
use khomo::http::App;
use khomo::kernel::id::NoticeId;
use khomo::kernel::{Actor, Clock, Ctx, Lang};
use khomo::notify::{self, Event, Frequency};
use khomo::platform::mail::Mailer;
use khomo::platform::queue;
use khomo::voice::subscription::{self, Means, SubscribeForm};
use khomo::worker::jobs::{Handlers, run_due};
use khomo::{account, kernel};

use crate::command_line::Place;
use crate::support::kit::{Khomo, SMALL};
use crate::support::smtp::{Mood, SmtpServer, Speech, USER, header};

const FROM: &str = "Cổng dữ liệu <du-lieu@lacdien.example>";
const QUARTER: i64 = 15 * 60;
const DAY: i64 = 24 * 3600;

fn through(way: &str) -> Khomo {
    Khomo::start_with(&[("KHOMO_MAIL", way), ("KHOMO_MAIL_FROM", FROM)])
}

fn to_server(server: &SmtpServer) -> Khomo {
    through(&format!("smtp://127.0.0.1:{}", server.port))
}

fn event(id: &str, at: kernel::Timestamp) -> Event {
    Event {
        id: id.to_owned(),
        code: "review-submitted".to_owned(),
        args: vec![("title".to_owned(), format!("Giá lúa {id}").into()), ("person".to_owned(), "Lan".into())],
        link: "/internal/datasets".to_owned(),
        at,
    }
}

fn tell(khomo: &Khomo, person: &str, id: &str) -> Option<NoticeId> {
    let (receiver, event) = (khomo.id(person), event(id, khomo.clock.now()));
    khomo.db().write(&khomo.ctx_of(Actor::System), |tx| notify::tell(tx, &receiver, &event)).unwrap()
}

fn choose(khomo: &Khomo, person: &str, frequency: Frequency) {
    let who = khomo.id(person);
    khomo.db().write(&khomo.ctx(person), |tx| notify::choose(tx, &who, frequency)).unwrap();
}

fn states(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT state AS line FROM mail ORDER BY id")
}

#[actix_web::test]
async fn a_day_without_a_mail_server_loses_nothing_and_sends_nothing_twice() {
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    server.is(Mood::Away);
    for (person, id) in [("editor", "a"), ("editor", "b"), ("approver", "a")] {
        tell(&khomo, person, id).unwrap();
    }
    for quarter in 0..4 * 24 {
        khomo.work().await;
        if quarter == 40 {
            tell(&khomo, "auditor", "c").unwrap();
        }
        khomo.clock.advance(QUARTER);
    }
    assert_eq!(server.letters(), [""; 0]);
    assert_eq!(khomo.count("mail WHERE state = 'queued'"), 4);
    server.is(Mood::Takes);
    for _ in 0..4 {
        khomo.work().await;
        khomo.clock.advance(QUARTER);
    }
    assert_eq!(states(&khomo), ["sent"; 4]);
    let ids: BTreeSet<String> = server.ids().into_iter().collect();
    assert_eq!((server.letters().len(), ids.len()), (4, 4));
    let own = |id: &String| format!("<{id}@lacdien.example>");
    assert_eq!(ids, khomo.lines("SELECT id AS line FROM mail").iter().map(own).collect());
    assert_eq!(khomo.count("job WHERE kind = 'mail'"), 0);
}

#[actix_web::test]
async fn no_refusal_and_no_broken_line_loses_or_doubles_a_letter() {
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    tell(&khomo, "editor", "a").unwrap();
    let moods = [
        Mood::Refuses("EHLO", "421 later"),
        Mood::Refuses("MAIL", "451 later"),
        Mood::Refuses("RCPT", "450 greylisted"),
        Mood::Refuses("DATA", "452 full"),
        Mood::Refuses(".", "451 later"),
        Mood::DropsInside,
        Mood::Away,
    ];
    for (before, mood) in moods.into_iter().enumerate() {
        server.is(mood);
        khomo.work().await;
        let tries = khomo.lines("SELECT CAST(attempts AS TEXT) AS line FROM job WHERE kind = 'mail'");
        assert_eq!(tries, [(before + 1).to_string()], "{mood:?}: it is tried once");
        assert_eq!((states(&khomo), server.letters().len()), (vec!["queued".to_owned()], 0), "{mood:?}");
        assert!(khomo.lines("SELECT last_failure AS line FROM mail")[0].contains("Unavailable"), "{mood:?}");
        khomo.clock.advance(QUARTER);
    }
    server.is(Mood::Takes);
    khomo.work().await;
    khomo.work().await;
    assert_eq!((states(&khomo), server.letters().len()), (vec!["sent".to_owned()], 1));
}

#[actix_web::test]
async fn a_reader_whose_address_is_refused_for_good_is_forgotten_and_named_nowhere() {
    const READER: &str = "khong.co@thu.example";
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    let form = SubscribeForm { dataset: "dan-so".to_owned(), email: READER.to_owned(), ..SubscribeForm::default() };
    let ask = || {
        let means = Means { profile: khomo.app.profile(), seal: &khomo.app.seal };
        khomo.db().write(&khomo.ctx_of(Actor::Public), |tx| subscription::ask(tx, means, &form)).unwrap();
    };
    let letters = || khomo.lines("SELECT state AS line FROM mail WHERE kind = 'answer'");
    khomo.work().await;
    ask();
    server.is(Mood::Refuses("RCPT", "450 <khong.co@thu.example>: later"));
    khomo.work().await;
    assert_eq!((khomo.count("subscription"), letters()), (1, vec!["queued".to_owned()]), "it may come yet");
    // Refused for another reason it is for the operator to see: nobody is forgotten because a server turns us away.
    server.is(Mood::Refuses("RCPT", "554 5.7.1 <khong.co@thu.example>: relaying denied"));
    khomo.clock.advance(QUARTER);
    khomo.work().await;
    assert_eq!((khomo.count("subscription"), letters()), (1, vec!["failed".to_owned()]));
    let of =
        |table: &str| khomo.lines(&format!("SELECT last_failure AS line FROM {table} WHERE last_failure IS NOT NULL"));
    let failures = of("mail").concat() + &of("job").concat();
    assert!(failures.contains("relaying") && !failures.contains("khong.co"), "{failures}");
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| queue::put_back(tx, None)).unwrap();
    server.is(Mood::Refuses("RCPT", "550 5.1.1 <khong.co@thu.example>: unknown"));
    khomo.work().await;
    assert_eq!((khomo.count("subscription"), letters()), (0, vec!["dropped".to_owned()]));
    assert_eq!(khomo.count("job WHERE kind = 'mail'"), 0, "nobody is to mend it");
    let failure = khomo.lines("SELECT last_failure AS line FROM mail WHERE kind = 'answer'").remove(0);
    assert!(failure.contains("550") && !failure.contains("khong.co"), "{failure}");
    ask();
    assert_eq!(khomo.count("subscription"), 1, "whoever mistyped asks anew");
}

#[actix_web::test]
async fn a_letter_refused_for_good_is_seen_by_the_operator_and_can_be_put_back() {
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    tell(&khomo, "editor", "a").unwrap();
    for mood in [Mood::Refuses("RCPT", "550 nobody here"), Mood::Refuses(".", "554 not this")] {
        server.is(mood);
        khomo.work().await;
        assert_eq!(
            (states(&khomo), khomo.count("job WHERE state = 'dead'")),
            (vec!["failed".to_owned()], 1),
            "{mood:?}"
        );
        khomo.clock.advance(DAY);
        assert_eq!(khomo.count("job WHERE kind = 'mail' AND state = 'dead'"), 1, "it is not tried again");
        let metrics = khomo.internal().await.get("/metrics").await.text();
        assert!(metrics.contains("khomo_mails{state=\"failed\"} 1"), "{metrics}");
        khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| queue::put_back(tx, None)).unwrap();
    }
    server.is(Mood::Takes);
    khomo.work().await;
    assert_eq!((states(&khomo), server.letters().len()), (vec!["sent".to_owned()], 1));
}

#[actix_web::test]
async fn a_letter_whose_receipt_was_lost_comes_again_as_the_very_same_letter() {
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    tell(&khomo, "editor", "a").unwrap();
    server.is(Mood::TakesAndDrops);
    khomo.work().await;
    assert_eq!(states(&khomo), ["queued"], "nobody can know that it was taken");
    khomo.clock.advance(QUARTER);
    server.is(Mood::Takes);
    khomo.work().await;
    let letters = server.letters();
    assert_eq!((states(&khomo), letters.len()), (vec!["sent".to_owned()], 2));
    assert_eq!(letters[0], letters[1], "a server or a mail program can tell");
}

#[actix_web::test]
async fn two_programs_send_each_letter_once() {
    let server = SmtpServer::start();
    let khomo = to_server(&server);
    for number in 0..20 {
        tell(&khomo, "editor", &number.to_string()).unwrap();
    }
    let second = khomo.second_program();
    let handlers = Handlers::all(&khomo.app);
    let (one, two) = tokio::join!(run_due(&khomo.app, &handlers), run_due(&second, &handlers));
    assert_eq!(one.unwrap() + two.unwrap(), 20);
    let ids: BTreeSet<String> = server.ids().into_iter().collect();
    assert_eq!((server.letters().len(), ids.len(), states(&khomo)), (20, 20, vec!["sent".to_owned(); 20]));
}

// ── Nobody listens in ──

fn encrypted(speech: Speech, name: &str, trusted: bool) -> (SmtpServer, Khomo, tempfile::TempDir) {
    let server = SmtpServer::start_with(speech, name, true);
    let folder = tempfile::tempdir().unwrap();
    let pem = folder.path().join("ca.pem");
    std::fs::write(&pem, &server.certificate).unwrap();
    let scheme = if speech == Speech::Implicit { "smtps" } else { "smtp+starttls" };
    let password = percent_encoding::utf8_percent_encode(USER.1, percent_encoding::NON_ALPHANUMERIC);
    let way = format!("{scheme}://{}:{password}@127.0.0.1:{}", USER.0, server.port);
    let mut settings = vec![("KHOMO_MAIL", way.as_str()), ("KHOMO_MAIL_FROM", FROM)];
    let pem = pem.display().to_string();
    if trusted {
        settings.push(("KHOMO_MAIL_CA", &pem));
    }
    let khomo = Khomo::start_with(&settings);
    tell(&khomo, "editor", "a").unwrap();
    (server, khomo, folder)
}

#[actix_web::test]
async fn an_encrypted_server_with_a_valid_certificate_gets_user_password_and_letter() {
    for speech in [Speech::Implicit, Speech::StartTls] {
        let (server, khomo, _folder) = encrypted(speech, "127.0.0.1", true);
        khomo.work().await;
        assert_eq!((states(&khomo), server.letters().len()), (vec!["sent".to_owned()], 1), "{speech:?}");
        assert!(server.heard().iter().any(|line| line.starts_with("AUTH")), "{speech:?}");
    }
}

#[actix_web::test]
async fn a_server_with_a_wrong_certificate_is_told_nothing() {
    for speech in [Speech::Implicit, Speech::StartTls] {
        // Nobody trusts who signed it; it is for another name.
        for (name, trusted) in [("127.0.0.1", false), ("mail.lacdien.example", true)] {
            let (server, khomo, _folder) = encrypted(speech, name, trusted);
            khomo.work().await;
            assert_eq!((states(&khomo), server.letters().len()), (vec!["queued".to_owned()], 0), "{speech:?} {name}");
            let told: Vec<String> =
                server.heard().into_iter().filter(|line| !line.starts_with("EHLO") && line != "STARTTLS").collect();
            assert_eq!(told, [""; 0], "{speech:?} {name}");
            assert_eq!(khomo.count("job WHERE state = 'waiting' AND kind = 'mail'"), 1, "it waits for the operator");
        }
    }
}

#[actix_web::test]
async fn a_server_that_offers_no_encryption_is_told_nothing() {
    let server = SmtpServer::start();
    let khomo = through(&format!("smtp+starttls://a:b@127.0.0.1:{}", server.port));
    tell(&khomo, "editor", "a").unwrap();
    khomo.work().await;
    assert_eq!((states(&khomo), server.letters().len()), (vec!["queued".to_owned()], 0));
    assert!(!server.heard().iter().any(|line| line.starts_with("AUTH") || line.starts_with("MAIL")));
}

#[actix_web::test]
async fn a_wrong_password_waits_for_the_operator() {
    let server = SmtpServer::start_with(Speech::Plain, "127.0.0.1", true);
    let khomo = through(&format!("smtp://khomo:wrong@127.0.0.1:{}", server.port));
    tell(&khomo, "editor", "a").unwrap();
    khomo.work().await;
    assert_eq!((states(&khomo), server.letters().len()), (vec!["queued".to_owned()], 0));
    let failure = khomo.lines("SELECT last_failure AS line FROM mail").remove(0);
    assert!(!failure.contains("wrong@") && !failure.contains("khomo:"), "{failure}");
}

// ── Who gets what ──

fn with_memory() -> Khomo {
    let mut khomo = Khomo::start();
    khomo.app.parts.mail = Mailer::memory(FROM).unwrap();
    khomo
}

#[actix_web::test]
async fn without_a_way_for_mail_notices_stay_in_the_inbox() {
    let khomo = Khomo::start();
    tell(&khomo, "editor", "a").unwrap();
    khomo.work().await;
    assert_eq!((states(&khomo), khomo.count("notice WHERE read_at IS NULL")), (vec!["dropped".to_owned()], 1));
    assert_eq!(khomo.count("job WHERE kind = 'mail'"), 0);
}

#[actix_web::test]
async fn the_folder_of_the_demo_gets_a_file_for_each_letter() {
    let folder = tempfile::tempdir().unwrap();
    let khomo = through(&format!("folder:{}", folder.path().join("mail").display()));
    tell(&khomo, "editor", "a").unwrap();
    khomo.work().await;
    let id = khomo.lines("SELECT id AS line FROM mail").remove(0);
    let letter = std::fs::read_to_string(folder.path().join("mail").join(format!("{id}.eml"))).unwrap();
    assert!(letter.contains("Auto-Submitted: auto-generated") && letter.contains("text/html"), "{letter}");
    assert_eq!(std::fs::read_dir(folder.path().join("mail")).unwrap().count(), 1);
}

#[actix_web::test]
async fn what_happened_once_is_told_once() {
    let khomo = with_memory();
    assert!(tell(&khomo, "editor", "a").is_some());
    assert!(tell(&khomo, "editor", "a").is_none());
    assert!(tell(&khomo, "approver", "a").is_some());
    assert_eq!((khomo.count("notice"), khomo.count("mail"), khomo.count("job WHERE kind = 'mail'")), (2, 2, 2));
    let twice = khomo.raw(
        "INSERT INTO notice (id, account_id, event_id, event, args, link, at, wish) \
         SELECT 'x', account_id, event_id, event, args, link, at, wish FROM notice WHERE event_id = 'a'",
    );
    assert!(twice.is_err(), "the database holds it too");
}

#[actix_web::test]
async fn a_letter_speaks_its_receivers_language_and_leads_to_the_portal() {
    let khomo = with_memory();
    let english = khomo.id("approver");
    khomo.db().write(&khomo.ctx("approver"), |tx| account::set_lang(tx, &english, Lang::En)).unwrap();
    for person in ["editor", "approver"] {
        tell(&khomo, person, "<b>&a").unwrap();
    }
    khomo.work().await;
    let letters: BTreeMap<String, _> =
        khomo.app.parts.mail.sent().into_iter().map(|sent| (sent.letter.to.clone(), sent.letter)).collect();
    let (vietnamese, english) = (&letters["editor@lacdien.example"], &letters["approver@lacdien.example"]);
    assert_eq!(vietnamese.subject, "Bộ dữ liệu “Giá lúa <b>&a” chờ duyệt");
    assert_eq!(english.subject, "“Giá lúa <b>&a” waits for approval");
    for letter in [vietnamese, english] {
        assert!(letter.text.contains("http://127.0.0.1:8081/internal/datasets\n"), "{}", letter.text);
        let html = letter.html.as_ref().unwrap();
        assert!(!html.contains("<b>&a") && html.contains("href=\"http://127.0.0.1:8081/internal/datasets\""), "{html}");
    }
    assert!(
        english.text.starts_with("Dear Người approver,\n\n“Giá lúa <b>&a” waits for approval\n"),
        "{}",
        english.text
    );
    assert!(english.text.contains("\n-- \n"), "{}", english.text);
}

#[actix_web::test]
async fn a_digest_comes_once_a_day_with_all_that_is_unread() {
    let khomo = with_memory();
    choose(&khomo, "editor", Frequency::Daily);
    let read = tell(&khomo, "editor", "read").unwrap();
    tell(&khomo, "editor", "a").unwrap();
    tell(&khomo, "editor", "b").unwrap();
    let own = khomo.id("editor");
    khomo.db().write(&khomo.ctx("editor"), |tx| notify::mark_read(tx, &own, &read)).unwrap();
    khomo.work().await;
    assert_eq!(khomo.count("mail"), 0);
    // It is 09:00; digests go out at 06:30.
    khomo.clock.advance(21 * 3600);
    khomo.work().await;
    assert_eq!(khomo.count("mail"), 0);
    khomo.clock.advance(1800);
    khomo.work().await;
    let sent = khomo.app.parts.mail.sent();
    assert_eq!(sent.len(), 1);
    let letter = &sent[0].letter;
    assert_eq!(letter.subject, "2 thông báo mới trên cổng dữ liệu nội bộ");
    assert!(letter.text.contains("Giá lúa a") && letter.text.contains("Giá lúa b") && !letter.text.contains("read"));
    khomo.clock.advance(5 * DAY);
    khomo.work().await;
    assert_eq!(khomo.app.parts.mail.sent().len(), 1, "an empty digest is not sent");
    tell(&khomo, "editor", "c").unwrap();
    tell(&khomo, "editor", "d").unwrap();
    choose(&khomo, "editor", Frequency::None);
    tell(&khomo, "editor", "e").unwrap();
    khomo.clock.advance(DAY);
    khomo.work().await;
    assert_eq!(khomo.app.parts.mail.sent().len(), 1, "who wants no mail gets none");
    assert_eq!(khomo.count("notice"), 6);
}

#[actix_web::test]
async fn a_closed_account_gets_no_mail() {
    let khomo = with_memory();
    tell(&khomo, "editor", "a").unwrap();
    khomo.raw(&format!("UPDATE account SET state = 'closed' WHERE id = '{}'", khomo.id("editor"))).unwrap();
    khomo.work().await;
    assert_eq!((states(&khomo), khomo.app.parts.mail.sent().len()), (vec!["dropped".to_owned()], 0));
}

#[actix_web::test]
async fn a_submission_is_told_to_who_decides_and_its_outcome_to_who_submitted() {
    let khomo = with_memory();
    let (id, _) = khomo.dataset("gia-lua").title("Giá lúa").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "editor").unwrap();
    assert_eq!(khomo.count("job"), 1, "the announcement is there with the decision");
    khomo.work().await;
    let told = |event: &str| {
        khomo.lines(&format!(
            "SELECT user_name AS line FROM notice JOIN account ON account.id = account_id WHERE event = '{event}' ORDER BY 1"
        ))
    };
    assert_eq!(told("review-submitted"), ["approver", "both", "coordinator", "second-approver"]);
    khomo.approve(&id, "approver").unwrap();
    khomo.work().await;
    assert_eq!(told("dataset-published"), ["editor"]);
    khomo.withdraw(&id, "approver").unwrap();
    khomo.work().await;
    assert_eq!(told("dataset-withdrawn"), ["both", "editor", "second-approver", "second-editor"]);
    assert_eq!(khomo.app.parts.mail.sent().len(), 9);
    assert_eq!(khomo.count("notice"), 9);
}

#[actix_web::test]
async fn a_refused_submission_is_told_to_nobody() {
    let khomo = with_memory();
    let (id, _) = khomo.dataset("gia-lua").csv("bang", SMALL).await.import().unwrap();
    khomo.submit(&id, "stranger").unwrap_err();
    assert_eq!(khomo.count("job"), 0);
}

#[actix_web::test]
async fn the_past_is_filed_as_read_and_mailed_to_nobody() {
    let khomo = with_memory();
    let (own, past) = (khomo.id("editor"), event("a", khomo.clock.now().plus_seconds(-8 * DAY)));
    khomo.db().write(&khomo.ctx_of(Actor::System), |tx| notify::tell(tx, &own, &past)).unwrap();
    assert_eq!((khomo.count("notice WHERE read_at IS NOT NULL"), khomo.count("mail")), (1, 0));
}

// ── Killed ──

/// The program of a place, by a clock that stands some seconds ahead of the machine's.
fn later(place: &Place, server: &SmtpServer, seconds: i64) -> App {
    let pairs = place.settings().into_iter().chain(mail_settings(server));
    let pairs: BTreeMap<String, String> = pairs.map(|(name, value)| (name.to_owned(), value)).collect();
    let clock = Clock::fixed(Clock::system().now().plus_seconds(seconds));
    App::new(open_parts(Settings::read(pairs).unwrap(), Startup::Strict, clock).unwrap(), &Key::generate())
}

fn mail_settings(server: &SmtpServer) -> [(&'static str, String); 3] {
    [
        ("KHOMO_MAIL", format!("smtp://127.0.0.1:{}", server.port)),
        ("KHOMO_MAIL_FROM", FROM.to_owned()),
        ("KHOMO_INTERNAL_URL", "http://127.0.0.1:8081".to_owned()),
    ]
}

#[actix_web::test]
async fn a_program_killed_while_it_sends_leaves_a_letter_that_the_next_one_sends() {
    // The server had not kept the letter, or it had: then it gets the very same one again.
    for (kept, deliveries) in [(false, 1), (true, 2)] {
        let place = Place::on_the_suite_s_database();
        let server = SmtpServer::start();
        server.is(Mood::Hangs(kept));
        let db = place.db();
        let now = Clock::system().now();
        let lan = db.read(|conn| account::by_name(conn, "lan", "2026-09-04")).unwrap().unwrap().account.id;
        db.write(&Ctx::new(Actor::System, now), |tx| notify::tell(tx, &lan, &event("a", now))).unwrap();
        let mut child = place
            .command(&["serve"])
            .envs(mail_settings(&server))
            .env("KHOMO_PUBLIC_ADDR", "127.0.0.1:0")
            .env("KHOMO_INTERNAL_ADDR", "127.0.0.1:0")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let reached = server.reached.recv_timeout(std::time::Duration::from_secs(60));
        child.kill().unwrap();
        child.wait().unwrap();
        reached.unwrap();
        server.is(Mood::Takes);
        let app = later(&place, &server, 10);
        let handlers = Handlers::all(&app);
        run_due(&app, &handlers).await.unwrap();
        let counts = app.db().read(notify::mail_counts).unwrap().0;
        assert_eq!(counts, [("sending".to_owned(), 1)], "the dead program's lease is still good");
        drop(app);
        let app = later(&place, &server, queue::LEASE + 30);
        run_due(&app, &handlers).await.unwrap();
        assert_eq!(run_due(&app, &handlers).await.unwrap(), 0);
        let letters = server.letters();
        assert_eq!(letters.len(), deliveries);
        assert!(letters.iter().all(|letter| *letter == letters[0]), "one letter, byte for byte");
        assert!(header(&letters[0], "Message-ID").ends_with("@lacdien.example>"));
        let counts = app.db().read(notify::mail_counts).unwrap().0;
        assert_eq!(counts, [("sent".to_owned(), 1)]);
        assert_eq!(app.db().read(queue::counts).unwrap().dead, 0);
    }
}
