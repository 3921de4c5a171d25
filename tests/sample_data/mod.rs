//! What the importer is expected to make of every tabular file of the sample data; the format is told in `README.md`.

#![allow(dead_code, reason = "the expectations say more than any single check reads")]

use serde::Deserialize;

/// The expectations, one table per file (or per sheet), in the order of their paths.
const EXPECTED: &str = include_str!("expected.toml");

/// Reads all expectations; their `columns` are complete (ranges are spread out).
///
/// # Errors
/// When `expected.toml` breaks its own format; the message names the line.
pub fn read() -> Result<Vec<Expectation>, toml::de::Error> {
    let expected: Expected = toml::from_str(EXPECTED)?;
    Ok(expected.file.into_iter().map(Expectation::spread).collect())
}

/// The whole of `expected.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    file: Vec<Expectation>,
}

/// What one file, or one sheet of a workbook, should become.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// Where the file is, relative to the sample folder.
    pub path: String,
    /// What kind of file it is.
    pub container: Container,
    /// The character encoding of a text file: `utf-8`, `utf-16le`, `utf-16be`, `windows-1252`, `windows-1258`, `tcvn3` or `viscii`.
    pub encoding: Option<String>,
    /// Encodings that read the file to the same text.
    #[serde(default)]
    pub also_encodings: Vec<String>,
    /// Whether a text file begins with a byte order mark.
    #[serde(default)]
    pub bom: bool,
    /// What separates the cells of a text file.
    pub delimiter: Option<char>,
    /// What ends the lines of a text file.
    pub line_end: Option<LineEnd>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Whether that sheet is the one to take when nobody chooses.
    #[serde(default = "yes")]
    pub default_sheet: bool,
    /// Why the file must be refused; then nothing below is said.
    pub refused: Option<String>,
    /// The clean file beside it, relative to the sample folder.
    pub clean: Option<String>,
    /// Lines above the header that are left out (titles, units, dates); blank lines are not named.
    #[serde(default)]
    pub preamble: Vec<u64>,
    /// Lines of the header, top to bottom; empty for a table without one.
    #[serde(default)]
    pub header: Vec<u64>,
    /// Lines below the header that only number the columns (A, B, 1, 2, ...) and are left out.
    #[serde(default)]
    pub numbering: Vec<u64>,
    /// Lines below the data that are left out (notes, counts).
    #[serde(default)]
    pub footer: Vec<u64>,
    /// Positions, from 1, of columns that are empty in header and data and are dropped.
    #[serde(default)]
    pub dropped: Vec<usize>,
    /// How many data rows are kept.
    #[serde(default)]
    pub rows: u64,
    /// How many columns are kept.
    #[serde(default)]
    pub width: usize,
    /// What is odd about the file.
    pub note: Option<String>,
    /// Where the expectation itself is open to question, and why.
    pub doubt: Option<String>,
    /// The kept columns, left to right.
    #[serde(default)]
    pub columns: Vec<Column>,
    /// Runs of like columns; [`read`] moves them into `columns`.
    #[serde(default)]
    range: Vec<Range>,
    /// Rows set aside, by reason.
    #[serde(default)]
    pub set_aside: Vec<SetAside>,
    /// Columns for which another kind or title is as good.
    #[serde(default)]
    pub accept: Vec<Accept>,
    /// Other numbers of rows that are as good.
    #[serde(default)]
    pub also: Vec<Also>,
    /// Single cells that show that decoding and splitting were right.
    #[serde(default)]
    pub cell: Vec<Cell>,
}

impl Expectation {
    /// How many rows are set aside in all.
    pub fn set_aside_count(&self) -> u64 {
        self.set_aside.iter().map(|part| part.count).sum()
    }

    /// Whether `title` may stand for the column at position `i` (from 0).
    pub fn accepts_title(&self, i: usize, title: &str) -> bool {
        let Some(column) = self.columns.get(i) else { return false };
        column.title == title
            || self.accept.iter().any(|a| a.column == column.title && a.titles.iter().any(|other| other == title))
    }

