//! Where everything stands. Lengths are pixels of a picture that is as wide as asked for and as high as it needs.

use std::f64::consts::TAU;

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::model::{Axis, Bins, Drawing, Figures, Grid, Lines, Mark, Plot, Points, Px, Rule, Series, Side, Words};
use super::scale::Scale;
use super::text::{width, wrap};

/// The size of letters, and the height of a line of them.
const SIZE: f64 = 12.0;
const LINE: f64 = 16.0;
/// From this width on a picture is a wide one.
const WIDE: f64 = 560.0;
/// The height of the field of values of upright charts: in a wide picture and in a narrow one.
const HEIGHT: (f64, f64) = (300.0, 250.0);
/// Above the field: the line that says what the values are.
const HEAD: f64 = 30.0;
/// Places up to which each has a dot.
const DOTTED: usize = 24;

/// Draws figures in a picture of a width.
pub fn draw(plot: &Plot<'_>, width: f64) -> Drawing {
    let mut canvas =
        Canvas { width, height: HEAD, rules: Vec::new(), marks: Vec::new(), words: Vec::new(), base: None };
    match plot.figures {
        Figures::Bars(grid) => bars(&mut canvas, plot, grid, false),
        Figures::Stacked(grid) => bars(&mut canvas, plot, grid, true),
        Figures::Lines(lines) => along(&mut canvas, plot, lines),
        Figures::Points(points) => dots(&mut canvas, plot, points),
        Figures::Bins(bins) => steps(&mut canvas, plot, bins),
        Figures::Pie(grid) => pie(&mut canvas, plot, grid),
    }
    Drawing {
        width: Px(width),
        height: Px(canvas.height.ceil()),
        rules: canvas.rules,
        marks: canvas.marks,
        words: canvas.words,
        base: canvas.base,
    }
}

struct Canvas {
    width: f64,
    height: f64,
    rules: Vec<Rule>,
    marks: Vec<Mark>,
    words: Vec<Words>,
    base: Option<f64>,
}

/// How a series is shown beside its name.
#[derive(Clone, Copy, PartialEq)]
enum Swatch {
    Box,
    Line,
    Dot,
}

/// The field of values.
#[derive(Clone, Copy)]
struct Field {
    left: f64,
    right: f64,
    top: f64,
    bottom: f64,
}

impl Canvas {
    fn is_wide(&self) -> bool {
        self.width >= WIDE
    }

    fn say(&mut self, x: f64, y: f64, side: Side, text: impl Into<String>, strong: bool) {
        self.words.push(Words { x: Px(x), y: Px(y), side, text: text.into(), strong });
    }

    /// Words around a place, moved so that they stay in the picture.
    fn say_at(&mut self, x: f64, y: f64, text: &str) {
        let half = width(text, SIZE) / 2.0;
        let x = x.min(self.width - half).max(half.min(self.width / 2.0));
        self.say(x, y, Side::Middle, text, false);
    }

    /// Words that name something, in one line from the left.
    fn title(&mut self, x: f64, y: f64, text: &str) {
        let line = wrap(text, self.width - x, SIZE * 1.05, 1).swap_remove(0);
        self.say(x, y, Side::Start, line, true);
    }

    fn rule(&mut self, from: (f64, f64), to: (f64, f64), axis: bool) {
        self.rules.push(Rule { from: (Px(from.0), Px(from.1)), to: (Px(to.0), Px(to.1)), axis });
    }

    /// The names of series beside what they look like, in lines from `top` on; gives the place below.
    fn legend(&mut self, names: &[(&str, usize)], top: f64, swatch: Swatch) -> f64 {
        let mark = if swatch == Swatch::Line { 28.0 } else { 14.0 };
        let (mut x, mut y) = (0.0, top);
        for (name, tone) in names {
            let name = wrap(name, (self.width - mark - 8.0).min(260.0), SIZE, 1).swap_remove(0);
            let needed = mark + 6.0 + width(&name, SIZE);
            if x > 0.0 && x + needed > self.width {
                (x, y) = (0.0, y + LINE + 4.0);
            }
            match swatch {
                Swatch::Box => self.marks.push(Mark::Bar {
                    x: Px(x),
                    y: Px(y),
                    width: Px(13.0),
                    height: Px(13.0),
                    tone: *tone,
                    patterned: true,
                    told: String::new(),
                }),
                Swatch::Line => {
                    let path = format!("M{} {}H{}", Px(x), Px(y + 7.0), Px(x + mark));
                    self.marks.push(Mark::Line { path, tone: *tone });
                    self.dot(x + mark / 2.0, y + 7.0, *tone, false, String::new());
                }
                Swatch::Dot => self.dot(x + 6.0, y + 7.0, *tone, false, String::new()),
            }
            self.say(x + mark + 6.0, y + 11.0, Side::Start, name, false);
            x += needed + 18.0;
        }
        y + LINE + 16.0
    }

    fn dot(&mut self, x: f64, y: f64, tone: usize, faint: bool, told: String) {
        self.marks.push(Mark::Dot { path: shape(tone, x, y, if faint { 3.0 } else { 3.8 }), tone, faint, told });
    }

