//! The periodic review of accounts: opened, answered, reminded of by the engine, carried out on its day.

use khomo::account;
use khomo::kernel::id::{AccountId, CampaignId};
use khomo::kernel::{Actor, Kind, Result};
use khomo::people::{self, Answers, ReviewForm};
use khomo::{alert, audit, quarter, worker};

use super::people::hire;
use crate::duties::{turn_by, with_rules};
use crate::records::sheet;
use crate::support::kit::{AWAY, HOME, Khomo, new_account};

const DAY: i64 = 86_400;

fn open(khomo: &Khomo, who: &str, due: &str) -> Result<CampaignId> {
    let form = ReviewForm { due: due.to_owned() };
    khomo.db().write(&khomo.ctx(who), |tx| people::open_review(tx, khomo.app.profile(), &form))
}

/// The coordinating department opens a review that ends on 4 October 2026.
pub fn opened(khomo: &Khomo) -> CampaignId {
    open(khomo, "coordinator", "04/10/2026").unwrap()
}

fn answer(khomo: &Khomo, who: &AccountId, id: &CampaignId, pairs: &[(String, &str)]) -> Result<usize> {
    let answers: Answers = pairs.iter().map(|(name, value)| (name.clone(), (*value).to_owned())).collect();
    let ctx = khomo.ctx_of(Actor::Account(who.clone()));
    khomo.db().write(&ctx, |tx| people::answer(tx, khomo.app.profile(), id, &answers))
}

fn verdict(khomo: &Khomo, person: &str) -> String {
    format!("verdict-{}", khomo.id(person))
}

fn states(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT user_name || ' ' || state AS line FROM account WHERE state <> 'active' ORDER BY user_name")
}

fn outcome(khomo: &Khomo, person: &str) -> String {
    khomo
        .lines(&format!(
            "SELECT COALESCE(outcome, '-') AS line FROM review_answer WHERE account_id = '{}'",
            khomo.id(person)
        ))
        .remove(0)
}

/// Lets a day pass and does what is due then.
async fn days(khomo: &Khomo, count: i64) {
    for _ in 0..count {
        khomo.clock.advance(DAY);
        khomo.work().await;
    }
}

#[actix_web::test]
async fn a_review_lists_every_account_once_and_tells_those_who_answer() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    khomo.raw("UPDATE account SET state = 'closed' WHERE user_name = 'auditor'").unwrap();
    opened(&khomo);
    assert_eq!(khomo.count("review_answer"), khomo.count("account WHERE state <> 'closed'"));
    assert_eq!(khomo.count("review_answer WHERE agency_id IS NULL"), 1, "somebody without a role has no agency");
    assert!(open(&khomo, "coordinator", "05/10/2026").unwrap_err().has("review-open"));
    khomo.work().await;
    let told = khomo.lines(
        "SELECT a.user_name AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
         WHERE n.event = 'account-review-opened' ORDER BY a.user_name",
    );
    assert_eq!(told, ["dau-moi"], "whoever opened it needs no word");
}

#[actix_web::test]
async fn only_the_coordinating_department_opens_a_review_and_its_day_lies_ahead() {
    let khomo = Khomo::start();
    for who in ["editor", "operator", "auditor"] {
        assert_eq!(open(&khomo, who, "04/10/2026").unwrap_err().kind(), Kind::Forbidden, "{who}");
    }
    for (due, code) in [("04/09/2026", "review-due-past"), ("x", "date-form"), ("", "date-form")] {
        assert!(open(&khomo, "coordinator", due).unwrap_err().has(code), "{due}");
    }
    assert_eq!(khomo.count("review_campaign"), 0);
}

