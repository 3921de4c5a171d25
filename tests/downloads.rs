//! Files on the wire as RFC 9110 wants them, under names that people can read, byte for byte what was published.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use actix_web::{App as Actix, HttpServer, web};
use calamine::{Data, Reader, Xlsx};
use khomo::dataset::{ColumnNote, Constraints};
use khomo::http::public_headers;
use khomo::web::public;
use khomo::worker;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use crate::support::kit::{Answer, Browser, Khomo, PUBLIC_URL, SMALL, vi};

const CSV: &str = "/dataset/so-lieu/bang.csv";
const TITLE: &str = "Giá đất ở tại đô thị, đợt 2";

async fn published(khomo: &Khomo) -> (Browser, Answer) {
    khomo.dataset("so-lieu").title(TITLE).english("Urban land prices").publish().await;
    let mut reader = khomo.public().await;
    let whole = reader.get(CSV).await;
    assert_eq!(whole.status, 200);
    (reader, whole)
}

fn sha256(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

#[actix_web::test]
async fn the_canonical_csv_is_what_came_in_with_its_codes_and_iso_dates() {
    let khomo = Khomo::start();
    let (_, whole) = published(&khomo).await;
    let text = whole.text();
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(
        lines,
        [
            "Mã xã,Tên xã,Dân số,Ngày",
            "00123,Kim Sơn,1250,2026-01-05",
            "00124,An Lạc,,2026-01-06",
            "00125,Đồng Xuân,987,2026-01-07",
        ]
    );
    assert_eq!(whole.header("content-type"), Some("text/csv; charset=utf-8"));
}

#[actix_web::test]
async fn the_etag_is_strong_and_is_the_hash_of_the_bytes() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    assert_eq!(whole.header("etag"), Some(format!("\"{}\"", sha256(&whole.body)).as_str()));
    let parquet = reader.get("/dataset/so-lieu/bang.parquet").await;
    assert_eq!(parquet.header("etag"), Some(format!("\"{}\"", sha256(&parquet.body)).as_str()));
    assert_eq!(&parquet.body[..4], b"PAR1");
    assert_eq!(parquet.header("content-type"), Some("application/vnd.apache.parquet"));
    let page = reader.get("/dataset/so-lieu").await.text();
    assert!(page.contains(&sha256(&whole.body)), "the page tells the hash of the CSV");
    for answer in [&whole, &parquet] {
        assert_eq!(answer.header("content-encoding"), None);
        assert_eq!(answer.length, Some(answer.body.len() as u64));
    }
}

#[actix_web::test]
async fn who_has_the_bytes_is_told_so_without_them() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    let (etag, modified) = (whole.header("etag").unwrap(), whole.header("last-modified").unwrap());
    assert_eq!(modified, "Fri, 04 Sep 2026 02:00:00 GMT");
    let weak = format!("W/{etag}");
    let several = format!("\"x\", {etag}");
    let (later, earlier) = ("Fri, 04 Sep 2026 03:00:00 GMT", "Fri, 04 Sep 2026 01:59:59 GMT");
    let cases: &[(&[(&str, &str)], u16)] = &[
        (&[("If-None-Match", etag)], 304),
        (&[("If-None-Match", &weak)], 304),
        (&[("If-None-Match", &several)], 304),
        (&[("If-None-Match", "*")], 304),
        (&[("If-None-Match", "\"x\"")], 200),
        (&[("If-None-Match", "nonsense")], 200),
        (&[("If-Modified-Since", modified)], 304),
        (&[("If-Modified-Since", later)], 304),
        (&[("If-Modified-Since", earlier)], 200),
        (&[("If-Modified-Since", "nonsense")], 200),
        // The tag is asked first; the date then does not count.
        (&[("If-None-Match", "\"x\""), ("If-Modified-Since", later)], 200),
        (&[("If-None-Match", etag), ("If-Modified-Since", earlier)], 304),
        (&[("If-None-Match", etag), ("Range", "bytes=0-3")], 304),
    ];
    for (headers, status) in cases {
        let answer = reader.get_with(CSV, headers).await;
        assert_eq!(answer.status, *status, "{headers:?}");
        assert_eq!(answer.header("etag"), Some(etag), "{headers:?}");
        assert_eq!(answer.body.is_empty(), *status == 304, "{headers:?}");
        assert!(answer.header("cache-control").is_some(), "{headers:?}");
    }
}

