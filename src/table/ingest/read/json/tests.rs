//! Files of JSON made up here: what must be read, and what must be refused.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::kernel::Arg;
use crate::table::ingest::read::{Choices, open};

struct Table {
    understood: Understood,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

fn read_with(bytes: &[u8], limits: &Limits) -> Result<Table> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    let (understood, source) = open(&path, "file.json", folder.path(), &Choices::default(), limits)?;
    let mut rows = Vec::new();
    // Twice, because a walk must be repeatable.
    for _ in 0..2 {
        rows.clear();
        let (mut walk, mut row) = (source.rows()?, Row::default());
        while walk.next(&mut row)? {
            rows.push(row.cells().map(str::to_owned).collect());
        }
    }
    Ok(Table { understood, header: source.header().to_vec(), rows })
}

fn read(text: &str) -> Table {
    read_with(text.as_bytes(), &Limits::default()).unwrap()
}

/// The code of a refusal, its line and its record.
fn refused(bytes: &[u8], limits: &Limits) -> (&'static str, i64, i64) {
    let error = read_with(bytes, limits).err().expect("refused");
    let problem = &error.problems()[0];
    let number = |name: &str| match problem.args.iter().find(|(known, _)| *known == name) {
        Some((_, Arg::Int(number))) => *number,
        _ => 0,
    };
    (problem.code, number("line"), number("record"))
}

fn code(text: &str) -> &'static str {
    refused(text.as_bytes(), &Limits::default()).0
}

fn note<'a>(table: &'a Table, code: &str) -> Option<&'a Note> {
    table.understood.notes.iter().find(|note| note.code == code)
}

#[test]
fn a_list_and_lines_of_the_same_objects_are_the_same_table() {
    let list =
        read("[{\"ma\":\"01\",\"dan_so\":12.50},\n {\"ma\":\"02\",\"ten\":\"Kim\\u0020S\\u01a1n\",\"dan_so\":null}]");
    assert_eq!(list.header, ["ma", "dan_so", "ten"]);
    assert_eq!(list.rows, [["01", "12.50", ""], ["02", "", "Kim Sơn"]]);
    assert_eq!(list.understood.container, Container::Json);
    let lines =
        read("\u{feff}{\"ma\":\"01\",\"dan_so\":12.50}\r\n\r\n{\"ma\":\"02\",\"ten\":\"Kim Sơn\",\"dan_so\":null}");
    assert_eq!((lines.header, lines.rows), (list.header, list.rows));
    assert_eq!(lines.understood.container, Container::NdJson);
}

