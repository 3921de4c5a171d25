//! What an address of a chart asks for, put together with what suits the table.

use crate::chart::{self, Choice, Kind};
use crate::kernel::{Lang, Problem};
use crate::table::explore::{self, Measure, Operation, Query, Reader, Step};
use crate::table::ingest::report::{Column, Kind as Of};
use crate::web::public::explore::{Facts, Typed, groups, last};

/// What is asked: what was right of it, and what was wrong.
#[derive(Clone, Default)]
pub(super) struct Wish {
    /// What is drawn; none where nothing of the table can be.
    pub spec: Option<Spec>,
    /// The filters, which hold whatever is drawn.
    pub filters: Query,
    /// A filter that is no part of the address yet.
    pub typed: Typed,
    /// What was wrong.
    pub wrongs: Vec<Problem>,
}

/// A chart of a table.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spec {
    /// The kind.
    pub kind: Kind,
    /// Filters, groups and the measure, or the columns, as the explorer reads them.
    pub query: Query,
}

/// The unit of a column in a language, where the dictionary has it.
pub(super) fn unit(facts: &Facts, lang: Lang, column: &Column) -> Option<String> {
    Some(facts.resource.note(&column.title)?.unit.as_ref()?.get(lang).0.to_owned())
        .filter(|unit| !unit.trim().is_empty())
}

/// The choice that suits a table; units decide between sums and means.
fn suited(facts: &Facts, kind: Option<Kind>) -> Option<Choice> {
    chart::suited(&facts.columns, kind, &|column| unit(facts, Lang::Vi, column))
}

/// Whether a parameter is read here or would be by the explorer, from which people come.
pub(super) fn is_ours(name: &str) -> bool {
    name.starts_with("filter.")
        || name.starts_with("add-")
        || matches!(
            name,
            "kind" | "x" | "y" | "series" | "group" | "measure" | "columns" | "sort" | "rows" | "page" | "across"
        )
}

impl Wish {
    pub(super) fn read(pairs: &[(String, String)], facts: &Facts, reader: &Reader) -> Self {
        let (read, mut wrongs) = Query::parse(pairs, &facts.columns, reader);
        let mut filters = Query { filters: read.filters.clone(), ..Query::default() };
        let mut typed = Typed::of(pairs);
        match typed.filter(&facts.columns, reader) {
            None => {}
            Some(Ok(filter)) => {
                filters.add(filter);
                typed = Typed::default();
            }
            Some(Err(problem)) => wrongs.push(problem),
        }
        let asked = |name: &str| last(pairs, name);
        let kind = match asked("kind").filter(|code| !code.is_empty()) {
            None => implied(&read, facts),
            Some(code) => {
                let kind = Kind::from_code(&code);
                if kind.is_none() {
                    let codes: Vec<&str> = Kind::ALL.iter().map(|kind| kind.code()).collect();
                    let problem = Problem::new("chart-unknown-kind").on("kind").with("name", code);
                    wrongs.push(problem.with("kinds", codes.join(", ")));
                }
                kind
            }
        };
        let choice = suited(facts, kind);
        let Some(kind) = kind.or(choice.as_ref().map(|choice| choice.kind)) else {
            return Self { spec: None, filters, typed, wrongs };
        };
        let mut query = filters.clone();
        if kind.is_grouped() {
            let mut group: Vec<String> = Vec::new();
            let old = |at: usize| read.group.get(at).cloned();
            for (at, field) in ["x", "series"].into_iter().enumerate() {
                let found = match asked(field) {
                    // A person who chooses no series wants none.
                    Some(name) if name.is_empty() && at == 1 => continue,
                    Some(name) if !name.is_empty() => match named(&name, field, facts, reader) {
                        Ok(()) => Some(name),
                        Err(problem) => {
                            wrongs.push(problem);
                            old(at)
                        }
                    },
                    _ => old(at),
                };
                // Of what suits the table, what is not there yet.
                let least = if at == 0 { 1 } else { 2 };
                let fresh = || {
                    let choice = choice.as_ref().filter(|choice| choice.group.len() >= least)?;
                    choice.group.iter().find(|name| !group.contains(*name)).cloned()
                };
                let wanted = match (at, found) {
                    (0, found) => found.or_else(fresh),
                    (_, Some(found)) => Some(found),
                    // What the table's own chart has, where nobody said how it should be.
                    (_, None) if read.group.is_empty() && asked("x").is_none() => fresh(),
                    (_, None) if kind == Kind::Stacked => fresh(),
                    (_, None) => None,
                };
                if let Some(name) = wanted.filter(|name| !group.contains(name)) {
                    group.push(name);
                }
            }
            let mut measure = read.measures.first().cloned();
            if let Some(name) = asked("y").filter(|name| !name.is_empty()) {
                match Measure::read(&name, &facts.columns) {
                    Ok(read) => measure = Some(read),
                    Err(problem) => wrongs.push(problem.on("y")),
                }
            }
            let fresh = choice.and_then(|choice| choice.measure);
            query.measures = vec![measure.or(fresh).unwrap_or(Measure::Rows)];
            query.group = group;
        } else {
            for (at, field) in ["x", "y", "series"].into_iter().enumerate() {
                if kind == Kind::Histogram && at > 0 {
                    break;
                }
                let old = || read.columns.get(at).filter(|_| asked("kind").is_some()).cloned();
                let fresh = || choice.as_ref()?.columns.iter().find(|name| !query.columns.contains(*name)).cloned();
                let found = match asked(field) {
                    Some(name) if name.is_empty() && at == 2 => continue,
                    Some(name) if !name.is_empty() => match facts.columns.iter().any(|column| column.key == name) {
                        true => Some(name),
                        false => {
                            wrongs.extend(
                                named(&name, field, facts, reader).err().or_else(|| Some(no_step(&name, field))),
                            );
                            old()
                        }
                    },
                    _ => old(),
                };
                let wanted = if at == 2 { found } else { found.or_else(fresh) };
                if let Some(name) = wanted.filter(|name| !query.columns.contains(name)) {
                    query.columns.push(name);
                }
            }
        }
        let spec = Spec { kind, query };
        if wrongs.is_empty() {
            wrongs.extend(spec.problem(facts));
        }
        Self { spec: Some(spec), filters, typed, wrongs }
    }

