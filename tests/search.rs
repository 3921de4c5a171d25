//! Finding published data: with and without tones, narrowed by facets, in step with what is published, and without an index.

use std::collections::BTreeSet;
use std::path::Path;

use khomo::worker;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::kit::{AWAY, Answer, Browser, Khomo, SMALL, copy_of};

/// Six datasets of two agencies and three topics.
async fn library() -> Khomo {
    let khomo = Khomo::start();
    let row = khomo.table(SMALL).await;
    for (slug, title, topic, agency, frequency) in [
        ("gia-dat", "Giá đất ở tại đô thị", "dat-dai-xay-dung", AWAY, "yearly"),
        ("tram-y-te", "Danh sách trạm y tế xã", "y-te", "", "monthly"),
        ("benh-vien", "Bệnh viện và số giường", "y-te", "", "quarterly"),
        ("lua", "Diện tích gieo trồng lúa", "nong-nghiep", AWAY, "quarterly"),
        ("tiem-chung", "Kết quả tiêm chủng", "y-te", "", "monthly"),
        ("rung", "Diện tích rừng", "nong-nghiep", AWAY, "monthly"),
    ] {
        let mut draft = khomo.dataset(slug).title(title).row("bang", copy_of(&row));
        draft = draft.describe(|metadata| (metadata.topic, metadata.frequency) = (topic.into(), frequency.into()));
        if agency == AWAY {
            draft = draft.agency(AWAY).by("stranger");
        }
        draft.publish().await;
        khomo.clock.advance(60);
    }
    khomo
}

fn found(page: &Answer) -> Vec<String> {
    assert_eq!(page.status, 200, "{}", page.path);
    page.attributes(".result h3 a", "href").iter().map(|href| href.rsplit('/').next().unwrap().to_owned()).collect()
}

async fn search(reader: &mut Browser, query: &str) -> Vec<String> {
    found(&reader.get(&format!("/dataset?{query}")).await)
}

#[actix_web::test]
async fn words_without_tone_marks_find_titles_with_them() {
    let khomo = library().await;
    khomo.index();
    let mut reader = khomo.public().await;
    for (query, first) in [
        ("q=gia+dat", "gia-dat"),
        ("q=GIA+DAT+DO+THI", "gia-dat"),
        ("q=gi%C3%A1+%C4%91%E1%BA%A5t", "gia-dat"),
        // The same words, with each tone mark as a sign of its own.
        ("q=gia%CC%81+%C4%91a%CC%82%CC%81t", "gia-dat"),
        ("q=tram+y+te", "tram-y-te"),
        ("q=benh+vien", "benh-vien"),
        ("q=rung", "rung"),
        ("q=%22di%E1%BB%87n+t%C3%ADch+r%E1%BB%ABng%22", "rung"),
    ] {
        assert_eq!(search(&mut reader, query).await.first().map(String::as_str), Some(first), "{query}");
        let english = found(&reader.get(&format!("/en/dataset?{query}")).await);
        assert_eq!(english.first().map(String::as_str), Some(first), "/en {query}");
    }
    let page = reader.get("/dataset?q=gia+dat").await;
    assert!(page.texts("mark").iter().any(|word| word.to_lowercase().contains("đất")), "what matched is marked");
    assert_eq!(search(&mut reader, "q=zzzz").await, Vec::<String>::new());
}

#[actix_web::test]
async fn columns_and_agencies_are_found_as_well() {
    let khomo = library().await;
    khomo
        .dataset("khac")
        .title("Bảng khác")
        .csv("bang", "Mã,Số lượng giường bệnh nội trú\n1,2\n")
        .await
        .publish()
        .await;
    khomo.index();
    let mut reader = khomo.public().await;
    assert!(search(&mut reader, "q=giuong+benh+noi+tru").await.contains(&"khac".to_owned()));
    let all = search(&mut reader, "q=so+nong+nghiep+va+moi+truong").await;
    for slug in ["gia-dat", "lua", "rung"] {
        assert!(all.contains(&slug.to_owned()), "{slug}");
    }
}

/// The values of the facets on a page: address and count.
fn facets(page: &Answer) -> Vec<(String, usize)> {
    let hrefs = page.attributes(".facet li a", "href");
    let counts = page.texts(".facet li a .n");
    assert_eq!(hrefs.len(), counts.len());
    let number = |text: &String| text.split_whitespace().next().unwrap().parse().unwrap();
    hrefs.into_iter().zip(counts.iter().map(number)).collect()
}

