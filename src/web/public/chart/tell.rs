//! A chart in words and in a table: its name, what can be read off it, the same figures as rows; and the drawing with the
//! language's numbers.

use chrono::{NaiveDate, TimeDelta};

use super::figures::{Made, by, with_unit};
use super::wish::Spec;
use crate::chart::{self, Axis, Drawing, Figures, Grid, Kind, Lines, Plot, Points, Series};
use crate::http::page::PageCtx;
use crate::i18n::format;
use crate::kernel::Arg;
use crate::web::public::explore::{Facts, title_of};

/// Rows of the table below a chart.
const MOST_ROWS: usize = 200;
/// Series that a sentence speaks of.
const TOLD_SERIES: usize = 4;

fn say(page: &PageCtx, id: &str, args: &[(&str, Arg)]) -> String {
    page.texts.text(page.lang, id, args)
}

/// A number as it stands on an axis, divided by what its title says, with no more decimals than it needs.
fn axis_number(page: &PageCtx, value: f64, divisor: f64, decimals: usize) -> String {
    let shown = value / divisor;
    if divisor == 1.0 {
        return format::rounded(page.lang, shown, decimals);
    }
    short(page, shown, 3)
}

/// A number with at most so many decimals, and none that says nothing.
fn short(page: &PageCtx, value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    format::decimal(page.lang, text)
}

/// What large numbers are divided by on an axis, with the message that names it.
fn divisor(most: f64) -> (f64, Option<&'static str>) {
    match most {
        most if most >= 2e9 => (1e9, Some("chart-scale-billion")),
        most if most >= 2e6 => (1e6, Some("chart-scale-million")),
        _ => (1.0, None),
    }
}

/// The greatest value of figures, without regard to signs.
fn greatest(figures: &Figures) -> f64 {
    let of = |series: &[Series]| {
        series.iter().flat_map(|series| series.values.iter().flatten()).fold(0.0, |most: f64, v| most.max(v.abs()))
    };
    match figures {
        Figures::Bars(grid) | Figures::Pie(grid) => of(&grid.series),
        Figures::Stacked(grid) => {
            let sums =
                (0..grid.categories.len()).map(|at| grid.series.iter().filter_map(|series| series.values[at]).sum());
            sums.fold(0.0, f64::max)
        }
        Figures::Lines(lines) => of(&lines.series),
        Figures::Points(points) => points.points.iter().fold(0.0, |most: f64, point| most.max(point.1.abs())),
        #[allow(clippy::cast_precision_loss)] // a drawing
        Figures::Bins(bins) => bins.counts.iter().copied().max().unwrap_or(0) as f64,
    }
}

/// Whether there is anything to draw.
pub(super) fn is_empty(figures: &Figures) -> bool {
    let none = |series: &[Series]| series.iter().all(|series| series.values.iter().all(Option::is_none));
    match figures {
        Figures::Bars(grid) | Figures::Stacked(grid) | Figures::Pie(grid) => none(&grid.series),
        Figures::Lines(lines) => none(&lines.series),
        Figures::Points(points) => points.points.is_empty(),
        Figures::Bins(bins) => bins.counts.is_empty(),
    }
}

/// The drawing of figures at a width.
pub(super) fn drawing(page: &PageCtx, made: &Made, width: f64) -> Drawing {
    let (by, scale) = divisor(greatest(&made.figures));
    let unit = match (scale.map(|id| page.t(id)), made.unit.as_deref()) {
        (Some(scale), Some(unit)) => Some(format!("{scale} {unit}")),
        (scale, unit) => scale.or(unit.map(str::to_owned)),
    };
    let y = with_unit(page, &made.y, unit.as_deref());
    let plain = |value: f64, decimals: usize| {
        if made.years && decimals == 0 { format!("{value:.0}") } else { format::rounded(page.lang, value, decimals) }
    };
    let plot = Plot {
        figures: &made.figures,
        x: &made.x,
        y: &y,
        number: &|value, decimals| axis_number(page, value, by, decimals),
        x_number: &plain,
        day: &|day| page.date(date(day)),
        share: &|share| format::percent(page.lang, share),
    };
    chart::draw(&plot, width)
}

fn date(day: f64) -> NaiveDate {
    #[allow(clippy::cast_possible_truncation)] // days of dates
    let day = NaiveDate::default().checked_add_signed(TimeDelta::days(day.floor() as i64));
    day.unwrap_or_default()
}

