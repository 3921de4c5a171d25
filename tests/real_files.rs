//! Every table of the sample data against what a careful person expects of it, and the files that come out against each other.

use std::fs::File;
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveDateTime};
use datafusion::arrow::array::{Array, ArrayRef, AsArray};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimestampMicrosecondType,
};
use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use khomo::kernel::{Clock, Result};
use khomo::platform::files::{Files, S3};
use khomo::table::ingest::read::{self, LineEnding};
use khomo::table::ingest::report::Kind;
use khomo::table::ingest::{Choices, Ingested, Limits, ingest};
use khomo::table::{Object, keep};
use sha2::{Digest, Sha256};

use crate::sample_data::{self, Container, Expectation, LineEnd};

/// Where the importer and the expectations are known to disagree, by path and sheet, and why that stands. An entry that has
/// come to agree fails the test: then it goes.
const KNOWN: &[(&str, &str)] = &[];

/// The folder of real files, if there is one.
fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("KHOMO_TEST_DATA").filter(|folder| !folder.is_empty());
    if folder.is_none() {
        println!("not run: needs KHOMO_TEST_DATA");
    }
    folder.map(PathBuf::from)
}

fn ingested(data: &Path, expected: &Expectation, out: &Path) -> Result<Ingested> {
    let choices = Choices {
        read: read::Choices {
            sheet: expected.sheet.clone().filter(|_| !expected.default_sheet),
            ..read::Choices::default()
        },
        ..Choices::default()
    };
    ingest(&data.join(&expected.path), &expected.path, out, &choices, &Limits::default(), &mut |_| ())
}

/// The name of an entry in lists.
fn name_of(expected: &Expectation) -> String {
    match &expected.sheet {
        Some(sheet) => format!("{} [{sheet}]", expected.path),
        None => expected.path.clone(),
    }
}

