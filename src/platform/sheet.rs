//! Lists as files that spreadsheets open: XLSX and CSV, written row by row in bounded memory.
//!
//! **Text stays text.** In XLSX a text is a string cell, whatever it begins with: leading zeros survive and nothing in it is ever a
//! formula. CSV knows no kinds, so spreadsheets would run a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break: such a
//! text gets an apostrophe before it (OWASP ASVS 1.2.10). Whoever needs the very characters takes the XLSX. Numbers and dates are
//! the program's own and are written as such.
//!
//! CSV is UTF-8 with a byte order mark, which Excel wants, and otherwise as RFC 4180 says; dates are ISO 8601.
//!
//! A *book* is a list with a second sheet that tells what it is.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

use bytes::Bytes;
use chrono::{NaiveDate, NaiveDateTime};
use rust_xlsxwriter::utility::column_number_to_name;
use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, DocProperties, ExcelDateTime, Format, FormatAlign,
    FormatBorder, Formula, IntoDataValidationValue, Note, Workbook, Worksheet, XlsxError,
};
use tempfile::TempDir;

use super::db::{Conn, Db, Snapshot};
use super::scratch;
use crate::kernel::text::truncate;
use crate::kernel::{Error, Page, PageRequest, Problem, Result};

/// Rows that an XLSX file may have below its headings, which is all that the format can hold; fewer in tests.
pub const MOST_ROWS: u64 = if cfg!(test) { 100 } else { 1_048_575 };
/// Characters of a cell of an XLSX file; the format itself ends at 32,767.
const LONGEST_CELL: usize = 32_000;
/// Characters of a note at a heading, and of the title and the text of a message; the format itself ends a little later.
const LONGEST_NOTE: usize = 2000;
const LONGEST_MESSAGE: (usize, usize) = (30, 250);
/// How days and moments are shown.
const DAY: &str = "dd/mm/yyyy";
const MOMENT: &str = "dd/mm/yyyy hh:mm:ss";
/// The last row of a sheet, from 0.
pub const LAST_ROW: u32 = 1_048_575;
/// The colour of cells at fault; black on it is easy to read.
const FAULT: u32 = 0xFF_D9_C7;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

/// Which kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// A workbook of Excel 2007 and later.
    Xlsx,
    /// Comma-separated values.
    Csv,
}

impl Form {
    /// As addresses and file names end.
    pub fn code(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv => "csv",
        }
    }

    /// From the end of an address.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Xlsx, Self::Csv].into_iter().find(|form| form.code() == code)
    }

    /// The media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// Refuses a list that is too long for the kind of file, before anything is written.
    ///
    /// # Errors
    /// A refusal `export-too-long` with `max`.
    pub fn fits(self, rows: u64) -> Result<()> {
        if self == Self::Xlsx && rows > MOST_ROWS {
            return Err(Error::invalid(Problem::new("export-too-long").with("max", MOST_ROWS)));
        }
        Ok(())
    }
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// What stands over it.
    pub head: String,
    /// How wide it is in XLSX, in characters.
    pub width: u16,
}

impl Column {
    /// A column of a width in characters.
    pub fn new(head: impl Into<String>, width: u16) -> Self {
        Self { head: head.into(), width }
    }
}

/// What a file is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The sheet's name in XLSX.
    pub title: String,
    /// Its columns.
    pub columns: Vec<Column>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// Nothing.
    Empty,
    /// A text, written as it is.
    Text(String),
    /// A text at fault: in XLSX its cell is filled with a colour. Another cell says in words what is wrong with it.
    Marked(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// A day.
    Date(NaiveDate),
    /// A moment by the province's clock.
    Moment(NaiveDateTime),
}

