//! Tables that are told and not programmed: a recipe gives the axes of the rows, and every column of the dictionary how its cells
//! are made. A row keeps its values in every version that holds it, because it draws from the stream of its place on the axes.

use std::collections::BTreeMap;
use std::f64::consts::TAU;
use std::io::Write;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::Deserialize;

use super::csv::{Csv, Dialect};
use super::places::{PLACES, Place};
use super::random::{Random, after, before, latest, month_before};

/// How the rows of a table come about.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recipe {
    /// The rows are the product of the axes, the first one outermost.
    #[serde(rename = "axis")]
    axes: Vec<Axis>,
    /// Among which communes a row lies when no axis says so: `all`, `wards`, `rural`, `plain`, `midland`, `highland`.
    place: Option<String>,
    /// Communes are drawn alike, and not by their inhabitants.
    #[serde(default)]
    evenly: bool,
    /// Written as Excel does under Vietnamese settings: semicolons, decimal commas, dd/mm/yyyy.
    #[serde(default)]
    vietnamese: bool,
}

/// One axis: exactly one of the fields behind `until` says what runs along it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Axis {
    name: String,
    /// How many periods before that of the publication the last one is.
    #[serde(default = "one")]
    until: u32,
    days: Option<Count>,
    weeks: Option<Count>,
    months: Option<Count>,
    quarters: Option<Count>,
    years: Option<Count>,
    /// Communes, named as in [`Recipe::place`].
    communes: Option<String>,
    /// A list of things; `since` says from which version on one is there, `size` weighs its numbers.
    items: Option<Vec<Item>>,
    /// Numbered records.
    records: Option<Count>,
    /// The latest happenings, so many a day in the mean.
    events: Option<Events>,
}

fn one() -> u32 {
    1
}

/// A number for every version, or one for each (the last holds for those after it).
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Count {
    Same(usize),
    Each(Vec<usize>),
}

impl Count {
    fn of(&self, version: u32) -> usize {
        match self {
            Self::Same(count) => *count,
            Self::Each(counts) => {
                counts.get(version.saturating_sub(1) as usize).or(counts.last()).copied().unwrap_or(0)
            }
        }
    }
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Events {
    rows: Count,
    per_day: f64,
    /// None on Saturday and Sunday.
    #[serde(default)]
    weekdays: bool,
}

/// A thing on an axis, by its name alone or with properties.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Item {
    Name(String),
    Full(BTreeMap<String, toml::Value>),
}

impl Item {
    fn text(&self, property: &str) -> Option<String> {
        match self {
            Self::Name(name) => (property == "name").then(|| name.clone()),
            Self::Full(all) => match all.get(property)? {
                toml::Value::String(text) => Some(text.clone()),
                toml::Value::Integer(number) => Some(number.to_string()),
                _ => None,
            },
        }
    }

    fn number(&self, property: &str) -> Option<f64> {
        let Self::Full(all) = self else { return None };
        let value = all.get(property)?;
        value.as_float().or_else(|| value.as_integer().map(|whole| whole as f64))
    }

    fn is_there(&self, version: u32) -> bool {
        self.number("since").is_none_or(|since| since <= f64::from(version))
    }
}

/// One of some values: a text, or a text with a weight.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
enum Choice {
    Alike(String),
    Weighted(String, u32),
}

impl Choice {
    fn text(&self) -> &str {
        match self {
            Self::Alike(text) | Self::Weighted(text, _) => text,
        }
    }

    fn weight(&self) -> u32 {
        match self {
            Self::Alike(_) => 1,
            Self::Weighted(_, weight) => *weight,
        }
    }
}

/// Rows in which another column has one of these values.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Condition {
    column: String,
    is: Vec<String>,
}

/// Some rows had another value until this version.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    version: u32,
    share: f64,
}

