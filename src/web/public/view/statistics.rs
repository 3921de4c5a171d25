//! How the data is used: figures, lines and tables.

use askama::Template;

use crate::demand::{FEWEST, Missed};
use crate::http::page::{Download, Link, PageCtx, Text};
use crate::statistics::Totals;

/// `/thong-ke?range=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/statistics.html")]
pub struct StatisticsPage {
    /// The page.
    pub page: PageCtx,
    /// Ranges to choose from: name, address, whether it is the one shown.
    pub ranges: Vec<(String, String, bool)>,
    /// What was counted in the range.
    pub totals: Totals,
    /// Published datasets of which anything was counted.
    pub datasets_used: u64,
    /// What was counted by day or month.
    pub trend: Trend,
    /// The datasets with most downloads.
    pub datasets: Vec<UseRow>,
    /// All agencies of which anything was counted.
    pub agencies: Vec<UseRow>,
    /// Formats, as downloads alone.
    pub formats: Vec<UseRow>,
    /// What was searched for in vain in the months of the range, in numbers.
    pub missed: Missed,
    /// The figures as a dataset.
    pub files: Vec<Download>,
    /// Their data dictionary.
    pub schema_href: String,
    /// The terms they are under.
    pub terms: Link,
}

impl StatisticsPage {
    /// Whether anything was counted.
    pub fn is_empty(&self) -> bool {
        self.totals == Totals::default()
    }

    /// How much was searched for in vain.
    fn in_vain(&self) -> String {
        let Missed { since, words, people } = &self.missed;
        let (year, month) = since.split_once('-').unwrap_or_default();
        self.page.t3("usage-missed-told", "month", format!("{month}/{year}"), "words", *words, "people", *people)
    }

    /// What is kept of searches.
    fn searches(&self) -> String {
        self.page.t1("usage-how-searches", "count", FEWEST)
    }
}

/// A dataset, an agency or a format with what was counted of it.
#[derive(Clone, Debug)]
pub struct UseRow {
    /// What it is called.
    pub name: Text,
    /// Its page.
    pub href: Option<String>,
    /// Whose it is, of a dataset.
    pub agency: Option<Text>,
    /// What was counted.
    pub totals: Totals,
    /// The length of its bar, such as `62%`.
    pub width: String,
}

/// What was counted of some time in a row, up to the day, month or year that is not over.
#[derive(Clone, Debug, Default)]
pub struct Trend {
    /// What a point is: a day, a month, a year; its name in full, its name under the axis, what was counted.
    pub points: Vec<(String, String, Totals)>,
}

/// A drawing of it, in units of its own box.
#[derive(Clone, Debug)]
pub struct Drawing {
    /// How wide and high the box is.
    pub size: (u32, u32),
    /// Where the axis ends on the left and on the right.
    pub span: (u32, u32),
    /// Lines of the grid: how high, and the number.
    pub grid: Vec<(String, u64)>,
    /// What stands under the axis: where, and the words.
    pub ticks: Vec<(String, String)>,
    /// The line of views and that of downloads, as SVG writes points, without their last stretch.
    pub lines: (String, String),
    /// Their last stretch: it leads to the day, month or year that is not over.
    pub unfinished: (String, String),
}

/// How high the box of the lines is, and where in it the highest and the lowest point stand.
const HEIGHT: u32 = 240;
const TOP: u32 = 12;
const BOTTOM: u32 = 208;