impl Cell {
    /// A text, or nothing.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A count.
    pub fn count(count: u64) -> Self {
        Self::Whole(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}
impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<NaiveDate> for Cell {
    fn from(date: NaiveDate) -> Self {
        Self::Date(date)
    }
}

/// A file that was written; it goes when this value does.
#[derive(Debug)]
pub struct Made {
    /// Which kind.
    pub form: Form,
    /// How many rows it has, the head not counted.
    pub rows: u64,
    /// How long it is.
    pub bytes: u64,
    file: File,
    _folder: TempDir,
}

impl Made {
    /// The next part of the file, of at most so many bytes; empty at its end.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn read(&mut self, most: usize) -> Result<Bytes> {
        let mut part = Vec::with_capacity(most);
        (&mut self.file).take(u64::try_from(most).unwrap_or(u64::MAX)).read_to_end(&mut part)?;
        Ok(part.into())
    }
}

/// Writes a list into a file of its own below the scratch folder. Rows are taken one by one and none is kept.
///
/// # Errors
/// A refusal `export-too-long`; whatever the rows bring; when the disk refuses.
pub fn write(form: Form, sheet: &Sheet, rows: impl Iterator<Item = Result<Vec<Cell>>>, folder: &Path) -> Result<Made> {
    let folder = scratch::folder(folder)?;
    let path = folder.path().join(format!("list.{}", form.code()));
    let count = match form {
        Form::Xlsx => write_xlsx(&path, sheet, rows, None)?,
        Form::Csv => write_csv(&path, sheet, rows)?,
    };
    let file = File::open(&path)?;
    let bytes = file.metadata()?.len();
    Ok(Made { form, rows: count, bytes, file, _folder: folder })
}

/// What stands beside a list in its workbook: what it is, and what its columns mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    /// The name of the sheet.
    pub title: String,
    /// What the list is: a name and what there is to say, a line for each.
    pub facts: Vec<(String, String)>,
    /// The headings of the table below them.
    pub heads: Vec<Column>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// The day that the workbook bears as the one it was made on, so that the same list is the same bytes.
    pub made: NaiveDate,
}

/// Writes a list and what there is to say about it as a workbook into a file of its own below the scratch folder; the headings filter.
///
/// # Errors
/// As [`write()`].
pub fn book(
    sheet: &Sheet,
    about: &About,
    rows: impl Iterator<Item = Result<Vec<Cell>>>,
    folder: &Path,
) -> Result<Made> {
    let folder = scratch::folder(folder)?;
    let path = folder.path().join("book.xlsx");
    let rows = write_xlsx(&path, sheet, rows, Some(about))?;
    let file = File::open(&path)?;
    let bytes = file.metadata()?.len();
    Ok(Made { form: Form::Xlsx, rows, bytes, file, _folder: folder })
}

/// A workbook to be filled in by people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// The name of the sheet to fill in.
    pub title: String,
    /// Its columns.
    pub columns: Vec<BlankColumn>,
    /// Rows whose cells are held against what their column wants.
    pub rows: u32,
    /// The name of the sheet with the words to choose from.
    pub terms: String,
    /// What a spreadsheet says of an entry that is not wanted. Without it other entries are let in: whoever reads the list says what is
    /// not known.
    pub refused: Option<String>,
    /// A sheet that tells of the columns, and its rows; the words to choose from then stay out of sight.
    pub guide: Option<(Sheet, Vec<Vec<String>>)>,
}

/// A column to be filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankColumn {
    /// What stands over it, and its width.
    pub head: Column,
    /// What its cells are.
    pub entry: Entry,
    /// What is told at its heading; may be empty.
    pub note: String,
    /// The words that its cells offer, each with what it means; none for whatever people write.
    pub words: Vec<(String, Option<String>)>,
    /// The least and the most that a number or a day may be, as `entry` has them.
    pub limits: (Option<String>, Option<String>),
}

/// What the cells of a column to be filled in are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// Texts: they keep their zeros in front.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Number,
    /// Days (`2026-02-28`).
    Day,
    /// Moments (`2026-02-28T12:30:00`).
    Moment,
    /// Whatever a spreadsheet makes of what is typed.
    Any,
}

impl Entry {
    /// How the cells are shown.
    fn format(self) -> Format {
        Format::new().set_num_format(match self {
            Self::Text => "@",
            Self::Whole => "0",
            Self::Number | Self::Any => "General",
            Self::Day => DAY,
            Self::Moment => MOMENT,
        })
    }
}

/// Writes a workbook to be filled in into a file of its own below the scratch folder.
///
/// # Errors
/// When the disk refuses.
pub fn blank(blank: &Blank, folder: &Path) -> Result<Made> {
    let folder = scratch::folder(folder)?;
    let path = folder.path().join("blank.xlsx");
    book_of(blank).and_then(|mut book| book.save(&path)).map_err(of_workbook)?;
    let file = File::open(&path)?;
    let bytes = file.metadata()?.len();
    Ok(Made { form: Form::Xlsx, rows: 0, bytes, file, _folder: folder })
}

