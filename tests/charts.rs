//! Charts of a table: what is drawn is what the explorer finds, in a picture, in words and in a table; every chart has one
//! address, and what is not drawn is told.

use std::collections::BTreeMap;

use resvg::tiny_skia::Pixmap;
use resvg::usvg::roxmltree::Document;

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, Khomo, PUBLIC_URL};

const CHART: &str = "/dataset/gia-lua/bang/bieu-do";

/// Prices of rice by day and region; the price of every 37th row is missing, and the day of every 50th.
fn table() -> String {
    let mut csv = "Ngày,Vùng,Giống,Giá,Sản lượng\n".to_owned();
    for row in 0..300u32 {
        let (month, day) = (row % 12 + 1, row % 28 + 1);
        let date = if row % 50 == 49 { String::new() } else { format!("{day:02}/{month:02}/2025") };
        let region = ["Đồng bằng", "Trung du", "Miền núi"][(row % 3) as usize];
        let price = if row % 37 == 36 { String::new() } else { (6000 + month * 100 + row % 3 * 250).to_string() };
        csv += &format!("{date},{region},Giống lúa số {},{price},{}\n", row % 40 + 1, row % 40 + 1);
    }
    csv
}

async fn published(khomo: &Khomo) -> Browser {
    khomo
        .dataset("gia-lua")
        .title("Giá lúa theo ngày")
        .english("Price of rice by day")
        .csv("bang", &table())
        .await
        .publish()
        .await;
    khomo.public().await
}

/// The bars of the wide drawing: what each says, and how long it is along the way in which they differ.
fn bars(page: &Answer) -> Vec<(String, f64)> {
    let number = |name: &str| -> Vec<f64> {
        page.attributes("svg.chart-wide rect.bar", name).iter().map(|value| value.parse().unwrap()).collect()
    };
    let (widths, heights) = (number("width"), number("height"));
    let lying = heights.windows(2).all(|pair| pair[0] == pair[1]);
    let told = page.texts("svg.chart-wide rect.bar title");
    assert_eq!(told.len(), widths.len(), "every bar says what it is");
    told.into_iter().zip(if lying { widths } else { heights }).collect()
}

#[actix_web::test]
async fn bars_are_as_long_as_the_values_that_the_explorer_finds() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    let query = "group=vung&measure=sum.san_luong";
    let page = reader.get(&format!("{CHART}?kind=bar&{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let file = reader.get(&format!("/dataset/gia-lua/bang/kham-pha.csv?{query}")).await.text();
    let values: BTreeMap<String, f64> = file
        .lines()
        .skip(1)
        .map(|line| line.split_once(',').unwrap())
        .map(|(name, value)| (name.to_owned(), value.parse().unwrap()))
        .collect();
    let bars = bars(&page);
    assert_eq!(bars.len(), 3);
    let (most, longest) =
        (values.values().copied().fold(0.0, f64::max), bars.iter().map(|bar| bar.1).fold(0.0, f64::max));
    for (told, length) in &bars {
        let value = values[told.split(':').next().unwrap()];
        assert!((length / longest - value / most).abs() < 0.01, "{told}: {length} of {longest}, {value} of {most}");
    }
    // The table below has the same figures, and so has the file that it links to.
    let rows = page.texts("tbody tr");
    assert_eq!(rows.len(), 3);
    assert_eq!(
        page.attribute("a[href*='kham-pha.csv']", "href").unwrap(),
        format!("/dataset/gia-lua/bang/kham-pha.csv?{query}")
    );
    for (name, value) in &values {
        let digits: String =
            rows.iter().find(|row| row.contains(name)).unwrap().chars().filter(char::is_ascii_digit).collect();
        assert_eq!(digits, value.to_string(), "{rows:?}");
    }
    // A filter changes the picture, and says so.
    let fewer = reader.get(&format!("{CHART}?kind=bar&filter.vung.ne=Trung%20du&{query}")).await;
    assert_eq!(self::bars(&fewer).len(), 2);
    assert_eq!(fewer.texts("a.chip").len(), 1);
    assert!(fewer.texts("figcaption p")[0].contains("Trung du"), "{:?}", fewer.texts("figcaption p"));
}

#[actix_web::test]
async fn the_first_look_at_a_table_is_a_line_of_its_prices_by_region() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    let page = reader.get(CHART).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.attributes("svg.chart-wide path.line", "d").len(), 3, "a line for each region");
    assert_eq!(page.texts(".kinds a[aria-current]"), ["Đường"]);
    // Twelve months, with one row for each below the chart.
    assert_eq!(page.texts("tbody tr").len(), 12);
    let says = page.texts("svg.chart-wide > desc")[0].clone();
    assert!(says.contains("01/2025") && says.contains("12/2025") && says.contains("tăng"), "{says}");
    // Rows without a day are told, and the axis that does not begin at zero.
    let notes = page.texts("figure li").concat();
    assert!(notes.contains("6 dòng để trống cột Ngày"), "{notes}");
    assert!(page.texts("figcaption p")[0].contains("bắt đầu từ 6.000"), "{:?}", page.texts("figcaption p"));
    let english = reader.get(&format!("/en{CHART}")).await;
    let says = english.texts("svg.chart-wide > desc")[0].clone();
    assert!(says.contains("Jan 2025") && says.contains("up"), "{says}");
    assert!(english.texts("tbody tr")[0].contains("6,"), "numbers are English: {}", english.texts("tbody tr")[0]);
}

