//! Real files from the folder in `KHOMO_TEST_DATA`: what must be read of them.

use std::path::{Path, PathBuf};

use super::*;
use crate::table::ingest::rows::Row;

/// The folder of real files, if there is one.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("KHOMO_TEST_DATA").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        println!("not run: needs KHOMO_TEST_DATA");
    }
    folder.map(PathBuf::from)
}

/// A file's table, whole.
struct Read {
    understood: Understood,
    header: Vec<String>,
    rows: Vec<(u64, Vec<String>)>,
}

fn read_with(path: &Path, choices: &Choices) -> Result<Read> {
    let scratch = tempfile::tempdir().unwrap();
    let (understood, source) = open(path, "x", scratch.path(), choices, &Limits::default())?;
    let mut rows = source.rows()?;
    let mut row = Row::default();
    let mut all = Vec::new();
    while rows.next(&mut row)? {
        all.push((row.number, row.cells().map(str::to_owned).collect()));
    }
    Ok(Read { understood, header: source.header().to_vec(), rows: all })
}

fn read(path: &Path) -> Read {
    read_with(path, &Choices::default()).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Rows as the strings of their cells.
fn cells(read: &Read) -> Vec<&[String]> {
    read.rows.iter().map(|(_, cells)| &cells[..]).collect()
}

#[test]
fn seven_encodings_give_the_same_34_provinces() {
    let Some(data) = data() else { return };
    let wanted = read(&data.join("admin/vn_provinces_2026-07.csv"));
    assert_eq!(wanted.rows.len(), 34);
    for (name, encoding, delimiter) in [
        ("utf8-bom.crlf", "utf-8", b','),
        ("utf16le-bom.tab", "utf-16le", b'\t'),
        ("utf16be-bom", "utf-16be", b','),
        ("nfd.semicolon", "utf-8", b';'),
        ("cp1258", "windows-1258", b';'),
        ("tcvn", "tcvn3", b','),
        ("viscii", "viscii", b','),
    ] {
        let found = read(&data.join(format!("messy/encodings/vn_provinces_2026.{name}.csv")));
        assert_eq!(found.understood.encoding.as_deref(), Some(encoding), "{name}");
        assert_eq!(found.understood.dialect.unwrap().delimiter, delimiter, "{name}");
        assert_eq!(found.header, wanted.header, "{name}");
        assert_eq!(cells(&found), cells(&wanted), "{name}");
    }
}

#[test]
fn csv_spectrum_reads_as_its_json_says() {
    let Some(data) = data() else { return };
    let folder = data.join("messy/csv-spectrum");
    let mut files = 0;
    for entry in std::fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let json = std::fs::read(folder.join(format!("json/{name}.json"))).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&json).unwrap();
        // One of the files is described by an object and not by a list of one, and with another telephone number than it holds.
        let wanted = match json {
            serde_json::Value::Array(rows) => rows,
            one => vec![one],
        };
        let found = read(&path);
        let rows: Vec<serde_json::Value> = found
            .rows
            .iter()
            .map(|(_, cells)| {
                let object = found.header.iter().zip(cells).filter(|(title, _)| *title != "Contact Phone Number");
                serde_json::Value::Object(object.map(|(title, cell)| (title.clone(), cell.as_str().into())).collect())
            })
            .collect();
        let wanted: Vec<serde_json::Value> = wanted
            .into_iter()
            .map(|mut row| {
                if let Some(object) = row.as_object_mut() {
                    object.remove("Contact Phone Number");
                }
                row
            })
            .collect();
        assert_eq!(rows, wanted, "{name}");
        files += 1;
    }
    assert_eq!(files, 12);
}

