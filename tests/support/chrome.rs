//! A real browser for the main journeys: headless Chromium, driven over WebDriver by ChromeDriver.
//!
//! Everything here blocks, so that a journey reads from top to bottom. A step that fails fails the test, and so does a
//! browser that is not installed. Nothing waits for a time: a step ends when the browser says that it is done.

use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use url::{ParseError, Url};

/// The longest that any one step may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// A browser with one empty tab, its own profile folder and its own driver. All three go when this value does.
pub struct Chrome {
    runtime: Runtime,
    client: Option<Client>,
    driver: Child,
    _profile: TempDir,
    requests: Vec<String>,
    console: Vec<Message>,
}

/// A line of the browser's console: what scripts say, refused requests, breaches of the Content-Security-Policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    /// `SEVERE`, `WARNING`, `INFO` or `DEBUG`.
    pub level: String,
    /// The address, the place in it and the words.
    pub text: String,
}

/// What a page took to load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// Bytes of the page and of everything it asked for but pictures, compressed as they came.
    pub bytes: f64,
    /// Bytes of scripts among them.
    pub scripts: f64,
    /// By how much its parts moved while it was loaded: the cumulative layout shift.
    pub moved: f64,
}

/// A rule of axe-core that an element of the page breaks.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The rule, such as `color-contrast`.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// The CSS selector of the element.
    pub target: String,
    /// What the rule asks for, in English.
    pub help: String,
    /// What exactly is wrong with this element.
    pub summary: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} ({}) at {}: {}. {}", self.rule, self.impact, self.target, self.help, self.summary)
    }
}