    /// The ticks of an upright axis of values, with their lines through the field.
    fn values(&mut self, field: Field, scale: &Scale, plot: &Plot<'_>) {
        for tick in &scale.ticks {
            let y = up(field, scale, *tick);
            self.rule((field.left, y), (field.right, y), false);
            self.say(field.left - 8.0, y + 4.0, Side::End, (plot.number)(*tick, scale.decimals), false);
        }
    }

    /// The room that the ticks' numbers need.
    fn tick_room(scale: &Scale, plot: &Plot<'_>) -> f64 {
        let widest = scale.ticks.iter().map(|tick| width(&(plot.number)(*tick, scale.decimals), SIZE));
        widest.fold(0.0, f64::max) + 12.0
    }

    fn field_height(&self) -> f64 {
        if self.is_wide() { HEIGHT.0 } else { HEIGHT.1 }
    }
}

/// Where a value stands in an upright field.
fn up(field: Field, scale: &Scale, value: f64) -> f64 {
    field.bottom - scale.share(value) * (field.bottom - field.top)
}

/// The shape of a series' dots.
fn shape(tone: usize, x: f64, y: f64, r: f64) -> String {
    let p = |dx: f64, dy: f64| format!("{} {}", Px(x + dx * r), Px(y + dy * r));
    match tone {
        1 => format!("M{}L{}L{}L{}Z", p(-0.9, -0.9), p(0.9, -0.9), p(0.9, 0.9), p(-0.9, 0.9)),
        2 => format!("M{}L{}L{}Z", p(0.0, -1.2), p(1.15, 0.9), p(-1.15, 0.9)),
        3 => format!("M{}L{}L{}L{}Z", p(0.0, -1.3), p(1.3, 0.0), p(0.0, 1.3), p(-1.3, 0.0)),
        4 => format!("M{}L{}L{}Z", p(-1.15, -0.9), p(1.15, -0.9), p(0.0, 1.2)),
        5 => format!("M{}L{}L{}L{}Z", p(-0.5, -1.3), p(0.5, -1.3), p(0.5, 1.3), p(-0.5, 1.3)),
        _ => {
            let (r, d) = (Px(r), Px(r * 2.0));
            format!("M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z", Px(x - r.0), Px(y))
        }
    }
}

/// The least and the greatest value, of bars on top of each other the least and the greatest sum.
fn extent(series: &[Series], stacked: bool) -> (f64, f64) {
    let all = series.iter().flat_map(|series| series.values.iter().copied().flatten());
    if !stacked {
        return all.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
    }
    let count = series.iter().map(|series| series.values.len()).max().unwrap_or(0);
    let sums =
        (0..count).map(|at| series.iter().filter_map(|series| *series.values.get(at)?).map(|v| v.max(0.0)).sum());
    (0.0, sums.fold(0.0, f64::max))
}

fn names(series: &[Series]) -> Vec<(&str, usize)> {
    series.iter().map(|series| (series.name.as_str(), series.tone)).collect()
}

/// Whether a text fits into so many lines without being cut.
fn fits(text: &str, most: f64, lines: usize) -> bool {
    text.split_whitespace().all(|word| width(word, SIZE) <= most) && wrap(text, most, SIZE, lines + 1).len() <= lines
}

/// What a bar says.
fn told(grid: &Grid, category: usize, series: &Series) -> String {
    let value = series.told.get(category).map_or("", String::as_str);
    let name = grid.categories.get(category).map_or("", String::as_str);
    if series.name.is_empty() { format!("{name}: {value}") } else { format!("{name}, {}: {value}", series.name) }
}

fn bars(canvas: &mut Canvas, plot: &Plot<'_>, grid: &Grid, stacked: bool) {
    let (low, high) = extent(&grid.series, stacked);
    let scale = Scale::nice(low, high, if canvas.is_wide() { 5 } else { 4 }, true);
    let several = grid.series.len() > 1;
    let left = Canvas::tick_room(&scale, plot);
    let band = (canvas.width - left) / grid.categories.len().max(1) as f64;
    let thick = if several && !stacked { grid.series.len() as f64 * 12.0 + 8.0 } else { 26.0 };
    let upright = band >= thick && grid.categories.iter().all(|name| fits(name, band - 6.0, 2));
    let title = if upright { plot.y } else { plot.x };
    canvas.title(0.0, 12.0, title);
    let top = if several { canvas.legend(&names(&grid.series), HEAD - 4.0, Swatch::Box) } else { HEAD };
    if upright {
        let field = Field { left, right: canvas.width, top, bottom: top + canvas.field_height() };
        upright_bars(canvas, plot, grid, stacked, &scale, field);
    } else {
        lying_bars(canvas, plot, grid, stacked, &scale, top);
    }
}

