//! The counts as an open dataset: a row for each day, dataset, kind and format.

use std::sync::Arc;

use chrono::{Days, Months, NaiveDate};
use datafusion::arrow::array::{ArrayRef, Date32Array, Int64Array, StringArray};
use datafusion::arrow::datatypes::{DataType, Field, Schema};
use datafusion::arrow::record_batch::RecordBatch;
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::WriterProperties;
use serde_json::{Value, json};

use super::Row;
use crate::kernel::{Error, Result};
use crate::platform::sheet::text_field;

/// The columns, by key, each with its type as Table Schema names it.
pub const COLUMNS: [(&str, &str); 7] = [
    ("ngay", "date"),
    ("dia_chi", "string"),
    ("bo_du_lieu", "string"),
    ("co_quan", "string"),
    ("loai", "string"),
    ("dinh_dang", "string"),
    ("so_luot", "integer"),
];

/// The months, from the one of a day to the one of another, each by its first and last day (ISO 8601): what is read at once.
pub fn months(from: NaiveDate, to: NaiveDate) -> Vec<(String, String)> {
    let first = |day: NaiveDate| chrono::Datelike::with_day(&day, 1).unwrap_or(day);
    let after = |month: NaiveDate| month.checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let all = std::iter::successors(Some(first(from)), |month| Some(after(*month)));
    let last = |month: NaiveDate| after(month).checked_sub_days(Days::new(1)).unwrap_or(month);
    all.take_while(|month| *month <= to).map(|month| (month.to_string(), last(month).to_string())).collect()
}

impl Row {
    /// Its texts, in the order of [`COLUMNS`]; the last column is the number.
    pub fn texts(&self) -> [&str; 6] {
        [&self.day, &self.slug, &self.title, &self.agency, &self.kind, &self.format]
    }

    /// As a line of CSV, with its end.
    pub fn csv(&self) -> String {
        let texts = self.texts().map(|text| text_field(text, ','));
        format!("{},{}\n", texts.join(","), self.total)
    }

    /// As a JSON object.
    pub fn json(&self) -> Value {
        let named = COLUMNS.iter().map(|(key, _)| (*key).to_owned()).zip(self.texts());
        let mut object: serde_json::Map<String, Value> = named.map(|(key, text)| (key, json!(text))).collect();
        object.insert(COLUMNS[6].0.to_owned(), json!(self.total));
        Value::Object(object)
    }
}

/// The head of the CSV.
pub fn csv_head() -> String {
    format!("{}\n", COLUMNS.map(|(key, _)| key).join(","))
}

/// The whole as Parquet. The months come one by one; what is written is compressed in memory, a few bytes a row.
///
/// # Errors
/// Whatever the months bring.
pub fn parquet(months: impl Iterator<Item = Result<Vec<Row>>>) -> Result<Vec<u8>> {
    let fields = COLUMNS.map(|(key, kind)| {
        let kind = match kind {
            "date" => DataType::Date32,
            "integer" => DataType::Int64,
            _ => DataType::Utf8,
        };
        Field::new(key, kind, false)
    });
    let schema = Arc::new(Schema::new(fields.to_vec()));
    let properties = WriterProperties::builder()
        .set_created_by("khomo".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(Error::internal)?))
        .build();
    let mut writer =
        ArrowWriter::try_new(Vec::new(), Arc::clone(&schema), Some(properties)).map_err(Error::internal)?;
    for rows in months {
        let rows = rows?;
        let epoch = NaiveDate::default();
        let day = |row: &Row| {
            let day: Option<NaiveDate> = row.day.parse().ok();
            day.and_then(|day| i32::try_from((day - epoch).num_days()).ok()).unwrap_or(0)
        };
        let text = |index: usize| -> ArrayRef {
            Arc::new(rows.iter().map(|row| Some(row.texts()[index])).collect::<StringArray>())
        };
        let mut arrays: Vec<ArrayRef> = vec![Arc::new(rows.iter().map(day).map(Some).collect::<Date32Array>())];
        arrays.extend((1..6).map(text));
        arrays.push(Arc::new(rows.iter().map(|row| Some(row.total)).collect::<Int64Array>()));
        let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).map_err(Error::internal)?;
        writer.write(&batch).map_err(Error::internal)?;
    }
    writer.into_inner().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_whole_and_leave_no_day_out() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let found = months(day("2025-12-31"), day("2026-02-01"));
        let wanted = [("2025-12-01", "2025-12-31"), ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")];
        assert_eq!(found, wanted.map(|(from, to)| (from.to_owned(), to.to_owned())));
    }

    #[test]
    fn a_row_is_the_same_in_every_format() {
        let row = Row {
            day: "2026-09-04".into(),
            slug: "dan-so".into(),
            title: "Dân số, \"các\" xã".into(),
            agency: "Sở Nội vụ".into(),
            kind: "download".into(),
            format: "csv".into(),
            total: 12,
        };
        assert_eq!(row.csv(), "2026-09-04,dan-so,\"Dân số, \"\"các\"\" xã\",Sở Nội vụ,download,csv,12\n");
        assert_eq!(row.json()["so_luot"], 12);
        let bytes = parquet([Ok(vec![row.clone()]), Ok(Vec::new()), Ok(vec![row])].into_iter()).unwrap();
        assert_eq!(&bytes[..4], b"PAR1");
    }
}
