//! The figures of a chart: asked of the explorer, the greatest kept apart and the others put together, and what is not drawn
//! told.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::wish::{Spec, is_additive, unit};
use crate::chart::{
    self, Axis, Bins, Figures, Grid, Kind, Lines, MOST_BARS, MOST_PLACES, MOST_POINTS, MOST_SERIES, Place, Points,
    REST, Series,
};
use crate::http::page::PageCtx;
use crate::http::present;
use crate::kernel::text::truncate;
use crate::kernel::{Error, Problem, Result};
use crate::platform::columnar::Value;
use crate::platform::db::run_blocking;
use crate::table::explore::{Explorer, Heading, MOST_GROUPS, Measure, Operation, Query, Step};
use crate::table::ingest::report::Column;
use crate::web::public::explore::{Facts, cell, group_text, measure_text, title_of};

/// Letters of a name in a chart.
const LONGEST_NAME: usize = 120;

/// What a chart shows, before it is drawn.
pub(super) struct Made {
    /// The figures.
    pub figures: Figures,
    /// What stands along the x axis.
    pub x: String,
    /// What the values are, without their unit.
    pub y: String,
    /// The unit of the values, and of x where it holds numbers.
    pub unit: Option<String>,
    /// Rows that the query found.
    pub rows: u64,
    /// What is not drawn, and why.
    pub notes: Vec<String>,
    /// The title of a series.
    pub by: Option<String>,
    /// Whether x holds years, which have no thousands separators.
    pub years: bool,
}

/// A group.
#[derive(Clone, Default)]
struct Cell {
    value: Option<f64>,
    told: String,
    rows: u64,
    sum: f64,
    count: f64,
}

/// A number as a drawing takes it.
fn number(value: &Value) -> Option<f64> {
    match value {
        #[allow(clippy::cast_precision_loss)] // a drawing
        Value::Integer(number) => Some(*number as f64),
        Value::Decimal(number) => Some(*number).filter(|number| number.is_finite()),
        Value::Exact(digits) => digits.parse().ok().filter(|number: &f64| number.is_finite()),
        Value::Date(day) => Some(days(*day)),
        #[allow(clippy::cast_precision_loss)] // a drawing
        Value::DateTime(at, _) => Some(at.0 as f64 / 86_400_000.0),
        Value::Null | Value::Text(_) | Value::Boolean(_) => None,
    }
}

fn days(day: NaiveDate) -> f64 {
    #[allow(clippy::cast_precision_loss)] // days of dates
    let days = day.signed_duration_since(NaiveDate::default()).num_days() as f64;
    days
}

/// A computed number with the digits that can be trusted.
fn told(page: &PageCtx, number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    let text = if rounded.abs() >= 1000.0 { format!("{rounded:.2}") } else { format!("{rounded:.4}") };
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    present::cell(page, &Value::Exact(text.to_owned())).unwrap_or_default()
}

/// The figures of what is asked for.
///
/// # Errors
/// As [`Explorer::page`]; `chart-too-many-places`, `chart-pie-…` where the rows do not make such a chart.
pub(super) async fn make(page: &PageCtx, facts: &Facts, explorer: &Explorer, spec: &Spec) -> Result<Made> {
    match spec.kind {
        Kind::Scatter => dots(page, facts, explorer, spec).await,
        Kind::Histogram => steps(page, facts, explorer, spec).await,
        _ => groups(page, facts, explorer, spec).await,
    }
}

fn column<'a>(facts: &'a Facts, name: &str) -> Option<&'a Column> {
    let key = Step::split(name).0;
    facts.columns.iter().find(|column| column.key == key)
}

/// The keys of an axis in their order, each with its place by name.
#[derive(Default)]
struct Keys {
    values: Vec<Value>,
    places: HashMap<String, usize>,
}

impl Keys {
    fn place(&mut self, value: &Value) -> usize {
        let name = format!("{value:?}");
        let next = self.values.len();
        *self.places.entry(name).or_insert_with(|| {
            self.values.push(value.clone());
            next
        })
    }
}

