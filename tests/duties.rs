//! Who must act by when: a dataset's rounds, reminders and how far up they go, the word that nothing changed, more time, and the pages.

use std::sync::Arc;

use khomo::cycle::{self, AnswerForm, ConfirmForm, ExtensionForm};
use khomo::dataset::draft;
use khomo::kernel::id::{DatasetId, ExtensionId};
use khomo::kernel::{Actor, Arg, Kind, Lang, Localized, Result};
use khomo::profile::{CalendarEntry, DayKind, DayStatus, Profile};
use khomo::{alert, audit, people, quarter, voice, worker};
use serde_json::Value;

use crate::people::hire;
use crate::records::sheet;
use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, HOME, Khomo, PUBLIC_URL, SMALL};

const DAY: i64 = 86_400;
/// The addresses that pages may lead to.
const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
const CHECKED: &str = "Đối chiếu với sổ theo dõi của phòng nghiệp vụ.";
const REASON: &str = "Hệ thống nguồn đang nâng cấp, số liệu có vào tuần sau.";

/// Does what is due, but for the quarters, which bring duties of their own, and the looks at the log.
async fn work(khomo: &Khomo) {
    let others = [quarter::TURN, alert::WATCH, alert::CHECK, audit::HEADS];
    let handlers = worker::jobs::Handlers::all(&khomo.app).without(&others);
    worker::jobs::run_due(&khomo.app, &handlers).await.unwrap();
}

/// Lets days pass, each with what is due on it, until a day is there.
async fn until(khomo: &Khomo, day: &str) {
    work(khomo).await;
    while khomo.app.today().to_string().as_str() < day {
        khomo.clock.advance(DAY);
        work(khomo).await;
    }
    assert_eq!(khomo.app.today().to_string(), day);
}

/// Goes through all duties once more on the same day.
async fn turn_again(khomo: &Khomo) {
    khomo.raw("UPDATE job SET due_at = 0 WHERE kind = 'duty-turn'").unwrap();
    work(khomo).await;
}

/// The rounds of a dataset, the oldest first: where they stand, by when, and how they ended.
fn rounds(khomo: &Khomo, id: &DatasetId) -> Vec<String> {
    khomo.lines(&format!(
        "SELECT state || ' ' || due_on || COALESCE(' ' || ended_how, '') || CASE WHEN late THEN ' late' ELSE '' END AS line \
         FROM duty WHERE subject = '{id}' ORDER BY opened_at, id"
    ))
}

fn told(khomo: &Khomo, event: &str, person: &str) -> i64 {
    khomo.count(&format!(
        "notice AS n JOIN account AS a ON a.id = n.account_id WHERE n.event = '{event}' AND a.user_name = '{person}'"
    ))
}

fn written(khomo: &Khomo, action: &str) -> i64 {
    khomo.count(&format!("audit_entry WHERE action = '{action}'"))
}

fn page(id: &DatasetId) -> String {
    format!("/internal/datasets/{id}/update")
}

fn confirm(khomo: &Khomo, profile: &Profile, who: &str, id: &DatasetId) -> Result<()> {
    let dataset = khomo.db().read(|conn| khomo::dataset::by_id(conn, id)).unwrap();
    let counted = dataset.counts_from.unwrap_or(0).to_string();
    let form = ConfirmForm { checked: CHECKED.to_owned(), declared: "1".to_owned(), counted };
    khomo.db().write(&khomo.ctx(who), |tx| cycle::confirm_unchanged(tx, profile, id, &form))
}

fn ask(khomo: &Khomo, who: &str, id: &DatasetId, to: &str) -> Result<ExtensionId> {
    let form = ExtensionForm { to: to.to_owned(), reason: REASON.to_owned() };
    khomo.db().write(&khomo.ctx(who), |tx| cycle::ask_extension(tx, khomo.app.profile(), id, &form))
}

fn answer(text: &str) -> AnswerForm {
    AnswerForm { answer: text.to_owned() }
}

/// A dataset with a round that is over, a confirmation and a request for more time that waits; all duties were gone through.
pub async fn kept(khomo: &Khomo, slug: &str) -> DatasetId {
    let id = khomo.dataset(slug).publish().await;
    work(khomo).await;
    khomo.clock.advance(DAY);
    confirm(khomo, khomo.app.profile(), "editor", &id).unwrap();
    ask(khomo, "editor", &id, "30/10/2026").unwrap();
    turn_again(khomo).await;
    id
}

/// A program with other rules over the same database.
pub fn with_rules(khomo: &Khomo, change: impl FnOnce(&mut Profile)) -> khomo::http::App {
    let mut profile = khomo.app.profile().clone();
    change(&mut profile);
    let mut app = khomo.app.clone();
    app.parts.profile = Arc::new(profile);
    app
}

/// Goes through all duties on the same day by another program.
pub async fn turn_by(khomo: &Khomo, app: &khomo::http::App) {
    khomo.raw("UPDATE job SET due_at = 0 WHERE kind = 'duty-turn'").unwrap();
    let others = [quarter::TURN, people::ACCOUNT_REVIEW, alert::WATCH, alert::CHECK, audit::HEADS];
    let handlers = worker::jobs::Handlers::all(app).without(&others);
    worker::jobs::run_due(app, &handlers).await.unwrap();
}

/// Moves the clock to a day, and does everything that is due then.
async fn go(khomo: &Khomo, day: &str) {
    let day: chrono::NaiveDate = day.parse().unwrap();
    khomo.clock.advance((day - khomo.app.today()).num_days() * DAY);
    khomo.work().await;
}

/// The rounds of a kind that are not over: where they stand and by when.
fn open(khomo: &Khomo, kind: &str) -> Vec<String> {
    khomo.lines(&format!(
        "SELECT state || ' ' || due_on AS line FROM duty WHERE kind = '{kind}' AND ended_at IS NULL ORDER BY due_on, id"
    ))
}

async fn visit(khomo: &Khomo, person: &str, path: &str) -> Answer {
    let answer = khomo.signed_in(person).await.visit(path).await;
    assert_eq!(answer.status, 200, "{person} at {path}");
    answer
}

/// The titles in a list of duties.
async fn listed(khomo: &Khomo, person: &str, path: &str) -> Vec<String> {
    visit(khomo, person, path).await.texts("tbody th b")
}

#[actix_web::test]
async fn a_dataset_goes_from_on_time_to_late_for_the_public_and_inside() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    assert_eq!(rounds(&khomo, &id), ["open 2026-10-05"], "a month from 4 September ends on a Sunday");
    for (day, stage, word, badge, public) in [
        ("2026-09-27", "open", "Đang mở", "Đúng hạn", "kỳ tới 05/10/2026"),
        ("2026-09-28", "soon", "Sắp đến hạn", "Sắp đến hạn", "hạn 05/10/2026"),
        ("2026-10-05", "due", "Đến hạn hôm nay", "Sắp đến hạn", "hạn 05/10/2026"),
        ("2026-10-06", "overdue", "Quá hạn", "Quá hạn", "hạn 05/10/2026"),
    ] {
        until(&khomo, day).await;
        assert_eq!(rounds(&khomo, &id), [format!("{stage} 2026-10-05")], "{day}");
        let seen = khomo.public().await.get("/dataset/so-lieu").await;
        assert_eq!(seen.texts(".ds-head .badge b"), [badge], "{day}");
        assert!(seen.texts(".ds-head .row").join(" ").contains(public), "{day}: {:?}", seen.texts(".ds-head .row"));
        let inside = visit(&khomo, "editor", &page(&id)).await;
        assert_eq!(inside.texts(".page-head .badge b"), [badge], "{day}");
        assert_eq!(inside.texts("section[aria-labelledby=rounds] tbody .badge b"), [word], "{day}");
        let list = visit(&khomo, "editor", "/internal/duties").await;
        assert_eq!(
            (list.texts("tbody th b"), list.texts("tbody .badge b")),
            (vec!["Trạm y tế".to_owned()], vec![word.to_owned()])
        );
        assert!(list.texts("tbody td").join(" ").contains("05/10/2026"), "{day}");
    }
    assert_eq!((written(&khomo, "duty.open"), written(&khomo, "duty.change")), (1, 3), "each move once");
    let english = khomo.public().await.get("/en/dataset/so-lieu").await;
    assert!(english.texts(".ds-head .row").join(" ").contains("due on"), "{:?}", english.texts(".ds-head .row"));
    // The way there from the work list and from the dataset's page.
    for (path, place) in
        [("/internal".to_owned(), "#late ~ ul a.btn"), (format!("/internal/datasets/{id}"), ".page-head a")]
    {
        let links = visit(&khomo, "editor", &path).await.attributes(place, "href");
        assert!(links.contains(&page(&id)), "{path}: {links:?}");
    }
}

