//! The API: what it answers is what its own document says, pages repeat and lose nothing, and whatever is wrong is told.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bytes::Bytes;
use datafusion::arrow::array::RecordBatch;
use datafusion::arrow::ipc::reader::StreamReader;
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use khomo::api::{ENDPOINTS, KINDS, Shape};
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, HOME, Khomo, PUBLIC_URL};

const RECORDS: &str = "/api/v1/datasets/dan-cu/tables/bang/records";

/// People in villages: codes, text with tone marks, whole numbers with gaps, decimals, days.
fn table(rows: usize) -> String {
    let names = ["Kim Sơn", "Đồng Xuân", "An Lạc", "Sơn Hà"];
    let mut csv = "Mã,Tên xã,Dân số,Diện tích,Ngày\n".to_owned();
    for row in 0..rows {
        let people = if row % 7 == 3 { String::new() } else { (row * 37 % 100).to_string() };
        csv += &format!("{row:05},{},{people},{}.5,{:02}/01/2026\n", names[row % 4], row % 11, row % 28 + 1);
    }
    csv
}

async fn published(khomo: &Khomo, rows: usize) -> Browser {
    khomo.dataset("dan-cu").title("Dân cư các xã").csv("bang", &table(rows)).await.publish().await;
    khomo.index();
    khomo.public().await
}

fn json(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap_or_else(|error| panic!("{}: {error}: {}", answer.path, answer.text()))
}

/// An address without its host.
fn local(url: &Value) -> String {
    url.as_str().unwrap().strip_prefix(PUBLIC_URL).unwrap().to_owned()
}

/// All rows of a result, following `next` to the end; every page but the last is full.
async fn walk(reader: &mut Browser, start: &str) -> Vec<Value> {
    let (mut rows, mut path) = (Vec::new(), start.to_owned());
    loop {
        let answer = reader.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        let page = json(&answer);
        rows.extend(page["records"].as_array().unwrap().iter().cloned());
        assert!(rows.len() < 10_000, "pages without end");
        if page["next"].is_null() {
            assert_eq!(page["total"], rows.len());
            assert_eq!(answer.header("link"), None);
            return rows;
        }
        assert_eq!(answer.header("link").unwrap(), format!("<{}>; rel=\"next\"", page["next"].as_str().unwrap()));
        path = local(&page["next"]);
    }
}

fn codes(rows: &[Value]) -> Vec<String> {
    rows.iter().map(|row| row["ma"].as_str().unwrap().to_owned()).collect()
}

#[actix_web::test]
async fn the_entry_leads_everywhere_and_every_link_answers() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 3).await;
    let (mut seen, mut wait) = (BTreeSet::new(), vec!["/api/v1".to_owned()]);
    while let Some(path) = wait.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let answer = reader.get(&path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        // Of the document, no example is followed; pages are pages' business.
        if !path.starts_with("/api/v1") || path.contains("openapi") || path.contains("records") {
            continue;
        }
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert!(answer.header("etag").unwrap().starts_with('"'), "{path}: a strong ETag");
        fn urls(value: &Value, into: &mut Vec<String>) {
            match value {
                Value::String(text) if text.starts_with(PUBLIC_URL) => into.push(text[PUBLIC_URL.len()..].to_owned()),
                Value::Array(items) => items.iter().for_each(|item| urls(item, into)),
                Value::Object(fields) => fields.values().for_each(|field| urls(field, into)),
                _ => {}
            }
        }
        urls(&json(&answer), &mut wait);
    }
    for part in ["/versions/1/tables/bang", "/tables/bang/records", "bang.parquet", "/agencies", "/topics"] {
        assert!(seen.iter().any(|path| path.contains(part)), "{part}: {seen:?}");
    }
    assert_eq!(reader.get("/api/v1/").await.status, 200, "with a slash at the end");
}

