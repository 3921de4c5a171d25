//! The journeys through duties, quarters, the catalogue and the compliance board in a real browser, by the keyboard, before a clock that
//! the test moves; with JavaScript and without.

use std::net::TcpListener;

use actix_web::rt::{System, SystemRunner};
use fantoccini::key::Key;
use khomo::kernel::id::DatasetId;

use crate::journeys::{Visit, fetched, href};
use crate::people::hire;
use crate::plan::{PDF, second_coordinator};
use crate::support::kit::{AWAY, HOME, Khomo, PASSWORD, Served};

/// Both portals of one Khomo whose clock the test moves.
struct Province {
    _served: Served,
    public: String,
    internal: String,
    khomo: Khomo,
    runtime: SystemRunner,
}

impl Province {
    fn start() -> Self {
        let listeners = [(); 2].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
        let [public, internal] = [0, 1].map(|at: usize| format!("http://{}", listeners[at].local_addr().unwrap()));
        let runtime = System::new();
        let khomo = Khomo::start_with(&[("KHOMO_PUBLIC_URL", &public), ("KHOMO_INTERNAL_URL", &internal)]);
        Self { _served: khomo.serve(listeners), public, internal, khomo, runtime }
    }

    /// Publishes a dataset with a period.
    fn publish(&self, slug: &str, title: &str, frequency: &str) -> DatasetId {
        let draft =
            self.khomo.dataset(slug).title(title).describe(|metadata| metadata.frequency = frequency.to_owned());
        self.runtime.block_on(draft.publish())
    }

    /// Does what is due now.
    fn work(&self) {
        self.runtime.block_on(self.khomo.work());
    }

    /// Moves the clock to nine in the morning of a day, and does what is due then.
    fn until(&self, day: &str) {
        let day: chrono::NaiveDate = day.parse().unwrap();
        let to = day.and_hms_opt(2, 0, 0).unwrap().and_utc().timestamp_millis();
        self.khomo.clock.advance((to - self.khomo.clock.now().0) / 1000);
        self.work();
    }

    /// A reader before the public portal.
    fn reader(&self, scripts: bool) -> Visit {
        let visit = Visit::to(&self.public);
        visit.chrome.set_javascript(scripts);
        visit
    }

    /// Somebody at the internal portal, signed in by the clock as it stands.
    fn at_work(&self, name: &str, scripts: bool) -> Visit {
        let visit = Visit::to(&self.internal);
        visit.chrome.set_javascript(scripts);
        visit.goto("/internal/sign-in");
        visit.type_into("#name", name);
        visit.type_into("#password", PASSWORD);
        visit.enter("form[action^='/internal/sign-in'] button[type=submit]");
        assert_eq!(visit.path(), "/internal", "{name} is in");
        visit
    }
}

/// Ticks a box that the keyboard reaches.
fn tick(visit: &Visit, css: &str) {
    visit.reach(css);
    visit.chrome.press(Key::Space);
    assert_eq!(visit.chrome.count(&format!("{css}:checked")), 1, "{}: {css} is not ticked", visit.path());
}

/// The text of the page.
fn main_text(visit: &Visit) -> String {
    visit.chrome.text("main")
}

/// What the portal answers to whoever is signed in and follows a link to a file: the status and the first two signs.
fn taken(visit: &Visit, css: &str) -> (u64, String) {
    let address = href(visit, css);
    let script = format!(
        "const r = new XMLHttpRequest(); r.open('GET', {address:?}, false);
         r.overrideMimeType('text/plain; charset=x-user-defined'); r.send(); return [r.status, r.responseText.slice(0, 2)];"
    );
    let found = visit.chrome.eval(&script);
    (found[0].as_u64().unwrap_or(0), found[1].as_str().unwrap_or_default().to_owned())
}

/// How the officer checked that nothing changed.
const CHECKED: &str = "Đối chiếu với sổ theo dõi của phòng nghiệp vụ.";