#[actix_web::test]
async fn a_precondition_that_fails_is_refused() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    let etag = whole.header("etag").unwrap();
    let cases: &[(&str, &str, u16)] = &[
        ("If-Match", etag, 200),
        ("If-Match", "*", 200),
        ("If-Match", "\"x\"", 412),
        ("If-Unmodified-Since", "Fri, 04 Sep 2026 02:00:00 GMT", 200),
        ("If-Unmodified-Since", "Fri, 04 Sep 2026 01:59:59 GMT", 412),
    ];
    for (name, value, status) in cases {
        assert_eq!(reader.get_with(CSV, &[(name, value)]).await.status, *status, "{name}: {value}");
    }
}

#[actix_web::test]
async fn one_range_is_given_and_anything_else_is_the_whole() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    let n = whole.body.len();
    let beyond = format!("bytes={n}-");
    let over = format!("bytes=5-{}", n + 100);
    let last = format!("bytes={}-{}", n - 1, n - 1);
    let cases: &[(&str, u16, std::ops::Range<usize>)] = &[
        ("bytes=0-3", 206, 0..4),
        ("bytes=0-0", 206, 0..1),
        ("bytes=5-", 206, 5..n),
        ("bytes=-7", 206, n - 7..n),
        ("bytes=-99999999999999999999", 206, 0..n),
        (&over, 206, 5..n),
        (&last, 206, n - 1..n),
        (&beyond, 416, 0..0),
        ("bytes=99999999999999999999-", 416, 0..0),
        ("bytes=-0", 416, 0..0),
        ("bytes=0-1,4-5", 200, 0..n),
        ("bytes=9-2", 200, 0..n),
        ("bytes=a-b", 200, 0..n),
        ("rows=0-3", 200, 0..n),
        ("nonsense", 200, 0..n),
    ];
    for (range, status, bytes) in cases {
        let answer = reader.get_with(CSV, &[("Range", range)]).await;
        assert_eq!(answer.status, *status, "{range}");
        let wanted = match status {
            206 => Some(format!("bytes {}-{}/{n}", bytes.start, bytes.end - 1)),
            416 => Some(format!("bytes */{n}")),
            _ => None,
        };
        assert_eq!(answer.header("content-range"), wanted.as_deref(), "{range}");
        assert_eq!(answer.body, whole.body[bytes.clone()], "{range}");
        assert_eq!(answer.length, Some(bytes.len() as u64), "{range}");
    }
}

#[actix_web::test]
async fn ranges_put_together_are_the_file() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    let path = "/dataset/so-lieu/bang.parquet";
    let whole = reader.get(path).await.body;
    let mut joined = Vec::new();
    for start in (0..whole.len()).step_by(100) {
        let range = format!("bytes={start}-{}", start + 99);
        let part = reader.get_with(path, &[("Range", &range)]).await;
        assert_eq!(part.status, 206);
        joined.extend_from_slice(&part.body);
    }
    assert_eq!(joined, whole);
}

#[actix_web::test]
async fn a_range_counts_only_of_the_same_bytes() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    let (etag, modified) = (whole.header("etag").unwrap(), whole.header("last-modified").unwrap());
    let weak = format!("W/{etag}");
    for (condition, status) in [
        (etag, 206),
        (modified, 206),
        ("\"x\"", 200),
        (&weak, 200),
        ("Fri, 04 Sep 2026 03:00:00 GMT", 200),
        ("nonsense", 200),
    ] {
        let answer = reader.get_with(CSV, &[("Range", "bytes=0-3"), ("If-Range", condition)]).await;
        assert_eq!(answer.status, status, "{condition}");
    }
}

#[actix_web::test]
async fn head_says_all_that_get_says_and_sends_no_bytes() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    for path in [CSV, "/dataset/so-lieu/bang.parquet", "/dataset/so-lieu/v/1/bang.csv", "/en/dataset/so-lieu/bang.csv"]
    {
        let (get, head) = (reader.get(path).await, reader.send("HEAD", path, &[], None).await);
        let plain = |answer: &Answer| -> BTreeMap<String, String> {
            let headers = answer.headers.iter().filter(|(name, _)| name.as_str() != "x-request-id");
            headers.map(|(name, value)| (name.to_string(), format!("{value:?}"))).collect()
        };
        assert_eq!((head.status, head.length, plain(&head)), (get.status, get.length, plain(&get)), "{path}");
        assert!(head.body.is_empty(), "{path}");
    }
    // RFC 9110, 14.2: a range has a meaning for GET only.
    let ranged = reader.send("HEAD", CSV, &[("Range", "bytes=0-3")], None).await;
    assert_eq!((ranged.status, ranged.header("content-range")), (200, None));
}

