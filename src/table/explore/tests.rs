//! Queries held against a naive model: addresses, filters, order, pages, groups, files.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use datafusion::arrow::array::{ArrayRef, Int64Array, RecordBatch};
use datafusion::arrow::datatypes::{Field, Schema};
use datafusion::parquet::arrow::ArrowWriter;
use datafusion::parquet::file::properties::{EnabledStatistics, WriterProperties};
use futures_util::TryStreamExt;
use proptest::prelude::*;

use super::*;
use crate::kernel::Lang;
use crate::kernel::text::fold;
use crate::platform::columnar::{self, Table};
use crate::platform::files::{Files, S3};
use crate::table::explore::evaluate::Orders;
use crate::table::ingest::report::{Column, Form, Kind, Reason, Storage};

const VIETNAMESE: Reader = Reader { lang: Lang::Vi, offset_minutes: 420 };
const ENGLISH: Reader = Reader { lang: Lang::En, offset_minutes: 420 };
const WORDS: [&str; 8] = ["Kim Sơn", "kim son", "Đồng Xuân", "Dong Xuan", "An Lạc", "an lạc", "Ấn", "Sơn, \"Kim\""];
const KEYS: [&str; 7] = ["stt", "ten", "so", "gia", "tien", "ngay", "dung"];

fn column(key: &str, title: &str, storage: Storage) -> Column {
    Column {
        title: title.to_owned(),
        key: key.to_owned(),
        kind: storage.kind(),
        storage,
        reason: Reason::Words,
        notes: Vec::new(),
        form: Form::default(),
        examples: Vec::new(),
        misfits: 0,
        profile: None,
    }
}

fn columns() -> Vec<Column> {
    vec![
        column("stt", "STT", Storage::Int64),
        column("ten", "Tên xã", Storage::Text),
        column("so", "Dân số", Storage::Int64),
        column("gia", "Giá", Storage::Float64),
        column("tien", "Tiền", Storage::Decimal128 { scale: 2 }),
        column("ngay", "Ngày", Storage::Date32),
        column("dung", "Đúng", Storage::Boolean),
    ]
}

/// A row without its number: the cells of all columns but the first.
type Row = Vec<Option<Value>>;

fn day(days: i64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 2, 25).unwrap() + chrono::TimeDelta::days(days)
}

fn values(storage: Storage) -> BoxedStrategy<Value> {
    match storage {
        Storage::Text => prop::sample::select(WORDS.to_vec()).prop_map(|word| Value::Text(word.to_owned())).boxed(),
        Storage::Int64 => (-3i64..4).prop_map(Value::Integer).boxed(),
        Storage::Float64 => (-6i32..6).prop_map(|n| Value::Double(f64::from(n) / 4.0)).boxed(),
        Storage::Decimal128 { scale } => (-300i128..300).prop_map(move |n| Value::Exact(n, scale)).boxed(),
        Storage::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        Storage::Date32 => (0i64..8).prop_map(|days| Value::Date(day(days))).boxed(),
        Storage::Timestamp { utc } => any::<i32>().prop_map(move |n| Value::Moment(i64::from(n), utc)).boxed(),
    }
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let cells: Vec<_> =
        columns()[1..].iter().map(|column| prop::option::weighted(0.8, values(column.storage))).collect();
    prop::collection::vec(cells, 0..60)
}