/// The stretches of the bars of a category, from and to in values, each with the place of its series beside the others.
fn stretches(grid: &Grid, category: usize, stacked: bool) -> Vec<(usize, f64, f64)> {
    let mut sum = 0.0;
    let mut out = Vec::new();
    for (at, series) in grid.series.iter().enumerate() {
        let Some(value) = series.values.get(category).copied().flatten() else { continue };
        if stacked {
            out.push((at, sum, sum + value.max(0.0)));
            sum += value.max(0.0);
        } else {
            out.push((at, 0.0, value));
        }
    }
    out
}

fn tone(grid: &Grid, category: usize, series: &Series) -> usize {
    if grid.series.len() == 1 && grid.rest == Some(category) { super::REST } else { series.tone }
}

fn upright_bars(canvas: &mut Canvas, plot: &Plot<'_>, grid: &Grid, stacked: bool, scale: &Scale, field: Field) {
    canvas.values(field, scale, plot);
    let band = (field.right - field.left) / grid.categories.len().max(1) as f64;
    let beside = if stacked { 1 } else { grid.series.len() };
    let thick = (band * 0.72).min(64.0 * beside as f64) / beside as f64;
    let mut lines = 1;
    for (category, name) in grid.categories.iter().enumerate() {
        let middle = field.left + (category as f64 + 0.5) * band;
        let first = middle - thick * beside as f64 / 2.0;
        for (at, from, to) in stretches(grid, category, stacked) {
            let series = &grid.series[at];
            let (y0, y1) = (up(field, scale, from), up(field, scale, to));
            let x = if stacked { first } else { first + at as f64 * thick };
            let gap = if beside > 1 { 1.0 } else { 0.0 };
            canvas.marks.push(Mark::Bar {
                x: Px(x + gap / 2.0),
                y: Px(y0.min(y1)),
                width: Px(thick - gap),
                height: Px((y0 - y1).abs()),
                tone: tone(grid, category, series),
                patterned: grid.series.len() > 1,
                told: told(grid, category, series),
            });
            let value = series.told.get(category).map_or("", String::as_str);
            if grid.series.len() == 1 && width(value, SIZE) <= band {
                let y = if to < 0.0 { (y1 + 14.0).min(field.bottom - 2.0) } else { y1 - 5.0 };
                canvas.say(middle, y, Side::Middle, value, false);
            }
        }
        let label = wrap(name, band - 4.0, SIZE, 2);
        lines = lines.max(label.len());
        for (at, line) in label.into_iter().enumerate() {
            canvas.say(middle, field.bottom + 18.0 + at as f64 * LINE, Side::Middle, line, false);
        }
    }
    let zero = up(field, scale, 0.0);
    canvas.rule((field.left, zero), (field.right, zero), true);
    let below = field.bottom + 18.0 + lines as f64 * LINE + 6.0;
    canvas.say_at((field.left + field.right) / 2.0, below, plot.x);
    canvas.height = below + 8.0;
}

fn lying_bars(canvas: &mut Canvas, plot: &Plot<'_>, grid: &Grid, stacked: bool, scale: &Scale, top: f64) {
    let most = canvas.width * if canvas.is_wide() { 0.36 } else { 0.4 };
    let single = grid.series.len() == 1;
    let labels: Vec<Vec<String>> = grid.categories.iter().map(|name| wrap(name, most, SIZE, 2)).collect();
    let label = labels.iter().flatten().map(|line| width(line, SIZE)).fold(0.0, f64::max);
    let value = grid.series.iter().flat_map(|series| &series.told).map(|told| width(told, SIZE)).fold(0.0, f64::max);
    let beyond = if single { value.min(canvas.width * 0.3) + 8.0 } else { 14.0 };
    let left = label + 10.0 + if single && scale.low < 0.0 { beyond } else { 0.0 };
    let field = Field { left, right: canvas.width - beyond, top, bottom: top };
    let across = |value: f64| field.left + scale.share(value) * (field.right - field.left).max(1.0);
    let beside = if stacked { 1 } else { grid.series.len() };
    let thick = if beside > 1 { 12.0 } else { 20.0 };
    let mut y = top;
    let mut marks = Vec::new();
    for (category, lines) in labels.iter().enumerate() {
        let row = (thick * beside as f64 + 10.0).max(lines.len() as f64 * 15.0 + 8.0);
        let first = y + (row - thick * beside as f64) / 2.0;
        for (at, from, to) in stretches(grid, category, stacked) {
            let series = &grid.series[at];
            let (x0, x1) = (across(from), across(to));
            let bar = if stacked { first } else { first + at as f64 * thick };
            let gap = if beside > 1 { 1.0 } else { 0.0 };
            marks.push(Mark::Bar {
                x: Px(x0.min(x1)),
                y: Px(bar + gap / 2.0),
                width: Px((x1 - x0).abs()),
                height: Px(thick - gap),
                tone: tone(grid, category, series),
                patterned: !single,
                told: told(grid, category, series),
            });
            if single {
                let value = wrap(series.told.get(category).map_or("", String::as_str), beyond, SIZE, 1).swap_remove(0);
                let middle = bar + thick / 2.0 + 4.0;
                if to < 0.0 {
                    canvas.say(x1 - 5.0, middle, Side::End, value, false);
                } else {
                    canvas.say(x1 + 5.0, middle, Side::Start, value, false);
                }
            }
        }
        let first = y + row / 2.0 + 4.0 - (lines.len() as f64 - 1.0) * 7.5;
        for (at, line) in lines.iter().enumerate() {
            canvas.say(label, first + at as f64 * 15.0, Side::End, line.as_str(), false);
        }
        y += row;
    }
    let bottom = y + 4.0;
    let mut said = f64::NEG_INFINITY;
    for tick in &scale.ticks {
        let x = across(*tick);
        canvas.rule((x, top), (x, bottom), false);
        let text = (plot.number)(*tick, scale.decimals);
        let half = width(&text, SIZE) / 2.0;
        if x - half >= said + 6.0 && x + half <= canvas.width + 1.0 {
            canvas.say(x, bottom + 16.0, Side::Middle, text, false);
            said = x + half;
        }
    }
    let zero = across(0.0);
    canvas.rule((zero, top), (zero, bottom), true);
    canvas.marks.append(&mut marks);
    let below = bottom + 38.0;
    canvas.say_at((field.left + field.right) / 2.0, below, &wrap(plot.y, canvas.width, SIZE, 1)[0]);
    canvas.height = below + 8.0;
}

