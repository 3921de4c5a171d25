//! Letters to readers when data change: nobody is written to who did not confirm it, what happened is told once, and it ends for good.

use std::sync::Arc;

use khomo::http::page::Site;
use khomo::kernel::Actor;
use khomo::kernel::id::DatasetId;
use khomo::platform::mail::{Letter, Mailer};
use khomo::platform::token;
use khomo::voice::subscription::{self, Means, SubscribeForm};

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL};

const DAY: i64 = 86_400;
const MAIL: &str = "ban.doc@nha-bao.example";
const ASK: &str = "/theo-doi";

/// A portal that writes letters, with one dataset.
async fn writing() -> Khomo {
    let mut khomo = Khomo::start();
    khomo.app.parts.mail = Mailer::memory("Cổng dữ liệu <du-lieu@lacdien.example>").unwrap();
    khomo.app.site = Arc::new(Site { mails: true, ..Site::clone(&khomo.app.site) });
    khomo.dataset("dan-so").title("Dân số các xã").english("Population of communes").publish().await;
    khomo
}

/// Somebody has asked for letters about all data, and not confirmed it.
pub fn asked(khomo: &Khomo) {
    let form = SubscribeForm { email: MAIL.to_owned(), ..SubscribeForm::default() };
    let means = Means { profile: khomo.app.profile(), seal: &khomo.app.seal };
    khomo.db().write(&khomo.ctx_of(Actor::Public), |tx| subscription::ask(tx, means, &form)).unwrap();
}

fn asking(what: &str) -> String {
    if what.is_empty() { ASK.to_owned() } else { format!("{ASK}?{what}") }
}

/// Opens the form, takes the time that a person takes, and sends it.
async fn ask(khomo: &Khomo, prefix: &str, what: &str, mail: &str) -> Answer {
    let mut reader = khomo.public().await;
    let page = reader.get(&format!("{prefix}{}", asking(what))).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_clean(what, &page.text(), &[PUBLIC_URL]);
    khomo.clock.advance(20);
    let fields: Vec<(&str, &str)> = what.split_once('=').into_iter().chain([("email", mail)]).collect();
    let answer = reader.post(&format!("{prefix}{ASK}"), &fields).await;
    khomo.work().await;
    answer
}

/// The letters to an address, the oldest first.
fn letters(khomo: &Khomo, mail: &str) -> Vec<Letter> {
    khomo.app.parts.mail.sent().into_iter().map(|sent| sent.letter).filter(|letter| letter.to == mail).collect()
}

/// Where the last letter to an address leads, on the page of the letters.
fn link(khomo: &Khomo, mail: &str) -> String {
    let letter = letters(khomo, mail).pop().expect("a letter");
    let own = |line: &&str| line.starts_with(PUBLIC_URL) && line.contains("/theo-doi/thu?code=");
    letter.text.lines().find(own).expect("a link")[PUBLIC_URL.len()..].to_owned()
}

/// Presses a button of the page that a letter leads to.
async fn press(khomo: &Khomo, link: &str, act: &str) -> (Browser, Answer) {
    let mut reader = khomo.public().await;
    let page = reader.get(link).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert_clean(link, &page.text(), &[PUBLIC_URL]);
    let code = page.attribute("input[name=code]", "value").unwrap();
    let to = page.attribute("main form", "action").unwrap();
    let answer = reader.post(&to, &[("code", &code), ("act", act)]).await;
    (reader, answer)
}

async fn subscribed(khomo: &Khomo, what: &str, mail: &str) {
    assert_eq!(ask(khomo, "", what, mail).await.status, 303);
    let (_, answer) = press(khomo, &link(khomo, mail), "confirm").await;
    assert_eq!(answer.status, 303);
    // What happens in the same moment is over.
    khomo.clock.advance(1);
}

async fn days(khomo: &Khomo, count: i64) {
    for _ in 0..count {
        khomo.clock.advance(DAY);
        khomo.work().await;
    }
}

async fn again(khomo: &Khomo, note: &str) {
    khomo.dataset("dan-so").title("Dân số các xã").english("Population of communes").note(note).publish().await;
}

