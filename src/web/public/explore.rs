//! The explorer of a table: its page, and exactly its result as files. The grammar of the address:
//! `table/explore/README.md`.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::Datelike;
use serde::Deserialize;

use super::chart;
use super::dataset::{base_path, citation, gone_instead, offer, offers, published, shown_cell};
use super::serve::{charge, computed_page};
use super::view::dataset::{Direction, OlderVersion, PreviewHeader};
use super::view::explore::{CellView, ColumnsForm, ExplorePage, FilterForm, GroupForm, HeadingView, ResultView};
use super::{formats, map, snippets};
use crate::agency::Agency;
use crate::dataset::{Published, ResourceVersion};
use crate::http::page::{Chip, Choice, Field, Link, Offers, PageCtx, Pager, Section, Text, Wrong};
use crate::http::{App, Failure, Outcome, address, html, lang_of, path_and_query, present, query_pairs, redirect};
use crate::kernel::text::truncate;
use crate::kernel::{Error, Kind as Failing, Lang, Problem, Result};
use crate::platform::columnar::Value as Cell;
use crate::platform::sheet;
use crate::table::explore::{self, Filter, Heading, Measure, Operation, Query, Reader, SortKey, Step, Test, Written};
use crate::table::geometry;
use crate::table::ingest::report::{Column, Kind};

/// Columns beside each other on one page.
const ACROSS: usize = 40;
/// Rows on a page that the form offers.
const ROWS: [u64; 5] = [25, 50, 100, 250, 500];
/// Characters of the value that a filter's chip shows.
const CHIP: usize = 60;

/// Says that a query has another address than the one asked for; nobody reads it.
pub(super) const ELSEWHERE: &str = "explore-elsewhere";
/// The fields that a problem may stand on; the others are parts of the address.
pub(super) const FIELDS: [&str; 6] = ["add-column", "add-value", "add-of", "x", "y", "series"];

/// What an address of a table names: dataset, version (none: the latest), table.
#[derive(Clone, Deserialize)]
pub struct Place {
    pub(super) slug: String,
    #[serde(default)]
    pub(super) number: Option<i32>,
    pub(super) table: String,
}

/// The end of an address, which says the format.
#[derive(Deserialize)]
pub struct Ending {
    pub(super) format: String,
}

/// GET /dataset/{slug}/{table}/kham-pha, and the same under /v/{number}/
pub async fn show(req: HttpRequest, app: web::Data<App>, place: web::Path<Place>) -> Outcome {
    answer(&req, &app, place.into_inner()).await
}

/// GET /dataset/{slug}/{table}/kham-pha.{format}, and the same under /v/{number}/
pub async fn file(
    req: HttpRequest,
    app: web::Data<App>,
    place: web::Path<Place>,
    ending: web::Path<Ending>,
) -> Outcome {
    send(&req, &app, place.into_inner(), &ending.format).await
}

/// All that the database knows for the page and its files.
#[derive(Clone)]
pub(super) struct Facts {
    pub shown: Published,
    pub owner: Agency,
    pub resource: ResourceVersion,
    pub columns: Vec<Column>,
}

impl Facts {
    pub(super) async fn of(app: &App, place: &Place) -> Result<Self> {
        let Place { slug, number, table } = place.clone();
        let (shown, owner) = app.db().read_async(move |conn| published(conn, &slug, number)).await?;
        let resource = shown.resources.iter().find(|resource| resource.name == table).cloned();
        let resource = resource.ok_or_else(Error::not_found)?;
        let columns = resource.table.report()?.outcome.columns;
        Ok(Self { shown, owner, resource, columns })
    }

    /// The explorer's address without query and language, in a version or the latest.
    pub(super) fn path(&self, number: Option<i32>, table: &str) -> String {
        format!("{}/{table}/kham-pha", base_path(&self.shown, number))
    }
}

/// What the address asks: the query, which columns of a wide table, and what was typed into a form.
#[derive(Clone, Default)]
struct Wish {
    query: Query,
    across: u64,
    typed: Typed,
    wrongs: Vec<Problem>,
}