fn along(canvas: &mut Canvas, plot: &Plot<'_>, lines: &Lines) {
    let (low, high) = extent(&lines.series, false);
    let scale = Scale::nice(low, high, 4, low >= 0.0 && low <= high * 0.4);
    canvas.base = (scale.low > 0.0 || scale.high < 0.0).then_some(scale.low);
    canvas.title(0.0, 12.0, plot.y);
    let several = lines.series.len() > 1;
    let direct = several && canvas.is_wide();
    let top = if several && !direct { canvas.legend(&names(&lines.series), HEAD - 4.0, Swatch::Line) } else { HEAD };
    let widest = lines.series.iter().map(|series| width(&series.name, SIZE * 1.05));
    let beside = if direct { widest.fold(40.0, f64::max).min(canvas.width * 0.24) + 16.0 } else { 8.0 };
    let left = Canvas::tick_room(&scale, plot).max(36.0);
    let field = Field { left, right: canvas.width - beside.max(8.0), top, bottom: top + canvas.field_height() };
    canvas.values(field, &scale, plot);
    canvas.rule((field.left, field.bottom), (field.right, field.bottom), true);
    let (first, last) = match (lines.places.first(), lines.places.last()) {
        (Some(first), Some(last)) => (first.at, last.at),
        _ => (0.0, 0.0),
    };
    let inset = if canvas.is_wide() { 10.0 } else { 6.0 };
    let x = |at: f64| {
        let room = (field.right - field.left - 2.0 * inset).max(1.0);
        if last > first { field.left + inset + (at - first) / (last - first) * room } else { field.left + room / 2.0 }
    };
    let mut ends: Vec<(f64, usize)> = Vec::new();
    for (number, series) in lines.series.iter().enumerate() {
        let mut path = String::new();
        let mut joined = false;
        let known: Vec<Option<(f64, f64)>> = lines
            .places
            .iter()
            .zip(&series.values)
            .map(|(place, value)| value.map(|value| (x(place.at), up(field, &scale, value))))
            .collect();
        for point in &known {
            if let Some((x, y)) = point {
                path += &format!("{}{} {}", if joined { 'L' } else { 'M' }, Px(*x), Px(*y));
            }
            joined = point.is_some();
        }
        canvas.marks.push(Mark::Line { path, tone: series.tone });
        let end = known.iter().rposition(Option::is_some);
        for (at, point) in known.iter().enumerate() {
            let Some((px, py)) = point else { continue };
            let alone = (at == 0 || known[at - 1].is_none()) && known.get(at + 1).is_none_or(Option::is_none);
            if known.len() <= DOTTED || alone || end == Some(at) {
                let (place, value) = (&lines.places[at].label, series.told.get(at).map_or("", String::as_str));
                let name = if series.name.is_empty() { String::new() } else { format!("{}, ", series.name) };
                canvas.dot(*px, *py, series.tone, false, format!("{name}{place}: {value}"));
            }
        }
        if let Some((at, (px, py))) = end.and_then(|at| Some((at, known[at]?))) {
            if direct {
                ends.push((py, number));
            } else if !several {
                let value = series.told.get(at).map_or("", String::as_str);
                let x = (px + 4.0).min(canvas.width);
                canvas.say(x, (py - 10.0).max(top - 2.0), Side::End, value, true);
            }
        }
    }
    // Names beside the ends of their lines, moved apart where lines end together.
    let gap = 2.0 * LINE + 2.0;
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut places: Vec<f64> = Vec::new();
    for (y, _) in &ends {
        let least = places.last().map_or(top - 4.0, |last| last + gap);
        places.push(y.max(least));
    }
    for at in (0..places.len()).rev() {
        let most = places.get(at + 1).map_or(field.bottom - 8.0, |next| next - gap);
        places[at] = places[at].min(most);
    }
    for (y, (_, number)) in places.iter().zip(&ends) {
        let series = &lines.series[*number];
        let name = wrap(&series.name, beside - 16.0, SIZE, 1).swap_remove(0);
        canvas.say(field.right + 10.0, y + 2.0, Side::Start, name, true);
        let at = series.values.iter().rposition(Option::is_some).unwrap_or(0);
        let value = wrap(series.told.get(at).map_or("", String::as_str), beside - 12.0, SIZE, 1).swap_remove(0);
        canvas.say(field.right + 10.0, y + 2.0 + LINE, Side::Start, value, false);
    }
    let labels: Vec<(f64, i64, &str)> =
        lines.places.iter().map(|place| (x(place.at), place.number, place.label.as_str())).collect();
    for at in labelled(&labels, lines.every) {
        let (x, _, text) = labels[at];
        canvas.rule((x, field.bottom), (x, field.bottom + 5.0), true);
        canvas.say_at(x, field.bottom + 20.0, text);
    }
    let below = field.bottom + 42.0;
    canvas.say_at((field.left + field.right) / 2.0, below, plot.x);
    canvas.height = below + 8.0;
}