#[actix_web::test]
async fn each_reminder_comes_once_and_what_stays_late_goes_up() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    hire(&khomo, "dau-moi-hai", &[(AWAY, "focal-point")]);
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.dataset("hai").title("Nhà thuốc").publish().await;
    for (day, reminders, head, coordinator) in [
        ("2026-09-20", 0, 0, 0),
        ("2026-09-21", 1, 0, 0),
        ("2026-09-29", 1, 0, 0),
        ("2026-09-30", 2, 0, 0),
        ("2026-10-05", 3, 0, 0),
        ("2026-10-06", 4, 0, 0),
        ("2026-10-11", 4, 0, 0),
        ("2026-10-12", 5, 1, 0),
        ("2026-10-18", 5, 1, 0),
        ("2026-10-19", 6, 1, 1),
        ("2026-11-02", 7, 1, 1),
        ("2026-11-09", 7, 1, 1),
    ] {
        until(&khomo, day).await;
        turn_again(&khomo).await;
        let heard = (
            told(&khomo, "duty-reminder", "dau-moi"),
            told(&khomo, "duty-head", "lanh-dao"),
            told(&khomo, "duty-coordinator", "coordinator"),
        );
        assert_eq!(heard, (reminders, head, coordinator), "{day}: one word for both datasets");
        // The log has each of them once, and nothing of a turn that told nobody.
        let raised = |role: &str| {
            let details = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'duty.raise'");
            details.iter().filter(|detail| detail.contains(role)).count() as i64
        };
        let noted = (written(&khomo, "duty.remind"), raised("agency-head"), raised("coordinator"));
        assert_eq!(noted, heard, "{day}");
    }
    let entry = "SELECT object_kind || ' ' || object_id || ' ' || detail AS line FROM audit_entry WHERE action = ";
    let of = |action: &str| khomo.lines(&format!("{entry}'{action}' ORDER BY seq DESC")).remove(0);
    let home = khomo.agency(HOME);
    for (action, role) in [("duty.remind", "focal-point"), ("duty.raise", "coordinator")] {
        let last = of(action);
        assert!(last.starts_with(&format!("agency {home} ")), "{action}: {last}");
        let detail: Value = serde_json::from_str(&last[last.find('{').unwrap()..]).unwrap();
        assert_eq!(detail, serde_json::json!({ "role": role, "persons": 1, "count": 2 }), "{action}");
    }
    let log = visit(&khomo, "auditor", "/internal/audit?action=duty.raise").await;
    assert!(log.text().contains("Báo lên trên việc quá hạn kéo dài"));
    assert_eq!(told(&khomo, "duty-reminder", "dau-moi-hai"), 0, "another agency owes nothing");
    assert_eq!(told(&khomo, "duty-reminder", "lanh-dao"), 0);
    let inbox = visit(&khomo, "dau-moi", "/internal/notices").await.text();
    assert!(inbox.contains("hạn 05/10/2026") && inbox.contains("/internal/duties"), "{inbox}");
    // Whoever hears of what is late for long finds just that.
    let links = |event: &str| khomo.lines(&format!("SELECT DISTINCT link AS line FROM notice WHERE event = '{event}'"));
    for event in ["duty-head", "duty-coordinator"] {
        assert_eq!(links(event), ["/internal/duties?stage=overdue"], "{event}");
    }
    assert_eq!(links("duty-reminder"), ["/internal/duties"]);
    // The list of the week: once a week while something is near or late.
    let weeks = told(&khomo, "duty-week", "coordinator");
    assert_eq!(weeks, 7, "the Mondays from 28 September to 9 November");
    until(&khomo, "2026-11-15").await;
    assert_eq!(told(&khomo, "duty-week", "coordinator"), weeks);
}

#[actix_web::test]
async fn no_reminder_comes_of_a_day_that_lay_before_a_short_round_began() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    khomo.dataset("tuan").describe(|metadata| metadata.frequency = "weekly".to_owned()).publish().await;
    // Due on 11 September: ten working days before that nobody owed it.
    for (day, reminders) in [("2026-09-07", 0), ("2026-09-08", 1), ("2026-09-10", 1), ("2026-09-11", 2)] {
        until(&khomo, day).await;
        turn_again(&khomo).await;
        assert_eq!(told(&khomo, "duty-reminder", "dau-moi"), reminders, "{day}");
    }
}

/// The details of an agency's entries of an action, the oldest first.
fn noted(khomo: &Khomo, action: &str, agency: &str) -> Vec<Value> {
    let entries = "SELECT detail AS line FROM audit_entry WHERE object_kind = 'agency' AND action =";
    let entries = khomo.lines(&format!("{entries} '{action}' AND object_id = '{}' ORDER BY seq", khomo.agency(agency)));
    entries.iter().map(|detail| serde_json::from_str(detail).unwrap()).collect()
}

#[actix_web::test]
async fn a_reminder_that_nobody_can_hear_goes_one_rung_up_and_the_log_says_whom_it_reached() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    let heard = || {
        let people = [("duty-unheard", "coordinator"), ("duty-reminder", "lanh-dao"), ("duty-reminder", "dau-moi")];
        people.map(|(event, person)| told(&khomo, event, person))
    };
    // Neither a focal point nor a head.
    until(&khomo, "2026-09-21").await;
    turn_again(&khomo).await;
    assert_eq!(heard(), [1, 0, 0], "once");
    let link = khomo.lines("SELECT link AS line FROM notice WHERE event = 'duty-unheard'");
    assert_eq!(link, ["/internal/agencies"]);
    let inbox = visit(&khomo, "coordinator", "/internal/notices").await.text();
    assert!(inbox.contains("Nhắc việc không có người nhận ở 1 cơ quan"), "{inbox}");
    // A head alone.
    hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    until(&khomo, "2026-09-30").await;
    assert_eq!(heard(), [1, 1, 0]);
    // Both.
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    until(&khomo, "2026-10-05").await;
    assert_eq!(heard(), [1, 1, 1]);
    // Whose account is locked hears nothing.
    khomo.raw("UPDATE account SET state = 'locked' WHERE user_name = 'dau-moi'").unwrap();
    until(&khomo, "2026-10-06").await;
    assert_eq!(heard(), [1, 2, 1]);
    let entry = |role: &str, vacant: &[&str]| {
        let mut entry = serde_json::json!({ "role": role, "persons": 1, "count": 1 });
        if !vacant.is_empty() {
            entry["vacant"] = serde_json::json!(vacant);
        }
        entry
    };
    let expected = [
        entry("coordinator", &["focal-point", "agency-head"]),
        entry("agency-head", &["focal-point"]),
        entry("focal-point", &[]),
        entry("agency-head", &["focal-point"]),
    ];
    assert_eq!(noted(&khomo, "duty.remind", HOME), expected);
}

#[actix_web::test]
async fn what_is_late_where_no_head_is_entered_goes_up_at_once_and_the_week_says_who_is_missing() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "lanh-dao-hai", &[(AWAY, "agency-head")]);
    khomo.dataset("so-lieu").publish().await;
    khomo.dataset("lua").agency(AWAY).by("stranger").publish().await;
    let heard = || {
        let people =
            [("duty-head", "lanh-dao-hai"), ("duty-coordinator", "coordinator"), ("duty-vacant", "coordinator")];
        people.map(|(event, person)| told(&khomo, event, person))
    };
    until(&khomo, "2026-10-11").await;
    assert_eq!(heard(), [0, 0, 0]);
    until(&khomo, "2026-10-12").await;
    turn_again(&khomo).await;
    assert_eq!(heard(), [1, 1, 1], "a Monday, five working days after the due date");
    let inbox = visit(&khomo, "coordinator", "/internal/notices").await.text();
    for said in [
        "Số cơ quan chưa có lãnh đạo trên hệ thống để báo: 1.",
        "2 cơ quan có việc quá hạn mà thiếu đầu mối hoặc lãnh đạo",
        "Số cơ quan chưa có đầu mối: 1; chưa có lãnh đạo: 1. Số việc quá hạn của các cơ quan này: 2.",
    ] {
        assert!(inbox.contains(said), "{said}: {inbox}");
    }
    assert!(!inbox.contains("Quá hạn kéo dài ở 2 cơ quan"), "the other agency's head was told: {inbox}");
    // What has gone up already does not go up again.
    until(&khomo, "2026-10-19").await;
    assert_eq!(heard(), [1, 2, 2]);
    let raised = |role: &str, vacant: bool| {
        let mut entry = serde_json::json!({ "role": role, "persons": 1, "count": 1 });
        if vacant {
            entry["vacant"] = serde_json::json!(["agency-head"]);
        }
        entry
    };
    assert_eq!(noted(&khomo, "duty.raise", HOME), [raised("coordinator", true)]);
    assert_eq!(noted(&khomo, "duty.raise", AWAY), [raised("agency-head", false), raised("coordinator", false)]);
    let inbox = visit(&khomo, "coordinator", "/internal/notices").await.text();
    assert!(inbox.contains("Số việc quá hạn kéo dài: 1. Lãnh đạo các cơ quan đã được báo."), "{inbox}");
    let log = visit(&khomo, "auditor", "/internal/audit?action=duty.raise").await;
    assert_eq!(log.status, 200);
    // Notices of before say nothing that they did not know.
    for lang in [Lang::Vi, Lang::En] {
        let old = khomo.app.parts.texts.text(lang, "notice-duty-coordinator-body", &[("overdue", Arg::from(2i64))]);
        assert!(!old.contains("đã được báo") && !old.contains("have been told"), "{old}");
    }
    // With everybody entered nobody is missing.
    hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    hire(&khomo, "dau-moi-hai", &[(AWAY, "focal-point")]);
    until(&khomo, "2026-10-26").await;
    assert_eq!(heard(), [1, 2, 2]);
}

