//! Workbooks (XLSX, XLS) through `calamine`: which sheet holds the table, its cells as plain text, notes below it left out.

use std::fs::File;
use std::io::{BufReader, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use calamine::{
    Data, DataRef, Dimensions, Reader, Sheet as Listed, SheetType, SheetVisible, Style, Xls, XlsError, Xlsx, XlsxError,
};
use unicode_normalization::UnicodeNormalization;

use super::archive::{broken, encrypted};
use super::compose;
use super::header::{self, Beginning, HeadRow, Joined, Layout, filled};
use super::kinds::{Look, look};
use super::model::{Choices, Container, Limits, Note, SheetInfo, Understood};
use super::plain;
use super::sheet::{Laid, Sheet, Writer};
use crate::kernel::{Error, Problem, Result};
use crate::table::ingest::rows::Source;

/// What workbooks are read from.
type Input = BufReader<File>;

/// A workbook that is open.
enum Book {
    Xlsx(Box<Xlsx<Input>>),
    Xls(Box<Xls<Input>>),
}

/// A sheet's cells and what was met on the way.
struct Taken {
    laid: Laid,
    joined: Vec<Joined>,
    /// Cells that hold a formula error.
    faults: u64,
    /// Numbers that are shown with zeros in front.
    padded: u64,
}

/// Opens a workbook that passed the checks of its container.
///
/// # Errors
/// `workbook-broken`, `workbook-encrypted`, `workbook-too-large`, `sheet-missing`, `workbook-no-table`, and what rows can be refused for.
pub(super) fn open(
    path: &Path,
    container: Container,
    scratch: &Path,
    choices: &Choices,
    limits: &Limits,
) -> Result<(Understood, Box<dyn Source>)> {
    // The parsers below have panicked on broken files before; a panic is a refusal here.
    catch_unwind(AssertUnwindSafe(|| read(path, container, scratch, choices, limits)))
        .unwrap_or_else(|_| Err(Error::invalid(Problem::new("workbook-broken"))))
}

fn read(
    path: &Path,
    container: Container,
    scratch: &Path,
    choices: &Choices,
    limits: &Limits,
) -> Result<(Understood, Box<dyn Source>)> {
    let mut book = Book::open(path, container)?;
    let listed: Vec<Listed> = book.list().into_iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).collect();
    let mut understood = Understood::of(container);
    for sheet in &listed {
        let (rows, columns) = book.size(&sheet.name);
        let hidden = sheet.visible != SheetVisible::Visible;
        understood.sheets.push(SheetInfo { name: sheet.name.clone(), rows, columns, hidden });
    }
    let names: Vec<String> = match &choices.sheet {
        Some(name) => {
            let known = listed.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>().join(", ");
            let wanted = fold(name);
            let found = listed
                .iter()
                .find(|sheet| sheet.name == *name)
                .or_else(|| listed.iter().find(|sheet| fold(&sheet.name) == wanted));
            let found = found.ok_or_else(|| {
                Error::invalid(Problem::new("sheet-missing").with("name", name.as_str()).with("known", known))
            })?;
            vec![found.name.clone()]
        }
        None => listed
            .iter()
            .filter(|sheet| sheet.visible == SheetVisible::Visible)
            .map(|sheet| sheet.name.clone())
            .collect(),
    };
    for name in names {
        let taken = book.take(&name, scratch, limits)?;
        let Some((layout, body)) = lay_out(&taken, choices) else { continue };
        let others = listed.iter().filter(|sheet| sheet.name != name).count();
        if others > 0 && choices.sheet.is_none() {
            understood.notes.push(Note::new("other-sheets").with("sheet", name.as_str()).with("count", others));
        }
        return Ok(describe(understood, name, taken, layout, body));
    }
    Err(Error::invalid(Problem::new("workbook-no-table")))
}

fn fold(name: &str) -> String {
    compose::title(name).to_lowercase()
}

