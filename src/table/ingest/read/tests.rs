//! Files made up here: what must be read, and what must be refused.

use std::io::Write;
use std::path::PathBuf;

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;
use crate::kernel::{Arg, Error};
use crate::table::ingest::rows::Row;

/// A file with these bytes in a folder of its own.
fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

struct Table {
    understood: Understood,
    header: Vec<String>,
    rows: Vec<Vec<String>>,
    numbers: Vec<u64>,
}

fn read_with(bytes: &[u8], choices: &Choices, limits: &Limits) -> Result<Table> {
    let (folder, path) = file(bytes);
    let (understood, source) = open(&path, "file.csv", folder.path(), choices, limits)?;
    let (mut rows, mut numbers) = (Vec::new(), Vec::new());
    // Twice, because a walk must be repeatable.
    for _ in 0..2 {
        rows.clear();
        numbers.clear();
        let mut walk = source.rows()?;
        let mut row = Row::default();
        while walk.next(&mut row)? {
            rows.push(row.cells().map(str::to_owned).collect());
            numbers.push(row.number);
        }
    }
    Ok(Table { understood, header: source.header().to_vec(), rows, numbers })
}

fn read(bytes: &[u8]) -> Table {
    read_with(bytes, &Choices::default(), &Limits::default()).unwrap()
}

fn refused(bytes: &[u8]) -> Error {
    refused_with(bytes, &Limits::default())
}

fn refused_with(bytes: &[u8], limits: &Limits) -> Error {
    match read_with(bytes, &Choices::default(), limits) {
        Ok(table) => panic!("was read: {:?} {:?}", table.header, table.rows.first()),
        Err(error) => error,
    }
}

fn arg(error: &Error, name: &str) -> Option<Arg> {
    error.problems()[0].args.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone())
}

#[test]
fn line_numbers_are_those_of_the_file() {
    let table = read(b"a,b\n1,2\n\n\"x\ny\",3\n4,5\n");
    assert_eq!(table.numbers, [2, 4, 6]);
    assert_eq!(table.rows[1], ["x\ny", "3"]);
    assert_eq!(read(b"a,b\r1,2\r\r3,4").numbers, [2, 4]);
    assert_eq!(read(b"a,b\r\n1,2\r\n\r\n\"x\r\ny\",3\r\n4,5\r\n").numbers, [2, 4, 6]);
}

#[test]
fn blank_rows_are_skipped_and_ragged_rows_are_kept_as_they_are() {
    let table = read(b"a,b,c\n1,2,3\n , ,\n4,5\n6,7,8,9\n10,11,12,,\n");
    assert_eq!(table.rows[1], ["4", "5"]);
    assert_eq!(table.rows[2], ["6", "7", "8", "9"]);
    assert_eq!(table.rows[3], ["10", "11", "12"]);
}

#[test]
fn an_empty_column_at_the_end_is_left_out_but_a_value_in_it_is_not_lost() {
    let table = read(b"a,b,\n1,2,\n3,4,\n5,6,7\n8,9,\n1,1,\n2,2,\n");
    let columns = table.header.len();
    assert_eq!(table.rows[2][2], "7", "{columns} columns");
    let table = read(b"a,b,\n1,2,\n3,4,\n");
    assert_eq!(table.header, ["a", "b"]);
    assert!(table.understood.notes.iter().any(|note| note.code == "empty-columns-left-out"));
}

#[test]
fn an_empty_column_at_the_start_is_left_out_but_a_value_in_it_is_not_lost() {
    let mut text = String::from(",a,b\n");
    for at in 0..300 {
        text.push_str(&format!(",{at},x\n"));
    }
    text.push_str("oh,1,y\n");
    let table = read(text.as_bytes());
    assert_eq!(table.header, ["a", "b"]);
    assert_eq!(table.rows[0], ["0", "x"]);
    assert_eq!(table.rows[300], ["1", "y", "oh"]);
}

#[test]
fn excel_tells_its_delimiter() {
    let table = read(b"sep=;\r\na;b\r\n1,5;2\r\n");
    assert_eq!(table.understood.dialect.unwrap().delimiter, b';');
    assert_eq!(
        (table.header, table.rows, table.numbers),
        (vec!["a".into(), "b".into()], vec![vec!["1,5".into(), "2".into()]], vec![3])
    );
}