#[actix_web::test]
async fn a_focal_point_answers_on_one_page_and_keeps_the_rest() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    let mut browser = khomo.signed_in("dau-moi").await;
    let path = format!("/internal/accounts/reviews/{id}");
    let page = browser.visit(&path).await;
    let rows = khomo.count(&format!("review_answer WHERE agency_id = '{}'", khomo.agency(HOME)));
    assert_eq!(i64::try_from(page.texts("tbody tr").len()).unwrap(), rows, "the own agency's accounts only");
    assert!(page.attributes(&format!("#verdict-{focal}"), "id").is_empty(), "not one's own");
    let editor = format!("verdict-{}", khomo.id("second-editor"));
    let both = khomo.id("both");
    let ending = format!("ending-{both}");
    let key = format!("{}|approver|2026-01-01", khomo.agency(HOME));
    let change = format!("verdict-{both}");
    let fields =
        [(editor.as_str(), "close"), (change.as_str(), "change"), (ending.as_str(), key.as_str()), ("rest", "keep")];
    let done = browser.post(&format!("{path}/answers"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert!(browser.follow(done).await.flash().is_some());
    assert_eq!(khomo.count("review_answer WHERE verdict IS NOT NULL"), rows - 1, "all but one's own");
    assert_eq!(khomo.count("review_answer WHERE verdict = 'close'"), 1);
    assert_eq!(states(&khomo), Vec::<String>::new(), "nothing is carried out before the day");
    // An answer can be changed until then.
    browser.visit(&path).await;
    assert_eq!(browser.post(&format!("{path}/answers"), &[(editor.as_str(), "keep")]).await.status, 303);
    assert_eq!(khomo.count("review_answer WHERE verdict = 'close'"), 0);
}

#[actix_web::test]
async fn answers_of_a_later_page_stay_there_and_what_is_refused_keeps_what_was_chosen() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let home = khomo.agency(HOME);
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::Operator), |tx| {
            for number in 0..100 {
                let roles = vec![(home.clone(), "editor".to_owned())];
                account::create(tx, new_account(&format!("can-bo-{number:03}"), roles))?;
            }
            Ok(())
        })
        .unwrap();
    let id = opened(&khomo);
    let mut browser = khomo.signed_in("dau-moi").await;
    let second = format!("/internal/accounts/reviews/{id}?agency={HOME}&page=2");
    let page = browser.visit(&second).await;
    let action = page.attribute("form[action*='/answers']", "action").unwrap();
    assert_eq!(action, format!("/internal/accounts/reviews/{id}/answers?agency={HOME}&page=2"));
    let fields = page.attributes("tbody select[name^='verdict-']", "name");
    let (one, two) = (fields[0].as_str(), fields[1].as_str());
    let refused = browser.post(&action, &[(one, "close"), (two, "hoàng đế")]).await;
    assert_eq!(refused.status, 422);
    assert_eq!(refused.attributes("tbody select[name^='verdict-']", "name"), fields, "the same page");
    assert_eq!(refused.attributes(&format!("#{one} option[selected]"), "value"), ["close"], "nothing chosen is lost");
    assert_eq!(refused.attribute("form[action*='/answers']", "action").as_deref(), Some(action.as_str()));
    let done = browser.post(&action, &[(one, "close"), (two, "keep")]).await;
    assert_eq!((done.status, done.header("location")), (303, Some(second.as_str())));
    assert_eq!(khomo.count("review_answer WHERE verdict IS NOT NULL"), 2);
}

#[actix_web::test]
async fn nobody_answers_for_themselves_or_for_another_agency() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    let own = answer(&khomo, &focal, &id, &[(format!("verdict-{focal}"), "keep")]);
    assert!(own.unwrap_err().has("own-account"));
    for person in ["stranger", "nobody", "coordinator"] {
        let foreign = answer(&khomo, &focal, &id, &[(verdict(&khomo, person), "close")]);
        assert_eq!(foreign.unwrap_err().kind(), Kind::NotFound, "{person}");
    }
    let editor = khomo.id("editor");
    let may_not = answer(&khomo, &editor, &id, &[(verdict(&khomo, "approver"), "close")]);
    assert_eq!(may_not.unwrap_err().kind(), Kind::Forbidden);
    let wrong = answer(&khomo, &focal, &id, &[(verdict(&khomo, "editor"), "hoàng đế")]);
    assert!(wrong.unwrap_err().has("review-verdict"));
    let away = format!("{}|editor|2026-01-01", khomo.agency(AWAY));
    let change = answer(
        &khomo,
        &focal,
        &id,
        &[(verdict(&khomo, "editor"), "change"), (format!("ending-{}", khomo.id("editor")), &away)],
    );
    assert!(change.unwrap_err().has("review-ending"));
    assert_eq!(khomo.count("review_answer WHERE verdict IS NOT NULL"), 0);
    let coordinator = khomo.id("coordinator");
    answer(&khomo, &coordinator, &id, &[(verdict(&khomo, "nobody"), "close")]).unwrap();
}

