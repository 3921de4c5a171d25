//! How programs get exactly the rows of a query: over the wire as CSV, or by DuckDB from the Parquet file.

use super::view::explore::Snippet;
use crate::table::explore::{Measure, Operation, Query, Step, Test, Value};
use crate::table::ingest::report::{Column, Kind, Storage};

/// Where the rows are.
pub struct Source<'a> {
    /// The result as CSV, with host.
    pub csv_url: String,
    /// The rows of the result by the API, with host.
    pub api_url: String,
    /// The table of this version as Parquet, with host.
    pub parquet_url: String,
    /// What a file of it is called, in ASCII.
    pub file: String,
    /// The columns of the table.
    pub columns: &'a [Column],
    /// The province's time in minutes east of UTC, whose days moments lie in.
    pub offset_minutes: i32,
}

/// The snippets, most used first.
pub fn all(source: &Source<'_>, query: &Query) -> Vec<Snippet> {
    // Only what a percent sign or a plain character can write stands in the addresses: no quote of any language.
    let url = &source.csv_url;
    let texts = text_titles(source.columns, query);
    let kinds: Vec<String> = texts.iter().map(|title| format!("{}: \"string\"", quoted(title))).collect();
    let classes: Vec<String> = texts.iter().map(|title| format!("{} = \"character\"", quoted(title))).collect();
    let python = if kinds.is_empty() {
        format!("import pandas as pd\n\ndata = pd.read_csv(\"{url}\")")
    } else {
        format!("import pandas as pd\n\ndata = pd.read_csv(\n    \"{url}\",\n    dtype={{{}}},\n)", kinds.join(", "))
    };
    let r = if classes.is_empty() {
        format!("data <- read.csv(\"{url}\", check.names = FALSE)")
    } else {
        format!("data <- read.csv(\n  \"{url}\",\n  check.names = FALSE,\n  colClasses = c({})\n)", classes.join(", "))
    };
    vec![
        Snippet { name: "curl", code: format!("curl --fail --output '{}' '{url}'", source.file) },
        Snippet { name: "Python", code: python },
        Snippet { name: "R", code: r },
        Snippet {
            name: "JavaScript",
            code: format!(
                "const answer = await fetch(\"{url}\");\nif (!answer.ok) throw new Error(await answer.text());\nconst csv = await answer.text();"
            ),
        },
        Snippet { name: "DuckDB", code: duckdb(source, query) },
        Snippet { name: "API", code: format!("curl --fail-with-body '{}'", source.api_url) },
    ]
}

/// Reading every page of the API with Python.
pub fn pages_in_python(records: &str) -> String {
    format!(
        "import requests\n\nurl, parameters, rows = \"{records}\", {{\"limit\": 1000}}, []\nwhile url:\n    answer = requests.get(url, params=parameters, timeout=60)\n    answer.raise_for_status()\n    page = answer.json()\n    rows += page[\"records\"]\n    url, parameters = page[\"next\"], None\nprint(len(rows))"
    )
}

/// Reading the whole table of the API into pandas.
pub fn whole_in_pandas(records: &str, columns: &[Column]) -> String {
    let whole = Query::default();
    let texts = text_titles(columns, &whole);
    let kinds: Vec<String> = texts.iter().take(8).map(|title| format!("{}: \"string\"", quoted(title))).collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(",\n    dtype={{{}}}", kinds.join(", ")) };
    format!("import pandas as pd\n\ndata = pd.read_csv(\n    \"{records}?format=csv\"{kinds},\n)")
}

/// Reading every page of the API with R.
pub fn pages_in_r(records: &str) -> String {
    format!(
        "library(jsonlite)\n\nurl <- \"{records}?limit=1000\"\npages <- list()\nwhile (!is.null(url)) {{\n  page <- fromJSON(url)\n  pages[[length(pages) + 1]] <- page$records\n  url <- page[[\"next\"]]\n}}\nrows <- rbind_pages(pages)"
    )
}

/// Reading every page of the API with JavaScript.
pub fn pages_in_javascript(records: &str) -> String {
    format!(
        "const rows = [];\nlet url = \"{records}?limit=1000\";\nwhile (url) {{\n  const answer = await fetch(url);\n  const page = await answer.json();\n  if (!answer.ok) throw new Error(page.detail);\n  rows.push(...page.records);\n  url = page.next;\n}}\nconsole.log(rows.length);"
    )
}

