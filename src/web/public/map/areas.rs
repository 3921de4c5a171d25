//! Values by unit: what the explorer's groups say, put on the units that their cells name.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{MOST_CELLS, Provinces, provinces};
use crate::http::App;
use crate::i18n::format;
use crate::kernel::{Error, Kind, Lang, Localized, Problem, Result};
use crate::map::{self, Class, Level, Matcher, Method, Named, Set, Unit};
use crate::platform::columnar::Value as Cell;
use crate::table::explore::{Explorer, Measure, Operation, Query};
use crate::vocabulary::{LAST_DAY_OF_63, provinces as list};
use crate::web::public::view::map::Shade;

/// Classes of a map.
const CLASSES: usize = 5;
/// Decimals of a border.
const MOST_DECIMALS: usize = 6;
/// Units beyond which only those with a value are drawn.
const MOST_DRAWN: usize = 400;

/// A unit with its value.
#[derive(Clone, Debug)]
pub(super) struct Valued {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Its value.
    pub value: Option<f64>,
    /// The cells that name it.
    pub cells: Vec<String>,
}

/// Values by unit, and what they are drawn with.
pub(super) struct Areas {
    /// The level of the units.
    pub level: Level,
    /// Whether the table names provinces of the 63.
    pub of_old: bool,
    /// Whether the units shown are of the 63.
    pub old: bool,
    /// Why values of old provinces were not put into the new ones although it was asked for.
    pub unmerged: bool,
    /// The units.
    pub units: Vec<Valued>,
    /// Cells that name no unit.
    pub unmatched: Vec<String>,
    /// Rows of groups without a unit at all.
    pub empty: bool,
    /// The classes of the values.
    pub classes: Vec<Class>,
    /// Decimals of the values.
    pub decimals: usize,
    /// Decimals of the borders of classes.
    pub bordered: usize,
    /// The boundaries, where they are there.
    pub set: Option<Set>,
    /// The units as they lie, where boundaries are there.
    pub drawn: Vec<Unit>,
}

/// What is asked of a map of areas.
pub(super) struct Asked<'a> {
    /// The column of units.
    pub unit: &'a str,
    /// The measure.
    pub measure: &'a Measure,
    /// Filters, and nothing else.
    pub query: &'a Query,
    /// How classes are made.
    pub method: Method,
    /// Whether values of the 63 are put into the 34.
    pub merged: bool,
    /// Whether boundaries are left aside.
    pub tiles: bool,
}

/// How values of several cells become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Together {
    Sum,
    Least,
    Greatest,
    /// A mean, from sum and count.
    Mean,
    /// Nobody knows: different values may be the same ones.
    Unknown,
}

fn together(measure: &Measure) -> Together {
    match measure {
        Measure::Rows | Measure::Of(Operation::Sum | Operation::Count, _) => Together::Sum,
        Measure::Of(Operation::Min, _) => Together::Least,
        Measure::Of(Operation::Max, _) => Together::Greatest,
        Measure::Of(Operation::Average, _) => Together::Mean,
        Measure::Of(Operation::Distinct, _) => Together::Unknown,
    }
}

/// A group: the cell, its value, and how many values a mean is of.
type Group = (Option<String>, Option<f64>, f64);

