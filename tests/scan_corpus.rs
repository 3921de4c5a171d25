//! How well the scanner tells personal data and secrecy stamps from what only looks like them: on a made-up corpus,
//! and on real clean files.

use std::path::Path;

use khomo::scan::detect::{self, Heading, Hits, Kind, Options, Scanner, Severity};
use khomo::table::ingest::{Choices, Limits, ingest};

use crate::sample_data::{self, Container, Expectation};
use crate::support::corpus::{self, Id, Measure, Report, Table};

/// What part of the labelled cells must be found, for each kind.
const RECALL: f64 = 0.99;
/// What part of the cells reported as blocking must be labelled, for each kind.
const PRECISION: f64 = 0.95;

/// Blocking findings in clean files that stand: file, kind, title of the column, and why. One that no longer occurs
/// fails the test: then it goes.
const EXPLAINED: &[(&str, Kind, &str, &str)] = &[];

fn id(kind: Kind) -> Id {
    match kind {
        Kind::Citizen => Id::Citizen,
        Kind::OldCitizen => Id::OldCitizen,
        Kind::Tax => Id::Tax,
        Kind::SocialInsurance => Id::SocialInsurance,
        Kind::HealthInsurance => Id::HealthInsurance,
        Kind::Phone => Id::Phone,
        Kind::Email => Id::Email,
        Kind::Passport => Id::Passport,
        Kind::Plate => Id::Plate,
        Kind::BankAccount => Id::BankAccount,
        Kind::BankCard => Id::BankCard,
        Kind::Person => Id::Person,
        Kind::SmallGroup => Id::SmallGroup,
        Kind::Secret => Id::Secret,
    }
}

fn scanned(headings: &[(String, String)], rows: &[Vec<Option<String>>], options: &Options) -> Vec<Hits> {
    let headings: Vec<Heading> =
        headings.iter().map(|(title, note)| Heading { title: title.clone(), note: note.clone() }).collect();
    let mut scanner = Scanner::new(&headings, options);
    for row in rows {
        let cells: Vec<Option<&str>> = row.iter().map(Option::as_deref).collect();
        scanner.row(&cells);
    }
    scanner.finish()
}

fn reports(table: &Table) -> Vec<Report> {
    let options = Options {
        text: table.text.clone(),
        most_cells: 1_000_000,
        small_group: table.small_group,
        quasi: table.quasi.clone(),
    };
    scanned(&table.headings, &table.rows, &options)
        .into_iter()
        .map(|hits| Report {
            id: id(hits.kind),
            block: hits.severity == Severity::Block,
            column: hits.column,
            rows: hits.cells,
        })
        .collect()
}

#[test]
fn the_corpus_holds_together() {
    let faults = corpus::faults();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_kind_is_found_and_little_else_is_blocked() {
    let mut measure = Measure::default();
    for table in corpus::tables() {
        measure.count(&table, &reports(&table));
    }
    println!("{}", measure.told());
    let poor: Vec<String> = Id::ALL
        .into_iter()
        .filter(|id| measure.tallies.get(id).is_none_or(|t| t.recall() < RECALL || t.precision() < PRECISION))
        .map(|id| format!("{id:?}"))
        .collect();
    assert!(
        poor.is_empty(),
        "recall below {RECALL} or precision below {PRECISION}: {}\n{}",
        poor.join(", "),
        measure.told()
    );
}

#[test]
fn texts_outside_tables_are_read_as_well() {
    let passages = corpus::passages();
    let (mut missed, mut wrong) = (Vec::new(), Vec::new());
    for passage in &passages {
        let blocking: Vec<Id> = detect::text(&passage.text)
            .into_iter()
            .filter(|hits| hits.severity == Severity::Block)
            .map(|hits| id(hits.kind))
            .collect();
        for wanted in passage.holds.iter().filter(|wanted| !blocking.contains(wanted)) {
            missed.push(format!("{wanted:?} missed in {:?}", passage.text));
        }
        for found in blocking.iter().filter(|found| !passage.holds.contains(found)) {
            wrong.push(format!("{found:?} wrongly blocking in {:?}", passage.text));
        }
    }
    let told = missed.iter().chain(&wrong).cloned().collect::<Vec<_>>().join("\n");
    // One of a hundred may be missed, five of a hundred may be too much.
    assert!(missed.len() * 100 <= passages.len(), "{} of {} missed:\n{told}", missed.len(), passages.len());
    assert!(wrong.len() * 20 <= passages.len(), "{} of {} too much:\n{told}", wrong.len(), passages.len());
}

/// All records of the canonical CSV, the header first: quotes are doubled, lines may stand in quotes.
fn csv_rows(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let (mut rows, mut row, mut cell, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if quoted && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => quoted = !quoted,
            _ if quoted => cell.push(letter),
            ',' => row.push(std::mem::take(&mut cell)),
            '\n' => {
                row.push(std::mem::take(&mut cell));
                rows.push(std::mem::take(&mut row));
            }
            '\r' => {}
            _ => cell.push(letter),
        }
    }
    if !cell.is_empty() || !row.is_empty() {
        row.push(cell);
        rows.push(row);
    }
    rows
}