#[test]
fn numbers_keep_the_digits_that_they_were_written_with() {
    let table = read(r#"[{"a":1234567890123456789012,"b":1.10,"c":-0.0,"d":1e5,"e":true}]"#);
    assert_eq!(table.rows[0], ["1234567890123456789012", "1.10", "-0.0", "1e5", "true"]);
}

#[test]
fn what_is_nested_stays_whole_and_is_told() {
    let table = read(r#"[{"a": 1, "b": { "c" : [1, 2], "d": "x y" }}, {"a": [ ]}]"#);
    assert_eq!(table.rows, [["1", r#"{"c":[1,2],"d":"x y"}"#], ["[]", ""]]);
    let told = note(&table, "json-nested").unwrap();
    assert_eq!(told.args[0].1, 2_u64.into());
    assert_eq!(told.args[1].1, "a, b".into());
}

#[test]
fn what_is_no_object_is_set_aside_whole() {
    let table = read(r#"[{"a":1},{"a":2},[1, 2],{"a":3}]"#);
    assert_eq!(table.rows[2], ["", "[1,2]"]);
    assert!(note(&table, "json-not-objects").is_some());
}

#[test]
fn a_member_named_twice_counts_once_and_is_told() {
    let table = read(r#"[{"a":1,"a":2}]"#);
    assert_eq!(table.rows, [["2"]]);
    assert!(note(&table, "json-keys-repeated").is_some());
}

#[test]
fn names_become_titles_that_are_unique() {
    let table = read(r#"[{"":1,"Tên\n xã":2,"Tên xã":3}]"#);
    assert_eq!(table.header, ["column_1", "Tên xã", "Tên xã (2)"]);
    assert!(note(&table, "titles-numbered").is_some());
}

#[test]
fn features_become_rows_with_their_geometry_as_text() {
    let text = json!({
        "features": [
            { "type": "Feature", "id": 7, "geometry": { "type": "Point", "coordinates": [106.5, 20.25, 3] },
              "properties": { "ten": "Trạm 1", "id": "A" } },
            { "type": "Feature", "geometry": null, "properties": null, "id": 8 },
            { "type": "Feature", "geometry": { "type": "Point", "coordinates": [590000, 2240000] }, "properties": {} },
        ],
        "type": "FeatureCollection",
    });
    let table = read(&text.to_string());
    assert_eq!(table.understood.container, Container::GeoJson);
    assert_eq!(table.header, ["id", "geometry", "ten", "id (2)"]);
    assert_eq!(table.rows[0], ["7", "POINT (106.5 20.25)", "Trạm 1", "A"]);
    assert_eq!(table.rows[1], ["8", "", "", ""]);
    assert_eq!(table.rows[2][1], r#"{"type":"Point","coordinates":[590000,2240000]}"#);
    assert!(note(&table, "geojson-geometry").is_some() && note(&table, "geojson-unplaced").is_some());
}

#[test]
fn features_stand_in_lines_too() {
    let feature = r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[106,20]},"properties":{"a":1}}"#;
    let table = read(&format!("{feature}\n{feature}\n"));
    assert_eq!(table.understood.container, Container::GeoJson);
    assert_eq!(table.rows, [["POINT (106 20)", "1"], ["POINT (106 20)", "1"]]);
}

#[test]
fn coordinates_of_another_system_are_refused() {
    let with = |crs: &str| {
        format!(
            r#"{{"type":"FeatureCollection","crs":{crs},"features":[{{"type":"Feature","geometry":null,"properties":{{"a":1}}}}]}}"#
        )
    };
    let named = |name: &str| with(&format!(r#"{{"type":"name","properties":{{"name":"{name}"}}}}"#));
    assert_eq!(read(&named("urn:ogc:def:crs:OGC:1.3:CRS84")).rows.len(), 1);
    assert_eq!(code(&named("urn:ogc:def:crs:EPSG::3405")), "geojson-crs");
}

#[test]
fn what_is_no_table_is_refused_with_its_place() {
    for (text, wanted) in [
        (r#"{"a":1}"#, "json-no-table"),
        (r#"{"data":[{"a":1}]}"#, "json-no-table"),
        (r#"{"type":"FeatureCollection","features":[]}"#, "no-rows"),
        ("[{}]", "no-rows"),
        (r#"[{"a":1},"#, "json-broken"),
        (r#"[{"a":1}"#, "json-broken"),
        (r#"[{"a":1}] x"#, "json-broken"),
        (r#"[{"a":1} {"a":2}]"#, "json-broken"),
        (r#"[{"a":1},,{"a":2}]"#, "json-broken"),
        (r#"[{"a":nul}]"#, "json-broken"),
        (r#"[{"a":01}]"#, "json-broken"),
        (r#"[{"a":"\ud800"}]"#, "json-broken"),
        (r#"[{"a":"x}]"#, "json-broken"),
        (r#"[{"a":1]"#, "json-broken"),
        ("{\"a\":1}\n{\"a\":2", "json-broken"),
        ("{\"a\":1},\n{\"a\":2}", "json-broken"),
    ] {
        assert_eq!(code(text), wanted, "{text}");
    }
    assert_eq!(refused(b"[{\"a\":1},\n{\"a\":2},\n{\"a\":\n x}]", &Limits::default()), ("json-broken", 4, 3));
    assert_eq!(refused(b"{\"a\":1}\n\n{\"a\":\"\xff\"}", &Limits::default()), ("json-not-utf8", 3, 2));
    let wide: Vec<u8> = "[{\"a\":1}]".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(refused(&wide, &Limits::default()).0, "json-not-utf8");
}

#[test]
fn depth_width_and_length_are_bounded() {
    let deep = format!(r#"[{{"a":{}1{}}}]"#, "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(code(&deep), "json-too-deep");
    let open = "[{\"a\":".repeat(100_000);
    assert_eq!(code(&open), "json-too-deep");
    let small = Limits { columns: 3, cell_bytes: 100, rows: 5, ..Limits::default() };
    let refused = |text: &str| refused(text.as_bytes(), &small).0;
    assert_eq!(refused(r#"[{"a":1,"b":2},{"c":3,"d":4}]"#), "too-many-columns");
    let wide: String = (0..50_000).map(|at| format!("\"k{at}\":1,")).collect();
    assert_eq!(code(&format!("[{{{wide}\"z\":1}}]")), "too-many-columns");
    assert_eq!(refused(&format!(r#"[{{"a":"{}"}}]"#, "x".repeat(150))), "cell-too-long");
    assert_eq!(refused(&format!(r#"[{{"a":"{}"}}]"#, "x".repeat(250))), "row-too-long");
    assert_eq!(refused(&format!("[{}{{\"a\":1}}]", "{\"a\":1},".repeat(5))), "too-many-rows");
    assert_eq!(code(&format!(r#"[{{"{}":1}}]"#, "k".repeat(2000))), "json-key-too-long");
}

proptest! {
    #[test]
    fn whatever_follows_a_bracket_is_read_or_refused(rest in prop::collection::vec(any::<u8>(), 0..60)) {
        for beginning in [&b"[{\"a\":"[..], b"{\"a\":", b"{\"type\":\"FeatureCollection\",\"features\":[{"] {
            let _ = read_with(&[beginning, &rest].concat(), &Limits::default());
        }
    }

    #[test]
    fn values_come_as_they_were_written(
        rows in prop::collection::vec(prop::collection::vec("[a-zA-ZĐđ0-9 \\\\\"\n{}\\[\\],:]{1,12}", 3), 1..6),
        lines in any::<bool>(),
        spaced in any::<bool>(),
    ) {
        let objects: Vec<String> = rows
            .iter()
            .map(|row| {
                let object = json!({ "x": row[0], "y": row[1], "z": row[2] });
                if spaced && !lines { serde_json::to_string_pretty(&object) } else { serde_json::to_string(&object) }.unwrap()
            })
            .collect();
        // One object alone is no table of lines.
        prop_assume!(!lines || objects.len() > 1);
        let filled: Vec<Vec<String>> =
            rows.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).cloned().collect();
        let text = if lines { objects.join("\n") } else { format!("[{}]", objects.join(",")) };
        prop_assert_eq!(read(&text).rows, filled);
    }
}