/// What was typed into the forms of a new filter or group, which are no part of a query yet.
#[derive(Clone, Default)]
pub(super) struct Typed {
    column: String,
    test: String,
    value: String,
    to: String,
}

impl Typed {
    pub(super) fn of(pairs: &[(String, String)]) -> Self {
        let last = |wanted: &str| last(pairs, wanted).unwrap_or_default();
        Self { column: last("add-column"), test: last("add-test"), value: last("add-value"), to: last("add-to") }
    }

    /// The filter that was typed; none where no column was chosen.
    pub(super) fn filter(&self, columns: &[Column], reader: &Reader) -> Option<Result<Filter, Problem>> {
        let Self { column, test, value, to } = self;
        if column.is_empty() {
            return None;
        }
        let Some(column) = columns.iter().find(|known| known.key == *column) else {
            return Some(Err(Problem::new("explore-choose-column").on("add-column")));
        };
        let range = format!("{value}..{to}");
        let values: Vec<&str> = match test.as_str() {
            "between" => vec![&range],
            "in" => value.split('|').map(str::trim).filter(|value| !value.is_empty()).collect(),
            _ => vec![value],
        };
        Some(Filter::read(column, test, &values, Written::Typed, reader, "add-value"))
    }
}

/// What a parameter says, the last time it stands there.
pub(super) fn last(pairs: &[(String, String)], wanted: &str) -> Option<String> {
    pairs.iter().rev().find(|(name, _)| name == wanted).map(|(_, value)| value.trim().to_owned())
}

impl Wish {
    fn read(pairs: &[(String, String)], columns: &[Column], reader: &Reader) -> Self {
        let (query, wrongs) = Query::parse(pairs, columns, reader);
        let last = |wanted: &str| last(pairs, wanted).unwrap_or_default();
        let typed = Typed::of(pairs);
        let across = last("across").parse().unwrap_or(1);
        let mut wish = Self { query, across, typed, wrongs };
        wish.add_filter(columns, reader);
        wish.add_group(&last("add-group"), &last("add-measure"), &last("add-of"), columns);
        wish
    }

    fn add_filter(&mut self, columns: &[Column], reader: &Reader) {
        match self.typed.filter(columns, reader) {
            None => {}
            Some(Ok(filter)) => {
                self.query.add(filter);
                self.query.page = 1;
                self.typed = Typed::default();
            }
            Some(Err(problem)) => self.wrongs.push(problem),
        }
    }

    fn add_group(&mut self, group: &str, operation: &str, of: &str, columns: &[Column]) {
        let mut changed = false;
        if groups(columns).any(|name| name == group) && !self.query.group.iter().any(|key| key == group) {
            self.query.group.push(group.to_owned());
            changed = true;
        }
        let measure = match operation {
            "" => None,
            "rows" => Some("count".to_owned()),
            code => Some(format!("{code}.{of}")),
        };
        match measure.map(|measure| Measure::read(&measure, columns)) {
            Some(Ok(measure)) if !self.query.measures.contains(&measure) => {
                self.query.measures.push(measure);
                changed = true;
            }
            Some(Err(problem)) => self.wrongs.push(problem.on("add-of")),
            _ => {}
        }
        if changed {
            self.query = regrouped(self.query.clone(), columns);
        }
    }

    /// The parameters that say it, in their one order.
    fn parameters(&self) -> Vec<(String, String)> {
        let mut pairs = explore::write(&self.query);
        if self.across > 1 {
            pairs.push(("across".to_owned(), self.across.to_string()));
        }
        pairs
    }
}

/// Everything that rows can be grouped by: each column, then stretches of its time.
pub(super) fn groups(columns: &[Column]) -> impl Iterator<Item = String> {
    columns.iter().flat_map(|column| {
        let steps: &[Step] = if Step::takes(column.kind) { &Step::ALL } else { &[] };
        std::iter::once(column.key.clone()).chain(steps.iter().map(|step| step.name(&column.key)))
    })
}

