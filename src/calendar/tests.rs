//! Facts about reading a year's file, and about what it changes.

use chrono::NaiveDate;

use super::query::compare;
use super::{MOST_BYTES, YearFile, as_csv, read, require_open};
use crate::kernel::{Error, Problem};
use crate::profile::{DayKind, DayStatus, Profile};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn profile() -> Profile {
    Profile::load("current-2026", None).unwrap()
}

fn good(text: &str) -> YearFile {
    read(text.as_bytes(), &profile()).unwrap_or_else(|error| panic!("{:?}", error.problems()))
}

fn refused(text: &str) -> Error {
    read(text.as_bytes(), &profile()).unwrap_err()
}

/// What is wrong: the code and the row.
fn wrongs(error: &Error) -> Vec<(&str, i64)> {
    let row = |problem: &Problem| match problem.args.iter().find(|(name, _)| *name == "row") {
        Some((_, crate::kernel::Arg::Int(row))) => *row,
        _ => 0,
    };
    error.problems().iter().map(|problem| (problem.code, row(problem))).collect()
}

const CSV: &str = "\
# Lịch nghỉ năm 2027
day,to,kind,name_vi,name_en,status,basis
01/01/2027,,holiday,Tết Dương lịch,,law,bo-luat-lao-dong-2019/112.1.a
2027-02-05,2027-02-09,holiday,Tết Nguyên đán,Tết,decided,bo-luat-lao-dong-2019/112.1.b

2027-09-03,,swapped,\"Quốc khánh, hoán đổi\",,decided,
2027-09-11,,make-up,Làm bù,,decided,
";

const TOML: &str = r#"
[names]
bu = { vi = "Làm bù", en = "Make-up day" }

[[days]]
date = 2027-02-05
to = "2027-02-09"
name = "tet"
kind = "holiday"
status = "decided"
basis = "bo-luat-lao-dong-2019/112.1.b"
[[days]]
date = "11/09/2027"
name = "bu"
kind = "make-up"
status = "decided"
[[days]]
date = "2027-09-03"
name_vi = "Quốc khánh"
kind = "swapped"
status = "decided"
"#;

#[test]
fn csv_and_toml_are_read_by_what_stands_in_them() {
    let csv = good(CSV);
    assert_eq!((csv.year, csv.entries.len()), (2027, 4));
    assert_eq!(csv.entries[0].name.en.as_deref(), Some("New Year's Day"), "the profile knows its English name");
    assert_eq!(csv.entries[1].to, day("2027-02-09"));
    assert_eq!((csv.entries[2].kind, csv.entries[2].name.vi.as_str()), (DayKind::Swapped, "Quốc khánh, hoán đổi"));
    let toml = good(TOML);
    let days: Vec<_> = toml.entries.iter().map(|entry| entry.from.to_string()).collect();
    assert_eq!(days, ["2027-02-05", "2027-09-03", "2027-09-11"], "in the order of the days");
    assert_eq!(toml.entries[0].status, DayStatus::Decided);
    assert_eq!(toml.entries[2].name.en.as_deref(), Some("Make-up day"));
    // As spreadsheets write it: a mark at the beginning, semicolons, rows that hold nothing, capital letters.
    let sheet =
        format!("\u{feff}{}\n;;;;;;\n", CSV.replace("\"Quốc khánh, hoán đổi\"", "Quốc khánh").replace(',', ";"));
    assert_eq!(good(&sheet.replace("day;to", "Day;TO")).entries.len(), 4);
}

#[test]
fn a_year_that_was_written_down_is_read_again_as_it_was() {
    let profile = profile();
    for year in 2021..=2027 {
        let entries = profile.calendar.entries_of(year);
        assert_eq!(good(&as_csv(&entries)), YearFile { year, entries });
    }
    let odd = good(CSV);
    assert_eq!(good(&as_csv(&odd.entries)), odd);
}