#[actix_web::test]
async fn on_the_day_answers_are_carried_out_and_silence_locks() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    let key = format!("{}|approver|2026-01-01", khomo.agency(HOME));
    let pairs = [
        (verdict(&khomo, "editor"), "keep"),
        (verdict(&khomo, "second-editor"), "close"),
        (verdict(&khomo, "both"), "change"),
        (format!("ending-{}", khomo.id("both")), key.as_str()),
    ];
    assert_eq!(answer(&khomo, &focal, &id, &pairs).unwrap(), 3);
    let mut open = khomo.signed_in("approver").await;
    days(&khomo, 29).await;
    assert_eq!(states(&khomo), Vec::<String>::new(), "the day before, {}", khomo.app.today());
    days(&khomo, 1).await;
    for (person, wanted) in [
        ("editor", "kept"),
        ("second-editor", "closed"),
        ("both", "changed"),
        ("approver", "locked"),
        ("nobody", "locked"),
        // Never whoever opened it, nor whoever is the last to run the portal.
        ("coordinator", "spared"),
        ("operator", "spared"),
    ] {
        assert_eq!(outcome(&khomo, person), wanted, "{person}");
    }
    assert_eq!(khomo.count("account WHERE user_name = 'approver' AND state = 'locked'"), 1);
    assert_eq!(khomo.count("account WHERE user_name = 'second-editor' AND state = 'closed'"), 1);
    assert_eq!(khomo.count("account WHERE user_name IN ('coordinator', 'operator') AND state = 'active'"), 2);
    assert_eq!(open.get("/internal/account").await.status, 303, "locked accounts are signed out");
    let today = khomo.app.today().to_string();
    let both = khomo.id("both");
    let held = khomo.db().read(|conn| account::held_by(conn, &both, &today)).unwrap();
    assert_eq!(held.iter().map(|held| held.role.as_str()).collect::<Vec<_>>(), ["editor"]);
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'account-review-ended'"), 1);
    let page = khomo.signed_in("coordinator").await.visit(&format!("/internal/accounts/reviews/{id}")).await;
    assert!(page.texts("tbody tr").len() > 8 && page.attributes("select", "id").is_empty());
    let late = answer(&khomo, &focal, &id, &[(verdict(&khomo, "approver"), "keep")]);
    assert!(late.is_err(), "too late, and locked oneself");
    // Another turn changes nothing; that somebody was reminded of another duty is written down.
    let entries = |khomo: &Khomo| khomo.count("audit_entry WHERE action <> 'duty.remind'");
    let before = entries(&khomo);
    days(&khomo, 3).await;
    assert_eq!(entries(&khomo), before);
}

#[actix_web::test]
async fn each_agency_s_focal_points_and_head_hear_what_became_of_its_accounts() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let head = hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    // Nobody answers for them: who is locked is told nothing.
    hire(&khomo, "dau-moi-hai", &[(AWAY, "focal-point")]);
    let id = opened(&khomo);
    let pairs = [focal, head].map(|person| (format!("verdict-{person}"), "keep"));
    answer(&khomo, &khomo.id("coordinator"), &id, &pairs).unwrap();
    days(&khomo, 30).await;
    khomo.work().await;
    let told = khomo.lines(
        "SELECT a.user_name || ' ' || n.link AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
         WHERE n.event = 'account-review-ended-own' ORDER BY a.user_name",
    );
    let page = format!("/internal/accounts/reviews/{id}");
    assert_eq!(told, [format!("dau-moi {page}"), format!("lanh-dao {page}")]);
    assert_eq!(khomo.count("notice WHERE event = 'account-review-ended'"), 1, "of all together one department hears");
    let home = khomo.agency(HOME);
    let locked = khomo.count(&format!("review_answer WHERE agency_id = '{home}' AND outcome = 'locked'"));
    assert!(locked > 0 && locked < khomo.count("review_answer WHERE outcome = 'locked'"));
    let mut browser = khomo.signed_in("dau-moi").await;
    let inbox = browser.visit("/internal/notices").await.text();
    let said = format!("Giữ 2, thay đổi 0, đóng 0, khóa {locked}.");
    assert!(inbox.contains("Kết quả rà soát tài khoản của cơ quan bạn") && inbox.contains(&said), "{inbox}");
    assert_eq!(browser.visit(&page).await.status, 200, "and sees whom");
}