#[actix_web::test]
async fn on_a_real_socket_head_has_the_length_and_no_body_and_a_range_its_own_length() {
    let khomo = Khomo::start();
    let (_, whole) = published(&khomo).await;
    let data = web::Data::new(khomo.app.clone());
    let server = HttpServer::new(move || {
        Actix::new().app_data(data.clone()).wrap(public_headers(&data)).configure(public::configure)
    })
    .workers(1)
    .disable_signals()
    .bind("127.0.0.1:0")
    .unwrap();
    let address = server.addrs()[0];
    let server = server.run();
    let handle = server.handle();
    actix_web::rt::spawn(server);
    let ask = async |request: String| {
        let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
        socket.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        socket.read_to_end(&mut answer).await.unwrap();
        let cut = answer.windows(4).position(|end| end == b"\r\n\r\n").unwrap();
        (String::from_utf8_lossy(&answer[..cut]).to_lowercase(), answer[cut + 4..].to_vec())
    };
    let request = |method: &str, path: &str, more: &str| {
        format!("{method} {path} HTTP/1.1\r\nHost: khomo\r\nConnection: close\r\n{more}\r\n")
    };
    let length = format!("content-length: {}", whole.body.len());
    let (head, body) = ask(request("HEAD", CSV, "")).await;
    assert!(head.starts_with("http/1.1 200") && head.contains(&length) && body.is_empty(), "{head}");
    let (head, body) = ask(request("GET", CSV, "")).await;
    assert!(head.contains(&length), "{head}");
    assert_eq!(body, whole.body);
    let (head, body) = ask(request("GET", CSV, "Range: bytes=2-5\r\n")).await;
    assert!(head.starts_with("http/1.1 206") && head.contains("content-length: 4"), "{head}");
    assert_eq!(body, whole.body[2..6]);
    let (head, body) = ask(request("HEAD", "/dataset/so-lieu", "")).await;
    assert!(head.starts_with("http/1.1 200") && body.is_empty(), "{head}");
    let (head, body) = ask(request("GET", CSV, &format!("If-None-Match: \"{}\"\r\n", sha256(&whole.body)))).await;
    assert!(head.starts_with("http/1.1 304") && body.is_empty(), "{head}");
    handle.stop(true).await;
}

#[actix_web::test]
async fn a_file_is_saved_under_the_title_with_its_tones() {
    let khomo = Khomo::start();
    let (mut reader, whole) = published(&khomo).await;
    let name = |answer: &Answer| {
        let disposition = answer.header("content-disposition").unwrap().to_owned();
        let encoded = disposition.split("filename*=UTF-8''").nth(1).unwrap().to_owned();
        assert!(disposition.starts_with("attachment; filename=\"") && disposition.is_ascii(), "{disposition}");
        percent_decode_str(&encoded).decode_utf8().unwrap().into_owned()
    };
    assert_eq!(name(&whole), format!("{TITLE} (v1).csv"));
    assert_eq!(name(&reader.get("/dataset/so-lieu/bang.parquet").await), format!("{TITLE} (v1).parquet"));
    assert_eq!(name(&reader.get("/en/dataset/so-lieu/bang.csv").await), "Urban land prices (v1).csv");
    let hostile = "a\"; filename=x.exe\r\nSet-Cookie: a=b/../\\c:*?<>|\u{7f}\u{202e}";
    khomo.dataset("la").title(hostile).publish().await;
    let answer = reader.get("/dataset/la/bang.csv").await;
    let saved = name(&answer);
    assert!(!saved.contains(['"', '/', '\\', ':', '\r', '\n', '\0', '<', '|']), "{saved:?}");
    assert_eq!(answer.header("set-cookie"), None);
}