/// A query whose groups or measures have changed: from its first page on, without an order by what is not there any
/// more.
fn regrouped(mut query: Query, columns: &[Column]) -> Query {
    query.page = 1;
    if !query.group.is_empty() && query.measures.is_empty() {
        query.measures.push(Measure::Rows);
    }
    let sort = std::mem::take(&mut query.sort);
    let there = |name: &str| {
        if query.is_grouped() { query.sorts_by(name) } else { columns.iter().any(|column| column.key == name) }
    };
    query.sort = sort.into_iter().filter(|key| there(&key.name)).collect();
    query
}

/// An address with parameters.
pub(super) fn with(path: &str, pairs: &[(String, String)]) -> String {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    address(path, &pairs)
}

pub(super) fn reader_of(app: &App, lang: Lang) -> Reader {
    Reader { lang, offset_minutes: app.site.offset_minutes }
}

async fn answer(req: &HttpRequest, app: &web::Data<App>, place: Place) -> Outcome {
    let pairs = query_pairs(req);
    let (lang, path) = (lang_of(req), path_and_query(req));
    // The rows of a table as they lie are no work.
    let costs = pairs.iter().any(|(name, _)| {
        name.starts_with("filter.") || name.starts_with("add-") || matches!(name.as_str(), "sort" | "group" | "measure")
    });
    let drawn = computed_page(req, app, costs, |lang, path| {
        let (app, place, pairs) = (app.get_ref().clone(), place.clone(), pairs.clone());
        async move { draw(&app, lang, path, &place, &pairs).await }
    })
    .await;
    match drawn {
        // The same query at its one address: what forms send, and what people write in another order.
        Err(failure) if failure.0.problems().iter().any(|problem| problem.code == ELSEWHERE) => {
            let facts = Facts::of(app, &place).await?;
            let wish = Wish::read(&pairs, &facts.columns, &reader_of(app, lang));
            let own = facts.path(place.number, &place.table);
            Ok(redirect(&format!("{}{}", lang.prefix(), with(&own, &wish.parameters()))))
        }
        Err(failure) if failure.0.kind() == Failing::Invalid => {
            let facts = Facts::of(app, &place).await?;
            let wish = Wish::read(&pairs, &facts.columns, &reader_of(app, lang));
            let mut page = own_page(app, lang, path, &facts);
            page.canonical = None;
            let mut wrongs = page.wrongs(&failure.0);
            for wrong in &mut wrongs {
                wrong.field = wrong.field.take().filter(|field| FIELDS.contains(&field.as_str()));
            }
            let mappable = map::possible(app, &facts.columns).await?;
            let page = assemble(app, page, &place, &facts, &wish, wrongs, None, mappable);
            let mut answer = html(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
            answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            Ok(answer)
        }
        Err(failure) => gone_instead(req, app, place.slug, place.number, failure).await,
        drawn => drawn,
    }
}

pub(super) fn own_page(app: &App, lang: Lang, path: String, facts: &Facts) -> PageCtx {
    let mut page = app.public_page(lang, path, Section::Datasets);
    page.canonical = Some(format!("/dataset/{}", facts.shown.dataset.slug));
    // One page of a table is no page to be found; the dataset's is.
    page.indexed = false;
    page
}

/// # Errors
/// A refusal with what is wrong, or with [`ELSEWHERE`] where the address is not the one of its query.
async fn draw(app: &App, lang: Lang, path: String, place: &Place, pairs: &[(String, String)]) -> Result<ExplorePage> {
    let facts = Facts::of(app, place).await?;
    let wish = Wish::read(pairs, &facts.columns, &reader_of(app, lang));
    if !wish.wrongs.is_empty() {
        return Err(Error::invalid_all(wish.wrongs));
    }
    let own = wish.parameters();
    let given: Vec<&(String, String)> = pairs.iter().filter(|(name, _)| is_ours(name)).collect();
    if !given.iter().copied().eq(own.iter()) {
        return Err(Error::conflict(Problem::new(ELSEWHERE)));
    }
    let page = own_page(app, lang, path, &facts);
    let result = result(app, &page, place, &facts, &wish).await?;
    let mappable = map::possible(app, &facts.columns).await?;
    Ok(assemble(app, page, place, &facts, &wish, Vec::new(), Some(result), mappable))
}

/// Whether the explorer reads a parameter.
fn is_ours(name: &str) -> bool {
    name.starts_with("filter.")
        || name.starts_with("add-")
        || matches!(name, "group" | "measure" | "columns" | "sort" | "rows" | "page" | "across")
}

/// One page of the result.
async fn result(app: &App, page: &PageCtx, place: &Place, facts: &Facts, wish: &Wish) -> Result<ResultView> {
    let explorer = app.explorer(&facts.resource.table, facts.columns.clone()).await?;
    let query = &wish.query;
    let shown = query.shown(&facts.columns);
    // Of a wide table the first column stays, and the others come by pages.
    let wide = !query.is_grouped() && shown.len() > ACROSS + 1;
    let pages = shown.len().saturating_sub(1).div_ceil(ACROSS);
    let across = usize::try_from(wish.across).unwrap_or(usize::MAX).clamp(1, pages.max(1));
    let asked = if wide {
        let part = shown.iter().skip(1 + (across - 1) * ACROSS).take(ACROSS);
        let columns = shown.iter().take(1).chain(part).map(|key| (*key).to_owned()).collect();
        Query { columns, ..query.clone() }
    } else {
        query.clone()
    };
    let found = explorer.page(&asked).await?;
    let own = facts.path(place.number, &place.table);
    let href =
        |query: Query, across: u64| page.href(&with(&own, &Wish { query, across, ..Wish::default() }.parameters()));
    let headings: Vec<HeadingView> = explorer
        .headings(&asked)?
        .into_iter()
        .map(|heading| {
            let (name, number) = match &heading {
                Heading::Column(index) => (facts.columns[*index].key.clone(), is_number(&facts.columns[*index])),
                Heading::Step(index, step) => (step.name(&facts.columns[*index].key), false),
                Heading::Measure(measure, of) => {
                    (measure.name(), gives_number(measure, of.map(|at| &facts.columns[at])))
                }
            };
            let sorted =
                query.sorted_by(&name).map(|down| if down { Direction::Descending } else { Direction::Ascending });
            // Once more the other way round, and then not at all.
            let sort = match sorted {
                Some(Direction::Descending) => Vec::new(),
                Some(Direction::Ascending) => vec![SortKey { name: name.clone(), descending: true }],
                None => vec![SortKey { name: name.clone(), descending: false }],
            };
            let sorting = href(Query { sort, page: 1, ..query.clone() }, wish.across);
            let (title, name) = heading_text(page, facts, &heading, name);
            HeadingView { title, name, number, header: PreviewHeader { href: format!("{sorting}#table"), sorted } }
        })
        .collect();
    let total = found.total;
    let first = (found.page - 1) * query.rows;
    let rows: Vec<Vec<CellView>> = found
        .rows
        .iter()
        .map(|row| {
            let cells = row.iter().zip(&found.headings);
            cells.map(|(value, heading)| CellView::of(cell(page, &facts.columns, heading, value))).collect()
        })
        .collect();
    Ok(ResultView {
        headings,
        first: if total == 0 { 0 } else { first + 1 },
        last: first + rows.len() as u64,
        rows,
        total,
        of: facts.resource.table.rows(),
        pager: Pager {
            number: found.page,
            pages: total.div_ceil(query.rows).max(1),
            base: href(Query { page: 1, ..query.clone() }, wish.across),
            param: "page",
            anchor: "#table",
        },
        across: wide.then(|| Pager {
            number: across as u64,
            pages: pages as u64,
            base: href(query.clone(), 1),
            param: "across",
            anchor: "#table",
        }),
        grouped: query.is_grouped(),
        unsorted_href: (!query.sort.is_empty())
            .then(|| href(Query { sort: Vec::new(), page: 1, ..query.clone() }, wish.across)),
    })
}

pub(super) fn is_number(column: &Column) -> bool {
    matches!(column.kind, Kind::Integer | Kind::Decimal)
}

fn gives_number(measure: &Measure, of: Option<&Column>) -> bool {
    match measure {
        Measure::Of(Operation::Min | Operation::Max, _) => of.is_some_and(is_number),
        _ => true,
    }
}

/// The title of a heading, and the machine name where it says more.
fn heading_text(page: &PageCtx, facts: &Facts, heading: &Heading, name: String) -> (Text, Option<String>) {
    match heading {
        Heading::Column(index) => {
            let title = column_title(page, &facts.resource, &facts.columns[*index]);
            let name = (title.text != name).then_some(name);
            (title, name)
        }
        Heading::Step(..) => (Text::new(group_text(page, facts, &name)), None),
        Heading::Measure(measure, _) => (Text::new(measure_text(page, facts, measure)), None),
    }
}

/// The title of a column, in English where the dictionary has it.
pub(super) fn column_title(page: &PageCtx, resource: &ResourceVersion, column: &Column) -> Text {
    let english = resource.note(&column.title).and_then(|note| note.title_en.as_deref());
    match (page.lang, english) {
        (Lang::En, Some(title)) => Text::new(title),
        (lang, _) => Text::of(&column.title, Lang::Vi, lang),
    }
}

pub(super) fn title_of(page: &PageCtx, facts: &Facts, key: &str) -> String {
    let column = facts.columns.iter().find(|column| column.key == key);
    column.map_or_else(|| key.to_owned(), |column| column_title(page, &facts.resource, column).text)
}

/// What rows are grouped by, in words: a column's title, with its stretch of time.
pub(super) fn group_text(page: &PageCtx, facts: &Facts, name: &str) -> String {
    let (key, step) = Step::split(name);
    let title = title_of(page, facts, key);
    step.map_or_else(|| title.clone(), |step| page.t1(step_id(step), "column", title.as_str()))
}

fn step_id(step: Step) -> &'static str {
    match step {
        Step::Year => "explore-step-year",
        Step::Quarter => "explore-step-quarter",
        Step::Month => "explore-step-month",
        Step::Day => "explore-step-day",
    }
}

