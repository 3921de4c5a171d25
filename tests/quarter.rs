//! The quarter: opened by the day, gone through by the agencies' returns, closed once, over two quarters of a set clock.

use khomo::duty::{self, Outcomes};
use khomo::kernel::id::{AgencyId, DutyId};
use khomo::kernel::{Actor, Ctx, Kind, Result, Timestamp};
use khomo::plan::yearly;
use khomo::quarter::{self, CloseForm, Counts, ItemForm, Quarter, RecallForm, ReturnForm, ReturnState, Shown};

use super::agencies;
use super::people::hire;
use crate::records::sheet;
use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, HOME, Khomo, PUBLIC_URL};

/// What the pages of the internal portal may name.
const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];

/// Nine in the morning of a day in the province.
fn morning(day: &str) -> Timestamp {
    let day: chrono::NaiveDate = day.parse().unwrap();
    Timestamp(day.and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis())
}

/// Does what a day asks of the quarters, without moving the clock.
fn turned(khomo: &Khomo, day: &str) {
    let ctx = Ctx::new(Actor::System, morning(day));
    khomo.db().write(&ctx, |tx| quarter::advance(tx, khomo.app.profile())).unwrap();
}

/// The same with data kept elsewhere in a return.
pub fn written(khomo: &Khomo) {
    let code = ended(khomo);
    add(khomo, "editor", &code, "Sổ tiêm chủng").unwrap();
}

/// The second quarter of 2026 with the returns that it waits for; the third one is running.
pub fn ended(khomo: &Khomo) -> String {
    turned(khomo, "2026-04-01");
    turned(khomo, "2026-07-01");
    "2026-Q2".to_owned()
}

/// Moves the clock to the morning of a day, and does what is due then.
async fn until(khomo: &Khomo, day: &str) {
    khomo.clock.advance((morning(day).0 - khomo.clock.now().0) / 1000);
    khomo.work().await;
}

fn quarters(khomo: &Khomo) -> Vec<String> {
    khomo.lines("SELECT id || ' ' || state AS line FROM quarter ORDER BY id")
}

fn state(khomo: &Khomo, code: &str, agency: &str) -> String {
    let owner = khomo.agency(agency);
    khomo
        .lines(&format!(
            "SELECT state AS line FROM quarter_return WHERE quarter_id = '{code}' AND agency_id = '{owner}'"
        ))
        .remove(0)
}

/// The return of an agency as the coordinating department reads it.
fn shown(khomo: &Khomo, code: &str, agency: &str) -> Shown {
    let (owner, now) = (khomo.agency(agency), khomo.clock.now());
    let profile = khomo.app.profile();
    let person = khomo.db().write(&khomo.ctx("coordinator"), |tx| khomo::account::acting(tx, profile)).unwrap();
    khomo.db().read(|conn| quarter::shown(conn, &person, profile, code, &owner, now)).unwrap()
}

fn sign(khomo: &Khomo, who: &str, code: &str, agency: &str) -> Result<ReturnState> {
    let (owner, seen) = (khomo.agency(agency), shown(khomo, code, agency).mark());
    khomo.db().write(&khomo.ctx(who), |tx| quarter::sign(tx, khomo.app.profile(), code, &owner, &seen))
}

fn recall(khomo: &Khomo, who: &str, code: &str, agency: &str, reason: &str) -> Result<()> {
    let (owner, form) = (khomo.agency(agency), RecallForm { reason: reason.to_owned() });
    khomo.db().write(&khomo.ctx(who), |tx| quarter::recall(tx, khomo.app.profile(), code, &owner, &form))
}

fn save(khomo: &Khomo, who: &str, code: &str, needs: &str, carry: &str) -> Result<()> {
    let form = ReturnForm {
        needs: needs.to_owned(),
        carry: carry.to_owned(),
        seen: shown(khomo, code, HOME).of.mark(),
        ..ReturnForm::default()
    };
    let owner = khomo.agency(HOME);
    khomo.db().write(&khomo.ctx(who), |tx| quarter::save(tx, khomo.app.profile(), code, &owner, &form))
}

fn add(khomo: &Khomo, who: &str, code: &str, title: &str) -> Result<()> {
    let form = ItemForm {
        title: title.to_owned(),
        kind: "Sổ đăng ký".to_owned(),
        kept_at: "Kho lưu trữ".to_owned(),
        visibility: "shared".to_owned(),
        planned_on: "31/12/2026".to_owned(),
    };
    let owner = khomo.agency(HOME);
    khomo.db().write(&khomo.ctx(who), |tx| quarter::add_item(tx, khomo.app.profile(), code, &owner, &form))
}

fn close(khomo: &Khomo, who: &str, code: &str, sure: &str) -> Result<Counts> {
    let form = CloseForm { sure: sure.to_owned() };
    khomo.db().write(&khomo.ctx(who), |tx| quarter::close(tx, khomo.app.profile(), code, &form))
}

fn items(khomo: &Khomo, code: &str) -> Vec<String> {
    khomo.lines(&format!(
        "SELECT title || ' ' || kind || ' ' || COALESCE(timeliness, '-') AS line FROM return_item \
         WHERE quarter_id = '{code}' ORDER BY position"
    ))
}

#[actix_web::test]
async fn a_quarter_opens_on_its_first_day_and_again_only_with_the_next() {
    let khomo = Khomo::start();
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 open"], "on the first day that anybody looks, the one that it is");
    until(&khomo, "2026-09-20").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 open"]);
    assert_eq!(khomo.count("quarter_return"), 0, "nothing is owed for what was before");
    khomo.dataset("so-lieu").publish().await;
    until(&khomo, "2026-10-01").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 ended", "2026-Q4 open"]);
    assert_eq!(khomo.count("quarter_return"), 1, "of the one agency that has anything");
    let days = khomo.lines("SELECT return_due_on || ' ' || close_on AS line FROM quarter ORDER BY id");
    assert_eq!(days[0], "2026-10-21 2026-10-28", "15 and 20 working days after 30 September");
    // The other program's clock says the same day.
    let other = khomo.second_db();
    let ctx = Ctx::new(Actor::System, khomo.clock.now());
    other.write(&ctx, |tx| quarter::advance(tx, khomo.app.profile())).unwrap();
    assert_eq!((khomo.count("quarter"), khomo.count("quarter_return")), (2, 1));
    let duties = khomo.lines("SELECT turn || ' ' || state || ' ' || due_on AS line FROM duty WHERE kind = 'return'");
    assert_eq!(duties, ["2026-Q3 open 2026-10-21"], "whoever is late is chased by the engine");
}

#[actix_web::test]
async fn quarters_that_were_missed_are_made_up_for_and_nobody_is_late_for_them() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2027-02-10").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 ended", "2026-Q4 ended", "2027-Q1 open"]);
    let days = khomo.lines("SELECT return_due_on AS line FROM quarter WHERE state = 'ended'");
    assert!(days.iter().all(|day| day.as_str() > "2027-02-10"), "{days:?}");
    assert_eq!(khomo.count("quarter_return WHERE state = 'open'"), 2);
    let duties = khomo.lines("SELECT turn AS line FROM duty WHERE kind = 'return' AND ended_at IS NULL ORDER BY turn");
    assert_eq!(duties, ["2026-Q3", "2026-Q4"], "both are owed, side by side");
}

