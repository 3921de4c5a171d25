//! The second walk: converts every row, writes Parquet and the canonical CSV, takes the profiles, sets misfits aside.

use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use datafusion::arrow::array::{
    ArrayRef, BooleanBuilder, Date32Builder, Decimal128Builder, Float64Builder, Int64Builder, RecordBatch,
    StringBuilder, TimestampMicrosecondBuilder,
};
use datafusion::arrow::datatypes::{Field, Schema, SchemaRef};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::basic::{Compression, ZstdLevel};
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesBuilder};

use super::profile::{self, Profiler};
use super::report::{AsideCode, AsideLine, Change, ChangeCode, Fault, Outcome, SetAside, SetAsideRow, Storage};
use super::rows::{Row, Source};
use super::typing::convert::{Reading, Value};
use super::typing::evidence::cut;
use super::typing::word;
use super::typing::{Limits, PROGRESS_STEP, Plan, has_too_many_cells, most_rows_set_aside};
use crate::kernel::error::storage_problem_told;
use crate::kernel::{Error, Kind, Problem, Result};

/// The typed table, in the out folder.
pub const PARQUET: &str = "data.parquet";
/// The canonical CSV: UTF-8 without a byte order mark, LF, commas, quotes only where RFC 4180 needs them; the header holds the
/// titles; nulls are empty, dates ISO, numbers with a point, booleans `true` and `false`; rows in the order of the file.
pub const CSV: &str = "data.csv";
/// The rows set aside with all their cells, one JSON object per line; absent when there are none.
pub const SET_ASIDE: &str = "set-aside.ndjson";

/// Rows per row group and per data page: a page of a preview is found by reading little.
const ROW_GROUP_ROWS: usize = 131_072;
const PAGE_ROWS: usize = 2048;
/// Rows set aside that the report lists.
const LISTED: usize = 1000;

/// Walks the source again and writes the table into `out`, an existing empty folder: [`PARQUET`], [`CSV`] and, when rows were
/// set aside, [`SET_ASIDE`]; all are on disk when it returns. The same source and plan give the same bytes. After an error the
/// files are gone. `progress` hears the rows walked so far.
///
/// # Errors
/// `most-rows-set-aside` (`rows`, `count`, `column`: the title at fault most often, or empty) when more than half of the rows do
/// not fit; `disk-full`; what reading the source refuses.
pub fn write(
    source: &dyn Source,
    plan: &Plan,
    out: &Path,
    limits: &Limits,
    progress: &mut dyn FnMut(u64),
) -> Result<Outcome> {
    let outcome = Files::create(plan, out, limits).and_then(|files| walk(source, plan, limits, Some(files), progress));
    if outcome.is_err() {
        for name in [PARQUET, CSV, SET_ASIDE] {
            // What was not made cannot be removed; the first error is the one to tell.
            let _ = fs::remove_file(out.join(name));
        }
    }
    outcome
}

/// As [`write()`], but writes nothing: what an import would do.
///
/// # Errors
/// As [`write()`].
pub fn rehearse(source: &dyn Source, plan: &Plan, limits: &Limits, progress: &mut dyn FnMut(u64)) -> Result<Outcome> {
    walk(source, plan, limits, None, progress)
}

