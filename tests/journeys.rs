//! The main journeys in a real browser, against the program as it is served: with JavaScript and without, wide and narrow, in both
//! languages; every page visited is checked for accessibility, for scrolling sideways, and for what it asks of whom.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use fantoccini::key::Key;
use khomo::kernel::Clock;
use rust_xlsxwriter::Workbook;

use crate::command_line::{AGENCY, PASSWORD, Place, tamper};
use crate::support::chrome::Chrome;
use crate::support::served::{answer, become_ready, free};

/// Rows of the dataset that the journey goes to: more than four pages of the preview.
const SCHOOLS: usize = 120;

/// Both portals of one province, served by the program itself, which is killed before its folder goes.
pub struct Portals {
    pub program: Child,
    pub public: String,
    pub internal: String,
    pub place: Place,
}

impl Drop for Portals {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Three published datasets: schools, health stations with rows set aside, and one with an English face.
fn province() -> &'static Place {
    static PLACE: OnceLock<Place> = OnceLock::new();
    PLACE.get_or_init(|| {
        let place = Place::new();
        let schools: String = (0..SCHOOLS)
            .map(|i| {
                format!(
                    "{:03},Trường tiểu học số {i},{},{}.{},{}/09/2025\n",
                    i,
                    200 + (i * 37) % 400,
                    i % 30,
                    i % 10,
                    i % 28 + 1
                )
            })
            .collect();
        let schools =
            place.file("truong.csv", format!("Mã,Tên trường,Số học sinh,Điểm trung bình,Ngày khai giảng\n{schools}"));
        let stations: String = (0..150).map(|i| format!("{i:02},Trạm {i},{}\n", i % 9)).collect();
        let stations =
            place.file("tram.csv", format!("Mã,Tên trạm,Số giường\n{stations}98,Trạm cũ,không rõ\n99,Trạm thừa,5,6\n"));
        let air = place.file(
            "khi.csv",
            "Day,Station,PM2.5\n2026-01-05,Kim Sơn,12.5\n2026-01-06,Kim Sơn,14.25\n2026-01-07,An Lạc,\n",
        );
        place.import(&schools, "truong-hoc", "Danh sách trường học");
        place.publish("truong-hoc");
        place.import(&stations, "tram-y-te", "Trạm y tế xã");
        place.publish("tram-y-te");
        let air = air.display().to_string();
        place.succeeds(&[
            "import",
            &air,
            "--no-state-secret",
            "--dataset",
            "khong-khi",
            "--agency",
            AGENCY,
            "--title",
            "Chất lượng không khí",
            "--title-en",
            "Air quality",
            "--description",
            "Số liệu **hằng ngày** của các trạm.\n\n## Nguồn\n\nTrạm đo của Sở.\n\n#### Cách đo\n\nTự động.",
        ]);
        place.publish("khong-khi");
        let rice = place.file(
            "lua.csv",
            "Mã xã,Tên xã,Năm,Diện tích,Sản lượng\n00123,Phường Kim Sơn,2025,120.5,700\n00124,Xã An Lạc,2025,80,520\n\
             00123,Phường Kim Sơn,2026,118.5,710\n00124,Xã An Lạc,2026,82,610\n",
        );
        place.import(&rice, "lua-theo-xa", "Diện tích và sản lượng lúa theo xã");
        place.publish("lua-theo-xa");
        let square = |code: &str, name: &str, east: f64| {
            let to = east + 0.1;
            format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"{name}\"}},\"geometry\":{{\"type\":\"Polygon\",\
                 \"coordinates\":[[[{east},15],[{to},15],[{to},15.1],[{east},15.1],[{east},15]]]}}}}"
            )
        };
        let squares = [square("00123", "Phường Kim Sơn", 108.0), square("00124", "Xã An Lạc", 108.1)].join(",\n");
        let communes =
            place.file("xa.geojson", format!("{{\"type\":\"FeatureCollection\",\"features\":[\n{squares}]}}"));
        let communes = communes.display().to_string();
        place.succeeds(&[
            "vocabulary",
            "boundaries",
            &communes,
            "--level",
            "commune",
            "--source",
            "Nguồn thử",
            "--licence",
            "Được phép hiển thị",
        ]);
        // A draft, which the public must not see.
        place.import(&stations, "ban-nhap", "Bản nháp chưa duyệt");
        tamper(&place, "UPDATE account SET lang = 'en' WHERE user_name = 'binh'");
        place
    })
}

/// Serves a copy of the province, until both portals are ready. A port that was free may be taken by somebody else before the
/// program listens at it: then it is started anew at another.
fn serve() -> Portals {
    serve_copy(province(), |command| command)
}

/// The same with another province, by a command made ready in its own way.
pub fn serve_copy(province: &Place, prepare: impl Fn(Command) -> Command) -> Portals {
    const TRIES: usize = 5;
    (0..TRIES).find_map(|_| try_serve(province, &prepare)).expect("the program serves")
}

fn try_serve(province: &Place, prepare: &impl Fn(Command) -> Command) -> Option<Portals> {
    let place = Place::copy_of(province);
    let (public, internal) = (free(), free());
    let mut command = place.command(&["serve"]);
    command
        .env("KHOMO_PUBLIC_ADDR", public.to_string())
        .env("KHOMO_INTERNAL_ADDR", internal.to_string())
        .env("KHOMO_DEVELOPMENT", "true")
        .env("KHOMO_LOG", "error")
        .stdout(Stdio::null());
    let program = prepare(command).spawn().unwrap();
    let mut portals =
        Portals { program, public: format!("http://{public}"), internal: format!("http://{internal}"), place };
    let serves = become_ready(&mut portals.program, &[public, internal]);
    serves.then_some(portals)
}

/// A visit: a browser, and everything that was found wrong on the way.
pub struct Visit {
    pub chrome: Chrome,
    origin: String,
    wrong: Vec<String>,
    looked_at: usize,
}

impl Visit {
    /// Begins one at a portal.
    pub fn to(origin: &str) -> Self {
        Self { chrome: Chrome::start(), origin: origin.to_owned(), wrong: Vec::new(), looked_at: 0 }
    }

    /// Opens a path of the portal.
    pub fn goto(&self, path: &str) {
        self.chrome.goto(&format!("{}{path}", self.origin));
    }

