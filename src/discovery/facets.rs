//! Filters and facet counts in one pass over the matches.

use super::document::{
    AGENCY, DUE, DUE_SOON, FORMAT, FREQUENCY, Facet, Facets, Query, TOPIC, Timeliness, WithoutFilter,
};
use crate::platform::index::{Codes, Match, Snapshot};

/// What a pass over the matches finds.
#[derive(Debug, Default)]
pub(super) struct Filtered {
    /// Matches that pass every filter.
    pub passed: Vec<Match>,
    pub facets: Facets,
    /// Per facet, in the order of [`Facet::ALL`], how many would pass without its filter.
    pub without: [u64; 5],
    /// How many there were before any filter.
    pub all: u64,
}

/// One facet of codes during a pass.
struct Counter<'a> {
    codes: Option<&'a Codes>,
    /// By place: whether it is selected. Empty when nothing is selected.
    selected: Vec<bool>,
    counts: Vec<u64>,
}

impl<'a> Counter<'a> {
    fn new(snapshot: &'a Snapshot, field: usize, wanted: &[String]) -> Self {
        let codes = snapshot.codes(field);
        let values = codes.map_or(0, |codes| codes.values.len());
        let mut selected = Vec::new();
        if !wanted.is_empty() {
            // One more than there are values, so that a selection of unknown codes only is still a selection.
            selected = vec![false; values + 1];
            for place in wanted.iter().filter_map(|code| codes.and_then(|codes| codes.place(code))) {
                selected[place] = true;
            }
        }
        Self { codes, selected, counts: vec![0; values] }
    }

    fn of(&self, row: u32) -> &'a [u32] {
        self.codes.map_or(&[], |codes| codes.of(row))
    }

    fn passes(&self, row: u32) -> bool {
        self.selected.is_empty()
            || self.of(row).iter().any(|place| self.selected.get(*place as usize).copied().unwrap_or_default())
    }

    fn count(&mut self, row: u32) {
        for place in self.of(row) {
            if let Some(count) = self.counts.get_mut(*place as usize) {
                *count += 1;
            }
        }
    }

    fn finish(self, wanted: &[String]) -> Vec<(String, u64)> {
        let values = self.codes.map_or(&[][..], |codes| codes.values.as_slice());
        let mut counts: Vec<(String, u64)> = values
            .iter()
            .cloned()
            .zip(self.counts)
            .filter(|(code, count)| *count > 0 || wanted.contains(code))
            .collect();
        for code in wanted {
            if !counts.iter().any(|(known, _)| known == code) {
                counts.push((code.clone(), 0));
            }
        }
        counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        counts
    }
}

/// Seen from `today` (days since 1970-01-01): late when the due day is past.
pub(super) fn timeliness(due: i64, due_soon: i64, today: i32) -> Timeliness {
    let today = i64::from(today);
    if today > due {
        Timeliness::Late
    } else if due != i64::MAX && today >= due_soon {
        Timeliness::DueSoon
    } else {
        Timeliness::OnTime
    }
}

/// Filters the matches and counts every facet, each without its own filter.
pub(super) fn filter(snapshot: &Snapshot, matches: Vec<Match>, query: &Query) -> Filtered {
    let mut counters = [
        Counter::new(snapshot, TOPIC, &query.topics),
        Counter::new(snapshot, AGENCY, &query.agencies),
        Counter::new(snapshot, FORMAT, &query.formats),
        Counter::new(snapshot, FREQUENCY, &query.frequencies),
    ];
    let mut timely = [0; 3];
    let mut filtered = Filtered { all: matches.len() as u64, ..Filtered::default() };
    for found in matches {
        let number = |field| snapshot.number(field, found.row).unwrap_or(i64::MAX);
        let when = timeliness(number(DUE), number(DUE_SOON), query.today);
        // One bit for each facet whose filter keeps the record out.
        let mut out = 0_u8;
        for (at, counter) in counters.iter().enumerate() {
            out |= u8::from(!counter.passes(found.row)) << at;
        }
        out |= u8::from(!query.timeliness.is_empty() && !query.timeliness.contains(&when)) << 4;
        for (at, counter) in counters.iter_mut().enumerate() {
            if out & !(1 << at) == 0 {
                counter.count(found.row);
                filtered.without[at] += 1;
            }
        }
        if out & !(1 << 4) == 0 {
            timely[when as usize] += 1;
            filtered.without[4] += 1;
        }
        if out == 0 {
            filtered.passed.push(found);
        }
    }
    let [topics, agencies, formats, frequencies] = counters;
    filtered.facets = Facets {
        topics: topics.finish(&query.topics),
        agencies: agencies.finish(&query.agencies),
        formats: formats.finish(&query.formats),
        frequencies: frequencies.finish(&query.frequencies),
        timeliness: Timeliness::ALL
            .into_iter()
            .zip(timely)
            .filter(|(when, count)| *count > 0 || query.timeliness.contains(when))
            .collect(),
    };
    filtered
}

/// The filters whose dropping would bring hits, most first.
pub(super) fn droppable(filtered: &Filtered, query: &Query) -> Vec<WithoutFilter> {
    let timeliness = query.timeliness.iter().map(|when| when.code().to_owned()).collect();
    let values =
        [query.topics.clone(), query.agencies.clone(), query.formats.clone(), query.frequencies.clone(), timeliness];
    let mut droppable: Vec<WithoutFilter> = Facet::ALL
        .into_iter()
        .zip(values)
        .zip(filtered.without)
        .filter(|((_, values), count)| !values.is_empty() && *count > 0)
        .map(|((filter, values), count)| WithoutFilter { filter, values, count })
        .collect();
    droppable.sort_by_key(|without| std::cmp::Reverse(without.count));
    droppable
}
