//! The working calendar: a year entered by command and by form, what running programs count with, and who is reminded of the next year.

use std::process::Output;

use chrono::{Datelike, NaiveDate};
use khomo::access::{self, Action};
use khomo::calendar;
use khomo::duty::Calendar;
use khomo::kernel::{Actor, Clock};
use khomo::profile::Unknown;
use serde_json::Value;

use crate::command_line::text;
use crate::records::sheet;
use crate::support::kit::Khomo;

const PAGE: &str = "/internal/calendar";
const DAY: i64 = 24 * 3600;
/// The days of 2027 as they were announced: one day more before Tết than assumed.
const YEAR: &str = "\
day,to,kind,name_vi,name_en,status,basis
2027-01-01,,holiday,Tết Dương lịch,,law,bo-luat-lao-dong-2019/112.1.a
2027-02-04,2027-02-10,holiday,Tết Nguyên đán,,decided,bo-luat-lao-dong-2019/112.1.b
2027-09-02,2027-09-03,holiday,Quốc khánh,,decided,bo-luat-lao-dong-2019/112.1.đ
2027-09-11,,make-up,Làm bù,,decided,
";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Enters a year as the command line does.
fn enter(khomo: &Khomo, rows: &str, correct: bool) -> khomo::kernel::Result<calendar::Entered> {
    let profile = khomo.app.profile();
    let file = calendar::read(rows.as_bytes(), profile)?;
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| calendar::enter(tx, profile, &file, correct, None))
}

/// A year that was entered.
pub fn entered(khomo: &Khomo) {
    enter(khomo, YEAR, false).unwrap();
}

/// The days of the year after this one, by the clock of the machine, which commands go by.
fn next_year() -> (i32, String) {
    let year = Clock::system().now().date(7 * 60).year() + 1;
    let rows = format!(
        "day,to,kind,name_vi,status,basis\n{year}-01-01,,holiday,Tết Dương lịch,law,\n\
         {year}-02-01,{year}-02-07,holiday,Tết Nguyên đán,decided,bo-luat-lao-dong-2019/112.1.b\n"
    );
    (year, rows)
}

fn run(khomo: &Khomo, args: &[&str]) -> Output {
    khomo.command(&[&["calendar"][..], args].concat(), &[]).output().unwrap()
}

#[test]
fn the_command_says_what_changes_enters_a_year_once_and_leaves_an_entry_in_the_log() {
    let khomo = Khomo::start();
    let (year, rows) = next_year();
    let path = khomo.folder().join("lich.csv");
    std::fs::write(&path, &rows).unwrap();
    let file = path.display().to_string();
    let log = || khomo.count("audit_entry WHERE action = 'calendar.enter'");
    let checked = run(&khomo, &["import", &file, "--check"]);
    assert!(checked.status.success(), "{}", text(&checked.stderr));
    assert!(text(&checked.stdout).contains("Lunar New Year") && text(&checked.stdout).contains("as announced"));
    assert_eq!((khomo.count("calendar_day"), log()), (0, 0), "a check stores nothing");
    let done = run(&khomo, &["import", &file, "--json"]);
    let said: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((said["year"].as_i64(), said["rows"].as_u64()), (Some(i64::from(year)), Some(2)));
    assert_eq!((khomo.count("calendar_day"), khomo.count("calendar_year"), log()), (2, 1, 1));
    let who = khomo.lines("SELECT actor_kind AS line FROM audit_entry WHERE action = 'calendar.enter'");
    assert_eq!(who, ["operator"]);
    let again = run(&khomo, &["import", &file]);
    assert!(text(&again.stdout).contains("Nothing changes"), "{}", text(&again.stdout));
    assert_eq!(log(), 1, "nothing changed, and nothing is noted");
    // What is shown as CSV can be changed and imported.
    let number = year.to_string();
    let shown = run(&khomo, &["show", "--year", &number, "--csv"]);
    assert_eq!(text(&shown.stdout).lines().count(), 3, "{}", text(&shown.stdout));
    std::fs::write(&path, &shown.stdout).unwrap();
    assert!(text(&run(&khomo, &["import", &file]).stdout).contains("Nothing changes"));
    let shown = text(&run(&khomo, &["show", "--year", &number]).stdout);
    assert!(shown.contains("were entered at") && shown.contains("Lunar New Year"), "{shown}");
    let built_in = text(&run(&khomo, &["show", "--year", "2024"]).stdout);
    assert!(built_in.contains("came with the program") && built_in.contains("make-up working day"), "{built_in}");
    assert!(text(&run(&khomo, &["show", "--year", "2100"]).stdout).contains("not known"));
}

