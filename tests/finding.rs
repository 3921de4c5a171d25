//! Finding and being found: what is offered while somebody types, what goes with a dataset, feeds, site maps, pictures, descriptions for
//! search engines, short links.

use std::collections::BTreeSet;

use khomo::dataset::ColumnNote;
use khomo::kernel::Localized;
use serde_json::Value;

use crate::support::html::assert_clean;
use crate::support::kit::{AWAY, Answer, Browser, HOME, Khomo, PUBLIC_URL, SMALL, vi};

/// Two datasets that share a column of codes and a keyword, one of another agency, one withdrawn, one that nobody published.
async fn library() -> Khomo {
    let khomo = Khomo::start();
    let keywords = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let first = khomo.dataset("tram-y-te").title("Danh sách trạm y tế xã").english("Commune health stations");
    let first = first.describe(|metadata| {
        metadata.keywords = keywords(&["trạm y tế", "khám chữa bệnh"]);
        metadata.description.en = Some("One row a station.".into());
        metadata.spatial = Some(Localized { vi: "Toàn tỉnh".into(), en: Some("The province".into()) });
        metadata.from = Some("2026-01-01".into());
    });
    let meaning = Some(vi("Số người thường trú."));
    let notes =
        vec![ColumnNote { title: "Dân số".into(), meaning, unit: Some(vi("người")), ..ColumnNote::default() }];
    first.dictionary(notes).publish().await;
    khomo.clock.advance(60);
    let second = khomo.dataset("nhan-luc").title("Nhân lực y tế theo xã");
    second.describe(|metadata| metadata.keywords = keywords(&["Trạm y tế"])).publish().await;
    khomo.clock.advance(60);
    let away = khomo.dataset("rung").title("Diện tích rừng").agency(AWAY).by("stranger");
    away.describe(|metadata| metadata.topic = "nong-nghiep".into())
        .csv("bang", "Loại,Diện tích\nA,1\n")
        .await
        .publish()
        .await;
    khomo.clock.advance(60);
    let gone = khomo.dataset("da-rut").title("Trạm y tế đã rút").publish().await;
    khomo.withdraw(&gone, "approver").unwrap();
    khomo.dataset("an").title("Trạm-chưa-duyệt").csv("bang", SMALL).await.import().unwrap();
    khomo.index();
    khomo
}

fn option_texts(page: &Answer) -> Vec<String> {
    page.texts("[role=option]").iter().map(|text| text.trim().to_owned()).collect()
}

#[actix_web::test]
async fn words_datasets_topics_and_agencies_are_offered_for_half_a_word_with_and_without_marks() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    for (typed, wanted) in [
        ("tram", "trạm y tế"),
        ("tra", "trạm y tế"),
        ("Tr%E1%BA%A1", "trạm y tế"),
        ("tr%E1%BA%A1m+y", "trạm y tế"),
        ("y+te", "trạm y tế"),
        ("tram+y+t", "Danh sách trạm y tế xã"),
        ("danh+s", "Danh sách trạm y tế xã"),
        ("nhan", "Nhân lực y tế theo xã"),
        ("dien+tich+ru", "Diện tích rừng"),
        ("so+y", "Sở Y tế"),
        ("y+te", "Y tế"),
    ] {
        let page = reader.get(&format!("/goi-y?q={typed}")).await;
        assert_eq!(page.status, 200);
        let found = option_texts(&page);
        assert!(found.iter().any(|text| text.eq_ignore_ascii_case(wanted)), "{typed}: {found:?}");
        for href in page.attributes("[role=option]", "href") {
            assert_eq!(reader.get(&href).await.status, 200, "{typed} offers {href}");
        }
        assert!(!page.text().contains("rút") && !page.text().contains("duyệt"), "{typed}: {}", page.text());
    }
    let english = reader.get("/en/goi-y?q=health").await;
    assert_eq!(option_texts(&english).first().map(String::as_str), Some("Commune health stations"));
    assert!(english.attributes("[role=option]", "href").iter().all(|href| href.starts_with("/en/")));
    let marked = reader.get("/goi-y?q=tram").await;
    assert!(marked.texts("mark").contains(&"trạm".to_owned()), "{:?}", marked.texts("mark"));
    let nothing = reader.get("/goi-y?q=zzzz").await;
    assert_eq!(option_texts(&nothing), Vec::<String>::new());
    assert_eq!(nothing.attribute("[data-said]", "data-said").as_deref(), Some("Không có gợi ý."));
}