/// How the cells of one column are made: exactly one of the first group, and what goes with it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Make {
    /// The value of an axis; `show` says which face of it (`name`, a property, `date`, `year`, or a format such as `%d/%m/%Y`).
    axis: Option<String>,
    /// Of the row's commune: `code`, `name`, `short`, `region`, `people`, `latitude` or `longitude` (a point within it).
    place: Option<String>,
    /// A running code: this, and `digits` digits of the row's number.
    code: Option<String>,
    /// A text with `{…}`: a key of `words`, a column, an axis, `place`, `commune`, `no` (the row's number), `###` (so many digits).
    text: Option<String>,
    /// One of these.
    pick: Option<Vec<Choice>>,
    /// One of those that `among` gives for the value of this column.
    by: Option<String>,
    /// Between both numbers; `skew` above 1 makes small ones frequent.
    number: Option<[f64; 2]>,
    /// Around this number, times the sizes of the row's things, and whatever of `base`, `people`, `trend`, `swing`, `waver` is given.
    about: Option<f64>,
    /// A share, between both numbers, of the column `of`.
    share: Option<[f64; 2]>,
    /// The sum of columns.
    sum: Option<Vec<String>>,
    /// The first column less the others.
    less: Option<Vec<String>>,
    /// The product of columns, times `scale`, scattered by `spread`.
    product: Option<Vec<String>>,
    /// The first column divided by the second, times `scale`.
    ratio: Option<[String; 2]>,
    /// A day between both, ISO 8601.
    date: Option<[String; 2]>,
    /// A day so many days (`within`) behind that of this column.
    after: Option<String>,

    show: Option<String>,
    digits: Option<usize>,
    words: BTreeMap<String, Vec<String>>,
    among: BTreeMap<String, Vec<Choice>>,
    skew: Option<f64>,
    /// How far the values scatter around `about`: 0.3 keeps most between 0.7 and 1.4 times it.
    spread: f64,
    /// Each series (the row's place on the axes but for time) keeps its own level, and its values scatter around it as `spread` tells.
    steady: Option<f64>,
    /// Sizes of things do not count.
    flat: bool,
    /// A numeric property of the row's thing, which `about` multiplies.
    base: Option<String>,
    /// `about` holds for a thousand inhabitants of the row's commune.
    people: bool,
    /// Growth a year; like `swing` and `waver` of shares and ranges too.
    trend: f64,
    /// By how much the year's peak stands above its mean, as a share; `peak` is its month.
    swing: f64,
    peak: f64,
    /// By how much the value goes up and down over months, each series by itself.
    waver: f64,
    of: Option<String>,
    scale: Option<f64>,
    within: Option<[i64; 2]>,

    /// Decimal places.
    decimals: u32,
    /// Rounded to steps of this.
    step: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
    /// Empty with this probability.
    empty: f64,
    /// Empty in these rows.
    unless: Option<Condition>,
    /// Empty in all but these rows.
    only: Option<Condition>,
    corrected: Option<Corrected>,
}

/// A step of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Where a row stands on one axis.
#[derive(Clone, Copy)]
enum Point<'a> {
    Time(NaiveDate, Step),
    Place(&'static Place),
    Item(&'a Item, u64),
    Record(u64),
    Event(NaiveDate, u64),
}

impl Point<'_> {
    fn day(&self) -> Option<NaiveDate> {
        match self {
            Self::Time(day, _) | Self::Event(day, _) => Some(*day),
            _ => None,
        }
    }

    /// What tells it from others on its axis, whatever the version; of time separately.
    fn key(&self) -> u64 {
        match self {
            Self::Time(day, _) => u64::from(day.num_days_from_ce().unsigned_abs()),
            Self::Place(place) => place.code.parse().unwrap_or(0),
            Self::Item(_, at) | Self::Record(at) => *at,
            Self::Event(day, nth) => u64::from(day.num_days_from_ce().unsigned_abs()) << 16 | nth,
        }
    }
}

/// A made cell.
#[derive(Clone, Debug, PartialEq)]
enum Cell {
    Empty,
    Text(String),
    Number(f64, u32),
    Day(NaiveDate),
}

impl Cell {
    fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number, _) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number, places) => format!("{number:.0$}", *places as usize),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// What is wrong with a recipe, with the column where it is one's.
type Told<T> = Result<T, String>;

/// The communes of a name.
fn communes(name: &str) -> Told<Vec<&'static Place>> {
    use super::places::Region::{Highland, Midland, Plain};
    let wanted: fn(&Place) -> bool = match name {
        "all" => |_| true,
        "wards" => Place::is_ward,
        "rural" => |place| !place.is_ward(),
        "plain" => |place| place.region == Plain,
        "midland" => |place| place.region == Midland,
        "highland" => |place| place.region == Highland,
        _ => return Err(format!("no communes are called {name:?}")),
    };
    Ok(PLACES.iter().filter(|place| wanted(place)).collect())
}

/// The first day of the period `back` periods before that of a day.
fn period(step: Step, day: NaiveDate, back: u32) -> NaiveDate {
    match step {
        Step::Day => before(day, back.into()),
        Step::Week => before(day, u64::from(day.weekday().num_days_from_monday()) + 7 * u64::from(back)),
        Step::Month => month_before(day, back),
        Step::Quarter => month_before(day, day.month0() % 3 + 3 * back),
        Step::Year => month_before(day, day.month0() + 12 * back),
    }
}

impl Axis {
    fn time(&self) -> Option<(Step, &Count)> {
        let all = [
            (Step::Day, &self.days),
            (Step::Week, &self.weeks),
            (Step::Month, &self.months),
            (Step::Quarter, &self.quarters),
            (Step::Year, &self.years),
        ];
        all.into_iter().find_map(|(step, count)| Some((step, count.as_ref()?)))
    }