    /// The path and query of the page.
    pub fn path(&self) -> String {
        let url = self.chrome.url();
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    /// Opens a path of the portal and looks at its page, wide and narrow, light and dark.
    fn open(&mut self, path: &str) {
        self.goto(path);
        self.examine(true, Some(path));
    }

    /// Looks at the page as it stands, in the same way.
    fn look(&mut self) {
        self.look_at(true);
    }

    /// Looks at the page as it stands; what only scripts find out is left out without them.
    pub fn look_at(&mut self, scripts: bool) {
        self.examine(scripts, None);
    }

    fn examine(&mut self, scripts: bool, opened: Option<&str>) {
        self.looked_at += 1;
        // The list of all components is no page of a portal.
        if scripts && self.chrome.url().path() != "/gallery" {
            self.weigh(opened);
        }
        for width in [320, 1280] {
            self.chrome.set_width(width);
            let (path, overflow) = (self.path(), self.chrome.overflow());
            if overflow > 0 {
                self.wrong.push(format!("{path} at {width} px is {overflow} px too wide: {}", self.widest()));
            }
            if scripts {
                let found = self.chrome.axe();
                self.wrong.extend(found.iter().map(|finding| format!("{path} at {width} px: {finding}")));
            }
        }
        if scripts {
            // The other colours, once: they do not depend on the width.
            self.chrome.set_dark(true);
            let (path, found) = (self.path(), self.chrome.axe());
            self.wrong.extend(found.iter().map(|finding| format!("{path} in the dark: {finding}")));
            self.chrome.set_dark(false);
        }
        let heads = self.chrome.count("h1");
        if heads != 1 {
            self.wrong.push(format!("{} has {heads} main headings", self.path()));
        }
    }

    /// What the page makes a slow line carry, compressed, pictures of maps and charts left out, and by how much it moved while it was
    /// loaded (CLS). A busy browser draws a page in parts, now and then: one that was just opened at an address may come twice more, and
    /// on the way through a journey, where that would undo what was done, the bound is the one of Core Web Vitals for a good page.
    fn weigh(&mut self, opened: Option<&str>) {
        let still = if opened.is_some() { 0.02 } else { 0.1 };
        let mut load = self.chrome.load();
        for path in opened.into_iter().cycle().take(2) {
            if load.moved > still {
                self.goto(path);
                load.moved = load.moved.min(self.chrome.load().moved);
            }
        }
        // Officers sit at desks; their long lists may weigh more.
        let inside = self.path().starts_with("/internal") || self.path().starts_with("/gallery");
        let bytes = if inside { 200_000.0 } else { 100_000.0 };
        let bounds = [
            ("bytes", load.bytes, bytes),
            ("bytes of scripts", load.scripts, 30_000.0),
            ("of it moved", load.moved, still),
        ];
        for (what, found, most) in bounds {
            if found > most {
                self.wrong.push(format!("{}: {found} {what}, at most {most}", self.path()));
            }
        }
    }

    /// The element that reaches furthest to the right, for whoever must mend the page.
    fn widest(&self) -> String {
        let script = "let most = 0, found = ''; for (const e of document.body.querySelectorAll('*')) {
            const r = e.getBoundingClientRect().right; if (r > most) { most = r; found = e.outerHTML.slice(0, 120); } }
            return Math.round(most) + ' px: ' + found;";
        self.chrome.eval(script).as_str().unwrap_or_default().to_owned()
    }

    /// Presses Tab until an element has the focus: what cannot be reached so is not there for whoever has no mouse.
    pub fn reach(&self, css: &str) {
        let there = format!("return document.activeElement.matches({css:?});");
        for _ in 0..200 {
            self.chrome.press(Key::Tab);
            if self.chrome.eval(&there) == true {
                return;
            }
        }
        panic!("{}: the keyboard does not reach {css}", self.path());
    }

    /// Types into the field that the keyboard reaches, in place of what stands there.
    pub fn type_into(&self, css: &str, text: &str) {
        self.reach(css);
        self.chrome.type_text(text);
    }

    /// Presses the button or link that the keyboard reaches.
    pub fn enter(&self, css: &str) {
        self.reach(css);
        self.chrome.enter();
    }

    /// Chooses one of a group of buttons, from where the keyboard reaches it.
    fn pick(&self, name: &str, value: &str) {
        self.reach(&format!("input[name={name}]"));
        self.chrome.press(Key::Space);
        for _ in 0..20 {
            if self.chrome.count(&format!("input[name={name}][value={value}]:checked")) == 1 {
                return;
            }
            self.chrome.press(Key::Down);
        }
        panic!("{}: no {value} among {name}", self.path());
    }

    /// Goes down a list of choices, from where the keyboard reaches it, to a value.
    pub fn down_to(&self, css: &str, value: &str) {
        self.reach(css);
        for _ in 0..60 {
            if self.chrome.eval("return document.activeElement.value;") == value {
                return;
            }
            self.chrome.press(Key::Down);
        }
        panic!("{}: no {value} in {css}", self.path());
    }

    /// Ends the visit: nothing may have been wrong. Answers that the journey asked for on purpose are named by their status.
    pub fn end(mut self, on_purpose: &[&str]) {
        let origin = self.origin.clone();
        for message in self.chrome.console_errors() {
            if !on_purpose.iter().any(|status| message.text.contains(&format!("status of {status}"))) {
                self.wrong.push(format!("console: {}", message.text));
            }
        }
        for url in self.chrome.foreign_requests(&origin) {
            self.wrong.push(format!("asked another host: {url}"));
        }
        self.wrong.sort();
        self.wrong.dedup();
        assert!(
            self.wrong.is_empty(),
            "{} things wrong on {} pages:\n{}",
            self.wrong.len(),
            self.looked_at,
            self.wrong.join("\n")
        );
        assert!(self.looked_at > 0);
    }

    /// The cells of a column of the table, from 1.
    fn column(&self, number: usize) -> Vec<String> {
        let script = format!(
            "return [...document.querySelectorAll('tbody tr > :nth-child({number})')].map(e => e.textContent.trim());"
        );
        let cells = self.chrome.eval(&script);
        cells.as_array().unwrap().iter().map(|cell| cell.as_str().unwrap_or_default().to_owned()).collect()
    }
}