    /// The parameters that say it, in their one order.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        self.spec.as_ref().map_or_else(|| explore::write(&self.filters), Spec::parameters)
    }
}

/// The kind that a query of the explorer has a look of.
fn implied(query: &Query, facts: &Facts) -> Option<Kind> {
    let (key, step) = Step::split(query.group.first()?);
    let time = step.is_some() || facts.columns.iter().any(|column| column.key == key && Step::takes(column.kind));
    Some(if time {
        Kind::Line
    } else if query.group.len() > 1 && query.measures.first().is_none_or(is_additive) {
        Kind::Stacked
    } else {
        Kind::Bar
    })
}

/// Whether the values of groups make a whole together.
pub(super) fn is_additive(measure: &Measure) -> bool {
    matches!(measure, Measure::Rows | Measure::Of(Operation::Sum | Operation::Count, _))
}

/// Whether rows can be grouped by a name that stands in a field.
fn named(name: &str, field: &'static str, facts: &Facts, reader: &Reader) -> Result<(), Problem> {
    let (_, problems) = Query::parse(&[("group".to_owned(), name.to_owned())], &facts.columns, reader);
    problems.into_iter().next().map_or(Ok(()), |problem| Err(problem.on(field)))
}

/// A stretch of time is none of a row.
fn no_step(name: &str, field: &'static str) -> Problem {
    Problem::new("chart-no-step").on(field).with("name", name)
}

impl Spec {
    /// What is the x: the name of a group, or the key of a column.
    pub(super) fn x(&self) -> &str {
        self.query.group.first().or(self.query.columns.first()).map_or("", String::as_str)
    }

    /// What is the series.
    pub(super) fn series(&self) -> Option<&str> {
        self.query.group.get(1).or(self.query.columns.get(2)).map(String::as_str)
    }

    /// What is the y: the name of a measure, or the key of a column.
    pub(super) fn y(&self) -> String {
        self.query
            .measures
            .first()
            .map_or_else(|| self.query.columns.get(1).cloned().unwrap_or_default(), Measure::name)
    }

    /// The measure.
    pub(super) fn measure(&self) -> Measure {
        self.query.measures.first().cloned().unwrap_or(Measure::Rows)
    }

    /// The parameters that say it, in their one order.
    pub(super) fn parameters(&self) -> Vec<(String, String)> {
        let mut pairs = vec![("kind".to_owned(), self.kind.code().to_owned())];
        pairs.extend(explore::write(&self.query));
        pairs
    }

