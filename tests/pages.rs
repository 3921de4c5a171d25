//! Public pages: sound HTML, the right headers, two languages, never stale, and no harm from strange addresses.

use std::collections::BTreeMap;
use std::io::Read;

use khomo::dataset::ColumnNote;
use khomo::kernel::Localized;
use serde_json::Value;

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, HOME, Khomo, PUBLIC_URL, SMALL, vi};

/// A path in a language.
fn within(prefix: &str, path: &str) -> String {
    match (prefix, path) {
        ("", path) => path.to_owned(),
        (prefix, "/") => prefix.to_owned(),
        (prefix, path) if path.starts_with("/?") => format!("{prefix}{}", &path[1..]),
        (prefix, path) => format!("{prefix}{path}"),
    }
}

/// A portal with something of everything: versions, two tables, a withdrawn dataset, one in both languages.
async fn furnished() -> Khomo {
    let khomo = Khomo::start();
    let notes = vec![ColumnNote {
        title: "Dân số".into(),
        title_en: Some("Population".into()),
        meaning: Some(vi("Số người thường trú.")),
        unit: Some(vi("người")),
        ..ColumnNote::default()
    }];
    let first = khomo.dataset("dan-so").title("Dân số các xã").english("Population of communes").dictionary(notes);
    let first = first.describe(|metadata| {
        metadata.description.en = Some("One row a commune.".into());
        metadata.keywords = vec!["nhân khẩu".into(), "dân cư".into()];
        metadata.spatial = Some(Localized { vi: "Toàn tỉnh".into(), en: Some("The province".into()) });
        (metadata.from, metadata.to) = (Some("2026-01-01".into()), Some("2026-06-30".into()));
    });
    first.publish().await;
    khomo.clock.advance(24 * 3600);
    khomo.dataset("dan-so").title("Dân số các xã").csv("bang", &long(30)).await.publish().await;
    let two = khomo.dataset("tram-y-te").title("Trạm y tế").csv("tram", SMALL).await.csv("giuong", &long(60)).await;
    two.publish().await;
    let gone = khomo.dataset("da-rut").title("Đã rút").publish().await;
    khomo.withdraw(&gone, "approver").unwrap();
    khomo.index();
    khomo
}

/// A table with ties, empty cells and every kind of column.
fn long(rows: usize) -> String {
    let mut csv = "Mã,Loại,Số lượng,Giá trị,Ngày,Có\n".to_owned();
    for row in 0..rows {
        let kind = ["Chợ", "Ao", "Đình", "", "Cầu"][row % 5];
        let number = if row % 7 == 3 { String::new() } else { ((row * 37) % 11).to_string() };
        let value = if row % 4 == 1 { String::new() } else { format!("{}.5", (row * 13) % 23) };
        let day = if row % 6 == 5 { String::new() } else { format!("{:02}/03/2026", 1 + (row * 5) % 28) };
        let yes = ["có", "không", ""][row % 3];
        csv.push_str(&format!("{row:05},{kind},{number},{value},{day},{yes}\n"));
    }
    csv
}

const PAGES: &[&str] = &[
    "/",
    "/dataset",
    "/dataset?q=dan+so",
    "/dataset?q=khong-co-gi-nhu-the",
    "/dataset?q=tram&topic=y-te&format=csv&sort=title",
    "/dataset?topic=khong-co",
    "/dataset?sort=updated&page=2",
    "/dataset/dan-so",
    "/dataset/dan-so?tab=structure",
    "/dataset/dan-so?tab=versions",
    "/dataset/dan-so?sort=-so_luong&page=2",
    "/dataset/dan-so/v/1",
    "/dataset/dan-so/v/1?tab=structure",
    "/dataset/dan-so/v/2",
    "/dataset/tram-y-te",
    "/dataset/tram-y-te?resource=giuong&page=3",
    "/dataset/tram-y-te?resource=giuong&tab=structure",
    "/organization",
    "/organization/so-y-te",
    "/organization/so-y-te?page=2",
    "/topic",
    "/topic/y-te",
    "/topic/giao-duc",
    "/terms",
    "/about",
    "/van-ban",
    "/quy",
    "/quy/khoa",
    "/tinh-hinh-cap-nhat",
    "/tinh-hinh-cap-nhat?sort=share",
    "/thong-ke",
    "/thong-ke?range=12m",
    "/thong-ke?range=all",
    "/danh-muc-du-lieu-mo",
    "/danh-muc-du-lieu-mo/so-sanh",
    "/ke-hoach-du-lieu-mo",
    "/yeu-cau-du-lieu",
    "/yeu-cau-du-lieu?q=khong-co-gi&state=open&sort=newest",
];
const REFUSED: &[(&str, u16)] = &[
    ("/khong-co", 404),
    ("/dataset/khong-co", 404),
    ("/dataset/dan-so/v/9", 404),
    ("/dataset/dan-so/khong-co.csv", 404),
    ("/organization/khong-co", 404),
    ("/topic/khong-co", 404),
    ("/danh-muc-du-lieu-mo/1", 404),
    ("/ke-hoach-du-lieu-mo/2026", 404),
    ("/yeu-cau-du-lieu/1", 404),
    ("/yeu-cau-du-lieu/01", 404),
    ("/quy/2026-Q3", 404),
    ("/thong-ke/luot-su-dung.txt", 404),
    ("/dataset/da-rut", 410),
    ("/dataset/da-rut/v/1", 410),
    ("/dataset/da-rut/bang.csv", 410),
];