/// Every point in which the importer does not do what is expected.
fn disagreements(data: &Path, expected: &Expectation) -> Vec<String> {
    let out = tempfile::tempdir().unwrap();
    let ingested = match (ingested(data, expected, out.path()), &expected.refused) {
        (Ok(ingested), None) => ingested,
        (Ok(_), Some(reason)) => return vec![format!("is accepted, but must be refused: {reason}")],
        (Err(error), None) => return vec![format!("is refused: {error}")],
        (Err(_), Some(_)) => return Vec::new(),
    };
    let (understood, outcome) = (&ingested.report.understood, &ingested.report.outcome);
    let mut wrong = Vec::new();
    let mut differs = |what: &str, found: String, wanted: String| {
        if found != wanted {
            wrong.push(format!("{what}: {found}, expected {wanted}"));
        }
    };
    let container = match understood.container {
        read::Container::Csv => Some(Container::Csv),
        read::Container::Xls => Some(Container::Xls),
        read::Container::Xlsx => Some(Container::Xlsx),
        read::Container::Parquet | read::Container::Json | read::Container::NdJson | read::Container::GeoJson => None,
    };
    differs("container", format!("{container:?}"), format!("{:?}", Some(expected.container)));
    let encoding = understood.encoding.clone().unwrap_or_default();
    if !expected.also_encodings.contains(&encoding) {
        differs("encoding", encoding, expected.encoding.clone().unwrap_or_default());
    }
    differs("byte order mark", understood.bom.to_string(), expected.bom.to_string());
    if let (Some(delimiter), Some(dialect)) = (expected.delimiter, &understood.dialect) {
        differs("delimiter", format!("{:?}", char::from(dialect.delimiter)), format!("{delimiter:?}"));
    }
    if let (Some(wanted), Some(found)) = (expected.line_end, understood.line_ending) {
        let found = match found {
            LineEnding::Lf => LineEnd::Lf,
            LineEnding::CrLf => LineEnd::Crlf,
            LineEnding::Cr => LineEnd::Cr,
        };
        differs("line end", format!("{found:?}"), format!("{wanted:?}"));
    }
    differs("sheet", format!("{:?}", understood.sheet), format!("{:?}", expected.sheet));
    // Rows that only number the columns end the header: they are left out, and no data stands above them.
    let last = expected.header.iter().chain(&expected.numbering).max();
    let header = (expected.header.first().copied().unwrap_or(0), last.copied().unwrap_or(0));
    differs("header rows", format!("{:?}", understood.header_rows), format!("{header:?}"));
    differs("rows above left out", understood.skipped_above.to_string(), expected.preamble.len().to_string());
    if !expected.accepts_rows(outcome.rows, outcome.set_aside.count) {
        let wanted = format!("{} and {}", expected.rows, expected.set_aside_count());
        differs("rows kept and set aside", format!("{} and {}", outcome.rows, outcome.set_aside.count), wanted);
    } else if outcome.rows == expected.rows {
        let mut lines: Vec<u64> = expected.set_aside.iter().flat_map(|part| part.lines.clone()).collect();
        lines.sort_unstable();
        let found: Vec<u64> = outcome.set_aside.listed.iter().map(|row| row.number).collect();
        differs("lines set aside", format!("{found:?}"), format!("{lines:?}"));
    }
    differs("columns", outcome.columns.len().to_string(), expected.width.to_string());
    for (i, column) in outcome.columns.iter().enumerate().take(expected.columns.len()) {
        let wanted = &expected.columns[i];
        if !expected.accepts_title(i, &column.title) {
            differs("title", format!("{:?}", column.title), format!("{:?}", wanted.title));
        }
        if !expected.accepts_kind(i, kind_of(column.kind), outcome.rows) {
            let found = format!("{:?} ({:?})", kind_of(column.kind), column.reason);
            let wanted = format!("{:?} ({})", wanted.kind, wanted.reason);
            differs(&format!("kind of {:?}", column.title), found, wanted);
        }
    }
    let rows = csv_rows(&ingested.csv());
    for cell in &expected.cell {
        let column =
            expected.columns.iter().position(|column| column.title == cell.column).unwrap_or_else(|| {
                panic!("{}: a cell of a column that is not expected: {}", expected.path, cell.column)
            });
        let found = rows.get(cell.row).and_then(|row| row.get(column)).cloned().unwrap_or_default();
        differs(&format!("cell {}, {:?}", cell.row, cell.column), format!("{found:?}"), format!("{:?}", cell.text));
    }
    wrong
}

fn kind_of(kind: Kind) -> sample_data::Kind {
    match kind {
        Kind::Text => sample_data::Kind::Text,
        Kind::Integer => sample_data::Kind::Integer,
        Kind::Decimal => sample_data::Kind::Decimal,
        Kind::Boolean => sample_data::Kind::Boolean,
        Kind::Date => sample_data::Kind::Date,
        Kind::DateTime => sample_data::Kind::DateTime,
    }
}

/// All records of a CSV, the header first, read as RFC 4180 has it.
fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read(path).unwrap();
    let mut reader = csv_core::Reader::new();
    let (mut rows, mut input) = (Vec::new(), text.as_slice());
    let (mut cells, mut ends) = (vec![0; 1 << 20], vec![0; 4096]);
    let (mut filled, mut ended) = (0, 0);
    loop {
        let (state, read, written, fields) = reader.read_record(input, &mut cells[filled..], &mut ends[ended..]);
        input = &input[read..];
        filled += written;
        ended += fields;
        match state {
            csv_core::ReadRecordResult::OutputFull => cells.resize(cells.len() * 2, 0),
            csv_core::ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            csv_core::ReadRecordResult::Record => {
                let cell = |i: usize| {
                    let start = if i == 0 { 0 } else { ends[i - 1] };
                    String::from_utf8(cells[start..ends[i]].to_vec()).expect("the canonical CSV is UTF-8")
                };
                rows.push((0..ended).map(cell).collect());
                (filled, ended) = (0, 0);
            }
            // The end of the input is told by an empty one.
            csv_core::ReadRecordResult::InputEmpty => {}
            csv_core::ReadRecordResult::End => return rows,
        }
    }
}