#[actix_web::test]
async fn a_clock_that_stands_far_ahead_for_a_night_locks_nobody() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    opened(&khomo);
    let work = async || {
        let others = [quarter::TURN, alert::WATCH, alert::CHECK, audit::HEADS];
        let handlers = worker::jobs::Handlers::all(&khomo.app).without(&others);
        worker::jobs::run_due(&khomo.app, &handlers).await.unwrap();
    };
    khomo.clock.advance(DAY);
    work().await;
    khomo.clock.advance(400 * DAY);
    work().await;
    assert_eq!(states(&khomo), Vec::<String>::new());
    assert_eq!(khomo.count("review_campaign WHERE ended_at IS NULL"), 1);
    assert_eq!(duties(&khomo), [format!("{AWAY} overdue 2026-10-03"), format!("{HOME} overdue 2026-10-03")]);
    khomo.clock.advance(-400 * DAY);
    work().await;
    assert_eq!(duties(&khomo), [format!("{AWAY} open 2026-10-03"), format!("{HOME} open 2026-10-03")]);
    // It ends on its day, as if nothing had been.
    for _ in 0..28 {
        khomo.clock.advance(DAY);
        work().await;
    }
    assert_eq!((khomo.app.today().to_string().as_str(), states(&khomo)), ("2026-10-03", Vec::new()));
    khomo.clock.advance(DAY);
    work().await;
    assert_eq!(outcome(&khomo, "approver"), "locked");
    assert_eq!(khomo.count("review_campaign WHERE ended_at IS NULL"), 0);
}

#[actix_web::test]
async fn a_review_whose_last_days_nothing_ran_reminds_first_and_ends_a_night_later() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    days(&khomo, 20).await;
    khomo.clock.advance(12 * DAY);
    // Until the reminders are given it takes answers.
    assert_eq!(answer(&khomo, &focal, &id, &[(verdict(&khomo, "editor"), "keep")]).unwrap(), 1);
    let page = khomo.signed_in("dau-moi").await.visit(&format!("/internal/accounts/reviews/{id}")).await;
    assert!(!page.attributes("select", "id").is_empty(), "and offers them");
    khomo.work().await;
    assert_eq!((khomo.app.today().to_string().as_str(), states(&khomo)), ("2026-10-06", Vec::new()));
    days(&khomo, 1).await;
    assert_eq!((outcome(&khomo, "approver").as_str(), outcome(&khomo, "editor").as_str()), ("locked", "kept"));
    // One so short that no reminder came before its end ends on its day.
    let khomo = Khomo::start();
    days(&khomo, 1).await;
    open(&khomo, "coordinator", "06/09/2026").unwrap();
    days(&khomo, 1).await;
    assert_eq!(outcome(&khomo, "approver"), "locked");
}

#[actix_web::test]
async fn on_the_day_itself_nobody_answers_any_more() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    days(&khomo, 29).await;
    khomo.clock.advance(DAY);
    let late = answer(&khomo, &focal, &id, &[(verdict(&khomo, "editor"), "keep")]);
    assert!(late.unwrap_err().has("review-over"));
}

/// The duties of a review, by the agency's address: where they stand, by when, and how they ended.
fn duties(khomo: &Khomo) -> Vec<String> {
    khomo.lines(
        "SELECT a.slug || ' ' || d.state || ' ' || d.due_on || COALESCE(' ' || d.ended_how, '') AS line \
         FROM duty AS d JOIN agency AS a ON a.id = d.agency_id WHERE d.kind = 'account-review' ORDER BY a.slug",
    )
}