#[actix_web::test]
async fn offers_are_bounded_harmless_and_never_stale() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let long = "tr%C6%B0%E1%BB%9Dng+".repeat(500);
    for typed in ["", "%00", "%22%3E%3Cscript%3Ealert(1)%3C/script%3E", "+", "%F0%9F%99%82", long.as_str()] {
        for path in ["/goi-y", "/goi-y.json", "/en/goi-y"] {
            let answer = reader.get(&format!("{path}?q={typed}")).await;
            assert_eq!(answer.status, 200, "{path} {typed}");
            // JSON says again what was typed, and is no page.
            let harmless = path.ends_with(".json") || !answer.text().contains("<script>alert");
            assert!(answer.body.len() < 10_000 && harmless, "{path} {typed}");
        }
    }
    let first = reader.get("/goi-y?q=cau").await;
    let tag = first.header("etag").unwrap().to_owned();
    assert_eq!(first.header("cache-control"), Some("public, no-cache"));
    assert_eq!(reader.get_with("/goi-y?q=cau", &[("If-None-Match", &tag)]).await.status, 304);
    khomo.dataset("cau").title("Cầu đường bộ").publish().await;
    khomo.index();
    let fresh = reader.get_with("/goi-y?q=cau", &[("If-None-Match", &tag)]).await;
    assert_eq!((fresh.status, option_texts(&fresh)), (200, vec!["Cầu đường bộ".to_owned()]));
    // Without an index nothing is offered, and nothing fails.
    let bare = Khomo::start();
    bare.dataset("cau").title("Cầu đường bộ").publish().await;
    assert_eq!(option_texts(&bare.public().await.get("/goi-y?q=cau").await), Vec::<String>::new());
}

#[actix_web::test]
async fn the_search_box_works_without_its_script_and_says_where_offers_come_from() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    for (path, offers) in
        [("/", "/goi-y"), ("/dataset?q=tram", "/goi-y"), ("/en", "/en/goi-y"), ("/en/dataset", "/en/goi-y")]
    {
        let page = reader.get(path).await;
        assert_eq!(page.attributes("script[src]", "data-offers"), [offers], "{path}");
        assert!(page.attribute("script[src]", "data-label").is_some_and(|label| !label.is_empty()), "{path}");
        assert_eq!(
            page.attributes("form.search input[name=q]", "role"),
            Vec::<String>::new(),
            "the script gives the role"
        );
    }
    let script = std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("static/suggest.js")).unwrap();
    assert!(script.len() <= 3072, "{} bytes", script.len());
}

#[actix_web::test]
async fn browsers_can_search_the_portal_from_their_own_address_bar() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    for prefix in ["", "/en"] {
        let path = format!("{prefix}/opensearch.xml");
        let page = reader.get(if prefix.is_empty() { "/" } else { prefix }).await;
        assert_eq!(page.attributes("link[rel=search]", "href"), std::slice::from_ref(&path));
        let answer = reader.get(&path).await;
        assert_eq!(answer.header("content-type"), Some("application/opensearchdescription+xml; charset=utf-8"));
        let text = answer.text();
        assert!(text.starts_with("<?xml"), "{text}");
        let name = text.split("<ShortName>").nth(1).unwrap().split('<').next().unwrap();
        assert!((1..=16).contains(&name.chars().count()), "{name}");
        for url in ["/dataset", "/goi-y.json", "/dataset/feed.atom"] {
            let template = format!("template=\"{PUBLIC_URL}{prefix}{url}?q={{searchTerms}}\"");
            assert!(text.contains(&template), "{template}: {text}");
            assert_eq!(reader.get(&format!("{prefix}{url}?q=tram")).await.status, 200);
        }
    }
    let answer = reader.get("/goi-y.json?q=tram").await;
    assert_eq!(answer.header("content-type"), Some("application/x-suggestions+json; charset=utf-8"));
    let json: Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!(json[0], "tram");
    assert!(json[1].as_array().unwrap().contains(&"trạm y tế".into()), "{json}");
}

