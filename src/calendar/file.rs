//! Reading a year's file: TOML with the rows of `profiles/calendar.toml`, or CSV.
//!
//! TOML: `[[days]]` with `date`, `to` (left out for one day), `kind`, `status`, `basis` (may be left out), and `name`, a code of the
//! profile's `[names]` or of the file's own, or `name_vi` and `name_en` in words. CSV: a header with `day`, `to`, `kind`, `name_vi`,
//! `name_en`, `status`, `basis`, in any order, `to`, `name_en` and `basis` may be missing; commas or semicolons; lines that are empty or
//! begin with `#` are passed over. Days are yyyy-mm-dd or dd/mm/yyyy. All lie in one year, the one that most rows name.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use toml::{Table, Value};

use super::model::YearFile;
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Localized, Problem, Result, day_of};
use crate::profile::{BasisId, CalendarEntry, DayKind, DayStatus, LONGEST_SPAN, Profile};

/// Bytes of a file.
pub const MOST_BYTES: usize = 64 << 10;
/// Rows of a file.
const MOST_ROWS: usize = 100;
/// Characters of a name.
const LONGEST_NAME: usize = 100;

/// The columns of CSV, those that must be there first.
const COLUMNS: [&str; 7] = ["day", "kind", "name_vi", "status", "to", "name_en", "basis"];
/// How many of them must be there.
const NEEDED: usize = 4;
/// What a file of TOML holds.
const TABLES: [&str; 2] = ["days", "names"];
/// The keys of a row of TOML.
const KEYS: [&str; 9] = ["date", "day", "to", "name", "name_vi", "name_en", "kind", "status", "basis"];

/// A row as it was written: the line of the file that it begins in, and what stands under which name.
struct Written {
    row: usize,
    cells: BTreeMap<&'static str, String>,
}

impl Written {
    fn get(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", |cell| cell.trim())
    }

    fn wrong(&self, code: &'static str) -> Problem {
        Problem::new(code).with("row", self.row)
    }
}

/// Reads a year's file; every wrong row is named.
///
/// # Errors
/// `Invalid`: `calendar-file-long` (`most`), `calendar-not-utf8`, `calendar-syntax` (`line`, `detail`), `calendar-none`,
/// `calendar-rows-many` (`most`), `calendar-column` and `calendar-column-missing` (`name`), and of rows (`row`, and mostly `value`):
/// `calendar-row-cells`, `-value`, `-day`, `-to`, `-span`, `-year`, `-kind`, `-status`, `-name`, `-name-missing`, `-name-long`, `-basis`,
/// `-make-up`, `-rest`, `-twice`.
pub fn read(bytes: &[u8], profile: &Profile) -> Result<YearFile> {
    let wrong = |problem: Problem| Error::invalid(problem.on("rows"));
    if bytes.len() > MOST_BYTES {
        return Err(wrong(Problem::new("calendar-file-long").with("most", MOST_BYTES >> 10)));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| wrong(Problem::new("calendar-not-utf8")))?;
    let text = nfc(text.trim_start_matches('\u{feff}'));
    let mut problems = Vec::new();
    let mut names = profile.calendar.names().clone();
    let rows = if is_toml(&text) {
        toml_rows(&text, &mut names, &mut problems).map_err(wrong)?
    } else {
        csv_rows(&text, &mut problems)
    };
    if problems.is_empty() && rows.is_empty() {
        problems.push(Problem::new("calendar-none"));
    }
    if rows.len() > MOST_ROWS {
        return Err(wrong(Problem::new("calendar-rows-many").with("most", MOST_ROWS)));
    }
    let file = check(&rows, &names, profile, &mut problems);
    match file {
        Some(file) if problems.is_empty() => Ok(file),
        _ => Err(Error::invalid_all(problems.into_iter().map(|problem| problem.on("rows")).collect())),
    }
}