#[actix_web::test]
async fn a_return_is_written_signed_taken_back_and_signed_anew() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.dataset("nhap").title("Bản nháp").import().unwrap();
    let code = ended(&khomo);
    assert_eq!(state(&khomo, &code, HOME), "open");
    assert_eq!(khomo.count("quarter_return"), 1);
    for who in ["stranger", "coordinator", "auditor"] {
        assert_eq!(save(&khomo, who, &code, "x", "").unwrap_err().kind(), Kind::Forbidden, "{who}");
        assert_eq!(add(&khomo, who, &code, "x").unwrap_err().kind(), Kind::Forbidden, "{who}");
    }
    save(&khomo, "editor", &code, "Dân số theo xã", "").unwrap();
    add(&khomo, "editor", &code, "Sổ tiêm chủng").unwrap();
    assert!(sign(&khomo, "editor", &code, HOME).unwrap_err().has("return-not-yours-to-sign"));
    assert_eq!(sign(&khomo, "approver", &code, HOME).unwrap(), ReturnState::Late, "the clock stands in September");
    assert_eq!(items(&khomo, &code), ["Sổ tiêm chủng Sổ đăng ký -", "Bản nháp draft -", "Trạm y tế published on-time"]);
    let hash = khomo.lines("SELECT hash AS line FROM quarter_return").remove(0);
    assert_eq!(hash.len(), 64);
    assert!(save(&khomo, "editor", &code, "x", "").unwrap_err().has("return-signed"));
    assert!(sign(&khomo, "approver", &code, HOME).unwrap_err().has("return-signed"));
    // The databases hold it as well.
    for sql in [
        "UPDATE quarter_return SET needs = 'x'",
        "DELETE FROM quarter_return",
        "UPDATE return_item SET title = 'x'",
        "DELETE FROM return_item",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    let settled = "SELECT state || ' ' || ended_how AS line FROM duty WHERE kind = 'return' AND ended_how IS NOT NULL";
    assert_eq!(khomo.lines(settled), ["done signed"]);
    // What is published later does not change what was signed.
    khomo.dataset("khac").title("Giá thuốc").publish().await;
    assert_eq!(items(&khomo, &code).len(), 3);
    assert!(recall(&khomo, "approver", &code, HOME, " ").unwrap_err().has("reason-missing"));
    assert_eq!(recall(&khomo, "editor", &code, HOME, "x").unwrap_err().kind(), Kind::Forbidden);
    recall(&khomo, "approver", &code, HOME, "Thiếu giá thuốc.").unwrap();
    assert_eq!(items(&khomo, &code), ["Sổ tiêm chủng Sổ đăng ký -"], "what is kept elsewhere stays");
    assert!(recall(&khomo, "approver", &code, HOME, "x").unwrap_err().has("return-open"));
    assert_eq!(khomo.count("duty WHERE kind = 'return' AND ended_at IS NULL"), 1, "it is owed anew");
    sign(&khomo, "approver", &code, HOME).unwrap();
    assert_eq!(items(&khomo, &code).len(), 4);
    assert_ne!(khomo.lines("SELECT hash AS line FROM quarter_return").remove(0), hash);
    khomo.work().await;
    assert_eq!(khomo.count("notice WHERE event = 'return-recalled'"), 1, "the coordinating department hears of it");
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

/// What became of the duties of a kind in a quarter that is not closed.
fn became(khomo: &Khomo, kind: duty::Kind, code: &str) -> Outcomes {
    let of = quarter::due_in(Quarter::parse(code).unwrap(), None, khomo.app.profile());
    khomo.db().read(|conn| duty::outcomes_by_span(conn, None, Some(kind), &[of])).unwrap().remove(0)
}

#[actix_web::test]
async fn a_return_that_was_taken_back_and_signed_again_counts_once() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    let counted = || became(&khomo, duty::Kind::Return, "2026-Q4");
    sign(&khomo, "approver", "2026-Q3", HOME).unwrap();
    assert_eq!(counted(), Outcomes { in_time: 1, ..Outcomes::default() });
    recall(&khomo, "approver", "2026-Q3", HOME, "Thiếu giá thuốc.").unwrap();
    assert_eq!(counted(), Outcomes { undone: 1, excused: 1, ..Outcomes::default() });
    sign(&khomo, "approver", "2026-Q3", HOME).unwrap();
    assert_eq!(counted(), Outcomes { in_time: 1, excused: 1, ..Outcomes::default() });
    let rounds =
        "SELECT turn || ' ' || state || ' ' || ended_how AS line FROM duty WHERE kind = 'return' ORDER BY turn";
    assert_eq!(khomo.lines(rounds), ["2026-Q3 excused recalled", "2026-Q3/2 done signed"]);
    let written = |action: &str| khomo.count(&format!("audit_entry WHERE action = '{action}'"));
    assert_eq!((written("duty.recall"), written("duty.end")), (1, 2));
    let counts = khomo.db().read(|conn| duty::counts(conn, None, true)).unwrap();
    let total: u64 = counts.iter().map(|count| count.count).sum();
    assert_eq!(i64::try_from(total).unwrap(), khomo.count("duty"), "the sum is that of its parts");
    let path = "/internal/duties?quarter=2026-Q4&kind=return&stage=excused";
    let list = khomo.signed_in("coordinator").await.visit(path).await;
    assert!(list.texts("tbody td").concat().contains("Đã rút lại chữ ký"), "{:?}", list.texts("tbody td"));
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn what_the_page_of_a_quarter_leaves_off_is_a_list_of_that_quarter() {
    let khomo = Khomo::start();
    let first = khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-10-01").await;
    // As many more as the page shows.
    let copy = |id: DutyId| {
        format!(
            "INSERT INTO duty (id, kind, subject, turn, agency_id, title, from_on, opens_on, soon_on, due_on, state, \
             verified, opened_at, changed_at) SELECT '{id}', kind, '{id}', turn, agency_id, title, from_on, opens_on, \
             soon_on, due_on, state, verified, opened_at, changed_at FROM duty WHERE subject = '{first}';"
        )
    };
    khomo.raw(&(0..200).map(|_| copy(DutyId::fresh())).collect::<String>()).unwrap();
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit("/internal/quarter/2026-Q4").await;
    let list = page.attribute("section[aria-labelledby=due] > p a", "href").unwrap();
    assert_eq!(list, "/internal/duties?kind=update&quarter=2026-Q4");
    assert!(coordinator.visit(&list).await.texts(".page-head .soft").concat().contains("201"), "all of it");
}

#[actix_web::test]
async fn what_was_owed_and_never_done_counts_as_not_done_and_not_as_excused() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    // A return that was due in July and is not handed in when its quarter is closed.
    let code = ended(&khomo);
    close(&khomo, "coordinator", &code, "1").unwrap();
    let undone = |undone: u64| Outcomes { undone, ..Outcomes::default() };
    assert_eq!(became(&khomo, duty::Kind::Return, "2026-Q3"), undone(1));
    // An item of a plan that ends without it.
    let plan = crate::plan::executed(&khomo, 2026).await;
    let profile = khomo.app.profile();
    let sure = yearly::CloseForm { sure: "1".to_owned() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::close(tx, profile, &plan, &sure)).unwrap();
    assert_eq!(became(&khomo, duty::Kind::PlanItem, "2026-Q3"), undone(1));
    let mut coordinator = khomo.signed_in("coordinator").await;
    let list = coordinator.visit("/internal/duties?quarter=2026-Q3&stage=undone").await;
    let said = list.texts("tbody td").concat();
    assert!(said.contains("Không nộp trước khi khóa quý") && said.contains("Kế hoạch đã kết thúc"), "{said}");
    // A review of accounts that nobody answers, whose end locks them.
    crate::account_review::opened(&khomo);
    khomo.work().await;
    until(&khomo, "2026-10-03").await;
    until(&khomo, "2026-10-05").await;
    let agencies = u64::try_from(khomo.count("duty WHERE kind = 'account-review'")).unwrap();
    assert!(agencies > 0);
    assert_eq!(became(&khomo, duty::Kind::AccountReview, "2026-Q4"), undone(agencies));
    let how = "SELECT DISTINCT ended_how AS line FROM duty WHERE state = 'excused' AND late ORDER BY ended_how";
    assert_eq!(khomo.lines(how), ["not-handed-in", "plan-closed", "unanswered"]);
}