#[actix_web::test]
async fn the_list_of_a_week_waits_for_the_end_of_a_rest_comes_once_and_is_made_up_for() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    until(&khomo, "2026-10-06").await;
    let off = with_rules(&khomo, |profile| {
        let day = |day: &str| day.parse::<chrono::NaiveDate>().unwrap();
        let entry = CalendarEntry {
            from: day("2026-10-12"),
            to: day("2026-10-13"),
            name: Localized { vi: "Nghỉ bù".to_owned(), en: None },
            kind: DayKind::Compensation,
            status: DayStatus::Decided,
            basis: None,
        };
        profile.calendar.lay_over(2026, &[entry]);
    });
    let lists = || told(&khomo, "duty-week", "coordinator");
    assert_eq!(lists(), 2, "Monday 28 September and 5 October");
    let mut sent = Vec::new();
    for _ in 0..15 {
        let before = lists();
        khomo.clock.advance(DAY);
        turn_by(&khomo, &off).await;
        turn_by(&khomo, &off).await;
        if lists() > before {
            sent.push((khomo.app.today().to_string(), lists() - before));
        }
    }
    let once = |day: &str| (day.to_owned(), 1);
    assert_eq!(sent, [once("2026-10-14"), once("2026-10-19")], "Monday 12 October and the day after it are off");
    // Nothing ran on Monday 26 October nor on the day after it.
    assert_eq!(khomo.app.today().to_string(), "2026-10-21");
    khomo.clock.advance(7 * DAY);
    turn_by(&khomo, &off).await;
    assert_eq!(lists(), 5);
    khomo.clock.advance(DAY);
    turn_by(&khomo, &off).await;
    assert_eq!(lists(), 5, "Wednesday 28 October made up for it");
    // A clock that stood ahead for a while keeps nobody from the lists of the weeks to come.
    khomo.raw("UPDATE duty_run SET week = '2027-W40'").unwrap();
    khomo.clock.advance(DAY);
    turn_by(&khomo, &off).await;
    assert_eq!(lists(), 6);
    khomo.clock.advance(DAY);
    turn_by(&khomo, &off).await;
    assert_eq!(lists(), 6);
}

#[actix_web::test]
async fn each_head_hears_once_a_week_of_what_is_near_or_late_at_their_own_agency() {
    let khomo = Khomo::start();
    hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    hire(&khomo, "lanh-dao-hai", &[(AWAY, "agency-head")]);
    let quarterly = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "quarterly".to_owned();
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.dataset("hai").title("Nhà thuốc").publish().await;
    khomo.dataset("lua").describe(quarterly).agency(AWAY).by("stranger").publish().await;
    let heard = || ["lanh-dao", "lanh-dao-hai", "coordinator"].map(|person| told(&khomo, "duty-week-own", person));
    until(&khomo, "2026-09-27").await;
    assert_eq!(heard(), [0; 3], "nothing is near");
    until(&khomo, "2026-09-28").await;
    turn_again(&khomo).await;
    assert_eq!(heard(), [1, 0, 0]);
    let notice = khomo.lines("SELECT link || ' ' || args AS line FROM notice WHERE event = 'duty-week-own'").remove(0);
    assert!(notice.starts_with("/internal/duties ") && !notice.contains("lua"), "{notice}");
    let mut head = khomo.signed_in("lanh-dao").await;
    let inbox = head.visit("/internal/notices").await.text();
    assert!(inbox.contains("Việc có hạn trong tuần của cơ quan bạn: quá hạn 0, sắp đến hạn 2"), "{inbox}");
    assert!(inbox.contains("05/10/2026"), "{inbox}");
    assert_eq!(head.visit("/internal/duties").await.texts("tbody th b").len(), 2);
    until(&khomo, "2026-10-04").await;
    assert_eq!(heard(), [1, 0, 0], "once a week");
    until(&khomo, "2026-10-06").await;
    assert_eq!(heard(), [2, 0, 0]);
    assert_eq!(told(&khomo, "duty-week", "lanh-dao"), 0, "the list of all agencies is for the coordinating department");
}

#[actix_web::test]
async fn a_reminder_calls_a_return_by_its_quarter_and_older_notices_stay_readable() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let later = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "yearly".to_owned();
    khomo.dataset("so-lieu").describe(later).publish().await;
    khomo.work().await;
    for day in ["2026-09-05", "2026-10-01", "2026-10-21"] {
        go(&khomo, day).await;
    }
    let inbox = visit(&khomo, "dau-moi", "/internal/notices").await.text();
    assert!(inbox.contains("Nhắc việc có hạn: báo cáo quý III/2026, hạn 21/10/2026"), "{inbox}");
    let said = |lang: Lang, kind: &str| {
        let old = [("kind", kind), ("title", "2026-Q3 Sở cũ"), ("date", "21/10/2026")]
            .map(|(name, word)| (name, Arg::from(word)));
        let new = [("number", Arg::from(3i64)), ("year", Arg::from("2026")), ("of", Arg::from("Sở cũ"))];
        let args: Vec<(&str, Arg)> = old.into_iter().chain(new.into_iter().filter(|_| kind != "return")).collect();
        khomo.app.parts.texts.text(lang, "notice-duty-head-title", &args)
    };
    assert_eq!(said(Lang::Vi, "quarter-of"), "Quá hạn nhiều ngày: báo cáo quý III/2026, Sở cũ, hạn 21/10/2026");
    assert_eq!(said(Lang::En, "quarter-of"), "Late for days: return for Q3 2026, Sở cũ, due on 21/10/2026");
    assert_eq!(said(Lang::Vi, "return"), "Quá hạn nhiều ngày: báo cáo quý 2026-Q3 Sở cũ, hạn 21/10/2026");
}

#[actix_web::test]
async fn duties_name_what_is_in_quarantine_to_those_alone_who_may_know_it_and_no_notice_does() {
    let khomo = Khomo::start();
    let title = "Vị trí kho thóc";
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "chu-tich", &[(AWAY, "chair")]);
    let id = khomo.dataset("kho-thoc").title(title).publish().await;
    let later = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "quarterly".to_owned();
    khomo.dataset("khac").title("Danh sách khác").describe(later).publish().await;
    let plan = crate::plan::consulted(&khomo, 2026);
    crate::plan::entered(&khomo, "coordinator", &plan, "Kho thóc dự trữ", "kho-thoc");
    crate::plan::carried_out(&khomo, &plan).await;
    work(&khomo).await;
    let lists = [
        "/internal/duties",
        "/internal/duties?stage=in-time",
        "/internal/duties?kind=plan-item",
        "/internal/duties.csv",
    ];
    let named = async |person: &str| {
        let mut browser = khomo.signed_in(person).await;
        let mut text = String::new();
        for path in lists {
            let answer = browser.get(path).await;
            assert_eq!(answer.status, 200, "{person} at {path}");
            text.push_str(&answer.text());
        }
        [title, "Kho thóc dự trữ", "Danh sách khác"].map(|title| text.contains(title))
    };
    assert_eq!(named("chu-tich").await, [true; 3]);
    khomo.raw(&format!("UPDATE dataset SET quarantined_at = 1 WHERE id = '{id}'")).unwrap();
    assert_eq!(named("chu-tich").await, [false, false, true]);
    for person in ["dau-moi", "coordinator"] {
        assert_eq!(named(person).await, [true; 3], "{person}");
    }
    // Reminders count it and do not name it; the board does as the lists do.
    until(&khomo, "2026-10-12").await;
    turn_again(&khomo).await;
    let told = khomo.lines("SELECT args AS line FROM notice WHERE event LIKE 'duty-%'");
    assert!(told.iter().any(|args| args.contains("nameless")), "{told:?}");
    assert!(told.iter().all(|args| !args.contains(title) && !args.contains("Kho thóc dự trữ")), "{told:?}");
    assert!(visit(&khomo, "dau-moi", "/internal/notices").await.text().contains("một việc trong danh sách"));
    for (person, sees) in [("chu-tich", false), ("coordinator", true)] {
        let board = visit(&khomo, person, &format!("/internal/board/{HOME}")).await;
        assert_eq!(board.text().contains(title), sees, "{person}");
    }
    // Rounds keep their names: lifted, they are shown again.
    khomo.raw("UPDATE dataset SET quarantined_at = NULL").unwrap();
    assert_eq!(named("chu-tich").await, [true; 3]);
}

#[actix_web::test]
async fn work_that_broke_off_is_gone_on_with_and_tells_nobody_twice() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "dau-moi-hai", &[(AWAY, "focal-point")]);
    khomo.dataset("so-lieu").publish().await;
    khomo.dataset("lua").agency(AWAY).by("stranger").publish().await;
    until(&khomo, "2026-09-21").await;
    let heard = || (told(&khomo, "duty-reminder", "dau-moi"), told(&khomo, "duty-reminder", "dau-moi-hai"));
    assert_eq!(heard(), (1, 1));
    // As if the program had died between the two agencies.
    let away = khomo.agency(AWAY);
    khomo.raw(&format!("UPDATE duty SET reminded = 0 WHERE agency_id = '{away}'")).unwrap();
    let second = "(SELECT id FROM account WHERE user_name = 'dau-moi-hai')";
    khomo.raw(&format!("DELETE FROM notice WHERE event = 'duty-reminder' AND account_id IN {second}")).unwrap();
    turn_again(&khomo).await;
    assert_eq!(heard(), (1, 1), "the one who had heard hears nothing more");
    let before = khomo.heads();
    turn_again(&khomo).await;
    assert_eq!(khomo.heads(), before, "what agrees is not written");
}