fn filters() -> impl Strategy<Value = Vec<Filter>> {
    let one = (1..KEYS.len()).prop_flat_map(|at| {
        let column = columns()[at].clone();
        let value = || values(column.storage);
        let text = || (prop::sample::select(vec!["son", "Sơn", "k", "đ", "an l"]), any::<bool>());
        let test = match column.kind {
            Kind::Text => prop_oneof![
                text().prop_map(|(text, exact)| Test::Contains { text: text.to_owned(), exact }),
                text().prop_map(|(text, exact)| Test::Starts { text: text.to_owned(), exact }),
                value().prop_map(Test::Is),
                value().prop_map(Test::Greater),
                prop::collection::vec(value(), 1..3).prop_map(Test::OneOf),
                Just(Test::Empty),
            ]
            .boxed(),
            Kind::Boolean => {
                prop_oneof![value().prop_map(Test::Is), value().prop_map(Test::Not), Just(Test::Filled)].boxed()
            }
            _ => prop_oneof![
                value().prop_map(Test::Is),
                value().prop_map(Test::Not),
                value().prop_map(Test::Less),
                value().prop_map(Test::Most),
                value().prop_map(Test::Greater),
                value().prop_map(Test::Least),
                (value(), value()).prop_map(|(a, b)| if a.is_after(&b) {
                    Test::Between(b, a)
                } else {
                    Test::Between(a, b)
                }),
                prop::collection::vec(value(), 1..4).prop_map(Test::OneOf),
                Just(Test::Empty),
                Just(Test::Filled),
            ]
            .boxed(),
        };
        test.prop_map(move |test| Filter { column: column.key.clone(), test })
    });
    prop::collection::vec(one, 0..3).prop_map(|filters| {
        // Two lists of one column are one list in an address.
        let mut query = Query::default();
        filters.into_iter().for_each(|filter| query.add(filter));
        query.filters
    })
}

fn keys(most: usize) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(KEYS.to_vec(), 0..=most)
        .prop_shuffle()
        .prop_map(|keys| keys.into_iter().map(str::to_owned).collect())
}

fn queries() -> impl Strategy<Value = Query> {
    let sort = (keys(3), prop::collection::vec(any::<bool>(), 3));
    (filters(), sort, keys(4), 1u64..9, 1u64..4).prop_map(|(filters, (names, downs), columns, rows, page)| {
        let sort = names.into_iter().zip(downs).map(|(name, descending)| SortKey { name, descending }).collect();
        Query { filters, sort, columns, rows, page, ..Query::default() }
    })
}

fn grouped() -> impl Strategy<Value = Query> {
    let group = prop::sample::subsequence(vec!["ten", "dung", "ngay", "tien", "ngay.month", "ngay.quarter"], 0..=2);
    (filters(), group, any::<bool>(), 1u64..9).prop_map(|(filters, group, descending, rows)| {
        let of = |operation, key: &str| Measure::Of(operation, key.to_owned());
        Query {
            filters,
            group: group.into_iter().map(str::to_owned).collect(),
            measures: vec![
                Measure::Rows,
                of(Operation::Sum, "so"),
                of(Operation::Distinct, "so"),
                of(Operation::Min, "ngay"),
                of(Operation::Max, "tien"),
                of(Operation::Count, "ten"),
                of(Operation::Average, "gia"),
            ],
            sort: vec![SortKey { name: "sum.so".to_owned(), descending }],
            rows,
            ..Query::default()
        }
    })
}

/// A table in a folder of its own, with small row groups and pages.
struct Stored {
    _folder: tempfile::TempDir,
    explorer: Explorer,
}

async fn stored(rows: &[Row]) -> Stored {
    let folder = tempfile::tempdir().unwrap();
    let columns = columns();
    let fields: Vec<Field> =
        columns.iter().map(|column| Field::new(&column.key, column.storage.data_type(), true)).collect();
    let schema = Arc::new(Schema::new(fields));
    let mut arrays: Vec<ArrayRef> = vec![Arc::new(Int64Array::from_iter_values(0..rows.len() as i64))];
    for (at, column) in columns[1..].iter().enumerate() {
        let cells: Vec<ArrayRef> = rows
            .iter()
            .map(|row| match &row[at] {
                Some(value) => Value::array(&[value], column.storage).unwrap(),
                None => datafusion::arrow::array::new_null_array(&column.storage.data_type(), 1),
            })
            .collect();
        let cells: Vec<&dyn datafusion::arrow::array::Array> = cells.iter().map(AsRef::as_ref).collect();
        arrays.push(if cells.is_empty() {
            datafusion::arrow::array::new_empty_array(&column.storage.data_type())
        } else {
            datafusion::arrow::compute::concat(&cells).unwrap()
        });
    }
    let batch = RecordBatch::try_new(Arc::clone(&schema), arrays).unwrap();
    let properties = WriterProperties::builder()
        .set_max_row_group_row_count(Some(20))
        .set_data_page_row_count_limit(4)
        .set_write_batch_size(4)
        .set_statistics_enabled(EnabledStatistics::Page)
        .build();
    let path = folder.path().join("written");
    let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), schema, Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    let files = Files::open(folder.path().join("files").to_str().unwrap(), &S3::default()).unwrap();
    files.put_file("tables/x/data.parquet", &path).await.unwrap();
    let table = Table::open(&files, "tables/x/data.parquet").await.unwrap();
    let explorer = Explorer::new(table, "tables/x/data.parquet", columns, folder.path(), &Orders::default(), 420);
    Stored { _folder: folder, explorer }
}

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a, b) {
        // Less or greater than a text is by its characters.
        (Value::Text(a), Value::Text(b)) => a.as_bytes().cmp(b.as_bytes()),
        _ if a.is_after(b) => Ordering::Greater,
        _ if b.is_after(a) => Ordering::Less,
        _ => Ordering::Equal,
    }
}