#[actix_web::test]
async fn every_chart_has_one_address_and_forms_lead_there() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    for (query, to) in [
        ("kind=line&x=ngay.month&y=avg.gia&series=", "kind=line&group=ngay.month&measure=avg.gia"),
        ("kind=bar&x=vung&y=count&series=giong", "kind=bar&group=vung%2Cgiong&measure=count"),
        ("kind=scatter&x=gia&y=san_luong&series=", "kind=scatter&columns=gia%2Csan_luong"),
        ("kind=histogram&x=gia", "kind=histogram&columns=gia"),
        ("x=vung&y=sum.san_luong&kind=pie", "kind=pie&group=vung&measure=sum.san_luong"),
        // From the explorer: what is grouped by time is a line.
        (
            "group=ngay.quarter&measure=sum.san_luong&sort=-sum.san_luong&rows=25",
            "kind=line&group=ngay.quarter&measure=sum.san_luong",
        ),
        (
            "kind=bar&group=vung&measure=count&add-column=gia&add-test=ge&add-value=6.500",
            "kind=bar&filter.gia.ge=6500&group=vung&measure=count",
        ),
    ] {
        let answer = reader.get(&format!("{CHART}?{query}")).await;
        assert_eq!(answer.status, 303, "{query}: {}", answer.text());
        let location = answer.header("location").unwrap().to_owned();
        assert_eq!(location, format!("{CHART}?{to}"), "{query}");
        assert_eq!(reader.get(&location).await.status, 200, "{location}");
    }
}

#[actix_web::test]
async fn what_is_wrong_is_named_and_the_form_stays() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    for (query, field, said) in [
        ("kind=bar&x=khong_co&y=count", Some("#x"), "khong_co"),
        ("kind=line&x=vung&y=count", Some("#x"), "Vùng"),
        ("kind=stacked&x=vung&y=avg.gia&series=giong", Some("#y"), "Phép tính này"),
        ("kind=scatter&x=gia&y=vung", Some("#y"), "Vùng"),
        ("kind=histogram&x=ngay.month", Some("#x"), "ngay.month"),
        ("kind=bar&x=vung&y=median.gia", Some("#y"), "median.gia"),
        ("kind=rose&x=vung", None, "rose"),
        ("kind=pie&x=giong&y=count", None, "40"),
    ] {
        let page = reader.get(&format!("{CHART}?{query}")).await;
        let page = if page.status == 303 { reader.get(page.header("location").unwrap()).await } else { page };
        assert_eq!(page.status, 422, "{query}");
        assert_clean(query, &page.text(), &[PUBLIC_URL]);
        let told = page.texts("#errors li").concat();
        assert!(told.contains(said), "{query}: {told}");
        assert_eq!(
            page.attributes("#errors a", "href"),
            field.map(str::to_owned).into_iter().collect::<Vec<_>>(),
            "{query}"
        );
        assert!(page.attribute("form input[name=kind]", "value").is_some(), "{query}: the form stays");
        let file = reader.get(&format!("{CHART}.svg?{query}")).await;
        assert_eq!((file.status, file.text().contains(said)), (422, true), "{query}: {}", file.text());
    }
}