/// A stretch of time in the language's form: 2026, Q3/2026, 09/2026, 04/09/2026.
pub(super) fn stretch(page: &PageCtx, step: Step, text: &str) -> String {
    let Some(day) = step.read(text) else { return text.to_owned() };
    let year = day.year().to_string();
    match step {
        Step::Year => year,
        Step::Quarter => page.t2("explore-stretch-quarter", "quarter", u64::from(day.month0() / 3 + 1), "year", year),
        Step::Month => page.t3(
            "explore-stretch-month",
            "mm",
            format!("{:02}", day.month()),
            "month",
            u64::from(day.month()),
            "year",
            year,
        ),
        Step::Day => page.date(day),
    }
}

pub(super) fn measure_text(page: &PageCtx, facts: &Facts, measure: &Measure) -> String {
    match measure {
        Measure::Rows => page.t("explore-measure-rows"),
        Measure::Of(operation, key) => {
            page.t1(&format!("explore-measure-{}", operation.code()), "column", title_of(page, facts, key))
        }
    }
}

pub(super) fn cell(page: &PageCtx, columns: &[Column], heading: &Heading, value: &Cell) -> Option<String> {
    match heading {
        Heading::Step(_, step) => match value {
            Cell::Text(text) => Some(stretch(page, *step, text)),
            value => present::cell(page, value),
        },
        Heading::Column(index) | Heading::Measure(Measure::Of(Operation::Min | Operation::Max, _), Some(index)) => {
            shown_cell(page, &columns[*index], value)
        }
        Heading::Measure(Measure::Of(Operation::Average, _), _) => present::cell(page, &rounded(value)),
        Heading::Measure(..) => present::cell(page, value),
    }
}