#[actix_web::test]
async fn what_others_changed_after_a_turn_began_keeps_its_reminders_and_nobody_is_told_of_it() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&khomo, "lanh-dao", &[(HOME, "agency-head")]);
    let (first, second) = (khomo.dataset("so-lieu").publish().await, khomo.dataset("hai").publish().await);
    until(&khomo, "2026-09-20").await;
    // As if more time had been granted while the turn was at work.
    let later = |id: &DatasetId| format!("UPDATE duty SET changed_at = 9999999999999 WHERE subject = '{id}'");
    let had = |id: &DatasetId| {
        let had = "SELECT CAST(reminded AS TEXT) || ' ' || CAST(raised AS TEXT) AS line FROM duty WHERE subject =";
        khomo.lines(&format!("{had} '{id}'")).remove(0)
    };
    khomo.raw(&later(&first)).unwrap();
    until(&khomo, "2026-09-21").await;
    assert_eq!((had(&first), had(&second)), ("0 0".to_owned(), "1 0".to_owned()));
    let args = khomo.lines("SELECT args AS line FROM notice WHERE event = 'duty-reminder'").remove(0);
    assert!(args.contains("hai") && !args.contains("so-lieu"), "{args}");
    // The next turn finds it.
    khomo.raw("UPDATE duty SET changed_at = 0").unwrap();
    turn_again(&khomo).await;
    assert_eq!((had(&first), told(&khomo, "duty-reminder", "dau-moi")), ("1 0".to_owned(), 2));
    // Nor does it go up.
    until(&khomo, "2026-10-11").await;
    khomo.raw(&later(&first)).unwrap();
    until(&khomo, "2026-10-12").await;
    assert_eq!((had(&first).ends_with(" 0"), had(&second).ends_with(" 1")), (true, true));
    assert_eq!(told(&khomo, "duty-head", "lanh-dao"), 1);
    khomo.raw("UPDATE duty SET changed_at = 0").unwrap();
    until(&khomo, "2026-10-18").await;
    khomo.raw(&later(&second)).unwrap();
    until(&khomo, "2026-10-19").await;
    assert_eq!((had(&first).ends_with(" 2"), had(&second).ends_with(" 1")), (true, true));
    assert_eq!(told(&khomo, "duty-coordinator", "coordinator"), 1);
}

#[actix_web::test]
async fn an_agency_signs_that_nothing_changed_and_the_public_sees_the_day() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    until(&khomo, "2026-09-14").await;
    let mut editor = khomo.signed_in("editor").await;
    let form = editor.visit(&page(&id)).await;
    let ways = form.texts("section[aria-labelledby=version] li");
    assert_eq!(ways.len(), 3, "what a supplement is entered as: {ways:?}");
    assert!(ways[1].contains("“Một bảng mới”") && ways[2].contains("“Bản này đính chính lỗi nào”"), "{ways:?}");
    let counted = form.attribute("input[name=counted]", "value").unwrap();
    let post = format!("/internal/datasets/{id}/confirmation");

    let wrong = editor.post(&post, &[("checked", "Đã xem"), ("counted", &counted)]).await;
    assert_eq!(wrong.status, 422);
    assert_eq!(wrong.texts("#checked"), ["Đã xem"], "nothing typed is lost");
    assert_eq!(wrong.attributes("#errors a", "href"), ["#checked", "#declared"]);

    let fields = [("checked", CHECKED), ("declared", "1"), ("counted", counted.as_str())];
    let shown = editor.post(&post, &fields).await;
    assert_eq!(shown.status, 200, "first it is shown");
    assert!(shown.texts("blockquote").concat().contains(CHECKED) && shown.text().contains("Người editor"));
    assert_clean("what is signed", &shown.text(), &OWN);
    assert_eq!((khomo.count("confirmation"), written(&khomo, "dataset.confirm-unchanged")), (0, 0));
    assert_eq!(shown.attributes("button[name=confirmed]", "value"), ["1", "edit"], "the way back sends what was typed");

    let stale = editor.post(&post, &[fields[0], fields[1], ("counted", "1"), ("confirmed", "1")]).await;
    assert_eq!(stale.status, 409);
    assert!(stale.text().contains("Kỳ cập nhật đã đổi"));
    assert_eq!(stale.attribute("input[name=counted]", "value"), Some(counted.clone()), "now it shows what is there");

    let signed = editor.post(&post, &[fields[0], fields[1], fields[2], ("confirmed", "1")]).await;
    assert_eq!(signed.status, 303, "{}", signed.text());
    let after = editor.follow(signed).await;
    assert_eq!(after.flash().as_deref(), Some("Đã ký xác nhận không thay đổi. Kỳ mới tính từ bây giờ."));
    assert!(after.texts("section[aria-labelledby=confirmations] li").concat().contains("Người editor"));
    assert_eq!(rounds(&khomo, &id), ["done 2026-10-05 unchanged", "open 2026-10-14"]);
    assert_eq!((khomo.count("confirmation"), written(&khomo, "dataset.confirm-unchanged")), (1, 1));
    assert_eq!(written(&khomo, "duty.end"), 1);
    assert!(confirm(&khomo, khomo.app.profile(), "editor", &id).unwrap_err().has("unchanged-today"), "once a day");
    assert!(after.text().contains("Hôm nay đã xác nhận") && after.attribute("input[name=counted]", "value").is_none());
    // The form that was shown before is of a round that is over.
    let again = editor.post(&post, &[fields[0], fields[1], fields[2], ("confirmed", "1")]).await;
    assert_eq!((again.status, khomo.count("confirmation")), (409, 1));

    let mut reader = khomo.public().await;
    let seen = reader.get("/dataset/so-lieu").await;
    assert!(seen.text().contains("Xác nhận không thay đổi ngày 14/09/2026"), "{:?}", seen.texts(".ds-head .row"));
    assert!(seen.texts("script[type='application/ld+json']").concat().contains("2026-09-04"), "it was published then");
    assert!(reader.get("/en/dataset/so-lieu").await.text().contains("Confirmed unchanged on"));
    let told: Value = serde_json::from_slice(&reader.get("/api/v1/datasets/so-lieu").await.body).unwrap();
    assert_eq!(told["due"], "2026-10-14");
    assert!(told["confirmed_at"].as_str().unwrap().starts_with("2026-09-14T02:00:00"), "{}", told["confirmed_at"]);
    assert!(told["published_at"].as_str().unwrap().starts_with("2026-09-04") && told["extended_to"].is_null());

    // A later publication is what counts then.
    until(&khomo, "2026-09-16").await;
    khomo.dataset("so-lieu").title("Trạm y tế").csv("bang", &SMALL.replace("1250", "1260")).await.publish().await;
    assert_eq!(rounds(&khomo, &id), ["done 2026-10-05 unchanged", "done 2026-10-14 version", "open 2026-10-16"]);
    assert!(!khomo.public().await.get("/dataset/so-lieu").await.text().contains("Xác nhận không thay đổi"));
    let told: Value = serde_json::from_slice(&khomo.public().await.get("/api/v1/datasets/so-lieu").await.body).unwrap();
    assert!(told["confirmed_at"].is_null());
}

#[actix_web::test]
async fn whoever_goes_back_before_signing_finds_what_was_typed() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    until(&khomo, "2026-09-14").await;
    let mut editor = khomo.signed_in("editor").await;
    let counted = editor.visit(&page(&id)).await.attribute("input[name=counted]", "value").unwrap();
    let post = format!("/internal/datasets/{id}/confirmation");
    let shown = editor.post(&post, &[("checked", CHECKED), ("declared", "1"), ("counted", &counted)]).await;
    let sent = |name: &str| shown.attribute(&format!("input[name={name}]"), "value").unwrap();
    let (checked, declared, counted) = (sent("checked"), sent("declared"), sent("counted"));
    let fields = [("checked", &*checked), ("declared", &*declared), ("counted", &*counted), ("confirmed", "edit")];
    let back = editor.post(&post, &fields).await;
    assert_eq!(back.status, 200);
    assert_clean("what is changed before it is signed", &back.text(), &OWN);
    assert_eq!(back.texts("textarea#checked"), [CHECKED]);
    assert_eq!(back.attributes("input#declared[checked]", "value"), ["1"]);
    assert_eq!(back.attribute("input[name=counted]", "value"), Some(counted.clone()));
    assert!(back.texts("#errors").is_empty() && back.attributes("[name=confirmed]", "value").is_empty());
    // Going back asks for nothing; what a program sends that is neither signs nothing.
    let emptied = editor.post(&post, &[("checked", ""), ("confirmed", "edit")]).await;
    assert_eq!((emptied.status, emptied.texts("#errors").len()), (200, 0));
    let unknown = [fields[0], fields[1], fields[2], ("confirmed", "2")];
    assert_eq!(editor.post(&post, &unknown).await.status, 200);
    assert_eq!((khomo.count("confirmation"), written(&khomo, "dataset.confirm-unchanged")), (0, 0));
    assert_eq!(editor.post(&post, &[fields[0], fields[1], fields[2], ("confirmed", "1")]).await.status, 303);
    assert_eq!(khomo.count("confirmation"), 1);
}

#[actix_web::test]
async fn what_is_done_late_stays_late_in_the_history() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    until(&khomo, "2026-10-07").await;
    confirm(&khomo, khomo.app.profile(), "editor", &id).unwrap();
    assert_eq!(rounds(&khomo, &id), ["done 2026-10-05 unchanged late", "open 2026-11-09"], "7 November is a Saturday");
    let rows = visit(&khomo, "editor", &page(&id)).await.texts("section[aria-labelledby=rounds] tbody tr");
    assert!(rows[1].contains("Xác nhận không thay đổi, quá hạn"), "{rows:?}");
    assert_eq!(khomo.public().await.get("/dataset/so-lieu").await.texts(".ds-head .badge b"), ["Đúng hạn"]);
}