/// Entries as CSV that [`read`] takes: what somebody starts from who enters a year.
pub fn as_csv(entries: &[CalendarEntry]) -> String {
    let quoted = |cell: &str| match cell.contains([',', '"', ';', '#']) {
        true => format!("\"{}\"", cell.replace('"', "\"\"")),
        false => cell.to_owned(),
    };
    let mut text = "day,to,kind,name_vi,name_en,status,basis\n".to_owned();
    for entry in entries {
        let to = if entry.to == entry.from { String::new() } else { entry.to.to_string() };
        let basis = entry.basis.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells = [
            entry.from.to_string(),
            to,
            entry.kind.code().to_owned(),
            quoted(&entry.name.vi),
            quoted(entry.name.en.as_deref().unwrap_or_default()),
            entry.status.code().to_owned(),
            basis,
        ];
        text += &cells.join(",");
        text.push('\n');
    }
    text
}

/// Whether a text is TOML: its first line that says something opens a table or gives a value.
fn is_toml(text: &str) -> bool {
    lines(text).next().is_some_and(|(_, line)| line.starts_with('[') || line.contains('='))
}

/// The lines that say something, with their numbers.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let told = |(_, line): &(usize, &str)| !line.is_empty() && !line.starts_with('#');
    text.lines().enumerate().map(|(at, line)| (at + 1, line.trim())).filter(told)
}

fn toml_rows(
    text: &str,
    names: &mut BTreeMap<String, Localized>,
    problems: &mut Vec<Problem>,
) -> std::result::Result<Vec<Written>, Problem> {
    let mut table: Table = text.parse().map_err(|error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let detail = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
        Problem::new("calendar-syntax").with("line", before.matches('\n').count() + 1).with("detail", detail)
    })?;
    let days = table.remove("days");
    match table.remove("names").map(Value::try_into::<BTreeMap<String, Localized>>) {
        None => {}
        Some(Ok(own)) => names.extend(own),
        Some(Err(_)) => problems.push(unknown("names", &TABLES)),
    }
    problems.extend(table.keys().map(|key| unknown(key, &TABLES)));
    let days = match days {
        Some(Value::Array(days)) => days,
        Some(_) => return Err(unknown("days", &TABLES)),
        None => Vec::new(),
    };
    let heads: Vec<usize> = lines(text).filter(|(_, line)| opens_row(line)).map(|(line, _)| line).collect();
    // Rows within one pair of brackets have no line of their own: they are counted.
    let line = |at: usize, of: usize| heads.get(at).filter(|_| heads.len() == of).map_or(at + 1, |line| *line);
    let (count, mut rows) = (days.len(), Vec::new());
    for (at, day) in days.into_iter().enumerate() {
        let mut row = Written { row: line(at, count), cells: BTreeMap::new() };
        let Value::Table(day) = day else {
            problems.push(row.wrong("calendar-row-value").with("value", day.type_str()).with("known", KEYS.join(", ")));
            continue;
        };
        for (key, value) in day {
            let told = match value {
                Value::String(text) => Some(text),
                Value::Datetime(date) => Some(date.to_string()),
                _ => None,
            };
            match (KEYS.into_iter().find(|known| *known == key), told) {
                (Some("date"), Some(told)) => drop(row.cells.insert("day", told)),
                (Some(known), Some(told)) => drop(row.cells.insert(known, told)),
                _ => problems.push(row.wrong("calendar-row-value").with("value", key).with("known", KEYS.join(", "))),
            }
        }
        rows.push(row);
    }
    Ok(rows)
}

/// Whether a line of TOML opens a row.
fn opens_row(line: &str) -> bool {
    line.strip_prefix("[[").and_then(|rest| rest.split_once("]]")).is_some_and(|(name, _)| name.trim() == "days")
}

/// A name that the file may not have, with those that it may.
fn unknown(name: &str, known: &[&str]) -> Problem {
    Problem::new("calendar-column").with("name", name).with("known", known.join(", "))
}