#[actix_web::test]
async fn a_dataset_names_what_goes_with_it_and_why() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/tram-y-te").await;
    assert_eq!(page.attributes(".related a", "href"), ["/dataset/nhan-luc"]);
    let reasons = page.texts(".related .fmt");
    assert_eq!(reasons, ["Ghép được theo cột “Mã xã”", "Cùng nói về “trạm y tế”", "Cùng chủ đề", "Cùng cơ quan"]);
    let english = reader.get("/en/dataset/tram-y-te").await;
    assert_eq!(english.texts(".related .fmt")[0], "Can be joined by the column “Mã xã”");
    assert_eq!(reader.get("/dataset/rung").await.attributes(".related a", "href"), Vec::<String>::new());
    // At most five, and what is withdrawn goes.
    for number in 0..7 {
        khomo.dataset(&format!("them-{number}")).title("Bảng thêm").publish().await;
    }
    khomo.index();
    assert_eq!(reader.get("/dataset/tram-y-te").await.attributes(".related a", "href").len(), 5);
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "nhan-luc")).unwrap().unwrap().id;
    khomo.withdraw(&id, "approver").unwrap();
    khomo.index();
    let left = reader.get("/dataset/tram-y-te").await.attributes(".related a", "href");
    assert!(!left.contains(&"/dataset/nhan-luc".to_owned()) && left.len() == 5, "{left:?}");
}

/// The text of the first element of a name in XML.
fn element<'a>(xml: &'a str, name: &str) -> &'a str {
    let rest = xml.split(&format!("<{name}")).nth(1).unwrap_or_default();
    rest.split_once('>').map_or("", |(_, rest)| rest.split("</").next().unwrap_or_default())
}

fn entries(feed: &str) -> Vec<String> {
    feed.split("<entry>").skip(1).map(|entry| element(entry, "title").to_owned()).collect()
}

#[actix_web::test]
async fn an_agency_a_topic_and_a_search_have_feeds_of_their_own() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    for (page, feed, titles) in [
        (
            format!("/organization/{HOME}"),
            format!("/organization/{HOME}/feed.atom"),
            &["Đã rút: Trạm y tế đã rút", "Nhân lực y tế theo xã, phiên bản 1", "Danh sách trạm y tế xã, phiên bản 1"]
                [..],
        ),
        ("/topic/nong-nghiep".into(), "/topic/nong-nghiep/feed.atom".into(), &["Diện tích rừng, phiên bản 1"]),
        (
            "/dataset?q=tram&sort=title".into(),
            "/dataset/feed.atom?q=tram".into(),
            &["Nhân lực y tế theo xã, phiên bản 1", "Danh sách trạm y tế xã, phiên bản 1"],
        ),
        (
            "/dataset?topic=nong-nghiep".into(),
            "/dataset/feed.atom?topic=nong-nghiep".into(),
            &["Diện tích rừng, phiên bản 1"],
        ),
    ] {
        let html = reader.get(&page).await;
        assert_eq!(html.attributes("link[type='application/atom+xml']", "href"), std::slice::from_ref(&feed), "{page}");
        assert!(html.attributes("a", "href").contains(&feed), "{page}");
        let answer = reader.get(&feed).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/atom+xml; charset=utf-8")));
        let text = answer.text();
        assert_eq!(entries(&text), titles, "{feed}");
        for name in ["id", "title", "updated", "name"] {
            assert!(!element(&text, name).is_empty(), "{feed}: {name}");
        }
        assert!(
            text.contains(&format!("rel=\"self\" type=\"application/atom+xml\" href=\"{PUBLIC_URL}{feed}\"")),
            "{text}"
        );
        let english = reader.get(&format!("/en{feed}")).await.text();
        assert_eq!(element(&english, "id"), element(&text, "id"), "one feed in both languages");
        let tag = answer.header("etag").unwrap();
        assert_eq!(reader.get_with(&feed, &[("If-None-Match", tag)]).await.status, 304, "{feed}");
        assert!(!text.contains("chưa-duyệt"));
    }
    for path in ["/organization/khong-co/feed.atom", "/topic/khong-co/feed.atom"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    let (mut without, bare) = (String::new(), Khomo::start());
    bare.dataset("gia-dat").title("Giá đất").publish().await;
    without.push_str(&bare.public().await.get("/dataset/feed.atom?q=gia+dat").await.text());
    assert_eq!(entries(&without), ["Giá đất, phiên bản 1"], "also while there is no index");
}