impl Trend {
    /// Drawn in a box so many units wide with so many words under the axis.
    pub fn drawn(&self, width: u32, words: usize) -> Drawing {
        let (left, right) = (56, width - 12);
        let most = self.points.iter().map(|(.., totals)| totals.views.max(totals.downloads)).max().unwrap_or(0);
        let step = nice_step(most);
        let top = step * most.div_ceil(step).max(1);
        let last = self.points.len().saturating_sub(1).max(1);
        let x = |index: usize| f64::from(left) + f64::from(right - left) * ratio(index as u64, last as u64);
        let y = |count: u64| f64::from(BOTTOM) - f64::from(BOTTOM - TOP) * ratio(count, top);
        let point = |of: fn(&Totals) -> u64| {
            let points = self.points.iter().enumerate();
            points.map(|(index, (.., totals))| format!("{:.1},{:.1}", x(index), y(of(totals)))).collect::<Vec<_>>()
        };
        let (views, downloads) = (point(|totals| totals.views), point(|totals| totals.downloads));
        let over = self.points.len().saturating_sub(1);
        let every = self.points.len().div_ceil(words.max(1)).max(1);
        // Counted from the end, so that the last point always has its words.
        let ticks =
            self.points.iter().enumerate().filter(|(index, _)| (self.points.len() - 1 - index).is_multiple_of(every));
        Drawing {
            size: (width, HEIGHT),
            span: (left, right),
            grid: (0..=top / step).map(|index| (format!("{:.1}", y(index * step)), index * step)).collect(),
            ticks: ticks.map(|(index, (_, short, _))| (format!("{:.1}", x(index)), short.clone())).collect(),
            lines: (views[..over].join(" "), downloads[..over].join(" ")),
            unfinished: (views[over.saturating_sub(1)..].join(" "), downloads[over.saturating_sub(1)..].join(" ")),
        }
    }

    /// The downloads of what is over as one small line in a box of 120 by 28 units; none where there are no two points of it.
    pub fn spark(&self) -> Option<String> {
        let (_, over) = self.points.split_last()?;
        let most = over.iter().map(|(.., totals)| totals.downloads).max()?.max(1);
        let last = over.len().checked_sub(1).filter(|last| *last > 0)?;
        let point = |(index, (.., totals)): (usize, &(String, String, Totals))| {
            format!(
                "{:.1},{:.1}",
                2.0 + 116.0 * ratio(index as u64, last as u64),
                26.0 - 24.0 * ratio(totals.downloads, most)
            )
        };
        Some(over.iter().enumerate().map(point).collect::<Vec<_>>().join(" "))
    }

    /// What was counted altogether.
    pub fn totals(&self) -> Totals {
        self.points.iter().fold(Totals::default(), |sum, (.., totals)| Totals {
            views: sum.views + totals.views,
            downloads: sum.downloads + totals.downloads,
        })
    }
}

#[allow(clippy::cast_precision_loss, reason = "of a drawing some hundred units wide")]
fn ratio(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// A step of 1, 2 or 5 times a power of ten that makes at most five lines.
fn nice_step(most: u64) -> u64 {
    let mut power = 1;
    loop {
        for factor in [1, 2, 5] {
            if power * factor * 5 >= most {
                return power * factor;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trend(counts: &[u64]) -> Trend {
        let point = |count: &u64| (String::new(), count.to_string(), Totals { views: *count, downloads: *count / 2 });
        Trend { points: counts.iter().map(point).collect() }
    }

    #[test]
    fn a_line_stays_in_its_box_whatever_was_counted() {
        for counts in [vec![], vec![0], vec![7], vec![0, 0], vec![1, 999_999_999_999, 5], vec![3; 400]] {
            let drawing = trend(&counts).drawn(320, 4);
            assert!(drawing.grid.len() <= 6 && drawing.ticks.len() <= 4, "{counts:?}");
            let points = drawing.lines.0.split(' ').chain(drawing.unfinished.0.split(' '));
            for point in points.filter(|point| !point.is_empty()) {
                let (x, y) = point.split_once(',').unwrap();
                let (x, y): (f64, f64) = (x.parse().unwrap(), y.parse().unwrap());
                assert!((56.0..=308.0).contains(&x) && (12.0..=208.0).contains(&y), "{counts:?} {point}");
            }
        }
        let drawing = trend(&[1, 2, 3]).drawn(320, 4);
        let ends =
            |line: &str| (line.split(' ').next().map(str::to_owned), line.split(' ').next_back().map(str::to_owned));
        assert_eq!(
            ends(&drawing.lines.0).1,
            ends(&drawing.unfinished.0).0,
            "the last stretch goes on where the line ends"
        );
        assert_eq!([0, 4, 5, 6, 23, 99].map(nice_step), [1, 1, 1, 2, 5, 20]);
        assert!(trend(&[1, 2]).spark().is_none() && trend(&[1, 2, 3]).spark().is_some());
    }
}