/// A mean as people read it: four digits that count, and at least two decimals. Files have all of it.
fn rounded(value: &Cell) -> Cell {
    let number = match value {
        Cell::Decimal(number) => *number,
        Cell::Exact(digits) => match digits.parse() {
            Ok(number) => number,
            Err(_) => return value.clone(),
        },
        _ => return value.clone(),
    };
    #[allow(clippy::cast_possible_truncation)] // a few hundred at most
    let whole = if number == 0.0 { 0 } else { number.abs().log10().floor() as i32 };
    let decimals = usize::try_from(3 - whole).unwrap_or(0).clamp(2, 12);
    let text = format!("{number:.decimals$}");
    Cell::Exact(text.trim_end_matches('0').trim_end_matches('.').to_owned())
}

/// A filter in words.
pub(super) fn filter_text(page: &PageCtx, facts: &Facts, filter: &Filter) -> String {
    let column = facts.columns.iter().find(|column| column.key == filter.column);
    let shown = |text: &str| match column {
        Some(column) if column.is_year() => text.to_owned(),
        column => present::canonical(page, column.map_or(Kind::Text, |column| column.kind), text),
    };
    let value = match &filter.test {
        Test::Empty | Test::Filled => String::new(),
        Test::Between(from, to) => {
            page.t2("explore-between-value", "from", shown(&from.to_string()), "to", shown(&to.to_string()))
        }
        test => test.values().iter().map(|value| shown(value)).collect::<Vec<_>>().join(", "),
    };
    let code = filter.test.code();
    // What stands around the value, and not before it alone, is a sentence of its own.
    if matches!(code, "lt" | "le" | "gt" | "ge") {
        let kind = column.map(|column| column.kind);
        let day = if matches!(kind, Some(Kind::Date | Kind::DateTime)) { "day-" } else { "" };
        return page.t1(&format!("explore-said-{day}{code}"), "value", truncate(&value, CHIP));
    }
    let test = page.code("explore-test", code);
    format!("{test} {}", truncate(&value, CHIP)).trim().to_owned()
}