/// An officer signs that nothing changed, another one asks for more time, the coordinating department grants it, everybody sees the day.
fn update_duty(scripts: bool) {
    let province = Province::start();
    let stations = province.publish("tram-y-te", "Trạm y tế", "monthly");
    let shops = province.publish("nha-thuoc", "Nhà thuốc", "monthly");
    province.work();
    province.until("2026-09-29");
    let (mut officer, mut second) = (province.at_work("editor", scripts), province.at_work("second-editor", scripts));
    officer.goto("/internal/duties");
    assert!(main_text(&officer).contains("Trạm y tế") && main_text(&officer).contains("05/10/2026"));
    officer.look_at(scripts);
    officer.enter(&format!("main tbody a[href='/internal/datasets/{stations}/update']"));
    officer.look_at(scripts);
    officer.type_into("#checked", CHECKED);
    tick(&officer, "#declared");
    officer.enter("form[action$='/confirmation'] button[type=submit]");
    assert_eq!(officer.chrome.count("button[name=confirmed]"), 2, "first it is shown");
    officer.look_at(scripts);
    // The keyboard leads back to what was typed, and on again.
    officer.enter("button[name=confirmed][value=edit]");
    assert!(
        officer.chrome.eval("return document.querySelector('#checked').value;") == CHECKED,
        "nothing typed is lost"
    );
    assert_eq!(officer.chrome.count("#declared:checked"), 1);
    officer.look_at(scripts);
    officer.enter("form[action$='/confirmation'] button[type=submit]");
    officer.enter("button[name=confirmed][value='1']");
    assert_eq!(officer.path(), format!("/internal/datasets/{stations}/update"));
    assert_eq!(officer.chrome.count("section[aria-labelledby=confirmations] li"), 1);
    officer.look_at(scripts);

    second.goto(&format!("/internal/datasets/{shops}/update"));
    second.look_at(scripts);
    second.type_into("#to", "30/10/2026");
    second.type_into("#reason", "Hệ thống nguồn đang nâng cấp, số liệu có vào tuần sau.");
    second.enter("form[action$='/extensions'] button[type=submit]");
    assert_eq!(second.chrome.count("section[aria-labelledby=waiting]"), 1, "{}", main_text(&second));
    assert_eq!(second.chrome.count("form[action$='/grant']"), 0, "another person grants it");
    second.look_at(scripts);

    let mut coordinator = province.at_work("coordinator", scripts);
    coordinator.goto("/internal/duties");
    coordinator.look_at(scripts);
    coordinator.enter("section[aria-labelledby=asked] li a.btn");
    coordinator.look_at(scripts);
    coordinator.type_into("#answer", "Đồng ý, không gia hạn thêm.");
    coordinator.enter("form[action$='/grant'] button.primary");
    assert_eq!(coordinator.chrome.count("section[aria-labelledby=waiting]"), 0);
    assert!(coordinator.chrome.text("section[aria-labelledby=extensions]").contains("30/10/2026"));
    coordinator.look_at(scripts);

    let mut reader = province.reader(scripts);
    reader.goto("/dataset/nha-thuoc");
    assert!(reader.chrome.text(".ds-head").contains("30/10/2026"), "{}", reader.chrome.text(".ds-head"));
    reader.look_at(scripts);
    reader.goto("/dataset/tram-y-te");
    assert!(reader.chrome.text(".ds-head").contains("29/09/2026"), "{}", reader.chrome.text(".ds-head"));
    reader.look_at(scripts);
    for visit in [officer, second, coordinator, reader] {
        visit.end(&[]);
    }
}

#[test]
fn an_update_duty_is_met_put_off_and_seen_by_everybody() {
    update_duty(true);
}

#[test]
fn an_update_duty_needs_no_javascript() {
    update_duty(false);
}

