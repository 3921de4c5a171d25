//! Maps: values by province and commune, points, boundaries from GeoJSON; Hoàng Sa and Trường Sa on every map of the country.

use std::path::{Path, PathBuf};

use khomo::kernel::{Actor, Localized};
use khomo::map::{self, Extent, Level, NewSet, Point, Properties, Unit};

use crate::support::html::assert_clean;
use crate::support::kit::{Answer, Browser, Khomo, PUBLIC_URL};

const MAP: &str = "/dataset/so-lieu-tinh/bang/ban-do";

/// A square unit, so many hundredths of a degree wide.
fn square(code: &str, name: &str, east: f64, north: f64, wide: f64) -> Unit {
    let corners = [(0.0, 0.0), (wide, 0.0), (wide, wide), (0.0, wide)];
    let ring: Vec<Point> = corners.iter().map(|(x, y)| Point::at(east + x, north + y)).collect();
    let extent = Extent::around(&ring).unwrap();
    Unit { code: code.into(), name: Localized { vi: name.into(), en: None }, rings: vec![ring], extent }
}

fn keep(khomo: &Khomo, level: Level, units: Vec<Unit>) -> map::Imported {
    let new = NewSet {
        level,
        valid_from: "2025-07-01".parse().unwrap(),
        valid_to: None,
        source: "Nguồn thử".into(),
        licence: "Điều khoản thử".into(),
        units,
    };
    khomo.db().write(&khomo.ctx_of(Actor::Operator), |tx| map::replace(tx, new)).unwrap()
}

/// Boundaries of the communes that the kit's small table names.
pub fn bounded(khomo: &Khomo) {
    let at = |nth: f64| 108.0 + nth / 10.0;
    let units = vec![
        square("00123", "Phường Kim Sơn", at(0.0), 15.0, 0.1),
        square("00124", "Xã An Lạc", at(1.0), 15.0, 0.1),
        square("00125", "Xã Đồng Xuân", at(2.0), 15.0, 0.1),
    ];
    keep(khomo, Level::Commune, units);
}

/// Every province of the new list with a value; of the old one where asked.
fn provinces(old: bool) -> String {
    let day = if old { khomo::vocabulary::LAST_DAY_OF_63 } else { "2026-11-28".parse().unwrap() };
    let mut csv = "Mã tỉnh,Tên tỉnh,Năm,Diện tích,Người\n".to_owned();
    for (at, unit) in map::provinces_on(day).iter().enumerate() {
        csv += &format!("{},{},2025,{}.5,{}\n", unit.code, unit.name.vi, at, at * 10);
        csv += &format!("{},{},2026,{}.25,{}\n", unit.code, unit.name.vi, at * 2, at * 20);
    }
    csv
}

async fn published(khomo: &Khomo, csv: &str) -> Browser {
    khomo.dataset("so-lieu-tinh").title("Số liệu các tỉnh").csv("bang", csv).await.publish().await;
    khomo.public().await
}

/// Both archipelagos are drawn and named with the province they belong to.
fn shows_archipelagos(what: &str, text: &str) {
    // In English the provinces have their English names.
    for words in [["Hoàng Sa", ""], ["Trường Sa", ""], ["(Đà Nẵng)", "(Da Nang)"], ["(Khánh Hòa)", "(Khanh Hoa)"]]
    {
        let named = words.iter().any(|words| !words.is_empty() && text.contains(words));
        assert!(named, "{what} does not name {}", words[0]);
    }
}

fn rows(page: &Answer) -> Vec<(String, String)> {
    page.texts("tbody th").into_iter().zip(page.texts("tbody td")).collect()
}