#[actix_web::test]
async fn the_coordinating_department_signs_for_no_other_agency_that_nothing_changed() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.clock.advance(DAY);
    assert!(confirm(&khomo, profile, "coordinator", &id).unwrap_err().has("unchanged-not-yours"));
    let mut coordinator = khomo.signed_in("coordinator").await;
    let shown = coordinator.visit(&page(&id)).await;
    assert!(shown.attributes("#checked", "id").is_empty(), "no form that would be refused");
    assert!(shown.texts("section[aria-labelledby=unchanged]").concat().contains("Chỉ cơ quan có dữ liệu mới xác nhận"));
    assert_eq!(shown.attributes("#to", "id"), ["to"], "more time it may ask for");
    let counted = khomo.lines("SELECT CAST(counts_from AS TEXT) AS line FROM dataset").remove(0);
    let fields = [("checked", CHECKED), ("declared", "1"), ("counted", counted.as_str()), ("confirmed", "1")];
    let post = format!("/internal/datasets/{id}/confirmation");
    let preview = coordinator.post(&post, &fields[..3]).await;
    assert!(preview.attributes("[name=confirmed]", "value").is_empty(), "nothing to sign");
    assert!(preview.texts("section[aria-labelledby=unsent]").concat().contains(CHECKED), "nothing typed is lost");
    assert_eq!(coordinator.post(&post, &fields).await.status, 403);
    confirm(&khomo, profile, "editor", &id).unwrap();
    assert_eq!(khomo.count("confirmation"), 1);
}

#[actix_web::test]
async fn nothing_is_confirmed_while_something_stands_against_it() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile().clone();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.clock.advance(DAY);
    for person in ["approver", "stranger", "auditor"] {
        assert_eq!(confirm(&khomo, &profile, person, &id).unwrap_err().kind(), Kind::Forbidden, "{person}");
        let page = visit(&khomo, person, &page(&id)).await;
        assert!(page.attributes("textarea", "name").is_empty(), "{person} is offered no form");
        assert!(!page.texts(".note").is_empty(), "{person} is told why");
    }
    let strict = with_rules(&khomo, |profile| profile.opendata.no_change_confirms.value = false);
    assert!(confirm(&khomo, strict.profile(), "editor", &id).unwrap_err().has("unchanged-rules"));

    // A draft in which other words stand is no other data; one with another table is.
    khomo.db().write(&khomo.ctx("editor"), |tx| draft::begin(tx, &profile, &id)).unwrap();
    let open = visit(&khomo, "editor", &page(&id)).await;
    assert_eq!(open.attributes("#checked", "id"), ["checked"]);
    khomo.dataset("so-lieu").csv("bang", &SMALL.replace("1250", "1260")).await.import().unwrap();
    assert!(confirm(&khomo, &profile, "editor", &id).unwrap_err().has("unchanged-draft"));
    let mut editor = khomo.signed_in("editor").await;
    let closed = editor.visit(&page(&id)).await;
    assert!(closed.attributes("#checked", "id").is_empty());
    assert!(closed.texts("section[aria-labelledby=unchanged]").concat().contains("Bản nháp đang có bảng khác"));
    let fields = [("checked", CHECKED), ("declared", "1"), ("counted", "1"), ("confirmed", "1")];
    let refused = editor.post(&format!("/internal/datasets/{id}/confirmation"), &fields).await;
    assert_eq!((refused.status, khomo.count("confirmation")), (409, 0));

    // An error that is known and not corrected.
    let other = khomo.dataset("loi").publish().await;
    let report = crate::voice::filed(&khomo, "loi");
    khomo.clock.advance(DAY);
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::verify(tx, &profile, &report)).unwrap();
    assert!(confirm(&khomo, &profile, "editor", &other).unwrap_err().has("unchanged-errors"));
    let closed = visit(&khomo, "editor", &page(&other)).await;
    assert!(closed.texts("section[aria-labelledby=unchanged]").concat().contains("lỗi đã biết"));

    // What owes nothing, and what is not there for the public.
    let word = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "irregular".to_owned();
    let free = khomo.dataset("tu-do").describe(word).publish().await;
    khomo.raw(&format!("UPDATE dataset SET in_catalogue = FALSE WHERE id = '{free}'")).unwrap();
    khomo.clock.advance(1);
    assert!(confirm(&khomo, &profile, "editor", &free).unwrap_err().has("unchanged-not-owed"));
    assert!(ask(&khomo, "editor", &free, "01/10/2026").unwrap_err().has("unchanged-not-owed"));
    let (draft, _) = khomo.dataset("nhap").import().unwrap();
    assert!(confirm(&khomo, &profile, "editor", &draft).unwrap_err().has("not-published"));
    assert!(visit(&khomo, "editor", &page(&draft)).await.attributes("textarea", "name").is_empty());
    assert_eq!(khomo.count("confirmation"), 0);
}

#[actix_web::test]
async fn more_time_is_asked_for_with_a_reason_and_given_by_another_person() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    until(&khomo, "2026-09-28").await;
    let mut editor = khomo.signed_in("editor").await;
    let form = editor.visit(&page(&id)).await;
    assert!(form.texts("section[aria-labelledby=more]").concat().contains("02/11/2026"), "20 working days at most");
    let post = format!("/internal/datasets/{id}/extensions");
    for (to, reason, wrong) in [
        ("05/10/2026", REASON, vec!["#to"]),
        ("03/11/2026", REASON, vec!["#to"]),
        ("bao giờ", "vì", vec!["#reason", "#to"]),
    ] {
        let refused = editor.post(&post, &[("to", to), ("reason", reason)]).await;
        assert_eq!(refused.status, 422, "{to}");
        let mut fields = refused.attributes("#errors a", "href");
        fields.sort();
        assert_eq!(fields, wrong, "{to}");
        assert_eq!(refused.attribute("#to", "value").as_deref(), Some(to), "nothing typed is lost");
        assert_eq!(refused.texts("#reason"), [reason]);
    }
    assert_eq!(editor.post(&post, &[("to", "02/11/2026"), ("reason", REASON)]).await.status, 303);
    assert!(ask(&khomo, "editor", &id, "02/11/2026").unwrap_err().has("extension-asked"));
    assert_eq!(ask(&khomo, "approver", &id, "02/11/2026").unwrap_err().kind(), Kind::Forbidden);
    work(&khomo).await;
    assert_eq!((told(&khomo, "extension-asked", "coordinator"), told(&khomo, "extension-asked", "editor")), (1, 0));
    let extension = khomo.lines("SELECT id AS line FROM extension").remove(0);
    let waits = editor.visit(&page(&id)).await;
    assert!(waits.attributes("#to", "id").is_empty() && waits.text().contains("Cơ quan điều phối sẽ quyết định"));
    assert_eq!(editor.post(&format!("/internal/extensions/{extension}/grant"), &[]).await.status, 403);
    assert!(
        visit(&khomo, "editor", "/internal/duties").await.texts("#asked").is_empty(),
        "the list is for who decides"
    );

    let mut coordinator = khomo.signed_in("coordinator").await;
    let list = coordinator.visit("/internal/duties").await;
    assert_eq!(list.texts("section[aria-labelledby=asked] .what a"), ["Trạm y tế"]);
    assert_eq!(list.attribute("section[aria-labelledby=asked] .what a", "href"), Some(page(&id)));
    assert_eq!(list.texts("#asked"), ["Đề nghị gia hạn đang chờ: 1"]);
    assert!(list.texts("section[aria-labelledby=asked] .due time")[0].starts_with("đề nghị lúc "));
    let file = "/internal/duties/extensions.xlsx";
    assert!(list.attributes("section[aria-labelledby=asked] a", "href").contains(&file.to_owned()));
    let called = list.texts("a[href*='.xlsx'], a[href*='.csv']");
    let different: std::collections::BTreeSet<_> = called.iter().collect();
    assert_eq!((called.len(), different.len()), (4, 4), "which link leads to which list: {called:?}");
    let rows = sheet(&coordinator.get(file).await);
    assert_eq!((rows.len(), rows[1].len()), (2, 7), "{rows:?}");
    assert_eq!(rows[1][..2], ["Trạm y tế", "Sở Y tế"]);
    assert_eq!(rows[1][4..6], [REASON, "Người editor"]);
    let csv = coordinator.get("/internal/duties/extensions.csv").await.text();
    assert!(csv.contains(",2026-11-02,"), "{csv}");
    assert_eq!(editor.get(file).await.status, 403);
    assert_eq!(written(&khomo, "extension.export"), 2);
    for filter in ["stage=soon", "kind=update", "quarter=2026-Q4", &format!("agency={HOME}")] {
        let list = coordinator.visit(&format!("/internal/duties?{filter}")).await;
        assert!(list.texts("#asked").is_empty(), "{filter}: it stands above the whole list alone");
    }
    let decided = coordinator.visit(&page(&id)).await;
    assert!(decided.attributes(".page-head a", "href").contains(&"/internal/duties".to_owned()), "the way back");
    let given = coordinator.post(&format!("/internal/extensions/{extension}/grant"), &[("answer", "")]).await;
    assert_eq!(given.status, 303, "{}", given.text());
    assert_eq!(given.header("location"), Some(page(&id).as_str()));
    assert_eq!(rounds(&khomo, &id), ["open 2026-11-02"], "what was due soon has time again");
    let seen = khomo.public().await.get("/dataset/so-lieu").await;
    assert!(seen.text().contains("được gia hạn đến 02/11/2026"), "{:?}", seen.texts(".ds-head .row"));
    let told_by_api: Value =
        serde_json::from_slice(&khomo.public().await.get("/api/v1/datasets/so-lieu").await.body).unwrap();
    assert_eq!(told_by_api["extended_to"], "2026-11-02");
    assert_eq!(told_by_api["due"], "2026-11-02");
    work(&khomo).await;
    assert_eq!(told(&khomo, "extension-granted", "editor"), 1);
    let twice = coordinator.post(&format!("/internal/extensions/{extension}/refusal"), &[("answer", REASON)]).await;
    assert_eq!(twice.status, 409, "it is decided once");
    assert!(twice.texts("section[aria-labelledby=unsent]").concat().contains(REASON), "nothing typed is lost");
    assert_eq!((written(&khomo, "extension.ask"), written(&khomo, "extension.decide")), (1, 1));

    // A new version ends the round, and the time that was given with it.
    khomo.clock.advance(DAY);
    khomo.dataset("so-lieu").title("Trạm y tế").csv("bang", &SMALL.replace("1250", "1260")).await.publish().await;
    assert_eq!(rounds(&khomo, &id), ["done 2026-11-02 version", "open 2026-10-29"]);
    assert_eq!(khomo.count("dataset WHERE extended_to IS NOT NULL"), 0);
    assert!(!khomo.public().await.get("/dataset/so-lieu").await.text().contains("gia hạn"));
}