/// A quarter is over: the focal point fills in the return, the head signs it, the coordinating department closes, the public reads the release.
fn quarter(scripts: bool) {
    let province = Province::start();
    hire(&province.khomo, "dau-moi", &[(HOME, "focal-point")]);
    hire(&province.khomo, "lanh-dao", &[(HOME, "agency-head")]);
    province.publish("tram-y-te", "Trạm y tế", "quarterly");
    province.work();
    province.until("2026-09-05");
    province.until("2026-10-01");
    let mut focal = province.at_work("dau-moi", scripts);
    focal.goto("/internal/quarter");
    focal.look_at(scripts);
    focal.enter("main tbody a[href$='/2026-Q3']");
    focal.look_at(scripts);
    focal.enter("main .note a[href*='/returns/']");
    let document = focal.path();
    assert!(main_text(&focal).contains("Trạm y tế"), "what the portal knows is there");
    focal.look_at(scripts);
    focal.reach("section[aria-labelledby=list] summary");
    focal.chrome.press(Key::Enter);
    focal.type_into("#title", "Sổ tiêm chủng");
    focal.type_into("#kind", "Sổ đăng ký");
    focal.type_into("#kept_at", "Kho lưu trữ");
    focal.down_to("#visibility", "shared");
    focal.type_into("#planned_on", "31/12/2026");
    focal.enter("button[formaction$='/items']");
    assert_eq!(focal.path(), document);
    assert!(focal.chrome.text("section[aria-labelledby=list] table").contains("Sổ tiêm chủng"));
    // Enter in a field saves, and presses no button that takes something off the list.
    focal.reach("section[aria-labelledby=list] summary");
    focal.chrome.press(Key::Enter);
    focal.type_into("#title", "Sổ khám bệnh");
    focal.type_into("#kind", "Sổ đăng ký");
    focal.type_into("#kept_at", "Kho lưu trữ");
    focal.chrome.enter();
    assert_eq!(focal.path(), document);
    assert_eq!(focal.chrome.count("button[formaction$='/removal']"), 2, "{}", main_text(&focal));
    focal.look_at(scripts);
    focal.type_into("#needs", "Dân số theo xã");
    focal.enter("form#return section[aria-labelledby=words] button");
    focal.goto(&document);
    assert!(focal.chrome.eval("return document.querySelector('#needs').value;") == "Dân số theo xã");
    focal.look_at(scripts);

    let mut head = province.at_work("lanh-dao", scripts);
    head.goto(&document);
    head.look_at(scripts);
    head.enter("main .page-head button");
    assert!(main_text(&head).contains("Dân số theo xã") && main_text(&head).contains("Sổ tiêm chủng"));
    head.look_at(scripts);
    head.enter("form[action$='/signature'] button.primary");
    head.goto(&document);
    assert_eq!(head.chrome.count("main .hash"), 1, "what was signed has its hash");
    assert_eq!(head.chrome.count("button[formaction$='/items']"), 0, "nothing changes any more");
    head.look_at(scripts);

    let mut coordinator = province.at_work("coordinator", scripts);
    coordinator.goto("/internal/quarter/2026-Q3");
    assert!(coordinator.chrome.text("section[aria-labelledby=progress]").contains("Sở Y tế"));
    coordinator.look_at(scripts);
    tick(&coordinator, "#sure");
    coordinator.enter("form[action$='/closure'] button[type=submit]");
    assert_eq!(coordinator.chrome.count("form[action$='/closure']"), 0, "{}", main_text(&coordinator));
    coordinator.look_at(scripts);
    province.work();

    let mut reader = province.reader(scripts);
    reader.goto("/quy");
    reader.look_at(scripts);
    reader.enter("main a[href$='/quy/2026-Q3']");
    assert!(main_text(&reader).contains("Trạm y tế"), "{}", main_text(&reader));
    reader.look_at(scripts);
    let manifest = fetched(&reader, "/quy/2026-Q3/manifest.json");
    assert!(manifest.starts_with("HTTP/1.1 200") && manifest.contains("tram-y-te"), "{manifest}");
    for visit in [focal, head, coordinator, reader] {
        visit.end(&[]);
    }
}

#[test]
fn a_quarter_goes_from_its_end_to_its_release() {
    quarter(true);
}

#[test]
fn a_quarter_needs_no_javascript() {
    quarter(false);
}