/// From the search field to the file: what most people come for.
fn reader(scripts: bool, lang: &str) {
    let portals = serve();
    let mut visit = Visit::to(&portals.public);
    visit.chrome.set_javascript(scripts);
    let prefix = if lang == "vi" { "" } else { "/en" };
    visit.goto(if lang == "vi" { "/" } else { "/en" });
    visit.look_at(scripts);
    assert_eq!(visit.chrome.eval("return document.documentElement.lang;"), lang);

    // Without tone marks.
    visit.chrome.fill("#q", "truong hoc");
    visit.chrome.open("form[role=search] button[type=submit]");
    assert_eq!(visit.path(), format!("{prefix}/dataset?q=truong+hoc"));
    assert!(visit.chrome.text(".result h3").contains("trường học"), "{}", visit.chrome.text(".result h3"));
    visit.look_at(scripts);

    visit.chrome.open(".result h3 a");
    assert!(visit.path().starts_with(&format!("{prefix}/dataset/truong-hoc")), "{}", visit.path());
    assert!(visit.chrome.text("h1").contains("trường học"));
    assert_eq!(visit.column(1).len(), 25);
    assert_eq!(visit.column(1)[0], "000", "codes keep their zeros");
    visit.look_at(scripts);

    // The next page of the table.
    visit.chrome.open(".pager a[rel=next]");
    assert_eq!(visit.column(1)[0], "025");
    assert_eq!(visit.chrome.text(".pager [aria-current=page]").trim_end().chars().last(), Some('2'));
    visit.look_at(scripts);

    // Sorted by the number of pupils, which is a number and not a text; then the other way round.
    let pupils = |visit: &Visit| -> Vec<u32> {
        visit.column(3).iter().map(|cell| cell.replace(['.', ','], "").parse().unwrap()).collect()
    };
    visit.chrome.open("thead th:nth-child(3) a.sort");
    let found = pupils(&visit);
    assert!(found.is_sorted() && found[0] < 210, "{found:?}");
    assert_eq!(visit.chrome.count("th[aria-sort=ascending]"), 1);
    visit.look_at(scripts);
    visit.chrome.open("thead th:nth-child(3) a.sort");
    let found = pupils(&visit);
    assert!(found.is_sorted_by(|a, b| a >= b) && found[0] > 590, "{found:?}");
    assert_eq!(visit.chrome.count("th[aria-sort=descending]"), 1);

    // What the columns mean.
    visit.chrome.open(".tabs li:nth-child(2) a");
    assert!(visit.path().contains("truong-hoc"), "{}", visit.path());
    for title in ["Tên trường", "Số học sinh", "Ngày khai giảng"] {
        assert!(visit.chrome.text("main").contains(title), "{title} is not described");
    }
    visit.look_at(scripts);
    visit.chrome.open(".tabs li:nth-child(3) a");
    visit.look_at(scripts);

    // The file itself: every row, as it was published.
    visit.goto(&format!("{prefix}/dataset/truong-hoc"));
    let href = visit.chrome.eval(
        "return [...document.querySelectorAll('a[download]')].map(a => a.href).find(h => h.endsWith('/truong.csv'));",
    );
    let href = href.as_str().expect("a CSV to download").to_owned();
    let path = href.strip_prefix(&portals.public).expect("the file is on the same host").to_owned();
    let file = answer(portals.public.strip_prefix("http://").unwrap().parse().unwrap(), &path);
    let (head, body) = file.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && head.to_lowercase().contains("content-type: text/csv"), "{head}");
    assert!(body.contains("Trường tiểu học số 119,"), "the last row is in the file");
    assert!(body.lines().count() > SCHOOLS, "{} lines", body.lines().count());

    // The other language of the same page.
    visit.chrome.open("a.lang");
    let other = if lang == "vi" { "en" } else { "vi" };
    assert_eq!(visit.chrome.eval("return document.documentElement.lang;"), other);
    assert!(visit.path().ends_with("/dataset/truong-hoc"), "{}", visit.path());
    visit.end(&[]);
}

#[test]
fn a_reader_finds_reads_sorts_and_downloads_in_vietnamese() {
    reader(true, "vi");
}

#[test]
fn a_reader_finds_reads_sorts_and_downloads_in_english() {
    reader(true, "en");
}

#[test]
fn a_reader_needs_no_javascript() {
    reader(false, "vi");
}

/// The address that the first link of the page matching a selector leads to, without the host.
pub fn href(visit: &Visit, css: &str) -> String {
    let found = visit.chrome.eval(&format!("const a = document.querySelector({css:?}); return a ? a.href : '';"));
    let found = found.as_str().unwrap_or_default();
    found.strip_prefix(&visit.origin).unwrap_or_else(|| panic!("{}: no {css} on this host", visit.path())).to_owned()
}

/// The head and the first bytes of a file, as text.
pub fn fetched(visit: &Visit, path: &str) -> String {
    answer(visit.origin.strip_prefix("http://").unwrap().parse().unwrap(), path)
}

/// A citizen compares two communes on a map and takes the sheet home.
fn citizen(scripts: bool, lang: &str) {
    let portals = serve();
    let mut visit = Visit::to(&portals.public);
    visit.chrome.set_javascript(scripts);
    visit.goto(if lang == "vi" { "/" } else { "/en" });
    visit.type_into("#q", "san luong lua");
    visit.chrome.enter();
    visit.enter(".result h3 a");
    assert!(visit.chrome.text("h1").contains("lúa"), "{}", visit.path());
    visit.enter("main a[href*='/ban-do']");
    let figures =
        |visit: &Visit| -> Vec<(String, String)> { visit.column(1).into_iter().zip(visit.column(2)).collect() };
    // At once: the first figure that can be added up, in the latest year.
    let point = if lang == "vi" { "," } else { "." };
    let area = [("Phường Kim Sơn", format!("118{point}5")), ("Xã An Lạc", "82".to_owned())];
    let area: Vec<_> = area.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let sorted = |visit: &Visit| {
        let mut found = figures(visit);
        found.sort();
        found
    };
    assert_eq!(
        sorted(&visit).iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(),
        ["Phường Kim Sơn", "Xã An Lạc"]
    );
    for ((_, found), (name, wanted)) in sorted(&visit).iter().zip(&area) {
        assert!(found.starts_with(wanted.as_str()), "{name}: {found}, not {wanted}");
    }
    assert_eq!(visit.chrome.count(".map-frame svg"), 1);
    visit.look_at(scripts);
    // Another figure.
    visit.down_to("#measure", "sum.san_luong");
    visit.enter("form.map-form button[type=submit]");
    let harvest: Vec<String> = sorted(&visit).into_iter().map(|(_, value)| value).collect();
    assert_eq!(harvest, ["710", "610"], "{}", visit.path());
    visit.look_at(scripts);
    let picture = fetched(&visit, &href(&visit, "a[href*='ban-do.png']"));
    assert!(picture.to_lowercase().contains("content-type: image/png"), "{}", &picture[..picture.len().min(300)]);
    visit.enter(".crumbs li:nth-child(2) a");
    let sheet = fetched(&visit, &href(&visit, "a[download][href$='.xlsx']"));
    let (head, body) = sheet.split_once("\r\n\r\n").unwrap();
    assert!(head.starts_with("HTTP/1.1 200") && body.starts_with("PK"), "{head}");
    visit.end(&[]);
}