fn holds(cell: Option<&Value>, test: &Test) -> bool {
    let Some(cell) = cell else { return matches!(test, Test::Empty | Test::Not(_)) };
    let text = || if let Value::Text(text) = cell { text.clone() } else { panic!("no text") };
    match test {
        Test::Is(value) => compare(cell, value).is_eq(),
        Test::Not(value) => compare(cell, value).is_ne(),
        Test::Less(value) => compare(cell, value).is_lt(),
        Test::Most(value) => compare(cell, value).is_le(),
        Test::Greater(value) => compare(cell, value).is_gt(),
        Test::Least(value) => compare(cell, value).is_ge(),
        Test::Between(from, to) => compare(cell, from).is_ge() && compare(cell, to).is_le(),
        Test::OneOf(values) => values.iter().any(|value| compare(cell, value).is_eq()),
        Test::Contains { text: wanted, exact: true } => text().contains(wanted.as_str()),
        Test::Contains { text: wanted, exact: false } => fold(&text()).contains(&fold(wanted)),
        Test::Starts { text: wanted, exact: true } => text().starts_with(wanted.as_str()),
        Test::Starts { text: wanted, exact: false } => fold(&text()).starts_with(&fold(wanted)),
        Test::Empty => false,
        Test::Filled => true,
    }
}

/// The numbers of the rows that a query finds, in its order.
fn expected(rows: &[Row], query: &Query) -> Vec<usize> {
    let cell = |row: usize, key: &str| match KEYS.iter().position(|known| *known == key).unwrap() {
        0 => Some(Value::Integer(row as i64)),
        at => rows[row][at - 1].clone(),
    };
    let mut found: Vec<usize> = (0..rows.len())
        .filter(|row| query.filters.iter().all(|filter| holds(cell(*row, &filter.column).as_ref(), &filter.test)))
        .collect();
    found.sort_by(|a, b| {
        let by = |key: &SortKey| match (cell(*a, &key.name), cell(*b, &key.name)) {
            (None, None) => Ordering::Equal,
            (None, _) => Ordering::Greater,
            (_, None) => Ordering::Less,
            (Some(a), Some(b)) => {
                let order = match (&a, &b) {
                    (Value::Text(a), Value::Text(b)) => (fold(a), a).cmp(&(fold(b), b)),
                    _ => compare(&a, &b),
                };
                if key.descending { order.reverse() } else { order }
            }
        };
        query.sort.iter().map(by).fold(Ordering::Equal, Ordering::then)
    });
    found
}

fn plain(value: &columnar::Value) -> String {
    match value {
        columnar::Value::Null => String::new(),
        columnar::Value::Text(text) | columnar::Value::Exact(text) => text.clone(),
        columnar::Value::Integer(number) => number.to_string(),
        columnar::Value::Decimal(number) => number.to_string(),
        columnar::Value::Boolean(yes) => yes.to_string(),
        columnar::Value::Date(date) => date.to_string(),
        columnar::Value::DateTime(at, _) => at.0.to_string(),
    }
}