#[test]
fn survey_files_have_the_rows_and_columns_of_their_clean_versions() {
    let Some(data) = data() else { return };
    for (name, rows, columns, encoding) in [
        ("10.January_2019", 53, 8, "utf-8"),
        ("Consular_cases_April_2016", 309, 82, "utf-8"),
        ("HMRC_spending_over_25000_for_September_2018", 406, 14, "utf-8"),
        ("Note_4_Staff_costs_-_Average_number_of_persons_employed_13-14", 14, 8, "utf-8"),
        ("Sustainability_-_Water_consumption_P_56", 1, 3, "utf-8"),
        ("air_quality_station3_2006", 35_040, 2, "utf-8"),
        ("dwp-cmg-spend-1214", 8, 4, "utf-8"),
        ("public-toilet-borough-grid", 34, 18, "utf-8"),
        ("rape_table_3_prosecution_outcomes_0708_1314", 12, 15, "utf-8"),
        // Without its 42nd column, which is empty and has no title.
        ("workforce-management-information-dft_201706", 10, 41, "utf-8"),
    ] {
        let raw = read(&data.join(format!("messy/survey_sample/csv/{name}.csv")));
        let clean = read(&data.join(format!("messy/survey_sample/clean/{name}.csv")));
        assert_eq!((raw.rows.len(), raw.header.len()), (rows, columns), "{name}");
        assert_eq!((clean.rows.len(), clean.header.len()), (rows, columns), "{name}, clean");
        assert_eq!(raw.understood.encoding.as_deref(), Some(encoding), "{name}");
        // Clean versions differ in white space around words, and one has dashes where the raw file has control characters.
        let bare = |read: &Read| -> Vec<Vec<String>> {
            let word = |cell: &String| compose::title(&cell.replace('\u{96}', "–"));
            read.rows.iter().map(|(_, cells)| cells.iter().map(word).collect()).collect()
        };
        assert_eq!(bare(&raw), bare(&clean), "{name}");
    }
}

#[test]
fn text_files_of_all_kinds_are_understood() {
    let Some(data) = data() else { return };
    for (path, rows, columns, header_row) in [
        ("admin/vn_communes_2026-07.csv", 3_321, 9, 1),
        ("admin/vn_units_63prov_pre2025.csv", 10_604, 7, 1),
        ("admin/commune_mapping_63_to_34.csv", 10_602, 6, 1),
        ("codes/ethnic_groups_official_codes.csv", 54, 2, 1),
        ("codes/ethnic-minorities.csv", 54, 3, 1),
        ("codes/postal-codes.csv", 83, 3, 1),
        ("codes/license-plates.csv", 149, 3, 1),
        ("codes/ministries.csv", 22, 5, 1),
        ("stats/budget/Vietnam_National_Budget_Final.csv", 633, 10, 1),
        ("stats/budget/Provinces.csv", 665, 2, 1),
        ("stats/worldbank/API_SL.UEM.TOTL.ZS_DS2_en_csv_v2_130165.csv", 266, 69, 5),
        ("stats/worldbank/API_SP.DYN.CDRT.IN_DS2_en_csv_v2_125471.csv", 266, 69, 5),
        ("stats/worldbank/vn_population_demographics_1960_2024.csv", 65, 19, 1),
        ("stats/exchange_rates_monthly.csv", 17_237, 3, 1),
        ("education/thpt_province_subject_metrics_2017_2026.csv", 5_740, 12, 1),
        ("health/osm_hospitals_hanoi_area.csv", 252, 22, 1),
        ("transport/hcmc_bus_route_variants.csv", 297, 10, 1),
        ("transport/hcmc_bus_stops_by_route.csv", 2_205, 16, 1),
        ("big/nycflights13_weather.csv", 26_115, 15, 1),
        ("catalog/hcm_opendata_2026-09-14_part.tsv", 68, 12, 1),
        ("messy/csvw-use-cases/EG.csv", 29, 9, 1),
        ("messy/csvw-use-cases/ESCC-payment-data-Q2281011.csv", 5_767, 6, 2),
        ("messy/csvw-use-cases/HXL_3W_samples_draft_Multilingual.csv", 34, 13, 2),
        ("messy/csvw-use-cases/mth-10-january-2014.csv", 89, 8, 3),
    ] {
        let found = read(&data.join(path));
        assert_eq!(
            (found.rows.len(), found.header.len(), found.understood.header_rows.1),
            (rows, columns, header_row),
            "{path}"
        );
    }
    let pounds = read(&data.join("messy/csvw-use-cases/ESCC-payment-data-Q2281011.csv"));
    assert_eq!(pounds.understood.encoding.as_deref(), Some("windows-1252"));
    assert_eq!(pounds.rows[0].1[2], "£512");
}