async fn all_addresses(reader: &mut Browser) -> (Vec<String>, String) {
    let index = reader.get("/sitemap.xml").await;
    assert_eq!((index.status, index.header("content-type")), (200, Some("application/xml; charset=utf-8")));
    let mut found = (Vec::new(), String::new());
    for part in index.text().split("<loc>").skip(1) {
        let part = part.split('<').next().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
        let text = reader.get(&part).await.text();
        assert!(text.starts_with("<?xml"), "{text}");
        let urls = text.split("<url><loc>").skip(1).map(|url| url.split('<').next().unwrap().to_owned());
        found.0.extend(urls);
        found.1.push_str(&text);
    }
    found
}

#[actix_web::test]
async fn the_site_map_names_every_page_in_both_languages_and_nothing_else() {
    let khomo = library().await;
    super::release::released(&khomo, "2026-Q2").await;
    super::plan::executed(&khomo, 2026).await;
    let mut reader = khomo.public().await;
    let robots = reader.get("/robots.txt").await.text();
    assert!(robots.lines().any(|line| line == format!("Sitemap: {PUBLIC_URL}/sitemap.xml")), "{robots}");
    let (urls, text) = all_addresses(&mut reader).await;
    assert_eq!(urls.iter().collect::<BTreeSet<_>>().len(), urls.len(), "each once");
    let agency = format!("/organization/{HOME}");
    for path in [
        "/",
        "/dataset",
        "/topic/y-te",
        "/dataset/tram-y-te",
        "/dataset/rung",
        "/huong-dan/cach-dung",
        "/about",
        "/van-ban",
        "/tinh-hinh-cap-nhat",
        "/danh-muc-du-lieu-mo",
        "/ke-hoach-du-lieu-mo",
        "/ke-hoach-du-lieu-mo/2026",
        "/yeu-cau-du-lieu",
        "/quy",
        "/quy/khoa",
        "/quy/2026-Q2",
        agency.as_str(),
    ] {
        let english = if path == "/" { "/en".to_owned() } else { format!("/en{path}") };
        for path in [path, &english] {
            assert!(urls.contains(&format!("{PUBLIC_URL}{path}")), "{path}: {urls:?}");
        }
    }
    for url in &urls {
        let page = reader.get(url.strip_prefix(PUBLIC_URL).unwrap()).await;
        assert_eq!(page.status, 200, "{url}");
        assert_eq!(page.attributes("link[rel=canonical]", "href"), std::slice::from_ref(url), "{url}");
        assert_eq!(page.attribute("meta[name=robots]", "content"), None, "{url} is not for search engines");
    }
    assert!(!text.contains("da-rut") && !text.contains("/dataset/an<"), "{text}");
    let own = text.split("<url>").find(|url| url.contains(&format!("<loc>{PUBLIC_URL}/dataset/rung<"))).unwrap();
    assert!(own.contains("<lastmod>2026-09-04T02:02:00.000Z</lastmod>"), "{own}");
    for (lang, path) in [("vi", "/dataset/rung"), ("en", "/en/dataset/rung"), ("x-default", "/dataset/rung")] {
        let link = format!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{PUBLIC_URL}{path}\"/>");
        assert!(own.contains(&link), "{own}");
    }
    assert!(own.contains(&format!("<image:loc>{PUBLIC_URL}/dataset/rung/og.png</image:loc>")), "{own}");
    for path in ["/sitemap-0.xml", "/sitemap-2.xml", "/sitemap-99999999999999999999999.xml"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
}

/// Width and height of a PNG.
fn size(png: &[u8]) -> (u32, u32) {
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}

