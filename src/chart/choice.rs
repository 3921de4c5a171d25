//! Which chart suits a table: by the kinds of its columns and by what their profiles say.

use super::model::Kind;
use crate::kernel::day_of;
use crate::kernel::text::fold;
use crate::table::explore::{Measure, Operation, Step};
use crate::table::ingest::profile::Profile;
use crate::table::ingest::report::{Column, Kind as Of};

/// Different values that a column of categories has at most.
const CATEGORIES: u64 = 60;
/// Rows up to which each is worth a bar of its own.
const NAMED: u64 = 200;

/// What is drawn of a table, in the words of the explorer's queries.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// The kind of chart.
    pub kind: Kind,
    /// What rows are grouped by: x, and the series where there are some. Empty where rows are drawn.
    pub group: Vec<String>,
    /// What is said of a group.
    pub measure: Option<Measure>,
    /// The columns of rows that are drawn: x, y, and the series.
    pub columns: Vec<String>,
}

impl Choice {
    fn grouped(kind: Kind, group: Vec<String>, measure: Measure) -> Self {
        Self { kind, group, measure: Some(measure), columns: Vec::new() }
    }

    fn of_rows(kind: Kind, columns: Vec<String>) -> Self {
        Self { kind, group: Vec::new(), measure: None, columns }
    }
}

/// What the columns of a table are good for.
struct Parts<'a> {
    /// Days and moments that differ.
    times: Vec<&'a Column>,
    /// Years as numbers.
    years: Vec<&'a Column>,
    /// Numbers that can be summed up or averaged.
    measures: Vec<&'a Column>,
    /// Texts and yes-or-no that repeat.
    categories: Vec<&'a Column>,
    /// Texts that name each row.
    names: Vec<&'a Column>,
}

fn profile(column: &Column) -> Option<&Profile> {
    column.profile.as_ref()
}

fn distinct(column: &Column) -> u64 {
    profile(column).map_or(0, |profile| profile.distinct.value)
}

fn filled(column: &Column) -> u64 {
    profile(column).map_or(0, |profile| profile.rows.saturating_sub(profile.nulls))
}

/// Whether a title says that the column numbers its rows or places them, and measures nothing.
fn numbers_rows(column: &Column) -> bool {
    let title = fold(&column.title);
    let mut words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next().unwrap_or_default();
    let place = ["kinh do", "vi do", "toa do", "longitude", "latitude"].iter().any(|name| title.contains(name));
    place || matches!(first, "stt" | "tt" | "ma" | "id" | "code" | "lat" | "lon" | "lng" | "x" | "y")
}

/// Whether a column holds numbers that are worth summing up or averaging.
pub fn is_measure(column: &Column) -> bool {
    matches!(column.kind, Of::Integer | Of::Decimal) && !column.is_year() && !numbers_rows(column)
}

/// Whether a column's numbers are rates: their mean says something, their sum nothing.
fn is_rate(column: &Column, unit: Option<&str>) -> bool {
    let title = fold(&column.title);
    let words = [
        "gia",
        "ty le",
        "ti le",
        "ty suat",
        "mat do",
        "nhiet do",
        "do am",
        "nong do",
        "chi so",
        "diem",
        "muc",
        "binh quan",
        "trung binh",
        "price",
        "rate",
        "ratio",
        "share",
        "density",
        "average",
        "mean",
        "index",
        "score",
        "percent",
        "temperature",
    ];
    // A price is none in the middle of a word: "quoc gia" is a country.
    let begins = words.iter().any(|word| title == *word || title.starts_with(&format!("{word} ")));
    let within = ["ty le", "ti le", "mat do", "binh quan", "trung binh", "average", "percent"];
    begins
        || within.iter().any(|word| title.contains(word))
        || title.contains('%')
        || unit.is_some_and(|unit| unit.contains(['/', '%']))
}

/// What is said of the numbers of a column in groups.
fn measure_of(column: &Column, unit: &dyn Fn(&Column) -> Option<String>) -> Measure {
    let operation = if is_rate(column, unit(column).as_deref()) { Operation::Average } else { Operation::Sum };
    Measure::Of(operation, column.key.clone())
}

impl<'a> Parts<'a> {
    fn of(columns: &'a [Column]) -> Self {
        let mut parts = Self {
            times: Vec::new(),
            years: Vec::new(),
            measures: Vec::new(),
            categories: Vec::new(),
            names: Vec::new(),
        };
        for column in columns {
            match column.kind {
                Of::Date | Of::DateTime if distinct(column) > 1 => parts.times.push(column),
                Of::Integer if column.is_year() && distinct(column) > 1 => parts.years.push(column),
                Of::Integer | Of::Decimal if is_measure(column) && filled(column) > 0 => parts.measures.push(column),
                Of::Text | Of::Boolean if distinct(column) > 1 => {
                    let (different, filled) = (distinct(column), filled(column));
                    if different <= CATEGORIES && different * 2 <= filled {
                        parts.categories.push(column);
                    } else if column.kind == Of::Text && different == filled && !numbers_rows(column) && reads(column) {
                        parts.names.push(column);
                    }
                }
                _ => {}
            }
        }
        parts
    }

