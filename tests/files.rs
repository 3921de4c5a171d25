//! Files beside the tables' own: places as GeoJSON and GeoParquet, packed CSV, a whole dataset as ZIP, the catalogue; and JSON on its way in.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{Reader, Xlsx};
use datafusion::parquet::file::reader::{FileReader, SerializedFileReader};
use khomo::kernel::id::TableVersionId;
use khomo::platform::db::Db;
use khomo::table::geometry::{self, Geometry};
use khomo::table::{self, TableVersion};
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::support::kit::{Browser, Khomo, PUBLIC_URL, SMALL};

/// Stations with their places as text.
const STATIONS: &str = "Mã,Tên,Vị trí\n\
    01,Trạm Kim Sơn,POINT (106.5 20.25)\n\
    02,\"Tuyến \"\"A\"\"\",\"LINESTRING (106 20, 107 21)\"\n\
    03,Chưa rõ,\n";
/// Stations with their places as numbers.
const NUMBERS: &str = "Mã trạm,Vĩ độ,Kinh độ\n01,20.25,106.5\n02,20.5,106.75\n03,,\n";

fn json_of(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

/// Does what comes a minute after a publication.
async fn later(khomo: &Khomo) {
    khomo.work().await;
    khomo.clock.advance(60);
    khomo.work().await;
}

fn made(db: &Db, id: &TableVersionId) -> Vec<table::TableFile> {
    db.read(|conn| table::files_of(conn, std::slice::from_ref(id))).unwrap()
}

#[actix_web::test]
async fn rows_with_places_are_features() {
    let khomo = Khomo::start();
    khomo.dataset("tram").csv("diem", STATIONS).await.csv("so", NUMBERS).await.csv("khac", SMALL).await.publish().await;
    let mut reader = khomo.public().await;
    let answer = reader.get("/dataset/tram/diem.geojson").await;
    assert_eq!(answer.header("content-type"), Some("application/geo+json"));
    let all = json_of(&answer.body);
    assert_eq!(all["type"], "FeatureCollection");
    assert_eq!(
        all["features"],
        json!([
            { "type": "Feature", "geometry": { "type": "Point", "coordinates": [106.5, 20.25] },
              "properties": { "ma": "01", "ten": "Trạm Kim Sơn" } },
            { "type": "Feature", "geometry": { "type": "LineString", "coordinates": [[106, 20], [107, 21]] },
              "properties": { "ma": "02", "ten": "Tuyến \"A\"" } },
            { "type": "Feature", "geometry": null, "properties": { "ma": "03", "ten": "Chưa rõ" } },
        ])
    );
    let numbers = json_of(&reader.get("/dataset/tram/so.geojson").await.body);
    assert_eq!(
        numbers["features"][1],
        json!({ "type": "Feature", "geometry": { "type": "Point", "coordinates": [106.75, 20.5] },
                "properties": { "ma_tram": "02", "vi_do": 20.5, "kinh_do": 106.75 } })
    );
    // A query: its rows and columns, with the places even where no column shows them.
    let explorer = "/dataset/tram/so/kham-pha.geojson";
    for order in ["", "&sort=-ma_tram"] {
        let part = json_of(&reader.get(&format!("{explorer}?filter.ma_tram.ge=02&columns=ma_tram{order}")).await.body);
        let found: BTreeSet<String> =
            part["features"].as_array().unwrap().iter().map(|feature| feature["properties"].to_string()).collect();
        assert_eq!(found, ["{\"ma_tram\":\"02\"}", "{\"ma_tram\":\"03\"}"].map(str::to_owned).into(), "{order}");
        assert!(part.to_string().contains("[106.75,20.5]"));
    }
    let nothing = json_of(&reader.get(&format!("{explorer}?filter.ma_tram.eq=x")).await.body);
    assert_eq!(nothing["features"], json!([]));
    for path in ["/dataset/tram/khac.geojson", &format!("{explorer}?group=ma_tram&measure=count")] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    let links = |page: &crate::support::kit::Answer| page.attributes("a[download]", "href");
    assert!(links(&reader.get("/dataset/tram?resource=diem").await).contains(&"/dataset/tram/diem.geojson".to_owned()));
    assert!(!links(&reader.get("/dataset/tram?resource=khac").await).iter().any(|href| href.ends_with("geojson")));
}

#[actix_web::test]
async fn packed_files_come_after_the_publication_and_go_with_the_table() {
    let khomo = Khomo::start();
    let id = khomo.dataset("tram").csv("diem", STATIONS).await.publish().await;
    let mut reader = khomo.public().await;
    let endings = ["csv.gz", "csv.zst", "geo.parquet"];
    for ending in endings {
        assert_eq!(reader.get(&format!("/dataset/tram/diem.{ending}")).await.status, 404, "{ending}");
    }
    let before = reader.get("/dataset/tram").await;
    later(&khomo).await;
    let after = reader.get("/dataset/tram").await;
    assert_ne!(before.header("etag"), after.header("etag"), "the page tells of them at once");
    let csv = reader.get("/dataset/tram/diem.csv").await.body;
    let links = after.attributes("a[download]", "href");
    for ending in endings {
        let path = format!("/dataset/tram/diem.{ending}");
        assert!(links.contains(&path), "{path} in {links:?}");
        let whole = reader.get(&path).await;
        assert_eq!(whole.status, 200, "{path}");
        assert_eq!(whole.header("etag"), Some(format!("\"{}\"", hex::encode(Sha256::digest(&whole.body))).as_str()));
        let part = reader.get_with(&path, &[("Range", "bytes=2-9")]).await;
        assert_eq!((part.status, &part.body[..]), (206, &whole.body[2..10]), "{path}");
        let fixed = reader.get(&format!("/en/dataset/tram/v/1/diem.{ending}")).await;
        assert_eq!(fixed.body, whole.body, "{path}");
        let unpacked = match ending {
            "csv.gz" => {
                let mut text = Vec::new();
                flate2::read::GzDecoder::new(&whole.body[..]).read_to_end(&mut text).unwrap();
                text
            }
            "csv.zst" => zstd::decode_all(&whole.body[..]).unwrap(),
            _ => csv.to_vec(),
        };
        assert_eq!(unpacked, csv, "{path}");
    }
    // They are found done, and made of the same table anew they are the same.
    let table = khomo.db().read(|conn| table::of_dataset(conn, &id)).unwrap().remove(0);
    let first = made(khomo.db(), &table.id);
    assert_eq!(first.len(), 3);
    khomo.raw("DELETE FROM table_file").unwrap();
    later(&khomo).await;
    let again = made(khomo.db(), &table.id);
    let facts = |files: &[table::TableFile]| -> Vec<(String, i64, String)> {
        files.iter().map(|file| (file.kind.clone(), file.bytes, file.sha256.clone())).collect()
    };
    assert_eq!(facts(&first), facts(&again));
    // The backup knows them.
    let named: BTreeSet<String> =
        khomo.db().read(table::stored).unwrap().into_iter().map(|stored| stored.name).collect();
    for name in ["data.csv.gz", "data.csv.zst", "data.geo.parquet"] {
        assert!(named.contains(&format!("tables/{}/{name}", table.id)), "{name}");
    }
}

#[actix_web::test]
async fn a_table_whose_files_cannot_be_made_waits_and_keeps_no_other_waiting() {
    let khomo = Khomo::start();
    let id = khomo.dataset("hong").csv("bang", SMALL).await.publish().await;
    let mut reader = khomo.public().await;
    let csv = reader.get("/dataset/hong/bang.csv").await.body;
    let table = khomo.db().read(|conn| table::of_dataset(conn, &id)).unwrap().remove(0);
    let name = table::Object::Csv.name(&table.id);
    khomo.files().delete(&name).await.unwrap();
    later(&khomo).await;
    later(&khomo).await;
    assert_eq!(khomo.count("table_attempt WHERE attempts = 1"), 1, "a minute later it waits");
    khomo.dataset("lanh").csv("bang", SMALL).await.publish().await;
    later(&khomo).await;
    assert_eq!(reader.get("/dataset/lanh/bang.csv.gz").await.status, 200);
    khomo.clock.advance(3600);
    later(&khomo).await;
    assert_eq!(khomo.count("table_attempt WHERE attempts = 2"), 1, "an hour later it is tried again");
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("csv");
    std::fs::write(&path, &csv).unwrap();
    khomo.files().put_file(&name, &path).await.unwrap();
    khomo.clock.advance(2 * 3600);
    later(&khomo).await;
    assert_eq!(made(khomo.db(), &table.id).len(), 2);
    assert_eq!(khomo.count("table_attempt"), 0);
}

#[actix_web::test]
async fn a_draft_has_no_packed_files() {
    let khomo = Khomo::start();
    khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    later(&khomo).await;
    assert_eq!(khomo.count("table_file"), 0);
    assert_eq!(khomo.count("table_attempt"), 0);
}

#[actix_web::test]
async fn geoparquet_says_where_its_shapes_are() {
    let khomo = Khomo::start();
    khomo.dataset("tram").csv("diem", STATIONS).await.csv("so", NUMBERS).await.publish().await;
    later(&khomo).await;
    let mut reader = khomo.public().await;
    for (name, column, kinds, columns) in [
        ("diem", "vi_tri", json!(["Point", "LineString"]), vec!["ma", "ten", "vi_tri"]),
        ("so", "geometry", json!(["Point"]), vec!["ma_tram", "vi_do", "kinh_do", "geometry"]),
    ] {
        let body = reader.get(&format!("/dataset/tram/{name}.geo.parquet")).await.body;
        let file = SerializedFileReader::new(body).unwrap();
        let metadata = file.metadata().file_metadata();
        let notes = metadata.key_value_metadata().unwrap();
        let geo = notes.iter().find(|note| note.key == "geo").unwrap().value.clone().unwrap();
        let geo = json_of(geo.as_bytes());
        assert_eq!((&geo["version"], &geo["primary_column"]), (&json!("1.1.0"), &json!(column)));
        let told = &geo["columns"][column];
        assert_eq!((&told["encoding"], &told["geometry_types"]), (&json!("WKB"), &kinds));
        assert_eq!(told["bbox"][0], if name == "diem" { json!(106.0) } else { json!(106.5) });
        let found: Vec<&str> = metadata.schema_descr().columns().iter().map(|column| column.name()).collect();
        assert_eq!(found, columns);
        assert_eq!(metadata.num_rows(), 3);
    }
}

#[actix_web::test]
async fn a_whole_version_is_one_archive_that_describes_itself() {
    let khomo = Khomo::start();
    let data = khomo.dataset("da-dang").title("Đa dạng").english("Varied").csv("bang", SMALL).await;
    data.csv("tram", STATIONS).await.publish().await;
    let mut reader = khomo.public().await;
    let answer = reader.get("/dataset/da-dang/da-dang.zip").await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/zip")));
    assert!(answer.header("content-disposition").unwrap().contains("\"da dang _v1_.zip\""));
    let mut archive = zip::ZipArchive::new(Cursor::new(answer.body.to_vec())).unwrap();
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut content = Vec::new();
        file.read_to_end(&mut content).unwrap();
        files.insert(file.name().unwrap().into_owned(), content);
    }
    let package = json_of(&files["datapackage.json"]);
    assert_eq!(
        (&package["name"], &package["version"], &package["titleEn"]),
        (&json!("da-dang"), &json!("1"), &json!("Varied"))
    );
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 4);
    for resource in resources {
        let content = &files[resource["path"].as_str().unwrap()];
        assert_eq!(resource["bytes"], json!(content.len()));
        assert_eq!(resource["hash"], json!(format!("sha256:{}", hex::encode(Sha256::digest(content)))));
    }
    assert_eq!(files["data/bang.csv"], reader.get("/dataset/da-dang/bang.csv").await.body);
    assert_eq!(resources[0]["schema"]["fields"][0]["name"], "Mã xã");
    for name in ["README.vi.md", "README.en.md", "dictionary.vi.csv", "dictionary.en.csv", "terms.vi.md", "terms.en.md"]
    {
        assert!(files.contains_key(name), "{name} in {:?}", files.keys());
    }
    let read_me = String::from_utf8(files["README.en.md"].clone()).unwrap();
    for wanted in ["# Varied", "`data/tram.csv`", &format!("{PUBLIC_URL}/dataset/da-dang/v/1"), "terms.en.md"] {
        assert!(read_me.contains(wanted), "{wanted} in {read_me}");
    }
    // The same version is the same file, byte for byte, whenever and in whatever language it is asked for.
    khomo.clock.advance(86_400);
    let tag = answer.header("etag").unwrap();
    let again = reader.get("/en/dataset/da-dang/v/1/da-dang.zip").await;
    assert_eq!((again.header("etag"), &again.body), (Some(tag), &answer.body));
    assert_eq!(reader.get_with("/dataset/da-dang/da-dang.zip", &[("If-None-Match", tag)]).await.status, 304);
    let links = reader.get("/dataset/da-dang").await.attributes("a[download]", "href");
    assert!(links.contains(&"/dataset/da-dang/da-dang.zip".to_owned()), "{links:?}");
    for path in ["/dataset/da-dang/bang.zip", "/dataset/khong-co/khong-co.zip"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn the_catalogue_is_a_file_of_every_published_table() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/catalogue.json").await.text(), "[\n]\n");
    let data = khomo.dataset("da-dang").title("=Đa dạng").csv("bang", STATIONS).await;
    data.csv("phu", "Mã,Số\nA,1\n").await.publish().await;
    khomo.dataset("so-lieu").title("Giá đất").english("Land prices").publish().await;
    khomo.dataset("nhap").csv("bang", SMALL).await.import().unwrap();
    let json = json_of(&reader.get("/catalogue.json").await.body);
    let lines = json.as_array().unwrap();
    let rows: BTreeMap<String, u64> = lines
        .iter()
        .map(|line| (line["csv"].as_str().unwrap().replace(PUBLIC_URL, ""), line["rows"].as_u64().unwrap()))
        .collect();
    let wanted = [("/dataset/da-dang/bang.csv", 3), ("/dataset/da-dang/phu.csv", 1), ("/dataset/so-lieu/bang.csv", 3)];
    assert_eq!(rows, wanted.map(|(path, rows)| (path.to_owned(), rows)).into());
    for line in lines {
        for code in ["csv", "parquet", "xlsx", "page"] {
            let path = line[code].as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned();
            let answer = reader.get(&path).await;
            assert_eq!(answer.status, 200, "{path}");
            if code == "csv" {
                assert_eq!(line["csv_bytes"], json!(answer.body.len()));
            }
        }
    }
    let csv = reader.get("/catalogue.csv").await;
    assert_eq!(csv.text().lines().count(), 4);
    assert!(csv.text().contains(",'=Đa dạng,"), "no text begins like a formula");
    let tag = csv.header("etag").unwrap();
    assert_eq!(reader.get_with("/catalogue.csv", &[("If-None-Match", tag)]).await.status, 304);
    let mut book = Xlsx::new(Cursor::new(reader.get("/en/catalogue.xlsx").await.body.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    assert!(sheet.rows().any(|row| row[1] == "Land prices"));
    let parquet = SerializedFileReader::new(reader.get("/catalogue.parquet").await.body).unwrap();
    assert_eq!(parquet.metadata().file_metadata().num_rows(), 3);
    assert_eq!(reader.get("/catalogue.txt").await.status, 404);
    let links = reader.get("/dataset").await.attributes("main a[download]", "href");
    assert_eq!(links, ["/catalogue.xlsx", "/catalogue.csv", "/catalogue.json", "/catalogue.parquet"]);
}

fn geometry_of(table: &TableVersion) -> Option<Geometry> {
    geometry::of(&table.report().unwrap().outcome.columns)
}

async fn published(khomo: &Khomo, text: &str) -> (Browser, String) {
    khomo.dataset("vao").csv("bang", text).await.publish().await;
    let mut reader = khomo.public().await;
    let csv = reader.get("/dataset/vao/bang.csv").await.text();
    (reader, csv)
}

#[actix_web::test]
async fn json_comes_in_by_the_same_way_as_csv() {
    let khomo = Khomo::start();
    let text = r#"[
        {"ma": "01", "dan_so": 1250, "ngay": "2026-01-05", "con": {"a": [1, 2]}},
        {"ma": "02", "dan_so": null, "ngay": "2026-01-06", "con": null}
    ]"#;
    let (_, csv) = published(&khomo, text).await;
    assert_eq!(csv, "ma,dan_so,ngay,con\n01,1250,2026-01-05,\"{\"\"a\"\":[1,2]}\"\n02,,2026-01-06,\n");
    let table = khomo.table("{\"a\":1}\n{\"a\":\"hai\"}\n7\n{\"a\":2}\n").await;
    assert_eq!((table.row_count, table.set_aside_count), (3, 1), "what is no object is set aside");
}

#[actix_web::test]
async fn geojson_comes_in_and_goes_out_as_it_was() {
    let khomo = Khomo::start();
    let features = json!([
        { "type": "Feature", "geometry": { "type": "Polygon", "coordinates": [[[106, 20], [107, 20], [107, 21], [106, 20]]] },
          "properties": { "ten": "Xã A", "dan_so": 12 } },
        { "type": "Feature", "geometry": { "type": "Point", "coordinates": [106.25, 20.5] },
          "properties": { "ten": "Xã B", "dan_so": null } },
    ]);
    let text = json!({ "type": "FeatureCollection", "name": "xa", "features": features }).to_string();
    let (mut reader, csv) = published(&khomo, &text).await;
    assert!(csv.contains("\"POLYGON ((106 20, 107 20, 107 21, 106 20))\",Xã A,12\n"), "{csv}");
    assert!(geometry_of(&khomo.table(&text).await).is_some());
    let out = json_of(&reader.get("/dataset/vao/bang.geojson").await.body);
    assert_eq!(out["features"], features);
}

#[test]
fn any_table_of_json_comes_out_as_it_went_in() {
    let khomo = Khomo::start();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let mut runner = TestRunner::new(Config { cases: 24, ..Config::default() });
    let rows = proptest::collection::vec(("[a-zđ ]{1,8}[x-z]", proptest::option::of(-99_999i64..99_999)), 2..20);
    runner
        .run(&rows, |rows| {
            let objects: Vec<Value> =
                rows.iter().map(|(name, number)| json!({ "ten": name.trim(), "so": number })).collect();
            let list = runtime.block_on(khomo.table(&Value::from(objects.clone()).to_string()));
            let lines: Vec<String> = objects.iter().map(Value::to_string).collect();
            let lines = runtime.block_on(khomo.table(&lines.join("\n")));
            // The same table, whatever way it was written.
            assert_eq!(list.csv_sha256, lines.csv_sha256);
            assert_eq!((list.row_count, list.set_aside_count), (i64::try_from(rows.len()).unwrap(), 0));
            Ok(())
        })
        .unwrap();
}