/// The name of a chart.
pub(super) fn title(page: &PageCtx, facts: &Facts, spec: &Spec, made: &Made) -> String {
    match spec.kind {
        Kind::Scatter => {
            let name =
                |at: usize| spec.query.columns.get(at).map_or_else(String::new, |key| title_of(page, facts, key));
            page.t2("chart-title-scatter", "x", name(0), "y", name(1))
        }
        Kind::Histogram => page.t1("chart-title-histogram", "x", title_of(page, facts, spec.x())),
        _ => {
            let x = by(page, facts, spec.x());
            match &made.by {
                Some(series) => page.t3("chart-title-series", "y", made.y.as_str(), "x", x, "series", series.as_str()),
                None => page.t2("chart-title", "y", made.y.as_str(), "x", x),
            }
        }
    }
}

/// What stands below the name: rows, unit, filters, where the axis begins.
pub(super) fn lead(page: &PageCtx, made: &Made, drawing: &Drawing, filters: &[(String, String)]) -> String {
    let mut parts = vec![page.t1("count-rows", "count", made.rows)];
    if let Some(unit) = &made.unit {
        parts.push(page.t1("chart-unit", "unit", unit.as_str()));
    }
    parts.extend(
        filters
            .iter()
            .map(|(column, test)| page.t2("chart-filtered", "column", column.as_str(), "test", test.as_str())),
    );
    if let Some(base) = drawing.base {
        let (by, _) = divisor(greatest(&made.figures));
        parts.push(page.t1("chart-base", "value", short(page, base / by, 3)));
    }
    parts.join("; ")
}

/// What can be read off it: greatest, least, trend.
pub(super) fn says(page: &PageCtx, made: &Made) -> String {
    match &made.figures {
        Figures::Bars(grid) => bars(page, grid),
        Figures::Stacked(grid) => stacked(page, grid),
        Figures::Pie(grid) => pie(page, grid),
        Figures::Lines(lines) => along(page, lines),
        Figures::Points(points) => dots(page, made, points),
        Figures::Bins(bins) => {
            let edge = |at: usize| plain(page, made, bins.first + at as f64 * bins.width);
            let Some((at, most)) =
                bins.counts.iter().enumerate().max_by_key(|(at, count)| (**count, std::cmp::Reverse(*at)))
            else {
                return page.t("chart-says-nothing");
            };
            let args = [
                ("count", Arg::from(*most)),
                ("from", Arg::from(edge(at))),
                ("to", Arg::from(edge(at + 1))),
                ("low", Arg::from(edge(0))),
                ("high", Arg::from(edge(bins.counts.len()))),
            ];
            say(page, "chart-says-steps", &args)
        }
    }
}

fn plain(page: &PageCtx, made: &Made, value: f64) -> String {
    if made.years {
        return format!("{value:.0}");
    }
    short(page, value, 4)
}

/// The places of the greatest and the least value.
fn ends(values: &[Option<f64>], but: Option<usize>) -> Option<(usize, usize)> {
    let known =
        || values.iter().enumerate().filter(|(at, _)| Some(*at) != but).filter_map(|(at, value)| Some((at, (*value)?)));
    let most = known().reduce(|a, b| if b.1 > a.1 { b } else { a })?.0;
    let least = known().reduce(|a, b| if b.1 < a.1 { b } else { a })?.0;
    Some((most, least))
}

/// The greatest and the least value of a series, each with where it is.
fn extremes(page: &PageCtx, names: &dyn Fn(usize) -> String, series: &Series, but: Option<usize>) -> Option<String> {
    let (most, least) = ends(&series.values, but)?;
    let known = series.values.iter().flatten().count();
    if known == 1 {
        return Some(page.t2("chart-says-one", "name", names(most), "value", series.told[most].as_str()));
    }
    let args = [
        ("name", Arg::from(names(most))),
        ("value", Arg::from(series.told[most].as_str())),
        ("other", Arg::from(names(least))),
        ("least", Arg::from(series.told[least].as_str())),
    ];
    Some(say(page, "chart-says-ends", &args))
}

fn of_series(page: &PageCtx, series: &Series, sentence: String) -> String {
    if series.name.is_empty() {
        sentence
    } else {
        page.t2("chart-says-of", "name", series.name.as_str(), "what", sentence)
    }
}

fn bars(page: &PageCtx, grid: &Grid) -> String {
    let names = |at: usize| grid.categories.get(at).cloned().unwrap_or_default();
    let told = grid.series.iter().take(TOLD_SERIES).filter_map(|series| {
        let sentence = extremes(page, &names, series, grid.rest)?;
        Some(of_series(page, series, sentence))
    });
    together(page, told.collect())
}

fn together(page: &PageCtx, sentences: Vec<String>) -> String {
    if sentences.is_empty() { page.t("chart-says-nothing") } else { sentences.join(" ") }
}