    /// The category that is drawn first: one of some values before one of two.
    fn category(&self) -> Option<&'a Column> {
        let some = self.categories.iter().find(|column| (3..=30).contains(&distinct(column)));
        some.or(self.categories.first()).copied()
    }

    /// A category of few values, each of which may be a series.
    fn series(&self, other: &str) -> Option<&'a Column> {
        let few = |most: u64| {
            self.categories.iter().find(|column| column.key != other && (2..=most).contains(&distinct(column)))
        };
        few(6).or_else(|| few(CATEGORIES)).copied()
    }

    fn time(&self) -> Option<String> {
        let day = self.times.first().map(|column| step_for(column).name(&column.key));
        day.or_else(|| self.years.first().map(|column| column.key.clone()))
    }
}

/// Whether values are words and no codes.
fn reads(column: &Column) -> bool {
    column.examples.iter().any(|example| {
        example.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !example.chars().any(|c| c.is_ascii_digit())
            || example.trim().contains(' ')
    })
}

/// The stretch of time by which the days of a column make a line that can be read.
pub fn step_for(column: &Column) -> Step {
    let day = |text: Option<&String>| text.and_then(|text| day_of(text.get(..10)?));
    let bounds = profile(column).and_then(|profile| Some((day(profile.min.as_ref())?, day(profile.max.as_ref())?)));
    let Some((from, to)) = bounds else { return Step::Month };
    match to.signed_duration_since(from).num_days() {
        days if days <= 100 => Step::Day,
        days if days <= 366 * 6 => Step::Month,
        days if days <= 366 * 15 => Step::Quarter,
        _ => Step::Year,
    }
}

/// The chart of a kind that suits a table, or without a kind the one that says most at once; none where nothing can be
/// drawn. `unit` tells the unit of a column where somebody wrote it down.
pub fn suited(columns: &[Column], wanted: Option<Kind>, unit: &dyn Fn(&Column) -> Option<String>) -> Option<Choice> {
    let parts = Parts::of(columns);
    let measure = parts.measures.first().map(|column| measure_of(column, unit));
    let count = || measure.clone().unwrap_or(Measure::Rows);
    let rows = columns.iter().filter_map(profile).map(|profile| profile.rows).max().unwrap_or(0);
    let named = || parts.names.first().filter(|_| rows <= NAMED && measure.is_some()).copied();
    let bars = || {
        let category = parts.category().or_else(named).map(|column| column.key.clone());
        // At last any text: how often each value occurs.
        let text = || {
            let repeats = |column: &&Column| column.kind == Of::Text && distinct(column) > 0;
            columns.iter().filter(repeats).min_by_key(|column| distinct(column)).map(|column| column.key.clone())
        };
        category.or_else(|| parts.time()).or_else(text)
    };
    match wanted {
        Some(Kind::Bar) => bars().map(|x| Choice::grouped(Kind::Bar, vec![x], count())),
        Some(Kind::Stacked) => {
            let x = parts.category().map(|column| column.key.clone()).or_else(|| parts.time())?;
            let series = parts.series(&x)?.key.clone();
            Some(Choice::grouped(Kind::Stacked, vec![x, series], additive(count())))
        }
        Some(Kind::Line) => {
            let x = parts.time()?;
            Some(Choice::grouped(Kind::Line, vec![x], count()))
        }
        Some(Kind::Scatter) => {
            let numbers =
                parts.measures.iter().chain(&parts.times).chain(&parts.years).map(|column| column.key.clone());
            let two: Vec<String> = numbers.take(2).collect();
            (two.len() == 2).then(|| Choice::of_rows(Kind::Scatter, two))
        }
        Some(Kind::Histogram) => {
            let column = parts.measures.iter().chain(&parts.years).next()?;
            Some(Choice::of_rows(Kind::Histogram, vec![column.key.clone()]))
        }
        Some(Kind::Pie) => {
            let column = parts.categories.iter().find(|column| distinct(column) <= 6).copied().or(parts.category())?;
            Some(Choice::grouped(Kind::Pie, vec![column.key.clone()], additive(count())))
        }
        None => {
            // Rows that have names are things, whose days are facts about them; rows without are observations.
            let observed = parts.names.is_empty() && measure.is_some();
            if let (true, Some(x)) = (observed, parts.time()) {
                let series = parts.categories.iter().find(|column| (2..=5).contains(&distinct(column)));
                let group = std::iter::once(x).chain(series.map(|column| column.key.clone())).collect();
                return Some(Choice::grouped(Kind::Line, group, count()));
            }
            let bar = parts.category().or_else(named).map(|column| column.key.clone());
            if let Some(x) = bar {
                return Some(Choice::grouped(Kind::Bar, vec![x], count()));
            }
            if let Some(x) = parts.time() {
                return Some(Choice::grouped(Kind::Line, vec![x], count()));
            }
            let of = |kind| suited(columns, Some(kind), unit);
            of(Kind::Scatter).or_else(|| of(Kind::Histogram)).or_else(|| of(Kind::Bar))
        }
    }
}