/// Whether a cell of the CSV says what the cell of the Parquet file says.
fn same(cell: &str, column: &ArrayRef, row: usize) -> bool {
    if column.is_null(row) {
        return cell.is_empty();
    }
    match column.data_type() {
        DataType::Utf8 => column.as_string::<i32>().value(row) == cell,
        DataType::Int64 => cell.parse() == Ok(column.as_primitive::<Int64Type>().value(row)),
        DataType::Float64 => cell
            .parse::<f64>()
            .is_ok_and(|number| number.to_bits() == column.as_primitive::<Float64Type>().value(row).to_bits()),
        DataType::Decimal128(_, scale) => {
            let scale = usize::try_from(*scale).unwrap();
            let (whole, part) = cell.split_once('.').unwrap_or((cell, ""));
            format!("{whole}{part:0<scale$}").parse::<i128>() == Ok(column.as_primitive::<Decimal128Type>().value(row))
        }
        DataType::Boolean => cell == if column.as_boolean().value(row) { "true" } else { "false" },
        DataType::Date32 => NaiveDate::parse_from_str(cell, "%Y-%m-%d").is_ok_and(|date| {
            date.signed_duration_since(NaiveDate::from_ymd_opt(1970, 1, 1).unwrap()).num_days()
                == i64::from(column.as_primitive::<Date32Type>().value(row))
        }),
        DataType::Timestamp(_, zone) => {
            let micros = column.as_primitive::<TimestampMicrosecondType>().value(row);
            let read = match zone {
                Some(_) => DateTime::parse_from_rfc3339(cell).map(|at| at.timestamp_micros()).ok(),
                None => NaiveDateTime::parse_from_str(cell, "%Y-%m-%dT%H:%M:%S%.f")
                    .map(|at| at.and_utc().timestamp_micros())
                    .ok(),
            };
            read == Some(micros)
        }
        other => panic!("no column is {other}"),
    }
}

/// The first cell in which CSV and Parquet differ.
fn first_difference(ingested: &Ingested) -> Option<String> {
    let rows = csv_rows(&ingested.csv());
    let titles: Vec<&str> = ingested.report.outcome.columns.iter().map(|column| column.title.as_str()).collect();
    if rows[0] != titles {
        return Some(format!("the titles are {:?}, reported {titles:?}", rows[0]));
    }
    let file = File::open(ingested.parquet()).unwrap();
    let mut number = 0;
    for batch in ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap() {
        let batch = batch.unwrap();
        if batch.num_columns() != titles.len() {
            return Some(format!("Parquet has {} columns, CSV {}", batch.num_columns(), titles.len()));
        }
        for row in 0..batch.num_rows() {
            number += 1;
            let Some(cells) = rows.get(number) else { return Some(format!("the CSV ends before row {number}")) };
            if cells.len() != titles.len() {
                return Some(format!("row {number} of the CSV has {} cells", cells.len()));
            }
            if let Some(column) = (0..titles.len()).find(|&column| !same(&cells[column], batch.column(column), row)) {
                return Some(format!("row {number}, {:?}: the CSV says {:?}", titles[column], cells[column]));
            }
        }
    }
    let reported = usize::try_from(ingested.report.outcome.rows).unwrap();
    (number != reported || rows.len() != reported + 1)
        .then(|| format!("{number} rows in Parquet, {} in CSV, {reported} reported", rows.len() - 1))
}

/// Runs a check over all expectations on both processors and gathers what it says, in order.
fn over_all(check: impl Fn(&Expectation) -> Vec<String> + Sync) -> Vec<(String, Vec<String>)> {
    let all = sample_data::read().unwrap();
    let (even, odd): (Vec<_>, Vec<_>) = all.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let run = |part: Vec<(usize, &Expectation)>| -> Vec<(usize, String, Vec<String>)> {
        part.into_iter().map(|(place, expected)| (place, name_of(expected), check(expected))).collect()
    };
    let mut found = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(odd));
        let mut found = run(even);
        found.extend(other.join().unwrap());
        found
    });
    found.sort_by_key(|(place, ..)| *place);
    found.into_iter().map(|(_, name, said)| (name, said)).collect()
}