/// The form of a new filter, with what was typed into it.
pub(super) fn filter_form(
    page: &PageCtx,
    facts: &Facts,
    typed: &Typed,
    wrongs: &[Wrong],
    kept: Vec<(String, String)>,
    open: bool,
) -> FilterForm {
    let columns = facts.columns.iter().map(|column| Choice {
        value: column.key.clone(),
        text: column_title(page, &facts.resource, column).text,
        chosen: column.key == typed.column,
    });
    let tests = Test::codes().iter().map(|code| Choice {
        value: (*code).to_owned(),
        text: page.code("explore-test", code),
        chosen: typed.test == *code,
    });
    FilterForm {
        columns: columns.collect(),
        tests: tests.collect(),
        value: Field::new("add-value", &typed.value).checked(wrongs),
        to: Field::new("add-to", &typed.to),
        kept,
        open: open || !typed.column.is_empty(),
    }
}

/// The filters in force, each with the address without it.
pub(super) fn filter_chips(page: &PageCtx, facts: &Facts, query: &Query, href: &dyn Fn(Query) -> String) -> Vec<Chip> {
    let chip = |(at, filter): (usize, &Filter)| {
        let mut without = query.clone();
        without.filters.remove(at);
        let text = Text::new(filter_text(page, facts, filter));
        Chip { facet: title_of(page, facts, &filter.column), text, href: href(without) }
    };
    query.filters.iter().enumerate().map(chip).collect()
}