impl Book {
    fn open(path: &Path, container: Container) -> Result<Self> {
        let file = BufReader::new(File::open(path)?);
        Ok(match container {
            Container::Xls => {
                refuse_foreign_compound(path)?;
                Self::Xls(Box::new(Xls::new(file).map_err(xls)?))
            }
            _ => Self::Xlsx(Box::new(Xlsx::new(file).map_err(xlsx)?)),
        })
    }

    fn list(&self) -> Vec<Listed> {
        match self {
            Self::Xlsx(book) => book.sheets_metadata().to_vec(),
            Self::Xls(book) => book.sheets_metadata().to_vec(),
        }
    }

    /// Rows and columns as the sheet declares them.
    fn size(&mut self, name: &str) -> (u64, u64) {
        match self {
            Self::Xlsx(book) => match book.worksheet_cells_reader(name) {
                Ok(cells) => {
                    let declared = cells.dimensions();
                    if declared == Dimensions::default() {
                        (0, 0)
                    } else {
                        (u64::from(declared.end.0) + 1, u64::from(declared.end.1) + 1)
                    }
                }
                Err(_) => (0, 0),
            },
            Self::Xls(book) => {
                let end = book.worksheet_range(name).ok().and_then(|range| range.end());
                end.map_or((0, 0), |(row, column)| (u64::from(row) + 1, u64::from(column) + 1))
            }
        }
    }

    /// Lays a sheet down.
    fn take(&mut self, name: &str, scratch: &Path, limits: &Limits) -> Result<Taken> {
        let (mut faults, mut padded) = (0, 0);
        let mut writer = Writer::new(scratch, limits)?;
        let joined = match self {
            Self::Xlsx(book) => {
                let joined = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                let mut cells = book.worksheet_cells_reader(name).map_err(xlsx)?;
                let mut number = 0_u64;
                let mut row: Vec<String> = Vec::new();
                let mut bytes = 0;
                let digits: Vec<usize> = cells.styles().iter().map(digits).collect();
                while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(xlsx)? {
                    let (at, column) = cell.get_position();
                    let mut text = by_ref(cell.get_value(), &mut faults);
                    if text.is_empty() {
                        continue;
                    }
                    let width = digits.get(style).copied().unwrap_or(0);
                    if text.len() < width
                        && matches!(cell.get_value(), DataRef::Int(_) | DataRef::Float(_))
                        && is_digits(&text)
                    {
                        text.insert_str(0, &"0".repeat(width - text.len()));
                        padded += 1;
                    }
                    let at = u64::from(at) + 1;
                    if at != number {
                        writer.row(number, std::mem::take(&mut row))?;
                        number = at;
                        bytes = 0;
                    }
                    bytes += text.len();
                    if bytes > limits.cell_bytes.saturating_mul(2) {
                        return Err(Error::invalid(
                            Problem::new("row-too-long").with("line", number).with("limit", limits.cell_bytes * 2),
                        ));
                    }
                    put(&mut row, column as usize, text, number, limits)?;
                }
                writer.row(number, row)?;
                joined
            }
            Self::Xls(book) => {
                let joined = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                let range = book.worksheet_range(name).map_err(xls)?;
                let (top, left) = range.start().unwrap_or_default();
                for (at, cells) in range.rows().enumerate() {
                    let number = u64::from(top) + at as u64 + 1;
                    let mut row = Vec::new();
                    for (column, cell) in cells.iter().enumerate() {
                        let text = by_value(cell, &mut faults);
                        if !text.is_empty() {
                            put(&mut row, left as usize + column, text, number, limits)?;
                        }
                    }
                    writer.row(number, row)?;
                }
                joined
            }
        };
        let joined = joined.iter().map(|region| Joined {
            rows: (u64::from(region.start.0) + 1, u64::from(region.end.0) + 1),
            columns: (region.start.1 as usize, region.end.1 as usize),
        });
        Ok(Taken { joined: joined.collect(), laid: writer.finish()?, faults, padded })
    }
}