#[actix_web::test]
async fn the_latest_address_moves_on_and_the_versions_address_never_changes() {
    let khomo = Khomo::start();
    let (mut reader, first) = published(&khomo).await;
    khomo.clock.advance(24 * 3600);
    khomo.dataset("so-lieu").title(TITLE).csv("bang", "Mã xã,Tên xã\n00199,Xã Mới\n").await.publish().await;
    let second = reader.get(CSV).await;
    assert!(second.text().contains("00199"));
    assert_ne!(second.header("etag"), first.header("etag"));
    for (number, bytes) in [(1, &first.body), (2, &second.body)] {
        let answer = reader.get(&format!("/dataset/so-lieu/v/{number}/bang.csv")).await;
        assert_eq!(&answer.body, bytes, "version {number}");
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
    for path in [CSV, "/en/dataset/so-lieu/bang.csv", "/dataset/so-lieu/bang.parquet"] {
        assert_eq!(reader.get(path).await.header("cache-control"), Some("public, no-cache"), "{path}");
    }
    let old = [("If-None-Match", first.header("etag").unwrap())];
    assert_eq!(reader.get_with(CSV, &old).await.status, 200, "who holds the old bytes gets the new ones");
    for path in ["/dataset/so-lieu/v/3/bang.csv", "/dataset/so-lieu/v/0/bang.csv", "/dataset/so-lieu/v/01x/bang.csv"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn a_table_that_a_later_version_does_not_touch_is_carried_over() {
    let khomo = Khomo::start();
    let one = khomo.dataset("so-lieu").csv("bang", SMALL).await.csv("phu", "Mã,Số\nA,1\n").await;
    one.publish().await;
    khomo.dataset("so-lieu").csv("phu", "Mã,Số\nA,2\n").await.publish().await;
    let mut reader = khomo.public().await;
    let bodies = async |reader: &mut Browser, version: u8| {
        let path = |name: &str| format!("/dataset/so-lieu/v/{version}/{name}.csv");
        (reader.get(&path("bang")).await.body, reader.get(&path("phu")).await.body)
    };
    let (first, second) = (bodies(&mut reader, 1).await, bodies(&mut reader, 2).await);
    assert_eq!(first.0, second.0);
    assert_ne!(first.1, second.1);
}

#[actix_web::test]
async fn what_was_withdrawn_is_gone_at_every_address() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "so-lieu")).unwrap().unwrap().id;
    khomo.withdraw(&id, "coordinator").unwrap();
    for path in [
        CSV,
        "/dataset/so-lieu/bang.parquet",
        "/dataset/so-lieu/bang.schema.json",
        "/dataset/so-lieu/v/1/bang.csv",
        "/dataset/so-lieu",
        "/dataset/so-lieu/v/1",
        "/en/dataset/so-lieu/bang.csv",
        "/en/dataset/so-lieu",
    ] {
        let answer = reader.get(path).await;
        assert_eq!(answer.status, 410, "{path}");
        assert!(answer.is_html(), "{path}");
        assert!(answer.header("content-disposition").is_none(), "{path}");
    }
    let vi = reader.get("/dataset/so-lieu").await;
    assert!(vi.text().contains("Số liệu sai đơn vị.") && vi.text().contains(TITLE));
    assert!(reader.get("/en/dataset/so-lieu").await.text().contains("Wrong unit."));
}

#[actix_web::test]
async fn any_site_may_read_the_files_from_a_script() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    for path in
        [CSV, "/dataset/so-lieu/bang.parquet", "/dataset/so-lieu/bang.schema.json", "/dataset/so-lieu/v/1/bang.csv"]
    {
        let answer = reader.get_with(path, &[("Origin", "https://khac.example")]).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        assert_eq!(answer.header("access-control-allow-credentials"), None, "{path}");
    }
    let part = reader.get_with(CSV, &[("Origin", "https://khac.example"), ("Range", "bytes=0-3")]).await;
    for name in ["Content-Range", "Content-Length", "ETag"] {
        assert!(part.header("access-control-expose-headers").unwrap().contains(name), "{name}");
    }
    let page = reader.get_with("/dataset/so-lieu", &[("Origin", "https://khac.example")]).await;
    assert_eq!(page.header("access-control-allow-origin"), None, "pages are no data");
}

