//! Queries as parameters of an address, and back. The grammar is in `README.md` beside this file.

use super::model::{Filter, Measure, Operation, Query, Reader, SortKey, Test, Written};
use super::{MOST_ROWS, ROWS, Step};
use crate::kernel::Problem;
use crate::table::ingest::report::Column;

/// What every filter's name begins with.
const FILTER: &str = "filter.";
/// Problems that are told at once: an address can hold thousands.
const MOST_PROBLEMS: usize = 20;
/// Keys that a problem lists of the columns there are.
const MOST_LISTED: usize = 100;

/// The parameters of a query, in a fixed order; what is as usual is left out.
pub fn write(query: &Query) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    for filter in &query.filters {
        let name = format!("{FILTER}{}.{}", filter.column, filter.test.code());
        pairs.extend(filter.test.values().into_iter().map(|value| (name.clone(), value)));
    }
    let mut list = |name: &str, parts: Vec<String>| {
        if !parts.is_empty() {
            pairs.push((name.to_owned(), parts.join(",")));
        }
    };
    list("group", query.group.clone());
    list("measure", query.measures.iter().map(Measure::name).collect());
    list("columns", query.columns.clone());
    let key = |key: &SortKey| format!("{}{}", if key.descending { "-" } else { "" }, key.name);
    list("sort", query.sort.iter().map(key).collect());
    if query.rows != ROWS {
        list("rows", vec![query.rows.to_string()]);
    }
    if query.page > 1 {
        list("page", vec![query.page.to_string()]);
    }
    pairs
}