#[test]
fn a_person_may_decide_everything() {
    let choices = Choices {
        header_row: Some(4),
        delimiter: Some(b';'),
        quote: Some(0),
        encoding: Some("windows-1252".into()),
        sheet: None,
    };
    let table = read_with(b"x;y\nz;w\n\nn\xe9;\"b\n1;2\n", &choices, &Limits::default()).unwrap();
    assert_eq!(table.header, ["né", "\"b"]);
    assert_eq!(table.rows, [["1", "2"]]);
    let none = Choices { header_row: Some(0), ..Choices::default() };
    let table = read_with(b"a,b\n1,2\n", &none, &Limits::default()).unwrap();
    assert_eq!(table.header, ["column_1", "column_2"]);
    assert_eq!(table.rows.len(), 2);
    let unknown = Choices { encoding: Some("klingon".into()), ..Choices::default() };
    assert!(read_with(b"a,b\n1,2\n", &unknown, &Limits::default()).err().unwrap().has("encoding-unknown"));
}

#[test]
fn utf16_without_a_mark_is_recognised() {
    let bytes: Vec<u8> = "tên,số\nHà Nội,1\nHuế,2\nĐà Nẵng,3\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = read(&bytes);
    assert_eq!(table.understood.encoding.as_deref(), Some("utf-16le"));
    assert_eq!(table.rows[0], ["Hà Nội", "1"]);
}