#[actix_web::test]
async fn the_picture_alone_says_where_it_comes_from_and_runs_nothing() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    for (prefix, source) in [("", "Nguồn:"), ("/en", "Source:")] {
        for query in [
            "kind=line&group=ngay.month%2Cvung&measure=avg.gia",
            "kind=stacked&group=vung%2Cgiong&measure=count",
            "kind=pie&group=vung&measure=count",
            "kind=scatter&columns=gia%2Csan_luong",
            "kind=histogram&columns=gia",
            "kind=bar&filter.vung.ne=%3Cscript%3E%26%22&group=giong&measure=sum.san_luong",
        ] {
            let path = format!("{prefix}{CHART}.svg?{query}");
            let svg = reader.get(&path).await;
            assert_eq!((svg.status, svg.header("content-type")), (200, Some("image/svg+xml; charset=utf-8")), "{path}");
            let text = svg.text();
            let document = Document::parse(&text).unwrap_or_else(|error| panic!("{path}: {error}"));
            for node in document.descendants().filter(|node| node.is_element()) {
                assert!(
                    !["script", "foreignObject", "image", "use", "a", "style"].contains(&node.tag_name().name()),
                    "{path}"
                );
                for attribute in node.attributes() {
                    assert!(
                        !attribute.name().starts_with("on") && attribute.name() != "style",
                        "{path}: {}",
                        attribute.name()
                    );
                    assert!(!attribute.value().contains("http") || attribute.name() == "xmlns", "{path}");
                }
            }
            assert!(text.contains(source) && text.contains("/v/1/bang/bieu-do"), "{path}");
            let etag = svg.header("etag").unwrap().to_owned();
            let again = reader.get_with(&path, &[("if-none-match", &etag)]).await;
            assert_eq!(again.status, 304, "{path}");
        }
    }
    let path = format!("{CHART}.png?kind=bar&group=vung&measure=count");
    let png = reader.get(&path).await;
    assert_eq!((png.status, png.header("content-type")), (200, Some("image/png")), "{}", png.text());
    let picture = Pixmap::decode_png(&png.body).unwrap();
    let svg = reader.get(&path.replace(".png", ".svg")).await.text();
    let size =
        |name: &str| -> u32 { Document::parse(&svg).unwrap().root_element().attribute(name).unwrap().parse().unwrap() };
    assert_eq!((picture.width(), picture.height()), (size("width") * 2, size("height") * 2));
    assert!(picture.pixels().iter().any(|pixel| pixel.blue() > 120 && pixel.red() < 90), "bars are painted");
    assert_eq!(reader.get("/dataset/gia-lua/v/1/bang/bieu-do.png").await.status, 200);
    for missing in
        ["/dataset/gia-lua/bang/bieu-do.gif", "/dataset/gia-lua/khac/bieu-do", "/dataset/gia-lua/v/9/bang/bieu-do.svg"]
    {
        assert_eq!(reader.get(missing).await.status, 404, "{missing}");
    }
}