#[test]
fn a_citizen_compares_two_communes_on_a_map_and_takes_the_sheet() {
    citizen(true, "vi");
}

#[test]
fn a_citizen_compares_two_communes_in_english_without_javascript() {
    citizen(false, "en");
}

/// A journalist filters, plots, cites, and reports an error, by the keyboard alone.
fn journalist(scripts: bool, lang: &str) {
    let portals = serve();
    let mut visit = Visit::to(&portals.public);
    visit.chrome.set_javascript(scripts);
    let prefix = if lang == "vi" { "" } else { "/en" };
    visit.goto(&format!("{prefix}/dataset/truong-hoc"));
    visit.enter("main a[href$='/kham-pha']");
    visit.down_to("#add-column", "so_hoc_sinh");
    visit.down_to("#add-test", "ge");
    visit.type_into("#add-value", "500");
    visit.enter("main details form button[type=submit]");
    assert!(visit.path().contains("filter.so_hoc_sinh.ge=500"), "{}", visit.path());
    let pupils: Vec<u32> = visit.column(3).iter().map(|cell| cell.replace(['.', ','], "").parse().unwrap()).collect();
    assert!(!pupils.is_empty() && pupils.iter().all(|pupils| *pupils >= 500), "{pupils:?}");
    visit.look_at(scripts);
    let sheet =
        fetched(&visit, &href(&visit, "#take ~ * a[href*='.xlsx'], section a[download][href*='kham-pha.xlsx']"));
    assert!(sheet.split_once("\r\n\r\n").is_some_and(|(_, body)| body.starts_with("PK")));
    // The picture takes the filter along.
    visit.enter("main a[href*='/bieu-do']");
    assert!(visit.path().contains("filter.so_hoc_sinh.ge=500"), "{}", visit.path());
    assert!(visit.chrome.count("figure svg.chart") > 0);
    visit.look_at(scripts);
    visit.enter(".kinds li:last-child a, nav a[href*='chart=']:not([aria-current])");
    assert!(visit.chrome.count("figure svg.chart") > 0, "{}", visit.path());
    visit.look_at(scripts);
    let picture = fetched(&visit, &href(&visit, "figure a[href*='.png']"));
    assert!(picture.to_lowercase().contains("content-type: image/png"), "{}", &picture[..picture.len().min(300)]);
    let cited = visit.chrome.text(".cite");
    assert!(cited.contains("/dataset/truong-hoc/v/1"), "{cited}");
    // Something is wrong with it.
    visit.enter(".crumbs li:nth-child(2) a");
    visit.enter("a[href$='/bao-loi']");
    for _ in 0..200 {
        visit.enter("main form button[type=submit]");
        if visit.chrome.count("#errors a") >= 2 {
            break;
        }
    }
    visit.pick("kind", "value");
    visit.type_into("#description", "Trường số 5 có 385 học sinh.");
    visit.enter("main form button[type=submit]");
    assert!(visit.path().contains("/bao-loi?code="), "{}", visit.path());
    visit.look_at(scripts);
    visit.end(&["422"]);
}

#[test]
fn a_journalist_filters_plots_cites_and_reports_an_error() {
    journalist(true, "vi");
}

#[test]
fn a_journalist_needs_no_javascript_in_english() {
    journalist(false, "en");
}

/// From the home page to rows in a program, by what the pages say alone.
#[test]
fn a_developer_goes_from_the_home_page_to_a_working_call() {
    let portals = serve();
    for prefix in ["", "/en"] {
        let mut visit = Visit::to(&portals.public);
        visit.goto(if prefix.is_empty() { "/" } else { prefix });
        visit.chrome.open(&format!("footer a[href='{prefix}/api']"));
        visit.look();
        let text = visit.chrome.text("main pre");
        let url =
            text.split(['\'', '"']).find(|part| part.starts_with("http")).expect("an address in the first example");
        let path = url.strip_prefix(&portals.public).expect("an address of this portal");
        let told = fetched(&visit, path);
        let (head, body) = told.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        // The answer may come in pieces.
        let body = &body[body.find('{').unwrap()..=body.rfind('}').unwrap()];
        assert!(body.contains("\"rows\"") || body.contains("\"records\""), "{path}: {}", &body[..body.len().min(300)]);
        visit.end(&[]);
    }
}