async fn groups(page: &PageCtx, facts: &Facts, explorer: &Explorer, spec: &Spec) -> Result<Made> {
    let measure = spec.measure();
    let mut measures = vec![measure.clone()];
    let mut place = |wanted: Measure| {
        let known = measures.iter().position(|known| *known == wanted);
        known.unwrap_or_else(|| {
            measures.push(wanted);
            measures.len() - 1
        })
    };
    let rows_at = place(Measure::Rows);
    // The mean of some groups together comes from their sums and counts.
    let mean = match &measure {
        Measure::Of(Operation::Average, key) => {
            let of = |operation| Measure::Of(operation, key.clone());
            Some((place(of(Operation::Sum)), place(of(Operation::Count))))
        }
        _ => None,
    };
    let query = Query { measures, rows: MOST_GROUPS as u64, ..spec.query.clone() };
    let found = explorer.page(&query).await?;
    let (page, facts, spec) = (page.clone(), facts.clone(), spec.clone());
    // There may be many groups: their work is in the way of no other page.
    run_blocking(move || {
        let width = spec.query.group.len();
        let (mut xs, mut names) = (Keys::default(), Keys::default());
        let mut cells: Vec<Vec<(usize, Cell)>> = Vec::new();
        let mut rows = 0;
        for row in &found.rows {
            let x = xs.place(&row[0]);
            let name = if width > 1 { names.place(&row[1]) } else { names.place(&Value::Null) };
            let value = &row[width];
            let of = |at: usize| number(&row[width + at]).unwrap_or(0.0);
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // a count
            let count_rows = of(rows_at) as u64;
            rows += count_rows;
            let heading = found.headings.get(width).cloned().unwrap_or(Heading::Measure(Measure::Rows, None));
            let one = Cell {
                value: number(value),
                told: cell(&page, &facts.columns, &heading, value).unwrap_or_default(),
                rows: count_rows,
                sum: mean.map_or(0.0, |(sum, _)| of(sum)),
                count: mean.map_or(0.0, |(_, count)| of(count)),
            };
            cells.resize_with(xs.values.len(), Vec::new);
            cells[x].push((name, one));
        }
        let (xs, names) = (xs.values, names.values);
        let groups = Groups { page: &page, facts: &facts, spec: &spec, measure, xs, names, cells, notes: Vec::new() };
        let mut made = groups.made()?;
        made.rows = rows;
        Ok(made)
    })
    .await
}

/// A name as charts have room for it; a letter may carry any number of marks.
fn short(name: &str) -> String {
    let letters: String = name.chars().take(LONGEST_NAME * 8).collect();
    truncate(&letters, LONGEST_NAME)
}

struct Groups<'a> {
    page: &'a PageCtx,
    facts: &'a Facts,
    spec: &'a Spec,
    measure: Measure,
    xs: Vec<Value>,
    names: Vec<Value>,
    /// The groups of each x, each with its series.
    cells: Vec<Vec<(usize, Cell)>>,
    notes: Vec<String>,
}