    fn check(&self) -> Told<()> {
        let kinds = [
            self.days.is_some(),
            self.weeks.is_some(),
            self.months.is_some(),
            self.quarters.is_some(),
            self.years.is_some(),
            self.communes.is_some(),
            self.items.is_some(),
            self.records.is_some(),
            self.events.is_some(),
        ];
        let given = kinds.into_iter().filter(|given| *given).count();
        if given != 1 {
            return Err(format!("axis {:?} needs one thing that runs along it, and has {given}", self.name));
        }
        if let Some(name) = &self.communes {
            communes(name)?;
        }
        if let Some(events) = &self.events
            && events.per_day < 0.02
        {
            return Err(format!("axis {:?}: fewer than one event in fifty days", self.name));
        }
        if self.items.iter().flatten().any(|item| item.text("name").is_none()) {
            return Err(format!("axis {:?}: every item needs a name", self.name));
        }
        Ok(())
    }

    fn points(&self, random: &Random, version: u32, published: NaiveDate) -> Vec<Point<'_>> {
        if let Some((step, count)) = self.time() {
            let backwards = (self.until..).take(count.of(version));
            let mut days: Vec<_> = backwards.map(|back| Point::Time(period(step, published, back), step)).collect();
            days.reverse();
            return days;
        }
        if let Some(events) = &self.events {
            let per_day = |day: NaiveDate| {
                if events.weekdays && matches!(day.weekday(), Weekday::Sat | Weekday::Sun) {
                    return 0;
                }
                let mut draw = random.on(day);
                (events.per_day * draw.factor(0.3) + draw.unit()) as usize
            };
            let last = before(published, self.until.into());
            let (first, left_out) = latest(last, events.rows.of(version), per_day);
            let days = first.iter_days().take_while(|day| *day <= last);
            return days
                .flat_map(|day| (0..per_day(day)).map(move |nth| Point::Event(day, nth as u64)))
                .skip(left_out)
                .collect();
        }
        if let Some(items) = &self.items {
            let numbered = (0_u64..).zip(items).filter(|(_, item)| item.is_there(version));
            return numbered.map(|(at, item)| Point::Item(item, at)).collect();
        }
        if let Some(count) = &self.records {
            return (1..=count.of(version) as u64).map(Point::Record).collect();
        }
        let places = self.communes.as_deref().and_then(|name| communes(name).ok()).unwrap_or_default();
        places.into_iter().map(Point::Place).collect()
    }
}

/// A recipe that was checked, with its columns in the order in which they can be made.
pub struct Plan<'a> {
    name: &'a str,
    recipe: &'a Recipe,
    columns: Vec<(&'a str, &'a Make)>,
    order: Vec<usize>,
}

/// A row being made.
struct Row<'a> {
    number: u64,
    version: u32,
    points: Vec<Point<'a>>,
    place: Option<&'static Place>,
    random: Random,
    series: Random,
    cells: Vec<Cell>,
}

impl<'a> Plan<'a> {
    /// Checks a recipe and its columns: titles with how their cells are made.
    ///
    /// # Errors
    /// A sentence that names the column and what is wrong with it.
    pub fn of(name: &'a str, recipe: &'a Recipe, columns: &[(&'a str, Option<&'a Make>)]) -> Told<Self> {
        if recipe.axes.is_empty() {
            return Err("the recipe has no axis".to_owned());
        }
        for axis in &recipe.axes {
            axis.check()?;
        }
        if let Some(place) = &recipe.place {
            communes(place)?;
        }
        let mut made = Vec::new();
        for (title, make) in columns {
            made.push((*title, make.ok_or_else(|| format!("column {title:?} does not say how it is made"))?));
        }
        let mut plan = Self { name, recipe, columns: made, order: Vec::new() };
        for (title, make) in &plan.columns {
            plan.check(make).map_err(|wrong| format!("column {title:?}: {wrong}"))?;
        }
        let mut path = Vec::new();
        for at in 0..plan.columns.len() {
            plan.settle(at, &mut path)?;
        }
        Ok(plan)
    }

    fn has_places(&self) -> bool {
        self.recipe.place.is_some() || self.recipe.axes.iter().any(|axis| axis.communes.is_some())
    }

