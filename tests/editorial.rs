//! Guides, news, terms and about: written by the coordinating department, seen by the public revision by revision.

use khomo::editorial::{self, NewForm};

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, Khomo, PEOPLE, PUBLIC_URL};

/// A piece of news that the public sees, by the commands alone.
pub fn told(khomo: &Khomo, slug: &str) {
    let form = NewForm {
        kind: "news".to_owned(),
        slug: slug.to_owned(),
        title: "Cổng tạm ngừng để bảo trì".to_owned(),
        body: "Cổng tạm ngừng từ 22 giờ.".to_owned(),
        ..NewForm::default()
    };
    let profile = khomo.app.profile();
    let ctx = khomo.ctx("coordinator");
    khomo.db().write(&ctx, |tx| editorial::create(tx, profile, &form)).unwrap();
    let mark = khomo.db().read(|conn| editorial::article(conn, profile, slug)).unwrap().words.mark();
    khomo.db().write(&ctx, |tx| editorial::publish(tx, profile, slug, &mark)).unwrap();
}

/// The mark that a page's form carries.
fn seen(page: &Answer) -> String {
    page.attribute("input[name=seen]", "value").unwrap_or_else(|| panic!("no form: {}", page.text()))
}

/// Saves words as a person does, who opened the page before.
async fn save(officer: &mut Browser, slug: &str, fields: &[(&str, &str)]) -> Answer {
    let mark = seen(&officer.get(&format!("/internal/pages/{slug}")).await);
    let fields: Vec<_> = fields.iter().copied().chain([("seen", mark.as_str())]).collect();
    officer.post(&format!("/internal/pages/{slug}"), &fields).await
}

async fn publish(officer: &mut Browser, slug: &str) -> Answer {
    let mark = seen(&officer.get(&format!("/internal/pages/{slug}/preview")).await);
    officer.post(&format!("/internal/pages/{slug}/publication"), &[("seen", &mark)]).await
}

async fn text(reader: &mut Browser, path: &str) -> String {
    let answer = reader.get(path).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.text()
}

#[actix_web::test]
async fn the_texts_that_come_with_the_program_stand_there_in_both_languages() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    for (prefix, lang) in [("", "vi"), ("/en", "en")] {
        let list = reader.get(&format!("{prefix}/huong-dan")).await;
        assert_clean("guides", &list.text(), &[PUBLIC_URL]);
        let hrefs = list.attributes("main .result a", "href");
        let wanted = ["cach-dung", "trich-dan", "lap-trinh", "tiep-can"];
        assert_eq!(hrefs, wanted.map(|slug| format!("{prefix}/huong-dan/{slug}")));
        for href in hrefs {
            let page = reader.get(&href).await;
            assert_clean(&href, &page.text(), &[PUBLIC_URL]);
            assert_eq!(page.attribute("html", "lang").as_deref(), Some(lang));
            assert_eq!(page.attribute("main .prose", "lang"), None, "{href} is in the page's language");
            assert!(!page.text().contains("{portal-url}"), "{href}");
            // Every link of the portal's own leads somewhere.
            for link in page.attributes("main .prose a", "href") {
                assert!(link.starts_with(prefix), "{href} leads to {link}");
                assert_eq!(reader.get(&link).await.status, 200, "{href} leads to {link}");
            }
        }
    }
    let page = text(&mut reader, "/huong-dan/lap-trinh").await;
    assert!(page.contains(&format!("'{PUBLIC_URL}/dataset/ten-bo-du-lieu/ten-bang.parquet'")), "{page}");
    assert_eq!(khomo.count("article"), 0, "nothing was written");
    for path in ["/huong-dan/khong-co", "/huong-dan/about", "/tin-tuc/cach-dung", "/tin-tuc/a%00b"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    let empty = reader.get("/tin-tuc").await;
    assert_clean("no news", &empty.text(), &[PUBLIC_URL]);
    assert_eq!(reader.get("/").await.attributes("#news", "id").len(), 0, "the home page has no empty section");
}