impl Groups<'_> {
    fn made(mut self) -> Result<Made> {
        let (page, facts) = (self.page, self.facts);
        let several = self.spec.series().is_some();
        let series = self.kept_series(several);
        let figures = match self.spec.kind {
            Kind::Line => self.lines(&series)?,
            _ => self.bars(&series)?,
        };
        let measured = match &self.measure {
            Measure::Of(Operation::Count | Operation::Distinct, _) | Measure::Rows => None,
            Measure::Of(_, key) => column(facts, key),
        };
        Ok(Made {
            figures,
            x: beginning(&by(page, facts, self.spec.x())),
            y: measure_text(page, facts, &self.measure),
            unit: measured.and_then(|column| unit(facts, page.lang, column)),
            rows: 0,
            notes: self.notes,
            by: self.spec.series().map(|name| by(page, facts, name)),
            years: column(facts, self.spec.x()).is_some_and(Column::is_year),
        })
    }

    fn label(&self, name: &str, value: &Value) -> String {
        let (key, step) = Step::split(name);
        let index = self.facts.columns.iter().position(|column| column.key == key).unwrap_or(0);
        let heading = step.map_or(Heading::Column(index), |step| Heading::Step(index, step));
        let label = cell(self.page, &self.facts.columns, &heading, value).filter(|label| !label.trim().is_empty());
        label.map_or_else(|| self.page.t("chart-empty"), |label| short(&label))
    }

    /// Groups put together: what they have as one, where that can be said.
    fn together(&self, cells: &[&Cell]) -> Option<Cell> {
        let values = || cells.iter().filter_map(|cell| cell.value);
        values().next()?;
        let rows = cells.iter().map(|cell| cell.rows).sum();
        let value = match &self.measure {
            Measure::Rows | Measure::Of(Operation::Sum | Operation::Count, _) => values().sum(),
            Measure::Of(Operation::Min, _) => values().fold(f64::INFINITY, f64::min),
            Measure::Of(Operation::Max, _) => values().fold(f64::NEG_INFINITY, f64::max),
            Measure::Of(Operation::Average, _) => {
                let (sum, count) =
                    cells.iter().fold((0.0, 0.0), |(sum, count), cell| (sum + cell.sum, count + cell.count));
                if count == 0.0 {
                    return None;
                }
                sum / count
            }
            // How many different ones two groups have together nobody knows from their counts.
            Measure::Of(Operation::Distinct, _) => return None,
        };
        Some(Cell { value: Some(value), told: told(self.page, value), rows, ..Cell::default() })
    }

    /// The weight of groups, by which the greatest are found.
    fn weight(&self, cells: &[&Cell]) -> f64 {
        let values = cells.iter().filter_map(|cell| cell.value);
        if is_additive(&self.measure) { values.sum() } else { values.fold(f64::NEG_INFINITY, f64::max) }
    }

    /// The series that are drawn, each with the groups it is made of: the greatest, and the others as one.
    fn kept_series(&mut self, several: bool) -> Vec<(String, Vec<usize>, usize)> {
        if !several {
            return vec![(String::new(), vec![0], 0)];
        }
        let name = self.spec.series().unwrap_or_default().to_owned();
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        let additive = is_additive(&self.measure);
        let mut weights: Vec<f64> = vec![0.0; order.len()];
        for (series, cell) in self.cells.iter().flatten() {
            #[allow(clippy::cast_precision_loss)] // an order
            let weight = if additive { cell.value.unwrap_or(0.0) } else { cell.rows as f64 };
            weights[*series] += weight;
        }
        if order.len() > MOST_SERIES {
            order.sort_by(|a, b| weights[*b].total_cmp(&weights[*a]));
        }
        let rest = order.split_off(order.len().min(MOST_SERIES));
        // Of those kept the table's own order tells more than their size.
        order.sort_unstable();
        let mut series: Vec<(String, Vec<usize>, usize)> = order
            .into_iter()
            .enumerate()
            .map(|(tone, at)| (self.label(&name, &self.names[at]), vec![at], tone))
            .collect();
        if !rest.is_empty() {
            let (count, kept) = (rest.len(), series.len());
            let whole = matches!(self.measure, Measure::Of(Operation::Distinct, _));
            if whole {
                self.notes.push(self.page.t2("chart-note-series-left", "count", count, "kept", kept));
            } else {
                self.notes.push(self.page.t2("chart-note-series-others", "count", count, "kept", kept));
                series.push((self.page.t1("chart-others", "count", count), rest, REST));
            }
        }
        series
    }

    /// Some groups as one.
    fn one(&self, cells: &[&Cell]) -> Option<Cell> {
        match cells {
            [] => None,
            [one] => Some((*one).clone()),
            several => self.together(several),
        }
    }

    /// The series with a value for each of these x, of which some are several together. Every group is looked at once.
    fn series(&self, kept: &[(String, Vec<usize>, usize)], xs: &[Vec<usize>]) -> Vec<Series> {
        let mut places: Vec<Option<usize>> = vec![None; self.names.len()];
        for (at, (_, groups, _)) in kept.iter().enumerate() {
            for group in groups {
                if let Some(place) = places.get_mut(*group) {
                    *place = Some(at);
                }
            }
        }
        let mut all: Vec<Series> = kept
            .iter()
            .map(|(name, _, tone)| Series { name: name.clone(), tone: *tone, ..Series::default() })
            .collect();
        for together in xs {
            let mut parts: Vec<Vec<&Cell>> = vec![Vec::new(); kept.len()];
            for (group, cell) in together.iter().flat_map(|x| self.cells[*x].iter()) {
                if let Some(place) = places[*group] {
                    parts[place].push(cell);
                }
            }
            for (series, cells) in all.iter_mut().zip(&parts) {
                let cell = self.one(cells);
                series.values.push(cell.as_ref().and_then(|cell| cell.value));
                series.told.push(cell.map(|cell| cell.told).unwrap_or_default());
            }
        }
        all
    }

    fn all_of(&self, x: usize) -> Vec<&Cell> {
        self.cells[x].iter().map(|(_, cell)| cell).collect()
    }

    /// Rows whose x is empty.
    fn rows_without_x(&self) -> Option<(usize, u64)> {
        let at = self.xs.iter().position(|value| match value {
            Value::Null => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        })?;
        Some((at, self.all_of(at).iter().map(|cell| cell.rows).sum()))
    }

    fn bars(&mut self, kept: &[(String, Vec<usize>, usize)]) -> Result<Figures> {
        let pie = self.spec.kind == Kind::Pie;
        let empty = self.rows_without_x();
        // A group without a value is no bar.
        let mut blank = 0usize;
        let mut order: Vec<usize> = Vec::new();
        for at in (0..self.xs.len()).filter(|at| empty.is_none_or(|empty| empty.0 != *at)) {
            if self.all_of(at).iter().any(|cell| cell.value.is_some()) {
                order.push(at);
            } else {
                blank += 1;
            }
        }
        let weights: HashMap<usize, f64> = order.iter().map(|at| (*at, self.weight(&self.all_of(*at)))).collect();
        let most = if pie { MOST_SERIES } else { MOST_BARS };
        let (key, step) = Step::split(self.spec.x());
        let in_order =
            step.is_some()
                || self.facts.columns.iter().any(|column| {
                    column.key == key && !matches!(column.kind, crate::table::ingest::report::Kind::Text)
                });
        // Time and numbers stand in their own order, names by their size.
        let by_size = |order: &mut Vec<usize>| {
            order.sort_by(|a, b| weights[b].total_cmp(&weights[a]).then(a.cmp(b)));
        };
        if !in_order || order.len() > most {
            by_size(&mut order);
        }
        let drawn = &order[..order.len().min(most)];
        let mut xs: Vec<Vec<usize>> = drawn.iter().map(|at| vec![*at]).collect();
        let mut categories: Vec<String> = drawn.iter().map(|at| self.label(self.spec.x(), &self.xs[*at])).collect();
        let mut rest = None;
        if order.len() > most {
            let apart: Vec<usize> = order[most - 1..].to_vec();
            let cells: Vec<&Cell> = apart.iter().flat_map(|at| self.all_of(*at)).collect();
            if self.together(&cells).is_some() {
                xs.truncate(most - 1);
                categories.truncate(most - 1);
                rest = Some(most - 1);
                let count = apart.len();
                self.notes.push(self.page.t2("chart-note-others", "count", count, "kept", most - 1));
                categories.push(self.page.t1("chart-others", "count", count));
                xs.push(apart);
            } else {
                self.notes.push(self.page.t2("chart-note-left", "count", order.len() - most, "kept", most));
            }
        }
        if let Some((at, rows)) = empty {
            if self.all_of(at).iter().any(|cell| cell.value.is_some()) && !pie {
                categories.push(self.page.t("chart-empty"));
                xs.push(vec![at]);
            }
            self.notes.push(self.page.t2(
                "chart-note-empty",
                "count",
                rows,
                "column",
                title_of(self.page, self.facts, key),
            ));
        }
        if blank > 0 {
            self.notes.push(self.page.t1("chart-note-blank", "count", blank));
        }
        let series = self.series(kept, &xs);
        let grid = Grid { categories, rest, series };
        if pie {
            let values: Vec<f64> =
                grid.series.iter().flat_map(|series| series.values.iter().copied().flatten()).collect();
            if values.iter().any(|value| *value < 0.0) {
                return Err(Error::invalid(Problem::new("chart-pie-negative").on("kind")));
            }
            let (whole, apart) =
                (values.iter().sum::<f64>(), rest.and_then(|at| grid.series[0].values[at]).unwrap_or(0.0));
            if whole <= 0.0 {
                return Err(Error::invalid(Problem::new("chart-pie-nothing").on("kind")));
            }
            // Where most of the whole is "others", the parts say nothing.
            if apart * 2.0 > whole {
                return Err(Error::invalid(Problem::new("chart-pie-many").on("kind").with("count", order.len())));
            }
            return Ok(Figures::Pie(grid));
        }
        let negative = grid.series.iter().any(|series| series.values.iter().flatten().any(|value| *value < 0.0));
        if self.spec.kind == Kind::Stacked && negative {
            return Err(Error::invalid(Problem::new("chart-stacked-negative").on("kind")));
        }
        Ok(if self.spec.kind == Kind::Stacked { Figures::Stacked(grid) } else { Figures::Bars(grid) })
    }

    fn lines(&mut self, kept: &[(String, Vec<usize>, usize)]) -> Result<Figures> {
        let name = self.spec.x().to_owned();
        let (key, step) = Step::split(&name);
        if let Some((_, rows)) = self.rows_without_x() {
            let title = title_of(self.page, self.facts, key);
            self.notes.push(self.page.t2("chart-note-no-place", "count", rows, "column", title));
        }
        let mut places: Vec<(usize, f64, i64)> = Vec::new();
        for (at, value) in self.xs.iter().enumerate() {
            let day = match (step, value) {
                (Some(step), Value::Text(text)) => step.read(text),
                (None, Value::Date(day)) => Some(*day),
                _ => None,
            };
            let place = match day {
                Some(day) => Some((days(day), stretch_number(step, day))),
                #[allow(clippy::cast_possible_truncation)] // which labels are chosen
                None => number(value).map(|number| (number, number.floor() as i64)),
            };
            if let Some((x, number)) = place {
                places.push((at, x, number));
            }
        }
        places.sort_by(|a, b| a.1.total_cmp(&b.1));
        if places.len() > MOST_PLACES {
            let problem = Problem::new("chart-too-many-places").on("x").with("count", places.len());
            return Err(Error::invalid(problem.with("most", MOST_PLACES)));
        }
        let every: &[i64] = match step {
            Some(Step::Month) => &[1, 2, 3, 6, 12, 24, 60, 120, 240],
            Some(Step::Quarter) => &[1, 2, 4, 8, 20, 40, 80],
            _ => &[1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10_000, 100_000, 1_000_000],
        };
        // Days have no round numbers: what has room is labelled.
        let every = if matches!(step, Some(Step::Day))
            || column(self.facts, key).is_some_and(|column| step.is_none() && Step::takes(column.kind))
        {
            &[][..]
        } else {
            every
        };
        let (xs, places): (Vec<Vec<usize>>, Vec<Place>) = places
            .into_iter()
            .map(|(at, x, number)| (vec![at], Place { at: x, label: self.label(&name, &self.xs[at]), number }))
            .unzip();
        let series = self.series(kept, &xs);
        let missing: usize =
            series.iter().map(|series| series.values.iter().filter(|value| value.is_none()).count()).sum();
        if missing > 0 {
            self.notes.push(self.page.t1("chart-note-gaps", "count", missing));
        }
        Ok(Figures::Lines(Lines { places, every, series }))
    }
}

