//! The compliance board: what stands on it is what the lists behind it hold, today and quarter by quarter; and what the public sees of it.

use khomo::account;
use khomo::cycle::{self, AnswerForm, ExtensionForm};
use khomo::dataset::Metadata;
use khomo::kernel::Actor;
use khomo::kernel::id::ReportId;
use khomo::people::{self, ReviewForm};
use khomo::voice;
use serde_json::Value;

use crate::people::hire;
use crate::records::sheet;
use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL, new_account};

const DAY: i64 = 86_400;
const BOARD: &str = "/internal/board";
/// The addresses that pages may lead to.
const OWN: [&str; 2] = [PUBLIC_URL, "http://127.0.0.1:8081"];
const HEALTH: &str = "Sở Y tế";
const FIELDS: &str = "Sở Nông nghiệp và Môi trường";

/// Lets days pass, each with what is due on it, until a day is there.
async fn until(khomo: &Khomo, day: &str) {
    khomo.work().await;
    while khomo.app.today().to_string().as_str() < day {
        khomo.clock.advance(DAY);
        khomo.work().await;
    }
    assert_eq!(khomo.app.today().to_string(), day);
}

fn quarterly(metadata: &mut Metadata) {
    metadata.frequency = "quarterly".to_owned();
}

fn weekly(metadata: &mut Metadata) {
    metadata.frequency = "weekly".to_owned();
}

/// Publishes the data that come every week.
async fn weekly_of(khomo: &Khomo, note: &str) {
    let draft = khomo.dataset("tuan").title("Theo tuần").describe(weekly);
    if note.is_empty() {
        draft.publish().await
    } else {
        draft.note(note).publish().await
    };
}

/// The number that a text begins with.
fn number(text: &str) -> u64 {
    text.split_whitespace().next().unwrap().replace('.', "").parse().unwrap()
}

/// The numbers of every row of a table, whose shares and dashes are left out, by the name of the row.
fn table(page: &Answer, place: &str, from: &str) -> Vec<(String, Vec<u64>)> {
    let rows = page.texts(&format!("{place} {from} tr > th")).len();
    (1..=rows)
        .map(|row| {
            let at = format!("{place} {from} tr:nth-child({row})");
            let name = page.texts(&format!("{at} > th")).remove(0);
            let cells = page.texts(&format!("{at} > td.num"));
            (name, cells.iter().filter(|cell| !cell.contains('%') && *cell != "–").map(|cell| number(cell)).collect())
        })
        .collect()
}

fn board(page: &Answer) -> Vec<(String, Vec<u64>)> {
    table(page, "section[aria-labelledby=by-agency]", "tbody")
}

/// What a quarter's board says of duties, and that readers wait for nothing.
fn calm(duties: [u64; 4]) -> Vec<u64> {
    duties.into_iter().chain([0; 4]).collect()
}

/// What all rows together say.
fn added(rows: &[(String, Vec<u64>)]) -> Vec<u64> {
    let mut sum = vec![0; rows[0].1.len()];
    for (_, numbers) in rows {
        sum.iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    }
    sum
}

/// Follows every link of a number and counts what is there. How many links there were.
async fn followed(browser: &mut Browser, page: &Answer, place: &str) -> usize {
    let links = page.attributes(&format!("{place} tbody td.num a"), "href");
    let texts = page.texts(&format!("{place} tbody td.num a"));
    assert_eq!(links.len(), texts.len());
    for (link, text) in links.iter().zip(&texts) {
        // What is late in all is told on the page of the agency.
        if link.contains('#') {
            continue;
        }
        let list = browser.visit(link).await;
        assert_eq!(list.texts("tbody tr").len() as u64, number(text), "{text} at {link}");
    }
    links.len()
}

/// Two agencies with something in every column, on 6 October: what comes every month is late by a day.
async fn furnished() -> Khomo {
    let khomo = Khomo::start();
    khomo.dataset("thang").title("Theo tháng").publish().await;
    khomo.dataset("quy").title("Theo quý").describe(quarterly).publish().await;
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").describe(quarterly).publish().await;
    super::voice::filed(&khomo, "thang");
    let known = super::voice::filed_saying(&khomo, "quy", "Sai tên xã.");
    let profile = khomo.app.profile().clone();
    khomo.db().write(&khomo.ctx("editor"), |tx| voice::verify(tx, &profile, &known)).unwrap();
    super::requests::shown(&khomo, HOME);
    until(&khomo, "2026-10-06").await;
    let form = ReviewForm { due: "30/11/2026".to_owned() };
    khomo.db().write(&khomo.ctx("coordinator"), |tx| people::open_review(tx, &profile, &form)).unwrap();
    khomo
}