#[actix_web::test]
async fn every_facet_leads_to_as_many_results_as_it_says_and_its_chip_leads_back() {
    let khomo = library().await;
    khomo.index();
    let mut reader = khomo.public().await;
    let start = reader.get("/dataset").await;
    let all: BTreeSet<String> = found(&start).into_iter().collect();
    assert_eq!(all.len(), 6);
    let offered = facets(&start);
    assert!(offered.iter().any(|(href, _)| href.contains("topic=y-te")) && offered.len() > 6, "{offered:?}");
    for (href, count) in offered {
        let narrowed = reader.get(&href).await;
        let got: BTreeSet<String> = found(&narrowed).into_iter().collect();
        assert_eq!(got.len(), count, "{href}");
        assert!(got.is_subset(&all), "{href}");
        let back = narrowed.attribute("a.chip", "href").unwrap();
        assert_eq!(found(&reader.get(&back).await).len(), 6, "{href}");
        // One step deeper the counts hold as well.
        let kind = href.split(['?', '=']).nth(1).unwrap();
        for (deeper, count) in facets(&narrowed) {
            // Another value of the same facet widens; this one's own takes it off again.
            if deeper.matches(&format!("{kind}=")).count() != 1 {
                continue;
            }
            assert_eq!(found(&reader.get(&deeper).await).len(), count, "{href}, then {deeper}");
        }
    }
    let both = search(&mut reader, "topic=y-te&topic=nong-nghiep&agency=so-y-te").await;
    assert_eq!(both.len(), 3, "values of one facet widen, facets narrow: {both:?}");
    assert_eq!(search(&mut reader, "topic=y-te&q=tiem").await, ["tiem-chung"]);
}

#[actix_web::test]
async fn sorted_by_title_and_by_date_the_list_is_in_order() {
    let khomo = library().await;
    khomo.index();
    let mut reader = khomo.public().await;
    assert_eq!(
        search(&mut reader, "sort=updated").await,
        ["rung", "tiem-chung", "lua", "benh-vien", "tram-y-te", "gia-dat"]
    );
    assert_eq!(
        search(&mut reader, "sort=title").await,
        ["benh-vien", "tram-y-te", "lua", "rung", "gia-dat", "tiem-chung"],
        "as a Vietnamese dictionary orders them"
    );
}

#[actix_web::test]
async fn pages_of_results_hold_every_dataset_once() {
    let khomo = Khomo::start();
    let row = khomo.table(SMALL).await;
    for number in 0..47 {
        khomo.dataset(&format!("so-{number}")).title("Cùng một tên").row("bang", copy_of(&row)).publish().await;
    }
    let mut reader = khomo.public().await;
    for indexed in [false, true] {
        if indexed {
            khomo.index();
        }
        for start in ["/dataset", "/dataset?q=ten", "/dataset?sort=updated", "/topic/y-te", "/organization/so-y-te"] {
            let (mut slugs, mut path, mut pages) = (Vec::new(), start.to_owned(), 0);
            loop {
                let page = reader.get(&path).await;
                slugs.extend(found(&page));
                pages += 1;
                let Some(next) = page.attribute(".pager a[rel=next]", "href") else { break };
                path = next;
            }
            assert_eq!((pages, slugs.len()), (3, 47), "{start}");
            assert_eq!(slugs.iter().collect::<BTreeSet<_>>().len(), 47, "{start}");
        }
    }
}

#[actix_web::test]
async fn without_an_index_the_list_comes_from_the_database_and_the_page_says_so() {
    let khomo = library().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset").await;
    assert_eq!(found(&page).len(), 6);
    let said = page.texts(".note.warn").join(" ");
    assert!(said.contains("Chỉ mục tìm kiếm"), "{said}");
    assert_eq!(search(&mut reader, "q=gia+dat").await, ["gia-dat"]);
    assert_eq!(search(&mut reader, "q=gi%C3%A1+%C4%91%E1%BA%A5t").await, ["gia-dat"]);
    khomo.index();
    let page = reader.get("/dataset").await;
    assert_eq!(page.texts(".note.warn"), Vec::<String>::new(), "and no longer once there is one");
    assert_eq!(found(&page).len(), 6);
}