    fn check(&self, make: &Make) -> Told<()> {
        let ways = [
            make.axis.is_some(),
            make.place.is_some(),
            make.code.is_some(),
            make.text.is_some(),
            make.pick.is_some(),
            make.by.is_some(),
            make.number.is_some(),
            make.about.is_some(),
            make.share.is_some(),
            make.sum.is_some(),
            make.less.is_some(),
            make.product.is_some(),
            make.ratio.is_some(),
            make.date.is_some(),
            make.after.is_some(),
        ];
        let given = ways.into_iter().filter(|given| *given).count();
        if given != 1 {
            return Err(format!("needs one way of being made, and has {given}"));
        }
        if let Some(name) = &make.axis {
            let axis = self.recipe.axes.iter().find(|axis| axis.name == *name);
            let axis = axis.ok_or_else(|| format!("there is no axis {name:?}"))?;
            if let (Some(items), Some(show)) = (&axis.items, &make.show)
                && items.iter().any(|item| item.text(show).is_none() && item.number(show).is_none())
            {
                return Err(format!("not every item of axis {name:?} has {show:?}"));
            }
        }
        if let Some(base) = &make.base {
            let has = |axis: &&Axis| axis.items.iter().flatten().all(|item| item.number(base).is_some());
            if !self.recipe.axes.iter().filter(|axis| axis.items.is_some()).any(|axis| has(&axis)) {
                return Err(format!("no axis has the number {base:?} with every item"));
            }
        }
        if (make.people || make.place.is_some()) && !self.has_places() {
            return Err("the rows lie in no commune".to_owned());
        }
        if let Some(face) = &make.place
            && !["code", "name", "short", "region", "people", "latitude", "longitude"].contains(&face.as_str())
        {
            return Err(format!("a commune has no {face:?}"));
        }
        if make.pick.iter().chain(make.among.values()).any(Vec::is_empty) || make.words.values().any(Vec::is_empty) {
            return Err("there is nothing to pick from".to_owned());
        }
        if let Some(ends) = &make.date {
            let days: Vec<NaiveDate> =
                ends.iter().map(|day| day.parse().map_err(|_| format!("{day:?} is no day"))).collect::<Told<_>>()?;
            if days[0] > days[1] {
                return Err("the first day is after the last".to_owned());
            }
        }
        for range in [&make.number, &make.share].into_iter().flatten() {
            if range[0] > range[1] {
                return Err(format!("{} is more than {}", range[0], range[1]));
            }
        }
        if make.share.is_some() != make.of.is_some() || make.by.is_some() == make.among.is_empty() {
            return Err("`share` goes with `of`, `by` with `among`".to_owned());
        }
        if let Some(text) = &make.text {
            for name in holes(text) {
                let known = make.words.contains_key(name)
                    || name == "no"
                    || is_digits(name)
                    || (["place", "commune"].contains(&name) && self.has_places())
                    || self.recipe.axes.iter().any(|axis| axis.name == name)
                    || self.column(name).is_some();
                if !known {
                    return Err(format!("nothing is called {{{name}}}"));
                }
            }
        }
        for name in self.needs(make) {
            if self.column(&name).is_none() {
                return Err(format!("there is no column {name:?}"));
            }
        }
        Ok(())
    }

    fn column(&self, title: &str) -> Option<usize> {
        self.columns.iter().position(|(known, _)| *known == title)
    }

    /// The columns that must be made before.
    fn needs(&self, make: &Make) -> Vec<String> {
        let lists = [&make.sum, &make.less, &make.product].into_iter().flatten().flatten();
        let single = [&make.by, &make.of, &make.after].into_iter().flatten();
        let conditions = [&make.unless, &make.only].into_iter().flatten().map(|condition| &condition.column);
        let mut all: Vec<String> =
            lists.chain(single).chain(conditions).chain(make.ratio.iter().flatten()).cloned().collect();
        let held = make.text.iter().flat_map(|text| holes(text));
        all.extend(
            held.filter(|name| !make.words.contains_key(*name) && self.column(name).is_some()).map(str::to_owned),
        );
        all
    }

    fn settle(&mut self, at: usize, path: &mut Vec<usize>) -> Told<()> {
        if self.order.contains(&at) {
            return Ok(());
        }
        if path.contains(&at) {
            return Err(format!("column {:?} is made of itself", self.columns[at].0));
        }
        path.push(at);
        for name in self.needs(self.columns[at].1) {
            if let Some(before) = self.column(&name) {
                self.settle(before, path)?;
            }
        }
        path.pop();
        self.order.push(at);
        Ok(())
    }

