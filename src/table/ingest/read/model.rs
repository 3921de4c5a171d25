//! The words of reading: what a person decided, the limits, and what was understood of a file.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

/// What a person decided about a file; all `None` lets the reader find out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Choices {
    /// The name of the sheet to read (workbooks).
    pub sheet: Option<String>,
    /// The file row, from 1, of the last row of the header; 0 says that the file has no header.
    pub header_row: Option<u64>,
    /// One of [`super::encoding::NAMES`] (text files).
    pub encoding: Option<String>,
    /// The byte between cells (text files).
    pub delimiter: Option<u8>,
    /// The byte around cells that hold the delimiter or line ends (text files); 0 says that there is none.
    pub quote: Option<u8>,
}

/// What a file may ask of the machine; beyond each there is a refusal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Columns of a table.
    pub columns: usize,
    /// Bytes of one cell.
    pub cell_bytes: usize,
    /// Bytes a packed file may unpack to.
    pub unpacked_bytes: u64,
    /// Members of an archive.
    pub members: usize,
    /// Unpacked bytes per packed byte.
    pub ratio: u64,
    /// Rows of a table.
    pub rows: u64,
    /// Filled cells of a workbook sheet.
    pub sheet_cells: u64,
    /// Bytes of the shared texts of a workbook, which are held in memory while it is read.
    pub shared_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            columns: 2_000,
            cell_bytes: 10 << 20,
            unpacked_bytes: 2 << 30,
            members: 1_000,
            ratio: 100,
            rows: 100_000_000,
            sheet_cells: 20_000_000,
            shared_bytes: 128 << 20,
        }
    }
}

/// What kind of file it is, by its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Container {
    /// Delimited text.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
    /// Excel 97 workbook (BIFF in an OLE compound file).
    Xls,
    /// Apache Parquet.
    Parquet,
    /// A list of JSON objects.
    Json,
    /// JSON objects, one after the other.
    NdJson,
    /// Features of GeoJSON.
    GeoJson,
}

/// How the lines of a text file end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LineEnding {
    /// Line feed (Unix).
    Lf,
    /// Carriage return and line feed (Windows).
    CrLf,
    /// Carriage return alone (old Macintosh).
    Cr,
}

/// How a text file divides cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// The byte between cells.
    pub delimiter: u8,
    /// The byte around cells; doubled inside, it stands for itself. `None`: quotes are ordinary characters.
    pub quote: Option<u8>,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetInfo {
    /// Its name.
    pub name: String,
    /// Rows, as the workbook declares them (0: not declared).
    pub rows: u64,
    /// Columns, as the workbook declares them (0: not declared).
    pub columns: u64,
    /// Whether it is hidden from the reader of the workbook.
    pub hidden: bool,
}

/// An argument of a note's text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum NoteArg {
    /// A whole number.
    Int(u64),
    /// A word or a name.
    Text(String),
}

impl From<u64> for NoteArg {
    fn from(number: u64) -> Self {
        Self::Int(number)
    }
}
impl From<usize> for NoteArg {
    fn from(number: usize) -> Self {
        Self::Int(number as u64)
    }
}
impl From<&str> for NoteArg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for NoteArg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Something a person should know about how the file was read: a code whose text is the message `note-{code}`, and its arguments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Kebab-case, stable.
    pub code: Cow<'static, str>,
    /// What the text mentions, by name.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(Cow<'static, str>, NoteArg)>,
}

impl Note {
    /// A note without arguments.
    pub fn new(code: &'static str) -> Self {
        Self { code: Cow::Borrowed(code), args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<NoteArg>) -> Self {
        self.args.push((Cow::Borrowed(name), value.into()));
        self
    }
}

/// What was understood of a file before its rows are read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Understood {
    /// The kind of file.
    pub container: Container,
    /// The encoding of a text file, one of [`super::encoding::NAMES`].
    pub encoding: Option<String>,
    /// Whether the text began with a byte order mark.
    pub bom: bool,
    /// How lines end (text files).
    pub line_ending: Option<LineEnding>,
    /// How cells are divided (text files).
    pub dialect: Option<Dialect>,
    /// The sheet that is read (workbooks).
    pub sheet: Option<String>,
    /// All sheets (workbooks).
    pub sheets: Vec<SheetInfo>,
    /// First and last file row of the header, from 1; (0, 0) when the file has none.
    pub header_rows: (u64, u64),
    /// How many filled rows above the header were left out.
    pub skipped_above: u64,
    /// What a person should know.
    pub notes: Vec<Note>,
}

impl Understood {
    /// Of a container, with nothing else known yet.
    pub(super) fn of(container: Container) -> Self {
        Self {
            container,
            encoding: None,
            bom: false,
            line_ending: None,
            dialect: None,
            sheet: None,
            sheets: Vec::new(),
            header_rows: (0, 0),
            skipped_above: 0,
            notes: Vec::new(),
        }
    }
}