#[actix_web::test]
async fn nobody_is_written_to_before_they_confirmed_and_then_of_each_change_once() {
    let khomo = writing().await;
    for (prefix, lang, mail, subject) in [
        ("", "vi", "lan@thu.example", "Xác nhận theo dõi: Dân số các xã"),
        ("/en", "en", "ann@mail.example", "Confirm that you want to hear of: Population of communes"),
    ] {
        let mut reader = khomo.public().await;
        let dataset = reader.get(&format!("{prefix}/dataset/dan-so")).await;
        assert!(dataset.attributes("a", "href").contains(&format!("{prefix}{ASK}?dataset=dan-so")));
        let sent = ask(&khomo, prefix, "dataset=dan-so", mail).await;
        assert_eq!(sent.header("location"), Some(format!("{prefix}{ASK}?dataset=dan-so&sent=1").as_str()));
        let told = reader.get(sent.header("location").unwrap()).await;
        assert_eq!(told.status, 200);
        assert_clean("sent", &told.text(), &[PUBLIC_URL]);
        assert_eq!(told.attribute("html", "lang").as_deref(), Some(lang));
        let letter = letters(&khomo, mail).pop().unwrap();
        assert_eq!(letter.subject, subject);
        // Programs look at the links of letters: that confirms nothing.
        assert_eq!(reader.get(&link(&khomo, mail)).await.status, 200);
    }
    assert_eq!(khomo.count("subscription WHERE confirmed_at IS NOT NULL"), 0);
    again(&khomo, "Thêm hai xã.").await;
    days(&khomo, 1).await;
    assert_eq!((letters(&khomo, "lan@thu.example").len(), letters(&khomo, "ann@mail.example").len()), (1, 1));
    for mail in ["lan@thu.example", "ann@mail.example"] {
        let (mut reader, answer) = press(&khomo, &link(&khomo, mail), "confirm").await;
        let page = reader.follow(answer).await;
        assert_clean("confirmed", &page.text(), &[PUBLIC_URL]);
        assert_eq!(page.texts("[role=status]").len(), 1);
        assert_eq!(page.header("cache-control"), Some("private, no-store"));
        assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(reader.cookies.len(), 0, "nobody is followed");
    }
    days(&khomo, 1).await;
    assert_eq!(letters(&khomo, "lan@thu.example").len(), 1, "what was before it was confirmed is not told");
    again(&khomo, "Sửa cách đếm hộ.").await;
    days(&khomo, 3).await;
    let told = letters(&khomo, "lan@thu.example");
    assert_eq!(told.len(), 2, "once");
    assert_eq!(told[1].subject, "Dân số các xã: 1 thay đổi");
    for part in ["Sửa cách đếm hộ.", "phiên bản 3", &format!("{PUBLIC_URL}/dataset/dan-so/v/3")] {
        assert!(told[1].text.contains(part), "{part} in {}", told[1].text);
        assert!(told[1].html.as_ref().unwrap().contains(part), "{part}");
    }
    let english = letters(&khomo, "ann@mail.example").pop().unwrap();
    assert_eq!(english.subject, "Population of communes: 1 change");
    assert!(english.text.contains(&format!("{PUBLIC_URL}/en/dataset/dan-so/v/3")), "{}", english.text);
    let ends = told[1].unsubscribe.clone().unwrap();
    assert!(ends.starts_with(&format!("{PUBLIC_URL}/theo-doi/thu/dung?code=")), "{ends}");
}