    /// Writes header and rows of a version as it stood on the day of its publication.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn write(&self, version: u32, published: NaiveDate, out: &mut dyn Write) -> std::io::Result<()> {
        let dialect = if self.recipe.vietnamese { Dialect::VIETNAMESE } else { Dialect::INTERNATIONAL };
        let mut csv = Csv::new(out, dialect)?;
        let titles: Vec<&str> = self.columns.iter().map(|(title, _)| *title).collect();
        csv.header(&titles)?;
        let random = Random::named(self.name);
        let axes: Vec<Vec<Point<'_>>> =
            self.recipe.axes.iter().map(|axis| axis.points(&random, version, published)).collect();
        let total: usize = axes.iter().map(Vec::len).product();
        let around = self.recipe.place.as_deref().and_then(|name| communes(name).ok()).unwrap_or_default();
        let crowd: Vec<u32> =
            around.iter().map(|place| if self.recipe.evenly { 1 } else { (place.people / 100) as u32 }).collect();
        for at in 0..total {
            let (mut rest, mut points) = (at, Vec::with_capacity(axes.len()));
            for axis in axes.iter().rev() {
                points.push(axis[rest % axis.len()]);
                rest /= axis.len();
            }
            points.reverse();
            let (mut own, mut series) = (random.clone(), random.clone());
            for point in &points {
                own = own.of(point.key());
                if point.day().is_none() {
                    series = series.of(point.key());
                }
            }
            let drawn = (!around.is_empty()).then(|| around[own.under("place").weighted(&crowd)]);
            let place =
                points.iter().find_map(|point| if let Point::Place(place) = point { Some(*place) } else { None });
            let mut row = Row {
                number: at as u64 + 1,
                version,
                points,
                place: place.or(drawn),
                random: own,
                series,
                cells: vec![Cell::Empty; self.columns.len()],
            };
            for column in &self.order {
                row.cells[*column] = self.cell(&row, *column);
            }
            for cell in &row.cells {
                match cell {
                    Cell::Empty => csv.empty(),
                    Cell::Text(text) => csv.text(text),
                    Cell::Number(number, places) => {
                        csv.decimal((number * 10_f64.powi(*places as i32)).round() as i64, *places)
                    }
                    Cell::Day(day) => csv.date(*day),
                };
            }
            csv.end()?;
        }
        Ok(())
    }

    fn cell(&self, row: &Row<'_>, at: usize) -> Cell {
        let (title, make) = self.columns[at];
        let own = row.random.under(title);
        let holds = |condition: &Condition| {
            self.column(&condition.column).is_some_and(|other| condition.is.contains(&row.cells[other].text()))
        };
        if make.unless.as_ref().is_some_and(holds) || make.only.as_ref().is_some_and(|condition| !holds(condition)) {
            return Cell::Empty;
        }
        if own.of(0).chance(make.empty) {
            return Cell::Empty;
        }
        let wrong = make.corrected.as_ref().is_some_and(|corrected| {
            row.version < corrected.version && own.of(u64::from(corrected.version)).chance(corrected.share)
        });
        let own = if wrong { own.of(1 << 20) } else { own };
        let mut draw = if make.steady.is_some() { row.series.under(title) } else { own.clone() };
        let noise = own.under("noise").factor(match make.steady {
            Some(steady) if wrong => steady.max(0.06),
            steady => steady.unwrap_or(0.0),
        });
        self.made(row, title, make, &mut draw, noise).unwrap_or(Cell::Empty)
    }

    fn made(&self, row: &Row<'_>, title: &str, make: &Make, draw: &mut Random, noise: f64) -> Option<Cell> {
        let of = |name: &String| self.column(name).map(|at| &row.cells[at]);
        let numbers = |names: &[String]| names.iter().map(|name| of(name)?.number()).collect::<Option<Vec<f64>>>();
        let scale = make.scale.unwrap_or(1.0);
        let value = if let Some(name) = &make.axis {
            return self.face(row, name, make);
        } else if let Some(face) = &make.place {
            return place_face(row, face);
        } else if let Some(prefix) = &make.code {
            let width = make.digits.unwrap_or(4);
            return Some(Cell::Text(format!("{prefix}{:0width$}", row.number)));
        } else if let Some(text) = &make.text {
            return Some(Cell::Text(self.filled(row, title, text, make)));
        } else if let Some(choices) = &make.pick {
            return Some(Cell::Text(picked(choices, draw)));
        } else if let Some(name) = &make.by {
            let choices = make.among.get(&of(name)?.text()).or_else(|| make.among.get("*"))?;
            let text = picked(choices, draw);
            return (!text.is_empty()).then_some(Cell::Text(text));
        } else if let Some(ends) = &make.date {
            let (first, last): (NaiveDate, NaiveDate) = (ends[0].parse().ok()?, ends[1].parse().ok()?);
            let span = (last - first).num_days();
            return Some(Cell::Day(after(first, draw.between(0, span).unsigned_abs())));
        } else if let Some(name) = &make.after {
            let Cell::Day(day) = of(name)? else { return None };
            let [low, high] = make.within.unwrap_or([0, 30]);
            return day.checked_add_days(Days::new(draw.between(low, high).unsigned_abs())).map(Cell::Day);
        } else if let Some([low, high]) = make.number {
            (low + (high - low) * draw.unit().powf(make.skew.unwrap_or(1.0))) * noise * in_time(row, make)
        } else if let Some([low, high]) = make.share {
            make.of.as_ref().and_then(of)?.number()? * (low + (high - low) * draw.unit()) * noise * in_time(row, make)
        } else if let Some(names) = &make.sum {
            numbers(names)?.iter().sum()
        } else if let Some(names) = &make.less {
            let all = numbers(names)?;
            all.first()? - all.iter().skip(1).sum::<f64>()
        } else if let Some(names) = &make.product {
            numbers(names)?.iter().product::<f64>() * scale * draw.factor(make.spread)
        } else if let Some(names) = &make.ratio {
            let all = numbers(names)?;
            if all[1] == 0.0 {
                return None;
            }
            all[0] / all[1] * scale
        } else {
            about(row, make, draw)? * noise * in_time(row, make)
        };
        let step = make.step.unwrap_or(10_f64.powi(-(make.decimals as i32)));
        let value =
            ((value / step).round() * step).max(make.low.unwrap_or(f64::MIN)).min(make.high.unwrap_or(f64::MAX));
        // Kept as it is written, so that sums of what is written are right.
        let places = 10_f64.powi(make.decimals as i32);
        Some(Cell::Number((value * places).round() / places, make.decimals))
    }

    /// What a row shows of its place on an axis.
    fn face(&self, row: &Row<'_>, name: &str, make: &Make) -> Option<Cell> {
        let at = self.recipe.axes.iter().position(|axis| axis.name == name)?;
        let show = make.show.as_deref();
        match (&row.points[at], show) {
            (Point::Item(item, _), _) => {
                let property = show.unwrap_or("name");
                let text = item.text(property);
                match item.number(property) {
                    Some(number) => Some(Cell::Number(number, make.decimals)),
                    None => text.filter(|text| !text.is_empty()).map(Cell::Text),
                }
            }
            (Point::Record(number), _) => Some(Cell::Number(*number as f64, 0)),
            (Point::Place(_), _) => place_face(row, show.unwrap_or("name")),
            (Point::Time(day, _) | Point::Event(day, _), Some("date")) => Some(Cell::Day(*day)),
            (Point::Time(day, _) | Point::Event(day, _), Some("year")) => Some(Cell::Number(day.year().into(), 0)),
            (Point::Time(day, _) | Point::Event(day, _), Some(format)) => {
                Some(Cell::Text(day.format(format).to_string()))
            }
            (Point::Time(day, Step::Day) | Point::Event(day, _), None) => Some(Cell::Day(*day)),
            (Point::Time(day, Step::Week), None) => Some(Cell::Text(day.format("%G-T%V").to_string())),
            (Point::Time(day, Step::Month), None) => Some(Cell::Text(day.format("%m/%Y").to_string())),
            (Point::Time(day, Step::Quarter), None) => {
                let quarter = ["I", "II", "III", "IV"][day.month0() as usize / 3];
                Some(Cell::Text(format!("Quý {quarter}/{}", day.year())))
            }
            (Point::Time(day, Step::Year), None) => Some(Cell::Number(day.year().into(), 0)),
        }
    }

    fn filled(&self, row: &Row<'_>, title: &str, text: &str, make: &Make) -> String {
        let mut whole = String::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            whole.push_str(before);
            let (name, behind) = behind.split_once('}').unwrap_or((behind, ""));
            whole.push_str(&self.part(row, title, name, make));
            rest = behind;
        }
        whole.push_str(rest);
        whole
    }

    fn part(&self, row: &Row<'_>, title: &str, name: &str, make: &Make) -> String {
        if let Some(words) = make.words.get(name) {
            let mut draw = row.random.under(title).under(name);
            return words[draw.index(words.len())].clone();
        }
        if is_digits(name) {
            let mut draw = row.random.under(title).under(name);
            return name.chars().map(|_| char::from(b'0' + draw.index(10) as u8)).collect();
        }
        let of_place = |face: fn(&Place) -> &'static str| row.place.map(|place| face(place).to_owned());
        let found = match name {
            "no" => Some(row.number.to_string()),
            "place" => of_place(|place| place.short),
            "commune" => of_place(|place| place.name),
            _ => match self.column(name) {
                Some(at) => Some(row.cells[at].text()),
                None => self.face(row, name, &Make::default()).map(|cell| cell.text()),
            },
        };
        found.unwrap_or_default()
    }
}