/// Enters a decision with its signed file.
fn decide(visit: &Visit, khomo: &Khomo, number: &str) {
    let file = khomo.folder().join("quyet-dinh.pdf");
    std::fs::write(&file, PDF).unwrap();
    visit.type_into("#number", number);
    visit.type_into("#decided_on", "01/09/2026");
    visit.type_into("#signer", "Trần Quang Vinh");
    tick(visit, "#confirmed");
    visit.chrome.attach("#file", &file);
    visit.enter("form[action$='/decision'] button[type=submit]");
}

/// The coordinating department writes the catalogue, another person of it enters the signed decision, everybody reads both.
fn catalogue(scripts: bool) {
    let province = Province::start();
    province.publish("tram-y-te", "Danh sách trạm y tế", "monthly");
    province.publish("nha-thuoc", "Danh sách nhà thuốc", "monthly");
    second_coordinator(&province.khomo);
    let (mut first, mut second) = (province.at_work("coordinator", scripts), province.at_work("nobody", scripts));
    first.goto("/internal/open-data");
    first.look_at(scripts);
    first.enter("form[action='/internal/open-data/catalogue'] button[type=submit]");
    let issue = first.path();
    first.look_at(scripts);
    // The first of what is published beyond it is taken in.
    tick(&first, "input[name^=pick-]");
    first.enter("form[action$='/additions'] button[type=submit]");
    first.goto(&issue);
    let entries = first.chrome.text("section[aria-labelledby=entries]");
    assert!(entries.contains("Danh sách nhà thuốc"), "{entries}");
    first.look_at(scripts);
    first.enter("form[action$='/submission'] button[type=submit]");
    first.goto(&issue);
    assert_eq!(first.chrome.count("form[action$='/decision']"), 0, "another person enters it");
    first.look_at(scripts);

    second.goto(&issue);
    second.look_at(scripts);
    decide(&second, &province.khomo, "12/QĐ-UBND");
    second.goto(&issue);
    assert!(main_text(&second).contains("12/QĐ-UBND"), "{}", main_text(&second));
    second.look_at(scripts);

    let mut reader = province.reader(scripts);
    reader.goto("/danh-muc-du-lieu-mo");
    let page = main_text(&reader);
    assert!(page.contains("12/QĐ-UBND") && page.contains("Danh sách nhà thuốc"), "{page}");
    reader.look_at(scripts);
    let decision = fetched(&reader, &href(&reader, "main a[href$='/quyet-dinh.pdf']"));
    assert!(decision.starts_with("HTTP/1.1 200") && decision.contains("%PDF-1.4"), "{decision}");
    for visit in [first, second, reader] {
        visit.end(&[]);
    }
}

#[test]
fn the_catalogue_is_issued_by_a_signed_decision() {
    catalogue(true);
}

#[test]
fn the_catalogue_needs_no_javascript() {
    catalogue(false);
}

/// An agency proposes an item of the year's plan, the coordinating department takes it up, the plan is approved and read by everybody.
fn yearly_plan(scripts: bool) {
    let province = Province::start();
    second_coordinator(&province.khomo);
    let (mut first, mut second) = (province.at_work("coordinator", scripts), province.at_work("nobody", scripts));
    let mut officer = province.at_work("editor", scripts);
    first.goto("/internal/open-data");
    first.type_into("#year", "2027");
    first.enter("form[action='/internal/open-data/plans'] button[type=submit]");
    let id = province.khomo.lines("SELECT id AS line FROM yearly_plan").remove(0);
    let plan = format!("/internal/open-data/plans/{id}");
    first.goto(&plan);
    first.look_at(scripts);
    first.enter("form[action$='/consultation'] button[type=submit]");

    officer.goto(&plan);
    officer.look_at(scripts);
    officer.enter("main a[href$='/item']");
    officer.look_at(scripts);
    officer.type_into("#title", "Vị trí các nhà thuốc");
    officer.down_to("#agency", HOME);
    officer.type_into("#target_on", "31/03/2027");
    officer.down_to("#level", "1");
    officer.enter("main form[action$='/item'] button[type=submit]");
    officer.goto(&plan);
    assert!(main_text(&officer).contains("Vị trí các nhà thuốc"), "{}", main_text(&officer));
    officer.look_at(scripts);

    first.goto(&plan);
    first.look_at(scripts);
    first.enter("form[action$='/taking-up'] button[type=submit]");
    first.goto(&plan);
    first.enter("form[action$='/submission'] button[type=submit]");
    second.goto(&plan);
    second.look_at(scripts);
    decide(&second, &province.khomo, "34/QĐ-UBND");
    second.goto(&plan);
    assert!(main_text(&second).contains("34/QĐ-UBND"), "{}", main_text(&second));
    second.look_at(scripts);
    second.enter("form[action$='/execution'] button[type=submit]");

    let mut reader = province.reader(scripts);
    reader.goto("/ke-hoach-du-lieu-mo/2027");
    let page = main_text(&reader);
    assert!(
        page.contains("34/QĐ-UBND") && page.contains("Vị trí các nhà thuốc") && page.contains("31/03/2027"),
        "{page}"
    );
    reader.look_at(scripts);
    for visit in [first, second, officer, reader] {
        visit.end(&[]);
    }
}

