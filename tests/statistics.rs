//! How the data is used: counted by day and format, by several programs, shown to everybody, taken away as a dataset of its own.

use khomo::worker;

use crate::support::html::assert_clean;
use crate::support::kit::{Browser, Khomo, PUBLIC_URL};

const FILE: &str = "/thong-ke/luot-su-dung";

async fn used(khomo: &Khomo) -> Browser {
    khomo.dataset("dan-so").title("Dân số các xã").english("Population of communes").publish().await;
    khomo.dataset("da-rut").title("Bộ đã rút").publish().await;
    let mut reader = khomo.public().await;
    reader.get("/dataset/da-rut").await;
    for path in ["/dataset/dan-so", "/dataset/dan-so", "/dataset/dan-so/bang.csv", "/dataset/dan-so/bang.parquet"] {
        assert_eq!(reader.get(path).await.status, 200);
    }
    worker::write_counts(&khomo.app).await.unwrap();
    let gone = khomo.lines("SELECT id AS line FROM dataset WHERE slug = 'da-rut'").remove(0);
    khomo.withdraw(&khomo::kernel::id::DatasetId::parse(&gone).unwrap(), "approver").unwrap();
    // Of another year, and of a format that this program does not know: counted all the same.
    let id = khomo.lines("SELECT id AS line FROM dataset WHERE slug = 'dan-so'").remove(0);
    for (day, format, total) in [("2025-10-03", "csv", 40), ("2025-01-02", "csv", 7), ("2026-09-01", "la", 3)] {
        khomo
            .raw(&format!("INSERT INTO usage_count VALUES ('{day}', '{id}', 'download', '{format}', {total})"))
            .unwrap();
    }
    reader
}

#[actix_web::test]
async fn everybody_reads_what_was_used_over_days_months_and_from_the_start() {
    let khomo = Khomo::start();
    let mut reader = used(&khomo).await;
    for (range, views, downloads) in [("", "3", "5"), ("?range=12m", "3", "45"), ("?range=all", "3", "52")] {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}/thong-ke{range}");
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            assert_eq!(page.texts(".scorebar b")[..2], [views, downloads], "{path}");
            let links = page.attributes("td a, th a", "href");
            assert!(links.contains(&format!("{prefix}/dataset/dan-so")), "{path}");
            assert!(!links.iter().any(|link| link.ends_with("da-rut")), "what was withdrawn is in no list");
            let points = page.texts("details tbody tr").len();
            assert_eq!(
                points,
                match range {
                    "" => 30,
                    "?range=12m" => 12,
                    _ => 21,
                },
                "the table says what the line shows"
            );
        }
    }
    let own = reader.get("/dataset/dan-so").await;
    assert!(own.text().contains("45 lượt tải trong 12 tháng") && own.text().contains("class=\"chart spark\""));
    assert_eq!(reader.cookies.len(), 0);
}

#[actix_web::test]
async fn the_counts_are_a_dataset_of_their_own_in_four_formats_with_dictionary_and_terms() {
    let khomo = Khomo::start();
    let mut reader = used(&khomo).await;
    let csv = reader.get(&format!("{FILE}.csv")).await;
    let wanted = "ngay,dia_chi,bo_du_lieu,co_quan,loai,dinh_dang,so_luot\n2025-01-02,dan-so,Dân số các xã,";
    assert!(csv.text().starts_with(wanted), "{}", csv.text());
    assert_eq!((csv.text().lines().count(), csv.text().contains("da-rut")), (7, false));
    let json: Vec<serde_json::Value> = serde_json::from_str(&reader.get(&format!("{FILE}.json")).await.text()).unwrap();
    assert_eq!((json.len(), &json[5]["so_luot"], &json[5]["loai"]), (6, &2.into(), &"view".into()));
    assert_eq!(&reader.get(&format!("{FILE}.parquet")).await.body[..4], b"PAR1");
    assert_eq!(&reader.get(&format!("{FILE}.xlsx")).await.body[..2], b"PK");
    let schema: serde_json::Value =
        serde_json::from_str(&reader.get(&format!("/en{FILE}.schema.json")).await.text()).unwrap();
    assert_eq!((schema["fields"].as_array().unwrap().len(), &schema["fields"][6]["title"]), (7, &"Count".into()));
    assert!(schema["licenses"][0]["path"].as_str().unwrap().ends_with("/en/terms"));
    let etag = csv.header("etag").unwrap();
    assert_eq!(reader.get_with(&format!("{FILE}.csv"), &[("If-None-Match", etag)]).await.status, 304);
    reader.get("/dataset/dan-so/bang.csv").await;
    worker::write_counts(&khomo.app).await.unwrap();
    khomo.clock.advance(60);
    assert_eq!(
        reader.get_with(&format!("{FILE}.csv"), &[("If-None-Match", etag)]).await.status,
        200,
        "it is never older than a minute"
    );
}