fn book_of(blank: &Blank) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let head = wrap.clone().set_bold();
    let terms = sheet_name(&blank.terms);
    // The sheet may be called as one of the others is; two of one name are no workbook.
    let mut title = sheet_name(&blank.title);
    let others = std::iter::once(terms.clone()).chain(blank.guide.iter().map(|(sheet, _)| sheet_name(&sheet.title)));
    if others.into_iter().any(|other| other.to_lowercase() == title.to_lowercase()) {
        title.push_str(" 2");
    }
    let sheet = book.add_worksheet();
    sheet.set_name(title)?;
    heads(sheet, blank.columns.iter().map(|column| &column.head), &head)?;
    let mut lists = Vec::new();
    for (at, column) in (0..).zip(&blank.columns) {
        sheet.set_column_format(at, &column.entry.format())?;
        if !column.note.is_empty() {
            sheet.insert_note(0, at, &Note::new(truncate(&column.note, LONGEST_NOTE)).add_author_prefix(false))?;
        }
        let Some(rule) = rule_of(column, &terms, lists.len()) else { continue };
        if !column.words.is_empty() {
            lists.push(Some(column));
            // What the words mean stands beside them.
            lists.extend(column.words.iter().any(|(_, meaning)| meaning.is_some()).then_some(None));
        }
        let rule = match &blank.refused {
            Some(refused) => rule
                .set_error_title(truncate(&column.head.head, LONGEST_MESSAGE.0))?
                .set_error_message(truncate(refused, LONGEST_MESSAGE.1))?,
            None => rule.set_error_style(DataValidationErrorStyle::Information),
        };
        sheet.add_data_validation(1, at, blank.rows, at, &rule)?;
    }
    if let Some((guide, rows)) = &blank.guide {
        let sheet = book.add_worksheet();
        sheet.set_name(sheet_name(&guide.title))?;
        heads(sheet, &guide.columns, &head)?;
        for (row, cells) in (1..).zip(rows) {
            for (at, text) in (0..).zip(cells) {
                sheet.write_string_with_format(row, at, cut(text), &wrap)?;
            }
        }
    }
    if !lists.is_empty() {
        let sheet = book.add_worksheet();
        sheet.set_name(&terms)?.set_hidden(blank.guide.is_some());
        for (at, column) in (0..).zip(lists) {
            let Some(column) = column else { continue };
            for (row, (word, meaning)) in (0..).zip(&column.words) {
                match (column.entry, word.parse::<f64>()) {
                    // As cells of the column hold them, or nothing chosen would be in the list.
                    (Entry::Whole | Entry::Number, Ok(number)) => sheet.write_number(row, at, number)?,
                    _ => sheet.write_string_with_format(row, at, cut(word), &Entry::Text.format())?,
                };
                if let Some(meaning) = meaning {
                    sheet.write_string(row, at + 1, cut(meaning))?;
                }
            }
        }
    }
    Ok(book)
}

/// Headings that stay in sight, over columns of their widths.
fn heads<'a>(
    sheet: &mut Worksheet,
    columns: impl IntoIterator<Item = &'a Column>,
    format: &Format,
) -> Result<(), XlsxError> {
    sheet.set_freeze_panes(1, 0)?;
    for (at, column) in (0..).zip(columns) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.write_string_with_format(0, at, cut(&column.head), format)?;
    }
    Ok(())
}

/// What a spreadsheet holds entries of a column against, with its words in the column `list` of the sheet `terms`; nothing where it would not
/// help.
fn rule_of(column: &BlankColumn, terms: &str, list: usize) -> Option<DataValidation> {
    let rule = DataValidation::new();
    if !column.words.is_empty() {
        let letters = column_number_to_name(u16::try_from(list).ok()?);
        let range = format!("='{terms}'!${letters}$1:${letters}${}", column.words.len());
        return Some(rule.allow_list_formula(Formula::new(range)));
    }
    let (least, most) = (column.limits.0.as_deref(), column.limits.1.as_deref());
    match column.entry {
        Entry::Whole | Entry::Number => {
            let number = |text: Option<&str>| text.map(str::parse::<f64>).transpose().ok();
            Some(rule.allow_decimal_number(between(number(least)?, number(most)?)?))
        }
        Entry::Day | Entry::Moment => {
            let day = |text: Option<&str>| text.map(ExcelDateTime::parse_from_str).transpose().ok();
            Some(rule.allow_date(between(day(least)?, day(most)?)?))
        }
        Entry::Text | Entry::Any => None,
    }
}