#[actix_web::test]
async fn a_close_by_hand_and_the_turn_of_the_day_at_one_moment_close_a_quarter_once() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    std::thread::scope(|scope| {
        let other = khomo.second_db();
        let by_hand = scope.spawn(|| close(&khomo, "coordinator", &code, "1").map(drop));
        let ctx = Ctx::new(Actor::System, khomo.clock.now());
        other.write(&ctx, |tx| quarter::advance(tx, khomo.app.profile())).unwrap();
        if let Err(error) = by_hand.join().unwrap() {
            assert!(error.has("quarter-closed"), "{error}");
        }
    });
    assert_eq!(quarters(&khomo), ["2026-Q2 closed", "2026-Q3 open"]);
    assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.close'"), 1);
    assert_eq!(khomo.count("job WHERE kind = 'quarter-closed'"), 1);
}

#[actix_web::test]
async fn what_is_in_quarantine_stands_on_no_list_and_withdrawn_data_on_those_of_their_quarter() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    let secret = khomo.dataset("mat").title("Kín").publish().await;
    let gone = khomo.dataset("rut").title("Đã rút").publish().await;
    let code = ended(&khomo);
    khomo.withdraw(&gone, "approver").unwrap();
    khomo.raw(&format!("UPDATE dataset SET quarantined_at = 1 WHERE id = '{secret}'")).unwrap();
    sign(&khomo, "approver", &code, HOME).unwrap();
    assert_eq!(items(&khomo, &code), ["Trạm y tế published on-time"], "it was withdrawn in September");
    khomo.work().await;
    until(&khomo, "2026-10-01").await;
    sign(&khomo, "approver", "2026-Q3", HOME).unwrap();
    let kinds = khomo.lines("SELECT kind AS line FROM return_item WHERE quarter_id = '2026-Q3' ORDER BY kind");
    assert_eq!(kinds, ["published", "withdrawn"]);
}

#[actix_web::test]
async fn needs_and_data_kept_elsewhere_are_carried_into_the_next_return() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    save(&khomo, "editor", &code, "Dân số theo xã\nGiá đất", "").unwrap();
    add(&khomo, "editor", &code, "Sổ tiêm chủng").unwrap();
    khomo.work().await;
    until(&khomo, "2026-10-01").await;
    assert_eq!(state(&khomo, &code, HOME), "missing", "its day was in July");
    assert_eq!(items(&khomo, "2026-Q3"), ["Sổ tiêm chủng Sổ đăng ký -"]);
    save(&khomo, "editor", "2026-Q3", "Giá đất", "1").unwrap();
    let needs = khomo.lines("SELECT needs AS line FROM quarter_return WHERE quarter_id = '2026-Q3'");
    assert_eq!(needs, ["Giá đất\nDân số theo xã"]);
}

#[actix_web::test]
async fn what_an_agency_needed_is_offered_to_whoever_took_over_from_it() {
    let khomo = Khomo::start();
    let heir = hire(&khomo, "ke-thua", &[(AWAY, "editor"), (AWAY, "focal-point")]);
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    save(&khomo, "editor", &code, "Dân số theo xã\nGiá đất", "").unwrap();
    khomo.work().await;
    let form = agencies::merger(&khomo, AWAY, "06/09/2026", "end");
    agencies::merge(&khomo, HOME, &form).unwrap();
    until(&khomo, "2026-10-01").await;
    let shown = shown(&khomo, "2026-Q3", AWAY);
    let today = khomo.app.today();
    let offered = khomo.db().read(|conn| quarter::earlier_needs(conn, &shown.of, today)).unwrap();
    assert_eq!(offered, ["Dân số theo xã", "Giá đất"]);
    let form = ReturnForm {
        needs: "Giá đất".to_owned(),
        carry: "1".to_owned(),
        seen: shown.of.mark(),
        ..ReturnForm::default()
    };
    let owner = khomo.agency(AWAY);
    let profile = khomo.app.profile();
    let ctx = khomo.ctx_of(Actor::Account(heir));
    khomo.db().write(&ctx, |tx| quarter::save(tx, profile, "2026-Q3", &owner, &form)).unwrap();
    let needs = khomo.lines(&format!(
        "SELECT needs AS line FROM quarter_return WHERE agency_id = '{owner}' AND quarter_id = '2026-Q3'"
    ));
    assert_eq!(needs, ["Giá đất\nDân số theo xã"]);
}