#[allow(clippy::too_many_arguments)] // all that the page is made of
fn assemble(
    app: &App,
    page: PageCtx,
    place: &Place,
    facts: &Facts,
    wish: &Wish,
    wrongs: Vec<Wrong>,
    result: Option<ResultView>,
    mappable: bool,
) -> ExplorePage {
    let (query, columns, resource) = (&wish.query, &facts.columns, &facts.resource);
    let own = facts.path(place.number, &place.table);
    let href = |query: Query| page.href(&with(&own, &explore::write(&query)));
    let first = Query { page: 1, ..query.clone() };
    let mut chips = filter_chips(&page, facts, &first, &href);
    let chip = |facet: String, text: String, query: Query| Chip { facet, text: Text::new(text), href: href(query) };
    for (at, key) in query.group.iter().enumerate() {
        let mut without = first.clone();
        without.group.remove(at);
        // Without a group, a count of rows that nobody asked for goes too.
        if without.group.is_empty() && without.measures == [Measure::Rows] {
            without.measures.clear();
        }
        chips.push(chip(page.t("explore-group-by"), group_text(&page, facts, key), regrouped(without, columns)));
    }
    for (at, measure) in query.measures.iter().enumerate() {
        let mut without = first.clone();
        without.measures.remove(at);
        if without.measures.is_empty() && !without.group.is_empty() && *measure == Measure::Rows {
            continue;
        }
        chips.push(chip(page.t("explore-summary"), measure_text(&page, facts, measure), regrouped(without, columns)));
    }
    let choice = |column: &Column, chosen: bool| Choice {
        value: column.key.clone(),
        text: column_title(&page, resource, column).text,
        chosen,
    };
    let no_choice = |text: String| Choice { value: String::new(), text, chosen: false };
    let open = query.filters.is_empty() || !wish.typed.column.is_empty();
    let filter = filter_form(&page, facts, &wish.typed, &wrongs, explore::write(&first), open);
    let operations = std::iter::once(("rows", page.t("explore-measure-rows"))).chain(
        Operation::ALL
            .into_iter()
            .map(|operation| (operation.code(), page.code("explore-operation", operation.code()))),
    );
    let ungrouped = groups(columns).filter(|name| !query.group.contains(name)).map(|name| Choice {
        text: group_text(&page, facts, &name),
        value: name,
        chosen: false,
    });
    let group = GroupForm {
        columns: std::iter::once(no_choice(page.t("explore-no-column"))).chain(ungrouped).collect(),
        operations: std::iter::once(no_choice(page.t("explore-no-summary")))
            .chain(operations.map(|(code, text)| Choice { value: code.to_owned(), text, chosen: false }))
            .collect(),
        of: columns.iter().map(|column| choice(column, false)).collect(),
        kept: explore::write(&first),
        open: query.is_grouped(),
    };
    let shown = query.shown(columns);
    let columns_form = ColumnsForm {
        columns: columns.iter().map(|column| choice(column, shown.contains(&column.key.as_str()))).collect(),
        shown: shown.len() as u64,
        kept: explore::write(&Query { columns: Vec::new(), ..first.clone() }),
        all_href: (!query.columns.is_empty()).then(|| href(Query { columns: Vec::new(), ..first.clone() })),
    };
    let parameters = explore::write(&first);
    let number = facts.shown.version.number.unwrap_or(0);
    let (public, cited) = (&app.site.public_url, facts.path(Some(number), &place.table));
    let asked = explore::write(&Query { rows: explore::ROWS, ..first.clone() });
    let source = snippets::Source {
        // Of the version that is looked at, as the Parquet file is: a program finds the same rows next year.
        csv_url: format!("{public}{}", page.href(&with(&format!("{cited}.csv"), &asked))),
        api_url: with(
            &super::api::records_url(public, &facts.shown.dataset.slug, Some(number), &resource.name),
            &asked,
        ),
        parquet_url: format!("{public}{}/{}.parquet", base_path(&facts.shown, Some(number)), resource.name),
        file: format!("{}.csv", resource.name),
        columns,
        offset_minutes: app.site.offset_minutes,
    };
    let parameters_now = wish.parameters();
    ExplorePage {
        dataset: Link {
            text: present::text(&page, &facts.shown.version.metadata.title),
            href: page.href(&address(&base_path(&facts.shown, place.number), &[("resource", &resource.name)])),
        },
        table: present::text(
            &page,
            if facts.shown.resources.len() > 1 { &resource.title } else { &facts.shown.version.metadata.title },
        ),
        tables: facts
            .shown
            .resources
            .iter()
            .map(|one| {
                let href = page.href(&facts.path(place.number, &one.name));
                (Link { text: present::text(&page, &one.title), href }, one.name == resource.name)
            })
            .collect(),
        older: facts.shown.is_older().then(|| OlderVersion {
            latest: u64::try_from(facts.shown.latest).unwrap_or(0),
            latest_href: page.href(&with(&facts.path(None, &place.table), &parameters)),
        }),
        wrongs,
        action: page.href(&own),
        chart_href: page.href(&chart::address_of(app, page.lang, facts, place, &chart_part(query))),
        clear_href: (!chips.is_empty()).then(|| page.href(&own)),
        chips,
        filter,
        group,
        columns: columns_form,
        rows: ROWS
            .iter()
            .map(|rows| Choice { value: rows.to_string(), text: page.num(*rows), chosen: *rows == query.rows })
            .collect(),
        rows_kept: explore::write(&Query { rows: explore::ROWS, ..first.clone() }),
        map_href: mappable.then(|| page.href(&with(&map::path_of(facts, place.number, &place.table), &mapped(query)))),
        share_url: format!("{public}{}", page.href(&with(&own, &parameters_now))),
        citation: citation(app, &page, &facts.shown, &facts.owner),
        cited_url: format!("{public}{}", page.href(&with(&cited, &parameters_now))),
        takes: takes(app, &page, &own, &first, &facts.columns, result.as_ref().map_or(0, |result| result.total)),
        offers: offers(app, &page, &base_path(&facts.shown, place.number), &facts.shown, resource, &facts.columns),
        snippets: snippets::all(&source, query),
        result,
        page,
    }
}