#[actix_web::test]
async fn every_number_is_what_the_list_behind_it_holds() {
    let khomo = furnished().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit(BOARD).await;
    assert_clean("the board", &page.text(), &OWN);
    let rows = board(&page);
    // On time, soon, late; known errors, unanswered; requests, late ones; late in all.
    assert_eq!(rows[0], (FIELDS.to_owned(), vec![1, 0, 0, 0, 0, 0, 0, 0]));
    assert_eq!(rows[1], (HEALTH.to_owned(), vec![1, 0, 1, 1, 1, 1, 1, 2]));
    assert_eq!(rows.len(), 2);
    let foot = table(&page, "section[aria-labelledby=by-agency]", "tfoot");
    assert_eq!(foot[0].1, added(&rows), "the sum is that of its parts");
    let figures: Vec<u64> = page.texts("div.scorebar b").iter().map(|text| number(text)).collect();
    assert_eq!(figures, foot[0].1);
    assert_eq!(followed(&mut coordinator, &page, "section[aria-labelledby=by-agency]").await, 16);
    let badges = page.texts("tbody tr:nth-child(2) .badge");
    assert_eq!(badges.len(), 2, "the return and the review: {badges:?}");
    assert!(badges[0].contains("Chưa ký") && badges[1].contains("Đang chờ trả lời"), "{badges:?}");
    let places = page.attributes("tbody tr:nth-child(2) td:not(.num) > a", "href");
    for link in &places {
        assert_eq!(coordinator.get(link).await.status, 200, "{link}");
    }
    let review = places[1].clone();
    let accounts = coordinator.visit(&review).await;
    assert!(badges[1].contains(&format!("trên {} tài khoản", accounts.texts("tbody tr").len())), "{badges:?}");
    assert!(accounts.attributes("button[name=rest]", "value").is_empty(), "not of others at the same time");
    // The agency's page says what is late.
    let own = coordinator.visit(&format!("{BOARD}/{HOME}")).await;
    assert_clean("the page of an agency", &own.text(), &OWN);
    assert_eq!(own.texts("section[aria-labelledby=late] tbody th b"), ["Theo tháng"]);
    assert!(own.texts("section[aria-labelledby=late] > p a")[0].starts_with("1 yêu cầu dữ liệu"));
    let trend = "section[aria-labelledby=trend]";
    assert_eq!(table(&own, trend, "tbody").len(), 2, "from the quarter in which readers wait for something first");
    followed(&mut coordinator, &own, trend).await;
}

#[actix_web::test]
async fn the_board_is_put_in_order_and_shows_those_with_something_late_alone() {
    let khomo = furnished().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let names = |page: &Answer| board(page).into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    let heads = coordinator.visit(BOARD).await.attributes("section[aria-labelledby=by-agency] th a.sort", "href");
    assert_eq!(heads.len(), 12);
    for href in &heads {
        let page = coordinator.visit(href).await;
        let mut sorted = names(&page);
        sorted.sort();
        assert_eq!(sorted, [FIELDS, HEALTH], "{href}");
        assert_eq!(page.attributes("thead [aria-sort]", "aria-sort").len(), 1, "{href}");
    }
    for (sort, first) in [("", FIELDS), ("on-time", FIELDS), ("overdue", HEALTH), ("share", HEALTH), ("late", HEALTH)] {
        assert_eq!(names(&coordinator.visit(&format!("{BOARD}?sort={sort}")).await)[0], first, "{sort}");
    }
    let late = coordinator.visit(&format!("{BOARD}?late=1&sort=late")).await;
    assert_eq!(names(&late), [HEALTH]);
    assert_eq!(late.texts("nav.scorebar b"), ["2", "1"]);
}

#[actix_web::test]
async fn everybody_sees_their_own_agencies_on_the_board_and_those_who_lead_all() {
    let khomo = furnished().await;
    hire(&khomo, "chu-tich", &[(AWAY, "chair")]);
    for (who, sees) in [
        ("editor", vec![HEALTH]),
        ("approver", vec![HEALTH]),
        ("stranger", vec![FIELDS]),
        ("auditor", vec![FIELDS]),
        ("coordinator", vec![FIELDS, HEALTH]),
        ("chu-tich", vec![FIELDS, HEALTH]),
    ] {
        let mut browser = khomo.signed_in(who).await;
        for path in [BOARD.to_owned(), format!("{BOARD}?quarter=2026-Q4")] {
            let page = browser.visit(&path).await;
            assert_clean(who, &page.text(), &OWN);
            let names: Vec<String> = board(&page).into_iter().map(|(name, _)| name).collect();
            assert_eq!(names, sees, "{who} at {path}");
            followed(&mut browser, &page, "section[aria-labelledby=by-agency]").await;
        }
        for (slug, name) in [(HOME, HEALTH), (AWAY, FIELDS)] {
            let status = if sees.contains(&name) { 200 } else { 403 };
            for path in [format!("{BOARD}/{slug}"), format!("{BOARD}/{slug}.xlsx")] {
                assert_eq!(browser.get(&path).await.status, status, "{who} at {path}");
            }
        }
        let rows = sheet(&browser.get(&format!("{BOARD}.xlsx")).await);
        assert_eq!(rows.iter().skip(1).map(|row| row[0].as_str()).collect::<Vec<_>>(), sees, "{who}");
    }
    let mut coordinator = khomo.signed_in("coordinator").await;
    assert_eq!(coordinator.get(&format!("{BOARD}/khong-co")).await.status, 404);
    assert_eq!(board(&coordinator.visit(&format!("{BOARD}?quarter=2026-Q9")).await).len(), 2, "it is today's then");
}