#[test]
fn files_that_are_no_tables_are_refused_by_what_they_are() {
    for (bytes, code) in [
        (&b""[..], "file-empty"),
        (b" \n\n ", "file-empty"),
        (b"<html><body><table><tr><td>1</td></tr></table>", "file-is-html"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<p>", "file-is-html"),
        (b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>", "file-is-xml"),
        (b"{\"a\": 1}", "json-no-table"),
        (b"[{\"a\": 1}", "json-broken"),
        (b"%PDF-1.7", "file-not-a-table"),
        (b"\x7fELF\x02\x01", "file-not-a-table"),
        (b"\x1f\x8b\x08\x00", "file-not-a-table"),
        (b"\x89PNG\r\n", "file-not-a-table"),
        (b"PK\x03\x04 and then nothing", "workbook-broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and then nothing", "file-not-a-table"),
        (b"PAR1 and then nothing PAR1", "parquet-broken"),
        (b"a,b,c\n", "no-rows"),
        (b"a,b\n1,2\x003\n", "text-has-nul"),
        (b"a,b\n\"1,2\n3,4\n", "unclosed-quote"),
        (b"a,b\n1,\x81\x8d\x8f\n", "encoding-unclear"),
    ] {
        let error = refused(bytes);
        assert!(error.has(code), "{:?}: {error}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn refusals_name_line_and_column() {
    let error = refused(b"a,b\n1,2\nx,y\x00\n");
    assert_eq!((arg(&error, "line"), arg(&error, "column")), (Some(Arg::Int(3)), Some(Arg::Int(4))));
    let error = refused(b"a,b\n1,2\n3,\"4\n5,6\n");
    assert_eq!((arg(&error, "line"), arg(&error, "column")), (Some(Arg::Int(3)), Some(Arg::Int(2))));
    let limits = Limits { cell_bytes: 100_000, ..Limits::default() };
    let mut long = b"a,b\n1,2\n3,".to_vec();
    long.extend(std::iter::repeat_n(b'x', 400_000));
    let error = refused_with(&long, &limits);
    assert!(error.has("cell-too-long"), "{error}");
    assert_eq!((arg(&error, "line"), arg(&error, "column")), (Some(Arg::Int(3)), Some(Arg::Int(2))));
}

#[test]
fn ten_thousand_columns_are_refused() {
    let header: Vec<String> = (0..10_000).map(|at| format!("c{at}")).collect();
    let row = vec!["1"; 10_000];
    assert!(refused(format!("{}\n{}\n", header.join(","), row.join(",")).as_bytes()).has("too-many-columns"));
}

#[test]
fn a_line_without_end_is_refused_in_bounded_memory() {
    assert!(refused(&vec![b'x'; 24 << 20]).has("cell-too-long"));
    assert!(refused(&b"x,".repeat(12 << 20)).has("too-many-columns"));
    let mut quoted = b"a,b\n1,2\n\"".to_vec();
    quoted.extend(b"line\n".repeat(5 << 20));
    let error = refused(&quoted);
    assert!(error.has("cell-too-long"), "{error}");
    assert_eq!(arg(&error, "line"), Some(Arg::Int(3)));
}

#[test]
fn a_row_limit_is_kept() {
    let limits = Limits { rows: 2, ..Limits::default() };
    assert!(refused_with(b"a,b\n1,2\n3,4\n5,6\n", &limits).has("too-many-rows"));
}

/// An archive with these members.
fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn archives_are_measured_before_they_are_opened() {
    let zeros = vec![b' '; 40 << 20];
    assert!(
        refused(&zip(&[("xl/workbook.xml", b"<a/>"), ("xl/worksheets/sheet1.xml", &zeros)])).has("workbook-too-large")
    );
    assert!(refused(&zip(&[("xl/workbook.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>")])).has("workbook-unsafe"));
    assert!(refused(&zip(&[("word/document.xml", b"<a/>")])).has("file-not-a-table"));
    assert!(refused(&zip(&[("xl/workbook.xml", b"<a/>")])).has("workbook-broken"));
    let names: Vec<String> = (0..1_001).map(|at| format!("xl/{at}.xml")).collect();
    let members: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert!(refused(&zip(&members)).has("workbook-too-large"));
}

#[test]
fn a_workbook_is_read_with_its_forms() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    book.add_worksheet().set_name("Bìa").unwrap().write(0, 0, "Trang bìa").unwrap();
    let sheet = book.add_worksheet();
    sheet.set_name("Số liệu").unwrap();
    sheet.merge_range(0, 0, 0, 4, "BÁO CÁO NĂM 2026", &Format::new()).unwrap();
    sheet.merge_range(2, 0, 3, 0, "Đơn vị", &Format::new()).unwrap();
    sheet.merge_range(2, 1, 2, 2, "Thu", &Format::new()).unwrap();
    sheet.merge_range(2, 3, 3, 3, "Ngày", &Format::new()).unwrap();
    sheet.merge_range(2, 4, 3, 4, "Đạt", &Format::new()).unwrap();
    sheet.write(3, 1, "Kế hoạch").unwrap();
    sheet.write(3, 2, "Thực hiện").unwrap();
    let day = Format::new().set_num_format("dd/mm/yyyy");
    let moment = Format::new().set_num_format("dd/mm/yyyy hh:mm");
    for (at, (name, plan, done)) in
        [("Sở A", 3.0, 12.5), ("Sở B", 1e12, -0.25), ("Sở C", 7.0, 1.0 / 3.0)].into_iter().enumerate()
    {
        let row = 4 + u32::try_from(at).unwrap();
        sheet.write(row, 0, name).unwrap();
        sheet.write(row, 1, plan).unwrap();
        sheet.write(row, 2, done).unwrap();
        sheet
            .write_with_format(row, 3, if at == 1 { 46204.4375 } else { 46204.0 }, if at == 1 { &moment } else { &day })
            .unwrap();
        sheet.write(row, 4, at == 0).unwrap();
    }
    sheet.write(8, 0, "Nguồn: Sở Tài chính").unwrap();
    let table = read(&book.save_to_buffer().unwrap());
    assert_eq!(table.understood.sheet.as_deref(), Some("Số liệu"));
    assert_eq!(table.header, ["Đơn vị", "Thu / Kế hoạch", "Thu / Thực hiện", "Ngày", "Đạt"]);
    assert_eq!(table.rows[0], ["Sở A", "3", "12.5", "2026-07-01", "true"]);
    assert_eq!(table.rows[1], ["Sở B", "1000000000000", "-0.25", "2026-07-01T10:30:00", "false"]);
    assert_eq!(table.rows[2][2], "0.3333333333333333");
    assert_eq!(table.numbers, [5, 6, 7]);
    let codes: Vec<&str> = table.understood.notes.iter().map(|note| &*note.code).collect();
    assert_eq!(codes, ["other-sheets", "rows-above-left-out", "header-rows-joined", "rows-below-left-out"]);
}

#[test]
fn codes_that_a_workbook_shows_with_zeros_keep_them() {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let code = Format::new().set_num_format("00000");
    sheet.write(0, 0, "mã").unwrap().write(0, 1, "số").unwrap();
    sheet.write_with_format(1, 0, 4, &code).unwrap().write(1, 1, 4).unwrap();
    sheet.write_with_format(2, 0, 12345, &code).unwrap().write(2, 1, 5.5).unwrap();
    let table = read(&book.save_to_buffer().unwrap());
    assert_eq!(table.rows, [["00004", "4"], ["12345", "5.5"]]);
    assert!(table.understood.notes.iter().any(|note| note.code == "zeros-kept"));
}

#[test]
fn little_that_says_much_is_refused() {
    use rust_xlsxwriter::Workbook;
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let long = "x".repeat(30_000);
    sheet.write(0, 0, "a").unwrap().write(0, 1, "b").unwrap();
    for row in 1..200 {
        sheet.write(row, 0, 1).unwrap().write(row, 1, long.as_str()).unwrap();
    }
    let limits = Limits { unpacked_bytes: 3 << 20, ..Limits::default() };
    assert!(refused_with(&book.save_to_buffer().unwrap(), &limits).has("workbook-too-large"));
}

#[test]
fn a_sheet_that_is_not_there_is_refused_with_those_that_are() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Một").unwrap().write(0, 0, "a").unwrap();
    let choices = Choices { sheet: Some("Hai".into()), ..Choices::default() };
    let error = read_with(&book.save_to_buffer().unwrap(), &choices, &Limits::default()).err().unwrap();
    assert_eq!(arg(&error, "known"), Some(Arg::Text("Một".into())));
}

/// A Parquet file of a batch.
fn parquet_of(batch: &datafusion::arrow::array::RecordBatch) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut writer = datafusion::parquet::arrow::ArrowWriter::try_new(&mut bytes, batch.schema(), None).unwrap();
    writer.write(batch).unwrap();
    writer.close().unwrap();
    bytes
}

#[test]
fn parquet_columns_become_text() {
    use std::sync::Arc;

    use datafusion::arrow::array::{
        ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
        TimestampMicrosecondArray,
    };
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("mã", Arc::new(StringArray::from(vec![Some("001"), None]))),
        ("số", Arc::new(Int64Array::from(vec![1, -2]))),
        ("tỷ lệ", Arc::new(Float64Array::from(vec![3.0, 0.1]))),
        ("ngày", Arc::new(Date32Array::from(vec![20635, 0]))),
        ("lúc", Arc::new(TimestampMicrosecondArray::from(vec![1_782_901_800_000_000, 0]))),
        ("tiền", Arc::new(Decimal128Array::from(vec![1250, 5]).with_precision_and_scale(10, 2).unwrap())),
        ("đúng", Arc::new(BooleanArray::from(vec![true, false]))),
    ];
    let bytes = parquet_of(&RecordBatch::try_from_iter(columns).unwrap());
    let table = read(&bytes);
    assert_eq!(table.rows[0], ["001", "1", "3", "2026-07-01", "2026-07-01T10:30:00", "12.50", "true"]);
    assert_eq!(table.rows[1], ["", "-2", "0.1", "1970-01-01", "1970-01-01T00:00:00", "0.05", "false"]);
    // Whatever one byte of the file becomes, the reader answers with rows or a refusal.
    for at in (0..bytes.len()).step_by(5) {
        let mut hostile = bytes.clone();
        hostile[at] ^= 0x5a;
        let _ = read_with(&hostile, &Choices::default(), &Limits::default());
    }
}