#[actix_web::test]
async fn a_table_of_provinces_is_a_meaningful_map_at_once_and_every_one_shows_the_archipelagos() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, &provinces(false)).await;
    let page = reader.get(MAP).await;
    assert_eq!(page.status, 200);
    assert_clean(MAP, &page.text(), &[PUBLIC_URL]);
    // The latest year, the first figure that can be added up.
    assert_eq!(page.texts("a.chip").len(), 1);
    assert_eq!(page.attribute("#measure option[selected]", "value").as_deref(), Some("sum.dien_tich"));
    let values = rows(&page);
    assert_eq!((values.len(), values[0].1.as_str()), (34, "66,25"), "{values:?}");
    assert_eq!(page.texts(".map-tile").len(), 36);
    shows_archipelagos(MAP, &page.text());
    let file = reader.get(&page.attribute("a[href*='ban-do.svg']", "href").unwrap()).await;
    assert_eq!((file.status, file.header("content-type")), (200, Some("image/svg+xml; charset=utf-8")));
    shows_archipelagos("the file", &file.text());
    assert!(file.text().contains("Số liệu các tỉnh") && !file.text().contains("style="));
    // Both drawings, both languages, both ways to make classes.
    for query in ["?classes=equal", "?measure=count&group=ten_tinh", "?filter.dien_tich.gt=100000", "?draw=tiles"] {
        for prefix in ["", "/en"] {
            let path = format!("{prefix}{MAP}{query}");
            // Nobody follows all links of all pages within one minute.
            khomo.clock.advance(60);
            let page = reader.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert_clean(&path, &page.text(), &[PUBLIC_URL]);
            shows_archipelagos(&path, &page.text());
            for link in page.attributes("main a[href]", "href") {
                let local = link.strip_prefix(PUBLIC_URL).unwrap_or(&link).split('#').next().unwrap().to_owned();
                if local.starts_with('/') {
                    assert_eq!(reader.get(&local).await.status, 200, "{path} links to {link}");
                }
            }
        }
    }
    // It is found from the dataset and from the explorer, with the same filters.
    let dataset = reader.get("/dataset/so-lieu-tinh").await;
    assert!(dataset.attributes("main a", "href").contains(&MAP.to_owned()));
    let explorer =
        reader.get("/dataset/so-lieu-tinh/bang/kham-pha?filter.nam.eq=2025&group=ma_tinh&measure=count").await;
    let to = explorer.attribute("a[href*='ban-do']", "href").unwrap();
    let back = reader.get(&to).await;
    assert_eq!(rows(&back)[0].1, "1");
    assert!(back.attribute("a[href*='kham-pha']", "href").unwrap().contains("filter.nam.eq=2025"));
}

#[actix_web::test]
async fn boundaries_without_the_archipelagos_are_drawn_with_them() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, &provinces(false)).await;
    // Two provinces of the mainland alone.
    keep(
        &khomo,
        Level::Province,
        vec![square("48", "Đà Nẵng", 107.5, 15.5, 0.7), square("56", "Khánh Hòa", 108.6, 12.0, 0.6)],
    );
    let page = reader.get(MAP).await;
    assert_eq!(page.texts(".map-tile").len(), 0);
    assert_eq!(page.attributes(".map-isles", "data-archipelago"), ["hoang-sa", "truong-sa"]);
    assert!(page.texts(".map-isles circle").len() > 20);
    shows_archipelagos("boundaries", &page.text());
    assert!(page.text().contains("Nguồn thử") && page.text().contains("Điều khoản thử"));
    // In the shade of their provinces.
    let shade = |code: &str| page.attribute(&format!(".map-isles[data-archipelago={code}]"), "class").unwrap();
    assert!(shade("hoang-sa").contains(" m4") || shade("hoang-sa").contains(" m3"), "{}", shade("hoang-sa"));
    let file = reader.get("/dataset/so-lieu-tinh/bang/ban-do.svg").await;
    shows_archipelagos("the file of boundaries", &file.text());
    let tiles = reader.get(&format!("{MAP}?draw=tiles")).await;
    shows_archipelagos("tiles beside boundaries", &tiles.text());
}

