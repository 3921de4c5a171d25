//! A workbook to fill in, made of a table's dictionary: its headings, kinds, drop-downs and ranges as the contract wants them.

use crate::dataset::Constraints;
use crate::platform::sheet::{Blank, BlankColumn, Column, Entry, LAST_ROW, Sheet};
use crate::table::ingest::report::Kind;

/// A column of the workbook.
#[derive(Clone, Debug)]
pub struct TemplateColumn {
    /// Its heading, which ties it to the table's column.
    pub title: String,
    /// What its cells are.
    pub kind: Kind,
    /// The kind in words.
    pub kind_text: String,
    /// What it means; may be empty.
    pub meaning: String,
    /// Its unit; may be empty.
    pub unit: String,
    /// What its values must be.
    pub constraints: Constraints,
    /// The same in sentences.
    pub rules: Vec<String>,
}

/// The words of the workbook in somebody's language.
#[derive(Clone, Debug)]
pub struct TemplateWords {
    /// The name of the sheet to fill in.
    pub sheet: String,
    /// The name of the sheet of code lists.
    pub codes: String,
    /// The name of the sheet that tells of the columns.
    pub guide: String,
    /// The heads of the guide: column, kind, meaning, unit, rules.
    pub heads: [String; 5],
    /// What a spreadsheet says of a value that is not allowed.
    pub refused: String,
}

/// The workbook of a table with these columns.
pub fn template(words: TemplateWords, columns: Vec<TemplateColumn>) -> Blank {
    let widths = [28, 14, 60, 16, 60];
    let guide = Sheet {
        title: words.guide,
        columns: words.heads.into_iter().zip(widths).map(|(head, width)| Column::new(head, width)).collect(),
    };
    let told = |column: &TemplateColumn| {
        let TemplateColumn { title, kind_text, meaning, unit, rules, .. } = column.clone();
        vec![title, kind_text, meaning, unit, rules.join("\n")]
    };
    Blank {
        title: words.sheet,
        rows: LAST_ROW,
        terms: words.codes,
        refused: Some(words.refused),
        guide: Some((guide, columns.iter().map(told).collect())),
        columns: columns.into_iter().map(blank).collect(),
    }
}

fn blank(column: TemplateColumn) -> BlankColumn {
    let told = [column.meaning, column.unit].into_iter().filter(|text| !text.is_empty()).chain(column.rules);
    let codes = column.constraints.codes.into_iter();
    let width = u16::try_from(column.title.chars().count().clamp(10, 40)).unwrap_or(40) + 2;
    BlankColumn {
        head: Column::new(column.title, width),
        entry: match column.kind {
            Kind::Text => Entry::Text,
            Kind::Integer => Entry::Whole,
            Kind::Decimal => Entry::Number,
            Kind::Boolean => Entry::Any,
            Kind::Date => Entry::Day,
            Kind::DateTime => Entry::Moment,
        },
        note: told.collect::<Vec<_>>().join("\n"),
        words: codes.map(|code| (code.value, code.label.map(|label| label.vi))).collect(),
        limits: (column.constraints.minimum, column.constraints.maximum),
    }
}
