//! A workbook to fill in, made of a table's dictionary: its headings, kinds, drop-downs and ranges as the contract wants them.

use rust_xlsxwriter::{
    DataValidation, DataValidationRule, ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

use crate::dataset::Constraints;
use crate::kernel::text::truncate;
use crate::kernel::{Error, Result};
use crate::platform::sheet::sheet_name;
use crate::table::ingest::report::Kind;

/// The last row of a sheet, from 0.
const LAST_ROW: u32 = 1_048_575;
/// Characters of a note at a heading, of a message and of a cell; the format itself ends a little later.
const LONGEST: (usize, usize, usize) = (2000, 250, 32_000);

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

/// Makes the workbook; gives its bytes.
///
/// # Errors
/// `Internal`, when the library refuses.
pub fn write_template(words: &TemplateWords, columns: &[TemplateColumn]) -> Result<Vec<u8>> {
    made(words, columns).map_err(Error::internal)
}

fn made(words: &TemplateWords, columns: &[TemplateColumn]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let wrap = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let (codes_name, guide_name) = (sheet_name(&words.codes), sheet_name(&words.guide));
    // A table may be called as one of the other sheets is; two of one name are no workbook.
    let mut title = sheet_name(&words.sheet);
    if [&codes_name, &guide_name].iter().any(|other| other.to_lowercase() == title.to_lowercase()) {
        title.push_str(" 2");
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(title)?.set_freeze_panes(1, 0)?;
    let mut list = 0;
    for (at, column) in (0_u16..).zip(columns) {
        sheet.write_with_format(0, at, &column.title, &head)?;
        sheet.set_column_format(at, &Format::new().set_num_format(number_format(column.kind)))?;
        sheet.set_column_width(at, width(&column.title))?;
        let told = [column.meaning.as_str(), column.unit.as_str()].into_iter().filter(|text| !text.is_empty());
        let told: Vec<&str> = told.chain(column.rules.iter().map(String::as_str)).collect();
        if !told.is_empty() {
            sheet.insert_note(0, at, &Note::new(truncate(&told.join("\n"), LONGEST.0)).add_author_prefix(false))?;
        }
        if let Some(rule) = validation(column, &codes_name, list) {
            let rule = rule.set_error_title(truncate(&column.title, 30))?;
            let rule = rule.set_error_message(truncate(&words.refused, LONGEST.1))?;
            sheet.add_data_validation(1, at, LAST_ROW, at, &rule)?;
        }
        list += u16::from(!column.constraints.codes.is_empty()) * 2;
    }
    guide(workbook.add_worksheet(), words, columns, &head, &wrap)?;
    if list > 0 {
        lists(workbook.add_worksheet(), &codes_name, columns, &head)?;
    }
    workbook.save_to_buffer()
}

fn guide(
    sheet: &mut Worksheet,
    words: &TemplateWords,
    columns: &[TemplateColumn],
    head: &Format,
    wrap: &Format,
) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(&words.guide))?.set_freeze_panes(1, 0)?;
    for ((at, text), width) in (0_u16..).zip(&words.heads).zip([28.0, 14.0, 60.0, 16.0, 60.0]) {
        sheet.write_with_format(0, at, text, head)?;
        sheet.set_column_width(at, width)?;
    }
    for (row, column) in (1..LAST_ROW).zip(columns) {
        let rules = column.rules.join("\n");
        let cells = [&column.title, &column.kind_text, &column.meaning, &column.unit, &rules];
        for (at, text) in (0_u16..).zip(cells) {
            sheet.write_with_format(row, at, truncate(text, LONGEST.2), wrap)?;
        }
    }
    Ok(())
}