#[actix_web::test]
async fn every_page_has_a_picture_for_where_it_is_shared() {
    let khomo = library().await;
    khomo.dataset("dai").title(&"Danh sách cơ sở giáo dục nghề nghiệp & đào tạo <lái xe> ".repeat(6)).publish().await;
    khomo.index();
    let mut reader = khomo.public().await;
    let mut seen = BTreeSet::new();
    for (path, picture, title) in [
        ("/dataset/tram-y-te", "/dataset/tram-y-te/og.png", Some("Danh sách trạm y tế xã")),
        ("/dataset/tram-y-te?tab=structure", "/dataset/tram-y-te/og.png", Some("Danh sách trạm y tế xã")),
        ("/en/dataset/tram-y-te", "/en/dataset/tram-y-te/og.png", Some("Commune health stations")),
        ("/dataset/dai", "/dataset/dai/og.png", None),
        ("/", "/og.png", None),
        ("/en", "/en/og.png", None),
        ("/topic/y-te", "/og.png", Some("Y tế")),
        ("/huong-dan/cach-dung", "/og.png", None),
    ] {
        let page = reader.get(path).await;
        assert_clean(path, &page.text(), &[PUBLIC_URL]);
        let meta = |name: &str| page.attribute(&format!("meta[property='og:{name}']"), "content").unwrap_or_default();
        assert_eq!(meta("image"), format!("{PUBLIC_URL}{picture}"), "{path}");
        assert_eq!(meta("url"), page.attribute("link[rel=canonical]", "href").unwrap(), "{path}");
        assert!(title.is_none_or(|title| meta("title") == title), "{path}: {}", meta("title"));
        assert!(!meta("description").is_empty() && !meta("site_name").is_empty(), "{path}");
        let locale = if path.starts_with("/en") { ("en_US", "vi_VN") } else { ("vi_VN", "en_US") };
        assert_eq!((meta("locale").as_str(), meta("locale:alternate").as_str()), locale, "{path}");
        let card = page.attribute("meta[name='twitter:card']", "content");
        assert_eq!(card.as_deref(), Some("summary_large_image"), "{path}");
        let answer = reader.get(picture).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/png")), "{picture}");
        assert_eq!(size(&answer.body), (1200, 630), "{picture}");
        let tag = answer.header("etag").unwrap();
        let again = reader.get_with(picture, &[("If-None-Match", tag), ("Accept-Encoding", "gzip")]).await;
        assert_eq!(again.status, 304, "{picture}");
        seen.insert((picture, answer.body));
    }
    assert_eq!(seen.iter().map(|(_, bytes)| bytes).collect::<BTreeSet<_>>().len(), 5, "each its own");
    assert_eq!(reader.get("/dataset/khong-co/og.png").await.status, 404);
    assert_eq!(reader.get("/dataset/da-rut/og.png").await.status, 410);
    let lost = reader.get("/khong-co").await;
    assert_eq!(lost.attributes("meta[property]", "content"), Vec::<String>::new(), "what is not there is not shared");
}

