//! A sheet laid down in a temporary file: rows in order, walked again and again without holding the workbook in memory.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::sync::Arc;

use tempfile::{NamedTempFile, TempPath};

use super::header::{HeadRow, KEPT};
use super::model::Limits;
use crate::kernel::{Error, Kind, Problem, Result};
use crate::table::ingest::rows::{NumberForm, Row, Rows, Source};

/// How many rows at the top are kept in memory to find the header.
const HEAD: usize = 200;

/// How many rows at the end are kept in memory to find notes below the table.
const TAIL: usize = 60;

/// Takes a sheet's rows in order and lays them down.
pub(super) struct Writer {
    file: BufWriter<NamedTempFile>,
    columns: usize,
    cell_bytes: usize,
    cells_left: u64,
    bytes_left: u64,
    /// Bytes that the kept rows of the head and of the tail take.
    kept: (usize, usize),
    last: u64,
    scratch: Vec<u8>,
    sheet: Laid,
}

/// What is known of a sheet that was laid down.
pub(super) struct Laid {
    /// The file that holds it; `None` until it is finished.
    temp: Option<Arc<TempPath>>,
    /// The first rows.
    pub head: Vec<HeadRow>,
    /// The last rows after the head.
    pub tail: Vec<HeadRow>,
    /// Columns that rows beyond the head fill.
    pub beyond: Vec<bool>,
    /// Filled rows.
    pub rows: u64,
}

impl Writer {
    /// Into a scratch folder.
    ///
    /// # Errors
    /// When no temporary file can be made.
    pub(super) fn new(scratch: &Path, limits: &Limits) -> Result<Self> {
        Ok(Self {
            file: BufWriter::with_capacity(256 << 10, NamedTempFile::new_in(scratch)?),
            columns: limits.columns,
            cell_bytes: limits.cell_bytes,
            cells_left: limits.sheet_cells,
            bytes_left: limits.unpacked_bytes,
            kept: (0, 0),
            last: 0,
            scratch: Vec::new(),
            sheet: Laid { temp: None, head: Vec::new(), tail: Vec::new(), beyond: Vec::new(), rows: 0 },
        })
    }

    /// Lays down a row, `number` from 1; rows come in ascending order. A row without a filled cell is passed over.
    ///
    /// # Errors
    /// `too-many-columns`, `cell-too-long` and `workbook-too-large`; `workbook-broken` when the order is wrong.
    pub(super) fn row(&mut self, number: u64, mut cells: Vec<String>) -> Result<()> {
        while cells.last().is_some_and(|cell| super::header::is_blank(cell)) {
            cells.pop();
        }
        if cells.is_empty() {
            return Ok(());
        }
        if number <= self.last {
            return Err(Error::invalid(Problem::new("workbook-broken")));
        }
        if cells.len() > self.columns {
            return Err(Error::invalid(
                Problem::new("too-many-columns").with("line", number).with("limit", self.columns),
            ));
        }
        let filled = super::header::filled(&cells) as u64;
        self.cells_left = self
            .cells_left
            .checked_sub(filled)
            .ok_or_else(|| Error::refused(Kind::TooLarge, Problem::new("workbook-too-large")))?;
        self.scratch.clear();
        self.scratch.extend_from_slice(&number.to_le_bytes());
        self.scratch.extend_from_slice(&length(cells.len())?.to_le_bytes());
        for (column, cell) in cells.iter().enumerate() {
            if cell.len() > self.cell_bytes {
                let problem = Problem::new("cell-too-long")
                    .with("line", number)
                    .with("column", column + 1)
                    .with("limit", self.cell_bytes);
                return Err(Error::invalid(problem));
            }
            self.scratch.extend_from_slice(&length(cell.len())?.to_le_bytes());
            self.scratch.extend_from_slice(cell.as_bytes());
        }
        // Shared texts make it easy to write little that says much.
        self.bytes_left = self
            .bytes_left
            .checked_sub(self.scratch.len() as u64)
            .ok_or_else(|| Error::refused(Kind::TooLarge, Problem::new("workbook-too-large")))?;
        self.file.write_all(&self.scratch)?;
        let (row, bytes) = HeadRow::cut(number, number > self.last + 1, cells.iter().map(String::as_str));
        self.last = number;
        self.sheet.rows += 1;
        if self.sheet.head.len() < HEAD && self.kept.0 < KEPT.1 && self.sheet.tail.is_empty() {
            self.kept.0 += bytes;
            self.sheet.head.push(row);
            return Ok(());
        }
        if self.sheet.beyond.len() < row.cells.len() {
            self.sheet.beyond.resize(row.cells.len(), false);
        }
        for (slot, cell) in self.sheet.beyond.iter_mut().zip(&row.cells) {
            *slot |= !super::header::is_blank(cell);
        }
        if self.sheet.tail.len() >= TAIL * 2 {
            self.sheet.tail.drain(..TAIL);
            self.kept.1 /= 2;
        }
        if self.kept.1 > KEPT.1 {
            self.sheet.tail.clear();
            self.kept.1 = 0;
        }
        self.kept.1 += bytes;
        self.sheet.tail.push(row);
        Ok(())
    }