async fn all_pages(explorer: &Explorer, query: &Query) -> Vec<Vec<columnar::Value>> {
    let mut rows = Vec::new();
    for page in 1.. {
        let found = explorer.page(&Query { page, ..query.clone() }).await.unwrap();
        assert!(found.rows.len() as u64 <= query.rows);
        if found.page < page {
            assert_eq!(rows.len() as u64, found.total);
            break;
        }
        rows.extend(found.rows);
        if rows.is_empty() {
            break;
        }
    }
    rows
}

async fn lines(explorer: &Explorer, query: &Query) -> Vec<String> {
    let parts: Vec<bytes::Bytes> = csv(explorer, query).await.unwrap().try_collect().await.unwrap();
    String::from_utf8(parts.concat()).unwrap().lines().map(str::to_owned).collect()
}

fn parse(pairs: &[(&str, &str)], reader: &Reader) -> (Query, Vec<crate::kernel::Problem>) {
    let pairs: Vec<(String, String)> =
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    Query::parse(&pairs, &columns(), reader)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_address_reads_back_as_its_query_in_both_languages(query in prop_oneof![queries(), grouped()]) {
        for reader in [VIETNAMESE, ENGLISH] {
            let (read, problems) = Query::parse(&write(&query), &columns(), &reader);
            prop_assert_eq!(problems, Vec::new());
            prop_assert_eq!(&read, &query);
        }
    }

    #[test]
    fn pages_and_files_hold_what_a_naive_reader_finds(rows in rows(), query in queries()) {
        block(async {
            let stored = stored(&rows).await;
            // The row's number is shown, so that rows can be told apart.
            let query = Query { columns: vec!["ten".to_owned(), "stt".to_owned()], ..query };
            let expected: Vec<String> = expected(&rows, &query).iter().map(ToString::to_string).collect();
            let paged: Vec<String> = all_pages(&stored.explorer, &query).await.iter().map(|row| plain(&row[1])).collect();
            assert_eq!(paged, expected, "{query:?}");
            let file = lines(&stored.explorer, &query).await;
            assert_eq!(file[0], "Tên xã,STT");
            let numbers: Vec<&str> = file[1..].iter().map(|line| line.rsplit(',').next().unwrap()).collect();
            assert_eq!(numbers, expected, "{query:?}");
        });
    }

    #[test]
    fn groups_say_what_a_naive_reader_counts(rows in rows(), query in grouped()) {
        block(async {
            let stored = stored(&rows).await;
            let at = |key: &str| KEYS.iter().position(|known| *known == key).unwrap() - 1;
            let mut groups: BTreeMap<Vec<Option<String>>, Vec<usize>> = BTreeMap::new();
            for row in expected(&rows, &Query { sort: Vec::new(), ..query.clone() }) {
                let part = |name: &String| {
                    let (key, step) = Step::split(name);
                    rows[row][at(key)].as_ref().map(|value| match (step, value) {
                        (Some(step), Value::Date(day)) => step.text(*day),
                        (_, value) => value.to_string(),
                    })
                };
                let key = query.group.iter().map(part).collect();
                groups.entry(key).or_default().push(row);
            }
            if query.group.is_empty() && groups.is_empty() {
                groups.insert(Vec::new(), Vec::new());
            }
            let mut wanted: BTreeSet<Vec<String>> = BTreeSet::new();
            for (key, members) in &groups {
                let cells = |key: &str| members.iter().filter_map(|row| rows[*row][at(key)].as_ref()).collect::<Vec<_>>();
                let numbers: Vec<i64> = cells("so").iter().filter_map(|value| value.to_string().parse().ok()).collect();
                let sum = if numbers.is_empty() { String::new() } else { numbers.iter().sum::<i64>().to_string() };
                let prices: Vec<f64> = cells("gia").iter().filter_map(|value| value.to_string().parse().ok()).collect();
                let mean = prices.iter().sum::<f64>() / prices.len() as f64;
                let mean = format!("{mean:.14e}").parse().unwrap_or(mean) + 0.0;
                let mut line: Vec<String> = key.iter().map(|part| part.clone().unwrap_or_default()).collect();
                line.extend([
                    members.len().to_string(),
                    sum,
                    numbers.iter().collect::<BTreeSet<_>>().len().to_string(),
                    cells("ngay").into_iter().min_by(|a, b| compare(a, b)).map_or(String::new(), ToString::to_string),
                    cells("tien").into_iter().max_by(|a, b| compare(a, b)).map_or(String::new(), ToString::to_string),
                    cells("ten").len().to_string(),
                    if prices.is_empty() { String::new() } else { mean.to_string() },
                ]);
                wanted.insert(line);
            }
            let paged: Vec<Vec<String>> =
                all_pages(&stored.explorer, &query).await.iter().map(|row| row.iter().map(plain).collect()).collect();
            assert_eq!(paged.iter().cloned().collect::<BTreeSet<_>>(), wanted, "{query:?}");
            assert_eq!(paged.len(), wanted.len());
            let sums: Vec<Option<i64>> = paged.iter().map(|row| row[query.group.len() + 1].parse().ok()).collect();
            let in_order = sums.windows(2).all(|pair| match (pair[0], pair[1]) {
                (None, next) => next.is_none(),
                (Some(_), None) => true,
                (Some(a), Some(b)) => if query.sort[0].descending { a >= b } else { a <= b },
            });
            assert!(in_order, "{sums:?}");
            assert_eq!(lines(&stored.explorer, &query).await.len(), wanted.len() + 1);
        });
    }

    #[test]
    fn no_address_makes_it_fail(pairs in prop::collection::vec(("(filter\\.(ten|so|gia|ngay|x)\\.(eq|lt|between|in|contains|\\PC{0,3})|sort|group|measure|columns|rows|page|\\PC{0,8})", "(\\PC{0,12}|-?[0-9.,/:T-]{0,14})"), 0..6)) {
        let (query, problems) = Query::parse(&pairs, &columns(), &VIETNAMESE);
        // What was read is written so that it reads back without a problem.
        let (again, none) = Query::parse(&write(&query), &columns(), &ENGLISH);
        prop_assert_eq!(none, Vec::new(), "{:?}", problems);
        prop_assert_eq!(again, query);
    }
}