#[actix_web::test]
async fn two_people_at_one_return_do_not_overwrite_each_other() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
    let (mut first, mut second) = (khomo.signed_in("editor").await, khomo.signed_in("second-editor").await);
    let seen = first.visit(&path).await.attribute("input[name=seen]", "value").unwrap();
    second.visit(&path).await;
    let done = first.post(&path, &[("needs", "Giá đất"), ("seen", &seen)]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let refused = second.post(&path, &[("needs", "Dân số"), ("seen", &seen)]).await;
    assert_eq!(refused.status, 409);
    assert_clean("a return that somebody saved meanwhile", &refused.text(), &OWN);
    assert!(refused.text().contains("Dân số"), "nothing typed is lost");
    assert!(refused.texts(".panel").concat().contains("Giá đất"), "what is stored stands beside it");
    let fresh = refused.attribute("input[name=seen]", "value").unwrap();
    assert_eq!(second.post(&path, &[("needs", "Dân số"), ("seen", &fresh)]).await.status, 303);
    // An approver who looked at it before does not sign what was added since.
    let preview = format!("{path}/preview");
    let mut approver = khomo.signed_in("approver").await;
    let seen = approver.visit(&preview).await.attribute("input[name=seen]", "value").unwrap();
    add(&khomo, "editor", &code, "Sổ tiêm chủng").unwrap();
    let stale = approver.post(&format!("{path}/signature"), &[("seen", &seen)]).await;
    assert_eq!(stale.status, 409);
    assert_clean("a return that changed before it was signed", &stale.text(), &OWN);
    assert!(stale.text().contains("Sổ tiêm chủng"), "it is shown as it is now");
    let seen = stale.attribute("input[name=seen]", "value").unwrap();
    khomo.dataset("moi").publish().await;
    let owner = khomo.agency(HOME);
    let changed =
        khomo.db().write(&khomo.ctx("approver"), |tx| quarter::sign(tx, khomo.app.profile(), &code, &owner, &seen));
    assert!(changed.unwrap_err().has("return-changed-meanwhile"));
    let wrong =
        second.post(&format!("{path}/items"), &[("title", "Sổ tiêm chủng"), ("planned_on", "31/02/2026")]).await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.text().contains("Sổ tiêm chủng"));
    assert_clean("wrong data kept elsewhere", &wrong.text(), &OWN);
    // Signed meanwhile, it takes nothing more; what was typed is shown.
    sign(&khomo, "approver", &code, HOME).unwrap();
    for (to, fields, typed) in [
        (path.clone(), [("needs", "Giá thuê đất"), ("seen", &*fresh)], "Giá thuê đất"),
        (format!("{path}/items"), [("title", "Sổ khám bệnh"), ("kind", "Sổ")], "Sổ khám bệnh"),
    ] {
        let late = second.post(&to, &fields).await;
        assert_eq!(late.status, 409, "{to}");
        assert_clean("what came after the signature", &late.text(), &OWN);
        assert!(late.texts("section[aria-labelledby=unsent]").concat().contains(typed), "{to}");
    }
}

/// Data kept elsewhere as a browser sends them.
const REGISTER: [(&str, &str); 4] =
    [("title", "Sổ tiêm chủng"), ("kind", "Sổ đăng ký"), ("kept_at", "Kho lưu trữ"), ("visibility", "shared")];

/// The mark of the words that the page of a return shows.
fn seen(page: &Answer) -> String {
    page.attribute("input[name=seen]", "value").unwrap()
}

#[actix_web::test]
async fn every_button_of_a_return_saves_all_that_was_typed_on_its_page() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
    let words = || khomo.lines("SELECT remarks || '/' || needs AS line FROM quarter_return").remove(0);
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.visit(&path).await;
    assert_clean("a return that is written", &page.text(), &OWN);
    assert_eq!(page.attributes("main form", "action"), [&*path], "one form holds all of it");
    // Enter in a field presses the form's first button: that is none which takes something off the list.
    assert_eq!(page.texts("button[form=return]").first().map(String::as_str), Some("Lưu"));

    let (mark, mut fields) = (seen(&page), REGISTER.to_vec());
    fields.extend([("remarks", "Chờ nghị quyết."), ("seen", &*mark)]);
    let added = editor.post(&format!("{path}/items"), &fields).await;
    assert_eq!(added.status, 303, "{}", added.text());
    let page = editor.follow(added).await;
    assert_eq!(page.flash().as_deref(), Some("Đã thêm vào danh sách."));
    assert_eq!((words(), items(&khomo, &code).len()), ("Chờ nghị quyết./".to_owned(), 1));

    let removal = page.attribute("form#return button[formaction$='/removal']", "formaction").unwrap();
    let mark = seen(&page);
    let typed = [("remarks", "Chờ nghị quyết."), ("needs", "Giá đất"), ("seen", &*mark)];
    let removed = editor.post(&removal, &typed).await;
    assert_eq!(removed.status, 303, "{}", removed.text());
    assert_eq!((words(), items(&khomo, &code).len()), ("Chờ nghị quyết./Giá đất".to_owned(), 0));
    // Somebody else took it off meanwhile: what is typed beside it is saved all the same.
    let mark = seen(&editor.follow(removed).await);
    let typed = [("remarks", "Chờ nghị quyết."), ("needs", "Giá đất\r\nDân số"), ("seen", &*mark)];
    let again = editor.post(&removal, &typed).await;
    assert_eq!((again.status, words()), (303, "Chờ nghị quyết./Giá đất\nDân số".to_owned()));

    // The print view shows what was typed before it was asked for, and so does the list.
    let mark = seen(&editor.follow(again).await);
    let mut fields = REGISTER.to_vec();
    fields.extend([("remarks", "Đã đủ."), ("seen", &*mark), ("then", "preview")]);
    let previewed = editor.post(&path, &fields).await;
    assert_eq!(previewed.header("location"), Some(&*format!("{path}/preview")));
    let preview = editor.follow(previewed).await.text();
    assert!(preview.contains("Đã đủ.") && preview.contains("Sổ tiêm chủng"));
    assert_eq!(khomo.count("audit_entry WHERE action = 'return.save'"), 4);

    // Data that are only half named are neither added nor lost, and nothing else is saved without them.
    let mark = seen(&editor.visit(&path).await);
    let half = [("title", "Sổ khám bệnh"), ("remarks", "Còn thiếu."), ("carry", "1"), ("seen", &*mark)];
    let refused = editor.post(&path, &half).await;
    assert_eq!(refused.status, 422);
    assert_clean("data kept elsewhere that are half named", &refused.text(), &OWN);
    assert_eq!(refused.texts("#remarks"), ["Còn thiếu."]);
    assert_eq!(refused.attributes("details[open] #title", "value"), ["Sổ khám bệnh"]);
    assert_eq!(refused.attributes("#errors a", "href"), ["#kind", "#kept_at", "#visibility"]);
    assert_eq!((words(), items(&khomo, &code).len()), ("Đã đủ./".to_owned(), 1));
}

#[actix_web::test]
async fn whoever_writes_a_return_reads_who_signs_it_and_signers_are_led_there() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
    let told = |page: &Answer| page.text().contains("Báo cáo chưa ký. Người được ký: ");
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.visit(&path).await;
    assert_eq!(page.texts("button[name=then]"), ["Xem bản in"]);
    assert!(told(&page));
    let mark = seen(&page);
    let saved = editor.post(&path, &[("needs", "Giá đất"), ("seen", &mark)]).await;
    let said = editor.follow(saved).await.flash().unwrap();
    assert_eq!(said, "Đã lưu báo cáo. Báo cáo chỉ được tính là đã nộp khi người có quyền đã ký.");

    let mut approver = khomo.signed_in("approver").await;
    let page = approver.visit(&path).await;
    assert_eq!(page.texts("button.primary[name=then]"), ["Xem bản in và ký"]);
    assert!(!told(&page));
    assert_clean("a return that its signer writes", &page.text(), &OWN);
    // The coordinating department reads it.
    let page = khomo.signed_in("coordinator").await.visit(&path).await;
    assert_eq!(page.texts(".page-head a[href$='/preview']"), ["Xem bản in"]);
    assert!(told(&page) && page.attributes("button[name=then]", "value").is_empty());
    sign(&khomo, "approver", &code, HOME).unwrap();
    for who in ["editor", "approver", "coordinator"] {
        let page = khomo.signed_in(who).await.visit(&path).await;
        assert_eq!(page.texts(".page-head a[href$='/preview']"), ["Xem bản in"], "{who}");
        assert!(!told(&page), "{who}");
    }
}