#[actix_web::test]
async fn a_quarter_counts_what_was_due_in_it_and_keeps_the_numbers_of_its_close() {
    let khomo = Khomo::start();
    weekly_of(&khomo, "").await;
    khomo.dataset("thang").title("Theo tháng").publish().await;
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").publish().await;
    // Due on 11 September and done then; due on the 18th and done on the 19th; then left alone.
    until(&khomo, "2026-09-11").await;
    weekly_of(&khomo, "Tuần hai.").await;
    until(&khomo, "2026-09-19").await;
    weekly_of(&khomo, "Tuần ba.").await;
    let due = khomo.lines("SELECT due_on AS line FROM duty WHERE kind = 'update' AND ended_at IS NULL ORDER BY due_on");
    assert!(due[0].as_str() < "2026-10-01" && due[1].as_str() > "2026-09-30", "{due:?}");
    until(&khomo, "2026-10-10").await;
    let lua = khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").note("Tháng 10.");
    lua.publish().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let place = "section[aria-labelledby=by-agency]";
    let third = coordinator.visit(&format!("{BOARD}?quarter=2026-Q3")).await;
    assert_clean("a quarter", &third.text(), &OWN);
    // In time, late, not done, excused.
    assert_eq!(board(&third), [(HEALTH.to_owned(), calm([1, 1, 1, 0]))]);
    assert_eq!(followed(&mut coordinator, &third, place).await, 8);
    let fourth = coordinator.visit(&format!("{BOARD}?quarter=2026-Q4&sort=done-late")).await;
    let rows = board(&fourth);
    // Both owe a return by 21 October; the rice was late and is due again, the month is late and open.
    assert_eq!(rows[0], (FIELDS.to_owned(), calm([0, 1, 2, 0])));
    assert_eq!(rows[1], (HEALTH.to_owned(), calm([0, 0, 2, 0])));
    assert_eq!(table(&fourth, place, "tfoot")[0].1, added(&rows));
    let shares = fourth.texts(&format!("{place} tr > td:nth-of-type(5)"));
    assert_eq!(shares, ["–", "–", "–"], "of each and of all together");
    assert_eq!(followed(&mut coordinator, &fourth, place).await, 16);
    let trend = table(&fourth, "section[aria-labelledby=trend]", "tbody");
    assert_eq!(trend, [("Quý III/2026".to_owned(), calm([1, 1, 1, 0])), ("Quý IV/2026".to_owned(), added(&rows))]);
    // One kind of duties alone: on the board, in the lists behind it, quarter by quarter and in the files.
    let updates = coordinator.visit(&format!("{BOARD}?quarter=2026-Q4&kind=update&sort=done-late")).await;
    assert_clean("one kind of duties", &updates.text(), &OWN);
    assert_eq!(updates.texts("select[name=kind] option[selected]"), ["Cập nhật bộ dữ liệu"]);
    assert_eq!(board(&updates), [(FIELDS.to_owned(), vec![0, 1, 1, 0]), (HEALTH.to_owned(), vec![0, 0, 1, 0])]);
    assert_eq!(followed(&mut coordinator, &updates, place).await, 8);
    assert!(followed(&mut coordinator, &updates, "section[aria-labelledby=trend]").await > 0);
    let sorted = &updates.attributes(&format!("{place} thead a"), "href")[0];
    assert!(sorted.contains("kind=update") && sorted.contains("quarter=2026-Q4"), "{sorted}");
    let returns = coordinator.visit(&format!("{BOARD}?quarter=2026-Q4&kind=return")).await;
    let numbers: Vec<Vec<u64>> = board(&returns).into_iter().map(|row| row.1).collect();
    assert_eq!(numbers, vec![vec![0, 0, 1, 0]; 2]);
    let trend = table(&returns, "section[aria-labelledby=trend]", "tbody");
    assert_eq!(trend, [("Quý IV/2026".to_owned(), vec![0, 0, 2, 0])], "none was owed before");
    let file = sheet(&coordinator.get(&format!("{BOARD}.xlsx?quarter=2026-Q4&kind=return")).await);
    assert!(file.len() == 3 && file[1..].iter().all(|row| row[3] == "1"), "{file:?}");
    let file = coordinator.get(&format!("{BOARD}.csv?list=trend&kind=return")).await.text();
    assert_eq!(file.lines().count(), 2, "{file}");
    let asked = khomo.lines("SELECT detail AS line FROM audit_entry WHERE action = 'board.export' ORDER BY seq");
    assert!(asked.len() == 2 && asked.iter().all(|line| line.contains("\"kind\":\"return\"")), "{asked:?}");
    // What readers wait for is no duty of one kind, and today's board tells the kinds apart by its columns.
    assert!(!returns.text().contains("Lỗi chưa đính chính") && fourth.text().contains("Lỗi chưa đính chính"));
    assert!(coordinator.visit(&format!("{BOARD}?kind=return")).await.texts("select[name=kind]").is_empty());
    // A quarter that goes on has no share, inside as outside.
    let own = coordinator.visit(&format!("{BOARD}/{HOME}")).await;
    for page in [&fourth, &own] {
        let shares = page.texts("section[aria-labelledby=trend] tbody tr > td:nth-of-type(5)");
        assert!(shares.len() == 2 && shares[0].contains('%') && shares[1] == "–", "{shares:?}");
    }
    let file = coordinator.get(&format!("{BOARD}.csv?list=trend")).await.text();
    assert_eq!(file.matches('%').count(), 1, "{file}");
    followed(&mut coordinator, &fourth, "section[aria-labelledby=trend]").await;
    // One list of the quarter leaves as it is shown.
    let file = sheet(&coordinator.get("/internal/duties.xlsx?quarter=2026-Q3&stage=done-late").await);
    assert_eq!(file.len(), 2);

    // The close: what is done after it changes nothing.
    until(&khomo, "2026-10-28").await;
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2026-Q3'"), ["closed"]);
    let frozen = khomo.lines("SELECT CAST(late_count AS TEXT) AS line FROM quarter WHERE id = '2026-Q3'");
    assert_eq!(frozen, ["2"]);
    until(&khomo, "2026-10-29").await;
    weekly_of(&khomo, "Tuần bốn.").await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let closed = coordinator.visit(&format!("{BOARD}?quarter=2026-Q3")).await;
    assert_eq!(board(&closed), [(HEALTH.to_owned(), calm([1, 1, 1, 0]))], "late and undone are the 2 of the close");
    assert!(closed.text().contains("Quý đã khóa"));
    let updates = coordinator.visit(&format!("{BOARD}?quarter=2026-Q3&kind=update")).await;
    assert_eq!(board(&updates), [(HEALTH.to_owned(), vec![1, 1, 1, 0])], "nothing else was due in it");
    assert_eq!(followed(&mut coordinator, &updates, place).await, 4);
    assert!(board(&coordinator.visit(&format!("{BOARD}?quarter=2026-Q3&kind=return")).await).is_empty());
    assert_eq!(followed(&mut coordinator, &closed, place).await, 4);
    let trend = table(&closed, "section[aria-labelledby=trend]", "tbody");
    assert_eq!(trend[0].1, calm([1, 1, 1, 0]));
    let own = coordinator.visit(&format!("{BOARD}/{HOME}")).await;
    assert_eq!(table(&own, "section[aria-labelledby=trend]", "tbody")[0].1, calm([1, 1, 1, 0]));
}