/// The titles of the result's columns of text, whose codes must keep their zeros.
fn text_titles<'a>(columns: &'a [Column], query: &'a Query) -> Vec<&'a str> {
    let shown: Vec<&str> =
        if query.is_grouped() { query.group.iter().map(String::as_str).collect() } else { query.shown(columns) };
    let text = |key: &str| columns.iter().find(|column| column.key == key && column.kind == Kind::Text);
    shown.into_iter().filter_map(text).map(|column| column.title.as_str()).collect()
}

/// A text between double quotes as Python and R read it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// The query in DuckDB's SQL, over the very version that is shown.
pub fn duckdb(source: &Source<'_>, query: &Query) -> String {
    let kind =
        |key: &str| source.columns.iter().find(|column| column.key == key).map_or(Kind::Text, |column| column.kind);
    let mut lines = Vec::new();
    let what: Vec<String> = if query.is_grouped() {
        let measures =
            query.measures.iter().map(|measure| format!("{} AS {}", summary(measure), name(&measure.name())));
        query.group.iter().map(|group| grouped(source, group)).chain(measures).collect()
    } else if query.columns.is_empty() {
        vec!["*".to_owned()]
    } else {
        query.columns.iter().map(|key| name(key)).collect()
    };
    lines.push(format!("SELECT {}", what.join(", ")));
    // Rows that are equal otherwise stand as in the file.
    let numbered = !query.sort.is_empty() && !query.is_grouped();
    let file = text(&source.parquet_url);
    if numbered {
        if query.columns.is_empty() {
            lines[0] = "SELECT * EXCLUDE (file_row_number)".to_owned();
        }
        lines.push(format!("FROM read_parquet({file}, file_row_number = true)"));
    } else {
        lines.push(format!("FROM {file}"));
    }
    for (at, filter) in query.filters.iter().enumerate() {
        let lead = if at == 0 { "WHERE" } else { "  AND" };
        lines.push(format!("{lead} {}", condition(&name(&filter.column), &filter.test, kind(&filter.column))));
    }
    if !query.group.is_empty() {
        lines.push(format!("GROUP BY {}", query.group.iter().map(|key| name(key)).collect::<Vec<_>>().join(", ")));
    }
    let mut order: Vec<String> = Vec::new();
    for key in &query.sort {
        let way = if key.descending { "DESC" } else { "ASC" };
        let column = name(&key.name);
        let is_text = source.columns.iter().any(|known| known.key == key.name) && kind(&key.name) == Kind::Text;
        if is_text {
            order.push(format!("{} {way} NULLS LAST", folded(&column)));
        }
        order.push(format!("{column} {way} NULLS LAST"));
    }
    if numbered {
        order.push("file_row_number".to_owned());
    } else {
        order.extend(query.group.iter().map(|key| format!("{} NULLS LAST", name(key))));
    }
    if !order.is_empty() {
        lines.push(format!("ORDER BY {}", order.join(", ")));
    }
    format!("{};", lines.join("\n"))
}

/// What rows are grouped by: a column, or stretches of its time under the name that they have in the file.
fn grouped(source: &Source<'_>, group: &str) -> String {
    let (key, step) = Step::split(group);
    let Some(step) = step else { return name(key) };
    let zoned = source
        .columns
        .iter()
        .any(|column| column.key == key && matches!(column.storage, Storage::Timestamp { utc: true }));
    let day = if zoned {
        format!("({} AT TIME ZONE 'UTC' + INTERVAL {} MINUTE)", name(key), source.offset_minutes)
    } else {
        name(key)
    };
    let told = match step {
        Step::Year => format!("strftime({day}, '%Y')"),
        Step::Quarter => format!("strftime({day}, '%Y-Q') || quarter({day})"),
        Step::Month => format!("strftime({day}, '%Y-%m')"),
        Step::Day => format!("strftime({day}, '%Y-%m-%d')"),
    };
    format!("{told} AS {}", name(group))
}