#[actix_web::test]
async fn words_that_nobody_changed_overwrite_none_that_were_saved_meanwhile() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
    let needs = || khomo.lines("SELECT needs AS line FROM quarter_return").remove(0);
    let (mut first, mut second) = (khomo.signed_in("editor").await, khomo.signed_in("second-editor").await);
    let old = seen(&first.visit(&path).await);
    second.visit(&path).await;
    assert_eq!(first.post(&path, &[("needs", "Giá đất"), ("seen", &old)]).await.status, 303);

    let wrong = second.post(&format!("{path}/items"), &[("title", "Sổ"), ("needs", ""), ("seen", &old)]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.texts("#needs"), ["Giá đất"], "the form goes on from what is saved");
    let mut fields = REGISTER.to_vec();
    fields.extend([("needs", ""), ("seen", &*old)]);
    assert_eq!(second.post(&format!("{path}/items"), &fields).await.status, 303);
    assert_eq!((needs(), items(&khomo, &code).len()), ("Giá đất".to_owned(), 1));

    // Who did change them sees first what is saved, also after another mistake.
    let typed = [("title", "Sổ"), ("needs", "Dân số"), ("seen", &*old)];
    let wrong = second.post(&path, &typed).await;
    assert_eq!((wrong.status, wrong.texts("#needs"), seen(&wrong)), (422, vec!["Dân số".to_owned()], old.clone()));
    let behind = second.post(&path, &typed[1..]).await;
    assert_eq!((behind.status, needs()), (409, "Giá đất".to_owned()));
    assert!(behind.texts(".panel").concat().contains("Giá đất"), "what is stored stands beside it");
    let fresh = seen(&behind);
    assert_eq!(second.post(&path, &[typed[1], ("seen", &fresh)]).await.status, 303);
    assert_eq!(needs(), "Dân số");
}

/// The first day after the third quarter of 2026: two agencies owe their returns.
async fn third_over() -> Khomo {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.dataset("nong-nghiep").agency(AWAY).by("stranger").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    khomo
}

#[actix_web::test]
async fn on_its_day_a_quarter_is_closed_once_for_good_and_its_release_is_ordered() {
    let khomo = third_over().await;
    assert_eq!(sign(&khomo, "approver", "2026-Q3", HOME).unwrap(), ReturnState::Signed);
    until(&khomo, "2026-10-27").await;
    assert_eq!(quarters(&khomo)[0], "2026-Q3 ended");
    until(&khomo, "2026-10-28").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 closed", "2026-Q4 open"]);
    assert_eq!((state(&khomo, "2026-Q3", HOME), state(&khomo, "2026-Q3", AWAY)), ("signed".into(), "missing".into()));
    let counts = khomo.lines("SELECT new_count || ' ' || updated_count AS line FROM quarter WHERE id = '2026-Q3'");
    assert_eq!(counts, ["2 0"]);
    let closed_at = khomo.lines("SELECT CAST(closed_at AS TEXT) AS line FROM quarter WHERE id = '2026-Q3'").remove(0);
    let releases = khomo.lines("SELECT quarter || ' ' || as_of AS line FROM release");
    assert_eq!(releases, [format!("2026-Q3 {closed_at}")]);
    until(&khomo, "2026-10-29").await;
    assert_eq!((khomo.count("job WHERE kind = 'quarter-closed'"), khomo.count("release")), (0, 1), "once");
    assert_eq!(khomo.count("duty WHERE kind = 'return' AND ended_at IS NULL"), 0, "nobody is chased any more");
    for refused in [
        sign(&khomo, "stranger", "2026-Q3", AWAY).map(drop),
        recall(&khomo, "approver", "2026-Q3", HOME, "x"),
        close(&khomo, "coordinator", "2026-Q3", "1").map(drop),
    ] {
        assert!(refused.unwrap_err().has("quarter-closed"));
    }
    for sql in ["UPDATE quarter SET state = 'open'", "DELETE FROM quarter WHERE state = 'closed'"] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    let told = khomo.lines(
        "SELECT DISTINCT a.user_name AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
         WHERE n.event = 'quarter-closed'",
    );
    assert_eq!(told, ["coordinator"]);
    // Data that was withdrawn is called so everywhere.
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit("/internal/quarter/2026-Q3").await;
    assert!(page.texts("dd").concat().contains("Đã rút: 0"), "{:?}", page.texts("dd"));
    assert!(coordinator.visit("/internal/notices").await.text().contains("rút 0. Báo cáo không nộp"));
}

#[actix_web::test]
async fn a_quarter_that_a_clock_far_ahead_closed_has_its_release_when_that_moment_comes() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    // What is due by a clock that stands in October, and what was tried there and failed.
    turned(&khomo, "2026-09-05");
    turned(&khomo, "2026-10-01");
    turned(&khomo, "2026-10-28");
    assert_eq!(quarters(&khomo), ["2026-Q3 closed", "2026-Q4 open"]);
    let failed = "UPDATE job SET due_at = 0, attempts = 1 WHERE kind IN ('quarter-closed', 'release-build')";
    let waiting = |kind: &str| {
        assert_eq!(khomo.count("job WHERE state = 'dead'"), 0);
        khomo.count(&format!("job WHERE kind = '{kind}' AND state = 'waiting'"))
    };
    khomo.raw(failed).unwrap();
    khomo.work().await;
    assert_eq!((waiting("quarter-closed"), khomo.count("release")), (1, 0), "back in September");
    // The same where its release was ordered already.
    let ahead = Ctx::new(Actor::System, morning("2026-10-28"));
    khomo.db().write(&ahead, |tx| khomo::release::order_closed(tx, "2026-Q3", None)).unwrap();
    khomo.raw(failed).unwrap();
    until(&khomo, "2026-10-27").await;
    assert_eq!((waiting("quarter-closed"), waiting("release-build")), (1, 1));
    assert_eq!(khomo.lines("SELECT state AS line FROM release"), ["building"]);
    khomo.dataset("hai").publish().await;
    until(&khomo, "2026-10-28").await;
    assert_eq!((waiting("quarter-closed"), waiting("release-build")), (0, 0));
    let as_of = morning("2026-10-28").0;
    let releases = khomo.lines("SELECT quarter || ' ' || state || ' ' || as_of AS line FROM release");
    assert_eq!(releases, [format!("2026-Q3 ready {as_of}")]);
    let entries = khomo.count("release_entry");
    assert_eq!(entries, 2, "what was published until then is in it");
}