#[actix_web::test]
async fn every_public_page_is_sound_html_in_both_languages() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let all = PAGES.iter().map(|path| (*path, 200)).chain(REFUSED.iter().copied());
    for (path, status) in all {
        for (prefix, lang) in [("", "vi"), ("/en", "en")] {
            let path = within(prefix, path);
            let answer = reader.get(&path).await;
            assert_eq!(answer.status, status, "{path}");
            assert_clean(&path, &answer.text(), &[PUBLIC_URL]);
            assert_eq!(answer.attribute("html", "lang").as_deref(), Some(lang), "{path}");
            assert!(
                !answer.text().contains("problem-") && !answer.text().contains("{$"),
                "{path} shows a message's id"
            );
        }
    }
}

#[actix_web::test]
async fn pages_without_data_and_without_an_index_are_sound_as_well() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    for path in
        ["/", "/dataset", "/dataset?q=x", "/organization", "/topic", "/topic/y-te", "/about", "/organization/so-y-te"]
    {
        for prefix in ["", "/en"] {
            let path = within(prefix, path);
            let answer = reader.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_clean(&path, &answer.text(), &[PUBLIC_URL]);
        }
    }
}

#[actix_web::test]
async fn every_internal_page_is_sound_html() {
    let khomo = furnished().await;
    khomo.dataset("nhap").title("Bản nháp").csv("bang", "A,B\n1,2\n3\n4,5,6\n").await.import().unwrap();
    let mut browser = khomo.internal().await;
    let own = [PUBLIC_URL, "http://127.0.0.1:8081"];
    for path in
        ["/internal/sign-in", "/internal/sign-in?lang=en", "/internal/sign-in?next=/internal/audit", "/khong-co"]
    {
        assert_clean(path, &browser.get(path).await.text(), &own);
    }
    let wrong = browser.sign_in("editor", "sai").await;
    assert_clean("a failed sign-in", &wrong.text(), &own);
    let mut editor = khomo.signed_in("editor").await;
    let refused = editor.get("/internal/audit").await;
    assert_eq!(refused.status, 403);
    assert_clean("a refusal", &refused.text(), &own);
    let mut coordinator = khomo.signed_in("coordinator").await;
    let ids = khomo.lines("SELECT id AS line FROM dataset");
    let mut paths: Vec<String> = ids.iter().map(|id| format!("/internal/datasets/{id}")).collect();
    paths.extend(ids.iter().map(|id| format!("/internal/datasets/{id}?version=1")));
    for path in [
        "/internal",
        "/internal/alerts",
        "/internal/audit/1",
        "/internal/account",
        "/internal/datasets",
        "/internal/datasets?state=draft",
        "/internal/datasets?q=dan+so&agency=so-y-te",
        "/internal/datasets?q=khong-co",
        "/internal/audit",
        "/internal/audit?action=dataset.publish&from=01/09/2026&to=2026-09-30",
        "/internal/audit?from=khi-nao",
        "/internal/audit?actor=editor&object=x",
    ] {
        paths.push(path.to_owned());
    }
    for lang in ["vi", "en"] {
        khomo.raw(&format!("UPDATE account SET lang = '{lang}'")).unwrap();
        for path in &paths {
            let answer = coordinator.get(path).await;
            assert_eq!(answer.status, 200, "{path}");
            assert_clean(path, &answer.text(), &own);
            assert_eq!(answer.attribute("html", "lang").as_deref(), Some(lang), "{path}");
        }
    }
}