fn walk(
    source: &dyn Source,
    plan: &Plan,
    limits: &Limits,
    mut files: Option<Files>,
    progress: &mut dyn FnMut(u64),
) -> Result<Outcome> {
    let width = plan.columns.len();
    let share = limits.profile / width.max(1);
    let mut profilers: Vec<Profiler> = plan
        .readings
        .iter()
        .map(|reading| Profiler::new(reading.storage, reading.whole, reading.range(), share))
        .collect();
    let mut values = vec![Value::Null; width];
    let mut changes: Vec<(usize, ChangeCode)> = Vec::new();
    let mut changed: BTreeMap<(ChangeCode, Option<usize>), u64> = BTreeMap::new();
    let mut counts = vec![[0u64; CHANGES]; width];
    let mut aside = SetAside::default();
    let mut at_fault: HashMap<usize, u64> = HashMap::new();
    let (mut walked, mut kept) = (0u64, 0u64);

    let mut rows = source.rows()?;
    let mut row = Row::default();
    while rows.next(&mut row)? {
        walked += 1;
        if walked % PROGRESS_STEP == 0 {
            progress(walked);
        }
        if let Err((code, column)) = convert(&row, plan, &mut values, &mut changes) {
            aside.count += 1;
            if let Some(column) = column {
                *at_fault.entry(column).or_default() += 1;
            }
            let value = column.map_or(String::new(), |column| cut(row.cell(column)));
            if let Some(files) = &mut files {
                files.set_aside(&row, code, column, plan)?;
            }
            if aside.listed.len() < LISTED {
                aside.listed.push(SetAsideRow { number: row.number, code, column, value });
            }
            continue;
        }
        kept += 1;
        for &(column, width) in &plan.widths {
            if let Some(filled) = word::with_zeros(row.cell(column), width) {
                row.replace(column, &filled);
                changes.push((column, ChangeCode::ZerosFilled));
            }
        }
        for (column, code) in changes.drain(..) {
            counts[column][code as usize] += 1;
        }
        if row.len() != width {
            let code = if row.len() < width { ChangeCode::ShortRowPadded } else { ChangeCode::EmptyCellDropped };
            *changed.entry((code, None)).or_default() += 1;
        }
        for (index, (value, profiler)) in values.iter().zip(&mut profilers).enumerate() {
            profiler.see(value, row.cell(index));
        }
        if let Some(files) = &mut files {
            files.keep(&row, &values)?;
        }
    }
    progress(walked);
    if aside.count * 2 > walked {
        let worst = at_fault.into_iter().max_by_key(|&(column, count)| (count, usize::MAX - column));
        let title = worst.map_or("", |(column, _)| plan.columns[column].title.as_str());
        return Err(most_rows_set_aside(walked, aside.count, title));
    }
    if let Some(files) = files {
        aside.file = (aside.count > 0).then(|| SET_ASIDE.to_owned());
        files.finish()?;
    }

    for (column, counts) in counts.iter().enumerate() {
        for code in CHANGE_CODES {
            if counts[code as usize] > 0 {
                changed.insert((code, Some(column)), counts[code as usize]);
            }
        }
    }
    let changed = changed.into_iter().map(|((code, column), count)| Change { code, column, count }).collect();
    let mut columns = plan.columns.clone();
    for (column, profiler) in columns.iter_mut().zip(profilers) {
        column.profile = Some(profiler.finish());
    }
    Ok(Outcome { rows: kept, columns, set_aside: aside, changed })
}

/// The changes of cells.
const CHANGE_CODES: [ChangeCode; 7] = [
    ChangeCode::NullToken,
    ChangeCode::NumberRewritten,
    ChangeCode::DateRewritten,
    ChangeCode::DateAsMidnight,
    ChangeCode::ZoneNormalised,
    ChangeCode::WordAsBoolean,
    ChangeCode::ZerosFilled,
];
const CHANGES: usize = ChangeCode::ZerosFilled as usize + 1;

/// Reads all cells of a row; the error says why the row is set aside, and at which column.
#[inline]
fn convert(
    row: &Row,
    plan: &Plan,
    values: &mut [Value],
    changes: &mut Vec<(usize, ChangeCode)>,
) -> Result<(), (AsideCode, Option<usize>)> {
    changes.clear();
    if has_too_many_cells(row, values.len()) {
        return Err((AsideCode::TooManyCells, None));
    }
    for (index, (value, reading)) in values.iter_mut().zip(&plan.readings).enumerate() {
        let (read, change) = reading.read(row.cell(index), &plan.tokens).map_err(|code| (code, Some(index)))?;
        *value = read;
        if let Some(code) = change {
            changes.push((index, code));
        }
    }
    Ok(())
}

/// The files of a table being written.
struct Files {
    out: std::path::PathBuf,
    readings: Vec<Reading>,
    schema: SchemaRef,
    parquet: ArrowWriter<File>,
    builders: Vec<Builder>,
    /// Rows and bytes of text that wait in the builders, and how many may.
    waiting: (usize, usize),
    most: (usize, usize),
    csv: File,
    buffer: Vec<u8>,
    rejects: Option<BufWriter<File>>,
    /// Bytes at which a row group ends before its rows are full.
    row_group: usize,
}

/// How our Parquet files are packed and divided.
pub(in crate::table) fn parquet_properties() -> Result<WriterPropertiesBuilder> {
    Ok(WriterProperties::builder()
        .set_created_by("khomo".to_owned())
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).map_err(Error::internal)?))
        .set_statistics_enabled(EnabledStatistics::Page)
        .set_data_page_row_count_limit(PAGE_ROWS)
        .set_max_row_group_row_count(Some(ROW_GROUP_ROWS)))
}

/// Bytes of a dictionary of numbers, and of texts, beyond which values are written out: whoever reads a few rows of a row group reads all of
/// its dictionary, and one that most values do not stand in is for nothing.
const DICTIONARY: usize = 64 << 10;
const TEXT_DICTIONARY: usize = 256 << 10;
/// Bytes of CSV that wait for one write.
const CSV_BUFFER: usize = 256 << 10;