#[actix_web::test]
async fn an_agency_a_topic_and_the_whole_portal_are_followed_as_a_dataset_is() {
    let khomo = writing().await;
    let topic = khomo.lines("SELECT topic AS line FROM dataset").remove(0);
    let (by_topic, home) = (format!("topic={topic}"), format!("agency={}", slug_of(&khomo, HOME)));
    let follows = [
        ("dataset@thu.example", "dataset=dan-so"),
        ("agency@thu.example", home.as_str()),
        ("topic@thu.example", by_topic.as_str()),
        ("all@thu.example", ""),
    ];
    for (mail, what) in follows {
        subscribed(&khomo, what, mail).await;
    }
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    again(&khomo, "Thêm hai xã.").await;
    days(&khomo, 1).await;
    let told = |mail: &str| letters(&khomo, mail).pop().unwrap().text;
    for (mail, _) in follows {
        assert!(told(mail).contains("Thêm hai xã."), "{mail}: {}", told(mail));
        assert_eq!(letters(&khomo, mail).len(), 2, "{mail}");
    }
    assert!(told("all@thu.example").contains("Mới công bố: Giá lúa"), "{}", told("all@thu.example"));
    assert!(!told("agency@thu.example").contains("Giá lúa") && !told("dataset@thu.example").contains("Giá lúa"));
}

fn slug_of(khomo: &Khomo, name: &str) -> String {
    khomo.lines(&format!("SELECT slug AS line FROM agency WHERE id = '{}'", khomo.agency(name))).remove(0)
}

#[actix_web::test]
async fn what_is_withdrawn_is_told_and_followed_no_more() {
    let khomo = writing().await;
    subscribed(&khomo, "dataset=dan-so", MAIL).await;
    subscribed(&khomo, "", "all@thu.example").await;
    let id = khomo.lines("SELECT id AS line FROM dataset").remove(0);
    khomo.withdraw(&DatasetId::parse(&id).unwrap(), "approver").unwrap();
    days(&khomo, 7).await;
    assert_eq!(khomo.count("subscription"), 2, "a letter may still wait for its server");
    days(&khomo, 2).await;
    for mail in [MAIL, "all@thu.example"] {
        let told = letters(&khomo, mail);
        assert_eq!(told.len(), 2, "{mail}");
        assert!(told[1].text.contains("Đã thu hồi: Dân số các xã"), "{}", told[1].text);
    }
    assert_eq!(khomo.lines("SELECT scope AS line FROM subscription"), ["all"]);
    // Its link leads to a page that says so, and a withdrawn dataset is not offered.
    let mut reader = khomo.public().await;
    assert_eq!(reader.get(&link(&khomo, MAIL)).await.status, 404);
    assert_eq!(reader.get(&asking("dataset=dan-so")).await.status, 410);
}

#[actix_web::test]
async fn a_clock_that_stood_a_year_ahead_silences_nobody() {
    let khomo = writing().await;
    subscribed(&khomo, "dataset=dan-so", MAIL).await;
    khomo.clock.advance(400 * DAY);
    khomo.work().await;
    khomo.clock.advance(-400 * DAY);
    days(&khomo, 1).await;
    again(&khomo, "Thêm hai xã.").await;
    days(&khomo, 2).await;
    let told = letters(&khomo, MAIL);
    assert_eq!(told.len(), 2);
    assert!(told[1].text.contains("Thêm hai xã."), "{}", told[1].text);
}

#[actix_web::test]
async fn what_is_withdrawn_before_it_is_confirmed_is_not_followed() {
    let khomo = writing().await;
    ask(&khomo, "", "dataset=dan-so", MAIL).await;
    let mut reader = khomo.public().await;
    let page = reader.get(&link(&khomo, MAIL)).await;
    let code = page.attribute("input[name=code]", "value").unwrap();
    let id = khomo.lines("SELECT id AS line FROM dataset").remove(0);
    khomo.withdraw(&DatasetId::parse(&id).unwrap(), "approver").unwrap();
    let pressed = reader.post("/theo-doi/thu", &[("code", &code), ("act", "confirm")]).await;
    assert_eq!((pressed.status, khomo.count("subscription WHERE confirmed_at IS NOT NULL")), (404, 0));
    assert_eq!(reader.get(&link(&khomo, MAIL)).await.status, 404);
}