#[actix_web::test]
async fn links_on_public_pages_lead_somewhere() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let mut known: BTreeMap<String, Answer> = BTreeMap::new();
    for prefix in ["", "/en"] {
        for path in PAGES.iter().chain(REFUSED.iter().map(|(path, _)| path)) {
            let path = within(prefix, path);
            let page = reader.get(&path).await;
            for link in page.attributes("a[href]", "href") {
                let local = link.strip_prefix(PUBLIC_URL).unwrap_or(&link);
                if !local.starts_with('/') {
                    continue;
                }
                let (to, fragment) = local.split_once('#').map_or((local, None), |(to, id)| (to, Some(id)));
                if !known.contains_key(to) {
                    known.insert(to.to_owned(), reader.get(to).await);
                }
                let there = &known[to];
                // The language switch of an address that is not there leads to one that is not there either.
                let expected = if page.status == 200 { 200..=200 } else { 200..=410 };
                assert!(expected.contains(&there.status), "{path} links to {link}: {}", there.status);
                if let Some(id) = fragment {
                    assert!(there.attributes("[id]", "id").iter().any(|known| known == id), "{path} links to {link}");
                }
            }
        }
    }
}

#[actix_web::test]
async fn canonical_addresses_and_languages_point_at_each_other() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for path in [
        "/",
        "/dataset",
        "/dataset/dan-so",
        "/organization",
        "/organization/so-y-te",
        "/topic",
        "/topic/y-te",
        "/terms",
        "/about",
        "/van-ban",
    ] {
        let mut seen = Vec::new();
        for prefix in ["", "/en"] {
            let address = within(prefix, path);
            let page = reader.get(&address).await;
            let own = if address == "/" { format!("{PUBLIC_URL}/") } else { format!("{PUBLIC_URL}{address}") };
            assert_eq!(page.attributes("link[rel=canonical]", "href"), [own], "{address}");
            let languages = page.attributes("link[rel=alternate][hreflang]", "hreflang");
            assert_eq!(languages, ["vi", "en", "x-default"], "{address}");
            let hrefs = page.attributes("link[rel=alternate][hreflang]", "href");
            for href in &hrefs {
                let there = reader.get(href.strip_prefix(PUBLIC_URL).unwrap()).await;
                assert_eq!(there.status, 200, "{address} names {href}");
            }
            seen.push(hrefs);
        }
        assert_eq!(seen[0], seen[1], "{path}: both languages name the same addresses");
    }
    for path in ["/khong-co", "/dataset/da-rut"] {
        let page = reader.get(path).await;
        assert_eq!(page.attributes("link[rel=canonical]", "href"), Vec::<String>::new(), "{path}");
        assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"), "{path}");
    }
    // What a list shows has one address, however it was asked for; what was searched for is not kept by search engines.
    for (path, canonical, kept) in [
        // There is one page: a page past the last is the last.
        ("/dataset?page=2", "/dataset", true),
        ("/dataset?page=1&utm_source=x&sort=relevance", "/dataset", true),
        ("/dataset?page=2&sort=title&la=1", "/dataset?sort=title", true),
        ("/dataset?q=dan+so", "/dataset?q=dan%20so", false),
        (
            "/dataset?page=2&format=csv&topic=y-te&sort=title&topic=giao-duc&q=so&x=1",
            "/dataset?q=so&topic=giao-duc&topic=y-te&format=csv&sort=title",
            false,
        ),
        ("/organization/so-y-te?page=2", "/organization/so-y-te", true),
    ] {
        for prefix in ["", "/en"] {
            let page = reader.get(&format!("{prefix}{path}")).await;
            let own = format!("{PUBLIC_URL}{prefix}{canonical}");
            assert_eq!(page.attributes("link[rel=canonical]", "href"), [own], "{prefix}{path}");
            let robots = page.attribute("meta[name=robots]", "content");
            assert_eq!(robots.as_deref(), (!kept).then_some("noindex"), "{prefix}{path}");
        }
    }
    let older = reader.get("/dataset/dan-so/v/1").await;
    assert_eq!(older.attributes("link[rel=canonical]", "href"), [format!("{PUBLIC_URL}/dataset/dan-so")]);
}

#[actix_web::test]
async fn every_page_of_an_illustration_says_what_the_profile_says_of_it() {
    let khomo = furnished().await;
    let said = khomo.app.profile().province.illustration_text.clone();
    let (mut reader, mut inside) = (khomo.public().await, khomo.internal().await);
    for (path, text) in [("/", &said.vi), ("/en/dataset/dan-so", said.en.as_ref().unwrap())] {
        let page = reader.get(path).await;
        assert_eq!(page.texts(".demo-strip").len(), 1, "{path}");
        assert!(page.texts(".demo-strip")[0].contains(text.as_str()), "{path}");
    }
    assert!(inside.get("/internal/sign-in").await.texts(".demo-strip")[0].contains(&said.vi));
}

#[actix_web::test]
async fn a_page_past_the_last_shows_the_last() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for path in ["/dataset", "/organization/so-y-te", "/topic/y-te"] {
        let (first, past) = (reader.get(path).await, reader.get(&format!("{path}?page=999")).await);
        assert!(!first.texts(".result h3").is_empty(), "{path}");
        assert_eq!(past.texts(".result h3"), first.texts(".result h3"), "{path}");
    }
}

