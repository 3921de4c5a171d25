//! What is wanted of a table.

use super::value::Value;
use super::{
    LONGEST_VALUE, MOST_FILTERS, MOST_GROUP_COLUMNS, MOST_MEASURES, MOST_ROWS, MOST_SORT_KEYS, MOST_VALUES, ROWS,
};
use crate::kernel::text::nfc;
use crate::kernel::{Lang, Problem};
use crate::table::ingest::report::{Column, Kind};

/// What is wanted of a table. Columns are named by their keys.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What a row must fulfil, all of it.
    pub filters: Vec<Filter>,
    /// The order, first key first; then the order of the table, or of the groups' own values.
    pub sort: Vec<SortKey>,
    /// The columns shown, in this order; all in the table's order when empty. Not asked where rows are grouped.
    pub columns: Vec<String>,
    /// What rows are grouped by: keys of columns, of days and moments also with a stretch of time
    /// ([`Step::name`](super::Step::name)).
    pub group: Vec<String>,
    /// What is said of each group, or of all rows where there are no groups; never empty where there are.
    pub measures: Vec<Measure>,
    /// The page, from 1.
    pub page: u64,
    /// Rows on a page, 1 to [`MOST_ROWS`].
    pub rows: u64,
}

impl Default for Query {
    fn default() -> Self {
        Self {
            filters: Vec::new(),
            sort: Vec::new(),
            columns: Vec::new(),
            group: Vec::new(),
            measures: Vec::new(),
            page: 1,
            rows: ROWS,
        }
    }
}

/// What a column's value must fulfil.
#[derive(Clone, Debug, PartialEq)]
pub struct Filter {
    /// The column's key.
    pub column: String,
    /// What its value must fulfil.
    pub test: Test,
}

/// A test of one value. An empty cell fulfils [`Test::Empty`] and [`Test::Not`] alone.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// It is this.
    Is(Value),
    /// It is something else, or nothing.
    Not(Value),
    /// It is less.
    Less(Value),
    /// It is this or less.
    Most(Value),
    /// It is greater.
    Greater(Value),
    /// It is this or greater.
    Least(Value),
    /// It lies between these, both ends included. Not for text.
    Between(Value, Value),
    /// The text has this in it; `exact` minds capitals and tone marks.
    Contains {
        /// What is looked for.
        text: String,
        /// Whether capitals and tone marks count.
        exact: bool,
    },
    /// The text begins with this; `exact` minds capitals and tone marks.
    Starts {
        /// What is looked for.
        text: String,
        /// Whether capitals and tone marks count.
        exact: bool,
    },
    /// It is one of these.
    OneOf(Vec<Value>),
    /// Nothing is there.
    Empty,
    /// Something is there.
    Filled,
}

/// A key of the order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SortKey {
    /// The column's key; where rows are grouped also the name of a measure ([`Measure::name`]).
    pub name: String,
    /// Greatest first. Empty cells come last either way.
    pub descending: bool,
}

/// What is said of a group.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Measure {
    /// How many rows it has.
    Rows,
    /// Something of a column, by its key.
    Of(Operation, String),
}

/// What is done with the values of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// How many are filled.
    Count,
    /// How many different ones.
    Distinct,
    /// Their sum; of numbers.
    Sum,
    /// Their mean; of numbers.
    Average,
    /// The least.
    Min,
    /// The greatest.
    Max,
}

impl Operation {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Sum, Self::Average, Self::Min, Self::Max, Self::Count, Self::Distinct];

    /// As addresses name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Distinct => "distinct",
            Self::Sum => "sum",
            Self::Average => "avg",
            Self::Min => "min",
            Self::Max => "max",
        }
    }

    /// From an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.code() == code)
    }

    /// Whether it can be done with a kind.
    pub fn takes(self, kind: Kind) -> bool {
        !matches!(self, Self::Sum | Self::Average) || matches!(kind, Kind::Integer | Kind::Decimal)
    }
}

impl Measure {
    /// As addresses name it: `count`, `sum.dan_so`.
    pub fn name(&self) -> String {
        match self {
            Self::Rows => "count".to_owned(),
            Self::Of(operation, column) => format!("{}.{column}", operation.code()),
        }
    }
}

/// In whose form values are written.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    /// The reader's language.
    pub lang: Lang,
    /// The province's time zone in minutes east of UTC, in which times without a zone are meant.
    pub offset_minutes: i32,
}

/// Where a value was written: decides which form is tried first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// In an address, which means the same in both languages.
    Address,
    /// By a person into a field.
    Typed,
}

/// The tests by their codes, in the order in which forms offer them.
const TESTS: [&str; 14] = [
    "contains",
    "starts",
    "eq",
    "ne",
    "lt",
    "le",
    "gt",
    "ge",
    "between",
    "in",
    "empty",
    "filled",
    "contains-exact",
    "starts-exact",
];

impl Test {
    /// The codes of all tests.
    pub fn codes() -> &'static [&'static str] {
        &TESTS
    }

    /// As addresses name it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Is(_) => "eq",
            Self::Not(_) => "ne",
            Self::Less(_) => "lt",
            Self::Most(_) => "le",
            Self::Greater(_) => "gt",
            Self::Least(_) => "ge",
            Self::Between(..) => "between",
            Self::Contains { exact: false, .. } => "contains",
            Self::Contains { exact: true, .. } => "contains-exact",
            Self::Starts { exact: false, .. } => "starts",
            Self::Starts { exact: true, .. } => "starts-exact",
            Self::OneOf(_) => "in",
            Self::Empty => "empty",
            Self::Filled => "filled",
        }
    }

    /// The values as addresses write them; `1` where there is nothing to say.
    pub fn values(&self) -> Vec<String> {
        match self {
            Self::Is(value)
            | Self::Not(value)
            | Self::Less(value)
            | Self::Most(value)
            | Self::Greater(value)
            | Self::Least(value) => vec![value.to_string()],
            Self::Between(from, to) => vec![format!("{from}..{to}")],
            Self::Contains { text, .. } | Self::Starts { text, .. } => vec![text.clone()],
            Self::OneOf(values) => values.iter().map(ToString::to_string).collect(),
            Self::Empty | Self::Filled => vec!["1".to_owned()],
        }
    }
}