fn lists(sheet: &mut Worksheet, title: &str, columns: &[TemplateColumn], head: &Format) -> Result<(), XlsxError> {
    sheet.set_name(title)?;
    let text = Format::new().set_num_format("@");
    let with = columns.iter().filter(|column| !column.constraints.codes.is_empty());
    for (at, column) in (0_u16..).step_by(2).zip(with) {
        sheet.write_with_format(0, at, &column.title, head)?;
        sheet.set_column_width(at, 20)?;
        sheet.set_column_width(at + 1, 40)?;
        for (row, code) in (1..LAST_ROW).zip(&column.constraints.codes) {
            match (column.kind, code.value.parse::<f64>()) {
                // As cells of the column hold them, or nothing chosen would be in the list.
                (Kind::Integer | Kind::Decimal, Ok(number)) => sheet.write(row, at, number)?,
                _ => sheet.write_with_format(row, at, &code.value, &text)?,
            };
            if let Some(label) = &code.label {
                sheet.write(row, at + 1, &label.vi)?;
            }
        }
    }
    // The drop-downs read it; whoever opens the file begins at the sheet to fill in.
    sheet.set_hidden(true);
    Ok(())
}

/// What a spreadsheet holds entries of a column against; nothing where it would not help.
fn validation(column: &TemplateColumn, codes: &str, list: u16) -> Option<DataValidation> {
    let wanted = &column.constraints;
    if !wanted.codes.is_empty() {
        let letters = rust_xlsxwriter::utility::column_number_to_name(list);
        let last = wanted.codes.len() + 1;
        let range = Formula::new(format!("='{codes}'!${letters}$2:${letters}${last}"));
        return Some(DataValidation::new().allow_list_formula(range));
    }
    let (least, most) = (wanted.minimum.as_deref(), wanted.maximum.as_deref());
    if least.is_none() && most.is_none() {
        return None;
    }
    let rule = DataValidation::new();
    match column.kind {
        Kind::Integer | Kind::Decimal => {
            let number = |text: Option<&str>| text.map(str::parse::<f64>).transpose().ok();
            let rule_of = between(number(least)?, number(most)?)?;
            Some(rule.allow_decimal_number(rule_of))
        }
        Kind::Date | Kind::DateTime => {
            let day = |text: Option<&str>| text.map(ExcelDateTime::parse_from_str).transpose().ok();
            let rule_of = between(day(least)?, day(most)?)?;
            Some(rule.allow_date(rule_of))
        }
        Kind::Text | Kind::Boolean => None,
    }
}

fn between<T: rust_xlsxwriter::IntoDataValidationValue>(
    least: Option<T>,
    most: Option<T>,
) -> Option<DataValidationRule<T>> {
    match (least, most) {
        (Some(least), Some(most)) => Some(DataValidationRule::Between(least, most)),
        (Some(least), None) => Some(DataValidationRule::GreaterThanOrEqualTo(least)),
        (None, Some(most)) => Some(DataValidationRule::LessThanOrEqualTo(most)),
        (None, None) => None,
    }
}

/// How cells of a kind are shown; text keeps the zeros of codes.
fn number_format(kind: Kind) -> &'static str {
    match kind {
        Kind::Text => "@",
        Kind::Integer => "0",
        Kind::Decimal | Kind::Boolean => "General",
        Kind::Date => "dd/mm/yyyy",
        Kind::DateTime => "dd/mm/yyyy hh:mm:ss",
    }
}

fn width(title: &str) -> f64 {
    f64::from(u8::try_from(title.chars().count().clamp(10, 40)).unwrap_or(40)) + 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_may_be_called_as_the_sheet_of_codes_or_of_the_guide_is() {
        let kept = Constraints { codes: Constraints::codes_from("1\n2"), ..Constraints::default() };
        let column = TemplateColumn {
            title: "Loại".into(),
            kind: Kind::Text,
            kind_text: "Văn bản".into(),
            meaning: String::new(),
            unit: String::new(),
            constraints: kept,
            rules: Vec::new(),
        };
        for sheet in ["Danh mục", "hướng dẫn", "Loại hình"] {
            let words = TemplateWords {
                sheet: sheet.into(),
                codes: "Danh mục".into(),
                guide: "Hướng dẫn".into(),
                heads: std::array::from_fn(|at| at.to_string()),
                refused: "Không.".into(),
            };
            assert!(write_template(&words, std::slice::from_ref(&column)).is_ok(), "{sheet}");
        }
    }
}