/// Which of some places carry their labels: all whose number is a multiple of the finest step by which they have room; where
/// no step gives two, as many as have room.
fn labelled(places: &[(f64, i64, &str)], every: &[i64]) -> Vec<usize> {
    let room = |a: usize, b: usize| {
        let (a, b) = (&places[a], &places[b]);
        b.0 - a.0 >= (width(a.2, SIZE) + width(b.2, SIZE)) / 2.0 + 12.0
    };
    for step in every {
        let found: Vec<usize> = (0..places.len()).filter(|at| places[*at].1.rem_euclid((*step).max(1)) == 0).collect();
        if found.len() >= 2 && found.windows(2).all(|pair| room(pair[0], pair[1])) {
            return found;
        }
    }
    let mut found: Vec<usize> = Vec::new();
    for at in 0..places.len() {
        if found.last().is_none_or(|last| room(*last, at)) {
            found.push(at);
        }
    }
    found
}

/// The ticks of an axis of days: first days of months, some of them.
fn days(low: f64, high: f64, about: usize) -> Scale {
    let span = high - low;
    if !span.is_finite() || span < 60.0 {
        let mut scale = Scale::nice(low.floor(), high.ceil(), about.min(4), false);
        scale.ticks.retain(|tick| tick.fract() == 0.0);
        return scale;
    }
    let months = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200];
    let step = months.into_iter().find(|step| span / (30.4 * f64::from(*step)) <= about as f64).unwrap_or(2400);
    #[allow(clippy::cast_possible_truncation)] // days of dates
    let date = |day: f64| NaiveDate::default().checked_add_signed(TimeDelta::days(day as i64)).unwrap_or_default();
    let mut ticks = Vec::new();
    let mut month = date(low).year() * 12 + date(low).month0() as i32;
    let end = date(high).year() * 12 + date(high).month0() as i32;
    while month <= end {
        if month.rem_euclid(step) == 0
            && let Some(first) = u32::try_from(month.rem_euclid(12))
                .ok()
                .and_then(|m| NaiveDate::from_ymd_opt(month.div_euclid(12), m + 1, 1))
        {
            #[allow(clippy::cast_precision_loss)] // days of dates
            let day = first.signed_duration_since(NaiveDate::default()).num_days() as f64;
            if day >= low {
                ticks.push(day);
            }
        }
        month += 1;
    }
    Scale { low, high, ticks, decimals: 0 }
}

fn axis(kind: Axis, values: impl Iterator<Item = f64>, about: usize) -> Scale {
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    match kind {
        Axis::Number => Scale::nice(low, high, about, low >= 0.0 && low <= high * 0.25),
        Axis::Day => days(low, high, about),
    }
}

fn dots(canvas: &mut Canvas, plot: &Plot<'_>, points: &Points) {
    let x_scale = axis(points.x, points.points.iter().map(|point| point.0), if canvas.is_wide() { 6 } else { 3 });
    let y_scale = axis(points.y, points.points.iter().map(|point| point.1), 5);
    let text = |kind: Axis, scale: &Scale, tick: f64, number: &dyn Fn(f64, usize) -> String| match kind {
        Axis::Number => number(tick, scale.decimals),
        Axis::Day => (plot.day)(tick),
    };
    canvas.title(0.0, 12.0, plot.y);
    let names: Vec<(&str, usize)> =
        points.series.iter().enumerate().map(|(tone, name)| (name.as_str(), tone)).collect();
    let top = if names.len() > 1 { canvas.legend(&names, HEAD - 4.0, Swatch::Dot) } else { HEAD };
    let y_texts: Vec<(f64, String)> =
        y_scale.ticks.iter().map(|tick| (*tick, text(points.y, &y_scale, *tick, plot.number))).collect();
    let left = y_texts.iter().map(|(_, text)| width(text, SIZE)).fold(24.0, f64::max) + 12.0;
    let field = Field { left, right: canvas.width - 12.0, top, bottom: top + canvas.field_height() + 20.0 };
    for (tick, text) in y_texts {
        let y = up(field, &y_scale, tick);
        canvas.rule((field.left, y), (field.right, y), false);
        canvas.say(field.left - 8.0, y + 4.0, Side::End, text, false);
    }
    let across = |value: f64| field.left + x_scale.share(value) * (field.right - field.left);
    let texts: Vec<(f64, i64, String)> =
        x_scale.ticks.iter().map(|tick| (across(*tick), 0, text(points.x, &x_scale, *tick, plot.x_number))).collect();
    let places: Vec<(f64, i64, &str)> = texts.iter().map(|(x, number, text)| (*x, *number, text.as_str())).collect();
    for at in labelled(&places, &[]) {
        canvas.rule((places[at].0, field.top), (places[at].0, field.bottom), false);
        canvas.say_at(places[at].0, field.bottom + 18.0, places[at].2);
    }
    canvas.rule((field.left, field.bottom), (field.right, field.bottom), true);
    for (x, y, series) in &points.points {
        canvas.dot(across(*x), up(field, &y_scale, *y), *series, true, String::new());
    }
    let below = field.bottom + 40.0;
    canvas.say_at((field.left + field.right) / 2.0, below, plot.x);
    canvas.height = below + 8.0;
}