#[actix_web::test]
async fn values_of_the_63_are_put_into_the_34_where_that_can_be_done() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, &provinces(true)).await;
    let own = reader.get(&format!("{MAP}?group=ma_tinh&measure=sum.nguoi&filter.nam.eq=2025")).await;
    assert_eq!((rows(&own).len(), own.texts(".map-tile").len()), (63, 65));
    shows_archipelagos("the 63", &own.text());
    let merged = reader.get(&format!("{MAP}?group=ma_tinh&measure=sum.nguoi&filter.nam.eq=2025&units=34")).await;
    let values = rows(&merged);
    assert_eq!((values.len(), merged.texts(".map-tile").len()), (34, 36));
    let number = |text: &str| text.replace('.', "").parse::<i64>().unwrap();
    let sum: i64 = values.iter().map(|(_, value)| number(value)).sum();
    assert_eq!(sum, (0..63).map(|at| at * 10).sum::<i64>());
    // Lâm Đồng is Bình Thuận, Đắk Nông and Lâm Đồng.
    let old = map::provinces_on(khomo::vocabulary::LAST_DAY_OF_63);
    let of = |code: &str| i64::try_from(old.iter().position(|unit| unit.code == code).unwrap()).unwrap() * 10;
    let lam_dong = values.iter().find(|(name, _)| name == "Lâm Đồng").unwrap();
    assert_eq!(number(&lam_dong.1), of("60") + of("67") + of("68"));
    shows_archipelagos("the 34 of the 63", &merged.text());
    // The mean is one over all rows, and what cannot be added up stays as it is and says so.
    let mean = reader.get(&format!("{MAP}?group=ten_tinh&measure=avg.nguoi&filter.nam.eq=2025&units=34")).await;
    let value = rows(&mean).into_iter().find(|(name, _)| name == "Lâm Đồng").unwrap().1;
    let wanted = (of("60") + of("67") + of("68")) as f64 / 3.0;
    assert!((value.replace('.', "").replace(',', ".").parse::<f64>().unwrap() - wanted).abs() < 0.01, "{value}");
    let distinct = reader.get(&format!("{MAP}?group=ma_tinh&measure=distinct.nguoi&units=34")).await;
    assert_eq!(rows(&distinct).len(), 63);
    assert!(distinct.text().contains("đếm trùng"), "it says why not");
    // One province that both lists know is left: the table is still one of the 63.
    let filtered = reader.get(&format!("{MAP}?group=ten_tinh&measure=sum.nguoi&filter.ma_tinh.eq=01")).await;
    assert_eq!(rows(&filtered).len(), 63);
}

#[actix_web::test]
async fn communes_are_drawn_by_code_or_name_and_what_names_none_is_told() {
    let khomo = Khomo::start();
    bounded(&khomo);
    let csv = "Xã,Hộ\nXã An Lạc,10\nkim son,7\nPHƯỜNG KIM SƠN,3\nĐồng Xuân,25\nXã Không Có,4\n";
    let mut reader = published(&khomo, csv).await;
    let page = reader.get(MAP).await;
    assert_eq!(page.status, 200);
    assert_clean(MAP, &page.text(), &[PUBLIC_URL]);
    // Two writings of one commune are one commune.
    assert_eq!(
        rows(&page),
        [("Xã Đồng Xuân", "25"), ("Phường Kim Sơn", "10"), ("Xã An Lạc", "10")]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
    );
    assert!(page.texts(".note.warn").concat().contains("Xã Không Có"));
    assert_eq!(page.texts(".map-area path").len(), 3);
    // The province is no country.
    assert!(!page.text().contains("Hoàng Sa"));
    // What lies at an archipelago has a frame of its own, and is named.
    keep(
        &khomo,
        Level::Commune,
        vec![
            square("20194", "Phường Hải Vân", 108.1, 16.0, 0.1),
            square("20333", "Đặc khu Hoàng Sa", 112.3, 16.8, 0.05),
        ],
    );
    khomo.dataset("so-lieu-tinh").note("Xã khác").csv("bang", "Xã,Hộ\nHải Vân,1\nHoàng Sa,2\n").await.publish().await;
    let page = reader.get(MAP).await;
    assert_eq!(page.texts(".map-inset").len(), 1);
    let text = page.texts(".map-isles").concat();
    assert!(text.contains("Quần đảo Hoàng Sa") && text.contains("(Đà Nẵng)"), "{text}");
}