#[actix_web::test]
async fn what_matches_best_is_offered_only_where_something_was_typed() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let all = reader.get("/dataset").await;
    assert_eq!(all.attributes("#sort option", "value"), ["updated", "used", "title"]);
    assert_eq!(all.attribute("#sort option[selected]", "value").as_deref(), Some("updated"));
    let found = reader.get("/dataset?q=y+te+dan+so").await;
    assert_eq!(found.attribute("#sort option[selected]", "value").as_deref(), Some("relevance"));
}

#[actix_web::test]
async fn the_language_switch_keeps_the_page_and_its_choices() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let slash = reader.get("/en/").await;
    assert_eq!((slash.status, slash.header("location")), (308, Some("/en")));
    for path in [
        "/",
        "/dataset?q=dan+so&sort=title",
        "/dataset/dan-so?tab=structure",
        "/dataset/dan-so?sort=-so_luong&page=2",
        "/topic/y-te",
    ] {
        let english = reader.get(path).await.attribute("a.lang", "href").unwrap();
        assert_eq!(english, within("/en", path));
        let back = reader.get(&english).await.attribute("a.lang", "href").unwrap();
        assert_eq!(back, path);
    }
}

#[actix_web::test]
async fn no_public_answer_sets_a_cookie_or_reads_one() {
    let khomo = furnished().await;
    let inside = khomo.signed_in("editor").await;
    let mut reader = khomo.public().await;
    let mut signed_in = reader.stranger();
    signed_in.cookies = inside.cookies.clone();
    let files = ["/dataset/dan-so/bang.csv", "/static/khomo.css", "/healthz", "/readyz", "/favicon.ico"];
    for path in PAGES.iter().chain(REFUSED.iter().map(|(path, _)| path)).chain(&files) {
        let (plain, with_cookie) = (reader.get(path).await, signed_in.get(path).await);
        for answer in [&plain, &with_cookie] {
            assert!(answer.all("set-cookie").is_empty(), "{path}");
        }
        assert_eq!(plain.body, with_cookie.body, "{path}");
    }
}

fn assert_safe_headers(answer: &Answer) {
    let at = format!("{} {}", answer.status, answer.path);
    let policy = answer.header("content-security-policy").unwrap_or_else(|| panic!("{at} has no policy"));
    assert!(policy.contains("default-src 'none'"), "{at}: {policy}");
    for word in ["unsafe-inline", "unsafe-eval", "unsafe-hashes", "data:", "http:", "*"] {
        assert!(!policy.contains(word), "{at}: {policy}");
    }
    assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{at}");
    assert!(answer.header("referrer-policy").is_some(), "{at}");
    assert!(answer.header("x-request-id").is_some(), "{at}");
    for name in ["server", "x-powered-by"] {
        assert_eq!(answer.header(name), None, "{at}");
    }
}

#[actix_web::test]
async fn every_answer_of_both_portals_carries_the_policy_whatever_its_status() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let mut answers = Vec::new();
    for path in PAGES.iter().chain(REFUSED.iter().map(|(path, _)| path)) {
        answers.push(reader.get(path).await);
    }
    for path in [
        "/dataset/dan-so/bang.csv",
        "/static/khomo.css",
        "/static/khong-co.css",
        "/healthz",
        "/readyz",
        "/dataset/dan-so/bang.schema.json",
    ] {
        answers.push(reader.get(path).await);
    }
    let page = reader.get("/").await;
    answers.push(reader.get_with("/", &[("If-None-Match", page.header("etag").unwrap())]).await);
    answers.push(reader.get_with("/dataset/dan-so/bang.csv", &[("Range", "bytes=0-3")]).await);
    answers.push(reader.get_with("/dataset/dan-so/bang.csv", &[("Range", "bytes=999999-")]).await);
    answers.push(reader.send("POST", "/dataset", &[], None).await);
    let mut editor = khomo.signed_in("editor").await;
    for path in [
        "/",
        "/internal/datasets",
        "/internal/audit",
        "/khong-co",
        "/static/khomo.css",
        "/healthz",
        "/readyz",
        "/metrics",
    ] {
        answers.push(editor.get(path).await);
    }
    answers.push(editor.post_bare("/internal/sign-out", &[]).await);
    answers.push(editor.stranger().get("/internal/account").await);
    khomo.raw("DROP TABLE usage_count").unwrap();
    khomo.dataset("moi").publish().await;
    answers.push(reader.get("/").await);
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    for status in [200, 206, 303, 304, 403, 404, 405, 410, 416, 500] {
        assert!(statuses.contains(&status), "no answer with {status} was looked at: {statuses:?}");
    }
    for answer in &answers {
        assert_safe_headers(answer);
    }
}