/// Whether a name between braces stands for drawn digits.
fn is_digits(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte == b'#')
}

/// The names between braces.
fn holes(text: &str) -> Vec<&str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(name, _)| name).collect()
}

fn picked(choices: &[Choice], draw: &mut Random) -> String {
    let weights: Vec<u32> = choices.iter().map(Choice::weight).collect();
    choices[draw.weighted(&weights)].text().to_owned()
}

fn place_face(row: &Row<'_>, face: &str) -> Option<Cell> {
    let place = row.place?;
    Some(match face {
        "code" => Cell::Text(place.code.to_owned()),
        "short" => Cell::Text(place.short.to_owned()),
        "region" => Cell::Text(place.region.name().to_owned()),
        "people" => Cell::Number(place.people as f64, 0),
        "latitude" | "longitude" => {
            let ((latitude, longitude), mut draw) = (place.centre(), row.random.under("point"));
            let (north, east) = (latitude + 0.045 * draw.normal() / 3.5, longitude + 0.06 * draw.normal() / 3.5);
            Cell::Number(if face == "latitude" { north } else { east }, 5)
        }
        _ => Cell::Text(place.name.to_owned()),
    })
}

/// A number around the mean of its row.
fn about(row: &Row<'_>, make: &Make, draw: &mut Random) -> Option<f64> {
    let mut value = make.about? * draw.factor(make.spread);
    for point in &row.points {
        if let Point::Item(item, _) = point {
            if !make.flat {
                value *= item.number("size").unwrap_or(1.0);
            }
            if let Some(base) = make.base.as_ref().and_then(|base| item.number(base)) {
                value *= base;
            }
        }
    }
    if make.people {
        value *= row.place?.people as f64 / 1000.0;
    }
    Some(value)
}