impl Areas {
    /// Asks the table.
    ///
    /// # Errors
    /// What the explorer refuses; `map-too-many-cells` (`most`).
    pub async fn ask(app: &App, explorer: &Explorer, asked: &Asked<'_>) -> Result<Self> {
        let groups = groups(explorer, asked).await?;
        let whole = whole(explorer, asked).await?;
        let today = app.today();
        let (communes, sets) = app
            .db()
            .read_async(move |conn| {
                let communes = map::names_on(conn, Level::Commune, today)?;
                let commune = map::set_on(conn, Level::Commune, today)?;
                let new = map::set_on(conn, Level::Province, today)?;
                let old = map::set_on(conn, Level::Province, LAST_DAY_OF_63)?;
                Ok((communes, [commune, new, old]))
            })
            .await?;
        let [commune_set, new_set, old_set] = sets;
        let matcher = Matcher::new(Level::Commune, &communes);
        // The list that knows most of the cells of the whole table: a filter changes no map.
        let cells: Vec<&str> = match &whole {
            Some(whole) => whole.iter().map(String::as_str).collect(),
            None => groups.iter().filter_map(|(cell, ..)| cell.as_deref()).collect(),
        };
        let hits = |matcher: &Matcher| cells.iter().filter(|cell| matcher.find(cell).is_some()).count();
        let known = [hits(&matcher), hits(&provinces(false).matcher), hits(&provinces(true).matcher)];
        let best = match known {
            [communes, new, old] if communes > new.max(old) => 0,
            [_, new, old] if old > new => 2,
            _ => 1,
        };
        let (level, of_old) = (if best == 0 { Level::Commune } else { Level::Province }, best == 2);
        let (named, matcher): (&[Named], &Matcher) = match best {
            0 => (&communes, &matcher),
            _ => {
                let Provinces { units, matcher } = provinces(of_old);
                (units, matcher)
            }
        };
        let how = together(asked.measure);
        let mut folded: BTreeMap<String, (Option<f64>, f64, Vec<String>)> = BTreeMap::new();
        let (mut unmatched, mut empty) = (BTreeSet::new(), false);
        let merging = of_old && asked.merged && how != Together::Unknown;
        for (cell, value, weight) in groups {
            let Some(cell) = cell else {
                empty = true;
                continue;
            };
            let Some(at) = matcher.find(&cell) else {
                unmatched.insert(cell);
                continue;
            };
            let code = if merging { became(&named[at].code).unwrap_or_default() } else { named[at].code.clone() };
            let entry = folded.entry(code).or_insert((None, 0.0, Vec::new()));
            *entry = add(how, std::mem::take(entry), (value, weight), cell);
        }
        let shown: &[Named] = if merging { &provinces(false).units } else { named };
        let mut units: Vec<Valued> = shown
            .iter()
            .map(|unit| {
                let (value, _, cells) = folded.remove(&unit.code).unwrap_or_default();
                Valued { code: unit.code.clone(), name: unit.name.clone(), value, cells }
            })
            .collect();
        let old = of_old && !merging;
        let set = match (level, old) {
            (Level::Commune, _) => commune_set,
            (Level::Province, true) => old_set,
            (Level::Province, false) => new_set,
        };
        let mut drawn = Vec::new();
        if let Some(set) = set.clone().filter(|_| level == Level::Commune || !asked.tiles) {
            drawn = app.db().read_async(move |conn| map::units_in(conn, &set, None)).await?;
            if level == Level::Commune && drawn.len() > MOST_DRAWN {
                let with: BTreeSet<&str> =
                    units.iter().filter(|unit| !unit.cells.is_empty()).map(|unit| unit.code.as_str()).collect();
                drawn.retain(|unit| with.contains(unit.code.as_str()));
                let kept: BTreeSet<String> = with.into_iter().map(str::to_owned).collect();
                units.retain(|unit| kept.contains(&unit.code));
            }
        }
        let values: Vec<f64> = units.iter().filter_map(|unit| unit.value).collect();
        let (classes, decimals) = (map::classes(&values, asked.method, CLASSES), decimals(&values));
        Ok(Self {
            level,
            of_old,
            old,
            unmerged: of_old && asked.merged && !merging,
            bordered: match asked.method {
                Method::Equal => border_decimals(&classes, decimals),
                Method::Quantiles => decimals,
            },
            classes,
            decimals,
            units,
            unmatched: unmatched.into_iter().collect(),
            empty,
            set,
            drawn,
        })
    }

    /// The value of a unit.
    pub fn value_of(&self, code: &str) -> Option<f64> {
        self.units.iter().find(|unit| unit.code == code).and_then(|unit| unit.value)
    }

    /// The shade of a value.
    pub fn shade(&self, value: Option<f64>) -> Shade {
        let Some(value) = value else { return Shade::default() };
        let at = map::class_of(&self.classes, value);
        // Few classes take the middle and the ends, so that their difference is seen.
        let shades: &[u8] = match self.classes.len() {
            0 | 1 => &[3],
            2 => &[2, 4],
            3 => &[1, 3, 5],
            4 => &[1, 2, 4, 5],
            _ => &[1, 2, 3, 4, 5],
        };
        Shade(shades.get(at).copied().unwrap_or(3))
    }

    /// A value in the language's form, all with the same decimals.
    pub fn written(&self, lang: Lang, value: f64) -> String {
        format::rounded(lang, value, self.decimals)
    }

    /// A border of a class in the language's form.
    pub fn border(&self, lang: Lang, value: f64) -> String {
        format::rounded(lang, value, self.bordered)
    }
}

fn add(
    how: Together,
    (value, weight, mut cells): (Option<f64>, f64, Vec<String>),
    (more, of): (Option<f64>, f64),
    cell: String,
) -> (Option<f64>, f64, Vec<String>) {
    cells.push(cell);
    let Some(more) = more else { return (value, weight, cells) };
    let Some(known) = value else { return (Some(more), of, cells) };
    let value = match how {
        Together::Sum => Some(known + more),
        Together::Least => Some(known.min(more)),
        Together::Greatest => Some(known.max(more)),
        Together::Mean if weight + of > 0.0 => Some((known * weight + more * of) / (weight + of)),
        Together::Mean | Together::Unknown => None,
    };
    (value, weight + of, cells)
}