/// A reader holds files against a signed release: as they are, changed, and with a manifest from elsewhere.
#[test]
fn a_reader_verifies_files_of_a_release_in_the_browser() {
    let place = Place::copy_of(province());
    let keys = tempfile::tempdir().unwrap();
    tamper(&place, &crate::release::closed("2026-Q3", Clock::system().now()));
    for args in [&["release", "key", "new"][..], &["release", "build", "2026-Q3"]] {
        let output = place.command(args).env("KHOMO_RELEASE_KEYS", keys.path()).output().unwrap();
        assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    let portals = serve_copy(&place, |command| command);
    let mut visit = Visit::to(&portals.public);
    let (folder, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let mut taken = Vec::new();
    for path in ["data/lua-theo-xa/lua.csv", "changes.csv", "manifest.json"] {
        let told = fetched(&visit, &format!("/quy/2026-Q3/{path}"));
        let (head, body) = told.split_once("\r\n\r\n").unwrap();
        assert!(head.starts_with("HTTP/1.1 200"), "{path}: {head}");
        let (own, other) = (folder.path().join(path.rsplit('/').next().unwrap()), elsewhere.path().join(path));
        std::fs::create_dir_all(other.parent().unwrap()).unwrap();
        std::fs::write(&own, body).unwrap();
        std::fs::write(&other, format!("{body}\n")).unwrap();
        taken.push((own, other));
    }
    let [(table, _), (changes, other_changes), (manifest, other_manifest)] = taken.as_slice() else { unreachable!() };
    // A table by the name of a list; the manifest of another quarter, also where a folder holds it beside the release; a stray file.
    let third = tempfile::tempdir().unwrap();
    let (renamed, older, stray) =
        (third.path().join("changes.csv"), third.path().join("manifest.json"), third.path().join("la.txt"));
    std::fs::copy(table, &renamed).unwrap();
    let text = std::fs::read_to_string(manifest).unwrap().replace("\"quarter\":\"2026-Q3\"", "\"quarter\":\"2025-Q4\"");
    std::fs::write(&older, &text).unwrap();
    std::fs::write(&stray, "x").unwrap();
    std::fs::create_dir_all(elsewhere.path().join("a")).unwrap();
    std::fs::write(elsewhere.path().join("a/manifest.json"), &text).unwrap();
    let check = "/quy/2026-Q3/kiem-tra";
    for prefix in ["/en", ""] {
        visit.open(&format!("{prefix}{check}"));
    }
    for (files, lines, done, signature) in [
        (
            vec![table, changes, manifest],
            vec!["Đúng: lua.csv", "Đúng: changes.csv"],
            "2 tệp đúng, 0 tệp khác",
            "Chữ ký của manifest.json đúng với khóa của cổng.",
        ),
        (
            vec![table, other_changes],
            vec!["Đúng: lua.csv", "Khác: changes.csv"],
            "1 tệp đúng, 1 tệp khác",
            "Chữ ký của manifest.json đúng với khóa của cổng.",
        ),
        (
            vec![table, other_manifest],
            vec!["Khác: manifest.json", "Đúng: lua.csv"],
            "1 tệp đúng, 1 tệp khác",
            "Chữ ký của manifest.json không đúng với khóa của cổng.",
        ),
        (
            vec![&renamed, &stray],
            vec!["Đúng: changes.csv", "Không có trong bản phát hành: la.txt"],
            "1 tệp đúng, 0 tệp khác. Không có trong bản phát hành: 1 tệp. Quá lớn, chưa kiểm tra: 0 tệp.",
            "Chữ ký của manifest.json đúng với khóa của cổng.",
        ),
        (
            vec![table, &older],
            vec!["Khác: manifest.json", "Đúng: lua.csv"],
            "1 tệp đúng, 1 tệp khác",
            "manifest.json là manifest của bản phát hành khác (2025-Q4). Hãy kiểm tra các tệp của bản đó ở trang của bản đó.",
        ),
    ] {
        // Files are added to those that were chosen: a fresh page has none.
        visit.goto(check);
        let files: Vec<&Path> = files.into_iter().map(|file| file.as_path()).collect();
        visit.chrome.attach_all("#files", &files);
        visit.chrome.wait_for("#results[aria-busy=false]");
        let told = visit.chrome.text("#results");
        assert_eq!(told.lines().map(str::trim).collect::<Vec<_>>(), lines);
        let said = visit.chrome.text("#said");
        assert!(said.contains(done), "{said}");
        assert_eq!(visit.chrome.text("#signed"), signature);
        let found: Vec<String> = visit.chrome.axe().iter().map(ToString::to_string).collect();
        assert!(found.is_empty(), "{found:?}");
    }
    // A folder keeps the paths: each file there differs from the one under its path.
    visit.goto(check);
    visit.chrome.attach("#folder", elsewhere.path());
    visit.chrome.wait_for("#results[aria-busy=false]");
    assert_eq!(visit.chrome.count("#results li"), 4);
    let said = visit.chrome.text("#said");
    assert!(said.contains("0 tệp đúng, 3 tệp khác. Không có trong bản phát hành: 1 tệp"), "{said}");
    let signed = visit.chrome.text("#signed");
    assert_eq!(
        signed, "Chữ ký của manifest.json không đúng với khóa của cổng.",
        "the manifest that no other lies above"
    );
    visit.chrome.set_javascript(false);
    visit.goto(check);
    let shown = "return getComputedStyle(document.getElementById('verify')).display;";
    assert_eq!(visit.chrome.eval(shown), "none", "nothing is there that only a script would bring to life");
    assert!(
        visit.chrome.text("section[aria-labelledby=commands]").contains("khomo release verify . --key ../2026-Q3.pem")
    );
    visit.look_at(false);
    visit.end(&[]);
}

/// An operator takes a backup, loses everything, and serves the same again elsewhere.
#[test]
fn an_operator_backs_up_destroys_and_restores() {
    let portals = serve();
    let file = "/dataset/truong-hoc/v/1/truong.csv";
    let mut before = Visit::to(&portals.public);
    before.goto("/dataset/truong-hoc");
    let (words, bytes) = (before.chrome.text("main table"), fetched(&before, file));
    before.look();
    before.end(&[]);
    let kept = tempfile::tempdir().unwrap();
    let backup = kept.path().join("ban-sao").display().to_string();
    portals.place.succeeds(&["backup", &backup, "--by", "cuc"]);
    drop(portals);

    let elsewhere = Place::empty();
    elsewhere.succeeds(&["restore", &backup]);
    elsewhere.succeeds(&["doctor"]);
    let again = serve_copy(&elsewhere, |command| command);
    let mut after = Visit::to(&again.public);
    after.goto("/dataset/truong-hoc");
    assert_eq!(after.chrome.text("main table"), words);
    let body = |answer: &str| answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned());
    assert_eq!(body(&fetched(&after, file)), body(&bytes));
    after.look();
    after.end(&[]);
}

#[test]
fn every_public_page_is_sound_and_a_draft_is_nowhere() {
    let portals = serve();
    let mut visit = Visit::to(&portals.public);
    for prefix in ["", "/en"] {
        for path in [
            "/dataset",
            "/dataset?q=khong+co+gi+nhu+the",
            "/dataset?sort=updated",
            "/dataset/khong-khi",
            "/dataset/khong-khi/v/1",
            "/dataset/tram-y-te",
            "/organization",
            "/organization/so-y-te",
            "/topic",
            "/terms",
            "/about",
            "/huong-dan",
            "/huong-dan/lap-trinh",
            "/api",
            "/dataset/lua-theo-xa/lua/ban-do",
            "/dataset/lua-theo-xa/lua/bieu-do",
            "/dataset/lua-theo-xa/lua/kham-pha?group=nam&measure=sum.san_luong",
            "/tin-tuc",
            "/dataset/khong-co",
            "/dataset/ban-nhap",
            "/khong-co-trang-nay",
        ] {
            visit.open(&format!("{prefix}{path}"));
            let html = visit.chrome.html();
            assert!(!html.contains("Bản nháp chưa duyệt"), "{prefix}{path} shows a draft");
        }
    }
    visit.end(&["404"]);
}

#[test]
fn a_keyboard_reaches_the_content_first() {
    let portals = serve();
    let visit = Visit::to(&portals.public);
    visit.goto("/");
    let first = visit.chrome.press(Key::Tab);
    assert!(first.starts_with("a "), "the first stop is the way past the head: {first}");
    visit.chrome.press(Key::Enter);
    assert_eq!(visit.chrome.url().fragment(), Some("main"));
}

#[test]
fn an_operator_signs_in_and_reads_the_imports_and_the_log() {
    let portals = serve();
    let mut visit = Visit::to(&portals.internal);
    visit.goto("/");
    assert!(visit.path().starts_with("/internal/sign-in"), "{}", visit.path());
    visit.look();
    visit.open("/internal/sign-in?lang=en");
    visit.goto("/internal/audit");
    assert!(visit.path().starts_with("/internal/sign-in"), "{}", visit.path());

    // Wrong: told so, the name kept, the password not.
    visit.chrome.fill("#name", "cuc");
    visit.chrome.fill("#password", "không phải");
    visit.chrome.open("form[action^='/internal/sign-in'] button[type=submit]");
    assert_eq!(visit.chrome.value("#name"), "cuc");
    assert_eq!(visit.chrome.value("#password"), "");
    assert!(visit.chrome.url().path() == "/internal/sign-in");
    visit.look();

    // Right: on to where one wanted to go.
    visit.chrome.fill("#name", "cuc");
    visit.chrome.fill("#password", PASSWORD);
    visit.chrome.open("form[action^='/internal/sign-in'] button[type=submit]");
    accept_the_rules(&mut visit);
    assert_eq!(visit.path(), "/internal/audit");
    visit.look();
    assert!(visit.chrome.count("tbody tr, ol li, article") > 5);

    visit.open("/internal/datasets");
    assert!(visit.chrome.text("main").contains("Bản nháp chưa duyệt"));
    visit.chrome.follow("Trạm y tế xã");
    let page = visit.chrome.text("main");
    assert!(
        page.contains("tram.csv") && page.contains("không rõ"),
        "the import report names the file and the cell: {page}"
    );
    visit.look();
    visit.open("/internal/datasets?q=khong+co");
    visit.open("/internal/account");

    visit.chrome.open(".who form button");
    assert_eq!(visit.path(), "/internal/sign-in");
    visit.look();
    visit.goto("/internal/datasets");
    assert!(visit.path().starts_with("/internal/sign-in"), "signed out, and still in: {}", visit.path());
    visit.end(&["422"]);
}

/// The first sign-in shows the rules of use before anything else.
fn accept_the_rules(visit: &mut Visit) {
    assert!(visit.path().starts_with("/internal/rules"), "{}", visit.path());
    visit.look();
    visit.enter("form[action='/internal/rules'] button[type=submit]");
}

#[test]
fn an_approver_works_in_english_and_is_refused_the_log() {
    let portals = serve();
    let mut visit = Visit::to(&portals.internal);
    visit.goto("/internal/sign-in?lang=en");
    visit.chrome.fill("#name", "binh@example.vn");
    visit.chrome.fill("#password", PASSWORD);
    visit.chrome.open("form[action^='/internal/sign-in'] button[type=submit]");
    accept_the_rules(&mut visit);
    assert_eq!(visit.path(), "/internal");
    assert_eq!(visit.chrome.eval("return document.documentElement.lang;"), "en");
    visit.look();
    visit.open("/internal/datasets");
    visit.chrome.follow("Chất lượng không khí");
    visit.look();
    visit.open("/internal/audit");
    assert!(!visit.chrome.text("main").contains("dataset.publish"));
    visit.open("/internal/account");
    visit.end(&["403"]);
}

/// Somebody at the internal portal, signed in, with the rules of use accepted.
fn at_work(portals: &Portals, name: &str) -> Visit {
    let mut visit = Visit::to(&portals.internal);
    visit.goto("/internal/sign-in");
    visit.type_into("#name", name);
    visit.type_into("#password", PASSWORD);
    visit.enter("form[action^='/internal/sign-in'] button[type=submit]");
    accept_the_rules(&mut visit);
    visit
}

/// Submits a draft by the keyboard. Its scan goes on meanwhile; whoever is too fast is told to try again.
fn submit_when_scanned(officer: &Visit, dataset: &str, reason: &str) {
    for _ in 0..50 {
        officer.goto(dataset);
        officer.type_into("#reason", reason);
        officer.enter("form[action$='/submission'] button[type=submit]");
        if officer.chrome.count("form[action$='/recall']") == 1 {
            return;
        }
    }
    panic!("the scan does not end");
}

#[test]
fn an_officer_publishes_a_first_dataset_from_a_file_with_faults_after_a_reviewer_sent_it_back() {
    let portals = serve();
    let rows: String = (0..60).map(|i| format!("{i:03},Trạm {i},{}\n", i % 9)).collect();
    let faulty = portals.place.file("tram-2026.csv", format!("Mã,Tên trạm,Số giường\n{rows}098,Trạm cũ,không rõ\n"));
    let sound = portals.place.file("tram-2026-sua.csv", format!("Mã,Tên trạm,Số giường\n{rows}098,Trạm cũ,4\n"));

    let mut officer = at_work(&portals, "lan");
    officer.goto("/internal/datasets");
    officer.chrome.open("a[href='/internal/datasets/new']");
    officer.chrome.open("main form button[type=submit]");
    assert!(officer.chrome.count("#errors a") >= 3, "an empty form is told what it lacks");
    officer.look();
    officer.chrome.fill("#title", "Trạm y tế, năm 2026");
    officer.chrome.choose("#topic", "y-te");
    officer.chrome.choose("#frequency", "yearly");
    officer.chrome.open("main form button[type=submit]");
    officer.look();
    let dataset = officer.path().trim_end_matches("/edit/about").to_owned();

    // The page sends the file in pieces by its script, and leads to what was understood.
    let send = |officer: &mut Visit, file: &Path| {
        officer.goto(&format!("{dataset}/edit/tables"));
        officer.look();
        officer.chrome.attach("#file", file);
        officer.chrome.click("#declared");
        officer.chrome.click("#upload button[type=submit]");
        officer.chrome.wait_for("#preview");
        officer.look();
    };
    send(&mut officer, &faulty);
    assert!(officer.chrome.text("main").contains("không rõ"), "the row set aside is shown");
    officer.goto(&format!("{dataset}/edit/dictionary"));
    officer.chrome.fill("#c2-meaning", "Giường bệnh của trạm.");
    officer.chrome.open("main form button[type=submit]");
    officer.look();

    submit_when_scanned(&officer, &dataset, "Số liệu đã đối chiếu.");
    officer.look();

    let mut reviewer = at_work(&portals, "binh");
    let decide = |reviewer: &mut Visit, verdict: &str, reason: &str| {
        reviewer.goto(&format!("{dataset}/review"));
        reviewer.look();
        reviewer.chrome.click(&format!("input[name=verdict][value={verdict}]"));
        reviewer.chrome.fill("#reason", reason);
        reviewer.chrome.open("section.decide form button[type=submit]");
    };
    decide(&mut reviewer, "changes-asked", "Một dòng còn ghi “không rõ”.");
    officer.goto("/internal");
    officer.look();
    assert!(officer.chrome.text("main").contains("Trạm y tế, năm 2026"), "what came back is on the work list");

    send(&mut officer, &sound);
    submit_when_scanned(&officer, &dataset, "Số liệu đã đối chiếu.");
    decide(&mut reviewer, "approved", "Đồng ý công bố.");
    let mut reader = Visit::to(&portals.public);
    reader.goto("/dataset/tram-y-te-nam-2026");
    reader.look();
    assert!(reader.chrome.text("main").contains("Trạm cũ") || reader.chrome.text("main").contains("61"));
    reader.end(&[]);
    reviewer.end(&[]);
    officer.end(&["409", "422"]);
}

/// The same way from a workbook, without a mouse and without scripts: an officer writes, a reviewer refuses, the officer corrects, the reviewer approves.
#[test]
fn without_mouse_and_scripts_an_officer_writes_a_dataset_and_a_reviewer_lets_it_out_at_the_second_time() {
    let portals = serve();
    let workbook = |name: &str, last: &str| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let rows = (0..30).map(|i| [format!("{i:03}"), format!("Chợ {i}"), (i * 7 % 50).to_string()]);
        let rows = rows.chain([["098", "Chợ cũ", last].map(str::to_owned)]);
        sheet.write_string(0, 0, "DANH SÁCH CHỢ").unwrap();
        for (at, cells) in (1..).zip([["Mã", "Tên chợ", "Số sạp"].map(str::to_owned)].into_iter().chain(rows)) {
            sheet.write_row(at, 0, cells).unwrap();
        }
        portals.place.file(name, book.save_to_buffer().unwrap())
    };
    let (faulty, sound) = (workbook("cho.xlsx", "không rõ"), workbook("cho-sua.xlsx", "4"));
    let (mut officer, mut reviewer) = (at_work(&portals, "lan"), at_work(&portals, "binh"));
    officer.chrome.set_javascript(false);
    reviewer.chrome.set_javascript(false);

    officer.goto("/internal/datasets/new");
    officer.type_into("#title", "Chợ truyền thống");
    officer.down_to("#topic", "y-te");
    officer.down_to("#frequency", "yearly");
    officer.enter("main form button[type=submit]");
    assert!(officer.path().ends_with("/edit/about"), "{}", officer.path());
    let dataset = officer.path().trim_end_matches("/edit/about").to_owned();
    officer.type_into("#description", "Mỗi dòng là một chợ.");
    officer.enter("main form button[type=submit]");

    // The file dialog is the system's; what stands around it is the page's.
    let send = |officer: &mut Visit, file: &Path| {
        officer.goto(&format!("{dataset}/edit/tables"));
        officer.chrome.attach("#file", file);
        officer.reach("#declared");
        officer.chrome.press(Key::Space);
        officer.enter("#upload button[type=submit]");
        let upload = officer.path();
        // A page without scripts is loaded again until the file is read.
        for _ in 0..500 {
            if officer.path().ends_with("/reading") {
                return;
            }
            officer.goto(&upload);
        }
        panic!("the file is not read: {}", officer.chrome.text("main"));
    };
    send(&mut officer, &faulty);
    officer.look_at(false);
    assert!(officer.chrome.text("main").contains("không rõ"));
    let decide = |reviewer: &mut Visit, verdict: &str, reason: &str| {
        reviewer.goto(&format!("{dataset}/review"));
        reviewer.pick("verdict", verdict);
        reviewer.type_into("#reason", reason);
        reviewer.enter("section.decide form button[type=submit]");
    };
    submit_when_scanned(&officer, &dataset, "Đã đối chiếu.");
    decide(&mut reviewer, "refused", "Một dòng chưa có số sạp.");
    reviewer.look_at(false);
    officer.goto(&dataset);
    assert!(officer.chrome.text("main").contains("Một dòng chưa có số sạp."));
    send(&mut officer, &sound);
    submit_when_scanned(&officer, &dataset, "Đã đối chiếu.");
    decide(&mut reviewer, "approved", "Đủ dòng.");
    let mut reader = Visit::to(&portals.public);
    reader.goto("/dataset/cho-truyen-thong");
    reader.look();
    reader.end(&[]);
    reviewer.end(&[]);
    officer.end(&["409", "422"]);
}

