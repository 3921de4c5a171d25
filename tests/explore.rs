//! The explorer of a table: every state in the address, exactly what is shown as a file, and nothing typed lost.

use std::collections::BTreeMap;

use futures_util::TryStreamExt;
use khomo::table::explore::{Query, SortKey};

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, Khomo, PUBLIC_URL};

const EXPLORER: &str = "/dataset/dan-cu/bang/kham-pha";

/// People in villages: text with tone marks, whole numbers with gaps, decimals, days.
fn table(rows: usize) -> String {
    let names = ["Kim Sơn", "Đồng Xuân", "An Lạc", "Sơn Hà"];
    let mut csv = "Mã,Tên xã,Dân số,Diện tích,Ngày\n".to_owned();
    for row in 0..rows {
        let people = if row % 7 == 3 { String::new() } else { (row * 37 % 1000).to_string() };
        let area = format!("{}.5", row % 11);
        csv += &format!("{row:05},{},{people},{area},{:02}/01/2026\n", names[row % 4], row % 28 + 1);
    }
    csv
}

async fn published(khomo: &Khomo, rows: usize) -> Browser {
    khomo.dataset("dan-cu").title("Dân cư các xã").csv("bang", &table(rows)).await.publish().await;
    khomo.public().await
}

fn cells(page: &Answer) -> Vec<Vec<String>> {
    let columns = page.texts("thead th").len();
    page.texts("tbody[lang=vi] td").chunks(columns).map(<[String]>::to_vec).collect()
}

/// All rows of a result, following "next" to the end.
async fn walk(reader: &mut Browser, start: &str) -> Vec<Vec<String>> {
    let (mut rows, mut path) = (Vec::new(), start.to_owned());
    loop {
        let page = reader.get(&path).await;
        assert_eq!(page.status, 200, "{path}");
        rows.extend(cells(&page));
        let Some(next) = page.attribute(".pager a[rel~=next]", "href") else { return rows };
        assert!(rows.len() < 10_000, "pages without end");
        path = next.split('#').next().unwrap().to_owned();
    }
}

#[actix_web::test]
async fn a_table_is_filtered_sorted_and_paged_by_its_address_alone() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 300).await;
    let page = reader.get(&format!("{EXPLORER}?filter.ten_xa.contains=son&filter.dan_so.ge=500&sort=-dan_so")).await;
    assert_eq!(page.status, 200);
    let all = walk(&mut reader, &page.path).await;
    let mut wanted: Vec<(usize, usize)> = (0..300)
        .filter(|row| row % 7 != 3 && (row % 4 == 0 || row % 4 == 3) && row * 37 % 1000 >= 500)
        .map(|row| (row * 37 % 1000, row))
        .collect();
    wanted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let found: Vec<usize> = all.iter().map(|row| row[0].parse().unwrap()).collect();
    assert_eq!(found, wanted.iter().map(|(_, row)| *row).collect::<Vec<_>>());
    assert!(page.texts("h2#table")[0].contains(&wanted.len().to_string()), "{:?}", page.texts("h2#table"));
    // Each filter can be taken off by itself.
    let chips = page.attributes("a.chip", "href");
    assert_eq!(chips.len(), 2);
    let fewer = reader.get(&chips[1]).await;
    assert_eq!(fewer.texts("h2#table")[0].split(' ').next(), Some("150"));
    // Tone marks count on wish.
    let exact = reader.get(&format!("{EXPLORER}?filter.ten_xa.starts-exact=S%C6%A1n")).await;
    assert_eq!(exact.texts("h2#table")[0].split(' ').next(), Some("75"));
}

#[actix_web::test]
async fn forms_lead_to_the_one_address_of_what_they_ask() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 40).await;
    for (query, to) in [
        ("sort=dan_so&add-column=dan_so&add-test=ge&add-value=1.000&add-to=", "?filter.dan_so.ge=1000&sort=dan_so"),
        (
            "add-column=ngay&add-test=between&add-value=05%2F01%2F2026&add-to=2026-01-20&page=3",
            "?filter.ngay.between=2026-01-05..2026-01-20",
        ),
        (
            "add-column=ten_xa&add-test=in&add-value=An+L%E1%BA%A1c+|+Kim+S%C6%A1n",
            "?filter.ten_xa.in=An%20L%E1%BA%A1c&filter.ten_xa.in=Kim%20S%C6%A1n",
        ),
        ("columns=ten_xa&columns=dan_so", "?columns=ten_xa%2Cdan_so"),
        ("sort=-ngay&add-group=ten_xa&add-measure=sum&add-of=dan_so", "?group=ten_xa&measure=sum.dan_so"),
        ("rows=50&page=1", ""),
        ("sort=dan_so&filter.dan_so=5", "?filter.dan_so.eq=5&sort=dan_so"),
    ] {
        let answer = reader.get(&format!("{EXPLORER}?{query}")).await;
        assert_eq!(answer.status, 303, "{query}");
        let location = answer.header("location").unwrap().to_owned();
        assert_eq!(location, format!("{EXPLORER}{to}"), "{query}");
        assert_eq!(reader.get(&location).await.status, 200, "{location}");
    }
    let english = reader.get(&format!("/en{EXPLORER}?add-column=dien_tich&add-test=lt&add-value=1%2C000.5")).await;
    assert_eq!(english.header("location"), Some(format!("/en{EXPLORER}?filter.dien_tich.lt=1000.5").as_str()));
}