/// The code of the province of today that a province of the 63 became.
fn became(code: &str) -> Option<String> {
    let old = list().get(code, LAST_DAY_OF_63)?;
    let latest = list().entries().iter().filter(|entry| entry.to.is_none()).map(|entry| entry.from).max()?;
    list().became(old, latest).first().map(|entry| entry.code.clone())
}

async fn groups(explorer: &Explorer, asked: &Asked<'_>) -> Result<Vec<Group>> {
    let mut measures = vec![asked.measure.clone()];
    if let Measure::Of(Operation::Average, key) = asked.measure {
        measures.push(Measure::Of(Operation::Count, key.clone()));
    }
    let rows = crate::table::explore::MOST_ROWS;
    let mut query = Query {
        filters: asked.query.filters.clone(),
        group: vec![asked.unit.to_owned()],
        measures,
        rows,
        ..Query::default()
    };
    let mut groups = Vec::new();
    loop {
        let found = explorer.page(&query).await?;
        if found.total > MOST_CELLS {
            return Err(Error::invalid(Problem::new("map-too-many-cells").with("most", MOST_CELLS)));
        }
        for row in &found.rows {
            let cell = row.first().and_then(text);
            groups.push((cell, row.get(1).and_then(number), row.get(2).and_then(number).unwrap_or(1.0)));
        }
        if found.page * rows >= found.total {
            return Ok(groups);
        }
        query.page += 1;
    }
}

/// All different cells of the column, whatever is filtered; none where nothing is filtered, or where they are too many to be
/// told at once.
async fn whole(explorer: &Explorer, asked: &Asked<'_>) -> Result<Option<Vec<String>>> {
    if asked.query.filters.is_empty() {
        return Ok(None);
    }
    let query = Query {
        group: vec![asked.unit.to_owned()],
        measures: vec![Measure::Rows],
        rows: MOST_CELLS,
        ..Query::default()
    };
    match explorer.page(&query).await {
        Ok(found) => Ok(Some(found.rows.iter().filter_map(|row| row.first().and_then(text)).collect())),
        // A limit of the whole table refuses no part of it.
        Err(error) if error.kind() == Kind::Invalid => Ok(None),
        Err(error) => Err(error),
    }
}

/// A cell as it names a unit.
fn text(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Integer(number) => Some(number.to_string()),
        _ => None,
    }
}

/// A value as a number.
pub(super) fn number(cell: &Cell) -> Option<f64> {
    let number = match cell {
        #[allow(clippy::cast_precision_loss)] // shown with a few digits
        Cell::Integer(number) => *number as f64,
        Cell::Decimal(number) => *number,
        Cell::Exact(digits) => digits.parse().ok()?,
        _ => return None,
    };
    number.is_finite().then_some(number)
}

/// Decimals of the borders of equal steps: those of the values, or more where two borders would read the same.
fn border_decimals(classes: &[Class], least: usize) -> usize {
    let alike = |decimals: usize| {
        let written = |value: f64| format!("{value:.decimals$}");
        classes.iter().any(|class| written(class.low) == written(class.high))
    };
    (least..=MOST_DECIMALS).find(|decimals| !alike(*decimals)).unwrap_or(least)
}

/// Decimals that tell values apart and no more.
fn decimals(values: &[f64]) -> usize {
    let greatest = values.iter().fold(0.0_f64, |greatest, value| greatest.max(value.abs()));
    if values.iter().all(|value| value.fract() == 0.0) || greatest >= 100_000.0 {
        0
    } else if greatest >= 1_000.0 {
        1
    } else if greatest >= 1.0 {
        2
    } else {
        4
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn borders_between_whole_numbers_have_the_decimals_that_tell_them_apart() {
        let of = |values: &[f64]| border_decimals(&map::classes(values, Method::Equal, CLASSES), decimals(values));
        assert_eq!(of(&[0.0, 1.0, 2.0]), 1, "0–0.4–0.8–1.2–1.6–2");
        assert_eq!(of(&[0.0, 7.0, 100.0]), 0);
        assert_eq!(of(&[0.5, 3.0]), 2);
        // One value has no steps.
        assert_eq!(of(&[5.0, 5.0]), 0);
        assert_eq!(of(&[]), 0);
    }
}