/// Everything that is said of the third quarter: boards, lists and files, inside and outside.
async fn third_quarter(khomo: &Khomo) -> Vec<Vec<String>> {
    let mut coordinator = khomo.signed_in("coordinator").await;
    let page = coordinator.visit(&format!("{BOARD}?quarter=2026-Q3")).await;
    assert_clean("a closed quarter", &page.text(), &OWN);
    let mut said = vec![page.texts("section[aria-labelledby=by-agency] tr")];
    let mut quarters = vec![table(&page, "section[aria-labelledby=trend]", "tbody")];
    let own = coordinator.visit(&format!("{BOARD}/{HOME}")).await;
    quarters.push(table(&own, "section[aria-labelledby=trend]", "tbody"));
    let public = khomo.public().await.get("/tinh-hinh-cap-nhat").await;
    quarters.push(table(&public, "section[aria-labelledby=by-quarter]", "tbody"));
    said.extend(quarters.into_iter().map(|rows| vec![format!("{:?}", rows[0])]));
    for stage in ["", "done-in-time", "done-late", "undone", "excused"] {
        let list = coordinator.visit(&format!("/internal/duties?quarter=2026-Q3&stage={stage}")).await;
        assert_clean("a list of a closed quarter", &list.text(), &OWN);
        said.extend([list.texts(".scorebar a"), list.texts("tbody tr")]);
    }
    said.push(coordinator.visit("/internal/quarter/2026-Q3").await.texts("tbody tr"));
    for file in [
        format!("{BOARD}.xlsx?quarter=2026-Q3"),
        "/internal/duties.xlsx?quarter=2026-Q3".to_owned(),
        "/internal/quarter/2026-Q3.xlsx".to_owned(),
    ] {
        said.extend(sheet(&coordinator.get(&file).await));
    }
    said
}

#[actix_web::test]
async fn whatever_happens_after_the_close_the_closed_quarter_stays_as_it_was() {
    let khomo = Khomo::start();
    let id = khomo.dataset("tuan").title("Theo tuần").describe(weekly).publish().await;
    khomo.dataset("quy").title("Theo quý").describe(quarterly).publish().await;
    until(&khomo, "2026-09-10").await;
    weekly_of(&khomo, "Tuần hai.").await;
    until(&khomo, "2026-10-28").await;
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2026-Q3'"), ["closed"]);
    let before = third_quarter(&khomo).await;
    assert!(before[0].concat().contains(HEALTH), "{:?}", before[0]);
    let undone = before.iter().flatten().filter(|said| said.contains("Theo tuần") && said.contains("Chưa làm")).count();
    assert_eq!(undone, 2, "among all, and among those that were not done: {before:?}");
    let open = format!("SELECT due_on AS line FROM duty WHERE subject = '{id}' AND ended_at IS NULL");
    assert_eq!(khomo.lines(&open), ["2026-09-17"]);
    // More time moves the day out of the quarter.
    let profile = khomo.app.profile();
    let form =
        ExtensionForm { to: "06/11/2026".to_owned(), reason: "Hệ thống nguồn đang nâng cấp.".to_owned() };
    let asked = khomo.db().write(&khomo.ctx("editor"), |tx| cycle::ask_extension(tx, profile, &id, &form)).unwrap();
    let answer = AnswerForm::default();
    khomo.db().write(&khomo.ctx("coordinator"), |tx| cycle::grant_extension(tx, profile, &asked, &answer)).unwrap();
    assert_eq!(khomo.lines(&open), ["2026-11-06"]);
    assert_eq!(third_quarter(&khomo).await, before);
    // What is done, and withdrawn, later.
    until(&khomo, "2026-10-30").await;
    weekly_of(&khomo, "Tuần ba.").await;
    assert_eq!(third_quarter(&khomo).await, before);
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!(third_quarter(&khomo).await, before);
    for sql in [
        "UPDATE quarter_duty SET outcome = 'excused'",
        "DELETE FROM quarter_duty",
        "INSERT INTO quarter_duty SELECT '2026-Q3', id, agency_id, kind, due_on, 'undone', NULL, NULL FROM duty \
         WHERE due_on > '2026-09-30'",
    ] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
}