#[actix_web::test]
async fn points_are_counted_together_and_moved_through_by_plain_links() {
    let khomo = Khomo::start();
    let mut csv = "Tên,Vĩ độ,Kinh độ\n".to_owned();
    for at in 0..200 {
        csv += &format!("Điểm {at},{:.4},{:.4}\n", 15.0 + f64::from(at % 20) / 50.0, 108.0 + f64::from(at / 20) / 20.0);
    }
    let mut reader = published(&khomo, &csv).await;
    let counts = |page: &Answer| -> usize {
        page.texts(".map-point")
            .iter()
            .map(|text| text.split_whitespace().next().unwrap().parse::<usize>().unwrap())
            .sum()
    };
    let page = reader.get(MAP).await;
    assert_clean(MAP, &page.text(), &[PUBLIC_URL]);
    assert_eq!(counts(&page), 200);
    assert!(page.texts(".map-point").len() < 120);
    let links = page.attributes(".map-moves a", "href");
    assert_eq!(links.len(), 7);
    let nearer = reader.get(&links[0]).await;
    let shown = counts(&nearer);
    assert!(shown > 0 && shown < 200);
    let told = nearer.texts("h2#values")[0].split(' ').next().unwrap().parse::<usize>().unwrap();
    assert_eq!(told, shown, "the rows below are the points above");
    // Far enough away it is the country, with its archipelagos; beside it too.
    for view in ["102,8,110,23", "104,9,113,20", "106,10,118,18"] {
        let far = reader.get(&format!("{MAP}?map=points&view={view}")).await;
        assert_eq!(far.status, 200);
        assert_eq!(far.attributes(".map-isles", "data-archipelago"), ["hoang-sa", "truong-sa"], "{view}");
        shows_archipelagos(view, &far.text());
        let file = reader.get(&far.attribute("a[href*='ban-do.svg']", "href").unwrap()).await;
        shows_archipelagos("a file of points", &file.text());
    }
    for wrong in ["1,2,3", "110,8,102,23", "x", "NaN,8,110,23", "102,-inf,110,23", "102,8,1e308,23"] {
        assert_eq!(reader.get(&format!("{MAP}?map=points&view={wrong}")).await.status, 422, "{wrong}");
        assert_eq!(reader.get(&format!("{MAP}.svg?map=points&view={wrong}")).await.status, 422, "{wrong}");
    }
}

#[actix_web::test]
async fn a_table_that_names_no_place_has_no_map_and_no_link_to_one() {
    let khomo = Khomo::start();
    let mut reader = published(&khomo, "Mặt hàng,Giá\nGạo,12\nCà phê,95\n").await;
    let page = reader.get(MAP).await;
    assert_eq!((page.status, page.texts("svg.map").len()), (200, 0));
    assert_clean(MAP, &page.text(), &[PUBLIC_URL]);
    assert_eq!(reader.get(&format!("{MAP}.svg")).await.status, 404);
    for path in ["/dataset/so-lieu-tinh", "/dataset/so-lieu-tinh/bang/kham-pha"] {
        assert!(!reader.get(path).await.text().contains("ban-do"), "{path}");
    }
    let wrong = reader.get(&format!("{MAP}?group=khong_co")).await;
    assert_eq!((wrong.status, wrong.header("cache-control")), (422, Some("no-store")));
    let id = khomo.db().read(|conn| khomo::dataset::by_slug(conn, "so-lieu-tinh")).unwrap().unwrap().id;
    khomo.withdraw(&id, "approver").unwrap();
    assert_eq!((reader.get(MAP).await.status, reader.get(&format!("{MAP}.svg")).await.status), (410, 410));
}

fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