#[actix_web::test]
async fn what_is_wrong_is_said_and_nothing_typed_is_lost() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 40).await;
    let path = format!("{EXPLORER}?filter.ten_xa.contains=son&add-column=dan_so&add-test=ge&add-value=nhi%E1%BB%81u");
    let page = reader.get(&path).await;
    assert_eq!(page.status, 422);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    assert_clean(&path, &page.text(), &[PUBLIC_URL]);
    assert_eq!(page.attribute("#add-value", "value").as_deref(), Some("nhiều"));
    assert_eq!(page.attribute("#add-column option[selected]", "value").as_deref(), Some("dan_so"));
    assert_eq!(page.texts("a.chip").len(), 1, "the filter that was right stays");
    assert_eq!(page.attributes("#errors a", "href"), ["#add-value"]);
    let page = reader.get(&format!("{EXPLORER}?filter.khong_co.eq=1")).await;
    assert_eq!(page.status, 422);
    let said = page.texts("#errors li")[0].clone();
    assert!(said.contains("khong_co") && said.contains("ma, ten_xa, dan_so, dien_tich, ngay"), "{said}");
    let file = reader.get("/dataset/dan-cu/bang/kham-pha.csv?filter.khong_co.eq=1").await;
    assert_eq!((file.status, file.header("content-type")), (422, Some("text/plain; charset=utf-8")));
    assert!(file.text().contains("ten_xa"));
    // Nothing found is no error, and says what to loosen.
    let none = reader.get(&format!("{EXPLORER}?filter.dan_so.gt=5000")).await;
    assert_eq!((none.status, none.texts("ul.bul a.chip").len()), (200, 1));
}

#[actix_web::test]
async fn a_value_with_a_line_break_is_not_taken_for_another_query() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 40).await;
    reader.get(&format!("{EXPLORER}?filter.ten_xa.ne=A%0Afilter.dan_so.eq=37")).await;
    let honest = reader.get(&format!("{EXPLORER}?filter.ten_xa.ne=A&filter.dan_so.eq=37")).await;
    assert_eq!(honest.texts("tbody tr").len(), 1, "{}", honest.text());
}

#[actix_web::test]
async fn an_address_of_a_thousand_faults_is_told_twenty() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 40).await;
    let keys: Vec<String> = (0..1000).map(|at| format!("k{at}")).collect();
    let page = reader.get(&format!("{EXPLORER}?group={}", keys.join(","))).await;
    assert_eq!((page.status, page.texts("#errors li").len()), (422, 20));
}