#[test]
fn a_wrong_file_is_refused_with_every_wrong_row_and_changes_nothing() {
    let khomo = Khomo::start();
    let path = khomo.folder().join("sai.csv");
    let file = path.display().to_string();
    let (year, rows) = next_year();
    std::fs::write(
        &path,
        format!("{rows}{year}-02-05,,holiday,A,law,\n{year}-13-01,,holiday,A,law,\n{year}-03-01,,rest,A,law,\n"),
    )
    .unwrap();
    for args in [&["import", &file][..], &["import", &file, "--check"]] {
        let refused = run(&khomo, args);
        let said = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(2), "{said}");
        assert!(["Line 4", "Line 5", "Line 6"].iter().all(|row| said.contains(row)), "{said}");
    }
    std::fs::write(&path, "x".repeat(70_000)).unwrap();
    assert!(text(&run(&khomo, &["import", &file]).stderr).contains("longer than"));
    assert_eq!(run(&khomo, &["import", "/khong/co.csv"]).status.code(), Some(2));
    assert_eq!(khomo.count("calendar_year"), 0);
}

#[test]
fn days_that_are_over_change_only_when_somebody_says_that_they_were_wrong() {
    let khomo = Khomo::start();
    // It is 4 September 2026.
    let year = calendar::as_csv(&khomo.app.profile().calendar.entries_of(2026));
    let later = year.replace("2026-11-24,,", "2026-11-25,,");
    assert!(enter(&khomo, &later, false).is_ok(), "what is to come may change");
    let earlier = later.replace("2026-09-01,2026-09-02", "2026-09-02,2026-09-03");
    let error = enter(&khomo, &earlier, false).unwrap_err();
    assert!(error.has("calendar-past"));
    assert_eq!(error.problems().len(), 2, "1 September, and 3 September");
    assert_eq!(khomo.lines("SELECT to_on AS line FROM calendar_day WHERE from_on LIKE '2026-09-%'"), ["2026-09-02"]);
    let done = enter(&khomo, &earlier, true).unwrap();
    assert!(done.correct && done.changes.len() == 2);
    assert_eq!(khomo.lines("SELECT to_on AS line FROM calendar_day WHERE from_on LIKE '2026-09-%'"), ["2026-09-03"]);
}

#[actix_web::test]
async fn a_program_counts_with_the_entered_days_from_its_next_start_and_says_so() {
    let khomo = Khomo::start();
    let works = |khomo: &Khomo, date: &str| Calendar::of(khomo.app.profile()).is_working_day(day(date));
    assert!(works(&khomo, "2027-02-04") && !works(&khomo, "2027-02-11"));
    entered(&khomo);
    assert!(works(&khomo, "2027-02-04"), "one calendar for the life of a program");
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.get(&format!("{PAGE}?year=2027")).await;
    assert!(page.text().contains("Chương trình vẫn tính theo lịch cũ"), "{}", page.text());
    assert!(page.texts("tbody th").iter().any(|days| days.contains("04/02/2027")), "the page shows what was entered");
    // A second program starts with it.
    let beside = khomo.beside();
    assert!(!works(&beside, "2027-02-04") && works(&beside, "2027-02-11") && works(&beside, "2027-09-11"));
    let mut coordinator = beside.signed_in("coordinator").await;
    assert!(!coordinator.get(PAGE).await.text().contains("Chương trình vẫn tính theo lịch cũ"));
    drop(coordinator);
    // The doctor names the programs that started earlier.
    let now = Clock::system().now().0;
    let values = format!("('cu', 1, {now}, 0, 0), ('moi', {now}, {now}, 0, 0)");
    khomo.raw(&format!("INSERT INTO node (id, started_at, seen_at, index_seq, rebuilt) VALUES {values}")).unwrap();
    let said = text(&khomo.command(&["doctor"], &[]).output().unwrap().stdout);
    assert!(
        said.contains("The program cu started before") && !said.contains("The program moi started before"),
        "{said}"
    );
}