#[test]
fn a_plan_is_proposed_by_an_agency_and_approved() {
    yearly_plan(true);
}

#[test]
fn a_plan_needs_no_javascript() {
    yearly_plan(false);
}

/// From the board to what is counted, back in time to a quarter, to the page of one agency, and away with it as a workbook.
fn board(scripts: bool) {
    let province = Province::start();
    province.publish("thang", "Theo tháng", "monthly");
    province.publish("quy", "Theo quý", "quarterly");
    let rice = province.khomo.dataset("lua").title("Giá lúa").agency(AWAY).by("stranger");
    province.runtime.block_on(rice.describe(|metadata| metadata.frequency = "quarterly".to_owned()).publish());
    province.work();
    province.until("2026-09-05");
    province.until("2026-10-06");
    let mut coordinator = province.at_work("coordinator", scripts);
    coordinator.goto("/internal/board");
    coordinator.look_at(scripts);
    // What is late, down to the dataset.
    coordinator.enter("section[aria-labelledby=by-agency] tbody a[href*='/internal/duties'][href*='overdue']:has(b)");
    assert!(main_text(&coordinator).contains("Theo tháng"), "{}: {}", coordinator.path(), main_text(&coordinator));
    coordinator.look_at(scripts);
    coordinator.enter("main tbody th a");
    assert!(coordinator.path().ends_with("/update"), "{}", coordinator.path());
    assert!(coordinator.chrome.text("h1").contains("Theo tháng"));
    coordinator.look_at(scripts);

    coordinator.goto("/internal/board");
    coordinator.down_to("#quarter", "2026-Q3");
    coordinator.enter("form[action='/internal/board'] button[type=submit]");
    assert!(coordinator.path().contains("quarter=2026-Q3"), "{}", coordinator.path());
    assert_eq!(coordinator.chrome.count("section[aria-labelledby=trend] tbody tr"), 1);
    coordinator.look_at(scripts);
    coordinator.goto("/internal/board");
    let book = taken(&coordinator, "main a[href*='/internal/board.xlsx']");
    assert_eq!(book, (200, "PK".to_owned()), "a workbook");
    coordinator.enter(&format!("section[aria-labelledby=by-agency] tbody th a[href='/internal/board/{HOME}']"));
    assert!(coordinator.chrome.text("section[aria-labelledby=late]").contains("Theo tháng"));
    coordinator.look_at(scripts);
    let book = taken(&coordinator, &format!("main a[href*='/internal/board/{HOME}.xlsx']"));
    assert_eq!(book, (200, "PK".to_owned()), "and of one agency");
    coordinator.end(&[]);

    let mut reader = province.reader(scripts);
    reader.goto("/tinh-hinh-cap-nhat");
    assert!(main_text(&reader).contains("Sở Y tế"));
    reader.look_at(scripts);
    reader.end(&[]);
}

#[test]
fn the_compliance_board_leads_to_what_it_counts() {
    board(true);
}

#[test]
fn the_compliance_board_needs_no_javascript() {
    board(false);
}