fn stacked(page: &PageCtx, grid: &Grid) -> String {
    let sums: Vec<f64> = (0..grid.categories.len())
        .map(|at| grid.series.iter().filter_map(|series| series.values.get(at).copied().flatten()).sum())
        .collect();
    let whole: f64 = sums.iter().sum();
    let Some((most, _)) = ends(&sums.iter().copied().map(Some).collect::<Vec<_>>(), grid.rest) else {
        return page.t("chart-says-nothing");
    };
    let total = |series: &Series| series.values.iter().flatten().sum::<f64>();
    let Some(part) = grid.series.iter().max_by(|a, b| total(a).total_cmp(&total(b))) else {
        return page.t("chart-says-nothing");
    };
    let share = |value: f64| format::percent(page.lang, if whole > 0.0 { value / whole } else { 0.0 });
    let args = [
        ("name", Arg::from(grid.categories[most].as_str())),
        ("share", Arg::from(share(sums[most]))),
        ("part", Arg::from(part.name.as_str())),
        ("part_share", Arg::from(share(total(part)))),
    ];
    say(page, "chart-says-stacked", &args)
}

fn pie(page: &PageCtx, grid: &Grid) -> String {
    let Some(series) = grid.series.first() else { return page.t("chart-says-nothing") };
    let whole: f64 = series.values.iter().flatten().sum();
    let parts = series.values.iter().enumerate().filter_map(|(at, value)| {
        let share = format::percent(page.lang, if whole > 0.0 { (*value)? / whole } else { 0.0 });
        Some(page.t2("chart-says-part", "name", grid.categories[at].as_str(), "share", share))
    });
    let parts: Vec<String> = parts.collect();
    page.t1("chart-says-pie", "parts", parts.join(", "))
}

fn along(page: &PageCtx, lines: &Lines) -> String {
    let names = |at: usize| lines.places.get(at).map(|place| place.label.clone()).unwrap_or_default();
    let told = lines.series.iter().take(TOLD_SERIES).filter_map(|series| {
        let known = |value: &Option<f64>| value.is_some();
        let (first, last) = (series.values.iter().position(known)?, series.values.iter().rposition(known)?);
        let sentence = if first == last {
            page.t2("chart-says-one", "name", names(first), "value", series.told[first].as_str())
        } else {
            let (from, to) = (series.values[first]?, series.values[last]?);
            let trend = [
                ("from", Arg::from(series.told[first].as_str())),
                ("first", Arg::from(names(first))),
                ("to", Arg::from(series.told[last].as_str())),
                ("last", Arg::from(names(last))),
                ("trend", Arg::from(trend(page, from, to))),
            ];
            let ends = extremes(page, &names, series, None)?;
            format!("{} {ends}", say(page, "chart-says-trend", &trend))
        };
        Some(of_series(page, series, sentence))
    });
    together(page, told.collect())
}

/// How a value became another, in words.
fn trend(page: &PageCtx, from: f64, to: f64) -> String {
    let change = if from > 0.0 { Some((to - from) / from) } else { None };
    match change {
        Some(change) if change.abs() < 0.005 => page.t("chart-trend-flat"),
        Some(change) if change >= 10.0 => {
            page.t1("chart-trend-times", "times", format::rounded(page.lang, to / from, 0))
        }
        Some(change) => {
            let share = format::percent(page.lang, change.abs());
            page.t1(if change > 0.0 { "chart-trend-up" } else { "chart-trend-down" }, "share", share)
        }
        None if to > from => page.t("chart-trend-up-plain"),
        None if to < from => page.t("chart-trend-down-plain"),
        None => page.t("chart-trend-flat"),
    }
}

fn dots(page: &PageCtx, made: &Made, points: &Points) -> String {
    let count = points.points.len();
    let bounds = |pick: &dyn Fn(&(f64, f64, usize)) -> f64| {
        points
            .points
            .iter()
            .map(pick)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)))
    };
    let (x, y) = (bounds(&|point| point.0), bounds(&|point| point.1));
    let shown = |axis: Axis, value: f64, years: bool| match axis {
        Axis::Day => page.date(date(value)),
        Axis::Number if years => format!("{value:.0}"),
        Axis::Number => short(page, value, 4),
    };
    let args = [
        ("count", Arg::from(count as u64)),
        ("x", Arg::from(made.x.as_str())),
        ("x_low", Arg::from(shown(points.x, x.0, made.years))),
        ("x_high", Arg::from(shown(points.x, x.1, made.years))),
        ("y", Arg::from(made.y.as_str())),
        ("y_low", Arg::from(shown(points.y, y.0, false))),
        ("y_high", Arg::from(shown(points.y, y.1, false))),
    ];
    let sentence = say(page, "chart-says-dots", &args);
    let Some(r) = correlation(&points.points) else { return sentence };
    let how = match r {
        r if r >= 0.7 => "chart-together-strong",
        r if r >= 0.3 => "chart-together-some",
        r if r <= -0.7 => "chart-against-strong",
        r if r <= -0.3 => "chart-against-some",
        _ => "chart-together-none",
    };
    format!("{sentence} {}", page.t1(how, "r", format::rounded(page.lang, r, 2)))
}