#[actix_web::test]
async fn who_keeps_the_calendar_is_asked_for_the_next_year_from_october_until_nothing_is_assumed() {
    let khomo = Khomo::start();
    let warned = async |person: &str| {
        let mut browser = khomo.signed_in(person).await;
        let page = browser.get("/internal").await;
        page.texts(".note.warn").iter().any(|note| note.contains("2027"))
    };
    assert!(!warned("coordinator").await, "September");
    khomo.clock.advance(27 * DAY);
    assert!(warned("coordinator").await && warned("operator").await, "1 October");
    assert!(!warned("editor").await, "others can do nothing about it");
    let mut coordinator = khomo.signed_in("coordinator").await;
    assert!(coordinator.get(PAGE).await.texts(".note.warn").iter().any(|note| note.contains("tạm tính")));
    let today = khomo.app.today();
    let gaps = || khomo.db().read(|conn| Ok(calendar::outlook(conn, khomo.app.profile(), today)?.gaps)).unwrap();
    assert_eq!(gaps()[0].unknown, Unknown::Assumed(3));
    enter(&khomo, &YEAR.replacen("decided", "assumed", 1), false).unwrap();
    assert_eq!(gaps()[0].unknown, Unknown::Assumed(1), "an entered year may still be assumed");
    entered(&khomo);
    assert_eq!(gaps(), []);
    drop(coordinator);
    let khomo = khomo.restart(|_| ());
    let mut operator = khomo.signed_in("operator").await;
    assert_eq!(operator.get("/internal").await.texts(".note.warn"), [""; 0]);
}

#[actix_web::test]
async fn a_notice_reminds_those_who_keep_the_calendar_every_four_weeks() {
    let khomo = Khomo::start();
    let told = || khomo.count("notice WHERE event = 'calendar-gap'");
    khomo.watch().await;
    khomo.clock.advance(20 * DAY);
    khomo.watch().await;
    assert_eq!(told(), 0, "September");
    khomo.clock.advance(40 * DAY);
    khomo.watch().await;
    assert_eq!(told(), 2, "the operator and the coordinating department");
    khomo.watch().await;
    assert_eq!(told(), 2);
    entered(&khomo);
    khomo.clock.advance(28 * DAY);
    khomo.watch().await;
    assert_eq!(told(), 2, "nothing is missing any more");
}

#[actix_web::test]
async fn a_year_is_entered_by_form_after_its_changes_were_shown() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.get(&format!("{PAGE}?year=2027")).await;
    let typed = page.texts("textarea[name=rows]").concat();
    assert!(typed.contains("2027-02-05"), "one begins with what is known: {typed}");
    // A file is shown first; so are typed rows.
    let page = coordinator.post_file(&format!("{PAGE}/file"), &[], "lich.csv", YEAR.as_bytes()).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let seen = page.attributes("input[name=seen]", "value").remove(0);
    assert!(page.texts("tbody th").iter().any(|days| days.contains("04/02/2027")), "{}", page.text());
    assert_eq!(khomo.count("calendar_day"), 0, "looking enters nothing");
    // What was changed after it was shown is shown again.
    let page = coordinator.post(PAGE, &[("rows", &YEAR.replace("2027-02-10", "2027-02-09")), ("seen", &seen)]).await;
    assert_eq!((page.status, khomo.count("calendar_day")), (200, 0));
    let held = page.attributes("input[name=held]", "value").remove(0);
    let sent = YEAR.replace('\n', "\r\n");
    let fields = [("rows", sent.as_str()), ("seen", seen.as_str()), ("held", held.as_str())];
    let answer = coordinator.post(PAGE, &fields).await;
    assert_eq!(
        (answer.status, answer.header("location")),
        (303, Some("/internal/calendar?year=2027")),
        "{}",
        answer.text()
    );
    assert_eq!(khomo.count("calendar_day"), 4);
    let who = khomo.lines("SELECT actor_kind AS line FROM audit_entry WHERE action = 'calendar.enter'");
    assert_eq!(who, ["account"]);
    // What is wrong is named, and nothing typed is lost.
    let wrong = YEAR.replace("make-up", "làm-bù").replace("2027-01-01", "1/13/2027");
    let page = coordinator.post(PAGE, &[("rows", &wrong)]).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.texts("#errors li").len(), 2, "{:?}", page.texts("#errors li"));
    assert!(page.texts("textarea[name=rows]").concat().contains("làm-bù"));
    let page = coordinator.post_file(&format!("{PAGE}/file"), &[], "lich.csv", &[0xff, 0xfe, 1]).await;
    assert_eq!(page.status, 422);
    // Days that are over want a tick.
    let past = calendar::as_csv(&khomo.app.profile().calendar.entries_of(2026))
        .replace("2026-01-02,,swapped", "2026-01-05,,swapped");
    let page = coordinator.post(PAGE, &[("rows", &past)]).await;
    let seen = page.attributes("input[name=seen]", "value").remove(0);
    let held = page.attributes("input[name=held]", "value").remove(0);
    let fields = [("rows", past.as_str()), ("seen", seen.as_str()), ("held", held.as_str())];
    let page = coordinator.post(PAGE, &fields).await;
    assert_eq!(page.status, 422, "{}", page.text());
    assert_eq!(page.texts("input[name=correct]").len(), 1);
    let answer = coordinator.post(PAGE, &[&fields[..], &[("correct", "1")][..]].concat()).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
}