#[actix_web::test]
async fn it_ends_by_its_page_and_by_a_mail_program_and_nothing_is_kept() {
    let khomo = writing().await;
    subscribed(&khomo, "dataset=dan-so", MAIL).await;
    subscribed(&khomo, "", MAIL).await;
    let program = letters(&khomo, MAIL).pop().unwrap().unsubscribe.unwrap()[PUBLIC_URL.len()..].to_owned();
    // Whoever only looks ends nothing.
    let mut reader = khomo.public().await;
    let looked = reader.get(&program).await;
    assert_eq!((looked.status, looked.texts("main form button").len()), (200, 1));
    assert_eq!(khomo.count("subscription"), 2);
    // A mail program has no token and comes from elsewhere (RFC 8058).
    let mut elsewhere = khomo.public().await;
    elsewhere.headers.push(("Sec-Fetch-Site".to_owned(), "cross-site".to_owned()));
    let ended = elsewhere.post_bare(&program, &[("List-Unsubscribe", "One-Click")]).await;
    assert_eq!(ended.status, 204, "{}", ended.text());
    assert_eq!(khomo.lines("SELECT scope AS line FROM subscription"), ["dataset"]);
    assert_eq!(elsewhere.post_bare(&program, &[]).await.status, 204, "twice is as once");
    // Another site cannot press the page's button.
    let first = letters(&khomo, MAIL).remove(0);
    let own =
        first.text.lines().find(|line| line.contains("/theo-doi/thu?code=")).unwrap()[PUBLIC_URL.len()..].to_owned();
    let code = own.rsplit('=').next().unwrap();
    assert_eq!(elsewhere.post_bare("/theo-doi/thu", &[("code", code), ("act", "end")]).await.status, 403);
    let forged = khomo.public().await.post_bare("/theo-doi/thu", &[("code", code), ("act", "end")]).await;
    assert_eq!((forged.status, khomo.count("subscription")), (403, 1), "without the page's token");
    assert_clean("forged", &forged.text(), &[PUBLIC_URL]);
    let (mut reader, answer) = press(&khomo, &own, "end").await;
    let page = reader.follow(answer).await;
    assert_eq!(page.status, 200);
    assert_clean("ended", &page.text(), &[PUBLIC_URL]);
    assert_eq!(khomo.count("subscription"), 0);
    again(&khomo, "Thêm hai xã.").await;
    days(&khomo, 1).await;
    assert_eq!(letters(&khomo, MAIL).len(), 2, "the two that asked");
}

#[actix_web::test]
async fn an_address_is_readable_nowhere_and_the_log_says_what_not_who() {
    let khomo = writing().await;
    subscribed(&khomo, "dataset=dan-so", MAIL).await;
    let row = khomo.lines("SELECT sealed || address_mark || box_mark || key_hash AS line FROM subscription").remove(0);
    for known in [hex::encode(MAIL), token::sha256_hex(MAIL)] {
        assert!(!row.contains(&known), "{known} in {row}");
    }
    let log = khomo.lines("SELECT action || ' ' || COALESCE(client, '-') || ' ' || detail AS line FROM audit_entry");
    let log: Vec<&String> = log.iter().filter(|line| line.starts_with("subscription.")).collect();
    assert_eq!(log.len(), 2, "{log:?}");
    assert!(log[0].starts_with("subscription.ask - ") && log[1].starts_with("subscription.confirm - "), "{log:?}");
    let code = link(&khomo, MAIL).rsplit('=').next().unwrap().to_owned();
    for text in log.into_iter().chain([&row]) {
        assert!(!text.contains("ban.doc") && !text.contains("nha-bao") && !text.contains(&code), "{text}");
    }
    // A letter that waits.
    again(&khomo, "Thêm hai xã.").await;
    khomo.clock.advance(DAY);
    let (profile, seal) = (khomo.app.profile().clone(), khomo.app.seal.clone());
    let tell = |tx: &mut khomo::platform::db::Tx<'_>| {
        subscription::tell(tx, Means { profile: &profile, seal: &seal }, tx.ctx().at)
    };
    assert!(!khomo.db().write(&khomo.ctx_of(Actor::System), tell).unwrap(), "there is no more");
    let jobs = khomo.lines("SELECT payload AS line FROM job WHERE kind = 'report-letter'");
    assert_eq!(jobs.len(), 1);
    assert!(jobs[0].contains("Thêm hai xã.") && !jobs[0].contains("ban.doc") && !jobs[0].contains(&code), "{jobs:?}");
    // Who ends it meanwhile does not get it.
    let (_, ended) = press(&khomo, &link(&khomo, MAIL), "end").await;
    assert_eq!(ended.status, 303);
    khomo.work().await;
    assert_eq!(letters(&khomo, MAIL).len(), 1, "the one that asked");
    assert_eq!(khomo.lines("SELECT last_failure AS line FROM mail WHERE state = 'dropped'"), ["link-over"]);
}