#[actix_web::test]
async fn a_fault_shows_its_number_and_nothing_of_its_cause() {
    let khomo = furnished().await;
    khomo.raw("DROP TABLE usage_count").unwrap();
    let mut reader = khomo.public().await;
    for path in ["/", "/en", "/dataset/dan-so"] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 500, "{path}");
        assert_clean(path, &answer.text(), &[PUBLIC_URL]);
        assert!(answer.text().contains(answer.header("x-request-id").unwrap()), "{path}");
        for word in ["usage_count", "no such table", "does not exist", "src/"] {
            assert!(!answer.text().contains(word), "{path} tells {word}");
        }
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[actix_web::test]
async fn who_has_a_page_is_told_so_plain_and_compressed() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for path in PAGES {
        let plain = reader.get(path).await;
        let packed = reader.get_with(path, &[("Accept-Encoding", "br, gzip;q=0.8")]).await;
        assert_eq!(plain.header("content-encoding"), None);
        assert_eq!(packed.header("content-encoding"), Some("gzip"), "{path}");
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(&packed.body[..]).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.body, "{path}");
        assert_ne!(plain.header("etag"), packed.header("etag"), "{path}: one tag a representation");
        for (answer, accept) in [(&plain, "identity"), (&packed, "gzip")] {
            assert_eq!(answer.header("vary"), Some("Accept-Encoding"), "{path}");
            assert_eq!(answer.header("cache-control"), Some("public, no-cache"), "{path}");
            let tag = answer.header("etag").unwrap();
            let again = reader.get_with(path, &[("If-None-Match", tag), ("Accept-Encoding", accept)]).await;
            assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag)), "{path}");
        }
        let refused = reader.get_with(path, &[("Accept-Encoding", "gzip;q=0")]).await;
        assert_eq!(refused.header("content-encoding"), None, "{path}");
    }
}

#[actix_web::test]
async fn static_files_are_kept_for_a_year_under_their_version_and_asked_again_without_it() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    let page = reader.get("/").await;
    let mut links = page.attributes("link[rel=stylesheet], link[rel=icon]", "href");
    links.extend(page.attributes("script[src]", "src"));
    assert!(links.len() > 2);
    for link in links {
        let answer = reader.get(&link).await;
        assert_eq!(answer.status, 200, "{link}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"), "{link}");
        let bare = link.split('?').next().unwrap();
        for path in [bare.to_owned(), format!("{bare}?v=0")] {
            assert_eq!(reader.get(&path).await.header("cache-control"), Some("public, no-cache"), "{path}");
        }
        let tag = answer.header("etag").unwrap();
        assert_eq!(reader.get_with(&link, &[("If-None-Match", tag)]).await.status, 304, "{link}");
    }
    for path in [
        "/static/../Cargo.toml",
        "/static/..%2FCargo.toml",
        "/static/%2e%2e/Cargo.toml",
        "/static/",
        "/static//etc/passwd",
    ] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("[package]"), "{path}");
    }
}

#[actix_web::test]
async fn a_page_is_never_older_than_the_last_publication() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let agency = format!("/organization/{HOME}");
    let paths = [
        "/",
        "/dataset",
        "/dataset?q=moi",
        "/dataset/dan-so",
        "/organization",
        &agency,
        "/topic",
        "/topic/y-te",
        "/about",
    ];
    let mut before = BTreeMap::new();
    for path in paths {
        before.insert(path, reader.get(path).await);
    }
    khomo.clock.advance(1);
    let id = khomo.dataset("moi").title("Bộ dữ liệu mới tinh").publish().await;
    khomo.dataset("dan-so").title("Dân số, tên mới").csv("bang", SMALL).await.publish().await;
    khomo.index();
    for path in paths {
        let tag = before[path].header("etag").unwrap();
        let after = reader.get_with(path, &[("If-None-Match", tag)]).await;
        assert_eq!(after.status, 200, "{path} is told to be unchanged");
        assert_ne!(after.body, before[path].body, "{path}");
    }
    for path in ["/", "/dataset", "/dataset?q=moi", &agency, "/topic/y-te"] {
        assert!(reader.get(path).await.text().contains("/dataset/moi"), "{path}");
    }
    assert!(reader.get("/dataset/dan-so").await.text().contains("Dân số, tên mới"));
    assert_eq!(reader.get("/dataset/moi").await.status, 200);
    khomo.withdraw(&id, "approver").unwrap();
    // Even before the index follows.
    for path in ["/", "/dataset", "/dataset?q=moi", &agency, "/topic/y-te"] {
        assert!(!reader.get(path).await.text().contains("href=\"/dataset/moi\""), "{path}");
    }
    assert_eq!(reader.get("/dataset/moi").await.status, 410);
}