fn steps(canvas: &mut Canvas, plot: &Plot<'_>, bins: &Bins) {
    let most = bins.counts.iter().copied().max().unwrap_or(0);
    #[allow(clippy::cast_precision_loss)] // a drawing
    let scale = Scale::nice(0.0, most as f64, 4, true);
    canvas.title(0.0, 12.0, plot.y);
    let left = Canvas::tick_room(&scale, plot);
    let field = Field { left, right: canvas.width - 12.0, top: HEAD, bottom: HEAD + canvas.field_height() };
    canvas.values(field, &scale, plot);
    let band = (field.right - field.left) / bins.counts.len().max(1) as f64;
    let shown = Scale::nice(0.0, bins.width, 1, true).decimals;
    let edge = |at: usize| (plot.x_number)(bins.first + at as f64 * bins.width, shown);
    for (at, count) in bins.counts.iter().enumerate() {
        #[allow(clippy::cast_precision_loss)] // a drawing
        let y = up(field, &scale, *count as f64);
        canvas.marks.push(Mark::Bar {
            x: Px(field.left + at as f64 * band + 0.5),
            y: Px(y),
            width: Px((band - 1.0).max(0.5)),
            height: Px(field.bottom - y),
            tone: 0,
            patterned: false,
            #[allow(clippy::cast_precision_loss)] // shown as a whole number
            told: format!("{} – {}: {}", edge(at), edge(at + 1), (plot.number)(*count as f64, 0)),
        });
    }
    let texts: Vec<String> = (0..=bins.counts.len()).map(edge).collect();
    let places: Vec<(f64, i64, &str)> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| (field.left + at as f64 * band, i64::try_from(at).unwrap_or(0), text.as_str()))
        .collect();
    for at in labelled(&places, &[1, 2, 5, 10, 20]) {
        canvas.rule((places[at].0, field.bottom), (places[at].0, field.bottom + 5.0), true);
        canvas.say_at(places[at].0, field.bottom + 20.0, places[at].2);
    }
    canvas.rule((field.left, field.bottom), (field.right, field.bottom), true);
    let below = field.bottom + 42.0;
    canvas.say_at((field.left + field.right) / 2.0, below, plot.x);
    canvas.height = below + 8.0;
}