#[test]
fn values_are_read_in_the_readers_form_and_kept_in_one() {
    let all = columns();
    let typed = |key: &str, text: &str, reader: &Reader| {
        let column = all.iter().find(|column| column.key == key).unwrap();
        Value::read(column, text, Written::Typed, reader).map(|value| value.to_string()).map_err(|problem| problem.code)
    };
    for (key, text, reader, value) in [
        ("so", "1.234", VIETNAMESE, Ok("1234")),
        ("so", "1,234", ENGLISH, Ok("1234")),
        ("so", "1 234", VIETNAMESE, Ok("1234")),
        ("so", "−5", VIETNAMESE, Ok("-5")),
        ("so", "1,5", VIETNAMESE, Err("explore-value-integer")),
        ("so", "abc", VIETNAMESE, Err("explore-value-integer")),
        ("so", "", VIETNAMESE, Err("explore-value-missing")),
        ("gia", "1.234,56", VIETNAMESE, Ok("1234.56")),
        ("gia", "1,234.56", ENGLISH, Ok("1234.56")),
        ("gia", "1.5", VIETNAMESE, Ok("1.5")),
        ("gia", "inf", VIETNAMESE, Err("explore-value-decimal")),
        ("tien", "12,5", VIETNAMESE, Ok("12.50")),
        ("tien", "12,505", VIETNAMESE, Err("explore-value-precise")),
        ("ngay", "05/01/2026", VIETNAMESE, Ok("2026-01-05")),
        ("ngay", "2026-01-05", ENGLISH, Ok("2026-01-05")),
        ("ngay", "31/02/2026", VIETNAMESE, Err("explore-value-date")),
        ("dung", "Có", VIETNAMESE, Ok("true")),
        ("dung", "maybe", ENGLISH, Err("explore-value-boolean")),
    ] {
        assert_eq!(typed(key, text, &reader), value.map(str::to_owned), "{text}");
    }
    // In an address the same text means the same to everybody.
    let column = &all[3];
    for reader in [VIETNAMESE, ENGLISH] {
        assert_eq!(Value::read(column, "1.234", Written::Address, &reader), Ok(Value::Double(1.234)));
    }
    let moment = column_of_moments();
    let at = |text: &str| Value::read(&moment, text, Written::Typed, &VIETNAMESE).map(|value| value.to_string());
    assert_eq!(at("04/09/2026 16:40"), Ok("2026-09-04T09:40:00Z".to_owned()));
    assert_eq!(at("2026-09-04T09:40:00Z"), Ok("2026-09-04T09:40:00Z".to_owned()));
}