impl Filter {
    /// Reads a test of a column from its code and what was written; problems stand on `field`.
    ///
    /// # Errors
    /// `explore-unknown-test` (`test`); `explore-test-kind` (`column`); `explore-value-missing`, `explore-value-long`,
    /// `explore-values-many`; `explore-between` for what is no range, `explore-between-turned` for one that ends before
    /// it begins; and what [`Value::read`] says.
    pub fn read(
        column: &Column,
        code: &str,
        values: &[&str],
        written: Written,
        reader: &Reader,
        field: &str,
    ) -> Result<Self, Problem> {
        let wrong = |code: &'static str| Problem::new(code).on(field.to_owned()).with("column", column.title.as_str());
        if values.len() > MOST_VALUES {
            return Err(wrong("explore-values-many").with("most", MOST_VALUES));
        }
        if values.iter().any(|value| value.chars().count() > LONGEST_VALUE) {
            return Err(wrong("explore-value-long").with("most", LONGEST_VALUE));
        }
        let first = values.first().copied().unwrap_or_default();
        let value =
            |text: &str| Value::read(column, text, written, reader).map_err(|problem| problem.on(field.to_owned()));
        let text = || match (column.kind, nfc(first)) {
            (kind, _) if kind != Kind::Text => Err(wrong("explore-test-kind")),
            (_, text) if text.trim().is_empty() => Err(wrong("explore-value-missing")),
            (_, text) => Ok(text),
        };
        let ordered =
            |value: Value| if column.kind == Kind::Boolean { Err(wrong("explore-test-kind")) } else { Ok(value) };
        let test = match code {
            "eq" => Test::Is(value(first)?),
            "ne" => Test::Not(value(first)?),
            "lt" => Test::Less(ordered(value(first)?)?),
            "le" => Test::Most(ordered(value(first)?)?),
            "gt" => Test::Greater(ordered(value(first)?)?),
            "ge" => Test::Least(ordered(value(first)?)?),
            "between" if matches!(column.kind, Kind::Text | Kind::Boolean) => return Err(wrong("explore-test-kind")),
            "between" => {
                let (from, to) = first.split_once("..").ok_or_else(|| wrong("explore-between"))?;
                let (from, to) = (value(from)?, value(to)?);
                if from.is_after(&to) {
                    return Err(wrong("explore-between-turned"));
                }
                Test::Between(from, to)
            }
            "contains" => Test::Contains { text: text()?, exact: false },
            "contains-exact" => Test::Contains { text: text()?, exact: true },
            "starts" => Test::Starts { text: text()?, exact: false },
            "starts-exact" => Test::Starts { text: text()?, exact: true },
            "in" if values.is_empty() => return Err(wrong("explore-value-missing")),
            "in" => Test::OneOf(values.iter().map(|text| value(text)).collect::<Result<_, _>>()?),
            "empty" => Test::Empty,
            "filled" => Test::Filled,
            _ => return Err(Problem::new("explore-unknown-test").on(field.to_owned()).with("test", code)),
        };
        Ok(Self { column: column.key.clone(), test })
    }
}

impl Query {
    /// Whether rows are grouped or summed up.
    pub fn is_grouped(&self) -> bool {
        !self.measures.is_empty()
    }

    /// Whether it is the whole table in its own order, whatever the page.
    pub fn is_whole(&self) -> bool {
        self.filters.is_empty() && self.sort.is_empty() && !self.is_grouped()
    }

    /// The keys of the columns shown; the table's own where none is chosen.
    pub fn shown<'a>(&'a self, columns: &'a [Column]) -> Vec<&'a str> {
        if self.columns.is_empty() {
            return columns.iter().map(|column| column.key.as_str()).collect();
        }
        self.columns.iter().map(String::as_str).collect()
    }

    /// How the result is sorted by a name now: whether downwards.
    pub fn sorted_by(&self, name: &str) -> Option<bool> {
        self.sort.iter().find(|key| key.name == name).map(|key| key.descending)
    }

    /// Rows before the page.
    pub fn offset(&self) -> u64 {
        (self.page.max(1) - 1).saturating_mul(self.rows)
    }

    /// Puts right what an address may leave open: groups say at least how many rows they have, and what goes beyond a
    /// limit is cut off and a problem (`explore-too-many`).
    pub(super) fn settle(&mut self, problems: &mut Vec<Problem>) {
        if !self.group.is_empty() && self.measures.is_empty() {
            self.measures.push(Measure::Rows);
        }
        self.rows = self.rows.clamp(1, MOST_ROWS);
        self.page = self.page.max(1);
        let mut bound = |many: usize, most: usize, field: &'static str| {
            if many > most {
                problems.push(Problem::new("explore-too-many").on(field).with("name", field).with("most", most));
            }
        };
        bound(self.filters.len(), MOST_FILTERS, "filter");
        bound(self.sort.len(), MOST_SORT_KEYS, "sort");
        bound(self.group.len(), MOST_GROUP_COLUMNS, "group");
        bound(self.measures.len(), MOST_MEASURES, "measure");
        self.filters.truncate(MOST_FILTERS);
        self.sort.truncate(MOST_SORT_KEYS);
        self.group.truncate(MOST_GROUP_COLUMNS);
        self.measures.truncate(MOST_MEASURES);
    }
}