/// What the row's day makes of a number: growth, season, and the slow ups and downs of its series.
fn in_time(row: &Row<'_>, make: &Make) -> f64 {
    let Some(day) = row.points.iter().find_map(Point::day) else { return 1.0 };
    // Counted from 1 January 2026, so that every version says the same.
    let years = f64::from(day.num_days_from_ce() - 739_617) / 365.25;
    let month = f64::from(day.ordinal0()) / 30.5 + 1.0;
    let season = 1.0 + make.swing * ((month - make.peak - 0.5) / 12.0 * TAU).cos();
    let mut phase = row.series.under("waver");
    let wave = (TAU * (years * 0.9 + phase.unit())).sin() + 0.6 * (TAU * (years * 2.7 + phase.unit())).sin();
    (1.0 + make.trend).powf(years) * season * (make.waver * wave).exp()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Told {
        recipe: Recipe,
        column: Vec<Titled>,
    }

    #[derive(Deserialize)]
    struct Titled {
        title: String,
        make: Option<Make>,
    }

    const MARKETS: &str = r#"
        recipe = { axis = [
            { name = "month", months = 3 },
            { name = "kind", items = [
                { name = "Gạo", code = "G", size = 1.0, price = 18 },
                { name = "Cá", code = "C", size = 0.5, price = 60, since = 2 },
            ] },
            { name = "commune", communes = "wards" },
        ] }
        [[column]]
        title = "Tháng"
        make = { axis = "month" }
        [[column]]
        title = "Mã xã"
        make = { place = "code" }
        [[column]]
        title = "Mã"
        make = { code = "X-", digits = 3 }
        [[column]]
        title = "Tổng"
        make = { sum = ["Bán", "Tồn"] }
        [[column]]
        title = "Bán"
        make = { about = 100, spread = 0.3, base = "price", swing = 0.2, peak = 6, waver = 0.1, corrected = { version = 2, share = 0.5 } }
        [[column]]
        title = "Tồn"
        make = { share = [0.1, 0.2], of = "Bán", decimals = 1 }
        [[column]]
        title = "Tỷ lệ"
        make = { ratio = ["Tồn", "Tổng"], scale = 100, decimals = 1 }
        [[column]]
        title = "Tên"
        make = { text = "{word} {place} {kind} {no}", words = { word = ["Chợ"] } }
        [[column]]
        title = "Tình trạng"
        make = { pick = [["Mở", 3], "Đóng"] }
        [[column]]
        title = "Lý do"
        make = { by = "Tình trạng", among = { "Đóng" = ["Sửa chữa"], "*" = [""] } }
        [[column]]
        title = "Ngày đóng"
        make = { date = ["2024-01-01", "2024-12-31"], only = { column = "Tình trạng", is = ["Đóng"] } }
    "#;

    fn rows(text: &str, version: u32) -> Result<Vec<String>, String> {
        let told: Told = toml::from_str(text).map_err(|error| error.to_string())?;
        let columns: Vec<_> = told.column.iter().map(|one| (one.title.as_str(), one.make.as_ref())).collect();
        let mut out = Vec::new();
        let day = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap();
        Plan::of("markets", &told.recipe, &columns)?.write(version, day, &mut out).unwrap();
        Ok(String::from_utf8(out).unwrap().lines().map(str::to_owned).collect())
    }

    #[test]
    fn rows_are_the_product_of_the_axes_and_always_the_same() {
        let first = rows(MARKETS, 1).unwrap();
        assert_eq!(first.len(), 1 + 3 * 8);
        assert_eq!(first, rows(MARKETS, 1).unwrap());
        assert!(first[1].starts_with("08/2026,99001,X-001,") && first[24].starts_with("10/2026,99022,X-024,"));
    }

    #[test]
    fn a_later_version_adds_things_and_corrects_some_cells_and_keeps_the_others() {
        let (first, second) = (rows(MARKETS, 1).unwrap(), rows(MARKETS, 2).unwrap());
        assert_eq!(second.len(), 1 + 3 * 2 * 8);
        let sold = |rows: &[String]| -> BTreeMap<(String, String), String> {
            let rice = rows.iter().filter(|row| row.contains("Gạo"));
            rice.map(|row| row.split(',').map(str::to_owned).collect::<Vec<_>>())
                .map(|cells| ((cells[0].clone(), cells[1].clone()), cells[4].clone()))
                .collect()
        };
        let (first, second) = (sold(&first), sold(&second));
        let kept = first.iter().filter(|(key, value)| second[*key] == **value).count();
        assert!(first.len() == 24 && (4..21).contains(&kept), "{kept}");
    }

    #[test]
    fn sums_ratios_and_conditions_hold_in_every_row() {
        for row in rows(MARKETS, 2).unwrap().iter().skip(1) {
            let cells: Vec<&str> = row.split(',').collect();
            let number = |at: usize| cells[at].parse::<f64>().unwrap();
            assert!((number(3) - (number(4) + number(5)).round()).abs() < 0.6, "{row}");
            assert!((8.0..18.0).contains(&number(6)), "{row}");
            assert!(cells[7].starts_with("Chợ ") && !cells[7].contains('{'), "{row}");
            let closed = cells[8] == "Đóng";
            assert!(closed == (cells[9] == "Sửa chữa") && closed == cells[10].starts_with("2024-"), "{row}");
        }
    }

    #[test]
    fn a_steady_series_keeps_its_level_and_digits_are_drawn() {
        let text = r#"
            recipe = { axis = [{ name = "year", years = 6 }, { name = "commune", communes = "wards" }] }
            [[column]]
            title = "Năm"
            make = { axis = "year" }
            [[column]]
            title = "Rừng"
            make = { about = 1000, spread = 0.8, steady = 0.01 }
            [[column]]
            title = "Số"
            make = { text = "{####}-LĐ" }
        "#;
        let made = rows(text, 1).unwrap();
        let forest: Vec<f64> = made.iter().skip(1).map(|row| row.split(',').nth(1).unwrap().parse().unwrap()).collect();
        for commune in 0..8 {
            let years: Vec<f64> = (0..6).map(|year| forest[year * 8 + commune]).collect();
            assert!(years.iter().all(|area| (area / years[0] - 1.0).abs() < 0.08), "{years:?}");
        }
        assert!(forest[..8].iter().any(|area| (area / forest[0] - 1.0).abs() > 0.2), "{forest:?}");
        for row in made.iter().skip(1) {
            let number = row.split(',').nth(2).unwrap();
            assert!(number.ends_with("-LĐ") && number[..4].bytes().all(|byte| byte.is_ascii_digit()), "{number}");
        }
    }

    #[test]
    fn happenings_are_counted_back_from_the_last_day_and_none_falls_on_a_weekend() {
        let text = r#"
            recipe = { place = "all", axis = [{ name = "day", events = { rows = [200, 230], per_day = 2.5, weekdays = true } }] }
            [[column]]
            title = "Ngày"
            make = { axis = "day" }
            [[column]]
            title = "Vĩ độ"
            make = { place = "latitude" }
        "#;
        let (first, second) = (rows(text, 1).unwrap(), rows(text, 2).unwrap());
        assert_eq!((first.len(), second.len()), (201, 231));
        assert!(first.iter().skip(1).all(|row| second.contains(row)));
        for row in second.iter().skip(1) {
            let day: NaiveDate = row.split(',').next().unwrap().parse().unwrap();
            assert!(!matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        }
    }

    #[test]
    fn what_is_wrong_with_a_recipe_is_told_with_the_column() {
        let wrong = |from: &str, to: &str| {
            assert!(MARKETS.contains(from), "{from}");
            rows(&MARKETS.replace(from, to), 1).unwrap_err()
        };
        for (from, to, told) in [
            ("make = { axis = \"month\" }", "", "column \"Tháng\" does not say how it is made"),
            ("axis = \"month\" }", "axis = \"day\" }", "column \"Tháng\": there is no axis \"day\""),
            ("[\"Bán\", \"Tồn\"]", "[\"Bán\", \"Mua\"]", "column \"Tổng\": there is no column \"Mua\""),
            ("[\"Bán\", \"Tồn\"]", "[\"Bán\", \"Tỷ lệ\"]", "is made of itself"),
            ("base = \"price\"", "base = \"weight\"", "column \"Bán\": no axis has the number \"weight\""),
            ("place = \"code\"", "place = \"mayor\"", "column \"Mã xã\": a commune has no \"mayor\""),
            ("{word}", "{wrod}", "column \"Tên\": nothing is called {wrod}"),
            ("[0.1, 0.2]", "[0.3, 0.2]", "column \"Tồn\": 0.3 is more than 0.2"),
            (
                "share = [0.1, 0.2]",
                "pick = [\"a\"], number = [1, 2]",
                "column \"Tồn\": needs one way of being made, and has 2",
            ),
            ("communes = \"wards\"", "communes = \"islands\"", "no communes are called \"islands\""),
            ("months = 3", "months = 3, days = 4", "axis \"month\" needs one thing that runs along it, and has 2"),
            ("2024-01-01", "2024-13-01", "column \"Ngày đóng\": \"2024-13-01\" is no day"),
            ("peak = 6", "paek = 6", "paek"),
        ] {
            let said = wrong(from, to);
            assert!(said.contains(told), "{said}");
        }
    }
}