fn column_of_moments() -> Column {
    column("luc", "Lúc", Storage::Timestamp { utc: true })
}

#[test]
fn every_wrong_part_of_an_address_is_named() {
    let (query, problems) = parse(
        &[
            ("filter.khong.eq", "1"),
            ("filter.so.like", "1"),
            ("filter.so.contains", "1"),
            ("filter.so.ge", "x"),
            ("filter.so.between", "5"),
            ("filter.so.between", "5..1"),
            ("filter.ten.contains", "kim"),
            ("measure", "sum.ten,median.so"),
            ("group", "ten.month,ngay.week,ngay.month"),
            ("sort", "-khac"),
            ("rows", "5000"),
            ("utm_source", "x"),
        ],
        &VIETNAMESE,
    );
    let found: Vec<(&str, &str)> =
        problems.iter().map(|problem| (problem.code, problem.field.as_deref().unwrap_or_default())).collect();
    assert_eq!(
        found,
        [
            ("explore-measure-kind", "measure"),
            ("explore-unknown-measure", "measure"),
            ("explore-step-kind", "group"),
            ("explore-unknown-step", "group"),
            ("explore-rows", "rows"),
            ("explore-unknown-column", "filter.khong.eq"),
            ("explore-unknown-test", "filter.so.like"),
            ("explore-test-kind", "filter.so.contains"),
            ("explore-value-integer", "filter.so.ge"),
            ("explore-between", "filter.so.between"),
            ("explore-between-turned", "filter.so.between"),
            ("explore-sort-hidden", "sort"),
        ]
    );
    let columns = problems[5].args.iter().find(|(name, _)| *name == "columns").map(|(_, value)| value.clone());
    assert_eq!(columns, Some("stt, ten, so, gia, tien, ngay, dung".into()));
    // What is right stays.
    assert_eq!((query.filters.len(), query.group), (1, vec!["ngay.month".to_owned()]));
}

#[test]
fn too_much_of_anything_is_refused() {
    let many: Vec<(String, String)> =
        (0..=MOST_FILTERS).map(|at| ("filter.so.ne".to_owned(), at.to_string())).collect();
    let (query, problems) = Query::parse(&many, &columns(), &VIETNAMESE);
    assert_eq!((query.filters.len(), problems[0].code), (MOST_FILTERS, "explore-too-many"));
    let long = "x".repeat(LONGEST_VALUE + 1);
    assert_eq!(parse(&[("filter.ten.eq", &long)], &VIETNAMESE).1[0].code, "explore-value-long");
    let list: Vec<(String, String)> = (0..=MOST_VALUES).map(|at| ("filter.so.in".to_owned(), at.to_string())).collect();
    assert_eq!(Query::parse(&list, &columns(), &VIETNAMESE).1[0].code, "explore-values-many");
    let (query, _) = parse(&[("page", "99999999999999999999"), ("group", "ten,ten")], &VIETNAMESE);
    assert_eq!((query.page, query.group.len(), query.measures), (1, 1, vec![Measure::Rows]));
}

#[test]
fn a_page_behind_the_last_is_the_last() {
    block(async {
        let rows: Vec<Row> =
            (0..30).map(|at| vec![None, Some(Value::Integer(at % 3)), None, None, None, None]).collect();
        let stored = stored(&rows).await;
        for sort in [Vec::new(), vec![SortKey { name: "so".to_owned(), descending: true }]] {
            let query = Query { page: u64::MAX, rows: 7, sort, ..Query::default() };
            let found = stored.explorer.page(&query).await.unwrap();
            assert_eq!((found.page, found.total, found.rows.len()), (5, 30, 2));
        }
    });
}