/// Checks a value against a schema of the document: types, names, and that nothing else is there.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        let schema = &document["components"]["schemas"][name];
        assert!(schema.is_object(), "{at}: no schema {name}");
        return fits(document, schema, value, at);
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(choices) = schema[choice].as_array() {
            let of = |null: bool| choices.iter().find(|choice| (choice["type"] == "null") == null);
            return match (value.is_null(), of(true), of(false)) {
                (true, Some(_), _) => {}
                (_, _, Some(choice)) => fits(document, choice, value, at),
                _ => panic!("{at}: {schema}"),
            };
        }
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() || number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let kinds = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        kind => kind.as_str().into_iter().collect::<Vec<_>>(),
    };
    assert!(kinds.contains(&kind), "{at}: {kind} is not of {schema}");
    if let Value::Array(items) = value {
        items.iter().for_each(|item| fits(document, &schema["items"], item, &format!("{at}[]")));
    }
    if let (Value::Object(fields), Some(properties)) = (value, schema["properties"].as_object()) {
        for (name, field) in fields {
            assert!(properties.contains_key(name), "{at}.{name} is not in the document");
            fits(document, &properties[name], field, &format!("{at}.{name}"));
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            assert!(fields.contains_key(name.as_str().unwrap()), "{at}: {name} is missing");
        }
    }
}

#[actix_web::test]
async fn the_openapi_document_holds_every_route_and_parameter_and_answers_fit_it() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 3).await;
    let document = json(&reader.get("/api/v1/openapi.json").await);
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["servers"][0]["url"], PUBLIC_URL);
    let mut operations = BTreeSet::new();
    for endpoint in ENDPOINTS {
        let operation = &document["paths"][endpoint.route.path]["get"];
        assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 3), "{}", endpoint.route.path);
        assert!(operations.insert(operation["operationId"].as_str().unwrap().to_owned()));
        let told: BTreeMap<&str, &Value> = operation["parameters"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| (one["name"].as_str().unwrap(), one))
            .collect();
        let in_path = endpoint.route.path.split('{').skip(1).map(|rest| rest.split('}').next().unwrap());
        let wanted: BTreeSet<&str> = in_path.chain(endpoint.parameters.iter().map(|one| one.name)).collect();
        assert_eq!(told.keys().copied().collect::<BTreeSet<_>>(), wanted, "{}", endpoint.route.path);
        for one in told.values() {
            assert!(one["description"].as_str().is_some_and(|text| text.len() > 3) && one["schema"].is_object());
            assert!(one["in"] != "path" || one["required"] == true);
        }
        // What the document names is taken, and what it does not name is not.
        let path = endpoint.route.path.replace("{slug}", "dan-cu").replace("{number}", "1").replace("{table}", "bang");
        for one in endpoint.parameters {
            let pair = match one.shape {
                Shape::Text if one.name == "cursor" => continue,
                Shape::Text | Shape::Several => format!("{}=x", one.name),
                Shape::Number(_, most, _) => format!("{}={most}", one.name),
                Shape::OneOf(values) | Shape::SeveralOf(values) => format!("{}={}", one.name, values[0]),
                Shape::List if one.name == "measure" => "measure=count".to_owned(),
                Shape::List => format!("{}=dan_so", one.name),
                Shape::Filters => "filter.dan_so.ge=1".to_owned(),
            };
            let answer = reader.get(&format!("{path}?{pair}")).await;
            assert_eq!(answer.status, 200, "{path}?{pair}: {}", answer.text());
        }
        let refused = json(&reader.get(&format!("{path}?nonsense=1")).await);
        assert_eq!(refused["problems"][0]["parameter"], "nonsense", "{path}");
        let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"];
        fits(&document, schema, &json(&reader.get(&path).await), &path);
    }
    assert_eq!(document["paths"].as_object().unwrap().len(), ENDPOINTS.len());
    let problem = json(&reader.get("/api/v1/datasets/khong-co").await);
    fits(&document, &serde_json::json!({ "$ref": "#/components/schemas/Problem" }), &problem, "problem");
    // Every reference leads somewhere.
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document.pointer(reference).is_some(), "{reference}");
    }
    let english = json(&reader.get("/api/v1/openapi.json?lang=en").await);
    assert_ne!(english["info"]["description"], document["info"]["description"]);
}