/// A reader without an account reports an error; the officer corrects it with a note; everybody reads the correction. Nobody has a mouse.
fn correction(scripts: bool) {
    let portals = serve();
    let mut reader = Visit::to(&portals.public);
    let (mut officer, mut reviewer) = (at_work(&portals, "lan"), at_work(&portals, "binh"));
    for visit in [&reader, &officer, &reviewer] {
        visit.chrome.set_javascript(scripts);
    }
    reader.goto("/dataset/tram-y-te");
    reader.enter("a[href$='/bao-loi']");
    reader.look_at(scripts);
    // Nobody fills it in so fast: it is drawn again until a person could have.
    for _ in 0..200 {
        reader.enter("main form button[type=submit]");
        if reader.chrome.count("#errors a") >= 2 {
            break;
        }
    }
    assert_eq!(reader.chrome.count("#errors a"), 2, "an empty report is told what it lacks");
    reader.look_at(scripts);
    reader.pick("kind", "value");
    reader.type_into("#description", "Trạm 7 có 9 giường, không phải 7.");
    reader.enter("main form button[type=submit]");
    assert!(reader.path().starts_with("/bao-loi?code="), "{}", reader.path());
    reader.look_at(scripts);
    let receipt = reader.path().replace("&sent=1", "");

    officer.goto("/internal/reports");
    officer.look_at(scripts);
    officer.enter("main tbody a");
    officer.look_at(scripts);
    officer.type_into("form[action$='/correction'] textarea", "Sửa số giường của trạm 7.");
    officer.enter("form[action$='/correction'] button[type=submit]");
    let dataset = officer.path().split("/edit").next().unwrap_or_default().trim_end_matches("/correction").to_owned();
    officer.look_at(scripts);
    reader.goto(&receipt);
    reader.look_at(scripts);
    submit_when_scanned(&officer, &dataset, "Sửa theo góp ý.");
    reviewer.goto(&format!("{dataset}/review"));
    reviewer.look_at(scripts);
    reviewer.pick("verdict", "approved");
    reviewer.type_into("#reason", "Đúng là 9 giường.");
    reviewer.enter("section.decide form button[type=submit]");
    reader.goto(&receipt);
    reader.look_at(scripts);
    reader.goto("/dataset/tram-y-te?tab=versions");
    reader.look_at(scripts);
    assert!(reader.chrome.text("main").contains("Sửa số giường của trạm 7."));
    reader.end(&["422"]);
    reviewer.end(&[]);
    officer.end(&["409", "422"]);
}