fn pie(canvas: &mut Canvas, plot: &Plot<'_>, grid: &Grid) {
    let Some(series) = grid.series.first() else { return };
    let values: Vec<f64> = series.values.iter().map(|value| value.unwrap_or(0.0).max(0.0)).collect();
    let whole: f64 = values.iter().sum();
    let r = if canvas.is_wide() { 140.0 } else { (canvas.width / 2.0 - 10.0).min(120.0) };
    canvas.title(0.0, 12.0, plot.y);
    let (cx, cy) = (if canvas.is_wide() { r + 30.0 } else { canvas.width / 2.0 }, HEAD + r + 6.0);
    let at = |share: f64, r: f64| {
        let angle = (share - 0.25) * TAU;
        (cx + angle.cos() * r, cy + angle.sin() * r)
    };
    let mut from = 0.0;
    for (category, value) in values.iter().enumerate() {
        if whole <= 0.0 || *value <= 0.0 {
            continue;
        }
        let share = value / whole;
        let tone = if grid.rest == Some(category) { super::REST } else { category.min(super::MOST_SERIES - 1) };
        let path = if share > 0.9999 {
            format!("M{} {}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z", Px(cx - r), Px(cy), r = Px(r), d = Px(2.0 * r))
        } else {
            let ((x0, y0), (x1, y1)) = (at(from, r), at(from + share, r));
            let large = u8::from(share > 0.5);
            let r = Px(r);
            format!("M{} {}L{} {}A{r} {r} 0 {large} 1 {} {}Z", Px(cx), Px(cy), Px(x0), Px(y0), Px(x1), Px(y1))
        };
        let text = (plot.share)(share);
        canvas.marks.push(Mark::Slice { path, tone, told: format!("{} ({text})", told(grid, category, series)) });
        if share >= 0.06 {
            let (x, y) = at(from + share / 2.0, r * 0.66);
            canvas.say(x, y + 5.0, Side::Middle, text, true);
        }
        from += share;
    }
    let (x, mut y) =
        if canvas.is_wide() { (cx + r + 50.0, cy - values.len() as f64 * 20.0) } else { (0.0, cy + r + 22.0) };
    for (category, name) in grid.categories.iter().enumerate() {
        let tone = if grid.rest == Some(category) { super::REST } else { category.min(super::MOST_SERIES - 1) };
        canvas.marks.push(Mark::Bar {
            x: Px(x),
            y: Px(y),
            width: Px(14.0),
            height: Px(14.0),
            tone,
            patterned: true,
            told: String::new(),
        });
        let room = canvas.width - x - 22.0;
        canvas.say(x + 22.0, y + 11.0, Side::Start, wrap(name, room, SIZE * 1.05, 1).swap_remove(0), true);
        let share = if whole > 0.0 { values.get(category).map_or(0.0, |value| value / whole) } else { 0.0 };
        let value = series.told.get(category).map_or("", String::as_str);
        let text = wrap(&format!("{value} ({})", (plot.share)(share)), room, SIZE, 1).swap_remove(0);
        canvas.say(x + 22.0, y + 11.0 + LINE, Side::Start, text, false);
        y += 40.0;
    }
    canvas.height = (cy + r + 12.0).max(y + 4.0);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::chart::{Bins, Place};

    fn plot<'a>(
        figures: &'a Figures,
        number: &'a dyn Fn(f64, usize) -> String,
        one: &'a dyn Fn(f64) -> String,
    ) -> Plot<'a> {
        Plot { figures, x: "Xã", y: "Dân số", number, x_number: number, day: one, share: one }
    }

    fn drawn(figures: &Figures, width: f64) -> Drawing {
        let number = |value: f64, decimals: usize| format!("{value:.decimals$}");
        let one = |value: f64| format!("{value:.0}");
        draw(&plot(figures, &number, &one), width)
    }

    fn series(values: Vec<Option<f64>>, tone: usize) -> Series {
        let told = values.iter().map(|value| value.map_or_else(String::new, |value| format!("{value:.1}"))).collect();
        Series { name: if tone == 0 { String::new() } else { format!("Nhóm {tone}") }, values, told, tone }
    }

    fn numbers(path: &str) -> Vec<f64> {
        path.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-')).filter_map(|n| n.parse().ok()).collect()
    }

    fn stands_inside(drawing: &Drawing) {
        let (width, height) = (drawing.width.0 + 0.2, drawing.height.0 + 0.2);
        let inside = |x: f64, y: f64| (-0.2..=width).contains(&x) && (-0.2..=height).contains(&y);
        for mark in &drawing.marks {
            match mark {
                Mark::Bar { x, y, width: w, height: h, .. } => {
                    assert!(w.0 >= 0.0 && h.0 >= 0.0, "{mark:?}");
                    assert!(inside(x.0, y.0) && inside(x.0 + w.0, y.0 + h.0), "{mark:?} in {width} x {height}");
                }
                Mark::Line { path, .. } if !path.contains('H') => {
                    for pair in numbers(path).chunks(2) {
                        assert!(inside(pair[0], pair[1]), "{mark:?}");
                    }
                }
                Mark::Line { .. } | Mark::Slice { .. } | Mark::Dot { .. } => {}
            }
        }
        for words in &drawing.words {
            assert!(inside(words.x.0, words.y.0), "{words:?} in {width} x {height}");
        }
    }

    fn heights(drawing: &Drawing) -> Vec<f64> {
        let lying = drawing.marks.windows(2).any(|pair| matches!(pair, [Mark::Bar { x, height, .. }, Mark::Bar { x: x2, height: h2, .. }] if x == x2 && height == h2));
        drawing
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Bar { width, height, .. } => Some(if lying { width.0 } else { height.0 }),
                _ => None,
            })
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]

        #[test]
        fn every_mark_stands_inside_and_bars_are_as_long_as_their_values(
            values in prop::collection::vec(0.0f64..1e7, 2..30),
            names in prop::collection::vec("[A-ZĐ][a-zạ ]{1,30}", 30),
            width in prop::sample::select(vec![340.0, 820.0]),
        ) {
            let grid = Grid {
                categories: names[..values.len()].to_vec(),
                rest: None,
                series: vec![series(values.iter().copied().map(Some).collect(), 0)],
            };
            let drawing = drawn(&Figures::Bars(grid), width);
            stands_inside(&drawing);
            let lengths = heights(&drawing);
            let most = values.iter().copied().fold(0.0, f64::max);
            let longest = lengths.iter().copied().fold(0.0, f64::max);
            for (length, value) in lengths.iter().zip(&values) {
                prop_assert!((length / longest - value / most).abs() < 0.02, "{length} of {longest}: {value} of {most}");
            }
        }

        #[test]
        fn parts_on_top_of_each_other_are_their_sum(
            values in prop::collection::vec((0.0f64..1e5, 0.0f64..1e5, prop::option::of(0.0f64..1e5)), 2..12),
            width in prop::sample::select(vec![340.0, 820.0]),
        ) {
            let grid = Grid {
                categories: (0..values.len()).map(|at| format!("Xã {at}")).collect(),
                rest: None,
                series: vec![
                    series(values.iter().map(|v| Some(v.0)).collect(), 1),
                    series(values.iter().map(|v| Some(v.1)).collect(), 2),
                    series(values.iter().map(|v| v.2).collect(), 3),
                ],
            };
            let drawing = drawn(&Figures::Stacked(grid), width);
            stands_inside(&drawing);
            // Behind the boxes of the legend: the bars, category by category, each upright at one x or lying at one y.
            let bars: Vec<_> = drawing.marks.iter().filter_map(|mark| match mark {
                Mark::Bar { x, y, width, height, told, .. } if !told.is_empty() => Some((x.0, y.0, width.0, height.0)),
                _ => None,
            }).collect();
            let upright = bars[0].0 == bars[1].0;
            let mut at = 0;
            let sums: Vec<(f64, f64)> = values.iter().map(|v| {
                let count = 2 + usize::from(v.2.is_some());
                let length = bars[at..at + count].iter().map(|bar| if upright { bar.3 } else { bar.2 }).sum();
                at += count;
                (v.0 + v.1 + v.2.unwrap_or(0.0), length)
            }).collect();
            let most = sums.iter().copied().fold((0.0f64, 0.0f64), |a, b| (a.0.max(b.0), a.1.max(b.1)));
            for (sum, length) in sums {
                prop_assert!((sum / most.0.max(1.0) - length / most.1.max(1.0)).abs() < 0.03, "{sum} {length} {most:?}");
            }
        }

        #[test]
        fn lines_and_steps_stand_inside(
            values in prop::collection::vec(prop::option::weighted(0.8, -1e6f64..1e6), 1..80),
            counts in prop::collection::vec(0u64..100_000, 1..40),
            width in prop::sample::select(vec![340.0, 820.0]),
        ) {
            let places = (0..values.len()).map(|at| Place { at: at as f64, label: format!("{:02}/2026", at % 12 + 1), number: at as i64 });
            let lines = Lines { places: places.collect(), every: &[1, 3, 12], series: vec![series(values.clone(), 1), series(values, 2)] };
            stands_inside(&drawn(&Figures::Lines(lines), width));
            let drawing = drawn(&Figures::Bins(Bins { first: -5.0, width: 2.5, counts: counts.clone() }), width);
            stands_inside(&drawing);
            prop_assert_eq!(drawing.marks.len(), counts.len());
        }
    }

    #[test]
    fn a_value_that_is_missing_breaks_the_line() {
        let places = (0..5).map(|at| Place { at: f64::from(at), label: at.to_string(), number: i64::from(at) });
        let values = vec![Some(1.0), Some(2.0), None, Some(3.0), Some(4.0)];
        let lines = Lines { places: places.collect(), every: &[1], series: vec![series(values, 0)] };
        let drawing = drawn(&Figures::Lines(lines), 820.0);
        let Some(Mark::Line { path, .. }) = drawing.marks.first() else { panic!("no line") };
        assert_eq!(path.matches('M').count(), 2);
    }

    #[test]
    fn a_line_far_from_zero_says_where_its_axis_begins() {
        let line = |values: [f64; 3]| {
            let places = (0..3).map(|at| Place { at: f64::from(at), label: at.to_string(), number: i64::from(at) });
            let series = vec![series(values.map(Some).to_vec(), 0)];
            drawn(&Figures::Lines(Lines { places: places.collect(), every: &[1], series }), 820.0).base
        };
        assert_eq!(line([6080.0, 6850.0, 6520.0]), Some(6000.0));
        assert_eq!(line([1.0, 10.0, 5.0]), None);
        assert_eq!(line([-3.0, 10.0, 5.0]), None);
    }

    #[test]
    fn the_parts_of_a_pie_are_told_with_their_shares() {
        let grid = Grid {
            categories: vec!["A".into(), "B".into()],
            rest: Some(1),
            series: vec![series(vec![Some(30.0), Some(10.0)], 0)],
        };
        let number = |value: f64, _: usize| value.to_string();
        let share = |value: f64| format!("{:.0}%", value * 100.0);
        let figures = Figures::Pie(grid);
        let drawing = draw(&plot(&figures, &number, &share), 340.0);
        let slices: Vec<(usize, &str)> = drawing
            .marks
            .iter()
            .filter_map(
                |mark| if let Mark::Slice { tone, told, .. } = mark { Some((*tone, told.as_str())) } else { None },
            )
            .collect();
        assert_eq!(slices, [(0, "A: 30.0 (75%)"), (crate::chart::REST, "B: 10.0 (25%)")]);
    }
}