#[actix_web::test]
async fn pages_of_rows_repeat_and_lose_none_however_they_are_asked_for() {
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "0")]);
    let reader = published(&khomo, 60).await;
    let all: Vec<usize> = (0..60).collect();
    let people = |row: usize| (row % 7 != 3).then_some(row * 37 % 100);
    let asked = (1u64..25, any::<bool>(), 0usize..100, 0usize..3);
    // Each case must run to its end before the next: the cases are drawn first.
    let mut runner = TestRunner::new(Config::default());
    let cases: Vec<_> =
        (0..24).map(|_| proptest::strategy::ValueTree::current(&asked.new_tree(&mut runner).unwrap())).collect();
    let mut reader = reader;
    for (limit, filtered, least, sort) in cases {
        let mut wanted: Vec<usize> =
            all.iter().copied().filter(|row| !filtered || people(*row).is_some_and(|people| people >= least)).collect();
        match sort {
            1 => wanted.sort_by_key(|row| people(*row).map_or((1, 0), |people| (0, people))),
            2 => wanted.sort_by_key(|row| people(*row).map_or((1, 0), |people| (0, 1000 - people))),
            _ => {}
        }
        let filter = if filtered { format!("&filter.dan_so.ge={least}") } else { String::new() };
        let sort = ["", "&sort=dan_so", "&sort=-dan_so"][sort];
        let rows = walk(&mut reader, &format!("{RECORDS}?limit={limit}{filter}{sort}")).await;
        let wanted: Vec<String> = wanted.iter().map(|row| format!("{row:05}")).collect();
        assert_eq!(codes(&rows), wanted, "limit={limit}{filter}{sort}");
    }
    let groups = walk(&mut reader, &format!("{RECORDS}?group=ten_xa&measure=count,sum.dan_so&limit=3")).await;
    assert_eq!(groups.len(), 4);
    assert_eq!(groups.iter().map(|group| group["count"].as_u64().unwrap()).sum::<u64>(), 60);
}

#[actix_web::test]
async fn a_cursor_holds_on_to_its_version_while_another_is_published() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 20).await;
    let first = json(&reader.get(&format!("{RECORDS}?limit=8&sort=-dan_so")).await);
    let before = walk(&mut reader, &format!("{RECORDS}?limit=20&sort=-dan_so")).await;
    khomo.dataset("dan-cu").csv("bang", &table(5)).await.publish().await;
    let mut rows = first["records"].as_array().unwrap().clone();
    let mut path = local(&first["next"]);
    loop {
        let page = json(&reader.get(&path).await);
        assert_eq!(page["version"], 1);
        rows.extend(page["records"].as_array().unwrap().iter().cloned());
        if page["next"].is_null() {
            break;
        }
        path = local(&page["next"]);
    }
    assert_eq!(rows, before);
    let latest = json(&reader.get(RECORDS).await);
    assert_eq!((&latest["version"], &latest["total"]), (&2.into(), &5.into()));
    let old = json(&reader.get("/api/v1/datasets/dan-cu/versions/1/tables/bang/records").await);
    assert_eq!((&old["version"], &old["total"]), (&1.into(), &20.into()));
    // A cursor is of its own query, its own table and its own version.
    let cursor = path.split("cursor=").nth(1).unwrap();
    for wrong in [
        format!("{RECORDS}?cursor={cursor}"),
        format!("{RECORDS}?sort=-dan_so&cursor=abc"),
        format!("/api/v1/datasets/dan-cu/versions/2/tables/bang/records?sort=-dan_so&cursor={cursor}"),
    ] {
        let answer = reader.get(&wrong).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert_eq!(json(&answer)["problems"][0]["parameter"], "cursor");
    }
    // One that leads behind the table's end is none of ours: nothing is sorted for it.
    let mut forged = URL_SAFE_NO_PAD.decode(cursor).unwrap();
    forged[5..13].copy_from_slice(&20_u64.to_be_bytes());
    let forged = URL_SAFE_NO_PAD.encode(forged);
    let answer = reader.get(&format!("{RECORDS}?sort=-dan_so&cursor={forged}")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(json(&answer)["problems"][0]["parameter"], "cursor");
}

fn parquet(bytes: &Bytes) -> Vec<RecordBatch> {
    let reader = ParquetRecordBatchReaderBuilder::try_new(bytes.clone()).unwrap().build().unwrap();
    reader.collect::<Result<_, _>>().unwrap()
}