#[actix_web::test]
async fn no_return_is_signed_and_no_quarter_closed_before_it_is_over_whatever_a_clock_said() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    turned(&khomo, "2026-09-04");
    turned(&khomo, "2027-02-10");
    assert_eq!(quarters(&khomo), ["2026-Q3 ended", "2026-Q4 ended", "2027-Q1 open"], "by a clock that stands ahead");
    assert_eq!(khomo.count("quarter_return WHERE state = 'open'"), 2);
    // Of the running quarter, and of one that has not begun.
    for code in ["2026-Q3", "2026-Q4"] {
        assert!(sign(&khomo, "approver", code, HOME).unwrap_err().has("quarter-closed"), "{code}");
        assert!(add(&khomo, "editor", code, "Sổ tiêm chủng").unwrap_err().has("quarter-closed"), "{code}");
        assert!(close(&khomo, "coordinator", code, "1").unwrap_err().has("quarter-running"), "{code}");
        let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
        let page = khomo.signed_in("approver").await.visit(&path).await;
        assert_clean("a return before its time", &page.text(), &OWN);
        assert!(page.attributes("textarea", "name").is_empty(), "{code}: no form that would be refused");
    }
    let list = khomo.signed_in("coordinator").await.visit("/internal/quarter").await;
    assert_eq!(list.texts("tbody .badge"), ["Đang diễn ra"]);
    assert_eq!(khomo.count("quarter_return WHERE signed_at IS NOT NULL"), 0);
}

#[actix_web::test]
async fn what_a_clock_far_ahead_opened_and_ended_is_taken_back_and_comes_in_its_time() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    turned(&khomo, "2026-09-04");
    turned(&khomo, "2027-02-10");
    let go = |day: &str| khomo.clock.advance((morning(day).0 - khomo.clock.now().0) / 1000);
    // Before its days are over nothing is written of it: it may be the present clock that stands back.
    for _ in 0..2 {
        turned(&khomo, "2026-09-04");
        assert_eq!(quarters(&khomo), ["2026-Q3 ended", "2026-Q4 ended", "2027-Q1 open"]);
        assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.resume'"), 0);
    }
    let days = || khomo.lines("SELECT return_due_on || ' ' || close_on AS line FROM quarter ORDER BY id").remove(0);
    let renewed = || {
        let ctx = Ctx::new(Actor::System, khomo.clock.now());
        khomo.db().write(&ctx, |tx| quarter::renew_duties(tx, khomo.app.profile())).unwrap()
    };
    assert_eq!((renewed(), renewed()), (2, 0));
    let path = "/internal/duties?kind=return&stage=excused";
    let list = khomo.signed_in("coordinator").await.visit(path).await;
    assert!(list.texts("tbody td").concat().contains("Quý chưa hết"), "{:?}", list.texts("tbody td"));

    go("2026-10-01");
    for _ in 0..2 {
        turned(&khomo, "2026-10-01");
        assert_eq!(quarters(&khomo), ["2026-Q3 ended", "2026-Q4 open", "2027-Q1 open"]);
        assert_eq!(days(), "2026-10-21 2026-10-28", "15 and 20 working days after 30 September");
        assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.resume'"), 1, "once");
    }
    let opened = khomo.lines("SELECT CAST(opened_at AS TEXT) AS line FROM quarter WHERE id = '2026-Q4'");
    assert_eq!(opened, [morning("2026-10-01").0.to_string()]);
    add(&khomo, "editor", "2026-Q3", "Sổ tiêm chủng").unwrap();
    assert_eq!(sign(&khomo, "approver", "2026-Q3", HOME).unwrap(), ReturnState::Signed);
    let rounds = || khomo.lines("SELECT turn || ' ' || state AS line FROM duty WHERE kind = 'return' ORDER BY turn");
    assert_eq!(rounds(), ["2026-Q3 excused", "2026-Q3/2 done", "2026-Q4 excused"]);
    let list = khomo.signed_in("coordinator").await.visit("/internal/quarter").await;
    assert_eq!(list.texts("tbody .badge"), ["Đang diễn ra", "Đang nhận báo cáo"]);

    go("2027-01-01");
    for _ in 0..2 {
        turned(&khomo, "2027-01-01");
        assert_eq!(quarters(&khomo), ["2026-Q3 closed", "2026-Q4 ended", "2027-Q1 open"]);
        assert_eq!(
            items(&khomo, "2026-Q4"),
            ["Sổ tiêm chủng Sổ đăng ký -"],
            "once, though the return was there before"
        );
    }
    assert_eq!(rounds().len(), 4);
    assert_eq!(khomo.count("quarter_return"), 2);
    assert_eq!(khomo.db().read(khomo::audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn a_clock_that_stands_back_changes_nothing_of_a_quarter_that_ended() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    for day in ["2026-09-04", "2026-10-01", "2026-10-20"] {
        turned(&khomo, day);
    }
    let stand = || {
        khomo.lines(
            "SELECT id || ' ' || state || ' ' || return_due_on || ' ' || close_on AS line FROM quarter ORDER BY id",
        )
    };
    let (before, head) = (stand(), khomo.heads());
    assert!(before[0].starts_with("2026-Q3 ended 2026-10-21 2026-10-28"), "{before:?}");
    for day in ["2026-09-28", "2026-09-30", "2026-10-20"] {
        turned(&khomo, day);
        assert_eq!((stand(), khomo.heads()), (before.clone(), head.clone()), "{day}");
    }
    turned(&khomo, "2026-10-28");
    assert_eq!(quarters(&khomo), ["2026-Q3 closed", "2026-Q4 open"]);
}

#[actix_web::test]
async fn the_coordinating_department_closes_earlier_with_a_word_that_it_knows() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    for who in ["approver", "operator"] {
        assert_eq!(close(&khomo, who, &code, "1").unwrap_err().kind(), Kind::Forbidden, "{who}");
    }
    assert!(close(&khomo, "coordinator", "2026-Q3", "1").unwrap_err().has("quarter-running"));
    assert_eq!(close(&khomo, "coordinator", "2020-Q1", "1").unwrap_err().kind(), Kind::NotFound);
    let path = format!("/internal/quarter/{code}");
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&path).await;
    let unsure = coordinator.post(&format!("{path}/closure"), &[]).await;
    assert_eq!(unsure.status, 422);
    assert_clean("a close that nobody is sure of", &unsure.text(), &OWN);
    let done = coordinator.post(&format!("{path}/closure"), &[("sure", "1")]).await;
    assert_eq!(done.status, 303, "{}", done.text());
    let page = coordinator.follow(done).await;
    assert!(page.flash().is_some());
    assert_eq!(state(&khomo, &code, HOME), "missing");
    assert_eq!(khomo.count("job WHERE kind = 'quarter-closed'"), 1);
}

