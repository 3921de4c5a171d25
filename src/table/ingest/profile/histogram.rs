//! Histograms: at most twenty bins between edges that people would choose, counted exactly.

use crate::table::ingest::typing::date::{DAY, civil_from_days, days_from_civil};

/// Most bins.
pub(super) const MOST_BINS: usize = 20;

/// Counts of values between edges.
#[derive(Clone, Debug)]
pub(super) struct Bins {
    /// Ascending; bin `i` goes from `edges[i]` (included) to `edges[i + 1]` (excluded, but for the last bin).
    pub(super) edges: Vec<f64>,
    pub(super) counts: Vec<u64>,
}

impl Bins {
    pub(super) fn new(edges: Vec<f64>) -> Self {
        let counts = vec![0; edges.len().saturating_sub(1)];
        Self { edges, counts }
    }

    /// Counts a value; one beyond the edges goes to the outer bin.
    #[inline]
    pub(super) fn add(&mut self, value: f64) {
        let Some(last) = self.counts.len().checked_sub(1) else { return };
        // Every edge below or at the value moves the bin by one: no branch to mispredict.
        let passed: usize = self.edges[1..].iter().map(|edge| usize::from(*edge <= value)).sum();
        self.counts[passed.min(last)] += 1;
    }
}

/// Edges at multiples of 1, 2 or 5 times a power of ten. `whole`: no step below one. Empty when there is no range.
pub(super) fn number_edges((low, high): (f64, f64), whole: bool) -> Vec<f64> {
    let span = high - low;
    if !low.is_finite() || !span.is_finite() || span < 0.0 {
        return if low <= high && low.is_finite() && high.is_finite() { vec![low, high] } else { Vec::new() };
    }
    let smallest = if span > 0.0 { (span / MOST_BINS as f64).log10().floor() as i32 } else { 0 };
    for power in (if whole { smallest.max(0) } else { smallest })..smallest.saturating_add(3).max(3) {
        for factor in [1.0, 2.0, 5.0] {
            // Steps below one are divisions, so that the edges are the doubles nearest to their short texts.
            let edge = |index: f64| {
                if power < 0 { index * factor / 10f64.powi(-power) } else { index * factor * 10f64.powi(power) }
            };
            let step = edge(1.0);
            let mut first = (low / step).floor();
            while edge(first) > low {
                first -= 1.0;
            }
            let bins = (high / step).floor() - first + 1.0;
            if bins > MOST_BINS as f64 || !bins.is_finite() {
                continue;
            }
            let edges: Vec<f64> = (0..=bins as usize).map(|index| edge(first + index as f64)).collect();
            return if edges.windows(2).all(|pair| pair[0] < pair[1]) { edges } else { vec![low, high] };
        }
    }
    vec![low, high]
}

/// Edges, in days, at days, Mondays, months, quarters, years and multiples of them.
pub(super) fn day_edges((low, high): (f64, f64)) -> Vec<f64> {
    if low > high {
        return Vec::new();
    }
    let (low, high) = (low as i32, high as i32);
    let collect = |start: i32, next: &dyn Fn(i32) -> i32| {
        let mut edges = vec![start];
        let mut edge = start;
        while edge <= high && edges.len() <= MOST_BINS + 1 {
            edge = next(edge);
            edges.push(edge);
        }
        (edges.len() <= MOST_BINS + 1).then(|| edges.into_iter().map(f64::from).collect::<Vec<_>>())
    };
    // 1970-01-01 was a Thursday.
    let monday = low - (low + 3).rem_euclid(7);
    let (year, month, _) = civil_from_days(low);
    let month_index = year * 12 + month as i32 - 1;
    let day_of = |index: i32| days_from_civil(index.div_euclid(12), index.rem_euclid(12) as u32 + 1, 1);
    let months = |step: i32| {
        let first = month_index.div_euclid(step) * step;
        collect(day_of(first), &|edge| {
            let (year, month, _) = civil_from_days(edge);
            day_of(year * 12 + month as i32 - 1 + step)
        })
    };
    collect(low, &|edge| edge + 1)
        .or_else(|| collect(monday, &|edge| edge + 7))
        .or_else(|| [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000].into_iter().find_map(months))
        .unwrap_or_else(|| vec![f64::from(low), f64::from(high)])
}

/// Edges, in microseconds, at seconds, minutes, hours and multiples of them, then as [`day_edges`].
pub(super) fn time_edges((low, high): (f64, f64)) -> Vec<f64> {
    if low > high {
        return Vec::new();
    }
    const SECOND: f64 = 1e6;
    for seconds in [1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 120.0, 300.0, 600.0, 1800.0, 3600.0, 7200.0, 21600.0, 43200.0] {
        let step = seconds * SECOND;
        let first = (low / step).floor();
        let bins = (high / step).floor() - first + 1.0;
        if bins <= MOST_BINS as f64 {
            return (0..=bins as usize).map(|index| (first + index as f64) * step).collect();
        }
    }
    let day = DAY as f64;
    day_edges(((low / day).floor(), (high / day).floor())).into_iter().map(|edge| edge * day).collect()
}