#[test]
fn workbooks_of_the_ministry_of_finance_are_understood() {
    let Some(data) = data() else { return };
    for (path, sheet, rows, columns, header_rows) in [
        ("Final_2012.xls", "M01+", 22, 4, (9, 9)),
        ("Final_2012.xls", "M04+", 15, 5, (10, 11)),
        ("Final_2012.xls", "M05+", 10, 3, (10, 11)),
        ("Final_2012.xls", "M07+", 53, 21, (6, 10)),
        ("Final_2012.xls", "M09+", 70, 10, (10, 12)),
        ("Final_2012.merged.xlsx", "M09+", 70, 10, (10, 12)),
        ("Plan_2004.xls", "Sheet1", 70, 7, (1, 7)),
        ("Plan_2008.xls", "Sheet1", 78, 11, (8, 13)),
        ("Plan_2008.merged.xlsx", "Sheet1", 78, 11, (8, 13)),
        ("Plan_2015.xls", "M04", 16, 5, (8, 10)),
        ("Plan_2015.xls", "N07", 49, 21, (7, 11)),
        ("Plan_2015.xls", "M09", 70, 11, (7, 12)),
    ] {
        let choices = Choices { sheet: Some(sheet.to_owned()), ..Choices::default() };
        let found = read_with(&data.join("stats/budget").join(path), &choices).unwrap();
        let seen = (found.rows.len(), found.header.len(), found.understood.header_rows);
        assert_eq!(seen, (rows, columns, header_rows), "{path} {sheet}");
    }
    let choices = Choices { sheet: Some("M04+".to_owned()), ..Choices::default() };
    let found = read_with(&data.join("stats/budget/Final_2012.xls"), &choices).unwrap();
    assert_eq!(found.header, ["STT", "Chỉ tiêu", "Quyết toán năm 2012", "Chia ra / NSTW (1)", "Chia ra / NSĐP (2)"]);
    assert_eq!(found.rows[0].1, ["A", "Chi theo dự toán Quốc hội", "978463", "434587", "543876"]);
}

#[test]
fn a_workbook_and_its_conversion_read_the_same() {
    let Some(data) = data() else { return };
    let old = read(&data.join("stats/budget/Plan_2008.xls"));
    let new = read(&data.join("stats/budget/Plan_2008.merged.xlsx"));
    assert_eq!(old.header, new.header);
    assert_eq!(old.rows, new.rows);
}

#[test]
fn the_count_below_an_export_of_the_statistics_office_is_no_row() {
    let Some(data) = data() else { return };
    for (name, rows) in [("gso_cap_tinh_2021-07-10.xls", 63), ("gso_cap_huyen_2021-07-10.xls", 705)] {
        let found = read(&data.join("admin").join(name));
        assert_eq!(found.rows.len(), rows);
        assert!(found.understood.notes.iter().any(|note| note.code == "rows-below-left-out"));
    }
}

#[test]
fn a_damaged_workbook_is_read_or_refused() {
    let Some(data) = data() else { return };
    for name in ["admin/gso_cap_tinh_2021-07-10.xls", "stats/budget/Plan_2008.merged.xlsx"] {
        let bytes = std::fs::read(data.join(name)).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("damaged");
        for at in (0..bytes.len()).step_by(bytes.len() / 150) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xff;
            std::fs::write(&path, &damaged).unwrap();
            let _ = read_with(&path, &Choices::default());
            std::fs::write(&path, &bytes[..at]).unwrap();
            let _ = read_with(&path, &Choices::default());
        }
    }
}

#[test]
fn features_of_communes_and_hospitals_become_rows_whose_every_geometry_is_a_shape() {
    let Some(data) = data() else { return };
    for (path, features, title) in [
        ("admin/boundaries/da_nang_communes.geojson", 94, "fullName"),
        ("admin/boundaries/vn_provinces34.geojson", 34, "fullName"),
        ("health/osm_hospitals_hanoi_area.geojson", 252, "addr:street"),
    ] {
        let table = read(&data.join(path));
        assert_eq!((table.understood.container, table.rows.len()), (Container::GeoJson, features), "{path}");
        assert!(table.header.iter().any(|known| known == title), "{path}");
        let place = table.header.iter().position(|known| known == "geometry").unwrap();
        for (number, cells) in &table.rows {
            assert!(crate::table::geometry::parse(&cells[place]).is_some(), "{path}, {number}");
        }
    }
}