#[actix_web::test]
async fn nobody_closes_a_quarter_by_hand_while_an_agency_may_still_hand_in_its_return() {
    let khomo = third_over().await;
    let path = "/internal/quarter/2026-Q3";
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit(path).await;
    assert!(page.attributes("form[action$='/closure']", "action").is_empty(), "no form that would be refused");
    assert!(page.texts("section[aria-labelledby=close]").concat().contains("21/10/2026"));
    let refused = coordinator.post(&format!("{path}/closure"), &[("sure", "1")]).await;
    assert_eq!(refused.status, 409);
    assert_clean("a close before the day of the returns", &refused.text(), &OWN);
    assert!(refused.texts("#errors").concat().contains("21/10/2026"));
    // Once every return is signed there is nothing to wait for.
    sign(&khomo, "approver", "2026-Q3", HOME).unwrap();
    assert!(close(&khomo, "coordinator", "2026-Q3", "1").unwrap_err().has("quarter-returns-open"));
    sign(&khomo, "stranger", "2026-Q3", AWAY).unwrap();
    close(&khomo, "coordinator", "2026-Q3", "1").unwrap();
    assert_eq!((state(&khomo, "2026-Q3", HOME), state(&khomo, "2026-Q3", AWAY)), ("signed".into(), "signed".into()));
    // Nor once the day is over.
    until(&khomo, "2027-01-01").await;
    let due: String = khomo.lines("SELECT return_due_on AS line FROM quarter WHERE id = '2026-Q4'").remove(0);
    khomo.clock.advance((morning(&due).0 - khomo.clock.now().0) / 1000);
    assert!(close(&khomo, "coordinator", "2026-Q4", "1").unwrap_err().has("quarter-returns-open"));
    khomo.clock.advance(86_400);
    close(&khomo, "coordinator", "2026-Q4", "1").unwrap();
    assert_eq!(state(&khomo, "2026-Q4", HOME), "missing");
}

#[actix_web::test]
async fn of_two_quarters_that_ended_in_a_standstill_the_earlier_one_is_closed_first() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    turned(&khomo, "2026-04-01");
    turned(&khomo, "2026-10-01");
    assert_eq!(quarters(&khomo), ["2026-Q2 ended", "2026-Q3 ended", "2026-Q4 open"]);
    // Their returns are due on 21 October.
    khomo.clock.advance((morning("2026-10-22").0 - khomo.clock.now().0) / 1000);
    assert!(close(&khomo, "coordinator", "2026-Q3", "1").unwrap_err().has("quarter-earlier"));
    close(&khomo, "coordinator", "2026-Q2", "1").unwrap();
    close(&khomo, "coordinator", "2026-Q3", "1").unwrap();
}

#[actix_web::test]
async fn everybody_sees_their_own_agencies_and_those_who_lead_all() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.dataset("nong-nghiep").agency(AWAY).by("stranger").publish().await;
    hire(&khomo, "chu-tich", &[(AWAY, "chair")]);
    let code = ended(&khomo);
    let (home, away) = (khomo.agency(HOME), khomo.agency(AWAY));
    let path = |owner: &AgencyId| format!("/internal/quarter/{code}/returns/{owner}");
    for (who, sees) in [
        ("editor", vec![&home]),
        ("stranger", vec![&away]),
        ("coordinator", vec![&home, &away]),
        ("chu-tich", vec![&home, &away]),
    ] {
        let mut browser = khomo.signed_in(who).await;
        let board = browser.visit(&format!("/internal/quarter/{code}")).await;
        assert_clean("the board", &board.text(), &OWN);
        assert_eq!(board.texts("tbody:not(.due) tr").len(), sees.len(), "{who}");
        for owner in [&home, &away] {
            let seen = sees.contains(&owner);
            assert_eq!(board.text().contains(&path(owner)), seen, "{who}");
            let status = if seen { 200 } else { 403 };
            for page in [path(owner), format!("{}/preview", path(owner)), format!("{}.xlsx", path(owner))] {
                assert_eq!(browser.get(&page).await.status, status, "{who} at {page}");
            }
        }
    }
    for owner in [&home, &away] {
        let mut coordinator = khomo.signed_in("coordinator").await;
        let page = coordinator.visit(&path(owner)).await;
        assert!(page.attributes("textarea", "name").is_empty(), "it writes no agency's return but its own by role");
    }
}

#[actix_web::test]
async fn the_board_counts_what_is_due_and_leaves_as_a_file() {
    let khomo = Khomo::start();
    // Monthly, published on 4 September: due on 5 October.
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    let cells = |page: &Answer| page.texts("tbody:not(.due) tr td.num");
    let due = |page: &Answer| page.texts("tbody.due tr .badge");
    let board = khomo.signed_in("coordinator").await.visit("/internal/quarter/2026-Q4").await;
    assert_eq!(cells(&board), ["1", "0", "0", "0"]);
    until(&khomo, "2026-10-06").await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let late = coordinator.visit("/internal/quarter/2026-Q4?return=behind&sort=late").await;
    assert_eq!(cells(&late), ["1", "0", "0", "1"]);
    assert_eq!(due(&late), ["Quá hạn"]);
    khomo.dataset("so-lieu").note("Tháng 10.").publish().await;
    let done = coordinator.visit("/internal/quarter/2026-Q4").await;
    assert_eq!(cells(&done), ["2", "1", "0", "1"], "done late, and due again in November");
    assert_eq!(due(&done), ["Chưa làm", "Phiên bản mới làm muộn"], "what waits comes first");
    let list = coordinator.visit("/internal/quarter").await;
    assert_clean("the quarters", &list.text(), &OWN);
    assert_eq!(list.texts("tbody tr").len(), 2);
    let file = coordinator.get("/internal/quarter/2026-Q4.xlsx").await;
    assert_eq!(file.status, 200);
    assert_eq!(sheet(&file).len(), 2, "the heads and one agency");
    assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.export'"), 1);
    let links = done.attributes("section[aria-labelledby=due] a", "href");
    let due_file = "/internal/duties.xlsx?kind=update&quarter=2026-Q4".to_owned();
    assert!(links.contains(&due_file), "{links:?}");
    assert_eq!(sheet(&coordinator.get(&due_file).await).len(), 3, "the heads and both rounds");
    // The quarters themselves.
    assert!(list.attributes("main a", "href").contains(&"/internal/quarter.xlsx".to_owned()));
    let rows = sheet(&coordinator.get("/internal/quarter.xlsx").await);
    assert_eq!(rows.iter().map(|row| row[0].as_str()).collect::<Vec<_>>(), ["Quý", "Quý IV/2026", "Quý III/2026"]);
    let column = |head: &str| rows[0].iter().position(|cell| cell == head).unwrap();
    let states = list.texts("tbody tr .badge");
    assert_eq!(rows[1..].iter().map(|row| row[column("Trạng thái")].clone()).collect::<Vec<_>>(), states);
    let returns = list.texts("tbody tr td[data-th='Báo cáo']").remove(1);
    assert!(returns.contains(&format!("Chưa ký: {}", rows[2][column("Chưa ký")])), "{returns}: {rows:?}");
    let csv = coordinator.get("/internal/quarter.csv").await.text();
    assert!(csv.contains("2026-07-01,2026-09-30"), "{csv}");
    assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.export'"), 3);
    // However many there were, none is left out.
    for (year, quarter) in (2000..2026).flat_map(|year| (1..=4).map(move |quarter| (year, quarter))) {
        let columns = "id, first_on, last_on, return_due_on, close_on, opened_at, ended_at, closed_at, state, \
                       new_count, updated_count, unchanged_count, late_count, withdrawn_count";
        let rest = "'2000-01-01', '2000-03-31', '2000-04-21', '2000-04-28', 0, 0, 0, 'closed', 0, 0, 0, 0, 0";
        khomo.raw(&format!("INSERT INTO quarter ({columns}) VALUES ('{year}-Q{quarter}', {rest})")).unwrap();
    }
    assert_eq!(coordinator.visit("/internal/quarter").await.texts("main tbody tr").len(), 106);
    assert_eq!(coordinator.get("/internal/quarter.csv").await.text().lines().count(), 107);
}