#[actix_web::test]
async fn changes_that_were_shown_are_entered_or_whoever_saw_them_is_told_that_the_year_is_another() {
    let khomo = Khomo::start();
    let mut coordinator = khomo.signed_in("coordinator").await;
    coordinator.get(PAGE).await;
    let shown = coordinator.post(PAGE, &[("rows", YEAR)]).await;
    let mark = |page: &crate::support::kit::Answer, name: &str| {
        page.attribute(&format!("input[name={name}]"), "value").unwrap_or_default()
    };
    let (seen, held) = (mark(&shown, "seen"), mark(&shown, "held"));
    // Meanwhile, and by this clock at the same moment, twice.
    let other = YEAR.replace("2027-09-11", "2027-09-18");
    enter(&khomo, &other, false).unwrap();
    enter(&khomo, &YEAR.replace("2027-09-11", "2027-09-25"), false).unwrap();
    let stale = coordinator.post(PAGE, &[("rows", YEAR), ("seen", &seen), ("held", &held)]).await;
    assert_eq!(stale.status, 409, "{}", stale.text());
    assert_eq!(khomo.lines("SELECT from_on AS line FROM calendar_day WHERE kind = 'make-up'"), ["2027-09-25"]);
    assert!(stale.texts("tbody th").iter().any(|days| days.contains("25/09/2027")), "what changes now is shown");
    assert!(stale.texts("textarea[name=rows]").concat().contains("2027-09-11"), "nothing typed is lost");
    assert_eq!(mark(&stale, "seen"), seen);
    let held = mark(&stale, "held");
    let fields = [("rows", YEAR), ("seen", seen.as_str()), ("held", held.as_str())];
    assert_eq!(coordinator.post(PAGE, &fields).await.status, 303);
    assert_eq!(khomo.lines("SELECT from_on AS line FROM calendar_day WHERE kind = 'make-up'"), ["2027-09-11"]);
}

#[actix_web::test]
async fn everybody_inside_reads_the_calendar_and_only_its_keepers_enter_days() {
    let khomo = Khomo::start();
    let mut editor = khomo.signed_in("editor").await;
    let page = editor.get(&format!("{PAGE}?year=2026")).await;
    assert_eq!((page.status, page.texts("textarea").len()), (200, 0));
    assert!(page.text().contains("Ngày Văn hóa Việt Nam"));
    let file = |form: &str| format!("{PAGE}.{form}?year=2026");
    let links = page.attributes("main a", "href");
    assert!(links.contains(&file("xlsx")) && links.contains(&file("csv")), "{links:?}");
    let rows = sheet(&editor.get(&file("xlsx")).await);
    assert_eq!(rows.len() - 1, page.texts("tbody tr").len());
    assert!(rows.iter().any(|row| row[2].contains("Ngày Văn hóa Việt Nam")), "{rows:?}");
    assert!(editor.get(&file("csv")).await.text().contains("\n2026-01-01,"), "the year begins with a holiday");
    assert_eq!(khomo.count("audit_entry WHERE action = 'calendar.export'"), 2);
    for path in [PAGE.to_owned(), format!("{PAGE}?year=0"), format!("{PAGE}?year=99999")] {
        assert_eq!(editor.get(&path).await.status, 200, "{path}");
    }
    assert_eq!(editor.post(PAGE, &[("rows", YEAR)]).await.status, 403);
    editor.get(PAGE).await;
    assert_eq!(editor.post_file(&format!("{PAGE}/file"), &[], "lich.csv", YEAR.as_bytes()).await.status, 403);
    let profile = khomo.app.profile();
    let file = calendar::read(YEAR.as_bytes(), profile).unwrap();
    for (person, may) in [("editor", false), ("auditor", false), ("operator", true), ("coordinator", true)] {
        let done = khomo.db().write(&khomo.ctx(person), |tx| {
            let granted = access::may(&khomo::account::acting(tx, profile)?, Action::KeepCalendar).granted();
            assert_eq!(granted, may, "{person}");
            calendar::enter(tx, profile, &file, false, None)
        });
        assert_eq!(done.is_ok(), may, "{person}");
    }
}