fn arrow(bytes: &Bytes) -> Vec<RecordBatch> {
    StreamReader::try_new(bytes.as_ref(), None).unwrap().collect::<Result<_, _>>().unwrap()
}

fn rows_of(batches: &[RecordBatch]) -> usize {
    batches.iter().map(RecordBatch::num_rows).sum()
}

#[actix_web::test]
async fn every_format_holds_the_same_rows_typed() {
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "0")]);
    let mut reader = published(&khomo, 30).await;
    let rows = walk(&mut reader, &format!("{RECORDS}?limit=7")).await;
    assert_eq!(rows[0]["ma"], "00000");
    assert_eq!(rows[0]["dan_so"], 0);
    assert!(rows[3]["dan_so"].is_null());
    assert_eq!(rows[0]["ngay"], "2026-01-01");
    // The whole table is the published file, byte for byte and with its hash for a tag.
    let told = json(&reader.get("/api/v1/datasets/dan-cu/tables/bang").await);
    for (format, ending) in [("csv", "csv"), ("parquet", "parquet")] {
        let whole = reader.get(&format!("{RECORDS}?format={format}")).await;
        let file = told["files"].as_array().unwrap().iter().find(|file| file["format"] == format).unwrap();
        assert_eq!(whole.header("etag").unwrap(), format!("\"{}\"", file["sha256"].as_str().unwrap()));
        assert_eq!(whole.body, reader.get(&format!("/dataset/dan-cu/bang.{ending}")).await.body);
        assert_eq!(whole.body.len(), file["bytes"].as_u64().unwrap() as usize);
        let part = reader.get_with(&format!("{RECORDS}?format={format}"), &[("Range", "bytes=0-3")]).await;
        assert_eq!((part.status, part.body.len()), (206, 4));
    }
    let lines = reader.get_with(RECORDS, &[("Accept", "application/x-ndjson")]).await;
    assert_eq!(lines.header("content-type"), Some("application/x-ndjson"));
    let lines: Vec<Value> = lines.text().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines, rows);
    for query in [
        "",
        "&filter.dan_so.ge=50&sort=-dan_so",
        "&group=ten_xa&measure=count,sum.dien_tich,avg.dan_so",
        "&filter.ma.eq=x",
        "&group=ten_xa&filter.ma.eq=x",
        "&columns=ngay,ma",
        "&sort=ten_xa&limit=4",
    ] {
        let wanted = json(&reader.get(&format!("{RECORDS}?limit=1000{}", query.replace("&limit=4", ""))).await);
        let count = if query.contains("limit") { 4 } else { wanted["records"].as_array().unwrap().len() };
        for (format, read) in [("parquet", parquet as fn(&Bytes) -> Vec<RecordBatch>), ("arrow", arrow)] {
            let answer = reader.get(&format!("{RECORDS}?format={format}{query}")).await;
            assert_eq!(answer.status, 200, "{format}{query}: {}", answer.text());
            let batches = read(&answer.body);
            assert_eq!(rows_of(&batches), count, "{format}{query}");
            if let (Some(batch), Some(row)) = (batches.first(), wanted["records"].get(0)) {
                let schema = batch.schema();
                let names: Vec<&String> = schema.fields().iter().map(|field| field.name()).collect();
                assert_eq!(names, row.as_object().unwrap().keys().collect::<Vec<_>>(), "{format}{query}");
            }
        }
        let csv = reader.get(&format!("{RECORDS}?format=csv{query}")).await;
        assert_eq!(csv.text().lines().count(), count + 1, "csv{query}");
        assert!(csv.header("vary").unwrap().contains("Accept"));
    }
    let page = reader.get(&format!("{RECORDS}?format=csv&limit=4")).await;
    assert!(page.header("link").unwrap().contains("format=csv") && page.text().starts_with("Mã,Tên xã"));
    let refused = reader.get_with(RECORDS, &[("Accept", "text/html, application/xml;q=0.9")]).await;
    assert_eq!(refused.status, 406);
    assert_eq!(reader.get_with(RECORDS, &[("Accept", "text/html, */*;q=0.1")]).await.status, 200);
}