/// The blocking findings in a file as it is imported: kind, title of the column, how many, and samples.
fn blocking(data: &Path, expected: &Expectation) -> Vec<(Kind, String, String)> {
    let out = tempfile::tempdir().unwrap();
    let path = data.join(&expected.path);
    let ingested = ingest(&path, &expected.path, out.path(), &Choices::default(), &Limits::default(), &mut |_| ())
        .unwrap_or_else(|error| panic!("{} is refused: {error}", expected.path));
    let mut rows = csv_rows(&ingested.csv()).into_iter();
    let headings: Vec<(String, String)> =
        rows.next().unwrap_or_default().into_iter().map(|title| (title, String::new())).collect();
    let rows: Vec<Vec<Option<String>>> =
        rows.map(|row| row.into_iter().map(|cell| Some(cell).filter(|cell| !cell.is_empty())).collect()).collect();
    scanned(&headings, &rows, &Options::default())
        .into_iter()
        .filter(|hits| hits.severity == Severity::Block)
        .map(|hits| {
            let title = hits.column.and_then(|column| headings.get(column)).map(|(title, _)| title.clone());
            (hits.kind, title.unwrap_or_default(), format!("{} cells, {:?}", hits.count, hits.samples))
        })
        .collect()
}

#[test]
fn clean_real_files_are_let_through() {
    let Some(data) = std::env::var_os("KHOMO_TEST_DATA").filter(|folder| !folder.is_empty()) else {
        println!("not run: needs KHOMO_TEST_DATA");
        return;
    };
    let data = Path::new(&data);
    let all = sample_data::read().unwrap();
    // Where a clean file stands beside a soiled one, the clean one is read.
    let clean: Vec<&Expectation> = all
        .iter()
        .filter(|expected| {
            expected.container == Container::Csv && expected.refused.is_none() && expected.clean.is_none()
        })
        .collect();
    assert!(clean.len() >= 20, "only {} files", clean.len());
    let (even, odd): (Vec<_>, Vec<_>) = clean.iter().enumerate().partition(|(place, _)| place % 2 == 0);
    let run = |part: Vec<(usize, &&Expectation)>| -> Vec<(String, Kind, String, String)> {
        part.into_iter()
            .flat_map(|(_, expected)| {
                blocking(data, expected)
                    .into_iter()
                    .map(|(kind, title, what)| (expected.path.clone(), kind, title, what))
            })
            .collect()
    };
    let mut found = std::thread::scope(|scope| {
        let other = scope.spawn(|| run(odd));
        let mut found = run(even);
        found.extend(other.join().unwrap());
        found
    });
    found.sort();
    let explains = |known: &(&str, Kind, &str, &str), one: &(String, Kind, String, String)| {
        known.0 == one.0 && known.1 == one.1 && known.2 == one.2
    };
    let open: Vec<String> = found
        .iter()
        .filter(|one| !EXPLAINED.iter().any(|known| explains(known, one)))
        .map(|(path, kind, title, what)| format!("{path}: {kind:?} in {title:?}: {what}"))
        .collect();
    for known in EXPLAINED {
        let (path, kind, title, why) = known;
        assert!(
            found.iter().any(|one| explains(known, one)),
            "{path}: {kind:?} in {title:?} is found no more: take it out of EXPLAINED"
        );
        println!("explained: {path}: {kind:?} in {title:?}: {why}");
    }
    assert!(open.is_empty(), "blocking findings in clean files:\n{}", open.join("\n"));
    assert!(
        found.len() * 20 <= clean.len(),
        "{} blocking findings in {} clean files: more than one in twenty",
        found.len(),
        clean.len()
    );
}
