//! What reading hands to typing: a table of raw cells that can be walked more than once, in bounded memory.

use crate::kernel::Result;

/// Rows of raw cells. `Send`, so that a walk can run beside another.
pub trait Rows: Send {
    /// Fills `row` with the next row and says whether there was one. Blank rows (no cell holds more than white space) are skipped.
    ///
    /// # Errors
    /// A refusal that names line and column when the bytes cannot be read as a table.
    fn next(&mut self, row: &mut Row) -> Result<bool>;
}

/// One row; reused from call to call, so that a walk allocates nothing per cell.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Where the row starts in the file, from 1: the line of a text file, the row of a sheet, the record of a Parquet file.
    pub number: u64,
    /// All cells' text, one after the other, UTF-8.
    text: String,
    /// Where each cell ends in `text`.
    ends: Vec<usize>,
}

impl Row {
    /// How many cells.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no cell at all.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The text of cell `i`, or the empty text beyond the last.
    pub fn cell(&self, i: usize) -> &str {
        let Some(&end) = self.ends.get(i) else { return "" };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        &self.text[start..end]
    }

    /// The cells in order.
    pub fn cells(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|i| self.cell(i))
    }

    /// Empties the row for the next one.
    pub fn clear(&mut self) {
        self.text.clear();
        self.ends.clear();
    }

    /// Replaces the row by a whole record: all cells' text, and where each ends in it (ascending, at character boundaries).
    pub(crate) fn fill(&mut self, number: u64, text: &str, ends: &[usize]) {
        self.number = number;
        self.text.clear();
        self.text.push_str(text);
        self.ends.clear();
        self.ends.extend_from_slice(ends);
    }

    /// Gives cell `i` another text; one beyond the last stays away.
    pub(crate) fn replace(&mut self, i: usize, text: &str) {
        let Some(&end) = self.ends.get(i) else { return };
        let start = if i == 0 { 0 } else { self.ends[i - 1] };
        self.text.replace_range(start..end, text);
        for place in &mut self.ends[i..] {
            *place = *place + text.len() - (end - start);
        }
    }

    /// Appends a cell.
    pub fn push(&mut self, cell: &str) {
        self.text.push_str(cell);
        self.ends.push(self.text.len());
    }
}

/// How numbers are written in the cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberForm {
    /// As people type them: separators are to be found out column by column (text files).
    Written,
    /// A point before the decimals and nothing else: cells that were numbers already (workbooks, Parquet).
    Plain,
}

/// A table that reading has understood: its header, and rows that can be walked again and again.
pub trait Source: Send {
    /// One title per column, NFC, white space collapsed, never empty (an empty header cell gets a name by its position); the
    /// rows of a header that spans several are joined with " / ".
    fn header(&self) -> &[String];

    /// How numbers are written in the cells.
    fn numbers(&self) -> NumberForm;

    /// Starts a walk over the rows below the header.
    ///
    /// # Errors
    /// When the file cannot be opened again.
    fn rows(&self) -> Result<Box<dyn Rows>>;
}