#[test]
fn nested_parquet_columns_are_refused_by_name() {
    use std::sync::Arc;

    use datafusion::arrow::array::{ArrayRef, Int32Array, RecordBatch, StructArray};
    use datafusion::arrow::datatypes::{DataType, Field};
    let inner: ArrayRef = Arc::new(Int32Array::from(vec![1]));
    let nested: ArrayRef =
        Arc::new(StructArray::from(vec![(Arc::new(Field::new("x", DataType::Int32, false)), inner)]));
    let error = refused(&parquet_of(&RecordBatch::try_from_iter([("tọa độ", nested)]).unwrap()));
    assert!(error.has("parquet-column-kind"));
    assert_eq!(arg(&error, "column"), Some(Arg::Text("tọa độ".into())));
}

/// Writes a table in a dialect, quoting where it must or where `always` says so.
fn write(rows: &[Vec<String>], delimiter: char, quote: char, ending: &str, always: bool) -> String {
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .map(|cell| {
                if always || cell.contains([delimiter, quote, '\n', '\r']) {
                    format!("{quote}{}{quote}", cell.replace(quote, &format!("{quote}{quote}")))
                } else {
                    cell.clone()
                }
            })
            .collect();
        text.push_str(&cells.join(&delimiter.to_string()));
        text.push_str(ending);
    }
    text
}