#[actix_web::test]
async fn whoever_types_an_address_learns_nothing_of_it_and_fills_nobodys_letter_box() {
    let khomo = writing().await;
    let to = |answer: &Answer| answer.header("location").map(str::to_owned);
    let first = ask(&khomo, "", "dataset=dan-so", MAIL).await;
    // At once again, in other letters: the same answer, and no letter.
    let second = ask(&khomo, "", "dataset=dan-so", "Ban.Doc@nha-bao.example").await;
    assert_eq!((second.status, to(&second)), (first.status, to(&first)));
    assert_eq!((letters(&khomo, MAIL).len(), khomo.count("subscription")), (1, 1));
    // A quarter of an hour later the same link comes once more.
    let before = link(&khomo, MAIL);
    khomo.clock.advance(900);
    ask(&khomo, "", "dataset=dan-so", MAIL).await;
    assert_eq!((letters(&khomo, MAIL).len(), link(&khomo, MAIL)), (2, before.clone()));
    // And a third time, and no more.
    for _ in 0..2 {
        khomo.clock.advance(900);
        ask(&khomo, "", "dataset=dan-so", MAIL).await;
    }
    assert_eq!(letters(&khomo, MAIL).len(), 3);
    press(&khomo, &before, "confirm").await;
    khomo.clock.advance(900);
    ask(&khomo, "", "dataset=dan-so", MAIL).await;
    assert_eq!(letters(&khomo, MAIL).len(), 3, "who follows it is told once a day at most");
    khomo.clock.advance(DAY);
    let known = ask(&khomo, "", "dataset=dan-so", MAIL).await;
    assert_eq!(to(&known), to(&first), "who is there already is not told to others");
    let told = letters(&khomo, MAIL).pop().unwrap();
    assert!(told.subject.starts_with("Bạn đang theo dõi"), "{}", told.subject);
    // Who types it in English changes nothing of what its owner chose.
    khomo.clock.advance(DAY);
    ask(&khomo, "/en", "dataset=dan-so", MAIL).await;
    assert_eq!(letters(&khomo, MAIL).pop().unwrap().subject, told.subject);
    assert_eq!(khomo.lines("SELECT lang AS line FROM subscription"), ["vi"]);
    // Ten things a day one letter box is asked about, whoever types it from wherever, by whatever of its names; others are asked.
    let more: Vec<String> = (0..12).map(|number| format!("bo-{number}")).collect();
    for slug in &more {
        khomo.dataset(slug).title(slug).publish().await;
    }
    for slug in &more {
        khomo.clock.advance(3600);
        let answer = ask(&khomo, "", &format!("dataset={slug}"), &format!("ban.doc+{slug}@nha-bao.example")).await;
        assert_eq!(answer.status, 303);
    }
    assert_eq!(khomo.count("subscription"), 10, "with the first, which was told of today");
    ask(&khomo, "", "dataset=bo-11", "khac@thu.example").await;
    assert_eq!(letters(&khomo, "khac@thu.example").len(), 1);
}

#[actix_web::test]
async fn what_is_not_confirmed_in_three_days_is_forgotten() {
    let khomo = writing().await;
    ask(&khomo, "", "dataset=dan-so", MAIL).await;
    let own = link(&khomo, MAIL);
    days(&khomo, 2).await;
    let mut reader = khomo.public().await;
    assert_eq!(reader.get(&own).await.status, 200);
    khomo.clock.advance(DAY);
    let gone = reader.get(&own).await;
    assert_eq!(gone.status, 404, "before the program has looked");
    assert_clean("too late", &gone.text(), &[PUBLIC_URL]);
    khomo.work().await;
    assert_eq!(khomo.count("subscription"), 0);
    assert_eq!(letters(&khomo, MAIL).len(), 1);
}