#[actix_web::test]
async fn the_file_holds_exactly_the_rows_of_the_page() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 300).await;
    // The whole table is the published file, byte for byte.
    let whole = reader.get("/dataset/dan-cu/bang.csv").await;
    let explored = reader.get("/dataset/dan-cu/bang/kham-pha.csv").await;
    assert_eq!(explored.text(), whole.text());
    assert_eq!(explored.header("access-control-allow-origin"), Some("*"));
    assert!(explored.header("content-disposition").unwrap().contains("dan cu cac xa _v1_.csv"));
    for query in [
        "filter.ten_xa.contains=son",
        "filter.dan_so.empty=1&columns=ngay%2Cma",
        "filter.ngay.ge=2026-01-15&sort=-dien_tich%2Cten_xa",
        "group=ten_xa&measure=count%2Csum.dan_so%2Cmin.ngay&sort=-sum.dan_so",
        "measure=count%2Cdistinct.ten_xa",
    ] {
        let rows = walk(&mut reader, &format!("{EXPLORER}?{query}")).await;
        let page = reader.get(&format!("{EXPLORER}?{query}")).await;
        let href = page.attribute("a[href*='kham-pha.csv']", "href").unwrap();
        let file = reader.get(&href).await;
        assert_eq!(file.status, 200, "{href}");
        let other = async |reader: &mut Browser, ending: &str| reader.get(&href.replace(".csv", ending)).await;
        let json: Vec<serde_json::Value> = serde_json::from_slice(&other(&mut reader, ".json").await.body).unwrap();
        let ndjson = other(&mut reader, ".ndjson").await.text().lines().count();
        let excel = other(&mut reader, ".excel.csv").await.text().lines().count();
        let book = other(&mut reader, ".xlsx").await.body.to_vec();
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(book)).unwrap();
        let sheet = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
        let counts = [json.len(), ndjson, excel - 1, sheet.height() - 1];
        assert_eq!(counts, [rows.len(); 4], "{query}");
        let text = file.text();
        let lines: Vec<&str> = text.lines().skip(1).collect();
        assert_eq!(lines.len(), rows.len(), "{query}");
        for (line, row) in lines.iter().zip(&rows) {
            // The page writes numbers and dates in the reader's form: with the same digits.
            let digits = |text: &str| {
                let mut digits: Vec<char> = text.chars().filter(char::is_ascii_digit).collect();
                digits.sort_unstable();
                digits
            };
            assert_eq!(digits(line), digits(&row.concat()), "{query}: {line} is not {row:?}");
        }
    }
    // A mean is rounded where people read it, and whole in the file.
    let mean = "?measure=avg.dan_so";
    let read = reader.get(&format!("{EXPLORER}{mean}")).await.texts("tbody td, tbody th").concat().replace('.', "");
    let read: f64 = read.replace(',', ".").parse().unwrap();
    let file = reader.get(&format!("/dataset/dan-cu/bang/kham-pha.csv{mean}")).await.text();
    let whole: f64 = file.lines().nth(1).unwrap().parse().unwrap();
    assert!((read - whole).abs() < 0.051 && read.to_string().len() < whole.to_string().len(), "{read} of {whole}");
    let grouped = reader.get("/dataset/dan-cu/bang/kham-pha.csv?group=ten_xa&measure=count,sum.dan_so").await;
    let mut sums: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
    for row in 0..300u64 {
        let name = ["Kim Sơn", "Đồng Xuân", "An Lạc", "Sơn Hà"][usize::try_from(row % 4).unwrap()];
        let sum = sums.entry(name).or_default();
        *sum = (sum.0 + 1, sum.1 + if row % 7 == 3 { 0 } else { row * 37 % 1000 });
    }
    let mut wanted = vec!["Tên xã,count,sum(Dân số)".to_owned()];
    // In the order of the alphabet: An Lạc, Đồng Xuân, Kim Sơn, Sơn Hà.
    for name in ["An Lạc", "Đồng Xuân", "Kim Sơn", "Sơn Hà"] {
        wanted.push(format!("{name},{},{}", sums[name].0, sums[name].1));
    }
    assert_eq!(grouped.text().lines().collect::<Vec<_>>(), wanted);
}

#[actix_web::test]
async fn a_named_version_always_shows_the_same_rows() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 40).await;
    khomo.dataset("dan-cu").title("Dân cư các xã").note("Thêm dòng").csv("bang", &table(60)).await.publish().await;
    let of = |page: &Answer| page.texts("h2#table")[0].split(' ').next().unwrap().to_owned();
    let latest = reader.get(EXPLORER).await;
    assert_eq!(of(&latest), "60");
    let first = reader.get("/dataset/dan-cu/v/1/bang/kham-pha?filter.dan_so.filled=1").await;
    assert_eq!(of(&first), "34");
    let newer = first.attribute(".note.warn a", "href").unwrap();
    assert_eq!(newer, format!("{EXPLORER}?filter.dan_so.filled=1"));
    // What is cited from the latest names its version.
    let cited = latest.attribute(".cite a", "href").unwrap();
    assert_eq!(cited, format!("{PUBLIC_URL}/dataset/dan-cu/v/2/bang/kham-pha"));
    for path in ["/dataset/dan-cu/v/9/bang/kham-pha", "/dataset/dan-cu/khac/kham-pha", "/dataset/x/bang/kham-pha.csv"] {
        assert_eq!(reader.get(path).await.status, 404, "{path}");
    }
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "dan-cu")).unwrap().unwrap().id;
    khomo.withdraw(&id, "approver").unwrap();
    for path in [EXPLORER, "/dataset/dan-cu/bang/kham-pha.csv"] {
        assert_eq!(reader.get(path).await.status, 410, "{path}");
    }
}