#[actix_web::test]
async fn a_coordinator_writes_news_that_the_public_sees_at_once() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    let home = text(&mut reader, "/").await;
    let form = officer.get("/internal/pages/new").await;
    assert_clean("new", &form.text(), &[PUBLIC_URL]);
    let words = [
        ("kind", "news"),
        ("title", "Bảo trì tháng 9"),
        ("body", "Cổng tạm ngừng **từ 22 giờ**.\r\n\r\n## Vì sao\r\n\r\nXem [cổng]({portal-url}/)."),
    ];
    let answer = officer.post("/internal/pages", &words).await;
    assert_eq!(answer.header("location"), Some("/internal/pages/bao-tri-thang-9/preview"), "{}", answer.text());
    assert_eq!(reader.get("/tin-tuc/bao-tri-thang-9").await.status, 404, "a draft is nobody's news");
    assert_eq!(text(&mut reader, "/").await, home);
    let preview = officer.get("/internal/pages/bao-tri-thang-9/preview").await;
    assert_clean("preview", &preview.text(), &[PUBLIC_URL]);
    assert!(preview.text().contains("<strong>từ 22 giờ</strong>"), "{}", preview.text());
    let before = reader.get("/tin-tuc").await;
    let answer = publish(&mut officer, "bao-tri-thang-9").await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    // At once, in every cached page that tells of it.
    let list = reader.get("/tin-tuc").await;
    assert_ne!(list.header("etag"), before.header("etag"));
    assert_eq!(list.attributes("main .result a", "href"), ["/tin-tuc/bao-tri-thang-9"]);
    assert!(text(&mut reader, "/").await.contains("/tin-tuc/bao-tri-thang-9"));
    let page = reader.get("/tin-tuc/bao-tri-thang-9").await;
    assert_clean("news", &page.text(), &[PUBLIC_URL]);
    assert_eq!(page.texts("main h1"), ["Bảo trì tháng 9"]);
    assert_eq!(page.attributes("main .prose a", "href"), [format!("{PUBLIC_URL}/")]);
    // Without English: Vietnamese, marked, with the notice.
    let english = reader.get("/en/tin-tuc/bao-tri-thang-9").await;
    assert_clean("news in English", &english.text(), &[PUBLIC_URL]);
    assert_eq!(english.attribute("main h1", "lang").as_deref(), Some("vi"));
    assert_eq!(english.attribute("main .prose", "lang").as_deref(), Some("vi"));
    assert_eq!(english.texts("main .note.info").len(), 1, "{}", english.text());
    let feed = reader.get("/tin-tuc/feed.atom").await;
    assert!(feed.header("content-type").unwrap().starts_with("application/atom+xml"));
    let feed = feed.text();
    assert!(feed.contains("<title>Bảo trì tháng 9</title>") && feed.contains("Cổng tạm ngừng từ 22 giờ."), "{feed}");
    assert!(feed.contains(&format!("<id>{PUBLIC_URL}/tin-tuc/bao-tri-thang-9</id>")), "{feed}");
    // With English: its own.
    let words = [
        ("title", "Bảo trì tháng 9"),
        ("body", "Cổng tạm ngừng **từ 23 giờ**."),
        ("title_en", "Maintenance in September"),
        ("body_en", "The portal is closed from 11 p.m."),
    ];
    assert_eq!(save(&mut officer, "bao-tri-thang-9", &words).await.status, 303);
    assert!(text(&mut reader, "/tin-tuc/bao-tri-thang-9").await.contains("từ 22 giờ"), "not published yet");
    let edit = officer.get("/internal/pages/bao-tri-thang-9").await;
    assert_clean("edit", &edit.text(), &[PUBLIC_URL]);
    assert_eq!(edit.texts(".note.warn").len(), 1, "it says that something waits");
    khomo.clock.advance(3 * 86_400);
    let mut officer = khomo.signed_in("coordinator").await;
    assert_eq!(publish(&mut officer, "bao-tri-thang-9").await.status, 303);
    let english = reader.get("/en/tin-tuc/bao-tri-thang-9").await;
    assert_eq!(
        (english.texts("main h1"), english.attribute("main h1", "lang")),
        (vec!["Maintenance in September".to_owned()], None)
    );
    assert_eq!(english.texts("main time").len(), 2, "when it came out, and when it was changed");
    assert_eq!(publish_again(&mut officer, "bao-tri-thang-9").await.status, 409, "there is nothing new");
    let said = khomo.lines("SELECT action AS line FROM audit_entry WHERE object_kind = 'article' ORDER BY seq");
    assert_eq!(said, ["page.create", "page.publish", "page.save", "page.publish"]);
}