#[actix_web::test]
async fn the_schema_of_a_table_is_a_table_schema() {
    let khomo = Khomo::start();
    let notes = vec![ColumnNote {
        title: "Dân số".into(),
        title_en: Some("Population".into()),
        meaning: Some(vi("Số người thường trú.")),
        unit: None,
        constraints: Constraints {
            unique: true,
            minimum: Some("0".into()),
            codes: Constraints::codes_from("1250 = đông\n987"),
            ..Constraints::default()
        },
    }];
    let key = Constraints { key: true, ..Constraints::default() };
    let notes = [notes, vec![ColumnNote { title: "Mã xã".into(), constraints: key, ..ColumnNote::default() }]].concat();
    khomo.dataset("so-lieu").dictionary(notes).publish().await;
    let mut reader = khomo.public().await;
    let answer = reader.get("/dataset/so-lieu/bang.schema.json").await;
    assert_eq!(answer.header("content-type"), Some("application/json"));
    let schema: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(schema["$schema"], "https://datapackage.org/profiles/2.0/tableschema.json");
    let field = |index: usize, key: &str| schema["fields"][index][key].as_str().unwrap_or_default().to_owned();
    let kinds: Vec<_> = (0..4).map(|index| (field(index, "name"), field(index, "type"))).collect();
    let kinds: Vec<_> = kinds.iter().map(|(name, kind)| (name.as_str(), kind.as_str())).collect();
    assert_eq!(kinds, [("Mã xã", "string"), ("Tên xã", "string"), ("Dân số", "integer"), ("Ngày", "date")]);
    assert_eq!((field(2, "title"), field(2, "description")), ("Population".into(), "Số người thường trú.".into()));
    let wanted = serde_json::json!({ "unique": true, "minimum": "0", "enum": ["1250", "987"] });
    assert_eq!((&schema["fields"][2]["constraints"], &schema["primaryKey"]), (&wanted, &serde_json::json!(["Mã xã"])));
    assert_eq!(schema["fields"][2]["categories"][0], serde_json::json!({ "value": "1250", "label": "đông" }));
    // The schema speaks of the CSV: its header has these names, and its empty cells are the missing values.
    let csv = reader.get(CSV).await.text();
    let header = csv.trim_start_matches('\u{feff}').lines().next().unwrap().to_owned();
    let names: Vec<String> = (0..4).map(|index| field(index, "name")).collect();
    assert_eq!(header, names.join(","));
    assert_eq!(schema["missingValues"], serde_json::json!([""]));
}

#[actix_web::test]
async fn names_that_are_no_file_are_not_found() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    for file in [
        "bang",
        "bang.xls",
        "bang.excel.xlsx",
        "bang.JSON",
        "khac.xlsx",
        "khac.csv",
        ".csv",
        "bang.CSV",
        "original",
        "data.parquet",
        "..%2Fbang.csv",
        "%00.csv",
        "%FF.csv",
    ] {
        for place in ["/dataset/so-lieu", "/dataset/so-lieu/v/1"] {
            let answer = reader.get(&format!("{place}/{file}")).await;
            assert_eq!(answer.status, 404, "{place}/{file}");
        }
    }
}

#[actix_web::test]
async fn downloads_are_counted_by_day_and_format_and_robots_are_not() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    reader.get(CSV).await;
    reader.get("/dataset/so-lieu/bang.parquet").await;
    reader.get("/dataset/so-lieu").await;
    let mut robot = reader.stranger();
    robot.headers = vec![("User-Agent".into(), "Mozilla/5.0 (compatible; Examplebot/1.0)".into())];
    robot.get(CSV).await;
    robot.get("/dataset/so-lieu").await;
    worker::write_counts(&khomo.app).await.unwrap();
    worker::write_counts(&khomo.app).await.unwrap();
    let counted = khomo.lines(
        "SELECT day || ' ' || kind || ' ' || format || ' ' || total AS line FROM usage_count ORDER BY kind, format",
    );
    assert_eq!(counted, ["2026-09-04 download csv 2", "2026-09-04 download parquet 1", "2026-09-04 view  1"]);
}