#[test]
fn a_sum_of_exact_decimals_is_exact_or_refused_and_never_another_number() {
    block(async {
        let money = |digits: i128| vec![None, None, None, Some(Value::Exact(digits, 2)), None, None];
        let query = Query { measures: vec![Measure::Of(Operation::Sum, "tien".to_owned())], ..Query::default() };
        let most = 10_i128.pow(38) - 1;
        let exact = stored(&[money(most - 12), money(12)]).await;
        let found = exact.explorer.page(&query).await.unwrap();
        assert_eq!(plain(&found.rows[0][0]), format!("{}.99", "9".repeat(36)));
        let beyond = stored(&[money(most), money(most), money(most), money(most)]).await;
        assert!(beyond.explorer.page(&query).await.unwrap_err().has("explore-too-large"));
    });
}

#[test]
fn a_value_that_a_dictionary_says_once_counts_in_every_row() {
    block(async {
        let word = "polygon ".repeat(1000);
        let rows: Vec<Row> =
            (0..20).map(|_| vec![Some(Value::Text(word.clone())), None, None, None, None, None]).collect();
        let stored = stored(&rows).await;
        assert!(stored.explorer.table.row_bytes(&[1]) >= 8000, "{}", stored.explorer.table.row_bytes(&[1]));
    });
}

#[test]
fn moments_are_gathered_by_the_days_of_the_province() {
    let evening: ArrayRef = Arc::new(
        datafusion::arrow::array::TimestampMicrosecondArray::from(vec![
            // 18:00 UTC on the last day of a year is the next year in the province.
            Some(day_at("2025-12-31").and_hms_opt(18, 0, 0).unwrap().and_utc().timestamp_micros()),
            None,
        ])
        .with_timezone("UTC"),
    );
    for (step, text) in
        [(Step::Year, "2026"), (Step::Quarter, "2026-Q1"), (Step::Month, "2026-01"), (Step::Day, "2026-01-01")]
    {
        let texts = step.texts(&step.starts(&evening, 420).unwrap());
        let texts = datafusion::arrow::array::AsArray::as_string::<i32>(&texts);
        assert_eq!(texts.iter().collect::<Vec<_>>(), [Some(text), None]);
    }
}

fn day_at(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_sample_is_of_the_result_and_steps_count_all_of_it(rows in rows(), filters in filters(), most in 1u32..30) {
        block(async {
            let stored = stored(&rows).await;
            let query = Query { filters, columns: vec!["stt".to_owned()], ..Query::default() };
            let found = expected(&rows, &query);
            let sample = stored.explorer.sample(&query, most).await.unwrap();
            assert_eq!((sample.total, sample.rows.len()), (found.len() as u64, found.len().min(most as usize)));
            let numbers: Vec<usize> = sample.rows.iter().map(|row| plain(&row[0]).parse().unwrap()).collect();
            assert!(numbers.windows(2).all(|pair| pair[0] < pair[1]) && numbers.iter().all(|at| found.contains(at)));
            let mut walked: Vec<usize> = Vec::new();
            let enough = most as usize;
            stored
                .explorer
                .walk(
                    &query,
                    |batch| Ok(columnar::rows_of(&batch)),
                    |rows: Vec<Vec<columnar::Value>>| {
                        walked.extend(rows.iter().map(|row| plain(&row[0]).parse::<usize>().unwrap()));
                        walked.len() < enough
                    },
                )
                .await
                .unwrap();
            assert!(found.starts_with(&walked) && walked.len() >= found.len().min(enough));
            let steps = Counted { first: -3.0, width: 1.5, steps: 4 };
            let counts = stored.explorer.counted(&query, "so", steps).await.unwrap();
            let filled = found.iter().filter(|row| rows[**row][1].is_some()).count() as u64;
            assert_eq!(counts.iter().sum::<u64>(), filled);
        });
    }
}