#[actix_web::test]
async fn a_new_agency_is_in_the_directory_at_once() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for path in ["/organization", "/en/organization"] {
        assert!(!reader.get(path).await.text().contains("so-tu-phap"), "{path}");
    }
    khomo.register_agency("so-tu-phap", "Sở Tư pháp").unwrap();
    for path in ["/organization", "/en/organization"] {
        assert!(reader.get(path).await.text().contains("so-tu-phap"), "{path}");
    }
}

#[actix_web::test]
async fn a_dataset_turns_late_on_its_page_by_the_passing_of_time_alone() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let badges = async |reader: &mut Browser| reader.get("/dataset/dan-so").await.texts(".ds-head p.row.data");
    let before = badges(&mut reader).await;
    khomo.clock.advance(90 * 24 * 3600);
    assert_ne!(badges(&mut reader).await, before);
}

#[actix_web::test]
async fn json_ld_says_of_a_dataset_what_search_engines_ask_for() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for (path, url) in [("/dataset/dan-so", "/dataset/dan-so"), ("/en/dataset/tram-y-te", "/en/dataset/tram-y-te")] {
        let page = reader.get(path).await;
        let scripts = page.texts("script[type='application/ld+json']");
        assert_eq!(scripts.len(), 2, "{path}: the dataset, and the way to it");
        let json: Value = serde_json::from_str(&scripts[0]).unwrap();
        assert_eq!((json["@context"].as_str(), json["@type"].as_str()), (Some("https://schema.org/"), Some("Dataset")));
        let description = json["description"].as_str().unwrap().chars().count();
        assert!((50..=5000).contains(&description), "{path}: {description} characters");
        assert_eq!(json["url"], format!("{PUBLIC_URL}{url}"));
        for name in ["name", "license", "version", "inLanguage", "creditText"] {
            assert!(json[name].as_str().is_some_and(|text| !text.is_empty()), "{path}: {name}");
        }
        for name in ["datePublished", "dateModified"] {
            assert!(chrono::DateTime::parse_from_rfc3339(json[name].as_str().unwrap()).is_ok(), "{path}: {name}");
        }
        for name in ["creator", "publisher", "includedInDataCatalog"] {
            assert!(json[name]["name"].is_string() && json[name]["url"].is_string(), "{path}: {name}");
        }
        assert!(json["variableMeasured"].as_array().is_some_and(|columns| columns.len() > 3), "{path}");
        let files = json["distribution"].as_array().unwrap();
        assert!(files.len() >= 2, "{path}");
        for file in files {
            let address = file["contentUrl"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
            let answer = reader.get(&address).await;
            assert_eq!(answer.status, 200, "{address}");
            assert_eq!(file["contentSize"], format!("{} B", answer.body.len()), "{address}");
            assert_eq!(answer.header("etag").unwrap().trim_matches('"'), file["sha256"], "{address}");
            assert!(answer.header("content-type").unwrap().starts_with(file["encodingFormat"].as_str().unwrap()));
        }
    }
    let whole = reader.get("/dataset/dan-so").await;
    let json: Value = serde_json::from_str(&whole.texts("script[type='application/ld+json']")[0]).unwrap();
    assert_eq!((json["@type"].as_str(), json["version"].as_str()), (Some("Dataset"), Some("2")));
}

#[actix_web::test]
async fn what_people_write_is_shown_and_never_run() {
    let khomo = Khomo::start();
    let evil = "</script><script>alert(1)</script><img src=x onerror=alert(1)>\"'&";
    let csv = format!("\"{}\",Số\n\"{}\",1\n=1+1,2\n", evil.replace('"', "\"\""), evil.replace('"', "\"\""));
    let draft = khomo.dataset("doc-hai").title(evil).english(evil).csv("bang", &csv).await.describe(|metadata| {
        metadata.description = Localized {
            vi: format!(
                "{evil}\n\n<iframe src=//evil.example></iframe> [bấm](javascript:alert(1)) [ra](https://khac.example) \
                 ![](https://khac.example/x.png) <a href=\"data:text/html,x\">x</a>\n\n# Đầu\n\n| A |\n|---|\n| {evil} |\n"
            ),
            en: None,
        };
        metadata.keywords = vec![evil.to_owned()];
        metadata.spatial = Some(vi(evil));
        metadata.source = Some(vi(evil));
    });
    let id = draft.publish().await;
    khomo.index();
    let mut reader = khomo.public().await;
    let query = percent_encoding::utf8_percent_encode(evil, percent_encoding::NON_ALPHANUMERIC).to_string();
    let mut pages = Vec::new();
    for path in [
        "/",
        "/dataset",
        &format!("/dataset?q={query}"),
        &format!("/dataset?topic={query}&agency={query}&sort={query}"),
        "/dataset/doc-hai",
        "/dataset/doc-hai?tab=structure",
        "/dataset/doc-hai?tab=versions",
        &format!("/dataset/doc-hai?sort={query}&resource={query}&tab={query}"),
        &format!("/{query}"),
        &format!("/dataset/{query}"),
        "/topic/y-te",
    ] {
        for prefix in ["", "/en"] {
            pages.push(reader.get(&within(prefix, path)).await);
        }
    }
    khomo.withdraw(&id, "approver").unwrap();
    pages.push(reader.get("/dataset/doc-hai").await);
    for page in pages {
        assert!(page.is_html(), "{}", page.path);
        assert_clean(&page.path, &page.text(), &[PUBLIC_URL]);
        assert!(!page.text().contains("<script>alert"), "{}", page.path);
        assert!(!page.text().contains("<iframe") && !page.text().contains("<img src=x"), "{}", page.path);
    }
}