#[actix_web::test]
async fn no_notice_about_more_time_or_a_withdrawal_names_what_is_in_quarantine() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile();
    let title = "Vị trí kho thóc";
    let id = khomo.dataset("kho-thoc").title(title).publish().await;
    khomo.work().await;
    khomo.clock.advance(DAY);
    khomo.raw(&format!("UPDATE dataset SET quarantined_at = 1 WHERE id = '{id}'")).unwrap();
    let asked = ask(&khomo, "editor", &id, "30/10/2026").unwrap();
    khomo
        .db()
        .write(&khomo.ctx("coordinator"), |tx| cycle::grant_extension(tx, profile, &asked, &AnswerForm::default()))
        .unwrap();
    khomo.withdraw(&id, "approver").unwrap();
    khomo.work().await;
    for event in ["extension-asked", "extension-granted", "dataset-withdrawn"] {
        let told = khomo.lines(&format!("SELECT args AS line FROM notice WHERE event = '{event}'"));
        assert!(!told.is_empty(), "{event}");
        assert!(told.iter().all(|args| args.contains("kho-thoc") && !args.contains(title)), "{event}: {told:?}");
    }
}

#[actix_web::test]
async fn nobody_gives_themselves_more_time_and_a_refusal_says_why() {
    let khomo = Khomo::start();
    let profile = khomo.app.profile().clone();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.clock.advance(DAY);
    let own = ask(&khomo, "coordinator", &id, "30/10/2026").unwrap();
    let decide = |who: &str, extension: &ExtensionId, form: AnswerForm, grants: bool| {
        khomo.db().write(&khomo.ctx(who), |tx| match grants {
            true => cycle::grant_extension(tx, &profile, extension, &form),
            false => cycle::refuse_extension(tx, &profile, extension, &form),
        })
    };
    assert!(decide("coordinator", &own, answer(""), true).unwrap_err().has("extension-own"));
    let page_of_own = visit(&khomo, "coordinator", &page(&id)).await;
    assert!(page_of_own.attributes("#answer", "id").is_empty());
    assert!(page_of_own.text().contains("Không ai tự quyết định đề nghị của mình"));
    // Another person of the coordinating department.
    hire(&khomo, "dieu-phoi-hai", &[(AWAY, "coordinator")]);
    let mut other = khomo.signed_in("dieu-phoi-hai").await;
    other.visit(&page(&id)).await;
    let path = format!("/internal/extensions/{own}/refusal");
    let silent = other.post(&path, &[("answer", "không")]).await;
    assert_eq!(silent.status, 422);
    assert_eq!(silent.texts("#answer"), ["không"]);
    let said = "Số liệu đã có từ tuần trước, hãy cập nhật.";
    assert_eq!(other.post(&path, &[("answer", said)]).await.status, 303);
    assert_eq!(rounds(&khomo, &id), ["open 2026-10-05"], "the day stays");
    work(&khomo).await;
    assert_eq!(told(&khomo, "extension-refused", "coordinator"), 1);
    assert!(
        visit(&khomo, "editor", &page(&id)).await.texts("section[aria-labelledby=extensions]").concat().contains(said)
    );

    // A request whose round ends before anybody decides is over.
    khomo.clock.advance(60);
    let late = ask(&khomo, "editor", &id, "30/10/2026").unwrap();
    khomo.clock.advance(DAY);
    confirm(&khomo, &profile, "editor", &id).unwrap();
    assert_eq!(khomo.lines("SELECT state AS line FROM extension ORDER BY asked_at, state"), ["refused", "over"]);
    assert!(decide("coordinator", &late, answer(""), true).unwrap_err().has("extension-decided"));
    assert_eq!(khomo.signed_in("coordinator").await.get("/internal/duties").await.texts("#asked"), [""; 0]);
}

#[actix_web::test]
async fn more_time_until_a_day_that_is_over_is_refused_and_not_given() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.clock.advance(DAY);
    let asked = ask(&khomo, "editor", &id, "12/10/2026").unwrap();
    let (page, path) = (page(&id), format!("/internal/extensions/{asked}/grant"));
    let offered = async |khomo: &Khomo| {
        let shown = visit(khomo, "coordinator", &page).await;
        (shown.attributes("form[action$='/grant']", "action").len(), shown.text().contains("chỉ còn có thể từ chối"))
    };
    until(&khomo, "2026-10-12").await;
    assert_eq!(offered(&khomo).await, (1, false), "on the day itself it still helps");
    until(&khomo, "2026-10-13").await;
    assert_eq!(offered(&khomo).await, (0, true));
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.visit(&page).await;
    let late = coordinator.post(&path, &[("answer", REASON)]).await;
    assert_eq!(late.status, 409);
    assert_eq!(late.texts("#answer"), [REASON], "nothing typed is lost");
    assert_eq!(rounds(&khomo, &id), ["overdue 2026-10-05"]);
    let refusal = late.attribute("form[action$='/refusal']", "action").unwrap();
    assert_eq!(coordinator.post(&refusal, &[("answer", REASON)]).await.status, 303);
    assert_eq!(khomo.lines("SELECT state AS line FROM extension"), ["refused"]);
    ask(&khomo, "editor", &id, "30/10/2026").unwrap();
}

#[actix_web::test]
async fn what_is_withdrawn_owes_nothing_any_more() {
    let khomo = Khomo::start();
    hire(&khomo, "dau-moi", &[(HOME, "focal-point")]);
    let id = khomo.dataset("so-lieu").publish().await;
    khomo.clock.advance(DAY);
    let asked = ask(&khomo, "editor", &id, "30/10/2026").unwrap();
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!(rounds(&khomo, &id), ["excused 2026-10-05 withdrawn"]);
    assert_eq!(khomo.lines("SELECT state AS line FROM extension"), ["over"]);
    let gone = khomo.db().write(&khomo.ctx("coordinator"), |tx| {
        cycle::grant_extension(tx, khomo.app.profile(), &asked, &AnswerForm::default())
    });
    assert!(gone.unwrap_err().has("extension-decided"));
    assert!(confirm(&khomo, khomo.app.profile(), "editor", &id).unwrap_err().has("not-published"));
    until(&khomo, "2026-10-20").await;
    assert_eq!(told(&khomo, "duty-reminder", "dau-moi"), 0);
    assert_eq!(listed(&khomo, "editor", "/internal/duties").await, [""; 0]);
    assert_eq!(listed(&khomo, "editor", "/internal/duties?stage=excused").await, ["so-lieu"]);
}

#[actix_web::test]
async fn other_rules_move_the_day_and_leave_what_is_over_as_it_was() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").publish().await;
    until(&khomo, "2026-09-10").await;
    confirm(&khomo, khomo.app.profile(), "editor", &id).unwrap();
    assert_eq!(rounds(&khomo, &id), ["done 2026-10-05 unchanged", "open 2026-10-12"]);
    let changes = written(&khomo, "duty.change");
    // The agency's own word binds no more: what is left is the law's three months.
    let app = with_rules(&khomo, |profile| profile.opendata.frequency_duty.value = false);
    khomo.raw("UPDATE job SET due_at = 0 WHERE kind = 'duty-turn'").unwrap();
    worker::jobs::run_due(&app, &worker::jobs::Handlers::all(&app).without(&[quarter::TURN])).await.unwrap();
    assert_eq!(rounds(&khomo, &id), ["done 2026-10-05 unchanged", "open 2026-12-10"]);
    assert_eq!(written(&khomo, "duty.change"), changes + 1);
    let detail =
        khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'duty.change' ORDER BY seq DESC").remove(0);
    assert!(detail.contains("2026-10-12") && detail.contains("2026-12-10"), "{detail}");
    assert!(khomo.raw(&format!("UPDATE duty SET late = TRUE WHERE subject = '{id}' AND state = 'done'")).is_err());
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn the_log_says_what_of_a_duty_changed_where_its_day_stayed_and_never_its_name() {
    let khomo = Khomo::start();
    let id = khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    until(&khomo, "2026-09-05").await;
    let other = "from_on = '2026-09-02', opens_on = '2026-09-03', soon_on = '2026-09-27', title = 'Tên cũ'";
    khomo.raw(&format!("UPDATE duty SET {other} WHERE subject = '{id}'")).unwrap();
    turn_again(&khomo).await;
    assert_eq!(written(&khomo, "duty.change"), 1);
    let detail = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'duty.change'").remove(0);
    assert!(!detail.contains("Tên cũ") && !detail.contains("Trạm y tế"), "{detail}");
    let detail: Value = serde_json::from_str(&detail).unwrap();
    let moved = |before: &str, after: &str| serde_json::json!({ "before": before, "after": after });
    assert_eq!(detail["from"], moved("2026-09-02", "2026-09-04"));
    assert_eq!(detail["opens"], moved("2026-09-03", "2026-09-04"));
    assert_eq!(detail["soon"], moved("2026-09-27", "2026-09-28"));
    assert_eq!((&detail["due"], &detail["renamed"]), (&serde_json::json!("2026-10-05"), &serde_json::json!(true)));
    assert!(detail.get("state").is_none(), "what stayed is not told: {detail}");
    let entry = visit(&khomo, "auditor", "/internal/audit?action=duty.change").await.text();
    assert!(entry.contains("Đổi hạn hoặc tình trạng nghĩa vụ"), "{entry}");
}