#[actix_web::test]
async fn what_is_wrong_is_told_in_the_language_asked_with_parameters_and_columns() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 5).await;
    let answer = reader.get(&format!("{RECORDS}?filter.khong_co.eq=1&sort=cung_khong&limit=7")).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.header("content-type"), Some("application/problem+json"));
    let problem = json(&answer);
    assert_eq!(problem["type"], format!("{PUBLIC_URL}/api#invalid"));
    assert_eq!(problem["status"], 400);
    let wrongs = problem["problems"].as_array().unwrap();
    assert_eq!(wrongs.len(), 2);
    assert_eq!(wrongs[0]["parameter"], "filter.khong_co.eq");
    assert_eq!(wrongs[0]["columns"], serde_json::json!(["ma", "ten_xa", "dan_so", "dien_tich", "ngay"]));
    assert_eq!(wrongs[1]["parameter"], "sort");
    let english =
        json(&reader.get_with(&format!("{RECORDS}?sort=x"), &[("Accept-Language", "fr, en-GB;q=0.8, vi;q=0.5")]).await);
    assert!(english["detail"].as_str().unwrap().starts_with("The table has no column"), "{english}");
    assert_eq!(english["type"], format!("{PUBLIC_URL}/en/api#invalid"));
    let asked = json(&reader.get_with(&format!("{RECORDS}?sort=x&lang=en"), &[("Accept-Language", "vi")]).await);
    assert_eq!(asked["detail"], english["detail"]);
    // A typing error never means "everything", and nothing is given twice.
    for (query, parameter) in [
        ("fliter.dan_so.ge=1", "fliter.dan_so.ge"),
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=5&limit=6", "limit"),
        ("format=xml", "format"),
        ("lang=fr", "lang"),
        ("filter.dan_so.ge=nhieu", "filter.dan_so.ge"),
        ("page=2", "page"),
    ] {
        let problem = json(&reader.get(&format!("{RECORDS}?{query}")).await);
        assert_eq!(problem["problems"][0]["parameter"], parameter, "{query}: {problem}");
    }
    assert_eq!(
        reader.get(&format!("{RECORDS}?_=123&utm_source=x")).await.status,
        200,
        "what others add is passed over"
    );
    for path in [
        "/api/v1/datasets/khong-co",
        "/api/v1/datasets/dan-cu/versions/9",
        "/api/v1/datasets/dan-cu/versions/x",
        "/api/v1/datasets/dan-cu/tables/khong/records",
        "/api/v1/nothing",
    ] {
        let answer = reader.get(path).await;
        assert_eq!((answer.status, answer.header("content-type")), (404, Some("application/problem+json")), "{path}");
        assert_eq!(json(&answer)["type"], format!("{PUBLIC_URL}/api#not-found"));
    }
    let posted = reader.post_bare("/api/v1/datasets", &[("a", "b")]).await;
    assert_eq!((posted.status, posted.header("allow")), (405, Some("GET, HEAD, OPTIONS")));
    assert_eq!(json(&posted)["type"], format!("{PUBLIC_URL}/api#method"));
}