#[actix_web::test]
async fn pages_elsewhere_show_by_a_picture_without_a_script_how_up_to_date_a_dataset_is() {
    let khomo = library().await;
    khomo.dataset("dai").title(&"Danh sách cơ sở giáo dục nghề nghiệp & đào tạo <lái xe> ".repeat(3)).publish().await;
    let mut reader = khomo.public().await;
    let path = "/dataset/tram-y-te/thong-bao.svg";
    let answer = reader.get(path).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("image/svg+xml; charset=utf-8")));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
    assert_eq!(reader.get_with(path, &[("If-None-Match", answer.header("etag").unwrap())]).await.status, 304);
    // The whole title and the rest in a sentence for those who hear it; the state in words for those who see no colour.
    assert_eq!(answer.texts("svg[role=img] > title"), ["Danh sách trạm y tế xã"]);
    let says = answer.texts("svg > desc").remove(0);
    assert!(says.starts_with("Đúng hạn, cập nhật 04/09/2026.") && says.contains("Sở Y tế"), "{says}");
    assert_eq!(answer.texts("svg > text")[1], "Danh sách trạm y tế xã");
    assert_eq!(answer.texts("svg > text")[2..], ["Đúng hạn", "cập nhật 04/09/2026"]);
    // In English under its address, and where the address asks for it.
    let english = reader.get(&format!("/en{path}")).await;
    assert_eq!(english.texts("svg > title"), ["Commune health stations"]);
    assert_eq!(english.texts("svg > text")[2], "On time");
    assert_eq!(reader.get(&format!("{path}?lang=en")).await.body, english.body);
    assert_eq!(reader.get(&format!("{path}?lang=xx")).await.body, answer.body);
    // A long title is cut where it is seen and whole where it is heard.
    let long = reader.get("/dataset/dai/thong-bao.svg").await;
    assert!(long.texts("svg > text")[1].ends_with('…') && long.texts("svg > title")[0].ends_with("<lái xe>"));
    // A title that there is in Vietnamese alone is read as such.
    let untranslated = reader.get("/en/dataset/dai/thong-bao.svg").await.text();
    assert!(untranslated.contains("xml:lang=\"en\"") && untranslated.contains("<title id=\"title\" xml:lang=\"vi\">"));

    // The page of the dataset offers the HTML.
    for (page, picture) in
        [("/dataset/dai", "/dataset/dai/thong-bao.svg"), ("/en/dataset/dai", "/en/dataset/dai/thong-bao.svg")]
    {
        let shown = reader.get(page).await;
        assert_clean(page, &shown.text(), &[PUBLIC_URL]);
        let code = shown.texts("textarea#embed").remove(0);
        let code = scraper::Html::parse_fragment(&code);
        let attribute = |css: &str, name: &str| {
            let found = code.select(&scraper::Selector::parse(css).unwrap()).next().unwrap();
            found.attr(name).unwrap_or_default().to_owned()
        };
        assert_eq!(attribute("a", "href"), format!("{PUBLIC_URL}{page}"));
        assert_eq!(attribute("a > img", "src"), format!("{PUBLIC_URL}{picture}"));
        assert!(attribute("img", "alt").contains("<lái xe>"), "{}", attribute("img", "alt"));
        assert_eq!(reader.get(picture).await.attribute("svg", "width"), Some(attribute("img", "width")));
    }

    // It says what is so, without being embedded anew.
    for (days, state) in [(28, "Sắp đến hạn"), (12, "Quá hạn")] {
        khomo.clock.advance(days * 86_400);
        assert_eq!(reader.get(path).await.texts("svg > text")[2], state);
    }
    // What is withdrawn says so, and nothing of what is in quarantine.
    let gone = "/dataset/da-rut/thong-bao.svg";
    let answer = reader.get(gone).await;
    assert_eq!((answer.status, answer.header("content-type")), (410, Some("image/svg+xml; charset=utf-8")));
    assert_eq!(answer.header("cache-control"), Some("public, no-cache"));
    assert_eq!(answer.header("content-security-policy"), Some("sandbox; default-src 'none'"));
    assert_eq!(answer.texts("svg > text")[2..], ["Đã rút", "từ 04/09/2026"]);
    assert_eq!(answer.texts("svg > title"), ["Trạm y tế đã rút"]);
    assert_eq!(reader.get(&format!("{gone}?lang=en")).await.texts("svg > text")[2], "Withdrawn");
    khomo.raw("UPDATE dataset SET quarantined_at = 1 WHERE slug = 'da-rut'").unwrap();
    let hidden = reader.get(gone).await;
    assert!(hidden.status == 410 && !hidden.text().contains("Trạm y tế"), "{}", hidden.text());
    for path in ["/dataset/khong-co/thong-bao.svg", "/dataset/an/thong-bao.svg"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
}

fn described(page: &Answer, kind: &str) -> Value {
    let all = page.texts("script[type='application/ld+json']");
    let found = all.iter().map(|text| serde_json::from_str::<Value>(text).unwrap()).find(|json| json["@type"] == kind);
    found.unwrap_or_else(|| panic!("{}: no {kind}", page.path))
}

/// What Google's rules for datasets ask of a description, and what they recommend; property by property.
fn assert_dataset_rules(json: &Value, at: &str) {
    let text = |name: &str| json[name].as_str().unwrap_or_default();
    let address =
        |value: &Value| value.as_str().is_some_and(|text| text.starts_with("https://") || text.starts_with("http://"));
    assert_eq!(text("@context").trim_end_matches('/'), "https://schema.org", "{at}");
    // Required.
    assert!(!text("name").is_empty(), "{at}: name");
    assert!((50..=5000).contains(&text("description").chars().count()), "{at}: description");
    // Recommended.
    assert!(address(&json["license"]) && address(&json["url"]), "{at}: license, url");
    for name in ["creator", "publisher"] {
        let kind = json[name]["@type"].as_str().unwrap_or_default();
        assert!(["GovernmentOrganization", "Organization"].contains(&kind), "{at}: {name}");
        assert!(json[name]["name"].as_str().is_some_and(|name| !name.is_empty()), "{at}: {name}");
    }
    assert_eq!(json["includedInDataCatalog"]["@type"], "DataCatalog", "{at}");
    assert_eq!(json["isAccessibleForFree"], true, "{at}");
    assert!(address(&json["sameAs"]), "{at}: sameAs");
    assert_eq!(json["identifier"][0], json["sameAs"], "{at}");
    assert!(json["identifier"][1].as_str().is_some_and(|id| id.starts_with("urn:uuid:")), "{at}");
    assert!(json["keywords"].as_array().is_some_and(|words| words.iter().all(Value::is_string)), "{at}: keywords");
    assert!(text("version").parse::<u32>().is_ok(), "{at}: version");
    for name in ["datePublished", "dateModified"] {
        assert!(chrono::DateTime::parse_from_rfc3339(text(name)).is_ok(), "{at}: {name}");
    }
    let columns = json["variableMeasured"].as_array().unwrap();
    assert!(!columns.is_empty(), "{at}");
    for column in columns {
        assert_eq!(column["@type"], "PropertyValue", "{at}");
        assert!(column["name"].as_str().is_some_and(|name| !name.is_empty()), "{at}: {column}");
    }
    let files = json["distribution"].as_array().unwrap();
    assert!(files.len() >= 2, "{at}");
    for file in files {
        assert_eq!(file["@type"], "DataDownload", "{at}");
        assert!(address(&file["contentUrl"]), "{at}: {file}");
        assert!(file["encodingFormat"].as_str().is_some_and(|kind| kind.contains('/')), "{at}: {file}");
    }
}