fn summary(measure: &Measure) -> String {
    match measure {
        Measure::Rows => "count(*)".to_owned(),
        Measure::Of(operation, key) => {
            let column = name(key);
            match operation {
                Operation::Count => format!("count({column})"),
                Operation::Distinct => format!("count(DISTINCT {column})"),
                Operation::Sum => format!("sum({column})"),
                Operation::Average => format!("avg({column})"),
                Operation::Min => format!("min({column})"),
                Operation::Max => format!("max({column})"),
            }
        }
    }
}

fn condition(column: &str, test: &Test, kind: Kind) -> String {
    let value = literal;
    match test {
        Test::Is(wanted) => format!("{column} = {}", value(wanted)),
        Test::Not(wanted) => format!("{column} IS DISTINCT FROM {}", value(wanted)),
        Test::Less(wanted) => format!("{column} < {}", value(wanted)),
        Test::Most(wanted) => format!("{column} <= {}", value(wanted)),
        Test::Greater(wanted) => format!("{column} > {}", value(wanted)),
        Test::Least(wanted) => format!("{column} >= {}", value(wanted)),
        Test::Between(from, to) => format!("{column} BETWEEN {} AND {}", value(from), value(to)),
        Test::Contains { text: wanted, exact: true } => format!("contains({column}, {})", text(wanted)),
        Test::Contains { text: wanted, exact: false } => {
            format!("contains({}, {})", folded(column), folded_text(wanted))
        }
        Test::Starts { text: wanted, exact: true } => format!("starts_with({column}, {})", text(wanted)),
        Test::Starts { text: wanted, exact: false } => {
            format!("starts_with({}, {})", folded(column), folded_text(wanted))
        }
        Test::OneOf(values) => format!("{column} IN ({})", values.iter().map(value).collect::<Vec<_>>().join(", ")),
        Test::Empty if kind == Kind::Text => format!("coalesce({column}, '') = ''"),
        Test::Empty => format!("{column} IS NULL"),
        Test::Filled if kind == Kind::Text => format!("coalesce({column}, '') <> ''"),
        Test::Filled => format!("{column} IS NOT NULL"),
    }
}

/// A column's text without capitals and tone marks; the letter with a stroke is no accent to DuckDB.
fn folded(column: &str) -> String {
    format!("replace(strip_accents(lower({column})), '\u{111}', 'd')")
}

fn folded_text(wanted: &str) -> String {
    text(&crate::kernel::text::fold(wanted))
}

fn literal(value: &Value) -> String {
    match value {
        Value::Text(wanted) => text(wanted),
        Value::Date(_) => format!("DATE {}", text(&value.to_string())),
        Value::Moment(_, true) => format!("TIMESTAMPTZ {}", text(&value.to_string())),
        Value::Moment(_, false) => format!("TIMESTAMP {}", text(&value.to_string())),
        Value::Integer(_) | Value::Double(_) | Value::Exact(..) | Value::Boolean(_) => value.to_string(),
    }
}

fn text(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

fn name(key: &str) -> String {
    format!("\"{}\"", key.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::explore::{Filter, SortKey};

    #[test]
    fn what_people_typed_cannot_leave_its_quotes() {
        let source = Source {
            csv_url: "https://x/a.csv?filter.ten.eq=%27".to_owned(),
            api_url: "https://x/records".to_owned(),
            parquet_url: "https://x/a'b.parquet".to_owned(),
            file: "a.csv".to_owned(),
            columns: &[],
            offset_minutes: 420,
        };
        let query = Query {
            filters: vec![Filter { column: "ten".to_owned(), test: Test::Is(Value::Text("a'; DROP".to_owned())) }],
            sort: vec![SortKey { name: "so".to_owned(), descending: true }],
            ..Query::default()
        };
        let sql = duckdb(&source, &query);
        assert!(sql.contains("'a''; DROP'") && sql.contains("'https://x/a''b.parquet'"), "{sql}");
        assert!(sql.ends_with("DESC NULLS LAST, file_row_number;"), "{sql}");
        let months = Query { group: vec!["ngay.month".to_owned()], measures: vec![Measure::Rows], ..Query::default() };
        let sql = duckdb(&source, &months);
        assert!(sql.contains("strftime(\"ngay\", '%Y-%m') AS \"ngay.month\""), "{sql}");
        assert_eq!(quoted("a\"b\\c\nd"), r#""a\"b\\c\nd""#);
    }
}