#[actix_web::test]
async fn what_readers_were_waiting_for_at_the_close_stays_whatever_is_answered_later() {
    let khomo = furnished().await;
    until(&khomo, "2026-10-28").await;
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2026-Q3'"), ["closed"]);
    // No duty of theirs was due in it: known errors, unanswered reports, requests and late ones.
    let waiting = [(HEALTH.to_owned(), vec![0, 0, 0, 0, 1, 1, 1, 1])];
    let (third, fourth) = (format!("{BOARD}?quarter=2026-Q3"), format!("{BOARD}?quarter=2026-Q4"));
    let place = "section[aria-labelledby=by-agency]";
    let mut coordinator = khomo.signed_in("coordinator").await;
    let now = coordinator.visit(&fourth).await;
    assert_eq!(board(&now)[1].1[4..], waiting[0].1[4..]);
    assert_eq!(followed(&mut coordinator, &now, place).await, 16, "what is open now has its lists");
    let before = coordinator.visit(&third).await;
    assert_eq!(board(&before), waiting);
    assert_eq!(followed(&mut coordinator, &before, place).await, 4, "what was open then has none");
    assert_eq!(board(&coordinator.visit(&format!("{third}&late=1")).await).len(), 1, "a request was late");
    let updates = coordinator.visit(&format!("{third}&kind=update&sort=known")).await;
    assert!(board(&updates).is_empty());
    assert!(!updates.attributes("a", "href").iter().any(|href| href.contains("sort=known")), "there is no such column");
    // All is answered.
    let profile = khomo.app.profile();
    for report in khomo.lines("SELECT id AS line FROM error_report") {
        let id = ReportId::parse(&report).unwrap();
        khomo.db().write(&khomo.ctx("editor"), |tx| voice::answer(tx, profile, &id, "Đã sửa.")).unwrap();
    }
    let now = coordinator.visit(&fourth).await;
    assert_eq!(board(&now)[1].1[4..], [0, 0, 1, 1]);
    let trend = table(&now, "section[aria-labelledby=trend]", "tbody");
    assert_eq!(trend[0], ("Quý III/2026".to_owned(), waiting[0].1.clone()));
    assert_eq!(trend[1].1[4..], [0, 0, 1, 1]);
    assert_eq!(board(&coordinator.visit(&third).await), waiting);
    let own = coordinator.visit(&format!("{BOARD}/{HOME}")).await;
    assert_eq!(table(&own, "section[aria-labelledby=trend]", "tbody")[0].1, waiting[0].1);
    let file = sheet(&coordinator.get(&format!("{BOARD}.xlsx?quarter=2026-Q3")).await);
    assert_eq!(file[1][6..], ["1", "1", "1", "1"]);
    let mut outside = khomo.signed_in("stranger").await;
    assert!(board(&outside.visit(&third).await).is_empty(), "each sees their own");
    let more = format!(
        "INSERT INTO quarter_voice SELECT '2026-Q3', id, 1, 0, 0, 0 FROM agency WHERE id <> '{}'",
        khomo.agency(HOME)
    );
    for sql in ["UPDATE quarter_voice SET known = 0", "DELETE FROM quarter_voice", more.as_str()] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    // A quarter that was closed before this was kept says so, and is no reason to stand there.
    crate::migrations::run(&khomo, "2026-11-30-000053_quarter_voice", "down.sql");
    crate::migrations::run(&khomo, "2026-11-30-000053_quarter_voice", "up.sql");
    assert!(board(&coordinator.visit(&third).await).is_empty());
    let trend = table(&coordinator.visit(&fourth).await, "section[aria-labelledby=trend]", "tbody");
    assert_eq!(trend.len(), 1, "it begins with what is known");
}