impl Files {
    fn create(plan: &Plan, out: &Path, limits: &Limits) -> Result<Self> {
        let fields = plan.columns.iter().map(|column| {
            let title = HashMap::from([("title".to_owned(), column.title.clone())]);
            Field::new(&column.key, column.storage.data_type(), true).with_metadata(title)
        });
        let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
        let mut properties = parquet_properties()?;
        for field in schema.fields() {
            let most = if field.data_type().is_primitive() { DICTIONARY } else { TEXT_DICTIONARY };
            properties = properties.set_column_dictionary_page_size_limit(field.name().as_str().into(), most);
        }
        let properties = properties.build();
        let file = File::create(out.join(PARQUET))?;
        let parquet = ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).map_err(parquet)?;

        let mut buffer = Vec::with_capacity(CSV_BUFFER + 4096);
        for (index, column) in plan.columns.iter().enumerate() {
            if index > 0 {
                buffer.push(b',');
            }
            quote(&mut buffer, &column.title);
        }
        buffer.push(b'\n');

        // A row group must be a whole number of batches, so that it ends where a page does.
        let width = plan.columns.len().max(1);
        let fit = (limits.batch / 2 / (width * 16)).max(1);
        let rows = [8192, 4096, 2048, 1024, 512, 256].into_iter().find(|rows| *rows <= fit).unwrap_or(128);
        Ok(Self {
            out: out.to_owned(),
            readings: plan.readings.clone(),
            schema,
            parquet,
            builders: plan.readings.iter().map(|reading| Builder::new(reading.storage, rows)).collect(),
            waiting: (0, 0),
            most: (rows, limits.batch / 2),
            csv: File::create(out.join(CSV))?,
            buffer,
            rejects: None,
            row_group: limits.row_group,
        })
    }

    #[inline]
    fn keep(&mut self, row: &Row, values: &[Value]) -> Result<()> {
        for (index, ((value, reading), builder)) in
            values.iter().zip(&self.readings).zip(&mut self.builders).enumerate()
        {
            if index > 0 {
                self.buffer.push(b',');
            }
            if *value == Value::Text {
                let cell = row.cell(index);
                quote(&mut self.buffer, cell);
                self.waiting.1 += cell.len();
                builder.text(cell);
            } else {
                profile::write(&mut self.buffer, value, reading.storage, reading.whole);
                builder.add(value);
            }
        }
        // An empty line would be no row: a single null is written as an empty quoted field.
        if values.len() == 1 && values[0] == Value::Null {
            self.buffer.extend_from_slice(b"\"\"");
        }
        self.buffer.push(b'\n');
        if self.buffer.len() >= CSV_BUFFER {
            self.csv.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        self.waiting.0 += 1;
        if self.waiting.0 >= self.most.0 || self.waiting.1 >= self.most.1 {
            self.flush()?;
        }
        Ok(())
    }

    /// Hands the waiting rows to the Parquet writer.
    fn flush(&mut self) -> Result<()> {
        if self.waiting.0 == 0 {
            return Ok(());
        }
        let arrays = self.builders.iter_mut().map(Builder::finish).collect();
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), arrays).map_err(Error::internal)?;
        self.parquet.write(&batch).map_err(parquet)?;
        if self.parquet.memory_size() >= self.row_group {
            self.parquet.flush().map_err(parquet)?;
        }
        self.waiting = (0, 0);
        Ok(())
    }

    fn set_aside(&mut self, row: &Row, code: AsideCode, column: Option<usize>, plan: &Plan) -> Result<()> {
        if self.rejects.is_none() {
            self.rejects = Some(BufWriter::new(File::create(self.out.join(SET_ASIDE))?));
        }
        if let Some(rejects) = &mut self.rejects {
            let title = |column: usize| plan.columns[column].title.as_str();
            // Whoever mends a row wants to know of all its faults at once.
            let after = column.map_or(plan.readings.len(), |column| column + 1);
            let others = plan.readings.iter().enumerate().skip(after).filter_map(|(index, reading)| {
                let code = reading.read(row.cell(index), &plan.tokens).err()?;
                Some(Fault { column: title(index), code })
            });
            let line = AsideLine {
                row: row.number,
                code,
                column: column.map(title),
                cells: row.cells().collect(),
                others: others.collect(),
            };
            serde_json::to_writer(&mut *rejects, &line).map_err(|error| Error::from(std::io::Error::from(error)))?;
            rejects.write_all(b"\n")?;
        }
        Ok(())
    }

    /// Ends all files and waits until they are on disk.
    fn finish(mut self) -> Result<()> {
        self.flush()?;
        self.parquet.into_inner().map_err(parquet)?.sync_all()?;
        self.csv.write_all(&self.buffer)?;
        self.csv.sync_all()?;
        if let Some(rejects) = self.rejects {
            rejects.into_inner().map_err(|error| Error::from(error.into_error()))?.sync_all()?;
        }
        File::open(&self.out)?.sync_all()?;
        Ok(())
    }
}