impl Chrome {
    /// Starts a browser 1280 pixels wide. The programs are `KHOMO_CHROME` and `KHOMO_CHROMEDRIVER`, by default
    /// `/usr/bin/chromium` and `/usr/bin/chromedriver`.
    pub fn start() -> Self {
        let chrome = program("KHOMO_CHROME", "/usr/bin/chromium");
        let (driver, address) = start_driver(&program("KHOMO_CHROMEDRIVER", "/usr/bin/chromedriver"));
        let profile = tempfile::tempdir().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut browser =
            Self { runtime, client: None, driver, _profile: profile, requests: Vec::new(), console: Vec::new() };
        let capabilities = json!({
            "browserName": "chrome",
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": {
                "binary": chrome,
                "args": [
                    "--headless=new",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-default-apps",
                    "--disable-extensions",
                    "--hide-scrollbars",
                    "--force-device-scale-factor=1",
                    format!("--user-data-dir={}", browser._profile.path().display()),
                ],
            },
        });
        let Value::Object(capabilities) = capabilities else { unreachable!("an object was just written") };
        let client = browser.wait("start a session", async {
            ClientBuilder::new(HttpConnector::new()).capabilities(capabilities).connect(&address).await
        });
        browser.client = Some(client);
        browser.set_width(1280);
        browser
    }

    /// Makes the page `width` CSS pixels wide, narrower than any real window where asked for, and 900 high.
    pub fn set_width(&self, width: u32) {
        self.set_size(width, 900);
    }

    fn set_size(&self, width: u32, height: u32) {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Whether the reader's system asks for dark colours, from now on; without movement, so that the colours are there at once.
    pub fn set_dark(&self, on: bool) {
        let scheme = if on { "dark" } else { "light" };
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({ "features": features }));
    }

    /// Whether pages may run scripts, from the next page on. What the test itself asks of a page still works.
    pub fn set_javascript(&self, on: bool) {
        self.devtools("Emulation.setScriptExecutionDisabled", json!({ "value": !on }));
    }

    /// Opens an address and waits until the page is loaded.
    pub fn goto(&self, url: &str) {
        self.wait(&format!("open {url}"), self.client().goto(url));
    }

    /// The address of the page, as the address bar shows it.
    pub fn url(&self) -> Url {
        self.wait("ask for the address", self.client().current_url())
    }

    /// The page's title.
    pub fn title(&self) -> String {
        self.wait("ask for the title", self.client().title())
    }

    /// The page as it stands now, as HTML: what scripts changed is changed in it.
    pub fn html(&self) -> String {
        self.wait("ask for the source", self.client().source())
    }

    /// How many elements match a CSS selector.
    pub fn count(&self, css: &str) -> usize {
        self.wait(css, self.client().find_all(Locator::Css(css))).len()
    }

    /// The visible text of the first element that matches a CSS selector.
    pub fn text(&self, css: &str) -> String {
        self.wait(css, async { self.client().find(Locator::Css(css)).await?.text().await })
    }

    /// The value of an input.
    pub fn value(&self, css: &str) -> String {
        self.wait(css, async { self.client().find(Locator::Css(css)).await?.prop("value").await }).unwrap_or_default()
    }

    /// Clicks the first element that matches a CSS selector, where that opens no other page.
    pub fn click(&self, css: &str) {
        self.wait(&format!("click {css}"), async { self.client().find(Locator::Css(css)).await?.click().await });
    }

    /// Clicks a link or a button and waits until the page that it opens is loaded.
    pub fn open(&self, css: &str) {
        self.leave(&format!("open {css}"), Locator::Css(css));
    }

    /// Clicks the link with exactly this text and waits until the page that it opens is loaded.
    pub fn follow(&self, text: &str) {
        self.leave(&format!("follow {text}"), Locator::LinkText(text));
    }

    /// Presses Enter where the focus is and waits until the page that it opens is loaded.
    pub fn enter(&self) {
        self.leave_by("press Enter", async |client: &Client| {
            client.active_element().await?.send_keys(&char::from(Key::Enter).to_string()).await
        });
    }

    /// Types where the focus is.
    pub fn type_text(&self, text: &str) {
        self.wait("type", async { self.client().active_element().await?.send_keys(text).await });
    }

    fn leave(&self, step: &str, link: Locator<'_>) {
        self.leave_by(step, async |client: &Client| client.find(link).await?.click().await);
    }

    /// A click returns before a form's answer has come, so this waits for another document that is complete.
    fn leave_by(&self, step: &str, act: impl AsyncFnOnce(&Client) -> Result<(), CmdError>) {
        const DOCUMENT: &str = "return document.readyState === 'complete' ? performance.timeOrigin : null;";
        self.wait(step, async {
            let client = self.client();
            let before = client.execute("return performance.timeOrigin;", Vec::new()).await?;
            act(client).await?;
            loop {
                match client.execute(DOCUMENT, Vec::new()).await? {
                    now if now.is_null() || now == before => tokio::time::sleep(Duration::from_millis(10)).await,
                    _ => return Ok::<(), CmdError>(()),
                }
            }
        });
    }

    /// Empties an input and types into it.
    pub fn fill(&self, css: &str, text: &str) {
        self.wait(&format!("fill {css}"), async {
            let input = self.client().find(Locator::Css(css)).await?;
            input.clear().await?;
            input.send_keys(text).await
        });
    }

    /// Chooses the option with this value in a `<select>`.
    pub fn choose(&self, css: &str, value: &str) {
        self.wait(&format!("choose {value} in {css}"), async {
            self.client().find(Locator::Css(css)).await?.select_by_value(value).await
        });
    }

    /// Gives a file to an `<input type="file">`.
    pub fn attach(&self, css: &str, file: &Path) {
        self.attach_all(css, &[file]);
    }

    /// Gives files to an `<input type="file" multiple>`, beside those that it has.
    pub fn attach_all(&self, css: &str, files: &[&Path]) {
        let paths: Vec<String> = files.iter().map(|file| file.canonicalize().unwrap().display().to_string()).collect();
        self.wait(&format!("attach to {css}"), async {
            self.client().find(Locator::Css(css)).await?.send_keys(&paths.join("\n")).await
        });
    }

    /// Presses a key where the focus is, and tells where the focus is then: `#id`, or the tag and its text.
    pub fn press(&self, key: Key) -> String {
        self.wait("press a key", async {
            // Not by the element, which may take keys for something else: a file field takes them for a path.
            let value = char::from(key);
            let keys = KeyActions::new("keyboard".to_owned());
            let keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
            self.client().perform_actions(keys).await
        });
        let focus = self.eval(
            "const e = document.activeElement; if (!e) return '';
             return e.id ? '#' + e.id : e.localName + ' ' + (e.textContent || e.getAttribute('aria-label') || '').trim();",
        );
        focus.as_str().unwrap_or_default().to_owned()
    }

    /// Runs a script of the test's own in the page and gives what it returns.
    pub fn eval(&self, script: &str) -> Value {
        self.wait("run a script", self.client().execute(script, Vec::new()))
    }

    /// Waits until an element matches a CSS selector, for what a script brings.
    pub fn wait_for(&self, css: &str) {
        self.wait(&format!("wait for {css}"), async {
            self.client().wait().at_most(PATIENCE / 2).for_element(Locator::Css(css)).await
        });
    }

    /// What the page took to load: to be asked before it is made wider or narrower.
    pub fn load(&self) -> Load {
        let found = self.eval(
            "const parts = performance.getEntriesByType('resource').filter(e => !/\\.(svg|png)(\\?|$)/.test(e.name));
             const sum = list => list.reduce((sum, e) => sum + e.encodedBodySize, 0);
             const shifts = new PerformanceObserver(() => {});
             shifts.observe({ type: 'layout-shift', buffered: true });
             const moved = shifts.takeRecords().filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0);
             shifts.disconnect();
             return [sum(parts) + sum(performance.getEntriesByType('navigation')),
                     sum(parts.filter(e => e.initiatorType === 'script')), moved];",
        );
        let number = |at: usize| found[at].as_f64().expect("a number");
        Load { bytes: number(0), scripts: number(1), moved: number(2) }
    }

    /// By how many pixels the page is wider than its window; 0 where nobody has to scroll sideways.
    pub fn overflow(&self) -> i64 {
        self.eval("return document.scrollingElement.scrollWidth - window.innerWidth;").as_i64().unwrap_or(0).max(0)
    }

    /// Writes a picture of the whole page at the present width to a PNG file.
    pub fn screenshot(&self, file: &Path) {
        let size = self.eval("return [window.innerWidth, document.documentElement.scrollHeight];");
        let (width, height) = (size[0].as_u64().unwrap_or(1280), size[1].as_u64().unwrap_or(900));
        self.set_size(u32::try_from(width).unwrap(), u32::try_from(height.clamp(1, 16_000)).unwrap());
        let picture = self.wait("take a picture", self.client().screenshot());
        self.set_width(u32::try_from(width).unwrap());
        std::fs::write(file, picture).unwrap();
    }

    /// Everything that the browser has put on its console so far.
    pub fn console(&mut self) -> Vec<Message> {
        for entry in self.log("browser") {
            let text = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            self.console.push(Message { level: text("level"), text: text("message") });
        }
        self.console.clone()
    }

    /// What the console holds as errors: exceptions, failed requests, breaches of the policy.
    pub fn console_errors(&mut self) -> Vec<Message> {
        self.console().into_iter().filter(|message| message.level == "SEVERE").collect()
    }

    /// Every address that any page has asked for so far, in order, those that the policy stopped included.
    pub fn requests(&mut self) -> Vec<String> {
        for entry in self.log("performance") {
            let Some(text) = entry["message"].as_str() else { continue };
            let Ok(event) = serde_json::from_str::<Value>(text) else { continue };
            let event = &event["message"];
            if event["method"] == "Network.requestWillBeSent"
                && let Some(url) = event["params"]["request"]["url"].as_str()
            {
                self.requests.push(url.to_owned());
            }
        }
        self.requests.clone()
    }

    /// The addresses asked for that do not belong to `own`, the origin of the site under test.
    pub fn foreign_requests(&mut self, own: &str) -> BTreeSet<String> {
        let own = Url::parse(own).unwrap().origin();
        let within = |url: &Url| ["data", "blob", "about", "chrome"].contains(&url.scheme());
        self.requests()
            .into_iter()
            .filter(|url| !Url::parse(url).is_ok_and(|url| url.origin() == own || within(&url)))
            .collect()
    }

    /// What axe-core finds wrong on the page, with all its rules but the experimental ones. Scripts must be on. The
    /// program's source is the file `KHOMO_AXE`.
    pub fn axe(&self) -> Vec<Finding> {
        let file = env::var("KHOMO_AXE").expect("KHOMO_AXE is the path of axe.min.js: run the tests with `make test`");
        let source = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("KHOMO_AXE, {file}: {error}"));
        self.eval(&source);
        let answer = self.wait(
            "run axe",
            self.client().execute_async(
                "const done = arguments[arguments.length - 1];
                 axe.run(document, { resultTypes: ['violations'] }).then(
                     result => done({ violations: result.violations }),
                     error => done({ error: String(error) }));",
                Vec::new(),
            ),
        );
        assert!(answer["error"].is_null(), "axe failed: {}", answer["error"]);
        let violations = answer["violations"].as_array().expect("axe gives a list of violations");
        violations.iter().flat_map(findings_of).collect()
    }

    fn client(&self) -> &Client {
        self.client.as_ref().expect("a session was started")
    }

    /// Runs one step to its end, at most [`PATIENCE`] long.
    fn wait<T, E: fmt::Display>(&self, step: &str, work: impl Future<Output = Result<T, E>>) -> T {
        let done = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, work).await });
        match done {
            Ok(Ok(value)) => value,
            Ok(Err(error)) => panic!("the browser could not {step}: {error}"),
            Err(_) => panic!("the browser did not {step} within {} s", PATIENCE.as_secs()),
        }
    }

    fn devtools(&self, command: &'static str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.wait(command, self.client().issue_cmd(Extension { path: "goog/cdp/execute", body }))
    }

    /// What one of the driver's logs has got since it was last asked for.
    fn log(&self, kind: &'static str) -> Vec<Value> {
        let command = Extension { path: "se/log", body: json!({ "type": kind }) };
        match self.wait(kind, self.client().issue_cmd(command)) {
            Value::Array(entries) => entries,
            other => panic!("the log {kind} is no list: {other}"),
        }
    }
}