#[actix_web::test]
async fn what_was_over_before_a_quarter_began_does_not_count_in_it_and_what_was_done_since_does() {
    let khomo = Khomo::start();
    // Both are due on 5 October.
    for slug in ["som", "dau-quy"] {
        khomo.dataset(slug).title(slug).publish().await;
    }
    until(&khomo, "2026-09-20").await;
    khomo.dataset("som").title("som").note("Sớm.").publish().await;
    // Nothing runs when the quarter begins: it is opened two days later.
    khomo.clock.advance(12 * DAY);
    assert_eq!(khomo.app.today().to_string(), "2026-10-02");
    khomo.dataset("dau-quy").title("dau-quy").note("Đầu quý.").publish().await;
    khomo.clock.advance(DAY);
    khomo.work().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let fourth = coordinator.visit(&format!("{BOARD}?quarter=2026-Q4")).await;
    // Not done: what is due next of both, and the return.
    assert_eq!(board(&fourth), [(HEALTH.to_owned(), calm([1, 0, 3, 0]))]);
    assert_eq!(followed(&mut coordinator, &fourth, "section[aria-labelledby=by-agency]").await, 8);
    let done = coordinator.visit("/internal/duties?quarter=2026-Q4&stage=done-in-time").await;
    assert_eq!(done.texts("tbody th b"), ["dau-quy"]);
    let third = coordinator.visit(&format!("{BOARD}?quarter=2026-Q3")).await;
    assert!(board(&third).is_empty(), "nothing was due in it");
}

#[actix_web::test]
async fn in_a_quarter_that_goes_on_nobody_is_behind_with_what_is_not_due_yet() {
    let khomo = furnished().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    let at = format!("{BOARD}?quarter=2026-Q4");
    let all = coordinator.visit(&at).await;
    // Both owe a return, a review and an update by a day to come; what comes every month is late.
    assert_eq!(
        board(&all),
        [(FIELDS.to_owned(), calm([0, 0, 3, 0])), (HEALTH.to_owned(), vec![0, 0, 4, 0, 1, 1, 1, 1])]
    );
    let marked = all.texts("section[aria-labelledby=by-agency] tbody td.num b");
    assert_eq!(marked, ["4", "1", "1"], "one of these is late; a known error, and a request past its day");
    let behind = coordinator.visit(&format!("{at}&late=1")).await;
    assert_eq!(board(&behind).into_iter().map(|row| row.0).collect::<Vec<_>>(), [HEALTH]);
    let file = coordinator.get(&format!("{BOARD}.csv?quarter=2026-Q4")).await.text();
    assert!(file.lines().count() == 3 && !file.contains('%'), "{file}");
    // The agency that comes first by name does something in time: by share it would come last.
    khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger").describe(quarterly).note("Sớm.").publish().await;
    let sorted = coordinator.visit(&format!("{at}&sort=done-share")).await;
    let rows = board(&sorted);
    assert_eq!((rows[0].0.as_str(), rows[0].1[0]), (FIELDS, 1), "there is no share to put them in order by");
    assert_eq!(sorted.attributes("thead th[aria-sort]", "aria-sort"), ["ascending"]);
    assert!(sorted.texts("thead th[aria-sort]").concat().contains("Cơ quan"), "the page says by what they stand");
    // Once its days are over, what was not done is late.
    until(&khomo, "2027-01-05").await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    assert_eq!(board(&coordinator.visit(&format!("{at}&late=1")).await).len(), 2);
}

#[actix_web::test]
async fn the_page_of_an_agency_names_who_leads_it_or_says_that_nobody_is_entered() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let mut editor = khomo.signed_in("editor").await;
    let (path, section) = (format!("{BOARD}/{HOME}"), "section[aria-labelledby=lead]");
    let page = editor.visit(&path).await;
    assert_eq!(page.texts(&format!("{section} h2")), ["Lãnh đạo cơ quan"]);
    assert_eq!(page.texts(&format!("{section} p")), ["Chưa có ai được cấp tài khoản với vai trò này ở cơ quan."]);
    // The deputy's name comes first in the alphabet, but they only stand in.
    let head = hire(&khomo, "giam-doc", &[(HOME, "agency-head"), (AWAY, "editor")]);
    let roles = vec![(khomo.agency(HOME), "agency-head".to_owned())];
    let deputy =
        khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| account::create(tx, new_account("cap-pho", roles)));
    let end = format!("deputy_for = '{head}', valid_to = '2026-12-31' WHERE account_id = '{}'", deputy.unwrap());
    khomo.raw(&format!("UPDATE account_role SET {end}")).unwrap();
    let page = editor.visit(&path).await;
    assert_clean("an agency with its head", &page.text(), &OWN);
    assert_eq!(page.texts(&format!("{section} dt")), ["Người giam-doc", "Người cap-pho"]);
    let said = page.texts(&format!("{section} dd"));
    assert_eq!(said[0], "giam-doc@lacdien.example");
    assert!(said[1].contains("Thay Người giam-doc trong thời gian nghỉ"), "{said:?}");
    let mail = page.attributes(&format!("{section} a"), "href");
    assert_eq!(mail, ["mailto:giam-doc@lacdien.example", "mailto:cap-pho@lacdien.example"]);
    // Neither who leads another agency nor whose account is locked.
    let away = khomo.signed_in("stranger").await.visit(&format!("{BOARD}/{AWAY}")).await;
    assert_eq!(away.texts(&format!("{section} dt")), [""; 0]);
    khomo.raw(&format!("UPDATE account SET state = 'locked' WHERE id = '{head}'")).unwrap();
    assert_eq!(editor.visit(&path).await.texts(&format!("{section} dt")), ["Người cap-pho"]);
}