#[actix_web::test]
async fn what_is_wrong_with_the_form_is_said_at_the_field_and_nothing_is_lost() {
    let khomo = writing().await;
    let mut reader = khomo.public().await;
    let at = asking("dataset=dan-so");
    reader.get(&at).await;
    let early = reader.post(ASK, &[("dataset", "dan-so"), ("email", MAIL)]).await;
    assert_eq!(early.status, 422, "sooner than a person types");
    khomo.clock.advance(20);
    for (mail, website) in [("", ""), ("khong phai thu", ""), (MAIL, "http://x.example")] {
        let refused = reader.post(ASK, &[("dataset", "dan-so"), ("email", mail), ("website", website)]).await;
        assert_eq!(refused.status, 422, "{mail}");
        assert_clean(mail, &refused.text(), &[PUBLIC_URL]);
        assert_eq!(refused.texts("#errors li").len(), 1);
        assert_eq!(refused.attribute("input[name=email]", "value").as_deref(), Some(mail));
        assert_eq!(refused.attribute("input[name=dataset]", "value").as_deref(), Some("dan-so"));
        assert!(refused.texts("main").concat().contains("Dân số các xã"));
    }
    let forged = khomo.public().await.post_bare(ASK, &[("dataset", "dan-so"), ("email", MAIL)]).await;
    assert_eq!(forged.status, 403);
    for what in ["dataset=khong-co", "agency=khong-co", "topic=khong-co"] {
        assert_eq!(reader.get(&asking(what)).await.status, 404, "{what}");
    }
    for (code, status) in [("", 200), ("x", 404), (&"0123456789abcdef".repeat(4), 404)] {
        let page = reader.get(&format!("/theo-doi/thu?code={code}")).await;
        assert_eq!(page.status, status, "{code}");
        assert_clean(code, &page.text(), &[PUBLIC_URL]);
    }
    assert_eq!((khomo.count("subscription"), letters(&khomo, MAIL).len()), (0, 0));
    // One place sends so many forms an hour.
    for number in 0..12 {
        ask(&khomo, "", "dataset=dan-so", &format!("so-{number}@thu.example")).await;
    }
    assert_eq!(khomo.count("subscription"), 10);
}

#[actix_web::test]
async fn a_portal_without_mail_offers_the_feed_alone() {
    let khomo = Khomo::start();
    khomo.dataset("dan-so").title("Dân số các xã").publish().await;
    let mut reader = khomo.public().await;
    let dataset = reader.get("/dataset/dan-so").await;
    assert!(!dataset.attributes("a", "href").iter().any(|href| href.contains(ASK)));
    let page = reader.get(&asking("dataset=dan-so")).await;
    assert_eq!((page.status, page.texts("main form").len()), (200, 0));
    assert!(page.attributes("main a", "href").contains(&"/dataset/dan-so/feed.atom".to_owned()));
    assert_clean("off", &page.text(), &[PUBLIC_URL]);
}

#[actix_web::test]
async fn many_changes_are_one_letter_that_spells_out_the_newest() {
    let khomo = writing().await;
    subscribed(&khomo, "", MAIL).await;
    for number in 0..23 {
        khomo.dataset(&format!("bo-{number}")).title(&format!("Bộ số {number}")).publish().await;
    }
    days(&khomo, 2).await;
    let told = letters(&khomo, MAIL);
    assert_eq!(told.len(), 2);
    assert!(told[1].subject.ends_with("23 thay đổi"), "{}", told[1].subject);
    assert_eq!(told[1].text.matches("Mới công bố:").count(), 20);
    assert!(told[1].text.contains("Còn 3 thay đổi khác"), "{}", told[1].text);
}