/// An error of the Parquet writer; a full disk stays one.
fn parquet(error: datafusion::parquet::errors::ParquetError) -> Error {
    use datafusion::parquet::errors::ParquetError;
    match error {
        ParquetError::External(cause) => match cause.downcast::<std::io::Error>() {
            Ok(cause) => Error::from(*cause),
            Err(cause) => Error::internal(cause),
        },
        // The last bytes of a file are tried when its buffer is taken off; that failure comes in words.
        other => match storage_problem_told(&other.to_string()) {
            Some(code) => Error::refused(Kind::Unavailable, Problem::new(code)).because(other),
            None => Error::internal(other),
        },
    }
}

/// Appends a field, quoted only where RFC 4180 needs it.
#[inline]
pub(in crate::table) fn quote(out: &mut Vec<u8>, text: &str) {
    let bytes = text.as_bytes();
    // Looks at every byte rather than stopping early, which runs on whole vectors at once.
    let needed =
        bytes.iter().fold(false, |needed, b| needed | (*b == b',') | (*b == b'"') | (*b == b'\n') | (*b == b'\r'));
    if !needed {
        out.extend_from_slice(bytes);
        return;
    }
    out.push(b'"');
    for part in bytes.split_inclusive(|b| *b == b'"') {
        out.extend_from_slice(part);
        if part.ends_with(b"\"") {
            out.push(b'"');
        }
    }
    out.push(b'"');
}

/// The waiting values of one column.
enum Builder {
    Text(StringBuilder),
    Integer(Int64Builder),
    Float(Float64Builder),
    Exact(Decimal128Builder),
    Boolean(BooleanBuilder),
    Date(Date32Builder),
    Timestamp(TimestampMicrosecondBuilder),
}

impl Builder {
    fn new(storage: Storage, rows: usize) -> Self {
        match storage {
            Storage::Text => Self::Text(StringBuilder::with_capacity(rows, rows * 8)),
            Storage::Int64 => Self::Integer(Int64Builder::with_capacity(rows)),
            Storage::Float64 => Self::Float(Float64Builder::with_capacity(rows)),
            Storage::Decimal128 { .. } => {
                Self::Exact(Decimal128Builder::with_capacity(rows).with_data_type(storage.data_type()))
            }
            Storage::Boolean => Self::Boolean(BooleanBuilder::with_capacity(rows)),
            Storage::Date32 => Self::Date(Date32Builder::with_capacity(rows)),
            Storage::Timestamp { .. } => {
                Self::Timestamp(TimestampMicrosecondBuilder::with_capacity(rows).with_data_type(storage.data_type()))
            }
        }
    }

    #[inline]
    fn text(&mut self, cell: &str) {
        if let Self::Text(builder) = self {
            builder.append_value(cell);
        }
    }

    /// Adds a value that is not a text; one of another type cannot come and counts as null.
    #[inline]
    fn add(&mut self, value: &Value) {
        match (self, value) {
            (Self::Integer(builder), Value::Integer(number)) => builder.append_value(*number),
            (Self::Float(builder), Value::Float(float)) => builder.append_value(float.value),
            (Self::Exact(builder), Value::Exact(number)) => builder.append_value(*number),
            (Self::Boolean(builder), Value::Boolean(yes)) => builder.append_value(*yes),
            (Self::Date(builder), Value::Date(days)) => builder.append_value(*days),
            (Self::Timestamp(builder), Value::Timestamp(micros)) => builder.append_value(*micros),
            (Self::Text(builder), _) => builder.append_null(),
            (Self::Integer(builder), _) => builder.append_null(),
            (Self::Float(builder), _) => builder.append_null(),
            (Self::Exact(builder), _) => builder.append_null(),
            (Self::Boolean(builder), _) => builder.append_null(),
            (Self::Date(builder), _) => builder.append_null(),
            (Self::Timestamp(builder), _) => builder.append_null(),
        }
    }

    fn finish(&mut self) -> ArrayRef {
        match self {
            Self::Text(builder) => Arc::new(builder.finish()),
            Self::Integer(builder) => Arc::new(builder.finish()),
            Self::Float(builder) => Arc::new(builder.finish()),
            Self::Exact(builder) => Arc::new(builder.finish()),
            Self::Boolean(builder) => Arc::new(builder.finish()),
            Self::Date(builder) => Arc::new(builder.finish()),
            Self::Timestamp(builder) => Arc::new(builder.finish()),
        }
    }
}

#[cfg(test)]
mod tests {
    use datafusion::arrow::array::{Array, AsArray};
    use datafusion::arrow::datatypes::{Date32Type, Float64Type, Int64Type};
    use datafusion::arrow::util::display::array_value_to_string;
    use datafusion::parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::super::report::{Choices, Kind, Reason};
    use super::super::rows::NumberForm;
    use super::super::typing::decide;
    use super::super::typing::tests::{Memory, plan};
    use super::*;