/// A text in an encoding.
fn encode(text: &str, encoding: &str) -> Vec<u8> {
    match encoding {
        "utf-16le" => [0xff, 0xfe].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect(),
        "utf-16be" => [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect(),
        "tcvn3" | "viscii" => {
            let table = if encoding == "tcvn3" { legacy::tcvn3() } else { legacy::viscii() };
            text.chars()
                .map(|c| u8::try_from(table.iter().rposition(|known| *known == Some(c)).unwrap()).unwrap())
                .collect()
        }
        _ => text.as_bytes().to_vec(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_table_is_read_back_as_it_was_written(
        width in 2_usize..6,
        body in prop::collection::vec(prop::collection::vec("[a-z]{1,6}( [à-ạếộữđ,;\"'|\t\n]{0,2}[a-z]{1,4})?", 6), 3..30),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        ending in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        always in any::<bool>(),
        encoding in prop::sample::select(vec!["utf-8", "utf-16le", "utf-16be"]),
    ) {
        let titles: Vec<String> = (0..width).map(|at| format!("Cột {at}")).collect();
        let mut rows = vec![titles.clone()];
        for (at, row) in body.iter().enumerate() {
            let mut row: Vec<String> = row[..width].to_vec();
            row[0] = format!("{at}");
            rows.push(row);
        }
        let bytes = encode(&write(&rows, delimiter, '"', ending, always), encoding);
        let choices = Choices { delimiter: Some(u8::try_from(delimiter).unwrap()), quote: Some(b'"'), ..Choices::default() };
        let table = read_with(&bytes, &choices, &Limits::default()).unwrap();
        prop_assert_eq!(&table.header, &titles);
        let wanted: Vec<Vec<String>> = rows[1..].iter().map(|row| row.iter().map(|cell| crate::kernel::text::nfc(cell)).collect()).collect();
        prop_assert_eq!(&table.rows, &wanted);
    }

    #[test]
    fn the_dialect_and_encoding_of_a_plain_table_are_found(
        width in 2_usize..6,
        names in prop::collection::vec(prop::sample::select(vec!["Hà Nội", "Thừa Thiên Huế", "Đắk Lắk", "Quảng Ngãi", "Bến Tre"]), 4..40),
        delimiter in prop::sample::select(vec![',', ';', '\t', '|']),
        ending in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        always in any::<bool>(),
        encoding in prop::sample::select(vec!["utf-8", "utf-16le", "utf-16be", "tcvn3", "viscii"]),
    ) {
        let mut rows = vec![(0..width).map(|at| format!("c{at}")).collect::<Vec<_>>()];
        for (at, name) in names.iter().enumerate() {
            let mut row = vec![format!("{at}.5"); width];
            row[0] = (*name).to_owned();
            rows.push(row);
        }
        let table = read(&encode(&write(&rows, delimiter, '"', ending, always), encoding));
        prop_assert_eq!(table.understood.dialect.map(|dialect| char::from(dialect.delimiter)), Some(delimiter));
        prop_assert_eq!(table.understood.encoding.as_deref(), Some(encoding));
        prop_assert_eq!(&table.header, &rows[0]);
        prop_assert_eq!(&table.rows[..], &rows[1..]);
    }

    #[test]
    fn whatever_the_bytes_the_answer_is_rows_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..400), text in "[a-c,;\"'\n\r\t ]{0,200}") {
        let _ = read_with(&bytes, &Choices::default(), &Limits::default());
        let _ = read_with(text.as_bytes(), &Choices::default(), &Limits::default());
    }
}