fn collection(code: &str, east: f64) -> String {
    let (to, half) = (east + 1.0, east + 0.5);
    format!(
        "{{\"type\":\"FeatureCollection\",\"features\":[\n{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{code}\",\"name\":\"A\"}},\
         \"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[[{east},16],[{to},16],[{half},17],[{east},16]]]}}}}]}}"
    )
}

#[test]
fn the_command_keeps_boundaries_replaces_them_and_says_what_is_wrong_where() {
    let khomo = Khomo::start();
    let run = |file: &Path, level: &str| {
        let file = file.display().to_string();
        let args = [
            "--lang",
            "en",
            "vocabulary",
            "boundaries",
            &file,
            "--level",
            level,
            "--source",
            "S",
            "--licence",
            "L",
            "--json",
        ];
        khomo.command(&args, &[]).output().unwrap()
    };
    let good = write(khomo.folder(), "tinh.geojson", &collection("48", 107.0));
    for replaced in [0, 1] {
        let done = run(&good, "province");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        let told: serde_json::Value = serde_json::from_slice(&done.stdout).unwrap();
        assert_eq!((told["units"].as_u64(), told["replaced"].as_u64()), (Some(1), Some(replaced)));
    }
    assert_eq!((khomo.count("boundary_set"), khomo.count("boundary")), (1, 1));
    assert_eq!(khomo.count("audit_entry WHERE action = 'boundaries.replace'"), 2);
    for (code, east, level, words) in [
        ("99", 107.0, "province", "no code 99"),
        ("48", 500_000.0, "province", "Feature 1 (line 2)"),
        ("48", 107.0, "commune", "not a code of 5 digits"),
    ] {
        let file = write(khomo.folder(), "sai.geojson", &collection(code, east));
        let done = run(&file, level);
        let told = String::from_utf8_lossy(&done.stderr).into_owned();
        assert_eq!(done.status.code(), Some(2), "{told}");
        assert!(told.contains(words), "{told}");
    }
    assert_eq!(khomo.count("boundary"), 1, "what was there stays");
}

/// The real boundaries: a province of a hundred communes, and the country.
#[actix_web::test]
async fn real_boundaries_stay_light_and_keep_their_archipelagos() {
    let Some(data) = std::env::var_os("KHOMO_TEST_DATA").filter(|folder| !folder.is_empty()) else {
        println!("not run: needs KHOMO_TEST_DATA");
        return;
    };
    let folder = PathBuf::from(data).join("admin/boundaries");
    let khomo = Khomo::start();
    let read = |name: &str| map::read(&folder.join(name), &Properties::default()).unwrap();
    let country = keep(&khomo, Level::Province, read("vn_provinces34.geojson"));
    assert_eq!(country.units, 34);
    assert!(country.points < 30_000, "{country:?}");
    let communes = keep(&khomo, Level::Commune, read("da_nang_communes.geojson"));
    assert_eq!(communes.units, 94);
    assert!(communes.points < 25_000, "{communes:?}");
    let mut reader = published(&khomo, &provinces(false)).await;
    let page = reader.get(MAP).await;
    assert_eq!(page.texts(".map-area path").len(), 34);
    shows_archipelagos("the real country", &page.text());
    assert!(page.body.len() < 300_000, "{}", page.body.len());
    let mut csv = "Mã xã,Hộ\n".to_owned();
    for (at, unit) in read("da_nang_communes.geojson").iter().enumerate() {
        csv += &format!("{},{at}\n", unit.code);
    }
    khomo.dataset("so-lieu-tinh").note("Xã").csv("bang", &csv).await.publish().await;
    let page = reader.get(MAP).await;
    assert_eq!(rows(&page).len(), 94);
    let file = reader.get(&format!("{MAP}.svg")).await;
    assert!(file.body.len() < 300_000 && page.body.len() < 400_000, "{} {}", file.body.len(), page.body.len());
    let text = file.text();
    assert!(text.contains("Quần đảo Hoàng Sa") && text.contains("(Đà Nẵng)"));
}