#[actix_web::test]
async fn too_many_values_become_the_greatest_and_the_others() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    let page = reader.get(&format!("{CHART}?kind=bar&group=giong&measure=sum.san_luong")).await;
    let bars = bars(&page);
    assert_eq!(bars.len(), 25);
    assert!(bars[24].0.starts_with("Còn lại (16)"), "{:?}", bars[24]);
    assert!(page.texts("figure li").concat().contains("16 nhóm khác"), "{:?}", page.texts("figure li"));
    // The bars together are the whole table.
    let sum: f64 = page.texts("tbody td").iter().map(|cell| cell.replace('.', "").parse::<f64>().unwrap()).sum();
    let whole: f64 = (0..300u32).map(|row| f64::from(row % 40 + 1)).sum();
    assert_eq!(sum, whole);
    // A mean of the others is the mean of their rows; of different values nothing can be said.
    let means = reader.get(&format!("{CHART}?kind=bar&group=giong&measure=avg.san_luong")).await;
    let others: f64 = means.texts("tbody td").last().unwrap().replace(',', ".").parse().unwrap();
    assert!((others - 8.5).abs() < 0.1, "the mean of 1 to 16 is 8.5: {others}");
    let different = reader.get(&format!("{CHART}?kind=bar&group=giong&measure=distinct.vung")).await;
    assert!(different.texts("figure li").concat().contains("không gộp được"), "{:?}", different.texts("figure li"));
    // Bars and series put together are the whole table too.
    let both = reader.get(&format!("{CHART}?kind=stacked&group=giong%2Csan_luong&measure=count")).await;
    assert_eq!(both.texts("thead th").len(), 7, "the kinds, five amounts and the others");
    assert_eq!(both.texts("tbody th").len(), 25);
    let rows: u64 = both.texts("tbody td").iter().filter_map(|cell| cell.parse::<u64>().ok()).sum();
    assert_eq!(rows, 300);
}

#[actix_web::test]
async fn a_name_of_any_length_is_cut() {
    let khomo = Khomo::start();
    let long = format!("Tên {}", "rất dài ".repeat(200));
    let csv = format!("Loại,Số\n{long},5\n{long},6\nHai,7\nHai,8\n");
    khomo.dataset("ten-dai").csv("bang", &csv).await.publish().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/ten-dai/bang/bieu-do?kind=bar&group=loai&measure=count").await;
    let names = page.texts("tbody th");
    let cut = names.iter().find(|name| name.starts_with("Tên")).unwrap();
    assert!(cut.ends_with('…') && cut.chars().count() <= 120, "{cut}");
}

#[actix_web::test]
async fn parts_are_told_apart_by_more_than_colour() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    let stacked = reader.get(&format!("{CHART}?kind=stacked&group=giong%2Cvung&measure=count")).await;
    let fills = stacked.attributes("svg.chart-wide rect.bar", "fill");
    let patterns = fills.iter().filter(|fill| fill.starts_with("url(#")).count();
    assert!(patterns > 0 && patterns < fills.len(), "{fills:?}");
    let lines = reader.get(CHART).await;
    let dashes = lines.attributes("svg.chart-wide path.line", "stroke-dasharray");
    assert_eq!(dashes.len(), 2, "all lines but the first are dashed, each in its way");
    let names = lines.texts("svg.chart-wide text.lbl").join(" ");
    for region in ["Đồng bằng", "Trung du", "Miền núi"] {
        assert!(names.contains(region), "{region} stands beside its line: {names}");
    }
}

#[actix_web::test]
async fn the_page_is_sound_in_every_kind_and_its_links_lead_somewhere() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    for query in [
        "",
        "?kind=bar&group=vung&measure=avg.gia",
        "?kind=bar&group=vung%2Cgiong&measure=count",
        "?kind=stacked&group=ngay.quarter%2Cvung&measure=sum.san_luong",
        "?kind=pie&group=vung&measure=count",
        "?kind=scatter&columns=ngay%2Cgia%2Cvung",
        "?kind=histogram&filter.gia.ge=6500&columns=gia",
        "?kind=line&filter.vung.eq=%3Cb%3E&group=ngay.day&measure=count",
    ] {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{CHART}{query}");
            // Nobody follows all links of all pages within one minute.
            khomo.clock.advance(60);
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}: {:?}", page.header("location"));
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            assert_eq!(page.attribute("meta[name=robots]", "content").as_deref(), Some("noindex"), "{path}");
            for link in page.attributes("main a[href]", "href") {
                let local = link.strip_prefix(PUBLIC_URL).unwrap_or(&link).split('#').next().unwrap().to_owned();
                // A pie of many parts is refused with the reason.
                if local.starts_with('/') && !local.contains("kind=pie") {
                    assert_eq!(reader.get(&local).await.status, 200, "{path} links to {link}");
                }
            }
        }
    }
    let dataset = reader.get("/dataset/gia-lua").await;
    assert!(dataset.attributes("main a", "href").contains(&CHART.to_owned()));
    let explorer = reader.get("/dataset/gia-lua/bang/kham-pha?filter.gia.ge=6500&group=vung&measure=count").await;
    let there = explorer.attribute("a[href*='bieu-do']", "href").unwrap();
    assert_eq!(
        there,
        format!("{CHART}?kind=bar&filter.gia.ge=6500&group=vung&measure=count"),
        "filters and groups go along"
    );
    let robots = reader.get("/robots.txt").await.text();
    assert!(robots.contains("Disallow: /*/bieu-do"), "{robots}");
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "gia-lua")).unwrap().unwrap().id;
    khomo.withdraw(&id, "approver").unwrap();
    for path in [CHART.to_owned(), format!("{CHART}.png")] {
        assert_eq!(reader.get(&path).await.status, 410, "{path}");
    }
}