#[actix_web::test]
async fn a_download_taken_up_again_is_one_download() {
    let khomo = Khomo::start();
    khomo.dataset("so-lieu").publish().await;
    let mut reader = khomo.public().await;
    let whole = reader.get(CSV).await;
    let etag = whole.header("etag").unwrap();
    reader.get_with(CSV, &[("If-None-Match", etag)]).await;
    reader.get_with(CSV, &[("Range", "bytes=10-20")]).await;
    reader.send("HEAD", CSV, &[], None).await;
    worker::write_counts(&khomo.app).await.unwrap();
    assert_eq!(
        khomo.count("usage_count WHERE kind = 'download' AND total = 1"),
        1,
        "not a request, a download is counted"
    );
}

/// Codes, decimals, exact digits, days, answers, empties, quotes, what begins like a formula, Vietnamese.
const VARIED: &str = "Mã,Tên,Diện tích,Vốn,Ngày,Có điện\n\
    00123,\"Kim Sơn, \"\"A\"\"\",12.5,12345678901234567.25,2026-01-05,true\n\
    00124,=1+1;x,,0.50,2026-01-06,false\n\
    00125,Đồng Xuân,0.25,,,true\n";

async fn varied(khomo: &Khomo) -> Browser {
    let data = khomo.dataset("da-dang").title("Đa dạng").english("Varied").csv("bang", VARIED).await;
    data.publish().await;
    khomo.public().await
}

#[actix_web::test]
async fn the_csv_for_excel_is_written_as_excel_of_the_readers_language_reads_it() {
    let khomo = Khomo::start();
    let mut reader = varied(&khomo).await;
    let answer = reader.get("/dataset/da-dang/bang.excel.csv").await;
    assert_eq!(
        answer.text(),
        "\u{feff}Mã;Tên;Diện tích;Vốn;Ngày;Có điện\r\n\
         00123;\"Kim Sơn, \"\"A\"\"\";12,5;12345678901234567,25;05/01/2026;TRUE\r\n\
         00124;\"'=1+1;x\";;0,50;06/01/2026;FALSE\r\n\
         00125;Đồng Xuân;0,25;;;TRUE\r\n"
    );
    assert_eq!(answer.header("content-type"), Some("text/csv; charset=utf-8"));
    assert!(answer.header("content-disposition").unwrap().contains("\"da dang _v1_.excel.csv\""));
    assert_eq!(
        reader.get("/en/dataset/da-dang/v/1/bang.excel.csv").await.text(),
        "\u{feff}Mã,Tên,Diện tích,Vốn,Ngày,Có điện\r\n\
         00123,\"Kim Sơn, \"\"A\"\"\",12.5,12345678901234567.25,2026-01-05,TRUE\r\n\
         00124,'=1+1;x,,0.50,2026-01-06,FALSE\r\n\
         00125,Đồng Xuân,0.25,,,TRUE\r\n"
    );
}

#[actix_web::test]
async fn json_names_values_by_keys_and_loses_no_digit() {
    let khomo = Khomo::start();
    let mut reader = varied(&khomo).await;
    let rows = [
        r#"{"ma":"00123","ten":"Kim Sơn, \"A\"","dien_tich":12.5,"von":"12345678901234567.25","ngay":"2026-01-05","co_dien":true}"#,
        r#"{"ma":"00124","ten":"=1+1;x","dien_tich":null,"von":"0.50","ngay":"2026-01-06","co_dien":false}"#,
        r#"{"ma":"00125","ten":"Đồng Xuân","dien_tich":0.25,"von":null,"ngay":null,"co_dien":true}"#,
    ];
    let json = reader.get("/dataset/da-dang/bang.json").await;
    assert_eq!(json.text(), format!("[\n{}\n]\n", rows.join(",\n")));
    assert_eq!(json.header("content-type"), Some("application/json"));
    let lines = reader.get("/dataset/da-dang/bang.ndjson").await;
    assert_eq!(lines.text(), format!("{}\n", rows.join("\n")));
    assert_eq!(lines.header("content-type"), Some("application/x-ndjson"));
    // The explorer's query as JSON: exactly its rows, and a list without rows is a list.
    let explorer = "/dataset/da-dang/bang/kham-pha";
    let part = reader.get(&format!("{explorer}.json?filter.dien_tich.filled=1&columns=ten%2Cma&sort=-ma")).await;
    let wanted = "[\n{\"ten\":\"Đồng Xuân\",\"ma\":\"00125\"},\n{\"ten\":\"Kim Sơn, \\\"A\\\"\",\"ma\":\"00123\"}\n]\n";
    assert_eq!(part.text(), wanted);
    assert_eq!(reader.get(&format!("{explorer}.json?filter.ma.eq=x")).await.text(), "[\n]\n");
    assert_eq!(reader.get(&format!("{explorer}.ndjson?filter.ma.eq=x")).await.text(), "");
    let sums = reader.get(&format!("{explorer}.json?group=co_dien&measure=count%2Csum.dien_tich")).await;
    let sums: serde_json::Value = serde_json::from_slice(&sums.body).unwrap();
    assert_eq!(sums[1], serde_json::json!({ "co_dien": true, "count": 2, "sum.dien_tich": 12.75 }));
}