#[actix_web::test]
async fn files_of_the_board_say_what_the_page_says() {
    let khomo = furnished().await;
    let mut coordinator = khomo.signed_in("coordinator").await;
    for (page, file) in [
        (BOARD.to_owned(), format!("{BOARD}.xlsx")),
        (format!("{BOARD}?late=1"), format!("{BOARD}.xlsx?late=1")),
        (format!("{BOARD}?quarter=2026-Q4&sort=undone"), format!("{BOARD}.xlsx?quarter=2026-Q4&sort=undone")),
    ] {
        let shown = coordinator.visit(&page).await;
        let heads = shown.texts("section[aria-labelledby=by-agency] thead th");
        let rows = sheet(&coordinator.get(&file).await);
        assert_eq!(rows[0], heads, "{file}");
        let told: Vec<(String, Vec<u64>)> = rows[1..]
            .iter()
            .map(|row| (row[0].clone(), row[1..].iter().filter_map(|cell| cell.parse().ok()).collect()))
            .collect();
        assert_eq!(told, board(&shown), "{file}");
    }
    for file in [format!("{BOARD}.csv?list=trend"), format!("{BOARD}/{HOME}.csv")] {
        let text = coordinator.get(&file).await.text();
        assert_eq!(text.lines().count(), 3, "{file}: {text}");
        assert!(text.contains("Quý III/2026") && text.contains("Quý IV/2026"), "{text}");
    }
    assert_eq!(khomo.count("audit_entry WHERE action = 'board.export'"), 5);
}

#[actix_web::test]
async fn everybody_outside_reads_how_up_to_date_the_data_is_and_nothing_of_the_inside() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for (path, title, health, quarter) in [
        ("/tinh-hinh-cap-nhat", "Tình hình cập nhật dữ liệu mở", HEALTH, "Quý IV/2026"),
        ("/en/tinh-hinh-cap-nhat", "How up to date the open data is", "Department of Health", "Q4 2026"),
    ] {
        let page = reader.get(path).await;
        assert_eq!(page.status, 200);
        assert_clean(path, &page.text(), &[PUBLIC_URL]);
        assert_eq!(page.texts("h1"), [title]);
        let rows = table(&page, "section[aria-labelledby=by-agency]", "tbody");
        // Datasets, on time, soon, late, without a period.
        assert_eq!(rows[0].1, [1, 1, 0, 0, 0]);
        assert_eq!(rows[1], (health.to_owned(), vec![2, 1, 0, 1, 0]));
        let quarters = table(&page, "section[aria-labelledby=by-quarter]", "tbody");
        let last = quarters.last().unwrap();
        // Due, in time, late, not done: without what agencies owe beside data.
        assert!(last.0.starts_with(quarter), "{:?}", last.0);
        assert_eq!(last.1, [3, 0, 0, 3]);
        for inside in ["/internal", "Báo lỗi chưa trả lời", "Rà soát tài khoản"] {
            assert!(!page.text().contains(inside), "{path}: {inside}");
        }
        for ending in ["xlsx", "csv", "json"] {
            for name in ["co-quan", "quy"] {
                let link = page.attributes("ul.downloads a", "href");
                assert!(link.contains(&format!("{path}/{name}.{ending}")), "{link:?}");
                assert_eq!(reader.get(&format!("{path}/{name}.{ending}")).await.status, 200);
            }
        }
    }
    let told: Value = serde_json::from_slice(&reader.get("/tinh-hinh-cap-nhat/co-quan.json").await.body).unwrap();
    assert_eq!((&told[1]["agency"], &told[1]["late"], &told[1]["datasets"]), (&HEALTH.into(), &1.into(), &2.into()));
    assert_eq!(told[1]["address"], format!("{PUBLIC_URL}/organization/{HOME}"));
    let quarters: Value = serde_json::from_slice(&reader.get("/tinh-hinh-cap-nhat/quy.json").await.body).unwrap();
    let last = quarters.as_array().unwrap().last().unwrap();
    assert_eq!((&last["quarter"], &last["due"], &last["closed"]), (&"2026-Q4".into(), &3.into(), &false.into()));
    let book = sheet(&reader.get("/tinh-hinh-cap-nhat/co-quan.xlsx").await);
    assert_eq!((book.len(), book[2][0].as_str()), (3, HEALTH));
    assert_eq!(reader.get("/tinh-hinh-cap-nhat/co-quan.parquet").await.status, 404);
    assert_eq!(reader.get("/tinh-hinh-cap-nhat/khac.json").await.status, 404);
    for path in ["/organization", "/", "/quy"] {
        let links = reader.get(path).await.attributes("main a", "href");
        assert!(links.contains(&"/tinh-hinh-cap-nhat".to_owned()), "{path}");
    }
    let links = reader.get("/en/about").await.attributes("footer a", "href");
    assert!(links.contains(&"/en/tinh-hinh-cap-nhat".to_owned()), "and from every page: {links:?}");
}

/// What the public page says of the quarters: each with its mark, and its share.
async fn quarters_told(reader: &mut Browser) -> Vec<(String, String)> {
    let page = reader.get("/tinh-hinh-cap-nhat").await;
    let rows = "section[aria-labelledby=by-quarter] tbody tr";
    let names = page.texts(&format!("{rows} > th"));
    // Due, in time, late, not done, the share.
    let shares = page.texts(&format!("{rows} > td:nth-of-type(5)"));
    assert_eq!(names.len(), shares.len());
    let bars = page.texts(&format!("{rows} > td.barcol > svg")).len();
    assert_eq!(bars, shares.iter().filter(|share| *share != "–").count(), "a bar beside each share");
    names.into_iter().zip(shares).collect()
}