#[actix_web::test]
async fn those_who_have_not_answered_are_reminded_by_the_engine_until_they_have() {
    let khomo = Khomo::start();
    let focal = hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "dau-moi-hai", &[(AWAY, "focal-point")]);
    let id = opened(&khomo);
    // A Saturday: the last day on which answers count is what the review says, whether anybody works then or not.
    assert_eq!(duties(&khomo), [format!("{AWAY} open 2026-10-03"), format!("{HOME} open 2026-10-03")]);
    let turns = khomo.lines("SELECT DISTINCT turn AS line FROM duty WHERE kind = 'account-review'");
    assert_eq!(turns, [id.to_string()]);
    let reminded = |name: &str| {
        khomo.count(&format!(
            "notice AS n JOIN account AS a ON a.id = n.account_id \
             WHERE n.event = 'duty-reminder' AND a.user_name = '{name}'"
        ))
    };
    days(&khomo, 16).await;
    assert_eq!(reminded("dau-moi"), 0, "{}", khomo.app.today());
    days(&khomo, 1).await;
    assert_eq!((reminded("dau-moi"), reminded("dau-moi-hai")), (1, 1), "ten working days before");
    let inbox = khomo.signed_in("dau-moi").await.visit("/internal/notices").await.text();
    assert!(inbox.contains("rà soát tài khoản, hạn 03/10/2026"), "{inbox}");
    answer(&khomo, &focal, &id, &[("rest".to_owned(), "keep")]).unwrap();
    assert_eq!(duties(&khomo)[1], format!("{HOME} open 2026-10-03"), "one account is left: the focal point's own");
    let coordinator = khomo.id("coordinator");
    answer(&khomo, &coordinator, &id, &[(format!("verdict-{focal}"), "keep")]).unwrap();
    assert_eq!(duties(&khomo)[1], format!("{HOME} done 2026-10-03 answered"));
    // Another answer later is no other ending.
    answer(&khomo, &coordinator, &id, &[(format!("verdict-{focal}"), "close")]).unwrap();
    assert_eq!(khomo.count("audit_entry WHERE action = 'duty.end'"), 1);
    days(&khomo, 9).await;
    assert_eq!((reminded("dau-moi"), reminded("dau-moi-hai")), (1, 2), "three days before, whoever is still silent");
    assert_eq!(duties(&khomo)[0], format!("{AWAY} soon 2026-10-03"), "it is moved by the day");
    days(&khomo, 3).await;
    assert_eq!(duties(&khomo)[0], format!("{AWAY} due 2026-10-03"));
    // On that very day an answer still counts.
    answer(&khomo, &coordinator, &id, &[(format!("verdict-{focal}"), "keep")]).unwrap();
    days(&khomo, 1).await;
    assert!(
        answer(&khomo, &coordinator, &id, &[(format!("verdict-{focal}"), "close")]).unwrap_err().has("review-over")
    );
    assert_eq!(
        duties(&khomo),
        [format!("{AWAY} excused 2026-10-03 unanswered"), format!("{HOME} done 2026-10-03 answered")]
    );
    let list = khomo.signed_in("coordinator").await.visit("/internal/duties").await;
    assert_eq!(list.status, 200);
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn a_review_opens_by_itself_when_the_profile_s_period_is_over() {
    let khomo = Khomo::start();
    days(&khomo, 2).await;
    assert_eq!(khomo.count("review_campaign"), 0);
    khomo.clock.advance(182 * DAY);
    days(&khomo, 1).await;
    assert_eq!(khomo.count("review_campaign WHERE opened_by IS NULL AND ended_at IS NULL"), 1);
    days(&khomo, 1).await;
    assert_eq!(khomo.count("review_campaign"), 1);
    let due = khomo.lines("SELECT due_on AS line FROM review_campaign").remove(0);
    let wanted = khomo.app.today().checked_add_days(chrono::Days::new(29)).unwrap();
    assert_eq!(due, wanted.to_string());
}

#[actix_web::test]
async fn the_rest_is_kept_of_those_agencies_alone_that_a_person_answers_for() {
    let khomo = Khomo::start();
    // Who runs the portal sees every account, and answers for those of the agency whose focal point they are.
    let both = hire(&khomo, "van-hanh", &[(AWAY, "operator"), (HOME, "focal-point")]);
    let id = opened(&khomo);
    let home = khomo.agency(HOME);
    let all = khomo.count(&format!("review_answer WHERE agency_id = '{home}'"));
    let rest = [("rest".to_owned(), "keep")];
    assert_eq!(answer(&khomo, &khomo.id("operator"), &id, &rest).unwrap(), 0, "they see all and answer for none");
    let kept = answer(&khomo, &both, &id, &rest).unwrap();
    assert_eq!(i64::try_from(kept).unwrap(), all);
    let others = format!("review_answer WHERE verdict IS NOT NULL AND (agency_id IS NULL OR agency_id <> '{home}')");
    assert_eq!(khomo.count(&others), 0);
}