#[actix_web::test]
async fn everybody_reads_how_much_was_searched_in_vain_and_never_the_words() {
    let khomo = Khomo::start();
    for (month, words, total) in [
        ("2026-09", "ngap ung", 5),
        ("2026-08", "ngap ung", 4),
        ("2026-08", "tram sac", 3),
        ("2026-07", "gia vang", 6),
        ("2025-08", "lich cup dien", 7),
        ("2024-09", "qua cu", 9),
    ] {
        khomo.raw(&format!("INSERT INTO vain_search VALUES ('{month}', '{words}', {total})")).unwrap();
    }
    let mut reader = khomo.public().await;
    for (range, month, words, people) in
        [("", "08/2026", 2, 12), ("?range=12m", "10/2025", 3, 18), ("?range=all", "10/2024", 4, 25)]
    {
        let page = reader.get(&format!("/thong-ke{range}")).await;
        assert_clean(range, &page.text(), &[PUBLIC_URL]);
        let told = page.texts("section[aria-labelledby=in-vain] p").concat();
        let numbers =
            format!("Từ tháng {month} có {words} từ tìm kiếm không cho kết quả, với {people} lượt người tìm.");
        assert!(told.contains(&numbers) && told.contains("không công bố"), "{range}: {told}");
        let english = reader.get(&format!("/en/thong-ke{range}")).await;
        assert_clean(range, &english.text(), &[PUBLIC_URL]);
        let told = english.texts("section[aria-labelledby=in-vain] p").concat();
        assert!(told.contains(&format!("since {month}: {words}, made by people {people} times")), "{range}: {told}");
        for text in [page.text(), english.text()] {
            assert!(!text.contains("ngap") && !text.contains("gia vang"), "the words stay inside");
        }
    }
}

#[actix_web::test]
async fn nothing_counted_is_an_empty_page_and_an_empty_file() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    let page = reader.get("/thong-ke?range=all").await;
    assert_clean("nothing", &page.text(), &[PUBLIC_URL]);
    assert_eq!(reader.get(&format!("{FILE}.json")).await.text(), "[\n]\n");
    assert_eq!(reader.get(&format!("{FILE}.csv")).await.text().lines().count(), 1);
    for path in [format!("{FILE}.xlsx"), format!("{FILE}.parquet")] {
        assert_eq!(reader.get(&path).await.status, 200, "{path}");
    }
}

#[actix_web::test]
async fn programs_on_one_database_count_together() {
    let khomo = Khomo::start();
    let id = khomo.dataset("dan-so").publish().await;
    let second = khomo.second_program();
    for app in [&khomo.app, &second, &khomo.app] {
        app.counter.count("2026-09-04".to_owned(), id.clone(), "download", "csv");
        worker::write_counts(app).await.unwrap();
    }
    assert_eq!(khomo.lines("SELECT CAST(total AS TEXT) AS line FROM usage_count"), ["3"]);
}