#[actix_web::test]
async fn a_quarter_that_goes_on_has_no_share_and_each_says_whether_its_numbers_stay() {
    let khomo = Khomo::start();
    weekly_of(&khomo, "").await;
    until(&khomo, "2026-09-11").await;
    weekly_of(&khomo, "Tuần hai.").await;
    let mut reader = khomo.public().await;
    let told = quarters_told(&mut reader).await;
    assert_eq!(told, [("Quý III/2026 đang diễn ra".to_owned(), "–".to_owned())]);
    until(&khomo, "2026-10-06").await;
    let told = quarters_told(&mut reader).await;
    assert_eq!(told[0].0, "Quý III/2026 đã hết, chưa khóa");
    assert!(told[0].1.contains('%'), "{told:?}");
    assert_eq!(told[1], ("Quý IV/2026 đang diễn ra".to_owned(), "–".to_owned()));
    until(&khomo, "2026-10-28").await;
    assert_eq!(khomo.lines("SELECT state AS line FROM quarter WHERE id = '2026-Q3'"), ["closed"]);
    let told = quarters_told(&mut reader).await;
    assert_eq!(told[0].0, "Quý III/2026");
    assert!(told[0].1.contains('%'), "{told:?}");
    let quarters: Value = serde_json::from_slice(&reader.get("/tinh-hinh-cap-nhat/quy.json").await.body).unwrap();
    let closed: Vec<&Value> = quarters.as_array().unwrap().iter().map(|quarter| &quarter["closed"]).collect();
    assert_eq!(closed, [&Value::Bool(true), &Value::Bool(false)]);
    let csv = reader.get("/tinh-hinh-cap-nhat/quy.csv").await.text();
    let lines: Vec<&str> = csv.lines().collect();
    assert!(lines[0].ends_with("Đã khóa") && lines[1].ends_with("TRUE") && lines[2].ends_with("FALSE"), "{csv}");
    let book = sheet(&reader.get("/tinh-hinh-cap-nhat/quy.xlsx").await);
    assert_eq!(book[0].last().map(String::as_str), Some("Đã khóa"));
}

#[actix_web::test]
async fn the_public_page_names_its_day_and_puts_the_agencies_in_the_order_that_is_asked_for() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let place = "section[aria-labelledby=by-agency]";
    for (prefix, day, fields, health) in [
        ("", "Số liệu tính đến ngày 06/10/2026.", FIELDS, HEALTH),
        ("/en", "As of 6 October 2026.", "Department of Agriculture and Environment", "Department of Health"),
    ] {
        let base = format!("{prefix}/tinh-hinh-cap-nhat");
        let page = reader.get(&base).await;
        assert_eq!(page.attributes("main > p > time", "datetime"), ["2026-10-06"]);
        assert_eq!(page.texts("main > p > time"), [day]);
        let hrefs = page.attributes(&format!("{place} th a.sort"), "href");
        assert_eq!(hrefs, [base.clone(), format!("{base}?sort=late"), format!("{base}?sort=share")]);
        for (sort, first, column, sorted) in [
            ("", fields, 1, "ascending"),
            ("?sort=name", fields, 1, "ascending"),
            ("?sort=late", health, 5, "descending"),
            ("?sort=share", health, 7, "ascending"),
        ] {
            let path = format!("{base}{sort}");
            let page = reader.get(&path).await;
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            let names = page.texts(&format!("{place} tbody th"));
            assert_eq!((names.len(), names[0].as_str()), (2, first), "{path}");
            assert_eq!(page.attributes("thead [aria-sort]", "aria-sort"), [sorted], "{path}");
            let head = format!("{place} thead tr > :nth-child({column})");
            assert_eq!(page.attributes(&head, "aria-sort"), [sorted], "{path}");
            assert_eq!(page.attributes("link[rel=canonical]", "href"), [format!("{PUBLIC_URL}{base}")], "{path}");
        }
        let unknown = reader.get(&format!("{base}?sort=khong-co")).await;
        assert_eq!((unknown.status, unknown.header("location")), (303, Some(base.as_str())), "no page of its own");
    }
}

#[actix_web::test]
async fn quarters_on_the_public_page_lead_to_their_releases_once_these_are_ready() {
    let khomo = Khomo::start();
    weekly_of(&khomo, "").await;
    until(&khomo, "2026-10-06").await;
    let mut reader = khomo.public().await;
    let rows = "section[aria-labelledby=by-quarter] tbody th a";
    assert!(reader.get("/tinh-hinh-cap-nhat").await.attributes(rows, "href").is_empty(), "none is ready");
    super::release::released(&khomo, "2026-Q3").await;
    for prefix in ["", "/en"] {
        let page = reader.get(&format!("{prefix}/tinh-hinh-cap-nhat")).await;
        assert_clean(&page.path, &page.text(), &[PUBLIC_URL]);
        let href = format!("{prefix}/quy/2026-Q3");
        assert_eq!(page.attributes(rows, "href"), [href.as_str()], "the quarter that goes on has none");
        assert_eq!(reader.get(&href).await.status, 200);
    }
}
