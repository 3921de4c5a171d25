//! What of a table a map can show: its columns of units and of coordinates, and the measure that says most at first sight.

use std::sync::LazyLock;

use crate::kernel::text::fold;
use crate::map::{Level, Matcher, Named, provinces_on};
use crate::table::explore::{Filter, Measure, Operation, Reader, Written};
use crate::table::geometry;
use crate::table::ingest::report::{Column, Kind};
use crate::vocabulary::LAST_DAY_OF_63;

/// Different values of a column of units.
pub(super) const MOST_CELLS: u64 = 5_000;

/// The provinces of a list.
pub(super) struct Provinces {
    /// The provinces.
    pub units: Vec<Named>,
    /// Finds them.
    pub matcher: Matcher,
}

static LISTS: LazyLock<[Provinces; 2]> = LazyLock::new(|| {
    // The list in force begins the day after the last one ended, and ends with the program's own files.
    let latest = crate::vocabulary::provinces().entries().iter().filter(|entry| entry.to.is_none());
    let today = latest.map(|entry| entry.from).max().unwrap_or(LAST_DAY_OF_63);
    [today, LAST_DAY_OF_63].map(|day| {
        let units = provinces_on(day);
        Provinces { matcher: Matcher::new(Level::Province, &units), units }
    })
});

/// The provinces of today, or `old` of the 63 before.
pub(super) fn provinces(old: bool) -> &'static Provinces {
    &LISTS[usize::from(old)]
}

/// Words of a title that speak of units.
const HINTS: [&str; 17] = [
    "ma",
    "tinh",
    "xa",
    "phuong",
    "dvhc",
    "province",
    "provinces",
    "commune",
    "ward",
    "code",
    "huyen",
    "dia",
    "don",
    "city",
    "thanh",
    "unit",
    "district",
];
/// Words of a title that speak of communes.
const COMMUNES: [&str; 6] = ["xa", "phuong", "commune", "ward", "dvhc", "don"];
/// Words of a title whose numbers are not to be added up.
const RATES: [&str; 16] = [
    "ty", "ti", "nang", "gia", "binh", "quan", "mat", "diem", "trung", "rate", "share", "price", "yield", "mean",
    "average", "chi",
];

fn words(title: &str) -> Vec<String> {
    fold(title).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn speaks_of(column: &Column, known: &[&str]) -> bool {
    words(&column.title).iter().any(|word| known.contains(&word.as_str()))
}

/// Whether a title may name a column of communes: then their boundaries are worth looking for.
pub(super) fn may_name_communes(columns: &[Column]) -> bool {
    columns.iter().any(|column| matches!(column.kind, Kind::Text | Kind::Integer) && speaks_of(column, &COMMUNES))
}

/// The columns whose cells name units, the best first; by the frequent values that the import report keeps.
pub(super) fn unit_columns(columns: &[Column], communes: Option<&Matcher>) -> Vec<usize> {
    let matchers = [(communes, 2_usize), (Some(&provinces(false).matcher), 1), (Some(&provinces(true).matcher), 1)];
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for (at, column) in columns.iter().enumerate() {
        let Some(profile) = &column.profile else { continue };
        if !matches!(column.kind, Kind::Text | Kind::Integer) || profile.distinct.value > MOST_CELLS || column.is_year()
        {
            continue;
        }
        let hinted = speaks_of(column, &HINTS);
        let tops: Vec<&str> = profile.top.iter().map(|(value, _)| value.as_str()).collect();
        let coded = tops.iter().any(|value| Matcher::is_code(value));
        if (coded || tops.is_empty() || column.kind == Kind::Integer) && !hinted {
            continue;
        }
        let best = matchers
            .iter()
            .filter_map(|(matcher, weight)| {
                let hits = tops.iter().filter(|value| matcher.is_some_and(|one| one.find(value).is_some())).count();
                let enough = hits > 0 && hits * 2 >= tops.len() && (hits > 1 || tops.len() == 1 || coded);
                enough.then_some((*weight, hits))
            })
            .max();
        match best {
            Some((weight, _)) => found.push((weight * 2 + usize::from(coded), columns.len() - at, at)),
            // Nothing stands out in a large column: its title decides.
            None if tops.is_empty()
                && profile.distinct.value > 0
                && speaks_of(column, &["tinh", "province", "xa", "phuong"]) =>
            {
                found.push((0, columns.len() - at, at));
            }
            None => {}
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, _, at)| at).collect()
}

/// The columns of numbers that say something of a unit: no years, numbers of rows, coordinates.
pub(super) fn measured<'a>(columns: &'a [Column], units: &[usize]) -> Vec<&'a Column> {
    let place = geometry::of(columns).map(|place| place.columns()).unwrap_or_default();
    columns
        .iter()
        .enumerate()
        .filter(|(at, column)| {
            matches!(column.kind, Kind::Integer | Kind::Decimal)
                && !column.is_year()
                && !units.contains(at)
                && !place.contains(at)
                && !matches!(column.key.as_str(), "stt" | "tt" | "id" | "nam" | "year" | "thang" | "month" | "quy")
                && !speaks_of(column, &["ma", "code"])
        })
        .map(|(_, column)| column)
        .collect()
}

/// The measure that a map begins with.
pub(super) fn first_measure(columns: &[Column], units: &[usize]) -> Measure {
    match measured(columns, units).first() {
        Some(column) if speaks_of(column, &RATES) => Measure::Of(Operation::Average, column.key.clone()),
        Some(column) => Measure::Of(Operation::Sum, column.key.clone()),
        None => Measure::Rows,
    }
}

/// Of a table over several years, the latest one.
pub(super) fn first_filter(columns: &[Column], reader: &Reader) -> Option<Filter> {
    let column = columns.iter().find(|column| column.is_year())?;
    let profile = column.profile.as_ref()?;
    if profile.min == profile.max {
        return None;
    }
    let latest = profile.max.as_deref()?;
    Filter::read(column, "eq", &[latest], Written::Address, reader, "filter").ok()
}