fn csv_rows(text: &str, problems: &mut Vec<Problem>) -> Vec<Written> {
    let mut lines = lines(text);
    let Some((_, head)) = lines.next() else { return Vec::new() };
    let sign = if head.matches(';').count() > head.matches(',').count() { b';' } else { b',' };
    let mut columns = Vec::new();
    for title in cells(head, sign) {
        let title = title.trim().to_lowercase();
        let known = COLUMNS.into_iter().find(|known| *known == title);
        if known.is_none_or(|known| columns.contains(&Some(known))) {
            problems.push(unknown(&title, &COLUMNS));
        }
        columns.push(known);
    }
    let missing: Vec<&str> =
        COLUMNS.into_iter().take(NEEDED).filter(|needed| !columns.contains(&Some(*needed))).collect();
    problems.extend(missing.iter().map(|needed| Problem::new("calendar-column-missing").with("name", *needed)));
    // Every row would lack them.
    if !missing.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for (line, text) in lines {
        let told = cells(text, sign);
        // A spreadsheet keeps rows that hold nothing.
        if told.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let more = told.iter().skip(columns.len()).any(|cell| !cell.trim().is_empty());
        let pairs = columns.iter().zip(told).filter_map(|(column, cell)| column.map(|column| (column, cell)));
        let row = Written { row: line, cells: pairs.collect() };
        if more {
            problems.push(row.wrong("calendar-row-cells").with("most", columns.len()));
        }
        rows.push(row);
    }
    rows
}

/// The cells of a line.
fn cells(line: &str, sign: u8) -> Vec<String> {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(sign).build();
    let mut bytes = vec![0; line.len() + 1];
    let mut ends = vec![0; line.len() + 2];
    // The second call, with nothing, ends the last cell.
    let (_, _, written, filled) = reader.read_record(line.as_bytes(), &mut bytes, &mut ends);
    let rest = (bytes.get_mut(written..).unwrap_or_default(), ends.get_mut(filled..).unwrap_or_default());
    let (_, _, _, more) = reader.read_record(&[], rest.0, rest.1);
    let mut from = 0;
    let mut cells = Vec::new();
    for end in ends.into_iter().take(filled + more) {
        cells.push(String::from_utf8_lossy(bytes.get(from..end).unwrap_or_default()).into_owned());
        from = end;
    }
    cells
}

/// The rows as entries of one year; problems say what is wrong with which row.
fn check(
    rows: &[Written],
    names: &BTreeMap<String, Localized>,
    profile: &Profile,
    problems: &mut Vec<Problem>,
) -> Option<YearFile> {
    let year = year_of(rows)?;
    let mut entries: Vec<(usize, CalendarEntry)> = Vec::new();
    for row in rows {
        let days = span(row, year, problems);
        let kind = word(row, "kind", DayKind::from_code, &DayKind::ALL.map(DayKind::code), problems);
        let status = word(row, "status", DayStatus::from_code, &DayStatus::ALL.map(DayStatus::code), problems);
        let name = name(row, names, problems);
        let basis = basis(row, profile, problems);
        if let (Some((from, to)), Some(kind)) = (days, kind)
            && let Some(day) =
                from.iter_days().take_while(|day| *day <= to).find(|day| profile.calendar.misplaced(kind, *day))
        {
            let code = if kind == DayKind::MakeUp { "calendar-row-make-up" } else { "calendar-row-rest" };
            problems.push(row.wrong(code).with("value", day.to_string()));
        }
        if let (Some((from, to)), Some(kind), Some(status), Some(name), Some(basis)) = (days, kind, status, name, basis)
        {
            entries.push((row.row, CalendarEntry { from, to, name, kind, status, basis }));
        }
    }
    entries.sort_by_key(|(row, entry)| (entry.from, *row));
    for pair in entries.windows(2) {
        if let [(earlier, before), (later, after)] = pair
            && after.from <= before.to
        {
            let problem = Problem::new("calendar-row-twice").with("row", *later).with("other", *earlier);
            problems.push(problem.with("value", after.from.to_string()));
        }
    }
    Some(YearFile { year, entries: entries.into_iter().map(|(_, entry)| entry).collect() })
}