/// What of a query a map can show: its filters, its first group and measure.
fn mapped(query: &Query) -> Vec<(String, String)> {
    explore::write(&Query {
        filters: query.filters.clone(),
        group: query.group.iter().take(1).cloned().collect(),
        measures: query.measures.iter().take(1).cloned().collect(),
        ..Query::default()
    })
}

/// The address of the chart of a table, without query and language.
pub(super) fn chart_path(facts: &Facts, place: &Place) -> String {
    format!("{}/{}/bieu-do", base_path(&facts.shown, place.number), place.table)
}

/// What a chart takes over of a query.
fn chart_part(query: &Query) -> Query {
    Query {
        filters: query.filters.clone(),
        group: query.group.clone(),
        measures: query.measures.clone(),
        ..Query::default()
    }
}

/// Exactly the result as files.
fn takes(app: &App, page: &PageCtx, own: &str, query: &Query, columns: &[Column], rows: u64) -> Offers {
    let parameters = explore::write(&Query { rows: explore::ROWS, ..query.clone() });
    let file = |code: &&str| {
        let mut file = offer(app, page, own, code, None)?;
        file.href = with(&file.href, &parameters);
        Some(file)
    };
    let people: &[&str] = if rows > sheet::MOST_ROWS { &[] } else { &formats::PEOPLE };
    let places = geometry::of(columns).filter(|_| !query.is_grouped()).map(|_| formats::PLACES);
    Offers {
        people: people.iter().filter_map(file).collect(),
        programs: std::iter::once(&"csv").chain(&formats::PROGRAMS).chain(places.as_ref()).filter_map(file).collect(),
    }
}

/// Exactly the result as a file, all its pages; programs read it from anywhere.
async fn send(req: &HttpRequest, app: &web::Data<App>, place: Place, ending: &str) -> Outcome {
    let lang = lang_of(req);
    let code = formats::code_of(app, ending).ok_or_else(Error::not_found)?;
    let facts = match Facts::of(app, &place).await {
        Ok(facts) => facts,
        Err(error) => return gone_instead(req, app, place.slug, place.number, Failure(error)).await,
    };
    let pairs: Vec<(String, String)> =
        query_pairs(req).into_iter().filter(|(name, _)| !name.starts_with("add-")).collect();
    let (query, wrongs) = Query::parse(&pairs, &facts.columns, &reader_of(app, lang));
    if !wrongs.is_empty() {
        return refused(app, lang, &wrongs);
    }
    if !query.is_whole() {
        charge(req, app)?;
    }
    match formats::send(req, app, &facts, &place, Some(query), code).await {
        Err(failure) if failure.0.kind() == Failing::Invalid => refused(app, lang, failure.0.problems()),
        sent => sent,
    }
}

/// A whole table in a format that is made of it.
pub(super) async fn whole(req: &HttpRequest, app: &web::Data<App>, place: Place, code: &'static str) -> Outcome {
    match Facts::of(app, &place).await {
        Ok(facts) => formats::send(req, app, &facts, &place, None, code).await,
        Err(error) => gone_instead(req, app, place.slug, place.number, Failure(error)).await,
    }
}

/// What is wrong with a file's address, a line for each thing.
pub(super) fn refused(app: &App, lang: Lang, problems: &[Problem]) -> Outcome {
    let lines: Vec<String> = problems.iter().map(|problem| app.parts.texts.problem(lang, problem)).collect();
    Ok(HttpResponse::UnprocessableEntity()
        .content_type("text/plain; charset=utf-8")
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(format!("{}\n", lines.join("\n"))))
}