#[actix_web::test]
async fn a_review_that_opened_by_itself_follows_the_rules_and_one_of_a_person_their_word() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    days(&khomo, 2).await;
    khomo.clock.advance(182 * DAY);
    days(&khomo, 1).await;
    let stands = || {
        let day = khomo.lines("SELECT due_on AS line FROM review_campaign WHERE ended_at IS NULL").remove(0);
        let due =
            khomo.lines("SELECT DISTINCT due_on AS line FROM duty WHERE kind = 'account-review' AND ended_at IS NULL");
        (day, due)
    };
    let days_are = |day: &str, due: &str| (day.to_owned(), vec![due.to_owned()]);
    assert_eq!(khomo.app.today().to_string(), "2027-03-08");
    assert_eq!(stands(), days_are("2027-04-07", "2027-04-06"));
    let longer = with_rules(&khomo, |profile| profile.accounts.review_answer_days.value = 45);
    turn_by(&khomo, &longer).await;
    assert_eq!(stands(), days_are("2027-04-22", "2027-04-21"));
    let saturday = with_rules(&khomo, |profile| profile.accounts.review_answer_days.value = 34);
    turn_by(&khomo, &saturday).await;
    assert_eq!(stands(), days_are("2027-04-13", "2027-04-12"), "10 April is a Saturday: Monday is the last day");
    days(&khomo, 10).await;
    assert_eq!(stands(), days_are("2027-04-07", "2027-04-06"), "its own rules again");
    // Fewer days than have passed: today one can still answer.
    let shorter = with_rules(&khomo, |profile| profile.accounts.review_answer_days.value = 5);
    turn_by(&khomo, &shorter).await;
    assert_eq!(stands(), days_are("2027-03-19", "2027-03-18"));
    assert_eq!(khomo.count("audit_entry WHERE action = 'account-review.days'"), 4);

    let khomo = Khomo::start();
    opened(&khomo);
    khomo.work().await;
    let longer = with_rules(&khomo, |profile| profile.accounts.review_answer_days.value = 45);
    let before = khomo.heads();
    turn_by(&khomo, &longer).await;
    assert_eq!(khomo.lines("SELECT due_on AS line FROM review_campaign"), ["2026-10-04"]);
    assert_eq!(khomo.heads().0, before.0, "and nothing is written");
}

#[actix_web::test]
async fn a_review_leaves_as_a_file_with_how_every_account_stands() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = opened(&khomo);
    answer(&khomo, &khomo.id("coordinator"), &id, &[(verdict(&khomo, "editor"), "close")]).unwrap();
    let path = format!("/internal/accounts/reviews/{id}");
    let mut coordinator = khomo.signed_in("coordinator").await;
    let links = coordinator.visit(&path).await.attributes("main a", "href");
    assert!(["xlsx", "csv"].iter().all(|form| links.contains(&format!("{path}.{form}"))), "{links:?}");
    let rows = sheet(&coordinator.get(&format!("{path}.xlsx")).await);
    assert_eq!(i64::try_from(rows.len()).unwrap() - 1, khomo.count("review_answer"));
    let editor = rows.iter().find(|row| row[1] == "editor").unwrap();
    assert_eq!((editor[2].as_str(), editor[4].as_str()), ("Sở Y tế", "Sẽ đóng"));
    let theirs = khomo.signed_in("dau-moi").await.get(&format!("{path}.csv")).await.text();
    assert!(theirs.contains("second-editor") && !theirs.contains("stranger"));
    let unknown = coordinator.get(&format!("/internal/accounts/reviews/{}.xlsx", CampaignId::fresh())).await;
    assert_eq!(unknown.status, 404);
    // The list of reviews as well, with the numbers of whoever takes it.
    let list = coordinator.visit("/internal/accounts/reviews").await;
    assert!(list.attributes("main a", "href").contains(&"/internal/accounts/reviews.xlsx".to_owned()));
    let rows = sheet(&coordinator.get("/internal/accounts/reviews.xlsx").await);
    assert_eq!((rows.len(), rows[1][2].as_str()), (2, "Đang mở"));
    let others = khomo.count("review_answer WHERE verdict IS NULL");
    assert_eq!(rows[1][3], format!("Sẽ đóng: 1; Chưa trả lời: {others}"));
    let theirs = khomo.signed_in("dau-moi").await.get("/internal/accounts/reviews.csv").await.text();
    assert!(theirs.contains("2026-10-04") && !theirs.contains(&format!("Chưa trả lời: {others}")), "{theirs}");
    assert_eq!(khomo.signed_in("editor").await.get("/internal/accounts/reviews.csv").await.status, 403);
    // However many there were, none is left out.
    for at in 0..60 {
        let row = format!("('{}', {at}, '2020-01-01', {at})", CampaignId::fresh());
        khomo.raw(&format!("INSERT INTO review_campaign (id, opened_at, due_on, ended_at) VALUES {row}")).unwrap();
    }
    assert_eq!(coordinator.visit("/internal/accounts/reviews").await.texts("main tbody tr").len(), 61);
    assert_eq!(sheet(&coordinator.get("/internal/accounts/reviews.xlsx").await).len(), 62);
}