impl Drop for Chrome {
    /// Ends the session first, so that the driver ends the browser; then the driver, by its id.
    fn drop(&mut self) {
        if let Some(client) = self.client.take() {
            let _ =
                self.runtime.block_on(async { tokio::time::timeout(Duration::from_secs(10), client.close()).await });
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

fn findings_of(violation: &Value) -> Vec<Finding> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |node: &Value| Finding {
        rule: text(&violation["id"]),
        impact: text(if node["impact"].is_string() { &node["impact"] } else { &violation["impact"] }),
        target: node["target"].as_array().into_iter().flatten().map(text).collect::<Vec<_>>().join(" "),
        help: text(&violation["help"]),
        summary: text(&node["failureSummary"]).split_whitespace().collect::<Vec<_>>().join(" "),
    };
    violation["nodes"].as_array().into_iter().flatten().map(one).collect()
}

fn program(variable: &str, default: &str) -> String {
    let path = env::var(variable).ok().filter(|path| !path.is_empty()).unwrap_or_else(|| default.to_owned());
    assert!(Path::new(&path).is_file(), "{variable}: no program at {path}; `make tools-test` tells what to install");
    path
}

/// Starts the driver on a port of its own choice and gives its address. It looks for a free port and then takes it, so that two
/// that start at once may want the same one: the loser is started anew.
fn start_driver(program: &str) -> (Child, String) {
    const TRIES: usize = 10;
    (0..TRIES).find_map(|_| try_driver(program)).unwrap_or_else(|| panic!("{program} did not start, {TRIES} times"))
}

fn try_driver(program: &str) -> Option<(Child, String)> {
    let mut driver = Command::new(program)
        .args(["--port=0", "--log-level=WARNING"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|error| panic!("cannot start {program}: {error}"));
    let mut lines = BufReader::new(driver.stdout.take().unwrap()).lines();
    let port = lines
        .by_ref()
        .map_while(Result::ok)
        .find_map(|line| line.strip_suffix('.')?.split_once("successfully on port ")?.1.parse::<u16>().ok());
    // What it says later is read too, lest it wait for ever on a full pipe.
    std::thread::spawn(move || lines.map_while(Result::ok).for_each(drop));
    match port {
        Some(port) => Some((driver, format!("http://127.0.0.1:{port}"))),
        None => {
            let _ = driver.kill();
            let _ = driver.wait();
            None
        }
    }
}

/// A command of ChromeDriver's own, beyond the standard ones: always a POST to a path of the session.
#[derive(Debug)]
struct Extension {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Extension {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Read, Write};
    use std::net::{TcpListener, TcpStream};

    use super::*;

    const PAGE: &str = "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>Kho mở</title>\
        <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\"></head><body><main>\
        <h1>Kho mở</h1><p id=\"state\">không có script</p>\
        <form action=\"/tim\"><label for=\"q\">Tìm</label> <input id=\"q\" name=\"q\"> <button>Tìm</button></form>\
        <p><a href=\"/sau\">Trang sau</a></p></main><script src=\"/app.js\"></script></body></html>";
    const FAULTY: &str = "<!doctype html><html><head><meta charset=\"utf-8\"><title>x</title></head><body>\
        <img src=\"http://khac.invalid/a.png\"><pre>rộng rộng rộng rộng rộng rộng rộng rộng rộng rộng rộng rộng</pre>\
        <script>1</script></body></html>";

    /// A site of three pages under a strict policy, for as long as the test runs.
    fn site() -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                std::thread::spawn(move || answer(stream));
            }
        });
        origin
    }

    fn answer(mut stream: TcpStream) {
        let mut head = Vec::new();
        let mut buffer = [0_u8; 1024];
        while !head.windows(4).any(|end| end == b"\r\n\r\n") {
            match stream.read(&mut buffer) {
                Ok(n) if n > 0 => head.extend_from_slice(&buffer[..n]),
                _ => return,
            }
        }
        let head = String::from_utf8_lossy(&head).into_owned();
        let path = head.split(' ').nth(1).unwrap_or("/").to_owned();
        let (kind, body) = match path.split('?').next().unwrap_or("/") {
            "/app.js" => ("text/javascript", "document.getElementById('state').textContent = 'có script';"),
            "/faulty" => ("text/html", FAULTY),
            _ => ("text/html", PAGE),
        };
        let _ = write!(
            stream,
            "HTTP/1.1 200 OK\r\nContent-Type: {kind}; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\
             Content-Security-Policy: default-src 'none'; script-src 'self'; img-src 'self' data:; form-action 'self'\r\n\r\n{body}",
            body.len()
        );
    }

    #[test]
    fn a_sound_page_is_read_used_and_found_sound() {
        let origin = site();
        let mut chrome = Chrome::start();
        chrome.goto(&origin);
        assert_eq!((chrome.title().as_str(), chrome.text("#state").as_str()), ("Kho mở", "có script"));
        assert_eq!(chrome.axe(), []);

        chrome.fill("#q", "dân số");
        chrome.open("button");
        assert_eq!(chrome.url().query(), Some("q=d%C3%A2n+s%E1%BB%91"));
        chrome.follow("Trang sau");
        assert_eq!(chrome.url().path(), "/sau");
        assert_eq!(chrome.press(Key::Tab), "#q");

        assert_eq!(chrome.console_errors(), []);
        assert!(chrome.requests().contains(&format!("{origin}/app.js")));
        assert_eq!(chrome.foreign_requests(&origin), BTreeSet::new());
    }

    #[test]
    fn without_scripts_the_page_still_answers() {
        let origin = site();
        let chrome = Chrome::start();
        chrome.set_javascript(false);
        chrome.goto(&origin);
        assert_eq!(chrome.text("#state"), "không có script");
        chrome.fill("#q", "đất");
        chrome.open("button");
        assert_eq!(chrome.url().path(), "/tim");
        chrome.set_javascript(true);
        chrome.goto(&origin);
        assert_eq!(chrome.text("#state"), "có script");
    }

    #[test]
    fn a_faulty_page_is_told_from_a_sound_one() {
        let origin = site();
        let mut chrome = Chrome::start();
        chrome.set_width(320);
        chrome.goto(&format!("{origin}/"));
        assert_eq!(chrome.eval("return window.innerWidth;"), 320);
        assert_eq!(chrome.overflow(), 0);

        chrome.goto(&format!("{origin}/faulty"));
        assert!(chrome.overflow() > 0);
        let rules: BTreeSet<String> = chrome.axe().into_iter().map(|finding| finding.rule).collect();
        for rule in ["html-has-lang", "image-alt"] {
            assert!(rules.contains(rule), "{rules:?}");
        }
        let errors = chrome.console_errors();
        assert!(errors.iter().any(|error| error.text.contains("Content Security Policy")), "{errors:?}");
        assert_eq!(chrome.foreign_requests(&origin), BTreeSet::from(["http://khac.invalid/a.png".to_owned()]));
    }

    #[test]
    fn a_picture_shows_the_whole_page() {
        let origin = site();
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.png");
        let chrome = Chrome::start();
        chrome.goto(&origin);
        chrome.screenshot(&file);
        assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
    }
}