#[actix_web::test]
async fn what_a_cell_holds_breaks_no_picture() {
    let khomo = Khomo::start();
    let csv = "Loại,Số\n\"<b>&\u{1}\"\"x\",5\n\"<b>&\u{1}\"\"x\",6\nHai,7\nHai,8\n";
    khomo.dataset("ky-tu").csv("bang", csv).await.publish().await;
    let mut reader = khomo.public().await;
    let query = "kind=bar&group=loai&measure=count";
    let page = reader.get(&format!("/dataset/ky-tu/bang/bieu-do?{query}")).await;
    assert_eq!(page.status, 200);
    assert!(page.texts("tbody th").concat().contains("<b>&"), "{:?}", page.texts("tbody th"));
    let svg = reader.get(&format!("/dataset/ky-tu/bang/bieu-do.svg?{query}")).await.text();
    assert!(Document::parse(&svg).is_ok(), "{svg}");
    assert_eq!(reader.get(&format!("/dataset/ky-tu/bang/bieu-do.png?{query}")).await.status, 200);
}

#[actix_web::test]
async fn a_table_without_anything_to_draw_says_so() {
    let khomo = Khomo::start();
    khomo.dataset("trong").csv("bang", "Mã,Tên\n01,\n02,\n").await.publish().await;
    let mut reader = khomo.public().await;
    let page = reader.get("/dataset/trong/bang/bieu-do?kind=histogram").await;
    assert!([200, 303, 422].contains(&page.status), "{}", page.status);
    let page = reader.get("/dataset/trong/bang/bieu-do").await;
    assert_eq!(page.status, 200);
    assert_clean("trong", &page.text(), &[PUBLIC_URL]);
}

#[actix_web::test]
async fn the_explorer_groups_days_by_stretches_of_time() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo).await;
    let path = "/dataset/gia-lua/bang/kham-pha?group=ngay.quarter&measure=count";
    let page = reader.get(path).await;
    let cells = page.texts("tbody[lang=vi] td");
    assert_eq!(&cells[..2], ["Quý 1/2025", "74"]);
    assert_eq!(page.texts("tbody[lang=vi] tr").len(), 5, "four quarters, and rows without a day");
    let file = reader.get(&path.replace("kham-pha?", "kham-pha.csv?")).await.text();
    assert!(file.starts_with("quarter(Ngày),count\n2025-Q1,74\n"), "{file}");
    let json: Vec<serde_json::Value> =
        serde_json::from_slice(&reader.get(&path.replace("kham-pha?", "kham-pha.json?")).await.body).unwrap();
    assert_eq!(json[1]["ngay.quarter"], "2025-Q2");
    // The form offers it, and what it cannot be done with is told.
    assert!(page.attributes("#add-group option", "value").contains(&"ngay.month".to_owned()));
    let wrong = reader.get("/dataset/gia-lua/bang/kham-pha?group=vung.month").await;
    assert_eq!(wrong.status, 422);
    assert!(wrong.texts("#errors li")[0].contains("Vùng"), "{:?}", wrong.texts("#errors li"));
}