/// The year that most rows name; the later of two.
fn year_of(rows: &[Written]) -> Option<i32> {
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for day in rows.iter().filter_map(|row| day_of(row.get("day"))) {
        *counts.entry(day.year()).or_default() += 1;
    }
    // Without any readable day the rows are still looked at.
    let most = counts.into_iter().max_by_key(|(year, count)| (*count, *year)).map_or(0, |(year, _)| year);
    (!rows.is_empty()).then_some(most)
}

fn span(row: &Written, year: i32, problems: &mut Vec<Problem>) -> Option<(NaiveDate, NaiveDate)> {
    let (from, last) = (day_of(row.get("day")), row.get("to"));
    let to = if last.is_empty() { from } else { day_of(last) };
    if from.is_none() {
        problems.push(row.wrong("calendar-row-day").with("value", row.get("day")));
    }
    if to.is_none() && !last.is_empty() {
        problems.push(row.wrong("calendar-row-to").with("value", last));
    }
    let (from, to) = from.zip(to)?;
    if to < from || (to - from).num_days() >= LONGEST_SPAN {
        problems.push(row.wrong("calendar-row-span").with("value", to.to_string()).with("most", LONGEST_SPAN));
        return None;
    }
    if from.year() != year || to.year() != year {
        let out = if from.year() == year { to } else { from };
        problems.push(row.wrong("calendar-row-year").with("value", out.to_string()).with("year", year.to_string()));
        return None;
    }
    Some((from, to))
}

/// One of few words.
fn word<T>(
    row: &Written,
    column: &'static str,
    of: impl Fn(&str) -> Option<T>,
    known: &[&str],
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let told = row.get(column).to_lowercase();
    let found = of(&told);
    if found.is_none() {
        let code = if column == "kind" { "calendar-row-kind" } else { "calendar-row-status" };
        problems.push(row.wrong(code).with("value", told).with("known", known.join(", ")));
    }
    found
}

/// What the occasion is called: by a code of `names`, or in words.
fn name(row: &Written, names: &BTreeMap<String, Localized>, problems: &mut Vec<Problem>) -> Option<Localized> {
    let code = row.get("name");
    if !code.is_empty() {
        let found = names.get(code).cloned();
        if found.is_none() {
            problems.push(row.wrong("calendar-row-name").with("value", code));
        }
        return found;
    }
    let (vi, en) = (row.get("name_vi"), row.get("name_en"));
    if vi.is_empty() {
        problems.push(row.wrong("calendar-row-name-missing"));
    }
    let unfit = |text: &&str| length(text) > LONGEST_NAME || text.chars().any(char::is_control);
    let long: Vec<&str> = [vi, en].into_iter().filter(unfit).collect();
    problems.extend(
        long.iter()
            .map(|name| row.wrong("calendar-row-name-long").with("value", beginning(name)).with("most", LONGEST_NAME)),
    );
    if vi.is_empty() || !long.is_empty() {
        return None;
    }
    // What the profile knows by this name has its English one there.
    let known = || names.values().find(|name| name.vi == vi).and_then(|name| name.en.clone());
    Some(Localized { vi: vi.to_owned(), en: if en.is_empty() { known() } else { Some(en.to_owned()) } })
}

/// So much of a name that people know which one is meant.
fn beginning(name: &str) -> String {
    name.chars().filter(|sign| !sign.is_control()).take(20).chain(['…']).collect()
}

/// The law behind a row, which may have none.
fn basis(row: &Written, profile: &Profile, problems: &mut Vec<Problem>) -> Option<Option<BasisId>> {
    let told = row.get("basis");
    if told.is_empty() {
        return Some(None);
    }
    let found: Option<BasisId> = told.parse().ok();
    let found = found.filter(|basis| profile.legal_basis.iter().any(|document| document.id == basis.document()));
    if found.is_none() {
        problems.push(row.wrong("calendar-row-basis").with("value", told));
    }
    found.map(Some)
}