impl Query {
    /// Reads the parameters of an address. What is not ours is passed over; what is ours and wrong is left out of the
    /// query, and is a problem on the parameter's name, so that a form can be drawn again with all that was right.
    pub fn parse(pairs: &[(String, String)], columns: &[Column], reader: &Reader) -> (Self, Vec<Problem>) {
        let mut query = Self::default();
        let mut problems = Vec::new();
        let mut lists: Vec<(&str, Vec<&str>)> = Vec::new();
        for (name, value) in pairs {
            match name.as_str() {
                _ if name.starts_with(FILTER) => {
                    let listed = name.ends_with(".in");
                    match lists.iter_mut().find(|(known, _)| listed && known == name) {
                        Some((_, values)) => values.push(value),
                        None => lists.push((name, vec![value])),
                    }
                }
                "group" => {
                    for key in parts(value) {
                        match read_group(key, columns) {
                            Ok(()) => push(&mut query.group, key.to_owned()),
                            Err(problem) => note(&mut problems, problem),
                        }
                    }
                }
                "columns" => {
                    for key in parts(value) {
                        match find(columns, key, "columns") {
                            Ok(_) => push(&mut query.columns, key.to_owned()),
                            Err(problem) => note(&mut problems, problem),
                        }
                    }
                }
                "measure" => {
                    for part in parts(value) {
                        match Measure::read(part, columns) {
                            Ok(measure) => push(&mut query.measures, measure),
                            Err(problem) => note(&mut problems, problem),
                        }
                    }
                }
                "rows" => match value.parse() {
                    Ok(rows) if (1..=MOST_ROWS).contains(&rows) => query.rows = rows,
                    _ if value.is_empty() => {}
                    _ => note(&mut problems, Problem::new("explore-rows").on("rows").with("most", MOST_ROWS)),
                },
                // As everywhere, nonsense counts as the first page.
                "page" => query.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        for (name, values) in lists {
            match read_filter(name, &values, columns, reader) {
                Ok(filter) => query.filters.push(filter),
                Err(problem) => note(&mut problems, problem),
            }
        }
        query.settle(&mut problems);
        for value in pairs.iter().filter(|(name, _)| name == "sort").map(|(_, value)| value) {
            for part in parts(value) {
                match query.read_sort(part, columns) {
                    Ok(key) if query.sort.iter().all(|known| known.name != key.name) => query.sort.push(key),
                    Ok(_) => {}
                    Err(problem) => note(&mut problems, problem),
                }
            }
        }
        query.settle(&mut problems);
        problems.dedup();
        (query, problems)
    }

    fn read_sort(&self, part: &str, columns: &[Column]) -> Result<SortKey, Problem> {
        let (name, descending) = part.strip_prefix('-').map_or((part, false), |name| (name, true));
        if !self.is_grouped() {
            find(columns, name, "sort")?;
        } else if !self.sorts_by(name) {
            return Err(Problem::new("explore-sort-hidden").on("sort").with("name", name));
        }
        Ok(SortKey { name: name.to_owned(), descending })
    }

    /// Whether groups can be sorted by a name.
    pub fn sorts_by(&self, name: &str) -> bool {
        self.group.iter().any(|key| key == name) || self.measures.iter().any(|measure| measure.name() == name)
    }

    /// Adds a filter. Values of two lists of one column become one list, as they do in an address.
    pub fn add(&mut self, filter: Filter) {
        if let Test::OneOf(more) = &filter.test {
            for known in &mut self.filters {
                if known.column == filter.column
                    && let Test::OneOf(values) = &mut known.test
                {
                    values.extend(more.iter().cloned());
                    return;
                }
            }
        }
        push(&mut self.filters, filter);
    }
}

impl Measure {
    /// Reads a measure: `count`, `sum.dan_so`.
    ///
    /// # Errors
    /// `explore-unknown-measure` (`name`); `explore-unknown-column`; `explore-measure-kind` (`column`) where words are
    /// to be summed up.
    pub fn read(text: &str, columns: &[Column]) -> Result<Self, Problem> {
        if text == "count" {
            return Ok(Self::Rows);
        }
        let unknown = || Problem::new("explore-unknown-measure").on("measure").with("name", text);
        let (code, key) = text.split_once('.').ok_or_else(unknown)?;
        let operation = Operation::from_code(code).ok_or_else(unknown)?;
        let column = find(columns, key, "measure")?;
        if !operation.takes(column.kind) {
            return Err(Problem::new("explore-measure-kind").on("measure").with("column", column.title.as_str()));
        }
        Ok(Self::Of(operation, key.to_owned()))
    }
}

/// Whether rows can be grouped by a name: `vung`, `ngay.month`.
fn read_group(name: &str, columns: &[Column]) -> Result<(), Problem> {
    let (key, code) = name.split_once('.').map_or((name, None), |(key, code)| (key, Some(code)));
    let column = find(columns, key, "group")?;
    match code {
        None => Ok(()),
        Some(_) if !Step::takes(column.kind) => {
            Err(Problem::new("explore-step-kind").on("group").with("column", column.title.as_str()))
        }
        Some(code) if Step::from_code(code).is_none() => {
            Err(Problem::new("explore-unknown-step").on("group").with("name", code))
        }
        Some(_) => Ok(()),
    }
}

fn read_filter(name: &str, values: &[&str], columns: &[Column], reader: &Reader) -> Result<Filter, Problem> {
    let rest = name.strip_prefix(FILTER).unwrap_or(name);
    let (key, test) = rest.split_once('.').unwrap_or((rest, "eq"));
    Filter::read(find(columns, key, name)?, test, values, Written::Address, reader, name)
}

/// The column of a key.
pub(super) fn find<'a>(columns: &'a [Column], key: &str, field: &str) -> Result<&'a Column, Problem> {
    columns.iter().find(|column| column.key == key).ok_or_else(|| {
        let mut keys: Vec<&str> = columns.iter().take(MOST_LISTED).map(|column| column.key.as_str()).collect();
        if columns.len() > MOST_LISTED {
            keys.push("…");
        }
        Problem::new("explore-unknown-column").on(field.to_owned()).with("column", key).with("columns", keys.join(", "))
    })
}

fn note(problems: &mut Vec<Problem>, problem: Problem) {
    if problems.len() < MOST_PROBLEMS {
        problems.push(problem);
    }
}

fn parts(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|part| !part.is_empty())
}

fn push<T: PartialEq>(list: &mut Vec<T>, item: T) {
    if !list.contains(&item) {
        list.push(item);
    }
}