/// Pearson's coefficient; none of fewer than three points or of values that do not differ.
fn correlation(points: &[(f64, f64, usize)]) -> Option<f64> {
    if points.len() < 3 {
        return None;
    }
    let count = points.len() as f64;
    let (mx, my) = points.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / count, y + point.1 / count));
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (x, y, _) in points {
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
        xy += (x - mx) * (y - my);
    }
    let r = xy / (xx.sqrt() * yy.sqrt());
    r.is_finite().then_some(r.clamp(-1.0, 1.0))
}

/// The figures as a table: its headings (whether numbers stand below), the first rows, and how many there are.
pub(super) fn table(page: &PageCtx, made: &Made) -> (Vec<(String, bool)>, Vec<Vec<String>>, usize) {
    let number = |text: &str| (text.to_owned(), true);
    let value = with_unit(page, &made.y, made.unit.as_deref());
    let series_heads = |series: &[Series]| -> Vec<(String, bool)> {
        series.iter().map(|series| number(if series.name.is_empty() { &value } else { &series.name })).collect()
    };
    let told = |series: &[Series], at: usize| -> Vec<String> {
        let missing = || page.t("chart-no-value");
        series
            .iter()
            .map(|series| series.told.get(at).filter(|told| !told.is_empty()).cloned().unwrap_or_else(missing))
            .collect()
    };
    let first = (made.x.clone(), false);
    match &made.figures {
        Figures::Bars(grid) | Figures::Stacked(grid) | Figures::Pie(grid) => {
            let heads = std::iter::once(first).chain(series_heads(&grid.series)).collect();
            let row =
                |(at, name): (usize, &String)| std::iter::once(name.clone()).chain(told(&grid.series, at)).collect();
            (heads, grid.categories.iter().enumerate().take(MOST_ROWS).map(row).collect(), grid.categories.len())
        }
        Figures::Lines(lines) => {
            let heads = std::iter::once(first).chain(series_heads(&lines.series)).collect();
            let row = |(at, place): (usize, &chart::Place)| {
                std::iter::once(place.label.clone()).chain(told(&lines.series, at)).collect()
            };
            (heads, lines.places.iter().enumerate().take(MOST_ROWS).map(row).collect(), lines.places.len())
        }
        Figures::Points(points) => {
            let shown = |axis: Axis, value: f64| match axis {
                Axis::Day => page.date(date(value)),
                Axis::Number => plain(page, made, value),
            };
            let mut heads = vec![(made.x.clone(), points.x == Axis::Number), number(&value)];
            heads.extend((!points.series.is_empty()).then(|| (made.by.clone().unwrap_or_default(), false)));
            let rows = points.points.iter().take(MOST_ROWS).map(|(x, y, series)| {
                let y = match points.y {
                    Axis::Day => page.date(date(*y)),
                    Axis::Number => short(page, *y, 4),
                };
                let mut row = vec![shown(points.x, *x), y];
                row.extend(points.series.get(*series).or(points.series.last()).cloned());
                row
            });
            (heads, rows.collect(), points.points.len())
        }
        Figures::Bins(bins) => {
            let edge = |at: usize| plain(page, made, bins.first + at as f64 * bins.width);
            let row = |(at, count): (usize, &u64)| {
                vec![page.t2("chart-step", "from", edge(at), "to", edge(at + 1)), page.num(*count)]
            };
            (vec![first, number(&value)], bins.counts.iter().enumerate().map(row).collect(), bins.counts.len())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_together_is_measured() {
        let straight: Vec<(f64, f64, usize)> = (0..9).map(|at| (f64::from(at), f64::from(at * 3 + 1), 0)).collect();
        assert!((correlation(&straight).unwrap() - 1.0).abs() < 1e-9);
        let back: Vec<(f64, f64, usize)> = straight.iter().map(|point| (point.0, -point.1, 0)).collect();
        assert!((correlation(&back).unwrap() + 1.0).abs() < 1e-9);
        assert_eq!(correlation(&straight[..2]), None);
        assert_eq!(correlation(&[(1.0, 2.0, 0), (1.0, 3.0, 0), (1.0, 4.0, 0)]), None);
    }
}