#[actix_web::test]
async fn the_program_is_ready_only_with_an_index_and_alive_always() {
    let khomo = library().await;
    let (mut public, mut internal) = (khomo.public().await, khomo.internal().await);
    for browser in [&mut public, &mut internal] {
        assert_eq!(browser.get("/healthz").await.status, 200);
        assert_eq!(browser.get("/readyz").await.status, 503);
    }
    assert!(internal.get("/metrics").await.text().contains("khomo_index_ready 0\n"));
    khomo.index();
    for browser in [&mut public, &mut internal] {
        assert_eq!(browser.get("/readyz").await.status, 200);
    }
    let figures = internal.get("/metrics").await.text();
    let sequence = format!("khomo_index_sequence {}\n", khomo.db().revision().unwrap());
    for line in ["khomo_index_ready 1\n", "khomo_datasets{state=\"published\"} 6\n", &sequence] {
        assert!(figures.contains(line), "{line}: {figures}");
    }
    assert_eq!(public.get("/metrics").await.status, 404, "figures are for the operator");
}

/// Every file of a folder and of its folders.
fn files_in(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_in(&path) } else { vec![path] }).collect()
}

#[actix_web::test]
async fn an_index_that_was_deleted_or_damaged_is_built_again() {
    let mut khomo = library().await;
    khomo.index();
    let damages: [fn(&Path); 3] = [
        |folder| std::fs::remove_dir_all(folder.join("index")).unwrap(),
        |folder| {
            for file in files_in(&folder.join("index")) {
                std::fs::write(file, b"damaged").unwrap();
            }
        },
        |folder| {
            for file in files_in(&folder.join("index")) {
                let length = std::fs::metadata(&file).unwrap().len();
                std::fs::File::options().write(true).open(file).unwrap().set_len(length / 2).unwrap();
            }
        },
    ];
    for (number, damage) in damages.into_iter().enumerate() {
        khomo = khomo.restart(damage);
        let mut reader = khomo.public().await;
        assert_eq!(found(&reader.get("/dataset").await).len(), 6, "damage {number}: the list comes from somewhere");
        let parts = &khomo.app.parts;
        worker::rebuild(khomo.db(), &parts.profile, &parts.index, &mut |_| {}).unwrap();
        assert_eq!(reader.get("/readyz").await.status, 200, "damage {number}");
        assert_eq!(search(&mut reader, "q=gia+dat").await, ["gia-dat"], "damage {number}");
        drop(reader);
    }
}

#[actix_web::test]
async fn an_index_outlives_the_program_and_catches_up_with_what_it_missed() {
    let khomo = library().await;
    khomo.index();
    let sequence = khomo.app.parts.index.sequence();
    let id = khomo.dataset("moi").title("Bộ mới").publish().await;
    let khomo = khomo.restart(|_| {});
    assert!(khomo.app.parts.index.ready());
    assert_eq!(khomo.app.parts.index.sequence(), sequence);
    khomo.index();
    assert!(khomo.app.parts.index.ids().unwrap().contains(&id.to_string()));
    assert_eq!(khomo.app.parts.index.sequence(), khomo.db().revision().unwrap());
}

#[test]
fn the_index_holds_exactly_what_is_published_whatever_happened() {
    let khomo = Khomo::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let row = runtime.block_on(khomo.table(SMALL));
    khomo.index();
    let acts = prop::collection::vec((0..6_usize, 0..3_usize), 3..20);
    let rounds = std::cell::Cell::new(0);
    let run = TestRunner::new(Config { cases: 8, failure_persistence: None, ..Config::default() }).run(&acts, |acts| {
        let round = rounds.replace(rounds.get() + 1);
        let parts = &khomo.app.parts;
        for (act, dataset) in acts {
            let slug = format!("so-lieu-{round}-{dataset}");
            let known = khomo.db().read(|conn| khomo::dataset::by_slug(conn, &slug)).unwrap();
            let _ = match (act, known) {
                (0 | 1, _) | (_, None) => khomo.dataset(&slug).row("bang", copy_of(&row)).import().map(|_| ()),
                (2 | 3, Some(dataset)) => khomo
                    .submit(&dataset.id, "editor")
                    .and_then(|()| khomo.approve(&dataset.id, "approver"))
                    .map(|_| ()),
                (4, Some(dataset)) => khomo.withdraw(&dataset.id, "approver"),
                _ => worker::rebuild(khomo.db(), &parts.profile, &parts.index, &mut |_| {}),
            };
        }
        worker::catch_up(khomo.db(), &parts.profile, &parts.index).unwrap();
        let published = khomo.lines("SELECT id AS line FROM dataset WHERE state = 'published' ORDER BY id");
        prop_assert_eq!(parts.index.ids().unwrap(), published);
        prop_assert_eq!(parts.index.sequence(), khomo.db().revision().unwrap());
        Ok(())
    });
    run.unwrap();
}