fn workbook(answer: &Answer) -> Xlsx<Cursor<Vec<u8>>> {
    assert_eq!(answer.status, 200);
    Xlsx::new(Cursor::new(answer.body.to_vec())).unwrap()
}

#[actix_web::test]
async fn a_workbook_has_typed_cells_and_tells_what_it_holds() {
    let khomo = Khomo::start();
    let mut reader = varied(&khomo).await;
    let answer = reader.get("/dataset/da-dang/bang.xlsx").await;
    assert_eq!(
        answer.header("content-type"),
        Some("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    );
    assert_eq!(answer.length, Some(answer.body.len() as u64));
    let mut book = workbook(&answer);
    let names = book.sheet_names();
    assert_eq!(names[1], "Giới thiệu");
    let data = book.worksheet_range(&names[0]).unwrap();
    assert!(book.worksheet_formula(&names[0]).unwrap().is_empty(), "nothing is a formula");
    let text = |text: &str| Data::String(text.to_owned());
    let row = |at: usize| data.rows().nth(at).unwrap().to_vec();
    assert_eq!(row(0), ["Mã", "Tên", "Diện tích", "Vốn", "Ngày", "Có điện"].map(text));
    let first = row(1);
    assert_eq!(first[..4], [text("00123"), text("Kim Sơn, \"A\""), Data::Float(12.5), text("12345678901234567.25")]);
    let Data::DateTime(day) = first[4] else { panic!("no day: {:?}", first[4]) };
    // Days since 30/12/1899.
    assert_eq!((day.as_f64(), &first[5]), (46_027.0, &Data::Bool(true)));
    assert_eq!(row(2)[1..4], [text("=1+1;x"), Data::Empty, Data::Float(0.5)]);
    assert_eq!(row(3)[2..5], [Data::Float(0.25), Data::Empty, Data::Empty]);
    assert_eq!(data.rows().count(), 4);
    let about = book.worksheet_range(&names[1]).unwrap();
    let told: Vec<String> =
        about.rows().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>().join("|")).collect();
    for wanted in [
        "Đa dạng",
        "1, công bố ngày 04/09/2026",
        &format!("{PUBLIC_URL}/dataset/da-dang/v/1"),
        "dien_tich|Số thập phân",
    ] {
        assert!(told.iter().any(|line| line.contains(wanted)), "{wanted} in {told:#?}");
    }
    // The same data is the same file, byte for byte.
    khomo.clock.advance(3600);
    assert_eq!(reader.get("/dataset/da-dang/bang.xlsx").await.body, answer.body);
    // A query: its rows, its columns, its address.
    let path = "/en/dataset/da-dang/bang/kham-pha.xlsx?filter.ma.ge=00124&columns=ten%2Cngay&sort=-ten";
    let mut part = workbook(&reader.get(path).await);
    let data = part.worksheet_range_at(0).unwrap().unwrap();
    let names: Vec<String> = data.rows().map(|row| row[0].to_string()).collect();
    assert_eq!(names, ["Tên", "Đồng Xuân", "=1+1;x"]);
    let about = part.worksheet_range("About").unwrap();
    assert!(about.rows().any(|row| row[1].to_string().contains("/en/dataset/da-dang/v/1/bang/kham-pha?")));
}

#[actix_web::test]
async fn a_table_longer_than_a_sheet_is_offered_in_the_formats_that_hold_it() {
    let khomo = Khomo::start();
    let mut reader = varied(&khomo).await;
    khomo.drop_triggers();
    khomo.raw("UPDATE table_version SET row_count = 1048576").unwrap();
    let answer = reader.get("/dataset/da-dang/bang.xlsx").await;
    assert_eq!((answer.status, answer.header("cache-control")), (422, Some("no-store")));
    assert!(answer.texts("p.lead")[0].contains("1.048.575"));
    let links = answer.attributes("main a[download]", "href");
    assert_eq!(links, ["/dataset/da-dang/bang.csv", "/dataset/da-dang/bang.parquet"]);
    let part = reader.get("/en/dataset/da-dang/v/1/bang/kham-pha.xlsx?sort=-ma").await;
    assert_eq!(part.status, 422);
    let links = part.attributes("main a[download]", "href");
    assert_eq!(links, ["/en/dataset/da-dang/v/1/bang/kham-pha.csv?sort=-ma", "/en/dataset/da-dang/v/1/bang.parquet"]);
    for (path, answer) in [("vi", &answer), ("en", &part)] {
        crate::support::html::assert_clean(path, &answer.text(), &[PUBLIC_URL]);
    }
    // A part that fits is given.
    assert_eq!(reader.get("/dataset/da-dang/bang/kham-pha.xlsx?filter.ma.eq=00124").await.status, 200);
    let page = reader.get("/dataset/da-dang").await;
    assert!(
        page.attributes("a[download]", "href").iter().all(|href| !href.contains("xlsx") && !href.contains("excel"))
    );
}

#[actix_web::test]
async fn made_files_are_kept_by_content_counted_and_gone_with_their_dataset() {
    let khomo = Khomo::start();
    let mut reader = varied(&khomo).await;
    let paths = ["xlsx", "excel.csv", "json", "ndjson"].map(|ending| format!("/dataset/da-dang/bang.{ending}"));
    let mut tags = BTreeSet::new();
    for path in &paths {
        let answer = reader.get(path).await;
        let tag = answer.header("etag").unwrap().to_owned();
        assert_eq!(answer.header("cache-control"), Some("public, no-cache"), "{path}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        let again = reader.get_with(path, &[("If-None-Match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        let head = reader.send("HEAD", path, &[], None).await;
        assert_eq!((head.status, head.body.len(), head.header("etag")), (200, 0, Some(tag.as_str())), "{path}");
        assert_eq!(head.header("content-type"), answer.header("content-type"), "{path}");
        let fixed = reader.get(&path.replace("/bang.", "/v/1/bang.")).await;
        assert_eq!(fixed.body, answer.body, "{path}");
        tags.insert(tag);
        tags.insert(reader.get(&format!("/en{path}")).await.header("etag").unwrap().to_owned());
        tags.insert(reader.get(&path.replace("bang.", "bang/kham-pha.")).await.header("etag").unwrap().to_owned());
    }
    assert!(tags.len() >= 8, "of each format and language its own: {tags:?}");
    worker::write_counts(&khomo.app).await.unwrap();
    let counted =
        khomo.lines("SELECT format || ' ' || total AS line FROM usage_count WHERE kind = 'download' ORDER BY format");
    assert_eq!(counted, ["excel-csv 4", "json 4", "ndjson 4", "xlsx 4"]);
    let left: Vec<_> = std::fs::read_dir(&khomo.app.parts.settings.scratch)
        .unwrap()
        .filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("khomo-work-"))
        .collect();
    assert!(left.is_empty(), "nothing is left in the scratch folder: {left:?}");
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "da-dang")).unwrap().unwrap().id;
    khomo.withdraw(&id, "coordinator").unwrap();
    for path in &paths {
        assert_eq!(reader.get(path).await.status, 410, "{path}");
    }
}

#[actix_web::test]
async fn the_page_links_to_files_that_are_there() {
    let khomo = Khomo::start();
    let (mut reader, _) = published(&khomo).await;
    for page in [
        "/dataset/so-lieu",
        "/en/dataset/so-lieu",
        "/dataset/so-lieu/v/1",
        "/dataset/so-lieu?tab=structure",
        "/dataset/so-lieu?tab=versions",
    ] {
        let links = reader.get(page).await.attributes("a[download], a[href$='.json']", "href");
        assert!(!links.is_empty(), "{page}");
        for link in links {
            let link = link.strip_prefix(PUBLIC_URL).unwrap_or(&link).to_owned();
            assert_eq!(reader.get(&link).await.status, 200, "{page} links to {link}");
        }
    }
}