#[actix_web::test]
async fn descriptions_for_search_engines_keep_every_rule() {
    let khomo = library().await;
    let source = khomo.dataset("nguon").title("Đo mưa").describe(|metadata| {
        metadata.source = Some(vi("Trạm khí tượng"));
        metadata.licence = Some("cc-by-4.0".into());
    });
    source.publish().await;
    khomo.index();
    let mut reader = khomo.public().await;
    for path in ["/dataset/tram-y-te", "/en/dataset/tram-y-te", "/dataset/rung", "/dataset/nguon"] {
        let page = reader.get(path).await;
        let json = described(&page, "Dataset");
        assert_dataset_rules(&json, path);
        assert_eq!(json["url"], page.attribute("link[rel=canonical]", "href").unwrap(), "{path}");
        let way = described(&page, "BreadcrumbList");
        let steps = way["itemListElement"].as_array().unwrap();
        for (at, step) in steps.iter().enumerate() {
            assert_eq!((step["@type"].as_str(), step["position"].as_u64()), (Some("ListItem"), Some(at as u64 + 1)));
            let item = step["item"].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
            assert_eq!(reader.get(&item).await.status, 200, "{path}: {item}");
        }
        assert_eq!((steps.len(), &steps[steps.len() - 1]["item"]), (3, &json["url"]), "{path}");
    }
    let json = described(&reader.get("/dataset/tram-y-te").await, "Dataset");
    assert_eq!(
        (json["temporalCoverage"].as_str(), json["spatialCoverage"]["name"].as_str()),
        (Some("2026-01-01/.."), Some("Toàn tỉnh"))
    );
    assert_eq!(json["alternateName"], "Commune health stations");
    let people = json["variableMeasured"].as_array().unwrap().iter().find(|column| column["name"] == "Dân số").unwrap();
    assert_eq!(
        (people["description"].as_str(), people["unitText"].as_str()),
        (Some("Số người thường trú."), Some("người"))
    );
    let json = described(&reader.get("/dataset/nguon").await, "Dataset");
    assert_eq!(json["creator"]["name"], "Trạm khí tượng");
    assert_ne!(json["publisher"]["name"], json["creator"]["name"]);
    let older = {
        khomo.clock.advance(60);
        khomo.dataset("rung").title("Diện tích rừng").agency(AWAY).by("stranger").publish().await;
        khomo.index();
        reader.get("/dataset/rung/v/1").await
    };
    assert!(!older.text().contains("\"Dataset\""), "an older version is not described");
    for (path, search) in [("/", "/dataset"), ("/en", "/en/dataset")] {
        let json = described(&reader.get(path).await, "WebSite");
        let action = &json["potentialAction"];
        assert_eq!(action["@type"], "SearchAction");
        assert_eq!(action["query-input"], "required name=search_term_string");
        assert_eq!(action["target"]["urlTemplate"], format!("{PUBLIC_URL}{search}?q={{search_term_string}}"));
    }
    for path in ["/topic/y-te", &format!("/organization/{HOME}"), "/huong-dan/cach-dung"] {
        let page = reader.get(path).await;
        let way = described(&page, "BreadcrumbList");
        assert_eq!(way["itemListElement"][2]["item"], page.attribute("link[rel=canonical]", "href").unwrap(), "{path}");
    }
}