    struct Written {
        folder: tempfile::TempDir,
        outcome: Outcome,
    }

    impl Written {
        fn csv(&self) -> String {
            fs::read_to_string(self.folder.path().join(CSV)).unwrap()
        }

        fn parquet(&self) -> RecordBatch {
            let file = File::open(self.folder.path().join(PARQUET)).unwrap();
            let builder = ParquetRecordBatchReaderBuilder::try_new(file).unwrap();
            let schema = Arc::clone(builder.schema());
            let batches: Vec<_> = builder.build().unwrap().map(Result::unwrap).collect();
            datafusion::arrow::compute::concat_batches(&schema, &batches).unwrap()
        }
    }

    fn written_with(source: &Memory, choices: &Choices, limits: &Limits) -> Result<Written> {
        let folder = tempfile::tempdir().unwrap();
        let plan = decide(source, choices, limits, &mut |_| ())?;
        let outcome = write(source, &plan, folder.path(), limits, &mut |_| ())?;
        assert_eq!(rehearse(source, &plan, limits, &mut |_| ())?.columns, outcome.columns);
        Ok(Written { folder, outcome })
    }

    fn written(source: &Memory) -> Written {
        written_with(source, &Choices::default(), &Limits::default()).unwrap()
    }

    /// Reads a CSV as strictly as RFC 4180 has it.
    fn read_csv(text: &str) -> Memory {
        let mut reader = csv_core::Reader::new();
        let (mut rows, mut input) = (Vec::new(), text.as_bytes());
        loop {
            let (mut out, mut ends) = (vec![0; text.len() + 1], vec![0; text.len() + 1]);
            let (state, read, _, fields) = reader.read_record(input, &mut out, &mut ends);
            input = &input[read..];
            match state {
                csv_core::ReadRecordResult::Record => {
                    let cell = |i: usize| {
                        String::from_utf8(out[if i == 0 { 0 } else { ends[i - 1] }..ends[i]].to_vec()).unwrap()
                    };
                    rows.push((0..fields).map(cell).collect::<Vec<_>>());
                }
                csv_core::ReadRecordResult::End => break,
                _ => (),
            }
        }
        let header = rows.remove(0);
        Memory { header, rows, numbers: NumberForm::Written }
    }

    #[test]
    fn a_vietnamese_table_becomes_typed_columns_and_a_canonical_csv() {
        let source = Memory::new(
            &["Mã", "Tên, gọi", "Ngày", "Dân số", "Tỷ lệ", "Đạt", "Cập nhật"],
            &[
                &["01", "Hà \"Nội\"", "31/12/2024", "1.234.567", "0,50", "có", "2024-01-31T19:00+07:00"],
                &["02", "Huế,\nthành phố", "2024-01-05", "-", "12,25", "không", "2024-02-01T00:00:00Z"],
                &["03", " ", "", "850", "N/A", "Có"],
            ],
        );
        let written = written(&source);
        assert_eq!(
            written.csv(),
            "Mã,\"Tên, gọi\",Ngày,Dân số,Tỷ lệ,Đạt,Cập nhật\n\
             01,\"Hà \"\"Nội\"\"\",2024-12-31,1234567,0.5,true,2024-01-31T12:00:00Z\n\
             02,\"Huế,\nthành phố\",2024-01-05,,12.25,false,2024-02-01T00:00:00Z\n\
             03, ,,850,,true,\n"
        );
        let batch = written.parquet();
        assert_eq!(batch.schema().field(1).name(), "ten_goi");
        assert_eq!(batch.schema().field(1).metadata()["title"], "Tên, gọi");
        assert_eq!(batch.column(0).as_string::<i32>().value(0), "01");
        assert_eq!(batch.column(2).as_primitive::<Date32Type>().value(0), 20088);
        assert_eq!(batch.column(3).as_primitive::<Int64Type>().value(0), 1_234_567);
        assert!(batch.column(3).is_null(1) && batch.column(6).is_null(2));
        assert_eq!(batch.column(4).as_primitive::<Float64Type>().value(1), 12.25);

        let changed = |code, column| {
            written.outcome.changed.iter().find(|c| (c.code, c.column) == (code, column)).map(|c| c.count)
        };
        assert_eq!(changed(ChangeCode::ShortRowPadded, None), Some(1));
        assert_eq!(changed(ChangeCode::NullToken, Some(3)), Some(1));
        assert_eq!(changed(ChangeCode::NumberRewritten, Some(3)), Some(1));
        assert_eq!(changed(ChangeCode::NumberRewritten, Some(4)), Some(2));
        assert_eq!(changed(ChangeCode::DateRewritten, Some(2)), Some(1));
        assert_eq!(changed(ChangeCode::ZoneNormalised, Some(6)), Some(1));
        assert_eq!(changed(ChangeCode::WordAsBoolean, Some(5)), Some(3));
        assert!(!written.folder.path().join(SET_ASIDE).exists());
    }