#[actix_web::test]
async fn what_was_withdrawn_says_so_and_a_draft_is_nothing() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 5).await;
    khomo.dataset("nhap").csv("bang", &table(2)).await.import().unwrap();
    let gone = khomo.dataset("da-rut").publish().await;
    assert_eq!(reader.get("/api/v1/datasets/da-rut/tables/bang/records").await.status, 200);
    khomo.withdraw(&gone, "approver").unwrap();
    for path in
        ["", "/versions", "/versions/1", "/tables/bang", "/tables/bang/records", "/versions/1/tables/bang/records"]
    {
        let answer = reader.get(&format!("/api/v1/datasets/da-rut{path}")).await;
        assert_eq!(answer.status, 410, "{path}");
        let problem = json(&answer);
        assert_eq!(problem["type"], format!("{PUBLIC_URL}/api#gone"));
        let reason = problem["tombstone"]["reason"]["vi"].as_str().unwrap();
        assert!(!reason.is_empty() && problem["detail"].as_str().unwrap().contains(reason), "{problem}");
        assert_eq!(reader.get(&format!("/api/v1/datasets/nhap{path}")).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn the_catalogue_is_searched_filtered_sorted_and_paged() {
    let khomo = Khomo::start();
    for (slug, title, licence) in
        [("truong", "Trường học", Some("cc-by-4.0")), ("cho", "Chợ và siêu thị", None), ("cau", "Cầu đường bộ", None)]
    {
        khomo
            .dataset(slug)
            .title(title)
            .describe(|metadata| metadata.licence = licence.map(str::to_owned))
            .publish()
            .await;
    }
    khomo.index();
    let mut reader = khomo.public().await;
    let slugs = |page: &Value| -> Vec<String> {
        page["datasets"].as_array().unwrap().iter().map(|one| one["slug"].as_str().unwrap().to_owned()).collect()
    };
    let first = json(&reader.get("/api/v1/datasets?sort=title&limit=2").await);
    assert_eq!((first["total"].as_u64(), slugs(&first)), (Some(3), vec!["cau".to_owned(), "cho".to_owned()]));
    assert!(first["previous"].is_null());
    let next = json(&reader.get(&local(&first["next"])).await);
    assert_eq!(slugs(&next), ["truong"]);
    assert!(next["next"].is_null());
    assert_eq!(slugs(&json(&reader.get("/api/v1/datasets?q=truong+hoc").await)), ["truong"]);
    let all = json(&reader.get(&format!("/api/v1/datasets?agency={HOME}&format=csv")).await);
    assert_eq!(all["total"], 3);
    assert_eq!(json(&reader.get("/api/v1/datasets?agency=khong-co").await)["total"], 0);
    let code =
        all["datasets"].as_array().unwrap().iter().find(|one| one["slug"] == "cho").unwrap()["licence"]["code"].clone();
    let of_licence =
        json(&reader.get(&format!("/api/v1/datasets?licence={}&sort=title&limit=1", code.as_str().unwrap())).await);
    assert!(of_licence["total"].as_u64().unwrap() >= 2, "{of_licence}");
    assert_eq!(slugs(&of_licence), ["cau"]);
    assert_eq!(json(&reader.get("/api/v1/datasets?licence=khong-co").await)["total"], 0);
    let agencies = json(&reader.get("/api/v1/agencies").await);
    let home = agencies["agencies"].as_array().unwrap().iter().find(|one| one["slug"] == HOME).unwrap().clone();
    assert_eq!(home["datasets"], 3);
    let topics = json(&reader.get("/api/v1/topics").await);
    let counted: u64 = topics["topics"].as_array().unwrap().iter().map(|one| one["datasets"].as_u64().unwrap()).sum();
    assert_eq!(counted, 3);
}

#[actix_web::test]
async fn every_site_may_read_and_nothing_that_is_known_is_sent_again() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 5).await;
    for path in ["/api/v1", "/api/v1/datasets", RECORDS, "/dataset/dan-cu/bang.csv", "/dataset/dan-cu/bang.json"] {
        let answer = reader.get(path).await;
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
        for name in ["ETag", "Link", "Retry-After"] {
            assert!(answer.header("access-control-expose-headers").unwrap().contains(name), "{path}: {name}");
        }
        assert_eq!(answer.header("set-cookie"), None);
        let tag = answer.header("etag").unwrap().to_owned();
        let again = reader.get_with(path, &[("If-None-Match", &tag)]).await;
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("access-control-allow-origin"), Some("*"), "{path}");
        let asked = [("Origin", "https://x.example"), ("Access-Control-Request-Method", "GET")];
        let preflight = reader.send_bytes("OPTIONS", path, &asked, Vec::new()).await;
        assert_eq!(preflight.status, 204, "{path}");
        assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
        assert!(preflight.header("access-control-allow-headers").unwrap().contains("If-None-Match"));
        assert!(!preflight.header("access-control-allow-methods").unwrap().contains("POST"));
        let head = reader.send_bytes("HEAD", path, &[], Vec::new()).await;
        assert_eq!((head.status, head.header("etag")), (200, Some(tag.as_str())), "{path}");
    }
    let packed = reader.get_with(RECORDS, &[("Accept-Encoding", "gzip")]).await;
    assert!(packed.header("vary").unwrap().contains("Accept-Encoding"));
    // What is published anew has another tag.
    let before = reader.get(RECORDS).await.header("etag").unwrap().to_owned();
    khomo.dataset("dan-cu").csv("bang", &table(6)).await.publish().await;
    assert_eq!(reader.get_with(RECORDS, &[("If-None-Match", &before)]).await.status, 200);
}