#[actix_web::test]
async fn of_what_is_over_nothing_goes_but_the_words() {
    let khomo = Khomo::start();
    kept(&khomo, "so-lieu").await;
    for sql in [
        "UPDATE duty SET title = 'x' WHERE state = 'done'",
        "UPDATE duty SET title = '', late = TRUE WHERE state = 'done'",
        "UPDATE duty SET title = '', due_on = '2027-01-01' WHERE state = 'done'",
        "UPDATE duty SET title = '', reminded = 9 WHERE state = 'done'",
        "UPDATE duty SET state = 'excused', ended_how = 'withdrawn' WHERE state = 'done'",
        "UPDATE duty SET state = 'excused', ended_how = 'recalled', ended_at = 1 WHERE state = 'done'",
        "UPDATE duty SET state = 'excused', ended_how = 'recalled', late = TRUE WHERE state = 'done'",
        "UPDATE confirmation SET checked = 'x'",
        "UPDATE confirmation SET checked = '', declared = ''",
        "UPDATE confirmation SET checked = '', at = 1",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    for sql in ["UPDATE duty SET title = ''", "UPDATE duty SET title = ''", "UPDATE confirmation SET checked = ''"] {
        khomo.raw(sql).unwrap();
    }
}

#[actix_web::test]
async fn other_rules_move_the_days_of_a_quarter_and_its_returns_but_never_into_the_past() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    go(&khomo, "2026-09-05").await;
    let days = || {
        let days = "SELECT return_due_on || ' ' || close_on AS line FROM quarter WHERE id = '2026-Q3'";
        khomo.lines(days).remove(0)
    };
    let rules = |returns: u32, close: u32| {
        with_rules(&khomo, |profile| {
            profile.duty.return_days.value = returns;
            profile.duty.close_days.value = close;
        })
    };
    assert_eq!(days(), "2026-10-21 2026-10-28");
    // While the quarter runs its days follow as well.
    turn_by(&khomo, &rules(10, 15)).await;
    assert_eq!(days(), "2026-10-14 2026-10-21");
    go(&khomo, "2026-10-01").await;
    assert_eq!(
        (days().as_str(), open(&khomo, "return")),
        ("2026-10-21 2026-10-28", vec!["open 2026-10-21".to_owned()])
    );
    turn_by(&khomo, &rules(25, 30)).await;
    assert_eq!(
        (days().as_str(), open(&khomo, "return")),
        ("2026-11-04 2026-11-11", vec!["open 2026-11-04".to_owned()])
    );
    let detail =
        khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'quarter.days' AND object_id = '2026-Q3' ORDER BY seq DESC").remove(0);
    assert!(detail.contains("2026-10-21") && detail.contains("2026-11-04"), "{detail}");
    let before = khomo.heads();
    turn_by(&khomo, &rules(25, 30)).await;
    assert_eq!(khomo.heads(), before, "what agrees is not written");
    // Five working days would have ended on 7 October: today one can still hand in, and the close waits for it.
    khomo.clock.advance(14 * DAY);
    turn_by(&khomo, &rules(5, 10)).await;
    assert_eq!((days().as_str(), open(&khomo, "return")), ("2026-10-15 2026-10-16", vec!["due 2026-10-15".to_owned()]));
    khomo.clock.advance(DAY);
    turn_by(&khomo, &rules(5, 10)).await;
    assert_eq!(
        (days().as_str(), open(&khomo, "return")),
        ("2026-10-15 2026-10-16", vec!["overdue 2026-10-15".to_owned()])
    );
    // Days off that are entered later count too, and late is then no more.
    let more = with_rules(&khomo, |profile| {
        let off = |day: &str| day.parse::<chrono::NaiveDate>().unwrap();
        profile.calendar.lay_over(
            2026,
            &[CalendarEntry {
                from: off("2026-10-01"),
                to: off("2026-10-09"),
                name: Localized { vi: "Bão".to_owned(), en: None },
                kind: DayKind::Swapped,
                status: DayStatus::Decided,
                basis: None,
            }],
        );
    });
    turn_by(&khomo, &more).await;
    // Fifteen working days from 12 October on.
    assert_eq!(
        (days().as_str(), open(&khomo, "return")),
        ("2026-10-30 2026-11-06", vec!["open 2026-10-30".to_owned()])
    );
    // What is closed stays, whatever the rules.
    go(&khomo, "2026-11-12").await;
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2026-Q3'"), ["closed"]);
    let closed = days();
    turn_by(&khomo, &rules(25, 30)).await;
    assert_eq!((days(), open(&khomo, "return")), (closed, vec![]));
    assert_eq!(khomo.lines("SELECT ended_how AS line FROM duty WHERE kind = 'return'"), ["not-handed-in"]);
}

#[actix_web::test]
async fn rules_that_changed_by_day_hold_in_the_night_of_the_close() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    khomo.work().await;
    for day in ["2026-09-05", "2026-10-01", "2026-10-27"] {
        go(&khomo, day).await;
    }
    let later = with_rules(&khomo, |profile| {
        profile.duty.return_days.value = 25;
        profile.duty.close_days.value = 30;
    });
    khomo.clock.advance(DAY);
    let ctx = khomo.ctx_of(Actor::System);
    khomo.db().write(&ctx, |tx| quarter::advance(tx, later.profile())).unwrap();
    let stands = "SELECT state || ' ' || close_on AS line FROM quarter WHERE id = '2026-Q3'";
    assert_eq!(khomo.lines(stands), ["ended 2026-11-11"]);
    assert_eq!(khomo.count("quarter_return WHERE state = 'missing'"), 0);
}

#[actix_web::test]
async fn other_rules_reach_the_review_of_the_catalogue_and_what_is_over_stays() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    crate::plan::issued(&khomo).await;
    work(&khomo).await;
    let months = |months: u32| with_rules(&khomo, |profile| profile.opendata.review_months.value = months);
    let reviews = || {
        khomo.lines(
            "SELECT d.turn || ' ' || a.slug || ' ' || d.due_on || COALESCE(' ' || d.ended_how, '') AS line FROM duty AS d \
             JOIN agency AS a ON a.id = d.agency_id WHERE d.kind = 'catalogue-review' ORDER BY d.opened_at, d.id",
        )
    };
    let first = |due: &str| format!("2026-09-01 {AWAY} {due}");
    // A decision of 1 September.
    turn_by(&khomo, &months(3)).await;
    assert_eq!(reviews(), [first("2026-12-01")]);
    turn_by(&khomo, &months(9)).await;
    assert_eq!(reviews(), [first("2027-06-01")]);
    khomo.clock.advance(DAY);
    turn_by(&khomo, &months(0)).await;
    assert_eq!(reviews(), [format!("{} not-owed", first("2027-06-01"))]);
    khomo.clock.advance(DAY);
    turn_by(&khomo, &months(3)).await;
    let again = format!("2026-09-01/2 {AWAY} 2026-12-01");
    assert_eq!(reviews(), [format!("{} not-owed", first("2027-06-01")), again], "a new round, and the old one stays");
    // The law behind it follows as well.
    let other = with_rules(&khomo, |profile| {
        profile.opendata.review_months.value = 3;
        profile.opendata.review_months.basis = None;
        profile.opendata.review_months.verified = true;
    });
    turn_by(&khomo, &other).await;
    let law = "SELECT COALESCE(basis, '-') || ' ' || CASE WHEN verified THEN 'verified' ELSE '-' END AS line FROM duty \
               WHERE kind = 'catalogue-review' AND ended_at IS NULL";
    assert_eq!(khomo.lines(law), ["- verified"]);
}

#[actix_web::test]
async fn an_issue_that_marks_many_datasets_leaves_nothing_to_the_night() {
    let khomo = Khomo::start();
    let irregular = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "irregular".to_owned();
    let yearly = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "yearly".to_owned();
    for slug in ["mot", "hai", "ba"] {
        khomo.dataset(slug).describe(irregular).publish().await;
    }
    khomo.dataset("nam").describe(yearly).agency(AWAY).by("stranger").publish().await;
    khomo.raw("UPDATE dataset SET in_catalogue = FALSE").unwrap();
    work(&khomo).await;
    turn_again(&khomo).await;
    assert_eq!(open(&khomo, "update").len(), 1, "what nobody listed owes what its own word says");
    let entries = || written(&khomo, "duty.open") + written(&khomo, "duty.change");
    let before = entries();
    crate::plan::issued(&khomo).await;
    assert_eq!(open(&khomo, "update"), vec!["open 2026-12-04"; 4], "the law's three months");
    assert_eq!(entries() - before, 5, "three begin, one has another day, and the review of the catalogue begins");
    work(&khomo).await;
    let heads = khomo.heads();
    turn_again(&khomo).await;
    assert_eq!(khomo.heads(), heads, "what agrees is not written");
}