fn between<T: IntoDataValidationValue>(least: Option<T>, most: Option<T>) -> Option<DataValidationRule<T>> {
    match (least, most) {
        (Some(least), Some(most)) => Some(DataValidationRule::Between(least, most)),
        (Some(least), None) => Some(DataValidationRule::GreaterThanOrEqualTo(least)),
        (None, Some(most)) => Some(DataValidationRule::LessThanOrEqualTo(most)),
        (None, None) => None,
    }
}

/// What comes in portions, one by one; an empty portion is the end.
pub fn one_by_one<T>(mut portion: impl FnMut() -> Result<Vec<T>>) -> impl Iterator<Item = Result<T>> {
    let mut at_hand = Vec::new().into_iter();
    let mut over = false;
    std::iter::from_fn(move || {
        if let Some(item) = at_hand.next() {
            return Some(Ok(item));
        }
        if over {
            return None;
        }
        match portion() {
            Ok(items) => {
                at_hand = items.into_iter();
                let next = at_hand.next();
                over = next.is_none();
                next.map(Ok)
            }
            Err(error) => {
                over = true;
                Some(Err(error))
            }
        }
    })
}

/// The items of a list that is shown page by page, one by one, so many of them read at once: all as of one moment, since a list that
/// changes between two pages would show an item twice, or not at all.
pub fn items<T>(
    db: Db,
    size: u64,
    list: impl Fn(&mut Conn, PageRequest) -> Result<Page<T>>,
) -> impl Iterator<Item = Result<T>> {
    let (mut number, mut begun) = (0, None);
    one_by_one(move || {
        number += 1;
        let snapshot: Snapshot = match begun.take() {
            Some(snapshot) => snapshot,
            None => db.begin_snapshot()?,
        };
        let found = list(begun.insert(snapshot).conn(), PageRequest { number, size })?;
        // Beyond the last page some lists show the last one again.
        Ok(if found.request.number == number { found.items } else { Vec::new() })
    })
}

fn write_xlsx(
    path: &Path,
    sheet: &Sheet,
    rows: impl Iterator<Item = Result<Vec<Cell>>>,
    about: Option<&About>,
) -> Result<u64> {
    let mut book = Workbook::new();
    // Beside the file itself, so that what a killed program leaves is swept with it.
    if let Some(folder) = path.parent() {
        book.set_tempdir(folder).map_err(of_workbook)?;
    }
    let head = Format::new().set_bold();
    let (date, moment) = (Entry::Day.format(), Entry::Moment.format());
    let marked = Format::new().set_background_color(FAULT).set_border(FormatBorder::Thin);
    let written = book.add_worksheet_with_constant_memory().map_err(of_workbook)?;
    let mut name = sheet_name(&sheet.title);
    // Two sheets of one name are no workbook.
    if about.is_some_and(|about| sheet_name(&about.title).to_lowercase() == name.to_lowercase()) {
        name = sheet_name(&format!("{} 2", truncate(&name, LONGEST_NAME - 4)));
    }
    written.set_name(name).map_err(of_workbook)?;
    heads(written, &sheet.columns, &head).map_err(of_workbook)?;
    let mut count = 0;
    for cells in rows {
        Form::Xlsx.fits(u64::from(count) + 1)?;
        count += 1;
        for (place, cell) in (0..).zip(cells?) {
            match cell {
                Cell::Empty => Ok(&mut *written),
                Cell::Text(text) => written.write_string(count, place, cut(&text)),
                Cell::Marked(text) => written.write_string_with_format(count, place, cut(&text), &marked),
                // Excel holds fifteen digits; a longer number would silently become another one.
                Cell::Whole(number) if number.unsigned_abs() >= 1_000_000_000_000_000 => {
                    written.write_string(count, place, number.to_string())
                }
                #[allow(clippy::cast_precision_loss)] // fewer than sixteen digits
                Cell::Whole(number) => written.write_number(count, place, number as f64),
                Cell::Number(number) if number.is_finite() => written.write_number(count, place, number),
                Cell::Number(number) => written.write_string(count, place, number.to_string()),
                Cell::Flag(yes) => written.write_boolean(count, place, yes),
                Cell::Date(day) => match serial(day.and_time(chrono::NaiveTime::MIN)) {
                    Some(serial) => written.write_number_with_format(count, place, serial, &date),
                    None => written.write_string(count, place, day.to_string()),
                },
                Cell::Moment(at) => match serial(at) {
                    Some(serial) => written.write_number_with_format(count, place, serial, &moment),
                    None => written.write_string(count, place, at.to_string()),
                },
            }
            .map_err(of_workbook)?;
        }
    }
    if let Some(about) = about {
        if let Some(last) = u16::try_from(sheet.columns.len()).ok().and_then(|columns| columns.checked_sub(1)) {
            written.autofilter(0, 0, count, last).map_err(of_workbook)?;
        }
        write_about(&mut book, about, &head).map_err(of_workbook)?;
    }
    book.save(path).map_err(of_workbook)?;
    Ok(u64::from(count))
}

