//! A file on its way in, and what was understood of it.

use askama::Template;

use super::contract::BreaksView;
use super::dataset::ImportReport;
use crate::http::page::{Choice, Field, PageCtx, Text, Wrong};

/// `/internal/uploads/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/upload.html")]
pub struct UploadPage {
    /// The page.
    pub page: PageCtx,
    /// The upload's id.
    pub id: String,
    /// The file.
    pub file: String,
    /// The code of its state.
    pub state: String,
    /// Bytes that have come.
    pub received: u64,
    /// Bytes that are to come in all, where that is known.
    pub bytes: Option<u64>,
    /// What is wrong with a refused file.
    pub problems: Vec<String>,
    /// The dataset's title.
    pub title: Text,
    /// The step of the form with the tables.
    pub back: String,
    /// Whether the reader may cancel it.
    pub own: bool,
}

/// `/internal/tables/{id}/reading`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/reading.html")]
pub struct ReadingPage {
    /// The page.
    pub page: PageCtx,
    /// The table's id.
    pub id: String,
    /// The dataset's title.
    pub title: Text,
    /// The step of the form with the tables.
    pub back: String,
    /// The dictionary of the table.
    pub dictionary: String,
    /// What of the table breaks.
    pub breaks: BreaksView,
    /// What was understood.
    pub report: ImportReport,
    /// The first rows: headings, and cells in the language's form.
    pub headings: Vec<String>,
    /// The first rows.
    pub rows: Vec<Vec<Option<String>>>,
    /// What is wrong with the choices.
    pub wrongs: Vec<Wrong>,
    /// Sheets of a workbook; fewer than two: the choice is not shown.
    pub sheets: Vec<Choice>,
    /// The row of the header.
    pub header: Field,
    /// The decimal sign.
    pub decimals: Vec<Choice>,
    /// Which comes first, day or month.
    pub orders: Vec<Choice>,
    /// Encodings of a text file; empty for workbooks.
    pub encodings: Vec<Choice>,
    /// Columns of codes that may have lost zeros in front.
    pub zeros: Vec<ZerosChoice>,
    /// The kind of each column.
    pub kinds: Vec<KindChoice>,
    /// Whether the choices may be changed here: only the table of a draft is read again.
    pub open: bool,
}

/// Whether the codes of a column get zeros in front, to be chosen.
#[derive(Clone, Debug)]
pub struct ZerosChoice {
    /// The column's number from 0: the field is `w{index}`.
    pub index: usize,
    /// The heading.
    pub heading: String,
    /// What says that zeros are missed.
    pub missed: Option<String>,
    /// The numbers of digits; the first, empty, leaves the cells as they are.
    pub choices: Vec<Choice>,
}

impl ReadingPage {
    /// Whether zeros seem to be missed somewhere, or somebody has given some back.
    pub fn minds_zeros(&self) -> bool {
        self.zeros.iter().any(|choice| choice.missed.is_some() || choice.choices.iter().skip(1).any(|one| one.chosen))
    }
}

/// The kind of a column, to be chosen.
#[derive(Clone, Debug)]
pub struct KindChoice {
    /// Its number from 0: the field is `k{index}`.
    pub index: usize,
    /// The heading.
    pub heading: String,
    /// The kinds; the first, empty, lets the reader decide.
    pub choices: Vec<Choice>,
}