/// The number of a stretch of time among its kind.
fn stretch_number(step: Option<Step>, day: NaiveDate) -> i64 {
    let year = i64::from(day.year());
    match step {
        Some(Step::Year) => year,
        Some(Step::Quarter) => year * 4 + i64::from(day.month0() / 3),
        Some(Step::Month) => year * 12 + i64::from(day.month0()),
        _ => day.signed_duration_since(NaiveDate::default()).num_days(),
    }
}

/// What rows are grouped by, inside a title: the stretch alone where the table has one column of days.
pub(super) fn by(page: &PageCtx, facts: &Facts, name: &str) -> String {
    let (key, step) = Step::split(name);
    let alone = facts.columns.iter().filter(|column| Step::takes(column.kind)).count() == 1;
    match step {
        None => title_of(page, facts, key),
        Some(_) if !alone => group_text(page, facts, name),
        Some(Step::Year) => page.t("chart-by-year"),
        Some(Step::Quarter) => page.t("chart-by-quarter"),
        Some(Step::Month) => page.t("chart-by-month"),
        Some(Step::Day) => page.t("chart-by-day"),
    }
}

async fn dots(page: &PageCtx, facts: &Facts, explorer: &Explorer, spec: &Spec) -> Result<Made> {
    let sample = explorer.sample(&spec.query, MOST_POINTS).await?;
    let mut names = Keys::default();
    let mut points: Vec<(f64, f64, usize)> = Vec::new();
    let mut missing = 0u64;
    for row in &sample.rows {
        let (Some(x), Some(y)) = (row.first().and_then(number), row.get(1).and_then(number)) else {
            missing += 1;
            continue;
        };
        let series = row.get(2).map_or(0, |value| names.place(value));
        points.push((x, y, series));
    }
    let mut notes = Vec::new();
    if sample.total > sample.rows.len() as u64 {
        notes.push(page.t2("chart-note-sample", "count", sample.rows.len(), "total", sample.total));
    }
    if missing > 0 {
        notes.push(page.t1("chart-note-dots-missing", "count", missing));
    }
    let mut series: Vec<String> = Vec::new();
    if let Some(name) = spec.series() {
        let index = facts.columns.iter().position(|column| column.key == name).unwrap_or(0);
        let label = |value: &Value| {
            cell(page, &facts.columns, &Heading::Column(index), value)
                .map_or_else(|| page.t("chart-empty"), |label| short(&label))
        };
        // The most frequent have a shape of their own.
        let mut counts = vec![0u64; names.values.len()];
        points.iter().for_each(|point| counts[point.2] += 1);
        let mut order: Vec<usize> = (0..counts.len()).collect();
        order.sort_by(|a, b| counts[*b].cmp(&counts[*a]).then(a.cmp(b)));
        let left = order.split_off(order.len().min(MOST_SERIES));
        order.sort_unstable();
        series = order.iter().map(|at| label(&names.values[*at])).collect();
        if !left.is_empty() {
            series.push(page.t1("chart-others", "count", left.len()));
            notes.push(page.t2("chart-note-series-others", "count", left.len(), "kept", order.len()));
        }
        for point in &mut points {
            point.2 = order.iter().position(|at| *at == point.2).unwrap_or(REST);
        }
    }
    let axis = |at: usize| {
        let of = spec.query.columns.get(at).and_then(|key| column(facts, key));
        if of.is_some_and(|column| Step::takes(column.kind)) { Axis::Day } else { Axis::Number }
    };
    let titled = |at: usize| {
        let key = spec.query.columns.get(at).map_or("", String::as_str);
        let of = column(facts, key).and_then(|column| unit(facts, page.lang, column));
        (title_of(page, facts, key), of)
    };
    let ((x, x_unit), (y, y_unit)) = (titled(0), titled(1));
    Ok(Made {
        figures: Figures::Points(Points { points, series, x: axis(0), y: axis(1) }),
        x: with_unit(page, &x, x_unit.as_deref()),
        y,
        unit: y_unit,
        rows: sample.total,
        notes,
        by: spec.series().map(|name| title_of(page, facts, name)),
        years: column(facts, spec.x()).is_some_and(Column::is_year),
    })
}