#[actix_web::test]
async fn english_falls_back_to_vietnamese_and_says_so() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let fallen = reader.get("/en/dataset/tram-y-te").await;
    assert_eq!(fallen.texts("h1[lang=vi]"), ["Trạm y tế"]);
    assert!(!fallen.attributes(".prose[lang=vi]", "lang").is_empty());
    assert!(!fallen.texts(".note.info").is_empty(), "it says that the text is in the other language");
    let vietnamese = reader.get("/dataset/tram-y-te").await;
    assert_eq!(vietnamese.attributes("h1[lang]", "lang"), Vec::<String>::new());
    let english = reader.get("/en/dataset/dan-so/v/1").await;
    assert_eq!(english.texts("h1"), ["Population of communes"]);
    assert_eq!(english.attributes("h1[lang]", "lang"), Vec::<String>::new());
    let listed = reader.get("/en/dataset?q=tram").await;
    assert!(listed.texts(".result a[lang=vi]").iter().any(|title| title == "Trạm y tế"));
}

#[actix_web::test]
async fn pages_that_are_not_there_show_the_ways_on_in_the_readers_language() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for (path, status) in REFUSED {
        for (prefix, home) in [("", "/"), ("/en", "/en")] {
            let path = within(prefix, path);
            let answer = reader.get(&path).await;
            assert_eq!(answer.status, *status);
            let links = answer.attributes("main a[href]", "href");
            let forms = answer.attributes("main form", "action");
            assert!(forms.contains(&within(prefix, "/dataset")), "{path} has no search");
            if *status == 404 {
                for wanted in [home.to_owned(), within(prefix, "/dataset"), within(prefix, "/topic")] {
                    assert!(links.contains(&wanted), "{path}: no way to {wanted}");
                }
            } else {
                assert!(links.contains(&within(prefix, "/organization/so-y-te")), "{path}: no way to the agency");
                assert!(answer.text().contains("2026-09-05"), "{path}: since when");
            }
        }
    }
}

#[actix_web::test]
async fn strange_addresses_and_parameters_do_no_harm() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    let long_word = "%C4%91".repeat(5_000);
    let many: String = (0..500).map(|number| format!("&topic=t{number}")).collect();
    for query in [
        "page=0",
        "page=-1",
        "page=9223372036854775808",
        "page=18446744073709551616",
        "page=1e9",
        "page=",
        "page=%00",
        "sort=nonsense",
        "sort=%00",
        "sort=-",
        "sort=--so_luong",
        "tab=%00",
        "tab=nonsense",
        "resource=../../etc/passwd",
        "resource=%00",
        "q=%00",
        "q=%00%00dan",
        "q=%FF%FE",
        "q=%22",
        "q=%22dan+so",
        "q=(((",
        "q=a+AND+OR+NOT+*",
        "q=title:dan",
        "q=%25",
        "q=_",
        "q=%5C",
        "q=+++",
        "q=%F0%9F%8C%BE",
        &format!("q={long_word}"),
        &format!("q=a{many}"),
        "khong=biet&x[]=1&&&=&a",
        "topic=%00&agency=%00&format=%00",
        "utm_source=x&fbclid=y",
    ] {
        for path in [
            "/",
            "/dataset",
            "/dataset/dan-so",
            "/dataset/dan-so/v/1",
            "/organization/so-y-te",
            "/topic/y-te",
            "/about",
        ] {
            let path = format!("{path}?{query}");
            let answer = reader.get(&path).await;
            let short: String = path.chars().take(80).collect();
            assert_eq!(answer.status, 200, "{short}");
            if path.starts_with("/dataset") && path.len() < 1_000 {
                assert_clean(&short, &answer.text(), &[PUBLIC_URL]);
            }
        }
    }
    for path in [
        "/dataset/%00",
        "/dataset/%FF",
        "/dataset/..",
        "/dataset/%2e%2e%2f",
        "/organization/%00",
        "/topic/%00",
        "/dataset/dan-so/v/%00",
        "/dataset/dan-so/v/99999999999999999999",
        "/dataset/dan-so/%00.csv",
        "//evil.example/",
        "/en/en",
        "/EN",
        "/en//dataset",
        "/dataset/dan-so/",
    ] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn a_parameter_given_twice_counts_as_given_last() {
    let khomo = furnished().await;
    let mut reader = khomo.public().await;
    for (twice, once) in [
        ("/dataset/dan-so?page=1&page=2", "/dataset/dan-so?page=2"),
        ("/dataset/dan-so?tab=data&tab=structure", "/dataset/dan-so?tab=structure"),
        ("/organization/so-y-te?page=9&page=1", "/organization/so-y-te"),
    ] {
        let answer = reader.get(twice).await;
        assert_eq!(answer.status, 200, "{twice}");
        assert_eq!(answer.texts("main h1"), reader.get(once).await.texts("main h1"), "{twice}");
    }
}