    #[test]
    fn misfits_and_overlong_rows_are_set_aside_with_everything_they_hold() {
        let mut source = Memory::column("Số", (0..100).map(|i| i.to_string()));
        source.rows[7][0] = "bảy".to_owned();
        source.rows[9].push("thừa".to_owned());
        source.rows[11].push(" ".to_owned());
        let written = written(&source);
        let outcome = &written.outcome;
        assert_eq!((outcome.rows, outcome.set_aside.count), (98, 2));
        let misfit = SetAsideRow { number: 9, code: AsideCode::NotInteger, column: Some(0), value: "bảy".to_owned() };
        assert_eq!(outcome.set_aside.listed[0], misfit);
        assert_eq!(outcome.set_aside.listed[1].code, AsideCode::TooManyCells);
        let lines = fs::read_to_string(written.folder.path().join(SET_ASIDE)).unwrap();
        assert_eq!(
            lines.lines().next(),
            Some(r#"{"row":9,"code":"not-integer","column":"Số","cells":["bảy","giữ chỗ"]}"#)
        );
        assert_eq!(lines.lines().count(), 2);
        let again: AsideLine<String> = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
        assert_eq!((again.row, again.cells.len(), again.others.len()), (9, 2, 0));
        assert_eq!(outcome.changed, [Change { code: ChangeCode::EmptyCellDropped, column: None, count: 1 }]);
        assert_eq!(outcome.columns[0].profile.as_ref().unwrap().rows, 98);
    }

    #[test]
    fn every_fault_of_a_row_set_aside_is_told() {
        let mut rows: Vec<Vec<String>> =
            (0..100).map(|i| vec![i.to_string(), "x".to_owned(), format!("2024-01-{:02}", i % 28 + 1)]).collect();
        rows[50] = ["năm mươi", "x", "hôm qua"].map(str::to_owned).to_vec();
        let header = ["Số", "Chữ", "Ngày"].map(str::to_owned).to_vec();
        let written = written(&Memory { header, rows, numbers: NumberForm::Written });
        let lines = fs::read_to_string(written.folder.path().join(SET_ASIDE)).unwrap();
        let line: AsideLine<String> = serde_json::from_str(lines.trim_end()).unwrap();
        assert_eq!((line.column.as_deref(), line.code), (Some("Số"), AsideCode::NotInteger));
        assert_eq!(line.others, [Fault { column: "Ngày".to_owned(), code: AsideCode::NotDate }]);
    }

    #[test]
    fn zeros_that_a_spreadsheet_dropped_are_given_back_and_counted() {
        let mut source = Memory::new(
            &["Mã xã", "Tên"],
            &[&["4", "a"], &[" 123 ", "b"], &["01234", "c"], &["", "d"], &["12-3", "e"], &["123456", "g"]],
        );
        source.numbers = NumberForm::Plain;
        let choices = Choices { widths: [("Mã xã".to_owned(), 5)].into(), ..Choices::default() };
        let written = written_with(&source, &choices, &Limits::default()).unwrap();
        assert_eq!(written.csv(), "Mã xã,Tên\n00004,a\n00123,b\n01234,c\n,d\n12-3,e\n123456,g\n");
        let column = &written.outcome.columns[0];
        assert_eq!((column.kind, column.reason.clone(), column.notes.len()), (Kind::Text, Reason::Chosen, 0));
        assert_eq!(written.outcome.changed, [Change { code: ChangeCode::ZerosFilled, column: Some(0), count: 2 }]);
        assert_eq!(written.parquet().column(0).as_string::<i32>().value(0), "00004");
        assert_eq!(column.profile.as_ref().unwrap().rows, 6);
    }

    #[test]
    fn a_table_most_of_whose_rows_do_not_fit_is_refused_and_leaves_nothing() {
        let mut source = Memory::column("x", (0..10).map(|i| i.to_string()));
        source.rows[..6].iter_mut().for_each(|row| row.push("thừa".to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let plan = plan(&source);
        let error = write(&source, &plan, folder.path(), &Limits::default(), &mut |_| ()).unwrap_err();
        assert!(error.has("most-rows-set-aside"));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn the_same_input_gives_the_same_bytes() {
        let cells = (0..20_000).map(|i| format!("hộ {}", i * 7919 % 15_013));
        let source = Memory::column("Hộ", cells);
        let bytes = |name| {
            [written(&source), written(&source)].map(|written| fs::read(written.folder.path().join(name)).unwrap())
        };
        for name in [PARQUET, CSV] {
            let [first, second] = bytes(name);
            assert!(first == second, "{name}");
        }
        assert_eq!(written(&source).outcome, written(&source).outcome);
    }

    #[test]
    fn row_groups_and_pages_are_bounded_and_indexed() {
        let source = Memory::column("x", (0..150_000).map(|i| (i % 1000).to_string()));
        let file = File::open(written(&source).folder.path().join(PARQUET)).unwrap();
        let options = datafusion::parquet::arrow::arrow_reader::ArrowReaderOptions::new()
            .with_page_index_policy(datafusion::parquet::file::metadata::PageIndexPolicy::Required);
        let builder = ParquetRecordBatchReaderBuilder::try_new_with_options(file, options).unwrap();
        let metadata = builder.metadata();
        assert_eq!(metadata.file_metadata().created_by(), Some("khomo"));
        assert_eq!(metadata.row_groups().iter().map(|group| group.num_rows()).collect::<Vec<_>>(), [131_072, 18_928]);
        let pages = metadata.offset_index().unwrap()[0][0].page_locations();
        assert_eq!((pages.len(), pages[1].first_row_index), (64, 2048));
        assert!(metadata.row_group(0).column(0).statistics().is_some());
    }

    #[test]
    fn a_wide_table_ends_row_groups_early() {
        let header: Vec<String> = (0..600).map(|i| format!("c{i}")).collect();
        let rows = (0..2000).map(|row| (0..600).map(|i| (row * 7 + i).to_string()).collect()).collect();
        let source = Memory { header, rows, numbers: NumberForm::Written };
        let limits = Limits { profile: 8 << 20, batch: 1 << 20, row_group: 4 << 20 };
        let written = written_with(&source, &Choices::default(), &limits).unwrap();
        let file = File::open(written.folder.path().join(PARQUET)).unwrap();
        assert!(ParquetRecordBatchReaderBuilder::try_new(file).unwrap().metadata().num_row_groups() > 1);
        assert_eq!(written.parquet().num_rows(), 2000);
    }

    #[test]
    fn a_choice_of_text_keeps_every_cell() {
        let source = Memory::column("x", ["1,50", "-", " 2 ", ""]);
        let choices = Choices { kinds: [("x".to_owned(), Kind::Text)].into(), ..Choices::default() };
        let written = written_with(&source, &choices, &Limits::default()).unwrap();
        assert_eq!(written.csv(), "x,Ghi chú\n\"1,50\",giữ chỗ\n-,giữ chỗ\n 2 ,giữ chỗ\n,giữ chỗ\n");
    }

    #[test]
    fn a_profile_says_what_the_column_holds() {
        let written = written(&Memory::column("x", ["1,5", "2,5", "2,5", "", "-4"]));
        let profile = written.outcome.columns[0].profile.clone().unwrap();
        assert_eq!((profile.rows, profile.nulls, profile.distinct.value), (5, 1, 3));
        assert_eq!(profile.top, [("2.5".to_owned(), 2), ("-4".to_owned(), 1), ("1.5".to_owned(), 1)]);
        assert_eq!(
            (profile.min.as_deref(), profile.max.as_deref(), profile.mean),
            (Some("-4"), Some("2.5"), Some(0.625))
        );
        let histogram = profile.histogram.unwrap();
        assert_eq!((histogram.edges[0].as_str(), histogram.counts.iter().sum::<u64>()), ("-4", 4));
    }

    /// A value, and how people write it.
    fn number_text(value: i64, decimals: usize, form: usize) -> String {
        let (point, group) = [(".", ""), (",", "."), (".", ","), (",", " ")][form];
        let digits = format!("{:0width$}", value.unsigned_abs(), width = decimals + 1);
        let (whole, after) = digits.split_at(digits.len() - decimals);
        let mut text = String::new();
        for (index, digit) in whole.chars().enumerate() {
            if index > 0 && (whole.len() - index) % 3 == 0 {
                text.push_str(group);
            }
            text.push(digit);
        }
        let sign = if value < 0 { "-" } else { "" };
        if decimals > 0 { format!("{sign}{text}{point}{after}") } else { format!("{sign}{text}") }
    }

    fn texts(batch: &RecordBatch, column: usize) -> Vec<String> {
        (0..batch.num_rows()).map(|row| array_value_to_string(batch.column(column), row).unwrap()).collect()
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]

        #[test]
        fn typed_tables_come_back_with_the_same_values(
            rows in proptest::collection::vec(
                (proptest::option::of(-999_999_999i64..999_999_999), -99_999_999i64..99_999_999, 0i32..40_000, "[a-zđôế,\"\n ]{0,8}", 0usize..2), 1..40),
            form in 0usize..4,
            day_first: bool,
        ) {
            let mut source = Memory { header: ["n", "d", "t", "s", "b"].map(str::to_owned).to_vec(), rows: Vec::new(), numbers: NumberForm::Written };
            // Two rows that prove what the random ones may leave open.
            let proof = (Some(1_234_567), 12_345_678_901, 19_722, "chữ".to_owned(), 0);
            let rows: Vec<_> = [proof.clone(), (Some(-1_234_567), 5, 19_753, "chữ".to_owned(), 1)].into_iter().chain(rows).collect();
            for (n, d, t, s, b) in &rows {
                let (year, month, day) = super::super::typing::date::civil_from_days(*t);
                let date = if day_first { format!("{day:02}/{month:02}/{year}") } else { format!("{year}-{month:02}-{day:02}") };
                source.rows.push(vec![
                    n.map_or("-".to_owned(), |n| number_text(n, 0, form)),
                    number_text(*d, 2, form),
                    date,
                    s.clone(),
                    ["có", "không"][*b].to_owned(),
                ]);
            }
            let written = written(&source);
            let kinds: Vec<_> = written.outcome.columns.iter().map(|column| column.kind).collect();
            proptest::prop_assert_eq!(kinds, [Kind::Integer, Kind::Decimal, Kind::Date, Kind::Text, Kind::Boolean]);
            let batch = written.parquet();
            proptest::prop_assert_eq!(batch.num_rows(), rows.len());
            for (index, (n, d, t, s, b)) in rows.iter().enumerate() {
                let integers = batch.column(0).as_primitive::<Int64Type>();
                proptest::prop_assert_eq!(integers.is_valid(index).then(|| integers.value(index)), *n);
                proptest::prop_assert_eq!(batch.column(1).as_primitive::<Float64Type>().value(index), *d as f64 / 100.0);
                proptest::prop_assert_eq!(batch.column(2).as_primitive::<Date32Type>().value(index), *t);
                let strings = batch.column(3).as_string::<i32>();
                proptest::prop_assert_eq!(if strings.is_valid(index) { strings.value(index) } else { "" }, s);
                proptest::prop_assert_eq!(batch.column(4).as_boolean().value(index), *b == 0);
            }
            for column in &written.outcome.columns {
                let profile = column.profile.as_ref().unwrap();
                proptest::prop_assert_eq!(profile.rows, rows.len() as u64);
                proptest::prop_assert!(profile.distinct.value <= profile.rows - profile.nulls);
                proptest::prop_assert_eq!(profile.histogram.is_some(), column.kind != Kind::Boolean && profile.nulls < profile.rows);
                if let Some(histogram) = &profile.histogram {
                    proptest::prop_assert_eq!(histogram.counts.iter().sum::<u64>(), profile.rows - profile.nulls);
                    proptest::prop_assert_eq!(histogram.edges.len(), histogram.counts.len() + 1);
                }
                let top: u64 = profile.top.iter().map(|(_, count)| count).sum();
                proptest::prop_assert!(top <= profile.rows - profile.nulls);
            }
        }

        #[test]
        fn the_rows_set_aside_are_those_that_the_decision_foretold(
            good in proptest::sample::select(vec!["7", "1.5", "1,5", "31/12/2024", "2024-12-31T10:00:00Z", "1.234.567", "1.5e3"]),
            odd in proptest::sample::select(vec![
                "x", "1.5", "1,5", "1.234", "1,234", "1.234.567", "1e400", "1e-400", "123456789012345678", "123.456.789.012.345.678.901.234.567",
                "0.12345678901234567890", "+84912345678", "007", "12/31/2024", "31/02/2024", "2024-12-31", "2024-12-31 10:00", "có", "true", "-"]),
        ) {
            let source = Memory::column("x", std::iter::repeat_n(good, 99).chain([odd]));
            let written = written(&source);
            let column = &written.outcome.columns[0];
            proptest::prop_assert_eq!(written.outcome.set_aside.count, column.misfits, "{:?}", column);
        }

        #[test]
        fn the_canonical_csv_reads_as_the_same_table(
            cells in proptest::collection::vec(
                proptest::sample::select(vec![
                    "1", "-0", "1,5", "1.5", "12.0", "1e300", "1e-7", "0.30000000000000004", "12345678901234567.89", "2024-01-05", "31/12/2024",
                    "2024-01-05 10:00", "2024-01-05T10:00:00.5Z", "có", "không", "true", "007", "-", "x", "", "a\"b", "c,d", " e "]), 1..8),
        ) {
            let first = written(&Memory::column("x", cells));
            let again = written(&read_csv(&first.csv()));
            proptest::prop_assert_eq!(first.csv(), again.csv());
            let (one, two) = (first.parquet(), again.parquet());
            // A column whose cells are all null has nothing that could say its type.
            if one.column(0).null_count() < one.num_rows() {
                proptest::prop_assert_eq!(one.schema(), two.schema());
            }
            proptest::prop_assert_eq!(texts(&one, 0), texts(&two, 0));
        }
    }
}