fn write_about(book: &mut Workbook, about: &About, head: &Format) -> Result<(), XlsxError> {
    let made = ExcelDateTime::parse_from_str(&about.made.to_string())?;
    book.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(&about.title))?;
    let mut row = 0;
    for (name, text) in &about.facts {
        sheet.write_string_with_format(row, 0, cut(name), head)?;
        // Long words run over the empty cells beside them.
        sheet.write_string(row, 1, cut(text))?;
        row += 1;
    }
    row += 1;
    for (at, column) in (0..).zip(&about.heads) {
        sheet.set_column_width(at, f64::from(column.width))?;
        sheet.write_string_with_format(row, at, cut(&column.head), head)?;
    }
    for cells in &about.rows {
        row += 1;
        for (at, text) in (0..).zip(cells) {
            sheet.write_string_with_format(row, at, cut(text), &wrap)?;
        }
    }
    Ok(())
}

/// The number that stands for a moment in XLSX: days since 30/12/1899. Before March 1900 Excel counts a day that never was.
fn serial(at: NaiveDateTime) -> Option<f64> {
    let first = NaiveDate::from_ymd_opt(1899, 12, 30)?.and_time(chrono::NaiveTime::MIN);
    let seconds = (at - first).num_seconds();
    #[allow(clippy::cast_precision_loss)] // dates are far below 2^52 seconds
    let days = seconds as f64 / 86_400.0;
    (61.0..2_958_466.0).contains(&days).then_some(days)
}

/// A name that a sheet may have: 1 to 31 characters.
fn sheet_name(title: &str) -> String {
    let plain: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    let name: String = plain.trim().chars().take(LONGEST_NAME).collect();
    if name.trim().is_empty() { "1".to_owned() } else { name.trim().to_owned() }
}

fn cut(text: &str) -> String {
    // Excel counts in UTF-16.
    if text.len() <= LONGEST_CELL || text.encode_utf16().count() <= LONGEST_CELL {
        text.to_owned()
    } else {
        truncate(text, LONGEST_CELL / 2)
    }
}

#[track_caller]
fn of_workbook(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(error) => error.into(),
        other => Error::internal(other),
    }
}

fn write_csv(path: &Path, sheet: &Sheet, rows: impl Iterator<Item = Result<Vec<Cell>>>) -> Result<u64> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all("\u{feff}".as_bytes())?;
    let heads: Vec<Cell> = sheet.columns.iter().map(|column| Cell::Text(column.head.clone())).collect();
    out.write_all(line(&heads).as_bytes())?;
    let mut count = 0;
    for cells in rows {
        out.write_all(line(&cells?).as_bytes())?;
        count += 1;
    }
    out.flush()?;
    Ok(count)
}

fn line(cells: &[Cell]) -> String {
    let cells: Vec<String> = cells.iter().map(field).collect();
    format!("{}\r\n", cells.join(","))
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) | Cell::Marked(text) => text_field(text, ','),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Flag(yes) => flag(*yes).to_owned(),
        Cell::Date(date) => date.to_string(),
        Cell::Moment(at) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
    }
}

/// Signs that begin a formula; their wide forms count as well.
const SIGNS: [char; 8] = ['=', '+', '-', '@', '＝', '＋', '－', '＠'];

/// A text that no spreadsheet takes for a formula. A spreadsheet that is set to another separator divides it there, so what follows a
/// separator or a line break is looked at as well.
fn guarded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 1);
    if text.starts_with(['\t', '\r', '\n']) {
        out.push('\'');
    }
    let mut begins = true;
    for c in text.chars() {
        if begins && SIGNS.contains(&c) {
            out.push('\'');
        }
        out.push(c);
        // A quote there is taken away with the division.
        begins = matches!(c, ',' | ';' | '\t' | '\r' | '\n') || (begins && c == '"');
    }
    out
}