/// How many digits a style shows at least ("00000"), as codes are often kept; 0 when it says nothing of the kind.
fn digits(style: &Style) -> usize {
    let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
    if (2..=20).contains(&code.len()) && code.bytes().all(|byte| byte == b'0') { code.len() } else { 0 }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

fn put(row: &mut Vec<String>, column: usize, text: String, number: u64, limits: &Limits) -> Result<()> {
    if column >= limits.columns {
        return Err(Error::invalid(
            Problem::new("too-many-columns").with("line", number).with("limit", limits.columns),
        ));
    }
    if row.len() <= column {
        row.resize(column + 1, String::new());
    }
    row[column] = text;
    Ok(())
}

fn by_value(cell: &Data, faults: &mut u64) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => plain::number(*number),
        Data::String(text) => composed(text),
        Data::Bool(value) => value.to_string(),
        Data::DateTime(moment) => plain::moment(moment),
        Data::DateTimeIso(text) | Data::DurationIso(text) => iso(text),
        Data::Error(_) => {
            *faults += 1;
            String::new()
        }
        Data::Empty => String::new(),
    }
}

fn by_ref(cell: &DataRef<'_>, faults: &mut u64) -> String {
    match cell {
        DataRef::SharedString(text) => composed(text),
        other => by_value(&Data::from(other.clone()), faults),
    }
}

/// A moment of a workbook that stores ISO 8601 already; midnight is left out.
fn iso(text: &str) -> String {
    text.trim_end_matches('Z').trim_end_matches(".000").trim_end_matches("T00:00:00").to_owned()
}

fn composed(text: &str) -> String {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    if text.contains('\0') {
        return text.replace('\0', "").nfc().collect();
    }
    if compose::suspect(text) { text.nfc().collect() } else { text.to_owned() }
}

fn xls(error: XlsError) -> Error {
    if matches!(error, XlsError::Password) { encrypted() } else { broken(error) }
}

fn xlsx(error: XlsxError) -> Error {
    if matches!(error, XlsxError::Password) { encrypted() } else { broken(error) }
}

/// Refuses compound files that are no workbooks, by the names of their streams (UTF-16 in the directory).
fn refuse_foreign_compound(path: &Path) -> Result<()> {
    let wide = |name: &str| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let marks = [
        (wide("EncryptedPackage"), "encrypted"),
        (wide("Workbook"), "xls"),
        (wide("Book\0"), "xls"),
        (wide("WordDocument"), "DOC"),
        (wide("PowerPoint Document"), "PPT"),
        (wide("__substg1.0"), "MSG"),
    ];
    let mut met = [false; 6];
    let mut file = File::open(path)?;
    let mut block = vec![0_u8; 1 << 20];
    let mut kept = 0;
    loop {
        let read = super::encoding::read_full(&mut file.by_ref(), &mut block[kept..])?;
        if read == 0 {
            break;
        }
        let bytes = &block[..kept + read];
        for (slot, (mark, _)) in met.iter_mut().zip(&marks) {
            *slot = *slot || bytes.windows(mark.len()).any(|window| window == mark);
        }
        let all = kept + read;
        kept = all.min(64);
        block.copy_within(all - kept..all, 0);
    }
    let is = |name: &str| met.iter().zip(&marks).any(|(met, (_, kind))| *met && *kind == name);
    if is("encrypted") {
        return Err(encrypted());
    }
    if is("xls") {
        return Ok(());
    }
    let kind = ["DOC", "PPT", "MSG"].into_iter().find(|kind| is(kind)).unwrap_or("OLE");
    Err(Error::invalid(Problem::new("file-not-a-table").with("kind", kind)))
}