/// All rows of a table as its pages show them, following "next" to the end.
async fn walk(reader: &mut Browser, start: &str) -> Vec<Vec<String>> {
    let (mut rows, mut path) = (Vec::new(), start.to_owned());
    loop {
        let page = reader.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        let cells = page.texts("tbody[lang=vi] td");
        let columns = page.texts("thead th").len();
        rows.extend(cells.chunks(columns).map(<[String]>::to_vec));
        let Some(next) = page.attribute(".pager a[rel=next]", "href") else { return rows };
        assert!(rows.len() < 10_000, "pages without end");
        path = next.split('#').next().unwrap().to_owned();
    }
}

#[actix_web::test]
async fn paging_shows_every_row_once_in_every_order() {
    let khomo = Khomo::start();
    khomo.dataset("dai").csv("bang", &long(137)).await.publish().await;
    let mut reader = khomo.public().await;
    let all = walk(&mut reader, "/dataset/dai").await;
    let codes: Vec<String> = (0..137).map(|row| format!("{row:05}")).collect();
    assert_eq!(all.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), codes, "in the order of the file");
    let keys = reader.get("/dataset/dai").await.texts("thead th .code-name");
    assert_eq!(keys.len(), 6);
    let source: Vec<Vec<String>> =
        long(137).lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect();
    for (column, key) in keys.iter().enumerate() {
        for descending in [false, true] {
            let sort = if descending { format!("-{key}") } else { key.clone() };
            let rows = walk(&mut reader, &format!("/dataset/dai?sort={sort}")).await;
            let (mut seen, mut wanted) = (rows.clone(), all.clone());
            seen.sort();
            wanted.sort();
            assert_eq!(seen, wanted, "sort={sort}: the same rows, each once");
            let order: Vec<usize> = rows.iter().map(|row| row[0].parse().unwrap()).collect();
            for pair in order.windows(2) {
                let (a, b) = (&source[pair[0]][column], &source[pair[1]][column]);
                let ordered = match (a.is_empty(), b.is_empty()) {
                    (true, false) => false,
                    (false, true) => true,
                    _ if a == b => pair[0] < pair[1],
                    _ => (rank(column, a) < rank(column, b)) != descending,
                };
                assert!(ordered, "sort={sort}: {a:?} before {b:?} (rows {pair:?})");
            }
        }
    }
}

/// What a cell of [`long`] is sorted by.
fn rank(column: usize, cell: &str) -> f64 {
    let place = |order: &[&str]| order.iter().position(|one| *one == cell).unwrap() as f64;
    match column {
        1 => place(&["Ao", "Cầu", "Chợ", "Đình"]),
        4 => cell.split('/').rev().fold(0.0, |sum, part| sum * 100.0 + part.parse::<f64>().unwrap()),
        5 => place(&["không", "có"]),
        _ => cell.parse().unwrap(),
    }
}

#[actix_web::test]
async fn numbers_and_dates_stand_in_the_readers_form() {
    let khomo = Khomo::start();
    khomo.dataset("so").csv("bang", "Tiền,Ngày\n1234567.5,31/12/2025\n").await.publish().await;
    let mut reader = khomo.public().await;
    let vi = reader.get("/dataset/so").await.texts("tbody[lang=vi] td");
    assert_eq!(vi, ["1.234.567,5", "31/12/2025"]);
    let en = reader.get("/en/dataset/so").await.texts("tbody[lang=vi] td");
    assert_eq!(en[0], "1,234,567.5");
}