/// Sends the form of a publication though the page offers none.
async fn publish_again(officer: &mut Browser, slug: &str) -> Answer {
    let mark = seen(&officer.get(&format!("/internal/pages/{slug}")).await);
    officer.post(&format!("/internal/pages/{slug}/publication"), &[("seen", &mark)]).await
}

#[actix_web::test]
async fn every_publication_is_kept_and_can_be_taken_up_again() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    let original = reader.get("/huong-dan/tiep-can").await.texts("main .prose").remove(0);
    let words = [("title", "Khả năng tiếp cận"), ("body", "Bản do Sở viết.")];
    let answer = save(&mut officer, "tiep-can", &words).await;
    assert_eq!(answer.header("location"), Some("/internal/pages/tiep-can/preview"), "{}", answer.text());
    assert_eq!(reader.get("/huong-dan/tiep-can").await.texts("main .prose"), [original.as_str()]);
    publish(&mut officer, "tiep-can").await;
    let page = reader.get("/huong-dan/tiep-can").await;
    assert_eq!(page.texts("main .prose")[0].trim(), "Bản do Sở viết.");
    assert_eq!(reader.get("/huong-dan").await.texts("main .result h2").len(), 4, "it stands there once");
    let edit = officer.get("/internal/pages/tiep-can").await;
    let links = edit.attributes("a[href*='/revisions/']", "href");
    assert_eq!(links, [2, 1].map(|number| format!("/internal/pages/tiep-can/revisions/{number}")));
    let old = officer.get(&links[1]).await;
    assert_clean("revision", &old.text(), &[PUBLIC_URL]);
    assert_eq!(old.texts("main .prose")[0], original, "the text that came with the program is revision 1");
    let answer = officer.post(&format!("{}/restoration", links[1]), &[("seen", &seen(&old))]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    publish(&mut officer, "tiep-can").await;
    assert_eq!(reader.get("/huong-dan/tiep-can").await.texts("main .prose"), [original.as_str()]);
    assert_eq!(khomo.count("article_revision"), 3);
    for sql in ["UPDATE article_revision SET body_vi = 'x'", "DELETE FROM article_revision"] {
        assert!(khomo.raw(sql).is_err(), "{sql}");
    }
    for path in ["/internal/pages/tiep-can/revisions/9", "/internal/pages/khong-co"] {
        assert_eq!(officer.get(path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn what_was_withdrawn_says_so_and_pages_that_the_portal_leads_to_stay() {
    let khomo = Khomo::start();
    told(&khomo, "tin-cu");
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/tin-tuc/tin-cu").await.status, 200);
    let path = "/internal/pages/tin-cu/withdrawal";
    officer.get("/internal/pages/tin-cu").await;
    let answer = officer.post(path, &[("reason", " ")]).await;
    assert_eq!(answer.status, 422);
    assert_clean("without a reason", &answer.text(), &[PUBLIC_URL]);
    let answer = officer.post(path, &[("reason", "Tin đã hết hạn.")]).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    for prefix in ["", "/en"] {
        let gone = reader.get(&format!("{prefix}/tin-tuc/tin-cu")).await;
        assert_eq!(gone.status, 410);
        assert_clean("gone", &gone.text(), &[PUBLIC_URL]);
        assert!(gone.text().contains("Tin đã hết hạn.") && !gone.text().contains("từ 22 giờ"), "{}", gone.text());
    }
    assert_eq!(reader.get("/tin-tuc").await.texts("main .result").len(), 0);
    assert!(!reader.get("/tin-tuc/feed.atom").await.text().contains("<entry>"));
    // What is written since then is not the public's.
    assert_eq!(save(&mut officer, "tin-cu", &[("title", "Tên chưa công bố"), ("body", "Lời.")]).await.status, 303);
    assert!(!reader.get("/tin-tuc/tin-cu").await.text().contains("Tên chưa công bố"));
    // It may come back, as the next revision.
    publish(&mut officer, "tin-cu").await;
    assert_eq!(reader.get("/tin-tuc/tin-cu").await.status, 200);
    assert_eq!(khomo.count("article_revision"), 2);
    for slug in ["cach-dung", "terms", "about"] {
        officer.get(&format!("/internal/pages/{slug}")).await;
        let answer = officer.post(&format!("/internal/pages/{slug}/withdrawal"), &[("reason", "Bỏ.")]).await;
        assert_eq!(answer.status, 409, "{slug}");
    }
}

#[actix_web::test]
async fn terms_and_about_are_written_in_the_same_way() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    for (slug, path) in [("terms", "/terms"), ("about", "/about")] {
        let before = text(&mut reader, path).await;
        assert!(!before.contains("Lời mới của tỉnh"));
        let words = [("title", "Tên mới"), ("body", "Lời mới của tỉnh.")];
        assert_eq!(save(&mut officer, slug, &words).await.status, 303);
        assert_eq!(publish(&mut officer, slug).await.status, 303);
        let after = reader.get(path).await;
        assert_clean(path, &after.text(), &[PUBLIC_URL]);
        assert!(after.text().contains("Lời mới của tỉnh."), "{path}");
    }
    assert_eq!(reader.get("/terms").await.texts("main h1"), ["Tên mới"]);
}

#[actix_web::test]
async fn nothing_that_runs_comes_through() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    let hostile = "<script>alert(1)</script>\n\n[x](javascript:alert(1)) <img src=x onerror=alert(1)>\n\n{portal-url}\"><svg onload=alert(1)>";
    officer.get("/internal/pages/new").await;
    let words = [
        ("kind", "guide"),
        ("slug", "thu"),
        ("title", "<b onmouseover=alert(1)>Thử</b>"),
        ("body", hostile),
        ("title_en", "</title><script>alert(1)</script>"),
        ("body_en", hostile),
    ];
    assert_eq!(officer.post("/internal/pages", &words).await.status, 303);
    publish(&mut officer, "thu").await;
    for page in [
        reader.get("/huong-dan/thu").await,
        reader.get("/en/huong-dan/thu").await,
        reader.get("/en/huong-dan").await,
        officer.get("/internal/pages/thu/preview").await,
        officer.get("/internal/pages/thu").await,
        officer.get("/internal/pages").await,
    ] {
        assert_eq!(page.status, 200);
        assert_clean(&page.path, &page.text(), &[PUBLIC_URL]);
        assert!(page.attributes("script", "src").iter().all(|src| src.starts_with("/static/")), "{}", page.path);
        assert!(page.attributes("main img, main [onerror], main [onload], main [onmouseover]", "class").is_empty());
        assert!(page.attributes("a", "href").iter().all(|href| !href.contains("script:")), "{}", page.path);
        assert!(!page.text().contains("<script>alert"), "{}", page.path);
    }
}

#[actix_web::test]
async fn wrong_words_are_named_and_kept_and_nobody_is_overwritten() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    officer.get("/internal/pages/new").await;
    let long = "ế".repeat(12_001);
    for (fields, wrong) in [
        (vec![("kind", "news"), ("body", "Lời.")], "title"),
        (vec![("kind", "news"), ("title", "Tên"), ("body", long.as_str())], "body"),
        (vec![("kind", "news"), ("title", "Tên"), ("body", "Lời."), ("slug", "new")], "slug"),
        (vec![("kind", "news"), ("title", "Tên"), ("body", "Lời."), ("slug", "Có dấu")], "slug"),
        (vec![("kind", "news"), ("title", "Tên"), ("body", "Lời."), ("title_en", "Name")], "body_en"),
        (vec![("kind", "news"), ("title", "Tên"), ("body", "Lời."), ("body_en", "Words")], "title_en"),
    ] {
        let answer = officer.post("/internal/pages", &fields).await;
        assert_eq!(answer.status, 422, "{wrong}");
        assert_clean(wrong, &answer.text(), &[PUBLIC_URL]);
        assert_eq!(answer.attributes("#errors a", "href"), [format!("#{wrong}")]);
        assert!(answer.texts("#body")[0].contains(fields.iter().find(|(name, _)| *name == "body").unwrap().1));
    }
    let answer = officer.post("/internal/pages", &[("kind", "fixed"), ("title", "Tên"), ("body", "Lời.")]).await;
    assert_eq!(answer.status, 422, "nobody adds pages at an address of their own");
    for slug in ["cach-dung", "about"] {
        let fields = [("kind", "guide"), ("title", "Tên"), ("body", "Lời."), ("slug", slug)];
        assert_eq!(officer.post("/internal/pages", &fields).await.status, 409, "{slug}");
    }
    assert_eq!(khomo.count("article"), 0);
    told(&khomo, "tin");
    let mark = seen(&officer.get("/internal/pages/tin").await);
    assert_eq!(save(&mut officer, "tin", &[("title", "Của người khác"), ("body", "Lời.")]).await.status, 303);
    let mine = [("title", "Của tôi"), ("body", "Lời của tôi."), ("seen", mark.as_str())];
    let answer = officer.post("/internal/pages/tin", &mine).await;
    assert_eq!(answer.status, 409);
    assert_eq!(answer.attribute("#title", "value").as_deref(), Some("Của tôi"), "what was typed is kept");
    // A fault of one's own does not stand in for having seen the other's words.
    let faulty = [("title", ""), ("body", "Lời của tôi."), ("seen", mark.as_str())];
    let again = officer.post("/internal/pages/tin", &faulty).await;
    assert_eq!((again.status, seen(&again)), (422, mark.clone()));
    let answer = officer.post("/internal/pages/tin/publication", &[("seen", &mark)]).await;
    assert_eq!(answer.status, 409, "what is published was looked at");
}

#[actix_web::test]
async fn guides_stand_in_the_order_that_they_are_given() {
    let khomo = Khomo::start();
    let mut officer = khomo.signed_in("coordinator").await;
    let mut reader = khomo.public().await;
    reader.get("/huong-dan").await;
    officer.get("/internal/pages/tiep-can").await;
    for wrong in ["0", "1000", "x", ""] {
        let answer = officer.post("/internal/pages/tiep-can/position", &[("position", wrong)]).await;
        assert_eq!(answer.status, 422, "{wrong}");
    }
    assert_eq!(officer.post("/internal/pages/tiep-can/position", &[("position", "1")]).await.status, 303);
    let first = reader.get("/huong-dan").await.attributes("main .result a", "href").remove(0);
    assert_eq!(first, "/huong-dan/tiep-can");
    assert_eq!(officer.post("/internal/pages/about/position", &[("position", "1")]).await.status, 404);
}

#[actix_web::test]
async fn nobody_else_writes_pages() {
    let khomo = Khomo::start();
    told(&khomo, "tin");
    let profile = khomo.app.profile();
    for (person, roles) in PEOPLE.iter().filter(|(_, roles)| !roles.is_empty()) {
        if roles.iter().any(|(_, role)| *role == "coordinator") {
            continue;
        }
        let mut browser = khomo.signed_in(person).await;
        browser.visit("/internal/account").await;
        let before = khomo.count("article_revision");
        for (path, fields) in [
            ("/internal/pages", vec![("kind", "news"), ("title", "Tên"), ("body", "Lời.")]),
            ("/internal/pages/tin", vec![("title", "Tên"), ("body", "Lời.")]),
            ("/internal/pages/tin/publication", vec![]),
            ("/internal/pages/tin/position", vec![("position", "1")]),
            ("/internal/pages/tin/withdrawal", vec![("reason", "Bỏ.")]),
            ("/internal/pages/tin/revisions/1/restoration", vec![]),
        ] {
            let answer = browser.post(path, &fields).await;
            assert_eq!(answer.status, 403, "{person} at {path}");
        }
        assert_eq!((khomo.count("article"), khomo.count("article_revision")), (1, before));
        assert_eq!(
            khomo.db().read(|conn| editorial::article(conn, profile, "tin")).unwrap().state,
            editorial::State::Published
        );
    }
}