    /// The same of another kind, as far as that can be; none where the table has nothing for it.
    pub(super) fn adapted(&self, kind: Kind, facts: &Facts) -> Option<Self> {
        let choice = suited(facts, Some(kind))?;
        let filters = self.query.filters.clone();
        let fresh = Self {
            kind,
            query: Query {
                filters: filters.clone(),
                group: choice.group.clone(),
                measures: choice.measure.iter().cloned().collect(),
                columns: choice.columns.clone(),
                ..Query::default()
            },
        };
        if !kind.is_grouped() || !self.kind.is_grouped() {
            return Some(fresh);
        }
        let x = if kind != Kind::Line || runs(self.x(), facts) {
            self.x().to_owned()
        } else {
            choice.group.first()?.clone()
        };
        let series = match kind {
            Kind::Pie => None,
            Kind::Stacked => {
                self.series().map(str::to_owned).or_else(|| choice.group.iter().find(|name| **name != x).cloned())
            }
            _ => self.series().map(str::to_owned),
        };
        let parts = matches!(kind, Kind::Stacked | Kind::Pie);
        let measure = self.measure();
        let measure = if parts && !is_additive(&measure) { Measure::Rows } else { measure };
        let group = std::iter::once(x.clone()).chain(series.filter(|name| *name != x)).collect();
        let spec = Self { kind, query: Query { filters, group, measures: vec![measure], ..Query::default() } };
        Some(if spec.problem(facts).is_none() { spec } else { fresh })
    }

    /// Why it cannot be drawn, whatever the rows are.
    fn problem(&self, facts: &Facts) -> Option<Problem> {
        let column = |name: &str| facts.columns.iter().find(|column| column.key == Step::split(name).0);
        let title = |name: &str| column(name).map_or_else(|| name.to_owned(), |column| column.title.clone());
        if !self.kind.is_grouped() {
            let wanted = if self.kind == Kind::Scatter { 2 } else { 1 };
            for (at, field) in ["x", "y"].into_iter().enumerate().take(wanted) {
                let Some(key) = self.query.columns.get(at) else {
                    return Some(Problem::new("chart-choose-number").on(field));
                };
                let time = self.kind == Kind::Scatter && column(key).is_some_and(|column| Step::takes(column.kind));
                if !time && !column(key).is_some_and(is_number) {
                    return Some(Problem::new("chart-number-column").on(field).with("column", title(key)));
                }
            }
            return None;
        }
        if self.query.group.is_empty() {
            return Some(Problem::new("chart-choose-x").on("x"));
        }
        if self.kind == Kind::Line && !runs(self.x(), facts) {
            return Some(Problem::new("chart-line-x").on("x").with("column", title(self.x())));
        }
        if self.kind == Kind::Stacked && self.series().is_none() {
            return Some(Problem::new("chart-choose-series").on("series"));
        }
        if let Measure::Of(Operation::Min | Operation::Max, key) = self.measure()
            && !column(&key).is_some_and(is_number)
        {
            return Some(Problem::new("chart-number-column").on("y").with("column", title(&key)));
        }
        if matches!(self.kind, Kind::Stacked | Kind::Pie) && !is_additive(&self.measure()) {
            return Some(Problem::new("chart-no-whole").on("y"));
        }
        None
    }
}

fn is_number(column: &Column) -> bool {
    matches!(column.kind, Of::Integer | Of::Decimal)
}

/// Whether a line can run along a group: along time or numbers.
fn runs(name: &str, facts: &Facts) -> bool {
    let (key, step) = Step::split(name);
    let column = facts.columns.iter().find(|column| column.key == key);
    step.is_some() || column.is_some_and(|column| Step::takes(column.kind) || is_number(column))
}

/// What the form offers for x: everything that rows can be grouped by, or the columns of numbers and days.
pub(super) fn offered_x(kind: Kind, facts: &Facts) -> Vec<String> {
    if !kind.is_grouped() {
        let fits = |column: &&Column| is_number(column) || (kind == Kind::Scatter && Step::takes(column.kind));
        return facts.columns.iter().filter(fits).map(|column| column.key.clone()).collect();
    }
    groups(&facts.columns).filter(|name| kind != Kind::Line || runs(name, facts)).collect()
}

/// The measures that the form offers.
pub(super) fn offered_y(kind: Kind, facts: &Facts) -> Vec<Measure> {
    let parts = matches!(kind, Kind::Stacked | Kind::Pie);
    let operations: &[Operation] =
        if parts { &[Operation::Sum] } else { &[Operation::Sum, Operation::Average, Operation::Min, Operation::Max] };
    let numbers = facts.columns.iter().filter(|column| chart::is_measure(column));
    let of = numbers.flat_map(|column| operations.iter().map(|operation| Measure::Of(*operation, column.key.clone())));
    let texts = facts.columns.iter().filter(|column| !parts && column.kind == Of::Text);
    let different = texts.map(|column| Measure::Of(Operation::Distinct, column.key.clone()));
    std::iter::once(Measure::Rows).chain(of).chain(different).collect()
}