/// Lengths of texts: exact bins that double their width whenever a longer text comes, so that no range need be known.
#[derive(Clone, Debug)]
pub(super) struct Lengths {
    counts: Vec<u64>,
    width: usize,
    pub(super) shortest: usize,
    pub(super) longest: usize,
}

/// Bins kept while counting lengths; even, so that pairs of bins can be joined.
const LENGTH_BINS: usize = 512;

impl Default for Lengths {
    fn default() -> Self {
        Self { counts: Vec::new(), width: 1, shortest: usize::MAX, longest: 0 }
    }
}

impl Lengths {
    #[inline]
    pub(super) fn add(&mut self, length: usize) {
        if self.counts.is_empty() {
            self.counts = vec![0; LENGTH_BINS];
        }
        self.shortest = self.shortest.min(length);
        self.longest = self.longest.max(length);
        while length / self.width >= LENGTH_BINS {
            for index in 0..LENGTH_BINS / 2 {
                self.counts[index] = self.counts[2 * index] + self.counts[2 * index + 1];
            }
            self.counts[LENGTH_BINS / 2..].fill(0);
            self.width *= 2;
        }
        self.counts[length / self.width] += 1;
    }

    /// At most twenty bins from the shortest to the longest: edges and counts.
    pub(super) fn bins(&self) -> Option<(Vec<u64>, Vec<u64>)> {
        if self.counts.is_empty() {
            return None;
        }
        let (first, last) = (self.shortest / self.width, self.longest / self.width);
        let step = (last - first + 1).div_ceil(MOST_BINS);
        let counts: Vec<u64> = self.counts[first..=last].chunks(step).map(|chunk| chunk.iter().sum()).collect();
        let edges = (0..=counts.len()).map(|index| ((first + index * step) * self.width) as u64).collect();
        Some((edges, counts))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edges_are_round_numbers() {
        assert_eq!(number_edges((0.0, 93.0), true).len(), 20);
        assert_eq!(number_edges((2010.0, 2024.0), true), (2010..=2025).map(f64::from).collect::<Vec<_>>());
        assert_eq!(number_edges((0.1, 0.35), false)[..3], [0.1, 0.12, 0.14]);
        assert_eq!(number_edges((5.0, 5.0), true), [5.0, 6.0]);
        assert!(number_edges((f64::INFINITY, f64::NEG_INFINITY), true).is_empty());
    }

    #[test]
    fn dates_are_binned_by_the_calendar() {
        let day = |year, month, day| f64::from(days_from_civil(year, month, day));
        let years = day_edges((day(2010, 5, 3), day(2024, 12, 31)));
        assert_eq!((years[0], years[1], years.len()), (day(2010, 1, 1), day(2011, 1, 1), 16));
        let months = day_edges((day(2024, 1, 15), day(2024, 12, 2)));
        assert_eq!((months[0], months[1], months.len()), (day(2024, 1, 1), day(2024, 2, 1), 13));
        let hours = time_edges((0.0, 10.0 * 3.6e9));
        assert_eq!((hours[0], hours[1]), (0.0, 1.8e9 * 2.0));
    }

    proptest::proptest! {
        #[test]
        fn edges_hold_every_value(mut values in proptest::collection::vec(-1e9f64..1e9, 1..50), scale in -12i32..12) {
            values.iter_mut().for_each(|value| *value *= 10f64.powi(scale));
            let range = values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (v.min(low), v.max(high)));
            let mut bins = Bins::new(number_edges(range, false));
            proptest::prop_assert!((2..=MOST_BINS + 1).contains(&bins.edges.len()));
            proptest::prop_assert!(bins.edges[0] <= range.0 && bins.edges[bins.edges.len() - 1] >= range.1, "{:?} {:?}", range, bins.edges);
            values.iter().for_each(|&value| bins.add(value));
            proptest::prop_assert_eq!(bins.counts.iter().sum::<u64>(), values.len() as u64);
            for (index, count) in bins.counts.iter().enumerate() {
                let inside = values.iter().filter(|&&v| v >= bins.edges[index] && (v < bins.edges[index + 1] || index + 1 == bins.counts.len()));
                proptest::prop_assert_eq!(inside.count() as u64, *count);
            }
        }

        #[test]
        fn every_length_is_counted(lengths in proptest::collection::vec(1usize..100_000, 1..80)) {
            let mut bins = Lengths::default();
            lengths.iter().for_each(|&length| bins.add(length));
            let (edges, counts) = bins.bins().unwrap();
            proptest::prop_assert!(counts.len() <= MOST_BINS);
            for (index, count) in counts.iter().enumerate() {
                let inside = lengths.iter().filter(|&&length| (edges[index]..edges[index + 1]).contains(&(length as u64))).count();
                proptest::prop_assert_eq!(inside as u64, *count);
            }
        }
    }
}