    /// The sheet, whole.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub(super) fn finish(mut self) -> Result<Laid> {
        let temp = self.file.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        self.sheet.temp = Some(Arc::new(temp.into_temp_path()));
        Ok(self.sheet)
    }
}

fn length(length: usize) -> Result<u32> {
    u32::try_from(length).map_err(Error::internal)
}

/// A sheet that was understood.
pub(super) struct Sheet {
    /// The rows.
    pub laid: Laid,
    /// Titles.
    pub header: Vec<String>,
    /// The table's columns as they stand in the sheet.
    pub columns: Vec<usize>,
    /// First and last sheet row of the body.
    pub body: (u64, u64),
}

impl Source for Sheet {
    fn header(&self) -> &[String] {
        &self.header
    }

    fn numbers(&self) -> NumberForm {
        NumberForm::Plain
    }

    fn rows(&self) -> Result<Box<dyn Rows>> {
        let temp = self.laid.temp.clone().ok_or_else(|| Error::internal("a sheet that was not laid down"))?;
        let file = BufReader::with_capacity(256 << 10, File::open(&*temp)?);
        Ok(Box::new(SheetRows {
            file,
            _temp: temp,
            columns: self.columns.clone(),
            body: self.body,
            raw: Row::default(),
            text: Vec::new(),
        }))
    }
}

/// The walk over the rows of a [`Sheet`].
struct SheetRows {
    file: BufReader<File>,
    /// Keeps the file until the walk is over.
    _temp: Arc<TempPath>,
    columns: Vec<usize>,
    body: (u64, u64),
    raw: Row,
    text: Vec<u8>,
}

impl SheetRows {
    fn word<const N: usize>(&mut self) -> Result<Option<[u8; N]>> {
        let mut word = [0; N];
        match self.file.read_exact(&mut word) {
            Ok(()) => Ok(Some(word)),
            Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn size(&mut self) -> Result<usize> {
        let word = self.word::<4>()?.ok_or_else(|| Error::internal("a laid sheet that ends in a row"))?;
        Ok(u32::from_le_bytes(word) as usize)
    }

    /// Reads the next row as it stands in the sheet.
    fn raw(&mut self) -> Result<bool> {
        let Some(number) = self.word::<8>()? else { return Ok(false) };
        self.raw.clear();
        self.raw.number = u64::from_le_bytes(number);
        for _ in 0..self.size()? {
            let size = self.size()?;
            self.text.resize(size, 0);
            self.file.read_exact(&mut self.text)?;
            self.raw.push(std::str::from_utf8(&self.text).map_err(Error::internal)?);
        }
        Ok(true)
    }
}

impl Rows for SheetRows {
    fn next(&mut self, row: &mut Row) -> Result<bool> {
        while self.raw()? {
            if self.raw.number < self.body.0 {
                continue;
            }
            if self.raw.number > self.body.1 {
                return Ok(false);
            }
            row.clear();
            row.number = self.raw.number;
            for column in &self.columns {
                row.push(self.raw.cell(*column));
            }
            if row.cells().any(|cell| !super::header::is_blank(cell)) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