#[test]
fn a_correction_follows_a_reader_s_report() {
    correction(true);
}

#[test]
fn a_correction_needs_no_javascript() {
    correction(false);
}

/// The coordinating department opens a review of accounts, an agency's focal point answers, and both see how everybody stands. Nobody has
/// a mouse.
fn account_review(scripts: bool) {
    let place = Place::copy_of(province());
    tamper(&place, "UPDATE account_role SET role = 'coordinator' WHERE role = 'approver'");
    tamper(&place, "UPDATE account_role SET role = 'focal-point' WHERE role = 'editor'");
    tamper(&place, "UPDATE account SET lang = 'vi'");
    let portals = serve_copy(&place, |command| command);
    let (mut coordinator, mut focal) = (at_work(&portals, "binh"), at_work(&portals, "lan"));
    for visit in [&coordinator, &focal] {
        visit.chrome.set_javascript(scripts);
    }
    coordinator.goto("/internal/accounts");
    coordinator.look_at(scripts);
    coordinator.enter("a[href='/internal/accounts/reviews']");
    coordinator.look_at(scripts);
    coordinator.type_into("#due", "31/02/2099");
    coordinator.enter("form[action='/internal/accounts/reviews'] button[type=submit]");
    assert_eq!(coordinator.chrome.count("#errors a"), 1, "there is no such day");
    coordinator.type_into("#due", "31/12/2099");
    coordinator.enter("form[action='/internal/accounts/reviews'] button[type=submit]");
    coordinator.look_at(scripts);
    assert!(coordinator.chrome.text("main").contains("Trần Thị Lan"));

    // Whoever answers finds it on their own.
    focal.goto("/internal/accounts/reviews");
    focal.enter("main tbody a");
    focal.look_at(scripts);
    assert_eq!(focal.chrome.count("main tbody select[name^=verdict-]"), 2, "everybody of the agency but oneself");
    focal.down_to("select[name^=verdict-]", "close");
    focal.enter("button[name=rest]");
    focal.look_at(scripts);
    let chosen = focal
        .chrome
        .eval("return [...document.querySelectorAll('select[name^=verdict-]')].map(list => list.value).sort().join();");
    assert_eq!(chosen, "close,keep");
    coordinator.goto(&focal.path());
    coordinator.look_at(scripts);
    let standings = coordinator.chrome.eval(
        "return new Set([...document.querySelectorAll('main tbody .badge')].map(badge => badge.textContent)).size;",
    );
    assert_eq!(standings, 3, "one is kept, one is closed, and whoever answers has to wait for an answer");
    focal.end(&[]);
    coordinator.end(&["422"]);
}

#[test]
fn accounts_are_reviewed() {
    account_review(true);
}

#[test]
fn a_review_of_accounts_needs_no_javascript() {
    account_review(false);
}

/// Every page with sample values, and every component in every state.
fn gallery(lang: &str) {
    let portals = serve();
    let mut visit = Visit::to(&portals.internal);
    visit.open(&format!("/gallery?lang={lang}"));
    for name in khomo::web::gallery::PAGES {
        visit.open(&format!("/gallery/{name}?lang={lang}"));
        let found = visit.chrome.eval("return document.documentElement.lang;");
        if found != lang {
            visit.wrong.push(format!("/gallery/{name}: the page says it is in {found}"));
        }
    }
    assert!(visit.looked_at > 25);
    visit.end(&[]);
}

#[test]
fn every_page_of_the_gallery_is_accessible_in_vietnamese() {
    gallery("vi");
}

#[test]
fn every_page_of_the_gallery_is_accessible_in_english() {
    gallery("en");
}