/// A measure whose groups make a whole: a mean's own sum.
fn additive(measure: Measure) -> Measure {
    match measure {
        Measure::Of(Operation::Sum | Operation::Count, _) => measure,
        _ => Measure::Rows,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::ingest::profile::Count;
    use crate::table::ingest::report::{Form, Reason, Storage};

    fn column(title: &str, storage: Storage, distinct: u64, rows: u64, bounds: Option<(&str, &str)>) -> Column {
        Column {
            title: title.to_owned(),
            key: fold(title).replace(' ', "_"),
            kind: storage.kind(),
            storage,
            reason: Reason::Words,
            notes: Vec::new(),
            form: Form::default(),
            examples: vec!["Kim Sơn".to_owned()],
            misfits: 0,
            profile: Some(Profile {
                rows,
                nulls: 0,
                distinct: Count { value: distinct, approximate: false },
                top: Vec::new(),
                top_approximate: false,
                shapes: None,
                min: bounds.map(|bounds| bounds.0.to_owned()),
                max: bounds.map(|bounds| bounds.1.to_owned()),
                mean: None,
                histogram: None,
                min_len: None,
                max_len: None,
            }),
        }
    }

    fn told(columns: &[Column], kind: Option<Kind>) -> Option<String> {
        let choice = suited(columns, kind, &|_| None)?;
        let measure = choice.measure.map(|measure| measure.name()).unwrap_or_default();
        Some(
            format!("{} {} {measure} {}", choice.kind.code(), choice.group.join(","), choice.columns.join(","))
                .trim()
                .to_owned(),
        )
    }

    #[test]
    fn the_first_picture_of_a_table_says_something() {
        let day = |distinct, from, to| column("Ngày", Storage::Date32, distinct, 400, Some((from, to)));
        let text = |title, distinct| column(title, Storage::Text, distinct, 400, None);
        let number = |title, distinct| column(title, Storage::Int64, distinct, 400, Some(("0", "5000")));
        // Observations: a line of the mean of a price, by region.
        let prices = [day(200, "2025-01-01", "2026-09-04"), text("Vùng", 3), number("Giá", 300)];
        assert_eq!(told(&prices, None).as_deref(), Some("line ngay.month,vung avg.gia"));
        // Things with names and a founding day: bars of their kinds.
        let schools =
            [text("Tên trường", 400), text("Cấp", 3), number("Số học sinh", 300), day(380, "1950-01-01", "2020-01-01")];
        assert_eq!(told(&schools, None).as_deref(), Some("bar cap sum.so_hoc_sinh"));
        // A code counts nothing.
        assert_eq!(told(&[number("Mã số", 400), text("Loại", 5)], None).as_deref(), Some("bar loai count"));
        let year = column("Năm", Storage::Int64, 20, 400, Some(("2005", "2024")));
        assert_eq!(told(&[year, number("Dân số", 20)], None).as_deref(), Some("line nam sum.dan_so"));
        assert_eq!(
            told(&[number("Dân số", 9), number("Diện tích", 9)], None).as_deref(),
            Some("scatter   dan_so,dien_tich")
        );
        assert_eq!(told(&[number("Dân số", 9)], None).as_deref(), Some("histogram   dan_so"));
        assert_eq!(told(&[], None), None);
        assert_eq!(told(&schools, Some(Kind::Stacked)), None, "one category alone cannot be stacked");
        assert_eq!(told(&prices, Some(Kind::Pie)).as_deref(), Some("pie vung count"), "means make no whole");
    }

    #[test]
    fn the_stretch_of_time_follows_the_span() {
        for (from, to, step) in [
            ("2026-01-01", "2026-02-20", Step::Day),
            ("2024-01-01", "2026-02-20", Step::Month),
            ("2015-01-01", "2026-02-20", Step::Quarter),
            ("1975-01-01", "2026-02-20", Step::Year),
        ] {
            assert_eq!(step_for(&column("Ngày", Storage::Date32, 50, 50, Some((from, to)))), step);
        }
    }
}