#[actix_web::test]
async fn the_page_is_sound_found_by_no_engine_and_leads_back_to_its_dataset() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, 60).await;
    for query in [
        "",
        "?filter.ten_xa.contains=%3Cscript%3E%22%27&sort=-dan_so&rows=25",
        "?group=ten_xa&measure=count%2Cmax.ngay",
        "?columns=ma",
        "?filter.dan_so.between=5..100&page=2",
    ] {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{EXPLORER}{query}");
            // Nobody follows all links of all pages within one minute.
            khomo.clock.advance(60);
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"), "{path}");
            for link in page.attributes("main a[href]", "href") {
                let local = link.strip_prefix(PUBLIC_URL).unwrap_or(&link).split('#').next().unwrap().to_owned();
                if local.starts_with('/') {
                    assert_eq!(reader.get(&local).await.status, 200, "{path} links to {link}");
                }
            }
        }
    }
    let dataset = reader.get("/dataset/dan-cu").await;
    assert!(dataset.attributes("main a", "href").contains(&EXPLORER.to_owned()));
}

#[actix_web::test]
async fn a_table_of_five_hundred_columns_is_shown_by_parts_and_a_long_cell_can_be_opened() {
    let khomo = Khomo::start();
    let heads: Vec<String> = (0..500).map(|at| format!("Cột {at}")).collect();
    let row = |row: usize| {
        let cells: Vec<String> =
            (0..500).map(|at| if at == 1 { "dài lắm ".repeat(100) } else { format!("{}", row * 500 + at) }).collect();
        cells.join(",")
    };
    let csv = format!("{}\n{}\n{}\n", heads.join(","), row(0), row(1));
    khomo.dataset("rong").csv("bang", &csv).await.publish().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/rong/bang/kham-pha").await;
    assert_eq!(page.texts("thead th").len(), 41);
    assert_eq!(page.texts("tbody td details").len(), 2);
    assert_eq!(page.texts("input[name=columns]").len(), 500);
    let last = reader.get("/dataset/rong/bang/kham-pha?across=13").await;
    let heads: Vec<String> = last.texts("thead th a");
    assert_eq!((heads[0].as_str(), heads[1].as_str(), heads.len()), ("Cột 0", "Cột 481", 20));
    let file = reader.get("/dataset/rong/bang/kham-pha.csv").await;
    assert_eq!(file.text(), reader.get("/dataset/rong/bang.csv").await.text());
}

#[actix_web::test]
async fn what_is_computed_for_one_client_in_a_minute_is_bounded() {
    // Twice as many units for pages, four for each: two of them.
    let khomo = Khomo::start_with(&[("KHOMO_API_PER_MINUTE", "4")]);
    let mut reader = published(&khomo, 10).await;
    for path in [format!("{EXPLORER}?sort=dan_so"), "/dataset/dan-cu/bang/bieu-do".to_owned()] {
        assert_eq!(reader.get(&path).await.status, 200, "{path}");
    }
    assert_eq!(reader.get(&format!("{EXPLORER}?sort=dan_so")).await.status, 200, "it is kept");
    for path in [format!("{EXPLORER}?sort=-dan_so"), format!("{EXPLORER}.csv?sort=-dan_so")] {
        let refused = reader.get(&path).await;
        assert_eq!((refused.status, refused.header("retry-after")), (429, Some("10")), "{path}");
        assert_clean(&path, &refused.text(), &[PUBLIC_URL]);
    }
    assert_eq!(reader.get(EXPLORER).await.status, 200, "the table as it lies");
    assert_eq!(reader.get("/dataset/dan-cu").await.status, 200);
    khomo.clock.advance(60);
    assert_eq!(reader.get(&format!("{EXPLORER}?sort=-dan_so")).await.status, 200);
}

#[actix_web::test]
async fn a_reader_who_goes_away_holds_up_nobody() {
    let khomo = Khomo::start();
    let _ = published(&khomo, 300).await;
    let row = khomo.lines("SELECT id AS line FROM table_version").remove(0);
    let id = khomo::kernel::id::TableVersionId::parse(&row).unwrap();
    let table = khomo.db().read(|conn| khomo::table::by_id(conn, &id)).unwrap();
    let columns = table.report().unwrap().outcome.columns;
    let explorer = khomo.app.explorer(&table, columns).await.unwrap();
    let sort = vec![SortKey { name: "ten_xa".to_owned(), descending: true }];
    let query = Query { sort, ..Query::default() };
    for _ in 0..5 {
        let mut rows = khomo::table::explore::csv(&explorer, &query).await.unwrap();
        // The titles, and the first rows.
        assert!(rows.try_next().await.unwrap().is_some());
        assert!(rows.try_next().await.unwrap().is_some());
    }
    assert_eq!(explorer.page(&query).await.unwrap().total, 300, "the next one is served");
}