#[actix_web::test]
async fn each_client_has_its_units_and_gets_them_back_with_time() {
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "12")]);
    let mut reader = published(&khomo, 5).await;
    let sorted = format!("{RECORDS}?sort=-dan_so");
    assert_eq!(reader.get(&sorted).await.status, 200);
    // What is known already costs one unit only.
    for _ in 0..7 {
        assert_eq!(reader.get(&sorted).await.status, 200);
    }
    let refused = reader.get("/api/v1").await;
    assert_eq!(refused.status, 429);
    assert_eq!(refused.header("retry-after"), Some("5"));
    assert_eq!(refused.header("access-control-allow-origin"), Some("*"));
    let problem = json(&refused);
    assert_eq!(problem["type"], format!("{PUBLIC_URL}/api#too-many"));
    let mut other = reader.stranger();
    other.peer = "127.0.0.9:40000".parse().unwrap();
    assert_eq!(other.get("/api/v1").await.status, 200, "another client");
    assert_eq!(reader.get("/dataset/dan-cu").await.status, 200, "pages are no requests of the API");
    khomo.clock.advance(5);
    assert_eq!(reader.get("/api/v1").await.status, 200);
    assert_eq!(reader.get("/api/v1").await.status, 429);
}

#[actix_web::test]
async fn a_search_by_licence_costs_as_much_as_a_whole_result() {
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "30")]);
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/api/v1/datasets?licence=khong-co").await.status, 200);
    assert_eq!(reader.get("/api/v1/datasets?licence=cung-khong").await.status, 429);
}

#[actix_web::test]
async fn a_reading_is_counted_once_however_many_pages_it_has() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 20).await;
    walk(&mut reader, &format!("{RECORDS}?limit=6")).await;
    reader.get(&format!("{RECORDS}?format=csv")).await;
    reader.get("/api/v1/datasets/dan-cu").await;
    reader.get_with(RECORDS, &[("User-Agent", "Googlebot/2.1 (+http://www.google.com/bot.html)")]).await;
    let counted: Vec<(&str, &str, i64)> =
        khomo.app.counter.take().into_iter().map(|((_, _, kind, format), by)| (kind, format, by)).collect();
    assert_eq!(counted, [("download", "api", 2)]);
}

#[actix_web::test]
async fn the_page_for_people_tells_all_of_it_with_examples_that_work() {
    let khomo = Khomo::start();
    let mut reader = khomo.public().await;
    assert_eq!(reader.get("/api").await.status, 200, "before anything is published");
    let mut reader = published(&khomo, 20).await;
    for path in ["/api", "/en/api"] {
        let page = reader.get(path).await;
        assert_eq!(page.status, 200);
        assert_clean(path, &page.text(), &[PUBLIC_URL]);
        assert!(page.body.len() < 60_000, "{} bytes", page.body.len());
        let text = page.text();
        for endpoint in ENDPOINTS {
            assert!(text.contains(&format!("<code>{}</code>", endpoint.route.path)), "{}", endpoint.route.path);
        }
        for (kind, _) in KINDS {
            assert_eq!(page.texts(&format!("#{kind}")).len(), 1, "the anchor of {kind}");
        }
        // Every address in an example answers.
        let mut tried = 0;
        for code in page.texts("pre") {
            for (at, _) in code.match_indices(PUBLIC_URL) {
                let url = &code[at + PUBLIC_URL.len()..];
                let url = url.split(['\'', '"', ' ']).next().unwrap();
                assert_eq!(reader.get(url).await.status, 200, "{url}");
                tried += 1;
            }
        }
        assert!(tried >= 6, "{tried} examples");
    }
    let dataset = reader.get("/dataset/dan-cu").await;
    assert!(dataset.text().contains(RECORDS) && dataset.text().contains("href=\"/api\""));
    let explorer = reader.get("/dataset/dan-cu/bang/kham-pha?sort=-dan_so").await;
    assert!(explorer.text().contains("/api/v1/datasets/dan-cu/versions/1/tables/bang/records?sort=-dan_so"));
}