#[actix_web::test]
async fn a_province_that_asks_for_no_returns_closes_its_quarters_all_the_same() {
    let khomo = Khomo::start_with(&[("KHOMO_PROFILE", "tay-ninh-2024")]);
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    let list = khomo.signed_in("editor").await.visit("/internal/quarter").await;
    assert_eq!(list.texts("tbody .badge"), ["Đang diễn ra", "Đã hết quý, chờ khóa"]);
    until(&khomo, "2026-10-28").await;
    assert_eq!(quarters(&khomo), ["2026-Q3 closed", "2026-Q4 open"]);
    assert_eq!(khomo.count("quarter_return"), 0);
    // Nobody hears of returns that nobody owed.
    let told = khomo.lines("SELECT DISTINCT event AS line FROM notice WHERE event LIKE 'quarter-closed%'");
    assert_eq!(told, ["quarter-closed-plain"]);
}

#[actix_web::test]
async fn pages_of_quarters_speak_of_returns_only_where_some_are_owed_or_were() {
    let every = |khomo: &Khomo, months: u32| {
        crate::duties::with_rules(khomo, |profile| profile.agency_list.return_months.value = months)
    };
    let heads = |page: &Answer| page.texts("section[aria-labelledby=progress] thead th").len();
    let mut khomo = Khomo::start();
    khomo.app = every(&khomo, 0);
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    assert_eq!(khomo.count("quarter_return"), 0);
    let mut editor = khomo.signed_in("editor").await;
    let list = editor.visit("/internal/quarter").await;
    let running = editor.visit("/internal/quarter/2026-Q4").await;
    let over = editor.visit("/internal/quarter/2026-Q3").await;
    assert_eq!(list.texts("tbody .badge"), ["Đang diễn ra", "Đã hết quý, chờ khóa"]);
    assert_eq!((list.texts("thead th").len(), heads(&running)), (4, 6));
    assert_eq!(over.texts(".page-head .badge"), ["Đã hết quý, chờ khóa"]);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let closing = coordinator.visit("/internal/quarter/2026-Q3").await;
    assert!(closing.texts("section[aria-labelledby=close]").concat().contains("28/10/2026"));
    for page in [&list, &running, &over, &closing] {
        assert_clean("a quarter without returns", &page.text(), &OWN);
        let said = page.texts("main").concat().to_lowercase();
        assert!(!said.contains("báo cáo"), "{}: {said}", page.path);
    }
    assert_eq!(sheet(&coordinator.get("/internal/quarter/2026-Q4.xlsx").await)[0].len(), 5);

    // Where one is owed every half-year, the fourth quarter asks for it and the third one did not.
    khomo.app = every(&khomo, 6);
    let mut editor = khomo.signed_in("editor").await;
    let list = editor.visit("/internal/quarter").await;
    let running = editor.visit("/internal/quarter/2026-Q4").await;
    let over = editor.visit("/internal/quarter/2026-Q3").await;
    assert_eq!(list.texts("tbody .badge"), ["Đang diễn ra", "Đã hết quý, chờ khóa"]);
    assert_eq!((list.texts("thead th").len(), heads(&running)), (5, 7));
    assert!(running.texts("dt").contains(&"Hạn nộp báo cáo".to_owned()));
    assert!(!over.texts("dt").contains(&"Hạn nộp báo cáo".to_owned()));

    // Returns that were asked for stay on the page, whatever the rules say later.
    let mut khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let code = ended(&khomo);
    khomo.app = every(&khomo, 0);
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.visit(&format!("/internal/quarter/{code}")).await;
    assert_eq!((page.texts(".page-head .badge"), heads(&page)), (vec!["Đang nhận báo cáo".to_owned()], 7));
    assert_eq!(sheet(&editor.get(&format!("/internal/quarter/{code}.xlsx")).await)[0].len(), 6);
}

#[actix_web::test]
async fn those_who_answer_hear_once_of_a_quarter_and_of_its_return() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    until(&khomo, "2026-09-05").await;
    until(&khomo, "2026-10-01").await;
    until(&khomo, "2026-10-02").await;
    for event in ["quarter-opened", "return-opened"] {
        let told = khomo.lines(&format!(
            "SELECT a.user_name || ' ' || n.link AS line FROM notice AS n JOIN account AS a ON a.id = n.account_id \
             WHERE n.event = '{event}'"
        ));
        let link = match event {
            "return-opened" => format!("/internal/quarter/2026-Q3/returns/{}", khomo.agency(HOME)),
            _ => "/internal/quarter/2026-Q4".to_owned(),
        };
        assert_eq!(told, [format!("dau-moi {link}")], "{event}");
    }
    let mut browser = khomo.signed_in("dau-moi").await;
    let inbox = browser.visit("/internal/notices").await.text();
    assert!(inbox.contains("Báo cáo quý III/2026 đã mở") && inbox.contains("Quý IV/2026: 1 bộ dữ liệu"), "{inbox}");
}

#[actix_web::test]
async fn a_purge_takes_the_words_out_of_signed_returns_and_leaves_the_signature() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Tên không được tồn tại").publish().await;
    let code = ended(&khomo);
    sign(&khomo, "approver", &code, HOME).unwrap();
    let path = format!("/internal/quarter/{code}/returns/{}", khomo.agency(HOME));
    let before = khomo.signed_in("editor").await.visit(&path).await.text();
    assert!(before.contains("Tên không được tồn tại") && before.contains("Nội dung vẫn đúng như khi ký."));
    super::purge::purged(&khomo, &id, "so-lieu").await;
    assert_eq!(khomo.lines("SELECT title AS line FROM return_item"), ["so-lieu"]);
    let after = khomo.signed_in("editor").await.visit(&path).await.text();
    assert!(!after.contains("Tên không được tồn tại") && after.contains("Nội dung vẫn đúng như khi ký."));
    assert!(khomo.raw("UPDATE return_item SET title = 'x', kind = 'x'").is_err(), "nothing else goes");
}