#[test]
fn expectations_hold_together() {
    let all = sample_data::read().unwrap();
    assert!(all.len() > 80);
    let mut wrong = Vec::new();
    for expected in &all {
        if expected.refused.is_none() && expected.columns.len() != expected.width {
            wrong.push(format!(
                "{}: {} columns described, {} wide",
                name_of(expected),
                expected.columns.len(),
                expected.width
            ));
        }
        for accept in &expected.accept {
            if !expected.columns.iter().any(|column| column.title == accept.column) {
                wrong.push(format!(
                    "{}: accepts something for {:?}, which is no column",
                    name_of(expected),
                    accept.column
                ));
            }
        }
        for part in &expected.set_aside {
            if part.count != part.lines.len() as u64 {
                wrong.push(format!("{}: {} set aside, {} lines", name_of(expected), part.count, part.lines.len()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_sample_file_becomes_the_table_that_a_careful_person_expects() {
    let Some(data) = data() else { return };
    let found = over_all(|expected| disagreements(&data, expected));
    let (mut wrong, mut agreed) = (Vec::new(), 0);
    for (name, said) in &found {
        let known = KNOWN.iter().find(|(known, _)| known == name);
        match (said.is_empty(), known) {
            (true, None) => agreed += 1,
            (true, Some(_)) => wrong.push(format!("{name}\n    agrees now: take it out of KNOWN")),
            (false, Some((_, why))) => println!("known disagreement: {name}: {why}"),
            (false, None) => wrong.push(format!("{name}\n    {}", said.join("\n    "))),
        }
    }
    for (known, _) in KNOWN {
        assert!(found.iter().any(|(name, _)| name == known), "KNOWN names {known}, which is expected nowhere");
    }
    println!("{agreed} of {} as expected", found.len());
    assert!(wrong.is_empty(), "{} of {} otherwise than expected:\n{}", wrong.len(), found.len(), wrong.join("\n"));
}

#[test]
fn the_csv_and_the_parquet_of_every_sample_file_hold_the_same_rows_and_the_original_is_kept() {
    let Some(data) = data() else { return };
    let found = over_all(|expected| {
        let out = tempfile::tempdir().unwrap();
        // A refusal is the matter of the test above.
        let Ok(ingested) = ingested(&data, expected, out.path()) else { return Vec::new() };
        let mut wrong: Vec<String> = first_difference(&ingested).into_iter().collect();
        let place = tempfile::tempdir().unwrap();
        let s3 = S3::default();
        let files = Files::open(&place.path().display().to_string(), &s3).unwrap();
        let (original, at) = (data.join(&expected.path), Clock::system().now());
        let before = hex::encode(Sha256::digest(std::fs::read(&original).unwrap()));
        let (parquet, csv) = (sha256(&ingested.parquet()), sha256(&ingested.csv()));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let kept = runtime.block_on(keep(&files, &original, &expected.path, ingested, None, at)).unwrap();
        let stored = |object: Object| sha256(&place.path().join(object.name(&kept.row.id)));
        for (what, wanted, noted, object) in [
            ("the original", &before, &kept.row.original_sha256, Object::Original),
            ("the Parquet file", &parquet, &kept.row.parquet_sha256, Object::Parquet),
            ("the CSV", &csv, &kept.row.csv_sha256, Object::Csv),
        ] {
            if wanted != noted || *wanted != stored(object) {
                wrong.push(format!("{what} is not kept as it was"));
            }
        }
        if before != sha256(&original) {
            wrong.push("the file itself was changed".to_owned());
        }
        wrong
    });
    let wrong: Vec<String> = found
        .into_iter()
        .filter(|(_, said)| !said.is_empty())
        .map(|(name, said)| format!("{name}: {}", said.join("; ")))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn sha256(path: &Path) -> String {
    hex::encode(Sha256::digest(std::fs::read(path).unwrap()))
}