/// Words as they stand at the beginning.
fn beginning(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Words with their unit in brackets.
pub(super) fn with_unit(page: &PageCtx, words: &str, unit: Option<&str>) -> String {
    unit.map_or_else(|| words.to_owned(), |unit| page.t2("chart-with-unit", "what", words, "unit", unit))
}

async fn steps(page: &PageCtx, facts: &Facts, explorer: &Explorer, spec: &Spec) -> Result<Made> {
    let key = spec.x();
    let of = |operation| Measure::Of(operation, key.to_owned());
    let bounds = Query {
        filters: spec.query.filters.clone(),
        measures: vec![of(Operation::Min), of(Operation::Max), of(Operation::Count), Measure::Rows],
        ..Query::default()
    };
    let found = explorer.page(&bounds).await?;
    let value = |at: usize| found.rows.first().and_then(|row| number(row.get(at)?));
    let whole = column(facts, key).is_some_and(|column| column.kind == crate::table::ingest::report::Kind::Integer);
    let (filled, rows) = (value(2).unwrap_or(0.0), value(3).unwrap_or(0.0));
    let bins = match (value(0), value(1)) {
        (Some(low), Some(high)) => {
            let steps = chart::bins(low, high, whole);
            let counts = explorer.counted(&spec.query, key, steps).await?;
            Bins { first: steps.first, width: steps.width, counts }
        }
        _ => Bins { first: 0.0, width: 1.0, counts: Vec::new() },
    };
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // counts
    let (rows, missing) = (rows as u64, (rows - filled) as u64);
    let title = title_of(page, facts, key);
    let notes = if missing > 0 {
        vec![page.t2("chart-note-no-place", "count", missing, "column", title.as_str())]
    } else {
        Vec::new()
    };
    let of = column(facts, key).and_then(|column| unit(facts, page.lang, column));
    Ok(Made {
        figures: Figures::Bins(bins),
        x: with_unit(page, &title, of.as_deref()),
        y: page.t("explore-measure-rows"),
        unit: None,
        rows,
        notes,
        by: None,
        years: column(facts, key).is_some_and(Column::is_year),
    })
}