#[test]
fn every_wrong_row_of_a_file_is_named_at_once() {
    let head = "day,to,kind,name_vi,name_en,status,basis\n";
    let rows = [
        "31/02/2027,,holiday,A,,law,",
        "2027-01-04,x,holiday,A,,law,",
        "2027-01-08,2027-01-05,holiday,A,,law,",
        "2027-03-01,2027-04-15,holiday,A,,law,",
        "2026-12-31,,holiday,A,,law,",
        "2027-01-11,,rest,A,,sure,",
        "2027-01-12,,holiday,,,law,",
        "2027-01-13,,holiday,A,,law,nd999/1",
        "2027-01-14,,make-up,A,,law,",
        "2027-01-16,,compensation,A,,law,",
        "2027-01-20,2027-01-22,holiday,A,,law,",
        "2027-01-22,,holiday,A,,law,",
        "2027-01-25,,holiday,A,,law,,more",
        "2027-13-01,x,holiday,A,,law,",
    ];
    let long = format!("\n2027-02-01,,holiday,{},,law,", "Dài".repeat(40));
    let error = refused(&format!("{head}{}{long}", rows.join("\n")));
    let mut found = wrongs(&error);
    found.sort_by_key(|(_, row)| *row);
    let expected = [
        ("calendar-row-day", 2),
        ("calendar-row-to", 3),
        ("calendar-row-span", 4),
        ("calendar-row-span", 5),
        ("calendar-row-year", 6),
        ("calendar-row-kind", 7),
        ("calendar-row-status", 7),
        ("calendar-row-name-missing", 8),
        ("calendar-row-basis", 9),
        ("calendar-row-make-up", 10),
        ("calendar-row-rest", 11),
        ("calendar-row-twice", 13),
        ("calendar-row-cells", 14),
        ("calendar-row-day", 15),
        ("calendar-row-to", 15),
        ("calendar-row-name-long", 16),
    ];
    assert_eq!(found, expected);
    let error =
        refused("[[days]]\ndate = \"2027-01-04\"\nname = \"x\"\nkind = \"holiday\"\nstatus = \"law\"\nwhy = 1\n");
    assert_eq!(wrongs(&error), [("calendar-row-value", 1), ("calendar-row-name", 1)]);
    // Rows of TOML are named by the lines that open them; what is wrong with the header keeps no row from being looked at.
    let error = refused(&TOML.replace("swapped", "rest").replace("11/09/2027", "31/09/2027"));
    assert_eq!(wrongs(&error), [("calendar-row-day", 12), ("calendar-row-kind", 17)]);
    let error = refused("day,kind,name_vi,status,why\n2027-01-04,rest,A,law,x\n");
    assert_eq!(wrongs(&error), [("calendar-column", 0), ("calendar-row-kind", 2)]);
}

#[test]
fn what_is_no_such_file_is_refused_as_a_whole() {
    let code = |text: &str| refused(text).problems()[0].code;
    assert_eq!(code(""), "calendar-none");
    assert_eq!(code("# nothing\n"), "calendar-none");
    assert_eq!(code("day,kind,name_vi,status\n"), "calendar-none");
    assert_eq!(code("day,kind,status\n"), "calendar-column-missing");
    assert_eq!(code("day,kind,name_vi,status,why\n"), "calendar-column");
    assert_eq!(code("day,day,kind,name_vi,status\n"), "calendar-column");
    assert_eq!(code("[[days]]\ndate = \n"), "calendar-syntax");
    assert_eq!(code("weekend = []\n"), "calendar-column");
    assert_eq!(code("days = 1\n"), "calendar-column");
    assert_eq!(code(&"a".repeat(MOST_BYTES + 1)), "calendar-file-long");
    let many: String = (0..101).map(|_| "2027-01-01,holiday,A,law\n").collect();
    assert_eq!(code(&format!("day,kind,name_vi,status\n{many}")), "calendar-rows-many");
    assert!(read(&[b'd', 0xff], &profile()).unwrap_err().has("calendar-not-utf8"));
}

#[test]
fn a_file_is_compared_day_by_day_and_days_that_are_over_stay() {
    let profile = profile();
    let before = profile.calendar.entries_of(2027);
    let mut after = before.clone();
    assert_eq!(compare(&before, &after, 2027), []);
    for entry in &mut after {
        entry.status = match entry.status {
            DayStatus::Assumed => DayStatus::Decided,
            status => status,
        };
    }
    after.retain(|entry| entry.from != day("2027-05-03"));
    let changes = compare(&before, &after, 2027);
    let spans: Vec<_> = changes.iter().map(|change| (change.from.to_string(), change.to.to_string())).collect();
    let span = |from: &str, to: &str| (format!("2027-{from}"), format!("2027-{to}"));
    assert_eq!(
        spans,
        [span("02-05", "02-09"), span("02-10", "02-11"), span("05-03", "05-03"), span("09-02", "09-03"),]
    );
    assert!(changes[2].after.is_none() && changes[2].before.is_some());
    assert!(require_open(&changes, day("2027-02-05"), false).is_ok(), "today is not over");
    let error = require_open(&changes, day("2027-02-11"), false).unwrap_err();
    assert_eq!(error.problems().len(), 2);
    assert!(error.has("calendar-past"));
    assert!(require_open(&changes, day("2028-01-01"), true).is_ok());
}