/// Where the table stands on the sheet: the layout, and its first and last row; `None` when there is no table.
fn lay_out(taken: &Taken, choices: &Choices) -> Option<(Layout, Body)> {
    let laid = &taken.laid;
    let below: Vec<&HeadRow> = laid.head.iter().chain(&laid.tail).collect();
    let others: Vec<Vec<String>> = laid.tail.iter().map(|row| row.cells.clone()).collect();
    let beginning = Beginning {
        head: &laid.head,
        others: &others,
        beyond: &laid.beyond,
        joined: &taken.joined,
        sheet: true,
        chosen: choices.header_row,
    };
    let layout = header::find(&beginning);
    let first = laid.head.get(layout.below)?.number;
    let last = below.last()?.number;
    let notes = footer(&below, first, layout.columns.len());
    let end = notes.first().map_or(last, |row| row.number.saturating_sub(1));
    let wide = below.iter().filter(|row| row.number >= first && row.number <= end).any(|row| filled(&row.cells) > 0);
    let narrow = layout.columns.len() < 2 && choices.sheet.is_none() && laid.rows < 3;
    if !wide || narrow {
        return None;
    }
    let texts: Vec<String> = notes
        .iter()
        .flat_map(|row| row.cells.iter())
        .map(|cell| compose::title(cell))
        .filter(|cell| !cell.is_empty())
        .collect();
    let text = texts.join(" | ").chars().take(500).collect::<String>();
    let footer = notes.first().zip(notes.last()).map(|(first, last)| (first.number, last.number, text));
    Some((layout, Body { rows: (first, end), footer }))
}

/// The rows of a table on its sheet, and the notes below it that were left out (first row, last row, words).
struct Body {
    rows: (u64, u64),
    footer: Option<(u64, u64, String)>,
}

/// Words that notes below a table begin with, folded.
const NOTE_WORDS: [&str; 16] = [
    "ghi chu",
    "nguon",
    "chu thich",
    "chu y",
    "luu y",
    "so lieu",
    "so luong",
    "(*)",
    "*",
    "(1)",
    "source",
    "note",
    "remark",
    "nguoi lap",
    "ngay ",
    "don vi",
];

/// The rows of notes below the table: from the last row upwards, rows of one cell of words (or two, when a blank row stands above the
/// notes), which say nothing in columns of numbers.
fn footer<'a>(rows: &[&'a HeadRow], first: u64, width: usize) -> Vec<&'a HeadRow> {
    if width < 2 {
        return Vec::new();
    }
    let mut start = rows.len();
    let mut pending = Vec::new();
    for (at, row) in rows.iter().enumerate().rev() {
        if row.number <= first {
            break;
        }
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
        let words = cells.iter().all(|cell| matches!(look(cell), Look::Text | Look::Vague));
        let starts = cells.first().is_some_and(|cell| {
            let folded = crate::kernel::text::fold(cell);
            NOTE_WORDS.iter().any(|word| folded.starts_with(word))
        });
        let narrow = cells.len() == 1 || (cells.len() == 2 && width >= 4);
        if !words || !narrow {
            break;
        }
        pending.push(at);
        // A row alone is a note when it says so, or when the table is wide; two cells only below a blank row.
        if starts || row.gap || (cells.len() == 1 && width >= 3) {
            start = at;
        }
    }
    rows[start..].to_vec()
}

fn describe(
    mut understood: Understood,
    name: String,
    taken: Taken,
    layout: Layout,
    body: Body,
) -> (Understood, Box<dyn Source>) {
    let head = &taken.laid.head;
    understood.sheet = Some(name);
    if let Some((top, bottom)) = layout.header {
        understood.header_rows = (head[top].number, head[bottom].number);
    }
    understood.skipped_above = layout.header.map_or(layout.below, |(top, _)| top) as u64;
    understood.notes.extend(layout.notes);
    if let Some((from, to, text)) = body.footer {
        understood.notes.push(Note::new("rows-below-left-out").with("from", from).with("to", to).with("text", text));
    }
    if taken.faults > 0 {
        understood.notes.push(Note::new("cells-with-errors").with("count", taken.faults));
    }
    if taken.padded > 0 {
        understood.notes.push(Note::new("zeros-kept").with("count", taken.padded));
    }
    let sheet = Sheet { laid: taken.laid, header: layout.titles, columns: layout.columns, body: body.rows };
    (understood, Box::new(sheet))
}