#[actix_web::test]
async fn data_that_the_catalogue_names_late_has_a_whole_period_from_that_day() {
    let khomo = Khomo::start();
    let irregular = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "irregular".to_owned();
    let late = khomo.dataset("so-lieu").describe(irregular).publish().await;
    let month = khomo.dataset("thang").publish().await;
    khomo.raw("UPDATE dataset SET in_catalogue = FALSE").unwrap();
    work(&khomo).await;
    turn_again(&khomo).await;
    khomo.clock.advance(140 * DAY);
    work(&khomo).await;
    let before = "overdue 2026-10-05".to_owned();
    assert_eq!(open(&khomo, "update"), [before.as_str()], "what nobody listed owes what its own word says");
    crate::plan::issued(&khomo).await;
    // Three months from 22 January 2027, the day on which it was listed, and not from September.
    assert_eq!(open(&khomo, "update"), [before.as_str(), "open 2027-04-22"]);
    let from = format!("SELECT from_on AS line FROM duty WHERE subject = '{late}' AND ended_at IS NULL");
    assert_eq!(khomo.lines(&from), ["2027-01-22"]);
    // The page of an update counts from that day too, and one that its own word binds from its publication.
    let standing = visit(&khomo, "editor", &page(&late)).await.texts(".deflist dd");
    assert!(standing[0].contains("22/04/2027"), "{standing:?}");
    assert!(standing[1].contains("22/01/2027") && standing[1].contains("được đưa vào danh mục"), "{standing:?}");
    let standing = visit(&khomo, "editor", &page(&month)).await.texts(".deflist dd");
    assert!(standing[1].contains("04/09/2026") && standing[1].contains("lần công bố gần nhất"), "{standing:?}");
    work(&khomo).await;
    let heads = khomo.heads();
    turn_again(&khomo).await;
    assert_eq!(khomo.heads(), heads, "the night finds it so");
    let mut reader = khomo.public().await;
    let seen = reader.get("/dataset/so-lieu").await;
    assert_eq!(seen.texts(".ds-head .badge b"), ["Đúng hạn"]);
    assert_eq!(reader.get("/dataset/thang").await.texts(".ds-head .badge b"), ["Quá hạn"]);
    // Another issue that lists it as well begins nothing anew.
    khomo.clock.advance(10 * DAY);
    crate::plan::issued(&khomo).await;
    assert_eq!(open(&khomo, "update"), [before.as_str(), "open 2027-04-22"]);
    // From the next publication on it counts as the law says.
    khomo.clock.advance(DAY);
    khomo.dataset("so-lieu").describe(irregular).csv("bang", &SMALL.replace("1250", "1260")).await.publish().await;
    let all = ["excused 2026-12-04 not-owed", "done 2027-04-22 version", "open 2027-05-04"];
    assert_eq!(rounds(&khomo, &late), all);
}

#[actix_web::test]
async fn days_off_move_the_items_of_a_plan_and_its_own_days_stay() {
    let khomo = Khomo::start();
    let plan = crate::plan::executed(&khomo, 2027).await;
    work(&khomo).await;
    let list = visit(&khomo, "editor", "/internal/duties?kind=plan-item&stage=in-time").await;
    let place = format!("/internal/open-data/plans/{plan}#items");
    assert_eq!(list.attributes("tbody th a", "href"), [place.as_str()], "an item leads to its plan");
    assert_eq!(visit(&khomo, "editor", &format!("/internal/open-data/plans/{plan}")).await.texts("#items").len(), 1);
    // 1 August 2027 is a Sunday.
    let from = || khomo.lines("SELECT from_on || ' ' || due_on AS line FROM duty WHERE kind = 'plan-item'");
    assert_eq!(from(), ["2026-09-04 2027-08-02"]);
    khomo.clock.advance(3 * DAY);
    let off = with_rules(&khomo, |profile| {
        let day: chrono::NaiveDate = "2027-08-02".parse().unwrap();
        let name = Localized { vi: "Nghỉ bù".to_owned(), en: None };
        let kind = DayKind::Compensation;
        let entry = CalendarEntry { from: day, to: day, name, kind, status: DayStatus::Decided, basis: None };
        profile.calendar.lay_over(2027, &[entry]);
    });
    turn_by(&khomo, &off).await;
    assert_eq!(from(), ["2026-09-04 2027-08-03"], "it counts from where it counted");
    let before = khomo.heads();
    turn_by(&khomo, &off).await;
    assert_eq!(khomo.heads(), before);
}

#[actix_web::test]
async fn a_list_of_duties_is_bound_to_the_agencies_of_whoever_reads_it() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").title("Trạm y tế").publish().await;
    khomo.clock.advance(DAY);
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    let both = ["Trạm y tế", "Giá lúa"];
    for (person, path, wanted) in [
        ("editor", "/internal/duties".to_owned(), &both[..1]),
        ("editor", format!("/internal/duties?agency={AWAY}"), &both[..0]),
        ("editor", format!("/internal/duties?agency={HOME}&kind=update&stage=open"), &both[..1]),
        ("auditor", "/internal/duties".to_owned(), &both[1..]),
        ("coordinator", "/internal/duties".to_owned(), &both[..]),
        ("coordinator", format!("/internal/duties?agency={HOME}"), &both[..1]),
        ("coordinator", "/internal/duties?stage=overdue".to_owned(), &both[..0]),
        ("coordinator", "/internal/duties?kind=return".to_owned(), &both[..0]),
        ("coordinator", "/internal/duties?kind=x&stage=x&page=x".to_owned(), &both[..]),
    ] {
        assert_eq!(listed(&khomo, person, &path).await, wanted, "{person} at {path}");
    }
    let page = visit(&khomo, "coordinator", "/internal/duties").await;
    assert_eq!(page.texts(".scorebar a")[0], "2Đang chờ");
    let head = page.attributes(".page-head a", "href");
    for way in ["/internal/regulations", "/internal/calendar", "/internal/duties.xlsx", "/internal/duties.csv"] {
        assert!(head.contains(&way.to_owned()), "{way}: {head:?}");
    }
    assert_eq!(page.attribute(".scorebar a[aria-current]", "href").as_deref(), Some("/internal/duties"));
    assert!(visit(&khomo, "coordinator", "/internal/duties?stage=done").await.texts(".empty h2").len() == 1);
    let rows = sheet(&khomo.signed_in("editor").await.get("/internal/duties.xlsx").await);
    assert_eq!((rows.len(), rows[1][1].as_str(), rows[1][3].as_str()), (2, "Trạm y tế", "Đang mở"));
    let csv = khomo.signed_in("coordinator").await.get("/internal/duties.csv?stage=open").await.text();
    assert!(csv.contains("Trạm y tế") && csv.contains("Giá lúa"));
    assert_eq!(written(&khomo, "duty.export"), 2);
}

#[actix_web::test]
async fn the_pages_of_duties_stand_in_both_languages() {
    let khomo = Khomo::start();
    let id = kept(&khomo, "so-lieu").await;
    for (language, words) in [
        ("vi", ["Nghĩa vụ và thời hạn", "Đề nghị gia hạn đang chờ", "Cho gia hạn"]),
        ("en", ["Duties and due dates", "A request for more time waits", "Give more time"]),
    ] {
        let mut browser = khomo.signed_in("coordinator").await;
        browser.visit("/internal/account").await;
        assert_eq!(browser.post("/internal/account/language", &[("lang", language)]).await.status, 303);
        let list = browser.visit("/internal/duties").await;
        let update = browser.visit(&page(&id)).await;
        assert_clean("the list of duties", &list.text(), &OWN);
        assert_clean("the page of an update", &update.text(), &OWN);
        assert!(list.text().contains(words[0]), "{}", words[0]);
        assert!(update.text().contains(words[1]) && update.text().contains(words[2]), "{words:?}");
    }
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn an_agencys_datasets_are_sorted_by_what_is_due_first() {
    let khomo = Khomo::start();
    let quarterly = |metadata: &mut khomo::dataset::Metadata| metadata.frequency = "quarterly".to_owned();
    khomo.dataset("thang").title("Theo tháng").publish().await;
    khomo.clock.advance(60);
    khomo.dataset("quy").title("Theo quý").describe(quarterly).publish().await;
    let mut reader = khomo.public().await;
    let path = format!("/organization/{HOME}");
    assert_eq!(reader.get(&path).await.texts(".result h3"), ["Theo quý", "Theo tháng"]);
    let sorted = reader.get(&format!("{path}?sort=due")).await;
    assert_eq!(sorted.texts(".result h3"), ["Theo tháng", "Theo quý"]);
    assert_eq!(sorted.attribute("link[rel=canonical]", "href"), Some(format!("{PUBLIC_URL}{path}")));
    let rows = reader.get("/organization").await.texts("section[aria-labelledby=by-agency] tbody tr");
    assert_eq!(rows, ["Sở Y tế 2 2 0 0 0"]);
}