/// A text as a field of a CSV file that spreadsheets open, with the mark that stands between fields.
pub fn text_field(text: &str, separator: char) -> String {
    quoted(&guarded(text), separator)
}

/// Yes or no as spreadsheets of every language read it.
pub fn flag(yes: bool) -> &'static str {
    if yes { "TRUE" } else { "FALSE" }
}

/// A text as a field of a CSV file as it is, which programs read.
pub fn quoted(text: &str, separator: char) -> String {
    let plain = !text.contains([separator, '"', '\r', '\n']) && text.trim() == text;
    if plain { text.to_owned() } else { format!("\"{}\"", text.replace('"', "\"\"")) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use calamine::{Data, Reader, Xlsx, open_workbook};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_a_spreadsheet_of_another_separator_would_cut_off_is_no_formula_either() {
        for (text, field) in [
            ("x;=cmd()", "x;'=cmd()"),
            ("a\t@b", "a\t'@b"),
            ("x;\"=1\"", "\"x;\"\"'=1\"\"\""),
            ("x\n-1", "\"x\n'-1\""),
            ("a - b; c = d", "a - b; c = d"),
        ] {
            assert_eq!(text_field(text, ','), field);
        }
    }

    fn sheet() -> Sheet {
        Sheet { title: "Nhật ký [2026]/*".into(), columns: vec![Column::new("Mã", 8), Column::new("Ngày", 12)] }
    }

    fn made(form: Form, rows: Vec<Vec<Cell>>) -> (Made, Vec<u8>) {
        let folder = tempfile::tempdir().unwrap();
        let mut made = write(form, &sheet(), rows.into_iter().map(Ok), folder.path()).unwrap();
        let mut all = Vec::new();
        loop {
            let part = made.read(7).unwrap();
            if part.is_empty() {
                break;
            }
            all.extend_from_slice(&part);
        }
        assert_eq!(made.bytes, all.len() as u64);
        (made, all)
    }

    #[test]
    fn a_workbook_keeps_zeros_and_formulas_as_text_and_types_numbers_and_days() {
        let day = NaiveDate::from_ymd_opt(2026, 9, 4).unwrap();
        let rows = vec![
            vec![Cell::text("00123"), Cell::Date(day)],
            vec![Cell::text("=1+1"), Cell::Moment(day.and_hms_opt(9, 30, 0).unwrap())],
            vec![Cell::Whole(-5), Cell::Empty],
        ];
        let (made, bytes) = made(Form::Xlsx, rows);
        assert_eq!(made.rows, 3);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.xlsx");
        std::fs::write(&path, bytes).unwrap();
        let mut book: Xlsx<_> = open_workbook(&path).unwrap();
        let name = book.sheet_names()[0].clone();
        assert_eq!(name, "Nhật ký  2026");
        assert!(book.worksheet_formula(&name).unwrap().is_empty(), "nothing is a formula");
        let range = book.worksheet_range(&name).unwrap();
        let cell = |row, column| range.get_value((row, column)).unwrap().clone();
        assert_eq!(cell(0, 0), Data::String("Mã".into()));
        assert_eq!(cell(1, 0), Data::String("00123".into()));
        assert_eq!(cell(2, 0), Data::String("=1+1".into()));
        assert_eq!(cell(3, 0), Data::Float(-5.0));
        let Data::DateTime(at) = cell(2, 1) else { panic!("no moment: {:?}", cell(2, 1)) };
        assert_eq!(at.as_f64(), serial(day.and_hms_opt(9, 30, 0).unwrap()).unwrap());
    }

    #[test]
    fn a_csv_file_is_what_excel_opens_and_runs_no_formula() {
        let rows = vec![
            vec![Cell::text("=1+1"), Cell::text("-2")],
            vec![Cell::text("@SUM(A1)"), Cell::Whole(-2)],
            vec![Cell::text("\tx"), Cell::text("a,\"b\"\nc")],
        ];
        let (_, bytes) = made(Form::Csv, rows);
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{feff}Mã,Ngày\r\n'=1+1,'-2\r\n'@SUM(A1),-2\r\n'\tx,\"a,\"\"b\"\"\nc\"\r\n"
        );
    }

    #[test]
    fn a_list_too_long_for_a_workbook_is_refused_before_and_while_it_is_written() {
        assert!(Form::Xlsx.fits(MOST_ROWS).is_ok());
        assert!(Form::Xlsx.fits(MOST_ROWS + 1).unwrap_err().has("export-too-long"));
        assert!(Form::Csv.fits(MOST_ROWS + 1).is_ok());
    }

    #[test]
    fn a_book_tells_what_it_holds_and_ends_where_a_sheet_does() {
        let folder = tempfile::tempdir().unwrap();
        let about = About {
            title: "Giới thiệu".into(),
            facts: vec![("Nguồn".into(), "https://dulieu.example".into())],
            heads: vec![Column::new("Cột", 10)],
            rows: vec![vec!["Mã".into()]],
            made: NaiveDate::from_ymd_opt(2026, 9, 4).unwrap(),
        };
        let rows = |count: u64| (0..count).map(|_| Ok(vec![Cell::Number(0.1), Cell::Flag(true)]));
        // A table that is called as the sheet beside it is.
        for title in ["Bảng", "giới thiệu"] {
            let sheet = Sheet { title: title.into(), ..sheet() };
            let mut made = book(&sheet, &about, rows(MOST_ROWS), folder.path()).unwrap();
            let bytes = made.read(1 << 20).unwrap();
            let mut book = Xlsx::new(std::io::Cursor::new(bytes.to_vec())).unwrap();
            let names = book.sheet_names();
            assert_eq!(names[1], "Giới thiệu");
            let data = book.worksheet_range(&names[0]).unwrap();
            assert_eq!(data.get_value((u32::try_from(MOST_ROWS).unwrap(), 0)), Some(&Data::Float(0.1)));
            assert_eq!(data.get_value((1, 1)), Some(&Data::Bool(true)));
            let told = book.worksheet_range(&names[1]).unwrap();
            assert_eq!(told.get_value((0, 1)), Some(&Data::String("https://dulieu.example".into())));
            assert_eq!(told.get_value((3, 0)), Some(&Data::String("Mã".into())));
        }
        assert!(book(&sheet(), &about, rows(MOST_ROWS + 1), folder.path()).unwrap_err().has("export-too-long"));
    }

    #[test]
    fn a_failure_of_the_rows_is_the_files() {
        let folder = tempfile::tempdir().unwrap();
        for form in [Form::Xlsx, Form::Csv] {
            let rows = [Ok(vec![Cell::Empty]), Err(Error::not_found())].into_iter();
            assert!(write(form, &sheet(), rows, folder.path()).unwrap_err().has("not-found"));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is left");
    }

    #[test]
    fn the_sheet_to_fill_in_may_be_called_as_the_sheet_of_words_or_of_the_guide_is() {
        let column = BlankColumn {
            head: Column::new("Loại", 10),
            entry: Entry::Text,
            note: String::new(),
            words: vec![("1".into(), None), ("2".into(), None)],
            limits: (None, None),
        };
        for title in ["Danh mục", "hướng dẫn", "Loại hình"] {
            let guide = Sheet { title: "Hướng dẫn".into(), columns: vec![Column::new("Cột", 10)] };
            let wanted = Blank {
                title: title.into(),
                columns: vec![column.clone()],
                rows: LAST_ROW,
                terms: "Danh mục".into(),
                refused: Some("Không.".into()),
                guide: Some((guide, vec![vec!["Loại".into()]])),
            };
            let folder = tempfile::tempdir().unwrap();
            assert!(blank(&wanted, folder.path()).is_ok(), "{title}");
        }
    }

    #[test]
    fn portions_become_single_things_and_end() {
        let mut left = vec![vec![3], vec![1, 2]];
        let got: Vec<i32> = one_by_one(move || Ok(left.pop().unwrap_or_default())).map(Result::unwrap).collect();
        assert_eq!(got, [1, 2, 3]);
    }

    proptest! {
        #[test]
        fn no_text_of_a_csv_file_begins_like_a_formula(text in any::<String>()) {
            let written = field(&Cell::Text(text));
            let inside = written.strip_prefix('"').unwrap_or(&written);
            prop_assert!(!inside.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']));
        }

        #[test]
        fn every_title_makes_a_name_that_a_sheet_may_have(title in any::<String>()) {
            let name = sheet_name(&title);
            prop_assert!(!name.is_empty() && name.chars().count() <= LONGEST_NAME);
            prop_assert!(!name.contains(['[', ']', ':', '*', '?', '/', '\\']));
        }
    }
}