    /// Whether `kind` may be the kind of the column at position `i` (from 0) where `rows` rows were kept.
    pub fn accepts_kind(&self, i: usize, kind: Kind, rows: u64) -> bool {
        let Some(column) = self.columns.get(i) else { return false };
        column.kind == kind
            || self.accept.iter().any(|a| a.column == column.title && a.kinds.contains(&kind))
            || (kind == Kind::Text && self.also.iter().any(|a| a.rows == rows && a.text.contains(&column.title)))
    }

    /// Whether so many rows kept and so many set aside are right, or as good as right.
    pub fn accepts_rows(&self, rows: u64, set_aside: u64) -> bool {
        (rows, set_aside) == (self.rows, self.set_aside_count())
            || self.also.iter().any(|a| (rows, set_aside) == (a.rows, a.set_aside))
    }

    /// Moves the ranges into the columns. A range comes at its place because ranges are written left to right.
    fn spread(mut self) -> Self {
        for range in std::mem::take(&mut self.range) {
            let columns = (range.from..=range.to).map(|year| Column {
                title: year.to_string(),
                kind: range.kind,
                reason: range.reason.clone(),
            });
            let at = range.at.saturating_sub(1).min(self.columns.len());
            self.columns.splice(at..at, columns);
        }
        self
    }
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// Delimited text, whatever the delimiter.
    Csv,
    /// An Excel workbook of 1997 to 2003 (BIFF8).
    Xls,
    /// An Excel workbook since 2007 (Office Open XML).
    Xlsx,
}

/// What ends the lines of a text file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnd {
    /// Line feed.
    Lf,
    /// Carriage return and line feed.
    Crlf,
    /// Carriage return alone.
    Cr,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any text.
    Text,
    /// Whole numbers.
    Integer,
    /// Numbers with a fraction.
    Decimal,
    /// True and false.
    Boolean,
    /// Days.
    Date,
    /// Days with a time.
    DateTime,
}

/// One column; written as `[title, kind, reason]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "(String, Kind, String)")]
pub struct Column {
    /// The title the importer should give it.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
    /// Why it has that kind.
    pub reason: String,
}

impl From<(String, Kind, String)> for Column {
    fn from((title, kind, reason): (String, Kind, String)) -> Self {
        Self { title, kind, reason }
    }
}

/// A run of columns whose titles are following years.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Range {
    /// Position of the first one among the kept columns, from 1.
    at: usize,
    /// The first year.
    from: u16,
    /// The last year.
    to: u16,
    /// The kind of them all.
    kind: Kind,
    /// Why they have that kind.
    reason: String,
}

/// Rows set aside for one reason.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetAside {
    /// How many.
    pub count: u64,
    /// Why.
    pub reason: String,
    /// The line each begins at: of the text file, or the row of the sheet.
    pub lines: Vec<u64>,
}

/// What else is as good for one column.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accept {
    /// The column's expected title.
    pub column: String,
    /// Other kinds.
    #[serde(default)]
    pub kinds: Vec<Kind>,
    /// Other titles.
    #[serde(default)]
    pub titles: Vec<String>,
}

/// Another number of rows that is as good.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Also {
    /// How many rows are kept then.
    pub rows: u64,
    /// How many are set aside then.
    pub set_aside: u64,
    /// What the importer did to come to it.
    pub reason: String,
    /// Titles of the columns that are text then.
    #[serde(default)]
    pub text: Vec<String>,
}

/// One cell whose content is known.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cell {
    /// Which of the kept rows, from 1.
    pub row: usize,
    /// The column's title.
    pub column: String,
    /// The cell as text, NFC.
    pub text: String,
}

/// The value of `default_sheet` where nothing is said.
fn yes() -> bool {
    true
}