#[actix_web::test]
async fn a_short_link_leads_to_its_dataset_or_version_for_good() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/tram-y-te").await;
    let short = page.attribute("#short-url", "value").unwrap();
    let path = short.strip_prefix(PUBLIC_URL).unwrap().to_owned();
    assert!(path.starts_with("/d/") && path.len() == 13, "{path}");
    for (path, to) in [
        (path.clone(), "/dataset/tram-y-te"),
        (path.to_uppercase().replacen("/D/", "/d/", 1), "/dataset/tram-y-te"),
        (format!("/en{path}"), "/en/dataset/tram-y-te"),
    ] {
        let answer = reader.get(&path).await;
        assert_eq!((answer.status, answer.header("location")), (302, Some(to)), "{path}");
    }
    let version = page.attribute("#short-version", "value").unwrap();
    assert_eq!(version, format!("{short}/1"));
    let answer = reader.get(version.strip_prefix(PUBLIC_URL).unwrap()).await;
    assert_eq!((answer.status, answer.header("location")), (308, Some("/dataset/tram-y-te/v/1")));
    // The address of the page may change; the short one stays.
    khomo.drop_triggers();
    khomo.raw("UPDATE dataset SET slug = 'tram-moi' WHERE slug = 'tram-y-te'").unwrap();
    assert_eq!(reader.get(&path).await.header("location"), Some("/dataset/tram-moi"));
    assert_eq!(khomo.app.shorts.len(), 1, "its end is looked for once");
    // What was withdrawn says so at its own address; what was never public has none.
    let short_of = |slug: &str| {
        let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, slug)).unwrap().unwrap().id;
        format!("/d/{}", khomo::kernel::short::short(id.as_str()).unwrap())
    };
    let gone = reader.get(&short_of("da-rut")).await;
    assert_eq!((gone.status, gone.header("location")), (302, Some("/dataset/da-rut")));
    for path in [
        short_of("an"),
        "/d/0000000000".into(),
        "/d/x".into(),
        format!("{path}/x"),
        "/d/%25%25%25%25%25%25%25%25%25%25".into(),
    ] {
        assert_eq!(reader.get(&path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn guides_about_what_was_typed_stand_with_the_datasets() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let guide = reader.get("/huong-dan/trich-dan").await.texts("h1").remove(0);
    for query in ["trich+dan", "tr%C3%ADch+d%E1%BA%ABn", "trich+d"] {
        let page = reader.get(&format!("/dataset?q={query}")).await;
        let found = page.texts("section[aria-labelledby=guides] a");
        assert!(found.contains(&guide), "{query}: {found:?}");
        for href in page.attributes("section[aria-labelledby=guides] a", "href") {
            assert_eq!(reader.get(&href).await.status, 200, "{href}");
        }
    }
    for path in ["/dataset", "/dataset?q=zzzz", "/dataset?q=trich+dan&topic=y-te"] {
        assert_eq!(reader.get(path).await.texts("#guides"), Vec::<String>::new(), "{path}");
    }
}

#[actix_web::test]
async fn a_slip_of_the_pen_is_told_where_only_a_part_is_found() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset?q=tram+y+te+nhan+luuc").await;
    let meant = page.texts("main p.data a[lang=vi]");
    assert!(meant.iter().any(|text| text.contains("nhân lực")), "{meant:?}: {:?}", page.texts("h2"));
}

#[actix_web::test]
async fn programs_that_follow_links_are_asked_not_to_follow_the_explorer_s() {
    let khomo = Khomo::start();
    let rows: String = (0..120).map(|row| format!("{row:05},{row}\n")).collect();
    khomo.dataset("so-lieu").csv("bang", &format!("Mã xã,Số\n{rows}")).await.publish().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/so-lieu/bang/kham-pha").await;
    let (sorts, pages) = (page.attributes("a.sort", "rel"), page.attributes(".pager a", "rel"));
    assert_eq!((sorts.len(), pages.len() > 1), (2, true));
    assert!(sorts.iter().chain(&pages).all(|rel| rel.split(' ').any(|word| word == "nofollow")), "{sorts:?} {pages:?}");
    let said = reader.get("/dataset/so-lieu/bang/kham-pha?filter.so.ge=100").await.texts("a.chip").concat();
    assert!(said.contains("từ 100 trở lên"), "{said}");
}
